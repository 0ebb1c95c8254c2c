/* passages.c - the longest runs of words that two texts have in common.
 *
 * Each run of SEED words of the other text is put into a hash table under its first place; the
 * first text is read along it, and where a run of SEED words is found, it is made as long as the
 * words agree. The longest non-overlapping ones are kept. Linear in words but for repeats, which
 * are looked at once: SEED_PLACES of one run at most. */
#include <stdlib.h>

#include "twin/sketch.h"

enum { SEED = 3, SEED_PLACES = 8, WORDS_MOST = 1 << 20 };

struct passage_word {
    uint64_t hash;
    size_t begin, end;
};

struct words {
    struct passage_word *at;
    size_t n;
};

static bool list_words(struct str text, struct words *out)
{
    struct word_reader w = {.text = text};
    size_t cap = text.len / 2 + 1;
    if (cap > WORDS_MOST) cap = WORDS_MOST;
    out->n = 0;
    out->at = malloc(cap * sizeof *out->at);
    if (out->at == NULL) return false;
    while (out->n < cap && sketch_word(&w))
        out->at[out->n++] = (struct passage_word){w.hash, w.begin, w.end};
    return true;
}

static uint64_t seed_hash(const struct words *w, size_t i)
{
    uint64_t h = 0;
    for (size_t k = 0; k < SEED; k++)
        h = (h ^ w->at[i + k].hash) * UINT64_C(0x9E3779B97F4A7C15) + (h >> 29);
    return h ^ h >> 31;
}

struct seeds {
    uint32_t *slots; /* place + 1 in the other text */
    size_t mask;
};

static bool make_seeds(const struct words *other, struct seeds *out)
{
    size_t cap = 16;
    while (cap < other->n * 2)
        cap *= 2;
    out->mask = cap - 1;
    out->slots = calloc(cap, sizeof *out->slots);
    if (out->slots == NULL) return false;
    for (size_t i = 0; i + SEED <= other->n; i++) {
        size_t at = (size_t)seed_hash(other, i) & out->mask, tries = 0;
        while (out->slots[at] != 0 && ++tries < SEED_PLACES)
            at = (at + 1) & out->mask;
        if (out->slots[at] == 0) out->slots[at] = (uint32_t)i + 1;
    }
    return true;
}

static size_t common_run(const struct words *a, size_t i, const struct words *b, size_t k)
{
    size_t n = 0;
    while (i + n < a->n && k + n < b->n && a->at[i + n].hash == b->at[k + n].hash)
        n++;
    return n;
}

/* The longest run that begins at word i of a; its place in b. */
static size_t longest_run(const struct words *a, size_t i, const struct words *b,
                          const struct seeds *seeds, size_t *place)
{
    size_t best = 0, at = (size_t)seed_hash(a, i) & seeds->mask;
    for (size_t tries = 0; tries < SEED_PLACES && seeds->slots[at] != 0; tries++) {
        size_t k = seeds->slots[at] - 1, n = common_run(a, i, b, k);
        if (n > best) {
            best = n;
            *place = k;
        }
        at = (at + 1) & seeds->mask;
    }
    return best;
}

/* Puts a passage among the longest; what does not fit falls off the end. */
static size_t put_passage(dt_passage *passages, size_t n, size_t room, dt_passage p)
{
    size_t at = n;
    if (n == room) {
        if (room == 0 || passages[n - 1].words >= p.words) return n;
        at = n - 1;
    }
    for (; at > 0 && passages[at - 1].words < p.words; at--)
        passages[at] = passages[at - 1];
    passages[at] = p;
    return n == room ? n : n + 1;
}

size_t dt_twins_passages(const char *text, size_t len, const char *other, size_t other_len,
                         size_t least, dt_passage *passages, size_t room)
{
    struct words a = {0}, b = {0};
    struct seeds seeds = {0};
    size_t n = 0, place = 0;
    if (text == NULL || other == NULL || passages == NULL) return 0;
    if (least < SEED) least = SEED;
    if (list_words(str_of(text, len), &a) && list_words(str_of(other, other_len), &b) &&
        make_seeds(&b, &seeds)) {
        for (size_t i = 0; i + SEED <= a.n;) {
            size_t run = longest_run(&a, i, &b, &seeds, &place);
            if (run >= least) {
                const struct passage_word *last = &a.at[i + run - 1];
                dt_passage p = {run, a.at[i].begin, last->end, b.at[place].begin,
                                b.at[place + run - 1].end};
                n = put_passage(passages, n, room, p);
            }
            i += run > 0 ? run : 1;
        }
    }
    free(seeds.slots);
    free(b.at);
    free(a.at);
    return n;
}
