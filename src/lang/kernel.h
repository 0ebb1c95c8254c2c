/* kernel.h - the arithmetic of the network: a table of functions, one table for each CPU family.
 *
 * In: rows of numbers, one row a token. Out: rows. Every table gives the same bits: matrix
 * products are exact integer sums, and each float is made by the same single operations in the
 * same order, never fused. Rows of floats and of bytes are padded to KERNEL_LANES columns, and
 * arrays to a multiple of KERNEL_ROWS rows, so that no kernel has an edge to care for; all are
 * aligned to 64 bytes. Weights are signed bytes; activations are numbers of 6 bits with QUANT_ZERO
 * for 0: two of them times two weights, twice, stay below 2^15 whatever the weights are, so that
 * instructions which add products up in 16 bits are exact.
 * Quantisation: Jacob et al., "Quantization and Training of Neural Networks for Efficient
 * Integer-Arithmetic-Only Inference", CVPR 2018. */
#ifndef DETENTE_KERNEL_H
#define DETENTE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KERNEL_LANES = 16, /* columns are padded to a multiple of this */
    KERNEL_ROWS = 4,   /* rows are padded to a multiple of this */
    QUANT_MAX = 31,    /* activations are clamped to +-QUANT_MAX */
    QUANT_ZERO = 32,   /* added to them */
    WEIGHT_MAX = 127
};
_Static_assert((QUANT_MAX + QUANT_ZERO) * 4 * WEIGHT_MAX <= INT16_MAX,
               "four products fit into 16 bits");

/* y = relu?((float)(W q + offset) * scale + bias). linear_pack() makes weights and offset. */
struct linear {
    const int8_t *weights; /* [out_stride / 16][quads][16][4] */
    const int32_t *offset; /* out_stride each; takes QUANT_ZERO out of the sums again */
    const float *scale, *bias;
    const uint8_t *chain; /* for each block of 16 outputs, 1: the products of four quads fit into 16
                             bits, whatever the activations; NULL: of none */
    uint32_t in, out;     /* as the model has them */
    uint32_t in_stride;   /* floats from one input row to the next: in, padded */
    uint32_t out_stride;
    uint32_t quads; /* (in + 3) / 4 */
    float in_mul;   /* inputs are multiplied by this, then rounded */
};

struct embedding {
    const int8_t *rows;
    const float *scale; /* one a row */
    const float *bias;  /* width */
    uint32_t width;     /* a multiple of KERNEL_LANES */
    uint32_t features;  /* rows added for each token */
};

struct kernel {
    const char *name;
    /* q = round half even(clamp(x * mul)) + QUANT_ZERO; n is a multiple of KERNEL_LANES. */
    void (*quantise)(const float *x, size_t n, float mul, uint8_t *q);
    /* `rows` is a multiple of KERNEL_ROWS. */
    void (*product)(const struct linear *layer, const uint8_t *q, size_t rows, bool relu, float *y);
    /* The same, quantised with `mul` at once: rows of out_stride bytes. */
    void (*product_quantised)(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                              float mul, uint8_t *y);
    /* x[r] = bias + the sum of the embeddings ids[r * features ...], in order. */
    void (*embed)(const struct embedding *e, const uint32_t *ids, size_t rows, float *x);
    /* One sentence through a bidirectional SRU layer. u: where its rows are, of 6 * half each (z f
     * r forward, z f r backward); v: forget and reset peepholes forward, then backward, half each;
     * x: rows of 2 * half, to which the outputs are added; state: room for 2 * half floats. */
    void (*recur)(const float *const *u, const float *v, size_t rows, size_t half, float *state,
                  float *x);
    /* x[t] += relu(the sum over k = -reach ... reach, in this order, of what word t + k of the
     * sentence says of its neighbour k places before it: p[t + k][from + (k + reach) * width ...]);
     * width is a multiple of KERNEL_LANES, x rows of it. */
    void (*window)(const float *const *p, size_t from, size_t reach, size_t rows, size_t width,
                   float *x);
    /* q = relu(a + b), quantised with `mul`; n is a multiple of KERNEL_LANES. */
    void (*join)(const float *a, const float *b, size_t n, float mul, uint8_t *q);
    /* q = x as numbers of 16 bits, rounded half to even, so that the largest of them is 32,767 in
     * absolute value. Returns what they must be multiplied by; n is a multiple of KERNEL_LANES. */
    float (*shrink)(const float *x, size_t n, int16_t *q);
    /* x = (float)q * scale; n is a multiple of KERNEL_LANES. */
    void (*expand)(const int16_t *q, size_t n, float scale, float *x);
    /* Index of the first maximum of n numbers; 0 when n is 0 or all are NaN. */
    uint32_t (*argmax)(const float *x, size_t n);
};

/* The best kernel for this CPU; never NULL. */
const struct kernel *kernel_best(void);
/* "plain", "avx2", "vnni", "avx512", "amx", "neon" or "dotprod"; NULL when this CPU, this system or
 * this build lacks it. */
const struct kernel *kernel_named(const char *name);

/* Tables of the SIMD files; NULL when they were compiled without their instruction set. */
const struct kernel *kernel_avx2(void);
const struct kernel *kernel_vnni(void); /* kernel_avx2() with other products */
const struct kernel *kernel_avx512(void);
const struct kernel *kernel_amx(void); /* kernel_avx512() with other products */
const struct kernel *kernel_neon(void);
const struct kernel *kernel_dotprod(void); /* kernel_neon() with other products */

/* Products by vpdpbusd on 256 bits, and whether this build has them. */
void kernel_vnni_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                         float *y);
void kernel_vnni_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                   bool relu, float mul, uint8_t *y);
bool kernel_vnni_usable(void);

/* Products by sdot, and whether this build has them and the CPU, too. */
void kernel_dotprod_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                            float *y);
void kernel_dotprod_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                      bool relu, float mul, uint8_t *y);
bool kernel_dotprod_usable(void);

/* Products by tiles, and whether the CPU has them and the system lets this process use them. */
void kernel_amx_product(const struct linear *layer, const uint8_t *q, size_t rows, bool relu,
                        float *y);
void kernel_amx_product_quantised(const struct linear *layer, const uint8_t *q, size_t rows,
                                  bool relu, float mul, uint8_t *y);
bool kernel_amx_usable(void);

static inline size_t kernel_padded(size_t n, size_t unit)
{
    return (n + unit - 1) / unit * unit;
}

/* What argmax() gives, from the first maximum of each of several lanes and the numbers from `i` on,
 * which are in no lane. */
uint32_t kernel_first_maximum(const float *lane_best, const uint32_t *lane_at, size_t lanes,
                              const float *x, size_t i, size_t n);

/* For shrink(): what numbers of at most `most` are multiplied by, and what with to undo it. */
float kernel_shrink_factor(float most, float *scale);

/* Bytes that the packed form of an in x out matrix takes. */
size_t linear_packed_size(uint32_t in, uint32_t out);
/* Packs row o of a matrix of `in` columns. `packed` and `offset` are as in struct linear, and zero
 * where nothing has been packed yet. */
void linear_pack_row(const int8_t *row, uint32_t in, uint32_t o, int8_t *packed, int32_t *offset);
/* Sets the sizes of a layer. */
void linear_shape(struct linear *layer, uint32_t in, uint32_t out);
/* What of a layer gives the outputs [o, o + out); both are multiples of KERNEL_LANES. */
struct linear linear_part(const struct linear *layer, uint32_t o, uint32_t out);
/* What struct linear's `chain` says of a block of 16 outputs. */
bool linear_chains(const struct linear *layer, uint32_t block);

#endif
