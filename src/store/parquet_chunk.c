/* parquet_chunk.c - one column of a batch as pages of Parquet.
 *
 * Data pages of version 1, which all readers know, of about a megabyte each: levels of repetition
 * and definition, then values, PLAIN or numbers of a dictionary; compressed with Zstandard. Levels:
 * of a single value 0 none, 1 there; of a list 0 an empty list, 1 a value that is none, 2 one that
 * is there, and repetition 1 for all but the first of a list. */
#include "store/parquet_chunk.h"

#include "base/hybrid.h"
#include "base/le.h"
#include "base/parquet.h"

enum {
    PAGE_BYTES = 1024 * 1024,
    PAGE_ENTRIES = 20000,
    BOUND_MOST = 64, /* bytes of a least or greatest value; longer ones are not told */
    ZSTD_LEVEL = 3
};

bool chunk_writer_begin(struct chunk_writer *w)
{
    *w = (struct chunk_writer){.zstd = ZSTD_createCCtx()};
    return w->zstd != NULL;
}

void chunk_writer_end(struct chunk_writer *w)
{
    (void)ZSTD_freeCCtx(w->zstd);
    dictionary_free(&w->dictionary);
    buf_free(&w->levels);
    buf_free(&w->page);
    buf_free(&w->packed);
    buf_free(&w->head);
}

/* ---- least and greatest ---- */

static double real_of(struct str bytes)
{
    uint64_t bits = le_load(bytes.at, 8);
    double real;
    memcpy(&real, &bits, sizeof real);
    return real;
}

static bool is_less(enum column_type type, struct str a, struct str b)
{
    switch (type) {
    case COLUMN_INT: return le_signed64(a.at) < le_signed64(b.at);
    case COLUMN_DAY: return le_signed32(a.at) < le_signed32(b.at);
    case COLUMN_REAL: return real_of(a) < real_of(b);
    default: return str_cmp(a, b) < 0;
    }
}

static void widen(struct chunk *chunk, enum column_type type, struct str value)
{
    if (chunk->least.at == NULL || is_less(type, value, chunk->least)) chunk->least = value;
    if (chunk->most.at == NULL || is_less(type, chunk->most, value)) chunk->most = value;
}

/* By the format, a zero as the least real is written -0, as the greatest +0. */
static struct str signed_zero(struct str bound, bool least)
{
    static const char minus_zero[8] = {0, 0, 0, 0, 0, 0, 0, '\x80'}, plus_zero[8];
    if (real_of(bound) < 0 || real_of(bound) > 0) return bound;
    return str_of(least ? minus_zero : plus_zero, 8);
}

static void find_bounds(const struct dictionary *d, const struct leaf *leaf, struct chunk *chunk)
{
    if (leaf->type == COLUMN_BOOL) return;
    for (size_t i = 0; d != NULL && i < d->n; i++)
        widen(chunk, leaf->type, dictionary_value(d, leaf, i));
    for (size_t i = 0; d == NULL && i < leaf->n; i++)
        if (leaf_has(leaf, i)) widen(chunk, leaf->type, leaf_bytes(leaf, i));
    if (leaf->type == COLUMN_REAL && chunk->least.at != NULL) {
        chunk->least = signed_zero(chunk->least, true);
        chunk->most = signed_zero(chunk->most, false);
    }
    if (chunk->least.len > BOUND_MOST || chunk->most.len > BOUND_MOST)
        chunk->least = chunk->most = (struct str){NULL, 0};
}

/* ---- pages ---- */

static void describe_page(struct thrift_out *t, enum parquet_page type, size_t n,
                          enum parquet_encoding encoding)
{
    thrift_struct(t, type == PAGE_DICTIONARY ? 7 : 5);
    thrift_int(t, 1, THRIFT_I32, (int64_t)n);
    thrift_int(t, 2, THRIFT_I32, encoding);
    if (type == PAGE_DATA) {
        thrift_int(t, 3, THRIFT_I32, ENCODING_RLE); /* of levels */
        thrift_int(t, 4, THRIFT_I32, ENCODING_RLE);
    }
    thrift_end(t);
}

/* Compresses w->page and writes it with its header. */
static dt_status put_page(struct chunk_writer *w, enum parquet_page type, size_t n,
                          enum parquet_encoding encoding, struct column_out *out,
                          struct chunk *chunk, dt_error *err)
{
    struct thrift_out t = {.to = &w->head};
    size_t bound = ZSTD_compressBound(w->page.len);
    buf_reserve(&w->packed, bound);
    if (w->page.failed || w->packed.failed || w->levels.failed) return err_nomem(err);
    size_t len =
        ZSTD_compressCCtx(w->zstd, w->packed.at, bound, w->page.at, w->page.len, ZSTD_LEVEL);
    if (ZSTD_isError(len)) return err_nomem(err); /* nothing else fails there */
    buf_clear(&w->head);
    thrift_begin(&t);
    thrift_int(&t, 1, THRIFT_I32, type);
    thrift_int(&t, 2, THRIFT_I32, (int64_t)w->page.len);
    thrift_int(&t, 3, THRIFT_I32, (int64_t)len);
    describe_page(&t, type, n, encoding);
    thrift_end(&t);
    if (w->head.failed) return err_nomem(err);
    chunk->bytes += w->head.len + w->page.len;
    chunk->packed_bytes += w->head.len + len;
    dt_status st = column_out_put(out, str_of(w->head.at, w->head.len), err);
    return st == DT_OK ? column_out_put(out, str_of(w->packed.at, len), err) : st;
}

static void put_plain(struct buf *page, const struct leaf *leaf, struct str value)
{
    if (leaf->type == COLUMN_TEXT) le_put(page, value.len, 4);
    buf_put(page, value);
}

static dt_status put_dictionary(struct chunk_writer *w, const struct leaf *leaf,
                                struct column_out *out, struct chunk *chunk, dt_error *err)
{
    chunk->dictionary_at = out->at;
    buf_clear(&w->page);
    for (size_t i = 0; i < w->dictionary.n; i++)
        put_plain(&w->page, leaf, dictionary_value(&w->dictionary, leaf, i));
    return put_page(w, PAGE_DICTIONARY, w->dictionary.n, ENCODING_PLAIN, out, chunk, err);
}

/* ---- data pages ---- */

/* Rows [begin, end) of a column. */
struct page_rows {
    const struct column *column;
    const struct leaf *leaf;
    size_t begin, end;
    size_t n_there; /* values before them that are there */
};

static size_t entries_of_row(const struct column *column, size_t row)
{
    if (column->shape == COLUMN_ONE) return 1;
    size_t n = column_offset(column, row + 1) - column_offset(column, row);
    return n != 0 ? n : 1; /* an empty list takes one, too */
}

static void put_level(struct buf *levels, uint32_t level)
{
    buf_put(levels, str_of((const char *)&level, sizeof level));
}

static void put_levels(struct chunk_writer *w, int bits)
{
    size_t at = w->page.len;
    le_put(&w->page, 0, 4);
    if (w->levels.failed) return;
    hybrid_put(&w->page, (const uint32_t *)(const void *)w->levels.at, w->levels.len / 4, bits);
    if (!w->page.failed) le_store(w->page.at + at, w->page.len - at - 4, 4);
}

static void put_repetition(struct chunk_writer *w, const struct page_rows *p)
{
    if (p->column->shape == COLUMN_ONE) return;
    buf_clear(&w->levels);
    for (size_t row = p->begin; row < p->end; row++) {
        size_t n = entries_of_row(p->column, row);
        for (size_t k = 0; k < n; k++)
            put_level(&w->levels, k != 0);
    }
    put_levels(w, 1);
}

static void put_definition(struct chunk_writer *w, const struct page_rows *p)
{
    bool list = p->column->shape != COLUMN_ONE;
    buf_clear(&w->levels);
    for (size_t row = p->begin; row < p->end; row++) {
        size_t i = column_offset(p->column, row),
               end = list ? column_offset(p->column, row + 1) : row + 1;
        if (i == end) put_level(&w->levels, 0);
        for (; i < end; i++)
            put_level(&w->levels, (list ? 1u : 0u) + leaf_has(p->leaf, i));
    }
    put_levels(w, list ? 2 : 1);
}

/* Bits of truth, those of none left out. */
static void put_truths(struct buf *page, const struct leaf *leaf, size_t begin, size_t end)
{
    unsigned held = 0, n = 0;
    for (size_t i = begin; i < end; i++) {
        if (!leaf_has(leaf, i)) continue;
        held |= ((unsigned char)leaf->data.at[i / 8] >> (i % 8) & 1u) << n;
        if (++n % 8 != 0) continue;
        buf_c(page, (char)(unsigned char)held);
        held = n = 0;
    }
    if (n != 0) buf_c(page, (char)(unsigned char)held);
}

static void put_numbers(struct chunk_writer *w, size_t begin, size_t n)
{
    int bits = w->dictionary.n > 1 ? bits_for((uint32_t)w->dictionary.n - 1) : 1;
    buf_c(&w->page, (char)bits);
    hybrid_put(&w->page, dictionary_indices(&w->dictionary) + begin, n, bits);
}

/* Puts the values of the page; returns how many of them are there. */
static size_t put_values(struct chunk_writer *w, const struct page_rows *p, bool coded)
{
    size_t begin = column_offset(p->column, p->begin), end = column_offset(p->column, p->end);
    size_t n = 0;
    for (size_t i = begin; i < end; i++) {
        if (!leaf_has(p->leaf, i)) continue;
        n++;
        if (!coded && p->leaf->type != COLUMN_BOOL)
            put_plain(&w->page, p->leaf, leaf_bytes(p->leaf, i));
    }
    if (p->leaf->type == COLUMN_BOOL) put_truths(&w->page, p->leaf, begin, end);
    if (coded) put_numbers(w, p->n_there, n);
    return n;
}

/* How many rows make a page. */
static size_t end_of_page(const struct column_batch *c, const struct page_rows *p, bool coded,
                          size_t *n_entries)
{
    size_t row = p->begin, bytes = 0;
    *n_entries = 0;
    while (row < c->n_rows && *n_entries < PAGE_ENTRIES && bytes < PAGE_BYTES) {
        size_t first = column_offset(p->column, row), end = column_offset(p->column, row + 1);
        *n_entries += entries_of_row(p->column, row);
        if (!coded && p->leaf->type == COLUMN_TEXT && first < end)
            bytes += (size_t)(leaf_bytes(p->leaf, end - 1).at - leaf_bytes(p->leaf, first).at) +
                     leaf_bytes(p->leaf, end - 1).len;
        row++;
    }
    return row;
}

static dt_status put_data(struct chunk_writer *w, const struct column_batch *c, struct page_rows *p,
                          bool coded, struct column_out *out, struct chunk *chunk, dt_error *err)
{
    dt_status st = DT_OK;
    chunk->data_at = out->at;
    while (st == DT_OK && p->begin < c->n_rows) {
        size_t n_entries;
        p->end = end_of_page(c, p, coded, &n_entries);
        buf_clear(&w->page);
        put_repetition(w, p);
        put_definition(w, p);
        size_t n = put_values(w, p, coded);
        st = put_page(w, PAGE_DATA, n_entries, coded ? ENCODING_RLE_DICTIONARY : ENCODING_PLAIN,
                      out, chunk, err);
        chunk->n_values += n_entries;
        chunk->n_none += n_entries - n;
        p->n_there += n;
        p->begin = p->end;
    }
    return st;
}

dt_status chunk_put(struct chunk_writer *w, const struct column_batch *c,
                    const struct column *column, const struct leaf *leaf, struct column_out *out,
                    struct chunk *chunk, dt_error *err)
{
    struct page_rows rows = {.column = column, .leaf = leaf};
    dt_status st = DT_OK;
    *chunk = (struct chunk){0};
    bool coded = dictionary_make(&w->dictionary, leaf);
    find_bounds(coded ? &w->dictionary : NULL, leaf, chunk);
    if (coded) st = put_dictionary(w, leaf, out, chunk, err);
    return st == DT_OK ? put_data(w, c, &rows, coded, out, chunk, err) : st;
}
