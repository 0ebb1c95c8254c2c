/* fate.h - what befell the people that a number counts: killed, wounded, arrested, displaced.
 *
 * In: the tree, the word that carries the count. Out: the kind of the count and the word that tells
 * it. Read off the nearest verb, noun or adjective of such a thing above the count, then below it,
 * then off the counted noun itself. A few steps in the tree. */
#ifndef DETENTE_FATE_H
#define DETENTE_FATE_H

#include "when/when.h"

/* The kind of a count carried by token `head`, QUANTITY_COUNT where nothing befell it. `next` is
 * the token right behind the number where it has no noun ("30 wounded"), else NONE. *deed gets the
 * token that tells it, or NONE. */
enum quantity_kind fate_of(const struct tree *tree, uint32_t head, uint32_t next, uint32_t *deed);

#endif
