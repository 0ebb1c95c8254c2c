/* extent.c - see extent.h. What "dozens" or "hundreds" can stand for goes from two of them to the
 * next word of the kind: 24 to 99, 200 to 999. */
#include "when/extent.h"

#include <math.h>

enum { SEVERAL_LEAST = 3, SEVERAL_MOST = 9, SMALLEST_SCALE = 100 };

static void set_range(struct extent *x, double least, double most)
{
    x->value = x->least = least;
    x->most = most;
    x->approx = true;
}

/* ---- words of no exact number ---- */

static bool is_multiplier(const struct time_reader *r, uint32_t i)
{
    uint32_t class = item_class(r, i);
    return class == TW_SCALE || class == TW_DOZEN;
}

/* The most that n things of a scale can be before the next scale is said. */
static double most_of(double scale)
{
    return scale < SMALLEST_SCALE ? SMALLEST_SCALE - 1 : 10 * scale - 1;
}

/* "dozens", "hundreds of", "tens of thousands of". */
static uint32_t read_scales(const struct time_reader *r, uint32_t i, struct extent *x)
{
    double scale = r->items[i].number, least = 2 * scale, most = most_of(scale);
    uint32_t next = i + 1;
    if (item_class(r, next) == TW_OF && item_class(r, next + 1) == TW_SCALES) {
        double times = r->items[next + 1].number;
        least *= times;
        most = (most + 1) * times - 1;
        next += 2;
    }
    set_range(x, least, most);
    return item_class(r, next) == TW_OF ? next + 1 : next;
}

/* "several", "a few hundred"; `i` is at the word. */
static uint32_t read_several(const struct time_reader *r, uint32_t i, struct extent *x)
{
    uint32_t next = item_class(r, i + 1) == TW_OF ? i + 2 : i + 1;
    if (!is_multiplier(r, next)) {
        set_range(x, SEVERAL_LEAST, SEVERAL_MOST);
        x->vague = true;
        return next;
    }
    double scale = r->items[next].number;
    if (is_multiplier(r, next + 1))
        scale *= r->items[++next].number; /* "several hundred thousand" */
    set_range(x, SEVERAL_LEAST * scale, most_of(scale));
    return next + 1;
}

static bool says_several(const struct time_reader *r, uint32_t i)
{
    return i < r->n && words_bit(item_word(r, i), CLASS_SEVERAL);
}

/* One amount, without what stands around it. */
static uint32_t read_one(const struct time_reader *r, uint32_t i, struct extent *x)
{
    bool vague;
    uint32_t class = item_class(r, i), word = class == TW_ARTICLE ? i + 1 : i;
    *x = (struct extent){.least = NAN, .most = NAN};
    if (class == TW_SCALES) return read_scales(r, i, x);
    if (says_several(r, word)) return read_several(r, word, x);
    if (class == TW_COUPLE && item_class(r, i + 1) != TW_OF) return 0; /* husband and wife */
    uint32_t next = timematch_amount(r, i, &x->value, &vague);
    if (next == 0 || (vague && x->value <= 0)) return 0;
    x->approx = vague;
    x->article = class == TW_ARTICLE && next == i + 1;
    if (vague && is_multiplier(r, next))
        x->value *= r->items[next++].number; /* "a couple of hundred" */
    return next;
}

/* ---- two amounts ---- */

static bool links_amounts(const struct time_reader *r, uint32_t first, uint32_t at)
{
    const struct time_item *item = &r->items[at];
    bool between = first > 0 && words_bit(item_word(r, first - 1), CLASS_BETWEEN);
    if (item->class == TW_AND) return between;
    if (item->class == TW_OR) return true;
    /* "rose from 10 to 15" tells two amounts */
    if (item->class == TW_TO) return first == 0 || item_class(r, first - 1) != TW_FROM;
    return item->kind == ITEM_MARK && item->mark == '-' && item->glued && at + 1 < r->n &&
           r->items[at + 1].glued;
}

/* The scale that ends the amount before item `end`: million, 1 where there is none. */
static double last_scale(const struct time_reader *r, uint32_t end)
{
    uint32_t class = item_class(r, end - 1);
    bool scale = class == TW_SCALE || class == TW_SCALE_SHORT || class == TW_DOZEN;
    return scale ? r->items[end - 1].number : 1;
}

/* "10 to 15 million": the scale stands once, for both. */
static uint32_t read_second(const struct time_reader *r, uint32_t first, uint32_t end, bool sign,
                            struct extent *x)
{
    struct extent second;
    if (end + 1 >= r->n || x->article || !isnan(x->least) || !links_amounts(r, first, end))
        return end;
    uint32_t at = end + 1;
    if (sign && item_word(r, at)->sign) at++;
    if (item_class(r, at) == TW_ARTICLE) return end;
    uint32_t next = read_one(r, at, &second);
    if (next == 0 || second.approx) return end;
    double scale = last_scale(r, next);
    if (last_scale(r, end) == 1 && x->value * scale < second.value) x->value *= scale;
    if (second.value <= x->value) return end;
    x->least = x->value;
    x->most = second.value;
    return next;
}

/* ---- bounds ---- */

/* What the base knows of the items [i, i + n) together. */
static const struct know_word *phrase_word(const struct time_reader *r, uint32_t i, uint32_t n)
{
    return n == 1 ? item_word(r, i) : &r->tree->know->words[item_phrase(r, i, i + n, false)];
}

/* Applies what stands behind the number; false when it is nothing of the kind. */
static bool apply_behind(const struct know_word *word, struct extent *x)
{
    if (words_bit(word, CLASS_OR_MORE))
        x->least = x->value;
    else if (words_bit(word, CLASS_OR_LESS))
        x->most = x->value;
    else if (words_bit(word, CLASS_OR_SO))
        x->approx = true;
    else
        return false;
    return true;
}

/* "or more", "or so", "-plus", "-odd", "+". */
static uint32_t read_behind(const struct time_reader *r, uint32_t i, struct extent *x)
{
    uint32_t at = item_mark(r, i) == '-' && r->items[i].glued ? i + 1 : i;
    if (item_mark(r, i) == '+' && r->items[i].glued) {
        x->least = x->value;
        return i + 1;
    }
    uint32_t class = item_class(r, at);
    bool two = class == TW_OR || class == TW_AND || class == TW_AT; /* what two words begin with */
    if (two && at + 2 <= r->n && apply_behind(phrase_word(r, at, 2), x)) return at + 2;
    return at < r->n && apply_behind(phrase_word(r, at, 1), x) ? at + 1 : i;
}

uint32_t extent_finish(const struct time_reader *r, uint32_t first, uint32_t end, bool sign,
                       struct extent *x)
{
    return read_behind(r, read_second(r, first, end, sign, x), x);
}

uint32_t extent_read(const struct time_reader *r, uint32_t i, struct extent *x)
{
    uint32_t end = read_one(r, i, x);
    return end != 0 ? extent_finish(r, i, end, false, x) : 0;
}

/* "fighting over 12 islands": a preposition of the noun, no bound of the number. */
static bool is_preposition(const struct time_reader *r, uint32_t i)
{
    uint32_t t = r->items[i].token, head = r->tree->words[t].head;
    if (r->tree->words[t].dep != DEP_CASE || head == NONE) return false;
    uint8_t dep = r->tree->words[head].dep;
    return (dep == DEP_OBL || dep == DEP_NMOD) && tree_marker(r->tree, head) == t;
}

/* Applies the bound that the word says; false when it is none. */
static bool apply_bound(const struct know_word *word, struct extent *x)
{
    if (words_bit(word, CLASS_AT_LEAST)) {
        x->least = x->value;
    } else if (words_bit(word, CLASS_AT_MOST)) {
        if (isnan(x->most)) x->most = x->value;
    } else if (words_bit(word, CLASS_ALMOST)) {
        x->approx = true;
        if (isnan(x->most)) x->most = x->value;
    } else if (words_bit(word, CLASS_ROUGHLY)) {
        x->approx = true;
    } else {
        return false;
    }
    return true;
}

/* The longest bound that ends before item i; returns its first item, or i. */
static uint32_t bound_before(const struct time_reader *r, uint32_t i, bool money, struct extent *x)
{
    enum { BOUND_WORDS = 4 };
    if (i == 0 || r->items[i - 1].kind != ITEM_WORD) return i;
    bool ends = words_bit(item_word(r, i - 1), CLASS_BOUND_END);
    for (uint32_t n = ends ? BOUND_WORDS : 1; n > 0; n--) {
        if (n > i || r->items[i - n].kind != ITEM_WORD) continue;
        if (n == 1 && !money && is_preposition(r, i - 1)) continue;
        if (apply_bound(phrase_word(r, i - n, n), x)) return i - n;
    }
    return i;
}

void extent_bound(const struct time_reader *r, uint32_t i, bool money, struct extent *x)
{
    uint32_t before = bound_before(r, i, money, x);
    if (before != i)
        (void)bound_before(r, before, money, x); /* "at least some 40" */
    else if (i > 0 && item_mark(r, i - 1) == '~')
        x->approx = true;
}
