/* when.c - see when.h: walks the sentences, keeps the date last told, and joins what ranges share.
 *
 * Cost: one pass to cut items, one over the items; both linear. */
#include "when/when.h"

#include "when/quantity.h"
#include "when/timestep.h"
#include "when/timevalue.h"

const char *const timex_type_name[4] = {"DATE", "TIME", "DURATION", "SET"};

struct when_work {
    struct arena *arena;
    const struct tree *tree;
    struct item_list items;
    struct time_frame frame;
    struct time_phrase *phrases; /* of the sentence */
    size_t phrase_cap;
    uint32_t n_phrases;
    size_t time_cap, step_cap, quantity_cap;
    struct when_layer *out;
};

/* ---- tense ---- */

/* What one helping word says: TENSE_NONE leaves it to the others. */
static enum time_tense helper_tense(const struct tree *tree, uint32_t t)
{
    const struct word *w = &tree->words[t];
    if (w->upos != UPOS_AUX) return TENSE_NONE;
    if (lemma_has(tree, t, CLASS_AUX_PLANNED) || lemma_has(tree, t, CLASS_AUX_AHEAD))
        return TENSE_FUTURE;
    if (lemma_has(tree, t, CLASS_AUX_HYPOTHETICAL)) return TENSE_FUTURE;
    if (w->verb == VERB_PAST || lemma_has(tree, t, CLASS_HAVE)) return TENSE_PAST;
    return w->verb == VERB_PRESENT ? TENSE_OPEN : TENSE_NONE;
}

/* The helping words before `verb`; the first of them decides, but "would have met" is past. "to"
 * leads ahead where a verb of another clause governs it ("planned to leave"). */
static enum time_tense tense_of_helpers(const struct tree *tree, uint32_t verb)
{
    enum time_tense tense = TENSE_NONE;
    if (tree_is_infinitive(tree, verb))
        return tree->words[verb].dep == DEP_XCOMP ? TENSE_FUTURE : TENSE_OPEN;
    EACH_CHILD(tree, child, verb) {
        if (child >= verb) break;
        if (tense == TENSE_FUTURE && tree->words[child].upos == UPOS_AUX &&
            lemma_has(tree, child, CLASS_HAVE))
            return TENSE_PAST;
        if (tense == TENSE_NONE) tense = helper_tense(tree, child);
    }
    return tense;
}

static bool modifies_noun(uint8_t dep)
{
    return dep == DEP_COMPOUND || dep == DEP_NMOD_POSS || dep == DEP_NMOD ||
           dep == DEP_NMOD_UNMARKED || dep == DEP_AMOD;
}

/* "put off until Monday", "called a strike for Friday", "gave them until June": verbs by which
 * something is set down for a day, and the preposition before that day. */
static bool is_set_down(const struct tree *tree, uint32_t t, uint32_t first, uint32_t verb)
{
    if (first == 0 || verb == NONE || !word_has(tree, verb, CLASS_SET_DOWN)) return false;
    if (tense_of_helpers(tree, verb) == TENSE_PAST && !tree_is_passive(tree, verb) &&
        tree_negation(tree, verb) != NONE)
        return false; /* "until Monday they had not called for talks" */
    if (form_has(tree, first - 1, CLASS_DAY_AIM)) return true;
    /* "called for a strike on Monday" */
    EACH_CHILD(tree, child, verb) {
        uint32_t marker = tree_marker(tree, child);
        if (child < verb || child >= first || child == t || marker == NONE) continue;
        if (form_has(tree, marker, CLASS_FOR) && tree->right[child] + 1 >= first) return true;
    }
    return false;
}

/* "imposes a curfew, beginning Thursday": ahead, unless the curfew was imposed. */
static bool begins_then(const struct tree *tree, uint32_t first, uint32_t verb)
{
    if (first == 0 || !form_has(tree, first - 1, CLASS_BEGINNING)) return false;
    if (verb == first - 1) verb = tree_governing_verb(tree, verb);
    return verb != NONE && tree->words[verb].verb != VERB_PAST &&
           tree_auxiliary(tree, verb, CLASS_HAVE) == NONE && !tree_is_passive(tree, verb);
}

/* "is set for Friday", "expect protests on Wednesday" */
static bool is_scheduled(const struct tree *tree, uint32_t verb)
{
    if (!lemma_has(tree, verb, CLASS_SCHEDULE)) return false;
    const struct word *w = &tree->words[verb];
    return w->verb == VERB_PARTICIPLE || w->verb == VERB_PRESENT;
}

/* The tense of the clause that the time at token t belongs to; open where a noun has it ("the
 * Friday ceremony", "Wednesday's ruling"). */
static enum time_tense tense_at(const struct tree *tree, uint32_t t, uint32_t first)
{
    while (tree->words[t].head != NONE && tree->words[t].head >= first && tree->words[t].head < t)
        t = tree->words[t].head;
    uint32_t verb = tree_governing_verb(tree, t);
    if (begins_then(tree, first, verb) || is_set_down(tree, t, first, verb)) return TENSE_FUTURE;
    uint8_t dep = tree->words[t].dep;
    bool of_noun = modifies_noun(dep);
    if (dep == DEP_NMOD && verb != NONE && is_scheduled(tree, verb)) return TENSE_FUTURE;
    if (of_noun || verb == NONE) return TENSE_OPEN;
    const struct word *w = &tree->words[verb];
    enum time_tense helped = tense_of_helpers(tree, verb);
    if (is_scheduled(tree, verb) && helped != TENSE_PAST) return TENSE_FUTURE;
    if (w->verb == VERB_PARTICIPLE && lemma_has(tree, verb, CLASS_SCHEDULE)) return TENSE_FUTURE;
    if (helped != TENSE_NONE) return helped;
    /* "a truce that takes effect on Friday" */
    if (w->dep == DEP_ACL_RELCL && w->verb == VERB_PRESENT && lemma_has(tree, verb, CLASS_OCCUR))
        return TENSE_FUTURE;
    if (w->verb == VERB_PAST || w->verb == VERB_PARTICIPLE) return TENSE_PAST;
    return TENSE_OPEN;
}

/* ---- a sentence ---- */

static bool keep_phrase(struct when_work *work, const struct time_phrase *phrase)
{
    struct time_phrase *grown =
        arena_grow(work->arena, work->phrases, work->n_phrases, (size_t)work->n_phrases + 1,
                   &work->phrase_cap, sizeof *grown);
    if (grown == NULL) return false;
    work->phrases = grown;
    work->phrases[work->n_phrases++] = *phrase;
    return true;
}

static bool match_sentence(struct when_work *work, const struct time_reader *reader)
{
    work->n_phrases = 0;
    for (uint32_t i = 0; i < reader->n;) {
        struct time_phrase phrase;
        const struct time_phrase *before =
            work->n_phrases > 0 ? &work->phrases[work->n_phrases - 1] : NULL;
        if (!timematch_at(reader, i, before, &phrase)) {
            i++;
            continue;
        }
        if (!keep_phrase(work, &phrase)) return false;
        i = phrase.last;
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
    for (uint32_t k = work->n_phrases; k > 1; k--) {
        struct time_phrase *a = &work->phrases[k - 2], *b = &work->phrases[k - 1];
        if (a->form != FORM_DATE || b->form != FORM_DATE || a->year != YEAR_UNSET) continue;
        if (b->year == YEAR_UNSET || b->month == TIME_UNSET || a->last + 1 != b->first) continue;
        if (a->month == TIME_UNSET && a->season == TIME_UNSET) continue;
        if (links(reader, a->last)) a->year = b->year;
    }
}

/* In a history a bare year may be an aside ("as in 1614"), and what counts from the story's day is
 * one: neither moves the time told. */
static bool moves_history(const struct time_frame *frame, const struct time_phrase *phrase,
                          const struct time_point *point)
{
    enum { NEAR_YEARS = 5 };
    if (phrase->form != FORM_DATE && phrase->anchor == ANCHOR_STORY) return false;
    if (point->grain != GRAIN_YEAR || point->year == YEAR_UNSET || frame->told.year == YEAR_UNSET)
        return true;
    int32_t away = point->year - frame->told.year;
    return away >= -NEAR_YEARS && away <= NEAR_YEARS;
}

static void note_told(struct when_work *work, const struct time_phrase *phrase,
                      const struct time_point *point)
{
    bool date = phrase->type == TIMEX_DATE || phrase->type == TIMEX_TIME;
    if (!date || point->grain < GRAIN_YEAR || point->grain == GRAIN_WEEKDAY) return;
    if (work->frame.history && !moves_history(&work->frame, phrase, point)) return;
    work->frame.told = *point;
    work->frame.told_here = true;
}

/* "from May 3 to May 7", "between May 3 and May 7", "May 3-7": the phrase ends what the one before
 * it begins. */
static bool ends_stretch(const struct time_reader *r, const struct time_phrase *before,
                         const struct time_phrase *phrase)
{
    uint32_t link = before->last, first = before->first;
    if (before->type != phrase->type || link >= phrase->first) return false;
    if (item_class(r, phrase->first) == TW_TO) return false;
    if (link + 1 != phrase->first) return false;
    if (item_class(r, link) == TW_TO || item_mark(r, link) == '-' || item_mark(r, link) == '/')
        return true;
    const struct time_item *item = &r->items[link];
    if (item->kind == ITEM_WORD && form_has(r->tree, item->token, CLASS_UP_TO)) return true;
    bool between = first > 0 && form_has(r->tree, r->items[first - 1].token, CLASS_BETWEEN);
    return between && item_class(r, link) == TW_AND;
}

static bool make_time(struct when_work *work, const struct time_reader *reader,
                      const struct time_phrase *phrase)
{
    struct timex *grown =
        arena_grow(work->arena, work->out->times, work->out->n_times,
                   (size_t)work->out->n_times + 1, &work->time_cap, sizeof *grown);
    if (grown == NULL) return false;
    work->out->times = grown;
    struct timex *x = &grown[work->out->n_times];
    const struct time_item *first = &reader->items[phrase->first],
                           *last = &reader->items[phrase->last - 1];
    struct time_point point;
    *x = (struct timex){.begin = first->begin,
                        .end = last->end,
                        .token_begin = first->token,
                        .token_end = last->token + 1,
                        .from = DAY_MIN,
                        .to = DAY_MIN,
                        .day = DAY_MIN};
    work->frame.tense = (uint8_t)tense_at(work->tree, last->token, first->token);
    x->future = work->frame.tense == TENSE_FUTURE;
    x->ends = phrase > work->phrases && ends_stretch(reader, phrase - 1, phrase);
    if (!timevalue_make(work->arena, &work->frame, phrase, x, &point)) return false;
    note_told(work, phrase, &point);
    work->out->n_times++;
    return true;
}

static bool add_quantities(struct when_work *work, const struct time_reader *reader)
{
    uint32_t taken = 0;
    for (uint32_t i = 0; i < reader->n;) {
        while (taken < work->n_phrases && work->phrases[taken].last <= i)
            taken++;
        const struct time_phrase *phrase = taken < work->n_phrases ? &work->phrases[taken] : NULL;
        struct quantity q;
        uint32_t next = quantity_at(work->arena, reader, i, phrase, &q);
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

static bool add_steps(struct when_work *work, const struct time_reader *reader)
{
    for (uint32_t i = 0; i < reader->n; i++) {
        struct time_step step;
        if (!timestep_at(reader, i, work->phrases, work->n_phrases, &step)) continue;
        struct time_step *grown =
            arena_grow(work->arena, work->out->steps, work->out->n_steps,
                       (size_t)work->out->n_steps + 1, &work->step_cap, sizeof *grown);
        if (grown == NULL) return false;
        work->out->steps = grown;
        grown[work->out->n_steps++] = step;
    }
    return true;
}

static bool cut_sentence(struct when_work *work, const struct sentence *s,
                         struct time_reader *reader)
{
    if (!timeitem_cut(work->arena, work->tree, s->token_begin, s->token_end, &work->items))
        return false;
    *reader = (struct time_reader){work->items.at, work->items.n, work->tree};
    return match_sentence(work, reader);
}

static bool find_in_sentence(struct when_work *work, const struct sentence *s)
{
    struct time_reader reader;
    if (!cut_sentence(work, s, &reader)) return false;
    share_years(work, &reader);
    work->frame.told_here = false;
    for (uint32_t k = 0; k < work->n_phrases; k++)
        if (!make_time(work, &reader, &work->phrases[k])) return false;
    return add_steps(work, &reader) && add_quantities(work, &reader);
}

/* ---- the document ---- */

/* What the tokens say of the kind of text: years in four digits against days of the week and the
 * like. */
struct years_told {
    uint32_t dated, deictic, near; /* near: of the story's year or the one before or after it */
    int32_t first, last;           /* years: the first told, the latest */
};

/* A history tells dates with their years and hardly ever counts from today; so does a text whose
 * few years all lie long before the story and that has no word that counts from it. */
static bool is_history(const struct years_told *y, int32_t day)
{
    enum { HISTORY_DATES = 8, HISTORY_SHARE = 4, FEW_DATES = 4, LONG_AGO = 3 };
    if (y->dated >= HISTORY_DATES && y->dated > HISTORY_SHARE * y->deictic)
        return 2 * y->near < y->dated; /* news of this year's and last year's figures is none */
    if (y->dated < FEW_DATES || y->deictic != 0 || day == DAY_MIN) return false;
    return y->last + LONG_AGO <= date_of(day).year;
}

static struct years_told count_years(const struct tree *tree, int32_t day)
{
    struct years_told y = {0, 0, 0, YEAR_UNSET, YEAR_UNSET};
    const int32_t story = day == DAY_MIN ? YEAR_UNSET : date_of(day).year;
    for (uint32_t t = 0; t < tree->n; t++) {
        struct str s = tree->tokens[t].form;
        if (s.len == 4 && (s.at[0] == '1' || s.at[0] == '2') && s.at[1] >= '0' && s.at[1] <= '9') {
            long year;
            if (!str_int(s, &year) || year < 1000 || year >= 2200) continue;
            if (y.dated++ == 0) y.first = (int32_t)year;
            if ((int32_t)year > y.last) y.last = (int32_t)year;
            y.near += story != YEAR_UNSET && year >= story - 1 && year <= story + 1;
        } else {
            const struct know_word *w = &tree->know->words[tree->form_word[t]];
            y.deictic += w->time_class == TW_WEEKDAY || w->time_class == TW_DAYWORD ||
                         w->time_class == TW_TONIGHT || w->time_class == TW_AGO ||
                         (w->time_class == TW_UNIT && w->time_value == UNIT_WEEK);
        }
    }
    return y;
}

bool when_find(struct arena *arena, const struct tree *tree, int32_t day, int32_t year,
               struct when_layer *out)
{
    *out = (struct when_layer){0};
    struct when_work work = {.arena = arena, .tree = tree, .out = out};
    work.frame.day = day;
    work.frame.year = day == DAY_MIN ? year : YEAR_UNSET;
    work.frame.told.year = YEAR_UNSET;
    const struct years_told years = count_years(tree, day);
    work.frame.history = is_history(&years, day);
    if (work.frame.history) work.frame.told = (struct time_point){GRAIN_YEAR, years.first, 0, 0};
    for (uint32_t s = 0; s < tree->text->n_sentences; s++)
        if (!find_in_sentence(&work, &tree->text->sentences[s])) return false;
    return true;
}
