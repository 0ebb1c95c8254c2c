/* standin.c - places that stand for their states where something is done to them.
 *
 * In: the actors and places of a story. Out: the actors, and behind them one for each place whose
 * head is no actor's, with its country's code and the flag ACTOR_PLACE: "captured the town of
 * Izium" is done to Ukraine. Frames use them for targets only, and nobody prints them as actors. It
 * is a stage of its own because it needs what `who` and `where` found, who do not know each other,
 * and because an event names its actors by their index in the layer of `who`. */
#include "story/story.h"

static uint32_t count_places(const struct dt_doc *doc)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->where.n_places; i++)
        n +=
            !doc->where.places[i].adjective && doc->who.actor_at[doc->where.places[i].head] == NONE;
    return n;
}

static struct actor stand_in_of(struct dt_doc *doc, const struct place *p)
{
    const struct know_place *kp = &doc->know->places[p->id];
    uint32_t country = know_country(doc->know, know_str(doc->know, kp->country));
    struct actor a = {.begin = p->begin,
                      .end = p->end,
                      .token_begin = p->token_begin,
                      .token_end = p->token_end,
                      .head = p->head,
                      .entity_id = NONE,
                      .chain = ++doc->who.n_chains,
                      .kind = ACTOR_METONYM,
                      .flags = ACTOR_PLACE};
    a.code = a.country = know_z(doc->know, kp->country);
    a.name = know_z(doc->know, kp->name);
    if (country == NONE) return a;
    const struct know_entity *entity = &doc->know->entities[country];
    a.entity_id = country;
    a.entity = know_z(doc->know, entity->key);
    a.name = know_z(doc->know, entity->name);
    return a;
}

bool story_stand_ins(struct dt_doc *doc, struct arena *arena)
{
    uint32_t n = doc->who.n_actors, more = count_places(doc);
    if (more == 0) return true;
    struct actor *actors = ARENA_NEW(arena, n + more, struct actor);
    if (actors == NULL) return false;
    if (n != 0) memcpy(actors, doc->who.actors, n * sizeof *actors);
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *p = &doc->where.places[i];
        if (p->adjective || doc->who.actor_at[p->head] != NONE) continue;
        doc->who.actor_at[p->head] = n;
        actors[n++] = stand_in_of(doc, p);
    }
    doc->who.actors = actors;
    doc->who.n_actors = n;
    return true;
}
