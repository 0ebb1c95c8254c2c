/* parcel_story.h - a parcel read as a story, in the thread that codes it. */
#ifndef DETENTE_PARCEL_STORY_H
#define DETENTE_PARCEL_STORY_H

#include "base/arena.h"
#include "input/form.h"
#include "page/page.h"

/* What a thread has for it. */
struct parcel_place {
    struct arena *arena;        /* the story's memory */
    struct page_reader **pages; /* made when the first page comes; the owner frees it */
    const struct input_options *options;
};

/* Fills *story, whose text may lie in the parcel's own bytes. Whatever they are, texts are valid
 * UTF-8. A story is not refused for its date: one that cannot be read is left empty. DT_E_STORY
 * tells what is wrong, with file and line. */
dt_status parcel_story(const struct parcel_place *place, const struct parcel *parcel,
                       dt_story *story, dt_error *err);
/* The words in which the parcel gives its date, in `room` or in the parcel; empty: it gives none.
 * Of a page, only what was said of it from outside. */
struct str parcel_date(const struct parcel *parcel, const struct input_options *options,
                       char room[160]);
/* How messages name the file: "standard input" for "stdin". */
struct str parcel_origin(const struct parcel *parcel);

#endif
