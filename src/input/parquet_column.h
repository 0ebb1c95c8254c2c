/* parquet_column.h - the values of one column of a Parquet file, one after the other.
 *
 * A page is read, unpacked and kept until its values are taken: of a column no more is in memory
 * than a page and its dictionary. */
#ifndef DETENTE_PARQUET_COLUMN_H
#define DETENTE_PARQUET_COLUMN_H

#include "base/deltas.h"
#include "base/hybrid.h"
#include "input/parquet_footer.h"

struct parquet_column {
    const struct parquet_bytes *bytes;
    const struct parquet_field *field;
    struct parquet_chunk chunk;
    uint64_t at;                         /* where the next page is */
    uint64_t chunk_left;                 /* values, those that are none included, */
    uint64_t page_left;                  /* that are still to come */
    struct buf packed, page, dictionary; /* bytes of the file; unpacked */
    struct buf entries;                  /* of a dictionary of texts: uint32_t, where each begins */
    size_t n_entries;
    enum parquet_encoding encoding;
    struct hybrid levels, numbers; /* whether values are there; numbers of the dictionary */
    struct deltas lengths, prefixes;
    struct thrift_in plain; /* values, or the bytes of texts */
    struct buf text;        /* DELTA_BYTE_ARRAY: the last one */
};

struct parquet_value {
    bool there;
    struct str bytes; /* as PLAIN has it, without a length; valid until the next call */
    int64_t number;   /* the same of INT32 and INT64 */
};

/* Begins the chunk of a row group; begin with .bytes and .field set and the rest 0. DT_E_READ for a
 * codec that is not read. */
dt_status parquet_column_begin(struct parquet_column *c, const struct parquet_chunk *chunk,
                               dt_error *err);
/* The value of the next row. */
dt_status parquet_column_next(struct parquet_column *c, struct parquet_value *value, dt_error *err);
void parquet_column_free(struct parquet_column *c);

#endif
