/* markup.c - recognising tags, comments and declarations; see markup.h.
 *
 * A tag is '<', perhaps '/', the name of an HTML element, and attributes up to '>', in which quoted
 * values may hold anything and a '<' outside of quotes shows that it is none. Elements that show
 * nothing go with their content, where they are closed. Linear: the end of a quotation, a comment
 * or an element that is not there is looked for once. */
#include "text/markup.h"

enum { NAME_MOST = 10 };

/* Elements whose content is not shown; their place is that in markup_search.no_end. */
static const char *const hiding[HIDING_ELEMENTS] = {"script",   "style", "iframe",  "svg",
                                                    "template", "head",  "noframes"};
static const char *const block[] = {
    "address", "article", "aside",    "blockquote", "body",   "caption",  "center",     "dd",
    "details", "dialog",  "div",      "dl",         "dt",     "fieldset", "figcaption", "figure",
    "footer",  "form",    "frameset", "h1",         "h2",     "h3",       "h4",         "h5",
    "h6",      "header",  "hgroup",   "hr",         "html",   "legend",   "li",         "main",
    "menu",    "nav",     "ol",       "optgroup",   "option", "p",        "pre",        "section",
    "select",  "summary", "table",    "tbody",      "td",     "textarea", "tfoot",      "th",
    "thead",   "title",   "tr",       "ul"};
static const char *const flat[] = {
    "a",        "abbr",     "acronym", "amp-img", "area",   "audio",   "b",    "base",
    "bdi",      "bdo",      "big",     "button",  "canvas", "cite",    "code", "col",
    "colgroup", "data",     "del",     "dfn",     "em",     "embed",   "font", "i",
    "img",      "input",    "ins",     "kbd",     "label",  "link",    "map",  "mark",
    "meta",     "noscript", "object",  "param",   "path",   "picture", "q",    "s",
    "samp",     "small",    "source",  "span",    "strike", "strong",  "sub",  "sup",
    "time",     "track",    "tt",      "u",       "var",    "video",   "wbr"};

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Place in a list of names, or its length. */
static size_t place_in(struct str name, const char *const *list, size_t n)
{
    size_t i = 0;
    while (i < n && !str_is(name, list[i]))
        i++;
    return i;
}

#define PLACE_IN(name, list) place_in(name, list, sizeof(list) / sizeof((list)[0]))
#define IS_IN(name, list)    (PLACE_IN(name, list) < sizeof(list) / sizeof((list)[0]))

/* The '>' of the tag whose attributes begin at `off`, or 0. *valued: an attribute has a value. */
static size_t tag_end(struct markup_search *search, struct str s, size_t off, bool *valued)
{
    *valued = false;
    for (; off < s.len && s.at[off] != '>'; off++) {
        const char c = s.at[off];
        if (c == '<') return 0;
        if (c == '=') *valued = true;
        if ((c != '"' && c != '\'') || s.at[off - 1] != '=') continue;
        bool *none = &search->no_quote[c == '"'];
        const size_t close = *none ? s.len : str_find(s, c, off + 1);
        *none = close == s.len;
        if (*none) return 0;
        off = close;
    }
    return off < s.len ? off : 0;
}

/* Behind "</script>" for the element, at or after `off`; 0 when it is not closed. */
static size_t element_end(struct markup_search *search, struct str s, size_t off, size_t element)
{
    const struct str name = str_c(hiding[element]);
    if (search->no_end[element]) return 0;
    for (;;) {
        off = str_find(s, '<', off);
        if (off + name.len + 2 > s.len) break;
        if (s.at[off + 1] == '/' && str_eq_nocase(str_cut(s, off + 2, off + 2 + name.len), name)) {
            const size_t end = str_find(s, '>', off);
            if (end == s.len) break;
            return end + 1;
        }
        off++;
    }
    search->no_end[element] = true;
    return 0;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The text has an end tag in capitals: "</P>". */
static bool has_end_tags(struct markup_search *search, struct str s)
{
    for (size_t i = 0; !search->looked && !search->has_ends && i + 2 < s.len; i++) {
        i = str_find(s, '<', i);
        search->has_ends = i + 2 < s.len && s.at[i + 1] == '/' && is_capital(s.at[i + 2]);
    }
    search->looked = true;
    return search->has_ends;
}

/* No tag, but a code or a name in angle brackets: "<DD>", "<Mark Resources Inc>", "<b and c>". */
static bool is_code(struct markup_search *search, struct str s, size_t off, struct str name,
                    struct str attributes)
{
    const size_t behind = (size_t)(name.at - s.at) + name.len;
    if (attributes.len > 0 && attributes.at[attributes.len - 1] == '/') attributes.len--;
    attributes = str_trim(attributes);
    bool capital = is_capital(name.at[0]);
    for (size_t i = 0; i < attributes.len && !capital; i++)
        capital = is_capital(attributes.at[i]);
    if (attributes.len != 0) return capital || name.len == 1;
    if (!capital || s.at[off + 1] == '/' || str_is(name, "br") || str_is(name, "hr")) return false;
    if (has_end_tags(search, s)) return false;
    const bool alone = off == 0 || s.at[off - 1] == '\n' || s.at[off - 1] == '>';
    return !(alone && behind + 1 < s.len && str_is(name, "p"));
}

static bool is_name_byte(char c, bool first)
{
    return is_letter(c) || (!first && (c == '-' || (c >= '1' && c <= '6')));
}

static enum markup_kind read_tag(struct markup_search *search, struct str s, size_t off,
                                 size_t *len)
{
    const bool closing = off + 1 < s.len && s.at[off + 1] == '/';
    const size_t begin = off + 1 + closing;
    size_t end = begin;
    while (end < s.len && end - begin <= NAME_MOST && is_name_byte(s.at[end], end == begin))
        end++;
    if (end == begin || end >= s.len) return MARKUP_NONE;
    if (!is_blank(s.at[end]) && s.at[end] != '>' && s.at[end] != '/') return MARKUP_NONE;
    const struct str name = str_cut(s, begin, end);
    const size_t hides = PLACE_IN(name, hiding);
    const bool line = str_is(name, "br"), ends = hides < HIDING_ELEMENTS || IS_IN(name, block);
    if (!line && !ends && !IS_IN(name, flat)) return MARKUP_NONE;
    bool valued;
    const size_t close = tag_end(search, s, end, &valued);
    if (close == 0) return MARKUP_NONE;
    if (!valued && is_code(search, s, off, name, str_cut(s, end, close))) return MARKUP_NONE;
    *len = close + 1 - off;
    if (hides < HIDING_ELEMENTS && !closing && s.at[close - 1] != '/') {
        const size_t behind = element_end(search, s, close + 1, hides);
        if (behind != 0) *len = behind - off;
    }
    return line ? MARKUP_LINE : ends ? MARKUP_BLOCK : MARKUP_INLINE;
}

/* Behind the next "-->", or 0. */
static size_t comment_end(struct markup_search *search, struct str s, size_t off)
{
    if (search->no_comment_end) return 0;
    for (off = str_find(s, '>', off); off < s.len; off = str_find(s, '>', off + 1))
        if (s.at[off - 1] == '-' && s.at[off - 2] == '-') return off + 1;
    search->no_comment_end = true;
    return 0;
}

/* "<!-- ... -->", "<!DOCTYPE html>", "<![CDATA[", "<?xml ... ?>". */
static enum markup_kind read_declaration(struct markup_search *search, struct str s, size_t off,
                                         size_t *len)
{
    enum { DECLARATION_MOST = 400 };
    const struct str rest = str_cut(s, off, s.len);
    if (str_starts(rest, STR("<![CDATA["))) {
        *len = 9;
        return MARKUP_INLINE;
    }
    if (str_starts(rest, STR("<!--"))) {
        const size_t end = comment_end(search, s, off + 4);
        *len = end - off;
        return end != 0 ? MARKUP_INLINE : MARKUP_NONE;
    }
    if (rest.len < 6 || !is_letter(rest.at[2])) return MARKUP_NONE;
    if (rest.at[1] == '!' && !str_eq_nocase(str_cut(rest, 2, 6), STR("doct"))) return MARKUP_NONE;
    const struct str near =
        str_cut(rest, 0, rest.len < DECLARATION_MOST ? rest.len : DECLARATION_MOST);
    *len = str_find(near, '>', 2) + 1;
    return *len <= near.len ? MARKUP_INLINE : MARKUP_NONE;
}

enum markup_kind markup_read(struct markup_search *search, struct str s, size_t off, size_t *len)
{
    *len = 0;
    if (off + 2 >= s.len) return MARKUP_NONE;
    const char next = s.at[off + 1];
    if (next == '!' || next == '?') return read_declaration(search, s, off, len);
    return next == '/' || is_letter(next) ? read_tag(search, s, off, len) : MARKUP_NONE;
}
