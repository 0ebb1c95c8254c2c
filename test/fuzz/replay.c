/* replay.c - runs a fuzz target over saved inputs, for compilers without libFuzzer: replay
 * FOLDER... */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dt_status replay_one(void *context, const char *path, dt_error *err)
{
    struct file_map map;
    dt_status st = file_map_open(path, &map, err);
    if (st != DT_OK) return st;
    (void)LLVMFuzzerTestOneInput(map.at != NULL ? map.at : (const uint8_t *)"", map.len);
    file_map_close(&map);
    ++*(int *)context;
    return DT_OK;
}

int main(int argc, char **argv)
{
    int n = 0;
    dt_error err;
    for (int i = 1; i < argc; i++) {
        if (file_walk(argv[i], "", replay_one, &n, &err) == DT_OK) continue;
        (void)fprintf(stderr, "replay: %s\n", err.text);
        return 1;
    }
    (void)printf("%d inputs replayed\n", n);
    return n > 0 ? 0 : 1;
}
