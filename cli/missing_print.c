/* missing_print.c - the command `missing`: counts over a corpus, printed so that what is printed is
 * a file of one's own knowledge, with what was found as its comments; or JSON for programs. */
#include <stdlib.h>
#include <string.h>

#include "missing.h"
#include "options.h"

enum { LIMIT_USUAL = 20, ADD_CAP = 600, KEY_CAP = 120 };

struct printer {
    const struct options *options;
    const dt_model *model;
    const dt_codebook *book;
    char (*keys)[KEY_CAP]; /* of the entries printed so far */
    size_t n_keys, keys_cap;
    const char *file; /* whose part is being printed */
    bool failed;
};

/* ---- the entry to add ---- */

/* "Ali Foobar" -> "ali-foobar" */
static void make_slug(const char *text, char slug[KEY_CAP - 16])
{
    size_t n = 0;
    for (; *text != '\0' && n + 2 < KEY_CAP - 16; text++) {
        unsigned char c = (unsigned char)*text;
        bool upper = c >= 'A' && c <= 'Z';
        bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
        if (kept)
            slug[n++] = (char)(upper ? c + 32 : c);
        else if (n != 0 && slug[n - 1] != '-')
            slug[n++] = '-';
    }
    while (n != 0 && slug[n - 1] == '-')
        n--;
    slug[n] = '\0';
}

static bool has_key(const struct printer *p, const char *key)
{
    for (size_t i = 0; i < p->n_keys; i++)
        if (strcmp(p->keys[i], key) == 0) return true;
    return false;
}

/* A key of its own for each entry: of two names with one slug the second gets a number. */
static void make_key(struct printer *p, const struct tally_entry *e, char key[KEY_CAP])
{
    char slug[KEY_CAP - 16];
    make_slug(e->text, slug);
    (void)snprintf(key, KEY_CAP, "%d %s", (int)e->kind, slug);
    for (int i = 2; has_key(p, key); i++)
        (void)snprintf(key, KEY_CAP, "%d %s-%d", (int)e->kind, slug, i);
    if (p->n_keys == p->keys_cap) {
        size_t cap = p->keys_cap == 0 ? 64 : p->keys_cap * 2;
        char(*grown)[KEY_CAP] = realloc(p->keys, cap * sizeof *grown);
        if (grown == NULL) {
            p->failed = true;
            return;
        }
        p->keys = grown;
        p->keys_cap = cap;
    }
    memcpy(p->keys[p->n_keys++], key, KEY_CAP);
    memmove(key, strchr(key, ' ') + 1, strlen(strchr(key, ' ') + 1) + 1);
}

/* The entry, without a line end behind it. */
static void make_entry(struct printer *p, const struct tally_entry *e, char add[ADD_CAP])
{
    char key[KEY_CAP];
    const char *hint = tally_hint(e);
    make_key(p, e, key);
    switch (e->kind) {
    case MISSING_PERSON:
    case MISSING_ORG:
        (void)snprintf(add, ADD_CAP, "%s %s %s\n  country %s", missing_kind_texts[e->kind].name,
                       key, e->text, hint[0] != '\0' ? hint : "XXX");
        return;
    case MISSING_TITLE: (void)snprintf(add, ADD_CAP, "role CVL\n  person %s", e->text); return;
    case MISSING_VERB:
        (void)snprintf(add, ADD_CAP,
                       "frame missing/%s  Between source and target: %s.\n"
                       "  cameo 010\n  verb %s; source subj; target %s",
                       key, e->text, e->text, hint);
        return;
    case MISSING_NOUN:
        (void)snprintf(add, ADD_CAP,
                       "frame missing/%s-noun  Between source and target: %s.\n"
                       "  cameo 010\n  noun %s; source poss|compound; target %s",
                       key, e->text, e->text, hint);
        return;
    case MISSING_KIND_COUNT: break;
    }
    add[0] = '\0';
}

/* ---- printing ---- */

static const char what_to_check[] = "# What stands here is a proposal: check it and correct it. "
                                    "XXX is a country that nothing near the\n"
                                    "# name tells; the country of a name is the commonest near it, "
                                    "its sector is yours to add; CVL and\n"
                                    "# 010 stand for a sector and a code that nobody can guess.\n";

static void put_for_people(struct printer *p, const struct tally_entry *e, const char *add)
{
    const struct missing_kind_text *kind = &missing_kind_texts[e->kind];
    if (p->file == NULL) (void)fputs(what_to_check, stdout);
    if (p->file == NULL || strcmp(p->file, kind->file) != 0) {
        (void)printf("\n# ---- for %s ----\nprovenance  Found by 'detente missing'.\n", kind->file);
        p->file = kind->file;
    }
    (void)printf("\n# %s '%s': %zu %s in %zu %s\n", kind->name, e->text, e->count,
                 e->count == 1 ? "mention" : "mentions", e->stories,
                 e->stories == 1 ? "story" : "stories");
    for (size_t i = 0; i < TALLY_EXAMPLES && e->examples[i].text != NULL; i++)
        (void)printf("#   %s: %s\n", e->examples[i].id, e->examples[i].text);
    (void)printf("%s\n", add);
}

static void put_member(const char *name, const char *text)
{
    (void)printf("\"%s\":", name);
    put_json_text(text, strlen(text));
}

static void put_for_programs(const struct tally_entry *e, const char *add)
{
    (void)putchar('{');
    put_member("kind", missing_kind_texts[e->kind].name);
    (void)putchar(',');
    put_member("text", e->text);
    (void)printf(",\"mentions\":%zu,\"stories\":%zu,\"examples\":[", e->count, e->stories);
    for (size_t i = 0; i < TALLY_EXAMPLES && e->examples[i].text != NULL; i++) {
        (void)fputs(i != 0 ? ",{" : "{", stdout);
        put_member("story", e->examples[i].id);
        (void)putchar(',');
        put_member("text", e->examples[i].text);
        (void)putchar('}');
    }
    (void)fputs("],", stdout);
    put_member("file", missing_kind_texts[e->kind].file);
    (void)putchar(',');
    put_member("add", add);
    (void)fputs("}\n", stdout);
}

/* Whether the list names the kind; all do where there is no list. */
static bool is_wanted(const char *list, const char *name)
{
    size_t n = strlen(name);
    if (list == NULL) return true;
    for (const char *at = list; at != NULL; at = strchr(at, ',')) {
        at += *at == ',';
        if (strncmp(at, name, n) == 0 && (at[n] == '\0' || at[n] == ',')) return true;
    }
    return false;
}

/* The noun or the last words of it are of a role: there is nothing to add. */
static bool is_known_title(const struct printer *p, const struct tally_entry *e)
{
    const char *at = e->text;
    while (at != NULL) {
        if (dt_model_role(p->model, at) != NULL) return true;
        at = strchr(at, ' ');
        if (at != NULL) at++;
    }
    return false;
}

/* A word of some frame: there is nothing to add, though another word of the trigger was missing. */
static bool is_known_word(const struct printer *p, const struct tally_entry *e)
{
    if (e->kind == MISSING_TITLE || e->kind == MISSING_NOUN) {
        if (is_known_title(p, e)) return true;
    }
    return (e->kind == MISSING_VERB || e->kind == MISSING_NOUN) &&
           dt_codebook_find(p->book, e->text, 0) != DT_NONE;
}

static enum exit_status print_tally(struct printer *p, struct tally *tally)
{
    size_t n = 0, shown[MISSING_KIND_COUNT] = {0};
    size_t limit = p->options->limit > 0 ? (size_t)p->options->limit : LIMIT_USUAL;
    const struct tally_entry *const *entries = tally_rank(tally, &n);
    for (size_t i = 0; i < n && !p->failed; i++) {
        char add[ADD_CAP];
        const struct tally_entry *e = entries[i];
        if (shown[e->kind] == limit || is_known_word(p, e)) continue;
        if (!is_wanted(p->options->kinds, missing_kind_texts[e->kind].name)) continue;
        shown[e->kind]++;
        make_entry(p, e, add);
        if (p->options->json)
            put_for_programs(e, add);
        else
            put_for_people(p, e, add);
    }
    if (!p->failed) return EXIT_DONE;
    complain("memory ran out");
    return EXIT_IMPOSSIBLE;
}

/* ---- the command ---- */

static bool find_in_story(const dt_doc *doc, const char *text, char **at, size_t *len, size_t *cap)
{
    struct text_out out = {at, len, cap, false};
    missing_find(doc, text, &out);
    return !out.failed;
}

static bool count_story(void *context, const char *items, size_t len)
{
    return tally_story(context, items, len);
}

static enum exit_status run_missing(const struct options *options, dt_model *model,
                                    struct tally *tally, dt_codebook *book)
{
    struct options all = *options;
    struct pipeline_sink sink = {find_in_story, count_story, tally};
    struct pipeline pipeline = {
        .options = &all, .model = model, .kind = RECORD_CODE, .sink = &sink, .silent = true};
    struct printer printer = {.options = options, .model = model, .book = book};
    all.status = "all";
    enum exit_status status = pipeline_run(&pipeline);
    if (status > EXIT_SOME_UNUSED) return status;
    enum exit_status printed = print_tally(&printer, tally);
    free(printer.keys);
    return finish_output(printed > status ? printed : status);
}

enum exit_status command_missing(const struct options *options)
{
    dt_model *model = NULL;
    dt_codebook *book = NULL;
    dt_error err;
    enum exit_status status = open_model(options, &model);
    if (status != EXIT_DONE) return status;
    struct tally *tally = tally_new();
    if (dt_codebook_new(model, &book, &err) != DT_OK) {
        status = give_up(&err);
    } else if (tally == NULL) {
        complain("memory ran out");
        status = EXIT_IMPOSSIBLE;
    } else {
        status = run_missing(options, model, tally, book);
    }
    tally_free(tally);
    dt_codebook_free(book);
    dt_model_close(model);
    return status;
}
