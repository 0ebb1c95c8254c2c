/* anydate.c - a day in any usual spelling; see anydate.h.
 *
 * The text is cut into numbers and words; times of day and zones are dropped on the way. Then the
 * first of these that is there names the day: a month by its name with a day and a year beside it;
 * three numbers, of which the first or the last is the year; one number of 8 digits or more. */
#include "base/anydate.h"

#include "base/calendar.h"

enum { DATE_LONGEST = 128, PARTS_MOST = 32, SECONDS_A_DAY = 86400 };

struct date_part {
    struct str text;
    bool number;
    char before; /* what stands between it and the part before: ' ', '-', '/', '.', ','; 0: other */
};

struct date_parts {
    struct date_part at[PARTS_MOST];
    size_t n;
    bool after_time;
};

static bool is_figure(struct str s, size_t i)
{
    return i < s.len && s.at[i] >= '0' && s.at[i] <= '9';
}

static bool is_plain_letter(struct str s, size_t i)
{
    return i < s.len && (s.at[i] | 0x20) >= 'a' && (s.at[i] | 0x20) <= 'z';
}

/* ---- parts ---- */

/* Skips what is neither a figure nor a letter; one mark with blanks around it names the gap. */
static size_t skip_gap(struct str s, size_t i, char *gap)
{
    size_t marks = 0, from = i;
    *gap = ' ';
    for (; i < s.len && !is_figure(s, i) && !is_plain_letter(s, i); i++) {
        if (s.at[i] == ' ' || s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r') continue;
        *gap = s.at[i];
        marks++;
    }
    if (marks > 1 || i == from) *gap = 0;
    return i;
}

/* "14:05:00.123": the end of a time that begins at i, or i. */
static size_t skip_time(struct str s, size_t i)
{
    size_t at = i;
    while (is_figure(s, at))
        at++;
    if (at - i > 2 || at == s.len || s.at[at] != ':' || !is_figure(s, at + 1)) return i;
    while (is_figure(s, at) || (at < s.len && strchr(":.,", s.at[at]) && is_figure(s, at + 1)))
        at++;
    return at;
}

/* "PM", "p.m." behind a number that ends at i: its end, or i. */
static size_t skip_half_day(struct str s, size_t i)
{
    size_t at = i;
    while (at < s.len && s.at[at] == ' ')
        at++;
    if (at == s.len || strchr("aApP", s.at[at]) == NULL) return i;
    at++;
    if (at < s.len && s.at[at] == '.') at++;
    if (at == s.len || (s.at[at] | 0x20) != 'm' || is_plain_letter(s, at + 1)) return i;
    return at + 1;
}

static bool is_ordinal_end(struct str s, size_t i)
{
    if (i + 2 > s.len || is_plain_letter(s, i + 2)) return false;
    struct str end = str_cut(s, i, i + 2);
    return str_is(end, "st") || str_is(end, "nd") || str_is(end, "rd") || str_is(end, "th");
}

/* Reads the number at i; times and zones are no parts. Returns its end. */
static size_t read_number(struct date_parts *p, struct str s, size_t i, char gap)
{
    size_t end = skip_time(s, i), half;
    bool time = end > i;
    while (!time && is_figure(s, end == i ? i : end))
        end++;
    half = end - i <= 2 || time ? skip_half_day(s, end) : end;
    if (time || half > end) {
        p->after_time = true;
        return half;
    }
    bool zone = gap == '+' || (p->after_time && gap == '-');
    if (!zone) p->at[p->n++] = (struct date_part){str_cut(s, i, end), true, gap};
    return is_ordinal_end(s, end) ? end + 2 : end;
}

static void cut_parts(struct str s, struct date_parts *p)
{
    char gap;
    p->n = 0;
    p->after_time = false;
    for (size_t i = skip_gap(s, 0, &gap); i < s.len && p->n < PARTS_MOST;
         i = skip_gap(s, i, &gap)) {
        if (is_figure(s, i)) {
            i = read_number(p, s, i, gap);
            continue;
        }
        size_t end = i;
        while (is_plain_letter(s, end))
            end++;
        p->at[p->n++] = (struct date_part){str_cut(s, i, end), false, gap};
        i = end;
    }
}

/* ---- months, days, years ---- */

/* 1 to 12 for a name of at least three letters; 0: no month. */
static int32_t month_of_name(struct str word)
{
    static const char *const month_names[] = {"january",   "february", "march",    "april",
                                              "may",       "june",     "july",     "august",
                                              "september", "october",  "november", "december"};
    for (int32_t i = 0; i < 12; i++) {
        struct str name = str_c(month_names[i]);
        if (str_is(word, "sept")) return 9;
        if (word.len != 3 && word.len != name.len) continue;
        if (str_eq_nocase(word, str_cut(name, 0, word.len))) return i + 1;
    }
    return 0;
}

static int32_t value_of(struct str figures)
{
    long value = 0;
    return figures.len <= 9 && str_int(figures, &value) ? (int32_t)value : -1;
}

/* A year of four figures, or of two, as POSIX reads them; -1: neither. */
static int32_t year_of(struct str figures)
{
    int32_t year = value_of(figures);
    if (figures.len == 4) return year;
    if (figures.len != 2) return -1;
    return year < 69 ? 2000 + year : 1900 + year;
}

static bool to_day(int32_t year, int32_t month, int32_t mday, int32_t *day)
{
    struct date d = {year, month, mday};
    if (year < 0 || !date_valid(d)) return false;
    *day = day_of(d);
    return true;
}

/* ---- June 13, 2024 ---- */

static bool is_day_number(const struct date_parts *p, size_t i)
{
    return i < p->n && p->at[i].number && p->at[i].text.len <= 2;
}

/* The number that is the year: the one at i, or, behind a zone's name, a later one of four. */
static int32_t year_from(const struct date_parts *p, size_t i)
{
    if (i < p->n && p->at[i].number && p->at[i].text.len == 2) return year_of(p->at[i].text);
    for (; i < p->n; i++)
        if (p->at[i].number) return p->at[i].text.len == 4 ? year_of(p->at[i].text) : -1;
    return -1;
}

/* The part before the month, with an "of" between them skipped; p->n: none. */
static size_t part_before(const struct date_parts *p, size_t month)
{
    if (month == 0) return p->n;
    bool of = month > 1 && str_is(p->at[month - 1].text, "of");
    return month - 1 - of;
}

static bool read_named(const struct date_parts *p, int32_t *day)
{
    size_t at = 0;
    int32_t month = 0;
    for (; at < p->n && month == 0; at++)
        if (!p->at[at].number) month = month_of_name(p->at[at].text);
    if (month == 0) return false;
    size_t before = part_before(p, at - 1); /* `at` is behind the month */
    if (is_day_number(p, before))
        return to_day(year_from(p, at), month, value_of(p->at[before].text), day);
    if (!is_day_number(p, at)) return false;
    int32_t year = before < p->n && p->at[before].number && p->at[before].text.len == 4
                       ? year_of(p->at[before].text)
                       : year_from(p, at + 1);
    return to_day(year, month, value_of(p->at[at].text), day);
}

/* ---- 2024-06-13, 13/06/2024 ---- */

struct triple {
    int32_t first, second, year;
    char mark;
    bool year_first;
};

/* A mark may stand between the numbers of a date; a blank or another script's word, too, where the
 * year comes first. */
static bool joins(const struct date_part *part, bool year_first)
{
    return part->number && (part->before == '-' || part->before == '/' || part->before == '.' ||
                            (year_first && part->before != ',' && part->before != ':'));
}

static bool triple_at(const struct date_parts *p, size_t i, struct triple *t)
{
    const struct date_part *part = &p->at[i];
    if (i + 3 > p->n || !part->number) return false;
    t->year_first = part->text.len == 4 || (part->text.len == 2 && value_of(part->text) > 31);
    if (!joins(&part[1], t->year_first) || !joins(&part[2], t->year_first)) return false;
    if (part[1].before != part[2].before && part->text.len != 4) return false;
    if (part[1].text.len > 2 || (!t->year_first && part->text.len > 2)) return false;
    if (t->year_first && part[2].text.len > 2) return false;
    if (i + 3 < p->n && part[3].number && part[3].before == part[2].before && !t->year_first)
        return false; /* "10.12.20.4" is no date */
    t->mark = part[1].before;
    t->year = year_of(part[t->year_first ? 0 : 2].text);
    t->first = value_of(part[t->year_first ? 1 : 0].text);
    t->second = value_of(part[t->year_first ? 2 : 1].text);
    return true;
}

static bool read_triple(const struct triple *t, enum date_order order, int32_t *day)
{
    if (t->year_first) return to_day(t->year, t->first, t->second, day);
    if (t->mark == '.') return to_day(t->year, t->second, t->first, day);
    if (t->first > 12 || t->first == t->second) return to_day(t->year, t->second, t->first, day);
    if (t->second > 12) return to_day(t->year, t->first, t->second, day);
    if (order == ORDER_UNKNOWN) return false;
    return order == ORDER_DAY_FIRST ? to_day(t->year, t->second, t->first, day)
                                    : to_day(t->year, t->first, t->second, day);
}

/* ---- 20240613, 1718236800 ---- */

static bool read_run(struct str figures, int32_t *day)
{
    static const struct {
        size_t len;
        int64_t to_seconds;
    } epochs[] = {{9, 1}, {10, 1}, {12, 1000}, {13, 1000}, {16, 1000000}, {19, 1000000000}};
    bool compact = figures.len == 8 || figures.len == 12 || figures.len == 14 || figures.len == 17;
    if (compact && (figures.at[0] == '1' || figures.at[0] == '2') &&
        to_day(value_of(str_cut(figures, 0, 4)), value_of(str_cut(figures, 4, 6)),
               value_of(str_cut(figures, 6, 8)), day))
        return true;
    for (size_t i = 0; i < sizeof epochs / sizeof epochs[0]; i++) {
        int64_t value = 0;
        if (epochs[i].len != figures.len) continue;
        for (size_t k = 0; k < figures.len && value < INT64_MAX / 10 - 10; k++)
            value = value * 10 + (figures.at[k] - '0');
        *day = (int32_t)(value / epochs[i].to_seconds / SECONDS_A_DAY);
        return figures.len < 19 || figures.at[0] == '1';
    }
    return false;
}

/* ---- all of them ---- */

static bool could_be_date(struct str s)
{
    if (s.len == 0 || s.len > DATE_LONGEST) return false;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return false;
    }
    return true;
}

bool anydate_read(struct str text, enum date_order order, int32_t *day)
{
    struct date_parts p;
    struct triple t;
    text = str_trim(text);
    if (!could_be_date(text)) return false;
    cut_parts(text, &p);
    if (read_named(&p, day)) return true;
    for (size_t i = 0; i < p.n; i++) {
        if (triple_at(&p, i, &t)) return read_triple(&t, order, day);
        if (p.at[i].number && p.at[i].text.len >= 8) {
            bool whole = i == 0 && p.at[i].text.at == text.at;
            return (whole || p.at[i].text.len == 8) && read_run(p.at[i].text, day);
        }
    }
    return false;
}

enum date_order anydate_order(struct str text)
{
    struct date_parts p;
    struct triple t;
    int32_t day;
    text = str_trim(text);
    if (!could_be_date(text)) return ORDER_UNKNOWN;
    cut_parts(text, &p);
    if (read_named(&p, &day)) return ORDER_UNKNOWN;
    for (size_t i = 0; i < p.n; i++) {
        if (!triple_at(&p, i, &t)) continue;
        bool short_dashes = t.mark == '-' && p.at[i + 2].text.len == 2; /* may be a year first */
        if (t.year_first || t.mark == '.' || short_dashes) return ORDER_UNKNOWN;
        if (t.first > 12 && to_day(t.year, t.second, t.first, &day)) return ORDER_DAY_FIRST;
        if (t.second > 12 && to_day(t.year, t.first, t.second, &day)) return ORDER_MONTH_FIRST;
        return ORDER_UNKNOWN;
    }
    return ORDER_UNKNOWN;
}
