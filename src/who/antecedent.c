/* antecedent.c - see antecedent.h.
 *
 * A pronoun climbs the tree from its own clause: the subject of each clause that holds it first,
 * then the nearest actor between; then the sentence before, its subject first. That is the order of
 * Hobbs ("Resolving pronoun references", Lingua 44, 1978) cut down to what precision allows. Cost:
 * a bounded number of ancestors and of earlier mentions each. */
#include "who/antecedent.h"

#include "who/phrase.h"

enum {
    CLIMB_MOST = 12,    /* ancestors: no real sentence has its antecedent further up */
    LOOK_BACK_MOST = 60 /* mentions back to the other one of two countries */
};

enum pronoun antecedent_pronoun(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    if (word->upos != UPOS_PRON || word->dep == DEP_EXPL) return PRONOUN_NONE;
    if (form_has(w->tree, token, CLASS_PRONOUN_HE)) return PRONOUN_HE;
    if (form_has(w->tree, token, CLASS_PRONOUN_SHE)) return PRONOUN_SHE;
    if (form_has(w->tree, token, CLASS_PRONOUN_IT)) return PRONOUN_IT;
    return form_has(w->tree, token, CLASS_PRONOUN_THEY) ? PRONOUN_THEY : PRONOUN_NONE;
}

/* ---- who may be meant ---- */

static bool agrees_in_kind(const struct who_work *w, uint32_t actor, enum pronoun p)
{
    const struct actor *a = &w->actors[actor];
    bool person = (a->flags & ACTOR_PERSON) != 0, plural = (a->flags & ACTOR_PLURAL) != 0;
    uint8_t gender = w->memories[actor].gender;
    switch (p) {
    case PRONOUN_HE: return person && !plural && gender != 'f';
    case PRONOUN_SHE: return person && !plural && gender != 'm';
    case PRONOUN_IT: return !person && !plural;
    case PRONOUN_THEY: return plural;
    case PRONOUN_NONE: break;
    }
    return false;
}

/* The actors at `head`; false when there are more than a group may have. */
static bool add_head_actors(const struct who_work *w, uint32_t head, struct group *out)
{
    for (uint32_t i = w->actor_at[head]; i < w->n_actors && w->actors[i].head == head; i++) {
        if (out->n == GROUP_MOST) return false;
        out->at[out->n++] = i;
    }
    return true;
}

/* Those coordinated with the mention `first`, before the pronoun; the last of a list often hangs on
 * the one before it. */
static bool add_coordinated(const struct who_work *w, const struct actor *first, uint32_t before,
                            struct group *out)
{
    for (uint32_t t = first->token_end; t < before; t++) {
        if (w->words[t].dep != DEP_CONJ) continue;
        uint32_t with = tree_first_conjunct(w->tree, t);
        bool coordinated = with >= first->token_begin && with < first->token_end;
        if (coordinated && !add_head_actors(w, t, out)) return false;
    }
    return true;
}

/* The actors at `head` and, for "they", those coordinated with it. */
static bool actors_fit(const struct who_work *w, uint32_t head, uint32_t before, enum pronoun p,
                       struct group *out)
{
    out->n = 0;
    if (w->actor_at[head] == NONE || !add_head_actors(w, head, out)) return false;
    const struct actor *first = &w->actors[out->at[0]];
    if (p == PRONOUN_THEY)
        return add_coordinated(w, first, before, out) &&
               (out->n > 1 || agrees_in_kind(w, out->at[0], p));
    if (out->n != 1 || !agrees_in_kind(w, out->at[0], p)) return false;
    return !(first->flags & ACTOR_MODIFIER) || phrase_possessive(w, first->token_end);
}

/* ---- up the tree ---- */

/* A subject of the verb, other than the one that holds the pronoun. */
static bool subject_fits(const struct who_work *w, uint32_t verb, uint32_t before, uint32_t but,
                         enum pronoun p, struct group *out)
{
    EACH_CHILD(w->tree, t, verb) {
        if (t >= before) break;
        uint8_t dep = w->words[t].dep;
        if (t != but && (dep == DEP_NSUBJ || dep == DEP_NSUBJ_PASS) &&
            actors_fit(w, t, before, p, out))
            return true;
    }
    return false;
}

/* Between the verb and the pronoun, the nearest first. */
static bool nearest_between(const struct who_work *w, uint32_t verb, uint32_t before,
                            enum pronoun p, struct group *out)
{
    for (uint32_t t = before; t-- > verb + 1;)
        if (w->actor_at[t] != NONE && !w->memories[w->actor_at[t]].placelike &&
            actors_fit(w, t, before, p, out))
            return true;
    return false;
}

static bool is_argument(uint8_t dep)
{
    return dep == DEP_OBJ || dep == DEP_IOBJ || dep == DEP_OBL || dep == DEP_OBL_AGENT;
}

static bool heads_clause(const struct word *word)
{
    return word->upos == UPOS_VERB || word->upos == UPOS_AUX || word->dep == DEP_ROOT;
}

bool antecedent_above(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out)
{
    const struct word *words = w->words;
    bool own_clause = is_argument(words[token].dep);
    uint32_t child = token;
    for (int i = 0; i < CLIMB_MOST && words[child].head != NONE; i++) {
        uint32_t at = words[child].head;
        if (heads_clause(&words[at])) {
            if (!own_clause && subject_fits(w, at, token, child, p, out)) return true;
            own_clause = false;
            if (at < token && nearest_between(w, at, token, p, out)) return true;
        } else if (at < token && words[child].dep == DEP_ACL_RELCL &&
                   actors_fit(w, at, token, p, out)) {
            return true;
        }
        child = at;
    }
    return false;
}

/* ---- further back ---- */

static size_t first_actor_from(const struct who_work *w, uint32_t token)
{
    size_t i = w->n_actors;
    while (i > 0 && w->actors[i - 1].token_begin >= token)
        i--;
    return i;
}

/* In the sentence: its first subject that agrees, else the only one that does. */
static bool in_sentence(const struct who_work *w, uint32_t sentence, enum pronoun p,
                        struct group *out)
{
    const struct sentence *s = &w->text->sentences[sentence];
    uint32_t only = NONE;
    bool several = false;
    for (size_t i = first_actor_from(w, s->token_begin); i < w->n_actors; i++) {
        const struct actor *a = &w->actors[i];
        if (w->memories[i].sentence != sentence) break;
        if (!actors_fit(w, a->head, s->token_end, p, out)) continue;
        if (w->memories[i].subject) return true;
        if (w->memories[i].placelike) continue;
        if (only != NONE && w->actors[only].chain != a->chain) several = true;
        only = (uint32_t)i;
    }
    return only != NONE && !several && actors_fit(w, w->actors[only].head, s->token_end, p, out);
}

bool antecedent_find(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out)
{
    uint32_t sentence = w->tree->sentence[token];
    if (antecedent_above(w, token, p, out)) return true;
    return sentence > 0 && in_sentence(w, sentence - 1, p, out);
}

bool antecedent_last_two(const struct who_work *w, bool persons, struct group *out)
{
    uint32_t later = NONE;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK_MOST; k++) {
        const struct actor *a = &w->actors[i];
        if (a->country[0] == '\0' || w->memories[i].placelike) continue;
        if (persons && !actor_is_single_person(a)) continue;
        if (know_country(w->know, str_c(a->country)) == NONE) continue;
        if (later == NONE) {
            later = (uint32_t)i;
        } else if (strcmp(w->actors[later].country, a->country) != 0) {
            *out = (struct group){.at = {(uint32_t)i, later}, .n = 2};
            return true;
        }
    }
    return false;
}
