/* pipeline.c - many stories on many threads, output in input order.
 *
 * A ring of jobs: one thread reads records into free jobs, workers code them, the reader's thread
 * writes finished ones in order. When the ring is full, it sleeps until half of it is done: to wake
 * it for every story would cost a hundredth of the time. Nor does it read on while the records in
 * the ring are large (FLIGHT_MOST). Each worker has a coder; output buffers are kept, so the steady
 * state allocates nothing of its own.
 *
 * Records are counted as they are read, those that are left out, too: by that number an interrupted
 * run goes on (outlet.c), and a shard takes its own. */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "foreign.h"
#include "pipeline.h"

enum { FLIGHT_MOST = 64 << 20 /* bytes of records in the ring */ };

enum { NOTES_SHOWN = 20 };

enum job_state { JOB_FREE, JOB_READY, JOB_RUNNING, JOB_DONE };

struct job {
    enum job_state state;
    size_t number;  /* 0, 1, ... in input order */
    size_t records; /* of the input up to it and with it */
    char *record;   /* a copy of the input record */
    size_t record_len, record_cap;
    size_t line;
    const dt_reader *reader;
    dt_rows *rows; /* what a database takes, or NULL */
    char *out;     /* what is to be written */
    size_t out_len, out_cap;
    size_t sentences, words, events, unplaced;
    bool undated; /* nobody gave the story a day, and none could be worked out */
    enum fate fate;
    dt_error failure; /* where its fate is FATE_UNUSED */
};

struct pool {
    struct pipeline *p;
    struct job *jobs;
    size_t n_jobs, next_read, next_work, next_write; /* counters; modulo n_jobs in the ring */
    size_t awaited;  /* number of the job that the reader's thread sleeps for */
    size_t undated;  /* stories without a day */
    size_t unplaced; /* events that a map cannot show */
    bool listed;     /* a collection has a first feature */
    size_t records;  /* read so far */
    size_t flight;   /* bytes of the records in the ring */
    struct selection selection;
    struct retold *retold; /* NULL: all stories are taken */
    struct outlet *outlet; /* NULL: nothing is written */
    struct report report;
    struct foreign_count foreign;
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    const char *path;     /* the file that is being read */
    bool closing, broken; /* no more jobs; output failed */
    bool whole;           /* the input came to its end */
    enum exit_status status;
    int date_order;          /* what the dates of earlier files told */
    char *said[NOTES_SHOWN]; /* notes on files, so that none is printed twice */
    size_t n_said, n_unsaid;
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

double now_seconds(void)
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

/* ---- one story ---- */

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

static dt_status no_memory(dt_error *err)
{
    (void)snprintf(err->text, sizeof err->text, "memory ran out");
    return DT_E_NOMEM;
}

/* Reads the record, and sets its fate where the story is not taken. */
static dt_status take_story(struct pool *pool, dt_coder *coder, struct job *j, dt_story *story,
                            size_t source[2], size_t target[2], dt_error *err)
{
    const struct pipeline *p = pool->p;
    dt_status st =
        p->kind == RECORD_PAIR
            ? dt_record_pair(coder, j->reader, j->record, j->record_len, j->line, story, source,
                             target, err)
            : dt_record_story(coder, j->reader, j->record, j->record_len, j->line, story, err);
    if (st == DT_OK) j->fate = selection_judge(&pool->selection, story);
    if (pool->retold == NULL) return st;
    bool told = false, taken = st == DT_OK && j->fate == FATE_CODED;
    dt_error unasked;
    dt_status asked =
        retold_ask(pool->retold, j->number, taken ? story : NULL, &told, taken ? err : &unasked);
    if (told) j->fate = FATE_TWIN;
    return taken ? asked : st;
}

static dt_status keep_output(struct job *j, const char *text, size_t len, dt_error *err)
{
    if (!make_place(&j->out, &j->out_cap, len + 1)) return no_memory(err);
    memcpy(j->out, text, len);
    j->out_len = len;
    return DT_OK;
}

static dt_status print_story(dt_coder *coder, struct job *j, const dt_story *story, dt_error *err)
{
    const char *text = "";
    size_t len = 0;
    dt_status st = dt_story_json(coder, story, &text, &len, err);
    return st == DT_OK ? keep_output(j, text, len, err) : st;
}

/* Makes a document of the record, where the story is taken. */
static dt_status run_story(struct pool *pool, dt_coder *coder, struct job *j, const dt_doc **doc,
                           dt_error *err)
{
    struct pipeline *p = pool->p;
    dt_story story = {.size = sizeof story};
    size_t source[2], target[2];
    dt_status st = take_story(pool, coder, j, &story, source, target, err);
    if (st != DT_OK || j->fate != FATE_CODED) return st;
    if (p->kind == RECORD_STORY) return print_story(coder, j, &story, err);
    if (p->sink != NULL) story.title = NULL; /* what they cut out is of the text */
    switch (p->kind) {
    case RECORD_PAIR: st = dt_classify(coder, &story, source, target, doc, err); break;
    case RECORD_CODE: st = dt_code(coder, &story, doc, err); break;
    default: st = dt_parse(coder, &story, p->kind == RECORD_CONLLU, doc, err);
    }
    if (st == DT_OK && p->silent) j->words = count_words(story.text, story.text_len);
    if (st == DT_OK && p->sink != NULL &&
        !p->sink->note(*doc, story.text, &j->out, &j->out_len, &j->out_cap))
        st = no_memory(err);
    return st;
}

/* The rows that are put in input order, so that of two stories with one id the later one stays. */
static dt_status pack_job(struct job *j, const dt_doc *doc, dt_error *err)
{
    dt_status st = j->rows != NULL ? DT_OK : dt_rows_new(&j->rows, err);
    return st == DT_OK ? dt_rows_pack(j->rows, doc, err) : st;
}

/* Renders the document, or packs it for a file of columns, and keeps the text, which is the
 * coder's, in the job. */
static dt_status render_job(const struct pool *pool, dt_coder *coder, struct job *j,
                            const dt_doc *doc, dt_error *err)
{
    const struct pipeline *p = pool->p;
    const dt_columns *columns = pool->outlet != NULL ? outlet_columns(pool->outlet) : NULL;
    const char *text = "";
    size_t len = 0;
    dt_status st = columns != NULL ? dt_columns_pack(columns, coder, doc, &text, &len, err)
                                   : dt_render(coder, doc, p->format, p->flags, &text, &len, err);
    return st == DT_OK && !p->silent ? keep_output(j, text, len, err) : st;
}

/* The story has no day, and something in it hangs on that: an event or a time without one. */
static bool lacks_date(const dt_doc *doc)
{
    if (dt_story_date(doc) != NULL) return false;
    for (size_t i = 0; i < dt_event_count(doc); i++)
        if (dt_event_date(doc, i) == NULL) return true;
    for (size_t i = 0; i < dt_time_count(doc); i++)
        if (dt_time_value(doc, i) != NULL && dt_time_value(doc, i)[0] == 'X') return true;
    return false;
}

static bool is_map(dt_format format)
{
    return format == DT_FORMAT_GEOJSON || format == DT_FORMAT_GEOJSONL;
}

static size_t count_unplaced(const dt_doc *doc)
{
    size_t n = 0;
    for (size_t i = 0; i < dt_event_count(doc); i++)
        n += dt_event_place_name(doc, i) == NULL;
    return n;
}

static void run_job(struct pool *pool, dt_coder *coder, struct job *j)
{
    struct pipeline *p = pool->p;
    const dt_doc *doc = NULL;
    dt_error *err = &j->failure;
    j->out_len = 0;
    j->fate = FATE_CODED;
    dt_status st = run_story(pool, coder, j, &doc, err);
    if (st != DT_OK) doc = NULL;
    if (doc != NULL && pool->outlet != NULL && outlet_takes_rows(pool->outlet))
        st = pack_job(j, doc, err);
    else if (doc != NULL && p->sink == NULL)
        st = render_job(pool, coder, j, doc, err);
    err->code = st;
    if (st != DT_OK) j->fate = st == DT_E_LANGUAGE ? FATE_FOREIGN : FATE_UNUSED;
    if (j->fate != FATE_CODED) return;
    j->sentences = dt_sentence_count(doc);
    j->events = dt_event_count(doc);
    j->unplaced = is_map(p->format) ? count_unplaced(doc) : 0;
    j->undated = p->kind == RECORD_CODE && p->sink == NULL && lacks_date(doc);
}

/* ---- the pool ---- */

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

static void worsen(struct pool *pool, enum exit_status status)
{
    if (status > pool->status) pool->status = status;
}

static void tell_failure(const struct pool *pool, const struct job *j)
{
    if (j->failure.code == DT_E_NOMEM) /* too much for this one; it has no place in its text */
        complain("%s:%zu: %s", pool->path, j->line, j->failure.text);
    else
        complain("%s", j->failure.text);
}

static void count_job(struct pool *pool, const struct job *j)
{
    struct pipeline *p = pool->p;
    pool->report.fates[j->fate]++;
    if (j->fate == FATE_FOREIGN) foreign_note(&pool->foreign, j->failure.text);
    if (j->fate == FATE_UNUSED) {
        p->unused++;
        worsen(pool, EXIT_SOME_UNUSED);
        tell_failure(pool, j);
    }
    if (j->fate != FATE_CODED) return;
    p->stories++;
    p->sentences += j->sentences;
    p->words += j->words;
    pool->report.events += j->events;
    pool->undated += j->undated;
    pool->unplaced += j->unplaced;
}

/* In a collection a comma stands before every feature but the first. */
static bool write_text(struct pool *pool, const struct job *j)
{
    bool first = pool->p->format == DT_FORMAT_GEOJSON && !pool->listed && j->out_len != 0;
    if (first) pool->listed = true;
    return outlet_write(pool->outlet, j->out + first, j->out_len - first);
}

static void write_out(struct pool *pool, const struct job *j)
{
    const struct pipeline_sink *sink = pool->p->sink;
    count_job(pool, j);
    if (pool->broken) return;
    if (sink != NULL) {
        if (j->fate != FATE_CODED || j->out_len == 0 ||
            sink->take(sink->context, j->out, j->out_len))
            return;
        complain("memory ran out");
        pool->broken = true;
    } else if (pool->outlet != NULL) {
        bool ok = j->fate != FATE_CODED ||
                  (outlet_takes_rows(pool->outlet) ? outlet_put(pool->outlet, j->rows)
                                                   : write_text(pool, j));
        if (!ok || !outlet_note(pool->outlet, j->records)) pool->broken = true;
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
    pool->flight -= j->record_len;
    pool->next_write++;
}

/* Makes room for a record of so many bytes. The lock is held on entry and on return. */
static void make_room(struct pool *pool, size_t len)
{
    if (pool->next_read - pool->next_write == pool->n_jobs)
        await_job(pool, pool->next_write + pool->n_jobs / 2);
    while (pool->next_write < pool->next_read &&
           (pool->next_read - pool->next_write == pool->n_jobs ||
            pool->flight + len > FLIGHT_MOST ||
            pool->jobs[pool->next_write % pool->n_jobs].state == JOB_DONE))
        write_oldest(pool);
}

static bool submit(struct pool *pool, const dt_reader *reader, const char *record, size_t len,
                   size_t line)
{
    (void)pthread_mutex_lock(&pool->lock);
    make_room(pool, len);
    struct job *j = &pool->jobs[pool->next_read % pool->n_jobs];
    bool ok = make_place(&j->record, &j->record_cap, len + 1);
    if (!ok) {
        complain("%s:%zu: memory ran out", pool->path, line);
        pool->broken = true;
    }
    ok = ok && !pool->broken;
    if (ok) {
        memcpy(j->record, record, len);
        j->record_len = len;
        j->line = line;
        j->reader = reader;
        j->records = pool->records;
        j->state = JOB_READY;
        j->number = pool->next_read++;
        pool->flight += len;
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

/* ---- progress ---- */

struct progress {
    bool on;
    double begin, shown;
};

static void show_progress(struct progress *g, const struct pool *pool, const dt_reader *reader)
{
    double now = now_seconds();
    if (!g->on || now - g->begin < 1 || now - g->shown < 0.2) return;
    size_t done = pool->next_write, at = dt_reader_position(reader), all = dt_reader_size(reader);
    double rate = (double)done / (now - g->begin);
    (void)fprintf(stderr, "\r%zu stories, %.0f/s", done, rate);
    if (all != 0 && at != 0)
        (void)fprintf(stderr, ", %.0f s left  ",
                      (now - g->begin) * (double)(all - at) / (double)at);
    (void)fflush(stderr);
    g->shown = now;
}

/* ---- files ---- */

/* A file that cannot be opened or read is one input of many; any other failure ends the work. */
static void lose_file(struct pool *pool, const dt_error *err)
{
    enum exit_status status = give_up(err);
    worsen(pool, err->code == DT_E_OPEN || err->code == DT_E_READ ? EXIT_SOME_UNUSED : status);
}

/* Whether the record that was just counted is for this run: not done before, and of its shard. */
static bool is_ours(const struct pool *pool)
{
    return pool->records > pool->report.resumed &&
           (pool->records - 1) % pool->selection.shards == pool->selection.shard;
}

/* Prints a note on a file once a run; of very many, the first ones. */
static void tell_note(struct pool *pool, const char *note)
{
    if (pool->p->options->quiet) return;
    for (size_t i = 0; i < pool->n_said; i++)
        if (strcmp(pool->said[i], note) == 0) return;
    if (pool->n_said == NOTES_SHOWN) {
        pool->n_unsaid++;
        return;
    }
    size_t size = strlen(note) + 1;
    char *copy = malloc(size);
    if (copy != NULL) pool->said[pool->n_said++] = memcpy(copy, note, size);
    complain("%s", note);
}

static void tell_notes(struct pool *pool, const dt_reader *reader, size_t *told)
{
    for (size_t n = dt_reader_note_count(reader); *told < n; ++*told)
        tell_note(pool, dt_reader_note(reader, *told));
}

static void forget_notes(struct pool *pool)
{
    if (pool->n_unsaid != 0) complain("%zu more notes on files are not shown", pool->n_unsaid);
    for (size_t i = 0; i < pool->n_said; i++)
        free(pool->said[i]);
}

static void read_records(struct pool *pool, dt_reader *reader, struct progress *progress)
{
    const char *record = NULL;
    size_t told = 0;
    size_t len = 0, line = 0;
    dt_error err;
    while (!interrupted()) {
        if (dt_reader_next(reader, &record, &len, &line, &err) != DT_OK) {
            if (!interrupted()) lose_file(pool, &err); /* a signal breaks reads off, too */
            return;
        }
        if (record == NULL) drain(pool); /* what was wrong comes first, then what is said of all */
        tell_notes(pool, reader, &told);
        if (record == NULL) return;
        pool->records++;
        if (is_ours(pool) && !submit(pool, reader, record, len, line)) return;
        show_progress(progress, pool, reader);
    }
}

static void read_file(struct pool *pool, const char *path, struct progress *progress)
{
    dt_reader *reader = NULL;
    dt_error err;
    const struct options *o = pool->p->options;
    dt_reader_options how = {.size = sizeof how};
    how.date = o->date;
    how.date_order = o->date_order != 0 ? o->date_order : pool->date_order;
    how.record_most = (size_t)o->max_record << 20;
    how.text_column = o->text_column;
    how.title_column = o->title_column;
    how.date_column = o->date_column;
    how.id_column = o->id_column;
    how.publisher_column = o->publisher_column;
    how.url_column = o->url_column;
    how.lang_column = o->lang_column;
    how.whole = pool->p->kind == RECORD_CONLLU || o->plain_text;
    if (dt_reader_open_with(path, &how, &reader, &err) != DT_OK) {
        lose_file(pool, &err);
        return;
    }
    pool->path = strcmp(path, "-") == 0 ? "standard input" : path;
    read_records(pool, reader, progress);
    drain(pool); /* jobs point to the reader */
    pool->date_order = dt_reader_date_order(reader);
    dt_reader_close(reader);
}

static enum exit_status start_workers(struct pool *pool, struct worker *workers, int n)
{
    for (int i = 0; i < n; i++) {
        workers[i].pool = pool;
        enum exit_status status =
            open_coder(pool->p->options, pool->p->model, pool->p->sink != NULL, &workers[i].coder);
        if (status != EXIT_DONE) return status;
        if (pool->p->stage_seconds != NULL) dt_coder_time(workers[i].coder, 1);
        if (pthread_create(&workers[i].thread, NULL, work, &workers[i]) != 0) {
            complain("a thread could not be started");
            return EXIT_IMPOSSIBLE;
        }
        workers[i].started = true;
    }
    return EXIT_DONE;
}

static void stop_workers(struct pool *pool, struct worker *workers, int n)
{
    (void)pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    (void)pthread_cond_broadcast(&pool->work);
    (void)pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < n; i++) {
        if (workers[i].started) (void)pthread_join(workers[i].thread, NULL);
        double *seconds = workers[i].coder != NULL ? pool->p->stage_seconds : NULL;
        for (size_t k = 0; seconds != NULL && k < dt_stage_count(); k++)
            seconds[k] += dt_stage_seconds(workers[i].coder, k);
        dt_coder_free(workers[i].coder);
    }
}

static void read_files(struct pool *pool, struct progress *progress)
{
    const struct options *o = pool->p->options;
    if (o->n_files == 0) read_file(pool, "-", progress);
    for (int i = 0; i < o->n_files && !pool->broken && pool->status <= EXIT_SOME_UNUSED; i++)
        read_file(pool, o->files[i], progress);
    pool->whole = !interrupted() && !pool->broken && pool->status <= EXIT_SOME_UNUSED;
}

/* One line a run, whatever the number of such stories. */
static void warn_of_undated(const struct pool *pool)
{
    if (pool->undated == 0 || pool->p->options->quiet) return;
    complain(
        "no date is known of %zu of %zu stories: what they tell of \"Monday\" or \"last week\" "
        "stays without a day; give \"date\" in the story, or --date",
        pool->undated, pool->p->stories);
}

static void warn_of_unplaced(const struct pool *pool)
{
    if (pool->unplaced == 0 || pool->p->options->quiet) return;
    complain("%zu of %zu events have no place and are not on the map", pool->unplaced,
             pool->report.events);
}

static void run_pool(struct pool *pool, struct worker *workers, int n)
{
    struct pipeline *p = pool->p;
    struct progress progress = {!p->options->quiet && isatty(STDERR_FILENO), now_seconds(), 0};
    pool->status = start_workers(pool, workers, n);
    if (pool->status == EXIT_DONE) read_files(pool, &progress);
    stop_workers(pool, workers, n);
    if (progress.shown > 0) (void)fprintf(stderr, "\r%60s\r", "");
    pool->report.seconds = p->seconds = now_seconds() - progress.begin;
    warn_of_undated(pool);
    forget_notes(pool);
    if (!p->options->quiet) foreign_tell(&pool->foreign, p->stories + pool->foreign.n);
    warn_of_unplaced(pool);
    if (pool->broken) pool->status = EXIT_IMPOSSIBLE;
}

/* The ring and its threads. */
static void run_threads(struct pool *pool)
{
    const struct options *o = pool->p->options;
    int n = o->threads > 0 ? o->threads : core_count();
    pool->n_jobs = (size_t)n * 16;
    struct worker *workers = calloc((size_t)n, sizeof *workers);
    pool->jobs = calloc(pool->n_jobs, sizeof *pool->jobs);
    if (workers == NULL || pool->jobs == NULL) {
        complain("memory ran out");
        pool->status = EXIT_IMPOSSIBLE;
    } else {
        run_pool(pool, workers, n);
    }
    for (size_t i = 0; pool->jobs != NULL && i < pool->n_jobs; i++) {
        free(pool->jobs[i].record);
        dt_rows_free(pool->jobs[i].rows);
        free(pool->jobs[i].out);
    }
    free(pool->jobs);
    free(workers);
}

/* What stands before the first record. */
static void write_head(struct pool *pool)
{
    const struct pipeline *p = pool->p;
    const char *head = dt_format_header(p->format);
    char line[HEADER_CAP] = "";
    if (outlet_takes_rows(pool->outlet) || outlet_columns(pool->outlet) != NULL) return;
    if (pool->report.resumed != 0) {
        pool->listed = outlet_size(pool->outlet) > strlen(head);
        return;
    }
    if (p->options->header) describe_header(p->model, line, sizeof line);
    pool->broken = !outlet_write(pool->outlet, line, strlen(line)) ||
                   !outlet_write(pool->outlet, head, strlen(head));
}

/* What stands behind the last one, of a run that came to the end of its input. */
static void write_foot(struct pool *pool)
{
    const char *foot = dt_format_footer(pool->p->format);
    if (outlet_takes_rows(pool->outlet) || !pool->whole || pool->broken) return;
    if (!outlet_write(pool->outlet, foot, strlen(foot))) pool->status = EXIT_IMPOSSIBLE;
}

static void run_into_outlet(struct pool *pool)
{
    char key[RUN_KEY_CAP];
    bool complete = false;
    describe_run(pool->p->options, pool->p->model, key);
    pool->status =
        outlet_open(pool->p->options, key, &pool->outlet, &pool->report.resumed, &complete);
    if (pool->status == EXIT_DONE && !complete)
        pool->status = retold_open(pool->p->options, &pool->retold);
    if (pool->status == EXIT_DONE && !complete) {
        interrupt_catch();
        write_head(pool);
        run_threads(pool);
        write_foot(pool);
    } else if (complete && !pool->p->options->quiet) {
        complain("%s is whole: nothing is left to do", pool->p->options->output);
    }
    pool->status = retold_close(pool->retold, pool->status);
    pool->status = outlet_close(pool->outlet, pool->whole, pool->status);
    pool->status = report_print(&pool->report, pool->p->options, pool->status);
    interrupt_obey();
}

enum exit_status pipeline_run(struct pipeline *p)
{
    struct pool pool = {.p = p,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .work = PTHREAD_COND_INITIALIZER,
                        .done = PTHREAD_COND_INITIALIZER};
    if (!selection_read(p->options, &pool.selection)) return EXIT_WRONG_CALL;
    if (p->silent || p->sink != NULL)
        run_threads(&pool);
    else
        run_into_outlet(&pool);
    return pool.status;
}
