/* columns.h - which column of a table is which piece of a story. */
#ifndef DETENTE_COLUMNS_H
#define DETENTE_COLUMNS_H

#include "input/form.h"

struct columns {
    size_t of[PIECE_COUNT]; /* the column of each piece, from 0; SIZE_MAX: none */
    size_t n;               /* columns */
    bool header;            /* the first line names them */
};

/* The first line of `head` holds names that text is usually found under, and others. */
bool columns_in_header(struct str head, char mark);
/* Settles them from the options and the first rows, and notes what was chosen. DT_E_READ where
 * there is no such column, or none of text. */
dt_status columns_settle(struct columns *c, struct str head, char mark, const struct input *input,
                         dt_error *err);
/* The piece that a column of this name usually holds, with how usual the name is: less is more;
 * PIECE_COUNT: none. For tables, Parquet and members of JSON. */
enum piece columns_usual(struct str name, size_t *rank);
/* The name that an option gives to the column of that piece, or NULL. */
const char *columns_option(const struct input_options *options, enum piece piece);
/* How notes call the piece, "text"; NULL: no column holds it. */
const char *columns_label(enum piece piece);

#endif
