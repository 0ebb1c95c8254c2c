/* what.c - events of a document; see what.h.
 *
 * For each word that is a trigger: fire (fire.h), read the roles, climb the operators, attach time,
 * place and attribution, code. A word that an outer trigger took as its own ("sanctions" in
 * "imposed sanctions") gives no event of its own. */
#include "know/ontology.h"
#include "know/sectors.h"
#include "what/coding.h"
#include "what/detail.h"
#include "what/placing.h"
#include "what/reading.h"

const char *const attempt_result_text[] = {
    [ATTEMPT_FIRED] = "fired",
    [ATTEMPT_WORD_MISSING] = "a further word of the trigger is missing",
    [ATTEMPT_SLOT_MISSING] = "a word that it needs is not there",
    [ATTEMPT_BARRED] = "a word that rules it out is there",
    [ATTEMPT_NO_SOURCE] = "no source was found",
    [ATTEMPT_NO_TARGET] = "no target was found",
    [ATTEMPT_OUTRANKED] = "another trigger fits better",
    [ATTEMPT_PART_OF_ANOTHER] = "the word is part of another event's name",
    [ATTEMPT_SAME_ACTOR] = "source and target are the same actor",
    [ATTEMPT_DROPPED] = "an operator says that nothing of the kind is told"};

#define DATE_BASIS_TEXT(name, text) [BASIS_##name] = text,
const char *const date_basis_name[BASIS_COUNT] = {DATE_BASES(DATE_BASIS_TEXT)};

static const struct frame_record *record_of(const struct coding *c, const struct firing *f)
{
    return &c->in->frames->records[c->in->frames->triggers[f->trigger].frame];
}

/* ---- words ---- */

/* Whole mentions first: what stands inside a larger one ("Russian" in "Russian troops") is not set.
 */
static void cover_mentions(const struct what_input *in, uint32_t *cover)
{
    for (uint32_t k = 0; k <= in->tree->n; k++)
        cover[k] = NONE;
    for (uint32_t i = 0; i < in->who->n_actors; i++) {
        const struct actor *a = &in->who->actors[i];
        if ((a->flags & (ACTOR_MODIFIER | ACTOR_PLACE)) || a->code[0] == '\0') continue;
        for (uint32_t k = a->token_begin; k < a->token_end; k++)
            if (cover[k] == NONE) cover[k] = i;
    }
}

static bool find_symbols(const struct what_input *in, struct arena *arena, uint32_t n,
                         uint32_t *symbol, uint32_t *key, const uint16_t **meaning)
{
    uint64_t *keys = ARENA_NEW(arena, n, uint64_t);
    if (keys == NULL) return false;
    const struct meanings *meanings = in->sink != NULL     ? in->sink->meanings
                                      : in->reader != NULL ? &in->reader->meanings
                                                           : NULL;
    for (uint32_t i = 0; i < n; i++)
        keys[i] = frames_key(in->frames, in->lang->words[i].lemma);
    for (uint32_t i = 0; i < n; i++) {
        struct str form = in->text->tokens[i].form, lemma = in->lang->words[i].lemma;
        key[i] = (uint32_t)keys[i];
        meaning[i] = meanings_of(meanings, key[i]);
        symbol[i] = frames_symbol_of(in->frames, keys[i]);
        if (symbol[i] == 0 && !str_eq_nocase(form, lemma)) /* "ruled", whose lemma came as "rul" */
            symbol[i] = frames_symbol(in->frames, form);
        const uint32_t verb = in->frames->symbols[symbol[i]].verb; /* "shot", a noun as well */
        if (verb != 0 && in->lang->words[i].upos == UPOS_VERB) symbol[i] = verb;
    }
    return true;
}

static bool view_words(struct what_input *in, struct arena *arena)
{
    uint32_t n = in->tree->n, *symbol = ARENA_NEW(arena, (size_t)n + 1, uint32_t);
    uint32_t *cover = ARENA_NEW(arena, (size_t)n + 1, uint32_t);
    uint32_t *key = ARENA_NEW(arena, (size_t)n + 1, uint32_t);
    const uint16_t **meaning = ARENA_NEW(arena, (size_t)n + 1, const uint16_t *);
    if (symbol == NULL || cover == NULL || key == NULL || meaning == NULL ||
        !find_symbols(in, arena, n, symbol, key, meaning))
        return false;
    cover_mentions(in, cover);
    in->symbol = symbol;
    in->cover = cover;
    in->key = key;
    in->meaning = meaning;
    return true;
}

/* ---- roles ---- */

/* Where the tree has lost the subject of a finite verb: the actor before it, with no verb,
 * preposition or punctuation mark in between ("PUTIN this week tempered ..."). */
static void take_actor_before(const struct coding *c, struct draft *d)
{
    const struct tree *t = c->in->tree;
    const struct word *verb = &t->words[d->firing.token];
    uint32_t begin = c->in->text->sentences[d->event.sentence].token_begin;
    bool finite = verb->verb == VERB_PAST || verb->verb == VERB_PRESENT || verb->verb == VERB_NONE;
    if (!finite || tree_is_passive(t, d->firing.token) || tree_subject(t, d->firing.token) != NONE)
        return;
    for (uint32_t i = d->firing.token; i-- > begin;) {
        uint8_t upos = t->words[i].upos;
        uint32_t actor = c->in->who->actor_at[i];
        if (actor != NONE && c->in->who->actors[actor].code[0] != '\0') {
            if (tree_marker(t, i) == NONE) roles_actors(c->in, i, false, &d->source);
            d->borrowed = d->source.n != 0;
            return;
        }
        if (upos == UPOS_VERB || upos == UPOS_PUNCT || upos == UPOS_ADP || upos == UPOS_SCONJ)
            return;
    }
}

static void read_roles(const struct coding *c, struct draft *d)
{
    const struct frames *f = c->in->frames;
    const struct frame_trigger *tr = &f->triggers[d->firing.trigger];
    bool source_given = false;
    for (uint32_t s = tr->slot_begin; s < tr->slot_end; s++) {
        const struct frame_slot *slot = &f->slots[s];
        if (slot->role == SLOT_SOURCE) {
            source_given = true;
            roles_fill(c->in, &d->anchor, slot, &d->source);
        } else if (slot->role == SLOT_TARGET) {
            roles_fill(c->in, &d->anchor, slot, &d->target);
        }
    }
    if (!source_given && tr->kind != TRIGGER_NOUN) {
        uint32_t subject = tree_subject(c->in->tree, d->firing.token);
        if (subject != NONE) roles_actors(c->in, subject, false, &d->source);
    }
    if (d->source.n == 0 && tr->kind == TRIGGER_VERB) take_actor_before(c, d);
}

static bool same_country(const struct coding *c, uint32_t actor, const struct actor_list *list)
{
    const struct actor *a = &c->in->who->actors[actor];
    for (uint32_t i = 0; i < list->n; i++) {
        const struct actor *b = &c->in->who->actors[list->at[i]];
        if (a->country[0] != '\0' && strcmp(a->country, b->country) == 0) return true;
    }
    return false;
}

/* Of several targets those of another country are meant: "the U.S.-Japan pact", signed by
 * Washington. */
static void drop_own_country(const struct coding *c, struct draft *d)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < d->target.n; i++)
        if (!same_country(c, d->target.at[i], &d->source)) d->target.at[kept++] = d->target.at[i];
    if (kept != 0) d->target.n = kept;
}

static void drop_twins(const struct coding *c, struct actor_list *list)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        bool twin = false;
        for (uint32_t k = 0; k < kept; k++)
            twin = twin || strcmp(c->in->who->actors[list->at[i]].code,
                                  c->in->who->actors[list->at[k]].code) == 0;
        if (!twin) list->at[kept++] = list->at[i];
    }
    list->n = kept;
}

static void drop_shared(const struct coding *c, struct draft *d)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < d->target.n; i++) {
        bool shared = false;
        for (uint32_t k = 0; k < d->source.n; k++)
            shared = shared || roles_same(c->in, d->target.at[i], d->source.at[k]);
        if (!shared) d->target.at[kept++] = d->target.at[i];
    }
    d->target.n = kept;
    drop_own_country(c, d);
    drop_twins(c, &d->source);
    drop_twins(c, &d->target);
}

/* "Russia and Ukraine met": the first named is the source, the others are the target. */
static bool split_reciprocal(const struct coding *c, struct draft *d)
{
    if (d->target.n != 0 || d->source.n < 2) return false;
    for (uint32_t i = 1; i < d->source.n; i++)
        if (!roles_same(c->in, d->source.at[0], d->source.at[i]))
            roles_add(&d->target, d->source.at[i]);
    d->source.n = 1;
    return d->target.n != 0;
}

/* A meeting or a call that names nobody of its own takes the subject of its clause: "Trump opened
 * his term with a phone call to Putin". Attacks and the like do not: "the government blamed a blast
 * on ..." */
static void borrow_source(const struct coding *c, struct draft *d)
{
    if (d->source.n != 0 || c->in->frames->triggers[d->firing.trigger].kind != TRIGGER_NOUN) return;
    if ((d->event.kind & FRAME_MEETING) == 0) return;
    uint32_t verb = tree_governing_verb(c->in->tree, d->top);
    if (verb == NONE) return;
    uint8_t dep = c->in->tree->words[tree_first_conjunct(c->in->tree, d->top)].dep;
    if (dep != DEP_OBL && dep != DEP_OBJ && dep != DEP_NMOD) return;
    uint32_t subject = tree_subject(c->in->tree, verb);
    if (subject == NONE) return;
    roles_actors(c->in, subject, false, &d->source);
    drop_shared(c, d);
    if (d->source.n != 0) d->borrowed = true;
}

static bool is_foreign(const struct coding *c, const struct draft *d, uint32_t actor)
{
    if (c->in->who->actors[actor].code[0] == '\0' || same_country(c, actor, &d->source))
        return false;
    for (uint32_t i = 0; i < d->source.n; i++)
        if (roles_same(c->in, actor, d->source.at[i])) return false;
    return true;
}

/* States and those who speak for them: comments are sought between these only. */
static bool speaks_for_state(const struct coding *c, uint32_t actor)
{
    const struct actor *a = &c->in->who->actors[actor];
    return a->country[0] != '\0' &&
           (a->sector == NULL || sector_has(c->in->frames->know, a->sector, SECTOR_SPEAKS));
}

/* The other party that the words of the event leave out: "to punish Russia for its invasion", in a
 * sentence about Ukraine. Near ones go before far ones; for deeds states before people and bodies.
 */
static void seek_target(const struct coding *c, struct draft *d, bool comment)
{
    const struct sentence *s = &c->in->text->sentences[d->event.sentence];
    uint32_t best = NONE, best_cost = UINT32_MAX;
    if (comment && !speaks_for_state(c, d->source.at[0])) return;
    for (uint32_t i = 0; i < c->in->who->n_actors; i++) {
        const struct actor *a = &c->in->who->actors[i];
        if (a->head < s->token_begin || (comment && !speaks_for_state(c, i))) continue;
        if (a->head >= s->token_end) break;
        if (a->kind == ACTOR_PRONOUN || (a->flags & ACTOR_PLACE) || !is_foreign(c, d, i)) continue;
        uint32_t far =
            a->head > d->firing.token ? a->head - d->firing.token : d->firing.token - a->head;
        uint32_t cost = far + (a->sector != NULL && !comment ? 100 : 0);
        if (cost >= best_cost) continue;
        best_cost = cost;
        best = i;
    }
    if (best == NONE) return;
    roles_add(&d->target, best);
    d->borrowed = true;
}

/* A comment is the speaker's, whoever is the subject of its words. */
static void take_speaker(const struct coding *c, struct draft *d)
{
    if (d->event.attribution == NONE) return;
    /* "Britain is worried, officials said": nobody in particular speaks for the subject */
    if (c->in->who->actors[d->event.attribution].country[0] == '\0' && d->source.n != 0) return;
    struct actor_list about = d->source;
    bool cut = d->source.cut || d->target.cut;
    for (uint32_t i = 0; i < d->target.n; i++)
        roles_add(&about, d->target.at[i]);
    actor_list_begin(&d->source);
    roles_add(&d->source, d->event.attribution);
    d->target.n = 0;
    for (uint32_t i = 0; i < about.n; i++)
        if (is_foreign(c, d, about.at[i])) roles_add(&d->target, about.at[i]);
    d->target.cut = cut || about.cut;
}

/* ---- coding ---- */

static void set_ontology(const struct coding *c, const struct frame_record *record, struct draft *d)
{
    struct event *e = &d->event;
    const struct know *know = c->in->frames->know;
    const struct ontology_code *code = ontology_find(know, str_c(e->cameo));
    if (d->n_operators == 0 || e->plover != NULL) {
        if (e->plover == NULL) e->plover = coding_nonempty(know_z(know, record->plover));
        if (e->mode == NULL) e->mode = coding_nonempty(know_z(know, record->mode));
    }
    if (code != NULL && e->plover == NULL) {
        e->plover = coding_nonempty(know_z(know, code->plover));
        e->mode = coding_nonempty(know_z(know, code->mode));
    }
    e->contexts = know_z(know, record->contexts);
}

static float confidence_of(const struct coding *c, const struct draft *d)
{
    float p = 0.9f;
    if (d->source.inner) p -= 0.1f;
    if (d->target.inner) p -= 0.1f;
    if (d->borrowed) p -= 0.2f;
    if (d->source.n == 0 || d->target.n == 0) p -= 0.2f;
    if (d->firing.used.n != 0) p += 0.05f;
    p -= 0.03f * (float)d->n_operators;
    float score = c->in->tree->words[d->firing.token].score;
    if (score > 0 && score < 0.5f) p -= 0.1f;
    return p < 0.05f ? 0.05f : p;
}

/* "the DETAINED tourists", "PROTEST songs": before another noun the word only describes it, unless
 * an operator above made something of it. */
static bool only_describes(const struct coding *c, const struct draft *d)
{
    const struct word *w = &c->in->tree->words[d->firing.token];
    if (d->n_operators != 0) return false;
    if (w->dep == DEP_AMOD && w->upos != UPOS_NOUN) return d->source.n == 0;
    return w->dep == DEP_COMPOUND && w->head != NONE && w->head > d->firing.token;
}

/* "An earthquake killed 40 people": nobody's deed, unless the sentence names a weapon, too. */
static bool is_accident(const struct coding *c, const struct draft *d)
{
    const struct sentence *s = &c->in->text->sentences[d->event.sentence];
    bool accident = false;
    for (uint32_t t = s->token_begin; t < s->token_end; t++) {
        if (t == d->firing.token) continue;
        if (lemma_has(c->in->tree, t, CLASS_WEAPON)) return false;
        accident = accident || lemma_has(c->in->tree, t, CLASS_ACCIDENT);
    }
    return accident;
}

/* Says whether the draft is an event, lacks an actor, or is nothing. */
static enum attempt_result judge(const struct coding *c, const struct draft *d, uint16_t flags)
{
    if (d->dropped || only_describes(c, d)) return ATTEMPT_DROPPED;
    if ((flags & FRAME_VIOLENCE) && d->source.n == 0 && is_accident(c, d)) return ATTEMPT_DROPPED;
    if (d->source.n == 0 && d->target.n == 0) return ATTEMPT_NO_SOURCE;
    if ((flags & FRAME_NEEDS_SOURCE) && d->source.n == 0) return ATTEMPT_NO_SOURCE;
    if ((flags & FRAME_NEEDS_TARGET) && d->target.n == 0) return ATTEMPT_NO_TARGET;
    return ATTEMPT_FIRED;
}

static bool finish_event(struct coding *c, struct draft *d, const struct frame_record *record)
{
    struct event *e = &d->event;
    uint32_t had_target = d->target.n;
    attach_attribution(c->in, c->saying_at, d);
    if (record->flags & FRAME_SPEAKER) take_speaker(c, d);
    drop_shared(c, d);
    if ((record->flags & FRAME_RECIPROCAL) && !d->swapped && split_reciprocal(c, d))
        e->reciprocal = 1; /* "Iran and Iraq agreed to meet": both did */
    borrow_source(c, d);
    if ((record->flags & FRAME_SEEKS) && d->target.n == 0 && d->source.n != 0)
        seek_target(c, d, (record->flags & FRAME_SPEAKER) != 0);
    enum attempt_result result = judge(c, d, record->flags);
    if (result == ATTEMPT_NO_TARGET && had_target != 0) result = ATTEMPT_SAME_ACTOR;
    fire_log(c->log, c->arena, d->firing.token, d->firing.trigger, result);
    c->spoken[d->firing.token].result = (uint8_t)result;
    if (result == ATTEMPT_DROPPED || result == ATTEMPT_SAME_ACTOR) return true;
    e->incomplete = result != ATTEMPT_FIRED;
    attach_all(c->in, c->arena, d);
    set_ontology(c, record, d);
    coding_set_historical(c, e);
    if (d->n_operators == 0) e->reciprocal = (record->flags & FRAME_RECIPROCAL) != 0;
    e->confidence = confidence_of(c, d);
    coding_set_span(c, d);
    return coding_keep(c, d);
}

/* What fires at the token. mark_taken() has found it already, but for nouns, without a log. */
static bool fire_frame(struct coding *c, uint32_t sentence, uint32_t token, struct firing *out)
{
    if (c->log != NULL || c->in->tree->words[token].upos == UPOS_NOUN)
        return fire_at(c->in, token, FIRE_FRAMES, NONE, c->arena, c->log, out);
    *out = c->firings[token - c->in->text->sentences[sentence].token_begin];
    return out->trigger != NONE;
}

static void begin_draft(const struct coding *c, uint32_t sentence, const struct firing *firing,
                        const struct frame_record *record, struct draft *d)
{
    d->firing = *firing;
    d->anchor = (struct anchor){firing->token, firing->also};
    d->top = firing->token;
    d->n_operators = 0;
    d->swapped = d->dropped = d->borrowed = false;
    actor_list_begin(&d->source);
    actor_list_begin(&d->target);
    d->event = (struct event){.sentence = sentence,
                              .token = firing->token,
                              .trigger = firing->trigger,
                              .frame = c->in->frames->triggers[firing->trigger].frame,
                              .status = STATUS_ACTUAL,
                              .from = DAY_MIN,
                              .to = DAY_MIN,
                              .time = NONE,
                              .place = NONE,
                              .place_id = NONE,
                              .saying = NONE,
                              .attribution = NONE};
    d->event.cameo = know_z(c->in->frames->know, record->cameo);
    d->event.kind = record->flags & (FRAME_MEETING | FRAME_VIOLENCE);
    d->event.reciprocal = (record->flags & FRAME_RECIPROCAL) != 0;
}

static bool code_token(struct coding *c, uint32_t sentence, uint32_t token)
{
    struct draft d;
    struct firing firing;
    if (!fire_frame(c, sentence, token, &firing)) return true;
    c->spoken[token].frame = c->in->frames->triggers[firing.trigger].frame;
    c->spoken[token].result = ATTEMPT_PART_OF_ANOTHER;
    if (c->taken[token]) {
        fire_log(c->log, c->arena, token, firing.trigger, ATTEMPT_PART_OF_ANOTHER);
        return true;
    }
    const struct frame_record *record = record_of(c, &firing);
    begin_draft(c, sentence, &firing, record, &d);
    read_roles(c, &d);
    operators_apply(c->in, c->arena, c->log, &d);
    return finish_event(c, &d, record);
}

/* Marks the words that verbs take as part of their event's name, before nouns are tried. */
static bool mark_taken(struct coding *c, const struct sentence *s)
{
    struct firing *f = arena_grow(c->arena, c->firings, 0, s->token_end - s->token_begin,
                                  &c->firings_cap, sizeof *f);
    if (f == NULL) return false;
    c->firings = f;
    for (uint32_t i = s->token_begin; i < s->token_end; i++, f++) {
        if (c->in->tree->words[i].upos == UPOS_NOUN) continue;
        if (!fire_at(c->in, i, FIRE_FRAMES, NONE, c->arena, NULL, f)) continue;
        for (uint32_t k = 0; k < f->used.n; k++)
            c->taken[f->used.at[k]] = 1;
    }
    return true;
}

/* Words of a time ("March") and of a name ("Free Trade Association") are never triggers. */
static void mark_items(struct coding *c)
{
    const struct what_input *in = c->in;
    for (uint32_t i = 0; i < in->when->n_times; i++)
        for (uint32_t k = in->when->times[i].token_begin; k < in->when->times[i].token_end; k++)
            c->taken[k] = 1;
    for (uint32_t i = 0; i < in->who->n_actors; i++) {
        const struct actor *a = &in->who->actors[i];
        if (a->kind == ACTOR_PRONOUN || a->kind == ACTOR_DESCRIPTION || (a->flags & ACTOR_BARE))
            continue;
        for (uint32_t k = a->token_begin; k < a->token_end; k++)
            c->taken[k] = 1;
    }
}

/* "accused Russia of bombing": what the operator's word says alone is told better by the event that
 * it was applied to. Drops the sentence's events, from `first` on, that are such a word's own. */
static void drop_operator_words(struct coding *c, uint32_t first)
{
    struct what_layer *out = c->out;
    uint32_t kept = first;
    for (uint32_t i = first; i < out->n_events; i++) {
        if (out->events[i].incomplete) continue;
        for (uint32_t k = out->events[i].operators.begin; k < out->events[i].operators.end; k++)
            if (!(c->in->frames->records[out->operators[k].record].flags & FRAME_SUPPORT))
                c->taken[out->operators[k].token] = 1;
    }
    for (uint32_t i = first; i < out->n_events; i++) {
        const struct event *e = &out->events[i];
        if (c->taken[e->token])
            fire_log(c->log, c->arena, e->token, e->trigger, ATTEMPT_PART_OF_ANOTHER);
        else
            out->events[kept++] = *e;
    }
    out->n_events = kept;
}

/* Notes for each word of the sentence which event it belongs to. */
static void mark_events(const struct coding *c, uint32_t first)
{
    const struct what_layer *out = c->out;
    for (uint32_t i = first; i < out->n_events; i++) {
        const struct event *e = &out->events[i];
        for (uint32_t k = e->operators.begin; k < e->operators.end; k++) {
            struct frame_word *s = &c->spoken[out->operators[k].token];
            s->event = i;
            s->operator= 1;
        }
    }
    for (uint32_t i = first; i < out->n_events; i++) {
        c->spoken[out->events[i].token].event = i;
        c->spoken[out->events[i].token].operator= 0;
    }
}

/* Lists the parties of each sentence: those of sentence s are [start[s], start[s + 1]). */
static bool list_parties(struct coding *c)
{
    const struct what_input *in = c->in;
    uint32_t n = in->text->n_sentences, *start = ARENA_NEW(c->arena, (size_t)n + 2, uint32_t);
    c->parties = ARENA_NEW(c->arena, (size_t)in->who->n_actors + 1, uint32_t);
    if (start == NULL || c->parties == NULL) return false;
    memset(start, 0, ((size_t)n + 2) * sizeof *start);
    for (uint32_t i = 0; i < in->who->n_actors; i++)
        if (evidence_is_party(in, i)) start[in->tree->sentence[in->who->actors[i].head] + 2]++;
    for (uint32_t s = 0; s < n; s++)
        start[s + 2] += start[s + 1];
    for (uint32_t i = 0; i < in->who->n_actors; i++)
        if (evidence_is_party(in, i))
            c->parties[start[in->tree->sentence[in->who->actors[i].head] + 1]++] = i;
    c->party_start = start;
    return true;
}

static struct evidence_view see_sentence(const struct coding *c, uint32_t sentence)
{
    const struct sentence *s = &c->in->text->sentences[sentence];
    uint32_t first = c->party_start[sentence];
    uint32_t earlier = sentence > 0 ? first - c->party_start[sentence - 1] : 0;
    uint32_t end = c->party_start[sentence + 1], last = sentence + 1 == c->in->text->n_sentences;
    return (struct evidence_view){.in = c->in,
                                  .what = c->out,
                                  .spoken = c->spoken,
                                  .saying_at = c->saying_at,
                                  .sentence = sentence,
                                  .begin = s->token_begin,
                                  .end = s->token_end,
                                  .parties = c->parties + first - earlier,
                                  .n_earlier = earlier,
                                  .n_parties = end - first + earlier,
                                  .n_all =
                                      (last ? end : c->party_start[sentence + 2]) - first + earlier,
                                  .homes = &c->homes};
}

bool what_find(const struct what_input *given, struct arena *arena, struct attempt_log *log,
               struct what_layer *out)
{
    struct what_input view = *given;
    const struct what_input *in = &view;
    struct coding c = {.in = in, .arena = arena, .log = log, .out = out};
    *out = (struct what_layer){0};
    if (in->text->n_tokens == 0) return true;
    c.taken = ARENA_NEW(arena, in->text->n_tokens, uint8_t);
    if (c.taken == NULL || !view_words(&view, arena) || !attach_prepare(in, arena, &c.saying_at))
        return false;
    c.spoken = ARENA_NEW(arena, in->text->n_tokens, struct frame_word);
    if (c.spoken == NULL) return false;
    for (uint32_t i = 0; i < in->text->n_tokens; i++)
        c.spoken[i] = (struct frame_word){.frame = NONE, .event = NONE};
    if (!list_parties(&c)) return false;
    evidence_list_homes(in, &c.homes);
    mark_items(&c);
    settle_begin(in, arena, &c.settling);
    for (uint32_t s = 0; s < in->text->n_sentences; s++) {
        const struct sentence *sent = &in->text->sentences[s];
        uint32_t first = out->n_events;
        if (!mark_taken(&c, sent)) return false;
        for (uint32_t i = sent->token_begin; i < sent->token_end; i++)
            if (c.in->symbol[i] != 0 && !code_token(&c, s, i)) return false;
        drop_operator_words(&c, first);
        mark_events(&c, first);
        const struct evidence_view seen = see_sentence(&c, s);
        if (in->sink != NULL) in->sink->take(in->sink->context, &seen);
        if (in->reader != NULL && in->asks && !reader_seek(in->reader, &c, &seen)) return false;
        if (in->reader != NULL && !reader_read(in->reader, &c, &seen, first)) return false;
    }
    if (in->reader != NULL && !reader_settle(&c)) return false;
    if (c.answer_score > 0 && !coding_add(&c, &c.answer)) return false;
    out->answered = c.answer_score > 0;
    placing_rest(in, out);
    return detail_find(in, arena, out) && !arena->failed;
}
