/* timeprint.c - see timeprint.h. Values follow the TIMEX3 guidelines of TimeML 1.2.1: X for what
 * is not known, "1990s" is 199X, the 20th century 19, years before our era BC0264. */
#include "when/timeprint.h"

#include <stdio.h>

enum { VALUE_MAX = 64 };

static const char *const mod_names[] = {
    [MOD_NONE] = NULL,
    [MOD_START] = "START",
    [MOD_MID] = "MID",
    [MOD_END] = "END",
    [MOD_APPROX] = "APPROX",
    [MOD_MORE_THAN] = "MORE_THAN",
    [MOD_LESS_THAN] = "LESS_THAN",
    [MOD_EQUAL_OR_MORE] = "EQUAL_OR_MORE",
    [MOD_EQUAL_OR_LESS] = "EQUAL_OR_LESS",
};

static const char *const season_names[] = {[SEASON_NONE] = "",
                                           [SEASON_SPRING] = "SP",
                                           [SEASON_SUMMER] = "SU",
                                           [SEASON_AUTUMN] = "FA",
                                           [SEASON_WINTER] = "WI"};

static const char *const part_names[] = {
    [PART_NONE] = "",           [PART_MORNING] = "TMO", [PART_AFTERNOON] = "TAF",
    [PART_EVENING] = "TEV",     [PART_NIGHT] = "TNI",   [PART_DAWN] = "TMO",
    [PART_DUSK] = "TEV",        [PART_MIDDAY] = "TMI",  [PART_NOON] = "T12:00",
    [PART_MIDNIGHT] = "T24:00",
};

const char *timeprint_mod(uint8_t mod)
{
    return mod_names[mod];
}

static int32_t first_of(int32_t year, int32_t month)
{
    return day_of((struct date){year, month, 1});
}

/* Days of `months` months from the month `month` (which may be past December). */
static void month_span(int32_t year, int32_t month, int32_t months, int32_t *from, int32_t *to)
{
    int32_t last = month + months;
    *from = first_of(year + (month - 1) / 12, (month - 1) % 12 + 1);
    *to = first_of(year + (last - 1) / 12, (last - 1) % 12 + 1);
}

static int32_t monday_of(int32_t year, int32_t week)
{
    int32_t fourth = day_of((struct date){year, 1, 4}); /* always in week 1 */
    return fourth - (weekday_of(fourth) - 1) + (week - 1) * 7;
}

void timeprint_days(const struct time_point *p, int32_t *from, int32_t *to)
{
    *from = *to = DAY_MIN;
    if (p->year == YEAR_UNSET || p->year > 9999 || p->year < -9999) return;
    int32_t year = p->year < 0 ? p->year + 1 : p->year; /* there was no year 0 */
    switch (p->grain) {
    case GRAIN_CENTURY:
        month_span(p->year < 0 ? p->year * 100 : p->year * 100, 1, 1200, from, to);
        break;
    case GRAIN_DECADE: month_span(year / 10 * 10, 1, 120, from, to); break;
    case GRAIN_YEAR: month_span(year, 1, 12, from, to); break;
    case GRAIN_HALF: month_span(year, p->part * 6 - 5, 6, from, to); break;
    case GRAIN_QUARTER: month_span(year, p->part * 3 - 2, 3, from, to); break;
    case GRAIN_SEASON: month_span(year, p->part * 3, 3, from, to); break;
    case GRAIN_MONTH: month_span(year, p->part, 1, from, to); break;
    case GRAIN_WEEK:
        *from = monday_of(year, p->part);
        *to = *from + 7;
        break;
    case GRAIN_WEEKEND:
        *from = monday_of(year, p->part) + 5;
        *to = *from + 2;
        break;
    case GRAIN_DAY:
        if (!date_valid((struct date){year, p->part, p->day})) return;
        *from = day_of((struct date){year, p->part, p->day});
        *to = *from + 1;
        break;
    default: break;
    }
}

/* "2025", "BC0264", "XXXX". */
static size_t put_year(char *at, size_t room, int32_t year)
{
    int n = year == YEAR_UNSET ? snprintf(at, room, "XXXX")
            : year < 0         ? snprintf(at, room, "BC%04d", -year)
                               : snprintf(at, room, "%04d", year);
    return n > 0 ? (size_t)n : 0;
}

/* "-02" or "-XX". */
static int put_two(char *at, size_t room, const char *lead, int32_t value)
{
    if (value <= 0) return snprintf(at, room, "%sXX", lead);
    return snprintf(at, room, "%s%02d", lead, value);
}

static void put_point(char *value, const struct time_point *p)
{
    size_t n = p->grain == GRAIN_CENTURY || p->grain == GRAIN_DECADE
                   ? 0
                   : put_year(value, VALUE_MAX, p->year);
    char *at = value + n;
    size_t room = VALUE_MAX - n;
    bool known = p->year != YEAR_UNSET;
    switch (p->grain) {
    case GRAIN_CENTURY:
        if (known)
            snprintf(at, room, p->year < 0 ? "BC%02d" : "%02d", p->year < 0 ? -p->year : p->year);
        else
            snprintf(at, room, "XX");
        break;
    case GRAIN_DECADE:
        if (known)
            snprintf(at, room, "%03dX", p->year / 10);
        else
            snprintf(at, room, "XXXX");
        break;
    case GRAIN_HALF: snprintf(at, room, "-H%d", p->part); break;
    case GRAIN_QUARTER:
        if (p->part > 0)
            snprintf(at, room, "-Q%d", p->part);
        else
            snprintf(at, room, "-QX");
        break;
    case GRAIN_SEASON: snprintf(at, room, "-%s", season_names[p->part]); break;
    case GRAIN_MONTH: put_two(at, room, "-", p->part); break;
    case GRAIN_WEEK: put_two(at, room, "-W", p->part); break;
    case GRAIN_WEEKEND: {
        int used = put_two(at, room, "-W", p->part);
        snprintf(at + used, room - (size_t)used, "-WE");
        break;
    }
    case GRAIN_WEEKDAY: snprintf(at, room, "-WXX-%d", p->part); break;
    case GRAIN_DAY: {
        int used = put_two(at, room, "-", p->part);
        put_two(at + used, room - (size_t)used, "-", p->day);
        break;
    }
    default: break;
    }
}

static void put_clock(char *value, const struct time_phrase *phrase)
{
    size_t n = strlen(value);
    if (phrase->hour != TIME_UNSET && phrase->minute != TIME_UNSET)
        snprintf(value + n, VALUE_MAX - n, "T%02d:%02d", phrase->hour, phrase->minute);
    else
        snprintf(value + n, VALUE_MAX - n, "%s", part_names[phrase->part]);
}

struct unit_sign {
    const char *before, *after;
    double times;
};

static const struct unit_sign unit_signs[] = {
    [UNIT_SECOND] = {"PT", "S", 1},   [UNIT_MINUTE] = {"PT", "M", 1},
    [UNIT_HOUR] = {"PT", "H", 1},     [UNIT_DAY] = {"P", "D", 1},
    [UNIT_WEEK] = {"P", "W", 1},      [UNIT_WEEKEND] = {"P", "WE", 1},
    [UNIT_MONTH] = {"P", "M", 1},     [UNIT_QUARTER] = {"P", "M", 3},
    [UNIT_YEAR] = {"P", "Y", 1},      [UNIT_DECADE] = {"P", "Y", 10},
    [UNIT_CENTURY] = {"P", "Y", 100},
};

/* Halves are told in the next smaller unit: half an hour PT30M, 18 months for a year and a half. */
static void put_length(char *value, const struct time_phrase *phrase)
{
    const struct unit_sign *u = &unit_signs[phrase->unit];
    double n = phrase->amount * u->times;
    if (phrase->vague || phrase->amount <= 0) {
        snprintf(value, VALUE_MAX, "%sX%s", u->before,
                 phrase->unit == UNIT_DECADE    ? "DE"
                 : phrase->unit == UNIT_CENTURY ? "CE"
                                                : u->after);
        return;
    }
    double whole = n < 1e9 ? (double)(int64_t)n : n;
    if (whole - n == 0)
        snprintf(value, VALUE_MAX, "%s%.0f%s", u->before, n, u->after);
    else if (phrase->unit == UNIT_HOUR && whole > 0)
        snprintf(value, VALUE_MAX, "PT%.0fH%.0fM", whole, (n - whole) * 60);
    else if (phrase->unit == UNIT_HOUR)
        snprintf(value, VALUE_MAX, "PT%.0fM", n * 60);
    else if (phrase->unit == UNIT_YEAR && (n - whole) - 0.5 == 0)
        snprintf(value, VALUE_MAX, "P%.0fM", n * 12);
    else if (phrase->unit == UNIT_DAY && whole == 0)
        snprintf(value, VALUE_MAX, "PT%.0fH", n * 24);
    else
        snprintf(value, VALUE_MAX, "%s%.4g%s", u->before, n, u->after);
}

static void put_set(char *value, const struct time_phrase *phrase)
{
    struct time_point any = {GRAIN_DAY, YEAR_UNSET, phrase->holiday.month, 0};
    if (phrase->holiday.rule != HOLIDAY_NONE)
        put_point(value, &any);
    else if (phrase->weekday != TIME_UNSET)
        snprintf(value, VALUE_MAX, "XXXX-WXX-%d", phrase->weekday);
    else if (phrase->season != TIME_UNSET)
        snprintf(value, VALUE_MAX, "XXXX-%s", season_names[phrase->season]);
    else if (phrase->month != TIME_UNSET && phrase->day != TIME_UNSET)
        snprintf(value, VALUE_MAX, "XXXX-%02d-%02d", phrase->month, phrase->day);
    else if (phrase->month != TIME_UNSET)
        snprintf(value, VALUE_MAX, "XXXX-%02d", phrase->month);
    else if (phrase->part != PART_NONE)
        snprintf(value, VALUE_MAX, "XXXX-XX-XX");
    else
        put_length(value, phrase);
    if (phrase->part != PART_NONE) put_clock(value, phrase);
}

const char *timeprint_value(struct arena *arena, const struct time_phrase *phrase,
                            const struct time_point *point)
{
    static const char *const references[] = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"};
    char value[VALUE_MAX] = "";
    if (phrase->form == FORM_REF) return references[phrase->shift];
    if (phrase->form == FORM_OFFSET && phrase->vague) return references[phrase->shift < 0 ? 1 : 2];
    if (phrase->form == FORM_LENGTH)
        put_length(value, phrase);
    else if (phrase->form == FORM_SET)
        put_set(value, phrase);
    else {
        put_point(value, point);
        if (phrase->type == TIMEX_TIME) put_clock(value, phrase);
    }
    struct str kept = arena_str(arena, str_c(value));
    return kept.len == 0 ? NULL : kept.at;
}
