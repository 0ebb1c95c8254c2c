/* parquet_footer.h - what the footer of a Parquet file says: columns, row groups, where they are.
 */
#ifndef DETENTE_PARQUET_FOOTER_H
#define DETENTE_PARQUET_FOOTER_H

#include "base/parquet.h"
#include "base/thrift.h"
#include "input/parquet_bytes.h"

enum time_unit { TIME_NONE, TIME_MILLIS, TIME_MICROS, TIME_NANOS };

/* A column that is a single value in each row; all others are counted, no more. */
struct parquet_field {
    struct str name;  /* in the footer */
    uint32_t ordinal; /* among all columns of the file, those inside of structures, too */
    enum parquet_type type;
    uint32_t size; /* bytes of PARQUET_FIXED */
    bool optional; /* it may be none */
    bool day;      /* days since 1970 */
    enum time_unit unit;
};

struct parquet_footer {
    struct buf bytes;
    struct buf fields; /* struct parquet_field */
    size_t n_fields, n_columns;
    size_t groups_left;
    struct thrift_in groups; /* what is left of the list of row groups */
};

/* Where the pages of a column stand in a row group. */
struct parquet_chunk {
    bool found;
    enum parquet_codec codec;
    int64_t n_values;
    uint64_t begin, end;
};

dt_status parquet_footer_read(const struct parquet_bytes *bytes, struct parquet_footer *out,
                              dt_error *err);
void parquet_footer_free(struct parquet_footer *footer);
const struct parquet_field *parquet_footer_field(const struct parquet_footer *footer, size_t i);
/* The next row group: its number of rows, and the chunk of each of n columns. *more is false behind
 * the last. */
dt_status parquet_footer_group(struct parquet_footer *footer, const struct parquet_bytes *bytes,
                               const struct parquet_field *const *fields, size_t n,
                               struct parquet_chunk *chunks, uint64_t *n_rows, bool *more,
                               dt_error *err);

#endif
