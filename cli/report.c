/* report.c - what a run over many stories says at its end: how many records became what, and how
 * long it took. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "pipeline.h"

/* A run that is over at once needs no words. */
#define SECONDS_LEAST 1.0

static const struct {
    const char *key, *words;
} fates[FATE_COUNT] = {
    [FATE_CODED] = {"coded", NULL},
    [FATE_UNUSED] = {"unused", "could not be used"},
    [FATE_FOREIGN] = {"foreign", "not in English"},
    [FATE_TWIN] = {"twins", "told before"},
    [FATE_UNDATED] = {"undated", "without a date"},
    [FATE_UNWANTED] = {"unwanted", "not asked for"},
};

static bool write_json(const struct report *r, FILE *to)
{
    (void)fprintf(to, "{\"resumed\":%zu", r->resumed);
    for (int i = 0; i < FATE_COUNT; i++)
        (void)fprintf(to, ",\"%s\":%zu", fates[i].key, r->fates[i]);
    (void)fprintf(to, ",\"events\":%zu,\"seconds\":%.3f}\n", r->events, r->seconds);
    return fflush(to) == 0 && !ferror(to);
}

static void say(const struct report *r)
{
    (void)fprintf(stderr, "detente: %zu stories coded, %zu events", r->fates[FATE_CODED],
                  r->events);
    for (int i = 0; i < FATE_COUNT; i++)
        if (fates[i].words != NULL && r->fates[i] != 0)
            (void)fprintf(stderr, ", %zu %s", r->fates[i], fates[i].words);
    if (r->resumed != 0) (void)fprintf(stderr, ", %zu done before", r->resumed);
    (void)fprintf(stderr, "; %.1f s\n", r->seconds);
}

enum exit_status report_print(const struct report *r, const struct options *options,
                              enum exit_status so_far)
{
    const char *path = options->report;
    bool lasting = isatty(STDERR_FILENO) && r->seconds >= SECONDS_LEAST;
    if (lasting && !options->quiet) say(r);
    if (path == NULL) return so_far;
    bool own = strcmp(path, "-") != 0;
    FILE *to = own ? fopen(path, "w") : stderr;
    bool written = to != NULL && write_json(r, to);
    if (to != NULL && own) written = fclose(to) == 0 && written;
    if (written) return so_far;
    complain("the report %s could not be written: %s", path, strerror(errno));
    return EXIT_IMPOSSIBLE;
}
