/* chain.h - the chains that join the mentions of one actor.
 *
 * A chain is found through an open-addressed table from a hash of what makes mentions one actor
 * (its entity, its code, its surname) to the chain's number. */
#ifndef DETENTE_CHAIN_H
#define DETENTE_CHAIN_H

#include "who/who_work.h"

/* What the text under a key is. */
enum chain_key { CHAIN_CODE = 1, CHAIN_ENTITY, CHAIN_SURNAME, CHAIN_NOUN, CHAIN_NAME };

struct chain_slot {
    uint64_t key; /* 0: empty */
    uint32_t chain;
    uint32_t actor; /* the mention that later ones take their code from, or NONE */
};

/* Makes the empty table. False when memory ran out. */
bool chains_new(struct who_work *w);
/* The slot for a text under a kind of key, with a new chain where there was none. It is valid until
 * the next call. */
struct chain_slot *chain_slot(struct who_work *w, uint64_t kind, struct str text);
/* The gender of the person whose chain it is: 'm', 'f', or 0 while nothing has said it. The first
 * word on it stands. */
uint8_t chain_gender(const struct who_work *w, uint32_t chain);
void chain_set_gender(struct who_work *w, uint32_t chain, uint8_t gender);
/* Nouns make a kind of key each: "the spokesman" and "the minister" of one code are two persons. */
uint64_t chain_key_of_noun(uint32_t noun);

#endif
