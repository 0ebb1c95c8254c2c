/* compile_parts.h - the tables of the compiler while they grow; inside src/know only. */
#ifndef DETENTE_COMPILE_PARTS_H
#define DETENTE_COMPILE_PARTS_H

#include "know/codes.h"
#include "know/compile.h"
#include "know/entry.h"
#include "know/ontology.h"
#include "know/sectors.h"
#include "know/words.h"

#define COMPILE_TABLE(type, name)                                                                  \
    type *name;                                                                                    \
    uint32_t n_##name;                                                                             \
    size_t cap_##name

/* Appends a zeroed element to a table of `c` and gives its address, or NULL. */
#define COMPILE_ADD(c, name)                                                                       \
    ((c)->name = compile_room(c, (c)->name, (c)->n_##name, &(c)->cap_##name, sizeof *(c)->name),   \
     (c)->failed ? NULL : &(c)->name[(c)->n_##name++])

/* Where a source file lies in the bundle: offsets into the sections src.text and the pool. */
struct source_file {
    uint32_t path, relative;
    uint32_t begin, len;
    uint32_t folder;
};

/* A name and what it means, before the trie. */
struct raw_name {
    struct know_sense sense; /* `name`, `caps` and `casing` are filled in by names_build() */
    struct str surface;
    uint32_t folder;
    bool any_caps; /* only its first word and, of a short one, its last need a capital */
};

/* An entry of a dictionary of agents (petrarch.h). */
struct petrarch_entry;
struct listed_agent {
    const struct petrarch_entry *entry;
    const char *path;
    uint32_t folder;
};

struct pool_string {
    uint32_t offset, len; /* empty: len 0 */
};

/* Folder + 1 of the entry that made a word one of time, or of a currency; 0: none has. */
struct word_origin {
    uint32_t time, currency;
};

struct compile {
    struct arena arena;
    struct bundle_writer writer;
    uint64_t numbering;
    bool failed; /* memory ran out */
    uint32_t n_folders;
    COMPILE_TABLE(struct compile_file, files);
    COMPILE_TABLE(char, pool);
    struct pool_string *strings; /* open-addressed */
    uint32_t n_strings, string_mask;
    COMPILE_TABLE(struct know_entity, entities);
    COMPILE_TABLE(struct know_role, roles);
    COMPILE_TABLE(struct know_role_noun, role_nouns);
    COMPILE_TABLE(struct know_place, places);
    COMPILE_TABLE(struct raw_name, names);
    COMPILE_TABLE(uint32_t, divisions);
    COMPILE_TABLE(struct know_code, other_codes);
    COMPILE_TABLE(struct ontology_code, codes);
    COMPILE_TABLE(struct ontology_type, types);
    COMPILE_TABLE(struct ontology_context, contexts);
    COMPILE_TABLE(struct boiler_rule, boiler);
    COMPILE_TABLE(struct language_name, languages);
    struct language_slot *language_slots; /* open-addressed */
    uint32_t language_mask, n_language_keys;
    COMPILE_TABLE(struct inflection, inflections);
    COMPILE_TABLE(struct know_sector, sectors);
    COMPILE_TABLE(struct know_word, words);
    COMPILE_TABLE(struct word_origin, word_origins); /* one for each of `words` */
    struct word_slot *word_table;                    /* open-addressed, over `words` */
    uint32_t word_mask;
    COMPILE_TABLE(struct listed_agent, agents);
    COMPILE_TABLE(struct str, notes);
};

/* Makes room for one more element behind n and returns the table; sets c->failed. */
void *compile_room(struct compile *c, void *table, uint32_t n, size_t *cap, size_t size);

/* A copy in the arena with ASCII letters in lower case; "" when memory ran out. */
struct str compile_lower(struct compile *c, struct str s);

/* "PATH:LINE: message", or without the line where it is 0, among the notes. */
void compile_note(struct compile *c, const char *path, uint32_t line, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* An entry together with where it stands. */
struct found_entry {
    const struct entry_file *file;
    const struct entry *entry;
    uint32_t folder;
    struct str id; /* "country/RUS" */
};

/* Gathers the name `surface` for a sense. */
void compile_name(struct compile *c, struct str surface, struct know_sense sense, uint32_t folder);

/* Sectors stand among the words, in a format of their own. */
#define CODES_FOLDER "codes/"
#define SECTORS_FILE "words/sectors.txt"

/* Each reads its files into the tables above. Sectors and places come before actors: a person who
 * held an office once has a sector, a country knows its place. */
dt_status sectors_read(struct compile *c, dt_error *err);
dt_status places_read(struct compile *c, dt_error *err);
dt_status codes_read(struct compile *c, dt_error *err); /* behind places */
dt_status actors_read(struct compile *c, dt_error *err);
/* The dictionaries of others (petrarch.h): actors now, agents for roles_read(). */
dt_status petrarch_read(struct compile *c, dt_error *err);
dt_status roles_read(struct compile *c, dt_error *err);
dt_status ontology_read(struct compile *c, dt_error *err);
/* Whether a file is one of its tables. */
bool ontology_has(struct str relative);
/* Adds no section. */
dt_status inflection_read(struct compile *c, dt_error *err);
/* The plural of a noun in the arena, or "" when there is none. */
struct str inflection_plural(struct compile *c, struct str noun);
/* These two add their sections themselves. */
dt_status words_read(struct compile *c, dt_error *err);
dt_status languages_read_entry(struct compile *c, const struct found_entry *found, dt_error *err);
dt_status languages_finish(struct compile *c, dt_error *err);
dt_status boiler_read(struct compile *c, dt_error *err);
/* The index in c->words of a word, made when new; 0 only when memory ran out. */
uint32_t words_add(struct compile *c, struct str text);
/* Read entries `time CLASS` and `currency CODE` of the files under words/. */
dt_status times_read_entry(struct compile *c, const struct found_entry *found, dt_error *err);
dt_status currencies_read_entry(struct compile *c, const struct found_entry *found, dt_error *err);
/* Builds the trie over all names and adds its sections. */
dt_status names_build(struct compile *c, dt_error *err);

/* Whether a country's code is known: to actors/ or codes/, where parts of the world and
 * bodies of many stand, too. Without codes/ every one is. Of actors the countries are read first.
 */
bool compile_country_known(const struct compile *c, struct str country);
/* Whether a sector is: by its first three letters, to words/sectors.txt or codes/parts.tsv. */
bool compile_sector_known(const struct compile *c, struct str sector);

/* The sector with a class that one alone may have, or "". */
struct str compile_sector_with(const struct compile *c, enum sector_class class);

/* "2012-05-07", "2012-05" or "2012" as a day; false if it is none. */
bool compile_day(struct str s, int32_t *day);
/* "from..to", either side may be empty. */
bool compile_period(struct str s, int32_t *from, int32_t *to);

#endif
