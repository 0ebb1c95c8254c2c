/* handles.c - opening model and coder, and what a model tells of itself: all that the program asks
 * the library for before there is a story. */
#include <string.h>

#include "cli.h"

enum exit_status open_model(const struct options *options, dt_model **out)
{
    dt_error err;
    return dt_model_open(options->model, NULL, out, &err) == DT_OK ? EXIT_DONE : give_up(&err);
}

enum exit_status open_coder(const struct options *options, dt_model *model, bool trace,
                            dt_coder **out)
{
    dt_error err;
    dt_options o = {.size = sizeof o};
    o.per_sentence = options->per_sentence;
    o.status = options->status;
    o.knowledge_dir = options->knowledge;
    o.trace = trace;
    return dt_coder_new(model, &o, out, &err) == DT_OK ? EXIT_DONE : give_up(&err);
}

/* ---- facts ---- */

struct fact {
    const char *key, *value;
    size_t key_len, value_len;
};

/* Takes the next fact off dt_model_info()'s lines; the card is the rest, after a line of its own.
 */
static bool next_fact(const char **info, struct fact *fact)
{
    const char *tab = strchr(*info, '\t'), *end = strchr(*info, '\n');
    if (tab == NULL || end == NULL) return false;
    fact->key = *info;
    fact->key_len = (size_t)(tab - *info);
    fact->value = tab + 1;
    if (fact->key_len == 4 && memcmp(fact->key, "card", 4) == 0) {
        fact->value = end + 1;
        end = fact->value + strlen(fact->value);
    }
    fact->value_len = (size_t)(end - fact->value);
    *info = *end == '\0' ? end : end + 1;
    return true;
}

static void put_fact(const struct fact *f)
{
    if (f->key_len == 4 && memcmp(f->key, "card", 4) == 0)
        (void)printf("\n%.*s", (int)f->value_len, f->value);
    else
        (void)printf("%-16.*s  %.*s\n", (int)f->key_len, f->key, (int)f->value_len, f->value);
}

static void put_json_fact(const struct fact *f, bool first)
{
    (void)putchar(first ? '{' : ',');
    put_json_text(f->key, f->key_len);
    (void)putchar(':');
    put_json_text(f->value, f->value_len);
}

void print_info(const dt_model *model, bool json)
{
    struct fact fact;
    bool first = true;
    for (const char *info = dt_model_info(model); next_fact(&info, &fact); first = false) {
        if (json)
            put_json_fact(&fact, first);
        else
            put_fact(&fact);
    }
    if (json) (void)fputs("}\n", stdout);
}

/* Prints ,"NAME":VALUE for the fact of that key. */
static void put_hash(const dt_model *model, const char *name, const char *key)
{
    struct fact fact;
    for (const char *info = dt_model_info(model); next_fact(&info, &fact);) {
        if (fact.key_len != strlen(key) || memcmp(fact.key, key, fact.key_len) != 0) continue;
        (void)printf(",\"%s\":", name);
        put_json_text(fact.value, fact.value_len);
    }
}

void print_header(const dt_model *model)
{
    (void)printf("{\"detente\":\"%s\"", dt_version());
    put_hash(model, "model", "model hash");
    put_hash(model, "knowledge", "knowledge hash");
    (void)fputs("}\n", stdout);
}
