/* kernel_neon.c - the network's arithmetic for 64-bit ARM CPUs; see kernel.h.
 *
 * Products run in tiles of 2 rows by 16 outputs, whose 16 sums stay in registers. Four products of
 * activations, QUANT_ZERO taken off, fit into 16 bits, so that a widening multiplication, three
 * that add to it and a pairwise sum into 32 bits do 32 multiply-adds. Nothing is fused. Everything
 * gives the bits of the plain kernel. */
#include "lang/kernel.h"

#if defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>
#include <math.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum {
    NEON_LANES = 4,
    NEON_TILE = 2, /* rows; a part of KERNEL_ROWS */
    NEON_CHAIN = 4 /* quads whose products are added in 16 bits */
};
_Static_assert(NEON_CHAIN *QUANT_MAX *WEIGHT_MAX <= INT16_MAX, "a chain fits into 16 bits");

/* Clamped to [-most, most]; a NaN becomes `most`. */
ALWAYS_INLINE float32x4_t neon_clamp(float32x4_t v, float most)
{
    const float32x4_t hi = vdupq_n_f32(most), lo = vdupq_n_f32(-most);
    v = vbslq_f32(vcltq_f32(v, hi), v, hi);
    return vbslq_f32(vcgtq_f32(v, lo), v, lo);
}

static void neon_quantise(const float *x, size_t n, float mul, uint8_t *q)
{
    for (size_t i = 0; i < n; i += 2 * NEON_LANES) {
        int16x4_t half[2];
        for (size_t k = 0; k < 2; k++) {
            float32x4_t v = vmulq_n_f32(vld1q_f32(x + i + k * NEON_LANES), mul);
            v = neon_clamp(v, (float)QUANT_MAX);
            half[k] = vmovn_s32(vcvtnq_s32_f32(v));
        }
        int16x8_t w = vaddq_s16(vcombine_s16(half[0], half[1]), vdupq_n_s16(QUANT_ZERO));
        vst1_u8(q + i, vqmovun_s16(w));
    }
}

/* Four inputs twice over, as signed bytes. */
ALWAYS_INLINE int8x8_t neon_inputs(const uint8_t *q)
{
    uint32_t quad;
    memcpy(&quad, q, sizeof quad);
    return vsub_s8(vreinterpret_s8_u32(vdup_n_u32(quad)), vdup_n_s8(QUANT_ZERO));
}

ALWAYS_INLINE void neon_finish(int32x4_t first, int32x4_t second, const float *scale,
                               const float *bias, bool relu, float *y)
{
    float32x4_t v = vmulq_f32(vcvtq_f32_s32(vpaddq_s32(first, second)), vld1q_f32(scale));
    v = vaddq_f32(v, vld1q_f32(bias));
    if (relu) v = vbslq_f32(vcgtq_f32(v, vdupq_n_f32(0.0f)), v, vdupq_n_f32(0.0f));
    vst1q_f32(y, v);
}

/* sum[i] += the products of `n` quads of inputs with the weights of outputs 2 i and 2 i + 1. */
ALWAYS_INLINE void neon_quads(const uint8_t *q, const int8_t *w, const size_t n,
                              int32x4_t sum[KERNEL_LANES / 2])
{
    int8x8_t x[NEON_CHAIN];
    for (size_t c = 0; c < n; c++)
        x[c] = neon_inputs(q + 4 * c);
    for (size_t i = 0; i < KERNEL_LANES / 2; i++) {
        int16x8_t all = vmull_s8(vld1_s8(w + 8 * i), x[0]);
        for (size_t c = 1; c < n; c++)
            all = vmlal_s8(all, vld1_s8(w + c * 4 * KERNEL_LANES + 8 * i), x[c]);
        sum[i] = vpadalq_s16(sum[i], all);
    }
}

/* NEON_TILE rows by 16 outputs from output o on, NEON_CHAIN quads at a time; y: rows of `stride`.
 */
ALWAYS_INLINE void neon_tile(const struct linear *layer, const uint8_t *q, size_t o, bool relu,
                             float *y, size_t stride)
{
    const size_t in = layer->in_stride, quads = layer->quads;
    const int8_t *w = layer->weights + o * quads * 4;
    int32x4_t sum[NEON_TILE][KERNEL_LANES / 2];
    for (size_t r = 0; r < NEON_TILE; r++)
        for (size_t i = 0; i < KERNEL_LANES / 2; i++)
            sum[r][i] = vdupq_n_s32(0);
    size_t k = 0;
    for (; k + NEON_CHAIN <= quads; k += NEON_CHAIN, w += NEON_CHAIN * 4 * KERNEL_LANES)
        for (size_t r = 0; r < NEON_TILE; r++)
            neon_quads(q + r * in + 4 * k, w, NEON_CHAIN, sum[r]);
    for (; k < quads; k++, w += 4 * KERNEL_LANES)
        for (size_t r = 0; r < NEON_TILE; r++)
            neon_quads(q + r * in + 4 * k, w, 1, sum[r]);
    for (size_t r = 0; r < NEON_TILE; r++, y += stride)
        for (size_t i = 0; i < KERNEL_LANES / NEON_LANES; i++)
            neon_finish(sum[r][2 * i], sum[r][2 * i + 1], layer->scale + o + NEON_LANES * i,
                        layer->bias + o + NEON_LANES * i, relu, y + NEON_LANES * i);
}

static void neon_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                         float *y)
{
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES)
        for (size_t r = 0; r < rows; r += NEON_TILE)
            neon_tile(layer, q + r * layer->in_stride, o, relu, y + r * layer->out_stride + o,
                      layer->out_stride);
}

static void neon_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                   bool relu, float mul, uint8_t *y)
{
    float block[NEON_TILE * KERNEL_LANES];
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES) {
        for (size_t r = 0; r < rows; r += NEON_TILE) {
            neon_tile(layer, q + r * layer->in_stride, o, relu, block, KERNEL_LANES);
            for (size_t i = 0; i < NEON_TILE; i++)
                neon_quantise(block + i * KERNEL_LANES, KERNEL_LANES, mul,
                              y + (r + i) * layer->out_stride + o);
        }
    }
}

static void neon_embed(const struct embedding *e, const uint32_t *ids, size_t rows, float *x)
{
    for (size_t r = 0; r < rows; r++, ids += e->features, x += e->width) {
        for (size_t i = 0; i < e->width; i += 2 * NEON_LANES) {
            float32x4_t a = vld1q_f32(e->bias + i), b = vld1q_f32(e->bias + i + NEON_LANES);
            for (size_t f = 0; f < e->features; f++) {
                int16x8_t v = vmovl_s8(vld1_s8(e->rows + (size_t)ids[f] * e->width + i));
                float scale = e->scale[ids[f]];
                a = vaddq_f32(a, vmulq_n_f32(vcvtq_f32_s32(vmovl_s16(vget_low_s16(v))), scale));
                b = vaddq_f32(b, vmulq_n_f32(vcvtq_f32_s32(vmovl_s16(vget_high_s16(v))), scale));
            }
            vst1q_f32(x + i, a);
            vst1q_f32(x + i + NEON_LANES, b);
        }
    }
}

ALWAYS_INLINE float32x4_t neon_one_plus_abs(float32x4_t v)
{
    return vaddq_f32(vdupq_n_f32(1.0f), vabsq_f32(v));
}

ALWAYS_INLINE void neon_step(const float *u, const float *v, size_t half, float *state, float *x)
{
    const float32x4_t one = vdupq_n_f32(1.0f), point5 = vdupq_n_f32(0.5f);
    for (size_t i = 0; i < half; i += NEON_LANES) {
        float32x4_t c = vld1q_f32(state + i);
        float32x4_t a = vaddq_f32(vld1q_f32(u + half + i), vmulq_f32(vld1q_f32(v + i), c));
        float32x4_t b =
            vaddq_f32(vld1q_f32(u + 2 * half + i), vmulq_f32(vld1q_f32(v + half + i), c));
        float32x4_t f = vdivq_f32(a, neon_one_plus_abs(a));
        f = vaddq_f32(point5, vmulq_f32(point5, f));
        c = vaddq_f32(vmulq_f32(f, c), vmulq_f32(vsubq_f32(one, f), vld1q_f32(u + i)));
        vst1q_f32(state + i, c);
        float32x4_t open = neon_one_plus_abs(b);
        float32x4_t top = vmulq_f32(vmulq_f32(point5, vaddq_f32(open, b)), c);
        float32x4_t h = vdivq_f32(top, vmulq_f32(open, neon_one_plus_abs(c)));
        vst1q_f32(x + i, vaddq_f32(vld1q_f32(x + i), h));
    }
}

static void neon_recur(const float *const *u, const float *v, size_t rows, size_t half,
                       float *state, float *x)
{
    memset(state, 0, 2 * half * sizeof *state);
    for (size_t t = 0; t < rows; t++) {
        size_t back = rows - 1 - t;
        neon_step(u[t], v, half, state, x + t * 2 * half);
        neon_step(u[back] + 3 * half, v + 2 * half, half, state + half, x + (back * 2 + 1) * half);
    }
}

static void neon_window(const float *const *p, size_t from, size_t reach, size_t rows, size_t width,
                        float *x)
{
    const float32x4_t zero = vdupq_n_f32(0.0f);
    for (size_t t = 0; t < rows; t++, x += width) {
        const size_t first = t < reach ? 0 : t - reach,
                     end = t + reach < rows ? t + reach + 1 : rows;
        for (size_t i = 0; i < width; i += NEON_LANES) {
            float32x4_t sum = zero;
            for (size_t k = first; k < end; k++)
                sum = vaddq_f32(sum, vld1q_f32(p[k] + from + (k + reach - t) * width + i));
            sum = vbslq_f32(vcgtq_f32(sum, zero), sum, zero);
            vst1q_f32(x + i, vaddq_f32(vld1q_f32(x + i), sum));
        }
    }
}

static void neon_join(const float *a, const float *b, size_t n, float mul, uint8_t *q)
{
    const float32x4_t zero = vdupq_n_f32(0.0f);
    float block[KERNEL_LANES];
    for (size_t i = 0; i < n; i += KERNEL_LANES) {
        for (size_t k = 0; k < KERNEL_LANES; k += NEON_LANES) {
            float32x4_t v = vaddq_f32(vld1q_f32(a + i + k), vld1q_f32(b + i + k));
            vst1q_f32(block + k, vbslq_f32(vcgtq_f32(v, zero), v, zero));
        }
        neon_quantise(block, KERNEL_LANES, mul, q + i);
    }
}

static float neon_shrink(const float *x, size_t n, int16_t *q)
{
    float scale;
    float32x4_t most = vdupq_n_f32(0.0f);
    for (size_t i = 0; i < n; i += NEON_LANES) {
        float32x4_t v = vabsq_f32(vld1q_f32(x + i));
        most = vbslq_f32(vcgtq_f32(v, most), v, most);
    }
    const float factor = kernel_shrink_factor(vmaxvq_f32(most), &scale);
    for (size_t i = 0; i < n; i += NEON_LANES) {
        float32x4_t v = neon_clamp(vmulq_n_f32(vld1q_f32(x + i), factor), (float)INT16_MAX);
        vst1_s16(q + i, vmovn_s32(vcvtnq_s32_f32(v)));
    }
    return scale;
}

static void neon_expand(const int16_t *q, size_t n, float scale, float *x)
{
    for (size_t i = 0; i < n; i += NEON_LANES)
        vst1q_f32(x + i, vmulq_n_f32(vcvtq_f32_s32(vmovl_s16(vld1_s16(q + i))), scale));
}

static uint32_t neon_argmax(const float *x, size_t n)
{
    float lane_best[NEON_LANES];
    uint32_t lane_at[NEON_LANES];
    const uint32_t begin[NEON_LANES] = {0, 1, 2, 3};
    float32x4_t top = vdupq_n_f32(-HUGE_VALF);
    uint32x4_t found = vdupq_n_u32(0), index = vld1q_u32(begin);
    size_t i = 0;
    for (; i + NEON_LANES <= n; i += NEON_LANES) {
        float32x4_t v = vld1q_f32(x + i);
        uint32x4_t more = vcgtq_f32(v, top);
        top = vbslq_f32(more, v, top);
        found = vbslq_u32(more, index, found);
        index = vaddq_u32(index, vdupq_n_u32(NEON_LANES));
    }
    vst1q_f32(lane_best, top);
    vst1q_u32(lane_at, found);
    return kernel_first_maximum(lane_best, lane_at, NEON_LANES, x, i, n);
}

static const struct kernel neon_table = {.name = "neon",
                                         .quantise = neon_quantise,
                                         .product = neon_product,
                                         .product_quantised = neon_product_quantised,
                                         .embed = neon_embed,
                                         .recur = neon_recur,
                                         .window = neon_window,
                                         .join = neon_join,
                                         .shrink = neon_shrink,
                                         .expand = neon_expand,
                                         .argmax = neon_argmax};

static const struct kernel dotprod_table = {.name = "dotprod",
                                            .quantise = neon_quantise,
                                            .product = kernel_dotprod_product,
                                            .product_quantised = kernel_dotprod_product_quantised,
                                            .embed = neon_embed,
                                            .recur = neon_recur,
                                            .window = neon_window,
                                            .join = neon_join,
                                            .shrink = neon_shrink,
                                            .expand = neon_expand,
                                            .argmax = neon_argmax};

const struct kernel *kernel_neon(void)
{
    return &neon_table;
}

const struct kernel *kernel_dotprod(void)
{
    return kernel_dotprod_usable() ? &dotprod_table : NULL;
}
#else
const struct kernel *kernel_dotprod(void)
{
    return NULL;
}

const struct kernel *kernel_neon(void)
{
    return NULL;
}
#endif
