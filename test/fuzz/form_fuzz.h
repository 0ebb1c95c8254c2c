/* form_fuzz.h - any bytes as a file in a form: pieces must lie in memory, and it must end. */
#ifndef DETENTE_FORM_FUZZ_H
#define DETENTE_FORM_FUZZ_H

#include <stdint.h>
#include <stdlib.h>

#include "input/form.h"
#include "input/intake.h"

static void fuzz_form(const struct form *form, const uint8_t *data, size_t size)
{
    struct str bytes = str_of(size != 0 ? (const char *)data : "", size);
    struct byte_stream *stream = stream_of_memory(bytes);
    struct input_options options = {.record_most = 1 << 16};
    struct input_notes notes = {.n = 0};
    struct input input = {.origin = "fuzz", .bytes = stream, .options = &options, .notes = &notes};
    void *state = NULL;
    dt_status st = form->open(&input, &state, NULL);
    size_t sum = 0, n = 0;
    (void)form->like(STR("fuzz.xml"), str_of(bytes.at, size < 65536 ? size : 65536));
    for (bool more = true; st == DT_OK || st == DT_E_STORY;) {
        struct parcel p = {.number = 0};
        st = form->next(state, &p, &more, NULL);
        if (st == DT_OK && !more) break;
        if (++n > size + 2) abort(); /* it goes on without taking anything */
        for (size_t i = 0; st == DT_OK && i < PIECE_COUNT; i++)
            for (size_t b = 0; p.pieces[i].at != NULL && b < p.pieces[i].len; b++)
                sum += (unsigned char)p.pieces[i].at[b];
    }
    form->close(state);
    stream->close(stream);
    buf_free(&notes.text);
    if (sum == SIZE_MAX) abort(); /* so that the bytes are read */
}

#endif
