/* home.h - the country of people who act at home; see home.c. */
#ifndef DETENTE_HOME_H
#define DETENTE_HOME_H

#include "who/who.h"

/* Gives those actors of the layer that act at home, and have no country, the one that the story is
 * about, where it is about one. False only when memory ran out. */
bool who_at_home(const struct know *know, struct arena *arena, struct who_layer *who);

#endif
