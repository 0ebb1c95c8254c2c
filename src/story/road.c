/* road.c - the stages, each as the table in road.h names it. */
#include "story/road.h"

#include <time.h>

#include "names/names.h"
#include "story/check.h"
#include "story/relation.h"
#include "text/split.h"

#ifdef DT_CHECKS
enum { CHECKS_ON = 1 };
#else
enum { CHECKS_ON = 0 };
#endif

static dt_status status_of(bool ok, dt_error *err)
{
    return ok ? DT_OK : err_nomem(err);
}

static dt_status run_text(struct dt_coder *c, dt_error *err)
{
    const struct dt_story *story = &c->doc.story;
    const struct text_rules rules = {c->model->splitter, &c->doc.know->boiler};
    const struct str title = str_c(c->doc.titled ? story->title : NULL);
    struct str text;
    struct clean_map map;
    bool ok = clean_story(&c->arena, title, str_of(story->text, story->text_len), &text, &map) &&
              text_analyse(&rules, &c->arena, text, &c->doc.text);
    if (!ok) return err_nomem(err);
    c->doc.text.map = map;
    lexicon_join_sentences(c->doc.know, &c->doc.text);
    text_find_title(&c->doc.text);
    return DT_OK;
}

static dt_status run_tokens(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    struct str text = str_of(d->story.text, d->story.text_len);
    const char *name = d->story.id != NULL ? d->story.id : "the story";
    dt_status st = conllu_read(&c->arena, text, name, &d->text, &d->conllu, err);
    return st == DT_OK ? status_of(conllu_atoms(&c->arena, &d->text), err) : st;
}

static dt_status run_lang(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(lang_analyse(c->model->lang, c->lang, &c->arena, &d->text, &d->lang), err);
}

static dt_status run_tree(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(tree_build(d->know, &c->arena, &d->text, &d->lang, &d->tree), err);
}

static dt_status run_match(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(lexicon_scan(d->know, &c->arena, &d->text, &d->matches), err);
}

static dt_status run_names(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(names_settle(d->know, &c->arena, &d->text, &d->matches, &d->lang), err);
}

static dt_status run_day(struct dt_coder *c, dt_error *err)
{
    if (c->doc.day != DAY_MIN) return DT_OK;
    return status_of(story_infer_day(&c->doc, &c->arena), err);
}

static dt_status run_who(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(
        who_find(&d->tree, &c->arena, &d->lang, &d->matches, &d->where, d->day, &d->who), err);
}

static dt_status run_when(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(when_find(&c->arena, &d->tree, d->day, d->dating.year, &d->when), err);
}

static dt_status run_where(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(where_find(&c->arena, &d->tree, &d->lang, &d->matches, &d->where), err);
}

static dt_status run_said(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    return status_of(said_find(&c->arena, &d->tree, &d->said), err);
}

static dt_status run_whence(struct dt_coder *c, dt_error *err)
{
    return status_of(story_whence(&c->doc, &c->arena), err);
}

static dt_status run_pair(struct dt_coder *c, dt_error *err)
{
    return status_of(relation_mark(&c->doc, &c->arena), err);
}

static dt_status run_stand_ins(struct dt_coder *c, dt_error *err)
{
    return status_of(story_stand_ins(&c->doc, &c->arena), err);
}

static dt_status run_what(struct dt_coder *c, dt_error *err)
{
    struct dt_doc *d = &c->doc;
    struct what_input in = {.frames = d->frames,
                            .text = &d->text,
                            .lang = &d->lang,
                            .tree = &d->tree,
                            .who = &d->who,
                            .when = &d->when,
                            .where = &d->where,
                            .said = &d->said,
                            .day = d->day,
                            .from = d->dating.from,
                            .to = d->dating.to,
                            .asked = {NONE, NONE},
                            .any = c->min_confidence > 0,
                            .reader = c->sink == NULL ? c->model->reader : NULL,
                            .sink = c->sink};
    if (road_has_run(d, STAGE_PAIR)) {
        in.asks = true;
        in.asked[0] = d->asked.source_actor;
        in.asked[1] = d->asked.target_actor;
    }
    struct attempt_log *log = d->trace ? &d->attempts : NULL;
    return status_of(what_find(&in, &c->arena, log, &d->what), err);
}

static dt_status run_join(struct dt_coder *c, dt_error *err)
{
    if (!c->per_sentence && !story_join(&c->doc, &c->arena)) return err_nomem(err);
    story_filter(&c->doc, c->doc.status_mask, c->min_confidence);
    story_codes_of_events(&c->doc);
    return DT_OK;
}

static dt_status run_ids(struct dt_coder *c, dt_error *err)
{
    return status_of(story_show(&c->doc, &c->arena), err);
}

static dt_status run_answer(struct dt_coder *c, dt_error *err)
{
    (void)err;
    c->doc.relation = relation_find(&c->doc);
    return DT_OK;
}

/* ---- the table ---- */

#define STAGE_ROW(stage, ...)  {__VA_ARGS__},
#define LAYER_NAME(name, text) text,
const struct stage_row stage_rows[STAGE_COUNT] = {STAGE_LIST(STAGE_ROW)};
const char *const layer_names[LAYER_COUNT] = {LAYER_LIST(LAYER_NAME)};

dt_status road_run(struct dt_coder *c, enum road road, dt_error *err)
{
    for (unsigned i = 0; i < STAGE_COUNT; i++) {
        const struct stage_row *row = &stage_rows[i];
        if (row->run == NULL || !(row->roads & road)) continue;
        double begin = stage_begin(c);
        dt_status st = row->run(c, err);
        stage_end(c, (enum stage)i, begin);
        if (st != DT_OK) return st;
        c->doc.stages |= 1u << i;
        if (CHECKS_ON) check_layers(&c->doc, row->writes, row->changes);
    }
    return DT_OK;
}

bool road_has_run(const struct dt_doc *doc, enum stage stage)
{
    return (doc->stages >> stage & 1u) != 0;
}

/* ---- timing ---- */

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
    if (c != NULL) c->timed = on;
}

size_t dt_stage_count(void)
{
    return STAGE_COUNT;
}

double dt_stage_seconds(const dt_coder *c, size_t i)
{
    return c != NULL && i < STAGE_COUNT ? c->seconds[i] : 0;
}

const char *dt_stage_name(size_t i)
{
    return i < STAGE_COUNT ? stage_rows[i].name : NULL;
}
