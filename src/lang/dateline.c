/* dateline.c - recognising datelines by their form; see dateline.h. */
#include "base/utf8.h"
#include "lang/dateline.h"

enum { LONGEST = 16, SHORTEST_REST = 3 };

static bool is_dash(struct str s)
{
    return str_eq(s, STR("-")) || str_eq(s, STR("--")) || str_eq(s, STR("_")) ||
           str_eq(s, STR("\xE2\x80\x93")) || str_eq(s, STR("\xE2\x80\x94"));
}

struct letter_count {
    unsigned upper, lower;
    bool capital; /* the first letter is one */
};

static struct letter_count count_letters(struct str s)
{
    struct letter_count n = {0};
    uint32_t cp;
    for (size_t i = 0; i < s.len;) {
        i += utf8_decode(s, i, &cp);
        bool upper = utf8_is_upper(cp);
        if (n.upper + n.lower == 0) n.capital = upper;
        n.upper += upper;
        n.lower += utf8_is_lower(cp);
    }
    return n;
}

/* The town: a word of three capitals at least. */
static bool opens_dateline(const struct token *tok)
{
    struct letter_count n = count_letters(tok->form);
    return n.upper >= 3 && n.lower == 0 && (tok->flags & TOKEN_CAPS_LINE) == 0;
}

/* Words that may stand in it outside brackets: capitals, capitalised words, numbers, commas, stops.
 */
static bool may_stand(struct str form)
{
    struct letter_count n = count_letters(form);
    if (n.upper + n.lower == 0) return true;
    return n.capital;
}

uint32_t dateline_length(const struct text_layer *text, const struct sentence *sentence)
{
    uint32_t n = sentence->token_end - sentence->token_begin;
    const struct token *tok = text->tokens + sentence->token_begin;
    bool bracket = false;
    if (n < SHORTEST_REST + 2 || !opens_dateline(&tok[0])) return 0;
    for (uint32_t i = 1; i < n && i < LONGEST; i++) {
        struct str form = tok[i].form;
        bool spaced = tok[i - 1].flags & TOKEN_SPACE_AFTER;
        if (is_dash(form) && spaced && !bracket) return n - i > SHORTEST_REST ? i + 1 : 0;
        if (str_eq(form, STR("("))) bracket = true;
        if (str_eq(form, STR(")"))) bracket = false;
        if (!bracket && !may_stand(form)) return 0;
    }
    return 0;
}
