/* bundle.h - the container of the model file and of compiled knowledge.
 *
 *   header  64 bytes  magic "DETENTE\n", kind (4 characters), byte-order mark 0x01020304,
 *                     format version, section count, file length, XXH3-64 of all bytes after the
 *                     header (and of the header with the hash itself taken as 0)
 *   table   n x 32    tag (8 characters, zero-filled), offset, length, element size
 *   sections          each aligned to 64 bytes, gaps zero
 *
 * All integers are little-endian; a big-endian host is refused by the byte-order mark. Offsets,
 * never pointers: a bundle is mapped and used where it lies. bundle_open() checks header, table
 * and hash; what is inside a section is checked by its reader, once, when it is opened. */
#ifndef DETENTE_BUNDLE_H
#define DETENTE_BUNDLE_H

#include "base/err.h"
#include "base/file.h"
#include "base/str.h"

struct bundle {
    struct file_map map; /* empty when the bytes belong to the caller */
    const unsigned char *at;
    size_t len;
    uint32_t version;
    uint32_t n_sections;
    uint64_t hash;
    char name[256]; /* for messages: the path, cut if long */
};

struct bundle_section {
    const void *at; /* 64-byte aligned */
    size_t len;     /* bytes */
    size_t count;   /* len / element size */
};

/* Maps `path` and checks it: kind, byte order, version_min <= version <= version_max, lengths,
 * table, hash. On failure *out is empty. DT_E_MODEL_MAGIC, _VERSION or _CORRUPT say what it was. */
dt_status bundle_open(const char *path, const char kind[4], uint32_t version_min,
                      uint32_t version_max, struct bundle *out, dt_error *err);
/* The same for bytes in memory, 64-byte aligned, which must outlive the bundle. */
dt_status bundle_attach(const void *bytes, size_t len, const char *name, const char kind[4],
                        uint32_t version_min, uint32_t version_max, struct bundle *out,
                        dt_error *err);
void bundle_close(struct bundle *b);

/* Stores the section `tag` in *out. DT_E_MODEL_CORRUPT when it is absent or its element size is
 * not `size` (0: any). */
dt_status bundle_find(const struct bundle *b, const char *tag, size_t size,
                      struct bundle_section *out, dt_error *err);
/* True when the bundle has the section `tag`. */
bool bundle_has(const struct bundle *b, const char *tag);
/* The i-th section's tag (borrowed), i < n_sections. */
struct str bundle_tag(const struct bundle *b, uint32_t i);

/* Writing: add sections in any order, then save. The bytes are borrowed until then. */
enum { BUNDLE_MAX_SECTIONS = 256 };

struct bundle_writer {
    char kind[4];
    uint32_t version;
    uint32_t n;
    struct {
        char tag[8];
        const void *at;
        size_t len, size;
    } section[BUNDLE_MAX_SECTIONS];
};

void bundle_begin(struct bundle_writer *w, const char kind[4], uint32_t version);
/* `tag` has 1 to 8 characters, count elements of `size` bytes each. */
void bundle_add(struct bundle_writer *w, const char *tag, const void *at, size_t count,
                size_t size);
/* Lays the file out in memory: *bytes is 64-byte aligned, from aligned_alloc(); the caller frees
 * it with free(). */
dt_status bundle_finish(const struct bundle_writer *w, void **bytes, size_t *len, dt_error *err);
/* Writes `path` by way of a temporary file beside it, so that a reader never sees half a file. */
dt_status bundle_save(const struct bundle_writer *w, const char *path, dt_error *err);

#endif
