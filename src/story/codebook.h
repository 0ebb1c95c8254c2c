/* codebook.h - the frames and operators of the knowledge as people read them; inside src/story
 * only.
 *
 * The compiled tables (frames.h) tell codes and find words in any form; how an entry is written,
 * and its examples, stands in the text that the knowledge carries with it (compile.h). */
#ifndef DETENTE_CODEBOOK_H
#define DETENTE_CODEBOOK_H

#include "know/ontology.h"
#include "lang/lemma.h"
#include "story/model.h"

struct book_trigger {
    const char *kind;  /* "verb" */
    const char *words; /* "impose, slap" */
    const char *where; /* "obj {sanction}; source subj", or NULL */
};

struct book_example {
    const char *kind; /* "yes", "no" or "miss" */
    const char *date, *text;
    const char **records;
    uint32_t n_records;
};

struct book_frame {
    const struct frame_record *record;
    const struct ontology_code *code; /* NULL: an operator, or a code that the table lacks */
    const struct ontology_code *root;
    const char *plover, *mode; /* or NULL */
    const char **contexts;
    struct book_trigger *triggers;
    struct book_example *examples;
    uint32_t n_contexts, n_triggers, n_examples;
    uint32_t fires_begin, fires_end; /* its compiled triggers in dt_codebook.fires */
};

struct book_class {
    const char *name, *words;
};

struct dt_codebook {
    struct dt_model *model;
    struct lemma_table lemmas; /* the model's */
    struct arena arena;
    struct book_frame *frames; /* by CAMEO code, operators behind them */
    struct book_class *classes;
    uint32_t *fires; /* compiled triggers, frame by frame */
    uint32_t n_frames, n_classes;
};

#endif
