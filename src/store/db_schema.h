/* db_schema.h - the tables of a database, their columns taken from the record table, for SQLite and
 * PostgreSQL.
 *
 * A table is added by a line in db_tables (its columns written out where no kind of record has
 * them) and a number in enum db_table; rows of it are packed (db_rows.h) and both databases write
 * them. Views are SQL that both read, in db_views.h. */
#ifndef DETENTE_DB_SCHEMA_H
#define DETENTE_DB_SCHEMA_H

#include "store/record.h"

enum {
    DB_APPLICATION = 0x44544E45, /* "DTNE": PRAGMA application_id */
    DB_SCHEMA_VERSION = 4        /* PRAGMA user_version; meta's "schema" */
};

enum db_dialect { DB_SQLITE, DB_POSTGRES };

/* In the order in which rows may be written; what refers to others comes after them. */
enum db_table {
    DB_RUN,
    DB_STORY,
    DB_SENTENCE,
    DB_ACTOR,
    DB_TIME,
    DB_PLACE,
    DB_QUOTE,
    DB_QUANTITY,
    DB_EVENT,
    DB_SOURCE,
    DB_TARGET, /* the same table */
    DB_CONTEXT,
    DB_EVENT_QUANTITY,
    DB_OPERATOR,
    DB_MENTION,
    DB_CAMEO,
    DB_PLOVER,
    DB_CONTEXT_NAME,
    DB_COUNTRY,
    DB_SECTOR,
    DB_TABLE_COUNT
};

/* Columns before those of the fields, which the writer fills. */
enum db_head {
    HEAD_END,
    HEAD_ID,
    HEAD_KEY,
    HEAD_RUN,
    HEAD_STORY,
    HEAD_EVENT,
    HEAD_SIDE,
    HEAD_NUMBER
};
enum { HEADS_MOST = 4 };

struct db_column {
    const char *name;
    uint8_t type; /* enum field_type: TEXT, INDEX, REAL */
};

struct db_table_info {
    const char *name;
    enum kind kind;                  /* whose fields are the columns, or KIND_COUNT: */
    const struct db_column *columns; /* these; the last has no name */
    uint8_t heads[HEADS_MOST];       /* enum db_head */
    const char *key;                 /* what follows the columns, for the primary key; or "" */
    const char *side;                /* "source", "target", or NULL */
    const char *sentence;            /* what the table holds */
};
extern const struct db_table_info db_tables[DB_TABLE_COUNT];

/* True for a table whose rows belong to a story or an event of it. */
bool db_is_of_story(enum db_table table);
/* Columns that the table's cells take, without the heads. */
int db_cell_count(enum db_table table);
/* The place of sentence.text among the cells of its table: left empty where no text is kept. */
int db_text_cell(void);

/* Each adds statements, ended by ';': all tables and views (`text`: with the search over them), the
 * indices that wait for the end of a long run, and a table of earlier schema (db_migrate.c) alone.
 */
void db_put_schema(enum db_dialect dialect, bool text, struct buf *sql);
void db_put_indices(struct buf *sql);
/* Adds the names of its columns, heads first, separated by commas. */
void db_put_column_names(enum db_table table, struct buf *sql);
/* Adds the statement that inserts a row; the one that deletes the rows of story $1 (its key). */
void db_put_insert(enum db_table table, struct buf *sql);
void db_put_delete(enum db_table table, struct buf *sql);

#endif
