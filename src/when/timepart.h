/* timepart.h - the calendar part of the time grammar: dates, clock times, years, seasons.
 *
 * Matchers as described in timematch.h: index in, index after out, 0 for nothing. */
#ifndef DETENTE_TIMEPART_H
#define DETENTE_TIMEPART_H

#include "when/timematch.h"

static inline uint32_t part_class(const struct time_reader *r, uint32_t i)
{
    return i < r->n ? r->items[i].class : (uint32_t)TW_NONE;
}

static inline char part_mark(const struct time_reader *r, uint32_t i)
{
    return (char)(i < r->n && r->items[i].kind == ITEM_MARK ? r->items[i].mark : 0);
}

/* An empty expression from item `first`. */
void part_start(struct time_raw *raw, uint32_t first, enum time_form form, enum timex_type type);
/* "-long" at item i: the index after it, or 0. */
uint32_t part_long(const struct time_reader *r, uint32_t i);
/* Any date or clock time: "Thursday, 12 February 2025", "9 a.m. Tuesday", "1990s", "mid-2014". */
uint32_t part_date(const struct time_reader *r, uint32_t i, struct time_raw *out);
/* "the year", "the month" after "the end of". */
uint32_t part_this_unit(const struct time_reader *r, uint32_t i, struct time_raw *out);
/* What goes on from the date before: "April 24 and 25", "1994-97". */
uint32_t part_continued(const struct time_reader *r, uint32_t i, const struct time_raw *before,
                        struct time_raw *out);

#endif
