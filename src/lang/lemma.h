/* lemma.h - the dictionary form of a word.
 *
 * In: a form and its language-specific tag. Out: the lemma. A decision list: the whole word first,
 * then its longest known ending of up to 6 bytes; each entry names an edit: a case rule, a number
 * of bytes to cut, text to append. Rules are learned by train/lemma_train.c, which shares the keys
 * and edits with the run time. One hash of the ending a byte; at most 8 probes a word.
 * In the line of Jongejan and Dalianis, "Automatic training of lemmatization rules", ACL 2009,
 * with plain endings. */
#ifndef DETENTE_LEMMA_H
#define DETENTE_LEMMA_H

#include "base/arena.h"
#include "base/bundle.h"
#include "base/str.h"

enum {
    LEMMA_ENDING = 6,    /* longest ending of a rule, in bytes */
    LEMMA_WORD_MAX = 60, /* a longer form (an address, say) is its own lemma */
    LEMMA_NO_TAG = 0xFFFF
};

enum lemma_case { LEMMA_KEEP, LEMMA_LOWER, LEMMA_CAPITAL }; /* the first letter capital */

struct lemma_edit {
    uint8_t letter_case, cut; /* enum lemma_case; bytes */
    uint16_t append_len;
    uint32_t append; /* offset into the text of the table */
};

struct lemma_rule { /* an open-addressed table of a power of two of these */
    uint32_t check; /* 0: empty */
    uint32_t edit;
};

struct lemma_table { /* all zero bytes: every lemma is the form in lower case */
    const struct lemma_rule *rules;
    uint32_t mask; /* rules - 1 */
    const struct lemma_edit *edits;
    uint32_t n_edits;
    struct str text;
    struct str tags; /* one a line; the tag's number is that of its line */
};

_Static_assert(sizeof(struct lemma_edit) == 8 && sizeof(struct lemma_rule) == 8,
               "as they lie in the file");

/* A form prepared for look-up. */
struct lemma_word {
    struct str form;
    char lower[4 * LEMMA_WORD_MAX];
    size_t lower_len;
    size_t endings;                  /* the longest ending that there is, <= LEMMA_ENDING */
    uint64_t keys[LEMMA_ENDING + 1]; /* of the endings of 0, 1, ... bytes */
    uint64_t word_key;
};

/* Where new lemmas are written: the document's arena, by the piece. */
struct lemma_room {
    struct arena *arena;
    char *at;
    size_t left;
};

/* Reads and checks the lem.* sections; the bundle must outlive the table. A bundle without them
 * gives an empty table. */
dt_status lemma_open(const struct bundle *b, struct lemma_table *out, dt_error *err);
/* Number of a tag such as "VBD", or LEMMA_NO_TAG. */
uint32_t lemma_tag(const struct lemma_table *table, struct str tag);
/* The lemma: part of the form, of the table's text, or new in the arena (the form itself when
 * memory ran out). */
struct str lemma_of(const struct lemma_table *table, uint32_t tag, struct str form,
                    struct lemma_room *room);

/* Shared with the trainer. */
bool lemma_prepare(struct lemma_word *word, uint32_t tag, struct str form); /* false: too long */
uint32_t lemma_probe(const struct lemma_table *table, uint64_t key);        /* or UINT32_MAX */
/* Writes the result of the edit at `out` (room for 4 * LEMMA_WORD_MAX + the appended text). */
size_t lemma_apply(const struct lemma_table *table, const struct lemma_edit *edit,
                   const struct lemma_word *word, char *out);
uint32_t lemma_check_of(uint64_t key);
uint32_t lemma_slot_of(uint64_t key);

#endif
