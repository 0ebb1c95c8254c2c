/* form_warc.c - web archives: WARC 0.18 to 1.1 (ISO 28500), as Common Crawl and the Internet
 * Archive write them.
 *
 * Of each record only its length is believed, and that only as long as what follows it is the next
 * record: else the next line that begins one is looked for, in what was read and behind it, so that
 * one wrong length costs one record. Pages (text/html, xhtml) and plain texts become parcels; what
 * else was crawled (images, redirects, errors, requests) is passed over. A story's day is the
 * page's own affair: the day of the crawl is not taken for it. */
#include <stdlib.h>

#include "base/err.h"
#include "input/http.h"
#include "input/window.h"

enum { LINE_MOST = 1 << 16, HEAD_LINES_MOST = 1000, RECORD_MOST = 16 << 20 };

struct warc {
    const struct input *input;
    struct window window;
    size_t number; /* of the record */
    size_t most;
    char id[200], url[4096];   /* of the record */
    struct buf scratch, spare; /* its body */
    char charset[64];
};

struct warc_head {
    bool wanted, answer; /* a kind of record that holds a text; it is an HTTP answer */
    bool plain;
    size_t length;
};

static bool begins_record(struct str line)
{
    return str_starts(line, STR("WARC/0.")) || str_starts(line, STR("WARC/1."));
}

static enum likeness like_warc(struct str name, struct str head)
{
    if (begins_record(head)) return LIKE_SURELY;
    return str_ends(name, STR(".warc")) || str_ends(name, STR(".wet")) ? LIKE_NAME : LIKE_NOT;
}

static void close_warc(void *state)
{
    struct warc *w = state;
    if (w == NULL) return;
    window_free(&w->window);
    buf_free(&w->scratch);
    buf_free(&w->spare);
    free(w);
}

static dt_status open_warc(const struct input *input, void **state, dt_error *err)
{
    struct warc *w = calloc(1, sizeof *w);
    *state = w;
    if (w == NULL) return err_nomem(err);
    w->input = input;
    w->most = input->options != NULL && input->options->record_most != 0
                  ? input->options->record_most
                  : RECORD_MOST;
    window_open(&w->window, input->bytes);
    return DT_OK;
}

/* ---- the head of a record ---- */

static void keep_text(struct str text, char *out, size_t cap)
{
    size_t len = text.len < cap - 1 ? text.len : cap - 1;
    memcpy(out, text.at, len);
    out[len] = '\0';
}

/* "<urn:uuid:...>" without the brackets, which some versions write round addresses, too. */
static struct str unbracketed(struct str text)
{
    bool both = text.len >= 2 && text.at[0] == '<' && text.at[text.len - 1] == '>';
    return both ? str_cut(text, 1, text.len - 1) : text;
}

static size_t read_length(struct str digits)
{
    size_t n = 0;
    for (size_t i = 0; i < digits.len && digits.at[i] >= '0' && digits.at[i] <= '9'; i++) {
        if (n > SIZE_MAX / 20) return SIZE_MAX / 2;
        n = n * 10 + (size_t)(digits.at[i] - '0');
    }
    return n;
}

static void read_field(struct warc *w, struct str line, struct warc_head *head)
{
    struct str value;
    if (http_header(line, STR("warc-type"), &value)) {
        head->wanted = str_eq_nocase(value, STR("response")) ||
                       str_eq_nocase(value, STR("resource")) ||
                       str_eq_nocase(value, STR("conversion"));
        head->plain = str_eq_nocase(value, STR("conversion"));
    } else if (http_header(line, STR("content-length"), &value)) {
        head->length = read_length(value);
    } else if (http_header(line, STR("content-type"), &value)) {
        head->answer =
            value.len >= 16 && str_eq_nocase(str_cut(value, 0, 16), STR("application/http"));
        if (str_starts(value, STR("text/plain"))) head->plain = true;
    } else if (http_header(line, STR("warc-target-uri"), &value)) {
        keep_text(unbracketed(value), w->url, sizeof w->url);
    } else if (http_header(line, STR("warc-record-id"), &value)) {
        keep_text(unbracketed(value), w->id, sizeof w->id);
    }
}

/* Takes lines up to the one that begins a record, and that one; *found is false at the end. *lost
 * counts what was passed over, blank lines apart. */
static dt_status find_record(struct warc *w, bool *found, size_t *lost, dt_error *err)
{
    struct str line;
    *found = false;
    *lost = 0;
    for (;;) {
        dt_status st = window_line(&w->window, LINE_MOST, &line, err);
        if (st != DT_OK || line.len == 0) return st;
        *found = begins_record(line);
        if (!*found) *lost += str_trim(line).len;
        w->window.begin += line.len;
        if (*found) return DT_OK;
    }
}

/* Takes the lines of a record's head, and the blank one behind them. */
static dt_status read_head(struct warc *w, struct warc_head *head, dt_error *err)
{
    struct str line;
    *head = (struct warc_head){.wanted = false};
    w->id[0] = w->url[0] = '\0';
    for (int i = 0; i < HEAD_LINES_MOST; i++) {
        dt_status st = window_line(&w->window, LINE_MOST, &line, err);
        if (st != DT_OK || line.len == 0) return st;
        struct str field = str_trim(line);
        if (field.len != 0) read_field(w, field, head);
        w->window.begin += line.len;
        if (field.len == 0) return DT_OK;
    }
    return DT_OK;
}

/* ---- its content ---- */

/* True where the next record, or nothing more, stands at `at` of what is there. */
static bool is_border(const struct warc *w, size_t at)
{
    struct str have = window_view(&w->window);
    while (at < have.len && (have.at[at] == '\r' || have.at[at] == '\n'))
        at++;
    return at >= have.len ? w->window.ended : begins_record(str_cut(have, at, have.len));
}

/* Where in the content a record begins at a line of its own; `len` where none does. */
static size_t find_border(struct str content)
{
    for (size_t at = str_find(content, '\n', 0); at < content.len;
         at = str_find(content, '\n', at + 1))
        if (begins_record(str_cut(content, at + 1, content.len))) return at + 1;
    return content.len;
}

/* The content, in the window and not yet taken: cut short where its length is wrong. */
static dt_status read_content(struct warc *w, size_t length, struct str *content, dt_error *err)
{
    enum { BORDER = 16 };
    dt_status st = window_need(&w->window, length + BORDER, err);
    struct str have = window_view(&w->window);
    bool whole = length <= have.len;
    if (!whole) length = have.len;
    if (st == DT_OK && !(whole && is_border(w, length)))
        length = find_border(str_cut(have, 0, length));
    *content = str_cut(have, 0, length);
    return st;
}

static struct str z_piece(const char *z)
{
    return z[0] != '\0' ? str_c(z) : str_of(NULL, 0);
}

static void fill_warc_parcel(struct warc *w, enum piece kind, struct str body, struct str charset,
                             struct parcel *out)
{
    *out = (struct parcel){.number = w->number};
    out->pieces[kind] = body;
    out->pieces[PIECE_ID] = z_piece(w->id);
    out->pieces[PIECE_URL] = z_piece(w->url);
    out->pieces[PIECE_ORIGIN] = str_c(w->input->origin);
    if (charset.at == NULL) return;
    keep_text(charset, w->charset, sizeof w->charset);
    out->pieces[PIECE_CHARSET] = z_piece(w->charset);
}

/* *is_story is false where the record holds no text. */
static dt_status make_warc_parcel(struct warc *w, const struct warc_head *head, struct str content,
                                  struct parcel *out, bool *is_story, dt_error *err)
{
    struct http_answer answer;
    *is_story = content.len != 0;
    if (!head->answer) {
        fill_warc_parcel(w, head->plain ? PIECE_TEXT : PIECE_PAGE, content, str_of(NULL, 0), out);
        return DT_OK;
    }
    *is_story = http_read(content, &answer) && answer.status / 100 == 2;
    bool plain = str_eq_nocase(answer.type, STR("text/plain"));
    bool page = str_eq_nocase(answer.type, STR("text/html")) ||
                str_eq_nocase(answer.type, STR("application/xhtml+xml"));
    *is_story = *is_story && (plain || page);
    if (!*is_story) return DT_OK;
    struct str body;
    if (!http_body(&answer, w->most, &w->scratch, &w->spare, &body)) return err_nomem(err);
    *is_story = body.len != 0;
    fill_warc_parcel(w, plain ? PIECE_TEXT : PIECE_PAGE, body, answer.charset, out);
    return DT_OK;
}

/* ---- one after the other ---- */

/* Passes over so many bytes, or as many as stand before a line that begins a record. */
static dt_status skip_content(struct warc *w, size_t length, dt_error *err)
{
    bool at_line = false;
    while (length > 0) {
        struct str line;
        dt_status st = window_line(&w->window, LINE_MOST, &line, err);
        if (st != DT_OK || line.len == 0 || (at_line && begins_record(line))) return st;
        size_t part = line.len < length ? line.len : length;
        at_line = line.at[line.len - 1] == '\n';
        w->window.begin += part;
        length -= part;
    }
    return DT_OK;
}

static dt_status too_long(struct warc *w, size_t length, dt_error *err)
{
    dt_status st = skip_content(w, length, err);
    if (st != DT_OK) return st;
    return err_set(err, DT_E_STORY, 0,
                   "%s:%zu: the record has %zu bytes, more than the %zu that are "
                   "read of one; it was left out",
                   w->input->origin, w->number, length, w->most);
}

static dt_status next_record(struct warc *w, struct parcel *out, bool *more, bool *is_story,
                             dt_error *err)
{
    struct warc_head head;
    size_t lost;
    dt_status st = find_record(w, more, &lost, err);
    *is_story = false;
    if (st != DT_OK || !*more) return st;
    w->number++;
    if (lost != 0)
        input_note(w->input->notes, "%s: %zu bytes before record %zu belong to none",
                   w->input->origin, lost, w->number);
    st = read_head(w, &head, err);
    if (st != DT_OK) return st;
    if (head.wanted && head.length > w->most) return too_long(w, head.length, err);
    if (!head.wanted && head.length > w->most) return skip_content(w, head.length, err);
    struct str content;
    st = read_content(w, head.length, &content, err);
    if (st == DT_OK && head.wanted) st = make_warc_parcel(w, &head, content, out, is_story, err);
    w->window.begin += content.len; /* the bytes stay until more are read */
    return st;
}

static dt_status next_warc(void *state, struct parcel *out, bool *more, dt_error *err)
{
    bool is_story = false;
    dt_status st = DT_OK;
    *more = true;
    while (st == DT_OK && *more && !is_story)
        st = next_record(state, out, more, &is_story, err);
    return st;
}

const struct form form_warc = {
    "a web archive (WARC)", true, like_warc, open_warc, next_warc, close_warc};
