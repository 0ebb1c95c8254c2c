/* quantity.h - how many, how much, how long. */
#ifndef DETENTE_QUANTITY_H
#define DETENTE_QUANTITY_H

#include "when/timematch.h"

/* Reads a quantity at item i: money, a percentage, a duration, or a count with the lemma of what is
 * counted. `time` is the first time expression that ends after i, or NULL: only durations may lie
 * in it. Returns the item after it, or 0. */
uint32_t quantity_at(struct arena *arena, const struct time_reader *r, uint32_t i,
                     const struct time_phrase *time, struct quantity *out);

#endif
