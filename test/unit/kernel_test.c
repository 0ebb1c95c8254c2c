/* kernel_test.c - every kernel gives the bits of the plain one, on random and on odd input. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/kernel.h"

static uint64_t state = 7;

static uint32_t next_u32(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33);
}

static float next_float(float size)
{
    return size * ((float)(int32_t)(next_u32() % 65536) / 32768.0f - 1.0f);
}

static void *room(size_t bytes)
{
    void *at = aligned_alloc(64, kernel_padded(bytes, 64));
    assert_non_null(at);
    memset(at, 0, kernel_padded(bytes, 64));
    return at;
}

static const char *const others[] = {"avx2", "vnni", "avx512", "amx", "neon", "dotprod"};

#define FOR_EACH_OTHER(k)                                                                          \
    for (size_t other_ = 0; other_ < sizeof others / sizeof *others; other_++)                     \
        for (const struct kernel *k = kernel_named(others[other_]); k != NULL; k = NULL)

static void the_choice_is_never_empty(void **test)
{
    (void)test;
    assert_non_null(kernel_best());
    assert_string_equal(kernel_named("plain")->name, "plain");
    assert_null(kernel_named("abacus"));
    FOR_EACH_OTHER(k)
        printf("kernel %s is tested\n", k->name);
}

static void quantising_rounds_halves_to_even_and_clamps(void **test)
{
    (void)test;
    enum { N = 4096 };
    float *x = room(N * sizeof *x);
    uint8_t *want = room(N), *got = room(N);
    const float odd[] = {0.5f,     1.5f,      2.5f, -0.5f, -1.5f, -2.5f,  3e9f,   -3e9f,
                         INFINITY, -INFINITY, NAN,  29.5f, 31.5f, -30.5f, 1e-30f, -0.0f};
    const int plain[] = {0, 2, 2, 0, -2, -2, 31, -31, 31, -31, 31, 30, 31, -30, 0, 0};
    memcpy(x, odd, sizeof odd);
    for (size_t i = 16; i < N; i++)
        x[i] = next_float(50.0f);
    kernel_named("plain")->quantise(x, N, 1.0f, want);
    for (size_t i = 0; i < 16; i++)
        assert_int_equal(want[i] - QUANT_ZERO, plain[i]);
    kernel_named("plain")->quantise(x, N, 0.731f, want);
    FOR_EACH_OTHER(k) {
        k->quantise(x, N, 0.731f, got);
        assert_memory_equal(want, got, N * sizeof *got);
        memset(got, 0, N);
        k->quantise(x, N - KERNEL_LANES, 0.731f, got); /* not in pairs of KERNEL_LANES */
        assert_memory_equal(want, got, N - KERNEL_LANES);
    }
    free(x);
    free(want);
    free(got);
}

enum weights { WEIGHTS_ANY, WEIGHTS_LARGEST, WEIGHTS_SMALL };

/* Largest weights of one sign for each output, small ones that four quads of never overflow. */
static int8_t random_weight(enum weights size, uint32_t output)
{
    if (size == WEIGHTS_LARGEST) return output % 2 == 0 ? WEIGHT_MAX : -WEIGHT_MAX;
    if (size == WEIGHTS_SMALL) return (int8_t)(next_u32() % 129 - 64);
    return (int8_t)(next_u32() % 255 - WEIGHT_MAX);
}

static struct linear random_layer(uint32_t in, uint32_t out, enum weights size, int8_t *w)
{
    struct linear layer = {0};
    linear_shape(&layer, in, out);
    int8_t *packed = room(linear_packed_size(in, out));
    int32_t *offset = room(layer.out_stride * sizeof *offset);
    float *scale = room(layer.out_stride * sizeof *scale), *bias = room(layer.out_stride * 4);
    for (size_t i = 0; i < (size_t)in * out; i++)
        w[i] = random_weight(size, (uint32_t)(i / in));
    for (size_t o = 0; o < out; o++) {
        scale[o] = next_float(1e-5f);
        bias[o] = next_float(3.0f);
    }
    for (uint32_t o = 0; o < out; o++)
        linear_pack_row(w + (size_t)o * in, in, o, packed, offset);
    uint8_t *chain = room(layer.out_stride / KERNEL_LANES);
    layer.weights = packed;
    layer.offset = offset;
    layer.scale = scale;
    layer.bias = bias;
    for (uint32_t b = 0; b < layer.out_stride / KERNEL_LANES; b++)
        chain[b] = linear_chains(&layer, b);
    assert_true(size == WEIGHTS_ANY || chain[0] == (size == WEIGHTS_SMALL || layer.quads <= 2));
    layer.chain = chain;
    return layer;
}

/* Every kernel's product, quantised at once and then again for a part of the layer, is that of the
 * plain one. */
static void check_others(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                         const float *want)
{
    const size_t n = rows * layer->out_stride;
    const struct linear part = linear_part(layer, layer->out_stride - KERNEL_LANES, KERNEL_LANES);
    float *got = room(n * sizeof *got);
    uint8_t *bytes = room(n), *wanted = room(n);
    kernel_named("plain")->quantise(want, n, 7.7f, wanted);
    kernel_named("plain")->product_quantised(layer, q, rows, relu, 7.7f, bytes);
    assert_memory_equal(wanted, bytes, n);
    FOR_EACH_OTHER(k) {
        k->product(layer, q, rows, relu, got);
        assert_memory_equal(want, got, n * sizeof *got);
        k->product_quantised(layer, q, rows, relu, 7.7f, bytes);
        assert_memory_equal(wanted, bytes, n);
        k->product(&part, q, rows, relu, got);
        for (size_t r = 0; r < rows; r++)
            assert_memory_equal(want + (r + 1) * layer->out_stride - KERNEL_LANES,
                                got + r * KERNEL_LANES, KERNEL_LANES * sizeof *got);
    }
    free(got);
    free(bytes);
    free(wanted);
}

static void check_product(uint32_t in, uint32_t out, size_t rows, bool relu, enum weights size)
{
    int8_t *w = room((size_t)in * out);
    struct linear layer = random_layer(in, out, size, w);
    uint8_t *q = room(rows * layer.in_stride);
    float *want = room(rows * layer.out_stride * 4);
    for (size_t i = 0; i < rows * layer.in_stride; i++)
        q[i] = (uint8_t)(size == WEIGHTS_ANY ? 1 + next_u32() % (2 * QUANT_MAX + 1)
                                             : QUANT_ZERO + QUANT_MAX);
    kernel_named("plain")->product(&layer, q, rows, relu, want);
    for (size_t r = 0; r < rows; r++) { /* against the definition */
        for (size_t o = 0; o < out; o++) {
            int64_t sum = 0;
            for (size_t i = 0; i < in; i++)
                sum += w[o * in + i] * (q[r * layer.in_stride + i] - QUANT_ZERO);
            float v = (float)(int32_t)sum * layer.scale[o];
            v = v + layer.bias[o];
            assert_true(want[r * layer.out_stride + o] == (relu && !(v > 0.0f) ? 0.0f : v));
        }
    }
    check_others(&layer, q, rows, relu, want);
    void *all[] = {w,
                   q,
                   want,
                   (void *)(size_t)layer.chain,
                   (void *)(size_t)layer.weights,
                   (void *)(size_t)layer.offset,
                   (void *)(size_t)layer.scale,
                   (void *)(size_t)layer.bias};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
}

static void products_agree(void **test)
{
    (void)test;
    for (uint32_t out = 1; out < 150; out += 13)
        check_product(31 + out, out, 12, out % 2 == 0, WEIGHTS_ANY);
    for (size_t rows = 4; rows <= 40; rows += 4)
        check_product(64, 80, rows, false, WEIGHTS_ANY);
    check_product(128, 384, 24, false, WEIGHTS_ANY);
    check_product(1, 1, 4, true, WEIGHTS_ANY);
    check_product(1024, 16, 8, false, WEIGHTS_ANY);
    for (uint32_t in = 4; in <= 80; in += 4) { /* sums at the edge of 16 bits */
        check_product(in, 32, 4, false, WEIGHTS_LARGEST);
        check_product(in, 32, 4, false, WEIGHTS_SMALL);
    }
}

static void embeddings_agree(void **test)
{
    (void)test;
    enum { ROWS = 12, WIDTH = 96, TABLE = 500, FEATURES = 7 };
    int8_t *rows = room(TABLE * WIDTH);
    float *scale = room(TABLE * 4), *bias = room(WIDTH * 4);
    uint32_t *ids = room(ROWS * FEATURES * 4);
    float *want = room(ROWS * WIDTH * 4), *got = room(ROWS * WIDTH * 4);
    for (size_t i = 0; i < TABLE * WIDTH; i++)
        rows[i] = (int8_t)(next_u32() % 255 - 127);
    for (size_t i = 0; i < TABLE; i++)
        scale[i] = next_float(0.01f);
    for (size_t i = 0; i < WIDTH; i++)
        bias[i] = next_float(1.0f);
    for (size_t i = 0; i < ROWS * FEATURES; i++)
        ids[i] = next_u32() % TABLE;
    struct embedding e = {rows, scale, bias, WIDTH, FEATURES};
    kernel_named("plain")->embed(&e, ids, ROWS, want);
    FOR_EACH_OTHER(k) {
        k->embed(&e, ids, ROWS, got);
        assert_memory_equal(want, got, ROWS * WIDTH * sizeof *got);
    }
    void *all[] = {rows, scale, bias, ids, want, got};
    for (size_t i = 0; i < 6; i++)
        free(all[i]);
}

static void recurrences_agree(void **test)
{
    (void)test;
    enum { ROWS = 37, HALF = 48 };
    float *u = room(ROWS * 6 * HALF * 4), *v = room(4 * HALF * 4), *cell = room(2 * HALF * 4);
    float *x = room(ROWS * 2 * HALF * 4), *want = room(ROWS * 2 * HALF * 4);
    float *got = room(ROWS * 2 * HALF * 4);
    for (size_t i = 0; i < ROWS * 6 * HALF; i++)
        u[i] = next_float(4.0f);
    for (size_t i = 0; i < 4 * HALF; i++)
        v[i] = next_float(1.0f);
    for (size_t i = 0; i < ROWS * 2 * HALF; i++)
        x[i] = next_float(2.0f);
    const float *rows[ROWS];
    for (size_t i = 0; i < ROWS; i++)
        rows[i] = u + i * 6 * HALF;
    memcpy(want, x, ROWS * 2 * HALF * 4);
    kernel_named("plain")->recur(rows, v, ROWS, HALF, cell, want);
    FOR_EACH_OTHER(k) {
        memcpy(got, x, ROWS * 2 * HALF * 4);
        k->recur(rows, v, ROWS, HALF, cell, got);
        assert_memory_equal(want, got, ROWS * 2 * HALF * sizeof *got);
    }
    void *all[] = {u, v, cell, x, want, got};
    for (size_t i = 0; i < 6; i++)
        free(all[i]);
}

static void a_recurrence_is_what_its_definition_says(void **test)
{
    (void)test;
    enum { HALF = 16 };
    float *u = room(2 * 6 * HALF * 4), *v = room(4 * HALF * 4), *cell = room(2 * HALF * 4);
    float *x = room(2 * 2 * HALF * 4);
    for (size_t i = 0; i < 2 * 6 * HALF; i++)
        u[i] = next_float(2.0f);
    for (size_t i = 0; i < 4 * HALF; i++)
        v[i] = next_float(1.0f);
    const float *const rows[2] = {u, u + 6 * HALF};
    kernel_named("plain")->recur(rows, v, 2, HALF, cell, x);
    double c = 0.0, h = 0.0; /* unit 5, forward, second token */
    for (size_t t = 0; t < 2; t++) {
        const float *row = u + t * 6 * HALF;
        double a = row[HALF + 5] + v[5] * c, b = row[2 * HALF + 5] + v[HALF + 5] * c;
        double f = 0.5 + 0.5 * a / (1.0 + fabs(a)), r = 0.5 + 0.5 * b / (1.0 + fabs(b));
        c = f * c + (1.0 - f) * row[5];
        h = r * c / (1.0 + fabs(c));
    }
    assert_true(fabs(h - x[2 * HALF + 5]) < 1e-5);
    free(u);
    free(v);
    free(cell);
    free(x);
}

static void windows_agree(void **test)
{
    (void)test;
    enum { ROWS = 9, WIDTH = 48, REACH = 2, FROM = 16, ALL = FROM + (2 * REACH + 1) * WIDTH };
    float *p = room(ROWS * ALL * 4), *x = room(ROWS * WIDTH * 4);
    float *want = room(ROWS * WIDTH * 4), *got = room(ROWS * WIDTH * 4);
    const float *rows[ROWS];
    for (size_t i = 0; i < ROWS * ALL; i++)
        p[i] = next_float(3.0f);
    for (size_t i = 0; i < ROWS * WIDTH; i++)
        x[i] = next_float(3.0f);
    for (size_t i = 0; i < ROWS; i++)
        rows[i] = p + i * ALL;
    for (size_t n = 1; n <= ROWS; n++) {
        memcpy(want, x, ROWS * WIDTH * 4);
        kernel_named("plain")->window(rows, FROM, REACH, n, WIDTH, want);
        for (size_t t = 0; t < n; t++) { /* against the definition */
            double sum = 0.0;
            for (size_t k = 0; k <= 2 * REACH; k++)
                if (t + k >= REACH && t + k - REACH < n)
                    sum += rows[t + k - REACH][FROM + k * WIDTH + 7];
            double grown = (double)want[t * WIDTH + 7] - x[t * WIDTH + 7];
            assert_true(fabs(grown - (sum > 0.0 ? sum : 0.0)) < 1e-4);
        }
        FOR_EACH_OTHER(k) {
            memcpy(got, x, ROWS * WIDTH * 4);
            k->window(rows, FROM, REACH, n, WIDTH, got);
            assert_memory_equal(want, got, ROWS * WIDTH * sizeof *got);
        }
    }
    free(p);
    free(x);
    free(want);
    free(got);
}

static void sums_agree(void **test)
{
    (void)test;
    enum { N = 160 };
    float *a = room(N * 4), *b = room(N * 4);
    uint8_t *want = room(N), *got = room(N);
    for (size_t i = 0; i < N; i++) {
        a[i] = next_float(2.0f);
        b[i] = i % 7 == 0 ? -a[i] : next_float(2.0f);
    }
    kernel_named("plain")->join(a, b, N, 9.3f, want);
    for (size_t i = 0; i < N; i++) { /* against the definition */
        float sum = a[i] + b[i], v = (sum > 0.0f ? sum : 0.0f) * 9.3f;
        assert_int_equal(want[i], (int)nearbyintf(v < QUANT_MAX ? v : QUANT_MAX) + QUANT_ZERO);
    }
    FOR_EACH_OTHER(k) {
        k->join(a, b, N, 9.3f, got);
        assert_memory_equal(want, got, N);
    }
    free(a);
    free(b);
    free(want);
    free(got);
}

static void check_shrink(const float *x, size_t n)
{
    int16_t *want = room(n * 2), *got = room(n * 2);
    float *back = room(n * 4), *expanded = room(n * 4);
    const float scale = kernel_named("plain")->shrink(x, n, want);
    kernel_named("plain")->expand(want, n, scale, back);
    for (size_t i = 0; i < n && isfinite(x[i]); i++)
        assert_true(fabsf(back[i] - x[i]) <= 0.51f * scale || scale == 0.0f);
    FOR_EACH_OTHER(k) {
        assert_true(k->shrink(x, n, got) == scale);
        assert_memory_equal(want, got, n * sizeof *got);
        k->expand(want, n, scale, expanded);
        assert_memory_equal(back, expanded, n * sizeof *back);
    }
    free(want);
    free(got);
    free(back);
    free(expanded);
}

static void numbers_of_16_bits_agree(void **test)
{
    (void)test;
    enum { N = 240 };
    float *x = room(N * 4);
    check_shrink(x, N); /* all 0 */
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < N; i++)
            x[i] = next_float(round % 2 == 0 ? 0.01f : 40.0f);
        check_shrink(x, N);
        check_shrink(x, KERNEL_LANES);
    }
    x[3] = INFINITY;
    check_shrink(x, N);
    x[3] = NAN;
    check_shrink(x, N);
    free(x);
}

static void the_first_maximum_wins(void **test)
{
    (void)test;
    float x[70];
    for (size_t n = 0; n < 70; n++) {
        for (int round = 0; round < 50; round++) {
            for (size_t i = 0; i < n; i++)
                x[i] = (float)(next_u32() % (round < 25 ? 5 : 1000)) - 3.0f;
            if (n > 3 && round == 7) x[next_u32() % n] = NAN;
            if (n > 3 && round == 8) x[next_u32() % n] = -INFINITY;
            if (round == 9) {
                for (size_t i = 0; i < n; i++)
                    x[i] = NAN;
            }
            uint32_t want = kernel_named("plain")->argmax(x, n);
            for (uint32_t i = 0; i < want; i++)
                assert_false(x[i] >= x[want]);
            FOR_EACH_OTHER(k)
                assert_int_equal(k->argmax(x, n), want);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_choice_is_never_empty),
        cmocka_unit_test(quantising_rounds_halves_to_even_and_clamps),
        cmocka_unit_test(products_agree),
        cmocka_unit_test(embeddings_agree),
        cmocka_unit_test(recurrences_agree),
        cmocka_unit_test(a_recurrence_is_what_its_definition_says),
        cmocka_unit_test(windows_agree),
        cmocka_unit_test(sums_agree),
        cmocka_unit_test(numbers_of_16_bits_agree),
        cmocka_unit_test(the_first_maximum_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
