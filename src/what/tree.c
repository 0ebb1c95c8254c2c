/* tree.c - walking the dependency trees of a document; see tree.h.
 *
 * The rules for shared, controlled and relative arguments are those of the enhanced graph of
 * Universal Dependencies (Schuster & Manning, LREC 2016), answered on demand. */
#include "what/tree.h"

enum voice { VOICE_UNKNOWN, VOICE_ACTIVE, VOICE_PASSIVE };
enum { DEEPEST = 8 }; /* inherited subjects: no real sentence needs more steps */

/* Whole mentions first: what stands inside a larger one ("Russian" in "Russian troops") is not set.
 */
static void cover_mentions(const struct what_input *in, uint32_t *cover)
{
    for (uint32_t i = 0; i < in->who->n_actors; i++) {
        const struct actor *a = &in->who->actors[i];
        if ((a->flags & (ACTOR_MODIFIER | ACTOR_PLACE)) || a->code[0] == '\0') continue;
        for (uint32_t k = a->token_begin; k < a->token_end; k++)
            if (cover[k] == 0) cover[k] = i + 1;
    }
}

static bool find_symbols(const struct what_input *in, struct arena *arena, uint32_t n,
                         uint32_t *symbol)
{
    uint64_t *keys = ARENA_NEW(arena, n, uint64_t);
    if (keys == NULL) return false;
    for (uint32_t i = 0; i < n; i++)
        keys[i] = frames_key(in->frames, in->lang->words[i].lemma);
    for (uint32_t i = 0; i < n; i++) {
        struct str form = in->text->tokens[i].form, lemma = in->lang->words[i].lemma;
        symbol[i] = frames_symbol_of(in->frames, keys[i]);
        if (symbol[i] == 0 && !str_eq_nocase(form, lemma)) /* "ruled", whose lemma came as "rul" */
            symbol[i] = frames_symbol(in->frames, form);
    }
    return true;
}

bool tree_build(const struct what_input *in, struct arena *arena, struct tree *out)
{
    uint32_t n = in->text->n_tokens;
    *out = (struct tree){.words = in->lang->words, .tokens = in->text->tokens, .n = n};
    out->first = ARENA_NEW(arena, n + 1, uint32_t);
    out->next = ARENA_NEW(arena, n + 1, uint32_t);
    out->symbol = ARENA_NEW(arena, n + 1, uint32_t);
    out->cover = ARENA_NEW(arena, n + 1, uint32_t);
    out->voice = ARENA_NEW(arena, n + 1, uint8_t);
    if (out->first == NULL || out->next == NULL || out->symbol == NULL || out->cover == NULL ||
        out->voice == NULL || !find_symbols(in, arena, n, out->symbol))
        return false;
    cover_mentions(in, out->cover);
    for (uint32_t i = 0; i < n; i++)
        out->first[i] = NONE;
    for (uint32_t i = n; i-- > 0;) { /* backwards, so that the lists run forwards */
        uint32_t head = out->words[i].head;
        out->next[i] = NONE;
        if (head == NO_TOKEN || head >= n) continue;
        out->next[i] = out->first[head];
        out->first[head] = i;
    }
    return true;
}

uint32_t tree_child(const struct tree *t, uint32_t parent, enum dep dep)
{
    EACH_CHILD(t, child, parent)
    if (t->words[child].dep == dep) return child;
    return NONE;
}

bool tree_is(const struct tree *t, uint32_t token, const char *lemma)
{
    return str_is(t->words[token].lemma, lemma);
}

uint32_t tree_marker(const struct tree *t, uint32_t token)
{
    bool noun = t->words[token].dep == DEP_OBL || t->words[token].dep == DEP_NMOD;
    EACH_CHILD(t, child, token)
    {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_CASE || (dep == DEP_MARK && (noun || t->words[child].upos != UPOS_PART)))
            return child;
    }
    return NONE;
}

static bool has_auxiliary(const struct tree *t, uint32_t verb, const char *lemma)
{
    EACH_CHILD(t, child, verb)
    if (t->words[child].dep == DEP_AUX && tree_is(t, child, lemma)) return true;
    return false;
}

static bool is_time_noun(const struct tree *t, uint32_t token)
{
    static const char *const nouns[] = {"day",      "week",    "month",     "year",   "night",
                                        "morning",  "evening", "afternoon", "today",  "yesterday",
                                        "tomorrow", "time",    "hour",      "minute", "weekend"};
    for (size_t i = 0; i < sizeof nouns / sizeof nouns[0]; i++)
        if (tree_is(t, token, nouns[i])) return true;
    return false;
}

/* "shot down a HELICOPTER", "arrested more than ten PEOPLE": a noun behind the verb without a
 * preposition of its own, which the parser took for an oblique. */
static uint32_t bare_oblique(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb)
    if (t->words[child].dep == DEP_OBL && child > verb && t->words[child].upos == UPOS_NOUN &&
        tree_marker(t, child) == NONE && !is_time_noun(t, child))
        return child;
    return NONE;
}

static bool looks_passive(const struct tree *t, uint32_t verb)
{
    const struct word *w = &t->words[verb];
    bool object = tree_child(t, verb, DEP_OBJ) != NONE || bare_oblique(t, verb) != NONE;
    EACH_CHILD(t, child, verb)
    {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_AUX_PASS || dep == DEP_OBL_AGENT) return true;
        /* with an object, or at a simple past without an auxiliary, the label is wrong */
        if (dep == DEP_NSUBJ_PASS && !object && w->verb != VERB_PAST) return true;
    }
    if (w->verb != VERB_PARTICIPLE || has_auxiliary(t, verb, "have")) return false;
    if (w->dep == DEP_CONJ && w->head != NO_TOKEN && t->words[w->head].verb == VERB_PARTICIPLE &&
        tree_child(t, verb, DEP_NSUBJ) == NONE)
        return tree_is_passive(t, w->head);
    bool reduced = w->dep == DEP_ACL || w->dep == DEP_ADVCL || w->dep == DEP_AMOD;
    return reduced && !object && tree_child(t, verb, DEP_NSUBJ) == NONE;
}

bool tree_is_passive(const struct tree *t, uint32_t verb)
{
    if (t->voice[verb] == VOICE_UNKNOWN)
        t->voice[verb] = looks_passive(t, verb) ? VOICE_PASSIVE : VOICE_ACTIVE;
    return t->voice[verb] == VOICE_PASSIVE;
}

bool tree_is_clause(const struct tree *t, uint32_t token)
{
    return t->words[token].upos == UPOS_VERB || tree_child(t, token, DEP_COP) != NONE;
}

uint32_t tree_first_conjunct(const struct tree *t, uint32_t token)
{
    for (int i = 0; i < DEEPEST && t->words[token].dep == DEP_CONJ; i++)
        token = t->words[token].head;
    return token;
}

uint32_t tree_governing_verb(const struct tree *t, uint32_t token)
{
    uint32_t up = t->words[token].head;
    for (int i = 0; i < 2 * DEEPEST && up != NO_TOKEN; i++) {
        if (tree_is_clause(t, up)) return up;
        up = t->words[up].head;
    }
    return NONE;
}

static bool is_relative_pronoun(const struct tree *t, uint32_t token)
{
    return t->words[token].upos == UPOS_PRON &&
           (tree_is(t, token, "who") || tree_is(t, token, "which") || tree_is(t, token, "that") ||
            tree_is(t, token, "whom"));
}

/* The noun that a relative clause hangs on, from any verb coordinated or embedded in the clause. */
static uint32_t antecedent(const struct tree *t, uint32_t verb)
{
    for (int i = 0; i < DEEPEST && verb != NO_TOKEN; i++) {
        uint8_t dep = t->words[verb].dep;
        if (dep == DEP_ACL_RELCL) return t->words[verb].head;
        if (dep != DEP_CONJ && dep != DEP_XCOMP && dep != DEP_CCOMP) return NONE;
        verb = t->words[verb].head;
    }
    return NONE;
}

static uint32_t past_relative(const struct tree *t, uint32_t noun, uint32_t verb)
{
    if (!is_relative_pronoun(t, noun)) return noun;
    uint32_t found = antecedent(t, verb);
    return found != NONE ? found : noun;
}

static uint32_t surface_subject(const struct tree *t, uint32_t verb, int depth);

/* The subject that a clause without one of its own takes from above. */
static uint32_t inherited_subject(const struct tree *t, uint32_t verb, int depth)
{
    uint32_t head = t->words[verb].head;
    if (head == NO_TOKEN || depth > DEEPEST) return NONE;
    switch (t->words[verb].dep) {
    case DEP_XCOMP: {
        uint32_t object = tree_child(t, head, DEP_OBJ);
        if (object == NONE) object = tree_child(t, head, DEP_IOBJ);
        if (object != NONE && !tree_is_passive(t, head)) return past_relative(t, object, head);
        return surface_subject(t, head, depth + 1);
    }
    case DEP_CONJ: return tree_is_clause(t, head) ? surface_subject(t, head, depth + 1) : NONE;
    case DEP_ADVCL: return surface_subject(t, head, depth + 1);
    case DEP_ACL:
    case DEP_ACL_RELCL: return head;
    default: return NONE;
    }
}

static uint32_t surface_subject(const struct tree *t, uint32_t verb, int depth)
{
    uint32_t found = NONE; /* of several, which only wrong trees have, the one next to the verb */
    EACH_CHILD(t, child, verb)
    {
        uint8_t dep = t->words[child].dep;
        if (dep != DEP_NSUBJ && dep != DEP_NSUBJ_PASS && dep != DEP_NSUBJ_OUTER) continue;
        if (found == NONE || child < verb) found = child;
    }
    if (found != NONE) return past_relative(t, found, verb);
    return inherited_subject(t, verb, depth);
}

static uint32_t passive_agent(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb)
    {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_OBL_AGENT) return child;
        if (dep != DEP_OBL) continue;
        uint32_t marker = tree_marker(t, child);
        if (marker != NONE && tree_is(t, marker, "by")) return child;
    }
    return NONE;
}

uint32_t tree_subject(const struct tree *t, uint32_t verb)
{
    if (tree_is_passive(t, verb)) return passive_agent(t, verb);
    return surface_subject(t, verb, 0);
}

/* "attacked and occupied the town": the object stands with one of the coordinated verbs. */
static uint32_t shared_object(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb)
    {
        if (t->words[child].dep != DEP_CONJ || t->words[child].upos != UPOS_VERB) continue;
        if (tree_child(t, child, DEP_NSUBJ) != NONE) continue;
        uint32_t object = tree_child(t, child, DEP_OBJ);
        if (object != NONE) return object;
    }
    if (t->words[verb].dep != DEP_CONJ) return NONE;
    uint32_t object = tree_child(t, t->words[verb].head, DEP_OBJ);
    return object != NONE && object > verb ? object : NONE;
}

uint32_t tree_object(const struct tree *t, uint32_t verb)
{
    const struct word *w = &t->words[verb];
    if (tree_is_passive(t, verb)) {
        if (w->dep == DEP_ACL && tree_child(t, verb, DEP_NSUBJ_PASS) == NONE) return w->head;
        if (w->dep == DEP_AMOD) return w->head;
        return surface_subject(t, verb, 0);
    }
    uint32_t object = tree_child(t, verb, DEP_OBJ);
    if (object != NONE) return past_relative(t, object, verb);
    if (w->dep == DEP_ACL_RELCL) {
        uint32_t subject = tree_child(t, verb, DEP_NSUBJ);
        if (subject != NONE && !is_relative_pronoun(t, subject)) return w->head;
    }
    uint32_t other = shared_object(t, verb);
    if (other == NONE) other = tree_child(t, verb, DEP_IOBJ); /* "asked FRANCE for aid" */
    return other != NONE ? other : bare_oblique(t, verb);
}
