/* definite.c - see definite.h.
 *
 * A definite description goes back to the latest sentence that has somebody who can be called so,
 * its subject first. What can be called so is a matter of classes of nouns: a company is a body of
 * business or one that the base does not know, a bloc a body of several states. "The victims" and
 * "the attackers" are found through the deed: they are the object and the subject of the last verb
 * that hurt. The same noun told again ("two men ... the men") is the same people. A bounded number
 * of earlier mentions and words is looked at. */
#include "who/definite.h"

#include "know/sectors.h"
#include "who/compose.h"
#include "who/phrase.h"

enum {
    LOOK_BACK = 40,     /* mentions: those of a few paragraphs */
    SENTENCES_BACK = 3, /* a description that goes further back tells more than a noun */
    WORDS_BACK = 80,    /* to the deed whose victims are spoken of */
    PHRASE_MOST = 4     /* words from the article to the noun */
};

/* ---- the phrase ---- */

/* A role noun may stand in the phrase ("the company"), a name, possessor or modifier may not. */
static bool says_more(const struct who_work *w, uint32_t token)
{
    const struct name_find *f = name_at_token(w, token);
    if (f != NULL && f->kind != FIND_ROLE) return true;
    if (w->unit_at[token] == NONE) return false;
    const struct unit *u = &w->units[w->unit_at[token]];
    return u->name != NONE || u->owner != NONE || range_count(u->modifiers) != 0;
}

/* "the leader of Chad", "the company that makes it": which one stands behind the noun. */
static bool has_complement(const struct who_work *w, uint32_t noun)
{
    EACH_CHILD(w->tree, t, noun) {
        uint8_t dep = w->words[t].dep;
        bool restricts = dep == DEP_NMOD || dep == DEP_ACL || dep == DEP_ACL_RELCL ||
                         dep == DEP_CONJ || dep == DEP_FLAT || dep == DEP_APPOS;
        if (t > noun && restricts) return true;
    }
    return form_has(w->tree, noun + 1, CLASS_OF) || form_has(w->tree, noun + 1, CLASS_RELATIVE);
}

uint32_t definite_noun(const struct who_work *w, uint32_t article, uint32_t end)
{
    uint32_t noun = w->words[article].head;
    if (noun == NONE || noun <= article || noun > article + PHRASE_MOST || noun >= end) return NONE;
    if (w->words[article].dep != DEP_DET || has_complement(w, noun)) return NONE;
    if (w->words[noun].dep == DEP_COMPOUND || w->words[noun].dep == DEP_AMOD) return NONE;
    for (uint32_t t = article + 1; t <= noun; t++)
        if (says_more(w, t)) return NONE;
    return noun;
}

/* ---- who can be called so ---- */

struct called {
    const struct who_work *w;
    uint32_t noun;
    uint32_t role; /* the noun as one of the base, offset into the pool; or NONE */
    bool plural;
};

typedef bool may_be_called(const struct called *c, uint32_t actor);

static bool is_named_body(const struct who_work *w, uint32_t actor)
{
    const struct actor *a = &w->actors[actor];
    if (a->flags & (ACTOR_PERSON | ACTOR_MODIFIER)) return false;
    return a->entity_id != NONE ? w->know->entities[a->entity_id].kind != ENTITY_COUNTRY
                                : a->kind == ACTOR_UNKNOWN && phrase_capital(w, a->head);
}

static bool is_state_code(const struct who_work *w, const char *country)
{
    uint32_t id = country[0] != '\0' ? know_country(w->know, str_c(country)) : NONE;
    return id != NONE && !w->know->entities[id].region;
}

/* Organs of a state have names, too, and are no group of their own. */
static bool is_organ(const struct who_work *w, uint32_t actor)
{
    const char *sector = w->actors[actor].sector;
    return sector != NULL && is_state_code(w, w->actors[actor].country) &&
           sector_has(w->know, sector, SECTOR_STATE);
}

static bool may_be_group(const struct called *c, uint32_t actor)
{
    return is_named_body(c->w, actor) && !is_organ(c->w, actor);
}

static bool may_be_company(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    if (!is_named_body(c->w, actor)) return false;
    return a->code[0] == '\0' || sector_has(c->w->know, a->sector, SECTOR_BUSINESS);
}

static bool may_be_bloc(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    return is_named_body(c->w, actor) && a->code[0] != '\0' && !is_state_code(c->w, a->country);
}

static bool may_be_country(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    return a->entity_id != NONE && a->sector == NULL &&
           c->w->know->entities[a->entity_id].kind == ENTITY_COUNTRY &&
           !c->w->know->entities[a->entity_id].region;
}

static bool may_be_ruler(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    return actor_is_single_person(a) && a->sector != NULL && phrase_capital(c->w, a->token_end - 1);
}

static bool may_be_same(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    bool plural = (a->flags & ACTOR_PLURAL) != 0, person = (a->flags & ACTOR_PERSON) != 0;
    if (c->w->memories[actor].noun != c->role || plural != c->plural) return false;
    return plural || (!person && !is_organ(c->w, actor)); /* one person: describe.h */
}

/* "Boeing accused the company": not itself. */
static bool is_own_subject(const struct called *c, uint32_t actor)
{
    uint8_t dep = c->w->words[c->noun].dep;
    if (dep != DEP_OBJ && dep != DEP_IOBJ && dep != DEP_OBL) return false;
    uint32_t verb = tree_governing_verb(c->w->tree, c->noun);
    return verb != NONE && tree_subject(c->w->tree, verb) == c->w->actors[actor].head;
}

/* The latest sentence that has one: its first subject, else the last one. */
static uint32_t latest(const struct called *c, may_be_called *fits)
{
    const struct who_work *w = c->w;
    uint32_t best = NONE, here = w->tree->sentence[c->noun];
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        uint32_t sentence = w->memories[i].sentence;
        if (sentence + SENTENCES_BACK < here) break;
        if (best != NONE && sentence != w->memories[best].sentence) break;
        if (!fits(c, (uint32_t)i) || is_own_subject(c, (uint32_t)i)) continue;
        if (best == NONE || w->memories[i].subject) best = (uint32_t)i;
    }
    return best;
}

/* ---- parts in a deed ---- */

/* The subject or the object of the last verb of the class, where it is an actor. */
static uint32_t part_in_deed(const struct who_work *w, uint32_t before, enum word_class deed,
                             bool object)
{
    for (uint32_t t = before, k = 0; t-- > 0 && k < WORDS_BACK; k++) {
        if (w->words[t].upos != UPOS_VERB || !lemma_has(w->tree, t, deed)) continue;
        uint32_t part = object ? tree_object(w->tree, t) : tree_subject(w->tree, t);
        if (part == NONE || part >= before || w->actor_at[part] == NONE) continue;
        return w->actor_at[part];
    }
    return NONE;
}

static bool fits_in_number(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    bool plural = (a->flags & ACTOR_PLURAL) != 0;
    return (a->flags & ACTOR_PERSON || plural) && plural == c->plural;
}

static uint32_t deed_part(const struct called *c)
{
    const struct tree *t = c->w->tree;
    uint32_t actor = NONE;
    if (word_has(t, c->noun, CLASS_VICTIM))
        actor = part_in_deed(c->w, c->noun, CLASS_HARM, true);
    else if (word_has(t, c->noun, CLASS_ATTACKER))
        actor = part_in_deed(c->w, c->noun, CLASS_HARM, false);
    else if (word_has(t, c->noun, CLASS_CAPTIVE))
        actor = part_in_deed(c->w, c->noun, CLASS_CATCH, true);
    return actor != NONE && fits_in_number(c, actor) ? actor : NONE;
}

/* ---- pairs ---- */

/* The last two actors of this sentence or the one before that are coordinated with each other and
 * with nobody else. */
static bool last_coordinated(const struct who_work *w, uint32_t token, struct group *out)
{
    uint32_t here = w->tree->sentence[token];
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *b = &w->actors[i];
        if (w->memories[i].sentence + 1 < here) return false;
        if (w->words[b->head].dep != DEP_CONJ) continue;
        uint32_t first = w->actor_at[tree_first_conjunct(w->tree, b->head)];
        if (first == NONE || w->actors[first].head >= b->head) continue;
        uint32_t conjuncts = 0;
        EACH_CHILD(w->tree, t, w->actors[first].head)
            conjuncts += w->words[t].dep == DEP_CONJ;
        if (conjuncts != 1) return false;
        *out = (struct group){.at = {first, (uint32_t)i}, .n = 2};
        return true;
    }
    return false;
}

/* The only two in the latest sentence that has any. */
static bool last_two_named(const struct who_work *w, uint32_t token, struct group *out)
{
    uint32_t here = w->tree->sentence[token], sentence = NONE;
    out->n = 0;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        if (w->memories[i].sentence == here || a->flags & ACTOR_MODIFIER) continue;
        if (a->kind == ACTOR_PRONOUN || w->memories[i].placelike) continue;
        if (w->memories[i].sentence + 1 < here) break;
        if (sentence == NONE) sentence = w->memories[i].sentence;
        if (out->n == 2) return false;
        out->at[out->n++] = (uint32_t)i;
    }
    if (out->n != 2 || w->actors[out->at[0]].chain == w->actors[out->at[1]].chain) return false;
    uint32_t later = out->at[0];
    out->at[0] = out->at[1];
    out->at[1] = later;
    return true;
}

bool definite_two(const struct who_work *w, uint32_t token, struct group *out)
{
    return last_coordinated(w, token, out);
}

/* "the former", "the latter" */
static bool one_of_two(const struct who_work *w, uint32_t token, bool latter, struct group *out)
{
    if (!last_coordinated(w, token, out) && !last_two_named(w, token, out)) return false;
    *out = (struct group){.at = {out->at[latter ? 1 : 0]}, .n = 1};
    return true;
}

/* ---- all ---- */

/* The noun says of what kind whoever is meant must be; NULL for other nouns. */
static may_be_called *kind_of_noun(const struct who_work *w, uint32_t noun)
{
    const struct tree *t = w->tree;
    if (w->words[noun].plural) return NULL;
    if (word_has(t, noun, CLASS_COUNTRY)) return may_be_country;
    if (word_has(t, noun, CLASS_COMPANY)) return may_be_company;
    if (word_has(t, noun, CLASS_GROUP)) return may_be_group;
    if (word_has(t, noun, CLASS_BLOC)) return may_be_bloc;
    return word_has(t, noun, CLASS_RULER) ? may_be_ruler : NULL;
}

static uint32_t role_of_noun(const struct who_work *w, uint32_t noun)
{
    const struct name_find *f = name_at_token(w, noun);
    return f != NULL && f->kind == FIND_ROLE ? w->know->role_nouns[f->of].noun : NONE;
}

bool definite_find(const struct who_work *w, uint32_t article, uint32_t noun, struct group *out)
{
    struct called c = {w, noun, role_of_noun(w, noun), w->words[noun].plural != 0};
    bool latter = form_has(w->tree, noun, CLASS_LATTER);
    if (noun == article + 1 && (latter || form_has(w->tree, noun, CLASS_FORMER_OF_TWO)))
        return one_of_two(w, noun, latter, out);
    if (w->words[noun].upos != UPOS_NOUN) return false;
    uint32_t found = deed_part(&c);
    may_be_called *kind = kind_of_noun(w, noun);
    if (found == NONE && kind != NULL) found = latest(&c, kind);
    if (found == NONE && c.role != NONE) found = latest(&c, may_be_same);
    if (found == NONE) return false;
    *out = (struct group){.at = {found}, .n = 1};
    return true;
}
