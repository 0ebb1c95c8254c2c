/* antecedent.c - see antecedent.h.
 *
 * A pronoun climbs the tree from its own clause: the subject of each clause that holds it first,
 * then the nearest actor between; then the sentences before, their subjects first. That is the
 * order of Hobbs ("Resolving pronoun references", Lingua 44, 1978) cut down to what precision
 * allows, with three more rules. An object is never its own subject ("X met Y and thanked him").
 * The cause of an act that answers another lies with whom it answers ("X condemned Y for its
 * invasion"): Garvey and Caramazza, "Implicit causality in verbs", Linguistic Inquiry 5, 1974. A
 * noun that is no actor and would be meant first means that no actor is. Cost: a bounded number of
 * ancestors, of earlier mentions and of earlier words each. */
#include "who/antecedent.h"

#include "who/phrase.h"

enum {
    CLIMB_MOST = 12,     /* ancestors: no real sentence has its antecedent further up */
    LOOK_BACK_MOST = 60, /* mentions back to the other one of two countries */
    WORDS_BACK_MOST = 90 /* words of an earlier sentence that are looked at */
};

struct search {
    const struct who_work *w;
    uint32_t token; /* the pronoun */
    enum pronoun p;
    uint32_t barred; /* the head of the subject that the pronoun cannot mean, or NONE */
    bool stopped;    /* what is meant is no actor */
};

/* ---- who may be meant ---- */

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

/* An actor of the same chain as the subject that the pronoun cannot mean. */
static bool is_barred(const struct search *s, uint32_t actor)
{
    const struct who_work *w = s->w;
    if (s->barred == NONE || w->actor_at[s->barred] == NONE) return false;
    for (uint32_t i = w->actor_at[s->barred]; i < w->n_actors && w->actors[i].head == s->barred;
         i++)
        if (w->actors[i].chain == w->actors[actor].chain) return true;
    return false;
}

/* "his wife, Ewa Lee, said": the noun is the name's. "Hundreds of migrants": the migrants. */
static uint32_t named_beside(const struct who_work *w, uint32_t head)
{
    if (w->actor_at[head] != NONE) return head;
    bool amount = word_has(w->tree, head, CLASS_AMOUNT);
    uint32_t name = tree_child(w->tree, head, amount ? DEP_NMOD : DEP_APPOS);
    return name != NONE && w->actor_at[name] != NONE ? name : head;
}

/* The actors at `head` and, for "they", those coordinated with it. */
static bool actors_fit(const struct search *s, uint32_t head, uint32_t before, struct group *out)
{
    const struct who_work *w = s->w;
    out->n = 0;
    head = named_beside(w, head);
    if (w->actor_at[head] == NONE || !add_head_actors(w, head, out)) return false;
    const struct actor *first = &w->actors[out->at[0]];
    if (is_barred(s, out->at[0])) return false;
    if (s->p == PRONOUN_THEY)
        return add_coordinated(w, first, before, out) &&
               (out->n > 1 || agree_actor(w, out->at[0], s->p));
    if (out->n != 1 || !agree_actor(w, out->at[0], s->p)) return false;
    return !(first->flags & ACTOR_MODIFIER) || phrase_possessive(w, first->token_end);
}

/* A noun that is no actor, as a subject or object, would be meant before those further on. */
static bool noun_stops(struct search *s, uint32_t head)
{
    if (head == NONE || head == s->barred || named_beside(s->w, head) != head) return false;
    if (!agree_noun(s->w, head, s->p)) return false;
    bool possessive = s->w->words[s->token].dep == DEP_NMOD_POSS;
    if (s->p == PRONOUN_IT && agree_acts(s->w, s->token)) return false;
    if (possessive && word_has(s->w->tree, head, CLASS_HAPPENING)) return false;
    s->stopped = true;
    return true;
}

/* ---- clauses ---- */

static bool is_subject_dep(uint8_t dep)
{
    return dep == DEP_NSUBJ || dep == DEP_NSUBJ_PASS || dep == DEP_NSUBJ_OUTER;
}

/* The word that stands as subject of the clause, its own or that of the clause that it hangs on.
 * Who promises to act acts. */
static uint32_t clause_subject(const struct who_work *w, uint32_t verb)
{
    const struct word *word = &w->words[verb];
    EACH_CHILD(w->tree, t, verb)
        if (is_subject_dep(w->words[t].dep) && w->words[t].upos != UPOS_PRON) return t;
    if (word->dep == DEP_XCOMP && word->head != NONE &&
        lemma_has(w->tree, word->head, CLASS_PROMISING))
        return tree_subject(w->tree, word->head);
    if (tree_is_passive(w->tree, verb) && word->dep != DEP_CONJ)
        return tree_child(w->tree, verb, DEP_NSUBJ_PASS);
    return tree_subject(w->tree, verb);
}

static bool is_argument(uint8_t dep)
{
    return dep == DEP_OBJ || dep == DEP_IOBJ || dep == DEP_OBL || dep == DEP_OBL_AGENT;
}

static bool heads_clause(const struct word *word)
{
    return word->upos == UPOS_VERB || word->upos == UPOS_AUX || word->dep == DEP_ROOT;
}

/* The first actor that hangs on the noun before the pronoun: "sanctions ON RUSSIA". */
static uint32_t actor_of_noun(const struct who_work *w, uint32_t noun)
{
    EACH_CHILD(w->tree, t, noun)
        if (w->words[t].dep == DEP_NMOD && w->actor_at[t] != NONE) return t;
    return NONE;
}

uint32_t antecedent_answered(const struct who_work *w, uint32_t verb)
{
    uint32_t object = tree_object(w->tree, verb);
    if (object == NONE) return NONE;
    if (word_has(w->tree, object, CLASS_ANSWER_NOUN)) {
        uint32_t actor = actor_of_noun(w, object);
        if (actor != NONE) return actor;
        EACH_CHILD(w->tree, t, verb)
            if (w->words[t].dep == DEP_OBL && w->actor_at[t] != NONE) return t;
        return NONE;
    }
    return lemma_has(w->tree, verb, CLASS_ANSWER_VERB) ? object : NONE;
}

/* "for its invasion", "after they blocked a road": what hangs on a verb and may say why. */
static bool says_why(const struct who_work *w, uint32_t child)
{
    uint8_t dep = w->words[child].dep;
    if (dep != DEP_OBL && dep != DEP_ADVCL && dep != DEP_NMOD) return false;
    return form_has(w->tree, tree_marker(w->tree, child), CLASS_CAUSE);
}

/* ---- up the tree ---- */

static bool answered_fits(struct search *s, uint32_t verb, uint32_t child, struct group *out)
{
    if (!says_why(s->w, child)) return false;
    uint32_t object = antecedent_answered(s->w, verb);
    if (object == NONE || object >= s->token) return false;
    return actors_fit(s, object, s->token, out) || noun_stops(s, object);
}

/* The subject of the clause, other than the one that holds the pronoun. */
static bool subject_fits(struct search *s, uint32_t verb, uint32_t but, struct group *out)
{
    uint32_t subject = clause_subject(s->w, verb);
    if (subject == NONE || subject == but || subject >= s->token) return false;
    if (actors_fit(s, subject, s->token, out) || noun_stops(s, subject)) return true;
    for (uint32_t t = subject + 1; t < s->token && t < s->w->tree->right[subject]; t++)
        if (s->w->actor_at[t] != NONE && s->w->words[t].dep == DEP_NMOD &&
            s->w->words[t].head == subject && actors_fit(s, t, s->token, out))
            return true; /* "the embargo ON IRAN" */
    return false;
}

/* Between the verb and the pronoun, the nearest first. */
static bool nearest_between(struct search *s, uint32_t verb, struct group *out)
{
    const struct who_work *w = s->w;
    for (uint32_t t = s->token; t-- > verb + 1;) {
        if (w->actor_at[t] != NONE && !w->memories[w->actor_at[t]].placelike &&
            actors_fit(s, t, s->token, out))
            return true;
        if (w->words[t].dep == DEP_OBJ && noun_stops(s, t)) return true;
    }
    return false;
}

/* The clause that the pronoun stands in: its subject is not what its object means. */
static void bar_subject(struct search *s, uint32_t verb)
{
    s->barred = clause_subject(s->w, verb);
}

/* "the man WHO fled his home", "Lee, ENVOY until her death": what says who somebody is; and "Lee
 * and her AIDES". */
static bool defines(const struct who_work *w, uint32_t child)
{
    uint8_t dep = w->words[child].dep;
    return dep == DEP_ACL_RELCL || dep == DEP_ACL || dep == DEP_APPOS || dep == DEP_CONJ;
}

static bool climb(struct search *s, struct group *out)
{
    const struct who_work *w = s->w;
    bool own_clause = is_argument(w->words[s->token].dep);
    uint32_t child = s->token;
    for (int i = 0; i < CLIMB_MOST && w->words[child].head != NONE && !s->stopped; i++) {
        uint32_t at = w->words[child].head;
        if (heads_clause(&w->words[at])) {
            if (own_clause) bar_subject(s, at);
            if (!own_clause && at < s->token && answered_fits(s, at, child, out)) break;
            if (!own_clause && !s->stopped && subject_fits(s, at, child, out)) break;
            own_clause = false;
            if (!s->stopped && at < s->token && nearest_between(s, at, out)) break;
        } else if (at < s->token && (defines(w, child) || says_why(w, child)) &&
                   actors_fit(s, at, s->token, out)) {
            break;
        }
        child = at;
        out->n = 0;
    }
    return !s->stopped && out->n > 0;
}

/* "checked himself": the subject of the clause, and nobody else. */
static bool own_subject(struct search *s, struct group *out)
{
    uint32_t verb = tree_governing_verb(s->w->tree, s->token);
    uint32_t subject = verb == NONE ? NONE : clause_subject(s->w, verb);
    s->stopped = true;
    return subject != NONE && subject < s->token && actors_fit(s, subject, s->token, out);
}

static bool search_above(struct search *s, struct group *out)
{
    out->n = 0;
    if (form_has(s->w->tree, s->token, CLASS_REFLEXIVE)) return own_subject(s, out);
    return climb(s, out);
}

bool antecedent_above(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out)
{
    struct search s = {.w = w, .token = token, .p = p, .barred = NONE};
    return search_above(&s, out);
}

/* ---- further back ---- */

size_t antecedent_first_actor(const struct who_work *w, uint32_t token)
{
    size_t i = w->n_actors;
    while (i > 0 && w->actors[i - 1].token_begin >= token)
        i--;
    return i;
}

static bool is_subject(const struct who_work *w, uint32_t token)
{
    return is_subject_dep(w->words[token].dep);
}

/* As a subject, or beside the noun that is it. */
static bool actor_is_subject(const struct who_work *w, size_t actor)
{
    const struct word *word = &w->words[w->actors[actor].head];
    bool beside = word->head != NONE && is_subject(w, word->head) &&
                  named_beside(w, word->head) == w->actors[actor].head;
    return w->memories[actor].subject || beside;
}

/* A noun that is no actor and would be meant first: a subject, and before one that is no subject
 * itself an object, too. */
static bool noun_before(struct search *s, uint32_t from, uint32_t to, bool object)
{
    for (uint32_t t = from; t < to && t < from + WORDS_BACK_MOST; t++) {
        bool first = is_subject(s->w, t) || (object && s->w->words[t].dep == DEP_OBJ);
        if (first && noun_stops(s, t)) return true;
    }
    return false;
}

/* In the sentence: its first subject that agrees, else the only one that does. What is quoted there
 * does not count. */
static bool in_sentence(struct search *s, uint32_t sentence, struct group *out)
{
    const struct who_work *w = s->w;
    const struct sentence *in = &w->text->sentences[sentence];
    uint32_t only = NONE;
    bool several = false;
    for (size_t i = antecedent_first_actor(w, in->token_begin); i < w->n_actors; i++) {
        const struct actor *a = &w->actors[i];
        if (w->memories[i].sentence != sentence) break;
        if (w->tree->quote[a->head] != NONE || !actors_fit(s, a->head, in->token_end, out))
            continue;
        if (actor_is_subject(w, i)) return !noun_before(s, in->token_begin, a->head, false);
        if (w->memories[i].placelike) continue;
        if (only != NONE && w->actors[only].chain != a->chain) several = true;
        only = (uint32_t)i;
    }
    s->stopped |= several;
    if (only == NONE || several || noun_before(s, in->token_begin, in->token_end, true))
        return false;
    return actors_fit(s, w->actors[only].head, in->token_end, out);
}

/* "Its invasion" behind a sentence that told what answered it. */
static bool deed_answered(struct search *s, uint32_t sentence, struct group *out)
{
    const struct who_work *w = s->w;
    const struct word *word = &w->words[s->token];
    const struct sentence *in = &w->text->sentences[sentence];
    if (word->dep != DEP_NMOD_POSS || word->head == NONE) return false;
    if (!word_has(w->tree, word->head, CLASS_DEED)) return false;
    for (uint32_t t = in->token_begin; t < in->token_end && t < in->token_begin + WORDS_BACK_MOST;
         t++) {
        if (w->words[t].dep != DEP_ROOT) continue;
        uint32_t object = antecedent_answered(w, t);
        return object != NONE && actors_fit(s, object, in->token_end, out);
    }
    return false;
}

/* A person stays in mind for longer than what any noun may push aside. */
static uint32_t sentences_back(const struct search *s)
{
    if (s->p == PRONOUN_HE || s->p == PRONOUN_SHE) return 3;
    return s->p == PRONOUN_IT && agree_acts(s->w, s->token) ? 2 : 1;
}

/* Whoever is quoted says "he" of others than the reporter does. */
static bool in_same_quote(const struct search *s, const struct group *out)
{
    const struct who_work *w = s->w;
    return w->tree->quote[w->actors[out->at[0]].head] == w->tree->quote[s->token];
}

/* "Merkel met Macron. They ...": both that met. */
static bool both_that_met(struct search *s, uint32_t verb, struct group *out)
{
    const struct who_work *w = s->w;
    uint32_t subject = clause_subject(w, verb), object = tree_object(w->tree, verb);
    EACH_CHILD(w->tree, t, verb) /* "met with Macron" */
        if (object == NONE && w->words[t].dep == DEP_OBL && w->actor_at[t] != NONE) object = t;
    if (subject == NONE || object == NONE || subject >= s->token || object >= s->token)
        return false;
    uint32_t a = w->actor_at[subject], b = w->actor_at[object];
    if (a == NONE || b == NONE || w->memories[b].placelike) return false;
    if (actor_is_single_person(&w->actors[a]) != actor_is_single_person(&w->actors[b]))
        return false;
    *out = (struct group){.at = {a, b}, .n = 2};
    return true;
}

/* What they then discussed was the meeting itself, which has been told. */
static bool those_that_met(struct search *s, uint32_t sentence, struct group *out)
{
    const struct sentence *in = &s->w->text->sentences[sentence];
    uint32_t verb = tree_governing_verb(s->w->tree, s->token);
    if (verb != NONE && lemma_has(s->w->tree, verb, CLASS_DISCUSSING)) return false;
    for (uint32_t t = in->token_begin; t < in->token_end && t < in->token_begin + WORDS_BACK_MOST;
         t++)
        if (s->w->words[t].upos == UPOS_VERB && lemma_has(s->w->tree, t, CLASS_MEETING) &&
            both_that_met(s, t, out))
            return true;
    return false;
}

static bool find_before(struct search *s, struct group *out)
{
    uint32_t sentence = s->w->tree->sentence[s->token], back = sentences_back(s);
    if (s->stopped || sentence == 0) return false;
    if (deed_answered(s, sentence - 1, out)) return true;
    for (uint32_t i = 1; i <= back && i <= sentence && !s->stopped; i++)
        if (in_sentence(s, sentence - i, out)) return true;
    return s->p == PRONOUN_THEY && !s->stopped && those_that_met(s, sentence - 1, out);
}

/* Whether no other actor is coordinated with the one at `head`: else "they" is a group, if one that
 * is too large for a mention. */
static bool stands_alone(const struct who_work *w, uint32_t head)
{
    EACH_CHILD(w->tree, t, head)
        if (w->words[t].dep == DEP_CONJ && w->actor_at[t] != NONE) return false;
    return true;
}

/* "they" of one body: only where it stands alone as the subject before, and no noun of several
 * stands nearer. */
static bool body_as_several(struct search *s, struct group *out)
{
    const struct who_work *w = s->w;
    if (!antecedent_find(w, s->token, PRONOUN_IT, out)) return false;
    uint32_t head = w->actors[out->at[0]].head;
    if (!w->memories[out->at[0]].subject || !stands_alone(w, head)) return false;
    for (uint32_t t = s->token; t-- > head && s->token - t < WORDS_BACK_MOST;)
        if (agree_noun(w, t, PRONOUN_THEY)) return false;
    return true;
}

bool antecedent_find(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out)
{
    struct search s = {.w = w, .token = token, .p = p, .barred = NONE};
    if (w->tree->quote[token] != NONE) return search_above(&s, out) && in_same_quote(&s, out);
    if (search_above(&s, out) || find_before(&s, out)) return true;
    return p == PRONOUN_THEY && !s.stopped && body_as_several(&s, out);
}

/* ---- behind the pronoun ---- */

/* The subject behind the pronoun of the clause whose adjunct holds it, or NONE. */
static uint32_t subject_behind(const struct who_work *w, uint32_t token)
{
    uint32_t child = token;
    for (int i = 0; i < CLIMB_MOST && w->words[child].head != NONE; i++) {
        uint32_t at = w->words[child].head;
        uint8_t dep = w->words[child].dep;
        bool adjunct = dep == DEP_OBL || dep == DEP_ADVCL;
        if (adjunct && child != token && heads_clause(&w->words[at])) {
            uint32_t subject = clause_subject(w, at);
            if (subject == NONE || subject > child) return subject;
        }
        child = at;
    }
    return NONE;
}

bool antecedent_may_follow(const struct who_work *w, uint32_t token)
{
    return w->tree->quote[token] == NONE && subject_behind(w, token) != NONE;
}

bool antecedent_behind(const struct who_work *w, uint32_t token, enum pronoun p, struct group *out)
{
    struct search s = {.w = w, .token = token, .p = p, .barred = NONE};
    uint32_t subject = subject_behind(w, token);
    if (subject == NONE) return false;
    uint32_t end = w->text->sentences[w->tree->sentence[token]].token_end;
    return actors_fit(&s, subject, end, out) && out->n == 1 && w->actors[out->at[0]].chain != 0;
}

/* "Russia offered the two governments its help": Russia is a third. */
static const char *third_country(const struct who_work *w, uint32_t noun)
{
    uint32_t verb = tree_governing_verb(w->tree, noun);
    uint32_t subject = verb == NONE ? NONE : clause_subject(w, verb);
    bool other = subject != NONE && subject < noun && w->words[noun].head == verb;
    return other && w->actor_at[subject] != NONE ? w->actors[w->actor_at[subject]].country : "";
}

bool antecedent_last_two(const struct who_work *w, uint32_t noun, bool persons, struct group *out)
{
    const char *third = third_country(w, noun);
    uint32_t later = NONE;
    for (size_t i = w->n_actors, k = 0; i-- > 0 && k < LOOK_BACK_MOST; k++) {
        const struct actor *a = &w->actors[i];
        if (a->country[0] == '\0' || w->memories[i].placelike) continue;
        if (strcmp(a->country, third) == 0) continue;
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
