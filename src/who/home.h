/* home.h - the country that a story is about, and that of people who act at home; see home.c. */
#ifndef DETENTE_HOME_H
#define DETENTE_HOME_H

#include "who/who.h"

enum { HOME_COUNTRIES = 64 }; /* more than a story names; what comes later is not counted */

/* How often a story names each country; all zero is none yet. */
struct home_tally {
    const char *country[HOME_COUNTRIES];
    uint32_t count[HOME_COUNTRIES];
    uint32_t n, total;
};

/* A state: no region, no organisation of states. */
bool home_is_state(const struct know *know, const char *country);
/* Counts a country if it is a state, and those of the actors that are no pronouns. */
void home_count(const struct know *know, struct home_tally *t, const char *country);
void home_count_actors(const struct know *know, struct home_tally *t, const struct who_layer *who);
/* The country that was counted twice as often as all others together, and `least` times; or "". */
const char *home_most(const struct home_tally *t, uint32_t least);
/* "KEN" and "CVL" make "KENCVL", in the arena; NULL when memory ran out. */
const char *home_code(struct arena *arena, const char *country, const char *code);

/* Gives those actors of the layer that act at home, and have no country, the one that the story is
 * about, where it is about one; else that of the dateline, an entity or NONE. False only when
 * memory ran out. */
bool who_at_home(const struct know *know, struct arena *arena, uint32_t dateline,
                 struct who_layer *who);

#endif
