/* json.c - records as JSON, as the record table lays them out (fields.h). */
#include <math.h>

#include "store/record.h"

/* ---- any row of any kind ---- */

static void put_value(const struct field *field, const struct value *v, struct buf *out)
{
    if (!record_has(field, v)) {
        buf_put(out, STR("null"));
        return;
    }
    switch ((enum field_type)field->type) {
    case TYPE_TEXT: buf_json(out, v->text); break;
    case TYPE_INDEX: buf_u(out, v->index); break;
    case TYPE_REAL: buf_real(out, v->real); break;
    default: buf_put(out, v->yes ? STR("true") : STR("false"));
    }
}

static void put_rows(const struct record *r, enum kind kind, struct buf *out)
{
    const struct kind_info *info = &record_kinds[kind];
    struct record row = *r;
    size_t n = info->count(r);
    uint32_t *index = info->shape == SHAPE_2 ? &row.k : &row.i;
    buf_c(out, '[');
    for (*index = 0; *index < n; ++*index) {
        if (*index != 0) buf_c(out, ',');
        write_row(&row, kind, out);
    }
    buf_c(out, ']');
}

static void put_part(const struct record *r, enum kind kind, struct buf *out)
{
    if (record_kinds[kind].count(r) != 0)
        write_row(r, kind, out);
    else
        buf_put(out, STR("null"));
}

/* The field with its name, where the layout wants it; false when it is left out. */
static bool put_field(const struct record *r, const struct field *field, bool named, bool first,
                      struct buf *out)
{
    if (!(field->uses & IN_JSON)) return false;
    struct value v = {.yes = false};
    if (field->read != NULL) v = field->read(r);
    if (field->type == TYPE_FLAG && !v.yes) return false;
    if (!first) buf_c(out, ',');
    if (named) buf_put(out, field->key);
    if (field->type == TYPE_ROWS)
        put_rows(r, (enum kind)field->rows, out);
    else if (field->type == TYPE_PART)
        put_part(r, (enum kind)field->rows, out);
    else
        put_value(field, &v, out);
    return true;
}

void write_row(const struct record *r, enum kind kind, struct buf *out)
{
    static const char brackets[][3] = {
        [LAYOUT_OBJECT] = "{}", [LAYOUT_TUPLE] = "[]", [LAYOUT_VALUE] = ""};
    const struct kind_info *info = &record_kinds[kind];
    const char *bracket = brackets[info->layout];
    bool named = info->layout == LAYOUT_OBJECT, first = true;
    if (bracket[0] != '\0') buf_c(out, bracket[0]);
    for (size_t i = 0; i < info->n_fields; i++)
        if (put_field(r, &info->fields[i], named, first, out)) first = false;
    if (bracket[0] != '\0') buf_c(out, bracket[1]);
}

/* ---- the formats ---- */

void write_events_jsonl(const struct dt_doc *doc, int flags, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        uint32_t n = (flags & DT_RENDER_DYADS) ? record_dyad_count(e) : 1;
        for (uint32_t k = 0; k < n; k++) {
            struct dyad dyad = record_dyad(e, k);
            struct record r = {doc, (flags & DT_RENDER_DYADS) ? &dyad : NULL, i, 0};
            write_row(&r, KIND_event, out);
            buf_c(out, '\n');
        }
    }
}

void write_story(const struct dt_doc *doc, struct buf *out)
{
    write_row(&(struct record){.doc = doc}, KIND_story, out);
    buf_c(out, '\n');
}

void write_relation(const struct dt_doc *doc, struct buf *out)
{
    write_row(&(struct record){.doc = doc}, KIND_relation, out);
    buf_c(out, '\n');
}

/* The tokens, a list for each sentence. */
static void put_tokens(const struct dt_doc *doc, struct buf *out)
{
    buf_c(out, '[');
    const uint32_t n = doc->text.n_sentences;
    for (uint32_t s = 0; s < n; s++) { /* the title's are the last */
        const struct sentence *sent = &doc->text.sentences[(s + doc->text.n_title_sentences) % n];
        buf_z(out, s != 0 ? ",[" : "[");
        for (uint32_t i = sent->token_begin; i < sent->token_end; i++) {
            if (i != sent->token_begin) buf_c(out, ',');
            write_row(&(struct record){.doc = doc, .i = i}, KIND_token, out);
        }
        buf_c(out, ']');
    }
    buf_c(out, ']');
}

void write_parse_json(const struct dt_doc *doc, struct buf *out)
{
    buf_c(out, '{');
    (void)put_field(&(struct record){.doc = doc}, &record_kinds[KIND_story].fields[FIELD_story_id],
                    true, true, out);
    buf_z(out, ",\"sentences\":");
    put_tokens(doc, out);
    buf_z(out, "}\n");
}

void write_explain_json(const struct dt_doc *doc, struct buf *out)
{
    const struct record r = {.doc = doc};
    buf_z(out, "{\"tokens\":");
    put_tokens(doc, out);
    buf_z(out, ",\"tried\":");
    put_rows(&r, KIND_attempt, out);
    buf_z(out, ",\"read\":");
    put_rows(&r, KIND_reading, out);
    buf_z(out, ",\"story\":");
    write_row(&r, KIND_story, out);
    buf_z(out, "}\n");
}
