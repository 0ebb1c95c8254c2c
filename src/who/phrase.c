/* phrase.c - see phrase.h. Each question looks at a word and at most one neighbour. */
#include "who/phrase.h"

#include "base/utf8.h"

struct str phrase_form(const struct who_work *w, uint32_t token)
{
    return w->text->tokens[token].form;
}

bool phrase_is_mark(const struct who_work *w, uint32_t token, const char *mark)
{
    return token < w->text->n_tokens && str_eq(phrase_form(w, token), str_c(mark));
}

bool phrase_capital(const struct who_work *w, uint32_t token)
{
    struct str form = phrase_form(w, token);
    uint32_t cp = 0;
    if (form.len == 0) return false;
    if (w->text->caseless) return w->words[token].upos == UPOS_PROPN;
    utf8_decode(form, 0, &cp);
    return utf8_is_upper(cp);
}

bool phrase_goes_on(const struct who_work *w, uint32_t token)
{
    if (token >= w->text->n_tokens) return false;
    uint8_t upos = w->words[token].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_ADJ || upos == UPOS_NUM ||
           upos == UPOS_SCONJ || (upos == UPOS_ADP && !word_has(w->tree, token, CLASS_LOCATIVE));
}

bool phrase_possessive(const struct who_work *w, uint32_t token)
{
    if (!form_has(w->tree, token, CLASS_POSSESSIVE)) return false;
    uint8_t upos = w->words[token].upos;
    if (upos == UPOS_AUX || upos == UPOS_VERB) return false;
    struct str form = phrase_form(w, token);
    bool letter = form.at[form.len - 1] == 's' || form.at[form.len - 1] == 'S';
    return letter || upos == UPOS_PART; /* an apostrophe alone may be a quotation mark */
}

bool phrase_hyphen(const struct who_work *w, uint32_t token)
{
    return token > 0 && phrase_is_mark(w, token, "-") &&
           !(w->text->tokens[token - 1].flags & TOKEN_SPACE_AFTER);
}
