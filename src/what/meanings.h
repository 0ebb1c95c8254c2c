/* meanings.h - classes of words that mean like things: "felled" and "gunned down" are of one.
 *
 * A word that the corpus has seldom is read by its class. A lemma has a class in each of several
 * grains, from coarse to fine; 0 is that of lemmas which are not in the table. The classes are
 * clusters of word vectors, and a word's vector is the mean of the teacher's states over the places
 * where the word stands (train/meanings.py). Methods: Turian, Ratinov & Bengio, "Word
 * Representations", ACL 2010; Bommasani, Davis & Cardie, ACL 2020. */
#ifndef DETENTE_MEANINGS_H
#define DETENTE_MEANINGS_H

#include "base/bundle.h"

enum { MEANING_GRAINS = 4 };

struct meanings {
    const uint32_t *keys;    /* open addressing by the last bits of a lemma's hash; 0: free */
    const uint16_t *classes; /* MEANING_GRAINS for each slot */
    uint32_t mask;
};

/* Points into sections mng.key and mng.cls of the bundle and checks them. */
dt_status meanings_open(const struct bundle *b, struct meanings *out, dt_error *err);
/* The classes of a lemma by what_input's `key`; never NULL. Without a table all are 0. */
const uint16_t *meanings_of(const struct meanings *m, uint32_t key);

#endif
