/* db.c - stories and events in a database: what SQLite and PostgreSQL share.
 *
 * Rows are packed in any thread (db_rows.h) and put by one, in order. They are gathered in
 * transactions, which end after `batch` stories or SECONDS_MOST, before the next story is put: by
 * then its caller has noted how far the input has come, and the note is in the transaction of the
 * story's rows. Keys are numbered from counters that the database keeps in the same transactions;
 * so a run that is killed and taken up again makes the same rows. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sized.h"
#include "store/db_driver.h"

enum { BATCH = 1000, BYTES_MOST = 32 << 20, SECONDS_MOST = 5, WAIT_SECONDS = 60 };

static const struct sized sized_options = {"dt_db_options", sizeof(dt_db_options),
                                           sizeof(dt_db_options)};

static double clock_seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void db_now(char out[24])
{
    struct tm parts;
    const time_t now = time(NULL);
    out[0] = '\0';
    if (gmtime_r(&now, &parts) != NULL) (void)strftime(out, 24, "%Y-%m-%d %H:%M:%S", &parts);
}

int64_t db_head_value(const dt_db *db, const struct db_row *row, enum db_head head, int64_t story)
{
    switch (head) {
    case HEAD_ID:
    case HEAD_RUN: return db->run_id;
    case HEAD_KEY: return row->table == DB_STORY ? story : db->next_event + row->event;
    case HEAD_STORY: return story;
    case HEAD_EVENT: return db->next_event + row->event;
    default: return row->number;
    }
}

bool db_is_conninfo(const char *name)
{
    static const char *const keys[] = {"postgresql://", "postgres://", "host=", "hostaddr=",
                                       "dbname=",       "service=",    "port=", "user="};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (str_starts(str_c(name), str_c(keys[i]))) return true;
    return false;
}

/* ---- opening ---- */

static dt_status check_name(const char *path, dt_error *err)
{
    if (path == NULL || path[0] == '\0')
        return err_set(err, DT_E_ARG, 0, "a database needs a name: a file, or postgresql://...");
    if (strcmp(path, ":memory:") == 0)
        return err_set(err, DT_E_ARG, 0,
                       "a database in memory (:memory:) would be gone at the end: give a file");
    return DT_OK;
}

static dt_status make_handle(const dt_db_options *options, dt_db **out, dt_error *err)
{
    dt_db_options o = {.size = sizeof o};
    dt_status st = options != NULL ? sized_read(&sized_options, options, &o, err) : DT_OK;
    if (st != DT_OK) return st;
    dt_db *db = calloc(1, sizeof *db);
    if (db == NULL) return err_nomem(err);
    db->no_text = o.no_text != 0;
    db->batch = o.batch > 0 ? o.batch : BATCH;
    db->wait_seconds = o.wait_seconds > 0 ? o.wait_seconds : WAIT_SECONDS;
    *out = db;
    return DT_OK;
}

static void free_handle(dt_db *db)
{
    db->driver->close(db);
    for (size_t i = 0; i < db->n_notes; i++)
        free(db->notes[i].input);
    free(db->notes);
    buf_free(&db->text_buf);
    rows_free(&db->packed);
    free(db->name);
    free(db);
}

dt_status dt_db_open_with(const char *path, const dt_db_options *options, dt_db **out,
                          dt_error *err)
{
    dt_db *db = NULL;
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "there was no place for the database");
    *out = NULL;
    dt_status st = check_name(path, err);
    if (st == DT_OK) st = make_handle(options, &db, err);
    if (st != DT_OK) return st;
    db->driver = db_is_conninfo(path) ? &db_postgres : &db_sqlite;
    st = db->driver->open(db, path, err);
    if (st != DT_OK) {
        free_handle(db);
        return st;
    }
    *out = db;
    return DT_OK;
}

dt_status dt_db_open(const char *path, dt_db **out, dt_error *err)
{
    return dt_db_open_with(path, NULL, out, err);
}

/* ---- transactions ---- */

/* Stories that were taken are gone; a note of progress behind them would hide it. */
static dt_status say_lost(const dt_db *db, dt_error *err)
{
    return err_set(err, DT_E_STORE, 0,
                   "the database %s had to give up a transaction; it holds what was committed "
                   "before, and must be opened again",
                   db->name);
}

static dt_status need_transaction(dt_db *db, dt_error *err)
{
    if (db->open) return DT_OK;
    dt_status st = db->driver->begin(db, err);
    if (st != DT_OK) return st;
    db->open = true;
    db->pending = 0;
    db->pending_bytes = 0;
    db->since = clock_seconds();
    return DT_OK;
}

static bool is_dirty(const dt_db *db)
{
    for (size_t i = 0; i < db->n_notes; i++)
        if (db->notes[i].dirty) return true;
    return false;
}

static bool is_due(const dt_db *db)
{
    return db->open && (db->pending >= db->batch || db->pending_bytes >= BYTES_MOST ||
                        (db->pending != 0 && clock_seconds() - db->since > SECONDS_MOST));
}

dt_status dt_db_commit(dt_db *db, dt_error *err)
{
    if (db == NULL) return err_set(err, DT_E_ARG, 0, "no database was given");
    dt_status st = DT_OK;
    if (db->lost) return say_lost(db, err);
    if (!db->open && is_dirty(db)) st = need_transaction(db, err);
    if (st != DT_OK || !db->open) return st;
    st = db->driver->commit(db, err);
    db->lost = st != DT_OK;
    for (size_t i = 0; st == DT_OK && i < db->n_notes; i++)
        db->notes[i].dirty = false;
    db->open = false;
    return st;
}

dt_status dt_db_put_rows(dt_db *db, const dt_rows *rows, dt_error *err)
{
    if (db == NULL || rows == NULL || !rows->full)
        return err_set(err, DT_E_ARG, 0, "no database, or no packed rows, were given");
    if (db->lost) return say_lost(db, err);
    dt_status st = is_due(db) ? dt_db_commit(db, err) : DT_OK;
    if (st == DT_OK) st = need_transaction(db, err);
    if (st == DT_OK) st = db->driver->put(db, rows, err);
    if (st != DT_OK) return st;
    db->pending++;
    db->pending_bytes += rows->bytes.len + rows->words.len;
    return DT_OK;
}

dt_status dt_db_put(dt_db *db, const dt_doc *doc, dt_error *err)
{
    if (db == NULL) return err_set(err, DT_E_ARG, 0, "no database was given");
    const dt_status st = dt_rows_pack(&db->packed, doc, err);
    return st == DT_OK ? dt_db_put_rows(db, &db->packed, err) : st;
}

/* ---- progress ---- */

dt_status dt_db_progress(dt_db *db, const char *input, size_t *records, dt_error *err)
{
    if (db == NULL || input == NULL || records == NULL)
        return err_set(err, DT_E_ARG, 0, "no database, or no input, was given");
    *records = 0;
    for (size_t i = 0; i < db->n_notes; i++) {
        if (strcmp(db->notes[i].input, input) != 0) continue;
        *records = db->notes[i].records;
        return DT_OK;
    }
    return db->driver->progress(db, input, records, err);
}

static dt_status add_note(dt_db *db, const char *input, dt_error *err)
{
    if (db->n_notes == db->notes_cap) {
        const size_t cap = db->notes_cap != 0 ? db->notes_cap * 2 : 16;
        struct db_note *grown = realloc(db->notes, cap * sizeof *grown);
        if (grown == NULL) return err_nomem(err);
        db->notes = grown;
        db->notes_cap = cap;
    }
    char *copy = malloc(strlen(input) + 1);
    if (copy == NULL) return err_nomem(err);
    memcpy(copy, input, strlen(input) + 1);
    db->notes[db->n_notes++] = (struct db_note){.input = copy};
    return DT_OK;
}

dt_status dt_db_note_progress(dt_db *db, const char *input, size_t records, dt_error *err)
{
    if (db == NULL || input == NULL)
        return err_set(err, DT_E_ARG, 0, "no database, or no input, was given");
    size_t i = db->n_notes; /* the last one, as a rule */
    while (i > 0 && strcmp(db->notes[i - 1].input, input) != 0)
        i--;
    if (i == 0) {
        dt_status st = add_note(db, input, err);
        if (st != DT_OK) return st;
        i = db->n_notes;
    }
    db->notes[i - 1].records = records;
    db->notes[i - 1].dirty = true;
    return DT_OK;
}

/* ---- closing ---- */

dt_status dt_db_close(dt_db *db, dt_error *err)
{
    if (db == NULL) return DT_OK;
    dt_status st = dt_db_commit(db, err);
    if (st == DT_OK) st = db->driver->finish(db, err);
    free_handle(db);
    return st;
}
