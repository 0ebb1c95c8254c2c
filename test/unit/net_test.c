/* net_test.c - the forward pass is the one that doc/model-format.md describes, whatever the kernel
 * and whatever the batch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "random_model.h"

enum { ROWS = 17, MAX_WIDE = 200 };

struct fixture {
    struct random_model random;
    struct bundle bundle;
    struct net net;
};

static int open_net(void **state)
{
    static struct fixture f;
    random_model_make(&f.random, 42);
    assert_int_equal(random_model_bundle(&f.random, &f.bundle), DT_OK);
    assert_int_equal(net_open(&f.bundle, &f.net, NULL), DT_OK);
    *state = &f;
    return 0;
}

static int close_net(void **state)
{
    struct fixture *f = *state;
    net_close(&f->net);
    bundle_close(&f->bundle);
    random_model_free(&f->random);
    return 0;
}

/* The definition, in double precision apart from what is quantised. */
struct reference {
    const struct random_model *m;
    const int8_t *w;
    const float *ws, *wb, *in;
};

static double quantised(double x, double mul)
{
    double v = x * mul;
    v = v > QUANT_MAX ? QUANT_MAX : v < -QUANT_MAX ? -QUANT_MAX : v;
    return nearbyint(v);
}

static void reference_linear(struct reference *r, const double *x, size_t in, size_t out, double *y)
{
    for (size_t o = 0; o < out; o++) {
        double sum = 0.0;
        for (size_t i = 0; i < in; i++)
            sum += r->w[o * in + i] * quantised(x[i], *r->in);
        y[o] = sum * r->ws[o] + r->wb[o];
    }
}

/* Moves on to the next layer of the file. */
static void reference_next(struct reference *r, size_t in, size_t out)
{
    r->w += in * out;
    r->ws += out;
    r->wb += out;
    r->in++;
}

static double squash(double a)
{
    return a / (1.0 + fabs(a));
}

static void reference_recur(const struct random_model *m, size_t layer, double u[][MAX_WIDE],
                            double x[][MAX_WIDE], size_t n)
{
    const size_t half = m->dim.half;
    for (size_t way = 0; way < 2; way++) {
        const float *vf = m->v + (layer * 4 + way * 2) * half, *vr = vf + half;
        for (size_t i = 0; i < half; i++) {
            double c = 0.0;
            for (size_t step = 0; step < n; step++) {
                size_t t = way == 0 ? step : n - 1 - step;
                const double *row = u[t] + way * 3 * half;
                double f = 0.5 + 0.5 * squash(row[half + i] + vf[i] * c);
                double gate = 0.5 + 0.5 * squash(row[2 * half + i] + vr[i] * c);
                c = f * c + (1.0 - f) * row[i];
                x[t][way * half + i] += gate * squash(c);
            }
        }
    }
}

/* The layer beside the first one, whose place in the file is after the recurrent ones. */
static void reference_near(struct reference r, size_t n, double x[][MAX_WIDE],
                           double near[][MAX_WIDE])
{
    static double parts[ROWS][MAX_WIDE];
    const struct net_dim *d = &r.m->dim;
    const size_t places = 2 * d->window + 1;
    for (size_t l = 0; l < d->layers; l++)
        reference_next(&r, d->width, 6 * d->half);
    for (size_t t = 0; t < n; t++)
        reference_linear(&r, x[t], d->width, places * d->width, parts[t]);
    for (size_t t = 0; t < n; t++) {
        for (size_t i = 0; i < d->width; i++) {
            double sum = 0.0;
            for (size_t k = 0; k < places; k++) {
                if (t + k >= d->window && t + k - d->window < n)
                    sum += parts[t + k - d->window][k * d->width + i];
            }
            near[t][i] = sum > 0.0 ? sum : 0.0;
        }
    }
}

/* The body of the network for one sentence; r is left at the first layer of the heads. */
static void reference_body(struct reference *r, const uint32_t *ids, size_t n, double x[][MAX_WIDE])
{
    static double u[ROWS][MAX_WIDE], near[ROWS][MAX_WIDE];
    const struct net_dim *d = &r->m->dim;
    for (size_t t = 0; t < n; t++) {
        for (size_t i = 0; i < d->width; i++) {
            x[t][i] = r->m->b0[i];
            for (size_t f = 0; f < FEATURE_COUNT; f++) {
                uint32_t id = ids[t * FEATURE_COUNT + f];
                x[t][i] += (double)r->m->emb[(size_t)id * d->width + i] * r->m->embs[id];
            }
        }
    }
    reference_near(*r, n, x, near);
    for (size_t l = 0; l < d->layers; l++) {
        for (size_t t = 0; t < n; t++)
            reference_linear(r, x[t], d->width, 6 * d->half, u[t]);
        reference_recur(r->m, l, u, x, n);
        for (size_t t = 0; t < n && l == 0; t++)
            for (size_t i = 0; i < d->width; i++)
                x[t][i] += near[t][i];
        reference_next(r, d->width, 6 * d->half);
    }
    reference_next(r, d->width, (2 * d->window + 1) * d->width);
}

static void random_ids(uint32_t *ids, size_t rows)
{
    for (size_t i = 0; i < rows * FEATURE_COUNT; i++)
        ids[i] = random_u32() % FEATURE_ROWS;
}

static void forward(const struct net *net, struct net_run *run, const uint32_t *ids,
                    const uint32_t *start, size_t n)
{
    assert_true(net_reserve(net, run, start[n], start[n]));
    memcpy(run->ids, ids, start[n] * FEATURE_COUNT * sizeof *ids);
    net_forward(net, run, start, n);
}

static const uint32_t class_begin[] = {0, 2, 3, 5}; /* of the tags of the random model */

/* The tag is one of the best class, and the best of it, as near as the arithmetic tells. */
static void assert_best_tag(const struct net_dim *d, const double *scores, uint32_t tag)
{
    uint32_t class = 0;
    while (class_begin[class + 1] <= tag)
        class ++;
    for (uint32_t c = 0; c < d->classes; c++)
        assert_true(scores[d->tags + c] < scores[d->tags + class] + 0.04);
    for (uint32_t t = class_begin[class]; t < class_begin[class + 1]; t++)
        assert_true(scores[t] < scores[tag] + 0.04);
}

static void the_forward_pass_is_as_defined(void **state)
{
    static double x[ROWS][MAX_WIDE], hidden[MAX_WIDE], tags[MAX_WIDE];
    struct fixture *f = *state;
    const struct random_model *m = &f->random;
    const struct net_dim *d = &m->dim;
    struct reference r = {m, m->w, m->ws, m->wb, m->in};
    struct net_run run = {0};
    uint32_t ids[ROWS * FEATURE_COUNT];
    random_ids(ids, ROWS);
    forward(&f->net, &run, ids, (const uint32_t[]){0, ROWS}, 1);
    net_classes(&f->net, &run, ROWS);
    net_tags(&f->net, &run, class_begin, ROWS);
    reference_body(&r, ids, ROWS, x);
    for (size_t t = 0; t < ROWS; t++) {
        struct reference head = r;
        for (size_t i = 0; i < d->width; i++)
            assert_true(fabs(x[t][i] - run.x[t * d->width + i]) < 0.02);
        reference_linear(&head, x[t], d->width, d->tag_hidden, hidden);
        for (size_t i = 0; i < d->tag_hidden; i++)
            hidden[i] = hidden[i] > 0.0 ? hidden[i] : 0.0;
        reference_next(&head, d->width, d->tag_hidden);
        reference_linear(&head, hidden, d->tag_hidden, d->tags + d->classes, tags);
        assert_best_tag(d, tags, run.tags[t]);
    }
    net_run_free(&run);
}

/* Sets r to the layer `wanted` of the heads. */
static void reference_skip(struct reference *r, const struct net *net, enum net_head wanted)
{
    for (size_t i = 0; i < (size_t)wanted; i++)
        reference_next(r, net->head[i].in, net->head[i].out);
}

static void arcs_are_as_defined(void **state)
{
    static double x[ROWS][MAX_WIDE], p[MAX_WIDE], hidden[MAX_WIDE];
    struct fixture *f = *state;
    const struct random_model *m = &f->random;
    const struct net_dim *d = &m->dim;
    struct reference r = {m, m->w, m->ws, m->wb, m->in};
    struct net_run run = {0};
    uint32_t ids[ROWS * FEATURE_COUNT];
    size_t stride;
    random_ids(ids, ROWS);
    forward(&f->net, &run, ids, (const uint32_t[]){0, ROWS}, 1);
    float *arcs = net_arcs(&f->net, &run, 0, ROWS, &stride);
    reference_body(&r, ids, ROWS, x);
    struct reference dependent = r, head = r, arc = r;
    reference_skip(&dependent, &f->net, NET_DEPENDENT);
    reference_skip(&head, &f->net, NET_HEAD);
    reference_skip(&arc, &f->net, NET_ARC);
    const float p_mul = m->in[m->n_layers], h_mul = m->in[m->n_layers + 1];
    for (size_t i = 0; i < ROWS; i += 5) {
        reference_linear(&dependent, x[i], d->width, d->arc, hidden);
        for (size_t k = 0; k < d->arc; k++)
            hidden[k] = hidden[k] > 0.0 ? hidden[k] : 0.0;
        reference_linear(&arc, hidden, d->arc, d->arc, p);
        for (size_t j = 0; j <= ROWS; j++) {
            double score = 0.0;
            if (j < ROWS) reference_linear(&head, x[j], d->width, d->arc, hidden);
            for (size_t k = 0; k < d->arc; k++) {
                double h = j == ROWS ? m->root[k] : hidden[k] > 0.0 ? hidden[k] : 0.0;
                score += quantised(p[k], p_mul) * quantised(h, h_mul) / (p_mul * h_mul);
            }
            assert_true(fabs(score - arcs[i * stride + j] * f->net.arc_scale) < 0.05);
        }
    }
    net_run_free(&run);
}

static void relations_are_as_defined(void **state)
{
    static double x[ROWS][MAX_WIDE], own[MAX_WIDE], other[MAX_WIDE], scores[MAX_WIDE];
    struct fixture *f = *state;
    const struct random_model *m = &f->random;
    const struct net_dim *d = &m->dim;
    struct reference r = {m, m->w, m->ws, m->wb, m->in};
    struct net_run run = {0};
    uint32_t ids[ROWS * FEATURE_COUNT];
    random_ids(ids, ROWS);
    forward(&f->net, &run, ids, (const uint32_t[]){0, ROWS}, 1);
    for (uint32_t i = 0; i < ROWS; i++)
        run.heads[i] = i == 3 ? NONE : (i * 7 + 1) % ROWS;
    net_labels(&f->net, &run, ROWS);
    reference_body(&r, ids, ROWS, x);
    struct reference dependent = r, head = r, label = r;
    reference_skip(&dependent, &f->net, NET_LABEL_DEPENDENT);
    reference_skip(&head, &f->net, NET_LABEL_HEAD);
    reference_skip(&label, &f->net, NET_LABEL);
    for (uint32_t i = 0; i < ROWS; i++) {
        reference_linear(&dependent, x[i], d->width, d->label_hidden, own);
        if (i != 3) reference_linear(&head, x[run.heads[i]], d->width, d->label_hidden, other);
        for (size_t k = 0; k < d->label_hidden; k++) {
            own[k] += i == 3 ? (double)m->root[d->arc + k] : other[k];
            own[k] = own[k] > 0.0 ? own[k] : 0.0;
        }
        reference_linear(&label, own, d->label_hidden, d->deprels, scores);
        for (size_t k = 0; k < d->deprels; k++)
            assert_true(fabs(scores[k] - run.labels[i * f->net.head[NET_LABEL].out_stride + k]) <
                        0.02);
    }
    net_run_free(&run);
}

static void kernels_and_batches_make_no_difference(void **state)
{
    struct fixture *f = *state;
    const char *const kernels[] = {"plain", "avx2", "vnni", "avx512", "amx", "neon", "dotprod"};
    const uint32_t together[] = {0, 4, 5, 17}, alone[] = {0, 12};
    struct net_run a = {0}, b = {0};
    uint32_t ids[ROWS * FEATURE_COUNT];
    size_t stride_a, stride_b;
    random_ids(ids, ROWS);
    f->net.kernel = kernel_named("plain");
    forward(&f->net, &a, ids, together, 3);
    net_classes(&f->net, &a, 17);
    net_tags(&f->net, &a, class_begin, 17);
    float *arcs_a = net_arcs(&f->net, &a, 5, 12, &stride_a);
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
        if (kernel_named(kernels[k]) == NULL) continue;
        f->net.kernel = kernel_named(kernels[k]);
        forward(&f->net, &b, ids + 5 * FEATURE_COUNT, alone, 1);
        assert_memory_equal(a.x + 5 * f->net.dim.width, b.x, 12 * f->net.dim.width * sizeof *b.x);
        net_classes(&f->net, &b, 12);
        net_tags(&f->net, &b, class_begin, 12);
        assert_memory_equal(a.tags + 5, b.tags, 12 * sizeof *b.tags);
        float *arcs_b = net_arcs(&f->net, &b, 0, 12, &stride_b);
        assert_int_equal(stride_a, stride_b);
        assert_memory_equal(arcs_a, arcs_b, 12 * stride_a * sizeof *arcs_a);
    }
    f->net.kernel = kernel_best();
    net_run_free(&a);
    net_run_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_forward_pass_is_as_defined),
        cmocka_unit_test(arcs_are_as_defined),
        cmocka_unit_test(relations_are_as_defined),
        cmocka_unit_test(kernels_and_batches_make_no_difference),
    };
    return cmocka_run_group_tests(tests, open_net, close_net);
}
