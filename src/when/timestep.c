/* timestep.c - see timestep.h. A look of a few items back from each linking word, and one walk
 * along the sentence's times. */
#include "when/timestep.h"

/* The expression that ends right before item i, or NULL; `inside` says whether one goes past i. */
static const struct time_phrase *phrase_before(const struct time_phrase *phrases, uint32_t n,
                                               uint32_t i, bool *inside)
{
    *inside = false;
    for (uint32_t k = 0; k < n; k++) {
        if (phrases[k].last == i) return &phrases[k];
        if (phrases[k].first <= i && i < phrases[k].last) *inside = true;
    }
    return NULL;
}

/* A length as a whole number of units; halves in the next smaller one. */
static bool take_length(double amount, uint8_t unit, struct time_step *out)
{
    if (amount - (double)(int64_t)amount != 0 && unit == UNIT_YEAR) {
        amount *= 12;
        unit = UNIT_MONTH;
    }
    if (amount < 0 || amount > 10000) return false;
    out->amount = unit < UNIT_DAY ? 0 : (int32_t)amount; /* hours later: the same day */
    out->unit = unit < UNIT_DAY ? UNIT_DAY : unit;
    return true;
}

/* "two days", "the day", "a year and a half" before the linking word at item i. */
static bool length_before(const struct time_reader *r, uint32_t i,
                          const struct time_phrase *phrases, uint32_t n, struct time_step *out)
{
    bool inside;
    const struct time_phrase *p = phrase_before(phrases, n, i, &inside);
    if (inside) return false;
    if (p != NULL)
        return p->form == FORM_LENGTH && !p->vague && take_length(p->amount, p->unit, out);
    if (i < 2 || item_class(r, i - 1) != TW_UNIT || item_class(r, i - 2) != TW_THE) return false;
    return r->items[i - 1].value >= UNIT_DAY && take_length(1, (uint8_t)r->items[i - 1].value, out);
}

/* The ordinal that ends before item i: "tenth", "10th", "twenty-fifth"; 0 if there is none. */
static int32_t ordinal_before(const struct time_reader *r, uint32_t i)
{
    if (i == 0) return 0;
    const struct time_item *last = &r->items[i - 1];
    bool second = last->class == TW_UNIT && last->value == UNIT_SECOND;
    if (last->class == TW_SUFFIX && last->glued && i >= 2 && r->items[i - 2].kind == ITEM_NUMBER)
        return r->items[i - 2].value;
    if (last->class != TW_ORDINAL && !second) return 0;
    int32_t value = second ? 2 : last->value;
    bool tens = i >= 3 && value < 10 && item_mark(r, i - 2) == '-' &&
                r->items[i - 3].class == TW_NUMBER && r->items[i - 3].value >= 20;
    return value + (tens ? r->items[i - 3].value : 0);
}

/* The cardinal that ends before item i: "two", "10". */
static int32_t cardinal_before(const struct time_reader *r, uint32_t i)
{
    if (i == 0) return 0;
    const struct time_item *last = &r->items[i - 1];
    if (last->kind == ITEM_NUMBER || last->class == TW_NUMBER) return last->value;
    return last->class == TW_ARTICLE ? 1 : 0;
}

/* "the tenth anniversary", "the 3rd year anniversary", "the two-year anniversary". */
static bool anniversary_before(const struct time_reader *r, uint32_t i, struct time_step *out)
{
    uint32_t at = i;
    out->unit = UNIT_YEAR;
    bool unit = i > 0 && item_class(r, i - 1) == TW_UNIT && r->items[i - 1].value >= UNIT_DAY;
    if (unit) {
        out->unit = (uint8_t)r->items[i - 1].value;
        at = i - 1;
        if (at > 0 && item_mark(r, at - 1) == '-') at--;
    }
    out->amount = ordinal_before(r, at);
    if (out->amount == 0 && unit) out->amount = cardinal_before(r, at);
    return out->amount > 0 && out->amount <= 10000;
}

bool timestep_at(const struct time_reader *r, uint32_t i, const struct time_phrase *phrases,
                 uint32_t n_phrases, struct time_step *out)
{
    uint32_t class = item_class(r, i);
    if (i == 0 || i >= r->n || r->items[i].kind != ITEM_WORD) return false;
    *out = (struct time_step){.link = r->items[i].token, .direction = 1};
    if (class == TW_AFTER || class == TW_FOLLOWING || class == TW_BEFORE) {
        if (class == TW_BEFORE) out->direction = -1;
        return length_before(r, i, phrases, n_phrases, out);
    }
    if (!lemma_has(r->tree, r->items[i].token, CLASS_ANNIVERSARY)) return false;
    out->anniversary = 1;
    return anniversary_before(r, i, out);
}
