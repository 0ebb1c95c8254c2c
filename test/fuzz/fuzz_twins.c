/* fuzz_twins.c - any bytes as an index of twins, and as its table:
 * the first two bytes say how long the index is. A
 * story is asked for and added to what opens. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "detente.h"

static void put_file(const char *path, const uint8_t *data, size_t size)
{
    FILE *out = fopen(path, "wb");
    if (out == NULL) abort();
    (void)fwrite(data, 1, size, out);
    (void)fclose(out);
}

static void add_stories(dt_twins *twins)
{
    static uint64_t sign[DT_TWINS_SIGN_SIZE / 8];
    static const char text[] = "Poland sent tanks to Ukraine on Monday, the Polish ministry said.";
    dt_story story = {.size = sizeof story, .text = text, .text_len = sizeof text - 1};
    dt_twin twin = {.size = sizeof twin};
    dt_error err;
    if (dt_twins_sign(&story, sign, &err) != DT_OK) abort();
    for (int i = 0; i < 3; i++)
        if (dt_twins_add(twins, i == 0 ? "a" : "b", sign, &twin, &err) != DT_OK) return;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[64], table[80];
    dt_twins *twins = NULL;
    dt_error err;
    if (size < 3) return 0;
    (void)snprintf(path, sizeof path, "/tmp/fuzz_twins.%ld", (long)getpid());
    (void)snprintf(table, sizeof table, "%s.table", path);
    size_t log = (size_t)data[0] << 8 | data[1];
    if (log > size - 2) log = size - 2;
    put_file(path, data + 2, log);
    put_file(table, data + 2 + log, size - 2 - log);
    if (dt_twins_open(path, NULL, &twins, &err) == DT_OK) {
        add_stories(twins);
        (void)dt_twins_close(twins, &err);
    }
    (void)unlink(path);
    (void)unlink(table);
    return 0;
}
