/* extract.c - the article of a page as a record: dt_extract() and dt_extract_file().
 *
 * A record is a line of JSON, {"id", "url", "title", "date", "author", "publisher", "lang",
 * "text"}; what the page does not say is null. */
#include <errno.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/err.h"
#include "page/page.h"

enum { FILE_MOST = 64 << 20, READ_PIECE = 1 << 16 };

struct dt_extractor {
    struct page_reader *reader;
    struct arena arena;
    struct buf file, record;
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
    buf_free(&extractor->file);
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
    if (extractor == NULL || (html == NULL && len > 0) || record == NULL || record_len == NULL)
        return err_set(err, DT_E_ARG, 0, "the extractor, the page or the record was NULL");
    struct article page;
    arena_reset(&extractor->arena);
    *record = NULL;
    *record_len = 0;
    dt_status st = page_read(extractor->reader, &extractor->arena, str_of(len > 0 ? html : "", len),
                             str_c(charset), &page, err);
    if (st == DT_OK) st = write_article(&extractor->record, id, &page, err);
    if (st != DT_OK) return st;
    *record = extractor->record.at;
    *record_len = extractor->record.len;
    return DT_OK;
}

/* The whole file, unpacked if it is gzip. */
static dt_status read_page_file(const char *path, struct buf *into, dt_error *err)
{
    char piece[READ_PIECE];
    int got, reason = 0;
    gzFile file = strcmp(path, "-") == 0 ? gzdopen(0, "rb") : gzopen(path, "rb");
    if (file == NULL) return err_set(err, DT_E_OPEN, 0, "%s: %s", path, strerror(errno));
    buf_clear(into);
    while ((got = gzread(file, piece, sizeof piece)) > 0 && into->len < FILE_MOST)
        buf_put(into, str_of(piece, (size_t)got));
    const char *what = gzerror(file, &reason);
    dt_status st = DT_OK;
    if (into->failed)
        st = err_nomem(err);
    else if (got < 0)
        st = err_set(err, DT_E_READ, into->len, "%s: %s", path,
                     reason == Z_ERRNO ? strerror(errno) : what);
    (void)gzclose_r(file);
    return st;
}

dt_status dt_extract_file(dt_extractor *extractor, const char *path, const char **record,
                          size_t *record_len, dt_error *err)
{
    if (extractor == NULL || path == NULL || record == NULL || record_len == NULL)
        return err_set(err, DT_E_ARG, 0, "the extractor, the path or the record was NULL");
    const char *slash = strrchr(path, '/');
    dt_status st = read_page_file(path, &extractor->file, err);
    if (st != DT_OK) return st;
    return dt_extract(extractor, extractor->file.at, extractor->file.len, NULL,
                      slash != NULL ? slash + 1 : path, record, record_len, err);
}
