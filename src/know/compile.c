/* compile.c - from text to bundle: files, strings, output; see compile.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/file.h"
#include "know/compile_parts.h"
#include "know/petrarch.h"

/* ---- memory and strings ---- */

void *compile_room(struct compile *c, void *table, uint32_t n, size_t *cap, size_t size)
{
    void *grown = arena_grow(&c->arena, table, n, n + (size_t)1, cap, size);
    if (grown != NULL) return grown;
    c->failed = true;
    return table;
}

static bool grow_strings(struct compile *c)
{
    uint32_t mask = c->string_mask != 0 ? c->string_mask * 2 + 1 : 1023;
    struct pool_string *bigger = ARENA_NEW(&c->arena, (size_t)mask + 1, struct pool_string);
    if (bigger == NULL) return false;
    for (uint32_t i = 0; c->strings != NULL && i <= c->string_mask; i++) {
        struct pool_string s = c->strings[i];
        if (s.len == 0) continue;
        uint32_t at = (uint32_t)str_hash(str_of(c->pool + s.offset, s.len)) & mask;
        while (bigger[at].len != 0)
            at = (at + 1) & mask;
        bigger[at] = s;
    }
    c->strings = bigger;
    c->string_mask = mask;
    return true;
}

static bool append_to_pool(struct compile *c, struct str s)
{
    size_t need = (size_t)c->n_pool + s.len + 1;
    if (need > UINT32_MAX) return false;
    char *grown = arena_grow(&c->arena, c->pool, c->n_pool, need, &c->cap_pool, 1);
    if (grown == NULL) return false;
    c->pool = grown;
    if (s.len != 0) memcpy(c->pool + c->n_pool, s.at, s.len);
    c->pool[c->n_pool + s.len] = '\0';
    c->n_pool = (uint32_t)need;
    return true;
}

uint32_t compile_intern(struct compile *c, struct str s)
{
    if (s.len == 0 || c->failed) return 0;
    if (c->n_strings * 2 >= c->string_mask && !grow_strings(c)) goto failed;
    uint32_t at = (uint32_t)str_hash(s) & c->string_mask;
    for (; c->strings[at].len != 0; at = (at + 1) & c->string_mask) {
        const struct pool_string *known = &c->strings[at];
        if (str_eq(str_of(c->pool + known->offset, known->len), s)) return known->offset;
    }
    uint32_t offset = c->n_pool;
    if (!append_to_pool(c, s)) goto failed;
    c->strings[at] = (struct pool_string){offset, (uint32_t)s.len};
    c->n_strings++;
    return offset;
failed:
    c->failed = true;
    return 0;
}

const char *compile_text(const struct compile *c, uint32_t offset)
{
    return c->pool + offset;
}

const struct inflection *compile_inflections(const struct compile *c, uint32_t *n)
{
    *n = c->n_inflections;
    return c->inflections;
}

struct arena *compile_arena(struct compile *c)
{
    return &c->arena;
}

struct bundle_writer *compile_writer(struct compile *c)
{
    return &c->writer;
}

dt_status compile_new(struct compile **out, dt_error *err)
{
    struct compile *c = calloc(1, sizeof *c);
    *out = c;
    if (c == NULL) return err_nomem(err);
    bundle_begin(&c->writer, "KNOW", KNOW_VERSION);
    if (append_to_pool(c, STR(""))) return DT_OK; /* offset 0 is "" */
    compile_free(c);
    *out = NULL;
    return err_nomem(err);
}

void compile_free(struct compile *c)
{
    if (c == NULL) return;
    arena_free(&c->arena);
    free(c);
}

/* ---- files ---- */

const struct compile_file *compile_files(const struct compile *c, uint32_t *n)
{
    *n = c->n_files;
    return c->files;
}

static bool has_meaning(struct str relative)
{
    static const char *const names[] = {"roles.txt", "operators.txt", "classes.txt",
                                        "boilerplate.txt"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eq(relative, str_c(names[i]))) return true;
    if (str_ends(relative, STR(".tsv")))
        return str_starts(relative, STR("places/")) || ontology_has(relative) ||
               str_starts(relative, STR(CODES_FOLDER));
    return str_starts(relative, STR("actors/")) || str_starts(relative, STR("frames/")) ||
           str_starts(relative, STR("words/"));
}

dt_status compile_add_text(struct compile *c, const char *path, struct str relative,
                           struct str text, dt_error *err)
{
    struct compile_file *f = COMPILE_ADD(c, files);
    if (f != NULL)
        *f = (struct compile_file){arena_str(&c->arena, str_c(path)).at,
                                   arena_str(&c->arena, relative), arena_str(&c->arena, text),
                                   c->n_folders};
    return f == NULL || c->arena.failed ? err_nomem(err) : DT_OK;
}

struct folder_walk {
    struct compile *c;
    size_t dir_len;
};

/* A file that would be ignored is a mistake; a README is none. */
static dt_status refuse_place(const char *path, struct str relative, dt_error *err)
{
    const char *slash = strrchr(path, '/');
    if (str_starts(str_c(slash != NULL ? slash + 1 : path), STR("README"))) return DT_OK;
    return err_set(
        err, DT_E_KNOWLEDGE, 1,
        "%s:1: no file '%.*s' is read; expected actors/*.txt, frames/*.txt, words/*.txt, "
        "places/*.tsv, ontology/ cameo.tsv, plover.tsv or contexts.tsv, codes/*.tsv, "
        "roles.txt, operators.txt, classes.txt or boilerplate.txt",
        path, (int)relative.len, relative.at);
}

static dt_status add_folder_file(void *context, const char *path, dt_error *err)
{
    const struct folder_walk *w = context;
    struct compile *c = w->c;
    struct file_map map;
    struct str copy = arena_str(&c->arena, str_c(path));
    struct str relative = str_cut(copy, w->dir_len + 1, copy.len);
    if (!has_meaning(relative)) return refuse_place(path, relative, err);
    dt_status st = file_map_open(path, &map, err);
    if (st != DT_OK) return st;
    st = compile_add_text(c, copy.at, relative, str_of((const char *)map.at, map.len), err);
    file_map_close(&map);
    return st;
}

static int by_place(const void *a, const void *b)
{
    const struct compile_file *x = a, *y = b;
    if (x->folder != y->folder) return x->folder < y->folder ? -1 : 1;
    return str_cmp(x->relative, y->relative);
}

dt_status compile_add_folder(struct compile *c, const char *dir, dt_error *err)
{
    struct folder_walk w = {c, strlen(dir)};
    while (w.dir_len > 1 && dir[w.dir_len - 1] == '/')
        w.dir_len--;
    struct str plain = arena_str(&c->arena, str_of(dir, w.dir_len));
    if (c->arena.failed) return err_nomem(err);
    dt_status st = file_walk(plain.at, ".txt", add_folder_file, &w, err);
    if (st == DT_OK) st = file_walk(plain.at, ".tsv", add_folder_file, &w, err);
    if (c->n_files != 0) qsort(c->files, c->n_files, sizeof *c->files, by_place);
    c->n_folders++;
    return st;
}

static dt_status add_dictionary(void *context, const char *path, dt_error *err)
{
    struct compile *c = context;
    struct file_map map;
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    size_t room = strlen(name) + sizeof PETRARCH_FOLDER;
    char *relative = ARENA_NEW(&c->arena, room, char);
    if (relative == NULL) return err_nomem(err);
    (void)snprintf(relative, room, PETRARCH_FOLDER "%s", name);
    dt_status st = file_map_open(path, &map, err);
    if (st != DT_OK) return st;
    st = compile_add_text(c, path, str_c(relative), str_of((const char *)map.at, map.len), err);
    file_map_close(&map);
    return st;
}

dt_status compile_add_dictionaries(struct compile *c, const char *dir, dt_error *err)
{
    uint32_t n = c->n_files;
    dt_status st = file_walk(dir, "", add_dictionary, c, err);
    c->n_folders++;
    if (st == DT_OK && c->n_files == n)
        return err_set(err, DT_E_KNOWLEDGE, 0,
                       "%s holds no file; expected dictionaries of actors or agents", dir);
    return st;
}

void compile_note(struct compile *c, const char *path, uint32_t line, const char *format, ...)
{
    char text[600], place[16] = "";
    struct str *note = COMPILE_ADD(c, notes);
    va_list args;
    if (note == NULL) return;
    if (line != 0) (void)snprintf(place, sizeof place, ":%u", line);
    int n = snprintf(text, sizeof text, "%.300s%s: ", path, place);
    va_start(args, format);
    (void)vsnprintf(text + n, sizeof text - (size_t)n, format, args);
    va_end(args);
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ') *at = ' '; /* it is one line */
    *note = arena_str(&c->arena, str_c(text));
}

const struct str *compile_notes(const struct compile *c, uint32_t *n)
{
    *n = c->n_notes;
    return c->notes;
}

/* The text that a base was compiled from, checked. */
static dt_status find_sources(const struct know *base, struct bundle_section *files,
                              struct bundle_section *text, dt_error *err)
{
    dt_status st = bundle_find(&base->bundle, "src.file", sizeof(struct source_file), files, err);
    if (st == DT_OK) st = bundle_find(&base->bundle, "src.text", 1, text, err);
    if (st != DT_OK) return st;
    const struct source_file *sources = files->at;
    for (size_t i = 0; i < files->count; i++) {
        const struct source_file *s = &sources[i];
        if (s->path >= base->pool_len || s->relative >= base->pool_len || s->begin > text->len ||
            s->len > text->len - s->begin || s->folder >= files->count)
            return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section src.file is damaged",
                           base->bundle.name);
    }
    return DT_OK;
}

dt_status compile_source_hash(const struct know *base, uint64_t *hash, dt_error *err)
{
    struct bundle_section files, text;
    dt_status st = find_sources(base, &files, &text, err);
    if (st != DT_OK) return st;
    const struct source_file *sources = files.at;
    *hash = 0;
    for (size_t i = 0; i < files.count; i++) {
        const struct source_file *s = &sources[i];
        *hash = str_hash_seed(know_str(base, s->relative), *hash + s->folder);
        *hash = str_hash_seed(str_of((const char *)text.at + s->begin, s->len), *hash);
    }
    return DT_OK;
}

dt_status compile_add_base(struct compile *c, const struct know *base, dt_error *err)
{
    struct bundle_section files, text;
    dt_status st = find_sources(base, &files, &text, err);
    if (st != DT_OK) return st;
    const struct source_file *sources = files.at;
    uint32_t first = c->n_folders;
    for (size_t i = 0; i < files.count; i++) {
        const struct source_file *s = &sources[i];
        struct compile_file *f = COMPILE_ADD(c, files);
        if (f == NULL) return err_nomem(err);
        *f = (struct compile_file){know_z(base, s->path), know_str(base, s->relative),
                                   str_of((const char *)text.at + s->begin, s->len),
                                   first + s->folder};
        if (c->n_folders <= first + s->folder) c->n_folders = first + s->folder + 1;
    }
    return DT_OK;
}

/* Puts the text of all files into the bundle. Of several folders with a file of one name all are
 * kept: which entry wins was decided by their order, and stays so when they are read again. */
static dt_status add_sources(struct compile *c, dt_error *err)
{
    size_t len = 0, at = 0;
    for (uint32_t i = 0; i < c->n_files; i++)
        len += c->files[i].text.len;
    char *text = ARENA_NEW(&c->arena, len + 1, char);
    struct source_file *files = ARENA_NEW(&c->arena, c->n_files, struct source_file);
    if (text == NULL || files == NULL) return err_nomem(err);
    if (len > UINT32_MAX)
        return err_set(err, DT_E_KNOWLEDGE, 0, "the knowledge is larger than 4 GB");
    for (uint32_t i = 0; i < c->n_files; i++) {
        const struct compile_file *f = &c->files[i];
        files[i] =
            (struct source_file){compile_intern(c, str_c(f->path)), compile_intern(c, f->relative),
                                 (uint32_t)at, (uint32_t)f->text.len, f->folder};
        if (f->text.len != 0) memcpy(text + at, f->text.at, f->text.len);
        at += f->text.len;
    }
    bundle_add(&c->writer, "src.file", files, c->n_files, sizeof *files);
    bundle_add(&c->writer, "src.text", text, len, 1);
    return DT_OK;
}

/* ---- values ---- */

bool compile_day(struct str s, int32_t *day)
{
    long parts[3] = {0, 1, 1};
    struct str piece;
    size_t n = 0;
    while (str_next(&s, '-', &piece)) {
        if (n == 3 || piece.len != (n == 0 ? 4u : 2u) || !str_int(piece, &parts[n])) return false;
        n++;
    }
    struct date d = {(int32_t)parts[0], (int32_t)parts[1], (int32_t)parts[2]};
    if (n == 0 || parts[1] < 1 || parts[1] > 12 || !date_valid(d)) return false;
    *day = day_of(d);
    return true;
}

/* The last day of a day, month or year. */
static bool last_day(struct str s, int32_t *day)
{
    enum { YEAR = 4, MONTH = 7 }; /* bytes */
    if (!compile_day(s, day)) return false;
    struct date d = date_of(*day);
    if (s.len == YEAR) d.month = 12;
    if (s.len == YEAR || s.len == MONTH) {
        d.day = 31;
        while (!date_valid(d))
            d.day--;
        *day = day_of(d);
    }
    return true;
}

bool compile_period(struct str s, int32_t *from, int32_t *to)
{
    size_t dots = 0;
    while (dots + 1 < s.len && !(s.at[dots] == '.' && s.at[dots + 1] == '.'))
        dots++;
    if (dots + 1 >= s.len) return false;
    struct str left = str_cut(s, 0, dots), right = str_cut(s, dots + 2, s.len);
    *from = DAY_MIN;
    *to = DAY_MAX;
    if (left.len != 0 && !compile_day(left, from)) return false;
    if (right.len != 0 && !last_day(right, to)) return false;
    return *from < *to;
}

struct str compile_lower(struct compile *c, struct str s)
{
    char *at = ARENA_NEW(&c->arena, s.len + 1, char);
    if (at == NULL) return STR("");
    for (size_t i = 0; i < s.len; i++)
        at[i] = (char)(s.at[i] >= 'A' && s.at[i] <= 'Z' ? s.at[i] + 32 : s.at[i]);
    return str_of(at, s.len);
}

void compile_name(struct compile *c, struct str surface, struct know_sense sense, uint32_t folder)
{
    struct raw_name *n = COMPILE_ADD(c, names);
    if (n != NULL) *n = (struct raw_name){sense, surface, folder, false};
}

/* ---- the whole ---- */

dt_status compile_know(struct compile *c, dt_error *err)
{
    struct bundle_writer *w = &c->writer;
    dt_status st = sectors_read(c, err);
    if (st == DT_OK) st = places_read(c, err);
    if (st == DT_OK) st = codes_read(c, err);
    if (st == DT_OK) st = actors_read(c, err);
    if (st == DT_OK) st = words_read(c, err);
    if (st == DT_OK) st = petrarch_read(c, err);
    if (st == DT_OK) st = inflection_read(c, err);
    if (st == DT_OK) st = roles_read(c, err); /* with plurals */
    if (st == DT_OK) st = ontology_read(c, err);
    if (st == DT_OK) st = boiler_read(c, err);
    if (st == DT_OK) st = names_build(c, err);
    if (st == DT_OK) st = add_sources(c, err);
    if (st == DT_OK && c->failed) st = err_nomem(err);
    if (st != DT_OK) return st;
    c->numbering = know_numbering();
    bundle_add(w, "classes", &c->numbering, 1, sizeof c->numbering);
    bundle_add(w, "entity", c->entities, c->n_entities, sizeof *c->entities);
    bundle_add(w, "role", c->roles, c->n_roles, sizeof *c->roles);
    bundle_add(w, "noun", c->role_nouns, c->n_role_nouns, sizeof *c->role_nouns);
    bundle_add(w, "place", c->places, c->n_places, sizeof *c->places);
    bundle_add(w, "division", c->divisions, c->n_divisions, sizeof *c->divisions);
    bundle_add(w, "code", c->other_codes, c->n_other_codes, sizeof *c->other_codes);
    bundle_add(w, "sector", c->sectors, c->n_sectors, sizeof *c->sectors);
    bundle_add(w, "ont.code", c->codes, c->n_codes, sizeof *c->codes);
    bundle_add(w, "ont.type", c->types, c->n_types, sizeof *c->types);
    bundle_add(w, "ont.ctx", c->contexts, c->n_contexts, sizeof *c->contexts);
    return DT_OK;
}

/* The pool is complete only now that every stage has added its strings. */
static struct bundle_writer with_pool(const struct compile *c)
{
    struct bundle_writer w = c->writer;
    bundle_add(&w, "pool", c->pool, c->n_pool, 1);
    return w;
}

dt_status compile_save(struct compile *c, const char *path, dt_error *err)
{
    if (c->failed) return err_nomem(err);
    struct bundle_writer w = with_pool(c);
    return bundle_save(&w, path, err);
}

dt_status compile_bytes(struct compile *c, void **bytes, size_t *len, dt_error *err)
{
    *bytes = NULL;
    if (c->failed) return err_nomem(err);
    struct bundle_writer w = with_pool(c);
    return bundle_finish(&w, bytes, len, err);
}
