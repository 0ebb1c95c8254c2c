/* parquet_bytes.c - the bytes of a Parquet file in any order; see parquet_bytes.h. */
#include "input/parquet_bytes.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPOOL_MOST (UINT64_C(16) << 30)
enum { SPOOL_PIECE = 65536 };

static dt_status unread(const char *origin, dt_error *err)
{
    return err_set(err, DT_E_READ, 0, "%s could not be read: %s", origin, strerror(errno));
}

static dt_status copy_stream(const struct input *input, struct parquet_bytes *out, dt_error *err)
{
    char piece[SPOOL_PIECE];
    for (;;) {
        size_t got = 0;
        dt_status st = input->bytes->read(input->bytes, piece, sizeof piece, &got, err);
        if (st != DT_OK || got == 0) return st;
        if (out->size > SPOOL_MOST)
            return err_set(err, DT_E_READ, 0,
                           "%s is larger than 16 GB: a Parquet file of that size must be given by "
                           "its own name, not packed and not by a pipe",
                           input->origin);
        if (fwrite(piece, 1, got, out->file) != got)
            return err_set(err, DT_E_READ, 0, "%s could not be copied to a temporary file: %s",
                           input->origin, strerror(errno));
        out->size += got;
    }
}

static dt_status spool_bytes(const struct input *input, struct parquet_bytes *out, dt_error *err)
{
    out->file = tmpfile();
    if (out->file == NULL)
        return err_set(err, DT_E_READ, 0, "%s: a temporary file could not be made: %s",
                       input->origin, strerror(errno));
    dt_status st = copy_stream(input, out, err);
    if (st == DT_OK && fflush(out->file) != 0) st = unread(input->origin, err);
    return st;
}

static dt_status open_path(const struct input *input, struct parquet_bytes *out, dt_error *err)
{
    struct stat found;
    out->file = fopen(input->path, "rb");
    if (out->file == NULL || fstat(fileno(out->file), &found) != 0)
        return unread(input->origin, err);
    out->size = (uint64_t)found.st_size;
    return DT_OK;
}

dt_status parquet_bytes_open(const struct input *input, struct parquet_bytes *out, dt_error *err)
{
    *out = (struct parquet_bytes){.origin = input->origin};
    dt_status st = input->path != NULL ? open_path(input, out, err) : spool_bytes(input, out, err);
    if (st != DT_OK) parquet_bytes_close(out);
    return st;
}

void parquet_bytes_close(struct parquet_bytes *bytes)
{
    if (bytes->file != NULL) (void)fclose(bytes->file);
    bytes->file = NULL;
}

dt_status parquet_bytes_read(const struct parquet_bytes *bytes, uint64_t at, size_t len,
                             struct buf *out, dt_error *err)
{
    buf_clear(out);
    buf_reserve(out, len + 1);
    if (out->failed) return err_nomem(err);
    while (out->len < len) {
        ssize_t n =
            pread(fileno(bytes->file), out->at + out->len, len - out->len, (off_t)(at + out->len));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return unread(bytes->origin, err);
        if (n == 0)
            return err_set(err, DT_E_READ, (size_t)at, "%s became shorter while it was read",
                           bytes->origin);
        out->len += (size_t)n;
    }
    return DT_OK;
}
