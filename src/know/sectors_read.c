/* sectors_read.c - sectors and their classes from words/sectors.txt; see sectors.h.
 *
 * In: words/sectors.txt of all folders, entries `sector CODE  name` with the field class. Out: the
 * sectors, sorted by code. A later folder's entry replaces ours as a whole, and takes a class that
 * one sector alone may have from the sector that had it. */
#include <stdlib.h>

#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

struct sectors_reader {
    struct compile *c;
    const struct entry_file *file;
    uint32_t folder;
    uint32_t *folder_of; /* of each sector: the folder that its entry stands in */
    size_t cap;
};

static struct know_sector *sector_of_code(struct compile *c, struct str code)
{
    for (uint32_t i = 0; i < c->n_sectors; i++)
        if (str_eq(str_c(c->sectors[i].code), code)) return &c->sectors[i];
    return NULL;
}

static enum sector_class sector_class_of_name(struct str name)
{
    int i = 0;
    while (i < SECTOR_CLASS_COUNT && !str_eq(name, str_c(sector_class_name[i])))
        i++;
    return (enum sector_class)i;
}

/* Gives the class to one sector alone: an earlier folder's loses it. */
static dt_status take_sole_class(struct sectors_reader *r, const struct know_sector *s,
                                 enum sector_class class, uint32_t line, dt_error *err)
{
    const uint32_t bit = UINT32_C(1) << (unsigned)class;
    for (uint32_t i = 0; i < r->c->n_sectors; i++) {
        struct know_sector *other = &r->c->sectors[i];
        if (other == s || (other->classes & bit) == 0) continue;
        if (r->folder_of[i] == r->folder)
            return entry_error(r->file, line, err,
                               "'%s' is the class of %s already; one sector alone may have it",
                               sector_class_name[class], other->code);
        other->classes &= ~bit;
    }
    return DT_OK;
}

static dt_status read_class_words(struct sectors_reader *r, struct know_sector *s, struct str list,
                                  uint32_t line, dt_error *err)
{
    struct str word;
    dt_status st = DT_OK;
    while (st == DT_OK && entry_next_word(&list, &word)) {
        enum sector_class class = sector_class_of_name(word);
        if (class == SECTOR_CLASS_COUNT)
            return entry_error(r->file, line, err,
                               "there is no class of sectors '%.*s'; doc/knowledge.md lists all",
                               TEXT(word));
        if (sector_class_sole[class]) st = take_sole_class(r, s, class, line, err);
        s->classes |= UINT32_C(1) << (unsigned)class;
    }
    return st;
}

static dt_status read_sector_field(struct sectors_reader *r, struct know_sector *s,
                                   const struct entry_field *f, dt_error *err)
{
    if (!str_eq(f->name, STR("class")))
        return entry_error(r->file, f->line, err, "'%.*s' is no field of a sector", TEXT(f->name));
    dt_status st = read_class_words(r, s, f->value, f->line, err);
    for (uint32_t i = 0; i < f->n_more && st == DT_OK; i++)
        st = read_class_words(r, s, f->more[i].text, f->more[i].line, err);
    return st;
}

/* The entry's sector, empty: a new one, or an earlier folder's that it replaces. */
static dt_status begin_sector(struct sectors_reader *r, const struct entry *e,
                              struct know_sector **out, dt_error *err)
{
    struct compile *c = r->c;
    struct know_sector *s = sector_of_code(c, e->key);
    if (s != NULL && r->folder_of[s - c->sectors] == r->folder)
        return entry_error(r->file, e->line, err, "sector %.*s stands here twice", TEXT(e->key));
    if (s == NULL) {
        s = COMPILE_ADD(c, sectors);
        r->folder_of =
            compile_room(c, r->folder_of, c->n_sectors - 1, &r->cap, sizeof *r->folder_of);
        if (c->failed) return err_nomem(err);
    }
    r->folder_of[s - c->sectors] = r->folder;
    *s = (struct know_sector){.name = compile_intern(c, e->name)};
    memcpy(s->code, e->key.at, e->key.len);
    *out = s;
    return DT_OK;
}

static dt_status read_sector_entry(struct sectors_reader *r, const struct entry *e, dt_error *err)
{
    struct know_sector *s = NULL;
    if (!str_eq(e->kind, STR("sector")) || e->key.len == 0 || e->key.len >= SECTOR_BYTES)
        return entry_error(r->file, e->line, err,
                           "found '%.*s %.*s' where 'sector CODE  name' was expected, the code of "
                           "at most %d letters",
                           TEXT(e->kind), TEXT(e->key), SECTOR_BYTES - 1);
    dt_status st = begin_sector(r, e, &s, err);
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++)
        st = read_sector_field(r, s, &e->fields[i], err);
    return st;
}

static int by_code(const void *a, const void *b)
{
    const struct know_sector *x = a, *y = b;
    return memcmp(x->code, y->code, sizeof x->code);
}

dt_status sectors_read(struct compile *c, dt_error *err)
{
    struct sectors_reader r = {.c = c};
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++) {
        const struct compile_file *f = &c->files[i];
        struct entry_file file;
        if (!str_eq(f->relative, STR(SECTORS_FILE))) continue;
        st = entry_parse(&c->arena, f->path, f->text, &file, err);
        r.file = &file;
        r.folder = f->folder;
        for (uint32_t k = 1; st == DT_OK && k < file.n_entries; k++)
            st = read_sector_entry(&r, &file.entries[k], err);
    }
    if (st == DT_OK && c->n_sectors != 0)
        qsort(c->sectors, c->n_sectors, sizeof *c->sectors, by_code);
    return st;
}

struct str compile_sector_with(const struct compile *c, enum sector_class class)
{
    for (uint32_t i = 0; i < c->n_sectors; i++)
        if (c->sectors[i].classes >> (unsigned)class & 1) return str_c(c->sectors[i].code);
    return STR("");
}
