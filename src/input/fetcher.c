/* fetcher.c - stories from addresses of feeds and pages: what dt_fetch_*() is. A feed's entries are
 * read by form_xml, pages by page_read(); a story is written as a line of JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/sized.h"
#include "input/fetch_web.h"
#include "input/form.h"
#include "input/http_message.h"
#include "input/intake.h"
#include "input/mail.h"
#include "page/page.h"

struct dt_fetcher {
    struct web web;
    bool articles;
    FILE *archive;
    const char *archive_path; /* in the arena */
    struct arena arena;       /* of the call */
    struct arena page_arena;  /* of the page read last */
    struct page_reader *pages;
    struct input_options input_options;
    struct buf feed, record, link, plain; /* the feed's bytes; the story as JSON */
    struct byte_stream *bytes;
    void *form;        /* the feed that is open, or NULL */
    bool page_waits;   /* the page that was fetched is a story not yet given */
    struct buf origin; /* its address */
};

static const struct sized sized_fetch = {"dt_fetch_options", sizeof(dt_fetch_options),
                                         sizeof(dt_fetch_options)};

/* ---- records ---- */

static void put_member(struct buf *b, const char *name, struct str value)
{
    value = str_trim(value);
    if (value.len == 0) return;
    buf_z(b, b->len > 1 ? ",\"" : "\"");
    buf_z(b, name);
    buf_z(b, "\":");
    buf_json(b, value);
}

static struct str or_else(struct str one, struct str other)
{
    if (str_trim(one).len != 0) return one;
    return other.at != NULL ? other : STR("");
}

/* What the page says, else what the feed says of it. */
static dt_status put_story(dt_fetcher *f, const struct parcel *p, const struct article *a,
                           dt_error *err)
{
    const struct str *pieces = p->pieces;
    struct str url = or_else(pieces[PIECE_URL], a->url);
    buf_clear(&f->record);
    buf_c(&f->record, '{');
    put_member(&f->record, "id", or_else(pieces[PIECE_ID], url));
    put_member(&f->record, "url", url);
    put_member(&f->record, "title", or_else(a->title, pieces[PIECE_TITLE]));
    put_member(&f->record, "date", or_else(pieces[PIECE_DATE], a->date));
    put_member(&f->record, "publisher", or_else(a->publisher, pieces[PIECE_PUBLISHER]));
    put_member(&f->record, "author", or_else(a->author, pieces[PIECE_AUTHOR]));
    put_member(&f->record, "lang", or_else(a->lang, pieces[PIECE_LANG]));
    buf_z(&f->record, f->record.len > 1 ? ",\"text\":" : "\"text\":");
    buf_json(&f->record, or_else(a->text, or_else(pieces[PIECE_TEXT], STR(""))));
    buf_c(&f->record, '}');
    return f->record.failed ? err_nomem(err) : DT_OK;
}

static dt_status read_article(dt_fetcher *f, struct str bytes, struct str charset,
                              struct article *out, dt_error *err)
{
    *out = (struct article){.text = {NULL, 0}};
    if (f->pages == NULL) f->pages = page_reader_new();
    if (f->pages == NULL) return err_nomem(err);
    arena_reset(&f->page_arena);
    return page_read(f->pages, &f->page_arena, bytes, charset, out, err);
}

/* ---- what was fetched ---- */

static struct str have_body(const dt_fetcher *f)
{
    return f->web.body.len != 0 ? str_of(f->web.body.at, f->web.body.len) : STR("");
}

static struct str have_type(const dt_fetcher *f, struct str *charset)
{
    struct str type;
    media_type(f->web.type.len > 1 ? str_c(f->web.type.at) : STR(""), &type, charset);
    return type;
}

/* As a record `resource` of a web archive, which the reader of stories takes. */
static dt_status archive_page(dt_fetcher *f, dt_error *err)
{
    char date[32] = "";
    time_t now = time(NULL);
    struct tm parts;
    struct buf name = {0};
    if (f->archive == NULL) return DT_OK;
    if (gmtime_r(&now, &parts) != NULL)
        (void)strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &parts);
    buf_z(&name, f->web.url.at);
    buf_z(&name, date);
    if (name.failed) return err_nomem(err);
    uint64_t one = str_hash(str_of(name.at, name.len)),
             other = str_hash_seed(str_of(name.at, name.len), 1);
    buf_free(&name);
    (void)fprintf(
        f->archive,
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: "
        "<urn:uuid:%08x-%04x-8%03x-8%03x-%012llx>\r\nWARC-Date: %s\r\nWARC-Target-URI: %s\r\n"
        "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
        (unsigned)(one >> 32), (unsigned)(one >> 16 & 0xFFFF), (unsigned)(one & 0xFFF),
        (unsigned)(other >> 52), (unsigned long long)(other & 0xFFFFFFFFFFFFULL), date,
        f->web.url.at, f->web.type.len > 1 ? f->web.type.at : "application/octet-stream",
        f->web.body.len);
    if (f->web.body.len != 0) (void)fwrite(f->web.body.at, 1, f->web.body.len, f->archive);
    (void)fputs("\r\n\r\n", f->archive);
    if (fflush(f->archive) == 0 && !ferror(f->archive)) return DT_OK;
    return err_set(err, DT_E_WRITE, 0, "%s could not be written", f->archive_path);
}

/* The encoding that an XML declaration names. */
static struct str declared_charset(struct str bytes)
{
    struct str head = str_cut(bytes, 0, bytes.len < 200 ? bytes.len : 200);
    head.len = str_find(head, '>', 0);
    if (!str_starts(head, STR("<?xml"))) return str_of(NULL, 0);
    for (size_t at = 0; at + 10 < head.len; at++) {
        if (!str_starts(str_cut(head, at, head.len), STR("encoding="))) continue;
        return str_cut(head, at + 10, str_find(head, head.at[at + 9], at + 10));
    }
    return str_of(NULL, 0);
}

static void close_feed(dt_fetcher *f)
{
    form_xml.close(f->form);
    if (f->bytes != NULL) f->bytes->close(f->bytes);
    f->form = NULL;
    f->bytes = NULL;
}

static dt_status open_feed(dt_fetcher *f, struct str charset, dt_error *err)
{
    struct str body = have_body(f);
    buf_clear(&f->feed);
    put_converted(body, charset.len != 0 ? charset : declared_charset(body), &f->feed);
    if (f->feed.failed) return err_nomem(err);
    f->bytes = stream_of_memory(str_of(f->feed.at, f->feed.len));
    if (f->bytes == NULL) return err_nomem(err);
    struct input input = {
        .origin = f->origin.at, .bytes = f->bytes, .options = &f->input_options, .notes = NULL};
    dt_status st = form_xml.open(&input, &f->form, err);
    if (st != DT_OK) close_feed(f);
    return st;
}

dt_status dt_fetch_start(dt_fetcher *f, const char *url, dt_error *err)
{
    bool fresh = false;
    struct str charset;
    if (f == NULL || url == NULL)
        return err_set(err, DT_E_ARG, 0, "dt_fetch_start() was given NULL");
    close_feed(f);
    f->page_waits = false;
    dt_status st = web_get(&f->web, url, &fresh, err);
    if (st != DT_OK || !fresh) return st;
    buf_clear(&f->origin);
    buf_z(&f->origin, f->web.url.at);
    buf_c(&f->origin, '\0');
    if (f->origin.failed) return err_nomem(err);
    (void)have_type(f, &charset);
    if (have_body(f).len != 0 && form_xml.like(STR(""), have_body(f)) == LIKE_SURELY) {
        st = open_feed(f, charset, err);
        return st;
    }
    f->page_waits = true;
    return archive_page(f, err);
}

/* ---- stories ---- */

/* The page that was fetched, as a story. */
static dt_status give_page(dt_fetcher *f, const struct parcel *known, dt_error *err)
{
    struct str charset, type = have_type(f, &charset);
    struct article a = {.text = {NULL, 0}};
    struct parcel p = *known;
    if (p.pieces[PIECE_URL].at == NULL) p.pieces[PIECE_URL] = str_c(f->web.url.at);
    if (str_is(type, "text/plain")) {
        buf_clear(&f->plain);
        put_converted(have_body(f), charset, &f->plain);
        if (f->plain.failed) return err_nomem(err);
        a.text = f->plain.len != 0 ? str_of(f->plain.at, f->plain.len) : STR("");
    } else if (type.len == 0 || str_is(type, "text/html") ||
               str_is(type, "application/xhtml+xml")) {
        dt_status st = read_article(f, have_body(f), charset, &a, err);
        if (st != DT_OK) return st;
    } else {
        return err_set(err, DT_E_STORY, 0, "%s: is %.*s, no page and no feed", f->web.url.at,
                       type.len < 60 ? (int)type.len : 60, type.at);
    }
    if (str_trim(a.text).len == 0)
        return err_set(err, DT_E_STORY, 0, "%s: no article was found in the page", f->web.url.at);
    return put_story(f, &p, &a, err);
}

/* A feed's entry; with `articles` the page that it leads to. */
static dt_status give_entry(dt_fetcher *f, const struct parcel *p, bool *given, dt_error *err)
{
    struct article a = {.text = {NULL, 0}};
    struct str url = p->pieces[PIECE_URL];
    dt_status st = DT_OK;
    *given = true;
    if (f->articles && url.len != 0) {
        buf_clear(&f->link);
        buf_put(&f->link, url);
        buf_c(&f->link, '\0');
        st = f->link.failed ? err_nomem(err) : web_get(&f->web, f->link.at, given, err);
        if (st == DT_OK && *given) st = archive_page(f, err);
        if (st == DT_OK && *given) st = give_page(f, p, err);
        return st == DT_E_READ || st == DT_E_ARG
                   ? (err != NULL ? (err->code = DT_E_STORY) : DT_E_STORY)
                   : st;
    }
    if (p->pieces[PIECE_PAGE].at != NULL)
        st = read_article(f, p->pieces[PIECE_PAGE], STR("utf-8"), &a, err);
    return st == DT_OK ? put_story(f, p, &a, err) : st;
}

static dt_status next_entry(dt_fetcher *f, bool *given, dt_error *err)
{
    for (;;) {
        struct parcel p = {.number = 0};
        bool more = false;
        dt_status st = form_xml.next(f->form, &p, &more, err);
        if (st == DT_OK && more) st = give_entry(f, &p, given, err);
        if (st == DT_OK && more && !*given) continue; /* it is as it was */
        if (st != DT_E_STORY && (st != DT_OK || !more)) close_feed(f);
        return st;
    }
}

dt_status dt_fetch_next(dt_fetcher *f, const char **story, size_t *len, dt_error *err)
{
    bool given = false;
    dt_status st = DT_OK;
    if (f == NULL || story == NULL || len == NULL)
        return err_set(err, DT_E_ARG, 0, "dt_fetch_next() was given NULL");
    *story = NULL;
    *len = 0;
    if (f->page_waits) {
        static const struct parcel nothing = {.number = 0};
        f->page_waits = false;
        st = give_page(f, &nothing, err);
        given = st == DT_OK;
    } else if (f->form != NULL) {
        st = next_entry(f, &given, err);
    }
    if (st != DT_OK || !given) return st;
    *story = f->record.at;
    *len = f->record.len;
    return DT_OK;
}

/* ---- the fetcher ---- */

static const char *keep_path(struct arena *a, const char *path)
{
    return path != NULL ? arena_str(a, str_c(path)).at : NULL;
}

static dt_status open_all(dt_fetcher *f, const dt_fetch_options *o, dt_error *err)
{
    const char *state = keep_path(&f->arena, o->state);
    f->archive_path = keep_path(&f->arena, o->archive);
    f->articles = o->articles != 0;
    f->web.delay = o->delay > 0 ? o->delay : 1;
    f->web.timeout = o->timeout > 0 ? o->timeout : 30;
    f->web.page_most = o->page_most != 0 ? o->page_most : (size_t)32 << 20;
    f->input_options.record_most = f->web.page_most;
    dt_status st = f->arena.failed ? err_nomem(err) : fetchstate_open(&f->web.state, state, err);
    if (st == DT_OK) st = web_open(&f->web, err);
    if (st != DT_OK || f->archive_path == NULL) return st;
    f->archive = fopen(f->archive_path, "ab");
    return f->archive != NULL
               ? DT_OK
               : err_set(err, DT_E_OPEN, 0, "%s could not be opened", f->archive_path);
}

dt_status dt_fetch_new(const dt_fetch_options *options, dt_fetcher **out, dt_error *err)
{
    dt_fetch_options o = {.size = sizeof o};
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "dt_fetch_new() was given NULL");
    *out = NULL;
    dt_status st = options != NULL ? sized_read(&sized_fetch, options, &o, err) : DT_OK;
    if (st != DT_OK) return st;
    dt_fetcher *f = calloc(1, sizeof *f);
    if (f == NULL) return err_nomem(err);
    st = open_all(f, &o, err);
    if (st == DT_OK)
        *out = f;
    else
        dt_fetch_free(f);
    return st;
}

dt_status dt_fetch_save(dt_fetcher *f, dt_error *err)
{
    if (f == NULL) return err_set(err, DT_E_ARG, 0, "dt_fetch_save() was given NULL");
    return fetchstate_save(&f->web.state, err);
}

void dt_fetch_free(dt_fetcher *f)
{
    if (f == NULL) return;
    close_feed(f);
    web_close(&f->web);
    if (f->archive != NULL) (void)fclose(f->archive);
    page_reader_free(f->pages);
    arena_free(&f->arena);
    arena_free(&f->page_arena);
    buf_free(&f->feed);
    buf_free(&f->record);
    buf_free(&f->link);
    buf_free(&f->plain);
    buf_free(&f->origin);
    free(f);
}
