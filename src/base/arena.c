/* arena.c - chunked bump allocator; see arena.h. */
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { FIRST_CHUNK = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t cap;
    alignas(max_align_t) unsigned char bytes[];
};

static void free_chunks(struct arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct arena_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
}

void arena_free(struct arena *a)
{
    free_chunks(a->chunk);
    *a = (struct arena){0};
}

/* Puts a chunk of at least `cap` bytes in front. */
static bool add_chunk(struct arena *a, size_t cap)
{
    if (cap > SIZE_MAX - sizeof(struct arena_chunk)) return false;
    struct arena_chunk *chunk = malloc(sizeof *chunk + cap);
    if (chunk == NULL) return false;
    chunk->older = a->chunk;
    chunk->cap = cap;
    a->chunk = chunk;
    a->used = 0;
    a->total += cap;
    return true;
}

void arena_reset(struct arena *a)
{
    a->failed = false;
#ifdef DT_DEBUG_ARENA
    free_chunks(a->chunk);
    a->chunk = NULL;
    a->total = 0;
#else
    if (a->chunk != NULL && a->chunk->older != NULL) {
        size_t total = a->total;
        free_chunks(a->chunk);
        a->chunk = NULL;
        a->total = 0;
        (void)add_chunk(a, total); /* on failure the next allocation tries again */
    }
#endif
    a->used = 0;
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size != 0 && n > (SIZE_MAX - align) / size) {
        a->failed = true;
        return NULL;
    }
    size_t bytes = n * size;
#ifdef DT_DEBUG_ARENA
    bool fits = false;
    size_t cap = bytes;
#else
    size_t start = (a->used + align - 1) & ~(align - 1);
    bool fits = a->chunk != NULL && start <= a->chunk->cap && bytes <= a->chunk->cap - start;
    size_t cap = a->total > FIRST_CHUNK ? a->total : FIRST_CHUNK;
    if (cap < bytes) cap = bytes;
#endif
    if (!fits) {
        if (!add_chunk(a, cap)) {
            a->failed = true;
            return NULL;
        }
#ifndef DT_DEBUG_ARENA
        start = 0;
#endif
    }
#ifdef DT_DEBUG_ARENA
    size_t start = 0;
#endif
    a->used = start + bytes;
    unsigned char *p = a->chunk->bytes + start;
    if (bytes != 0) memset(p, 0, bytes);
    return p;
}

void *arena_grow(struct arena *a, void *old, size_t n, size_t need, size_t *cap, size_t size)
{
    if (need <= *cap && old != NULL) return old;
    size_t bigger = *cap < 16 ? 16 : *cap;
    while (bigger < need) {
        if (bigger > SIZE_MAX / 2) return NULL;
        bigger *= 2;
    }
    void *new_place = arena_array(a, bigger, size);
    if (new_place == NULL) return NULL;
    if (n != 0) memcpy(new_place, old, n * size);
    *cap = bigger;
    return new_place;
}

struct str arena_str(struct arena *a, struct str s)
{
    char *copy = arena_array(a, s.len + 1, 1);
    if (copy == NULL) return STR("");
    if (s.len != 0) memcpy(copy, s.at, s.len);
    return str_of(copy, s.len);
}
