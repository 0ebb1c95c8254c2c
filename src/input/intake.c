/* intake.c - streams of bytes, and a buffer in front of one; see intake.h. */
#include "input/intake.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"

enum { INTAKE_CHUNK = 1 << 18 };

/* ---- memory ---- */

struct memory_stream {
    struct byte_stream base;
    struct str rest;
};

static dt_status read_memory(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                             dt_error *err)
{
    struct memory_stream *m = (struct memory_stream *)stream;
    (void)err;
    *got = m->rest.len < cap ? m->rest.len : cap;
    if (*got != 0) memcpy(into, m->rest.at, *got);
    m->rest = str_of(m->rest.at + *got, m->rest.len - *got);
    return DT_OK;
}

static void close_memory(struct byte_stream *stream)
{
    free(stream);
}

struct byte_stream *stream_of_memory(struct str bytes)
{
    struct memory_stream *m = malloc(sizeof *m);
    if (m == NULL) return NULL;
    *m = (struct memory_stream){{read_memory, close_memory}, bytes};
    return &m->base;
}

/* ---- files ---- */

struct file_stream {
    struct byte_stream base;
    int fd;
    bool own;
    char *name;
    size_t *position;
};

static dt_status read_file_bytes(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                                 dt_error *err)
{
    struct file_stream *f = (struct file_stream *)stream;
    ssize_t n;
    do
        n = read(f->fd, into, cap);
    while (n < 0 && errno == EINTR);
    *got = n > 0 ? (size_t)n : 0;
    if (n < 0)
        return err_set(err, DT_E_READ, f->position != NULL ? *f->position : 0,
                       "%s could not be read: %s", f->name, strerror(errno));
    if (f->position != NULL) *f->position += *got;
    return DT_OK;
}

static void close_file(struct byte_stream *stream)
{
    struct file_stream *f = (struct file_stream *)stream;
    if (f->own) (void)close(f->fd);
    free(f->name);
    free(f);
}

struct byte_stream *stream_of_file(int fd, bool own, const char *name, size_t *position)
{
    struct file_stream *f = malloc(sizeof *f);
    const size_t size = strlen(name) + 1;
    if (f == NULL) return NULL;
    *f = (struct file_stream){
        .base = {read_file_bytes, close_file}, .fd = fd, .own = own, .position = position};
    f->name = malloc(size);
    if (f->name == NULL) {
        free(f);
        return NULL;
    }
    memcpy(f->name, name, size);
    return &f->base;
}

void stream_close(struct byte_stream *stream)
{
    if (stream != NULL) stream->close(stream);
}

/* ---- a look ahead ---- */

struct peek_stream {
    struct byte_stream base;
    struct byte_stream *inner;
    char *head;
    size_t at, len;
};

static dt_status read_peeked(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                             dt_error *err)
{
    struct peek_stream *p = (struct peek_stream *)stream;
    if (p->at == p->len) return p->inner->read(p->inner, into, cap, got, err);
    *got = p->len - p->at < cap ? p->len - p->at : cap;
    memcpy(into, p->head + p->at, *got);
    p->at += *got;
    return DT_OK;
}

static void close_peeked(struct byte_stream *stream)
{
    struct peek_stream *p = (struct peek_stream *)stream;
    stream_close(p->inner);
    free(p->head);
    free(p);
}

dt_status stream_peek(struct byte_stream **stream, size_t cap, struct str *head, dt_error *err)
{
    struct peek_stream *p = malloc(sizeof *p);
    char *bytes = malloc(cap);
    size_t len = 0, got = 1;
    dt_status st = p == NULL || bytes == NULL ? err_nomem(err) : DT_OK;
    while (st == DT_OK && len < cap && got != 0) {
        st = (*stream)->read(*stream, bytes + len, cap - len, &got, err);
        if (st == DT_OK) len += got;
    }
    if (st != DT_OK) {
        free(p);
        free(bytes);
        return st;
    }
    *p = (struct peek_stream){{read_peeked, close_peeked}, *stream, bytes, 0, len};
    *stream = &p->base;
    *head = str_of(bytes, len);
    return DT_OK;
}

/* ---- the buffer ---- */

static dt_status make_space(struct intake *in, dt_error *err)
{
    if (in->begin > 0) {
        if (in->end > in->begin) memmove(in->bytes, in->bytes + in->begin, in->end - in->begin);
        in->end -= in->begin;
        in->begin = 0;
    }
    if (in->cap - in->end >= INTAKE_CHUNK) return DT_OK;
    size_t cap = in->cap < INTAKE_CHUNK ? 2 * (size_t)INTAKE_CHUNK : 2 * in->cap;
    char *grown = realloc(in->bytes, cap);
    if (grown == NULL) return err_nomem(err);
    in->bytes = grown;
    in->cap = cap;
    return DT_OK;
}

dt_status intake_more(struct intake *in, dt_error *err)
{
    size_t got = 0;
    dt_status st = DT_OK;
    if (in->ended) return DT_OK;
    if (in->begin == in->end) in->begin = in->end = 0;
    if (in->cap - in->end < INTAKE_CHUNK) st = make_space(in, err);
    if (st == DT_OK)
        st = in->from->read(in->from, in->bytes + in->end, in->cap - in->end, &got, err);
    if (st != DT_OK) return st;
    in->end += got;
    in->ended = got == 0;
    return DT_OK;
}

dt_status intake_all(struct intake *in, size_t most, bool *over, dt_error *err)
{
    dt_status st = DT_OK;
    while (st == DT_OK && !in->ended && in->end - in->begin <= most)
        st = intake_more(in, err);
    *over = in->end - in->begin > most;
    return st;
}

void intake_free(struct intake *in)
{
    free(in->bytes);
    *in = (struct intake){0};
}
