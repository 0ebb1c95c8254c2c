/* fire.c - trying the triggers at each word; see fire.h.
 *
 * A word's triggers are found by its lemma. One that needs further words ("crack DOWN", "impose"
 * + {sanction}) outranks one that needs none, so that the more particular meaning wins. */
#include "what/fire.h"

static bool kind_fits(const struct tree *t, uint32_t token, uint8_t kind)
{
    uint8_t upos = t->words[token].upos;
    switch ((enum trigger_kind)kind) {
    case TRIGGER_VERB: return upos == UPOS_VERB || upos == UPOS_AUX;
    case TRIGGER_NOUN: return upos == UPOS_NOUN || upos == UPOS_PROPN;
    case TRIGGER_ADJ: return upos == UPOS_ADJ || upos == UPOS_VERB;
    }
    return false;
}

/* "state OF emergency": a further word may stand behind a noun only with a preposition of its own.
 */
static bool stands_rightly(const struct tree *t, uint32_t anchor, uint32_t child, bool noun)
{
    return !noun || child < anchor || t->words[child].dep == DEP_NMOD;
}

/* A dependent of the anchor, or of one of these close by, with that lemma. */
static uint32_t find_further_word(const struct what_input *in, uint32_t anchor, uint32_t symbol,
                                  bool noun)
{
    const struct tree *t = in->tree;
    enum { NEAR = 4 };
    EACH_CHILD(t, child, anchor) {
        if (in->symbol[child] == symbol && t->words[child].dep != DEP_CONJ &&
            stands_rightly(t, anchor, child, noun))
            return child;
    }
    EACH_CHILD(t, child, anchor) {
        uint8_t dep = t->words[child].dep;
        if (dep != DEP_OBJ && dep != DEP_OBL && dep != DEP_NMOD && dep != DEP_XCOMP &&
            dep != DEP_COMPOUND_PRT && dep != DEP_ADVMOD)
            continue;
        EACH_CHILD(t, grandchild, child)
            if (in->symbol[grandchild] == symbol && grandchild > anchor &&
                grandchild <= anchor + NEAR)
                return grandchild;
    }
    return NONE;
}

static bool take_words(const struct what_input *in, const struct frame_trigger *trigger,
                       uint32_t token, struct firing *f)
{
    for (int i = 1; i < TRIGGER_WORDS && trigger->words[i] != 0; i++) {
        uint32_t found =
            find_further_word(in, token, trigger->words[i], trigger->kind == TRIGGER_NOUN);
        if (found == NONE) return false;
        if (f->used.n < MOST_TAKEN) f->used.at[f->used.n++] = found;
        f->rank += 10;
    }
    return true;
}

/* The first word on one of the slot's paths that fits its class. */
static uint32_t find_slot_word(const struct what_input *in, const struct anchor *a,
                               const struct frame_slot *slot)
{
    for (uint32_t p = slot->path_begin; p < slot->path_end; p++) {
        struct token_list tokens;
        token_list_begin(&tokens);
        roles_follow(in, a, &in->frames->paths[p], &tokens);
        if (slot->role == SLOT_NEEDS) roles_follow_far(in, a, &in->frames->paths[p], &tokens);
        for (uint32_t i = 0; i < tokens.n; i++)
            if (roles_word_fits(in, slot, tokens.at[i])) return tokens.at[i];
    }
    return NONE;
}

static enum attempt_result try_slots(const struct what_input *in,
                                     const struct frame_trigger *trigger, struct firing *f)
{
    const struct tree *t = in->tree;
    struct anchor a = {f->token, NONE};
    for (uint32_t s = trigger->slot_begin; s < trigger->slot_end; s++) {
        const struct frame_slot *slot = &in->frames->slots[s];
        if (slot->role != SLOT_NEEDS && slot->role != SLOT_BARS) continue;
        if (trigger->kind == TRIGGER_VERB) a.also = tree_object(t, f->token);
        uint32_t word = find_slot_word(in, &a, slot);
        if (slot->role == SLOT_BARS && word != NONE) return ATTEMPT_BARRED;
        if (slot->role == SLOT_BARS) continue;
        if (word == NONE) return ATTEMPT_SLOT_MISSING;
        if (f->used.n < MOST_TAKEN) f->used.at[f->used.n++] = word;
        if (f->also == NONE) f->also = word;
        f->rank += 10;
    }
    return ATTEMPT_FIRED;
}

/* A target in plain sight is a sign that the meaning is meant. */
static uint32_t target_bonus(const struct what_input *in, const struct frame_trigger *trigger,
                             const struct firing *f)
{
    struct anchor a = {f->token, f->also};
    for (uint32_t s = trigger->slot_begin; s < trigger->slot_end; s++) {
        const struct frame_slot *slot = &in->frames->slots[s];
        struct actor_list actors;
        if (slot->role != SLOT_TARGET) continue;
        actor_list_begin(&actors);
        roles_fill(in, &a, slot, &actors);
        if (actors.n != 0) return actors.inner ? 3 : 5;
    }
    return 0;
}

static enum attempt_result try_trigger(const struct what_input *in, uint32_t index, uint32_t token,
                                       struct firing *out)
{
    const struct tree *t = in->tree;
    const struct frame_trigger *trigger = &in->frames->triggers[index];
    *out = (struct firing){.token = token, .trigger = index, .also = NONE};
    if (trigger->passive && !tree_is_passive(t, token)) return ATTEMPT_SLOT_MISSING;
    if (!take_words(in, trigger, token, out)) return ATTEMPT_WORD_MISSING;
    enum attempt_result result = try_slots(in, trigger, out);
    if (result != ATTEMPT_FIRED) return result;
    out->rank += target_bonus(in, trigger, out);
    out->rank += 20u * in->frames->records[trigger->frame].priority;
    return ATTEMPT_FIRED;
}

/* True when `token` stands to its head as the path says. */
static bool stands_at(const struct what_input *in, uint32_t token, const struct frame_path *path)
{
    const struct tree *t = in->tree;
    const struct word *w = &t->words[token];
    bool passive = w->head != NONE && tree_is_passive(t, w->head);
    switch ((enum path_kind)path->kind) {
    case PATH_SUBJ: return (w->dep == DEP_NSUBJ || w->dep == DEP_CSUBJ) && !passive;
    case PATH_OBJ:
        return w->dep == DEP_OBJ || w->dep == DEP_NSUBJ_PASS || (w->dep == DEP_NSUBJ && passive);
    case PATH_IOBJ: return w->dep == DEP_IOBJ;
    case PATH_XCOMP: /* "agreed on Friday TO MEET": often taken for a clause of purpose */
        return w->dep == DEP_XCOMP || w->dep == DEP_ACL ||
               (w->dep == DEP_ADVCL && w->verb == VERB_INFINITIVE);
    case PATH_CCOMP: return w->dep == DEP_CCOMP;
    case PATH_ADVCL: return w->dep == DEP_ADVCL;
    case PATH_POSS: return w->dep == DEP_NMOD_POSS;
    case PATH_COMPOUND: return w->dep == DEP_COMPOUND || w->dep == DEP_AMOD;
    case PATH_APPOS: return w->dep == DEP_APPOS;
    case PATH_PREP: {
        uint32_t marker = tree_marker(t, token);
        return marker != NONE && in->symbol[marker] == path->prep;
    }
    case PATH_COUNT: break;
    }
    return false;
}

static bool takes_event(const struct what_input *in, uint32_t trigger, uint32_t token)
{
    const struct frame_trigger *tr = &in->frames->triggers[trigger];
    for (uint32_t s = tr->slot_begin; s < tr->slot_end; s++) {
        const struct frame_slot *slot = &in->frames->slots[s];
        if (slot->role != SLOT_EVENT) continue;
        for (uint32_t p = slot->path_begin; p < slot->path_end; p++)
            if (stands_at(in, token, &in->frames->paths[p])) return true;
    }
    return false;
}

void fire_log(struct attempt_log *log, struct arena *arena, uint32_t token, uint32_t trigger,
              enum attempt_result result)
{
    if (log == NULL) return;
    struct attempt *grown =
        arena_grow(arena, log->attempts, log->n, log->n + 1, &log->cap, sizeof *log->attempts);
    if (grown == NULL) return;
    log->attempts = grown;
    log->attempts[log->n++] = (struct attempt){token, trigger, (uint8_t)result};
}

bool fire_at(const struct what_input *in, uint32_t token, enum fire_what what, uint32_t event,
             struct arena *arena, struct attempt_log *log, struct firing *out)
{
    const struct tree *t = in->tree;
    const struct frames *f = in->frames;
    const struct frame_symbol *symbol = &f->symbols[in->symbol[token]];
    out->trigger = NONE;
    if (in->symbol[token] == 0) return false;
    for (uint32_t i = symbol->trigger_begin; i < symbol->trigger_end; i++) {
        struct firing one;
        const struct frame_trigger *trigger = &f->triggers[i];
        bool is_operator = (f->records[trigger->frame].flags & FRAME_OPERATOR) != 0;
        if (is_operator != (what == FIRE_OPERATORS) || !kind_fits(t, token, trigger->kind))
            continue;
        if (event != NONE && !takes_event(in, i, event)) continue;
        enum attempt_result result = try_trigger(in, i, token, &one);
        if (result != ATTEMPT_FIRED) {
            fire_log(log, arena, token, i, result);
            continue;
        }
        bool better = out->trigger == NONE || one.rank > out->rank;
        if (out->trigger != NONE)
            fire_log(log, arena, token, better ? out->trigger : i, ATTEMPT_OUTRANKED);
        if (better) *out = one;
    }
    return out->trigger != NONE;
}
