/* answer.h - what the coder says of one example's story, as it prints it for others. */
#ifndef SPEC_ANSWER_H
#define SPEC_ANSWER_H

#include <detente.h>
#include <jansson.h>

#include "example.h"

struct answer {
    dt_coder *coder;
    const struct example *example;
    json_t *whole;       /* {"tokens", "tried", "story"} */
    const json_t *story; /* what `annotate` prints */
    char *explained;     /* what `explain` prints for people */
    dt_error err;
};

/* Codes the story. False when that failed: answer->err says why. */
bool answer_ask(struct answer *a, dt_coder *coder, const struct example *x);
void answer_end(struct answer *a);

/* A member of the story's object: "events", "actors". */
const json_t *answer_list(const struct answer *a, const char *key);

/* The story as CoNLL-U, to be freed; NULL when that failed. */
char *answer_conllu(struct answer *a);
/* The relation between the first mentions of two words, to be released; NULL when that failed. */
json_t *answer_relation(struct answer *a, struct view source, struct view target);

#endif
