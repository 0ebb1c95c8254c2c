/* markup.h - mark-up of HTML inside a text. */
#ifndef DETENTE_MARKUP_H
#define DETENTE_MARKUP_H

#include "base/str.h"

enum markup_kind {
    MARKUP_NONE,   /* none begins here: the '<' is text */
    MARKUP_INLINE, /* it vanishes: "<b>", "</a>", comments, declarations */
    MARKUP_LINE,   /* it ends a line: "<br>" */
    MARKUP_BLOCK,  /* it ends a paragraph: "<p>", "</td>", a script with what is in it */
    MARKUP_KINDS
};

enum { HIDING_ELEMENTS = 7 };

/* What is known of the rest of the text, so that nothing is looked for twice in vain. Zero bytes
 * to begin with, one for each text. */
struct markup_search {
    bool no_quote[2], no_comment_end;
    bool looked, has_ends; /* whether an end tag in capitals was looked for, and is there */
    bool no_end[HIDING_ELEMENTS];
};

/* What begins with the '<' at `off`; its bytes go to *len. Names are those of HTML elements, so
 * that "a < b" and "<name@host>" are text; so is what stands in capitals, as codes of companies do
 * ("Du Pont <DD>"), unless the text has end tags in capitals, too, or it begins a line. Offsets of
 * calls with one search must not go back. */
enum markup_kind markup_read(struct markup_search *search, struct str s, size_t off, size_t *len);

#endif
