/* phrase.c - small questions about words and phrases of the tree; see who_work.h. Each is answered
 * by looking at the word and a few neighbours. */
#include "base/utf8.h"
#include "who/who_work.h"

struct str phrase_form(const struct who_work *w, uint32_t token)
{
    return w->text->tokens[token].form;
}

bool phrase_is(const struct who_work *w, uint32_t token, const char *word)
{
    return token < w->text->n_tokens && str_is(phrase_form(w, token), word);
}

bool phrase_in(const struct who_work *w, uint32_t token, const char *const *list)
{
    if (token >= w->text->n_tokens) return false;
    struct str form = phrase_form(w, token), lemma = w->lang->words[token].lemma;
    for (; *list != NULL; list++)
        if (str_is(form, *list) || str_is(lemma, *list)) return true;
    return false;
}

bool phrase_capital(const struct who_work *w, uint32_t token)
{
    struct str form = phrase_form(w, token);
    uint32_t cp = 0;
    if (form.len == 0) return false;
    if (w->text->caseless) return w->lang->words[token].upos == UPOS_PROPN;
    utf8_decode(form, 0, &cp);
    return utf8_is_upper(cp);
}

bool phrase_possessive(const struct who_work *w, uint32_t token)
{
    static const char *const marks[] = {"'s", "\xE2\x80\x99s", "'", "\xE2\x80\x99", NULL};
    if (token >= w->text->n_tokens) return false;
    uint8_t upos = w->lang->words[token].upos;
    if (upos == UPOS_AUX || upos == UPOS_VERB) return false;
    struct str form = phrase_form(w, token);
    for (const char *const *m = marks; *m != NULL; m++)
        if (str_is(form, *m))
            return form.len > 1 && form.at[form.len - 1] == 's' ? true : upos == UPOS_PART;
    return false;
}

uint32_t phrase_head(const struct who_work *w, uint32_t begin, uint32_t end)
{
    const struct word *words = w->lang->words;
    uint32_t best = end - 1;
    int best_rank = -1;
    for (uint32_t t = begin; t < end; t++) {
        uint32_t head = words[t].head;
        if (head != NO_TOKEN && head >= begin && head < end) continue;
        uint8_t dep = words[t].dep;
        uint8_t upos = words[t].upos;
        int rank = upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON ? 3 : 2;
        if (dep == DEP_PUNCT || dep == DEP_CASE || dep == DEP_DET || dep == DEP_CC)
            rank = 0;
        else if (dep == DEP_AMOD || dep == DEP_COMPOUND || dep == DEP_ADVMOD)
            rank = 1;
        if (rank >= best_rank) {
            best_rank = rank;
            best = t;
        }
    }
    return best;
}

uint32_t phrase_first(const struct who_work *w, uint32_t token)
{
    const struct word *words = w->lang->words;
    for (int i = 0; i < 16 && words[token].dep == DEP_CONJ && words[token].head != NO_TOKEN; i++)
        token = words[token].head;
    return token;
}

/* The preposition that stands right before the noun phrase, whatever the tree says. */
static uint32_t adjacent_marker(const struct who_work *w, uint32_t head)
{
    const struct word *words = w->lang->words;
    for (uint32_t t = head, i = 0; t > 0 && i < 5; i++) {
        t--;
        uint8_t upos = words[t].upos;
        if (upos == UPOS_ADP) return words[t].dep == DEP_COMPOUND_PRT ? NONE : t;
        if (upos != UPOS_DET && upos != UPOS_ADJ && upos != UPOS_PROPN && upos != UPOS_NOUN) break;
    }
    return NONE;
}

uint32_t phrase_marker(const struct who_work *w, uint32_t head)
{
    const struct word *words = w->lang->words;
    for (uint32_t t = head, i = 0; t > 0 && i < 12; i++) {
        t--;
        if (words[t].head == head && (words[t].dep == DEP_CASE || words[t].dep == DEP_MARK))
            return t;
        if (words[t].dep == DEP_ROOT) break;
    }
    return adjacent_marker(w, head);
}

bool phrase_is_subject(const struct who_work *w, uint32_t token)
{
    uint8_t dep = w->lang->words[phrase_first(w, token)].dep;
    return dep == DEP_NSUBJ || dep == DEP_NSUBJ_PASS || dep == DEP_NSUBJ_OUTER;
}

struct find *phrase_find(const struct who_work *w, uint32_t token)
{
    if (token >= w->text->n_tokens || w->find_at[token] == 0) return NULL;
    return &w->finds[w->find_at[token] - 1];
}
