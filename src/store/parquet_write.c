/* parquet_write.c - batches of columns as a file of Apache Parquet.
 *
 * By the format's description (see base/parquet.h): a batch is a row group, its columns one after
 * the other (parquet_chunk.c); behind them the footer, in Thrift's compact protocol, tells the
 * schema and where everything stands. Lists have the three levels of LogicalTypes.md. What the
 * footer says of row groups is kept as it will be written. */
#include <stdlib.h>

#include "base/le.h"
#include "base/parquet.h"
#include "base/thrift.h"
#include "store/parquet_chunk.h"

struct parquet {
    struct chunk_writer chunks;
    struct buf groups, group, footer; /* RowGroup structures; the list of columns of one */
    size_t n_groups;
    int64_t n_rows;
};

static void free_parquet(void *state)
{
    struct parquet *p = state;
    chunk_writer_end(&p->chunks);
    buf_free(&p->groups);
    buf_free(&p->group);
    buf_free(&p->footer);
    free(p);
}

static void *make_parquet(void)
{
    struct parquet *p = calloc(1, sizeof *p);
    if (p == NULL || chunk_writer_begin(&p->chunks)) return p;
    free_parquet(p);
    return NULL;
}

static dt_status begin_parquet(void *state, const struct column_batch *c,
                               const struct column_notes *notes, struct column_out *out,
                               dt_error *err)
{
    (void)state, (void)c, (void)notes;
    return column_out_put(out, STR(PARQUET_MAGIC), err);
}

static const struct parquet_kind {
    enum parquet_type type;
    enum parquet_converted converted;
    enum parquet_logical logical;
} parquet_kinds[] = {
    [COLUMN_TEXT] = {PARQUET_BYTE_ARRAY, CONVERTED_UTF8, LOGICAL_STRING},
    [COLUMN_INT] = {PARQUET_INT64, CONVERTED_NONE, LOGICAL_NONE},
    [COLUMN_REAL] = {PARQUET_DOUBLE, CONVERTED_NONE, LOGICAL_NONE},
    [COLUMN_BOOL] = {PARQUET_BOOLEAN, CONVERTED_NONE, LOGICAL_NONE},
    [COLUMN_DAY] = {PARQUET_INT32, CONVERTED_DATE, LOGICAL_DATE},
};

/* ---- row groups ---- */

static void put_path(struct thrift_out *t, const struct column *column, const struct leaf *leaf)
{
    size_t n = column->shape == COLUMN_ONE ? 1 : column->shape == COLUMN_LIST ? 3 : 4;
    thrift_list(t, 3, THRIFT_BINARY, n);
    thrift_element(t, str_c(column->name));
    if (n == 1) return;
    thrift_element(t, STR("list"));
    thrift_element(t, STR("element"));
    if (n == 4) thrift_element(t, str_c(leaf->name));
}

static void put_encodings(struct thrift_out *t, bool coded)
{
    thrift_list(t, 2, THRIFT_I32, coded ? 3 : 2);
    zigzag_put(t->to, ENCODING_PLAIN);
    zigzag_put(t->to, ENCODING_RLE);
    if (coded) zigzag_put(t->to, ENCODING_RLE_DICTIONARY);
}

static void put_statistics(struct thrift_out *t, const struct chunk *chunk)
{
    thrift_struct(t, 12);
    thrift_int(t, 3, THRIFT_I64, (int64_t)chunk->n_none);
    if (chunk->least.at != NULL) {
        thrift_text(t, 5, chunk->most);
        thrift_text(t, 6, chunk->least);
    }
    thrift_end(t);
}

static void put_chunk(struct thrift_out *t, const struct column *column, const struct leaf *leaf,
                      const struct chunk *chunk)
{
    thrift_begin(t); /* ColumnChunk */
    thrift_int(t, 2, THRIFT_I64, 0);
    thrift_struct(t, 3); /* ColumnMetaData */
    thrift_int(t, 1, THRIFT_I32, parquet_kinds[leaf->type].type);
    put_encodings(t, chunk->dictionary_at != 0);
    put_path(t, column, leaf);
    thrift_int(t, 4, THRIFT_I32, CODEC_ZSTD);
    thrift_int(t, 5, THRIFT_I64, (int64_t)chunk->n_values);
    thrift_int(t, 6, THRIFT_I64, (int64_t)chunk->bytes);
    thrift_int(t, 7, THRIFT_I64, (int64_t)chunk->packed_bytes);
    thrift_int(t, 9, THRIFT_I64, (int64_t)chunk->data_at);
    if (chunk->dictionary_at != 0) thrift_int(t, 11, THRIFT_I64, (int64_t)chunk->dictionary_at);
    put_statistics(t, chunk);
    thrift_end(t);
    thrift_end(t);
}

static void put_group(struct parquet *p, const struct column_batch *c, uint64_t begin,
                      uint64_t bytes, uint64_t packed_bytes)
{
    struct thrift_out t = {.to = &p->groups};
    thrift_begin(&t); /* RowGroup */
    thrift_list(&t, 1, THRIFT_STRUCT, c->n_leaves);
    buf_put(&p->groups, str_of(p->group.at, p->group.len));
    thrift_int(&t, 2, THRIFT_I64, (int64_t)bytes);
    thrift_int(&t, 3, THRIFT_I64, (int64_t)c->n_rows);
    thrift_int(&t, 5, THRIFT_I64, (int64_t)begin);
    thrift_int(&t, 6, THRIFT_I64, (int64_t)packed_bytes);
    if (p->n_groups <= INT16_MAX) thrift_int(&t, 7, THRIFT_I16, (int64_t)p->n_groups);
    thrift_end(&t);
    p->n_groups++;
    p->n_rows += (int64_t)c->n_rows;
}

static dt_status put_row_group(void *state, const struct column_batch *c, struct column_out *out,
                               dt_error *err)
{
    struct parquet *p = state;
    uint64_t begin = out->at, bytes = 0, packed_bytes = 0;
    struct thrift_out t = {.to = &p->group};
    buf_clear(&p->group);
    for (size_t i = 0; i < c->n_columns; i++) {
        const struct column *column = &c->columns[i];
        for (size_t k = 0; k < column->n_leaves; k++) {
            struct chunk chunk;
            dt_status st = chunk_put(&p->chunks, c, column, &column->leaves[k], out, &chunk, err);
            if (st != DT_OK) return st;
            put_chunk(&t, column, &column->leaves[k], &chunk);
            bytes += chunk.bytes;
            packed_bytes += chunk.packed_bytes;
        }
    }
    put_group(p, c, begin, bytes, packed_bytes);
    return p->group.failed || p->groups.failed ? err_nomem(err) : DT_OK;
}

/* ---- the footer ---- */

static void put_logical(struct thrift_out *t, enum parquet_converted converted,
                        enum parquet_logical logical)
{
    if (logical == LOGICAL_NONE) return;
    thrift_int(t, 6, THRIFT_I32, converted);
    thrift_struct(t, 10);
    thrift_struct(t, (int)logical);
    thrift_end(t);
    thrift_end(t);
}

/* A group of fields; n_children fields follow. */
static void put_schema_group(struct thrift_out *t, const char *name, int repetition, size_t n,
                             bool list)
{
    thrift_begin(t);
    if (repetition >= 0) thrift_int(t, 3, THRIFT_I32, repetition);
    thrift_text(t, 4, str_c(name));
    thrift_int(t, 5, THRIFT_I32, (int64_t)n);
    if (list) put_logical(t, CONVERTED_LIST, LOGICAL_LIST);
    thrift_end(t);
}

static void put_schema_leaf(struct thrift_out *t, const struct leaf *leaf, const char *name)
{
    const struct parquet_kind *kind = &parquet_kinds[leaf->type];
    thrift_begin(t);
    thrift_int(t, 1, THRIFT_I32, kind->type);
    thrift_int(t, 3, THRIFT_I32, PARQUET_OPTIONAL);
    thrift_text(t, 4, str_c(name));
    put_logical(t, kind->converted, kind->logical);
    thrift_end(t);
}

static void put_schema_column(struct thrift_out *t, const struct column *column)
{
    if (column->shape == COLUMN_ONE) {
        put_schema_leaf(t, column->leaves, column->name);
        return;
    }
    put_schema_group(t, column->name, PARQUET_REQUIRED, 1, true);
    put_schema_group(t, "list", PARQUET_REPEATED, 1, false);
    if (column->shape == COLUMN_LIST) {
        put_schema_leaf(t, column->leaves, "element");
        return;
    }
    put_schema_group(t, "element", PARQUET_REQUIRED, column->n_leaves, false);
    for (size_t i = 0; i < column->n_leaves; i++)
        put_schema_leaf(t, &column->leaves[i], column->leaves[i].name);
}

static size_t schema_size(const struct column_batch *c)
{
    size_t n = 1 + c->n_leaves; /* the root */
    for (size_t i = 0; i < c->n_columns; i++)
        n += c->columns[i].shape == COLUMN_ONE ? 0 : c->columns[i].shape == COLUMN_LIST ? 2 : 3;
    return n;
}

static void put_parquet_notes(struct thrift_out *t, const struct column_notes *notes)
{
    thrift_list(t, 5, THRIFT_STRUCT, notes->n);
    for (size_t i = 0; i < notes->n; i++) {
        thrift_begin(t);
        thrift_text(t, 1, str_c(notes->at[i].key));
        thrift_text(t, 2, str_c(notes->at[i].value));
        thrift_end(t);
    }
}

/* Bounds are to be compared in the order of each type. */
static void put_orders(struct thrift_out *t, size_t n)
{
    thrift_list(t, 7, THRIFT_STRUCT, n);
    for (size_t i = 0; i < n; i++) {
        thrift_begin(t);
        thrift_struct(t, 1);
        thrift_end(t);
        thrift_end(t);
    }
}

static void put_footer(struct parquet *p, const struct column_batch *c,
                       const struct column_notes *notes)
{
    struct thrift_out t = {.to = &p->footer};
    buf_clear(&p->footer);
    thrift_begin(&t); /* FileMetaData */
    thrift_int(&t, 1, THRIFT_I32, 2);
    thrift_list(&t, 2, THRIFT_STRUCT, schema_size(c));
    put_schema_group(&t, "events", -1, c->n_columns, false);
    for (size_t i = 0; i < c->n_columns; i++)
        put_schema_column(&t, &c->columns[i]);
    thrift_int(&t, 3, THRIFT_I64, p->n_rows);
    thrift_list(&t, 4, THRIFT_STRUCT, p->n_groups);
    buf_put(&p->footer, str_of(p->groups.at, p->groups.len));
    put_parquet_notes(&t, notes);
    thrift_text(&t, 6, STR("detente version " DT_VERSION));
    put_orders(&t, c->n_leaves);
    thrift_end(&t);
    size_t len = p->footer.len;
    le_put(&p->footer, len, 4);
    buf_put(&p->footer, STR(PARQUET_MAGIC));
}

static dt_status end_parquet(void *state, const struct column_batch *c,
                             const struct column_notes *notes, struct column_out *out,
                             dt_error *err)
{
    struct parquet *p = state;
    put_footer(p, c, notes);
    if (p->footer.failed) return err_nomem(err);
    return column_out_put(out, str_of(p->footer.at, p->footer.len), err);
}

const struct column_format column_parquet = {begin_parquet, put_row_group, end_parquet,
                                             make_parquet, free_parquet};
