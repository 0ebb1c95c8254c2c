/* db.c - stories and events in a SQLite database.
 *
 * Schema 1: story(id, ...), event(id, story, ...), event_actor(event, side, ...), mention(event,
 * ...). Writes are prepared statements with bound values, gathered in transactions of BATCH
 * stories. A story that is there already is replaced. PRAGMA user_version is the schema's number.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "know/ontology.h"
#include "store/record.h"

enum { SCHEMA_VERSION = 1, BATCH = 1000, BUSY_MS = 60000 /* another process writes */ };

#define STATEMENTS(X)                                                                              \
    X(DELETE_MENTIONS, "DELETE FROM mention WHERE event IN (SELECT id FROM event WHERE story=?1)") \
    X(DELETE_ACTORS,                                                                               \
      "DELETE FROM event_actor WHERE event IN (SELECT id FROM event WHERE story=?1)")              \
    X(DELETE_EVENTS, "DELETE FROM event WHERE story=?1")                                           \
    X(PUT_STORY, "INSERT OR REPLACE INTO story VALUES(?1,?2,?3,?4,?5,?6)")                         \
    X(PUT_EVENT, "INSERT OR REPLACE INTO event VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13," \
                 "?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24,?25,?26,?27)")                       \
    X(PUT_ACTOR, "INSERT INTO event_actor VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9)")                     \
    X(PUT_MENTION, "INSERT INTO mention VALUES(?1,?2,?3,?4,?5)")

#define STATEMENT_ENUM(name, sql) name,
#define STATEMENT_SQL(name, sql)  sql,
enum statement { STATEMENTS(STATEMENT_ENUM) STATEMENT_COUNT };
static const char *const statement_sql[STATEMENT_COUNT] = {STATEMENTS(STATEMENT_SQL)};

static const char schema_sql[] =
    "CREATE TABLE IF NOT EXISTS story(id TEXT PRIMARY KEY, date TEXT, title TEXT, publisher TEXT, "
    "url TEXT,"
    " model_hash TEXT) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS event(id TEXT PRIMARY KEY, story TEXT NOT NULL REFERENCES "
    "story(id),"
    " sentence INTEGER, begin INTEGER, end INTEGER, date TEXT, date_end TEXT, date_precision TEXT,"
    " reciprocal INTEGER, cameo TEXT, root TEXT, quad INTEGER, goldstein REAL, plover TEXT, mode "
    "TEXT,"
    " contexts TEXT, status TEXT, attribution TEXT, place TEXT, country TEXT, lat REAL, lon REAL,"
    " geonameid INTEGER, frame TEXT, confidence REAL, plover_score REAL, text TEXT) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS event_actor(event TEXT NOT NULL REFERENCES event(id), side TEXT, "
    "code TEXT,"
    " country TEXT, sector TEXT, name TEXT, entity TEXT, begin INTEGER, end INTEGER);"
    "CREATE TABLE IF NOT EXISTS mention(event TEXT NOT NULL REFERENCES event(id), sentence INTEGER,"
    " begin INTEGER, end INTEGER, text TEXT);"
    "CREATE INDEX IF NOT EXISTS event_story ON event(story);"
    "CREATE INDEX IF NOT EXISTS event_date ON event(date);"
    "CREATE INDEX IF NOT EXISTS event_actor_event ON event_actor(event);"
    "CREATE INDEX IF NOT EXISTS event_actor_code ON event_actor(code);"
    "CREATE INDEX IF NOT EXISTS mention_event ON mention(event);";

struct dt_db {
    sqlite3 *handle;
    sqlite3_stmt *statements[STATEMENT_COUNT];
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

static dt_status read_version(dt_db *db, int *version, dt_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &s, NULL) != SQLITE_OK)
        return refused(db, err);
    int step = sqlite3_step(s);
    *version = step == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    dt_status st = step == SQLITE_ROW ? DT_OK : refused(db, err);
    (void)sqlite3_finalize(s);
    return st;
}

static dt_status bring_up_schema(dt_db *db, dt_error *err)
{
    int version = 0;
    dt_status st = read_version(db, &version, err);
    if (st != DT_OK) return st;
    if (version > SCHEMA_VERSION)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s has schema %d; this program knows up to %d", db->path,
                       version, SCHEMA_VERSION);
    st = execute(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", err);
    if (st == DT_OK) st = execute(db, schema_sql, err);
    if (st == DT_OK) st = execute(db, "PRAGMA user_version=1", err);
    return st;
}

static dt_status prepare_all(dt_db *db, dt_error *err)
{
    for (int i = 0; i < STATEMENT_COUNT; i++)
        if (sqlite3_prepare_v2(db->handle, statement_sql[i], -1, &db->statements[i], NULL) !=
            SQLITE_OK)
            return refused(db, err);
    return DT_OK;
}

dt_status dt_db_open(const char *path, dt_db **out, dt_error *err)
{
    dt_db *db = calloc(1, sizeof *db);
    *out = NULL;
    if (db == NULL) return err_nomem(err);
    db->path = malloc(strlen(path) + 1);
    dt_status st = db->path != NULL ? DT_OK : err_nomem(err);
    if (st == DT_OK) {
        memcpy(db->path, path, strlen(path) + 1);
        int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK) st = refused(db, err);
        if (st == DT_OK) (void)sqlite3_busy_timeout(db->handle, BUSY_MS);
    }
    if (st == DT_OK) st = bring_up_schema(db, err);
    if (st == DT_OK) st = prepare_all(db, err);
    if (st != DT_OK) {
        (void)dt_db_close(db, NULL);
        return st;
    }
    *out = db;
    return DT_OK;
}

/* ---- writing
 * ------------------------------------------------------------------------------------- */

static void bind_text(sqlite3_stmt *s, int at, const char *z)
{
    if (z == NULL || z[0] == '\0')
        (void)sqlite3_bind_null(s, at);
    else
        (void)sqlite3_bind_text(s, at, z, -1, SQLITE_TRANSIENT);
}

static void bind_str(sqlite3_stmt *s, int at, struct str text)
{
    (void)sqlite3_bind_text(s, at, text.at, (int)text.len, SQLITE_TRANSIENT);
}

static dt_status run_statement(dt_db *db, enum statement which, dt_error *err)
{
    sqlite3_stmt *s = db->statements[which];
    int step = sqlite3_step(s);
    dt_status st = step == SQLITE_DONE ? DT_OK : refused(db, err);
    (void)sqlite3_reset(s);
    (void)sqlite3_clear_bindings(s);
    return st;
}

static dt_status put_story_row(dt_db *db, const dt_doc *doc, dt_error *err)
{
    sqlite3_stmt *s = db->statements[PUT_STORY];
    char hash[24];
    (void)snprintf(hash, sizeof hash, "%016llx", (unsigned long long)doc->model->bundle.hash);
    bind_text(s, 1, doc->story.id);
    bind_text(s, 2, doc->date);
    bind_text(s, 3, doc->story.title);
    bind_text(s, 4, doc->story.publisher);
    bind_text(s, 5, doc->story.url);
    bind_text(s, 6, hash);
    return run_statement(db, PUT_STORY, err);
}

static void bind_codes(sqlite3_stmt *s, const dt_doc *doc, const struct event *e)
{
    const struct ontology_code *code = record_code(doc, e);
    char root[3] = {e->cameo[0], e->cameo[0] != '\0' ? e->cameo[1] : '\0', '\0'};
    double score;
    (void)sqlite3_bind_int(s, 9, e->reciprocal);
    bind_text(s, 10, e->cameo);
    bind_text(s, 11, root);
    if (code != NULL) {
        (void)sqlite3_bind_int(s, 12, code->quad);
        (void)sqlite3_bind_double(s, 13, (double)code->goldstein);
    }
    bind_text(s, 14, e->plover);
    bind_text(s, 15, e->mode);
    bind_text(s, 16, e->contexts);
    bind_text(s, 17, event_status_name[e->status]);
    if (record_plover_score(doc, e, &score)) (void)sqlite3_bind_double(s, 26, score);
}

static void bind_where(sqlite3_stmt *s, const dt_doc *doc, const struct event *e)
{
    const struct know_place *p = record_place(doc, e);
    bind_text(s, 18, e->attribution != NONE ? doc->who.actors[e->attribution].name : NULL);
    if (p == NULL) return;
    bind_text(s, 19, know_z(doc->know, p->name));
    bind_text(s, 20, know_z(doc->know, p->country));
    (void)sqlite3_bind_double(s, 21, (double)p->lat);
    (void)sqlite3_bind_double(s, 22, (double)p->lon);
    if (p->geonameid != 0) (void)sqlite3_bind_int64(s, 23, p->geonameid);
}

static dt_status put_event_row(dt_db *db, const dt_doc *doc, const struct event *e, const char *id,
                               dt_error *err)
{
    sqlite3_stmt *s = db->statements[PUT_EVENT];
    char text[16];
    bind_text(s, 1, id);
    bind_text(s, 2, doc->story.id);
    (void)sqlite3_bind_int64(s, 3, e->sentence);
    (void)sqlite3_bind_int64(s, 4, e->begin);
    (void)sqlite3_bind_int64(s, 5, e->end);
    story_event_date(e, text);
    bind_text(s, 6, text);
    story_event_date_end(e, text);
    bind_text(s, 7, text);
    bind_text(s, 8, record_precision(e->precision));
    bind_codes(s, doc, e);
    bind_where(s, doc, e);
    bind_text(s, 24, know_z(doc->know, doc->frames->records[e->frame].id));
    (void)sqlite3_bind_double(s, 25, (double)e->confidence);
    bind_str(s, 27, record_sentence(doc, e->sentence));
    return run_statement(db, PUT_EVENT, err);
}

static dt_status put_actor_rows(dt_db *db, const dt_doc *doc, const struct event *e, const char *id,
                                bool target, dt_error *err)
{
    struct range side = target ? e->target : e->source;
    for (uint32_t i = side.begin; i < side.end; i++) {
        sqlite3_stmt *s = db->statements[PUT_ACTOR];
        const struct party *party = &doc->what.parties[i];
        const struct actor *a = &doc->who.actors[party->actor];
        bind_text(s, 1, id);
        bind_text(s, 2, target ? "target" : "source");
        bind_text(s, 3, party->code);
        bind_text(s, 4, a->country);
        bind_text(s, 5, party->sector);
        bind_text(s, 6, a->name);
        bind_text(s, 7, a->entity);
        (void)sqlite3_bind_int64(s, 8, a->begin);
        (void)sqlite3_bind_int64(s, 9, a->end);
        dt_status st = run_statement(db, PUT_ACTOR, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status put_mention_rows(dt_db *db, const dt_doc *doc, const struct event *e,
                                  const char *id, dt_error *err)
{
    for (uint32_t i = e->mentions.begin; i < e->mentions.end; i++) {
        sqlite3_stmt *s = db->statements[PUT_MENTION];
        const struct event_span *m = &doc->what.mentions[i];
        bind_text(s, 1, id);
        (void)sqlite3_bind_int64(s, 2, m->sentence);
        (void)sqlite3_bind_int64(s, 3, m->begin);
        (void)sqlite3_bind_int64(s, 4, m->end);
        bind_str(s, 5, str_cut(doc->text.text, m->begin, m->end));
        dt_status st = run_statement(db, PUT_MENTION, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status forget_story(dt_db *db, const dt_doc *doc, dt_error *err)
{
    for (int i = DELETE_MENTIONS; i <= DELETE_EVENTS; i++) {
        bind_text(db->statements[i], 1, doc->story.id);
        dt_status st = run_statement(db, (enum statement)i, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status put_whole_event(dt_db *db, const dt_doc *doc, const struct event *e, dt_error *err)
{
    char id[64];
    story_event_id(doc, e, id);
    dt_status st = put_event_row(db, doc, e, id, err);
    if (st == DT_OK) st = put_actor_rows(db, doc, e, id, false, err);
    if (st == DT_OK) st = put_actor_rows(db, doc, e, id, true, err);
    if (st == DT_OK) st = put_mention_rows(db, doc, e, id, err);
    return st;
}

static dt_status put_whole_story(dt_db *db, const dt_doc *doc, dt_error *err)
{
    dt_status st = forget_story(db, doc, err);
    if (st == DT_OK) st = put_story_row(db, doc, err);
    for (uint32_t i = 0; st == DT_OK && i < doc->what.n_events; i++)
        st = put_whole_event(db, doc, &doc->what.events[i], err);
    return st;
}

dt_status dt_db_put(dt_db *db, const dt_doc *doc, dt_error *err)
{
    dt_status st = DT_OK;
    if (doc->story.id == NULL)
        return err_set(err, DT_E_ARG, 0, "a story without id cannot be stored");
    if (db->pending == 0) st = execute(db, "BEGIN IMMEDIATE", err);
    if (st != DT_OK) return st;
    db->pending++;
    st = execute(db, "SAVEPOINT story", err);
    if (st == DT_OK) {
        st = put_whole_story(db, doc, err);
        /* all of a story or nothing of it */
        if (st != DT_OK) (void)execute(db, "ROLLBACK TO story", NULL);
        dt_status released = execute(db, "RELEASE story", st == DT_OK ? err : NULL);
        if (st == DT_OK) st = released;
    }
    if (st == DT_OK && db->pending >= BATCH) {
        st = execute(db, "COMMIT", err);
        db->pending = 0;
    }
    return st;
}

dt_status dt_db_close(dt_db *db, dt_error *err)
{
    dt_status st = DT_OK;
    if (db == NULL) return DT_OK;
    if (db->pending != 0) st = execute(db, "COMMIT", err);
    for (int i = 0; i < STATEMENT_COUNT; i++)
        (void)sqlite3_finalize(db->statements[i]);
    (void)sqlite3_close(db->handle);
    free(db->path);
    free(db);
    return st;
}
