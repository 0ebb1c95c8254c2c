/* parcel_story.c - a parcel read as a story; see parcel_story.h. */
#include "input/parcel_story.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/calendar.h"
#include "base/err.h"
#include "base/utf8.h"
#include "input/encoding.h"
#include "input/members.h"

struct str parcel_origin(const struct parcel *p)
{
    struct str origin = p->pieces[PIECE_ORIGIN];
    if (origin.at == NULL) return STR("");
    return str_eq(origin, STR("stdin")) ? STR("standard input") : origin;
}

static dt_status no_story(const struct parcel *p, const char *what, dt_error *err)
{
    struct str origin = parcel_origin(p);
    if (p->whole) return err_set(err, DT_E_STORY, 0, "%.*s: %s", (int)origin.len, origin.at, what);
    return err_set(err, DT_E_STORY, 0, "%.*s:%zu: %s", (int)origin.len, origin.at, p->number, what);
}

/* ---- texts ---- */

/* Valid UTF-8 that a NUL ends and none stands in. NULL only when memory ran out. */
static const char *keep_text(struct arena *a, struct str text, struct str charset)
{
    struct str clean = encoding_clean(a, text, charset);
    if (clean.at == NULL || memchr(clean.at, '\0', clean.len) == NULL) return clean.at;
    char *out = arena_array(a, 3 * clean.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; out != NULL && i < clean.len; i++) {
        bool nul = clean.at[i] == '\0';
        memcpy(out + len, nul ? "\xEF\xBF\xBD" : clean.at + i, nul ? 3 : 1);
        len += nul ? 3 : 1;
    }
    return out;
}

static void keep_piece(struct arena *a, const struct parcel *p, enum piece piece, const char **out)
{
    struct str text = p->pieces[piece];
    if (text.at == NULL || str_trim(text).len == 0) return;
    *out = keep_text(a, str_trim(text), p->pieces[PIECE_CHARSET]);
}

/* ---- JSON ---- */

static dt_status bad_json(const struct parcel *p, const struct jscan *s, dt_error *err)
{
    char what[200];
    struct str begin = str_trim(s->text);
    if (begin.len != 0 && begin.at[0] == '[')
        return no_story(p, "the line is a list of JSON, but not an object", err);
    (void)snprintf(what, sizeof what, "the line is not JSON, character %zu: %s",
                   utf8_count(str_cut(s->text, 0, s->at)) + (s->at < s->text.len), s->fault);
    return no_story(p, what, err);
}

/* A value as text: a string, a number as it is written, the names of a list, the "name" of an
 * object. */
static struct str value_text(struct arena *a, struct jscan_value v)
{
    struct jscan list = {.text = v.raw, .at = 1};
    struct jscan_value item;
    struct buf all = {0};
    if (v.kind == JSCAN_STRING) return jscan_text(a, v);
    if (v.kind == JSCAN_NUMBER) return arena_str(a, v.raw);
    if (v.kind == JSCAN_OBJECT) v = jscan_find(v.raw, STR("name"));
    if (v.kind == JSCAN_STRING) return jscan_text(a, v);
    if (v.kind != JSCAN_LIST) return str_of(NULL, 0);
    while (jscan_item(&list, &item)) {
        if (item.kind == JSCAN_OBJECT) item = jscan_find(item.raw, STR("name"));
        if (item.kind != JSCAN_STRING || item.raw.len == 0) continue;
        if (all.len != 0) buf_z(&all, ", ");
        buf_put(&all, jscan_text(a, item));
    }
    struct str text = all.len != 0 ? arena_str(a, str_of(all.at, all.len)) : str_of(NULL, 0);
    if (all.failed) a->failed = true;
    buf_free(&all);
    return text;
}

static void keep_value(struct arena *a, struct jscan_value v, const char **out)
{
    struct str text = value_text(a, v);
    if (text.at != NULL) *out = keep_text(a, text, STR(""));
}

static dt_status keep_id(struct arena *a, const struct parcel *p, struct str id, dt_story *s,
                         dt_error *err)
{
    if (memchr(id.at, '\0', id.len) != NULL)
        return no_story(p, "the id holds a NUL, which no name can", err);
    s->id = keep_text(a, id, p->pieces[PIECE_CHARSET]);
    return DT_OK;
}

static dt_status no_text_member(const struct parcel *p, const struct input_options *o,
                                const struct members *m, dt_error *err)
{
    char what[200];
    const char *name = o->text_column != NULL ? o->text_column : "text";
    (void)snprintf(what, sizeof what,
                   m->of[PIECE_TEXT].kind == JSCAN_NONE
                       ? "the story has no \"%.80s\"; --text-column names what holds its text"
                       : "\"%.80s\" is not a string",
                   name);
    return no_story(p, what, err);
}

static dt_status read_json(const struct parcel_place *place, const struct parcel *p, dt_story *s,
                           dt_error *err)
{
    struct arena *a = place->arena;
    struct members m;
    struct jscan scan;
    dt_status st = DT_OK;
    if (!members_find(p->pieces[PIECE_JSON], place->options, &m, &scan))
        return bad_json(p, &scan, err);
    if (m.of[PIECE_TEXT].kind != JSCAN_STRING) return no_text_member(p, place->options, &m, err);
    struct str text = jscan_text(a, m.of[PIECE_TEXT]), id;
    s->text = text.at;
    s->text_len = text.len;
    struct jscan_value own = m.of[PIECE_ID];
    if (own.kind == JSCAN_STRING || own.kind == JSCAN_NUMBER) {
        id = value_text(a, own);
        if (id.at != NULL) st = keep_id(a, p, id, s, err);
    } else if (own.kind != JSCAN_NONE && !str_eq(own.raw, STR("null"))) {
        return no_story(p, "\"id\" is neither a string nor a number", err);
    }
    keep_value(a, m.of[PIECE_TITLE], &s->title);
    keep_value(a, m.of[PIECE_AUTHOR], &s->author);
    keep_value(a, m.of[PIECE_PUBLISHER], &s->publisher);
    keep_value(a, m.of[PIECE_URL], &s->url);
    keep_value(a, m.of[PIECE_LANG], &s->lang);
    return st;
}

/* ---- dates ---- */

/* A string, a number, and {"$date": ...}, as MongoDB writes it. */
static struct str value_date(struct jscan_value v, char room[160])
{
    for (int depth = 0; depth < 2 && v.kind == JSCAN_OBJECT; depth++) {
        struct jscan_value date = jscan_find(v.raw, STR("$date"));
        v = date.kind != JSCAN_NONE ? date : jscan_find(v.raw, STR("$numberLong"));
    }
    if (v.kind == JSCAN_STRING) return str_of(room, jscan_short(v, room, 160));
    if (v.kind == JSCAN_NONE || str_eq(v.raw, STR("null")) || str_eq(v.raw, STR("NaN")))
        return STR("");
    return str_cut(v.raw, 0, v.raw.len < 150 ? v.raw.len : 150);
}

struct str parcel_date(const struct parcel *p, const struct input_options *o, char room[160])
{
    struct jscan scan;
    struct members m;
    if (p->pieces[PIECE_JSON].at != NULL && members_find(p->pieces[PIECE_JSON], o, &m, &scan) &&
        m.of[PIECE_DATE].kind != JSCAN_NONE)
        return value_date(m.of[PIECE_DATE], room);
    return p->pieces[PIECE_DATE].at != NULL ? p->pieces[PIECE_DATE] : STR("");
}

/* "2024-06-13" as the calendar has it; what begins like that stays as it was written. False where
 * the words are no day. */
static bool set_date(struct arena *a, struct str words, enum date_order order, dt_story *s)
{
    char text[32];
    int32_t day;
    if (order == ORDER_UNKNOWN) order = ORDER_MONTH_FIRST;
    if (!anydate_read(words, order, &day)) return false;
    struct date d = date_of(day);
    (void)snprintf(text, sizeof text, "%04d-%02d-%02d", (int)d.year, (int)d.month, (int)d.day);
    s->date = arena_str(a, str_c(text)).at;
    return true;
}

static void date_story(const struct parcel_place *place, const struct parcel *p, dt_story *s)
{
    char room[160];
    struct str words = parcel_date(p, place->options, room);
    if (str_trim(words).len != 0)
        (void)set_date(place->arena, words, p->order, s);
    else
        s->date = place->options->date;
}

/* ---- pages ---- */

static dt_status read_page(const struct parcel_place *place, const struct parcel *p, dt_story *s,
                           dt_error *err)
{
    struct arena *a = place->arena;
    struct article article = {.text = {NULL, 0}};
    if (*place->pages == NULL) *place->pages = page_reader_new();
    if (*place->pages == NULL) return err_nomem(err);
    dt_status st =
        page_read(*place->pages, a, p->pieces[PIECE_PAGE], p->pieces[PIECE_CHARSET], &article, err);
    if (st != DT_OK) return st;
    if (p->whole && str_trim(article.text).len == 0)
        return no_story(p, "no article was found in the page", err);
    s->text = article.text.at != NULL ? article.text.at : "";
    s->text_len = article.text.len;
    const struct {
        struct str from;
        const char **to;
    } kept[] = {{article.title, &s->title},
                {article.author, &s->author},
                {article.publisher, &s->publisher},
                {article.url, &s->url},
                {article.lang, &s->lang}};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (kept[i].from.len != 0) *kept[i].to = keep_text(a, kept[i].from, STR(""));
    if (article.date.len != 0) (void)set_date(a, article.date, p->order, s);
    return DT_OK;
}

/* ---- all of it ---- */

static dt_status read_plain(struct arena *a, const struct parcel *p, dt_story *s)
{
    struct str text = p->pieces[PIECE_TEXT];
    if (p->pieces[PIECE_CHARSET].len != 0 || utf8_valid_len(text) != text.len)
        text = encoding_clean(a, text, p->pieces[PIECE_CHARSET]);
    s->text = text.at;
    s->text_len = text.len;
    return DT_OK;
}

/* The id of a story that has none: where it was found, for two folders may hold files of one name.
 * What comes through a pipe has no place where it stays: there a hash of it tells apart what two
 * runs gave, and the same input again gets the same id. */
static const char *made_id(struct arena *a, const struct parcel *p)
{
    char at_line[24] = "", hash[24] = "";
    struct str origin = p->pieces[PIECE_ORIGIN], record = STR("");
    for (unsigned i = PIECE_JSON; i <= PIECE_PAGE; i++)
        if (p->pieces[i].at != NULL) record = p->pieces[i];
    size_t cap = origin.len + sizeof at_line + sizeof hash;
    char *id = arena_array(a, cap, 1);
    if (id == NULL) return "";
    if (!p->whole) (void)snprintf(at_line, sizeof at_line, ":%zu", p->number);
    if (p->passing) (void)snprintf(hash, sizeof hash, ":%016" PRIx64, str_hash(record));
    (void)snprintf(id, cap, "%.*s%s%s", (int)origin.len, origin.len != 0 ? origin.at : "", at_line,
                   hash);
    return id;
}

/* JSON that did not come through a reader may hold any bytes. */
static struct parcel with_valid_json(struct arena *a, const struct parcel *p)
{
    struct parcel valid = *p;
    struct str *json = &valid.pieces[PIECE_JSON];
    if (json->at != NULL && utf8_valid_len(*json) != json->len)
        *json = encoding_clean(a, *json, STR(""));
    return valid;
}

dt_status parcel_story(const struct parcel_place *place, const struct parcel *parcel, dt_story *s,
                       dt_error *err)
{
    struct arena *a = place->arena;
    struct str refused = parcel->pieces[PIECE_REFUSED];
    if (refused.at != NULL)
        return err_set(err, DT_E_STORY, 0, "%.*s", (int)refused.len, refused.at);
    struct parcel p = with_valid_json(a, parcel);
    struct str id = p.pieces[PIECE_ID];
    dt_status st = a->failed                         ? err_nomem(err)
                   : p.pieces[PIECE_JSON].at != NULL ? read_json(place, &p, s, err)
                   : p.pieces[PIECE_PAGE].at != NULL ? read_page(place, &p, s, err)
                                                     : read_plain(a, &p, s);
    if (st == DT_OK && id.at != NULL && str_trim(id).len != 0)
        st = keep_id(a, &p, str_trim(id), s, err);
    if (st != DT_OK) return st;
    keep_piece(a, &p, PIECE_TITLE, &s->title);
    keep_piece(a, &p, PIECE_AUTHOR, &s->author);
    keep_piece(a, &p, PIECE_PUBLISHER, &s->publisher);
    keep_piece(a, &p, PIECE_URL, &s->url);
    keep_piece(a, &p, PIECE_LANG, &s->lang);
    if (s->date == NULL) date_story(place, &p, s);
    if (s->id == NULL) s->id = made_id(a, &p);
    return a->failed || s->text == NULL ? err_nomem(err) : DT_OK;
}
