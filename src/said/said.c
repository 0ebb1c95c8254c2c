/* said.c - see said.h: from cues to sayings.
 *
 * Each cue looks for its source (a subject, the agent of a passive, a possessor, the subject of
 * the verb that it depends on) and its content (a clause, an infinitive, an object, or a quotation
 * beside it). Quotations that no cue took are given to the speaker before. Every cue looks at a
 * bounded number of words around it and in its tree: linear. */
#include "said/said.h"

#include "said/cueword.h"
#include "said/saysource.h"

/* ---- spans -------------------------------------------------------------------------------- */

/* Without commas and the like at either end; quotation marks stay. */
static struct span span_of(const struct said_work *work, uint32_t begin, uint32_t end)
{
    while (begin < end && is_final(work->text->tokens[begin].form))
        begin++;
    while (end > begin && (is_final(work->text->tokens[end - 1].form) ||
                           word_of(work, end - 1)->upos == UPOS_CCONJ))
        end--;
    if (begin == end) return (struct span){0, 0};
    return (struct span){work->text->tokens[begin].begin, work->text->tokens[end - 1].end};
}

static void add_piece(struct span *pieces, uint8_t *n, struct span piece)
{
    if (piece.begin >= piece.end || *n == SAID_PIECES) return;
    pieces[(*n)++] = piece;
}

/* The region and its marks. */
static struct span region_span(const struct said_work *work, const struct quote_region *r)
{
    uint32_t last = r->close < work->text->n_tokens && r->close == r->end && r->close > r->begin &&
                            !is_final(work->text->tokens[r->close].form) &&
                            work->tree->words[r->close].upos == UPOS_PUNCT
                        ? r->close
                        : r->end - 1;
    return (struct span){work->text->tokens[r->open].begin, work->text->tokens[last].end};
}

/* ---- cues --------------------------------------------------------------------------------- */

/* The verb with its helping words, adverbs between them and particle. */
static void set_verb_cue(const struct said_work *work, struct find *f, uint32_t verb)
{
    f->cue = f->cue_begin = verb;
    f->cue_end = verb + 1;
    while (f->cue_begin > 0) {
        const struct word *w = word_of(work, f->cue_begin - 1);
        bool helper = w->dep == DEP_AUX || w->dep == DEP_AUX_PASS || w->dep == DEP_COP ||
                      (w->dep == DEP_ADVMOD && (w->upos == UPOS_ADV || w->upos == UPOS_PART));
        if (w->head != verb || !helper) break;
        f->cue_begin--;
    }
    if (f->cue_end < work->tree->n && word_of(work, f->cue_end)->head == verb &&
        word_of(work, f->cue_end)->dep == DEP_COMPOUND_PRT)
        f->cue_end++;
}

/* ---- contents by the tree ----------------------------------------------------------------- */

static bool only_marks(const struct said_work *work, uint32_t begin, uint32_t end)
{
    if (end > begin && end - begin > NEAR_WORDS) return false;
    for (uint32_t t = begin; t < end; t++)
        if (!is_punct(work, t)) return false;
    return true;
}

/* A stretch to skip that lies at an end of the content cuts it off there. */
static void fit_content(const struct said_work *work, struct find *f)
{
    if (f->skip_begin >= f->skip_end) return;
    if (f->skip_begin < f->begin) f->skip_begin = f->begin;
    if (f->skip_end > f->end) f->skip_end = f->end;
    if (only_marks(work, f->skip_end, f->end))
        f->end = f->skip_begin;
    else if (only_marks(work, f->begin, f->skip_begin))
        f->begin = f->skip_end;
    else
        return;
    f->skip_begin = f->skip_end = 0;
}

static void set_content(const struct said_work *work, struct find *f, uint32_t t)
{
    f->begin = work->tree->left[t];
    f->end = work->tree->right[t];
    f->skip_begin = f->skip_end = 0;
    if (f->begin <= f->cue && f->cue < f->end) {
        bool sourced = f->source != NO_TOKEN;
        f->skip_begin = sourced && f->source_begin < f->cue_begin ? f->source_begin : f->cue_begin;
        f->skip_end = sourced && f->source_end > f->cue_end ? f->source_end : f->cue_end;
        fit_content(work, f);
    }
}

/* "The vote was fair, he said": the cue hangs in the clause that it reports. */
static bool host_content(const struct said_work *work, struct find *f)
{
    const struct word *w = word_of(work, f->cue);
    if (w->dep != DEP_PARATAXIS || w->head == NO_TOKEN) return false;
    uint32_t host = w->head;
    f->begin = work->tree->left[host];
    f->end = work->tree->right[host];
    f->skip_begin = work->tree->left[f->cue];
    f->skip_end = work->tree->right[f->cue];
    fit_content(work, f);
    return f->begin < f->end;
}

/* Whoever is told or promised something is no part of it; who is urged or wanted to act is. */
static bool told(const struct said_work *work, uint32_t verb)
{
    struct str lemma = word_of(work, verb)->lemma;
    return str_eq(lemma, STR("tell")) || str_eq(lemma, STR("promise"));
}

static bool prep_of_speech(const struct said_work *work, uint32_t c)
{
    static const char *const preps[] = {"for", "on", "of", "about", "to", "against", "as"};
    uint32_t mark = tree_child(work->tree, c, DEP_CASE);
    if (mark == NO_TOKEN) return false;
    for (size_t i = 0; i < sizeof preps / sizeof preps[0]; i++)
        if (str_eq(word_of(work, mark)->lemma, str_c(preps[i]))) return true;
    return false;
}

/* "called for a truce": the preposition is the cue's, the rest the content. */
static bool prep_content(const struct said_work *work, struct find *f, uint32_t c)
{
    uint32_t mark = tree_child(work->tree, c, DEP_CASE);
    if (mark != f->cue_end) return false;
    f->cue_end = mark + 1;
    f->begin = mark + 1;
    f->end = work->tree->right[c];
    return f->begin < f->end;
}

/* Verbs whose object before the clause is who hears it. */
static bool addresses(const struct said_work *work, uint32_t verb)
{
    static const char *const verbs[] = {"tell", "ask",    "warn",    "assure", "inform", "remind",
                                        "show", "advise", "promise", "teach",  "notify"};
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (str_eq(word_of(work, verb)->lemma, str_c(verbs[i]))) return true;
    return false;
}

/* "said the demands of the post were hard": what stands between the cue and the clause that the
 * parser found is of the clause, too, where it does not begin with "that". */
static void join_clause(const struct said_work *work, struct find *f, uint32_t clause)
{
    uint32_t begin = f->cue_end;
    if (clause < begin || f->begin <= begin || f->source == NO_TOKEN) return;
    if (f->source_begin >= begin || word_of(work, f->begin)->dep == DEP_MARK) return;
    uint8_t next = word_of(work, begin)->upos;
    if (next == UPOS_ADP || next == UPOS_PUNCT || addresses(work, f->cue)) return;
    for (uint32_t t = begin; t < f->begin && t < begin + NEAR_WORDS; t++)
        if (is_punct(work, t) && work->tree->quote[t] == NONE) return;
    f->begin = begin;
}

static bool tree_content(const struct said_work *work, struct find *f, uint32_t flags)
{
    uint32_t object = NO_TOKEN, more = NO_TOKEN, earlier = NO_TOKEN;
    for (uint32_t c = work->tree->first_child[f->cue]; c != NO_TOKEN;
         c = work->tree->next_child[c]) {
        const struct word *w = word_of(work, c);
        bool clause = w->dep == DEP_CCOMP || (w->dep == DEP_PARATAXIS && c > f->cue);
        bool taken = clause && (flags & (CUE_CLAUSE | CUE_QUOTE)) != 0;
        /* "They met, and he said it was good": of two clauses the content is the later one. */
        if (taken && c < f->cue) earlier = c;
        if (taken && c > f->cue) {
            set_content(work, f, c);
            join_clause(work, f, c);
            return true;
        }
        if (w->dep == DEP_XCOMP && (flags & CUE_TO) != 0 && tree_is_infinitive(work->tree, c)) {
            set_content(work, f, c);
            if (object != NO_TOKEN && object > f->cue && !told(work, f->cue))
                f->begin = work->tree->left[object];
            return true;
        }
        if (w->dep == DEP_OBL && (flags & CUE_PREP) != 0 && object == NO_TOKEN &&
            prep_of_speech(work, c) && prep_content(work, f, c))
            return true;
        if (w->dep == DEP_OBJ && object == NO_TOKEN)
            object = c;
        else if (object != NO_TOKEN && (w->dep == DEP_XCOMP || w->dep == DEP_OBL) &&
                 work->tree->left[c] == work->tree->right[object])
            more = c;
    }
    if (earlier != NO_TOKEN) {
        set_content(work, f, earlier);
        return true;
    }
    if ((flags & CUE_CLAUSE) != 0 && host_content(work, f)) return true;
    if (object == NO_TOKEN || (flags & CUE_OBJECT) == 0) return false;
    set_content(work, f, object);
    if (more != NO_TOKEN) f->end = work->tree->right[more];
    return true;
}

/* ---- quotations beside a cue -------------------------------------------------------------- */

static struct quote_region *region_at(const struct said_work *work, uint32_t t)
{
    if (t >= work->tree->n || work->tree->quote[t] == NONE) return NULL;
    return &work->tree->quotes.regions[work->tree->quote[t]];
}

/* The content's ends go out to those of the quotations that they lie in. */
static void widen(const struct said_work *work, struct find *f)
{
    uint32_t begin = f->begin, end = f->end;
    while (begin < end && is_final(work->text->tokens[begin].form))
        begin++;
    while (end > begin && is_final(work->text->tokens[end - 1].form))
        end--;
    if (begin == end) return;
    const struct quote_region *first = region_at(work, begin), *last = region_at(work, end - 1);
    const struct quote_region *cue = region_at(work, f->cue);
    if (first != NULL && first != cue && (first == last || begin == first->begin)) {
        f->begin = first->open;
        f->direct = true;
    }
    if (last != NULL && last != cue && last->end > f->end) f->end = last->end;
    if (first == NULL || last == NULL || first == cue) f->direct = false;
    if (f->end < work->tree->n && last != NULL && last != cue && f->end == last->close &&
        is_punct(work, f->end))
        f->end++;
}

/* A quotation that begins after the cue in its sentence, or in the next after a colon. */
static struct quote_region *region_after(const struct said_work *work, uint32_t t, uint32_t limit)
{
    for (uint32_t k = t; k < limit && k < t + NEAR_WORDS; k++) {
        struct quote_region *r = region_at(work, k);
        if (r != NULL) return r;
    }
    return NULL;
}

/* A quotation that ends just before the cue's clause. */
static struct quote_region *region_before(const struct said_work *work, uint32_t t, uint32_t limit)
{
    for (uint32_t k = t; k > limit && k + NEAR_WORDS > t; k--) {
        struct quote_region *r = region_at(work, k - 1);
        if (r != NULL) return r;
    }
    return NULL;
}

static bool free_region(const struct said_work *work, const struct quote_region *r)
{
    return r != NULL && work->taken[r - work->tree->quotes.regions] == 0;
}

/* A comma or full stop closes the quotation, inside or outside its mark. */
static bool closed_by_mark(const struct said_work *work, const struct quote_region *r)
{
    if (r->end > r->begin && is_final(work->text->tokens[r->end - 1].form)) return true;
    return r->close + 1 < work->tree->n && is_final(work->text->tokens[r->close + 1].form);
}

/* A quotation somewhere near the cue. */
static bool quote_content(const struct said_work *work, struct find *f, const struct sentence *s)
{
    struct quote_region *r = region_before(work, f->cue, s->token_begin);
    bool before = free_region(work, r);
    if (!before) r = region_after(work, f->cue_end, s->token_end);
    if (!free_region(work, r) || (before && !closed_by_mark(work, r))) return false;
    f->begin = r->open;
    f->end = r->end;
    f->direct = true;
    return true;
}

/* Nothing but marks stands between the quotation and the cue with its source. Surer than a tree:
 * parsers often lose their way around quotations. */
static bool adjacent_quote(const struct said_work *work, struct find *f, const struct sentence *s)
{
    uint32_t begin = f->cue_begin, end = f->cue_end;
    if (f->source != NO_TOKEN && f->source_end <= begin && begin - f->source_end < 3)
        begin = f->source_begin;
    if (f->source != NO_TOKEN && f->source_begin >= end && f->source_begin - end < 3)
        end = f->source_end;
    const struct quote_region *r = NULL;
    if (begin > s->token_begin) r = region_before(work, begin, s->token_begin);
    bool before =
        free_region(work, r) && closed_by_mark(work, r) && only_marks(work, r->end, begin);
    if (!before) {
        r = region_after(work, end, s->token_end);
        bool after =
            free_region(work, r) && closed_by_mark(work, r) && only_marks(work, end, r->begin);
        if (!after || r->end - r->begin < 3) return false;
    }
    f->begin = r->open;
    f->end = r->end;
    f->direct = true;
    return true;
}

static bool has_verb(const struct said_work *work, uint32_t begin, uint32_t end)
{
    for (uint32_t t = begin; t < end && t < begin + 4 * NEAR_WORDS; t++)
        if (word_of(work, t)->upos == UPOS_VERB || word_of(work, t)->upos == UPOS_AUX) return true;
    return false;
}

static bool stops(const struct said_work *work, uint32_t t, const struct sentence *s)
{
    return t < s->token_begin || t >= s->token_end || is_punct(work, t);
}

/* For verbs of saying that the parser left without content: "X said ..." has the rest of the
 * sentence, "..., X said." and "..., X said, ..." what stands around it. */
static bool rest_content(const struct said_work *work, struct find *f, const struct sentence *s)
{
    if (f->source == NO_TOKEN) return false;
    uint32_t begin = f->source_begin < f->cue_begin ? f->source_begin : f->cue_begin;
    uint32_t end = f->source_end > f->cue_end ? f->source_end : f->cue_end;
    bool aside = stops(work, end, s) && begin > s->token_begin && is_punct(work, begin - 1);
    f->begin = aside ? s->token_begin : f->cue_end;
    f->end = s->token_end;
    f->skip_begin = aside ? begin : 0;
    f->skip_end = aside ? end : 0;
    if (!aside && (f->source_begin > f->cue_begin || stops(work, f->cue_end, s))) return false;
    fit_content(work, f);
    return has_verb(work, f->begin, f->skip_begin < f->skip_end ? f->skip_begin : f->end);
}

/* ---- keeping a saying --------------------------------------------------------------------- */

static struct saying *new_saying(struct said_work *work)
{
    struct saying *grown = arena_grow(work->arena, work->out->sayings, work->out->n_sayings,
                                      (size_t)work->out->n_sayings + 1, &work->cap, sizeof *grown);
    if (grown == NULL) return NULL;
    work->out->sayings = grown;
    struct saying *q = &grown[work->out->n_sayings++];
    *q = (struct saying){.source_head = NO_TOKEN, .cue_token = NO_TOKEN};
    return q;
}

static void fill_roles(const struct said_work *work, const struct find *f, struct saying *q)
{
    add_piece(q->cue, &q->n_cue, span_of(work, f->cue_begin, f->cue_end));
    q->cue_token = f->cue;
    q->source_head = f->source;
    if (f->source != NO_TOKEN)
        add_piece(q->source, &q->n_source, span_of(work, f->source_begin, f->source_end));
}

/* The quotations in the content are no longer free. They are few and near the start, or this is no
 * news. */
static void take_regions(struct said_work *work, uint32_t begin, uint32_t end)
{
    enum { REGIONS_TAKEN = 32 };
    uint32_t low = 0, high = work->tree->quotes.n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (work->tree->quotes.regions[mid].end <= begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t k = low; k < work->tree->quotes.n && k < low + REGIONS_TAKEN; k++) {
        if (work->tree->quotes.regions[k].begin >= end) break;
        work->taken[k] = 1;
    }
}

/* The rest of a quotation in the sentence that the cue cut in two: "Yes," he said, "we can." */
static void add_second_half(struct said_work *work, const struct find *f, struct saying *q,
                            const struct sentence *s)
{
    uint32_t after =
        f->source != NO_TOKEN && f->source_end > f->cue_end ? f->source_end : f->cue_end;
    if (!f->direct || f->begin >= f->cue) return;
    struct quote_region *r = region_after(work, after, s->token_end);
    if (r == NULL || work->taken[r - work->tree->quotes.regions] != 0) return;
    if (r->open == 0 || !is_final(work->text->tokens[r->open - 1].form)) return;
    add_piece(q->content, &q->n_content, region_span(work, r));
    if (r->end > q->content_end) q->content_end = r->end;
    work->taken[r - work->tree->quotes.regions] = 1;
}

/* The span of a piece of content. One that reaches the end of a quotation keeps the comma before
 * the closing mark, and the mark. */
static struct span content_span(const struct said_work *work, uint32_t begin, uint32_t end)
{
    struct span piece = span_of(work, begin, end);
    while (end > begin && is_final(work->text->tokens[end - 1].form))
        end--;
    const struct quote_region *r = end > begin ? region_at(work, end - 1) : NULL;
    if (r == NULL || r->open < begin || r->end - end > 3) return piece;
    struct span whole = region_span(work, r);
    if (whole.end > piece.end) piece.end = whole.end;
    return piece;
}

static bool keep_find(struct said_work *work, const struct find *f, const struct sentence *s)
{
    struct saying *q = new_saying(work);
    if (q == NULL) return false;
    fill_roles(work, f, q);
    if (f->skip_begin < f->skip_end) {
        add_piece(q->content, &q->n_content, content_span(work, f->begin, f->skip_begin));
        add_piece(q->content, &q->n_content, content_span(work, f->skip_end, f->end));
    } else {
        add_piece(q->content, &q->n_content, content_span(work, f->begin, f->end));
    }
    q->direct = f->direct;
    q->content_begin = f->begin;
    q->content_end = f->end;
    take_regions(work, f->begin, f->end);
    add_second_half(work, f, q, s);
    if (q->n_content == 0) work->out->n_sayings--;
    return true;
}

/* ---- the cues of a sentence --------------------------------------------------------------- */

static bool clause_like(const struct said_work *work, uint32_t t)
{
    uint8_t upos = word_of(work, t)->upos;
    return upos == UPOS_VERB || upos == UPOS_AUX ||
           tree_child(work->tree, t, DEP_NSUBJ) != NO_TOKEN ||
           tree_child(work->tree, t, DEP_NSUBJ_PASS) != NO_TOKEN;
}

/* What a quoted person says of himself is the quotation's, not ours: "I think", "we know". */
static bool own_words(const struct said_work *work, uint32_t cue, uint32_t subject)
{
    if (work->tree->quote[cue] == NONE) return false;
    if (subject == NO_TOKEN) return true;
    struct str lemma = word_of(work, subject)->lemma;
    return str_eq_nocase(lemma, STR("i")) || str_eq(lemma, STR("we")) || str_eq(lemma, STR("you"));
}

/* A clause that follows its cue does not end before a verb or preposition that goes straight on:
 * the rest of the sentence is of it. */
static void close_clause(const struct said_work *work, struct find *f, const struct sentence *s)
{
    if (f->begin < f->cue_end || f->end >= s->token_end || f->skip_begin < f->skip_end) return;
    if (word_of(work, f->cue)->dep != DEP_ROOT || !has_verb(work, f->begin, f->end)) return;
    uint8_t next = word_of(work, f->end)->upos;
    if (next == UPOS_PUNCT || next == UPOS_CCONJ) return;
    f->end = s->token_end;
}

static bool try_verb(struct said_work *work, uint32_t t, uint32_t flags, const struct sentence *s)
{
    struct find f = {.source = NO_TOKEN};
    set_verb_cue(work, &f, t);
    bool quoted = work->tree->quote[t] != NONE; /* within a quotation a cue stays within it */
    bool quotes = !quoted && (flags & CUE_QUOTE) != 0;
    bool finite = word_of(work, t)->verb == VERB_PAST || word_of(work, t)->verb == VERB_PRESENT;
    uint32_t subject = saysource_child(work, t);
    if (subject == NO_TOKEN && finite && quotes) saysource_guess(work, &f, s);
    if (f.source == NO_TOKEN) subject = saysource_subject(work, t);
    if (own_words(work, t, subject)) return true;
    if (f.source != NO_TOKEN)
        subject = f.source;
    else if (subject != NO_TOKEN)
        saysource_set(work, &f, subject);
    bool found = quotes && adjacent_quote(work, &f, s);
    if (!found) {
        found = tree_content(work, &f, flags);
        if (!found && quotes && finite && (flags & CUE_CLAUSE) != 0)
            found = rest_content(work, &f, s);
        if (found && finite) close_clause(work, &f, s);
        if (found && !quoted)
            widen(work, &f);
        else if (!found && quotes)
            found = quote_content(work, &f, s);
    }
    if (found && subject == NO_TOKEN && !f.direct && word_of(work, t)->verb == VERB_NONE)
        return true;
    if (found) return keep_find(work, &f, s);
    if ((flags & CUE_QUOTE) != 0 && subject != NO_TOKEN) {
        work->pending = (struct saying){.source_head = NO_TOKEN};
        fill_roles(work, &f, &work->pending);
        work->is_pending = true;
    }
    return true;
}

/* "his promise to leave", "confident that ...". */
static bool try_noun(struct said_work *work, uint32_t t, uint32_t flags, const struct sentence *s)
{
    struct find f = {.source = NO_TOKEN, .cue = t, .cue_begin = t, .cue_end = t + 1};
    bool noun = (flags & CUE_NOUN) != 0;
    uint32_t clause = tree_child(work->tree, t, noun ? DEP_ACL : DEP_CCOMP);
    if (clause == NO_TOKEN && noun) clause = tree_child(work->tree, t, DEP_CCOMP);
    if (clause == NO_TOKEN || clause < t || !clause_like(work, clause)) return true;
    bool opened = tree_is_infinitive(work->tree, clause) ||
                  tree_child(work->tree, clause, DEP_MARK) != NO_TOKEN;
    if (noun && !opened) return true;
    set_content(work, &f, clause);
    widen(work, &f);
    uint32_t source = noun ? tree_child(work->tree, t, DEP_NMOD_POSS) : saysource_child(work, t);
    if (noun && source == NO_TOKEN) return true;
    if (source != NO_TOKEN) saysource_set(work, &f, source);
    if (!noun) {
        uint32_t cop = tree_child(work->tree, t, DEP_COP);
        if (cop != NO_TOKEN && cop < t && t - cop < 4) f.cue_begin = cop;
    }
    return keep_find(work, &f, s);
}

/* "According to X, ...": the rest of the clause is the content. */
static bool try_according(struct said_work *work, uint32_t t, const struct sentence *s)
{
    if (t + 1 >= s->token_end || !str_eq(work->text->tokens[t + 1].form, STR("to"))) return true;
    struct find f = {.source = NO_TOKEN, .cue = t, .cue_begin = t, .cue_end = t + 2};
    uint32_t source = word_of(work, t)->head;
    if (source == NO_TOKEN || source < t) source = word_of(work, t + 1)->head;
    if (source == NO_TOKEN || source <= t + 1) return true;
    uint32_t host = word_of(work, source)->head;
    f.source = source;
    f.source_begin = t + 2;
    f.source_end = work->tree->right[source];
    if (host == NO_TOKEN || f.source_end <= f.source_begin) return true;
    f.begin = work->tree->left[host];
    f.end = work->tree->right[host];
    f.skip_begin = t;
    f.skip_end = f.source_end;
    if (f.begin > t) f.begin = t;
    fit_content(work, &f);
    widen(work, &f);
    f.direct = false;
    return keep_find(work, &f, s);
}

static bool try_token(struct said_work *work, uint32_t t, const struct sentence *s)
{
    const struct word *w = word_of(work, t);
    if (w->upos == UPOS_VERB || w->upos == UPOS_NOUN || w->upos == UPOS_ADJ) {
        uint32_t flags = cueword_flags(w->lemma);
        uint32_t spoken = flags & (CUE_CLAUSE | CUE_TO | CUE_OBJECT | CUE_QUOTE | CUE_PREP);
        if (w->upos == UPOS_VERB && spoken != 0) return try_verb(work, t, spoken, s);
        if (w->upos == UPOS_NOUN && (flags & CUE_NOUN) != 0) return try_noun(work, t, CUE_NOUN, s);
        if (w->upos == UPOS_ADJ && (flags & CUE_ADJ) != 0) return try_noun(work, t, CUE_ADJ, s);
    }
    if (str_eq_nocase(work->text->tokens[t].form, STR("according")))
        return try_according(work, t, s);
    return true;
}

/* ---- quotations without a cue ------------------------------------------------------------- */

/* A quotation that fills its sentences: begins one and ends one. */
static bool fills_sentence(const struct said_work *work, const struct quote_region *r)
{
    const struct sentence *s = &work->text->sentences[r->sentence];
    if (r->open != s->token_begin || r->end - r->begin < 3) return false;
    const struct str last = work->text->tokens[r->end - 1].form;
    return r->close == r->end && (is_final(last) || r->close + 1 >= s->token_end);
}

static struct saying *speaker_before(struct said_work *work, const struct quote_region *r)
{
    if (work->out->n_sayings == 0) return NULL;
    struct saying *q = &work->out->sayings[work->out->n_sayings - 1];
    uint32_t there = work->text->sentences[r->sentence].paragraph;
    uint32_t at = q->cue_token != NO_TOKEN && q->cue_token > q->content_begin ? q->cue_token
                                                                              : q->content_begin;
    for (uint32_t s = r->sentence + 1; s-- > 0 && s + 12 > r->sentence;) {
        const struct sentence *sentence = &work->text->sentences[s];
        if (sentence->token_begin > at) continue;
        return sentence->paragraph + 1 >= there && q->n_source > 0 ? q : NULL;
    }
    return NULL;
}

static bool keep_continued(struct said_work *work, const struct quote_region *r)
{
    struct saying from, *before = speaker_before(work, r);
    bool pending = work->is_pending;
    if (before == NULL && !pending) return true;
    uint32_t here = work->text->sentences[r->sentence].paragraph;
    if (!pending && before->direct && before->n_content < SAID_PIECES &&
        (r->continued ||
         work->text->tokens[before->content_end - 1].begin >= work->text->paragraphs[here].begin)) {
        add_piece(before->content, &before->n_content, region_span(work, r));
        before->content_end = r->end;
        return true;
    }
    from = pending ? work->pending : *before;
    struct saying *q = new_saying(work);
    if (q == NULL) return false;
    *q = from;
    q->n_content = 0;
    q->direct = 1;
    q->continued = !pending;
    if (!pending) {
        q->n_cue = 0;
        q->cue_token = NO_TOKEN;
    }
    add_piece(q->content, &q->n_content, region_span(work, r));
    q->content_begin = r->begin;
    q->content_end = r->end;
    work->is_pending = false;
    return true;
}

static bool sayings_of_sentence(struct said_work *work, const struct sentence *s, uint32_t *region)
{
    bool colon =
        s->token_begin > 0 && str_eq(work->text->tokens[s->token_begin - 1].form, STR(":"));
    if (!colon) work->is_pending = false;
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        if (!try_token(work, t, s)) return false;
    for (; *region < work->tree->quotes.n &&
           work->tree->quotes.regions[*region].sentence <= work->sentence;
         (*region)++) {
        const struct quote_region *r = &work->tree->quotes.regions[*region];
        if (work->taken[*region] == 0 && fills_sentence(work, r) && !keep_continued(work, r))
            return false;
    }
    return true;
}

bool said_find(struct arena *arena, const struct tree *tree, struct said_layer *out)
{
    *out = (struct said_layer){0};
    struct said_work work = {.arena = arena, .text = tree->text, .tree = tree, .out = out};
    uint32_t region = 0;
    if (tree->n == 0) return true;
    work.taken = ARENA_NEW(arena, (size_t)tree->quotes.n + 1, uint8_t);
    if (work.taken == NULL) return false;
    for (uint32_t s = 0; s < tree->text->n_sentences; s++) {
        work.sentence = s;
        if (!sayings_of_sentence(&work, &tree->text->sentences[s], &region)) return false;
    }
    return true;
}
