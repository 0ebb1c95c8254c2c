/* split.c - the features of the boundary between two atoms; see split.h.
 *
 * Each feature is a hash of a template number and up to three values. Cost: constant for a
 * boundary, beside one look at each atom. The trick of hashed weights: Weinberger et al., ICML
 * 2009. */
#include "base/port.h"
#include "base/utf8.h"
#include "text/split.h"

enum shape {
    SHAPE_NONE,
    SHAPE_LOWER,
    SHAPE_LETTER,
    SHAPE_CAPITAL,
    SHAPE_TITLE,
    SHAPE_CAPS,
    SHAPE_MIXED,
    SHAPE_DIGIT1,
    SHAPE_DIGIT2,
    SHAPE_DIGIT3,
    SHAPE_DIGIT4,
    SHAPE_DIGITS,
    SHAPE_STOP,
    SHAPE_END,
    SHAPE_COMMA,
    SHAPE_COLON,
    SHAPE_HYPHEN,
    SHAPE_DASH,
    SHAPE_APOSTROPHE,
    SHAPE_QUOTE,
    SHAPE_OPEN,
    SHAPE_CLOSE,
    SHAPE_SLASH,
    SHAPE_MONEY,
    SHAPE_PERCENT,
    SHAPE_AT,
    SHAPE_HASH,
    SHAPE_BAR,
    SHAPE_STAR,
    SHAPE_SYMBOL
};

enum chunk {
    CHUNK_NONE,
    CHUNK_LINK,
    CHUNK_MAIL,
    CHUNK_HANDLE,
    CHUNK_DOMAIN,
    CHUNK_SLASH,
    CHUNK_LONG
};

static struct str form_of(const struct split_walk *walk, uint32_t i)
{
    return str_cut(walk->text, walk->atoms[i].begin, walk->atoms[i].end);
}

static bool is_char(const struct split_walk *walk, uint32_t i, char c)
{
    return i < walk->end && walk->atoms[i].kind == ATOM_OTHER &&
           walk->text.at[walk->atoms[i].begin] == c;
}

/* What follows atom i: 0 nothing, 1 blanks, 2 the paragraph's end. */
static uint32_t gap_after(const struct split_walk *walk, uint32_t i)
{
    return i + 1 >= walk->end ? 2 : walk->atoms[i].gap != 0;
}

static uint8_t shape_of_letters(struct str s)
{
    uint32_t cp;
    const size_t first = utf8_decode(s, 0, &cp);
    const bool capital = utf8_is_upper(cp);
    if (first == s.len) return capital ? SHAPE_CAPITAL : SHAPE_LETTER;
    bool upper = false, lower = false;
    const size_t end = s.len < 32 ? s.len : 32;
    for (size_t i = first; i < end; i++) {
        const unsigned char c = (unsigned char)s.at[i];
        if (c >= 'A' && c <= 'Z')
            upper = true;
        else
            lower = true;
    }
    if (!capital) return upper ? SHAPE_MIXED : SHAPE_LOWER;
    return !upper ? SHAPE_TITLE : lower ? SHAPE_MIXED : SHAPE_CAPS;
}

/* The plain character that a typographic one stands for, as far as splitting goes. */
static uint32_t plain_character(uint32_t cp)
{
    switch (cp) {
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x02BC:
    case 0xB4: return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB: return '"';
    case 0x2010:
    case 0x2011: return '-';
    case 0x2015: return 0x2014;
    default: return cp;
    }
}

static uint8_t shape_of_character(uint32_t cp)
{
    switch (cp) {
    case '.': return SHAPE_STOP;
    case '!':
    case '?':
    case 0x2026: return SHAPE_END;
    case ',':
    case ';': return SHAPE_COMMA;
    case ':': return SHAPE_COLON;
    case '-': return SHAPE_HYPHEN;
    case 0x2013:
    case 0x2014: return SHAPE_DASH;
    case '\'':
    case '`': return SHAPE_APOSTROPHE;
    case '"': return SHAPE_QUOTE;
    case '(':
    case '[':
    case '{':
    case '<': return SHAPE_OPEN;
    case ')':
    case ']':
    case '}':
    case '>': return SHAPE_CLOSE;
    case '/':
    case '\\':
    case '_': return SHAPE_SLASH;
    case '$':
    case 0xA3:
    case 0x20AC:
    case 0xA5: return SHAPE_MONEY;
    case '%': return SHAPE_PERCENT;
    case '@': return SHAPE_AT;
    case '#': return SHAPE_HASH;
    case '|':
    case '~':
    case '=':
    case '+': return SHAPE_BAR;
    case '*':
    case 0x2022:
    case 0xB7: return SHAPE_STAR;
    default: return SHAPE_SYMBOL;
    }
}

static uint32_t hash_of_word(struct str s)
{
    uint32_t h = 2166136261u ^ (uint32_t)(s.len < 24 ? s.len : 24);
    const size_t end = s.len < 24 ? s.len : 24;
    for (size_t i = 0; i < end; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 'A' && c <= 'Z') c |= 32;
        h = (h ^ c) * 16777619u;
    }
    return h | 256;
}

/* The class of a word: an abbreviation only with a stop, a starter only with a capital. */
static uint8_t word_before(const struct split_words *words, struct str s, uint8_t shape, bool stop)
{
    if (!stop && shape != SHAPE_TITLE && shape != SHAPE_CAPITAL) return SPLIT_OTHER;
    const uint8_t class = split_words_find(words, s)->class;
    return stop || class == SPLIT_STARTER ? class : SPLIT_OTHER;
}

/* Reads the blank-free run that begins at atom `from` and remembers what it is. */
static void read_chunk(struct split_walk *walk, uint32_t from)
{
    uint32_t i = from;
    bool link = false, mail = false, domain = false, slash = false;
    for (;; i++) {
        if (walk->atoms[i].kind == ATOM_OTHER) {
            link |= is_char(walk, i, ':') && is_char(walk, i + 1, '/') && is_char(walk, i + 2, '/');
            mail |= is_char(walk, i, '@') && i > from;
            slash |= is_char(walk, i, '/') || is_char(walk, i, '_');
        } else if (walk->atoms[i].kind == ATOM_LETTERS && i > from && is_char(walk, i - 1, '.')) {
            domain |= i > from + 1 && split_word_is(walk->words, form_of(walk, i), SPLIT_DOMAIN);
            link |= i == from + 2 && split_word_is(walk->words, form_of(walk, from), SPLIT_HOST);
        }
        if (gap_after(walk, i) != 0) break;
    }
    walk->chunk_end = i + 1;
    walk->chunk = link                                                   ? CHUNK_LINK
                  : mail                                                 ? CHUNK_MAIL
                  : is_char(walk, from, '@') || is_char(walk, from, '#') ? CHUNK_HANDLE
                  : domain                                               ? CHUNK_DOMAIN
                  : slash                                                ? CHUNK_SLASH
                  : i - from > 12                                        ? CHUNK_LONG
                                                                         : CHUNK_NONE;
}

static void describe_atom(const struct split_walk *walk, uint32_t i, struct split_peek *peek)
{
    const struct str s = form_of(walk, i);
    *peek = (struct split_peek){.index = i + 1};
    if (walk->atoms[i].kind == ATOM_LETTERS) {
        peek->shape = shape_of_letters(s);
        peek->form = hash_of_word(s);
        peek->word = word_before(walk->words, s, peek->shape,
                                 is_char(walk, i + 1, '.') && walk->atoms[i].gap == 0);
    } else if (walk->atoms[i].kind == ATOM_DIGITS) {
        peek->shape = (uint8_t)(SHAPE_DIGIT1 + (s.len < 5 ? s.len - 1 : 4));
        peek->form = peek->shape;
    } else {
        uint32_t cp;
        utf8_decode(s, 0, &cp);
        cp = plain_character(cp);
        peek->shape = shape_of_character(cp);
        peek->form = (cp + 1) << 10;
    }
}

/* Atom i as the features see it; outside of the paragraph it is empty. */
static struct split_peek peek_at(struct split_walk *walk, int64_t i)
{
    if (i < (int64_t)walk->begin || i >= (int64_t)walk->end) return (struct split_peek){0};
    struct split_peek *peek = &walk->ring[i % SPLIT_RING];
    if (peek->index != (uint32_t)i + 1) describe_atom(walk, (uint32_t)i, peek);
    return *peek;
}

static bool begins_lower(const struct split_walk *walk, uint32_t i)
{
    const char c = walk->text.at[walk->atoms[i].begin];
    return c >= 'a' && c <= 'z';
}

/* The hard rules: a word before another in lower case, a comma after a word, a stop without the
 * blank that should follow it. */
bool split_trivial(const struct split_walk *walk, uint32_t i, uint8_t *label)
{
    const struct atom *left = &walk->atoms[i], *right = left + 1;
    *label = SPLIT_WORD;
    if (left->gap != 0)
        return (left->kind == ATOM_LETTERS &&
                (begins_lower(walk, i + 1) || right->kind == ATOM_DIGITS)) ||
               is_char(walk, i, ',');
    return left->kind == ATOM_LETTERS && is_char(walk, i + 1, ',') && gap_after(walk, i + 1) != 0;
}

static uint32_t mix(uint64_t template, uint64_t x, uint64_t y, uint64_t z)
{
    uint64_t h = (x + template * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
    h = (h ^ h >> 32 ^ y) * 0x94D049BB133111EBu;
    h = (h ^ h >> 29 ^ z) * 0xD6E8FEB86659FD93u;
    return (uint32_t)(h >> 32);
}

static uint32_t bucket(uint32_t n)
{
    return n < 4 ? n : n < 8 ? 4 : n < 16 ? 5 : n < 32 ? 6 : 7;
}

uint32_t split_features(struct split_walk *walk, uint32_t i, uint32_t features[SPLIT_FEATURES])
{
    if (i >= walk->chunk_end) read_chunk(walk, i);
    const int64_t at = i;
    const struct split_peek l2 = peek_at(walk, at - 2), l1 = peek_at(walk, at - 1),
                            l0 = peek_at(walk, at), r0 = peek_at(walk, at + 1),
                            r1 = peek_at(walk, at + 2), r2 = peek_at(walk, at + 3);
    const uint32_t g = walk->atoms[i].gap != 0;
    const uint32_t gl = i > walk->begin ? walk->atoms[i - 1].gap != 0 : 2;
    const uint32_t gll = i > walk->begin + 1 ? walk->atoms[i - 2].gap != 0 : 2;
    const uint32_t gr = gap_after(walk, i + 1);
    const uint32_t grr = i + 2 < walk->end ? gap_after(walk, i + 2) : 2;
    const uint32_t c = g | gl << 2 | gr << 4;
    const uint32_t cc = c | gll << 6 | grr << 8;
    const uint32_t s2 = l0.shape | (uint32_t)r0.shape << 8;
    const uint32_t s3l = s2 | (uint32_t)l1.shape << 16, s3r = s2 | (uint32_t)r1.shape << 16;
    const uint64_t s4 = s3l | (uint64_t)r1.shape << 24;
    const uint64_t s6 = s4 | (uint64_t)l2.shape << 32 | (uint64_t)r2.shape << 40;
    const uint32_t state = (uint32_t)walk->quote | (uint32_t)walk->bracket << 2;
    uint32_t n = 0;
#define ADD(x, y, z) (features[n] = mix(n + 1, (x), (y), (z)), n++)
    ADD(g, 0, 0);
    ADD(l0.form, g, 0);
    ADD(r0.form, g, 0);
    ADD(l0.form, r0.form, g);
    ADD(l1.form, l0.form, g | gl << 2);
    ADD(r0.form, r1.form, g | gr << 2);
    ADD(s2, c, 0);
    ADD(s3l, c, 0);
    ADD(s3r, c, 0);
    ADD(s4, c, 0);
    ADD(s6, cc, 0);
    ADD(l0.form, r0.shape, c);
    ADD(r0.form, l0.shape, c);
    ADD(l1.form, l0.form, r0.shape | c << 8);
    ADD(l0.shape | c << 8, r0.form, r1.form);
    ADD(l1.form, l0.form, r0.form);
    ADD(l0.form, r0.form, r1.form);
    ADD(l2.form, l1.form, l0.form);
    ADD(walk->run, l0.form, r0.shape | g << 8);
    ADD(walk->chunk, s2, c);
    ADD(walk->chunk, l0.form, r0.form);
    ADD(state, l0.form, r0.shape | c << 8);
    ADD(bucket(walk->since), l0.form, r0.shape | g << 8);
    ADD(bucket(walk->since) | (uint32_t)l1.shape << 8, s2, c);
    ADD(walk->last, l0.form, r0.form);
    ADD(walk->last, s4, c);
    ADD(l1.word, l0.form, r0.shape | c << 8);
    ADD(l1.shape | c << 8, l0.form, r0.form);
    ADD(l2.form, l1.shape | (uint32_t)r0.shape << 8, l0.form);
    ADD((uint32_t)r0.word | (uint32_t)walk->last << 8, (uint32_t)l0.shape | (uint32_t)l1.shape << 8,
        cc);
    ADD(r0.word, l0.form, l1.form);
#undef ADD
    return n;
}

/* Inside a link or address, letters, digits and what usually holds them together stay joined. */
static bool in_address(struct split_walk *walk, uint32_t i)
{
    if (walk->atoms[i].gap != 0) return false;
    if (walk->chunk == CHUNK_HANDLE) return is_char(walk, i, '_') || is_char(walk, i + 1, '_');
    if (walk->chunk != CHUNK_LINK && walk->chunk != CHUNK_MAIL && walk->chunk != CHUNK_DOMAIN)
        return false;
    const bool left = walk->atoms[i].kind != ATOM_OTHER,
               right = walk->atoms[i + 1].kind != ATOM_OTHER;
    if (left && right) return true;
    if (walk->chunk == CHUNK_DOMAIN || gap_after(walk, i + 1) != 0 || left == right) return false;
    const char holder = walk->text.at[walk->atoms[left ? i + 1 : i].begin];
    return strchr("-/_=&?%~+", holder) != NULL && holder != '\0';
}

/* True when atom i is a capitalised word of class `class` before a stop and blanks. */
static bool is_short_for(struct split_walk *walk, int64_t i, uint8_t class)
{
    const struct split_peek word = peek_at(walk, i);
    return word.word == class && (word.shape == SHAPE_TITLE || word.shape == SHAPE_CAPS) &&
           gap_after(walk, (uint32_t)i + 1) == 1;
}

/* True when the stop at `at` belongs to the title, month or "No." before it. */
static bool is_short_stop(struct split_walk *walk, int64_t at)
{
    if (at <= (int64_t)walk->begin || !is_char(walk, (uint32_t)at, '.') ||
        walk->atoms[at - 1].gap != 0)
        return false;
    const struct split_peek next = peek_at(walk, at + 1);
    if (next.shape >= SHAPE_DIGIT1 && next.shape <= SHAPE_DIGITS)
        return is_short_for(walk, at - 1, SPLIT_MONTH) || is_short_for(walk, at - 1, SPLIT_NUMBER);
    return (next.shape == SHAPE_TITLE || next.shape == SHAPE_CAPITAL ||
            next.shape == SHAPE_MIXED) &&
           is_short_for(walk, at - 1, SPLIT_TITLE);
}

/* True after "U.K. " at the beginning of a sentence: it cannot be all of it. */
static bool is_first_acronym(const struct split_walk *walk, uint32_t i)
{
    if (walk->since != 3 && walk->since != 5) return false;
    for (uint32_t k = i - walk->since; k < i; k++) {
        const bool letter =
            walk->atoms[k].kind == ATOM_LETTERS && walk->atoms[k].end - walk->atoms[k].begin == 1;
        if (walk->atoms[k].gap != 0 || (!letter && !is_char(walk, k, '.'))) return false;
    }
    return is_char(walk, i, '.');
}

bool split_known(struct split_walk *walk, uint32_t i, uint8_t *label)
{
    const struct atom *left = &walk->atoms[i], *right = left + 1;
    *label = left->gap == 0 ? SPLIT_JOIN : SPLIT_WORD;
    if (in_address(walk, i)) return true;
    if (left->gap == 0 && left->kind == ATOM_LETTERS && right->kind == ATOM_DIGITS) return true;
    if (left->gap != 0 && is_first_acronym(walk, i)) return true;
    if (is_short_stop(walk, left->gap == 0 ? (int64_t)i + 1 : i)) return true;
    if (left->gap != 0 || !is_char(walk, i, '-') || right->kind != ATOM_LETTERS || i == walk->begin)
        return false;
    if (walk->last > SPLIT_WORD || left[-1].gap != 0 || left[-1].kind != ATOM_LETTERS) return false;
    *label = walk->last; /* both sides of a hyphen alike */
    return true;
}

/* Follows quotes and brackets: 0 none open, 1 open, 2 opened long ago or nested. */
static void follow_character(struct split_walk *walk, uint32_t i)
{
    uint32_t cp;
    utf8_decode(walk->text, walk->atoms[i].begin, &cp);
    switch (cp) {
    case '"': walk->quote = !walk->quote; break;
    case 0x201C: walk->quote = 1; break;
    case 0x201D: walk->quote = 0; break;
    case '(':
    case '[': walk->bracket = walk->bracket < 2 ? walk->bracket + 1 : 2; break;
    case ')':
    case ']': walk->bracket = walk->bracket > 0 ? walk->bracket - 1 : 0; break;
    default: break;
    }
}

void split_begin(struct split_walk *walk, const struct split_words *words, struct str text,
                 const struct atom *atoms, uint32_t begin, uint32_t end)
{
    *walk = (struct split_walk){
        .words = words, .text = text, .atoms = atoms, .begin = begin, .end = end};
    walk->last = SPLIT_SENTENCE;
    if (begin < end && atoms[begin].kind == ATOM_OTHER) follow_character(walk, begin);
}

void split_step(struct split_walk *walk, uint32_t i, uint8_t label)
{
    walk->last = label;
    walk->since = label == SPLIT_SENTENCE ? 0 : walk->since + 1;
    if (i + 1 >= walk->end || walk->atoms[i + 1].kind != ATOM_OTHER) {
        walk->run = 0;
        return;
    }
    const struct atom *left = &walk->atoms[i], *right = left + 1;
    const bool same = left->kind == ATOM_OTHER && left->gap == 0 &&
                      walk->text.at[left->begin] == walk->text.at[right->begin];
    walk->run = same ? (uint8_t)(walk->run < 7 ? walk->run + 1 : 7) : 0;
    follow_character(walk, i + 1);
}

/* ---- without a model ---- */

static bool ends_sentence(struct split_walk *walk, int64_t i)
{
    struct split_peek last = peek_at(walk, i);
    while (
        i > (int64_t)walk->begin && walk->atoms[i - 1].gap == 0 &&
        (last.shape == SHAPE_QUOTE || last.shape == SHAPE_CLOSE || last.shape == SHAPE_APOSTROPHE))
        last = peek_at(walk, --i);
    if (last.shape == SHAPE_END) return true;
    if (last.shape != SHAPE_STOP) return false;
    const struct split_peek word = peek_at(walk, i - 1);
    return word.shape != SHAPE_CAPITAL && (word.word == SPLIT_OTHER || word.word == SPLIT_TAIL);
}

static uint8_t rule_with_gap(struct split_walk *walk, uint32_t i)
{
    const struct split_peek right = peek_at(walk, (int64_t)i + 1);
    const bool opens = right.shape == SHAPE_CAPITAL || right.shape == SHAPE_TITLE ||
                       right.shape == SHAPE_CAPS || right.shape == SHAPE_QUOTE ||
                       (right.shape >= SHAPE_DIGIT1 && right.shape <= SHAPE_DIGITS) ||
                       right.shape == SHAPE_OPEN;
    return opens && ends_sentence(walk, i) ? SPLIT_SENTENCE : SPLIT_WORD;
}

/* "it|'s" are two words in one; "don|'t" is cut before the n later on. */
static uint8_t rule_of_apostrophe(struct split_walk *walk, uint32_t i)
{
    const struct str left = form_of(walk, i);
    if (i + 2 >= walk->end || walk->atoms[i + 1].gap != 0) return SPLIT_WORD;
    const struct str right = form_of(walk, i + 2);
    if (right.len == 1 && (right.at[0] | 32) == 't' && (left.at[left.len - 1] | 32) == 'n')
        return SPLIT_JOIN;
    return split_word_is(walk->words, right, SPLIT_CLITIC) ? SPLIT_GLUED : SPLIT_JOIN;
}

static uint8_t rule_without_gap(struct split_walk *walk, uint32_t i)
{
    if (i >= walk->chunk_end) read_chunk(walk, i);
    const struct split_peek left = peek_at(walk, i), right = peek_at(walk, (int64_t)i + 1);
    const uint8_t lk = walk->atoms[i].kind, rk = walk->atoms[i + 1].kind;
    const bool last = gap_after(walk, i + 1) != 0;
    if (left.form == right.form && lk == ATOM_OTHER) return SPLIT_JOIN;
    if (walk->chunk == CHUNK_LINK || walk->chunk == CHUNK_MAIL || walk->chunk == CHUNK_HANDLE ||
        walk->chunk == CHUNK_DOMAIN)
        return last && rk == ATOM_OTHER && right.shape <= SHAPE_COMMA ? SPLIT_WORD : SPLIT_JOIN;
    if (lk != ATOM_OTHER && rk != ATOM_OTHER) return SPLIT_JOIN;
    if (lk == ATOM_LETTERS && right.shape == SHAPE_APOSTROPHE) return rule_of_apostrophe(walk, i);
    if (left.shape == SHAPE_APOSTROPHE && rk == ATOM_LETTERS && i > walk->begin &&
        walk->atoms[i - 1].kind == ATOM_LETTERS && walk->atoms[i - 1].gap == 0)
        return SPLIT_JOIN;
    if (right.shape == SHAPE_STOP)
        return left.word != SPLIT_OTHER || left.shape == SHAPE_CAPITAL ||
                       (lk == ATOM_DIGITS && !last)
                   ? SPLIT_JOIN
                   : SPLIT_WORD;
    if (left.shape == SHAPE_STOP || left.shape == SHAPE_COLON || left.form == (',' + 1u) << 10)
        return walk->last == SPLIT_JOIN && rk != ATOM_OTHER ? SPLIT_JOIN : SPLIT_WORD;
    if (lk == ATOM_DIGITS && !last && walk->atoms[i + 2].kind == ATOM_DIGITS &&
        (right.shape == SHAPE_COLON || right.shape == SHAPE_COMMA))
        return SPLIT_JOIN;
    return SPLIT_WORD;
}

uint8_t split_rule(struct split_walk *walk, uint32_t i)
{
    return walk->atoms[i].gap != 0 ? rule_with_gap(walk, i) : rule_without_gap(walk, i);
}
