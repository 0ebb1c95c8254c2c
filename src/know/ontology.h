/* ontology.h - codes, event types and contexts: the tables of knowledge/ontology/ in the base. */
#ifndef DETENTE_ONTOLOGY_H
#define DETENTE_ONTOLOGY_H

#include "know/know.h"

/* Members that hold text are offsets into the pool. */
struct ontology_code {
    uint32_t code;     /* "046" */
    uint32_t name;     /* "Engage in negotiation" */
    uint32_t root;     /* "04" */
    uint32_t plover;   /* "CONSULT", or 0 */
    uint32_t mode;     /* "visit", or 0 */
    uint32_t contexts; /* "crime,corruption", or 0 */
    float goldstein;
    uint8_t quad; /* 1 to 4, or 0 */
    uint8_t zero[3];
};

struct ontology_type {
    uint32_t type, mode; /* "ASSAULT", "drone"; mode 0: the type itself */
    float score;
    uint8_t quad;
    uint8_t zero[3];
};

struct ontology_context {
    uint32_t context, meaning;
};

/* The entry of a CAMEO code, or NULL. Valid as long as the base. */
const struct ontology_code *ontology_find(const struct know *know, struct str code);
/* The entry of a PLOVER type and mode ("" for the type itself), or NULL. */
const struct ontology_type *ontology_type_of(const struct know *know, struct str type,
                                             struct str mode);
/* The score of a PLOVER type and mode; of the type alone where the mode has none. False when the
 * type is not known. */
bool ontology_score(const struct know *know, struct str type, struct str mode, double *score);

#endif
