/* coder_run.c - what makes a coder's records, as text: it is kept with them in a database. */
#include <stdio.h>

#include "story/story.h"
#include "what/reading.h"

/* "actual,planned" */
static void put_statuses(unsigned mask, char *out, size_t cap)
{
    size_t len = 0;
    out[0] = '\0';
    for (int i = 0; i < STATUS_COUNT && len < cap; i++)
        if (mask >> i & 1u)
            len += (size_t)snprintf(out + len, cap - len, "%s%s", len != 0 ? "," : "",
                                    event_status_name[i]);
}

void story_describe_run(struct dt_coder *coder)
{
    struct coder_run *run = &coder->run;
    char statuses[80];
    put_statuses(coder->status_mask, statuses, sizeof statuses);
    (void)snprintf(run->model_hash, sizeof run->model_hash, "%016llx",
                   (unsigned long long)coder->model->bundle.hash);
    (void)snprintf(run->knowledge_hash, sizeof run->knowledge_hash, "%016llx",
                   (unsigned long long)coder->model->know_hash);
    const struct reader *reader = coder->model->reader;
    (void)snprintf(run->options, sizeof run->options,
                   "status=%s per_sentence=%d own_knowledge=%d min_confidence=%g events=%016llx",
                   statuses, coder->per_sentence != 0, coder->model->own_bytes != NULL,
                   coder->min_confidence,
                   reader != NULL ? (unsigned long long)reader->bundle.hash : 0);
}
