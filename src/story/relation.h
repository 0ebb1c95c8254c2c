/* relation.h - the relation between two given actors (`detente classify`). */
#ifndef DETENTE_RELATION_H
#define DETENTE_RELATION_H

#include "story/story.h"

/* Finds the two spans of doc->asked among the actors; one that no stage found is added, with a code
 * of its own ("SOURCE", "TARGET"). False only when memory ran out. */
bool relation_mark(struct dt_doc *doc, struct arena *arena);
/* The event that best says what the source does to the target, or NONE. One that is only planned
 * becomes the intention. */
uint32_t relation_find(struct dt_doc *doc);

#endif
