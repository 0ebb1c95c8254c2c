/* codes_read.c - the tables under codes/ of all folders: columns code, value.
 *
 * Out: rows in order of set and code; a later folder's row replaces an earlier one's of the same
 * code. And the first-level divisions among the places, in order of country and code. */
#include <stdlib.h>

#include "know/codes.h"
#include "know/compile_parts.h"
#include "know/table_read.h"

static const char *const codes_columns[] = {"code", "value"};

struct codes_row {
    struct str code, value;
    uint32_t set, folder, line;
};

struct codes_rows {
    COMPILE_TABLE(struct codes_row, list);
};

static enum code_set set_of_file(struct str relative)
{
    struct str name = str_cut(relative, sizeof CODES_FOLDER - 1, relative.len - 4);
    int i = 0;
    while (i < CODE_SET_COUNT && !str_eq(name, str_c(code_set_name[i])))
        i++;
    return (enum code_set)i;
}

static dt_status read_codes_row(struct compile *c, struct codes_rows *rows,
                                const struct table_reader *t, enum code_set set, dt_error *err)
{
    struct codes_row row = {table_cell(t, 0), table_cell(t, 1), (uint32_t)set, t->file->folder,
                            t->line};
    if (row.code.len == 0 || row.value.len == 0)
        return table_error(t, err, "found a row without code or value");
    rows->list = compile_room(c, rows->list, rows->n_list, &rows->cap_list, sizeof row);
    if (c->failed) return err_nomem(err);
    rows->list[rows->n_list++] = row;
    return DT_OK;
}

static dt_status read_codes_file(struct compile *c, struct codes_rows *rows,
                                 const struct compile_file *f, dt_error *err)
{
    struct table_reader t;
    bool more = true;
    enum code_set set = set_of_file(f->relative);
    dt_status st = table_open(&t, f, codes_columns, 2, 2, err);
    if (st == DT_OK && set == CODE_SET_COUNT)
        return table_error(&t, err,
                           "there is no table of codes of that name; expected cow.tsv, "
                           "fips.tsv or parts.tsv");
    while (st == DT_OK) {
        st = table_next(&t, &more, err);
        if (st != DT_OK || !more) break;
        st = read_codes_row(c, rows, &t, set, err);
    }
    return st;
}

static int by_set(const void *a, const void *b)
{
    const struct codes_row *x = a, *y = b;
    if (x->set != y->set) return x->set < y->set ? -1 : 1;
    int order = str_cmp(x->code, y->code);
    if (order != 0) return order;
    if (x->folder != y->folder) return x->folder < y->folder ? -1 : 1;
    return x->line < y->line ? -1 : 1;
}

static bool is_same_code(const struct codes_row *x, const struct codes_row *y)
{
    return x->set == y->set && str_eq(x->code, y->code);
}

struct sorted_division {
    const char *country, *adm1;
    uint32_t place;
};

static int by_division(const void *a, const void *b)
{
    const struct sorted_division *x = a, *y = b;
    int order = strcmp(x->country, y->country);
    if (order == 0) order = strcmp(x->adm1, y->adm1);
    if (order != 0) return order;
    return x->place < y->place ? 1 : -1; /* one that GeoNames numbers comes first */
}

static dt_status list_divisions(struct compile *c, dt_error *err)
{
    struct sorted_division *all = ARENA_NEW(&c->arena, c->n_places + 1, struct sorted_division);
    uint32_t n = 0;
    if (all == NULL) return err_nomem(err);
    for (uint32_t i = 0; i < c->n_places; i++) {
        const struct know_place *p = &c->places[i];
        if (p->kind != 'A' || p->adm1 == 0) continue;
        all[n++] =
            (struct sorted_division){compile_text(c, p->country), compile_text(c, p->adm1), i};
    }
    qsort(all, n, sizeof *all, by_division);
    for (uint32_t i = 0; i < n; i++) {
        if (i != 0 && strcmp(all[i - 1].country, all[i].country) == 0 &&
            strcmp(all[i - 1].adm1, all[i].adm1) == 0)
            continue;
        uint32_t *d = COMPILE_ADD(c, divisions);
        if (d == NULL) return err_nomem(err);
        *d = all[i].place;
    }
    return DT_OK;
}

static bool has_code(const struct compile *c, enum code_set set, struct str piece)
{
    for (uint32_t i = 0; i < c->n_other_codes; i++)
        if (c->other_codes[i].set == (uint32_t)set &&
            str_eq(str_c(compile_text(c, c->other_codes[i].code)), piece))
            return true;
    return false;
}

bool compile_country_known(const struct compile *c, struct str country)
{
    if (c->n_other_codes == 0) return true;
    struct str first = str_cut(country, 0, country.len < 3 ? country.len : 3);
    for (uint32_t i = 0; i < c->n_entities && c->entities[i].kind == ENTITY_COUNTRY; i++)
        if (str_eq(str_c(compile_text(c, c->entities[i].code)), first)) return true;
    return has_code(c, CODES_PARTS, first) || has_code(c, CODES_FIPS, first);
}

bool compile_sector_known(const struct compile *c, struct str sector)
{
    if (c->n_other_codes == 0) return true;
    struct str first = str_cut(sector, 0, sector.len < 3 ? sector.len : 3);
    for (uint32_t i = 0; i < c->n_sectors; i++)
        if (str_eq(str_c(c->sectors[i].code), sector) || str_eq(str_c(c->sectors[i].code), first))
            return true;
    return has_code(c, CODES_PARTS, first);
}

dt_status codes_read(struct compile *c, dt_error *err)
{
    struct codes_rows rows = {0};
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++)
        if (str_starts(c->files[i].relative, STR(CODES_FOLDER)))
            st = read_codes_file(c, &rows, &c->files[i], err);
    if (st == DT_OK && rows.n_list != 0) qsort(rows.list, rows.n_list, sizeof *rows.list, by_set);
    for (uint32_t i = 0; i < rows.n_list && st == DT_OK; i++) {
        const struct codes_row *row = &rows.list[i];
        if (i + 1 < rows.n_list && is_same_code(row, row + 1)) continue;
        struct know_code *out = COMPILE_ADD(c, other_codes);
        if (out == NULL) return err_nomem(err);
        *out = (struct know_code){row->set, compile_intern(c, row->code),
                                  compile_intern(c, row->value)};
    }
    return st == DT_OK ? list_divisions(c, err) : st;
}
