/* encode_test.c - what files of columns are made of, against bytes worked out by hand: Thrift's
 * compact protocol, Parquet's runs and differences, FlatBuffers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/deltas.h"
#include "base/hybrid.h"
#include "base/le.h"
#include "store/flat.h"

static void assert_bytes(struct buf *b, const char *bytes, size_t len)
{
    assert_false(b->failed);
    assert_int_equal(b->len, len);
    assert_memory_equal(b->at, bytes, len);
    buf_clear(b);
}
#define ASSERT_BYTES(b, literal) assert_bytes(b, literal, sizeof(literal) - 1)

/* ---- Thrift ---- */

static void varints_are_sevens_of_bits(void **state)
{
    struct buf b = {0};
    (void)state;
    varint_put(&b, 0);
    varint_put(&b, 127);
    varint_put(&b, 128);
    varint_put(&b, 300);
    ASSERT_BYTES(&b, "\x00\x7F\x80\x01\xAC\x02");
    zigzag_put(&b, 0);
    zigzag_put(&b, -1);
    zigzag_put(&b, 1);
    zigzag_put(&b, INT64_MIN);
    ASSERT_BYTES(&b, "\x00\x01\x02\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01");
    buf_free(&b);
}

static void structures_number_fields_by_steps(void **state)
{
    struct buf b = {0};
    struct thrift_out t = {.to = &b};
    (void)state;
    thrift_begin(&t);
    thrift_int(&t, 1, THRIFT_I32, 5);  /* 1: type 5, 10 */
    thrift_bool(&t, 3, true);          /* +2: type 1 */
    thrift_text(&t, 20, STR("ab"));    /* +17: type 8, then 20 as zigzag */
    thrift_struct(&t, 21);             /* +1: type 12 */
    thrift_int(&t, 2, THRIFT_I64, -1); /* 2: type 6, 1 */
    thrift_end(&t);
    thrift_list(&t, 22, THRIFT_I32, 2); /* +1: type 9; 2 of type 5 */
    zigzag_put(&b, 1);
    zigzag_put(&b, 2);
    thrift_end(&t);
    ASSERT_BYTES(&b, "\x15\x0A\x21\x08\x28\x02"
                     "ab\x1C\x26\x01\x00\x19\x25\x02\x04\x00");
    buf_free(&b);
}

/* Whatever is cut off, reading ends, and says so. */
static void cut_structures_are_broken(void **state)
{
    static const char bytes[] = "\x15\x0A\x21\x08\x28\x02"
                                "ab\x1C\x26\x01\x00\x19\x25\x02\x04";
    (void)state;
    for (size_t len = 0; len <= sizeof bytes; len++) {
        struct thrift_in in = {.at = bytes, .end = bytes + len};
        struct thrift_field field = {0, THRIFT_STOP};
        int n = 0;
        for (; thrift_next(&in, &field); n++)
            thrift_skip(&in, &field);
        assert_int_equal(in.broken, len < sizeof bytes);
        assert_int_equal(in.cut, len < sizeof bytes);
        if (!in.broken) assert_int_equal(n, 5);
    }
}

static void nesting_has_an_end(void **state)
{
    char deep[100];
    (void)state;
    memset(deep, 0x1C, sizeof deep); /* structures in structures */
    struct thrift_in in = {.at = deep, .end = deep + sizeof deep};
    const struct thrift_field field = {1, THRIFT_STRUCT};
    thrift_skip(&in, &field);
    assert_true(in.broken && !in.cut);
}

/* ---- runs ---- */

static void runs_and_packed_bits(void **state)
{
    static const uint32_t same[10] = {5, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    static const uint32_t count[8] = {0, 1, 2, 3, 4, 5, 6, 7};
    struct buf b = {0};
    (void)state;
    hybrid_put(&b, same, 10, 3);
    ASSERT_BYTES(&b, "\x14\x05"); /* ten times 5 */
    hybrid_put(&b, count, 8, 3);  /* the example of Encodings.md */
    ASSERT_BYTES(&b, "\x03\x88\xC6\xFA");
    hybrid_put(&b, count, 2, 1);
    ASSERT_BYTES(&b, "\x03\x02");
    hybrid_put(&b, count, 0, 1);
    assert_int_equal(b.len, 0);
    buf_free(&b);
}

/* Numbers of all widths, in runs of all lengths, come back. */
static void runs_come_back(void **state)
{
    static uint32_t values[5000];
    struct buf b = {0};
    uint32_t seed = 1;
    (void)state;
    for (int bits = 1; bits <= 32; bits++) {
        for (size_t i = 0; i < 5000;) {
            seed = seed * 1664525 + 1013904223;
            size_t run = (seed >> 28) * (seed >> 30);
            uint32_t value = (seed * 2654435761u) >> (32 - bits);
            for (size_t k = 0; k <= run && i < 5000; k++)
                values[i++] = value;
        }
        buf_clear(&b);
        hybrid_put(&b, values, 5000, bits);
        struct hybrid h = {.in = {.at = b.at, .end = b.at + b.len}, .bits = bits};
        for (size_t i = 0; i < 5000; i++)
            assert_int_equal(hybrid_get(&h), values[i]);
        assert_false(h.in.broken);
        while (!h.in.broken) /* at most the rest of a group */
            assert_int_equal(hybrid_get(&h), 0);
    }
    buf_free(&b);
}

/* ---- differences ---- */

/* 128 numbers a block, 4 miniblocks; 5 numbers: 7, 5, 3, 1, 2. The least difference is -2, above it
 * stand 0, 0, 0, 3 in 2 bits each; the other miniblocks are not there. */
static void differences_are_added_up(void **state)
{
    static const char bytes[] =
        "\x80\x01\x04\x05\x0E\x03\x02\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x00rest";
    static const int64_t wanted[5] = {7, 5, 3, 1, 2};
    struct deltas d;
    uint64_t sum;
    (void)state;
    deltas_begin(&d, str_of(bytes, sizeof bytes - 1));
    assert_true(str_eq(deltas_rest(d, &sum), STR("rest")));
    assert_int_equal(sum, 18);
    for (int i = 0; i < 5; i++)
        assert_int_equal(deltas_get(&d), wanted[i]);
    assert_false(d.in.broken);
    assert_int_equal(deltas_get(&d), 0);
    assert_true(d.in.broken);
    for (size_t len = 0; len < 18; len++) {
        deltas_begin(&d, str_of(bytes, len));
        assert_null(deltas_rest(d, &sum).at);
    }
}

/* ---- FlatBuffers ---- */

static void tables_stand_behind_their_vtables(void **state)
{
    static const uint8_t sizes[] = {2, 0, 4, 8};
    struct buf b = {0};
    (void)state;
    struct flat_table t = flat_table(&b, flat_root(&b), sizes, 4);
    flat_set(&b, t.at[0], 0x0102, 2);
    flat_set(&b, t.at[3], 0x0A, 8);
    flat_text(&b, t.at[2], STR("hey"));
    assert_int_equal(t.at[1], 0);
    assert_int_equal(t.at[3] % 8, 0);
    ASSERT_BYTES(&b,
                 "\x18\0\0\0\0\0\0\0"                 /* the table is at 24 */
                 "\x0C\0\x16\0\x14\0\0\0\x10\0\x08\0" /* vtable: 12 bytes, table of 22; fields */
                 "\0\0\0\0"
                 "\x10\0\0\0\0\0\0\0" /* the vtable is 16 before it */
                 "\x0A\0\0\0\0\0\0\0"
                 "\x08\0\0\0\x02\x01\0\0" /* the text is 8 behind; the number */
                 "\x03\0\0\0hey\0");
    buf_free(&b);
}

static void vectors_are_aligned(void **state)
{
    static const uint8_t sizes[] = {4};
    (void)state;
    for (size_t shift = 0; shift < 9; shift++) {
        struct buf b = {0};
        struct flat_table t = flat_table(&b, flat_root(&b), sizes, 1);
        for (size_t i = 0; i < shift; i++)
            buf_c(&b, 0);
        size_t first = flat_vector(&b, t.at[0], 3, 16);
        assert_int_equal(first % 8, 0);
        assert_int_equal(le_load(b.at + first - 4, 4), 3);
        assert_int_equal(t.at[0] + le_load(b.at + t.at[0], 4), first - 4);
        assert_int_equal(b.len, first + 48);
        buf_free(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(varints_are_sevens_of_bits),
        cmocka_unit_test(structures_number_fields_by_steps),
        cmocka_unit_test(cut_structures_are_broken),
        cmocka_unit_test(nesting_has_an_end),
        cmocka_unit_test(runs_and_packed_bits),
        cmocka_unit_test(runs_come_back),
        cmocka_unit_test(differences_are_added_up),
        cmocka_unit_test(tables_stand_behind_their_vtables),
        cmocka_unit_test(vectors_are_aligned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
