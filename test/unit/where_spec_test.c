/* where_spec_test.c - the examples of test/spec/where.txt, through text, language, names and where,
 * with the real model and knowledge. Skipped, visibly, where one of the two is not built. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "text/split.h"
#include "where/where.h"

struct where_chain {
    struct bundle bundle;
    struct splitter *splitter;
    struct lang_model *lang;
    struct lang_scratch *scratch;
    struct know know;
    struct arena arena;
};

struct where_example {
    char title[200], story[2000];
    struct where_layer where;
    bool read;
};

static bool open_where_chain(struct where_chain *c)
{
    static const char model[] = DT_SOURCE_DIR "/model/english.dtm";
    static const char knowledge[] = DT_BINARY_DIR "/detente.dtk";
    dt_error err;
    if (access(model, R_OK) != 0 || access(knowledge, R_OK) != 0) return false;
    if (bundle_open(model, "MODL", 1, 1, &c->bundle, &err) != DT_OK ||
        lang_model_new(&c->bundle, &c->lang, &err) != DT_OK ||
        lang_scratch_new(c->lang, &c->scratch, &err) != DT_OK ||
        know_open(knowledge, &c->know, &err) != DT_OK ||
        (bundle_has(&c->bundle, "spl.dim") &&
         splitter_new(&c->bundle, &c->splitter, &err) != DT_OK)) {
        fail_msg("%s", err.text);
        return false;
    }
    return true;
}

static void close_where_chain(struct where_chain *c)
{
    arena_free(&c->arena);
    know_close(&c->know);
    lang_scratch_free(c->scratch);
    lang_model_free(c->lang);
    splitter_free(c->splitter);
    bundle_close(&c->bundle);
}

static void find_where(struct where_chain *c, struct where_example *e)
{
    struct text_layer text;
    struct lang_layer lang;
    struct match_layer matches;
    if (e->read) return;
    arena_reset(&c->arena);
    assert_true(text_analyse(c->splitter, &c->arena, str_c(e->story), &text));
    assert_true(lang_analyse(c->lang, c->scratch, &c->arena, &text, &lang));
    assert_true(lexicon_scan(&c->know, &c->arena, &text, &matches));
    assert_true(where_find(&c->know, &c->arena, &text, &lang, &matches, &e->where));
    e->read = true;
}

static bool is_where_mention(const struct where_example *e, const struct place *p, struct str text,
                             bool people)
{
    return (p->adjective != 0) == people &&
           str_eq(str_of(e->story + p->begin, p->end - p->begin), text);
}

/* Prints what is wrong with one mention and returns 1, or returns 0. */
static int check_place(const struct where_chain *c, const struct where_example *e,
                       const struct place *p, struct str country, struct str adm1, unsigned at)
{
    const struct know_place *x = &c->know.places[p->id];
    struct str found = know_str(&c->know, x->country), division = know_str(&c->know, x->adm1);
    if (str_eq(country, STR("-"))) country = STR("");
    if (str_eq(found, country) && (adm1.len == 0 || str_eq(adm1, division))) return 0;
    print_error("where.txt:%u: %s: '%.*s' = %s %s\n", at, e->title, (int)(p->end - p->begin),
                e->story + p->begin, found.at, division.at);
    return 1;
}

/* "[people ]text = COUNTRY [DIVISION]" or "not text"; returns the number of failures. */
static int check_where_line(const struct where_chain *c, const struct where_example *e,
                            struct str line, unsigned at)
{
    bool none = str_starts(line, STR("not ")), people = str_starts(line, STR("people "));
    line = str_cut(line, none ? 4 : people ? 7 : 0, line.len);
    size_t equals = str_find(line, '=', 0);
    struct str text = str_trim(str_cut(line, 0, equals)), country = STR(""), adm1 = STR("");
    struct str rest = equals < line.len ? str_trim(str_cut(line, equals + 1, line.len)) : STR("");
    int failures = 0, found = 0;
    (void)str_next(&rest, ' ', &country);
    (void)str_next(&rest, ' ', &adm1);
    for (uint32_t i = 0; i < e->where.n_places; i++) {
        const struct place *p = &e->where.places[i];
        if (!is_where_mention(e, p, text, people)) continue;
        found++;
        if (!none) failures += check_place(c, e, p, country, adm1, at);
    }
    if (none != (found == 0)) {
        print_error("where.txt:%u: %s: '%.*s' was %s\n", at, e->title, (int)text.len, text.at,
                    none ? "taken for a place" : "not found");
        failures++;
    }
    return failures;
}

static bool read_where_head(struct where_example *e, struct str line)
{
    size_t used = strlen(e->story);
    if (str_starts(line, STR("### "))) {
        *e = (struct where_example){0};
        (void)snprintf(e->title, sizeof e->title, "%.*s", (int)line.len - 4, line.at + 4);
    } else if (str_starts(line, STR("> "))) {
        (void)snprintf(e->story + used, sizeof e->story - used, "%s%.*s", used != 0 ? "\n" : "",
                       (int)line.len - 2, line.at + 2);
    } else {
        return line.len == 0 || line.at[0] == '#';
    }
    return true;
}

static void test_where_examples(void **state)
{
    static struct where_chain c;
    static struct where_example e;
    struct file_map file;
    dt_error err;
    int failures = 0;
    (void)state;
    if (!open_where_chain(&c)) {
        print_message("no model/english.dtm or no compiled knowledge: skipped\n");
        skip();
    }
    assert_int_equal(file_map_open(DT_SOURCE_DIR "/test/spec/where.txt", &file, &err), DT_OK);
    struct str rest = str_of((const char *)file.at, file.len), line;
    for (unsigned at = 1; str_next(&rest, '\n', &line); at++) {
        if (read_where_head(&e, line)) continue;
        find_where(&c, &e);
        failures += check_where_line(&c, &e, line, at);
    }
    file_map_close(&file);
    close_where_chain(&c);
    assert_int_equal(failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_where_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
