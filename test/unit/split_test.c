/* split_test.c - atoms, the splitter's sections, and the rules that stand in for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "text/split.h"

static struct arena arena;

static void test_atoms(void **state)
{
    (void)state;
    struct atom *atoms;
    const struct str text = STR("  It's 1,50\xE2\x82\xAC.\n\nNa\xC3\xAFve\r\nend");
    static const char *const want[] = {
        "It", "'", "s", "1", ",", "50", "\xE2\x82\xAC", ".", "Na\xC3\xAFve", "end"};
    static const uint8_t gaps[] = {0, 0, 1, 0, 0, 0, 0, 3, 2, 0};
    const uint32_t n = text_atoms(&arena, text, &atoms);
    assert_int_equal(n, sizeof gaps);
    for (uint32_t i = 0; i < n; i++) {
        assert_true(str_eq(str_cut(text, atoms[i].begin, atoms[i].end), str_c(want[i])));
        assert_int_equal(atoms[i].gap, gaps[i]);
    }
}

/* The table of bytes says what utf8.h says. */
static void test_every_byte(void **state)
{
    (void)state;
    for (int c = 0; c < 128; c++) {
        const char text[1] = {(char)c};
        struct atom *atoms;
        const uint32_t n = text_atoms(&arena, str_of(text, 1), &atoms);
        const enum utf8_class class = utf8_class_of((uint32_t)c);
        const bool blank = class == UTF8_BLANK || class == UTF8_CONTROL;
        assert_int_equal(n, !blank);
        if (blank) continue;
        assert_int_equal(atoms[0].kind, class == UTF8_LETTER  ? ATOM_LETTERS
                                        : class == UTF8_DIGIT ? ATOM_DIGITS
                                                              : ATOM_OTHER);
    }
}

/* What the sections of a small model say; NULL: it has no such section. */
struct small_model {
    const char *cuts, *words;
    uint32_t version; /* of the features; 0: no weights */
    void *bytes;
    struct bundle bundle;
    dt_error err;
};

static dt_status open_small(struct small_model *m, struct splitter **out)
{
    static struct bundle_writer w;
    static const int16_t weights[8 * SPLIT_LABELS];
    const uint32_t dim[3] = {m->version, 3, SPLIT_LABELS};
    size_t len;
    bundle_begin(&w, "MODL", 1);
    if (m->version != 0) bundle_add(&w, "spl.dim", dim, 3, 4);
    if (m->version != 0) bundle_add(&w, "spl.w", weights, 8 * SPLIT_LABELS, 2);
    if (m->cuts != NULL) bundle_add(&w, "spl.cut", m->cuts, strlen(m->cuts), 1);
    if (m->words != NULL) bundle_add(&w, "spl.word", m->words, strlen(m->words), 1);
    assert_int_equal(bundle_finish(&w, &m->bytes, &len, NULL), DT_OK);
    assert_int_equal(bundle_attach(m->bytes, len, "memory", "MODL", 1, 1, &m->bundle, NULL), DT_OK);
    return splitter_new(&m->bundle, out, &m->err);
}

/* Rules with a few words: titles, clitics, ends of addresses. */
static void test_rules(void **state)
{
    (void)state;
    struct splitter *splitter;
    struct text_layer t;
    struct small_model m = {.words = "# a test\n\ntitle mr dr\nclitic s\ndomain org\n"};
    assert_int_equal(open_small(&m, &splitter), DT_OK);
    assert_true(text_analyse(
        &(struct text_rules){splitter, NULL}, &arena,
        STR("Mr. Brook can't pay $1.50, he said. \"It's late.\" See http://a.org/b, please."), &t));
    static const char *const want[] = {"Mr.",
                                       "Brook",
                                       "ca",
                                       "n't",
                                       "pay",
                                       "$",
                                       "1.50",
                                       ",",
                                       "he",
                                       "said",
                                       ".",
                                       "\"",
                                       "It",
                                       "'s",
                                       "late",
                                       ".",
                                       "\"",
                                       "See",
                                       "http://a.org/b",
                                       ",",
                                       "please",
                                       "."};
    assert_int_equal(t.n_sentences, 3);
    assert_int_equal(t.n_tokens, sizeof want / sizeof want[0]);
    for (uint32_t i = 0; i < t.n_tokens; i++)
        assert_true(str_eq(t.tokens[i].form, str_c(want[i])));
    assert_true((t.tokens[3].flags & TOKEN_GLUED) != 0);
    splitter_free(splitter);
    free(m.bytes);
}

/* Without any words a stop before a capital ends the sentence. */
static void test_rules_without_words(void **state)
{
    (void)state;
    struct text_layer t;
    assert_true(text_analyse(NULL, &arena, STR("Mr. Brook can't pay."), &t));
    assert_int_equal(t.n_sentences, 2);
    assert_int_equal(t.n_tokens, 7);
    assert_true(str_eq(t.tokens[3].form, STR("ca")));
}

static void expect_refused(struct small_model m, dt_status status, const char *message)
{
    struct splitter *splitter;
    assert_int_equal(open_small(&m, &splitter), status);
    assert_null(splitter);
    assert_non_null(strstr(m.err.text, message));
    free(m.bytes);
}

static void test_sections(void **state)
{
    (void)state;
    struct splitter *splitter;
    struct small_model m = {.cuts = "cannot\t3\ngonna\t3\n", .words = "", .version = SPLIT_VERSION};
    assert_int_equal(open_small(&m, &splitter), DT_OK);
    assert_int_equal(split_inside(splitter, STR("Cannot")), 3);
    assert_int_equal(split_inside(splitter, STR("cannon")), 0);
    assert_int_equal(split_inside(splitter, STR("")), 0);
    splitter_free(splitter);
    free(m.bytes);
    static const char *const bad[] = {"cannot\n", "cannot\t6\n", "cannot\t0\n", "cannot\tx\n",
                                      "1a\t1\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect_refused((struct small_model){bad[i], "", SPLIT_VERSION, .bytes = NULL},
                       DT_E_MODEL_CORRUPT, "line 1 of section spl.cut");
    expect_refused((struct small_model){"", "", SPLIT_VERSION + 1, .bytes = NULL},
                   DT_E_MODEL_VERSION, "spl.dim was made for another splitter");
    expect_refused((struct small_model){"", NULL, SPLIT_VERSION, .bytes = NULL}, DT_E_MODEL_CORRUPT,
                   "has no section spl.word");
}

static void test_words(void **state)
{
    (void)state;
    static struct split_words words;
    assert_int_equal(split_words_read(&words, STR("title mr gov\ndomain gov\nstarter the")), 0);
    assert_int_equal(split_words_find(&words, STR("Mr"))->class, SPLIT_TITLE);
    assert_int_equal(split_words_find(&words, STR("THE"))->class, SPLIT_STARTER);
    assert_int_equal(split_words_find(&words, STR("governor"))->class, SPLIT_OTHER);
    assert_true(split_word_is(&words, STR("gov"), SPLIT_TITLE));
    assert_true(split_word_is(&words, STR("gov"), SPLIT_DOMAIN));
    assert_false(split_word_is(&words, STR("mr"), SPLIT_DOMAIN));
    assert_false(split_word_is(NULL, STR("gov"), SPLIT_DOMAIN));
    static const char *const bad[] = {"titles mr",      "title Mr", "title mr\ntail mr",
                                      "title governor", "title a1", "title \xC3\xA9"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        static struct split_words none;
        none = (struct split_words){.n = 0};
        assert_int_equal(split_words_read(&none, str_c(bad[i])), i == 2 ? 2 : 1);
    }
}

/* The list has an end: one more is refused, none is lost. */
static void test_too_many_words(void **state)
{
    (void)state;
    static struct split_words words;
    char text[SPLIT_WORDS_MOST * 4 + 40] = "plain";
    size_t n = strlen(text);
    for (int i = 0; i < SPLIT_WORDS_MOST; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, " %c%c%c", 'a' + i / 26 / 26,
                              'a' + i / 26 % 26, 'a' + i % 26);
    assert_int_equal(split_words_read(&words, str_of(text, n)), 0);
    assert_true(split_word_is(&words, STR("aaa"), SPLIT_PLAIN));
    assert_true(split_word_is(&words, STR("atr"), SPLIT_PLAIN));
    assert_int_equal(split_words_read(&words, STR("plain zzz")), 1);
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_atoms),   cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_rules),   cmocka_unit_test(test_rules_without_words),
        cmocka_unit_test(test_words),   cmocka_unit_test(test_too_many_words),
        cmocka_unit_test(test_sections)};
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
