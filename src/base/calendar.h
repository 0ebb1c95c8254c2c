/* calendar.h - the proleptic Gregorian calendar as days since 1970-01-01. */
#ifndef DETENTE_CALENDAR_H
#define DETENTE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { DAY_MIN = -2147483647, DAY_MAX = 2147483647 }; /* no day; open ends of a period */

struct date {
    int32_t year;
    int32_t month; /* 1 to 12 */
    int32_t day;   /* 1 to 31 */
};

/* Howard Hinnant's algorithm (chrono-compatible low-level date algorithms). */
int32_t day_of(struct date d);
struct date date_of(int32_t day);
/* 1 Monday ... 7 Sunday (ISO 8601). */
int32_t weekday_of(int32_t day);
/* ISO 8601 week number and the year that the week belongs to. */
void iso_week_of(int32_t day, int32_t *year, int32_t *week);
/* The day of Easter Sunday in the Western and in the Orthodox churches. */
int32_t easter_sunday(int32_t year);
int32_t orthodox_easter_sunday(int32_t year);
int32_t days_in_month(int32_t year, int32_t month);
bool date_valid(struct date d);
/* Reads "2025-02-27" (also the front of "2025-02-27T10:00:00Z"); false if it is no day of the
 * calendar. */
bool date_read(struct str s, int32_t *day);

#endif
