/* coverage.h - which triggers of the frames and operators an example that holds has made fire. */
#ifndef SPEC_COVERAGE_H
#define SPEC_COVERAGE_H

#include "answer.h"

struct trigger {
    const struct spec_file *file;
    unsigned line;
    struct view entry, kind, word; /* "consult/meet", "verb", "sit down" */
    bool covered;
};

struct coverage {
    struct trigger *triggers; /* each word of an entry once for each kind */
    size_t n;
    bool wrong; /* a class is not in the files: that was printed */
};

/* Reads the triggers of all files; a class in braces stands for each of its words. */
void coverage_read(struct coverage *c, const struct spec_file *files, size_t n_files);
void coverage_free(struct coverage *c);

/* Marks the triggers by which the event came about. */
void coverage_mark(struct coverage *c, const struct answer *a, const json_t *event);

/* In percent. */
double coverage_share(const struct coverage *c);
/* A line for each file. */
void coverage_table(const struct coverage *c);
void coverage_list_uncovered(const struct coverage *c);

#endif
