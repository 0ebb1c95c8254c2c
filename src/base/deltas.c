/* deltas.c - whole numbers as differences; see deltas.h. Any bytes are read. */
#include "base/deltas.h"

enum { MINI_MOST = 65536 };

static void break_deltas(struct deltas *d)
{
    d->in.broken = true;
    d->left = 0;
}

void deltas_begin(struct deltas *d, struct str bytes)
{
    *d = (struct deltas){.in = {.at = bytes.at, .end = bytes.at + bytes.len}, .first = true};
    uint64_t block = varint_get(&d->in), n_mini = varint_get(&d->in);
    d->left = varint_get(&d->in);
    d->value = (uint64_t)zigzag_get(&d->in);
    d->mini_end = d->in.at;
    if (n_mini == 0 || n_mini > MINI_MOST || block / n_mini > MINI_MOST || block % n_mini != 0 ||
        block / n_mini % 8 != 0 || block == 0) {
        break_deltas(d);
        return;
    }
    d->n_mini = (size_t)n_mini;
    d->per_mini = (size_t)(block / n_mini);
    d->mini = d->n_mini;
}

static void begin_block(struct deltas *d)
{
    d->least = (uint64_t)zigzag_get(&d->in);
    d->widths = d->in.at;
    d->mini = 0;
    if ((size_t)(d->in.end - d->in.at) < d->n_mini)
        break_deltas(d);
    else
        d->in.at += d->n_mini;
}

static void begin_mini(struct deltas *d)
{
    if (d->mini == d->n_mini) begin_block(d);
    if (d->in.broken) return;
    d->width = (unsigned char)d->widths[d->mini++];
    size_t bytes = d->per_mini / 8 * (size_t)d->width;
    if (d->width > 64 || bytes > (size_t)(d->in.end - d->in.at)) {
        break_deltas(d);
        return;
    }
    d->mini_end = d->in.at + bytes;
    d->mini_left = d->per_mini;
    d->held = 0;
    d->n_held = 0;
}

/* Up to 32 bits; the miniblock was checked to have them. */
static uint64_t take_bits(struct deltas *d, int n)
{
    while (d->n_held < n) {
        d->held |= (uint64_t)(unsigned char)*d->in.at++ << d->n_held;
        d->n_held += 8;
    }
    uint64_t bits = d->held & ((UINT64_C(1) << n) - 1);
    d->held >>= n;
    d->n_held -= n;
    return bits;
}

int64_t deltas_get(struct deltas *d)
{
    if (d->left == 0) d->in.broken = true;
    if (d->in.broken) return 0;
    d->left--;
    if (d->first) {
        d->first = false;
        return (int64_t)d->value;
    }
    if (d->mini_left == 0) begin_mini(d);
    if (d->in.broken) return 0;
    d->mini_left--;
    uint64_t more = take_bits(d, d->width < 32 ? d->width : 32);
    if (d->width > 32) more |= take_bits(d, d->width - 32) << 32;
    d->value += d->least + more; /* it may wrap around */
    if (d->mini_left == 0) d->in.at = d->mini_end;
    return (int64_t)d->value;
}

struct str deltas_rest(struct deltas d, uint64_t *sum)
{
    *sum = 0;
    while (d.left != 0 && !d.in.broken)
        *sum += (uint64_t)deltas_get(&d);
    if (d.in.broken) return (struct str){NULL, 0};
    return str_of(d.mini_end, (size_t)(d.in.end - d.mini_end));
}
