/* timefigure.c - see timefigure.h. Each reads a few items: constant time. */
#include "when/timefigure.h"

#include "base/calendar.h"

enum { CENTURY_TURNS = 50 }; /* two digits below it are of this century */

static bool whole_number(const struct time_reader *r, uint32_t i)
{
    return i < r->n && r->items[i].kind == ITEM_NUMBER &&
           r->items[i].number - r->items[i].value == 0;
}

static bool is_glued(const struct time_reader *r, uint32_t i)
{
    return i < r->n && r->items[i].glued;
}

uint32_t timefigure_year(const struct time_reader *r, uint32_t i, int32_t *year)
{
    if (!whole_number(r, i) || !is_glued(r, i)) return 0;
    const struct time_item *item = &r->items[i];
    if (item->digits == 2)
        *year = item->value + (item->value < CENTURY_TURNS ? 2000 : 1900);
    else if (item->digits == 4)
        *year = item->value;
    else
        return 0;
    return i + 1;
}

bool timefigure_next_year(const struct time_reader *r, uint32_t i)
{
    if (!whole_number(r, i) || r->items[i].digits != 4 || item_mark(r, i + 1) != '/') return false;
    if (!is_glued(r, i + 1) || !whole_number(r, i + 2) || !is_glued(r, i + 2)) return false;
    if (item_mark(r, i + 3) == '/' && is_glued(r, i + 3)) return false;
    int32_t next = r->items[i].value + 1;
    return r->items[i + 2].digits == 2 ? r->items[i + 2].value == next % 100
                                       : r->items[i + 2].value == next;
}

static bool take_fields(struct time_phrase *out, int32_t year, int32_t month, int32_t day)
{
    if (month < 1 || month > 12 || day < 1 || day > 31) return false;
    out->year = year;
    out->month = month;
    out->day = day;
    return true;
}

/* "05.01.2024" is cut into the number 05.01, a stop and 2024. */
static uint32_t match_dotted(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    int32_t year, part[2] = {0, 0};
    if (i + 2 >= r->n || r->items[i].kind != ITEM_NUMBER || item_mark(r, i + 1) != '.') return 0;
    if (!is_glued(r, i + 1) || !is_glued(r, i + 2) || r->items[i + 2].digits != 4) return 0;
    if (timefigure_year(r, i + 2, &year) == 0) return 0;
    struct str s = str_cut(r->tree->text->text, r->items[i].begin, r->items[i].end);
    int which = 0, digits = 0;
    for (size_t k = 0; k < s.len; k++) {
        if (s.at[k] == '.') {
            which++;
            digits = 0;
        } else if (s.at[k] < '0' || s.at[k] > '9' || ++digits > 2) {
            return 0;
        }
        if (which > 1) return 0;
        if (s.at[k] != '.') part[which] = part[which] * 10 + (s.at[k] - '0');
    }
    if (which != 1) return 0;
    bool day_first = part[1] <= 12;
    return take_fields(out, year, part[day_first], part[!day_first]) ? i + 3 : 0;
}

/* "2024-05": a month after a zero only, for "2010-12" and "2006-07" are years. */
static uint32_t match_year_month(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    if (!whole_number(r, i) || r->items[i].digits != 4 || item_mark(r, i + 1) != '-') return 0;
    if (!is_glued(r, i + 1) || !whole_number(r, i + 2) || !is_glued(r, i + 2)) return 0;
    const struct time_item *month = &r->items[i + 2];
    if (month->digits != 2 || month->value < 1 || month->value > 9) return 0;
    if (month->value == (r->items[i].value + 1) % 100) return 0;
    if (is_glued(r, i + 3) && item_mark(r, i + 3) != '.' && item_mark(r, i + 3) != ',') return 0;
    out->year = r->items[i].value;
    out->month = month->value;
    return i + 3;
}

/* "2025-02-12", "2/12/2025", "13/2/2025". */
static uint32_t match_marked(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    for (uint32_t k = 0; k < 5; k++)
        if (i + k >= r->n || (k > 0 && !is_glued(r, i + k))) return 0;
    char mark = item_mark(r, i + 1);
    if ((mark != '-' && mark != '/') || item_mark(r, i + 3) != mark) return 0;
    if (!whole_number(r, i) || !whole_number(r, i + 2) || !whole_number(r, i + 4)) return 0;
    const struct time_item *a = &r->items[i], *b = a + 2, *c = a + 4;
    int32_t year;
    if (a->digits == 4) return take_fields(out, a->value, b->value, c->value) ? i + 5 : 0;
    if (c->digits != 4 && mark != '/') return 0;
    if (timefigure_year(r, i + 4, &year) == 0) return 0;
    bool month_first = a->value <= 12;
    return take_fields(out, year, month_first ? a->value : b->value,
                       month_first ? b->value : a->value)
               ? i + 5
               : 0;
}

uint32_t timefigure_date(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t next = match_marked(r, i, out);
    if (next == 0) next = match_dotted(r, i, out);
    return next != 0 ? next : match_year_month(r, i, out);
}

void timefigure_refuse(struct time_phrase *phrase)
{
    enum { LEAP_YEAR = 2000 };
    if (phrase->form != FORM_DATE || phrase->month == TIME_UNSET || phrase->day == TIME_UNSET)
        return;
    int32_t year = phrase->year != YEAR_UNSET && phrase->year > 0 ? phrase->year : LEAP_YEAR;
    if (phrase->day > days_in_month(year, phrase->month)) phrase->day = TIME_UNSET;
}
