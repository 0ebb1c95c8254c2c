/* clean_test.c - the text that is read, and offsets of the story as it was given: what is taken
 * out, and that each piece of the one, cleaned, is that piece of the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "text/clean.h"

static struct arena arena;

static struct str clean(const char *title, struct str given, struct clean_map *map)
{
    struct str out;
    assert_true(clean_story(&arena, str_c(title), given, &out, map));
    return out;
}

static void expect(const char *given, const char *wanted)
{
    struct clean_map map;
    const struct str out = clean("", str_c(given), &map);
    assert_int_equal(out.len, strlen(wanted));
    assert_memory_equal(out.at, wanted, out.len);
}

static void leaves_text_alone(void **state)
{
    static const char *const plain[] = {"Iran attacked Iraq.\nAT&T; R&D & a < b <c@d.org> x<y",
                                        "Du Pont <DD> and <Mark Resources Inc> rose",
                                        "\xFF\xC2\xE2\x80 &nosuch; &#; < b> <", ""};
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
        struct clean_map map;
        const struct str out = clean("", str_c(plain[i]), &map);
        assert_ptr_equal(out.at, plain[i]);
        assert_int_equal(map.n_steps, 0);
        assert_int_equal(clean_given_end(&map, 7), 7);
    }
}

static void takes_mark_up_out(void **state)
{
    (void)state;
    expect("<p>Iran</p>", "\n\nIran\n\n");
    expect("I<b>ra</b>n<br/>x<br>y", "Iran\nx\ny");
    expect("<a href=\"x>y\" class='z'>Iran</a><!-- <p> -->", "Iran");
    expect("a<SCRIPT type=x>if (a<b) '</p>'</Script >b", "a\n\nb");
    expect("a<script>b", "a\n\nb");
    expect("<P>Iran</P>", "\n\nIran\n\n");
    expect("<!DOCTYPE html><?xml version='1.0'?>x<![CDATA[y", "xy");
    expect("a <b and c> d", "a <b and c> d");
}

static void reads_references(void **state)
{
    (void)state;
    expect("R&amp;D &quot;x&quot; &#39; &#x2019; &eacute;", "R&D \"x\" ' \xE2\x80\x99 \xC3\xA9");
    expect("&amp;quot;&amp;amp;&#147;&shy;&#0;&#xD800;", "\"&\xE2\x80\x9C \xEF\xBF\xBD");
    expect("&#8203;a&zwnj;b", "ab");
}

static void drops_what_is_not_seen(void **state)
{
    (void)state;
    expect("Mos\xC2\xADkau \xE2\x80\x8Bx\xE2\x81\xA0y\xEF\xBB\xBF", "Moskau xy");
    expect("a\xE2\x80\xA8"
           "b\xC2\x85"
           "c\x01"
           "d\x7F",
           "a\nb\nc d ");
}

static void puts_the_title_first(void **state)
{
    struct clean_map map;
    (void)state;
    const struct str out = clean("A &amp; B\nC", STR("<p>D"), &map);
    assert_int_equal(out.len, 12);
    assert_memory_equal(out.at, "A & B C\n\n\n\nD", out.len);
    assert_int_equal(map.body, 9);
    assert_true(clean_in_title(&map, 4) && !clean_in_title(&map, 11));
    assert_int_equal(clean_given_end(&map, 3), 7);
    assert_int_equal(clean_given_begin(&map, 4), 8);
    assert_int_equal(clean_given_begin(&map, 11), 3);
    assert_int_equal(clean_of_given(&map, 3), 11);
}

static void drops_a_title_that_is_repeated(void **state)
{
    static const char *const titles[] = {"Iran attacks Iraq", "IRAN ATTACKS IRAQ!", "Iran att...",
                                         "Iran attacks Iraq | The Daily", " \n"};
    struct clean_map map;
    (void)state;
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        const struct str out = clean(titles[i], STR("\nIran attacks Iraq\nMore."), &map);
        assert_int_equal(map.body, 0);
        assert_int_equal(out.len, 24);
        assert_int_equal(clean_given_begin(&map, 19), 19);
    }
    (void)clean("Iran attacks", STR("Iran attacks Iraq"), &map);
    assert_int_equal(map.body, 14);
}

/* Each piece between two visible characters of C, cleaned from what is given there, is the same. */
static void check_slices(struct str given)
{
    struct clean_map map, inner;
    const struct str out = clean("", given, &map);
    for (uint32_t begin = 0; begin < out.len; begin++) {
        const unsigned char c = (unsigned char)out.at[begin];
        if (c <= ' ' || (c & 0xC0) == 0x80) continue;
        for (uint32_t end = begin + 1; end <= out.len && end < begin + 24; end++) {
            if ((unsigned char)out.at[end - 1] <= ' ') continue;
            if (end < out.len && ((unsigned char)out.at[end] & 0xC0) == 0x80) continue;
            const uint32_t b = clean_given_begin(&map, begin), e = clean_given_end(&map, end);
            assert_true(b < e && e <= given.len);
            const struct str piece = clean("", str_cut(given, b, e), &inner);
            assert_int_equal(piece.len, end - begin);
            assert_memory_equal(piece.at, out.at + begin, piece.len);
            assert_int_equal(clean_of_given(&map, b), begin);
        }
    }
}

static void slices_agree(void **state)
{
    static const char *const pieces[] = {
        "Iran",       " ",        "<b>",          "</b>",    "<p>",      "</p>\n", "&amp;",
        "&eacute;",   "\xC2\xAD", "\xE2\x80\x8B", "\n",      "attacked", ".",      "<br>",
        "<!-- x -->", "\x01",     "\xC3\xA9",     "&#8220;", "a < b"};
    enum { PIECES = sizeof pieces / sizeof pieces[0] };
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 300; round++) {
        char text[400] = "";
        for (int i = 0; i < 24; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, pieces[(seed >> 16) % PIECES]);
        }
        check_slices(str_c(text));
        arena_reset(&arena);
    }
}

static int drop_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_text_alone),    cmocka_unit_test(takes_mark_up_out),
        cmocka_unit_test(reads_references),     cmocka_unit_test(drops_what_is_not_seen),
        cmocka_unit_test(puts_the_title_first), cmocka_unit_test(drops_a_title_that_is_repeated),
        cmocka_unit_test(slices_agree),
    };
    return cmocka_run_group_tests(tests, NULL, drop_arena);
}
