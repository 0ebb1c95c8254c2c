/* text.h - from bytes to paragraphs, sentences and tokens.
 *
 * In:  any bytes. Out: a text_layer: flat arrays in the document's arena; every span is a byte
 * range [begin, end) of the input exactly as it was given. Tokens follow the convention of UD
 * English-EWT: syntactic words ("do" "n't"), of which several may make one orthographic token.
 *
 * Algorithm: atoms (maximal runs of letters, of digits, single other characters) are cut by rule;
 * between two atoms a linear classifier (split.h), trained on UD treebanks, decides whether they
 * are joined, split, split inside one orthographic token, or end a sentence. Linear time. */
#ifndef DETENTE_TEXT_H
#define DETENTE_TEXT_H

#include "base/arena.h"
#include "base/str.h"
#include "text/clean.h"

enum atom_kind { ATOM_LETTERS, ATOM_DIGITS, ATOM_OTHER };

struct atom {
    uint32_t begin, end;
    uint8_t kind; /* enum atom_kind */
    uint8_t gap;  /* after it: 0 nothing, 1 blanks, 2 line end, 3 empty line */
};

enum token_flag {
    TOKEN_SPACE_AFTER = 1, /* blanks follow in the input */
    TOKEN_GLUED = 2,       /* belongs to the same orthographic token as the one before it */
    TOKEN_CAPS_LINE = 4    /* stands in a sentence written in capitals (a headline) */
};

struct token {
    uint32_t begin, end;
    struct str form; /* points into the input, or into the arena where bytes were invalid:
                        each invalid sequence then reads U+FFFD */
    uint32_t atom;   /* index of its first atom */
    uint16_t flags;  /* enum token_flag */
};

struct sentence {
    uint32_t begin, end;             /* bytes */
    uint32_t token_begin, token_end; /* tokens [token_begin, token_end) */
    uint32_t paragraph;
};

struct paragraph {
    uint32_t begin, end;
    uint32_t sentence_begin, sentence_end;
    uint8_t boilerplate; /* not of the story: "Click here ...", copyright lines: no sentences */
};

struct text_layer {
    struct str text;      /* C of clean.h: what all offsets inside the library count in */
    struct clean_map map; /* its offsets as those of the story as given */
    struct atom *atoms;
    struct token *tokens;
    struct sentence *sentences;
    struct paragraph *paragraphs;
    uint32_t n_atoms, n_tokens, n_sentences, n_paragraphs;
    uint32_t n_title_sentences, n_title_paragraphs; /* the first of them are the title's */
    bool caseless; /* 20 letters or more, of a hundred at most one a capital: they tell no names */
};

struct splitter;
struct boiler_rules;

/* What this stage is told from outside; each may be NULL. */
struct text_rules {
    const struct splitter *splitter;   /* split.h, of the model; NULL: by rule alone, less well */
    const struct boiler_rules *boiler; /* boiler.h, of the base; NULL: nothing is boilerplate */
};

/* Fills *out. False only when memory ran out. Text longer than 2^31 bytes is cut there. `rules`
 * may be NULL, too. */
bool text_analyse(const struct text_rules *rules, struct arena *arena, struct str text,
                  struct text_layer *out);

/* Sets `caseless` from the forms of the tokens. Stops reading where capitals are plenty. */
void text_find_case(struct text_layer *text);

/* Counts the sentences and paragraphs of the title, when the map is known. */
void text_find_title(struct text_layer *text);

/* Cuts `text` into atoms, the same way everywhere (the knowledge compiler uses it for names).
 * Returns the number of atoms; stores their array in *out, or NULL when memory ran out. */
uint32_t text_atoms(struct arena *arena, struct str text, struct atom **out);

#endif
