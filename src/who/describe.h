/* describe.h - descriptions: noun phrases whose words name no country, which the story gives. */
#ifndef DETENTE_DESCRIBE_H
#define DETENTE_DESCRIBE_H

#include "who/compose.h"

/* Appends the actors of a unit without modifiers: "the president", "its army", "the rebels". */
void describe_unit(struct who_work *w, const struct unit *u);

#endif
