/* decode.c - see decode.h.
 *
 * Edmonds' algorithm in the form that grows a path backwards and contracts the cycles it meets
 * (Gabow, Galil, Spencer and Tarjan, Combinatorica 6, 1986): from a word that is not yet joined to
 * the root, step to its best head; a step onto the path closes a cycle, which becomes one node; a
 * step to the root or to a joined node joins the whole path. Each step or contraction costs O(n),
 * and there are fewer than 2n of them. Rows of arcs are made for contracted cycles only. Scores are
 * whole numbers (see net_arcs), so that int64 sums are exact. Where the best tree has several
 * roots, a penalty on arcs from the root that is larger than any difference of trees leaves one
 * (Stanojevic and Cohen, EMNLP 2021, discuss the alternatives). */
#include <assert.h>
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "lang/decode.h"

enum { DECODE_MAX_LABELS = 64 };
static const float NEVER = -FLT_MAX;
static const int64_t ROOT_PENALTY = (int64_t)1 << 50;

static bool decode_reserve(struct decode_room *room, size_t bytes)
{
    if (bytes <= room->cap) return true;
    unsigned char *block = malloc(bytes);
    if (block == NULL) return false;
    free(room->block);
    room->block = block;
    room->cap = bytes;
    return true;
}

void decode_room_free(struct decode_room *room)
{
    free(room->block);
    *room = (struct decode_room){0};
}

bool decode_is_tree(const uint32_t *heads, size_t n, uint32_t *seen)
{
    size_t roots = 0;
    memset(seen, 0, n * sizeof *seen);
    for (size_t i = 0; i < n; i++) {
        if (heads[i] == NONE) roots++;
        uint32_t walk = (uint32_t)i + 1, at = (uint32_t)i;
        while (at != NONE && seen[at] == 0) {
            seen[at] = walk;
            at = heads[at];
        }
        if (at != NONE && seen[at] == walk) return false; /* came back to this walk */
    }
    return roots == 1;
}

enum { NODE_FREE, NODE_ON_PATH, NODE_JOINED };

struct arbor_node {    /* a word (ids 0 .. n-1) or a contracted cycle */
    uint32_t parent;   /* the cycle that it was contracted into, or itself */
    uint32_t slot;     /* row of the arcs into a cycle */
    uint32_t from, to; /* its chosen arc, between words; from == n is the root */
    uint32_t before;   /* on the path: the node that it is the head of */
    int64_t score;     /* of that arc */
    uint8_t state;
    uint8_t fixed; /* its arc is replaced by one that enters a cycle around it */
};

struct arbor {
    size_t n;
    uint32_t n_nodes;
    struct arbor_node *nodes; /* 2n */
    uint32_t *top;            /* the outermost node around each, with shortcuts */
    const float *arcs;        /* into words: [n][stride] */
    size_t stride;
    int64_t penalty;  /* of arcs from the root */
    int64_t *score;   /* into cycles: [slot][n + 1] */
    uint32_t *target; /* [slot][n + 1]: the word in the cycle that the arc leads to */
};

static bool arbor_reserve(struct arbor *a, struct decode_room *room, size_t n)
{
    size_t cells = n * (n + 1);
    size_t bytes = cells * sizeof *a->score + 2 * n * sizeof *a->nodes + cells * sizeof *a->target +
                   2 * n * sizeof *a->top;
    if (!decode_reserve(room, bytes)) return false;
    unsigned char *at = room->block;
    a->n = n;
    a->score = (int64_t *)(void *)at;
    a->nodes = (struct arbor_node *)(void *)(at += cells * sizeof *a->score);
    a->target = (uint32_t *)(void *)(at += 2 * n * sizeof *a->nodes);
    a->top = (uint32_t *)(void *)(at + cells * sizeof *a->target);
    return true;
}

static void arbor_begin(struct arbor *a)
{
    a->n_nodes = (uint32_t)a->n;
    for (uint32_t v = 0; v < a->n; v++)
        a->nodes[v] = (struct arbor_node){.parent = v, .slot = v, .state = NODE_FREE};
    for (uint32_t v = 0; v < 2 * a->n; v++)
        a->top[v] = v;
}

static int64_t arc_score(const struct arbor *a, size_t word, size_t from)
{
    int64_t score = (int64_t)a->arcs[word * a->stride + from];
    return from == a->n ? score - a->penalty : score;
}

/* The outermost node around node v, halving the way for the next search. */
static uint32_t arbor_find(struct arbor *a, uint32_t v)
{
    while (a->top[v] != v) {
        a->top[v] = a->top[a->top[v]];
        v = a->top[v];
    }
    return v;
}

/* Chooses the best arc into a word. */
static void choose_for_word(struct arbor *a, uint32_t word)
{
    const float *row = a->arcs + word * a->stride;
    uint32_t best = (uint32_t)a->n;
    int64_t best_score = arc_score(a, word, best);
    for (uint32_t u = 0; u < a->n; u++) {
        int64_t score = (int64_t)row[u];
        if (score <= best_score || u == word) continue;
        best = u;
        best_score = score;
    }
    a->nodes[word].from = best;
    a->nodes[word].to = word;
    a->nodes[word].score = best_score;
}

/* Chooses the best arc into a cycle from outside it. */
static void choose_for_cycle(struct arbor *a, uint32_t whole)
{
    struct arbor_node *node = &a->nodes[whole];
    const int64_t *score = a->score + node->slot * (a->n + 1);
    uint32_t best = (uint32_t)a->n;
    for (uint32_t u = 0; u < a->n; u++) {
        if (score[u] > score[best] && arbor_find(a, u) != whole) best = u;
    }
    node->from = best;
    node->to = a->target[node->slot * (a->n + 1) + best];
    node->score = score[best];
}

/* Lays the arcs into a word, less the score of its own arc, over those of the cycle's row. */
static void merge_word(struct arbor *a, uint32_t word, uint32_t slot)
{
    const size_t n = a->n, to = slot * (n + 1);
    const int64_t less = a->nodes[word].score, root = arc_score(a, word, n) - less;
    const float *row = a->arcs + word * a->stride;
    const bool first = a->nodes[word].slot == slot;
    int64_t *score = a->score + to;
    uint32_t *target = a->target + to;
    for (size_t u = 0; u < n; u++) {
        const int64_t here = (int64_t)row[u] - less;
        const bool better = first || here > score[u];
        score[u] = better ? here : score[u];
        target[u] = better ? word : target[u];
    }
    if (!first && root <= score[n]) return;
    score[n] = root;
    target[n] = word;
}

/* The same of a cycle, whose row may be that of the whole already. */
static void merge_cycle(struct arbor *a, uint32_t part, uint32_t slot)
{
    const size_t width = a->n + 1;
    const int64_t less = a->nodes[part].score;
    const int64_t *from = a->score + a->nodes[part].slot * width;
    const uint32_t *from_target = a->target + a->nodes[part].slot * width;
    int64_t *score = a->score + slot * width;
    uint32_t *target = a->target + slot * width;
    for (size_t u = 0; u < width; u++) {
        const int64_t here = from[u] - less;
        const bool better = from == score || here > score[u];
        score[u] = better ? here : score[u];
        target[u] = better ? from_target[u] : target[u];
    }
}

static void arbor_merge_row(struct arbor *a, uint32_t part, uint32_t slot)
{
    if (part < a->n)
        merge_word(a, part, slot);
    else
        merge_cycle(a, part, slot);
}

/* Contracts the cycle that closes when the path's end `last` has the head `first`, which is on the
 * path. Returns the new node, which takes first's place at the path's end. */
static uint32_t arbor_contract(struct arbor *a, uint32_t last, uint32_t first)
{
    uint32_t whole = a->n_nodes++;
    struct arbor_node *node = &a->nodes[whole];
    *node = (struct arbor_node){.parent = whole,
                                .slot = a->nodes[first].slot,
                                .before = a->nodes[first].before,
                                .state = NODE_ON_PATH};
    a->top[whole] = whole;
    arbor_merge_row(a, first, node->slot);
    for (uint32_t part = last; part != first; part = a->nodes[part].before) {
        arbor_merge_row(a, part, node->slot);
        a->nodes[part].parent = whole;
        a->top[part] = whole;
    }
    a->nodes[first].parent = whole;
    a->top[first] = whole;
    return whole;
}

static void arbor_join_path(struct arbor *a, uint32_t last)
{
    for (uint32_t node = last; node != NONE; node = a->nodes[node].before)
        a->nodes[node].state = NODE_JOINED;
}

/* Grows a path from the word `start` until it reaches the root or a joined node. */
static void arbor_grow(struct arbor *a, uint32_t start)
{
    uint32_t end = start;
    a->nodes[end].state = NODE_ON_PATH;
    a->nodes[end].before = NONE;
    for (;;) {
        if (end < a->n)
            choose_for_word(a, end);
        else
            choose_for_cycle(a, end);
        if (a->nodes[end].from == a->n) break;
        uint32_t head = arbor_find(a, a->nodes[end].from);
        if (a->nodes[head].state == NODE_JOINED) break;
        if (a->nodes[head].state == NODE_ON_PATH) {
            end = arbor_contract(a, end, head);
        } else {
            a->nodes[head].state = NODE_ON_PATH;
            a->nodes[head].before = end;
            end = head;
        }
    }
    arbor_join_path(a, end);
}

/* Opens the contracted cycles again, outermost first: the arc that enters a cycle replaces the
 * arc of the part that it enters. */
static void arbor_expand(struct arbor *a, uint32_t *heads)
{
    for (uint32_t v = a->n_nodes; v-- > 0;) {
        const struct arbor_node *node = &a->nodes[v];
        if (node->fixed) continue;
        heads[node->to] = node->from == a->n ? NONE : node->from;
        for (uint32_t part = node->to; part != v; part = a->nodes[part].parent)
            a->nodes[part].fixed = 1;
    }
}

/* The best arborescence when each arc from the root costs `penalty`; returns its roots. */
static size_t arbor_solve(struct arbor *a, int64_t penalty, uint32_t *heads)
{
    size_t roots = 0;
    a->penalty = penalty;
    arbor_begin(a);
    for (uint32_t v = 0; v < a->n; v++) {
        if (a->nodes[arbor_find(a, v)].state == NODE_FREE) arbor_grow(a, v);
    }
    arbor_expand(a, heads);
    for (size_t v = 0; v < a->n; v++)
        roots += heads[v] == NONE;
    return roots;
}

bool decode_edmonds(struct decode_room *room, const float *arcs, size_t n, size_t stride,
                    uint32_t *heads)
{
    struct arbor a = {.arcs = arcs, .stride = stride};
    if (n == 0) return true;
    if (!arbor_reserve(&a, room, n)) return false;
    /* without the penalty few words are contracted; often there is one root anyway */
    if (arbor_solve(&a, 0, heads) != 1) (void)arbor_solve(&a, ROOT_PENALTY, heads);
    return true;
}

/* The score of `chosen` less the best other score of the row. */
static float row_margin(const struct kernel *kernel, float *row, size_t n, size_t chosen)
{
    if (n < 2) return 0.0f;
    float own = row[chosen];
    row[chosen] = NEVER;
    float other = row[kernel->argmax(row, n + 1)];
    row[chosen] = own;
    return own - other;
}

bool decode_tree(const struct kernel *kernel, struct decode_room *room, float *arcs, size_t n,
                 size_t stride, uint32_t *heads, float *margins)
{
    if (!decode_reserve(room, n * sizeof(uint32_t))) return false;
    for (size_t i = 0; i < n; i++) {
        arcs[i * stride + i] = NEVER;
        uint32_t best = kernel->argmax(arcs + i * stride, n + 1);
        heads[i] = best == n ? NONE : best;
    }
    if (!decode_is_tree(heads, n, (uint32_t *)(void *)room->block)) {
        for (size_t i = 0; i < n; i++)
            arcs[i * stride + i] = 0.0f; /* never looked at */
        if (!decode_edmonds(room, arcs, n, stride, heads)) return false;
        for (size_t i = 0; i < n; i++)
            arcs[i * stride + i] = NEVER;
    }
    for (size_t i = 0; i < n; i++)
        margins[i] = row_margin(kernel, arcs + i * stride, n, heads[i] == NONE ? n : heads[i]);
    return true;
}

/* The label before label b on the best way to it; the first of equal ones. */
static uint8_t label_before(const float *sums, const float *transitions, size_t labels, size_t b)
{
    uint8_t best = 0;
    float most = sums[0] + transitions[b];
    for (size_t a = 1; a < labels; a++) {
        float sum = sums[a] + transitions[a * labels + b];
        best = sum > most ? (uint8_t)a : best;
        most = sum > most ? sum : most;
    }
    return best;
}

bool decode_labels(struct decode_room *room, const float *scores, size_t n, size_t stride,
                   size_t labels, const float *transitions, const float *start, uint8_t *out)
{
    assert(labels >= 1 && labels <= DECODE_MAX_LABELS);
    if (n == 0) return true;
    if (!decode_reserve(room, n * labels * sizeof(float))) return false;
    float *sums = (float *)(void *)room->block; /* [n][labels]: of the best way to each label */
    for (size_t b = 0; b < labels; b++)
        sums[b] = start[b] + scores[b];
    for (size_t t = 1; t < n; t++) {
        const float *before = sums + (t - 1) * labels;
        for (size_t b = 0; b < labels; b++) {
            float best = before[0] + transitions[b];
            for (size_t a = 1; a < labels; a++) {
                float sum = before[a] + transitions[a * labels + b];
                best = sum > best ? sum : best;
            }
            sums[t * labels + b] = best + scores[t * stride + b];
        }
    }
    const float *last = sums + (n - 1) * labels;
    uint8_t best = 0;
    for (size_t b = 1; b < labels; b++) {
        if (last[b] > last[best]) best = (uint8_t)b;
    }
    for (size_t t = n; t-- > 0;) {
        out[t] = best;
        if (t > 0) best = label_before(sums + (t - 1) * labels, transitions, labels, best);
    }
    return true;
}
