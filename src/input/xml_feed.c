/* xml_feed.c - RSS 0.9x, 1.0 and 2.0, and Atom 0.3 and 1.0 (RFC 4287): entries as stories.
 *
 * Text is the content where a feed has it, else the summary. Of several dates the first publication
 * counts. What the feed says of itself, title and language, is said of entries that say nothing. */
#include "input/xml_story.h"

#include <libxml/HTMLparser.h>

#include "base/utf8.h"

static const struct xml_rule feed_rules[] = {
    {"channel", "title", NULL, SPACE_OWN, PIECE_PUBLISHER, 1}, /* of the feed */
    {"feed", "title", NULL, SPACE_OWN, PIECE_PUBLISHER, 1},
    {"source", "title", NULL, SPACE_OWN, PIECE_PUBLISHER, 3},
    {NULL, "title", NULL, SPACE_OWN, PIECE_TITLE, 1},
    {NULL, "link", "href", SPACE_OWN, PIECE_URL, 2},
    {NULL, "link", NULL, SPACE_OWN, PIECE_URL, 2},
    {NULL, "guid", NULL, SPACE_OWN, PIECE_ID, 2},
    {NULL, "id", NULL, SPACE_OWN, PIECE_ID, 2},
    {NULL, "identifier", NULL, SPACE_DUBLIN_CORE, PIECE_ID, 1},
    {NULL, "pubDate", NULL, SPACE_OWN, PIECE_DATE, 9},
    {NULL, "published", NULL, SPACE_OWN, PIECE_DATE, 8},
    {NULL, "issued", NULL, SPACE_ANY, PIECE_DATE, 7},
    {NULL, "date", NULL, SPACE_DUBLIN_CORE, PIECE_DATE, 6},
    {NULL, "created", NULL, SPACE_ANY, PIECE_DATE, 5},
    {NULL, "updated", NULL, SPACE_OWN, PIECE_DATE, 4},
    {NULL, "modified", NULL, SPACE_ANY, PIECE_DATE, 3},
    {NULL, "description", NULL, SPACE_OWN, SLOT_SUMMARY, 2},
    {NULL, "summary", NULL, SPACE_OWN, SLOT_SUMMARY, 2},
    {NULL, "description", NULL, SPACE_DUBLIN_CORE, SLOT_SUMMARY, 1},
    {NULL, "encoded", NULL, SPACE_CONTENT, SLOT_CONTENT, 2},
    {NULL, "content", NULL, SPACE_OWN, SLOT_CONTENT, 1},
    {"author", "name", NULL, SPACE_OWN, PIECE_AUTHOR, 3},
    {NULL, "creator", NULL, SPACE_DUBLIN_CORE, PIECE_AUTHOR, 2},
    {NULL, "author", NULL, SPACE_OWN, PIECE_AUTHOR, 1},
    {NULL, "publisher", NULL, SPACE_DUBLIN_CORE, PIECE_PUBLISHER, 2},
    {NULL, "source", NULL, SPACE_OWN, PIECE_PUBLISHER, 1},
    {NULL, "language", NULL, SPACE_DUBLIN_CORE, PIECE_LANG, 2},
    {"channel", "language", NULL, SPACE_OWN, PIECE_LANG, 1},
    {NULL, "feed", "lang", SPACE_OWN, PIECE_LANG, 1},
    {NULL, "entry", "lang", SPACE_OWN, PIECE_LANG, 2},
    {NULL, NULL, NULL, SPACE_ANY, 0, 0}};

const struct xml_kind feed_kind = {.roots = " rss RDF feed channel ",
                                   .stories = " item entry ",
                                   .texts = " ",
                                   .blocks = " ",
                                   .skipped = " ",
                                   .rules = feed_rules};

enum xml_space xml_space_of(const char *uri)
{
    static const struct {
        const char *begin;
        enum xml_space space;
    } spaces[] = {{"http://www.w3.org/2005/Atom", SPACE_OWN},
                  {"http://purl.org/atom/", SPACE_OWN},
                  {"http://purl.org/rss/1.0/modules/content", SPACE_CONTENT},
                  {"http://purl.org/rss/1.0/modules/", SPACE_OTHER},
                  {"http://purl.org/rss/1.0/", SPACE_OWN},
                  {"http://my.netscape.com/rdf/simple/", SPACE_OWN},
                  {"http://my.netscape.com/publish/", SPACE_OWN},
                  {"http://backend.userland.com/", SPACE_OWN},
                  {"http://purl.org/dc/", SPACE_DUBLIN_CORE}};
    if (uri == NULL) return SPACE_OWN;
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++)
        if (strncmp(uri, spaces[i].begin, strlen(spaces[i].begin)) == 0) return spaces[i].space;
    return SPACE_OTHER;
}

bool xml_name_in(const char *list, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = list; (at = strstr(at, name)) != NULL; at++)
        if (at != list && at[-1] == ' ' && at[len] == ' ') return true;
    return false;
}

/* ---- HTML in feeds ---- */

static void put_point(struct buf *out, unsigned long point)
{
    char bytes[4];
    if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point < 0xE000)) point = 0xFFFD;
    buf_put(out, str_of(bytes, utf8_encode((uint32_t)point, bytes)));
}

static bool number_reference(struct str name, unsigned long *point)
{
    unsigned base = name.len > 1 && (name.at[1] | 0x20) == 'x' ? 16 : 10;
    *point = 0;
    for (size_t i = base == 16 ? 2 : 1; i < name.len; i++) {
        unsigned c = (unsigned char)name.at[i] | 0x20U;
        unsigned digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
        if ((name.at[i] & 0x40) == 0 && digit > 9) digit = 99;
        if (digit >= base || *point > 0x110000) return false;
        *point = base * *point + digit;
    }
    return name.len > (base == 16 ? 2U : 1U);
}

/* The reference that begins at html.at[at], an '&'; returns its bytes, 0: it is none. */
static size_t put_reference(struct str html, size_t at, struct buf *out)
{
    char name[16];
    unsigned long point;
    size_t end = at + 1;
    while (end < html.len && end - at <= sizeof name - 1 && html.at[end] != ';')
        end++;
    if (end >= html.len || html.at[end] != ';' || end == at + 1) return 0;
    struct str said = str_cut(html, at + 1, end);
    if (said.len >= sizeof name) return 0;
    if (said.at[0] == '#') {
        if (!number_reference(said, &point)) return 0;
        put_point(out, point);
        return end + 1 - at;
    }
    memcpy(name, said.at, said.len);
    name[said.len] = '\0';
    const htmlEntityDesc *known = htmlEntityLookup((const xmlChar *)name);
    if (known == NULL) return 0;
    put_point(out, known->value);
    return end + 1 - at;
}

/* The end of the tag or comment that begins at `at`, behind its '>'. */
static size_t tag_end(struct str html, size_t at)
{
    if (str_starts(str_cut(html, at, html.len), STR("<!--"))) {
        size_t end = str_find(html, '>', at);
        while (end < html.len && !(html.at[end - 1] == '-' && html.at[end - 2] == '-'))
            end = str_find(html, '>', end + 1);
        return end < html.len ? end + 1 : html.len;
    }
    size_t end = str_find(html, '>', at);
    return end < html.len ? end + 1 : html.len;
}

static bool begins_tag(struct str html, size_t at)
{
    if (at + 1 >= html.len) return false;
    char c = html.at[at + 1];
    return c == '/' || c == '!' || c == '?' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static struct str tag_name(struct str html, size_t at)
{
    size_t begin = at + 1 + (html.at[at + 1] == '/'), end = begin;
    while (end < html.len &&
           ((html.at[end] | 0x20) >= 'a' || (html.at[end] >= '0' && html.at[end] <= '9')))
        end++;
    return str_cut(html, begin < html.len ? begin : html.len, end);
}

/* Whether a tag ends a line; the names are those of HTML's blocks. */
static bool is_block_tag(struct str name)
{
    static const char *const blocks[] = {
        "p",       "br",      "div",    "li",         "ul",  "ol",    "h1",         "h2",
        "h3",      "h4",      "h5",     "h6",         "tr",  "table", "blockquote", "hr",
        "section", "article", "figure", "figcaption", "pre", "dd",    "dt"};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (str_is(name, blocks[i])) return true;
    return false;
}

void strip_markup(struct str html, struct buf *out)
{
    for (size_t at = 0; at < html.len;) {
        size_t next = at;
        while (next < html.len && html.at[next] != '<' && html.at[next] != '&')
            next++;
        buf_put(out, str_cut(html, at, next));
        at = next;
        if (at == html.len) break;
        size_t len = 0;
        if (html.at[at] == '&') len = put_reference(html, at, out);
        if (html.at[at] == '<' && begins_tag(html, at)) {
            if (is_block_tag(tag_name(html, at))) buf_c(out, '\n');
            len = tag_end(html, at) - at;
        }
        if (len == 0) buf_c(out, html.at[at]);
        at += len != 0 ? len : 1;
    }
}

bool seems_article(struct str html)
{
    size_t paragraphs = 0;
    for (size_t at = str_find(html, '<', 0); at < html.len; at = str_find(html, '<', at + 1))
        paragraphs +=
            begins_tag(html, at) && html.at[at + 1] != '/' && str_is(tag_name(html, at), "p");
    return paragraphs >= 3;
}
