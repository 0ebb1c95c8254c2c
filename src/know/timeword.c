/* timeword.c - see timeword.h. Build and start time, but for unpacking a holiday's rule. */
#include "know/timeword.h"

struct value_names {
    const char *const *names; /* from `first` on; NULL for numbers */
    const char *expected;
    int64_t first, last;
};

#define NAME_OF(name, text)   text,
#define LISTED_AS(name, text) " " text

const char *const time_unit_name[UNIT_COUNT] = {TIME_UNITS(NAME_OF)};
static const char *const day_part_names[] = {DAY_PARTS(NAME_OF)};
static const char *const mod_file_names[] = {TIME_MODS(NAME_OF)};
static const char *const ref_names[] = {TIME_REFS(NAME_OF)};
static const char *const season_file_names[] = {SEASONS(NAME_OF)};
static const char *const clock_names[] = {CLOCK_HALVES(NAME_OF)};
static const char *const era_names[] = {ERAS(NAME_OF)};
static const char *const month_names[] = {"january",   "february", "march",    "april",
                                          "may",       "june",     "july",     "august",
                                          "september", "october",  "november", "december"};
static const char *const weekday_names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                            "friday", "saturday", "sunday"};
static const char *const nth_names[] = {"first", "second", "third", "fourth", "last"};

enum { COUNT_MOST = 999, SCALE_POWER_MOST = 15 };
#define SCALE_MOST INT64_C(1000000000000000) /* exact in a double */

enum value_kind {
    VALUE_NONE,
    VALUE_COUNT,
    VALUE_SCALE,
    VALUE_DAYS,
    VALUE_DECADE,
    VALUE_MONTH,
    VALUE_WEEKDAY,
    VALUE_UNIT,
    VALUE_PART,
    VALUE_MOD,
    VALUE_REF,
    VALUE_SEASON,
    VALUE_CLOCK,
    VALUE_ERA,
    VALUE_HOLIDAY
};

static const struct value_names value_kinds[] = {
    [VALUE_NONE] = {NULL, "'-', because the class has no values,", 0, 0},
    [VALUE_COUNT] = {NULL, "a number from 0 to 999", 0, COUNT_MOST},
    [VALUE_SCALE] = {NULL, "a number from 1 to 10^15", 1, SCALE_MOST},
    [VALUE_DAYS] = {NULL, "a number of days from -366 to 366", -366, 366},
    [VALUE_DECADE] = {NULL, "the first year of a decade, 0 to 90,", 0, 90},
    [VALUE_MONTH] = {NULL, "a month from 1 to 12", 1, 12},
    [VALUE_WEEKDAY] = {NULL, "a day of the week from 1, Monday, to 7", 1, 7},
    [VALUE_UNIT] = {time_unit_name, "one of" TIME_UNITS(LISTED_AS), 0, UNIT_COUNT - 1},
    [VALUE_PART] = {day_part_names, "one of" DAY_PARTS(LISTED_AS), 1, PART_COUNT - 1},
    [VALUE_MOD] = {mod_file_names, "one of" TIME_MODS(LISTED_AS), 1, MOD_COUNT - 1},
    [VALUE_REF] = {ref_names, "one of" TIME_REFS(LISTED_AS), 0, REF_COUNT - 1},
    [VALUE_SEASON] = {season_file_names, "one of" SEASONS(LISTED_AS), 1, SEASON_COUNT - 1},
    [VALUE_CLOCK] = {clock_names, "one of" CLOCK_HALVES(LISTED_AS), 0, CLOCK_COUNT - 1},
    [VALUE_ERA] = {era_names, "one of" ERAS(LISTED_AS), 0, ERA_COUNT - 1},
    [VALUE_HOLIDAY] = {NULL,
                       "a rule such as 12-25, 2001-09-11, easter-2, orthodox-easter or "
                       "fourth-thursday-of-november",
                       0, 0},
};

#define TIME_CLASS_TEXT(name, text, kind, meaning) [TW_##name] = text,
#define TIME_CLASS_KIND(name, text, kind, meaning) [TW_##name] = VALUE_##kind,
static const char *const time_class_names[TW_COUNT] = {"", TIME_CLASSES(TIME_CLASS_TEXT)};
static const uint8_t kind_of_class[TW_COUNT] = {VALUE_NONE, TIME_CLASSES(TIME_CLASS_KIND)};

enum time_class timeword_class(struct str name)
{
    int i = 1;
    while (i < TW_COUNT && !str_eq(name, str_c(time_class_names[i])))
        i++;
    return (enum time_class)i;
}

const char *timeword_class_name(enum time_class class)
{
    return time_class_names[class];
}

const char *timeword_expected(enum time_class class)
{
    return value_kinds[kind_of_class[class]].expected;
}

/* ---- holidays ---- */

static int64_t pack_holiday(struct holiday h)
{
    return (int64_t)h.rule | (int64_t)h.month << 8 | (int64_t)h.day << 16 | (int64_t)h.nth << 24 |
           (int64_t)h.weekday << 32 | (int64_t)(h.offset + 128) << 40 | (int64_t)h.year << 48;
}

struct holiday timeword_holiday(int64_t value)
{
    uint64_t v = (uint64_t)value;
    return (struct holiday){.rule = (uint8_t)v,
                            .month = (uint8_t)(v >> 8),
                            .day = (uint8_t)(v >> 16),
                            .nth = (uint8_t)(v >> 24),
                            .weekday = (uint8_t)(v >> 32),
                            .offset = (int8_t)((int)(v >> 40 & 0xFF) - 128),
                            .year = (uint16_t)(v >> 48)};
}

static bool holiday_fits(int64_t value)
{
    struct holiday h = timeword_holiday(value);
    if (value != pack_holiday(h)) return false;
    if (h.year != 0 && (h.rule != HOLIDAY_FIXED || h.year > 9999)) return false;
    switch (h.rule) {
    case HOLIDAY_FIXED: return h.month >= 1 && h.month <= 12 && h.day >= 1 && h.day <= 31;
    case HOLIDAY_EASTER:
    case HOLIDAY_ORTHODOX_EASTER: return true;
    case HOLIDAY_WEEKDAY:
        return h.month >= 1 && h.month <= 12 && h.nth >= 1 && h.nth <= NTH_LAST && h.weekday >= 1 &&
               h.weekday <= 7;
    default: return false;
    }
}

/* The place of `text` among n names, from 1; 0 when it is none of them. */
static uint8_t place_of_name(struct str text, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(text, str_c(names[i]))) return (uint8_t)(i + 1);
    return 0;
}
#define PLACE_IN(text, names) place_of_name(text, names, sizeof(names) / sizeof(names)[0])

/* "12-25", "2001-09-11". */
static bool read_fixed(struct str text, struct holiday *h)
{
    long month, day, year = 0;
    if (text.len == 10 && text.at[4] == '-') {
        if (!str_int(str_cut(text, 0, 4), &year) || year < 1) return false;
        text = str_cut(text, 5, text.len);
    }
    if (text.len != 5 || text.at[2] != '-') return false;
    if (!str_int(str_cut(text, 0, 2), &month) || !str_int(str_cut(text, 3, 5), &day)) return false;
    h->rule = HOLIDAY_FIXED;
    h->month = (uint8_t)(month >= 0 ? month : 0);
    h->day = (uint8_t)(day >= 0 ? day : 0);
    h->year = (uint16_t)year;
    return true;
}

/* "easter", "easter-2", "orthodox-easter+1". */
static bool read_easter(struct str text, const char *name, enum holiday_rule rule,
                        struct holiday *h)
{
    long days = 0;
    size_t len = strlen(name);
    if (!str_starts(text, str_of(name, len))) return false;
    struct str rest = str_cut(text, len, text.len);
    if (rest.len != 0 && rest.at[0] != '+' && rest.at[0] != '-') return false;
    if (rest.len != 0 && !str_int(str_cut(rest, 1, rest.len), &days)) return false;
    if (days < 0 || days > 100) return false;
    h->rule = (uint8_t)rule;
    h->offset = (int8_t)(rest.len != 0 && rest.at[0] == '-' ? -days : days);
    return true;
}

/* "fourth-thursday-of-november". */
static bool read_nth_weekday(struct str text, struct holiday *h)
{
    struct str nth, weekday, of, month;
    if (!str_next(&text, '-', &nth) || !str_next(&text, '-', &weekday) ||
        !str_next(&text, '-', &of) || !str_next(&text, '-', &month))
        return false;
    h->rule = HOLIDAY_WEEKDAY;
    h->nth = PLACE_IN(nth, nth_names);
    h->weekday = PLACE_IN(weekday, weekday_names);
    h->month = PLACE_IN(month, month_names);
    return str_eq(of, STR("of")) && text.len == 0;
}

static bool read_holiday(struct str text, int64_t *value)
{
    struct holiday h = {0};
    bool known = read_fixed(text, &h) || read_easter(text, "easter", HOLIDAY_EASTER, &h) ||
                 read_easter(text, "orthodox-easter", HOLIDAY_ORTHODOX_EASTER, &h) ||
                 read_nth_weekday(text, &h);
    *value = pack_holiday(h);
    return known && holiday_fits(*value);
}

/* ---- values ---- */

/* "1000" or "10^3". */
static bool read_number(struct str text, int64_t *value)
{
    long n;
    bool power = str_starts(text, STR("10^"));
    if (!str_int(power ? str_cut(text, 3, text.len) : text, &n)) return false;
    *value = n;
    if (!power) return true;
    if (n < 0 || n > SCALE_POWER_MOST) return false;
    for (*value = 1; n > 0; n--)
        *value *= 10;
    return true;
}

static bool read_name(const struct value_names *kind, struct str text, int64_t *value)
{
    uint8_t place = place_of_name(text, kind->names, (size_t)(kind->last - kind->first + 1));
    *value = kind->first + place - 1;
    return place != 0;
}

bool timeword_read_value(enum time_class class, struct str text, int64_t *value)
{
    const struct value_names *kind = &value_kinds[kind_of_class[class]];
    *value = 0;
    if (kind_of_class[class] == VALUE_NONE) return str_eq(text, STR("-"));
    if (kind_of_class[class] == VALUE_HOLIDAY) return read_holiday(text, value);
    if (kind->names != NULL) return read_name(kind, text, value);
    return read_number(text, value) && timeword_fits(class, *value);
}

bool timeword_fits(unsigned class, int64_t value)
{
    if (class >= TW_COUNT) return false;
    if (kind_of_class[class] == VALUE_HOLIDAY) return holiday_fits(value);
    const struct value_names *kind = &value_kinds[kind_of_class[class]];
    if (kind_of_class[class] == VALUE_DECADE && value % 10 != 0) return false;
    return value >= kind->first && value <= kind->last;
}
