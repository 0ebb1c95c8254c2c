/* decode.h - from scores to structures: dependency trees and name labels. */
#ifndef DETENTE_DECODE_H
#define DETENTE_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/index.h"
#include "lang/kernel.h"

struct decode_room { /* scratch, grown when needed; all zero bytes is a valid, empty one */
    unsigned char *block;
    size_t cap;
};
void decode_room_free(struct decode_room *room);

/* The best tree of a sentence of n words. `arcs` is a matrix [n][stride] whose column j < n is the
 * score of word j as the head of the row's word, column n that of the root; the diagonal is
 * overwritten. heads[i] is a word or NONE for the root, which exactly one word gets. margins[i] is
 * the score of the chosen head less that of the best other one (0 where none). Greedy choice where
 * that is a tree already (nearly always), else Edmonds' algorithm, O(n^2). False when memory ran
 * out. */
bool decode_tree(const struct kernel *kernel, struct decode_room *room, float *arcs, size_t n,
                 size_t stride, uint32_t *heads, float *margins);

/* True when heads form a tree with exactly one root. `seen` has room for n numbers. */
bool decode_is_tree(const uint32_t *heads, size_t n, uint32_t *seen);

/* The maximum spanning arborescence with exactly one root. */
bool decode_edmonds(struct decode_room *room, const float *arcs, size_t n, size_t stride,
                    uint32_t *heads);

/* The best sequence of labels for n rows of `labels` (at most 64) scores, by Viterbi. Transition
 * a -> b scores transitions[a * labels + b]. False when memory ran out. */
bool decode_labels(struct decode_room *room, const float *scores, size_t n, size_t stride,
                   size_t labels, const float *transitions, const float *start, uint8_t *out);

#endif
