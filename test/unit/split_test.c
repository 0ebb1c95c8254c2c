/* split_test.c - atoms, the splitter's sections, and the rules that stand in for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
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

static void test_rules(void **state)
{
    (void)state;
    struct text_layer t;
    assert_true(text_analyse(
        NULL, &arena,
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
}

/* A model of eight zero rows, with these cuts and this version. */
static dt_status open_small(const char *cuts, uint32_t version, struct splitter **out, void **bytes,
                            struct bundle *b)
{
    static struct bundle_writer w;
    static const int16_t weights[8 * SPLIT_LABELS];
    const uint32_t dim[3] = {version, 3, SPLIT_LABELS};
    size_t len;
    bundle_begin(&w, "MODL", 1);
    bundle_add(&w, "spl.dim", dim, 3, 4);
    bundle_add(&w, "spl.w", weights, 8 * SPLIT_LABELS, 2);
    bundle_add(&w, "spl.cut", cuts, strlen(cuts), 1);
    assert_int_equal(bundle_finish(&w, bytes, &len, NULL), DT_OK);
    assert_int_equal(bundle_attach(*bytes, len, "memory", "MODL", 1, 1, b, NULL), DT_OK);
    return splitter_new(b, out, NULL);
}

static void test_sections(void **state)
{
    (void)state;
    struct splitter *splitter;
    struct bundle b;
    void *bytes;
    assert_int_equal(open_small("cannot\t3\ngonna\t3\n", SPLIT_VERSION, &splitter, &bytes, &b),
                     DT_OK);
    assert_int_equal(split_inside(splitter, STR("Cannot")), 3);
    assert_int_equal(split_inside(splitter, STR("cannon")), 0);
    assert_int_equal(split_inside(splitter, STR("")), 0);
    splitter_free(splitter);
    free(bytes);
    static const char *const bad[] = {"cannot\n", "cannot\t6\n", "cannot\t0\n", "cannot\tx\n",
                                      "1a\t1\n"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(open_small(bad[i], SPLIT_VERSION, &splitter, &bytes, &b),
                         DT_E_MODEL_CORRUPT);
        assert_null(splitter);
        free(bytes);
    }
    assert_int_equal(open_small("", SPLIT_VERSION + 1, &splitter, &bytes, &b), DT_E_MODEL_VERSION);
    free(bytes);
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
        cmocka_unit_test(test_atoms), cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_rules), cmocka_unit_test(test_sections)};
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
