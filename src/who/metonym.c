/* metonym.c - see metonym.h.
 *
 * "Moscow said", "talks with Moscow", "Moscow's demands": the government. "in Moscow", "left
 * Moscow", "the Moscow metro": the city. The relation of the word to its governor and its
 * preposition decide; where they leave doubt, it is the city. Constant time a name. After Markert
 * and Nissim, "Metonymy resolution at SemEval 2007", who found the grammatical role to carry most
 * of the decision. */
#include "who/metonym.h"

/* The preposition of the phrase that `head` carries, or of the coordination that it belongs to. */
static uint32_t preposition_of_name(const struct who_work *w, uint32_t head)
{
    uint32_t own = tree_preposition(w->tree, head);
    return own != NONE ? own : tree_preposition(w->tree, tree_first_conjunct(w->tree, head));
}

/* Whether "to" or "for" before the name means a receiver: "sent to Kyiv", not "the road to Kyiv".
 */
static bool is_receiver(const struct who_work *w, const struct word *word)
{
    if (word->dep == DEP_NMOD) return !word_has(w->tree, word->head, CLASS_JOURNEY);
    return word_has(w->tree, word->head, CLASS_RECEIVING);
}

/* What the preposition before a name says of it. */
static bool preposition_acts(const struct who_work *w, uint32_t preposition,
                             const struct word *word)
{
    if (word_has(w->tree, preposition, CLASS_PARTY_PREPOSITION)) return true;
    return word_has(w->tree, preposition, CLASS_RECEIVER_PREPOSITION) && is_receiver(w, word);
}

/* Verbs and adjectives, and states ("in touch", "at odds"); "is a city" says nothing of the kind.
 */
static bool predicate_acts(const struct who_work *w, uint32_t token)
{
    uint8_t upos = w->words[token].upos;
    return upos == UPOS_VERB || upos == UPOS_ADJ || upos == UPOS_AUX ||
           tree_preposition(w->tree, token) != NONE;
}

/* A relation that no name has: the parser erred, and the word after it must do. */
static bool verb_follows(const struct who_work *w, uint32_t head)
{
    return head + 1 < w->text->n_tokens && w->words[head + 1].upos == UPOS_VERB;
}

bool metonym_acts(const struct who_work *w, uint32_t head)
{
    enum { NAME_ALONE = 3 }; /* tokens of a text that is hardly more than the name */
    const struct word *word = &w->words[tree_first_conjunct(w->tree, head)];
    uint32_t preposition = preposition_of_name(w, head);
    bool bare = preposition == NONE;
    switch (word->dep) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER: return bare && word->head != NONE && predicate_acts(w, word->head);
    case DEP_OBJ:
    case DEP_IOBJ: return bare && !word_has(w->tree, word->head, CLASS_MOTION);
    case DEP_NMOD_POSS:
    case DEP_OBL_AGENT: return true;
    case DEP_OBL:
    case DEP_NMOD: return !bare && preposition_acts(w, preposition, word);
    case DEP_ROOT: return w->text->n_tokens <= NAME_ALONE || (bare && verb_follows(w, head));
    case DEP_DISCOURSE:
    case DEP_VOCATIVE:
    case DEP_DEP:
    case DEP_ADVMOD:
    case DEP_PARATAXIS: return bare && verb_follows(w, head);
    default: return false;
    }
}

bool metonym_is_place(const struct who_work *w, uint32_t head)
{
    const struct tree *tree = w->tree;
    const struct word *word = &w->words[tree_first_conjunct(tree, head)];
    uint32_t preposition = preposition_of_name(w, head);
    if (preposition == NONE) return false;
    if (form_has(tree, preposition, CLASS_TO)) {
        if (word->dep == DEP_OBL) return !word_has(tree, word->head, CLASS_RECEIVING);
        return word_has(tree, word->head, CLASS_JOURNEY);
    }
    if (form_has(tree, preposition, CLASS_FROM)) return word->dep == DEP_OBL;
    return word_has(tree, preposition, CLASS_LOCATIVE) ||
           word_has(tree, preposition, CLASS_PASSAGE);
}
