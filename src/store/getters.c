/* getters.c - reading a document through the public header: one function a field of the record
 * table (fields.h); tools/make_records.py writes their declarations into detente.h.
 *
 * Texts that are pieces of the story are copied when they are asked for, once (copies.h). */
#include <math.h>

#include "store/record.h"

/* Whether the row is there: i among the rows of its kind or its owner's, k among its own. */
static bool is_row(const dt_doc *doc, enum kind kind, size_t i, size_t k)
{
    const struct kind_info *info = &record_kinds[kind];
    struct record r = {.doc = doc};
    if (doc == NULL) return false;
    if (info->shape == SHAPE_0) return true;
    if (info->shape == SHAPE_1) return i < info->count(&r);
    if (i >= record_kinds[info->owner].count(&r)) return false;
    r.i = (uint32_t)i;
    return k < info->count(&r);
}

static struct value value_of(const dt_doc *doc, enum kind kind, size_t field, size_t i, size_t k,
                             struct value none)
{
    if (!is_row(doc, kind, i, k)) return none;
    const struct record r = {.doc = doc, .i = (uint32_t)i, .k = (uint32_t)k};
    return record_kinds[kind].fields[field].read(&r);
}

static const char *text_of(const dt_doc *doc, enum kind kind, size_t field, size_t i, size_t k)
{
    struct value v = value_of(doc, kind, field, i, k, (struct value){.text = {NULL, 0}});
    if (v.text.at == NULL) return NULL;
    if (v.terminated && copies_is_clean(v.text)) return v.text.at;
    return copies_get(doc->copies, v.text);
}

static size_t index_of(const dt_doc *doc, enum kind kind, size_t field, size_t i, size_t k)
{
    return value_of(doc, kind, field, i, k, (struct value){.index = DT_NONE}).index;
}

static double real_of(const dt_doc *doc, enum kind kind, size_t field, size_t i, size_t k)
{
    return value_of(doc, kind, field, i, k, (struct value){.real = NAN}).real;
}

static int bool_of(const dt_doc *doc, enum kind kind, size_t field, size_t i, size_t k)
{
    return value_of(doc, kind, field, i, k, (struct value){.yes = false}).yes;
}

static size_t count_of(const dt_doc *doc, enum kind kind, size_t i)
{
    const struct kind_info *info = &record_kinds[kind];
    struct record r = {.doc = doc, .i = (uint32_t)i};
    if (doc == NULL) return 0;
    if (info->shape == SHAPE_2 &&
        i >= record_kinds[info->owner].count(&(struct record){.doc = doc}))
        return 0;
    return info->count(&r);
}

/* ---- one function a field ---- */

#define PARAMETERS_0 (const dt_doc *doc)
#define PARAMETERS_1 (const dt_doc *doc, size_t i)
#define PARAMETERS_P PARAMETERS_1
#define PARAMETERS_2 (const dt_doc *doc, size_t i, size_t k)
#define INDICES_0    0, 0
#define INDICES_1    i, 0
#define INDICES_P    INDICES_1
#define INDICES_2    i, k

#define GET(result, read, indices, kind, name)                                                     \
    result dt_##kind##_##name PARAMETERS_##indices                                                 \
    {                                                                                              \
        return read(doc, KIND_##kind, FIELD_##kind##_##name, INDICES_##indices);                   \
    }
#define GET_TEXT(indices, kind, name)  GET(const char *, text_of, indices, kind, name)
#define GET_INDEX(indices, kind, name) GET(size_t, index_of, indices, kind, name)
#define GET_REAL(indices, kind, name)  GET(double, real_of, indices, kind, name)
#define GET_BOOL(indices, kind, name)  GET(int, bool_of, indices, kind, name)
#define GET_FLAG                       GET_BOOL
#define GET_ROWS(indices, kind, name)
#define GET_PART(indices, kind, name)
#define GETTER_0(kind, name, type, ...) GET_##type(0, kind, name)
#define GETTER_1(kind, name, type, ...) GET_##type(1, kind, name)
#define GETTER_P(kind, name, type, ...) GET_##type(P, kind, name)
#define GETTER_2(kind, name, type, ...) GET_##type(2, kind, name)

#define COUNT_0(kind)
#define COUNT_P(kind)
#define COUNT_1(kind)                                                                              \
    size_t dt_##kind##_count(const dt_doc *doc)                                                    \
    {                                                                                              \
        return count_of(doc, KIND_##kind, 0);                                                      \
    }
#define COUNT_2(kind)                                                                              \
    size_t dt_##kind##_count(const dt_doc *doc, size_t i)                                          \
    {                                                                                              \
        return count_of(doc, KIND_##kind, i);                                                      \
    }
#define GETTERS(kind, fields, shape, ...) COUNT_##shape(kind) fields(GETTER_##shape)
/* cppcheck-suppress unknownMacro ; it does not rescan what an expansion yields */
RECORD_KINDS(GETTERS)
