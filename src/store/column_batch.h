/* column_batch.h - events as typed columns: a batch of rows in memory, as Arrow lays it out.
 *
 * The columns are those of CSV in their order, typed: text, whole numbers, reals, truths, days;
 * what CSV joins by ';' is a list. With dyads the two sides are single values. Behind them comes
 * what CSV leaves out: all that is known of the parties, as lists of structures. What writes files
 * of columns (arrow.c, parquet.c) takes batches. */
#ifndef DETENTE_COLUMN_BATCH_H
#define DETENTE_COLUMN_BATCH_H

#include "base/thrift.h"
#include "store/record.h"

enum {
    COLUMNS_MOST = 96,
    LEAVES_MOST = 192,
    COLUMN_NAME_SIZE = 32,
    BATCH_ROWS = 65536,            /* rows and */
    BATCH_BYTES = 32 * 1024 * 1024 /* bytes of a batch: what comes first makes it full */
};

enum column_type { COLUMN_TEXT, COLUMN_INT, COLUMN_REAL, COLUMN_BOOL, COLUMN_DAY };
enum column_shape {
    COLUMN_ONE,  /* one value a row */
    COLUMN_LIST, /* a list of values */
    COLUMN_ROWS  /* a list of structures, one leaf for each of their members */
};
enum column_source { SOURCE_FIELD, SOURCE_FIRST_DAY, SOURCE_LAST_DAY };

/* Values of one type, some of them none. Numbers are little-endian. */
struct leaf {
    const char *name; /* of a member; a column of one leaf has its own name */
    enum column_type type;
    enum column_source source;
    uint8_t kind, field; /* of the record table */
    size_t n, n_none;
    struct buf valid; /* a bit each, lowest first: the value is there */
    struct buf data; /* TEXT: the bytes; INT, REAL: 8 bytes each; DAY: 4, since 1970; BOOL: a bit */
    struct buf ends; /* TEXT: n + 1 offsets of 4 bytes */
};

struct column {
    char name[COLUMN_NAME_SIZE];
    enum column_shape shape;
    uint8_t kind; /* whose rows are the list's; of COLUMN_ONE the kind of the field */
    struct leaf *leaves;
    size_t n_leaves;
    struct buf offsets; /* lists: n_rows + 1 of 4 bytes, into the values of the leaves */
};

struct column_batch {
    bool dyads;
    struct column columns[COLUMNS_MOST];
    struct leaf leaves[LEAVES_MOST];
    size_t n_columns, n_leaves, n_rows, n_bytes;
    bool failed; /* memory ran out, or a batch grew beyond 2 GB: nothing in it counts */
};

/* An empty batch; NULL when memory ran out. */
struct column_batch *columns_new(bool dyads);
void columns_free(struct column_batch *c); /* NULL is allowed */
/* Packs an event, or one dyad of it, as columns_add() takes it: a thread that codes does this, with
 * nothing of `c` but which columns there are. */
void columns_pack(const struct column_batch *c, const struct record *r, struct buf *out);
/* Adds a packed row; false where the bytes are none: then nothing in the batch counts. */
bool columns_add(struct column_batch *c, struct thrift_in *in);
bool columns_full(const struct column_batch *c);
/* Drops the rows; the memory is kept. */
void columns_clear(struct column_batch *c);

static inline bool leaf_has(const struct leaf *leaf, size_t i)
{
    return ((unsigned char)leaf->valid.at[i / 8] >> (i % 8) & 1) != 0;
}
/* The bytes of value i; not of BOOL. */
struct str leaf_bytes(const struct leaf *leaf, size_t i);
/* Number of the first value in the list of that row. */
size_t column_offset(const struct column *column, size_t row);

#endif
