/* operators.c - what the words above an event make of it; see operators.h.
 *
 * From the trigger the climb goes to its head, and on as long as each head is an operator whose
 * EVENT slot the lower word fills, or a word that only counts or measures it ("a round of talks").
 * On each level auxiliaries, negation and conditional marks set the status. CAMEO's mirrored
 * codes (02 03 10 12 13) come from the operators' maps. */
#include "what/operators.h"

/* ---- status ---- */

static uint8_t status_of_auxiliary(const struct tree *t, uint32_t aux)
{
    if (lemma_has(t, aux, CLASS_AUX_PLANNED)) return STATUS_PLANNED;
    return lemma_has(t, aux, CLASS_AUX_HYPOTHETICAL) ? STATUS_HYPOTHETICAL : STATUS_KEEP;
}

static uint8_t weaker(uint8_t a, uint8_t b)
{
    static const uint8_t rank[STATUS_COUNT] = {
        [STATUS_ACTUAL] = 0,     [STATUS_HISTORICAL] = 1,   [STATUS_PLANNED] = 2,
        [STATUS_THREATENED] = 3, [STATUS_HYPOTHETICAL] = 4, [STATUS_NEGATED] = 5};
    if (b == STATUS_KEEP) return a;
    return rank[b] > rank[a] ? b : a;
}

/* "is TO hold talks", "was due TO hold talks": an infinitive with a form of "be" of its own. */
static bool is_due(const struct tree *t, uint32_t token)
{
    bool be = false;
    if (t->words[token].verb != VERB_INFINITIVE || !tree_is_infinitive(t, token)) return false;
    EACH_CHILD(t, child, token)
        be = be || (t->words[child].upos == UPOS_AUX && child + 1 < token &&
                    lemma_has(t, child, CLASS_BE));
    return be;
}

/* Words directly on `token` that say it did not, will or may happen. */
static uint8_t status_at(const struct what_input *in, uint32_t token)
{
    const struct tree *t = in->tree;
    uint8_t status = is_due(t, token) ? STATUS_PLANNED : STATUS_ACTUAL;
    if (tree_negation(t, token) != NONE) status = weaker(status, STATUS_NEGATED);
    if (tree_condition(t, token) != NONE) status = weaker(status, STATUS_HYPOTHETICAL);
    EACH_CHILD(t, child, token) {
        uint8_t dep = t->words[child].dep;
        if (dep == DEP_AUX) status = weaker(status, status_of_auxiliary(t, child));
        if (dep == DEP_AMOD || dep == DEP_ADVMOD || dep == DEP_COMPOUND) {
            struct firing f;
            if (in->symbol[child] != 0 && fire_at(in, child, FIRE_OPERATORS, NONE, NULL, NULL, &f))
                status = weaker(status,
                                in->frames->records[in->frames->triggers[f.trigger].frame].status);
        }
    }
    return status;
}

/* ---- the step up ---- */

const char *operators_map(const struct frames *f, const struct frame_record *record,
                          const char *cameo)
{
    for (uint32_t m = record->map_begin; m < record->map_end; m++) {
        size_t n = strlen(f->maps[m].from);
        if (f->maps[m].from[0] == '*' || strncmp(cameo, f->maps[m].from, n) == 0)
            return f->maps[m].to;
    }
    return NULL;
}

static void slot_actors(const struct what_input *in, const struct firing *f, enum slot_role role,
                        bool subject_default, struct actor_list *out)
{
    const struct tree *t = in->tree;
    const struct frame_trigger *tr = &in->frames->triggers[f->trigger];
    struct anchor a = {f->token, f->also};
    bool given = false;
    for (uint32_t s = tr->slot_begin; s < tr->slot_end && out->n == 0; s++) {
        const struct frame_slot *slot = &in->frames->slots[s];
        if (slot->role != role) continue;
        given = true;
        roles_fill(in, &a, slot, out);
    }
    if (!given && subject_default && tr->kind != TRIGGER_NOUN) {
        uint32_t subject = tree_subject(t, f->token);
        if (subject != NONE) roles_actors(in, subject, false, out);
    }
}

static bool list_has(const struct what_input *in, const struct actor_list *list, uint32_t actor)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (roles_same(in, list->at[i], actor)) return true;
    return false;
}

static void remove_actors(const struct what_input *in, struct actor_list *from,
                          const struct actor_list *these)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < from->n; i++)
        if (!list_has(in, these, from->at[i])) from->at[kept++] = from->at[i];
    from->n = kept;
}

void operators_refill(const struct what_input *in, struct draft *d, uint32_t also)
{
    const struct frame_trigger *tr = &in->frames->triggers[d->firing.trigger];
    struct anchor a = {d->firing.token, also};
    for (uint32_t s = tr->slot_begin; s < tr->slot_end; s++) {
        const struct frame_slot *slot = &in->frames->slots[s];
        if (slot->role == SLOT_SOURCE && d->source.n == 0) roles_fill(in, &a, slot, &d->source);
        if (slot->role == SLOT_TARGET && d->target.n == 0) {
            roles_fill(in, &a, slot, &d->target);
            remove_actors(in, &d->target, &d->source);
        }
    }
}

/* Who is source and who is target once the operator has spoken. */
static void set_roles(const struct what_input *in, struct draft *d, const struct firing *f,
                      uint16_t flags)
{
    struct actor_list source, target;
    actor_list_begin(&source);
    actor_list_begin(&target);
    slot_actors(in, f, SLOT_SOURCE, true, &source);
    slot_actors(in, f, SLOT_TARGET, false, &target);
    if (flags & FRAME_SUPPORT) {
        if (d->source.n == 0) d->source = source;
        operators_refill(in, d, f->token);
        remove_actors(in, &target, &d->source);
        if (d->target.n == 0) d->target = target;
        return;
    }
    if (source.n == 0) source = d->source;
    struct actor_list others = (flags & FRAME_SWAP) ? d->source : d->target;
    if ((flags & FRAME_SWAP) && target.n != 0) others = target;
    remove_actors(in, &others, &source);
    if (others.n == 0) others = target;
    remove_actors(in, &others, &source);
    if (others.n == 0) others = (flags & FRAME_SWAP) ? d->target : d->source;
    remove_actors(in, &others, &source);
    d->source = source;
    d->target = others;
}

static void apply_operator(const struct what_input *in, struct draft *d, const struct firing *f)
{
    const struct frame_record *record =
        &in->frames->records[in->frames->triggers[f->trigger].frame];
    struct event *e = &d->event;
    const char *code = operators_map(in->frames, record, e->cameo);
    set_roles(in, d, f, record->flags);
    if (record->flags & FRAME_DROPS) d->dropped = true;
    if (record->flags & FRAME_SWAP) d->swapped = true;
    if (code != NULL) {
        e->cameo = code;
        e->plover = NULL; /* the new code's own */
        e->mode = NULL;
        e->kind = 0;
        e->reciprocal = 0;
    }
    if (record->status != STATUS_KEEP) e->status = record->status;
    e->status = weaker(e->status, status_at(in, f->token));
    d->operators[d->n_operators++] =
        (struct applied_operator){in->frames->triggers[f->trigger].frame, f->token};
    d->top = f->token;
}

/* An infinitive or a clause of purpose that no operator above explains has not happened. */
static void weaken_unexplained(const struct tree *t, struct draft *d, uint32_t token)
{
    const struct word *w = &t->words[token];
    bool below =
        w->dep == DEP_ACL || w->dep == DEP_ADVCL || w->dep == DEP_XCOMP || w->dep == DEP_CCOMP;
    if (below && w->verb == VERB_INFINITIVE && tree_is_infinitive(t, token))
        d->event.status = weaker(d->event.status, STATUS_PLANNED);
    if (tree_condition(t, token) != NONE)
        d->event.status = weaker(d->event.status, STATUS_HYPOTHETICAL);
}

void operators_apply(const struct what_input *in, struct arena *arena, struct attempt_log *log,
                     struct draft *d)
{
    const struct tree *t = in->tree;
    uint32_t at = d->firing.token;
    d->top = at;
    d->event.status = weaker(d->event.status, status_at(in, at));
    for (uint32_t step = 0;; step++) {
        uint32_t head = t->words[at].head;
        struct firing f;
        if (head == NONE) break;
        d->event.truncated = step == MOST_OPERATORS;
        if (d->event.truncated) break;
        if (t->words[at].dep == DEP_CONJ) { /* "agreed to meet and TALK": as its first conjunct */
            at = head;
            continue;
        }
        if (fire_at(in, head, FIRE_OPERATORS, at, arena, log, &f)) {
            apply_operator(in, d, &f);
            at = head;
        } else if (t->words[at].dep == DEP_NMOD && lemma_has(t, head, CLASS_MEASURE)) {
            d->event.status = weaker(d->event.status, status_at(in, head));
            if (d->source.n == 0 || d->target.n == 0) operators_refill(in, d, head);
            at = head;
        } else {
            break;
        }
    }
    weaken_unexplained(t, d, at);
}
