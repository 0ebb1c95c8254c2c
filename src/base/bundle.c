/* bundle.c - the container of the model file and of compiled knowledge; see bundle.h. */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/bundle.h"

enum { ALIGN = 64, BYTE_ORDER_MARK = 0x01020304 };

struct header {
    char magic[8];
    char kind[4];
    uint32_t byte_order;
    uint32_t version;
    uint32_t n_sections;
    uint64_t file_len;
    uint64_t hash;
    unsigned char zero[24];
};

struct entry {
    char tag[8];
    uint64_t offset, len, size;
};

_Static_assert(sizeof(struct header) == 64, "the header is 64 bytes");
_Static_assert(sizeof(struct entry) == 32, "a table entry is 32 bytes");

static const char MAGIC[8] = {'D', 'E', 'T', 'E', 'N', 'T', 'E', '\n'};

static uint64_t hash_of(const unsigned char *at, size_t len)
{
    struct header head;
    memcpy(&head, at, sizeof head);
    head.hash = 0;
    uint64_t seed = XXH3_64bits(&head, sizeof head);
    return XXH3_64bits_withSeed(at + sizeof head, len - sizeof head, seed);
}

static dt_status check_header(struct bundle *b, const char kind[4], uint32_t version_min,
                              uint32_t version_max, dt_error *err)
{
    struct header head;
    if (b->len < sizeof head || memcmp(b->at, MAGIC, sizeof MAGIC) != 0)
        return err_set(err, DT_E_MODEL_MAGIC, 0, "%s is not a Detente file", b->name);
    memcpy(&head, b->at, sizeof head);
    if (memcmp(head.kind, kind, 4) != 0)
        return err_set(err, DT_E_MODEL_MAGIC, 8, "%s holds '%.4s' where '%.4s' was expected",
                       b->name, head.kind, kind);
    if (head.byte_order != BYTE_ORDER_MARK)
        return err_set(err, DT_E_MODEL_MAGIC, 12, "%s was made for another byte order", b->name);
    if (head.version < version_min || head.version > version_max)
        return err_set(err, DT_E_MODEL_VERSION, 16,
                       "%s has format version %u; this program reads %u to %u", b->name,
                       head.version, version_min, version_max);
    if (head.file_len != b->len)
        return err_set(err, DT_E_MODEL_CORRUPT, 24, "%s has %zu bytes where %llu were written",
                       b->name, b->len, (unsigned long long)head.file_len);
    if (b->len % ALIGN != 0)
        return err_set(err, DT_E_MODEL_CORRUPT, 24,
                       "%s has %zu bytes, no multiple of %d: its end is missing", b->name, b->len,
                       (int)ALIGN);
    if (head.n_sections > BUNDLE_MAX_SECTIONS ||
        head.n_sections * sizeof(struct entry) > b->len - sizeof head)
        return err_set(err, DT_E_MODEL_CORRUPT, 20, "%s: the section table is damaged", b->name);
    b->version = head.version;
    b->n_sections = head.n_sections;
    b->hash = head.hash;
    return DT_OK;
}

static struct entry entry_at(const struct bundle *b, uint32_t i)
{
    struct entry e;
    memcpy(&e, b->at + sizeof(struct header) + i * sizeof e, sizeof e);
    return e;
}

static dt_status check_table(const struct bundle *b, dt_error *err)
{
    for (uint32_t i = 0; i < b->n_sections; i++) {
        struct entry e = entry_at(b, i);
        if (e.offset % ALIGN != 0 || e.offset > b->len || e.len > b->len - e.offset ||
            e.size == 0 || e.len % e.size != 0)
            return err_set(err, DT_E_MODEL_CORRUPT, sizeof(struct header) + i * sizeof e,
                           "%s: section %.8s is damaged", b->name, e.tag);
    }
    if (hash_of(b->at, b->len) != b->hash)
        return err_set(err, DT_E_MODEL_CORRUPT, 32, "%s: the contents do not match their hash",
                       b->name);
    return DT_OK;
}

dt_status bundle_attach(const void *bytes, size_t len, const char *name, const char kind[4],
                        uint32_t version_min, uint32_t version_max, struct bundle *out,
                        dt_error *err)
{
    *out = (struct bundle){.at = bytes, .len = len};
    (void)snprintf(out->name, sizeof out->name, "%s", name);
    dt_status st = check_header(out, kind, version_min, version_max, err);
    if (st == DT_OK) st = check_table(out, err);
    if (st != DT_OK) *out = (struct bundle){0};
    return st;
}

dt_status bundle_open(const char *path, const char kind[4], uint32_t version_min,
                      uint32_t version_max, struct bundle *out, dt_error *err)
{
    struct file_map map;
    *out = (struct bundle){0};
    dt_status st = file_map_open(path, &map, err);
    if (st != DT_OK) return st;
    st = bundle_attach(map.at, map.len, path, kind, version_min, version_max, out, err);
    if (st == DT_OK)
        out->map = map;
    else
        file_map_close(&map);
    return st;
}

void bundle_close(struct bundle *b)
{
    file_map_close(&b->map);
    *b = (struct bundle){0};
}

static bool tag_is(const struct entry *e, const char *tag)
{
    return strncmp(e->tag, tag, sizeof e->tag) == 0;
}

bool bundle_has(const struct bundle *b, const char *tag)
{
    for (uint32_t i = 0; i < b->n_sections; i++) {
        struct entry e = entry_at(b, i);
        if (tag_is(&e, tag)) return true;
    }
    return false;
}

dt_status bundle_find(const struct bundle *b, const char *tag, size_t size,
                      struct bundle_section *out, dt_error *err)
{
    *out = (struct bundle_section){0};
    for (uint32_t i = 0; i < b->n_sections; i++) {
        struct entry e = entry_at(b, i);
        if (!tag_is(&e, tag)) continue;
        if (size != 0 && e.size != size)
            return err_set(err, DT_E_MODEL_CORRUPT, (size_t)e.offset,
                           "%s: section %s has elements of %zu bytes where %zu were expected",
                           b->name, tag, (size_t)e.size, size);
        *out = (struct bundle_section){b->at + e.offset, (size_t)e.len, (size_t)(e.len / e.size)};
        return DT_OK;
    }
    return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s has no section %s", b->name, tag);
}

struct str bundle_tag(const struct bundle *b, uint32_t i)
{
    const char *tag = (const char *)b->at + sizeof(struct header) + i * sizeof(struct entry);
    size_t n = 0;
    while (n < 8 && tag[n] != '\0')
        n++;
    return str_of(tag, n);
}

void bundle_begin(struct bundle_writer *w, const char kind[4], uint32_t version)
{
    *w = (struct bundle_writer){.version = version};
    memcpy(w->kind, kind, 4);
}

void bundle_add(struct bundle_writer *w, const char *tag, const void *at, size_t count, size_t size)
{
    assert(w->n < BUNDLE_MAX_SECTIONS && size > 0 && strlen(tag) <= 8);
    size_t n = strlen(tag);
    memcpy(w->section[w->n].tag, tag, n < 8 ? n : 8);
    w->section[w->n].at = at;
    w->section[w->n].len = count * size;
    w->section[w->n].size = size;
    w->n++;
}

static size_t aligned(size_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

dt_status bundle_finish(const struct bundle_writer *w, void **bytes, size_t *len, dt_error *err)
{
    size_t total = aligned(sizeof(struct header) + w->n * sizeof(struct entry));
    for (uint32_t i = 0; i < w->n; i++)
        total += aligned(w->section[i].len);
    unsigned char *at = aligned_alloc(ALIGN, total);
    *bytes = at;
    *len = total;
    if (at == NULL) return err_nomem(err);
    memset(at, 0, total);
    size_t off = aligned(sizeof(struct header) + w->n * sizeof(struct entry));
    for (uint32_t i = 0; i < w->n; i++) {
        struct entry e = {.offset = off, .len = w->section[i].len, .size = w->section[i].size};
        memcpy(e.tag, w->section[i].tag, sizeof e.tag);
        memcpy(at + sizeof(struct header) + i * sizeof e, &e, sizeof e);
        if (e.len != 0) memcpy(at + off, w->section[i].at, w->section[i].len);
        off += aligned(w->section[i].len);
    }
    struct header head = {.byte_order = BYTE_ORDER_MARK,
                          .version = w->version,
                          .n_sections = w->n,
                          .file_len = total};
    memcpy(head.magic, MAGIC, sizeof head.magic);
    memcpy(head.kind, w->kind, sizeof head.kind);
    memcpy(at, &head, sizeof head);
    head.hash = hash_of(at, total);
    memcpy(at, &head, sizeof head);
    return DT_OK;
}

dt_status bundle_save(const struct bundle_writer *w, const char *path, dt_error *err)
{
    char temporary[4096];
    void *bytes = NULL;
    size_t len = 0;
    int n = snprintf(temporary, sizeof temporary, "%s.new", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return err_set(err, DT_E_OPEN, 0, "%s: the path is too long", path);
    dt_status st = bundle_finish(w, &bytes, &len, err);
    if (st != DT_OK) return st;
    FILE *file = fopen(temporary, "wb");
    bool ok = file != NULL && fwrite(bytes, 1, len, file) == len;
    if (file != NULL && fclose(file) != 0) ok = false;
    if (ok) ok = rename(temporary, path) == 0;
    if (!ok) {
        st = err_set(err, DT_E_WRITE, 0, "%s could not be written: %s", path, strerror(errno));
        (void)remove(temporary);
    }
    free(bytes);
    return st;
}
