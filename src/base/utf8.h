/* utf8.h - UTF-8 as it comes: valid or not. Character classes come from utf8proc. */
#ifndef DETENTE_UTF8_H
#define DETENTE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { UTF8_REPLACEMENT = 0xFFFD };

/* Decodes the character at byte `off` of s (off < s.len) and stores its code point. Returns the
 * number of bytes it takes, at least 1. An invalid byte sequence decodes as U+FFFD and takes the
 * bytes that Unicode's "maximal subpart" practice gives to one replacement character. */
size_t utf8_decode(struct str s, size_t off, uint32_t *cp);

/* Writes cp at `out` (room for 4 bytes), returns the bytes written. */
size_t utf8_encode(uint32_t cp, char *out);

/* Bytes from the start of s that are valid UTF-8; s.len when all is. */
size_t utf8_valid_len(struct str s);

/* Number of characters (invalid sequences count as one each). */
size_t utf8_count(struct str s);

/* Simple lower case; code points without one map to themselves. */
uint32_t utf8_lower(uint32_t cp);
uint32_t utf8_upper(uint32_t cp);

enum utf8_class { UTF8_BLANK, UTF8_LETTER, UTF8_DIGIT, UTF8_PUNCT, UTF8_SYMBOL, UTF8_CONTROL };

/* Letters with their marks are UTF8_LETTER; decimal digits and other numbers UTF8_DIGIT; blanks
 * include line ends, no-break and zero-width spaces and the byte order mark. */
enum utf8_class utf8_class_of(uint32_t cp);
bool utf8_is_upper(uint32_t cp);
bool utf8_is_lower(uint32_t cp);

#endif
