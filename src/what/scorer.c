/* scorer.c - see scorer.h. */
#include "what/scorer.h"

#include "base/port.h"

#include <math.h>
#include <stdio.h>

static dt_status damaged(const struct bundle *b, const char *tag, dt_error *err)
{
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section %s does not fit the others", b->name,
                   tag);
}

/* Numbers behind one another. */
static const float *take(const float **at, size_t n)
{
    const float *here = *at;
    *at += n;
    return here;
}

/* Points into the numbers; returns how many there have to be. */
static size_t lay_out(struct scorer *s, const float *numbers)
{
    const float *at = numbers;
    s->scale = *take(&at, 1);
    s->bias = take(&at, s->dim);
    s->hidden = take(&at, (size_t)s->dim * s->dim);
    s->hidden_bias = take(&at, s->dim);
    for (uint32_t h = 0; h < s->n_heads; h++) {
        s->out[h] = take(&at, (size_t)s->dim * s->n_out[h]);
        s->out_bias[h] = take(&at, s->n_out[h]);
    }
    for (uint32_t k = 0; k < s->n_states; k++) {
        s->linear[k] = take(&at, (size_t)s->width * s->dim);
        s->factor[k] = take(&at, (size_t)s->width * s->product);
        s->factor_bias[k] = take(&at, s->product);
    }
    s->joined = take(&at, (size_t)s->product * s->dim);
    if (s->n_others != 0) {
        s->second = take(&at, (size_t)s->dim * s->dim);
        s->second_bias = take(&at, s->dim);
    }
    for (uint32_t k = 0; k < s->n_others; k++)
        s->others[k] = take(&at, (size_t)s->dim * s->dim);
    return (size_t)(at - numbers);
}

/* What a whole number of a state stands for: the trainer has the same (train/reader.py). */
static const float STATE_UNIT = 0.125f;

enum { DIM_FIXED = 7 }; /* rows, dim, states, width, product, others, heads */

static bool dims_fit(const struct bundle_section *dim, struct scorer *out)
{
    const uint32_t *d = dim->at;
    if (dim->count < DIM_FIXED || d[6] < 1 || d[6] > SCORER_HEADS || dim->count != DIM_FIXED + d[6])
        return false;
    *out = (struct scorer){.n_rows = d[0],
                           .dim = d[1],
                           .n_states = d[2],
                           .width = d[3],
                           .product = d[4],
                           .n_others = d[5],
                           .n_heads = d[6]};
    memcpy(out->n_out, d + DIM_FIXED, d[6] * sizeof *d);
    bool fit = d[0] != 0 && d[0] <= SCORER_ROW_MASK && d[1] >= 8 && d[1] <= SCORER_DIM_MOST &&
               d[1] % 8 == 0 && d[2] <= SCORER_STATES && d[3] <= SCORER_WIDTH_MOST &&
               d[4] <= SCORER_DIM_MOST && (d[4] == 0 || d[2] == SCORER_STATES) &&
               d[5] <= SCORER_OTHERS && (d[5] == 0 || d[5] == out->n_out[0]);
    for (uint32_t h = 0; h < d[6]; h++)
        fit = fit && out->n_out[h] >= 1 && out->n_out[h] <= SCORER_OUT_MOST;
    return fit;
}

/* Every row that a slot names is there, and a search ends at a free slot. */
static bool index_fits(const struct bundle_section *index, struct scorer *out)
{
    const size_t n = index->count;
    bool fit = n != 0 && n <= 1u << 24 && (n & (n - 1)) == 0, room = false;
    out->slots = index->at;
    out->mask = (uint32_t)n - 1;
    for (size_t i = 0; fit && i < n; i++) {
        room = room || out->slots[i] == NONE;
        fit = out->slots[i] == NONE || (out->slots[i] & SCORER_ROW_MASK) < out->n_rows;
    }
    return fit && room;
}

dt_status scorer_open(const struct bundle *b, const char *name, struct scorer *out, dt_error *err)
{
    struct bundle_section dim, rows, numbers, index;
    char tag[4][12];
    static const char *const parts[] = {"dim", "row", "num", "idx"};
    for (int i = 0; i < 4; i++)
        (void)snprintf(tag[i], sizeof tag[i], "%.3s.%s", name, parts[i]);
    dt_status st = bundle_find(b, tag[0], sizeof(uint32_t), &dim, err);
    if (st == DT_OK) st = bundle_find(b, tag[1], 1, &rows, err);
    if (st == DT_OK) st = bundle_find(b, tag[2], sizeof(float), &numbers, err);
    if (st == DT_OK) st = bundle_find(b, tag[3], sizeof(uint32_t), &index, err);
    if (st != DT_OK) return st;
    if (!dims_fit(&dim, out)) return damaged(b, tag[0], err);
    if (!index_fits(&index, out)) return damaged(b, tag[3], err);
    if (rows.len != (size_t)out->n_rows * out->dim) return damaged(b, tag[1], err);
    const float *f = numbers.at;
    if (numbers.count < 1 || lay_out(out, f) != numbers.count) return damaged(b, tag[2], err);
    for (size_t i = 0; i < numbers.count; i++)
        if (!isfinite(f[i])) return damaged(b, tag[2], err);
    out->rows = rows.at;
    return DT_OK;
}

/* Sums `width` numbers of the rows from number `from` on, which stay in a register. */
static inline void add_block(const int8_t *const *row, uint32_t n, uint32_t from, uint32_t width,
                             int16_t *sum)
{
    int16_t block[SCORER_BLOCK] = {0};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < width; k++)
            block[k] = (int16_t)(block[k] + row[i][from + k]);
    memcpy(sum + from, block, width * sizeof *sum);
}

/* The sum of the rows of the evidence; returns how many there are. */
WIDE_TOO
static uint32_t add_rows(const struct scorer *s, const struct evidence *e, int16_t *sum)
{
    const int8_t *row[EVIDENCE_MOST + 1];
    uint32_t n = 0, from = 0;
    /* all on their way at once: the tables are larger than caches */
    for (uint32_t i = 0; i < e->n; i++)
        PREFETCH(s->slots + (e->at[i] & s->mask));
    for (uint32_t i = 0; i < e->n; i++) {
        const uint32_t wanted = scorer_slot(e->at[i], 0);
        uint32_t at = e->at[i] & s->mask, slot = s->slots[at];
        while ((slot & ~SCORER_ROW_MASK) != wanted && slot != NONE)
            slot = s->slots[at = (at + 1) & s->mask];
        bool there = slot != NONE; /* without a branch: nobody can guess it */
        row[n] = s->rows + (size_t)(there ? slot & SCORER_ROW_MASK : 0) * s->dim;
        PREFETCH(row[n]);
        n += there;
    }
    for (; from + SCORER_BLOCK <= s->dim; from += SCORER_BLOCK)
        add_block(row, n, from, SCORER_BLOCK, sum);
    if (from < s->dim) add_block(row, n, from, SCORER_BLOCK / 2, sum);
    return n;
}

/* out = bias + in * weights, weights[n_in][n_out]; most of `in` are zero behind a rectifier. */
WIDE_TOO
static void layer(const float *weights, const float *bias, const float *in, uint32_t n_in,
                  uint32_t n_out, float *restrict out)
{
    memcpy(out, bias, n_out * sizeof *out);
    for (uint32_t i = 0; i < n_in; i++) {
        const float x = in[i], *w = weights + (size_t)i * n_out;
        if (x == 0) continue;
        for (uint32_t o = 0; o < n_out; o++)
            out[o] += x * w[o];
    }
}

void scorer_mean(const struct scorer *s, const struct evidence *e, float mean[SCORER_DIM_MOST])
{
    int16_t sum[SCORER_DIM_MOST];
    const uint32_t n = add_rows(s, e, sum);
    const float share = n != 0 ? 2 * s->scale / (float)n : 0;
    for (uint32_t k = 0; k < s->dim; k++)
        mean[k] = share * (float)sum[k];
}

void scorer_part(const struct scorer *s, unsigned which, const uint8_t *bytes,
                 struct scorer_part *out)
{
    static const float none[SCORER_DIM_MOST];
    float state[SCORER_WIDTH_MOST];
    for (uint32_t i = 0; i < s->width; i++)
        state[i] = (float)(bytes[i] - LANG_STATE_ZERO) * STATE_UNIT;
    layer(s->linear[which], none, state, s->width, s->dim, out->linear);
    layer(s->factor[which], s->factor_bias[which], state, s->width, s->product, out->factor);
    for (uint32_t k = 0; k < s->product; k++)
        out->factor[k] = tanhf(out->factor[k]);
}

void scorer_hidden(const struct scorer *s, const struct evidence *e, const float *mean,
                   const struct scorer_part *one, const struct scorer_part *two, float *hidden)
{
    static const float none[SCORER_DIM_MOST];
    int16_t sum[SCORER_DIM_MOST];
    float first[SCORER_DIM_MOST], joined[SCORER_DIM_MOST], product[SCORER_DIM_MOST];
    (void)add_rows(s, e, sum);
    for (uint32_t k = 0; k < s->product; k++)
        product[k] = one->factor[k] * two->factor[k];
    layer(s->joined, none, product, s->product, s->dim, joined);
    for (uint32_t k = 0; k < s->dim; k++) {
        float x = s->bias[k] + s->scale * (float)sum[k] + joined[k];
        if (mean != NULL) x += mean[k];
        if (s->n_states > 0) x += one->linear[k];
        if (s->n_states > 1) x += two->linear[k];
        first[k] = x > 0 ? x : 0;
    }
    layer(s->hidden, s->hidden_bias, first, s->dim, s->dim, hidden);
    for (uint32_t k = 0; k < s->dim; k++)
        hidden[k] = first[k] + (hidden[k] > 0 ? hidden[k] : 0);
}

void scorer_scores(const struct scorer *s, unsigned head, const float *hidden, float *out)
{
    layer(s->out[head], s->out_bias[head], hidden, s->dim, s->n_out[head], out);
}

void scorer_shares(const struct scorer *s, unsigned head, const float *hidden, float *out)
{
    float most = -INFINITY, sum = 0;
    scorer_scores(s, head, hidden, out);
    for (uint32_t o = 0; o < s->n_out[head]; o++)
        most = out[o] > most ? out[o] : most;
    for (uint32_t o = 0; o < s->n_out[head]; o++)
        sum += out[o] = expf(out[o] - most);
    for (uint32_t o = 0; o < s->n_out[head]; o++)
        out[o] /= sum;
}

/* What the others show of output k: the sum of their hidden layers by their shares of it. */
static void see_others(const struct scorer *s, uint32_t n, const float *hidden, const float *share,
                       uint32_t k, float *sum)
{
    memset(sum, 0, s->dim * sizeof *sum);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t d = 0; d < s->dim; d++)
            sum[d] += share[i * s->n_others + k] * hidden[i * s->dim + d];
}

static void look_again(const struct scorer *s, const float *sum, const float *share, float *hidden)
{
    static const float none[SCORER_DIM_MOST];
    float rest[SCORER_DIM_MOST], seen[SCORER_DIM_MOST], own[SCORER_DIM_MOST];
    layer(s->second, s->second_bias, hidden, s->dim, s->dim, own);
    for (uint32_t k = 0; k < s->n_others; k++) {
        for (uint32_t d = 0; d < s->dim; d++)
            rest[d] = sum[k * s->dim + d] - share[k] * hidden[d];
        layer(s->others[k], none, rest, s->dim, s->dim, seen);
        for (uint32_t d = 0; d < s->dim; d++)
            own[d] += seen[d];
    }
    for (uint32_t d = 0; d < s->dim; d++)
        hidden[d] += own[d] > 0 ? own[d] : 0;
}

void scorer_among(const struct scorer *s, uint32_t n, float *hidden, float *score)
{
    enum { SCORE_MOST = 15 };
    float sum[SCORER_OTHERS * SCORER_DIM_MOST], total[SCORER_OTHERS];
    const uint32_t outs = s->n_out[0];
    for (uint32_t i = 0; i < n; i++)
        scorer_scores(s, 0, hidden + (size_t)i * s->dim, score + (size_t)i * outs);
    if (s->n_others == 0) return;
    memset(total, 0, sizeof total);
    for (uint32_t i = 0; i < n * outs; i++) {
        score[i] = expf(score[i] < SCORE_MOST ? score[i] : SCORE_MOST);
        total[i % outs] += score[i];
    }
    for (uint32_t i = 0; i < n * outs; i++)
        score[i] /= total[i % outs];
    for (uint32_t k = 0; k < outs; k++)
        see_others(s, n, hidden, score, k, sum + k * s->dim);
    for (uint32_t i = 0; i < n; i++) {
        look_again(s, sum, score + (size_t)i * outs, hidden + (size_t)i * s->dim);
        scorer_scores(s, 0, hidden + (size_t)i * s->dim, score + (size_t)i * outs);
    }
}
