/* describe.c - see describe.h.
 *
 * A description is the actor of whom the same noun was said, or has the country of its possessor,
 * of the last party of its sector, of the place where it is, or, where it is an organ of a state,
 * of the state that was spoken of last. A bounded number of earlier mentions is looked at. */
#include "who/describe.h"

#include "know/sectors.h"
#include "who/definite.h"
#include "who/name_code.h"
#include "who/unit_code.h"

/* Earlier mentions that a description may go back to: those of a few paragraphs. */
enum { LOOK_BACK = 40 };

static bool is_state(const struct who_work *w, const char *sector)
{
    return sector_has(w->know, sector, SECTOR_STATE);
}

static bool is_party(const struct who_work *w, const char *sector)
{
    return sector_has(w->know, sector, SECTOR_PARTY);
}

/* ---- the same actor ---- */

/* "spokesman" after "foreign ministry spokesman" is the same one. */
static bool same_noun(struct str before, struct str now)
{
    if (!str_ends(before, now)) return false;
    return before.len == now.len || before.at[before.len - now.len - 1] == ' ';
}

/* "the president" after "President Putin": the last one of whom the same noun was said. */
static bool same_noun_before(const struct who_work *w, const struct unit *u, struct mention *m)
{
    if (u->role == NONE || (u->flags & UNIT_PLURAL)) return false;
    if (!(u->flags & UNIT_PERSON) && !is_party(w, m->sector)) return false;
    struct str noun = know_str(w->know, w->know->role_nouns[u->role].noun);
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        if (w->memories[i].noun == NONE || w->actors[i].code[0] == '\0') continue;
        if (actor_is_single_person(&w->actors[i]) != ((m->flags & ACTOR_PERSON) != 0)) continue;
        if (!same_noun(know_str(w->know, w->memories[i].noun), noun)) continue;
        mention_take_from(w, m, (uint32_t)i);
        return true;
    }
    return false;
}

/* ---- the country ---- */

/* "the rebels", "the army": the country of the last one of that sector. */
static bool same_sector_before(const struct who_work *w, struct mention *m, bool definite)
{
    if (!is_party(w, m->sector)) return false;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        if (a->country[0] == '\0' || a->sector == NULL || strcmp(a->sector, m->sector) != 0)
            continue;
        bool body = a->entity_id != NONE && !(a->flags & ACTOR_PERSON);
        if (body && definite && !is_state(w, m->sector))
            mention_take_from(w, m, (uint32_t)i);
        else
            m->country = a->country;
        return true;
    }
    return false;
}

/* A state, not a region such as Europe. */
static bool is_national(const struct who_work *w, const char *country)
{
    uint32_t id = country[0] != '\0' ? know_country(w->know, str_c(country)) : NONE;
    return id != NONE && !w->know->entities[id].region;
}

/* The country of the last actor that is a state or speaks for one. */
static bool state_before(const struct who_work *w, struct mention *m, bool modifiers)
{
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        bool state = a->sector == NULL
                         ? !w->memories[i].placelike && (modifiers || !(a->flags & ACTOR_MODIFIER))
                         : is_state(w, a->sector);
        if (!state || !is_national(w, a->country)) continue;
        m->country = a->country;
        return true;
    }
    return false;
}

/* "Brazil condemned Israel. The government recalled its envoy": Brazil's. */
static bool state_in_play(const struct who_work *w, const struct unit *u, struct mention *m)
{
    uint32_t actor = definite_state(w, u->noun);
    if (actor != NONE) m->country = w->actors[actor].country;
    return actor != NONE;
}

/* An office that only states have: "finance minister", not "president". */
static bool is_office(const struct who_work *w, const struct unit *u)
{
    if (u->role != NONE && strchr(know_z(w->know, w->know->role_nouns[u->role].noun), ' ') != NULL)
        return true;
    return u->name == NONE && u->end - u->begin > 1;
}

/* Companies and clubs have them, too: without a country they say nothing. */
static bool is_common_office(const struct who_work *w, const struct unit *u)
{
    return !is_office(w, u) && word_has(w->tree, u->noun, CLASS_COMMON_OFFICE);
}

static bool find_country(const struct who_work *w, const struct unit *u, struct mention *m)
{
    bool definite = (u->flags & UNIT_DEFINITE) != 0;
    bool many = (u->flags & (UNIT_PLURAL | UNIT_BODY)) != 0;
    if (u->owner != NONE || (u->flags & UNIT_FIRM)) return false;
    bool state = is_state(w, m->sector);
    bool organ = !many && is_office(w, u); /* "a Foreign Ministry spokesman" */
    if (definite && !state && same_sector_before(w, m, definite)) return true;
    if (u->place_country != NONE) {
        m->country = know_z(w->know, w->know->entities[u->place_country].code);
        return true;
    }
    if (many && !definite && same_sector_before(w, m, definite)) return true;
    if (!(definite || organ) || !state) return false;
    if (definite && state_in_play(w, u, m)) return true;
    return state_before(w, m, false) || state_before(w, m, true);
}

/* ---- all ---- */

/* "its foreign minister", "the two countries' leaders": one actor for each country that the
 * possessor stands for. False when it stands for none. */
static bool describe_owned(struct who_work *w, const struct unit *u)
{
    const char *last = "";
    bool some = false;
    for (uint32_t i = w->actor_at[u->owner]; i < w->n_actors && w->actors[i].head == u->owner;
         i++) {
        struct mention m = unit_mention(w, u, ACTOR_DESCRIPTION);
        m.country = w->actors[i].country;
        if (m.country[0] == '\0' || strcmp(m.country, last) == 0) continue;
        last = m.country;
        m.code = mention_code(w, m.country, m.sector);
        unit_append(w, u, &m, some);
        some = true;
    }
    return some;
}

/* A noun that only qualifies another one ("police report") is no actor. */
static bool only_qualifies(const struct who_work *w, const struct unit *u)
{
    uint8_t dep = w->words[u->head].dep;
    return u->name == NONE && (dep == DEP_COMPOUND || dep == DEP_AMOD);
}

/* A role noun that has its code without any country: "jihadists". */
static void describe_coded(struct who_work *w, const struct unit *u, struct mention *m)
{
    m->code = u->code;
    m->country = u->code;
    m->sector = NULL;
    unit_append(w, u, m, false);
}

/* "two men", "a woman": somebody without a code, whom an event may place. */
static void append_unplaced(struct who_work *w, const struct unit *u, struct mention *m)
{
    m->kind = ACTOR_UNKNOWN;
    unit_append(w, u, m, false);
}

static void describe_by_story(struct who_work *w, const struct unit *u, struct mention *m)
{
    const struct name_find *name = unit_name(w, u);
    bool needs = (u->flags & UNIT_NEEDS) != 0;
    bool found = !needs && find_country(w, u, m);
    if ((needs || is_common_office(w, u)) && !found) {
        if (name != NULL)
            name_code_new(w, name);
        else if ((u->flags & (UNIT_PERSON | UNIT_PLURAL)) &&
                 sector_has(w->know, m->sector, SECTOR_PEOPLE))
            append_unplaced(w, u, m);
        return;
    }
    if ((u->flags & UNIT_FIRM) && is_state(w, m->sector)) m->sector = NULL;
    if (m->chain == 0) m->code = mention_code(w, m->country, m->sector);
    if (m->code[0] == '\0') m->kind = ACTOR_UNKNOWN;
    unit_append(w, u, m, false);
}

void describe_unit(struct who_work *w, const struct unit *u)
{
    const struct name_find *name = unit_name(w, u);
    struct mention m = unit_mention(w, u, name != NULL ? ACTOR_COMPOSED : ACTOR_DESCRIPTION);
    bool definite = (u->flags & UNIT_DEFINITE) != 0;
    if (name != NULL && person_recall(w, name, &m) && m.code[0] != '\0')
        person_remember(w, name, mention_append(w, &m, false));
    else if (only_qualifies(w, u))
        return;
    else if (u->code != NULL)
        describe_coded(w, u, &m);
    else if (name == NULL && u->owner == NONE && definite && same_noun_before(w, u, &m))
        mention_append(w, &m, false);
    else if (u->owner == NONE || !describe_owned(w, u))
        describe_by_story(w, u, &m);
}
