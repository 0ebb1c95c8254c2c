/* resolve.c - decides which spots are places, and which place each is.
 *
 * In: spots with their candidates. Choice of a candidate: its prior (kind and population), what is
 * said beside it ("Paris, Texas"), the countries and divisions that the story speaks of, nearness
 * to places that are settled already; all spots of one name share what is said. Whether a spot is a
 * place at all: points for the tag, the words around it and the weight of the candidate, against
 * points for persons, bodies and ordinary words. The features are those of Leidner (Toponym
 * Resolution in Text, 2007) and of Lieberman & Samet's work on local news (2010). All sums have a
 * fixed order and use exact operations only. Cost: (names + spots) x candidates of a name. */
#include "base/utf8.h"
#include "where/spots.h"

enum { TALLY_SLOTS = 256, TALLY_MOST = 192, ANCHORS_MOST = 16 };

struct tally { /* weights by country or division, open-addressed */
    uint64_t key[TALLY_SLOTS];
    double weight[TALLY_SLOTS];
    uint32_t n;
    double total;
};

struct hints {
    struct tally countries, divisions; /* of the places chosen so far */
    struct tally possible;             /* divisions in which candidates lie, before any choice */
    uint32_t anchors[ANCHORS_MOST];    /* places */
    uint32_t n_anchors;
};

static uint32_t tally_slot(const struct tally *t, uint64_t key)
{
    uint32_t at = (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 40) % TALLY_SLOTS;
    while (t->key[at] != 0 && t->key[at] != key)
        at = (at + 1) % TALLY_SLOTS;
    return at;
}

static void tally_add(struct tally *t, uint64_t key, double weight)
{
    uint32_t at = tally_slot(t, key);
    if (key == 0 || (t->key[at] == 0 && t->n == TALLY_MOST)) return;
    t->n += t->key[at] == 0;
    t->key[at] = key;
    t->weight[at] += weight;
    t->total += weight;
}

/* The share of `key` in what the story speaks of beside `own`, which the asker put in: 0 to 1. */
static double tally_share(const struct tally *t, uint64_t key, uint64_t own_key, double own)
{
    uint32_t at = tally_slot(t, key);
    if (key == 0 || t->key[at] == 0) return 0.0;
    return (t->weight[at] - (key == own_key ? own : 0.0)) / (t->total - own + 1.0);
}

static uint64_t division_key(const struct know_place *p)
{
    return p->adm1 == 0 ? 0 : (uint64_t)p->country << 32 | p->adm1;
}

static const struct know_place *place_at(const struct where_work *w, uint32_t id)
{
    return &w->know->places[id];
}

/* ---- words around a spot ---- */

bool token_in(const struct where_work *w, uint32_t t, const char *list)
{
    char word[16];
    size_t n = 0;
    if (t >= w->text->n_tokens) return false;
    struct str form = w->text->tokens[t].form;
    if (form.len == 0 || form.len + 3 > sizeof word) return false;
    word[n++] = ' ';
    for (size_t i = 0; i < form.len; i++) {
        char c = form.at[i];
        word[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    word[n++] = ' ';
    word[n] = '\0';
    return strstr(list, word) != NULL;
}

bool token_is_capital(const struct where_work *w, uint32_t t)
{
    uint32_t cp;
    if (t >= w->text->n_tokens || w->text->tokens[t].form.len == 0) return false;
    if (w->text->caseless) return w->lang->words[t].upos == UPOS_PROPN;
    (void)utf8_decode(w->text->tokens[t].form, 0, &cp);
    return utf8_is_upper(cp);
}

static bool starts_sentence(const struct where_work *w, uint32_t t)
{
    const struct text_layer *x = w->text;
    uint32_t low = 0, high = x->n_sentences;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (x->sentences[middle].token_begin <= t)
            low = middle;
        else
            high = middle;
    }
    return x->n_sentences != 0 && x->sentences[low].token_begin == t;
}

/* ---- "X, Y" ---- */

static bool lies_in(const struct know_place *x, const struct know_place *y)
{
    if (x->country != y->country || x == y) return false;
    if (y->kind == 'C') return x->kind != 'C';
    if (x->kind != 'T' && x->kind != 'P' && x->kind != 'A') return false;
    if (x->adm1 != y->adm1 || x->adm1 == 0 || x->population > y->population) return false;
    return y->kind == 'A' || y->population > 4 * (uint64_t)x->population;
}

static bool group_holds(const struct where_work *w, const struct spot *x, const struct spot *y)
{
    const struct spot_group *a = &w->groups[x->group], *b = &w->groups[y->group];
    bool found = false;
    for (uint32_t i = a->candidate_begin; i < a->candidate_end; i++)
        for (uint32_t k = b->candidate_begin; k < b->candidate_end; k++)
            if (lies_in(place_at(w, w->candidates[i].place), place_at(w, w->candidates[k].place))) {
                w->candidates[i].said = 1;
                found = true;
            }
    return found;
}

static void find_patterns(struct where_work *w)
{
    for (uint32_t i = 0; i + 1 < w->n_spots; i++) {
        struct spot *x = &w->spots[i], *y = &w->spots[i + 1];
        if (((x->flags | y->flags) & SPOT_ADJECTIVE) != 0) continue;
        uint32_t between = y->token_begin - x->token_end;
        bool comma = between == 1 && token_in(w, x->token_end, " , ( ");
        bool in = between == 1 && token_in(w, x->token_end, " in ");
        bool beside = between == 0 && (y->flags & SPOT_SHORT) != 0;
        if (!(comma || in || beside) || !group_holds(w, x, y)) continue;
        x->outer = i + 1;
        y->flags |= SPOT_OUTER;
    }
}

/* ---- choosing a candidate ---- */

/* Roughly within 200 km, by exact operations alone. */
static bool is_near(const struct know_place *a, const struct know_place *b)
{
    double lat = (double)a->lat - (double)b->lat, lon = (double)a->lon - (double)b->lon;
    double high = (double)a->lat < 0 ? -(double)a->lat : (double)a->lat;
    double wide = high < 30 ? 2.0 : high < 50 ? 2.6 : high < 63 ? 3.8 : 7.0;
    return lat < 1.8 && lat > -1.8 && lon < wide && lon > -wide;
}

static double score_of(const struct where_work *w, const struct hints *h,
                       const struct spot_group *g, const struct candidate *c)
{
    const struct know_place *p = place_at(w, c->place);
    const struct know_place *own = g->weight > 0.0 ? place_at(w, g->place) : NULL;
    uint64_t own_country = own != NULL ? own->country : 0, key = division_key(p);
    uint64_t own_division = own != NULL && own->kind != 'C' ? division_key(own) : 0;
    uint32_t near = 0;
    double score = c->prior + (c->said ? 3.0 : 0.0);
    for (uint32_t i = 0; i < h->n_anchors; i++)
        near += (own == NULL || h->anchors[i] != g->place) && h->anchors[i] != c->place &&
                is_near(p, place_at(w, h->anchors[i]));
    score += 4.0 * tally_share(&h->countries, p->country, own_country, g->weight);
    if (p->kind != 'C') {
        score += 2.5 *
                 tally_share(&h->divisions, key, own_division, own_division != 0 ? g->weight : 0.0);
        score += 2.5 * tally_share(&h->possible, key, key, g->share);
    }
    if (near != 0) score += 1.0 + 2.0 * (double)near / (double)(h->n_anchors + 1);
    return score;
}

static void score_groups(struct where_work *w, const struct hints *h)
{
    for (uint32_t i = 0; i < w->n_groups; i++) {
        struct spot_group *g = &w->groups[i];
        g->best = g->candidate_begin;
        for (uint32_t k = g->candidate_begin; k < g->candidate_end; k++) {
            w->candidates[k].score = score_of(w, h, g, &w->candidates[k]);
            if (w->candidates[k].score > w->candidates[g->best].score) g->best = k;
        }
    }
}

/* The candidate of `s`; what is said beside it counts most. */
static uint32_t best_candidate(const struct where_work *w, const struct spot *s)
{
    const struct spot_group *g = &w->groups[s->group];
    if (s->outer == NO_SPOT) return g->best;
    const struct spot_group *o = &w->groups[w->spots[s->outer].group];
    uint32_t best = g->best;
    double top = -1.0;
    for (uint32_t k = g->candidate_begin; k < g->candidate_end; k++)
        for (uint32_t m = o->candidate_begin; m < o->candidate_end; m++) {
            const struct candidate *a = &w->candidates[k], *b = &w->candidates[m];
            double score = a->score + b->score;
            if (score <= top || !lies_in(place_at(w, a->place), place_at(w, b->place))) continue;
            top = score;
            best = k;
        }
    return best;
}

/* A neighbour in a list: "Angola, Chad and Mali". */
static bool in_list(const struct where_work *w, uint32_t i)
{
    const struct spot *s = &w->spots[i];
    if (i > 0 && w->spots[i - 1].place != UINT32_MAX) {
        uint32_t end = w->spots[i - 1].token_end, gap = s->token_begin - end;
        if ((gap == 1 || gap == 2) && token_in(w, end, " , and or & ")) return true;
    }
    if (i + 1 < w->n_spots && w->spots[i + 1].place != UINT32_MAX) {
        uint32_t gap = w->spots[i + 1].token_begin - s->token_end;
        if ((gap == 1 || gap == 2) && token_in(w, s->token_end, " , and or & ")) return true;
    }
    return false;
}

/* ---- is it a place? ---- */

static double points_of_place(const struct know_place *p)
{
    if (p->kind == 'C') return 5.0;
    if (p->kind != 'T') return 3.0;
    if (p->population >= 1000000) return 3.0;
    if (p->population >= 250000) return 2.0;
    return p->population >= 80000 ? 1.0 : 0.0;
}

static double points_of_tag(const struct spot *s)
{
    switch (s->tag) {
    case NAME_GPE:
    case NAME_LOC: return 3.0;
    case NAME_PER: return (s->flags & SPOT_INNER) != 0 ? -9.0 : -3.0;
    case NAME_ORG: return (s->flags & SPOT_INNER) != 0 ? -1.5 : -0.5;
    default: return 0.0;
    }
}

#define SIDES                                                                                      \
    " north south east west northern southern eastern western northeast northwest southeast "      \
    "southwest central upper lower greater downtown inner outer mainland "

/* What follows the name of a town: "Dublin police", "a Springfield man". */
#define TOWN_WORDS                                                                                 \
    " police mayor city council county man woman resident residents area native officials high "   \
    "school schools airport fire based metro region border suburb firefighters township "

static double points_of_neighbours(const struct where_work *w, const struct spot *s)
{
    double points = 0.0;
    uint32_t before = s->token_begin - 1, after = s->token_end;
    bool first = s->token_begin == 0 || starts_sentence(w, s->token_begin);
    if (!first && token_in(w, before, " in at near outside around across inside throughout "))
        points += 2.0;
    if (!first && token_in(w, before, " from to of into toward towards through for over against "))
        points += 1.0;
    if (!first &&
        token_in(w, before, " mr mr. mrs mrs. ms ms. dr dr. sir lord saint sen. rep. gov. "))
        points -= 6.0;
    if (!first && token_is_capital(w, before) && s->tag != NAME_GPE && s->tag != NAME_LOC &&
        !starts_sentence(w, before) && !token_in(w, before, SIDES))
        points -= 2.5;
    if (token_in(w, after, " 's \xE2\x80\x99s ")) points += 0.5;
    if (token_in(w, after, TOWN_WORDS))
        points += 1.0;
    else if (token_is_capital(w, after) && s->tag != NAME_GPE && s->tag != NAME_LOC)
        points -= 1.5;
    if (token_in(w, after, " $ virus flu fever disease syndrome ")) points -= 10.0;
    if (token_in(w, after, " post times herald tribune journal gazette ") &&
        token_is_capital(w, after))
        points -= 4.0;
    if (!first && w->lang->words[before].name == NAME_PER && token_is_capital(w, before))
        points -= 5.0;
    if (token_in(w, after, " university college street avenue road elementary park "))
        points -= 1.0;
    return points;
}

static double points_of_story(const struct where_work *w, const struct spot *s,
                              const struct hints *h, const struct know_place *p)
{
    double points = 0.0;
    if (w->groups[s->group].sure && s->tag != NAME_PER) points += 1.5;
    if (in_list(w, (uint32_t)(s - w->spots))) points += 1.5;
    if (s->outer != NO_SPOT) points += 5.0;
    if ((s->flags & SPOT_OUTER) != 0) points += 4.0;
    if ((s->flags & SPOT_DATELINE) != 0) points += 3.0;
    if ((s->flags & SPOT_PERSON) != 0) points -= 4.0;
    if ((s->flags & SPOT_BODY) != 0) points -= 2.0;
    if ((s->flags & SPOT_WEAK) != 0) points -= 3.0;
    if (tally_share(&h->countries, p->country, 0, 0.0) > 0.2) points += 1.0;
    if (tally_share(&h->divisions, division_key(p), 0, 0.0) > 0.15) points += 1.0;
    return points;
}

static bool is_place(struct where_work *w, const struct spot *s, const struct hints *h,
                     const struct candidate *c)
{
    const struct know_place *p = place_at(w, c->place);
    if ((s->flags & SPOT_SHORT) != 0 && (s->flags & SPOT_OUTER) == 0) return false;
    double points = points_of_place(p) + points_of_tag(s) + points_of_neighbours(w, s) +
                    points_of_story(w, s, h, p);
    if (points >= 4.0) w->groups[s->group].sure = 1;
    return points >= 1.5;
}

/* ---- what the story speaks of ---- */

static void add_hint(const struct where_work *w, struct hints *h, uint32_t place, double weight)
{
    const struct know_place *p = place_at(w, place);
    tally_add(&h->countries, p->country, weight);
    if (p->kind != 'C') tally_add(&h->divisions, division_key(p), weight);
}

/* Each name speaks for the divisions in which it has candidates, the fewer the louder: a county and
 * three small towns that all are to be found in Texas are there. */
static void gather_possible(struct where_work *w, struct hints *h)
{
    for (uint32_t i = 0; i < w->n_groups; i++) {
        struct spot_group *g = &w->groups[i];
        uint32_t n = g->candidate_end - g->candidate_begin;
        g->share = n != 0 ? 1.0 / (double)(n + 1) : 0.0;
        for (uint32_t k = g->candidate_begin; k < g->candidate_end; k++)
            tally_add(&h->possible, division_key(place_at(w, w->candidates[k].place)), g->share);
    }
}

static void add_anchor(const struct where_work *w, struct hints *h, uint32_t place)
{
    uint8_t kind = place_at(w, place)->kind;
    if ((kind != 'T' && kind != 'P') || h->n_anchors == ANCHORS_MOST) return;
    for (uint32_t k = 0; k < h->n_anchors; k++)
        if (h->anchors[k] == place) return;
    h->anchors[h->n_anchors++] = place;
}

/* Hints from the choices made so far; anchors from those that are towns. */
static void gather_hints(struct where_work *w, struct hints *h)
{
    memset(&h->countries, 0, sizeof h->countries);
    memset(&h->divisions, 0, sizeof h->divisions);
    h->n_anchors = 0;
    for (uint32_t i = 0; i < w->n_groups; i++)
        w->groups[i].weight = 0.0;
    for (uint32_t i = 0; i < w->n_spots; i++) {
        const struct spot *s = &w->spots[i];
        double weight = (s->flags & SPOT_DATELINE) != 0 ? 2.0 : 1.0;
        if ((s->flags & SPOT_ADJECTIVE) != 0) {
            add_hint(w, h, s->country, 0.7);
            continue;
        }
        if (s->place == UINT32_MAX) continue;
        add_hint(w, h, s->place, weight);
        add_anchor(w, h, s->place);
        w->groups[s->group].weight += weight;
        w->groups[s->group].place = s->place;
    }
}

/* Before anything is chosen only what can hardly be doubted counts: countries, "X, Y", datelines.
 */
static void choose_surest(struct where_work *w, const struct hints *h)
{
    for (uint32_t i = 0; i < w->n_spots; i++) {
        struct spot *s = &w->spots[i];
        if ((s->flags & SPOT_ADJECTIVE) != 0 || (s->flags & SPOT_INNER) != 0) continue;
        const struct candidate *c = &w->candidates[best_candidate(w, s)];
        uint8_t kind = place_at(w, c->place)->kind;
        bool sure = (s->outer != NO_SPOT) || (s->flags & (SPOT_OUTER | SPOT_DATELINE)) != 0 ||
                    ((kind == 'C' || kind == 'A' || c->prior > 6.0) && !c->weak);
        s->place = sure && is_place(w, s, h, c) ? c->place : UINT32_MAX;
    }
}

static void choose_all(struct where_work *w, const struct hints *h)
{
    for (uint32_t i = 0; i < w->n_spots; i++) {
        struct spot *s = &w->spots[i];
        if ((s->flags & SPOT_ADJECTIVE) != 0) continue;
        const struct candidate *c = &w->candidates[best_candidate(w, s)];
        s->place = is_place(w, s, h, c) ? c->place : UINT32_MAX;
    }
}

bool spots_resolve(struct where_work *w)
{
    struct hints *h = ARENA_NEW(w->arena, 1, struct hints);
    if (h == NULL) return false;
    find_patterns(w);
    gather_possible(w, h);
    score_groups(w, h);
    choose_surest(w, h);
    for (int round = 0; round < 2; round++) {
        gather_hints(w, h);
        score_groups(w, h);
        choose_all(w, h);
    }
    return true;
}
