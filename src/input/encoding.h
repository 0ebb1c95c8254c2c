/* encoding.h - text in other encodings, read as UTF-8. */
#ifndef DETENTE_ENCODING_H
#define DETENTE_ENCODING_H

#include "base/arena.h"
#include "input/form.h"

/* How the bytes of a file are to be read. */
struct encoding {
    char name[48]; /* "UTF-16LE", "Windows-1252" ...; what iconv calls it */
    size_t mark;   /* bytes of the byte order mark at the front */
};

/* Guesses from the first bytes of a file: a byte order mark, the pattern of NULs that UTF-16 and
 * UTF-32 make of Latin letters, valid UTF-8; else the statistics of uchardet, where there are
 * enough bytes beyond ASCII for them, and Windows-1252 where not. */
void encoding_guess(struct str head, struct encoding *out);
bool encoding_is_utf8(const struct encoding *e);

/* Puts a stream of UTF-8 in the place of *stream; whatever the bytes, what comes out is valid.
 * Single bytes that are no UTF-8 are read as Windows-1252, in other encodings as U+FFFD; how many
 * there were is noted at the end, under the name `origin`, which must stay. `notes` may be NULL.
 * On failure *stream is as it was. */
dt_status encoding_decode(struct byte_stream **stream, const struct encoding *e, const char *origin,
                          struct input_notes *notes, dt_error *err);

/* A piece of text as valid UTF-8 in the arena; `charset` is its encoding, or empty for UTF-8 with
 * stray bytes of Windows-1252. NUL-terminated; valid text without `charset` is copied as it is.
 * {NULL, 0} when memory ran out. */
struct str encoding_clean(struct arena *arena, struct str text, struct str charset);

#endif
