/* retold.c - --twins: stories that were told before are left out of a run.
 *
 * Signatures are made in the workers' threads; whether a story is a twin hangs on those before it,
 * so that each waits for its turn to ask. The oldest waits for nobody. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline.h"

struct retold {
    dt_twins *twins;
    size_t next; /* number of the story whose turn it is */
    pthread_mutex_t lock;
    pthread_cond_t turn;
};

enum exit_status retold_open(const struct options *options, struct retold **out)
{
    dt_error err;
    *out = NULL;
    if (options->twins == NULL) return EXIT_DONE;
    struct retold *r = calloc(1, sizeof *r);
    if (r == NULL) {
        complain("memory ran out");
        return EXIT_IMPOSSIBLE;
    }
    (void)pthread_mutex_init(&r->lock, NULL);
    (void)pthread_cond_init(&r->turn, NULL);
    *out = r;
    const char *path = strcmp(options->twins, "-") != 0 ? options->twins : NULL;
    return dt_twins_open(path, NULL, &r->twins, &err) == DT_OK ? EXIT_DONE : give_up(&err);
}

dt_status retold_ask(struct retold *r, size_t number, const dt_story *story, bool *told,
                     dt_error *err)
{
    uint64_t sign[DT_TWINS_SIGN_SIZE / sizeof(uint64_t)];
    dt_twin twin = {.size = sizeof twin};
    dt_status st = story != NULL ? dt_twins_sign(story, sign, err) : DT_OK;
    (void)pthread_mutex_lock(&r->lock);
    while (r->next != number)
        (void)pthread_cond_wait(&r->turn, &r->lock);
    if (st == DT_OK && story != NULL) st = dt_twins_add(r->twins, story->id, sign, &twin, err);
    r->next++;
    (void)pthread_cond_broadcast(&r->turn);
    (void)pthread_mutex_unlock(&r->lock);
    *told = st == DT_OK && twin.kind != DT_TWIN_NONE;
    return st;
}

enum exit_status retold_close(struct retold *r, enum exit_status so_far)
{
    dt_error err;
    if (r == NULL) return so_far;
    if (dt_twins_close(r->twins, &err) != DT_OK) so_far = give_up(&err);
    (void)pthread_mutex_destroy(&r->lock);
    (void)pthread_cond_destroy(&r->turn);
    free(r);
    return so_far;
}
