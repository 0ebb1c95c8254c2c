/* join.c - mentions of one happening become one event.
 *
 * In: the events of a story, in order. A later mention joins an earlier event when both are of one
 * kind (CAMEO root and PLOVER type), their actors are the same or those of the later are among the
 * earlier's, and neither time, place nor status speak against it. A mention that names no actor
 * ("Thursday's talks wrapped up") joins the nearest earlier event of its kind. Cost: an event is
 * compared with the JOIN_WINDOW before it at most. The headline tells what the story tells, in
 * other words, without a day and with some of the actors: an event of it joins the first of its
 * kind in the text, whose words become the event's own. Method: the pairwise test of Cybulska &
 * Vossen (2014), by rule. */
#include "story/story.h"

enum { JOIN_WINDOW = 256 };  /* more events than any story has; whole books stay linear */
enum { AMOUNT_WINDOW = 64 }; /* likewise for the amounts of one happening */

static bool are_both(const struct event *a, const struct event *b, uint16_t kind)
{
    return (a->kind & b->kind & kind) != 0;
}

static bool same_kind(const struct event *a, const struct event *b)
{
    if (strncmp(a->cameo, b->cameo, 2) != 0 && !are_both(a, b, FRAME_VIOLENCE)) return false;
    if (a->plover == NULL || b->plover == NULL) return a->plover == b->plover;
    return strcmp(a->plover, b->plover) == 0;
}

static bool happened(uint8_t status)
{
    return status == STATUS_ACTUAL || status == STATUS_HISTORICAL;
}

static bool statuses_agree(const struct event *a, const struct event *b)
{
    return a->status == b->status || (happened(a->status) && happened(b->status));
}

static bool is_told(const struct event *e)
{
    return e->date_basis > BASIS_STORY;
}

/* A time that the text gives speaks; the story's date, taken for want of another, does not. */
static bool times_agree(const struct event *a, const struct event *b)
{
    bool first = is_told(a), second = is_told(b);
    if (!first && !second) return true;
    if (!first || !second) {
        const struct event *dated = first ? a : b, *other = first ? b : a;
        if (other->from == DAY_MIN) return true;
        if (dated->time == NONE) return dated->from < other->to && other->from < dated->to;
        return dated->from < other->to && other->from < dated->to + 1;
    }
    return a->from < b->to && b->from < a->to;
}

/* The headline is of the story's day, what it tells of may be some days older, or lie ahead. */
static bool headline_agrees(const struct event *headline, const struct event *e)
{
    enum { DAYS_BACK = 10 };
    if (is_told(headline) || !is_told(e)) return times_agree(headline, e);
    if (headline->from == DAY_MIN || e->from == DAY_MIN) return true;
    if (!happened(e->status)) return e->to > headline->from;
    return e->from < headline->to && e->to + DAYS_BACK > headline->from;
}

static bool places_agree(const struct dt_doc *doc, const struct event *a, const struct event *b)
{
    if (a->place_basis != PLACE_BY_PHRASE || b->place_basis != PLACE_BY_PHRASE) return true;
    const struct know_place *p = &doc->know->places[doc->where.places[a->place].id];
    const struct know_place *q = &doc->know->places[doc->where.places[b->place].id];
    if (p->geonameid == q->geonameid) return true;
    if (strcmp(know_z(doc->know, p->country), know_z(doc->know, q->country)) != 0) return false;
    return p->kind == 'C' || q->kind == 'C' || p->kind == 'A' || q->kind == 'A';
}

/* Two parties that may be one: same chain, the same country (a state and its government), or the
 * same code where nobody says whose they are ("killed 40 people and wounded 60"). */
static bool parties_agree(const struct dt_doc *doc, const struct party *x, const struct party *y)
{
    if (doc->who.actors[x->actor].chain == doc->who.actors[y->actor].chain) return true;
    return strcmp(x->country[0] != '\0' ? x->country : x->code,
                  y->country[0] != '\0' ? y->country : y->code) == 0;
}

static bool among(const struct dt_doc *doc, const struct party *party, struct range side)
{
    for (uint32_t i = side.begin; i < side.end; i++)
        if (parties_agree(doc, party, &doc->what.parties[i])) return true;
    return false;
}

static bool all_among(const struct dt_doc *doc, struct range these, struct range side)
{
    for (uint32_t i = these.begin; i < these.end; i++)
        if (!among(doc, &doc->what.parties[i], side)) return false;
    return true;
}

/* "Seven were KILLED in Israeli AIRSTRIKES": two words of a sentence for one deed, each of which
 * may lack a side that the other has. */
static bool complete_each_other(const struct dt_doc *doc, const struct event *a,
                                const struct event *b)
{
    if (a->sentence != b->sentence || !are_both(a, b, FRAME_VIOLENCE)) return false;
    if (range_count(a->operators) + range_count(b->operators) != 0) return false;
    bool sources = range_count(a->source) == 0 || range_count(b->source) == 0 ||
                   all_among(doc, b->source, a->source);
    bool targets = range_count(a->target) == 0 || range_count(b->target) == 0 ||
                   all_among(doc, b->target, a->target) || all_among(doc, a->target, b->target);
    bool whole = range_count(a->source) != 0 && range_count(a->target) != 0 &&
                 range_count(b->source) != 0 && range_count(b->target) != 0;
    return sources && targets && !whole;
}

static bool is_headline(const struct dt_doc *doc, const struct event *e)
{
    return e->begin < doc->text.map.headline;
}

/* Of headline and text each may name fewer of those who take part. */
static bool sides_overlap(const struct dt_doc *doc, struct range a, struct range b)
{
    return all_among(doc, a, b) || all_among(doc, b, a);
}

static bool told_by_headline(const struct dt_doc *doc, const struct event *headline,
                             const struct event *e)
{
    if (!headline_agrees(headline, e)) return false;
    if (sides_overlap(doc, headline->source, e->source) &&
        sides_overlap(doc, headline->target, e->target))
        return true;
    return (headline->reciprocal || e->reciprocal) &&
           sides_overlap(doc, headline->source, e->target) &&
           sides_overlap(doc, headline->target, e->source);
}

static bool roles_agree(const struct dt_doc *doc, const struct event *a, const struct event *b)
{
    bool straight = all_among(doc, b->source, a->source) && all_among(doc, b->target, a->target);
    if (straight || !a->reciprocal) return straight;
    return all_among(doc, b->source, a->target) && all_among(doc, b->target, a->source);
}

/* "Thursday's talks": only a noun can mean an event without saying who takes part. */
static bool is_noun(const struct dt_doc *doc, const struct event *e)
{
    if (e->trigger == NONE) return doc->lang.words[e->token].upos == UPOS_NOUN;
    return doc->frames->triggers[e->trigger].kind == TRIGGER_NOUN;
}

static bool is_one_happening(const struct dt_doc *doc, const struct event *a, const struct event *b)
{
    if (!same_kind(a, b) || !statuses_agree(a, b) || !places_agree(doc, a, b)) return false;
    if (is_headline(doc, a) && !is_headline(doc, b)) return told_by_headline(doc, a, b);
    if (!times_agree(a, b)) return false;
    /* a meeting, talks, a summit: one thing; so are an attack, the shelling, those killed in it */
    bool loose = (a->kind & FRAME_MEETING) != 0 || are_both(a, b, FRAME_VIOLENCE);
    if (strcmp(a->cameo, b->cameo) != 0 && (a->frame != b->frame || a->frame == NONE) && !loose)
        return false;
    if (complete_each_other(doc, a, b)) return true;
    if (range_count(b->source) + range_count(b->target) == 0) return is_noun(doc, b);
    return roles_agree(doc, a, b);
}

/* What the earlier event takes over from the later one; its lists are laid out at the end. */
static void absorb(struct event *a, const struct event *b)
{
    if (!is_told(a) && is_told(b)) {
        a->date_basis = b->date_basis;
        a->time = b->time;
        a->from = b->from;
        a->to = b->to;
        a->precision = b->precision;
    }
    if (a->place_id == NONE || (b->place_id != NONE && b->place_basis < a->place_basis)) {
        a->place = b->place;
        a->place_id = b->place_id;
        a->place_basis = b->place_basis;
    }
    if (range_count(a->source) == 0) a->source = b->source;
    if (range_count(a->target) == 0) a->target = b->target;
    /* the more particular code names it: 046 before 040, 0871 before 087; fighting before killing
     */
    bool general = a->cameo[2] == '0' || a->cameo[2] == '\0';
    bool particular = b->cameo[2] != '0' && b->cameo[2] != '\0';
    bool fought = are_both(a, b, FRAME_VIOLENCE) && strcmp(b->cameo, a->cameo) > 0;
    if (general && (particular || fought) && range_count(a->operators) == 0) {
        a->cameo = b->cameo;
        a->kind = b->kind;
        a->mode = b->mode;
    }
    a->truncated = a->truncated || b->truncated;
    a->confidence = 1 - (1 - a->confidence) * (1 - b->confidence * 0.5f);
}

/* Which events become one: chains through the events of the story, in order. */
struct joining {
    uint32_t *standing; /* the first of each chain */
    uint32_t n_standing;
    uint32_t *next; /* for each event: the next of its chain, or NONE */
    uint32_t *last; /* for the first of a chain: its last */
};

static bool begin_joining(struct arena *arena, uint32_t n, struct joining *j)
{
    j->n_standing = 0;
    j->standing = ARENA_NEW(arena, n, uint32_t);
    j->next = ARENA_NEW(arena, n, uint32_t);
    j->last = ARENA_NEW(arena, n, uint32_t);
    return j->standing != NULL && j->next != NULL && j->last != NULL;
}

/* The nearest earlier event that event `i` is a mention of, or NONE. */
static uint32_t find_earlier(const struct dt_doc *doc, const struct joining *j, uint32_t i)
{
    uint32_t stop = j->n_standing > JOIN_WINDOW ? j->n_standing - JOIN_WINDOW : 0;
    for (uint32_t k = j->n_standing; k-- > stop;)
        if (is_one_happening(doc, &doc->what.events[j->standing[k]], &doc->what.events[i]))
            return j->standing[k];
    return NONE;
}

/* Event `i` of the text takes the place of that of the headline, which becomes its mention. */
static void take_over(struct dt_doc *doc, struct joining *j, uint32_t headline, uint32_t i)
{
    uint32_t k = j->n_standing - 1; /* it is among the last JOIN_WINDOW */
    absorb(&doc->what.events[i], &doc->what.events[headline]);
    while (j->standing[k] != headline)
        k--;
    j->n_standing--;
    memmove(&j->standing[k], &j->standing[k + 1], (j->n_standing - k) * sizeof *j->standing);
    j->standing[j->n_standing++] = i;
    j->next[i] = headline;
    j->last[i] = j->last[headline];
}

/* Whether the event that it joins is the headline's, and it names an actor as that does. */
static bool takes_over(const struct dt_doc *doc, uint32_t into, uint32_t i)
{
    const struct event *e = &doc->what.events[i];
    return is_headline(doc, &doc->what.events[into]) && !is_headline(doc, e) && !e->incomplete &&
           range_count(e->source) + range_count(e->target) != 0;
}

static void find_chains(struct dt_doc *doc, struct joining *j)
{
    struct event *events = doc->what.events;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        bool answer = doc->what.answered && i + 1 == doc->what.n_events;
        uint32_t into = answer ? NONE : find_earlier(doc, j, i);
        j->next[i] = NONE;
        if (into != NONE && takes_over(doc, into, i)) {
            take_over(doc, j, into, i);
        } else if (into != NONE) {
            absorb(&events[into], &events[i]);
            j->next[j->last[into]] = i;
            j->last[into] = i;
        } else if (!events[i].incomplete) { /* nobody completes it: later ones join earlier ones */
            j->standing[j->n_standing++] = i;
            j->last[i] = i;
        }
    }
}

/* "Two diplomats" of the headline and of the sentence are one amount. */
static bool told_before(const struct dt_doc *doc, const uint32_t *list, uint32_t n, uint32_t given)
{
    const struct quantity *all = doc->when.quantities, *q = &all[given];
    for (uint32_t i = n > AMOUNT_WINDOW ? n - AMOUNT_WINDOW : 0; i < n; i++) {
        const struct quantity *p = &all[list[i]];
        if (p->kind == q->kind && p->value == q->value && strcmp(p->unit, q->unit) == 0)
            return true;
    }
    return false;
}

/* Appends the lists of the chain's events to those of `to`, where they are the first one's. */
static void lay_out_chain(const struct dt_doc *doc, const struct what_layer *from,
                          const struct joining *j, uint32_t first, struct what_layer *to)
{
    struct range mentions = {to->n_mentions, 0}, quantities = {to->n_quantities, 0};
    for (uint32_t i = first; i != NONE; i = j->next[i]) {
        const struct event *e = &from->events[i];
        for (uint32_t k = e->mentions.begin; k < e->mentions.end; k++)
            to->mentions[to->n_mentions++] = from->mentions[k];
        for (uint32_t k = e->quantities.begin; k < e->quantities.end; k++)
            if (!told_before(doc, to->quantities + quantities.begin,
                             to->n_quantities - quantities.begin, from->quantities[k]))
                to->quantities[to->n_quantities++] = from->quantities[k];
    }
    mentions.end = to->n_mentions;
    quantities.end = to->n_quantities;
    from->events[first].mentions = mentions;
    from->events[first].quantities = quantities;
}

bool story_join(struct dt_doc *doc, struct arena *arena)
{
    const struct what_layer from = doc->what;
    struct what_layer *to = &doc->what;
    struct joining j;
    if (from.n_events == 0) return true;
    if (!begin_joining(arena, from.n_events, &j)) return false;
    to->mentions = ARENA_NEW(arena, from.n_mentions + 1, struct event_span);
    to->quantities = ARENA_NEW(arena, from.n_quantities + 1, uint32_t);
    if (to->mentions == NULL || to->quantities == NULL) return false;
    find_chains(doc, &j);
    to->n_mentions = to->n_quantities = 0;
    for (uint32_t k = 0; k < j.n_standing; k++)
        lay_out_chain(doc, &from, &j, j.standing[k], to);
    for (uint32_t k = 0; k < j.n_standing; k++)
        to->events[k] = to->events[j.standing[k]];
    to->n_events = j.n_standing;
    return true;
}

void story_filter(struct dt_doc *doc, unsigned status_mask, double min_confidence)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        bool answer = doc->what.answered && i + 1 == doc->what.n_events;
        if (answer || (!e->incomplete && (status_mask >> e->status & 1u) &&
                       (double)e->confidence >= min_confidence))
            doc->what.events[kept++] = *e;
    }
    doc->what.n_events = kept;
}
