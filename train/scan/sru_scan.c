/* sru_scan.c - the recurrence of the network for the trainer, forward and backward.
 *
 * In: rows of u (z f r forward, z f r backward, `half` numbers each), sentence after sentence; the
 * peepholes v as in net.v. Out: h, the output; c, the states before each token; and, in the
 * backward pass, the gradient of u. Formulas: net.h. Called by network.py as a shared library; a
 * loop over tokens in PyTorch would take most of the training time. Cost: a few operations a
 * number. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct scan_row { /* one token in one direction */
    const float *z, *f, *r;
    float *dz, *df, *dr;
    size_t at; /* of its `half` numbers in h and c */
};

static void row_at(const float *u, float *du, size_t row, int backward, size_t half,
                   struct scan_row *out)
{
    size_t from = (row * 6 + (backward ? 3 : 0)) * half;
    out->z = u + from;
    out->f = u + from + half;
    out->r = u + from + 2 * half;
    if (du != NULL) {
        out->dz = du + from;
        out->df = du + from + half;
        out->dr = du + from + 2 * half;
    }
    out->at = (row * 2 + (backward ? 1 : 0)) * half;
}

static void forward_row(const struct scan_row *s, const float *v, size_t half, float *state,
                        float *c, float *h)
{
    for (size_t i = 0; i < half; i++) {
        float p = state[i];
        float a = s->f[i] + v[i] * p, b = s->r[i] + v[half + i] * p;
        float f = 0.5f + 0.5f * a / (1.0f + fabsf(a)), r = 0.5f + 0.5f * b / (1.0f + fabsf(b));
        float n = f * p + (1.0f - f) * s->z[i];
        c[s->at + i] = p;
        state[i] = n;
        h[s->at + i] = r * n / (1.0f + fabsf(n));
    }
}

static void backward_row(const struct scan_row *s, const float *v, size_t half, float *carried,
                         const float *c, const float *dh)
{
    for (size_t i = 0; i < half; i++) {
        float p = c[s->at + i], d = dh[s->at + i];
        float a = s->f[i] + v[i] * p, b = s->r[i] + v[half + i] * p;
        float ia = 1.0f / (1.0f + fabsf(a)), ib = 1.0f / (1.0f + fabsf(b));
        float f = 0.5f + 0.5f * a * ia, r = 0.5f + 0.5f * b * ib;
        float n = f * p + (1.0f - f) * s->z[i];
        float in = 1.0f / (1.0f + fabsf(n));
        float db = d * n * in * 0.5f * ib * ib;
        float dc = carried[i] + d * r * in * in;
        float da = dc * (p - s->z[i]) * 0.5f * ia * ia;
        s->dz[i] = dc * (1.0f - f);
        s->df[i] = da;
        s->dr[i] = db;
        carried[i] = dc * f + da * v[i] + db * v[half + i];
    }
}

void scan_forward(const float *u, const float *v, const int64_t *start, int64_t n_sentences,
                  int64_t half_width, float *c, float *h)
{
    const size_t half = (size_t)half_width;
#pragma omp parallel for schedule(dynamic, 4)
    for (int64_t job = 0; job < 2 * n_sentences; job++) {
        float state[2048] = {0};
        int backward = (int)(job % 2);
        size_t first = (size_t)start[job / 2], n = (size_t)start[job / 2 + 1] - first;
        struct scan_row s = {0};
        for (size_t t = 0; t < n; t++) {
            row_at(u, NULL, first + (backward ? n - 1 - t : t), backward, half, &s);
            forward_row(&s, v + (backward ? 2 * half : 0), half, state, c, h);
        }
    }
}

void scan_backward(const float *u, const float *v, const int64_t *start, int64_t n_sentences,
                   int64_t half_width, const float *c, const float *dh, float *du)
{
    const size_t half = (size_t)half_width;
#pragma omp parallel for schedule(dynamic, 4)
    for (int64_t job = 0; job < 2 * n_sentences; job++) {
        float carried[2048] = {0};
        int backward = (int)(job % 2);
        size_t first = (size_t)start[job / 2], n = (size_t)start[job / 2 + 1] - first;
        struct scan_row s = {0};
        for (size_t t = n; t-- > 0;) {
            row_at(u, du, first + (backward ? n - 1 - t : t), backward, half, &s);
            backward_row(&s, v + (backward ? 2 * half : 0), half, carried, c, dh);
        }
    }
}
