/* names.h - names by the trained engine and by the knowledge base, made one.
 *
 * In: names that the engine found, names of the base in the text. Out: entities, of which the base
 * settles whether a place has a government, and names that the base is sure of and the engine
 * missed. Where both see a name the engine's borders stand. Linear in tokens and matches. */
#ifndef DETENTE_NAMES_H
#define DETENTE_NAMES_H

#include "know/know.h"
#include "lang/lang.h"

/* Rewrites the names of the words and gathers lang->entities anew. Where the text has no capitals,
 * matches that may be ordinary words are dropped. False only when memory ran out. */
bool names_settle(const struct know *know, struct arena *arena, const struct text_layer *text,
                  struct match_layer *matches, struct lang_layer *lang);

#endif
