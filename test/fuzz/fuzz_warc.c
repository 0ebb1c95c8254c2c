/* fuzz_warc.c - any bytes in form_warc. */
#include "form_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_form(&form_warc, data, size);
    return 0;
}
