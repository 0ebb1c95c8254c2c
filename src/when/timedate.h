/* timedate.h - the calendar part of the time grammar: dates, clock times, years, seasons.
 *
 * Matchers as described in timematch.h: index in, index after out, 0 for nothing. */
#ifndef DETENTE_TIMEDATE_H
#define DETENTE_TIMEDATE_H

#include "when/timematch.h"

/* An empty expression from item `first`. */
void phrase_start(struct time_phrase *phrase, uint32_t first, enum time_form form,
                  enum timex_type type);
/* "-long" at item i: the index after it, or 0. */
uint32_t timedate_long(const struct time_reader *r, uint32_t i);
/* Any date or clock time: "Thursday, 12 February 2025", "9 a.m. Tuesday", "1990s", "mid-2014". */
uint32_t timedate_read(const struct time_reader *r, uint32_t i, struct time_phrase *out);
/* "the year", "the month" after "the end of". */
uint32_t timedate_this_unit(const struct time_reader *r, uint32_t i, struct time_phrase *out);
/* What goes on from the date before: "April 24 and 25", "1994-97". */
uint32_t timedate_continued(const struct time_reader *r, uint32_t i,
                            const struct time_phrase *before, struct time_phrase *out);

#endif
