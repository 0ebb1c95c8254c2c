/* utf8_test.c - every code point there and back, and every kind of invalid sequence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/utf8.h"

static void test_all_code_points(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        if (cp >= 0xD800 && cp < 0xE000) continue;
        char bytes[4];
        uint32_t back;
        const size_t n = utf8_encode(cp, bytes);
        if (utf8_decode(str_of(bytes, n), 0, &back) != n || back != cp)
            fail_msg("U+%04X", (unsigned)cp);
    }
}

/* The first character must be U+FFFD of `taken` bytes; `count` characters in all. */
static void check_invalid(struct str s, size_t taken, size_t count)
{
    uint32_t cp;
    assert_int_equal(utf8_decode(s, 0, &cp), taken);
    assert_int_equal(cp, UTF8_REPLACEMENT);
    assert_int_equal(utf8_count(s), count);
    assert_int_equal(utf8_valid_len(s), 0);
}

static void test_invalid(void **state)
{
    (void)state;
    check_invalid(STR("\x80"), 1, 1); /* continuation alone */
    check_invalid(STR("\xBF\xBF"), 1, 2);
    check_invalid(STR("\xC0\x80"), 1, 2); /* overlong */
    check_invalid(STR("\xC1\xBF"), 1, 2);
    check_invalid(STR("\xE0\x9F\xBF"), 1, 3);
    check_invalid(STR("\xF0\x8F\xBF\xBF"), 1, 4);
    check_invalid(STR("\xED\xA0\x80"), 1, 3);     /* surrogate */
    check_invalid(STR("\xF4\x90\x80\x80"), 1, 4); /* past U+10FFFF */
    check_invalid(STR("\xF5\x80\x80\x80"), 1, 4);
    check_invalid(STR("\xFE"), 1, 1);
    check_invalid(STR("\xFF"), 1, 1);
    check_invalid(STR("\xC3"), 1, 1); /* cut off */
    check_invalid(STR("\xE2\x80"), 2, 1);
    check_invalid(STR("\xF0\x9F\x98"), 3, 1);
    check_invalid(STR("\xC3"
                      "a"),
                  1, 2); /* interrupted */
    check_invalid(STR("\xE2\x80"
                      "a"),
                  2, 2);
    check_invalid(STR("\xF0\x9F\x98"
                      "a"),
                  3, 2);
    check_invalid(STR("\xE2\xE2\x82\xAC"), 1, 2);
}

/* All sequences of up to three bytes: progress is made, and never past the end. */
static void test_all_short(void **state)
{
    (void)state;
    for (uint32_t v = 0; v < 1u << 24; v += 1 + (v >> 20 & 1)) {
        const char bytes[3] = {(char)(v >> 16), (char)(v >> 8), (char)v};
        uint32_t cp;
        for (size_t off = 0, n; off < 3; off += n) {
            n = utf8_decode(str_of(bytes, 3), off, &cp);
            if (n < 1 || off + n > 3) fail_msg("%06X", (unsigned)v);
        }
    }
}

static void test_valid_len(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid_len(STR("caf\xC3\xA9")), 5);
    assert_int_equal(utf8_valid_len(STR("caf\xC3\xA9\xFF")), 5);
    assert_int_equal(utf8_valid_len(STR("\xEF\xBF\xBD!")), 4); /* U+FFFD itself is valid */
    assert_int_equal(utf8_count(STR("caf\xC3\xA9")), 4);
}

static void test_classes(void **state)
{
    (void)state;
    assert_int_equal(utf8_class_of('a'), UTF8_LETTER);
    assert_int_equal(utf8_class_of(0x0416), UTF8_LETTER);
    assert_int_equal(utf8_class_of(0x0301), UTF8_LETTER); /* a mark */
    assert_int_equal(utf8_class_of('7'), UTF8_DIGIT);
    assert_int_equal(utf8_class_of(0x0663), UTF8_DIGIT);
    assert_int_equal(utf8_class_of('\n'), UTF8_BLANK);
    assert_int_equal(utf8_class_of(0xA0), UTF8_BLANK);
    assert_int_equal(utf8_class_of(0x200B), UTF8_BLANK);
    assert_int_equal(utf8_class_of(0xFEFF), UTF8_BLANK);
    assert_int_equal(utf8_class_of(0x201C), UTF8_PUNCT);
    assert_int_equal(utf8_class_of('.'), UTF8_PUNCT);
    assert_int_equal(utf8_class_of('$'), UTF8_SYMBOL);
    assert_int_equal(utf8_class_of(0x20AC), UTF8_SYMBOL);
    assert_int_equal(utf8_class_of(0), UTF8_CONTROL);
    assert_int_equal(utf8_lower(0x0416), 0x0436);
    assert_int_equal(utf8_upper(0xE9), 0xC9);
    assert_int_equal(utf8_lower('['), '[');
    assert_true(utf8_is_upper('Q') && !utf8_is_upper('q') && utf8_is_lower(0xE9) &&
                !utf8_is_lower('1'));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_code_points), cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_all_short), cmocka_unit_test(test_valid_len),
        cmocka_unit_test(test_classes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
