/* timevalue.c - see timevalue.h: choosing the place in the calendar. timeprint.c writes it. */
#include "when/timevalue.h"

#include "when/timeprint.h"

static const struct time_point nowhere = {GRAIN_NONE, YEAR_UNSET, 0, 0};

static struct time_point point_of_day(int32_t day)
{
    struct date d = date_of(day);
    return (struct time_point){GRAIN_DAY, d.year, d.month, d.day};
}

static struct time_point point_of_week(int32_t day)
{
    struct time_point p = {.grain = GRAIN_WEEK};
    iso_week_of(day, &p.year, &p.part);
    return p;
}

/* The month `shift` months from that of year and month. */
static struct time_point point_of_month(int32_t year, int32_t month, int64_t shift)
{
    int64_t n = (int64_t)year * 12 + month - 1 + shift;
    int64_t y = n >= 0 ? n / 12 : -((-n + 11) / 12);
    return (struct time_point){GRAIN_MONTH, (int32_t)y, (int32_t)(n - y * 12) + 1, 0};
}

/* The day of the nth weekday of a month: the first one is on day 1 to 7. */
static int32_t nth_weekday(int32_t year, const struct holiday *h)
{
    int32_t first = day_of((struct date){year, h->month, 1});
    int32_t day = 1 + (h->weekday - weekday_of(first) + 7) % 7 + 7 * (h->nth - 1);
    return day > days_in_month(year, h->month) ? day - 7 : day; /* the last one may be the fourth */
}

/* A holiday without a fixed day; in an unknown year it has its month at most. */
static struct time_point holiday_point(const struct holiday *h, int32_t year)
{
    struct time_point p = {GRAIN_DAY, year, h->month, 0};
    if (year == YEAR_UNSET) return p;
    switch (h->rule) {
    case HOLIDAY_EASTER: return point_of_day(easter_sunday(year) + h->offset);
    case HOLIDAY_ORTHODOX_EASTER: return point_of_day(orthodox_easter_sunday(year) + h->offset);
    default: p.day = nth_weekday(year, h); return p;
    }
}

/* The point that the fields of `phrase` name in the year `year`. */
static struct time_point point_in_year(const struct time_phrase *phrase, int32_t year)
{
    struct time_point p = {.grain = GRAIN_YEAR, .year = year};
    if (phrase->holiday.rule != HOLIDAY_NONE) return holiday_point(&phrase->holiday, year);
    if (phrase->day != TIME_UNSET) {
        p.grain = GRAIN_DAY;
        p.part = phrase->month;
        p.day = phrase->day;
    } else if (phrase->month != TIME_UNSET) {
        p.grain = GRAIN_MONTH;
        p.part = phrase->month;
    } else if (phrase->season != TIME_UNSET) {
        p.grain = GRAIN_SEASON;
        p.part = phrase->season;
    } else if (phrase->quarter != TIME_UNSET) {
        p.grain = GRAIN_QUARTER;
        p.part = phrase->quarter;
    } else if (phrase->half != TIME_UNSET) {
        p.grain = GRAIN_HALF;
        p.part = phrase->half;
    }
    return p;
}

/* The place of a point within its year, in months from 1, for comparing dates of a history. */
static int32_t month_within(const struct time_point *p)
{
    switch (p->grain) {
    case GRAIN_MONTH:
    case GRAIN_DAY: return p->part;
    case GRAIN_SEASON: return p->part * 3;
    case GRAIN_QUARTER: return p->part * 3 - 2;
    default: return 0;
    }
}

/* In a history time goes on: from December told, January is in the next year. */
static int32_t year_told(const struct time_frame *frame, const struct time_phrase *phrase)
{
    struct time_point there = point_in_year(phrase, frame->told.year);
    int32_t then = month_within(&frame->told), here = month_within(&there);
    if (then >= 10 && here != 0 && here <= 3) return frame->told.year + 1;
    return frame->told.year;
}

/* Distance in days of the story's day from a stretch; 0 inside. */
static int64_t days_apart(int32_t day, int32_t from, int32_t to)
{
    if (day < from) return (int64_t)from - day;
    return day >= to ? (int64_t)day - to + 1 : 0;
}

/* A past clause may tell of the day after the story's: the sun sets later elsewhere. */
static bool year_fits(const struct time_frame *frame, const struct time_phrase *phrase,
                      int32_t from, int32_t to)
{
    if (phrase->which == WHICH_LAST) return to <= frame->day;
    if (phrase->which == WHICH_NEXT) return from > frame->day;
    if (frame->tense == TENSE_PAST) return from <= frame->day + 1;
    if (frame->tense == TENSE_FUTURE) return to > frame->day;
    return true;
}

/* The year that makes the date nearest to the story among those that tense and "last" allow, and,
 * with `by_weekday`, in which it falls on the day of the week that was said. */
static int32_t nearest_year(const struct time_frame *frame, const struct time_phrase *phrase,
                            bool by_weekday)
{
    int32_t story = date_of(frame->day).year, best = YEAR_UNSET;
    int64_t least = INT64_MAX;
    for (int32_t year = story - 3; year <= story + 2; year++) {
        struct time_point p = point_in_year(phrase, year);
        int32_t from, to;
        timeprint_days(&p, &from, &to);
        if (from == DAY_MIN) continue;
        if (by_weekday ? weekday_of(from) != phrase->weekday : !year_fits(frame, phrase, from, to))
            continue;
        /* A report looks back: what lies ahead must be clearly nearer. */
        int64_t away = days_apart(frame->day, from, to) * (from > frame->day ? 3 : 2);
        if (away >= least) continue;
        least = away;
        best = year;
    }
    return best;
}

static int32_t year_near(const struct time_frame *frame, const struct time_phrase *phrase)
{
    if (phrase->which == WHICH_THIS) return date_of(frame->day).year;
    if (phrase->weekday != TIME_UNSET && phrase->day != TIME_UNSET) {
        int32_t year = nearest_year(frame, phrase, true);
        if (year != YEAR_UNSET) return year;
    }
    return nearest_year(frame, phrase, false);
}

static struct time_point date_without_year(const struct time_frame *frame,
                                           const struct time_phrase *phrase)
{
    bool told = frame->told.grain != GRAIN_NONE && frame->told.year != YEAR_UNSET;
    if (phrase->year_shift != YEAR_UNSET) {
        int32_t year = frame->day == DAY_MIN ? frame->year : date_of(frame->day).year;
        return point_in_year(phrase, year == YEAR_UNSET ? year : year + phrase->year_shift);
    }
    if (told && (frame->history || phrase->anchor == ANCHOR_NARRATIVE))
        return point_in_year(phrase, year_told(frame, phrase));
    if (frame->day == DAY_MIN) return point_in_year(phrase, frame->year);
    return point_in_year(phrase, year_near(frame, phrase));
}

/* "Thursday" from `base`: the day itself counts, but not for "last" and "next". */
static int32_t weekday_near(const struct time_frame *frame, const struct time_phrase *phrase,
                            int32_t base)
{
    int32_t back = (weekday_of(base) - phrase->weekday + 7) % 7;
    if (phrase->which == WHICH_LAST) return base - (back == 0 ? 7 : back);
    if (phrase->which == WHICH_NEXT) return base + 7 - back;
    if (frame->tense == TENSE_FUTURE || (phrase->which == WHICH_THIS && frame->tense != TENSE_PAST))
        return back == 0 ? base : base + 7 - back;
    return base - back;
}

/* The story's day, or that of the date last told in a history; DAY_MIN when neither is known. */
static int32_t base_day(const struct time_frame *frame, uint8_t anchor)
{
    int32_t from = DAY_MIN, to;
    bool told = frame->history || anchor == ANCHOR_NARRATIVE;
    if (told && frame->told.grain == GRAIN_DAY) timeprint_days(&frame->told, &from, &to);
    if (from != DAY_MIN) return from;
    return frame->history && anchor == ANCHOR_NARRATIVE ? DAY_MIN : frame->day;
}

static struct time_point weekday_point(const struct time_frame *frame,
                                       const struct time_phrase *phrase)
{
    int32_t base = base_day(frame, phrase->anchor);
    if (base == DAY_MIN) return (struct time_point){GRAIN_WEEKDAY, YEAR_UNSET, phrase->weekday, 0};
    return point_of_day(weekday_near(frame, phrase, base));
}

/* "the 18th": of the month last told, else the nearest that the tense allows. */
static struct time_point day_alone(const struct time_frame *frame, const struct time_phrase *phrase)
{
    struct time_point p = frame->told;
    bool told = (p.grain == GRAIN_DAY || p.grain == GRAIN_MONTH) &&
                (frame->history || frame->told_here || frame->day == DAY_MIN);
    if (!told) {
        if (frame->day == DAY_MIN)
            return (struct time_point){GRAIN_DAY, YEAR_UNSET, 0, phrase->day};
        struct date story = date_of(frame->day);
        int shift = frame->tense != TENSE_FUTURE && phrase->day > story.day   ? -1
                    : frame->tense == TENSE_FUTURE && phrase->day < story.day ? 1
                                                                              : 0;
        p = point_of_month(story.year, story.month, shift);
    }
    p.grain = GRAIN_DAY;
    p.day = phrase->day;
    return p;
}

/* "3 p.m." alone: on the day told in the sentence, else on the story's. */
static struct time_point clock_alone(const struct time_frame *frame)
{
    bool told = frame->told.grain == GRAIN_DAY && (frame->told_here || frame->history);
    if (told) return frame->told;
    if (frame->day == DAY_MIN) return (struct time_point){GRAIN_DAY, YEAR_UNSET, 0, 0};
    return point_of_day(frame->day);
}

static struct time_point date_point(const struct time_frame *frame,
                                    const struct time_phrase *phrase)
{
    if (phrase->year != YEAR_UNSET) return point_in_year(phrase, phrase->year);
    if (phrase->month != TIME_UNSET || phrase->season != TIME_UNSET ||
        phrase->quarter != TIME_UNSET || phrase->half != TIME_UNSET ||
        phrase->holiday.rule != HOLIDAY_NONE)
        return date_without_year(frame, phrase);
    if (phrase->weekday != TIME_UNSET) return weekday_point(frame, phrase);
    if (phrase->day != TIME_UNSET) return day_alone(frame, phrase);
    return clock_alone(frame);
}

/* A stretch of `unit` that is not known: prints as X. */
static struct time_point unknown_point(uint8_t unit)
{
    static const uint8_t grains[] = {[UNIT_SECOND] = GRAIN_DAY,     [UNIT_MINUTE] = GRAIN_DAY,
                                     [UNIT_HOUR] = GRAIN_DAY,       [UNIT_DAY] = GRAIN_DAY,
                                     [UNIT_WEEK] = GRAIN_WEEK,      [UNIT_WEEKEND] = GRAIN_WEEKEND,
                                     [UNIT_MONTH] = GRAIN_MONTH,    [UNIT_QUARTER] = GRAIN_QUARTER,
                                     [UNIT_YEAR] = GRAIN_YEAR,      [UNIT_DECADE] = GRAIN_DECADE,
                                     [UNIT_CENTURY] = GRAIN_CENTURY};
    return (struct time_point){grains[unit], YEAR_UNSET, 0, 0};
}

/* `n` units of a week or less from `day`; a year out of the calendar's range is no place. */
static struct time_point days_away(int32_t day, uint8_t unit, int64_t n)
{
    int64_t days = unit == UNIT_WEEK || unit == UNIT_WEEKEND ? n * 7 : n;
    if (days > 4000000 || days < -4000000) return unknown_point(unit);
    int32_t there = (int32_t)(day + days);
    if (unit == UNIT_WEEK) return point_of_week(there);
    if (unit != UNIT_WEEKEND) return point_of_day(there);
    struct time_point p = point_of_week(there);
    p.grain = GRAIN_WEEKEND;
    return p;
}

/* `n` units of a month or more from a year and month (0: not known). */
static struct time_point years_away(const struct time_point *base, uint8_t unit, int64_t n)
{
    struct time_point p = {.grain = GRAIN_YEAR, .year = base->year};
    int32_t month = base->grain == GRAIN_DAY || base->grain == GRAIN_MONTH ? base->part : 0;
    if (n > 20000 || n < -20000) return unknown_point(unit);
    if (unit == UNIT_MONTH || unit == UNIT_QUARTER) {
        if (month == 0) return unknown_point(unit);
        p = point_of_month(base->year, month, unit == UNIT_MONTH ? n : 3 * n);
        if (unit == UNIT_MONTH) return p;
        p.part = (p.part + 2) / 3;
        p.grain = GRAIN_QUARTER;
        return p;
    }
    p.year += (int32_t)(n * (unit == UNIT_CENTURY ? 100 : unit == UNIT_DECADE ? 10 : 1));
    return p;
}

/* The year and month that shifts of long units count from; GRAIN_NONE when unknown. */
static struct time_point base_point(const struct time_frame *frame, uint8_t anchor)
{
    bool told = frame->history || anchor == ANCHOR_NARRATIVE;
    if (told && frame->told.year != YEAR_UNSET && frame->told.grain >= GRAIN_YEAR)
        return frame->told;
    if (frame->day != DAY_MIN) return point_of_day(frame->day);
    return frame->year == YEAR_UNSET ? nowhere : (struct time_point){GRAIN_YEAR, frame->year, 0, 0};
}

static struct time_point units_away(const struct time_frame *frame, uint8_t anchor, uint8_t unit,
                                    int64_t n)
{
    if (unit <= UNIT_WEEKEND) {
        int32_t day = base_day(frame, anchor);
        return day == DAY_MIN ? unknown_point(unit) : days_away(day, unit, n);
    }
    struct time_point base = base_point(frame, anchor);
    return base.grain == GRAIN_NONE ? unknown_point(unit) : years_away(&base, unit, n);
}

/* "six days later" after "February 12" of an unknown year is February 18 of that year. */
static struct time_point offset_without_year(const struct time_frame *frame,
                                             const struct time_phrase *phrase, int64_t n)
{
    enum { COMMON_YEAR = 2001 };
    struct time_frame same = *frame;
    same.told.year = COMMON_YEAR;
    struct time_point p = units_away(&same, ANCHOR_NARRATIVE, phrase->unit, n);
    if (p.grain == GRAIN_WEEK || p.grain == GRAIN_YEAR) return unknown_point(phrase->unit);
    p.year = YEAR_UNSET;
    return p;
}

/* "ten years ago today", "a week ago on Tuesday". */
static struct time_point pinned_point(const struct time_frame *frame,
                                      const struct time_phrase *phrase)
{
    if (frame->day == DAY_MIN || phrase->amount > 1e4) return unknown_point(UNIT_DAY);
    int64_t n = phrase->shift * (int64_t)phrase->amount;
    if (phrase->unit <= UNIT_WEEKEND) {
        int32_t days = (int32_t)(phrase->unit == UNIT_DAY ? n : 7 * n), there = frame->day + days;
        if (phrase->pinned == PIN_DAY) return point_of_day(there + phrase->day);
        return point_of_day(there - weekday_of(there) + phrase->weekday);
    }
    struct date d = date_of(frame->day + phrase->day);
    struct time_point base = {GRAIN_DAY, d.year, d.month, d.day};
    struct time_point p = years_away(&base, phrase->unit, n);
    if (p.grain == GRAIN_YEAR) p.part = d.month;
    p.grain = GRAIN_DAY;
    int32_t last = days_in_month(p.year, p.part);
    p.day = d.day < last ? d.day : last;
    return p;
}

static struct time_point offset_point(const struct time_frame *frame,
                                      const struct time_phrase *phrase)
{
    if (phrase->vague) return nowhere;
    if (phrase->pinned != PIN_NONE) return pinned_point(frame, phrase);
    double amount = phrase->amount;
    uint8_t unit = phrase->unit;
    if (amount - (double)(int64_t)amount != 0 && unit == UNIT_YEAR) {
        amount *= 12;
        unit = UNIT_MONTH;
    }
    if (amount > 1e6) return unknown_point(unit);
    int64_t n = phrase->shift * (int64_t)amount;
    if (unit < UNIT_DAY) return units_away(frame, phrase->anchor, UNIT_DAY, 0);
    bool told = phrase->anchor == ANCHOR_NARRATIVE && frame->told.grain >= GRAIN_MONTH;
    if (told && frame->told.year == YEAR_UNSET && frame->told.part != 0 && unit <= UNIT_MONTH &&
        frame->told.grain != GRAIN_WEEKDAY)
        return offset_without_year(frame, phrase, n);
    return units_away(frame, phrase->anchor, unit, n);
}

/* The day that "two weeks ago" means, unless it is said to be a rough figure. */
static int32_t offset_day(const struct time_frame *frame, const struct time_phrase *phrase)
{
    if (phrase->pinned != PIN_NONE) return DAY_MIN;
    if (phrase->unit != UNIT_WEEK || phrase->vague || phrase->mod != MOD_NONE) return DAY_MIN;
    int32_t base = base_day(frame, phrase->anchor);
    if (base == DAY_MIN || phrase->amount > 1e4) return DAY_MIN;
    return base + (int32_t)(phrase->shift * phrase->amount * 7);
}

/* "the weekend" and "this weekend": the one that began, or the coming one. */
static struct time_point weekend_point(const struct time_frame *frame,
                                       const struct time_phrase *phrase)
{
    int32_t day = base_day(frame, phrase->anchor);
    if (day == DAY_MIN) return unknown_point(UNIT_WEEKEND);
    bool ahead =
        frame->tense == TENSE_FUTURE || (phrase->which == WHICH_THIS && frame->tense != TENSE_PAST);
    int32_t shift = weekday_of(day) >= 6 || ahead ? 0 : -1;
    return days_away(day, UNIT_WEEKEND, shift + (phrase->shift > 0 ? 1 : 0));
}

static struct time_point shift_point(const struct time_frame *frame,
                                     const struct time_phrase *phrase)
{
    if (phrase->unit == UNIT_WEEKEND) return weekend_point(frame, phrase);
    struct time_point p = units_away(frame, phrase->anchor, phrase->unit, phrase->shift);
    if (p.year != YEAR_UNSET && phrase->unit == UNIT_DECADE) p.grain = GRAIN_DECADE;
    if (p.year != YEAR_UNSET && phrase->unit == UNIT_CENTURY) {
        p.grain = GRAIN_CENTURY;
        p.year = p.year / 100;
    }
    return p;
}

static struct time_point century_point(const struct time_phrase *phrase)
{
    struct time_point p = {.grain = phrase->form == FORM_DECADE ? GRAIN_DECADE : GRAIN_CENTURY};
    p.year = phrase->year;
    if (phrase->form == FORM_DECADE && phrase->year < 100) p.year += 1900;
    return p;
}

static bool names_day(const struct time_phrase *phrase)
{
    return phrase->day != TIME_UNSET || phrase->weekday != TIME_UNSET ||
           phrase->month != TIME_UNSET || phrase->holiday.rule != HOLIDAY_NONE;
}

bool timevalue_make(struct arena *arena, const struct time_frame *frame,
                    const struct time_phrase *phrase, struct timex *out, struct time_point *point)
{
    *point = nowhere;
    switch (phrase->form) {
    case FORM_DATE: *point = date_point(frame, phrase); break;
    case FORM_SHIFT: *point = shift_point(frame, phrase); break;
    case FORM_OFFSET: *point = offset_point(frame, phrase); break;
    case FORM_DECADE:
    case FORM_CENTURY: *point = century_point(phrase); break;
    default: break;
    }
    out->type = phrase->type;
    out->mod = timeprint_mod(phrase->mod);
    out->from = out->to = out->day = DAY_MIN;
    if (phrase->form == FORM_OFFSET) out->day = offset_day(frame, phrase);
    /* an hour alone is of the day that is told of, whichever that is */
    bool hour = phrase->form == FORM_DATE && phrase->type == TIMEX_TIME && !names_day(phrase);
    if (point->grain != GRAIN_NONE && !hour) timeprint_days(point, &out->from, &out->to);
    out->value = timeprint_value(arena, phrase, point);
    return out->value != NULL;
}
