/* copies.h - NUL-terminated copies of pieces of text, each made once, when it is asked for.
 *
 * Open-addressed by place and length of the piece; copies and table lie in the arena. */
#ifndef DETENTE_COPIES_H
#define DETENTE_COPIES_H

#include "base/arena.h"

struct copy_slot {
    struct str from;
    const char *copy; /* NULL: free */
};

struct copies {
    struct arena *arena;
    struct copy_slot *slots;
    size_t n, cap; /* cap: a power of two, or 0 */
};

/* Empty; what was copied before belongs to the arena. */
void copies_begin(struct copies *c, struct arena *arena);
/* True when the text is valid UTF-8. */
bool copies_is_clean(struct str text);
/* The piece as clean UTF-8: an invalid sequence, and a NUL inside, reads U+FFFD. NULL when memory
 * ran out. `piece` must stay where it is. */
const char *copies_get(struct copies *c, struct str piece);

#endif
