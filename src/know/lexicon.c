/* lexicon.c - all names of the base in a text, in one pass; see lexicon.h.
 *
 * In: atoms and tokens. Out: matches by begin, longer first. From the first atom of each token the
 * trie is followed as far as the sentence goes; a name that ends where a token ends is a match for
 * those of its senses whose casing fits. Cost: one or two probes for an atom that begins no name.
 * The idea is that of Aho and Corasick (1975) without failure links: names are short, and a text is
 * hardly ever inside one. */
#include "base/port.h"
#include "base/utf8.h"
#include "know/fold.h"
#include "know/lexicon.h"
#include "know/words.h"

enum { AHEAD = 16 }; /* atoms; the table is larger than the caches near the core */

struct scan {
    const struct know *know;
    struct arena *arena;
    const struct text_layer *text;
    uint64_t *hashes;  /* of each atom */
    uint32_t *ends_at; /* of each atom: the token that ends with it + 1, or 0 */
    struct match_layer *out;
    size_t cap;
    uint32_t token;      /* where the trie was entered */
    uint32_t atom_limit; /* end of the sentence */
    bool caps_line;
};

static bool is_separator(char c)
{
    return c == '.' || c == '-' || c == ' ';
}

/* The same letters in the same case, or in any, dots, blanks and hyphens aside: "U.S." and "US". */
static bool same_letters(struct str a, struct str b, bool any_case)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && is_separator(a.at[i]))
            i++;
        while (k < b.len && is_separator(b.at[k]))
            k++;
        if (i == a.len || k == b.len) return i == a.len && k == b.len;
        uint32_t x = (unsigned char)a.at[i++], y = (unsigned char)b.at[k++];
        if (x != y && !(any_case && utf8_lower(x) == utf8_lower(y))) return false;
    }
}

static bool capitals_fit(const struct scan *s, uint32_t caps, uint32_t first_atom)
{
    for (uint32_t i = 0; caps >> i != 0; i++) {
        uint32_t cp;
        if ((caps >> i & 1) == 0) continue;
        (void)utf8_decode(s->text->text, s->text->atoms[first_atom + i].begin, &cp);
        if (!utf8_is_upper(cp)) return false;
        if (i == 31) break;
    }
    return true;
}

static bool casing_fits(const struct scan *s, const struct know_sense *sense, uint32_t first_atom,
                        struct str surface)
{
    if (sense->casing == CASE_ANY) return true;
    if (sense->casing == CASE_CAPITAL)
        return s->text->caseless || capitals_fit(s, sense->caps, first_atom);
    if (s->caps_line && words_has(s->know, surface, CLASS_SHORT_WORD)) return false;
    return same_letters(surface, know_str(s->know, sense->name), s->text->caseless);
}

static bool add_match(struct scan *s, const struct name_match *m)
{
    struct match_layer *out = s->out;
    if (out->n_matches == s->cap || out->matches == NULL) {
        struct name_match *grown = arena_grow(s->arena, out->matches, out->n_matches,
                                              out->n_matches + 1u, &s->cap, sizeof *grown);
        if (grown == NULL) return false;
        out->matches = grown;
    }
    out->matches[out->n_matches++] = *m;
    return true;
}

/* Adds the senses that fit as few matches as possible: one for each run of them. */
static bool add_name(struct scan *s, uint32_t name, uint32_t last_atom)
{
    const struct know *know = s->know;
    const struct token *first = &s->text->tokens[s->token];
    uint32_t i = know->name_begin[name], end = know->name_begin[name + 1];
    struct name_match m = {.begin = first->begin,
                           .end = s->text->atoms[last_atom].end,
                           .token_begin = s->token,
                           .token_end = s->ends_at[last_atom]};
    struct str surface = str_cut(s->text->text, m.begin, m.end);
    while (i < end) {
        while (i < end && !casing_fits(s, &know->senses[i], first->atom, surface))
            i++;
        m.sense_begin = i;
        while (i < end && casing_fits(s, &know->senses[i], first->atom, surface))
            i++;
        m.sense_end = i;
        if (m.sense_end > m.sense_begin && !add_match(s, &m)) return false;
    }
    return true;
}

static bool scan_from_token(struct scan *s)
{
    const struct know *know = s->know;
    uint32_t names[NAME_ATOMS_MOST], atoms[NAME_ATOMS_MOST], n = 0;
    uint32_t atom = s->text->tokens[s->token].atom, node = 0;
    if (atom + AHEAD < s->text->n_atoms) {
        uint64_t key = lexicon_key(0, s->hashes[atom + AHEAD]);
        PREFETCH(&know->trie[(uint32_t)key & know->trie_mask]);
    }
    if (s->text->atoms[atom].begin != s->text->tokens[s->token].begin) return true;
    for (uint32_t depth = 0; depth < NAME_ATOMS_MOST && atom < s->atom_limit; depth++, atom++) {
        uint64_t key = lexicon_key(node, s->hashes[atom]);
        const struct trie_slot *slot = lexicon_slot(know->trie, know->trie_mask, key);
        if (LIKELY(slot->key == 0)) break;
        node = slot->node;
        if (slot->name == 0 || s->ends_at[atom] == 0) continue;
        names[n] = slot->name - 1;
        atoms[n++] = atom;
    }
    while (n-- > 0)
        if (!add_name(s, names[n], atoms[n])) return false;
    return true;
}

/* Notes which tokens end with which atoms. */
static void find_token_ends(const struct scan *s)
{
    const struct text_layer *text = s->text;
    for (uint32_t t = 0; t < text->n_tokens; t++) {
        uint32_t atom = text->tokens[t].atom, end = text->tokens[t].end;
        while (atom + 1 < text->n_atoms && text->atoms[atom].end < end)
            atom++;
        if (text->atoms[atom].end == end) s->ends_at[atom] = t + 1;
    }
}

static bool scan_sentence(struct scan *s, const struct sentence *sentence)
{
    const struct token *tokens = s->text->tokens;
    if (sentence->token_begin == sentence->token_end) return true;
    uint32_t last = tokens[sentence->token_end - 1].atom;
    while (last < s->text->n_atoms && s->text->atoms[last].begin < sentence->end)
        last++;
    s->atom_limit = last;
    s->caps_line = (tokens[sentence->token_begin].flags & TOKEN_CAPS_LINE) != 0;
    for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
        s->token = t;
        if (!scan_from_token(s)) return false;
    }
    return true;
}

bool lexicon_scan(const struct know *know, struct arena *arena, const struct text_layer *text,
                  struct match_layer *out)
{
    struct scan s = {.know = know, .arena = arena, .text = text, .out = out};
    *out = (struct match_layer){0};
    s.hashes = ARENA_NEW(arena, text->n_atoms, uint64_t);
    s.ends_at = ARENA_NEW(arena, text->n_atoms, uint32_t);
    if (s.hashes == NULL || s.ends_at == NULL) return false;
    for (uint32_t i = 0; i < text->n_atoms; i++)
        s.hashes[i] = fold_hash(str_cut(text->text, text->atoms[i].begin, text->atoms[i].end));
    find_token_ends(&s);
    for (uint32_t i = 0; i < text->n_sentences; i++)
        if (!scan_sentence(&s, &text->sentences[i])) return false;
    return true;
}

/* ---- sentences that end inside a name ---- */

/* A name of a dictionary that fits the text ends with the atom. */
static bool given_ends(const struct scan *s, uint32_t name, uint32_t first_atom, uint32_t last_atom)
{
    const struct know *know = s->know;
    const struct atom *atoms = s->text->atoms;
    struct str surface = str_cut(s->text->text, atoms[first_atom].begin, atoms[last_atom].end);
    for (uint32_t i = know->name_begin[name]; i < know->name_begin[name + 1]; i++) {
        const struct know_sense *sense = &know->senses[i];
        if (sense->given != GIVEN_NOT && casing_fits(s, sense, first_atom, surface)) return true;
    }
    return false;
}

/* A name that begins with the token goes beyond the first atom of the next sentence. */
static bool name_crosses(const struct scan *s, uint32_t token, uint32_t border, uint32_t atom_limit)
{
    const struct text_layer *text = s->text;
    uint32_t first = text->tokens[token].atom, node = 0;
    if (text->atoms[first].begin != text->tokens[token].begin) return false;
    for (uint32_t atom = first; atom < atom_limit && atom - first < NAME_ATOMS_MOST; atom++) {
        struct str word = str_cut(text->text, text->atoms[atom].begin, text->atoms[atom].end);
        uint64_t key = lexicon_key(node, fold_hash(word));
        const struct trie_slot *slot = lexicon_slot(s->know->trie, s->know->trie_mask, key);
        if (slot->key == 0) return false;
        node = slot->node;
        if (atom >= border && slot->name != 0 && given_ends(s, slot->name - 1, first, atom))
            return true;
    }
    return false;
}

static bool border_in_name(const struct scan *s, const struct sentence *left,
                           const struct sentence *right)
{
    const struct text_layer *text = s->text;
    if (left->paragraph != right->paragraph || right->token_begin == right->token_end) return false;
    uint32_t border = text->tokens[right->token_begin].atom, limit = border;
    while (limit < text->n_atoms && text->atoms[limit].begin < right->end)
        limit++;
    for (uint32_t t = right->token_begin; t-- > left->token_begin;) {
        if (border - text->tokens[t].atom >= NAME_ATOMS_MOST) break;
        if (name_crosses(s, t, border, limit)) return true;
    }
    return false;
}

void lexicon_join_sentences(const struct know *know, struct text_layer *text)
{
    const struct scan s = {.know = know, .text = text};
    uint32_t n = 0;
    if (!know->any_given) return;
    for (uint32_t p = 0; p < text->n_paragraphs; p++) {
        struct paragraph *paragraph = &text->paragraphs[p];
        uint32_t begin = paragraph->sentence_begin, end = paragraph->sentence_end;
        paragraph->sentence_begin = n;
        for (uint32_t i = begin; i < end; i++) {
            struct sentence *last = n > paragraph->sentence_begin ? &text->sentences[n - 1] : NULL;
            const struct sentence here = text->sentences[i];
            if (last != NULL && border_in_name(&s, last, &here)) {
                last->end = here.end;
                last->token_end = here.token_end;
            } else {
                text->sentences[n++] = here;
            }
        }
        paragraph->sentence_end = n;
    }
    text->n_sentences = n;
}
