/* saycontent.h - what is said: the content of a cue by the tree, or by the words around it where
 * the tree has none. Cue and source must be set, where there are any. */
#ifndef DETENTE_SAYCONTENT_H
#define DETENTE_SAYCONTENT_H

#include "said/heard.h"

/* Finds the clause, infinitive, object or prepositional phrase that the cue takes. */
bool saycontent_by_tree(const struct tree *tree, struct heard *h);
/* For verbs of saying that the parser left without content: "X said ..." has the rest of the
 * sentence, "..., X said." and "..., X said, ..." what stands around it. */
bool saycontent_rest(const struct tree *tree, struct heard *h, const struct sentence *s);
/* A clause that follows its cue does not end before a verb or preposition that goes straight on:
 * the rest of the sentence is of it. */
void saycontent_close(const struct tree *tree, struct heard *h, const struct sentence *s);

/* Makes the subtree of token t the content, without cue and source where they lie in it. */
void saycontent_set(const struct tree *tree, struct heard *h, uint32_t t);
/* A stretch to skip that lies at an end of the content cuts it off there. */
void saycontent_fit(const struct tree *tree, struct heard *h);

#endif
