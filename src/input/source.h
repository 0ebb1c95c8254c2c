/* source.h - the files behind a path: itself, those of a folder, members of archives. */
#ifndef DETENTE_SOURCE_H
#define DETENTE_SOURCE_H

#include "input/form.h"

struct source;

/* A file or member, opened. */
struct source_file {
    const char *origin; /* "news.zip/2024/a.csv": valid UTF-8, valid until the next one */
    struct str name;    /* the same without what it was packed in: "news.csv" of news.csv.gz */
    const char *path;   /* the file on disk that holds just these bytes; NULL: none does */
    struct byte_stream *bytes; /* the caller's, to be closed before the next one */
    struct str head;           /* its first bytes; they lie in `bytes` */
    bool among_others;         /* found in a folder or an archive: nobody named it */
};

/* `path` is a file, a folder or "-", standard input. DT_E_OPEN tells what to do instead. */
dt_status source_open(const char *path, struct source **out, dt_error *err);
void source_close(struct source *s); /* NULL is allowed */
/* The next one, in the order of names; *more is false at the end. An error is that of one file or
 * archive, and the next call goes on behind it; only DT_E_NOMEM ends it all. */
dt_status source_next(struct source *s, struct source_file *out, bool *more, dt_error *err);

bool source_is_stream(const struct source *s); /* no regular file, no folder */
size_t source_position(const struct source *s);
size_t source_size(const struct source *s); /* 0: unknown */

#endif
