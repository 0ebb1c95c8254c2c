/* apposition.h - two mentions of one person or body side by side. */
#ifndef DETENTE_APPOSITION_H
#define DETENTE_APPOSITION_H

#include "who/who_work.h"

/* Joins the actor with the person that it stands in apposition to, if any: "Maria Zakharova, a
 * Russian spokeswoman," - "the Russian spokeswoman, Maria Zakharova,"; and a body with its short
 * name
 * ("Free Galoma Movement (FGM)") or with what it is ("the Galoma Front, a rebel group in Chad,").
 */
void apposition_join(struct who_work *w, uint32_t actor);
/* What the mention `from` says of a body that the base does not know is its code from now on. */
void apposition_learn(struct who_work *w, uint32_t body, uint32_t from);
/* Gives a body that the base does not know the code that the story told of it before. */
void apposition_recall(struct who_work *w, uint32_t actor);

#endif
