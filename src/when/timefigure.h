/* timefigure.h - dates in figures, and days that no calendar has.
 *
 * Matchers as described in timematch.h: index in, index after out, 0 for nothing. */
#ifndef DETENTE_TIMEFIGURE_H
#define DETENTE_TIMEFIGURE_H

#include "when/timematch.h"

/* "2025-02-12", "2/12/2025", "12.02.2025", "2025-02". Of two that may be the month the first one
 * is, but behind full stops the second, as on the continent that writes them. */
uint32_t timefigure_date(const struct time_reader *r, uint32_t i, struct time_phrase *out);
/* A year in two or four digits, where something else says that it is one: "5-Jan-24", "FY16". */
uint32_t timefigure_year(const struct time_reader *r, uint32_t i, int32_t *year);
/* The number at i is a year and what follows it the next one: "2011/12". */
bool timefigure_next_year(const struct time_reader *r, uint32_t i);
/* Takes away a day that the month does not have (29 February 2015): the month stays. */
void timefigure_refuse(struct time_phrase *phrase);

#endif
