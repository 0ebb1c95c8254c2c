/* unit_code.h - the mentions that noun phrases make whose words name the country. */
#ifndef DETENTE_UNIT_CODE_H
#define DETENTE_UNIT_CODE_H

#include "who/compose.h"
#include "who/mention.h"

/* Appends the actors of a unit, if it is not part of a larger one. */
void unit_code(struct who_work *w, const struct unit *u);
/* A mention of the unit: name, sector, gender; no country yet. */
struct mention unit_mention(struct who_work *w, const struct unit *u, uint8_t kind);
/* Appends it to the chain of its name or of its code. `further` as in mention_append(). */
void unit_append(struct who_work *w, const struct unit *u, struct mention *m, bool further);

#endif
