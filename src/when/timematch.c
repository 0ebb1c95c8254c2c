/* timematch.c - see timematch.h: the order of the matchers, and all that is not of the calendar. */
#include "when/timematch.h"

#include "when/timedate.h"

uint32_t item_phrase(const struct time_reader *r, uint32_t i, uint32_t end, bool lemma)
{
    char text[WORD_MOST];
    size_t n = 0;
    for (uint32_t k = i; k < end; k++) {
        const struct time_item *item = &r->items[k];
        struct str s = str_cut(r->tree->text->text, item->begin, item->end);
        if (item->kind == ITEM_MARK && item->mark == '\'') s = STR("'");
        if (lemma && k + 1 == end) s = r->tree->words[item->token].lemma;
        if (n + 1 + s.len > sizeof text) return 0;
        if (k > i && !item->glued) text[n++] = ' ';
        for (size_t c = 0; c < s.len; c++) /* "Sept." is listed without its stop */
            if (s.at[c] != '.' || !item->dotted) text[n++] = s.at[c];
    }
    return words_find(r->tree->know, str_of(text, n));
}

/* ---- lengths and what follows them: "six days", "six days later" ---- */

/* "six-year-old", "50 years old": an age, not a time. */
static bool age_follows(const struct time_reader *r, uint32_t i)
{
    if (item_mark(r, i) == '-' && item_class(r, i + 1) == TW_OLD) return true;
    if (item_class(r, i) == TW_OLD) return true;
    return item_class(r, i) == TW_OF && i + 1 < r->n && item_class(r, i - 1) == TW_UNITS &&
           r->tree->words[r->items[i + 1].token].upos == UPOS_NOUN &&
           form_has(r->tree, r->items[i + 1].token, CLASS_AGE);
}

/* True where "before" or "after" ends a phrase: "two days before." */
static bool phrase_ends(const struct time_reader *r, uint32_t i)
{
    return i >= r->n || r->items[i].kind == ITEM_MARK;
}

/* What follows "ago": "ten years ago today", "a week ago on Tuesday", "twenty years ago in May". */
static uint32_t pinned_day(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t class = item_class(r, i), at = class == TW_ON || class == TW_IN ? i + 1 : i;
    if (out->vague || out->mod != MOD_NONE) return i;
    if (item_class(r, i) == TW_DAYWORD && out->unit >= UNIT_DAY) {
        out->pinned = PIN_DAY;
        out->day = r->items[i].value;
        out->type = TIMEX_DATE;
        return i + 1;
    }
    if (item_class(r, at) == TW_WEEKDAY && out->unit == UNIT_WEEK) {
        out->pinned = PIN_WEEKDAY;
        out->weekday = r->items[at].value;
        return at + 1;
    }
    struct time_phrase date;
    uint32_t next = out->unit == UNIT_YEAR ? timedate_read(r, at, &date) : 0;
    if (next == 0 || date.form != FORM_DATE || date.type != TIMEX_DATE) return i;
    if (date.month == TIME_UNSET || date.year != YEAR_UNSET) return i;
    date.year_shift = -(int32_t)out->amount;
    date.first = out->first;
    *out = date;
    return next;
}

static uint32_t length_to_offset(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    int32_t direction = 0;
    uint32_t next = i + 1;
    out->anchor = ANCHOR_NARRATIVE;
    switch (item_class(r, i)) {
    case TW_AGO:
        direction = -1;
        out->anchor = ANCHOR_STORY;
        break;
    case TW_LATER: direction = 1; break;
    case TW_EARLIER: direction = -1; break;
    case TW_HENCE:
        direction = 1;
        out->anchor = ANCHOR_STORY;
        break;
    case TW_AFTER: direction = phrase_ends(r, next) ? 1 : 0; break;
    case TW_BEFORE: direction = phrase_ends(r, next) ? -1 : 0; break;
    case TW_FROM:
        if (item_class(r, next) != TW_REFERENCE) break;
        direction = 1;
        out->anchor = ANCHOR_STORY;
        next++;
        break;
    default: break;
    }
    if (direction == 0) return i;
    out->form = FORM_OFFSET;
    out->shift = direction;
    out->type = out->unit < UNIT_DAY ? TIMEX_TIME : TIMEX_DATE;
    return item_class(r, i) == TW_AGO ? pinned_day(r, next, out) : next;
}

/* "24 hours a day", "$1 billion a year": the article is a rate. */
static bool rate_before(const struct time_reader *r, uint32_t i)
{
    if (i == 0 || item_class(r, i) != TW_ARTICLE) return false;
    const struct time_item *item = &r->items[i - 1];
    if (item->kind == ITEM_NUMBER || item->class == TW_SCALE) return true;
    return item->kind == ITEM_WORD && item->class == TW_NONE &&
           r->tree->words[item->token].upos == UPOS_NOUN;
}

/* "a day earlier", "a week after the vote": what follows makes a distance of the length. */
static bool counts_away(const struct time_reader *r, uint32_t i)
{
    switch (item_class(r, i)) {
    case TW_AGO:
    case TW_EARLIER:
    case TW_LATER:
    case TW_BEFORE:
    case TW_AFTER:
    case TW_FOLLOWING: return true;
    default: return false;
    }
}

static uint32_t unit_of_length(const struct time_reader *r, uint32_t i, bool article,
                               struct time_phrase *out)
{
    uint32_t at = item_mark(r, i) == '-' && r->items[i].glued ? i + 1 : i;
    uint32_t between = item_class(r, at);
    if (between == TW_FILLER || between == TW_LONG || between == TW_MORE) at++;
    uint32_t class = item_class(r, at);
    if (class == TW_FORTNIGHT) {
        out->unit = UNIT_WEEK;
        out->amount *= 2;
        return at + 1;
    }
    if (class == TW_DAYPARTS && r->items[at].value == PART_NIGHT) {
        out->unit = UNIT_DAY;
        return at + 1;
    }
    if (class != TW_UNIT && class != TW_UNITS && class != TW_UNIT_SHORT) return 0;
    out->unit = (uint8_t)r->items[at].value;
    /* "the thirty-second anniversary" */
    if (out->unit == UNIT_SECOND && at + 1 < r->n && r->items[at + 1].kind == ITEM_WORD &&
        lemma_has(r->tree, r->items[at + 1].token, CLASS_ANNIVERSARY))
        return 0;
    if (article && (out->unit == UNIT_SECOND || out->unit == UNIT_QUARTER)) return 0;
    if (out->unit == UNIT_QUARTER && (class == TW_UNIT || item_class(r, at + 1) == TW_OF)) return 0;
    if (r->items[at].capital && at > i) return 0; /* the title of something */
    return at + 1;
}

/* The words of measure before a length; gives the modifier. */
static uint32_t measure_before(const struct time_reader *r, uint32_t i, uint8_t *mod)
{
    uint32_t class = item_class(r, i);
    *mod = MOD_NONE;
    if (class == TW_MORE && item_class(r, i + 1) == TW_THAN) {
        *mod = (uint8_t)r->items[i].value;
        return i + 2;
    }
    if (class == TW_AT && item_class(r, i + 1) == TW_LEAST) {
        *mod = (uint8_t)r->items[i + 1].value;
        return i + 2;
    }
    if (class == TW_UP && item_class(r, i + 1) == TW_TO) {
        *mod = MOD_EQUAL_OR_LESS;
        return i + 2;
    }
    if (class == TW_OVER || class == TW_ABOUT) {
        *mod = (uint8_t)r->items[i].value;
        return i + 1;
    }
    return i;
}

/* "six days", "more than two years ago", "a few weeks later", "three-day", "day-long". */
static uint32_t match_length(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    double value;
    bool vague;
    uint8_t mod;
    uint32_t begin = measure_before(r, i, &mod);
    uint32_t at = timematch_amount(r, begin, &value, &vague);
    bool about = item_class(r, i) == TW_ABOUT;
    if (at == 0) return 0;
    phrase_start(out, i, FORM_LENGTH, TIMEX_DURATION);
    out->amount = value;
    out->vague = vague && value == 0;
    at = unit_of_length(r, at, item_class(r, begin) == TW_ARTICLE && value == 1, out);
    if (at == 0 || age_follows(r, at)) return 0;
    out->mod = mod;
    if (value == 1 && !counts_away(r, at) && rate_before(r, begin)) {
        out->form = FORM_SET;
        out->type = TIMEX_SET;
        return at;
    }
    at = length_to_offset(r, at, out);
    /* "about five hours" is marked without its "about", "about five hours ago" with it. */
    if (about && out->form == FORM_LENGTH) out->first = begin;
    return at;
}

/* "for weeks", "years later", "decades-long": units without an amount. */
static uint32_t match_bare_units(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t before = i > 0 ? item_class(r, i - 1) : TW_NONE;
    uint32_t class = item_class(r, i);
    if (class != TW_UNIT && class != TW_UNITS) return 0;
    phrase_start(out, i, FORM_LENGTH, TIMEX_DURATION);
    out->unit = (uint8_t)r->items[i].value;
    out->amount = 1;
    if (class == TW_UNIT) return timedate_long(r, i + 1);
    if (out->unit == UNIT_SECOND) return 0;
    out->vague = 1;
    if (age_follows(r, i + 1)) return 0;
    uint32_t next = length_to_offset(r, i + 1, out);
    if (out->form == FORM_OFFSET) return next;
    bool led = before == TW_PREPOSITION || before == TW_AFTER || before == TW_IN ||
               before == TW_THE || before == TW_OVER || before == TW_BEFORE || before == TW_OF;
    return led ? next : timedate_long(r, next) != 0 ? timedate_long(r, next) : 0;
}

/* ---- "last week", "the past two months", "that night" ---- */

struct shift_word {
    uint8_t which, anchor;
    bool length_only; /* "the past week" is a length */
    bool deictic;     /* can stand before a weekday, month or season */
};

static bool shift_word_at(const struct time_reader *r, uint32_t i, bool article,
                          struct shift_word *w)
{
    uint8_t told = article ? ANCHOR_NARRATIVE : ANCHOR_STORY;
    switch (item_class(r, i)) {
    case TW_LAST: *w = (struct shift_word){WHICH_LAST, ANCHOR_STORY, false, true}; return true;
    case TW_NEXT: *w = (struct shift_word){WHICH_NEXT, told, false, true}; return true;
    case TW_THIS: *w = (struct shift_word){WHICH_THIS, ANCHOR_STORY, false, true}; return !article;
    case TW_THAT:
    case TW_SAME: *w = (struct shift_word){WHICH_THIS, ANCHOR_NARRATIVE, false, true}; return true;
    case TW_PREVIOUS:
        *w = (struct shift_word){WHICH_LAST, ANCHOR_NARRATIVE, false, true};
        return true;
    case TW_FOLLOWING: /* "following Thursday's raid": after it */
        *w = (struct shift_word){WHICH_NEXT, ANCHOR_NARRATIVE, false, true};
        return article;
    case TW_PAST: *w = (struct shift_word){WHICH_LAST, ANCHOR_STORY, true, true}; return true;
    case TW_COMING: *w = (struct shift_word){WHICH_NEXT, ANCHOR_STORY, true, true}; return true;
    case TW_RECENT: *w = (struct shift_word){WHICH_LAST, ANCHOR_STORY, true, false}; return true;
    default: return false;
    }
}

static uint32_t shifted_length(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    double value;
    bool vague;
    uint32_t at = i;
    if (item_class(r, i) == TW_UNITS) {
        out->vague = 1;
    } else {
        if (item_class(r, i) == TW_ARTICLE) return 0;
        at = timematch_amount(r, i, &value, &vague);
        if (at == 0) return 0;
        out->amount = value;
        out->vague = vague && value == 0;
    }
    at = unit_of_length(r, at, false, out);
    out->form = FORM_LENGTH;
    out->type = TIMEX_DURATION;
    return at;
}

static uint32_t shifted_unit(const struct time_reader *r, uint32_t i, const struct shift_word *w,
                             struct time_phrase *out)
{
    if (item_class(r, i) != TW_UNIT || r->items[i].value < UNIT_DAY) return 0;
    out->unit = (uint8_t)r->items[i].value;
    if (w->length_only && out->unit != UNIT_WEEKEND) {
        out->form = FORM_LENGTH;
        out->type = TIMEX_DURATION;
        out->amount = 1;
        return i + 1;
    }
    out->form = FORM_SHIFT;
    out->anchor = w->anchor;
    out->shift = (int32_t)w->which - WHICH_THIS;
    return i + 1;
}

/* "last night", "this morning", "the next evening". */
static uint32_t shifted_part(const struct time_reader *r, uint32_t i, const struct shift_word *w,
                             struct time_phrase *out)
{
    if (item_class(r, i) != TW_DAYPART) return 0;
    out->form = FORM_SHIFT;
    out->type = TIMEX_TIME;
    out->unit = UNIT_DAY;
    out->anchor = w->anchor;
    out->shift = (int32_t)w->which - WHICH_THIS;
    out->part = (uint8_t)r->items[i].value;
    return i + 1;
}

static uint32_t match_shift(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    struct shift_word w;
    bool article = item_class(r, i) == TW_THE;
    uint32_t at = article ? i + 1 : i;
    if (!shift_word_at(r, at, article, &w)) return 0;
    bool that = item_class(r, at) == TW_THAT;
    at++;
    if (that && item_class(r, at) == TW_SAME) at++;
    phrase_start(out, i, FORM_SHIFT, TIMEX_DATE);
    uint32_t next = that ? 0 : shifted_length(r, at, out);
    if (next != 0 && (article || w.length_only || w.which != WHICH_THIS)) return next;
    phrase_start(out, i, FORM_SHIFT, TIMEX_DATE);
    next = shifted_unit(r, at, &w, out);
    if (next == 0) next = shifted_part(r, at, &w, out);
    if (next != 0 || !w.deictic || w.length_only) return next;
    next = timedate_read(r, at, out);
    if (next == 0 || out->year != YEAR_UNSET) return 0;
    out->first = i;
    out->which = w.which;
    out->anchor = w.anchor;
    return next;
}

/* ---- today, yesterday morning, the day before yesterday ---- */

static uint32_t match_day_word(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = i;
    int32_t more = 0;
    if (item_class(r, at) == TW_THE) at++;
    if (item_class(r, at) == TW_UNIT && r->items[at].value == UNIT_DAY &&
        (item_class(r, at + 1) == TW_BEFORE || item_class(r, at + 1) == TW_AFTER)) {
        more = item_class(r, at + 1) == TW_BEFORE ? -1 : 1;
        at += 2;
        if (at - i == 3 && phrase_ends(r, at)) {
            phrase_start(out, i, FORM_SHIFT, TIMEX_DATE);
            out->unit = UNIT_DAY;
            out->anchor = ANCHOR_NARRATIVE;
            out->shift = more;
            return at;
        }
    } else if (at != i) {
        return 0;
    }
    uint32_t class = item_class(r, at);
    if (class != TW_DAYWORD && class != TW_TONIGHT) return 0;
    if (at > 0 && r->items[at].capital && r->items[at - 1].capital) return 0; /* "USA Today" */
    phrase_start(out, i, FORM_SHIFT, class == TW_TONIGHT ? TIMEX_TIME : TIMEX_DATE);
    out->unit = UNIT_DAY;
    out->shift = r->items[at].value + more;
    if (class == TW_TONIGHT) out->part = PART_NIGHT;
    at++;
    if (item_class(r, at) == TW_DAYPART) {
        out->part = (uint8_t)r->items[at].value;
        out->type = TIMEX_TIME;
        at++;
    }
    return at;
}

/* ---- sets: every Friday, daily, per year ---- */

static uint32_t match_every(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    double value = 1;
    bool vague = false;
    if (item_class(r, i) != TW_EVERY && item_class(r, i) != TW_PER) return 0;
    phrase_start(out, i, FORM_SET, TIMEX_SET);
    uint32_t at = i + 1, next = timematch_amount(r, at, &value, &vague);
    if (next != 0 && item_class(r, at) != TW_ARTICLE)
        at = next;
    else
        value = 1;
    out->amount = value;
    next = unit_of_length(r, at, false, out);
    if (next != 0) return next;
    if (item_class(r, at) == TW_DAYPART) {
        out->part = (uint8_t)r->items[at].value;
        return at + 1;
    }
    next = timedate_read(r, at, out);
    if (next == 0 || out->year != YEAR_UNSET) return 0;
    out->first = i;
    out->form = FORM_SET;
    out->type = TIMEX_SET;
    return next;
}

static uint32_t match_frequency(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t class = item_class(r, i);
    if (class != TW_FREQUENCY && class != TW_WEEKDAYS) return 0;
    bool newspaper =
        r->tree->words[r->items[i].token].upos == UPOS_NOUN || (r->items[i].capital && i > 0);
    if (class == TW_FREQUENCY && newspaper) return 0;
    phrase_start(out, i, FORM_SET, TIMEX_SET);
    out->amount = 1;
    if (class == TW_FREQUENCY)
        out->unit = (uint8_t)r->items[i].value;
    else
        out->weekday = r->items[i].value;
    return i + 1;
}

/* ---- now, the past, the future ---- */

/* "past", "present" and "future" are times as nouns only. */
static bool noun_there(const struct time_reader *r, uint32_t i)
{
    const struct word *w = &r->tree->words[r->items[i].token];
    if (w->upos != UPOS_NOUN || w->dep == DEP_COMPOUND) return false;
    return i + 1 >= r->n || r->items[i + 1].kind != ITEM_NUMBER;
}

static uint32_t match_reference(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = item_class(r, i) == TW_THE ? i + 1 : i;
    uint32_t class = item_class(r, at);
    bool plain = at == i && (class == TW_REFERENCE || class == TW_REFERENCE_ADJ);
    bool noun = class == TW_FUTURE || (at != i && (class == TW_PAST || class == TW_PRESENT));
    if (!plain && !(noun && noun_there(r, at))) return 0;
    phrase_start(out, i, FORM_REF, TIMEX_DATE);
    out->shift = class == TW_PAST ? REF_PAST : r->items[at].value;
    return at + 1;
}

/* ---- all together ---- */

/* "first days of", "last week of": the start or end of what follows. The index of that, or 0. */
static uint32_t edge_piece(const struct time_reader *r, uint32_t i, uint8_t *mod)
{
    bool last = item_class(r, i) == TW_LAST;
    if (!last && !(item_class(r, i) == TW_ORDINAL && r->items[i].value == 1)) return 0;
    uint32_t class = item_class(r, i + 1);
    if (class != TW_UNIT && class != TW_UNITS) return 0;
    uint32_t unit = (uint32_t)r->items[i + 1].value;
    if (unit < UNIT_DAY || unit > UNIT_MONTH || item_class(r, i + 2) != TW_OF) return 0;
    *mod = last ? MOD_END : MOD_START;
    return i + 3;
}

/* "early 2022", "the end of March", "earlier this year": a modifier and the time it narrows. */
static uint32_t match_narrowed(const struct time_reader *r, uint32_t i, struct time_phrase *out)
{
    uint32_t at = item_class(r, i) == TW_THE ? i + 1 : i;
    uint32_t class = item_class(r, at), next = 0;
    uint8_t mod = at < r->n ? (uint8_t)r->items[at].value : 0;
    uint32_t piece = at != i ? edge_piece(r, at, &mod) : 0;
    if (piece != 0) {
        next = timedate_read(r, piece, out);
        if (next != 0 && out->month == TIME_UNSET && out->year == YEAR_UNSET) next = 0;
        if (next == 0) next = timedate_this_unit(r, piece, out);
        if (next == 0) next = match_shift(r, piece, out);
        if (next != 0 && out->form == FORM_LENGTH) return 0;
    } else if (class == TW_EDGE) {
        if (item_class(r, at + 1) != TW_OF) return 0;
        next = timedate_read(r, at + 2, out);
        if (next == 0) next = match_shift(r, at + 2, out);
        if (next == 0) next = timedate_this_unit(r, at + 2, out);
    } else if (class == TW_PHASE) {
        uint32_t inner = item_mark(r, at + 1) == '-' ? at + 2 : at + 1;
        next = timedate_read(r, inner, out);
        if (next == 0) next = match_shift(r, inner, out);
        if (next != 0 && (out->weekday != TIME_UNSET || out->part != PART_NONE)) return 0;
        i = at; /* "the early 1990s" is marked without its article */
    } else if (at == i && (class == TW_EARLIER || class == TW_LATER)) {
        next = match_shift(r, at + 1, out);
        /* "later in the week": of the story's week */
        if (next == 0 && item_class(r, at + 1) == TW_IN) {
            next = timedate_this_unit(r, at + 2, out);
            if (next != 0) out->anchor = ANCHOR_STORY;
        }
        mod = class == TW_EARLIER ? MOD_START : MOD_END;
    }
    if (next == 0 || out->type != TIMEX_DATE || out->mod != MOD_NONE) return 0;
    out->mod = mod;
    out->first = i;
    return next;
}

static void keep_longer(struct time_phrase *best, uint32_t *best_end,
                        const struct time_phrase *found, uint32_t end)
{
    if (end <= *best_end) return;
    *best = *found;
    *best_end = end;
}

enum {
    START_DATE = 1,
    START_SHIFT = 2,
    START_LENGTH = 4,
    START_NARROWED = 8,
    START_DAY_WORD = 16,
    START_EVERY = 32,
    START_FREQUENCY = 64,
    START_REFERENCE = 128,
    START_UNITS = 256
};

/* Which matchers a word of a class can begin: most classes only go on. */
static const uint16_t starts_of_class[TW_COUNT] = {
    [TW_THE] = START_DATE | START_SHIFT | START_NARROWED | START_DAY_WORD | START_REFERENCE,
    [TW_MONTH] = START_DATE,
    [TW_MONTH_SHORT] = START_DATE,
    [TW_WEEKDAY] = START_DATE,
    [TW_WEEKDAY_SHORT] = START_DATE,
    [TW_SEASON] = START_DATE,
    [TW_ORDINAL] = START_DATE,
    [TW_DECADE] = START_DATE,
    [TW_DAYPART] = START_DATE,
    [TW_HOLIDAY] = START_DATE,
    [TW_FISCAL] = START_DATE,
    [TW_QUARTER_MARK] = START_DATE,
    [TW_NUMBER] = START_LENGTH,
    [TW_SCALE] = START_LENGTH,
    [TW_SCALES] = START_LENGTH,
    [TW_ARTICLE] = START_LENGTH,
    [TW_VAGUE] = START_LENGTH,
    [TW_COUPLE] = START_LENGTH,
    [TW_HALF] = START_LENGTH,
    [TW_MORE] = START_LENGTH,
    [TW_AT] = START_LENGTH,
    [TW_UP] = START_LENGTH,
    [TW_OVER] = START_LENGTH,
    [TW_ABOUT] = START_LENGTH,
    [TW_LAST] = START_SHIFT,
    [TW_PAST] = START_SHIFT,
    [TW_PREVIOUS] = START_SHIFT,
    [TW_NEXT] = START_SHIFT,
    [TW_COMING] = START_SHIFT,
    [TW_FOLLOWING] = START_SHIFT,
    [TW_SAME] = START_SHIFT,
    [TW_THIS] = START_SHIFT,
    [TW_THAT] = START_SHIFT,
    [TW_RECENT] = START_SHIFT,
    [TW_PHASE] = START_NARROWED,
    [TW_EDGE] = START_NARROWED,
    [TW_EARLIER] = START_NARROWED,
    [TW_LATER] = START_NARROWED,
    [TW_DAYWORD] = START_DAY_WORD,
    [TW_TONIGHT] = START_DAY_WORD,
    [TW_EVERY] = START_EVERY,
    [TW_PER] = START_EVERY,
    [TW_FREQUENCY] = START_FREQUENCY,
    [TW_WEEKDAYS] = START_FREQUENCY,
    [TW_REFERENCE] = START_REFERENCE,
    [TW_REFERENCE_ADJ] = START_REFERENCE,
    [TW_FUTURE] = START_REFERENCE,
    [TW_UNITS] = START_UNITS,
    [TW_UNIT] = START_UNITS | START_DATE | START_DAY_WORD,
};

static uint32_t starts_at(const struct time_reader *r, uint32_t i)
{
    const struct time_item *item = &r->items[i];
    if (item->kind == ITEM_NUMBER) return START_DATE | START_LENGTH;
    if (item->kind == ITEM_MARK) return item->mark == '\'' ? START_DATE : 0;
    return starts_of_class[item->class] | (item_word(r, i)->begins_time ? START_DATE : 0);
}

bool timematch_at(const struct time_reader *r, uint32_t i, const struct time_phrase *before,
                  struct time_phrase *out)
{
    typedef uint32_t matcher(const struct time_reader *, uint32_t, struct time_phrase *);
    /* In the order of the bits above; of two equally long readings the earlier one holds. */
    static matcher *const matchers[] = {timedate_read,   match_shift,     match_length,
                                        match_narrowed,  match_day_word,  match_every,
                                        match_frequency, match_reference, match_bare_units};
    struct time_phrase found;
    uint32_t end = 0, starts = starts_at(r, i);
    for (size_t k = 0; starts >> k != 0; k++) {
        if ((starts >> k & 1) == 0) continue;
        uint32_t next = matchers[k](r, i, &found);
        keep_longer(out, &end, &found, next);
    }
    if (before != NULL && end == 0 && r->items[i].kind == ITEM_NUMBER) {
        uint32_t next = timedate_continued(r, i, before, &found);
        keep_longer(out, &end, &found, next);
    }
    if (end == 0) return false;
    out->last = end;
    return true;
}
