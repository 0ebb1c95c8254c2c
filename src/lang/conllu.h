/* conllu.h - CoNLL-U, the text format of Universal Dependencies, in and out.
 *
 * In: CoNLL-U whose ID and FORM columns give sentences and tokens (two columns are enough; a
 * treebank has ten). Out: a text_layer, and the rows as they stood, so that comments, multi-word
 * ranges, empty nodes and MISC can be printed again around a new analysis. Linear time.
 * The format: https://universaldependencies.org/format.html */
#ifndef DETENTE_CONLLU_H
#define DETENTE_CONLLU_H

#include "base/buf.h"
#include "lang/lang.h"

enum conllu_kind { CONLLU_COMMENT, CONLLU_RANGE, CONLLU_EMPTY, CONLLU_WORD };

struct conllu_row {
    uint32_t begin, end; /* bytes of the input, without the line end */
    uint32_t token;      /* of a word */
    uint8_t kind;        /* enum conllu_kind */
};

struct conllu_layer {
    struct conllu_row *rows;
    uint32_t *sentence_row; /* first row of each sentence; one more for the end */
    uint32_t n_rows;
};

/* Reads `input`, called `name` in messages; the result points into it and into the arena. Token
 * spans are those of the FORM column; there are no atoms yet, and one paragraph. DT_E_STORY for a
 * line that is not CoNLL-U. */
dt_status conllu_read(struct arena *arena, struct str input, const char *name,
                      struct text_layer *text, struct conllu_layer *rows, dt_error *err);

/* Cuts the tokens into atoms, so that names can be looked for. False only when memory ran out. */
bool conllu_atoms(struct arena *arena, struct text_layer *text);

/* Appends the analysis to `out`. `rows` is what conllu_read() gave, or NULL for a text that the
 * text stage has cut. MISC gets Entity= (BIO), SpaceAfter=No and TokenRange=begin:end. */
void conllu_write(struct buf *out, const struct lang_model *model, const struct text_layer *text,
                  const struct lang_layer *lang, const struct conllu_layer *rows);

#endif
