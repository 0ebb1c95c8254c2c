/* tree.c - the structure of the sentences of a document; see tree.h. */
#include "lang/tree.h"

enum voice { VOICE_UNKNOWN, VOICE_ACTIVE, VOICE_PASSIVE };
enum { DEEPEST = 8 }; /* inherited subjects: no real sentence needs more steps */

/* ---- building ---- */

static bool tree_arrays(struct arena *arena, struct tree *t)
{
    uint32_t **const arrays[] = {&t->first_child, &t->next_child, &t->left,
                                 &t->right,       &t->marker,     &t->form_word,
                                 &t->lemma_word,  &t->sentence,   &t->quote};
    for (size_t i = 0; i < sizeof arrays / sizeof arrays[0]; i++) {
        *arrays[i] = ARENA_NEW(arena, (size_t)t->n + 1, uint32_t);
        if (*arrays[i] == NULL) return false;
    }
    t->voice = ARENA_NEW(arena, (size_t)t->n + 1, uint8_t);
    return t->voice != NULL;
}

/* Most forms are their own lemma: one look-up serves both. */
static void find_words(struct tree *t)
{
    for (uint32_t i = 0; i < t->n; i++) {
        t->form_word[i] = words_find(t->know, t->tokens[i].form);
        bool same = str_eq_nocase(t->tokens[i].form, t->words[i].lemma);
        t->lemma_word[i] = same ? t->form_word[i] : words_find(t->know, t->words[i].lemma);
    }
}

static bool is_marker(const struct tree *t, uint32_t child, uint32_t of)
{
    const struct word *w = &t->words[child];
    bool noun = t->words[of].dep == DEP_OBL || t->words[of].dep == DEP_NMOD;
    return w->dep == DEP_CASE || (w->dep == DEP_MARK && (noun || w->upos != UPOS_PART));
}

/* From the last token to the first, so that the lists of children run forwards and the first marker
 * of a word is set last. Returns in `waiting` the number of children of each. */
static void link_children(struct tree *t, uint32_t *waiting)
{
    for (uint32_t i = 0; i < t->n; i++) {
        t->first_child[i] = t->next_child[i] = t->marker[i] = NONE;
        t->left[i] = i;
        t->right[i] = i + 1;
    }
    for (uint32_t i = t->n; i-- > 0;) {
        uint32_t head = t->words[i].head;
        if (head >= t->n) continue; /* NONE, too */
        t->next_child[i] = t->first_child[head];
        t->first_child[head] = i;
        if (is_marker(t, i, head)) t->marker[head] = i;
        waiting[head]++;
    }
}

/* Words are released from the leaves upwards, each handing its extent to its head. */
static void hand_up_extents(struct tree *t, uint32_t *waiting)
{
    for (uint32_t start = 0; start < t->n; start++) {
        uint32_t at = start;
        while (waiting[at] == 0) { /* a leaf, or its last child has just come */
            uint32_t head = t->words[at].head;
            waiting[at] = NONE; /* done */
            if (head >= t->n || waiting[head] == NONE) break;
            /* Marks at the ends belong to no one: they would tie a clause across its neighbour. */
            bool mark = t->words[at].upos == UPOS_PUNCT;
            if (!mark && t->left[at] < t->left[head]) t->left[head] = t->left[at];
            if (!mark && t->right[at] > t->right[head]) t->right[head] = t->right[at];
            waiting[head]--;
            at = head;
        }
    }
}

static bool mark_quotes(struct arena *arena, struct tree *t)
{
    if (!quotemark_find(arena, t->text, &t->quotes)) return false;
    for (uint32_t i = 0; i < t->n; i++)
        t->quote[i] = NONE;
    for (uint32_t k = 0; k < t->quotes.n; k++)
        for (uint32_t i = t->quotes.regions[k].begin; i < t->quotes.regions[k].end; i++)
            t->quote[i] = k;
    return true;
}

static void number_sentences(struct tree *t)
{
    for (uint32_t s = 0; s < t->text->n_sentences; s++)
        for (uint32_t i = t->text->sentences[s].token_begin; i < t->text->sentences[s].token_end;
             i++)
            t->sentence[i] = s;
}

bool tree_build(const struct know *know, struct arena *arena, const struct text_layer *text,
                const struct lang_layer *lang, struct tree *out)
{
    *out = (struct tree){.know = know,
                         .text = text,
                         .words = lang->words,
                         .tokens = text->tokens,
                         .n = text->n_tokens};
    uint32_t *waiting = ARENA_NEW(arena, (size_t)out->n + 1, uint32_t);
    if (waiting == NULL || !tree_arrays(arena, out)) return false;
    find_words(out);
    link_children(out, waiting);
    hand_up_extents(out, waiting);
    number_sentences(out);
    return mark_quotes(arena, out);
}

/* ---- the tree itself ---- */

uint32_t tree_child(const struct tree *t, uint32_t parent, enum dep dep)
{
    EACH_CHILD(t, child, parent)
        if (t->words[child].dep == dep) return child;
    return NONE;
}

/* The preposition that stands right before the noun phrase, whatever the tree says. */
static uint32_t adjacent_preposition(const struct tree *t, uint32_t head)
{
    enum { PHRASE_WORDS = 5 };
    for (uint32_t i = head; i > 0 && head - i < PHRASE_WORDS; i--) {
        uint8_t upos = t->words[i - 1].upos;
        if (upos == UPOS_ADP) return t->words[i - 1].dep == DEP_COMPOUND_PRT ? NONE : i - 1;
        if (upos != UPOS_DET && upos != UPOS_ADJ && upos != UPOS_PROPN && upos != UPOS_NOUN) break;
    }
    return NONE;
}

uint32_t tree_preposition(const struct tree *t, uint32_t head)
{
    enum { REACH = 12 };
    uint32_t found = NONE;
    EACH_CHILD(t, child, head) {
        if (child >= head) break;
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_CASE || dep == DEP_MARK) found = child;
    }
    return found != NONE && head - found <= REACH ? found : adjacent_preposition(t, head);
}

static int rank_as_head(const struct word *w)
{
    switch (w->dep) {
    case DEP_PUNCT:
    case DEP_CASE:
    case DEP_DET:
    case DEP_CC: return 0;
    case DEP_AMOD:
    case DEP_COMPOUND:
    case DEP_ADVMOD: return 1;
    default: return w->upos == UPOS_NOUN || w->upos == UPOS_PROPN || w->upos == UPOS_PRON ? 3 : 2;
    }
}

uint32_t tree_span_head(const struct tree *t, uint32_t begin, uint32_t end)
{
    uint32_t best = end - 1;
    int best_rank = -1;
    for (uint32_t i = begin; i < end; i++) {
        uint32_t head = t->words[i].head;
        if (head != NONE && head >= begin && head < end) continue;
        int rank = rank_as_head(&t->words[i]);
        if (rank < best_rank) continue;
        best_rank = rank;
        best = i;
    }
    return best;
}

uint32_t tree_first_conjunct(const struct tree *t, uint32_t token)
{
    for (int i = 0; i < 2 * DEEPEST && t->words[token].dep == DEP_CONJ; i++) {
        if (t->words[token].head == NONE) break;
        token = t->words[token].head;
    }
    return token;
}

bool tree_is_subject(const struct tree *t, uint32_t token)
{
    uint8_t dep = t->words[tree_first_conjunct(t, token)].dep;
    return dep == DEP_NSUBJ || dep == DEP_NSUBJ_PASS || dep == DEP_NSUBJ_OUTER;
}

/* ---- clauses ---- */

bool tree_is_clause(const struct tree *t, uint32_t token)
{
    return t->words[token].upos == UPOS_VERB || tree_child(t, token, DEP_COP) != NONE;
}

uint32_t tree_governing_verb(const struct tree *t, uint32_t token)
{
    uint32_t up = t->words[token].head;
    for (int i = 0; i < 2 * DEEPEST && up != NONE; i++) {
        if (tree_is_clause(t, up)) return up;
        up = t->words[up].head;
    }
    return NONE;
}

bool tree_is_infinitive(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb) {
        if (child >= verb) break;
        if (t->words[child].upos == UPOS_PART && lemma_has(t, child, CLASS_TO)) return true;
    }
    return false;
}

uint32_t tree_auxiliary(const struct tree *t, uint32_t verb, enum word_class class)
{
    EACH_CHILD(t, child, verb)
        if (t->words[child].dep == DEP_AUX && lemma_has(t, child, class)) return child;
    return NONE;
}

static bool no_longer(const struct tree *t, uint32_t token)
{
    return token > 0 && form_has(t, token, CLASS_NO_LONGER) && lemma_has(t, token - 1, CLASS_NO);
}

static bool negates(const struct tree *t, uint32_t child)
{
    switch (t->words[child].dep) {
    case DEP_ADVMOD: return lemma_has(t, child, CLASS_NOT) || no_longer(t, child);
    case DEP_CC_PRECONJ: return lemma_has(t, child, CLASS_NOT);
    case DEP_DET: return lemma_has(t, child, CLASS_NO);
    case DEP_CASE:
    case DEP_MARK: return lemma_has(t, child, CLASS_WITHOUT);
    default: return false;
    }
}

uint32_t tree_negation(const struct tree *t, uint32_t token)
{
    EACH_CHILD(t, child, token)
        if (negates(t, child)) return child;
    return NONE;
}

uint32_t tree_condition(const struct tree *t, uint32_t token)
{
    EACH_CHILD(t, child, token)
        if (t->words[child].dep == DEP_MARK && lemma_has(t, child, CLASS_CONDITION)) return child;
    return NONE;
}

/* ---- voice, subject, object ---- */

/* "shot down a HELICOPTER", "arrested more than ten PEOPLE": a noun behind the verb without a
 * preposition of its own, which the parser took for an oblique. */
static uint32_t bare_oblique(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb)
        if (t->words[child].dep == DEP_OBL && child > verb && t->words[child].upos == UPOS_NOUN &&
            tree_marker(t, child) == NONE && !lemma_has(t, child, CLASS_TIME_NOUN))
            return child;
    return NONE;
}

static bool looks_passive(const struct tree *t, uint32_t verb)
{
    const struct word *w = &t->words[verb];
    bool object = tree_child(t, verb, DEP_OBJ) != NONE || bare_oblique(t, verb) != NONE;
    EACH_CHILD(t, child, verb) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_AUX_PASS || dep == DEP_OBL_AGENT) return true;
        /* with an object, or at a simple past without an auxiliary, the label is wrong */
        if (dep == DEP_NSUBJ_PASS && !object && w->verb != VERB_PAST) return true;
    }
    if (w->verb != VERB_PARTICIPLE || tree_auxiliary(t, verb, CLASS_HAVE) != NONE) return false;
    if (w->dep == DEP_CONJ && w->head != NONE && t->words[w->head].verb == VERB_PARTICIPLE &&
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

static bool is_relative_pronoun(const struct tree *t, uint32_t token)
{
    return t->words[token].upos == UPOS_PRON && lemma_has(t, token, CLASS_RELATIVE);
}

/* The noun that a relative clause hangs on, from any verb coordinated or embedded in the clause. */
static uint32_t antecedent(const struct tree *t, uint32_t verb)
{
    for (int i = 0; i < DEEPEST && verb != NONE; i++) {
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
    if (head == NONE || depth > DEEPEST) return NONE;
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
    EACH_CHILD(t, child, verb) {
        uint8_t dep = t->words[child].dep;
        if (dep != DEP_NSUBJ && dep != DEP_NSUBJ_PASS && dep != DEP_NSUBJ_OUTER) continue;
        if (found == NONE || child < verb) found = child;
    }
    if (found != NONE) return past_relative(t, found, verb);
    return inherited_subject(t, verb, depth);
}

static uint32_t passive_agent(const struct tree *t, uint32_t verb)
{
    EACH_CHILD(t, child, verb) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_OBL_AGENT) return child;
        if (dep != DEP_OBL) continue;
        uint32_t marker = tree_marker(t, child);
        if (marker != NONE && lemma_has(t, marker, CLASS_BY)) return child;
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
    EACH_CHILD(t, child, verb) {
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
