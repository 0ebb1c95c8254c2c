/* members.h - which member of a JSON object is which piece of a story. */
#ifndef DETENTE_MEMBERS_H
#define DETENTE_MEMBERS_H

#include "input/form.h"
#include "input/jscan.h"

struct members {
    struct jscan_value of[PIECE_COUNT]; /* JSCAN_NONE: there is none */
    struct str names[PIECE_COUNT];      /* as they are written; `at` NULL: none was guessed */
};

/* Finds them by the names that the options give, else by those of columns.h, the most usual first;
 * of a hit of Elasticsearch, in its "_source". False where the object is no JSON: *scan tells. */
bool members_find(struct str object, const struct input_options *options, struct members *out,
                  struct jscan *scan);
/* "text is member "content", date is member "publishedAt"": those that have not the very name of
 * their piece. */
void members_say(const struct members *m, struct buf *out);

/* Whether an object, or the front of one, holds stories in a list, {"articles": [...]}, and is none
 * itself: where the list begins, in how many objects it lies, and what it is called. */
struct members_list {
    size_t at, depth;
    struct str name;
};
bool members_find_list(struct str front, const struct input_options *options,
                       struct members_list *out);

#endif
