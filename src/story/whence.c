/* whence.c - the country of an actor whose own words do not say it.
 *
 * "Police arrested two students in Lagos": whose they are follows from where it happens, from what
 * else the sentence names, from what the story is about. In: the actors and the places of a story.
 * Out: actors of sectors that act somewhere (words/sectors.txt: state, party, local, home), who had
 * no country, get the one country that the places of their sentence lie in; else the one that far
 * the most of the story is about; else the one that their sentence names; else the one that the
 * story names most, or named last before them. `inferred` says which. Who is unknown (UNK), and
 * bodies that may be from anywhere, stay as they are. A stage of its own because it needs what
 * `who` and `where` found.
 *
 * When the events are found, whoever had no code at all ("a hotel", a name that nobody knows) gets
 * the one that the first of his events gave him.
 *
 * Two passes over actors and places, one over the parties; linear, a story naming few countries. */
#include "know/sectors.h"
#include "story/story.h"
#include "who/home.h"

/* The countries that a sentence names: one, or more than one. */
struct named {
    const char *country; /* NULL: none */
    bool more;
};

struct whence {
    struct dt_doc *doc;
    struct arena *arena;
    struct named *place, *any; /* of each sentence */
    struct home_tally tally;   /* of the story */
    const char *home, *most;   /* far more than all others; more than any other; "" */
    const char *last;          /* named last before the actor that is asked for; "" */
    uint32_t next_place;
    const char *asked; /* the country that names_state() was asked for last */
    bool asked_is_state;
};

/* Stories name one country again and again: the last answer is kept. */
static bool names_state(struct whence *w, const char *country)
{
    if (country == w->asked) return w->asked_is_state;
    w->asked = country;
    w->asked_is_state = home_is_state(w->doc->know, country);
    return w->asked_is_state;
}

static void name_country(struct named *n, const char *country)
{
    if (n->country == NULL) n->country = country;
    n->more |= strcmp(n->country, country) != 0;
}

static void note_places(struct whence *w)
{
    struct dt_doc *d = w->doc;
    for (uint32_t i = 0; i < d->where.n_places; i++) {
        const struct place *p = &d->where.places[i];
        const char *country = know_z(d->know, d->know->places[p->id].country);
        if (!names_state(w, country)) continue;
        uint32_t sentence = d->tree.sentence[p->head];
        if (!p->adjective) name_country(&w->place[sentence], country);
        name_country(&w->any[sentence], country);
        home_count(d->know, &w->tally, country);
    }
}

static void note_actors(struct whence *w)
{
    struct dt_doc *d = w->doc;
    for (uint32_t i = 0; i < d->who.n_actors; i++) {
        const struct actor *a = &d->who.actors[i];
        if (a->inferred != INFERRED_NOT || !names_state(w, a->country)) continue;
        if (!sector_has(d->know, a->sector, SECTOR_PEOPLE)) /* two Afghans may be anywhere */
            name_country(&w->any[d->tree.sentence[a->head]], a->country);
        if (a->kind != ACTOR_PRONOUN) home_count(d->know, &w->tally, a->country);
    }
}

/* The country that the story names most; "" where two are named as often. */
static const char *most_named(const struct home_tally *t)
{
    uint32_t best = 0;
    bool tie = false;
    for (uint32_t i = 1; i < t->n; i++) {
        tie = t->count[i] == t->count[best] || (tie && t->count[i] < t->count[best]);
        if (t->count[i] > t->count[best]) best = i;
    }
    return t->n == 0 || tie ? "" : t->country[best];
}

/* Criminals and the like are where they act, but no country is theirs. */
static bool has_a_country(const struct know *know, const char *sector)
{
    return sector_has(know, sector, SECTOR_STATE) || sector_has(know, sector, SECTOR_PARTY) ||
           sector_has(know, sector, SECTOR_HOME);
}

static bool is_somewhere(const struct know *know, const struct actor *a)
{
    if (a->country[0] != '\0' || a->code[0] == '\0' || a->entity != NULL) return false;
    if (a->inferred == INFERRED_NEVER) return false;
    return has_a_country(know, a->sector) || sector_has(know, a->sector, SECTOR_LOCAL);
}

/* Walks on to an actor: the places before it have been named. */
static void pass_places(struct whence *w, uint32_t before)
{
    const struct dt_doc *d = w->doc;
    for (; w->next_place < d->where.n_places; w->next_place++) {
        const struct place *p = &d->where.places[w->next_place];
        const char *country = know_z(d->know, d->know->places[p->id].country);
        if (p->begin >= before) return;
        if (names_state(w, country)) w->last = country;
    }
}

static const char *country_from(const struct whence *w, const struct actor *a, uint8_t *inferred)
{
    const uint32_t sentence = w->doc->tree.sentence[a->head];
    const struct named *place = &w->place[sentence], *any = &w->any[sentence];
    if (place->country != NULL && !place->more) {
        *inferred = INFERRED_PLACE;
        return place->country;
    }
    *inferred = INFERRED_NOT;
    if (!has_a_country(w->doc->know, a->sector)) return "";
    if (w->home[0] == '\0' && any->country != NULL && !any->more) {
        *inferred = INFERRED_SENTENCE;
        return any->country;
    }
    *inferred = INFERRED_STORY;
    if (w->home[0] != '\0') return w->home;
    /* "a diplomat said": one official may be anybody's */
    bool one = (a->flags & (ACTOR_PERSON | ACTOR_PLURAL)) == ACTOR_PERSON;
    bool official = one && sector_has(w->doc->know, a->sector, SECTOR_STATE);
    return w->most[0] != '\0' || official ? w->most : w->last;
}

bool story_whence(struct dt_doc *doc, struct arena *arena)
{
    struct whence w = {.doc = doc, .arena = arena};
    w.place = ARENA_NEW(arena, (size_t)doc->text.n_sentences + 1, struct named);
    w.any = ARENA_NEW(arena, (size_t)doc->text.n_sentences + 1, struct named);
    if (w.place == NULL || w.any == NULL) return false;
    note_places(&w);
    note_actors(&w);
    w.home = home_most(&w.tally, 1);
    w.most = most_named(&w.tally);
    w.last = "";
    for (uint32_t i = 0; i < doc->who.n_actors; i++) {
        struct actor *a = &doc->who.actors[i];
        uint8_t inferred;
        pass_places(&w, a->begin);
        if (a->inferred == INFERRED_NOT && names_state(&w, a->country)) w.last = a->country;
        if (!is_somewhere(doc->know, a)) continue;
        const char *country = country_from(&w, a, &inferred);
        if (country[0] == '\0') continue;
        a->code = home_code(arena, country, a->code);
        if (a->code == NULL) return false;
        a->country = country;
        a->inferred = inferred;
    }
    return true;
}

/* ---- what events made of nobody ---- */

static void take_code(struct actor *a, const struct party *p)
{
    if (a->code[0] != '\0' || p->code[0] == '\0') return;
    a->code = p->code;
    a->country = p->country;
    a->sector = p->sector;
    a->inferred = INFERRED_EVENT;
}

void story_codes_of_events(struct dt_doc *doc)
{
    const struct what_layer *what = &doc->what;
    for (uint32_t i = 0; i < what->n_events; i++) {
        const struct range sides[] = {what->events[i].source, what->events[i].target};
        for (size_t side = 0; side < 2; side++)
            for (uint32_t k = sides[side].begin; k < sides[side].end; k++)
                take_code(&doc->who.actors[what->parties[k].actor], &what->parties[k]);
    }
}
