/* pageld.c - schema.org facts in JSON-LD: NewsArticle and its like, alone, in arrays, in @graph.
 *
 * Pages often write line ends inside of strings, which JSON forbids; they are read as blanks. What
 * is still no JSON is left alone. */
#include <jansson.h>

#include "base/buf.h"
#include "page/pagemeta.h"

enum { JSON_MOST = 1 << 20, OBJECTS_MOST = 64, NAMES_MOST = 8 };

/* Ranks of page_facts; those of pagemeta.c stand in between. */
enum { RANK_LD = 10, RANK_LD_SECOND = 60, RANK_LD_MODIFIED = 95 };

static struct str text_of_json(const json_t *value)
{
    if (!json_is_string(value)) return (struct str){NULL, 0};
    return str_of(json_string_value(value), json_string_length(value));
}

/* "NewsArticle", "http://schema.org/BlogPosting", or an array of such names. */
static bool names_article(const json_t *type)
{
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type) && i < NAMES_MOST; i++)
            if (names_article(json_array_get(type, i))) return true;
        return false;
    }
    struct str name = text_of_json(type);
    return str_ends(name, STR("Article")) || str_ends(name, STR("Posting")) ||
           str_ends(name, STR("Report")) || str_ends(name, STR("Review"));
}

/* A name as text, as an object with "name", or the first of an array; arrays of several are
 * joined by commas. */
static void add_names(struct buf *names, const json_t *value)
{
    for (size_t i = 0; i < NAMES_MOST; i++) {
        const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
        struct str name = text_of_json(json_is_object(one) ? json_object_get(one, "name") : one);
        if (json_is_object(one) && json_is_array(json_object_get(one, "name")))
            name = text_of_json(json_array_get(json_object_get(one, "name"), 0));
        name = str_trim(name.at != NULL ? name : STR(""));
        if (name.len > 0 && !str_starts(name, STR("http"))) {
            if (names->len > 0) buf_z(names, ", ");
            buf_put(names, name);
        }
        if (!json_is_array(value)) break;
    }
}

static void take_names(struct page_facts *facts, enum page_fact fact, const json_t *value)
{
    struct buf names = {0};
    add_names(&names, value);
    if (names.failed) facts->failed = true;
    fact_add(facts, fact, RANK_LD, str_of(names.at != NULL ? names.at : "", names.len));
    buf_free(&names);
}

static void take_article(struct page_facts *facts, const json_t *object)
{
    const json_t *page = json_object_get(object, "mainEntityOfPage");
    const json_t *url = json_object_get(object, "url");
    fact_add(facts, FACT_TITLE, RANK_LD + 1, text_of_json(json_object_get(object, "headline")));
    fact_add(facts, FACT_TITLE, RANK_LD_SECOND, text_of_json(json_object_get(object, "name")));
    fact_add(facts, FACT_DATE, RANK_LD, text_of_json(json_object_get(object, "datePublished")));
    fact_add(facts, FACT_DATE, RANK_LD_SECOND,
             text_of_json(json_object_get(object, "dateCreated")));
    fact_add(facts, FACT_DATE, RANK_LD_MODIFIED,
             text_of_json(json_object_get(object, "dateModified")));
    fact_add(facts, FACT_BODY, RANK_LD, text_of_json(json_object_get(object, "articleBody")));
    fact_add(facts, FACT_LANG, RANK_LD_SECOND, text_of_json(json_object_get(object, "inLanguage")));
    fact_add(facts, FACT_URL, RANK_LD_SECOND, text_of_json(json_is_string(url) ? url : page));
    fact_add(facts, FACT_URL, RANK_LD_SECOND, text_of_json(json_object_get(page, "@id")));
    take_names(facts, FACT_AUTHOR, json_object_get(object, "author"));
    take_names(facts, FACT_AUTHOR, json_object_get(object, "creator"));
    take_names(facts, FACT_PUBLISHER, json_object_get(object, "publisher"));
}

struct to_read {
    const json_t *values[OBJECTS_MOST];
    size_t n;
};

static void read_later(struct to_read *list, const json_t *value)
{
    if (list->n < OBJECTS_MOST && (json_is_object(value) || json_is_array(value)))
        list->values[list->n++] = value;
}

static void go_through(struct page_facts *facts, const json_t *top)
{
    struct to_read list = {.n = 0};
    read_later(&list, top);
    for (size_t at = 0; at < list.n; at++) {
        const json_t *value = list.values[at];
        for (size_t i = 0; i < json_array_size(value) && i < OBJECTS_MOST; i++)
            read_later(&list, json_array_get(value, i));
        if (!json_is_object(value)) continue;
        if (names_article(json_object_get(value, "@type"))) take_article(facts, value);
        read_later(&list, json_object_get(value, "@graph"));
        read_later(&list, json_object_get(value, "mainEntity"));
        read_later(&list, json_object_get(value, "mainEntityOfPage"));
    }
}

void facts_from_ld(struct page_facts *facts, struct str json)
{
    if (json.len > JSON_MOST) return;
    char *clean = (char *)arena_str(facts->arena, json).at;
    size_t begin = 0, end = json.len;
    if (json.len > 0 && facts->arena->failed) {
        facts->failed = true;
        return;
    }
    for (size_t i = 0; i < json.len; i++)
        if ((unsigned char)clean[i] < 0x20) clean[i] = ' ';
    while (begin < end && clean[begin] != '{' && clean[begin] != '[')
        begin++;
    while (end > begin && clean[end - 1] != '}' && clean[end - 1] != ']')
        end--;
    json_t *top =
        json_loadb(clean + begin, end - begin, JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
    if (top == NULL) return;
    go_through(facts, top);
    json_decref(top);
}
