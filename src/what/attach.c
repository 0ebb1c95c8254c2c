/* attach.c - when, where, according to whom; see attach.h.
 *
 * A time or place belongs to the event when the way from its head up the tree meets the event's
 * words before it meets another clause. Among several the one nearest in the text wins. The
 * layers are sorted by position, so a sentence's items are found by a binary search. */
#include "what/attach.h"

/* True when going up from `token` one meets a word of the event: its trigger, a word it took, an
 * operator, or the clause that these stand in. Clauses other than these are not crossed. */
static bool belongs(const struct tree *t, const struct draft *d, uint32_t token)
{
    for (int step = 0; step < 12 && token != NONE; step++) {
        if (token == d->firing.token || token == d->top) return true;
        for (uint32_t i = 0; i < d->firing.used.n; i++)
            if (token == d->firing.used.at[i]) return true;
        for (uint32_t i = 0; i < d->n_operators; i++)
            if (token == d->operators[i].token) return true;
        uint8_t dep = t->words[token].dep;
        if (step > 0 && (dep == DEP_CCOMP || dep == DEP_ACL_RELCL || dep == DEP_PARATAXIS))
            return false;
        if (step > 0 && (dep == DEP_CONJ || dep == DEP_ADVCL) && tree_is_clause(t, token))
            return false;
        token = t->words[token].head;
    }
    return false;
}

/* The verb of the clause in which a noun event stands: "an attack ... KILLED ..." */
static bool shares_clause(const struct tree *t, const struct draft *d, uint32_t token)
{
    uint32_t clause = tree_is_clause(t, d->top) ? d->top : tree_governing_verb(t, d->top);
    return clause != NONE &&
           (t->words[token].head == clause || tree_governing_verb(t, token) == clause);
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* A time or a place of the sentence, as a candidate. */
struct item {
    uint32_t head, begin; /* tokens */
};

/* "a meeting IN Saudi Arabia": right behind the words of the event, wherever the parser hung it. */
static bool follows_at_once(const struct tree *t, const struct draft *d, struct item item)
{
    uint32_t marker = tree_preposition(t, item.head), last = d->firing.token;
    for (uint32_t i = 0; i < d->firing.used.n; i++)
        if (d->firing.used.at[i] > last) last = d->firing.used.at[i];
    return marker != NONE ? marker == last + 1 : item.begin == last + 1;
}

/* How well an item fits: 0 not at all, else higher is better. */
static uint32_t fitness(const struct tree *t, const struct draft *d, struct item item)
{
    uint32_t near = distance(item.head, d->firing.token);
    uint32_t score = 1000 - (near < 400 ? near : 400);
    if (belongs(t, d, item.head) || follows_at_once(t, d, item)) return score + 2000;
    if (shares_clause(t, d, item.head)) return score;
    return 0;
}

static void set_time(const struct what_input *in, struct event *e, uint32_t index)
{
    const struct timex *x = &in->when->times[index];
    e->time = index;
    e->from = x->from;
    e->to = x->to;
    int32_t days = x->to - x->from;
    e->precision = days <= 1 ? 'd' : days <= 7 ? 'w' : days <= 31 ? 'm' : 'y';
}

/* The first of n items of `size` bytes, each beginning at the token that stands `offset` bytes into
 * it, that begins at `token` or later. */
static uint32_t first_from(const void *items, uint32_t n, size_t size, size_t offset,
                           uint32_t token)
{
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2, begin;
        memcpy(&begin, (const char *)items + middle * size + offset, sizeof begin);
        if (begin < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
#define FIRST_FROM(items, n, type, token)                                                          \
    first_from((items), (n), sizeof(type), offsetof(type, token_begin), (token))

/* "cut ties in January, after crowds STORMED ...": a subordinate clause without a time of its own
 * takes that of the clause above it. */
static bool in_clause_above(const struct tree *t, const struct draft *d, uint32_t token)
{
    uint32_t clause = tree_is_clause(t, d->top) ? d->top : tree_governing_verb(t, d->top);
    if (clause == NONE) return false;
    uint8_t dep = t->words[clause].dep;
    if (dep != DEP_ADVCL && dep != DEP_ACL_RELCL && dep != DEP_ACL) return false;
    uint32_t above = tree_governing_verb(t, clause);
    return above != NONE && tree_governing_verb(t, token) == above;
}

static void attach_time(const struct what_input *in, struct draft *d)
{
    const struct tree *t = in->tree;
    const struct sentence *s = &in->text->sentences[d->event.sentence];
    uint32_t best = 0, found = NONE;
    uint32_t first = FIRST_FROM(in->when->times, in->when->n_times, struct timex, s->token_begin);
    for (uint32_t i = first; i < in->when->n_times; i++) {
        const struct timex *x = &in->when->times[i];
        if (x->token_begin >= s->token_end) break;
        if (x->from == DAY_MIN || x->type == TIMEX_DURATION || x->type == TIMEX_SET) continue;
        struct item item = {tree_span_head(t, x->token_begin, x->token_end), x->token_begin};
        uint32_t fit = fitness(t, d, item);
        if (fit == 0 && in_clause_above(t, d, item.head)) fit = 1;
        if (fit > best) {
            best = fit;
            found = i;
        }
    }
    if (found != NONE) {
        set_time(in, &d->event, found);
    } else if (in->day != DAY_MIN) {
        d->event.from = in->day;
        d->event.to = in->day + 1;
        d->event.precision = 'd';
    }
}

static bool is_locative(const struct tree *t, struct item item)
{
    uint32_t marker = tree_preposition(t, item.head);
    return marker != NONE && lemma_has(t, marker, CLASS_LOCATIVE);
}

static bool is_participant(const struct what_input *in, const struct draft *d, uint32_t token)
{
    for (uint32_t i = 0; i < d->source.n; i++)
        if (in->who->actors[d->source.at[i]].head == token) return true;
    for (uint32_t i = 0; i < d->target.n; i++)
        if (in->who->actors[d->target.at[i]].head == token) return true;
    return false;
}

static uint32_t place_fitness(const struct what_input *in, const struct draft *d,
                              const struct place *p)
{
    const struct tree *t = in->tree;
    struct item item = {p->head, p->token_begin};
    uint32_t fit = fitness(t, d, item);
    if (fit == 0) return 0;
    if (is_participant(in, d, p->head)) return 0;
    if (is_locative(t, item)) return fit + 1000;
    /* "the Istanbul talks": a place before the trigger's noun that is nobody's name */
    bool modifier = t->words[p->head].head == d->firing.token && p->head < d->firing.token;
    return modifier ? fit : 0;
}

static void attach_place(const struct what_input *in, struct draft *d)
{
    const struct sentence *s = &in->text->sentences[d->event.sentence];
    uint32_t best = 0;
    uint32_t first =
        FIRST_FROM(in->where->places, in->where->n_places, struct place, s->token_begin);
    for (uint32_t i = first; i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (p->token_begin >= s->token_end) break;
        if (p->adjective) continue;
        uint32_t fit = place_fitness(in, d, p);
        if (fit <= best) continue;
        best = fit;
        d->event.place = i;
    }
}

bool attach_prepare(const struct what_input *in, struct arena *arena, uint32_t **saying_at)
{
    const struct saying *sayings = in->said->sayings;
    uint32_t n = in->text->n_tokens, *at = ARENA_NEW(arena, n + 1, uint32_t);
    *saying_at = at;
    if (at == NULL) return false;
    for (uint32_t k = 0; k < n; k++)
        at[k] = NONE;
    for (uint32_t i = 0; i < in->said->n_sayings; i++) {
        const struct saying *s = &sayings[i];
        uint32_t size = s->content_end - s->content_begin;
        if (s->source_head == NONE) continue;
        for (uint32_t k = s->content_begin; k < s->content_end && k < n; k++)
            if (at[k] == NONE || size < sayings[at[k]].content_end - sayings[at[k]].content_begin)
                at[k] = i;
    }
    return true;
}

void attach_attribution(const struct what_input *in, const uint32_t *saying_at, struct draft *d)
{
    struct actor_list actors;
    actor_list_begin(&actors);
    d->event.saying = saying_at[d->firing.token];
    if (d->event.saying == NONE) return;
    roles_actors(in, in->said->sayings[d->event.saying].source_head, false, &actors);
    d->event.attribution = actors.n != 0 ? actors.at[0] : NONE;
}

void attach_all(const struct what_input *in, struct draft *d)
{
    attach_time(in, d);
    attach_place(in, d);
}
