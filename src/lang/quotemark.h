/* quotemark.h - the stretches of text between quotation marks.
 *
 * In: text. Out: regions in order, not overlapping: the tokens between an opening mark and the one
 * that closes it. Straight, curly and doubled marks and guillemets; curly single marks outside
 * double ones. A region ends with its paragraph; where the next paragraph begins with an opening
 * mark again, the quotation goes on there, as newspapers print long ones. Marks within a region are
 * part of it. One pass, linear. */
#ifndef DETENTE_QUOTEMARK_H
#define DETENTE_QUOTEMARK_H

#include "text/text.h"

struct quote_region {
    uint32_t begin, end;  /* tokens, without the marks */
    uint32_t open, close; /* tokens of the marks; close == end when none closes it */
    uint32_t sentence;    /* of the opening mark */
    uint8_t continued;    /* goes on from the region before */
};

struct quote_layer {
    struct quote_region *regions;
    uint32_t n;
};

/* False when memory ran out. */
bool quotemark_find(struct arena *arena, const struct text_layer *text, struct quote_layer *out);

#endif
