/* example.h - the examples of a file: those of a spec (test/spec) and those inside knowledge/.
 *
 * A spec file holds titles "### ...", stories "> ..." and expectations, one a line; a story that
 * begins after an expectation is a new one under the same title. A knowledge file holds entries
 * with fields `yes`, `no` and `miss`. doc/spec.md has the whole of it. */
#ifndef SPEC_EXAMPLE_H
#define SPEC_EXAMPLE_H

#include "view.h"

struct spec_line {
    struct view text; /* without its indentation */
    unsigned number, indent;
};

struct spec_file {
    char *path, *content;
    struct spec_line *lines; /* those that are neither empty nor a comment */
    size_t n_lines;
    bool is_knowledge; /* entries, not titles */
};

/* False when the file cannot be read; the reason has been printed. */
bool spec_file_read(const char *path, struct spec_file *out);
void spec_file_free(struct spec_file *file);

enum example_kind { EXAMPLE_SPEC, EXAMPLE_YES, EXAMPLE_NO, EXAMPLE_MISS };

struct example {
    const struct spec_file *file;
    enum example_kind kind;
    unsigned line;                /* of its title or its sentence */
    struct view title;            /* of a spec */
    struct view entry_kind, key;  /* of knowledge: "frame", "consult/meet" */
    struct view cameo;            /* the entry's code */
    char date[12], file_date[12]; /* "" where the story has none */
    char *text;                   /* the story */
    size_t begin, end;            /* its expectations: lines of the file */
    size_t next;                  /* where the next example is looked for */
    bool wrong;                   /* the file is not laid out as it must be; that was printed */
};

/* Begins with the first example of the file, or goes on to the next. False when there is none. */
void example_start(struct example *x, const struct spec_file *file);
bool example_next(struct example *x);
void example_end(struct example *x);

/* Takes "frame consult/meet  Two actors meet." apart; false when the line begins no entry. */
bool entry_head(const struct spec_line *line, struct view *kind, struct view *key);

#endif
