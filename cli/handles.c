/* handles.c - opening model and coder, and what a model tells of itself: all that the program asks
 * the library for before there is a story. */
#include <string.h>

#include "options.h"

enum { NOTES_MOST = 20 };

/* What was left out of dictionaries; `info` tells all of it. */
static void tell_notes(const struct options *options, const dt_model *model)
{
    size_t n = dt_model_note_count(model), shown = n;
    if (n > NOTES_MOST && options->command->run != command_info) shown = NOTES_MOST;
    for (size_t i = 0; i < shown; i++)
        complain("%s", dt_model_note(model, i));
    if (shown < n)
        complain("%zu more lines were left out; 'detente info --petrarch %s' tells which",
                 n - shown, options->petrarch);
}

enum exit_status open_model(const struct options *options, dt_model **out)
{
    dt_error err;
    dt_model_options o = {.size = sizeof o};
    o.model = options->model;
    o.knowledge_dir = options->knowledge;
    o.events = options->events;
    o.petrarch_dir = options->petrarch;
    if (dt_model_open(&o, out, &err) != DT_OK) return give_up(&err);
    tell_notes(options, *out);
    return EXIT_DONE;
}

enum exit_status open_coder(const struct options *options, dt_model *model, bool trace,
                            dt_coder **out)
{
    dt_error err;
    dt_options o = {.size = sizeof o};
    o.per_sentence = options->per_sentence;
    o.min_confidence = options->min_confidence;
    o.status = options->status;
    o.trace = trace;
    o.any_language = options->any_language;
    return dt_coder_new(model, &o, out, &err) == DT_OK ? EXIT_DONE : give_up(&err);
}

/* ---- facts ---- */

static void put_json_fact(const char *key, const char *value, bool first)
{
    (void)putchar(first ? '{' : ',');
    put_json_text(key, strlen(key));
    (void)putchar(':');
    put_json_text(value, strlen(value));
}

/* A fact of several lines, the model's card, stands by itself. */
static void put_fact(const char *key, const char *value)
{
    if (strchr(value, '\n') != NULL)
        (void)printf("\n%s", value);
    else
        (void)printf("%-16s  %s\n", key, value);
}

void print_info(const dt_model *model, bool json)
{
    const char *key, *value = NULL;
    for (size_t i = 0; (key = dt_model_fact(model, i, &value)) != NULL; i++) {
        if (json)
            put_json_fact(key, value, i == 0);
        else
            put_fact(key, value);
    }
    if (json) (void)fputs("}\n", stdout);
}

/* The value of the model's fact of that key; "" where it has none. Hashes and versions, which need
 * no escapes in JSON. */
static const char *fact(const dt_model *model, const char *wanted)
{
    const char *key, *value = NULL;
    for (size_t i = 0; (key = dt_model_fact(model, i, &value)) != NULL; i++)
        if (strcmp(key, wanted) == 0) return value;
    return "";
}

void describe_header(const dt_model *model, char *out, size_t cap)
{
    const char *events = fact(model, "events hash");
    int n = snprintf(out, cap, "{\"detente\":\"%s\",\"model\":\"%s\",\"knowledge\":\"%s\"",
                     dt_version(), fact(model, "model hash"), fact(model, "knowledge hash"));
    size_t at = n > 0 && (size_t)n < cap ? (size_t)n : 0;
    if (events[0] != '\0')
        (void)snprintf(out + at, cap - at, ",\"events\":\"%s\"}\n", events);
    else
        (void)snprintf(out + at, cap - at, "}\n");
}
