/* lexicon.h - the trie of names in the compiled base, and the step through it.
 *
 * A node is a number, 0 the root. An edge lies in one open-addressed table under a key made of the
 * node and the folded hash of an atom (fold.h): a step is one multiplication and, at half load, one
 * or two probes, whether the base has a hundred names or a million. Keys are 64 bits wide and stand
 * for the words; with 10^6 edges, a word that is in no name has a chance of 10^-13 to pass for one.
 */
#ifndef DETENTE_LEXICON_H
#define DETENTE_LEXICON_H

#include "know/know.h"

enum { NAME_ATOMS_MOST = 32 };

struct trie_slot {
    uint64_t key;  /* 0: empty */
    uint32_t node; /* where the edge leads */
    uint32_t name; /* number of the name that ends there + 1, or 0 */
};

static inline uint64_t lexicon_key(uint32_t node, uint64_t hash)
{
    uint64_t key = (hash ^ node * UINT64_C(0xD6E8FEB86659FD93)) * UINT64_C(0x9E3779B97F4A7C15);
    key ^= key >> 32;
    return key != 0 ? key : 1;
}

/* The slot of that key, or the empty one where it belongs. The table has an empty slot. */
static inline const struct trie_slot *lexicon_slot(const struct trie_slot *table, uint32_t mask,
                                                   uint64_t key)
{
    uint32_t at = (uint32_t)key & mask;
    while (table[at].key != key && table[at].key != 0)
        at = (at + 1) & mask;
    return &table[at];
}

#endif
