/* net.h - the network: from feature rows to scores of tags, names, arcs and relations.
 *
 * In: for each token FEATURE_COUNT rows of the embedding table. Out: rows of scores. Several
 * sentences run as one batch, one after another in the same arrays; only the recurrence and the
 * arc scores know where a sentence begins, so that the result does not depend on the batch.
 * Algorithm: embeddings are summed; bidirectional SRU layers (Lei et al., "Simple Recurrent Units
 * for Highly Parallelizable Recurrence", EMNLP 2018) with residual connections, beside the first of
 * them a convolution whose products are kept by word, like those of that layer; one hidden layer
 * for tags and one for names; arcs by a bilinear form, relations by a hidden layer over the word
 * and its head (Dozat and Manning, "Deep Biaffine Attention", ICLR 2017, made smaller).
 * Cost: about 500,000 multiply-adds a token, and one more row of n * A for the arcs of a sentence
 * of n tokens. doc/model-format.md has the formulas. */
#ifndef DETENTE_NET_H
#define DETENTE_NET_H

#include "base/bundle.h"
#include "lang/feature.h"
#include "lang/kernel.h"

enum {
    NET_MAX_LAYERS = 8,
    NET_MAX_WIDTH = 1024,
    NET_MAX_HIDDEN = 512,
    NET_MAX_NAMES = 64,
    NET_MAX_WINDOW = 4
};

enum net_head { /* the layers after the recurrent ones, in the order of the file */
                NET_TAG1,
                NET_TAG2,
                NET_NAME1,
                NET_NAME2,
                NET_DEPENDENT,
                NET_HEAD,
                NET_ARC,
                NET_LABEL_DEPENDENT,
                NET_LABEL_HEAD,
                NET_LABEL,
                NET_HEADS
};

struct net_dim { /* the section net.dim, member by member */
    uint32_t width, half, layers, arc, tag_hidden, name_hidden, label_hidden;
    uint32_t rows, tags, names, deprels, feature_version;
    uint32_t classes; /* scores after those of the tags, one for each UPOS that they have */
    uint32_t window;  /* words on each side that the layer beside the first one sees; 0: no layer */
};

struct net {
    const struct kernel *kernel;
    struct net_dim dim;
    struct embedding emb;
    struct linear recurrent[NET_MAX_LAYERS];
    struct linear near; /* width outputs for each place in the window */
    struct linear head[NET_HEADS];
    const float *peephole;         /* per layer: forget and reset, forward, then backward */
    const float *transitions;      /* names: from label a to label b at [a * names + b] */
    const float *start;            /* names: before the first token */
    uint8_t *root_head;            /* quantised like the other heads, padded */
    float *root_label;             /* padded */
    float dependent_mul, head_mul; /* of the two sides of the arc product */
    float arc_scale;
    void *block; /* what was repacked */
};

/* Reads and checks the net.* sections; the bundle must outlive the network. */
dt_status net_open(const struct bundle *b, struct net *out, dt_error *err);
void net_close(struct net *net);

/* What the first layer makes of a word does not depend on its neighbours: of words seen lately it
 * is kept, and nine words of ten in a text are such. A word is known by its feature rows and has
 * one place in the table, where the next one of that place follows it. */
enum { NET_CACHE_WORDS = 4096 };

struct net_cache {
    struct net_cached {
        uint64_t used; /* number of the batch that used it last; 0: free */
        uint32_t ids[FEATURE_COUNT];
    } * words; /* NET_CACHE_WORDS; NULL: none yet */
    float
        *rows; /* for each word its sum of embeddings, width, and the products, 6 * half and near */
    uint64_t now; /* number of this batch */
};

struct net_run { /* the arrays of one batch; all zero bytes is a valid, empty one */
    unsigned char *block;
    size_t cap;
    struct net_cache cache;
    uint32_t *fresh; /* ids of the words that the cache lacks */
    float **first;   /* rows: a word's sum of embeddings and products, in the cache or in `spare` */
    float **missing; /* the same of the words that the cache lacks */
    float *spare;    /* for words whose place in the cache is taken */
    const float **sums; /* rows: products of the layer that is being run */
    uint32_t *ids;      /* rows * features: filled by the caller */
    uint32_t *heads;    /* rows: row of the head, or NET_NO_HEAD; filled by the caller */
    float *x;           /* rows * width */
    float *u;           /* rows * the widest layer; later the label hidden layer */
    float *hidden;
    float *tags, *names; /* scores, out_stride of their layers apart; classes follow the tags */
    float *labels;
    float *label_dependent, *label_head;
    uint8_t *q;
    uint8_t *dependent_q, *head_q;
    float *state;
    float *arcs; /* of one sentence: see net_arcs() */
    int8_t *arc_weights;
    int32_t *arc_offset;
    float *ones, *zeros;
};

#define NET_NO_HEAD UINT32_MAX

/* Makes room for a batch of `rows` tokens whose longest sentence has `longest`. Existing contents
 * are lost when it has to grow. False when memory ran out. */
bool net_reserve(const struct net *net, struct net_run *run, size_t rows, size_t longest);
void net_run_free(struct net_run *run);

/* Runs a batch up to the scores of tags and names. Sentence s is rows [start[s], start[s + 1]). */
void net_forward(const struct net *net, struct net_run *run, const uint32_t *start,
                 size_t n_sentences);
/* Arc scores of one sentence of n rows from row `first` on: a matrix [n][*stride] whose column j
 * is the head candidate row first + j, column n the root; whole numbers, to be multiplied by
 * net->arc_scale. Valid until the next call. */
float *net_arcs(const struct net *net, struct net_run *run, size_t first, size_t n, size_t *stride);
/* Scores of relations for run->heads, into run->labels. */
void net_labels(const struct net *net, struct net_run *run, size_t rows);

#endif
