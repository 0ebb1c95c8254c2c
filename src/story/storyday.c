/* storyday.c - the day of a story that came without one.
 *
 * In: the tree, before anybody asks for the day. A dateline ("LAGOS, Oct 14 -") or a line that is a
 * date gives the day; so does "today (23 December)". Else the days that the text names bound it:
 * what is told as past lies before it, what is told as to come behind it. The year of days that
 * name none is the latest that the text names with a day or a month, or twice. Linear: one pass of
 * the time grammar more for such a story. */
#include <stdio.h>

#include "lang/dateline.h"
#include "story/story.h"

enum { HEAD_SENTENCES = 6 }; /* where datelines and lines with a date stand */

struct day_search {
    struct dt_doc *doc;
    const struct when_layer *when;
};

static bool is_day(const struct timex *x)
{
    return x->type <= TIMEX_TIME && x->from != DAY_MIN && x->to == x->from + 1;
}

static void put_day_text(int32_t day, char out[12])
{
    out[0] = '\0';
    if (day == DAY_MIN || day == DAY_MAX) return;
    struct date d = date_of(day);
    if (d.year < 1000 || d.year > 9999) return;
    (void)snprintf(out, 12, "%04d-%02u-%02u", (int)d.year % 10000, (unsigned)d.month % 100,
                   (unsigned)d.day % 100);
}

static void take_day(struct dt_doc *doc, int32_t day, const struct timex *evidence)
{
    struct story_dating *d = &doc->dating;
    doc->day = day;
    put_day_text(day, doc->date);
    d->inferred = true;
    d->from = day;
    d->to = day + 1;
    d->evidence_begin = evidence->begin;
    d->evidence_end = evidence->end;
}

/* ---- lines that say it ---- */

/* The time in [begin, end) of the tokens that names a day, or NULL. */
static const struct timex *day_within(const struct day_search *s, uint32_t begin, uint32_t end)
{
    for (uint32_t i = 0; i < s->when->n_times; i++) {
        const struct timex *x = &s->when->times[i];
        if (x->token_begin >= end) break;
        if (x->token_begin >= begin && x->token_end <= end && is_day(x)) return x;
    }
    return NULL;
}

static uint32_t tokens_in_times(const struct when_layer *when, uint32_t begin, uint32_t end)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < when->n_times; i++) {
        const struct timex *x = &when->times[i];
        if (x->token_begin >= begin && x->token_end <= end) n += x->token_end - x->token_begin;
    }
    return n;
}

/* "Published: 12 June 2024 10:30 GMT": a paragraph with hardly a word beside the date. */
static bool is_line_of_date(const struct day_search *s, const struct sentence *sentence)
{
    enum { WORDS_MOST = 3 };
    const struct dt_doc *doc = s->doc;
    const struct paragraph *p = &doc->text.paragraphs[sentence->paragraph];
    uint32_t words = 0, begin = sentence->token_begin, end = sentence->token_end;
    if (p->sentence_end != p->sentence_begin + 1) return false;
    for (uint32_t t = begin; t < end; t++)
        words += doc->lang.words[t].upos != UPOS_PUNCT && doc->lang.words[t].upos != UPOS_SYM;
    uint32_t timed = tokens_in_times(s->when, begin, end);
    return timed != 0 && words <= timed + WORDS_MOST;
}

static bool day_by_line(struct day_search *s)
{
    const struct dt_doc *doc = s->doc;
    const uint32_t stop = doc->text.n_title_sentences + HEAD_SENTENCES;
    for (uint32_t i = 0; i < doc->text.n_sentences && i < stop; i++) {
        const struct sentence *sentence = &doc->text.sentences[i];
        uint32_t begin = sentence->token_begin;
        uint32_t length = dateline_length(&doc->text, sentence);
        uint32_t end = length != 0 ? begin + length : sentence->token_end;
        if (length == 0 && !is_line_of_date(s, sentence)) continue;
        const struct timex *x = day_within(s, begin, end);
        if (x == NULL) continue;
        take_day(s->doc, x->from, x);
        return true;
    }
    return false;
}

/* "today (23 December)", "today, June 12, 2024": two times side by side, one of them a day. */
static bool day_by_today(struct day_search *s)
{
    const struct tree *t = &s->doc->tree;
    for (uint32_t i = 0; i + 1 < s->when->n_times; i++) {
        const struct timex *x = &s->when->times[i], *day = x + 1;
        if (x->token_end - x->token_begin != 1 || !is_day(day)) continue;
        if (day->token_begin != x->token_end + 1) continue;
        if (t->words[x->token_end].upos != UPOS_PUNCT) continue;
        const struct know_word *w = &t->know->words[t->form_word[x->token_begin]];
        if (w->time_class != TW_DAYWORD) continue;
        take_day(s->doc, day->from - (int32_t)w->time_value, day);
        return true;
    }
    return false;
}

/* ---- what the text tells of ---- */

static bool names_time(const struct timex *x)
{
    return x->type <= TIMEX_TIME && x->from != DAY_MIN;
}

/* How often a year before `below` is said, counting those said with a day or month twice; *year
 * gets the latest such year. */
static uint32_t latest_year(const struct when_layer *when, int32_t below, int32_t *year)
{
    uint32_t weight = 0;
    *year = YEAR_UNSET;
    for (uint32_t i = 0; i < when->n_times; i++) {
        const struct timex *x = &when->times[i];
        int32_t here = names_time(x) ? date_of(x->from).year : YEAR_UNSET;
        if (here >= below || here < *year || here == YEAR_UNSET) continue;
        if (here > *year) weight = 0;
        *year = here;
        weight += x->to - x->from <= 31 ? 2 : 1;
    }
    return weight;
}

/* The latest year that is said with a day or month, or twice; YEAR_UNSET if none is. */
static int32_t year_of_text(const struct when_layer *when)
{
    enum { ROUNDS = 4, SURE = 2 };
    int32_t year, below = INT32_MAX;
    for (int round = 0; round < ROUNDS; round++) {
        uint32_t weight = latest_year(when, below, &year);
        if (weight >= SURE || weight == 0) return year;
        below = year;
    }
    return YEAR_UNSET;
}

static void bound_day(struct day_search *s)
{
    struct story_dating *d = &s->doc->dating;
    const struct timex *early = NULL, *late = NULL;
    for (uint32_t i = 0; i < s->when->n_times; i++) {
        const struct timex *x = &s->when->times[i];
        if (!names_time(x)) continue;
        if (!x->future && (early == NULL || x->from > early->from)) early = x;
        if (x->future && (late == NULL || x->to < late->to)) late = x;
    }
    if (early == NULL) return; /* what lies ahead alone bounds nothing */
    if (late != NULL && late->to <= early->from) late = NULL;
    d->inferred = true;
    d->from = early->from;
    d->to = late != NULL ? late->to : DAY_MAX;
    d->evidence_begin = early->begin;
    d->evidence_end = early->end;
}

bool story_infer_day(struct dt_doc *doc, struct arena *arena)
{
    struct when_layer when;
    struct day_search s = {doc, &when};
    if (!when_find(arena, &doc->tree, DAY_MIN, YEAR_UNSET, &when)) return false;
    int32_t year = year_of_text(&when);
    if (!day_by_line(&s) && year != YEAR_UNSET) {
        if (!when_find(arena, &doc->tree, DAY_MIN, year, &when)) return false;
        if (!day_by_line(&s) && !day_by_today(&s)) {
            doc->dating.year = year;
            bound_day(&s);
        }
    }
    if (!doc->dating.inferred) return true;
    put_day_text(doc->dating.from, doc->dating.from_text);
    put_day_text(doc->dating.to == DAY_MAX ? DAY_MAX : doc->dating.to - 1, doc->dating.to_text);
    return true;
}
