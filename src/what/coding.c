/* coding.c - see coding.h. */
#include "what/coding.h"

void coding_set_span(const struct coding *c, struct draft *d)
{
    struct event *e = &d->event;
    e->begin = c->in->text->tokens[d->firing.token].begin;
    e->end = c->in->text->tokens[d->firing.token].end;
    for (uint32_t i = 0; i < d->firing.used.n; i++) {
        const struct token *tok = &c->in->text->tokens[d->firing.used.at[i]];
        if (tok->begin < e->begin) e->begin = tok->begin;
        if (tok->end > e->end) e->end = tok->end;
    }
}

void coding_set_historical(const struct coding *c, struct event *e)
{
    enum { RECENT = 60 };
    if (e->status == STATUS_ACTUAL && c->in->day != DAY_MIN && e->from != DAY_MIN &&
        e->to + RECENT < c->in->day)
        e->status = STATUS_HISTORICAL;
    if (e->status == STATUS_ACTUAL && c->in->day != DAY_MIN && e->from != DAY_MIN &&
        e->from > c->in->day)
        e->status = STATUS_PLANNED;
}

static bool keep_parties(struct coding *c, const struct actor_list *list,
                         const struct actor_list *others, const struct event *e, struct range *out)
{
    const int32_t day = e->from;
    struct what_layer *layer = c->out;
    if (!CODING_ROOM(c, parties, list->n)) return false;
    out->begin = layer->n_parties;
    for (uint32_t i = 0; i < list->n; i++) {
        struct party *party = &layer->parties[layer->n_parties++];
        party->actor = list->at[i];
        party->country = c->in->who->actors[party->actor].country;
        who_code_on(c->in->frames->know, &c->in->who->actors[party->actor], day, &party->code,
                    &party->sector);
        if (!settle_country(&c->settling, e, others, party)) return false;
    }
    out->end = layer->n_parties;
    return true;
}

static bool keep_operators(struct coding *c, const struct draft *d, struct range *out)
{
    struct what_layer *layer = c->out;
    if (!CODING_ROOM(c, operators, d->n_operators)) return false;
    out->begin = layer->n_operators;
    for (uint32_t i = 0; i < d->n_operators; i++)
        layer->operators[layer->n_operators++] = d->operators[i];
    out->end = layer->n_operators;
    return true;
}

static bool keep_mention(struct coding *c, struct event *e)
{
    struct what_layer *layer = c->out;
    if (!CODING_ROOM(c, mentions, 1)) return false;
    e->mentions = (struct range){layer->n_mentions, layer->n_mentions + 1};
    layer->mentions[layer->n_mentions++] = (struct event_span){e->sentence, e->begin, e->end};
    return true;
}

bool coding_add(struct coding *c, const struct event *e)
{
    if (!CODING_ROOM(c, events, 1)) return false;
    c->out->events[c->out->n_events++] = *e;
    return true;
}

bool coding_copy(struct coding *c, struct event *e)
{
    return keep_mention(c, e);
}

bool coding_fill(struct coding *c, struct draft *d)
{
    struct event *e = &d->event;
    return keep_operators(c, d, &e->operators) && keep_mention(c, e);
}

bool coding_keep(struct coding *c, struct draft *d)
{
    struct event *e = &d->event;
    e->truncated = e->truncated || d->source.cut || d->target.cut;
    return keep_parties(c, &d->source, &d->target, e, &e->source) &&
           keep_parties(c, &d->target, &d->source, e, &e->target) && coding_fill(c, d) &&
           coding_add(c, e);
}
