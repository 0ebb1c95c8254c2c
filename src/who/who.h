/* who.h - actors: every mention, resolved to a code at the story's date.
 *
 * In: the tree, the names that lang and the base found. Out: mentions in order of their begin.
 * Several mentions may have one span ("the two countries" is one for each country). */
#ifndef DETENTE_WHO_H
#define DETENTE_WHO_H

#include "lang/tree.h"
#include "where/where.h"

enum actor_kind {
    ACTOR_NAMED,       /* by a name of the base: Russia, NATO, Putin */
    ACTOR_COMPOSED,    /* from parts: "Russian Foreign Ministry spokeswoman Maria Zakharova" */
    ACTOR_METONYM,     /* a capital or a seat of government: Kyiv, the Kremlin */
    ACTOR_DESCRIPTION, /* "the two countries", "its European allies", "the president" */
    ACTOR_PRONOUN,     /* he, its, their */
    ACTOR_UNKNOWN      /* a person or organisation by name that nothing is known of: code "" */
};

enum actor_flag {
    ACTOR_MODIFIER = 1, /* stands inside a larger noun phrase as adjective, compound or possessive:
                           "Russian" in "Russian troops", "Iran's" in "Iran's oil" */
    ACTOR_PERSON = 2,
    ACTOR_PLURAL = 4,
    ACTOR_PLACE = 8, /* a place that stands for its country where something is done to it; added
                        by the story, not by who_find() */
    ACTOR_BARE = 16  /* a noun phrase that is nobody of the base: "a convoy", "dozens", "critics of
                        the government"; likewise. Shown where it is a party of an event only */
};

/* The code of those of whom nobody knows whose they are: gunmen, suspects. */
#define CODE_UNKNOWN "UNK"

/* The code of Europe and of the European Union: a region that acts. */
#define CODE_EUROPE "EUR"

/* The code of the United Nations, whose troops are theirs. */
#define CODE_UN "IGOUNO"

/* What an actor's country rests on. */
enum actor_inferred {
    INFERRED_NOT,      /* its own words, or none */
    INFERRED_PLACE,    /* where the sentence says it happens */
    INFERRED_SENTENCE, /* what else the sentence names */
    INFERRED_STORY,    /* what was said before, or what the story is about */
    INFERRED_EVENT,    /* what it does or what is done to it; the sector, too */
    INFERRED_NEVER     /* nothing: it is not from where it is ("tourists") */
};

struct actor {
    uint32_t begin, end; /* bytes of the mention as people would mark it */
    uint32_t token_begin, token_end;
    uint32_t head;       /* the token that carries it in the tree */
    const char *code;    /* "RUSGOV"; "" when unknown; pool or arena */
    const char *country; /* "RUS" or "" */
    const char *sector;  /* "GOV" or NULL */
    const char *name;    /* for records: "Maria Zakharova", "Russia" */
    const char *entity;  /* "person/vladimir-putin" or NULL */
    uint32_t entity_id;  /* index into know->entities, or NONE */
    uint32_t chain;      /* same for all mentions of one actor, from 1 */
    uint8_t kind;        /* enum actor_kind */
    uint8_t flags;       /* enum actor_flag */
    uint8_t inferred;    /* enum actor_inferred */
};

struct who_layer {
    struct actor *actors;
    uint32_t n_actors;
    uint32_t *actor_at; /* for each token: index of the first actor whose head it is, or NONE;
                           further actors with the same head follow it in `actors` */
    uint32_t n_chains;
};

/* `day`: the story's date in days since 1970-01-01, or DAY_MIN when unknown (then the latest known
 * roles count). False only when memory ran out. */
bool who_find(const struct tree *tree, struct arena *arena, const struct lang_layer *lang,
              const struct match_layer *matches, const struct where_layer *where, int32_t day,
              struct who_layer *out);

/* The code that `actor` had on another day (Biden in a sentence about last year): stores code and
 * sector, from the pool. */
void who_code_on(const struct know *know, const struct actor *actor, int32_t day, const char **code,
                 const char **sector);

#endif
