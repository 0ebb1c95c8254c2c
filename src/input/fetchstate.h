/* fetchstate.h - what servers said of pages that were fetched, so that they are asked only for what
 * is new. A text file: an address a line, its ETag, its Last-Modified, with tabs between. */
#ifndef DETENTE_FETCHSTATE_H
#define DETENTE_FETCHSTATE_H

#include "base/arena.h"
#include "base/err.h"

struct fetched_page {
    struct str url, etag, modified;
};

struct fetchstate {
    const char *path; /* borrowed; NULL: nothing is kept */
    struct arena arena;
    struct fetched_page *pages;
    size_t n, cap;
    uint32_t *slots; /* a hash table of them: index + 1 */
    size_t n_slots;
    bool changed;
};

/* Reads the file, which need not be there. */
dt_status fetchstate_open(struct fetchstate *s, const char *path, dt_error *err);
const struct fetched_page *fetchstate_find(const struct fetchstate *s, struct str url);
dt_status fetchstate_set(struct fetchstate *s, struct str url, struct str etag, struct str modified,
                         dt_error *err);
/* Writes the file anew beside the old one, and puts it in its place. */
dt_status fetchstate_save(struct fetchstate *s, dt_error *err);
void fetchstate_free(struct fetchstate *s);

#endif
