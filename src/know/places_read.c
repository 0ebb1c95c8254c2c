/* places_read.c - places: the tables under places/ of all folders.
 *
 * Columns: geonameid name country adm1 lat lon population kind names, and weak where a table needs
 * it: those of the row's names that are ordinary words, too, separated by '|'; 1 for all of them.
 * Out: places in order of GeoNames' number, those without a number (0) in order of the files; a
 * later folder's row replaces an earlier one's of the same number. */
#include <stdlib.h>

#include "know/compile_parts.h"
#include "know/table_read.h"

struct place_row {
    struct know_place place; /* `name`, `country`, `adm1` are interned */
    struct str name, names, weak;
    uint32_t folder, order;
    uint32_t line;
    const char *path;
};

struct place_rows {
    COMPILE_TABLE(struct place_row, list);
};

enum { GEONAMEID, NAME, COUNTRY, ADM1, LAT, LON, POPULATION, KIND, NAMES, WEAK, N_COLUMNS };

static const char *const place_columns[N_COLUMNS] = {
    "geonameid", "name", "country", "adm1", "lat", "lon", "population", "kind", "names", "weak"};

static dt_status read_place(struct compile *c, const struct table_reader *t, struct place_row *row,
                            dt_error *err)
{
    double numbers[4];
    static const int columns[4] = {GEONAMEID, POPULATION, LAT, LON};
    for (int i = 0; i < 4; i++) {
        struct str cell = table_cell(t, (size_t)columns[i]);
        if (!table_number(cell, &numbers[i]) || (i < 2 && (numbers[i] < 0 || numbers[i] > 4e9)))
            return table_error(t, err, "found '%.*s' as %s; expected a number", (int)cell.len,
                               cell.at, place_columns[columns[i]]);
    }
    struct str kind = table_cell(t, KIND), name = table_cell(t, NAME);
    if (kind.len != 1 || strchr("CPTARW", kind.at[0]) == NULL)
        return table_error(t, err, "found '%.*s' as kind; expected C, P, T, A, R or W",
                           (int)kind.len, kind.at);
    if (name.len == 0) return table_error(t, err, "found a place without a name");
    row->name = name;
    row->names = table_cell(t, NAMES);
    row->weak = table_cell(t, WEAK);
    row->place = (struct know_place){.name = compile_intern(c, name),
                                     .country = compile_intern(c, table_cell(t, COUNTRY)),
                                     .adm1 = compile_intern(c, table_cell(t, ADM1)),
                                     .geonameid = (uint32_t)numbers[0],
                                     .population = (uint32_t)numbers[1],
                                     .lat = (float)numbers[2],
                                     .lon = (float)numbers[3],
                                     .kind = (uint8_t)kind.at[0]};
    return DT_OK;
}

static dt_status read_place_table(struct compile *c, struct place_rows *rows,
                                  const struct compile_file *f, dt_error *err)
{
    struct table_reader t;
    bool more = true;
    dt_status st = table_open(&t, f, place_columns, N_COLUMNS, NAMES, err);
    while (st == DT_OK) {
        st = table_next(&t, &more, err);
        if (st != DT_OK || !more) break;
        struct place_row row = {
            .folder = f->folder, .order = rows->n_list, .line = t.line, .path = f->path};
        st = read_place(c, &t, &row, err);
        if (st != DT_OK) break;
        rows->list = compile_room(c, rows->list, rows->n_list, &rows->cap_list, sizeof row);
        if (c->failed) return err_nomem(err);
        rows->list[rows->n_list++] = row;
    }
    return st;
}

static int by_number(const void *a, const void *b)
{
    const struct place_row *x = a, *y = b;
    if (x->place.geonameid != y->place.geonameid)
        return x->place.geonameid < y->place.geonameid ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static bool is_weak_name(const struct place_row *row, struct str name)
{
    struct str rest = row->weak, item;
    if (str_eq(rest, STR("1"))) return true;
    while (rest.len != 0 && str_next(&rest, '|', &item))
        if (str_eq(item, name)) return true;
    return false;
}

static dt_status keep_place(struct compile *c, const struct place_row *row, dt_error *err)
{
    struct know_place *p = COMPILE_ADD(c, places);
    if (p == NULL) return err_nomem(err);
    *p = row->place;
    struct know_sense sense = {.of = c->n_places - 1, .kind = SENSE_PLACE};
    struct str rest = row->names, name;
    sense.weak = is_weak_name(row, row->name);
    compile_name(c, row->name, sense, row->folder);
    while (rest.len != 0 && str_next(&rest, '|', &name)) {
        if (name.len == 0) continue;
        sense.weak = is_weak_name(row, name);
        compile_name(c, name, sense, row->folder);
    }
    return DT_OK;
}

dt_status places_read(struct compile *c, dt_error *err)
{
    struct place_rows rows = {0};
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++)
        if (str_starts(c->files[i].relative, STR("places/")) &&
            str_ends(c->files[i].relative, STR(".tsv")))
            st = read_place_table(c, &rows, &c->files[i], err);
    if (st == DT_OK && rows.n_list != 0)
        qsort(rows.list, rows.n_list, sizeof *rows.list, by_number);
    for (uint32_t i = 0; i < rows.n_list && st == DT_OK; i++) {
        const struct place_row *row = &rows.list[i];
        bool same = i + 1 < rows.n_list && row->place.geonameid != 0 &&
                    row[1].place.geonameid == row->place.geonameid;
        if (same && row[1].folder == row->folder)
            return err_set(err, DT_E_KNOWLEDGE, row[1].line,
                           "%s:%u: geonameid %u stands in %s:%u already", row[1].path, row[1].line,
                           row->place.geonameid, row->path, row->line);
        if (!same) st = keep_place(c, row, err);
    }
    return st;
}
