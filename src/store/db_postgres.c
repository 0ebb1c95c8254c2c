/* db_postgres.c - a database that is a PostgreSQL schema; see db_driver.h.
 *
 * Stories are kept packed until their transaction ends. Then one question tells which of their ids
 * are known and so replaced; the keys are given, the same that SQLite would give; and the rows go
 * out by COPY, one for each table. Whoever writes holds the row of meta that says where the story
 * keys stand, so that several programs may write in turns. All of a transaction or none of it. */
#include <stdio.h>
#include <stdlib.h>

#include "store/db_driver.h"
#include "store/pg_link.h"

enum { ID_MOST = 2000 /* what an index takes */, INDEX_SECONDS = 3600 };

struct pg_story {
    size_t id, id_len, bytes, bytes_len; /* in `ids` and `rows` */
    uint32_t n_events;
    int64_t key, run, event;
    bool known, replaced; /* in the database before; by a later one of this transaction */
};

struct pg {
    struct pg_link link;
    struct pg_story *stories;
    size_t n, cap;
    struct buf ids, rows, copies[DB_TABLE_COUNT], sql;
};

static struct pg *pg_of(const dt_db *db)
{
    return db->own;
}

static dt_status pg_execute(dt_db *db, const char *sql, dt_error *err)
{
    return link_run(&pg_of(db)->link, sql, 0, NULL, NULL, err);
}

static dt_status pg_execute_sql(dt_db *db, dt_error *err)
{
    struct buf *sql = &pg_of(db)->sql;
    buf_c(sql, '\0');
    return sql->failed ? err_nomem(err) : pg_execute(db, sql->at, err);
}

/* The first cell of the answer as a number; `none` where there is none. */
static dt_status pg_number(dt_db *db, const char *sql, int n, const char *const *values,
                           int64_t none, int64_t *out, dt_error *err)
{
    PGresult *answer = NULL;
    dt_status st = link_run(&pg_of(db)->link, sql, n, values, &answer, err);
    *out = none;
    if (st == DT_OK && PQntuples(answer) > 0 && !PQgetisnull(answer, 0, 0))
        *out = strtoll(PQgetvalue(answer, 0, 0), NULL, 10);
    PQclear(answer);
    return st;
}

static void pg_roll_back(dt_db *db)
{
    if (pg_of(db)->link.conn != NULL) (void)pg_execute(db, "ROLLBACK", NULL);
}

/* ---- opening ---- */

static dt_status pg_make_tables(dt_db *db, dt_error *err)
{
    struct buf *sql = &pg_of(db)->sql;
    buf_clear(sql);
    buf_z(sql, "CREATE SCHEMA IF NOT EXISTS detente; SET LOCAL search_path TO detente;\n");
    db_put_schema(DB_POSTGRES, !db->no_text, sql);
    return pg_execute_sql(db, err);
}

/* 0: nothing is there; 1: ours; 2: something else. */
static const char pg_kind_sql[] =
    "SELECT CASE WHEN to_regclass('detente.meta') IS NOT NULL AND to_regclass('detente.progress') "
    "IS NOT NULL THEN 1 WHEN EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON "
    "n.oid = c.relnamespace WHERE n.nspname = 'detente') THEN 2 ELSE 0 END";

static dt_status pg_check(dt_db *db, dt_error *err)
{
    int64_t kind = 0, version = 0, text = 0;
    dt_status st = pg_number(db, pg_kind_sql, 0, NULL, 0, &kind, err);
    if (st == DT_OK && kind == 2)
        return err_set(err, DT_E_STORE, 0,
                       "the schema detente of the PostgreSQL database %s holds other tables, and "
                       "was left as it is; give another database",
                       db->name);
    if (st == DT_OK && kind == 0) st = pg_make_tables(db, err);
    if (st == DT_OK)
        st = pg_number(db, "SELECT value FROM detente.meta WHERE name = 'schema'", 0, NULL, 0,
                       &version, err);
    if (st == DT_OK && version != DB_SCHEMA_VERSION)
        return err_set(err, DT_E_STORE, 0,
                       "the PostgreSQL database %s has schema %d; this program writes %d", db->name,
                       (int)version, DB_SCHEMA_VERSION);
    if (st == DT_OK)
        st = pg_number(db, "SELECT value FROM detente.meta WHERE name = 'text'", 0, NULL, 0, &text,
                       err);
    db->text = text != 0;
    return st;
}

static dt_status pg_open(dt_db *db, const char *name, dt_error *err)
{
    struct pg *pg = calloc(1, sizeof *pg);
    if (pg == NULL) return err_nomem(err);
    db->own = pg;
    pg->link.wait_seconds = db->wait_seconds;
    dt_status st = link_open(&pg->link, name, err);
    db->name = malloc(sizeof pg->link.name);
    if (db->name == NULL) return err_nomem(err);
    memcpy(db->name, pg->link.name, sizeof pg->link.name);
    if (st != DT_OK) return st;
    /* one program at a time looks, and makes the tables */
    st = pg_execute(db, "BEGIN; SELECT pg_advisory_xact_lock(1146375749)", err);
    if (st == DT_OK) st = pg_check(db, err);
    if (st == DT_OK) st = pg_execute(db, "COMMIT; SET search_path TO detente", err);
    if (st != DT_OK) pg_roll_back(db);
    return st;
}

/* ---- rows as the text that COPY reads ---- */

static void copy_text(struct buf *out, struct str text)
{
    size_t begin = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.at[i];
        const char *as = c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r";
        if (c != '\\' && c != '\n' && c != '\t' && c != '\r') continue;
        buf_put(out, str_cut(text, begin, i));
        buf_z(out, as);
        begin = i + 1;
    }
    buf_put(out, str_cut(text, begin, text.len));
}

static void copy_integer(struct buf *out, int64_t n)
{
    if (n < 0) buf_c(out, '-');
    buf_u(out, n < 0 ? (uint64_t)-n : (uint64_t)n);
}

static void copy_cell(struct buf *out, const struct db_cell *cell)
{
    switch (cell->type) {
    case CELL_NONE: buf_put(out, STR("\\N")); break;
    case CELL_INTEGER: copy_integer(out, cell->integer); break;
    case CELL_REAL: buf_real(out, cell->real); break;
    default: copy_text(out, cell->text);
    }
}

static void copy_heads(const dt_db *db, const struct db_row *row, int64_t story, struct buf *out)
{
    const struct db_table_info *t = &db_tables[row->table];
    for (int i = 0; i < HEADS_MOST && t->heads[i] != HEAD_END; i++) {
        if (i != 0) buf_c(out, '\t');
        if (t->heads[i] == HEAD_SIDE)
            buf_z(out, t->side);
        else
            copy_integer(out, db_head_value(db, row, (enum db_head)t->heads[i], story));
    }
    if (t->heads[0] != HEAD_END) buf_c(out, '\t');
}

/* The two sides of an event are rows of one table. */
static struct buf *copy_of(struct pg *pg, enum db_table table)
{
    return &pg->copies[table == DB_TARGET ? DB_SOURCE : table];
}

static void copy_row(dt_db *db, const struct db_row *row, int64_t story, struct db_walk *walk)
{
    struct buf *out = copy_of(pg_of(db), row->table);
    const int n = db_cell_count(row->table);
    const int left_out = row->table == DB_SENTENCE && !db->text ? db_text_cell() : -1;
    copy_heads(db, row, story, out);
    for (int i = 0; i < n; i++) {
        struct db_cell cell = db_next_cell(walk);
        if (i == left_out) cell.type = CELL_NONE;
        if (i != 0) buf_c(out, '\t');
        copy_cell(out, &cell);
    }
    buf_c(out, '\n');
}

static dt_status send_table(dt_db *db, enum db_table table, dt_error *err)
{
    struct pg *pg = pg_of(db);
    struct buf *rows = &pg->copies[table];
    if (rows->failed) return err_nomem(err);
    if (rows->len == 0) return DT_OK;
    buf_clear(&pg->sql);
    buf_f(&pg->sql, "COPY %s(", db_tables[table].name);
    db_put_column_names(table, &pg->sql);
    buf_z(&pg->sql, ") FROM STDIN");
    buf_c(&pg->sql, '\0');
    if (pg->sql.failed) return err_nomem(err);
    dt_status st = link_copy(&pg->link, pg->sql.at, str_of(rows->at, rows->len), err);
    buf_clear(rows);
    return st;
}

/* ---- the run and its codes ---- */

static dt_status pg_insert_codes(dt_db *db, const struct dt_model *model, dt_error *err)
{
    struct buf rows = {0};
    struct db_row row;
    dt_status st = rows_pack_codes(&model->know, &rows) ? DT_OK : err_nomem(err);
    struct db_walk walk = db_walk_of(str_of(rows.at, rows.len));
    while (st == DT_OK && db_next_row(&walk, &row))
        copy_row(db, &row, 0, &walk);
    for (int t = DB_CAMEO; st == DT_OK && t < DB_TABLE_COUNT; t++) {
        buf_clear(&pg_of(db)->sql);
        buf_f(&pg_of(db)->sql, "DELETE FROM %s", db_tables[t].name);
        st = pg_execute_sql(db, err);
        if (st == DT_OK) st = send_table(db, (enum db_table)t, err);
    }
    buf_free(&rows);
    return st;
}

static dt_status pg_insert_run(dt_db *db, const struct db_row *row, struct db_walk *walk,
                               const struct dt_model *model, dt_error *err)
{
    dt_status st =
        pg_number(db, "SELECT coalesce(max(id), 0) + 1 FROM run", 0, NULL, 1, &db->run_id, err);
    if (st != DT_OK) return st;
    copy_row(db, row, 0, walk);
    st = send_table(db, DB_RUN, err);
    return st == DT_OK ? pg_insert_codes(db, model, err) : st;
}

static dt_status pg_put_run(dt_db *db, const struct dt_rows *rows, struct db_walk *walk,
                            dt_error *err)
{
    static const char sql[] = "SELECT id FROM run WHERE model_hash = $1 AND knowledge_hash = $2 "
                              "AND version = $3 AND options = $4";
    struct db_row row;
    const bool same = db->run_id != 0 && memcmp(&db->run, &rows->run, sizeof db->run) == 0;
    (void)db_next_row(walk, &row);
    struct db_walk cells = *walk;
    for (int i = db_cell_count(DB_RUN); i > 0; i--)
        (void)db_next_cell(walk);
    if (same) return DT_OK;
    const char *values[] = {rows->run.model_hash, rows->run.knowledge_hash, dt_version(),
                            rows->run.options};
    dt_status st = pg_number(db, sql, 4, values, 0, &db->run_id, err);
    if (st == DT_OK && db->run_id == 0) st = pg_insert_run(db, &row, &cells, rows->model, err);
    if (st == DT_OK)
        db->run = rows->run;
    else
        db->run_id = 0;
    return st;
}

/* ---- keeping stories until the commit ---- */

static bool grow_stories(struct pg *pg)
{
    if (pg->n < pg->cap) return true;
    const size_t cap = pg->cap != 0 ? pg->cap * 2 : 256;
    struct pg_story *grown = realloc(pg->stories, cap * sizeof *grown);
    if (grown == NULL) return false;
    pg->stories = grown;
    pg->cap = cap;
    return true;
}

static dt_status pg_put(dt_db *db, const struct dt_rows *rows, dt_error *err)
{
    struct pg *pg = pg_of(db);
    struct db_walk walk = db_walk_of(str_of(rows->bytes.at, rows->bytes.len));
    if (rows->id.len > ID_MOST)
        return err_set(err, DT_E_STORE, 0,
                       "the PostgreSQL database %s takes ids of at most %d bytes, not %.60s...",
                       db->name, ID_MOST, rows->id.at);
    db->lost = true; /* until all of it is done: the server gives up a transaction at a failure */
    dt_status st = pg_put_run(db, rows, &walk, err);
    if (st != DT_OK) return st;
    if (!grow_stories(pg)) return err_nomem(err);
    const struct str left = str_of(walk.at, (size_t)(walk.end - walk.at));
    struct pg_story *s = &pg->stories[pg->n];
    *s = (struct pg_story){.id = pg->ids.len,
                           .id_len = rows->id.len - 1,
                           .bytes = pg->rows.len,
                           .bytes_len = left.len,
                           .n_events = rows->n_events,
                           .run = db->run_id};
    buf_put(&pg->ids, str_of(rows->id.at, s->id_len));
    buf_put(&pg->rows, left);
    if (pg->ids.failed || pg->rows.failed) return err_nomem(err);
    pg->n++;
    db->lost = false;
    return DT_OK;
}

/* ---- the commit ---- */

static struct str pg_id(const struct pg *pg, const struct pg_story *s)
{
    return str_of(pg->ids.at + s->id, s->id_len);
}

/* "{"a","b"}", as an array of texts is written. */
static dt_status put_id_array(struct pg *pg, dt_error *err)
{
    buf_clear(&pg->sql);
    for (size_t i = 0; i < pg->n; i++) {
        const struct str id = pg_id(pg, &pg->stories[i]);
        buf_z(&pg->sql, i == 0 ? "{\"" : ",\"");
        for (size_t k = 0; k < id.len; k++) {
            if (id.at[k] == '"' || id.at[k] == '\\') buf_c(&pg->sql, '\\');
            buf_c(&pg->sql, id.at[k]);
        }
        buf_c(&pg->sql, '"');
    }
    buf_z(&pg->sql, "}");
    buf_c(&pg->sql, '\0');
    return pg->sql.failed ? err_nomem(err) : DT_OK;
}

/* Slot of the id in a table of story numbers + 1, of which 0 is none. */
static size_t id_slot(const struct pg *pg, const uint32_t *table, size_t mask, struct str id)
{
    size_t at = (size_t)str_hash(id) & mask;
    while (table[at] != 0 && !str_eq(pg_id(pg, &pg->stories[table[at] - 1]), id))
        at = (at + 1) & mask;
    return at;
}

/* Stories in order: the first of an id takes its place in the table, with the key that the database
 * has for it or the next one; a later one takes over the key. */
static void give_keys(dt_db *db, const PGresult *known, uint32_t *table, size_t mask)
{
    struct pg *pg = pg_of(db);
    for (size_t i = pg->n; i-- > 0;)
        table[id_slot(pg, table, mask, pg_id(pg, &pg->stories[i]))] = (uint32_t)i + 1;
    for (int k = 0; k < PQntuples(known); k++) {
        const size_t at = id_slot(pg, table, mask, str_c(PQgetvalue(known, k, 0)));
        if (table[at] == 0) continue;
        pg->stories[table[at] - 1].key = strtoll(PQgetvalue(known, k, 1), NULL, 10);
        pg->stories[table[at] - 1].known = true;
    }
    for (size_t i = 0; i < pg->n; i++) {
        struct pg_story *s = &pg->stories[i];
        const size_t at = id_slot(pg, table, mask, pg_id(pg, s));
        struct pg_story *first = &pg->stories[table[at] - 1];
        if (first != s) {
            s->key = first->key;
            first->replaced = true;
            table[at] = (uint32_t)i + 1;
        } else if (s->key == 0) {
            s->key = db->next_story++;
        }
        s->event = db->next_event;
        db->next_event += s->n_events;
    }
}

static dt_status find_keys(dt_db *db, dt_error *err)
{
    struct pg *pg = pg_of(db);
    size_t mask = 16;
    PGresult *known = NULL;
    while (mask < 2 * pg->n)
        mask *= 2;
    dt_status st = put_id_array(pg, err);
    if (st != DT_OK) return st;
    const char *ids = pg->sql.at;
    st = link_run(&pg->link, "SELECT id, key FROM story WHERE id = ANY($1::text[])", 1, &ids,
                  &known, err);
    if (st != DT_OK) return st;
    uint32_t *table = calloc(mask, sizeof *table);
    if (table != NULL) give_keys(db, known, table, mask - 1);
    st = table != NULL ? DT_OK : err_nomem(err);
    free(table);
    PQclear(known);
    return st;
}

/* "{1,5,7}": the keys of stories that were known before, or of all that stay. */
static dt_status put_key_array(const struct pg *pg, bool known_only, struct buf *out, dt_error *err)
{
    bool any = false;
    buf_clear(out);
    buf_c(out, '{');
    for (size_t i = 0; i < pg->n; i++) {
        const struct pg_story *s = &pg->stories[i];
        if (known_only ? !s->known : s->replaced) continue;
        if (any) buf_c(out, ',');
        copy_integer(out, s->key);
        any = true;
    }
    buf_c(out, '}');
    buf_c(out, '\0');
    return out->failed ? err_nomem(err) : DT_OK;
}

static dt_status forget_known(dt_db *db, dt_error *err)
{
    struct pg *pg = pg_of(db);
    struct buf keys = {0};
    dt_status st = put_key_array(pg, true, &keys, err);
    const bool any = st == DT_OK && strcmp(keys.at, "{}") != 0;
    for (int t = DB_MENTION; st == DT_OK && any && t >= DB_STORY; t--) {
        if (t == DB_TARGET) continue;
        const char *values[] = {keys.at};
        buf_clear(&pg->sql);
        if (db_tables[t].heads[0] == HEAD_EVENT)
            buf_f(&pg->sql,
                  "DELETE FROM %s WHERE event IN (SELECT key FROM event WHERE story = "
                  "ANY($1::bigint[]))",
                  db_tables[t].name);
        else
            buf_f(&pg->sql, "DELETE FROM %s WHERE %s = ANY($1::bigint[])", db_tables[t].name,
                  t == DB_STORY ? "key" : "story");
        buf_c(&pg->sql, '\0');
        st =
            pg->sql.failed ? err_nomem(err) : link_run(&pg->link, pg->sql.at, 1, values, NULL, err);
    }
    if (st == DT_OK && any && db->text) {
        const char *values[] = {keys.at};
        st = link_run(&pg->link, "DELETE FROM story_search WHERE story = ANY($1::bigint[])", 1,
                      values, NULL, err);
    }
    buf_free(&keys);
    return st;
}

static dt_status send_rows(dt_db *db, dt_error *err)
{
    struct pg *pg = pg_of(db);
    const int64_t next_event = db->next_event, run = db->run_id;
    dt_status st = DT_OK;
    for (size_t i = 0; i < pg->n; i++) {
        const struct pg_story *s = &pg->stories[i];
        struct db_walk walk = db_walk_of(str_of(pg->rows.at + s->bytes, s->bytes_len));
        struct db_row row;
        if (s->replaced) continue;
        db->next_event = s->event; /* what keys are counted from */
        db->run_id = s->run;
        while (db_next_row(&walk, &row))
            copy_row(db, &row, s->key, &walk);
    }
    db->next_event = next_event;
    db->run_id = run;
    for (int t = DB_STORY; st == DT_OK && t <= DB_MENTION; t++)
        st = send_table(db, (enum db_table)t, err);
    return st;
}

/* A tsvector holds a megabyte. */
static dt_status pg_put_words(dt_db *db, dt_error *err)
{
    static const char sql[] =
        "INSERT INTO story_search SELECT key, setweight(to_tsvector('simple', "
        "left(coalesce(title, ''), 10000)), 'A') || to_tsvector('simple', left(coalesce(text, ''), "
        "200000)) FROM story_text WHERE key = ANY($1::bigint[])";
    struct buf keys = {0};
    if (!db->text) return DT_OK;
    dt_status st = put_key_array(pg_of(db), false, &keys, err);
    const char *values[] = {keys.at};
    if (st == DT_OK) st = link_run(&pg_of(db)->link, sql, 1, values, NULL, err);
    buf_free(&keys);
    return st;
}

static dt_status pg_write_counter(dt_db *db, const char *name, int64_t value, dt_error *err)
{
    char number[24];
    (void)snprintf(number, sizeof number, "%lld", (long long)value);
    const char *values[] = {name, number};
    return link_run(&pg_of(db)->link, "UPDATE meta SET value = $2 WHERE name = $1", 2, values, NULL,
                    err);
}

static dt_status pg_write_notes(dt_db *db, dt_error *err)
{
    static const char sql[] =
        "INSERT INTO progress VALUES($1, $2, $3) ON CONFLICT(input) DO UPDATE "
        "SET records_done = $2, updated = $3";
    char now[24], number[24];
    dt_status st = DT_OK;
    db_now(now);
    for (size_t i = 0; st == DT_OK && i < db->n_notes; i++) {
        if (!db->notes[i].dirty) continue;
        (void)snprintf(number, sizeof number, "%zu", db->notes[i].records);
        const char *values[] = {db->notes[i].input, number, now};
        st = link_run(&pg_of(db)->link, sql, 3, values, NULL, err);
    }
    return st;
}

static dt_status pg_commit(dt_db *db, dt_error *err)
{
    struct pg *pg = pg_of(db);
    dt_status st = DT_OK;
    if (pg->n != 0) {
        st = find_keys(db, err);
        if (st == DT_OK) st = forget_known(db, err);
        if (st == DT_OK) st = send_rows(db, err);
        if (st == DT_OK) st = pg_put_words(db, err);
    }
    if (st == DT_OK) st = pg_write_counter(db, "next_story", db->next_story, err);
    if (st == DT_OK) st = pg_write_counter(db, "next_event", db->next_event, err);
    if (st == DT_OK) st = pg_write_notes(db, err);
    if (st == DT_OK) st = pg_execute(db, "COMMIT", err);
    if (st != DT_OK) pg_roll_back(db);
    pg->n = 0;
    buf_clear(&pg->ids);
    buf_clear(&pg->rows);
    for (int i = 0; i < DB_TABLE_COUNT; i++)
        buf_clear(&pg->copies[i]);
    return st;
}

static dt_status pg_begin(dt_db *db, dt_error *err)
{
    static const char sql[] = "SELECT value FROM meta WHERE name = 'next_story' FOR UPDATE";
    dt_status st = pg_execute(db, "BEGIN", err);
    if (st != DT_OK) return st;
    st = pg_number(db, sql, 0, NULL, 1, &db->next_story, err);
    if (st == DT_OK)
        st = pg_number(db, "SELECT value FROM meta WHERE name = 'next_event'", 0, NULL, 1,
                       &db->next_event, err);
    if (st != DT_OK) pg_roll_back(db);
    return st;
}

static dt_status pg_progress(dt_db *db, const char *input, size_t *records, dt_error *err)
{
    int64_t answer = 0;
    const char *values[] = {input};
    const dt_status st = pg_number(db, "SELECT records_done FROM progress WHERE input = $1", 1,
                                   values, 0, &answer, err);
    *records = answer > 0 ? (size_t)answer : 0;
    return st;
}

static dt_status pg_finish(dt_db *db, dt_error *err)
{
    struct pg *pg = pg_of(db);
    buf_clear(&pg->sql);
    db_put_indices(&pg->sql);
    pg->link.wait_seconds = INDEX_SECONDS; /* of a large database */
    return pg_execute_sql(db, err);
}

static void pg_close(dt_db *db)
{
    struct pg *pg = pg_of(db);
    if (pg == NULL) return;
    link_close(&pg->link);
    free(pg->stories);
    buf_free(&pg->ids);
    buf_free(&pg->rows);
    buf_free(&pg->sql);
    for (int i = 0; i < DB_TABLE_COUNT; i++)
        buf_free(&pg->copies[i]);
    free(pg);
}

const struct db_driver db_postgres = {pg_open,     pg_begin,  pg_put,  pg_commit,
                                      pg_progress, pg_finish, pg_close};
