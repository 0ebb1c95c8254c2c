/* pagehint.h - what the names of classes and ids, and some attributes, tell of an element.
 *
 * Pages name their parts in a small common vocabulary: "article-body", "relatedStories",
 * "comment_list". A name is cut into words at marks and at capitals, each word is looked up in one
 * table of general vocabulary, and what it means is a bit. */
#ifndef DETENTE_PAGEHINT_H
#define DETENTE_PAGEHINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* X(NAME, what an element of this kind holds) */
#define PAGE_HINTS(X)                                                                              \
    X(ARTICLE, "the article with its head and foot")                                               \
    X(BODY, "the running text")                                                                    \
    X(PROPER, "said by mark-up: itemprop articleBody")                                             \
    X(LEAD, "what stands between title and text")                                                  \
    X(TITLE, "titles")                                                                             \
    X(COMMENT, "what readers wrote")                                                               \
    X(ASIDE, "a column at the side")                                                               \
    X(RELATED, "links to other articles")                                                          \
    X(TEASER, "an article in a list of them")                                                      \
    X(ADVERT, "advertisements")                                                                    \
    X(SHARE, "buttons to share")                                                                   \
    X(LETTER, "newsletters, subscriptions, sign-ups")                                              \
    X(NAV, "menus, heads of the page")                                                             \
    X(FOOT, "feet of the page, its legal notes")                                                   \
    X(POPUP, "cookie notices and what lies above the page")                                        \
    X(CAPTION, "captions, credits")                                                                \
    X(MEDIA, "pictures, galleries, players")                                                       \
    X(AUTHOR, "bylines and biographies")                                                           \
    X(META, "dates, tags, topics")                                                                 \
    X(QUOTE, "a sentence of the text, shown once more")                                            \
    X(EMBED, "a message from a social network")                                                    \
    X(HIDDEN, "not shown")

enum page_hint {
#define X(name, text) HINT_BIT_##name,
    PAGE_HINTS(X)
#undef X
        HINT_COUNT
};
enum {
#define X(name, text) HINT_##name = 1 << HINT_BIT_##name,
    PAGE_HINTS(X)
#undef X
};

/* A hash table of the vocabulary: filled once, then shared. */
enum { HINT_SLOTS = 1024 };
struct hint_table {
    struct {
        const char *word;
        uint32_t hint;
    } slots[HINT_SLOTS];
};

void hint_table_fill(struct hint_table *table);
/* All that the words of a class or id attribute tell. */
uint32_t hints_of(const struct hint_table *table, struct str names);

#endif
