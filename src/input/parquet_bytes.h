/* parquet_bytes.h - the bytes of a Parquet file in any order: its footer stands at the end.
 *
 * A file on disk is read where it lies; what comes from a pipe or out of an archive is copied to a
 * temporary file without a name first. */
#ifndef DETENTE_PARQUET_BYTES_H
#define DETENTE_PARQUET_BYTES_H

#include <stdio.h>

#include "base/err.h"
#include "input/form.h"

struct parquet_bytes {
    const char *origin; /* for messages */
    FILE *file;
    uint64_t size;
};

dt_status parquet_bytes_open(const struct input *input, struct parquet_bytes *out, dt_error *err);
void parquet_bytes_close(struct parquet_bytes *bytes);
/* Bytes [at, at + len), which must lie inside the file, replace what is in `out`. */
dt_status parquet_bytes_read(const struct parquet_bytes *bytes, uint64_t at, size_t len,
                             struct buf *out, dt_error *err);

#endif
