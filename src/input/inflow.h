/* inflow.h - all stories behind a path, one parcel after the other. */
#ifndef DETENTE_INFLOW_H
#define DETENTE_INFLOW_H

#include "input/form.h"

struct inflow;

struct inflow_options {
    struct input_options input; /* its texts must stay; record_most is not 0 */
    enum date_order order;      /* ORDER_UNKNOWN: what the dates tell */
};

dt_status inflow_open(const char *path, const struct inflow_options *options, struct inflow **out,
                      dt_error *err);
void inflow_close(struct inflow *f); /* NULL is allowed */
/* Takes each file as one story of plain text, whatever it looks like. */
void inflow_whole(struct inflow *f);
/* The next parcel, packed, valid until the next call; `at` NULL at the end. What cannot be used is
 * a parcel, too, of PIECE_REFUSED. DT_E_NOMEM only. */
dt_status inflow_next(struct inflow *f, struct str *packed, size_t *number, dt_error *err);

bool inflow_is_stream(const struct inflow *f);
size_t inflow_position(const struct inflow *f);
size_t inflow_size(const struct inflow *f);
/* What dates told of their order so far, or the options. */
enum date_order inflow_order(const struct inflow *f);
const struct input_notes *inflow_notes(const struct inflow *f);

#endif
