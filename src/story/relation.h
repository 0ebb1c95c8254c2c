/* pair.h - the relation between two given actors (`detente classify`). */
#ifndef DETENTE_PAIR_H
#define DETENTE_PAIR_H

#include "story/story.h"

struct pair_query {
    uint32_t source, target; /* indices into who->actors, or NONE: not in the text */
};

/* Finds the two spans among the actors; one that no stage found is added, with a code of its own
 * ("SOURCE", "TARGET"). False only when memory ran out. */
bool pair_mark(struct dt_doc *doc, struct arena *arena, const size_t source[2],
               const size_t target[2], struct pair_query *out);
/* The event that best says what the source does to the target, or NONE. */
uint32_t pair_answer(const struct dt_doc *doc, const struct pair_query *pair);

#endif
