/* actors_read.c - actors: countries, organisations, groups and persons with their dated roles.
 *
 * In: the files under actors/ of all folders. Out: entities sorted by key, roles, names. Entries
 * are gathered first and sorted by kind and key, so that the order of files does not matter, a
 * later folder's entry can take the place of an earlier one's, and a person (kinds sort
 * alphabetically) finds the organisation that a role names. */
#include <stdio.h>
#include <stdlib.h>

#include "know/compile_parts.h"

struct actors {
    struct compile *c;
    COMPILE_TABLE(struct found_entry, found);
    bool failed;
};

/* The entry that is being read. */
struct actor_entry {
    struct compile *c;
    const struct found_entry *x;
    struct know_entity *e;
    uint32_t id;
    uint32_t first_name;              /* in c->names */
    struct str country, sector, code; /* as they stand in the fields */
    bool family_given;
};

enum { FOR_COUNTRY = 1, FOR_ORG = 2, FOR_GROUP = 4, FOR_PERSON = 8, FOR_STATES = 7, FOR_ALL = 15 };

static const char *const kind_names[] = {"country", "org", "group", "person"};

/* "alias person/vladimir-putin  V. V. Putin": further names of an actor of another place. */
static bool is_alias(const struct found_entry *x)
{
    return str_eq(x->entry->kind, STR("alias"));
}

#define TEXT(s) (int)(s).len, (s).at

/* ---- gathering ---- */

static dt_status gather_actor(struct compile *c, struct actors *a, const struct entry_file *file,
                              const struct entry *e, uint32_t folder, dt_error *err)
{
    bool known = str_eq(e->kind, STR("alias"));
    for (size_t i = 0; i < 4; i++)
        known = known || str_eq(e->kind, str_c(kind_names[i]));
    if (!known)
        return entry_error(file, e->line, err,
                           "found '%.*s' where country, org, group, person or alias was expected",
                           TEXT(e->kind));
    if (e->key.len == 0 || e->name.len == 0)
        return entry_error(file, e->line, err,
                           "found '%.*s %.*s' where '%.*s KEY Name' was expected", TEXT(e->kind),
                           TEXT(e->key), TEXT(e->kind));
    char *id = ARENA_NEW(&c->arena, e->kind.len + e->key.len + 2, char);
    struct found_entry *grown = compile_room(c, a->found, a->n_found, &a->cap_found, sizeof *grown);
    if (id == NULL || c->failed) return err_nomem(err);
    a->found = grown;
    (void)snprintf(id, e->kind.len + e->key.len + 2, "%.*s/%.*s", TEXT(e->kind), TEXT(e->key));
    a->found[a->n_found++] = (struct found_entry){file, e, folder, str_c(id)};
    return DT_OK;
}

static dt_status gather_actors(struct compile *c, struct actors *a, dt_error *err)
{
    for (uint32_t i = 0; i < c->n_files; i++) {
        const struct compile_file *f = &c->files[i];
        if (!str_starts(f->relative, STR("actors/"))) continue;
        struct entry_file *file = ARENA_NEW(&c->arena, 1, struct entry_file);
        if (file == NULL) return err_nomem(err);
        dt_status st = entry_parse(&c->arena, f->path, f->text, file, err);
        for (uint32_t k = 1; st == DT_OK && k < file->n_entries; k++)
            st = gather_actor(c, a, file, &file->entries[k], f->folder, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static int by_id(const void *a, const void *b)
{
    const struct found_entry *x = a, *y = b;
    int order = str_cmp(x->id, y->id);
    if (order != 0) return order;
    if (x->folder != y->folder) return x->folder < y->folder ? -1 : 1;
    if (x->file != y->file) return strcmp(x->file->path, y->file->path);
    return x->entry->line < y->entry->line ? -1 : 1;
}

/* Of entries with one key, the latest folder's stays; two in one folder are a mistake. Aliases only
 * add. */
static dt_status drop_replaced(struct actors *a, dt_error *err)
{
    uint32_t n = 0;
    if (a->n_found != 0) qsort(a->found, a->n_found, sizeof *a->found, by_id);
    for (uint32_t i = 0; i < a->n_found; i++) {
        const struct found_entry *x = &a->found[i], *last = n != 0 ? &a->found[n - 1] : NULL;
        if (last == NULL || is_alias(x) || !str_eq(last->id, x->id)) {
            a->found[n++] = *x;
            continue;
        }
        if (last->folder == x->folder)
            return entry_error(x->file, x->entry->line, err, "%.*s stands in %s:%u already",
                               TEXT(x->id), last->file->path, last->entry->line);
        a->found[n - 1] = *x;
    }
    a->n_found = n;
    return DT_OK;
}

/* ---- fields ---- */

static dt_status expected(const struct actor_entry *a, const struct entry_field *f,
                          const char *what, dt_error *err)
{
    return entry_error(a->x->file, f->line, err, "found '%.*s' after %.*s; expected %s",
                       TEXT(f->value), TEXT(f->name), what);
}

static void add_actor_name(struct actor_entry *a, struct str surface, struct know_sense sense)
{
    sense.of = a->id;
    compile_name(a->c, surface, sense, a->x->folder);
}

/* The last word of a person's name, or "" when there is but one. */
static struct str family_of(struct str name)
{
    size_t at = name.len;
    while (at > 0 && name.at[at - 1] != ' ')
        at--;
    return at == 0 ? STR("") : str_cut(name, at, name.len);
}

static dt_status read_names(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    struct str rest = f->value, item;
    (void)err;
    while (entry_next_item(&rest, &item))
        if (item.len != 0) add_actor_name(a, item, (struct know_sense){.kind = SENSE_NAME});
    return DT_OK;
}

/* Marks what has that name already; else it is a further name, of one word a person's family name.
 */
static void add_weak(struct actor_entry *a, struct str name)
{
    bool family = a->e->kind == ENTITY_PERSON && str_find(name, ' ', 0) == name.len, found = false;
    for (uint32_t i = a->first_name; i < a->c->n_names; i++) {
        if (!str_eq(a->c->names[i].surface, name)) continue;
        a->c->names[i].sense.weak = 1;
        found = true;
    }
    if (!found)
        add_actor_name(a, name,
                       (struct know_sense){.kind = family ? SENSE_FAMILY : SENSE_NAME, .weak = 1});
}

/* Only when the names are complete. */
static void add_weak_names(struct actor_entry *a)
{
    for (uint32_t i = 0; i < a->x->entry->n_fields; i++) {
        const struct entry_field *f = &a->x->entry->fields[i];
        struct str rest = f->value, item;
        if (!str_eq(f->name, STR("weak"))) continue;
        while (entry_next_item(&rest, &item))
            if (item.len != 0) add_weak(a, item);
    }
}

static dt_status read_weak(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    return f->value.len != 0 ? DT_OK : expected(a, f, "names that are ordinary words, too", err);
}

/* "region yes": Europe, the Middle East; no state, but it has a code and a people like one. */
static dt_status read_region(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    if (!str_eq(f->value, STR("yes"))) return expected(a, f, "yes", err);
    a->e->region = 1;
    return DT_OK;
}

static bool is_plural_people(struct str s)
{
    return (str_ends(s, STR("s")) && !str_ends(s, STR("ss"))) || str_ends(s, STR("men")) ||
           str_ends(s, STR("women"));
}

/* "Russian, Russians": the last of several is the plural. Where there is none, one is made for
 * those that take an s. */
static dt_status read_people(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    struct str rest = f->value, item, first = {NULL, 0};
    bool plural = false;
    while (entry_next_item(&rest, &item)) {
        if (item.len == 0) continue;
        bool last = first.at != NULL && rest.len == 0;
        if (first.at == NULL) first = item;
        bool this_plural = last || is_plural_people(item);
        plural = plural || this_plural;
        add_actor_name(a, item, (struct know_sense){.kind = SENSE_PEOPLE, .plural = this_plural});
    }
    if (first.at == NULL) return expected(a, f, "'Russian, Russians'", err);
    if (plural || !(str_ends(first, STR("n")) || str_ends(first, STR("i")))) return DT_OK;
    char *made = ARENA_NEW(&a->c->arena, first.len + 2, char);
    if (made == NULL) return err_nomem(err);
    (void)snprintf(made, first.len + 2, "%.*ss", TEXT(first));
    add_actor_name(a, str_c(made), (struct know_sense){.kind = SENSE_PEOPLE, .plural = 1});
    return DT_OK;
}

static dt_status read_capital(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    struct str rest = f->value, item;
    (void)err;
    while (entry_next_item(&rest, &item))
        if (item.len != 0) add_actor_name(a, item, (struct know_sense){.kind = SENSE_CAPITAL});
    return DT_OK;
}

static bool is_code(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(s.at[i] >= 'A' && s.at[i] <= 'Z') && !(s.at[i] >= '0' && s.at[i] <= '9'))
            return false;
    return s.len >= 2 && s.len <= 24;
}

static dt_status check_sector(const struct actor_entry *a, const struct entry_field *f,
                              struct str sector, dt_error *err)
{
    if (compile_sector_known(a->c, sector)) return DT_OK;
    return entry_error(
        a->x->file, f->line, err,
        "there is no sector '%.*s'; words/sectors.txt describes all, and your folder's "
        "may add one",
        TEXT(sector));
}

/* Countries may name one that is read later. */
static dt_status check_country(const struct actor_entry *a, const struct entry_field *f,
                               struct str country, dt_error *err)
{
    if (a->e->kind == ENTITY_COUNTRY || compile_country_known(a->c, country)) return DT_OK;
    return entry_error(a->x->file, f->line, err,
                       "there is no country '%.*s' (ISO 3166-1 alpha-3); an entry 'country %.*s  "
                       "Name' adds one",
                       TEXT(country), TEXT(country));
}

static dt_status read_seat(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    struct str rest = f->value, sector, item;
    if (!entry_next_word(&rest, &sector) || !is_code(sector) || rest.len == 0)
        return expected(a, f, "a sector and names: 'GOV Kremlin'", err);
    dt_status st = check_sector(a, f, sector, err);
    if (st != DT_OK) return st;
    uint32_t sector_text = compile_intern(a->c, sector);
    while (entry_next_item(&rest, &item))
        if (item.len != 0)
            add_actor_name(a, item, (struct know_sense){.kind = SENSE_SEAT, .sector = sector_text});
    return DT_OK;
}

static dt_status read_cameo(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    if (!is_code(f->value))
        return expected(a, f, "a code of CAMEO's in capitals: 'PSEREBHMS'", err);
    a->e->cameo = compile_intern(a->c, f->value);
    return DT_OK;
}

static dt_status read_code(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    if (!is_code(f->value)) return expected(a, f, "a code in capitals: 'IGONAT'", err);
    a->code = f->value;
    return DT_OK;
}

static dt_status read_country(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    if (!is_code(f->value)) return expected(a, f, "a country code in capitals: 'PSE'", err);
    a->country = f->value;
    return check_country(a, f, f->value, err);
}

static dt_status read_sector(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    if (!is_code(f->value)) return expected(a, f, "a sector in capitals: 'GOV'", err);
    a->sector = f->value;
    return check_sector(a, f, f->value, err);
}

static dt_status read_since(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    return compile_day(f->value, &a->e->since) ? DT_OK
                                               : expected(a, f, "a date: '1991-12-26'", err);
}

static dt_status read_until(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    return compile_day(f->value, &a->e->until) ? DT_OK
                                               : expected(a, f, "a date: '1991-12-26'", err);
}

static dt_status read_gender(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    if (!str_eq(f->value, STR("m")) && !str_eq(f->value, STR("f")))
        return expected(a, f, "m or f", err);
    a->e->gender = (uint8_t)f->value.at[0];
    return DT_OK;
}

static void add_family(struct actor_entry *a, struct str name)
{
    add_actor_name(a, name, (struct know_sense){.kind = SENSE_FAMILY});
}

static dt_status read_family(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    struct str rest = f->value, item;
    if (rest.len == 0) return expected(a, f, "a family name or none", err);
    a->family_given = true;
    while (!str_eq(f->value, STR("none")) && entry_next_item(&rest, &item))
        if (item.len != 0) add_family(a, item);
    return DT_OK;
}

/* ---- roles ---- */

static const struct know_entity *entity_with_key(const struct compile *c, struct str key)
{
    uint32_t low = 0, high = c->n_entities;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_cmp(str_c(compile_text(c, c->entities[middle].key)), key);
        if (order == 0) return &c->entities[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static uint32_t intern_joined(struct compile *c, struct str a, struct str b)
{
    char text[64];
    (void)snprintf(text, sizeof text, "%.*s%.*s", TEXT(a), TEXT(b));
    return compile_intern(c, str_c(text));
}

/* "RUS", "org/nato" or "group/hamas" at the front of a role. */
static dt_status read_role_side(struct actor_entry *a, const struct entry_field *f, struct str side,
                                struct str sector, struct know_role *role, dt_error *err)
{
    dt_status st = check_sector(a, f, sector, err);
    if (st != DT_OK) return st;
    role->sector = compile_intern(a->c, sector);
    if (is_code(side)) {
        role->country = compile_intern(a->c, side);
        role->code = intern_joined(a->c, side, sector);
        return check_country(a, f, side, err);
    }
    const struct know_entity *body = entity_with_key(a->c, side);
    if (body == NULL)
        return entry_error(a->x->file, f->line, err,
                           "found '%.*s' where a country code or the key of an organisation or a "
                           "group was expected ('RUS', 'org/nato')",
                           TEXT(side));
    role->country = body->country;
    role->code = body->code;
    return DT_OK;
}

static dt_status read_role(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    struct str rest = f->value, side, sector, period;
    if (!entry_next_word(&rest, &side) || !entry_next_word(&rest, &sector) ||
        !entry_next_word(&rest, &period))
        return expected(a, f, "COUNTRY SECTOR FROM..TO title", err);
    struct know_role role = {.title = compile_intern(a->c, rest)};
    if (!is_code(sector)) return expected(a, f, "a sector in capitals in second place: 'GOV'", err);
    if (!compile_period(period, &role.from, &role.to))
        return expected(a, f, "a period FROM..TO in third place: '2012-05-07..2018-05'", err);
    dt_status st = read_role_side(a, f, side, sector, &role, err);
    if (st != DT_OK) return st;
    struct know_role *place = COMPILE_ADD(a->c, roles);
    if (place == NULL) return err_nomem(err);
    *place = role;
    return DT_OK;
}

/* ---- entries ---- */

static const struct actor_field {
    const char *name;
    int kinds;
    dt_status (*read)(struct actor_entry *a, const struct entry_field *f, dt_error *err);
} actor_fields[] = {
    {"name", FOR_ALL, read_names},       {"weak", FOR_ALL, read_weak},
    {"people", FOR_STATES, read_people}, {"capital", FOR_STATES, read_capital},
    {"seat", FOR_STATES, read_seat},     {"code", FOR_ALL, read_code},
    {"country", FOR_ALL, read_country},  {"sector", FOR_ALL, read_sector},
    {"since", FOR_STATES, read_since},   {"until", FOR_STATES, read_until},
    {"gender", FOR_PERSON, read_gender}, {"family", FOR_PERSON, read_family},
    {"role", FOR_PERSON, read_role},     {"region", FOR_COUNTRY, read_region},
    {"cameo", FOR_ALL, read_cameo},
};

static dt_status read_actor_field(struct actor_entry *a, const struct entry_field *f, dt_error *err)
{
    for (size_t i = 0; i < sizeof actor_fields / sizeof actor_fields[0]; i++) {
        const struct actor_field *known = &actor_fields[i];
        if (!str_eq(f->name, str_c(known->name))) continue;
        if ((known->kinds & 1 << a->e->kind) == 0) break;
        if (f->n_more != 0)
            return entry_error(a->x->file, f->more[0].line, err,
                               "found a continued line where a field was expected");
        return known->read(a, f, err);
    }
    return entry_error(a->x->file, f->line, err, "'%.*s' is no field of a %s", TEXT(f->name),
                       kind_names[a->e->kind]);
}

static int by_begin(const void *a, const void *b)
{
    const struct know_role *x = a, *y = b;
    if (x->from != y->from) return x->from < y->from ? -1 : 1;
    if (x->to != y->to) return x->to < y->to ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

/* Outside all offices: a former elite of the last one's country. */
static dt_status finish_person(struct actor_entry *a, dt_error *err)
{
    struct compile *c = a->c;
    uint32_t n = a->e->role_end - a->e->role_begin;
    if (n != 0) qsort(c->roles + a->e->role_begin, n, sizeof *c->roles, by_begin);
    if (a->country.len == 0 && a->code.len == 0 && n == 0)
        return entry_error(a->x->file, a->x->entry->line, err,
                           "%.*s has neither a role nor a country", TEXT(a->x->id));
    if (a->country.len != 0 || a->code.len != 0) {
        struct str country = a->country.len != 0 ? a->country : str_cut(a->code, 0, 3);
        a->e->country = compile_intern(c, country);
        a->e->sector = compile_intern(c, a->sector);
        a->e->code =
            a->code.len != 0 ? compile_intern(c, a->code) : intern_joined(c, country, a->sector);
        return DT_OK;
    }
    const struct know_role *last = &c->roles[a->e->role_end - 1];
    struct str country = str_c(compile_text(c, last->country));
    if (country.len != 3) country = str_cut(str_c(compile_text(c, last->code)), 0, 3);
    a->e->country = last->country;
    struct str former = compile_sector_with(c, SECTOR_FORMER);
    a->e->sector = compile_intern(c, former);
    a->e->code = intern_joined(c, country, former);
    return DT_OK;
}

static dt_status finish_body(struct actor_entry *a, dt_error *err)
{
    struct compile *c = a->c;
    struct str country = a->country;
    if (a->e->kind == ENTITY_COUNTRY && country.len == 0) country = a->x->entry->key;
    if (a->e->kind == ENTITY_ORG && country.len == 0 && a->code.len != 0) country = STR("IGO");
    if (country.len == 0)
        return entry_error(a->x->file, a->x->entry->line, err,
                           "%.*s has neither a code nor a country", TEXT(a->x->id));
    a->e->country = compile_intern(c, country);
    a->e->sector = compile_intern(c, a->sector);
    a->e->code =
        a->code.len != 0 ? compile_intern(c, a->code) : intern_joined(c, country, a->sector);
    return DT_OK;
}

/* The last words of a person's names, unless the entry says what the family name is. */
static void add_families(struct actor_entry *a)
{
    uint32_t end = a->c->n_names;
    for (uint32_t i = a->first_name; i < end && !a->family_given; i++) {
        const struct raw_name *n = &a->c->names[i];
        struct str family = n->sense.kind == SENSE_NAME ? family_of(n->surface) : STR("");
        if (family.len > 1) add_family(a, family);
    }
}

static void link_place(struct actor_entry *a)
{
    const struct compile *c = a->c;
    if (a->e->kind != ENTITY_COUNTRY) return;
    for (uint32_t i = 0; i < c->n_places && a->e->place == 0; i++)
        if (c->places[i].kind == 'C' && c->places[i].country == a->e->country) a->e->place = i + 1;
}

static dt_status read_actor(struct compile *c, const struct found_entry *x, dt_error *err)
{
    struct actor_entry a = {.c = c, .x = x, .e = COMPILE_ADD(c, entities)};
    if (a.e == NULL) return err_nomem(err);
    a.id = c->n_entities - 1;
    while (!str_eq(x->entry->kind, str_c(kind_names[a.e->kind])))
        a.e->kind++;
    a.e->key = compile_intern(c, x->id);
    a.e->name = compile_intern(c, x->entry->name);
    a.e->since = DAY_MIN;
    a.e->until = DAY_MAX;
    a.e->role_begin = c->n_roles;
    a.first_name = c->n_names;
    dt_status st = DT_OK;
    add_actor_name(&a, x->entry->name, (struct know_sense){.kind = SENSE_NAME});
    for (uint32_t i = 0; i < x->entry->n_fields && st == DT_OK; i++)
        st = read_actor_field(&a, &x->entry->fields[i], err);
    if (st != DT_OK) return st;
    a.e->role_end = c->n_roles;
    if (a.e->kind == ENTITY_PERSON) add_families(&a);
    add_weak_names(&a);
    st = a.e->kind == ENTITY_PERSON ? finish_person(&a, err) : finish_body(&a, err);
    if (st == DT_OK) link_place(&a);
    return st;
}

/* When all actors are there. */
static dt_status read_alias(struct compile *c, const struct found_entry *x, dt_error *err)
{
    const struct know_entity *e = entity_with_key(c, x->entry->key);
    struct str rest = x->entry->name, item;
    if (e == NULL)
        return entry_error(x->file, x->entry->line, err,
                           "found '%.*s' where the key of an actor was expected ('person/KEY')",
                           TEXT(x->entry->key));
    if (x->entry->n_fields != 0)
        return entry_error(x->file, x->entry->fields[0].line, err, "'%.*s' is no field of an alias",
                           TEXT(x->entry->fields[0].name));
    struct know_sense sense = {.of = (uint32_t)(e - c->entities), .kind = SENSE_NAME};
    while (entry_next_item(&rest, &item))
        if (item.len != 0) compile_name(c, item, sense, x->folder);
    return DT_OK;
}

dt_status actors_read(struct compile *c, dt_error *err)
{
    struct actors a = {.c = c};
    dt_status st = gather_actors(c, &a, err);
    if (st == DT_OK) st = drop_replaced(&a, err);
    for (uint32_t i = 0; i < a.n_found && st == DT_OK; i++)
        if (!is_alias(&a.found[i])) st = read_actor(c, &a.found[i], err);
    for (uint32_t i = 0; i < a.n_found && st == DT_OK; i++)
        if (is_alias(&a.found[i])) st = read_alias(c, &a.found[i], err);
    if (st == DT_OK && c->failed) st = err_nomem(err);
    return st;
}
