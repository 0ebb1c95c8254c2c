/* petrarch_read.c - dictionaries of actors of PETRARCH and TABARI -> entities and names.
 *
 * In: the files under petrarch/ and what actors_read() made. A dictionary tells codes and no more;
 * so an entry whose name our base has, too, gives that entity its codes, and the rest of what the
 * base knows of it stays (people, family name, titles). A name of a country whose code is that
 * country's is one more of its names. Everything else becomes an entity "petrarch/NAME". Their
 * senses are marked as given: where they have a code on the story's day, they win.
 *
 * Codes: the first that is dated to the day, else the first without a date, else what our base
 * says. The periods of an entity are cut so that just one holds on each day. Cost: linear but for
 * sorting. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "know/fold.h"
#include "know/petrarch.h"

#define TEXT(s) (int)(s).len, (s).at

enum {
    STEM_LETTERS = 4,    /* a shorter beginning of a word says too little */
    EXACT_LETTERS = 3,   /* a single word as short as this is an acronym */
    COUNTRY_LETTERS = 3, /* a code begins with those of a country */
    PERSON_WORDS = 5     /* a person's name has two to five words */
};

/* An entry of one name, merged with those that repeat it. */
struct listed {
    struct petrarch_entry *entry;
    struct str key; /* "petrarch/aaron_aardvark" */
    uint32_t folder, order;
    uint32_t target; /* entity, or NONE: an own one */
    bool recodes;    /* its codes replace those of the target */
};

struct name_slot {
    uint64_t hash;  /* of the folded name; 0: empty */
    uint32_t first; /* in c->names + 1, or 0 */
    bool listed;    /* a dictionary has the name */
};

struct dictionary {
    struct compile *c;
    COMPILE_TABLE(struct listed, list);
    struct name_slot *slots;
    uint32_t mask;
    uint32_t *next;  /* of each raw name: the next of the same folded form + 1, or 0 */
    uint32_t n_base; /* names that were there before */
    uint32_t *owner; /* of each entity: index in list + 1 of the entry that recoded it, or 0 */
    uint32_t n_entities;
};

/* ---- names of the base ---- */

/* One hash for all ways to write a name: letters folded, dots dropped, hyphens as blanks. */
static uint64_t name_hash(struct str s)
{
    char folded[256];
    size_t n = fold_word(s, folded, sizeof folded), kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (folded[i] == '.') continue;
        bool blank = folded[i] == '-' || folded[i] == '_' || folded[i] == ' ';
        if (blank && (kept == 0 || folded[kept - 1] == ' ')) continue;
        folded[kept++] = blank ? ' ' : folded[i];
    }
    while (kept != 0 && folded[kept - 1] == ' ')
        kept--;
    return str_hash(str_of(folded, kept)) | 1;
}

static struct name_slot *slot_of(const struct dictionary *d, struct str name)
{
    uint64_t hash = name_hash(name);
    uint32_t at = (uint32_t)(hash >> 8) & d->mask;
    while (d->slots[at].hash != 0 && d->slots[at].hash != hash)
        at = (at + 1) & d->mask;
    d->slots[at].hash = hash;
    return &d->slots[at];
}

static bool of_entity(const struct raw_name *n)
{
    return n->sense.kind == SENSE_NAME || n->sense.kind == SENSE_PEOPLE ||
           n->sense.kind == SENSE_CAPITAL || n->sense.kind == SENSE_FAMILY;
}

static dt_status index_names(struct dictionary *d, uint32_t n_more, dt_error *err)
{
    struct compile *c = d->c;
    uint32_t n = c->n_names + n_more;
    d->n_base = c->n_names;
    d->n_entities = c->n_entities;
    for (d->mask = 1023; d->mask < n * 2;)
        d->mask = d->mask * 2 + 1;
    d->slots = ARENA_NEW(&c->arena, (size_t)d->mask + 1, struct name_slot);
    d->next = ARENA_NEW(&c->arena, (size_t)c->n_names + 1, uint32_t);
    d->owner = ARENA_NEW(&c->arena, (size_t)c->n_entities + 1, uint32_t);
    if (d->slots == NULL || d->next == NULL || d->owner == NULL) return err_nomem(err);
    for (uint32_t i = c->n_names; i-- > 0;) { /* the first of one form comes first */
        if (!of_entity(&c->names[i])) continue;
        struct name_slot *slot = slot_of(d, c->names[i].surface);
        d->next[i] = slot->first;
        slot->first = i + 1;
    }
    return DT_OK;
}

/* ---- how people write a name that is listed in capitals ---- */

static bool has_lower(struct str s)
{
    uint32_t cp;
    for (size_t at = 0; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        if (utf8_is_lower(cp)) return true;
    }
    return false;
}

/* "UN", "U.N.", "FLNC": letters that are read one by one. */
static bool is_acronym(struct str word, bool alone)
{
    size_t letters = 0, dots = 0;
    bool vowel = false;
    for (size_t i = 0; i < word.len; i++) {
        dots += word.at[i] == '.' && i != 0 && i + 1 < word.len;
        letters += word.at[i] != '.';
        vowel = vowel || strchr("AEIOUY", word.at[i]) != NULL || (unsigned char)word.at[i] >= 0x80;
    }
    return dots != 0 || !vowel || (alone && letters <= EXACT_LETTERS);
}

static size_t put_titled(struct str word, char *out)
{
    bool first = true;
    size_t n = 0;
    uint32_t cp;
    for (size_t at = 0; at < word.len;) {
        at += utf8_decode(word, at, &cp);
        n += utf8_encode(first ? cp : utf8_lower(cp), out + n);
        first = cp == '-' || (cp == '\'' && n == 2); /* O'Brien, Ki-Moon */
    }
    return n;
}

/* "Aaron Aardvark" for "AARON AARDVARK"; as it stands when it has small letters. */
static struct str written(struct compile *c, struct str listed)
{
    struct str rest = listed, word;
    char *out = ARENA_NEW(&c->arena, listed.len * 2 + 8, char);
    size_t n = 0;
    bool alone = str_find(listed, ' ', 0) == listed.len;
    if (out == NULL) return STR("");
    if (has_lower(listed)) return listed;
    while (entry_next_word(&rest, &word)) {
        if (n != 0) out[n++] = ' ';
        if (is_acronym(word, alone)) {
            memcpy(out + n, word.at, word.len);
            n += word.len;
        } else {
            n += put_titled(word, out + n);
        }
    }
    return str_of(out, n);
}

static uint32_t word_count(struct str s)
{
    struct str rest = s, word;
    uint32_t n = 0;
    while (entry_next_word(&rest, &word))
        n++;
    return n;
}

/* ---- gathering ---- */

static struct str key_of(struct compile *c, struct str name)
{
    size_t room = name.len + sizeof PETRARCH_FOLDER;
    char *key = ARENA_NEW(&c->arena, room, char);
    if (key == NULL) return STR("");
    int n = snprintf(key, room, PETRARCH_FOLDER "%.*s", TEXT(name));
    for (int i = 0; i < n; i++)
        key[i] = (char)(key[i] == ' '                    ? '_'
                        : key[i] >= 'A' && key[i] <= 'Z' ? key[i] + 32
                                                         : key[i]);
    return str_of(key, (size_t)n);
}

static bool names_somebody(const struct petrarch_entry *e)
{
    for (uint32_t i = 0; i < e->n_codes; i++)
        if (e->codes[i].code.len != 0) return e->n_names != 0;
    return false;
}

static dt_status gather_entries(struct dictionary *d, const struct petrarch_file *file,
                                uint32_t folder, dt_error *err)
{
    struct compile *c = d->c;
    for (uint32_t i = 0; i < file->n_entries; i++) {
        struct petrarch_entry *e = &file->entries[i];
        if (!names_somebody(e)) continue;
        struct listed *grown = compile_room(c, d->list, d->n_list, &d->cap_list, sizeof *grown);
        if (c->failed) return err_nomem(err);
        d->list = grown;
        d->list[d->n_list] =
            (struct listed){e, key_of(c, e->names[0].text), folder, d->n_list, NONE, false};
        d->n_list++;
    }
    return DT_OK;
}

static dt_status gather_file(struct dictionary *d, const struct compile_file *f, dt_error *err)
{
    struct compile *c = d->c;
    struct petrarch_file file;
    dt_status st = petrarch_parse(c, f, &file, err);
    if (st != DT_OK) return st;
    if (file.kind == PETRARCH_ACTORS) return gather_entries(d, &file, f->folder, err);
    for (uint32_t i = 0; i < file.n_entries; i++) {
        struct listed_agent *a = COMPILE_ADD(c, agents);
        if (a == NULL) return err_nomem(err);
        *a = (struct listed_agent){&file.entries[i], f->path, f->folder};
    }
    return DT_OK;
}

static int by_key(const void *a, const void *b)
{
    const struct listed *x = a, *y = b;
    int order = str_cmp(x->key, y->key);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

/* Puts the names and codes of an entry that repeats a name behind those of the first. */
static bool merge_entry(struct compile *c, struct petrarch_entry *into,
                        const struct petrarch_entry *from)
{
    struct petrarch_name *names =
        arena_grow(&c->arena, into->names, into->n_names, into->n_names + from->n_names,
                   &into->names_cap, sizeof *names);
    struct petrarch_code *codes =
        arena_grow(&c->arena, into->codes, into->n_codes, into->n_codes + from->n_codes,
                   &into->codes_cap, sizeof *codes);
    if (names == NULL || codes == NULL) return false;
    memcpy(names + into->n_names, from->names, from->n_names * sizeof *names);
    memcpy(codes + into->n_codes, from->codes, from->n_codes * sizeof *codes);
    into->names = names;
    into->codes = codes;
    into->n_names += from->n_names;
    into->n_codes += from->n_codes;
    return true;
}

static dt_status merge_repeated(struct dictionary *d, dt_error *err)
{
    uint32_t n = 0;
    if (d->n_list != 0) qsort(d->list, d->n_list, sizeof *d->list, by_key);
    for (uint32_t i = 0; i < d->n_list; i++) {
        if (n == 0 || !str_eq(d->list[n - 1].key, d->list[i].key))
            d->list[n++] = d->list[i];
        else if (!merge_entry(d->c, d->list[n - 1].entry, d->list[i].entry))
            return err_nomem(err);
    }
    d->n_list = n;
    return DT_OK;
}

/* ---- stems ---- */

static bool begins_with(struct str word, struct str stem)
{
    return word.len > stem.len && str_eq_nocase(str_cut(word, 0, stem.len), stem);
}

/* A stem of TABARI ("NORW") that is no name itself stands for the countries and peoples of our base
 * that begin so, but for those that the dictionary lists on their own. */
static dt_status expand_stem(struct dictionary *d, struct petrarch_entry *e, struct str stem,
                             dt_error *err)
{
    struct compile *c = d->c;
    for (uint32_t i = 0; i < d->n_base; i++) {
        const struct raw_name *n = &c->names[i];
        if (n->sense.kind != SENSE_NAME && n->sense.kind != SENSE_PEOPLE) continue;
        if (!begins_with(n->surface, stem) || n->surface.at[0] == ' ') continue;
        const struct know_entity *of = &c->entities[n->sense.of];
        if (of->kind != ENTITY_COUNTRY || of->region) continue;
        if (str_find(n->surface, ' ', 0) != n->surface.len) continue;
        if (slot_of(d, n->surface)->listed) continue;
        struct petrarch_name *grown = arena_grow(&c->arena, e->names, e->n_names, e->n_names + 1,
                                                 &e->names_cap, sizeof *grown);
        if (grown == NULL) return err_nomem(err);
        e->names = grown;
        e->names[e->n_names++] = (struct petrarch_name){.text = n->surface};
    }
    return DT_OK;
}

static dt_status expand_stems(struct dictionary *d, dt_error *err)
{
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < d->n_list; i++)
        for (uint32_t k = 0; k < d->list[i].entry->n_names; k++)
            slot_of(d, d->list[i].entry->names[k].text)->listed = true;
    for (uint32_t i = 0; i < d->n_list; i++) {
        struct petrarch_entry *e = d->list[i].entry;
        uint32_t n = e->n_names; /* those that are added are no stems */
        for (uint32_t k = 0; k < n && st == DT_OK; k++) {
            struct petrarch_name name = e->names[k];
            bool word = name.stem && name.text.len >= STEM_LETTERS &&
                        str_find(name.text, ' ', 0) == name.text.len;
            if (word && slot_of(d, name.text)->first == 0) st = expand_stem(d, e, name.text, err);
        }
    }
    return st;
}

/* ---- whose codes they are ---- */

/* One of its codes is of a country as a whole: "[SUNGEO <911221] [GEO >911221]". */
static bool is_of_country(const struct petrarch_entry *e)
{
    for (uint32_t i = 0; i < e->n_codes; i++)
        if (e->codes[i].code.len == COUNTRY_LETTERS) return true;
    return false;
}

static bool is_country_code(const struct petrarch_entry *e)
{
    return e->n_codes == 1 && !e->codes[0].dated && e->codes[0].code.len == COUNTRY_LETTERS;
}

static uint32_t country_of_base(const struct dictionary *d, struct str code)
{
    const struct compile *c = d->c;
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct know_entity *e = &c->entities[i];
        if (e->kind != ENTITY_COUNTRY || e->region) continue;
        if (str_eq(str_c(compile_text(c, e->code)), code)) return i;
    }
    return NONE;
}

/* The one entity of the base that has the name, or NONE. A people is one with its country only
 * where the entry is a country's. */
static uint32_t bearer_of(const struct dictionary *d, const struct listed *l, struct str name)
{
    uint32_t found = NONE;
    for (uint32_t i = slot_of(d, name)->first; i != 0; i = d->next[i - 1]) {
        const struct raw_name *n = &d->c->names[i - 1];
        bool whole = n->sense.kind == SENSE_NAME ||
                     (n->sense.kind == SENSE_PEOPLE && is_of_country(l->entry));
        if (!whole || n->folder >= l->folder) continue;
        if (found != NONE && found != n->sense.of) return NONE;
        found = n->sense.of;
    }
    return found;
}

static bool same_codes(const struct petrarch_entry *a, const struct petrarch_entry *b)
{
    if (a->n_codes != b->n_codes) return false;
    for (uint32_t i = 0; i < a->n_codes; i++) {
        const struct petrarch_code *x = &a->codes[i], *y = &b->codes[i];
        if (!str_eq(x->code, y->code) || x->from != y->from || x->to != y->to) return false;
    }
    return true;
}

/* A state is what its parts, people and bodies are composed with: no code of a part of it may take
 * the place of its own. */
static bool may_recode(const struct dictionary *d, const struct listed *l)
{
    return d->c->entities[l->target].kind != ENTITY_COUNTRY || is_of_country(l->entry);
}

static void find_target(struct dictionary *d, uint32_t at)
{
    struct listed *l = &d->list[at];
    if (is_country_code(l->entry)) {
        l->target = country_of_base(d, l->entry->codes[0].code);
        if (l->target != NONE) return;
    }
    for (uint32_t i = 0; i < l->entry->n_names && l->target == NONE; i++)
        l->target = bearer_of(d, l, l->entry->names[i].text);
    if (l->target != NONE && !may_recode(d, l)) l->target = NONE;
    if (l->target == NONE) return;
    uint32_t *owner = &d->owner[l->target];
    if (*owner == 0) {
        *owner = at + 1;
        l->recodes = true;
    } else if (!same_codes(d->list[*owner - 1].entry, l->entry)) {
        l->target = NONE;
    }
}

/* ---- codes by date ---- */

static struct str country_of_code(struct str code)
{
    return str_cut(code, 0, code.len < COUNTRY_LETTERS ? code.len : COUNTRY_LETTERS);
}

/* The three letters behind the country where they are those of a sector; else none. */
static struct str sector_of_code(const struct compile *c, struct str code)
{
    if (code.len < 2 * COUNTRY_LETTERS) return STR("");
    struct str sector = str_cut(code, COUNTRY_LETTERS, 2 * COUNTRY_LETTERS);
    for (uint32_t i = 0; i < c->n_sectors; i++)
        if (str_eq(str_c(c->sectors[i].code), sector)) return sector;
    return STR("");
}

static const struct petrarch_code *code_without_date(const struct petrarch_entry *e)
{
    for (uint32_t i = 0; i < e->n_codes; i++)
        if (!e->codes[i].dated && e->codes[i].code.len != 0) return &e->codes[i];
    return NULL;
}

static const struct petrarch_code *code_dated_to(const struct petrarch_entry *e, int32_t day)
{
    for (uint32_t i = 0; i < e->n_codes; i++)
        if (e->codes[i].dated && e->codes[i].from <= day && day < e->codes[i].to)
            return &e->codes[i];
    return NULL;
}

static const struct know_role *role_of_base(const struct compile *c, const struct know_entity *e,
                                            int32_t day)
{
    const struct know_role *found = NULL;
    for (uint32_t i = e->role_begin; i < e->role_end; i++)
        if (c->roles[i].from <= day && day < c->roles[i].to) found = &c->roles[i];
    return found;
}

static int by_day(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The days on which something may change, sorted, DAY_MIN first and DAY_MAX last. */
static int32_t *days_of_change(struct compile *c, const struct know_entity *e,
                               const struct petrarch_entry *entry, size_t *n)
{
    size_t most = 2 + 2 * ((size_t)entry->n_codes + (e->role_end - e->role_begin));
    int32_t *days = ARENA_NEW(&c->arena, most, int32_t);
    if (days == NULL) return NULL;
    days[0] = DAY_MIN;
    days[1] = DAY_MAX;
    *n = 2;
    for (uint32_t i = 0; i < entry->n_codes; i++) {
        days[(*n)++] = entry->codes[i].from;
        days[(*n)++] = entry->codes[i].to;
    }
    for (uint32_t i = e->role_begin; i < e->role_end; i++) {
        days[(*n)++] = c->roles[i].from;
        days[(*n)++] = c->roles[i].to;
    }
    qsort(days, *n, sizeof *days, by_day);
    return days;
}

/* The office from `day` on; false when there is none. */
static bool office_from(struct compile *c, const struct know_entity *e,
                        const struct petrarch_entry *entry, int32_t day, struct know_role *out)
{
    const struct petrarch_code *code = code_dated_to(entry, day);
    const struct know_role *base = role_of_base(c, e, day);
    if (code == NULL) code = code_without_date(entry);
    if (code == NULL && base == NULL) return false;
    if (base != NULL) *out = *base;
    if (code == NULL) return true;
    if (code->code.len == 0) return false;
    out->code = compile_intern(c, code->code);
    out->country = compile_intern(c, country_of_code(code->code));
    out->sector = compile_intern(c, sector_of_code(c, code->code));
    return true;
}

static dt_status cut_offices(struct compile *c, struct know_entity *e,
                             const struct petrarch_entry *entry, dt_error *err)
{
    size_t n = 0;
    int32_t *days = days_of_change(c, e, entry, &n);
    uint32_t begin = c->n_roles;
    if (days == NULL) return err_nomem(err);
    for (size_t i = 0; i + 1 < n; i++) {
        struct know_role role = {0}, *last = c->n_roles > begin ? &c->roles[c->n_roles - 1] : NULL;
        if (days[i] == days[i + 1] || !office_from(c, e, entry, days[i], &role)) continue;
        role.from = days[i];
        role.to = days[i + 1];
        if (last != NULL && last->to == role.from && last->code == role.code &&
            last->title == role.title) {
            last->to = role.to;
            continue;
        }
        struct know_role *place = COMPILE_ADD(c, roles);
        if (place == NULL) return err_nomem(err);
        *place = role;
    }
    e->role_begin = begin;
    e->role_end = c->n_roles;
    return DT_OK;
}

static bool has_dates(const struct petrarch_entry *e)
{
    for (uint32_t i = 0; i < e->n_codes; i++)
        if (e->codes[i].dated) return true;
    return false;
}

/* What the entity is when no office is dated to the day, or a former one is spoken of. */
static void set_code(struct compile *c, struct know_entity *e, const struct petrarch_entry *entry,
                     bool made)
{
    const struct petrarch_code *code = code_without_date(entry);
    bool former = code == NULL && e->kind == ENTITY_PERSON;
    if (code == NULL && !made) return;
    for (uint32_t i = entry->n_codes; i-- > 0 && code == NULL;)
        if (entry->codes[i].code.len != 0) code = &entry->codes[i];
    struct str country = country_of_code(code->code),
               sector =
                   former ? compile_sector_with(c, SECTOR_FORMER) : sector_of_code(c, code->code);
    char text[64];
    (void)snprintf(text, sizeof text, "%.*s%.*s", TEXT(country), TEXT(sector));
    e->code = compile_intern(c, former ? str_c(text) : code->code);
    e->sector = compile_intern(c, sector);
    if (made || e->kind != ENTITY_COUNTRY) e->country = compile_intern(c, country);
}

static dt_status recode(struct dictionary *d, struct know_entity *e,
                        const struct petrarch_entry *entry, bool made, dt_error *err)
{
    dt_status st = DT_OK;
    if (has_dates(entry) || e->role_begin != e->role_end) st = cut_offices(d->c, e, entry, err);
    if (st == DT_OK) set_code(d->c, e, entry, made);
    return st;
}

/* ---- entities of their own ---- */

/* Whether an organisation of the base has the code's letters: then they are no country's. */
static bool is_body_code(const struct dictionary *d, struct str code)
{
    const struct compile *c = d->c;
    for (uint32_t i = 0; i < d->n_entities; i++) {
        const struct know_entity *e = &c->entities[i];
        if (e->kind == ENTITY_COUNTRY) continue;
        if (str_eq(str_c(compile_text(c, e->country)), code)) return true;
    }
    return false;
}

static uint8_t kind_of_entry(const struct dictionary *d, const struct petrarch_entry *e)
{
    uint32_t words = word_count(e->names[0].text);
    struct str last = e->codes[e->n_codes - 1].code;
    if (is_of_country(e) && !is_body_code(d, country_of_code(last))) return ENTITY_COUNTRY;
    bool person = has_dates(e) && words >= 2 && words <= PERSON_WORDS;
    return person ? ENTITY_PERSON : ENTITY_ORG;
}

static dt_status make_entity(struct dictionary *d, struct listed *l, dt_error *err)
{
    struct compile *c = d->c;
    struct know_entity *e = COMPILE_ADD(c, entities);
    if (e == NULL) return err_nomem(err);
    l->target = c->n_entities - 1;
    *e = (struct know_entity){.key = compile_intern(c, l->key),
                              .name = compile_intern(c, written(c, l->entry->names[0].text)),
                              .role_begin = c->n_roles,
                              .role_end = c->n_roles,
                              .since = DAY_MIN,
                              .until = DAY_MAX,
                              .kind = kind_of_entry(d, l->entry)};
    return recode(d, e, l->entry, true, err);
}

/* ---- names ---- */

/* The base's own name for the target where it says more than a name: a people, a capital. */
static const struct raw_name *richer_in_base(const struct dictionary *d, const struct listed *l,
                                             struct str name)
{
    for (uint32_t i = slot_of(d, name)->first; i != 0; i = d->next[i - 1]) {
        const struct raw_name *n = &d->c->names[i - 1];
        if (n->sense.of != l->target || n->sense.weak) continue;
        if (n->sense.kind == SENSE_PEOPLE || n->sense.kind == SENSE_CAPITAL) return n;
    }
    return NULL;
}

static void add_given(struct dictionary *d, const struct listed *l, struct str name)
{
    bool own = l->target >= d->n_entities;
    if (name.len == 0) return;
    struct know_sense sense = {
        .of = l->target, .kind = SENSE_NAME, .given = own ? GIVEN_ALONE : GIVEN_CODE};
    const struct raw_name *richer = richer_in_base(d, l, name);
    if (richer != NULL) {
        sense.kind = richer->sense.kind;
        sense.plural = richer->sense.plural;
    }
    compile_name(d->c, written(d->c, name), sense, 0);
    if (!d->c->failed) d->c->names[d->c->n_names - 1].any_caps = true;
}

/* Another way to write a name, unless a dictionary lists it by itself. */
static void add_variant(struct dictionary *d, const struct listed *l, struct str name)
{
    if (name.len != 0 && !slot_of(d, name)->listed) add_given(d, l, name);
}

/* "ADEN ARMY" for "ADEN ARMY (AA)"; "" where nothing stands in parentheses. */
static struct str without_parentheses(struct compile *c, struct str name)
{
    size_t open = str_find(name, '(', 0), close = str_find(name, ')', open);
    if (open == 0 || close == name.len) return STR("");
    struct str before = str_trim(str_cut(name, 0, open)),
               after = str_trim(str_cut(name, close + 1, name.len));
    char *out = ARENA_NEW(&c->arena, name.len + 1, char);
    if (out == NULL) return STR("");
    (void)snprintf(out, name.len + 1, "%.*s%s%.*s", TEXT(before), after.len != 0 ? " " : "",
                   TEXT(after));
    return str_c(out);
}

/* The last word of a person's name where the base has no bearer of it. */
static void add_family(struct dictionary *d, const struct listed *l, struct str name)
{
    struct str rest = written(d->c, name), word, last = STR("");
    while (entry_next_word(&rest, &word))
        last = word;
    if (last.len < STEM_LETTERS || slot_of(d, last)->first != 0) return;
    compile_name(
        d->c, last,
        (struct know_sense){.of = l->target, .kind = SENSE_FAMILY, .weak = 1, .given = GIVEN_ALONE},
        0);
}

static void add_names(struct dictionary *d, const struct listed *l)
{
    const struct compile *c = d->c;
    bool person = l->target >= d->n_entities && c->entities[l->target].kind == ENTITY_PERSON;
    for (uint32_t i = 0; i < l->entry->n_names; i++) {
        struct str name = l->entry->names[i].text, rest = name, first;
        add_given(d, l, name);
        add_variant(d, l, without_parentheses(d->c, name));
        if (entry_next_word(&rest, &first) && compile_word_is(c, first, CLASS_THE))
            add_variant(d, l, rest);
        if (person && word_count(name) > 1) add_family(d, l, name);
    }
}

/* ---- all ---- */

dt_status petrarch_read(struct compile *c, dt_error *err)
{
    struct dictionary d = {.c = c};
    dt_status st = DT_OK;
    uint32_t n_names = 0;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++)
        if (str_starts(c->files[i].relative, STR(PETRARCH_FOLDER)))
            st = gather_file(&d, &c->files[i], err);
    if (st != DT_OK || d.n_list == 0) return st;
    st = merge_repeated(&d, err);
    for (uint32_t i = 0; i < d.n_list; i++)
        n_names += 2 * d.list[i].entry->n_names;
    if (st == DT_OK) st = index_names(&d, n_names, err);
    if (st == DT_OK) st = expand_stems(&d, err);
    for (uint32_t i = 0; i < d.n_list && st == DT_OK; i++)
        find_target(&d, i);
    for (uint32_t i = 0; i < d.n_list && st == DT_OK; i++) {
        struct listed *l = &d.list[i];
        if (l->target == NONE)
            st = make_entity(&d, l, err);
        else if (l->recodes)
            st = recode(&d, &c->entities[l->target], l->entry, false, err);
    }
    for (uint32_t i = 0; i < d.n_list && st == DT_OK; i++)
        add_names(&d, &d.list[i]);
    return st == DT_OK && (c->failed || c->arena.failed) ? err_nomem(err) : st;
}
