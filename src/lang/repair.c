/* repair.c - mending the shapes in which the parser commonly loses the verb of a clause or a name.
 *
 * In two shapes a past tense was taken for a participle, and the verb is made the head of its
 * clause:
 *     "Poland [voiced] concern about Belarus"   voiced is amod of concern, Poland hangs on either
 *     "Ukraine [accused] Russia of shelling"    accused is acl of Ukraine, yet has an object
 * In the third a title and the name behind it both became the subject, and the title is hung on
 * the name: "the [spokeswoman] Anna Berg said". Linear in the number of words. */
#include "lang/repair.h"

static bool is_nominal(const struct word *w)
{
    return w->upos == UPOS_PROPN || w->upos == UPOS_NOUN || w->upos == UPOS_PRON;
}

static bool heads_clause(const struct word *w)
{
    return w->dep == DEP_ROOT || w->dep == DEP_CCOMP || w->dep == DEP_PARATAXIS ||
           w->dep == DEP_CONJ;
}

static bool ends_in_ed(struct str form)
{
    return form.len > 4 && str_ends(form, STR("ed"));
}

static bool may_be_past(const struct word *w, struct str form)
{
    if (w->upos == UPOS_VERB) return w->verb == VERB_PAST || w->verb == VERB_PARTICIPLE;
    return w->upos == UPOS_ADJ && ends_in_ed(form);
}

/* The last word before the verb that is no auxiliary, adverb or negation: "administration HAD
 * inspired". */
static uint32_t word_before(const struct word *words, uint32_t begin, uint32_t verb)
{
    uint32_t at = verb;
    while (at > begin && (words[at - 1].upos == UPOS_AUX || words[at - 1].upos == UPOS_ADV ||
                          words[at - 1].upos == UPOS_PART))
        at--;
    return at > begin ? at - 1 : NO_TOKEN;
}

/* The head of the phrase that ends at `at`: what hangs on the noun behind the verb, on the verb
 * itself, or beside that noun on the word above. */
static uint32_t left_phrase(const struct word *words, uint32_t begin, uint32_t verb, uint32_t noun,
                            uint32_t at)
{
    for (int step = 0; step < 8; step++) {
        uint32_t head = words[at].head;
        if (head == noun || (head == verb && words[at].dep == DEP_NSUBJ)) return at;
        if (head == words[noun].head && head != NO_TOKEN && is_nominal(&words[at])) return at;
        if (head == NO_TOKEN || head < begin || head >= verb) return NO_TOKEN;
        at = head;
    }
    return NO_TOKEN;
}

static void make_clause(struct word *words, uint32_t verb, uint32_t from)
{
    bool object =
        words[from].dep == DEP_OBJ || words[from].dep == DEP_XCOMP; /* "said ... had inspired" */
    words[verb].head = words[from].head;
    words[verb].dep = object ? DEP_CCOMP : words[from].dep;
    words[verb].upos = UPOS_VERB;
    words[verb].verb = VERB_PAST;
}

/* An auxiliary of its own makes it a verb, whatever it was hung on. */
static bool has_auxiliary_before(const struct word *words, uint32_t begin, uint32_t verb)
{
    return verb > begin && words[verb - 1].upos == UPOS_AUX && words[verb - 1].head == verb &&
           words[verb - 1].dep == DEP_AUX;
}

/* "Poland voiced concern": verb amod of the noun behind it, the subject hung on that noun. */
static void mend_adjective(const struct text_layer *text, struct word *words,
                           const struct sentence *s, uint32_t verb)
{
    uint32_t noun = words[verb].head, begin = s->token_begin;
    if (verb == begin || noun == NO_TOKEN || noun <= verb) return;
    bool sure = has_auxiliary_before(words, begin, verb) &&
                (words[noun].dep == DEP_OBJ || words[noun].dep == DEP_XCOMP);
    if (!heads_clause(&words[noun]) && !sure) return;
    uint32_t before = word_before(words, begin, verb);
    if (!may_be_past(&words[verb], text->tokens[verb].form) || before == NO_TOKEN ||
        !is_nominal(&words[before]))
        return;
    uint32_t subject = left_phrase(words, begin, verb, noun, before);
    if (subject == NO_TOKEN || !is_nominal(&words[subject]) || words[subject].dep == DEP_NMOD_POSS)
        return;
    make_clause(words, verb, noun);
    words[noun].head = verb;
    words[noun].dep = DEP_OBJ;
    words[subject].head = verb;
    words[subject].dep = DEP_NSUBJ;
    for (uint32_t i = begin; i < verb; i++) {
        if (words[i].head != noun) continue;
        bool inside = words[i].dep == DEP_DET || words[i].dep == DEP_AMOD ||
                      words[i].dep == DEP_COMPOUND || words[i].dep == DEP_NMOD_POSS ||
                      words[i].dep == DEP_FLAT;
        words[i].head = inside ? subject : verb; /* "THE UNITED States lifted ..." */
    }
}

static bool has_object(const struct word *words, const struct sentence *s, uint32_t verb,
                       uint32_t noun)
{
    for (uint32_t i = verb + 1; i < s->token_end; i++) {
        if (words[i].dep == DEP_OBJ && words[i].head == verb) return true;
        /* its object is often hung beside it */
        if (words[i].dep == DEP_OBJ && words[i].head == noun) return true;
    }
    return false;
}

/* "Ukraine accused Russia": verb acl of the noun before it, with an object of its own. */
static void mend_participle(struct word *words, const struct sentence *s, uint32_t verb)
{
    uint32_t noun = words[verb].head;
    if (noun == NO_TOKEN || noun >= verb || !heads_clause(&words[noun]) ||
        !is_nominal(&words[noun]))
        return;
    if (words[verb].upos != UPOS_VERB || words[verb].verb == VERB_ING ||
        words[verb].verb == VERB_INFINITIVE)
        return;
    if (!has_object(words, s, verb, noun)) return;
    make_clause(words, verb, noun);
    words[noun].head = verb;
    words[noun].dep = DEP_NSUBJ;
    for (uint32_t i = verb + 1; i < s->token_end; i++)
        if (words[i].head == noun && words[i].dep != DEP_CONJ) words[i].head = verb;
}

/* "spokeswoman Anna Berg said": two subjects side by side, a noun and a name. */
static void mend_title(struct word *words, const struct sentence *s, uint32_t title)
{
    const uint32_t name = title + 1;
    if (name >= s->token_end || words[title].upos != UPOS_NOUN || words[name].upos != UPOS_PROPN)
        return;
    if (words[name].dep != DEP_NSUBJ || words[name].head != words[title].head) return;
    words[title].head = name;
    words[title].dep = DEP_COMPOUND;
}

void repair_trees(const struct text_layer *text, struct word *words)
{
    for (uint32_t k = 0; k < text->n_sentences; k++) {
        const struct sentence *s = &text->sentences[k];
        for (uint32_t i = s->token_begin; i < s->token_end; i++) {
            if (words[i].dep == DEP_AMOD) mend_adjective(text, words, s, i);
            if (words[i].dep == DEP_NSUBJ) mend_title(words, s, i);
            if (words[i].dep == DEP_ACL) mend_participle(words, s, i);
        }
    }
}
