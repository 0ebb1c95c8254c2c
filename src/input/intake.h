/* intake.h - streams of bytes, and a buffer in front of one. */
#ifndef DETENTE_INTAKE_H
#define DETENTE_INTAKE_H

#include "input/form.h"

/* A stream over bytes that stay where they are. NULL: memory ran out, as below. */
struct byte_stream *stream_of_memory(struct str bytes);
/* A stream of a file descriptor, which it closes when `own`; `name`, for messages, is copied;
 * *position, if given, counts the bytes. */
struct byte_stream *stream_of_file(int fd, bool own, const char *name, size_t *position);
/* Reads up to `cap` bytes of *stream and puts a stream that still has them in its place. *head lies
 * in that one. On failure *stream is as it was. */
dt_status stream_peek(struct byte_stream **stream, size_t cap, struct str *head, dt_error *err);
void stream_close(struct byte_stream *stream); /* NULL is allowed */

/* Bytes [begin, end) are read and not yet taken. */
struct intake {
    struct byte_stream *from; /* borrowed */
    char *bytes;
    size_t begin, end, cap;
    bool ended;
};

/* Reads more behind what is there; `ended` where there is no more. Moves the bytes. */
dt_status intake_more(struct intake *in, dt_error *err);
static inline struct str intake_have(const struct intake *in)
{
    return in->end > in->begin ? str_of(in->bytes + in->begin, in->end - in->begin) : STR("");
}
static inline void intake_take(struct intake *in, size_t n)
{
    in->begin += n;
}
/* Reads all; *over where there are more than `most` bytes: the rest is left unread. */
dt_status intake_all(struct intake *in, size_t most, bool *over, dt_error *err);
void intake_free(struct intake *in);

#endif
