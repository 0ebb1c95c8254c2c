/* frames_inflect.c - the inflected forms of all words that frames know: the regular ones, and those
 * of knowledge/words/inflection.txt.
 *
 * They stand in the table beside the lemmas, so that a word is found even where the lemmatiser is
 * wrong about it ("ruled" as "rul", "troops" kept as it is). A form that is a word of its own stays
 * one, but where it is tagged as a verb ("soldiers shot"). Rules: Quirk et al., A Comprehensive
 * Grammar of the English Language, 3.5 and 5.80. */
#include "what/frames_build.h"

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Writes stem (less `cut` bytes) + ending and enters it as a form of `symbol`. */
static bool add_form(struct frames_build *b, uint32_t symbol, struct str stem, size_t cut,
                     const char *ending)
{
    char form[64];
    size_t n = stem.len - cut, m = strlen(ending);
    if (n + m > sizeof form) return true;
    memcpy(form, stem.at, n);
    memcpy(form + n, ending, m);
    uint32_t known = b->n_symbols;
    uint32_t made = build_symbol(b, str_of(form, n + m));
    if (made == 0) return false;
    if (made >= known)
        b->symbols[made].inflects = symbol;
    else if (made != symbol && b->symbols[made].inflects == 0)
        b->symbols[made].verb = symbol;
    return true;
}

static bool add_doubled(struct frames_build *b, uint32_t symbol, struct str s)
{
    char twice[2][8] = {{s.at[s.len - 1], 'e', 'd'}, {s.at[s.len - 1], 'i', 'n', 'g'}};
    return add_form(b, symbol, s, 0, twice[0]) && add_form(b, symbol, s, 0, twice[1]);
}

static bool inflect(struct frames_build *b, uint32_t symbol, struct str s)
{
    char last = s.at[s.len - 1], before = s.at[s.len - 2];
    if (last == 'e')
        return add_form(b, symbol, s, 0, "s") && add_form(b, symbol, s, 0, "d") &&
               add_form(b, symbol, s, 1, "ing");
    if (last == 'y' && !is_vowel(before))
        return add_form(b, symbol, s, 1, "ies") && add_form(b, symbol, s, 1, "ied") &&
               add_form(b, symbol, s, 0, "ing");
    bool hissing = last == 's' || last == 'x' || last == 'z' ||
                   (last == 'h' && (before == 'c' || before == 's'));
    bool ok = add_form(b, symbol, s, 0, hissing ? "es" : "s") && add_form(b, symbol, s, 0, "ed") &&
              add_form(b, symbol, s, 0, "ing");
    bool doubles = !is_vowel(last) && last != 'w' && last != 'x' && last != 'y' &&
                   is_vowel(before) && s.len > 2 && !is_vowel(s.at[s.len - 3]);
    return ok && (!doubles || add_doubled(b, symbol, s));
}

/* The forms of words/inflection.txt. */
static bool add_irregular(struct frames_build *b, uint32_t n)
{
    uint32_t n_listed;
    const struct inflection *listed = compile_inflections(b->compile, &n_listed);
    for (uint32_t i = 0; i < n_listed; i++) {
        uint32_t lemma = build_symbol(b, listed[i].lemma);
        if (lemma == 0) return false;
        if (lemma >= n) continue; /* no frame knows it */
        for (int k = 0; k < 2 && listed[i].forms[k].len != 0; k++)
            if (!add_form(b, lemma, listed[i].forms[k], 0, "")) return false;
    }
    return true;
}

bool build_inflections(struct frames_build *b)
{
    uint32_t n = b->n_symbols; /* the lemmas; forms are added behind them */
    for (uint32_t i = 1; i < n; i++) {
        struct str text = str_c(compile_text(b->compile, b->symbols[i].text));
        bool letters = text.len > 2;
        for (size_t k = 0; k < text.len; k++)
            letters = letters && text.at[k] >= 'a' && text.at[k] <= 'z';
        char copy[64];
        if (!letters || text.len > sizeof copy) continue;
        memcpy(copy, text.at, text.len); /* the pool may move while forms are added */
        if (!inflect(b, i, str_of(copy, text.len))) return false;
    }
    return add_irregular(b, n);
}
