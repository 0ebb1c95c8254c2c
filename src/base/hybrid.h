/* hybrid.h - small numbers as runs and as packed bits: Parquet's RLE/bit-packing hybrid.
 *
 * By Encodings.md of github.com/apache/parquet-format. A run is a varint: twice its length and the
 * value in whole bytes; or twice the number of groups of eight, plus one, and their bits, lowest
 * first. */
#ifndef DETENTE_HYBRID_H
#define DETENTE_HYBRID_H

#include "base/thrift.h"

/* Bits that hold numbers up to `most`. */
static inline int bits_for(uint32_t most)
{
    int bits = 0;
    for (; most != 0; most >>= 1)
        bits++;
    return bits;
}

/* Adds n numbers of `bits` bits, 1 to 32. */
void hybrid_put(struct buf *out, const uint32_t *values, size_t n, int bits);

/* Reads what any bytes hold; begin with .in and .bits (0 to 32) set and the rest 0. */
struct hybrid {
    struct thrift_in in;
    int bits;
    uint64_t left;  /* of the run */
    bool packed;    /* or one value, */
    uint32_t value; /* this */
    uint64_t held;  /* bits of a packed run that were read, */
    int n_held;     /* so many */
};

/* The next number; 0 where there are no more (in.broken). */
uint32_t hybrid_get(struct hybrid *h);

#endif
