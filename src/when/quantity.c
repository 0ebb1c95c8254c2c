/* quantity.c - see quantity.h. A count is a number with the noun that it counts: the noun's lemma
 * is the unit. Amounts that are not said exactly ("dozens") get the least that they can mean. Each
 * item starts at most one look of a few items ahead: linear. */
#include "when/quantity.h"

#include "when/timepart.h"

const char *const quantity_kind_name[4] = {"duration", "count", "money", "percent"};

static const char *const unit_names[] = {"second", "minute",  "hour", "day",    "week",   "weekend",
                                         "month",  "quarter", "year", "decade", "century"};

struct currency {
    const char *word; /* lemma, after the amount */
    const char *code; /* ISO 4217 */
};

static const struct currency currencies[] = {
    {"dollar", "USD"}, {"euro", "EUR"},   {"pound", "GBP"}, {"ruble", "RUB"}, {"rouble", "RUB"},
    {"yen", "JPY"},    {"yuan", "CNY"},   {"rupee", "INR"}, {"franc", "CHF"}, {"hryvnia", "UAH"},
    {"peso", "MXN"},   {"shekel", "ILS"}, {"lira", "TRY"},  {"riyal", "SAR"}, {"won", "KRW"},
    {"zloty", "PLN"},  {"cent", "USD"},
};

static void fill(const struct time_reader *r, uint32_t first, uint32_t last, struct quantity *out)
{
    out->begin = r->items[first].begin;
    out->end = r->items[last - 1].end;
    out->token_begin = r->items[first].token;
    out->token_end = r->items[last - 1].token + 1;
}

/* "$1.5 million", "US$ 20", "2 billion euros". */
static const char *currency_sign(const struct time_reader *r, uint32_t i)
{
    switch (part_mark(r, i)) {
    case '$': return "USD";
    case 'E': return "EUR";
    case 'L': return "GBP";
    default: return NULL;
    }
}

static const char *currency_word(const struct time_reader *r, uint32_t i)
{
    if (i >= r->n || r->items[i].kind != ITEM_WORD) return NULL;
    struct str lemma = r->lang->words[r->items[i].token].lemma;
    for (size_t k = 0; k < sizeof currencies / sizeof currencies[0]; k++)
        if (str_is(lemma, currencies[k].word)) return currencies[k].code;
    return NULL;
}

static uint32_t signed_money(const struct time_reader *r, uint32_t i, struct quantity *out)
{
    bool vague;
    out->unit = currency_sign(r, i);
    if (out->unit == NULL || i + 1 >= r->n || r->items[i + 1].kind != ITEM_NUMBER) return 0;
    uint32_t next = timematch_amount(r, i + 1, &out->value, &vague);
    out->kind = QUANTITY_MONEY;
    fill(r, i, next, out);
    return next;
}

/* "per cent", "percent", "%", "percentage points". */
static uint32_t per_cent_after(const struct time_reader *r, uint32_t i)
{
    if (part_mark(r, i) == '%') return i + 1;
    if (i >= r->n || r->items[i].kind != ITEM_WORD) return 0;
    struct str lemma = r->lang->words[r->items[i].token].lemma;
    if (str_eq_nocase(lemma, STR("percent")) || str_eq_nocase(lemma, STR("percentage")))
        return i + 1;
    if (part_class(r, i) != TW_PER || i + 1 >= r->n) return 0;
    return str_eq_nocase(r->lang->words[r->items[i + 1].token].lemma, STR("cent")) ? i + 2 : 0;
}

/* The noun that is counted: past adjectives, numbers' "more" and compounds, at most four words. */
static uint32_t counted_noun(const struct time_reader *r, uint32_t i)
{
    uint32_t noun = 0;
    for (uint32_t k = i; k < r->n && k < i + 5; k++) {
        if (r->items[k].kind != ITEM_WORD) {
            if (part_mark(r, k) == '-' && r->items[k].glued) continue;
            break;
        }
        const struct word *w = &r->lang->words[r->items[k].token];
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
    const struct word *w = &r->lang->words[r->items[noun - 1].token];
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
    out->unit = currency_word(r, at);
    if (out->unit != NULL) {
        out->kind = QUANTITY_MONEY;
        fill(r, i, at + 1, out);
        return at + 1;
    }
    uint32_t next = per_cent_after(r, at);
    if (next != 0) {
        out->kind = QUANTITY_PERCENT;
        out->unit = "percent";
        fill(r, i, next, out);
        return next;
    }
    return count_of_things(arena, r, i, at, out);
}

uint32_t quantity_at(struct arena *arena, const struct time_reader *r, uint32_t i,
                     const struct time_raw *time, struct quantity *out)
{
    if (r->items[i].class == TW_NONE && r->items[i].kind == ITEM_WORD) return 0;
    *out = (struct quantity){0};
    if (time != NULL && i >= time->first) {
        if (time->form != FORM_LENGTH || time->vague || i != time->first) return 0;
        out->kind = QUANTITY_DURATION;
        out->value = time->amount;
        out->unit = unit_names[time->unit];
        fill(r, time->first, time->last, out);
        return time->last;
    }
    uint32_t next = signed_money(r, i, out);
    return next != 0 ? next : plain_quantity(arena, r, i, out);
}
