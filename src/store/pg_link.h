/* pg_link.h - a connection to PostgreSQL that never waits for ever.
 *
 * Every question is sent without blocking and its answer waited for with poll(); a server that is
 * silent too long, or gone, gives a sentence, and the link is dead from then on. */
#ifndef DETENTE_PG_LINK_H
#define DETENTE_PG_LINK_H

#include <libpq-fe.h>

#include "base/buf.h"
#include "base/err.h"

struct pg_link {
    PGconn *conn;
    char name[200]; /* "news at /run/postgresql": without a password */
    int wait_seconds;
};

/* Connects; never blocks longer than wait_seconds for each address that the server has. */
dt_status link_open(struct pg_link *link, const char *conninfo, dt_error *err);
void link_close(struct pg_link *link);
/* Runs SQL: several statements, or one with n parameters. *out (may be NULL) is the last answer, to
 * be released with PQclear(). */
dt_status link_run(struct pg_link *link, const char *sql, int n, const char *const *values,
                   PGresult **out, dt_error *err);
/* Sends text as the rows of COPY; `sql` is the statement. */
dt_status link_copy(struct pg_link *link, const char *sql, struct str rows, dt_error *err);

#endif
