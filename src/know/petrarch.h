/* petrarch.h - the dictionaries of actors and agents that PETRARCH, PETRARCH2 and TABARI read, as
 * they are: from lines to entries.
 *
 *     AARON_AARDVARK_ ; a comment             FISHER!PERSON! {FISHERFOLK} [~AGR] # a comment
 *     +MISTER_AARDVARK
 *         [NZLGOV 20010203-050607]
 *         [NZLELI >050607]
 *
 * A line that cannot be read becomes a note of the compile ("FILE:LINE: what was found") and is
 * left out; nothing in such a file stops the compile. Text that is not UTF-8 is taken for Latin-1.
 */
#ifndef DETENTE_PETRARCH_H
#define DETENTE_PETRARCH_H

#include "know/compile_parts.h"

/* The folder of a compile's files that holds them. */
#define PETRARCH_FOLDER "petrarch/"

/* What a file lists, told by its content; where that says nothing, by its name. */
enum petrarch_kind {
    PETRARCH_ACTORS,
    PETRARCH_AGENTS,
    PETRARCH_VERBS,
    PETRARCH_DISCARDS,
    PETRARCH_PACKED, /* compressed */
    PETRARCH_OTHER,
    PETRARCH_KIND_COUNT
};

struct petrarch_code {
    struct str code;  /* "NZLGOV", "~AGR"; "" where the name stands for nobody ("---") */
    int32_t from, to; /* days, `to` excluded; DAY_MIN and DAY_MAX: no date was given */
    bool dated;
};

struct petrarch_name {
    struct str text;   /* without underscores: "AARON AARDVARK" */
    struct str plural; /* of an agent, where it is given */
    bool stem;         /* no underscore at its end: TABARI takes it for the beginning of words */
    bool no_plural;    /* of an agent: braces with nothing in them */
};

struct petrarch_entry {
    struct petrarch_name *names;
    struct petrarch_code *codes; /* the first that fits the day counts; an undated one comes last */
    uint32_t n_names, n_codes;
    size_t names_cap, codes_cap;
    uint32_t line;
    bool coded; /* codes were met, though none of them may have been readable */
};

struct petrarch_file {
    enum petrarch_kind kind;
    struct petrarch_entry *entries;
    uint32_t n_entries;
};

/* Reads a file of the compile. Of a kind that is not read it says so in a note; then *out has no
 * entries. */
dt_status petrarch_parse(struct compile *c, const struct compile_file *file,
                         struct petrarch_file *out, dt_error *err);

#endif
