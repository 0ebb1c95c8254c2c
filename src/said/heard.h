/* heard.h - what one cue tells, in tokens: who says what. A saying (said.h) is made of it. */
#ifndef DETENTE_HEARD_H
#define DETENTE_HEARD_H

#include "lang/tree.h"

struct heard {
    uint32_t cue_begin, cue_end, cue;          /* the cue's tokens, and the main one among them */
    uint32_t source_begin, source_end, source; /* source NONE: none */
    uint32_t begin, end;                       /* content; begin == end: none */
    uint32_t skip_begin, skip_end;             /* what lies within the content and is not of it */
    bool direct;
};

enum { NEAR_WORDS = 24 }; /* how far from a cue its quotation is looked for, and the like */

static inline bool is_punct(const struct tree *tree, uint32_t t)
{
    return tree->words[t].upos == UPOS_PUNCT;
}

/* Marks that end a clause; they do not count at the ends of a piece. */
static inline bool is_final(const struct tree *tree, uint32_t t)
{
    struct str form = tree->tokens[t].form;
    return form.len == 1 && strchr(".,;:!?", form.at[0]) != NULL;
}

#endif
