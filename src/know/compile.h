/* compile.h - from the text under knowledge/ to the file that is mapped at start.
 *
 * A compile gathers folders, first ours, then a user's; a later folder's entry replaces an earlier
 * one's of the same kind and key as a whole, and a name that both define goes to the later. The
 * text itself goes into the bundle, too: so a user's folder can be put on top of a compiled base at
 * run time (compile_add_base), and the result is what compiling all folders anew would give.
 *
 *     compile_new, compile_add_base or compile_add_folder ..., compile_know, frames_compile of
 *     what/, compile_save or compile_bytes, compile_free
 *
 * Build and start time: memory comes from one arena. A mistake in a file is DT_E_KNOWLEDGE with
 * "FILE:LINE: what was found, what was expected". */
#ifndef DETENTE_COMPILE_H
#define DETENTE_COMPILE_H

#include "know/words.h"

struct compile;

struct compile_file {
    const char *path;    /* for messages: "/home/x/knowledge/actors/countries.txt" */
    struct str relative; /* inside its folder: "actors/countries.txt" */
    struct str text;
    uint32_t folder; /* 0 for the base, larger wins */
};

dt_status compile_new(struct compile **out, dt_error *err);
void compile_free(struct compile *c);

/* Reads the files of `dir` that have a meaning: actors/, frames/, places/, ontology/, words/ and
 * roles.txt, operators.txt, classes.txt, boilerplate.txt. Other files are left alone. */
dt_status compile_add_folder(struct compile *c, const char *dir, dt_error *err);
/* One file from memory, as if it stood in the folder that is added next. `path` is for messages. */
dt_status compile_add_text(struct compile *c, const char *path, struct str relative,
                           struct str text, dt_error *err);
/* The dictionaries of PETRARCH and TABARI in `dir` as a folder of its own (petrarch.h). */
dt_status compile_add_dictionaries(struct compile *c, const char *dir, dt_error *err);
/* The same from a compiled base, which must outlive `c`. */
dt_status compile_add_base(struct compile *c, const struct know *base, dt_error *err);
/* A hash of the text that a base was compiled from: the same wherever the folders lay. */
dt_status compile_source_hash(const struct know *base, uint64_t *hash, dt_error *err);
/* All files, folder by folder, in byte order of their paths. */
const struct compile_file *compile_files(const struct compile *c, uint32_t *n);

/* Compiles actors, roles, places, ontologies, word classes and boilerplate: all sections that
 * know.h reads. */
dt_status compile_know(struct compile *c, dt_error *err);

/* What was left out of dictionaries, "FILE:LINE: what was found"; known after compile_know(), valid
 * as long as `c`. */
const struct str *compile_notes(const struct compile *c, uint32_t *n);

/* A word whose forms no rule gives (words/inflection.txt); known after compile_know(). */
struct inflection {
    struct str lemma;
    struct str forms[2]; /* past and participle; of a noun the plural and "" */
    bool verb;
};

/* Whether a word is of the class; known after compile_know(). */
bool compile_word_is(const struct compile *c, struct str text, enum word_class class);
const struct inflection *compile_inflections(const struct compile *c, uint32_t *n);

/* For other stages that add sections of their own. */
struct arena *compile_arena(struct compile *c);
struct bundle_writer *compile_writer(struct compile *c);
/* The offset of `s` in the pool of strings; "" is 0. After memory ran out it gives 0, and
 * compile_save() and compile_bytes() fail. */
uint32_t compile_intern(struct compile *c, struct str s);
/* The text at that offset; valid as long as `c`. */
const char *compile_text(const struct compile *c, uint32_t offset);

dt_status compile_save(struct compile *c, const char *path, dt_error *err);
/* *bytes is 64-byte aligned; the caller frees it with free(). */
dt_status compile_bytes(struct compile *c, void **bytes, size_t *len, dt_error *err);

#endif
