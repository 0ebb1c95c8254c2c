/* who_spec_test.c - the examples of test/spec/who.txt, through text, language, names and who, with
 * the real model and knowledge. Skipped, visibly, where one of the two is not built. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/calendar.h"
#include "base/file.h"
#include "text/split.h"
#include "who/who.h"

struct chain {
    struct bundle bundle;
    struct splitter *splitter;
    struct lang_model *lang;
    struct lang_scratch *scratch;
    struct know know;
    struct arena arena;
};

struct example {
    char title[200], story[2000];
    int32_t day;
    unsigned line;
};

struct reading {
    struct text_layer text;
    struct who_layer who;
};

static bool open_chain(struct chain *c)
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

static void read_story(struct chain *c, const struct example *e, struct reading *out)
{
    struct lang_layer lang;
    struct match_layer matches;
    arena_reset(&c->arena);
    assert_true(text_analyse(c->splitter, &c->arena, str_c(e->story), &out->text));
    assert_true(lang_analyse(c->lang, c->scratch, &c->arena, &out->text, &lang));
    assert_true(lexicon_scan(&c->know, &c->arena, &out->text, &matches));
    assert_true(who_find(&c->know, &c->arena, &out->text, &lang, &matches, e->day, &out->who));
}

static bool mention_reads(const struct example *e, const struct actor *a, struct str text)
{
    return str_eq(str_of(e->story + a->begin, a->end - a->begin), text) && a->code[0] != '\0';
}

static bool has_mention(const struct example *e, const struct reading *r, struct str text,
                        struct str code)
{
    for (uint32_t i = 0; i < r->who.n_actors; i++) {
        const struct actor *a = &r->who.actors[i];
        if (mention_reads(e, a, text) && (code.len == 0 || str_eq(str_c(a->code), code)))
            return true;
    }
    return false;
}

/* One expectation; prints what is wrong and returns the number of failures. */
static int check_line(const struct example *e, const struct reading *r, struct str line,
                      unsigned at)
{
    int failures = 0;
    if (str_starts(line, STR("not "))) {
        struct str text = str_cut(line, 4, line.len);
        if (!has_mention(e, r, text, str_of("", 0))) return 0;
        print_error("who.txt:%u: %s: '%.*s' was coded\n", at, e->title, (int)text.len, text.at);
        return 1;
    }
    size_t equals = str_find(line, '=', 0);
    assert_true(equals < line.len);
    struct str text = str_trim(str_cut(line, 0, equals));
    struct str rest = str_trim(str_cut(line, equals + 1, line.len)), code;
    while (str_next(&rest, ' ', &code)) {
        if (code.len == 0 || has_mention(e, r, text, code)) continue;
        print_error("who.txt:%u: %s: no mention '%.*s' = %.*s\n", at, e->title, (int)text.len,
                    text.at, (int)code.len, code.at);
        failures++;
    }
    return failures;
}

static void show_mentions(const struct example *e, const struct reading *r)
{
    for (uint32_t i = 0; i < r->who.n_actors; i++) {
        const struct actor *a = &r->who.actors[i];
        print_error("    found '%.*s' = %s\n", (int)(a->end - a->begin), e->story + a->begin,
                    a->code);
    }
}

/* Reads the head of an example line by line; true when the line belonged to it. */
static bool read_head(struct example *e, struct str line)
{
    size_t used = strlen(e->story);
    if (str_starts(line, STR("### "))) {
        *e = (struct example){.day = DAY_MIN};
        (void)snprintf(e->title, sizeof e->title, "%.*s", (int)line.len - 4, line.at + 4);
    } else if (str_starts(line, STR("story-date "))) {
        assert_true(date_read(str_cut(line, 11, line.len), &e->day));
    } else if (str_starts(line, STR("> "))) {
        (void)snprintf(e->story + used, sizeof e->story - used, "%s%.*s", used != 0 ? "\n" : "",
                       (int)line.len - 2, line.at + 2);
    } else {
        return line.len == 0 || line.at[0] == '#';
    }
    return true;
}

static void test_examples(void **state)
{
    static struct chain c;
    static struct example e;
    struct file_map file;
    static struct reading reading;
    dt_error err;
    int failures = 0;
    (void)state;
    if (!open_chain(&c)) {
        print_message("no model/english.dtm or no compiled knowledge: skipped\n");
        skip();
    }
    assert_int_equal(file_map_open(DT_SOURCE_DIR "/test/spec/who.txt", &file, &err), DT_OK);
    struct str rest = str_of((const char *)file.at, file.len), line;
    bool read = false;
    for (unsigned at = 1; str_next(&rest, '\n', &line); at++) {
        if (read_head(&e, line)) {
            read = false;
            continue;
        }
        if (!read) read_story(&c, &e, &reading);
        read = true;
        int wrong = check_line(&e, &reading, line, at);
        if (wrong != 0) show_mentions(&e, &reading);
        failures += wrong;
    }
    file_map_close(&file);
    assert_int_equal(failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
