/* err.h - filling a dt_error: a code to branch on, a sentence to read, a place to look. */
#ifndef DETENTE_ERR_H
#define DETENTE_ERR_H

#include "base/port.h"
#include "detente.h"

/* Fills *err (which may be NULL) and returns `code`, so that a failure is one statement:
 *     return err_set(err, DT_E_READ, off, "%s: was cut off after %zu bytes", path, off);
 * The message is one line, past tense, and names the thing and the place. */
dt_status err_set(dt_error *err, dt_status code, size_t offset, const char *format, ...)
    PRINTF_LIKE(4, 5);
/* DT_E_ARG for a NULL where none is allowed; `what`: "no coder". */
dt_status err_null(dt_error *err, const char *what);
/* The message for memory that could not be had. */
dt_status err_nomem(dt_error *err);

#endif
