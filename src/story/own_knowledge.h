/* own_knowledge.h - a user's folders of knowledge and of dictionaries, compiled over ours at run
 * time. */
#ifndef DETENTE_OWN_KNOWLEDGE_H
#define DETENTE_OWN_KNOWLEDGE_H

#include "know/know.h"

/* What a user lays over ours; both may be NULL. */
struct own_folders {
    const char *petrarch;  /* dictionaries of PETRARCH and TABARI */
    const char *knowledge; /* entries as in knowledge/; they win over dictionaries, too */
};

/* What was left out of dictionaries, line by line, in an arena of the caller's. */
struct own_notes {
    struct arena *arena;
    const char **texts;
    size_t n;
};

/* Compiles the folders our base was made from, then the user's. *bytes holds the bundle (free() it
 * after know_close()); *know is opened on it and needs `ours` no more. */
dt_status own_knowledge_load(const struct own_folders *folders, const struct know *ours,
                             void **bytes, struct know *know, struct own_notes *notes,
                             dt_error *err);

#endif
