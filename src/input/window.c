/* window.c - see window.h. */
#include "input/window.h"

#include <stdlib.h>

#include "base/err.h"

enum { WINDOW_CHUNK = 1 << 16 };

void window_open(struct window *w, struct byte_stream *bytes)
{
    *w = (struct window){.bytes = bytes};
}

void window_free(struct window *w)
{
    free(w->at);
    w->at = NULL;
}

/* Room for a chunk more, what is there moved to the front. */
static bool make_chunk_room(struct window *w)
{
    if (w->begin == w->end) w->begin = w->end = 0;
    if (w->cap - w->end >= WINDOW_CHUNK) return true;
    if (w->begin >= w->cap / 2 && w->begin >= WINDOW_CHUNK) {
        memmove(w->at, w->at + w->begin, w->end - w->begin);
        w->end -= w->begin;
        w->begin = 0;
        return true;
    }
    size_t cap = w->cap == 0 ? 4 * WINDOW_CHUNK : 2 * w->cap;
    char *grown = realloc(w->at, cap);
    if (grown == NULL) return false;
    w->at = grown;
    w->cap = cap;
    return true;
}

dt_status window_need(struct window *w, size_t need, dt_error *err)
{
    while (!w->ended && w->end - w->begin < need) {
        size_t got = 0;
        if (!make_chunk_room(w)) return err_nomem(err);
        dt_status st = w->bytes->read(w->bytes, w->at + w->end, w->cap - w->end, &got, err);
        if (st != DT_OK) return st;
        w->end += got;
        w->ended = got == 0;
    }
    return DT_OK;
}

dt_status window_line(struct window *w, size_t most, struct str *line, dt_error *err)
{
    size_t seen = 0;
    for (;;) {
        struct str have = window_view(w);
        size_t cut = str_find(have, '\n', seen);
        bool found = cut < have.len;
        if (found || have.len >= most || w->ended) {
            size_t len = found ? cut + 1 : have.len;
            *line = str_of(have.at, len < most ? len : most);
            return DT_OK;
        }
        seen = have.len;
        dt_status st = window_need(w, have.len + 1, err);
        if (st != DT_OK) return st;
    }
}
