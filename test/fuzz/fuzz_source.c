/* fuzz_source.c - any bytes as a file: its encoding, its container, its form. */
#include <unistd.h>

#include "flow.h"
#include "input/inflow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/detente-fuzz-XXXXXX";
    const struct inflow_options options = {{.record_most = 1 << 16}, ORDER_UNKNOWN};
    struct inflow *flow = NULL;
    int fd = mkstemp(path);
    if (fd < 0) abort();
    if (write(fd, data, size) != (ssize_t)size) abort();
    (void)close(fd);
    if (inflow_open(path, &options, &flow, NULL) == DT_OK) {
        struct str packed = STR("");
        size_t number;
        while (packed.at != NULL && inflow_next(flow, &packed, &number, NULL) == DT_OK) {
            struct parcel p;
            const struct parcel_place place = {&flow_arena, &flow_pages, &options.input};
            dt_story story = {.size = sizeof story};
            if (packed.at != NULL && !parcel_unpack(packed, &p)) abort();
            if (packed.at != NULL) (void)parcel_story(&place, &p, &story, NULL);
            arena_reset(&flow_arena);
        }
    }
    inflow_close(flow);
    flow_read(&form_text, data, size);
    (void)unlink(path);
    return 0;
}
