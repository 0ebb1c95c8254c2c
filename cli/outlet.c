/* outlet.c - where a run's records go: standard output, a file (--output), a database (--db).
 *
 * A file is written as FILE.part and gets its name when it is whole. Beside it lies
 * FILE.part.state: the run's key, how many records of the input have been dealt with, and how many
 * bytes they made. It is replaced as one (rename) after the bytes have reached the disk, about once
 * a second; so whatever ends the program, --resume cuts FILE.part to bytes that are whole and goes
 * on behind them. A database keeps the same in its own transactions. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pipeline.h"

#define SECONDS_BETWEEN 0.5

struct outlet {
    const char *path;           /* as it was given; NULL: standard output */
    char *part, *state, *draft; /* FILE.part, FILE.part.state, and that before it is renamed */
    const char *key;
    FILE *to; /* NULL: a database */
    dt_db *db;
    dt_columns *columns;
    size_t records;    /* dealt with, all of them written */
    double checkpoint; /* when the last one was made */
    bool broken;       /* said already */
};

static enum exit_status could_not(const char *what, const char *path)
{
    complain("%s could not be %s: %s", path, what, strerror(errno));
    return EXIT_IMPOSSIBLE;
}

/* ---- the state of a file that is being written ---- */

/* False where there is none, or one that cannot be read. */
static bool read_state(const struct outlet *o, char key[64], size_t *records,
                       unsigned long long *bytes)
{
    FILE *from = fopen(o->state, "r");
    if (from == NULL) return false;
    bool whole = fscanf(from, "detente %63s %zu %llu\n", key, records, bytes) == 3;
    (void)fclose(from);
    return whole;
}

static bool write_state(const struct outlet *o, unsigned long long bytes)
{
    FILE *to = fopen(o->draft, "w");
    if (to == NULL) return false;
    bool written = fprintf(to, "detente %s %zu %llu\n", o->key, o->records, bytes) > 0;
    written = fflush(to) == 0 && fsync(fileno(to)) == 0 && written;
    written = fclose(to) == 0 && written;
    return written && rename(o->draft, o->state) == 0;
}

static bool keep_state(struct outlet *o)
{
    if (fflush(o->to) != 0 || fsync(fileno(o->to)) != 0) return false;
    off_t bytes = ftello(o->to);
    o->checkpoint = now_seconds();
    return bytes >= 0 && write_state(o, (unsigned long long)bytes);
}

/* ---- opening ---- */

static char *joined(const char *path, const char *ending)
{
    size_t len = strlen(path), more = strlen(ending) + 1;
    char *name = malloc(len + more);
    if (name == NULL) return NULL;
    memcpy(name, path, len);
    memcpy(name + len, ending, more);
    return name;
}

/* Something that cannot be renamed: a pipe, a terminal, /dev/null. */
static bool is_device(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode);
}

static bool is_input(const char *path, const struct options *options)
{
    struct stat one, other;
    if (stat(path, &one) != 0) return false;
    for (int i = 0; i < options->n_files; i++)
        if (stat(options->files[i], &other) == 0 && one.st_dev == other.st_dev &&
            one.st_ino == other.st_ino)
            return true;
    return false;
}

static enum exit_status begin_file(struct outlet *o)
{
    (void)remove(o->state);
    o->to = fopen(o->part, "wb");
    return o->to != NULL ? EXIT_DONE : could_not("written", o->part);
}

static enum exit_status go_on(struct outlet *o, size_t *done, bool *complete)
{
    char key[64];
    size_t records = 0;
    unsigned long long bytes = 0;
    if (access(o->part, F_OK) != 0 && access(o->path, F_OK) == 0) {
        *complete = true;
        return EXIT_DONE;
    }
    if (!read_state(o, key, &records, &bytes))
        return begin_file(o); /* killed before the first one */
    if (strcmp(key, o->key) != 0) {
        complain("%s was begun with other inputs, options or knowledge; give those, or begin anew "
                 "without --resume",
                 o->part);
        return EXIT_WRONG_CALL;
    }
    o->to = fopen(o->part, "r+b");
    if (o->to == NULL) return could_not("written", o->part);
    struct stat info;
    if (fstat(fileno(o->to), &info) != 0 || (unsigned long long)info.st_size < bytes) {
        complain("%s is shorter than its state says; begin anew without --resume", o->part);
        return EXIT_IMPOSSIBLE;
    }
    if (ftruncate(fileno(o->to), (off_t)bytes) != 0 || fseeko(o->to, 0, SEEK_END) != 0)
        return could_not("cut", o->part);
    *done = o->records = records;
    return EXIT_DONE;
}

static enum exit_status open_path(struct outlet *o, const struct options *options, size_t *done,
                                  bool *complete)
{
    if (is_device(o->path)) {
        o->to = fopen(o->path, "wb");
        return o->to != NULL ? EXIT_DONE : could_not("written", o->path);
    }
    o->part = joined(o->path, ".part");
    o->state = joined(o->path, ".part.state");
    o->draft = joined(o->path, ".part.state.new");
    if (o->part == NULL || o->state == NULL || o->draft == NULL) {
        complain("memory ran out");
        return EXIT_IMPOSSIBLE;
    }
    if (is_input(o->path, options)) {
        complain("--output %s would overwrite the input", o->path);
        return EXIT_WRONG_CALL;
    }
    return options->resume ? go_on(o, done, complete) : begin_file(o);
}

/* A file of columns is not resumed: what was written of it cannot be read without its end. */
static enum exit_status open_columns(struct outlet *o, const struct options *options)
{
    dt_error err;
    int flags = options->dyads ? DT_RENDER_DYADS : 0;
    if (o->to == stdout && isatty(STDOUT_FILENO)) {
        complain("this format is not for a terminal; give --output FILE, or a pipe");
        return EXIT_WRONG_CALL;
    }
    const char *path = o->to == stdout ? "-" : o->part != NULL ? o->part : o->path;
    if (o->to != stdout) (void)fclose(o->to);
    o->to = NULL;
    dt_status st = dt_columns_open(path, (dt_format)options->format, flags, &o->columns, &err);
    return st == DT_OK ? EXIT_DONE : give_up(&err);
}

static enum exit_status open_database(struct outlet *o, const struct options *options, size_t *done)
{
    dt_error err;
    const dt_db_options how = {.size = sizeof how, .no_text = options->no_text};
    dt_status st = dt_db_open_with(options->db, &how, &o->db, &err);
    if (st == DT_OK && options->resume) st = dt_db_progress(o->db, o->key, done, &err);
    o->records = *done;
    return st == DT_OK ? EXIT_DONE : give_up(&err);
}

static enum exit_status refuse_resume(void)
{
    complain("--resume wants --db or --output FILE: standard output cannot be taken up again");
    return EXIT_WRONG_CALL;
}

enum exit_status outlet_open(const struct options *options, const char *key, struct outlet **out,
                             size_t *done, bool *complete)
{
    struct outlet *o = calloc(1, sizeof *o);
    *out = o;
    *done = 0;
    *complete = false;
    if (o == NULL) {
        complain("memory ran out");
        return EXIT_IMPOSSIBLE;
    }
    o->path = options->output != NULL && strcmp(options->output, "-") != 0 ? options->output : NULL;
    o->key = key;
    o->checkpoint = now_seconds();
    if (options->db != NULL) return open_database(o, options, done);
    enum exit_status status = EXIT_DONE;
    if (o->path != NULL)
        status = open_path(o, options, done, complete);
    else if (options->resume)
        return refuse_resume();
    else
        o->to = stdout;
    bool columns = options->format == DT_FORMAT_PARQUET || options->format == DT_FORMAT_ARROW ||
                   options->format == DT_FORMAT_ARROW_STREAM;
    return status == EXIT_DONE && columns ? open_columns(o, options) : status;
}

/* ---- writing ---- */

bool outlet_takes_rows(const struct outlet *o)
{
    return o->db != NULL;
}

const dt_columns *outlet_columns(const struct outlet *o)
{
    return o->columns;
}

static bool library_took(struct outlet *o, dt_status st, const dt_error *err)
{
    if (st == DT_OK) return true;
    if (!o->broken) complain("%s", err->text);
    o->broken = true;
    return false;
}

bool outlet_put(struct outlet *o, const dt_rows *rows)
{
    dt_error err;
    const dt_status st = dt_db_put_rows(o->db, rows, &err);
    return library_took(o, st, &err);
}

/* Who closes the pipe knows it. */
static bool complain_once(struct outlet *o)
{
    const char *path = o->path == NULL ? "standard output" : o->part != NULL ? o->part : o->path;
    if (!o->broken && errno != EPIPE) (void)could_not("written", path);
    o->broken = true;
    return false;
}

bool outlet_write(struct outlet *o, const char *text, size_t len)
{
    dt_error err;
    if (len != 0 && o->columns != NULL) {
        const dt_status st = dt_columns_take(o->columns, text, len, &err);
        return library_took(o, st, &err);
    }
    if (len == 0 || fwrite(text, 1, len, o->to) == len) return true;
    return complain_once(o);
}

size_t outlet_size(const struct outlet *o)
{
    off_t bytes = o->part != NULL && o->to != NULL ? ftello(o->to) : 0;
    return bytes > 0 ? (size_t)bytes : 0;
}

bool outlet_note(struct outlet *o, size_t records)
{
    dt_error err;
    o->records = records;
    if (o->db != NULL) {
        const dt_status st = dt_db_note_progress(o->db, o->key, records, &err);
        return library_took(o, st, &err);
    }
    if (o->part == NULL || o->to == NULL || now_seconds() - o->checkpoint < SECONDS_BETWEEN)
        return true;
    return keep_state(o) || complain_once(o);
}

/* ---- closing ---- */

static bool finish_file(struct outlet *o, bool whole)
{
    if (o->part == NULL) return fflush(o->to) == 0 && !ferror(o->to);
    if (!keep_state(o)) return false;
    if (!whole) return true; /* --resume goes on from here */
    return rename(o->part, o->path) == 0 && remove(o->state) == 0;
}

static enum exit_status close_text(struct outlet *o, bool whole, enum exit_status so_far)
{
    bool done = !o->broken && (finish_file(o, whole) || complain_once(o));
    if (o->to != stdout && fclose(o->to) != 0 && done) done = complain_once(o);
    return done ? so_far : EXIT_IMPOSSIBLE;
}

static enum exit_status close_columns(struct outlet *o, bool whole, enum exit_status so_far)
{
    dt_error err;
    if (dt_columns_close(o->columns, &err) != DT_OK)
        so_far = o->broken ? EXIT_IMPOSSIBLE : give_up(&err); /* it was said */
    if (o->part == NULL) return so_far;
    whole = whole && so_far <= EXIT_SOME_UNUSED && !o->broken;
    if (whole ? rename(o->part, o->path) == 0 : remove(o->part) == 0) return so_far;
    return could_not("finished", o->path);
}

enum exit_status outlet_close(struct outlet *o, bool whole, enum exit_status so_far)
{
    dt_error err;
    enum exit_status status = so_far;
    if (o == NULL) return so_far;
    if (o->to != NULL) status = close_text(o, whole, so_far);
    if (o->columns != NULL) status = close_columns(o, whole, so_far);
    if (dt_db_close(o->db, &err) != DT_OK) status = o->broken ? EXIT_IMPOSSIBLE : give_up(&err);
    free(o->part);
    free(o->state);
    free(o->draft);
    free(o);
    return status;
}
