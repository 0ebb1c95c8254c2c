/* fetchstate.c - the file of what was fetched; see fetchstate.h. */
#include "input/fetchstate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "input/mail.h"

static size_t slot_of(const struct fetchstate *s, struct str url)
{
    size_t at = (size_t)str_hash(url) & (s->n_slots - 1);
    while (s->slots[at] != 0 && !str_eq(s->pages[s->slots[at] - 1].url, url))
        at = (at + 1) & (s->n_slots - 1);
    return at;
}

const struct fetched_page *fetchstate_find(const struct fetchstate *s, struct str url)
{
    if (s->n_slots == 0) return NULL;
    size_t at = slot_of(s, url);
    return s->slots[at] != 0 ? &s->pages[s->slots[at] - 1] : NULL;
}

/* Room for one more, and a table that is at most half full. */
static bool make_room(struct fetchstate *s)
{
    if (s->n == s->cap) {
        size_t cap = s->cap == 0 ? 64 : 2 * s->cap;
        struct fetched_page *grown = realloc(s->pages, cap * sizeof *grown);
        if (grown == NULL) return false;
        s->pages = grown;
        s->cap = cap;
    }
    if (s->n_slots >= 2 * (s->n + 1)) return true;
    size_t n_slots = s->n_slots == 0 ? 256 : 2 * s->n_slots;
    uint32_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL) return false;
    free(s->slots);
    s->slots = slots;
    s->n_slots = n_slots;
    for (size_t i = 0; i < s->n; i++)
        s->slots[slot_of(s, s->pages[i].url)] = (uint32_t)(i + 1);
    return true;
}

/* Header values hold no tab or line end, but a server may send anything. */
static struct str one_field(struct str s)
{
    size_t end = 0;
    while (end < s.len && s.at[end] != '\t' && s.at[end] != '\n' && s.at[end] != '\r' &&
           s.at[end] != '\0')
        end++;
    return str_cut(s, 0, end);
}

dt_status fetchstate_set(struct fetchstate *s, struct str url, struct str etag, struct str modified,
                         dt_error *err)
{
    if (url.len == 0 || one_field(url).len != url.len) return DT_OK;
    if (!make_room(s)) return err_nomem(err);
    size_t at = slot_of(s, url);
    if (s->slots[at] == 0) {
        s->pages[s->n].url = arena_str(&s->arena, url);
        s->slots[at] = (uint32_t)++s->n;
    }
    struct fetched_page *page = &s->pages[s->slots[at] - 1];
    page->etag = arena_str(&s->arena, one_field(etag));
    page->modified = arena_str(&s->arena, one_field(modified));
    s->changed = true;
    return s->arena.failed ? err_nomem(err) : DT_OK;
}

static dt_status take_lines(struct fetchstate *s, struct str rest, dt_error *err)
{
    struct str line;
    dt_status st = DT_OK;
    while (st == DT_OK && next_line(&rest, &line)) {
        size_t one = str_find(line, '\t', 0);
        size_t two = one < line.len ? str_find(line, '\t', one + 1) : line.len;
        if (two == line.len) continue;
        st = fetchstate_set(s, str_cut(line, 0, one), str_cut(line, one + 1, two),
                            str_cut(line, two + 1, line.len), err);
    }
    return st;
}

dt_status fetchstate_open(struct fetchstate *s, const char *path, dt_error *err)
{
    struct file_map map = {NULL, 0};
    *s = (struct fetchstate){.path = path};
    if (path == NULL) return DT_OK;
    FILE *there = fopen(path, "rb");
    if (there == NULL && errno == ENOENT) return DT_OK;
    if (there != NULL) (void)fclose(there);
    dt_status st = file_map_open(path, &map, err);
    if (st != DT_OK) return st;
    if (map.len != 0) st = take_lines(s, str_of((const char *)map.at, map.len), err);
    file_map_close(&map);
    s->changed = false;
    return st;
}

static bool write_pages(const struct fetchstate *s, FILE *file)
{
    for (size_t i = 0; i < s->n; i++)
        (void)fprintf(file, "%s\t%s\t%s\n", s->pages[i].url.at, s->pages[i].etag.at,
                      s->pages[i].modified.at);
    return fflush(file) == 0 && !ferror(file);
}

dt_status fetchstate_save(struct fetchstate *s, dt_error *err)
{
    if (s->path == NULL || !s->changed) return DT_OK;
    size_t len = strlen(s->path) + 5;
    char *beside = malloc(len);
    if (beside == NULL) return err_nomem(err);
    (void)snprintf(beside, len, "%s.new", s->path);
    FILE *file = fopen(beside, "wb");
    bool good = file != NULL && write_pages(s, file);
    if (file != NULL) good &= fclose(file) == 0;
    if (good) good = rename(beside, s->path) == 0;
    int why = errno;
    if (!good && file != NULL) (void)remove(beside);
    free(beside);
    s->changed = !good;
    return good
               ? DT_OK
               : err_set(err, DT_E_WRITE, 0, "%s could not be written: %s", s->path, strerror(why));
}

void fetchstate_free(struct fetchstate *s)
{
    arena_free(&s->arena);
    free(s->pages);
    free(s->slots);
    *s = (struct fetchstate){.path = NULL};
}
