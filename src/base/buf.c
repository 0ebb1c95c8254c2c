/* buf.c - text that grows at its end; see buf.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/utf8.h"

void buf_free(struct buf *b)
{
    free(b->at);
    *b = (struct buf){0};
}

static bool make_room(struct buf *b, size_t more)
{
    if (b->failed) return false;
    if (LIKELY(more <= b->cap - b->len)) return true;
    size_t cap = b->cap < 4096 ? 4096 : b->cap;
    while (cap - b->len < more) {
        if (cap > SIZE_MAX / 2) goto failed;
        cap *= 2;
    }
    char *at = realloc(b->at, cap);
    if (at == NULL) goto failed;
    b->at = at;
    b->cap = cap;
    return true;
failed:
    b->failed = true;
    return false;
}

void buf_reserve(struct buf *b, size_t more)
{
    (void)make_room(b, more);
}

void buf_put(struct buf *b, struct str s)
{
    if (s.len == 0 || !make_room(b, s.len)) return;
    memcpy(b->at + b->len, s.at, s.len);
    b->len += s.len;
}

void buf_c(struct buf *b, char c)
{
    if (make_room(b, 1)) b->at[b->len++] = c;
}

void buf_z(struct buf *b, const char *z)
{
    if (z != NULL) buf_put(b, str_c(z));
}

void buf_u(struct buf *b, uint64_t n)
{
    char digits[24];
    size_t i = sizeof digits;
    do
        digits[--i] = (char)('0' + n % 10);
    while ((n /= 10) != 0);
    buf_put(b, str_of(digits + i, sizeof digits - i));
}

void buf_f(struct buf *b, const char *format, ...)
{
    char small[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (n < 0) return;
    if ((size_t)n < sizeof small) {
        buf_put(b, str_of(small, (size_t)n));
        return;
    }
    if (!make_room(b, (size_t)n + 1)) return;
    va_start(args, format);
    (void)vsnprintf(b->at + b->len, (size_t)n + 1, format, args);
    va_end(args);
    b->len += (size_t)n;
}

void buf_real(struct buf *b, double x)
{
    char text[DECIMAL_SIZE];
    size_t len = decimal_write(x, text);
    buf_put(b, len != 0 ? str_of(text, len) : STR("null"));
}

static void put_escaped(struct buf *b, unsigned char c)
{
    switch (c) {
    case '"': buf_z(b, "\\\""); break;
    case '\\': buf_z(b, "\\\\"); break;
    case '\n': buf_z(b, "\\n"); break;
    case '\r': buf_z(b, "\\r"); break;
    case '\t': buf_z(b, "\\t"); break;
    default: buf_f(b, "\\u%04x", c);
    }
}

void buf_json(struct buf *b, struct str s)
{
    size_t done = 0; /* bytes of s already written */
    buf_c(b, '"');
    for (size_t i = 0; i < s.len;) {
        unsigned char c = (unsigned char)s.at[i];
        if (LIKELY(c >= 0x20 && c < 0x80 && c != '"' && c != '\\')) {
            i++;
            continue;
        }
        if (c < 0x80) {
            buf_put(b, str_cut(s, done, i));
            put_escaped(b, c);
            done = ++i;
            continue;
        }
        uint32_t cp;
        size_t n = utf8_decode(s, i, &cp);
        if (cp == UTF8_REPLACEMENT) {
            buf_put(b, str_cut(s, done, i));
            buf_z(b, "\xEF\xBF\xBD");
            done = i + n;
        }
        i += n;
    }
    buf_put(b, str_cut(s, done, s.len));
    buf_c(b, '"');
}

void buf_csv_field(struct buf *b, size_t begin)
{
    size_t end = b->len, quotes = 0, others = 0;
    for (size_t i = begin; i < end; i++) {
        quotes += b->at[i] == '"';
        others += b->at[i] == ',' || b->at[i] == '\n' || b->at[i] == '\r';
    }
    if (quotes + others == 0 || !make_room(b, quotes + 2)) return;
    b->len = end + quotes + 2;
    size_t to = b->len;
    b->at[--to] = '"';
    for (size_t i = end; i-- > begin;) { /* from the back, over itself */
        b->at[--to] = b->at[i];
        if (b->at[to] == '"') b->at[--to] = '"';
    }
    b->at[begin] = '"';
}
