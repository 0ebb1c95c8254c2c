/* placing.h - where an event took place, and what says so; see placing.c. */
#ifndef DETENTE_PLACING_H
#define DETENTE_PLACING_H

#include "what/operators.h"

/* The place that the draft's own words and its clause name, into its event. */
void placing_phrase(const struct what_input *in, struct draft *draft);
/* The place of the event's paragraph that stands best, else that of the dateline; or NONE. */
uint32_t placing_around(const struct what_input *in, const struct event *event);
/* Places those events that have none: by their sentence, their paragraph, the dateline, or at last
 * the country of a side. */
void placing_rest(const struct what_input *in, struct what_layer *out);

#endif
