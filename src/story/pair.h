/* pair.h - the relation between two given actors (`detente classify`). */
#ifndef DETENTE_PAIR_H
#define DETENTE_PAIR_H

#include "story/story.h"

/* Finds the two spans of doc->pair among the actors; one that no stage found is added, with a code
 * of its own ("SOURCE", "TARGET"). False only when memory ran out. */
bool pair_mark(struct dt_doc *doc, struct arena *arena);
/* The event that best says what the source does to the target, or NONE. */
uint32_t pair_answer(const struct dt_doc *doc);

#endif
