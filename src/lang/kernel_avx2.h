/* kernel_avx2.h - what the products by AVX2 and by VNNI on 256 bits share: reading quads and
 * weights, and what becomes of the sums. Only these two include it. */
#ifndef DETENTE_KERNEL_AVX2_H
#define DETENTE_KERNEL_AVX2_H

#include "lang/kernel.h"

#if defined(__AVX2__)
#include <immintrin.h>
#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

enum {
    HALF_LANES = 8 /* floats in a register */
};

/* Eight whole numbers in a register of floats: clamped, rounded half to even. */
ALWAYS_INLINE __m256i avx_round(__m256 v)
{
    const __m256 hi = _mm256_set1_ps((float)QUANT_MAX), lo = _mm256_set1_ps((float)-QUANT_MAX);
    return _mm256_cvtps_epi32(_mm256_max_ps(_mm256_min_ps(v, hi), lo));
}

/* Two times eight numbers as 16 bytes, QUANT_ZERO added. */
ALWAYS_INLINE __m128i avx_bytes(__m256i a, __m256i b)
{
    __m256i w = _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
    w = _mm256_add_epi16(w, _mm256_set1_epi16(QUANT_ZERO));
    return _mm_packus_epi16(_mm256_castsi256_si128(w), _mm256_extracti128_si256(w, 1));
}

ALWAYS_INLINE __m256i avx_quad(const uint8_t *q)
{
    int32_t quad;
    memcpy(&quad, q, sizeof quad);
    return _mm256_set1_epi32(quad);
}

ALWAYS_INLINE __m256i avx_weights(const int8_t *w)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)w);
}

/* What becomes of the sums of a tile: numbers, or quantised ones. */
struct avx_target {
    float *y;       /* or NULL */
    uint8_t *bytes; /* or NULL */
    float mul;
    bool relu;
};

ALWAYS_INLINE __m256 avx_number(__m256i sum, const float *scale, const float *bias, bool relu)
{
    __m256 v = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), _mm256_loadu_ps(scale));
    v = _mm256_add_ps(v, _mm256_loadu_ps(bias));
    return relu ? _mm256_max_ps(v, _mm256_setzero_ps()) : v;
}

ALWAYS_INLINE void avx_finish(__m256i a, __m256i b, const float *scale, const float *bias,
                              const struct avx_target *to, size_t at, const bool bytes)
{
    __m256 left = avx_number(a, scale, bias, to->relu);
    __m256 right = avx_number(b, scale + HALF_LANES, bias + HALF_LANES, to->relu);
    if (!bytes) {
        _mm256_storeu_ps(to->y + at, left);
        _mm256_storeu_ps(to->y + at + HALF_LANES, right);
        return;
    }
    const __m256 mul = _mm256_set1_ps(to->mul);
    _mm_storeu_si128(
        (__m128i *)(void *)(to->bytes + at),
        avx_bytes(avx_round(_mm256_mul_ps(left, mul)), avx_round(_mm256_mul_ps(right, mul))));
}

#endif
#endif
