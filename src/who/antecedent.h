/* antecedent.h - what pronouns and descriptions of pairs go back to. */
#ifndef DETENTE_ANTECEDENT_H
#define DETENTE_ANTECEDENT_H

#include "who/agree.h"

/* No reader keeps more in mind behind one "they"; and were there no bound, a text of nothing but
 * names and pronouns would be given their product in mentions. A group that is larger has no
 * mention by a pronoun: half a group would be wrong. */
enum { GROUP_MOST = 64 };

struct group { /* the actors that one mention stands for, in the order of the text */
    uint32_t at[GROUP_MOST];
    uint32_t n;
};

/* The antecedent within the sentence, up the tree from the pronoun. False without a clear one. */
bool antecedent_above(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out);
/* The same, else from a sentence before. */
bool antecedent_find(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out);
/* Whether the pronoun stands in a phrase or clause before the subject of a clause, which may be
 * what it means: "In ITS report, Iran". */
bool antecedent_may_follow(const struct who_work *w, uint32_t token);
/* That subject, once its sentence has been read. */
bool antecedent_behind(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out);
/* The two states spoken of last, by actors of theirs, or by single persons only; `noun` stands for
 * them. */
bool antecedent_last_two(const struct who_work *w, uint32_t noun, bool persons, struct group *out);
/* The index of the first actor whose mention begins at the token or behind it. */
size_t antecedent_first_actor(const struct who_work *w, uint32_t token);
/* Whom or what the verb answers: Russia in "condemned Russia", "imposed sanctions on Russia",
 * "sanctions on Russia were extended". The token of an actor, or NONE. */
uint32_t antecedent_answered(const struct who_work *w, uint32_t verb);

#endif
