/* unpack.h - the members of compressed files and archives, as streams. */
#ifndef DETENTE_UNPACK_H
#define DETENTE_UNPACK_H

#include "base/arena.h"
#include "input/form.h"

struct unpacking;

/* Begins to unpack `from`, which stays the caller's and must outlive this: gz, zst, xz, bz2, tar,
 * zip, one within the other. `fd`: the regular file behind the stream, at whose begin it stands, or
 * -1: a zip's own list of members is then used. `origin` is for messages and must stay. */
dt_status unpack_open(struct byte_stream *from, int fd, const char *origin, struct unpacking **out,
                      dt_error *err);
void unpack_close(struct unpacking *u); /* NULL is allowed */

/* The next regular member. *more is false at the end. `name` is its path in the archive, of any
 * bytes, valid until the next call; `at` NULL where the file is compressed and no archive. The
 * stream must be closed before the next call. DT_E_READ: the archive is damaged. */
dt_status unpack_next(struct unpacking *u, struct str *name, struct byte_stream **stream,
                      bool *more, dt_error *err);

#endif
