/* flow.h - reads any bytes to their end by one form, or as the members of an archive. */
#ifndef DETENTE_FUZZ_FLOW_H
#define DETENTE_FUZZ_FLOW_H

#include <stdlib.h>

#include "input/encoding.h"
#include "input/intake.h"
#include "input/parcel_story.h"

static struct arena flow_arena;
static struct page_reader *flow_pages;

/* Reads all parcels of the form as stories, from UTF-8 as a reader makes it. */
static void flow_read(const struct form *form, const uint8_t *data, size_t size)
{
    const struct input_options options = {.record_most = 1 << 16};
    struct input_notes notes = {.n = 0};
    struct encoding e;
    void *state = NULL;
    bool more = true;
    struct byte_stream *bytes = stream_of_memory(str_of((const char *)data, size));
    if (bytes == NULL) abort();
    encoding_guess(str_of((const char *)data, size < 65536 ? size : 65536), &e);
    if (!form->raw && encoding_decode(&bytes, &e, "fuzz", &notes, NULL) != DT_OK) abort();
    const struct input input = {
        .origin = "fuzz", .bytes = bytes, .options = &options, .notes = &notes};
    dt_status st = form->open(&input, &state, NULL);
    while (st == DT_OK && more) {
        struct parcel p = {.number = 0};
        const struct parcel_place place = {&flow_arena, &flow_pages, &options};
        dt_story story = {.size = sizeof story};
        st = form->next(state, &p, &more, NULL);
        if (st == DT_E_STORY) {
            st = DT_OK;
            more = true;
            continue;
        }
        if (st != DT_OK || !more) break;
        if (parcel_story(&place, &p, &story, NULL) == DT_OK && story.text_len > 8 * size + 64)
            abort(); /* nothing comes from nowhere */
        arena_reset(&flow_arena);
    }
    form->close(state);
    stream_close(bytes);
    buf_free(&notes.text);
}

#endif
