/* pagemeta.c - see pagemeta.h. One walk over the page. */
#include "page/pagemeta.h"

#include <myhtml/myhtml.h>

#include "base/buf.h"

enum { VALUE_MOST = 2000, SHOWN_MOST = 160, AROUND_MOST = 5 };

static int rank_or_none(int rank)
{
    return rank > 0 ? rank : 1000;
}

/* "1999" to "2099" stands in it. */
static bool holds_year(struct str text)
{
    for (size_t i = 0; i + 4 <= text.len; i++) {
        struct str two = str_cut(text, i, i + 2);
        if ((str_eq(two, STR("19")) || str_eq(two, STR("20"))) &&
            (unsigned)text.at[i + 2] - '0' < 10 && (unsigned)text.at[i + 3] - '0' < 10)
            return true;
    }
    return false;
}

void fact_add(struct page_facts *facts, enum page_fact fact, int rank, struct str value)
{
    if (value.at == NULL) return;
    value = str_trim(value);
    if (value.len == 0 || rank >= rank_or_none(facts->at[fact].rank)) return;
    if (fact != FACT_BODY && value.len > VALUE_MOST) return;
    if (fact == FACT_DATE && !holds_year(value)) return;
    if (fact == FACT_PUBLISHER && str_starts(value, STR("http"))) return;
    struct str copy = arena_str(facts->arena, value);
    if (facts->arena->failed) {
        facts->failed = true;
        return;
    }
    facts->at[fact].value = copy;
    facts->at[fact].rank = rank;
}

/* ---- <meta> ---- */

static const struct {
    const char *name;
    enum page_fact fact;
    int rank;
} meta_names[] = {
    {"og:title", FACT_TITLE, 10},
    {"twitter:title", FACT_TITLE, 20},
    {"dc.title", FACT_TITLE, 21},
    {"parsely-title", FACT_TITLE, 15},
    {"sailthru.title", FACT_TITLE, 16},
    {"title", FACT_TITLE, 30},
    {"article:published_time", FACT_DATE, 11},
    {"article:published", FACT_DATE, 11},
    {"og:article:published_time", FACT_DATE, 12},
    {"datepublished", FACT_DATE, 13},
    {"date.published", FACT_DATE, 13},
    {"published_time", FACT_DATE, 14},
    {"publication_date", FACT_DATE, 14},
    {"publish-date", FACT_DATE, 14},
    {"publish_date", FACT_DATE, 14},
    {"publishdate", FACT_DATE, 14},
    {"pubdate", FACT_DATE, 14},
    {"published", FACT_DATE, 14},
    {"originalpublicationdate", FACT_DATE, 14},
    {"article_date_original", FACT_DATE, 14},
    {"parsely-pub-date", FACT_DATE, 15},
    {"sailthru.date", FACT_DATE, 15},
    {"citation_publication_date", FACT_DATE, 15},
    {"dc.date.issued", FACT_DATE, 16},
    {"dcterms.issued", FACT_DATE, 16},
    {"dc.date.created", FACT_DATE, 17},
    {"dcterms.created", FACT_DATE, 17},
    {"dc.date", FACT_DATE, 18},
    {"dcterms.date", FACT_DATE, 18},
    {"date", FACT_DATE, 19},
    {"article:modified_time", FACT_DATE, 96},
    {"og:updated_time", FACT_DATE, 97},
    {"author", FACT_AUTHOR, 20},
    {"article:author", FACT_AUTHOR, 24},
    {"parsely-author", FACT_AUTHOR, 21},
    {"sailthru.author", FACT_AUTHOR, 21},
    {"dc.creator", FACT_AUTHOR, 22},
    {"byl", FACT_AUTHOR, 22},
    {"byline", FACT_AUTHOR, 22},
    {"og:site_name", FACT_PUBLISHER, 5},
    {"dc.publisher", FACT_PUBLISHER, 20},
    {"publisher", FACT_PUBLISHER, 21},
    {"copyright", FACT_PUBLISHER, 50},
    {"application-name", FACT_PUBLISHER, 30},
    {"og:url", FACT_URL, 20},
    {"parsely-link", FACT_URL, 25},
    {"og:locale", FACT_LANG, 40},
    {"content-language", FACT_LANG, 30},
    {"language", FACT_LANG, 31},
    {"dc.language", FACT_LANG, 31},
};

static bool looks_like_link(struct str value)
{
    return str_starts(value, STR("http")) || str_starts(value, STR("/")) ||
           str_starts(value, STR("@"));
}

static void take_meta(struct page_facts *facts, const struct myhtml_tree_node *node)
{
    struct str content = node_attribute(node, "content");
    static const char *const keys[] = {"property", "name", "itemprop", "http-equiv"};
    if (content.at == NULL) return;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct str name = node_attribute(node, keys[k]);
        if (name.at == NULL) continue;
        for (size_t i = 0; i < sizeof meta_names / sizeof *meta_names; i++) {
            if (!str_is(name, meta_names[i].name)) continue;
            if (meta_names[i].fact == FACT_AUTHOR && looks_like_link(content)) continue;
            fact_add(facts, meta_names[i].fact, meta_names[i].rank, content);
        }
    }
}

static void take_link(struct page_facts *facts, const struct myhtml_tree_node *node)
{
    if (str_is(node_attribute(node, "rel"), "canonical"))
        fact_add(facts, FACT_URL, 10, node_attribute(node, "href"));
}

/* ---- what is shown ---- */

/* The text in an element, blanks made one; at most SHOWN_MOST bytes, else empty. */
static struct str shown_text(struct page_facts *facts, const struct myhtml_tree_node *top)
{
    struct buf text = {0};
    size_t steps = 0;
    for (const struct myhtml_tree_node *node = top; node != NULL && steps < 200; steps++) {
        bool hidden = node->tag_id == MyHTML_TAG_SCRIPT || node->tag_id == MyHTML_TAG_STYLE;
        if (node->tag_id == MyHTML_TAG__TEXT) {
            struct str piece = node_text(node);
            for (size_t i = 0; i < piece.len && text.len <= 4 * SHOWN_MOST; i++) {
                bool blank = (unsigned char)piece.at[i] <= ' ';
                if (!blank)
                    buf_c(&text, piece.at[i]);
                else if (text.len > 0 && text.at[text.len - 1] != ' ')
                    buf_c(&text, ' ');
            }
        } else if (text.len > 0 && text.at[text.len - 1] != ' ') {
            if (node->tag_id == MyHTML_TAG_BR || node->tag_id == MyHTML_TAG_DIV) buf_c(&text, ' ');
        }
        node = node_after(node, top, !hidden);
    }
    struct str all = str_trim(str_of(text.at != NULL ? text.at : "", text.len));
    if (all.len > 4 * SHOWN_MOST) all.len = 0;
    struct str copy = arena_str(facts->arena, all);
    facts->failed |= text.failed || facts->arena->failed;
    buf_free(&text);
    return copy;
}

static void take_time(struct page_facts *facts, const struct myhtml_tree_node *node)
{
    struct str stamp = node_attribute(node, "datetime");
    bool published = node_attribute(node, "pubdate").at != NULL;
    if (stamp.at == NULL) stamp = node_attribute(node, "content");
    if (stamp.at == NULL || !holds_year(stamp)) stamp = shown_text(facts, node);
    if (holds_year(stamp)) fact_add(facts, FACT_DATE, published ? 30 : 45, stamp);
}

/* "By A. Writer" without the word before the name, or with marks around it. */
static struct str byline_name(struct str text)
{
    text = str_trim(text);
    if (text.len > 3 && str_eq_nocase(str_cut(text, 0, 3), STR("by ")))
        text = str_cut(text, 3, text.len);
    else if (text.len > 3 && str_eq_nocase(str_cut(text, 0, 3), STR("by:")))
        text = str_cut(text, 3, text.len);
    text = str_trim(text);
    while (text.len > 0 && strchr(",|-", text.at[text.len - 1]) != NULL)
        text.len--;
    return str_trim(text);
}

static bool is_name_like(struct str text)
{
    size_t blanks = 0;
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned)text.at[i] - '0' < 10 || text.at[i] == '@') return false;
        blanks += text.at[i] == ' ';
    }
    return text.len > 2 && text.len <= 80 && blanks <= 10;
}

static bool holds_day_and_year(struct str text)
{
    size_t numbers = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = (unsigned)text.at[i] - '0' < 10;
        numbers += digit && (i == 0 || (unsigned)text.at[i - 1] - '0' >= 10);
    }
    return numbers >= 2 && holds_year(text);
}

static void take_byline(struct page_facts *facts, const struct myhtml_tree_node *node, int rank)
{
    if (rank >= rank_or_none(facts->at[FACT_AUTHOR].rank)) return;
    struct str name = byline_name(shown_text(facts, node));
    if (rank >= 50 && memchr(name.at, ' ', name.len) == NULL) return;
    if (is_name_like(name)) fact_add(facts, FACT_AUTHOR, rank, name);
}

static void take_itemprop(struct page_facts *facts, const struct myhtml_tree_node *node,
                          struct str prop)
{
    struct str content = node_attribute(node, "content");
    if (str_is(prop, "datepublished")) {
        if (content.at == NULL) content = node_attribute(node, "datetime");
        if (content.at == NULL || !holds_year(content)) content = shown_text(facts, node);
        if (holds_year(content)) fact_add(facts, FACT_DATE, 13, content);
    } else if (str_is(prop, "author") && content.at != NULL) {
        if (!looks_like_link(content)) fact_add(facts, FACT_AUTHOR, 30, content);
    } else if (str_is(prop, "author")) {
        take_byline(facts, node, 31);
    } else if (str_is(prop, "headline") && content.at == NULL) {
        fact_add(facts, FACT_HEADING, 10, shown_text(facts, node));
    }
}

/* Whether an element or one around it is named as what readers wrote or as other articles. */
static bool is_of_others(const struct myhtml_tree_node *node, const struct hint_table *table)
{
    for (int i = 0; i < AROUND_MOST && node != NULL; i++, node = node->parent) {
        uint32_t hints = hints_of(table, node_attribute(node, "class")) |
                         hints_of(table, node_attribute(node, "id"));
        if ((hints & (HINT_RELATED | HINT_COMMENT)) != 0 && node->tag_id != MyHTML_TAG_BODY)
            return true;
    }
    return false;
}

/* Dates and bylines by the names of their elements. */
static void take_named(struct page_facts *facts, const struct myhtml_tree_node *node,
                       const struct hint_table *table)
{
    uint32_t hints = hints_of(table, node_attribute(node, "class"));
    if ((hints & (HINT_META | HINT_AUTHOR)) == 0 || is_of_others(node, table)) return;
    if ((hints & HINT_AUTHOR) != 0) take_byline(facts, node, 50);
    if ((hints & HINT_META) != 0 && rank_or_none(facts->at[FACT_DATE].rank) > 50) {
        struct str text = shown_text(facts, node);
        if (text.len <= 60 && holds_day_and_year(text))
            fact_add(facts, FACT_DATE, 50 + (int)text.len / 4, text); /* the barest */
    }
}

static void take_node(struct page_facts *facts, const struct myhtml_tree_node *node,
                      const struct hint_table *table)
{
    if (node->token == NULL || node->tag_id == MyHTML_TAG__TEXT) return;
    struct str prop = node_attribute(node, "itemprop");
    switch (node->tag_id) {
    case MyHTML_TAG_META: take_meta(facts, node); break;
    case MyHTML_TAG_LINK: take_link(facts, node); break;
    case MyHTML_TAG_HTML: fact_add(facts, FACT_LANG, 10, node_attribute(node, "lang")); break;
    case MyHTML_TAG_TITLE: fact_add(facts, FACT_WINDOW, 10, shown_text(facts, node)); break;
    case MyHTML_TAG_H1: fact_add(facts, FACT_HEADING, 20, shown_text(facts, node)); break;
    case MyHTML_TAG_TIME: take_time(facts, node); break;
    case MyHTML_TAG_SCRIPT:
        if (str_is(node_attribute(node, "type"), "application/ld+json") && node->child != NULL)
            facts_from_ld(facts, node_text(node->child));
        break;
    case MyHTML_TAG_A:
        if (str_is(node_attribute(node, "rel"), "author")) take_byline(facts, node, 40);
        break;
    default: break;
    }
    if (prop.len > 0)
        take_itemprop(facts, node, prop);
    else if (node->tag_id == MyHTML_TAG_SPAN || node->tag_id == MyHTML_TAG_DIV ||
             node->tag_id == MyHTML_TAG_P)
        take_named(facts, node, table);
}

/* /2024/06/13/, /2024-06-13-..., /20240613 in an address. */
static void date_of_url(struct page_facts *facts, struct str url)
{
    char digits[9];
    for (size_t i = 0; i + 9 < url.len; i++) {
        size_t n = 0, at = i + 1;
        if (url.at[i] != '/' && url.at[i] != '-') continue;
        while (at < url.len && n < 8) {
            if ((unsigned)url.at[at] - '0' < 10)
                digits[n++] = url.at[at];
            else if ((n != 4 && n != 6) || (url.at[at] != '/' && url.at[at] != '-'))
                break;
            at++;
        }
        int month = n == 8 ? (digits[4] - '0') * 10 + digits[5] - '0' : 0;
        int day = n == 8 ? (digits[6] - '0') * 10 + digits[7] - '0' : 0;
        bool ends = at >= url.len || (unsigned)url.at[at] - '0' >= 10;
        bool year = n == 8 && ((digits[0] == '1' && digits[1] == '9') ||
                               (digits[0] == '2' && digits[1] == '0'));
        if (!ends || !year || month < 1 || month > 12 || day < 1 || day > 31) continue;
        char iso[11] = {digits[0], digits[1], digits[2], digits[3], '-', digits[4],
                        digits[5], '-',       digits[6], digits[7], '\0'};
        fact_add(facts, FACT_DATE, 70, str_c(iso));
        return;
    }
}

/* Where a separator (" | ", " - ", " — " ...) ends, or 0. */
static size_t separator_end(struct str title, size_t at)
{
    static const struct str marks[] = {{" | ", 3},
                                       {" - ", 3},
                                       {" :: ", 4},
                                       {" \xE2\x80\x93 ", 5},
                                       {" \xE2\x80\x94 ", 5},
                                       {" \xC2\xBB ", 4},
                                       {" \xC2\xB7 ", 4}};
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        if (str_starts(str_cut(title, at, title.len), marks[m])) return at + marks[m].len;
    return 0;
}

/* "The Post | News from the valley" is The Post. */
static void shorten_publisher(struct page_facts *facts)
{
    struct str *name = &facts->at[FACT_PUBLISHER].value;
    for (size_t i = 1; i < name->len; i++)
        if (separator_end(*name, i) > 0) name->len = i;
}

/* "en-GB" and "en_US" as "en". */
static void shorten_language(struct page_facts *facts)
{
    struct str *lang = &facts->at[FACT_LANG].value;
    for (size_t i = 0; i < lang->len; i++)
        if (lang->at[i] == '-' || lang->at[i] == '_' || lang->at[i] == ',') lang->len = i;
    char *letters = (char *)lang->at;
    for (size_t i = 0; i < lang->len; i++)
        if ((unsigned)letters[i] - 'A' < 26) letters[i] = (char)(letters[i] | 0x20);
    if (lang->len > 3) lang->at = NULL, lang->len = 0;
}

void facts_from_page(struct page_facts *facts, const struct page_tree *tree,
                     const struct hint_table *hints)
{
    const struct myhtml_tree_node *top = page_tree_root(tree);
    for (const struct myhtml_tree_node *node = top; node != NULL && !facts->failed;
         node = node_after(node, top, true))
        take_node(facts, node, hints);
    if (facts->at[FACT_URL].value.len > 0) date_of_url(facts, facts->at[FACT_URL].value);
    shorten_language(facts);
    shorten_publisher(facts);
    struct str author = byline_name(facts->at[FACT_AUTHOR].value);
    facts->at[FACT_AUTHOR].value = author;
}

/* ---- the title ---- */

/* Whether `part` stands in `whole`, ASCII letters without case. */
static bool stands_in(struct str part, struct str whole)
{
    if (part.len == 0 || part.len > whole.len) return false;
    for (size_t i = 0; i + part.len <= whole.len; i++)
        if (str_eq_nocase(str_cut(whole, i, i + part.len), part)) return true;
    return false;
}

static size_t blanks_in(struct str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == ' ';
    return n;
}

/* Cuts the last part off where it is the publisher, or short beside the rest. */
static struct str without_site(struct str title, struct str publisher)
{
    for (size_t i = title.len; i-- > 1;) {
        size_t end = separator_end(title, i);
        if (end == 0) continue;
        struct str rest = str_cut(title, end, title.len), front = str_cut(title, 0, i);
        if (stands_in(publisher, rest) || stands_in(rest, publisher) ||
            (blanks_in(rest) <= 3 && blanks_in(front) >= 3))
            return front;
        return title;
    }
    return title;
}

struct str facts_title(const struct page_facts *facts)
{
    struct str publisher = facts->at[FACT_PUBLISHER].value, heading = facts->at[FACT_HEADING].value;
    struct str said = facts->at[FACT_TITLE].value, window = facts->at[FACT_WINDOW].value;
    struct str best = without_site(said.len > 0 ? said : window, publisher);
    if (heading.len > 0 && !str_eq_nocase(heading, publisher) &&
        (best.len == 0 || stands_in(heading, said) || stands_in(heading, window) ||
         stands_in(best, heading)))
        return heading;
    return best;
}
