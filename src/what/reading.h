/* reading.h - reads events: weighs the evidence for each word, for its parties and their homes.
 *
 * In: a sentence after the frames have read it. Out: its events. What the frames found is evidence
 * among other evidence (evidence.h): the reader says which words name events and of which type and
 * status, who is source and target, and which country those are of whose country is left out. The
 * frame that fired at such a word gives the code where it is of the same type. Weights:
 * model/events.dtm, learned by train/reader.py from the corpus. */
#ifndef DETENTE_READING_H
#define DETENTE_READING_H

#include "what/coding.h"
#include "what/scorer.h"

enum { READER_VERSION = 3, READER_TYPES = 64, READER_LABELS = 512 };

struct reader_label {
    const char *name; /* "ASSAULT", "aerial", "190", "CVL"; "" is a label, too */
    uint32_t type;    /* of modes and codes: the type that they are of */
    bool reciprocal;  /* of codes */
};

struct reader {
    struct bundle bundle;
    struct scorer word, party, home, sector;
    uint32_t n_types, n_modes, n_codes, n_sectors;
    struct reader_label types[READER_TYPES], modes[READER_LABELS], codes[READER_LABELS],
        sectors[READER_LABELS];
    const uint8_t *lemmas; /* a bit for each hash of a lemma that may name an event */
    uint32_t lemma_mask;
    char *names;          /* the text of all labels */
    float event, beside;  /* what is likelier than this is an event, alone or beside another one */
    float scale[2];       /* from likelihood to confidence */
    float first, further; /* what a party has to score: the first of a side, further ones */
};

/* Opens the file of weights and checks it. Release with reader_close(), also after a failure. */
dt_status reader_open(const char *path, struct reader *out, dt_error *err);
/* The same for bytes in memory, 64-byte aligned, which must outlive the reader. */
dt_status reader_attach(const void *bytes, size_t len, const char *name, struct reader *out,
                        dt_error *err);
void reader_close(struct reader *r);
/* Whether it was trained with states of so many numbers, or with none. */
bool reader_fits(const struct reader *r, uint32_t state_width);

/* Weighs each word of the sentence as the name of what the first asked actor does to the second;
 * the best one is the coding's answer. Before reader_read(), which drops the frames' events. False
 * only when memory ran out. */
bool reader_seek(const struct reader *r, struct coding *c, const struct evidence_view *v);
/* Puts the events that it reads in the place of those that the frames found: the layer's from
 * `first` on. False only when memory ran out. */
bool reader_read(const struct reader *r, struct coding *c, const struct evidence_view *v,
                 uint32_t first);

/* Drops the weak events that no likelier one stands near, once the whole story is read. False only
 * when memory ran out. */
bool reader_settle(struct coding *c);

#endif
