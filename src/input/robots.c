/* robots.c - RFC 9309, the Robots Exclusion Protocol; see robots.h. */
#include "input/robots.h"

enum { ROBOTS_MOST = 500 * 1024 }; /* what the RFC asks to be read at least */

/* "Name: value # comment"; false: no such line. */
static bool read_rule(struct str *rest, struct str *name, struct str *value)
{
    while (rest->len != 0) {
        size_t end = 0;
        while (end < rest->len && rest->at[end] != '\n' && rest->at[end] != '\r')
            end++;
        struct str line = str_cut(*rest, 0, end);
        *rest = str_cut(*rest, end < rest->len ? end + 1 : end, rest->len);
        line = str_trim(str_cut(line, 0, str_find(line, '#', 0)));
        size_t colon = str_find(line, ':', 0);
        if (colon == line.len) continue;
        *name = str_trim(str_cut(line, 0, colon));
        *value = str_trim(str_cut(line, colon + 1, line.len));
        return true;
    }
    return false;
}

static int hex_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The byte at s.at[*at], which may be written "%41"; reserved ones that are, stay different: their
 * value is above 255. */
static int path_byte(struct str s, size_t *at)
{
    int high = s.at[*at] == '%' && *at + 2 < s.len ? hex_of(s.at[*at + 1]) : -1;
    int low = high >= 0 ? hex_of(s.at[*at + 2]) : -1;
    if (low < 0) return (unsigned char)s.at[(*at)++];
    *at += 3;
    int byte = 16 * high + low;
    return byte != 0 && strchr(":/?#[]@!$&'()*+,;=%", byte) != NULL ? 256 + byte : byte;
}

/* The pattern fits a begin of the path: "*" is any bytes, "$" at its end the end. */
static bool pattern_fits(struct str pattern, struct str path)
{
    size_t p = 0, at = 0, star = SIZE_MAX, star_at = 0;
    for (;;) {
        if (p == pattern.len) return true;
        if (pattern.at[p] == '*') {
            star = ++p;
            star_at = at;
            continue;
        }
        if (pattern.at[p] == '$' && p + 1 == pattern.len && at == path.len) return true;
        size_t p_next = p, at_next = at;
        bool last = pattern.at[p] == '$' && p + 1 == pattern.len;
        if (!last && at < path.len && path_byte(pattern, &p_next) == path_byte(path, &at_next)) {
            p = p_next;
            at = at_next;
            continue;
        }
        if (star == SIZE_MAX || star_at >= path.len) return false;
        p = star;
        (void)path_byte(path, &star_at);
        at = star_at;
    }
}

/* The rules of one name of program; *any: a group is for it. */
static bool allowed_for(struct str text, const char *program, struct str path, bool *any)
{
    struct str name, value;
    size_t best = 0;
    bool allowed = true, ours = false, heading = false;
    *any = false;
    while (read_rule(&text, &name, &value)) {
        if (str_is(name, "user-agent")) {
            if (!heading) ours = false; /* the names of a group stand together at its top */
            size_t end = 0;             /* the product: letters, "-" and "_" */
            while (end < value.len &&
                   (((value.at[end] | 0x20) >= 'a' && (value.at[end] | 0x20) <= 'z') ||
                    value.at[end] == '-' || value.at[end] == '_'))
                end++;
            struct str product =
                value.len != 0 && value.at[0] == '*' ? STR("*") : str_cut(value, 0, end);
            ours |= str_eq_nocase(product, str_c(program));
            *any |= ours;
            heading = true;
            continue;
        }
        bool allow = str_is(name, "allow"), disallow = str_is(name, "disallow");
        if (!allow && !disallow) continue; /* a sitemap ends no group */
        heading = false;
        if (!ours || value.len == 0 || value.len < best || !pattern_fits(value, path)) continue;
        if (value.len > best || allow) allowed = allow;
        best = value.len;
    }
    return allowed;
}

bool robots_allow(struct str text, const char *program, struct str path)
{
    bool any = false;
    if (str_eq(path, STR("/robots.txt"))) return true;
    if (text.len > ROBOTS_MOST) text.len = ROBOTS_MOST;
    if (str_starts(text, STR("\xEF\xBB\xBF"))) text = str_cut(text, 3, text.len);
    bool allowed = allowed_for(text, program, path, &any);
    return any ? allowed : allowed_for(text, "*", path, &any);
}
