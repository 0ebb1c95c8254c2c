/* random_model.h - a small language model of random numbers, laid out as doc/model-format.md says,
 * so that the engine can be tested without a trained one. */
#ifndef DETENTE_RANDOM_MODEL_H
#define DETENTE_RANDOM_MODEL_H

#include <stdio.h>
#include <stdlib.h>

#include "base/bundle.h"
#include "lang/feature.h"
#include "lang/net.h"

enum { RANDOM_TAGS = 5, RANDOM_NAMES = 5, RANDOM_DEPRELS = 4 };

struct random_model {
    struct net_dim dim;
    int8_t *emb;
    float *embs, *b0, *ws, *wb, *in, *v, *root, *tr;
    int8_t *w;
    size_t n_weights, n_outputs, n_layers;
    const char *tags, *names, *deprels;
    void *bytes; /* of the file */
    size_t len;
};

static uint64_t random_state = 1;

static uint32_t random_u32(void)
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(random_state >> 33);
}

/* In [-1, 1). */
static float random_unit(void)
{
    return (float)(int32_t)(random_u32() % 65536) / 32768.0f - 1.0f;
}

static float *random_floats(size_t n, float size, float offset)
{
    float *at = malloc((n + 1) * sizeof *at);
    if (at == NULL) abort();
    for (size_t i = 0; i < n; i++)
        at[i] = size * random_unit() + offset;
    return at;
}

static void random_sizes(struct random_model *m)
{
    const struct net_dim *d = &m->dim;
    const size_t in[] = {d->width, d->tag_hidden, d->width, d->name_hidden, d->width,
                         d->width, d->arc,        d->width, d->width,       d->label_hidden};
    const size_t out[] = {
        d->tag_hidden, d->tags + d->classes, d->name_hidden,  d->names,  d->arc, d->arc,
        d->arc,        d->label_hidden,      d->label_hidden, d->deprels};
    const size_t near = (2 * d->window + 1) * d->width;
    m->n_layers = d->layers + 1 + NET_HEADS;
    m->n_outputs = (size_t)d->layers * 6 * d->half + near;
    m->n_weights = m->n_outputs * d->width;
    for (size_t i = 0; i < NET_HEADS; i++) {
        m->n_weights += in[i] * out[i];
        m->n_outputs += out[i];
    }
}

/* Fills the numbers; the labels are fixed. Odd sizes, so that padding matters. */
static void random_model_make(struct random_model *m, uint64_t seed)
{
    random_state = seed;
    *m = (struct random_model){.dim = {.width = 32,
                                       .half = 16,
                                       .layers = 2,
                                       .arc = 21,
                                       .tag_hidden = 19,
                                       .name_hidden = 16,
                                       .label_hidden = 33,
                                       .rows = FEATURE_ROWS,
                                       .tags = RANDOM_TAGS,
                                       .names = RANDOM_NAMES,
                                       .deprels = RANDOM_DEPRELS,
                                       .feature_version = FEATURE_VERSION,
                                       .classes = 3,
                                       .window = 2}};
    m->tags = "NOUN\tNN\tNumber=Sing\nNOUN\tNNS\tNumber=Plur\nPUNCT\t.\t_\n"
              "VERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\nVERB\tVBG\tVerbForm=Ger\n";
    m->names = "O\nB-PER\nI-PER\nB-LOC\nI-LOC\n";
    m->deprels = "nsubj\nroot\nnmod:poss\nparataxis\n";
    random_sizes(m);
    size_t cells = (size_t)FEATURE_ROWS * m->dim.width;
    m->emb = malloc(cells);
    m->w = malloc(m->n_weights * sizeof *m->w);
    if (m->emb == NULL || m->w == NULL) abort();
    for (size_t i = 0; i < cells; i++)
        m->emb[i] = (int8_t)(random_u32() % 255 - 127);
    for (size_t i = 0; i < m->n_weights; i++)
        m->w[i] = (int8_t)(random_u32() % 255 - WEIGHT_MAX);
    m->embs = random_floats(FEATURE_ROWS, 0.002f, 0.004f);
    m->b0 = random_floats(m->dim.width, 0.1f, 0.0f);
    m->ws = random_floats(m->n_outputs, 0.2e-6f, 1e-6f);
    m->wb = random_floats(m->n_outputs, 0.1f, 0.0f);
    m->in = random_floats(m->n_layers + 2, 6.0f, 30.0f);
    m->v = random_floats((size_t)m->dim.layers * 4 * m->dim.half, 0.5f, 0.0f);
    m->root = random_floats(m->dim.arc + m->dim.label_hidden, 0.5f, 0.0f);
    m->tr = random_floats(RANDOM_NAMES * (RANDOM_NAMES + 1), 0.1f, 0.0f);
}

static void random_model_add(struct random_model *m, struct bundle_writer *w)
{
    bundle_begin(w, "MODL", 1);
    bundle_add(w, "net.dim", &m->dim, 14, 4);
    bundle_add(w, "net.emb", m->emb, (size_t)FEATURE_ROWS * m->dim.width, 1);
    bundle_add(w, "net.embs", m->embs, FEATURE_ROWS, 4);
    bundle_add(w, "net.b0", m->b0, m->dim.width, 4);
    bundle_add(w, "net.w", m->w, m->n_weights, 1);
    bundle_add(w, "net.ws", m->ws, m->n_outputs, 4);
    bundle_add(w, "net.wb", m->wb, m->n_outputs, 4);
    bundle_add(w, "net.in", m->in, m->n_layers + 2, 4);
    bundle_add(w, "net.v", m->v, (size_t)m->dim.layers * 4 * m->dim.half, 4);
    bundle_add(w, "net.root", m->root, m->dim.arc + m->dim.label_hidden, 4);
    bundle_add(w, "net.tr", m->tr, RANDOM_NAMES * (RANDOM_NAMES + 1), 4);
    bundle_add(w, "lab.tag", m->tags, strlen(m->tags), 1);
    bundle_add(w, "lab.name", m->names, strlen(m->names), 1);
    bundle_add(w, "lab.dep", m->deprels, strlen(m->deprels), 1);
}

/* Lays the file out in memory and opens it. */
static dt_status random_model_bundle(struct random_model *m, struct bundle *out)
{
    struct bundle_writer w;
    random_model_add(m, &w);
    free(m->bytes);
    dt_status st = bundle_finish(&w, &m->bytes, &m->len, NULL);
    if (st == DT_OK) st = bundle_attach(m->bytes, m->len, "random", "MODL", 1, 1, out, NULL);
    return st;
}

static void random_model_free(struct random_model *m)
{
    void *all[] = {m->emb, m->w, m->embs, m->b0, m->ws,   m->wb,
                   m->in,  m->v, m->root, m->tr, m->bytes};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        free(all[i]);
    *m = (struct random_model){0};
}

#endif
