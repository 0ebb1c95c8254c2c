/* evidence_home.c - what speaks for an actor's country and sector in an event; see evidence.h. */
#include "what/evidence.h"

#include "what/evidence_rows.h"
#include "who/home.h"

/* ---- homes ---- */

bool evidence_is_homeless(const struct actor *a)
{
    if (strcmp(a->code, CODE_UNKNOWN) == 0) return false;
    return a->country[0] == '\0' || a->inferred != INFERRED_NOT || strcmp(a->country, "IMG") == 0;
}

static void count_home(const struct know *know, struct evidence_homes *h, const char *country)
{
    uint32_t i = 0;
    if (!home_is_state(know, country)) return;
    while (i < h->n && strcmp(h->country[i], country) != 0)
        i++;
    if (i == HOMES_MOST) return;
    if (i == h->n) {
        h->country[h->n] = country;
        h->count[h->n++] = 0;
    }
    h->count[i]++;
}

/* Its country is one that the text names. */
static bool is_home(const struct actor *a)
{
    return a->kind != ACTOR_PRONOUN && !(a->flags & ACTOR_PLACE) && a->inferred == INFERRED_NOT;
}

void evidence_list_homes(const struct what_input *in, struct evidence_homes *out)
{
    const struct know *know = in->frames->know;
    out->n = 0;
    for (uint32_t i = 0; i < in->who->n_actors; i++)
        if (is_home(&in->who->actors[i])) count_home(know, out, in->who->actors[i].country);
    for (uint32_t i = 0; i < in->where->n_places; i++)
        count_home(know, out, what_place_country(in, i));
}

enum home_bit {
    HOME_PLACE = 1,  /* a place of it is in the sentence */
    HOME_ACTOR = 2,  /* an actor of it is */
    HOME_INSIDE = 4, /* in the party's own words */
    HOME_CLAUSE = 8, /* a place of it hangs on the event's word */
    HOME_MOST_NAMED = 16,
    HOME_ONLY = 32,       /* the story names no other */
    HOME_ONLY_PLACE = 64, /* no place of another is in the sentence */
    HOME_FIRST = 128,
    HOME_EARLIER = 256 /* it is in the sentence before */
};

static bool below(const struct tree *t, uint32_t token, uint32_t top)
{
    for (uint32_t i = token, n = 0; i != NONE && n < PATH_MOST; i = t->words[i].head, n++)
        if (i == top) return true;
    return false;
}

/* Steps from the nearer of two words; places behind a word say more of it than those before. */
static uint32_t steps(uint32_t from, uint32_t to)
{
    return to > from ? to - from : 2 * (from - to);
}

static uint32_t home_bits(const struct evidence_view *v, uint32_t token, uint32_t actor,
                          uint32_t home, uint32_t *far, uint32_t *rank)
{
    const struct what_input *in = v->in;
    const struct tree *t = in->tree;
    const struct actor *a = &in->who->actors[actor];
    const struct evidence_homes *h = v->homes;
    uint32_t bits = 0, others = 0, most = 0, nearest = UINT32_MAX, near_other = UINT32_MAX;
    *far = 64;
    for (uint32_t i = 0; i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (t->sentence[p->head] != v->sentence || p->adjective) continue;
        uint32_t n = steps(a->head, p->head);
        if (strcmp(what_place_country(in, i), h->country[home]) != 0) {
            near_other = n < near_other ? n : near_other;
            others++;
            continue;
        }
        nearest = n < nearest ? n : nearest;
        uint32_t d = p->head > token ? p->head - token : token - p->head;
        bits |= HOME_PLACE;
        if (below(t, p->head, token)) bits |= HOME_CLAUSE;
        if (below(t, p->head, a->head) && p->head != a->head) bits |= HOME_INSIDE;
        if (d < *far) *far = d;
    }
    for (uint32_t i = 0; i < v->n_parties; i++) {
        const struct actor *b = &in->who->actors[v->parties[i]];
        if (b->inferred != INFERRED_NOT || strcmp(b->country, h->country[home]) != 0) continue;
        bits |= i < v->n_earlier ? HOME_EARLIER : HOME_ACTOR;
        if (i >= v->n_earlier && below(t, b->head, a->head) && b->head != a->head)
            bits |= HOME_INSIDE;
    }
    for (uint32_t i = 1; i < h->n; i++)
        if (h->count[i] > h->count[most]) most = i;
    if (home == most) bits |= HOME_MOST_NAMED;
    if (h->n == 1) bits |= HOME_ONLY;
    if (others == 0 && (bits & HOME_PLACE)) bits |= HOME_ONLY_PLACE;
    if (home == 0) bits |= HOME_FIRST;
    *rank = nearest == UINT32_MAX ? 0 : 1u + (nearest < near_other) + 2u * (bucket(nearest) > 3);
    return bits;
}

void evidence_of_home(const struct evidence_view *v, uint32_t token, uint32_t actor, uint32_t side,
                      uint32_t type, uint32_t home, uint32_t other, struct evidence *out)
{
    const struct actor *a = &v->in->who->actors[actor];
    const char *its = other != NONE ? v->in->who->actors[other].country : "";
    uint32_t bits = 1u << 16, far = 99, rank = 9, sector = text_key(a->sector);
    uint32_t count = 0, word = key(v, a->head), kind = kind_of_actor(a), named = 0;
    if (home < v->homes->n) {
        bits = home_bits(v, token, actor, home, &far, &rank);
        count = v->homes->count[home];
        named = text_key(v->homes->country[home]);
    }
    uint32_t more = v->homes->n > 3 ? 3 : v->homes->n;
    out->n = 0;
    add(out, ABOUT_HOME, bits, side);
    for (uint32_t b = 1; b <= bits; b <<= 1)
        if (bits & b) add(out, ABOUT_HOME, b, 2u + side);
    add(out, ABOUT_HOME, mix(1, bits, type), side);
    add(out, ABOUT_HOME, mix(2, bits, sector), side);
    add(out, ABOUT_HOME, mix(3, bits, kind), side);
    add(out, ABOUT_HOME, mix(4, bits, word), side);
    add(out, ABOUT_HOME, mix(5, bits, key(v, token)), side);
    add(out, ABOUT_HOME, mix(6, bucket(far), bits & HOME_PLACE), side);
    add(out, ABOUT_HOME, mix(7, count > 3 ? 3 : count, more), bits >> 16);
    add(out, ABOUT_HOME, mix(8, bits >> 16, word), side);
    add(out, ABOUT_HOME, mix(9, bits >> 16, key(v, token)), side);
    add(out, ABOUT_HOME, mix(10, bits >> 16, mix(1, sector, type)), side);
    if (a->inferred != INFERRED_NOT) {
        uint32_t guess = home < v->homes->n && strcmp(a->country, v->homes->country[home]) == 0;
        add(out, ABOUT_HOME, mix(16, guess, a->inferred), 0);
        add(out, ABOUT_HOME, mix(17, guess, a->inferred), bits);
        add(out, ABOUT_HOME, mix(18, guess, sector), a->inferred);
    }
    add(out, ABOUT_HOME, mix(11, rank, bits & HOME_ACTOR), side);
    add(out, ABOUT_HOME, mix(12, rank, word), side);
    add(out, ABOUT_HOME, mix(13, named, sector), side);
    add(out, ABOUT_HOME, mix(14, named, text_key(a->entity)), side);
    for (uint32_t i = a->head > v->begin + 5 ? a->head - 5 : v->begin; i < a->head; i++)
        if (v->in->tree->words[i].head == a->head)
            add(out, ABOUT_HOME, mix(15, bits >> 16, key(v, i)), bits & HOME_PLACE);
    uint32_t same =
        home < v->homes->n && its[0] != '\0' ? 1u + (strcmp(its, v->homes->country[home]) == 0) : 0;
    add(out, ABOUT_HOME_OTHER, same, side);
    add(out, ABOUT_HOME_OTHER, mix(1, same, type), side);
    add(out, ABOUT_HOME_OTHER, mix(2, same, sector), side);
}

/* ---- sectors ---- */

void evidence_of_sector(const struct evidence_view *v, uint32_t token, uint32_t actor,
                        uint32_t side, uint32_t type, uint32_t other, struct evidence *out)
{
    enum { BESIDE = 5 }; /* words before the head, and behind it, that may belong to it */
    const struct tree *t = v->in->tree;
    const struct actor *a = &v->in->who->actors[actor];
    const struct word *head = &t->words[a->head];
    uint32_t word = key(v, a->head), own = text_key(a->sector);
    uint32_t its = other == NONE ? 0 : text_key(v->in->who->actors[other].sector);
    uint32_t name = head->name, plural = a->flags & ACTOR_PLURAL, about = mix(1, type, side);
    uint32_t begin = a->head > v->begin + BESIDE ? a->head - BESIDE : v->begin;
    uint32_t end = a->head + BESIDE < v->end ? a->head + BESIDE : v->end;
    out->n = 0;
    add(out, ABOUT_SECTOR_WORD, word, 0);
    add(out, ABOUT_SECTOR_WORD, word, about);
    add(out, ABOUT_SECTOR_WORD, mix(2, word, own), 0);
    for (uint32_t g = 0; g < MEANING_GRAINS; g++) {
        add(out, ABOUT_SECTOR_WORD, v->in->meaning[a->head][g], 8 + g);
        add(out, ABOUT_SECTOR_WORD, mix(5, v->in->meaning[a->head][g], about), 8 + g);
        add(out, ABOUT_SECTOR_WORD, mix(6, v->in->meaning[a->head][g], own), 8 + g);
    }
    for (uint32_t i = begin; i < end; i++) {
        if (t->words[i].head != a->head) continue;
        uint32_t dep = t->words[i].dep, before = i < a->head;
        add(out, ABOUT_SECTOR_WORD, mix(3, key(v, i), dep), before);
        add(out, ABOUT_SECTOR_WORD, mix(4, key(v, i), before), 1);
        add(out, ABOUT_SECTOR_WORD, mix(7, meaning(v, i), before), 1);
    }
    if (head->head != NONE) {
        add(out, ABOUT_SECTOR_OF, key(v, head->head), head->dep);
        add(out, ABOUT_SECTOR_OF, mix(1, head->dep, name), plural);
    }
    add(out, ABOUT_SECTOR_OF, mix(2, own, 0), 0);
    add(out, ABOUT_SECTOR_OF, mix(3, own, kind_of_actor(a)), 0);
    add(out, ABOUT_SECTOR_SIDE, about, 0);
    add(out, ABOUT_SECTOR_SIDE, about, mix(1, own, its));
    add(out, ABOUT_SECTOR_SIDE, mix(2, about, name), plural);
    add(out, ABOUT_SECTOR_SIDE, mix(3, side, key(v, token)), 0);
    add(out, ABOUT_SECTOR_SIDE, mix(4, side, key(v, token)), mix(1, own, name));
    add(out, ABOUT_SECTOR_SIDE, mix(5, side, its), name);
    add(out, ABOUT_SECTOR_SIDE, mix(6, side, meaning(v, token)), own);
}
