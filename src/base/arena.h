/* arena.h - the memory of one document: everything is released at once by arena_reset().
 *
 * The arena grows by chunks while a document needs more than it has; the reset after that joins
 * them into one chunk as large as all together, so that a coder that has seen its largest
 * document never calls malloc again. With DT_DEBUG_ARENA each allocation is a malloc of its own,
 * so that AddressSanitizer sees overruns. */
#ifndef DETENTE_ARENA_H
#define DETENTE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* the one in use; older ones hang behind it */
    size_t used;               /* bytes used of it */
    size_t total;              /* bytes of all chunks */
    bool failed;               /* memory ran out since the last reset */
};

/* An arena of all zero bytes is a valid, empty one. */
void arena_free(struct arena *a);
/* Forgets all that was allocated. Pointers into the arena are dead after this. */
void arena_reset(struct arena *a);

/* Returns n * size zeroed bytes aligned for any object, or NULL (and a->failed) when memory ran
 * out or the product overflows. n * size == 0 gives a pointer that must not be read. */
void *arena_array(struct arena *a, size_t n, size_t size);
#define ARENA_NEW(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* For arrays that grow at their end: if *cap elements are not enough for `need`, moves the `n`
 * elements at `old` to a new place of at least twice the size and updates *cap. Returns the array,
 * or NULL when memory ran out (old stays valid). */
void *arena_grow(struct arena *a, void *old, size_t n, size_t need, size_t *cap, size_t size);

/* A copy of s in the arena, NUL-terminated for convenience; {"",0} when memory ran out. */
struct str arena_str(struct arena *a, struct str s);

#endif
