/* said.c - see said.h: from cues to sayings.
 *
 * Each cue looks for its source (a subject, the agent of a passive, a possessor, the subject of
 * the verb that it depends on: saysource.c) and its content (a clause, an infinitive, an object:
 * saycontent.c; or a quotation beside it: sayquote.c). Quotations that no cue took are given to the
 * speaker before. Every cue looks at a bounded number of words around it and in its tree: linear.
 */
#include "said/said.h"

#include <assert.h>

#include "said/saycontent.h"
#include "said/sayquote.h"
#include "said/saysource.h"

struct said_work {
    struct arena *arena;
    const struct text_layer *text;
    const struct tree *tree;
    struct free_quotes quotes;
    struct said_layer *out;
    size_t saying_cap, piece_cap;
    struct heard pending; /* a cue that waits for a quotation: "He said:" */
    bool is_pending;
};

/* ---- pieces ---- */

/* Without commas and the like at either end; quotation marks stay. */
static struct span span_of(const struct tree *tree, uint32_t begin, uint32_t end)
{
    while (begin < end && is_final(tree, begin))
        begin++;
    while (end > begin && (is_final(tree, end - 1) || tree->words[end - 1].upos == UPOS_CCONJ))
        end--;
    if (begin == end) return (struct span){0, 0};
    return (struct span){tree->tokens[begin].begin, tree->tokens[end - 1].end};
}

/* The region and its marks. */
static struct span region_span(const struct tree *tree, const struct quote_region *r)
{
    bool closed = r->close < tree->n && r->close == r->end && r->close > r->begin &&
                  !is_final(tree, r->close) && is_punct(tree, r->close);
    uint32_t last = closed ? r->close : r->end - 1;
    return (struct span){tree->tokens[r->open].begin, tree->tokens[last].end};
}

/* The span of a piece of content. One that reaches the end of a quotation keeps the comma before
 * the closing mark, and the mark. */
static struct span content_span(const struct tree *tree, uint32_t begin, uint32_t end)
{
    struct span piece = span_of(tree, begin, end);
    while (end > begin && is_final(tree, end - 1))
        end--;
    const struct quote_region *r = end > begin ? sayquote_at(tree, end - 1) : NULL;
    if (r == NULL || r->open < begin || r->end - end > 3) return piece;
    struct span whole = region_span(tree, r);
    if (whole.end > piece.end) piece.end = whole.end;
    return piece;
}

/* Adds a piece to a range that ends the shared array, or is empty. */
static bool add_piece(struct said_work *work, struct range *range, struct span piece)
{
    struct said_layer *out = work->out;
    if (piece.begin >= piece.end) return true;
    if (range_count(*range) == 0) *range = (struct range){out->n_pieces, out->n_pieces};
    assert(range->end == out->n_pieces);
    struct span *grown = arena_grow(work->arena, out->pieces, out->n_pieces,
                                    (size_t)out->n_pieces + 1, &work->piece_cap, sizeof *grown);
    if (grown == NULL) return false;
    out->pieces = grown;
    grown[out->n_pieces++] = piece;
    range->end = out->n_pieces;
    return true;
}

/* Makes the pieces of a range the last of the shared array, so that more can be added. */
static bool move_to_end(struct said_work *work, struct range *range)
{
    struct range moved = {0, 0};
    if (range->end == work->out->n_pieces) return true;
    for (uint32_t i = range->begin; i < range->end; i++)
        if (!add_piece(work, &moved, work->out->pieces[i])) return false;
    *range = moved;
    return true;
}

/* ---- keeping a saying ---- */

static struct saying *new_saying(struct said_work *work)
{
    struct said_layer *out = work->out;
    struct saying *grown = arena_grow(work->arena, out->sayings, out->n_sayings,
                                      (size_t)out->n_sayings + 1, &work->saying_cap, sizeof *grown);
    if (grown == NULL) return NULL;
    out->sayings = grown;
    struct saying *q = &grown[out->n_sayings++];
    *q = (struct saying){.source_head = NONE, .cue_token = NONE};
    return q;
}

static bool add_roles(struct said_work *work, const struct heard *h, struct saying *q)
{
    q->cue_token = h->cue;
    q->source_head = h->source;
    if (!add_piece(work, &q->cue, span_of(work->tree, h->cue_begin, h->cue_end))) return false;
    return h->source == NONE ||
           add_piece(work, &q->source, span_of(work->tree, h->source_begin, h->source_end));
}

static bool add_content(struct said_work *work, const struct heard *h, struct saying *q)
{
    bool cut = h->skip_begin < h->skip_end;
    q->direct = h->direct;
    q->content_begin = h->begin;
    q->content_end = h->end;
    struct span first = content_span(work->tree, h->begin, cut ? h->skip_begin : h->end);
    if (!add_piece(work, &q->content, first)) return false;
    return !cut || add_piece(work, &q->content, content_span(work->tree, h->skip_end, h->end));
}

/* The rest of a quotation in the sentence that the cue cut in two: "Yes," he said, "we can." */
static bool add_second_half(struct said_work *work, const struct heard *h, struct saying *q,
                            const struct sentence *s)
{
    uint32_t after = h->source != NONE && h->source_end > h->cue_end ? h->source_end : h->cue_end;
    if (!h->direct || h->begin >= h->cue) return true;
    const struct quote_region *r = sayquote_after(work->tree, after, s->token_end);
    if (!sayquote_is_free(&work->quotes, r)) return true;
    if (r->open == 0 || !is_final(work->tree, r->open - 1)) return true;
    if (r->end > q->content_end) q->content_end = r->end;
    sayquote_take(&work->quotes, r->begin, r->end);
    return add_piece(work, &q->content, region_span(work->tree, r));
}

static bool keep_heard(struct said_work *work, const struct heard *h, const struct sentence *s)
{
    const uint32_t n_pieces = work->out->n_pieces;
    struct saying *q = new_saying(work);
    if (q == NULL || !add_roles(work, h, q) || !add_content(work, h, q)) return false;
    /* What a quoted person tells of others' words leaves the quotation to whoever speaks it. */
    if (work->tree->quote[h->cue] == NONE) sayquote_take(&work->quotes, h->begin, h->end);
    if (!add_second_half(work, h, q, s)) return false;
    if (range_count(q->content) != 0) return true;
    work->out->n_sayings--;
    work->out->n_pieces = n_pieces;
    return true;
}

/* ---- the cues of a sentence ---- */

/* The verb with its helping words, adverbs between them and particle. */
static void set_verb_cue(const struct tree *tree, struct heard *h, uint32_t verb)
{
    h->cue = h->cue_begin = verb;
    h->cue_end = verb + 1;
    while (h->cue_begin > 0) {
        const struct word *w = &tree->words[h->cue_begin - 1];
        bool helper = w->dep == DEP_AUX || w->dep == DEP_AUX_PASS || w->dep == DEP_COP ||
                      (w->dep == DEP_ADVMOD && (w->upos == UPOS_ADV || w->upos == UPOS_PART));
        if (w->head != verb || !helper) break;
        h->cue_begin--;
    }
    if (h->cue_end < tree->n && tree->words[h->cue_end].head == verb &&
        tree->words[h->cue_end].dep == DEP_COMPOUND_PRT)
        h->cue_end++;
}

static bool clause_like(const struct tree *tree, uint32_t t)
{
    uint8_t upos = tree->words[t].upos;
    return upos == UPOS_VERB || upos == UPOS_AUX || tree_child(tree, t, DEP_NSUBJ) != NONE ||
           tree_child(tree, t, DEP_NSUBJ_PASS) != NONE;
}

/* What a quoted person says of himself is the quotation's, not ours: "I think", "we know". */
static bool own_words(const struct tree *tree, uint32_t cue, uint32_t subject)
{
    if (tree->quote[cue] == NONE) return false;
    return subject == NONE || lemma_has(tree, subject, CLASS_SELF);
}

static bool is_finite(const struct tree *tree, uint32_t verb)
{
    return tree->words[verb].verb == VERB_PAST || tree->words[verb].verb == VERB_PRESENT;
}

/* Sets the source of a verb where it has one. `quotes`: a quotation may be its content. */
static void find_source(const struct tree *tree, struct heard *h, bool quotes,
                        const struct sentence *s)
{
    uint32_t subject = saysource_child(tree, h->cue);
    if (subject == NONE && quotes && is_finite(tree, h->cue)) saysource_guess(tree, h, s);
    if (h->source != NONE) return;
    if (subject == NONE) subject = tree_subject(tree, h->cue); /* "..., adding that" */
    if (subject != NONE) saysource_set(tree, h, subject);
}

/* Finds the content of a verb. `quoted`: the cue stands within a quotation and stays within it;
 * `quotes`: a quotation may be its content. */
static bool find_content(const struct said_work *work, struct heard *h, bool quoted, bool quotes,
                         const struct sentence *s)
{
    const struct tree *tree = work->tree;
    bool finite = is_finite(tree, h->cue);
    if (quotes && sayquote_beside(&work->quotes, h, s)) {
        saysource_extend(tree, h, s);
        return true;
    }
    bool found = saycontent_by_tree(tree, h);
    if (!found && quotes && finite && lemma_has(tree, h->cue, CLASS_CUE_CLAUSE))
        found = saycontent_rest(tree, h, s);
    if (found && finite) saycontent_close(tree, h, s);
    if (found && !quoted) sayquote_widen(tree, h);
    return found || (quotes && sayquote_near(&work->quotes, h, s));
}

static bool try_verb(struct said_work *work, uint32_t t, const struct sentence *s)
{
    const struct tree *tree = work->tree;
    struct heard h = {.source = NONE};
    set_verb_cue(tree, &h, t);
    bool takes_quote = lemma_has(tree, t, CLASS_CUE_QUOTE);
    bool quoted = tree->quote[t] != NONE, quotes = takes_quote && !quoted;
    find_source(tree, &h, quotes, s);
    if (own_words(tree, t, h.source)) return true;
    bool found = find_content(work, &h, quoted, quotes, s);
    if (found && h.source == NONE && !h.direct && tree->words[t].verb == VERB_NONE) return true;
    if (found) return keep_heard(work, &h, s);
    if (takes_quote && h.source != NONE) {
        work->pending = h;
        work->is_pending = true;
    }
    return true;
}

/* "state television reports that ...": taken for a noun by the parser, with the source before it.
 */
static uint32_t source_of_noun(const struct tree *tree, uint32_t t, const struct sentence *s)
{
    if (t == s->token_begin || tree->words[t].dep != DEP_ROOT ||
        !lemma_has(tree, t, CLASS_CUE_CLAUSE))
        return NONE;
    uint8_t dep = tree->words[t - 1].dep;
    return tree->words[t - 1].head == t && dep == DEP_COMPOUND ? t - 1 : NONE;
}

/* "his promise to leave". */
static bool try_noun(struct said_work *work, uint32_t t, const struct sentence *s)
{
    const struct tree *tree = work->tree;
    struct heard h = {.source = NONE, .cue = t, .cue_begin = t, .cue_end = t + 1};
    uint32_t clause = tree_child(tree, t, DEP_ACL), owner = tree_child(tree, t, DEP_NMOD_POSS);
    if (clause == NONE) clause = tree_child(tree, t, DEP_CCOMP);
    if (owner == NONE) {
        owner = source_of_noun(tree, t, s);
        if (owner != NONE && clause == NONE) clause = tree_child(tree, t, DEP_ACL_RELCL);
    }
    if (clause == NONE || clause < t || !clause_like(tree, clause) || owner == NONE) return true;
    if (!tree_is_infinitive(tree, clause) && tree_child(tree, clause, DEP_MARK) == NONE)
        return true;
    saycontent_set(tree, &h, clause);
    sayquote_widen(tree, &h);
    saysource_set(tree, &h, owner);
    return keep_heard(work, &h, s);
}

/* "confident that ...". */
static bool try_adjective(struct said_work *work, uint32_t t, const struct sentence *s)
{
    const struct tree *tree = work->tree;
    struct heard h = {.source = NONE, .cue = t, .cue_begin = t, .cue_end = t + 1};
    uint32_t clause = tree_child(tree, t, DEP_CCOMP), subject = saysource_child(tree, t);
    uint32_t cop = tree_child(tree, t, DEP_COP);
    if (clause == NONE || clause < t || !clause_like(tree, clause)) return true;
    saycontent_set(tree, &h, clause);
    sayquote_widen(tree, &h);
    if (subject != NONE) saysource_set(tree, &h, subject);
    if (cop != NONE && cop < t && t - cop < 4) h.cue_begin = cop;
    return keep_heard(work, &h, s);
}

/* The word whose phrase X answers for in "according to X": at either end of the sentence all of it,
 * whatever the parser hung it on. */
static uint32_t host_of_according(const struct tree *tree, uint32_t source, uint32_t according,
                                  const struct sentence *s)
{
    uint32_t host = tree->words[source].head, end = tree->right[source];
    bool last = end >= s->token_end || (end + 1 == s->token_end && is_punct(tree, end));
    if (host == NONE || (according != s->token_begin && !last)) return host;
    for (uint32_t up = 0; up < NEAR_WORDS && tree->words[host].head != NONE; up++)
        host = tree->words[host].head;
    return host;
}

/* "According to X, ...": the rest of the clause is the content. */
static bool try_according(struct said_work *work, uint32_t t, const struct sentence *s)
{
    const struct tree *tree = work->tree;
    struct heard h = {.source = NONE, .cue = t, .cue_begin = t, .cue_end = t + 2};
    if (t + 1 >= s->token_end || !form_has(tree, t + 1, CLASS_TO)) return true;
    uint32_t source = tree->words[t].head;
    if (source == NONE || source < t) source = tree->words[t + 1].head;
    if (source == NONE || source <= t + 1) return true;
    uint32_t host = host_of_according(tree, source, t, s);
    h.source = source;
    h.source_begin = t + 2;
    h.source_end = tree->right[source];
    if (host == NONE || h.source_end <= h.source_begin) return true;
    h.begin = tree->left[host] < t ? tree->left[host] : t;
    h.end = tree->right[host];
    h.skip_begin = t;
    h.skip_end = h.source_end;
    saycontent_fit(tree, &h);
    sayquote_widen(tree, &h);
    h.direct = false;
    return keep_heard(work, &h, s);
}

static bool is_verb_cue(const struct tree *tree, uint32_t t)
{
    return lemma_has(tree, t, CLASS_CUE_CLAUSE) || lemma_has(tree, t, CLASS_CUE_TO) ||
           lemma_has(tree, t, CLASS_CUE_OBJECT) || lemma_has(tree, t, CLASS_CUE_QUOTE) ||
           lemma_has(tree, t, CLASS_CUE_PREP);
}

static bool try_token(struct said_work *work, uint32_t t, const struct sentence *s)
{
    const struct tree *tree = work->tree;
    uint8_t upos = tree->words[t].upos;
    if (upos == UPOS_VERB && is_verb_cue(tree, t)) return try_verb(work, t, s);
    if (upos == UPOS_NOUN && lemma_has(tree, t, CLASS_CUE_NOUN)) return try_noun(work, t, s);
    if (upos == UPOS_ADJ && lemma_has(tree, t, CLASS_CUE_ADJ)) return try_adjective(work, t, s);
    return !form_has(tree, t, CLASS_ACCORDING) || try_according(work, t, s);
}

/* ---- quotations without a cue ---- */

/* A quotation that fills its sentences: begins one and ends one. */
static bool fills_sentence(const struct tree *tree, const struct quote_region *r)
{
    const struct sentence *s = &tree->text->sentences[r->sentence];
    if (r->open != s->token_begin || r->end - r->begin < 3) return false;
    return r->close == r->end && (is_final(tree, r->end - 1) || r->close + 1 >= s->token_end);
}

/* The last token of the saying so far. */
static uint32_t last_of(const struct saying *q)
{
    uint32_t at = q->content_end - 1;
    return q->cue_token != NONE && q->cue_token > at ? q->cue_token : at;
}

/* The saying whose speaker goes on in the quotation: the last one in quotation marks of its
 * paragraph, for what is said of its speaker may be another; else the last one before it, where
 * that has a source and stands near enough. */
static struct saying *speaker_before(struct said_work *work, const struct quote_region *r)
{
    enum { NEAR_SENTENCES = 12, NEAR_SAYINGS = 8 };
    const struct tree *tree = work->tree;
    const struct sentence *sentences = work->text->sentences;
    uint32_t there = sentences[r->sentence].paragraph, seen = 0;
    struct saying *last = NULL;
    for (uint32_t k = work->out->n_sayings; k-- > 0 && seen < NEAR_SAYINGS; seen++) {
        struct saying *q = &work->out->sayings[k];
        uint32_t at = last_of(q), sentence = tree->sentence[at];
        if (at >= r->begin) continue;
        if (sentences[sentence].paragraph == there && q->direct && range_count(q->source) > 0)
            return q;
        if (last != NULL) continue;
        if (sentence + NEAR_SENTENCES <= r->sentence || range_count(q->source) == 0) return NULL;
        if (sentences[sentence].paragraph + 1 < there) return NULL;
        last = q;
    }
    return last;
}

/* The quotation goes on with the saying before: in its paragraph, or as one that was not closed. */
static bool goes_on(const struct said_work *work, const struct saying *before,
                    const struct quote_region *r)
{
    uint32_t here = work->text->sentences[r->sentence].paragraph;
    uint32_t last = work->text->tokens[before->content_end - 1].begin;
    return before->direct && (r->continued || last >= work->text->paragraphs[here].begin);
}

static bool keep_continued(struct said_work *work, const struct quote_region *r)
{
    struct span piece = region_span(work->tree, r);
    struct saying *before = speaker_before(work, r);
    bool pending = work->is_pending && work->pending.cue < r->begin;
    if (before == NULL && !pending) return true;
    if (!pending && goes_on(work, before, r)) {
        before->content_end = r->end;
        return move_to_end(work, &before->content) && add_piece(work, &before->content, piece);
    }
    struct saying from = {.source_head = NONE};
    if (!pending) from = *before;
    struct saying *q = new_saying(work);
    if (q == NULL) return false;
    q->source = from.source;
    q->source_head = from.source_head;
    if (pending && !add_roles(work, &work->pending, q)) return false;
    q->direct = 1;
    q->continued = !pending;
    q->content_begin = r->begin;
    q->content_end = r->end;
    work->is_pending = false;
    return add_piece(work, &q->content, piece);
}

/* Gives the quotations that end before the token and that no cue took to the speaker before. */
static bool leave_over(struct said_work *work, uint32_t end, uint32_t *region)
{
    const struct quote_layer *quotes = &work->tree->quotes;
    for (; *region < quotes->n && quotes->regions[*region].end <= end; (*region)++) {
        const struct quote_region *r = &quotes->regions[*region];
        if (sayquote_is_free(&work->quotes, r) && fills_sentence(work->tree, r) &&
            !keep_continued(work, r))
            return false;
    }
    return true;
}

static bool sayings_of_sentence(struct said_work *work, const struct sentence *s, uint32_t *region)
{
    bool colon =
        s->token_begin > 0 && str_eq(work->text->tokens[s->token_begin - 1].form, STR(":"));
    if (!colon) work->is_pending = false;
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        if (!try_token(work, t, s)) return false;
    /* The cue of a quotation may stand in the sentence behind its last one: "“Will we?” he asked."
     */
    return leave_over(work, work->is_pending ? s->token_end : s->token_begin, region);
}

bool said_find(struct arena *arena, const struct tree *tree, struct said_layer *out)
{
    *out = (struct said_layer){0};
    struct said_work work = {.arena = arena, .text = tree->text, .tree = tree, .out = out};
    uint32_t region = 0;
    if (tree->n == 0) return true;
    if (!sayquote_begin(arena, tree, &work.quotes)) return false;
    for (uint32_t s = 0; s < tree->text->n_sentences; s++) {

        if (!sayings_of_sentence(&work, &tree->text->sentences[s], &region)) return false;
    }
    return leave_over(&work, tree->n, &region);
}
