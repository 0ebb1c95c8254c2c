/* db_migrate.c - a SQLite file of schema 3 becomes one of schema 4.
 *
 * The old tables are renamed, the new ones made, and the rows copied by SQL: columns that both have
 * by name, keys by the order of the old ids, first and last days from date and precision. What
 * schema 3 did not keep (sentences, mentions of actors ...) stays empty; meta says so. All in the
 * one transaction of its caller. */
#include <sqlite3.h>

#include "store/db_driver.h"

static const char *const moved[] = {"event_actor", "event_quantity", "event_operator", "mention"};

/* Whether the old table, still under its own name, has the column. */
static bool has_column(sqlite3 *handle, const char *table, struct str column)
{
    sqlite3_stmt *s = NULL;
    bool found = false;
    static const char sql[] = "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2";
    if (sqlite3_prepare_v2(handle, sql, -1, &s, NULL) != SQLITE_OK) return false;
    (void)sqlite3_bind_text(s, 1, table, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 2, column.at, (int)column.len, SQLITE_STATIC);
    found = sqlite3_step(s) == SQLITE_ROW;
    (void)sqlite3_finalize(s);
    return found;
}

/* Adds ", COLUMN" for each column that both have, beside those in `given`. */
static void put_shared(sqlite3 *handle, enum db_table table, const char *given, struct buf *sql)
{
    struct buf names = {0};
    struct str rest, name;
    db_put_column_names(table, &names);
    rest = str_of(names.at, names.len);
    while (!names.failed && str_next(&rest, ',', &name)) {
        char word[64];
        const struct str bare = str_of(name.at + 1, name.len - 2); /* its quotes */
        if (bare.len + 3 > sizeof word) continue;
        word[0] = ' ';
        memcpy(word + 1, bare.at, bare.len);
        word[bare.len + 1] = ' ';
        word[bare.len + 2] = '\0';
        if (strstr(given, word) == NULL && has_column(handle, db_tables[table].name, bare)) {
            buf_z(sql, ", ");
            buf_put(sql, name);
        }
    }
    if (names.failed) sql->failed = true;
    buf_free(&names);
}

/* First and last day of an event of schema 3. */
static const char days_sql[] =
    "UPDATE event SET day_begin = CASE date_precision WHEN 'day' THEN date WHEN 'month' THEN date "
    "|| '-01' WHEN 'year' THEN date || '-01-01' WHEN 'week' THEN date(substr(date, 1, 4) || "
    "'-01-04', '-' || ((strftime('%w', substr(date, 1, 4) || '-01-04') + 6) % 7) || ' days', '+' "
    "|| (CAST(substr(date, 7) AS INTEGER) * 7 - 7) || ' days') END;"
    "UPDATE event SET day_end = coalesce(date_end, CASE date_precision WHEN 'day' THEN day_begin "
    "WHEN 'month' THEN date(day_begin, '+1 month', '-1 day') WHEN 'year' THEN date(day_begin, "
    "'+1 year', '-1 day') WHEN 'week' THEN date(day_begin, '+6 days') END);";

static void copy_stories(sqlite3 *handle, struct buf *sql)
{
    struct buf columns = {0};
    put_shared(handle, DB_STORY, " key run ", &columns);
    buf_c(&columns, '\0');
    if (columns.failed)
        sql->failed = true;
    else
        buf_f(sql,
              "INSERT INTO story(key, run%s) SELECT row_number() OVER (ORDER BY id), run%s FROM "
              "old_story;",
              columns.at, columns.at);
    buf_free(&columns);
}

static void copy_events(sqlite3 *handle, struct buf *sql)
{
    struct buf columns = {0};
    put_shared(handle, DB_EVENT, " key story ", &columns);
    buf_c(&columns, '\0');
    if (columns.failed)
        sql->failed = true;
    else
        buf_f(sql,
              "INSERT INTO event(key, story%s) SELECT row_number() OVER (ORDER BY story, id), "
              "(SELECT key FROM story WHERE story.id = old_event.story)%s FROM old_event;%s",
              columns.at, columns.at, days_sql);
    buf_free(&columns);
}

static void copy_list(sqlite3 *handle, enum db_table table, struct buf *sql)
{
    const struct db_table_info *t = &db_tables[table];
    struct buf columns = {0};
    put_shared(handle, table, " event number ", &columns);
    buf_c(&columns, '\0');
    if (columns.failed)
        sql->failed = true;
    else
        buf_f(sql,
              "INSERT INTO %s(event, number%s) SELECT (SELECT key FROM event WHERE event.id = "
              "o.event), row_number() OVER (PARTITION BY o.event%s ORDER BY o.rowid) - 1%s FROM "
              "old_%s o WHERE o.event IN (SELECT id FROM event);",
              t->name, columns.at, t->side != NULL ? ", o.side" : "", columns.at, t->name);
    buf_free(&columns);
}

dt_status db_migrate(struct sqlite3 *handle, bool text, struct buf *sql, dt_error *err)
{
    struct buf copies = {0};
    copy_stories(handle, &copies);
    copy_events(handle, &copies);
    copy_list(handle, DB_SOURCE, &copies);
    copy_list(handle, DB_EVENT_QUANTITY, &copies);
    copy_list(handle, DB_OPERATOR, &copies);
    copy_list(handle, DB_MENTION, &copies);
    buf_z(sql,
          "DROP TABLE IF EXISTS happening_event; DROP TABLE IF EXISTS happening; DROP TABLE IF "
          "EXISTS twin; PRAGMA legacy_alter_table=ON; DROP INDEX IF EXISTS event_date; DROP INDEX "
          "IF EXISTS "
          "event_story; DROP INDEX IF EXISTS event_actor_code; ALTER TABLE run RENAME TO "
          "old_run; ALTER TABLE story RENAME TO old_story; ALTER TABLE event RENAME TO "
          "old_event;");
    for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++)
        buf_f(sql, "DROP INDEX IF EXISTS %s_event; ALTER TABLE %s RENAME TO old_%s;", moved[i],
              moved[i], moved[i]);
    db_put_schema(DB_SQLITE, text, sql);
    buf_z(sql, "INSERT INTO run SELECT * FROM old_run;");
    buf_put(sql, str_of(copies.at, copies.len));
    if (copies.failed) sql->failed = true;
    buf_free(&copies);
    for (size_t i = 0; i < sizeof moved / sizeof moved[0]; i++)
        buf_f(sql, "DROP TABLE old_%s;", moved[i]);
    buf_f(sql,
          "DROP TABLE old_event; DROP TABLE old_story; DROP TABLE old_run;"
          "INSERT INTO meta VALUES('migrated_from', '3');"
          "UPDATE meta SET value = CAST((SELECT coalesce(max(key), 0) + 1 FROM story) AS TEXT) "
          "WHERE name = 'next_story';"
          "UPDATE meta SET value = CAST((SELECT coalesce(max(key), 0) + 1 FROM event) AS TEXT) "
          "WHERE name = 'next_event';%s"
          "PRAGMA user_version=%d; COMMIT; PRAGMA legacy_alter_table=OFF;",
          text ? "INSERT INTO story_search(rowid, title, text) SELECT key, title, text FROM "
                 "story_text;"
               : "",
          DB_SCHEMA_VERSION);
    return sql->failed ? err_nomem(err) : DT_OK;
}
