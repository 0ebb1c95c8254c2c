/* thrift.c - the compact protocol of Apache Thrift; see thrift.h. */
#include "base/thrift.h"

enum { SKIP_DEPTH = 32 };

void varint_put(struct buf *out, uint64_t value)
{
    while (value >= 0x80) {
        buf_c(out, (char)(unsigned char)(value | 0x80));
        value >>= 7;
    }
    buf_c(out, (char)value);
}

void zigzag_put(struct buf *out, int64_t value)
{
    varint_put(out, ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0));
}

/* ---- writing ---- */

static void put_thrift_head(struct thrift_out *t, int field, enum thrift_type type)
{
    int *last = &t->last[t->depth - 1], step = field - *last;
    if (step > 0 && step <= 15) {
        buf_c(t->to, (char)(unsigned char)(step << 4 | (int)type));
    } else {
        buf_c(t->to, (char)type);
        zigzag_put(t->to, field);
    }
    *last = field;
}

void thrift_begin(struct thrift_out *t)
{
    t->last[t->depth++] = 0;
}

void thrift_end(struct thrift_out *t)
{
    buf_c(t->to, THRIFT_STOP);
    t->depth--;
}

void thrift_int(struct thrift_out *t, int field, enum thrift_type type, int64_t value)
{
    put_thrift_head(t, field, type);
    zigzag_put(t->to, value);
}

void thrift_bool(struct thrift_out *t, int field, bool value)
{
    put_thrift_head(t, field, value ? THRIFT_TRUE : THRIFT_FALSE);
}

void thrift_element(struct thrift_out *t, struct str value)
{
    varint_put(t->to, value.len);
    buf_put(t->to, value);
}

void thrift_text(struct thrift_out *t, int field, struct str value)
{
    put_thrift_head(t, field, THRIFT_BINARY);
    thrift_element(t, value);
}

void thrift_struct(struct thrift_out *t, int field)
{
    put_thrift_head(t, field, THRIFT_STRUCT);
    thrift_begin(t);
}

void thrift_list(struct thrift_out *t, int field, enum thrift_type element, size_t n)
{
    put_thrift_head(t, field, THRIFT_LIST);
    if (n < 15) {
        buf_c(t->to, (char)(unsigned char)(n << 4 | (size_t)element));
    } else {
        buf_c(t->to, (char)(unsigned char)(0xF0 | (unsigned)element));
        varint_put(t->to, n);
    }
}

/* ---- reading ---- */

static void thrift_break(struct thrift_in *in, bool cut)
{
    in->broken = true;
    in->cut = cut;
    in->at = in->end;
}

static unsigned thrift_byte(struct thrift_in *in)
{
    if (in->at == in->end) {
        if (!in->broken) thrift_break(in, true);
        return 0;
    }
    return (unsigned char)*in->at++;
}

uint64_t varint_get(struct thrift_in *in)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        unsigned byte = thrift_byte(in);
        if (shift < 64) value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) return value;
    }
    thrift_break(in, false);
    return 0;
}

int64_t zigzag_get(struct thrift_in *in)
{
    uint64_t n = varint_get(in);
    return (int64_t)((n >> 1) ^ ((n & 1) != 0 ? UINT64_MAX : 0));
}

bool thrift_next(struct thrift_in *in, struct thrift_field *field)
{
    unsigned head = thrift_byte(in);
    field->type = (enum thrift_type)(head & 15);
    if (in->broken || field->type == THRIFT_STOP) return false;
    if (field->type > THRIFT_STRUCT) {
        thrift_break(in, false);
        return false;
    }
    int64_t id = head >> 4 != 0 ? field->id + (int)(head >> 4) : zigzag_get(in);
    if (id < 0 || id > INT16_MAX) thrift_break(in, false);
    field->id = (int)id;
    return !in->broken;
}

int64_t thrift_get_int(struct thrift_in *in, const struct thrift_field *field)
{
    if (field->type == THRIFT_TRUE || field->type == THRIFT_FALSE)
        return field->type == THRIFT_TRUE;
    if (field->type >= THRIFT_I16 && field->type <= THRIFT_I64) return zigzag_get(in);
    thrift_skip(in, field);
    return 0;
}

static struct str take_bytes(struct thrift_in *in, uint64_t n)
{
    struct str bytes = {in->at, 0};
    if (n > (uint64_t)(in->end - in->at)) {
        if (!in->broken) thrift_break(in, true);
        return bytes;
    }
    bytes.len = (size_t)n;
    in->at += n;
    return bytes;
}

struct str thrift_get_element(struct thrift_in *in)
{
    uint64_t n = varint_get(in);
    return take_bytes(in, n);
}

struct str thrift_get_text(struct thrift_in *in, const struct thrift_field *field)
{
    if (field->type == THRIFT_BINARY) return thrift_get_element(in);
    thrift_skip(in, field);
    return (struct str){NULL, 0};
}

static uint64_t list_head(struct thrift_in *in, enum thrift_type *element)
{
    unsigned head = thrift_byte(in);
    uint64_t n = head >> 4 == 15 ? varint_get(in) : head >> 4;
    *element = (enum thrift_type)(head & 15);
    if (n > (uint64_t)(in->end - in->at) && !in->broken) thrift_break(in, true);
    return in->broken ? 0 : n;
}

static void skip_value(struct thrift_in *in, enum thrift_type type, int depth);

static void skip_elements(struct thrift_in *in, enum thrift_type type, uint64_t n, int depth)
{
    bool truth = type == THRIFT_TRUE || type == THRIFT_FALSE; /* a byte in lists */
    for (uint64_t i = 0; i < n && !in->broken; i++)
        skip_value(in, truth ? THRIFT_BYTE : type, depth);
}

static void skip_map(struct thrift_in *in, int depth)
{
    uint64_t n = varint_get(in);
    if (n == 0) return;
    unsigned types = thrift_byte(in);
    if (n > (uint64_t)(in->end - in->at)) thrift_break(in, true);
    for (uint64_t i = 0; i < n && !in->broken; i++) {
        skip_elements(in, (enum thrift_type)(types >> 4), 1, depth);
        skip_elements(in, (enum thrift_type)(types & 15), 1, depth);
    }
}

static void skip_fields(struct thrift_in *in, int depth)
{
    struct thrift_field field = {0, THRIFT_STOP};
    while (thrift_next(in, &field))
        skip_value(in, field.type, depth);
}

static void skip_value(struct thrift_in *in, enum thrift_type type, int depth)
{
    enum thrift_type element;
    if (depth == SKIP_DEPTH) {
        thrift_break(in, false);
        return;
    }
    switch (type) {
    case THRIFT_TRUE:
    case THRIFT_FALSE: break;
    case THRIFT_BYTE: (void)take_bytes(in, 1); break;
    case THRIFT_I16:
    case THRIFT_I32:
    case THRIFT_I64: (void)varint_get(in); break;
    case THRIFT_DOUBLE: (void)take_bytes(in, 8); break;
    case THRIFT_BINARY: (void)thrift_get_element(in); break;
    case THRIFT_LIST:
    case THRIFT_SET: {
        uint64_t n = list_head(in, &element);
        skip_elements(in, element, n, depth + 1);
        break;
    }
    case THRIFT_MAP: skip_map(in, depth + 1); break;
    case THRIFT_STRUCT: skip_fields(in, depth + 1); break;
    default: thrift_break(in, false);
    }
}

void thrift_skip(struct thrift_in *in, const struct thrift_field *field)
{
    skip_value(in, field->type, 0);
}

size_t thrift_get_list(struct thrift_in *in, const struct thrift_field *field,
                       enum thrift_type wanted)
{
    enum thrift_type element;
    if (field->type != THRIFT_LIST) {
        thrift_skip(in, field);
        return 0;
    }
    uint64_t n = list_head(in, &element);
    if (element == wanted) return (size_t)n;
    skip_elements(in, element, n, 1);
    return 0;
}

bool thrift_enter(struct thrift_in *in, const struct thrift_field *field)
{
    if (field->type == THRIFT_STRUCT) return true;
    thrift_skip(in, field);
    return false;
}
