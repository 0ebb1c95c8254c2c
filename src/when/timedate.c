/* timedate.c - see timedate.h. Dates are read as news agencies write them: American "Feb. 12,
 * 2025", British "12 February 2025"; those in figures in timefigure.c. */
#include "when/timedate.h"

#include "when/timefigure.h"

void phrase_start(struct time_phrase *phrase, uint32_t first, enum time_form form,
                  enum timex_type type)
{
    *phrase = (struct time_phrase){.first = first, .form = (uint8_t)form, .type = (uint8_t)type};
    phrase->year = phrase->year_shift = YEAR_UNSET;
    phrase->half = phrase->quarter = phrase->season = phrase->month = phrase->day =
        phrase->weekday = TIME_UNSET;
    phrase->hour = phrase->minute = TIME_UNSET;
}

static bool glued_at(const struct time_reader *r, uint32_t i)
{
    return i < r->n && r->items[i].glued;
}

static bool number_at(const struct time_reader *r, uint32_t i)
{
    return i < r->n && r->items[i].kind == ITEM_NUMBER &&
           r->items[i].number - r->items[i].value == 0;
}

static const struct word *word_at(const struct time_reader *r, uint32_t i)
{
    return &r->tree->words[r->items[i].token];
}

uint32_t timedate_long(const struct time_reader *r, uint32_t i)
{
    if (item_mark(r, i) != '-' || !glued_at(r, i) || !glued_at(r, i + 1)) return 0;
    return item_class(r, i + 1) == TW_LONG ? i + 2 : 0;
}

/* ---- days, months, years ---- */

/* A colon with a number right after it. */
static bool clock_follows(const struct time_reader *r, uint32_t i)
{
    return item_mark(r, i) == ':' && glued_at(r, i) && glued_at(r, i + 1) && number_at(r, i + 1);
}

static uint32_t read_day(const struct time_reader *r, uint32_t i, int32_t *day)
{
    if (!number_at(r, i) || r->items[i].digits > 2) return 0;
    int32_t value = r->items[i].value;
    if (value < 1 || value > 31) return 0;
    if (clock_follows(r, i + 1)) return 0;
    *day = value;
    if (glued_at(r, i + 1) && item_class(r, i + 1) == TW_SUFFIX) return i + 2;
    return i + 1;
}

/* Four digits that may be a year. */
static bool year_number(const struct time_reader *r, uint32_t i)
{
    if (!number_at(r, i) || r->items[i].digits != 4) return false;
    if (r->items[i].value < 1000 || r->items[i].value > 2199) return false;
    char next = item_mark(r, i + 1);
    bool slash = glued_at(r, i + 1) && next == '/' && !timefigure_next_year(r, i);
    return !clock_follows(r, i + 1) && !slash && next != '%' && item_class(r, i + 1) != TW_SCALE;
}

/* "2025", "238 BC", "'98". */
static uint32_t read_year(const struct time_reader *r, uint32_t i, int32_t *year)
{
    uint32_t at = item_mark(r, i) == '\'' ? i + 1 : i;
    if (at != i) {
        if (!number_at(r, at) || r->items[at].digits != 2 || !glued_at(r, at)) return 0;
        *year = r->items[at].value + (r->items[at].value < 50 ? 2000 : 1900);
        return at + 1;
    }
    if (number_at(r, i) && r->items[i].digits <= 4 && item_class(r, i + 1) == TW_ERA &&
        r->items[i].value > 0 && (r->items[i + 1].capital || r->items[i + 1].dotted)) {
        *year = r->items[i + 1].value == ERA_BC ? -r->items[i].value : r->items[i].value;
        return i + 2;
    }
    if (!year_number(r, i)) return 0;
    *year = r->items[i].value;
    return i + 1;
}

static bool leads_to_date(uint32_t class)
{
    return class == TW_IN || class == TW_PREPOSITION || class == TW_ON || class == TW_OF ||
           class == TW_PHASE || class == TW_LAST || class == TW_NEXT || class == TW_THIS ||
           class == TW_BEFORE || class == TW_AFTER || class == TW_FROM || class == TW_TO ||
           class == TW_EVERY || class == TW_MONTH || class == TW_WEEKDAY;
}

/* "the March accession", but not "the Long March", "the March on Rome", "May said". */
static bool month_by_tag(const struct time_reader *r, uint32_t i)
{
    uint32_t next = item_class(r, i + 1);
    if (i == 0 || word_at(r, i)->upos != UPOS_PROPN || word_at(r, i)->name == NAME_PER)
        return false;
    if (r->items[i - 1].capital && r->items[i - 1].class == TW_NONE) return false;
    return next != TW_OF && next != TW_PREPOSITION && next != TW_TO && next != TW_ON;
}

/* "5-Jan": the dash between day and month. */
static bool is_dashed(const struct time_reader *r, uint32_t i)
{
    return i >= 2 && glued_at(r, i) && glued_at(r, i - 1) && item_mark(r, i - 1) == '-' &&
           number_at(r, i - 2);
}

static bool names_person(const struct time_reader *r, uint32_t i)
{
    return i < r->n && r->items[i].kind == ITEM_WORD && r->items[i].capital &&
           word_at(r, i)->name == NAME_PER;
}

/* "Wednesday Addams", "April Jones": a word of time that begins a person's name. One word that is
 * taken for a name alone may be a slip. */
static bool begins_name(const struct time_reader *r, uint32_t i)
{
    uint32_t before = i > 0 ? item_class(r, i - 1) : TW_NONE;
    if (before == TW_IN || before == TW_ON || before == TW_PREPOSITION) return false;
    return names_person(r, i) && names_person(r, i + 1) &&
           r->items[i + 1].token != r->items[i].token;
}

/* The same or "Brian June"; days of the week stand behind names as days ("Mr. Smith Monday said").
 */
static bool is_of_name(const struct time_reader *r, uint32_t i)
{
    if (begins_name(r, i)) return true;
    return i > 0 && names_person(r, i) && names_person(r, i - 1) &&
           r->items[i - 1].token != r->items[i].token && r->items[i - 1].class == TW_NONE;
}

/* Months that are other words too need a number beside them, a word that leads to a date, or the
 * tag of a proper noun. */
static uint32_t read_month(const struct time_reader *r, uint32_t i, int32_t *month)
{
    uint32_t class = item_class(r, i);
    if (class != TW_MONTH && class != TW_MONTH_SHORT) return 0;
    const struct time_item *item = &r->items[i];
    bool doubtful = class == TW_MONTH_SHORT || item->value == 3 || item->value == 5;
    bool numbered = number_at(r, i + 1) || is_dashed(r, i) ||
                    (i > 0 && (number_at(r, i - 1) || item_class(r, i - 1) == TW_SUFFIX));
    if (!numbered && is_of_name(r, i)) return 0;
    bool led = i > 0 && leads_to_date(item_class(r, i - 1));
    *month = item->value;
    if (!item->capital && (doubtful || item->value == 8) && !numbered) return 0;
    if (class == TW_MONTH_SHORT && !numbered && !(item->dotted && led)) return 0;
    if (doubtful && class == TW_MONTH && !numbered && !led && !month_by_tag(r, i)) return 0;
    return i + 1;
}

static uint32_t read_weekday(const struct time_reader *r, uint32_t i, int32_t *weekday)
{
    uint32_t class = item_class(r, i);
    if (class != TW_WEEKDAY && class != TW_WEEKDAY_SHORT) return 0;
    if (begins_name(r, i)) return 0;
    if (class == TW_WEEKDAY_SHORT) {
        uint32_t next = item_mark(r, i + 1) == ',' ? i + 2 : i + 1;
        bool support = number_at(r, next) || item_class(r, next) == TW_MONTH ||
                       item_class(r, next) == TW_MONTH_SHORT || r->items[i].dotted;
        if (!r->items[i].capital || !support) return 0;
    }
    *weekday = r->items[i].value;
    return i + 1;
}

/* "of last year", "this year" after a month or season. */
static uint32_t read_year_shift(const struct time_reader *r, uint32_t i, int32_t *shift)
{
    uint32_t at = item_class(r, i) == TW_OF ? i + 1 : i;
    uint32_t class = item_class(r, at);
    if (class != TW_LAST && class != TW_NEXT && class != TW_THIS) return 0;
    if (item_class(r, at + 1) != TW_UNIT || r->items[at + 1].value != UNIT_YEAR) return 0;
    *shift = class == TW_LAST ? -1 : class == TW_NEXT ? 1 : 0;
    return at + 2;
}

/* A year after a month, day or season: with or without comma or "of". */
static uint32_t read_year_after(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = item_mark(r, i) == ',' || item_class(r, i) == TW_OF ? i + 1 : i;
    uint32_t next = read_year(r, at, &out->year);
    if (next == 0) next = read_year_shift(r, i, &out->year_shift);
    return next != 0 ? next : i;
}

/* "February 12, 2025", "February 12", "February 2025", "February". */
static uint32_t match_month_first(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = read_month(r, i, &out->month);
    if (at == 0) return 0;
    uint32_t article = item_class(r, at) == TW_THE ? at + 1 : at;
    uint32_t next = year_number(r, at) ? 0 : read_day(r, article, &out->day);
    if (next == 0) return read_year_after(r, at, out);
    return read_year_after(r, next, out);
}

/* "12 February 2025", "the 12th of February". */
static uint32_t match_day_first(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = item_class(r, i) == TW_THE ? i + 1 : i;
    at = read_day(r, at, &out->day);
    if (at == 0) return 0;
    if (item_class(r, at) == TW_OF) at++;
    if (item_mark(r, at) == '-' && glued_at(r, at)) at++; /* "12-Feb-2025" */
    bool dashed = is_dashed(r, at);
    at = read_month(r, at, &out->month);
    if (at == 0) return 0;
    if (!dashed || item_mark(r, at) != '-' || !glued_at(r, at)) return read_year_after(r, at, out);
    uint32_t end = timefigure_year(r, at + 1, &out->year);
    return end != 0 ? end : at;
}

/* "the 18th": a day of the month that the story is in. */
static uint32_t match_day_alone(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (item_class(r, i) != TW_THE) return 0;
    uint32_t at = read_day(r, i + 1, &out->day);
    if (at != i + 3) return 0;
    if (at < r->n && r->items[at].kind != ITEM_MARK && r->items[at].class == TW_NONE) {
        uint8_t tag = word_at(r, at)->upos;
        if (tag == UPOS_NOUN || tag == UPOS_ADJ || tag == UPOS_PROPN) return 0;
    }
    if (item_class(r, at) == TW_UNIT || item_mark(r, at) == '-') return 0;
    bool led = i > 0 && leads_to_date(item_class(r, i - 1));
    return led && item_class(r, at) != TW_OF ? at : 0;
}

/* "3, Tuesday 4 and Wednesday 5 June": a day whose month stands behind the last of a list. */
static uint32_t match_day_of_list(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    enum { DAYS_MOST = 8 };
    int32_t day, weekday;
    uint32_t first = read_day(r, i, &out->day), at = first;
    for (int k = 0; at != 0 && k < DAYS_MOST; k++) {
        uint32_t next = at;
        if (item_mark(r, next) == ',') next++;
        uint32_t link = item_class(r, next);
        if (link == TW_AND || link == TW_OR || link == TW_TO || item_mark(r, next) == '-') next++;
        if (next == at) return 0;
        uint32_t named = read_weekday(r, next, &weekday);
        at = read_day(r, named != 0 ? named : next, &day);
        uint32_t month = at != 0 ? read_month(r, at, &out->month) : 0;
        if (month == 0) continue;
        (void)read_year_after(r, month, out);
        return first;
    }
    return 0;
}

/* Weekday, then perhaps the date itself: "Thursday, June 13". */
static uint32_t match_weekday(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = read_weekday(r, i, &out->weekday);
    if (at == 0) return 0;
    uint32_t next = item_mark(r, at) == ',' ? at + 1 : at;
    uint32_t end = match_month_first(r, next, out);
    if (end != 0 && out->day != TIME_UNSET) return end;
    struct time_phrase only = *out;
    only.month = only.day = TIME_UNSET;
    only.year = only.year_shift = YEAR_UNSET;
    *out = only;
    end = match_day_first(r, next, out);
    if (end != 0) return end;
    *out = only;
    end = match_day_of_list(r, at, out);
    if (end == 0) *out = only;
    return end != 0 ? end : at;
}

/* "on 3, 4 and 5 June": without a weekday a preposition must lead to it. */
static uint32_t match_listed_day(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t before = i > 0 ? item_class(r, i - 1) : TW_NONE;
    bool led = before == TW_ON || before == TW_PREPOSITION || before == TW_FROM;
    return led ? match_day_of_list(r, i, out) : 0;
}

/* ---- seasons, quarters, halves, years, decades, centuries ---- */

static uint32_t match_season(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = item_class(r, i) == TW_THE ? i + 1 : i;
    if (item_class(r, at) != TW_SEASON || is_of_name(r, at)) return 0;
    out->season = r->items[at].value;
    uint32_t next = read_year_after(r, at + 1, out);
    if (next != at + 1) return next;
    uint32_t before = i > 0 ? item_class(r, i - 1) : TW_NONE;
    bool noun = word_at(r, at)->upos == UPOS_NOUN || word_at(r, at)->upos == UPOS_PROPN;
    bool led = before == TW_LAST || before == TW_NEXT || before == TW_THIS || before == TW_EVERY ||
               before == TW_THAT || before == TW_PHASE || before == TW_PREVIOUS ||
               before == TW_FOLLOWING || before == TW_SAME;
    if (before == TW_IN || before == TW_PREPOSITION) return at + 1;
    if (led) return at + 1;
    return noun && out->season != SEASON_AUTUMN && out->season != SEASON_SPRING ? at + 1 : 0;
}

/* "first", "third", "2nd". */
static uint32_t read_ordinal(const struct time_reader *r, uint32_t i, int32_t *value)
{
    if (item_class(r, i) == TW_ORDINAL ||
        (item_class(r, i) == TW_UNIT && r->items[i].value == UNIT_SECOND)) {
        *value = item_class(r, i) == TW_UNIT ? 2 : r->items[i].value;
        return i + 1;
    }
    if (number_at(r, i) && glued_at(r, i + 1) && item_class(r, i + 1) == TW_SUFFIX) {
        *value = r->items[i].value;
        return i + 2;
    }
    return 0;
}

/* "Q3 2024", "the third quarter of 2024", "the first half of the year". */
static uint32_t match_year_piece(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    int32_t value;
    uint32_t at;
    if (item_class(r, i) == TW_QUARTER_MARK && number_at(r, i + 1) && glued_at(r, i + 1)) {
        out->quarter = r->items[i + 1].value;
        if (out->quarter < 1 || out->quarter > 4) return 0;
        return read_year_after(r, i + 2, out);
    }
    at = read_ordinal(r, item_class(r, i) == TW_THE ? i + 1 : i, &value);
    if (at == 0 || value < 1) return 0;
    if (item_mark(r, at) == '-' && glued_at(r, at)) at++;
    if (item_class(r, at) == TW_HALF && value <= 2)
        out->half = value;
    else if (item_class(r, at) == TW_UNIT && r->items[at].value == UNIT_QUARTER && value <= 4)
        out->quarter = value;
    else
        return 0;
    uint32_t next = read_year_after(r, at + 1, out);
    if (next == at + 1 && item_class(r, next) == TW_OF) {
        struct time_phrase skipped;
        uint32_t unit = timedate_this_unit(r, next + 1, &skipped);
        if (unit != 0 && skipped.unit == UNIT_YEAR) return unit;
    }
    return next != at + 1 || out->quarter != TIME_UNSET ? next : 0;
}

uint32_t timedate_this_unit(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (item_class(r, i) != TW_THE || item_class(r, i + 1) != TW_UNIT) return 0;
    if (r->items[i + 1].value < UNIT_WEEK) return 0;
    phrase_start(out, i, FORM_SHIFT, TIMEX_DATE);
    out->unit = (uint8_t)r->items[i + 1].value;
    out->anchor = ANCHOR_NARRATIVE;
    return i + 2;
}

/* "1990s", "the '90s", "the nineties". */
static uint32_t match_decade(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = item_mark(r, i) == '\'' ? i + 1 : i;
    out->form = FORM_DECADE;
    if (item_class(r, at) == TW_DECADE) {
        uint32_t before = at > 0 ? item_class(r, at - 1) : TW_NONE;
        if (before != TW_THE && before != TW_PHASE && item_mark(r, at - 1) != '-') return 0;
        out->year = r->items[at].value;
        return at + 1;
    }
    if (!number_at(r, at) || r->items[at].value % 10 != 0) return 0;
    if (r->items[at].digits != (at == i ? 4 : 2)) return 0;
    uint32_t next = item_mark(r, at + 1) == '\'' && glued_at(r, at + 1) ? at + 2 : at + 1;
    if (item_class(r, next) != TW_LETTER_S || !glued_at(r, next)) return 0;
    if (next != at + 1 && word_at(r, next)->dep == DEP_CASE) return 0; /* "1990's budget" */
    out->year = r->items[at].value;
    return next + 1;
}

static uint32_t match_century(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    int32_t value;
    uint32_t at = read_ordinal(r, item_class(r, i) == TW_THE ? i + 1 : i, &value);
    if (at == 0) return 0;
    if (item_mark(r, at) == '-' && glued_at(r, at)) at++;
    if (item_class(r, at) != TW_UNIT || r->items[at].value != UNIT_CENTURY) return 0;
    out->form = FORM_CENTURY;
    out->year = value - 1;
    if (item_class(r, at + 1) != TW_ERA) return at + 1;
    if (r->items[at + 1].value == ERA_BC) out->year = 1 - value;
    return at + 2;
}

/* A number of four digits counts things when a plural noun follows and nothing led to a year. */
static bool counts_things(const struct time_reader *r, uint32_t i)
{
    uint32_t before = i > 0 ? item_class(r, i - 1) : TW_NONE;
    char mark = i > 0 ? item_mark(r, i - 1) : 0;
    if (mark == '#' || mark == '.') return true;
    if (i > 0 && item_word(r, i - 1)->sign) return true;
    if (before == TW_OVER || before == TW_THAN || before == TW_LEAST || before == TW_ABOUT)
        return r->items[i].value < 1500 || i + 1 >= r->n || r->items[i + 1].kind != ITEM_MARK;
    if (i + 1 >= r->n || r->items[i + 1].kind != ITEM_WORD) return false;
    if (item_class(r, i + 1) == TW_UNITS || item_class(r, i + 1) == TW_ZONE) return true;
    const struct word *next = word_at(r, i + 1);
    if (next->upos != UPOS_NOUN || !next->plural) return false;
    return before != TW_THE && before != TW_LETTER_S && before != TW_OF &&
           item_mark(r, i - 1) != '\'';
}

static uint32_t match_year(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = i;
    if (item_class(r, i) == TW_FISCAL) {
        at = item_class(r, i + 1) == TW_UNIT && r->items[i + 1].value == UNIT_YEAR ? i + 2 : i + 1;
        uint32_t end = read_year(r, at, &out->year);
        return end != 0 || !glued_at(r, at) ? end : timefigure_year(r, at, &out->year);
    }
    if (item_mark(r, i) == '\'' && !(i > 0 && leads_to_date(item_class(r, i - 1)))) return 0;
    uint32_t next = read_year(r, i, &out->year);
    if (next == 0) return 0;
    if (next == i + 1 && counts_things(r, i)) return 0;
    if (i > 0 && glued_at(r, i) && item_mark(r, i - 1) == 0 && r->items[i - 1].kind == ITEM_WORD)
        return 0; /* "F2000" */
    return next;
}

/* ---- holidays and the weekend ---- */

/* The longest name of a holiday at item i: "Christmas", "New Year's Eve". */
static uint32_t read_holiday(const struct time_reader *r, uint32_t i, struct holiday *out)
{
    enum { HOLIDAY_ITEMS = 6 };
    bool long_name = item_word(r, i)->begins_time || r->items[i].kind == ITEM_NUMBER;
    uint32_t longest = long_name ? HOLIDAY_ITEMS : 1;
    for (uint32_t n = longest < r->n - i ? longest : r->n - i; n > 0; n--) {
        uint32_t word = n == 1 ? r->items[i].word : item_phrase(r, i, i + n, false);
        const struct know_word *w = &r->tree->know->words[word];
        if (w->time_class != TW_HOLIDAY) continue;
        *out = timeword_holiday(w->time_value);
        return i + n;
    }
    return 0;
}

/* "the Christmas market": the name of the season, unless what follows is done on the day itself
 * ("the Christmas truce", "the Easter attacks"). */
static bool names_season(const struct time_reader *r, uint32_t i, uint32_t end)
{
    if (end != i + 1 || !form_has(r->tree, r->items[i].token, CLASS_HOLIDAY_SEASON)) return false;
    if (word_at(r, i)->dep == DEP_COMPOUND || is_of_name(r, i)) {
        uint32_t head = word_at(r, i)->head;
        return head == NONE || !word_has(r->tree, head, CLASS_HOLIDAY_DEED);
    }
    return false;
}

static uint32_t match_holiday(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    struct holiday found;
    bool number = r->items[i].kind == ITEM_NUMBER;
    if (!number && !r->items[i].capital) return 0;
    uint32_t at = read_holiday(r, i, &found);
    if (at == 0 || names_season(r, i, at)) return 0;
    if (found.year != 0 && at > i + 1) {
        /* what was done on it is no part of the time: "September 11 attacks" */
        while (r->items[at - 1].kind == ITEM_WORD && !r->items[at - 1].capital &&
               !glued_at(r, at - 1))
            at--;
        out->year = found.year;
    }
    if (found.rule == HOLIDAY_FIXED) {
        out->month = found.month;
        out->day = found.day;
    } else {
        out->holiday = found;
    }
    if (found.year != 0) return at;
    if (item_class(r, at) == TW_UNIT && r->items[at].value == UNIT_DAY && r->items[at].capital)
        at++;
    return read_year_after(r, at, out);
}

static bool is_weekend(const struct time_reader *r, uint32_t i)
{
    return item_class(r, i) == TW_UNIT && r->items[i].value == UNIT_WEEKEND;
}

/* "the weekend"; "weekend" before a noun: "weekend protests". */
static uint32_t match_weekend(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    bool article = item_class(r, i) == TW_THE;
    uint32_t at = article ? i + 1 : i;
    if (!is_weekend(r, at)) return 0;
    if (!article && (word_at(r, at)->dep != DEP_COMPOUND || r->items[at].capital)) return 0;
    out->form = FORM_SHIFT;
    out->unit = UNIT_WEEKEND;
    out->which = WHICH_OPEN;
    return at + 1;
}

/* ---- the clock ---- */

static uint32_t read_minutes(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (!number_at(r, i) || item_mark(r, i + 1) != ':' || !glued_at(r, i + 1)) return 0;
    if (!number_at(r, i + 2) || !glued_at(r, i + 2) || r->items[i + 2].digits != 2) return 0;
    if (r->items[i].value > 24 || r->items[i + 2].value > 59) return 0;
    out->hour = r->items[i].value;
    out->minute = r->items[i + 2].value;
    bool seconds = item_mark(r, i + 3) == ':' && glued_at(r, i + 3) && number_at(r, i + 4);
    return seconds ? i + 5 : i + 3;
}

static uint32_t read_hour(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (i >= r->n || r->items[i].kind != ITEM_NUMBER || r->items[i].digits > 2) return 0;
    double minutes = (r->items[i].number - r->items[i].value) * 100; /* "7.30 a.m." */
    if (r->items[i].value > 12 || minutes > 59.5) return 0;
    out->hour = r->items[i].value;
    out->minute = (int32_t)(minutes + 0.5);
    return i + 1;
}

/* "GMT", "local time", "Eastern time" is rarer and left out. */
static uint32_t skip_zone(const struct time_reader *r, uint32_t i)
{
    if (item_class(r, i) == TW_ZONE && r->items[i].capital) return i + 1;
    if (item_class(r, i) == TW_LOCAL && item_class(r, i + 1) == TW_TIMEWORD) return i + 2;
    return i;
}

static uint32_t read_ampm(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (item_class(r, i) == TW_CLOCK_HALF) {
        if (out->hour > 12) return 0;
        out->hour = out->hour % 12 + (r->items[i].value == CLOCK_PM ? 12 : 0);
        return i + 1;
    }
    if (item_class(r, i) == TW_IN && item_class(r, i + 1) == TW_THE &&
        item_class(r, i + 2) == TW_DAYPART && r->items[i + 2].value <= PART_EVENING) {
        if (r->items[i + 2].value != PART_MORNING && out->hour < 12) out->hour += 12;
        return i + 3;
    }
    return 0;
}

static uint32_t read_clock(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (item_class(r, i) == TW_DAYPART && r->items[i].value >= PART_MIDDAY) {
        out->part = (uint8_t)r->items[i].value;
        return i + 1;
    }
    uint32_t at = read_minutes(r, i, out);
    if (at != 0) {
        uint32_t next = read_ampm(r, at, out);
        return skip_zone(r, next != 0 ? next : at);
    }
    if (number_at(r, i) && r->items[i].digits == 4 && item_class(r, i + 1) == TW_ZONE &&
        r->items[i].value % 100 < 60 && r->items[i].value <= 2400) {
        out->hour = r->items[i].value / 100;
        out->minute = r->items[i].value % 100;
        return i + 2;
    }
    at = read_hour(r, i, out);
    if (at == 0) return 0;
    at = read_ampm(r, at, out);
    return at == 0 ? 0 : skip_zone(r, at);
}

static uint32_t match_day_of_date(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    typedef uint32_t matcher(const struct time_reader *, uint32_t, struct time_phrase *);
    static matcher *const days[] = {timefigure_date, match_weekday, match_day_first,
                                    match_month_first};
    const struct time_phrase empty = *out;
    for (size_t k = 0; k < sizeof days / sizeof days[0]; k++) {
        uint32_t next = days[k](r, i, out);
        if (next != 0 && (out->day != TIME_UNSET || out->weekday != TIME_UNSET)) return next;
        *out = empty;
    }
    return 0;
}

/* "3 p.m.", "9 a.m. Tuesday", "3 p.m. on 12 February", "10:30 a.m. today". */
static uint32_t match_clock(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = read_clock(r, i, out);
    if (at == 0) return 0;
    out->type = TIMEX_TIME;
    uint32_t next = item_mark(r, at) == ',' || item_class(r, at) == TW_ON ? at + 1 : at;
    if (item_class(r, next) == TW_DAYWORD) {
        out->form = FORM_SHIFT;
        out->unit = UNIT_DAY;
        out->shift = r->items[next].value;
        return next + 1;
    }
    uint32_t end = match_day_of_date(r, next, out);
    return end != 0 ? end : at;
}

/* ---- any date ---- */

/* "Friday night", "February 12 at 3 p.m.", "the night of Feb. 12" only in part. */
static uint32_t add_part(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    bool day = out->day != TIME_UNSET || out->weekday != TIME_UNSET || out->holiday.rule != 0;
    if (!day) return i;
    if (item_class(r, i) == TW_DAYPART) {
        out->part = (uint8_t)r->items[i].value;
        out->type = TIMEX_TIME;
        return i + 1;
    }
    if (item_class(r, i) != TW_AT) return i;
    uint32_t next = read_clock(r, i + 1, out);
    if (next != 0) out->type = TIMEX_TIME;
    return next != 0 ? next : i;
}

typedef uint32_t date_matcher(const struct time_reader *, uint32_t, struct time_phrase *);

/* The first of `matchers`, a list that NULL ends, that reads something. */
static uint32_t first_date(const struct time_reader *r, uint32_t i, date_matcher *const *matchers,
                           struct time_phrase *out)
{
    for (; *matchers != NULL; matchers++) {
        phrase_start(out, i, FORM_DATE, TIMEX_DATE);
        uint32_t next = (*matchers)(r, i, out);
        if (next == 0) continue;
        timefigure_refuse(out);
        return out->type == TIMEX_TIME || out->form != FORM_DATE ? next : add_part(r, next, out);
    }
    return 0;
}

uint32_t timedate_read(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    static date_matcher *const of_number[] = {
        timefigure_date, match_holiday, match_clock,      match_day_first, match_listed_day,
        match_decade,    match_century, match_year_piece, match_year,      NULL};
    static date_matcher *const of_article[] = {match_day_first,  match_decade, match_century,
                                               match_year_piece, match_season, match_weekend,
                                               match_day_alone,  NULL};
    static date_matcher *const of_word[] = {match_holiday,     match_clock,  match_weekday,
                                            match_month_first, match_decade, match_century,
                                            match_year_piece,  match_season, match_year,
                                            match_weekend,     NULL};
    static date_matcher *const of_mark[] = {match_decade, match_year, NULL};
    if (i >= r->n) return 0;
    if (r->items[i].kind == ITEM_NUMBER) return first_date(r, i, of_number, out);
    if (r->items[i].kind == ITEM_MARK) return first_date(r, i, of_mark, out);
    if (r->items[i].class == TW_NONE && !item_word(r, i)->begins_time) return 0;
    return first_date(r, i, r->items[i].class == TW_THE ? of_article : of_word, out);
}

/* ---- ranges ---- */

uint32_t timedate_continued(const struct time_reader *r, uint32_t i,
                            const struct time_phrase *before, struct time_phrase *out)
{
    if (before->form != FORM_DATE || before->type != TIMEX_DATE || i == 0) return 0;
    uint32_t link = i - 1;
    char mark = item_mark(r, link);
    bool linked = mark == '-' || mark == '/' || item_class(r, link) == TW_AND ||
                  item_class(r, link) == TW_TO || item_class(r, link) == TW_OR || mark == ',';
    if (!linked || before->last != link) return 0;
    phrase_start(out, i, FORM_DATE, TIMEX_DATE);
    if (before->day != TIME_UNSET) {
        uint32_t next = read_day(r, i, &out->day);
        if (next == 0 || item_class(r, next) == TW_MONTH) return 0;
        if (next < r->n && r->items[next].class == TW_NONE && mark != '-' &&
            r->items[next].kind == ITEM_WORD && word_at(r, next)->upos == UPOS_NOUN)
            return 0;
        out->month = before->month;
        out->year = before->year;
        next = read_year_after(r, next, out);
        timefigure_refuse(out);
        return next;
    }
    bool year_only = before->year != YEAR_UNSET && before->month == TIME_UNSET;
    if (!year_only || (mark != '-' && mark != '/') || !number_at(r, i)) return 0;
    if (r->items[i].digits != 2 || !glued_at(r, i)) return 0;
    out->year = before->year / 100 * 100 + r->items[i].value;
    if (out->year < before->year && out->year % 100 == 0) out->year += 100; /* "1999/00" */
    return out->year > before->year ? i + 1 : 0;
}
