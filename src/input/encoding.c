/* encoding.c - text in other encodings, read as UTF-8; see encoding.h.
 *
 * UTF-8 goes through as it is: what is read is checked in place, and only where something is wrong
 * is it copied. Windows-1252 has a table here, for it is the most frequent and must not hang on
 * what is installed; the rest is left to iconv. Cost: linear. */
#include "input/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <uchardet.h>

#include "base/err.h"
#include "base/utf8.h"

enum { RAW_CHUNK = 1 << 16, HEAD_FULL = 1 << 16, FEW_LETTERS = 24 };

static const uint16_t windows_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

static size_t put_windows(unsigned char c, char *out)
{
    return utf8_encode(c < 0xA0 ? windows_1252[c - 0x80] : c, out);
}

/* ---- guessing ---- */

static void name_it(struct encoding *e, const char *name, size_t mark)
{
    size_t len = strlen(name) < sizeof e->name ? strlen(name) : sizeof e->name - 1;
    memcpy(e->name, name, len);
    e->name[len] = '\0';
    e->mark = mark;
}

bool encoding_is_utf8(const struct encoding *e)
{
    return strcmp(e->name, "UTF-8") == 0;
}

static bool guess_by_mark(struct str head, struct encoding *e)
{
    static const struct {
        const char *name, *mark;
        size_t len;
    } marks[] = {{"UTF-8", "\xEF\xBB\xBF", 3},    {"UTF-32LE", "\xFF\xFE\0\0", 4},
                 {"UTF-32BE", "\0\0\xFE\xFF", 4}, {"UTF-16LE", "\xFF\xFE", 2},
                 {"UTF-16BE", "\xFE\xFF", 2},     {"GB18030", "\x84\x31\x95\x33", 4}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (!str_starts(head, str_of(marks[i].mark, marks[i].len))) continue;
        name_it(e, marks[i].name, marks[i].len);
        return true;
    }
    return false;
}

/* Where NULs stand, modulo 4, in text of mostly Latin letters. */
static bool guess_by_nuls(struct str head, struct encoding *e)
{
    size_t nuls[4] = {0}, n = head.len < 4096 ? head.len : 4096, quarter = n / 4;
    for (size_t i = 0; i < quarter * 4; i++)
        nuls[i % 4] += head.at[i] == '\0';
    size_t most = quarter - quarter / 4, few = quarter / 20;
    if (quarter < 2 || n % 2 != 0) return false;
    if (nuls[0] <= few && nuls[1] >= most && nuls[2] >= most && nuls[3] >= most)
        name_it(e, "UTF-32LE", 0);
    else if (nuls[3] <= few && nuls[0] >= most && nuls[1] >= most && nuls[2] >= most)
        name_it(e, "UTF-32BE", 0);
    else if (nuls[0] + nuls[2] <= 2 * few && nuls[1] >= most / 2 && nuls[3] >= most / 2)
        name_it(e, "UTF-16LE", 0);
    else if (nuls[1] + nuls[3] <= 2 * few && nuls[0] >= most / 2 && nuls[2] >= most / 2)
        name_it(e, "UTF-16BE", 0);
    else
        return false;
    return true;
}

/* Characters beyond ASCII that are good UTF-8, and bytes that are none. At the end of a head that
 * is full, a character may be cut off. */
static void count_utf8(struct str head, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    for (size_t i = 0; i < head.len;) {
        uint32_t cp;
        size_t n = utf8_decode(head, i, &cp);
        bool real = cp != UTF8_REPLACEMENT || (n == 3 && (unsigned char)head.at[i] == 0xEF);
        if ((unsigned char)head.at[i] >= 0x80) {
            *good += real;
            bool cut_short = head.len >= HEAD_FULL && i + n == head.len && n < 4;
            *bad += !real && !cut_short;
        }
        i += n;
    }
}

/* Names by which uchardet means what is better read as its superset, as browsers do. */
static bool is_western(const char *name)
{
    static const char *const western[] = {
        "", "ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "UTF-8", "MAC-CENTRALEUROPE"};
    for (size_t i = 0; i < sizeof western / sizeof western[0]; i++)
        if (strcmp(name, western[i]) == 0) return true;
    return false;
}

static void guess_by_statistics(struct str head, size_t beyond, struct encoding *e)
{
    name_it(e, "Windows-1252", 0);
    if (beyond < FEW_LETTERS || beyond < head.len / 50) return;
    uchardet_t detector = uchardet_new();
    if (detector == NULL) return;
    if (uchardet_handle_data(detector, head.at, head.len) == 0) {
        uchardet_data_end(detector);
        const char *name = uchardet_get_charset(detector);
        iconv_t known = is_western(name) ? (iconv_t)-1 : iconv_open("UTF-8", name);
        if (known != (iconv_t)-1) {
            (void)iconv_close(known);
            name_it(e, name, 0);
        }
    }
    uchardet_delete(detector);
}

void encoding_guess(struct str head, struct encoding *e)
{
    size_t good, bad, beyond = 0;
    if (guess_by_mark(head, e) || guess_by_nuls(head, e)) return;
    count_utf8(head, &good, &bad);
    name_it(e, "UTF-8", 0);
    if (bad == 0 || good >= bad) return;
    for (size_t i = 0; i < head.len; i++)
        beyond += (unsigned char)head.at[i] >= 0x80;
    guess_by_statistics(head, beyond, e);
}

/* ---- streams ---- */

struct decode_stream {
    struct byte_stream base;
    struct byte_stream *inner;
    const char *origin;
    struct input_notes *notes;
    struct encoding encoding;
    iconv_t iconv;  /* (iconv_t)-1: UTF-8 or Windows-1252 */
    size_t skip;    /* of the byte order mark, bytes still to be left out */
    size_t n_raw;   /* bytes at the end of the last read whose character is not complete */
    char *raw;      /* RAW_CHUNK */
    struct buf out; /* what was mended, from out_at on still to be given out */
    size_t out_at, bad;
    bool ended;
};

/* Bytes at the end of s that may be the beginning of a character. */
static size_t cut_off(struct str s)
{
    for (size_t n = 1; n <= 3 && n <= s.len; n++) {
        unsigned char c = (unsigned char)s.at[s.len - n];
        if (c < 0x80) return 0;
        if (c >= 0xC0) return (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) > n ? n : 0;
    }
    return 0;
}

/* Appends raw bytes as UTF-8: what is no character, or everything beyond ASCII, by the table. */
static void mend(struct buf *out, struct str raw, bool windows, size_t *bad)
{
    size_t done = 0;
    for (size_t i = 0; i < raw.len;) {
        uint32_t cp = 0;
        char spelled[4];
        if ((unsigned char)raw.at[i] < 0x80) {
            i++;
            continue;
        }
        size_t n = windows ? 1 : utf8_decode(raw, i, &cp);
        bool real = !windows && (cp != UTF8_REPLACEMENT ||
                                 (n == 3 && memcmp(raw.at + i, "\xEF\xBF\xBD", 3) == 0));
        if (!real) {
            buf_put(out, str_cut(raw, done, i));
            for (size_t k = i; k < i + n; k++)
                buf_put(out, str_of(spelled, put_windows((unsigned char)raw.at[k], spelled)));
            *bad += n;
            done = i + n;
        }
        i += n;
    }
    buf_put(out, str_cut(raw, done, raw.len));
}

/* Reads raw bytes behind those that were kept back; drops the byte order mark. */
static dt_status read_raw(struct decode_stream *d, char *into, size_t cap, size_t *n, dt_error *err)
{
    size_t got = 0;
    memcpy(into, d->raw, d->n_raw);
    dt_status st = d->inner->read(d->inner, into + d->n_raw, cap - d->n_raw, &got, err);
    if (st != DT_OK) return st;
    d->ended = got == 0;
    *n = d->n_raw + got;
    d->n_raw = 0;
    size_t skip = d->skip < *n ? d->skip : *n;
    if (skip != 0) memmove(into, into + skip, *n - skip);
    d->skip -= skip;
    *n -= skip;
    return DT_OK;
}

static size_t give_mended(struct decode_stream *d, char *into, size_t cap)
{
    size_t n = d->out.len - d->out_at < cap ? d->out.len - d->out_at : cap;
    if (n != 0) memcpy(into, d->out.at + d->out_at, n);
    d->out_at += n;
    return n;
}

/* UTF-8, in place where all is well, or Windows-1252. `cap` is 256 or more. */
static dt_status decode_bytes(struct decode_stream *d, char *into, size_t cap, size_t *got,
                              dt_error *err)
{
    size_t n = 0, unused = 0;
    bool windows = !encoding_is_utf8(&d->encoding);
    dt_status st = read_raw(d, into, cap, &n, err);
    if (st != DT_OK) return st;
    struct str raw = str_of(into, n);
    size_t kept = windows || d->ended ? 0 : cut_off(raw);
    memcpy(d->raw, into + n - kept, kept);
    d->n_raw = kept;
    raw.len = n - kept;
    *got = raw.len;
    if (utf8_valid_len(raw) == raw.len) return DT_OK;
    buf_clear(&d->out);
    d->out_at = 0;
    mend(&d->out, raw, windows, windows ? &unused : &d->bad);
    if (d->out.failed) return err_nomem(err);
    *got = give_mended(d, into, cap);
    return DT_OK;
}

/* Converts raw bytes into d->out; what is cut off at their end is kept back. */
static void convert(struct decode_stream *d, char *raw, size_t n)
{
    size_t unit = strncmp(d->encoding.name, "UTF-16", 6) == 0   ? 2
                  : strncmp(d->encoding.name, "UTF-32", 6) == 0 ? 4
                                                                : 1;
    while (n != 0 && !d->out.failed) {
        char spelled[1024], *to = spelled;
        size_t room = sizeof spelled, step = unit < n ? unit : n;
        size_t done = iconv(d->iconv, &raw, &n, &to, &room);
        int why = errno;
        buf_put(&d->out, str_of(spelled, sizeof spelled - room));
        if (done != (size_t)-1 || why == E2BIG) continue;
        if (why == EINVAL && !d->ended && n < 16) break;
        buf_z(&d->out, "\xEF\xBF\xBD");
        d->bad++;
        step = unit < n ? unit : n;
        raw += step;
        n -= step;
    }
    if (d->out.failed) n = 0;
    memmove(d->raw, raw, n);
    d->n_raw = n;
}

static dt_status decode_others(struct decode_stream *d, char *into, size_t cap, size_t *got,
                               dt_error *err)
{
    char raw[4096];
    size_t n = 0;
    dt_status st = read_raw(d, raw, sizeof raw, &n, err);
    if (st != DT_OK) return st;
    buf_clear(&d->out);
    d->out_at = 0;
    convert(d, raw, n);
    if (d->out.failed) return err_nomem(err);
    *got = give_mended(d, into, cap);
    return DT_OK;
}

static void tell_bad(struct decode_stream *d)
{
    bool utf8 = encoding_is_utf8(&d->encoding);
    if (d->bad != 0)
        input_note(d->notes, "%s: %zu byte%s no %s and %s", d->origin, d->bad,
                   d->bad == 1 ? " was" : "s were", d->encoding.name,
                   utf8 ? "taken for Windows-1252" : "left out");
    d->bad = 0;
}

/* A place of a few bytes holds no character that was kept back: by way of d->out. */
static dt_status decode_few(struct decode_stream *d, char *into, size_t cap, size_t *got,
                            dt_error *err)
{
    char room[256];
    size_t n = 0;
    dt_status st = decode_bytes(d, room, sizeof room, &n, err);
    if (st != DT_OK) return st;
    struct str more = STR("");
    if (d->out_at < d->out.len)
        more = str_cut(str_of(d->out.at, d->out.len), d->out_at, d->out.len);
    struct buf all = {0};
    buf_put(&all, str_of(room, n));
    buf_put(&all, more);
    if (all.failed) {
        buf_free(&all);
        return err_nomem(err);
    }
    buf_free(&d->out);
    d->out = all;
    d->out_at = 0;
    *got = give_mended(d, into, cap);
    return DT_OK;
}

static dt_status read_decoded(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                              dt_error *err)
{
    struct decode_stream *d = (struct decode_stream *)stream;
    dt_status st = DT_OK;
    *got = give_mended(d, into, cap);
    while (st == DT_OK && *got == 0 && !d->ended)
        st = d->iconv != (iconv_t)-1 ? decode_others(d, into, cap, got, err)
             : cap < 256             ? decode_few(d, into, cap, got, err)
                                     : decode_bytes(d, into, cap, got, err);
    if (st == DT_OK && *got == 0) tell_bad(d);
    return st;
}

static void close_decoded(struct byte_stream *stream)
{
    struct decode_stream *d = (struct decode_stream *)stream;
    tell_bad(d);
    stream = d->inner;
    if (stream != NULL) stream->close(stream);
    if (d->iconv != (iconv_t)-1) (void)iconv_close(d->iconv);
    buf_free(&d->out);
    free(d->raw);
    free(d);
}

dt_status encoding_decode(struct byte_stream **stream, const struct encoding *e, const char *origin,
                          struct input_notes *notes, dt_error *err)
{
    struct decode_stream *d = calloc(1, sizeof *d);
    char *raw = malloc(RAW_CHUNK);
    if (d == NULL || raw == NULL) {
        free(d);
        free(raw);
        return err_nomem(err);
    }
    *d = (struct decode_stream){.base = {read_decoded, close_decoded},
                                .inner = *stream,
                                .origin = origin,
                                .notes = notes,
                                .encoding = *e,
                                .iconv = (iconv_t)-1,
                                .skip = e->mark,
                                .raw = raw};
    if (!encoding_is_utf8(e) && strcmp(e->name, "Windows-1252") != 0)
        d->iconv = iconv_open("UTF-8", e->name);
    *stream = &d->base;
    return DT_OK;
}

/* ---- pieces ---- */

static struct str copy_out(struct arena *arena, const struct buf *b)
{
    struct str copy = b->failed ? str_of(NULL, 0) : arena_str(arena, str_of(b->at, b->len));
    return arena->failed ? str_of(NULL, 0) : copy;
}

static struct str convert_piece(struct arena *arena, struct str text, iconv_t known)
{
    struct decode_stream d = {.iconv = known, .ended = true};
    char kept[16];
    d.raw = kept;
    convert(&d, (char *)text.at, text.len); /* iconv does not write there */
    struct str copy = copy_out(arena, &d.out);
    buf_free(&d.out);
    return copy;
}

struct str encoding_clean(struct arena *arena, struct str text, struct str charset)
{
    char name[48] = "";
    size_t bad = 0;
    struct buf out = {0};
    bool windows = str_is(charset, "windows-1252") || str_is(charset, "iso-8859-1") ||
                   str_is(charset, "latin1");
    if (charset.len != 0 && charset.len < sizeof name && memchr(charset.at, 0, charset.len) == NULL)
        memcpy(name, charset.at, charset.len);
    bool utf8 = name[0] == '\0' || str_is(charset, "utf-8") || str_is(charset, "utf8");
    iconv_t known = utf8 || windows ? (iconv_t)-1 : iconv_open("UTF-8", name);
    if (known != (iconv_t)-1) {
        struct str copy = convert_piece(arena, text, known);
        (void)iconv_close(known);
        return copy;
    }
    if (utf8_valid_len(text) == text.len) {
        struct str copy = arena_str(arena, text);
        return arena->failed ? str_of(NULL, 0) : copy;
    }
    mend(&out, text, windows, &bad);
    struct str copy = copy_out(arena, &out);
    buf_free(&out);
    return copy;
}
