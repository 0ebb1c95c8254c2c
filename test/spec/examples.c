/* examples.c - runs the examples in knowledge/: each `yes` must yield exactly the records below it,
 * each `no` none of its frame, each `miss` is a known failure (reported when it starts to work).
 *
 *     examples [FILE...]      default: all of knowledge/frames and knowledge/operators.txt
 *
 * A record is SOURCE -> TARGET CODE [DATE] [STATUS]; <-> when reciprocal; several actors joined by
 * '+'; --- for nobody. Without a status the event must be actual. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "know/entry.h"
#include "story/story.h"

struct run {
    dt_model *model;
    dt_coder *coder;
    struct arena arena;
    int n_yes, n_no, n_miss, failed, promoted;
};

struct example {
    const struct entry_file *file;
    const struct entry *entry;
    const struct entry_field *field;
    char date[12];
    struct str text;
};

static void describe_event(const dt_doc *doc, size_t i, struct buf *out)
{
    buf_clear(out);
    for (size_t k = 0; k < dt_event_source_count(doc, i); k++)
        buf_f(out, "%s%s", k != 0 ? "+" : "", dt_event_source_code(doc, i, k));
    if (dt_event_source_count(doc, i) == 0) buf_z(out, "---");
    buf_z(out, dt_event_reciprocal(doc, i) ? " <-> " : " -> ");
    for (size_t k = 0; k < dt_event_target_count(doc, i); k++)
        buf_f(out, "%s%s", k != 0 ? "+" : "", dt_event_target_code(doc, i, k));
    if (dt_event_target_count(doc, i) == 0) buf_z(out, "---");
    buf_f(out, " %s", dt_event_cameo(doc, i));
}

/* True when the record line describes event i of the document. */
static bool record_matches(struct str record, const dt_doc *doc, size_t i, struct buf *scratch)
{
    struct str rest = record, word, wanted = STR("actual");
    struct str head[4];
    for (int k = 0; k < 4; k++)
        if (!entry_next_word(&rest, &head[k])) return false;
    describe_event(doc, i, scratch);
    struct str have = str_of(scratch->at, scratch->len), part;
    for (int k = 0; k < 4; k++)
        if (!entry_next_word(&have, &part) || !str_eq(part, head[k])) return false;
    while (entry_next_word(&rest, &word)) {
        if (word.at[0] >= '0' && word.at[0] <= '9') {
            const char *date = dt_event_date(doc, i);
            if (date == NULL || !str_eq(str_c(date), word)) return false;
        } else {
            wanted = word;
        }
    }
    return str_eq(wanted, str_c(dt_event_status(doc, i)));
}

static bool is_wanted(const struct example *x, const dt_doc *doc, size_t i, struct buf *scratch)
{
    for (uint32_t k = 0; k < x->field->n_more; k++)
        if (record_matches(x->field->more[k].text, doc, i, scratch)) return true;
    return false;
}

static bool is_found(struct str record, const dt_doc *doc, struct buf *scratch)
{
    for (size_t i = 0; i < dt_event_count(doc); i++)
        if (record_matches(record, doc, i, scratch)) return true;
    return false;
}

/* All records there, and no further actual event. */
static bool yes_holds(const struct example *x, const dt_doc *doc, struct buf *scratch)
{
    for (uint32_t k = 0; k < x->field->n_more; k++)
        if (!is_found(x->field->more[k].text, doc, scratch)) return false;
    for (size_t i = 0; i < dt_event_count(doc); i++)
        if (strcmp(dt_event_status(doc, i), "actual") == 0 && !is_wanted(x, doc, i, scratch))
            return false;
    return true;
}

static bool no_holds(const struct example *x, const dt_doc *doc)
{
    char id[160];
    bool is_operator = str_eq(x->entry->kind, STR("operator"));
    (void)snprintf(id, sizeof id, "%.*s", (int)x->entry->key.len, x->entry->key.at);
    const struct entry_field *code = entry_field(x->entry, "cameo");
    for (size_t i = 0; i < dt_event_count(doc); i++) {
        bool ours = strcmp(dt_event_frame(doc, i), id) == 0 && code != NULL &&
                    str_eq(code->value, str_c(dt_event_cameo(doc, i)));
        if (strcmp(dt_event_status(doc, i), "actual") == 0 && (is_operator || ours)) return false;
    }
    return true;
}

static void report(const struct example *x, const dt_doc *doc, const char *what,
                   struct buf *scratch)
{
    (void)printf("%s:%u: %s: %.*s\n", x->file->path, x->field->line, what, (int)x->text.len,
                 x->text.at);
    for (uint32_t k = 0; k < x->field->n_more; k++)
        (void)printf("    wanted  %.*s\n", (int)x->field->more[k].text.len,
                     x->field->more[k].text.at);
    for (size_t i = 0; i < dt_event_count(doc); i++) {
        describe_event(doc, i, scratch);
        (void)printf("    got     %.*s %s %s (%s)\n", (int)scratch->len, scratch->at,
                     dt_event_date(doc, i) != NULL ? dt_event_date(doc, i) : "-",
                     dt_event_status(doc, i), dt_event_frame(doc, i));
    }
}

static void judge_example(struct run *r, const struct example *x, const dt_doc *doc)
{
    struct buf scratch = {0};
    if (str_eq(x->field->name, STR("yes"))) {
        r->n_yes++;
        if (!yes_holds(x, doc, &scratch)) {
            r->failed++;
            report(x, doc, "yes fails", &scratch);
        }
    } else if (str_eq(x->field->name, STR("no"))) {
        r->n_no++;
        if (!no_holds(x, doc)) {
            r->failed++;
            report(x, doc, "no fails", &scratch);
        }
    } else {
        r->n_miss++;
        if (yes_holds(x, doc, &scratch)) {
            r->promoted++;
            report(x, doc, "this miss works now: make it a yes", &scratch);
        }
    }
    buf_free(&scratch);
}

static dt_status run_example(struct run *r, struct example *x, dt_error *err)
{
    const dt_doc *doc = NULL;
    struct str rest = x->field->value, date;
    if (!entry_next_word(&rest, &date) || date.len != 10 || rest.len == 0)
        return entry_error(x->file, x->field->line, err, "an example is a date and a sentence");
    memcpy(x->date, date.at, 10);
    x->text = rest;
    dt_story story = {.size = sizeof story,
                      .text = rest.at,
                      .text_len = rest.len,
                      .id = "example",
                      .date = x->date};
    dt_status st = dt_code(r->coder, &story, &doc, err);
    if (st == DT_OK) judge_example(r, x, doc);
    return st;
}

static bool is_example(struct str name)
{
    return str_eq(name, STR("yes")) || str_eq(name, STR("no")) || str_eq(name, STR("miss"));
}

static dt_status run_file(void *context, const char *path, dt_error *err)
{
    struct run *r = context;
    struct entry_file file;
    arena_reset(&r->arena);
    dt_status st = entry_read(&r->arena, path, &file, err);
    for (uint32_t i = 0; st == DT_OK && i < file.n_entries; i++) {
        const struct entry *e = &file.entries[i];
        for (uint32_t k = 0; st == DT_OK && k < e->n_fields; k++) {
            struct example x = {.file = &file, .entry = e, .field = &e->fields[k]};
            if (is_example(e->fields[k].name)) st = run_example(r, &x, err);
        }
    }
    return st;
}

static dt_status run_all(struct run *r, int n, char **paths, dt_error *err)
{
    dt_options options = {.size = sizeof options, .status = "all"};
    dt_status st = dt_model_open(NULL, &r->model, err);
    if (st == DT_OK) st = dt_coder_new(r->model, &options, &r->coder, err);
    for (int i = 0; i < n && st == DT_OK; i++) {
        if (str_ends(str_c(paths[i]), STR(".txt")))
            st = run_file(r, paths[i], err);
        else
            st = file_walk(paths[i], ".txt", run_file, r, err);
    }
    return st;
}

int main(int argc, char **argv)
{
    struct run r = {0};
    dt_error err;
    dt_status st = run_all(&r, argc - 1, argv + 1, &err);
    if (st != DT_OK) (void)fprintf(stderr, "examples: %s\n", err.text);
    (void)printf("%d yes, %d no, %d known misses: %d fail, %d misses work now\n", r.n_yes, r.n_no,
                 r.n_miss, r.failed, r.promoted);
    arena_free(&r.arena);
    dt_coder_free(r.coder);
    dt_model_close(r.model);
    return st == DT_OK && r.failed == 0 && r.promoted == 0 ? 0 : 1;
}
