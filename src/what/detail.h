/* detail.h - what hangs on the finished events: how much, and who says so.
 *
 * Each amount goes to one event of its sentence: the one whose word tells what befell those counted
 * ("killed"), else the one that its words hang on, among events of a kind that such amounts belong
 * to. An event keeps its attribution only where the text attributes the happening: not where the
 * speaker's words are the event ("vowed to leave"), nor where the speaker takes for granted that it
 * happened ("regrets the killing of"). */
#ifndef DETENTE_DETAIL_H
#define DETENTE_DETAIL_H

#include "what/what.h"

/* For all events of the layer, in the order of their sentences. False only when memory ran out. */
bool detail_find(const struct what_input *in, struct arena *arena, struct what_layer *out);

#endif
