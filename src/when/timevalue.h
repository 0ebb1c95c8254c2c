/* timevalue.h - what a time expression means: its TIMEX3 value and the days that it covers.
 *
 * In: a parsed expression, the story's day, the tense of its clause and the date last told. Rules:
 * a date without a year is the latest one that is not after the story when the clause is past, the
 * coming one when it is future, else the nearest; in a history (dates with years, hardly any word
 * that counts from today) it is in the year last told (the two modes of HeidelTime, Stroetgen &
 * Gertz 2013). Without a story day the unknown fields are X. Constant time. */
#ifndef DETENTE_TIMEVALUE_H
#define DETENTE_TIMEVALUE_H

#include "base/calendar.h"
#include "when/timematch.h"

enum time_tense { TENSE_NONE, TENSE_OPEN, TENSE_PAST, TENSE_FUTURE };

enum time_grain {
    GRAIN_NONE,
    GRAIN_CENTURY,
    GRAIN_DECADE,
    GRAIN_YEAR,
    GRAIN_HALF,
    GRAIN_QUARTER,
    GRAIN_SEASON,
    GRAIN_MONTH,
    GRAIN_WEEK,
    GRAIN_WEEKEND,
    GRAIN_WEEKDAY,
    GRAIN_DAY
};

/* A stretch of the calendar. `year` may be YEAR_UNSET; `part` is the month, week, season, quarter,
 * half or weekday. GRAIN_WEEKDAY only where no day is known. */
struct time_point {
    uint8_t grain; /* enum time_grain */
    int32_t year, part, day;
};

struct time_frame {
    int32_t day;            /* the story's, or DAY_MIN */
    int32_t year;           /* the story's where its day is not known, or YEAR_UNSET */
    bool history;           /* dates count from the one last told */
    uint8_t tense;          /* enum time_tense of the clause */
    bool told_here;         /* `told` stands in this sentence */
    struct time_point told; /* the date last told, GRAIN_NONE at first */
};

/* Writes value, mod, type and days of `phrase` into *out. *point gets the place in the calendar of
 * a DATE or TIME, GRAIN_NONE for others. False when memory ran out. */
bool timevalue_make(struct arena *arena, const struct time_frame *frame,
                    const struct time_phrase *phrase, struct timex *out, struct time_point *point);

#endif
