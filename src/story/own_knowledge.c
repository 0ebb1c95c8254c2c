/* own_knowledge.c - a user's folder of knowledge, compiled over ours at run time. */
#include "story/own_knowledge.h"

#include <stdlib.h>

#include "what/frames_compile.h"

static dt_status compile_both(const char *dir, const struct know *ours, void **bytes, size_t *len,
                              dt_error *err)
{
    struct compile *c = NULL;
    dt_status st = compile_new(&c, err);
    if (st == DT_OK) st = compile_add_base(c, ours, err);
    if (st == DT_OK) st = compile_add_folder(c, dir, err);
    if (st == DT_OK) st = compile_know(c, err);
    if (st == DT_OK) st = frames_compile(c, err);
    if (st == DT_OK) st = compile_bytes(c, bytes, len, err);
    compile_free(c);
    return st;
}

dt_status own_knowledge_load(const char *dir, const struct know *ours, void **bytes,
                             struct know *know, dt_error *err)
{
    size_t len = 0;
    *bytes = NULL;
    *know = (struct know){0};
    dt_status st = compile_both(dir, ours, bytes, &len, err);
    if (st == DT_OK) st = know_attach(*bytes, len, dir, know, err);
    if (st != DT_OK) {
        know_close(know);
        free(*bytes);
        *bytes = NULL;
    }
    return st;
}
