/* saysource.c - see saysource.h. */
#include "said/saysource.h"

uint32_t saysource_child(const struct said_work *work, uint32_t verb)
{
    uint32_t passive = NO_TOKEN;
    for (uint32_t c = work->tree->first_child[verb]; c != NO_TOKEN; c = work->tree->next_child[c]) {
        uint8_t dep = word_of(work, c)->dep;
        if (dep == DEP_NSUBJ || dep == DEP_NSUBJ_OUTER || dep == DEP_OBL_AGENT) return c;
        if (dep == DEP_NSUBJ_PASS) passive = c;
    }
    return passive != NO_TOKEN && tree_child(work->tree, verb, DEP_AUX_PASS) == NO_TOKEN ? passive
                                                                                         : NO_TOKEN;
}

/* The subject of the verb, or of the verb that it continues ("..., adding that"). */
uint32_t saysource_subject(const struct said_work *work, uint32_t verb)
{
    for (int step = 0; step < 4; step++) {
        uint32_t subject = saysource_child(work, verb);
        if (subject != NO_TOKEN) return subject;
        const struct word *w = word_of(work, verb);
        if (w->head == NO_TOKEN) return NO_TOKEN;
        if (w->dep == DEP_ACL && word_of(work, w->head)->upos != UPOS_VERB) return w->head;
        if (w->dep != DEP_CONJ && w->dep != DEP_ADVCL && w->dep != DEP_XCOMP) return NO_TOKEN;
        if (tree_child(work->tree, verb, DEP_AUX_PASS) != NO_TOKEN) return NO_TOKEN;
        verb = w->head;
    }
    return NO_TOKEN;
}

/* The source stays on its side of the cue; names left between the two are the rest of it. */
static void fit_source(const struct said_work *work, struct find *f)
{
    if (f->source >= f->cue_end && f->source_begin < f->cue_end) f->source_begin = f->cue_end;
    if (f->source >= f->cue_begin) return;
    if (f->source_end > f->cue_begin) f->source_end = f->cue_begin;
    uint32_t t = f->source_end;
    while (t < f->cue_begin &&
           (word_of(work, t)->upos == UPOS_PROPN || word_of(work, t)->upos == UPOS_NOUN))
        t++;
    if (t == f->cue_begin) f->source_end = t;
}

/* The noun phrase of the source: without its case marks, and not across the cue or the content. */
void saysource_set(const struct said_work *work, struct find *f, uint32_t source)
{
    uint32_t begin = work->tree->left[source], end = work->tree->right[source];
    f->source = source;
    for (uint32_t c = work->tree->first_child[source]; c != NO_TOKEN;
         c = work->tree->next_child[c]) {
        const struct word *w = word_of(work, c);
        if ((w->dep == DEP_CASE || w->dep == DEP_MARK) && c < source && c >= begin)
            begin = work->tree->right[c];
        /* A clause about the source that holds the cue: "the man who said so". */
        if (work->tree->left[c] <= f->cue && f->cue < work->tree->right[c]) {
            if (c > source)
                end = work->tree->left[c];
            else
                begin = work->tree->right[c];
        }
        if (w->dep == DEP_ACL_RELCL && c > source && work->tree->left[c] < end)
            end = work->tree->left[c];
        if (w->dep == DEP_CONJ && w->upos == UPOS_VERB && work->tree->left[c] < end)
            end = work->tree->left[c];
    }
    while (begin < end && is_punct(work, begin) && work->tree->quote[begin] == NONE)
        begin++;
    for (uint32_t t = source + 2; t < end && t < source + 4 * NEAR_WORDS; t++)
        if (is_final(work->text->tokens[t - 1].form) && word_of(work, t)->upos == UPOS_PRON)
            end = t;
    f->source_begin = begin < source ? begin : source;
    f->source_end = end > source ? end : source + 1;
    fit_source(work, f);
}

/* Words that a noun phrase may be made of. */
static bool nominal(const struct said_work *work, uint32_t t)
{
    uint8_t upos = word_of(work, t)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON || upos == UPOS_DET ||
           upos == UPOS_ADJ || upos == UPOS_NUM || upos == UPOS_ADP || upos == UPOS_PART;
}

static bool naming(const struct said_work *work, uint32_t t)
{
    uint8_t upos = word_of(work, t)->upos;
    return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON;
}

/* The noun phrase right before the cue, or right after an inverted one ("said Mr. Cole"): for verbs
 * that the parser left without a subject, as it happens beside quotations. */
void saysource_guess(const struct said_work *work, struct find *f, const struct sentence *s)
{
    enum { SOURCE_WORDS = 10 };
    uint32_t t = f->cue_begin;
    if (t > s->token_begin && naming(work, t - 1)) {
        uint32_t begin = t;
        while (begin > s->token_begin && t - begin < SOURCE_WORDS && nominal(work, begin - 1))
            begin--;
        while (word_of(work, begin)->upos == UPOS_ADP || word_of(work, begin)->upos == UPOS_PART)
            begin++;
        f->source = t - 1;
        f->source_begin = begin;
        f->source_end = t;
        return;
    }
    if (t == s->token_begin || !is_punct(work, t - 1)) return;
    uint32_t end = f->cue_end, head = NO_TOKEN;
    for (; end < s->token_end && end - f->cue_end < SOURCE_WORDS && nominal(work, end); end++)
        if (naming(work, end)) head = end;
    if (head == NO_TOKEN || word_of(work, f->cue_end)->upos == UPOS_ADP) return;
    f->source = head;
    f->source_begin = f->cue_end;
    f->source_end = head + 1;
}
