/* lemma.c - looking lemmas up; see lemma.h. */
#include <string.h>

#include "base/index.h"
#include "base/utf8.h"
#include "lang/lemma.h"

enum { LEMMA_CHUNK = 4096 };

static dt_status lemma_damaged(const struct bundle *b, const char *tag, dt_error *err)
{
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section %s was damaged", b->name, tag);
}

static bool edits_valid(const struct lemma_table *t)
{
    for (uint32_t i = 0; i < t->n_edits; i++) {
        const struct lemma_edit *e = &t->edits[i];
        if (e->letter_case > LEMMA_CAPITAL || e->append > t->text.len ||
            e->append_len > t->text.len - e->append || e->append_len > 4 * LEMMA_WORD_MAX)
            return false;
        if (utf8_valid_len(str_of(t->text.at + e->append, e->append_len)) != e->append_len)
            return false;
    }
    return true;
}

static bool rules_valid(const struct lemma_table *t)
{
    bool has_empty = false; /* else a search might never end */
    for (uint32_t i = 0; i <= t->mask; i++) {
        if (t->rules[i].check == 0)
            has_empty = true;
        else if (t->rules[i].edit >= t->n_edits)
            return false;
    }
    return has_empty;
}

dt_status lemma_open(const struct bundle *b, struct lemma_table *out, dt_error *err)
{
    struct bundle_section rules, edits, text, tags;
    *out = (struct lemma_table){0};
    if (!bundle_has(b, "lem.key")) return DT_OK;
    dt_status st = bundle_find(b, "lem.key", sizeof(uint32_t), &rules, err);
    if (st == DT_OK) st = bundle_find(b, "lem.edit", sizeof(uint32_t), &edits, err);
    if (st == DT_OK) st = bundle_find(b, "lem.str", 1, &text, err);
    if (st == DT_OK) st = bundle_find(b, "lem.tag", 1, &tags, err);
    if (st != DT_OK) return st;
    size_t n = rules.len / sizeof(struct lemma_rule);
    if (n == 0 || rules.len % sizeof(struct lemma_rule) != 0 || (n & (n - 1)) != 0 || n > 1u << 28)
        return lemma_damaged(b, "lem.key", err);
    if (edits.len % sizeof(struct lemma_edit) != 0 || edits.count > 1u << 28 ||
        text.len > UINT32_MAX || tags.len > UINT16_MAX)
        return lemma_damaged(b, "lem.edit", err);
    struct lemma_table t = {.rules = rules.at,
                            .mask = (uint32_t)n - 1,
                            .edits = edits.at,
                            .n_edits = (uint32_t)(edits.len / sizeof(struct lemma_edit)),
                            .text = str_of(text.at, text.len),
                            .tags = str_of(tags.at, tags.len)};
    if (!edits_valid(&t)) return lemma_damaged(b, "lem.edit", err);
    if (!rules_valid(&t)) return lemma_damaged(b, "lem.key", err);
    *out = t;
    return DT_OK;
}

uint32_t lemma_tag(const struct lemma_table *table, struct str tag)
{
    struct str rest = table->tags, line;
    for (uint32_t i = 0; rest.len > 0 && str_next(&rest, '\n', &line); i++) {
        if (str_eq(line, tag)) return i;
    }
    return LEMMA_NO_TAG;
}

/* Lower-cases the form; true when that changed nothing but ASCII letters, or nothing at all. */
static size_t lower_form(struct str form, char *out, bool *has_upper, bool *has_lower)
{
    size_t n = 0;
    for (size_t i = 0; i < form.len;) {
        unsigned char c = (unsigned char)form.at[i];
        if (c < 0x80) {
            bool upper = c >= 'A' && c <= 'Z';
            *has_upper = *has_upper || upper;
            *has_lower = *has_lower || (c >= 'a' && c <= 'z');
            out[n++] = (char)(upper ? c + 32 : c);
            i++;
        } else {
            uint32_t cp, lower;
            i += utf8_decode(form, i, &cp);
            lower = utf8_lower(cp);
            *has_upper = *has_upper || lower != cp;
            *has_lower = *has_lower || utf8_is_lower(cp);
            n += utf8_encode(lower, out + n);
        }
    }
    return n;
}

static uint64_t lemma_mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

bool lemma_prepare(struct lemma_word *word, uint32_t tag, struct str form)
{
    bool has_upper = false, has_lower = false;
    word->form = form;
    if (form.len > LEMMA_WORD_MAX) return false;
    word->lower_len = lower_form(form, word->lower, &has_upper, &has_lower);
    /* 0 no capitals, 1 some, 2 nothing else and more than one letter */
    uint64_t kind = !has_upper ? 0 : has_lower || form.len < 2 ? 1 : 2;
    uint64_t h = 0xCBF29CE484222325u ^ ((uint64_t)tag << 2 | kind) * 0x9E3779B97F4A7C15u;
    word->keys[0] = lemma_mix(h);
    word->endings = word->lower_len < LEMMA_ENDING ? word->lower_len : LEMMA_ENDING;
    for (size_t i = 1; i <= word->lower_len; i++) {
        h = (h ^ (unsigned char)word->lower[word->lower_len - i]) * 0x100000001B3u;
        if (i <= LEMMA_ENDING) word->keys[i] = lemma_mix(h);
    }
    word->word_key = lemma_mix(h ^ 0x5555555555555555u);
    return true;
}

uint32_t lemma_check_of(uint64_t key)
{
    return (uint32_t)(key >> 32) | 1u;
}

uint32_t lemma_slot_of(uint64_t key)
{
    return (uint32_t)key;
}

uint32_t lemma_probe(const struct lemma_table *table, uint64_t key)
{
    uint32_t check = lemma_check_of(key);
    for (uint32_t i = lemma_slot_of(key) & table->mask;; i = (i + 1) & table->mask) {
        if (table->rules[i].check == check) return table->rules[i].edit;
        if (table->rules[i].check == 0) return NONE;
    }
}

/* The first letter of the form as a capital, then the rest of the lower-case form. */
static size_t capital_form(const struct lemma_word *word, char *out)
{
    struct str lower = str_of(word->lower, word->lower_len);
    uint32_t cp = 0;
    if (lower.len == 0) return 0;
    size_t first = utf8_decode(lower, 0, &cp);
    size_t n = utf8_encode(utf8_upper(cp), out);
    memcpy(out + n, lower.at + first, lower.len - first);
    return n + lower.len - first;
}

size_t lemma_apply(const struct lemma_table *table, const struct lemma_edit *edit,
                   const struct lemma_word *word, char *out)
{
    size_t n;
    if (edit->letter_case == LEMMA_KEEP) {
        n = word->form.len;
        memcpy(out, word->form.at, n);
    } else if (edit->letter_case == LEMMA_LOWER) {
        n = word->lower_len;
        memcpy(out, word->lower, n);
    } else {
        n = capital_form(word, out);
    }
    n -= edit->cut < n ? edit->cut : n;
    memcpy(out + n, table->text.at + edit->append, edit->append_len);
    return n + edit->append_len;
}

/* Room for `len` bytes, or NULL when memory ran out. */
static char *room_take(struct lemma_room *room, size_t len)
{
    if (len > room->left) {
        size_t chunk = len > LEMMA_CHUNK ? len : LEMMA_CHUNK;
        room->at = arena_array(room->arena, chunk, 1);
        room->left = room->at != NULL ? chunk : 0;
        if (room->at == NULL) return NULL;
    }
    char *at = room->at;
    room->at += len;
    room->left -= len;
    return at;
}

static struct str room_copy(struct lemma_room *room, const char *at, size_t len, struct str form)
{
    if (len == form.len && memcmp(at, form.at, len) == 0) return form;
    char *to = room_take(room, len);
    if (to == NULL) return form;
    memcpy(to, at, len);
    return str_of(to, len);
}

static const struct lemma_edit *find_edit(const struct lemma_table *table,
                                          const struct lemma_word *word)
{
    if (table->rules == NULL) return NULL;
    uint32_t found = lemma_probe(table, word->word_key);
    for (size_t i = word->endings + 1; found == NONE && i-- > 0;)
        found = lemma_probe(table, word->keys[i]);
    return found != NONE ? &table->edits[found] : NULL;
}

struct str lemma_of(const struct lemma_table *table, uint32_t tag, struct str form,
                    struct lemma_room *room)
{
    struct lemma_word word;
    char out[8 * LEMMA_WORD_MAX + 8];
    if (!lemma_prepare(&word, tag, form)) return form;
    const struct lemma_edit *edit = find_edit(table, &word);
    if (edit == NULL) return room_copy(room, word.lower, word.lower_len, form);
    if (edit->letter_case == LEMMA_KEEP && edit->append_len == 0)
        return str_of(form.at, form.len - (edit->cut < form.len ? edit->cut : 0));
    if (edit->cut >= word.lower_len && edit->append_len > 0)
        return str_of(table->text.at + edit->append, edit->append_len);
    size_t len = lemma_apply(table, edit, &word, out);
    return len > 0 ? room_copy(room, out, len, form) : form;
}
