/* inflection_read.c - irregular words, and plurals.
 *
 * In: words/ of all folders, entries `inflection noun` and `inflection verb`: each line a word and
 * its forms. Out: their list, which the frames read, too; the plural of any noun, by the list or by
 * the rules of endings (Quirk et al., A Comprehensive Grammar of the English Language, 5.80). */
#include <stdio.h>

#include "know/compile_parts.h"

#define TEXT(s) (int)(s).len, (s).at

/* ---- reading ---- */

/* The word's place in the list, which the line of a later folder takes over. */
static struct inflection *inflection_of(struct compile *c, struct str lemma, bool verb)
{
    for (uint32_t i = 0; i < c->n_inflections; i++)
        if (c->inflections[i].verb == verb && str_eq(c->inflections[i].lemma, lemma))
            return &c->inflections[i];
    return COMPILE_ADD(c, inflections);
}

static dt_status read_forms(struct compile *c, const struct entry_file *file,
                            const struct entry_field *f, bool verb, dt_error *err)
{
    struct inflection word = {.lemma = compile_lower(c, f->name), .verb = verb};
    struct str rest = f->value, more = STR("");
    bool ok = entry_next_item(&rest, &word.forms[0]) && word.forms[0].len != 0;
    if (verb) ok = ok && entry_next_item(&rest, &word.forms[1]) && word.forms[1].len != 0;
    if (!ok || entry_next_item(&rest, &more) || f->n_more != 0)
        return entry_error(file, f->line, err, "found '%.*s' after '%.*s' where %s was expected",
                           TEXT(f->value), TEXT(f->name),
                           verb ? "past form and participle, with a comma between them,"
                                : "one plural");
    struct inflection *at = inflection_of(c, word.lemma, verb);
    if (at == NULL) return err_nomem(err);
    *at = word;
    return DT_OK;
}

static dt_status read_inflection_entry(struct compile *c, const struct entry_file *file,
                                       const struct entry *e, dt_error *err)
{
    const bool verb = str_eq(e->key, STR("verb"));
    dt_status st = DT_OK;
    if (!verb && !str_eq(e->key, STR("noun")))
        return entry_error(file, e->line, err,
                           "found 'inflection %.*s' where inflection noun or verb was expected",
                           TEXT(e->key));
    for (uint32_t i = 0; i < e->n_fields && st == DT_OK; i++)
        st = read_forms(c, file, &e->fields[i], verb, err);
    return st;
}

dt_status inflection_read(struct compile *c, dt_error *err)
{
    dt_status st = DT_OK;
    for (uint32_t i = 0; i < c->n_files && st == DT_OK; i++) {
        const struct compile_file *f = &c->files[i];
        struct entry_file file;
        if (!str_starts(f->relative, STR("words/"))) continue;
        st = entry_parse(&c->arena, f->path, f->text, &file, err);
        for (uint32_t k = 1; k < file.n_entries && st == DT_OK; k++)
            if (str_eq(file.entries[k].kind, STR("inflection")))
                st = read_inflection_entry(c, &file, &file.entries[k], err);
    }
    return st;
}

/* ---- plurals ---- */

/* A noun in two parts: what stays, and what gives way to the ending of the plural. */
struct plural_cut {
    size_t cut; /* bytes that go */
    struct str ending;
};

static bool cut_irregular(const struct compile *c, struct str s, struct plural_cut *out)
{
    *out = (struct plural_cut){0};
    for (uint32_t i = 0; i < c->n_inflections; i++) {
        const struct inflection *x = &c->inflections[i];
        if (x->verb || x->lemma.len <= out->cut || !str_ends(s, x->lemma)) continue;
        *out = (struct plural_cut){x->lemma.len, x->forms[0]};
    }
    return out->cut != 0;
}

/* False when the noun has no plural: it looks like one. */
static bool cut_regular(struct str s, struct plural_cut *out)
{
    static const char *const sibilants[] = {"ss", "us", "x", "z", "ch", "sh"};
    const char before = s.len > 1 ? s.at[s.len - 2] : ' ';
    for (size_t i = 0; i < sizeof sibilants / sizeof sibilants[0]; i++) {
        if (!str_ends(s, str_c(sibilants[i]))) continue;
        *out = (struct plural_cut){0, STR("es")};
        return true;
    }
    const bool changes = str_ends(s, STR("y")) && strchr("aeiou", before) == NULL;
    *out = changes ? (struct plural_cut){1, STR("ies")} : (struct plural_cut){0, STR("s")};
    return !str_ends(s, STR("s"));
}

/* A preposition between two of the blanks or hyphens `s.at[at]` begins here, and more follows. */
static bool is_link(const struct compile *c, struct str s, size_t at)
{
    const size_t end = str_find(s, s.at[at], at + 1);
    return end + 1 < s.len && compile_word_is(c, str_cut(s, at + 1, end), CLASS_NOUN_LINK);
}

/* Where the head of a noun ends: before " of ", " in ", "-in-" and the like. */
static size_t head_end(const struct compile *c, struct str s)
{
    for (size_t i = 1; i < s.len; i++)
        if ((s.at[i] == ' ' || s.at[i] == '-') && is_link(c, s, i)) return i;
    return s.len;
}

struct str inflection_plural(struct compile *c, struct str noun)
{
    const size_t end = head_end(c, noun);
    const struct str head = str_cut(noun, 0, end);
    struct plural_cut part;
    if (!cut_irregular(c, head, &part) && !cut_regular(head, &part)) return STR("");
    const size_t room = noun.len + part.ending.len + 1;
    char *text = ARENA_NEW(&c->arena, room, char);
    if (text == NULL) return STR("");
    (void)snprintf(text, room, "%.*s%.*s%.*s", (int)(end - part.cut), noun.at, TEXT(part.ending),
                   (int)(noun.len - end), noun.at + end);
    return str_c(text);
}
