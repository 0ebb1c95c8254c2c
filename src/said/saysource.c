/* saysource.c - see saysource.h. */
#include "said/saysource.h"

uint32_t saysource_child(const struct tree *tree, uint32_t verb)
{
    uint32_t passive = NONE;
    EACH_CHILD(tree, c, verb) {
        uint8_t dep = tree->words[c].dep;
        if (dep == DEP_NSUBJ || dep == DEP_NSUBJ_OUTER || dep == DEP_OBL_AGENT) return c;
        if (dep == DEP_NSUBJ_PASS) passive = c;
    }
    return passive != NONE && tree_child(tree, verb, DEP_AUX_PASS) == NONE ? passive : NONE;
}

/* The source stays on its side of the cue; names left between the two are the rest of it. */
static void fit_source(const struct tree *tree, struct heard *h)
{
    if (h->source >= h->cue_end && h->source_begin < h->cue_end) h->source_begin = h->cue_end;
    if (h->source >= h->cue_begin) return;
    if (h->source_end > h->cue_begin) h->source_end = h->cue_begin;
    uint32_t t = h->source_end;
    while (t < h->cue_begin &&
           (tree->words[t].upos == UPOS_PROPN || tree->words[t].upos == UPOS_NOUN))
        t++;
    if (t == h->cue_begin) h->source_end = t;
}

/* The noun phrase of the source: without its case marks, and not across the cue or the content. */
void saysource_set(const struct tree *tree, struct heard *h, uint32_t source)
{
    uint32_t begin = tree->left[source], end = tree->right[source];
    h->source = source;
    EACH_CHILD(tree, c, source) {
        const struct word *w = &tree->words[c];
        if ((w->dep == DEP_CASE || w->dep == DEP_MARK) && c < source && c >= begin)
            begin = tree->right[c];
        /* A clause about the source that holds the cue: "the man who said so". */
        if (tree->left[c] <= h->cue && h->cue < tree->right[c]) {
            if (c > source)
                end = tree->left[c];
            else
                begin = tree->right[c];
        }
        if (w->dep == DEP_CONJ && w->upos == UPOS_VERB && tree->left[c] < end) end = tree->left[c];
    }
    while (begin < end && is_punct(tree, begin) && tree->quote[begin] == NONE)
        begin++;
    for (uint32_t t = source + 2; t < end && t < source + 4 * NEAR_WORDS; t++)
        if (is_final(tree, t - 1) && tree->words[t].upos == UPOS_PRON) end = t;
    h->source_begin = begin < source ? begin : source;
    h->source_end = end > source ? end : source + 1;
    fit_source(tree, h);
}

/* Words that a noun phrase may be made of. */
static bool nominal(const struct tree *tree, uint32_t t)
{
    uint8_t upos = tree->words[t].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_DET ||
           upos == UPOS_ADJ || upos == UPOS_NUM || upos == UPOS_ADP || upos == UPOS_PART;
}

static bool naming(const struct tree *tree, uint32_t t)
{
    uint8_t upos = tree->words[t].upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON;
}

/* The noun phrase right before the cue, or right after an inverted one ("said Mr. Cole"): for verbs
 * that the parser left without a subject, as it happens beside quotations. */
void saysource_guess(const struct tree *tree, struct heard *h, const struct sentence *s)
{
    enum { SOURCE_WORDS = 10 };
    uint32_t t = h->cue_begin;
    if (t > s->token_begin && naming(tree, t - 1)) {
        uint32_t begin = t;
        while (begin > s->token_begin && t - begin < SOURCE_WORDS && nominal(tree, begin - 1))
            begin--;
        while (tree->words[begin].upos == UPOS_ADP || tree->words[begin].upos == UPOS_PART)
            begin++;
        h->source = t - 1;
        h->source_begin = begin;
        h->source_end = t;
        return;
    }
    if (t == s->token_begin || !is_punct(tree, t - 1)) return;
    uint32_t end = h->cue_end, head = NONE;
    for (; end < s->token_end && end - h->cue_end < SOURCE_WORDS && nominal(tree, end); end++)
        if (naming(tree, end)) head = end;
    if (head == NONE || tree->words[h->cue_end].upos == UPOS_ADP) return;
    h->source = head;
    h->source_begin = h->cue_end;
    h->source_end = head + 1;
}

/* What is said about somebody behind a comma begins like a noun phrase, or with a relative. */
static bool describes(const struct tree *tree, uint32_t t)
{
    uint8_t upos = tree->words[t].upos;
    if (form_has(tree, t, CLASS_RELATIVE)) return true;
    return (upos == UPOS_DET || upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_ADJ ||
            upos == UPOS_NUM) &&
           !word_has(tree, t, CLASS_TIME_NOUN);
}

void saysource_extend(const struct tree *tree, struct heard *h, const struct sentence *s)
{
    if (h->source == NONE || h->source_begin < h->cue_end) return;
    uint32_t end = h->source_end;
    while (end + 1 < s->token_end && str_eq(tree->tokens[end].form, STR(",")) &&
           tree->quote[end + 1] == NONE && describes(tree, end + 1)) {
        uint32_t t = end + 1;
        while (t < s->token_end && !is_punct(tree, t))
            t++;
        end = t;
    }
    h->source_end = end;
}
