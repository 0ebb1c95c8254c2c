/* when.c - see when.h: walks the sentences, keeps the date last told, and joins what ranges share.
 *
 * Cost: one pass to cut items, one over the items; both linear. */
#include "when/when.h"

#include "when/quantity.h"
#include "when/timevalue.h"

const char *const timex_type_name[4] = {"DATE", "TIME", "DURATION", "SET"};

struct when_work {
    struct arena *arena;
    const struct text_layer *text;
    const struct lang_layer *lang;
    struct item_list items;
    struct time_frame frame;
    struct time_raw *raws; /* of the sentence */
    size_t raw_cap;
    uint32_t n_raws;
    size_t time_cap, quantity_cap;
    struct when_layer *out;
};

/* ---- tense -------------------------------------------------------------------------------- */

/* The verb that token t hangs from, through at most eight words; t's root when there is none. */
static uint32_t governing_verb(const struct lang_layer *lang, uint32_t t)
{
    for (int step = 0; step < 8; step++) {
        uint32_t head = lang->words[t].head;
        if (head == NO_TOKEN || head == t) return t;
        t = head;
        if (lang->words[t].upos == UPOS_VERB || lang->words[t].upos == UPOS_AUX) return t;
    }
    return t;
}

static bool lemma_is(const struct word *w, const char *lemma)
{
    return str_eq(w->lemma, str_c(lemma));
}

/* What one helping word says: TENSE_NONE leaves it to the others. */
static enum time_tense helper_tense(const struct word *w)
{
    if (w->upos != UPOS_AUX) return TENSE_NONE;
    if (lemma_is(w, "will") || lemma_is(w, "shall") || lemma_is(w, "may") || lemma_is(w, "must"))
        return TENSE_FUTURE;
    if (lemma_is(w, "would") || lemma_is(w, "could") || lemma_is(w, "should") ||
        lemma_is(w, "can") || lemma_is(w, "might"))
        return TENSE_OPEN;
    if (w->verb == VERB_PAST || lemma_is(w, "have")) return TENSE_PAST;
    return w->verb == VERB_PRESENT ? TENSE_OPEN : TENSE_NONE;
}

/* The helping words before `verb`; the first of them decides. "to" leads ahead where a verb of
 * another clause governs it ("planned to leave"). */
static enum time_tense tense_of_helpers(const struct lang_layer *lang, uint32_t verb,
                                        uint32_t begin)
{
    enum time_tense tense = TENSE_NONE;
    for (uint32_t t = verb; t > begin && verb - t < 8; t--) {
        const struct word *w = &lang->words[t - 1];
        if (w->head != verb) continue;
        if (w->upos == UPOS_PART && lemma_is(w, "to"))
            return lang->words[verb].dep == DEP_XCOMP ? TENSE_FUTURE : TENSE_OPEN;
        enum time_tense helped = helper_tense(w);
        if (helped != TENSE_NONE) tense = helped;
    }
    return tense;
}

/* "is scheduled for Friday", "expected in May", "due on": what is planned lies ahead. */
static bool plans_ahead(struct str lemma)
{
    return str_eq(lemma, STR("schedule")) || str_eq(lemma, STR("expect")) ||
           str_eq(lemma, STR("plan")) || str_eq(lemma, STR("set")) || str_eq(lemma, STR("slate"));
}

/* The tense of the clause that the time at token t belongs to; open where a noun has it ("the
 * Friday ceremony", "Wednesday's ruling"). */
static enum time_tense tense_at(const struct lang_layer *lang, uint32_t t, uint32_t first,
                                uint32_t begin)
{
    while (lang->words[t].head != NO_TOKEN && lang->words[t].head >= first &&
           lang->words[t].head < t)
        t = lang->words[t].head;
    uint8_t dep = lang->words[t].dep;
    if (dep == DEP_COMPOUND || dep == DEP_NMOD_POSS || dep == DEP_NMOD ||
        dep == DEP_NMOD_UNMARKED || dep == DEP_AMOD)
        return TENSE_OPEN;
    uint32_t verb = governing_verb(lang, t);
    const struct word *w = &lang->words[verb];
    enum time_tense helped = tense_of_helpers(lang, verb, begin);
    if (w->upos != UPOS_VERB && w->upos != UPOS_AUX) return helped;
    if (w->verb == VERB_PARTICIPLE && plans_ahead(w->lemma)) return TENSE_FUTURE;
    if (helped != TENSE_NONE) return helped;
    if (w->verb == VERB_PAST || w->verb == VERB_PARTICIPLE) return TENSE_PAST;
    return TENSE_OPEN;
}

/* ---- a sentence --------------------------------------------------------------------------- */

static bool keep_raw(struct when_work *work, const struct time_raw *raw)
{
    struct time_raw *grown = arena_grow(work->arena, work->raws, work->n_raws,
                                        (size_t)work->n_raws + 1, &work->raw_cap, sizeof *grown);
    if (grown == NULL) return false;
    work->raws = grown;
    work->raws[work->n_raws++] = *raw;
    return true;
}

static bool match_sentence(struct when_work *work, const struct time_reader *reader)
{
    work->n_raws = 0;
    for (uint32_t i = 0; i < reader->n;) {
        struct time_raw raw;
        const struct time_raw *before = work->n_raws > 0 ? &work->raws[work->n_raws - 1] : NULL;
        if (!timematch_at(reader, i, before, &raw)) {
            i++;
            continue;
        }
        if (!keep_raw(work, &raw)) return false;
        i = raw.last;
    }
    return true;
}

static bool links(const struct time_reader *reader, uint32_t i)
{
    const struct time_item *item = &reader->items[i];
    return item->mark == '-' || item->mark == '/' || item->class == TW_AND ||
           item->class == TW_TO || item->class == TW_OR;
}

/* "January and February 1937": the year stands once, for both. */
static void share_years(struct when_work *work, const struct time_reader *reader)
{
    for (uint32_t k = work->n_raws; k > 1; k--) {
        struct time_raw *a = &work->raws[k - 2], *b = &work->raws[k - 1];
        if (a->form != FORM_DATE || b->form != FORM_DATE || a->year != YEAR_UNSET) continue;
        if (b->year == YEAR_UNSET || b->month == TIME_UNSET || a->last + 1 != b->first) continue;
        if (a->month == TIME_UNSET && a->season == TIME_UNSET) continue;
        if (links(reader, a->last)) a->year = b->year;
    }
}

/* In a history a bare year may be an aside ("as in 1614"), and what counts from the story's day is
 * one: neither moves the time told. */
static bool moves_history(const struct time_frame *frame, const struct time_raw *raw,
                          const struct time_point *point)
{
    enum { NEAR_YEARS = 5 };
    if (raw->form != FORM_DATE && raw->anchor == ANCHOR_STORY) return false;
    if (point->grain != GRAIN_YEAR || point->year == YEAR_UNSET || frame->told.year == YEAR_UNSET)
        return true;
    int32_t away = point->year - frame->told.year;
    return away >= -NEAR_YEARS && away <= NEAR_YEARS;
}

static void note_told(struct when_work *work, const struct time_raw *raw,
                      const struct time_point *point)
{
    bool date = raw->type == TIMEX_DATE || raw->type == TIMEX_TIME;
    if (!date || point->grain < GRAIN_YEAR || point->grain == GRAIN_WEEKDAY) return;
    if (work->frame.history && !moves_history(&work->frame, raw, point)) return;
    work->frame.told = *point;
    work->frame.told_here = true;
}

static bool make_time(struct when_work *work, const struct time_reader *reader,
                      const struct time_raw *raw, uint32_t sentence_begin)
{
    struct timex *grown =
        arena_grow(work->arena, work->out->times, work->out->n_times,
                   (size_t)work->out->n_times + 1, &work->time_cap, sizeof *grown);
    if (grown == NULL) return false;
    work->out->times = grown;
    struct timex *x = &grown[work->out->n_times];
    const struct time_item *first = &reader->items[raw->first],
                           *last = &reader->items[raw->last - 1];
    struct time_point point;
    *x = (struct timex){first->begin, last->end, first->token, last->token + 1, 0,
                        NULL,         NULL,      DAY_MIN,      DAY_MIN};
    work->frame.tense = (uint8_t)tense_at(work->lang, last->token, first->token, sentence_begin);
    if (!timevalue_make(work->arena, &work->frame, raw, x, &point)) return false;
    note_told(work, raw, &point);
    work->out->n_times++;
    return true;
}

static bool add_quantities(struct when_work *work, const struct time_reader *reader)
{
    uint32_t taken = 0;
    for (uint32_t i = 0; i < reader->n;) {
        while (taken < work->n_raws && work->raws[taken].last <= i)
            taken++;
        const struct time_raw *raw = taken < work->n_raws ? &work->raws[taken] : NULL;
        struct quantity q;
        uint32_t next = quantity_at(work->arena, reader, i, raw, &q);
        if (next == 0) {
            i++;
            continue;
        }
        struct quantity *grown =
            arena_grow(work->arena, work->out->quantities, work->out->n_quantities,
                       (size_t)work->out->n_quantities + 1, &work->quantity_cap, sizeof *grown);
        if (grown == NULL) return false;
        work->out->quantities = grown;
        grown[work->out->n_quantities++] = q;
        i = next;
    }
    return true;
}

static bool cut_sentence(struct when_work *work, const struct sentence *s,
                         struct time_reader *reader)
{
    if (!timeitem_cut(work->arena, work->text, s->token_begin, s->token_end, &work->items))
        return false;
    *reader = (struct time_reader){work->items.at, work->items.n, work->lang};
    return match_sentence(work, reader);
}

static bool find_in_sentence(struct when_work *work, const struct sentence *s)
{
    struct time_reader reader;
    if (!cut_sentence(work, s, &reader)) return false;
    share_years(work, &reader);
    work->frame.told_here = false;
    for (uint32_t k = 0; k < work->n_raws; k++)
        if (!make_time(work, &reader, &work->raws[k], s->token_begin)) return false;
    return add_quantities(work, &reader);
}

/* ---- the document ------------------------------------------------------------------------- */

/* A history tells dates with their years and hardly ever counts from today. */
static bool is_history(uint32_t dated, uint32_t deictic)
{
    enum { HISTORY_DATES = 8, HISTORY_SHARE = 4 };
    return dated >= HISTORY_DATES && dated > HISTORY_SHARE * deictic;
}

/* Looks at the tokens alone: years in four digits against days of the week and the like. Stores the
 * first year. */
static bool reads_as_history(const struct text_layer *text, int32_t *first)
{
    uint32_t dated = 0, deictic = 0;
    for (uint32_t t = 0; t < text->n_tokens; t++) {
        struct str s = text->tokens[t].form;
        if (s.len == 4 && (s.at[0] == '1' || s.at[0] == '2') && s.at[1] >= '0' && s.at[1] <= '9') {
            long year;
            if (!str_int(s, &year) || year < 1000 || year >= 2200) continue;
            if (dated++ == 0) *first = (int32_t)year;
        } else if (s.len >= 3 && s.len <= 9) {
            char key[9];
            for (size_t i = 0; i < s.len; i++)
                key[i] = (char)(s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] | 0x20 : s.at[i]);
            if (strchr("ytwko", key[s.len - 1]) == NULL) continue; /* the last letters of them */
            const struct time_word *w = timeword_find(str_of(key, s.len));
            deictic += w != NULL && (w->class == TW_WEEKDAY || w->class == TW_DAYWORD ||
                                     w->class == TW_TONIGHT || w->class == TW_AGO ||
                                     (w->class == TW_UNIT && w->value == UNIT_WEEK));
        }
    }
    return is_history(dated, deictic);
}

bool when_find(struct arena *arena, const struct text_layer *text, const struct lang_layer *lang,
               int32_t day, struct when_layer *out)
{
    *out = (struct when_layer){0};
    struct when_work work = {.arena = arena, .text = text, .lang = lang, .out = out};
    work.frame.day = day;
    int32_t first = YEAR_UNSET;
    work.frame.told.year = YEAR_UNSET;
    work.frame.history = reads_as_history(text, &first);
    if (work.frame.history) work.frame.told = (struct time_point){GRAIN_YEAR, first, 0, 0};
    for (uint32_t s = 0; s < text->n_sentences; s++)
        if (!find_in_sentence(&work, &text->sentences[s])) return false;
    return true;
}
