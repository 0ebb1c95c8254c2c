/* know.c - the compiled base: opening, checking, looking up; see know.h.
 *
 * All is checked once, here, so that no reader need check again: section sizes, every index and
 * every offset into the pool, whose last byte is 0, so that every string ends. Cost: one pass. */
#include <stdio.h>

#include "know/codes.h"
#include "know/lexicon.h"
#include "know/ontology.h"
#include "know/sectors.h"
#include "know/timeword.h"
#include "know/words.h"

/* ---- checking ---- */

static dt_status damaged(const struct know *k, const char *tag, size_t i, dt_error *err)
{
    return err_set(err, DT_E_MODEL_CORRUPT, i, "%s: element %zu of section %s is damaged",
                   k->bundle.name, i, tag);
}

static dt_status take_section(struct know *k, const char *tag, size_t size, const void **at,
                              uint32_t *n, dt_error *err)
{
    struct bundle_section s;
    dt_status st = bundle_find(&k->bundle, tag, size, &s, err);
    if (st != DT_OK) return st;
    if (s.count >= UINT32_MAX) return damaged(k, tag, s.count, err);
    *at = s.at;
    *n = (uint32_t)s.count;
    return DT_OK;
}

static dt_status take_sections(struct know *k, dt_error *err)
{
    const void *pool = NULL, *entities = NULL, *roles = NULL, *nouns = NULL, *places = NULL;
    const void *senses = NULL, *names = NULL, *trie = NULL, *codes = NULL, *types = NULL,
               *contexts = NULL, *words = NULL, *table = NULL, *sectors = NULL, *boiler = NULL,
               *languages = NULL, *slots = NULL, *divisions = NULL, *other_codes = NULL;
    uint32_t n_pool = 0, n_trie = 0, n_table = 0, n_slots = 0;
    dt_status st = take_section(k, "pool", 1, &pool, &n_pool, err);
    if (st == DT_OK)
        st = take_section(k, "entity", sizeof *k->entities, &entities, &k->n_entities, err);
    if (st == DT_OK) st = take_section(k, "role", sizeof *k->roles, &roles, &k->n_roles, err);
    if (st == DT_OK)
        st = take_section(k, "noun", sizeof *k->role_nouns, &nouns, &k->n_role_nouns, err);
    if (st == DT_OK) st = take_section(k, "place", sizeof *k->places, &places, &k->n_places, err);
    if (st == DT_OK) st = take_section(k, "sense", sizeof *k->senses, &senses, &k->n_senses, err);
    if (st == DT_OK) st = take_section(k, "name", sizeof *k->name_begin, &names, &k->n_names, err);
    if (st == DT_OK) st = take_section(k, "trie", sizeof *k->trie, &trie, &n_trie, err);
    if (st == DT_OK)
        st = take_section(k, "division", sizeof *k->divisions, &divisions, &k->n_divisions, err);
    if (st == DT_OK)
        st = take_section(k, "code", sizeof *k->other_codes, &other_codes, &k->n_other_codes, err);
    if (st == DT_OK) st = take_section(k, "ont.code", sizeof *k->codes, &codes, &k->n_codes, err);
    if (st == DT_OK) st = take_section(k, "ont.type", sizeof *k->types, &types, &k->n_types, err);
    if (st == DT_OK)
        st = take_section(k, "ont.ctx", sizeof *k->contexts, &contexts, &k->n_contexts, err);
    if (st == DT_OK) st = take_section(k, "word", sizeof *k->words, &words, &k->n_words, err);
    if (st == DT_OK) st = take_section(k, "word.tab", sizeof *k->word_table, &table, &n_table, err);
    if (st == DT_OK)
        st = take_section(k, "boiler", sizeof *k->boiler.rules, &boiler, &k->boiler.n, err);
    if (st == DT_OK)
        st = take_section(k, "language", sizeof *k->languages.names, &languages, &k->languages.n,
                          err);
    if (st == DT_OK)
        st = take_section(k, "lang.tab", sizeof *k->languages.slots, &slots, &n_slots, err);
    if (st == DT_OK)
        st = take_section(k, "sector", sizeof *k->sectors, &sectors, &k->n_sectors, err);
    if (st != DT_OK) return st;
    k->pool = pool;
    k->pool_len = n_pool;
    k->entities = entities;
    k->roles = roles;
    k->role_nouns = nouns;
    k->places = places;
    k->senses = senses;
    k->name_begin = names;
    k->trie = trie;
    k->divisions = divisions;
    k->other_codes = other_codes;
    k->codes = codes;
    k->types = types;
    k->contexts = contexts;
    k->sectors = sectors;
    k->words = words;
    k->word_table = table;
    k->boiler.rules = boiler;
    k->boiler.pool = pool;
    k->languages.names = languages;
    k->languages.slots = slots;
    k->languages.pool = pool;
    k->languages.mask = n_slots - 1;
    if (n_slots == 0 || (n_slots & (n_slots - 1)) != 0) return damaged(k, "lang.tab", n_slots, err);
    if (n_pool == 0 || k->pool[0] != '\0' || k->pool[n_pool - 1] != '\0')
        return damaged(k, "pool", n_pool, err);
    if (k->n_names == 0) return damaged(k, "name", 0, err);
    k->n_names--; /* one more begin than names */
    if (n_trie == 0 || (n_trie & (n_trie - 1)) != 0) return damaged(k, "trie", n_trie, err);
    k->trie_mask = n_trie - 1;
    if (n_table == 0 || (n_table & (n_table - 1)) != 0) return damaged(k, "word.tab", n_table, err);
    k->word_mask = n_table - 1;
    return DT_OK;
}

static bool in_pool(const struct know *k, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    return a < k->pool_len && b < k->pool_len && c < k->pool_len && d < k->pool_len;
}

static dt_status check_entities(const struct know *k, dt_error *err)
{
    for (uint32_t i = 0; i < k->n_entities; i++) {
        const struct know_entity *e = &k->entities[i];
        bool ok = in_pool(k, e->key, e->name, e->code, e->country) &&
                  in_pool(k, e->sector, e->cameo, 0, 0) && e->role_begin <= e->role_end &&
                  e->role_end <= k->n_roles && e->place <= k->n_places && e->kind <= ENTITY_PERSON;
        if (ok && i != 0) ok = strcmp(know_z(k, k->entities[i - 1].key), know_z(k, e->key)) < 0;
        if (!ok) return damaged(k, "entity", i, err);
    }
    for (uint32_t i = 0; i < k->n_roles; i++) {
        const struct know_role *r = &k->roles[i];
        if (!in_pool(k, r->code, r->country, r->sector, r->title))
            return damaged(k, "role", i, err);
    }
    return DT_OK;
}

static dt_status check_things(const struct know *k, dt_error *err)
{
    for (uint32_t i = 0; i < k->n_role_nouns; i++) {
        const struct know_role_noun *r = &k->role_nouns[i];
        if (!in_pool(k, r->noun, r->sector, r->code, 0)) return damaged(k, "noun", i, err);
    }
    for (uint32_t i = 0; i < k->n_places; i++) {
        const struct know_place *p = &k->places[i];
        if (!in_pool(k, p->name, p->country, p->adm1, 0)) return damaged(k, "place", i, err);
    }
    for (uint32_t i = 0; i < k->n_codes; i++) {
        const struct ontology_code *c = &k->codes[i];
        if (!in_pool(k, c->code, c->name, c->root, c->plover) ||
            !in_pool(k, c->mode, c->contexts, 0, 0))
            return damaged(k, "ont.code", i, err);
    }
    for (uint32_t i = 0; i < k->n_types; i++)
        if (!in_pool(k, k->types[i].type, k->types[i].mode, 0, 0))
            return damaged(k, "ont.type", i, err);
    for (uint32_t i = 0; i < k->n_contexts; i++)
        if (!in_pool(k, k->contexts[i].context, k->contexts[i].meaning, 0, 0))
            return damaged(k, "ont.ctx", i, err);
    return DT_OK;
}

static bool sense_is_sound(const struct know *k, const struct know_sense *s)
{
    uint32_t n = s->kind == SENSE_ROLE    ? k->n_role_nouns
                 : s->kind == SENSE_PLACE ? k->n_places
                                          : k->n_entities;
    return s->kind <= SENSE_PLACE && s->casing <= CASE_EXACT && s->given <= GIVEN_ALONE &&
           s->of < n && in_pool(k, s->sector, s->name, 0, 0);
}

static dt_status check_names(struct know *k, dt_error *err)
{
    uint32_t n_empty = 0;
    for (uint32_t i = 0; i < k->n_senses; i++) {
        if (!sense_is_sound(k, &k->senses[i])) return damaged(k, "sense", i, err);
        k->any_given = k->any_given || k->senses[i].given != GIVEN_NOT;
    }
    for (uint32_t i = 0; i < k->n_names; i++)
        if (k->name_begin[i] > k->name_begin[i + 1]) return damaged(k, "name", i, err);
    if (k->name_begin[k->n_names] != k->n_senses) return damaged(k, "name", k->n_names, err);
    for (uint32_t i = 0; i <= k->trie_mask; i++) {
        if (k->trie[i].name > k->n_names) return damaged(k, "trie", i, err);
        n_empty += k->trie[i].key == 0;
    }
    return n_empty != 0 ? DT_OK : damaged(k, "trie", 0, err);
}

static dt_status check_codes(const struct know *k, dt_error *err)
{
    for (uint32_t i = 0; i < k->n_divisions; i++)
        if (k->divisions[i] >= k->n_places) return damaged(k, "division", i, err);
    for (uint32_t i = 0; i < k->n_other_codes; i++) {
        const struct know_code *c = &k->other_codes[i];
        if (c->set >= CODE_SET_COUNT || !in_pool(k, c->code, c->value, 0, 0))
            return damaged(k, "code", i, err);
    }
    return DT_OK;
}

/* A table of short words: sorted, and each with a zero behind it. */
static dt_status check_sectors(const struct know *k, dt_error *err)
{
    for (uint32_t i = 0; i < k->n_sectors; i++) {
        const struct know_sector *s = &k->sectors[i];
        bool ok =
            s->code[0] != '\0' && s->code[sizeof s->code - 1] == '\0' && s->name < k->pool_len;
        if (ok && i != 0) ok = memcmp(k->sectors[i - 1].code, s->code, sizeof s->code) < 0;
        if (!ok) return damaged(k, "sector", i, err);
    }
    return DT_OK;
}

static dt_status check_words(const struct know *k, dt_error *err)
{
    bool empty = false; /* a full table would never end a search */
    if (k->n_words == 0) return damaged(k, "word", 0, err);
    for (uint32_t i = 0; i < k->n_words; i++) {
        const struct know_word *w = &k->words[i];
        if (!in_pool(k, w->text, w->currency, 0, 0) || !timeword_fits(w->time_class, w->time_value))
            return damaged(k, "word", i, err);
    }
    for (uint32_t i = 0; i <= k->word_mask; i++) {
        if (k->word_table[i].word >= k->n_words) return damaged(k, "word.tab", i, err);
        empty = empty || k->word_table[i].key == 0;
    }
    return empty ? DT_OK : damaged(k, "word.tab", 0, err);
}

static dt_status check_boilerplate(const struct know *k, dt_error *err)
{
    for (uint32_t i = 0; i < k->boiler.n; i++) {
        const struct boiler_rule *rule = &k->boiler.rules[i];
        if (rule->text >= k->pool_len || k->pool[rule->text] == '\0' ||
            rule->kind >= BOILER_KIND_COUNT)
            return damaged(k, "boiler", i, err);
    }
    return DT_OK;
}

/* The table has room, so that a search in it ends. */
static dt_status check_languages(const struct know *k, dt_error *err)
{
    bool empty = false;
    for (uint32_t i = 0; i <= k->languages.mask; i++)
        empty = empty || k->languages.slots[i].key == 0;
    if (!empty) return damaged(k, "lang.tab", 0, err);
    if (k->languages.n > LANGUAGES_MOST) return damaged(k, "language", k->languages.n, err);
    for (uint32_t i = 0; i < k->languages.n; i++)
        if (k->languages.names[i].code >= k->pool_len || k->languages.names[i].name >= k->pool_len)
            return damaged(k, "language", i, err);
    return DT_OK;
}

uint64_t know_numbering(void)
{
    uint64_t hash = 0;
    for (uint32_t i = 0; i < CLASS_COUNT; i++)
        hash = str_hash_seed(str_c(word_class_name[i]), hash);
    for (uint32_t i = 0; i < SECTOR_CLASS_COUNT; i++)
        hash = str_hash_seed(str_c(sector_class_name[i]), hash);
    for (uint32_t i = TW_NONE; i < TW_COUNT; i++)
        hash = str_hash_seed(str_c(timeword_class_name((enum time_class)i)), hash);
    return hash;
}

static dt_status check_numbering(struct know *k, dt_error *err)
{
    uint32_t n = 0;
    const void *at = NULL;
    dt_status st = take_section(k, "classes", sizeof(uint64_t), &at, &n, err);
    if (st != DT_OK || (n == 1 && *(const uint64_t *)at == know_numbering())) return st;
    return err_set(err, DT_E_MODEL_VERSION, 0,
                   "%s was compiled by another build of the program, which numbers the classes of "
                   "words in another way; compile it anew",
                   k->bundle.name);
}

static dt_status know_check(struct know *k, dt_error *err)
{
    dt_status st = check_numbering(k, err);
    if (st == DT_OK) st = take_sections(k, err);
    if (st == DT_OK) st = check_entities(k, err);
    if (st == DT_OK) st = check_things(k, err);
    if (st == DT_OK) st = check_codes(k, err);
    if (st == DT_OK) st = check_names(k, err);
    if (st == DT_OK) st = check_sectors(k, err);
    if (st == DT_OK) st = check_words(k, err);
    if (st == DT_OK) st = check_boilerplate(k, err);
    if (st == DT_OK) st = check_languages(k, err);
    if (st != DT_OK) know_close(k);
    return st;
}

dt_status know_open(const char *path, struct know *out, dt_error *err)
{
    *out = (struct know){0};
    dt_status st = bundle_open(path, "KNOW", KNOW_VERSION, KNOW_VERSION, &out->bundle, err);
    return st == DT_OK ? know_check(out, err) : st;
}

dt_status know_attach(const void *bytes, size_t len, const char *name, struct know *out,
                      dt_error *err)
{
    *out = (struct know){0};
    dt_status st =
        bundle_attach(bytes, len, name, "KNOW", KNOW_VERSION, KNOW_VERSION, &out->bundle, err);
    return st == DT_OK ? know_check(out, err) : st;
}

void know_close(struct know *know)
{
    bundle_close(&know->bundle);
    *know = (struct know){0};
}

/* ---- looking up ---- */

/* Of n items of `size` bytes, sorted by the string at `text` of the first and at the same place of
 * the others: the index of the one whose string that is, or NONE. */
static uint32_t search(const struct know *know, const uint32_t *text, size_t size, uint32_t n,
                       struct str wanted)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, at;
        memcpy(&at, (const char *)text + middle * size, sizeof at);
        int order = str_cmp(know_str(know, at), wanted);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NONE;
}

uint32_t know_entity_by_key(const struct know *know, struct str key)
{
    if (know->n_entities == 0) return NONE;
    return search(know, &know->entities->key, sizeof *know->entities, know->n_entities, key);
}

uint32_t know_country(const struct know *know, struct str alpha3)
{
    char key[16];
    if (alpha3.len != 3) return NONE;
    (void)snprintf(key, sizeof key, "country/%.3s", alpha3.at);
    return know_entity_by_key(know, str_c(key));
}

const char *know_cameo(const struct know *know, uint32_t entity, const char *code)
{
    if (entity == NONE || code == NULL) return NULL;
    const struct know_entity *e = &know->entities[entity];
    return e->cameo != 0 && strcmp(know_z(know, e->code), code) == 0 ? know_z(know, e->cameo)
                                                                     : NULL;
}

uint32_t know_role_noun(const struct know *know, struct str noun)
{
    if (know->n_role_nouns == 0) return NONE;
    return search(know, &know->role_nouns->noun, sizeof *know->role_nouns, know->n_role_nouns,
                  noun);
}

enum { LAST_NEWS = 3 }; /* days */

const struct know_role *know_role_on(const struct know *know, const struct know_entity *entity,
                                     int32_t day)
{
    const struct know_role *found = NULL;
    for (uint32_t i = entity->role_begin; i < entity->role_end; i++) {
        const struct know_role *r = &know->roles[i];
        /* they stand by begin; on the day that an office ends its holder still has it, and the
           news of it calls him by it for some days */
        bool open = r->to > DAY_MAX - LAST_NEWS || day <= r->to + LAST_NEWS;
        if (day == DAY_MIN || (r->from <= day && open)) found = r;
    }
    return found;
}
