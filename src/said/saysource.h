/* saysource.h - who says it: the source of a cue, by the tree, or by the words beside the cue where
 * the tree has none. Each looks at a bounded number of words. */
#ifndef DETENTE_SAYSOURCE_H
#define DETENTE_SAYSOURCE_H

#include "said/heard.h"

/* The word's own subject or agent, a relative pronoun as it stands; of several, which only wrong
 * trees have, the first, as names follow titles. NONE where it has none: ask tree_subject(). */
uint32_t saysource_child(const struct tree *tree, uint32_t verb);
/* Sets the source of h to the noun phrase of token `source`; the cue must be set. */
void saysource_set(const struct tree *tree, struct heard *h, uint32_t source);
/* Sets the source to the noun phrase right before or, inverted, after the cue; leaves NONE when
 * there is none. */
void saysource_guess(const struct tree *tree, struct heard *h, const struct sentence *s);
/* "said Ana Cole, a nurse from Bonn, who was there": the rest of what names an inverted source,
 * where the parser lost it between quotations. */
void saysource_extend(const struct tree *tree, struct heard *h, const struct sentence *s);

#endif
