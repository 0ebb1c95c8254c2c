/* who_work.h - what the passes of who share while one story is read.
 *
 * sense.c fills `finds` (which name or role noun stands where, and what it means), compose.c joins
 * finds to noun phrases (`units`), refer.c walks through the story once more and writes the actors,
 * with pronouns and descriptions. metonym.c says when a place acts. All arrays lie in the arena. */
#ifndef DETENTE_WHO_WORK_H
#define DETENTE_WHO_WORK_H

#include "who/who.h"



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

struct find {
    uint32_t begin, end; /* tokens */
    uint32_t head;       /* the token that carries it in the tree */
    uint32_t of;         /* index into entities or role nouns */
    uint32_t sector;     /* FIND_SEAT: pool offset */
    uint32_t unit;       /* index + 1 of the unit that it is part of, or 0 */
    uint8_t kind;        /* enum find_kind */
    uint8_t plural;
    uint8_t absorbed; /* part of a larger name: no mention of its own */
};

enum unit_flag {
    UNIT_DEFINITE = 1,  /* "the" */
    UNIT_FORMER = 2,    /* "former", "ex-" */
    UNIT_THEN = 4,      /* "then-President" */
    UNIT_FIRM = 8,      /* belongs to an organisation that the base does not know */
    UNIT_ABSORBED = 16, /* part of a larger unit */
    UNIT_PERSON = 32,
    UNIT_BODY = 64,
    UNIT_PLURAL = 128,
    UNIT_NEEDS = 256 /* an actor only with a country or an organisation */
};

enum { UNIT_MODIFIERS = 4 };

/* A noun phrase headed by a role noun. */
struct unit {
    uint32_t begin, end, head; /* tokens */
    uint32_t noun;             /* the token of the role noun that carries the phrase */
    uint32_t role;      /* index of its role noun, NONE for a noun without a sector ("allies") */
    const char *sector; /* from the most specific role noun, or NULL */
    const char *code;   /* of a role noun that needs no country, or NULL */
    uint32_t modifiers[UNIT_MODIFIERS]; /* finds that give the country or organisation */
    uint32_t n_modifiers;
    uint32_t name;          /* find that names it, or NONE */
    uint32_t owner;         /* token of the possessor where it is no find ("its", "the
                               country's"), or NONE */
    uint32_t place_country; /* entity of the country that it is said to be in, or NONE */
    uint16_t flags;
};

struct trace { /* what the passes remember of an actor, beside struct actor */
    uint32_t sentence;
    uint32_t noun;  /* role noun, or NONE */
    uint8_t gender; /* 'm', 'f' or 0 */
    uint8_t subject;
    uint8_t placelike; /* "in Turkey" */
};

struct chain_slot {
    uint64_t key;
    uint32_t chain;
    uint32_t actor; /* first mention */
};

struct who_work {
    const struct know *know;
    struct arena *arena;
    const struct text_layer *text;
    const struct lang_layer *lang;
    const struct match_layer *matches;
    int32_t day;
    struct find *finds;
    size_t n_finds, finds_cap;
    uint32_t *find_at;  /* token -> index + 1 of the find that covers it */
    uint32_t *name_at;  /* token -> index + 1 of the lang entity that covers it */
    uint32_t *place_at; /* token -> index + 1 of the place whose name begins there */
    uint32_t *seen;     /* open table of entities (index + 1) that surely occur in the story */
    uint32_t seen_mask;
    uint64_t *surnames; /* open table: hashes of the last words of full names that lang saw */
    uint32_t surnames_mask;
    struct unit *units;
    size_t n_units, units_cap;
    uint32_t *unit_at; /* token -> index + 1 of the unit that begins there */
    struct actor *actors;
    struct trace *traces;
    size_t n_actors, actors_cap, traces_cap;
    struct chain_slot *chains;
    uint32_t chain_mask, n_chains;
    uint8_t *quoted;    /* token stands in a direct quotation */
    uint32_t *at_token; /* token -> index + 1 of the first actor whose head it is */
    bool failed;        /* memory ran out */
};

/* ---- sense.c ---- */
bool sense_find_all(struct who_work *w);

/* ---- compose.c ---- */
bool compose_units(struct who_work *w);

/* ---- code.c: what a unit or a find is called and coded ---- */
void code_unit(struct who_work *w, struct unit *u);
void code_find(struct who_work *w, struct find *f);
/* One person, not several and not a body. */
bool code_single_person(const struct actor *a);
/* The code that an entity has on `day`; stores country and sector. `flags`: UNIT_FORMER, UNIT_THEN.
 */
const char *code_of_entity(const struct know *know, const struct know_entity *e, int32_t day,
                           uint16_t flags, const char **country, const char **sector);

/* ---- refer.c: pronouns and descriptions; the walk through the story that writes all actors ----
 */
bool refer_all(struct who_work *w);

/* ---- home.c ---- */
/* Gives people who act at home the country of the story. False only when memory ran out. */
bool who_at_home(const struct know *know, struct arena *arena, struct who_layer *who);

/* ---- metonym.c ---- */
/* A place name at `head` stands for the government that sits there. */
bool metonym_acts(const struct who_work *w, uint32_t head);
/* The noun at `head` says where something happens ("in Turkey"). */
bool metonym_is_place(const struct who_work *w, uint32_t head);

/* ---- phrase.c: small questions about words ---- */
struct str phrase_form(const struct who_work *w, uint32_t token);
bool phrase_is(const struct who_work *w, uint32_t token, const char *word);
/* The form, or the lemma, is in a list that ends with NULL. */
bool phrase_in(const struct who_work *w, uint32_t token, const char *const *list);
bool phrase_capital(const struct who_work *w, uint32_t token);
bool phrase_possessive(const struct who_work *w, uint32_t token); /* 's */
/* The token of [begin, end) that carries the phrase: its head lies outside. */
uint32_t phrase_head(const struct who_work *w, uint32_t begin, uint32_t end);
/* The first conjunct of a coordination. */
uint32_t phrase_first(const struct who_work *w, uint32_t token);
/* The preposition of the phrase that `head` carries, or NONE. */
uint32_t phrase_marker(const struct who_work *w, uint32_t head);
bool phrase_is_subject(const struct who_work *w, uint32_t token);
struct find *phrase_find(const struct who_work *w, uint32_t token); /* covering, or NULL */

#endif
