/* name_code.c - see name_code.h.
 *
 * A person has the code of the office that he held on the day; the name of a city is its country's
 * where it acts (metonym.h); a name that the base does not have is known by what was said where it
 * stood first. Constant time each. */
#include "who/name_code.h"

#include "know/sectors.h"
#include "who/compose.h"
#include "who/locate.h"
#include "who/metonym.h"
#include "who/office.h"
#include "who/phrase.h"

/* ---- entities ---- */

static struct chain_slot *slot_of_key(struct who_work *w, uint32_t key)
{
    return chain_slot(w, CHAIN_ENTITY, know_str(w->know, key));
}

void name_code_entity(struct who_work *w, struct mention *m, uint32_t entity, uint16_t flags)
{
    const struct know_entity *e = &w->know->entities[entity];
    m->entity = entity;
    m->name = know_z(w->know, e->name);
    m->gender = e->gender;
    m->code = office_code(w->know, e, w->day, flags, &m->country, &m->sector);
    if (e->kind != ENTITY_PERSON) return;
    m->flags |= ACTOR_PERSON;
    m->noun = office_title(w->know, e, w->day);
    const struct chain_slot *slot = slot_of_key(w, e->key);
    if (slot->actor == NONE || (flags & (UNIT_FORMER | UNIT_THEN))) return;
    m->code = w->actors[slot->actor].code; /* what the story itself said he was */
    m->country = w->actors[slot->actor].country;
    m->sector = w->actors[slot->actor].sector;
}

/* Countries are one with their code; an organisation shares its code with others ("IGO"). */
uint32_t name_code_chain(struct who_work *w, uint32_t entity)
{
    const struct know_entity *e = &w->know->entities[entity];
    if (e->kind != ENTITY_COUNTRY) return slot_of_key(w, e->key)->chain;
    return chain_slot(w, CHAIN_CODE, know_str(w->know, e->code))->chain;
}

/* ---- names of the base ---- */

static bool is_modifier_dep(uint8_t dep)
{
    return dep == DEP_AMOD || dep == DEP_COMPOUND || dep == DEP_NMOD_DESC || dep == DEP_FLAT;
}

/* "in Russian", "speaks Russian": the language. */
static bool is_language(const struct who_work *w, const struct name_find *f)
{
    uint32_t preposition = tree_preposition(w->tree, f->head);
    return form_has(w->tree, preposition, CLASS_IN) ||
           word_has(w->tree, w->words[f->head].head, CLASS_SPEAK);
}

/* "Israeli airstrikes", "the Russian offensive": the armed forces of a state act. */
static bool forces_act(const struct who_work *w, const struct name_find *f)
{
    const struct tree *t = w->tree;
    uint32_t noun = w->words[f->head].head;
    uint8_t dep = w->words[f->head].dep;
    bool inside = is_modifier_dep(dep) || dep == DEP_NMOD_POSS || dep == DEP_NMOD;
    if (inside && noun != NONE && word_has(t, noun, CLASS_LED)) noun = w->words[noun].head;
    if (!inside || noun == NONE || noun < f->end || w->words[noun].upos == UPOS_VERB) return false;
    if (!word_has(t, noun, CLASS_DEED_OF_FORCES) || w->know->entities[f->of].region) return false;
    EACH_CHILD(t, child, noun)
        if (word_has(t, child, CLASS_STRIKE_OF_WORK)) return false;
    return true;
}

/* "ethnic Hungarians in Slovakia": the country of the place that their phrase names, or NULL. */
static const char *country_of_abode(const struct who_work *w, const struct name_find *f)
{
    const struct tree *t = w->tree;
    if (f->begin == 0 || !form_has(t, f->begin - 1, CLASS_ETHNIC)) return NULL;
    EACH_CHILD(t, child, f->head) {
        if (child < f->end || !word_has(t, tree_preposition(t, child), CLASS_LOCATIVE)) continue;
        uint32_t country = compose_country_in(w, child);
        if (country != NONE) return know_z(w->know, w->know->entities[country].code);
    }
    return NULL;
}

/* A country or its adjective takes a sector: it is no longer the state. */
static void take_sector(struct who_work *w, struct mention *m, const char *sector)
{
    if (sector == NULL || m->sector != NULL) return;
    m->sector = sector;
    m->code = mention_code(w, m->country, sector);
    m->chain = chain_slot(w, CHAIN_CODE, str_c(m->code))->chain;
    m->entity = NONE;
}

/* "Briton Jane Doe": not two persons. */
static bool before_person(const struct who_work *w, const struct name_find *f)
{
    const struct name_find *next = name_at_token(w, f->end);
    return next != NULL && next->begin == f->end && !w->words[f->head].plural &&
           (next->kind == FIND_NEW_PERSON || next->kind == FIND_PERSON);
}

/* "Russians", "the French", "a Dane": persons; "Russian troops": a modifier; "in Russian": neither.
 */
static void code_people(struct who_work *w, const struct name_find *f)
{
    struct mention m = mention_new(f->begin, f->end, f->head, ACTOR_NAMED);
    const struct word *word = &w->words[f->head];
    if (name_is_about(w, f)) return;
    name_code_entity(w, &m, f->of, 0);
    m.chain = name_code_chain(w, f->of);
    bool noun_after = f->end < w->text->n_tokens && word->head != NONE && word->head >= f->end &&
                      word->upos == UPOS_ADJ;
    bool one = f->plural && before_person(w, f);
    bool modifier = f->unit != NONE || is_modifier_dep(word->dep) || noun_after || one;
    if (f->plural && !one)
        m.flags |= ACTOR_PLURAL | ACTOR_PERSON;
    else if (modifier)
        m.flags |= ACTOR_MODIFIER;
    else if (is_language(w, f))
        return;
    else
        m.flags |= ACTOR_PERSON;
    const char *abode = country_of_abode(w, f);
    if (abode != NULL) m.country = abode;
    if ((m.flags & ACTOR_PERSON) && name_is_region(w, f)) { /* "Westerners": of no country */
        m.country = "";
        m.inferred = INFERRED_NEVER;
    }
    if (m.flags & ACTOR_PERSON)
        take_sector(w, &m, sector_with(w->know, SECTOR_PEOPLE));
    else if (forces_act(w, f))
        take_sector(w, &m, sector_with(w->know, SECTOR_FORCES));
    mention_append(w, &m, false);
}

/* Another country's body of that name: "the Indian Ministry of Defence", "the State Council of
 * Crimea". NONE where the words beside it name no other country than its own. */
static uint32_t country_of_words_beside(const struct who_work *w, const struct name_find *f,
                                        uint32_t own)
{
    const struct name_find *g = f->begin > 0 ? name_at_token(w, f->begin - 1) : NULL;
    if (f->begin > 1 && phrase_possessive(w, f->begin - 1)) g = name_at_token(w, f->begin - 2);
    bool before = g != NULL && g->unit == NONE && !g->plural && !name_is_about(w, g) &&
                  (g->kind == FIND_PEOPLE || g->kind == FIND_COUNTRY);
    if (before && !w->know->entities[g->of].region && g->of != own) return g->of;
    if (g == NULL && f->begin > 1 && phrase_possessive(w, f->begin - 1)) {
        uint32_t place = locate_before(w, f->begin); /* "Crimea's State Council" */
        if (place != NONE && place != own) return place;
    }
    if (!form_has(w->tree, f->end, CLASS_OF)) return NONE;
    uint32_t q = form_has(w->tree, f->end + 1, CLASS_THE) ? f->end + 2 : f->end + 1;
    uint32_t behind = compose_country_at(w, q);
    return behind == own ? NONE : behind;
}

/* Gives the mention that country and the sector of the body. */
static void take_country(struct who_work *w, struct mention *m, uint32_t country)
{
    m->country = know_z(w->know, w->know->entities[country].code);
    m->code = mention_code(w, m->country, m->sector);
    m->name = mention_text(w, m->begin, m->end);
    m->chain = chain_slot(w, CHAIN_CODE, str_c(m->code))->chain;
    m->entity = NONE;
    m->kind = ACTOR_COMPOSED;
}

static void code_seat(struct who_work *w, const struct name_find *f)
{
    const struct know_entity *e = &w->know->entities[f->of];
    struct mention m = mention_new(f->begin, f->end, f->head, ACTOR_METONYM);
    if (f->unit == NONE && metonym_is_place(w, f->head)) return;
    m.country = know_z(w->know, e->code);
    m.sector = know_z_or_null(w->know, f->sector);
    m.code = mention_code(w, m.country, m.sector);
    m.entity = f->of;
    m.name = mention_text(w, f->begin, f->end);
    m.chain = chain_slot(w, CHAIN_CODE, str_c(m.code))->chain;
    uint32_t other = country_of_words_beside(w, f, f->of);
    if (other != NONE) take_country(w, &m, other);
    if (f->unit != NONE) m.flags |= ACTOR_MODIFIER;
    mention_append(w, &m, false);
}

/* Bodies and parties of one name are in many countries: "the Democratic Party of Japan"; armed
 * groups are not. */
static bool has_namesakes(const struct who_work *w, const struct know_entity *e)
{
    const char *sector = know_z(w->know, e->sector);
    return e->kind == ENTITY_ORG || (sector_has(w->know, sector, SECTOR_PARTY) &&
                                     !sector_has(w->know, sector, SECTOR_LOCAL));
}

static void code_known(struct who_work *w, const struct name_find *f)
{
    bool metonym = f->kind == FIND_CAPITAL;
    struct mention m =
        mention_new(f->begin, f->end, f->head, metonym ? ACTOR_METONYM : ACTOR_NAMED);
    if (metonym && f->unit == NONE && !metonym_acts(w, f->head)) return;
    name_code_entity(w, &m, f->of, 0);
    m.chain = name_code_chain(w, f->of);
    if (f->unit != NONE) m.flags |= ACTOR_MODIFIER;
    const struct know_entity *e = &w->know->entities[f->of];
    uint32_t home = f->kind == FIND_ORG && e->sector != 0 && has_namesakes(w, e)
                        ? know_country(w->know, know_str(w->know, e->country))
                        : NONE;
    uint32_t other = home == NONE ? NONE : country_of_words_beside(w, f, home);
    if (other != NONE) take_country(w, &m, other);
    if (f->kind == FIND_COUNTRY && forces_act(w, f))
        take_sector(w, &m, sector_with(w->know, SECTOR_FORCES));
    bool group = w->know->entities[f->of].kind == ENTITY_GROUP; /* "the Houthis" */
    if (group && w->words[f->head].plural) m.flags |= ACTOR_PLURAL;
    mention_append(w, &m, false);
}

/* ---- names that the base does not have ---- */

static uint8_t gender_of_title(const struct who_work *w, uint32_t begin)
{
    if (begin == 0) return 0;
    if (word_has(w->tree, begin - 1, CLASS_HONORIFIC_MAN)) return 'm';
    return word_has(w->tree, begin - 1, CLASS_HONORIFIC_WOMAN) ? 'f' : 0;
}

struct chain_slot *person_slot(struct who_work *w, const struct name_find *f)
{
    return chain_slot(w, CHAIN_SURNAME, phrase_form(w, f->end - 1));
}

static bool same_given_name(const struct who_work *w, const struct name_find *f,
                            const struct actor *a)
{
    if (f->end - f->begin < 2) return true;
    struct str given = phrase_form(w, f->begin);
    return str_starts(str_c(a->name), given) || strchr(a->name, ' ') == NULL;
}

bool person_recall(struct who_work *w, const struct name_find *f, struct mention *m)
{
    uint32_t actor = person_slot(w, f)->actor;
    uint8_t gender = m->gender;
    if (actor == NONE || !same_given_name(w, f, &w->actors[actor])) return false;
    mention_take_from(w, m, actor);
    m->noun = w->memories[actor].noun;
    if (f->end - f->begin > 1) m->name = mention_text(w, f->begin, f->end);
    if (gender != 0) m->gender = gender;
    return true;
}

void person_remember(struct who_work *w, const struct name_find *f, uint32_t actor)
{
    struct chain_slot *slot = person_slot(w, f);
    if (actor == NONE) return;
    if (slot->actor == NONE || w->actors[slot->actor].code[0] == '\0') slot->actor = actor;
}

/* "US" of "US baseball star Jane Doe", "Briton" of "Briton Jane Doe": a country right before what
 * she is, one of a people right before her name. */
static bool says_whose(const struct who_work *w, const struct name_find *c,
                       const struct name_find *f)
{
    if (c->unit != NONE || name_is_about(w, c)) return false;
    if (c->plural) return c->end == f->begin && !w->words[c->head].plural;
    if (c->kind == FIND_PEOPLE) return true;
    bool before = w->words[c->head].dep == DEP_COMPOUND || w->words[c->head].dep == DEP_AMOD;
    return before && c->end < f->begin;
}

/* "Russian pianist Jane Doe": the people whose adjective stands before the name and what she is. */
static const struct name_find *people_before(const struct who_work *w, const struct name_find *f)
{
    enum { WORDS_BETWEEN = 5 };
    for (uint32_t t = f->begin, i = 0; t > 0 && i <= WORDS_BETWEEN; i++) {
        const struct name_find *people = name_at_token(w, --t);
        if (people != NULL && (people->kind == FIND_PEOPLE || people->kind == FIND_COUNTRY))
            return says_whose(w, people, f) ? people : NULL;
        uint8_t upos = w->words[t].upos;
        bool passes = upos == UPOS_NOUN || upos == UPOS_ADJ || phrase_hyphen(w, t) ||
                      (i > 0 && form_has(w->tree, t, CLASS_AND));
        if (people != NULL || !passes) return NULL;
    }
    return NULL;
}

static void code_new_person(struct who_work *w, const struct name_find *f)
{
    struct mention m = mention_new(f->begin, f->end, f->head, ACTOR_UNKNOWN);
    const struct name_find *people = people_before(w, f);
    m.flags = ACTOR_PERSON;
    m.gender = gender_of_title(w, f->begin);
    if (people != NULL) {
        m.begin = people->begin;
        m.country = know_z(w->know, w->know->entities[people->of].code);
        m.sector = sector_with(w->know, SECTOR_PEOPLE);
        m.code = mention_code(w, m.country, m.sector);
        m.kind = ACTOR_COMPOSED;
        m.name = mention_text(w, f->begin, f->end);
    }
    if (person_recall(w, f, &m) && m.code[0] != '\0') m.kind = ACTOR_NAMED;
    if (m.name[0] == '\0') m.name = mention_text(w, f->begin, f->end);
    person_remember(w, f, mention_append(w, &m, false));
}

void name_code_new(struct who_work *w, const struct name_find *f)
{
    struct mention m = mention_new(f->begin, f->end, f->head, ACTOR_UNKNOWN);
    if (f->kind == FIND_NEW_PERSON) {
        code_new_person(w, f);
        return;
    }
    m.name = mention_text(w, f->begin, f->end);
    m.chain = chain_slot(w, CHAIN_NAME, str_c(m.name))->chain;
    mention_append(w, &m, false);
}

/* ---- all ---- */

void name_code(struct who_work *w, const struct name_find *f)
{
    if (f->absorbed || (f->unit != NONE && unit_name(w, &w->units[f->unit]) == f)) return;
    switch ((enum find_kind)f->kind) {
    case FIND_PEOPLE: code_people(w, f); return;
    case FIND_SEAT: code_seat(w, f); return;
    case FIND_COUNTRY:
    case FIND_ORG:
    case FIND_PERSON:
    case FIND_CAPITAL: code_known(w, f); return;
    case FIND_NEW_PERSON:
    case FIND_NEW_ORG: name_code_new(w, f); return;
    case FIND_ROLE: return;
    }
}
