/* agree.c - see agree.h.
 *
 * The gender of a person is what the base says, else what an honorific, a noun or the given name
 * says, else what a pronoun has said that surely meant the person; it is kept for the chain, so
 * that "Lee" is a woman once the story has said so. Constant time each, for mentions are short. */
#include "who/agree.h"

#include "who/chain.h"

/* "It is a long war": more often the matter than an actor. */
static bool subject_of_copula(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    return word->dep == DEP_NSUBJ && word->head != NONE &&
           tree_child(w->tree, word->head, DEP_COP) != NONE;
}

/* "Moscow denied it": what was said. */
static bool is_what_was_said(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    if (word->dep != DEP_OBJ || word->head == NONE) return false;
    return lemma_has(w->tree, word->head, CLASS_TELLING) &&
           !form_has(w->tree, token, CLASS_REFLEXIVE);
}

enum pronoun agree_pronoun(const struct who_work *w, uint32_t token)
{
    const struct word *word = &w->words[token];
    if (word->upos != UPOS_PRON || word->dep == DEP_EXPL) return PRONOUN_NONE;
    if (form_has(w->tree, token, CLASS_PRONOUN_HE)) return PRONOUN_HE;
    if (form_has(w->tree, token, CLASS_PRONOUN_SHE)) return PRONOUN_SHE;
    if (form_has(w->tree, token, CLASS_PRONOUN_IT))
        return subject_of_copula(w, token) || is_what_was_said(w, token) ? PRONOUN_NONE
                                                                         : PRONOUN_IT;
    return form_has(w->tree, token, CLASS_PRONOUN_THEY) ? PRONOUN_THEY : PRONOUN_NONE;
}

/* ---- gender ---- */

static uint8_t gender_of_actor(const struct who_work *w, uint32_t actor)
{
    uint8_t own = w->memories[actor].gender;
    return own != 0 ? own : chain_gender(w, w->actors[actor].chain);
}

/* What one word of a mention, or the title before it, says; 0 for nothing. */
static uint8_t gender_of_word(const struct who_work *w, uint32_t token, bool given)
{
    const struct tree *t = w->tree;
    if (form_has(t, token, CLASS_HONORIFIC_MAN) || word_has(t, token, CLASS_MAN)) return 'm';
    if (form_has(t, token, CLASS_HONORIFIC_WOMAN) || word_has(t, token, CLASS_WOMAN)) return 'f';
    if (!given) return 0;
    if (form_has(t, token, CLASS_MAN_NAME)) return 'm';
    return form_has(t, token, CLASS_WOMAN_NAME) ? 'f' : 0;
}

/* The last word of a name is the family's: "Maria Jose", but not "Jose Maria". */
static uint8_t gender_of_words(const struct who_work *w, const struct actor *a)
{
    const struct word *head = &w->words[a->head];
    uint32_t begin = a->token_begin > 0 ? a->token_begin - 1 : 0;
    if (head->dep == DEP_APPOS && head->head != NONE) { /* "his wife, Ewa Lee," */
        uint8_t gender = gender_of_word(w, head->head, false);
        if (gender != 0) return gender;
    }
    for (uint32_t t = begin; t < a->token_end; t++) {
        bool name = w->words[t].upos == UPOS_PROPN && t >= a->token_begin;
        bool noun = t == a->head || t < a->token_begin || name;
        uint8_t gender = noun ? gender_of_word(w, t, name && t + 1 < a->token_end) : 0;
        if (gender != 0) return gender;
    }
    return 0;
}

void agree_note_gender(struct who_work *w, uint32_t actor)
{
    const struct actor *a = &w->actors[actor];
    if (!actor_is_single_person(a)) return;
    uint8_t gender = w->memories[actor].gender;
    if (gender == 0 && chain_gender(w, a->chain) == 0) gender = gender_of_words(w, a);
    if (gender != 0) chain_set_gender(w, a->chain, gender);
}

void agree_note_pronoun(struct who_work *w, uint32_t actor, enum pronoun p)
{
    if (p != PRONOUN_HE && p != PRONOUN_SHE) return;
    chain_set_gender(w, w->actors[actor].chain, p == PRONOUN_HE ? 'm' : 'f');
}

/* ---- agreement ---- */

bool agree_actor(const struct who_work *w, uint32_t actor, enum pronoun p)
{
    const struct actor *a = &w->actors[actor];
    bool person = (a->flags & ACTOR_PERSON) != 0, plural = (a->flags & ACTOR_PLURAL) != 0;
    if (w->memories[actor].open) return false;
    switch (p) {
    case PRONOUN_HE: return person && !plural && gender_of_actor(w, actor) != 'f';
    case PRONOUN_SHE: return person && !plural && gender_of_actor(w, actor) != 'm';
    case PRONOUN_IT: return !person && !plural;
    case PRONOUN_THEY: return plural;
    case PRONOUN_NONE: break;
    }
    return false;
}

static bool is_person_noun(const struct who_work *w, uint32_t token)
{
    return word_has(w->tree, token, CLASS_PERSON_NOUN) || word_has(w->tree, token, CLASS_MAN) ||
           word_has(w->tree, token, CLASS_WOMAN);
}

bool agree_noun(const struct who_work *w, uint32_t token, enum pronoun p)
{
    const struct word *word = &w->words[token];
    if (w->actor_at[token] != NONE || word->upos != UPOS_NOUN) return false;
    if (word_has(w->tree, token, CLASS_TIME_NOUN)) return false;
    bool person = is_person_noun(w, token);
    switch (p) {
    case PRONOUN_HE: return person && !word->plural && !word_has(w->tree, token, CLASS_WOMAN);
    case PRONOUN_SHE: return person && !word->plural && !word_has(w->tree, token, CLASS_MAN);
    case PRONOUN_IT: return !person && !word->plural;
    case PRONOUN_THEY: return word->plural != 0;
    case PRONOUN_NONE: break;
    }
    return false;
}

bool agree_acts(const struct who_work *w, uint32_t pronoun)
{
    const struct word *word = &w->words[pronoun];
    if (word->dep != DEP_NSUBJ || word->head == NONE) return false;
    return lemma_has(w->tree, word->head, CLASS_CUE_CLAUSE) ||
           lemma_has(w->tree, word->head, CLASS_CUE_TO) ||
           lemma_has(w->tree, word->head, CLASS_CUE_OBJECT) ||
           lemma_has(w->tree, word->head, CLASS_DEED_VERB);
}
