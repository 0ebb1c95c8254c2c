/* forms.h - the form that a file is in. */
#ifndef DETENTE_FORMS_H
#define DETENTE_FORMS_H

#include "input/form.h"

const struct form *form_at(size_t i); /* NULL past the last one */
/* The form that is surest of a file by its name and its first bytes, as they are and as UTF-8;
 * NULL: none takes it. */
const struct form *form_find(struct str name, struct str raw_head, struct str head,
                             enum likeness *likeness);

#endif
