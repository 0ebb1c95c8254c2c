/* flat.h - FlatBuffers, written from front to back.
 *
 * By the specification "FlatBuffers internals" (flatbuffers.dev): a table begins with the distance
 * back to its vtable, which tells where each field stands; references are distances forward, so
 * what is referred to comes later. All places count from the start of the buffer, which must itself
 * stand at a multiple of 8. Begin with an empty buffer. */
#ifndef DETENTE_FLAT_H
#define DETENTE_FLAT_H

#include "base/buf.h"

enum { FLAT_FIELDS = 8 };

/* Where the fields of a table stand; 0: it has none of that number. */
struct flat_table {
    size_t at[FLAT_FIELDS];
};

/* Adds zeros until the length is a multiple of `align`. */
void flat_align(struct buf *b, size_t align);
/* The reference at the start of the buffer to its outermost table. Returns its place: 0. */
size_t flat_root(struct buf *b);
/* A table to which `reference` refers, all of its fields zero. sizes[i]: bytes of field i; 0: it is
 * left out, and reads as its default. References are of 4 bytes. */
struct flat_table flat_table(struct buf *b, size_t reference, const uint8_t *sizes, int n);
void flat_set(struct buf *b, size_t at, uint64_t value, int bytes);
void flat_text(struct buf *b, size_t reference, struct str text);
/* A vector of n elements of `size` bytes, zero; returns the place of the first. */
size_t flat_vector(struct buf *b, size_t reference, size_t n, size_t size);

#endif
