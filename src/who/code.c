/* code.c - the codes and names of finds and units; see who_work.h.
 *
 * A person has the code of the office that he held on the day, a composed phrase the country of
 * its modifier and the sector of its role noun. Where a phrase names no country, earlier mentions
 * and the place of the event may give it (descriptions). Looking back is bounded. */
#include "who/write.h"

enum { LOOK_BACK = 40 };

static const char *z_or_null(const struct know *know, uint32_t s)
{
    return s == 0 ? NULL : know_z(know, s);
}

/* The office held last before the day: "then-President". */
static const struct know_role *role_before(const struct know *know, const struct know_entity *e,
                                           int32_t day)
{
    const struct know_role *best = NULL;
    for (uint32_t r = e->role_begin; r < e->role_end; r++) {
        const struct know_role *role = &know->roles[r];
        if (role->to > day) continue;
        if (best == NULL || role->to > best->to) best = role;
    }
    return best;
}

/* Nothing that is known of the person had begun by then. */
static bool before_all_roles(const struct know *know, const struct know_entity *e, int32_t day)
{
    if (e->kind != ENTITY_PERSON || e->role_begin == e->role_end || day == DAY_MIN) return false;
    for (uint32_t r = e->role_begin; r < e->role_end; r++)
        if (know->roles[r].from <= day) return false;
    return true;
}

const char *code_of_entity(const struct know *know, const struct know_entity *e, int32_t day,
                           uint16_t flags, const char **country, const char **sector)
{
    const struct know_role *role = know_role_on(know, e, day);
    if (flags & UNIT_THEN) {
        const struct know_role *before = role_before(know, e, day);
        if (before != NULL) role = before;
    } else if (flags & UNIT_FORMER) {
        role = NULL;
    }
    if (role == NULL && before_all_roles(know, e, day)) {
        *country = know_z(know, e->country);
        *sector = NULL;
        return *country;
    }
    *country = know_z(know, role != NULL ? role->country : e->country);
    *sector = z_or_null(know, role != NULL ? role->sector : e->sector);
    return know_z(know, role != NULL ? role->code : e->code);
}

static uint32_t title_noun(const struct who_work *w, const struct know_entity *e)
{
    const struct know_role *role = know_role_on(w->know, e, w->day);
    return role == NULL ? NONE : role->title;
}

static void name_entity(struct who_work *w, struct mention *m, uint32_t entity, uint16_t flags)
{
    const struct know_entity *e = &w->know->entities[entity];
    m->entity = entity;
    m->name = know_z(w->know, e->name);
    m->gender = e->gender;
    m->code = code_of_entity(w->know, e, w->day, flags, &m->country, &m->sector);
    if (e->kind != ENTITY_PERSON) return;
    m->flags |= ACTOR_PERSON;
    m->noun = title_noun(w, e);
    struct chain_slot *slot = write_chain(w, CHAIN_ENTITY, know_str(w->know, e->key));
    if (slot->actor == NONE || (flags & (UNIT_FORMER | UNIT_THEN))) return;
    m->code = w->actors[slot->actor].code; /* what the story itself said he was */
    m->country = w->actors[slot->actor].country;
    m->sector = w->actors[slot->actor].sector;
}

static uint32_t entity_chain(struct who_work *w, uint32_t entity)
{
    const struct know_entity *e = &w->know->entities[entity];
    if (e->kind == ENTITY_PERSON)
        return write_chain(w, CHAIN_ENTITY, know_str(w->know, e->key))->chain;
    return write_chain(w, CHAIN_CODE, know_str(w->know, e->code))->chain;
}

/* An organisation shares its code with others ("IGO"): its key makes the chain. */
static uint32_t named_chain(struct who_work *w, uint32_t entity)
{
    const struct know_entity *e = &w->know->entities[entity];
    if (e->kind == ENTITY_COUNTRY || e->kind == ENTITY_PERSON) return entity_chain(w, entity);
    return write_chain(w, CHAIN_ENTITY, know_str(w->know, e->key))->chain;
}

static struct mention mention_of(uint32_t begin, uint32_t end, uint32_t head, uint8_t kind)
{
    return (struct mention){.begin = begin,
                            .end = end,
                            .head = head,
                            .code = "",
                            .country = "",
                            .name = "",
                            .entity = NONE,
                            .noun = NONE,
                            .kind = kind};
}

/* ---- finds
 * ---------------------------------------------------------------------------------------- */

static bool is_modifier_dep(uint8_t dep)
{
    return dep == DEP_AMOD || dep == DEP_COMPOUND || dep == DEP_NMOD_DESC || dep == DEP_FLAT;
}

static bool negated_prefix(const struct who_work *w, const struct find *f)
{
    static const char *const prefixes[] = {"pro", "anti", "non", NULL};
    return f->begin >= 2 && phrase_is(w, f->begin - 1, "-") && phrase_in(w, f->begin - 2, prefixes);
}

/* "Russians", "the French", "a Dane": persons; "Russian troops": a modifier; "in Russian": neither.
 */
static void code_people(struct who_work *w, struct find *f)
{
    struct mention m = mention_of(f->begin, f->end, f->head, ACTOR_NAMED);
    const struct word *word = &w->lang->words[f->head];
    if (negated_prefix(w, f)) return;
    name_entity(w, &m, f->of, 0);
    m.chain = named_chain(w, f->of);
    bool noun_after = f->end < w->text->n_tokens && word->head != NO_TOKEN &&
                      word->head >= f->end && word->upos == UPOS_ADJ;
    if (f->plural) {
        m.flags |= ACTOR_PLURAL | ACTOR_PERSON;
    } else if (f->unit != 0 || is_modifier_dep(word->dep) || noun_after) {
        m.flags |= ACTOR_MODIFIER;
    } else {
        uint32_t marker = phrase_marker(w, f->head);
        if (marker != NONE && phrase_is(w, marker, "in")) return;
        if (word->head != NO_TOKEN && phrase_is(w, word->head, "speak")) return;
        m.flags |= ACTOR_PERSON;
    }
    write_actor(w, &m, false);
}

static void code_seat(struct who_work *w, const struct find *f)
{
    const struct know_entity *e = &w->know->entities[f->of];
    struct mention m = mention_of(f->begin, f->end, f->head, ACTOR_METONYM);
    if (f->unit == 0 && metonym_is_place(w, f->head)) return;
    m.country = know_z(w->know, e->code);
    m.sector = z_or_null(w->know, f->sector);
    m.code = write_code(w, m.country, m.sector);
    m.entity = f->of;
    m.name = write_text(w, f->begin, f->end);
    m.chain = write_chain(w, CHAIN_CODE, str_c(m.code))->chain;
    if (f->unit != 0) m.flags |= ACTOR_MODIFIER;
    write_actor(w, &m, false);
}

static void code_known(struct who_work *w, const struct find *f)
{
    bool metonym = f->kind == FIND_CAPITAL;
    struct mention m = mention_of(f->begin, f->end, f->head, metonym ? ACTOR_METONYM : ACTOR_NAMED);
    if (metonym && f->unit == 0 && !metonym_acts(w, f->head)) return;
    name_entity(w, &m, f->of, 0);
    m.chain = named_chain(w, f->of);
    if (f->unit != 0) m.flags |= ACTOR_MODIFIER;
    bool group = w->know->entities[f->of].kind == ENTITY_GROUP; /* "the Houthis" */
    if (group && w->lang->words[f->head].plural) m.flags |= ACTOR_PLURAL;
    write_actor(w, &m, false);
}

static uint8_t gender_of_title(const struct who_work *w, uint32_t begin)
{
    static const char *const men[] = {"mr", "mr.", "sir", "lord", NULL};
    static const char *const women[] = {"mrs", "mrs.", "ms", "ms.", "lady", "miss", NULL};
    if (begin == 0) return 0;
    if (phrase_in(w, begin - 1, men)) return 'm';
    return phrase_in(w, begin - 1, women) ? 'f' : 0;
}

/* The slot of an unknown person's surname: the last word of the name. */
static struct chain_slot *surname_slot(struct who_work *w, const struct find *f)
{
    return write_chain(w, CHAIN_SURNAME, phrase_form(w, f->end - 1));
}

static bool same_given_name(const struct who_work *w, const struct find *f, const struct actor *a)
{
    if (f->end - f->begin < 2) return true;
    struct str given = phrase_form(w, f->begin);
    return str_starts(str_c(a->name), given) || strchr(a->name, ' ') == NULL;
}

/* What an earlier mention of the same surname was called and coded. */
static bool recall_person(struct who_work *w, const struct find *f, struct mention *m)
{
    struct chain_slot *slot = surname_slot(w, f);
    if (slot->actor == NONE || !same_given_name(w, f, &w->actors[slot->actor])) return false;
    const struct actor *a = &w->actors[slot->actor];
    m->code = a->code;
    m->country = a->country;
    m->sector = a->sector;
    m->entity = a->entity_id;
    m->name = f->end - f->begin > 1 ? write_text(w, f->begin, f->end) : a->name;
    m->chain = a->chain;
    m->noun = w->traces[slot->actor].noun;
    if (m->gender == 0) m->gender = w->traces[slot->actor].gender;
    return true;
}

static void remember_person(struct who_work *w, const struct find *f, uint32_t actor)
{
    struct chain_slot *slot = surname_slot(w, f);
    if (actor == NONE) return;
    if (slot->actor == NONE || w->actors[slot->actor].code[0] == '\0') slot->actor = actor;
}

static void code_new(struct who_work *w, const struct find *f)
{
    struct mention m = mention_of(f->begin, f->end, f->head, ACTOR_UNKNOWN);
    if (f->kind == FIND_NEW_PERSON) {
        m.flags |= ACTOR_PERSON;
        m.gender = gender_of_title(w, f->begin);
        if (recall_person(w, f, &m) && m.code[0] != '\0') m.kind = ACTOR_NAMED;
        if (m.name[0] == '\0') m.name = write_text(w, f->begin, f->end);
        remember_person(w, f, write_actor(w, &m, false));
        return;
    }
    m.name = write_text(w, f->begin, f->end);
    m.chain = write_chain(w, CHAIN_NAME, str_c(m.name))->chain;
    write_actor(w, &m, false);
}

void code_find(struct who_work *w, struct find *f)
{
    if (f->absorbed) return;
    if (f->unit != 0 && w->units[f->unit - 1].name == (uint32_t)(f - w->finds)) return;
    switch ((enum find_kind)f->kind) {
    case FIND_PEOPLE: code_people(w, f); return;
    case FIND_SEAT: code_seat(w, f); return;
    case FIND_COUNTRY:
    case FIND_ORG:
    case FIND_PERSON:
    case FIND_CAPITAL: code_known(w, f); return;
    case FIND_NEW_PERSON:
    case FIND_NEW_ORG: code_new(w, f); return;
    case FIND_ROLE: return;
    }
}

/* ---- units
 * ---------------------------------------------------------------------------------------- */

/* State organs, whose country a description takes from the story. */
static bool is_state_sector(const char *sector)
{
    static const char *const state[] = {"GOV", "MIL", "COP", "JUD", "LEG", "SPY", NULL};
    for (const char *const *s = state; sector != NULL && *s != NULL; s++)
        if (strcmp(sector, *s) == 0) return true;
    return false;
}

/* Parties to a story, which stay the same through it; "the press" or "the people" may change. */
static bool is_party_sector(const char *sector)
{
    static const char *const party[] = {"REB", "OPP", "PTY", "SEP", "INS", "UAF", NULL};
    for (const char *const *s = party; sector != NULL && *s != NULL; s++)
        if (strcmp(sector, *s) == 0) return true;
    return is_state_sector(sector);
}

static bool is_country_find(const struct find *f)
{
    return f->kind == FIND_COUNTRY || f->kind == FIND_PEOPLE || f->kind == FIND_CAPITAL;
}

static const char *sector_of_unit(const struct unit *u)
{
    return (u->flags & UNIT_FORMER) && (u->flags & UNIT_PERSON) ? "ELI" : u->sector;
}

/* "his Greek counterpart" holds the office that he holds. */
static const char *counterpart_sector(const struct who_work *w, const struct unit *u)
{
    uint32_t owner = u->owner == NONE ? 0 : w->at_token[u->owner];
    return owner == 0 || w->actors[owner - 1].sector == NULL ? "GOV" : w->actors[owner - 1].sector;
}

/* Country, sector and code that one modifier gives to the phrase. */
static void code_modifier(struct who_work *w, const struct unit *u, const struct find *f,
                          struct mention *m)
{
    static const char *const counterparts[] = {"counterpart", "counterparts", NULL};
    const struct know_entity *e = &w->know->entities[f->of];
    m->sector = u->role == NONE && phrase_in(w, u->noun, counterparts) ? counterpart_sector(w, u)
                                                                       : sector_of_unit(u);
    m->country = know_z(w->know, e->code);
    if (f->kind == FIND_PERSON) {
        const char *sector = NULL;
        code_of_entity(w->know, e, w->day, 0, &m->country, &sector);
    } else if (f->kind == FIND_SEAT) {
        if (!(u->flags & UNIT_FORMER)) m->sector = z_or_null(w->know, f->sector);
    } else if (f->kind == FIND_ORG) {
        m->country = know_z(w->know, e->country);
        m->sector = z_or_null(w->know, e->sector);
        m->code = know_z(w->know, e->code);
        return;
    }
    m->code = write_code(w, m->country, m->sector);
}

/* "Palestinian Hamas militants": the organisation; "the U.S. NATO ambassador": the country. */
static uint32_t leading_modifier(const struct who_work *w, const struct unit *u)
{
    uint32_t country = NONE, org = NONE;
    for (uint32_t i = 0; i < u->n_modifiers; i++) {
        const struct find *f = &w->finds[u->modifiers[i]];
        if (is_country_find(f))
            country = u->modifiers[i];
        else if (org == NONE)
            org = u->modifiers[i];
    }
    if (country == NONE || org == NONE) return NONE;
    const struct know_entity *e = &w->know->entities[w->finds[org].of];
    const struct know_entity *c = &w->know->entities[w->finds[country].of];
    bool national = w->finds[org].kind != FIND_ORG ||
                    str_eq(know_str(w->know, e->country), know_str(w->know, c->code));
    return national ? org : country;
}

static struct mention unit_mention(struct who_work *w, const struct unit *u, uint8_t kind)
{
    struct mention m = mention_of(u->begin, u->end, u->head, kind);
    static const char *const women[] = {"spokeswoman", "queen",    "congresswoman",
                                        "policewoman", "princess", "businesswoman",
                                        "actress",     NULL};
    static const char *const men[] = {"spokesman", "king",        "congressman", "policeman",
                                      "prince",    "businessman", "chairman",    NULL};
    if (u->flags & UNIT_PERSON) m.flags |= ACTOR_PERSON;
    if (u->flags & UNIT_PLURAL) m.flags |= ACTOR_PLURAL;
    if (phrase_in(w, u->noun, women)) m.gender = 'f';
    if (phrase_in(w, u->noun, men)) m.gender = 'm';
    if (u->role != NONE) m.noun = w->know->role_nouns[u->role].noun;
    m.sector = sector_of_unit(u);
    m.name = u->name == NONE ? write_text(w, u->begin, u->end)
                             : write_text(w, w->finds[u->name].begin, w->finds[u->name].end);
    return m;
}

/* Nameless mentions of one code are one actor when they are bodies or speak of the same noun. */
static uint32_t composed_chain(struct who_work *w, const struct unit *u, const struct mention *m)
{
    struct chain_slot *slot = write_chain(w, CHAIN_CODE, str_c(m->code));
    if (u->flags & UNIT_BODY || m->noun == NONE) return slot->chain;
    uint64_t kind = CHAIN_NOUN + 16 * (uint64_t)m->noun;
    return write_chain(w, kind, str_c(m->code))->chain;
}

static void write_composed(struct who_work *w, struct unit *u, struct mention *m, bool further)
{
    const struct find *name = u->name == NONE ? NULL : &w->finds[u->name];
    if (name != NULL && name->kind == FIND_NEW_PERSON) {
        struct chain_slot *slot = surname_slot(w, name);
        if (slot->actor != NONE)
            m->chain = w->actors[slot->actor].chain;
        else
            m->chain = slot->chain;
        remember_person(w, name, write_actor(w, m, further));
        return;
    }
    if (m->chain == 0 && m->code[0] != '\0') m->chain = composed_chain(w, u, m);
    write_actor(w, m, further);
}

/* One actor for each coordinated modifier, all with the span of the phrase. */
static void code_modified(struct who_work *w, struct unit *u)
{
    uint32_t lead = leading_modifier(w, u), n = u->n_modifiers;
    bool backwards = w->finds[u->modifiers[0]].begin > w->finds[u->modifiers[n - 1]].begin;
    for (uint32_t i = 0; i < n; i++) { /* in the order of the text */
        uint32_t at = lead != NONE ? lead : u->modifiers[backwards ? n - 1 - i : i];
        struct mention m = unit_mention(w, u, ACTOR_COMPOSED);
        code_modifier(w, u, &w->finds[at], &m);
        write_composed(w, u, &m, i != 0);
        if (lead != NONE) return;
    }
}

/* A person of the base with a title: his own office on the day, unless he had none by then. */
static void code_titled(struct who_work *w, struct unit *u, const struct find *name)
{
    struct mention m = unit_mention(w, u, ACTOR_COMPOSED);
    const struct know_entity *e = &w->know->entities[name->of];
    name_entity(w, &m, name->of, u->flags);
    m.chain = named_chain(w, name->of);
    bool none_yet = e->role_begin == e->role_end || before_all_roles(w->know, e, w->day);
    if (e->kind != ENTITY_PERSON || !none_yet) {
        write_actor(w, &m, false);
        return;
    }
    if (u->n_modifiers != 0) {
        code_modifier(w, u, &w->finds[u->modifiers[0]], &m);
    } else {
        m.sector = sector_of_unit(u);
        m.code = write_code(w, m.country, m.sector);
    }
    uint32_t actor = write_actor(w, &m, false);
    write_chain(w, CHAIN_ENTITY, know_str(w->know, e->key))->actor = actor;
}

/* ---- descriptions
 * ----------------------------------------------------------------------------------- */

static void take_from(const struct who_work *w, struct mention *m, uint32_t actor)
{
    const struct actor *a = &w->actors[actor];
    m->code = a->code;
    m->country = a->country;
    m->sector = a->sector;
    m->entity = a->entity_id;
    m->name = a->name;
    m->chain = a->chain;
    m->gender = w->traces[actor].gender;
}

bool code_single_person(const struct actor *a)
{
    return (a->flags & ACTOR_PERSON) && !(a->flags & ACTOR_PLURAL);
}

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
    if (!(u->flags & UNIT_PERSON) && !is_party_sector(m->sector)) return false;
    struct str noun = know_str(w->know, w->know->role_nouns[u->role].noun);
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        if (w->traces[i].noun == NONE || w->actors[i].code[0] == '\0') continue;
        if (code_single_person(&w->actors[i]) != ((m->flags & ACTOR_PERSON) != 0)) continue;
        if (!same_noun(know_str(w->know, w->traces[i].noun), noun)) continue;
        take_from(w, m, (uint32_t)i);
        return true;
    }
    return false;
}

/* "the rebels", "the army": the country of the last one of that sector. */
static bool same_sector_before(const struct who_work *w, struct mention *m, bool definite)
{
    if (!is_party_sector(m->sector)) return false;
    for (size_t i = w->n_actors, k = 0; m->sector != NULL && i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        if (a->country[0] == '\0' || a->sector == NULL || strcmp(a->sector, m->sector) != 0)
            continue;
        bool body = a->entity_id != UINT32_MAX && !(a->flags & ACTOR_PERSON);
        if (body && definite && !is_state_sector(m->sector))
            take_from(w, m, (uint32_t)i);
        else
            m->country = a->country;
        return true;
    }
    return false;
}

/* A state, not a region such as Europe. */
static bool is_national(const struct who_work *w, const char *country)
{
    uint32_t id = country[0] != '\0' ? know_country(w->know, str_c(country)) : UINT32_MAX;
    return id != UINT32_MAX && !w->know->entities[id].region;
}

/* The country of the last actor that is a state or speaks for one. */
static bool state_before(const struct who_work *w, struct mention *m, bool modifiers)
{
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        bool state = a->sector == NULL
                         ? !w->traces[i].placelike && (modifiers || !(a->flags & ACTOR_MODIFIER))
                         : is_state_sector(a->sector);
        if (!state || !is_national(w, a->country)) continue;
        m->country = a->country;
        return true;
    }
    return false;
}

/* "its foreign minister", "the two countries' leaders": one actor for each country that the
 * possessor stands for. False when it stands for none. */
static bool code_owned(struct who_work *w, struct unit *u)
{
    uint32_t i = w->at_token[u->owner];
    const char *last = "";
    bool some = false;
    for (; i != 0 && i <= w->n_actors && w->actors[i - 1].head == u->owner; i++) {
        struct mention m = unit_mention(w, u, ACTOR_DESCRIPTION);
        m.country = w->actors[i - 1].country;
        if (m.country[0] == '\0' || strcmp(m.country, last) == 0) continue;
        last = m.country;
        m.code = write_code(w, m.country, m.sector);
        write_composed(w, u, &m, some);
        some = true;
    }
    return some;
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
    static const char *const offices[] = {
        "president", "spokesman", "spokeswoman", "spokesperson",   "director", "chairman", "chief",
        "head",      "executive", "secretary",   "representative", "governor", "leader",   NULL};
    return !is_office(w, u) && phrase_in(w, u->noun, offices);
}

static bool find_country(struct who_work *w, const struct unit *u, struct mention *m)
{
    bool definite = (u->flags & UNIT_DEFINITE) != 0;
    bool many = (u->flags & (UNIT_PLURAL | UNIT_BODY)) != 0;
    if (u->owner != NONE || (u->flags & UNIT_FIRM)) return false;
    bool state = is_state_sector(m->sector);
    bool organ = !many && is_office(w, u); /* "a Foreign Ministry spokesman" */
    if (definite && !state && same_sector_before(w, m, definite)) return true;
    if (u->place_country != NONE) {
        m->country = know_z(w->know, w->know->entities[u->place_country].code);
        return true;
    }
    if (many && !definite && same_sector_before(w, m, definite)) return true;
    if (!(definite || organ) || !state) return false;
    return state_before(w, m, false) || state_before(w, m, true);
}

/* A noun that only qualifies another one ("police report") is no actor. */
static bool only_qualifies(const struct who_work *w, const struct unit *u)
{
    uint8_t dep = w->lang->words[u->head].dep;
    return u->name == NONE && (dep == DEP_COMPOUND || dep == DEP_AMOD);
}

static void code_bare(struct who_work *w, struct unit *u)
{
    const struct find *name = u->name == NONE ? NULL : &w->finds[u->name];
    struct mention m = unit_mention(w, u, name != NULL ? ACTOR_COMPOSED : ACTOR_DESCRIPTION);
    if (name != NULL && recall_person(w, name, &m) && m.code[0] != '\0') {
        remember_person(w, name, write_actor(w, &m, false));
        return;
    }
    if (only_qualifies(w, u)) return;
    if (u->code != NULL) {
        m.code = u->code;
        m.country = u->code;
        m.sector = NULL;
        write_composed(w, u, &m, false);
        return;
    }
    if (name == NULL && u->owner == NONE && (u->flags & UNIT_DEFINITE) &&
        same_noun_before(w, u, &m)) {
        write_actor(w, &m, false);
        return;
    }
    if (u->owner != NONE && code_owned(w, u)) return;
    bool found = !(u->flags & UNIT_NEEDS) && find_country(w, u, &m);
    if (((u->flags & UNIT_NEEDS) || is_common_office(w, u)) && !found) {
        if (name != NULL) code_new(w, name);
        return;
    }
    if ((u->flags & UNIT_FIRM) && is_state_sector(m.sector)) m.sector = NULL;
    if (m.chain == 0) m.code = write_code(w, m.country, m.sector);
    if (m.code[0] == '\0') m.kind = ACTOR_UNKNOWN;
    write_composed(w, u, &m, false);
}

void code_unit(struct who_work *w, struct unit *u)
{
    if (u->flags & UNIT_ABSORBED) return;
    const struct find *name = u->name == NONE ? NULL : &w->finds[u->name];
    if (name != NULL && (name->kind == FIND_PERSON || name->kind == FIND_ORG))
        code_titled(w, u, name);
    else if (u->n_modifiers != 0)
        code_modified(w, u);
    else
        code_bare(w, u);
}
