/* extract.c - the article of a page as a record: dt_extract().
 *
 * A record is a line of JSON, {"id", "url", "title", "date", "author", "publisher", "lang",
 * "text"}; what the page does not say is null. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/err.h"
#include "page/page.h"

struct dt_extractor {
    struct page_reader *reader;
    struct arena arena;
    struct buf record;
};

dt_status dt_extractor_new(dt_extractor **out, dt_error *err)
{
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "no place for the extractor was given");
    *out = calloc(1, sizeof **out);
    if (*out == NULL) return err_nomem(err);
    (*out)->reader = page_reader_new();
    if ((*out)->reader != NULL) return DT_OK;
    dt_extractor_free(*out);
    *out = NULL;
    return err_nomem(err);
}

void dt_extractor_free(dt_extractor *extractor)
{
    if (extractor == NULL) return;
    page_reader_free(extractor->reader);
    arena_free(&extractor->arena);
    buf_free(&extractor->record);
    free(extractor);
}

static void put_member(struct buf *record, const char *name, struct str value)
{
    buf_f(record, record->len > 0 ? ", \"%s\": " : "{\"%s\": ", name);
    if (value.at == NULL)
        buf_z(record, "null");
    else
        buf_json(record, value);
}

/* YYYY-MM-DD where the page's date begins so, else as it is written. */
static void put_page_date(struct buf *record, struct str date)
{
    int32_t day;
    if (date.at != NULL && date_read(date, &day)) date.len = 10;
    put_member(record, "date", date);
}

static dt_status write_article(struct buf *record, const char *id, const struct article *page,
                               dt_error *err)
{
    buf_clear(record);
    put_member(record, "id", id != NULL ? str_c(id) : (struct str){NULL, 0});
    put_member(record, "url", page->url);
    put_member(record, "title", page->title);
    put_page_date(record, page->date);
    put_member(record, "author", page->author);
    put_member(record, "publisher", page->publisher);
    put_member(record, "lang", page->lang);
    put_member(record, "text", page->text);
    buf_z(record, "}\n");
    return record->failed ? err_nomem(err) : DT_OK;
}

dt_status dt_extract(dt_extractor *extractor, const char *html, size_t len, const char *charset,
                     const char *id, const char **record, size_t *record_len, dt_error *err)
{
    if (extractor == NULL || html == NULL || record == NULL || record_len == NULL)
        return err_set(err, DT_E_ARG, 0, "the extractor, the page or the record was NULL");
    struct article page;
    arena_reset(&extractor->arena);
    *record = NULL;
    *record_len = 0;
    dt_status st = page_read(extractor->reader, &extractor->arena, str_of(html, len),
                             str_c(charset), &page, err);
    if (st == DT_OK) st = write_article(&extractor->record, id, &page, err);
    if (st != DT_OK) return st;
    *record = extractor->record.at;
    *record_len = extractor->record.len;
    return DT_OK;
}
