/* jscan.c - the members of a JSON object without a tree; see jscan.h. */
#include "input/jscan.h"

#include "base/utf8.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_spaces(struct jscan *s)
{
    while (s->at < s->text.len && is_space(s->text.at[s->at]))
        s->at++;
}

static bool find_fault(struct jscan *s, const char *fault)
{
    s->fault = fault;
    return false;
}

static char next_char(const struct jscan *s)
{
    return s->at < s->text.len ? s->text.at[s->at] : '\0';
}

/* The closing quote of a string that begins behind `from`; s.len where there is none. A quote is
 * escaped when an odd number of backslashes stands before it. */
static size_t find_quote(struct str s, size_t from)
{
    for (size_t at = from;; at++) {
        at = str_find(s, '"', at);
        size_t slashes = 0;
        while (at - slashes > from && s.at[at - slashes - 1] == '\\')
            slashes++;
        if (at == s.len || slashes % 2 == 0) return at;
    }
}

static bool take_string(struct jscan *s, struct str *out)
{
    size_t begin = s->at + 1, end = find_quote(s->text, begin);
    if (end >= s->text.len) {
        s->at = s->text.len;
        return find_fault(s, "a string does not end");
    }
    *out = str_cut(s->text, begin, end);
    s->at = end + 1;
    return true;
}

/* An object or a list with all that it holds: brackets are counted, strings passed over. */
static bool skip_nested(struct jscan *s)
{
    size_t depth = 0;
    struct str unused;
    do {
        switch (next_char(s)) {
        case '{':
        case '[': depth++; break;
        case '}':
        case ']': depth--; break;
        case '"':
            if (!take_string(s, &unused)) return false;
            continue;
        default: break;
        }
        s->at++;
    } while (depth > 0 && s->at < s->text.len);
    return depth == 0 || find_fault(s, "an object or a list does not end");
}

static bool ends_word(char c)
{
    return c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || is_space(c);
}

/* Of any length. */
static bool is_number(struct str s)
{
    bool figure = false;
    for (size_t i = 0; i < s.len; i++) {
        figure = s.at[i] >= '0' && s.at[i] <= '9';
        bool mark = s.at[i] != '\0' && strchr("+-.eE", s.at[i]) != NULL;
        if (!figure && (!mark || (i == 0 && s.at[i] != '-'))) return false;
    }
    return figure;
}

/* A number, or null, true, false, and NaN and Infinity, which some writers of JSON have. */
static bool take_word(struct jscan *s, struct jscan_value *value)
{
    static const char *const words[] = {"null", "true", "false", "NaN", "Infinity", "-Infinity"};
    size_t begin = s->at;
    while (s->at < s->text.len && !ends_word(s->text.at[s->at]))
        s->at++;
    value->raw = str_cut(s->text, begin, s->at);
    value->kind = JSCAN_WORD;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(value->raw, str_c(words[i]))) return true;
    value->kind = JSCAN_NUMBER;
    if (is_number(value->raw)) return true;
    s->at = begin;
    return find_fault(s, "a value was expected");
}

static bool take_value(struct jscan *s, struct jscan_value *value)
{
    size_t begin = s->at;
    switch (next_char(s)) {
    case '"': value->kind = JSCAN_STRING; return take_string(s, &value->raw);
    case '{':
    case '[':
        value->kind = next_char(s) == '{' ? JSCAN_OBJECT : JSCAN_LIST;
        if (!skip_nested(s)) return false;
        value->raw = str_cut(s->text, begin, s->at);
        return true;
    default: return take_word(s, value);
    }
}

bool jscan_begin(struct jscan *s, struct str text)
{
    *s = (struct jscan){.text = text};
    skip_spaces(s);
    if (next_char(s) != '{') return find_fault(s, "'{' was expected");
    s->at++;
    return true;
}

/* Behind the opening bracket or a value: whether another one comes. */
static bool more_follows(struct jscan *s, char close)
{
    skip_spaces(s);
    bool first = !s->any;
    s->any = true;
    if (next_char(s) == close) {
        s->at++;
        skip_spaces(s);
        if (s->at < s->text.len) return find_fault(s, "something follows the end");
        return false;
    }
    if (first) return true;
    if (next_char(s) != ',') return find_fault(s, "',' or the end was expected");
    s->at++;
    skip_spaces(s);
    return true;
}

bool jscan_member(struct jscan *s, struct str *key, struct jscan_value *value)
{
    if (s->fault != NULL || !more_follows(s, '}')) return false;
    if (next_char(s) != '"') return find_fault(s, "a member's name in quotes was expected");
    if (!take_string(s, key)) return false;
    skip_spaces(s);
    if (next_char(s) != ':') return find_fault(s, "':' was expected");
    s->at++;
    skip_spaces(s);
    return take_value(s, value);
}

bool jscan_item(struct jscan *s, struct jscan_value *value)
{
    return s->fault == NULL && more_follows(s, ']') && take_value(s, value);
}

bool jscan_key_is(struct str key, struct str name)
{
    char plain[64];
    if (str_eq(key, name)) return true;
    if (str_find(key, '\\', 0) == key.len || key.len >= sizeof plain) return false;
    size_t len = jscan_short((struct jscan_value){JSCAN_STRING, key}, plain, sizeof plain);
    return str_eq(str_of(plain, len), name);
}

struct jscan_value jscan_find(struct str object, struct str name)
{
    struct jscan s;
    struct str key;
    struct jscan_value value, found = {JSCAN_NONE, {NULL, 0}};
    if (jscan_begin(&s, object))
        while (jscan_member(&s, &key, &value))
            if (jscan_key_is(key, name)) found = value;
    return found;
}

/* ---- strings ---- */

static bool read_hex(struct str s, size_t at, uint32_t *out)
{
    *out = 0;
    if (at + 4 > s.len) return false;
    for (size_t i = at; i < at + 4; i++) {
        char c = s.at[i], low = (char)(c | 0x20);
        uint32_t digit = c >= '0' && c <= '9'       ? (uint32_t)(c - '0')
                         : low >= 'a' && low <= 'f' ? (uint32_t)(low - 'a') + 10
                                                    : 16;
        if (digit == 16) return false;
        *out = *out << 4 | digit;
    }
    return true;
}

/* The character of the escape at s[at], behind the backslash; *used bytes of it. */
static uint32_t read_escape(struct str s, size_t at, size_t *used)
{
    static const char names[] = "bfnrt", meant[] = "\b\f\n\r\t";
    uint32_t cp, low;
    char c = s.at[at];
    const char *named = c != '\0' ? strchr(names, c) : NULL;
    *used = 1;
    if (named != NULL) return (unsigned char)meant[named - names];
    if (c != 'u' || !read_hex(s, at + 1, &cp)) return (unsigned char)c;
    *used = 5;
    if (cp < 0xD800 || cp > 0xDFFF) return cp;
    bool pair = cp < 0xDC00 && at + 7 <= s.len && s.at[at + 5] == '\\' && s.at[at + 6] == 'u' &&
                read_hex(s, at + 7, &low) && low >= 0xDC00 && low <= 0xDFFF;
    if (!pair) return UTF8_REPLACEMENT;
    *used = 11;
    return 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00);
}

/* Writes the string at `out`, which has room for `cap` bytes and one more. */
static size_t decode_string(struct str s, char *out, size_t cap)
{
    size_t len = 0;
    for (size_t i = 0; i < s.len;) {
        size_t slash = str_find(s, '\\', i), used, n = slash - i;
        if (n > cap - len) n = cap - len;
        memcpy(out + len, s.at + i, n);
        len += n;
        i = slash + 1;
        if (i >= s.len) break;
        unsigned char c = (unsigned char)s.at[i];
        uint32_t cp = read_escape(s, i, &used);
        if (cap - len < 4) break;
        if (used == 1 && c >= 0x80) continue; /* a backslash before no escape is dropped */
        len += utf8_encode(cp, out + len);
        i += used;
    }
    return len;
}

struct str jscan_text(struct arena *arena, struct jscan_value string)
{
    if (str_find(string.raw, '\\', 0) == string.raw.len) {
        struct str copy = arena_str(arena, string.raw);
        return arena->failed ? str_of(NULL, 0) : copy;
    }
    char *out =
        arena_array(arena, string.raw.len + 8, 1); /* an escape is longer than what it means */
    if (out == NULL) return str_of(NULL, 0);
    return str_of(out, decode_string(string.raw, out, string.raw.len + 4));
}

size_t jscan_short(struct jscan_value string, char *out, size_t cap)
{
    size_t len = decode_string(string.raw, out, cap - 1);
    out[len] = '\0';
    return len;
}
