/* parquet_dictionary.h - the different values of a column, each once, and for each value its
 * number.
 *
 * Codes and names repeat: a number of a few bits stands for them. Where values hardly repeat (ids,
 * sentences) it is given up early. */
#ifndef DETENTE_PARQUET_DICTIONARY_H
#define DETENTE_PARQUET_DICTIONARY_H

#include "store/column_batch.h"

struct dictionary {
    struct buf slots;   /* a hash table of numbers, plus one, of 4 bytes */
    struct buf first;   /* number of the value where each different one stands first */
    struct buf indices; /* uint32_t: of each value that is there, in order */
    size_t n, n_slots, bytes;
};

/* False where a dictionary is not worth it, or memory ran out. */
bool dictionary_make(struct dictionary *d, const struct leaf *leaf);
/* The i-th of the different values. */
struct str dictionary_value(const struct dictionary *d, const struct leaf *leaf, size_t i);
const uint32_t *dictionary_indices(const struct dictionary *d);
void dictionary_free(struct dictionary *d);

#endif
