/* compose.c - actors made of parts: "Russian Foreign Ministry spokeswoman Maria Zakharova"; see
 * compose.h.
 *
 * Each role noun that no longer phrase has taken, from the last of a sentence to its first, grows
 * into a noun phrase: to the left over modifiers, possessors and further role nouns, to the right
 * over a name and over "of", "for" and "in". Neighbourhood leads and the tree says no where it
 * knows better, for noun phrases are where parsers err least and news is most regular. Every token
 * is passed a bounded number of times. */
#include "who/compose.h"

#include <assert.h>

#include "know/sectors.h"
#include "who/locate.h"
#include "who/phrase.h"

/* Finds, participles and the like that a phrase may have before its noun. Lists count as one. */
enum { LEFT_MOST = 12 };

const struct name_find *unit_name(const struct who_work *w, const struct unit *u)
{
    return u->name == NONE ? NULL : &w->finds[u->name];
}

/* A noun that says little of its own: another role noun in the phrase gives the sector. */
static bool is_generic(const struct who_work *w, uint32_t token)
{
    return word_has(w->tree, token, CLASS_GENERIC_NOUN);
}

static bool gives_country(const struct name_find *f)
{
    return f->kind == FIND_COUNTRY || f->kind == FIND_ORG || f->kind == FIND_PEOPLE ||
           f->kind == FIND_CAPITAL || f->kind == FIND_SEAT || f->kind == FIND_PERSON;
}

/* The unit that grows is the last one with modifiers: its range ends where the array does. */
static void add_modifier(struct who_work *w, struct unit *u, const struct name_find *f)
{
    uint32_t *grown = arena_grow(w->arena, w->modifiers, w->n_modifiers, w->n_modifiers + 1,
                                 &w->modifiers_cap, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return;
    }
    assert(u->modifiers.end == w->n_modifiers);
    w->modifiers = grown;
    w->modifiers[w->n_modifiers++] = (uint32_t)(f - w->finds);
    u->modifiers.end++;
}

static bool is_acronym(const struct who_work *w, const struct name_find *f)
{
    struct str form = phrase_form(w, f->begin);
    for (size_t i = 0; i < form.len; i++)
        if (form.at[i] >= 'a' && form.at[i] <= 'z') return false;
    return f->end - f->begin == 1;
}

/* Whether a name before "and" stands beside the modifier after it: "Russian and U.S. teams". */
static bool coordinates(const struct who_work *w, const struct name_find *f,
                        const struct name_find *with, bool possessive)
{
    uint8_t dep = w->words[f->head].dep;
    if (name_is_about(w, f)) return false;
    if (f->kind == FIND_PEOPLE) return !f->plural;
    if (f->kind != FIND_COUNTRY && f->kind != FIND_ORG) return false;
    if (possessive) return w->words[with->head].head == f->head;
    return dep == DEP_COMPOUND || dep == DEP_AMOD || dep == DEP_NMOD_DESC || is_acronym(w, f);
}

/* The end of the name that may be coordinated with what begins at `at`: before "and", "&", ",",
 * "-", and a possessor's mark before those. 0 when nothing of the kind stands there. */
static uint32_t end_of_coordinated(const struct who_work *w, uint32_t at)
{
    uint32_t q = at - 1;
    bool mark = phrase_is_mark(w, q, ",") || phrase_hyphen(w, q) || /* not a dateline's dash */
                phrase_is_mark(w, q, "\xE2\x80\x93");
    if (!mark && !word_has(w->tree, q, CLASS_JOINT)) return 0;
    if (q > 1 && form_has(w->tree, q, CLASS_AND) && phrase_is_mark(w, q - 1, ",")) q--;
    if (q > 1 && phrase_possessive(w, q - 1)) q--;
    return q;
}

/* From a modifier leftwards over those coordinated with it. Returns the first token taken. */
static uint32_t take_coordinated(struct who_work *w, struct unit *u, const struct name_find *f,
                                 bool possessive)
{
    uint32_t at = f->begin;
    while (at >= 2) {
        uint32_t end = end_of_coordinated(w, at);
        const struct name_find *g = end > 0 ? name_at_token(w, end - 1) : NULL;
        if (g == NULL || !coordinates(w, g, f, possessive)) break;
        add_modifier(w, u, g);
        at = g->begin;
    }
    return at;
}

static void take_flag_word(const struct who_work *w, struct unit *u, uint32_t token)
{
    if (word_has(w->tree, token, CLASS_FORMER)) u->flags |= UNIT_FORMER;
    if (form_has(w->tree, token, CLASS_THEN)) u->flags |= UNIT_THEN;
    if (form_has(w->tree, token, CLASS_THE)) u->flags |= UNIT_DEFINITE;
    if (word_has(w->tree, token, CLASS_FROM_ELSEWHERE)) u->flags |= UNIT_ELSEWHERE;
}

/* A role noun inside the phrase lends its sector to a head that says little: "army spokesman". */
static void take_inner_role(struct who_work *w, struct unit *u, struct name_find *f)
{
    const struct know_role_noun *noun = &w->know->role_nouns[f->of];
    if ((u->role == NONE || is_generic(w, u->noun)) && noun->sector != 0) {
        u->sector = know_z(w->know, noun->sector);
        u->flags &= (uint16_t)~UNIT_NEEDS;
    }
}

/* "Lagos police": a town that lang took for a person, who has no police. */
static bool take_town(const struct who_work *w, struct unit *u, struct name_find *f)
{
    uint32_t place = f->end == f->begin + 1 ? w->place_at[f->begin] : NONE;
    if (place == NONE || u->place_country != NONE || f->end != u->begin) return false;
    u->place_country = locate_at(w, f->begin);
    if (u->place_country == NONE) return false;
    u->flags |= UNIT_THERE;
    f->absorbed = 1;
    u->begin = f->begin;
    return true;
}

/* The modifier find before the phrase. Returns where the scan goes on, NONE when it is over. */
static uint32_t take_left_find(struct who_work *w, struct unit *u, struct name_find *f,
                               uint32_t unit)
{
    if (f->kind == FIND_ROLE) {
        take_inner_role(w, u, f);
        f->unit = unit;
        u->begin = f->begin;
        return f->begin;
    }
    if (f->kind == FIND_NEW_ORG) {
        u->flags |= UNIT_FIRM;
        f->absorbed = 1;
        u->begin = f->begin;
        return f->begin;
    }
    if (f->kind == FIND_NEW_PERSON && take_town(w, u, f)) return f->begin;
    if (!gives_country(f) || f->plural) return NONE;
    if (name_is_about(w, f) && word_has(w->tree, f->begin - 2, CLASS_FORMER))
        u->flags |= UNIT_FORMER; /* "ex-Malaysian minister" */
    else if (name_is_about(w, f))
        return f->begin - 2;
    if (f->kind == FIND_PEOPLE && f->begin > 0 && form_has(w->tree, f->begin - 1, CLASS_ETHNIC)) {
        f->unit = unit; /* "ethnic Albanian rebels": not Albania's */
        return f->begin - 1;
    }
    if (f->kind == FIND_PERSON && range_count(u->modifiers) != 0) return NONE;
    f->unit = unit;
    add_modifier(w, u, f);
    u->begin = take_coordinated(w, u, f, false);
    return u->begin;
}

/* The country that a place name at `q` lies in, or NONE. */
uint32_t compose_country_at(const struct who_work *w, uint32_t q)
{
    const struct name_find *f = name_at_token(w, q);
    if (f != NULL && (f->kind == FIND_COUNTRY || f->kind == FIND_CAPITAL)) return f->of;
    bool known = f != NULL && f->kind != FIND_NEW_ORG && f->kind != FIND_NEW_PERSON;
    return known ? NONE : locate_at(w, q);
}

/* A place before the noun: "New Jersey Governor", "Karachi's police". Lang sees names of persons
 * there only behind titles. */
static void take_left_place(const struct who_work *w, struct unit *u, uint32_t token)
{
    enum { PLACE_WORDS = 3 };
    uint32_t t = token + 1;
    for (int i = 0; i < PLACE_WORDS && t > 0 && phrase_capital(w, t - 1); i++) {
        uint32_t country = compose_country_at(w, --t);
        if (country == NONE) continue;
        u->place_country = country;
        u->flags |= UNIT_THERE;
        u->begin = t;
        return;
    }
}

/* The possessor before 's at `mark`; the phrase ends there. */
static void take_possessor(struct who_work *w, struct unit *u, uint32_t mark, uint32_t unit)
{
    struct name_find *f = mark > 0 ? name_at_token(w, mark - 1) : NULL;
    if (f == NULL && mark > 0) take_left_place(w, u, mark - 1);
    if (f == NULL || f->kind == FIND_ROLE) {
        if (mark > 0 && u->place_country == NONE) u->owner = mark - 1;
        return;
    }
    if (f->kind == FIND_NEW_ORG || f->kind == FIND_NEW_PERSON) {
        u->flags |= UNIT_FIRM;
        return;
    }
    if (!gives_country(f) || range_count(u->modifiers) != 0) return;
    f->unit = unit;
    add_modifier(w, u, f);
    u->begin = take_coordinated(w, u, f, true);
}

static bool may_pass(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    if (w->text->tokens[token].flags & TOKEN_CAPS_LINE)
        return false; /* tags are poor in capitals */
    switch (word->upos) {
    case UPOS_ADJ:
    case UPOS_NOUN:
    case UPOS_PROPN:
    case UPOS_NUM: return true;
    case UPOS_VERB: return word->dep == DEP_AMOD || word->dep == DEP_COMPOUND;
    case UPOS_ADV: return word->dep == DEP_AMOD || form_has(w->tree, token, CLASS_THEN);
    default: return phrase_hyphen(w, token);
    }
}

/* "Saudi-led", "U.S.-backed": a participle that ties the name to the noun in another way. */
static bool hyphen_participle(const struct who_work *w, uint32_t token)
{
    return w->words[token].upos == UPOS_VERB && token > 0 && phrase_is_mark(w, token - 1, "-");
}

/* "French-led troops", "a Turkish-flagged ship": whose they are; not "a French-led coalition". */
static bool is_led(const struct who_work *w, const struct unit *u, uint32_t token)
{
    return word_has(w->tree, token, CLASS_LED) && !word_has(w->tree, u->noun, CLASS_BLOC);
}

static void grow_left(struct who_work *w, struct unit *u, uint32_t from, uint32_t unit)
{
    uint32_t t = u->begin;
    bool verb = false; /* a participle was passed: a role noun before it is its subject */
    for (int i = 0; i < LEFT_MOST && t > from; i++) {
        uint32_t p = t - 1;
        /* "police ARREST 74 protesters": a verb that was tagged as a noun */
        if (w->words[u->noun].head == p && w->words[u->noun].dep == DEP_OBJ) return;
        if (phrase_possessive(w, p)) {
            take_possessor(w, u, p, unit);
            return;
        }
        struct name_find *f = name_at_token(w, p);
        if (f != NULL && !f->absorbed) {
            if (verb && f->kind == FIND_ROLE) return;
            t = take_left_find(w, u, f, unit);
            if (t == NONE) return;
            continue;
        }
        take_flag_word(w, u, p);
        if (w->words[p].upos == UPOS_PRON && w->words[p].dep == DEP_NMOD_POSS) u->owner = p;
        if (!may_pass(w, p) || (hyphen_participle(w, p) && !is_led(w, u, p))) return;
        if (u->place_country == NONE) take_left_place(w, u, p);
        verb |= w->words[p].upos == UPOS_VERB;
        t = p;
    }
}

/* ---- to the right ---- */

static uint32_t skip_article(const struct who_work *w, uint32_t token)
{
    return form_has(w->tree, token, CLASS_THE) ? token + 1 : token;
}

static void take_name(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    struct name_find *f = u->end < to ? name_at_token(w, u->end) : NULL;
    if (f == NULL || f->begin != u->end || f->unit != NONE) return;
    bool person = f->kind == FIND_PERSON || f->kind == FIND_NEW_PERSON;
    bool body = f->kind == FIND_ORG || f->kind == FIND_NEW_ORG;
    if (!(person && (u->flags & UNIT_PERSON)) && !(body && (u->flags & UNIT_BODY))) return;
    f->unit = unit;
    u->name = (uint32_t)(f - w->finds);
    u->end = f->end;
}

/* Whether the noun has the sector of what follows: "chief of police", "supporters of the rebels".
 */
static bool takes_sector(const struct who_work *w, const struct unit *u, const char *sector)
{
    if (word_has(w->tree, u->noun, CLASS_FOLLOWER))
        return sector_has(w->know, sector, SECTOR_PARTY) &&
               !sector_has(w->know, sector, SECTOR_STATE);
    return sector != NULL && is_generic(w, u->noun);
}

/* A unit that follows "of" or "for" gives its country, and its sector where ours says little. */
static void take_unit(struct who_work *w, struct unit *u, struct unit *v)
{
    u->modifiers = v->modifiers; /* it has none of its own, and takes none after these */
    if (u->owner == NONE) u->owner = v->owner;
    if (v->role == NONE && v->code != NULL) { /* "leaders from fifty countries" */
        u->flags &= (uint16_t)~UNIT_NEEDS;
    } else if (takes_sector(w, u, v->sector)) {
        u->sector = v->sector;
        u->flags = (uint16_t)((u->flags & ~UNIT_NEEDS) | (v->flags & UNIT_NEEDS));
    }
    u->flags |= v->flags & (UNIT_FIRM | UNIT_DEFINITE | UNIT_ELSEWHERE);
    u->end = v->end;
    v->flags |= UNIT_ABSORBED;
}

/* The next country of a list, behind a comma, "and" or both, or NULL. */
static struct name_find *next_listed(const struct who_work *w, uint32_t at, uint32_t to, bool *last)
{
    uint32_t q = at;
    if (phrase_is_mark(w, q, ",")) q++;
    *last = q + 1 < to && form_has(w->tree, q, CLASS_AND);
    if (*last) q++;
    struct name_find *f = q > at && q < to ? name_at_token(w, q) : NULL;
    return f != NULL && f->kind == FIND_COUNTRY && f->begin == q && f->unit == NONE ? f : NULL;
}

/* "leaders of France, Germany and Italy": a list counts once its "and" has come. */
static void take_listed(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    const struct range before = u->modifiers;
    uint32_t end = u->end;
    bool last = false;
    while (!last && end + 1 < to && !w->failed) {
        const struct name_find *f = next_listed(w, end, to, &last);
        if (f == NULL) break;
        add_modifier(w, u, f);
        end = f->end;
        if (last && !phrase_possessive(w, end)) u->end = end;
    }
    if (u->end != end) { /* it was no list, or that of a possessor */
        w->n_modifiers = before.end;
        u->modifiers = before;
    }
    for (uint32_t i = before.end; i < u->modifiers.end; i++)
        w->finds[w->modifiers[i]].unit = unit;
}

/* What "of" or "for" may hang on a role noun. */
static bool may_follow_of(const struct who_work *w, const struct unit *u, const struct name_find *f)
{
    /* "government of Joe Biden", "supporters of Joe Biden" */
    bool ruler = f->kind == FIND_PERSON &&
                 ((u->flags & UNIT_BODY) || word_has(w->tree, u->noun, CLASS_FOLLOWER) ||
                  word_has(w->tree, u->noun, CLASS_KIN));
    return f->kind == FIND_COUNTRY || f->kind == FIND_ORG || f->kind == FIND_CAPITAL ||
           f->kind == FIND_SEAT || ruler;
}

/* "a diplomat from the Russian embassy", "soldiers from Nepal", not "drove rebels from Aleppo". */
static bool comes_from(const struct who_work *w, const struct unit *u, uint32_t to)
{
    uint32_t e = u->end;
    if (!form_has(w->tree, e, CLASS_FROM) || e + 1 >= to) return false;
    EACH_CHILD(w->tree, child, u->noun)
        if (w->tree->left[child] == e && child > e) return true;
    return false;
}

/* Where the unit begins that hangs on this one by "of" at `token`: behind further words, too, as in
 * "members of the ruling Workers Party". `token` itself where none does. */
static uint32_t unit_of_phrase(const struct who_work *w, const struct unit *u, uint32_t token,
                               uint32_t to)
{
    enum { WORDS_BETWEEN = 4 };
    if (w->unit_at[token] != NONE || w->find_at[token] != NONE) return token;
    for (uint32_t t = token + 1; t < to && t <= token + WORDS_BETWEEN; t++) {
        if (w->unit_at[t] != NONE) {
            uint32_t head = w->units[w->unit_at[t]].head;
            return w->words[head].head == u->noun ? t : token;
        }
        if (w->find_at[t] != NONE || !may_pass(w, t)) return token;
    }
    return token;
}

static void take_of(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    uint32_t e = u->end;
    bool of = form_has(w->tree, e, CLASS_OF) || comes_from(w, u, to);
    bool speaks_for =
        form_has(w->tree, e, CLASS_FOR) && word_has(w->tree, e - 1, CLASS_SPEAKER_FOR);
    if ((!of && !speaks_for) || e + 1 >= to || range_count(u->modifiers) != 0) return;
    uint32_t q = skip_article(w, e + 1);
    if (q >= to) return;
    q = unit_of_phrase(w, u, q, to);
    if (w->unit_at[q] != NONE) {
        struct unit *v = &w->units[w->unit_at[q]];
        bool says_what = is_generic(w, u->noun) || word_has(w->tree, u->noun, CLASS_FOLLOWER);
        if (range_count(v->modifiers) != 0 || speaks_for || says_what) take_unit(w, u, v);
        return;
    }
    struct name_find *f = name_at_token(w, q);
    if (f == NULL || f->begin != q || phrase_possessive(w, f->end)) return;
    if (f->kind == FIND_NEW_ORG) u->flags |= UNIT_FIRM;
    if (!may_follow_of(w, u, f)) return;
    f->unit = unit;
    add_modifier(w, u, f);
    u->end = f->end;
    if (u->flags & UNIT_PLURAL) take_listed(w, u, to, unit);
}

/* The country of the place that the sentence names nearest to the unit as one where things are. */
static uint32_t nearest_country(const struct who_work *w, const struct unit *u, uint32_t from,
                                uint32_t to)
{
    uint32_t found = NONE, near = NONE;
    for (uint32_t t = from; t + 1 < to; t++) {
        const uint32_t far = t > u->begin ? t - u->begin : u->begin - t;
        if (far >= near || !form_has(w->tree, t, CLASS_LOCATIVE)) continue;
        const uint32_t country = locate_phrase(w, t + 1, to);
        if (country == NONE) continue;
        found = country;
        near = far;
    }
    return found;
}

/* What may stand between an office and its holder: "for Work and Pensions". */
static bool in_long_title(const struct who_work *w, uint32_t token)
{
    uint8_t upos = w->words[token].upos;
    return upos == UPOS_PROPN || phrase_capital(w, token) || upos == UPOS_ADP ||
           form_has(w->tree, token, CLASS_THE) || form_has(w->tree, token, CLASS_AND);
}

static void absorb_between(struct who_work *w, uint32_t begin, uint32_t end)
{
    for (uint32_t t = begin; t < end; t++) {
        struct name_find *f = name_at_token(w, t);
        if (w->unit_at[t] != NONE) w->units[w->unit_at[t]].flags |= UNIT_ABSORBED;
        if (f != NULL && f->unit == NONE) f->absorbed = 1;
    }
}

/* "Minister of Education Jane Doe" as one name of lang, "Governor of Missouri Jane Doe" with the
 * place in hers, not "wife of Jane Doe". */
static bool is_field(const struct who_work *w, struct unit *u, uint32_t token)
{
    if (!word_has(w->tree, u->noun, CLASS_SURE_TITLE)) return false;
    uint32_t country = locate_at(w, token);
    if (country != NONE && range_count(u->modifiers) == 0) {
        u->place_country = country;
        u->flags |= UNIT_THERE;
        return true;
    }
    return w->name_at[u->noun] != NONE && w->name_at[u->noun] == w->name_at[token];
}

/* "Secretary of State for Work and Pensions Jane Doe", "ambassador to Peru Jane Doe": the holder's
 * name right behind what the office is for. */
static void take_long_title(struct who_work *w, struct unit *u, uint32_t to, uint32_t unit)
{
    enum { LONG_MOST = 14 };
    uint32_t e = u->end;
    if (u->name != NONE || !(u->flags & UNIT_PERSON) || (u->flags & UNIT_PLURAL)) return;
    if (e >= to || w->words[e].upos != UPOS_ADP) return;
    bool meant = form_has(w->tree, e, CLASS_OF) || form_has(w->tree, e, CLASS_FOR) ||
                 form_has(w->tree, e, CLASS_TO);
    for (uint32_t t = e + 1; meant && t < to && t < e + LONG_MOST; t++) {
        struct name_find *f = name_at_token(w, t);
        bool person = f != NULL && (f->kind == FIND_PERSON || f->kind == FIND_NEW_PERSON);
        if (person && (f->begin != t || f->unit != NONE)) return;
        if (person && t == e + 1 && !is_field(w, u, t)) return;
        if (person) {
            absorb_between(w, e, t);
            f->unit = unit;
            u->name = (uint32_t)(f - w->finds);
            u->end = f->end;
            return;
        }
        if (!in_long_title(w, t)) return;
    }
}

/* The first country that the phrase of `head` names: "the southern Indian city of Madurai". */
uint32_t compose_country_in(const struct who_work *w, uint32_t head)
{
    uint32_t country = NONE;
    for (uint32_t t = w->tree->left[head]; t < w->tree->right[head] && country == NONE; t++) {
        const struct name_find *f = name_at_token(w, t);
        country = f != NULL && f->kind == FIND_PEOPLE && !name_is_about(w, f)
                      ? f->of
                      : compose_country_at(w, t);
    }
    return country;
}

/* The country of a place that the phrase itself names: "rebels in eastern Congo", "a man from
 * Sudan", "the governor of Sindh". */
static uint32_t country_of_unit(const struct who_work *w, const struct unit *u, uint32_t to)
{
    uint32_t country = NONE;
    if (form_has(w->tree, u->end, CLASS_OF) || form_has(w->tree, u->end, CLASS_IN))
        country = locate_phrase(w, u->end + 1, to);
    EACH_CHILD(w->tree, child, u->noun) {
        if (country != NONE) break;
        if (child < u->end || w->tree->left[child] > u->end + 1) continue;
        if (word_has(w->tree, u->end, CLASS_LOCATIVE) || form_has(w->tree, u->end, CLASS_OF) ||
            form_has(w->tree, u->end, CLASS_FROM))
            country = compose_country_in(w, child);
    }
    return country != NONE ? country : locate_before(w, u->begin);
}

/* "Arab militiamen", "Central American migrants": a part of the world is no country; it tells of
 * people only that they are not from where they are. "Western governments" are of that part. */
static void drop_region(struct who_work *w, struct unit *u)
{
    if (range_count(u->modifiers) != 1 || sector_has(w->know, u->sector, SECTOR_STATE)) return;
    if (u->role == NONE || u->sector == NULL) return;
    const struct name_find *f = &w->finds[w->modifiers[u->modifiers.begin]];
    if (!name_is_region(w, f)) return;
    u->modifiers.end = u->modifiers.begin;
    u->flags &= (uint16_t)~UNIT_NEEDS;
    if (sector_has(w->know, u->sector, SECTOR_PEOPLE)) u->flags |= UNIT_ELSEWHERE;
}

/* "tourists", "foreign workers", "foreign diplomats", but not "foreign ministry". */
static void mark_elsewhere(const struct who_work *w, struct unit *u)
{
    if (sector_has(w->know, u->sector, SECTOR_STATE)) {
        bool governments = form_has(w->tree, u->noun, CLASS_PAIR_OF_GOVERNMENTS) &&
                           u->begin == u->noun && u->end == u->noun + 1;
        if (governments && !(u->flags & UNIT_DEFINITE)) u->flags |= UNIT_ELSEWHERE;
        if (!(u->flags & UNIT_PLURAL)) u->flags &= (uint16_t)~UNIT_ELSEWHERE;
        return;
    }
    for (uint32_t t = u->begin; t < u->end; t++)
        if (word_has(w->tree, t, CLASS_FROM_ELSEWHERE)) u->flags |= UNIT_ELSEWHERE;
}

/* The place of its own phrase; else the nearest one that the sentence says it happens in, for those
 * who act where they are. */
static void take_place(const struct who_work *w, struct unit *u, uint32_t from, uint32_t to)
{
    if (range_count(u->modifiers) != 0 || u->place_country != NONE) return;
    if (u->flags & UNIT_ELSEWHERE) return;
    uint32_t country = country_of_unit(w, u, to);
    if (country != NONE)
        u->flags |= UNIT_THERE;
    else if (!(u->flags & UNIT_NEEDS) && sector_has(w->know, u->sector, SECTOR_LOCAL))
        country = nearest_country(w, u, from, to);
    u->place_country = country;
}

/* ---- units ---- */

static struct unit *new_unit(struct who_work *w, uint32_t begin, uint32_t end)
{
    struct unit *grown =
        arena_grow(w->arena, w->units, w->n_units, w->n_units + 1, &w->units_cap, sizeof *grown);
    if (grown == NULL) {
        w->failed = true;
        return NULL;
    }
    w->units = grown;
    struct unit *u = &w->units[w->n_units++];
    *u = (struct unit){.begin = begin,
                       .end = end,
                       .noun = tree_span_head(w->tree, begin, end),
                       .role = NONE,
                       .modifiers = {(uint32_t)w->n_modifiers, (uint32_t)w->n_modifiers},
                       .name = NONE,
                       .owner = NONE,
                       .place_country = NONE};
    if (w->words[u->noun].plural) u->flags |= UNIT_PLURAL;
    return u;
}

/* "ex-president", "former king": such role nouns stand in the base as they are. */
static bool begins_with_former(const struct who_work *w, struct str noun)
{
    size_t end = 0;
    while (end < noun.len && noun.at[end] != ' ' && noun.at[end] != '-')
        end++;
    return words_has(w->know, str_cut(noun, 0, end), CLASS_FORMER);
}

static void read_role_noun(const struct who_work *w, struct unit *u, uint32_t role)
{
    const struct know_role_noun *noun = &w->know->role_nouns[role];
    struct str text = know_str(w->know, noun->noun);
    u->role = role;
    if (noun->sector != 0) u->sector = know_z(w->know, noun->sector);
    if (noun->code != 0) u->code = know_z(w->know, noun->code);
    if (noun->flags & ROLE_PERSON) u->flags |= UNIT_PERSON;
    if (noun->flags & ROLE_BODY) u->flags |= UNIT_BODY;
    if (noun->flags & ROLE_PLURAL) u->flags |= UNIT_PLURAL;
    if (noun->flags & ROLE_NEEDS_COUNTRY) u->flags |= UNIT_NEEDS;
    if (begins_with_former(w, text)) u->flags |= UNIT_FORMER;
}

/* "the office of Russia's prosecutor general" is he. */
static void take_office(const struct who_work *w, struct unit *u, uint32_t from)
{
    uint32_t b = u->begin;
    if (b > from && form_has(w->tree, b - 1, CLASS_THE)) b--;
    if (b < from + 2 || !form_has(w->tree, b - 1, CLASS_OF) ||
        !word_has(w->tree, b - 2, CLASS_OFFICE_SHELL))
        return;
    if (w->find_at[b - 2] != NONE || w->unit_at[b - 2] != NONE) return;
    u->begin = b - 2;
    u->flags = (uint16_t)((u->flags & ~UNIT_PERSON) | UNIT_BODY);
}

static bool has_possessor(const struct who_work *w, const struct unit *u)
{
    for (uint32_t t = u->begin; t < u->noun; t++)
        if (phrase_possessive(w, t)) return true;
    return false;
}

/* "North Korea's missile test": possessor and noun both belong to a word outside. */
static void release_modifiers(struct who_work *w, const struct unit *u)
{
    for (uint32_t i = u->modifiers.begin; i < u->modifiers.end; i++)
        w->finds[w->modifiers[i]].unit = NONE;
}

static void close_unit(struct who_work *w, struct unit *u)
{
    const struct word *noun = &w->words[u->noun];
    bool noun_after = u->end < w->text->n_tokens &&
                      (w->words[u->end].upos == UPOS_NOUN || w->words[u->end].upos == UPOS_PROPN);
    bool outer = u->name == NONE && noun->dep == DEP_COMPOUND && noun->head != NONE &&
                 noun->head >= u->end && noun_after;
    if (outer && u->noun > 0 && has_possessor(w, u)) {
        release_modifiers(w, u);
        return;
    }
    u->head = outer ? u->noun : tree_span_head(w->tree, u->begin, u->end);
    w->unit_at[u->begin] = (uint32_t)(u - w->units);
}

/* What stands inside the name of a body belongs to it; a country there is its country. */
static void take_inside(struct who_work *w, struct unit *u, uint32_t unit)
{
    for (uint32_t t = u->begin; t < u->end; t++) {
        struct name_find *f = name_at_token(w, t);
        if (w->unit_at[t] != NONE) w->units[w->unit_at[t]].flags |= UNIT_ABSORBED;
        if (f == NULL || f->begin != t || f->unit != NONE) continue;
        f->unit = unit;
        if (f->kind == FIND_ROLE)
            take_inner_role(w, u, f);
        else if (gives_country(f) && !f->plural)
            add_modifier(w, u, f);
    }
}

/* "Federal Communications Commission", "Green Party", "Department of Energy": a name that only
 * lang saw, whose noun says what it is. Such a body is somebody without a country, too. */
static void take_body_name(struct who_work *w, struct unit *u, const struct name_find *f,
                           uint32_t unit)
{
    if (w->name_at[f->begin] == NONE || !(u->flags & UNIT_BODY)) return;
    const struct lang_entity *name = &w->lang->entities[w->name_at[f->begin]];
    bool longer = name->token_begin < f->begin || name->token_end > f->end;
    if (name->type != NAME_ORG || name->token_end < f->end) return;
    if (!longer && !(u->flags & UNIT_NEEDS)) return;
    if (!phrase_capital(w, f->begin)) return;
    u->begin = name->token_begin;
    u->end = name->token_end;
    u->flags = (uint16_t)((u->flags | UNIT_NAMED) & ~UNIT_NEEDS);
    take_inside(w, u, unit);
}

static void compose_one(struct who_work *w, struct name_find *f, const struct sentence *s)
{
    struct unit *u = new_unit(w, f->begin, f->end);
    if (u == NULL) return;
    uint32_t unit = (uint32_t)w->n_units - 1;
    f->unit = unit;
    read_role_noun(w, u, f->of);
    take_body_name(w, u, f, unit);
    take_name(w, u, s->token_end, unit);
    grow_left(w, u, s->token_begin, unit);
    take_of(w, u, s->token_end, unit);
    if (u->name == NONE) take_name(w, u, s->token_end, unit);
    take_long_title(w, u, s->token_end, unit);
    mark_elsewhere(w, u);
    drop_region(w, u);
    take_place(w, u, s->token_begin, s->token_end);
    take_office(w, u, s->token_begin);
    close_unit(w, u);
}

/* "Fifteen countries", "many other nations": some states or other. */
static bool is_countries(const struct who_work *w, const struct unit *u)
{
    bool some = (u->flags & UNIT_PLURAL) && !(u->flags & UNIT_DEFINITE);
    return some && range_count(u->modifiers) == 0 && u->sector == NULL && u->owner == NONE &&
           form_has(w->tree, u->noun, CLASS_COUNTRIES);
}

/* "European allies", "Ukraine's Western partners": a country and a noun without a sector. */
static void compose_plain(struct who_work *w, uint32_t token, const struct sentence *s)
{
    struct unit *u = new_unit(w, token, token + 1);
    if (u == NULL) return;
    u->flags |= UNIT_NEEDS;
    u->flags |= form_has(w->tree, token, CLASS_COUNTERPART) ? UNIT_PERSON : UNIT_BODY;
    grow_left(w, u, s->token_begin, (uint32_t)w->n_units - 1);
    if (is_countries(w, u)) {
        u->code = u->sector = sector_with(w->know, SECTOR_GOVERNMENT);
        u->flags = (uint16_t)((u->flags & ~UNIT_NEEDS) | UNIT_ELSEWHERE);
    }
    if (range_count(u->modifiers) != 0 || u->sector != NULL) close_unit(w, u);
}

bool compose_done_to(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    return word->dep == DEP_OBJ || word->dep == DEP_NSUBJ_PASS ||
           (word->dep == DEP_NSUBJ && word->head != NONE && tree_is_passive(w->tree, word->head));
}

/* "at least 15", which the parser may take for a phrase of its own */
static bool behind_least(const struct who_work *w, uint32_t token)
{
    return token >= 2 && form_has(w->tree, token - 1, CLASS_LEAST) &&
           w->words[token - 2].upos == UPOS_ADP;
}

static bool has_complement(const struct who_work *w, uint32_t token)
{
    uint32_t child = tree_child(w->tree, token, DEP_NMOD);
    return child != NONE && (child + 1 != token || !behind_least(w, token));
}

/* "killed 15", "72 were injured": a number that is all that the text says of people. "wounded
 * another": who is of those named before. */
static bool is_bare_count(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    bool another = form_has(w->tree, token, CLASS_ANOTHER);
    if (word->upos != UPOS_NUM && !another) return false;
    bool least = word->upos == UPOS_NUM && word->dep == DEP_OBL && behind_least(w, token);
    return (compose_done_to(w, token) || least) && word->head != NONE &&
           lemma_has(w->tree, word->head, CLASS_HARMING) && !has_complement(w, token);
}

/* "wounded 14 others", "dozens were killed": whom something is done to, or who is counted beside
 * them. */
static bool is_counted_rest(const struct who_work *w, uint32_t token)
{
    if (!form_has(w->tree, token, CLASS_COUNTED_REST)) return is_bare_count(w, token);
    const struct word *word = &w->words[token];
    bool counted = token > 0 && w->words[token - 1].upos == UPOS_NUM;
    if (token > 0 && w->find_at[token - 1] != NONE) return false; /* "Spanish hundreds" */
    if (counted && word->upos != UPOS_ADV && !phrase_goes_on(w, token + 1)) return true;
    bool number = word->plural || tree_child(w->tree, token, DEP_NUMMOD) != NONE;
    return number && word->upos != UPOS_ADV && word->upos != UPOS_VERB &&
           (compose_done_to(w, token) || word->dep == DEP_CONJ) &&
           tree_child(w->tree, token, DEP_NMOD) == NONE;
}

static void compose_counted(struct who_work *w, uint32_t token)
{
    uint32_t begin = token;
    EACH_CHILD(w->tree, child, token)
        if (child < begin && w->words[child].dep == DEP_NUMMOD) begin = child;
    if (begin == token && token > 0 && w->words[token - 1].upos == UPOS_NUM) begin--;
    struct unit *u = new_unit(w, begin, token + 1);
    if (u == NULL) return;
    u->noun = token;
    u->sector = sector_with(w->know, SECTOR_PEOPLE);
    u->flags |= form_has(w->tree, token, CLASS_ANOTHER) ? UNIT_PERSON : UNIT_PERSON | UNIT_PLURAL;
    if (form_has(w->tree, token, CLASS_REST)) u->flags |= UNIT_REST;
    close_unit(w, u);
}

static void compose_sentence(struct who_work *w, const struct sentence *s)
{
    for (uint32_t t = s->token_end; t-- > s->token_begin;) {
        struct name_find *f = name_at_token(w, t);
        if (f == NULL) {
            if (is_counted_rest(w, t))
                compose_counted(w, t);
            else if (w->words[t].upos == UPOS_NOUN && word_has(w->tree, t, CLASS_PLAIN_NOUN))
                compose_plain(w, t, s);
        } else if (f->kind == FIND_ROLE && f->unit == NONE && !f->absorbed && f->end == t + 1) {
            compose_one(w, f, s);
        }
        if (w->failed) return;
    }
}

bool compose_units(struct who_work *w)
{
    for (uint32_t i = 0; i < w->text->n_sentences && !w->failed; i++)
        compose_sentence(w, &w->text->sentences[i]);
    return !w->failed;
}
