/* fetch_web.h - one page after the other from the web; see fetch_web.c. */
#ifndef DETENTE_FETCH_WEB_H
#define DETENTE_FETCH_WEB_H

#include <curl/curl.h>
#include <detente.h>

#include "base/arena.h"
#include "base/buf.h"
#include "input/fetchstate.h"

/* A server: its rules, and when it was last asked. */
struct web_site {
    struct str name;    /* "https://host:port" */
    struct str robots;  /* `at` NULL: it has none */
    bool asked, closed; /* closed: its robots.txt could not be had */
    double last;        /* seconds of a clock; below 0: never */
};

struct web {
    /* set by the caller */
    double delay, timeout; /* seconds */
    size_t page_most;
    struct fetchstate state;
    /* of the page that was fetched last */
    struct buf body, etag, modified, type, url; /* the headers and the address end with a NUL */
    /* its own */
    CURL *curl;
    struct arena arena;
    struct web_site *sites;
    size_t n_sites;
    struct buf address;
    bool too_large;
    char agent[96], why[CURL_ERROR_SIZE];
};

/* The members above are set, the others 0. */
dt_status web_open(struct web *w, dt_error *err);
void web_close(struct web *w);
/* Fetches a page. *fresh false: it is as it was (304). DT_E_READ, with a sentence: it could not be
 * had or must not be fetched; DT_E_ARG: no address. */
dt_status web_get(struct web *w, const char *url, bool *fresh, dt_error *err);

#endif
