/* str_test.c - borrowed text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <limits.h>

#include "base/str.h"

static void test_compare(void **state)
{
    (void)state;
    assert_true(str_eq(STR(""), str_of(NULL, 0)));
    assert_false(str_eq(STR("ab"), STR("abc")));
    assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
    assert_true(str_cmp(STR("b"), STR("abc")) > 0);
    assert_true(str_cmp(STR("\xFF"), STR("a")) > 0); /* bytes, not signed characters */
    assert_int_equal(str_cmp(STR(""), STR("")), 0);
    assert_true(str_eq_nocase(STR("OsLo-1"), STR("oSlO-1")));
    assert_false(str_eq_nocase(STR("["), STR("{"))); /* differ by the bit of case, are no letters */
    assert_false(str_eq_nocase(STR("a"), STR("ab")));
    assert_true(str_starts(STR("Oslo"), STR("Os")) && str_starts(STR("Oslo"), STR("")));
    assert_true(str_ends(STR("Oslo"), STR("lo")) && !str_ends(STR("lo"), STR("Oslo")));
    assert_int_equal(str_c(NULL).len, 0);
}

static void test_trim_find(void **state)
{
    (void)state;
    assert_true(str_eq(str_trim(STR(" \t\r\n a b \n")), STR("a b")));
    assert_int_equal(str_trim(STR(" \n ")).len, 0);
    assert_int_equal(str_find(STR("a,b,c"), ',', 0), 1);
    assert_int_equal(str_find(STR("a,b,c"), ',', 2), 3);
    assert_int_equal(str_find(STR("a,b,c"), ';', 0), 5);
    assert_int_equal(str_find(STR(""), ';', 0), 0);
}

static void test_next(void **state)
{
    (void)state;
    struct str rest = STR("one, two ,,three"), piece;
    assert_true(str_next(&rest, ',', &piece) && str_eq(piece, STR("one")));
    assert_true(str_next(&rest, ',', &piece) && str_eq(piece, STR("two")));
    assert_true(str_next(&rest, ',', &piece) && piece.len == 0);
    assert_true(str_next(&rest, ',', &piece) && str_eq(piece, STR("three")));
    assert_false(str_next(&rest, ',', &piece));
}

static void test_int(void **state)
{
    (void)state;
    long n = 0;
    assert_true(str_int(STR("0"), &n) && n == 0);
    assert_true(str_int(STR("-17"), &n) && n == -17);
    assert_true(str_int(STR("2147483647"), &n) && n == INT_MAX);
    assert_false(str_int(STR(""), &n));
    assert_false(str_int(STR("-"), &n));
    assert_false(str_int(STR("12a"), &n));
    assert_false(str_int(STR("99999999999999999999999"), &n));
}

static void test_hash(void **state)
{
    (void)state;
    assert_true(str_hash(STR("Oslo")) == str_hash(str_of("Oslo!", 4)));
    assert_true(str_hash(STR("Oslo")) != str_hash(STR("oslo")));
    assert_true(str_hash_seed(STR("Oslo"), 1) != str_hash_seed(STR("Oslo"), 2));
    assert_true(str_hash(STR("")) == UINT64_C(0x2D06800538D394C2)); /* XXH3's own value */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare), cmocka_unit_test(test_trim_find),
        cmocka_unit_test(test_next), cmocka_unit_test(test_int), cmocka_unit_test(test_hash)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
