/* twins.c - whether a story was told before.
 *
 * In: the sketch of a story, and all earlier ones on the shelf. Candidates are the stories that
 * share at least two of its shingles that are not common; the best of them are compared sketch by
 * sketch. What counts is the share of the smaller story's shingles that the other has, each weighed
 * by how few stories have it: words that many stories share (templates, an agency's footer) count
 * little (as inverse document frequency does; Sparck Jones 1972). Two stories whose words agree and
 * whose numbers do not are two instances of a template. Short texts must agree nearly wholly.
 * A twin posts only the shingles that its match lacks, so that a shingle counts stories, not
 * copies. Cost of a story: a probe for each kept shingle, and COMPARED_MOST comparisons. */
#include <stdio.h>
#include <stdlib.h>

#include "base/calendar.h"
#include "base/index.h"
#include "base/sized.h"
#include "twin/shelf.h"

enum { COMPARED_MOST = 6, HITS_MOST = SKETCH_MOST * SHELF_POSTINGS, SHORT = 30, LONG = 60 };

static const double least_usual = 0.30, least_short = 0.80;
static const double least_weight = 0.02; /* of a shingle that is common */
static const double rounding = 1e-9;     /* of sums of weights */

struct dt_twins {
    struct shelf shelf;
    double least;
    bool broken;
    char *of, *first; /* ids of the last answer */
    size_t of_cap, first_cap;
    char fact[32];
    /* of the story that is asked for */
    double weights[SKETCH_MOST];
    uint32_t hits[HITS_MOST]; /* stories that share an uncommon shingle */
    size_t n_hits;
    struct shelf_story story, other, best, original;
};

/* How two sketches compare. */
struct likeness {
    double mine, others; /* weighed share of the one in the other */
    double share;        /* of the smaller in the larger */
    uint32_t shared, compared;
    uint32_t numbers, numbers_shared;
};

_Static_assert(sizeof(struct sketch) <= DT_TWINS_SIGN_SIZE, "a signature has room for a sketch");

/* ---- opening ---- */

static const struct sized options_kind = {"dt_twins_options", sizeof(dt_twins_options),
                                          sizeof(dt_twins_options)};
static const struct sized twin_sized = {"dt_twin", sizeof(dt_twin), sizeof(dt_twin)};
static const struct sized story_sized = {"dt_story", sizeof(dt_story), sizeof(dt_story)};

const char *dt_twin_kind_name(dt_twin_kind kind)
{
    switch (kind) {
    case DT_TWIN_NONE: return "none";
    case DT_TWIN_SAME: return "same";
    case DT_TWIN_REVISED: return "revised";
    case DT_TWIN_PART: return "part-of";
    }
    return NULL;
}

dt_status dt_twins_open(const char *path, const dt_twins_options *options, dt_twins **out,
                        dt_error *err)
{
    dt_twins_options o = {.size = sizeof o};
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "there was no place for the handle");
    *out = NULL;
    dt_status st = options != NULL ? sized_read(&options_kind, options, &o, err) : DT_OK;
    if (st != DT_OK) return st;
    if (!(o.least >= 0 && o.least <= 1))
        return err_set(err, DT_E_ARG, 0, "dt_twins_options.least was not a share");
    if (path != NULL && path[0] == '\0')
        return err_set(err, DT_E_ARG, 0, "the name of the index was empty");
    dt_twins *t = calloc(1, sizeof *t);
    if (t == NULL) return err_nomem(err);
    t->least = o.least > 0 ? o.least : least_usual;
    st = shelf_open(path, &t->shelf, err);
    if (st == DT_OK)
        *out = t;
    else
        free(t);
    return st;
}

dt_status dt_twins_close(dt_twins *twins, dt_error *err)
{
    if (twins == NULL) return DT_OK;
    dt_status st = shelf_close(&twins->shelf, err);
    free(twins->of);
    free(twins->first);
    free(twins);
    return st;
}

dt_status dt_twins_sync(dt_twins *twins, dt_error *err)
{
    if (twins == NULL) return err_set(err, DT_E_ARG, 0, "there was no index");
    return shelf_sync(&twins->shelf, err);
}

static const char *fact_name(size_t i)
{
    switch (i) {
    case 0: return "stories";
    case 1: return "twins";
    case 2: return "bytes";
    case 3: return "bytes cut off";
    default: return NULL;
    }
}

const char *dt_twins_fact(dt_twins *twins, size_t i, const char **value)
{
    if (value != NULL) *value = NULL;
    if (twins == NULL || fact_name(i) == NULL) return NULL;
    const struct shelf *s = &twins->shelf;
    const uint64_t numbers[] = {s->n_stories, s->n_twins, s->log_end + s->table.len, s->n_cut};
    (void)snprintf(twins->fact, sizeof twins->fact, "%llu", (unsigned long long)numbers[i]);
    if (value != NULL) *value = twins->fact;
    return fact_name(i);
}

dt_status dt_twins_sign(const dt_story *story, void *sign, dt_error *err)
{
    dt_story ours = {.size = sizeof ours};
    if (story == NULL || sign == NULL)
        return err_set(err, DT_E_ARG, 0, "there was no story, or no place for its signature");
    dt_status st = sized_read(&story_sized, story, &ours, err);
    if (st != DT_OK) return st;
    if (ours.text == NULL) ours.text_len = 0;
    if (ours.text == NULL) ours.text = "";
    sketch_make(&ours, sign);
    return DT_OK;
}

/* ---- comparing ---- */

/* A shingle of n stories. */
static double weight_of(size_t n)
{
    return n <= 1 ? 1 : n >= SHELF_POSTINGS ? least_weight : 1.0 / (double)n;
}

/* Shingles above it may be missing in one of the two. */
static uint64_t common_limit(const struct sketch *a, const struct sketch *b)
{
    uint64_t limit = UINT64_MAX;
    if (a->flags & SKETCH_CUT) limit = a->kept[a->n_kept - 1];
    if ((b->flags & SKETCH_CUT) && b->kept[b->n_kept - 1] < limit) limit = b->kept[b->n_kept - 1];
    return limit;
}

static void compare_numbers(const struct sketch *a, const struct sketch *b, struct likeness *l)
{
    uint32_t limit = UINT16_MAX, in_a = 0, in_b = 0;
    if (a->flags & SKETCH_NUMBERS_CUT) limit = a->numbers[a->n_numbers - 1];
    if ((b->flags & SKETCH_NUMBERS_CUT) && b->numbers[b->n_numbers - 1] < limit)
        limit = b->numbers[b->n_numbers - 1];
    for (size_t i = 0, k = 0; i < a->n_numbers || k < b->n_numbers;) {
        uint32_t x = i < a->n_numbers ? a->numbers[i] : UINT32_MAX;
        uint32_t y = k < b->n_numbers ? b->numbers[k] : UINT32_MAX;
        if ((x < y ? x : y) > limit) break;
        in_a += x <= y;
        in_b += y <= x;
        l->numbers_shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    l->numbers = in_a < in_b ? in_a : in_b;
}

static double weight_now(const struct shelf *s, uint64_t kept)
{
    uint32_t places[SHELF_POSTINGS];
    return weight_of(shelf_find(s, kept, places));
}

/* Whether a look at the weights of the other's shingles, each at a random place of the table, can
 * make the two twins: the other's are taken for the commonest. Of the very same words, it is asked
 * only whether a third of the least share is shared. */
static bool may_be_twins(const dt_twins *t, const struct sketch *mine, const struct sketch *other,
                         bool same)
{
    uint64_t limit = common_limit(mine, other);
    uint32_t in_mine = 0, in_other = 0, both = 0;
    double shared = 0, all_mine = 0;
    for (size_t i = 0, k = 0; i < mine->n_kept || k < other->n_kept;) {
        uint64_t x = i < mine->n_kept ? mine->kept[i] : UINT64_MAX;
        uint64_t y = k < other->n_kept ? other->kept[k] : UINT64_MAX;
        if ((x < y ? x : y) > limit) break;
        if (x <= y) all_mine += t->weights[i];
        if (x == y) shared += t->weights[i];
        in_mine += x <= y;
        in_other += y <= x;
        both += x == y;
        i += x <= y;
        k += y <= x;
    }
    uint32_t smaller = in_mine < in_other ? in_mine : in_other;
    if (smaller == 0 || (double)both / smaller < t->least / 3) return false;
    bool mine_counts = mine->n_shingles <= other->n_shingles;
    double all = mine_counts ? all_mine : shared + (in_other - both) * least_weight;
    return same || shared >= (t->least - rounding) * all;
}

static struct likeness compare(const dt_twins *t, const struct sketch *mine,
                               const struct sketch *other)
{
    struct likeness l = {0};
    uint64_t limit = common_limit(mine, other);
    double shared = 0, all_mine = 0, all_other = 0;
    uint32_t n_mine = 0, n_other = 0;
    for (size_t k = 0; k < other->n_kept; k++)
        shelf_expect(&t->shelf, other->kept[k]);
    for (size_t i = 0, k = 0; i < mine->n_kept || k < other->n_kept;) {
        uint64_t x = i < mine->n_kept ? mine->kept[i] : UINT64_MAX;
        uint64_t y = k < other->n_kept ? other->kept[k] : UINT64_MAX;
        if ((x < y ? x : y) > limit) break;
        double weight = x <= y ? t->weights[i] : weight_now(&t->shelf, y);
        if (x <= y) all_mine += weight;
        if (y <= x) all_other += weight;
        if (x == y) shared += weight;
        n_mine += x <= y;
        n_other += y <= x;
        l.shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    l.mine = all_mine > 0 ? shared / all_mine : 0;
    l.others = all_other > 0 ? shared / all_other : 0;
    bool smaller = mine->n_shingles <= other->n_shingles;
    l.share = smaller ? l.mine : l.others;
    l.compared = smaller ? n_mine : n_other;
    compare_numbers(mine, other, &l);
    return l;
}

/* ---- deciding ---- */

/* The numbers of a template's instances differ; those of a story stay, but for a few. */
static bool numbers_agree(const struct likeness *l, bool is_short)
{
    if (is_short) return l->numbers_shared == l->numbers;
    if (l->numbers < 3) return l->numbers_shared != 0 || l->numbers < 2 || l->share > 0.6;
    return l->numbers_shared * 5 >= l->numbers * (l->numbers < 8 ? 2 : 2);
}

static bool are_twins(const dt_twins *t, const struct sketch *a, const struct sketch *b,
                      const struct likeness *l)
{
    uint32_t small = a->n_shingles < b->n_shingles ? a->n_shingles : b->n_shingles;
    uint32_t large = a->n_shingles < b->n_shingles ? b->n_shingles : a->n_shingles;
    double least = t->least, is = l->share;
    if (small < SHORT) {
        if (least < least_short) least = least_short;
        if (large > small + small / 2) return false;
    } else if (small < LONG && least < least_short) {
        double rest = (double)(LONG - small) / (LONG - SHORT);
        least += (0.45 - t->least > 0 ? 0.45 - t->least : 0) * rest;
    }
    return is >= least && (l->shared >= 4 || l->shared == l->compared) &&
           numbers_agree(l, small < SHORT);
}

static dt_twin_kind kind_of(const struct sketch *later, const struct sketch *earlier,
                            const struct likeness *l)
{
    double n = later->n_shingles, m = earlier->n_shingles;
    bool alike = l->mine >= 0.9 && l->others >= 0.9;
    bool one_house = later->publisher != 0 && later->publisher == earlier->publisher;
    bool in_order = later->day == DAY_MIN || earlier->day == DAY_MIN || later->day >= earlier->day;
    if (later->whole == earlier->whole || alike) return DT_TWIN_SAME;
    if (in_order && ((later->flags & ~earlier->flags & SKETCH_REVISED) || one_house))
        return DT_TWIN_REVISED;
    if (n < 0.8 * m && l->mine >= 0.7) return DT_TWIN_PART;
    if (in_order && m < 0.7 * n && l->others >= 0.6) return DT_TWIN_REVISED;
    return DT_TWIN_SAME;
}

/* ---- finding ---- */

static int by_place(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Looks each shingle up: its weight, and the stories that share it where it is not common. */
static void find_hits(dt_twins *t, const struct sketch *s)
{
    uint32_t places[SHELF_POSTINGS];
    t->n_hits = 0;
    for (size_t i = 0; i < s->n_kept; i++) {
        size_t n = shelf_find(&t->shelf, s->kept[i], places);
        t->weights[i] = weight_of(n);
        if (n == SHELF_POSTINGS) continue;
        memcpy(t->hits + t->n_hits, places, n * sizeof *places);
        t->n_hits += n;
    }
    if (t->n_hits > 1) qsort(t->hits, t->n_hits, sizeof *t->hits, by_place);
}

struct candidate {
    uint32_t place;
    size_t hits;
};

/* The stories hit most often, the earlier first among equals. */
static size_t best_candidates(const dt_twins *t, size_t least, struct candidate best[COMPARED_MOST])
{
    size_t n = 0;
    for (size_t i = 0, end; i < t->n_hits; i = end) {
        for (end = i + 1; end < t->n_hits && t->hits[end] == t->hits[i];)
            end++;
        struct candidate c = {t->hits[i], end - i};
        if (c.hits < least || (n == COMPARED_MOST && c.hits <= best[n - 1].hits)) continue;
        size_t at = n == COMPARED_MOST ? n - 1 : n++;
        for (; at > 0 && best[at - 1].hits < c.hits; at--)
            best[at] = best[at - 1];
        best[at] = c;
    }
    return n;
}

/* Compares with the story at the place; keeps it in t->best where it is a better twin. */
static void try_candidate(dt_twins *t, uint32_t place, struct likeness *best)
{
    if (!shelf_read(&t->shelf, place, &t->other)) return;
    bool same = t->story.sketch.whole == t->other.sketch.whole &&
                t->story.sketch.n_shingles == t->other.sketch.n_shingles;
    if (!may_be_twins(t, &t->story.sketch, &t->other.sketch, same)) return;
    struct likeness l = compare(t, &t->story.sketch, &t->other.sketch);
    if (same)
        l.share = l.mine = l.others = 1;
    else if (!are_twins(t, &t->story.sketch, &t->other.sketch, &l))
        return;
    if (t->best.place != NONE && l.share <= best->share) return;
    t->best = t->other;
    *best = l;
}

/* Stories of the very same words, which have common shingles only. */
static void try_same_words(dt_twins *t, struct likeness *best)
{
    uint32_t places[SHELF_POSTINGS];
    size_t n = shelf_find(&t->shelf, shelf_whole_hash(&t->story.sketch), places);
    for (size_t i = 0; i < n && t->best.place == NONE; i++)
        if (shelf_read(&t->shelf, places[i], &t->other) &&
            t->other.sketch.whole == t->story.sketch.whole)
            try_candidate(t, places[i], best);
}

static void find_twin(dt_twins *t, struct likeness *best)
{
    struct candidate candidates[COMPARED_MOST];
    t->best.place = NONE;
    if (t->story.sketch.n_kept == 0) return; /* no words */
    find_hits(t, &t->story.sketch);
    size_t least = t->story.sketch.n_kept < 2 ? 1 : 2;
    size_t n = best_candidates(t, least, candidates);
    for (size_t i = 0; i < n; i++)
        shelf_expect_story(&t->shelf, candidates[i].place);
    try_same_words(t, best);
    for (size_t i = 0; i < n; i++)
        try_candidate(t, candidates[i].place, best);
}

/* This very story, added before. */
static bool find_known(dt_twins *t)
{
    uint32_t places[SHELF_POSTINGS];
    size_t n = shelf_find(&t->shelf, shelf_id_hash(t->story.id), places);
    for (size_t i = 0; i < n; i++) {
        if (!shelf_read(&t->shelf, places[i], &t->other)) continue;
        if (!str_eq(t->other.id, t->story.id)) continue;
        if (t->other.sketch.whole == t->story.sketch.whole &&
            t->other.sketch.n_shingles == t->story.sketch.n_shingles)
            return true;
    }
    return false;
}

static bool sketch_has(const struct sketch *s, uint64_t kept)
{
    size_t low = 0, high = s->n_kept;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->kept[middle] < kept)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->n_kept && s->kept[low] == kept;
}

/* What is kept of the story with the answer. */
static void settle_story(dt_twins *t, const struct likeness *l)
{
    struct shelf_story *s = &t->story;
    bool twin = t->best.place != NONE;
    for (size_t i = 0; i < s->sketch.n_kept; i++)
        s->posted[i] = !twin || !sketch_has(&t->best.sketch, s->sketch.kept[i]);
    s->match = s->first = NONE;
    s->shared = s->compared = 0;
    s->kind = s->similarity = 0;
    if (!twin) return;
    s->match = t->best.place;
    s->first = t->best.first != NONE ? t->best.first : t->best.place;
    s->shared = l->shared;
    s->compared = l->compared;
    s->kind = (uint16_t)kind_of(&s->sketch, &t->best.sketch, l);
    s->similarity = (uint16_t)(l->share * 65535 + 0.5);
}

/* ---- answering ---- */

static dt_status copy_id(dt_twins *t, uint32_t place, char **to, size_t *cap, dt_error *err)
{
    if (!shelf_read(&t->shelf, place, &t->original))
        return err_set(err, DT_E_STORE, 0, "%s is damaged: a twin's story is not in it",
                       t->shelf.log_path);
    struct str id = t->original.id;
    if (id.len + 1 > *cap) {
        char *grown = realloc(*to, id.len + 1);
        if (grown == NULL) return err_nomem(err);
        *to = grown;
        *cap = id.len + 1;
    }
    memcpy(*to, id.at, id.len);
    (*to)[id.len] = '\0';
    return DT_OK;
}

static dt_status answer_of(dt_twins *t, const struct shelf_story *s, bool known, dt_twin *twin,
                           dt_error *err)
{
    dt_twin ours = {.size = sizeof ours, .known = known, .kind = DT_TWIN_NONE};
    if (s->match != NONE) {
        dt_status st = copy_id(t, s->match, &t->of, &t->of_cap, err);
        if (st == DT_OK) st = copy_id(t, s->first, &t->first, &t->first_cap, err);
        if (st != DT_OK) return st;
        ours.kind = (dt_twin_kind)s->kind;
        ours.of = t->of;
        ours.first = t->first;
        ours.similarity = s->similarity / 65535.0;
        ours.shared = s->shared;
        ours.compared = s->compared;
    }
    sized_write(&twin_sized, &ours, twin);
    return DT_OK;
}

/* All that the story will be looked up and posted under. The table is read at random places, and
 * memory answers many questions in the time of one. */
static void expect_story(const dt_twins *t)
{
    const struct sketch *s = &t->story.sketch;
    shelf_expect(&t->shelf, shelf_id_hash(t->story.id));
    shelf_expect(&t->shelf, shelf_whole_hash(s));
    for (size_t i = 0; i < s->n_kept; i++)
        shelf_expect(&t->shelf, s->kept[i]);
}

static dt_status add_story(dt_twins *t, dt_twin *twin, dt_error *err)
{
    struct likeness l = {0};
    expect_story(t);
    if (find_known(t)) return answer_of(t, &t->other, true, twin, err);
    find_twin(t, &l);
    settle_story(t, &l);
    dt_status st = shelf_add(&t->shelf, &t->story, err);
    return st == DT_OK ? answer_of(t, &t->story, false, twin, err) : st;
}

/* A signature is bytes that a caller kept; the counts in it must fit. */
static bool sign_fits(const struct sketch *s)
{
    return s->n_kept <= SKETCH_MOST && s->n_numbers <= SKETCH_NUMBERS &&
           (!(s->flags & SKETCH_CUT) || s->n_kept != 0) &&
           (!(s->flags & SKETCH_NUMBERS_CUT) || s->n_numbers != 0);
}

dt_status dt_twins_add(dt_twins *twins, const char *id, const void *sign, dt_twin *twin,
                       dt_error *err)
{
    if (twins == NULL || id == NULL || sign == NULL || twin == NULL)
        return err_set(err, DT_E_ARG, 0, "there was no index, id, signature or place to answer");
    if (twins->broken)
        return err_set(err, DT_E_ARG, 0, "the index %s failed before: close it",
                       twins->shelf.log_path);
    dt_status st = sized_check(&twin_sized, twin, err);
    if (st != DT_OK) return st;
    memcpy(&twins->story.sketch, sign, sizeof twins->story.sketch);
    twins->story.id = str_c(id);
    if (!sign_fits(&twins->story.sketch) || twins->story.id.len > SHELF_ID_MOST)
        return err_set(err, DT_E_ARG, 0, "the signature was none, or the id was longer than %d",
                       SHELF_ID_MOST);
    st = add_story(twins, twin, err);
    twins->broken = st != DT_OK;
    return st;
}
