/* pipeline.c - many stories on many threads, output in input order.
 *
 * A ring of jobs: one thread reads records into free jobs, workers code them, the reader's thread
 * writes finished ones in order. When the ring is full, it sleeps until half of it is done: to wake
 * it for every story would cost a hundredth of the time. Each worker has a coder; output buffers
 * are kept, so the steady state allocates nothing of its own. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

enum job_state { JOB_FREE, JOB_READY, JOB_RUNNING, JOB_DONE };

struct job {
    enum job_state state;
    size_t number; /* 0, 1, ... in input order */
    char *record;  /* a copy of the input record */
    size_t record_len, record_cap;
    size_t line;
    const dt_reader *reader;
    char *out; /* what is to be written */
    size_t out_len, out_cap;
    size_t sentences, words, bytes;
    bool unused;
    char complaint[400];
};

struct pool {
    struct pipeline *p;
    struct job *jobs;
    size_t n_jobs, next_read, next_work, next_write; /* counters; modulo n_jobs in the ring */
    size_t next_store; /* number of the job whose turn it is to enter the database */
    size_t awaited;    /* number of the job that the reader's thread sleeps for */
    pthread_mutex_t lock;
    pthread_cond_t work, done, stored;
    bool closing, broken; /* no more jobs; output failed */
    enum exit_status status;
};

struct worker {
    struct pool *pool;
    dt_coder *coder;
    pthread_t thread;
    bool started;
};

int core_count(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 1024 ? 1024 : (int)n;
}

static double now_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool make_place(char **at, size_t *cap, size_t need)
{
    if (need <= *cap && *at != NULL) return true;
    size_t bigger = *cap < 4096 ? 4096 : *cap;
    while (bigger < need)
        bigger *= 2;
    char *grown = realloc(*at, bigger);
    if (grown == NULL) return false;
    *at = grown;
    *cap = bigger;
    return true;
}

/* ---- one story
 * ------------------------------------------------------------------------------------ */

static void fail_job(struct job *j, const dt_error *err)
{
    j->unused = true;
    j->out_len = 0;
    (void)snprintf(j->complaint, sizeof j->complaint, "%s", err->text);
}

static size_t count_words(const char *text, size_t len)
{
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < len; i++) {
        bool blank = text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r');
        n += !blank && !inside;
        inside = !blank;
    }
    return n;
}

static dt_status run_story(struct pipeline *p, dt_coder *coder, struct job *j, const dt_doc **doc,
                           dt_error *err)
{
    dt_story story = {.size = sizeof story};
    size_t source[2], target[2];
    dt_status st;
    if (p->kind == RECORD_PAIR) {
        st = dt_record_pair(coder, j->reader, j->record, j->record_len, j->line, &story, source,
                            target, err);
        if (st == DT_OK)
            st = dt_classify(coder, &story, source, target, p->options->strict, doc, err);
    } else {
        st = dt_record_story(coder, j->reader, j->record, j->record_len, j->line, &story, err);
        if (st == DT_OK && p->kind == RECORD_CODE) st = dt_code(coder, &story, doc, err);
        if (st == DT_OK && p->kind != RECORD_CODE)
            st = dt_parse(coder, &story, p->kind == RECORD_CONLLU, doc, err);
    }
    if (st == DT_OK && p->silent) j->words = count_words(story.text, story.text_len);
    if (st == DT_OK) j->bytes = story.text_len;
    return st;
}

/* Stories enter the database in input order, so that of two with one id the later one stays,
 * whatever the number of threads; doc is NULL for one that could not be coded. The oldest job waits
 * for nobody. */
static dt_status store_in_turn(struct pool *pool, const struct job *j, const dt_doc *doc,
                               dt_error *err)
{
    dt_status st = DT_OK;
    (void)pthread_mutex_lock(&pool->lock);
    while (pool->next_store != j->number)
        (void)pthread_cond_wait(&pool->stored, &pool->lock);
    if (doc != NULL && !pool->broken) st = dt_db_put(pool->p->db, doc, err);
    if (st != DT_OK) pool->broken = true;
    pool->next_store++;
    (void)pthread_cond_broadcast(&pool->stored);
    (void)pthread_mutex_unlock(&pool->lock);
    return st;
}

static void run_job(struct pool *pool, dt_coder *coder, struct job *j)
{
    struct pipeline *p = pool->p;
    const dt_doc *doc = NULL;
    const char *text = "";
    size_t len = 0;
    dt_error err;
    j->unused = false;
    j->out_len = 0;
    dt_status st = run_story(p, coder, j, &doc, &err);
    if (st == DT_OK) st = dt_render(coder, doc, p->format, p->flags, &text, &len, &err);
    if (st == DT_OK && !make_place(&j->out, &j->out_cap, len + 1)) {
        (void)snprintf(err.text, sizeof err.text, "memory ran out");
        st = DT_E_NOMEM;
    }
    if (p->db != NULL) {
        dt_status stored =
            store_in_turn(pool, j, st == DT_OK ? doc : NULL, st == DT_OK ? &err : NULL);
        if (st == DT_OK) st = stored;
    }
    if (st != DT_OK) {
        fail_job(j, &err);
        return;
    }
    j->sentences = dt_sentence_count(doc);
    if (p->silent || p->db != NULL) return;
    memcpy(j->out, text, len);
    j->out_len = len;
}

/* ---- the pool
 * ------------------------------------------------------------------------------------- */

static void *work(void *argument)
{
    struct worker *w = argument;
    struct pool *pool = w->pool;
    (void)pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->next_work == pool->next_read && !pool->closing)
            (void)pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->next_work == pool->next_read) break;
        struct job *j = &pool->jobs[pool->next_work++ % pool->n_jobs];
        j->state = JOB_RUNNING;
        (void)pthread_mutex_unlock(&pool->lock);
        run_job(pool, w->coder, j);
        (void)pthread_mutex_lock(&pool->lock);
        j->state = JOB_DONE;
        if (j->number == pool->awaited) (void)pthread_cond_signal(&pool->done);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

static void write_out(struct pool *pool, const struct job *j)
{
    struct pipeline *p = pool->p;
    if (j->unused) {
        p->unused++;
        if (pool->status == EXIT_DONE) pool->status = EXIT_SOME_UNUSED;
        complain("%s", j->complaint);
        return;
    }
    p->stories++;
    p->sentences += j->sentences;
    p->words += j->words;
    p->bytes += j->bytes;
    if (j->out_len == 0 || pool->broken) return;
    if (fwrite(j->out, 1, j->out_len, stdout) != j->out_len) {
        if (errno != EPIPE) complain("standard output could not be written: %s", strerror(errno));
        pool->broken = true;
    }
}

/* Sleeps until the job of that number is done. The lock is held on entry and on return. */
static void await_job(struct pool *pool, size_t number)
{
    pool->awaited = number;
    while (pool->jobs[number % pool->n_jobs].state != JOB_DONE)
        (void)pthread_cond_wait(&pool->done, &pool->lock);
}

/* Waits for the oldest job and writes it. The lock is held on entry and on return. */
static void write_oldest(struct pool *pool)
{
    struct job *j = &pool->jobs[pool->next_write % pool->n_jobs];
    await_job(pool, pool->next_write);
    (void)pthread_mutex_unlock(&pool->lock);
    write_out(pool, j);
    (void)pthread_mutex_lock(&pool->lock);
    j->state = JOB_FREE;
    pool->next_write++;
}

static bool submit(struct pool *pool, const dt_reader *reader, const char *record, size_t len,
                   size_t line)
{
    (void)pthread_mutex_lock(&pool->lock);
    if (pool->next_read - pool->next_write == pool->n_jobs)
        await_job(pool, pool->next_write + pool->n_jobs / 2);
    while (pool->next_write < pool->next_read &&
           (pool->next_read - pool->next_write == pool->n_jobs ||
            pool->jobs[pool->next_write % pool->n_jobs].state == JOB_DONE))
        write_oldest(pool);
    struct job *j = &pool->jobs[pool->next_read % pool->n_jobs];
    bool ok = make_place(&j->record, &j->record_cap, len + 1);
    if (!ok) {
        complain("memory ran out");
        pool->broken = true;
    }
    ok = ok && !pool->broken;
    if (ok) {
        memcpy(j->record, record, len);
        j->record_len = len;
        j->line = line;
        j->reader = reader;
        j->state = JOB_READY;
        j->number = pool->next_read++;
        (void)pthread_cond_signal(&pool->work);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return ok;
}

static void drain(struct pool *pool)
{
    (void)pthread_mutex_lock(&pool->lock);
    while (pool->next_write < pool->next_read)
        write_oldest(pool);
    (void)pthread_mutex_unlock(&pool->lock);
}

/* ---- progress
 * ------------------------------------------------------------------------------------- */

struct progress {
    bool on;
    double begin, shown;
};

static void show_progress(struct progress *g, const struct pool *pool, const dt_reader *reader)
{
    double now = now_seconds();
    if (!g->on || now - g->begin < 1 || now - g->shown < 0.2) return;
    size_t done = pool->p->stories + pool->p->unused, at = dt_reader_position(reader),
           all = dt_reader_size(reader);
    double rate = (double)done / (now - g->begin);
    (void)fprintf(stderr, "\r%zu stories, %.0f/s", done, rate);
    if (all != 0 && at != 0)
        (void)fprintf(stderr, ", %.0f s left  ",
                      (now - g->begin) * (double)(all - at) / (double)at);
    (void)fflush(stderr);
    g->shown = now;
}

/* ---- files
 * ---------------------------------------------------------------------------------------- */

static void read_file(struct pool *pool, const char *path, struct progress *progress)
{
    dt_reader *reader = NULL;
    dt_error err;
    if (dt_reader_open(path, pool->p->options->date, &reader, &err) != DT_OK) {
        complain("%s", err.text);
        pool->status = err.code == DT_E_ARG ? EXIT_WRONG_CALL : EXIT_SOME_UNUSED;
        return;
    }
    if (pool->p->kind == RECORD_CONLLU || pool->p->options->plain_text) dt_reader_whole(reader);
    for (;;) {
        const char *record = NULL;
        size_t len = 0, line = 0;
        if (dt_reader_next(reader, &record, &len, &line, &err) != DT_OK) {
            complain("%s", err.text);
            if (pool->status == EXIT_DONE) pool->status = EXIT_SOME_UNUSED;
            break;
        }
        if (record == NULL || !submit(pool, reader, record, len, line)) break;
        show_progress(progress, pool, reader);
    }
    drain(pool); /* jobs point to the reader */
    dt_reader_close(reader);
}

static bool start_workers(struct pool *pool, struct worker *workers, int n)
{
    for (int i = 0; i < n; i++) {
        workers[i].pool = pool;
        workers[i].coder = open_coder(pool->p->options, pool->p->model, false, &pool->status);
        if (workers[i].coder == NULL) return false;
        if (pool->p->silent) dt_coder_time(workers[i].coder, 1);
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) {
            complain("a thread could not be started");
            pool->status = EXIT_IMPOSSIBLE;
            return false;
        }
        workers[i].started = true;
    }
    return true;
}

static void stop_workers(struct pool *pool, struct worker *workers, int n)
{
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    (void)pthread_cond_broadcast(&pool->work);
    (void)pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < n; i++) {
        if (workers[i].started) (void)pthread_join(workers[i].thread, NULL);
        for (size_t k = 0; workers[i].coder != NULL && k < dt_stage_count(); k++)
            pool->p->stage_seconds[k] += dt_stage_seconds(workers[i].coder, k);
        dt_coder_free(workers[i].coder);
    }
}

static void run_pool(struct pool *pool, struct worker *workers, int n)
{
    struct pipeline *p = pool->p;
    struct progress progress = {!p->options->quiet && isatty(STDERR_FILENO) && !p->silent,
                                now_seconds(), 0};
    if (start_workers(pool, workers, n)) {
        if (p->options->n_files == 0) read_file(pool, "-", &progress);
        for (int i = 0; i < p->options->n_files && !pool->broken && pool->status != EXIT_WRONG_CALL;
             i++)
            read_file(pool, p->options->files[i], &progress);
    }
    stop_workers(pool, workers, n);
    if (progress.shown > 0) (void)fprintf(stderr, "\r%60s\r", "");
    p->seconds = now_seconds() - progress.begin;
    if (pool->broken) pool->status = EXIT_IMPOSSIBLE;
}

enum exit_status pipeline_run(struct pipeline *p)
{
    int n = p->options->threads > 0 ? p->options->threads : core_count();
    struct pool pool = {.p = p,
                        .n_jobs = (size_t)n * 16,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .work = PTHREAD_COND_INITIALIZER,
                        .done = PTHREAD_COND_INITIALIZER,
                        .stored = PTHREAD_COND_INITIALIZER};
    struct worker *workers = calloc((size_t)n, sizeof *workers);
    pool.jobs = calloc(pool.n_jobs, sizeof *pool.jobs);
    if (workers == NULL || pool.jobs == NULL) {
        complain("memory ran out");
        pool.status = EXIT_IMPOSSIBLE;
    } else {
        run_pool(&pool, workers, n);
    }
    for (size_t i = 0; pool.jobs != NULL && i < pool.n_jobs; i++) {
        free(pool.jobs[i].record);
        free(pool.jobs[i].out);
    }
    free(pool.jobs);
    free(workers);
    return p->silent ? pool.status : finish_output(pool.status);
}
