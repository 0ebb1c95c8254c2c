/* fuzz_table.c - any bytes as a table of text. */
#include "flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    flow_read(&form_table, data, size);
    return 0;
}
