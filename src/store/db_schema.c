/* db_schema.c - the tables of a database as SQL; see db_schema.h. */
#include "store/db_schema.h"

#include "store/db_views.h"
#include "twin/happening_sql.h"

#define OF_STORY                                                                                   \
    {                                                                                              \
        HEAD_STORY, HEAD_NUMBER                                                                    \
    }
#define OF_EVENT                                                                                   \
    {                                                                                              \
        HEAD_EVENT, HEAD_NUMBER                                                                    \
    }
#define OF_SIDE                                                                                    \
    {                                                                                              \
        HEAD_EVENT, HEAD_SIDE, HEAD_NUMBER                                                         \
    }
#define KEY_STORY ", PRIMARY KEY(story, number)"
#define KEY_EVENT ", PRIMARY KEY(event, number)"
#define KEY_SIDE  ", PRIMARY KEY(event, side, number)"

static const struct db_column cameo_columns[] = {
    {"code", TYPE_TEXT},      {"name", TYPE_TEXT},   {"root", TYPE_TEXT}, {"quad", TYPE_INDEX},
    {"goldstein", TYPE_REAL}, {"plover", TYPE_TEXT}, {"mode", TYPE_TEXT}, {0}};
static const struct db_column plover_columns[] = {
    {"type", TYPE_TEXT}, {"mode", TYPE_TEXT}, {"score", TYPE_REAL}, {"quad", TYPE_INDEX}, {0}};
static const struct db_column context_columns[] = {
    {"name", TYPE_TEXT}, {"meaning", TYPE_TEXT}, {0}};
static const struct db_column code_columns[] = {{"code", TYPE_TEXT}, {"name", TYPE_TEXT}, {0}};

const struct db_table_info db_tables[DB_TABLE_COUNT] = {
    [DB_RUN] = {"run",
                KIND_run,
                NULL,
                {HEAD_ID},
                ", UNIQUE(model_hash, knowledge_hash, version, options)",
                NULL,
                "What made the rows: model, knowledge, options, each as a hash or in full."},
    [DB_STORY] =
        {"story", KIND_story, NULL, {HEAD_KEY, HEAD_RUN}, ", UNIQUE(id)", NULL, "The stories."},
    [DB_SENTENCE] = {"sentence", KIND_sentence, NULL, OF_STORY, KEY_STORY, NULL,
                     "Their sentences; those of the title come last."},
    [DB_ACTOR] = {"actor", KIND_actor, NULL, OF_STORY, KEY_STORY, NULL, "Mentions of actors."},
    [DB_TIME] = {"time", KIND_time, NULL, OF_STORY, KEY_STORY, NULL, "Expressions of time."},
    [DB_PLACE] = {"place", KIND_place, NULL, OF_STORY, KEY_STORY, NULL, "Mentions of places."},
    [DB_QUOTE] = {"quote", KIND_quote, NULL, OF_STORY, KEY_STORY, NULL, "What is said."},
    [DB_QUANTITY] = {"quantity", KIND_quantity, NULL, OF_STORY, KEY_STORY, NULL, "Amounts."},
    [DB_EVENT] =
        {"event", KIND_event, NULL, {HEAD_KEY, HEAD_STORY}, ", UNIQUE(id)", NULL, "The events."},
    [DB_SOURCE] = {"event_actor", KIND_event_source, NULL, OF_SIDE, KEY_SIDE, "source",
                   "Who did it (side source), and to whom (side target)."},
    [DB_TARGET] = {"event_actor", KIND_event_target, NULL, OF_SIDE, KEY_SIDE, "target", NULL},
    [DB_CONTEXT] = {"event_context", KIND_event_context, NULL, OF_EVENT, KEY_EVENT, NULL,
                    "PLOVER contexts of events, one a row."},
    [DB_EVENT_QUANTITY] = {"event_quantity", KIND_event_quantity, NULL, OF_EVENT, KEY_EVENT, NULL,
                           "Amounts that belong to events."},
    [DB_OPERATOR] = {"event_operator", KIND_event_operator, NULL, OF_EVENT, KEY_EVENT, NULL,
                     "Words above events that changed them, innermost first."},
    [DB_MENTION] = {"mention", KIND_event_mention, NULL, OF_EVENT, KEY_EVENT, NULL,
                    "Where events are told; the first is the event's own."},
    [DB_CAMEO] =
        {"cameo", KIND_COUNT, cameo_columns, {0}, ", PRIMARY KEY(code)", NULL, "CAMEO codes."},
    [DB_PLOVER] = {"plover",
                   KIND_COUNT,
                   plover_columns,
                   {0},
                   ", UNIQUE(type, mode)",
                   NULL,
                   "PLOVER types (mode NULL) and their modes."},
    [DB_CONTEXT_NAME] = {"context",
                         KIND_COUNT,
                         context_columns,
                         {0},
                         ", PRIMARY KEY(name)",
                         NULL,
                         "PLOVER contexts and what is meant."},
    [DB_COUNTRY] = {"country",
                    KIND_COUNT,
                    code_columns,
                    {0},
                    ", PRIMARY KEY(code)",
                    NULL,
                    "Countries by ISO 3166-1 alpha-3."},
    [DB_SECTOR] = {"sector",
                   KIND_COUNT,
                   code_columns,
                   {0},
                   ", PRIMARY KEY(code)",
                   NULL,
                   "Sectors of actors."},
};

static const struct {
    const char *name, *more;
    const char *of; /* what it refers to; said to SQLite, which does not check it for each row */
} heads[] = {[HEAD_ID] = {"id", " PRIMARY KEY", ""},
             [HEAD_KEY] = {"key", " PRIMARY KEY", ""},
             [HEAD_RUN] = {"run", " NOT NULL", " REFERENCES run(id)"},
             [HEAD_STORY] = {"story", " NOT NULL", " REFERENCES story(key)"},
             [HEAD_EVENT] = {"event", " NOT NULL", " REFERENCES event(key)"},
             [HEAD_SIDE] = {"side", " NOT NULL", ""},
             [HEAD_NUMBER] = {"number", " NOT NULL", ""}};

bool db_is_of_story(enum db_table table)
{
    return table >= DB_STORY && table <= DB_MENTION;
}

static const char *sql_type(enum db_dialect dialect, uint8_t type)
{
    switch ((enum field_type)type) {
    case TYPE_INDEX:
    case TYPE_BOOL:
    case TYPE_FLAG: return dialect == DB_SQLITE ? "INTEGER" : "bigint";
    case TYPE_REAL: return dialect == DB_SQLITE ? "REAL" : "double precision";
    default: return dialect == DB_SQLITE ? "TEXT" : "text"; /* a list is one cell */
    }
}

/* ---- walking the columns ---- */

struct columns_out {
    struct buf *sql;
    enum db_dialect dialect;
    bool typed, any;
};

static void put_column(struct columns_out *c, const char *name, uint8_t type)
{
    buf_f(c->sql, "%s\"%s\"", c->any ? ", " : "", name);
    if (c->typed) buf_f(c->sql, " %s", sql_type(c->dialect, type));
    c->any = true;
}

static void put_fields(struct columns_out *c, enum kind kind)
{
    const struct kind_info *info = &record_kinds[kind];
    for (size_t i = 0; i < info->n_fields; i++) {
        const struct field *f = &info->fields[i];
        if (!(f->uses & IN_DB)) continue;
        if (f->type == TYPE_PART)
            put_fields(c, (enum kind)f->rows);
        else
            put_column(c, f->column, f->type);
    }
}

static void put_heads(struct columns_out *c, const struct db_table_info *t)
{
    for (int i = 0; i < HEADS_MOST && t->heads[i] != HEAD_END; i++) {
        const int h = t->heads[i];
        put_column(c, heads[h].name, h == HEAD_SIDE ? TYPE_TEXT : TYPE_INDEX);
        if (!c->typed) continue;
        buf_z(c->sql, heads[h].more);
        if (c->dialect == DB_SQLITE) buf_z(c->sql, heads[h].of);
    }
}

static void put_all_columns(struct columns_out *c, enum db_table table)
{
    const struct db_table_info *t = &db_tables[table];
    put_heads(c, t);
    if (t->kind != KIND_COUNT) put_fields(c, t->kind);
    for (const struct db_column *x = t->columns; x != NULL && x->name != NULL; x++)
        put_column(c, x->name, x->type);
}

static int count_fields(enum kind kind)
{
    const struct kind_info *info = &record_kinds[kind];
    int n = 0;
    for (size_t i = 0; i < info->n_fields; i++) {
        const struct field *f = &info->fields[i];
        if (!(f->uses & IN_DB)) continue;
        n += f->type == TYPE_PART ? count_fields((enum kind)f->rows) : 1;
    }
    return n;
}

int db_cell_count(enum db_table table)
{
    const struct db_table_info *t = &db_tables[table];
    if (t->kind != KIND_COUNT) return count_fields(t->kind);
    int n = 0;
    while (t->columns[n].name != NULL)
        n++;
    return n;
}

int db_text_cell(void)
{
    int n = 0;
    for (int i = 0; i < FIELD_sentence_text; i++)
        n += (record_kinds[KIND_sentence].fields[i].uses & IN_DB) != 0;
    return n;
}

void db_put_column_names(enum db_table table, struct buf *sql)
{
    struct columns_out c = {sql, DB_SQLITE, false, false};
    put_all_columns(&c, table);
}

/* ---- statements ---- */

/* Rows that come in the order of their key lie in it, and need no index beside them. */
static bool lies_in_order(const struct db_table_info *t)
{
    return t->heads[0] == HEAD_STORY || t->heads[0] == HEAD_EVENT;
}

static void put_table(enum db_dialect dialect, enum db_table table, struct buf *sql)
{
    const struct db_table_info *t = &db_tables[table];
    struct columns_out c = {sql, dialect, true, false};
    buf_f(sql, "CREATE TABLE %s(", t->name);
    put_all_columns(&c, table);
    buf_f(sql, "%s)%s;\n", t->key,
          dialect == DB_SQLITE && lies_in_order(t) ? " WITHOUT ROWID" : "");
}

void db_put_schema(enum db_dialect dialect, bool text, struct buf *sql)
{
    const bool lite = dialect == DB_SQLITE;
    for (int i = 0; i < DB_TABLE_COUNT; i++)
        if (i != DB_TARGET) put_table(dialect, (enum db_table)i, sql);
    buf_z(sql, lite ? db_own_tables_sqlite : db_own_tables_postgres);
    buf_f(sql,
          "INSERT INTO meta VALUES('schema', '%d'), ('text', '%d'), ('next_story', '1'), "
          "('next_event', '1');\n",
          DB_SCHEMA_VERSION, text);
    buf_z(sql, "CREATE INDEX event_story ON event(story);\n");
    buf_z(sql, db_views);
    if (lite) buf_z(sql, happening_tables_sql);
    if (text) buf_z(sql, lite ? db_search_sqlite : db_search_postgres);
}

void db_put_indices(struct buf *sql)
{
    buf_z(sql, db_indices);
}

void db_put_insert(enum db_table table, struct buf *sql)
{
    const struct db_table_info *t = &db_tables[table];
    int n = db_cell_count(table);
    for (int i = 0; i < HEADS_MOST && t->heads[i] != HEAD_END; i++)
        n++;
    buf_f(sql, "INSERT INTO %s VALUES(", t->name);
    for (int i = 0; i < n; i++)
        buf_z(sql, i == 0 ? "?" : ",?");
    buf_c(sql, ')');
}

void db_put_delete(enum db_table table, struct buf *sql)
{
    const struct db_table_info *t = &db_tables[table];
    if (t->heads[0] == HEAD_EVENT)
        buf_f(sql, "DELETE FROM %s WHERE event IN (SELECT key FROM event WHERE story = $1)",
              t->name);
    else
        buf_f(sql, "DELETE FROM %s WHERE %s = $1", t->name, table == DB_STORY ? "key" : "story");
}
