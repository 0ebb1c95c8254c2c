/* bundle_test.c - the container: what was written is read; nothing damaged is let in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/bundle.h"

static const uint32_t numbers[5] = {1, 2, 3, 4, 5};

static void make_bundle(void **bytes, size_t *len)
{
    static struct bundle_writer w;
    bundle_begin(&w, "TEST", 3);
    bundle_add(&w, "num", numbers, 5, sizeof numbers[0]);
    bundle_add(&w, "text.one", "words", 5, 1);
    bundle_add(&w, "none", NULL, 0, 4);
    assert_int_equal(bundle_finish(&w, bytes, len, NULL), DT_OK);
}

static dt_status attach(const void *bytes, size_t len, dt_error *err)
{
    struct bundle b;
    const dt_status st = bundle_attach(bytes, len, "memory", "TEST", 2, 4, &b, err);
    if (st == DT_OK) bundle_close(&b);
    return st;
}

static void test_round_trip(void **state)
{
    (void)state;
    void *bytes;
    size_t len;
    struct bundle b;
    struct bundle_section s;
    make_bundle(&bytes, &len);
    assert_int_equal(bundle_attach(bytes, len, "memory", "TEST", 3, 3, &b, NULL), DT_OK);
    assert_int_equal(b.version, 3);
    assert_int_equal(b.n_sections, 3);
    assert_int_equal(bundle_find(&b, "num", sizeof numbers[0], &s, NULL), DT_OK);
    assert_int_equal(s.count, 5);
    assert_memory_equal(s.at, numbers, sizeof numbers);
    assert_int_equal((uintptr_t)s.at % 64, 0);
    assert_int_equal(bundle_find(&b, "text.one", 0, &s, NULL), DT_OK);
    assert_true(str_eq(str_of(s.at, s.len), STR("words")));
    assert_int_equal(bundle_find(&b, "none", 4, &s, NULL), DT_OK);
    assert_int_equal(s.len, 0);
    dt_error err;
    assert_int_equal(bundle_find(&b, "num", 8, &s, &err), DT_E_MODEL_CORRUPT);
    assert_int_equal(bundle_find(&b, "absent", 0, &s, &err), DT_E_MODEL_CORRUPT);
    assert_non_null(strstr(err.text, "memory"));
    assert_true(bundle_has(&b, "num") && !bundle_has(&b, "nu") && !bundle_has(&b, "num2"));
    bundle_close(&b);
    free(bytes);
}

static void test_wrong_kind(void **state)
{
    (void)state;
    void *bytes;
    size_t len;
    struct bundle b;
    make_bundle(&bytes, &len);
    assert_int_equal(bundle_attach(bytes, len, "m", "MODL", 3, 3, &b, NULL), DT_E_MODEL_MAGIC);
    assert_int_equal(bundle_attach(bytes, len, "m", "TEST", 4, 9, &b, NULL), DT_E_MODEL_VERSION);
    assert_int_equal(bundle_attach(bytes, len, "m", "TEST", 1, 2, &b, NULL), DT_E_MODEL_VERSION);
    free(bytes);
}

/* A copy of the first `len` bytes, aligned as a bundle must be. */
static void *aligned_copy(const void *bytes, size_t len)
{
    void *copy = aligned_alloc(64, (len + 64) / 64 * 64);
    assert_non_null(copy);
    memcpy(copy, bytes, len);
    return copy;
}

static void test_truncated(void **state)
{
    (void)state;
    void *bytes;
    size_t len;
    make_bundle(&bytes, &len);
    for (size_t n = 0; n < len; n++) {
        dt_error err = {0};
        void *copy = aligned_copy(bytes, n);
        if (attach(copy, n, &err) == DT_OK) fail_msg("%zu of %zu bytes were accepted", n, len);
        assert_true(err.code != DT_OK && err.text[0] != '\0');
        free(copy);
    }
    free(bytes);
}

static void test_flipped_bits(void **state)
{
    (void)state;
    void *bytes;
    size_t len;
    make_bundle(&bytes, &len);
    unsigned char *p = bytes;
    for (size_t bit = 0; bit < len * 8; bit++) {
        p[bit / 8] ^= (unsigned char)(1u << bit % 8);
        if (attach(bytes, len, NULL) == DT_OK) fail_msg("bit %zu was flipped and accepted", bit);
        p[bit / 8] ^= (unsigned char)(1u << bit % 8);
    }
    assert_int_equal(attach(bytes, len, NULL), DT_OK);
    free(bytes);
}

static void test_file(void **state)
{
    (void)state;
    char path[64];
    snprintf(path, sizeof path, "/tmp/bundle_test.%ld", (long)getpid());
    static struct bundle_writer w;
    struct bundle b;
    dt_error err;
    bundle_begin(&w, "TEST", 1);
    bundle_add(&w, "num", numbers, 5, sizeof numbers[0]);
    assert_int_equal(bundle_save(&w, path, &err), DT_OK);
    assert_int_equal(bundle_open(path, "TEST", 1, 1, &b, &err), DT_OK);
    assert_true(str_eq(bundle_tag(&b, 0), STR("num")));
    bundle_close(&b);
    remove(path);
    assert_int_equal(bundle_open(path, "TEST", 1, 1, &b, &err), DT_E_OPEN);
    assert_non_null(strstr(err.text, path));
    assert_int_not_equal(bundle_save(&w, "/nowhere/at/all", &err), DT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_wrong_kind),
        cmocka_unit_test(test_truncated), cmocka_unit_test(test_flipped_bits),
        cmocka_unit_test(test_file)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
