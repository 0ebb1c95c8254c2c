/* jscan.h - the members of a JSON object, one after the other, without a tree.
 *
 * What is not asked for is skipped, whatever it holds: numbers of any length, lone surrogates,
 * nesting of any depth. Only the object's own level is checked. Cost: linear. */
#ifndef DETENTE_JSCAN_H
#define DETENTE_JSCAN_H

#include "base/arena.h"
#include "base/str.h"

enum jscan_kind { JSCAN_NONE, JSCAN_STRING, JSCAN_NUMBER, JSCAN_OBJECT, JSCAN_LIST, JSCAN_WORD };

struct jscan_value {
    enum jscan_kind kind;
    struct str raw; /* as it is written; of a string, without its quotes */
};

struct jscan {
    struct str text;
    size_t at;
    bool any;          /* a member or an item was given out */
    const char *fault; /* what is wrong at `at`; NULL: nothing so far */
};

/* Begins at an object; false where there is none: `fault` tells. */
bool jscan_begin(struct jscan *s, struct str text);
/* The next member; `key` as it is written. False at the end of the object, behind which nothing may
 * stand, or at a fault. */
bool jscan_member(struct jscan *s, struct str *key, struct jscan_value *value);
/* The last member of that name; a fault ends the search. JSCAN_NONE: there is none. */
struct jscan_value jscan_find(struct str object, struct str name);
/* The next value of a list: s->text is its raw text, s->at 1, the rest 0. */
bool jscan_item(struct jscan *s, struct jscan_value *value);
/* The key means `name`. */
bool jscan_key_is(struct str key, struct str name);

/* A string's text in the arena, NUL-terminated, valid UTF-8 where the source is; lone surrogates
 * read U+FFFD. {NULL, 0} when memory ran out. */
struct str jscan_text(struct arena *arena, struct jscan_value string);
/* The same into a place of its own, cut off where it is longer. Returns the length. */
size_t jscan_short(struct jscan_value string, char *out, size_t cap);

#endif
