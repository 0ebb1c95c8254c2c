/* detail.c - see detail.h. Amounts and events are sorted by sentence: each amount looks at the
 * events of its own, each event at a bounded number of steps up the tree. */
#include "what/detail.h"

#include "what/roles.h"

/* ---- how much ---- */

/* The types of event that an amount of each kind belongs to, as PLOVER names them. */
static const char *const types_of_kind[QUANTITY_KIND_COUNT] = {
    [QUANTITY_MONEY] = "AID AGREE COOPERATE SANCTION COERCE",
    [QUANTITY_KILLED] = "ASSAULT",
    [QUANTITY_WOUNDED] = "ASSAULT",
    [QUANTITY_CASUALTIES] = "ASSAULT",
    [QUANTITY_MISSING] = "ASSAULT",
    [QUANTITY_ABDUCTED] = "ASSAULT",
    [QUANTITY_ARRESTED] = "COERCE",
    [QUANTITY_RELEASED] = "RETREAT CONCEDE",
    [QUANTITY_DISPLACED] = "ASSAULT COERCE",
    [QUANTITY_TROOPS] = "MOBILIZE RETREAT AID",
    [QUANTITY_PROTESTERS] = "PROTEST",
};

static bool is_listed(const char *list, const char *type)
{
    struct str rest = str_c(list), one;
    while (str_next(&rest, ' ', &one))
        if (str_eq(one, str_c(type))) return true;
    return false;
}

static bool fits_kind(const struct event *e, const struct quantity *q)
{
    const char *list = types_of_kind[q->kind];
    return list != NULL && e->plover != NULL && is_listed(list, e->plover);
}

/* A word that names the event, or one that made it what it is. */
static bool is_word_of(const struct what_input *in, const struct what_layer *out,
                       const struct event *e, uint32_t token)
{
    const struct token *tok = &in->text->tokens[token];
    if (token == e->token || (tok->begin >= e->begin && tok->end <= e->end)) return true;
    for (uint32_t i = e->operators.begin; i < e->operators.end; i++)
        if (out->operators[i].token == token) return true;
    return false;
}

/* The steps from a token up to a word of the event, without crossing into another clause; NONE when
 * it does not hang on it. */
static uint32_t steps_up(const struct what_input *in, const struct what_layer *out,
                         const struct event *e, uint32_t token)
{
    enum { MOST_STEPS = 12 };
    const struct tree *t = in->tree;
    for (uint32_t step = 0; step < MOST_STEPS && token != NONE; step++) {
        if (is_word_of(in, out, e, token)) return step;
        uint8_t dep = t->words[token].dep;
        bool other = dep == DEP_CCOMP || dep == DEP_ACL_RELCL || dep == DEP_PARATAXIS;
        bool beside = (dep == DEP_CONJ || dep == DEP_ADVCL) && tree_is_clause(t, token);
        if (step > 0 && (other || beside)) return NONE;
        token = t->words[token].head;
    }
    return NONE;
}

static bool shares_verb(const struct tree *t, const struct event *e, uint32_t token)
{
    uint32_t verb = tree_is_clause(t, e->token) ? e->token : tree_governing_verb(t, e->token);
    return verb != NONE && (t->words[token].head == verb || tree_governing_verb(t, token) == verb);
}

/* "12 were killed and 30 INJURED in an attack": both are of the attack. */
static bool is_fate(const struct tree *t, uint32_t token)
{
    static const enum word_class classes[] = {CLASS_KILL,   CLASS_DIE,     CLASS_DEATH,
                                              CLASS_WOUND,  CLASS_INJURY,  CLASS_ABDUCT,
                                              CLASS_ARREST, CLASS_MISSING, CLASS_DISPLACE};
    for (size_t k = 0; k < sizeof classes / sizeof *classes; k++)
        if (word_has(t, token, classes[k])) return true;
    return false;
}

/* The head of the clause with a subject of its own, coordinated with another, that the token stands
 * in; else that of the sentence. */
static uint32_t clause_top(const struct tree *t, uint32_t token)
{
    enum { MOST_STEPS = 24 };
    for (uint32_t step = 0; step < MOST_STEPS && t->words[token].head != NONE; step++) {
        uint8_t dep = t->words[token].dep;
        bool beside = dep == DEP_CONJ || dep == DEP_PARATAXIS;
        if (beside && (tree_child(t, token, DEP_NSUBJ) != NONE ||
                       tree_child(t, token, DEP_NSUBJ_PASS) != NONE))
            if (!is_fate(t, token)) break;
        token = t->words[token].head;
    }
    return token;
}

enum {
    FIT_HANGS = 1000, /* it hangs on the event, less the steps */
    FIT_CLAUSE = 500, /* it stands in the event's clause */
    FIT_NEAR = 300,   /* in its sentence, less the distance */
    FIT_KIND = 2000,  /* such events have such amounts */
    FIT_DEED = 10000  /* the event is what befell those counted */
};

/* How well an amount fits an event of its sentence; 0: not at all. */
static uint32_t fit_of(const struct what_input *in, const struct what_layer *out,
                       const struct event *e, const struct quantity *q)
{
    if (q->head == NONE) return 0;
    if (e->token == q->deed || e->token == q->head) return FIT_DEED;
    bool kind = fits_kind(e, q);
    uint32_t steps = steps_up(in, out, e, q->head), fit = kind ? FIT_KIND : 0;
    if (steps != NONE) return fit + FIT_HANGS - steps;
    if (!kind) return 0;
    if (q->kind == QUANTITY_MONEY || q->kind == QUANTITY_TROOPS)
        return shares_verb(in->tree, e, q->head) ? fit + FIT_CLAUSE : 0;
    if (clause_top(in->tree, e->token) != clause_top(in->tree, q->head)) return 0;
    uint32_t far = e->token > q->head ? e->token - q->head : q->head - e->token;
    fit += shares_verb(in->tree, e, q->head) ? FIT_CLAUSE : 0;
    return fit + FIT_NEAR - (far < FIT_NEAR ? far : FIT_NEAR - 1);
}

/* The event of the sentence, [first, end), that the amount belongs to, or NONE. */
static uint32_t owner_of(const struct what_input *in, const struct what_layer *out, uint32_t first,
                         uint32_t end, const struct quantity *q)
{
    uint32_t best = NONE, most = 0;
    for (uint32_t i = first; i < end; i++) {
        uint32_t fit = fit_of(in, out, &out->events[i], q);
        if (fit <= most) continue;
        most = fit;
        best = i;
    }
    return best;
}

enum { SENTENCES_BACK = 2 };

/* "A bomb exploded. At least 20 people were killed.": what befell people in a sentence without such
 * an event is of the last one before it. [first, end) are the events of its sentence. */
static uint32_t owner_before(const struct what_input *in, const struct what_layer *out,
                             uint32_t first, uint32_t end, const struct quantity *q)
{
    uint32_t sentence = in->tree->sentence[q->token_begin];
    if (q->deed == NONE) return NONE;
    for (uint32_t i = first; i < end; i++)
        if (fits_kind(&out->events[i], q)) return NONE;
    for (uint32_t i = first; i-- > 0 && out->events[i].sentence + SENTENCES_BACK >= sentence;)
        if (fits_kind(&out->events[i], q)) return i;
    return NONE;
}

/* The event that each amount belongs to. */
static uint32_t *find_owners(const struct what_input *in, struct arena *arena,
                             const struct what_layer *out)
{
    const struct when_layer *when = in->when;
    uint32_t *owner = ARENA_NEW(arena, (size_t)when->n_quantities + 1, uint32_t);
    uint32_t first = 0, end = 0;
    if (owner == NULL) return NULL;
    for (uint32_t i = 0; i < when->n_quantities; i++) {
        const struct quantity *q = &when->quantities[i];
        uint32_t sentence = in->tree->sentence[q->token_begin];
        while (first < out->n_events && out->events[first].sentence < sentence)
            first++;
        if (end < first) end = first;
        while (end < out->n_events && out->events[end].sentence == sentence)
            end++;
        owner[i] = owner_of(in, out, first, end, q);
        if (owner[i] == NONE) owner[i] = owner_before(in, out, first, end, q);
    }
    return owner;
}

static bool share_quantities(const struct what_input *in, struct arena *arena,
                             struct what_layer *out)
{
    const uint32_t n = in->when->n_quantities;
    const struct quantity *all = in->when->quantities;
    uint32_t *owner = find_owners(in, arena, out), low = 0;
    out->quantities = ARENA_NEW(arena, (size_t)n + 1, uint32_t);
    out->n_quantities = 0;
    if (owner == NULL || out->quantities == NULL) return false;
    for (uint32_t e = 0; e < out->n_events; e++) {
        struct range *own = &out->events[e].quantities;
        uint32_t sentence = out->events[e].sentence;
        own->begin = out->n_quantities;
        while (low < n && in->tree->sentence[all[low].token_begin] < sentence)
            low++;
        for (uint32_t i = low;
             i < n && in->tree->sentence[all[i].token_begin] <= sentence + SENTENCES_BACK; i++)
            if (owner[i] == e) out->quantities[out->n_quantities++] = i;
        own->end = out->n_quantities;
    }
    return true;
}

/* ---- who says so ---- */

/* What happens in the saying itself. */
static bool is_speech(const struct event *e)
{
    static const char types[] = "AGREE SUPPORT REQUEST ACCUSE REJECT THREATEN";
    return e->plover != NULL && is_listed(types, e->plover);
}

/* The speaker takes part in the event. */
static bool speaks_of_himself(const struct what_input *in, const struct what_layer *out,
                              const struct event *e)
{
    if (e->attribution == NONE) return false;
    for (uint32_t i = e->source.begin; i < e->source.end; i++)
        if (roles_same(in, out->parties[i].actor, e->attribution)) return true;
    return false;
}

/* The cue tells that something is so. */
static bool reports(const struct tree *t, const struct saying *s)
{
    if (s->cue_token == NONE) return s->continued != 0;
    return lemma_has(t, s->cue_token, CLASS_REPORT) || form_has(t, s->cue_token, CLASS_ACCORDING);
}

static bool is_definite(const struct tree *t, uint32_t token)
{
    uint32_t article = tree_child(t, token, DEP_DET);
    return (article != NONE && form_has(t, article, CLASS_THE)) ||
           tree_child(t, token, DEP_NMOD_POSS) != NONE;
}

/* "said the bombing WAS UNJUSTIFIED", "regrets, after THE ATTACK": a noun that no clause of the
 * saying tells to have happened is taken for granted. */
static bool is_granted(const struct tree *t, const struct saying *s, uint32_t token)
{
    uint8_t dep = t->words[token].dep;
    uint32_t head = t->words[token].head;
    if (head == s->cue_token || form_has(t, s->cue_token, CLASS_ACCORDING)) return false;
    if (tree_is_clause(t, token)) return dep == DEP_ACL_RELCL || dep == DEP_ADVCL_RELCL;
    if (head == NONE || dep == DEP_OBL_AGENT) return false;
    if (!tree_is_clause(t, head)) return true;
    bool verb = t->words[head].upos == UPOS_VERB;
    if (dep == DEP_OBL) {
        uint32_t marker = tree_preposition(t, token);
        return !verb || is_definite(t, token) || marker == NONE ||
               !word_has(t, marker, CLASS_BROUGHT_BY);
    }
    return !verb;
}

/* The text tells by the saying that the event happened. */
static bool is_attributed(const struct what_input *in, const struct what_layer *out,
                          const struct event *e)
{
    const struct saying *s = &in->said->sayings[e->saying];
    bool own = speaks_of_himself(in, out, e);
    bool told = e->status == STATUS_ACTUAL || e->status == STATUS_HISTORICAL;
    if (!reports(in->tree, s) || (own && (is_speech(e) || !told))) return false;
    return s->direct || !is_granted(in->tree, s, e->token);
}

/* The speaker is who carries the source; of those named in it the last one before that word ("UN
 * observers"), but no possessor ("his secretary"). */
static void set_speaker(const struct what_input *in, struct event *e)
{
    const struct tree *t = in->tree;
    uint32_t head = in->said->sayings[e->saying].source_head;
    struct actor_list named;
    if (head == NONE) return;
    actor_list_begin(&named);
    roles_actors(in, head, false, &named);
    e->attribution = in->cover[head];
    for (uint32_t i = 0; i < named.n && in->cover[head] == NONE; i++) {
        uint32_t carrier = in->who->actors[named.at[i]].head;
        bool inside = named.inner && (carrier > head || t->words[carrier].dep == DEP_NMOD_POSS);
        if (!inside && (named.inner || i == 0)) e->attribution = named.at[i];
    }
}

bool detail_find(const struct what_input *in, struct arena *arena, struct what_layer *out)
{
    for (uint32_t i = 0; i < out->n_events; i++) {
        struct event *e = &out->events[i];
        if (e->saying == NONE) continue;
        set_speaker(in, e);
        if (!is_attributed(in, out, e)) e->saying = e->attribution = NONE;
    }
    return share_quantities(in, arena, out);
}
