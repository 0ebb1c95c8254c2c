/* ontology.c - codes and event types; see ontology.h. The tables are sorted, lookups are binary
 * searches over a few hundred rows. */
#include "know/ontology.h"

const struct ontology_code *ontology_find(const struct know *know, struct str code)
{
    uint32_t low = 0, high = know->n_codes;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = str_cmp(know_str(know, know->codes[middle].code), code);
        if (order == 0) return &know->codes[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct ontology_type *ontology_type_of(const struct know *know, struct str type,
                                             struct str mode)
{
    for (uint32_t i = 0; i < know->n_types; i++)
        if (str_eq(know_str(know, know->types[i].type), type) &&
            str_eq(know_str(know, know->types[i].mode), mode))
            return &know->types[i];
    return NULL;
}

bool ontology_score(const struct know *know, struct str type, struct str mode, double *score)
{
    const struct ontology_type *t = ontology_type_of(know, type, mode);
    if (t == NULL && mode.len != 0) t = ontology_type_of(know, type, STR(""));
    if (t == NULL) return false;
    *score = (double)t->score;
    return true;
}
