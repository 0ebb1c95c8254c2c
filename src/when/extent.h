/* extent.h - how much an amount says: a number, a range, a bound.
 *
 * "40", "between 10 and 15", "hundreds", "up to 40", "a few thousand", "nearly 3,000", "15 or
 * more". In: the items of a sentence. Out: the number that is said and the least and the most that
 * it can stand for. A number that is said exactly has no bounds; one that is not said at all
 * ("hundreds") has the least that the word can mean. Each amount looks at a bounded number of
 * items. */
#ifndef DETENTE_EXTENT_H
#define DETENTE_EXTENT_H

#include "when/timematch.h"

struct extent {
    double value;
    double least, most; /* NAN: no such bound */
    bool approx;        /* the text says that the number is not exact */
    bool vague;         /* no number is said: "several" */
    bool article;       /* it is an article only: "a soldier" */
};

/* Reads the amount at item i, with what stands behind it ("or more"). Returns the item after it, or
 * 0. */
uint32_t extent_read(const struct time_reader *r, uint32_t i, struct extent *out);
/* The same for an amount that began before item `end`: what joins it to a second one there ("10 to
 * 15", "$10-$15"), and what stands behind. `first` is its first item, before which "between" may
 * stand; `sign` tells whether the second may begin with a sign of currency. */
uint32_t extent_finish(const struct time_reader *r, uint32_t first, uint32_t end, bool sign,
                       struct extent *out);
/* Reads the words before item i that bound the amount there: "at least", "nearly". */
void extent_bound(const struct time_reader *r, uint32_t i, bool money, struct extent *out);

#endif
