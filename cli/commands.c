/* commands.c - code, annotate, parse, classify, explain, info. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static enum exit_status run_pipeline(const struct options *options, enum record_kind kind,
                                     dt_format format, int flags, dt_db *db)
{
    struct pipeline p = {
        .options = options, .kind = kind, .format = format, .flags = flags, .db = db};
    enum exit_status status = EXIT_DONE;
    p.model = open_model(options, &status);
    if (p.model == NULL) return status;
    const char *header = dt_format_header(format);
    if (db == NULL && header[0] != '\0') (void)fputs(header, stdout);
    status = pipeline_run(&p);
    dt_model_close(p.model);
    return status;
}

static bool find_code_format(const struct options *options, dt_format *format)
{
    const char *name = options->format;
    bool terminal = isatty(STDOUT_FILENO) && options->db == NULL;
    if (name == NULL) name = terminal ? "table" : "jsonl";
    if (strcmp(name, "jsonl") == 0)
        *format = DT_FORMAT_EVENTS;
    else if (strcmp(name, "csv") == 0)
        *format = DT_FORMAT_EVENTS_CSV;
    else if (strcmp(name, "table") == 0)
        *format = wants_colour() ? DT_FORMAT_TABLE_COLOUR : DT_FORMAT_TABLE;
    else
        return false;
    return true;
}

enum exit_status command_code(const struct options *options)
{
    dt_format format;
    dt_db *db = NULL;
    dt_error err;
    if (!find_code_format(options, &format)) {
        complain("there is no format '%s'; code writes jsonl, csv and table", options->format);
        return EXIT_WRONG_CALL;
    }
    if (options->db != NULL && dt_db_open(options->db, &db, &err) != DT_OK) {
        complain("%s", err.text);
        return EXIT_IMPOSSIBLE;
    }
    enum exit_status status =
        run_pipeline(options, RECORD_CODE, format, options->dyads ? DT_RENDER_DYADS : 0, db);
    if (dt_db_close(db, &err) != DT_OK) {
        complain("%s", err.text);
        status = EXIT_IMPOSSIBLE;
    }
    return status;
}

enum exit_status command_annotate(const struct options *options)
{
    struct options all = *options;
    if (all.status == NULL) all.status = "all"; /* everything found */
    return run_pipeline(&all, RECORD_CODE, DT_FORMAT_STORY, 0, NULL);
}

enum exit_status command_parse(const struct options *options)
{
    bool json = options->json || (options->format != NULL && strcmp(options->format, "json") == 0);
    if (options->format != NULL && !json && strcmp(options->format, "conllu") != 0) {
        complain("there is no format '%s'; parse writes conllu and json", options->format);
        return EXIT_WRONG_CALL;
    }
    return run_pipeline(options, options->tokenized ? RECORD_CONLLU : RECORD_PARSE,
                        json ? DT_FORMAT_PARSE_JSON : DT_FORMAT_CONLLU, 0, NULL);
}

enum exit_status command_classify(const struct options *options)
{
    return run_pipeline(options, RECORD_PAIR, DT_FORMAT_RELATION, 0, NULL);
}

/* ---- explain
 * --------------------------------------------------------------------------------------- */

static enum exit_status explain_text(const struct options *options, dt_coder *coder)
{
    const dt_doc *doc = NULL;
    const char *text = "";
    size_t len = 0;
    dt_error err;
    dt_story story = {.size = sizeof story};
    story.text = options->files[0];
    story.text_len = strlen(story.text);
    story.date = options->date;
    story.id = "sentence";
    dt_format format = options->json    ? DT_FORMAT_EXPLAIN_JSON
                       : wants_colour() ? DT_FORMAT_EXPLAIN_COLOUR
                                        : DT_FORMAT_EXPLAIN;
    dt_status st = dt_code(coder, &story, &doc, &err);
    if (st == DT_OK) st = dt_render(coder, doc, format, 0, &text, &len, &err);
    if (st != DT_OK) {
        complain("%s", err.text);
        return st == DT_E_STORY ? EXIT_WRONG_CALL : EXIT_IMPOSSIBLE;
    }
    (void)fwrite(text, 1, len, stdout);
    return finish_output(EXIT_DONE);
}

enum exit_status command_explain(const struct options *options)
{
    if (options->n_files != 1) {
        complain("explain wants one sentence in quotes: detente explain \"Moscow recalled its "
                 "ambassador.\"");
        return EXIT_WRONG_CALL;
    }
    struct options all = *options;
    if (all.status == NULL) all.status = "all";
    enum exit_status status = EXIT_DONE;
    dt_model *model = open_model(&all, &status);
    if (model == NULL) return status;
    dt_coder *coder = open_coder(&all, model, true, &status);
    if (coder != NULL) status = explain_text(&all, coder);
    dt_coder_free(coder);
    dt_model_close(model);
    return status;
}

/* ---- info
 * ------------------------------------------------------------------------------------------ */

static void put_json_text(const char *at, size_t len)
{
    (void)putchar('"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)at[i];
        if (c == '"' || c == '\\')
            (void)printf("\\%c", c);
        else if (c == '\n')
            (void)fputs("\\n", stdout);
        else if (c < 0x20)
            (void)printf("\\u%04x", c);
        else
            (void)putchar(c);
    }
    (void)putchar('"');
}

static void print_fact(const char *key, const char *value, bool json, bool first)
{
    if (json) {
        if (!first) (void)putchar(',');
        put_json_text(key, strlen(key));
        (void)putchar(':');
        put_json_text(value, strlen(value));
    } else if (strchr(value, '\n') != NULL) {
        (void)printf("\n%s", value);
    } else {
        (void)printf("%-16s  %s\n", key, value);
    }
}

enum exit_status command_info(const struct options *options)
{
    enum exit_status status = EXIT_DONE;
    const char *key, *value = NULL;
    if (options->n_files != 0) {
        complain("info takes no file");
        return EXIT_WRONG_CALL;
    }
    dt_model *model = open_model(options, &status);
    if (model == NULL) return status;
    if (options->json) (void)putchar('{');
    for (size_t i = 0; (key = dt_model_fact(model, i, &value)) != NULL; i++)
        print_fact(key, value, options->json, i == 0);
    if (options->json) (void)fputs("}\n", stdout);
    dt_model_close(model);
    return finish_output(status);
}
