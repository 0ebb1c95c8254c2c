/* text.c - text_analyse(): atoms to paragraphs, sentences and tokens; see text.h.
 *
 * Atoms are cut, line ends sorted into those that end a paragraph and those that wrap it,
 * boundaries labelled (split.h), then the arrays are filled at their exact size. Every step is one
 * pass. */
#include "base/port.h"
#include "base/utf8.h"
#include "text/atom.h"
#include "text/boiler.h"
#include "text/lines.h"
#include "text/split.h"

enum { MAX_SENTENCE = 500 }; /* tokens */

/* What is known of the boundary after an atom, beside its label. */
enum { LABEL_MASK = 3, ENDS_PARAGRAPH = 4, CUT_INSIDE = 8, BOILERPLATE = 16 };

struct making {
    struct text_rules rules;
    struct arena *arena;
    struct text_layer *out;
    uint8_t *marks;
    bool invalid; /* the text has bytes that are no UTF-8 */
};

static struct str atom_form(const struct text_layer *t, uint32_t i)
{
    return str_cut(t->text, t->atoms[i].begin, t->atoms[i].end);
}

static bool is_sign(const struct text_layer *t, uint32_t i, char c)
{
    return t->atoms[i].kind == ATOM_OTHER && t->text.at[t->atoms[i].begin] == c;
}

/* ---- paragraphs ---- */

static void find_paragraphs(struct making *m)
{
    struct text_layer *t = m->out;
    for (uint32_t i = 0; i < t->n_atoms;) {
        const uint32_t end = lines_block(t->text, t->atoms, t->n_atoms, i, m->marks);
        uint32_t begin = i;
        for (; i < end; i++) {
            if (!m->marks[i]) continue;
            const struct str s = str_cut(t->text, t->atoms[begin].begin, t->atoms[i].end);
            const bool boiler = m->rules.boiler != NULL && boiler_match(m->rules.boiler, s);
            m->marks[i] = ENDS_PARAGRAPH | (boiler ? BOILERPLATE : 0);
            t->n_paragraphs++;
            begin = i + 1;
        }
    }
}

/* ---- labels ---- */

/* True for the "n" of "don't" at the end of atom i: it goes to the second word. */
static bool is_not(const struct making *m, uint32_t i, uint32_t end)
{
    const struct text_layer *t = m->out;
    const struct atom *a = &t->atoms[i];
    if (a->end - a->begin < 2 || (t->text.at[a->end - 1] | 32) != 'n') return false;
    if (i + 2 >= end || a->gap != 0 || a[1].gap != 0 || a[2].end - a[2].begin != 1) return false;
    if ((t->text.at[a[2].begin] | 32) != 't') return false;
    const struct str mark = atom_form(t, i + 1);
    return str_eq(mark, STR("'")) || str_eq(mark, STR("\xE2\x80\x99")) || str_eq(mark, STR("`"));
}

/* Bytes of the first of two words of which the first ends inside atom i, or 0. */
static uint32_t cut_within(const struct making *m, uint32_t i, uint32_t begin, uint32_t end)
{
    const struct atom *a = &m->out->atoms[i];
    if (a->kind != ATOM_LETTERS) return 0;
    if (is_not(m, i, end)) return a->end - a->begin - 1;
    const uint32_t at = split_inside(m->rules.splitter, atom_form(m->out, i));
    if (at == 0 || (m->marks[i] & LABEL_MASK) == SPLIT_JOIN) return 0;
    if (i + 1 < end && a->gap == 0 && is_sign(m->out, i + 1, '-')) return 0;
    if (i > begin && a[-1].gap == 0 && is_sign(m->out, i - 1, '-')) return 0;
    return i > begin && (m->marks[i - 1] & LABEL_MASK) == SPLIT_JOIN ? 0 : at;
}

/* "end.Next" lacks a blank: two sentences. "word,word": three words. */
static void mend_boundary(const struct making *m, uint8_t *label, uint32_t i, uint32_t begin,
                          uint32_t end)
{
    const struct text_layer *t = m->out;
    const struct atom *a = &t->atoms[i];
    if (i == begin || i + 1 >= end || a->gap != 0 || a[-1].gap != 0) return;
    if (a[-1].kind != ATOM_LETTERS || a[1].kind != ATOM_LETTERS || a[-1].end - a[-1].begin < 2)
        return;
    if (i > begin + 1 && a[-2].gap == 0) return;
    const unsigned char before = (unsigned char)t->text.at[a[-1].end - 1];
    const unsigned char next = (unsigned char)t->text.at[a[1].begin];
    const bool ends_run = i + 2 >= end || a[1].gap != 0;
    if (is_sign(t, i, ',')) {
        label[i - 1] = SPLIT_WORD;
        label[i] = SPLIT_WORD;
    } else if (is_sign(t, i, '.') && before >= 'a' && before <= 'z' && next >= 'A' && next <= 'Z' &&
               a[1].end - a[1].begin > 1 && ends_run) {
        label[i - 1] = SPLIT_WORD;
        label[i] = SPLIT_SENTENCE;
    }
}

/* Bytes that are no UTF-8 inside a word belong to it. */
static void mend_invalid(const struct making *m, uint8_t *label, uint32_t i)
{
    const struct atom *a = &m->out->atoms[i];
    uint32_t cp;
    const uint32_t other = a->kind == ATOM_OTHER ? i : i + 1;
    if (a->gap != 0 || a->kind == a[1].kind || m->out->atoms[other].kind != ATOM_OTHER) return;
    utf8_decode(m->out->text, m->out->atoms[other].begin, &cp);
    if (cp == UTF8_REPLACEMENT) label[i] = SPLIT_JOIN;
}

static void label_paragraph(struct making *m, uint32_t begin, uint32_t end)
{
    struct text_layer *t = m->out;
    uint8_t *label = m->marks;
    const uint8_t last = label[end - 1];
    split_paragraph(m->rules.splitter, t->text, t->atoms, begin, end, label);
    for (uint32_t i = begin + 1; i + 1 < end; i++)
        if (t->atoms[i].kind == ATOM_OTHER) mend_boundary(m, label, i, begin, end);
    if (m->invalid)
        for (uint32_t i = begin; i + 1 < end; i++)
            mend_invalid(m, label, i);
    for (uint32_t i = begin; i < end; i++) {
        if (is_not(m, i, end)) {
            label[i] = SPLIT_JOIN;
            label[i + 1] = SPLIT_JOIN;
        }
        if (cut_within(m, i, begin, end) != 0) label[i] |= CUT_INSIDE;
    }
    label[end - 1] = (uint8_t)(SPLIT_SENTENCE | last | (label[end - 1] & CUT_INSIDE));
}

/* How good a place the boundary after atom i is to cut an endless sentence. */
static int cut_quality(const struct text_layer *t, uint32_t i)
{
    if (t->atoms[i].kind != ATOM_OTHER) return t->atoms[i].gap != 0;
    if (is_sign(t, i, '.') || is_sign(t, i, ';') || is_sign(t, i, '!') || is_sign(t, i, '?'))
        return 4;
    return is_sign(t, i, ':') || is_sign(t, i, ',') ? 3 : t->atoms[i].gap != 0 ? 2 : 0;
}

/* Keeps sentences to MAX_SENTENCE tokens: cuts at the best place of the second half. */
static void limit_sentences(struct making *m, uint32_t begin, uint32_t end)
{
    uint32_t n = 0, best = begin;
    int quality = -1;
    for (uint32_t i = begin; i < end; i++) {
        const uint8_t label = m->marks[i] & LABEL_MASK;
        n += label != SPLIT_JOIN;
        n += (m->marks[i] & CUT_INSIDE) != 0;
        if (label == SPLIT_SENTENCE) {
            n = 0;
            quality = -1;
        } else if (label == SPLIT_WORD && n >= MAX_SENTENCE / 2 &&
                   cut_quality(m->out, i) >= quality) {
            quality = cut_quality(m->out, i);
            best = i;
        }
        if (n >= MAX_SENTENCE - 2) {
            if (quality < 0) best = i;
            m->marks[best] = (uint8_t)((m->marks[best] & ~LABEL_MASK) | SPLIT_SENTENCE);
            i = best;
            n = 0;
            quality = -1;
        }
    }
}

/* ---- filling ---- */

/* A copy of s with U+FFFD for what is no UTF-8; s itself where all is well. */
static struct str mended_form(struct making *m, struct str s)
{
    if (!m->invalid || utf8_valid_len(s) == s.len) return s;
    char *copy = ARENA_NEW(m->arena, s.len * 3 + 1, char);
    if (copy == NULL) return s;
    size_t n = 0;
    for (size_t off = 0; off < s.len;) {
        uint32_t cp;
        off += utf8_decode(s, off, &cp);
        n += utf8_encode(cp, copy + n);
    }
    return str_of(copy, n);
}

static void add_token(struct making *m, uint32_t begin, uint32_t end, uint32_t atom, uint32_t flags)
{
    struct text_layer *t = m->out;
    t->tokens[t->n_tokens++] = (struct token){
        begin, end, mended_form(m, str_cut(t->text, begin, end)), atom, (uint16_t)flags};
}

/* Tokens of the atoms [begin, end), which are one sentence. */
static void add_tokens(struct making *m, uint32_t begin, uint32_t end)
{
    const struct text_layer *t = m->out;
    uint32_t first = begin, byte = t->atoms[begin].begin;
    uint32_t glued = 0;
    for (uint32_t i = begin; i < end; i++) {
        const uint8_t label = m->marks[i] & LABEL_MASK;
        if (m->marks[i] & CUT_INSIDE) {
            const uint32_t cut = t->atoms[i].begin + cut_within(m, i, begin, end);
            add_token(m, byte, cut, first, glued);
            glued = TOKEN_GLUED;
            byte = cut;
            first = i;
        }
        if (label == SPLIT_JOIN && i + 1 < end) continue;
        add_token(m, byte, t->atoms[i].end, first,
                  glued | (t->atoms[i].gap != 0 ? TOKEN_SPACE_AFTER : 0));
        glued = label == SPLIT_GLUED ? TOKEN_GLUED : 0;
        first = i + 1;
        if (i + 1 < end) byte = t->atoms[first].begin;
    }
}

/* True when at least two words and 70 % of the letters are capitals. */
static bool in_capitals(const struct text_layer *t, uint32_t begin, uint32_t end)
{
    uint32_t upper = 0, lower = 0, words = 0;
    const uint32_t most = (t->atoms[end - 1].end - t->atoms[begin].begin) * 3 / 10;
    for (uint32_t i = begin; i < end; i++) {
        if (t->atoms[i].kind != ATOM_LETTERS) continue;
        words++;
        for (uint32_t k = t->atoms[i].begin; k < t->atoms[i].end; k++) {
            lower += t->text.at[k] >= 'a' && t->text.at[k] <= 'z';
            upper += t->text.at[k] >= 'A' && t->text.at[k] <= 'Z';
        }
        if (lower > most) return false;
    }
    return words >= 2 && upper * 10 >= (upper + lower) * 7 && upper > 2;
}

static void add_sentence(struct making *m, uint32_t begin, uint32_t end)
{
    struct text_layer *t = m->out;
    const uint32_t first = t->n_tokens;
    add_tokens(m, begin, end);
    t->sentences[t->n_sentences++] = (struct sentence){t->atoms[begin].begin, t->atoms[end - 1].end,
                                                       first, t->n_tokens, t->n_paragraphs};
    if (!in_capitals(t, begin, end)) return;
    for (uint32_t i = first; i < t->n_tokens; i++)
        t->tokens[i].flags |= TOKEN_CAPS_LINE;
}

static void add_paragraph(struct making *m, uint32_t begin, uint32_t end, bool boilerplate)
{
    struct text_layer *t = m->out;
    const uint32_t first = t->n_sentences;
    for (uint32_t i = begin; i < end && !boilerplate;) {
        uint32_t last = i;
        while ((m->marks[last] & LABEL_MASK) != SPLIT_SENTENCE)
            last++;
        add_sentence(m, i, last + 1);
        i = last + 1;
    }
    t->paragraphs[t->n_paragraphs++] = (struct paragraph){
        t->atoms[begin].begin, t->atoms[end - 1].end, first, t->n_sentences, boilerplate};
}

/* Labels every paragraph and counts what there will be. */
static void label_all(struct making *m, size_t *n_tokens, size_t *n_sentences)
{
    *n_tokens = *n_sentences = 0;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < m->out->n_atoms; i++) {
        if (!(m->marks[i] & ENDS_PARAGRAPH)) continue;
        if (!(m->marks[i] & BOILERPLATE)) {
            label_paragraph(m, begin, i + 1);
            limit_sentences(m, begin, i + 1);
            for (uint32_t k = begin; k <= i; k++) {
                const uint8_t label = m->marks[k] & LABEL_MASK;
                *n_tokens += (label != SPLIT_JOIN) + ((m->marks[k] & CUT_INSIDE) != 0);
                *n_sentences += label == SPLIT_SENTENCE;
            }
        }
        begin = i + 1;
    }
}

static bool fill_arrays(struct making *m)
{
    struct text_layer *t = m->out;
    size_t n_tokens, n_sentences;
    label_all(m, &n_tokens, &n_sentences);
    t->tokens = ARENA_NEW(m->arena, n_tokens + 1, struct token);
    t->sentences = ARENA_NEW(m->arena, n_sentences + 1, struct sentence);
    t->paragraphs = ARENA_NEW(m->arena, (size_t)t->n_paragraphs + 1, struct paragraph);
    if (t->tokens == NULL || t->sentences == NULL || t->paragraphs == NULL) return false;
    t->n_paragraphs = 0;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < t->n_atoms; i++) {
        if (!(m->marks[i] & ENDS_PARAGRAPH)) continue;
        add_paragraph(m, begin, i + 1, (m->marks[i] & BOILERPLATE) != 0);
        begin = i + 1;
    }
    return true;
}

void text_find_case(struct text_layer *text)
{
    enum { ENOUGH = 50 };
    size_t upper = 0, lower = 0;
    for (uint32_t t = 0; t < text->n_tokens; t++) {
        const struct str form = text->tokens[t].form;
        for (size_t i = 0; i < form.len; i++) {
            upper += form.at[i] >= 'A' && form.at[i] <= 'Z';
            lower += form.at[i] >= 'a' && form.at[i] <= 'z';
        }
        if (upper > ENOUGH && upper * ENOUGH > lower) return;
    }
    text->caseless = lower >= 20 && upper * 100 <= lower;
}

void text_find_title(struct text_layer *text)
{
    text->n_title_sentences = text->n_title_paragraphs = 0;
    while (text->n_title_paragraphs < text->n_paragraphs &&
           text->paragraphs[text->n_title_paragraphs].begin < text->map.body)
        text->n_title_paragraphs++;
    while (text->n_title_sentences < text->n_sentences &&
           text->sentences[text->n_title_sentences].begin < text->map.body)
        text->n_title_sentences++;
}

bool text_analyse(const struct text_rules *rules, struct arena *arena, struct str text,
                  struct text_layer *out)
{
    struct making m = {.arena = arena, .out = out};
    if (rules != NULL) m.rules = *rules;
    if (text.len > (size_t)1 << 31) text.len = (size_t)1 << 31;
    *out = (struct text_layer){.text = text};
    out->n_atoms = atoms_cut(arena, text, &out->atoms, &m.invalid);
    m.marks = ARENA_NEW(arena, (size_t)out->n_atoms + 1, uint8_t);
    if (out->atoms == NULL || m.marks == NULL) return false;
    find_paragraphs(&m);
    if (!fill_arrays(&m) || arena->failed) return false;
    text_find_case(out);
    return true;
}
