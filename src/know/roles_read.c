/* roles_read.c - role nouns: what people and bodies are.
 *
 * In: roles.txt of all folders, entries `role SECTOR` with the fields person, body, group,
 * needs-country and code, and the dictionaries of agents (petrarch.h). Out: role nouns with their
 * plurals, sorted by noun. A noun has one sector, or none where its entry has a code, which is all
 * that is to be said of it; a later folder's entries add to ours, and a noun that both have goes to
 * the later. */
#include <stdlib.h>

#include "know/compile_parts.h"
#include "know/petrarch.h"

struct noun {
    struct str text;
    const struct entry_file *file;
    struct str sector, code;
    uint32_t folder, line;
    uint16_t flags;
    bool made;   /* a plural by rule: what is written wins over it */
    bool listed; /* by a dictionary of agents */
};

struct nouns {
    struct compile *c;
    COMPILE_TABLE(struct noun, list);
};

#define TEXT(s) (int)(s).len, (s).at

static dt_status add_noun(struct nouns *n, const struct noun *noun, dt_error *err)
{
    struct noun *grown = compile_room(n->c, n->list, n->n_list, &n->cap_list, sizeof *grown);
    if (n->c->failed) return err_nomem(err);
    n->list = grown;
    n->list[n->n_list++] = *noun;
    return DT_OK;
}

/* ---- entries ---- */

static dt_status read_noun_list(struct nouns *n, struct noun base, struct str list, dt_error *err)
{
    struct str item;
    while (entry_next_item(&list, &item)) {
        if (item.len == 0) continue;
        base.text = item;
        dt_status st = add_noun(n, &base, err);
        if (st != DT_OK) return st;
        if ((base.flags & ROLE_PLURAL) != 0) continue;
        struct noun plural = base;
        plural.text = inflection_plural(n->c, item);
        plural.flags |= ROLE_PLURAL;
        plural.made = true;
        if (plural.text.len != 0) st = add_noun(n, &plural, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

/* Marks nouns of the same entry, from `first` on, together with their plurals. */
static dt_status read_needs_country(struct nouns *n, uint32_t first, const struct entry_file *file,
                                    struct str list, uint32_t line, dt_error *err)
{
    struct str item;
    while (entry_next_item(&list, &item)) {
        bool found = item.len == 0;
        for (uint32_t i = first; i < n->n_list; i++) {
            if (!str_eq(n->list[i].text, item)) continue;
            found = true;
            n->list[i].flags |= ROLE_NEEDS_COUNTRY;
            if (i + 1 < n->n_list && n->list[i + 1].made && !n->list[i].made)
                n->list[i + 1].flags |= ROLE_NEEDS_COUNTRY;
        }
        if (!found)
            return entry_error(
                file, line, err,
                "found '%.*s' after needs-country; expected a noun that person, body "
                "or group of this entry lists",
                TEXT(item));
    }
    return DT_OK;
}

/* Goes over a field's value and the lines that go on with it. */
static dt_status read_noun_field(struct nouns *n, const struct noun *base, uint32_t first,
                                 const struct entry_field *f, bool needs_country, dt_error *err)
{
    for (uint32_t i = 0; i <= f->n_more; i++) {
        struct noun here = *base;
        struct str list = i == 0 ? f->value : f->more[i - 1].text;
        here.line = i == 0 ? f->line : f->more[i - 1].line;
        dt_status st = needs_country
                           ? read_needs_country(n, first, base->file, list, here.line, err)
                           : read_noun_list(n, here, list, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status read_role_entry(struct nouns *n, struct noun base, const struct entry *e,
                                 dt_error *err)
{
    static const struct {
        const char *name;
        uint16_t flags;
    } fields[] = {{"person", ROLE_PERSON}, {"body", ROLE_BODY}, {"group", ROLE_PLURAL}};
    const struct entry_field *code = entry_field(e, "code");
    uint32_t first = n->n_list;
    dt_status st = DT_OK;
    if (!str_eq(e->kind, STR("role")) || e->key.len == 0)
        return entry_error(base.file, e->line, err, "found '%.*s' where 'role SECTOR' was expected",
                           TEXT(e->kind));
    if (code == NULL && !compile_sector_known(n->c, e->key))
        return entry_error(base.file, e->line, err,
                           "there is no sector '%.*s'; words/sectors.txt describes all, and your "
                           "folder's may add one",
                           TEXT(e->key));
    base.code = code != NULL ? code->value : STR("");
    base.sector = code == NULL ? e->key : STR("");
    for (int pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++) {
            const struct entry_field *f = &e->fields[i];
            bool needs = str_eq(f->name, STR("needs-country"));
            bool known = needs || f == code;
            for (size_t k = 0; k < 3; k++) {
                if (!str_eq(f->name, str_c(fields[k].name))) continue;
                known = true;
                base.flags = fields[k].flags;
                if (pass == 0) st = read_noun_field(n, &base, first, f, false, err);
            }
            if (needs && pass == 1) st = read_noun_field(n, &base, first, f, true, err);
            if (!known)
                return entry_error(base.file, f->line, err, "'%.*s' is no field of a role",
                                   TEXT(f->name));
        }
    }
    return st;
}

/* ---- one sector for each noun ---- */

/* By noun, the one that wins first: a later folder, what is written before what was made. */
static int by_noun(const void *a, const void *b)
{
    const struct noun *x = a, *y = b;
    int order = str_cmp(x->text, y->text);
    if (order != 0) return order;
    if (x->folder != y->folder) return x->folder > y->folder ? -1 : 1;
    if (x->made != y->made) return x->made ? 1 : -1;
    if (x->file != y->file) return strcmp(x->file->path, y->file->path);
    if (x->line != y->line) return x->line < y->line ? -1 : 1;
    return (x->flags > y->flags) - (x->flags < y->flags);
}

static dt_status keep_noun(struct nouns *n, const struct noun *x, dt_error *err)
{
    struct compile *c = n->c;
    struct know_role_noun *r = COMPILE_ADD(c, role_nouns);
    if (r == NULL) return err_nomem(err);
    *r = (struct know_role_noun){compile_intern(c, x->text), compile_intern(c, x->sector),
                                 compile_intern(c, x->code), x->flags, 0};
    compile_name(c, x->text, (struct know_sense){.of = c->n_role_nouns - 1, .kind = SENSE_ROLE},
                 x->listed ? 0 : x->folder); /* what is listed hides no names of actors */
    return DT_OK;
}

/* Of two dictionaries, or two lines of one, that do not agree. */
static void note_other_sector(struct compile *c, const struct noun *noun, const struct noun *kept)
{
    compile_note(c, noun->file->path, noun->line, "'%.*s' is %.*s here and %.*s in %s:%u",
                 TEXT(noun->text), TEXT(noun->sector), TEXT(kept->sector), kept->file->path,
                 kept->line);
}

static dt_status keep_nouns(struct nouns *n, dt_error *err)
{
    if (n->n_list != 0) qsort(n->list, n->n_list, sizeof *n->list, by_noun);
    for (uint32_t i = 0, next; i < n->n_list; i = next) {
        struct noun kept = n->list[i];
        for (next = i + 1; next < n->n_list && str_eq(n->list[next].text, kept.text); next++) {
            const struct noun *other = &n->list[next];
            if (other->folder != kept.folder || other->made != kept.made) continue;
            if ((other->listed || kept.listed) && !str_eq(other->sector, kept.sector)) {
                if (!other->made) note_other_sector(n->c, other, &kept);
                continue;
            }
            if (!kept.made && !str_eq(other->sector, kept.sector))
                return entry_error(other->file, other->line, err,
                                   "'%.*s' is %.*s here and %.*s in %s:%u", TEXT(kept.text),
                                   TEXT(other->sector), TEXT(kept.sector), kept.file->path,
                                   kept.line);
            kept.flags |= other->flags;
        }
        dt_status st = keep_noun(n, &kept, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

/* ---- dictionaries of agents ---- */

/* What the base takes the noun, or the last word of it, to be; else a body. */
static uint16_t flags_of_agent(const struct nouns *n, struct str text)
{
    size_t at = text.len;
    while (at > 0 && text.at[at - 1] != ' ')
        at--;
    struct str last = str_cut(text, at, text.len);
    uint16_t flags = 0;
    for (uint32_t i = 0; i < n->n_list; i++) {
        const struct noun *x = &n->list[i];
        if (x->listed) break; /* they stand behind those of the base */
        if (str_eq(x->text, text)) return x->flags;
        if (str_eq(x->text, last)) flags = x->flags;
    }
    return flags != 0 ? flags : ROLE_BODY;
}

/* "~GOVFRM" is a sector; "NGO~" one that stands before the country; "NGO" a whole code. */
static void set_agent_code(struct noun *noun, struct str code)
{
    size_t at = str_find(code, '~', 0);
    noun->sector = at == 0 ? str_cut(code, 1, code.len) : code;
    noun->code = at == code.len ? code : STR("");
}

static dt_status read_agent_name(struct nouns *n, struct noun noun,
                                 const struct petrarch_name *name, dt_error *err)
{
    noun.text = compile_lower(n->c, name->text);
    noun.flags = flags_of_agent(n, noun.text);
    dt_status st = add_noun(n, &noun, err);
    if (st != DT_OK || name->no_plural) return st;
    noun.made = name->plural.len == 0;
    noun.text = noun.made ? inflection_plural(n->c, noun.text) : compile_lower(n->c, name->plural);
    noun.flags |= ROLE_PLURAL;
    return noun.text.len == 0 ? DT_OK : add_noun(n, &noun, err);
}

static dt_status read_agents(struct nouns *n, dt_error *err)
{
    struct compile *c = n->c;
    struct entry_file *file = NULL;
    for (uint32_t i = 0; i < c->n_agents; i++) {
        const struct listed_agent *a = &c->agents[i];
        const struct petrarch_entry *e = a->entry;
        if (e->n_codes == 0 || e->codes[0].code.len == 0) continue;
        if (file == NULL || file->path != a->path) {
            file = ARENA_NEW(&c->arena, 1, struct entry_file);
            if (file == NULL) return err_nomem(err);
            file->path = a->path;
        }
        struct noun noun = {.file = file, .folder = a->folder, .line = e->line, .listed = true};
        set_agent_code(&noun, e->codes[0].code);
        for (uint32_t k = 0; k < e->n_names; k++) {
            dt_status st = read_agent_name(n, noun, &e->names[k], err);
            if (st != DT_OK) return st;
        }
    }
    return DT_OK;
}

dt_status roles_read(struct compile *c, dt_error *err)
{
    struct nouns n = {.c = c};
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++) {
        const struct compile_file *f = &c->files[i];
        if (!str_eq(f->relative, STR("roles.txt"))) continue;
        struct entry_file *file = ARENA_NEW(&c->arena, 1, struct entry_file);
        if (file == NULL) return err_nomem(err);
        struct noun base = {.file = file, .folder = f->folder};
        st = entry_parse(&c->arena, f->path, f->text, file, err);
        for (uint32_t k = 1; k < file->n_entries && st == DT_OK; k++)
            st = read_role_entry(&n, base, &file->entries[k], err);
    }
    if (st == DT_OK) st = read_agents(&n, err);
    return st == DT_OK ? keep_nouns(&n, err) : st;
}
