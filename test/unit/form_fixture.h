/* form_fixture.h - a form read from memory, for the tests of forms. */
#ifndef DETENTE_FORM_FIXTURE_H
#define DETENTE_FORM_FIXTURE_H

#include <stdio.h>

#include "input/form.h"

struct memory_stream {
    struct byte_stream stream;
    struct str left;
    size_t step; /* bytes a read */
};

static inline dt_status read_memory(struct byte_stream *s, char *into, size_t cap, size_t *got,
                                    dt_error *err)
{
    struct memory_stream *m = (struct memory_stream *)s;
    (void)err;
    *got = m->left.len < cap ? m->left.len : cap;
    if (*got > m->step) *got = m->step;
    memcpy(into, m->left.at, *got);
    m->left = str_cut(m->left, *got, m->left.len);
    return DT_OK;
}

/* Reads all parcels: "NUMBER kind|id|date|title|url|charset|body\n" each, "! message\n" for one
 * that cannot be used, into `out`. `step`: bytes that a read gives at most. */
static inline void read_form(const struct form *form, struct str bytes, size_t step,
                             const struct input_options *options, struct buf *out)
{
    static const enum piece shown[] = {PIECE_ID, PIECE_DATE, PIECE_TITLE, PIECE_URL, PIECE_CHARSET};
    struct memory_stream memory = {.stream = {.read = read_memory}, .left = bytes, .step = step};
    struct input_notes notes = {.text = {0}};
    const struct input input = {
        .origin = "test", .bytes = &memory.stream, .options = options, .notes = &notes};
    void *state = NULL;
    struct parcel parcel;
    dt_error err = {.code = DT_OK};
    bool more = true;
    dt_status st = form->open(&input, &state, &err);
    while (st == DT_OK || st == DT_E_STORY) {
        st = form->next(state, &parcel, &more, &err);
        if (st != DT_OK) buf_f(out, "! %s\n", err.text);
        if (st == DT_OK && !more) break;
        if (st != DT_OK) continue;
        enum piece kind = parcel.pieces[PIECE_TEXT].at != NULL ? PIECE_TEXT : PIECE_PAGE;
        buf_f(out, "%zu %s", parcel.number, kind == PIECE_TEXT ? "text" : "page");
        for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
            buf_c(out, '|');
            buf_put(out, parcel.pieces[shown[i]]);
        }
        buf_c(out, '|');
        buf_put(out, parcel.pieces[kind]);
        buf_c(out, '\n');
    }
    for (size_t at = 0; at < notes.text.len; at += strlen(notes.text.at + at) + 1)
        buf_f(out, "note: %s\n", notes.text.at + at);
    form->close(state);
    buf_free(&notes.text);
    buf_c(out, '\0');
}

#endif
