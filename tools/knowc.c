/* knowc.c - compiles folders of knowledge: knowc OUT.dtk DIR... */
#include <stdio.h>

#include "what/frames_compile.h"

static dt_status compile_all(struct compile *c, const char *out, char **dirs, int n, dt_error *err)
{
    dt_status st = DT_OK;
    for (int i = 0; i < n && st == DT_OK; i++)
        st = compile_add_folder(c, dirs[i], err);
    if (st == DT_OK) st = compile_know(c, err);
    if (st == DT_OK) st = frames_compile(c, err);
    if (st == DT_OK) st = compile_save(c, out, err);
    return st;
}

int main(int argc, char **argv)
{
    struct compile *c = NULL;
    dt_error err;
    if (argc < 3) {
        (void)fputs("usage: knowc OUT.dtk FOLDER...\n", stderr);
        return 2;
    }
    dt_status st = compile_new(&c, &err);
    if (st == DT_OK) st = compile_all(c, argv[1], argv + 2, argc - 2, &err);
    if (st != DT_OK) (void)fprintf(stderr, "knowc: %s\n", err.text);
    compile_free(c);
    return st == DT_OK ? 0 : 1;
}
