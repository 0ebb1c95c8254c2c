/* attribute.h - the optional attributes of an expectation: "place=Istanbul confidence>=0.8".
 *
 * An attribute names a field of the JSON object that `detente annotate` prints, with a dot between
 * the steps; in a list it is enough that one member fits. What is not written is not checked. */
#ifndef SPEC_ATTRIBUTE_H
#define SPEC_ATTRIBUTE_H

#include <jansson.h>

#include "view.h"

enum attribute_sign { SIGN_IS, SIGN_AT_LEAST, SIGN_AT_MOST };

struct attribute {
    struct view name, value;
    enum attribute_sign sign;
    bool quoted; /* the value stood in quotation marks */
};

/* Cuts *text off before its first attribute and gives the rest, which attribute_next() takes. */
struct view attribute_begin(struct view *text);
bool attribute_next(struct view *rest, struct attribute *out);

/* NULL, or what is wrong with an attribute of an event: "no attribute of an event". */
const char *attribute_fault(const struct attribute *a);
/* The same for another thing: it has fields of its own. */
const char *attribute_fault_in(const struct attribute *a, const json_t *thing);

/* True when the thing has it. `text` is the story. */
bool attribute_holds(const struct attribute *a, const json_t *thing, const char *text);
/* Writes what the thing has there. */
void attribute_show(const struct attribute *a, const json_t *thing, const char *text, FILE *out);

#endif
