/* mention.h - one mention of an actor: from what is known of it to its record in the layer. */
#ifndef DETENTE_MENTION_H
#define DETENTE_MENTION_H

#include "know/sectors.h"
#include "who/who_work.h"

/* What is to be appended; the rest follows from the tree. */
struct mention {
    uint32_t begin, end, head; /* tokens */
    const char *code, *country, *sector, *name;
    uint32_t entity; /* or NONE */
    uint32_t chain;  /* 0: a new one */
    uint32_t noun;   /* role noun, or NONE */
    uint8_t kind, flags, gender, inferred;
};

struct memory { /* what is remembered of an actor for later mentions, beside struct actor */
    uint32_t sentence;
    uint32_t noun;  /* role noun, or NONE */
    uint8_t gender; /* 'm', 'f' or 0 */
    uint8_t subject;
    uint8_t placelike; /* "in Turkey" */
    uint8_t open;      /* a pronoun whose antecedent may still follow: "In its report, Iran ..." */
};

/* A mention without a code, country or name. */
struct mention mention_new(uint32_t begin, uint32_t end, uint32_t head, uint8_t kind);
/* What an earlier mention said: code, country, sector, name, entity, chain, gender. */
void mention_take_from(const struct who_work *w, struct mention *m, uint32_t actor);
/* Appends the actor, unless another one stands at its head already (`further` says that it is one
 * of several at one head). Returns its index, or NONE. */
uint32_t mention_append(struct who_work *w, const struct mention *m, bool further);
/* The words of the tokens as one line, in the arena. */
const char *mention_text(struct who_work *w, uint32_t begin, uint32_t end);
/* `country` and `sector` in one code, in the arena. */
const char *mention_code(struct who_work *w, const char *country, const char *sector);
/* One person, not several and not a body. */
bool actor_is_single_person(const struct actor *a);

#endif
