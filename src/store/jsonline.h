/* jsonline.h - one JSON object on a line, as records come. */
#ifndef DETENTE_JSONLINE_H
#define DETENTE_JSONLINE_H

#include "base/arena.h"
#include "base/err.h"

enum json_kind {
    JSON_KIND_NONE, /* there is no such member */
    JSON_KIND_NULL,
    JSON_KIND_TEXT,
    JSON_KIND_WHOLE, /* a whole number */
    JSON_KIND_OTHER
};

struct json_member {
    struct str name, text; /* a NUL behind each */
    long long whole;
    enum json_kind kind;
};

struct json_line {
    struct json_member *members;
    uint32_t n;
    size_t cap;
};

/* Reads the UTF-8 text `line`; the members lie in the arena. `name` and `number` say in messages
 * where it stands. DT_E_STORY when it is no JSON object. */
dt_status jsonline_read(struct arena *arena, struct str line, const char *name, size_t number,
                        struct json_line *out, dt_error *err);
/* The member of that name, of several the last; one of kind NONE when there is none. */
const struct json_member *jsonline_member(const struct json_line *object, const char *name);

#endif
