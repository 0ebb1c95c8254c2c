/* http_message.c - HTTP responses (RFC 9112) with chunks and compression; see http_message.h. */
#include "input/http_message.h"

#include <zlib.h>

enum { INFLATE_STEP = 1 << 15 };

/* ---- header fields ---- */

bool header_line(struct str *rest, struct str *line)
{
    size_t cut = str_find(*rest, '\n', 0);
    size_t end = cut;
    if (rest->len == 0) return false;
    if (end > 0 && rest->at[end - 1] == '\r') end--;
    *line = str_cut(*rest, 0, end);
    *rest = cut < rest->len ? str_cut(*rest, cut + 1, rest->len) : str_of(rest->at + cut, 0);
    return line->len != 0;
}

bool header_split(struct str line, struct str *name, struct str *value)
{
    size_t colon = str_find(line, ':', 0);
    if (colon == 0 || colon == line.len) return false;
    *name = str_cut(line, 0, colon);
    *value = str_trim(str_cut(line, colon + 1, line.len));
    for (size_t i = 0; i < name->len; i++)
        if ((unsigned char)name->at[i] <= ' ' || name->at[i] == 0x7F) return false;
    return true;
}

static struct str without_quotes(struct str s)
{
    if (s.len != 0 && s.at[0] == '"') return str_cut(s, 1, str_find(s, '"', 1));
    return s;
}

struct str header_parameter(struct str value, const char *name)
{
    size_t at = str_find(value, ';', 0);
    while (at < value.len) {
        size_t end = at + 1;
        for (bool quoted = false; end < value.len && (quoted || value.at[end] != ';'); end++)
            quoted ^= value.at[end] == '"';
        struct str part = str_trim(str_cut(value, at + 1, end));
        size_t is = str_find(part, '=', 0);
        if (is < part.len && str_is(str_trim(str_cut(part, 0, is)), name))
            return without_quotes(str_trim(str_cut(part, is + 1, part.len)));
        at = end;
    }
    return str_of(NULL, 0);
}

void media_type(struct str value, struct str *type, struct str *charset)
{
    *type = str_trim(str_cut(value, 0, str_find(value, ';', 0)));
    *charset = header_parameter(value, "charset");
    if (charset->len == 0) *charset = str_of(NULL, 0);
}

/* ---- messages ---- */

static bool status_line(struct str line, int *status)
{
    size_t blank = str_find(line, ' ', 0);
    if (!str_starts(line, STR("HTTP/")) || line.len < blank + 4) return false;
    *status = 0;
    for (size_t i = blank + 1; i < blank + 4; i++) {
        if (line.at[i] < '0' || line.at[i] > '9') return false;
        *status = 10 * *status + (line.at[i] - '0');
    }
    return true;
}

bool http_read(struct str bytes, struct http_message *out)
{
    struct str rest = bytes, line, name, value;
    *out = (struct http_message){.type = STR(""), .charset = {NULL, 0}};
    out->transfer = out->coding = STR("");
    if (!header_line(&rest, &line) || !status_line(line, &out->status)) return false;
    while (header_line(&rest, &line)) {
        if (!header_split(line, &name, &value)) continue;
        if (str_is(name, "content-type")) media_type(value, &out->type, &out->charset);
        if (str_is(name, "transfer-encoding")) out->transfer = value;
        if (str_is(name, "content-encoding")) out->coding = value;
    }
    out->body = rest;
    return true;
}

/* ---- bodies ---- */

/* Reads "1a2f;extension" CR LF; false: it is no chunk. */
static bool chunk_length(struct str *rest, size_t *len)
{
    struct str line = str_cut(*rest, 0, str_find(*rest, '\n', 0));
    size_t digits = 0;
    *len = 0;
    for (; digits < line.len && digits < 9; digits++) {
        char c = line.at[digits];
        size_t digit = c >= '0' && c <= '9'   ? (size_t)(c - '0')
                       : c >= 'a' && c <= 'f' ? (size_t)(c - 'a' + 10)
                       : c >= 'A' && c <= 'F' ? (size_t)(c - 'A' + 10)
                                              : 16;
        if (digit == 16) break;
        *len = 16 * *len + digit;
    }
    struct str tail = str_trim(str_cut(line, digits, line.len));
    if (digits == 0 || digits == 9 || line.len == rest->len) return false;
    if (tail.len != 0 && tail.at[0] != ';') return false;
    *rest = str_cut(*rest, line.len + 1, rest->len);
    return true;
}

/* False where the body does not begin with a chunk; one that is cut off later is kept so far. */
static bool join_chunks(struct str body, size_t most, struct buf *out)
{
    size_t len = 0;
    struct str rest = body;
    if (!chunk_length(&rest, &len)) return false;
    if (len < rest.len && rest.at[len] != '\r' && rest.at[len] != '\n') return false;
    while (len != 0) {
        size_t take = len < rest.len ? len : rest.len;
        if (take > most - out->len) take = most - out->len;
        buf_put(out, str_cut(rest, 0, take));
        if (len >= rest.len || take < len) break;
        rest = str_cut(rest, len, rest.len);
        if (rest.len != 0 && rest.at[0] == '\r') rest = str_cut(rest, 1, rest.len);
        if (rest.len != 0 && rest.at[0] == '\n') rest = str_cut(rest, 1, rest.len);
        if (!chunk_length(&rest, &len)) break;
    }
    return true;
}

/* What zlib calls the kind of bytes; false: they are nothing that it knows. */
static bool deflate_kind(struct str bytes, int *window)
{
    if (bytes.len < 2) return false;
    unsigned a = (unsigned char)bytes.at[0], b = (unsigned char)bytes.at[1];
    if (a == 0x1F && b == 0x8B)
        *window = 15 + 16;
    else if ((a & 15) == 8 && (a * 256 + b) % 31 == 0)
        *window = 15;
    else
        *window = -15;
    return true;
}

static void inflate_all(z_stream *z, struct str bytes, size_t most, struct buf *out)
{
    char step[INFLATE_STEP];
    int got = Z_OK;
    size_t from = 0;
    while (got == Z_OK && out->len < most && !out->failed) {
        if (z->avail_in == 0) { /* zlib counts in 32 bits */
            size_t part = bytes.len - from < (1U << 30) ? bytes.len - from : 1U << 30;
            z->next_in = (Bytef *)(uintptr_t)(bytes.at + from);
            z->avail_in = (uInt)part;
            from += part;
        }
        z->next_out = (Bytef *)step;
        z->avail_out = sizeof step;
        got = inflate(z, Z_NO_FLUSH);
        size_t n = sizeof step - z->avail_out;
        buf_put(out, str_of(step, n < most - out->len ? n : most - out->len));
        if (n == 0 && z->avail_in == 0 && from == bytes.len) break;
    }
}

bool inflate_into(struct str bytes, size_t most, struct buf *out)
{
    z_stream z = {0};
    int window;
    size_t begin = out->len;
    if (!deflate_kind(bytes, &window)) return false;
    if (inflateInit2(&z, window) != Z_OK) {
        out->failed = true;
        return true;
    }
    inflate_all(&z, bytes, most, out);
    (void)inflateEnd(&z);
    return out->len > begin || out->failed;
}

static bool is_plain(struct str coding)
{
    return coding.len == 0 || str_is(coding, "identity") || str_is(coding, "utf-8");
}

/* Compressed bytes hold control characters early; text that was unpacked already does not. */
static bool seems_text(struct str body)
{
    for (size_t i = 0; i < body.len && i < 64; i++) {
        unsigned char c = (unsigned char)body.at[i];
        if (c < 0x20 && !(c >= '\t' && c <= '\r')) return false;
    }
    return true;
}

dt_status http_unpack(struct http_message *m, size_t most, struct buf room[2], bool *known,
                      dt_error *err)
{
    *known = true;
    buf_clear(&room[0]);
    buf_clear(&room[1]);
    if (str_ends(m->transfer, STR("chunked")) && join_chunks(m->body, most, &room[0]))
        m->body = room[0].len != 0 ? str_of(room[0].at, room[0].len) : STR("");
    if (!is_plain(m->coding) && !seems_text(m->body)) {
        bool ours = str_is(m->coding, "gzip") || str_is(m->coding, "x-gzip") ||
                    str_is(m->coding, "deflate");
        *known = ours && inflate_into(m->body, most, &room[1]);
        if (*known) m->body = str_of(room[1].at, room[1].len);
    }
    return room[0].failed || room[1].failed ? err_nomem(err) : DT_OK;
}
