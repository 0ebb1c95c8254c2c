/* frames_build.h - the tables of frames.h while they grow; shared by the two halves of the frame
 * compiler (frames_compile.c reads entries, frames_trigger.c reads trigger lines). */
#ifndef DETENTE_FRAMES_BUILD_H
#define DETENTE_FRAMES_BUILD_H

#include "know/compile.h"
#include "know/entry.h"
#include "what/frames.h"

#define GROWING(type, name)                                                                        \
    type *name;                                                                                    \
    uint32_t n_##name;                                                                             \
    size_t cap_##name

/* A word of a class: "asset freeze" in {sanction}. */
struct class_word {
    uint32_t word_class;
    uint32_t head, modifier; /* symbols */
    struct str text;
};

struct frames_build {
    struct compile *compile;
    struct arena *arena;
    GROWING(struct frame_record, records);
    GROWING(struct frame_trigger, triggers);
    GROWING(struct frame_slot, slots);
    GROWING(struct frame_path, paths);
    GROWING(struct frame_map, maps);
    GROWING(struct frame_symbol, symbols);
    GROWING(struct frame_member, members);
    GROWING(struct class_word, class_words);
    GROWING(struct str, classes);
    uint32_t *table; /* hash of a symbol's text -> symbol */
    uint32_t table_size;
};

/* Appends a zeroed element to a growing table of `b` and returns it, or NULL. */
#define BUILD_ADD(b, name)                                                                         \
    (((b)->name = arena_grow((b)->arena, (b)->name, (b)->n_##name, (b)->n_##name + 1u,             \
                             &(b)->cap_##name, sizeof *(b)->name)) != NULL                         \
         ? memset(&(b)->name[(b)->n_##name++], 0, sizeof *(b)->name)                               \
         : NULL)

/* First of all. False only when memory ran out. */
bool build_symbols_begin(struct frames_build *b);
/* The symbol of a word, made when new; lower-cased. 0 only when memory ran out. */
uint32_t build_symbol(struct frames_build *b, struct str word);
/* The number of the class `name` ("sanction"), or UINT32_MAX. */
uint32_t build_class(const struct frames_build *b, struct str name);
/* Cuts "asset freeze", "state of emergency", "phone call" into head and the words that hang on it.
 * For verbs the first word is the head. */
dt_status build_words(struct frames_build *b, struct str text, bool verb,
                      uint32_t words[TRIGGER_WORDS], const struct entry_file *file, uint32_t line,
                      dt_error *err);
/* Enters the regular inflected forms of all symbols so far (frames_inflect.c). */
bool build_inflections(struct frames_build *b);
/* Reads a line such as "impose, slap; obj {sanction}; target on|against" as triggers of `frame`. */
dt_status build_trigger(struct frames_build *b, uint32_t frame, enum trigger_kind kind,
                        const struct entry_file *file, const struct entry_field *field,
                        dt_error *err);

#endif
