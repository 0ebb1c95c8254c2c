/* reader.c - stories from files: the public way to what src/input/ reads.
 *
 * dt_reader_next() cuts files into records, which is cheap and serial; dt_record_story() reads one,
 * in any thread. A record is a parcel (input/parcel.h); what is none is taken for a line of JSON.
 */
#include <stdlib.h>

#include "base/calendar.h"
#include "base/sized.h"
#include "input/inflow.h"
#include "input/jscan.h"
#include "input/parcel_story.h"
#include "story/story.h"

enum { RECORD_MOST = 16 << 20 };

struct dt_reader {
    struct inflow *flow;
    struct input_options options;
    char *path;
    char *texts; /* of the options */
    bool stream;
};

/* ---- opening ---- */

/* Copies a text behind the others; NULL stays NULL. */
static const char *keep_option(char **at, const char *z)
{
    if (z == NULL) return NULL;
    size_t n = strlen(z) + 1;
    char *copy = memcpy(*at, z, n);
    *at += n;
    return copy;
}

static dt_status keep_options(dt_reader *r, const char *path, const dt_reader_options *o,
                              dt_error *err)
{
    const char *const given[] = {path,           o->date,      o->text_column,      o->title_column,
                                 o->date_column, o->id_column, o->publisher_column, o->url_column,
                                 o->lang_column};
    size_t len = 0;
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        len += given[i] != NULL ? strlen(given[i]) + 1 : 0;
    char *at = r->texts = malloc(len);
    if (at == NULL) return err_nomem(err);
    r->path = (char *)keep_option(&at, path);
    r->options = (struct input_options){
        .date = keep_option(&at, o->date),
        .text_column = keep_option(&at, o->text_column),
        .title_column = keep_option(&at, o->title_column),
        .date_column = keep_option(&at, o->date_column),
        .id_column = keep_option(&at, o->id_column),
        .publisher_column = keep_option(&at, o->publisher_column),
        .url_column = keep_option(&at, o->url_column),
        .lang_column = keep_option(&at, o->lang_column),
        .record_most = o->record_most != 0 ? o->record_most : RECORD_MOST,
    };
    return DT_OK;
}

static dt_status check_options(const dt_reader_options *o, dt_error *err)
{
    int32_t day;
    if (o->date != NULL && !date_read(str_c(o->date), &day))
        return err_set(err, DT_E_ARG, 0, "'%.40s' is not a day of the calendar (YYYY-MM-DD)",
                       o->date);
    if (o->date_order < 0 || o->date_order > DT_ORDER_MONTH_FIRST)
        return err_set(err, DT_E_ARG, 0, "%d is no order of dates", o->date_order);
    return DT_OK;
}

dt_status dt_reader_open_with(const char *path, const dt_reader_options *options, dt_reader **out,
                              dt_error *err)
{
    static const struct sized kind = {"dt_reader_options", offsetof(dt_reader_options, whole),
                                      sizeof(dt_reader_options)};
    dt_reader_options o = {0};
    if (out == NULL) return err_null(err, "no place for the reader");
    *out = NULL;
    if (path == NULL) return err_null(err, "no path");
    dt_status st = options != NULL ? sized_read(&kind, options, &o, err) : DT_OK;
    if (st == DT_OK) st = check_options(&o, err);
    if (st != DT_OK) return st;
    dt_reader *r = calloc(1, sizeof *r);
    if (r == NULL) return err_nomem(err);
    st = keep_options(r, path, &o, err);
    const struct inflow_options flow = {r->options, (enum date_order)o.date_order};
    if (st == DT_OK) st = inflow_open(r->path, &flow, &r->flow, err);
    if (st != DT_OK) {
        dt_reader_close(r);
        return st;
    }
    r->stream = inflow_is_stream(r->flow);
    if (o.whole) inflow_whole(r->flow);
    *out = r;
    return DT_OK;
}

dt_status dt_reader_open(const char *path, const char *date, dt_reader **out, dt_error *err)
{
    dt_reader_options o = {.size = sizeof o, .date = date};
    return dt_reader_open_with(path, &o, out, err);
}

void dt_reader_whole(dt_reader *reader)
{
    if (reader != NULL) inflow_whole(reader->flow);
}

void dt_reader_close(dt_reader *r)
{
    if (r == NULL) return;
    inflow_close(r->flow);
    free(r->texts);
    free(r);
}

/* ---- the flow of records ---- */

dt_status dt_reader_next(dt_reader *r, const char **record, size_t *len, size_t *line,
                         dt_error *err)
{
    if (record == NULL || len == NULL || line == NULL)
        return err_null(err, "no place for the record");
    *record = NULL;
    *len = 0;
    if (r == NULL) return err_null(err, "no reader");
    struct str packed = str_of(NULL, 0);
    dt_status st = inflow_next(r->flow, &packed, line, err);
    *record = packed.at;
    *len = packed.len;
    return st;
}

size_t dt_reader_position(const dt_reader *r)
{
    return r != NULL ? inflow_position(r->flow) : 0;
}

size_t dt_reader_size(const dt_reader *r)
{
    return r != NULL ? inflow_size(r->flow) : 0;
}

int dt_reader_date_order(const dt_reader *r)
{
    return r != NULL ? (int)inflow_order(r->flow) : DT_ORDER_UNKNOWN;
}

/* Notes are ended by NULs, one behind the other. */
size_t dt_reader_note_count(const dt_reader *r)
{
    if (r == NULL) return 0;
    const struct buf *text = &inflow_notes(r->flow)->text;
    size_t n = 0;
    for (size_t i = 0; i < text->len; i++)
        n += text->at[i] == '\0';
    return n;
}

const char *dt_reader_note(const dt_reader *r, size_t i)
{
    if (r == NULL) return NULL;
    const struct buf *text = &inflow_notes(r->flow)->text;
    size_t at = 0;
    for (; i > 0 && at < text->len; i--)
        at += strlen(text->at + at) + 1;
    return at < text->len ? text->at + at : NULL;
}

/* ---- records ---- */

/* A record as a parcel; bytes that are none are a line of JSON. */
static struct parcel open_record(const dt_reader *r, struct str record, size_t line)
{
    struct parcel p;
    if (parcel_unpack(record, &p)) return p;
    if (str_starts(record, STR("\xEF\xBB\xBF"))) record = str_cut(record, 3, record.len);
    p = (struct parcel){.number = line, .passing = r->stream};
    p.pieces[PIECE_JSON] = record;
    p.pieces[PIECE_ORIGIN] = str_eq(str_c(r->path), STR("-")) ? STR("stdin") : str_c(r->path);
    return p;
}

/* Empties the coder's record memory and *s; the caller's structure was looked at. */
static dt_status begin_record(dt_coder *coder, const dt_reader *r, const char *record,
                              const dt_story *given, dt_story *s, dt_error *err)
{
    if (coder == NULL) return err_null(err, "no coder");
    if (r == NULL) return err_null(err, "no reader");
    if (record == NULL) return err_null(err, "no record");
    if (given == NULL) return err_null(err, "no place for the story");
    dt_status st = sized_check(&sized_story, given, err);
    if (st != DT_OK) return st;
    arena_reset(&coder->record_arena);
    *s = (dt_story){.size = sizeof *s};
    return DT_OK;
}

static dt_status read_parcel(dt_coder *coder, const dt_reader *r, const struct parcel *p,
                             dt_story *s, dt_error *err)
{
    const struct parcel_place place = {&coder->record_arena, &coder->pages, &r->options};
    return parcel_story(&place, p, s, err);
}

dt_status dt_record_story(dt_coder *coder, const dt_reader *r, const char *record, size_t len,
                          size_t line, dt_story *story, dt_error *err)
{
    dt_story s;
    dt_status st = begin_record(coder, r, record, story, &s, err);
    if (st != DT_OK) return st;
    double begin = stage_begin(coder);
    const struct parcel p = open_record(r, str_of(record, len), line);
    st = read_parcel(coder, r, &p, &s, err);
    stage_end(coder, STAGE_READ, begin);
    sized_write(&sized_story, &s, story);
    return st;
}

/* ---- pairs for classify ---- */

static size_t find_text(struct str in, struct str what, size_t from)
{
    for (size_t at = from; what.len != 0 && at + what.len <= in.len; at++)
        if (memcmp(in.at + at, what.at, what.len) == 0) return at;
    return in.len;
}

static dt_status find_actor(struct arena *a, const struct parcel *p, const char *key,
                            const char *begin_key, const dt_story *s, size_t span[2], dt_error *err)
{
    struct str object = p->pieces[PIECE_JSON], text = str_of(s->text, s->text_len);
    struct str origin = parcel_origin(p);
    struct jscan_value name = jscan_find(object, str_c(key));
    struct jscan_value begin = jscan_find(object, str_c(begin_key));
    long number = 0;
    if (name.kind != JSCAN_STRING)
        return err_set(err, DT_E_STORY, 0, "%.*s:%zu: \"%s\" is missing or not a string",
                       (int)origin.len, origin.at, p->number, key);
    struct str what = jscan_text(a, name);
    if (what.at == NULL) return err_nomem(err);
    bool given = begin.kind == JSCAN_NUMBER && str_int(begin.raw, &number) && number >= 0;
    size_t from = given ? (size_t)number : 0;
    size_t at = from <= text.len ? find_text(text, what, from) : text.len;
    if (at == text.len) at = find_text(text, what, 0);
    /* an actor that does not stand in the text word for word: nowhere, and no frame can use it */
    span[0] = at < text.len ? at : 0;
    span[1] = at < text.len ? at + what.len : 0;
    return DT_OK;
}

static dt_status read_pair(dt_coder *coder, const dt_reader *r, const struct parcel *p, dt_story *s,
                           size_t source[2], size_t target[2], dt_error *err)
{
    struct arena *a = &coder->record_arena;
    struct str origin = parcel_origin(p);
    if (p->pieces[PIECE_JSON].at == NULL && p->pieces[PIECE_REFUSED].at == NULL)
        return err_set(err, DT_E_STORY, 0,
                       "%.*s is no JSON Lines; classify wants \"text\", \"source\" and "
                       "\"target\" of each story",
                       (int)origin.len, origin.at);
    dt_status st = read_parcel(coder, r, p, s, err);
    if (st == DT_OK) st = find_actor(a, p, "source", "source_begin", s, source, err);
    if (st == DT_OK) st = find_actor(a, p, "target", "target_begin", s, target, err);
    return st;
}

dt_status dt_record_pair(dt_coder *coder, const dt_reader *r, const char *record, size_t len,
                         size_t line, dt_story *story, size_t source[2], size_t target[2],
                         dt_error *err)
{
    dt_story s;
    if (source == NULL || target == NULL) return err_null(err, "no place for the two actors");
    dt_status st = begin_record(coder, r, record, story, &s, err);
    if (st != DT_OK) return st;
    double begin = stage_begin(coder);
    const struct parcel p = open_record(r, str_of(record, len), line);
    st = read_pair(coder, r, &p, &s, source, target, err);
    stage_end(coder, STAGE_READ, begin);
    sized_write(&sized_story, &s, story);
    return st;
}
