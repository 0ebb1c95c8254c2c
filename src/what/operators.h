/* operators.h - from the trigger up the tree: what the words above an event make of it. */
#ifndef DETENTE_OPERATORS_H
#define DETENTE_OPERATORS_H

#include "what/fire.h"

enum { MOST_OPERATORS = 64 }; /* steps up the tree, each one operator at most */

/* An event in the making; code_token() begins it member by member, for the lists are long. */
struct draft {
    struct event event;
    struct actor_list source, target;
    struct applied_operator operators[MOST_OPERATORS]; /* innermost first */
    uint32_t n_operators;
    struct firing firing;
    struct anchor anchor;
    uint32_t top;  /* the highest word that belongs to it: trigger or outermost operator */
    bool swapped;  /* an operator made who is to act the target */
    bool dropped;  /* an operator says that it is not to be coded */
    bool borrowed; /* an actor was taken from the clause, not from the event's own words */
};

/* Climbs from draft->firing.token, applying operators, negation and modality. */
void operators_apply(const struct what_input *in, struct arena *arena, struct attempt_log *log,
                     struct draft *draft);
/* The code that operator `record` makes of `cameo`; the operator's "*" if no better fits; NULL when
 * it has no map. */
const char *operators_map(const struct frames *f, const struct frame_record *record,
                          const char *cameo);
/* Looks for actors of the event among the dependents of one more word ("talks WERE HELD with ...").
 */
void operators_refill(const struct what_input *in, struct draft *draft, uint32_t also);

#endif
