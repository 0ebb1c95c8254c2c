/* str.h - borrowed text: pointer and byte length, never NUL-terminated, never owned. */
#ifndef DETENTE_STR_H
#define DETENTE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *at;
    size_t len;
};

#define STR(literal) ((struct str){("" literal), sizeof(literal) - 1})

static inline struct str str_of(const char *at, size_t len)
{
    return (struct str){at, len};
}

/* Of a NUL-terminated string; NULL gives the empty text. */
static inline struct str str_c(const char *z)
{
    return (struct str){z != NULL ? z : "", z != NULL ? strlen(z) : 0};
}

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.at, prefix.at, prefix.len) == 0);
}

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.at + s.len - suffix.len, suffix.at, suffix.len) == 0);
}

/* Bytes [begin, end) of s; both must lie inside it. */
static inline struct str str_cut(struct str s, size_t begin, size_t end)
{
    return (struct str){s.at + begin, end - begin};
}

/* Orders by bytes, a prefix before its extensions. */
int str_cmp(struct str a, struct str b);
/* Equal when ASCII letters are compared without case. */
bool str_eq_nocase(struct str a, struct str b);
bool str_is_whole(struct str s, const char *word);
/* The same for a NUL-terminated word, which is not empty. Most words differ in the first letter
 * already, so that a list of words is cheap to go through. */
static inline bool str_is(struct str s, const char *word)
{
    return s.len != 0 && ((s.at[0] ^ word[0]) & ~0x20) == 0 && str_is_whole(s, word);
}
/* Without ASCII blanks (space, tab, CR, LF) at either end. */
struct str str_trim(struct str s);
/* Position of the first `c` at or after `from`, or s.len. */
size_t str_find(struct str s, char c, size_t from);
/* Takes the next piece before `sep` off the front of *rest (trimmed); false when *rest is used up.
 */
bool str_next(struct str *rest, char sep, struct str *piece);
/* Reads all of s as a decimal number; false if it is not one or does not fit. */
bool str_int(struct str s, long *out);
/* 64-bit hash (XXH3), the same on every machine. */
uint64_t str_hash(struct str s);
/* The same with a seed, so that one text can have several independent hashes. */
uint64_t str_hash_seed(struct str s, uint64_t seed);

#endif
