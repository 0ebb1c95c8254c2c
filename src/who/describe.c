/* describe.c - see describe.h.
 *
 * A description is the actor of whom the same noun was said, or has the country of its possessor,
 * of the last party of its sector, of the place where it is, or, where it is an organ of a state,
 * of the state that was spoken of last. A bounded number of earlier mentions is looked at. */
#include "who/describe.h"

#include "know/sectors.h"
#include "who/definite.h"
#include "who/metonym.h"
#include "who/name_code.h"
#include "who/phrase.h"
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

/* Who is killed or dies, also in a list of such. */
static bool is_hit(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    while (word->dep == DEP_CONJ && word->head != NONE && word->head < token) {
        token = word->head;
        word = &w->words[token];
    }
    return compose_done_to(w, token) || (word->dep == DEP_NSUBJ && word->head != NONE &&
                                         lemma_has(w->tree, word->head, CLASS_DYING));
}

/* "killed two soldiers and wounded three others": of those to whom it is done before. Officials
 * and workers have others beside them, and so has a person with a name. */
static bool rest_of_before(const struct who_work *w, const struct unit *u, struct mention *m)
{
    uint32_t sentence = w->tree->sentence[u->noun];
    for (size_t i = w->n_actors; i-- > 0;) {
        const struct actor *a = &w->actors[i];
        if (w->tree->sentence[a->head] != sentence) return false;
        if ((a->flags & ACTOR_MODIFIER) || a->kind == ACTOR_PRONOUN) continue;
        if (!(a->flags & (ACTOR_PERSON | ACTOR_PLURAL))) continue;
        if (!is_hit(w, a->head)) continue;
        bool many = (a->flags & ACTOR_PLURAL) || !(u->flags & UNIT_PLURAL);
        bool plain = a->entity_id == NONE && (w->memories[i].noun != NONE || many);
        if (!plain || !many || a->code[0] == '\0') return false;
        if (a->inferred == INFERRED_NEVER) return false;
        if (!sector_has(w->know, a->sector, SECTOR_LOCAL) &&
            !sector_has(w->know, a->sector, SECTOR_PEOPLE))
            return false;
        m->code = a->code;
        m->country = a->country;
        m->sector = a->sector;
        m->inferred = a->inferred;
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
        m->inferred = INFERRED_STORY;
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

/* "Togolese": a people has the state whose name it bears. */
static bool is_people(const struct who_work *w, const struct actor *a)
{
    return a->kind == ACTOR_NAMED && sector_has(w->know, a->sector, SECTOR_PEOPLE);
}

/* The country of the last actor that is a state or speaks for one, or is a people. */
static bool state_before(const struct who_work *w, struct mention *m, bool modifiers)
{
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        bool state = a->sector == NULL
                         ? !w->memories[i].placelike && (modifiers || !(a->flags & ACTOR_MODIFIER))
                         : is_state(w, a->sector) || is_people(w, a);
        if (!state || !is_national(w, a->country)) continue;
        m->country = a->country;
        m->inferred = INFERRED_STORY;
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
    if (u->owner != NONE || (u->flags & (UNIT_FIRM | UNIT_ELSEWHERE))) return false;
    if (u->flags & UNIT_THERE) {
        m->country = know_z(w->know, w->know->entities[u->place_country].code);
        return true;
    }
    if (u->flags & UNIT_NAMED) return false;
    bool state = is_state(w, m->sector);
    bool organ = !many && is_office(w, u); /* "a Foreign Ministry spokesman" */
    if (definite && !state && same_sector_before(w, m, definite)) return true;
    if (u->place_country != NONE) {
        m->inferred = INFERRED_PLACE;
        m->country = know_z(w->know, w->know->entities[u->place_country].code);
        return true;
    }
    if (many && !definite && same_sector_before(w, m, definite)) return true;
    if (!(definite || organ) || !state) return false;
    if (definite && state_in_play(w, u, m)) return true;
    if (state_before(w, m, false) || state_before(w, m, true)) return true;
    if (w->dateline == NONE) return false;
    m->country = know_z(w->know, w->know->entities[w->dateline].code);
    return true;
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

/* A noun that only qualifies another one: "a police raid", "government aid". */
static bool only_qualifies(const struct who_work *w, const struct unit *u)
{
    uint8_t dep = w->words[u->head].dep;
    return u->name == NONE && (dep == DEP_COMPOUND || dep == DEP_AMOD);
}

/* A role noun that has its code without any country: "jihadists". */
static void describe_coded(struct who_work *w, const struct unit *u, struct mention *m)
{
    enum { COUNTRY_LETTERS = 3 };
    struct str code = str_c(u->code);
    uint32_t country = NONE; /* "the pope" is VATGOV: of a country, after all */
    if (code.len > COUNTRY_LETTERS)
        country = know_country(w->know, str_cut(code, 0, COUNTRY_LETTERS));
    m->code = u->code;
    if (u->role == NONE && metonym_is_place(w, u->head)) return; /* "in many countries" */
    if (sector_find(w->know, u->code) != NULL) { /* "world leaders" are GOV, of no country */
        m->sector = u->code;
        m->inferred = INFERRED_NEVER;
        unit_append(w, u, m, false);
        return;
    }
    if (country != NONE)
        m->country = know_z(w->know, w->know->entities[country].code);
    else
        m->country = str_eq(code, STR(CODE_UNKNOWN)) ? "" : u->code;
    m->sector = country == NONE ? NULL : u->code + COUNTRY_LETTERS;
    unit_append(w, u, m, false);
}

/* The body behind a deed, as a country is in "Russian raid"; other nouns say what sort it is. */
static void describe_qualifier(struct who_work *w, const struct unit *u, struct mention *m)
{
    bool body = u->role != NONE && (u->flags & UNIT_BODY) && !(u->flags & UNIT_NEEDS);
    if (!body || u->code != NULL || !is_party(w, m->sector)) return;
    find_country(w, u, m);
    if (m->chain == 0) m->code = mention_code(w, m->country, m->sector);
    m->flags |= ACTOR_MODIFIER;
    unit_append(w, u, m, false);
}

/* "two men", "a woman": people of whom nothing else is said; "the poet" is some one person, and
 * "supporters" may be a club's: those have no code. */
static void append_unplaced(struct who_work *w, const struct unit *u, struct mention *m)
{
    m->kind = ACTOR_UNKNOWN;
    bool one = (u->flags & (UNIT_DEFINITE | UNIT_PLURAL)) == UNIT_DEFINITE;
    if (!one && !word_has(w->tree, u->noun, CLASS_FOLLOWER))
        m->code = mention_code(w, m->country, m->sector);
    unit_append(w, u, m, false);
}

/* "three mayors", "a commander", "two women": people, whose country nothing tells. */
static bool is_somebody(const struct who_work *w, const struct unit *u, const struct mention *m)
{
    if (sector_has(w->know, m->sector, SECTOR_PEOPLE))
        return (u->flags & (UNIT_PERSON | UNIT_PLURAL)) != 0;
    return (u->flags & UNIT_PERSON) && !word_has(w->tree, u->noun, CLASS_COMMON_OFFICE);
}

static void describe_by_story(struct who_work *w, const struct unit *u, struct mention *m)
{
    const struct name_find *name = unit_name(w, u);
    if (is_common_office(w, u) && form_has(w->tree, tree_preposition(w->tree, u->head), CLASS_IN))
        return; /* "shot in the head" */
    bool needs = (u->flags & UNIT_NEEDS) && !(u->flags & UNIT_THERE);
    if (needs && u->noun == u->begin && word_has(w->tree, u->noun, CLASS_OFFICER)) {
        m->sector = sector_with(w->know, SECTOR_POLICE);
        needs = false;
    }
    bool found = (!needs || u->place_country != NONE) && find_country(w, u, m);
    bool title = name != NULL && !(u->flags & UNIT_FIRM) && phrase_capital(w, u->noun);
    if ((needs || is_common_office(w, u)) && !found && !title) {
        if (name != NULL)
            name_code_new(w, name);
        else if (is_somebody(w, u, m))
            append_unplaced(w, u, m);
        return;
    }
    if ((u->flags & UNIT_FIRM) && is_state(w, m->sector)) m->sector = NULL;
    if (m->chain == 0) m->code = mention_code(w, m->country, m->sector);
    if (m->code[0] == '\0') m->kind = ACTOR_UNKNOWN;
    unit_append(w, u, m, false);
}

/* A body by its name: the same as before, if the story has named it before. */
static void describe_named(struct who_work *w, const struct unit *u, struct mention *m)
{
    struct chain_slot *slot = chain_slot(w, CHAIN_NAME, str_c(m->name));
    if (slot->actor != NONE && w->actors[slot->actor].code[0] != '\0') {
        mention_take_from(w, m, slot->actor);
    } else {
        find_country(w, u, m);
        m->code = mention_code(w, m->country, m->sector);
        m->chain = slot->chain;
    }
    uint32_t actor = mention_append(w, m, false);
    if (slot->actor == NONE) slot->actor = actor;
}

/* "opens fire", "begins to shoot" */
static bool attacks(const struct who_work *w, uint32_t verb)
{
    if (lemma_has(w->tree, verb, CLASS_HARM) || lemma_has(w->tree, verb, CLASS_ASSAILING))
        return true;
    uint32_t object = tree_child(w->tree, verb, DEP_OBJ);
    return lemma_has(w->tree, verb, CLASS_OPENING) && object != NONE &&
           form_has(w->tree, object, CLASS_GUNFIRE);
}

/* "A man opens fire", "three men suspected of murder": nobody knows who it is; "a man from Sudan"
 * is somebody. */
static bool is_assailant(const struct who_work *w, const struct unit *u)
{
    const struct word *word = &w->words[u->head];
    if (u->name != NONE || u->owner != NONE || (u->flags & UNIT_DEFINITE)) return false;
    if (!word_has(w->tree, u->noun, CLASS_ANYONE) || form_has(w->tree, u->end, CLASS_FROM))
        return false;
    EACH_CHILD(w->tree, child, u->noun) {
        uint8_t dep = w->words[child].dep;
        bool clause = dep == DEP_ACL || dep == DEP_ACL_RELCL;
        if (clause && lemma_has(w->tree, child, CLASS_SUSPECTED)) return true;
        if (dep == DEP_ACL_RELCL && !tree_is_passive(w->tree, child) && attacks(w, child) &&
            tree_child(w->tree, child, DEP_NSUBJ) == u->end)
            return true;
    }
    if (word->dep != DEP_NSUBJ || word->head == NONE || tree_is_passive(w->tree, word->head))
        return false;
    uint32_t then = tree_child(w->tree, word->head, DEP_XCOMP);
    return attacks(w, word->head) || (then != NONE && attacks(w, then));
}

static void describe_assailant(struct who_work *w, const struct unit *u, struct mention *m)
{
    m->code = CODE_UNKNOWN;
    m->sector = NULL;
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
        describe_qualifier(w, u, &m);
    else if (u->code != NULL && name == NULL)
        describe_coded(w, u, &m);
    else if (u->code != NULL && m.sector == NULL)
        name_code_new(w, name); /* "gunman Jane Doe" is somebody */
    else if (u->flags & UNIT_NAMED)
        describe_named(w, u, &m);
    else if (is_assailant(w, u))
        describe_assailant(w, u, &m);
    else if ((u->flags & UNIT_REST) && rest_of_before(w, u, &m))
        mention_append(w, &m, false);
    else if (name == NULL && u->owner == NONE && definite && same_noun_before(w, u, &m))
        mention_append(w, &m, false);
    else if (u->owner == NONE || !describe_owned(w, u))
        describe_by_story(w, u, &m);
}
