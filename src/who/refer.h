/* refer.h - the walk through the story that turns finds and units into actors. */
#ifndef DETENTE_REFER_H
#define DETENTE_REFER_H

#include "who/who_work.h"

/* Fills w->actors, pronouns and descriptions of pairs included. False when memory ran out. */
bool refer_all(struct who_work *w);

#endif
