/* fuzz_xml.c - any bytes in form_xml. */
#include "form_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_form(&form_xml, data, size);
    return 0;
}
