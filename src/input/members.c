/* members.c - which member of a JSON object is which piece of a story; see members.h.
 *
 * One pass over the object. A name of a piece counts only where its value is of use: "article" may
 * be a text or an object, "time" a day or an hour. The very name of a piece ("text") always counts,
 * so that what is wrong with it can be said. */
#include "input/members.h"

#include "input/columns.h"

enum {
    LISTS_WITHIN = 3, /* objects in which a list of stories may lie */
    PROSE_LEAST = 60, /* bytes of a text under a name that may mean something else */
    OF_NO_USE = 1000
};

/* Under which stories lie in answers of web services and exports of search engines. */
static const char list_names[] = "articles stories news docs documents data results items records "
                                 "entries posts hits response value";

/* ---- pieces ---- */

static bool is_plain(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.at[i] < 'a' || name.at[i] > 'z') return false;
    return true;
}

static bool is_day(struct jscan_value value)
{
    char room[160];
    int32_t day;
    if (value.kind == JSCAN_OBJECT) return true; /* {"$date": ...} */
    size_t len = value.kind == JSCAN_STRING ? jscan_short(value, room, sizeof room) : 0;
    struct str words = value.kind == JSCAN_STRING ? str_of(room, len) : value.raw;
    return anydate_read(str_trim(words), ORDER_MONTH_FIRST, &day) ||
           anydate_read(str_trim(words), ORDER_DAY_FIRST, &day);
}

static bool is_of_use(enum piece piece, struct jscan_value value)
{
    bool scalar = value.kind == JSCAN_STRING || value.kind == JSCAN_NUMBER;
    switch (piece) {
    case PIECE_TEXT: return value.kind == JSCAN_STRING && value.raw.len != 0;
    case PIECE_ID: return scalar;
    case PIECE_DATE: return (scalar || value.kind == JSCAN_OBJECT) && is_day(value);
    default: return scalar || value.kind == JSCAN_OBJECT || value.kind == JSCAN_LIST;
    }
}

/* MongoDB writes {"$oid": "..."}. */
static struct jscan_value plain_id(struct jscan_value value)
{
    if (value.kind != JSCAN_OBJECT) return value;
    struct jscan_value inside = jscan_find(value.raw, STR("$oid"));
    return inside.kind == JSCAN_STRING ? inside : value;
}

/* A member under a usual name: taken where none of a more usual one is there; of equals the last.
 */
static void take_usual(struct members *m, size_t scores[PIECE_COUNT],
                       const struct input_options *options, struct str key,
                       struct jscan_value value)
{
    char room[64];
    size_t rank = 0;
    struct str name = key;
    if (str_find(key, '\\', 0) < key.len)
        name =
            str_of(room, jscan_short((struct jscan_value){JSCAN_STRING, key}, room, sizeof room));
    enum piece piece = columns_usual(name, &rank);
    if (piece == PIECE_COUNT || columns_option(options, piece) != NULL) return;
    if (piece == PIECE_ID) value = plain_id(value);
    size_t score = 2 * rank + !is_plain(name);
    if (score == 0) {
        bool empty = piece == PIECE_TEXT && value.kind == JSCAN_STRING && value.raw.len == 0;
        if (str_eq(value.raw, STR("null")) || empty) score = OF_NO_USE;
    } else if (!is_of_use(piece, value)) {
        return;
    }
    if (m->of[piece].kind != JSCAN_NONE && score > scores[piece]) return;
    m->of[piece] = value;
    m->names[piece] = score % OF_NO_USE == 0 ? str_of(NULL, 0) : key;
    scores[piece] = score;
}

static void take_asked(struct members *m, const struct input_options *options, struct str key,
                       struct jscan_value value)
{
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        const char *asked = columns_option(options, (enum piece)i);
        if (asked != NULL && jscan_key_is(key, str_c(asked))) m->of[i] = value;
    }
}

static bool find_own(struct str object, const struct input_options *options, struct members *m,
                     struct jscan *scan, struct str *source)
{
    size_t scores[PIECE_COUNT] = {0};
    struct str key;
    struct jscan_value value;
    bool target = false;
    *m = (struct members){.of = {{JSCAN_NONE, {NULL, 0}}}};
    if (!jscan_begin(scan, object)) return false;
    while (jscan_member(scan, &key, &value)) {
        take_asked(m, options, key, value);
        take_usual(m, scores, options, key, value);
        target |= jscan_key_is(key, STR("target"));
        if (value.kind == JSCAN_OBJECT && jscan_key_is(key, STR("_source"))) *source = value.raw;
    }
    if (target && str_eq(m->names[PIECE_PUBLISHER], STR("source"))) { /* two actors, to classify */
        m->of[PIECE_PUBLISHER].kind = JSCAN_NONE;
        m->names[PIECE_PUBLISHER] = str_of(NULL, 0);
    }
    return scan->fault == NULL;
}

bool members_find(struct str object, const struct input_options *options, struct members *out,
                  struct jscan *scan)
{
    struct str source = {NULL, 0}, none;
    struct members inside;
    if (!find_own(object, options, out, scan, &source)) return false;
    if (source.at == NULL || out->of[PIECE_TEXT].kind == JSCAN_STRING) return true;
    if (!find_own(source, options, &inside, scan, &none)) {
        scan->at += (size_t)(source.at - object.at);
        scan->text = object;
        return false;
    }
    if (inside.of[PIECE_ID].kind == JSCAN_NONE) {
        inside.of[PIECE_ID] = out->of[PIECE_ID];
        inside.names[PIECE_ID] = out->names[PIECE_ID];
    }
    *out = inside;
    return true;
}

void members_say(const struct members *m, struct buf *out)
{
    for (unsigned i = 0; i < PIECE_COUNT; i++) {
        struct str name = m->names[i];
        if (name.at == NULL || columns_label((enum piece)i) == NULL) continue;
        buf_f(out, "%s%s is member \"%.*s\"", out->len != 0 ? ", " : "",
              columns_label((enum piece)i), (int)(name.len < 60 ? name.len : 60), name.at);
    }
}

/* ---- lists of stories ---- */

/* Where the value of a member begins, whose name stands at the key. */
static size_t begin_of_value(struct str front, struct str key)
{
    size_t at = (size_t)(key.at - front.at) + key.len + 1;
    while (at < front.len && (front.at[at] == ':' || strchr(" \t\r\n", front.at[at]) != NULL))
        if (front.at[at++] == '\0') return front.len;
    return at;
}

static bool is_list_name(struct str key)
{
    struct str rest = str_of(list_names, sizeof list_names - 1), name;
    while (str_next(&rest, ' ', &name))
        if (jscan_key_is(key, name)) return true;
    return false;
}

/* A list of objects, or an empty one. */
static bool begins_list(struct str s)
{
    size_t at = 1;
    if (s.len == 0 || s.at[0] != '[') return false;
    while (at < s.len &&
           (s.at[at] == ' ' || s.at[at] == '\t' || s.at[at] == '\n' || s.at[at] == '\r'))
        at++;
    return at < s.len && (s.at[at] == '{' || s.at[at] == ']');
}

/* The object is a story: what it holds under a list is none. `front` may be cut off. */
static bool has_text(struct str front, const struct input_options *options)
{
    struct jscan s;
    struct jscan_value value;
    if (!jscan_begin(&s, front)) return false;
    for (bool whole = true; whole;) {
        struct str key = {NULL, 0};
        size_t rank = 0;
        whole = jscan_member(&s, &key, &value);
        if (key.at == NULL) return false;
        size_t at = begin_of_value(front, key);
        if (jscan_key_is(key, STR("_source"))) return true;
        if (at >= front.len || front.at[at] != '"') continue;
        if (options->text_column != NULL && jscan_key_is(key, str_c(options->text_column)))
            return true;
        if (columns_usual(key, &rank) != PIECE_TEXT) continue;
        if (rank == 0 || !whole || value.raw.len >= PROSE_LEAST) return true;
    }
    return false;
}

/* `object` lies in `front`, in depth - 1 others. */
static bool find_list(struct str front, struct str object, size_t depth,
                      const struct input_options *options, struct members_list *out)
{
    struct jscan s;
    struct jscan_value value;
    if (!jscan_begin(&s, object) || has_text(object, options)) return false;
    for (bool whole = true; whole;) {
        struct str key = {NULL, 0};
        whole = jscan_member(&s, &key, &value);
        if (key.at == NULL) return false;
        if (!is_list_name(key)) continue;
        struct str rest = str_cut(object, begin_of_value(object, key), object.len);
        if (begins_list(rest)) {
            *out = (struct members_list){(size_t)(rest.at - front.at), depth, key};
            return true;
        }
        if (depth == LISTS_WITHIN || rest.len == 0 || rest.at[0] != '{') continue;
        if (find_list(front, whole ? value.raw : rest, depth + 1, options, out)) return true;
    }
    return false;
}

bool members_find_list(struct str front, const struct input_options *options,
                       struct members_list *out)
{
    return find_list(front, front, 1, options, out);
}
