/* pagejudge.h - which blocks of a page are its article.
 *
 * First the words of paragraphs are added up along the tree, and the element is found in which most
 * of them stand together. Then each block is weighed: what it is made of, where it stands to that
 * element, what its neighbours are, what the names around it tell (PAGE_FEATURES). The weights are
 * those of a logistic regression (train/page_fit.py); a second round weighs the block with what
 * the first said of its neighbours. */
#ifndef DETENTE_PAGEJUDGE_H
#define DETENTE_PAGEJUDGE_H

#include "page/pagelayout.h"

/* X(NAME) of the first round, next to one for each hint. */
/* clang-format off */
#define PAGE_FEATURES(X) \
    X(ONE) X(LENGTH) X(SHORT) X(LINKED) X(ALL_LINK) X(ENDS) X(STOPS) X(COMMAS) X(CAPITALS) \
    X(DIGITS) X(BOLD) X(PARAGRAPH) X(HEADING) X(ITEM) X(LOOSE) X(QUOTED) X(SOFT) X(IN_ROOT) \
    X(SAME_PARENT) X(SAME_GRAND) X(FAR) X(BEFORE) X(AFTER) X(TAIL) X(GAP_BEFORE) X(GAP_AFTER) \
    X(PARENT_LINKED) X(SHARE_PARENT) X(TITLE) X(AGAIN) X(STATED) X(UNSTATED) X(LEADS) X(COLON) \
    X(PLAIN) X(MAIN) X(NEAR_TITLE) X(BEHIND_TITLE) X(UPPER) X(UPPER_LINK) X(LONE_LINK)

/* clang-format on */
enum page_feature {
#define X(name) FEATURE_##name,
    PAGE_FEATURES(X)
#undef X
        FEATURE_HINTS,
    FEATURE_COUNT = FEATURE_HINTS + HINT_COUNT
};
enum { SECOND_COUNT = 14 };

struct page_verdict {
    float features[FEATURE_COUNT];
    float second[SECOND_COUNT];
    float first; /* log-odds of the first round */
    float odds;  /* of the second */
};

struct page_judge {
    const struct page_layout *layout;
    struct page_verdict *verdicts; /* one a block */
    uint32_t root;                 /* the element that holds the article; NONE: no paragraph */
    float cut;                     /* blocks of higher odds are the article's */
    uint32_t titled;               /* the block that is the title, or NONE */
    struct str title;              /* the article's, or empty */
    struct str stated;             /* its text as the page's own data tell it, or empty */
};

/* Fills `verdicts`. False when memory ran out. */
bool page_judge(struct page_judge *judge, struct arena *arena);

#endif
