/* text_test.c - paragraphs, sentences and tokens of odd bytes, and the time that endless input
 * takes. The cases in prose are in test/spec/text.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "know/compile.h"
#include "story/model.h"
#include "text/split.h"

static struct bundle model;
static struct splitter *splitter; /* NULL when there is no model file */
static struct know know;          /* with the boilerplate of our base */
static void *know_bytes;
static struct text_rules rules; /* both */

static const char boiler_pool[] = "all rights reserved\0copyright 2\0watch:\0your browser";
static const struct boiler_rule boiler_list[] = {
    {0, BOILER_BEGINNING}, {20, BOILER_BEGINNING}, {32, BOILER_BRIEF}, {39, BOILER_ANYWHERE}};
static const struct boiler_rules boiler = {boiler_list, boiler_pool, 4};

static const char *source_path(const char *name, char path[4096])
{
    snprintf(path, 4096, "%s/%s", DT_SOURCE_DIR, name);
    return path;
}

static void read_boilerplate(void)
{
    char path[4096];
    struct compile *c = NULL;
    struct file_map map;
    size_t len;
    assert_int_equal(file_map_open(source_path("knowledge/boilerplate.txt", path), &map, NULL),
                     DT_OK);
    assert_int_equal(compile_new(&c, NULL), DT_OK);
    assert_int_equal(compile_add_text(c, path, STR("boilerplate.txt"),
                                      str_of((const char *)map.at, map.len), NULL),
                     DT_OK);
    assert_int_equal(compile_know(c, NULL), DT_OK);
    assert_int_equal(compile_bytes(c, &know_bytes, &len, NULL), DT_OK);
    assert_int_equal(know_attach(know_bytes, len, "boilerplate", &know, NULL), DT_OK);
    compile_free(c);
    file_map_close(&map);
    rules.boiler = &know.boiler;
}

static int open_model(void **state)
{
    char path[4096];
    const char *named = getenv("DETENTE_MODEL");
    (void)state;
    read_boilerplate();
    if (named == NULL) named = source_path("model/english.dtm", path);
    if (bundle_open(named, "MODL", MODEL_VERSION_MIN, MODEL_VERSION_MAX, &model, NULL) != DT_OK)
        return 0;
    (void)splitter_new(&model, &splitter, NULL);
    rules.splitter = splitter;
    return 0;
}

static int close_model(void **state)
{
    (void)state;
    splitter_free(splitter);
    bundle_close(&model);
    know_close(&know);
    free(know_bytes);
    return 0;
}

/* The model has the words that the splitter is trained with: they may not drift apart. */
static void test_words_of_model(void **state)
{
    char path[4096];
    struct file_map map;
    struct bundle_section section;
    (void)state;
    if (splitter == NULL || getenv("DETENTE_MODEL") != NULL) skip(); /* not our model */
    assert_int_equal(file_map_open(source_path("train/abbreviations.txt", path), &map, NULL),
                     DT_OK);
    assert_int_equal(bundle_find(&model, "spl.word", 1, &section, NULL), DT_OK);
    assert_int_equal(section.len, map.len);
    assert_memory_equal(section.at, map.at, map.len);
    file_map_close(&map);
}

/* ---- properties ---- */

static void check_layer(const struct text_layer *t)
{
    uint32_t token = 0, sentence = 0, byte = 0;
    for (uint32_t p = 0; p < t->n_paragraphs; p++) {
        assert_int_equal(t->paragraphs[p].sentence_begin, sentence);
        sentence = t->paragraphs[p].sentence_end;
    }
    assert_int_equal(sentence, t->n_sentences);
    for (uint32_t s = 0; s < t->n_sentences; s++) {
        const struct sentence *x = &t->sentences[s];
        assert_int_equal(x->token_begin, token);
        assert_true(x->token_end > token && x->token_end - token <= 500);
        assert_int_equal(x->begin, t->tokens[token].begin);
        token = x->token_end;
        assert_int_equal(x->end, t->tokens[token - 1].end);
    }
    assert_int_equal(token, t->n_tokens);
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        assert_true(t->tokens[i].begin >= byte && t->tokens[i].end > t->tokens[i].begin);
        byte = t->tokens[i].end;
        assert_true(byte <= t->text.len && t->tokens[i].atom < t->n_atoms);
    }
}

static void analyse(struct arena *arena, struct str text, struct text_layer *t)
{
    arena_reset(arena);
    assert_true(text_analyse(&rules, arena, text, t));
    check_layer(t);
}

static void test_random_bytes(void **state)
{
    static const char *const pieces[] = {"a",
                                         "Z",
                                         "n't",
                                         "don't",
                                         "cannot",
                                         " ",
                                         "\n",
                                         "\n\n",
                                         ".",
                                         ",",
                                         "'",
                                         "\"",
                                         "\xE2\x80\x99",
                                         "\xE2\x80",
                                         "\xFF",
                                         "\xC3\xA9",
                                         "7",
                                         "-",
                                         "/",
                                         "@",
                                         "#",
                                         "http://",
                                         "\r\n",
                                         "\t",
                                         "(",
                                         ")",
                                         "U.S.",
                                         "\xC2\xAD",
                                         "com",
                                         "Click here"};
    (void)state;
    struct arena arena = {0};
    struct text_layer t;
    uint32_t seed = 1;
    char text[512];
    for (int round = 0; round < 4000; round++) {
        size_t len = 0;
        for (int k = 0; k < 30; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof pieces[0])];
            memcpy(text + len, piece, strlen(piece));
            len += strlen(piece);
        }
        analyse(&arena, str_of(text, len), &t);
    }
    arena_free(&arena);
}

static void test_empty(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text_layer t;
    analyse(&arena, STR(""), &t);
    assert_int_equal(t.n_paragraphs, 0);
    analyse(&arena, STR(" \n\0\t\n "), &t);
    assert_int_equal(t.n_tokens, 0);
    arena_free(&arena);
}

static void test_invalid_bytes(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text_layer t;
    analyse(&arena, STR("Mas\xE9 said so."), &t);
    assert_int_equal(t.tokens[0].end, 4);
    assert_true(str_eq(t.tokens[0].form, STR("Mas\xEF\xBF\xBD")));
    assert_int_equal(t.tokens[1].begin, 5);
    arena_free(&arena);
}

static void test_capitals(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text_layer t;
    analyse(&arena, STR("ENVOYS MEET IN OSLO\n\nThe UN envoys met."), &t);
    assert_int_equal(t.n_sentences, 2);
    assert_true((t.tokens[0].flags & TOKEN_CAPS_LINE) != 0);
    assert_true((t.tokens[t.sentences[1].token_begin].flags & TOKEN_CAPS_LINE) == 0);
    arena_free(&arena);
}

static void test_case_of_a_text(void **state)
{
    struct arena arena = {0};
    struct text_layer t;
    (void)state;
    analyse(&arena, STR("the envoys met in port anna on monday, as they had said before."), &t);
    assert_true(t.caseless);
    analyse(&arena, STR("The envoys met in Port Anna on Monday, as they had said before."), &t);
    assert_false(t.caseless);
    analyse(&arena, STR("they met."), &t);
    assert_false(t.caseless);
    arena_free(&arena);
}

static void test_wrapped_lines(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text_layer t;
    analyse(
        &arena,
        STR("HARBOUR TALKS RESUME\n\nThe two delegations resumed their talks on the\nharbour of "
            "Port "
            "Anna, which has been closed since\nFebruary after a quarrel about its customs.\n    A "
            "spokesman said that an accord was close.\n"),
        &t);
    assert_int_equal(t.n_paragraphs, 3);
    assert_int_equal(t.n_sentences, 3);
    analyse(&arena, STR("Envoys meet\nThe two envoys met on Monday.\nnothing was signed"), &t);
    assert_int_equal(t.n_paragraphs, 3);
    analyse(&arena,
            STR("THE TWO DELEGATIONS RESUMED THEIR TALKS ON THE\nHARBOUR OF PORT ANNA, WHICH HAS "
                "BEEN CLOSED\nFOR A MONTH."),
            &t);
    assert_int_equal(t.n_paragraphs, 1);
    assert_int_equal(t.n_sentences, 1);
    analyse(&arena, STR("ENVOYS MEET\nHARBOUR STAYS CLOSED\nNOTHING SIGNED"), &t);
    assert_int_equal(t.n_paragraphs, 3);
    arena_free(&arena);
}

static void test_boilerplate(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct text_layer t;
    analyse(&arena, STR("The king left.\nAll rights reserved.\nCopyright law was changed."), &t);
    assert_int_equal(t.n_paragraphs, 3);
    assert_int_equal(t.paragraphs[1].boilerplate, 1);
    assert_int_equal(t.paragraphs[2].boilerplate, 0);
    assert_int_equal(t.n_sentences, 2);
    const struct text_rules none = {splitter, NULL};
    assert_true(text_analyse(&none, &arena, STR("The king left.\nAll rights reserved."), &t));
    assert_int_equal(t.n_sentences, 2);
    arena_free(&arena);
}

/* Where a text of boilerplate may stand, and how long its paragraph may be. */
static void test_kinds_of_boilerplate(void **state)
{
    static const struct {
        const char *text;
        bool boilerplate;
    } cases[] = {
        {"COPYRIGHT 2024 The Harbour Times", true},
        {"It has the copyright 2024.", false},
        {"Watch: the fire in the harbour", true},
        {"Watch: the minister said that the fire in the harbour had burnt for two days", false},
        {"It seems that your browser is old.", true},
        {"", false}};
    (void)state;
    char long_one[400];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(boiler_match(&boiler, str_c(cases[i].text)), cases[i].boilerplate);
    memset(long_one, 'x', sizeof long_one);
    memcpy(long_one, "copyright 2", 11);
    assert_true(boiler_match(&boiler, str_of(long_one, 240)));
    assert_false(boiler_match(&boiler, str_of(long_one, 241)));
    assert_true(boiler_match(&boiler, STR("copyright 2\0 your")));
}

/* ---- time ---- */

static void time_repeated(const char *piece, size_t bytes)
{
    struct arena arena = {0};
    struct text_layer t;
    const size_t len = strlen(piece);
    char *text = malloc(bytes);
    assert_non_null(text);
    for (size_t i = 0; i < bytes; i++)
        text[i] = piece[i % len];
    const clock_t start = clock();
    assert_true(text_analyse(&rules, &arena, str_of(text, bytes), &t));
    const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    check_layer(&t);
    if (seconds > 6) fail_msg("%zu bytes of \"%s\" took %.1f s", bytes, piece, seconds);
    free(text);
    arena_free(&arena);
}

static void test_time(void **state)
{
    (void)state;
    time_repeated("a", 10000000);
    time_repeated("a1", 2000000);
    time_repeated("http://a.b/", 2000000);
    time_repeated("\"", 4000000);
    time_repeated("a line of a few words\n", 2200000);
    time_repeated("\n", 10000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_empty),
                                       cmocka_unit_test(test_invalid_bytes),
                                       cmocka_unit_test(test_capitals),
                                       cmocka_unit_test(test_wrapped_lines),
                                       cmocka_unit_test(test_case_of_a_text),
                                       cmocka_unit_test(test_boilerplate),
                                       cmocka_unit_test(test_kinds_of_boilerplate),
                                       cmocka_unit_test(test_random_bytes),
                                       cmocka_unit_test(test_time),
                                       cmocka_unit_test(test_words_of_model)};
    return cmocka_run_group_tests(tests, open_model, close_model);
}
