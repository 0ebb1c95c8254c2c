/* join.c - mentions of one happening become one event.
 *
 * In: the events of a story, in order. A later mention joins an earlier event when both are of one
 * kind (CAMEO root and PLOVER type), their actors are the same or those of the later are among the
 * earlier's, and neither time, place nor status speak against it. A mention that names no actor
 * ("Thursday's talks wrapped up") joins the nearest earlier event of its kind. Cost: an event is
 * compared with the JOIN_WINDOW before it at most. Method: the pairwise test of Cybulska & Vossen
 * (2014), by rule. */
#include "story/story.h"

enum { JOIN_WINDOW = 256 }; /* more events than any story has; whole books stay linear */

/* Killing and fighting, of which one attack is often both; not abduction (181) and the like. */
static bool is_violence(const struct event *e)
{
    return strncmp(e->cameo, "180", 3) == 0 || strncmp(e->cameo, "183", 3) == 0 ||
           strncmp(e->cameo, "190", 3) == 0 || strncmp(e->cameo, "193", 3) == 0 ||
           strncmp(e->cameo, "194", 3) == 0 || strncmp(e->cameo, "195", 3) == 0;
}

static bool same_kind(const struct event *a, const struct event *b)
{
    if (strncmp(a->cameo, b->cameo, 2) != 0 && !(is_violence(a) && is_violence(b))) return false;
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

/* A time that the text gives speaks; the story's date, taken for want of another, does not. */
static bool times_agree(const struct event *a, const struct event *b)
{
    if (a->time == NONE && b->time == NONE) return true;
    if (a->time == NONE || b->time == NONE) {
        const struct event *dated = a->time != NONE ? a : b, *other = a->time != NONE ? b : a;
        if (other->from == DAY_MIN) return true;
        return dated->from < other->to && other->from < dated->to + 1;
    }
    return a->from < b->to && b->from < a->to;
}

static bool places_agree(const struct dt_doc *doc, const struct event *a, const struct event *b)
{
    if (a->place == NONE || b->place == NONE) return true;
    const struct know_place *p = &doc->know->places[doc->where.places[a->place].id];
    const struct know_place *q = &doc->know->places[doc->where.places[b->place].id];
    if (p->geonameid == q->geonameid) return true;
    if (strcmp(know_z(doc->know, p->country), know_z(doc->know, q->country)) != 0) return false;
    return p->kind == 'C' || q->kind == 'C' || p->kind == 'A' || q->kind == 'A';
}

/* Two actors that may be one: same chain, or the same country (a state and its government). */
static bool actors_agree(const struct dt_doc *doc, uint32_t a, uint32_t b)
{
    const struct actor *x = &doc->who.actors[a], *y = &doc->who.actors[b];
    if (x->chain == y->chain) return true;
    return x->country[0] != '\0' && strcmp(x->country, y->country) == 0;
}

static bool among(const struct dt_doc *doc, uint32_t actor, const uint32_t *list, unsigned n)
{
    for (unsigned i = 0; i < n; i++)
        if (actors_agree(doc, actor, list[i])) return true;
    return false;
}

static bool all_among(const struct dt_doc *doc, const uint32_t *these, unsigned n,
                      const uint32_t *list, unsigned n_list)
{
    for (unsigned i = 0; i < n; i++)
        if (!among(doc, these[i], list, n_list)) return false;
    return true;
}

static bool roles_agree(const struct dt_doc *doc, const struct event *a, const struct event *b)
{
    bool straight = all_among(doc, b->source, b->n_source, a->source, a->n_source) &&
                    all_among(doc, b->target, b->n_target, a->target, a->n_target);
    if (straight || !a->reciprocal) return straight;
    return all_among(doc, b->source, b->n_source, a->target, a->n_target) &&
           all_among(doc, b->target, b->n_target, a->source, a->n_source);
}

/* "Thursday's talks": only a noun can mean an event without saying who takes part. */
static bool is_noun(const struct dt_doc *doc, const struct event *e)
{
    return doc->frames->triggers[e->trigger].kind == TRIGGER_NOUN;
}

static bool is_one_happening(const struct dt_doc *doc, const struct event *a, const struct event *b)
{
    if (!same_kind(a, b) || !statuses_agree(a, b) || !times_agree(a, b) || !places_agree(doc, a, b))
        return false;
    /* a meeting, talks, a summit: one thing; so are an attack, the shelling, those killed in it */
    bool loose = strncmp(a->cameo, "04", 2) == 0 || (is_violence(a) && is_violence(b));
    if (strcmp(a->cameo, b->cameo) != 0 && a->frame != b->frame && !loose) return false;
    if (b->n_source + b->n_target == 0) return is_noun(doc, b);
    return roles_agree(doc, a, b);
}

static void absorb(struct event *a, const struct event *b)
{
    if (a->n_mentions < EVENT_MENTIONS) a->mentions[a->n_mentions++] = b->mentions[0];
    if (a->time == NONE && b->time != NONE) {
        a->time = b->time;
        a->from = b->from;
        a->to = b->to;
        a->precision = b->precision;
    }
    if (a->place == NONE) a->place = b->place;
    /* the more particular code names it: 046 before 040, 0871 before 087 */
    bool general = a->cameo[2] == '0' || a->cameo[2] == '\0';
    if (general && b->cameo[2] != '0' && b->cameo[2] != '\0' && a->n_operators == 0) {
        a->cameo = b->cameo;
        a->mode = b->mode;
    }
    for (int i = 0; i < b->n_quantities && a->n_quantities < EVENT_QUANTITIES; i++)
        a->quantities[a->n_quantities++] = b->quantities[i];
    a->confidence = 1 - (1 - a->confidence) * (1 - b->confidence * 0.5f);
}

void story_join(struct dt_doc *doc)
{
    struct event *events = doc->what.events;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        uint32_t into = NONE, last = kept > JOIN_WINDOW ? kept - JOIN_WINDOW : 0;
        for (uint32_t k = kept; k-- > last && into == NONE;)
            if (is_one_happening(doc, &events[k], &events[i])) into = k;
        if (into != NONE)
            absorb(&events[into], &events[i]);
        else if (!events[i].incomplete) /* nobody can complete it: later ones join earlier ones */
            events[kept++] = events[i];
    }
    doc->what.n_events = kept;
}

void story_filter(struct dt_doc *doc, unsigned status_mask)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        if (!e->incomplete && (status_mask >> e->status & 1u)) doc->what.events[kept++] = *e;
    }
    doc->what.n_events = kept;
}
