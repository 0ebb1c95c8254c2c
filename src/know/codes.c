/* codes.c - codes of other systems for our own; see codes.h. Bisections over sorted tables. */
#include "know/codes.h"

#define CODE_SET_NAME(name, text) [CODES_##name] = (text),
const char *const code_set_name[CODE_SET_COUNT] = {CODE_SETS(CODE_SET_NAME)};

static int order_of_code(const struct know *know, const struct know_code *row, enum code_set set,
                         struct str code)
{
    if (row->set != (uint32_t)set) return row->set < (uint32_t)set ? -1 : 1;
    return str_cmp(know_str(know, row->code), code);
}

const char *know_code(const struct know *know, enum code_set set, struct str code)
{
    uint32_t low = 0, high = know->n_other_codes;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = order_of_code(know, &know->other_codes[middle], set, code);
        if (order == 0) return know_z(know, know->other_codes[middle].value);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct know_place *know_division(const struct know *know, const char *country,
                                       const char *adm1)
{
    uint32_t low = 0, high = know->n_divisions;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct know_place *p = &know->places[know->divisions[middle]];
        int order = strcmp(know_z(know, p->country), country);
        if (order == 0) order = strcmp(know_z(know, p->adm1), adm1);
        if (order == 0) return p;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
