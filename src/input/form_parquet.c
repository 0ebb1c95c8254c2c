/* form_parquet.c - Parquet files with a column of text, a story a row.
 *
 * Which column is what: as the call says, else by the names that columns usually have, and that is
 * noted; a lone column of text needs no name. Only columns that are a single value in each row are
 * looked at, all others are skipped. Rows are read column by column in step, a page of each in
 * memory. */
#include <stdlib.h>

#include "base/calendar.h"
#include "base/le.h"
#include "input/columns.h"
#include "input/parquet_column.h"

enum {
    LISTED_MOST = 12,      /* columns that a message lists */
    JULIAN_1970 = 2440588, /* the Julian day of 1970-01-01 */
    SANE_DAYS = 3000000    /* days around 1970 that a calendar has */
};

enum {
    ROLE_TEXT,
    ROLE_TITLE,
    ROLE_DATE,
    ROLE_ID,
    ROLE_AUTHOR,
    ROLE_PUBLISHER,
    ROLE_URL,
    ROLE_LANG,
    ROLE_COUNT
};

/* What a column may be. */
static const enum piece parquet_roles[ROLE_COUNT] = {
    [ROLE_TEXT] = PIECE_TEXT, [ROLE_TITLE] = PIECE_TITLE,   [ROLE_DATE] = PIECE_DATE,
    [ROLE_ID] = PIECE_ID,     [ROLE_AUTHOR] = PIECE_AUTHOR, [ROLE_PUBLISHER] = PIECE_PUBLISHER,
    [ROLE_URL] = PIECE_URL,   [ROLE_LANG] = PIECE_LANG,
};

struct parquet_reader {
    struct parquet_bytes bytes;
    struct parquet_footer footer;
    const struct parquet_field *fields[ROLE_COUNT]; /* NULL: there is none */
    struct parquet_column columns[ROLE_COUNT];
    struct buf cells[ROLE_COUNT]; /* numbers and days as text */
    uint64_t rows_left;           /* of the row group */
    size_t row;                   /* from 1 */
    size_t record_most;
};

/* ---- which columns ---- */

static bool fits_role(const struct parquet_field *field, int role)
{
    if (field->type == PARQUET_BYTE_ARRAY) return true;
    if (field->type == PARQUET_BOOLEAN || role == ROLE_TEXT || role == ROLE_TITLE ||
        role == ROLE_AUTHOR)
        return false;
    if (field->type == PARQUET_INT96) return role == ROLE_DATE;
    return field->type != PARQUET_FIXED || (role == ROLE_ID && field->size != 0);
}

static const struct parquet_field *field_named(const struct parquet_footer *footer,
                                               const char *name, int role)
{
    const struct parquet_field *loose = NULL;
    for (size_t i = 0; i < footer->n_fields; i++) {
        const struct parquet_field *field = parquet_footer_field(footer, i);
        if (!fits_role(field, role)) continue;
        if (str_eq(field->name, str_c(name))) return field;
        if (loose == NULL && str_eq_nocase(field->name, str_c(name))) loose = field;
    }
    return loose;
}

/* The column of the most usual name; of equals the first. */
static const struct parquet_field *usual_field(const struct parquet_footer *footer, int role)
{
    const struct parquet_field *best = NULL;
    size_t best_rank = 0, rank = 0;
    for (size_t i = 0; i < footer->n_fields; i++) {
        const struct parquet_field *field = parquet_footer_field(footer, i);
        if (!fits_role(field, role) || columns_usual(field->name, &rank) != parquet_roles[role])
            continue;
        if (best != NULL && rank >= best_rank) continue;
        best = field;
        best_rank = rank;
    }
    return best;
}

static const struct parquet_field *only_text(const struct parquet_footer *footer)
{
    const struct parquet_field *only = NULL;
    for (size_t i = 0; i < footer->n_fields; i++) {
        const struct parquet_field *field = parquet_footer_field(footer, i);
        if (field->type != PARQUET_BYTE_ARRAY) continue;
        if (only != NULL) return NULL;
        only = field;
    }
    return only;
}

static const char *asked_column(const struct input_options *o, int role)
{
    return o != NULL ? columns_option(o, parquet_roles[role]) : NULL;
}

/* "id, headline, 3 more": the columns of single values. */
static void list_fields(const struct parquet_footer *footer, struct buf *out)
{
    buf_clear(out);
    for (size_t i = 0; i < footer->n_fields && i < LISTED_MOST; i++) {
        struct str name = parquet_footer_field(footer, i)->name;
        buf_z(out, i != 0 ? ", " : "");
        buf_put(out, str_of(name.at, name.len < 40 ? name.len : 40));
    }
    if (footer->n_fields > LISTED_MOST) buf_f(out, ", %zu more", footer->n_fields - LISTED_MOST);
    if (footer->n_fields == 0) buf_z(out, "none that is a single value in each row");
    buf_c(out, '\0');
}

static dt_status no_column(struct parquet_reader *p, int role, const char *asked, dt_error *err)
{
    struct buf list = {0};
    list_fields(&p->footer, &list);
    dt_status st = DT_E_READ;
    if (list.failed)
        st = err_nomem(err);
    else if (asked != NULL)
        (void)err_set(err, st, 0, "%s has no column \"%s\" that could be its %s; its columns: %s",
                      p->bytes.origin, asked, columns_label(parquet_roles[role]), list.at);
    else
        (void)err_set(err, st, 0,
                      "%s: no column has a name that tells that it is text; say which with "
                      "--text-column; its columns: %s",
                      p->bytes.origin, list.at);
    buf_free(&list);
    return st;
}

static dt_status choose_field(struct parquet_reader *p, const struct input_options *o, int role,
                              bool *guessed, dt_error *err)
{
    const char *asked = asked_column(o, role);
    if (asked != NULL) {
        p->fields[role] = field_named(&p->footer, asked, role);
        return p->fields[role] != NULL ? DT_OK : no_column(p, role, asked, err);
    }
    p->fields[role] = usual_field(&p->footer, role);
    if (role == ROLE_TEXT && p->fields[role] == NULL) p->fields[role] = only_text(&p->footer);
    if (p->fields[role] != NULL) *guessed = true;
    return p->fields[role] != NULL || role != ROLE_TEXT ? DT_OK : no_column(p, role, NULL, err);
}

/* "news.parquet: text is column "body", date "published"". */
static void note_fields(const struct parquet_reader *p, struct input_notes *notes)
{
    bool first = true;
    if (notes == NULL) return;
    buf_f(&notes->text, "%s:", p->bytes.origin);
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (p->fields[i] == NULL) continue;
        buf_f(&notes->text, "%s %s%s \"", first ? "" : ",", columns_label(parquet_roles[i]),
              first ? " is column" : "");
        buf_put(&notes->text, p->fields[i]->name);
        buf_c(&notes->text, '"');
        first = false;
    }
    buf_c(&notes->text, '\0');
}

static dt_status choose_fields(struct parquet_reader *p, const struct input *input, dt_error *err)
{
    bool guessed = false;
    dt_status st = DT_OK;
    for (int i = 0; st == DT_OK && i < ROLE_COUNT; i++)
        st = choose_field(p, input->options, i, &guessed, err);
    for (int i = 0; st == DT_OK && i < ROLE_COUNT; i++)
        for (int k = 0; k < i; k++) /* one column is one thing, the first that it may be */
            if (p->fields[i] == p->fields[k] && asked_column(input->options, i) == NULL)
                p->fields[i] = NULL;
    if (st == DT_OK && guessed) note_fields(p, input->notes);
    for (int i = 0; i < ROLE_COUNT; i++) {
        p->columns[i].bytes = &p->bytes;
        p->columns[i].field = p->fields[i];
    }
    return st;
}

/* ---- opening ---- */

static enum likeness like_parquet(struct str name, struct str head)
{
    if (str_starts(head, STR(PARQUET_MAGIC)) || str_starts(head, STR("PARE"))) return LIKE_SURELY;
    size_t dot = name.len > 8 ? name.len - 8 : 0;
    return str_eq_nocase(str_cut(name, dot, name.len), STR(".parquet")) ? LIKE_NAME : LIKE_NOT;
}

static void close_parquet(void *state)
{
    struct parquet_reader *p = state;
    if (p == NULL) return;
    for (int i = 0; i < ROLE_COUNT; i++) {
        parquet_column_free(&p->columns[i]);
        buf_free(&p->cells[i]);
    }
    parquet_footer_free(&p->footer);
    parquet_bytes_close(&p->bytes);
    free(p);
}

static dt_status open_parquet(const struct input *input, void **state, dt_error *err)
{
    struct parquet_reader *p = calloc(1, sizeof *p);
    *state = NULL;
    if (p == NULL) return err_nomem(err);
    if (input->options != NULL) p->record_most = input->options->record_most;
    dt_status st = parquet_bytes_open(input, &p->bytes, err);
    if (st == DT_OK) st = parquet_footer_read(&p->bytes, &p->footer, err);
    if (st == DT_OK) st = choose_fields(p, input, err);
    if (st == DT_OK)
        *state = p;
    else
        close_parquet(p);
    return st;
}

/* ---- values as text ---- */

static void put_day_text(int64_t day, struct buf *out)
{
    if (day < -SANE_DAYS || day > SANE_DAYS) return;
    struct date d = date_of((int32_t)day);
    buf_f(out, "%04d-%02d-%02d", (int)d.year, (int)d.month, (int)d.day);
}

static int64_t whole_days(int64_t time, enum time_unit unit)
{
    static const int64_t in_a_day[] = {[TIME_NONE] = 1,
                                       [TIME_MILLIS] = INT64_C(86400000),
                                       [TIME_MICROS] = INT64_C(86400000000),
                                       [TIME_NANOS] = INT64_C(86400000000000)};
    return time / in_a_day[unit] - (time % in_a_day[unit] < 0);
}

static void put_whole_number(int64_t number, struct buf *out)
{
    if (number < 0) buf_c(out, '-');
    buf_u(out, number < 0 ? (uint64_t)0 - (uint64_t)number : (uint64_t)number);
}

static void put_real_text(const struct parquet_field *field, struct str bytes, struct buf *out)
{
    uint64_t bits = le_load(bytes.at, (int)bytes.len);
    uint32_t short_bits = (uint32_t)bits;
    double real = 0;
    float short_real = 0;
    memcpy(&real, &bits, sizeof real);
    memcpy(&short_real, &short_bits, sizeof short_real);
    buf_real(out, field->type == PARQUET_FLOAT ? (double)short_real : real);
}

static void put_hex(struct str bytes, struct buf *out)
{
    for (size_t i = 0; i < bytes.len; i++)
        buf_f(out, "%02x", (unsigned)(unsigned char)bytes.at[i]);
}

/* The value as a piece of a parcel. */
static struct str cell_text(const struct parquet_field *field, const struct parquet_value *v,
                            struct buf *cell)
{
    if (!v->there) return str_of(NULL, 0);
    buf_clear(cell);
    switch (field->type) {
    case PARQUET_BYTE_ARRAY: return v->bytes;
    case PARQUET_INT96:
        put_day_text((int64_t)le_load(v->bytes.at + 8, 4) - JULIAN_1970, cell);
        break;
    case PARQUET_FLOAT:
    case PARQUET_DOUBLE: put_real_text(field, v->bytes, cell); break;
    case PARQUET_FIXED: put_hex(v->bytes, cell); break;
    default:
        if (field->day)
            put_day_text(v->number, cell);
        else if (field->unit != TIME_NONE)
            put_day_text(whole_days(v->number, field->unit), cell);
        else
            put_whole_number(v->number, cell);
    }
    return str_of(cell->len != 0 ? cell->at : NULL, cell->len);
}

/* ---- rows ---- */

static dt_status next_group(struct parquet_reader *p, bool *more, dt_error *err)
{
    struct parquet_chunk chunks[ROLE_COUNT];
    dt_status st = parquet_footer_group(&p->footer, &p->bytes, p->fields, ROLE_COUNT, chunks,
                                        &p->rows_left, more, err);
    for (int i = 0; st == DT_OK && *more && p->rows_left != 0 && i < ROLE_COUNT; i++)
        if (p->fields[i] != NULL) st = parquet_column_begin(&p->columns[i], &chunks[i], err);
    return st;
}

static dt_status check_row(const struct parquet_reader *p, struct str text, dt_error *err)
{
    if (text.len == 0)
        return err_set(err, DT_E_STORY, 0, "%s:%zu: the row has no text", p->bytes.origin, p->row);
    if (p->record_most != 0 && text.len > p->record_most)
        return err_set(err, DT_E_STORY, 0, "%s:%zu: its text is longer than %zu bytes",
                       p->bytes.origin, p->row, p->record_most);
    return DT_OK;
}

static dt_status next_row(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct parquet_reader *p = state;
    dt_status st = DT_OK;
    *out = (struct parcel){.number = 0};
    *more = true;
    while (st == DT_OK && *more && p->rows_left == 0)
        st = next_group(p, more, err);
    if (st != DT_OK || !*more) return st;
    p->rows_left--;
    out->number = ++p->row;
    for (int i = 0; i < ROLE_COUNT; i++) {
        struct parquet_value value;
        if (p->fields[i] == NULL) continue;
        st = parquet_column_next(&p->columns[i], &value, err);
        if (st != DT_OK) return st;
        out->pieces[parquet_roles[i]] = cell_text(p->fields[i], &value, &p->cells[i]);
        if (p->cells[i].failed) return err_nomem(err);
    }
    return check_row(p, out->pieces[PIECE_TEXT], err);
}

const struct form form_parquet = {.name = "Parquet",
                                  .raw = true,
                                  .like = like_parquet,
                                  .open = open_parquet,
                                  .next = next_row,
                                  .close = close_parquet};
