/* fuzz_frames.c - any bytes as files of knowledge: the first byte says which file it is. */
#include <stdlib.h>

#include "what/frames_compile.h"
#include "what/frames.h"

static const char *const file_names[] = {"frames/x.txt",      "operators.txt", "classes.txt",
                                         "actors/x.txt",      "roles.txt",     "places/x.tsv",
                                         "ontology/cameo.tsv"};

static void open_result(struct compile *c)
{
    void *bytes = NULL;
    size_t len = 0;
    struct know know;
    struct frames frames;
    if (compile_bytes(c, &bytes, &len, NULL) != DT_OK) return;
    /* what the compiler writes, the reader must accept */
    if (know_attach(bytes, len, "fuzz", &know, NULL) != DT_OK) abort();
    if (frames_open(&know, &frames, NULL) != DT_OK) abort();
    know_close(&know);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct compile *c = NULL;
    dt_error err;
    if (size < 1) return 0;
    const char *name = file_names[data[0] % (sizeof file_names / sizeof file_names[0])];
    struct str text = str_of((const char *)data + 1, size - 1);
    if (compile_new(&c, NULL) != DT_OK) return 0;
    if (compile_add_text(c, name, str_c(name), text, &err) == DT_OK &&
        compile_know(c, &err) == DT_OK && frames_compile(c, &err) == DT_OK)
        open_result(c);
    compile_free(c);
    return 0;
}
