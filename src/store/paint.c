/* paint.c - colours of a terminal, and text made safe for one. */
#include "store/paint.h"

#include "base/utf8.h"

void paint_on(struct buf *out, bool colour, enum paint paint)
{
    static const char *const codes[] = {"",         "\x1b[1m",  "\x1b[2m",  "\x1b[4m",
                                        "\x1b[31m", "\x1b[32m", "\x1b[33m", "\x1b[36m"};
    if (colour) buf_z(out, codes[paint]);
}

void paint_off(struct buf *out, bool colour)
{
    if (colour) buf_z(out, "\x1b[0m");
}

void paint_text(struct buf *out, struct str s)
{
    size_t done = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.at[i];
        if (c >= 0x20 && c != 0x7F) continue;
        buf_put(out, str_cut(s, done, i));
        buf_c(out, ' ');
        done = i + 1;
    }
    buf_put(out, str_cut(s, done, s.len));
}

void paint_name(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len;) {
        uint32_t cp;
        size_t n = utf8_decode(s, i, &cp);
        if (cp < 0x20 || (cp >= 0x7F && cp < 0xA0))
            buf_f(out, "\\x%02x", (unsigned)cp);
        else
            buf_put(out, str_cut(s, i, i + n));
        i += n;
    }
}
