/* reading.c - see reading.h. */
#include "what/reading.h"

#include <math.h>
#include <stdio.h>

#include "know/ontology.h"
#include "know/sectors.h"
#include "what/counting.h"
#include "who/home.h"

static const float SURELY_TOLD = 0.995f;
static const float WHOLE = 0.38f;      /* what is likelier and has a whole frame is an event */
static const float SURELY_PAST = 0.9f; /* share of what is told that has to be past */
static const float SURE_OF_SECTOR = 0.7f;
static const float LISTED = -3;   /* what one of a list has to score where another one is taken */
static const float OWN_STATE = 3; /* by how much less a state's own state scores */
static const float LEAST_LIKELY = 0.1f; /* where unlikely events are wanted, too */
static const float ONE_MORE = 0.7f;     /* how likely each further event of a sentence has to be */

/* ---- events ---- */

/* An event that is being read. */
struct reading {
    uint32_t token, type;
    float likely;
    uint8_t status;
    float told; /* how likely it is told as having happened */
    const struct reader_label *mode, *code;
    float sides; /* how likely it is that the sides are right */
};

static uint32_t best_of(const float *share, uint32_t n)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < n; i++)
        if (share[i] > share[best]) best = i;
    return best;
}

/* Comments (CAMEO 01) are the frames' own: the corpus has none of their own right. */
static bool is_comment_code(const char *name)
{
    return strncmp(name, "01", 2) == 0;
}

/* The best label of those of the type; NULL if there is none. */
static const struct reader_label *label_of(const struct reader_label *list, const float *score,
                                           uint32_t n, uint32_t type)
{
    uint32_t best = NONE;
    for (uint32_t i = 0; i < n; i++)
        if (list[i].type == type && !is_comment_code(list[i].name) &&
            (best == NONE || score[i] > score[best]))
            best = i;
    return best == NONE ? NULL : &list[best];
}

/* Status, mode and code of an event whose type is known. */
static void read_labels_of(const struct reader *r, const float *hidden, struct reading *out)
{
    float share[SCORER_OUT_MOST];
    scorer_shares(&r->word, WORD_STATUS, hidden, share);
    out->told = share[STATUS_ACTUAL] + share[STATUS_HISTORICAL];
    if (out->told > 0.5f)
        out->status =
            share[STATUS_HISTORICAL] < SURELY_PAST * out->told ? STATUS_ACTUAL : STATUS_HISTORICAL;
    else {
        share[STATUS_ACTUAL] = share[STATUS_HISTORICAL] = 0;
        out->status = (uint8_t)best_of(share, STATUS_COUNT);
    }
    scorer_scores(&r->word, WORD_MODE, hidden, share);
    out->mode = label_of(r->modes, share, r->n_modes, out->type);
    scorer_scores(&r->word, WORD_CODE, hidden, share);
    out->code = label_of(r->codes, share, r->n_codes, out->type);
}

/* ---- weighing ---- */

static const uint8_t *state_of(const struct evidence_view *v, uint32_t token)
{
    return v->in->lang->states + (size_t)token * v->in->lang->width;
}

static void weigh_word(const struct reader *r, const struct evidence_view *v, const float *mean,
                       uint32_t token, const struct evidence *e, float *hidden)
{
    struct scorer_part own;
    if (r->word.n_states != 0) scorer_part(&r->word, 0, state_of(v, token), &own);
    scorer_hidden(&r->word, e, mean, &own, NULL, hidden);
}

/* An event's word and type, for which parties are weighed. */
struct weighing {
    uint32_t token, type;
    struct scorer_part part;
};

static void begin_weighing(const struct reader *r, const struct evidence_view *v, uint32_t token,
                           uint32_t type, struct weighing *w)
{
    w->token = token;
    w->type = type;
    if (r->party.n_states != 0) scorer_part(&r->party, 0, state_of(v, token), &w->part);
}

/* The hidden layer of an actor; scorer_among() then weighs those of all. */
static void see_party(const struct reader *r, const struct evidence_view *v,
                      const struct weighing *w, uint32_t actor, float *hidden)
{
    struct evidence e;
    struct scorer_part own;
    evidence_of_party(v, w->token, actor, w->type, &e);
    if (r->party.n_states > 1)
        scorer_part(&r->party, 1, state_of(v, v->in->who->actors[actor].head), &own);
    scorer_hidden(&r->party, &e, NULL, &w->part, &own, hidden);
}

/* That of nobody in their place. */
static void see_nobody(const struct reader *r, const struct evidence_view *v,
                       const struct weighing *w, float *hidden)
{
    struct evidence e;
    struct scorer_part own;
    evidence_of_nobody(v, w->token, w->type, &e);
    if (r->party.n_states > 1) scorer_part(&r->party, 1, state_of(v, w->token), &own);
    scorer_hidden(&r->party, &e, NULL, &w->part, &own, hidden);
}

/* How much likelier the type is, in log-odds, with each group of the evidence than without it; the
 * largest first, as text. */
static const char *reasons_of(const struct reader *r, struct arena *arena,
                              const struct evidence_view *v, const struct evidence *e,
                              const float *mean, const struct counted *x)
{
    enum { MOST = 4 };
    float with[SCORER_OUT_MOST], without[SCORER_OUT_MOST], hidden[SCORER_DIM_MOST];
    float term[EVIDENCE_GROUP_COUNT];
    char text[256] = "";
    size_t len = 0;
    const uint32_t type = x->type;
    weigh_word(r, v, mean, x->token, e, hidden);
    scorer_scores(&r->word, WORD_TYPE, hidden, with);
    for (uint32_t g = 0; g < EVIDENCE_GROUP_COUNT; g++) {
        struct evidence rest = {.n = 0};
        uint32_t begin = g == 0 ? 0 : e->end[g - 1];
        for (uint32_t i = 0; i < e->n; i++)
            if (i < begin || i >= e->end[g]) rest.at[rest.n++] = e->at[i];
        weigh_word(r, v, mean, x->token, &rest, hidden);
        scorer_scores(&r->word, WORD_TYPE, hidden, without);
        term[g] = with[type] - with[0] - (without[type] - without[0]);
    }
    for (int n = 0; n < MOST; n++) {
        uint32_t best = 0;
        for (uint32_t g = 1; g < EVIDENCE_GROUP_COUNT; g++)
            if (fabsf(term[g]) > fabsf(term[best])) best = g;
        if (fabsf(term[best]) < 0.05f) break;
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s %+.1f", n != 0 ? ", " : "",
                                evidence_group_text[best], (double)term[best]);
        term[best] = 0;
    }
    return arena_str(arena, str_c(text)).at;
}

/* The note of a word that was weighed, or NULL. */
static struct reading_note *note_of(const struct attempt_log *log, uint32_t token)
{
    for (uint32_t i = log == NULL ? 0 : log->n_notes; i-- > 0;)
        if (log->notes[i].token == token) return &log->notes[i];
    return NULL;
}

static void note_result(const struct coding *c, uint32_t token, uint8_t result)
{
    struct reading_note *note = note_of(c->log, token);
    if (note != NULL) note->result = result;
}

/* Notes what was weighed; silently does nothing where memory ran out (explain then shows less). */
static void note_word(const struct reader *r, struct coding *c, const struct evidence_view *v,
                      const float *mean, const struct evidence *e, const struct counted *x)
{
    enum { WORTH = 20 }; /* per mille: what is less likely is not shown */
    struct attempt_log *log = c->log;
    if (log == NULL || x->own * 1000 < WORTH) return;
    struct reading_note *grown = arena_grow(c->arena, log->notes, log->n_notes, log->n_notes + 1,
                                            &log->notes_cap, sizeof *grown);
    const char *reasons = reasons_of(r, c->arena, v, e, mean, x);
    if (grown == NULL || reasons == NULL) return;
    log->notes = grown;
    log->notes[log->n_notes++] = (struct reading_note){.token = x->token,
                                                       .plover = r->types[x->type].name,
                                                       .likelihood = x->own,
                                                       .reasons = reasons,
                                                       .sides = ""};
}

/* What the sentence's words may name: for each its shares of the types, then its hidden layer. */
struct counted_words {
    struct counted *at;
    float *share, *hidden;
    uint32_t n;
};

static bool begin_words(const struct reader *r, struct coding *c, uint32_t most,
                        struct counted_words *w)
{
    const size_t numbers = (size_t)most * (r->n_types + r->word.dim);
    c->counted = arena_grow(c->arena, c->counted, 0, most, &c->counted_cap, sizeof *c->counted);
    c->shares = arena_grow(c->arena, c->shares, 0, numbers, &c->shares_cap, sizeof *c->shares);
    if (c->counted == NULL || c->shares == NULL) return false;
    *w = (struct counted_words){
        .at = c->counted, .share = c->shares, .hidden = c->shares + (size_t)most * r->n_types};
    return true;
}

static void weigh_next(const struct reader *r, struct coding *c, const struct evidence_view *v,
                       const float *mean, uint32_t token, struct counted_words *w)
{
    struct evidence e;
    struct counted *x = &w->at[w->n];
    float share[SCORER_OUT_MOST], *hidden = w->hidden + (size_t)w->n * r->word.dim;
    evidence_of_word(v, token, &e);
    weigh_word(r, v, mean, token, &e, hidden);
    scorer_shares(&r->word, WORD_TYPE, hidden, share);
    memcpy(w->share + (size_t)w->n * r->n_types, share, r->n_types * sizeof *share);
    *x = (struct counted){.token = token, .own = 1 - share[0]};
    x->type = 1 + best_of(share + 1, r->n_types - 1);
    note_word(r, c, v, mean, &e, x);
    w->n++;
}

/* ---- sides ---- */

static float sigmoid(float x)
{
    return 1 / (1 + expf(-x));
}

/* Who is on the side already, or a place of its country: "with Armenia over Nagorno-Karabakh". */
static bool is_taken(const struct who_layer *who, const struct actor_list *list, uint32_t actor)
{
    const struct actor *a = &who->actors[actor];
    for (uint32_t i = 0; i < list->n; i++) {
        const struct actor *b = &who->actors[list->at[i]];
        if (a->chain != 0 && a->chain == b->chain && (a->head != b->head)) return true;
        if ((a->flags & ACTOR_PLACE) && strcmp(a->country, b->country) == 0) return true;
    }
    return false;
}

/* "Kenyan students and a teacher": one of a list that the side has another one of. */
static bool is_listed(const struct evidence_view *v, const struct actor_list *list, uint32_t actor)
{
    const struct who_layer *who = v->in->who;
    uint32_t first = tree_first_conjunct(v->in->tree, who->actors[actor].head);
    bool listed = false;
    for (uint32_t i = 0; i < list->n && list->at[i] != actor; i++)
        listed = listed || tree_first_conjunct(v->in->tree, who->actors[list->at[i]].head) == first;
    return listed;
}

/* Adds an actor where it stands in the text. */
static void add_in_order(struct actor_list *list, uint32_t actor)
{
    roles_add(list, actor);
    for (uint32_t i = list->n; i > 1 && list->at[i - 2] > list->at[i - 1]; i--) {
        uint32_t later = list->at[i - 2];
        list->at[i - 2] = list->at[i - 1];
        list->at[i - 1] = later;
    }
}

/* How likely one more is on the side, of another country than those of the list. */
static float likeliest_left_out(const struct evidence_view *v, const float *score,
                                const float *other, const struct actor_list *list)
{
    float most = -99;
    for (uint32_t k = 0; k < v->n_all; k++) {
        const struct actor *a = &v->in->who->actors[v->parties[k]];
        bool known = score[k] < other[k] || score[k] <= most;
        for (uint32_t i = 0; i < list->n && !known; i++)
            known = list->at[i] == v->parties[k] ||
                    strcmp(v->in->who->actors[list->at[i]].country, a->country) == 0;
        if (!known) most = score[k];
    }
    return sigmoid(most);
}

/* Takes the parties that are likely enough; where none is, the likeliest, if it is likely enough
 * beside nobody; then the others of their lists, unless they are unlikely. Returns how likely it is
 * that this is right. */
static float take_side(const struct reader *r, const struct evidence_view *v, const float *score,
                       const float *other, float nobody, struct actor_list *list)
{
    uint32_t best = NONE;
    float least = 99;
    for (uint32_t n = 0; n < v->n_all; n++) {
        uint32_t k = (n + v->n_earlier) % v->n_all; /* those of this sentence first */
        if (score[k] < other[k]) continue;
        if (score[k] > r->further && !is_taken(v->in->who, list, v->parties[k])) {
            roles_add(list, v->parties[k]);
            least = score[k] < least ? score[k] : least;
        }
        if (best == NONE || score[k] > score[best]) best = k;
    }
    if (best == NONE) return 1;
    if (list->n == 0 && score[best] - nobody <= r->first)
        return sigmoid(nobody) * (1 - sigmoid(score[best]));
    if (list->n == 0) {
        roles_add(list, v->parties[best]);
        least = score[best];
    }
    for (uint32_t k = 0; k < v->n_all; k++)
        if (score[k] > LISTED && score[k] >= other[k] && score[k] <= r->further &&
            !is_taken(v->in->who, list, v->parties[k]) && is_listed(v, list, v->parties[k]))
            add_in_order(list, v->parties[k]);
    return sigmoid(least) * (1 - likeliest_left_out(v, score, other, list));
}

/* "Turkish police 0.98, 0.01": for the likelier parties how likely they are source and target. */
static void note_sides(const struct coding *c, const struct evidence_view *v, uint32_t token,
                       const float *source, const float *target)
{
    enum { FIGURES = 16 }; /* bytes of the marks and the two numbers */
    char text[512] = "";
    size_t len = 0;
    if (c->log == NULL || c->log->n_notes == 0) return;
    for (uint32_t k = 0; k < v->n_all; k++) {
        const struct actor *a = &c->in->who->actors[v->parties[k]];
        float s = sigmoid(source[k]), t = sigmoid(target[k]);
        if (s < 0.02f && t < 0.02f) continue;
        if (len + (a->end - a->begin) + FIGURES >= sizeof text) break; /* whole parties only */
        len += (size_t)snprintf(text + len, sizeof text - len, "%s\"%.*s\" %.2f %.2f",
                                len != 0 ? ", " : "", (int)(a->end - a->begin),
                                c->in->text->text.at + a->begin, (double)s, (double)t);
    }
    const char *kept = arena_str(c->arena, str_c(text)).at;
    struct reading_note *note = note_of(c->log, token);
    if (kept != NULL && note != NULL) note->sides = kept;
}

/* In a sentence of more parties than anybody reads, those far from the word. */
static bool is_far(const struct evidence_view *v, uint32_t k, uint32_t token)
{
    enum { MANY = 80, NEAR = 16 }; /* parties, tokens */
    const uint32_t head = v->in->who->actors[v->parties[k]].head;
    return v->n_all > MANY && (head + NEAR < token || head > token + NEAR);
}

static bool may_side(const struct evidence_view *v, uint32_t k, uint32_t token)
{
    return !is_far(v, k, token) && evidence_fits(v, k, token);
}

/* The state whose organ, or which itself, is the source: "Peru bans imports of Chilean oil to
 * Peru". */
static bool is_own_state(const struct coding *c, const struct actor_list *source, uint32_t actor)
{
    const struct actor *a = &c->in->who->actors[actor];
    if (a->country[0] == '\0' || coding_nonempty(a->sector) != NULL) return false;
    for (uint32_t i = 0; i < source->n; i++) {
        const struct actor *b = &c->in->who->actors[source->at[i]];
        bool state = coding_nonempty(b->sector) == NULL ||
                     sector_has(c->in->frames->know, b->sector, SECTOR_STATE);
        if (state && strcmp(a->country, b->country) == 0) return true;
    }
    return false;
}

static bool read_sides(const struct reader *r, struct coding *c, const struct evidence_view *v,
                       struct reading *x, struct draft *d)
{
    struct weighing w;
    const uint32_t all = v->n_all, dim = r->party.dim;
    float *source = arena_grow(c->arena, c->scores, 0, ((size_t)all + 1) * (4 + dim),
                               &c->scores_cap, sizeof *source);
    if (all == 0) return true;
    if (source == NULL) return false;
    float *target = source + all, *score = target + all, *hidden = score + (size_t)2 * all + 2;
    uint32_t n = 0;
    c->scores = source;
    begin_weighing(r, v, x->token, x->type, &w);
    for (uint32_t k = 0; k < all; k++)
        if (may_side(v, k, x->token))
            see_party(r, v, &w, v->parties[k], hidden + (size_t)n++ * dim);
    see_nobody(r, v, &w, hidden + (size_t)n * dim);
    scorer_among(&r->party, n + 1, hidden, score);
    const float *nobody = score + (size_t)2 * n;
    n = 0;
    for (uint32_t k = 0; k < all; k++) {
        bool weighed = may_side(v, k, x->token);
        source[k] = weighed ? score[2 * n] : -99;
        target[k] = weighed ? score[2 * n++ + 1] : -99;
    }
    x->sides = take_side(r, v, source, target, nobody[0], &d->source);
    for (uint32_t k = 0; k < all; k++)
        if (is_own_state(c, &d->source, v->parties[k])) target[k] -= OWN_STATE;
    x->sides *= take_side(r, v, target, source, nobody[1], &d->target);
    note_sides(c, v, x->token, source, target);
    return true;
}

/* The first actor of a side that has a country, else the first of all; NONE without one. */
static uint32_t speaker_of_side(const struct who_layer *who, const struct actor_list *side)
{
    for (uint32_t i = 0; i < side->n; i++)
        if (!evidence_is_homeless(&who->actors[side->at[i]])) return side->at[i];
    return side->n != 0 ? side->at[0] : NONE;
}

/* The likeliest of the story's countries, or "": none of them; x->sides is as likely as that. */
static const char *home_of(const struct reader *r, const struct evidence_view *v, struct reading *x,
                           uint32_t actor, uint32_t side, uint32_t other)
{
    struct evidence e;
    float hidden[SCORER_DIM_MOST], score[HOMES_MOST + 1], all = 0;
    const uint32_t n = v->homes->n;
    for (uint32_t h = 0; h <= n; h++) {
        evidence_of_home(v, x->token, actor, side, x->type, h < n ? h : HOMES_MOST, other, &e);
        scorer_hidden(&r->home, &e, NULL, NULL, NULL, hidden);
        scorer_scores(&r->home, 0, hidden, &score[h]);
    }
    const uint32_t best = best_of(score, n + 1);
    for (uint32_t h = 0; h <= n; h++)
        all += expf(score[h] - score[best]);
    x->sides /= all;
    return best == n ? "" : v->homes->country[best];
}

/* What an actor is in this event: what the knowledge base says of it, unless the reader is sure of
 * something else; and what those are who have no code: people, officials, rebels. */
static const char *sector_of(const struct reader *r, const struct evidence_view *v,
                             const struct reading *x, uint32_t actor, uint32_t side, uint32_t other,
                             const char *own)
{
    struct evidence e;
    float hidden[SCORER_DIM_MOST], share[SCORER_OUT_MOST];
    evidence_of_sector(v, x->token, actor, side, x->type, other, &e);
    scorer_hidden(&r->sector, &e, NULL, NULL, NULL, hidden);
    scorer_shares(&r->sector, 0, hidden, share);
    uint32_t best = best_of(share, r->n_sectors);
    return own != NULL && share[best] < SURE_OF_SECTOR ? own : r->sectors[best].name;
}

/* Of a group that fights in many countries. */
static bool fights(const struct actor *a)
{
    return strcmp(a->country, "IMG") == 0;
}

/* Nobody by name whom the base knows, and of one state. */
static bool is_of_state(const struct coding *c, const struct actor *a)
{
    const struct know *know = c->in->frames->know;
    bool known = a->entity_id != NONE && know->entities[a->entity_id].kind != ENTITY_COUNTRY;
    return !known && (a->country[0] == '\0' || home_is_state(know, a->country));
}

static bool keep_side(const struct reader *r, struct coding *c, const struct evidence_view *v,
                      struct reading *x, uint32_t side, const struct draft *d, struct range *out)
{
    const struct actor_list *list = side == 0 ? &d->source : &d->target;
    uint32_t other = speaker_of_side(c->in->who, side == 0 ? &d->target : &d->source);
    if (!CODING_ROOM(c, parties, list->n)) return false;
    out->begin = c->out->n_parties;
    for (uint32_t i = 0; i < list->n; i++) {
        const struct actor *a = &c->in->who->actors[list->at[i]];
        struct party *p = &c->out->parties[c->out->n_parties++];
        *p = (struct party){.actor = list->at[i], .country = a->country};
        who_code_on(c->in->frames->know, a, d->event.from, &p->code, &p->sector);
        if (strcmp(p->code, CODE_UNKNOWN) == 0) continue;
        const bool bare = p->code[0] == '\0', homeless = evidence_is_homeless(a);
        const char *own = bare ? NULL : p->sector != NULL ? p->sector : fights(a) ? "REB" : "";
        const char *sector = own;
        if (bare || is_of_state(c, a)) sector = sector_of(r, v, x, list->at[i], side, other, own);
        if (homeless) p->country = home_of(r, v, x, list->at[i], side, other);
        if (!homeless && sector == own) continue;
        p->sector = sector[0] != '\0' ? sector : NULL;
        p->code = sector[0] != '\0' ? sector : CODE_UNKNOWN;
        if (p->country[0] != '\0') p->code = home_code(c->arena, p->country, sector);
        if (p->code == NULL) return false;
    }
    out->end = c->out->n_parties;
    return true;
}

/* ---- whole events ---- */

/* The frames' event at the word, if it is of the type. */
static const struct event *frames_event(const struct reader *r, const struct evidence_view *v,
                                        const struct reading *x)
{
    const struct frame_word *s = &v->spoken[x->token];
    if (s->event == NONE) return NULL;
    const struct event *e = &v->what->events[s->event];
    if (e->plover == NULL || strcmp(e->plover, r->types[x->type].name) != 0) return NULL;
    /* a mere comment is no answer to what one does to the other */
    return is_comment_code(e->cameo) && v->in->asks ? NULL : e;
}

static uint16_t kind_of_code(const char *cameo)
{
    if (strncmp(cameo, "04", 2) == 0) return FRAME_MEETING;
    return strncmp(cameo, "18", 2) == 0 || strncmp(cameo, "19", 2) == 0 ||
                   strncmp(cameo, "20", 2) == 0
               ? FRAME_VIOLENCE
               : 0;
}

static void begin_reading(const struct coding *c, const struct evidence_view *v,
                          const struct reading *x, struct draft *d)
{
    d->firing = (struct firing){.token = x->token, .trigger = NONE, .also = NONE};
    d->anchor = (struct anchor){x->token, NONE};
    d->top = x->token;
    d->n_operators = 0;
    d->swapped = d->dropped = d->borrowed = false;
    actor_list_begin(&d->source);
    actor_list_begin(&d->target);
    d->event = (struct event){.sentence = v->sentence,
                              .token = x->token,
                              .trigger = NONE,
                              .frame = NONE,
                              .from = DAY_MIN,
                              .to = DAY_MIN,
                              .time = NONE,
                              .place = NONE,
                              .place_id = NONE,
                              .saying = NONE,
                              .attribution = NONE,
                              .cameo = x->code->name,
                              .contexts = "",
                              .reciprocal = x->code->reciprocal,
                              .kind = kind_of_code(x->code->name)};
    attach_attribution(c->in, c->saying_at, d);
    attach_all(c->in, c->arena, d);
    coding_set_span(c, d);
}

/* The share of such events that is right in type and sides, by the corpus (Platt scaling). */
static float confidence_of(const struct reader *r, const struct reading *x)
{
    float p = x->likely * x->sides;
    p = p > 0.999f ? 0.999f : p > 0.001f ? p : 0.001f; /* in this order: it may be no number */
    return sigmoid(r->scale[0] + r->scale[1] * logf(p / (1 - p)));
}

/* The frame's words and the one that was read: of "criticised the attack" both. */
static void widen_span(const struct coding *c, struct event *e, uint32_t token)
{
    const struct token *own = &c->in->text->tokens[token];
    if (own->begin < e->begin) e->begin = own->begin;
    if (own->end > e->end) e->end = own->end;
}

/* Operators, negation and modals seldom err, and the corpus has few of what did not happen: there
 * the frame's word counts unless the reader is sure; if the word itself is negated, always. */
static uint8_t status_beside(const struct tree *t, const struct reading *x,
                             const struct event *base)
{
    bool happened = base->status == STATUS_ACTUAL || base->status == STATUS_HISTORICAL;
    bool denied = base->status == STATUS_NEGATED && tree_negation(t, x->token) != NONE;
    return denied || (!happened && x->told < SURELY_TOLD) ? base->status : x->status;
}

/* A frame's event with both sides: less is enough for it. */
static bool is_whole(const struct event *base)
{
    return base != NULL && range_count(base->source) != 0 && range_count(base->target) != 0;
}

/* Makes an event of what was read; d->source and d->target are its sides. */
static bool make_event(const struct reader *r, struct coding *c, const struct evidence_view *v,
                       struct reading *x, struct draft *d)
{
    struct event *e = &d->event;
    const struct event *base = frames_event(r, v, x);
    if (base != NULL) {
        *e = *base;
        widen_span(c, e, x->token);
    }
    e->incomplete = 0;
    e->status = base != NULL ? status_beside(c->in->tree, x, base) : x->status;
    e->weak = !c->in->any && x->likely < (is_whole(base) ? fminf(WHOLE, r->event) : r->event);
    if (!keep_side(r, c, v, x, 0, d, &e->source) || !keep_side(r, c, v, x, 1, d, &e->target))
        return false;
    e->confidence = confidence_of(r, x);
    if (base == NULL) {
        e->plover = r->types[x->type].name;
        e->mode = x->mode != NULL ? coding_nonempty(x->mode->name) : NULL;
    }
    coding_set_historical(c, e);
    e->truncated = e->truncated || d->source.cut || d->target.cut;
    return base != NULL ? coding_copy(c, e) : coding_fill(c, d);
}

static bool keep_reading(const struct reader *r, struct coding *c, const struct evidence_view *v,
                         struct reading *x)
{
    struct draft d;
    begin_reading(c, v, x, &d);
    if (!read_sides(r, c, v, x, &d) || !make_event(r, c, v, x, &d)) return false;
    if (!c->in->any && d.event.confidence < r->least) {
        note_result(c, x->token, COUNTING_UNSURE);
        return true;
    }
    return coding_add(c, &d.event);
}

/* ---- sentences ---- */

/* Whether the lemma was ever the name of an event, or a frame fired at it. */
static bool may_name(const struct reader *r, const struct evidence_view *v, uint32_t token)
{
    uint32_t key = v->in->key[token];
    if (v->spoken[token].frame != NONE || v->spoken[token].event != NONE) return true;
    return (r->lemmas[(key & r->lemma_mask) >> 3] >> (key & 7) & 1) != 0;
}

static void begin_sentence(const struct reader *r, const struct evidence_view *v, float *mean)
{
    struct evidence e;
    evidence_of_sentence(v, &e);
    scorer_mean(&r->word, &e, mean);
}

/* Whether a likelier event stands near; events are in the order of their sentences. */
static bool has_company(const struct what_layer *out, uint32_t which)
{
    const struct event *e = &out->events[which];
    for (uint32_t i = which; i-- > 0 && out->events[i].sentence + 1 >= e->sentence;)
        if (!out->events[i].weak && out->events[i].plover != NULL) return true;
    for (uint32_t i = which + 1; i < out->n_events && out->events[i].sentence <= e->sentence + 1;
         i++)
        if (!out->events[i].weak && out->events[i].plover != NULL) return true;
    return false;
}

bool reader_settle(struct coding *c)
{
    struct what_layer *out = c->out;
    uint32_t kept = 0;
    uint8_t *drop = ARENA_NEW(c->arena, (size_t)out->n_events + 1, uint8_t);
    if (drop == NULL) return false;
    for (uint32_t i = 0; i < out->n_events; i++)
        drop[i] = out->events[i].weak && !has_company(out, i);
    for (uint32_t i = 0; i < out->n_events; i++) {
        if (drop[i])
            note_result(c, out->events[i].token, COUNTING_UNLIKELY);
        else
            out->events[kept++] = out->events[i];
    }
    out->n_events = kept;
    return true;
}

/* ---- the relation of two actors ---- */

/* How likely it is that the word names an event of the type that the first asked actor does to the
 * second. */
static float fitness(const struct reader *r, const struct evidence_view *v, uint32_t token,
                     uint32_t type, float share)
{
    struct weighing w;
    float hidden[3 * SCORER_DIM_MOST], score[6], fit = share;
    uint32_t n = 0;
    begin_weighing(r, v, token, type, &w);
    for (int side = 0; side < 2; side++) /* one may not be in the text */
        if (v->in->asked[side] != NONE)
            see_party(r, v, &w, v->in->asked[side], hidden + (size_t)n++ * r->party.dim);
    see_nobody(r, v, &w, hidden + (size_t)n * r->party.dim);
    scorer_among(&r->party, n + 1, hidden, score);
    n = 0;
    for (int side = 0; side < 2; side++)
        if (v->in->asked[side] != NONE) fit *= 0.05f + sigmoid(score[2 * n++ + (uint32_t)side]);
    return fit;
}

bool reader_seek(const struct reader *r, struct coding *c, const struct evidence_view *v)
{
    struct evidence e;
    float mean[SCORER_DIM_MOST], hidden[SCORER_DIM_MOST], share[SCORER_OUT_MOST];
    begin_sentence(r, v, mean);
    for (uint32_t t = v->begin; t < v->end; t++) {
        if (!evidence_is_candidate(v, t)) continue;
        evidence_of_word(v, t, &e);
        weigh_word(r, v, mean, t, &e, hidden);
        scorer_shares(&r->word, WORD_TYPE, hidden, share);
        for (uint32_t k = 1; k < r->n_types; k++) {
            if (share[k] <= c->answer_score) continue;
            float fit = fitness(r, v, t, k, share[k]);
            if (fit <= c->answer_score) continue;
            struct draft d;
            struct reading x = {.token = t, .type = k, .likely = fit, .sides = 1};
            read_labels_of(r, hidden, &x);
            if (x.code == NULL) continue;
            begin_reading(c, v, &x, &d);
            if (c->in->asked[0] != NONE) roles_add(&d.source, c->in->asked[0]);
            if (c->in->asked[1] != NONE) roles_add(&d.target, c->in->asked[1]);
            if (!make_event(r, c, v, &x, &d)) return false;
            c->answer = d.event;
            c->answer_score = fit;
        }
    }
    return true;
}

/* Comments (CAMEO 01) are of no type, so the corpus does not have them: they stay the frames' own.
 */
static bool is_comment(const struct event *e)
{
    return e->plover == NULL && !e->incomplete;
}

/* A frame or an operator of the user's folder had a part in it, of which the reader has not
 * learned: it speaks for itself. */
static bool is_own(const struct coding *c, const struct event *e)
{
    const uint8_t *own = c->in->frames->own;
    if (own == NULL || e->incomplete) return false;
    bool found = own[e->frame] != 0;
    for (uint32_t i = e->operators.begin; i < e->operators.end; i++)
        found = found || own[c->out->operators[i].record] != 0;
    return found;
}

static bool at_word(const struct event *events, uint32_t begin, uint32_t end, uint32_t token)
{
    for (uint32_t i = begin; i < end; i++)
        if (events[i].token == token) return true;
    return false;
}

/* Puts what was read, and those of the frames' events, [first, found), that stay, in the place of
 * all of them, in the order of the text. Of two at a word one stays: the user's own, else the one
 * that was read. */
static bool replace_events(struct coding *c, uint32_t first, uint32_t found)
{
    struct what_layer *out = c->out;
    uint32_t n = 0, read = found, all = out->n_events;
    struct event *kept = ARENA_NEW(c->arena, all - first, struct event), *e = out->events;
    if (kept == NULL) return false;
    for (uint32_t i = first; i < found; i++) {
        bool own = is_own(c, &e[i]);
        if (!own && (!is_comment(&e[i]) || at_word(e, found, all, e[i].token))) continue;
        for (; read < all && e[read].begin < e[i].begin; read++)
            kept[n++] = e[read];
        if (own && read < all && e[read].token == e[i].token) read++;
        kept[n++] = e[i];
    }
    while (read < all)
        kept[n++] = e[read++];
    if (n != 0) memcpy(out->events + first, kept, n * sizeof *kept);
    out->n_events = first + n;
    return true;
}

/* Makes events of the words that were taken, in the order of the text. */
static bool keep_words(const struct reader *r, struct coding *c, const struct evidence_view *v,
                       const struct counted_words *w)
{
    for (uint32_t i = 0; i < w->n; i++) {
        const struct counted *word = &w->at[i];
        struct reading x = {
            .token = word->token, .type = word->type, .likely = word->likely, .sides = 1};
        note_result(c, word->token, word->result);
        if (word->result != COUNTING_TAKEN) continue;
        read_labels_of(r, w->hidden + (size_t)i * r->word.dim, &x);
        if (x.code != NULL && !keep_reading(r, c, v, &x)) return false;
    }
    return true;
}

bool reader_read(const struct reader *r, struct coding *c, const struct evidence_view *v,
                 uint32_t first)
{
    uint32_t found = c->out->n_events; /* the frames' events, which are evidence until the end */
    float mean[SCORER_DIM_MOST];
    struct counted_words words = {.n = 0};
    for (uint32_t t = v->begin; t < v->end; t++) {
        if (!evidence_is_candidate(v, t) || !may_name(r, v, t)) continue;
        if (words.at == NULL) {
            begin_sentence(r, v, mean);
            if (!begin_words(r, c, v->end - t, &words)) return false;
        }
        weigh_next(r, c, v, mean, t, &words);
    }
    counting_settle(words.at, words.n, words.share, r->n_types,
                    c->in->any ? LEAST_LIKELY : r->beside, c->in->any ? LEAST_LIKELY : ONE_MORE);
    if (!keep_words(r, c, v, &words)) return false;
    return c->out->n_events == first || replace_events(c, first, found);
}
