/* forms.c - all forms in which stories come; of two that are equally sure of a file, the first one
 * gets it. */
#include "input/forms.h"

static const struct form *const all_forms[] = {
    &form_warc, &form_parquet, &form_xml,   &form_export,
    &form_json, &form_page,    &form_table, &form_text,
};

const struct form *form_at(size_t i)
{
    return i < sizeof all_forms / sizeof all_forms[0] ? all_forms[i] : NULL;
}

const struct form *form_find(struct str name, struct str raw_head, struct str head,
                             enum likeness *likeness)
{
    const struct form *best = NULL;
    *likeness = LIKE_NOT;
    for (size_t i = 0; form_at(i) != NULL; i++) {
        enum likeness like = form_at(i)->like(name, form_at(i)->raw ? raw_head : head);
        if (like <= *likeness) continue;
        *likeness = like;
        best = form_at(i);
    }
    return best;
}
