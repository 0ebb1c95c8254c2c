/* languages_read.c - by which words languages are told apart; see text/language.h.
 *
 * In: entries `language CODE NAME` of the text under words/, with the fields words, endings and
 * letters, lists all of them. English comes first. A later folder's entry of a code adds to it.
 * Out: the names, and the table of words, endings and letters with the languages that have them. */
#include "base/utf8.h"
#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

static struct language_slot *language_place(struct language_slot *slots, uint32_t mask,
                                            uint64_t key)
{
    uint32_t i = (uint32_t)(key >> 32) & mask;
    while (slots[i].key != 0 && slots[i].key != key)
        i = (i + 1) & mask;
    return &slots[i];
}

static bool grow_language_table(struct compile *c)
{
    const uint32_t mask = c->language_mask != 0 ? c->language_mask * 2 + 1 : 1023;
    struct language_slot *bigger = ARENA_NEW(&c->arena, (size_t)mask + 1, struct language_slot);
    if (bigger == NULL) return false;
    for (uint32_t i = 0; c->language_slots != NULL && i <= c->language_mask; i++)
        if (c->language_slots[i].key != 0)
            *language_place(bigger, mask, c->language_slots[i].key) = c->language_slots[i];
    c->language_slots = bigger;
    c->language_mask = mask;
    return true;
}

/* Lower case of any letters. */
static struct str lower_of(struct compile *c, struct str s)
{
    char *at = ARENA_NEW(&c->arena, s.len * 2 + 4, char);
    size_t n = 0;
    for (size_t i = 0; at != NULL && i < s.len;) {
        uint32_t cp;
        i += utf8_decode(s, i, &cp);
        n += utf8_encode(utf8_lower(cp), at + n);
    }
    return at != NULL ? str_of(at, n) : STR("");
}

static dt_status put_signs(struct compile *c, struct str list, enum language_sign sign,
                           uint32_t language, dt_error *err)
{
    struct str item;
    while (entry_next_item(&list, &item)) {
        if (item.len == 0) continue;
        if (c->n_language_keys * 2 >= c->language_mask && !grow_language_table(c))
            return err_nomem(err);
        const uint64_t key = language_key(lower_of(c, item), sign);
        struct language_slot *slot = language_place(c->language_slots, c->language_mask, key);
        c->n_language_keys += slot->key == 0;
        slot->key = key;
        slot->languages |= UINT64_C(1) << language;
    }
    return DT_OK;
}

static dt_status language_of_entry(struct compile *c, const struct found_entry *found,
                                   uint32_t *language, dt_error *err)
{
    const struct entry *e = found->entry;
    const uint32_t code = compile_intern(c, compile_lower(c, e->key));
    for (*language = 0; *language < c->n_languages; ++*language)
        if (c->languages[*language].code == code) return DT_OK;
    if (e->key.len == 0 || e->name.len == 0)
        return entry_error(found->file, e->line, err, "found no name behind 'language CODE'");
    if (c->n_languages == LANGUAGES_MOST)
        return entry_error(found->file, e->line, err, "there are more than %d languages",
                           LANGUAGES_MOST);
    struct language_name *added = COMPILE_ADD(c, languages);
    if (added == NULL) return err_nomem(err);
    *added = (struct language_name){code, compile_intern(c, e->name)};
    return DT_OK;
}

dt_status languages_read_entry(struct compile *c, const struct found_entry *found, dt_error *err)
{
    static const char *const names[] = {"words", "endings", "letters"};
    const struct entry *e = found->entry;
    uint32_t language = 0;
    dt_status st = language_of_entry(c, found, &language, err);
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++) {
        const struct entry_field *f = &e->fields[i];
        int sign = LANGUAGE_WORD;
        while (sign <= LANGUAGE_LETTER && !str_eq(f->name, str_c(names[sign])))
            sign++;
        if (sign > LANGUAGE_LETTER)
            return entry_error(found->file, f->line, err,
                               "found '%.*s' where words, endings or letters was expected",
                               TEXT(f->name));
        st = put_signs(c, f->value, (enum language_sign)sign, language, err);
        for (uint32_t k = 0; k < f->n_more && st == DT_OK; k++)
            st = put_signs(c, f->more[k].text, (enum language_sign)sign, language, err);
    }
    return st;
}

dt_status languages_finish(struct compile *c, dt_error *err)
{
    if (c->language_slots == NULL && !grow_language_table(c)) return err_nomem(err);
    bundle_add(&c->writer, "language", c->languages, c->n_languages, sizeof *c->languages);
    bundle_add(&c->writer, "lang.tab", c->language_slots, (size_t)c->language_mask + 1,
               sizeof *c->language_slots);
    return DT_OK;
}
