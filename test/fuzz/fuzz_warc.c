/* fuzz_warc.c - any bytes as a web archive: it ends, and what it gives lies in memory. */
#include <stdlib.h>

#include "../unit/form_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out = {0};
    const struct input_options options = {.record_most = 1 << 16};
    if (size == 0) return 0;
    read_form(&form_warc, str_of((const char *)data + 1, size - 1), data[0] == 0 ? 1 : data[0] * 64u,
              &options, &out);
    buf_free(&out);
    return 0;
}
