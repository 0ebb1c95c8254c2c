/* page.c - the article of a web page: for now, its text without tags. */
#include "page/page.h"

#include <stdlib.h>

#include "base/err.h"

struct page_reader {
    int unused;
};

struct page_reader *page_reader_new(void)
{
    return calloc(1, sizeof(struct page_reader));
}

void page_reader_free(struct page_reader *reader)
{
    free(reader);
}

dt_status page_read(struct page_reader *reader, struct arena *arena, struct str bytes,
                    struct str charset, struct article *out, dt_error *err)
{
    char *text = arena_array(arena, bytes.len + 1, 1);
    size_t len = 0;
    bool inside = false;
    (void)reader;
    (void)charset;
    *out = (struct article){.text = {NULL, 0}};
    if (text == NULL) return err_nomem(err);
    for (size_t i = 0; i < bytes.len; i++) {
        if (bytes.at[i] == '<') inside = true;
        if (!inside) text[len++] = bytes.at[i];
        if (bytes.at[i] == '>') inside = false;
    }
    out->text = str_of(text, len);
    return DT_OK;
}
