/* definite.h - "the group", "the company", "the victims", "the latter": whom the story spoke of. */
#ifndef DETENTE_DEFINITE_H
#define DETENTE_DEFINITE_H

#include "who/antecedent.h"
#include "who/compose.h"

/* The noun of a phrase that begins with the article at the token and says nothing beside it: no
 * name, no possessor, nothing behind it. NONE when there is none before `end`. */
uint32_t definite_noun(const struct who_work *w, uint32_t article, uint32_t end);
/* Whom the phrase from the article to the noun means. False where that is not clear, and for nouns
 * that are left to describe.h. */
bool definite_find(const struct who_work *w, uint32_t article, uint32_t noun, struct group *out);
/* The actor whose state "the government" or "the president" at the noun means: that of the latest
 * sentence with one, its subject first. NONE where that is not clear. */
uint32_t definite_state(const struct who_work *w, uint32_t noun);
/* "the Russian president" after "Vladimir Putin", "the US company" after "Apple": joins the mention
 * of the unit with whom the story named before. */
void definite_join(struct who_work *w, const struct unit *u, uint32_t actor);
/* "both", "the two", "the pair" without a noun: the two of a coordination. */
bool definite_two(const struct who_work *w, uint32_t token, struct group *out);

#endif
