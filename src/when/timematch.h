/* timematch.h - the grammar of time expressions: from items to what was said, not yet resolved.
 *
 * In: the items of one sentence. Out: the longest expression that begins at an item. Small matchers
 * take an index and give the index after what they read (0: nothing), and are put together by hand
 * in the order that English news writes them. Each item starts a bounded number of matchers, so a
 * sentence takes linear time. */
#ifndef DETENTE_TIMEMATCH_H
#define DETENTE_TIMEMATCH_H

#include "when/timeitem.h"
#include "when/when.h"

enum { TIME_UNSET = -1 };

enum time_form {
    FORM_DATE,    /* fields of the calendar: year, half, quarter, season, month, day, weekday */
    FORM_SHIFT,   /* a unit, `shift` away: "last week"; days also for "yesterday" */
    FORM_OFFSET,  /* amount of units away: "six days later" */
    FORM_DECADE,  /* `year` is its first year; below 100 the century is not said */
    FORM_CENTURY, /* `year` is its number less one */
    FORM_LENGTH,  /* amount of units */
    FORM_SET,     /* every amount of units, or every weekday, month, season or day part */
    FORM_REF      /* enum time_ref in `shift` */
};

/* What a shift counts from. */
enum time_anchor { ANCHOR_STORY, ANCHOR_NARRATIVE };

/* Which of several: "last Friday" is before today, "this Friday" near, "next Friday" after. */
enum time_which { WHICH_OPEN, WHICH_LAST, WHICH_THIS, WHICH_NEXT };

/* What an offset is pinned to: "ten years ago TODAY", "a week ago on TUESDAY". */
enum time_pin { PIN_NONE, PIN_DAY, PIN_WEEKDAY };

/* A time expression as it was said, not yet resolved; a timex is what it means. */
struct time_phrase {
    uint32_t first, last; /* items [first, last) */
    uint8_t type;         /* enum timex_type */
    uint8_t form, mod, unit, part, which, anchor;
    uint8_t vague;  /* the amount is not said: "days" */
    uint8_t pinned; /* enum time_pin of an offset; `day` counts from the story's, or `weekday` */
    int32_t year, half, quarter, season, month, day, weekday;
    int32_t hour, minute;
    int32_t shift;
    int32_t year_shift;     /* "October of last year": -1; YEAR_UNSET when nothing of the kind */
    struct holiday holiday; /* one that has no fixed day: Easter */
    double amount;
};

struct time_reader {
    const struct time_item *items;
    uint32_t n;
    const struct tree *tree;
};

static inline uint32_t item_class(const struct time_reader *r, uint32_t i)
{
    return i < r->n ? r->items[i].class : (uint32_t)TW_NONE;
}

static inline char item_mark(const struct time_reader *r, uint32_t i)
{
    return (char)(i < r->n && r->items[i].kind == ITEM_MARK ? r->items[i].mark : 0);
}

/* What the base knows of the word or mark at item i. */
static inline const struct know_word *item_word(const struct time_reader *r, uint32_t i)
{
    return &r->tree->know->words[i < r->n ? r->items[i].word : 0];
}

/* The word of the base for the items [i, end) together, as it writes names of several words: "new
 * year's eve" in whatever case; the last item by its lemma when `lemma` is set. 0: none. */
uint32_t item_phrase(const struct time_reader *r, uint32_t i, uint32_t end, bool lemma);

/* Reads the longest time expression that begins at item i; false when there is none. `before` is
 * the expression read before in this sentence, or NULL ("April 24 and 25"). */
bool timematch_at(const struct time_reader *r, uint32_t i, const struct time_phrase *before,
                  struct time_phrase *out);

/* A number in digits, words or both at item i: "1.5 million", "twenty-five", "a dozen", "several"
 * (vague). Returns the item after it, or 0. */
uint32_t timematch_amount(const struct time_reader *r, uint32_t i, double *value, bool *vague);

#endif
