/* fuzz_parquet.c - any bytes as a Parquet file of stories: each row is read. */
#include <stdlib.h>

#include "input/form.h"

struct fuzz_stream {
    struct byte_stream stream;
    const uint8_t *at;
    size_t left;
};

static dt_status read_fuzz(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                           dt_error *err)
{
    struct fuzz_stream *f = (struct fuzz_stream *)(void *)stream;
    (void)err;
    *got = f->left < cap ? f->left : cap;
    memcpy(into, f->at, *got);
    f->at += *got;
    f->left -= *got;
    return DT_OK;
}

/* Touches each byte of the pieces, so that a wrong one is seen. */
static unsigned sum_pieces(const struct parcel *parcel)
{
    unsigned sum = 0;
    for (int i = 0; i < PIECE_COUNT; i++)
        for (size_t k = 0; k < parcel->pieces[i].len; k++)
            sum += (unsigned char)parcel->pieces[i].at[k];
    return sum;
}

static unsigned read_rows(void *state)
{
    struct parcel parcel;
    bool more = true;
    unsigned sum = 0;
    for (int rows = 0; rows < 100000; rows++) {
        dt_status st = form_parquet.next(state, &parcel, &more, NULL);
        if ((st != DT_OK && st != DT_E_STORY) || !more) break;
        sum += sum_pieces(&parcel);
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_stream f = {{read_fuzz, NULL}, data, size};
    struct input_options options = {.record_most = 1000000};
    struct input_notes notes = {.n = 0};
    struct input input = {
        .origin = "fuzz", .bytes = &f.stream, .options = &options, .notes = &notes};
    void *state = NULL;
    if (form_parquet.open(&input, &state, NULL) == DT_OK && read_rows(state) == 1) abort();
    form_parquet.close(state);
    buf_free(&notes.text);
    return 0;
}
