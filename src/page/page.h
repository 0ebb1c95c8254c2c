/* page.h - the article of a web page.
 *
 * In: the bytes of an HTML page as they were served. Out: its text, a paragraph a line, and what
 * the page says of it: title, date, author, publisher, language. See page.c for the method. */
#ifndef DETENTE_PAGE_H
#define DETENTE_PAGE_H

#include <detente.h>

#include "base/arena.h"
#include "base/str.h"

/* Found in a page; all in the arena, UTF-8; `at` NULL: the page does not say. */
struct article {
    struct str text; /* paragraphs, each ended by '\n'; empty where there is no article */
    struct str title;
    struct str date; /* as the page writes it, in any spelling */
    struct str author, publisher, url, lang;
};

/* What one thread needs to read pages: the HTML parser and its memory. */
struct page_reader;
struct page_reader *page_reader_new(void);         /* NULL: memory ran out */
void page_reader_free(struct page_reader *reader); /* NULL is allowed */

/* Reads a page. `charset`: the encoding that HTTP named, or `at` NULL; then a byte order mark, the
 * page's own word, or its bytes tell. Any bytes are a page. DT_E_NOMEM only. */
dt_status page_read(struct page_reader *reader, struct arena *arena, struct str bytes,
                    struct str charset, struct article *out, dt_error *err);

#endif
