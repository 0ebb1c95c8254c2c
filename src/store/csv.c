/* csv.c - events as comma-separated values (RFC 4180), one event or dyad a line.
 *
 * The columns are those fields of an event and its parts that have a place in the record table;
 * their order is csv_columns.h, made from it. Several values of one event share a field, separated
 * by ';'; contexts by ','. */
#include "store/csv_columns.h"
#include "store/record.h"

#define HEADER_NAME(kind, name, column) "," column
static const char header_names[] = CSV_COLUMNS(HEADER_NAME) "\r\n";

struct csv_column {
    uint8_t kind, field;
};
#define COLUMN_OF(kind, name, column) {KIND_##kind, FIELD_##kind##_##name},
static const struct csv_column columns[] = {CSV_COLUMNS(COLUMN_OF)};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

/* One field of all rows of a kind. */
static void put_field_of_rows(const struct record *r, const struct csv_column *column,
                              struct buf *out)
{
    const struct kind_info *info = &record_kinds[column->kind];
    const struct field *field = &info->fields[column->field];
    size_t n = info->count(r);
    for (size_t k = 0; k < n; k++) {
        struct record row = {r->doc, r->dyad, r->i, (uint32_t)k};
        if (k != 0) buf_c(out, ';');
        record_put_field(&row, field, out);
    }
}

static void put_cell(const struct record *r, const struct csv_column *column, struct buf *out)
{
    const struct kind_info *info = &record_kinds[column->kind];
    const struct field *field = &info->fields[column->field];
    if (info->shape == SHAPE_2) {
        put_field_of_rows(r, column, out);
    } else if (field->type == TYPE_ROWS) {
        record_put_rows(r, (enum kind)field->rows, out);
    } else if (info->count(r) != 0) {
        record_put_field(r, field, out);
    }
}

static void put_line(const struct record *r, struct buf *out)
{
    for (int i = 0; i < COLUMN_COUNT; i++) {
        if (i != 0) buf_c(out, ',');
        size_t begin = out->len;
        put_cell(r, &columns[i], out);
        buf_csv_field(out, begin);
    }
    buf_z(out, "\r\n");
}

void write_events_csv(const struct dt_doc *doc, int flags, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        uint32_t n = (flags & DT_RENDER_DYADS) ? record_dyad_count(e) : 1;
        for (uint32_t k = 0; k < n; k++) {
            struct dyad dyad = record_dyad(e, k);
            struct record r = {doc, (flags & DT_RENDER_DYADS) ? &dyad : NULL, i, 0};
            put_line(&r, out);
        }
    }
}

const char *csv_header(void)
{
    return header_names + 1; /* each name has a comma before it */
}
