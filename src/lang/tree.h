/* tree.h - the structure of the sentences of a document: the one view of parse and words that all
 * later stages share.
 *
 * In: text, lang, the words of the base. Out: for each token its children, the extent of its
 * subtree, its marker, its word in the base, its sentence, the quotation that it stands in. Built
 * once after the parse, in linear time. Questions that need more steps (who is the subject of this
 * infinitive?) are answered on demand, each with a bounded number of them.
 *
 * The rules for shared, controlled and relative arguments are those of the enhanced graph of
 * Universal Dependencies (Schuster & Manning, LREC 2016). NONE is "there is none" throughout. */
#ifndef DETENTE_TREE_H
#define DETENTE_TREE_H

#include "know/words.h"
#include "lang/lang.h"
#include "lang/quotemark.h"

struct tree {
    const struct know *know;
    const struct text_layer *text;
    const struct word *words;
    const struct token *tokens;
    uint32_t n;
    uint32_t *first_child, *next_child; /* in order of the text */
    uint32_t *left, *right; /* tokens [left, right): the subtree, without punctuation at its ends */
    uint32_t *marker;       /* see tree_marker() */
    uint32_t *form_word, *lemma_word; /* indices into know->words; 0: not known */
    uint32_t *sentence;               /* index of its sentence */
    uint32_t *quote;                  /* index of the quote region that it stands in, or NONE */
    struct quote_layer quotes;
    uint8_t *voice; /* what tree_is_passive() has found: enum voice */
};

#define EACH_CHILD(tree, child, parent)                                                            \
    for (uint32_t child = (tree)->first_child[parent]; child != NONE;                              \
         child = (tree)->next_child[child])

/* False when memory ran out. */
bool tree_build(const struct know *know, struct arena *arena, const struct text_layer *text,
                const struct lang_layer *lang, struct tree *out);

/* ---- words ---- */

/* Whether the token's form, its lemma, or either of them is of the class, whatever its case. False
 * past the end. */
static inline bool form_has(const struct tree *t, uint32_t token, enum word_class class)
{
    return token < t->n && words_bit(&t->know->words[t->form_word[token]], class);
}

static inline bool lemma_has(const struct tree *t, uint32_t token, enum word_class class)
{
    return token < t->n && words_bit(&t->know->words[t->lemma_word[token]], class);
}

static inline bool word_has(const struct tree *t, uint32_t token, enum word_class class)
{
    return form_has(t, token, class) || lemma_has(t, token, class);
}

/* ---- the tree itself ---- */

/* The child with that relation, or NONE. */
uint32_t tree_child(const struct tree *t, uint32_t parent, enum dep dep);
/* The word that marks the phrase or clause of the token, as the tree has it: preposition,
 * subordinator, possessive 's; the first where it has several. Particles mark nouns only: "to" is
 * no marker of an infinitive. */
static inline uint32_t tree_marker(const struct tree *t, uint32_t token)
{
    return t->marker[token];
}
/* The preposition of the noun phrase that `head` carries: its marker before it, nearest first, else
 * the preposition right before the phrase, wherever the parser hung it. */
uint32_t tree_preposition(const struct tree *t, uint32_t head);
/* The token of [begin, end) that carries the span: its head lies outside, and where that holds of
 * several, the last noun among them. */
uint32_t tree_span_head(const struct tree *t, uint32_t begin, uint32_t end);
/* The first conjunct of the coordination that the token belongs to (itself if none). */
uint32_t tree_first_conjunct(const struct tree *t, uint32_t token);

/* ---- clauses ---- */

/* A word that heads a clause: a verb, or a predicate with a copula. */
bool tree_is_clause(const struct tree *t, uint32_t token);
/* The nearest head of a clause that governs the token, or NONE. */
uint32_t tree_governing_verb(const struct tree *t, uint32_t token);
/* "to" stands before the verb and hangs on it. */
bool tree_is_infinitive(const struct tree *t, uint32_t verb);
bool tree_is_passive(const struct tree *t, uint32_t verb);
/* The child of `token` that negates it ("not", "no", "without"), or NONE. */
uint32_t tree_negation(const struct tree *t, uint32_t token);
/* The conjunction that makes the clause of `token` a condition ("if", "unless"), or NONE. */
uint32_t tree_condition(const struct tree *t, uint32_t token);
/* The auxiliary of `verb` that is of the class, or NONE. */
uint32_t tree_auxiliary(const struct tree *t, uint32_t verb, enum word_class class);

/* Who does what the verb says: subject of the active, agent of the passive, the antecedent of a
 * relative pronoun, the controller of an infinitive or participle, the subject shared by
 * coordinated verbs. NONE when the sentence does not tell. */
uint32_t tree_subject(const struct tree *t, uint32_t verb);
/* Whom it is done to: object of the active, subject of the passive, antecedents likewise. */
uint32_t tree_object(const struct tree *t, uint32_t verb);
/* The token is, or is coordinated with, the subject of a verb. */
bool tree_is_subject(const struct tree *t, uint32_t token);

#endif
