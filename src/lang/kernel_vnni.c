/* kernel_vnni.c - products for CPUs with VNNI on registers of 256 bits (most desktops since 2021);
 * see kernel.h.
 *
 * One vpdpbusd does 32 multiply-adds and adds their sums by four in 32 bits: what takes three
 * instructions with AVX2. Tiles of 4 rows by 16 outputs, whose 8 sums stay in registers. Everything
 * gives the bits of the plain kernel. */
#include "lang/kernel_avx2.h"

#if defined(__AVX2__) && defined(__AVXVNNI__)
#include <cpuid.h>

/* The sums are variables, not an array, so that they live in registers. */
#define VNNI_ROWS(X)  X(0) X(1) X(2) X(3)
#define VNNI_BEGIN(r) __m256i a##r = s0, b##r = s1;
#define VNNI_STEP(r)                                                                               \
    x = avx_quad(q + (r)*in + 4 * k);                                                              \
    a##r = _mm256_dpbusd_avx_epi32(a##r, x, w0);                                                   \
    b##r = _mm256_dpbusd_avx_epi32(b##r, x, w1);
#define VNNI_DONE(r) avx_finish(a##r, b##r, scale, bias, to, (row + (r)) * out + o, bytes);

/* KERNEL_ROWS rows from `row` on by 16 outputs from `o` on. */
ALWAYS_INLINE void vnni_tile(const struct linear *layer, const uint8_t *q, size_t row, size_t o,
                             const struct avx_target *to, const bool bytes)
{
    const size_t in = layer->in_stride, out = layer->out_stride, quads = layer->quads;
    const int8_t *w = layer->weights + o * quads * 4;
    const float *scale = layer->scale + o, *bias = layer->bias + o;
    const __m256i *offset = (const __m256i *)(const void *)(layer->offset + o);
    const __m256i s0 = _mm256_loadu_si256(offset), s1 = _mm256_loadu_si256(offset + 1);
    VNNI_ROWS(VNNI_BEGIN)
    q += row * in;
    for (size_t k = 0; k < quads; k++, w += 4 * KERNEL_LANES) {
        const __m256i w0 = avx_weights(w), w1 = avx_weights(w + 4 * HALF_LANES);
        __m256i x;
        VNNI_ROWS(VNNI_STEP)
    }
    VNNI_ROWS(VNNI_DONE)
}

ALWAYS_INLINE void vnni_tiles(const struct linear *layer, const uint8_t *q, size_t rows,
                              const struct avx_target *to, const bool bytes)
{
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES)
        for (size_t r = 0; r < rows; r += KERNEL_ROWS)
            vnni_tile(layer, q, r, o, to, bytes);
}

void kernel_vnni_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                         float *y)
{
    const struct avx_target to = {.y = y, .relu = relu};
    vnni_tiles(layer, q, rows, &to, false);
}

void kernel_vnni_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                   bool relu, float mul, uint8_t *y)
{
    const struct avx_target to = {.bytes = y, .mul = mul, .relu = relu};
    vnni_tiles(layer, q, rows, &to, true);
}

/* Asked of the CPU itself: compilers of 2022 do not know the feature's name. Bit 4 of EAX of
 * CPUID 7.1 (Intel, Software Developer's Manual, volume 2A). */
bool kernel_vnni_usable(void)
{
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a >> 4 & 1u) != 0;
}
#else
void kernel_vnni_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                         float *y)
{
    kernel_avx2()->product(layer, q, rows, relu, y);
}

void kernel_vnni_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                   bool relu, float mul, uint8_t *y)
{
    kernel_avx2()->product_quantised(layer, q, rows, relu, mul, y);
}

bool kernel_vnni_usable(void)
{
    return false;
}
#endif
