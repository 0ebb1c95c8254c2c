/* timeprint.h - TIMEX3 values as text, and the days that a stretch of the calendar covers. */
#ifndef DETENTE_TIMEPRINT_H
#define DETENTE_TIMEPRINT_H

#include "when/timevalue.h"

/* The value of `phrase` that lies at `point`; NULL when memory ran out. */
const char *timeprint_value(struct arena *arena, const struct time_phrase *phrase,
                            const struct time_point *point);
/* "APPROX"; NULL for MOD_NONE. */
const char *timeprint_mod(uint8_t mod);
/* Days [from, to) of a stretch; DAY_MIN both when its year is unknown or it is no date. */
void timeprint_days(const struct time_point *p, int32_t *from, int32_t *to);

#endif
