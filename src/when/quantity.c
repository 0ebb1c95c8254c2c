/* quantity.c - see quantity.h. A count is a number with the noun that it counts: the noun's lemma
 * is the unit. Amounts that are not said exactly ("dozens") get the least that they can mean. Each
 * item starts at most one look of a few items ahead: linear. */
#include "when/quantity.h"

#include "when/timedate.h"

const char *const quantity_kind_name[4] = {"duration", "count", "money", "percent"};

static void fill(const struct time_reader *r, uint32_t first, uint32_t last, struct quantity *out)
{
    out->begin = r->items[first].begin;
    out->end = r->items[last - 1].end;
    out->token_begin = r->items[first].token;
    out->token_end = r->items[last - 1].token + 1;
}

/* The currency of the sign at item i, or NULL; *first is where it begins. A sign of letters and one
 * of marks may make one together: "A$". Letters need a capital. */
static const char *currency_sign(const struct time_reader *r, uint32_t i, uint32_t *first)
{
    const struct know_word *sign = item_word(r, i);
    *first = i;
    if (!sign->sign || (r->items[i].kind == ITEM_WORD && !r->items[i].capital)) return NULL;
    if (i > 0 && r->items[i].glued && r->items[i].kind == ITEM_MARK &&
        r->items[i - 1].kind == ITEM_WORD) {
        const struct know_word *both = &r->tree->know->words[item_phrase(r, i - 1, i + 1, false)];
        if (both->sign) {
            *first = i - 1;
            sign = both;
        }
    }
    return know_z(r->tree->know, sign->currency);
}

/* A sign behind an amount is its currency ("20 EUR") unless it leads to the next amount ("in 2010
 * EUR 20"). */
static bool sign_ends(const struct time_reader *r, uint32_t end)
{
    return end >= r->n || r->items[end].kind != ITEM_NUMBER;
}

/* The currency that the token of item i names by its lemma or form; 0 if none, or if the token goes
 * on behind the item ("US$"). */
static uint32_t currency_of_token(const struct time_reader *r, uint32_t i)
{
    const struct tree *tree = r->tree;
    uint32_t t = r->items[i].token;
    const struct know_word *w = &tree->know->words[tree->lemma_word[t]];
    if (w->currency == 0) w = &tree->know->words[tree->form_word[t]];
    if (tree->tokens[t].end != r->items[i].end || (w->sign && !sign_ends(r, i + 1))) return 0;
    return w->currency;
}

/* The name of a currency at item i, the longest: "Hong Kong dollars". Returns the item after it. */
static uint32_t currency_words(const struct time_reader *r, uint32_t i, const char **code)
{
    enum { NAME_WORDS = 4 };
    const struct know *know = r->tree->know;
    uint32_t end = i, currency = 0;
    while (end < r->n && end - i < NAME_WORDS && r->items[end].kind == ITEM_WORD)
        end++;
    for (; end > i && currency == 0; end--)
        currency = end - i > 1 ? know->words[item_phrase(r, i, end, true)].currency
                               : currency_of_token(r, i);
    *code = know_z(know, currency);
    return currency != 0 ? end + 1 : 0;
}

static uint32_t signed_money(const struct time_reader *r, uint32_t i, struct quantity *out)
{
    bool vague;
    uint32_t first;
    out->unit = currency_sign(r, i, &first);
    if (out->unit == NULL || i + 1 >= r->n || r->items[i + 1].kind != ITEM_NUMBER) return 0;
    uint32_t next = timematch_amount(r, i + 1, &out->value, &vague);
    out->kind = QUANTITY_MONEY;
    fill(r, first, next, out);
    return next;
}

/* "per cent", "percent", "%", "percentage points". */
static uint32_t per_cent_after(const struct time_reader *r, uint32_t i)
{
    if (item_mark(r, i) == '%') return i + 1;
    if (i >= r->n || r->items[i].kind != ITEM_WORD) return 0;
    if (lemma_has(r->tree, r->items[i].token, CLASS_PERCENT)) return i + 1;
    if (item_class(r, i) != TW_PER || i + 1 >= r->n) return 0;
    return lemma_has(r->tree, r->items[i + 1].token, CLASS_CENT) ? i + 2 : 0;
}

/* The noun that is counted: past adjectives, numbers' "more" and compounds, at most four words. */
static uint32_t counted_noun(const struct time_reader *r, uint32_t i)
{
    uint32_t noun = 0;
    for (uint32_t k = i; k < r->n && k < i + 5; k++) {
        if (r->items[k].kind != ITEM_WORD) {
            if (item_mark(r, k) == '-' && r->items[k].glued) continue;
            break;
        }
        const struct word *w = &r->tree->words[r->items[k].token];
        if (w->upos == UPOS_NOUN)
            noun = k + 1;
        else if (noun != 0 ||
                 (w->upos != UPOS_ADJ && w->upos != UPOS_PROPN && w->verb != VERB_PARTICIPLE &&
                  r->items[k].class != TW_MORE && r->items[k].class != TW_OF))
            break;
    }
    return noun;
}

static uint32_t count_of_things(struct arena *arena, const struct time_reader *r, uint32_t i,
                                uint32_t at, struct quantity *out)
{
    uint32_t noun = counted_noun(r, at);
    if (noun == 0 || r->items[i].class == TW_ARTICLE || out->value <= 0) return 0;
    const struct word *w = &r->tree->words[r->items[noun - 1].token];
    if (!w->plural && out->value > 1) return 0; /* "six-month", "2025 report" */
    out->kind = QUANTITY_COUNT;
    out->unit = arena_str(arena, w->lemma).at;
    fill(r, i, at, out);
    return noun;
}

static uint32_t plain_quantity(struct arena *arena, const struct time_reader *r, uint32_t i,
                               struct quantity *out)
{
    bool vague;
    uint32_t at = timematch_amount(r, i, &out->value, &vague);
    if (at == 0 || (vague && out->value <= 0)) return 0;
    uint32_t next = currency_words(r, at, &out->unit);
    if (next != 0) {
        out->kind = QUANTITY_MONEY;
        fill(r, i, next, out);
        return next;
    }
    next = per_cent_after(r, at);
    if (next != 0) {
        out->kind = QUANTITY_PERCENT;
        out->unit = "percent";
        fill(r, i, next, out);
        return next;
    }
    return count_of_things(arena, r, i, at, out);
}

uint32_t quantity_at(struct arena *arena, const struct time_reader *r, uint32_t i,
                     const struct time_phrase *time, struct quantity *out)
{
    bool word = r->items[i].kind == ITEM_WORD;
    if (word && r->items[i].class == TW_NONE && !item_word(r, i)->sign) return 0;
    *out = (struct quantity){0};
    if (time != NULL && i >= time->first) {
        if (time->form != FORM_LENGTH || time->vague || i != time->first) return 0;
        out->kind = QUANTITY_DURATION;
        out->value = time->amount;
        out->unit = time_unit_name[time->unit];
        fill(r, time->first, time->last, out);
        return time->last;
    }
    uint32_t next = signed_money(r, i, out);
    return next != 0 ? next : plain_quantity(arena, r, i, out);
}
