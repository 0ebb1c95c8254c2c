/* roles.h - from the slots of a trigger to words of the sentence, and from words to actors. */
#ifndef DETENTE_ROLES_H
#define DETENTE_ROLES_H

#include "what/what.h"

/* Working lists, on the stack: begun by setting `n` and `cut`, never zeroed as a whole. What does
 * not fit is left out, and `cut` tells it to the event (struct event's `truncated`). */
enum { MOST_TOKENS = 64, MOST_ACTORS = 64 };

struct token_list {
    uint32_t n;
    bool cut;
    uint32_t at[MOST_TOKENS];
};

/* Where a trigger stands. `also` is a word whose dependents count as the anchor's: the object of
 * "imposed SANCTIONS on ...", the verb of "TALKS were held with ...": attachment of a
 * prepositional phrase is a toss-up there. */
struct anchor {
    uint32_t token;
    uint32_t also; /* or NONE */
};

struct actor_list {
    uint32_t n;
    bool cut;
    bool inner; /* found inside the argument only: "Ukrainian" in "a Ukrainian port" */
    uint32_t at[MOST_ACTORS]; /* indices into who->actors */
};

static inline void token_list_begin(struct token_list *list)
{
    list->n = 0;
    list->cut = false;
}

static inline void actor_list_begin(struct actor_list *list)
{
    list->n = 0;
    list->cut = list->inner = false;
}

/* All words that stand where `path` leads; coordinated ones are not followed. */
void roles_follow(const struct what_input *in, const struct anchor *a,
                  const struct frame_path *path, struct token_list *out);
/* The same by looser ways, for a preposition that the parser may have hung elsewhere: right behind
 * the anchor, or further down. */
void roles_follow_far(const struct what_input *in, const struct anchor *a,
                      const struct frame_path *path, struct token_list *out);
/* The actors that the word, and those coordinated with it, stand for. With `places`, a place can
 * stand for its country: what is done to Kharkiv is done to Ukraine. */
void roles_actors(const struct what_input *in, uint32_t token, bool places, struct actor_list *out);
/* Actors of the first path of the slot that has any; places count for targets only. */
void roles_fill(const struct what_input *in, const struct anchor *a, const struct frame_slot *slot,
                struct actor_list *out);
/* True when the token, or one coordinated with it, is of the slot's class or its word. */
bool roles_word_fits(const struct what_input *in, const struct frame_slot *slot, uint32_t token);
/* Same actor: entity, else code and chain. */
bool roles_same(const struct what_input *in, uint32_t a, uint32_t b);
void roles_add(struct actor_list *list, uint32_t actor);

#endif
