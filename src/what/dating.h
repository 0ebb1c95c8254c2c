/* dating.h - the day that an event gets, and what that rests on. */
#ifndef DETENTE_DATING_H
#define DETENTE_DATING_H

#include "what/operators.h"

/* True when going up from `token` one meets a word of the event: its trigger, a word it took, an
 * operator, or the clause that these stand in, before another clause. */
bool dating_belongs(const struct tree *t, const struct draft *draft, uint32_t token);
/* Fills days, precision, basis and time expression of the draft's event. */
void dating_set(const struct what_input *in, struct arena *arena, struct draft *draft);

#endif
