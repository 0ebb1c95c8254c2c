/* saytree.h - the dependency tree with its children and the extent of every subtree.
 *
 * Built once a document in linear time: words are released from the leaves upwards, each handing
 * its extent to its head. */
#ifndef DETENTE_SAYTREE_H
#define DETENTE_SAYTREE_H

#include "lang/lang.h"

/* No verb of a language has more dependents; what a word has beyond that, in lists a page long, is
 * left out of its children (the first ones), so that looking at them takes constant time. */
enum { SAY_CHILDREN = 64 };

struct say_tree {
    const struct lang_layer *lang;
    uint32_t n;
    uint32_t *first_child, *next_child; /* NO_TOKEN ends; in order of the text */
    uint32_t *left, *right;             /* tokens [left, right): the subtree, without
                                           punctuation at its ends */
};

/* False when memory ran out. */
bool saytree_build(struct arena *arena, const struct text_layer *text,
                   const struct lang_layer *lang, struct say_tree *out);
/* The first child of t with relation `dep`, or NO_TOKEN. */
uint32_t saytree_child(const struct say_tree *tree, uint32_t t, enum dep dep);

#endif
