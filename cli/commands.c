/* commands.c - code, annotate, parse, classify, explain, info. */
#include <string.h>
#include <unistd.h>

#include "cli.h"

static enum exit_status run_pipeline(const struct options *options, enum record_kind kind,
                                     dt_format format, int flags)
{
    struct pipeline p = {.options = options, .kind = kind, .format = format, .flags = flags};
    enum exit_status status = open_model(options, &p.model);
    if (status != EXIT_DONE) return status;
    status = pipeline_run(&p);
    dt_model_close(p.model);
    return status;
}

static dt_format code_format(const struct options *options)
{
    bool whole_events = !options->dyads && !options->header;
    int format = options->format;
    if (format == 0)
        format = whole_events && options->output == NULL && isatty(STDOUT_FILENO)
                     ? DT_FORMAT_TABLE
                     : DT_FORMAT_EVENTS;
    if (format == DT_FORMAT_TABLE && wants_colour()) format = DT_FORMAT_TABLE_COLOUR;
    return (dt_format)format;
}

enum exit_status command_code(const struct options *options)
{
    return run_pipeline(options, RECORD_CODE, code_format(options),
                        options->dyads ? DT_RENDER_DYADS : 0);
}

enum exit_status command_annotate(const struct options *options)
{
    struct options all = *options;
    if (all.status == NULL) all.status = "all"; /* everything found */
    return run_pipeline(&all, RECORD_CODE, DT_FORMAT_STORY, 0);
}

enum exit_status command_parse(const struct options *options)
{
    dt_format format = options->format != 0 ? (dt_format)options->format : DT_FORMAT_CONLLU;
    return run_pipeline(options, options->tokenized ? RECORD_CONLLU : RECORD_PARSE, format, 0);
}

enum exit_status command_extract(const struct options *options)
{
    return run_pipeline(options, RECORD_STORY, DT_FORMAT_EVENTS, 0);
}

enum exit_status command_classify(const struct options *options)
{
    return run_pipeline(options, RECORD_PAIR, DT_FORMAT_RELATION, 0);
}

/* ---- explain ---- */

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
    if (st == DT_E_STORY) err.code = DT_E_ARG; /* this story's date is the call's --date */
    if (st != DT_OK) return give_up(&err);
    (void)fwrite(text, 1, len, stdout);
    return finish_output(EXIT_DONE);
}

enum exit_status command_explain(const struct options *options)
{
    struct options all = *options;
    dt_model *model = NULL;
    dt_coder *coder = NULL;
    if (all.status == NULL) all.status = "all";
    all.any_language = true;
    enum exit_status status = open_model(&all, &model);
    if (status == EXIT_DONE) status = open_coder(&all, model, true, &coder);
    if (status == EXIT_DONE) status = explain_text(&all, coder);
    dt_coder_free(coder);
    dt_model_close(model);
    return status;
}

enum exit_status command_info(const struct options *options)
{
    dt_model *model = NULL;
    enum exit_status status = open_model(options, &model);
    if (status != EXIT_DONE) return status;
    print_info(model, options->json);
    dt_model_close(model);
    return finish_output(EXIT_DONE);
}
