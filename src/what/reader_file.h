/* reader_file.h - the file of weights of the reader of events: model/events.dtm.
 *
 * In: a bundle (doc/model-format.md). Out: four networks (scorer.h), what their outputs stand for,
 * and the thresholds. Everything is checked when it is opened. */
#ifndef DETENTE_READER_FILE_H
#define DETENTE_READER_FILE_H

#include "what/meanings.h"
#include "what/scorer.h"

enum { READER_VERSION = 5, READER_TYPES = 64, READER_LABELS = 512 };

struct reader_label {
    const char *name; /* "ASSAULT", "aerial", "190", "CVL"; "" is a label, too */
    uint32_t type;    /* of modes and codes: the type that they are of */
    bool reciprocal;  /* of codes */
};

/* The outputs of the network for words. */
enum word_head { WORD_TYPE, WORD_STATUS, WORD_MODE, WORD_CODE };

struct reader {
    struct bundle bundle;
    struct scorer word, party, home, sector;
    struct meanings meanings;
    uint32_t n_types, n_modes, n_codes, n_sectors;
    struct reader_label types[READER_TYPES], modes[READER_LABELS], codes[READER_LABELS],
        sectors[READER_LABELS];
    const uint8_t *lemmas; /* a bit for each hash of a lemma that may name an event */
    uint32_t lemma_mask;
    char *names;          /* the text of all labels */
    float event, beside;  /* what is likelier than this is an event, alone or beside another one */
    float scale[2];       /* from likelihood to confidence */
    float least;          /* confidence of an event that is kept */
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

#endif
