/* sized.h - structures that begin with their size, so that they can grow.
 *
 * A program built with an older header passes a shorter structure than this library knows, one
 * built with a newer header a longer one. Members that the caller's lacks count as 0; members that
 * we do not know must be 0, for what they ask for could not be done. */
#ifndef DETENTE_SIZED_H
#define DETENTE_SIZED_H

#include "base/err.h"

struct sized {
    const char *name; /* for messages: "dt_story" */
    size_t least;     /* the size of its first version */
    size_t known;     /* its size in this library */
};

/* DT_E_ARG when the structure at `given` says that it is shorter than its first version. */
dt_status sized_check(const struct sized *kind, const void *given, dt_error *err);
/* Copies the caller's structure to one of ours, of kind->known bytes, whose size it sets.
 * DT_E_ARG as above, or when members that we do not know are not 0. */
dt_status sized_read(const struct sized *kind, const void *given, void *ours, dt_error *err);
/* Fills the caller's structure, which was checked, with what fits of ours; its size stays, and
 * members that we do not know become 0. */
void sized_write(const struct sized *kind, const void *ours, void *given);

#endif
