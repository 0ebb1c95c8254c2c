/* tree.h - walking the dependency trees of a document: children, voice, deep subject and object. */
#ifndef DETENTE_TREE_H
#define DETENTE_TREE_H

#include "what/what.h"

struct tree {
    const struct word *words;
    const struct token *tokens;
    uint32_t n;
    uint32_t *first, *next; /* children of a token, in order; NONE ends a list */
    uint32_t *symbol;       /* frames_symbol() of each token's lemma */
    uint8_t *voice;         /* what tree_is_passive() has found: enum voice */
    uint32_t *cover; /* for each token: index + 1 of the actor whose mention it is part of, or 0 */
};

#define EACH_CHILD(tree, child, parent)                                                            \
    for (uint32_t child = (tree)->first[parent]; child != NONE; child = (tree)->next[child])

bool tree_build(const struct what_input *in, struct arena *arena, struct tree *out);

/* The child with that relation, or NONE. */
uint32_t tree_child(const struct tree *t, uint32_t parent, enum dep dep);
/* True when the token's lemma is `lemma` (lower case). */
bool tree_is(const struct tree *t, uint32_t token, const char *lemma);
/* Preposition or conjunction before the token ("on", "of", "to"): its token, or NONE. */
uint32_t tree_marker(const struct tree *t, uint32_t token);
bool tree_is_passive(const struct tree *t, uint32_t verb);
/* A word that heads a clause: a verb, or a predicate with a copula. */
bool tree_is_clause(const struct tree *t, uint32_t token);

/* Who does what the verb says: subject of the active, agent of the passive, the antecedent of a
 * relative pronoun, the controller of an infinitive or participle, the subject shared by
 * coordinated verbs. NONE when the sentence does not tell. */
uint32_t tree_subject(const struct tree *t, uint32_t verb);
/* Whom it is done to: object of the active, subject of the passive, antecedents likewise. */
uint32_t tree_object(const struct tree *t, uint32_t verb);

/* The first conjunct of the coordination that the token belongs to (itself if none). */
uint32_t tree_first_conjunct(const struct tree *t, uint32_t token);
/* The nearest verb that governs the token, or NONE. */
uint32_t tree_governing_verb(const struct tree *t, uint32_t token);

#endif
