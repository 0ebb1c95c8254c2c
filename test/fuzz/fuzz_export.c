/* fuzz_export.c - any bytes in form_export. */
#include "form_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_form(&form_export, data, size);
    return 0;
}
