/* row.h - rows of a table of text. */
#ifndef DETENTE_ROW_H
#define DETENTE_ROW_H

#include "input/intake.h"

enum { ROW_FIELDS_MOST = 512 };

enum row_fault { ROW_GOOD, ROW_BROKEN, ROW_TOO_LONG };

struct row {
    struct str fields[ROW_FIELDS_MOST]; /* without their quotes; valid until the next row */
    size_t n;
    enum row_fault fault;
    bool loose; /* its quotes were broken: it was read as one line */
};

struct row_reader {
    struct intake *in;
    char mark;       /* between fields */
    size_t n_wanted; /* fields of a row; 0: not known yet */
    size_t most;     /* bytes of a row */
    size_t line;     /* on which the row that was read last begins */
    /* its own */
    size_t lines; /* that were read */
    uint64_t taken, wasted;
    struct buf plain; /* fields with doubled quotes, undone */
};

/* The mark that divides the first line best: comma, tab, semicolon or bar. */
char row_guess_mark(struct str head);
/* Cuts the row at the front of `s`; `ended`: no more bytes come. Returns its length with its line
 * end, or 0 where it does not end in s. row->fault is ROW_BROKEN where a quote is not closed as it
 * should be. `plain` holds what had to be undone. */
size_t row_cut(struct str s, char mark, bool ended, struct buf *plain, struct row *row);
/* The next row that is not empty. */
dt_status row_next(struct row_reader *r, struct row *row, bool *any, dt_error *err);
void row_reader_free(struct row_reader *r);

#endif
