/* coder.c - what one thread needs, and the road that a story travels. */
#include <stdlib.h>
#include <time.h>

#include "base/calendar.h"
#include "story/model.h"
#include "story/relation.h"
#include "text/split.h"
#include "what/own_knowledge.h"

static const char *const stage_names[STAGE_COUNT] = {
#define STAGE_TEXT_OF(name, text) text,
    STAGE_LIST(STAGE_TEXT_OF)};

/* ---- options -----------------------------------------------------------------------------------
 */

static dt_status read_status_list(const char *list, unsigned *mask, dt_error *err)
{
    struct str rest = str_c(list), name;
    *mask = 0;
    while (str_next(&rest, ',', &name)) {
        unsigned bit = 0;
        if (str_eq(name, STR("all"))) bit = (1u << STATUS_COUNT) - 1;
        for (int i = 0; i < STATUS_COUNT; i++)
            if (str_eq(name, str_c(event_status_name[i]))) bit = 1u << i;
        if (bit == 0)
            return err_set(err, DT_E_ARG, 0,
                           "'%.*s' is no status; there are actual, planned, threatened, "
                           "hypothetical, negated, historical and all",
                           (int)name.len, name.at);
        *mask |= bit;
    }
    return DT_OK;
}

static dt_status read_options(struct dt_coder *c, const dt_options *given, dt_error *err)
{
    dt_options o = {0};
    if (given != NULL) memcpy(&o, given, given->size < sizeof o ? given->size : sizeof o);
    c->per_sentence = o.per_sentence;
    c->trace = o.trace;
    c->status_mask = 1u << STATUS_ACTUAL;
    dt_status st = DT_OK;
    if (o.status != NULL) st = read_status_list(o.status, &c->status_mask, err);
    if (st == DT_OK && o.knowledge_dir != NULL)
        st = own_knowledge_load(o.knowledge_dir, &c->model->know, &c->own_bytes, &c->own_know,
                                &c->own_frames, err);
    story_describe_run(c, o.knowledge_dir);
    return st;
}

dt_status dt_coder_new(dt_model *model, const dt_options *options, dt_coder **out, dt_error *err)
{
    struct dt_coder *c = calloc(1, sizeof *c);
    *out = NULL;
    if (c == NULL) return err_nomem(err);
    c->model = model;
    model_retain(model);
    dt_status st = read_options(c, options, err);
    if (st == DT_OK) st = lang_scratch_new(model->lang, &c->lang, err);
    if (st != DT_OK) {
        dt_coder_free(c);
        return st;
    }
    *out = c;
    return DT_OK;
}

void dt_coder_free(dt_coder *c)
{
    if (c == NULL) return;
    lang_scratch_free(c->lang);
    if (c->own_bytes != NULL) {
        know_close(&c->own_know);
        free(c->own_bytes);
    }
    arena_free(&c->arena);
    arena_free(&c->record_arena);
    buf_free(&c->out);
    dt_model_close(c->model);
    free(c);
}

/* ---- timing ------------------------------------------------------------------------------------
 */

double stage_begin(const struct dt_coder *c)
{
    struct timespec now;
    if (!c->timed) return 0;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void stage_end(struct dt_coder *c, enum stage stage, double begin)
{
    if (c->timed) c->seconds[stage] += stage_begin(c) - begin;
}

void dt_coder_time(dt_coder *c, int on)
{
    c->timed = on;
}

double dt_stage_seconds(const dt_coder *c, size_t i)
{
    return i < STAGE_COUNT ? c->seconds[i] : 0;
}

const char *dt_stage_name(size_t i)
{
    return i < STAGE_COUNT ? stage_names[i] : NULL;
}

/* Runs one stage and books its time. */
#define STAGE(c, stage, call)                                                                      \
    do {                                                                                           \
        double begin_ = stage_begin(c);                                                            \
        bool ok_ = (call);                                                                         \
        stage_end(c, STAGE_##stage, begin_);                                                       \
        if (!ok_) return false;                                                                    \
    } while (0)

/* ---- the road ----------------------------------------------------------------------------------
 */

static dt_status begin_doc(struct dt_coder *c, const dt_story *story, dt_error *err)
{
    struct dt_doc *doc = &c->doc;
    arena_reset(&c->arena);
    memset(doc, 0, sizeof *doc);
    memcpy(&doc->story, story, story->size < sizeof doc->story ? story->size : sizeof doc->story);
    doc->model = c->model;
    doc->know = c->own_bytes != NULL ? &c->own_know : &c->model->know;
    doc->frames = c->own_bytes != NULL ? &c->own_frames : &c->model->frames;
    doc->day = DAY_MIN;
    doc->relation = NONE;
    doc->run = &c->run;
    doc->copies = &c->copies;
    copies_begin(doc->copies, &c->arena);
    if (doc->story.text == NULL) return err_set(err, DT_E_ARG, 0, "the story has no text");
    if (doc->story.date == NULL || doc->story.date[0] == '\0') return DT_OK;
    if (!date_read(str_c(doc->story.date), &doc->day))
        return err_set(err, DT_E_STORY, 0, "'%.40s' is not a day of the calendar (YYYY-MM-DD)",
                       doc->story.date);
    memcpy(doc->date, doc->story.date, 10);
    return DT_OK;
}

static bool run_language(struct dt_coder *c)
{
    struct dt_doc *doc = &c->doc;
    struct str text = str_of(doc->story.text, doc->story.text_len);
    doc->stages = 1;
    STAGE(c, TEXT, text_analyse(c->model->splitter, &c->arena, text, &doc->text));
    STAGE(c, LANG, lang_analyse(c->model->lang, c->lang, &c->arena, &doc->text, &doc->lang));
    return true;
}

static bool run_finders(struct dt_coder *c)
{
    struct dt_doc *d = &c->doc;
    struct arena *a = &c->arena;
    STAGE(c, NAMES, lexicon_scan(d->know, a, &d->text, &d->matches) && story_names(d, a));
    STAGE(c, WHO, who_find(d->know, a, &d->text, &d->lang, &d->matches, d->day, &d->who));
    STAGE(c, WHEN, when_find(a, &d->text, &d->lang, d->day, &d->when));
    STAGE(c, WHERE, where_find(d->know, a, &d->text, &d->lang, &d->matches, &d->where));
    STAGE(c, SAID, said_find(a, &d->text, &d->lang, &d->said));
    return true;
}

static bool finish_story(struct dt_coder *c)
{
    if (!c->per_sentence && !story_join(&c->doc, &c->arena)) return false;
    story_filter(&c->doc, c->status_mask);
    return story_finish(&c->doc, &c->arena);
}

static bool run_events(struct dt_coder *c, struct attempt_log *log)
{
    struct dt_doc *d = &c->doc;
    struct what_input in = {d->frames, &d->text,  &d->lang, &d->who,
                            &d->when,  &d->where, &d->said, d->day};
    d->stages = 2;
    STAGE(c, STORY, story_home(d, &c->arena) && story_place_actors(d, &c->arena));
    STAGE(c, WHAT, what_find(&in, &c->arena, log, &d->what));
    STAGE(c, STORY, finish_story(c));
    return true;
}

dt_status dt_code(dt_coder *c, const dt_story *story, const dt_doc **out, dt_error *err)
{
    *out = NULL;
    dt_status st = begin_doc(c, story, err);
    if (st != DT_OK) return st;
    struct attempt_log *log = c->trace ? &c->doc.attempts : NULL;
    if (!run_language(c) || !run_finders(c) || !run_events(c, log)) return err_nomem(err);
    *out = &c->doc;
    return DT_OK;
}

dt_status dt_classify(dt_coder *c, const dt_story *story, const size_t source[2],
                      const size_t target[2], int strict, const dt_doc **out, dt_error *err)
{
    *out = NULL;
    (void)strict; /* every answer is a frame's: there is no fallback to leave out */
    dt_status st = begin_doc(c, story, err);
    if (st != DT_OK) return st;
    if (!run_language(c) || !run_finders(c)) return err_nomem(err);
    struct relation_query query;
    if (!relation_mark(&c->doc, &c->arena, source, target, &query)) return err_nomem(err);
    unsigned wanted = c->status_mask;
    c->status_mask = ~0u;
    bool ok = run_events(c, NULL);
    c->status_mask = wanted;
    if (!ok) return err_nomem(err);
    c->doc.relation = relation_find(&c->doc, &query);
    *out = &c->doc;
    return DT_OK;
}

dt_status dt_parse(dt_coder *c, const dt_story *story, int conllu, const dt_doc **out,
                   dt_error *err)
{
    *out = NULL;
    dt_status st = begin_doc(c, story, err);
    if (st != DT_OK) return st;
    if (conllu) {
        struct str text = str_of(c->doc.story.text, c->doc.story.text_len);
        const char *name = c->doc.story.id != NULL ? c->doc.story.id : "the story";
        st = conllu_read(&c->arena, text, name, &c->doc.text, &c->doc.conllu, err);
        if (st != DT_OK) return st;
        c->doc.from_conllu = 1;
        if (!lang_analyse(c->model->lang, c->lang, &c->arena, &c->doc.text, &c->doc.lang))
            return err_nomem(err);
        c->doc.stages = 1;
        if (!story_conllu_atoms(&c->doc, &c->arena)) return err_nomem(err);
    } else if (!run_language(c)) {
        return err_nomem(err);
    }
    if (!lexicon_scan(c->doc.know, &c->arena, &c->doc.text, &c->doc.matches) ||
        !story_names(&c->doc, &c->arena))
        return err_nomem(err);
    *out = &c->doc;
    return DT_OK;
}
