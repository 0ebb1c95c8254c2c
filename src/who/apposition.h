/* apposition.h - two mentions of one person side by side. */
#ifndef DETENTE_APPOSITION_H
#define DETENTE_APPOSITION_H

#include "who/who_work.h"

/* Joins the actor with the person that it stands in apposition to, if any: "Maria Zakharova, a
 * Russian spokeswoman," - "the Russian spokeswoman, Maria Zakharova,". */
void apposition_join(struct who_work *w, uint32_t actor);

#endif
