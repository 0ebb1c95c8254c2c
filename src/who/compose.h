/* compose.h - noun phrases headed by a role noun: actors made of parts. */
#ifndef DETENTE_COMPOSE_H
#define DETENTE_COMPOSE_H

#include "who/name_sense.h"

enum unit_flag {
    UNIT_DEFINITE = 1,  /* "the" */
    UNIT_FORMER = 2,    /* "former", "ex-" */
    UNIT_THEN = 4,      /* "then-President" */
    UNIT_FIRM = 8,      /* belongs to an organisation that the base does not know */
    UNIT_ABSORBED = 16, /* part of a larger unit */
    UNIT_PERSON = 32,
    UNIT_BODY = 64,
    UNIT_PLURAL = 128,
    UNIT_NEEDS = 256,  /* an actor only with a country or an organisation */
    UNIT_NAMED = 512,  /* the name of a body: "Workers Party", "Department of Energy" */
    UNIT_THERE = 1024, /* the place is one that its own words name: "rebels in eastern Congo" */
    UNIT_ELSEWHERE =
        2048,        /* from another country than where it is: "tourists", "foreign workers" */
    UNIT_REST = 4096 /* of those named before: "three others", "another" */
};

struct unit {
    uint32_t begin, end, head; /* tokens */
    uint32_t noun;             /* the token of the role noun that carries the phrase */
    uint32_t role;          /* index of its role noun, NONE for one without a sector ("allies") */
    const char *sector;     /* from the most specific role noun, or NULL */
    const char *code;       /* of a role noun that needs no country, or NULL */
    struct range modifiers; /* of w->modifiers: finds that give the country or organisation */
    uint32_t name;          /* find that names it, or NONE */
    uint32_t owner;         /* token of the possessor where it is no find ("its", "the
                               country's"), or NONE */
    uint32_t place_country; /* entity of the country that it is said to be in, or NONE */
    uint16_t flags;
};

/* Fills w->units. False when memory ran out. */
bool compose_units(struct who_work *w);
/* The country that a place name at the token lies in, or NONE. */
uint32_t compose_country_at(const struct who_work *w, uint32_t token);
/* The first country that the phrase of `head` names, or NONE. */
uint32_t compose_country_in(const struct who_work *w, uint32_t head);
/* Something is done to it: the object, or the subject of a passive. */
bool compose_done_to(const struct who_work *w, uint32_t token);
/* The find that names the unit, or NULL. */
const struct name_find *unit_name(const struct who_work *w, const struct unit *u);

#endif
