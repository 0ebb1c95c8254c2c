/* attach.h - when, where, according to whom: what hangs on an event; detail.h does the rest. */
#ifndef DETENTE_ATTACH_H
#define DETENTE_ATTACH_H

#include "what/operators.h"

/* For each token: the innermost saying whose content holds it, or NONE. False only when memory ran
 * out. */
bool attach_prepare(const struct what_input *in, struct arena *arena, uint32_t **saying_at);
/* The saying whose content holds the trigger tells who answers for the claim. */
void attach_attribution(const struct what_input *in, const uint32_t *saying_at,
                        struct draft *draft);
/* Fills time and place of the draft's event. */
void attach_all(const struct what_input *in, struct draft *draft);

#endif
