/* agree.h - gender, number and animacy: whom or what a pronoun may mean. */
#ifndef DETENTE_AGREE_H
#define DETENTE_AGREE_H

#include "who/mention.h"

enum pronoun { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY };

/* The kind of the pronoun at the token; PRONOUN_NONE for other words and for an "it" that means
 * nothing. */
enum pronoun agree_pronoun(const struct who_work *w, uint32_t token);
/* Whether the pronoun may mean the actor. */
bool agree_actor(const struct who_work *w, uint32_t actor, enum pronoun p);
/* Whether the noun at the token, which is no actor, might be what the pronoun means. */
bool agree_noun(const struct who_work *w, uint32_t token, enum pronoun p);
/* The noun that is no actor could not do what the word says whose subject the pronoun is: a storm
 * does not accuse. */
bool agree_acts(const struct who_work *w, uint32_t pronoun);
/* What the words of a new mention say of the gender holds for all of its chain. */
void agree_note_gender(struct who_work *w, uint32_t actor);
/* So does what a pronoun says that was found to mean it. */
void agree_note_pronoun(struct who_work *w, uint32_t actor, enum pronoun p);

#endif
