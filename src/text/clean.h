/* clean.h - the text that all stages read, and the way back to the story as it was given.
 *
 * In: the story's title, or none, and its text, any bytes. Out: one text C: the title, an empty
 * line, the text; without mark-up, references, invisible characters and control characters; and
 * how offsets of C are offsets of the title or the text as given. Where there is no title and
 * nothing had to be changed, C is the text itself and the map is empty.
 *
 * - Mark-up (markup.h): tags of blocks end a paragraph, "<br>" ends a line, others vanish.
 * - References (charref.h) are the character that they name.
 * - Soft hyphens, zero-width blanks and joiners, marks of direction and the byte order mark vanish.
 * - U+0085, U+2028 and U+2029 are line ends; NUL and other control characters are blanks.
 *
 * The map is a list of steps in order: from a step's place on, C has the given bytes one for one,
 * or, where its `given_end` is not 0, a character stands for the bytes up to there. A step is found
 * by bisection. Linear time; C is no longer than what was given and two bytes. */
#ifndef DETENTE_CLEAN_H
#define DETENTE_CLEAN_H

#include "base/arena.h"
#include "base/str.h"

struct clean_step {
    uint32_t clean; /* byte of C */
    uint32_t given; /* byte of the title or the text */
    uint32_t given_end;
};

struct clean_map {
    const struct clean_step *steps;
    uint32_t n_steps; /* 0: offsets are the same */
    uint32_t body;    /* byte of C where the text begins; 0 when it has no title */
    uint32_t headline; /* byte of C where its headline ends: the title, or the line that says it */
};

/* Makes C out of title and text, cut at 2^30 and 2^31 bytes. A title that the text's
 * first line repeats is left out. False only when memory ran out. */
bool clean_story(struct arena *arena, struct str title, struct str given, struct str *out,
                 struct clean_map *map);

/* Offsets of C as those of the title or the text: of the first byte of something, and of the byte
 * behind its last one. */
uint32_t clean_given_begin(const struct clean_map *map, uint32_t at);
uint32_t clean_given_end(const struct clean_map *map, uint32_t at);
/* An offset of the text as one of C; within what was taken out, where it stood. */
uint32_t clean_of_given(const struct clean_map *map, size_t given);

static inline bool clean_in_title(const struct clean_map *map, uint32_t at)
{
    return at < map->body;
}

#endif
