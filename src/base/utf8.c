/* utf8.c - UTF-8 as it comes; see utf8.h. ASCII is answered from a table, the rest by utf8proc. */
#include <utf8proc.h>

#include "base/port.h"
#include "base/utf8.h"

/* Lead byte -> sequence length and the range that the second byte must lie in (Unicode 15,
 * table 3-7). */
static size_t sequence_length(unsigned char lead, unsigned char *lo, unsigned char *hi)
{
    *lo = 0x80;
    *hi = 0xBF;
    if (lead < 0xC2) return 0;
    if (lead < 0xE0) return 2;
    if (lead < 0xF0) {
        if (lead == 0xE0) *lo = 0xA0;
        if (lead == 0xED) *hi = 0x9F;
        return 3;
    }
    if (lead > 0xF4) return 0;
    if (lead == 0xF0) *lo = 0x90;
    if (lead == 0xF4) *hi = 0x8F;
    return 4;
}

static size_t decode_long(struct str s, size_t off, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s.at + off;
    size_t left = s.len - off;
    unsigned char lo, hi;
    size_t n = sequence_length(p[0], &lo, &hi);
    *cp = UTF8_REPLACEMENT;
    if (n == 0) return 1;
    uint32_t value = n == 2 ? p[0] & 0x1Fu : n == 3 ? p[0] & 0x0Fu : p[0] & 0x07u;
    for (size_t i = 1; i < n; i++) {
        if (i >= left || p[i] < lo || p[i] > hi) return i;
        value = value << 6 | (p[i] & 0x3Fu);
        lo = 0x80;
        hi = 0xBF;
    }
    *cp = value;
    return n;
}

size_t utf8_decode(struct str s, size_t off, uint32_t *cp)
{
    unsigned char lead = (unsigned char)s.at[off];
    if (LIKELY(lead < 0x80)) {
        *cp = lead;
        return 1;
    }
    return decode_long(s, off, cp);
}

size_t utf8_encode(uint32_t cp, char *out)
{
    return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

/* The first byte at or after `off` that is not ASCII, by steps of eight. */
static size_t skip_ascii(struct str s, size_t off)
{
    uint64_t eight;
    for (; s.len - off >= sizeof eight; off += sizeof eight) {
        memcpy(&eight, s.at + off, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) != 0) break;
    }
    while (off < s.len && (unsigned char)s.at[off] < 0x80)
        off++;
    return off;
}

size_t utf8_valid_len(struct str s)
{
    size_t off = 0;
    while ((off = skip_ascii(s, off)) < s.len) {
        uint32_t cp;
        size_t n = utf8_decode(s, off, &cp);
        if (cp == UTF8_REPLACEMENT && !(n == 3 && memcmp(s.at + off, "\xEF\xBF\xBD", 3) == 0))
            return off;
        off += n;
    }
    return s.len;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t off = 0; off < s.len; off += utf8_decode(s, off, &cp))
        n++;
    return n;
}

uint32_t utf8_lower(uint32_t cp)
{
    if (LIKELY(cp < 0x80)) return cp >= 'A' && cp <= 'Z' ? cp + 32 : cp;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

uint32_t utf8_upper(uint32_t cp)
{
    if (LIKELY(cp < 0x80)) return cp >= 'a' && cp <= 'z' ? cp - 32 : cp;
    return (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
}

static enum utf8_class class_of_ascii(uint32_t cp)
{
    if ((cp | 32) >= 'a' && (cp | 32) <= 'z') return UTF8_LETTER;
    if (cp >= '0' && cp <= '9') return UTF8_DIGIT;
    if (cp == ' ' || (cp >= '\t' && cp <= '\r')) return UTF8_BLANK;
    if (cp < 32 || cp == 127) return UTF8_CONTROL;
    return cp == '$' || cp == '+' || cp == '<' || cp == '=' || cp == '>' || cp == '^' ||
                   cp == '`' || cp == '|' || cp == '~'
               ? UTF8_SYMBOL
               : UTF8_PUNCT;
}

enum utf8_class utf8_class_of(uint32_t cp)
{
    if (LIKELY(cp < 0x80)) return class_of_ascii(cp);
    if (cp == 0x200B || cp == 0xFEFF) return UTF8_BLANK;
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return UTF8_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return UTF8_DIGIT;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return UTF8_BLANK;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO: return UTF8_SYMBOL;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CN: return cp == 0x85 ? UTF8_BLANK : UTF8_CONTROL;
    default: return UTF8_PUNCT;
    }
}

bool utf8_is_upper(uint32_t cp)
{
    if (LIKELY(cp < 0x80)) return cp >= 'A' && cp <= 'Z';
    return utf8_lower(cp) != cp;
}

bool utf8_is_lower(uint32_t cp)
{
    if (LIKELY(cp < 0x80)) return cp >= 'a' && cp <= 'z';
    return utf8_upper(cp) != cp;
}
