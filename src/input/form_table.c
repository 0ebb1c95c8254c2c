/* form_table.c - tables of text: CSV, TSV, and what is divided by semicolons or bars; a row is a
 * story.
 *
 * Rows are read by RFC 4180: quoted fields may hold line ends and doubled quotes. A quote that does
 * not end as it should spoils its own line only: the row is read again as one line, with quotes
 * taken loosely (row.c). Which column is which is said by options, else by the names in the first
 * line, else, where it has none, by what the columns hold (columns.c). Memory: one row. */
#include <stdlib.h>

#include "base/err.h"
#include "input/columns.h"
#include "input/kinds.h"
#include "input/row.h"

enum { TABLE_HEAD = 1 << 16 };

struct table_form {
    struct intake in;
    const struct input *input;
    struct row_reader rows;
    struct columns columns;
    bool known;
    size_t loose; /* rows whose quotes were broken */
};

static enum likeness like_table(struct str name, struct str head)
{
    struct row_reader r = {.mark = row_guess_mark(head)};
    bool known = columns_in_header(head, r.mark);
    if (kind_has_ending(name, "csv tsv tab psv")) return LIKE_SURELY;
    return known && kind_is_text(head) ? LIKE_SURELY : LIKE_NOT;
}

static dt_status open_table(const struct input *input, void **state, dt_error *err)
{
    struct table_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->in.from = input->bytes;
    f->input = input;
    f->rows.in = &f->in;
    f->rows.most = input->options->record_most;
    return DT_OK;
}

static void close_table(void *state)
{
    struct table_form *f = state;
    if (f == NULL) return;
    if (f->loose != 0)
        input_note(f->input->notes, "%s: %zu row%s broken quotes and %s read line by line",
                   f->input->origin, f->loose, f->loose == 1 ? " had" : "s had",
                   f->loose == 1 ? "was" : "were");
    row_reader_free(&f->rows);
    intake_free(&f->in);
    free(f);
}

/* Looks at the first rows and settles which column is which. */
static dt_status settle_columns(struct table_form *f, dt_error *err)
{
    dt_status st = DT_OK;
    while (st == DT_OK && !f->in.ended && intake_have(&f->in).len < TABLE_HEAD)
        st = intake_more(&f->in, err);
    if (st != DT_OK) return st;
    struct str head = intake_have(&f->in);
    f->rows.mark = row_guess_mark(head);
    f->known = true;
    st = columns_settle(&f->columns, head, f->rows.mark, f->input, err);
    f->rows.n_wanted = f->columns.n;
    return st;
}

/* A row as a parcel; false where it holds no text. */
static bool give_row(const struct table_form *f, const struct row *row, struct parcel *out)
{
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        size_t column = f->columns.of[i];
        if (column < row->n) out->pieces[i] = row->fields[column];
    }
    out->number = f->rows.line;
    struct str text = out->pieces[PIECE_TEXT];
    return text.at != NULL && str_trim(text).len != 0;
}

static dt_status refuse_row(const struct table_form *f, const struct row *row, dt_error *err)
{
    const char *origin = f->input->origin;
    size_t line = f->rows.line;
    if (row->fault == ROW_TOO_LONG)
        return err_set(err, DT_E_STORY, 0,
                       "%s:%zu: the row has more than %zu MB and was left out; --max-record allows "
                       "more",
                       origin, line, f->rows.most >> 20);
    if (row->fault == ROW_BROKEN)
        return err_set(err, DT_E_STORY, 0, "%s:%zu: the row's quotes are broken; it was left out",
                       origin, line);
    return err_set(err, DT_E_STORY, 0, "%s:%zu: the row has %zu fields where %zu were expected",
                   origin, line, row->n, f->columns.n);
}

static dt_status next_row(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct table_form *f = state;
    struct row row;
    *more = false;
    dt_status st = f->known ? DT_OK : settle_columns(f, err);
    for (;;) {
        bool any = false;
        if (st == DT_OK) st = row_next(&f->rows, &row, &any, err);
        if (st != DT_OK || !any) return st;
        if (f->columns.header) { /* the first line names the columns */
            f->columns.header = false;
            continue;
        }
        f->loose += row.loose;
        if (row.fault != ROW_GOOD || row.n > f->columns.n || row.n <= f->columns.of[PIECE_TEXT])
            return refuse_row(f, &row, err);
        *out = (struct parcel){0};
        if (!give_row(f, &row, out)) continue; /* an empty cell is no story */
        *more = true;
        return DT_OK;
    }
}

const struct form form_table = {
    .name = "CSV", .like = like_table, .open = open_table, .next = next_row, .close = close_table};
