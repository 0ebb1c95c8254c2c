/* entry.h - the common text syntax of knowledge/: entries with fields (doc/knowledge.md).
 *
 * A file is read whole into one arena; entries and fields are views into it, so that a compiler
 * can go over them as often as it needs. A mistake is DT_E_KNOWLEDGE with "FILE:LINE: what was
 * found, what was expected". Build and start time only: cost does not matter, messages do. */
#ifndef DETENTE_ENTRY_H
#define DETENTE_ENTRY_H

#include "base/arena.h"
#include "base/err.h"

struct entry_line { /* a line that goes on with a field, indented deeper */
    struct str text;
    uint32_t line;
};

struct entry_field {
    struct str name;  /* "verb" */
    struct str value; /* the rest of its line, trimmed */
    uint32_t line;    /* in the file, from 1 */
    struct entry_line *more;
    uint32_t n_more;
};

struct entry {
    struct str kind; /* "frame" */
    struct str key;  /* "sanction/impose", or "" */
    struct str name; /* the rest of the line, or "" */
    uint32_t line;
    struct entry_field *fields;
    uint32_t n_fields;
};

struct entry_file {
    const char *path; /* a copy in the arena */
    struct entry *entries;
    uint32_t n_entries;
};

/* Reads the file at `path` into `arena`. */
dt_status entry_read(struct arena *arena, const char *path, struct entry_file *out, dt_error *err);
/* The same for text in memory; `path` is for messages. */
dt_status entry_parse(struct arena *arena, const char *path, struct str text,
                      struct entry_file *out, dt_error *err);

/* "PATH:LINE: message" as DT_E_KNOWLEDGE. */
dt_status entry_error(const struct entry_file *file, uint32_t line, dt_error *err,
                      const char *format, ...) PRINTF_LIKE(4, 5);

/* The first field of that name, or NULL. */
const struct entry_field *entry_field(const struct entry *e, const char *name);

/* Takes the next item off a comma-separated list: trimmed, quotes removed. False at its end. */
bool entry_next_item(struct str *rest, struct str *item);
/* Takes the next blank-separated word off *rest. False at its end. */
bool entry_next_word(struct str *rest, struct str *word);

#endif
