/* hybrid.c - Parquet's RLE/bit-packing hybrid; see hybrid.h. */
#include "base/hybrid.h"

#include "base/le.h"

enum {
    GROUP = 8,
    RUN_LEAST = 8,     /* equal numbers that are worth a run */
    PACKED_MOST = 504, /* numbers in a packed run: its head is one byte, which all readers take */
};

static void put_packed(struct buf *out, const uint32_t *values, size_t n, int bits)
{
    size_t groups = (n + GROUP - 1) / GROUP;
    uint64_t held = 0;
    int n_held = 0;
    varint_put(out, groups << 1 | 1);
    for (size_t i = 0; i < groups * GROUP; i++) {
        held |= (uint64_t)(i < n ? values[i] : 0) << n_held;
        for (n_held += bits; n_held >= 8; n_held -= 8, held >>= 8)
            buf_c(out, (char)(unsigned char)held);
    }
}

/* All but the last packed run must be whole groups. */
static void put_literals(struct buf *out, const uint32_t *values, size_t n, int bits)
{
    for (size_t i = 0; i < n; i += PACKED_MOST)
        put_packed(out, values + i, n - i < PACKED_MOST ? n - i : PACKED_MOST, bits);
}

static size_t run_length(const uint32_t *values, size_t n)
{
    size_t i = 1;
    while (i < n && values[i] == values[0])
        i++;
    return i;
}

void hybrid_put(struct buf *out, const uint32_t *values, size_t n, int bits)
{
    size_t literal = 0, i = 0; /* [literal, i) is still to be written */
    while (i < n) {
        size_t run = run_length(values + i, n - i);
        size_t fill = (GROUP - (i - literal) % GROUP) % GROUP; /* that its group lacks */
        if (run < RUN_LEAST + fill) {
            i += run;
            continue;
        }
        put_literals(out, values + literal, i + fill - literal, bits);
        varint_put(out, (uint64_t)(run - fill) << 1);
        le_put(out, values[i], (bits + 7) / 8);
        literal = i += run;
    }
    put_literals(out, values + literal, n - literal, bits);
}

/* ---- reading ---- */

static void begin_run(struct hybrid *h)
{
    uint64_t head = varint_get(&h->in);
    h->packed = (head & 1) != 0;
    h->left = h->packed ? (head >> 1 < UINT64_MAX / GROUP ? (head >> 1) * GROUP : 0) : head >> 1;
    h->held = 0;
    h->n_held = 0;
    if (h->packed) return;
    h->value = 0;
    for (int i = 0; i < (h->bits + 7) / 8; i++) {
        if (h->in.at == h->in.end) h->in.broken = true;
        if (h->in.at < h->in.end) h->value |= (uint32_t)(unsigned char)*h->in.at++ << (8 * i);
    }
}

uint32_t hybrid_get(struct hybrid *h)
{
    while (h->left == 0 && !h->in.broken)
        begin_run(h);
    if (h->in.broken) return 0;
    h->left--;
    if (!h->packed) return h->value;
    while (h->n_held < h->bits) {
        if (h->in.at == h->in.end) {
            h->in.broken = true;
            return 0;
        }
        h->held |= (uint64_t)(unsigned char)*h->in.at++ << h->n_held;
        h->n_held += 8;
    }
    uint32_t value = (uint32_t)(h->held & ((UINT64_C(1) << h->bits) - 1));
    h->held >>= h->bits;
    h->n_held -= h->bits;
    return value;
}
