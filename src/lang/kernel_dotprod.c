/* kernel_dotprod.c - products for 64-bit ARM CPUs with dot products of bytes (most since 2018); see
 * kernel.h.
 *
 * One sdot does 16 multiply-adds and adds their sums by four in 32 bits; the quad of inputs is a
 * lane of a register that holds four quads. Tiles of 4 rows by 16 outputs, whose 16 sums stay in
 * registers. Everything gives the bits of the plain kernel. */
#include "lang/kernel.h"

#if defined(__aarch64__) && defined(__ARM_FEATURE_DOTPROD)
#include <arm_neon.h>
#include <string.h>
#if defined(__linux__)
#include <sys/auxv.h>
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum { DOT_LANES = 4, DOT_SUMS = KERNEL_LANES / DOT_LANES };

/* sums += the products of four inputs, QUANT_ZERO taken off, with the weights of 16 outputs. */
ALWAYS_INLINE void dot_quad(const uint8_t *q, const int8_t *w, int32x4_t sums[DOT_SUMS])
{
    uint32_t quad;
    memcpy(&quad, q, sizeof quad);
    const int8x16_t x = vsubq_s8(vreinterpretq_s8_u32(vdupq_n_u32(quad)), vdupq_n_s8(QUANT_ZERO));
    for (size_t i = 0; i < DOT_SUMS; i++)
        sums[i] = vdotq_s32(sums[i], vld1q_s8(w + 16 * i), x);
}

ALWAYS_INLINE void dot_finish(const struct linear *layer, const int32x4_t sums[DOT_SUMS], size_t o,
                              bool relu, float *y)
{
    for (size_t i = 0; i < DOT_SUMS; i++) {
        const size_t at = o + DOT_LANES * i;
        float32x4_t v = vmulq_f32(vcvtq_f32_s32(sums[i]), vld1q_f32(layer->scale + at));
        v = vaddq_f32(v, vld1q_f32(layer->bias + at));
        if (relu) v = vbslq_f32(vcgtq_f32(v, vdupq_n_f32(0.0f)), v, vdupq_n_f32(0.0f));
        vst1q_f32(y + DOT_LANES * i, v);
    }
}

/* KERNEL_ROWS rows by 16 outputs from output o on; y: rows of `stride`. */
ALWAYS_INLINE void dot_tile(const struct linear *layer, const uint8_t *q, size_t o, bool relu,
                            float *y, size_t stride)
{
    const int8_t *w = layer->weights + o * layer->quads * 4;
    int32x4_t sums[KERNEL_ROWS][DOT_SUMS];
    for (size_t r = 0; r < KERNEL_ROWS; r++)
        for (size_t i = 0; i < DOT_SUMS; i++)
            sums[r][i] = vdupq_n_s32(0);
    for (size_t k = 0; k < layer->quads; k++, w += 4 * KERNEL_LANES)
        for (size_t r = 0; r < KERNEL_ROWS; r++)
            dot_quad(q + r * layer->in_stride + 4 * k, w, sums[r]);
    for (size_t r = 0; r < KERNEL_ROWS; r++)
        dot_finish(layer, sums[r], o, relu, y + r * stride);
}

void kernel_dotprod_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                            float *y)
{
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES)
        for (size_t r = 0; r < rows; r += KERNEL_ROWS)
            dot_tile(layer, q + r * layer->in_stride, o, relu, y + r * layer->out_stride + o,
                     layer->out_stride);
}

void kernel_dotprod_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                      bool relu, float mul, uint8_t *y)
{
    float block[KERNEL_ROWS * KERNEL_LANES];
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES) {
        for (size_t r = 0; r < rows; r += KERNEL_ROWS) {
            dot_tile(layer, q + r * layer->in_stride, o, relu, block, KERNEL_LANES);
            for (size_t i = 0; i < KERNEL_ROWS; i++)
                kernel_neon()->quantise(block + i * KERNEL_LANES, KERNEL_LANES, mul,
                                        y + (r + i) * layer->out_stride + o);
        }
    }
}

bool kernel_dotprod_usable(void)
{
#if defined(__linux__)
    enum { HWCAP_DOT = 1 << 20 }; /* HWCAP_ASIMDDP of <asm/hwcap.h> */
    return (getauxval(AT_HWCAP) & HWCAP_DOT) != 0;
#elif defined(__APPLE__)
    return true; /* all of Apple's 64-bit ARM computers */
#else
    return false;
#endif
}
#else
void kernel_dotprod_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                            float *y)
{
    kernel_neon()->product(layer, q, rows, relu, y);
}

void kernel_dotprod_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                      bool relu, float mul, uint8_t *y)
{
    kernel_neon()->product_quantised(layer, q, rows, relu, mul, y);
}

bool kernel_dotprod_usable(void)
{
    return false;
}
#endif
