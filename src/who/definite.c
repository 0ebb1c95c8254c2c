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
#include "who/apposition.h"
#include "who/home.h"
#include "who/phrase.h"

enum {
    LOOK_BACK = 40,     /* mentions: those of a few paragraphs */
    SENTENCES_BACK = 3, /* further back only to whom no other could be called so */
    SENTENCES_MOST = 8,
    WORDS_BACK = 80, /* to the deed whose victims are spoken of */
    PHRASE_MOST = 4  /* words from the article to the noun */
};

/* ---- the phrase ---- */

/* "the CARIBBEAN nation": no name of a state of its own. */
static bool is_region(const struct who_work *w, const struct name_find *f)
{
    return (f->kind == FIND_PEOPLE || f->kind == FIND_COUNTRY) && w->know->entities[f->of].region;
}

/* A role noun may stand in the phrase ("the company"), a name, possessor or modifier may not. */
static bool says_more(const struct who_work *w, uint32_t token, bool country)
{
    const struct name_find *f = name_at_token(w, token);
    if (f != NULL && f->kind != FIND_ROLE) return !country || !is_region(w, f);
    if (w->unit_at[token] == NONE) return false;
    const struct unit *u = &w->units[w->unit_at[token]];
    return u->name != NONE || u->owner != NONE || range_count(u->modifiers) != 0;
}

/* "the leader of Chad", "the company that makes it": which one stands behind the noun. What stands
 * behind a comma only says more of the one that is meant. */
static bool has_complement(const struct who_work *w, uint32_t noun)
{
    if (phrase_is_mark(w, noun + 1, ",")) return false;
    EACH_CHILD(w->tree, t, noun) {
        uint8_t dep = w->words[t].dep;
        bool restricts = dep == DEP_NMOD || dep == DEP_ACL || dep == DEP_ACL_RELCL ||
                         dep == DEP_CONJ || dep == DEP_FLAT || dep == DEP_APPOS;
        if (t > noun && restricts) return true;
    }
    return form_has(w->tree, noun + 1, CLASS_OF) || form_has(w->tree, noun + 1, CLASS_RELATIVE);
}

/* What stands before the noun says no more than of what kind it is: "the oil company", "the
 * Islamist movement", "the mercenary leader"; but "the other group" and "the art movement" are
 * others. */
static bool only_describes(const struct who_work *w, uint32_t begin, uint32_t noun)
{
    const struct name_find *f = name_at_token(w, noun);
    if (noun == begin || (f != NULL && f->begin == begin)) return true;
    if (form_has(w->tree, begin, CLASS_LATTER)) return true;
    bool ruler = word_has(w->tree, noun, CLASS_RULER);
    for (uint32_t t = begin; t < noun; t++) {
        bool kind = w->words[t].upos == UPOS_ADJ || (ruler && w->words[t].upos == UPOS_NOUN);
        if (!kind || form_has(w->tree, t, CLASS_CONTRAST)) return false;
    }
    return true;
}

uint32_t definite_noun(const struct who_work *w, uint32_t article, uint32_t end)
{
    uint32_t noun = w->words[article].head;
    if (noun == NONE || noun <= article || noun > article + PHRASE_MOST || noun >= end) return NONE;
    if (w->words[article].dep != DEP_DET || has_complement(w, noun)) return NONE;
    if (w->words[noun].dep == DEP_COMPOUND || w->words[noun].dep == DEP_AMOD) return NONE;
    bool country = word_has(w->tree, noun, CLASS_COUNTRY);
    for (uint32_t t = article + 1; t <= noun; t++)
        if (says_more(w, t, country)) return NONE;
    return country || only_describes(w, article + 1, noun) ? noun : NONE;
}

/* ---- who can be called so ---- */

struct called {
    const struct who_work *w;
    uint32_t noun;
    uint32_t role; /* the noun as one of the base, offset into the pool; or NONE */
    bool plural;
    bool organ;         /* of a state, which may speak of its own */
    uint32_t described; /* the mention of the description, where it is one already */
};

typedef bool may_be_called(const struct called *c, uint32_t actor);

static bool is_named_body(const struct who_work *w, uint32_t actor)
{
    const struct actor *a = &w->actors[actor];
    if (a->flags & ACTOR_PERSON) return false;
    if (a->flags & ACTOR_MODIFIER && a->sector == NULL) return false; /* "a HAMAS commander" */
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
    const struct actor *a = &c->w->actors[actor];
    if (!is_named_body(c->w, actor)) return false;
    if (a->code[0] == '\0') return true;
    return a->sector == NULL ? !is_state_code(c->w, a->country)
                             : sector_has(c->w->know, a->sector, SECTOR_GROUP);
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

/* A state that is a party, or who speaks for one. */
static bool may_be_state(const struct called *c, uint32_t actor)
{
    const struct who_work *w = c->w;
    const struct actor *a = &w->actors[actor];
    if (!is_state_code(w, a->country) || w->memories[actor].placelike) return false;
    if (a->sector == NULL) return !(a->flags & (ACTOR_MODIFIER | ACTOR_PERSON));
    return sector_has(w->know, a->sector, SECTOR_STATE);
}

static bool may_be_agency(const struct called *c, uint32_t actor)
{
    return may_be_bloc(c, actor) || (is_named_body(c->w, actor) && is_organ(c->w, actor));
}

/* "the ministry" after "the foreign ministry" is the same one. */
static bool same_noun(struct str before, struct str now)
{
    if (!str_ends(before, now)) return false;
    return before.len == now.len || before.at[before.len - now.len - 1] == ' ';
}

static bool may_be_same(const struct called *c, uint32_t actor)
{
    const struct know *know = c->w->know;
    const struct actor *a = &c->w->actors[actor];
    bool plural = (a->flags & ACTOR_PLURAL) != 0;
    uint32_t noun = c->w->memories[actor].noun;
    if (noun == NONE || c->role == NONE || plural != c->plural) return false;
    return same_noun(know_str(know, noun), know_str(know, c->role));
}

/* "Boeing accused the company", "Boeing said the company would": not itself. */
static bool is_own_subject(const struct called *c, uint32_t actor)
{
    const struct who_work *w = c->w;
    const struct word *word = &w->words[c->noun];
    uint32_t verb = tree_governing_verb(w->tree, c->noun);
    bool object = word->dep == DEP_OBJ || word->dep == DEP_IOBJ || word->dep == DEP_OBL;
    if (verb != NONE && !object && !c->organ)
        verb = w->words[verb].dep == DEP_CCOMP ? w->words[verb].head : NONE;
    if (verb == NONE) return false;
    uint32_t subject = tree_subject(w->tree, verb);
    if (subject == NONE || w->actor_at[subject] == NONE) return false;
    return w->actors[w->actor_at[subject]].chain == w->actors[actor].chain;
}

/* The latest sentence that has one: its first subject, else the only one. Further back only the
 * one of the whole passage. */
static uint32_t latest(const struct called *c, may_be_called *fits)
{
    const struct who_work *w = c->w;
    uint32_t best = NONE, here = w->tree->sentence[c->noun];
    bool several = false;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        uint32_t sentence = w->memories[i].sentence;
        if (sentence + SENTENCES_MOST < here) break;
        bool near = best != NONE && w->memories[best].sentence + SENTENCES_BACK >= here;
        if (near && sentence != w->memories[best].sentence) break;
        if (i == c->described || !fits(c, (uint32_t)i) || is_own_subject(c, (uint32_t)i)) continue;
        several |= best != NONE && w->actors[best].chain != w->actors[i].chain;
        if (several && !near) return NONE;
        if (best == NONE || w->memories[i].subject) best = (uint32_t)i;
    }
    return several && !w->memories[best].subject ? NONE : best;
}

/* Inside a sentence the state that was named last is the better guess. */
static bool opens_sentence(const struct called *c)
{
    const struct who_work *w = c->w;
    const struct sentence *in = &w->text->sentences[w->tree->sentence[c->noun]];
    if (w->words[c->noun].dep != DEP_NSUBJ && w->words[c->noun].dep != DEP_NSUBJ_PASS) return false;
    for (size_t i = w->n_actors; i-- > 0 && w->actors[i].token_begin >= in->token_begin;)
        if (is_state_code(w, w->actors[i].country)) return false;
    return true;
}

/* The last mention of the state that the passage speaks of far more than of any other, or NONE. */
static uint32_t state_of_passage(const struct who_work *w)
{
    enum { LEAST = 4 };
    struct home_tally t = {.n = 0};
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++)
        if (w->actors[i].kind != ACTOR_PRONOUN) home_count(w->know, &t, w->actors[i].country);
    const char *country = home_most(&t, LEAST);
    for (size_t i = w->n_actors; country[0] != '\0' && i-- > 0;)
        if (strcmp(w->actors[i].country, country) == 0) return (uint32_t)i;
    return NONE;
}

uint32_t definite_state(const struct who_work *w, uint32_t noun)
{
    struct called c = {w, noun, NONE, false, true, NONE};
    uint32_t found = opens_sentence(&c) ? state_of_passage(w) : NONE;
    if (found == NONE && opens_sentence(&c)) found = latest(&c, may_be_state);
    return found;
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

/* "the two countries" before: the actor is the second of exactly two. */
static bool two_at_one_head(const struct who_work *w, uint32_t actor)
{
    uint32_t head = w->actors[actor].head, first = w->actor_at[head];
    return actor == first + 1 && w->actors[first].head == head &&
           w->actors[first].chain != w->actors[actor].chain;
}

/* The last two actors of this sentence or the one before that are coordinated with each other and
 * with nobody else. */
static bool last_coordinated(const struct who_work *w, uint32_t token, struct group *out)
{
    uint32_t here = w->tree->sentence[token];
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *b = &w->actors[i];
        if (w->memories[i].sentence + 1 < here) return false;
        if (two_at_one_head(w, (uint32_t)i)) {
            *out = (struct group){.at = {(uint32_t)i - 1, (uint32_t)i}, .n = 2};
            return true;
        }
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

/* The only two in this sentence, else in the one before. */
static bool last_two_named(const struct who_work *w, uint32_t token, struct group *out)
{
    uint32_t here = w->tree->sentence[token], sentence = NONE;
    out->n = 0;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        const struct actor *a = &w->actors[i];
        if (a->kind == ACTOR_PRONOUN || w->memories[i].placelike) continue;
        if (a->flags & ACTOR_MODIFIER) continue;
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

/* "the latter country" after one whose name the parser did not see as a party: the last one is
 * enough. */
static uint32_t last_of_state(const struct called *c)
{
    const struct who_work *w = c->w;
    if (!word_has(w->tree, c->noun, CLASS_COUNTRY)) return NONE;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK; k++) {
        bool modifier = (w->actors[i].flags & ACTOR_MODIFIER) != 0 || w->memories[i].placelike;
        if (!modifier && is_state_code(w, w->actors[i].country)) return (uint32_t)i;
    }
    return NONE;
}

/* "the former", "the latter", "the latter country" */
static bool one_of_two(const struct who_work *w, uint32_t token, bool latter, struct group *out)
{
    if (!last_coordinated(w, token, out) && !last_two_named(w, token, out)) {
        struct called c = {w, token, NONE, false, false, NONE};
        uint32_t last = latter ? last_of_state(&c) : NONE;
        *out = (struct group){.at = {last}, .n = 1};
        return last != NONE;
    }
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
    if (word_has(t, noun, CLASS_AGENCY)) return may_be_agency;
    return word_has(t, noun, CLASS_RULER) ? may_be_ruler : NULL;
}

/* "the rebel group" is no charity: a noun of a sector goes with bodies of it. */
static bool fits_sector(const struct called *c, uint32_t actor)
{
    const struct know *know = c->w->know;
    const struct name_find *f = name_at_token(c->w, c->noun);
    if (f == NULL || f->kind != FIND_ROLE || know->role_nouns[f->of].sector == 0) return true;
    if (word_has(c->w->tree, c->noun, CLASS_RULER) && f->end - f->begin == 1) return true;
    const struct actor *a = &c->w->actors[actor];
    return a->sector == NULL ||
           strcmp(a->sector, know_z(know, know->role_nouns[f->of].sector)) == 0;
}

/* "the Democratic Party, the country's main opposition party": the country is the party's. NONE for
 * other phrases. */
static uint32_t beside_whom(const struct who_work *w, uint32_t noun)
{
    uint32_t owned = w->words[noun].dep == DEP_NMOD_POSS ? w->words[noun].head : NONE;
    return owned != NONE && w->words[owned].dep == DEP_APPOS ? w->words[owned].head : NONE;
}

/* False where its country is not known. */
static bool country_beside(const struct who_work *w, uint32_t named, struct group *out)
{
    uint32_t actor = named == NONE ? NONE : w->actor_at[named];
    *out = (struct group){.at = {actor}, .n = 1};
    return actor != NONE && is_state_code(w, w->actors[actor].country);
}

static uint32_t role_of_noun(const struct who_work *w, uint32_t noun)
{
    const struct name_find *f = name_at_token(w, noun);
    return f != NULL && f->kind == FIND_ROLE ? w->know->role_nouns[f->of].noun : NONE;
}

bool definite_find(const struct who_work *w, uint32_t article, uint32_t noun, struct group *out)
{
    struct called c = {w, noun, role_of_noun(w, noun), w->words[noun].plural != 0, false, NONE};
    bool latter = form_has(w->tree, article + 1, CLASS_LATTER);
    if (latter || form_has(w->tree, noun, CLASS_FORMER_OF_TWO))
        return one_of_two(w, noun, latter, out);
    if (w->words[noun].upos != UPOS_NOUN) return false;
    uint32_t beside = beside_whom(w, noun);
    if (beside != NONE && word_has(w->tree, noun, CLASS_COUNTRY))
        return country_beside(w, beside, out);
    uint32_t found = deed_part(&c);
    may_be_called *kind = kind_of_noun(w, noun);
    if (found == NONE && kind != NULL) found = latest(&c, kind);
    if (found != NONE && kind != NULL && kind != may_be_agency && !fits_sector(&c, found))
        found = NONE;
    if (found == NONE && c.role != NONE) found = latest(&c, may_be_same);
    if (found == NONE) return false;
    *out = (struct group){.at = {found}, .n = 1};
    return true;
}

/* ---- descriptions with a country ---- */

/* A person by name who holds that office, or any, in the country of the description. */
static bool may_be_holder(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor], *d = &c->w->actors[c->described];
    if (a->entity_id == NONE || a->sector == NULL || d->sector == NULL) return false;
    if (!actor_is_single_person(a) || strcmp(a->code, d->code) != 0) return false;
    return word_has(c->w->tree, c->noun, CLASS_RULER) || may_be_same(c, actor);
}

static bool of_that_country(const struct called *c, uint32_t actor)
{
    const struct actor *a = &c->w->actors[actor];
    return a->code[0] == '\0' || strcmp(a->country, c->w->actors[c->described].country) == 0;
}

static bool may_be_national_company(const struct called *c, uint32_t actor)
{
    return may_be_company(c, actor) && of_that_country(c, actor);
}

static bool may_be_national_group(const struct called *c, uint32_t actor)
{
    return may_be_group(c, actor) && of_that_country(c, actor);
}

static may_be_called *national_kind(const struct who_work *w, const struct unit *u)
{
    if (u->flags & UNIT_PLURAL) return NULL;
    if (u->flags & UNIT_PERSON) return may_be_holder;
    if (word_has(w->tree, u->noun, CLASS_COMPANY)) return may_be_national_company;
    return word_has(w->tree, u->noun, CLASS_GROUP) ? may_be_national_group : NULL;
}

/* "the leader of Chad", "the US company, Apple": the name stands there. */
static bool is_told_by_itself(const struct who_work *w, const struct unit *u)
{
    return !(u->flags & UNIT_DEFINITE) || u->flags & (UNIT_FORMER | UNIT_THEN) || u->name != NONE ||
           range_count(u->modifiers) != 1 || tree_child(w->tree, u->noun, DEP_APPOS) != NONE ||
           w->words[u->noun].dep == DEP_APPOS;
}

void definite_join(struct who_work *w, const struct unit *u, uint32_t actor)
{
    uint32_t role = u->role == NONE ? NONE : w->know->role_nouns[u->role].noun;
    struct called c = {w, u->noun, role, false, false, actor};
    may_be_called *kind = is_told_by_itself(w, u) ? NULL : national_kind(w, u);
    struct actor *a = &w->actors[actor];
    if (kind == NULL || a->kind != ACTOR_COMPOSED || a->country[0] == '\0') return;
    uint32_t found = latest(&c, kind);
    if (found == NONE || found == actor) return;
    const struct actor *named = &w->actors[found];
    a->chain = named->chain;
    a->name = named->name;
    if (named->code[0] == '\0') {
        apposition_learn(w, found, actor);
        return;
    }
    a->entity = named->entity;
    a->entity_id = named->entity_id;
}
