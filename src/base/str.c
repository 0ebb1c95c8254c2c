/* str.c - operations on borrowed text. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/str.h"

int str_cmp(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n != 0 ? memcmp(a.at, b.at, n) : 0;
    if (order != 0) return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

static unsigned char ascii_lower(char c)
{
    unsigned char u = (unsigned char)c;
    return u >= 'A' && u <= 'Z' ? (unsigned char)(u + 32) : u;
}

bool str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i])) return false;
    return true;
}

bool str_is_whole(struct str s, const char *word)
{
    for (size_t i = 0; i < s.len; i++)
        if (word[i] == '\0' || ascii_lower(s.at[i]) != ascii_lower(word[i])) return false;
    return word[s.len] == '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s)
{
    while (s.len > 0 && is_blank(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len > 0 && is_blank(s.at[s.len - 1]))
        s.len--;
    return s;
}

size_t str_find(struct str s, char c, size_t from)
{
    if (from >= s.len) return s.len;
    const char *hit = memchr(s.at + from, c, s.len - from);
    return hit != NULL ? (size_t)(hit - s.at) : s.len;
}

bool str_next(struct str *rest, char sep, struct str *piece)
{
    if (rest->at == NULL) return false;
    size_t cut = str_find(*rest, sep, 0);
    *piece = str_trim(str_of(rest->at, cut));
    if (cut < rest->len)
        *rest = str_of(rest->at + cut + 1, rest->len - cut - 1);
    else
        *rest = str_of(NULL, 0);
    return true;
}

bool str_int(struct str s, long *out)
{
    long value = 0;
    size_t i = 0;
    bool minus = s.len > 1 && s.at[0] == '-';
    if (minus) i = 1;
    if (i == s.len || s.len - i > 17) return false;
    for (; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        value = value * 10 + (s.at[i] - '0');
    }
    *out = minus ? -value : value;
    return true;
}

uint64_t str_hash(struct str s)
{
    return XXH3_64bits(s.at, s.len);
}

uint64_t str_hash_seed(struct str s, uint64_t seed)
{
    return XXH3_64bits_withSeed(s.at, s.len, seed);
}
