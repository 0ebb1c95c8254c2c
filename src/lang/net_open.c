/* net_open.c - reading the network from the model file: everything is checked here, once, so that
 * the forward pass can trust it; see net.h and doc/model-format.md. Cost: one pass over the
 * weights, which are repacked for the kernels (about a millisecond). */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lang/feature.h"
#include "lang/net.h"

struct net_reader {
    const struct bundle *bundle;
    struct net *net;
    dt_error *err;
    const int8_t *weights; /* not yet taken from net.w, net.ws, net.wb, net.in */
    const float *scales, *biases, *muls;
};

static dt_status net_damaged(const struct net_reader *r, const char *tag, const char *what)
{
    return err_set(r->err, DT_E_MODEL_CORRUPT, 0, "%s: section %s %s", r->bundle->name, tag, what);
}

static dt_status read_dim(struct net_reader *r)
{
    struct bundle_section s;
    struct net_dim *d = &r->net->dim;
    dt_status st = bundle_find(r->bundle, "net.dim", sizeof(uint32_t), &s, r->err);
    if (st != DT_OK) return st;
    /* models of earlier versions have fewer numbers, but that of the version at the same place */
    if (s.len < offsetof(struct net_dim, classes))
        return net_damaged(r, "net.dim", "was too short");
    memcpy(d, s.at, s.len < sizeof *d ? s.len : sizeof *d);
    if (d->feature_version != FEATURE_VERSION || d->rows != FEATURE_ROWS)
        return err_set(r->err, DT_E_MODEL_VERSION, 0,
                       "%s was trained with features of version %u; this program has version %u",
                       r->bundle->name, d->feature_version, (unsigned)FEATURE_VERSION);
    if (s.len != sizeof *d) return net_damaged(r, "net.dim", "did not have 14 numbers");
    bool ok = d->width >= 32 && d->width <= NET_MAX_WIDTH && d->width % 32 == 0 &&
              d->half == d->width / 2 && d->layers >= 1 && d->layers <= NET_MAX_LAYERS;
    const uint32_t hidden[] = {d->arc, d->tag_hidden, d->name_hidden, d->label_hidden};
    for (size_t i = 0; i < 4; i++)
        ok = ok && hidden[i] >= 1 && hidden[i] <= NET_MAX_HIDDEN;
    ok = ok && d->window <= NET_MAX_WINDOW;
    ok = ok && d->tags >= 1 && d->tags <= 16384 && d->classes >= 1 && d->classes <= d->tags &&
         d->names >= 1 && d->names <= NET_MAX_NAMES && d->deprels >= 1 && d->deprels <= 1024;
    return ok ? DT_OK : net_damaged(r, "net.dim", "held a size out of range");
}

/* Finds a section of exactly `count` finite floats. */
static dt_status read_floats(const struct net_reader *r, const char *tag, size_t count,
                             const float **out)
{
    struct bundle_section s;
    dt_status st = bundle_find(r->bundle, tag, sizeof(float), &s, r->err);
    if (st != DT_OK) return st;
    if (s.count != count)
        return err_set(r->err, DT_E_MODEL_CORRUPT, 0,
                       "%s: section %s had %zu numbers instead of %zu", r->bundle->name, tag,
                       s.count, count);
    *out = s.at;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite((*out)[i])) return net_damaged(r, tag, "held what is not a number");
    }
    return DT_OK;
}

static void shape_layers(struct net *net)
{
    const struct net_dim *d = &net->dim;
    struct linear *h = net->head;
    for (size_t l = 0; l < d->layers; l++)
        linear_shape(&net->recurrent[l], d->width, 6 * d->half);
    if (d->window > 0) linear_shape(&net->near, d->width, (2 * d->window + 1) * d->width);
    linear_shape(&h[NET_TAG1], d->width, d->tag_hidden);
    linear_shape(&h[NET_TAG2], d->tag_hidden, d->tags + d->classes);
    linear_shape(&h[NET_NAME1], d->width, d->name_hidden);
    linear_shape(&h[NET_NAME2], d->name_hidden, d->names);
    linear_shape(&h[NET_DEPENDENT], d->width, d->arc);
    linear_shape(&h[NET_HEAD], d->width, d->arc);
    linear_shape(&h[NET_ARC], d->arc, d->arc);
    linear_shape(&h[NET_LABEL_DEPENDENT], d->width, d->label_hidden);
    linear_shape(&h[NET_LABEL_HEAD], d->width, d->label_hidden);
    linear_shape(&h[NET_LABEL], d->label_hidden, d->deprels);
}

static size_t layers_before_heads(const struct net *net)
{
    return net->dim.layers + (net->dim.window > 0);
}

static size_t layer_count(const struct net *net)
{
    return layers_before_heads(net) + NET_HEADS;
}

/* The i-th layer in the order of the file. */
static struct linear *layer_at(struct net *net, size_t i)
{
    if (i < net->dim.layers) return &net->recurrent[i];
    if (i < layers_before_heads(net)) return &net->near;
    return &net->head[i - layers_before_heads(net)];
}

static dt_status read_weights(struct net_reader *r)
{
    struct net *net = r->net;
    struct bundle_section w;
    size_t weights = 0, outputs = 0;
    for (size_t i = 0; i < layer_count(net); i++) {
        weights += (size_t)layer_at(net, i)->in * layer_at(net, i)->out;
        outputs += layer_at(net, i)->out;
    }
    dt_status st = bundle_find(r->bundle, "net.w", sizeof(int8_t), &w, r->err);
    if (st == DT_OK && w.count != weights)
        st = net_damaged(r, "net.w", "did not have as many weights as net.dim asks for");
    if (st == DT_OK) st = read_floats(r, "net.ws", outputs, &r->scales);
    if (st == DT_OK) st = read_floats(r, "net.wb", outputs, &r->biases);
    if (st == DT_OK) st = read_floats(r, "net.in", layer_count(net) + 2, &r->muls);
    if (st != DT_OK) return st;
    r->weights = w.at;
    for (size_t i = 0; i < weights; i++) {
        if (r->weights[i] < -WEIGHT_MAX)
            return net_damaged(r, "net.w", "held a weight out of range");
    }
    for (size_t i = 0; i < layer_count(net) + 2; i++) {
        if (!(r->muls[i] > 0.0f))
            return net_damaged(r, "net.in", "held a scale that is not positive");
    }
    return DT_OK;
}

/* Bytes that the packed form of a layer takes, a multiple of 64. */
static size_t packed_bytes(const struct linear *layer)
{
    return kernel_padded(linear_packed_size(layer->in, layer->out), 64) +
           3 * kernel_padded(layer->out_stride * sizeof(float), 64) +
           kernel_padded(layer->out_stride / KERNEL_LANES, 64);
}

static unsigned char *pack_layer(struct net_reader *r, struct linear *layer, unsigned char *at)
{
    size_t weight_bytes = kernel_padded(linear_packed_size(layer->in, layer->out), 64);
    size_t row_bytes = kernel_padded(layer->out_stride * sizeof(float), 64);
    int8_t *weights = (int8_t *)(void *)at;
    int32_t *offset = (int32_t *)(void *)(at + weight_bytes);
    float *scale = (float *)(void *)(at + weight_bytes + row_bytes);
    float *bias = (float *)(void *)(at + weight_bytes + 2 * row_bytes);
    for (uint32_t o = 0; o < layer->out; o++, r->weights += layer->in)
        linear_pack_row(r->weights, layer->in, o, weights, offset);
    memcpy(scale, r->scales, layer->out * sizeof *scale);
    memcpy(bias, r->biases, layer->out * sizeof *bias);
    layer->weights = weights;
    layer->offset = offset;
    layer->scale = scale;
    layer->bias = bias;
    uint8_t *chain = at + weight_bytes + 3 * row_bytes;
    for (uint32_t b = 0; b < layer->out_stride / KERNEL_LANES; b++)
        chain[b] = linear_chains(layer, b);
    layer->chain = chain;
    layer->in_mul = *r->muls++;
    r->scales += layer->out;
    r->biases += layer->out;
    return at + packed_bytes(layer);
}

/* Packs all layers and the root's vectors into one block. */
static dt_status pack_all(struct net_reader *r)
{
    struct net *net = r->net;
    const size_t head = net->head[NET_HEAD].out_stride, label = net->head[NET_LABEL].in_stride;
    const float *root;
    dt_status st = read_floats(r, "net.root", net->dim.arc + net->dim.label_hidden, &root);
    if (st != DT_OK) return st;
    size_t bytes = head * (1 + sizeof(float)) + label * sizeof(float) + 3 * 64;
    for (size_t i = 0; i < layer_count(net); i++)
        bytes += packed_bytes(layer_at(net, i));
    unsigned char *at = aligned_alloc(64, kernel_padded(bytes, 64));
    if (at == NULL) return err_nomem(r->err);
    net->block = at;
    memset(at, 0, kernel_padded(bytes, 64));
    for (size_t i = 0; i < layer_count(net); i++)
        at = pack_layer(r, layer_at(net, i), at);
    net->dependent_mul = r->muls[0];
    net->head_mul = r->muls[1];
    net->arc_scale = 1.0f / (net->dependent_mul * net->head_mul);
    if (!isfinite(net->arc_scale)) return net_damaged(r, "net.in", "held a scale out of range");
    float *padded = (float *)(void *)at;
    at += kernel_padded(head * sizeof(float), 64);
    memcpy(padded, root, net->dim.arc * sizeof *root);
    net->root_head = at;
    at += kernel_padded(head, 64);
    net->kernel->quantise(padded, head, net->head_mul, net->root_head);
    net->root_label = (float *)(void *)at;
    memcpy(net->root_label, root + net->dim.arc, net->dim.label_hidden * sizeof *root);
    return DT_OK;
}

static dt_status read_embedding(struct net_reader *r)
{
    struct net *net = r->net;
    struct bundle_section s;
    dt_status st = bundle_find(r->bundle, "net.emb", sizeof(int8_t), &s, r->err);
    if (st == DT_OK && s.count != (size_t)net->dim.rows * net->dim.width)
        st = net_damaged(r, "net.emb", "did not have as many numbers as net.dim asks for");
    if (st == DT_OK) st = read_floats(r, "net.embs", net->dim.rows, &net->emb.scale);
    if (st == DT_OK) st = read_floats(r, "net.b0", net->dim.width, &net->emb.bias);
    if (st != DT_OK) return st;
    net->emb.rows = s.at;
    net->emb.width = net->dim.width;
    net->emb.features = FEATURE_COUNT;
    return DT_OK;
}

static dt_status read_rest(struct net_reader *r)
{
    struct net *net = r->net;
    const size_t names = net->dim.names;
    dt_status st =
        read_floats(r, "net.v", (size_t)net->dim.layers * 4 * net->dim.half, &net->peephole);
    if (st == DT_OK) st = read_floats(r, "net.tr", names * names + names, &net->transitions);
    if (st == DT_OK) net->start = net->transitions + names * names;
    return st;
}

dt_status net_open(const struct bundle *b, struct net *out, dt_error *err)
{
    *out = (struct net){.kernel = kernel_best()};
    struct net_reader r = {.bundle = b, .net = out, .err = err};
    dt_status st = read_dim(&r);
    if (st != DT_OK) return st;
    shape_layers(out);
    st = read_embedding(&r);
    if (st == DT_OK) st = read_weights(&r);
    if (st == DT_OK) st = read_rest(&r);
    if (st == DT_OK) st = pack_all(&r);
    if (st != DT_OK) net_close(out);
    return st;
}

void net_close(struct net *net)
{
    free(net->block);
    *net = (struct net){0};
}
