/* form_text.c - a file, or what is pasted on standard input, as one story of plain text. */
#include <stdlib.h>

#include "base/err.h"
#include "input/intake.h"
#include "input/kinds.h"

struct text_form {
    struct intake in;
    const struct input *input;
    enum piece piece; /* PIECE_TEXT or PIECE_PAGE */
    bool done;
};

static enum likeness like_text(struct str name, struct str head)
{
    if (kind_has_ending(name, "txt text md markdown conllu asc log utf8")) return LIKE_NAME;
    return kind_is_text(head) ? LIKE_PERHAPS : LIKE_NOT;
}

static dt_status open_whole(const struct input *input, enum piece piece, void **state,
                            dt_error *err)
{
    struct text_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->in.from = input->bytes;
    f->input = input;
    f->piece = piece;
    return DT_OK;
}

static dt_status open_text(const struct input *input, void **state, dt_error *err)
{
    return open_whole(input, PIECE_TEXT, state, err);
}

static dt_status next_whole(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct text_form *f = state;
    bool over = false;
    *more = false;
    if (f->done) return DT_OK;
    f->done = true;
    dt_status st = intake_all(&f->in, f->input->options->record_most, &over, err);
    if (st != DT_OK) return st;
    if (over)
        return err_set(err, DT_E_STORY, 0,
                       "%s: one story of more than %zu MB was left out; --max-record allows more",
                       f->input->origin, f->input->options->record_most >> 20);
    out->pieces[f->piece] = intake_have(&f->in);
    out->number = 1;
    out->whole = true;
    *more = true;
    return DT_OK;
}

static void close_whole(void *state)
{
    struct text_form *f = state;
    if (f == NULL) return;
    intake_free(&f->in);
    free(f);
}

const struct form form_text = {.name = "plain text",
                               .like = like_text,
                               .open = open_text,
                               .next = next_whole,
                               .close = close_whole};

/* ---- pages ---- */

static bool starts_tag(struct str s, const char *tag)
{
    size_t len = strlen(tag);
    return s.len > len && str_is(str_cut(s, 0, len), tag);
}

/* A page of HTML: its first tag tells, behind declarations and comments. */
static bool begins_page(struct str head)
{
    struct str s = str_trim(head);
    if (str_starts(s, STR("\xEF\xBB\xBF"))) s = str_trim(str_cut(s, 3, s.len));
    while (starts_tag(s, "<!--") || starts_tag(s, "<?xml")) {
        size_t end = str_find(s, '>', 0);
        if (starts_tag(s, "<!--"))
            while (end < s.len && !(end >= 6 && s.at[end - 1] == '-' && s.at[end - 2] == '-'))
                end = str_find(s, '>', end + 1);
        if (end >= s.len) return false;
        s = str_trim(str_cut(s, end + 1, s.len));
    }
    return starts_tag(s, "<!doctype html") || starts_tag(s, "<html") || starts_tag(s, "<head") ||
           starts_tag(s, "<body");
}

static enum likeness like_page(struct str name, struct str head)
{
    if (begins_page(head)) return LIKE_SURELY;
    return kind_has_ending(name, "html htm xhtml shtml") ? LIKE_NAME : LIKE_NOT;
}

static dt_status open_page(const struct input *input, void **state, dt_error *err)
{
    return open_whole(input, PIECE_PAGE, state, err);
}

const struct form form_page = {.name = "HTML",
                               .raw = true,
                               .like = like_page,
                               .open = open_page,
                               .next = next_whole,
                               .close = close_whole};
