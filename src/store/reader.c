/* reader.c - stories from files: JSON Lines, plain text, CoNLL-U documents.
 *
 * dt_reader_next() only cuts the stream into records (lines), which is cheap and serial;
 * dt_record_story() parses one, in any thread. The line buffer grows to the longest line. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/calendar.h"
#include "base/utf8.h"
#include "story/story.h"

enum { READ_CHUNK = 1 << 18 };

struct dt_reader {
    FILE *file;
    char *path;       /* as it was given */
    const char *name; /* for messages: the path, or "standard input" */
    char *date;       /* of stories that carry none, or NULL */
    bool whole;       /* the file is one story */
    bool stream;      /* no regular file: another run may bring other stories */
    bool ended;       /* the last record was given out */
    char *bytes;      /* bytes [begin, end) are read and not yet given out */
    size_t begin, end, cap;
    size_t position, size, line;
};

static char *copy_z(const char *z)
{
    size_t n = strlen(z) + 1;
    char *copy = malloc(n);
    if (copy != NULL) memcpy(copy, z, n);
    return copy;
}

static dt_status open_stream(dt_reader *r, const char *path, dt_error *err)
{
    struct stat info;
    r->stream = true;
    if (strcmp(path, "-") == 0) {
        r->file = stdin;
        r->name = "standard input";
        return DT_OK;
    }
    r->file = fopen(path, "rb");
    if (r->file == NULL)
        return err_set(err, errno == ENOMEM ? DT_E_NOMEM : DT_E_OPEN, 0,
                       "%s could not be opened: %s", path, strerror(errno));
    if (fstat(fileno(r->file), &info) == 0) {
        if (S_ISDIR(info.st_mode)) return err_set(err, DT_E_OPEN, 0, "%s is a folder", path);
        if (S_ISREG(info.st_mode)) r->size = (size_t)info.st_size;
        r->stream = !S_ISREG(info.st_mode);
    }
    return DT_OK;
}

dt_status dt_reader_open(const char *path, const char *date, dt_reader **out, dt_error *err)
{
    int32_t day;
    if (out == NULL) return err_null(err, "no place for the reader");
    *out = NULL;
    if (path == NULL) return err_null(err, "no path");
    if (date != NULL && !date_read(str_c(date), &day))
        return err_set(err, DT_E_ARG, 0, "'%.40s' is not a day of the calendar (YYYY-MM-DD)", date);
    dt_reader *r = calloc(1, sizeof *r);
    if (r == NULL) return err_nomem(err);
    r->path = copy_z(path);
    r->name = r->path;
    r->date = date != NULL ? copy_z(date) : NULL;
    r->whole = str_ends(str_c(path), STR(".txt")) || str_ends(str_c(path), STR(".conllu"));
    dt_status st = r->path == NULL || (date != NULL && r->date == NULL) ? err_nomem(err)
                                                                        : open_stream(r, path, err);
    if (st != DT_OK) {
        dt_reader_close(r);
        return st;
    }
    *out = r;
    return DT_OK;
}

void dt_reader_whole(dt_reader *reader)
{
    if (reader != NULL) reader->whole = true;
}

void dt_reader_close(dt_reader *r)
{
    if (r == NULL) return;
    if (r->file != NULL && r->file != stdin) (void)fclose(r->file);
    free(r->bytes);
    free(r->path);
    free(r->date);
    free(r);
}

/* Reads more bytes behind what is there; *got is 0 at the end of the file. */
static dt_status read_more(dt_reader *r, size_t *got, dt_error *err)
{
    if (r->begin > 0 && r->begin == r->end) r->begin = r->end = 0;
    if (r->cap - r->end < READ_CHUNK) {
        if (r->begin > 0) {
            memmove(r->bytes, r->bytes + r->begin, r->end - r->begin);
            r->end -= r->begin;
            r->begin = 0;
        }
        if (r->cap - r->end < READ_CHUNK) {
            size_t cap = r->cap < READ_CHUNK ? 2 * READ_CHUNK : 2 * r->cap;
            char *grown = realloc(r->bytes, cap);
            if (grown == NULL) return err_nomem(err);
            r->bytes = grown;
            r->cap = cap;
        }
    }
    *got = fread(r->bytes + r->end, 1, r->cap - r->end, r->file);
    r->end += *got;
    if (*got == 0 && ferror(r->file))
        return err_set(err, DT_E_READ, r->position, "%s could not be read: %s", r->name,
                       strerror(errno));
    return DT_OK;
}

static void give(dt_reader *r, size_t len, size_t skip, const char **record, size_t *out_len)
{
    *record = r->bytes + r->begin; /* read_more() was here: bytes is not NULL */
    *out_len = len;
    r->begin += len + skip;
    r->position += len + skip;
}

static dt_status next_whole(dt_reader *r, const char **record, size_t *len, size_t *line,
                            dt_error *err)
{
    size_t got = 0;
    if (r->ended) return DT_OK;
    do {
        dt_status st = read_more(r, &got, err);
        if (st != DT_OK) return st;
    } while (got != 0);
    r->ended = true;
    *line = 1;
    give(r, r->end - r->begin, 0, record, len);
    return DT_OK;
}

static bool is_blank_line(const char *at, size_t len)
{
    return str_trim(str_of(at, len)).len == 0;
}

dt_status dt_reader_next(dt_reader *r, const char **record, size_t *len, size_t *line,
                         dt_error *err)
{
    size_t seen = 0, got = 1;
    if (record == NULL || len == NULL || line == NULL)
        return err_null(err, "no place for the record");
    *record = NULL;
    *len = 0;
    if (r == NULL) return err_null(err, "no reader");
    if (r->whole) return next_whole(r, record, len, line, err);
    for (;;) {
        struct str have =
            r->end > r->begin ? str_of(r->bytes + r->begin, r->end - r->begin) : STR("");
        size_t cut = have.len != 0 ? str_find(have, '\n', seen) : 0;
        if (have.len != 0 && (cut < have.len || got == 0)) {
            bool newline = cut < have.len;
            r->line++;
            if (is_blank_line(have.at, cut)) { /* empty lines are no records */
                r->begin += cut + newline;
                r->position += cut + newline;
                seen = 0;
                continue;
            }
            *line = r->line;
            give(r, cut, newline, record, len);
            return DT_OK;
        }
        if (got == 0) return DT_OK;
        seen = have.len;
        dt_status st = read_more(r, &got, err);
        if (st != DT_OK) return st;
    }
}

size_t dt_reader_position(const dt_reader *r)
{
    return r != NULL ? r->position : 0;
}

size_t dt_reader_size(const dt_reader *r)
{
    return r != NULL ? r->size : 0;
}

/* ---- records ---- */

static const char *keep(struct arena *a, const char *z, size_t len)
{
    return arena_str(a, str_of(z, len)).at;
}

/* The id of a story that has none: the path as it was given, for two folders may hold files of one
 * name, and the line. What a stream brings has no place where it stays: there a hash of the record
 * tells apart what two runs gave, and the same input again gets the same id. */
static const char *made_id(struct arena *a, const dt_reader *r, struct str record, size_t line)
{
    char at_line[24] = "", hash[24] = "";
    const char *path = r->file == stdin ? "stdin" : r->path;
    size_t cap = strlen(path) + sizeof at_line + sizeof hash;
    char *id = arena_array(a, cap, 1);
    if (id == NULL) return "";
    if (!r->whole) (void)snprintf(at_line, sizeof at_line, ":%zu", line);
    if (r->stream) (void)snprintf(hash, sizeof hash, ":%016" PRIx64, str_hash(record));
    (void)snprintf(id, cap, "%s%s%s", path, at_line, hash);
    return id;
}

static dt_status no_story(const dt_reader *r, size_t line, dt_error *err, const char *what)
{
    return err_set(err, DT_E_STORY, 0, "%s:%zu: %s", r->name, line, what);
}

/* Copies a text member into *out; absent or null leaves it NULL. False when it is no text. */
static bool take_text(struct arena *a, const json_t *object, const char *key, const char **out)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_is_null(value)) return true;
    if (!json_is_string(value)) return false;
    *out = keep(a, json_string_value(value), json_string_length(value));
    return true;
}

static dt_status fill_story(struct arena *a, const dt_reader *r, const json_t *object,
                            struct str record, size_t line, dt_story *s, dt_error *err)
{
    const json_t *text = json_object_get(object, "text");
    const json_t *id = json_object_get(object, "id");
    int32_t day;
    if (text == NULL) return no_story(r, line, err, "the story has no \"text\"");
    if (!json_is_string(text)) return no_story(r, line, err, "\"text\" is not a string");
    s->text_len = json_string_length(text);
    s->text = keep(a, json_string_value(text), s->text_len);
    if (json_is_integer(id)) {
        char number[24];
        int n = snprintf(number, sizeof number, "%lld", (long long)json_integer_value(id));
        s->id = keep(a, number, (size_t)n);
    } else if (!take_text(a, object, "id", &s->id)) {
        return no_story(r, line, err, "\"id\" is neither a string nor a whole number");
    }
    if (!take_text(a, object, "date", &s->date) || !take_text(a, object, "title", &s->title) ||
        !take_text(a, object, "publisher", &s->publisher) ||
        !take_text(a, object, "url", &s->url) || !take_text(a, object, "lang", &s->lang))
        return no_story(r, line, err,
                        "\"date\", \"title\", \"publisher\", \"url\" or \"lang\" is not a string");
    if (s->date == NULL) s->date = r->date;
    if (s->date != NULL && s->date[0] != '\0' && !date_read(str_c(s->date), &day))
        return err_set(err, DT_E_STORY, 0,
                       "%s:%zu: \"%.40s\" is not a day of the calendar (YYYY-MM-DD)", r->name, line,
                       s->date);
    if (s->id == NULL) s->id = made_id(a, r, record, line);
    return a->failed ? err_nomem(err) : DT_OK;
}

/* What jansson says where it had no memory: mostly nothing, and syntax errors have a code. */
static bool ran_out(const json_error_t *why)
{
    enum json_error_code code = json_error_code(why);
    return code == json_error_out_of_memory || code == json_error_unknown;
}

static dt_status parse_object(const dt_reader *r, const char *record, size_t len, size_t line,
                              json_t **out, dt_error *err)
{
    json_error_t why = {.line = 0}; /* jansson leaves its code unset where it has nothing to say */
    *out = NULL;
    size_t mark = line == 1 && str_starts(str_of(record, len), STR("\xEF\xBB\xBF")) ? 3 : 0;
    record += mark; /* a byte order mark, which is no JSON */
    len -= mark;
    size_t valid = utf8_valid_len(str_of(record, len));
    if (valid < len)
        return err_set(err, DT_E_STORY, valid, "%s:%zu: byte %zu of the line is not UTF-8", r->name,
                       line, valid + 1);
    *out = json_loadb(record, len, JSON_ALLOW_NUL, &why);
    if (*out == NULL && ran_out(&why)) return err_nomem(err);
    if (*out == NULL)
        return err_set(err, DT_E_STORY, (size_t)(why.position > 0 ? why.position : 0),
                       "%s:%zu: the line is not JSON, character %d: %s", r->name, line,
                       why.position, why.text);
    if (json_is_object(*out)) return DT_OK;
    json_decref(*out);
    *out = NULL;
    return no_story(r, line, err, "the line is JSON, but not an object");
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

/* The whole file as a story. */
static dt_status take_file(struct arena *a, const dt_reader *r, struct str record, dt_story *s,
                           dt_error *err)
{
    s->text = record.at;
    s->text_len = record.len;
    s->date = r->date;
    s->id = made_id(a, r, record, 1);
    return a->failed ? err_nomem(err) : DT_OK;
}

static dt_status read_line(struct arena *a, const dt_reader *r, struct str record, size_t line,
                           dt_story *s, dt_error *err)
{
    json_t *object = NULL;
    dt_status st = parse_object(r, record.at, record.len, line, &object, err);
    if (st == DT_OK) st = fill_story(a, r, object, record, line, s, err);
    json_decref(object);
    return st;
}

dt_status dt_record_story(dt_coder *coder, const dt_reader *r, const char *record, size_t len,
                          size_t line, dt_story *story, dt_error *err)
{
    dt_story s;
    struct str bytes = str_of(record, len);
    dt_status st = begin_record(coder, r, record, story, &s, err);
    if (st != DT_OK) return st;
    double begin = stage_begin(coder);
    st = r->whole ? take_file(&coder->record_arena, r, bytes, &s, err)
                  : read_line(&coder->record_arena, r, bytes, line, &s, err);
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

static dt_status find_actor(const dt_reader *r, const json_t *object, const char *key,
                            const char *begin_key, size_t line, const dt_story *s, size_t span[2],
                            dt_error *err)
{
    const json_t *name = json_object_get(object, key), *begin = json_object_get(object, begin_key);
    struct str text = str_of(s->text, s->text_len);
    if (!json_is_string(name))
        return err_set(err, DT_E_STORY, 0, "%s:%zu: \"%s\" is missing or not a string", r->name,
                       line, key);
    struct str what = str_of(json_string_value(name), json_string_length(name));
    size_t from = json_is_integer(begin) && json_integer_value(begin) >= 0
                      ? (size_t)json_integer_value(begin)
                      : 0;
    size_t at = from <= text.len ? find_text(text, what, from) : text.len;
    if (at == text.len) at = find_text(text, what, 0);
    /* an actor that does not stand in the text word for word: nowhere, and no frame can use it */
    span[0] = at < text.len ? at : 0;
    span[1] = at < text.len ? at + what.len : 0;
    return DT_OK;
}

static dt_status read_pair(struct arena *a, const dt_reader *r, struct str record, size_t line,
                           dt_story *s, size_t source[2], size_t target[2], dt_error *err)
{
    json_t *object = NULL;
    dt_status st = parse_object(r, record.at, record.len, line, &object, err);
    if (st == DT_OK) st = fill_story(a, r, object, record, line, s, err);
    if (st == DT_OK) st = find_actor(r, object, "source", "source_begin", line, s, source, err);
    if (st == DT_OK) st = find_actor(r, object, "target", "target_begin", line, s, target, err);
    json_decref(object);
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
    st = read_pair(&coder->record_arena, r, str_of(record, len), line, &s, source, target, err);
    stage_end(coder, STAGE_READ, begin);
    sized_write(&sized_story, &s, story);
    return st;
}
