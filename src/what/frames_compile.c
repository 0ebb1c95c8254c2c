/* frames_compile.c - frames, operators and classes from text; see frames_compile.h. */
#include <stdio.h>
#include <stdlib.h>

#include "what/frames_build.h"
#include "what/frames_compile.h"

/* An entry together with the file that it stands in. */
struct found_entry {
    const struct entry_file *file;
    const struct entry *entry;
    uint32_t folder;
};

struct gathering {
    struct compile *compile;
    struct arena *arena;
    GROWING(struct found_entry, found);
};

/* ---- gathering entries ---- */

static bool same_entry(const struct entry *a, const struct entry *b)
{
    return str_eq(a->kind, b->kind) && str_eq(a->key, b->key);
}

static dt_status gather_entry(struct gathering *g, const struct entry_file *file, uint32_t folder,
                              const struct entry *e, dt_error *err)
{
    static const char *const kinds[] = {"frame", "operator", "class"};
    bool known = false;
    for (size_t i = 0; i < 3; i++)
        known = known || str_eq(e->kind, str_c(kinds[i]));
    if (str_eq(e->kind, STR("provenance"))) return DT_OK;
    if (!known)
        return entry_error(file, e->line, err,
                           "found '%.*s' where frame, operator or class was expected",
                           (int)e->kind.len, e->kind.at);
    if (e->key.len == 0)
        return entry_error(file, e->line, err, "the %.*s has no name", (int)e->kind.len,
                           e->kind.at);
    for (uint32_t i = 0; i < g->n_found; i++) {
        struct found_entry *old = &g->found[i];
        if (!same_entry(old->entry, e)) continue;
        if (old->folder == folder)
            return entry_error(file, e->line, err, "%.*s %.*s stands in %s:%u already",
                               (int)e->kind.len, e->kind.at, (int)e->key.len, e->key.at,
                               old->file->path, old->entry->line);
        *old = (struct found_entry){file, e, folder};
        return DT_OK;
    }
    struct found_entry *place = BUILD_ADD(g, found);
    if (place == NULL) return err_nomem(err);
    *place = (struct found_entry){file, e, folder};
    return DT_OK;
}

static bool is_ours(struct str relative)
{
    return str_eq(relative, STR("classes.txt")) || str_eq(relative, STR("operators.txt")) ||
           (str_starts(relative, STR("frames/")) && str_ends(relative, STR(".txt")));
}

static dt_status gather_file(struct gathering *g, const struct compile_file *source, dt_error *err)
{
    struct entry_file *file = ARENA_NEW(g->arena, 1, struct entry_file);
    if (file == NULL) return err_nomem(err);
    dt_status st = entry_parse(g->arena, source->path, source->text, file, err);
    for (uint32_t i = 0; st == DT_OK && i < file->n_entries; i++)
        st = gather_entry(g, file, source->folder, &file->entries[i], err);
    return st;
}

/* ---- fields ---- */

static dt_status bad_value(const struct found_entry *x, const struct entry_field *field,
                           const char *expected, dt_error *err)
{
    return entry_error(x->file, field->line, err, "found '%.*s' after %.*s; expected %s",
                       (int)field->value.len, field->value.at, (int)field->name.len, field->name.at,
                       expected);
}

static dt_status read_needs(struct frame_record *r, const struct found_entry *x,
                            const struct entry_field *field, dt_error *err)
{
    struct str rest = field->value, word;
    r->flags &= (uint16_t) ~(FRAME_NEEDS_SOURCE | FRAME_NEEDS_TARGET);
    while (entry_next_word(&rest, &word)) {
        if (str_eq(word, STR("source")))
            r->flags |= FRAME_NEEDS_SOURCE;
        else if (str_eq(word, STR("target")))
            r->flags |= FRAME_NEEDS_TARGET;
        else if (!str_eq(word, STR("any")))
            return bad_value(x, field, "source, target, both or 'any'", err);
    }
    return DT_OK;
}

static dt_status read_status(struct frame_record *r, const struct found_entry *x,
                             const struct entry_field *field, dt_error *err)
{
    if (str_eq(field->value, STR("keep"))) {
        r->status = STATUS_KEEP;
        return DT_OK;
    }
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (!str_eq(field->value, str_c(event_status_name[i]))) continue;
        r->status = (uint8_t)i;
        return DT_OK;
    }
    return bad_value(x, field, "actual, planned, threatened, hypothetical, negated or keep", err);
}

static dt_status add_map(struct frames_build *b, const struct found_entry *x,
                         const struct entry_field *field, struct str from, struct str to,
                         dt_error *err)
{
    struct frame_map *m = BUILD_ADD(b, maps);
    if (m == NULL) return err_nomem(err);
    if (from.len == 0 || from.len > 5 || to.len < 2 || to.len > 5)
        return bad_value(x, field, "'CODE CODE ... -> CODE'", err);
    memcpy(m->from, from.at, from.len);
    memcpy(m->to, to.at, to.len);
    return DT_OK;
}

/* "map 04 05 -> 036" */
static dt_status read_map(struct frames_build *b, const struct found_entry *x,
                          const struct entry_field *field, dt_error *err)
{
    struct str left = {NULL, 0}, right = {NULL, 0}, word;
    for (size_t i = 0; i + 1 < field->value.len; i++) {
        if (field->value.at[i] != '-' || field->value.at[i + 1] != '>') continue;
        left = str_cut(field->value, 0, i);
        right = str_trim(str_cut(field->value, i + 2, field->value.len));
    }
    if (left.at == NULL) return bad_value(x, field, "'CODE CODE ... -> CODE'", err);
    while (entry_next_word(&left, &word)) {
        dt_status st = add_map(b, x, field, word, right, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status read_flag(struct frame_record *r, uint16_t flag, const struct found_entry *x,
                           const struct entry_field *field, dt_error *err)
{
    if (!str_eq(field->value, STR("yes"))) return bad_value(x, field, "yes", err);
    r->flags |= flag;
    return DT_OK;
}

/* Fields that hold a text of the record. */
static bool read_text_field(struct frames_build *b, struct frame_record *r,
                            const struct entry_field *field)
{
    const struct {
        const char *name;
        uint32_t *place;
    } texts[] = {{"cameo", &r->cameo},      {"plover", &r->plover}, {"mode", &r->mode},
                 {"context", &r->contexts}, {"opens", &r->opens},   {"closes", &r->closes}};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!str_eq(field->name, str_c(texts[i].name))) continue;
        *texts[i].place = compile_intern(b->compile, field->value);
        return true;
    }
    return false;
}

static dt_status read_field(struct frames_build *b, uint32_t index, const struct found_entry *x,
                            const struct entry_field *field, dt_error *err)
{
    static const struct {
        const char *name;
        uint16_t flag;
    } flags[] = {{"reciprocal", FRAME_RECIPROCAL}, {"support", FRAME_SUPPORT},
                 {"drops", FRAME_DROPS},           {"swap", FRAME_SWAP},
                 {"speaker", FRAME_SPEAKER},       {"seeks", FRAME_SEEKS},
                 {"meeting", FRAME_MEETING},       {"violence", FRAME_VIOLENCE}};
    static const char *const kinds[] = {"verb", "noun", "adj"};
    struct frame_record *r = &b->records[index];
    long priority;
    if (read_text_field(b, r, field)) return DT_OK;
    for (int i = 0; i < 3; i++)
        if (str_eq(field->name, str_c(kinds[i])))
            return build_trigger(b, index, (enum trigger_kind)i, x->file, field, err);
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (str_eq(field->name, str_c(flags[i].name)))
            return read_flag(r, flags[i].flag, x, field, err);
    if (str_eq(field->name, STR("needs"))) return read_needs(r, x, field, err);
    if (str_eq(field->name, STR("status"))) return read_status(r, x, field, err);
    if (str_eq(field->name, STR("map"))) return read_map(b, x, field, err);
    if (str_eq(field->name, STR("yes")) || str_eq(field->name, STR("no")) ||
        str_eq(field->name, STR("miss")))
        return DT_OK; /* examples: run by the tests */
    if (str_eq(field->name, STR("priority")) && str_int(field->value, &priority) && priority >= 0 &&
        priority <= 99) {
        r->priority = (uint8_t)priority;
        return DT_OK;
    }
    return entry_error(x->file, field->line, err, "'%.*s' is no field of a frame or operator",
                       (int)field->name.len, field->name.at);
}

/* ---- entries ---- */

static int longer_first(const void *a, const void *b)
{
    const struct frame_map *x = a, *y = b;
    size_t n = x->from[0] == '*' ? 0 : strlen(x->from), m = y->from[0] == '*' ? 0 : strlen(y->from);
    if (n != m) return n > m ? -1 : 1;
    return strcmp(x->from, y->from);
}

static dt_status add_record(struct frames_build *b, const struct found_entry *x, dt_error *err)
{
    bool is_operator = str_eq(x->entry->kind, STR("operator"));
    uint32_t index = b->n_records;
    struct frame_record *r = BUILD_ADD(b, records);
    if (r == NULL) return err_nomem(err);
    char id[128];
    (void)snprintf(id, sizeof id, "%s%.*s", is_operator ? "operator/" : "", (int)x->entry->key.len,
                   x->entry->key.at);
    r->id = compile_intern(b->compile, str_c(id));
    r->definition = compile_intern(b->compile, x->entry->name);
    r->flags = is_operator ? FRAME_OPERATOR : FRAME_NEEDS_SOURCE | FRAME_NEEDS_TARGET;
    r->status = STATUS_KEEP;
    r->priority = 10;
    uint32_t map_begin = b->n_maps, first_trigger = b->n_triggers;
    for (uint32_t i = 0; i < x->entry->n_fields; i++) {
        dt_status st = read_field(b, index, x, &x->entry->fields[i], err);
        if (st != DT_OK) return st;
    }
    r = &b->records[index];
    r->map_begin = map_begin;
    r->map_end = b->n_maps;
    if (b->n_maps != map_begin)
        qsort(b->maps + map_begin, b->n_maps - map_begin, sizeof *b->maps, longer_first);
    if (b->n_triggers == first_trigger)
        return entry_error(x->file, x->entry->line, err, "%s has no verb, noun or adj line", id);
    if (!is_operator && compile_text(b->compile, r->cameo)[0] == '\0')
        return entry_error(x->file, x->entry->line, err, "%s has no cameo code", id);
    if (x->entry->name.len == 0)
        return entry_error(x->file, x->entry->line, err,
                           "%s has no definition; write it in a sentence behind the name", id);
    return DT_OK;
}

static dt_status add_class(struct frames_build *b, const struct found_entry *x, dt_error *err)
{
    uint32_t number = b->n_classes;
    struct str *name = BUILD_ADD(b, classes);
    if (name == NULL) return err_nomem(err);
    *name = x->entry->key;
    for (uint32_t i = 0; i < x->entry->n_fields; i++) {
        const struct entry_field *field = &x->entry->fields[i];
        struct str rest = field->value, item;
        if (!str_eq(field->name, STR("words")))
            return entry_error(x->file, field->line, err, "found '%.*s' where words was expected",
                               (int)field->name.len, field->name.at);
        while (entry_next_item(&rest, &item)) {
            uint32_t words[TRIGGER_WORDS];
            dt_status st = build_words(b, item, false, words, x->file, field->line, err);
            if (st != DT_OK) return st;
            struct class_word *w = BUILD_ADD(b, class_words);
            if (w == NULL) return err_nomem(err);
            *w = (struct class_word){number, words[0], words[1], item};
        }
    }
    return DT_OK;
}

/* ---- finishing ---- */

static int by_first_word(const void *a, const void *b)
{
    const struct frame_trigger *x = a, *y = b;
    if (x->words[0] != y->words[0]) return x->words[0] < y->words[0] ? -1 : 1;
    if (x->frame != y->frame) return x->frame < y->frame ? -1 : 1;
    return x->slot_begin < y->slot_begin ? -1 : x->slot_begin > y->slot_begin;
}

static int by_head_word(const void *a, const void *b)
{
    const struct class_word *x = a, *y = b;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    if (x->word_class != y->word_class) return x->word_class < y->word_class ? -1 : 1;
    return x->modifier < y->modifier ? -1 : x->modifier > y->modifier;
}

static dt_status link_symbols(struct frames_build *b, dt_error *err)
{
    if (!build_inflections(b)) return err_nomem(err);
    if (b->n_triggers != 0) qsort(b->triggers, b->n_triggers, sizeof *b->triggers, by_first_word);
    for (uint32_t i = 0; i < b->n_triggers; i++) {
        struct frame_symbol *s = &b->symbols[b->triggers[i].words[0]];
        if (s->trigger_end == 0) s->trigger_begin = i;
        s->trigger_end = i + 1;
    }
    if (b->n_class_words != 0)
        qsort(b->class_words, b->n_class_words, sizeof *b->class_words, by_head_word);
    for (uint32_t i = 0; i < b->n_class_words; i++) {
        struct frame_member *m = BUILD_ADD(b, members);
        if (m == NULL) return err_nomem(err);
        *m = (struct frame_member){b->class_words[i].word_class, b->class_words[i].modifier,
                                   (uint32_t)str_hash(b->classes[b->class_words[i].word_class])};
        struct frame_symbol *s = &b->symbols[b->class_words[i].head];
        if (s->member_end == 0) s->member_begin = i;
        s->member_end = i + 1;
    }
    return DT_OK;
}

/* The builder's table as the engine reads it. */
static struct symbol_slot *slots_of_symbols(const struct frames_build *b)
{
    struct symbol_slot *slots = ARENA_NEW(b->arena, b->table_size, struct symbol_slot);
    for (uint32_t i = 1; i < b->n_symbols && slots != NULL; i++) {
        const struct frame_symbol *s = &b->symbols[i];
        uint64_t key = symbol_key(str_c(compile_text(b->compile, s->text)));
        uint32_t at = symbol_slot_of(slots, b->table_size - 1, key);
        slots[at] = (struct symbol_slot){key, s->inflects != 0 ? s->inflects : i, 0};
    }
    return slots;
}

static dt_status add_sections(struct frames_build *b, dt_error *err)
{
    struct bundle_writer *w = compile_writer(b->compile);
    const struct symbol_slot *slots = slots_of_symbols(b);
    if (slots == NULL) return err_nomem(err);
    bundle_add(w, "frm.rec", b->records, b->n_records, sizeof *b->records);
    bundle_add(w, "frm.trig", b->triggers, b->n_triggers, sizeof *b->triggers);
    bundle_add(w, "frm.slot", b->slots, b->n_slots, sizeof *b->slots);
    bundle_add(w, "frm.path", b->paths, b->n_paths, sizeof *b->paths);
    bundle_add(w, "frm.map", b->maps, b->n_maps, sizeof *b->maps);
    bundle_add(w, "frm.sym", b->symbols, b->n_symbols, sizeof *b->symbols);
    bundle_add(w, "frm.mem", b->members, b->n_members, sizeof *b->members);
    bundle_add(w, "frm.tab", slots, b->table_size, sizeof *slots);
    return DT_OK;
}

static dt_status build_all(struct frames_build *b, const struct gathering *g, dt_error *err)
{
    dt_status st = build_symbols_begin(b) ? DT_OK : err_nomem(err);
    for (uint32_t i = 0; i < g->n_found && st == DT_OK; i++)
        if (str_eq(g->found[i].entry->kind, STR("class"))) st = add_class(b, &g->found[i], err);
    for (uint32_t i = 0; i < g->n_found && st == DT_OK; i++)
        if (!str_eq(g->found[i].entry->kind, STR("class"))) st = add_record(b, &g->found[i], err);
    if (st == DT_OK) st = link_symbols(b, err);
    return st;
}

dt_status frames_compile(struct compile *compile, dt_error *err)
{
    struct gathering g = {.compile = compile, .arena = compile_arena(compile)};
    struct frames_build b = {.compile = compile, .arena = compile_arena(compile)};
    dt_status st = DT_OK;
    uint32_t n_files;
    const struct compile_file *files = compile_files(compile, &n_files);
    for (uint32_t i = 0; i < n_files && st == DT_OK; i++)
        if (is_ours(files[i].relative)) st = gather_file(&g, &files[i], err);
    if (st == DT_OK) st = build_all(&b, &g, err);
    if (st == DT_OK) st = add_sections(&b, err);
    return st;
}
