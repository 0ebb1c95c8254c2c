/* columns.c - which column of a table is which piece of a story; see columns.h. */
#include "input/columns.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "input/row.h"

enum { ROWS_LOOKED_AT = 40, PROSE = 60 };

/* Usual names, without blanks and marks, the most usual first. */
static const struct {
    enum piece piece;
    const char *names;
} column_names[] = {
    {PIECE_TEXT,
     "text body content articletext article articlebody fulltext storytext story maintext "
     "bodytext articlecontent newstext plaintext sentence contents paragraph document message"},
    {PIECE_TITLE, "title headline head articletitle heading newstitle subject"},
    {PIECE_DATE, "date published publishdate publicationdate pubdate publishedat datepublished "
                 "datepublish publisheddate articledate storydate datetime timestamp created "
                 "createdat day time"},
    {PIECE_ID, "id storyid articleid docid documentid uid guid uuid newsid"},
    {PIECE_PUBLISHER,
     "publisher source publication outlet newspaper sourcename media sitename site "
     "sourcedomain domain"},
    {PIECE_URL, "url link href weburl sourceurl articleurl permalink uri"},
    {PIECE_AUTHOR, "author byline authors writer creator"},
    {PIECE_LANG, "lang language"},
};

static size_t plain_name(struct str name, char out[64])
{
    size_t len = 0;
    for (size_t i = 0; i < name.len && len < 63; i++) {
        char c = name.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c + 32);
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out[len++] = c;
    }
    return len;
}

enum piece columns_usual(struct str name, size_t *rank)
{
    char plain[64];
    struct str own = str_of(plain, plain_name(name, plain)), rest, usual;
    for (size_t i = 0; i < sizeof column_names / sizeof column_names[0]; i++) {
        rest = str_c(column_names[i].names);
        *rank = 0;
        for (; str_next(&rest, ' ', &usual); ++*rank)
            if (str_eq(own, usual)) return column_names[i].piece;
    }
    return PIECE_COUNT;
}

const char *columns_option(const struct input_options *o, enum piece piece)
{
    switch (piece) {
    case PIECE_TEXT: return o->text_column;
    case PIECE_TITLE: return o->title_column;
    case PIECE_DATE: return o->date_column;
    case PIECE_ID: return o->id_column;
    case PIECE_PUBLISHER: return o->publisher_column;
    case PIECE_URL: return o->url_column;
    case PIECE_LANG: return o->lang_column;
    default: return NULL;
    }
}

const char *columns_label(enum piece piece)
{
    static const char *const labels[PIECE_COUNT] = {
        [PIECE_TEXT] = "text",
        [PIECE_TITLE] = "title",
        [PIECE_DATE] = "date",
        [PIECE_ID] = "id",
        [PIECE_URL] = "url",
        [PIECE_AUTHOR] = "author",
        [PIECE_PUBLISHER] = "publisher",
        [PIECE_LANG] = "language",
    };
    return labels[piece];
}

/* ---- by names ---- */

static void no_columns(struct columns *c)
{
    *c = (struct columns){.n = 0};
    for (size_t i = 0; i < PIECE_COUNT; i++)
        c->of[i] = SIZE_MAX;
}

/* Of two columns that may hold a piece, the one of the more usual name. */
static void name_columns(struct columns *c, const struct row *row)
{
    size_t ranks[PIECE_COUNT] = {0};
    for (size_t i = 0; i < row->n && i < ROW_FIELDS_MOST; i++) {
        size_t rank = 0;
        enum piece piece = columns_usual(str_trim(row->fields[i]), &rank);
        if (piece == PIECE_COUNT || (c->of[piece] != SIZE_MAX && rank >= ranks[piece])) continue;
        c->of[piece] = i;
        ranks[piece] = rank;
    }
}

bool columns_in_header(struct str head, char mark)
{
    struct row *row = malloc(sizeof *row);
    struct buf plain = {0};
    struct columns c;
    bool found = false;
    no_columns(&c);
    if (row != NULL && row_cut(head, mark, true, &plain, row) != 0 && row->fault == ROW_GOOD &&
        row->n > 1) {
        name_columns(&c, row);
        found = c.of[PIECE_TEXT] != SIZE_MAX;
        for (size_t i = 0; i < row->n && i < ROW_FIELDS_MOST; i++)
            found = found && row->fields[i].len < PROSE;
    }
    buf_free(&plain);
    free(row);
    return found;
}

/* A column by its name, or its number from 1; SIZE_MAX: there is none. */
static size_t find_column(const struct row *row, bool header, struct str wanted)
{
    long number;
    for (size_t i = 0; header && i < row->n && i < ROW_FIELDS_MOST; i++)
        if (str_eq_nocase(str_trim(row->fields[i]), wanted)) return i;
    if (str_int(wanted, &number) && number >= 1 && (size_t)number <= row->n)
        return (size_t)number - 1;
    return SIZE_MAX;
}

static bool is_column_number(const char *wanted)
{
    long number;
    return str_int(str_c(wanted), &number);
}

static dt_status no_such_column(const struct row *row, bool header, const char *wanted,
                                const struct input *input, dt_error *err)
{
    char list[200] = "";
    for (size_t i = 0; header && i < row->n && i < ROW_FIELDS_MOST; i++) {
        size_t at = strlen(list);
        struct str name = str_trim(row->fields[i]);
        if (at + name.len + 8 > sizeof list) break;
        (void)snprintf(list + at, sizeof list - at, "%s\"%.*s\"", i != 0 ? ", " : "", (int)name.len,
                       name.at);
    }
    return err_set(err, DT_E_READ, 0, "%s has no column \"%.60s\"; %s%s", input->origin, wanted,
                   header ? "there are " : "its first line names none", list);
}

static dt_status ask_options(struct columns *c, const struct row *row, const struct input *input,
                             dt_error *err)
{
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        const char *wanted = columns_option(input->options, (enum piece)i);
        if (wanted == NULL) continue;
        c->of[i] = find_column(row, c->header, str_c(wanted));
        if (c->of[i] == SIZE_MAX) return no_such_column(row, c->header, wanted, input, err);
    }
    return DT_OK;
}

/* ---- by what they hold ---- */

struct holding {
    size_t bytes[ROW_FIELDS_MOST], dates[ROW_FIELDS_MOST], links[ROW_FIELDS_MOST], rows;
};

static void weigh_rows(struct holding *h, struct str head, char mark, struct row *row)
{
    struct buf plain = {0};
    for (size_t i = 0; i < head.len && h->rows < ROWS_LOOKED_AT;) {
        size_t n = row_cut(str_cut(head, i, head.len), mark, true, &plain, row);
        if (n == 0) break;
        for (size_t k = 0; k < row->n && k < ROW_FIELDS_MOST; k++) {
            int32_t day;
            h->bytes[k] += row->fields[k].len;
            h->dates[k] += anydate_read(row->fields[k], ORDER_MONTH_FIRST, &day);
            h->links[k] += str_starts(row->fields[k], STR("http"));
        }
        h->rows++;
        i += n;
    }
    buf_free(&plain);
}

/* The column of most text, and one of nothing but dates. */
static void weigh_columns(struct columns *c, const struct holding *h)
{
    size_t text = 0;
    for (size_t i = 0; i < c->n && i < ROW_FIELDS_MOST; i++) {
        if (h->bytes[i] > h->bytes[text]) text = i;
        if (h->dates[i] + 1 >= h->rows && h->dates[i] != 0 && c->of[PIECE_DATE] == SIZE_MAX)
            c->of[PIECE_DATE] = i;
        if (h->links[i] + 1 >= h->rows && h->links[i] != 0 && c->of[PIECE_URL] == SIZE_MAX)
            c->of[PIECE_URL] = i;
    }
    if (c->of[PIECE_TEXT] == SIZE_MAX && h->bytes[text] / (h->rows + 1) >= PROSE / 2)
        c->of[PIECE_TEXT] = text;
}

static bool looks_like_header(const struct row *row)
{
    size_t known = 0, rank;
    for (size_t i = 0; i < row->n && i < ROW_FIELDS_MOST; i++) {
        int32_t day;
        struct str field = str_trim(row->fields[i]);
        if (field.len >= PROSE || anydate_read(field, ORDER_MONTH_FIRST, &day)) return false;
        known += columns_usual(field, &rank) != PIECE_COUNT;
    }
    return known != 0 || row->n > 1;
}

/* ---- all of it ---- */

static void say_columns(const struct columns *c, const struct row *first, const struct input *input)
{
    char list[400] = "";
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        size_t at = strlen(list), k = c->of[i];
        const char *said = columns_label((enum piece)i);
        if (said == NULL || k == SIZE_MAX || k >= ROW_FIELDS_MOST || at + 120 > sizeof list)
            continue;
        struct str name = str_trim(first->fields[k]);
        if (c->header)
            (void)snprintf(list + at, sizeof list - at, "%s%s is column \"%.*s\"",
                           at != 0 ? ", " : "", said, (int)(name.len < 60 ? name.len : 60),
                           name.at);
        else
            (void)snprintf(list + at, sizeof list - at, "%s%s is column %zu", at != 0 ? ", " : "",
                           said, k + 1);
    }
    input_note(input->notes, "%s: %s", input->origin, list);
}

static dt_status settle_by(struct columns *c, struct holding *h, struct row *row, struct str head,
                           char mark, const struct input *input, dt_error *err)
{
    struct buf plain = {0};
    size_t n = row_cut(head, mark, true, &plain, row);
    dt_status st = DT_OK;
    if (n == 0 || row->fault != ROW_GOOD || row->n > ROW_FIELDS_MOST) {
        buf_free(&plain);
        return err_set(err, DT_E_READ, 0, "%s: its first line is no header and no row of a table",
                       input->origin);
    }
    c->n = row->n;
    c->header = looks_like_header(row);
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        const char *wanted = columns_option(input->options, (enum piece)i);
        if (wanted != NULL && !is_column_number(wanted)) c->header = true;
    }
    if (c->header) name_columns(c, row);
    st = ask_options(c, row, input, err);
    if (st == DT_OK && c->of[PIECE_TEXT] == SIZE_MAX) {
        weigh_rows(h, c->header ? str_cut(head, n, head.len) : head, mark, row);
        (void)row_cut(head, mark, true, &plain, row);
        weigh_columns(c, h);
    }
    if (st == DT_OK && c->of[PIECE_TEXT] == SIZE_MAX)
        st = err_set(err, DT_E_READ, 0,
                     "%s: no column of it is known to hold the text; --text-column names it",
                     input->origin);
    if (st == DT_OK) say_columns(c, row, input);
    buf_free(&plain);
    return st;
}

dt_status columns_settle(struct columns *c, struct str head, char mark, const struct input *input,
                         dt_error *err)
{
    struct row *row = malloc(sizeof *row);
    struct holding *h = calloc(1, sizeof *h);
    no_columns(c);
    dt_status st =
        row == NULL || h == NULL ? err_nomem(err) : settle_by(c, h, row, head, mark, input, err);
    free(row);
    free(h);
    return st;
}
