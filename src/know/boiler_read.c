/* boiler_read.c - boilerplate: the texts by which paragraphs that are no part of a story are known.
 *
 * In: boilerplate.txt of all folders, entries `boilerplate KIND` (text/boiler.h) with the fields
 * list (these are its texts), add and drop (a later folder's changes to ours). Out: rules, in the
 * order in which they were first written. */
#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

#define BOILER_KIND_TEXT(name, text, meaning) text,
static const char *const boiler_kind_name[BOILER_KIND_COUNT] = {BOILER_KINDS(BOILER_KIND_TEXT)};

struct boiler_reader {
    struct compile *c;
    struct entry_file file;
    uint32_t folder;
    uint32_t listed[BOILER_KIND_COUNT]; /* folder + 1 of the lists that the kind has now */
};

static uint32_t rule_of_text(const struct compile *c, uint32_t text, enum boiler_kind kind)
{
    uint32_t i = 0;
    while (i < c->n_boiler && (c->boiler[i].text != text || c->boiler[i].kind != kind))
        i++;
    return i;
}

static void remove_rule(struct compile *c, uint32_t i)
{
    c->n_boiler--;
    memmove(&c->boiler[i], &c->boiler[i + 1], (c->n_boiler - i) * sizeof *c->boiler);
}

static dt_status add_text(struct compile *c, uint32_t text, enum boiler_kind kind, dt_error *err)
{
    if (rule_of_text(c, text, kind) < c->n_boiler) return DT_OK;
    struct boiler_rule *rule = COMPILE_ADD(c, boiler);
    if (rule == NULL) return err_nomem(err);
    *rule = (struct boiler_rule){text, kind};
    return DT_OK;
}

static dt_status drop_text(struct boiler_reader *r, uint32_t text, enum boiler_kind kind,
                           uint32_t line, dt_error *err)
{
    const uint32_t at = rule_of_text(r->c, text, kind);
    if (at == r->c->n_boiler)
        return entry_error(&r->file, line, err,
                           "found '%s' after drop; boilerplate %s has no such text",
                           compile_text(r->c, text), boiler_kind_name[kind]);
    remove_rule(r->c, at);
    return DT_OK;
}

static dt_status put_texts(struct boiler_reader *r, const struct entry_line *list,
                           enum boiler_kind kind, bool take, dt_error *err)
{
    struct str rest = list->text, item;
    dt_status st = DT_OK;
    while (st == DT_OK && entry_next_item(&rest, &item)) {
        if (item.len == 0) continue;
        const uint32_t text = compile_intern(r->c, compile_lower(r->c, item));
        st = take ? add_text(r->c, text, kind, err) : drop_text(r, text, kind, list->line, err);
    }
    return st;
}

/* The lists of a later folder stand in the place of those of an earlier one. */
static void begin_texts(struct boiler_reader *r, enum boiler_kind kind)
{
    if (r->listed[kind] == r->folder + 1) return;
    r->listed[kind] = r->folder + 1;
    for (uint32_t i = r->c->n_boiler; i-- > 0;)
        if (r->c->boiler[i].kind == kind) remove_rule(r->c, i);
}

static dt_status read_boiler_field(struct boiler_reader *r, const struct entry_field *f,
                                   enum boiler_kind kind, dt_error *err)
{
    bool list = str_eq(f->name, STR("list")), drop = str_eq(f->name, STR("drop"));
    if (!list && !drop && !str_eq(f->name, STR("add")))
        return entry_error(&r->file, f->line, err,
                           "found '%.*s' where list, add or drop was expected", TEXT(f->name));
    if (list) begin_texts(r, kind);
    const struct entry_line first = {f->value, f->line};
    dt_status st = put_texts(r, &first, kind, !drop, err);
    for (uint32_t i = 0; i < f->n_more && st == DT_OK; i++)
        st = put_texts(r, &f->more[i], kind, !drop, err);
    return st;
}

static dt_status read_boiler_entry(struct boiler_reader *r, const struct entry *e, dt_error *err)
{
    int kind = 0;
    dt_status st = DT_OK;
    while (kind < BOILER_KIND_COUNT && !str_eq(e->key, str_c(boiler_kind_name[kind])))
        kind++;
    if (!str_eq(e->kind, STR("boilerplate")) || kind == BOILER_KIND_COUNT)
        return entry_error(&r->file, e->line, err,
                           "found '%.*s %.*s' where boilerplate beginning, brief or anywhere was "
                           "expected",
                           TEXT(e->kind), TEXT(e->key));
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++)
        st = read_boiler_field(r, &e->fields[i], (enum boiler_kind)kind, err);
    return st;
}

static dt_status read_boiler_file(struct boiler_reader *r, const struct compile_file *f,
                                  dt_error *err)
{
    dt_status st = entry_parse(&r->c->arena, f->path, f->text, &r->file, err);
    r->folder = f->folder;
    for (uint32_t k = 1; k < r->file.n_entries && st == DT_OK; k++)
        st = read_boiler_entry(r, &r->file.entries[k], err);
    return st;
}

dt_status boiler_read(struct compile *c, dt_error *err)
{
    struct boiler_reader r = {.c = c};
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++)
        if (str_eq(c->files[i].relative, STR("boilerplate.txt")))
            st = read_boiler_file(&r, &c->files[i], err);
    bundle_add(&c->writer, "boiler", c->boiler, c->n_boiler, sizeof *c->boiler);
    return st;
}
