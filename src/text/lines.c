/* lines.c - rejoins text that was wrapped at a fixed width.
 *
 * A line end ends a paragraph, unless its block of lines looks wrapped: no line is long, and lines
 * often break in mid-sentence. In such a block a line is continued by the next one when that is not
 * indented and either goes on in lower case, or its first word would not have found room on the
 * line before. Where all letters are capitals, any long line without a stop breaks in mid-sentence.
 * Each block is read twice; linear time. */
#include "text/lines.h"

enum { WRAP_MAX = 100, WRAP_MIN = 30, BROKEN_MIN = 20, OPEN_MIN = 40, SLACK = 8, INDENT = 2 };

struct line {
    uint32_t begin, end;    /* atoms */
    uint32_t indent, bytes; /* blanks before it; length of the rest */
};

struct block {
    uint32_t n_ends;   /* line ends inside the block that no indentation follows */
    uint32_t n_broken; /* of these, in mid-sentence */
    uint32_t n_open;   /* of these, after a long line without a stop, before a letter */
    bool lower;        /* it has letters that are no capitals */
    uint32_t width;    /* of the longest line */
    bool indented;     /* its paragraphs begin with an indented line */
};

static uint32_t indent_before(struct str text, uint32_t byte)
{
    uint32_t n = 0;
    while (n < byte && n < 80 && (text.at[byte - 1 - n] == ' ' || text.at[byte - 1 - n] == '\t'))
        n++;
    return n;
}

static struct line read_line(struct str text, const struct atom *atoms, uint32_t n_atoms,
                             uint32_t from)
{
    uint32_t last = from;
    while (last + 1 < n_atoms && atoms[last].gap < 2)
        last++;
    return (struct line){from, last + 1, indent_before(text, atoms[from].begin),
                         atoms[last].end - atoms[from].begin};
}

static bool starts_lower(struct str text, const struct atom *atom)
{
    return text.at[atom->begin] >= 'a' && text.at[atom->begin] <= 'z';
}

static bool has_lower(struct str text, const struct atom *atoms, const struct line *line)
{
    for (uint32_t k = atoms[line->begin].begin; k < atoms[line->end - 1].end; k++) {
        if (text.at[k] >= 'a' && text.at[k] <= 'z') return true;
    }
    return false;
}

/* True when the line ends like a sentence, a heading's colon or a closed quotation. */
static bool closes(struct str text, const struct atom *last)
{
    const char c = text.at[last->begin];
    return last->kind == ATOM_OTHER && (c == '.' || c == '!' || c == '?' || c == ':' || c == '"');
}

static uint32_t first_word_bytes(const struct atom *atoms, const struct line *line)
{
    uint32_t i = line->begin;
    while (i + 1 < line->end && atoms[i].gap == 0)
        i++;
    return atoms[i].end - atoms[line->begin].begin;
}

static struct block survey_block(struct str text, const struct atom *atoms, uint32_t n_atoms,
                                 uint32_t from, uint32_t *end)
{
    struct block block = {0};
    struct line line = read_line(text, atoms, n_atoms, from);
    for (;;) {
        if (line.indent + line.bytes > block.width) block.width = line.indent + line.bytes;
        block.lower = block.lower || has_lower(text, atoms, &line);
        if (line.end >= n_atoms || atoms[line.end - 1].gap > 2) break;
        const struct line next = read_line(text, atoms, n_atoms, line.end);
        if (next.indent < line.indent + INDENT) {
            block.n_ends++;
            const bool open = !closes(text, &atoms[line.end - 1]);
            block.n_broken +=
                open && starts_lower(text, &atoms[next.begin]) && line.bytes >= BROKEN_MIN;
            block.n_open +=
                open && atoms[next.begin].kind == ATOM_LETTERS && line.bytes >= OPEN_MIN;
        }
        block.indented = block.indented || (line.indent < INDENT && next.indent >= INDENT);
        line = next;
    }
    if (!block.lower) block.n_broken = block.n_open;
    *end = line.end;
    return block;
}

static bool goes_on(struct str text, const struct atom *atoms, const struct block *block,
                    const struct line *line, const struct line *next)
{
    if (next->indent >= INDENT && next->indent + 1 >= line->indent) return false;
    const bool closed = closes(text, &atoms[line->end - 1]);
    if (!closed && block->indented) return true;
    if (!closed && starts_lower(text, &atoms[next->begin])) return true;
    if (text.at[atoms[line->end - 1].begin] == ',') return true;
    if (!closed && line->bytes * 10 >= block->width * 7) return true;
    return line->indent + line->bytes + 1 + first_word_bytes(atoms, next) + SLACK > block->width;
}

uint32_t lines_block(struct str text, const struct atom *atoms, uint32_t n_atoms, uint32_t from,
                     uint8_t *ends)
{
    uint32_t end;
    const struct block block = survey_block(text, atoms, n_atoms, from, &end);
    const bool wrapped = block.width <= WRAP_MAX && block.width >= WRAP_MIN && block.n_broken > 0 &&
                         block.n_broken * 4 >= block.n_ends;
    struct line line = read_line(text, atoms, n_atoms, from);
    while (line.end < end) {
        const struct line next = read_line(text, atoms, n_atoms, line.end);
        ends[line.end - 1] = !(wrapped && goes_on(text, atoms, &block, &line, &next));
        line = next;
    }
    ends[end - 1] = 1;
    return end;
}
