/* pg_link.c - a connection to PostgreSQL; see pg_link.h. */
#include "store/pg_link.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

enum { COPY_PIECE = 1 << 16 };

/* ---- failures ---- */

/* The server's words in one line. */
static dt_status link_failed(const struct pg_link *link, const char *words, dt_error *err)
{
    char line[300];
    size_t n = 0;
    for (const char *p = words != NULL ? words : ""; *p != '\0' && n + 1 < sizeof line; p++) {
        const bool blank = *p == '\n' || *p == '\t' || *p == '\r';
        if (blank && (n == 0 || line[n - 1] == ' ')) continue;
        line[n++] = blank ? ' ' : *p;
    }
    while (n > 0 && line[n - 1] == ' ')
        n--;
    line[n] = '\0';
    return err_set(err, DT_E_STORE, 0, "the PostgreSQL database %s refused: %s", link->name,
                   n != 0 ? line : "the connection was lost");
}

static dt_status link_silent(struct pg_link *link, dt_error *err)
{
    PQfinish(link->conn); /* the server gives up what was open */
    link->conn = NULL;
    return err_set(err, DT_E_STORE, 0,
                   "the PostgreSQL database %s did not answer for %d seconds; what was not yet "
                   "committed is not in it",
                   link->name, link->wait_seconds);
}

static dt_status link_dead(const struct pg_link *link, dt_error *err)
{
    return err_set(err, DT_E_STORE, 0, "the connection to the PostgreSQL database %s is lost",
                   link->name);
}

/* ---- opening ---- */

static void name_link(struct pg_link *link, const char *conninfo)
{
    PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
    const char *base = NULL, *host = NULL;
    for (PQconninfoOption *o = options; o != NULL && o->keyword != NULL; o++) {
        if (o->val == NULL) continue;
        if (strcmp(o->keyword, "dbname") == 0) base = o->val;
        if (strcmp(o->keyword, "host") == 0) host = o->val;
    }
    (void)snprintf(link->name, sizeof link->name, "%.90s%s%.90s", base != NULL ? base : "(default)",
                   host != NULL ? " at " : "", host != NULL ? host : "");
    PQconninfoFree(options);
}

static void say_nothing(void *context, const char *message)
{
    (void)context;
    (void)message;
}

static dt_status check_link(struct pg_link *link, dt_error *err)
{
    if (link->conn == NULL) return err_nomem(err);
    if (PQstatus(link->conn) != CONNECTION_OK)
        return link_failed(link, PQerrorMessage(link->conn), err);
    const char *encoding = PQparameterStatus(link->conn, "server_encoding");
    if (encoding != NULL && strcmp(encoding, "UTF8") != 0)
        return err_set(
            err, DT_E_STORE, 0,
            "the PostgreSQL database %s keeps text as %s; one of encoding UTF8 is needed",
            link->name, encoding);
    (void)PQsetNoticeProcessor(link->conn, say_nothing, NULL);
    return PQsetnonblocking(link->conn, 1) == 0
               ? DT_OK
               : link_failed(link, PQerrorMessage(link->conn), err);
}

dt_status link_open(struct pg_link *link, const char *conninfo, dt_error *err)
{
    char seconds[16];
    const int most = link->wait_seconds < 15 ? link->wait_seconds : 15;
    (void)snprintf(seconds, sizeof seconds, "%d", most < 2 ? 2 : most);
    /* What comes later wins; "dbname" is taken apart where it stands. */
    const char *keys[] = {"connect_timeout", "application_name", "dbname", "client_encoding", NULL};
    const char *values[] = {seconds, "detente", conninfo, "UTF8", NULL};
    name_link(link, conninfo);
    link->conn = PQconnectdbParams(keys, values, 1);
    return check_link(link, err);
}

void link_close(struct pg_link *link)
{
    PQfinish(link->conn);
    link->conn = NULL;
}

/* ---- waiting ---- */

/* Until the socket can be read (or written, too); false when that took too long. */
static bool wait_for_socket(const struct pg_link *link, bool writing)
{
    struct pollfd wanted = {.fd = PQsocket(link->conn),
                            .events = (short)(writing ? POLLIN | POLLOUT : POLLIN)};
    int n;
    do
        n = poll(&wanted, 1, link->wait_seconds * 1000);
    while (n < 0 && errno == EINTR);
    return n != 0;
}

static dt_status flush_link(struct pg_link *link, dt_error *err)
{
    int left;
    while ((left = PQflush(link->conn)) == 1) {
        if (!wait_for_socket(link, true)) return link_silent(link, err);
        if (PQconsumeInput(link->conn) != 1)
            return link_failed(link, PQerrorMessage(link->conn), err);
    }
    return left == 0 ? DT_OK : link_failed(link, PQerrorMessage(link->conn), err);
}

/* The next answer, NULL behind the last. */
static dt_status next_answer(struct pg_link *link, PGresult **out, dt_error *err)
{
    *out = NULL;
    while (PQisBusy(link->conn)) {
        if (!wait_for_socket(link, false)) return link_silent(link, err);
        if (PQconsumeInput(link->conn) != 1)
            return link_failed(link, PQerrorMessage(link->conn), err);
    }
    *out = PQgetResult(link->conn);
    return DT_OK;
}

static bool is_good(const PGresult *answer)
{
    const ExecStatusType status = PQresultStatus(answer);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN;
}

/* All answers; the last good one in *out, and the first failure. */
static dt_status all_answers(struct pg_link *link, PGresult **out, dt_error *err)
{
    dt_status st = DT_OK;
    for (;;) {
        PGresult *answer;
        dt_status got = next_answer(link, &answer, st == DT_OK ? err : NULL);
        if (got != DT_OK) return st == DT_OK ? got : st;
        if (answer == NULL) return st;
        if (st == DT_OK && !is_good(answer))
            st = link_failed(link, PQresultErrorMessage(answer), err);
        const bool copying = PQresultStatus(answer) == PGRES_COPY_IN;
        if (out != NULL) {
            PQclear(*out);
            *out = answer;
        } else {
            PQclear(answer);
        }
        if (copying || PQstatus(link->conn) == CONNECTION_BAD) return st;
    }
}

/* ---- asking ---- */

dt_status link_run(struct pg_link *link, const char *sql, int n, const char *const *values,
                   PGresult **out, dt_error *err)
{
    PGresult *last = NULL;
    if (link->conn == NULL) return link_dead(link, err);
    const int sent = n == 0 ? PQsendQuery(link->conn, sql)
                            : PQsendQueryParams(link->conn, sql, n, NULL, values, NULL, NULL, 0);
    if (sent != 1) return link_failed(link, PQerrorMessage(link->conn), err);
    dt_status st = flush_link(link, err);
    if (st == DT_OK) st = all_answers(link, &last, err);
    if (out != NULL && st == DT_OK)
        *out = last;
    else
        PQclear(last);
    return st;
}

/* A piece that did not fit is tried again when the server has taken some. */
static dt_status send_piece(struct pg_link *link, struct str piece, dt_error *err)
{
    for (;;) {
        const int taken = PQputCopyData(link->conn, piece.at, (int)piece.len);
        if (taken == 1) return flush_link(link, err);
        if (taken < 0) return link_failed(link, PQerrorMessage(link->conn), err);
        if (!wait_for_socket(link, true)) return link_silent(link, err);
        if (PQconsumeInput(link->conn) != 1)
            return link_failed(link, PQerrorMessage(link->conn), err);
    }
}

dt_status link_copy(struct pg_link *link, const char *sql, struct str rows, dt_error *err)
{
    dt_status st = link_run(link, sql, 0, NULL, NULL, err);
    if (st != DT_OK) return st;
    for (size_t at = 0; st == DT_OK && at < rows.len; at += COPY_PIECE) {
        const size_t left = rows.len - at;
        st = send_piece(link, str_of(rows.at + at, left < COPY_PIECE ? left : COPY_PIECE), err);
    }
    if (st != DT_OK) return st;
    if (PQputCopyEnd(link->conn, NULL) < 0)
        return link_failed(link, PQerrorMessage(link->conn), err);
    st = flush_link(link, err);
    return st == DT_OK ? all_answers(link, NULL, err) : st;
}
