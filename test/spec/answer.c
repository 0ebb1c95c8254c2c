/* answer.c - see answer.h. The tokens and what was tried come with DT_FORMAT_EXPLAIN_JSON, whose
 * member "story" is DT_FORMAT_STORY. */
#include "answer.h"

#include <stdlib.h>

static dt_story story_of(const struct example *x)
{
    dt_story story = {.size = sizeof story, .text = x->text, .text_len = strlen(x->text)};
    story.id = "example";
    if (x->date[0] != '\0') story.date = x->date;
    return story;
}

static json_t *read_json(const char *text, size_t len, dt_error *err)
{
    json_error_t fault;
    json_t *json = json_loadb(text, len, 0, &fault);
    if (json == NULL)
        (void)snprintf(err->text, sizeof err->text, "the JSON cannot be read: %s", fault.text);
    return json;
}

/* A copy of the document in that format, or NULL. */
static char *rendered(struct answer *a, const dt_doc *doc, dt_format format)
{
    const char *text = NULL;
    size_t len = 0;
    dt_status st = dt_render(a->coder, doc, format, 0, &text, &len, &a->err);
    return st == DT_OK ? strndup(text, len) : NULL;
}

bool answer_ask(struct answer *a, dt_coder *coder, const struct example *x)
{
    const dt_doc *doc = NULL;
    *a = (struct answer){.coder = coder, .example = x};
    dt_story story = story_of(x);
    if (dt_code(coder, &story, &doc, &a->err) != DT_OK) return false;
    char *json = rendered(a, doc, DT_FORMAT_EXPLAIN_JSON);
    if (json != NULL) a->whole = read_json(json, strlen(json), &a->err);
    if (a->whole != NULL) a->explained = rendered(a, doc, DT_FORMAT_EXPLAIN);
    a->story = json_object_get(a->whole, "story");
    free(json);
    return a->explained != NULL && a->story != NULL;
}

void answer_end(struct answer *a)
{
    json_decref(a->whole);
    free(a->explained);
}

const json_t *answer_list(const struct answer *a, const char *key)
{
    const json_t *list = json_object_get(a->story, key);
    return list != NULL ? list : json_object_get(a->whole, key);
}

char *answer_conllu(struct answer *a)
{
    const dt_doc *doc = NULL;
    dt_story story = story_of(a->example);
    if (dt_code(a->coder, &story, &doc, &a->err) != DT_OK) return NULL;
    return rendered(a, doc, DT_FORMAT_CONLLU);
}

/* Where the words stand first; false when they do not. */
static bool find_span(const char *text, struct view words, size_t span[2])
{
    span[0] = view_find(view_of(text), view_copy(words, (char[200]){0}, 200));
    span[1] = span[0] + words.len;
    return span[1] <= strlen(text);
}

json_t *answer_relation(struct answer *a, struct view source, struct view target)
{
    const dt_doc *doc = NULL;
    const char *text = NULL;
    size_t len = 0, from[2], to[2];
    dt_story story = story_of(a->example);
    if (!find_span(story.text, source, from) || !find_span(story.text, target, to)) return NULL;
    if (dt_classify(a->coder, &story, from, to, &doc, &a->err) != DT_OK) return NULL;
    if (dt_render(a->coder, doc, DT_FORMAT_RELATION, 0, &text, &len, &a->err) != DT_OK) return NULL;
    return read_json(text, len, &a->err);
}
