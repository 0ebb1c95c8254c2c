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

enum { ANCHORS_MOST = 16 }; /* the first towns tell the region; more only cost time */

/* What the story says of a candidate, on the scale of prior_of(): one point is as much as ten times
 * the population. All weights of this file were set by hand. */
static const struct {
    double said;         /* "Paris, Texas" names it */
    double country;      /* times the share of its country in the places of the story */
    double division;     /* times the share of its division */
    double possible;     /* times the share of its division in all candidates of other names */
    double near_one;     /* a town of the story is near it */
    double near_all;     /* times the share of those that are */
    double nested;       /* "Guildford, Surrey, England": the second lies in the third */
    double listed;       /* for each neighbour in a list that is of its kind */
    double surely_large; /* a prior above this needs no other sign in the first round */
} choice = {.said = 3.0,
            .country = 4.0,
            .division = 2.5,
            .possible = 2.5,
            .near_one = 1.0,
            .near_all = 2.0,
            .nested = 5.0,
            .listed = 2.5,
            .surely_large = 6.0};

/* Points for being a place at all: with `enough` a spot is one, with `certain` all spots of its
 * name are taken for granted. */
static const struct {
    double enough, certain;
    /* how well known it is */
    double country, area, metropolis, city, town;
    /* what the engine took the name for; `inner`: its words are part of a longer name */
    double tagged_place, tagged_person, inner_person, tagged_body, inner_body;
    /* the words before it */
    double locative, preposition, person_title, capital_before, person_before;
    /* the words after it */
    double owner, town_word, capital_after, disease, newspaper, site;
    /* the rest of the story: the name is certain elsewhere, it stands in a list of places, before
     * or behind the comma of "X, Y", at the head of a dateline; a person of the story, a body or an
     * ordinary word bears the name; the story has much of its country, of its division */
    double certain_name, listed, inside, stray, outside, dateline, person, body, weak, part,
        landform, same_country, same_division;
} points_for = {.enough = 1.5,
                .certain = 4.0,
                .country = 5.0,
                .area = 3.0,
                .metropolis = 3.0,
                .city = 2.0,
                .town = 1.0,
                .tagged_place = 3.0,
                .tagged_person = -3.0,
                .inner_person = -9.0,
                .tagged_body = -0.5,
                .inner_body = -1.5,
                .locative = 2.0,
                .preposition = 1.0,
                .person_title = -6.0,
                .capital_before = -2.5,
                .person_before = -5.0,
                .owner = 0.5,
                .town_word = 2.0,
                .capital_after = -1.5,
                .disease = -10.0,
                .newspaper = -4.0,
                .site = -1.0,
                .certain_name = 1.5,
                .listed = 1.5,
                .inside = 5.0,
                .stray = -2.0,
                .outside = 4.0,
                .dateline = 3.0,
                .person = -4.0,
                .body = -2.0,
                .weak = -3.0,
                .part = -4.0,
                .landform = -12.0,
                .same_country = 1.0,
                .same_division = 1.0};

/* From which population on a town is one of these; which share of the story is much of it. */
enum { METROPOLIS = 1000000, CITY = 250000, TOWN = 80000, HAMLET = 5000 };
static const double much_of_country = 0.2, much_of_division = 0.15;

/* How loudly a mention speaks for its country and division. */
static const struct {
    double mention, dateline, adjective;
} voice_of = {.mention = 1.0, .dateline = 2.0, .adjective = 0.7};

/* Weights by country or division, open-addressed. */
struct tally {
    uint64_t *key; /* 0: empty */
    double *weight;
    uint32_t mask;
    double total;
};

struct hints {
    struct tally countries, divisions; /* of the places chosen so far */
    struct tally possible;             /* divisions in which candidates lie, before any choice */
    uint32_t anchors[ANCHORS_MOST];    /* places */
    uint32_t n_anchors;
};

/* Room for `n` keys, with slots to spare. */
static bool tally_new(struct arena *arena, uint32_t n, struct tally *t)
{
    uint32_t size = 16;
    while (size / 2 < n)
        size *= 2;
    t->key = ARENA_NEW(arena, size, uint64_t);
    t->weight = ARENA_NEW(arena, size, double);
    t->mask = size - 1;
    return t->key != NULL && t->weight != NULL;
}

static void tally_clear(struct tally *t)
{
    memset(t->key, 0, ((size_t)t->mask + 1) * sizeof *t->key);
    t->total = 0.0;
}

static uint32_t tally_slot(const struct tally *t, uint64_t key)
{
    uint32_t at = (uint32_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & t->mask;
    while (t->key[at] != 0 && t->key[at] != key)
        at = (at + 1) & t->mask;
    return at;
}

static void tally_add(struct tally *t, uint64_t key, double weight)
{
    uint32_t at = tally_slot(t, key);
    if (key == 0) return;
    t->weight[at] = weight + (t->key[at] != 0 ? t->weight[at] : 0.0);
    t->key[at] = key;
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

bool token_is_mark(const struct where_work *w, uint32_t t, const char *const *marks, size_t n)
{
    for (size_t i = 0; t < w->text->n_tokens && i < n; i++)
        if (str_eq(w->text->tokens[t].form, str_c(marks[i]))) return true;
    return false;
}

static bool is_comma(const struct where_work *w, uint32_t t)
{
    static const char *const marks[] = {","};
    return token_is_mark(w, t, marks, 1);
}

bool token_is_capital(const struct where_work *w, uint32_t t)
{
    uint32_t cp;
    if (t >= w->text->n_tokens || w->text->tokens[t].form.len == 0) return false;
    if (w->text->caseless) return w->words[t].upos == UPOS_PROPN;
    (void)utf8_decode(w->text->tokens[t].form, 0, &cp);
    return utf8_is_upper(cp);
}

bool token_starts_sentence(const struct where_work *w, uint32_t t)
{
    return w->text->sentences[w->tree->sentence[t]].token_begin == t;
}

/* ---- "X, Y" ---- */

static bool lies_in(const struct know_place *x, const struct know_place *y)
{
    if (x->country != y->country || x == y) return false;
    if (y->kind == 'C') return x->kind != 'C';
    if (x->kind != 'T' && x->kind != 'P' && x->kind != 'A') return false;
    if (x->adm1 != y->adm1 || x->adm1 == 0) return false;
    if (x->population > y->population && (y->kind != 'A' || y->population != 0)) return false;
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

static bool group_has(const struct where_work *w, const struct spot *s, uint8_t kind)
{
    const struct spot_group *g = &w->groups[s->group];
    for (uint32_t i = g->candidate_begin; i < g->candidate_end; i++)
        if (place_at(w, w->candidates[i].place)->kind == kind) return true;
    return false;
}

/* "A, B": between two places stands a comma or a conjunction, or both. */
static bool joins_list(const struct where_work *w, uint32_t left, uint32_t right)
{
    uint32_t end = w->spots[left].token_end, gap = w->spots[right].token_begin - end;
    if (gap != 1 && gap != 2) return false;
    return is_comma(w, end) || form_has(w->tree, end, CLASS_JOINT);
}

/* "Washington, Pennsylvania and California": three in a row that all name a division. */
static bool lists_divisions(const struct where_work *w, uint32_t i)
{
    const uint32_t third = i + 2 < w->n_spots && joins_list(w, i + 1, i + 2) ? i + 2
                           : i > 0 && joins_list(w, i - 1, i)                ? i - 1
                                                                             : NONE;
    return third != NONE && group_has(w, &w->spots[i], 'A') &&
           group_has(w, &w->spots[i + 1], 'A') && group_has(w, &w->spots[third], 'A') &&
           ((w->spots[i].flags | w->spots[i + 1].flags) & SPOT_SHORT) == 0;
}

/* "Bradford, Ontario", where the base has no such town in Ontario: X is a town, and Y a large
 * division that no "and" follows. */
static bool is_unknown_town(const struct where_work *w, const struct spot *x, const struct spot *y)
{
    const struct spot_group *g = &w->groups[y->group];
    bool state = false; /* a large division */
    if (!group_has(w, x, 'T') || group_has(w, x, 'A') || group_has(w, x, 'C')) return false;
    for (uint32_t i = g->candidate_begin; i < g->candidate_end; i++) {
        const struct know_place *p = place_at(w, w->candidates[i].place);
        state |= p->kind == 'A' && p->population != 0;
    }
    const uint32_t next = (uint32_t)(y - w->spots) + 1;
    if (!state || group_has(w, y, 'C')) return false;
    return next >= w->n_spots || !joins_list(w, next - 1, next) || is_comma(w, y->token_end);
}

static void find_patterns(struct where_work *w)
{
    static const char *const openings[] = {",", "("};
    for (uint32_t i = 0; i + 1 < w->n_spots; i++) {
        struct spot *x = &w->spots[i], *y = &w->spots[i + 1];
        if (((x->flags | y->flags) & SPOT_ADJECTIVE) != 0) continue;
        uint32_t between = y->token_begin - x->token_end;
        bool comma = between == 1 && token_is_mark(w, x->token_end, openings, 2);
        bool in = between == 1 && form_has(w->tree, x->token_end, CLASS_IN);
        bool beside = between == 0 && (y->flags & SPOT_SHORT) != 0;
        if (comma && lists_divisions(w, i)) continue;
        if (!(comma || in || beside)) continue;
        if (!group_holds(w, x, y)) {
            if (comma && is_unknown_town(w, x, y)) x->aside = i + 1;
            continue;
        }
        x->outer = i + 1;
        y->flags |= SPOT_OUTER;
    }
}

static void say_kind(struct where_work *w, const struct spot *s, bool division)
{
    const struct spot_group *g = &w->groups[s->group];
    for (uint32_t i = g->candidate_begin; i < g->candidate_end; i++) {
        const uint8_t kind = place_at(w, w->candidates[i].place)->kind;
        if (division ? kind == 'A' : kind == 'T' || kind == 'P') w->candidates[i].said = 1;
    }
}

/* "the state of Washington", "Nyanza province", "the town of Niger" */
static void find_kinds(struct where_work *w)
{
    for (uint32_t i = 0; i < w->n_spots; i++) {
        const struct spot *s = &w->spots[i];
        if ((s->flags & SPOT_ADJECTIVE) != 0) continue;
        const uint32_t b = s->token_begin;
        const bool of = b >= 2 && form_has(w->tree, b - 1, CLASS_OF);
        if (form_has(w->tree, s->token_end, CLASS_DIVISION_NOUN) ||
            (of && form_has(w->tree, b - 2, CLASS_DIVISION_NOUN)))
            say_kind(w, s, true);
        else if (of && form_has(w->tree, b - 2, CLASS_TOWN_NOUN))
            say_kind(w, s, false);
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
    double score = c->prior + (c->said ? choice.said : 0.0);
    for (uint32_t i = 0; i < h->n_anchors; i++)
        near += (own == NULL || h->anchors[i] != g->place) && h->anchors[i] != c->place &&
                is_near(p, place_at(w, h->anchors[i]));
    score += choice.country * tally_share(&h->countries, p->country, own_country, g->weight);
    if (p->kind != 'C') {
        score += choice.division *
                 tally_share(&h->divisions, key, own_division, own_division != 0 ? g->weight : 0.0);
        score += choice.possible * tally_share(&h->possible, key, key, g->share);
    }
    if (near != 0)
        score += choice.near_one + choice.near_all * (double)near / (double)(h->n_anchors + 1);
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

/* "Indiana, Kansas and Virginia": the kind and country of its neighbours in a list, which are
 * chosen already, speak for a candidate. */
static double points_of_list(const struct where_work *w, uint32_t i, const struct know_place *p)
{
    double points = 0.0;
    if (p->kind == 'T' || p->kind == 'P') return 0.0;
    for (int side = 0; side < 2; side++) {
        const uint32_t other = side == 0 ? i - 1 : i + 1;
        if ((side == 0 && i == 0) || other >= w->n_spots || w->spots[other].place == NONE) continue;
        if (!(side == 0 ? joins_list(w, other, i) : joins_list(w, i, other))) continue;
        const struct know_place *q = place_at(w, w->spots[other].place);
        if (p->kind == q->kind && (p->kind == 'C' || p->country == q->country))
            points += choice.listed;
    }
    return points;
}

/* A place is its neighbour in a list. */
static bool in_list(const struct where_work *w, uint32_t i)
{
    if (i > 0 && w->spots[i - 1].place != NONE && joins_list(w, i - 1, i)) return true;
    return i + 1 < w->n_spots && w->spots[i + 1].place != NONE && joins_list(w, i, i + 1);
}

/* The candidate lies in one of the spot's. */
static bool lies_in_spot(const struct where_work *w, uint32_t candidate, const struct spot *s)
{
    const struct spot_group *g = &w->groups[s->group];
    const struct know_place *p = place_at(w, w->candidates[candidate].place);
    for (uint32_t k = g->candidate_begin; k < g->candidate_end; k++)
        if (lies_in(p, place_at(w, w->candidates[k].place))) return true;
    return false;
}

/* The candidate of a spot; what is said beside it counts most. */
static uint32_t best_candidate(const struct where_work *w, uint32_t i)
{
    const struct spot *s = &w->spots[i];
    const struct spot_group *g = &w->groups[s->group];
    uint32_t best = g->best;
    double top = -1.0;
    for (uint32_t k = g->candidate_begin; s->outer == NONE && k < g->candidate_end; k++) {
        const struct candidate *a = &w->candidates[k];
        const double score = a->score + points_of_list(w, i, place_at(w, a->place));
        if (score <= top) continue;
        top = score;
        best = k;
    }
    if (s->outer == NONE) return best;
    const struct spot *outer = &w->spots[s->outer];
    const struct spot_group *o = &w->groups[outer->group];
    for (uint32_t m = o->candidate_begin; m < o->candidate_end; m++) {
        const struct candidate *b = &w->candidates[m];
        const bool nested = outer->outer != NONE && lies_in_spot(w, m, &w->spots[outer->outer]);
        for (uint32_t k = g->candidate_begin; k < g->candidate_end; k++) {
            const struct candidate *a = &w->candidates[k];
            double score = a->score + b->score + (nested ? choice.nested : 0.0);
            if (score <= top || !lies_in(place_at(w, a->place), place_at(w, b->place))) continue;
            top = score;
            best = k;
        }
    }
    return best;
}

/* ---- is it a place? ---- */

static double points_of_place(const struct know_place *p)
{
    if (p->kind == 'C') return points_for.country;
    if (p->kind != 'T') return points_for.area;
    if (p->population >= METROPOLIS) return points_for.metropolis;
    if (p->population >= CITY) return points_for.city;
    return p->population >= TOWN ? points_for.town : 0.0;
}

static bool is_tagged_place(const struct spot *s)
{
    return s->tag == NAME_GPE || s->tag == NAME_LOC;
}

static double points_of_tag(const struct spot *s)
{
    bool inner = (s->flags & SPOT_INNER) != 0;
    if (is_tagged_place(s)) return points_for.tagged_place;
    if (s->tag == NAME_PER) return inner ? points_for.inner_person : points_for.tagged_person;
    if (s->tag == NAME_ORG) return inner ? points_for.inner_body : points_for.tagged_body;
    return 0.0;
}

/* The word before it in its sentence. */
static double points_of_word_before(const struct where_work *w, const struct spot *s)
{
    const struct tree *t = w->tree;
    const uint32_t before = s->token_begin - 1;
    double points = 0.0;
    if (token_starts_sentence(w, s->token_begin)) return 0.0;
    bool capital = token_is_capital(w, before);
    if (form_has(t, before, CLASS_LOCATIVE)) points += points_for.locative;
    if (form_has(t, before, CLASS_PLACE_PREPOSITION)) points += points_for.preposition;
    if (form_has(t, before, CLASS_TITLE) || form_has(t, before, CLASS_HONORIFIC_MAN) ||
        form_has(t, before, CLASS_HONORIFIC_WOMAN))
        points += points_for.person_title;
    if (capital && !is_tagged_place(s) && !token_starts_sentence(w, before) &&
        !form_has(t, before, CLASS_SIDE))
        points += points_for.capital_before;
    if (capital && w->words[before].name == NAME_PER) points += points_for.person_before;
    return points;
}

static double points_of_word_after(const struct where_work *w, const struct spot *s)
{
    static const char *const money[] = {"$"}; /* "US$" */
    const struct tree *t = w->tree;
    const uint32_t after = s->token_end;
    const bool capital = token_is_capital(w, after);
    double points = 0.0;
    if (form_has(t, after, CLASS_POSSESSIVE)) points += points_for.owner;
    if (form_has(t, after, CLASS_TOWN_WORD))
        points += points_for.town_word;
    else if (capital && !is_tagged_place(s))
        points += points_for.capital_after;
    if (form_has(t, after, CLASS_DISEASE) || token_is_mark(w, after, money, 1))
        points += points_for.disease;
    if (capital && form_has(t, after, CLASS_NEWSPAPER)) points += points_for.newspaper;
    if (form_has(t, after, CLASS_SITE)) points += points_for.site;
    return points;
}

/* Nothing else in the story is in the country of that place. */
static bool is_stray(const struct where_work *w, const struct spot *s, const struct hints *h,
                     const struct know_place *p)
{
    const struct spot_group *g = &w->groups[s->group];
    const bool own = g->weight > 0.0 && place_at(w, g->place)->country == p->country;
    return tally_share(&h->countries, p->country, own ? p->country : 0, own ? g->weight : 0.0) <= 0;
}

static double points_of_story(const struct where_work *w, const struct spot *s,
                              const struct hints *h, const struct know_place *p)
{
    double points = 0.0;
    if (w->groups[s->group].sure && s->tag != NAME_PER) points += points_for.certain_name;
    if (in_list(w, (uint32_t)(s - w->spots))) points += points_for.listed;
    if (s->outer != NONE) points += points_for.inside;
    if ((s->flags & SPOT_OUTER) != 0) points += points_for.outside;
    if ((s->flags & SPOT_DATELINE) != 0) points += points_for.dateline;
    if ((s->flags & SPOT_PERSON) != 0) points += points_for.person;
    if ((s->flags & SPOT_BODY) != 0) points += points_for.body;
    if ((s->flags & SPOT_WEAK) != 0) points += points_for.weak;
    if ((s->flags & SPOT_PART) != 0 && p->kind != 'C') points += points_for.part;
    if ((s->flags & SPOT_LANDFORM) != 0) points += points_for.landform;
    const double share = tally_share(&h->countries, p->country, 0, 0.0);
    if (share > much_of_country) points += points_for.same_country;
    if (p->kind == 'T' && p->population < HAMLET && s->outer == NONE && is_stray(w, s, h, p))
        points += points_for.stray;
    if (tally_share(&h->divisions, division_key(p), 0, 0.0) > much_of_division)
        points += points_for.same_division;
    return points;
}

static bool is_place(struct where_work *w, const struct spot *s, const struct hints *h,
                     const struct candidate *c)
{
    const struct know_place *p = place_at(w, c->place);
    if ((s->flags & SPOT_SHORT) != 0 && (s->flags & SPOT_OUTER) == 0) return false;
    if (s->token_end - s->token_begin == 1 && s->outer == NONE &&
        form_has(w->tree, s->token_begin, CLASS_SIDE))
        return false; /* "Central and South America" */
    double points = points_of_place(p) + points_of_tag(s) + points_of_word_before(w, s) +
                    points_of_word_after(w, s) + points_of_story(w, s, h, p);
    if (points >= points_for.certain) w->groups[s->group].sure = 1;
    return points >= points_for.enough;
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
    tally_clear(&h->countries);
    tally_clear(&h->divisions);
    h->n_anchors = 0;
    for (uint32_t i = 0; i < w->n_groups; i++)
        w->groups[i].weight = 0.0;
    for (uint32_t i = 0; i < w->n_spots; i++) {
        const struct spot *s = &w->spots[i];
        double weight = (s->flags & SPOT_DATELINE) != 0 ? voice_of.dateline : voice_of.mention;
        if ((s->flags & SPOT_ADJECTIVE) != 0) {
            add_hint(w, h, s->country, voice_of.adjective);
            continue;
        }
        if (s->place == NONE) continue;
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
        const struct candidate *c = &w->candidates[best_candidate(w, i)];
        uint8_t kind = place_at(w, c->place)->kind;
        bool sure = (s->outer != NONE) || (s->flags & (SPOT_OUTER | SPOT_DATELINE)) != 0 ||
                    ((kind == 'C' || kind == 'A' || c->prior > choice.surely_large) && !c->weak);
        s->place = sure && is_place(w, s, h, c) ? c->place : NONE;
    }
}

static void choose_all(struct where_work *w, const struct hints *h)
{
    for (uint32_t i = 0; i < w->n_spots; i++) {
        struct spot *s = &w->spots[i];
        if ((s->flags & SPOT_ADJECTIVE) != 0) continue;
        const struct spot *of = s->aside != NONE ? &w->spots[s->aside] : s;
        const struct candidate *c = &w->candidates[best_candidate(w, (uint32_t)(of - w->spots))];
        s->place = is_place(w, s, h, c) ? c->place : NONE;
    }
}

bool spots_resolve(struct where_work *w)
{
    struct hints *h = ARENA_NEW(w->arena, 1, struct hints);
    if (h == NULL || !tally_new(w->arena, w->n_spots, &h->countries) ||
        !tally_new(w->arena, w->n_spots, &h->divisions) ||
        !tally_new(w->arena, w->n_candidates, &h->possible))
        return false;
    find_patterns(w);
    find_kinds(w);
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
