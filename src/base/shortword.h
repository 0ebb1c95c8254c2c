/* shortword.h - sorted tables of short words, searched by comparing two numbers instead of strings.
 *
 * A table is an array of rows that begin with `char word[SHORTWORD_BYTES]`, zeros behind the word,
 * sorted by bytes. Look-up is a binary search: each step one comparison of eight bytes. */
#ifndef DETENTE_SHORTWORD_H
#define DETENTE_SHORTWORD_H

#include "base/str.h"

enum { SHORTWORD_BYTES = 16 };

/* The row whose word is `key`, or NULL. There are n rows of `size` bytes. */
const void *shortword_find(struct str key, const void *rows, size_t n, size_t size);

#endif
