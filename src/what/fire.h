/* fire.h - trying the triggers at each word. */
#ifndef DETENTE_FIRE_H
#define DETENTE_FIRE_H

#include "what/roles.h"

/* No trigger names more further words: those behind its first, and one for each of its slots. */
enum { MOST_TAKEN = 12 };

/* Further words that a trigger took: particles, words of its classes. */
struct taken_words {
    uint32_t n;
    uint32_t at[MOST_TAKEN];
};

/* A trigger that fits at a word. */
struct firing {
    uint32_t token;
    uint32_t trigger; /* index into frames->triggers; NONE: nothing fits here */
    struct taken_words used;
    uint32_t rank; /* higher wins */
    uint32_t also; /* struct anchor's `also` for its slots */
};

enum fire_what { FIRE_FRAMES, FIRE_OPERATORS };

/* The best trigger at `token` whose words and required slots are there; of operators only those
 * that take the dependent `event`, unless that is NONE. `log` may be NULL. */
bool fire_at(const struct what_input *in, uint32_t token, enum fire_what what, uint32_t event,
             struct arena *arena, struct attempt_log *log, struct firing *out);
/* Notes an attempt; silently does nothing where memory ran out (explain then shows less). */
void fire_log(struct attempt_log *log, struct arena *arena, uint32_t token, uint32_t trigger,
              enum attempt_result result);

#endif
