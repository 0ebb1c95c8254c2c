/* db_schema.c - the tables of a database as SQL; see db_schema.h. */
#include "store/db_schema.h"

#define OF_EVENT "event TEXT NOT NULL REFERENCES event(id)"

const struct db_table_info db_tables[DB_TABLE_COUNT] = {
    [DB_RUN] = {.name = "run",
                .kind = KIND_run,
                .head = "id INTEGER PRIMARY KEY",
                .tail = ", UNIQUE(model_hash, knowledge_hash, version, options)",
                .n_head = 1},
    [DB_STORY] = {.name = "story",
                  .kind = KIND_story,
                  .key = "id",
                  .head = "",
                  .tail = ", run INTEGER NOT NULL REFERENCES run(id), PRIMARY KEY(id)",
                  .n_tail = 1},
    [DB_EVENT] = {.name = "event",
                  .kind = KIND_event,
                  .key = "story",
                  .head = "",
                  .tail = ", PRIMARY KEY(id), FOREIGN KEY(story) REFERENCES story(id)"},
    [DB_SOURCE] = {"event_actor", KIND_event_source, "event", OF_EVENT ", side TEXT", "", "source",
                   2, 0},
    [DB_TARGET] = {"event_actor", KIND_event_target, "event", OF_EVENT ", side TEXT", "", "target",
                   2, 0},
    [DB_QUANTITY] = {"event_quantity", KIND_event_quantity, "event", OF_EVENT, "", NULL, 1, 0},
    [DB_OPERATOR] = {"event_operator", KIND_event_operator, "event", OF_EVENT, "", NULL, 1, 0},
    [DB_MENTION] = {"mention", KIND_event_mention, "event", OF_EVENT, "", NULL, 1, 0},
};

static const char index_sql[] = "CREATE INDEX IF NOT EXISTS event_date ON event(date);"
                                "CREATE INDEX IF NOT EXISTS event_actor_code ON event_actor(code);";

static const char *sql_type(enum field_type type)
{
    switch (type) {
    case TYPE_INDEX:
    case TYPE_BOOL:
    case TYPE_FLAG: return "INTEGER";
    case TYPE_REAL: return "REAL";
    default: return "TEXT"; /* a list is one cell */
    }
}

int db_column_count(enum kind kind)
{
    const struct kind_info *info = &record_kinds[kind];
    int n = 0;
    for (size_t i = 0; i < info->n_fields; i++) {
        const struct field *f = &info->fields[i];
        if (!(f->uses & IN_DB)) continue;
        n += f->type == TYPE_PART ? db_column_count((enum kind)f->rows) : 1;
    }
    return n;
}

static void put_columns(enum kind kind, bool first, struct buf *sql)
{
    const struct kind_info *info = &record_kinds[kind];
    for (size_t i = 0; i < info->n_fields; i++) {
        const struct field *f = &info->fields[i];
        if (!(f->uses & IN_DB)) continue;
        if (f->type == TYPE_PART) {
            put_columns((enum kind)f->rows, first, sql);
        } else {
            if (!first) buf_z(sql, ", ");
            buf_f(sql, "%s %s", f->column, sql_type((enum field_type)f->type));
        }
        first = false;
    }
}

void db_put_schema(struct buf *sql)
{
    for (int i = 0; i < DB_TABLE_COUNT; i++) {
        const struct db_table_info *t = &db_tables[i];
        buf_f(sql, "CREATE TABLE IF NOT EXISTS %s(%s", t->name, t->head);
        put_columns(t->kind, t->n_head == 0, sql);
        buf_f(sql, "%s)%s;", t->tail, i == DB_STORY || i == DB_EVENT ? " WITHOUT ROWID" : "");
        if (t->key != NULL && i != DB_STORY)
            buf_f(sql, "CREATE INDEX IF NOT EXISTS %s_%s ON %s(%s);", t->name, t->key, t->name,
                  t->key);
    }
    buf_z(sql, index_sql);
}

void db_put_insert(enum db_table table, struct buf *sql)
{
    const struct db_table_info *t = &db_tables[table];
    int n = t->n_head + db_column_count(t->kind) + t->n_tail;
    buf_f(sql, "INSERT INTO %s VALUES(", t->name);
    for (int i = 0; i < n; i++)
        buf_z(sql, i == 0 ? "?" : ",?");
    buf_c(sql, ')');
}

void db_put_delete(enum db_table table, struct buf *sql)
{
    const struct db_table_info *t = &db_tables[table];
    bool of_event = strcmp(t->key, "event") == 0;
    buf_f(sql,
          of_event ? "DELETE FROM %s WHERE %s IN (SELECT id FROM event WHERE story=?1)"
                   : "DELETE FROM %s WHERE %s=?1",
          t->name, t->key);
}
