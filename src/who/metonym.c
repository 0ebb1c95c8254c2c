/* metonym.c - whether the name of a city, a country or a palace acts or says where; see who_work.h.
 *
 * "Moscow said", "talks with Moscow", "Moscow's demands": the government. "in Moscow", "left
 * Moscow", "the Moscow metro": the city. The relation of the word to its governor and its
 * preposition decide; where they leave doubt, it is the city. Constant time a name. After Markert
 * and Nissim, "Metonymy resolution at SemEval 2007", who found the grammatical role to carry most
 * of the decision. */
#include "who/who_work.h"

static bool object_of_motion(const struct who_work *w, uint32_t verb)
{
    static const char *const verbs[] = {
        "visit",   "leave", "reach", "enter",    "bomb",    "shell",    "hit",      "strike",
        "capture", "seize", "storm", "surround", "besiege", "flood",    "rock",     "shake",
        "take",    "tour",  "flee",  "pass",     "occupy",  "evacuate", "quit",     "approach",
        "retake",  "hold",  "cross", "destroy",  "attack",  "encircle", "liberate", "defend",
        "target",  "pound", "raid",  NULL};
    return verb != NO_TOKEN && phrase_in(w, verb, verbs);
}

/* "gave Kyiv", "told Moscow", "sent to Kyiv": verbs whose receiver is somebody. */
static bool receives(const struct who_work *w, uint32_t verb)
{
    static const char *const verbs[] = {
        "say",    "tell",      "give",      "sell",    "supply",  "provide",   "offer",
        "hand",   "lend",      "promise",   "send",    "deliver", "ship",      "transfer",
        "appeal", "apologise", "apologize", "respond", "reply",   "signal",    "propose",
        "pledge", "grant",     "complain",  "speak",   "talk",    "listen",    "bow",
        "yield",  "write",     "extend",    "donate",  "concede", "surrender", "present",
        "submit", NULL};
    return verb != NO_TOKEN && phrase_in(w, verb, verbs);
}

static bool is_journey(const struct who_work *w, uint32_t noun)
{
    static const char *const nouns[] = {
        "trip",  "visit",   "flight", "train",  "road",    "journey", "tour",  "return", "bus",
        "route", "railway", "way",    "travel", "highway", "arrival", "march", NULL};
    return noun != NO_TOKEN && phrase_in(w, noun, nouns);
}

/* What the preposition before a name says of it. */
static bool preposition_acts(const struct who_work *w, uint32_t marker, const struct word *word)
{
    static const char *const somebody[] = {
        "against", "with", "by",  "between", "toward", "towards", "on",        "without", "among",
        "like",    "than", "via", "despite", "under",  "upon",    "including", NULL};
    static const char *const receiver[] = {"to", "for", NULL};
    if (phrase_in(w, marker, somebody)) return true;
    if (!phrase_in(w, marker, receiver)) return false;
    if (word->dep == DEP_NMOD) return !is_journey(w, word->head);
    return receives(w, word->head);
}

/* Verbs and adjectives, and states ("in touch", "at odds"); "is a city" says nothing of the kind.
 */
static bool predicate_acts(const struct who_work *w, uint32_t token)
{
    uint8_t upos = w->lang->words[token].upos;
    return upos == UPOS_VERB || upos == UPOS_ADJ || upos == UPOS_AUX ||
           phrase_marker(w, token) != NONE;
}

bool metonym_acts(const struct who_work *w, uint32_t head)
{
    const struct word *words = w->lang->words;
    const struct word *word = &words[phrase_first(w, head)];
    uint32_t marker = phrase_marker(w, head);
    if (marker == NONE) marker = phrase_marker(w, (uint32_t)(word - words));
    switch (word->dep) {
    case DEP_NSUBJ:
    case DEP_NSUBJ_PASS:
    case DEP_NSUBJ_OUTER:
        return marker == NONE && word->head != NO_TOKEN && predicate_acts(w, word->head);
    case DEP_OBJ:
    case DEP_IOBJ: return marker == NONE && !object_of_motion(w, word->head);
    case DEP_NMOD_POSS:
    case DEP_OBL_AGENT: return true;
    case DEP_OBL:
    case DEP_NMOD: return marker != NONE && preposition_acts(w, marker, word);
    case DEP_ROOT:
        if (w->text->n_tokens <= 3) return true;
        break;
    case DEP_DISCOURSE:
    case DEP_VOCATIVE:
    case DEP_DEP:
    case DEP_ADVMOD:
    case DEP_PARATAXIS: break;
    default: return false;
    }
    /* a relation that no name has: the parser erred, and the word after it must do */
    return marker == NONE && head + 1 < w->text->n_tokens && words[head + 1].upos == UPOS_VERB;
}

bool metonym_is_place(const struct who_work *w, uint32_t head)
{
    static const char *const where[] = {"in",     "at",      "near",       "inside", "outside",
                                        "around", "across",  "throughout", "within", "from",
                                        "into",   "through", "via",        "off",    NULL};
    const struct word *words = w->lang->words;
    uint32_t first = phrase_first(w, head), marker = phrase_marker(w, head);
    if (marker == NONE) marker = phrase_marker(w, first);
    if (marker == NONE) return false;
    if (phrase_is(w, marker, "to"))
        return words[first].dep == DEP_OBL ? !receives(w, words[first].head)
                                           : is_journey(w, words[first].head);
    if (phrase_is(w, marker, "from")) return words[first].dep == DEP_OBL;
    return phrase_in(w, marker, where);
}
