/* bench.c - throughput of the whole chain on one thread and on all. */
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cli.h"

static double peak_megabytes(void)
{
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return (double)usage.ru_maxrss / 1024.0;
}

static double per_second(size_t n, double seconds)
{
    return seconds > 0 ? (double)n / seconds : 0;
}

static void print_run(const struct pipeline *p, int threads)
{
    (void)printf("%2d thread%s  %8.0f stories/s  %9.0f sentences/s  %10.0f words/s  %6.2f s\n",
                 threads, threads == 1 ? " " : "s", per_second(p->stories, p->seconds),
                 per_second(p->sentences, p->seconds), per_second(p->words, p->seconds),
                 p->seconds);
}

/* The profile: each stage's share of the time that all take on one thread. */
static void print_stages(const struct pipeline *p)
{
    double total = 0;
    for (size_t i = 0; i < dt_stage_count(); i++)
        total += p->stage_seconds[i];
    (void)printf("stage       share  ns/word\n");
    for (size_t i = 0; i < dt_stage_count(); i++) {
        const double share = total > 0 ? p->stage_seconds[i] / total : 0;
        if (share == 0) continue; /* not on the road of coding */
        (void)printf("%-9s %5.1f %%  %7.0f\n", dt_stage_name(i), 100 * share,
                     p->words > 0 ? 1e9 * p->stage_seconds[i] / (double)p->words : 0);
    }
}

static void json_run(const struct pipeline *p, int threads)
{
    (void)printf("{\"threads\":%d,\"stories\":%zu,\"seconds\":%.4f,\"stories_per_s\":%.1f,"
                 "\"sentences_per_s\":%.1f,\"words_per_s\":%.1f}",
                 threads, p->stories, p->seconds, per_second(p->stories, p->seconds),
                 per_second(p->sentences, p->seconds), per_second(p->words, p->seconds));
}

static void print_json(const struct pipeline *one, const struct pipeline *all, int threads,
                       double start)
{
    (void)printf("{\"runs\":[");
    json_run(one, 1);
    if (threads > 1) {
        (void)putchar(',');
        json_run(all, threads);
    }
    (void)printf("],\"stage_seconds\":{");
    for (size_t i = 0; i < dt_stage_count(); i++)
        (void)printf("%s\"%s\":%.4f", i != 0 ? "," : "", dt_stage_name(i), one->stage_seconds[i]);
    (void)printf("},\"peak_mb\":%.1f,\"startup_ms\":%.2f}\n", peak_megabytes(), start * 1000);
}

static void print_bench(const struct pipeline *one, const struct pipeline *all, int threads,
                        double start)
{
    print_run(one, 1);
    if (threads > 1) print_run(all, threads);
    print_stages(one);
    (void)printf("start-up    %.1f ms   peak memory %.0f MB\n", start * 1000, peak_megabytes());
}

/* Codes everything on one thread, then on `threads`, and prints both. */
static enum exit_status measure(const struct options *options, dt_model *model, double start,
                                double *stage_seconds)
{
    struct options one_thread = *options, many_threads = *options;
    int threads = options->threads > 0 ? options->threads : core_count();
    one_thread.threads = 1;
    many_threads.threads = threads;
    struct pipeline one = {.options = &one_thread,
                           .model = model,
                           .kind = RECORD_CODE,
                           .format = DT_FORMAT_EVENTS,
                           .silent = true,
                           .stage_seconds = stage_seconds};
    struct pipeline all = one;
    all.options = &many_threads;
    all.stage_seconds = NULL;
    enum exit_status status = pipeline_run(&one);
    if (threads > 1 && status <= EXIT_SOME_UNUSED) status = pipeline_run(&all);
    if (status > EXIT_SOME_UNUSED) return status;
    (options->json ? print_json : print_bench)(&one, &all, threads, start);
    return finish_output(status);
}

static bool names_standard_input(const struct options *options)
{
    for (int i = 0; i < options->n_files; i++)
        if (strcmp(options->files[i], "-") == 0) return true;
    return false;
}

enum exit_status command_bench(const struct options *options)
{
    dt_model *model = NULL;
    double begin = now_seconds();
    if (names_standard_input(options)) {
        complain("bench reads its files twice, so it cannot read standard input");
        return EXIT_WRONG_CALL;
    }
    if (options->against != NULL) return run_against(options);
    enum exit_status status = open_model(options, &model);
    if (status != EXIT_DONE) return status;
    double start = now_seconds() - begin;
    double *stage_seconds = calloc(dt_stage_count(), sizeof *stage_seconds);
    if (stage_seconds != NULL) {
        status = measure(options, model, start, stage_seconds);
    } else {
        complain("memory ran out");
        status = EXIT_IMPOSSIBLE;
    }
    free(stage_seconds);
    dt_model_close(model);
    return status;
}
