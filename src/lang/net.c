/* net.c - the forward pass; see net.h. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/huge.h"
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

/* Products of the first layer for a word. */
static size_t first_products(const struct net *net)
{
    return 6 * net->dim.half + net->near.out;
}

/* Numbers that the first layer makes of a word: its sum of embeddings and the products. */
static size_t first_numbers(const struct net *net)
{
    return net->dim.width + first_products(net);
}

/* Outputs of the widest layer that puts them into run->u. */
static size_t widest_products(const struct net *net)
{
    size_t widest = net->near.out > 6 * net->dim.half ? net->near.out : 6 * net->dim.half;
    if (net->head[NET_TAG2].out_stride > widest) widest = net->head[NET_TAG2].out_stride;
    return widest > widest_hidden(net) ? widest : widest_hidden(net);
}

/* Lays the arrays out for `rows` and `longest`, both padded; returns the bytes needed. */
static size_t lay_out(const struct net *net, struct net_run *run, unsigned char *base, size_t rows,
                      size_t longest)
{
    const struct linear *h = net->head;
    const size_t wide = widest_hidden(net), f = sizeof(float);
    const size_t columns = kernel_padded(longest + 1, KERNEL_LANES);
    const size_t arc_rows = kernel_padded(longest, KERNEL_ROWS);
    size_t used = 0;
    run->ids = net_carve(base, &used, rows * net->emb.features * sizeof(uint32_t));
    run->fresh = net_carve(base, &used, rows * net->emb.features * sizeof(uint32_t));
    run->place = net_carve(base, &used, rows * sizeof *run->place);
    run->missing = net_carve(base, &used, rows * sizeof *run->missing);
    run->spare_words = net_carve(base, &used, rows * sizeof *run->spare_words);
    run->spare = net_carve(base, &used, rows * first_numbers(net) * sizeof *run->spare);
    run->first = net_carve(base, &used, rows * first_products(net) * f);
    run->sums = net_carve(base, &used, rows * sizeof *run->sums);
    run->heads = net_carve(base, &used, rows * sizeof(uint32_t));
    run->x = net_carve(base, &used, rows * net->dim.width * f);
    run->u = net_carve(base, &used, rows * widest_products(net) * f);
    run->names = net_carve(base, &used, rows * h[NET_NAME2].out_stride * f);
    run->tags = net_carve(base, &used, rows * sizeof *run->tags);
    run->labels = net_carve(base, &used, rows * h[NET_LABEL].out_stride * f);
    run->label_dependent = net_carve(base, &used, rows * h[NET_LABEL].in_stride * f);
    run->x_q = net_carve(base, &used, rows * net->dim.width);
    run->q = net_carve(base, &used, rows * wide);
    run->tag_q = net_carve(base, &used, rows * h[NET_TAG1].out_stride);
    /* the last sentence's arc rows are padded on their own */
    run->dependent_q = net_carve(base, &used, (rows + KERNEL_ROWS) * h[NET_ARC].out_stride);
    run->head_q = net_carve(base, &used, rows * h[NET_HEAD].out_stride);
    run->order = net_carve(base, &used, (rows + net->dim.classes + 1) * sizeof *run->order);
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
    const size_t bytes = NET_CACHE_WORDS * first_numbers(net) * sizeof *cache->rows;
    if (cache->words == NULL) cache->words = calloc(NET_CACHE_WORDS, sizeof *cache->words);
    if (cache->rows == NULL) cache->rows = huge_alloc(bytes);
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

/* ---- the first layer, by word ---- */

static uint32_t cache_set(const uint32_t *ids)
{
    uint64_t h = 0;
    for (size_t f = 0; f < FEATURE_COUNT; f++)
        h = (h ^ ids[f]) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(h >> 32) % (NET_CACHE_WORDS / NET_CACHE_WAYS) * NET_CACHE_WAYS;
}

/* The place of the word in its set, or the one that has not been used for longest. */
static uint32_t cache_place(const struct net_cache *cache, const uint32_t *ids, bool *known)
{
    const uint32_t set = cache_set(ids);
    uint32_t oldest = set;
    for (uint32_t i = set; i < set + NET_CACHE_WAYS; i++) {
        const struct net_cached *word = &cache->words[i];
        *known = word->used != 0 && memcmp(word->ids, ids, sizeof word->ids) == 0;
        if (*known) return i;
        if (word->used < cache->words[oldest].used) oldest = i;
    }
    return oldest;
}

/* Finds the n words of a batch in the cache and makes room for the others, whose number it
 * returns. A place that this batch uses is not given to another word. */
static size_t find_words(struct net_run *run, size_t n)
{
    struct net_cache *cache = &run->cache;
    size_t missing = 0, spared = 0;
    cache->now++;
    for (size_t r = 0; r < n; r++) {
        const uint32_t *ids = run->ids + r * FEATURE_COUNT;
        bool known;
        uint32_t place = cache_place(cache, ids, &known);
        struct net_cached *word = &cache->words[place];
        if (!known) {
            if (word->used == cache->now)
                place = (uint32_t)(NET_CACHE_WORDS + spared++);
            else
                memcpy(word->ids, ids, sizeof word->ids);
            memcpy(run->fresh + missing * FEATURE_COUNT, ids, sizeof word->ids);
            run->missing[missing++] = place;
        }
        if (place < NET_CACHE_WORDS) word->used = cache->now;
        run->place[r] = place;
    }
    return missing;
}

static struct net_cached *word_at(struct net_run *run, uint32_t place)
{
    return place < NET_CACHE_WORDS ? &run->cache.words[place]
                                   : &run->spare_words[place - NET_CACHE_WORDS];
}

static int16_t *numbers_at(struct net_run *run, uint32_t place, size_t numbers)
{
    return place < NET_CACHE_WORDS ? run->cache.rows + place * numbers
                                   : run->spare + (place - NET_CACHE_WORDS) * numbers;
}

/* Computes the words that the cache lacks: sums of embeddings go through run->x, products through
 * run->first. */
static void make_words(const struct net *net, struct net_run *run, size_t missing)
{
    const struct kernel *kernel = net->kernel;
    const struct linear *layer = &net->recurrent[0], *near = &net->near;
    const size_t width = net->dim.width, sums = 6 * net->dim.half, all = first_products(net);
    const size_t padded = kernel_padded(missing, KERNEL_ROWS);
    float *u = run->first, *v = run->first + padded * sums;
    memset(run->fresh + missing * FEATURE_COUNT, 0,
           (padded - missing) * FEATURE_COUNT * sizeof *run->fresh);
    kernel->embed(&net->emb, run->fresh, padded, run->x);
    kernel->quantise(run->x, padded * width, layer->in_mul, run->x_q);
    kernel->product(layer, run->x_q, padded, false, u);
    if (near->out > 0) {
        if (near->in_mul != layer->in_mul)
            kernel->quantise(run->x, padded * width, near->in_mul, run->x_q);
        kernel->product(near, run->x_q, padded, false, v);
    }
    for (size_t m = 0; m < missing; m++) {
        struct net_cached *word = word_at(run, run->missing[m]);
        int16_t *numbers = numbers_at(run, run->missing[m], width + all);
        word->scale[0] = kernel->shrink(run->x + m * width, width, numbers);
        word->scale[1] = kernel->shrink(u + m * sums, sums, numbers + width);
        if (near->out == 0) continue;
        word->scale[2] = kernel->shrink(v + m * near->out, near->out, numbers + width + sums);
    }
}

/* The sums of embeddings of all words into run->x, the products of the first layer into run->first,
 * and where they are into run->sums. */
static void first_layer(const struct net *net, struct net_run *run, size_t n)
{
    const struct kernel *kernel = net->kernel;
    const size_t width = net->dim.width, sums = 6 * net->dim.half, all = first_products(net);
    const size_t missing = find_words(run, n);
    if (missing != 0) make_words(net, run, missing);
    for (size_t r = 0; r < n; r++) {
        const struct net_cached *word = word_at(run, run->place[r]);
        const int16_t *numbers = numbers_at(run, run->place[r], width + all);
        float *first = run->first + r * all;
        kernel->expand(numbers, width, word->scale[0], run->x + r * width);
        kernel->expand(numbers + width, sums, word->scale[1], first);
        if (all > sums)
            kernel->expand(numbers + width + sums, all - sums, word->scale[2], first + sums);
        run->sums[r] = first;
    }
}

/* ---- the layers ---- */

static void run_layers(const struct net *net, struct net_run *run, const uint32_t *start,
                       size_t n_sentences, size_t rows)
{
    const struct kernel *kernel = net->kernel;
    const size_t width = net->dim.width, half = net->dim.half, n = start[n_sentences];
    first_layer(net, run, n);
    for (size_t l = 0; l < net->dim.layers; l++) {
        const struct linear *layer = &net->recurrent[l];
        if (l > 0) {
            kernel->quantise(run->x, rows * width, layer->in_mul, run->q);
            kernel->product(layer, run->q, rows, false, run->u);
            for (size_t r = 0; r < n; r++)
                run->sums[r] = run->u + r * 6 * half;
        }
        for (size_t s = 0; s < n_sentences; s++)
            kernel->recur(run->sums + start[s], net->peephole + l * 4 * half,
                          start[s + 1] - start[s], half, run->state, run->x + start[s] * width);
        if (l > 0 || net->near.out == 0) continue;
        for (size_t s = 0; s < n_sentences; s++)
            kernel->window(run->sums + start[s], 6 * half, net->dim.window, start[s + 1] - start[s],
                           width, run->x + start[s] * width);
    }
}

/* x as the layer wants it, in run->x_q; `*mul` is what it was multiplied by last, 0 if nothing. */
static const uint8_t *input_of(const struct net *net, struct net_run *run,
                               const struct linear *layer, size_t rows, float *mul)
{
    if (*mul != layer->in_mul)
        net->kernel->quantise(run->x, rows * net->dim.width, layer->in_mul, run->x_q);
    *mul = layer->in_mul;
    return run->x_q;
}

void net_forward(const struct net *net, struct net_run *run, const uint32_t *start,
                 size_t n_sentences)
{
    const struct linear *h = net->head;
    const struct kernel *kernel = net->kernel;
    const size_t rows = kernel_padded(start[n_sentences], KERNEL_ROWS);
    float mul = 0.0f;
    run_layers(net, run, start, n_sentences, rows);
    kernel->product_quantised(&h[NET_TAG1], input_of(net, run, &h[NET_TAG1], rows, &mul), rows,
                              true, h[NET_TAG2].in_mul, run->tag_q);
    kernel->product_quantised(&h[NET_NAME1], input_of(net, run, &h[NET_NAME1], rows, &mul), rows,
                              true, h[NET_NAME2].in_mul, run->q);
    kernel->product(&h[NET_NAME2], run->q, rows, false, run->names);
    kernel->product_quantised(&h[NET_DEPENDENT], input_of(net, run, &h[NET_DEPENDENT], rows, &mul),
                              rows, true, h[NET_ARC].in_mul, run->q);
    kernel->product_quantised(&h[NET_ARC], run->q, rows, false, net->dependent_mul,
                              run->dependent_q);
    kernel->product_quantised(&h[NET_HEAD], input_of(net, run, &h[NET_HEAD], rows, &mul), rows,
                              true, net->head_mul, run->head_q);
    kernel->product(&h[NET_LABEL_DEPENDENT],
                    input_of(net, run, &h[NET_LABEL_DEPENDENT], rows, &mul), rows, false,
                    run->label_dependent);
    (void)input_of(net, run, &h[NET_LABEL_HEAD], rows, &mul); /* for net_labels() */
}

/* ---- tags ---- */

/* The blocks of the layer that hold its outputs [from, to); *first is the first output of them. */
static struct linear blocks_of(const struct linear *layer, uint32_t from, uint32_t to,
                               uint32_t *first)
{
    *first = from / KERNEL_LANES * KERNEL_LANES;
    return linear_part(layer, *first, (uint32_t)kernel_padded(to - *first, KERNEL_LANES));
}

/* Copies the rows that `order` names, of `bytes` each, one after another. */
static void gather(const uint8_t *from, size_t bytes, const uint32_t *order, size_t n, uint8_t *to)
{
    for (size_t i = 0; i < n; i++)
        memcpy(to + i * bytes, from + order[i] * bytes, bytes);
}

void net_classes(const struct net *net, struct net_run *run, size_t rows)
{
    const uint32_t tags = net->dim.tags, classes = net->dim.classes;
    uint32_t first;
    struct linear part = blocks_of(&net->head[NET_TAG2], tags, tags + classes, &first);
    net->kernel->product(&part, run->tag_q, kernel_padded(rows, KERNEL_ROWS), false, run->u);
    for (size_t r = 0; r < rows; r++)
        run->tags[r] = net->kernel->argmax(run->u + r * part.out_stride + (tags - first), classes);
}

/* The rows sorted by class into run->order, the rows of a class in their order; ends[c] is where
 * those of class c end. */
static uint32_t *sort_by_class(const struct net *net, struct net_run *run, size_t rows)
{
    uint32_t *ends = run->order + rows; /* one more than classes, so that [c + 1] can be counted */
    memset(ends, 0, (net->dim.classes + 1) * sizeof *ends);
    for (size_t r = 0; r < rows; r++)
        ends[run->tags[r] + 1]++;
    for (uint32_t c = 0; c < net->dim.classes; c++)
        ends[c + 1] += ends[c];
    for (uint32_t r = 0; r < rows; r++)
        run->order[ends[run->tags[r]]++] = r;
    return ends;
}

void net_tags(const struct net *net, struct net_run *run, const uint32_t *class_begin, size_t rows)
{
    const struct linear *layer = &net->head[NET_TAG2];
    const uint32_t *ends = sort_by_class(net, run, rows);
    for (uint32_t c = 0, begin = 0; c < net->dim.classes; begin = ends[c++]) {
        const uint32_t n = ends[c] - begin, *order = run->order + begin;
        uint32_t first, from = class_begin[c], count = class_begin[c + 1] - from;
        if (n == 0) continue;
        struct linear part = blocks_of(layer, from, from + count, &first);
        gather(run->tag_q, layer->in_stride, order, n, run->q);
        net->kernel->product(&part, run->q, kernel_padded(n, KERNEL_ROWS), false, run->u);
        for (uint32_t i = 0; i < n; i++)
            run->tags[order[i]] =
                from + net->kernel->argmax(run->u + i * part.out_stride + (from - first), count);
    }
}

/* ---- arcs ---- */

/* Packs one row of activations as weights: QUANT_ZERO is taken from each byte, whose highest bit
 * stands in for a borrow. `sum` adds the bytes up in two halves of 16 bits, which NET_MAX_HIDDEN of
 * them do not fill. */
static void pack_head(const uint8_t *from, size_t quads, int8_t *to, int32_t *offset)
{
    uint32_t sum = 0, quad;
    for (size_t k = 0; k < quads; k++, from += 4, to += 4 * KERNEL_LANES) {
        memcpy(&quad, from, sizeof quad);
        sum += (quad & 0x00FF00FFu) + (quad >> 8 & 0x00FF00FFu);
        quad = ((quad | 0x80808080u) - 0x01010101u * QUANT_ZERO) ^ 0x80808080u;
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

/* ---- relations ---- */

/* The rows that are heads of something into run->order, without repetition; returns their number.
 * run->place gets, for each of them, its number among them. */
static size_t find_heads(struct net_run *run, size_t rows)
{
    size_t n = 0;
    for (size_t r = 0; r < rows; r++)
        run->place[r] = NONE;
    for (size_t r = 0; r < rows; r++) {
        const uint32_t head = run->heads[r];
        if (head == NONE || run->place[head] != NONE) continue;
        run->place[head] = (uint32_t)n;
        run->order[n++] = head;
    }
    return n;
}

void net_labels(const struct net *net, struct net_run *run, size_t rows)
{
    const struct linear *layer = &net->head[NET_LABEL], *heads = &net->head[NET_LABEL_HEAD];
    const size_t hidden = layer->in_stride, n = find_heads(run, rows);
    gather(run->x_q, net->dim.width, run->order, n, run->q);
    net->kernel->product(heads, run->q, kernel_padded(n, KERNEL_ROWS), false, run->u);
    for (size_t r = 0; r < rows; r++) {
        const uint32_t head = run->heads[r];
        net->kernel->join(run->label_dependent + r * hidden,
                          head == NONE ? net->root_label : run->u + run->place[head] * hidden,
                          hidden, layer->in_mul, run->q + r * hidden);
    }
    net->kernel->product(layer, run->q, kernel_padded(rows, KERNEL_ROWS), false, run->labels);
}
