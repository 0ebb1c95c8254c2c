/* attach.c - how much, according to whom; see attach.h. When: dating.c, where: placing.c.
 *
 * A place belongs to the event when the way from its head up the tree meets the event's
 * words before it meets another clause. Among several the one nearest in the text wins. The
 * layers are sorted by position, so a sentence's items are found by a binary search. */
#include "what/attach.h"

#include "what/dating.h"
#include "what/placing.h"

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

/* "a meeting IN Saudi Arabia": right behind the words of the event, wherever the parser hung it. */
static bool follows_at_once(const struct tree *t, const struct draft *d, struct attach_item item)
{
    uint32_t marker = tree_preposition(t, item.head), last = d->firing.token;
    for (uint32_t i = 0; i < d->firing.used.n; i++)
        if (d->firing.used.at[i] > last) last = d->firing.used.at[i];
    return marker != NONE ? marker == last + 1 : item.begin == last + 1;
}

uint32_t attach_fitness(const struct tree *t, const struct draft *d, struct attach_item item)
{
    uint32_t near = distance(item.head, d->firing.token);
    uint32_t score = 1000 - (near < 400 ? near : 400);
    if (dating_belongs(t, d, item.head) || follows_at_once(t, d, item)) return score + 2000;
    if (shares_clause(t, d, item.head)) return score;
    return 0;
}

uint32_t attach_first(const void *items, uint32_t n, size_t size, size_t offset, uint32_t token)
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

void attach_all(const struct what_input *in, struct arena *arena, struct draft *d)
{
    dating_set(in, arena, d);
    placing_phrase(in, d);
}
