/* mail.c - messages: RFC 5322 headers, encoded words (RFC 2047), MIME parts (RFC 2045, 2046). */
#include "input/mail.h"

#include <errno.h>
#include <iconv.h>

#include "input/http_message.h"

enum { PARTS_DEEP = 8, WORD_MOST = 1000 };

bool next_line(struct str *rest, struct str *line)
{
    if (rest->len == 0) return false;
    size_t cut = str_find(*rest, '\n', 0);
    *line = str_cut(*rest, 0, cut > 0 && rest->at[cut - 1] == '\r' ? cut - 1 : cut);
    *rest = str_cut(*rest, cut < rest->len ? cut + 1 : cut, rest->len);
    return true;
}

static bool is_folded(struct str rest)
{
    return rest.len != 0 && (rest.at[0] == ' ' || rest.at[0] == '\t');
}

struct str mail_field(struct str message, const char *name)
{
    struct str rest = message, line, field, value, more;
    while (next_line(&rest, &line) && line.len != 0) {
        const char *end = line.at + line.len;
        while (is_folded(rest) && next_line(&rest, &more))
            end = more.at + more.len;
        if (header_split(line, &field, &value) && str_is(field, name))
            return str_trim(str_of(value.at, (size_t)(end - value.at)));
    }
    return str_of(NULL, 0);
}

/* The message behind its header. */
static struct str body_of(struct str message)
{
    struct str rest = message, line;
    while (next_line(&rest, &line) && line.len != 0)
        ;
    return rest;
}

/* ---- encodings ---- */

static int base64_value(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static void put_base64(struct str s, struct buf *out)
{
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < s.len; i++) {
        int value = base64_value(s.at[i]);
        if (value < 0) continue;
        held = (held << 6 | (unsigned)value) & 0xFFFFFFU;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        buf_c(out, (char)(held >> bits & 0xFF));
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* Quoted-printable; in a header "_" is a blank. */
static void put_quoted(struct str s, bool header, struct buf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        int high = s.at[i] == '=' && i + 2 < s.len ? hex_digit(s.at[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(s.at[i + 2]) : -1;
        if (low >= 0) {
            buf_c(out, (char)(16 * high + low));
            i += 2;
        } else if (s.at[i] == '=' && i + 1 < s.len && s.at[i + 1] == '\n') {
            i++;
        } else if (s.at[i] == '=' && i + 2 < s.len && s.at[i + 1] == '\r' && s.at[i + 2] == '\n') {
            i += 2;
        } else {
            buf_c(out, header && s.at[i] == '_' ? ' ' : s.at[i]);
        }
    }
}

static void iconv_into(iconv_t to, struct str s, struct buf *out)
{
    char *from = (char *)(uintptr_t)s.at, step[1024];
    size_t left = s.len;
    while (left != 0) {
        char *at = step;
        size_t room = sizeof step;
        size_t n = iconv(to, &from, &left, &at, &room);
        buf_put(out, str_of(step, sizeof step - room));
        if (n != (size_t)-1 || errno == E2BIG) continue;
        buf_z(out, "\xEF\xBF\xBD");
        from++;
        left--;
    }
}

void put_converted(struct str s, struct str charset, struct buf *out)
{
    char name[32] = "";
    bool same = charset.len == 0 || charset.len >= sizeof name || str_is(charset, "utf-8") ||
                str_is(charset, "us-ascii");
    if (!same) memcpy(name, charset.at, charset.len);
    if (!same && str_is(charset, "iso-8859-1")) memcpy(name, "WINDOWS-1252", 13);
    iconv_t to = same ? (iconv_t)-1 : iconv_open("UTF-8", name);
    if (to == (iconv_t)-1) {
        buf_put(out, s);
        return;
    }
    iconv_into(to, s, out);
    (void)iconv_close(to);
}

/* The encoded word at `at`; returns its bytes, 0: there is none. */
static size_t put_word(struct str s, size_t at, struct buf *room, struct buf *out)
{
    struct str rest = str_cut(s, at, s.len - at > WORD_MOST ? at + WORD_MOST : s.len);
    if (!str_starts(rest, STR("=?"))) return 0;
    size_t charset = str_find(rest, '?', 2), code = charset + 2;
    if (code >= rest.len || rest.at[code] != '?') return 0;
    size_t end = str_find(rest, '?', code + 1);
    if (end + 1 >= rest.len || rest.at[end + 1] != '=') return 0;
    struct str words = str_cut(rest, code + 1, end);
    buf_clear(room);
    if ((rest.at[code - 1] | 0x20) == 'b')
        put_base64(words, room);
    else
        put_quoted(words, true, room);
    struct str name = str_cut(rest, 2, charset);
    name.len = str_find(name, '*', 0); /* a language may follow */
    if (room->len != 0) put_converted(str_of(room->at, room->len), name, out);
    out->failed |= room->failed;
    return end + 2;
}

/* A header's value with its encoded words, the blanks between two of which do not count. */
static void put_header(struct str s, struct buf *room, struct buf *out)
{
    bool was_word = false;
    for (size_t at = 0; at < s.len;) {
        size_t blank = at;
        while (blank < s.len && strchr(" \t\r\n", s.at[blank]) != NULL && s.at[blank] != '\0')
            blank++;
        size_t mark = out->len;
        if (blank > at) buf_c(out, ' ');
        size_t behind = out->len;
        size_t len = put_word(s, blank, room, out);
        if (len != 0 && was_word && behind > mark && !out->failed) { /* takes the blank out */
            memmove(out->at + mark, out->at + behind, out->len - behind);
            out->len -= behind - mark;
        }
        was_word = len != 0;
        at = blank + len;
        while (len == 0 && at < s.len && strchr(" \t\r\n", s.at[at]) == NULL) {
            buf_c(out, s.at[at++]);
            if (at < s.len && s.at[at] == '=' && at + 1 < s.len && s.at[at + 1] == '?') break;
        }
        if (len == 0 && at == blank && at < s.len) at++; /* a NUL */
    }
}

/* ---- parts ---- */

static void put_body(struct str part, struct str charset, struct buf *room, struct buf *out)
{
    struct str coding = mail_field(part, "content-transfer-encoding"), body = body_of(part);
    bool base64 = str_is(coding, "base64"), quoted = str_is(coding, "quoted-printable");
    if (!base64 && !quoted) { /* the reader has made UTF-8 of it */
        buf_put(out, body);
        return;
    }
    buf_clear(room);
    if (base64)
        put_base64(body, room);
    else
        put_quoted(body, false, room);
    if (room->len != 0) put_converted(str_of(room->at, room->len), charset, out);
    out->failed |= room->failed;
}

struct parts {
    struct str rest, boundary;
};

static bool is_boundary(struct str line, struct str boundary)
{
    return line.len >= boundary.len + 2 && line.at[0] == '-' && line.at[1] == '-' &&
           str_starts(str_cut(line, 2, line.len), boundary);
}

/* The next part of a multipart body. */
static bool next_part(struct parts *p, struct str *part)
{
    struct str line;
    const char *begin = p->rest.at;
    bool any = p->rest.len != 0;
    while (next_line(&p->rest, &line)) {
        if (!is_boundary(line, p->boundary)) continue;
        *part = str_of(begin, (size_t)(line.at - begin));
        return true;
    }
    *part = str_of(begin, (size_t)(p->rest.at - begin));
    return any && part->len != 0;
}

/* Looks for a part of that type; depth first. */
static bool find_part(struct str part, const char *wanted, int depth, struct str *out,
                      struct str *charset)
{
    struct str type, value = mail_field(part, "content-type");
    struct str placed = mail_field(part, "content-disposition"), inner;
    if (placed.at == NULL) placed = STR("");
    media_type(value.at != NULL ? value : STR("text/plain"), &type, charset);
    if (str_is(type, wanted) &&
        !str_is(str_cut(placed, 0, placed.len < 10 ? placed.len : 10), "attachment")) {
        *out = part;
        return true;
    }
    struct str boundary = value.at != NULL ? header_parameter(value, "boundary") : STR("");
    if (depth == PARTS_DEEP || boundary.len == 0) return false;
    struct parts parts = {body_of(part), boundary};
    if (!next_part(&parts, &inner)) return false; /* what stands before the first one */
    while (next_part(&parts, &inner))
        if (find_part(inner, wanted, depth + 1, out, charset)) return true;
    return false;
}

bool mail_read(struct str message, struct mail *out)
{
    struct str part = message, charset = STR("");
    struct buf room = {0};
    buf_clear(&out->subject);
    buf_clear(&out->from);
    buf_clear(&out->body);
    struct str subject = mail_field(message, "subject"), from = mail_field(message, "from");
    if (subject.at != NULL) put_header(subject, &room, &out->subject);
    if (from.at != NULL) put_header(from, &room, &out->from);
    bool plain = find_part(message, "text/plain", 0, &part, &charset);
    out->page = !plain && find_part(message, "text/html", 0, &part, &charset);
    if (plain || out->page) put_body(part, charset, &room, &out->body);
    out->body.failed |= room.failed;
    buf_free(&room);
    return plain || out->page;
}

void mail_free(struct mail *m)
{
    buf_free(&m->subject);
    buf_free(&m->from);
    buf_free(&m->body);
    *m = (struct mail){.page = false};
}
