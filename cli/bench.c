/* bench.c - throughput of the whole chain on one thread and on all. */
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "cli.h"

static double clock_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

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
    (void)printf("stage      share  ns/word\n");
    for (size_t i = 0; i < dt_stage_count(); i++)
        (void)printf("%-8s %5.1f %%  %7.0f\n", dt_stage_name(i),
                     total > 0 ? 100 * p->stage_seconds[i] / total : 0,
                     p->words > 0 ? 1e9 * p->stage_seconds[i] / (double)p->words : 0);
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

enum exit_status command_bench(const struct options *options)
{
    if (options->n_files == 0) {
        complain("bench wants a file of stories (JSON Lines)");
        return EXIT_WRONG_CALL;
    }
    double begin = clock_seconds();
    enum exit_status status = EXIT_DONE;
    dt_model *model = open_model(options, &status);
    if (model == NULL) return status;
    double start = clock_seconds() - begin;
    struct options one_thread = *options;
    one_thread.threads = 1;
    struct pipeline one = {.options = &one_thread,
                           .model = model,
                           .kind = RECORD_CODE,
                           .format = DT_FORMAT_EVENTS,
                           .silent = true};
    struct pipeline all = one;
    struct options many = *options;
    many.threads = options->threads > 0 ? options->threads : core_count();
    all.options = &many;
    status = pipeline_run(&one);
    if (many.threads > 1 && status <= EXIT_SOME_UNUSED) status = pipeline_run(&all);
    if (status <= EXIT_SOME_UNUSED) {
        if (options->json) {
            print_json(&one, &all, many.threads, start);
        } else {
            print_run(&one, 1);
            if (many.threads > 1) print_run(&all, many.threads);
            print_stages(&one);
            (void)printf("start-up    %.1f ms   peak memory %.0f MB\n", start * 1000,
                         peak_megabytes());
        }
    }
    dt_model_close(model);
    return finish_output(status);
}
