/* counting_test.c - one event that two words name is one, however its chance is divided. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "what/counting.h"

enum { TYPES = 3, MOST = 4 };

static struct counted word_of(uint32_t token, const float *share)
{
    struct counted w = {.token = token, .type = share[2] > share[1] ? 2 : 1, .own = 1 - share[0]};
    return w;
}

/* Settles n words with these shares of type 1; the rest is none. */
static void settle_ones(struct counted *words, uint32_t n, const float *one, float least,
                        float more)
{
    float share[MOST * TYPES] = {0};
    for (uint32_t i = 0; i < n; i++) {
        share[i * TYPES] = 1 - one[i];
        share[i * TYPES + 1] = one[i];
        words[i] = word_of(i, share + (size_t)i * TYPES);
    }
    counting_settle(words, n, share, TYPES, least, more);
}

static void chances_of_two_words_add_up(void **state)
{
    (void)state;
    struct counted w[2];
    settle_ones(w, 2, (const float[]){0.51f, 0.41f}, 0.6f, 0.7f);
    assert_int_equal(w[0].result, COUNTING_TAKEN);
    assert_int_equal(w[1].result, COUNTING_TOLD);
    assert_true(fabsf(w[0].likely - 0.92f) < 1e-5f);
    settle_ones(w, 2, (const float[]){0.2f, 0.45f}, 0.6f, 0.7f);
    assert_int_equal(w[0].result, COUNTING_TOLD);
    assert_int_equal(w[1].result, COUNTING_TAKEN);
}

static void two_events_need_the_chance_of_two(void **state)
{
    (void)state;
    struct counted w[2];
    settle_ones(w, 2, (const float[]){0.8f, 0.7f}, 0.6f, 0.7f); /* one and a half */
    assert_int_equal(w[0].result, COUNTING_TAKEN);
    assert_int_equal(w[1].result, COUNTING_TOLD);
    assert_true(w[0].likely == 1);
    settle_ones(w, 2, (const float[]){0.8f, 0.95f}, 0.6f, 0.7f);
    assert_int_equal(w[0].result, COUNTING_TAKEN);
    assert_int_equal(w[1].result, COUNTING_TAKEN);
    assert_true(w[1].likely == 1 && fabsf(w[0].likely - 0.75f) < 1e-5f);
}

static void unlikely_words_name_nothing(void **state)
{
    (void)state;
    struct counted w[MOST];
    settle_ones(w, 2, (const float[]){0.3f, 0.2f}, 0.6f, 0.7f);
    assert_true(w[0].result == COUNTING_UNLIKELY && w[1].result == COUNTING_UNLIKELY);
    assert_true(fabsf(w[0].likely - 0.3f) < 1e-5f);
    /* many words of little chance: none of them is it */
    settle_ones(w, MOST, (const float[]){0.2f, 0.2f, 0.2f, 0.2f}, 0.6f, 0.7f);
    assert_int_equal(w[0].result, COUNTING_UNLIKELY);
    /* what is hardly likely does not count */
    settle_ones(w, MOST, (const float[]){0.58f, 0.02f, 0.02f, 0.02f}, 0.6f, 0.7f);
    assert_int_equal(w[0].result, COUNTING_UNLIKELY);
    /* where unlikely ones are wanted they are found */
    settle_ones(w, 2, (const float[]){0.15f, 0.05f}, 0.1f, 0.1f);
    assert_true(w[0].result == COUNTING_TAKEN && w[1].result == COUNTING_TOLD);
}

/* What a word has of another type than its own counts for that one. */
static void types_are_counted_apart(void **state)
{
    (void)state;
    static const float share[] = {0.3f, 0.5f, 0.2f, 0.4f, 0.1f, 0.5f};
    struct counted w[2] = {word_of(0, share), word_of(1, share + TYPES)};
    counting_settle(w, 2, share, TYPES, 0.55f, 0.7f);
    assert_true(w[0].result == COUNTING_TAKEN && w[1].result == COUNTING_TAKEN);
    assert_true(fabsf(w[0].likely - 0.6f) < 1e-5f && fabsf(w[1].likely - 0.7f) < 1e-5f);
    counting_settle(w, 2, share, TYPES, 0.65f, 0.7f);
    assert_true(w[0].result == COUNTING_UNLIKELY && w[1].result == COUNTING_TAKEN);
    counting_settle(NULL, 0, NULL, TYPES, 0.65f, 0.7f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_of_two_words_add_up),
        cmocka_unit_test(two_events_need_the_chance_of_two),
        cmocka_unit_test(unlikely_words_name_nothing),
        cmocka_unit_test(types_are_counted_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
