/* db.c - stories and events in a SQLite database.
 *
 * The tables are those of db_schema.h: run (what made the rows), story, event and its lists.
 * Writes are prepared statements with bound values, gathered in transactions of BATCH stories. A
 * story that is there already is replaced; an event's id that is there already, of another story,
 * is an error. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/db_schema.h"

enum { BATCH = 1000, BUSY_MS = 60000 /* another process writes */ };

static const char find_run_sql[] = "SELECT id FROM run WHERE model_hash IS ? AND "
                                   "knowledge_hash IS ? AND version IS ? AND options IS ?";

struct dt_db {
    sqlite3 *handle;
    sqlite3_stmt *inserts[DB_TABLE_COUNT], *deletes[DB_TABLE_COUNT], *find_run;
    struct buf text;      /* SQL; lists as cells */
    struct coder_run run; /* the last one that was written, as row `run_id`; 0: none yet */
    sqlite3_int64 run_id;
    int pending; /* stories in the open transaction */
    char *path;
};

static dt_status refused(const dt_db *db, dt_error *err)
{
    return err_set(err, DT_E_STORE, 0, "the database %s refused: %s", db->path,
                   sqlite3_errmsg(db->handle));
}

static dt_status execute(dt_db *db, const char *sql, dt_error *err)
{
    return sqlite3_exec(db->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? DT_OK : refused(db, err);
}

/* ---- opening ---- */

static dt_status ask_number(dt_db *db, const char *sql, int *answer, dt_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL) != SQLITE_OK) return refused(db, err);
    int step = sqlite3_step(s);
    *answer = step == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    dt_status st = step == SQLITE_ROW ? DT_OK : refused(db, err);
    (void)sqlite3_finalize(s);
    return st;
}

/* An empty file, or a database of ours that has this schema. */
static dt_status check_kind(dt_db *db, dt_error *err)
{
    int application = 0, version = 0, tables = 0;
    dt_status st = ask_number(db, "PRAGMA application_id", &application, err);
    if (st == DT_OK) st = ask_number(db, "PRAGMA user_version", &version, err);
    if (st == DT_OK) st = ask_number(db, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (st != DT_OK || tables == 0) return st;
    if (version > DB_SCHEMA_VERSION)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s has schema %d; this program knows up to %d", db->path,
                       version, DB_SCHEMA_VERSION);
    bool first = version == 1 && application == 0; /* schema 1 had no application_id */
    if (first || (application == DB_APPLICATION && version < DB_SCHEMA_VERSION))
        return err_set(err, DT_E_STORE, 0,
                       "the database %s was made by an earlier version (schema %d); this one "
                       "writes schema %d: code the stories into a new file",
                       db->path, version, DB_SCHEMA_VERSION);
    if (application != DB_APPLICATION)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s holds other tables than detente's; give a new file",
                       db->path);
    return DT_OK;
}

static dt_status make_schema(dt_db *db, dt_error *err)
{
    buf_clear(&db->text);
    buf_z(&db->text, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE;");
    db_put_schema(&db->text);
    buf_f(&db->text, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT;", DB_APPLICATION,
          DB_SCHEMA_VERSION);
    buf_c(&db->text, '\0');
    return db->text.failed ? err_nomem(err) : execute(db, db->text.at, err);
}

static dt_status prepare(dt_db *db, sqlite3_stmt **out, dt_error *err)
{
    if (db->text.failed) return err_nomem(err);
    int result = sqlite3_prepare_v3(db->handle, db->text.at, (int)db->text.len,
                                    SQLITE_PREPARE_PERSISTENT, out, NULL);
    return result == SQLITE_OK ? DT_OK : refused(db, err);
}

static dt_status prepare_all(dt_db *db, dt_error *err)
{
    dt_status st = DT_OK;
    for (int i = 0; st == DT_OK && i < DB_TABLE_COUNT; i++) {
        buf_clear(&db->text);
        db_put_insert((enum db_table)i, &db->text);
        st = prepare(db, &db->inserts[i], err);
        if (st != DT_OK || db_tables[i].key == NULL) continue;
        buf_clear(&db->text);
        db_put_delete((enum db_table)i, &db->text);
        st = prepare(db, &db->deletes[i], err);
    }
    if (st != DT_OK) return st;
    buf_clear(&db->text);
    buf_z(&db->text, find_run_sql);
    return prepare(db, &db->find_run, err);
}

static dt_status open_file(dt_db *db, const char *path, dt_error *err)
{
    db->path = malloc(strlen(path) + 1);
    if (db->path == NULL) return err_nomem(err);
    memcpy(db->path, path, strlen(path) + 1);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK) return refused(db, err);
    (void)sqlite3_busy_timeout(db->handle, BUSY_MS);
    return DT_OK;
}

dt_status dt_db_open(const char *path, dt_db **out, dt_error *err)
{
    dt_db *db = calloc(1, sizeof *db);
    *out = NULL;
    if (db == NULL) return err_nomem(err);
    dt_status st = open_file(db, path, err);
    if (st == DT_OK) st = check_kind(db, err);
    if (st == DT_OK) st = make_schema(db, err);
    if (st == DT_OK) st = prepare_all(db, err);
    if (st != DT_OK) {
        (void)dt_db_close(db, NULL);
        return st;
    }
    *out = db;
    return DT_OK;
}

/* ---- binding ---- */

/* `text` must stay until the statement has run; NULL, or nothing, is NULL. */
static void bind_text(sqlite3_stmt *s, int at, struct str text, sqlite3_destructor_type keep)
{
    if (text.len != 0) (void)sqlite3_bind_text(s, at, text.at, (int)text.len, keep);
}

static void bind_value(sqlite3_stmt *s, int at, const struct field *field, const struct value *v)
{
    if (!record_has(field, v)) return;
    switch ((enum field_type)field->type) {
    case TYPE_TEXT: bind_text(s, at, v->text, SQLITE_STATIC); break;
    case TYPE_INDEX: (void)sqlite3_bind_int64(s, at, (sqlite3_int64)v->index); break;
    case TYPE_REAL: (void)sqlite3_bind_double(s, at, v->real); break;
    default: (void)sqlite3_bind_int(s, at, v->yes);
    }
}

/* Binds the fields of a row, and of its parts, from parameter `at` on; what stays unbound is NULL.
 */
static void bind_fields(dt_db *db, sqlite3_stmt *s, int at, const struct record *r, enum kind kind)
{
    const struct kind_info *info = &record_kinds[kind];
    for (size_t i = 0; i < info->n_fields; i++) {
        const struct field *f = &info->fields[i];
        if (!(f->uses & IN_DB)) continue;
        if (f->type == TYPE_PART) {
            if (record_kinds[f->rows].count(r) != 0) bind_fields(db, s, at, r, (enum kind)f->rows);
            at += db_column_count((enum kind)f->rows);
        } else if (f->type == TYPE_ROWS) {
            buf_clear(&db->text);
            record_put_rows(r, (enum kind)f->rows, &db->text);
            bind_text(s, at++, str_of(db->text.at, db->text.len), SQLITE_TRANSIENT);
        } else {
            struct value v = f->read(r);
            bind_value(s, at++, f, &v);
        }
    }
}

static dt_status run_statement(dt_db *db, sqlite3_stmt *s, dt_error *err)
{
    int step = sqlite3_step(s);
    dt_status st = step == SQLITE_DONE ? DT_OK : refused(db, err);
    (void)sqlite3_reset(s);
    (void)sqlite3_clear_bindings(s);
    return st;
}

/* ---- writing ---- */

/* The row of what makes the document's records; before the story, so that it outlives one that is
 * refused. */
static dt_status put_run(dt_db *db, const dt_doc *doc, dt_error *err)
{
    const struct record r = {.doc = doc};
    if (db->run_id != 0 && memcmp(&db->run, doc->run, sizeof db->run) == 0) return DT_OK;
    bind_fields(db, db->find_run, 1, &r, KIND_run);
    int step = sqlite3_step(db->find_run);
    if (step == SQLITE_ROW) db->run_id = sqlite3_column_int64(db->find_run, 0);
    (void)sqlite3_reset(db->find_run);
    (void)sqlite3_clear_bindings(db->find_run);
    if (step != SQLITE_ROW) {
        if (step != SQLITE_DONE) return refused(db, err);
        bind_fields(db, db->inserts[DB_RUN], 2, &r, KIND_run);
        dt_status st = run_statement(db, db->inserts[DB_RUN], err);
        if (st != DT_OK) return st;
        db->run_id = sqlite3_last_insert_rowid(db->handle);
    }
    db->run = *doc->run;
    return DT_OK;
}

static dt_status forget_story(dt_db *db, const dt_doc *doc, dt_error *err)
{
    for (int i = DB_TABLE_COUNT - 1; i >= DB_STORY; i--) {
        bind_text(db->deletes[i], 1, str_c(doc->story.id), SQLITE_STATIC);
        dt_status st = run_statement(db, db->deletes[i], err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status put_story_row(dt_db *db, const dt_doc *doc, dt_error *err)
{
    sqlite3_stmt *s = db->inserts[DB_STORY];
    bind_fields(db, s, 1, &(struct record){.doc = doc}, KIND_story);
    (void)sqlite3_bind_int64(s, 1 + db_column_count(KIND_story), db->run_id);
    return run_statement(db, s, err);
}

/* Two events with one id would mix their lists; with 64 bits of hash that is an error, not chance.
 */
static dt_status put_event_row(dt_db *db, const struct record *r, dt_error *err)
{
    sqlite3_stmt *s = db->inserts[DB_EVENT];
    bind_fields(db, s, 1, r, KIND_event);
    dt_status st = run_statement(db, s, err);
    if (st != DT_OK && sqlite3_extended_errcode(db->handle) == SQLITE_CONSTRAINT_PRIMARYKEY)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s has an event %s already, of another story than %.80s",
                       db->path, r->doc->event_texts[r->i].id, r->doc->story.id);
    return st;
}

static dt_status put_list(dt_db *db, enum db_table table, const struct record *event, dt_error *err)
{
    const struct db_table_info *t = &db_tables[table];
    sqlite3_stmt *s = db->inserts[table];
    size_t n = record_kinds[t->kind].count(event);
    dt_status st = DT_OK;
    for (size_t k = 0; st == DT_OK && k < n; k++) {
        const struct record row = {event->doc, NULL, event->i, (uint32_t)k};
        bind_text(s, 1, str_c(event->doc->event_texts[event->i].id), SQLITE_STATIC);
        if (t->side != NULL) bind_text(s, 2, str_c(t->side), SQLITE_STATIC);
        bind_fields(db, s, t->n_head + 1, &row, t->kind);
        st = run_statement(db, s, err);
    }
    return st;
}

static dt_status put_whole_event(dt_db *db, const dt_doc *doc, uint32_t i, dt_error *err)
{
    const struct record r = {.doc = doc, .i = i};
    dt_status st = put_event_row(db, &r, err);
    for (int t = DB_SOURCE; st == DT_OK && t <= DB_MENTION; t++)
        st = put_list(db, (enum db_table)t, &r, err);
    return st;
}

static dt_status put_whole_story(dt_db *db, const dt_doc *doc, dt_error *err)
{
    dt_status st = forget_story(db, doc, err);
    if (st == DT_OK) st = put_story_row(db, doc, err);
    for (uint32_t i = 0; st == DT_OK && i < doc->what.n_events; i++)
        st = put_whole_event(db, doc, i, err);
    if (db->text.failed) st = err_nomem(err);
    return st;
}

/* ---- transactions ---- */

static dt_status commit(dt_db *db, dt_error *err)
{
    dt_status st = execute(db, "COMMIT", err);
    if (st != DT_OK) db->run_id = 0; /* its row may be lost */
    db->pending = 0;
    return st;
}

/* All of a story or nothing of it. */
static dt_status put_as_one(dt_db *db, const dt_doc *doc, dt_error *err)
{
    dt_status st = execute(db, "SAVEPOINT story", err);
    if (st != DT_OK) return st;
    st = put_whole_story(db, doc, err);
    if (st != DT_OK) (void)execute(db, "ROLLBACK TO story", NULL);
    dt_status released = execute(db, "RELEASE story", st == DT_OK ? err : NULL);
    return st == DT_OK ? released : st;
}

dt_status dt_db_put(dt_db *db, const dt_doc *doc, dt_error *err)
{
    dt_status st = DT_OK;
    if (doc->story.id == NULL)
        return err_set(err, DT_E_ARG, 0, "a story without id cannot be stored");
    if (db->pending == 0) st = execute(db, "BEGIN IMMEDIATE", err);
    if (st != DT_OK) return st;
    db->pending++;
    st = put_run(db, doc, err);
    if (st == DT_OK) st = put_as_one(db, doc, err);
    if (st == DT_OK && db->pending >= BATCH) st = commit(db, err);
    return st;
}

dt_status dt_db_close(dt_db *db, dt_error *err)
{
    dt_status st = DT_OK;
    if (db == NULL) return DT_OK;
    if (db->pending != 0) st = commit(db, err);
    for (int i = 0; i < DB_TABLE_COUNT; i++) {
        (void)sqlite3_finalize(db->inserts[i]);
        (void)sqlite3_finalize(db->deletes[i]);
    }
    (void)sqlite3_finalize(db->find_run);
    (void)sqlite3_close(db->handle);
    buf_free(&db->text);
    free(db->path);
    free(db);
    return st;
}
