/* frames.c - checking and looking up the compiled frames; see frames.h. */
#include "what/frames.h"

#include <stdlib.h>

#include "base/port.h"

const char *const event_status_name[STATUS_COUNT] = {
#define STATUS_TEXT(name, text) text,
    STATUS_LIST(STATUS_TEXT)};

/* One section: where it goes and what it must hold. */
#define OPEN_SECTION(tag, member, n_member)                                                        \
    do {                                                                                           \
        struct bundle_section section;                                                             \
        dt_status st_ = bundle_find(&know->bundle, tag, sizeof *out->member, &section, err);       \
        if (st_ != DT_OK) return st_;                                                              \
        out->member = section.at;                                                                  \
        out->n_member = (uint32_t)section.count;                                                   \
    } while (0)

static dt_status damaged(const struct frames *f, const char *what, uint32_t i, dt_error *err)
{
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: %s %u of the frames is damaged",
                   f->know->bundle.name, what, i);
}

static bool range_ok(uint32_t begin, uint32_t end, uint32_t n)
{
    return begin <= end && end <= n;
}

static bool code_ok(const char code[8])
{
    return memchr(code, '\0', 8) != NULL;
}

static dt_status check_records(const struct frames *f, dt_error *err)
{
    size_t pool = f->know->pool_len;
    for (uint32_t i = 0; i < f->n_records; i++) {
        const struct frame_record *r = &f->records[i];
        if (r->id >= pool || r->definition >= pool || r->cameo >= pool || r->plover >= pool ||
            r->mode >= pool || r->contexts >= pool || r->opens >= pool || r->closes >= pool ||
            !range_ok(r->map_begin, r->map_end, f->n_maps) ||
            (r->status >= STATUS_COUNT && r->status != STATUS_KEEP))
            return damaged(f, "record", i, err);
    }
    for (uint32_t i = 0; i < f->n_maps; i++)
        if (!code_ok(f->maps[i].from) || !code_ok(f->maps[i].to)) return damaged(f, "map", i, err);
    return DT_OK;
}

static dt_status check_triggers(const struct frames *f, dt_error *err)
{
    for (uint32_t i = 0; i < f->n_triggers; i++) {
        const struct frame_trigger *t = &f->triggers[i];
        bool ok = t->frame < f->n_records && t->kind <= TRIGGER_ADJ &&
                  range_ok(t->slot_begin, t->slot_end, f->n_slots);
        for (int k = 0; k < TRIGGER_WORDS; k++)
            ok = ok && t->words[k] < f->n_symbols;
        if (!ok) return damaged(f, "trigger", i, err);
    }
    for (uint32_t i = 0; i < f->n_slots; i++) {
        const struct frame_slot *s = &f->slots[i];
        if (!range_ok(s->path_begin, s->path_end, f->n_paths) || s->word >= f->n_symbols ||
            s->role > SLOT_BARS)
            return damaged(f, "slot", i, err);
    }
    for (uint32_t i = 0; i < f->n_paths; i++)
        if (f->paths[i].kind >= PATH_COUNT || f->paths[i].prep >= f->n_symbols)
            return damaged(f, "path", i, err);
    return DT_OK;
}

static dt_status check_symbols(const struct frames *f, dt_error *err)
{
    for (uint32_t i = 0; i < f->n_symbols; i++) {
        const struct frame_symbol *s = &f->symbols[i];
        if (s->text >= f->know->pool_len ||
            !range_ok(s->trigger_begin, s->trigger_end, f->n_triggers) ||
            !range_ok(s->member_begin, s->member_end, f->n_members) ||
            s->inflects >= f->n_symbols || s->verb >= f->n_symbols)
            return damaged(f, "symbol", i, err);
    }
    for (uint32_t i = 0; i < f->n_members; i++)
        if (f->members[i].modifier >= f->n_symbols) return damaged(f, "class member", i, err);
    bool empty = false; /* a full table would never end a search */
    for (uint32_t i = 0; i <= f->table_mask; i++) {
        if (f->table[i].symbol >= f->n_symbols) return damaged(f, "table slot", i, err);
        empty = empty || f->table[i].key == 0;
    }
    return empty && f->n_symbols > 0 ? DT_OK : damaged(f, "table", 0, err);
}

dt_status frames_open(const struct know *know, struct frames *out, dt_error *err)
{
    *out = (struct frames){.know = know};
    uint32_t slots_in_table = 0;
    OPEN_SECTION("frm.rec", records, n_records);
    OPEN_SECTION("frm.trig", triggers, n_triggers);
    OPEN_SECTION("frm.slot", slots, n_slots);
    OPEN_SECTION("frm.path", paths, n_paths);
    OPEN_SECTION("frm.map", maps, n_maps);
    OPEN_SECTION("frm.sym", symbols, n_symbols);
    OPEN_SECTION("frm.mem", members, n_members);
    OPEN_SECTION("frm.tab", table, table_mask);
    slots_in_table = out->table_mask;
    if (slots_in_table == 0 || (slots_in_table & (slots_in_table - 1)) != 0)
        return damaged(out, "table", 0, err);
    out->table_mask = slots_in_table - 1;
    dt_status st = check_records(out, err);
    if (st == DT_OK) st = check_triggers(out, err);
    if (st == DT_OK) st = check_symbols(out, err);
    return st;
}

uint64_t frames_key(const struct frames *f, struct str word)
{
    char lower[64];
    if (word.len == 0 || word.len > sizeof lower) return 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    uint64_t key = symbol_key(str_of(lower, word.len));
    PREFETCH(&f->table[(uint32_t)key & f->table_mask]);
    return key;
}

uint32_t frames_symbol_of(const struct frames *f, uint64_t key)
{
    return key != 0 ? f->table[symbol_slot_of(f->table, f->table_mask, key)].symbol : 0;
}

uint32_t frames_symbol(const struct frames *f, struct str word)
{
    return frames_symbol_of(f, frames_key(f, word));
}

/* ---- the user's own ---- */

/* What a record is known by: its name, and how many triggers it has. */
static uint64_t identity(const struct frames *f, uint32_t record, const uint32_t *triggers)
{
    return str_hash_seed(know_str(f->know, f->records[record].id), triggers[record]);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* The identities of all records; NULL when memory ran out. The caller frees it. */
static uint64_t *list_identities(const struct frames *f)
{
    uint32_t *triggers = calloc((size_t)f->n_records + 1, sizeof *triggers);
    uint64_t *list = malloc(((size_t)f->n_records + 1) * sizeof *list);
    for (uint32_t i = 0; triggers != NULL && i < f->n_triggers; i++)
        triggers[f->triggers[i].frame]++;
    for (uint32_t i = 0; triggers != NULL && list != NULL && i < f->n_records; i++)
        list[i] = identity(f, i, triggers);
    if (triggers == NULL) {
        free(list);
        list = NULL;
    }
    free(triggers);
    return list;
}

bool frames_mark_own(struct frames *f, const struct frames *ours, uint8_t *own)
{
    uint64_t *all = list_identities(f), *known = list_identities(ours);
    bool fine = all != NULL && known != NULL;
    if (fine) qsort(known, ours->n_records, sizeof *known, by_number);
    for (uint32_t i = 0; fine && i < f->n_records; i++)
        own[i] = bsearch(&all[i], known, ours->n_records, sizeof *known, by_number) == NULL;
    if (fine) f->own = own;
    free(all);
    free(known);
    return fine;
}
