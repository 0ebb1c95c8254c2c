/* net.c - the forward pass; see net.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "lang/net.h"

enum { NET_ALIGN = 64 };

/* Takes `bytes` from the block; with a NULL base only counts. */
static void *net_carve(unsigned char *base, size_t *used, size_t bytes)
{
    void *at = base != NULL ? base + *used : NULL;
    *used += kernel_padded(bytes, NET_ALIGN);
    return at;
}

static size_t widest_hidden(const struct net *net)
{
    size_t widest = 0;
    for (size_t i = 0; i < NET_HEADS; i++) {
        if (net->head[i].out_stride > widest && i != NET_TAG2 && i != NET_NAME2 && i != NET_LABEL)
            widest = net->head[i].out_stride;
    }
    return widest > net->dim.width ? widest : net->dim.width;
}

/* Numbers that the first layer makes of a word: its sum of embeddings and the products. */
static size_t first_floats(const struct net *net)
{
    return net->dim.width + 6 * net->dim.half + net->near.out;
}

/* Lays the arrays out for `rows` and `longest`, both padded; returns the bytes needed. */
static size_t lay_out(const struct net *net, struct net_run *run, unsigned char *base, size_t rows,
                      size_t longest)
{
    const struct linear *h = net->head;
    const size_t wide = widest_hidden(net), f = sizeof(float);
    const size_t widest = net->near.out > 3 * wide ? net->near.out : 3 * wide;
    const size_t columns = kernel_padded(longest + 1, KERNEL_LANES);
    const size_t arc_rows = kernel_padded(longest, KERNEL_ROWS);
    size_t used = 0;
    run->ids = net_carve(base, &used, rows * net->emb.features * sizeof(uint32_t));
    run->fresh = net_carve(base, &used, rows * net->emb.features * sizeof(uint32_t));
    run->first = net_carve(base, &used, rows * sizeof *run->first);
    run->missing = net_carve(base, &used, rows * sizeof *run->missing);
    run->spare = net_carve(base, &used, rows * first_floats(net) * f);
    run->sums = net_carve(base, &used, rows * sizeof *run->sums);
    run->heads = net_carve(base, &used, rows * sizeof(uint32_t));
    run->x = net_carve(base, &used, rows * net->dim.width * f);
    run->u = net_carve(base, &used, rows * widest * f);
    run->hidden = net_carve(base, &used, rows * wide * f);
    run->tags = net_carve(base, &used, rows * h[NET_TAG2].out_stride * f);
    run->names = net_carve(base, &used, rows * h[NET_NAME2].out_stride * f);
    run->labels = net_carve(base, &used, rows * h[NET_LABEL].out_stride * f);
    run->label_dependent = net_carve(base, &used, rows * h[NET_LABEL].in_stride * f);
    run->label_head = net_carve(base, &used, rows * h[NET_LABEL].in_stride * f);
    run->q = net_carve(base, &used, rows * wide);
    /* the last sentence's arc rows are padded on their own */
    run->dependent_q = net_carve(base, &used, (rows + KERNEL_ROWS) * h[NET_ARC].out_stride);
    run->head_q = net_carve(base, &used, rows * h[NET_HEAD].out_stride);
    run->state = net_carve(base, &used, net->dim.width * f);
    run->arcs = net_carve(base, &used, arc_rows * columns * f);
    run->arc_weights = net_carve(base, &used, columns * h[NET_ARC].out_stride);
    run->arc_offset = net_carve(base, &used, columns * sizeof(int32_t));
    run->ones = net_carve(base, &used, columns * f);
    run->zeros = net_carve(base, &used, columns * f);
    return used;
}

static bool cache_reserve(const struct net *net, struct net_cache *cache)
{
    const size_t bytes = NET_CACHE_WORDS * first_floats(net) * sizeof(float);
    if (cache->words == NULL) cache->words = calloc(NET_CACHE_WORDS, sizeof *cache->words);
    if (cache->rows == NULL) cache->rows = aligned_alloc(NET_ALIGN, bytes);
    return cache->words != NULL && cache->rows != NULL;
}

bool net_reserve(const struct net *net, struct net_run *run, size_t rows, size_t longest)
{
    const size_t columns = kernel_padded(longest + 1, KERNEL_LANES);
    if (!cache_reserve(net, &run->cache)) return false;
    rows = kernel_padded(rows, KERNEL_ROWS);
    size_t need = lay_out(net, run, NULL, rows, longest);
    if (need > run->cap) {
        unsigned char *block = aligned_alloc(NET_ALIGN, need);
        if (block == NULL) return false;
        free(run->block);
        run->block = block;
        run->cap = need;
        memset(block, 0, need); /* so that padding rows are numbers, whatever they are */
    }
    (void)lay_out(net, run, run->block, rows, longest);
    for (size_t i = 0; i < columns; i++) {
        run->ones[i] = 1.0f;
        run->zeros[i] = 0.0f;
    }
    return true;
}

void net_run_free(struct net_run *run)
{
    free(run->block);
    free(run->cache.words);
    free(run->cache.rows);
    *run = (struct net_run){0};
}

/* y = layer(x). `*quantised` is the multiplier with which run->q holds x already, or 0. */
static void net_apply(const struct net *net, struct net_run *run, const struct linear *layer,
                      const float *x, size_t rows, bool relu, float *quantised, float *y)
{
    if (*quantised != layer->in_mul) {
        net->kernel->quantise(x, rows * layer->in_stride, layer->in_mul, run->q);
        *quantised = layer->in_mul;
    }
    net->kernel->product(layer, run->q, rows, relu, y);
}

static uint32_t cache_place(const uint32_t *ids)
{
    uint64_t h = 0;
    for (size_t f = 0; f < FEATURE_COUNT; f++)
        h = (h ^ ids[f]) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(h >> 52);
}

/* Finds the n words of a batch in the cache and makes room for the others, whose number it
 * returns. A place that this batch uses is not given to another word. */
static size_t find_words(struct net_run *run, size_t floats, size_t n)
{
    struct net_cache *cache = &run->cache;
    size_t missing = 0, spared = 0;
    cache->now++;
    for (size_t r = 0; r < n; r++) {
        const uint32_t *ids = run->ids + r * FEATURE_COUNT;
        const uint32_t place = cache_place(ids);
        struct net_cached *word = &cache->words[place];
        bool known = word->used != 0 && memcmp(word->ids, ids, sizeof word->ids) == 0;
        run->first[r] = cache->rows + place * floats;
        if (!known) {
            if (word->used == cache->now)
                run->first[r] = run->spare + spared++ * floats;
            else
                memcpy(word->ids, ids, sizeof word->ids);
            memcpy(run->fresh + missing * FEATURE_COUNT, ids, sizeof word->ids);
            run->missing[missing++] = run->first[r];
        }
        word->used = cache->now;
    }
    return missing;
}

/* The sums of embeddings of all words into run->x, and where the products of the first layer are
 * into run->sums. */
static void first_layer(const struct net *net, struct net_run *run, size_t n)
{
    const size_t width = net->dim.width, sums = 6 * net->dim.half, near = net->near.out;
    const size_t missing = find_words(run, first_floats(net), n);
    const size_t padded = kernel_padded(missing, KERNEL_ROWS);
    float quantised = 0.0f;
    memset(run->fresh + missing * FEATURE_COUNT, 0,
           (padded - missing) * FEATURE_COUNT * sizeof *run->fresh);
    net->kernel->embed(&net->emb, run->fresh, padded, run->hidden);
    net_apply(net, run, &net->recurrent[0], run->hidden, padded, false, &quantised, run->u);
    for (size_t m = 0; m < missing; m++) {
        memcpy(run->missing[m], run->hidden + m * width, width * sizeof *run->x);
        memcpy(run->missing[m] + width, run->u + m * sums, sums * sizeof *run->u);
    }
    if (near > 0) {
        net_apply(net, run, &net->near, run->hidden, padded, false, &quantised, run->u);
        for (size_t m = 0; m < missing; m++)
            memcpy(run->missing[m] + width + sums, run->u + m * near, near * sizeof *run->u);
    }
    for (size_t r = 0; r < n; r++) {
        memcpy(run->x + r * width, run->first[r], width * sizeof *run->x);
        run->sums[r] = run->first[r] + width;
    }
}

static void run_layers(const struct net *net, struct net_run *run, const uint32_t *start,
                       size_t n_sentences, size_t rows)
{
    const size_t width = net->dim.width, half = net->dim.half, n = start[n_sentences];
    first_layer(net, run, n);
    for (size_t l = 0; l < net->dim.layers; l++) {
        float quantised = 0.0f;
        if (l > 0) {
            net_apply(net, run, &net->recurrent[l], run->x, rows, false, &quantised, run->u);
            for (size_t r = 0; r < n; r++)
                run->sums[r] = run->u + r * 6 * half;
        }
        for (size_t s = 0; s < n_sentences; s++)
            net->kernel->recur(run->sums + start[s], net->peephole + l * 4 * half,
                               start[s + 1] - start[s], half, run->state,
                               run->x + start[s] * width);
        if (l > 0 || net->near.out == 0) continue;
        for (size_t s = 0; s < n_sentences; s++)
            net->kernel->window(run->sums + start[s], 6 * half, net->dim.window,
                                start[s + 1] - start[s], width, run->x + start[s] * width);
    }
}

/* Two layers, a hidden one with relu between. */
static void run_pair(const struct net *net, struct net_run *run, enum net_head first, size_t rows,
                     float *quantised, float *y)
{
    const struct linear *layer = net->head + first;
    float inner = 0.0f;
    net_apply(net, run, layer, run->x, rows, true, quantised, run->hidden);
    net_apply(net, run, layer + 1, run->hidden, rows, false, &inner, y);
    *quantised = 0.0f; /* run->q holds the hidden layer now */
}

void net_forward(const struct net *net, struct net_run *run, const uint32_t *start,
                 size_t n_sentences)
{
    const struct linear *h = net->head;
    const size_t n = start[n_sentences], rows = kernel_padded(n, KERNEL_ROWS);
    const struct kernel *kernel = net->kernel;
    float quantised = 0.0f;
    run_layers(net, run, start, n_sentences, rows);
    /* the layers that read x directly come together: with equal multipliers they share run->q */
    net_apply(net, run, &h[NET_LABEL_DEPENDENT], run->x, rows, false, &quantised,
              run->label_dependent);
    net_apply(net, run, &h[NET_LABEL_HEAD], run->x, rows, false, &quantised, run->label_head);
    net_apply(net, run, &h[NET_HEAD], run->x, rows, true, &quantised, run->hidden);
    kernel->quantise(run->hidden, rows * h[NET_HEAD].out_stride, net->head_mul, run->head_q);
    run_pair(net, run, NET_TAG1, rows, &quantised, run->tags);
    run_pair(net, run, NET_NAME1, rows, &quantised, run->names);
    net_apply(net, run, &h[NET_DEPENDENT], run->x, rows, true, &quantised, run->hidden);
    quantised = 0.0f;
    net_apply(net, run, &h[NET_ARC], run->hidden, rows, false, &quantised, run->u);
    kernel->quantise(run->u, rows * h[NET_ARC].out_stride, net->dependent_mul, run->dependent_q);
}

/* Packs one row of activations as weights: QUANT_ZERO is taken from each byte by flipping its
 * highest bit. `sum` adds the bytes up in two halves of 16 bits, which NET_MAX_HIDDEN of them do
 * not fill. */
static void pack_head(const uint8_t *from, size_t quads, int8_t *to, int32_t *offset)
{
    uint32_t sum = 0, quad;
    for (size_t k = 0; k < quads; k++, from += 4, to += 4 * KERNEL_LANES) {
        memcpy(&quad, from, sizeof quad);
        sum += (quad & 0x00FF00FFu) + (quad >> 8 & 0x00FF00FFu);
        quad ^= 0x80808080u;
        memcpy(to, &quad, sizeof quad);
    }
    *offset = -QUANT_ZERO *
              ((int32_t)((sum & 0xFFFFu) + (sum >> 16)) - (int32_t)(4 * quads * QUANT_ZERO));
}

/* Packs the head vectors of the sentence, and the root's after them, as the weights of a layer. */
static void pack_heads(const struct net *net, struct net_run *run, size_t first, size_t n,
                       const struct linear *layer)
{
    const size_t stride = net->head[NET_HEAD].out_stride, quads = layer->quads;
    for (size_t j = 0; j < layer->out_stride; j++) {
        const uint8_t *from = j < n ? run->head_q + (first + j) * stride : net->root_head;
        pack_head(from, quads,
                  run->arc_weights +
                      (j / KERNEL_LANES * quads * KERNEL_LANES + j % KERNEL_LANES) * 4,
                  run->arc_offset + j);
    }
}

float *net_arcs(const struct net *net, struct net_run *run, size_t first, size_t n, size_t *stride)
{
    struct linear layer = {.weights = run->arc_weights,
                           .offset = run->arc_offset,
                           .scale = run->ones,
                           .bias = run->zeros};
    linear_shape(&layer, net->dim.arc, (uint32_t)n + 1);
    assert(layer.in_stride == net->head[NET_ARC].out_stride);
    pack_heads(net, run, first, n, &layer);
    net->kernel->product(&layer, run->dependent_q + first * layer.in_stride,
                         kernel_padded(n, KERNEL_ROWS), false, run->arcs);
    *stride = layer.out_stride;
    return run->arcs;
}

void net_labels(const struct net *net, struct net_run *run, size_t rows)
{
    const struct linear *layer = &net->head[NET_LABEL];
    const size_t hidden = layer->in_stride;
    float quantised = 0.0f;
    for (size_t r = 0; r < rows; r++) {
        const float *own = run->label_dependent + r * hidden;
        const float *head = run->heads[r] == NET_NO_HEAD ? net->root_label
                                                         : run->label_head + run->heads[r] * hidden;
        net->kernel->join(own, head, hidden, run->u + r * hidden);
    }
    net_apply(net, run, layer, run->u, kernel_padded(rows, KERNEL_ROWS), false, &quantised,
              run->labels);
}
