/* sayquote.h - quotation marks around a cue: the quotations beside it, and which of them are still
 * free. Each looks at NEAR_WORDS words at most. */
#ifndef DETENTE_SAYQUOTE_H
#define DETENTE_SAYQUOTE_H

#include "said/heard.h"

/* The quotations of a document that no saying has taken. */
struct free_quotes {
    const struct tree *tree;
    uint32_t *next; /* of each region: itself while it is free, else one that lies behind it */
};

/* False when memory ran out. */
bool sayquote_begin(struct arena *arena, const struct tree *tree, struct free_quotes *out);
/* False for NULL. */
bool sayquote_is_free(const struct free_quotes *quotes, const struct quote_region *r);
/* The quotations that end behind `begin` and begin before `end` are no longer free. */
void sayquote_take(struct free_quotes *quotes, uint32_t begin, uint32_t end);

/* The region that the token stands in, or NULL. */
const struct quote_region *sayquote_at(const struct tree *tree, uint32_t t);
/* The first region that holds one of the words from t up to `limit`, or NULL. */
const struct quote_region *sayquote_after(const struct tree *tree, uint32_t t, uint32_t limit);
/* Nothing but punctuation stands in [begin, end), and not much of it. */
bool sayquote_only_marks(const struct tree *tree, uint32_t begin, uint32_t end);

/* The content's ends go out to those of the quotations that they lie in. */
void sayquote_widen(const struct tree *tree, struct heard *h);
/* Finds the content in a free quotation with nothing but marks between it and the cue with its
 * source. Surer than a tree: parsers often lose their way around quotations. */
bool sayquote_beside(const struct free_quotes *quotes, struct heard *h, const struct sentence *s);
/* The same in a free quotation somewhere near the cue. */
bool sayquote_near(const struct free_quotes *quotes, struct heard *h, const struct sentence *s);

#endif
