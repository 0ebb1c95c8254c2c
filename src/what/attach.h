/* attach.h - when, where, according to whom: what hangs on an event; detail.h does the rest. */
#ifndef DETENTE_ATTACH_H
#define DETENTE_ATTACH_H

#include "what/operators.h"

/* For each token: the innermost saying whose content holds it, or NONE. False only when memory ran
 * out. */
bool attach_prepare(const struct what_input *in, struct arena *arena, uint32_t **saying_at);
/* The saying whose content holds the trigger tells who answers for the claim. */
void attach_attribution(const struct what_input *in, const uint32_t *saying_at,
                        struct draft *draft);
/* Fills time and place of the draft's event. */
void attach_all(const struct what_input *in, struct arena *arena, struct draft *draft);

/* A time or a place of the sentence, as a candidate. */
struct attach_item {
    uint32_t head, begin; /* tokens */
};
/* How well it fits the event: 0 not at all, 1000 or less in its clause, above 2000 in its own
 * phrase. */
uint32_t attach_fitness(const struct tree *t, const struct draft *d, struct attach_item item);
/* The first of n items of `size` bytes, each beginning at the token that stands `offset` bytes into
 * it, that begins at `token` or later. */
uint32_t attach_first(const void *items, uint32_t n, size_t size, size_t offset, uint32_t token);
#define ATTACH_FIRST(items, n, type, token)                                                        \
    attach_first((items), (n), sizeof(type), offsetof(type, token_begin), (token))


#endif
