/* deltas.h - whole numbers as differences: Parquet's DELTA_BINARY_PACKED, for reading.
 *
 * By Encodings.md of github.com/apache/parquet-format: numbers per block and miniblocks per block,
 * how many numbers there are, the first; then blocks, each with its least difference, the bits of
 * each miniblock, and the differences above the least, packed. */
#ifndef DETENTE_DELTAS_H
#define DETENTE_DELTAS_H

#include "base/thrift.h"

struct deltas {
    struct thrift_in in;
    uint64_t left;           /* numbers that are still to come */
    size_t n_mini, per_mini; /* miniblocks in a block, numbers in one */
    size_t mini, mini_left;  /* the next miniblock; numbers left in this one */
    const char *widths;      /* bits of each miniblock of the block */
    const char *mini_end;    /* where this one ends */
    uint64_t value, least;   /* the last number; the block's least difference */
    uint64_t held;           /* bits that were read, */
    int n_held, width;       /* so many; bits of a number */
    bool first;              /* the next number is `value` itself */
};

/* Reads the head of the numbers at the front of `bytes`. */
void deltas_begin(struct deltas *d, struct str bytes);
/* The next number; 0 where there is none (in.broken). */
int64_t deltas_get(struct deltas *d);
/* Takes all numbers and returns what follows them; *sum is what they add up to. */
struct str deltas_rest(struct deltas d, uint64_t *sum);

#endif
