/* fold.h - one hash for all ways to write a word: case, diacritics and the form of the apostrophe
 * make no difference. Used by the compiler of names and by the scan, so that they cannot differ. */
#ifndef DETENTE_FOLD_H
#define DETENTE_FOLD_H

#include "base/str.h"

/* Writes the folded form of `word` (lower case, no diacritics, straight apostrophe) into `out`, at
 * most `room` bytes, and returns its length. What does not fit is left out. */
size_t fold_word(struct str word, char *out, size_t room);

/* Hash of the folded form. The same on every machine that can read a bundle. */
uint64_t fold_hash(struct str word);

#endif
