/* arrow.c - batches of columns as Apache Arrow's IPC format, a file or a stream.
 *
 * By "Arrow Columnar Format" 1.5, chapters on physical layout and on serialisation
 * (arrow.apache.org, docs/format/Columnar.html), and its FlatBuffers schemas Schema.fbs,
 * Message.fbs and File.fbs. A message is a FlatBuffer with its length before it and, of a batch,
 * the buffers of all columns behind it. A file is a stream between magic words, with a footer that
 * tells where each batch stands. Nothing is compressed: the file can be mapped and used as it is.
 */
#include <stdlib.h>

#include "base/le.h"
#include "store/column_out.h"
#include "store/flat.h"

enum { METADATA_V5 = 4, HEADER_SCHEMA = 1, HEADER_BATCH = 3 };
enum {
    ARROW_INT = 2,
    ARROW_FLOAT = 3,
    ARROW_TEXT = 5,
    ARROW_BOOL = 6,
    ARROW_DATE = 8,
    ARROW_LIST = 12,
    ARROW_STRUCT = 13
};
enum { FLOAT_DOUBLE = 2, BLOCK_SIZE = 24, PIECE_SIZE = 16 };

/* Fields of the tables of Schema.fbs, Message.fbs and File.fbs, with their sizes. */
enum { FIELD_NAME, FIELD_NULLABLE, FIELD_TYPE_KIND, FIELD_TYPE, FIELD_DICTIONARY, FIELD_CHILDREN };
static const uint8_t field_sizes[] = {4, 1, 1, 4, 0, 4};
enum { SCHEMA_ENDIANNESS, SCHEMA_FIELDS, SCHEMA_NOTES };
static const uint8_t schema_sizes[] = {0, 4, 4};
enum { MESSAGE_VERSION, MESSAGE_KIND, MESSAGE_HEADER, MESSAGE_BODY };
static const uint8_t message_sizes[] = {2, 1, 4, 8};
enum { BATCH_LENGTH, BATCH_NODES, BATCH_BUFFERS };
static const uint8_t batch_sizes[] = {8, 4, 4};
enum { FOOTER_VERSION, FOOTER_SCHEMA, FOOTER_DICTIONARIES, FOOTER_BATCHES };
static const uint8_t footer_sizes[] = {2, 4, 4, 4};
static const uint8_t pair_sizes[] = {4, 4};

struct arrow {
    struct buf flat, nodes, pieces; /* FlatBuffer; FieldNode and Buffer structures of a batch */
    struct buf blocks;              /* of the footer: where the batches are */
    size_t body;                    /* bytes of the batch's buffers */
    bool counting;                  /* the buffers are counted, not yet written */
};

static void *make_arrow(void)
{
    return calloc(1, sizeof(struct arrow));
}

static void free_arrow(void *state)
{
    struct arrow *a = state;
    buf_free(&a->flat);
    buf_free(&a->nodes);
    buf_free(&a->pieces);
    buf_free(&a->blocks);
    free(a);
}

/* ---- the schema ---- */

static void put_type(struct buf *b, size_t reference, enum column_type type)
{
    static const uint8_t int_sizes[] = {4, 1}, short_size[] = {2};
    struct flat_table t;
    switch (type) {
    case COLUMN_INT:
        t = flat_table(b, reference, int_sizes, 2);
        flat_set(b, t.at[0], 64, 4); /* bits */
        flat_set(b, t.at[1], 1, 1);  /* signed */
        break;
    case COLUMN_REAL:
        t = flat_table(b, reference, short_size, 1);
        flat_set(b, t.at[0], FLOAT_DOUBLE, 2);
        break;
    case COLUMN_DAY: (void)flat_table(b, reference, short_size, 1); break; /* unit 0: days */
    default: (void)flat_table(b, reference, NULL, 0);
    }
}

static int type_kind(enum column_type type)
{
    static const uint8_t kinds[] = {[COLUMN_TEXT] = ARROW_TEXT,
                                    [COLUMN_INT] = ARROW_INT,
                                    [COLUMN_REAL] = ARROW_FLOAT,
                                    [COLUMN_BOOL] = ARROW_BOOL,
                                    [COLUMN_DAY] = ARROW_DATE};
    return kinds[type];
}

/* A field but for its children; *type refers to its type. Returns what refers to the children. */
static size_t put_arrow_field(struct buf *b, size_t reference, const char *name, bool nullable,
                              int kind, size_t *type)
{
    struct flat_table t = flat_table(b, reference, field_sizes, 6);
    flat_set(b, t.at[FIELD_NULLABLE], nullable, 1);
    flat_set(b, t.at[FIELD_TYPE_KIND], (uint64_t)kind, 1);
    flat_text(b, t.at[FIELD_NAME], str_c(name));
    *type = t.at[FIELD_TYPE];
    return t.at[FIELD_CHILDREN];
}

static void put_leaf_field(struct buf *b, size_t reference, const struct leaf *leaf,
                           const char *name)
{
    size_t type, children = put_arrow_field(b, reference, name, true, type_kind(leaf->type), &type);
    put_type(b, type, leaf->type);
    (void)flat_vector(b, children, 0, 4);
}

static void put_struct_field(struct buf *b, size_t reference, const struct column *column)
{
    size_t type, children = put_arrow_field(b, reference, "item", false, ARROW_STRUCT, &type);
    (void)flat_table(b, type, NULL, 0);
    size_t at = flat_vector(b, children, column->n_leaves, 4);
    for (size_t i = 0; i < column->n_leaves; i++)
        put_leaf_field(b, at + 4 * i, &column->leaves[i], column->leaves[i].name);
}

static void put_column_field(struct buf *b, size_t reference, const struct column *column)
{
    if (column->shape == COLUMN_ONE) {
        put_leaf_field(b, reference, column->leaves, column->name);
        return;
    }
    size_t type, children = put_arrow_field(b, reference, column->name, false, ARROW_LIST, &type);
    (void)flat_table(b, type, NULL, 0);
    size_t at = flat_vector(b, children, 1, 4);
    if (column->shape == COLUMN_ROWS)
        put_struct_field(b, at, column);
    else
        put_leaf_field(b, at, column->leaves, "item");
}

static void put_schema(struct buf *b, size_t reference, const struct column_batch *c,
                       const struct column_notes *notes)
{
    struct flat_table t = flat_table(b, reference, schema_sizes, 3);
    size_t at = flat_vector(b, t.at[SCHEMA_FIELDS], c->n_columns, 4);
    for (size_t i = 0; i < c->n_columns; i++)
        put_column_field(b, at + 4 * i, &c->columns[i]);
    at = flat_vector(b, t.at[SCHEMA_NOTES], notes->n, 4);
    for (size_t i = 0; i < notes->n; i++) {
        struct flat_table pair = flat_table(b, at + 4 * i, pair_sizes, 2);
        flat_text(b, pair.at[0], str_c(notes->at[i].key));
        flat_text(b, pair.at[1], str_c(notes->at[i].value));
    }
}

/* ---- messages ---- */

/* Begins a message in a->flat; returns what refers to its header. */
static size_t begin_message(struct arrow *a, int kind, size_t body)
{
    buf_clear(&a->flat);
    struct flat_table t = flat_table(&a->flat, flat_root(&a->flat), message_sizes, 4);
    flat_set(&a->flat, t.at[MESSAGE_VERSION], METADATA_V5, 2);
    flat_set(&a->flat, t.at[MESSAGE_KIND], (uint64_t)kind, 1);
    flat_set(&a->flat, t.at[MESSAGE_BODY], body, 8);
    return t.at[MESSAGE_HEADER];
}

/* Writes what is in a->flat, with its length before it. */
static dt_status put_message(struct arrow *a, struct column_out *out, dt_error *err)
{
    char head[8] = {'\xFF', '\xFF', '\xFF', '\xFF'};
    flat_align(&a->flat, 8);
    if (a->flat.failed) return err_nomem(err);
    le_store(head + 4, a->flat.len, 4);
    dt_status st = column_out_put(out, str_of(head, sizeof head), err);
    return st == DT_OK ? column_out_put(out, str_of(a->flat.at, a->flat.len), err) : st;
}

static dt_status begin_stream(void *state, const struct column_batch *c,
                              const struct column_notes *notes, struct column_out *out,
                              dt_error *err)
{
    struct arrow *a = state;
    put_schema(&a->flat, begin_message(a, HEADER_SCHEMA, 0), c, notes);
    return put_message(a, out, err);
}

static dt_status begin_file(void *state, const struct column_batch *c,
                            const struct column_notes *notes, struct column_out *out, dt_error *err)
{
    dt_status st = column_out_put(out, str_of("ARROW1\0\0", 8), err);
    return st == DT_OK ? begin_stream(state, c, notes, out, err) : st;
}

/* ---- batches ---- */

static void note_node(struct arrow *a, size_t n, size_t n_none)
{
    if (!a->counting) return;
    le_put(&a->nodes, n, 8);
    le_put(&a->nodes, n_none, 8);
}

/* A buffer, filled up to a multiple of 8. */
static dt_status put_piece(struct arrow *a, struct str bytes, struct column_out *out, dt_error *err)
{
    static const char zeros[8];
    size_t fill = (8 - bytes.len % 8) % 8;
    if (a->counting) {
        le_put(&a->pieces, a->body, 8);
        le_put(&a->pieces, bytes.len, 8);
        a->body += bytes.len + fill;
        return DT_OK;
    }
    dt_status st = bytes.len != 0 ? column_out_put(out, bytes, err) : DT_OK;
    return st == DT_OK && fill != 0 ? column_out_put(out, str_of(zeros, fill), err) : st;
}

static dt_status put_leaf(struct arrow *a, const struct leaf *leaf, struct column_out *out,
                          dt_error *err)
{
    note_node(a, leaf->n, leaf->n_none);
    struct str valid = str_of(leaf->valid.at, leaf->n_none != 0 ? leaf->valid.len : 0);
    dt_status st = put_piece(a, valid, out, err);
    if (st == DT_OK && leaf->type == COLUMN_TEXT)
        st = put_piece(a, str_of(leaf->ends.at, leaf->ends.len), out, err);
    return st == DT_OK ? put_piece(a, str_of(leaf->data.at, leaf->data.len), out, err) : st;
}

/* Lists, and the structures in them, are never none: they have no bits of validity. */
static dt_status put_column(struct arrow *a, const struct column_batch *c,
                            const struct column *column, struct column_out *out, dt_error *err)
{
    dt_status st = DT_OK;
    if (column->shape != COLUMN_ONE) {
        note_node(a, c->n_rows, 0);
        st = put_piece(a, str_of(NULL, 0), out, err);
        if (st == DT_OK)
            st = put_piece(a, str_of(column->offsets.at, column->offsets.len), out, err);
    }
    if (column->shape == COLUMN_ROWS && st == DT_OK) {
        note_node(a, column->leaves[0].n, 0);
        st = put_piece(a, str_of(NULL, 0), out, err);
    }
    for (size_t i = 0; st == DT_OK && i < column->n_leaves; i++)
        st = put_leaf(a, &column->leaves[i], out, err);
    return st;
}

static dt_status put_columns(struct arrow *a, const struct column_batch *c, struct column_out *out,
                             dt_error *err)
{
    dt_status st = DT_OK;
    for (size_t i = 0; st == DT_OK && i < c->n_columns; i++)
        st = put_column(a, c, &c->columns[i], out, err);
    return st;
}

static void put_structures(struct buf *b, size_t reference, const struct buf *structures,
                           size_t size)
{
    size_t at = flat_vector(b, reference, structures->len / size, size);
    if (!b->failed && structures->len != 0) memcpy(b->at + at, structures->at, structures->len);
}

static void describe_batch(struct arrow *a, const struct column_batch *c)
{
    struct buf *b = &a->flat;
    struct flat_table t = flat_table(b, begin_message(a, HEADER_BATCH, a->body), batch_sizes, 3);
    flat_set(b, t.at[BATCH_LENGTH], c->n_rows, 8);
    put_structures(b, t.at[BATCH_NODES], &a->nodes, PIECE_SIZE);
    put_structures(b, t.at[BATCH_BUFFERS], &a->pieces, PIECE_SIZE);
}

static dt_status put_batch(void *state, const struct column_batch *c, struct column_out *out,
                           dt_error *err)
{
    struct arrow *a = state;
    uint64_t begin = out->at;
    buf_clear(&a->nodes);
    buf_clear(&a->pieces);
    a->body = 0;
    a->counting = true;
    (void)put_columns(a, c, out, err);
    a->counting = false;
    if (a->nodes.failed || a->pieces.failed) return err_nomem(err);
    describe_batch(a, c);
    dt_status st = put_message(a, out, err);
    le_put(&a->blocks, begin, 8);
    le_put(&a->blocks, out->at - begin, 8); /* 4 bytes, and 4 that align */
    le_put(&a->blocks, a->body, 8);
    if (a->blocks.failed) return err_nomem(err);
    return st == DT_OK ? put_columns(a, c, out, err) : st;
}

/* ---- the end ---- */

static dt_status end_stream(void *state, const struct column_batch *c,
                            const struct column_notes *notes, struct column_out *out, dt_error *err)
{
    (void)state, (void)c, (void)notes;
    return column_out_put(out, str_of("\xFF\xFF\xFF\xFF\0\0\0\0", 8), err);
}

static dt_status end_file(void *state, const struct column_batch *c,
                          const struct column_notes *notes, struct column_out *out, dt_error *err)
{
    struct arrow *a = state;
    struct buf *b = &a->flat;
    char tail[10];
    dt_status st = end_stream(state, c, notes, out, err);
    buf_clear(b);
    struct flat_table t = flat_table(b, flat_root(b), footer_sizes, 4);
    flat_set(b, t.at[FOOTER_VERSION], METADATA_V5, 2);
    put_schema(b, t.at[FOOTER_SCHEMA], c, notes);
    (void)flat_vector(b, t.at[FOOTER_DICTIONARIES], 0, BLOCK_SIZE);
    put_structures(b, t.at[FOOTER_BATCHES], &a->blocks, BLOCK_SIZE);
    flat_align(b, 8);
    if (b->failed) return err_nomem(err);
    le_store(tail, b->len, 4);
    memcpy(tail + 4, "ARROW1", 6);
    if (st == DT_OK) st = column_out_put(out, str_of(b->at, b->len), err);
    return st == DT_OK ? column_out_put(out, str_of(tail, sizeof tail), err) : st;
}

const struct column_format column_arrow_file = {begin_file, put_batch, end_file, make_arrow,
                                                free_arrow};
const struct column_format column_arrow_stream = {begin_stream, put_batch, end_stream, make_arrow,
                                                  free_arrow};
