/* parquet_column.c - the values of one column of a Parquet file; see parquet_column.h.
 *
 * Input: any bytes; each length is checked against what is there. Encodings are those of
 * Encodings.md (base/parquet.h): PLAIN, dictionaries, differences; levels as runs. */
#include "input/parquet_column.h"

#include "base/le.h"
#include "input/parquet_codec.h"

enum {
    PAGE_MOST = 256 * 1024 * 1024, /* bytes of a page, packed or not */
    HEAD_FIRST = 512,              /* bytes in which its header is sought at first, */
    HEAD_MOST = 4 * 1024 * 1024    /* and at most: it may tell a least and a greatest text */
};

struct page_head {
    int64_t type, size, packed_size;
    int64_t n_values, encoding, level_encoding;
    int64_t definition_size, repetition_size; /* version 2 */
    bool packed;
};

static dt_status damaged(const struct parquet_column *c, const char *what, dt_error *err)
{
    return err_set(err, DT_E_READ, (size_t)c->at,
                   "%s: the column \"%.*s\" is damaged at byte %llu: %s", c->bytes->origin,
                   c->field->name.len < 80 ? (int)c->field->name.len : 80, c->field->name.at,
                   (unsigned long long)c->at, what);
}

dt_status parquet_column_begin(struct parquet_column *c, const struct parquet_chunk *chunk,
                               dt_error *err)
{
    const char *codec = parquet_codec_unknown(chunk->codec);
    c->chunk = *chunk;
    c->at = chunk->begin;
    c->chunk_left = chunk->n_values > 0 ? (uint64_t)chunk->n_values : 0;
    c->page_left = 0;
    c->n_entries = 0;
    buf_clear(&c->dictionary);
    if (codec == NULL) return DT_OK;
    return err_set(err, DT_E_READ, 0,
                   "%s is packed with %s, which is not read: write it again with zstd, snappy or "
                   "gzip",
                   c->bytes->origin, codec);
}

void parquet_column_free(struct parquet_column *c)
{
    buf_free(&c->packed);
    buf_free(&c->page);
    buf_free(&c->dictionary);
    buf_free(&c->entries);
    buf_free(&c->text);
}

/* ---- headers of pages ---- */

/* The header of a page of data, of version 1 or 2, or of a dictionary. */
static void read_kind_head(struct thrift_in *in, bool second, struct page_head *h)
{
    struct thrift_field field = {0, THRIFT_STOP};
    int encoding = second ? 4 : 2;
    while (thrift_next(in, &field)) {
        if (field.id == 1)
            h->n_values = thrift_get_int(in, &field);
        else if (field.id == encoding)
            h->encoding = thrift_get_int(in, &field);
        else if (!second && field.id == 3)
            h->level_encoding = thrift_get_int(in, &field);
        else if (second && field.id == 5)
            h->definition_size = thrift_get_int(in, &field);
        else if (second && field.id == 6)
            h->repetition_size = thrift_get_int(in, &field);
        else if (second && field.id == 7)
            h->packed = thrift_get_int(in, &field) != 0;
        else
            thrift_skip(in, &field);
    }
}

static void read_page_head(struct thrift_in *in, struct page_head *h)
{
    struct thrift_field field = {0, THRIFT_STOP};
    *h = (struct page_head){.type = -1, .packed = true, .level_encoding = ENCODING_RLE};
    while (thrift_next(in, &field)) {
        if (field.id == 1)
            h->type = thrift_get_int(in, &field);
        else if (field.id == 2)
            h->size = thrift_get_int(in, &field);
        else if (field.id == 3)
            h->packed_size = thrift_get_int(in, &field);
        else if (field.id != 5 && field.id != 7 && field.id != 8)
            thrift_skip(in, &field);
        else if (thrift_enter(in, &field))
            read_kind_head(in, field.id == 8, h);
    }
}

static bool head_is_sound(const struct page_head *h)
{
    return h->size >= 0 && h->size <= PAGE_MOST && h->packed_size >= 0 &&
           h->packed_size <= PAGE_MOST && h->n_values >= 0 && h->n_values <= INT32_MAX &&
           h->definition_size >= 0 && h->repetition_size >= 0 &&
           h->definition_size + h->repetition_size <= h->size &&
           h->definition_size + h->repetition_size <= h->packed_size;
}

/* Reads the header at c->at, and goes behind it. */
static dt_status find_page_head(struct parquet_column *c, struct page_head *h, dt_error *err)
{
    for (size_t try = HEAD_FIRST; c->at < c->chunk.end; try *= 8) {
        uint64_t left = c->chunk.end - c->at;
        size_t len = try < left ?
        try:
            (size_t) left;
        dt_status st = parquet_bytes_read(c->bytes, c->at, len, &c->packed, err);
        if (st != DT_OK) return st;
        struct thrift_in in = {.at = c->packed.at, .end = c->packed.at + c->packed.len};
        read_page_head(&in, h);
        if (in.broken && in.cut && len < left && try < HEAD_MOST) continue;
        if (in.broken) return damaged(c, "the header of a page cannot be read", err);
        c->at += (uint64_t)(in.at - c->packed.at);
        if (!head_is_sound(h) || (uint64_t)h->packed_size > c->chunk.end - c->at)
            return damaged(c, "a page has an impossible size", err);
        return DT_OK;
    }
    return damaged(c, "it ends before all of its values", err);
}

/* Unpacks the page behind c->at into `out`, and goes behind it. Of version 2, levels are not
 * packed. */
static dt_status unpack_page(struct parquet_column *c, const struct page_head *h, struct buf *out,
                             dt_error *err)
{
    size_t bare = (size_t)(h->definition_size + h->repetition_size), size = (size_t)h->size;
    dt_status st = parquet_bytes_read(c->bytes, c->at, (size_t)h->packed_size, &c->packed, err);
    if (st != DT_OK) return st;
    c->at += (uint64_t)h->packed_size;
    buf_clear(out);
    buf_reserve(out, size + 1);
    if (out->failed) return err_nomem(err);
    memcpy(out->at, c->packed.at, bare);
    out->len = size;
    if (parquet_unpack(h->packed ? c->chunk.codec : CODEC_NONE,
                       str_of(c->packed.at + bare, c->packed.len - bare), out->at + bare,
                       size - bare))
        return DT_OK;
    return damaged(c, "a page cannot be unpacked", err);
}

/* ---- values as PLAIN has them ---- */

static size_t plain_size(const struct parquet_field *field)
{
    static const uint8_t sizes[PARQUET_TYPE_COUNT] = {
        [PARQUET_INT32] = 4, [PARQUET_INT64] = 8,  [PARQUET_INT96] = 12,
        [PARQUET_FLOAT] = 4, [PARQUET_DOUBLE] = 8,
    };
    return field->type == PARQUET_FIXED ? field->size : sizes[field->type];
}

static struct str take_plain(struct thrift_in *in, const struct parquet_field *field)
{
    size_t size = plain_size(field), left = (size_t)(in->end - in->at);
    if (field->type == PARQUET_BYTE_ARRAY) {
        if (left < 4) in->broken = true;
        if (in->broken) return str_of(NULL, 0);
        size = (size_t)le_load(in->at, 4);
        in->at += 4;
        left -= 4;
    }
    if (size > left) in->broken = true;
    if (in->broken) return str_of(NULL, 0);
    in->at += size;
    return str_of(in->at - size, size);
}

/* Notes where each text begins; of other types all have one size. */
static dt_status read_dictionary(struct parquet_column *c, const struct page_head *h, dt_error *err)
{
    dt_status st = unpack_page(c, h, &c->dictionary, err);
    if (st != DT_OK) return st;
    struct thrift_in in = {.at = c->dictionary.at, .end = c->dictionary.at + c->dictionary.len};
    c->n_entries = 0;
    buf_clear(&c->entries);
    if ((uint64_t)h->n_values > c->dictionary.len)
        return damaged(c, "its dictionary is cut off", err);
    for (int64_t i = 0; i < h->n_values; i++) {
        uint32_t at = (uint32_t)(in.at - c->dictionary.at);
        (void)take_plain(&in, c->field);
        if (in.broken) return damaged(c, "its dictionary is cut off", err);
        buf_put(&c->entries, str_of((const char *)&at, sizeof at));
        c->n_entries++;
    }
    return c->entries.failed ? err_nomem(err) : DT_OK;
}

static struct str dictionary_entry(struct parquet_column *c)
{
    uint32_t number = hybrid_get(&c->numbers), at;
    if (number >= c->n_entries) c->numbers.in.broken = true;
    if (c->numbers.in.broken) return str_of(NULL, 0);
    memcpy(&at, c->entries.at + sizeof at * number, sizeof at);
    struct thrift_in in = {.at = c->dictionary.at + at,
                           .end = c->dictionary.at + c->dictionary.len};
    return take_plain(&in, c->field);
}

/* ---- pages of data ---- */

static struct hybrid hybrid_of(struct str bytes, int bits)
{
    return (struct hybrid){.in = {.at = bytes.at, .end = bytes.at + bytes.len}, .bits = bits};
}

/* Finds the levels at the front of the page; what follows are the values. */
static bool begin_levels(struct parquet_column *c, const struct page_head *h, struct str *rest)
{
    *rest = str_of(c->page.at, c->page.len);
    if (h->type == PAGE_DATA_2) {
        size_t before = (size_t)h->repetition_size, len = (size_t)h->definition_size;
        c->levels = hybrid_of(str_of(rest->at + before, len), 1);
        *rest = str_cut(*rest, before + len, rest->len);
        return true;
    }
    if (!c->field->optional) return true;
    if (h->level_encoding != ENCODING_RLE || rest->len < 4) return false;
    size_t len = (size_t)le_load(rest->at, 4);
    if (len > rest->len - 4) return false;
    c->levels = hybrid_of(str_of(rest->at + 4, len), 1);
    *rest = str_cut(*rest, 4 + len, rest->len);
    return true;
}

static bool begin_numbers(struct parquet_column *c, struct str rest)
{
    if (rest.len == 0) { /* all values are none */
        c->numbers = hybrid_of(rest, 0);
        return true;
    }
    int bits = (unsigned char)rest.at[0];
    c->numbers = hybrid_of(str_cut(rest, 1, rest.len), bits);
    return bits <= 32;
}

/* Texts whose lengths stand before their bytes. */
static bool begin_lengths(struct parquet_column *c, struct str rest)
{
    uint64_t sum;
    deltas_begin(&c->lengths, rest);
    rest = deltas_rest(c->lengths, &sum);
    if (rest.at == NULL) return false;
    c->plain = (struct thrift_in){.at = rest.at, .end = rest.at + rest.len};
    return sum <= rest.len;
}

/* Texts that begin like the one before them. */
static bool begin_prefixes(struct parquet_column *c, struct str rest)
{
    uint64_t sum;
    buf_clear(&c->text);
    deltas_begin(&c->prefixes, rest);
    rest = deltas_rest(c->prefixes, &sum);
    return rest.at != NULL && begin_lengths(c, rest);
}

static bool begin_values(struct parquet_column *c, struct str rest)
{
    bool texts = c->field->type == PARQUET_BYTE_ARRAY;
    bool whole = c->field->type == PARQUET_INT32 || c->field->type == PARQUET_INT64;
    switch (c->encoding) {
    case ENCODING_PLAIN:
        c->plain = (struct thrift_in){.at = rest.at, .end = rest.at + rest.len};
        return true;
    case ENCODING_PLAIN_DICTIONARY:
    case ENCODING_RLE_DICTIONARY: return begin_numbers(c, rest);
    case ENCODING_DELTA_BINARY_PACKED: deltas_begin(&c->lengths, rest); return whole;
    case ENCODING_DELTA_LENGTH: return texts && begin_lengths(c, rest);
    case ENCODING_DELTA_BYTES:
        return (texts || c->field->type == PARQUET_FIXED) && begin_prefixes(c, rest);
    default: return false;
    }
}

static dt_status begin_page(struct parquet_column *c, dt_error *err)
{
    struct page_head h;
    struct str rest;
    dt_status st = find_page_head(c, &h, err);
    if (st != DT_OK) return st;
    if (h.type == PAGE_DICTIONARY) return read_dictionary(c, &h, err);
    if (h.type != PAGE_DATA && h.type != PAGE_DATA_2) {
        c->at += (uint64_t)h.packed_size; /* an index, or what is newer than this program */
        return DT_OK;
    }
    if (c->chunk_left < (uint64_t)h.n_values)
        return damaged(c, "its pages have more values than it has", err);
    st = unpack_page(c, &h, &c->page, err);
    if (st != DT_OK) return st;
    c->encoding = (enum parquet_encoding)h.encoding;
    if (!begin_levels(c, &h, &rest))
        return damaged(c, "its levels are of another encoding, or cut off", err);
    if (!begin_values(c, rest))
        return damaged(c, "its values are cut off, or of an encoding that is not read", err);
    c->page_left = (uint64_t)h.n_values;
    c->chunk_left -= c->page_left;
    return DT_OK;
}

/* ---- values ---- */

static struct str take_text(struct parquet_column *c)
{
    int64_t len = deltas_get(&c->lengths);
    if (len < 0 || len > c->plain.end - c->plain.at) c->lengths.in.broken = true;
    if (c->lengths.in.broken) return str_of(NULL, 0);
    c->plain.at += len;
    return str_of(c->plain.at - len, (size_t)len);
}

static struct str take_prefixed(struct parquet_column *c)
{
    int64_t prefix = deltas_get(&c->prefixes);
    struct str rest = take_text(c);
    if (prefix < 0 || (uint64_t)prefix > c->text.len || c->prefixes.in.broken ||
        rest.len + (uint64_t)prefix > PAGE_MOST)
        c->lengths.in.broken = true;
    if (c->lengths.in.broken) return str_of(NULL, 0);
    c->text.len = (size_t)prefix;
    buf_put(&c->text, rest);
    return str_of(c->text.at != NULL ? c->text.at : "", c->text.len);
}

static int64_t whole_number(const struct parquet_field *field, struct str bytes)
{
    if (field->type == PARQUET_INT32) return le_signed32(bytes.at);
    return field->type == PARQUET_INT64 ? le_signed64(bytes.at) : 0;
}

/* The value that comes next; false when it is not to be read. */
static bool take_value(struct parquet_column *c, struct parquet_value *value)
{
    switch (c->encoding) {
    case ENCODING_PLAIN: value->bytes = take_plain(&c->plain, c->field); break;
    case ENCODING_DELTA_BINARY_PACKED:
        value->number = deltas_get(&c->lengths);
        return !c->lengths.in.broken;
    case ENCODING_DELTA_LENGTH: value->bytes = take_text(c); break;
    case ENCODING_DELTA_BYTES: value->bytes = take_prefixed(c); break;
    default: value->bytes = dictionary_entry(c);
    }
    if (value->bytes.at == NULL) return false;
    if (value->bytes.len >= 4) value->number = whole_number(c->field, value->bytes);
    return true;
}

dt_status parquet_column_next(struct parquet_column *c, struct parquet_value *value, dt_error *err)
{
    *value = (struct parquet_value){.there = true};
    while (c->page_left == 0) {
        if (c->chunk_left == 0) return damaged(c, "it has fewer values than rows", err);
        dt_status st = begin_page(c, err);
        if (st != DT_OK) return st;
    }
    c->page_left--;
    if (c->field->optional) value->there = hybrid_get(&c->levels) != 0;
    if (c->levels.in.broken) return damaged(c, "its levels are cut off", err);
    if (value->there && !take_value(c, value))
        return c->text.failed ? err_nomem(err) : damaged(c, "its values are cut off", err);
    return DT_OK;
}
