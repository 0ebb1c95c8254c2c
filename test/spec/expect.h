/* expect.h - expectations of a spec other than events: "actor Tokyo = JPN", "no place Reading". */
#ifndef SPEC_EXPECT_H
#define SPEC_EXPECT_H

#include "answer.h"

/* One line of them, taken apart. */
struct expectation {
    const struct spec_line *line;
    struct view kind; /* "actor" */
    struct view body; /* what follows */
    bool no, miss;
    const char *fault; /* set by expectation_judge(): what was expected of a line that is wrong */
};

/* "[miss] [no] KIND BODY" */
struct expectation expectation_of(const struct spec_line *line);

/* True when the line holds; writes to `out` what was found. */
bool expectation_judge(struct expectation *e, struct answer *a, FILE *out);

#endif
