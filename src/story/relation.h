/* relation.h - the relation between two given actors (`detente classify`). */
#ifndef DETENTE_RELATION_H
#define DETENTE_RELATION_H

#include "story/story.h"

struct relation_query {
    uint32_t source, target; /* indices into who->actors, or NONE: not in the text */
};

/* Finds the two spans among the actors; one that no stage found is added, with a code of its own
 * ("SOURCE", "TARGET"). False only when memory ran out. */
bool relation_mark(struct dt_doc *doc, struct arena *arena, const size_t source[2],
                   const size_t target[2], struct relation_query *out);
/* The event that best says what the source does to the target, or NONE. */
uint32_t relation_find(const struct dt_doc *doc, const struct relation_query *query);

#endif
