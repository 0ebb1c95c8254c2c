/* fold.c - one hash for all ways to write a word; see fold.h.
 *
 * ASCII, nearly all of it, is lower-cased and hashed eight bytes at a time (multiplication and
 * shift; one-to-one for words of up to eight bytes). Other words are folded into a buffer first:
 * full case folding and canonical decomposition without marks by utf8proc, and a short table of
 * letters that Unicode does not decompose but English newspapers do. */
#include <utf8proc.h>

#include "base/port.h"
#include "base/utf8.h"
#include "know/fold.h"

#define HIGH_BITS 0x8080808080808080u

static const struct {
    uint16_t from;
    char to[3];
} plain_letters[] = {
    {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},
    {0x0127, "h"},  {0x0131, "i"}, {0x0142, "l"}, {0x0153, "oe"}, {0x0167, "t"},
    {0x0259, "a"},  {0x02BC, "'"}, {0x2018, "'"}, {0x2019, "'"},  {0x201B, "'"},
    {0x0060, "'"},  {0x00B4, "'"}, {0x2010, "-"}, {0x2011, "-"},
};

static uint64_t load_eight(const char *at)
{
    uint64_t w;
    memcpy(&w, at, sizeof w);
    return w;
}

static uint32_t load_four(const char *at)
{
    uint32_t w;
    memcpy(&w, at, sizeof w);
    return w;
}

/* 1 to 7 bytes; those in the middle may come twice, which keeps them one-to-one. */
static uint64_t load_few(const char *at, size_t n)
{
    const unsigned char *u = (const unsigned char *)at;
    if (n >= 4) return (uint64_t)load_four(at) | (uint64_t)load_four(at + n - 4) << 32;
    return (uint64_t)u[0] | (uint64_t)u[n / 2] << 8 | (uint64_t)u[n - 1] << 16;
}

/* Lower-cases the ASCII letters of eight bytes. */
static uint64_t lower_eight(uint64_t w)
{
    uint64_t low = w & ~HIGH_BITS;
    uint64_t from_a = low + 0x3F3F3F3F3F3F3F3Fu; /* high bit: >= 'A' */
    uint64_t past_z = low + 0x2525252525252525u; /* high bit: > 'Z' */
    return w | ((from_a & ~past_z & ~w & HIGH_BITS) >> 2);
}

static uint64_t mix_eight(uint64_t h, uint64_t w)
{
    h = (h ^ lower_eight(w)) * 0x9FB21C651E98DF25u;
    return h ^ h >> 32;
}

/* Hash of `s` with ASCII letters lowered; *others collects the high bits. */
static uint64_t hash_bytes(struct str s, uint64_t *others)
{
    uint64_t h = s.len * 0x9E3779B97F4A7C15u, w;
    if (s.len == 0) return h;
    for (size_t i = 0; i + 8 < s.len; i += 8) {
        w = load_eight(s.at + i);
        *others |= w;
        h = mix_eight(h, w);
    }
    w = s.len >= 8 ? load_eight(s.at + s.len - 8) : load_few(s.at, s.len);
    *others |= w;
    h = mix_eight(h, w);
    return h;
}

/* Appends one folded character; false when there is no room. */
static bool put_folded(uint32_t cp, char *out, size_t *n, size_t room)
{
    char bytes[4];
    size_t len;
    for (size_t i = 0; i < sizeof plain_letters / sizeof plain_letters[0]; i++) {
        if (plain_letters[i].from != cp) continue;
        len = strlen(plain_letters[i].to);
        if (*n + len > room) return false;
        memcpy(out + *n, plain_letters[i].to, len);
        *n += len;
        return true;
    }
    len = utf8_encode(cp, bytes);
    if (*n + len > room) return false;
    memcpy(out + *n, bytes, len);
    *n += len;
    return true;
}

size_t fold_word(struct str word, char *out, size_t room)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t off = 0; off < word.len;) {
        utf8proc_int32_t parts[16];
        int boundary = 0;
        off += utf8_decode(word, off, &cp);
        utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 16,
                                                         UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE |
                                                             UTF8PROC_STRIPMARK | UTF8PROC_STABLE,
                                                         &boundary);
        for (utf8proc_ssize_t i = 0; i < count && i < 16; i++)
            if (!put_folded((uint32_t)parts[i], out, &n, room)) return n;
    }
    return n;
}

uint64_t fold_hash(struct str word)
{
    char folded[256];
    uint64_t others = 0;
    uint64_t h = hash_bytes(word, &others);
    if (LIKELY((others & HIGH_BITS) == 0)) return h;
    return hash_bytes(str_of(folded, fold_word(word, folded, sizeof folded)), &others);
}
