/* check.h - what holds of every layer, as assertions.
 *
 * Spans lie inside the text and in order, indices inside the arrays that they point into, heads
 * inside their sentence. road_run() checks the layers that a stage wrote or changed, where
 * DT_CHECKS is defined (debug, sanitizer and fuzz builds): a fault then stops at the door of the
 * stage that made it. Cost: one pass over the layer. */
#ifndef DETENTE_CHECK_H
#define DETENTE_CHECK_H

#include "story/story.h"

/* Asserts what holds of the layers `written` (enum layer bits) by one stage, and of those that it
 * `changed`, which need not be in order any more. */
void check_layers(const struct dt_doc *doc, unsigned written, unsigned changed);

#endif
