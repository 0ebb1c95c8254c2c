/* column_batch.c - events as typed columns; see column_batch.h. The columns follow from the record
 * table. */
#include "store/column_batch.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/copies.h"
#include "base/le.h"
#include "base/utf8.h"
#include "store/csv_columns.h"

/* ---- which columns there are ---- */

struct csv_place {
    uint8_t kind, field;
};
#define PLACE_OF(kind, name, column) {KIND_##kind, FIELD_##kind##_##name},
static const struct csv_place csv_places[] = {CSV_COLUMNS(PLACE_OF)};
enum { N_CSV_PLACES = sizeof csv_places / sizeof csv_places[0] };
#define NAME_OF(kind, name, column) column,
static const char *const csv_names[] = {CSV_COLUMNS(NAME_OF)};

_Static_assert(N_CSV_PLACES + 2 + FIELD_event_COUNT + FIELD_event_attribution_COUNT +
                       FIELD_event_place_COUNT <=
                   COLUMNS_MOST,
               "room for the columns");
_Static_assert(COLUMNS_MOST + 2 * FIELD_event_source_COUNT + FIELD_event_quantity_COUNT +
                       FIELD_event_mention_COUNT + FIELD_event_operator_COUNT <=
                   LEAVES_MOST,
               "room for their leaves");

static bool in_csv(enum kind kind, size_t field)
{
    for (int i = 0; i < N_CSV_PLACES; i++)
        if (csv_places[i].kind == kind && csv_places[i].field == field) return true;
    return false;
}

static enum column_type leaf_type(const struct field *field)
{
    switch ((enum field_type)field->type) {
    case TYPE_INDEX: return COLUMN_INT;
    case TYPE_REAL: return COLUMN_REAL;
    case TYPE_BOOL:
    case TYPE_FLAG: return COLUMN_BOOL;
    default: return COLUMN_TEXT;
    }
}

static struct column *new_column(struct column_batch *c, const char *name, enum column_shape shape,
                                 enum kind kind)
{
    struct column *column = &c->columns[c->n_columns++];
    (void)snprintf(column->name, sizeof column->name, "%s", name);
    column->shape = shape;
    column->kind = (uint8_t)kind;
    column->leaves = &c->leaves[c->n_leaves];
    return column;
}

static struct leaf *new_leaf(struct column_batch *c, struct column *column, enum kind kind,
                             size_t field)
{
    struct leaf *leaf = &c->leaves[c->n_leaves++];
    const struct field *f = &record_kinds[kind].fields[field];
    column->n_leaves++;
    leaf->kind = (uint8_t)kind;
    leaf->field = (uint8_t)field;
    leaf->type = leaf_type(f);
    leaf->name = f->name.at;
    return leaf;
}

static void new_day(struct column_batch *c, const char *name, enum column_source source)
{
    struct column *column = new_column(c, name, COLUMN_ONE, KIND_event);
    struct leaf *leaf = new_leaf(c, column, KIND_event, FIELD_event_date);
    leaf->type = COLUMN_DAY;
    leaf->source = source;
}

/* The rows of a kind: structures, or values where JSON writes nothing else. */
static void new_rows(struct column_batch *c, const char *name, enum kind kind)
{
    const struct kind_info *info = &record_kinds[kind];
    enum column_shape shape = info->layout == LAYOUT_VALUE ? COLUMN_LIST : COLUMN_ROWS;
    struct column *column = new_column(c, name, shape, kind);
    for (size_t f = 0; f < info->n_fields; f++)
        if (info->fields[f].uses & IN_JSON) (void)new_leaf(c, column, kind, f);
}

static void new_csv_column(struct column_batch *c, enum kind kind, size_t field, const char *name)
{
    const struct field *f = &record_kinds[kind].fields[field];
    bool several = record_kinds[kind].shape == SHAPE_2 && !c->dyads;
    if (kind == KIND_event && field == FIELD_event_date_end) return; /* a day, see below */
    if (f->type == TYPE_ROWS) {
        new_rows(c, name, (enum kind)f->rows);
        return;
    }
    (void)new_leaf(c, new_column(c, name, several ? COLUMN_LIST : COLUMN_ONE, kind), kind, field);
    if (kind != KIND_event || field != FIELD_event_date) return;
    new_day(c, "date_begin", SOURCE_FIRST_DAY); /* of a week, a month, a year, too */
    new_day(c, "date_end", SOURCE_LAST_DAY);
}

/* The fields of a part of the event that CSV leaves out. */
static void new_part(struct column_batch *c, enum kind kind)
{
    const struct kind_info *info = &record_kinds[kind];
    for (size_t f = 0; f < info->n_fields; f++)
        if ((info->fields[f].uses & IN_JSON) && !in_csv(kind, f))
            (void)new_leaf(c, new_column(c, info->fields[f].column, COLUMN_ONE, kind), kind, f);
}

/* "source" has its place already, for the codes; all of it are the "sources". */
static void new_others(struct column_batch *c)
{
    const struct kind_info *info = &record_kinds[KIND_event];
    for (size_t f = 0; f < info->n_fields; f++) {
        const struct field *field = &info->fields[f];
        char name[COLUMN_NAME_SIZE];
        if (!(field->uses & IN_JSON) || in_csv(KIND_event, f)) continue;
        if (field->type == TYPE_PART) new_part(c, (enum kind)field->rows);
        if (field->type != TYPE_ROWS) continue;
        (void)snprintf(name, sizeof name, "%ss", field->name.at);
        new_rows(c, name, (enum kind)field->rows);
    }
}

struct column_batch *columns_new(bool dyads)
{
    struct column_batch *c = calloc(1, sizeof *c);
    if (c == NULL) return NULL;
    c->dyads = dyads;
    for (int i = 0; i < N_CSV_PLACES; i++)
        new_csv_column(c, (enum kind)csv_places[i].kind, csv_places[i].field, csv_names[i]);
    new_others(c);
    columns_clear(c);
    return c;
}

void columns_free(struct column_batch *c)
{
    if (c == NULL) return;
    for (size_t i = 0; i < c->n_leaves; i++) {
        buf_free(&c->leaves[i].valid);
        buf_free(&c->leaves[i].data);
        buf_free(&c->leaves[i].ends);
    }
    for (size_t i = 0; i < c->n_columns; i++)
        buf_free(&c->columns[i].offsets);
    free(c);
}

/* ---- packing rows: what worker threads do ---- */

/* Invalid sequences become U+FFFD. The length comes first. */
static void pack_text(struct str text, struct buf *out)
{
    if (copies_is_clean(text)) {
        varint_put(out, text.len);
        buf_put(out, text);
        return;
    }
    size_t len = 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1) varint_put(out, len);
        for (size_t i = 0; i < text.len;) {
            uint32_t cp;
            size_t n = utf8_decode(text, i, &cp);
            struct str piece =
                cp == UTF8_REPLACEMENT ? STR("\xEF\xBF\xBD") : str_of(text.at + i, n);
            len += piece.len;
            if (pass == 1) buf_put(out, piece);
            i += n;
        }
    }
}

static bool read_day(const struct record *r, enum column_source source, struct value *v)
{
    const struct event *e = &r->doc->what.events[r->i];
    int32_t day = source == SOURCE_FIRST_DAY ? e->from : e->to - 1;
    v->index = (size_t)(int64_t)day;
    return e->from != DAY_MIN;
}

static bool read_leaf(const struct leaf *leaf, const struct record *r, struct value *v)
{
    const struct field *field = &record_kinds[leaf->kind].fields[leaf->field];
    if (leaf->source != SOURCE_FIELD) return read_day(r, leaf->source, v);
    *v = field->read(r);
    return record_has(field, v);
}

/* A byte that says whether the value is there; the value. */
static void pack_value(const struct leaf *leaf, const struct record *r, bool row, struct buf *out)
{
    struct value v = {.index = 0};
    uint64_t bits;
    bool has = row && read_leaf(leaf, r, &v);
    buf_c(out, has);
    if (!has) return;
    switch (leaf->type) {
    case COLUMN_TEXT: pack_text(v.text, out); break;
    case COLUMN_INT: le_put(out, v.index, 8); break;
    case COLUMN_DAY: le_put(out, v.index, 4); break;
    case COLUMN_REAL:
        memcpy(&bits, &v.real, sizeof bits);
        le_put(out, bits, 8);
        break;
    default: buf_c(out, v.yes);
    }
}

static void pack_list(const struct column *column, const struct record *r, struct buf *out)
{
    size_t n = record_kinds[column->kind].count(r);
    varint_put(out, n);
    for (size_t k = 0; k < n; k++) {
        const struct record row = {r->doc, r->dyad, r->i, (uint32_t)k};
        for (size_t i = 0; i < column->n_leaves; i++)
            pack_value(&column->leaves[i], &row, true, out);
    }
}

void columns_pack(const struct column_batch *c, const struct record *r, struct buf *out)
{
    for (size_t i = 0; i < c->n_columns; i++) {
        const struct column *column = &c->columns[i];
        const struct kind_info *info = &record_kinds[column->kind];
        if (column->shape != COLUMN_ONE)
            pack_list(column, r, out);
        else
            pack_value(column->leaves, r, column->kind == KIND_event || info->count(r) != 0, out);
    }
}

/* ---- filling columns ---- */

static void put_bit(struct buf *bits, size_t i, bool bit)
{
    if (i % 8 == 0) buf_c(bits, 0);
    if (bit && !bits->failed)
        bits->at[i / 8] = (char)(unsigned char)((unsigned char)bits->at[i / 8] | 1u << (i % 8));
}

static void put_offset(struct column_batch *c, struct buf *offsets, size_t offset)
{
    le_put(offsets, offset, 4);
    if (offset > INT32_MAX || offsets->failed) c->failed = true;
}

static struct str take_packed(struct thrift_in *in, size_t n)
{
    if (n > (size_t)(in->end - in->at)) in->broken = true;
    if (in->broken) return str_of("\0\0\0\0\0\0\0", 0);
    in->at += n;
    return str_of(in->at - n, n);
}

/* A value that is none takes the place of one, but for its bytes. */
static void add_value(struct column_batch *c, struct leaf *leaf, struct thrift_in *in)
{
    static const char zeros[8];
    bool has = take_packed(in, 1).at[0] != 0;
    size_t size = leaf->type == COLUMN_DAY ? 4 : leaf->type == COLUMN_BOOL ? 1 : 8;
    if (leaf->type == COLUMN_TEXT) {
        if (has) buf_put(&leaf->data, take_packed(in, (size_t)varint_get(in)));
        put_offset(c, &leaf->ends, leaf->data.len);
    } else {
        struct str value = has ? take_packed(in, size) : str_of(zeros, size);
        if (leaf->type == COLUMN_BOOL)
            put_bit(&leaf->data, leaf->n, value.at[0] != 0);
        else
            buf_put(&leaf->data, value);
    }
    put_bit(&leaf->valid, leaf->n, has);
    leaf->n++;
    leaf->n_none += !has;
    c->failed |= leaf->data.failed | leaf->valid.failed;
}

bool columns_add(struct column_batch *c, struct thrift_in *in)
{
    const char *begin = in->at;
    for (size_t i = 0; i < c->n_columns && !in->broken; i++) {
        struct column *column = &c->columns[i];
        size_t n = column->shape == COLUMN_ONE ? 1 : (size_t)varint_get(in);
        for (size_t k = 0; k < n && !in->broken; k++)
            for (size_t leaf = 0; leaf < column->n_leaves; leaf++)
                add_value(c, &column->leaves[leaf], in);
        if (column->shape != COLUMN_ONE) put_offset(c, &column->offsets, column->leaves[0].n);
    }
    c->n_rows++;
    c->n_bytes += (size_t)(in->at - begin) + 4 * c->n_leaves;
    return !in->broken;
}

bool columns_full(const struct column_batch *c)
{
    return c->n_rows >= BATCH_ROWS || c->n_bytes >= BATCH_BYTES;
}

void columns_clear(struct column_batch *c)
{
    c->n_rows = c->n_bytes = 0;
    c->failed = false;
    for (size_t i = 0; i < c->n_leaves; i++) {
        struct leaf *leaf = &c->leaves[i];
        leaf->n = leaf->n_none = 0;
        buf_clear(&leaf->valid);
        buf_clear(&leaf->data);
        buf_clear(&leaf->ends);
        buf_reserve(&leaf->data, 1); /* an empty text points somewhere, too */
        if (leaf->data.failed) c->failed = true;
        if (leaf->type == COLUMN_TEXT) put_offset(c, &leaf->ends, 0);
    }
    for (size_t i = 0; i < c->n_columns; i++) {
        buf_clear(&c->columns[i].offsets);
        if (c->columns[i].shape != COLUMN_ONE) put_offset(c, &c->columns[i].offsets, 0);
    }
}

/* ---- reading them ---- */

static size_t offset_at(const struct buf *offsets, size_t i)
{
    return (size_t)le_load(offsets->at + 4 * i, 4);
}

struct str leaf_bytes(const struct leaf *leaf, size_t i)
{
    size_t size = leaf->type == COLUMN_DAY ? 4 : 8;
    if (leaf->type != COLUMN_TEXT) return str_of(leaf->data.at + i * size, size);
    size_t begin = offset_at(&leaf->ends, i);
    return str_of(leaf->data.at + begin, offset_at(&leaf->ends, i + 1) - begin);
}

size_t column_offset(const struct column *column, size_t row)
{
    return column->shape == COLUMN_ONE ? row : offset_at(&column->offsets, row);
}
