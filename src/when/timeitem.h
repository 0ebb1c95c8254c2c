/* timeitem.h - the pieces that the time grammar reads: a sentence cut finer than its tokens.
 *
 * Tokenisers differ over "2025-02-27", "six-day", "10pm" and "1990s"; the grammar should not care.
 * Tokens with digits or inner hyphens are cut into runs of letters, numbers and single marks, with
 * a note where nothing stood between two of them; all other tokens are one item. Linear. */
#ifndef DETENTE_TIMEITEM_H
#define DETENTE_TIMEITEM_H

#include "lang/tree.h"

enum item_kind { ITEM_WORD, ITEM_NUMBER, ITEM_MARK };

struct time_item {
    uint32_t begin, end; /* bytes */
    uint32_t token;
    uint8_t kind;    /* enum item_kind */
    uint8_t class;   /* enum time_class of a word */
    uint8_t glued;   /* nothing stands between it and the item before */
    uint8_t capital; /* a word with a capital first letter */
    uint8_t dotted;  /* a word with a full stop */
    uint8_t digits;  /* of a number: how many before any full stop; 255 with a comma */
    char mark;       /* of a mark: '-' for every dash, '/', ':' ..., 0 for others */
    uint32_t word;   /* of a word or mark: its record in the base, know->words */
    int32_t value;   /* of a word: of its class; of a number: its whole part */
    double number;   /* the same, as large and as exact as it was said */
};

struct item_list {
    struct time_item *at; /* n items, then one all-zero item of kind ITEM_MARK */
    uint32_t n;
    size_t cap;
};

/* Cuts the tokens [begin, end) into *out, whose array it grows. False when memory ran out. */
bool timeitem_cut(struct arena *arena, const struct tree *tree, uint32_t begin, uint32_t end,
                  struct item_list *out);

#endif
