/* unit_code.c - see unit_code.h.
 *
 * A composed phrase has the country of its modifier and the sector of its role noun; several
 * modifiers make several actors; a name of the base in it has its own office. Linear in the
 * modifiers. Phrases without a modifier are describe.h's. */
#include "who/unit_code.h"

#include "know/sectors.h"
#include "who/describe.h"
#include "who/name_code.h"
#include "who/office.h"
#include "who/phrase.h"

static bool is_country_find(const struct name_find *f)
{
    return f->kind == FIND_COUNTRY || f->kind == FIND_PEOPLE || f->kind == FIND_CAPITAL;
}

static const char *sector_of_unit(const struct who_work *w, const struct unit *u)
{
    bool former = (u->flags & UNIT_FORMER) && (u->flags & UNIT_PERSON) &&
                  !sector_has(w->know, u->sector, SECTOR_BUSINESS);
    return former ? sector_with(w->know, SECTOR_FORMER) : u->sector;
}

/* "his Greek counterpart" holds the office that he holds. */
static const char *counterpart_sector(const struct who_work *w, const struct unit *u)
{
    uint32_t owner = u->owner == NONE ? NONE : w->actor_at[u->owner];
    const char *sector = owner == NONE ? NULL : w->actors[owner].sector;
    return sector != NULL ? sector : sector_with(w->know, SECTOR_COUNTERPART);
}

/* "Tibetan monks", "Rohingya refugees": a people says of which country, the noun what they are. */
static bool is_one_of_people(const struct who_work *w, const char *sector, const char *noun)
{
    return noun != NULL && sector_has(w->know, sector, SECTOR_PEOPLE) &&
           !sector_has(w->know, noun, SECTOR_STATE);
}

/* Country, sector and code that one modifier gives to the phrase. */
static void code_modifier(struct who_work *w, const struct unit *u, const struct name_find *f,
                          struct mention *m)
{
    const struct know_entity *e = &w->know->entities[f->of];
    bool counterpart = u->role == NONE && word_has(w->tree, u->noun, CLASS_COUNTERPART);
    m->sector = counterpart ? counterpart_sector(w, u) : sector_of_unit(w, u);
    m->country = know_z(w->know, e->code);
    if (e->region && sector_has(w->know, m->sector, SECTOR_STATE)) m->sector = NULL;
    if (f->kind == FIND_PERSON) {
        const char *sector = NULL;
        office_code(w->know, e, w->day, 0, &m->country, &sector);
    } else if (f->kind == FIND_SEAT) {
        if (!(u->flags & UNIT_FORMER)) m->sector = know_z_or_null(w->know, f->sector);
    } else if (f->kind == FIND_ORG) {
        const char *own = m->sector;
        m->code = office_code(w->know, e, w->day, 0, &m->country, &m->sector);
        bool forces = m->sector == NULL && e->kind == ENTITY_ORG && own != NULL &&
                      sector_has(w->know, own, SECTOR_FORCES);
        if (forces && strcmp(m->code, CODE_UN) != 0) {
            m->sector = own; /* "NATO forces" */
            m->code = mention_code(w, m->code, own);
            return;
        }
        if (!is_one_of_people(w, m->sector, own)) return;
        m->sector = own;
    }
    const char *whole = m->country; /* of a country whose codes are dated, that of the day */
    if (is_country_find(f) && e->role_begin != e->role_end) {
        const char *sector = NULL;
        whole = office_code(w->know, e, w->day, 0, &m->country, &sector);
    }
    m->code = mention_code(w, whole, m->sector);
}

/* "Palestinian Hamas militants": the organisation; "the U.S. NATO ambassador": the country. */
static uint32_t leading_modifier(const struct who_work *w, const struct unit *u)
{
    uint32_t country = NONE, org = NONE;
    for (uint32_t i = u->modifiers.begin; i < u->modifiers.end; i++) {
        const struct name_find *f = &w->finds[w->modifiers[i]];
        if (is_country_find(f))
            country = w->modifiers[i];
        else if (org == NONE)
            org = w->modifiers[i];
    }
    if (country == NONE || org == NONE) return NONE;
    const struct know_entity *e = &w->know->entities[w->finds[org].of];
    const struct know_entity *c = &w->know->entities[w->finds[country].of];
    bool national = w->finds[org].kind != FIND_ORG ||
                    str_eq(know_str(w->know, e->country), know_str(w->know, c->code));
    return national ? org : country;
}

struct mention unit_mention(struct who_work *w, const struct unit *u, uint8_t kind)
{
    const struct name_find *name = unit_name(w, u);
    struct mention m = mention_new(u->begin, u->end, u->head, kind);
    if (u->flags & UNIT_PERSON) m.flags |= ACTOR_PERSON;
    if (u->flags & UNIT_PLURAL) m.flags |= ACTOR_PLURAL;
    if (u->flags & UNIT_ELSEWHERE) m.inferred = INFERRED_NEVER;
    if (word_has(w->tree, u->noun, CLASS_WOMAN)) m.gender = 'f';
    if (word_has(w->tree, u->noun, CLASS_MAN)) m.gender = 'm';
    if (u->role != NONE) m.noun = w->know->role_nouns[u->role].noun;
    m.sector = sector_of_unit(w, u);
    m.name =
        name == NULL ? mention_text(w, u->begin, u->end) : mention_text(w, name->begin, name->end);
    return m;
}

/* Nameless mentions of one code are one actor when they are bodies or speak of the same noun. */
static uint32_t composed_chain(struct who_work *w, const struct unit *u, const struct mention *m)
{
    uint32_t chain = chain_slot(w, CHAIN_CODE, str_c(m->code))->chain;
    if (u->flags & UNIT_BODY || m->noun == NONE) return chain;
    return chain_slot(w, chain_key_of_noun(m->noun), str_c(m->code))->chain;
}

void unit_append(struct who_work *w, const struct unit *u, struct mention *m, bool further)
{
    const struct name_find *name = unit_name(w, u);
    if (name != NULL && name->kind == FIND_NEW_PERSON) {
        const struct chain_slot *slot = person_slot(w, name);
        m->chain = slot->actor != NONE ? w->actors[slot->actor].chain : slot->chain;
        person_remember(w, name, mention_append(w, m, further));
        return;
    }
    if (m->chain == 0 && m->code[0] != '\0') m->chain = composed_chain(w, u, m);
    mention_append(w, m, further);
}

/* One actor for each coordinated modifier, all with the span of the phrase. */
static void code_modified(struct who_work *w, const struct unit *u)
{
    const uint32_t *modifiers = w->modifiers + u->modifiers.begin;
    uint32_t lead = leading_modifier(w, u), n = range_count(u->modifiers);
    bool backwards = w->finds[modifiers[0]].begin > w->finds[modifiers[n - 1]].begin;
    for (uint32_t i = 0; i < n; i++) { /* in the order of the text */
        uint32_t at = lead != NONE ? lead : modifiers[backwards ? n - 1 - i : i];
        struct mention m = unit_mention(w, u, ACTOR_COMPOSED);
        code_modifier(w, u, &w->finds[at], &m);
        unit_append(w, u, &m, i != 0);
        if (lead != NONE) return;
    }
}

/* The base knows of no office that the title could be: neither one on the day nor, as in "President
 * Clinton" long after, the one that he had. */
static bool title_is_news(const struct who_work *w, const struct unit *u,
                          const struct know_entity *e, const struct mention *m)
{
    if (e->role_begin == e->role_end || office_none_yet(w->know, e, w->day)) return true;
    if ((u->flags & (UNIT_FORMER | UNIT_THEN)) || u->role == NONE || m->sector == NULL)
        return false;
    return office_is_new(w->know, e, w->day, w->know->role_nouns[u->role].noun);
}

/* A person of the base with a title: his own office on the day, unless that is not his title. */
static void code_titled(struct who_work *w, const struct unit *u, const struct name_find *name)
{
    struct mention m = unit_mention(w, u, ACTOR_COMPOSED);
    const struct know_entity *e = &w->know->entities[name->of];
    bool news = title_is_news(w, u, e, &m);
    name_code_entity(w, &m, name->of, u->flags);
    m.chain = name_code_chain(w, name->of);
    if (e->kind != ENTITY_PERSON || !news) {
        mention_append(w, &m, false);
        return;
    }
    if (range_count(u->modifiers) != 0) {
        code_modifier(w, u, &w->finds[w->modifiers[u->modifiers.begin]], &m);
    } else {
        m.sector = sector_of_unit(w, u);
        m.code = mention_code(w, m.country, m.sector);
    }
    uint32_t actor = mention_append(w, &m, false);
    chain_slot(w, CHAIN_ENTITY, know_str(w->know, e->key))->actor = actor;
}

/* "Greek MEP Jane Doe": of the Union's parliament, whatever her country. */
static void code_european(struct who_work *w, const struct unit *u)
{
    struct mention m = unit_mention(w, u, ACTOR_COMPOSED);
    m.code = u->code;
    m.country = CODE_EUROPE;
    m.sector = u->code + strlen(CODE_EUROPE);
    unit_append(w, u, &m, false);
}

void unit_code(struct who_work *w, const struct unit *u)
{
    const struct name_find *name = unit_name(w, u);
    if (u->flags & UNIT_ABSORBED) return;
    if (u->code != NULL && str_starts(str_c(u->code), STR(CODE_EUROPE)))
        code_european(w, u);
    else if (name != NULL && (name->kind == FIND_PERSON || name->kind == FIND_ORG))
        code_titled(w, u, name);
    else if (range_count(u->modifiers) != 0)
        code_modified(w, u);
    else
        describe_unit(w, u);
}
