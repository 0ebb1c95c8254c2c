/* write.h - writing one actor, and the chains that join its mentions. */
#ifndef DETENTE_WRITE_H
#define DETENTE_WRITE_H

#include "who/who_work.h"

/* What is to be written; the rest follows from the tree. */
struct mention {
    uint32_t begin, end, head; /* tokens */
    const char *code, *country, *sector, *name;
    uint32_t entity; /* or NONE */
    uint32_t chain;  /* 0: a new one */
    uint32_t noun;   /* role noun, or NONE */
    uint8_t kind, flags, gender;
};

/* Appends the actor, unless another one stands at its head already (`further` says that it is one
 * of several at one head). Returns its index, or NONE. */
uint32_t write_actor(struct who_work *w, const struct mention *m, bool further);
/* The chain for a text under a kind of key; 0 in the slot's `chain` means a new one. */
struct chain_slot *write_chain(struct who_work *w, uint64_t kind, struct str text);
enum { CHAIN_CODE = 1, CHAIN_ENTITY, CHAIN_SURNAME, CHAIN_NOUN, CHAIN_NAME };
/* The words of the tokens as one line, in the arena. */
const char *write_text(struct who_work *w, uint32_t begin, uint32_t end);
/* `country` and `sector` in one code, in the arena. */
const char *write_code(struct who_work *w, const char *country, const char *sector);

#endif
