/* form_warc.c - web archives: WARC 0.18, 1.0 and 1.1 (ISO 28500), and the texts (WET) made of them.
 *
 * A record is a header, an empty line, and as many bytes as the header says. Stories are those of
 * the records `response` (an HTTP message of status 200), `resource` and `conversion` that hold a
 * page, plain text or a JSON object. All others are passed over without being kept.
 *
 * The lengths that headers tell are not trusted: where no record stands behind one, the next line
 * "WARC/1.0" that a header field follows ends it. What stands between records is said and passed
 * over. Pieces point into the buffer: nothing is copied but bodies that were packed.
 *
 * The day of a record is when the page was fetched, not when it was written. It is given as the
 * date: archives of news fetch within hours, the page's own date comes before it, and "on Monday"
 * needs some day to be counted from. */
#include <stdlib.h>

#include "base/err.h"
#include "input/http_message.h"
#include "input/intake.h"
#include "input/kinds.h"

enum { HEAD_MOST = 1 << 16, LOOK_AHEAD = 64 };

struct warc_form {
    struct input input;
    struct intake in;
    struct buf room[2]; /* bodies that were packed */
    size_t taken;       /* bytes of the record that was given out */
    size_t number;      /* of the record, from 1 */
    size_t odd;         /* records whose length was wrong */
    bool noted;
};

struct warc_head {
    struct str type, length, media, payload, url, date, id;
};

/* ---- finding records ---- */

static dt_status have_bytes(struct warc_form *f, size_t n, dt_error *err)
{
    dt_status st = DT_OK;
    while (st == DT_OK && !f->in.ended && f->in.end - f->in.begin < n)
        st = intake_more(&f->in, err);
    return st;
}

/* A line "WARC/1.0" with a header field behind it begins at `at`. */
static bool record_at(struct str have, size_t at)
{
    struct str rest = str_cut(have, at, have.len), line, name, value;
    if (!str_starts(rest, STR("WARC/")) || rest.len < 8) return false;
    if (rest.at[5] < '0' || rest.at[5] > '9' || rest.at[6] != '.') return false;
    return header_line(&rest, &line) && line.len < 16 && header_line(&rest, &line) &&
           header_split(line, &name, &value);
}

/* The first record that begins a line at or after `from`; have.len: none. */
static size_t find_record(struct str have, size_t from)
{
    for (size_t at = from; at < have.len; at++) {
        if (have.at[at] == 'W' && record_at(have, at)) return at;
        at = str_find(have, '\n', at);
    }
    return have.len;
}

/* How much of `have`, which holds no record, cannot be part of one that begins at its end. */
static size_t sure_length(struct str have)
{
    size_t cut = have.len > LOOK_AHEAD ? have.len - LOOK_AHEAD : 0, back = 0;
    while (back < LOOK_AHEAD && back + 1 < cut && have.at[cut - back - 1] != '\n')
        back++;
    return back < LOOK_AHEAD && cut > back + 1 ? cut - back : cut;
}

/* Passes over `n` bytes, or up to the next record where one comes before. */
static dt_status pass_over(struct warc_form *f, size_t n, size_t *passed, dt_error *err)
{
    *passed = 0;
    while (*passed < n) {
        dt_status st = have_bytes(f, HEAD_MOST, err);
        struct str have = intake_have(&f->in);
        size_t left = n - *passed;
        if (st != DT_OK || have.len == 0) return st;
        if (have.len > LOOK_AHEAD && have.len - LOOK_AHEAD > left) have.len = left + LOOK_AHEAD;
        size_t record = find_record(have, 0);
        size_t cut = record < have.len                     ? record
                     : f->in.ended || have.len < HEAD_MOST ? have.len
                                                           : sure_length(have);
        intake_take(&f->in, cut < left ? cut : left);
        *passed += cut < left ? cut : left;
        if (record < have.len) return DT_OK;
    }
    return DT_OK;
}

static dt_status skip_blank_lines(struct warc_form *f, dt_error *err)
{
    for (;;) {
        dt_status st = have_bytes(f, LOOK_AHEAD, err);
        struct str have = intake_have(&f->in);
        size_t n = 0;
        while (n < have.len && (have.at[n] == '\r' || have.at[n] == '\n'))
            n++;
        intake_take(&f->in, n);
        if (st != DT_OK || n < have.len || f->in.ended) return st;
    }
}

/* Goes to the next record; what is none on the way is an error that is told. */
static dt_status find_next(struct warc_form *f, bool *found, dt_error *err)
{
    size_t passed = 0;
    *found = false;
    dt_status st = skip_blank_lines(f, err);
    if (st == DT_OK) st = have_bytes(f, HEAD_MOST, err);
    struct str have = intake_have(&f->in);
    if (st != DT_OK || have.len == 0) return st;
    *found = true;
    if (record_at(have, 0)) return st;
    st = pass_over(f, SIZE_MAX, &passed, err);
    if (st != DT_OK) return st;
    return err_set(err, DT_E_STORY, 0,
                   "%s: %zu bytes behind record %zu are no record of a web "
                   "archive and were passed over",
                   f->input.origin, passed, f->number);
}

/* ---- headers ---- */

/* Bytes of the header with its empty line; 0: it does not end here. Where the empty line is
 * missing, the message begins at once. */
static size_t head_length(struct str have)
{
    for (size_t at = 0; at < have.len && at < HEAD_MOST;) {
        size_t end = str_find(have, '\n', at);
        struct str line = str_cut(have, at, end);
        if (str_starts(line, STR("HTTP/"))) return at;
        if (end == have.len) return 0;
        if (str_trim(line).len == 0) return end + 1;
        at = end + 1;
    }
    return 0;
}

static void read_head(struct str have, struct warc_head *h)
{
    struct str rest = have, line, name, value;
    *h = (struct warc_head){{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0},
                            {NULL, 0}, {NULL, 0}, {NULL, 0}};
    const struct {
        const char *name;
        struct str *value;
    } fields[] = {{"warc-type", &h->type},      {"content-length", &h->length},
                  {"content-type", &h->media},  {"warc-identified-payload-type", &h->payload},
                  {"warc-target-uri", &h->url}, {"warc-date", &h->date},
                  {"warc-record-id", &h->id}};
    while (header_line(&rest, &line))
        if (header_split(line, &name, &value))
            for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
                if (str_is(name, fields[i].name)) *fields[i].value = value;
}

static bool body_length(struct str text, size_t *out)
{
    *out = 0;
    if (text.len == 0 || text.len > 18) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        *out = 10 * *out + (size_t)(text.at[i] - '0');
    }
    return true;
}

static struct str without_brackets(struct str s)
{
    if (s.len >= 2 && s.at[0] == '<' && s.at[s.len - 1] == '>') return str_cut(s, 1, s.len - 1);
    return s;
}

/* ---- what a record holds ---- */

static bool begins_markup(struct str body)
{
    static const struct str tags[] = {{"<!doctype html", 14}, {"<html", 5}, {"<head", 5}};
    struct str s = str_trim(body);
    if (str_starts(s, STR("\xEF\xBB\xBF"))) s = str_cut(s, 3, s.len);
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (s.len >= tags[i].len && str_eq_nocase(str_cut(s, 0, tags[i].len), tags[i])) return true;
    return false;
}

/* PIECE_COUNT: no story. */
static enum piece piece_of(struct str type, struct str body)
{
    if (str_is(type, "text/html") || str_is(type, "application/xhtml+xml")) return PIECE_PAGE;
    if (str_is(type, "text/plain")) return begins_markup(body) ? PIECE_PAGE : PIECE_TEXT;
    if (str_is(type, "application/json") || str_is(type, "application/ld+json")) {
        struct str s = str_trim(body);
        return s.len != 0 && s.at[0] == '{' ? PIECE_JSON : PIECE_COUNT;
    }
    if (type.len == 0 || str_is(type, "application/octet-stream") || str_is(type, "unk"))
        return begins_markup(body) ? PIECE_PAGE : PIECE_COUNT;
    return PIECE_COUNT;
}

/* What robots are told is no story. */
static bool is_for_robots(struct str url)
{
    return str_ends(url, STR("/robots.txt"));
}

static void fill_parcel(const struct warc_form *f, const struct warc_head *h, enum piece piece,
                        struct str body, struct str charset, struct parcel *out)
{
    struct str id = without_brackets(h->id);
    *out = (struct parcel){.number = f->number};
    out->pieces[piece] = body;
    out->pieces[PIECE_CHARSET] = charset;
    out->pieces[PIECE_URL] = without_brackets(h->url); /* 0.18 and 1.0 allow brackets */
    out->pieces[PIECE_DATE] = h->date;
    out->pieces[PIECE_ID] = id.len != 0 ? id : out->pieces[PIECE_URL];
}

/* The payload's type and body; *given false: no story. */
static dt_status open_payload(struct warc_form *f, const struct warc_head *h, struct str payload,
                              struct parcel *out, bool *given, dt_error *err)
{
    struct http_message m = {.status = 200};
    bool known = true;
    *given = false;
    if (str_starts(payload, STR("HTTP/")) && http_read(payload, &m)) {
        if (m.status != 200) return DT_OK;
        dt_status st = http_unpack(&m, f->input.options->record_most, f->room, &known, err);
        if (st != DT_OK) return st;
    } else {
        m.body = payload;
        if (h->media.at != NULL) media_type(h->media, &m.type, &m.charset);
    }
    if (m.type.len == 0 && h->payload.at != NULL) m.type = h->payload;
    if (m.type.len == 0) m.type = STR("");
    enum piece piece = piece_of(m.type, m.body);
    if (piece == PIECE_COUNT || str_trim(m.body).len == 0 || is_for_robots(h->url)) return DT_OK;
    if (!known)
        return err_set(err, DT_E_STORY, 0,
                       "%s: record %zu is packed by \"%.*s\", which is not read here; gzip and "
                       "deflate are",
                       f->input.origin, f->number, m.coding.len < 20 ? (int)m.coding.len : 20,
                       m.coding.at);
    *given = true;
    fill_parcel(f, h, piece, m.body, m.charset, out);
    return DT_OK;
}

/* ---- records ---- */

static bool is_wanted(const struct warc_head *h)
{
    return str_is(h->type, "response") || str_is(h->type, "resource") ||
           str_is(h->type, "conversion");
}

/* Another record, or nothing, stands behind `end`. */
static bool ends_well(struct str have, size_t end)
{
    if (end > have.len) return false;
    while (end < have.len && (have.at[end] == '\r' || have.at[end] == '\n'))
        end++;
    return end == have.len || str_starts(str_cut(have, end, have.len), STR("WARC/"));
}

/* Where a record ends that is not as long as it says: before the next one. */
static dt_status find_end(struct warc_form *f, size_t head, size_t *end, dt_error *err)
{
    size_t most = f->input.options->record_most, seen = head;
    f->odd++;
    for (;;) {
        struct str have = intake_have(&f->in);
        *end = find_record(have, seen);
        if (*end < have.len || f->in.ended || have.len > most + HEAD_MOST) break;
        seen = have.len > seen + HEAD_MOST ? have.len - HEAD_MOST : seen;
        while (seen > head && have.at[seen - 1] != '\n')
            seen--;
        dt_status st = intake_more(&f->in, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

static dt_status leave_out(struct warc_form *f, size_t len, bool say, dt_error *err)
{
    size_t passed, most = f->input.options->record_most;
    dt_status st = pass_over(f, len, &passed, err);
    if (st != DT_OK || !say) return st;
    if (passed < len)
        return err_set(err, DT_E_STORY, 0,
                       "%s: record %zu says that it has %zu bytes, but ends after %zu; it was left "
                       "out",
                       f->input.origin, f->number, len, passed);
    return err_set(err, DT_E_STORY, 0,
                   "%s: record %zu of %zu MB was left out; --max-record allows more than %zu MB",
                   f->input.origin, f->number, len >> 20, most >> 20);
}

static dt_status read_wanted(struct warc_form *f, size_t head, size_t len, struct parcel *out,
                             bool *given, dt_error *err)
{
    struct warc_head h;
    size_t end = head + len;
    dt_status st = have_bytes(f, end + LOOK_AHEAD, err);
    if (st == DT_OK && !ends_well(intake_have(&f->in), end)) st = find_end(f, head, &end, err);
    if (st != DT_OK) return st;
    struct str have = intake_have(&f->in);
    f->taken = end;
    read_head(str_cut(have, 0, head), &h); /* again: the bytes may have moved */
    return open_payload(f, &h, str_cut(have, head, end), out, given, err);
}

static dt_status broken_head(struct warc_form *f, const char *what, dt_error *err)
{
    size_t passed;
    intake_take(&f->in, 1);
    dt_status st = pass_over(f, SIZE_MAX, &passed, err);
    if (st != DT_OK) return st;
    return err_set(err, DT_E_STORY, 0, "%s: record %zu %s; it was left out", f->input.origin,
                   f->number, what);
}

static dt_status read_record(struct warc_form *f, struct parcel *out, bool *given, dt_error *err)
{
    struct warc_head h;
    size_t len = 0;
    struct str have = intake_have(&f->in);
    size_t head = head_length(have);
    f->number++;
    if (head == 0) return broken_head(f, "has a header without end", err);
    read_head(str_cut(have, 0, head), &h);
    if (!body_length(h.length, &len))
        return broken_head(f, "has no Content-Length that is a number", err);
    bool wanted = is_wanted(&h);
    if (wanted && len <= f->input.options->record_most)
        return read_wanted(f, head, len, out, given, err);
    intake_take(&f->in, head);
    return leave_out(f, len, wanted, err);
}

/* ---- the form ---- */

static enum likeness like_warc(struct str name, struct str head)
{
    if (str_starts(head, STR("WARC/0.")) || str_starts(head, STR("WARC/1."))) return LIKE_SURELY;
    return kind_has_ending(name, "warc wet") && find_record(head, 0) < head.len ? LIKE_NAME
                                                                                : LIKE_NOT;
}

static dt_status open_warc(const struct input *input, void **state, dt_error *err)
{
    struct warc_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->input = *input;
    f->in.from = input->bytes;
    return DT_OK;
}

static dt_status next_warc(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct warc_form *f = state;
    bool found = true;
    *more = false;
    for (;;) {
        intake_take(&f->in, f->taken);
        f->taken = 0;
        dt_status st = find_next(f, &found, err);
        if (st != DT_OK) return st;
        if (!found) break;
        st = read_record(f, out, more, err);
        if (st != DT_OK || *more) return st;
    }
    if (f->odd != 0 && !f->noted)
        input_note(f->input.notes, "%s: %zu record%s another length than %s", f->input.origin,
                   f->odd, f->odd == 1 ? " was of" : "s were of",
                   f->odd == 1 ? "it says" : "they say");
    f->noted = true;
    return DT_OK;
}

static void close_warc(void *state)
{
    struct warc_form *f = state;
    if (f == NULL) return;
    intake_free(&f->in);
    buf_free(&f->room[0]);
    buf_free(&f->room[1]);
    free(f);
}

const struct form form_warc = {.name = "WARC",
                               .raw = true,
                               .like = like_warc,
                               .open = open_warc,
                               .next = next_warc,
                               .close = close_warc};
