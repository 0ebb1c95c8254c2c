/* db_sqlite.c - a database that is a SQLite file; see db_driver.h.
 *
 * What a file holds is first read from its header, by nobody but us, so that a file of others is
 * not touched, not even its journal. The tables are made in one transaction before the file is
 * switched to write-ahead logging: from the first moment its header says whose it is. Writes are
 * prepared statements whose values are bound where they lie in the packed rows. */
#include <sqlite3.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/db_driver.h"

enum { HEADER_BYTES = 100, AT_VERSION = 60, AT_APPLICATION = 68, JOURNAL_AT_SIZE = 16 };

enum own_statement {
    OWN_SAVE,
    OWN_BACK,
    OWN_RELEASE,
    OWN_FIND_RUN,
    OWN_FIND_STORY,
    OWN_COUNTERS,
    OWN_COUNT,
    OWN_NOTE,
    OWN_PROGRESS,
    OWN_FIND, /* these two only with text */
    OWN_FORGET,
    OWN_STATEMENTS
};
static const char *const own_sql[OWN_STATEMENTS] = {
    [OWN_SAVE] = "SAVEPOINT story",
    [OWN_BACK] = "ROLLBACK TO story",
    [OWN_RELEASE] = "RELEASE story",
    [OWN_FIND_RUN] = "SELECT id FROM run WHERE model_hash IS ? AND knowledge_hash IS ? AND "
                     "version IS ? AND options IS ?",
    [OWN_FIND_STORY] = "SELECT key FROM story WHERE id = ?",
    [OWN_COUNTERS] = "SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?",
    [OWN_COUNT] = "UPDATE meta SET value = CAST(?2 AS TEXT) WHERE name = ?1",
    [OWN_NOTE] = "INSERT INTO progress VALUES(?1, ?2, ?3) ON CONFLICT(input) DO UPDATE SET "
                 "records_done = ?2, updated = ?3",
    [OWN_PROGRESS] = "SELECT records_done FROM progress WHERE input = ?",
    [OWN_FIND] = "INSERT INTO story_search(rowid, title, text) VALUES(?, ?, ?)",
    [OWN_FORGET] = "INSERT INTO story_search(story_search, rowid, title, text) SELECT 'delete', "
                   "key, title, text FROM story_text WHERE key = ?",
};

struct lite {
    sqlite3 *handle;
    sqlite3_stmt *inserts[DB_TABLE_COUNT], *deletes[DB_TABLE_COUNT], *own[OWN_STATEMENTS];
    int text_cell;
};

static struct lite *lite_of(const dt_db *db)
{
    return db->own;
}

/* ---- failures ---- */

static dt_status refused(const dt_db *db, dt_error *err)
{
    sqlite3 *handle = lite_of(db)->handle;
    switch (sqlite3_errcode(handle)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(
            err, DT_E_STORE, 0,
            "the database %s is in use by another program; after %d seconds it still was", db->name,
            db->wait_seconds);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(err, DT_E_STORE, 0, "the database %s is damaged, or none: %s", db->name,
                       sqlite3_errmsg(handle));
    case SQLITE_READONLY:
        return err_set(err, DT_E_STORE, 0, "the database %s cannot be written: %s", db->name,
                       sqlite3_errmsg(handle));
    case SQLITE_NOMEM: return err_nomem(err);
    default:
        return err_set(err, DT_E_STORE, 0, "the database %s refused: %s", db->name,
                       sqlite3_errmsg(handle));
    }
}

static dt_status execute(dt_db *db, const char *sql, dt_error *err)
{
    return sqlite3_exec(lite_of(db)->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? DT_OK
                                                                                 : refused(db, err);
}

static dt_status execute_text(dt_db *db, dt_error *err)
{
    buf_c(&db->text_buf, '\0');
    return db->text_buf.failed ? err_nomem(err) : execute(db, db->text_buf.at, err);
}

static dt_status ask_number(dt_db *db, const char *sql, int64_t *answer, dt_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(lite_of(db)->handle, sql, -1, &s, NULL) != SQLITE_OK)
        return refused(db, err);
    const int step = sqlite3_step(s);
    *answer = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    const dt_status st = step == SQLITE_ROW || step == SQLITE_DONE ? DT_OK : refused(db, err);
    (void)sqlite3_finalize(s);
    return st;
}

/* ---- what the file is, before it is opened ---- */

static uint32_t big_endian(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static size_t read_front(const char *path, const char *ending, unsigned char out[HEADER_BYTES])
{
    char name[4096];
    if (snprintf(name, sizeof name, "%s%s", path, ending) >= (int)sizeof name) return 0;
    FILE *from = fopen(name, "rb");
    if (from == NULL) return 0;
    const size_t n = fread(out, 1, HEADER_BYTES, from);
    (void)fclose(from);
    return n;
}

/* A file that was being made when its writer was killed: its journal says that it was empty. */
static bool was_being_made(const char *path)
{
    static const unsigned char magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    unsigned char journal[HEADER_BYTES];
    const size_t n = read_front(path, "-journal", journal);
    return n >= JOURNAL_AT_SIZE + 4 && memcmp(journal, magic, sizeof magic) == 0 &&
           big_endian(journal + JOURNAL_AT_SIZE) == 0;
}

static dt_status too_old(const char *path, int64_t version, dt_error *err)
{
    return err_set(err, DT_E_STORE, 0,
                   "the database %s was made by an earlier version (schema %d); this one writes "
                   "schema %d: code the stories into a new file",
                   path, (int)version, DB_SCHEMA_VERSION);
}

static dt_status check_header(const char *path, dt_error *err)
{
    unsigned char front[HEADER_BYTES];
    const size_t n = read_front(path, "", front);
    if (n == 0 || was_being_made(path)) return DT_OK; /* or what the opening will say */
    if (n < HEADER_BYTES || memcmp(front, "SQLite format 3", 16) != 0)
        return err_set(err, DT_E_STORE, 0,
                       "the file %s is no SQLite database, and was left as it is; give a new file",
                       path);
    if (big_endian(front + AT_APPLICATION) == DB_APPLICATION) return DT_OK;
    if (big_endian(front + AT_APPLICATION) == 0 && big_endian(front + AT_VERSION) == 1)
        return too_old(path, 1, err); /* schema 1 had no application_id */
    return err_set(err, DT_E_STORE, 0,
                   "the database %s holds other tables than detente's; give a new file", path);
}

/* ---- making the tables ---- */

static dt_status make_tables(dt_db *db, dt_error *err)
{
    dt_status st = execute(db, "PRAGMA page_size=8192; BEGIN IMMEDIATE", err);
    int64_t tables = 0;
    if (st == DT_OK) st = ask_number(db, "SELECT count(*) FROM sqlite_master", &tables, err);
    if (st != DT_OK || tables != 0) /* another process was faster */
        return st == DT_OK ? execute(db, "ROLLBACK", err) : st;
    buf_clear(&db->text_buf);
    db_put_schema(DB_SQLITE, !db->no_text, &db->text_buf);
    buf_f(&db->text_buf, "PRAGMA application_id=%d; PRAGMA user_version=%d; COMMIT;",
          DB_APPLICATION, DB_SCHEMA_VERSION);
    st = execute_text(db, err);
    if (st != DT_OK) (void)execute(db, "ROLLBACK", NULL);
    return st;
}

static dt_status migrate(dt_db *db, dt_error *err)
{
    buf_clear(&db->text_buf);
    dt_status st = execute(db, "BEGIN IMMEDIATE", err);
    if (st == DT_OK) st = db_migrate(lite_of(db)->handle, !db->no_text, &db->text_buf, err);
    if (st == DT_OK) st = execute_text(db, err);
    if (st != DT_OK) (void)execute(db, "ROLLBACK", NULL);
    return st;
}

static dt_status check_schema(dt_db *db, dt_error *err)
{
    int64_t version = 0;
    dt_status st = ask_number(db, "PRAGMA user_version", &version, err);
    if (st != DT_OK) return st;
    if (version > DB_SCHEMA_VERSION)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s has schema %d; this program knows up to %d", db->name,
                       (int)version, DB_SCHEMA_VERSION);
    if (version == 0) st = make_tables(db, err);
    if (version == 1 || version == 2) st = too_old(db->name, version, err);
    if (version == 3) st = migrate(db, err);
    int64_t text = 0;
    if (st == DT_OK) st = ask_number(db, "SELECT value FROM meta WHERE name = 'text'", &text, err);
    db->text = text != 0;
    return st;
}

/* ---- opening ---- */

static dt_status prepare(dt_db *db, const char *sql, int len, sqlite3_stmt **out, dt_error *err)
{
    if (db->text_buf.failed) return err_nomem(err);
    return sqlite3_prepare_v3(lite_of(db)->handle, sql, len, SQLITE_PREPARE_PERSISTENT, out,
                              NULL) == SQLITE_OK
               ? DT_OK
               : refused(db, err);
}

static dt_status prepare_table(dt_db *db, enum db_table table, dt_error *err)
{
    struct lite *lite = lite_of(db);
    struct buf *sql = &db->text_buf;
    buf_clear(sql);
    db_put_insert(table, sql);
    dt_status st = prepare(db, sql->at, (int)sql->len, &lite->inserts[table], err);
    if (st != DT_OK || !db_is_of_story(table) || table == DB_TARGET) return st;
    buf_clear(sql);
    db_put_delete(table, sql);
    return prepare(db, sql->at, (int)sql->len, &lite->deletes[table], err);
}

static dt_status prepare_all(dt_db *db, dt_error *err)
{
    dt_status st = DT_OK;
    for (int i = 0; st == DT_OK && i < DB_TABLE_COUNT; i++)
        st = prepare_table(db, (enum db_table)i, err);
    for (int i = 0; st == DT_OK && i < (db->text ? OWN_STATEMENTS : OWN_FIND); i++)
        st = prepare(db, own_sql[i], -1, &lite_of(db)->own[i], err);
    return st;
}

static dt_status keep_name(dt_db *db, const char *path, dt_error *err)
{
    db->name = malloc(strlen(path) + 1);
    if (db->name == NULL) return err_nomem(err);
    memcpy(db->name, path, strlen(path) + 1);
    return DT_OK;
}

/* "file:x" is the name of a file here, too. */
static dt_status open_handle(dt_db *db, dt_error *err)
{
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    struct lite *lite = lite_of(db);
    buf_clear(&db->text_buf);
    buf_f(&db->text_buf, "%s%s", db->name[0] == ':' || db->name[0] == 'f' ? "./" : "", db->name);
    buf_c(&db->text_buf, '\0');
    if (db->text_buf.failed) return err_nomem(err);
    if (sqlite3_open_v2(db->text_buf.at, &lite->handle, flags, NULL) != SQLITE_OK) {
        const int system = lite->handle != NULL ? sqlite3_system_errno(lite->handle) : 0;
        if (system == 0) return refused(db, err);
        return err_set(err, DT_E_STORE, 0, "the database %s could not be opened: %s", db->name,
                       strerror(system));
    }
    (void)sqlite3_extended_result_codes(lite->handle, 0);
    (void)sqlite3_busy_timeout(lite->handle, db->wait_seconds * 1000);
    if (sqlite3_db_readonly(lite->handle, "main") == 1)
        return err_set(err, DT_E_STORE, 0, "the database %s may only be read, not written",
                       db->name);
    return DT_OK;
}

static dt_status lite_open(dt_db *db, const char *path, dt_error *err)
{
    struct lite *lite = calloc(1, sizeof *lite);
    if (lite == NULL) return err_nomem(err);
    db->own = lite;
    lite->text_cell = db_text_cell();
    dt_status st = keep_name(db, path, err);
    if (st == DT_OK) st = check_header(path, err);
    if (st == DT_OK) st = open_handle(db, err);
    if (st == DT_OK) st = check_schema(db, err);
    if (st == DT_OK)
        st = execute(db,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                     "PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4000",
                     err);
    return st == DT_OK ? prepare_all(db, err) : st;
}

/* ---- writing ---- */

static dt_status run_statement(dt_db *db, sqlite3_stmt *s, dt_error *err)
{
    const int step = sqlite3_step(s);
    const dt_status st = step == SQLITE_DONE || step == SQLITE_ROW ? DT_OK : refused(db, err);
    (void)sqlite3_reset(s);
    return st;
}

/* The first number that the statement answers; `none` where it answers nothing. */
static dt_status ask_statement(dt_db *db, sqlite3_stmt *s, int64_t none, int64_t *answer,
                               dt_error *err)
{
    const int step = sqlite3_step(s);
    *answer = step == SQLITE_ROW ? sqlite3_column_int64(s, 0) : none;
    const dt_status st = step == SQLITE_DONE || step == SQLITE_ROW ? DT_OK : refused(db, err);
    (void)sqlite3_reset(s);
    return st;
}

static void bind_text(sqlite3_stmt *s, int at, struct str text)
{
    (void)sqlite3_bind_text64(s, at, text.at, text.len, SQLITE_STATIC, SQLITE_UTF8);
}

/* Binds n cells from parameter `at` on. */
static void bind_cells(sqlite3_stmt *s, int at, int n, struct db_walk *walk)
{
    for (int i = 0; i < n; i++) {
        const struct db_cell cell = db_next_cell(walk);
        switch (cell.type) {
        case CELL_NONE: (void)sqlite3_bind_null(s, at + i); break;
        case CELL_INTEGER: (void)sqlite3_bind_int64(s, at + i, cell.integer); break;
        case CELL_REAL: (void)sqlite3_bind_double(s, at + i, cell.real); break;
        default: bind_text(s, at + i, cell.text);
        }
    }
}

static int bind_heads(const dt_db *db, sqlite3_stmt *s, const struct db_row *row, int64_t story)
{
    const struct db_table_info *t = &db_tables[row->table];
    int n = 0;
    for (; n < HEADS_MOST && t->heads[n] != HEAD_END; n++) {
        const enum db_head head = (enum db_head)t->heads[n];
        if (head == HEAD_SIDE)
            bind_text(s, n + 1, str_c(t->side));
        else
            (void)sqlite3_bind_int64(s, n + 1, db_head_value(db, row, head, story));
    }
    return n;
}

static dt_status insert_row(dt_db *db, const struct db_row *row, int64_t story,
                            struct db_walk *walk, dt_error *err)
{
    struct lite *lite = lite_of(db);
    sqlite3_stmt *s = lite->inserts[row->table];
    const int heads = bind_heads(db, s, row, story);
    bind_cells(s, heads + 1, db_cell_count(row->table), walk);
    if (row->table == DB_SENTENCE && !db->text)
        (void)sqlite3_bind_null(s, heads + 1 + lite->text_cell);
    return run_statement(db, s, err);
}

/* Two events with one id would mix their lists; with 64 bits of hash that is an error, not chance.
 */
static dt_status insert_event(dt_db *db, const struct db_row *row, const char *id, int64_t story,
                              struct db_walk *walk, dt_error *err)
{
    struct db_walk first = *walk;
    const struct str event = db_next_cell(&first).text;
    const dt_status st = insert_row(db, row, story, walk, err);
    if (st != DT_OK && sqlite3_extended_errcode(lite_of(db)->handle) == SQLITE_CONSTRAINT_UNIQUE)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s has an event %.*s already, of another story than %.80s",
                       db->name, (int)event.len, event.at, id);
    return st;
}

static dt_status insert_codes(dt_db *db, const struct dt_model *model, dt_error *err)
{
    struct buf rows = {0};
    struct db_row row;
    dt_status st = rows_pack_codes(&model->know, &rows) ? DT_OK : err_nomem(err);
    for (int t = DB_CAMEO; st == DT_OK && t < DB_TABLE_COUNT; t++) {
        buf_clear(&db->text_buf);
        buf_f(&db->text_buf, "DELETE FROM %s", db_tables[t].name);
        st = execute_text(db, err);
    }
    struct db_walk walk = db_walk_of(str_of(rows.at, rows.len));
    while (st == DT_OK && db_next_row(&walk, &row))
        st = insert_row(db, &row, 0, &walk, err);
    buf_free(&rows);
    return st;
}

/* The row of what makes the document's records; before the story, so that it outlives one that is
 * refused. Its codes come with it. */
static dt_status put_run(dt_db *db, const struct dt_rows *rows, struct db_walk *walk, dt_error *err)
{
    struct lite *lite = lite_of(db);
    struct db_row row;
    const bool same = db->run_id != 0 && memcmp(&db->run, &rows->run, sizeof db->run) == 0;
    (void)db_next_row(walk, &row);
    struct db_walk cells = *walk;
    bind_cells(lite->own[OWN_FIND_RUN], 1, db_cell_count(DB_RUN), walk);
    if (same) return DT_OK;
    dt_status st = ask_statement(db, lite->own[OWN_FIND_RUN], 0, &db->run_id, err);
    if (st == DT_OK && db->run_id == 0) {
        st = ask_number(db, "SELECT coalesce(max(id), 0) + 1 FROM run", &db->run_id, err);
        if (st == DT_OK) st = insert_row(db, &row, 0, &cells, err);
        if (st == DT_OK) st = insert_codes(db, rows->model, err);
    }
    if (st == DT_OK)
        db->run = rows->run;
    else
        db->run_id = 0;
    return st;
}

static dt_status forget_story(dt_db *db, int64_t key, dt_error *err)
{
    struct lite *lite = lite_of(db);
    dt_status st = DT_OK;
    if (db->text) {
        (void)sqlite3_bind_int64(lite->own[OWN_FORGET], 1, key);
        st = run_statement(db, lite->own[OWN_FORGET], err);
    }
    for (int t = DB_MENTION; st == DT_OK && t >= DB_STORY; t--) {
        if (lite->deletes[t] == NULL) continue;
        (void)sqlite3_bind_int64(lite->deletes[t], 1, key);
        st = run_statement(db, lite->deletes[t], err);
    }
    return st;
}

static dt_status put_words(dt_db *db, const struct dt_rows *rows, int64_t key, dt_error *err)
{
    sqlite3_stmt *s = lite_of(db)->own[OWN_FIND];
    const size_t at = rows->title_len;
    if (!db->text) return DT_OK;
    (void)sqlite3_bind_int64(s, 1, key);
    bind_text(s, 2, str_of(rows->words.at, at));
    bind_text(s, 3, str_of(rows->words.at + at, rows->words_len - at));
    return run_statement(db, s, err);
}

static dt_status put_story(dt_db *db, const struct dt_rows *rows, struct db_walk walk,
                           dt_error *err)
{
    sqlite3_stmt *find = lite_of(db)->own[OWN_FIND_STORY];
    struct db_row row;
    int64_t key = 0;
    bind_text(find, 1, str_of(rows->id.at, rows->id.len - 1));
    dt_status st = ask_statement(db, find, 0, &key, err);
    const bool known = key != 0;
    if (st == DT_OK && known) st = forget_story(db, key, err);
    if (!known) key = db->next_story;
    while (st == DT_OK && db_next_row(&walk, &row))
        st = row.table == DB_EVENT ? insert_event(db, &row, rows->id.at, key, &walk, err)
                                   : insert_row(db, &row, key, &walk, err);
    if (st == DT_OK) st = put_words(db, rows, key, err);
    if (st != DT_OK) return st;
    if (!known) db->next_story++;
    db->next_event += rows->n_events;
    return DT_OK;
}

/* All of a story or nothing of it. */
static dt_status put_as_one(dt_db *db, const struct dt_rows *rows, dt_error *err)
{
    struct lite *lite = lite_of(db);
    struct db_walk walk = db_walk_of(str_of(rows->bytes.at, rows->bytes.len));
    dt_status st = put_run(db, rows, &walk, err);
    if (st == DT_OK) st = run_statement(db, lite->own[OWN_SAVE], err);
    if (st != DT_OK) return st;
    st = put_story(db, rows, walk, err);
    if (st != DT_OK) (void)run_statement(db, lite->own[OWN_BACK], NULL);
    const dt_status released = run_statement(db, lite->own[OWN_RELEASE], st == DT_OK ? err : NULL);
    return st == DT_OK ? released : st;
}

/* A full disk ends the whole transaction. */
static dt_status lite_put(dt_db *db, const struct dt_rows *rows, dt_error *err)
{
    const dt_status st = put_as_one(db, rows, err);
    if (st != DT_OK) db->lost = sqlite3_get_autocommit(lite_of(db)->handle) != 0;
    return st;
}

/* ---- transactions ---- */

static dt_status read_counter(dt_db *db, const char *name, int64_t *out, dt_error *err)
{
    sqlite3_stmt *s = lite_of(db)->own[OWN_COUNTERS];
    bind_text(s, 1, str_c(name));
    return ask_statement(db, s, 1, out, err);
}

static dt_status lite_begin(dt_db *db, dt_error *err)
{
    dt_status st = execute(db, "BEGIN IMMEDIATE", err);
    if (st != DT_OK) return st;
    st = read_counter(db, "next_story", &db->next_story, err);
    if (st == DT_OK) st = read_counter(db, "next_event", &db->next_event, err);
    if (st != DT_OK) (void)execute(db, "ROLLBACK", NULL);
    return st;
}

static dt_status write_counter(dt_db *db, const char *name, int64_t value, dt_error *err)
{
    sqlite3_stmt *s = lite_of(db)->own[OWN_COUNT];
    bind_text(s, 1, str_c(name));
    (void)sqlite3_bind_int64(s, 2, value);
    return run_statement(db, s, err);
}

static dt_status write_notes(dt_db *db, dt_error *err)
{
    sqlite3_stmt *s = lite_of(db)->own[OWN_NOTE];
    char now[24];
    dt_status st = DT_OK;
    db_now(now);
    for (size_t i = 0; st == DT_OK && i < db->n_notes; i++) {
        if (!db->notes[i].dirty) continue;
        bind_text(s, 1, str_c(db->notes[i].input));
        (void)sqlite3_bind_int64(s, 2, (sqlite3_int64)db->notes[i].records);
        bind_text(s, 3, str_c(now));
        st = run_statement(db, s, err);
    }
    return st;
}

static dt_status lite_commit(dt_db *db, dt_error *err)
{
    dt_status st = write_counter(db, "next_story", db->next_story, err);
    if (st == DT_OK) st = write_counter(db, "next_event", db->next_event, err);
    if (st == DT_OK) st = write_notes(db, err);
    if (st == DT_OK) st = execute(db, "COMMIT", err);
    if (st != DT_OK && !sqlite3_get_autocommit(lite_of(db)->handle))
        (void)execute(db, "ROLLBACK", NULL);
    return st;
}

static dt_status lite_progress(dt_db *db, const char *input, size_t *records, dt_error *err)
{
    sqlite3_stmt *s = lite_of(db)->own[OWN_PROGRESS];
    int64_t answer = 0;
    bind_text(s, 1, str_c(input));
    const dt_status st = ask_statement(db, s, 0, &answer, err);
    *records = answer > 0 ? (size_t)answer : 0;
    return st;
}

static dt_status lite_finish(dt_db *db, dt_error *err)
{
    buf_clear(&db->text_buf);
    db_put_indices(&db->text_buf);
    return execute_text(db, err);
}

static void lite_close(dt_db *db)
{
    struct lite *lite = lite_of(db);
    if (lite == NULL) return;
    for (int i = 0; i < DB_TABLE_COUNT; i++) {
        (void)sqlite3_finalize(lite->inserts[i]);
        (void)sqlite3_finalize(lite->deletes[i]);
    }
    for (int i = 0; i < OWN_STATEMENTS; i++)
        (void)sqlite3_finalize(lite->own[i]);
    (void)sqlite3_close(lite->handle);
    free(lite);
}

const struct db_driver db_sqlite = {lite_open,     lite_begin,  lite_put,  lite_commit,
                                    lite_progress, lite_finish, lite_close};
