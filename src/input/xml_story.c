/* xml_story.c - see xml_story.h. Elements are known by their local names: feeds use many prefixes
 * for the same things. Trees may be deep: they are walked without recursion. */
#include "input/xml_story.h"

enum xml_kind xml_kind_of(struct str name)
{
    static const struct {
        const char *name;
        enum xml_kind kind;
    } known[] = {{"item", XML_ENTRY},
                 {"entry", XML_ENTRY},
                 {"Sentence", XML_SENTENCE},
                 {"nitf", XML_NITF},
                 {"newsItem", XML_NEWS_ITEM}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(name, str_c(known[i].name))) return known[i].kind;
    return XML_OTHER;
}

void xml_story_free(struct xml_story *story)
{
    for (int i = 0; i < PIECE_COUNT; i++)
        buf_free(&story->pieces[i]);
}

/* ---- walking ---- */

/* The next node of the tree below `top` in the order of the text, or NULL. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *top)
{
    if (node->children != NULL && node->type == XML_ELEMENT_NODE) return node->children;
    while (node != top && node->next == NULL)
        node = node->parent;
    return node != top ? node->next : NULL;
}

/* The one behind the tree of `node`. */
static const xmlNode *behind_node(const xmlNode *node, const xmlNode *top)
{
    while (node != top && node->next == NULL)
        node = node->parent;
    return node != top ? node->next : NULL;
}

static bool is_named(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && xmlStrcmp(node->name, BAD_CAST name) == 0;
}

/* The first element of that name below `top`, or NULL. */
static const xmlNode *find_below(const xmlNode *top, const char *name)
{
    for (const xmlNode *n = next_node(top, top); top != NULL && n != NULL; n = next_node(n, top))
        if (is_named(n, name)) return n;
    return NULL;
}

static const xmlNode *find_child(const xmlNode *top, const char *name)
{
    for (const xmlNode *n = top->children; n != NULL; n = n->next)
        if (is_named(n, name)) return n;
    return NULL;
}

/* ---- text ---- */

static bool is_text(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE;
}

/* All text below, blanks and line ends as they are. */
static void put_text(const xmlNode *top, struct buf *out)
{
    for (const xmlNode *n = top; n != NULL; n = n == top ? top->children : next_node(n, top)) {
        if (is_text(n)) buf_z(out, (const char *)n->content);
        if (n == top && top->children == NULL) break;
    }
}

/* The same with runs of blanks as one. */
static void put_line(const xmlNode *top, struct buf *out)
{
    size_t begin = out->len;
    put_text(top, out);
    if (out->failed) return;
    size_t to = begin;
    for (size_t i = begin; i < out->len; i++) {
        bool blank = out->at[i] == ' ' || (out->at[i] >= '\t' && out->at[i] <= '\r');
        if (blank && (to == begin || out->at[to - 1] == ' ')) continue;
        out->at[to++] = blank ? ' ' : out->at[i];
    }
    while (to > begin && out->at[to - 1] == ' ')
        to--;
    out->len = to;
}

static bool is_block(const xmlNode *node)
{
    static const char *const blocks[] = {"p",  "li", "h1", "h2",         "h3",
                                         "h4", "td", "dd", "blockquote", "hl2"};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (is_named(node, blocks[i])) return true;
    return false;
}

static bool is_aside(const xmlNode *node)
{
    return is_named(node, "media") || is_named(node, "figure") || is_named(node, "script") ||
           is_named(node, "style") || is_named(node, "table");
}

/* A line for each block below; all text as one where there is none. */
static void put_blocks(const xmlNode *top, struct buf *out)
{
    size_t begin = out->len;
    for (const xmlNode *n = next_node(top, top); n != NULL;) {
        if (is_block(n)) {
            size_t line = out->len;
            put_line(n, out);
            if (out->len != line) buf_c(out, '\n');
        }
        n = is_block(n) || is_aside(n) ? behind_node(n, top) : next_node(n, top);
    }
    if (out->len == begin) put_line(top, out);
}

/* ---- pieces ---- */

static void put_attribute(struct xml_story *s, enum piece piece, const xmlNode *node,
                          const char *name)
{
    if (node == NULL || s->pieces[piece].len != 0) return;
    xmlChar *value = xmlGetNoNsProp(node, BAD_CAST name);
    if (value != NULL) buf_z(&s->pieces[piece], (const char *)value);
    xmlFree(value);
}

/* The first that is there and not empty fills the piece. */
static void put_first(struct xml_story *s, enum piece piece, const xmlNode *top,
                      const char *const *names, size_t n)
{
    for (size_t i = 0; i < n && s->pieces[piece].len == 0; i++) {
        const xmlNode *found = find_child(top, names[i]);
        if (found == NULL) found = find_below(top, names[i]);
        if (found != NULL) put_line(found, &s->pieces[piece]);
    }
}
#define PUT_FIRST(story, piece, top, ...)                                                          \
    put_first(story, piece, top, (const char *const[]){__VA_ARGS__},                               \
              sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* HTML as text with mark-up, or a tree of XHTML. */
static void put_content(struct xml_story *s, const xmlNode *node)
{
    if (node == NULL || s->pieces[PIECE_TEXT].len != 0) return;
    if (find_below(node, "div") != NULL || find_below(node, "p") != NULL)
        put_blocks(node, &s->pieces[PIECE_TEXT]);
    else
        put_text(node, &s->pieces[PIECE_TEXT]);
}

/* RSS writes the address as text, Atom as an attribute of one of several links. */
static void put_link(struct xml_story *s, const xmlNode *entry)
{
    for (const xmlNode *n = entry->children; n != NULL && s->pieces[PIECE_URL].len == 0;
         n = n->next) {
        if (!is_named(n, "link")) continue;
        xmlChar *kind = xmlGetNoNsProp(n, BAD_CAST "rel");
        if (kind == NULL || xmlStrcmp(kind, BAD_CAST "alternate") == 0) {
            put_attribute(s, PIECE_URL, n, "href");
            if (s->pieces[PIECE_URL].len == 0) put_line(n, &s->pieces[PIECE_URL]);
        }
        xmlFree(kind);
    }
}

static void read_entry(struct xml_story *s, const xmlNode *entry)
{
    PUT_FIRST(s, PIECE_TITLE, entry, "title");
    PUT_FIRST(s, PIECE_ID, entry, "guid", "id");
    put_attribute(s, PIECE_ID, entry, "about");
    PUT_FIRST(s, PIECE_DATE, entry, "pubDate", "published", "date", "updated");
    PUT_FIRST(s, PIECE_AUTHOR, entry, "creator", "name", "author");
    PUT_FIRST(s, PIECE_PUBLISHER, entry, "publisher");
    put_link(s, entry);
    put_content(s, find_child(entry, "encoded"));
    put_content(s, find_child(entry, "content"));
    put_content(s, find_child(entry, "description"));
    put_content(s, find_child(entry, "summary"));
}

static void read_sentence(struct xml_story *s, const xmlNode *node)
{
    put_attribute(s, PIECE_ID, node, "id");
    put_attribute(s, PIECE_DATE, node, "date");
    put_attribute(s, PIECE_PUBLISHER, node, "source");
    put_attribute(s, PIECE_URL, node, "url");
    const xmlNode *text = find_child(node, "Text");
    if (text != NULL) put_text(text, &s->pieces[PIECE_TEXT]);
}

static void read_nitf(struct xml_story *s, const xmlNode *nitf)
{
    const xmlNode *head = find_below(nitf, "body.head"),
                  *content = find_below(nitf, "body.content");
    const xmlNode *pub = find_below(nitf, "pubdata"), *dateline = find_below(nitf, "dateline");
    if (head != NULL) PUT_FIRST(s, PIECE_TITLE, head, "hl1", "hedline");
    if (head != NULL) PUT_FIRST(s, PIECE_AUTHOR, head, "byline");
    if (s->pieces[PIECE_TITLE].len == 0) PUT_FIRST(s, PIECE_TITLE, nitf, "title");
    put_attribute(s, PIECE_ID, find_below(nitf, "doc-id"), "id-string");
    put_attribute(s, PIECE_DATE, find_below(nitf, "date.issue"), "norm");
    put_attribute(s, PIECE_DATE, pub, "date.publication");
    put_attribute(s, PIECE_PUBLISHER, pub, "name");
    put_attribute(s, PIECE_URL, pub, "ex-ref");
    struct buf *text = &s->pieces[PIECE_TEXT];
    if (dateline != NULL) put_line(dateline, text); /* it belongs to the first paragraph */
    if (text->len != 0) buf_z(text, text->at[text->len - 1] == '-' ? " " : " - ");
    if (content != NULL) put_blocks(content, text);
}

static void read_news_item(struct xml_story *s, const xmlNode *item)
{
    const xmlNode *content = find_below(item, "inlineXML"), *inner;
    put_attribute(s, PIECE_ID, item, "guid");
    PUT_FIRST(s, PIECE_TITLE, item, "headline");
    PUT_FIRST(s, PIECE_DATE, item, "contentCreated", "firstCreated", "versionCreated");
    PUT_FIRST(s, PIECE_AUTHOR, item, "by", "byline");
    const xmlNode *provider = find_below(item, "provider");
    put_attribute(s, PIECE_PUBLISHER, provider, "literal");
    if (provider != NULL) PUT_FIRST(s, PIECE_PUBLISHER, provider, "name");
    put_attribute(s, PIECE_LANG, find_below(item, "language"), "tag");
    if (content == NULL) content = find_below(item, "inlineData");
    if (content == NULL) return;
    inner = find_below(content, "body.content");
    if (inner == NULL) inner = find_below(content, "body");
    put_blocks(inner != NULL ? inner : content, &s->pieces[PIECE_TEXT]);
}

bool xml_story_read(struct xml_story *s, enum xml_kind kind, const xmlNode *node,
                    struct parcel *out)
{
    bool failed = false;
    for (int i = 0; i < PIECE_COUNT; i++)
        buf_clear(&s->pieces[i]);
    switch (kind) {
    case XML_ENTRY: read_entry(s, node); break;
    case XML_SENTENCE: read_sentence(s, node); break;
    case XML_NITF: read_nitf(s, node); break;
    case XML_NEWS_ITEM: read_news_item(s, node); break;
    case XML_OTHER: break;
    }
    for (int i = 0; i < PIECE_COUNT; i++) {
        failed = failed || s->pieces[i].failed;
        if (s->pieces[i].len != 0) out->pieces[i] = str_of(s->pieces[i].at, s->pieces[i].len);
    }
    return !failed;
}
