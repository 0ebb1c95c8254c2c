/* db_driver.h - what a database of either kind does, behind dt_db. */
#ifndef DETENTE_DB_DRIVER_H
#define DETENTE_DB_DRIVER_H

#include "base/err.h"
#include "store/db_rows.h"

/* How far an input has come. */
struct db_note {
    char *input; /* owned */
    size_t records;
    bool dirty; /* not yet in the database */
};

struct db_driver {
    /* Opens, checks before anything is changed, makes the tables where there are none. */
    dt_status (*open)(dt_db *db, const char *name, dt_error *err);
    dt_status (*begin)(dt_db *db, dt_error *err); /* a transaction; reads the counters */
    /* Stores a story, or keeps it until the commit. */
    dt_status (*put)(dt_db *db, const struct dt_rows *rows, dt_error *err);
    dt_status (*commit)(dt_db *db, dt_error *err); /* notes, counters and rows, or none of them */
    dt_status (*progress)(dt_db *db, const char *input, size_t *records, dt_error *err);
    dt_status (*finish)(dt_db *db, dt_error *err); /* indices */
    void (*close)(dt_db *db);
};
extern const struct db_driver db_sqlite, db_postgres;

struct dt_db {
    const struct db_driver *driver;
    void *own;          /* the driver's */
    char *name;         /* for messages: the path; the name of the database and its host */
    bool no_text, text; /* asked for; what the database has */
    int wait_seconds, batch;
    bool open;   /* a transaction is */
    bool lost;   /* one was, with stories that were put: nothing more is written */
    int pending; /* stories in it */
    size_t pending_bytes;
    double since; /* when it began */
    int64_t next_story, next_event;
    struct coder_run run; /* the last one that was written, as row run_id; 0: none yet */
    int64_t run_id;
    struct db_note *notes;
    size_t n_notes, notes_cap;
    struct buf text_buf;   /* SQL */
    struct dt_rows packed; /* dt_db_put()'s */
};

/* Gives the row its keys: those of its heads. `story`: the key of its story. */
int64_t db_head_value(const dt_db *db, const struct db_row *row, enum db_head head, int64_t story);
/* The time now, "2025-02-27 10:00:00" of UTC. */
void db_now(char out[24]);
/* "postgresql://...", "postgres://...", or words such as "host=... dbname=...". */
bool db_is_conninfo(const char *name);

/* ---- SQLite (db_migrate.c) ---- */

/* Adds what turns a file of schema 3 into one of this schema. `columns` of the old tables are asked
 * of the open database. */
struct sqlite3;
dt_status db_migrate(struct sqlite3 *handle, bool text, struct buf *sql, dt_error *err);

#endif
