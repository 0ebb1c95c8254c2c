/* names_build.c - the trie over all names; see lexicon.h for how it is walked.
 *
 * In: raw names with their senses. Each name is put in as it is written and in the ways that news
 * write it otherwise ("US" and "U.S.", "Jong-un" and "Jong un"), as the atoms that text_atoms()
 * cuts. Names that fold to the same atoms share a node; its senses are kept in the order of their
 * casing, so that those which fit a text mostly lie together. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "know/compile_parts.h"
#include "know/fold.h"
#include "know/lexicon.h"

struct placed_sense {
    struct know_sense sense;
    uint32_t node, folder;
};

struct names {
    struct compile *c;
    struct arena scratch; /* the atoms of one name */
    struct trie_slot *slots;
    uint32_t mask, n_edges;
    COMPILE_TABLE(struct placed_sense, placed);
};

enum {
    VARIANT_ROOM = 512,
    SHORT_NAME = 3 /* atoms; of what is longer nobody says all words by chance */
};

/* ---- the table of edges ---- */

static bool grow_edges(struct names *n)
{
    uint32_t mask = n->slots != NULL ? n->mask * 2 + 1 : 1023;
    struct trie_slot *bigger = ARENA_NEW(&n->c->arena, (size_t)mask + 1, struct trie_slot);
    if (bigger == NULL) return false;
    for (uint32_t i = 0; n->slots != NULL && i <= n->mask; i++) {
        if (n->slots[i].key == 0) continue;
        uint32_t at = (uint32_t)n->slots[i].key & mask;
        while (bigger[at].key != 0)
            at = (at + 1) & mask;
        bigger[at] = n->slots[i];
    }
    n->slots = bigger;
    n->mask = mask;
    return true;
}

/* The node that the edge leads to, made when new; 0 when memory ran out. */
static uint32_t edge_to(struct names *n, uint32_t node, uint64_t hash)
{
    if ((n->slots == NULL || n->n_edges * 2 >= n->mask) && !grow_edges(n)) return 0;
    uint64_t key = lexicon_key(node, hash);
    uint32_t at = (uint32_t)key & n->mask;
    while (n->slots[at].key != key && n->slots[at].key != 0)
        at = (at + 1) & n->mask;
    if (n->slots[at].key == 0) n->slots[at] = (struct trie_slot){key, ++n->n_edges, 0};
    return n->slots[at].node;
}

/* ---- one way to write a name ---- */

static bool begins_upper(struct str s)
{
    uint32_t cp = 0;
    if (s.len != 0) (void)utf8_decode(s, 0, &cp);
    return utf8_is_upper(cp);
}

static uint8_t casing_of(struct str s)
{
    uint32_t cp, n_upper = 0, n_lower = 0;
    for (size_t off = 0; off < s.len;) {
        off += utf8_decode(s, off, &cp);
        n_upper += utf8_is_upper(cp);
        n_lower += utf8_is_lower(cp);
    }
    if (n_upper == 0) return CASE_ANY;
    return n_lower == 0 ? CASE_EXACT : CASE_CAPITAL;
}

static bool after_blank(struct str text, size_t at)
{
    return at != 0 && text.at[at - 1] == ' ';
}

static bool place_variant(struct names *n, const struct raw_name *raw, struct str text)
{
    struct atom *atoms = NULL;
    struct placed_sense p = {.sense = raw->sense, .folder = raw->folder};
    arena_reset(&n->scratch);
    uint32_t n_atoms = text_atoms(&n->scratch, text, &atoms);
    if (atoms == NULL && text.len != 0) return false;
    if (n_atoms > NAME_ATOMS_MOST) n_atoms = 0; /* no text names a thing so */
    for (uint32_t i = 0; i < n_atoms; i++) {
        struct str word = str_cut(text, atoms[i].begin, atoms[i].end);
        p.node = edge_to(n, p.node, fold_hash(word));
        if (p.node == 0) return false;
        bool last = i + 1 == n_atoms && n_atoms <= SHORT_NAME && after_blank(text, atoms[i].begin);
        bool counts = !raw->any_caps || i == 0 || last;
        if (counts && begins_upper(word)) p.sense.caps |= UINT32_C(1) << i;
    }
    if (p.node == 0) return true;
    p.sense.name = compile_intern(n->c, raw->surface);
    p.sense.casing = casing_of(raw->surface);
    n->placed = compile_room(n->c, n->placed, n->n_placed, &n->cap_placed, sizeof p);
    if (n->c->failed) return false;
    n->placed[n->n_placed++] = p;
    return true;
}

/* ---- the ways to write a name ---- */

/* Letters of "US" or "U.S." or "U.S"; 0 when the word is no acronym of 2 to 5 letters. */
static size_t acronym_letters(struct str word, char letters[5])
{
    size_t n = 0, dots = 0;
    for (size_t i = 0; i < word.len; i++) {
        if (word.at[i] == '.' && i % 2 == 1) {
            dots++;
            continue;
        }
        if (word.at[i] < 'A' || word.at[i] > 'Z' || n == 5 || (dots != 0 && i % 2 == 1)) return 0;
        letters[n++] = word.at[i];
    }
    return n >= 2 && (dots == 0 || dots == n || dots == n - 1) ? n : 0;
}

enum acronym_style { ACRONYM_PLAIN, ACRONYM_DOTTED, ACRONYM_OPEN }; /* US, U.S., U.S */

/* Writes `name` with its acronyms in one style; 0 when it has none or is too long. */
static size_t write_acronyms(struct str name, enum acronym_style style, char out[VARIANT_ROOM])
{
    struct str rest = name, word;
    size_t n = 0;
    bool any = false;
    if (name.len > VARIANT_ROOM / 3) return 0;
    while (entry_next_word(&rest, &word)) {
        char letters[5];
        size_t n_letters = acronym_letters(word, letters);
        if (n != 0) out[n++] = ' ';
        if (n_letters == 0) {
            memcpy(out + n, word.at, word.len);
            n += word.len;
            continue;
        }
        any = true;
        for (size_t i = 0; i < n_letters; i++) {
            out[n++] = letters[i];
            bool last = i + 1 == n_letters && rest.len == 0;
            if (style == ACRONYM_DOTTED || (style == ACRONYM_OPEN && !last)) out[n++] = '.';
        }
    }
    return any ? n : 0;
}

/* Writes `name` with blanks for the hyphens between its letters; 0 when it has none. */
static size_t write_open(struct str name, char out[VARIANT_ROOM])
{
    bool any = false;
    if (name.len > VARIANT_ROOM) return 0;
    for (size_t i = 0; i < name.len; i++) {
        bool hyphen = name.at[i] == '-' && i != 0 && i + 1 < name.len;
        any = any || hyphen;
        out[i] = hyphen ? ' ' : name.at[i];
    }
    return any ? name.len : 0;
}

static bool place_name(struct names *n, const struct raw_name *raw)
{
    char text[VARIANT_ROOM];
    size_t len;
    if (!place_variant(n, raw, raw->surface)) return false;
    for (int style = ACRONYM_PLAIN; style <= ACRONYM_OPEN; style++) {
        len = write_acronyms(raw->surface, (enum acronym_style)style, text);
        if (len != 0 && !place_variant(n, raw, str_of(text, len))) return false;
    }
    len = write_open(raw->surface, text);
    return len == 0 || place_variant(n, raw, str_of(text, len));
}

/* ---- senses of a node ---- */

static int compare_u32(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/* By node, then the loosest casing first; the rest fixes the order. */
static int by_node(const void *a, const void *b)
{
    const struct placed_sense *x = a, *y = b;
    int order = compare_u32(x->node, y->node);
    if (order == 0) order = compare_u32(x->sense.casing, y->sense.casing);
    if (order == 0) order = compare_u32(x->sense.kind, y->sense.kind);
    if (order == 0) order = compare_u32(x->sense.of, y->sense.of);
    if (order == 0) order = compare_u32(x->sense.sector, y->sense.sector);
    if (order == 0) order = compare_u32(y->sense.weak, x->sense.weak);
    if (order == 0) order = compare_u32(x->sense.caps, y->sense.caps);
    if (order == 0) order = compare_u32(y->sense.plural, x->sense.plural);
    return order != 0 ? order : compare_u32(x->sense.name, y->sense.name);
}

/* The sense of that meaning among `n`, or NULL. Of one thing's names in a node the loosest casing
 * is enough ("Nato" finds "NATO", too); they come in that order. */
static struct know_sense *sense_like(struct know_sense *senses, uint32_t n,
                                     const struct know_sense *like)
{
    for (uint32_t i = 0; i < n; i++)
        if (senses[i].kind == like->kind && senses[i].of == like->of &&
            senses[i].sector == like->sector)
            return &senses[i];
    return NULL;
}

static bool is_actor_sense(const struct know_sense *s)
{
    return s->kind != SENSE_PLACE && s->kind != SENSE_FAMILY;
}

/* Senses [begin, end) of one node -> *out: each once, and of names that several folders define only
 * the latest folder's. A place may have the name of an actor. */
static uint32_t keep_senses(const struct names *n, uint32_t begin, uint32_t end,
                            struct know_sense *out)
{
    uint32_t latest = 0, kept = 0;
    for (uint32_t i = begin; i < end; i++)
        if (is_actor_sense(&n->placed[i].sense) && n->placed[i].folder > latest)
            latest = n->placed[i].folder;
    for (uint32_t i = begin; i < end; i++) {
        const struct placed_sense *p = &n->placed[i];
        if (p->sense.kind != SENSE_PLACE && p->folder < latest) continue;
        struct know_sense *same = sense_like(out, kept, &p->sense);
        if (same != NULL) {
            same->weak |= p->sense.weak;
            if (p->sense.given != GIVEN_NOT) same->given = p->sense.given;
            continue;
        }
        out[kept++] = p->sense;
    }
    return kept;
}

/* Gives each node that ends a name its number and its senses. */
static dt_status number_names(struct names *n, dt_error *err)
{
    struct compile *c = n->c;
    uint32_t n_names = 0, n_senses = 0;
    struct know_sense *senses = ARENA_NEW(&c->arena, n->n_placed, struct know_sense);
    uint32_t *begin = ARENA_NEW(&c->arena, (size_t)n->n_placed + 1, uint32_t);
    uint32_t *name_of = ARENA_NEW(&c->arena, (size_t)n->n_edges + 1, uint32_t);
    if (senses == NULL || begin == NULL || name_of == NULL) return err_nomem(err);
    if (n->n_placed != 0) qsort(n->placed, n->n_placed, sizeof *n->placed, by_node);
    for (uint32_t i = 0, end; i < n->n_placed; i = end) {
        for (end = i + 1; end < n->n_placed && n->placed[end].node == n->placed[i].node;)
            end++;
        begin[n_names++] = n_senses;
        name_of[n->placed[i].node] = n_names;
        n_senses += keep_senses(n, i, end, senses + n_senses);
    }
    begin[n_names] = n_senses;
    for (uint32_t i = 0; i <= n->mask; i++)
        if (n->slots[i].key != 0) n->slots[i].name = name_of[n->slots[i].node];
    bundle_add(&c->writer, "sense", senses, n_senses, sizeof *senses);
    bundle_add(&c->writer, "name", begin, (size_t)n_names + 1, sizeof *begin);
    bundle_add(&c->writer, "trie", n->slots, (size_t)n->mask + 1, sizeof *n->slots);
    return DT_OK;
}

dt_status names_build(struct compile *c, dt_error *err)
{
    struct names n = {.c = c};
    bool ok = grow_edges(&n);
    for (uint32_t i = 0; i < c->n_names && ok; i++)
        ok = place_name(&n, &c->names[i]);
    arena_free(&n.scratch);
    return ok ? number_names(&n, err) : err_nomem(err);
}
