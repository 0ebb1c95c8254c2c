/* amount.c - numbers in digits and words (see timematch_amount in timematch.h).
 *
 * Words are added up as they are spoken: "two hundred and fifty thousand" multiplies at each scale
 * word. A number takes few items, so the cost is constant. */
#include <float.h>
#include <math.h>

#include "when/timematch.h"

/* 517.19 billion is a whole number, though the product of the doubles just misses it. */
static double times_scale(double value, double scale)
{
    double product = value * scale, whole = nearbyint(product);
    return fabs(product - whole) <= product * 2 * DBL_EPSILON ? whole : product;
}

static bool amount_class(const struct time_reader *r, uint32_t i, enum time_class class)
{
    return i < r->n && r->items[i].class == class;
}

static bool word_item(const struct time_reader *r, uint32_t i)
{
    return i < r->n && r->items[i].kind == ITEM_WORD;
}

/* "million", "bn", "hundred thousand" after a number. */
static uint32_t scales_after(const struct time_reader *r, uint32_t i, double *value)
{
    for (int k = 0; k < 2; k++) {
        uint32_t at = i < r->n && r->items[i].mark == '-' && r->items[i].glued ? i + 1 : i;
        bool exact = amount_class(r, at, TW_SCALE);
        bool abbreviated = amount_class(r, at, TW_SCALE_SHORT) && k == 0;
        if (amount_class(r, at, TW_DOZEN)) {
            *value = times_scale(*value, r->items[at].number);
            return at + 1;
        }
        if (!exact && !abbreviated) break;
        *value = times_scale(*value, r->items[at].number);
        i = at + 1;
    }
    return i;
}

/* "1/2" or "and a half" after a number. */
static uint32_t fraction_after(const struct time_reader *r, uint32_t i, double *value)
{
    if (i + 2 < r->n && r->items[i].kind == ITEM_NUMBER && r->items[i + 1].mark == '/' &&
        r->items[i + 2].kind == ITEM_NUMBER && r->items[i + 1].glued && r->items[i + 2].glued &&
        r->items[i + 2].value > 1 && r->items[i + 2].value <= 10) {
        *value += r->items[i].number / r->items[i + 2].number;
        return i + 3;
    }
    if (amount_class(r, i, TW_AND) && amount_class(r, i + 1, TW_ARTICLE) &&
        amount_class(r, i + 2, TW_HALF)) {
        *value += 0.5;
        return i + 3;
    }
    return i;
}

static uint32_t digits_amount(const struct time_reader *r, uint32_t i, double *value)
{
    *value = r->items[i].number;
    uint32_t next = fraction_after(r, i + 1, value);
    return scales_after(r, next, value);
}

enum { THOUSAND = 1000 }; /* from here on a scale closes what stands before it */

/* One word of a spoken number; false when it does not go on. */
static bool spoken_word(const struct time_item *item, double *total, double *part)
{
    if (item->class == TW_NUMBER) {
        *part += item->value;
    } else if ((item->class == TW_SCALE && item->value < THOUSAND) || item->class == TW_DOZEN) {
        *part = (*part > 0 ? *part : 1) * item->number;
    } else if (item->class == TW_SCALE) {
        *total += times_scale(*part > 0 ? *part : 1, item->number);
        *part = 0;
    } else {
        return false;
    }
    return true;
}

static uint32_t spoken_amount(const struct time_reader *r, uint32_t i, double *value)
{
    double total = 0, part = 0;
    uint32_t last = 0;
    for (uint32_t n = 0; i < r->n && n < 16; n++) {
        bool link = n > 0 && ((r->items[i].mark == '-' && r->items[i].glued) ||
                              (r->items[i].class == TW_AND && r->items[i - 1].class == TW_SCALE));
        if (link && i + 1 < r->n && r->items[i + 1].class != TW_NUMBER) break;
        if (!link) {
            if (n > 0 && r->items[i].class == TW_NUMBER && r->items[i - 1].class == TW_NUMBER &&
                (r->items[i - 1].value < 20 || r->items[i].value > 9))
                break;
            if (!spoken_word(&r->items[i], &total, &part)) break;
            last = i + 1;
        }
        i++;
    }
    *value = total + part;
    return last == 0 ? 0 : fraction_after(r, last, value);
}

/* "couple of". */
static uint32_t couple_amount(const struct time_reader *r, uint32_t i, double *value, bool *vague)
{
    *value = r->items[i].number;
    *vague = true;
    return amount_class(r, i + 1, TW_OF) ? i + 2 : i + 1;
}

/* "a few", "a couple of", "a dozen", "a million", "a". */
static uint32_t article_amount(const struct time_reader *r, uint32_t i, double *value, bool *vague)
{
    uint32_t next = i + 1;
    if (amount_class(r, next, TW_VAGUE)) {
        *vague = true;
        return next + 1;
    }
    if (amount_class(r, next, TW_COUPLE)) return couple_amount(r, next, value, vague);
    if (amount_class(r, next, TW_SCALE) || amount_class(r, next, TW_DOZEN))
        return spoken_amount(r, next, value);
    if (amount_class(r, next, TW_HALF)) {
        *value = 0.5;
        return next + 1;
    }
    *value = 1;
    return next;
}

/* "dozens of", "tens of thousands of": the least that it can mean. */
static uint32_t scales_amount(const struct time_reader *r, uint32_t i, double *value, bool *vague)
{
    *value = r->items[i].number;
    *vague = true;
    if (!amount_class(r, i + 1, TW_OF)) return i + 1;
    if (!amount_class(r, i + 2, TW_SCALES)) return i + 2;
    *value = times_scale(*value, r->items[i + 2].number);
    return amount_class(r, i + 3, TW_OF) ? i + 4 : i + 3;
}

/* "half", "half a", "half a million". */
static uint32_t half_amount(const struct time_reader *r, uint32_t i, double *value)
{
    uint32_t next = amount_class(r, i + 1, TW_ARTICLE) ? i + 2 : i + 1;
    *value = 0.5;
    if (!amount_class(r, next, TW_SCALE) && !amount_class(r, next, TW_DOZEN)) return next;
    *value *= r->items[next].number;
    return next + 1;
}

uint32_t timematch_amount(const struct time_reader *r, uint32_t i, double *value, bool *vague)
{
    *value = 0;
    *vague = false;
    if (i >= r->n) return 0;
    if (r->items[i].kind == ITEM_NUMBER) return digits_amount(r, i, value);
    if (!word_item(r, i)) return 0;
    switch (r->items[i].class) {
    case TW_NUMBER:
    case TW_SCALE: return spoken_amount(r, i, value);
    case TW_ARTICLE: return article_amount(r, i, value, vague);
    case TW_SCALES: return scales_amount(r, i, value, vague);
    case TW_VAGUE: *vague = true; return i + 1;
    case TW_COUPLE: return couple_amount(r, i, value, vague);
    case TW_HALF: return half_amount(r, i, value);
    default: return 0;
    }
}
