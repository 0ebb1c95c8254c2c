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
#include "base/index.h"
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
 * NET_CACHE_WAYS places in the table, of which it takes the one that was not used for longest. What
 * is kept are numbers of 16 bits: half the memory to read, and twice the words. */
enum { NET_CACHE_WORDS = 8192, NET_CACHE_WAYS = 4 };

struct net_cached {
    uint64_t used; /* number of the batch that used it last; 0: free */
    uint32_t ids[FEATURE_COUNT];
    float scale[3]; /* of its sum of embeddings, its recurrent products, those of the window */
};

struct net_cache {
    struct net_cached *words; /* NET_CACHE_WORDS; NULL: none yet */
    int16_t
        *rows; /* for each word its sum of embeddings, width, and its products, 6 * half + near */
    uint64_t now; /* number of this batch */
};

struct net_run { /* the arrays of one batch; all zero bytes is a valid, empty one */
    unsigned char *block;
    size_t cap;
    struct net_cache cache;
    uint32_t *fresh;   /* ids of the words that the cache lacks */
    uint32_t *place;   /* rows: number of the word in the cache, or in `spare` behind it */
    uint32_t *missing; /* the same of the words that the cache lacks */
    struct net_cached *spare_words; /* for words whose places in the cache are taken */
    int16_t *spare;
    float *first;       /* rows * (6 * half + near): products of the first layer */
    const float **sums; /* rows: products of the layer that is being run */
    uint32_t *ids;      /* rows * features: filled by the caller */
    uint32_t *heads;    /* rows: row of the head, or NONE; filled by the caller */
    float *x;           /* rows * width */
    float *u;           /* rows * the widest layer */
    float *names;       /* scores, out_stride of their layer apart */
    uint32_t *tags;     /* rows: the best class, then the best tag; see net_tags() */
    float *labels;      /* scores, out_stride of their layer apart */
    float *label_dependent;
    uint8_t *x_q; /* x, quantised for the layers that read it */
    uint8_t *q;
    uint8_t *tag_q; /* the hidden layer of the tags, quantised */
    uint8_t *dependent_q, *head_q;
    uint32_t *order; /* rows, sorted by class or picked; and where each class begins */
    float *state;
    float *arcs; /* of one sentence: see net_arcs() */
    int8_t *arc_weights;
    int32_t *arc_offset;
    float *ones, *zeros;
};

/* Makes room for a batch of `rows` tokens whose longest sentence has `longest`. Existing contents
 * are lost when it has to grow. False when memory ran out. */
bool net_reserve(const struct net *net, struct net_run *run, size_t rows, size_t longest);
void net_run_free(struct net_run *run);

/* Runs a batch up to the scores of names. Sentence s is rows [start[s], start[s + 1]). */
void net_forward(const struct net *net, struct net_run *run, const uint32_t *start,
                 size_t n_sentences);
/* The best class of each row into run->tags; the caller may know better. */
void net_classes(const struct net *net, struct net_run *run, size_t rows);
/* The best tag of each row: of the class in run->tags its best one, the first where scores are
 * equal. Class c has the tags [class_begin[c], class_begin[c + 1]); scores of other classes' tags
 * are not even computed. */
void net_tags(const struct net *net, struct net_run *run, const uint32_t *class_begin, size_t rows);
/* Arc scores of one sentence of n rows from row `first` on: a matrix [n][*stride] whose column j
 * is the head candidate row first + j, column n the root; whole numbers, to be multiplied by
 * net->arc_scale. Valid until the next call. */
float *net_arcs(const struct net *net, struct net_run *run, size_t first, size_t n, size_t *stride);
/* Scores of relations for run->heads, into run->labels. */
void net_labels(const struct net *net, struct net_run *run, size_t rows);

#endif
