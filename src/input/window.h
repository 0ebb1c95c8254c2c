/* window.h - a piece of a byte stream in memory, for forms that look for the ends of records.
 *
 * The bytes [begin, end) have been read and not yet been taken. Memory grows to the longest piece
 * that a form asks for, which it must bound. */
#ifndef DETENTE_WINDOW_H
#define DETENTE_WINDOW_H

#include "input/form.h"

struct window {
    struct byte_stream *bytes;
    char *at;
    size_t begin, end, cap;
    bool ended; /* the stream is */
};

void window_open(struct window *w, struct byte_stream *bytes);
void window_free(struct window *w);
/* Reads on until `need` bytes are there or the stream has ended. What pointed into the window does
 * not any more. */
dt_status window_need(struct window *w, size_t need, dt_error *err);
/* What is there now. */
static inline struct str window_view(const struct window *w)
{
    return w->end > w->begin ? str_of(w->at + w->begin, w->end - w->begin) : STR("");
}
/* The next line with its line end, cut at `most` bytes: valid until the next call. Empty at the
 * end. It is not taken. */
dt_status window_line(struct window *w, size_t most, struct str *line, dt_error *err);

#endif
