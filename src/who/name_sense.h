/* name_sense.h - which of the names and role nouns found in the story are meant, in what sense.
 *
 * In: the matches of the lexicon, the names that lang saw. Out: finds that do not overlap, but for
 * those that a longer one absorbed. */
#ifndef DETENTE_NAME_SENSE_H
#define DETENTE_NAME_SENSE_H

#include "who/who_work.h"

enum find_kind {
    FIND_COUNTRY,    /* Russia */
    FIND_ORG,        /* an organisation or group of the base */
    FIND_PERSON,     /* a person of the base */
    FIND_PEOPLE,     /* Russian, Russians */
    FIND_CAPITAL,    /* Moscow */
    FIND_SEAT,       /* the Kremlin */
    FIND_ROLE,       /* a role noun */
    FIND_NEW_PERSON, /* names that the base does not have */
    FIND_NEW_ORG
};

struct name_find {
    uint32_t begin, end; /* tokens */
    uint32_t head;       /* the token that carries it in the tree */
    uint32_t of;         /* index into entities or role nouns; NONE for a new name */
    uint32_t sector;     /* FIND_SEAT: pool offset */
    uint32_t unit;       /* the unit that it is part of, or NONE */
    uint8_t kind;        /* enum find_kind */
    uint8_t plural;
    uint8_t absorbed; /* part of a larger name: no mention of its own */
};

/* Fills w->finds. False when memory ran out. */
bool name_sense_find_all(struct who_work *w);
/* The find that covers the token, or NULL; NULL past the end, too. */
struct name_find *name_at_token(const struct who_work *w, uint32_t token);
/* A part of the world that is no party: "Arab", "Central American"; Europe may be. */
bool name_is_region(const struct who_work *w, const struct name_find *f);
/* "pro-Russian", "anti-American": a word about the country, not of it. */
bool name_is_about(const struct who_work *w, const struct name_find *f);

#endif
