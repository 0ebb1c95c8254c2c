/* fuzz_page.c - any bytes as a web page; the first names the encoding that HTTP told. */
#include <stdlib.h>

#include "base/utf8.h"
#include "page/page.h"

static struct page_reader *fuzzed_pages;
static struct arena fuzzed_arena;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {"", "utf-8", "iso-8859-1", "utf-16le", "gb18030"};
    struct article page;
    dt_error err;
    if (size == 0) return 0;
    if (fuzzed_pages == NULL) fuzzed_pages = page_reader_new();
    if (fuzzed_pages == NULL) abort();
    arena_reset(&fuzzed_arena);
    struct str charset = str_c(charsets[data[0] % 5]);
    struct str bytes = str_of((const char *)data + 1, size - 1);
    if (page_read(fuzzed_pages, &fuzzed_arena, bytes, charset, &page, &err) != DT_OK) abort();
    if (utf8_valid_len(page.text) != page.text.len) abort();
    if (page.text.len > 0 && page.text.at[page.text.len - 1] != '\n') abort();
    return 0;
}
