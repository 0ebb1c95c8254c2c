/* db_rows.c - packing rows; see db_rows.h. */
#include "store/db_rows.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "base/err.h"
#include "base/utf8.h"
#include "know/sectors.h"

enum { KEPT_MOST = 1 << 20 /* memory of one huge story is not kept for small ones */ };

void rows_free(struct dt_rows *rows)
{
    buf_free(&rows->bytes);
    buf_free(&rows->id);
    buf_free(&rows->words);
}

/* ---- text ---- */

static bool is_clean_utf8(struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t cp = (unsigned char)text.at[i];
        if (cp == 0) return false;
        i += cp < 0x80 ? 1 : utf8_decode(text, i, &cp);
        if (cp == UTF8_REPLACEMENT) return false;
    }
    return true;
}

void rows_put_clean(struct str text, struct buf *out)
{
    if (is_clean_utf8(text)) {
        buf_put(out, text);
        return;
    }
    for (size_t i = 0; i < text.len;) {
        uint32_t cp;
        size_t n = utf8_decode(text, i, &cp);
        buf_put(out,
                cp == 0 || cp == UTF8_REPLACEMENT ? STR("\xEF\xBF\xBD") : str_of(text.at + i, n));
        i += n;
    }
}

/* ---- cells ---- */

static void pack_none(struct buf *out)
{
    buf_c(out, CELL_NONE);
}

static void pack_eight(struct buf *out, enum cell_type type, const void *eight)
{
    char cell[9] = {(char)type};
    memcpy(cell + 1, eight, 8);
    buf_put(out, str_of(cell, sizeof cell));
}

static void pack_integer(struct buf *out, int64_t value)
{
    pack_eight(out, CELL_INTEGER, &value);
}

static void pack_real(struct buf *out, double value)
{
    pack_eight(out, CELL_REAL, &value);
}

/* What stands behind `begin`, which pack_length() gave, becomes the cell's text. */
static size_t pack_length(struct buf *out)
{
    const size_t len = 0;
    buf_c(out, CELL_TEXT);
    buf_put(out, str_of((const char *)&len, sizeof len));
    return out->len;
}

static void pack_end(struct buf *out, size_t begin)
{
    const size_t len = out->len - begin;
    if (!out->failed) memcpy(out->at + begin - sizeof len, &len, sizeof len);
}

static void pack_text(struct buf *out, struct str text)
{
    const size_t begin = pack_length(out);
    rows_put_clean(text, out);
    pack_end(out, begin);
}

static void pack_value(struct buf *out, const struct field *field, const struct value *v)
{
    if (!record_has(field, v)) {
        pack_none(out);
        return;
    }
    switch ((enum field_type)field->type) {
    case TYPE_TEXT: pack_text(out, v->text); break;
    case TYPE_INDEX: pack_integer(out, (int64_t)v->index); break;
    case TYPE_REAL: pack_real(out, v->real); break;
    default: pack_integer(out, v->yes);
    }
}

/* A list as one cell; an empty one is none. */
static void pack_list(struct buf *out, const struct record *r, enum kind kind)
{
    const size_t n = record_kinds[kind].count(r);
    if (n == 0) {
        pack_none(out);
        return;
    }
    const size_t begin = pack_length(out);
    record_put_rows(r, kind, out);
    pack_end(out, begin);
}

/* The fields of a row, and of its parts; `there`: else all of them none. */
static void pack_fields(struct buf *out, const struct record *r, enum kind kind, bool there)
{
    const struct kind_info *info = &record_kinds[kind];
    for (size_t i = 0; i < info->n_fields; i++) {
        const struct field *f = &info->fields[i];
        if (!(f->uses & IN_DB)) continue;
        if (f->type == TYPE_PART) {
            const bool part = there && record_kinds[f->rows].count(r) != 0;
            pack_fields(out, r, (enum kind)f->rows, part);
        } else if (!there) {
            pack_none(out);
        } else if (f->type == TYPE_ROWS) {
            pack_list(out, r, (enum kind)f->rows);
        } else {
            const struct value v = f->read(r);
            pack_value(out, f, &v);
        }
    }
}

/* ---- rows ---- */

static void pack_head(struct buf *out, enum db_table table, uint32_t event, uint32_t number)
{
    struct db_row row;
    memset(&row, 0, sizeof row);
    row = (struct db_row){table, event, number};
    buf_put(out, str_of((const char *)&row, sizeof row));
}

static void pack_row(struct buf *out, enum db_table table, const struct record *r)
{
    pack_head(out, table, r->i, record_kinds[db_tables[table].kind].shape == SHAPE_2 ? r->k : r->i);
    pack_fields(out, r, db_tables[table].kind, true);
}

static void pack_list_of_story(struct buf *out, const struct dt_doc *doc, enum db_table table)
{
    struct record r = {.doc = doc};
    const size_t n = record_kinds[db_tables[table].kind].count(&r);
    for (r.i = 0; r.i < n; r.i++)
        pack_row(out, table, &r);
}

static void pack_event(struct buf *out, const struct dt_doc *doc, uint32_t i)
{
    struct record r = {.doc = doc, .i = i};
    pack_row(out, DB_EVENT, &r);
    for (int t = DB_SOURCE; t <= DB_MENTION; t++) {
        const size_t n = record_kinds[db_tables[t].kind].count(&r);
        for (r.k = 0; r.k < n; r.k++)
            pack_row(out, (enum db_table)t, &r);
    }
}

/* What story_text of the schema gives: the title; the text's sentences joined by blanks. */
static void pack_words(struct dt_rows *rows, const struct dt_doc *doc)
{
    const struct text_layer *text = &doc->text;
    rows_put_clean(str_c(doc->story.title), &rows->words);
    rows->title_len = rows->words.len;
    for (uint32_t i = text->n_title_sentences; i < text->n_sentences; i++) {
        const struct sentence *s = &text->sentences[i];
        if (i != text->n_title_sentences) buf_c(&rows->words, ' ');
        rows_put_clean(str_cut(text->text, s->begin, s->end), &rows->words);
    }
    rows->words_len = rows->words.len;
    buf_c(&rows->words, '\0');
}

bool rows_pack(struct dt_rows *rows, const struct dt_doc *doc)
{
    const struct record r = {.doc = doc};
    if (rows->bytes.cap > KEPT_MOST || rows->words.cap > KEPT_MOST) rows_free(rows);
    buf_clear(&rows->bytes);
    buf_clear(&rows->id);
    buf_clear(&rows->words);
    rows->run = *doc->run;
    rows->model = doc->model;
    rows->n_events = doc->what.n_events;
    rows_put_clean(str_c(doc->story.id), &rows->id);
    buf_c(&rows->id, '\0');
    pack_words(rows, doc);
    pack_row(&rows->bytes, DB_RUN, &r);
    pack_row(&rows->bytes, DB_STORY, &r);
    for (int t = DB_SENTENCE; t <= DB_QUANTITY; t++)
        pack_list_of_story(&rows->bytes, doc, (enum db_table)t);
    for (uint32_t i = 0; i < doc->what.n_events; i++)
        pack_event(&rows->bytes, doc, i);
    rows->full = !rows->bytes.failed && !rows->id.failed && !rows->words.failed;
    return rows->full;
}

/* ---- codes ---- */

static void pack_pool(struct buf *out, const struct know *know, uint32_t s)
{
    if (s != 0)
        pack_text(out, know_str(know, s));
    else
        pack_none(out);
}

static void pack_quad(struct buf *out, uint8_t quad)
{
    if (quad != 0)
        pack_integer(out, quad);
    else
        pack_none(out);
}

static void pack_ontology(const struct know *know, struct buf *out)
{
    for (uint32_t i = 0; i < know->n_codes; i++) {
        const struct ontology_code *c = &know->codes[i];
        pack_head(out, DB_CAMEO, 0, i);
        pack_pool(out, know, c->code);
        pack_pool(out, know, c->name);
        pack_pool(out, know, c->root);
        pack_quad(out, c->quad);
        pack_real(out, decimal_of_float(c->goldstein));
        pack_pool(out, know, c->plover);
        pack_pool(out, know, c->mode);
    }
    for (uint32_t i = 0; i < know->n_types; i++) {
        const struct ontology_type *t = &know->types[i];
        pack_head(out, DB_PLOVER, 0, i);
        pack_pool(out, know, t->type);
        pack_pool(out, know, t->mode);
        pack_real(out, decimal_of_float(t->score));
        pack_quad(out, t->quad);
    }
    for (uint32_t i = 0; i < know->n_contexts; i++) {
        pack_head(out, DB_CONTEXT_NAME, 0, i);
        pack_pool(out, know, know->contexts[i].context);
        pack_pool(out, know, know->contexts[i].meaning);
    }
}

/* A country is the entity that its code names. */
static void pack_countries(const struct know *know, struct buf *out)
{
    for (uint32_t i = 0; i < know->n_entities; i++) {
        const struct know_entity *e = &know->entities[i];
        if (e->kind != ENTITY_COUNTRY || e->region || e->country == 0) continue;
        if (know_country(know, know_str(know, e->country)) != i) continue;
        pack_head(out, DB_COUNTRY, 0, i);
        pack_pool(out, know, e->country);
        pack_pool(out, know, e->name);
    }
}

bool rows_pack_codes(const struct know *know, struct buf *out)
{
    pack_ontology(know, out);
    pack_countries(know, out);
    for (uint32_t i = 0; i < know->n_sectors; i++) {
        pack_head(out, DB_SECTOR, 0, i);
        pack_text(out, str_c(know->sectors[i].code));
        pack_pool(out, know, know->sectors[i].name);
    }
    return !out->failed;
}

/* ---- the public door ---- */

dt_status dt_rows_new(dt_rows **out, dt_error *err)
{
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "there was no place for the rows");
    *out = calloc(1, sizeof **out);
    return *out != NULL ? DT_OK : err_nomem(err);
}

void dt_rows_free(dt_rows *rows)
{
    if (rows == NULL) return;
    rows_free(rows);
    free(rows);
}

dt_status dt_rows_pack(dt_rows *rows, const dt_doc *doc, dt_error *err)
{
    if (rows == NULL || doc == NULL)
        return err_set(err, DT_E_ARG, 0, "rows were packed of nothing, or into nothing");
    rows->full = false;
    if (!road_has_run(doc, STAGE_WHAT))
        return err_set(err, DT_E_ARG, 0, "the document was only parsed, not coded");
    if (doc->story.id == NULL)
        return err_set(err, DT_E_ARG, 0, "a story without id cannot be stored");
    return rows_pack(rows, doc) ? DT_OK : err_nomem(err);
}
