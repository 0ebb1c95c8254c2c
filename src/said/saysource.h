/* saysource.h - who says it: the source of a cue, by the tree, or by the words beside the cue where
 * the tree has none. Each looks at a bounded number of words. */
#ifndef DETENTE_SAYSOURCE_H
#define DETENTE_SAYSOURCE_H

#include "said/saywork.h"

/* The verb's own subject or agent, or NO_TOKEN. */
uint32_t saysource_child(const struct said_work *work, uint32_t verb);
/* The subject of the verb, or of the verb that it continues ("..., adding that"), or NO_TOKEN. */
uint32_t saysource_subject(const struct said_work *work, uint32_t verb);
/* Sets the source of f to the noun phrase of token `source`; the cue must be set. */
void saysource_set(const struct said_work *work, struct find *f, uint32_t source);
/* Sets the source to the noun phrase right before or, inverted, after the cue; leaves NO_TOKEN when
 * there is none. */
void saysource_guess(const struct said_work *work, struct find *f, const struct sentence *s);

#endif
