/* scorer.h - a small network over evidence: rows are summed, one hidden layer, several outputs.
 *
 * In: evidence (evidence.h), and the states that the language model has of one word or two. Out:
 * scores. The sum of the rows, of the mean of the sentence's rows twice, and of what is made of the
 * states goes through a rectifier, then through a hidden layer that is added to it, then to the
 * outputs. A state gives a linear part; two states also a product of theirs, number by number. One
 * that is weighed among others may have a second look, at what those are likely to be.
 * What was not seen in training has no row and counts for nothing. Rows are of 8 bits with one
 * scale; all else is float. Cost: `dim` additions a row,
 * dim * (dim + outputs) multiply-adds, and width * (dim + product) for a state. */
#ifndef DETENTE_SCORER_H
#define DETENTE_SCORER_H

#include "base/bundle.h"
#include "what/evidence.h"

enum {
    SCORER_WIDTH_MOST = 1024,
    SCORER_DIM_MOST = 128,
    SCORER_BLOCK = 16, /* numbers that are summed at once; DIM is a multiple of half of it */
    SCORER_HEADS = 4,
    SCORER_OUT_MOST = 512,
    SCORER_STATES = 2,
    SCORER_OTHERS = 4
};

struct scorer {
    const uint32_t *slots; /* open addressing by the last bits of a hash, see scorer_slot() */
    uint32_t mask;         /* slots - 1 */
    uint32_t n_rows;
    uint32_t dim, n_states, width, product, n_heads, n_out[SCORER_HEADS];
    uint32_t n_others;  /* 0, or the outputs of the first head: there is a second look */
    const int8_t *rows; /* [n_rows][dim] */
    float scale;
    const float *bias;              /* [dim] */
    const float *hidden;            /* [dim][dim], input first */
    const float *hidden_bias;       /* [dim] */
    const float *out[SCORER_HEADS]; /* [dim][n_out] */
    const float *out_bias[SCORER_HEADS];
    const float *linear[SCORER_STATES];      /* [width][dim] */
    const float *factor[SCORER_STATES];      /* [width][product] */
    const float *factor_bias[SCORER_STATES]; /* [product] */
    const float *joined;                     /* [product][dim] */
    const float *second;                     /* [dim][dim], of the second look */
    const float *second_bias;                /* [dim] */
    const float *others[SCORER_OTHERS];      /* [dim][dim] */
};

/* A slot of the index: the number of a row below the first bits of the hash that it is of, which
 * are compared; or NONE, a free one. */
enum { SCORER_ROW_BITS = 20 };
static const uint32_t SCORER_ROW_MASK = (1u << SCORER_ROW_BITS) - 1;
static inline uint32_t scorer_slot(uint32_t hash, uint32_t row)
{
    return hash >> SCORER_ROW_BITS << SCORER_ROW_BITS | row;
}

/* What is made of a state. */
struct scorer_part {
    float linear[SCORER_DIM_MOST], factor[SCORER_DIM_MOST];
};

/* Reads the sections NAME.dim, NAME.idx, NAME.row, NAME.num and checks them. Borrows from the
 * bundle. */
dt_status scorer_open(const struct bundle *b, const char *name, struct scorer *out, dt_error *err);
/* Twice the mean of the rows that there are, dim numbers. */
void scorer_mean(const struct scorer *s, const struct evidence *e, float mean[SCORER_DIM_MOST]);
/* What the scorer makes of a state (lang_layer) as its first (0) or second (1). */
void scorer_part(const struct scorer *s, unsigned which, const uint8_t *state,
                 struct scorer_part *out);
/* The hidden layer, dim numbers. `mean` may be NULL; so may the parts of states that it has not. */
void scorer_hidden(const struct scorer *s, const struct evidence *e, const float *mean,
                   const struct scorer_part *first, const struct scorer_part *second,
                   float *hidden);
/* The scores of one head; and the same as shares that add up to one. */
void scorer_scores(const struct scorer *s, unsigned head, const float *hidden, float *out);
void scorer_shares(const struct scorer *s, unsigned head, const float *hidden, float *out);
/* The scores of the first head for n that are weighed together, score[n][n_out[0]], from their
 * hidden layers, hidden[n][dim], which may be changed. With a second look, each adds to its own
 * what the others show, by their shares of an output: exp(score) over the sum of all. */
void scorer_among(const struct scorer *s, uint32_t n, float *hidden, float *score);

#endif
