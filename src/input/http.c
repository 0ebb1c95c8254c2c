/* http.c - see http.h. */
#include "input/http.h"

#include <zlib.h>

static struct str take_line(struct str *rest)
{
    size_t cut = str_find(*rest, '\n', 0);
    struct str line = str_cut(*rest, 0, cut);
    *rest = cut < rest->len ? str_cut(*rest, cut + 1, rest->len) : str_of(rest->at + rest->len, 0);
    if (line.len != 0 && line.at[line.len - 1] == '\r') line.len--;
    return line;
}

bool http_header(struct str line, struct str name, struct str *value)
{
    if (line.len <= name.len || line.at[name.len] != ':') return false;
    if (!str_eq_nocase(str_cut(line, 0, name.len), name)) return false;
    *value = str_trim(str_cut(line, name.len + 1, line.len));
    return true;
}

/* "text/html; charset=utf-8" */
static void read_type(struct str value, struct http_answer *out)
{
    size_t cut = str_find(value, ';', 0);
    out->type = str_trim(str_cut(value, 0, cut));
    while (cut < value.len) {
        struct str rest = str_cut(value, cut + 1, value.len), charset;
        cut = cut + 1 + str_find(rest, ';', 0);
        struct str parameter = str_trim(str_cut(value, cut - str_find(rest, ';', 0), cut));
        size_t equals = str_find(parameter, '=', 0);
        if (equals >= parameter.len) continue;
        if (!str_eq_nocase(str_trim(str_cut(parameter, 0, equals)), STR("charset"))) continue;
        charset = str_trim(str_cut(parameter, equals + 1, parameter.len));
        if (charset.len >= 2 && charset.at[0] == '"' && charset.at[charset.len - 1] == '"')
            charset = str_cut(charset, 1, charset.len - 1);
        out->charset = charset;
    }
}

static bool read_status(struct str line, int *status)
{
    size_t blank = str_find(line, ' ', 0);
    if (!str_starts(line, STR("HTTP/")) || blank + 4 > line.len) return false;
    *status = 0;
    for (size_t i = blank + 1; i < blank + 4; i++) {
        if (line.at[i] < '0' || line.at[i] > '9') return false;
        *status = *status * 10 + (line.at[i] - '0');
    }
    return true;
}

bool http_read(struct str bytes, struct http_answer *out)
{
    struct str rest = bytes, value;
    *out = (struct http_answer){.status = 0};
    if (!read_status(take_line(&rest), &out->status)) return false;
    while (rest.len != 0) {
        struct str line = take_line(&rest);
        if (line.len == 0) break;
        if (http_header(line, STR("content-type"), &value)) read_type(value, out);
        if (http_header(line, STR("content-encoding"), &value)) out->encoding = value;
        if (http_header(line, STR("transfer-encoding"), &value))
            out->chunked = str_eq_nocase(value, STR("chunked"));
    }
    out->body = rest;
    return true;
}

/* ---- the body ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* The length of a chunk; false where the line is none: archives often say "chunked" of what has
 * been joined already. */
static bool chunk_length(struct str line, size_t *len)
{
    size_t n = 0;
    *len = 0;
    while (n < line.len && n < 8 && hex_digit(line.at[n]) >= 0)
        *len = *len * 16 + (size_t)hex_digit(line.at[n++]);
    return n != 0 && (n == line.len || line.at[n] == ';' || line.at[n] == ' ');
}

static struct str join_chunks(struct str body, struct buf *scratch)
{
    struct str rest = body;
    size_t len;
    buf_clear(scratch);
    while (rest.len != 0 && chunk_length(take_line(&rest), &len) && len != 0) {
        if (len > rest.len) len = rest.len;
        buf_put(scratch, str_cut(rest, 0, len));
        rest = str_cut(rest, len, rest.len);
        (void)take_line(&rest);
    }
    return scratch->len != 0 ? str_of(scratch->at, scratch->len) : body;
}

/* windowBits of zlib: 32 + 15 finds out whether it is gzip or zlib, -15 is raw deflate. */
static bool inflate_with(struct str packed, int window_bits, size_t most, struct buf *out)
{
    char chunk[1 << 14];
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)packed.at,
                  .avail_in = (unsigned)packed.len};
    buf_clear(out);
    if (inflateInit2(&z, window_bits) != Z_OK) return false;
    int result = Z_OK;
    while (result == Z_OK && out->len < most && !out->failed) {
        z.next_out = (unsigned char *)chunk;
        z.avail_out = sizeof chunk;
        result = inflate(&z, Z_NO_FLUSH);
        buf_put(out, str_of(chunk, sizeof chunk - z.avail_out));
    }
    (void)inflateEnd(&z);
    if (out->len > most) out->len = most;
    return out->len != 0;
}

static bool is_packed(struct str encoding)
{
    return str_eq_nocase(encoding, STR("gzip")) || str_eq_nocase(encoding, STR("x-gzip")) ||
           str_eq_nocase(encoding, STR("deflate"));
}

bool http_body(const struct http_answer *answer, size_t most, struct buf *scratch,
               struct buf *spare, struct str *body)
{
    *body = answer->body;
    scratch->failed = spare->failed = false;
    if (answer->chunked) *body = join_chunks(*body, scratch);
    if (answer->encoding.at != NULL && is_packed(answer->encoding) && body->len < UINT32_MAX) {
        /* many archives keep the header of what they have unpacked: then the bytes stay */
        if (inflate_with(*body, 32 + 15, most, spare) || inflate_with(*body, -15, most, spare))
            *body = str_of(spare->at, spare->len);
    }
    return !scratch->failed && !spare->failed;
}
