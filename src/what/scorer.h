/* scorer.h - a small network over evidence: rows are summed, one hidden layer, several outputs.
 *
 * In: evidence (evidence.h). Out: scores. The sum of the rows, with the mean of the rows of the
 * sentence's words twice, goes through a rectifier, then through a hidden layer that is added to
 * it, then to the outputs. Rows are of 8 bits with one scale; all else is float. Cost: `dim`
 * additions a row and dim * (dim + outputs) multiply-adds. */
#ifndef DETENTE_SCORER_H
#define DETENTE_SCORER_H

#include "base/bundle.h"
#include "what/evidence.h"

enum { SCORER_DIM_MOST = 128, SCORER_HEADS = 4, SCORER_OUT_MOST = 512 };

struct scorer {
    uint32_t mask; /* rows - 1 */
    uint32_t dim, n_heads, n_out[SCORER_HEADS];
    const int8_t *rows; /* [mask + 1][dim] */
    float scale;
    const float *bias;              /* [dim] */
    const float *hidden;            /* [dim][dim], input first */
    const float *hidden_bias;       /* [dim] */
    const float *out[SCORER_HEADS]; /* [dim][n_out] */
    const float *out_bias[SCORER_HEADS];
};

/* Reads the sections NAME.dim, NAME.row, NAME.num and checks them. Borrows from the bundle. */
dt_status scorer_open(const struct bundle *b, const char *name, struct scorer *out, dt_error *err);
/* Twice the mean of the rows, dim numbers. */
void scorer_mean(const struct scorer *s, const struct evidence *e, float mean[SCORER_DIM_MOST]);
/* The hidden layer, dim numbers. `mean` may be NULL. */
void scorer_hidden(const struct scorer *s, const struct evidence *e, const float *mean,
                   float hidden[SCORER_DIM_MOST]);
/* The scores of one head; and the same as shares that add up to one. */
void scorer_scores(const struct scorer *s, unsigned head, const float *hidden, float *out);
void scorer_shares(const struct scorer *s, unsigned head, const float *hidden, float *out);

#endif
