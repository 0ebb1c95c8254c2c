/* unpack.c - compressed files and archives, by libarchive; see unpack.h.
 *
 * All is streamed: an archive that unpacks to far more than itself costs no memory, and is given up
 * when what came out passes UNPACK_RATIO times what went in. */
#include "input/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"

enum { UNPACK_CHUNK = 1 << 16, UNPACK_RATIO = 500, UNPACK_FREE = 1 << 28 };

struct unpacking {
    struct archive *archive;
    struct byte_stream *from;
    int fd;
    const char *origin;
    char chunk[UNPACK_CHUNK];
    uint64_t in, out;
    dt_error failure; /* of `from` */
    bool failed, ended;
};

struct member_stream {
    struct byte_stream base;
    struct unpacking *unpacking;
};

/* ---- what libarchive calls ---- */

static la_ssize_t feed(struct archive *a, void *context, const void **bytes)
{
    struct unpacking *u = context;
    size_t got = 0;
    *bytes = u->chunk;
    if (u->failed) return ARCHIVE_FATAL;
    if (u->from->read(u->from, u->chunk, sizeof u->chunk, &got, &u->failure) != DT_OK) {
        u->failed = true;
        archive_set_error(a, EIO, "could not be read");
        return ARCHIVE_FATAL;
    }
    u->in += got;
    return (la_ssize_t)got;
}

static la_int64_t seek_file(struct archive *a, void *context, la_int64_t offset, int whence)
{
    struct unpacking *u = context;
    off_t at = lseek(u->fd, (off_t)offset, whence);
    (void)a;
    return at < 0 ? ARCHIVE_FATAL : (la_int64_t)at;
}

/* ---- opening ---- */

static void support_all(struct archive *a)
{
    (void)archive_read_support_filter_gzip(a);
    (void)archive_read_support_filter_bzip2(a);
    (void)archive_read_support_filter_xz(a);
    (void)archive_read_support_filter_zstd(a);
    (void)archive_read_support_format_tar(a);
    (void)archive_read_support_format_zip(a);
    (void)archive_read_support_format_raw(a);
    (void)archive_read_support_format_empty(a);
}

static dt_status unpack_failed(struct unpacking *u, dt_error *err)
{
    const char *why = archive_error_string(u->archive);
    u->ended = true;
    if (u->failed) {
        if (err != NULL) *err = u->failure;
        return u->failure.code;
    }
    if (archive_errno(u->archive) == ENOMEM) return err_nomem(err);
    return err_set(err, DT_E_READ, (size_t)u->in, "%s is damaged, or cut off: %s", u->origin,
                   why != NULL ? why : "it could not be unpacked");
}

dt_status unpack_open(struct byte_stream *from, int fd, const char *origin, struct unpacking **out,
                      dt_error *err)
{
    struct unpacking *u = calloc(1, sizeof *u);
    *out = NULL;
    if (u == NULL) return err_nomem(err);
    u->archive = archive_read_new();
    u->from = from;
    u->fd = fd;
    u->origin = origin;
    if (u->archive == NULL) {
        free(u);
        return err_nomem(err);
    }
    support_all(u->archive);
    (void)archive_read_set_callback_data(u->archive, u);
    (void)archive_read_set_read_callback(u->archive, feed);
    if (fd >= 0) (void)archive_read_set_seek_callback(u->archive, seek_file);
    if (archive_read_open1(u->archive) != ARCHIVE_OK) {
        dt_status st = unpack_failed(u, err);
        unpack_close(u);
        return st;
    }
    *out = u;
    return DT_OK;
}

void unpack_close(struct unpacking *u)
{
    if (u == NULL) return;
    (void)archive_read_free(u->archive);
    free(u);
}

/* ---- members ---- */

static dt_status read_member(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                             dt_error *err)
{
    struct unpacking *u = ((struct member_stream *)stream)->unpacking;
    la_ssize_t n;
    *got = 0;
    if (u->ended) return DT_OK;
    do
        n = archive_read_data(u->archive, into, cap);
    while (n == ARCHIVE_RETRY);
    if (n < 0) return unpack_failed(u, err);
    *got = (size_t)n;
    u->out += *got;
    if (u->out < UNPACK_FREE || u->out / UNPACK_RATIO < u->in) return DT_OK;
    u->ended = true;
    return err_set(err, DT_E_READ, (size_t)u->in,
                   "%s unpacks to more than %d times its size, as no news does; the rest was left "
                   "out",
                   u->origin, UNPACK_RATIO);
}

static void close_member(struct byte_stream *stream)
{
    free(stream);
}

/* The path of an entry; some archives have it in no encoding that is known. */
static struct str name_of(struct unpacking *u, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry);
    if (name == NULL) name = archive_entry_pathname(entry);
    if (archive_format(u->archive) == ARCHIVE_FORMAT_RAW) return str_of(NULL, 0);
    return str_c(name != NULL ? name : "member");
}

dt_status unpack_next(struct unpacking *u, struct str *name, struct byte_stream **stream,
                      bool *more, dt_error *err)
{
    struct archive_entry *entry = NULL;
    *more = false;
    *stream = NULL;
    while (!u->ended) {
        int said = archive_read_next_header(u->archive, &entry);
        if (said == ARCHIVE_RETRY) continue;
        if (said == ARCHIVE_EOF) break;
        if (said < ARCHIVE_WARN) return unpack_failed(u, err);
        if (archive_format(u->archive) != ARCHIVE_FORMAT_RAW &&
            archive_entry_filetype(entry) != AE_IFREG)
            continue;
        struct member_stream *m = malloc(sizeof *m);
        if (m == NULL) return err_nomem(err);
        *m = (struct member_stream){{read_member, close_member}, u};
        *name = name_of(u, entry);
        *stream = &m->base;
        *more = true;
        return DT_OK;
    }
    return DT_OK;
}
