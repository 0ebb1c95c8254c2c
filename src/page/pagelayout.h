/* pagelayout.h - a page as a list of blocks of text, each in its element.
 *
 * A block is what a browser sets as one paragraph: text up to the next start or end of an element
 * that breaks lines, or to two <br>. Elements that break lines are kept with their parents, so that
 * each block knows where it stands. What is never shown (scripts, forms' fields) is left out. */
#ifndef DETENTE_PAGELAYOUT_H
#define DETENTE_PAGELAYOUT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/index.h"
#include "page/pagehint.h"
#include "page/pagetree.h"

/* What kind of element it is, as far as this matters here. */
enum element_kind {
    KIND_INLINE,
    KIND_SKIPPED,
    KIND_BOX, /* div and the like */
    KIND_PARAGRAPH,
    KIND_HEADING,
    KIND_ITEM,
    KIND_LIST,
    KIND_QUOTE,
    KIND_CELL,
    KIND_ROW,
    KIND_TABLE,
    KIND_PRE,
    KIND_BREAK,
    KIND_RULE,
    KIND_FIGURE
};

struct page_element {
    uint32_t parent; /* NONE: the body */
    uint32_t depth;
    uint32_t own;   /* hints of its own names and of its tag */
    uint32_t hints; /* and of those around it, as far as they hold (pagejudge.c) */
    uint8_t kind;
    bool first_rank;     /* <h1> */
    struct range blocks; /* those in it */
    bool in_root;        /* it is the article's element, or in it (pagejudge.c) */
    uint32_t steps;      /* up to one that holds a good part of the text */
    uint32_t n_children;
    float plain, mass; /* words of paragraphs in it: all, and those that no hint speaks against */
};

struct page_block {
    size_t begin, len; /* in the layout's text */
    uint32_t element;
    uint32_t hints; /* of inline elements around all of it */
    uint32_t words, link_words, bold_words;
    uint32_t stops, commas, digits, capitals,
        upper; /* of characters; of words that begin with one */
    uint32_t links;
    uint8_t last; /* its last character, ASCII only */
    bool soft;    /* ended by <br><br> */
};

struct page_layout {
    struct buf text;
    struct page_element *elements;
    size_t n_elements, cap_elements;
    struct page_block *blocks;
    size_t n_blocks, cap_blocks;
};

static inline struct str block_text(const struct page_layout *layout, const struct page_block *b)
{
    return str_of(layout->text.at + b->begin, b->len);
}

/* Reads the body into *out, whose arrays are in the arena and whose buffer is kept. False when
 * memory ran out. */
bool page_layout_read(const struct myhtml_tree_node *body, const struct hint_table *hints,
                      struct arena *arena, struct page_layout *out);

#endif
