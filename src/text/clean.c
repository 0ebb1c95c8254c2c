/* clean.c - making the text that is read, and the map of its offsets; see clean.h. */
#include "text/clean.h"

#include "base/utf8.h"
#include "text/charref.h"
#include "text/markup.h"

static const size_t title_most = (size_t)1 << 30, text_most = (size_t)1 << 31; /* bytes */

struct cleaner {
    struct arena *arena;
    struct str given;
    struct markup_search search;
    bool one_line; /* line ends are blanks: a title */
    char *out;     /* NULL: only the first change is looked for */
    size_t len;
    struct clean_step *steps;
    size_t n_steps, cap_steps;
};

/* A piece of what is given, and what stands for it. */
struct change {
    size_t at, len;
    char bytes[4];
    size_t n_bytes;
};

/* ---- what is changed ---- */

/* Soft hyphen; combining grapheme joiner; zero-width blank, joiners and marks of direction;
 * embeddings; word joiner and its like; byte order mark. */
static bool is_invisible(uint32_t cp)
{
    return cp == 0xAD || cp == 0x34F || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF;
}

static bool is_line_end(uint32_t cp)
{
    return cp == '\n' || cp == '\r' || cp == '\f' || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static bool is_control(uint32_t cp)
{
    return (cp < 0x20 && cp != '\t') || (cp >= 0x7F && cp < 0xA0);
}

static void put_char(struct change *c, uint32_t cp, bool one_line)
{
    if (is_invisible(cp))
        c->n_bytes = 0;
    else if (is_line_end(cp))
        c->bytes[0] = one_line ? ' ' : '\n';
    else if (is_control(cp))
        c->bytes[0] = ' ';
    else
        c->n_bytes = utf8_encode(cp, c->bytes);
}

static bool change_at_mark(struct cleaner *k, struct change *c)
{
    static const char *const instead[MARKUP_KINDS] = {
        [MARKUP_INLINE] = "", [MARKUP_LINE] = "\n", [MARKUP_BLOCK] = "\n\n"};
    const enum markup_kind kind = markup_read(&k->search, k->given, c->at, &c->len);
    if (kind == MARKUP_NONE) return false;
    c->n_bytes = strlen(instead[kind]);
    memcpy(c->bytes, instead[kind], c->n_bytes);
    if (k->one_line) memset(c->bytes, ' ', c->n_bytes);
    return true;
}

static bool change_at(struct cleaner *k, size_t at, struct change *c)
{
    uint32_t cp;
    *c = (struct change){.at = at, .n_bytes = 1};
    if (k->given.at[at] == '<') return change_at_mark(k, c);
    if (k->given.at[at] == '&') {
        c->len = charref_read(k->given, at, &cp);
        if (c->len != 0) put_char(c, cp, k->one_line);
        return c->len != 0;
    }
    c->len = utf8_decode(k->given, at, &cp);
    if (!is_invisible(cp) && !is_control(cp) && !is_line_end(cp)) return false;
    if (!k->one_line && (cp == '\n' || cp == '\r')) return false;
    put_char(c, cp, k->one_line);
    return true;
}

/* Bytes with which nothing begins that is changed. */
#define N4  1, 1, 1, 1
#define N16 N4, N4, N4, N4
static const bool begins_change[256] = {
    N4,        N4,         [8] = 1,    [9] = 0,    [10] = 1,   [11] = 1,
    [12] = 1,  [13] = 1,   [14] = 1,   [15] = 1,   [16] = N16, ['&'] = 1,
    ['<'] = 1, [0x7F] = 1, [0xC2] = 1, [0xCD] = 1, [0xE2] = 1, [0xEF] = 1};

/* The first change at or after `from`; false when there is none. */
static bool next_change(struct cleaner *k, size_t from, struct change *c)
{
    const struct str s = k->given;
    for (size_t at = from; at < s.len; at++)
        if (begins_change[(unsigned char)s.at[at]] && change_at(k, at, c)) return true;
    return false;
}

/* ---- making the text and the map ---- */

static bool add_step(struct cleaner *k, size_t given, size_t given_end)
{
    if (k->n_steps == k->cap_steps) {
        struct clean_step *grown = arena_grow(k->arena, k->steps, k->n_steps, k->n_steps + 1,
                                              &k->cap_steps, sizeof *grown);
        if (grown == NULL) return false;
        k->steps = grown;
    }
    const struct clean_step step = {(uint32_t)k->len, (uint32_t)given, (uint32_t)given_end};
    if (k->n_steps != 0 && k->steps[k->n_steps - 1].clean == step.clean)
        k->steps[k->n_steps - 1] = step; /* nothing came of that one */
    else
        k->steps[k->n_steps++] = step;
    return true;
}

static void put_bytes(struct cleaner *k, const char *at, size_t n)
{
    if (n != 0) memcpy(k->out + k->len, at, n);
    k->len += n;
}

/* Appends all of what is given, from its first change on, which is known. */
static bool clean_rest(struct cleaner *k, struct change *c, bool changes)
{
    size_t done = 0;
    if (!add_step(k, 0, 0)) return false;
    for (; changes; changes = next_change(k, done, c)) {
        put_bytes(k, k->given.at + done, c->at - done);
        done = c->at + c->len;
        const bool same_place = c->n_bytes == 1 && c->len == 1;
        if (!same_place && c->n_bytes != 0 && !add_step(k, c->at, done)) return false;
        put_bytes(k, c->bytes, c->n_bytes);
        if (!same_place && !add_step(k, done, 0)) return false;
    }
    put_bytes(k, k->given.at + done, k->given.len - done);
    return true;
}

static bool clean_one(struct cleaner *k, struct str given, bool one_line)
{
    struct change c;
    k->given = given;
    k->one_line = one_line;
    k->search = (struct markup_search){0};
    return clean_rest(k, &c, next_change(k, 0, &c));
}

/* ---- the title ---- */

/* The next letter or digit of s at or after *off, in lower case; 0 at its end. */
static uint32_t next_sign(struct str s, size_t *off)
{
    while (*off < s.len) {
        uint32_t cp;
        *off += utf8_decode(s, *off, &cp);
        const enum utf8_class class = utf8_class_of(cp);
        if (class == UTF8_LETTER || class == UTF8_DIGIT) return utf8_lower(cp);
    }
    return 0;
}

static struct str first_line(struct str s)
{
    size_t begin = 0, end;
    while (begin < s.len && (s.at[begin] == ' ' || s.at[begin] == '\t' || s.at[begin] == '\n' ||
                             s.at[begin] == '\r'))
        begin++;
    end = begin;
    while (end < s.len && s.at[end] != '\n' && s.at[end] != '\r')
        end++;
    return str_cut(s, begin, end);
}

/* "Iran attacks - The Daily": what follows the title's words is the name of who published it. */
static bool is_publisher(struct str rest)
{
    rest = str_trim(rest);
    return rest.len < 40 &&
           (str_starts(rest, STR("-")) || str_starts(rest, STR("|")) ||
            str_starts(rest, STR("\xE2\x80\x93")) || str_starts(rest, STR("\xE2\x80\x94")));
}

/* The first line of the text says what the title says, or more where the title was cut off. */
static bool is_repeated(struct str title, struct str line)
{
    size_t a = 0, b = 0, before = 0;
    uint32_t x, y;
    do {
        before = a;
        x = next_sign(title, &a);
        y = next_sign(line, &b);
    } while (x != 0 && x == y);
    if (x == y) return true;
    title = str_trim(title);
    if (x == 0) return str_ends(title, STR("...")) || str_ends(title, STR("\xE2\x80\xA6"));
    return y == 0 && before != 0 && is_publisher(str_cut(title, before, title.len));
}

static bool has_signs(struct str s)
{
    size_t off = 0;
    return next_sign(s, &off) != 0;
}

/* Takes the title out again when the text repeats it. */
static void drop_repeated(struct cleaner *k, size_t title_steps, struct clean_map *map)
{
    const struct str title = str_of(k->out, map->body),
                     text = str_of(k->out + map->body, k->len - map->body), line = first_line(text);
    map->headline = map->body;
    if (!is_repeated(title, line)) return;
    k->out += map->body;
    k->len -= map->body;
    k->steps += title_steps;
    k->n_steps -= title_steps;
    for (size_t i = 0; i < k->n_steps; i++)
        k->steps[i].clean -= map->body;
    map->body = 0;
    map->headline = (uint32_t)(line.at + line.len - k->out);
}

static bool clean_titled(struct cleaner *k, struct str title, struct str given,
                         struct clean_map *map)
{
    if (!clean_one(k, title, true)) return false;
    if (!has_signs(str_of(k->out, k->len))) {
        k->len = k->n_steps = 0;
        return clean_one(k, given, false);
    }
    put_bytes(k, "\n\n", 2);
    map->body = (uint32_t)k->len;
    const size_t title_steps = k->n_steps;
    if (!clean_one(k, given, false)) return false;
    drop_repeated(k, title_steps, map);
    return true;
}

bool clean_story(struct arena *arena, struct str title, struct str given, struct str *out,
                 struct clean_map *map)
{
    struct cleaner k = {.arena = arena, .given = given};
    struct change first;
    if (title.len > title_most) title.len = title_most;
    if (given.len > text_most) given.len = text_most;
    *map = (struct clean_map){0};
    *out = given;
    k.given = given;
    if (title.len == 0 && !next_change(&k, 0, &first)) return true;
    k.out = ARENA_NEW(arena, title.len + given.len + 2, char);
    if (k.out == NULL) return false;
    const bool ok =
        title.len != 0 ? clean_titled(&k, title, given, map) : clean_one(&k, given, false);
    *out = str_of(k.out, k.len);
    map->steps = k.steps;
    map->n_steps = (uint32_t)k.n_steps;
    return ok;
}

/* ---- offsets ---- */

/* The last step at or before byte `at` of C. */
static const struct clean_step *step_at(const struct clean_map *map, uint32_t at)
{
    uint32_t low = 0, high = map->n_steps;
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (map->steps[middle].clean <= at)
            low = middle;
        else
            high = middle;
    }
    return &map->steps[low];
}

uint32_t clean_given_begin(const struct clean_map *map, uint32_t at)
{
    if (map->n_steps == 0) return at;
    const struct clean_step *step = step_at(map, at);
    return step->given_end != 0 ? step->given : step->given + (at - step->clean);
}

uint32_t clean_given_end(const struct clean_map *map, uint32_t at)
{
    if (map->n_steps == 0) return at;
    if (at == 0) return clean_given_begin(map, 0);
    const struct clean_step *step = step_at(map, at - 1);
    return step->given_end != 0 ? step->given_end : step->given + (at - step->clean);
}

uint32_t clean_of_given(const struct clean_map *map, size_t given)
{
    if (map->n_steps == 0) return given < UINT32_MAX ? (uint32_t)given : UINT32_MAX;
    const struct clean_step *all = map->steps;
    uint32_t low = 0, high = map->n_steps;
    while (low + 1 < high && all[low].clean < map->body)
        low++; /* the title's are few */
    while (high - low > 1) {
        const uint32_t middle = low + (high - low) / 2;
        if (all[middle].given <= given)
            low = middle;
        else
            high = middle;
    }
    const struct clean_step *step = &all[low];
    if (given <= step->given || step->given_end != 0) return step->clean;
    const size_t at = step->clean + (given - step->given);
    const bool last = step + 1 == all + map->n_steps;
    return !last && at > step[1].clean ? step[1].clean : (uint32_t)at;
}
