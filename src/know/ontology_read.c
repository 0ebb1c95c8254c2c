/* ontology_read.c - the tables under ontology/: cameo.tsv, plover.tsv, contexts.tsv of all folders.
 *
 * Out: codes sorted by code, types by type and mode, contexts by name. A later folder's row
 * replaces an earlier one's of the same key. */
#include <stdio.h>
#include <stdlib.h>

#include "know/compile_parts.h"
#include "know/table_read.h"

enum { CODE, CODE_NAME, ROOT, CODE_QUAD, GOLDSTEIN, PLOVER, CODE_MODE, CONTEXTS, N_CODE_COLUMNS };
static const char *const code_columns[] = {"code",      "name",   "root", "quad",
                                           "goldstein", "plover", "mode", "contexts"};
enum { TYPE, TYPE_MODE, SCORE, TYPE_QUAD, N_TYPE_COLUMNS };
static const char *const type_columns[] = {"type", "mode", "score", "quad"};
enum { CONTEXT, MEANING, N_CONTEXT_COLUMNS };
static const char *const context_columns[] = {"context", "meaning"};

static dt_status read_quad(const struct table_reader *t, size_t column, uint8_t *quad,
                           dt_error *err)
{
    struct str cell = table_cell(t, column);
    *quad = 0;
    if (cell.len == 0) return DT_OK;
    if (cell.len != 1 || cell.at[0] < '1' || cell.at[0] > '4')
        return table_error(t, err, "found '%.*s' as quad; expected 1 to 4", (int)cell.len, cell.at);
    *quad = (uint8_t)(cell.at[0] - '0');
    return DT_OK;
}

static dt_status read_score(const struct table_reader *t, size_t column, float *score,
                            dt_error *err)
{
    struct str cell = table_cell(t, column);
    double value;
    if (!table_number(cell, &value))
        return table_error(t, err, "found '%.*s' as a score; expected a number", (int)cell.len,
                           cell.at);
    *score = (float)value;
    return DT_OK;
}

static dt_status read_code_row(struct compile *c, const struct table_reader *t, dt_error *err)
{
    struct ontology_code row = {0}, *place = NULL;
    struct str code = table_cell(t, CODE);
    if (code.len < 2 || code.len > 5)
        return table_error(t, err, "found '%.*s' as a code; expected 2 to 5 characters",
                           (int)code.len, code.at);
    dt_status st = read_quad(t, CODE_QUAD, &row.quad, err);
    if (st == DT_OK) st = read_score(t, GOLDSTEIN, &row.goldstein, err);
    if (st != DT_OK) return st;
    row.code = compile_intern(c, code);
    row.name = compile_intern(c, table_cell(t, CODE_NAME));
    row.root = compile_intern(c, table_cell(t, ROOT));
    row.plover = compile_intern(c, table_cell(t, PLOVER));
    row.mode = compile_intern(c, table_cell(t, CODE_MODE));
    row.contexts = compile_intern(c, table_cell(t, CONTEXTS));
    for (uint32_t i = 0; i < c->n_codes; i++)
        if (c->codes[i].code == row.code) place = &c->codes[i];
    if (place == NULL) place = COMPILE_ADD(c, codes);
    if (place == NULL) return err_nomem(err);
    *place = row;
    return DT_OK;
}

static dt_status read_type_row(struct compile *c, const struct table_reader *t, dt_error *err)
{
    struct ontology_type row = {0}, *place = NULL;
    if (table_cell(t, TYPE).len == 0) return table_error(t, err, "found a row without a type");
    dt_status st = read_quad(t, TYPE_QUAD, &row.quad, err);
    if (st == DT_OK) st = read_score(t, SCORE, &row.score, err);
    if (st != DT_OK) return st;
    row.type = compile_intern(c, table_cell(t, TYPE));
    row.mode = compile_intern(c, table_cell(t, TYPE_MODE));
    for (uint32_t i = 0; i < c->n_types; i++)
        if (c->types[i].type == row.type && c->types[i].mode == row.mode) place = &c->types[i];
    if (place == NULL) place = COMPILE_ADD(c, types);
    if (place == NULL) return err_nomem(err);
    *place = row;
    return DT_OK;
}

static dt_status read_context_row(struct compile *c, const struct table_reader *t, dt_error *err)
{
    struct ontology_context row = {compile_intern(c, table_cell(t, CONTEXT)),
                                   compile_intern(c, table_cell(t, MEANING))};
    struct ontology_context *place = NULL;
    if (row.context == 0) return table_error(t, err, "found a row without a context");
    for (uint32_t i = 0; i < c->n_contexts; i++)
        if (c->contexts[i].context == row.context) place = &c->contexts[i];
    if (place == NULL) place = COMPILE_ADD(c, contexts);
    if (place == NULL) return err_nomem(err);
    *place = row;
    return DT_OK;
}

static const struct ontology_table {
    const char *relative;
    const char *const *columns;
    size_t n_columns, n_needed;
    dt_status (*read_row)(struct compile *c, const struct table_reader *t, dt_error *err);
} ontology_tables[] = {
    {"ontology/cameo.tsv", code_columns, N_CODE_COLUMNS, N_CODE_COLUMNS, read_code_row},
    {"ontology/plover.tsv", type_columns, N_TYPE_COLUMNS, N_TYPE_COLUMNS, read_type_row},
    {"ontology/contexts.tsv", context_columns, N_CONTEXT_COLUMNS, N_CONTEXT_COLUMNS,
     read_context_row},
};

bool ontology_has(struct str relative)
{
    for (size_t i = 0; i < sizeof ontology_tables / sizeof ontology_tables[0]; i++)
        if (str_eq(relative, str_c(ontology_tables[i].relative))) return true;
    return false;
}

static dt_status read_ontology_file(struct compile *c, const struct ontology_table *table,
                                    const struct compile_file *f, dt_error *err)
{
    struct table_reader t;
    bool more = true;
    dt_status st = table_open(&t, f, table->columns, table->n_columns, table->n_needed, err);
    while (st == DT_OK) {
        st = table_next(&t, &more, err);
        if (st != DT_OK || !more) break;
        st = table->read_row(c, &t, err);
    }
    return st;
}

/* Orders rows of two text members by their texts; qsort() hands no context over, so the rows are
 * put in order by insertion: they come sorted. */
static void sort_codes(struct compile *c)
{
    for (uint32_t i = 1; i < c->n_codes; i++) {
        struct ontology_code row = c->codes[i];
        uint32_t k = i;
        for (;
             k > 0 && strcmp(compile_text(c, c->codes[k - 1].code), compile_text(c, row.code)) > 0;
             k--)
            c->codes[k] = c->codes[k - 1];
        c->codes[k] = row;
    }
}

dt_status ontology_read(struct compile *c, dt_error *err)
{
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files; i++)
        for (size_t k = 0; k < sizeof ontology_tables / sizeof ontology_tables[0] && st == DT_OK;
             k++)
            if (str_eq(c->files[i].relative, str_c(ontology_tables[k].relative)))
                st = read_ontology_file(c, &ontology_tables[k], &c->files[i], err);
    if (st == DT_OK) sort_codes(c);
    return st;
}
