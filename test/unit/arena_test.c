/* arena_test.c - the memory of a document: alignment, growth, reset, overflow, failure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"

/* AddressSanitizer must let malloc fail, as it does without it. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void test_aligned_and_zero(void **state)
{
    (void)state;
    struct arena a = {0};
    for (size_t n = 1; n < 200; n++) {
        unsigned char *p = arena_array(&a, n, 1);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xAA, n);
    }
    arena_reset(&a);
    const unsigned char *again = arena_array(&a, 1000, 1);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(again[i], 0);
    arena_free(&a);
}

static void test_reset_joins_chunks(void **state)
{
    (void)state;
    struct arena a = {0};
    for (int i = 0; i < 50; i++)
        assert_non_null(arena_array(&a, 10000, 1));
    arena_reset(&a);
#ifndef DT_DEBUG_ARENA
    const size_t total = a.total;
    const struct arena_chunk *chunk = a.chunk;
    for (int i = 0; i < 50; i++)
        assert_non_null(arena_array(&a, 10000, 1));
    assert_ptr_equal(a.chunk, chunk); /* nothing was allocated */
    assert_int_equal(a.total, total);
#endif
    arena_free(&a);
}

static void test_overflow(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_null(arena_array(&a, SIZE_MAX, 2));
    assert_true(a.failed);
    arena_reset(&a);
    assert_false(a.failed);
    assert_null(arena_array(&a, SIZE_MAX / 2 + 1, 2));
    assert_null(arena_array(&a, SIZE_MAX, 1));
    assert_true(a.failed);
    assert_non_null(arena_array(&a, 10, 1)); /* it still works */
    arena_free(&a);
}

static void test_failed_allocation(void **state)
{
    (void)state;
    struct arena a = {0};
    char *kept = arena_array(&a, 10, 1);
    kept[0] = 'x';
    assert_null(arena_array(&a, SIZE_MAX / 4, 1));
    assert_true(a.failed);
    assert_int_equal(kept[0], 'x');
    size_t cap = 0;
    assert_null(arena_grow(&a, NULL, 0, SIZE_MAX / 3, &cap, 1));
    assert_int_equal(cap, 0);
    assert_int_equal(arena_str(&a, str_of("", SIZE_MAX / 4)).len, 0);
    arena_free(&a);
}

static void test_grow(void **state)
{
    (void)state;
    struct arena a = {0};
    size_t cap = 0;
    uint32_t *numbers = NULL;
    for (uint32_t i = 0; i < 10000; i++) {
        numbers = arena_grow(&a, numbers, i, i + 1, &cap, sizeof *numbers);
        assert_non_null(numbers);
        numbers[i] = i;
    }
    assert_true(cap >= 10000);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(numbers[i], i);
    arena_free(&a);
}

static void test_text(void **state)
{
    (void)state;
    struct arena a = {0};
    const struct str s = arena_str(&a, STR("Oslo"));
    assert_true(str_eq(s, STR("Oslo")));
    assert_int_equal(s.at[4], '\0');
    assert_int_equal(arena_str(&a, STR("")).len, 0);
    assert_non_null(arena_array(&a, 0, 8));
    arena_free(&a);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_aligned_and_zero),
                                       cmocka_unit_test(test_reset_joins_chunks),
                                       cmocka_unit_test(test_overflow),
                                       cmocka_unit_test(test_failed_allocation),
                                       cmocka_unit_test(test_grow),
                                       cmocka_unit_test(test_text)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
