/* parquet_chunk.h - one column of a batch as pages of Parquet. */
#ifndef DETENTE_PARQUET_CHUNK_H
#define DETENTE_PARQUET_CHUNK_H

#include <zstd.h>

#include "store/column_out.h"
#include "store/parquet_dictionary.h"

struct chunk_writer {
    ZSTD_CCtx *zstd;
    struct dictionary dictionary;
    struct buf levels, page, packed, head; /* numbers of 32 bits; a page, compressed; its header */
};

bool chunk_writer_begin(struct chunk_writer *w); /* false: memory ran out; end it all the same */
void chunk_writer_end(struct chunk_writer *w);

/* What the footer says of a chunk. */
struct chunk {
    uint64_t dictionary_at; /* 0: it has none */
    uint64_t data_at, packed_bytes, bytes;
    size_t n_values, n_none; /* empty lists count as both */
    struct str least, most;  /* of the values, as PLAIN writes them; `at` NULL: not told */
};

/* Writes the pages of a leaf of a column; what `chunk` points to stays until the next one. */
dt_status chunk_put(struct chunk_writer *w, const struct column_batch *c,
                    const struct column *column, const struct leaf *leaf, struct column_out *out,
                    struct chunk *chunk, dt_error *err);

#endif
