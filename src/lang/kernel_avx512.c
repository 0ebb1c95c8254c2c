/* kernel_avx512.c - the network's arithmetic for CPUs with AVX-512 and VNNI; see kernel.h.
 *
 * Products run in tiles of 4 rows by 64 outputs, whose 16 sums stay in registers; one vpdpbusd
 * does 64 multiply-adds. Everything gives the bits of the plain kernel. */
#include "lang/kernel.h"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) &&                      \
    defined(__AVX512DQ__) && defined(__AVX512VNNI__)
#include <immintrin.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* Clamped, rounded half to even, as bytes. */
ALWAYS_INLINE void wide_round(__m512 v, uint8_t *q)
{
    const __m512 hi = _mm512_set1_ps((float)QUANT_MAX), lo = _mm512_set1_ps((float)-QUANT_MAX);
    v = _mm512_max_ps(_mm512_min_ps(v, hi), lo);
    __m512i w = _mm512_cvt_roundps_epi32(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    w = _mm512_add_epi32(w, _mm512_set1_epi32(QUANT_ZERO));
    _mm_storeu_si128((__m128i *)(void *)q, _mm512_cvtepi32_epi8(w));
}

static void wide_quantise(const float *x, size_t n, float mul, uint8_t *q)
{
    const __m512 factor = _mm512_set1_ps(mul);
    for (size_t i = 0; i < n; i += KERNEL_LANES)
        wide_round(_mm512_mul_ps(_mm512_loadu_ps(x + i), factor), q + i);
}

/* sum += the 64 products of w with the four inputs x, four to a lane. In assembler because gcc 12
 * copies the sum before and after the intrinsic, which halves the speed. */
ALWAYS_INLINE void wide_add(__m512i *sum, __m512i w, __m512i x)
{
    __asm__("vpdpbusd %1, %2, %0" : "+v"(*sum) : "v"(w), "v"(x));
}

ALWAYS_INLINE __m512i wide_quad(const uint8_t *q)
{
    int32_t quad;
    memcpy(&quad, q, sizeof quad);
    return _mm512_set1_epi32(quad);
}

/* What becomes of the sums of a tile: numbers, or quantised ones. */
struct wide_target {
    float *y;       /* or NULL */
    uint8_t *bytes; /* or NULL */
    float mul;
    bool relu;
};

ALWAYS_INLINE void wide_finish(__m512i sum, const float *scale, const float *bias,
                               const struct wide_target *to, size_t at, const bool bytes)
{
    __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), _mm512_loadu_ps(scale));
    v = _mm512_add_ps(v, _mm512_loadu_ps(bias));
    if (to->relu) v = _mm512_max_ps(v, _mm512_setzero_ps());
    if (bytes)
        wide_round(_mm512_mul_ps(v, _mm512_set1_ps(to->mul)), to->bytes + at);
    else
        _mm512_storeu_ps(to->y + at, v);
}

/* The sums are 16 variables, not an array, so that they live in registers. */
#define WIDE_ROWS(X)  X(0) X(1) X(2) X(3)
#define WIDE_BEGIN(r) __m512i a##r = s0, b##r = s1, c##r = s2, d##r = s3;
#define WIDE_STEP(r)                                                                               \
    x = wide_quad(q + (r)*in + 4 * k);                                                             \
    wide_add(&a##r, w0, x);                                                                        \
    if (blocks > 1) wide_add(&b##r, w1, x);                                                        \
    if (blocks > 2) wide_add(&c##r, w2, x);                                                        \
    if (blocks > 2) wide_add(&d##r, w3, x);
#define WIDE_DONE(r)                                                                               \
    wide_finish(a##r, scale, bias, to, at + (r)*out, bytes);                                       \
    if (blocks > 1) wide_finish(b##r, scale + 16, bias + 16, to, at + (r)*out + 16, bytes);        \
    if (blocks > 2) wide_finish(c##r, scale + 32, bias + 32, to, at + (r)*out + 32, bytes);        \
    if (blocks > 2) wide_finish(d##r, scale + 48, bias + 48, to, at + (r)*out + 48, bytes);

/* KERNEL_ROWS rows from `row` on by `blocks` (1, 2 or 4) times 16 outputs from output o on. */
ALWAYS_INLINE void wide_tile(const struct linear *layer, const uint8_t *q, size_t row, size_t o,
                             const struct wide_target *to, const size_t blocks, const bool bytes)
{
    const size_t in = layer->in_stride, out = layer->out_stride, quads = layer->quads;
    const size_t step = quads * 4 * KERNEL_LANES;
    const int8_t *w = layer->weights + o * quads * 4;
    const float *scale = layer->scale + o, *bias = layer->bias + o;
    const int32_t *offset = layer->offset + o;
    const __m512i s0 = _mm512_loadu_si512((const void *)offset);
    const __m512i s1 = blocks > 1 ? _mm512_loadu_si512((const void *)(offset + 16)) : s0;
    const __m512i s2 = blocks > 2 ? _mm512_loadu_si512((const void *)(offset + 32)) : s0;
    const __m512i s3 = blocks > 2 ? _mm512_loadu_si512((const void *)(offset + 48)) : s0;
    const size_t at = row * out + o;
    q += row * in;
    WIDE_ROWS(WIDE_BEGIN)
    for (size_t k = 0; k < quads; k++, w += 4 * KERNEL_LANES) {
        const __m512i w0 = _mm512_loadu_si512((const void *)w);
        const __m512i w1 = blocks > 1 ? _mm512_loadu_si512((const void *)(w + step)) : w0;
        const __m512i w2 = blocks > 2 ? _mm512_loadu_si512((const void *)(w + 2 * step)) : w0;
        const __m512i w3 = blocks > 2 ? _mm512_loadu_si512((const void *)(w + 3 * step)) : w0;
        __m512i x;
        WIDE_ROWS(WIDE_STEP)
    }
    WIDE_ROWS(WIDE_DONE)
}

ALWAYS_INLINE void wide_tiles(const struct linear *layer, const uint8_t *q, size_t rows,
                              const struct wide_target *to, const bool bytes)
{
    const size_t out = layer->out_stride;
    size_t o = 0;
    for (; o + 4 * KERNEL_LANES <= out; o += 4 * KERNEL_LANES)
        for (size_t r = 0; r < rows; r += KERNEL_ROWS)
            wide_tile(layer, q, r, o, to, 4, bytes);
    for (; o + 2 * KERNEL_LANES <= out; o += 2 * KERNEL_LANES)
        for (size_t r = 0; r < rows; r += KERNEL_ROWS)
            wide_tile(layer, q, r, o, to, 2, bytes);
    for (; o < out; o += KERNEL_LANES)
        for (size_t r = 0; r < rows; r += KERNEL_ROWS)
            wide_tile(layer, q, r, o, to, 1, bytes);
}

static void wide_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                         float *y)
{
    const struct wide_target to = {.y = y, .relu = relu};
    wide_tiles(layer, q, rows, &to, false);
}

static void wide_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                   bool relu, float mul, uint8_t *y)
{
    const struct wide_target to = {.bytes = y, .mul = mul, .relu = relu};
    wide_tiles(layer, q, rows, &to, true);
}

static void wide_embed(const struct embedding *e, const uint32_t *ids, size_t rows, float *x)
{
    for (size_t r = 0; r < rows; r++, ids += e->features, x += e->width) {
        for (size_t i = 0; i < e->width; i += KERNEL_LANES) {
            __m512 sum = _mm512_loadu_ps(e->bias + i);
            for (size_t f = 0; f < e->features; f++) {
                const int8_t *row = e->rows + (size_t)ids[f] * e->width + i;
                __m512i v =
                    _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)(const void *)row));
                __m512 scale = _mm512_set1_ps(e->scale[ids[f]]);
                sum = _mm512_add_ps(sum, _mm512_mul_ps(_mm512_cvtepi32_ps(v), scale));
            }
            _mm512_storeu_ps(x + i, sum);
        }
    }
}

ALWAYS_INLINE void wide_step(const float *u, const float *v, size_t half, float *state, float *x)
{
    const __m512 one = _mm512_set1_ps(1.0f), point5 = _mm512_set1_ps(0.5f);
    for (size_t i = 0; i < half; i += KERNEL_LANES) {
        __m512 c = _mm512_loadu_ps(state + i);
        __m512 a = _mm512_mul_ps(_mm512_loadu_ps(v + i), c);
        a = _mm512_add_ps(_mm512_loadu_ps(u + half + i), a);
        __m512 b = _mm512_mul_ps(_mm512_loadu_ps(v + half + i), c);
        b = _mm512_add_ps(_mm512_loadu_ps(u + 2 * half + i), b);
        __m512 f = _mm512_div_ps(a, _mm512_add_ps(one, _mm512_abs_ps(a)));
        f = _mm512_add_ps(point5, _mm512_mul_ps(point5, f));
        c = _mm512_add_ps(_mm512_mul_ps(f, c),
                          _mm512_mul_ps(_mm512_sub_ps(one, f), _mm512_loadu_ps(u + i)));
        _mm512_storeu_ps(state + i, c);
        __m512 open = _mm512_add_ps(one, _mm512_abs_ps(b));
        __m512 top = _mm512_mul_ps(_mm512_mul_ps(point5, _mm512_add_ps(open, b)), c);
        __m512 h = _mm512_div_ps(top, _mm512_mul_ps(open, _mm512_add_ps(one, _mm512_abs_ps(c))));
        _mm512_storeu_ps(x + i, _mm512_add_ps(_mm512_loadu_ps(x + i), h));
    }
}

static void wide_recur(const float *const *u, const float *v, size_t rows, size_t half,
                       float *state, float *x)
{
    memset(state, 0, 2 * half * sizeof *state);
    for (size_t t = 0; t < rows; t++) {
        size_t back = rows - 1 - t;
        wide_step(u[t], v, half, state, x + t * 2 * half);
        wide_step(u[back] + 3 * half, v + 2 * half, half, state + half, x + (back * 2 + 1) * half);
    }
}

static void wide_window(const float *const *p, size_t from, size_t reach, size_t rows, size_t width,
                        float *x)
{
    for (size_t t = 0; t < rows; t++, x += width) {
        const size_t first = t < reach ? 0 : t - reach,
                     end = t + reach < rows ? t + reach + 1 : rows;
        for (size_t i = 0; i < width; i += KERNEL_LANES) {
            __m512 sum = _mm512_setzero_ps();
            for (size_t k = first; k < end; k++)
                sum =
                    _mm512_add_ps(sum, _mm512_loadu_ps(p[k] + from + (k + reach - t) * width + i));
            sum = _mm512_max_ps(sum, _mm512_setzero_ps());
            _mm512_storeu_ps(x + i, _mm512_add_ps(_mm512_loadu_ps(x + i), sum));
        }
    }
}

static void wide_join(const float *a, const float *b, size_t n, float mul, uint8_t *q)
{
    for (size_t i = 0; i < n; i += KERNEL_LANES) {
        __m512 v = _mm512_add_ps(_mm512_loadu_ps(a + i), _mm512_loadu_ps(b + i));
        wide_round(_mm512_mul_ps(_mm512_max_ps(v, _mm512_setzero_ps()), _mm512_set1_ps(mul)),
                   q + i);
    }
}

static float wide_shrink(const float *x, size_t n, int16_t *q)
{
    float scale;
    __m512 most = _mm512_setzero_ps();
    for (size_t i = 0; i < n; i += KERNEL_LANES)
        most = _mm512_max_ps(_mm512_abs_ps(_mm512_loadu_ps(x + i)), most);
    const __m512 factor = _mm512_set1_ps(kernel_shrink_factor(_mm512_reduce_max_ps(most), &scale));
    const __m512 hi = _mm512_set1_ps((float)INT16_MAX), lo = _mm512_set1_ps((float)-INT16_MAX);
    for (size_t i = 0; i < n; i += KERNEL_LANES) {
        __m512 v = _mm512_mul_ps(_mm512_loadu_ps(x + i), factor);
        v = _mm512_max_ps(_mm512_min_ps(v, hi), lo);
        __m512i w = _mm512_cvt_roundps_epi32(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        _mm256_storeu_si256((__m256i *)(void *)(q + i), _mm512_cvtepi32_epi16(w));
    }
    return scale;
}

static void wide_expand(const int16_t *q, size_t n, float scale, float *x)
{
    const __m512 factor = _mm512_set1_ps(scale);
    for (size_t i = 0; i < n; i += KERNEL_LANES) {
        __m512i w =
            _mm512_cvtepi16_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(q + i)));
        _mm512_storeu_ps(x + i, _mm512_mul_ps(_mm512_cvtepi32_ps(w), factor));
    }
}

static uint32_t wide_argmax(const float *x, size_t n)
{
    __m512 best = _mm512_set1_ps(-__builtin_inff());
    __m512i at = _mm512_setzero_si512();
    __m512i index = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    for (size_t i = 0; i < n; i += KERNEL_LANES) {
        size_t left = n - i < KERNEL_LANES ? n - i : KERNEL_LANES;
        __mmask16 live = (__mmask16)((1u << left) - 1u);
        __m512 v = _mm512_maskz_loadu_ps(live, x + i);
        __mmask16 more = _mm512_mask_cmp_ps_mask(live, v, best, _CMP_GT_OQ);
        best = _mm512_mask_mov_ps(best, more, v);
        at = _mm512_mask_mov_epi32(at, more, index);
        index = _mm512_add_epi32(index, _mm512_set1_epi32(KERNEL_LANES));
    }
    __m512 top = _mm512_set1_ps(_mm512_reduce_max_ps(best));
    return _mm512_mask_reduce_min_epu32(_mm512_cmp_ps_mask(best, top, _CMP_EQ_OQ), at);
}

static const struct kernel wide_table = {.name = "avx512",
                                         .quantise = wide_quantise,
                                         .product = wide_product,
                                         .product_quantised = wide_product_quantised,
                                         .embed = wide_embed,
                                         .recur = wide_recur,
                                         .window = wide_window,
                                         .join = wide_join,
                                         .shrink = wide_shrink,
                                         .expand = wide_expand,
                                         .argmax = wide_argmax};

static const struct kernel amx_table = {.name = "amx",
                                        .quantise = wide_quantise,
                                        .product = kernel_amx_product,
                                        .product_quantised = kernel_amx_product_quantised,
                                        .embed = wide_embed,
                                        .recur = wide_recur,
                                        .window = wide_window,
                                        .join = wide_join,
                                        .shrink = wide_shrink,
                                        .expand = wide_expand,
                                        .argmax = wide_argmax};

const struct kernel *kernel_avx512(void)
{
    return &wide_table;
}

const struct kernel *kernel_amx(void)
{
    return kernel_amx_usable() ? &amx_table : NULL;
}
#else
const struct kernel *kernel_amx(void)
{
    return NULL;
}

const struct kernel *kernel_avx512(void)
{
    return NULL;
}
#endif
