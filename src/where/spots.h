/* spots.h - the spans that may name a place, and their candidates; inside src/where only. */
#ifndef DETENTE_SPOTS_H
#define DETENTE_SPOTS_H

#include "where/where.h"

enum spot_flag {
    SPOT_ADJECTIVE = 1, /* "Russian": no candidates but a country */
    SPOT_WEAK = 2,      /* each of its senses is weak */
    SPOT_SHORT = 4,     /* "Ga.", "TX": counts only behind a town */
    SPOT_INNER = 8,     /* stands inside a longer name of a person or an organisation */
    SPOT_BODY = 16,     /* also names an organisation, a group or a person */
    SPOT_PERSON = 32,   /* a person of the story bears this name */
    SPOT_DATELINE = 64,
    SPOT_OUTER = 128,   /* the Y of "X, Y" */
    SPOT_PART = 256,    /* a town or region inside a longer name of another place: "Mbanza Congo" */
    SPOT_LANDFORM = 512 /* before a word that makes another place of it: "Turkey Creek" */
};

struct spot {
    uint32_t begin, end, token_begin, token_end;
    uint32_t name; /* its first sense: the same for all spots with this name */
    uint32_t group;
    uint32_t country; /* of SPOT_ADJECTIVE: index of the country's place */
    uint32_t outer;   /* the spot Y of "X, Y" that contains a candidate, or NONE */
    uint32_t aside;   /* the division Y of "X, Y" that contains none: X is not in the base; or NONE */
    uint32_t place;   /* chosen, or NONE */
    uint16_t flags;   /* enum spot_flag */
    uint8_t tag;      /* enum name_type of its words */
};

struct candidate {
    uint32_t place;
    uint8_t weak;
    uint8_t said; /* a spot of the group said so: "Paris, Texas" */
    double prior;
    double score; /* prior and what the story says */
};

/* All spots of one name: they mean one place unless they say otherwise. */
struct spot_group {
    uint32_t name;
    uint32_t candidate_begin, candidate_end;
    uint32_t best;  /* candidate */
    uint32_t place; /* chosen for its spots, when weight is not 0 */
    double weight;  /* what it adds to the hints of the story */
    double share;   /* what it adds to the possible divisions, to each of them */
    uint8_t sure;   /* 1: one of its spots is a place beyond doubt */
};

struct where_work {
    const struct know *know;
    struct arena *arena;
    const struct tree *tree;
    const struct text_layer *text;
    const struct word *words;
    const struct lang_layer *lang;
    const struct match_layer *matches;
    struct spot *spots;
    struct spot_group *groups;
    struct candidate *candidates;
    uint32_t n_spots, n_groups, n_candidates;
    size_t cap_spots, cap_groups, cap_candidates;
};

/* Fills spots, groups and candidates (spots.c). False only when memory ran out. */
bool spots_collect(struct where_work *w);
/* Chooses a place for each spot, or none (resolve.c). False only when memory ran out. */
bool spots_resolve(struct where_work *w);

/* Whether token t is one of `n` marks. */
bool token_is_mark(const struct where_work *w, uint32_t t, const char *const *marks, size_t n);
/* Whether a sentence starts with token t. */
bool token_starts_sentence(const struct where_work *w, uint32_t t);
/* Whether token t begins with a capital. */
bool token_is_capital(const struct where_work *w, uint32_t t);

#endif
