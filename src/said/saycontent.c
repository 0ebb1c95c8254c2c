/* saycontent.c - see saycontent.h. */
#include "said/saycontent.h"

#include "said/sayquote.h"

void saycontent_fit(const struct tree *tree, struct heard *h)
{
    if (h->skip_begin >= h->skip_end) return;
    if (h->skip_begin < h->begin) h->skip_begin = h->begin;
    if (h->skip_end > h->end) h->skip_end = h->end;
    if (sayquote_only_marks(tree, h->skip_end, h->end))
        h->end = h->skip_begin;
    else if (sayquote_only_marks(tree, h->begin, h->skip_begin))
        h->begin = h->skip_end;
    else
        return;
    h->skip_begin = h->skip_end = 0;
}

void saycontent_set(const struct tree *tree, struct heard *h, uint32_t t)
{
    h->begin = tree->left[t];
    h->end = tree->right[t];
    h->skip_begin = h->skip_end = 0;
    if (h->begin <= h->cue && h->cue < h->end) {
        bool sourced = h->source != NONE;
        h->skip_begin = sourced && h->source_begin < h->cue_begin ? h->source_begin : h->cue_begin;
        h->skip_end = sourced && h->source_end > h->cue_end ? h->source_end : h->cue_end;
        saycontent_fit(tree, h);
    }
}

/* "The vote was fair, he said": the cue hangs in the clause that it reports, and has no object. */
static bool host_content(const struct tree *tree, struct heard *h)
{
    const struct word *w = &tree->words[h->cue];
    if (w->dep != DEP_PARATAXIS || w->head == NONE) return false;
    if (tree_child(tree, h->cue, DEP_OBJ) != NONE && !lemma_has(tree, h->cue, CLASS_ADDRESSING))
        return false;
    uint32_t host = w->head;
    h->begin = tree->left[host];
    h->end = tree->right[host];
    h->skip_begin = tree->left[h->cue];
    h->skip_end = tree->right[h->cue];
    saycontent_fit(tree, h);
    return h->begin < h->end;
}

/* The phrase has a preposition of those that the verb of speech takes: "spoke to" has who hears. */
static bool prep_of_speech(const struct tree *tree, uint32_t cue, uint32_t c)
{
    uint32_t mark = tree_marker(tree, c);
    if (mark != NONE && form_has(tree, mark, CLASS_TO) && lemma_has(tree, cue, CLASS_ADDRESSING))
        return false;
    return mark != NONE && lemma_has(tree, mark, CLASS_SPEECH_PREP);
}

/* "called for a truce": the preposition is the cue's, the rest the content. */
static bool prep_content(const struct tree *tree, struct heard *h, uint32_t c)
{
    uint32_t mark = tree_marker(tree, c);
    if (mark != h->cue_end) return false;
    h->cue_end = mark + 1;
    h->begin = mark + 1;
    h->end = tree->right[c];
    return h->begin < h->end;
}

/* "said the demands of the post were hard": what stands between the cue and the clause that the
 * parser found is of the clause, too, where it does not begin with "that". */
static void join_clause(const struct tree *tree, struct heard *h, uint32_t clause)
{
    uint32_t begin = h->cue_end;
    if (clause < begin || h->begin <= begin || h->source == NONE) return;
    if (h->source_begin >= begin || tree->words[h->begin].dep == DEP_MARK) return;
    uint8_t next = tree->words[begin].upos;
    if (next == UPOS_ADP || next == UPOS_PUNCT || lemma_has(tree, h->cue, CLASS_ADDRESSING)) return;
    for (uint32_t t = begin; t < h->begin && t < begin + NEAR_WORDS; t++)
        if (is_punct(tree, t) && tree->quote[t] == NONE) return;
    h->begin = begin;
}

bool saycontent_by_tree(const struct tree *tree, struct heard *h)
{
    uint32_t object = NONE, more = NONE, earlier = NONE;
    bool takes_clause =
        lemma_has(tree, h->cue, CLASS_CUE_CLAUSE) || lemma_has(tree, h->cue, CLASS_CUE_QUOTE);
    EACH_CHILD(tree, c, h->cue) {
        const struct word *w = &tree->words[c];
        bool clause = w->dep == DEP_CCOMP || (w->dep == DEP_PARATAXIS && c > h->cue);
        bool taken = clause && takes_clause;
        /* "They met, and he said it was good": of two clauses the content is the later one. */
        if (taken && c < h->cue) earlier = c;
        if (taken && c > h->cue) {
            saycontent_set(tree, h, c);
            join_clause(tree, h, c);
            return true;
        }
        if (w->dep == DEP_XCOMP && lemma_has(tree, h->cue, CLASS_CUE_TO) &&
            tree_is_infinitive(tree, c)) {
            saycontent_set(tree, h, c);
            if (object != NONE && object > h->cue && !lemma_has(tree, h->cue, CLASS_TOLD_TO))
                h->begin = tree->left[object];
            return true;
        }
        if (w->dep == DEP_OBL && lemma_has(tree, h->cue, CLASS_CUE_PREP) && object == NONE &&
            prep_of_speech(tree, h->cue, c) && prep_content(tree, h, c))
            return true;
        if (w->dep == DEP_OBJ && object == NONE)
            object = c;
        else if (object != NONE && (w->dep == DEP_XCOMP || w->dep == DEP_OBL) &&
                 tree->left[c] == tree->right[object])
            more = c;
    }
    if (earlier != NONE) {
        saycontent_set(tree, h, earlier);
        return true;
    }
    if (lemma_has(tree, h->cue, CLASS_CUE_CLAUSE) && host_content(tree, h)) return true;
    if (object == NONE || !lemma_has(tree, h->cue, CLASS_CUE_OBJECT)) return false;
    saycontent_set(tree, h, object);
    if (more != NONE) h->end = tree->right[more];
    return true;
}

static bool has_verb(const struct tree *tree, uint32_t begin, uint32_t end)
{
    for (uint32_t t = begin; t < end && t < begin + 4 * NEAR_WORDS; t++)
        if (tree->words[t].upos == UPOS_VERB || tree->words[t].upos == UPOS_AUX) return true;
    return false;
}

static bool stops(const struct tree *tree, uint32_t t, const struct sentence *s)
{
    return t < s->token_begin || t >= s->token_end || is_punct(tree, t);
}

bool saycontent_rest(const struct tree *tree, struct heard *h, const struct sentence *s)
{
    if (h->source == NONE) return false;
    uint32_t begin = h->source_begin < h->cue_begin ? h->source_begin : h->cue_begin;
    uint32_t end = h->source_end > h->cue_end ? h->source_end : h->cue_end;
    bool aside = stops(tree, end, s) && begin > s->token_begin && is_punct(tree, begin - 1);
    h->begin = aside ? s->token_begin : h->cue_end;
    h->end = s->token_end;
    h->skip_begin = aside ? begin : 0;
    h->skip_end = aside ? end : 0;
    if (!aside && (h->source_begin > h->cue_begin || stops(tree, h->cue_end, s))) return false;
    saycontent_fit(tree, h);
    return has_verb(tree, h->begin, h->skip_begin < h->skip_end ? h->skip_begin : h->end);
}

void saycontent_close(const struct tree *tree, struct heard *h, const struct sentence *s)
{
    if (h->begin < h->cue_end || h->end >= s->token_end || h->skip_begin < h->skip_end) return;
    if (tree->words[h->cue].dep != DEP_ROOT || !has_verb(tree, h->begin, h->end)) return;
    uint8_t next = tree->words[h->end].upos;
    if (next == UPOS_PUNCT || next == UPOS_CCONJ) return;
    h->end = s->token_end;
}
