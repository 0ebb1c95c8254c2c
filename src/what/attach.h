/* attach.h - when, where, how much, according to whom: what hangs on an event. */
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
void attach_all(const struct what_input *in, struct arena *arena, struct draft *draft);
/* The quantities of the event's sentence, of when->quantities; and whether one is the event's. */
struct range attach_quantities(const struct what_input *in, const struct draft *draft);
bool attach_is_quantity(const struct what_input *in, const struct draft *draft, uint32_t quantity);

#endif
