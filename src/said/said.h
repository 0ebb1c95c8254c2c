/* said.h - quotations and attributions: who says what.
 *
 * In: the tree, the words of speech in the base. Out: sayings: direct, indirect and mixed speech,
 * each with content, cue and source. Method: cues (verbs and nouns of saying, "according to") over
 * the dependency tree for indirect speech; quotation marks, matched over the paragraphs, for direct
 * speech; a quotation without a cue continues the speaker of the one before (Pareti 2015; Muzny et
 * al. 2017). A saying is what the records call a quote; an event's attribution names the saying
 * that it stands in. */
#ifndef DETENTE_SAID_H
#define DETENTE_SAID_H

#include "base/index.h"
#include "lang/tree.h"

struct span {
    uint32_t begin, end; /* bytes */
};

struct saying {
    struct range content, cue,
        source; /* of said_layer.pieces, in order of the text; may be empty */
    uint8_t direct;
    uint8_t continued;                   /* speaker taken over from the saying before */
    uint32_t source_head;                /* head token of the source, or NONE */
    uint32_t cue_token;                  /* the cue's main token, or NONE */
    uint32_t content_begin, content_end; /* tokens from the first to the last of the content */
};

struct said_layer {
    struct saying *sayings;
    struct span *pieces; /* shared by the sayings; a continued one has its speaker's */
    uint32_t n_sayings, n_pieces;
};

/* False only when memory ran out. */
bool said_find(struct arena *arena, const struct tree *tree, struct said_layer *out);

#endif
