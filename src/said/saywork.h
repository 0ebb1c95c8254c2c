/* saywork.h - what the parts of said share: the work on one document and what one cue found. */
#ifndef DETENTE_SAYWORK_H
#define DETENTE_SAYWORK_H

#include "said/said.h"

enum { NEAR_WORDS = 24 }; /* how far from a cue its quotation is looked for, and the like */

struct said_work {
    struct arena *arena;
    const struct text_layer *text;
    const struct tree *tree;
    uint8_t *taken; /* for each region: a saying has it */
    struct said_layer *out;
    size_t cap;
    uint32_t sentence;
    struct saying pending; /* a cue that waits for a quotation: "He said:" */
    bool is_pending;
};

/* What one cue found, in tokens. */
struct find {
    uint32_t cue_begin, cue_end, cue;
    uint32_t source_begin, source_end, source; /* source NO_TOKEN: none */
    uint32_t begin, end;                       /* content; begin == end: none */
    uint32_t skip_begin, skip_end;             /* what lies within the content and is not of it */
    bool direct;
};

static inline const struct word *word_of(const struct said_work *work, uint32_t t)
{
    return &work->tree->words[t];
}

static inline bool is_punct(const struct said_work *work, uint32_t t)
{
    return word_of(work, t)->upos == UPOS_PUNCT;
}

/* Marks that end a clause; they do not count at the ends of a piece. */
static inline bool is_final(struct str form)
{
    return form.len == 1 && strchr(".,;:!?", form.at[0]) != NULL;
}

#endif
