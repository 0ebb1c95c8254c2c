/* scorer.c - see scorer.h. */
#include "what/scorer.h"

#include <math.h>
#include <stdio.h>

static dt_status damaged(const struct bundle *b, const char *tag, dt_error *err)
{
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section %s does not fit the others", b->name,
                   tag);
}

dt_status scorer_open(const struct bundle *b, const char *name, struct scorer *out, dt_error *err)
{
    struct bundle_section dim, rows, numbers;
    char tag[3][12];
    static const char *const parts[] = {"dim", "row", "num"};
    for (int i = 0; i < 3; i++)
        (void)snprintf(tag[i], sizeof tag[i], "%.3s.%s", name, parts[i]);
    dt_status st = bundle_find(b, tag[0], sizeof(uint32_t), &dim, err);
    if (st == DT_OK) st = bundle_find(b, tag[1], 1, &rows, err);
    if (st == DT_OK) st = bundle_find(b, tag[2], sizeof(float), &numbers, err);
    if (st != DT_OK) return st;
    const uint32_t *d = dim.at;
    if (dim.count < 4 || d[2] < 1 || d[2] > SCORER_HEADS || dim.count != 3 + d[2])
        return damaged(b, tag[0], err);
    *out = (struct scorer){.mask = d[0] - 1, .dim = d[1], .n_heads = d[2], .rows = rows.at};
    if (d[0] == 0 || (d[0] & out->mask) != 0 || d[1] < 8 || d[1] > SCORER_DIM_MOST || d[1] % 8 != 0)
        return damaged(b, tag[0], err);
    if (rows.len != (size_t)d[0] * d[1]) return damaged(b, tag[1], err);
    size_t need = 1 + (size_t)d[1] * (d[1] + 2);
    for (uint32_t h = 0; h < d[2]; h++) {
        if (d[3 + h] < 1 || d[3 + h] > SCORER_OUT_MOST) return damaged(b, tag[0], err);
        need += (size_t)d[3 + h] * (d[1] + 1);
    }
    if (numbers.count != need) return damaged(b, tag[2], err);
    const float *f = numbers.at;
    for (size_t i = 0; i < need; i++)
        if (!isfinite(f[i])) return damaged(b, tag[2], err);
    out->scale = *f++;
    out->bias = f;
    out->hidden = f += d[1];
    out->hidden_bias = f += (size_t)d[1] * d[1];
    f += d[1];
    for (uint32_t h = 0; h < d[2]; h++) {
        out->n_out[h] = d[3 + h];
        out->out[h] = f;
        out->out_bias[h] = f += (size_t)d[3 + h] * d[1];
        f += d[3 + h];
    }
    return DT_OK;
}

static void add_rows(const struct scorer *s, const uint32_t *at, uint32_t n, int16_t *sum)
{
    for (uint32_t i = 0; i < n; i++) {
        const int8_t *row = s->rows + (size_t)(at[i] & s->mask) * s->dim;
        for (uint32_t k = 0; k < s->dim; k++)
            sum[k] = (int16_t)(sum[k] + row[k]);
    }
}

/* out = bias + in * weights, weights[n_in][n_out]; most of `in` are zero behind a rectifier. */
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
    int16_t sum[SCORER_DIM_MOST] = {0};
    add_rows(s, e->at, e->n, sum);
    const float share = e->n != 0 ? 2 * s->scale / (float)e->n : 0;
    for (uint32_t k = 0; k < s->dim; k++)
        mean[k] = share * (float)sum[k];
}

void scorer_hidden(const struct scorer *s, const struct evidence *e, const float *mean,
                   float hidden[SCORER_DIM_MOST])
{
    int16_t sum[SCORER_DIM_MOST] = {0};
    float first[SCORER_DIM_MOST];
    add_rows(s, e->at, e->n, sum);
    for (uint32_t k = 0; k < s->dim; k++) {
        float x = s->bias[k] + s->scale * (float)sum[k] + (mean != NULL ? mean[k] : 0);
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
