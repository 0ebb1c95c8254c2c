/* db_rows.h - a document's rows as bytes, made in any thread, written by one.
 *
 * In: a document. Out: its rows table by table in the order of db_schema.h, cells as a type byte
 * and a number, or a length and text. All text is valid UTF-8 without NUL: what is not reads
 * U+FFFD, so that every reader of a database takes it. Keys are the writer's: a row says only which
 * of the story's events it belongs to. One pass over the records; the memory is kept between
 * documents. */
#ifndef DETENTE_DB_ROWS_H
#define DETENTE_DB_ROWS_H

#include "store/db_schema.h"

struct dt_rows {
    struct buf bytes;
    struct buf id;    /* the story's, NUL-terminated */
    struct buf words; /* title and sentences, for the search */
    size_t title_len, words_len; /* of `words`, which a NUL ends */
    uint32_t n_events;
    bool full; /* holds a document */
    struct coder_run run;
    const struct dt_model *model; /* borrowed: its codes fill tables */
};

enum cell_type { CELL_NONE, CELL_INTEGER, CELL_REAL, CELL_TEXT };

struct db_cell {
    enum cell_type type;
    union {
        int64_t integer;
        double real;
        struct str text; /* borrowed from the rows */
    };
};

struct db_row {
    enum db_table table;
    uint32_t event, number; /* of the story's events; of its list */
};

/* Walks packed bytes: each row, then its db_cell_count() cells, all of them. */
struct db_walk {
    const char *at, *end;
};

static inline struct db_walk db_walk_of(struct str bytes)
{
    return (struct db_walk){bytes.at, bytes.len != 0 ? bytes.at + bytes.len : bytes.at};
}

static inline bool db_next_row(struct db_walk *w, struct db_row *row)
{
    if (w->at == w->end) return false;
    memcpy(row, w->at, sizeof *row);
    w->at += sizeof *row;
    return true;
}

static inline struct db_cell db_next_cell(struct db_walk *w)
{
    struct db_cell cell = {.type = (enum cell_type) * w->at++};
    if (cell.type == CELL_NONE) return cell;
    if (cell.type == CELL_TEXT) {
        memcpy(&cell.text.len, w->at, sizeof cell.text.len);
        cell.text.at = w->at + sizeof cell.text.len;
        w->at = cell.text.at + cell.text.len;
    } else {
        memcpy(&cell.integer, w->at, sizeof cell.integer);
        w->at += sizeof cell.integer;
    }
    return cell;
}

/* Packs the document; false when memory ran out. */
bool rows_pack(struct dt_rows *rows, const struct dt_doc *doc);
void rows_free(struct dt_rows *rows);
/* Adds the rows of the tables of codes. False when memory ran out. */
bool rows_pack_codes(const struct know *know, struct buf *out);
/* Adds the text as valid UTF-8 without NUL. */
void rows_put_clean(struct str text, struct buf *out);

#endif
