/* fuzz_json.c - any bytes as JSON Lines or a document of JSON. */
#include "flow.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    flow_read(&form_json, data, size);
    return 0;
}
