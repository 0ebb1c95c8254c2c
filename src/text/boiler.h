/* boiler.h - paragraphs that are no part of a story. */
#ifndef DETENTE_BOILER_H
#define DETENTE_BOILER_H

#include "base/str.h"

/* Name in C, name in the files, what its texts are. */
#define BOILER_KINDS(X)                                                                            \
    X(BEGINNING, "beginning", "what a short paragraph of boilerplate begins with")                 \
    X(BRIEF, "brief", "the same, but other sentences may begin so: of very short ones only")       \
    X(ANYWHERE, "anywhere", "what a short paragraph of boilerplate has somewhere")
#define BOILER_KIND_ENUM(name, text, meaning) BOILER_##name,
enum boiler_kind { BOILER_KINDS(BOILER_KIND_ENUM) BOILER_KIND_COUNT };

struct boiler_rule {
    uint32_t text; /* lower case, not empty; offset into the pool of the rules */
    uint32_t kind; /* enum boiler_kind */
};

/* The rules of a base (know.h); none where n is 0. */
struct boiler_rules {
    const struct boiler_rule *rules;
    const char *pool; /* each text ends with a zero byte */
    uint32_t n;
};

/* True for "Click here to subscribe", "(c) 2024 ...", "Reporting by ...; editing by ...". */
bool boiler_match(const struct boiler_rules *rules, struct str paragraph);

#endif
