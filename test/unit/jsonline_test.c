/* jsonline_test.c - plain objects are read as jansson reads them, and the rest by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "store/jsonline.h"

static struct arena arena;

static struct json_line read_line(const char *line)
{
    struct json_line object;
    dt_error err = {0};
    if (jsonline_read(&arena, str_c(line), "in", 1, &object, &err) != DT_OK)
        fail_msg("%s gave: %s", line, err.text);
    return object;
}

static void has_text(const char *line, struct str want)
{
    struct json_line object = read_line(line);
    const struct json_member *m = jsonline_member(&object, "t");
    assert_int_equal(m->kind, JSON_KIND_TEXT);
    if (!str_eq(m->text, want)) fail_msg("%s gave: %s", line, m->text.at);
    assert_int_equal(m->text.at[m->text.len], '\0');
}

static void texts_are_unescaped(void **state)
{
    (void)state;
    has_text("{\"t\":\"\"}", STR(""));
    has_text(" { \"a\" : 1 , \"t\" : \"b\" } \r", STR("b"));
    has_text("{\"t\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"}", STR("\"\\/\b\f\n\r\t"));
    has_text("{\"t\":\"\\u0041\\u00e9\\u20AC\\ud83d\\ude00!\"}",
             STR("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80!"));
    has_text("{\"t\":\"a\\u0000b\"}", STR("a\0b"));
    has_text("{\"\\u0074\":\"name\"}", STR("name"));
    has_text("{\"t\":\"first\",\"t\":\"last\"}", STR("last"));
    has_text("{\"x\":{\"t\":\"inner\"},\"t\":\"outer\"}", STR("outer"));
}

static void kinds_are_told(void **state)
{
    (void)state;
    struct json_line o = read_line("{\"a\":null,\"b\":-12,\"c\":0,\"d\":123456789012345678}");
    assert_int_equal(jsonline_member(&o, "a")->kind, JSON_KIND_NULL);
    assert_int_equal(jsonline_member(&o, "b")->kind, JSON_KIND_WHOLE);
    assert_int_equal(jsonline_member(&o, "b")->whole, -12);
    assert_int_equal(jsonline_member(&o, "c")->whole, 0);
    assert_int_equal(jsonline_member(&o, "d")->whole, 123456789012345678);
    assert_int_equal(jsonline_member(&o, "e")->kind, JSON_KIND_NONE);
    o = read_line("{\"a\":1.5,\"b\":true,\"c\":[],\"d\":1234567890123456789,\"e\":null}");
    assert_int_equal(jsonline_member(&o, "a")->kind, JSON_KIND_OTHER);
    assert_int_equal(jsonline_member(&o, "b")->kind, JSON_KIND_OTHER);
    assert_int_equal(jsonline_member(&o, "c")->kind, JSON_KIND_OTHER);
    assert_int_equal(jsonline_member(&o, "d")->whole, 1234567890123456789);
    assert_int_equal(jsonline_member(&o, "e")->kind, JSON_KIND_NULL);
    o = read_line("{}");
    assert_int_equal(o.n, 0);
}

static void what_is_no_json_is_refused(void **state)
{
    (void)state;
    static const char *const lines[] = {"",
                                        "{",
                                        "{\"t\"",
                                        "{\"t\":",
                                        "{\"t\":\"",
                                        "{\"t\":\"\\",
                                        "{\"t\":\"\\\"}",
                                        "{\"t\":\"a\",}",
                                        "{\"t\":\"a\"}x",
                                        "{\"t\":\"a\tb\"}",
                                        "{\"t\":\"\\x\"}",
                                        "{\"t\":\"\\u12\"}",
                                        "{\"t\":\"\\ud800\"}",
                                        "{\"t\":\"\\ud800\\u0041\"}",
                                        "{\"t\":\"\\udc00\"}",
                                        "{\"t\":01}",
                                        "{\"t\":-}",
                                        "{\"t\":nul}",
                                        "{\"t\":nullx}",
                                        "{\"t\":1x}",
                                        "{\"\\u0000\":1}",
                                        "[]"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        struct json_line object;
        dt_error err = {0};
        if (jsonline_read(&arena, str_c(lines[i]), "in", 7, &object, &err) != DT_E_STORY)
            fail_msg("%s was read", lines[i]);
        assert_non_null(strstr(err.text, "in:7: the line is "));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(texts_are_unescaped),
                                       cmocka_unit_test(kinds_are_told),
                                       cmocka_unit_test(what_is_no_json_is_refused)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
