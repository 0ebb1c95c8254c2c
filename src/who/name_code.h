/* name_code.h - the mentions that names make: codes, chains, and what the story remembers of them.
 */
#ifndef DETENTE_NAME_CODE_H
#define DETENTE_NAME_CODE_H

#include "who/chain.h"
#include "who/mention.h"
#include "who/name_sense.h"

/* Appends the actor of a find, if it makes one of its own. */
void name_code(struct who_work *w, const struct name_find *f);
/* Appends a name that the base does not have. */
void name_code_new(struct who_work *w, const struct name_find *f);
/* Fills in what the base says of an entity on the story's day, or what the story said of it itself.
 * `flags` are those of a unit. */
void name_code_entity(struct who_work *w, struct mention *m, uint32_t entity, uint16_t flags);
/* The chain of an entity of the base. */
uint32_t name_code_chain(struct who_work *w, uint32_t entity);

/* The chain of an unknown person's surname: the last word of the name. */
struct chain_slot *person_slot(struct who_work *w, const struct name_find *f);
/* Takes over what an earlier mention of the same surname was called and coded. False without one.
 */
bool person_recall(struct who_work *w, const struct name_find *f, struct mention *m);
/* From now on `actor` (or NONE) is what that surname recalls, unless one with a code is already. */
void person_remember(struct who_work *w, const struct name_find *f, uint32_t actor);

#endif
