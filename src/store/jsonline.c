/* jsonline.c - see jsonline.h.
 *
 * Nearly every record is an object of plain members: texts, whole numbers, null. Those are read
 * here in one pass. Whatever else there is, be it nested, rare or wrong, is left to jansson, which
 * takes some hundred instructions a character and knows what to say about errors. Linear. */
#include <jansson.h>

#include "base/utf8.h"
#include "store/jsonline.h"

static bool add_member(struct arena *arena, struct json_line *out, const struct json_member *m)
{
    struct json_member *grown =
        arena_grow(arena, out->members, out->n, (size_t)out->n + 1, &out->cap, sizeof *grown);
    if (grown == NULL) return false;
    out->members = grown;
    out->members[out->n++] = *m;
    return true;
}

/* ---- plain objects ------------------------------------------------------------------------- */

struct json_cursor {
    struct arena *arena;
    const char *at, *end;
};

static bool take_char(struct json_cursor *c, char wanted)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\r' || *c->at == '\n'))
        c->at++;
    if (c->at == c->end || *c->at != wanted) return false;
    c->at++;
    return true;
}

/* Four hexadecimal digits. */
static bool take_hex(struct json_cursor *c, uint32_t *unit)
{
    *unit = 0;
    if (c->end - c->at < 4) return false;
    for (int i = 0; i < 4; i++) {
        char digit = *c->at++, low = (char)(digit | 0x20);
        if (digit >= '0' && digit <= '9')
            *unit = *unit << 4 | (uint32_t)(digit - '0');
        else if (low >= 'a' && low <= 'f')
            *unit = *unit << 4 | (uint32_t)(low - 'a' + 10);
        else
            return false;
    }
    return true;
}

/* What stands behind \u: one unit, or two surrogates. */
static bool take_code_point(struct json_cursor *c, uint32_t *cp)
{
    uint32_t low;
    if (!take_hex(c, cp)) return false;
    if (*cp < 0xD800 || *cp > 0xDFFF) return true;
    if (*cp > 0xDBFF || c->end - c->at < 2 || c->at[0] != '\\' || c->at[1] != 'u') return false;
    c->at += 2;
    if (!take_hex(c, &low) || low < 0xDC00 || low > 0xDFFF) return false;
    *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
    return true;
}

/* The character behind a backslash; its bytes go to `out`, which gets at most as many as the escape
 * has. Returns their number, 0 when it is no escape. */
static size_t take_escape(struct json_cursor *c, char *out)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (c->at == c->end) return 0;
    char letter = *c->at++;
    uint32_t cp;
    if (letter == 'u') return take_code_point(c, &cp) ? utf8_encode(cp, out) : 0;
    const char *found = letter != '\0' ? strchr(letters, letter) : NULL;
    if (found == NULL) return 0;
    *out = meanings[found - letters];
    return 1;
}

/* The rest of a text, behind its first quotation mark. */
static bool take_text_rest(struct json_cursor *c, struct str *out)
{
    const char *begin = c->at, *close = begin;
    while (close < c->end && *close != '"' && (unsigned char)*close >= 0x20)
        close += *close == '\\' && close + 1 < c->end ? 2 : 1;
    if (close >= c->end || *close != '"') return false;
    char *text = ARENA_NEW(c->arena, (size_t)(close - begin) + 1, char);
    if (text == NULL) return false;
    size_t n = 0;
    while (c->at < close) {
        const char *escape = memchr(c->at, '\\', (size_t)(close - c->at));
        const char *stop = escape != NULL ? escape : close;
        memcpy(text + n, c->at, (size_t)(stop - c->at));
        n += (size_t)(stop - c->at);
        c->at = stop;
        if (escape == NULL) break;
        c->at++;
        size_t len = take_escape(c, text + n);
        if (len == 0) return false;
        n += len;
    }
    text[n] = '\0';
    *out = str_of(text, n);
    c->at = close + 1;
    return true;
}

/* "0", "-12", "345": as many digits as surely fit. */
static bool take_whole(struct json_cursor *c, long long *out)
{
    enum { DIGITS_MOST = 18 };
    bool minus = c->at < c->end && *c->at == '-';
    if (minus) c->at++;
    const char *first = c->at;
    for (*out = 0; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (c->at - first == DIGITS_MOST) return false;
        *out = *out * 10 + (*c->at - '0');
    }
    if (c->at == first || (*first == '0' && c->at - first > 1)) return false;
    if (minus) *out = -*out;
    return c->at == c->end || (*c->at != '.' && (*c->at | 0x20) != 'e');
}

static bool take_value(struct json_cursor *c, struct json_member *m)
{
    if (take_char(c, '"')) {
        m->kind = JSON_KIND_TEXT;
        return take_text_rest(c, &m->text);
    }
    if (c->end - c->at >= 4 && memcmp(c->at, "null", 4) == 0) {
        c->at += 4;
        m->kind = JSON_KIND_NULL;
        return true;
    }
    m->kind = JSON_KIND_WHOLE;
    return take_whole(c, &m->whole);
}

/* False for all that is not a plain object, well formed or not. */
static bool read_plain(struct json_cursor *c, struct json_line *out)
{
    if (!take_char(c, '{')) return false;
    do {
        struct json_member m = {.kind = JSON_KIND_NONE};
        if (!take_char(c, '"') || !take_text_rest(c, &m.name) || !take_char(c, ':') ||
            memchr(m.name.at, '\0', m.name.len) != NULL || !take_value(c, &m) ||
            !add_member(c->arena, out, &m))
            return false;
    } while (take_char(c, ','));
    return take_char(c, '}') && str_trim(str_of(c->at, (size_t)(c->end - c->at))).len == 0;
}

/* ---- all others ---------------------------------------------------------------------------- */

static bool copy_members(struct arena *arena, json_t *object, struct json_line *out)
{
    for (void *i = json_object_iter(object); i != NULL; i = json_object_iter_next(object, i)) {
        const json_t *value = json_object_iter_value(i);
        struct json_member m = {.name = arena_str(arena, str_c(json_object_iter_key(i))),
                                .kind = JSON_KIND_OTHER};
        if (json_is_null(value)) m.kind = JSON_KIND_NULL;
        if (json_is_string(value)) {
            m.kind = JSON_KIND_TEXT;
            m.text = arena_str(arena, str_of(json_string_value(value), json_string_length(value)));
        }
        if (json_is_integer(value)) {
            m.kind = JSON_KIND_WHOLE;
            m.whole = (long long)json_integer_value(value);
        }
        if (!add_member(arena, out, &m)) return false;
    }
    return true;
}

dt_status jsonline_read(struct arena *arena, struct str line, const char *name, size_t number,
                        struct json_line *out, dt_error *err)
{
    struct json_cursor cursor = {arena, line.at, line.at + line.len};
    json_error_t why;
    dt_status st = DT_OK;
    *out = (struct json_line){0};
    if (read_plain(&cursor, out)) return DT_OK;
    if (arena->failed) return err_nomem(err);
    *out = (struct json_line){0};
    json_t *object = json_loadb(line.at, line.len, JSON_ALLOW_NUL, &why);
    if (object == NULL)
        st = err_set(err, DT_E_STORY, (size_t)(why.position > 0 ? why.position : 0),
                     "%s:%zu: the line is not JSON, character %d: %s", name, number, why.position,
                     why.text);
    else if (!json_is_object(object))
        st = err_set(err, DT_E_STORY, 0, "%s:%zu: the line is JSON, but not an object", name,
                     number);
    else if (!copy_members(arena, object, out))
        st = err_nomem(err);
    json_decref(object);
    return st;
}

const struct json_member *jsonline_member(const struct json_line *object, const char *name)
{
    static const struct json_member none = {.kind = JSON_KIND_NONE};
    for (uint32_t i = object->n; i-- > 0;)
        if (str_eq(object->members[i].name, str_c(name))) return &object->members[i];
    return &none;
}
