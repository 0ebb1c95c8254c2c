/* chain.c - see chain.h. */
#include "who/chain.h"

/* A table of `size` slots, a power of two, with one more behind them: see no_slot(). */
static struct chain_slot *new_table(struct who_work *w, uint32_t size)
{
    return ARENA_NEW(w->arena, (size_t)size + 1, struct chain_slot);
}

static struct chain_slot *slot_of_key(struct chain_slot *table, uint32_t mask, uint64_t key)
{
    uint32_t at = (uint32_t)key & mask;
    while (table[at].key != key && table[at].key != 0)
        at = (at + 1) & mask;
    return &table[at];
}

bool chains_new(struct who_work *w)
{
    uint32_t size = 16;
    while (size < 2 * (w->n_finds + w->n_units))
        size *= 2;
    w->chain_mask = size - 1;
    w->chains = new_table(w, size);
    return w->chains != NULL;
}

/* Keeps the table at half load at most. */
static bool grow_table(struct who_work *w)
{
    uint32_t mask = w->chain_mask * 2 + 1;
    if (2 * (w->n_chain_keys + 1) <= w->chain_mask) return true;
    struct chain_slot *bigger = new_table(w, mask + 1);
    if (bigger == NULL) return false;
    for (uint32_t i = 0; i <= w->chain_mask; i++)
        if (w->chains[i].key != 0) *slot_of_key(bigger, mask, w->chains[i].key) = w->chains[i];
    w->chains = bigger;
    w->chain_mask = mask;
    return true;
}

/* Where memory ran out: a slot that callers may read and write, and that nobody finds. */
static struct chain_slot *no_slot(struct who_work *w)
{
    struct chain_slot *slot = &w->chains[(size_t)w->chain_mask + 1];
    *slot = (struct chain_slot){0, 0, NONE};
    w->failed = true;
    return slot;
}

struct chain_slot *chain_slot(struct who_work *w, uint64_t kind, struct str text)
{
    uint64_t key = str_hash_seed(text, kind);
    if (key == 0) key = 1;
    if (!grow_table(w)) return no_slot(w);
    struct chain_slot *slot = slot_of_key(w->chains, w->chain_mask, key);
    if (slot->key != 0) return slot;
    *slot = (struct chain_slot){key, ++w->n_chains, NONE};
    w->n_chain_keys++;
    return slot;
}

uint8_t chain_gender(const struct who_work *w, uint32_t chain)
{
    return chain < w->genders_cap ? w->genders[chain] : 0;
}

void chain_set_gender(struct who_work *w, uint32_t chain, uint8_t gender)
{
    uint8_t *grown = arena_grow(w->arena, w->genders, w->genders_cap, (size_t)chain + 1,
                                &w->genders_cap, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return;
    }
    w->genders = grown;
    if (grown[chain] == 0) grown[chain] = gender;
}

uint64_t chain_key_of_noun(uint32_t noun)
{
    return CHAIN_NOUN + 16 * (uint64_t)noun;
}
