/* quantity.c - see quantity.h. A count is a number with the noun that it counts: the noun's lemma
 * is the unit. What befell those counted (fate.h) is its kind; a number without a noun is one only
 * then. How exactly it is meant is extent.h's. Each item starts at most one look of a few items
 * ahead: linear. */
#include "when/quantity.h"

#include <math.h>

#include "when/extent.h"
#include "when/fate.h"
#include "when/timedate.h"

#define QUANTITY_KIND_NAME(name, text) text,
const char *const quantity_kind_name[QUANTITY_KIND_COUNT] = {QUANTITY_KINDS(QUANTITY_KIND_NAME)};

static void fill(const struct time_reader *r, uint32_t first, uint32_t last, const struct extent *x,
                 struct quantity *out)
{
    out->value = x->value;
    out->at_least = x->least;
    out->at_most = x->most;
    out->approx = x->approx;
    out->begin = r->items[first].begin;
    out->end = r->items[last - 1].end;
    out->token_begin = r->items[first].token;
    out->token_end = r->items[last - 1].token + 1;
    if (out->head == NONE) out->head = tree_span_head(r->tree, out->token_begin, out->token_end);
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
    struct extent x = {.least = NAN, .most = NAN};
    out->unit = currency_sign(r, i, &first);
    if (out->unit == NULL || i + 1 >= r->n || r->items[i + 1].kind != ITEM_NUMBER) return 0;
    uint32_t next = timematch_amount(r, i + 1, &x.value, &vague);
    uint32_t end = extent_finish(r, first, next, true, &x);
    extent_bound(r, first, true, &x);
    out->kind = QUANTITY_MONEY;
    fill(r, first, end, &x, out);
    return end;
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

/* "the 2015 elections", "since 2014 protests": a year, not a number of them. */
static bool is_year(const struct time_reader *r, uint32_t i)
{
    enum { FIRST_YEAR = 1800, LAST_YEAR = 2100 };
    const struct time_item *item = &r->items[i];
    if (item->kind != ITEM_NUMBER || item->digits != 4 || i == 0) return false;
    if (item->value < FIRST_YEAR || item->value > LAST_YEAR) return false;
    uint8_t upos = r->tree->words[r->items[i - 1].token].upos;
    if (item_class(r, i - 1) == TW_IN || words_bit(item_word(r, i - 1), CLASS_SINCE)) return true;
    return upos == UPOS_DET || upos == UPOS_PRON || upos == UPOS_PROPN ||
           words_bit(item_word(r, i - 1), CLASS_POSSESSIVE);
}

/* "Flight 370", "F-16", "Covid-19": part of a name. */
static bool is_of_name(const struct time_reader *r, uint32_t i)
{
    if (r->items[i].kind != ITEM_NUMBER || i == 0) return false;
    if (r->items[i].glued && r->items[i - 1].kind == ITEM_WORD) return true;
    if (r->items[i].glued && item_mark(r, i - 1) == '-' && i > 1 && r->items[i - 1].glued)
        return r->items[i - 2].kind == ITEM_WORD;
    uint32_t t = r->items[i].token, before = r->items[i - 1].token;
    if (r->items[i - 1].capital && word_has(r->tree, before, CLASS_NUMBERED)) return true;
    return r->tree->words[before].upos == UPOS_PROPN && r->tree->words[t].head == before;
}

/* The token right behind the number that tells what befell those counted: "30 wounded", NONE where
 * there is none. */
static uint32_t token_behind(const struct time_reader *r, uint32_t at)
{
    if (at >= r->n || r->items[at].kind != ITEM_WORD) return NONE;
    const struct word *w = &r->tree->words[r->items[at].token];
    bool tells = w->upos == UPOS_ADJ || w->verb == VERB_PARTICIPLE || w->verb == VERB_PAST;
    return tells ? r->items[at].token : NONE;
}

/* "two of the soldiers": the noun is counted behind "of the", too. */
static uint32_t counted_behind_of(const struct time_reader *r, uint32_t at)
{
    if (item_class(r, at) != TW_OF || at + 2 >= r->n) return 0;
    return r->tree->words[r->items[at + 1].token].upos == UPOS_DET ? counted_noun(r, at + 2) : 0;
}

/* "the farmer, 42, was arrested": an age. */
static bool is_aside(const struct time_reader *r, uint32_t i, uint32_t at)
{
    return i > 0 && item_mark(r, i - 1) == ',' && item_mark(r, at) == ',';
}

/* A count of people whose noun is left out, "killed 12 and wounded 30": only a fate makes it one.
 */
static uint32_t count_of_nobody(const struct time_reader *r, uint32_t i, uint32_t at,
                                const struct extent *x, struct quantity *out)
{
    uint32_t behind = token_behind(r, at), number = r->items[at - 1].token;
    if (x->article || x->value <= 0 || is_aside(r, i, at)) return 0;
    uint8_t kind = (uint8_t)fate_of(r->tree, number, behind, &out->deed);
    if (kind == QUANTITY_COUNT) return 0;
    out->kind = kind;
    out->head = number;
    out->unit = "people";
    return at;
}

/* Whether such a count is one without a fate: "several" and "two of the men" count nobody. */
static bool counts_alone(const struct extent *x, bool part)
{
    return !part && !x->vague && !x->article;
}

static uint32_t count_of_things(struct arena *arena, const struct time_reader *r, uint32_t i,
                                uint32_t at, const struct extent *x, struct quantity *out)
{
    uint32_t noun = counted_noun(r, at);
    bool part = noun == 0; /* "two of the soldiers" */
    if (part) noun = counted_behind_of(r, at);
    if (noun == 0) return count_of_nobody(r, i, at, x, out);
    uint32_t head = r->items[noun - 1].token;
    const struct word *w = &r->tree->words[head];
    if (x->value <= 0 || (!w->plural && x->value > 1)) return 0; /* "six-month", "2025 report" */
    if (x->article && !lemma_has(r->tree, head, CLASS_PERSON)) return 0;
    out->kind = (uint8_t)fate_of(r->tree, part ? r->items[at - 1].token : head, NONE, &out->deed);
    if (!counts_alone(x, part) && (out->deed == NONE || out->deed == head)) return 0;
    out->head = head;
    out->unit = arena_str(arena, w->lemma).at;
    return noun;
}

static uint32_t plain_quantity(struct arena *arena, const struct time_reader *r, uint32_t i,
                               struct quantity *out)
{
    struct extent x;
    if (is_of_name(r, i)) return 0;
    uint32_t at = extent_read(r, i, &x), end = at;
    if (at == 0) return 0;
    uint32_t next = x.vague ? 0 : currency_words(r, at, &out->unit);
    if (next != 0) {
        out->kind = QUANTITY_MONEY;
        end = next;
    } else if (!x.vague && (next = per_cent_after(r, at)) != 0) {
        out->kind = QUANTITY_PERCENT;
        out->unit = "percent";
        end = next;
    } else {
        next = is_year(r, i) ? 0 : count_of_things(arena, r, i, at, &x, out);
    }
    if (next == 0) return 0;
    extent_bound(r, i, end != at, &x);
    fill(r, i, end, &x, out);
    return next;
}

/* A length of time has its bounds from the expression of time. */
static uint32_t duration(const struct time_reader *r, const struct time_phrase *time,
                         struct quantity *out)
{
    struct extent x = {.value = time->amount, .least = NAN, .most = NAN};
    bool least = time->mod == MOD_MORE_THAN || time->mod == MOD_EQUAL_OR_MORE;
    bool most = time->mod == MOD_LESS_THAN || time->mod == MOD_EQUAL_OR_LESS;
    x.approx = time->mod == MOD_APPROX;
    if (time->mod == MOD_NONE) extent_bound(r, time->first, true, &x);
    if (least) x.least = x.value;
    if (most) x.most = x.value;
    out->kind = QUANTITY_DURATION;
    out->unit = time_unit_name[time->unit];
    fill(r, time->first, time->last, &x, out);
    return time->last;
}

uint32_t quantity_at(struct arena *arena, const struct time_reader *r, uint32_t i,
                     const struct time_phrase *time, struct quantity *out)
{
    bool word = r->items[i].kind == ITEM_WORD;
    if (word && r->items[i].class == TW_NONE && !item_word(r, i)->sign &&
        !words_bit(item_word(r, i), CLASS_SEVERAL))
        return 0;
    *out = (struct quantity){.head = NONE, .deed = NONE};
    if (time != NULL && i >= time->first) {
        if (time->form != FORM_LENGTH || time->vague || i != time->first) return 0;
        return duration(r, time, out);
    }
    uint32_t next = signed_money(r, i, out);
    return next != 0 ? next : plain_quantity(arena, r, i, out);
}
