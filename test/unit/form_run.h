/* form_run.h - runs a form over bytes and prints what it gives, a line a story: kind|text|field=...
 */
#ifndef DETENTE_FORM_RUN_H
#define DETENTE_FORM_RUN_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "input/form.h"
#include "input/intake.h"

/* Gives a few bytes at a time. */
struct slow_stream {
    struct byte_stream base;
    struct str rest;
    size_t step;
};

static dt_status read_slowly(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                             dt_error *err)
{
    struct slow_stream *s = (struct slow_stream *)stream;
    (void)err;
    *got = s->rest.len < s->step ? s->rest.len : s->step;
    if (*got > cap) *got = cap;
    if (*got != 0) memcpy(into, s->rest.at, *got);
    s->rest = str_of(s->rest.at + *got, s->rest.len - *got);
    return DT_OK;
}

static const char *const piece_names[] = {"json",   "text",      "page", "id",   "date",   "title",
                                          "author", "publisher", "url",  "lang", "charset"};

static void print_parcel(const struct parcel *p, struct buf *out)
{
    for (size_t i = 0; i < sizeof piece_names / sizeof piece_names[0]; i++) {
        if (p->pieces[i].at == NULL) continue;
        buf_f(out, "%s=[", piece_names[i]);
        buf_put(out, p->pieces[i]);
        buf_z(out, "] ");
    }
    buf_c(out, '\n');
}

/* The output, NUL-terminated; errors as "! sentence", notes as "# sentence". To be freed. */
static char *run_form(const struct form *form, struct str bytes, size_t step, size_t most)
{
    struct slow_stream stream = {{read_slowly, NULL}, bytes, step};
    struct input_options options = {.record_most = most};
    struct input_notes notes = {.n = 0};
    struct input input = {
        .origin = "f", .bytes = &stream.base, .options = &options, .notes = &notes};
    struct buf out = {0};
    void *state = NULL;
    dt_error err;
    assert_int_equal(form->open(&input, &state, &err), DT_OK);
    for (;;) {
        struct parcel p = {.number = 0};
        bool more = false;
        dt_status st = form->next(state, &p, &more, &err);
        if (st != DT_OK) buf_f(&out, "! %s\n", err.text);
        if (st != DT_OK && st != DT_E_STORY) break;
        if (st == DT_OK && !more) break;
        if (st == DT_OK) print_parcel(&p, &out);
    }
    form->close(state);
    for (size_t at = 0; at < notes.text.len; at += strlen(notes.text.at + at) + 1)
        buf_f(&out, "# %s\n", notes.text.at + at);
    buf_free(&notes.text);
    buf_c(&out, '\0');
    return out.at;
}

/* The same whatever the steps in which the bytes come. */
static void expect(const struct form *form, struct str bytes, const char *wanted)
{
    static const size_t steps[] = {1, 7, 64, 100000};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        char *got = run_form(form, bytes, steps[i], 1 << 20);
        assert_string_equal(got, wanted);
        free(got);
    }
}

#endif
