/* kernel_amx.c - products for CPUs with AMX tiles (Intel since 2023); see kernel.h.
 *
 * A tile register holds 16 rows of 64 bytes; one tdpbusd multiplies 16 rows of inputs with 16
 * outputs over up to 64 inputs, which is eight times what a vpdpbusd does in the same time. The
 * packed weights of a block of 16 outputs are tiles already. Sums are whole numbers, so that
 * everything gives the bits of the plain kernel. */
#define _GNU_SOURCE /* syscall() */
#include "lang/kernel.h"

#if defined(__AMX_TILE__) && defined(__AMX_INT8__) && defined(__AVX512F__) && defined(__linux__)
#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    TILE_ROWS = 16,
    TILE_BYTES = 64,            /* of a row */
    FEWEST_QUADS = 8,           /* of a step; with fewer the other products are as fast */
    XFEATURE_TILE_DATA = 18,    /* number of the register state that the kernel is asked for */
    REQUEST_PERMISSION = 0x1023 /* ARCH_REQ_XCOMP_PERM of Linux 5.16 */
};

/* Tiles 0 to 3: sums, 4 and 5: inputs, 6 and 7: weights. */
struct tile_config {
    uint8_t palette, start_row, zero[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
};

/* The most quads that one step can take so that the steps come out even. */
static size_t quads_of_step(size_t quads)
{
    size_t step = TILE_BYTES / 4;
    while (quads % step != 0)
        step--;
    return step;
}

static void configure(size_t step)
{
    struct tile_config c __attribute__((aligned(64))) = {.palette = 1};
    for (size_t i = 0; i < 8; i++) {
        c.rows[i] = (uint8_t)(i < 6 ? TILE_ROWS : step);
        c.row_bytes[i] = (uint16_t)(i == 4 || i == 5 ? 4 * step : TILE_BYTES);
    }
    _tile_loadconfig(&c);
}

/* What becomes of the sums: numbers, or quantised ones. */
struct tile_target {
    float *y;       /* or NULL */
    uint8_t *bytes; /* or NULL */
    float mul;
    bool relu;
};

/* Clamped, rounded half to even, as bytes; as the kernel without tiles does it. */
static inline void put_bytes(__m512 v, uint8_t *q)
{
    const __m512 hi = _mm512_set1_ps((float)QUANT_MAX), lo = _mm512_set1_ps((float)-QUANT_MAX);
    v = _mm512_max_ps(_mm512_min_ps(v, hi), lo);
    __m512i w = _mm512_cvt_roundps_epi32(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    w = _mm512_add_epi32(w, _mm512_set1_epi32(QUANT_ZERO));
    _mm_storeu_si128((__m128i *)(void *)q, _mm512_cvtepi32_epi8(w));
}

/* From the sums of 16 rows from `row` on and outputs from `o` on to numbers. */
static inline void finish_tile(const struct linear *layer, const int32_t *sums, size_t row,
                               size_t o, const struct tile_target *to)
{
    const __m512i offset = _mm512_loadu_si512((const void *)(layer->offset + o));
    const __m512 scale = _mm512_loadu_ps(layer->scale + o), bias = _mm512_loadu_ps(layer->bias + o);
    size_t at = row * layer->out_stride + o;
    for (size_t r = 0; r < TILE_ROWS; r++, at += layer->out_stride) {
        __m512i sum = _mm512_load_si512((const void *)(sums + r * KERNEL_LANES));
        __m512 v = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_add_epi32(sum, offset)), scale);
        v = _mm512_add_ps(v, bias);
        if (to->relu) v = _mm512_max_ps(v, _mm512_setzero_ps());
        if (to->bytes != NULL)
            put_bytes(_mm512_mul_ps(v, _mm512_set1_ps(to->mul)), to->bytes + at);
        else
            _mm512_storeu_ps(to->y + at, v);
    }
}

/* Rows from r0 and from r1 on, outputs from o0 and from o1 on, 16 each. */
static inline void four_tiles(const struct linear *layer, const uint8_t *q, size_t step, size_t r0,
                              size_t r1, size_t o0, size_t o1, const struct tile_target *to)
{
    int32_t sums[4][TILE_ROWS * KERNEL_LANES] __attribute__((aligned(64)));
    const size_t in = layer->in_stride;
    const uint8_t *q0 = q + r0 * in, *q1 = q + r1 * in;
    const int8_t *w0 = layer->weights + o0 * layer->quads * 4;
    const int8_t *w1 = layer->weights + o1 * layer->quads * 4;
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
    for (size_t k = 0; k < layer->quads; k += step) {
        _tile_loadd(4, q0 + 4 * k, in);
        _tile_loadd(6, w0 + k * TILE_BYTES, TILE_BYTES);
        _tile_loadd(7, w1 + k * TILE_BYTES, TILE_BYTES);
        _tile_loadd(5, q1 + 4 * k, in);
        _tile_dpbusd(0, 4, 6);
        _tile_dpbusd(1, 4, 7);
        _tile_dpbusd(2, 5, 6);
        _tile_dpbusd(3, 5, 7);
    }
    _tile_stored(0, sums[0], TILE_BYTES);
    _tile_stored(1, sums[1], TILE_BYTES);
    _tile_stored(2, sums[2], TILE_BYTES);
    _tile_stored(3, sums[3], TILE_BYTES);
    finish_tile(layer, sums[0], r0, o0, to);
    finish_tile(layer, sums[1], r0, o1, to);
    finish_tile(layer, sums[2], r1, o0, to);
    finish_tile(layer, sums[3], r1, o1, to);
}

static bool fits_tiles(const struct linear *layer, size_t rows)
{
    return rows >= TILE_ROWS && quads_of_step(layer->quads) >= FEWEST_QUADS;
}

/* Where rows or outputs do not come out even, the last tiles do some of them again. */
static void all_tiles(const struct linear *layer, const uint8_t *q, size_t rows,
                      const struct tile_target *to)
{
    const size_t step = quads_of_step(layer->quads), last = layer->out_stride - KERNEL_LANES;
    configure(step);
    for (size_t o = 0; o <= last; o += 2 * KERNEL_LANES) {
        const size_t o1 = o + KERNEL_LANES <= last ? o + KERNEL_LANES : last;
        for (size_t r = 0; r < rows; r += 2 * TILE_ROWS) {
            const size_t r0 = r + TILE_ROWS <= rows ? r : rows - TILE_ROWS;
            const size_t r1 = r + 2 * TILE_ROWS <= rows ? r + TILE_ROWS : rows - TILE_ROWS;
            four_tiles(layer, q, step, r0, r1, o, o1, to);
        }
    }
    _tile_release();
}

void kernel_amx_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                        float *y)
{
    const struct tile_target to = {.y = y, .relu = relu};
    if (fits_tiles(layer, rows))
        all_tiles(layer, q, rows, &to);
    else
        kernel_avx512()->product(layer, q, rows, relu, y);
}

void kernel_amx_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                  bool relu, float mul, uint8_t *y)
{
    const struct tile_target to = {.bytes = y, .mul = mul, .relu = relu};
    if (fits_tiles(layer, rows))
        all_tiles(layer, q, rows, &to);
    else
        kernel_avx512()->product_quantised(layer, q, rows, relu, mul, y);
}

bool kernel_amx_usable(void)
{
    unsigned a, b, c, d = 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
    if ((d >> 24 & 3u) != 3u) return false; /* tiles, products of bytes */
    return syscall(SYS_arch_prctl, REQUEST_PERMISSION, XFEATURE_TILE_DATA) == 0;
}
#else
void kernel_amx_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                        float *y)
{
    kernel_avx512()->product(layer, q, rows, relu, y);
}

void kernel_amx_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                  bool relu, float mul, uint8_t *y)
{
    kernel_avx512()->product_quantised(layer, q, rows, relu, mul, y);
}

bool kernel_amx_usable(void)
{
    return false;
}
#endif
