/* twin_list.c - `detente twins`: which stories were told before, and why that is believed.
 *
 * Stories are read in order, signed and added to an index; those that are twins are printed. With
 * --why the story of that id and its twin are read again, and the runs of words that both have are
 * printed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

enum { PASSAGES_SHOWN = 10, PASSAGE_WORDS = 4 };

struct twins_run {
    const struct options *options;
    dt_model *model;
    dt_coder *coder; /* holds the story that was read */
    dt_twins *twins;
    size_t stories, found, unused;
    enum exit_status status;
    bool stop;
    /* --why: the ids that are looked for, and their texts */
    const char *why;
    char *with;
    char *texts[2];
    dt_twin twin;
};

static void twins_fail(struct twins_run *r, const dt_error *err)
{
    enum exit_status status = give_up(err);
    if (err->code == DT_E_STORY || err->code == DT_E_OPEN || err->code == DT_E_READ)
        status = EXIT_SOME_UNUSED;
    else
        r->stop = true;
    if (status > r->status) r->status = status;
}

static char *keep_text(const char *text, size_t len)
{
    char *copy = malloc(len + 1);
    if (copy == NULL) return NULL;
    memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

/* ---- printing ---- */

static void put_member(const char *name, const char *text)
{
    (void)printf(",\"%s\":", name);
    if (text == NULL)
        (void)fputs("null", stdout);
    else
        put_json_text(text, strlen(text));
}

static void put_twin_json(const char *id, const dt_twin *twin)
{
    (void)fputs("{\"id\":", stdout);
    put_json_text(id, strlen(id));
    put_member("twin_of", twin->of);
    if (twin->of == NULL) {
        put_member("group", id);
        (void)fputs("}\n", stdout);
        return;
    }
    put_member("group", twin->first);
    put_member("kind", dt_twin_kind_name(twin->kind));
    (void)printf(",\"similarity\":%.3g,\"shared\":%zu,\"of\":%zu}\n", twin->similarity,
                 twin->shared, twin->compared);
}

static void put_twin_line(const char *id, const dt_twin *twin)
{
    if (twin->of == NULL)
        (void)printf("%-30s\n", id);
    else
        (void)printf("%-30s  %-8s %4.0f %%  %3zu of %-3zu  %s\n", id, dt_twin_kind_name(twin->kind),
                     100 * twin->similarity, twin->shared, twin->compared, twin->of);
}

static void print_twin(const struct twins_run *r, const char *id, const dt_twin *twin)
{
    if (twin->of == NULL && !r->options->all) return;
    if (r->options->format == FORMAT_TWINS)
        put_twin_line(id, twin);
    else
        put_twin_json(id, twin);
}

/* ---- one story ---- */

static dt_status add_twin(struct twins_run *r, const dt_story *story, dt_error *err)
{
    uint64_t sign[DT_TWINS_SIGN_SIZE / sizeof(uint64_t)];
    dt_twin twin = {.size = sizeof twin};
    dt_status st = dt_twins_sign(story, sign, err);
    if (st == DT_OK) st = dt_twins_add(r->twins, story->id, sign, &twin, err);
    if (st != DT_OK) return st;
    r->stories++;
    r->found += twin.kind != DT_TWIN_NONE;
    if (r->why == NULL) {
        print_twin(r, story->id, &twin);
    } else if (strcmp(story->id, r->why) == 0 && r->with == NULL && twin.of != NULL) {
        r->twin = twin;
        r->with = keep_text(twin.of, strlen(twin.of));
    }
    return DT_OK;
}

/* Keeps the text of a story that --why asks for. */
static dt_status keep_wanted(struct twins_run *r, const dt_story *story, dt_error *err)
{
    const char *ids[2] = {r->why, r->with};
    (void)err;
    for (int i = 0; i < 2; i++)
        if (ids[i] != NULL && strcmp(story->id, ids[i]) == 0 && r->texts[i] == NULL)
            r->texts[i] = keep_text(story->text, story->text_len);
    return DT_OK;
}

typedef dt_status story_taker(struct twins_run *r, const dt_story *story, dt_error *err);

static void take_records(struct twins_run *r, dt_reader *reader, story_taker *take)
{
    const char *record = NULL;
    size_t len = 0, line = 0;
    dt_error err;
    while (!r->stop) {
        dt_story story = {.size = sizeof story};
        dt_status st = dt_reader_next(reader, &record, &len, &line, &err);
        if (st != DT_OK) {
            twins_fail(r, &err);
            return;
        }
        if (record == NULL) return;
        st = dt_record_story(r->coder, reader, record, len, line, &story, &err);
        if (st == DT_OK) st = take(r, &story, &err);
        if (st != DT_OK) twins_fail(r, &err);
    }
}

static void take_files(struct twins_run *r, story_taker *take)
{
    const struct options *o = r->options;
    int n = o->n_files == 0 ? 1 : o->n_files;
    for (int i = 0; i < n && !r->stop; i++) {
        dt_reader *reader = NULL;
        dt_error err;
        if (dt_reader_open(o->n_files == 0 ? "-" : o->files[i], o->date, &reader, &err) != DT_OK) {
            twins_fail(r, &err);
            continue;
        }
        take_records(r, reader, take);
        dt_reader_close(reader);
    }
}

/* ---- why ---- */

static void put_passage_json(const char *text, const dt_passage *p, bool first)
{
    (void)printf("%s{\"words\":%zu,\"begin\":%zu,\"end\":%zu,\"other_begin\":%zu,\"other_end\":%zu,"
                 "\"text\":",
                 first ? "" : ",", p->words, p->begin, p->end, p->other_begin, p->other_end);
    put_json_text(text + p->begin, p->end - p->begin);
    (void)putchar('}');
}

static void print_passages(const struct twins_run *r, const dt_passage *passages, size_t n)
{
    bool json = r->options->format != FORMAT_TWINS;
    if (json) {
        (void)fputs("{\"id\":", stdout);
        put_json_text(r->why, strlen(r->why));
        put_member("other", r->with);
        (void)fputs(",\"passages\":[", stdout);
    } else {
        (void)printf("%s and %s have in common:\n", r->why, r->with);
    }
    for (size_t i = 0; i < n; i++) {
        if (json) {
            put_passage_json(r->texts[0], &passages[i], i == 0);
            continue;
        }
        (void)printf("%5zu words  ", passages[i].words);
        put_json_text(r->texts[0] + passages[i].begin, passages[i].end - passages[i].begin);
        (void)putchar('\n');
    }
    if (json) (void)fputs("]}\n", stdout);
}

static enum exit_status explain_twin(struct twins_run *r)
{
    dt_passage passages[PASSAGES_SHOWN];
    if (r->with == NULL) {
        complain("the story %s is no twin of an earlier one; --with names another story", r->why);
        return EXIT_SOME_UNUSED;
    }
    take_files(r, keep_wanted);
    for (int i = 0; i < 2; i++) {
        if (r->texts[i] != NULL) continue;
        complain("there is no story %s in the input", i == 0 ? r->why : r->with);
        return EXIT_SOME_UNUSED;
    }
    size_t n = dt_twins_passages(r->texts[0], strlen(r->texts[0]), r->texts[1], strlen(r->texts[1]),
                                 PASSAGE_WORDS, passages, PASSAGES_SHOWN);
    print_passages(r, passages, n);
    return r->status;
}

/* ---- the command ---- */

static enum exit_status run_twins(struct twins_run *r)
{
    const struct options *o = r->options;
    dt_error err;
    dt_twins_options to = {.size = sizeof to};
    if (o->why != NULL && o->n_files == 0) {
        complain("--why reads the stories twice; give files");
        return EXIT_WRONG_CALL;
    }
    if (o->with != NULL) {
        r->with = keep_text(o->with, strlen(o->with));
        return explain_twin(r);
    }
    if (dt_twins_open(o->index, &to, &r->twins, &err) != DT_OK) return give_up(&err);
    take_files(r, add_twin);
    if (dt_twins_close(r->twins, &err) != DT_OK) return give_up(&err);
    if (r->status > EXIT_SOME_UNUSED) return r->status;
    if (o->why != NULL) return explain_twin(r);
    if (!o->quiet && isatty(STDERR_FILENO))
        complain("%zu stories, %zu of them told before", r->stories, r->found);
    return r->status;
}

static enum exit_status print_twins_of(dt_happenings *h)
{
    const char *line = NULL;
    dt_error err;
    if (dt_happenings_find_twins(h, NULL, &err) != DT_OK) return give_up(&err);
    if (dt_happenings_list(h, DT_HAPPENINGS_TWINS, 0, &err) != DT_OK) return give_up(&err);
    for (;;) {
        if (dt_happenings_next(h, &line, &err) != DT_OK) return give_up(&err);
        if (line == NULL) return EXIT_DONE;
        (void)printf("%s\n", line);
    }
}

/* --db: the stories are those of a database. */
static enum exit_status twins_of_database(const struct options *options)
{
    dt_happenings *h = NULL;
    dt_error err;
    if (options->n_files != 0) {
        complain("--db reads the stories of a database; give no files beside it");
        return EXIT_WRONG_CALL;
    }
    if (dt_happenings_open(options->db, &h, &err) != DT_OK) return give_up(&err);
    enum exit_status status = print_twins_of(h);
    dt_happenings_close(h);
    return finish_output(status);
}

enum exit_status command_twins(const struct options *options)
{
    if (options->db != NULL) return twins_of_database(options);
    struct options all = *options;
    struct twins_run r = {.options = &all, .why = options->why};
    if (all.format == 0) all.format = isatty(STDOUT_FILENO) ? FORMAT_TWINS : FORMAT_TWINS_JSONL;
    enum exit_status status = open_model(options, &r.model);
    if (status == EXIT_DONE) status = open_coder(options, r.model, false, &r.coder);
    if (status == EXIT_DONE) status = run_twins(&r);
    dt_coder_free(r.coder);
    dt_model_close(r.model);
    free(r.with);
    free(r.texts[0]);
    free(r.texts[1]);
    return finish_output(status);
}
