/* input_test.c - parcels, JSON without a tree, rows, encodings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "input/encoding.h"
#include "input/intake.h"
#include "input/jscan.h"
#include "input/row.h"

static void parcels_come_back(void **state)
{
    struct parcel p = {.number = 7, .whole = true, .passing = true, .order = ORDER_DAY_FIRST}, back;
    struct buf packed = {0};
    (void)state;
    p.pieces[PIECE_TEXT] = str_of("a\0b", 3);
    p.pieces[PIECE_TITLE] = STR("");
    p.pieces[PIECE_REFUSED] = STR("why");
    assert_true(parcel_pack(&p, &packed));
    assert_true(parcel_unpack(str_of(packed.at, packed.len), &back));
    assert_int_equal(back.number, 7);
    assert_true(back.whole && back.passing && back.order == ORDER_DAY_FIRST);
    for (int i = 0; i < PIECE_COUNT; i++) {
        assert_int_equal(back.pieces[i].at != NULL, p.pieces[i].at != NULL);
        assert_true(str_eq(back.pieces[i], p.pieces[i]));
    }
    parcel_stamp(&packed, ORDER_MONTH_FIRST);
    assert_true(parcel_unpack(str_of(packed.at, packed.len), &back));
    assert_int_equal(back.order, ORDER_MONTH_FIRST);
    for (size_t n = 0; n < packed.len; n++) /* cut off anywhere, it is none */
        assert_false(parcel_unpack(str_of(packed.at, n), &back));
    assert_false(parcel_unpack(STR("{\"text\":\"a text that is long enough\"}"), &back));
    buf_free(&packed);
}

static void members_are_found(void **state)
{
    static const char object[] = " {\"a\" : 1e400, \"b\":\"x\\\"y\\\\\", \"c\":[{\"b\":2},\"]\"], "
                                 "\"\\u0062\":null,\"d\":{}} ";
    struct arena arena = {0};
    char few[4];
    (void)state;
    assert_int_equal(jscan_find(str_c(object), STR("a")).kind, JSCAN_NUMBER);
    assert_int_equal(jscan_find(str_c(object), STR("b")).kind, JSCAN_WORD); /* the last one */
    assert_int_equal(jscan_find(str_c(object), STR("c")).kind, JSCAN_LIST);
    assert_int_equal(jscan_find(str_c(object), STR("d")).kind, JSCAN_OBJECT);
    assert_int_equal(jscan_find(str_c(object), STR("e")).kind, JSCAN_NONE);
    const struct jscan_value odd = {JSCAN_STRING, STR("\\u00e9\\n\\ud800\\ud83d\\ude00\\q\\u12")};
    assert_true(str_eq(jscan_text(&arena, odd), STR("\xC3\xA9\n\xEF\xBF\xBD\xF0\x9F\x98\x80qu12")));
    assert_true(jscan_short(odd, few, sizeof few) < sizeof few);
    arena_free(&arena);
}

static void faults_of_objects(void **state)
{
    static const char *const faulty[] = {
        "",      "[]",          "{",           "{\"a\"",         "{\"a\":",           "{\"a\":1",
        "{a:1}", "{\"a\":1,}",  "{\"a\":tru}", "{\"a\":-}",      "{\"a\":1 \"b\":2}", "{\"a\":[}",
        "{,}",   "{\"a\":1} {", "{\"a\":\"",   "{\"a\":\"\\\"}", "{\"a\":1e}",        "{\"a\":+1}"};
    (void)state;
    for (size_t i = 0; i < sizeof faulty / sizeof faulty[0]; i++) {
        struct jscan s;
        struct str key;
        struct jscan_value value;
        if (jscan_begin(&s, str_c(faulty[i])))
            while (jscan_member(&s, &key, &value)) {
            }
        if (s.fault == NULL && strcmp(faulty[i], "{\"a\":[}") != 0)
            fail_msg("nothing is wrong with %s", faulty[i]);
    }
}

/* ---- rows ---- */

struct rows {
    struct byte_stream *bytes;
    struct intake in;
    struct row_reader reader;
    struct row row;
};

static void begin_rows(struct rows *r, const char *text, size_t n_wanted)
{
    *r = (struct rows){.bytes = stream_of_memory(str_c(text))};
    assert_non_null(r->bytes);
    r->in.from = r->bytes;
    r->reader = (struct row_reader){
        .in = &r->in, .mark = row_guess_mark(str_c(text)), .n_wanted = n_wanted, .most = 1 << 24};
}

static bool next_of(struct rows *r)
{
    bool any = false;
    assert_int_equal(row_next(&r->reader, &r->row, &any, NULL), DT_OK);
    return any;
}

static void end_rows(struct rows *r)
{
    row_reader_free(&r->reader);
    intake_free(&r->in);
    stream_close(r->bytes);
}

static void assert_row(struct rows *r, size_t line, const char *one, const char *two)
{
    assert_true(next_of(r));
    assert_int_equal(r->row.fault, ROW_GOOD);
    assert_int_equal(r->reader.line, line);
    assert_int_equal(r->row.n, 2);
    assert_true(str_eq(r->row.fields[0], str_c(one)));
    assert_true(str_eq(r->row.fields[1], str_c(two)));
}

static void rows_are_cut(void **state)
{
    struct rows r;
    (void)state;
    begin_rows(&r,
               "a,b\r\n\r\n\"x, \"\"y\"\"\",\"two\r\nlines\"\n"
               "\"open,1\nc,d\n\"say \\\"no\\\" now\",2\n\"in \"the\" middle\",3\n,\ne,\"f\"",
               2);
    assert_row(&r, 1, "a", "b");
    assert_row(&r, 3, "x, \"y\"", "two\r\nlines");
    assert_row(&r, 5, "open", "1"); /* a quote that is never closed spoils its line only */
    assert_true(r.row.loose);
    assert_row(&r, 6, "c", "d");
    assert_row(&r, 7, "say \"no\" now", "2");
    assert_row(&r, 8, "in \"the\" middle", "3");
    assert_row(&r, 9, "", "");
    assert_row(&r, 10, "e", "f");
    assert_false(next_of(&r));
    end_rows(&r);
    assert_int_equal(row_guess_mark(STR("a;b,c;d\n")), ';');
    assert_int_equal(row_guess_mark(STR("\"a;b;c\"\td\n;;;;")), '\t');
}

/* Nothing but open quotes: linear time, every line is seen. */
static void open_quotes_everywhere(void **state)
{
    enum { N = 200000 };
    static const char *const lines[] = {"\"x,1\n", "\"\"\"x,1\n", "x\"\",\"1\n"};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        size_t len = strlen(lines[k]), seen = 0;
        char *text = malloc(N * len + 1);
        assert_non_null(text);
        for (size_t i = 0; i < N; i++)
            memcpy(text + i * len, lines[k], len + 1);
        struct rows r;
        begin_rows(&r, text, 2);
        while (next_of(&r))
            seen++;
        assert_int_equal(r.reader.lines, N);
        assert_int_equal(seen, N);
        end_rows(&r);
        free(text);
    }
}

/* ---- encodings ---- */

/* Reads by pieces of `step` bytes. */
static size_t decode_by(const char *bytes, size_t len, size_t step, char *out, size_t cap)
{
    struct encoding e;
    struct input_notes notes = {.n = 0};
    struct byte_stream *s = stream_of_memory(str_of(bytes, len));
    size_t n = 0, got = 1;
    assert_non_null(s);
    encoding_guess(str_of(bytes, len), &e);
    assert_int_equal(encoding_decode(&s, &e, "x", &notes, NULL), DT_OK);
    while (got != 0 && n + step <= cap) {
        assert_int_equal(s->read(s, out + n, step, &got, NULL), DT_OK);
        n += got;
    }
    stream_close(s);
    buf_free(&notes.text);
    return n;
}

static void encodings_are_found(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *name, *text;
    } cases[] = {
        {"caf\xC3\xA9", 5, "UTF-8", "caf\xC3\xA9"},
        {"\xEF\xBB\xBF"
         "a",
         4, "UTF-8", "a"},
        {"caf\xE9", 4, "Windows-1252", "caf\xC3\xA9"},
        {"\x93"
         "a\x94",
         3, "Windows-1252",
         "\xE2\x80\x9C"
         "a\xE2\x80\x9D"},
        {"caf\xC3\xA9 \xFF", 7, "UTF-8", "caf\xC3\xA9 \xC3\xBF"},
        {"\xFF\xFE"
         "a\0\xE9\0",
         6, "UTF-16LE", "a\xC3\xA9"},
        {"\xFE\xFF\0a\xD8\x3D\xDE\0", 8, "UTF-16BE", "a\xF0\x9F\x98\x80"},
        {"a\0b\0c\0d\0e\0f\0g\0h\0", 16, "UTF-16LE", "abcdefgh"},
        {"\0\0\0a\0\0\0b\0\0\0c\0\0\0d", 16, "UTF-32BE", "abcd"},
        {"\xFF\xFE"
         "a\0\0\xD8",
         6, "UTF-16LE", "a\xEF\xBF\xBD"},
        {"", 0, "UTF-8", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct encoding e;
        encoding_guess(str_of(cases[i].bytes, cases[i].len), &e);
        assert_string_equal(e.name, cases[i].name);
        for (size_t step = 1; step < 600; step += step < 8 ? 1 : 290) {
            char out[2048];
            size_t n = decode_by(cases[i].bytes, cases[i].len, step, out, sizeof out);
            assert_int_equal(n, strlen(cases[i].text));
            assert_memory_equal(out, cases[i].text, n);
        }
    }
}

/* Whatever the bytes, what comes out is UTF-8, and the same for any step. */
static void any_bytes_become_text(void **state)
{
    static char bytes[3000], one[20000], two[20000];
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 300; round++) {
        size_t len = seed % sizeof bytes;
        for (size_t i = 0; i < len; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(round % 3 == 0 && (seed >> 28) != 0 ? 'a' : (char)(seed >> 24));
        }
        size_t n = decode_by(bytes, len, 4000, one, sizeof one);
        size_t m = decode_by(bytes, len, 3, two, sizeof two);
        assert_int_equal(utf8_valid_len(str_of(one, n)), n);
        assert_int_equal(n, m);
        assert_memory_equal(one, two, n);
        seed = seed * 1664525u + 1013904223u;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parcels_come_back),      cmocka_unit_test(members_are_found),
        cmocka_unit_test(faults_of_objects),      cmocka_unit_test(rows_are_cut),
        cmocka_unit_test(open_quotes_everywhere), cmocka_unit_test(encodings_are_found),
        cmocka_unit_test(any_bytes_become_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
