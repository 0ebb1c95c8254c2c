/* where.h - places: every mention of a place, resolved to GeoNames.
 *
 * In: the sentences' structure, the names found by the base and by the engine. Out: places in
 * order, not overlapping. Resolution: candidates from the base, scored by population, kind, other
 * places of the story (one country, nearness), "City, Country" patterns, the dateline; one sense
 * per story. */
#ifndef DETENTE_WHERE_H
#define DETENTE_WHERE_H

#include "lang/tree.h"

struct place {
    uint32_t begin, end; /* bytes */
    uint32_t token_begin, token_end;
    uint32_t head;     /* token */
    uint32_t id;       /* index into know->places */
    uint8_t adjective; /* 1: "Russian": a hint of the country, not a place mention */
    uint8_t dateline;  /* 1: the story was written there */
    uint8_t outer;     /* 1: says only where the place before it is: the Y of "X, Y" */
};

struct where_layer {
    struct place *places;
    uint32_t n_places;
};

/* `lang` gives the names that the engine found. False only when memory ran out. */
bool where_find(struct arena *arena, const struct tree *tree, const struct lang_layer *lang,
                const struct match_layer *matches, struct where_layer *out);

#endif
