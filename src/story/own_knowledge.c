/* own_knowledge.c - a user's folders, compiled over ours at run time. */
#include "story/own_knowledge.h"

#include <stdlib.h>

#include "what/frames_compile.h"

static dt_status take_notes(const struct compile *c, struct own_notes *out, dt_error *err)
{
    uint32_t n = 0;
    const struct str *notes = compile_notes(c, &n);
    out->n = 0;
    out->texts = ARENA_NEW(out->arena, (size_t)n + 1, const char *);
    if (out->texts == NULL) return err_nomem(err);
    for (; out->n < n; out->n++)
        out->texts[out->n] = arena_str(out->arena, notes[out->n]).at;
    return out->arena->failed ? err_nomem(err) : DT_OK;
}

static dt_status compile_all(const struct own_folders *folders, const struct know *ours,
                             void **bytes, size_t *len, struct own_notes *notes, dt_error *err)
{
    struct compile *c = NULL;
    dt_status st = compile_new(&c, err);
    if (st == DT_OK) st = compile_add_base(c, ours, err);
    if (st == DT_OK && folders->petrarch != NULL)
        st = compile_add_dictionaries(c, folders->petrarch, err);
    if (st == DT_OK && folders->knowledge != NULL)
        st = compile_add_folder(c, folders->knowledge, err);
    if (st == DT_OK) st = compile_know(c, err);
    if (st == DT_OK) st = frames_compile(c, err);
    if (st == DT_OK) st = compile_bytes(c, bytes, len, err);
    if (st == DT_OK) st = take_notes(c, notes, err);
    compile_free(c);
    return st;
}

dt_status own_knowledge_load(const struct own_folders *folders, const struct know *ours,
                             void **bytes, struct know *know, struct own_notes *notes,
                             dt_error *err)
{
    size_t len = 0;
    *bytes = NULL;
    *know = (struct know){0};
    dt_status st = compile_all(folders, ours, bytes, &len, notes, err);
    const char *name = folders->knowledge != NULL ? folders->knowledge : folders->petrarch;
    if (st == DT_OK) st = know_attach(*bytes, len, name, know, err);
    if (st != DT_OK) {
        know_close(know);
        free(*bytes);
        *bytes = NULL;
    }
    return st;
}
