/* kernel_avx2.c - the network's arithmetic for CPUs with AVX2; see kernel.h.
 *
 * Products run in tiles of 3 rows by 16 outputs, whose 6 sums stay in registers. The bytes are
 * widened, those at even and those at odd places by themselves, for vpmaddwd, which does 16
 * multiply-adds; vpmaddubsw would save that, but cuts off its sums. Everything gives the bits of
 * the plain kernel. */
#include "lang/kernel.h"

#if defined(__AVX2__)
#include <immintrin.h>
#include <math.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum {
    HALF_LANES = 8, /* floats in a register */
    TILE_ROWS = 3   /* a part of KERNEL_ROWS */
};

static void avx_quantise(const float *x, size_t n, float mul, uint8_t *q)
{
    const __m256 factor = _mm256_set1_ps(mul);
    const __m256 hi = _mm256_set1_ps((float)QUANT_MAX), lo = _mm256_set1_ps((float)-QUANT_MAX);
    for (size_t i = 0; i < n; i += HALF_LANES) {
        __m256 v = _mm256_mul_ps(_mm256_loadu_ps(x + i), factor);
        v = _mm256_max_ps(_mm256_min_ps(v, hi), lo);
        v = _mm256_round_ps(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        __m256i w = _mm256_cvtps_epi32(v);
        w = _mm256_add_epi32(w, _mm256_set1_epi32(QUANT_ZERO));
        __m128i half = _mm_packs_epi32(_mm256_castsi256_si128(w), _mm256_extracti128_si256(w, 1));
        _mm_storel_epi64((__m128i *)(void *)(q + i), _mm_packus_epi16(half, half));
    }
}

/* Four inputs in every lane, each lane's first and third as two numbers of 16 bits; the others. */
ALWAYS_INLINE void avx_inputs(const uint8_t *q, __m256i *even, __m256i *odd)
{
    int32_t quad;
    memcpy(&quad, q, sizeof quad);
    __m256i x = _mm256_set1_epi32(quad);
    *even = _mm256_and_si256(x, _mm256_set1_epi16(0xFF));
    *odd = _mm256_srli_epi16(x, 8);
}

/* The same of the weights of 8 outputs. */
ALWAYS_INLINE void avx_weights(const int8_t *w, __m256i *even, __m256i *odd)
{
    __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)w);
    *even = _mm256_srai_epi16(_mm256_slli_epi16(x, 8), 8);
    *odd = _mm256_srai_epi16(x, 8);
}

ALWAYS_INLINE __m256i avx_add(__m256i sum, __m256i w0, __m256i w1, __m256i x0, __m256i x1)
{
    return _mm256_add_epi32(sum,
                            _mm256_add_epi32(_mm256_madd_epi16(w0, x0), _mm256_madd_epi16(w1, x1)));
}

ALWAYS_INLINE void avx_finish(__m256i sum, const float *scale, const float *bias, bool relu,
                              float *y)
{
    __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(scale));
    v = _mm256_add_ps(v, _mm256_loadu_ps(bias));
    if (relu) v = _mm256_max_ps(v, _mm256_setzero_ps());
    _mm256_storeu_ps(y, v);
}

/* The sums are variables, not an array, so that they live in registers. */
#define AVX_ROWS(X)  X(0) X(1) X(2)
#define AVX_BEGIN(r) __m256i a##r = s0, b##r = s1;
#define AVX_STEP(r)                                                                                \
    avx_inputs(q + (r)*in + 4 * k, &x0, &x1);                                                      \
    a##r = avx_add(a##r, left0, left1, x0, x1);                                                    \
    b##r = avx_add(b##r, right0, right1, x0, x1);
#define AVX_DONE(r)                                                                                \
    avx_finish(a##r, scale, bias, relu, y + (r)*out);                                              \
    avx_finish(b##r, scale + HALF_LANES, bias + HALF_LANES, relu, y + (r)*out + HALF_LANES);

/* TILE_ROWS rows by 16 outputs from output o on. */
static void avx_tile(const struct linear *layer, const uint8_t *q, size_t o, bool relu, float *y)
{
    const size_t in = layer->in_stride, out = layer->out_stride, quads = layer->quads;
    const int8_t *w = layer->weights + o * quads * 4;
    const float *scale = layer->scale + o, *bias = layer->bias + o;
    const __m256i *offset = (const __m256i *)(const void *)(layer->offset + o);
    const __m256i s0 = _mm256_loadu_si256(offset), s1 = _mm256_loadu_si256(offset + 1);
    AVX_ROWS(AVX_BEGIN)
    for (size_t k = 0; k < quads; k++, w += 4 * KERNEL_LANES) {
        __m256i left0, left1, right0, right1, x0, x1;
        avx_weights(w, &left0, &left1);
        avx_weights(w + 4 * HALF_LANES, &right0, &right1);
        AVX_ROWS(AVX_STEP)
    }
    y += o;
    AVX_ROWS(AVX_DONE)
}

static void avx_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                        float *y)
{
    const size_t in = layer->in_stride, out = layer->out_stride;
    for (size_t o = 0; o < out; o += KERNEL_LANES)
        for (size_t r = 0; r < rows; r += TILE_ROWS)
            avx_tile(layer, q + r * in, o, relu, y + r * out);
}

static void avx_embed(const struct embedding *e, const uint32_t *ids, size_t rows, float *x)
{
    for (size_t r = 0; r < rows; r++, ids += e->features, x += e->width) {
        for (size_t i = 0; i < e->width; i += HALF_LANES) {
            __m256 sum = _mm256_loadu_ps(e->bias + i);
            for (size_t f = 0; f < e->features; f++) {
                const int8_t *row = e->rows + (size_t)ids[f] * e->width + i;
                __m256i v =
                    _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)(const void *)row));
                __m256 scale = _mm256_set1_ps(e->scale[ids[f]]);
                sum = _mm256_add_ps(sum, _mm256_mul_ps(_mm256_cvtepi32_ps(v), scale));
            }
            _mm256_storeu_ps(x + i, sum);
        }
    }
}

ALWAYS_INLINE __m256 avx_one_plus_abs(__m256 v)
{
    return _mm256_add_ps(_mm256_set1_ps(1.0f), _mm256_andnot_ps(_mm256_set1_ps(-0.0f), v));
}

ALWAYS_INLINE void avx_step(const float *u, const float *v, size_t half, float *state, float *x)
{
    const __m256 one = _mm256_set1_ps(1.0f), point5 = _mm256_set1_ps(0.5f);
    for (size_t i = 0; i < half; i += HALF_LANES) {
        __m256 c = _mm256_loadu_ps(state + i);
        __m256 a = _mm256_mul_ps(_mm256_loadu_ps(v + i), c);
        a = _mm256_add_ps(_mm256_loadu_ps(u + half + i), a);
        __m256 b = _mm256_mul_ps(_mm256_loadu_ps(v + half + i), c);
        b = _mm256_add_ps(_mm256_loadu_ps(u + 2 * half + i), b);
        __m256 f = _mm256_div_ps(a, avx_one_plus_abs(a));
        f = _mm256_add_ps(point5, _mm256_mul_ps(point5, f));
        c = _mm256_add_ps(_mm256_mul_ps(f, c),
                          _mm256_mul_ps(_mm256_sub_ps(one, f), _mm256_loadu_ps(u + i)));
        _mm256_storeu_ps(state + i, c);
        __m256 open = avx_one_plus_abs(b);
        __m256 top = _mm256_mul_ps(_mm256_mul_ps(point5, _mm256_add_ps(open, b)), c);
        __m256 h = _mm256_div_ps(top, _mm256_mul_ps(open, avx_one_plus_abs(c)));
        _mm256_storeu_ps(x + i, _mm256_add_ps(_mm256_loadu_ps(x + i), h));
    }
}

static void avx_recur(const float *const *u, const float *v, size_t rows, size_t half, float *state,
                      float *x)
{
    memset(state, 0, 2 * half * sizeof *state);
    for (size_t t = 0; t < rows; t++) {
        size_t back = rows - 1 - t;
        avx_step(u[t], v, half, state, x + t * 2 * half);
        avx_step(u[back] + 3 * half, v + 2 * half, half, state + half, x + (back * 2 + 1) * half);
    }
}

static void avx_window(const float *const *p, size_t from, size_t reach, size_t rows, size_t width,
                       float *x)
{
    for (size_t t = 0; t < rows; t++, x += width) {
        const size_t first = t < reach ? 0 : t - reach,
                     end = t + reach < rows ? t + reach + 1 : rows;
        for (size_t i = 0; i < width; i += HALF_LANES) {
            __m256 sum = _mm256_setzero_ps();
            for (size_t k = first; k < end; k++)
                sum =
                    _mm256_add_ps(sum, _mm256_loadu_ps(p[k] + from + (k + reach - t) * width + i));
            sum = _mm256_max_ps(sum, _mm256_setzero_ps());
            _mm256_storeu_ps(x + i, _mm256_add_ps(_mm256_loadu_ps(x + i), sum));
        }
    }
}

static void avx_join(const float *a, const float *b, size_t n, float *y)
{
    for (size_t i = 0; i < n; i += HALF_LANES) {
        __m256 v = _mm256_add_ps(_mm256_loadu_ps(a + i), _mm256_loadu_ps(b + i));
        _mm256_storeu_ps(y + i, _mm256_max_ps(v, _mm256_setzero_ps()));
    }
}

static uint32_t avx_argmax(const float *x, size_t n)
{
    float lane_best[HALF_LANES];
    uint32_t lane_at[HALF_LANES];
    __m256 top = _mm256_set1_ps(-HUGE_VALF), found = _mm256_setzero_ps();
    __m256i index = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    size_t i = 0;
    for (; i + HALF_LANES <= n; i += HALF_LANES) {
        __m256 v = _mm256_loadu_ps(x + i);
        __m256 more = _mm256_cmp_ps(v, top, _CMP_GT_OQ);
        top = _mm256_blendv_ps(top, v, more);
        found = _mm256_blendv_ps(found, _mm256_castsi256_ps(index), more);
        index = _mm256_add_epi32(index, _mm256_set1_epi32(HALF_LANES));
    }
    _mm256_storeu_ps(lane_best, top);
    _mm256_storeu_si256((__m256i *)(void *)lane_at, _mm256_castps_si256(found));
    return kernel_first_maximum(lane_best, lane_at, HALF_LANES, x, i, n);
}

static const struct kernel avx_table = {.name = "avx2",
                                        .quantise = avx_quantise,
                                        .product = avx_product,
                                        .embed = avx_embed,
                                        .recur = avx_recur,
                                        .window = avx_window,
                                        .join = avx_join,
                                        .argmax = avx_argmax};

const struct kernel *kernel_avx2(void)
{
    return &avx_table;
}
#else
const struct kernel *kernel_avx2(void)
{
    return NULL;
}
#endif
