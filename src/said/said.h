/* said.h - quotations and attributions: who says what.
 *
 * In: text and lang. Out: direct, indirect and mixed speech, each with content, cue and source.
 * Method: cues (verbs and nouns of saying, "according to") over the dependency tree for indirect
 * speech; quotation marks, matched over the paragraphs, for direct speech; a quotation without a
 * cue continues the speaker of the one before (Pareti 2015; Muzny et al. 2017). */
#ifndef DETENTE_SAID_H
#define DETENTE_SAID_H

#include "lang/tree.h"

struct span {
    uint32_t begin, end; /* bytes */
};

enum { SAID_PIECES = 4 };

struct saying {
    struct span content[SAID_PIECES], cue[SAID_PIECES], source[SAID_PIECES];
    uint8_t n_content, n_cue, n_source;
    uint8_t direct;
    uint8_t continued;                   /* speaker taken over from the saying before */
    uint32_t source_head;                /* head token of the source, or NO_TOKEN */
    uint32_t cue_token;                  /* the cue's main token, or NO_TOKEN */
    uint32_t content_begin, content_end; /* tokens from the first to the last of the content */
};

struct said_layer {
    struct saying *sayings;
    uint32_t n_sayings;
};

/* False only when memory ran out. */
bool said_find(struct arena *arena, const struct tree *tree, struct said_layer *out);

#endif
