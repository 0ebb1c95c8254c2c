/* decode_test.c - trees are the best ones with exactly one root; names are the best sequences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lang/decode.h"

static uint64_t state = 3;

static uint32_t next_u32(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static double tree_score(const float *arcs, size_t n, size_t stride, const uint32_t *heads)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        sum += arcs[i * stride + (heads[i] == NONE ? n : heads[i])];
    return sum;
}

/* The best score of all trees with one root, by trying every assignment of heads. */
static double best_by_force(const float *arcs, size_t n, size_t stride)
{
    uint32_t heads[6] = {0}, seen[6];
    double best = -1e300;
    size_t total = 1;
    for (size_t i = 0; i < n; i++)
        total *= n + 1;
    for (size_t code = 0; code < total; code++) {
        size_t rest = code;
        bool legal = true;
        for (size_t i = 0; i < n; i++, rest /= n + 1) {
            heads[i] = rest % (n + 1) == n ? NONE : (uint32_t)(rest % (n + 1));
            legal = legal && heads[i] != i;
        }
        if (!legal || !decode_is_tree(heads, n, seen)) continue;
        double score = tree_score(arcs, n, stride, heads);
        if (score > best) best = score;
    }
    return best;
}

static void trees_are_told_from_others(void **test)
{
    (void)test;
    uint32_t seen[4];
    assert_true(decode_is_tree((const uint32_t[]){NONE}, 1, seen));
    assert_true(decode_is_tree((const uint32_t[]){1, NONE, 1, 2}, 4, seen));
    assert_false(decode_is_tree((const uint32_t[]){1, 0, NONE}, 3, seen));
    assert_false(decode_is_tree((const uint32_t[]){NONE, NONE}, 2, seen));
    assert_false(decode_is_tree((const uint32_t[]){1, 2, 0}, 3, seen));
    assert_false(decode_is_tree((const uint32_t[]){0, NONE}, 2, seen));
}

static void the_best_tree_is_found(void **test)
{
    (void)test;
    struct decode_room room = {0};
    const struct kernel *kernel = kernel_named("plain");
    for (int round = 0; round < 600; round++) {
        size_t n = 1 + next_u32() % 5, stride = 16;
        float arcs[5 * 16] = {0}, copy[5 * 16];
        uint32_t heads[5], edmonds[5], seen[5];
        float margins[5];
        for (size_t i = 0; i < n; i++) {
            for (size_t j = 0; j <= n; j++)
                arcs[i * stride + j] = (float)(int32_t)(next_u32() % 2000) - 1000.0f;
        }
        memcpy(copy, arcs, sizeof copy);
        double want = best_by_force(arcs, n, stride);
        assert_true(decode_edmonds(&room, arcs, n, stride, edmonds));
        assert_true(decode_is_tree(edmonds, n, seen));
        assert_true(tree_score(arcs, n, stride, edmonds) == want);
        assert_true(decode_tree(kernel, &room, copy, n, stride, heads, margins));
        assert_true(decode_is_tree(heads, n, seen));
        assert_true(tree_score(arcs, n, stride, heads) == want);
    }
    decode_room_free(&room);
}

static void long_sentences_take_quadratic_time(void **test)
{
    (void)test;
    enum { N = 1000, STRIDE = 1008 };
    struct decode_room room = {0};
    float *arcs = malloc((size_t)N * STRIDE * sizeof *arcs);
    uint32_t *heads = malloc(N * sizeof *heads), *seen = malloc(N * sizeof *seen);
    assert_true(arcs != NULL && heads != NULL && seen != NULL);
    for (size_t i = 0; i < N; i++) { /* nested cycles: neighbours in pairs, pairs of pairs, ... */
        for (size_t j = 0; j <= N; j++) {
            size_t apart = i ^ j, level = 0;
            while (apart >> level != 0)
                level++;
            arcs[i * STRIDE + j] = 1000.0f - 50.0f * (float)level;
        }
    }
    clock_t begin = clock();
    assert_true(decode_edmonds(&room, arcs, N, STRIDE, heads));
    assert_true((double)(clock() - begin) / CLOCKS_PER_SEC < 2.0);
    assert_true(decode_is_tree(heads, N, seen));
    decode_room_free(&room);
    free(arcs);
    free(heads);
    free(seen);
}

static void margins_are_to_the_next_best_head(void **test)
{
    (void)test;
    struct decode_room room = {0};
    float arcs[2 * 16] = {[0] = 0, [1] = 5, [2] = 9, [16] = 4, [17] = 0, [18] = 1};
    uint32_t heads[2];
    float margins[2];
    assert_true(decode_tree(kernel_best(), &room, arcs, 2, 16, heads, margins));
    assert_int_equal(heads[0], NONE);
    assert_int_equal(heads[1], 0);
    assert_true(margins[0] == 4.0f && margins[1] == 3.0f);
    decode_room_free(&room);
}

static void the_best_labels_are_found(void **test)
{
    (void)test;
    enum { LABELS = 4, WORDS = 5 };
    struct decode_room room = {0};
    for (int round = 0; round < 200; round++) {
        float scores[WORDS * 16], transitions[LABELS * LABELS], start[LABELS];
        uint8_t got[WORDS];
        float best = -1e30f, found = 0.0f;
        for (size_t i = 0; i < WORDS * 16; i++)
            scores[i] = (float)(next_u32() % 64);
        for (size_t i = 0; i < LABELS * LABELS; i++)
            transitions[i] = next_u32() % 4 == 0 ? -1e9f : (float)(next_u32() % 64);
        for (size_t i = 0; i < LABELS; i++)
            start[i] = (float)(next_u32() % 64);
        for (size_t code = 0; code < 1024; code++) { /* 4^5 */
            float sum = 0.0f;
            for (size_t t = 0; t < WORDS; t++) {
                size_t b = code >> 2 * t & 3, a = t > 0 ? code >> 2 * (t - 1) & 3 : 0;
                sum += scores[t * 16 + b] + (t == 0 ? start[b] : transitions[a * LABELS + b]);
            }
            if (sum > best) best = sum;
        }
        assert_true(decode_labels(&room, scores, WORDS, 16, LABELS, transitions, start, got));
        for (size_t t = 0; t < WORDS; t++)
            found += scores[t * 16 + got[t]] +
                     (t == 0 ? start[got[t]] : transitions[got[t - 1] * LABELS + got[t]]);
        assert_true(found == best);
    }
    decode_room_free(&room);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_are_told_from_others),
        cmocka_unit_test(the_best_tree_is_found),
        cmocka_unit_test(long_sentences_take_quadratic_time),
        cmocka_unit_test(margins_are_to_the_next_best_head),
        cmocka_unit_test(the_best_labels_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
