/* decimal_test.c - numbers are written short and read back as the same number. */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

static void numbers_are_short(void **state)
{
    (void)state;
    static const struct {
        double x;
        const char *text;
    } cases[] = {{0, "0"},
                 {-10, "-10"},
                 {3.4, "3.4"},
                 {-0.05, "-0.05"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1500000, "1500000"},
                 {123456.789, "123456.789"},
                 {1e15, "1e+15"},
                 {1.0 / 3, "0.3333333333333333"},
                 {1e-7, "0.0000001"},
                 {DBL_MIN, "2.2250738585072014e-308"},
                 {(double)INFINITY, ""},
                 {(double)NAN, ""}};
    char text[DECIMAL_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(decimal_write(cases[i].x, text), strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
    assert_true(decimal_of_float(39.92f) == 39.92);
    assert_true(decimal_of_float(0.949999988f) == 0.95);
    assert_true(decimal_of_float(-122.41942f) == -122.41942);
    assert_true(decimal_of_float(0) == 0);
    assert_true(isnan(decimal_of_float(NAN)));
}

static uint64_t next_bits(void)
{
    static uint64_t x = 88172645463325252u;
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    return x;
}

static void they_read_back_the_same(void **state)
{
    (void)state;
    char text[DECIMAL_SIZE];
    for (int i = 0; i < 100000; i++) {
        uint64_t bits = next_bits();
        uint32_t half = (uint32_t)(bits >> 16);
        double x = 0, places = (double)(bits % 1000000007) / 10000;
        float y = 0;
        memcpy(&x, &bits, sizeof x);
        memcpy(&y, &half, sizeof y);
        if (isfinite(x)) {
            assert_true(decimal_write(x, text) < DECIMAL_SIZE);
            assert_true(strtod(text, NULL) == x);
        }
        (void)decimal_write(places, text);
        assert_true(strtod(text, NULL) == places);
        assert_true(strlen(text) <= 11);
        if (isfinite(y)) assert_true((float)decimal_of_float(y) == y);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(they_read_back_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
