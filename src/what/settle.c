/* settle.c - see settle.h. A story has few countries, and an event few places: a short walk each.
 */
#include "what/settle.h"

#include "know/sectors.h"

enum { MOST_COUNTRIES = 64 };

struct tally {
    const char *country[MOST_COUNTRIES];
    uint32_t count[MOST_COUNTRIES];
    uint32_t n, total;
};

/* A state: no region, no organisation of states. */
static bool is_state(const struct know *know, const char *country)
{
    const uint32_t id = know_country(know, str_c(country));
    return id != NONE && !know->entities[id].region;
}

static void count_country(const struct know *know, struct tally *t, const char *country)
{
    uint32_t i = 0;
    if (!is_state(know, country)) return;
    while (i < t->n && strcmp(t->country[i], country) != 0)
        i++;
    if (i == MOST_COUNTRIES) return;
    if (i == t->n) t->country[t->n++] = country;
    t->count[i]++;
    t->total++;
}

static const char *place_country(const struct what_input *in, uint32_t place)
{
    const struct know *know = in->frames->know;
    return know_z(know, know->places[in->where->places[place].id].country);
}

/* The only country of the story, or one that it names twice as often as all others together. */
static const char *home_of(const struct what_input *in)
{
    const struct know *know = in->frames->know;
    struct tally t = {.n = 0};
    uint32_t best = 0;
    for (uint32_t i = 0; i < in->who->n_actors; i++)
        if (in->who->actors[i].kind != ACTOR_PRONOUN)
            count_country(know, &t, in->who->actors[i].country);
    for (uint32_t i = 0; i < in->where->n_places; i++)
        count_country(know, &t, place_country(in, i));
    for (uint32_t i = 1; i < t.n; i++)
        if (t.count[i] > t.count[best]) best = i;
    return t.n != 0 && t.count[best] * 3 >= t.total * 2 ? t.country[best] : "";
}

void settle_begin(const struct what_input *in, struct arena *arena, struct settling *out)
{
    *out = (struct settling){.in = in, .arena = arena, .home = home_of(in)};
}

/* The country of the event's place, or of the only place of its sentence. */
static const char *country_here(const struct what_input *in, const struct event *e)
{
    const struct sentence *s = &in->text->sentences[e->sentence];
    const char *found = "";
    if (e->place != NONE) return place_country(in, e->place);
    for (uint32_t i = 0; i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (p->token_begin < s->token_begin || p->token_begin >= s->token_end) continue;
        const char *country = place_country(in, i);
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

static bool has_any(const struct know *know, const char *sector, enum sector_class a,
                    enum sector_class b, enum sector_class c)
{
    return sector_has(know, sector, a) || sector_has(know, sector, b) ||
           sector_has(know, sector, c);
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
    if (!has_any(know, party->sector, SECTOR_LOCAL, SECTOR_HOME, SECTOR_STATE)) return true;
    const char *here = country_here(s->in, e);
    if (here[0] == '\0' && has_any(know, party->sector, SECTOR_LOCAL, SECTOR_PEOPLE, SECTOR_PEOPLE))
        here = country_beside(s->in, others);
    if (here[0] == '\0') here = s->home;
    if (!is_state(know, here)) return true;
    size_t n = strlen(here), m = strlen(party->code);
    char *code = arena_array(s->arena, n + m + 1, 1);
    if (code == NULL) return false;
    memcpy(code, here, n);
    memcpy(code + n, party->code, m);
    party->country = here;
    party->code = code;
    return true;
}
