/* attach.h - when, where, how much, according to whom: what hangs on an event. */
#ifndef DETENTE_ATTACH_H
#define DETENTE_ATTACH_H

#include "what/operators.h"

/* Finds the saying whose content holds the trigger, and who says it. */
void attach_attribution(const struct what_input *in, const struct tree *t, struct draft *draft);
/* Fills time, place and quantities of the draft's event. */
void attach_all(const struct what_input *in, const struct tree *t, struct draft *draft);

#endif
