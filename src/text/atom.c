/* atom.c - text_atoms(): bytes to atoms.
 *
 * In: any bytes. Out: maximal runs of letters (with their marks) and of digits, and every other
 * character by itself; blanks, NUL bytes and control characters separate them. One pass; ASCII is
 * answered from a table, the rest by utf8.h. */
#include "base/port.h"
#include "base/utf8.h"
#include "text/atom.h"

enum {
    AS_LETTER = ATOM_LETTERS,
    AS_DIGIT = ATOM_DIGITS,
    AS_OTHER = ATOM_OTHER,
    AS_BLANK,
    AS_LINE,
    AS_MANY
};

#define B4  AS_BLANK, AS_BLANK, AS_BLANK, AS_BLANK
#define L4  AS_LETTER, AS_LETTER, AS_LETTER, AS_LETTER
#define D4  AS_DIGIT, AS_DIGIT, AS_DIGIT, AS_DIGIT
#define O4  AS_OTHER, AS_OTHER, AS_OTHER, AS_OTHER
#define M4  AS_MANY, AS_MANY, AS_MANY, AS_MANY
#define M16 M4, M4, M4, M4
static const uint8_t byte_class[256] = {
    B4,       B4,       AS_BLANK, AS_BLANK,  AS_LINE,   AS_BLANK,  AS_LINE,   AS_LINE,
    AS_BLANK, B4,       B4,       B4,        B4,        AS_BLANK,  AS_BLANK,  AS_OTHER,
    AS_OTHER, AS_OTHER, O4,       O4,        O4,        D4,        D4,        AS_DIGIT,
    AS_DIGIT, AS_OTHER, AS_OTHER, O4,        AS_OTHER,  AS_LETTER, AS_LETTER, AS_LETTER,
    L4,       L4,       L4,       L4,        L4,        AS_LETTER, AS_LETTER, AS_LETTER,
    AS_OTHER, O4,       AS_OTHER, AS_LETTER, AS_LETTER, AS_LETTER, L4,        L4,
    L4,       L4,       L4,       AS_LETTER, AS_LETTER, AS_LETTER, AS_OTHER,  AS_OTHER,
    AS_OTHER, AS_OTHER, AS_BLANK, M16,       M16,       M16,       M16,       M16,
    M16,      M16,      M16};

/* Soft hyphen, zero-width non-joiner and joiner, word joiner: inside a word they belong to it. */
static bool joins_letters(uint32_t cp)
{
    return cp == 0xAD || cp == 0x200C || cp == 0x200D || cp == 0x2060;
}

/* The class of the character of several bytes at `off`; its length goes to *len. */
static uint8_t class_of_long(struct str s, size_t off, uint8_t before, size_t *len, bool *invalid)
{
    uint32_t cp;
    *len = utf8_decode(s, off, &cp);
    if (cp == UTF8_REPLACEMENT) {
        if (*len != 3 || memcmp(s.at + off, "\xEF\xBF\xBD", 3) != 0) *invalid = true;
        return AS_OTHER;
    }
    if (joins_letters(cp)) return before == AS_LETTER ? AS_LETTER : AS_BLANK;
    if (cp == 0x2028 || cp == 0x2029 || cp == 0x85) return AS_LINE;
    switch (utf8_class_of(cp)) {
    case UTF8_LETTER: return AS_LETTER;
    case UTF8_DIGIT: return AS_DIGIT;
    case UTF8_BLANK: return AS_BLANK;
    case UTF8_CONTROL: return cp < 0xA0 || cp >= 0xE000 ? AS_OTHER : AS_BLANK;
    default: return AS_OTHER;
    }
}

/* Skips blanks from `off`; *gap tells what they were. */
static size_t skip_blanks(struct str s, size_t off, uint8_t *gap, bool *invalid)
{
    unsigned lines = 0;
    const size_t begin = off;
    while (off < s.len) {
        size_t len = 1;
        uint8_t class = byte_class[(unsigned char)s.at[off]];
        if (class == AS_MANY) class = class_of_long(s, off, AS_BLANK, &len, invalid);
        if (class != AS_BLANK && class != AS_LINE) break;
        if (class == AS_LINE && lines < 2 &&
            !(s.at[off] == '\n' && off > begin && s.at[off - 1] == '\r'))
            lines++;
        off += len;
    }
    *gap = lines > 0 ? (uint8_t)(1 + lines) : off > begin;
    return off;
}

/* The end of the atom that begins at `off` with a character of class `class` and length `len`. */
static size_t atom_end(struct str s, size_t off, uint8_t class, size_t len, bool *invalid)
{
    off += len;
    if (class == AS_OTHER) return off;
    while (off < s.len) {
        uint8_t next = byte_class[(unsigned char)s.at[off]];
        len = 1;
        if (UNLIKELY(next == AS_MANY)) next = class_of_long(s, off, class, &len, invalid);
        if (next != class) break;
        off += len;
    }
    return off;
}

uint32_t atoms_cut(struct arena *arena, struct str text, struct atom **out, bool *invalid)
{
    size_t n = 0;
    size_t cap = text.len / 4 + 16;
    struct atom *atoms = ARENA_NEW(arena, cap, struct atom);
    uint8_t gap;
    *invalid = false;
    size_t off = skip_blanks(text, 0, &gap, invalid);
    while (off < text.len && atoms != NULL) {
        size_t len = 1;
        uint8_t class = byte_class[(unsigned char)text.at[off]];
        if (UNLIKELY(class == AS_MANY)) class = class_of_long(text, off, AS_BLANK, &len, invalid);
        if (n == cap) atoms = arena_grow(arena, atoms, n, n + 1, &cap, sizeof *atoms);
        if (atoms == NULL) break;
        const size_t end = atom_end(text, off, class, len, invalid);
        atoms[n] = (struct atom){(uint32_t)off, (uint32_t)end, class, 0};
        off = end;
        if (off < text.len) off = skip_blanks(text, off, &atoms[n].gap, invalid);
        n++;
    }
    *out = atoms;
    return atoms != NULL ? (uint32_t)n : 0;
}

uint32_t text_atoms(struct arena *arena, struct str text, struct atom **out)
{
    bool invalid;
    return atoms_cut(arena, text, out, &invalid);
}
