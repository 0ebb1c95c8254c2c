/* table_read.h - tab-separated tables with a header line, for places/ and ontology/. */
#ifndef DETENTE_TABLE_READ_H
#define DETENTE_TABLE_READ_H

#include "know/compile.h"

enum { TABLE_COLUMNS_MOST = 24 };

struct table_reader {
    const struct compile_file *file;
    struct str rest; /* text not read yet */
    uint32_t line;   /* of `cells`, from 1 */
    uint32_t n_columns;
    uint32_t place[TABLE_COLUMNS_MOST]; /* of each wanted column + 1; 0 when the file lacks it */
    struct str cells[TABLE_COLUMNS_MOST];
};

/* Reads comments and the header line. `columns` are the wanted ones, the first `n_needed` of them
 * must be there; columns that nobody wants are passed over. The first line must be a comment that
 * begins with "# provenance". */
dt_status table_open(struct table_reader *t, const struct compile_file *file,
                     const char *const *columns, size_t n, size_t n_needed, dt_error *err);
/* Reads the next row; *more is false at the end. */
dt_status table_next(struct table_reader *t, bool *more, dt_error *err);
/* The cell of wanted column i, trimmed; "" when the file lacks it. */
struct str table_cell(const struct table_reader *t, size_t i);
/* A decimal number such as "-12.25"; false if it is none. Empty is 0. */
bool table_number(struct str s, double *out);
/* "PATH:LINE: message" as DT_E_KNOWLEDGE. */
dt_status table_error(const struct table_reader *t, dt_error *err, const char *format, ...)
    PRINTF_LIKE(3, 4);

#endif
