/* column_out.h - what the writers of column files share: where bytes go, what is said of a file. */
#ifndef DETENTE_COLUMN_OUT_H
#define DETENTE_COLUMN_OUT_H

#include "base/err.h"
#include "store/column_batch.h"

/* A file that is written from front to back. */
struct column_out {
    int descriptor;
    uint64_t at; /* bytes written */
    char *path;  /* for messages */
};

/* DT_E_WRITE names the file. */
dt_status column_out_put(struct column_out *out, struct str bytes, dt_error *err);

/* What is said of the whole file. */
struct column_note {
    const char *key, *value;
};
enum { COLUMN_NOTES_MOST = 8 };
struct column_notes {
    struct column_note at[COLUMN_NOTES_MOST];
    size_t n;
};

/* A way to write: `begin` before the first batch, `end` behind the last. Batches are never empty.
 */
struct column_format {
    dt_status (*begin)(void *state, const struct column_batch *c, const struct column_notes *notes,
                       struct column_out *out, dt_error *err);
    dt_status (*batch)(void *state, const struct column_batch *c, struct column_out *out,
                       dt_error *err);
    dt_status (*end)(void *state, const struct column_batch *c, const struct column_notes *notes,
                     struct column_out *out, dt_error *err);
    void *(*make)(void); /* the state; NULL when memory ran out */
    void (*free)(void *state);
};
extern const struct column_format column_parquet, column_arrow_file, column_arrow_stream;

#endif
