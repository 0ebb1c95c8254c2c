/* sketch.h - what is kept of a story's text to know it again: a sample of its shingles and of its
 * numbers. */
#ifndef DETENTE_SKETCH_H
#define DETENTE_SKETCH_H

#include "base/err.h"
#include "base/str.h"

enum {
    SKETCH_MOST = 96,      /* shingles that are kept of the longest story */
    SKETCH_NUMBERS = 24,   /* numbers that are kept */
    SKETCH_WORDS = 3,      /* words of a shingle */
    SKETCH_BITS = 47,      /* of a shingle's hash */
    SKETCH_REVISED = 1,    /* flags: the text says that it is a later take of another */
    SKETCH_CUT = 2,        /* not all shingles are kept, */
    SKETCH_NUMBERS_CUT = 4 /* not all numbers */
};

struct sketch {
    uint64_t whole;      /* hash of all words in their order */
    uint32_t n_shingles; /* of the text, repeated ones included */
    uint32_t flags;
    int32_t day;        /* DAY_MIN: unknown */
    uint32_t publisher; /* hash of its name, 0: unknown */
    uint16_t n_kept, n_numbers;
    uint64_t kept[SKETCH_MOST];       /* ascending, each once */
    uint16_t numbers[SKETCH_NUMBERS]; /* ascending, each once */
};

/* Linear in the text, no memory of its own. */
void sketch_make(const dt_story *story, struct sketch *out);

/* The words of a text, as shingles see them: one after the other. */
struct word_reader {
    struct str text;
    size_t at;         /* where to go on */
    size_t begin, end; /* the word, in bytes */
    uint64_t hash;     /* of its letters and digits, in small letters */
    bool number;       /* it has a digit */
};
/* False at the end of the text. */
bool sketch_word(struct word_reader *w);

#endif
