/* fetch_web.c - pages and feeds from the web, politely.
 *
 * Before anything of a host is fetched its robots.txt is, once (RFC 9309: a refusal allows all, a
 * server that fails allows nothing). Between two requests to a host lie `delay` seconds. A page
 * that was had before is asked for with its ETag and Last-Modified. Redirects are followed by hand,
 * so that each address on the way is asked for as politely. Only http and https; never more than
 * `page_most` bytes, counted after decompression. */
#include "input/fetch_web.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <time.h>

#include "input/http_message.h"
#include "input/robots.h"

enum { REDIRECTS_MOST = 5, ADDRESS_MOST = 8192 };

static const char robot_name[] = "detente";

/* ---- hosts ---- */

/* "https://host:port" of an address; empty: it is none of http or https. */
static struct str site_of(struct str url)
{
    size_t scheme = url.len > 7 && strncasecmp(url.at, "http://", 7) == 0    ? 7
                    : url.len > 8 && strncasecmp(url.at, "https://", 8) == 0 ? 8
                                                                             : 0;
    size_t end = scheme;
    if (scheme == 0) return STR("");
    while (end < url.len && url.at[end] != '/' && url.at[end] != '?' && url.at[end] != '#')
        end++;
    return str_cut(url, 0, end > scheme ? end : 0);
}

static struct web_site *find_site(struct web *w, struct str name, dt_error *err)
{
    for (size_t i = 0; i < w->n_sites; i++)
        if (str_eq_nocase(w->sites[i].name, name)) return &w->sites[i];
    struct web_site *grown = realloc(w->sites, (w->n_sites + 1) * sizeof *grown);
    struct str kept = grown != NULL ? arena_str(&w->arena, name) : STR("");
    if (grown != NULL) w->sites = grown;
    if (grown == NULL || w->arena.failed) {
        (void)err_nomem(err);
        return NULL;
    }
    w->sites[w->n_sites] = (struct web_site){.name = kept, .last = -1};
    return &w->sites[w->n_sites++];
}

static double clock_seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void wait_for(struct web *w, struct web_site *site)
{
    double left = site->last < 0 ? 0 : site->last + w->delay - clock_seconds();
    if (left > 0) {
        struct timespec pause = {.tv_sec = (time_t)left};
        pause.tv_nsec = (long)((left - (double)pause.tv_sec) * 1e9);
        (void)nanosleep(&pause, NULL);
    }
    site->last = clock_seconds();
}

/* ---- one request ---- */

static size_t take_body(char *bytes, size_t size, size_t n, void *context)
{
    struct web *w = context;
    n *= size;
    if (w->body.len + n > w->page_most) {
        w->too_large = true;
        return 0; /* which ends the transfer */
    }
    buf_put(&w->body, str_of(bytes, n));
    return w->body.failed ? 0 : n;
}

static void keep_header(struct buf *to, struct str value)
{
    buf_clear(to);
    buf_put(to, value);
    buf_c(to, '\0');
}

static size_t take_header(char *bytes, size_t size, size_t n, void *context)
{
    struct web *w = context;
    struct str line = str_trim(str_of(bytes, n * size)), name, value;
    if (header_split(line, &name, &value)) {
        if (str_is(name, "etag")) keep_header(&w->etag, value);
        if (str_is(name, "last-modified")) keep_header(&w->modified, value);
        if (str_is(name, "content-type")) keep_header(&w->type, value);
    }
    return n * size;
}

static struct curl_slist *conditions(struct web *w, const char *url, bool conditional, bool *failed)
{
    const struct fetched_page *known = conditional ? fetchstate_find(&w->state, str_c(url)) : NULL;
    struct curl_slist *list = NULL;
    struct buf line = {0};
    if (known != NULL && known->etag.len != 0) {
        buf_z(&line, "If-None-Match: ");
        buf_put(&line, known->etag);
        buf_c(&line, '\0');
        if (!line.failed) list = curl_slist_append(list, line.at);
        *failed = line.failed || list == NULL;
    }
    buf_clear(&line);
    if (known != NULL && known->modified.len != 0 && !*failed) {
        buf_z(&line, "If-Modified-Since: ");
        buf_put(&line, known->modified);
        buf_c(&line, '\0');
        struct curl_slist *more = line.failed ? NULL : curl_slist_append(list, line.at);
        *failed = more == NULL;
        if (more != NULL) list = more;
    }
    buf_free(&line);
    return list;
}

static void set_request(struct web *w, const char *url, struct curl_slist *headers)
{
    CURL *c = w->curl;
    curl_easy_reset(c);
    (void)curl_easy_setopt(c, CURLOPT_URL, url);
    (void)curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(c, CURLOPT_USERAGENT, w->agent);
    (void)curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    (void)curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(w->timeout * 500));
    (void)curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)(w->timeout * 1000));
    (void)curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    (void)curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
    (void)curl_easy_setopt(c, CURLOPT_WRITEDATA, w);
    (void)curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
    (void)curl_easy_setopt(c, CURLOPT_HEADERDATA, w);
    (void)curl_easy_setopt(c, CURLOPT_ERRORBUFFER, w->why);
}

/* Asks once. *status is that of HTTP; DT_E_READ: there was no answer. */
static dt_status ask(struct web *w, const char *url, bool conditional, long *status, dt_error *err)
{
    bool failed = false;
    struct curl_slist *headers = conditions(w, url, conditional, &failed);
    buf_clear(&w->body);
    buf_clear(&w->etag);
    buf_clear(&w->modified);
    buf_clear(&w->type);
    w->too_large = false;
    w->why[0] = '\0';
    *status = 0;
    set_request(w, url, headers);
    CURLcode code = failed ? CURLE_OUT_OF_MEMORY : curl_easy_perform(w->curl);
    curl_slist_free_all(headers);
    (void)curl_easy_getinfo(w->curl, CURLINFO_RESPONSE_CODE, status);
    if (code == CURLE_OUT_OF_MEMORY || w->body.failed || w->etag.failed || w->modified.failed ||
        w->type.failed)
        return err_nomem(err);
    if (w->too_large)
        return err_set(err, DT_E_READ, 0, "%s: is larger than %zu MB and was left", url,
                       w->page_most >> 20);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return err_set(err, DT_E_READ, 0, "%s: the server gave no whole answer in %g seconds", url,
                       w->timeout);
    if (code != CURLE_OK)
        return err_set(err, DT_E_READ, 0, "%s: could not be fetched: %s", url,
                       w->why[0] != '\0' ? w->why : curl_easy_strerror(code));
    return DT_OK;
}

/* The address that a redirect leads to, in w->address; false: it leads nowhere. */
static bool follow(struct web *w)
{
    char *next = NULL;
    (void)curl_easy_getinfo(w->curl, CURLINFO_REDIRECT_URL, &next);
    if (next == NULL || strlen(next) >= ADDRESS_MOST) return false;
    keep_header(&w->address, str_c(next));
    return !w->address.failed;
}

/* ---- robots ---- */

/* Fetches what the site allows; redirects may lead to other sites. */
static dt_status fetch_robots(struct web *w, struct web_site *site, dt_error *err)
{
    long status = 0;
    dt_error why = {0};
    dt_status st = DT_OK;
    size_t index = (size_t)(site - w->sites);
    buf_clear(&w->address);
    buf_put(&w->address, site->name);
    buf_z(&w->address, "/robots.txt");
    buf_c(&w->address, '\0');
    for (int i = 0; i <= REDIRECTS_MOST && !w->address.failed; i++) {
        wait_for(w, site);
        st = ask(w, w->address.at, false, &status, &why);
        if (st != DT_OK || status < 300 || status >= 400 || !follow(w)) break;
    }
    site = &w->sites[index];
    if (st == DT_E_NOMEM || w->address.failed) return err_nomem(err);
    site->asked = true;
    site->closed = (st != DT_OK && !w->too_large) || status >= 500;
    if (st == DT_OK && status >= 200 && status < 300 && w->body.len != 0)
        site->robots = arena_str(&w->arena, str_of(w->body.at, w->body.len));
    return w->arena.failed ? err_nomem(err) : DT_OK;
}

static dt_status check_robots(struct web *w, const char *url, dt_error *err)
{
    struct str all = str_c(url), name = site_of(all);
    if (name.len == 0)
        return err_set(err, DT_E_ARG, 0, "'%.100s' is no address of http or https", url);
    struct web_site *site = find_site(w, name, err);
    if (site == NULL) return DT_E_NOMEM;
    dt_status st = site->asked ? DT_OK : fetch_robots(w, site, err);
    if (st != DT_OK) return st;
    if (site->closed)
        return err_set(err, DT_E_READ, 0,
                       "%s: was not fetched: the site's robots.txt could not be had", url);
    struct str path = str_cut(all, name.len, str_find(all, '#', name.len));
    struct buf whole = {0};
    if (path.len == 0 || path.at[0] != '/') buf_c(&whole, '/');
    buf_put(&whole, path);
    bool allowed =
        !whole.failed && (site->robots.at == NULL ||
                          robots_allow(site->robots, robot_name, str_of(whole.at, whole.len)));
    bool failed = whole.failed;
    buf_free(&whole);
    if (failed) return err_nomem(err);
    if (allowed) wait_for(w, site);
    return allowed ? DT_OK
                   : err_set(err, DT_E_READ, 0,
                             "%s: was not fetched: the site's robots.txt forbids it", url);
}

/* ---- pages ---- */

static dt_status keep_answer(struct web *w, const char *url, dt_error *err)
{
    struct str etag = w->etag.len > 1 ? str_c(w->etag.at) : STR("");
    struct str modified = w->modified.len > 1 ? str_c(w->modified.at) : STR("");
    if (w->state.path == NULL || (etag.len == 0 && modified.len == 0)) return DT_OK;
    return fetchstate_set(&w->state, str_c(url), etag, modified, err);
}

static dt_status refuse_status(const char *url, long status, dt_error *err)
{
    return err_set(err, DT_E_READ, 0, "%s: the server answered %ld", url, status);
}

dt_status web_get(struct web *w, const char *url, bool *fresh, dt_error *err)
{
    long status = 0;
    *fresh = false;
    if (strlen(url) >= ADDRESS_MOST)
        return err_set(err, DT_E_ARG, 0, "an address of more than %d bytes", ADDRESS_MOST);
    struct buf at = {0};
    keep_header(&at, str_c(url));
    dt_status st = at.failed ? err_nomem(err) : DT_OK;
    for (int i = 0; st == DT_OK; i++) {
        st = check_robots(w, at.at, err);
        if (st == DT_OK) st = ask(w, at.at, true, &status, err);
        if (st != DT_OK || status < 300 || status >= 400 || status == 304) break;
        if (i == REDIRECTS_MOST)
            st = err_set(err, DT_E_READ, 0, "%s: leads on and on, to %.80s", url, at.at);
        else if (!follow(w))
            st = err_set(err, DT_E_READ, 0, "%s: leads to no address that can be fetched", url);
        else
            keep_header(&at, str_c(w->address.at));
        if (at.failed) st = err_nomem(err);
    }
    if (st == DT_OK && status != 304 && (status < 200 || status >= 300))
        st = refuse_status(url, status, err);
    if (st == DT_OK && status != 304) {
        st = keep_answer(w, at.at, err);
        *fresh = true;
    }
    buf_clear(&w->url);
    buf_z(&w->url, at.failed ? "" : at.at);
    buf_c(&w->url, '\0');
    buf_free(&at);
    return st == DT_OK && w->url.failed ? err_nomem(err) : st;
}

dt_status web_open(struct web *w, dt_error *err)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0) return err_nomem(err);
    w->curl = curl_easy_init();
    (void)snprintf(w->agent, sizeof w->agent,
                   "%s/%s (codes political events in news; obeys robots.txt)", robot_name,
                   dt_version());
    return w->curl == NULL ? err_nomem(err) : DT_OK;
}

void web_close(struct web *w)
{
    if (w->curl != NULL) curl_easy_cleanup(w->curl);
    free(w->sites);
    buf_free(&w->body);
    buf_free(&w->etag);
    buf_free(&w->modified);
    buf_free(&w->type);
    buf_free(&w->address);
    buf_free(&w->url);
    arena_free(&w->arena);
    fetchstate_free(&w->state);
}
