/* feature_test.c - the rows of a word: same text, same rows; what must not matter, does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lang/feature.h"

struct rows {
    uint32_t id[FEATURE_COUNT];
};

static struct rows rows_of(const char *form, unsigned flags)
{
    struct rows r;
    feature_ids(str_c(form), flags, r.id);
    return r;
}

static void assert_same(const char *a, unsigned a_flags, const char *b, unsigned b_flags)
{
    struct rows x = rows_of(a, a_flags), y = rows_of(b, b_flags);
    assert_memory_equal(&x, &y, sizeof x);
}

static void test_each_kind_has_its_range(void **state)
{
#define CHECK_RANGE(kind, size)                                                                    \
    assert_true(r.id[FEATURE_##kind] >= begin && r.id[FEATURE_##kind] < begin + (size));           \
    begin += (size);
    static const char *const forms[] = {
        "", "a", "of", "Talks", "U.S.", "1987", "\xC3\x89lys\303\251e"};
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct rows r = rows_of(forms[i], 0);
        uint32_t begin = 0;
        FEATURE_LIST(CHECK_RANGE)
        assert_int_equal(begin, FEATURE_ROWS);
    }
}

static void test_case_matters_for_exact_and_shape_only(void **state)
{
    struct rows a = rows_of("Embassy", 0), b = rows_of("embassy", 0);
    (void)state;
    for (int kind = 0; kind < FEATURE_COUNT; kind++) {
        if (kind == FEATURE_EXACT || kind == FEATURE_SHAPE)
            assert_int_not_equal(a.id[kind], b.id[kind]);
        else
            assert_int_equal(a.id[kind], b.id[kind]);
    }
}

static void test_capitals_line_hides_case(void **state)
{
    struct rows a = rows_of("ENVOYS", FEATURE_CAPS), b = rows_of("envoys", 0);
    (void)state;
    assert_int_equal(a.id[FEATURE_EXACT], b.id[FEATURE_EXACT]);
    assert_int_equal(a.id[FEATURE_FORM], b.id[FEATURE_FORM]);
    assert_int_not_equal(a.id[FEATURE_SHAPE], b.id[FEATURE_SHAPE]);
}

static void test_first_word_changes_shape_only(void **state)
{
    struct rows a = rows_of("Envoys", FEATURE_FIRST), b = rows_of("Envoys", 0);
    (void)state;
    assert_int_not_equal(a.id[FEATURE_SHAPE], b.id[FEATURE_SHAPE]);
    a.id[FEATURE_SHAPE] = b.id[FEATURE_SHAPE];
    assert_memory_equal(&a, &b, sizeof a);
}

static void test_typography_does_not_matter(void **state)
{
    (void)state;
    assert_same("\xE2\x80\x9C", 0, "\"", 0);
    assert_same("\xE2\x80\x99s", 0, "'s", 0);
    assert_same("\xE2\x80\xA6", 0, "...", 0);
    assert_same("\xE2\x80\x93", 0, "-", 0);
    assert_same("\xE2\x80\x94", 0, "--", 0);
    assert_same("1987", 0, "2024", 0);
}

static void test_affixes_are_shared(void **state)
{
    struct rows a = rows_of("negotiations", 0), b = rows_of("negates", 0),
                c = rows_of("stations", 0);
    (void)state;
    assert_int_equal(a.id[FEATURE_PREFIX3], b.id[FEATURE_PREFIX3]);
    assert_int_equal(a.id[FEATURE_SUFFIX2], c.id[FEATURE_SUFFIX2]);
    assert_int_equal(a.id[FEATURE_SUFFIX3], c.id[FEATURE_SUFFIX3]);
    assert_int_equal(a.id[FEATURE_SUFFIX4], c.id[FEATURE_SUFFIX4]);
    assert_int_not_equal(a.id[FEATURE_FORM], c.id[FEATURE_FORM]);
}

static void test_any_bytes_are_a_form(void **state)
{
    enum { LONG_FORM = 100000 };
    struct rows r;
    char *bytes = malloc(LONG_FORM);
    (void)state;
    assert_non_null(bytes);
    for (unsigned fill = 0; fill < 256; fill++) {
        memset(bytes, (int)fill, LONG_FORM);
        for (size_t len = 0; len < 260; len++)
            feature_ids(str_of(bytes, len), fill & 3, r.id);
        feature_ids(str_of(bytes, LONG_FORM), fill & 3, r.id);
        for (int kind = 0; kind < FEATURE_COUNT; kind++)
            assert_true(r.id[kind] < FEATURE_ROWS);
    }
    free(bytes);
}

/* Published models depend on these numbers: if they change, FEATURE_VERSION must, too. */
static void test_rows_are_pinned(void **state)
{
    static const struct rows expected = {{60630, 158773, 167617, 168004, 170118, 177813, 181591}};
    struct rows r = rows_of("Talks", 0);
    (void)state;
    assert_int_equal(FEATURE_VERSION, 3);
    assert_memory_equal(&r, &expected, sizeof r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_kind_has_its_range),
        cmocka_unit_test(test_case_matters_for_exact_and_shape_only),
        cmocka_unit_test(test_capitals_line_hides_case),
        cmocka_unit_test(test_first_word_changes_shape_only),
        cmocka_unit_test(test_typography_does_not_matter),
        cmocka_unit_test(test_affixes_are_shared),
        cmocka_unit_test(test_any_bytes_are_a_form),
        cmocka_unit_test(test_rows_are_pinned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
