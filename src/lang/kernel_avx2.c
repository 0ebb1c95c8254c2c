/* kernel_avx2.c - the network's arithmetic for CPUs with AVX2; see kernel.h.
 *
 * Products run in tiles of 4 rows by 16 outputs, whose 8 sums stay in registers. One vpmaddubsw
 * does 32 multiply-adds and leaves their sums by two in 16 bits; those of two quads of inputs, of
 * four where the weights allow it, are added there before vpmaddwd widens them. With activations of
 * 6 bits nothing can overflow. Everything gives the bits of the plain kernel. */
#include "lang/kernel_avx2.h"

#if defined(__AVX2__)
#include <math.h>

ALWAYS_INLINE __m256i avx_scaled(const float *x, __m256 factor)
{
    return avx_round(_mm256_mul_ps(_mm256_loadu_ps(x), factor));
}

static void avx_quantise(const float *x, size_t n, float mul, uint8_t *q)
{
    const __m256 factor = _mm256_set1_ps(mul);
    const __m256i zero = _mm256_set1_epi8(QUANT_ZERO);
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    size_t i = 0;
    for (; i + 4 * HALF_LANES <= n; i += 4 * HALF_LANES) {
        __m256i ab = _mm256_packs_epi32(avx_scaled(x + i, factor), avx_scaled(x + i + 8, factor));
        __m256i cd =
            _mm256_packs_epi32(avx_scaled(x + i + 16, factor), avx_scaled(x + i + 24, factor));
        __m256i bytes = _mm256_add_epi8(_mm256_packs_epi16(ab, cd), zero);
        _mm256_storeu_si256((__m256i *)(void *)(q + i), _mm256_permutevar8x32_epi32(bytes, order));
    }
    for (; i < n; i += 2 * HALF_LANES)
        _mm_storeu_si128((__m128i *)(void *)(q + i),
                         avx_bytes(avx_scaled(x + i, factor), avx_scaled(x + i + 8, factor)));
}

/* The sum, in 16 bits, of the products of `n` quads from k on. */
ALWAYS_INLINE __m256i avx_products(const uint8_t *q, const int8_t *w, const size_t n)
{
    __m256i sum = _mm256_maddubs_epi16(avx_quad(q), avx_weights(w));
    for (size_t i = 1; i < n; i++)
        sum = _mm256_add_epi16(
            sum, _mm256_maddubs_epi16(avx_quad(q + 4 * i), avx_weights(w + i * 4 * KERNEL_LANES)));
    return sum;
}

/* The sums are variables, not an array, so that they live in registers. */
#define AVX_ROWS(X)  X(0) X(1) X(2) X(3)
#define AVX_BEGIN(r) __m256i a##r = s0, b##r = s1;
#define AVX_STEP(r)                                                                                \
    a##r =                                                                                         \
        _mm256_add_epi32(a##r, _mm256_madd_epi16(avx_products(q + (r)*in + 4 * k, w, n), ones));   \
    b##r = _mm256_add_epi32(                                                                       \
        b##r, _mm256_madd_epi16(avx_products(q + (r)*in + 4 * k, w + 4 * HALF_LANES, n), ones));
#define AVX_DONE(r) avx_finish(a##r, b##r, scale, bias, to, (row + (r)) * out + o, bytes);

/* KERNEL_ROWS rows from `row` on by 16 outputs from `o` on, `chain` quads at a time. */
ALWAYS_INLINE void avx_tile(const struct linear *layer, const uint8_t *q, size_t row, size_t o,
                            const struct avx_target *to, const size_t chain, const bool bytes)
{
    const size_t in = layer->in_stride, out = layer->out_stride, quads = layer->quads;
    const int8_t *w = layer->weights + o * quads * 4;
    const float *scale = layer->scale + o, *bias = layer->bias + o;
    const __m256i *offset = (const __m256i *)(const void *)(layer->offset + o);
    const __m256i s0 = _mm256_loadu_si256(offset), s1 = _mm256_loadu_si256(offset + 1);
    const __m256i ones = _mm256_set1_epi16(1);
    AVX_ROWS(AVX_BEGIN)
    size_t k = 0;
    q += row * in;
    for (; k + chain <= quads; k += chain, w += chain * 4 * KERNEL_LANES) {
        const size_t n = chain;
        AVX_ROWS(AVX_STEP)
    }
    for (; k < quads; k++, w += 4 * KERNEL_LANES) {
        const size_t n = 1;
        AVX_ROWS(AVX_STEP)
    }
    AVX_ROWS(AVX_DONE)
}

ALWAYS_INLINE void avx_tiles(const struct linear *layer, const uint8_t *q, size_t rows,
                             const struct avx_target *to, const bool bytes)
{
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES) {
        const bool four = layer->chain != NULL && layer->chain[o / KERNEL_LANES] != 0;
        for (size_t r = 0; r < rows; r += KERNEL_ROWS) {
            if (four)
                avx_tile(layer, q, r, o, to, 4, bytes);
            else
                avx_tile(layer, q, r, o, to, 2, bytes);
        }
    }
}

static void avx_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                        float *y)
{
    const struct avx_target to = {.y = y, .relu = relu};
    avx_tiles(layer, q, rows, &to, false);
}

static void avx_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                  bool relu, float mul, uint8_t *y)
{
    const struct avx_target to = {.bytes = y, .mul = mul, .relu = relu};
    avx_tiles(layer, q, rows, &to, true);
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

/* Eight joined numbers, scaled and rounded. */
ALWAYS_INLINE __m256i avx_joined(const float *a, const float *b, __m256 mul)
{
    __m256 v = _mm256_add_ps(_mm256_loadu_ps(a), _mm256_loadu_ps(b));
    return avx_round(_mm256_mul_ps(_mm256_max_ps(v, _mm256_setzero_ps()), mul));
}

static void avx_join(const float *a, const float *b, size_t n, float mul, uint8_t *q)
{
    const __m256 factor = _mm256_set1_ps(mul);
    for (size_t i = 0; i < n; i += 2 * HALF_LANES)
        _mm_storeu_si128((__m128i *)(void *)(q + i),
                         avx_bytes(avx_joined(a + i, b + i, factor),
                                   avx_joined(a + i + HALF_LANES, b + i + HALF_LANES, factor)));
}

ALWAYS_INLINE __m256i avx_limited(const float *x, __m256 factor)
{
    const __m256 hi = _mm256_set1_ps((float)INT16_MAX), lo = _mm256_set1_ps((float)-INT16_MAX);
    __m256 v = _mm256_mul_ps(_mm256_loadu_ps(x), factor);
    return _mm256_cvtps_epi32(_mm256_max_ps(_mm256_min_ps(v, hi), lo));
}

ALWAYS_INLINE __m256i avx_words(const float *x, __m256 factor)
{
    __m256i a = avx_limited(x, factor), b = avx_limited(x + HALF_LANES, factor);
    return _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
}

/* The highest of eight numbers, in every lane. */
ALWAYS_INLINE __m256 avx_highest(__m256 v)
{
    v = _mm256_max_ps(v, _mm256_permute2f128_ps(v, v, 1));
    v = _mm256_max_ps(v, _mm256_permute_ps(v, 0x4E));
    return _mm256_max_ps(v, _mm256_permute_ps(v, 0xB1));
}

static float avx_shrink(const float *x, size_t n, int16_t *q)
{
    float scale;
    __m256 most = _mm256_setzero_ps();
    for (size_t i = 0; i < n; i += HALF_LANES)
        most = _mm256_max_ps(_mm256_andnot_ps(_mm256_set1_ps(-0.0f), _mm256_loadu_ps(x + i)), most);
    const __m256 factor =
        _mm256_set1_ps(kernel_shrink_factor(_mm256_cvtss_f32(avx_highest(most)), &scale));
    for (size_t i = 0; i < n; i += 2 * HALF_LANES)
        _mm256_storeu_si256((__m256i *)(void *)(q + i), avx_words(x + i, factor));
    return scale;
}

static void avx_expand(const int16_t *q, size_t n, float scale, float *x)
{
    const __m256 factor = _mm256_set1_ps(scale);
    for (size_t i = 0; i < n; i += HALF_LANES) {
        __m256i w = _mm256_cvtepi16_epi32(_mm_loadu_si128((const __m128i *)(const void *)(q + i)));
        _mm256_storeu_ps(x + i, _mm256_mul_ps(_mm256_cvtepi32_ps(w), factor));
    }
}

ALWAYS_INLINE uint32_t avx_lowest_index(__m256i v)
{
    v = _mm256_min_epu32(v, _mm256_permute2x128_si256(v, v, 1));
    v = _mm256_min_epu32(v, _mm256_shuffle_epi32(v, 0x4E));
    v = _mm256_min_epu32(v, _mm256_shuffle_epi32(v, 0xB1));
    return (uint32_t)_mm256_cvtsi256_si32(v);
}

/* What comes after the last full register is read under a mask. */
static uint32_t avx_argmax(const float *x, size_t n)
{
    const __m256i lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256 top = _mm256_set1_ps(-HUGE_VALF);
    __m256i found = _mm256_setzero_si256();
    for (size_t i = 0; i < n; i += HALF_LANES) {
        const __m256i live = _mm256_cmpgt_epi32(
            _mm256_set1_epi32((int)(n - i < HALF_LANES ? n - i : HALF_LANES)), lanes);
        __m256 v = _mm256_maskload_ps(x + i, live);
        __m256 more = _mm256_and_ps(_mm256_cmp_ps(v, top, _CMP_GT_OQ), _mm256_castsi256_ps(live));
        top = _mm256_blendv_ps(top, v, more);
        found = _mm256_blendv_epi8(found, _mm256_add_epi32(lanes, _mm256_set1_epi32((int)i)),
                                   _mm256_castps_si256(more));
    }
    __m256 best = _mm256_cmp_ps(top, avx_highest(top), _CMP_EQ_OQ);
    return avx_lowest_index(_mm256_or_si256(
        found, _mm256_andnot_si256(_mm256_castps_si256(best), _mm256_set1_epi32(-1))));
}

static const struct kernel avx_table = {.name = "avx2",
                                        .quantise = avx_quantise,
                                        .product = avx_product,
                                        .product_quantised = avx_product_quantised,
                                        .embed = avx_embed,
                                        .recur = avx_recur,
                                        .window = avx_window,
                                        .join = avx_join,
                                        .shrink = avx_shrink,
                                        .expand = avx_expand,
                                        .argmax = avx_argmax};

static const struct kernel vnni_table = {.name = "vnni",
                                         .quantise = avx_quantise,
                                         .product = kernel_vnni_product,
                                         .product_quantised = kernel_vnni_product_quantised,
                                         .embed = avx_embed,
                                         .recur = avx_recur,
                                         .window = avx_window,
                                         .join = avx_join,
                                         .shrink = avx_shrink,
                                         .expand = avx_expand,
                                         .argmax = avx_argmax};

const struct kernel *kernel_avx2(void)
{
    return &avx_table;
}

const struct kernel *kernel_vnni(void)
{
    return kernel_vnni_usable() ? &vnni_table : NULL;
}
#else
const struct kernel *kernel_vnni(void)
{
    return NULL;
}

const struct kernel *kernel_avx2(void)
{
    return NULL;
}
#endif
