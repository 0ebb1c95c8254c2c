/* settle.c - see settle.h. A story has few countries, and an event few places: a short walk each.
 */
#include "what/settle.h"

#include "know/sectors.h"
#include "what/placing.h"
#include "who/home.h"

void settle_begin(const struct what_input *in, struct arena *arena, struct settling *out)
{
    struct home_tally t = {.n = 0};
    home_count_actors(in->frames->know, &t, in->who);
    for (uint32_t i = 0; i < in->where->n_places; i++)
        home_count(in->frames->know, &t, what_place_country(in, i));
    *out = (struct settling){.in = in, .arena = arena, .home = home_most(&t, 1)};
}

/* A place whose name is an actor's acts; it does not say where. */
static bool is_actor(const struct what_input *in, const struct place *p)
{
    const uint32_t actor = in->who->actor_at[p->head];
    return actor != NONE && !(in->who->actors[actor].flags & ACTOR_PLACE) &&
           in->who->actors[actor].code[0] != '\0';
}

/* The country of the event's place, or of the only place of its sentence. */
static const char *country_here(const struct what_input *in, const struct event *e)
{
    const struct sentence *s = &in->text->sentences[e->sentence];
    const char *found = "";
    if (e->place != NONE) return what_place_country(in, e->place);
    for (uint32_t i = 0; i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (p->token_begin < s->token_begin || p->token_begin >= s->token_end) continue;
        if (is_actor(in, p)) continue;
        const char *country = what_place_country(in, i);
        if (found[0] != '\0' && strcmp(found, country) != 0) return "";
        found = country;
    }
    return found;
}

/* The country of the other side, where that is somebody: a state as such acts on others. */
static const char *country_beside(const struct what_input *in, const struct actor_list *others)
{
    for (uint32_t i = 0; i < others->n; i++) {
        const struct actor *other = &in->who->actors[others->at[i]];
        if (other->sector != NULL && other->country[0] != '\0') return other->country;
    }
    return "";
}

bool settle_country(const struct settling *s, const struct event *e,
                    const struct actor_list *others, struct party *party)
{
    const struct know *know = s->in->frames->know;
    const struct actor *actor = &s->in->who->actors[party->actor];
    const char *people = sector_with(know, SECTOR_PEOPLE);
    if (party->code[0] == '\0' && people != NULL) party->code = party->sector = people;
    if (party->country[0] != '\0' || party->sector == NULL) return true;
    if (actor->entity != NULL || actor->kind == ACTOR_NAMED) return true;
    const bool local = sector_has(know, party->sector, SECTOR_LOCAL);
    if (!local && !sector_has(know, party->sector, SECTOR_HOME) &&
        !sector_has(know, party->sector, SECTOR_STATE))
        return true;
    const char *here = country_here(s->in, e);
    if (here[0] == '\0' && local) { /* "A bomb exploded in Quetta. Police arrested two Afghans." */
        const uint32_t place = placing_around(s->in, e);
        if (place != NONE) here = what_place_country(s->in, place);
    }
    if (here[0] == '\0' && (local || sector_has(know, party->sector, SECTOR_PEOPLE)))
        here = country_beside(s->in, others);
    if (here[0] == '\0') here = s->home;
    if (!home_is_state(know, here)) return true;
    party->country = here;
    party->code = home_code(s->arena, here, party->code);
    return party->code != NULL;
}
