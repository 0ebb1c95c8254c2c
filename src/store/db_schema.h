/* db_schema.h - the tables of a database, their columns taken from the record table. */
#ifndef DETENTE_DB_SCHEMA_H
#define DETENTE_DB_SCHEMA_H

#include "store/record.h"

enum {
    DB_APPLICATION = 0x44544E45, /* "DTNE": PRAGMA application_id */
    DB_SCHEMA_VERSION = 2        /* PRAGMA user_version */
};

/* In the order in which rows may be written; what refers to others comes after them. */
enum db_table {
    DB_RUN,
    DB_STORY,
    DB_EVENT,
    DB_SOURCE,
    DB_TARGET,
    DB_QUANTITY,
    DB_OPERATOR,
    DB_MENTION,
    DB_TABLE_COUNT
};

struct db_table_info {
    const char *name;
    enum kind kind;         /* whose fields are the columns */
    const char *key;        /* of the rows of a story: "story", "event"; NULL for other tables */
    const char *head;       /* columns before them, or "" */
    const char *tail;       /* what follows them in CREATE TABLE, or "" */
    const char *side;       /* "source", "target", or NULL: the second column */
    uint8_t n_head, n_tail; /* columns in head and tail */
};
extern const struct db_table_info db_tables[DB_TABLE_COUNT];

/* Columns that the fields of a kind, and of its parts, take. */
int db_column_count(enum kind kind);
/* Adds the statements that make all tables and indices. */
void db_put_schema(struct buf *sql);
/* Adds the statement that inserts a row, or the one that deletes the rows of a story. */
void db_put_insert(enum db_table table, struct buf *sql);
void db_put_delete(enum db_table table, struct buf *sql);

#endif
