/* against.c - `bench --against`: this program and another command on the same files, in turns.
 *
 * In: files, a command to which they are appended. Each round runs both as processes of their own,
 * whose output is thrown away, one after the other, so that what else the machine does meets both
 * alike; what counts is their processor time, user and system. Out: the medians, and the median of
 * the rounds' ratios with the least and the largest. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"

enum { ROUNDS = 7 };

extern char **environ;

struct race {
    double own[ROUNDS], other[ROUNDS], ratio[ROUNDS]; /* seconds; other / own */
};

static double seconds_of_children(void)
{
    struct rusage u;
    if (getrusage(RUSAGE_CHILDREN, &u) != 0) return 0;
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* Runs a program to its end, its output thrown away; false, with a complaint, when it could not be
 * run or failed. */
static bool run_program(const char *const *argv, const char *called, double *seconds)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    double before = seconds_of_children();
    if (posix_spawn_file_actions_init(&actions) != 0) return false;
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    while (failed == 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    *seconds = seconds_of_children() - before;
    bool fine = failed == 0 && WIFEXITED(status) && WEXITSTATUS(status) <= EXIT_SOME_UNUSED;
    if (!fine) complain("'%s' could not be run, or failed", called);
    return fine;
}

/* This program, coding the files on one thread, or on as many as were asked for. */
static const char **own_call(const struct options *o, char threads[16])
{
    const char **argv = calloc((size_t)o->n_files + 18, sizeof *argv);
    int n = 0;
    if (argv == NULL) return NULL;
    (void)snprintf(threads, 16, "-j%d", o->threads > 0 ? o->threads : 1);
    const char *const head[] = {o->program, "code", "--quiet", "-fjsonl", threads};
    for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
        argv[n++] = head[i];
    const char *const with[][2] = {{"--date", o->date},
                                   {"--model", o->model},
                                   {"--knowledge", o->knowledge},
                                   {"--petrarch", o->petrarch}};
    for (size_t i = 0; i < sizeof with / sizeof with[0]; i++) {
        if (with[i][1] == NULL) continue;
        argv[n++] = with[i][0];
        argv[n++] = with[i][1];
    }
    argv[n++] = "--";
    for (int i = 0; i < o->n_files; i++)
        argv[n++] = o->files[i];
    return argv;
}

/* sh -c 'COMMAND "$@"' sh FILE... */
static const char **other_call(const struct options *o, char **script)
{
    const size_t len = strlen(o->against) + 8;
    const char **argv = calloc((size_t)o->n_files + 5, sizeof *argv);
    *script = malloc(len);
    if (argv == NULL || *script == NULL) return argv;
    (void)snprintf(*script, len, "%s \"$@\"", o->against);
    argv[0] = argv[3] = "sh";
    argv[1] = "-c";
    argv[2] = *script;
    for (int i = 0; i < o->n_files; i++)
        argv[4 + i] = o->files[i];
    return argv;
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double median_of(double *numbers)
{
    qsort(numbers, ROUNDS, sizeof *numbers, by_size);
    return numbers[ROUNDS / 2];
}

static void print_race(struct race *r, bool json)
{
    const double own = median_of(r->own), other = median_of(r->other), ratio = median_of(r->ratio);
    const double least = r->ratio[0], most = r->ratio[ROUNDS - 1];
    if (json) {
        (void)printf("{\"rounds\":%d,\"cpu_seconds\":%.3f,\"other_cpu_seconds\":%.3f,"
                     "\"ratio\":%.3f,\"ratio_least\":%.3f,\"ratio_most\":%.3f}\n",
                     ROUNDS, own, other, ratio, least, most);
        return;
    }
    (void)printf("processor time, median of %d rounds in turns\n"
                 "detente  %8.2f s   best %.2f s\n"
                 "other    %8.2f s   best %.2f s\n"
                 "other / detente  %.2f (%.2f to %.2f)\n",
                 ROUNDS, own, r->own[0], other, r->other[0], ratio, least, most);
}

enum exit_status run_against(const struct options *options)
{
    struct race race;
    char threads[16], *script = NULL;
    const char **own = own_call(options, threads), **other = other_call(options, &script);
    bool fine = own != NULL && other != NULL && script != NULL;
    if (!fine) complain("memory ran out");
    for (int i = 0; i < ROUNDS && fine; i++) {
        fine = run_program(own, options->program, &race.own[i]) &&
               run_program(other, options->against, &race.other[i]);
        if (fine) race.ratio[i] = race.own[i] > 0 ? race.other[i] / race.own[i] : 0;
    }
    if (fine) print_race(&race, options->json);
    free(own);
    free(other);
    free(script);
    return fine ? finish_output(EXIT_DONE) : EXIT_IMPOSSIBLE;
}
