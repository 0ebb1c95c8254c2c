/* parquet_footer.c - the footer of a Parquet file; see parquet_footer.h.
 *
 * Input: any bytes. Row groups are read one at a time from the footer, which is kept as it is, so
 * that memory is bounded by its size. */
#include "input/parquet_footer.h"

#include "base/le.h"

enum {
    FOOTER_MOST = 64 * 1024 * 1024,
    TAIL_SIZE = 8, /* length and magic word */
    SCHEMA_DEPTH = 64,
    FIELDS_MOST = 100000
};

static dt_status bad_footer(const struct parquet_bytes *bytes, const char *what, dt_error *err)
{
    return err_set(err, DT_E_READ, 0, "%s: as a Parquet file it is damaged: %s", bytes->origin,
                   what);
}

/* ---- the schema: a tree, parents before children ---- */

struct schema_element {
    struct str name;
    int64_t type, size, repetition, n_children, converted;
    int logical;
    enum time_unit unit;
};

static enum time_unit read_unit(struct thrift_in *in)
{
    struct thrift_field field = {0, THRIFT_STOP};
    int unit = TIME_NONE;
    while (thrift_next(in, &field)) { /* a union of empty structures */
        if (field.id <= TIME_NANOS) unit = field.id;
        thrift_skip(in, &field);
    }
    return (enum time_unit)unit;
}

static void read_logical(struct thrift_in *in, struct schema_element *e)
{
    struct thrift_field kind = {0, THRIFT_STOP};
    while (thrift_next(in, &kind)) {
        struct thrift_field field = {0, THRIFT_STOP};
        e->logical = kind.id;
        if (!thrift_enter(in, &kind)) continue;
        while (thrift_next(in, &field)) {
            if (kind.id == LOGICAL_TIMESTAMP && field.id == 2 && thrift_enter(in, &field))
                e->unit = read_unit(in);
            else if (kind.id != LOGICAL_TIMESTAMP || field.id != 2)
                thrift_skip(in, &field);
        }
    }
}

static void read_element(struct thrift_in *in, struct schema_element *e)
{
    struct thrift_field field = {0, THRIFT_STOP};
    *e = (struct schema_element){.type = -1, .converted = CONVERTED_NONE};
    while (thrift_next(in, &field)) {
        switch (field.id) {
        case 1: e->type = thrift_get_int(in, &field); break;
        case 2: e->size = thrift_get_int(in, &field); break;
        case 3: e->repetition = thrift_get_int(in, &field); break;
        case 4: e->name = thrift_get_text(in, &field); break;
        case 5: e->n_children = thrift_get_int(in, &field); break;
        case 6: e->converted = thrift_get_int(in, &field); break;
        case 10:
            if (thrift_enter(in, &field)) read_logical(in, e);
            break;
        default: thrift_skip(in, &field);
        }
    }
    if (e->converted == CONVERTED_TIMESTAMP_MILLIS) e->unit = TIME_MILLIS;
    if (e->converted == CONVERTED_TIMESTAMP_MICROS) e->unit = TIME_MICROS;
}

static void add_field(struct parquet_footer *f, const struct schema_element *e)
{
    struct parquet_field field = {
        .name = e->name,
        .ordinal = (uint32_t)f->n_columns,
        .type = (enum parquet_type)e->type,
        .size = e->size > 0 && e->size < FOOTER_MOST ? (uint32_t)e->size : 0,
        .optional = e->repetition == PARQUET_OPTIONAL,
        .day = e->type == PARQUET_INT32 &&
               (e->converted == CONVERTED_DATE || e->logical == LOGICAL_DATE),
        .unit = e->type == PARQUET_INT64 ? e->unit : TIME_NONE};
    buf_put(&f->fields, str_of((const char *)&field, sizeof field));
    f->n_fields++;
}

/* Columns below the root that are neither groups nor repeated are fields. False: no tree. */
static bool read_tree(struct parquet_footer *f, struct thrift_in *in, size_t n)
{
    int64_t left[SCHEMA_DEPTH] = {1}; /* children that are still to come, at each depth */
    int depth = 0;
    for (size_t i = 0; i < n && !in->broken; i++) {
        struct schema_element e;
        read_element(in, &e);
        while (depth > 0 && left[depth] == 0)
            depth--;
        if (left[depth]-- <= 0 || e.n_children < 0 || e.n_children > (int64_t)n) return false;
        if (e.n_children > 0 || i == 0) {
            if (++depth == SCHEMA_DEPTH) return false;
            left[depth] = e.n_children;
            continue;
        }
        bool value = depth == 1 && e.repetition != PARQUET_REPEATED && e.name.at != NULL;
        if (e.type < 0 || e.type >= PARQUET_TYPE_COUNT) return false;
        if (value && f->n_fields < FIELDS_MOST) add_field(f, &e);
        f->n_columns++;
    }
    while (depth > 0 && left[depth] == 0)
        depth--;
    return !in->broken && depth == 0;
}

static dt_status read_meta(const struct parquet_bytes *bytes, struct parquet_footer *f,
                           dt_error *err)
{
    struct thrift_in in = {.at = f->bytes.at, .end = f->bytes.at + f->bytes.len};
    struct thrift_field field = {0, THRIFT_STOP};
    bool tree = false;
    while (thrift_next(&in, &field)) {
        if (field.id == 2) {
            size_t n = thrift_get_list(&in, &field, THRIFT_STRUCT);
            tree = !tree && read_tree(f, &in, n);
            if (!tree) return bad_footer(bytes, "its schema is no tree of columns", err);
        } else if (field.id == 4) {
            struct thrift_in list = in;
            f->groups_left = thrift_get_list(&list, &field, THRIFT_STRUCT);
            f->groups = list;
            thrift_skip(&in, &field);
        } else {
            thrift_skip(&in, &field);
        }
    }
    if (f->fields.failed) return err_nomem(err);
    return in.broken || !tree ? bad_footer(bytes, "its footer is cut off", err) : DT_OK;
}

dt_status parquet_footer_read(const struct parquet_bytes *bytes, struct parquet_footer *out,
                              dt_error *err)
{
    *out = (struct parquet_footer){.n_fields = 0};
    if (bytes->size < 4 + TAIL_SIZE) return bad_footer(bytes, "it is too short", err);
    dt_status st = parquet_bytes_read(bytes, bytes->size - TAIL_SIZE, TAIL_SIZE, &out->bytes, err);
    if (st != DT_OK) return st;
    if (memcmp(out->bytes.at + 4, "PARE", 4) == 0)
        return err_set(err, DT_E_READ, 0, "%s is an encrypted Parquet file, which is not read",
                       bytes->origin);
    if (memcmp(out->bytes.at + 4, PARQUET_MAGIC, 4) != 0)
        return bad_footer(bytes, "its end is missing, perhaps it was not copied as a whole", err);
    uint64_t len = le_load(out->bytes.at, 4);
    if (len > bytes->size - 4 - TAIL_SIZE)
        return bad_footer(bytes, "its footer would be larger than the file", err);
    if (len > FOOTER_MOST) return bad_footer(bytes, "its footer is larger than 64 MB", err);
    st = parquet_bytes_read(bytes, bytes->size - TAIL_SIZE - len, (size_t)len, &out->bytes, err);
    return st == DT_OK ? read_meta(bytes, out, err) : st;
}

void parquet_footer_free(struct parquet_footer *footer)
{
    buf_free(&footer->bytes);
    buf_free(&footer->fields);
}

const struct parquet_field *parquet_footer_field(const struct parquet_footer *footer, size_t i)
{
    return (const struct parquet_field *)(const void *)footer->fields.at + i;
}

/* ---- row groups ---- */

static void read_chunk_meta(struct thrift_in *in, struct parquet_chunk *chunk)
{
    struct thrift_field field = {0, THRIFT_STOP};
    int64_t codec = -1, size = 0, data = 0, dictionary = 0;
    while (thrift_next(in, &field)) {
        switch (field.id) {
        case 4: codec = thrift_get_int(in, &field); break;
        case 5: chunk->n_values = thrift_get_int(in, &field); break;
        case 7: size = thrift_get_int(in, &field); break;
        case 9: data = thrift_get_int(in, &field); break;
        case 11: dictionary = thrift_get_int(in, &field); break;
        default: thrift_skip(in, &field);
        }
    }
    /* some writers say 0 where there is no dictionary */
    int64_t begin = dictionary > 0 && dictionary < data ? dictionary : data;
    chunk->found = begin > 0 && size >= 0 && size <= INT64_MAX - begin && codec >= 0;
    chunk->codec = (enum parquet_codec)(codec <= CODEC_LZ4_RAW ? codec : CODEC_LZO);
    chunk->begin = (uint64_t)begin;
    chunk->end = chunk->begin + (uint64_t)size;
}

static void read_chunk(struct thrift_in *in, struct parquet_chunk *chunk)
{
    struct thrift_field field = {0, THRIFT_STOP};
    struct str elsewhere = {NULL, 0};
    *chunk = (struct parquet_chunk){.found = false};
    while (thrift_next(in, &field)) {
        if (field.id == 1)
            elsewhere = thrift_get_text(in, &field);
        else if (field.id != 3)
            thrift_skip(in, &field);
        else if (thrift_enter(in, &field))
            read_chunk_meta(in, chunk);
    }
    if (elsewhere.len != 0) chunk->found = false;
}

static void read_chunks(struct thrift_in *in, size_t n_chunks,
                        const struct parquet_field *const *fields, size_t n,
                        struct parquet_chunk *chunks)
{
    const struct thrift_field whole = {0, THRIFT_STRUCT};
    for (size_t i = 0; i < n_chunks && !in->broken; i++) {
        size_t k = 0;
        while (k < n && (fields[k] == NULL || fields[k]->ordinal != i))
            k++;
        if (k == n) {
            thrift_skip(in, &whole);
            continue;
        }
        read_chunk(in, &chunks[k]);
        for (size_t other = k + 1; other < n; other++) /* a column may be meant twice */
            if (fields[other] == fields[k]) chunks[other] = chunks[k];
    }
}

dt_status parquet_footer_group(struct parquet_footer *footer, const struct parquet_bytes *bytes,
                               const struct parquet_field *const *fields, size_t n,
                               struct parquet_chunk *chunks, uint64_t *n_rows, bool *more,
                               dt_error *err)
{
    struct thrift_in *in = &footer->groups;
    struct thrift_field field = {0, THRIFT_STOP};
    int64_t rows = 0;
    *more = footer->groups_left != 0;
    if (!*more) return DT_OK;
    footer->groups_left--;
    memset(chunks, 0, n * sizeof *chunks);
    while (thrift_next(in, &field)) {
        if (field.id == 1)
            read_chunks(in, thrift_get_list(in, &field, THRIFT_STRUCT), fields, n, chunks);
        else if (field.id == 3)
            rows = thrift_get_int(in, &field);
        else
            thrift_skip(in, &field);
    }
    *n_rows = (uint64_t)rows;
    if (in->broken || rows < 0) return bad_footer(bytes, "a row group is described wrongly", err);
    for (size_t k = 0; rows != 0 && k < n; k++)
        if (fields[k] != NULL && (!chunks[k].found || chunks[k].end > bytes->size))
            return bad_footer(bytes, "a column lies outside of the file", err);
    return DT_OK;
}
