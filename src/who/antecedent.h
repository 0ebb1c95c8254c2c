/* antecedent.h - what pronouns and descriptions of pairs go back to. */
#ifndef DETENTE_ANTECEDENT_H
#define DETENTE_ANTECEDENT_H

#include "who/mention.h"

/* No reader keeps more in mind behind one "they"; and were there no bound, a text of nothing but
 * names and pronouns would be given their product in mentions. A group that is larger has no
 * mention by a pronoun: half a group would be wrong. */
enum { GROUP_MOST = 64 };

struct group { /* the actors that one mention stands for, in the order of the text */
    uint32_t at[GROUP_MOST];
    uint32_t n;
};

enum pronoun { PRONOUN_NONE, PRONOUN_HE, PRONOUN_SHE, PRONOUN_IT, PRONOUN_THEY };

/* The kind of the pronoun at the token; PRONOUN_NONE for other words. */
enum pronoun antecedent_pronoun(const struct who_work *w, uint32_t token);
/* The antecedent within the sentence, up the tree from the pronoun. False without a clear one. */
bool antecedent_above(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out);
/* The same, else from the sentence before. */
bool antecedent_find(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out);
/* The two states spoken of last, by actors of theirs, or by single persons only. */
bool antecedent_last_two(const struct who_work *w, bool persons, struct group *out);

#endif
