/* repair.h - mending the shapes in which the parser commonly loses the verb of a clause. */
#ifndef DETENTE_REPAIR_H
#define DETENTE_REPAIR_H

#include "lang/lang.h"

/* Mends the words' heads and `dep` (not the model's own label, `deprel`). A wrong guess costs a
 * false event, a missed one an event: so a shape is mended only where a right tree hardly has it.
 */
void repair_trees(const struct text_layer *text, struct word *words);

#endif
