/* pagemeta.h - what a page says of itself: title, date, author, publisher, address, language.
 *
 * Each fact may stand in many places (JSON-LD, OpenGraph, names of meta elements, microdata, the
 * page's own text); each place has a rank, and the best that is there is taken. */
#ifndef DETENTE_PAGEMETA_H
#define DETENTE_PAGEMETA_H

#include "base/arena.h"
#include "page/pagehint.h"
#include "page/pagetree.h"

enum page_fact {
    FACT_TITLE,   /* a headline by its own name: JSON-LD, og:title */
    FACT_HEADING, /* the first <h1> */
    FACT_WINDOW,  /* <title> */
    FACT_DATE,
    FACT_AUTHOR,
    FACT_PUBLISHER,
    FACT_URL,
    FACT_LANG,
    FACT_BODY, /* the text of the article, in JSON-LD */
    FACT_COUNT
};

struct page_facts {
    struct arena *arena;
    struct {
        struct str value;
        int rank; /* of where it was found: the lowest wins, the first of one rank */
    } at[FACT_COUNT];
    bool failed; /* memory ran out */
};

/* Takes a value, trimmed, that was found at a place of `rank` (1 or more). */
void fact_add(struct page_facts *facts, enum page_fact fact, int rank, struct str value);
/* From the text of a <script type="application/ld+json"> (pageld.c). */
void facts_from_ld(struct page_facts *facts, struct str json);
/* Looks through the whole page. */
void facts_from_page(struct page_facts *facts, const struct page_tree *tree,
                     const struct hint_table *hints);
/* The article's title of all that was found: without the name of the site. */
struct str facts_title(const struct page_facts *facts);

#endif
