/* kernel.c - the network's arithmetic in plain C, and the choice of a kernel; see kernel.h.
 *
 * The plain functions are the definition that the SIMD ones are tested against, bit by bit.
 * Cost of a product: rows * in * out multiply-adds. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/port.h"
#include "lang/kernel.h"

/* Adding 1.5 * 2^23 leaves no room for a fraction, so that the addition itself rounds to the
 * nearest integer, halves to even. */
static const float ROUNDER = 12582912.0f;

static uint8_t plain_round(float v)
{
    v = v < (float)QUANT_MAX ? v : (float)QUANT_MAX; /* also what becomes of a NaN */
    v = v > (float)-QUANT_MAX ? v : (float)-QUANT_MAX;
    volatile float shifted = v + ROUNDER; /* not to be folded away */
    return (uint8_t)((int)(shifted - ROUNDER) + QUANT_ZERO);
}

static void plain_quantise(const float *x, size_t n, float mul, uint8_t *q)
{
    for (size_t i = 0; i < n; i++)
        q[i] = plain_round(x[i] * mul);
}

static void plain_block(const struct linear *layer, const int8_t *w, const uint8_t *q,
                        int32_t sum[KERNEL_LANES])
{
    for (size_t k = 0; k < layer->quads; k++, w += 4 * KERNEL_LANES, q += 4) {
        for (size_t o = 0; o < KERNEL_LANES; o++)
            sum[o] +=
                w[4 * o] * q[0] + w[4 * o + 1] * q[1] + w[4 * o + 2] * q[2] + w[4 * o + 3] * q[3];
    }
}

static void plain_row(const struct linear *layer, const uint8_t *q, bool relu, float *y)
{
    const int8_t *w = layer->weights;
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES) {
        int32_t sum[KERNEL_LANES];
        memcpy(sum, layer->offset + o, sizeof sum);
        plain_block(layer, w, q, sum);
        w += (size_t)layer->quads * 4 * KERNEL_LANES;
        for (size_t i = 0; i < KERNEL_LANES; i++) {
            float v = (float)sum[i] * layer->scale[o + i];
            v = v + layer->bias[o + i];
            y[o + i] = !relu || v > 0.0f ? v : 0.0f;
        }
    }
}

static void plain_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                          float *y)
{
    for (size_t r = 0; r < rows; r++)
        plain_row(layer, q + r * layer->in_stride, relu, y + r * layer->out_stride);
}

/* Block by block, so that a row of floats need not be kept. */
static void plain_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                    bool relu, float mul, uint8_t *y)
{
    for (size_t o = 0; o < layer->out_stride; o += KERNEL_LANES) {
        struct linear block = linear_part(layer, (uint32_t)o, KERNEL_LANES);
        for (size_t r = 0; r < rows; r++) {
            float row[KERNEL_LANES];
            plain_row(&block, q + r * layer->in_stride, relu, row);
            plain_quantise(row, KERNEL_LANES, mul, y + r * layer->out_stride + o);
        }
    }
}

static void plain_embed(const struct embedding *e, const uint32_t *ids, size_t rows, float *x)
{
    for (size_t r = 0; r < rows; r++, ids += e->features, x += e->width) {
        memcpy(x, e->bias, e->width * sizeof *x);
        for (size_t f = 0; f < e->features; f++) {
            const int8_t *row = e->rows + (size_t)ids[f] * e->width;
            float scale = e->scale[ids[f]];
            for (size_t i = 0; i < e->width; i++)
                x[i] += (float)row[i] * scale;
        }
    }
}

/* One token, one direction. The reset gate and the squashed state share a division:
 * r * soft(c) = (0.5 + 0.5 b / B) * c / C = 0.5 (B + b) c / (B C). */
static void plain_step(const float *u, const float *v, size_t half, float *state, float *x)
{
    for (size_t i = 0; i < half; i++) {
        float c = state[i];
        float a = u[half + i] + v[i] * c;
        float b = u[2 * half + i] + v[half + i] * c;
        float f = 0.5f + 0.5f * (a / (1.0f + fabsf(a)));
        c = f * c + (1.0f - f) * u[i];
        state[i] = c;
        float open = 1.0f + fabsf(b);
        x[i] += 0.5f * (open + b) * c / (open * (1.0f + fabsf(c)));
    }
}

static void plain_recur(const float *const *u, const float *v, size_t rows, size_t half,
                        float *state, float *x)
{
    for (size_t i = 0; i < 2 * half; i++)
        state[i] = 0.0f;
    for (size_t t = 0; t < rows; t++) {
        size_t back = rows - 1 - t;
        plain_step(u[t], v, half, state, x + t * 2 * half);
        plain_step(u[back] + 3 * half, v + 2 * half, half, state + half, x + (back * 2 + 1) * half);
    }
}

static void plain_window(const float *const *p, size_t from, size_t reach, size_t rows,
                         size_t width, float *x)
{
    for (size_t t = 0; t < rows; t++, x += width) {
        const size_t first = t < reach ? 0 : t - reach,
                     end = t + reach < rows ? t + reach + 1 : rows;
        for (size_t i = 0; i < width; i++) {
            float sum = 0.0f;
            for (size_t k = first; k < end; k++)
                sum += p[k][from + (k + reach - t) * width + i];
            x[i] += sum > 0.0f ? sum : 0.0f;
        }
    }
}

static void plain_join(const float *a, const float *b, size_t n, float mul, uint8_t *q)
{
    for (size_t i = 0; i < n; i++) {
        float v = a[i] + b[i];
        q[i] = plain_round((v > 0.0f ? v : 0.0f) * mul);
    }
}

float kernel_shrink_factor(float most, float *scale)
{
    const float largest = (float)INT16_MAX;
    bool usable = most > 1e-30f && most < 1e30f; /* else all are 0: no word of a sound model */
    *scale = usable ? most / largest : 0.0f;
    return usable ? largest / most : 0.0f;
}

static float plain_shrink(const float *x, size_t n, int16_t *q)
{
    float most = 0.0f, scale;
    for (size_t i = 0; i < n; i++)
        most = fabsf(x[i]) > most ? fabsf(x[i]) : most;
    const float factor = kernel_shrink_factor(most, &scale);
    for (size_t i = 0; i < n; i++) {
        float v = x[i] * factor;
        v = v < (float)INT16_MAX ? v : (float)INT16_MAX; /* also what becomes of a NaN */
        v = v > (float)-INT16_MAX ? v : (float)-INT16_MAX;
        volatile float shifted = v + ROUNDER; /* not to be folded away */
        q[i] = (int16_t)(int)(shifted - ROUNDER);
    }
    return scale;
}

static void plain_expand(const int16_t *q, size_t n, float scale, float *x)
{
    for (size_t i = 0; i < n; i++)
        x[i] = (float)q[i] * scale;
}

static uint32_t plain_argmax(const float *x, size_t n)
{
    float best = -HUGE_VALF;
    uint32_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (x[i] > best) {
            best = x[i];
            at = (uint32_t)i;
        }
    }
    return at;
}

static const struct kernel plain_table = {.name = "plain",
                                          .quantise = plain_quantise,
                                          .product = plain_product,
                                          .product_quantised = plain_product_quantised,
                                          .embed = plain_embed,
                                          .recur = plain_recur,
                                          .window = plain_window,
                                          .join = plain_join,
                                          .shrink = plain_shrink,
                                          .expand = plain_expand,
                                          .argmax = plain_argmax};

static bool cpu_has_avx512(void)
{
    return CPU_HAS("avx512f") && CPU_HAS("avx512bw") && CPU_HAS("avx512vl") &&
           CPU_HAS("avx512dq") && CPU_HAS("avx512vnni");
}

const struct kernel *kernel_named(const char *name)
{
    if (strcmp(name, "plain") == 0) return &plain_table;
    if (strcmp(name, "neon") == 0) return kernel_neon(); /* every 64-bit ARM has it */
    if (strcmp(name, "avx2") == 0) return CPU_HAS("avx2") ? kernel_avx2() : NULL;
    if (strcmp(name, "vnni") == 0) return CPU_HAS("avx2") ? kernel_vnni() : NULL;
    if (strcmp(name, "dotprod") == 0) return kernel_dotprod();
    if (strcmp(name, "amx") == 0) return cpu_has_avx512() ? kernel_amx() : NULL;
    if (strcmp(name, "avx512") == 0) return cpu_has_avx512() ? kernel_avx512() : NULL;
    return NULL;
}

const struct kernel *kernel_best(void)
{
    static const char *const names[] = {"amx", "avx512", "vnni", "avx2", "dotprod", "neon"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const struct kernel *k = kernel_named(names[i]);
        if (k != NULL) return k;
    }
    return &plain_table;
}

uint32_t kernel_first_maximum(const float *lane_best, const uint32_t *lane_at, size_t lanes,
                              const float *x, size_t i, size_t n)
{
    float best = -HUGE_VALF;
    uint32_t at = 0;
    for (size_t k = 0; k < lanes; k++) {
        if (lane_best[k] > best || (lane_best[k] == best && lane_at[k] < at)) {
            best = lane_best[k];
            at = lane_at[k];
        }
    }
    for (; i < n; i++) {
        if (x[i] > best) {
            best = x[i];
            at = (uint32_t)i;
        }
    }
    return at;
}

void linear_shape(struct linear *layer, uint32_t in, uint32_t out)
{
    layer->in = in;
    layer->out = out;
    layer->in_stride = (uint32_t)kernel_padded(in, KERNEL_LANES);
    layer->out_stride = (uint32_t)kernel_padded(out, KERNEL_LANES);
    layer->quads = (in + 3) / 4;
}

struct linear linear_part(const struct linear *layer, uint32_t o, uint32_t out)
{
    struct linear part = *layer;
    part.weights += (size_t)o * layer->quads * 4;
    part.offset += o;
    part.scale += o;
    part.bias += o;
    if (part.chain != NULL) part.chain += o / KERNEL_LANES;
    part.out = part.out_stride = out;
    return part;
}

/* Whether no four quads of the block can sum up to more than 16 bits hold, lane by lane: each lane
 * of 16 bits adds two products of each quad. */
bool linear_chains(const struct linear *layer, uint32_t block)
{
    const int most = INT16_MAX / (QUANT_MAX + QUANT_ZERO);
    const int8_t *w = layer->weights + (size_t)block * KERNEL_LANES * layer->quads * 4;
    for (uint32_t k = 0; k < layer->quads; k += 4) {
        const uint32_t n = layer->quads - k < 4 ? layer->quads - k : 4;
        for (uint32_t lane = 0; lane < 2 * KERNEL_LANES; lane++) {
            int above = 0, below = 0;
            for (uint32_t i = 0; i < 2 * n; i++) {
                int one = w[((k + i / 2) * KERNEL_LANES * 4) + 2 * lane + i % 2];
                above += one > 0 ? one : 0;
                below -= one < 0 ? one : 0;
            }
            if (above > most || below > most) return false;
        }
    }
    return true;
}

size_t linear_packed_size(uint32_t in, uint32_t out)
{
    return kernel_padded(out, KERNEL_LANES) * (((size_t)in + 3) / 4) * 4;
}

void linear_pack_row(const int8_t *row, uint32_t in, uint32_t o, int8_t *packed, int32_t *offset)
{
    const size_t quads = ((size_t)in + 3) / 4;
    int8_t *to = packed + (o / KERNEL_LANES * quads * KERNEL_LANES + o % KERNEL_LANES) * 4;
    int32_t sum = 0;
    for (uint32_t i = 0; i < in; i++) {
        to[i / 4 * 4 * KERNEL_LANES + i % 4] = row[i];
        sum += row[i];
    }
    offset[o] = -QUANT_ZERO * sum;
}
