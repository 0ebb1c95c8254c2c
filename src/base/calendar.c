/* calendar.c - the proleptic Gregorian calendar as days since 1970-01-01. */
#include "base/calendar.h"

int32_t day_of(struct date d)
{
    int32_t y = d.month <= 2 ? d.year - 1 : d.year;
    int32_t era = (y >= 0 ? y : y - 399) / 400;
    int32_t yoe = y - era * 400;
    int32_t doy = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

struct date date_of(int32_t day)
{
    int32_t z = day + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t doe = z - era * 146097;
    int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int32_t mp = (5 * doy + 2) / 153;
    int32_t month = mp < 10 ? mp + 3 : mp - 9;
    return (struct date){yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

int32_t weekday_of(int32_t day)
{
    int32_t r = (day + 3) % 7; /* 1970-01-01 was a Thursday */
    return (r < 0 ? r + 7 : r) + 1;
}

void iso_week_of(int32_t day, int32_t *year, int32_t *week)
{
    int32_t thursday = day + 4 - weekday_of(day); /* decides the year of its week */
    *year = date_of(thursday).year;
    *week = (thursday - day_of((struct date){*year, 1, 1})) / 7 + 1;
}

static int32_t residue(int32_t n, int32_t of)
{
    int32_t r = n % of;
    return r < 0 ? r + of : r;
}

/* The computus of Lilius and Clavius in the form of Meeus (Astronomical Algorithms, 1991). `golden`
 * is the place of the year in the moon's cycle of 19 years, `epact` the days from March 21 to the
 * full moon, `sunday` those from there to a Sunday, less one. */
int32_t easter_sunday(int32_t year)
{
    int32_t golden = residue(year, 19), century = year / 100, rest = residue(year, 100);
    int32_t correction = (8 * century + 13) / 25;
    int32_t epact = residue(19 * golden + century - century / 4 - correction + 15, 30);
    int32_t sunday = residue(32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4, 7);
    int32_t late = (golden + 11 * epact + 22 * sunday) / 451; /* never after April 25 */
    int32_t march = 22 + epact + sunday - 7 * late;           /* April goes on counting */
    return day_of((struct date){year, 3, 1}) + march - 1;
}

/* The Julian computus: the Sunday after the full moon of a calendar that has fallen behind. */
int32_t orthodox_easter_sunday(int32_t year)
{
    int32_t moon = residue(19 * residue(year, 19) + 15, 30);
    int32_t sunday = residue(2 * residue(year, 4) + 4 * residue(year, 7) - moon + 34, 7);
    int32_t behind = year / 100 - year / 400 - 2;
    return day_of((struct date){year, 3, 1}) + 21 + moon + sunday + behind;
}

int32_t days_in_month(int32_t year, int32_t month)
{
    static const int8_t length[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return length[month - 1] + (month == 2 && leap);
}

bool date_valid(struct date d)
{
    return d.month >= 1 && d.month <= 12 && d.day >= 1 && d.year >= 0 && d.year <= 9999 &&
           d.day <= days_in_month(d.year, d.month);
}

bool date_read(struct str s, int32_t *day)
{
    long year, month, mday;
    if (s.len < 10 || s.at[4] != '-' || s.at[7] != '-') return false;
    if (s.len > 10 && s.at[10] != 'T' && s.at[10] != ' ') return false;
    if (!str_int(str_cut(s, 0, 4), &year) || !str_int(str_cut(s, 5, 7), &month) ||
        !str_int(str_cut(s, 8, 10), &mday))
        return false;
    struct date d = {(int32_t)year, (int32_t)month, (int32_t)mday};
    if (!date_valid(d)) return false;
    *day = day_of(d);
    return true;
}
