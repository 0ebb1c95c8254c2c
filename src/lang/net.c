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

/* Lays the arrays out for `rows` and `longest`, both padded; returns the bytes needed. */
static size_t lay_out(const struct net *net, struct net_run *run, unsigned char *base, size_t rows,
                      size_t longest)
{
    const struct linear *h = net->head;
    const size_t wide = widest_hidden(net), f = sizeof(float), q = sizeof(int16_t);
    const size_t columns = kernel_padded(longest + 1, KERNEL_LANES);
    const size_t arc_rows = kernel_padded(longest, KERNEL_ROWS);
    size_t used = 0;
    run->ids = net_carve(base, &used, rows * net->emb.features * sizeof(uint32_t));
    run->heads = net_carve(base, &used, rows * sizeof(uint32_t));
    run->x = net_carve(base, &used, rows * net->dim.width * f);
    run->u = net_carve(base, &used, rows * 3 * wide * f);
    run->hidden = net_carve(base, &used, rows * wide * f);
    run->tags = net_carve(base, &used, rows * h[NET_TAG2].out_stride * f);
    run->names = net_carve(base, &used, rows * h[NET_NAME2].out_stride * f);
    run->labels = net_carve(base, &used, rows * h[NET_LABEL].out_stride * f);
    run->label_dependent = net_carve(base, &used, rows * h[NET_LABEL].in_stride * f);
    run->label_head = net_carve(base, &used, rows * h[NET_LABEL].in_stride * f);
    run->q = net_carve(base, &used, rows * wide * q);
    /* the last sentence's arc rows are padded on their own */
    run->dependent_q = net_carve(base, &used, (rows + KERNEL_ROWS) * h[NET_ARC].out_stride * q);
    run->head_q = net_carve(base, &used, rows * h[NET_HEAD].out_stride * q);
    run->state = net_carve(base, &used, net->dim.width * f);
    run->arcs = net_carve(base, &used, arc_rows * columns * f);
    run->arc_weights = net_carve(base, &used, columns * h[NET_ARC].out_stride * q);
    run->ones = net_carve(base, &used, columns * f);
    run->zeros = net_carve(base, &used, columns * f);
    return used;
}

bool net_reserve(const struct net *net, struct net_run *run, size_t rows, size_t longest)
{
    const size_t columns = kernel_padded(longest + 1, KERNEL_LANES);
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

static void run_layers(const struct net *net, struct net_run *run, const uint32_t *start,
                       size_t n_sentences, size_t rows)
{
    const size_t width = net->dim.width, half = net->dim.half;
    net->kernel->embed(&net->emb, run->ids, rows, run->x);
    for (size_t l = 0; l < net->dim.layers; l++) {
        float quantised = 0.0f;
        net_apply(net, run, &net->recurrent[l], run->x, rows, false, &quantised, run->u);
        for (size_t s = 0; s < n_sentences; s++)
            net->kernel->recur(run->u + start[s] * 6 * half, net->peephole + l * 4 * half,
                               start[s + 1] - start[s], half, run->state,
                               run->x + start[s] * width);
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
    memset(run->ids + n * net->emb.features, 0, (rows - n) * net->emb.features * sizeof *run->ids);
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

/* Packs the head vectors of the sentence, and the root's after them, as the weights of a layer. */
static void pack_heads(const struct net *net, struct net_run *run, size_t first, size_t n,
                       const struct linear *layer)
{
    const size_t stride = net->head[NET_HEAD].out_stride, pairs = layer->pairs;
    for (size_t j = 0; j < layer->out_stride; j++) {
        const int16_t *from = j < n ? run->head_q + (first + j) * stride : net->root_head;
        int16_t *to =
            run->arc_weights + (j / KERNEL_LANES * pairs * KERNEL_LANES + j % KERNEL_LANES) * 2;
        for (size_t k = 0; k < pairs; k++)
            memcpy(to + k * 2 * KERNEL_LANES, from + 2 * k, 2 * sizeof *to);
    }
}

float *net_arcs(const struct net *net, struct net_run *run, size_t first, size_t n, size_t *stride)
{
    struct linear layer = {.weights = run->arc_weights, .scale = run->ones, .bias = run->zeros};
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
