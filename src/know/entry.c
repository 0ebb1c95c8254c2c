/* entry.c - the common text syntax of knowledge/; see entry.h. */
#include <stdarg.h>
#include <stdio.h>

#include "base/file.h"
#include "base/utf8.h"
#include "know/entry.h"

struct entry_reader {
    struct arena *arena;
    struct entry_file *file;
    size_t entry_cap, field_cap, more_cap;
    uint32_t line;
    size_t field_indent; /* of the field that a deeper line goes on with */
};

dt_status entry_error(const struct entry_file *file, uint32_t line, dt_error *err,
                      const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return err_set(err, DT_E_KNOWLEDGE, line, "%s:%u: %s", file->path, line, text);
}

/* Cuts a comment: '#' in the first column of text or after two blanks. */
static struct str without_comment(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '#') continue;
        bool opens = i == 0 || (i >= 2 && (s.at[i - 1] == ' ' || s.at[i - 1] == '\t') &&
                                (s.at[i - 2] == ' ' || s.at[i - 2] == '\t'));
        if (opens || str_trim(str_cut(s, 0, i)).len == 0) return str_cut(s, 0, i);
    }
    return s;
}

bool entry_next_word(struct str *rest, struct str *word)
{
    struct str s = str_trim(*rest);
    size_t n = 0;
    while (n < s.len && s.at[n] != ' ' && s.at[n] != '\t')
        n++;
    *word = str_cut(s, 0, n);
    *rest = str_trim(str_cut(s, n, s.len));
    return n != 0;
}

bool entry_next_item(struct str *rest, struct str *item)
{
    struct str s = str_trim(*rest);
    if (s.len == 0) return false;
    size_t end = 0, after;
    if (s.at[0] == '"') {
        end = str_find(s, '"', 1);
        *item = str_cut(s, 1, end);
        after = str_find(s, ',', end);
    } else {
        after = str_find(s, ',', 0);
        *item = str_trim(str_cut(s, 0, after));
    }
    *rest = after < s.len ? str_cut(s, after + 1, s.len) : str_of(s.at, 0);
    return true;
}

static size_t indent_of(struct str s)
{
    size_t n = 0;
    while (n < s.len && (s.at[n] == ' ' || s.at[n] == '\t'))
        n++;
    return n;
}

static dt_status add_entry(struct entry_reader *r, struct str text, dt_error *err)
{
    struct entry_file *f = r->file;
    struct entry *grown = arena_grow(r->arena, f->entries, f->n_entries, f->n_entries + 1,
                                     &r->entry_cap, sizeof *grown);
    if (grown == NULL) return err_nomem(err);
    f->entries = grown;
    struct entry e = {.line = r->line};
    (void)entry_next_word(&text, &e.kind);
    if (str_eq(e.kind, STR("provenance"))) {
        e.name = text;
    } else {
        (void)entry_next_word(&text, &e.key);
        e.name = text;
    }
    f->entries[f->n_entries++] = e;
    r->field_cap = 0;
    r->field_indent = 0;
    return DT_OK;
}

static dt_status add_field(struct entry_reader *r, struct str text, size_t indent, dt_error *err)
{
    struct entry_file *f = r->file;
    if (f->n_entries == 0)
        return entry_error(
            f, r->line, err,
            "found an indented line where an entry was expected (it starts in column 1)");
    struct entry *e = &f->entries[f->n_entries - 1];
    if (e->n_fields != 0 && indent > r->field_indent) {
        struct entry_field *field = &e->fields[e->n_fields - 1];
        struct entry_line *grown = arena_grow(r->arena, field->more, field->n_more,
                                              field->n_more + 1, &r->more_cap, sizeof *grown);
        if (grown == NULL) return err_nomem(err);
        field->more = grown;
        field->more[field->n_more++] = (struct entry_line){text, r->line};
        return DT_OK;
    }
    struct entry_field *grown =
        arena_grow(r->arena, e->fields, e->n_fields, e->n_fields + 1, &r->field_cap, sizeof *grown);
    if (grown == NULL) return err_nomem(err);
    e->fields = grown;
    struct entry_field field = {.line = r->line};
    (void)entry_next_word(&text, &field.name);
    field.value = text;
    e->fields[e->n_fields++] = field;
    r->field_indent = indent;
    r->more_cap = 0;
    return DT_OK;
}

static dt_status check_provenance(const struct entry_file *f, dt_error *err)
{
    if (f->n_entries != 0 && str_eq(f->entries[0].kind, STR("provenance")) &&
        f->entries[0].name.len != 0)
        return DT_OK;
    return entry_error(
        f, f->n_entries != 0 ? f->entries[0].line : 1, err,
        "found no provenance; the first entry must be 'provenance' and say where the "
        "facts come from");
}

dt_status entry_parse(struct arena *arena, const char *path, struct str text,
                      struct entry_file *out, dt_error *err)
{
    struct entry_reader r = {.arena = arena, .file = out};
    *out = (struct entry_file){.path = arena_str(arena, str_c(path)).at};
    size_t valid = utf8_valid_len(text);
    if (str_starts(text, STR("\xEF\xBB\xBF")))
        return entry_error(out, 1, err,
                           "found a byte order mark; save the file as UTF-8 without one");
    for (size_t at = 0; at < text.len;) {
        size_t end = str_find(text, '\n', at);
        struct str line = str_cut(text, at, end);
        r.line++;
        if (valid < end && valid >= at)
            return entry_error(out, r.line, err, "found a byte that is not UTF-8 in column %zu",
                               valid - at + 1);
        size_t indent = indent_of(line);
        struct str body = str_trim(without_comment(str_cut(line, indent, line.len)));
        at = end + 1;
        if (body.len == 0) continue;
        dt_status st = indent == 0 ? add_entry(&r, body, err) : add_field(&r, body, indent, err);
        if (st != DT_OK) return st;
    }
    return check_provenance(out, err);
}

dt_status entry_read(struct arena *arena, const char *path, struct entry_file *out, dt_error *err)
{
    struct file_map map;
    *out = (struct entry_file){.path = path};
    dt_status st = file_map_open(path, &map, err);
    if (st != DT_OK) return st;
    struct str text = arena_str(arena, str_of((const char *)map.at, map.len));
    file_map_close(&map);
    return entry_parse(arena, path, text, out, err);
}

const struct entry_field *entry_field(const struct entry *e, const char *name)
{
    for (uint32_t i = 0; i < e->n_fields; i++)
        if (str_eq(e->fields[i].name, str_c(name))) return &e->fields[i];
    return NULL;
}
