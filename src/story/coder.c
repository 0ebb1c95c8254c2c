/* coder.c - what one thread needs; a story's way onto the road (road.h). */
#include <stdlib.h>

#include "base/calendar.h"
#include "base/sized.h"
#include "page/page.h"
#include "story/model.h"

/* ---- options ---- */

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
    static const struct sized kind = {"dt_options", offsetof(dt_options, status),
                                      sizeof(dt_options)};
    dt_options o = {0};
    dt_status st = given != NULL ? sized_read(&kind, given, &o, err) : DT_OK;
    if (st != DT_OK) return st;
    c->per_sentence = o.per_sentence;
    c->trace = o.trace;
    c->any_language = o.any_language;
    c->status_mask = 1u << STATUS_ACTUAL;
    if (o.status != NULL) st = read_status_list(o.status, &c->status_mask, err);
    c->min_confidence = o.min_confidence;
    if (st == DT_OK && !(o.min_confidence >= 0 && o.min_confidence < 1))
        st = err_set(err, DT_E_ARG, 0, "min_confidence was no number from 0 to below 1");
    story_describe_run(c);
    return st;
}

dt_status dt_coder_new(dt_model *model, const dt_options *options, dt_coder **out, dt_error *err)
{
    if (out == NULL) return err_null(err, "no place for the coder");
    *out = NULL;
    if (model == NULL) return err_null(err, "no model");
    struct dt_coder *c = calloc(1, sizeof *c);
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
    arena_free(&c->arena);
    arena_free(&c->record_arena);
    page_reader_free(c->pages);
    buf_free(&c->out);
    dt_model_close(c->model);
    free(c);
}

/* ---- stories ---- */

#define NO_PLACE "no place for the document"

const struct sized sized_story = {"dt_story", offsetof(dt_story, id), sizeof(dt_story)};

static dt_status read_date(struct dt_doc *doc, dt_error *err)
{
    const char *date = doc->story.date;
    if (date == NULL || date[0] == '\0') return DT_OK;
    if (!date_read(str_c(date), &doc->day))
        return err_set(err, DT_E_STORY, 0, "'%.40s' is not a day of the calendar (YYYY-MM-DD)",
                       date);
    memcpy(doc->date, date, 10);
    return DT_OK;
}

static dt_status begin_doc(struct dt_coder *c, const dt_story *story, dt_error *err)
{
    if (c == NULL) return err_null(err, "no coder");
    if (story == NULL) return err_null(err, "no story");
    struct dt_doc *doc = &c->doc;
    arena_reset(&c->arena);
    *doc = (struct dt_doc){.model = c->model,
                           .know = &c->model->know,
                           .frames = &c->model->frames,
                           .run = &c->run,
                           .copies = &c->copies,
                           .status_mask = c->status_mask,
                           .trace = c->trace != 0,
                           .day = DAY_MIN,
                           .dating = {.from = DAY_MIN, .to = DAY_MAX, .year = YEAR_UNSET},
                           .relation = NONE};
    copies_begin(doc->copies, &c->arena);
    dt_status st = sized_read(&sized_story, story, &doc->story, err);
    if (st != DT_OK) return st;
    if (doc->story.text == NULL) return err_set(err, DT_E_ARG, 0, "the story has no text");
    return read_date(doc, err);
}

/* Sends the document that was begun down a road and gives it out. */
static dt_status travel(struct dt_coder *c, enum road road, const dt_doc **out, dt_error *err)
{
    dt_status st = road_run(c, road, err);
    if (st == DT_OK) *out = &c->doc;
    return st;
}

/* Title and text together, as much of them as is looked at. */
static struct language_guess guess_language(const struct dt_doc *doc)
{
    char both[LANGUAGE_BYTES];
    struct str title = str_c(doc->story.title), text = str_of(doc->story.text, doc->story.text_len);
    if (title.len > sizeof both / 4) title.len = sizeof both / 4;
    if (text.len > sizeof both - title.len - 1) text.len = sizeof both - title.len - 1;
    if (title.len != 0) memcpy(both, title.at, title.len);
    both[title.len] = '\n';
    if (text.len != 0) memcpy(both + title.len + 1, text.at, text.len);
    return language_of(&doc->know->languages, str_of(both, title.len + 1 + text.len));
}

static dt_status check_language(const struct dt_coder *c, dt_error *err)
{
    const struct dt_doc *doc = &c->doc;
    const char *name;
    bool known;
    if (c->any_language) return DT_OK;
    if (language_given(&doc->know->languages, doc->story.lang, &name, &known))
        return err_set(err, DT_E_LANGUAGE, 0, "the story is in %.40s (as its lang says)", name);
    if (known) return DT_OK;
    const struct language_guess guess = guess_language(doc);
    if (guess.english) return DT_OK;
    return err_set(err, DT_E_LANGUAGE, 0, "the story is in %.40s (detected)", guess.name);
}

dt_status dt_code(dt_coder *c, const dt_story *story, const dt_doc **out, dt_error *err)
{
    if (out == NULL) return err_null(err, NO_PLACE);
    *out = NULL;
    dt_status st = begin_doc(c, story, err);
    if (st != DT_OK) return st;
    c->doc.titled = true;
    st = check_language(c, err);
    return st == DT_OK ? travel(c, ROAD_CODE, out, err) : st;
}

dt_status dt_parse(dt_coder *c, const dt_story *story, int conllu, const dt_doc **out,
                   dt_error *err)
{
    if (out == NULL) return err_null(err, NO_PLACE);
    *out = NULL;
    dt_status st = begin_doc(c, story, err);
    return st == DT_OK ? travel(c, conllu ? ROAD_TOKENS : ROAD_PARSE, out, err) : st;
}

dt_status dt_classify(dt_coder *c, const dt_story *story, const size_t source[2],
                      const size_t target[2], const dt_doc **out, dt_error *err)
{
    if (out == NULL) return err_null(err, NO_PLACE);
    *out = NULL;
    if (source == NULL || target == NULL) return err_null(err, "no span of an actor");
    dt_status st = begin_doc(c, story, err);
    if (st != DT_OK) return st;
    struct dt_doc *doc = &c->doc;
    doc->asked =
        (struct relation_query){{source[0], source[1]}, {target[0], target[1]}, NONE, NONE};
    doc->status_mask = ~0u; /* a threat answers, too */
    doc->trace = false;
    return travel(c, ROAD_RELATION, out, err);
}
