/* twins_test.c - stories that were told before: answers, and the index file after any accident. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "detente.h"

static char index_path[64], table_path[80], copy_path[64];

/* A made-up story of n sentences; the seed decides its words. */
static size_t make_story(unsigned seed, int n, char *out)
{
    size_t len = 0;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < 12; k++) {
            seed = seed * 1664525u + 1013904223u;
            len += (size_t)sprintf(out + len, "%s%c%c%u", k == 0 ? "" : " ", 'a' + (seed >> 9) % 26,
                                   'a' + (seed >> 14) % 26, seed >> 22);
        }
        len += (size_t)sprintf(out + len, ".\n");
    }
    return len;
}

static void add_text(dt_twins *t, const char *id, const char *text, size_t len, dt_twin *twin)
{
    uint64_t sign[DT_TWINS_SIGN_SIZE / 8];
    dt_story story = {.size = sizeof story, .text = text, .text_len = len};
    dt_error err;
    *twin = (dt_twin){.size = sizeof *twin};
    assert_int_equal(dt_twins_sign(&story, sign, &err), DT_OK);
    assert_int_equal(dt_twins_add(t, id, sign, twin, &err), DT_OK);
}

static void test_answers(void **state)
{
    static char text[16384], part[16384];
    dt_twins *t = NULL;
    dt_twin twin;
    (void)state;
    assert_int_equal(dt_twins_open(NULL, NULL, &t, NULL), DT_OK);
    size_t len = make_story(1, 30, text);
    add_text(t, "first", text, len, &twin);
    assert_int_equal(twin.kind, DT_TWIN_NONE);
    assert_null(twin.of);
    add_text(t, "copy", text, len, &twin);
    assert_int_equal(twin.kind, DT_TWIN_SAME);
    assert_string_equal(twin.of, "first");
    assert_float_equal(twin.similarity, 1, 1e-9);
    add_text(t, "half", text, len / 2, &twin);
    assert_int_equal(twin.kind, DT_TWIN_PART);
    assert_string_equal(twin.first, "first");
    len = make_story(2, 30, part);
    add_text(t, "other", part, len, &twin);
    assert_int_equal(twin.kind, DT_TWIN_NONE);
    add_text(t, "copy", text, make_story(1, 30, text), &twin);
    assert_true(twin.known && twin.kind == DT_TWIN_SAME);
    assert_string_equal(twin.of, "first");
    add_text(t, "", "", 0, &twin);
    assert_int_equal(twin.kind, DT_TWIN_NONE);
    add_text(t, "empty too", "", 0, &twin);
    assert_int_equal(twin.kind, DT_TWIN_NONE);
    add_text(t, "short", "One word.", 9, &twin);
    add_text(t, "short again", "one word", 8, &twin);
    assert_int_equal(twin.kind, DT_TWIN_SAME);
    assert_int_equal(dt_twins_close(t, NULL), DT_OK);
}

/* Two reports of one template, which differ in their numbers and little else. */
static void test_templates(void **state)
{
    static char text[8192], other[8192];
    dt_twins *t = NULL;
    dt_twin twin;
    size_t n = 0, m = 0;
    (void)state;
    for (int i = 0; i < 12; i++) {
        n +=
            (size_t)sprintf(text + n, "The bank lent the market %d crowns at a rate of %d points. ",
                            i * 71 + 1000, i * 3 + 200);
        m += (size_t)sprintf(other + m,
                             "The bank lent the market %d crowns at a rate of %d points. ",
                             i * 37 + 5000, i * 5 + 700);
    }
    assert_int_equal(dt_twins_open(NULL, NULL, &t, NULL), DT_OK);
    add_text(t, "monday", text, n, &twin);
    add_text(t, "tuesday", other, m, &twin);
    assert_int_equal(twin.kind, DT_TWIN_NONE);
    assert_int_equal(dt_twins_close(t, NULL), DT_OK);
}

static void test_arguments(void **state)
{
    uint64_t sign[DT_TWINS_SIGN_SIZE / 8];
    dt_twins *t = NULL;
    dt_error err;
    dt_twin twin = {.size = sizeof twin};
    (void)state;
    memset(sign, 0xFF, sizeof sign);
    assert_int_equal(dt_twins_open("", NULL, &t, &err), DT_E_ARG);
    assert_int_equal(dt_twins_open("/nowhere/at/all", NULL, &t, &err), DT_E_OPEN);
    assert_int_equal(dt_twins_open(NULL, NULL, NULL, &err), DT_E_ARG);
    assert_int_equal(dt_twins_open(NULL, NULL, &t, &err), DT_OK);
    assert_int_equal(dt_twins_add(t, "a", sign, &twin, &err), DT_E_ARG);
    assert_int_equal(dt_twins_add(t, NULL, sign, &twin, &err), DT_E_ARG);
    assert_int_equal(dt_twins_add(NULL, "a", sign, &twin, &err), DT_E_ARG);
    assert_int_equal(dt_twins_sign(NULL, sign, &err), DT_E_ARG);
    assert_int_equal(dt_twins_close(t, &err), DT_OK);
    assert_int_equal(dt_twins_close(NULL, &err), DT_OK);
    assert_null(dt_twins_fact(NULL, 0, NULL));
}

static void test_passages(void **state)
{
    const char *a = "He said that the bridge over the river was closed. Nobody knows why.";
    const char *b = "Nobody knows why the bridge over the river was closed, he said.";
    dt_passage p[4];
    (void)state;
    size_t n = dt_twins_passages(a, strlen(a), b, strlen(b), 3, p, 4);
    assert_int_equal(n, 2);
    assert_int_equal(p[0].words, 7);
    assert_memory_equal(a + p[0].begin, "the bridge", 10);
    assert_memory_equal(b + p[0].other_begin, "the bridge", 10);
    assert_int_equal(p[1].words, 3);
    assert_int_equal(dt_twins_passages("", 0, b, strlen(b), 3, p, 4), 0);
    assert_int_equal(dt_twins_passages(NULL, 0, b, strlen(b), 3, p, 4), 0);
}

/* ---- the file ---- */

static unsigned char *read_whole(const char *path, size_t *len)
{
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    unsigned char *bytes = malloc(1 << 20);
    assert_non_null(bytes);
    *len = fread(bytes, 1, 1 << 20, in);
    assert_int_equal(fclose(in), 0);
    return bytes;
}

static void write_whole(const char *path, const unsigned char *bytes, size_t len)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_int_equal(fclose(out), 0);
}

static size_t fact_of(dt_twins *t, const char *wanted)
{
    const char *key, *value;
    for (size_t i = 0; (key = dt_twins_fact(t, i, &value)) != NULL; i++)
        if (strcmp(key, wanted) == 0) return (size_t)strtoull(value, NULL, 10);
    return SIZE_MAX;
}

static void fill_index(int from, int to)
{
    static char text[16384];
    dt_twins *t = NULL;
    dt_twin twin;
    assert_int_equal(dt_twins_open(index_path, NULL, &t, NULL), DT_OK);
    for (int i = from; i < to; i++) {
        char id[16];
        (void)sprintf(id, "s%d", i);
        add_text(t, id, text, make_story((unsigned)i / 2, 8, text), &twin);
        assert_int_equal(twin.kind, i % 2 == 0 ? DT_TWIN_NONE : DT_TWIN_SAME);
    }
    assert_int_equal(dt_twins_close(t, NULL), DT_OK);
}

/* Cut at every length near its end, with and without the table: whole records stay, the rest goes,
 * and what is added again gives the same file. */
static void test_torn(void **state)
{
    size_t len = 0, table_len = 0;
    (void)state;
    (void)unlink(index_path);
    (void)unlink(table_path);
    fill_index(0, 20);
    unsigned char *bytes = read_whole(index_path, &len),
                  *table = read_whole(table_path, &table_len);
    for (size_t cut = len < 700 ? len : 700; cut > 0; cut--) {
        size_t again_len = 0;
        dt_twins *t = NULL;
        write_whole(index_path, bytes, len - cut);
        if (cut % 2 == 0)
            write_whole(table_path, table, table_len);
        else
            (void)unlink(table_path);
        assert_int_equal(dt_twins_open(index_path, NULL, &t, NULL), DT_OK);
        assert_true(fact_of(t, "stories") < 20 && fact_of(t, "stories") >= 16);
        assert_int_equal(dt_twins_close(t, NULL), DT_OK);
        fill_index(0, 20);
        unsigned char *again = read_whole(index_path, &again_len);
        assert_int_equal(again_len, len);
        assert_memory_equal(again, bytes, len);
        free(again);
    }
    free(bytes);
    free(table);
}

static void test_damaged(void **state)
{
    size_t len = 0;
    dt_twins *t = NULL;
    dt_error err;
    (void)state;
    (void)unlink(index_path);
    (void)unlink(table_path);
    fill_index(0, 20);
    unsigned char *bytes = read_whole(index_path, &len);
    for (size_t at = 0; at < len; at += 7) {
        (void)unlink(table_path);
        bytes[at] ^= 0x55;
        write_whole(index_path, bytes, len);
        bytes[at] ^= 0x55;
        dt_status st = dt_twins_open(index_path, NULL, &t, &err);
        if (st == DT_OK)
            assert_int_equal(dt_twins_close(t, &err), DT_OK);
        else
            assert_int_equal(st, DT_E_STORE);
    }
    write_whole(index_path,
                (const unsigned char *)"not an index of twins at all, but a letter home "
                                       "from somebody who is away",
                73);
    assert_int_equal(dt_twins_open(index_path, NULL, &t, &err), DT_E_STORE);
    assert_null(t);
    free(bytes);
}

/* The same answers from a file that is opened again and again as from memory. */
static void test_reopened(void **state)
{
    (void)state;
    (void)unlink(index_path);
    (void)unlink(table_path);
    for (int i = 0; i < 40; i += 5)
        fill_index(i, i + 5);
    dt_twins *t = NULL;
    assert_int_equal(dt_twins_open(index_path, NULL, &t, NULL), DT_OK);
    assert_int_equal(fact_of(t, "stories"), 40);
    assert_int_equal(fact_of(t, "twins"), 20);
    assert_int_equal(dt_twins_close(t, NULL), DT_OK);
    assert_int_equal(rename(index_path, copy_path), 0);
    assert_int_equal(dt_twins_open(copy_path, NULL, &t, NULL), DT_OK); /* its table is missing */
    assert_int_equal(fact_of(t, "stories"), 40);
    assert_int_equal(dt_twins_close(t, NULL), DT_OK);
}

/* More stories than the first table has room for. */
static void test_grown(void **state)
{
    static char text[16384];
    dt_twins *t = NULL;
    dt_twin twin;
    (void)state;
    assert_int_equal(dt_twins_open(NULL, NULL, &t, NULL), DT_OK);
    for (unsigned i = 0; i < 3000; i++) {
        char id[16];
        (void)sprintf(id, "s%u", i);
        add_text(t, id, text, make_story(i + 1000, 10, text), &twin);
        assert_int_equal(twin.kind, DT_TWIN_NONE);
    }
    add_text(t, "again", text, make_story(1007, 10, text), &twin);
    assert_string_equal(twin.of, "s7");
    assert_int_equal(dt_twins_close(t, NULL), DT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers),   cmocka_unit_test(test_templates),
        cmocka_unit_test(test_arguments), cmocka_unit_test(test_passages),
        cmocka_unit_test(test_torn),      cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_reopened),  cmocka_unit_test(test_grown),
    };
    (void)snprintf(index_path, sizeof index_path, "/tmp/twins_test.%ld", (long)getpid());
    (void)snprintf(table_path, sizeof table_path, "%s.table", index_path);
    (void)snprintf(copy_path, sizeof copy_path, "/tmp/twins_copy.%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    (void)unlink(index_path);
    (void)unlink(table_path);
    (void)unlink(copy_path);
    (void)snprintf(table_path, sizeof table_path, "%s.table", copy_path);
    (void)unlink(table_path);
    return failed;
}
