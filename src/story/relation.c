/* relation.c - the relation between two given actors; see relation.h. */
#include "story/relation.h"

#include <stdio.h>

#include "know/ontology.h"

static uint32_t span_head(const struct dt_doc *doc, const size_t span[2])
{
    uint32_t found = NONE;
    for (uint32_t i = 0; i < doc->text.n_tokens; i++) {
        const struct token *tok = &doc->text.tokens[i];
        if (tok->end <= span[0] || tok->begin >= span[1]) continue;
        uint32_t head = doc->lang.words[i].head;
        bool leaves = head == NONE || doc->text.tokens[head].end <= span[0] ||
                      doc->text.tokens[head].begin >= span[1];
        if (found == NONE || leaves) found = i;
        if (leaves) break;
    }
    return found;
}

/* The mention that covers the span best. */
static uint32_t find_mention(const struct dt_doc *doc, const size_t span[2])
{
    uint32_t best = NONE;
    size_t best_overlap = 0;
    for (uint32_t i = 0; i < doc->who.n_actors; i++) {
        const struct actor *a = &doc->who.actors[i];
        size_t begin = a->begin > span[0] ? a->begin : span[0];
        size_t end = a->end < span[1] ? a->end : span[1];
        if (begin >= end || end - begin <= best_overlap) continue;
        best_overlap = end - begin;
        best = i;
    }
    return best;
}

static bool add_mention(struct dt_doc *doc, struct arena *arena, const size_t span[2],
                        const char *code, uint32_t *out)
{
    uint32_t head = span_head(doc, span), n = doc->who.n_actors;
    *out = NONE;
    if (head == NONE) return true;
    struct actor *grown = ARENA_NEW(arena, n + 1, struct actor);
    if (grown == NULL) return false;
    if (n != 0) memcpy(grown, doc->who.actors, n * sizeof *grown);
    struct str text = str_cut(doc->text.text, span[0], span[1]);
    grown[n] = (struct actor){.begin = (uint32_t)span[0],
                              .end = (uint32_t)span[1],
                              .token_begin = head,
                              .token_end = head + 1,
                              .head = head,
                              .code = code,
                              .country = "",
                              .name = arena_str(arena, text).at,
                              .entity_id = NONE,
                              .chain = ++doc->who.n_chains,
                              .kind = ACTOR_UNKNOWN};
    doc->who.actors = grown;
    doc->who.n_actors = n + 1;
    doc->who.actor_at[head] = n;
    *out = n;
    return true;
}

static bool mark_one(struct dt_doc *doc, struct arena *arena, const size_t span[2],
                     const char *code, uint32_t *out)
{
    *out = NONE;
    if (span[1] <= span[0] || span[1] > doc->text.text.len) return true;
    *out = find_mention(doc, span);
    if (*out == NONE) return add_mention(doc, arena, span, code, out);
    if (doc->who.actors[*out].code[0] == '\0') doc->who.actors[*out].code = code;
    return true;
}

bool relation_mark(struct dt_doc *doc, struct arena *arena)
{
    struct relation_query *q = &doc->asked;
    for (int i = 0; i < 2; i++) {
        q->source[i] = clean_of_given(&doc->text.map, q->source[i]);
        q->target[i] = clean_of_given(&doc->text.map, q->target[i]);
    }
    return mark_one(doc, arena, q->source, "SOURCE", &q->source_actor) &&
           mark_one(doc, arena, q->target, "TARGET", &q->target_actor);
}

static bool is_party(const struct dt_doc *doc, uint32_t actor, struct range side)
{
    if (actor == NONE) return false;
    const struct actor *a = &doc->who.actors[actor];
    for (uint32_t i = side.begin; i < side.end; i++) {
        const struct actor *b = &doc->who.actors[doc->what.parties[i].actor];
        if (a->chain == b->chain || (a->head == b->head)) return true;
        if (a->country[0] != '\0' && strcmp(a->country, b->country) == 0) return true;
    }
    return false;
}

static float score_event(const struct dt_doc *doc, const struct event *e)
{
    const struct relation_query *q = &doc->asked;
    bool ss = is_party(doc, q->source_actor, e->source);
    bool tt = is_party(doc, q->target_actor, e->target);
    bool st = is_party(doc, q->source_actor, e->target);
    bool ts = is_party(doc, q->target_actor, e->source);
    float base = 0;
    if (ss && tt)
        base = 4;
    else if (st && ts)
        base = e->reciprocal ? 4 : 2.5f;
    else if (ss)
        base = 2;
    else if (tt)
        base = 1.5f;
    else if (st || ts)
        base = 1;
    return base == 0 ? 0 : base + e->confidence;
}

/* Cooperation that is only planned is the intention to cooperate: "will meet" is 036. CAMEO names
 * deeds and intentions of one kind by different roots; the corpus's guide does so by status. */
static void tell_intention(struct event *e)
{
    static const struct {
        char root[3];
        const char *code;
    } intentions[] = {{"04", "036"}, {"05", "032"}, {"06", "031"}, {"07", "033"}, {"08", "035"}};
    if (e->status != STATUS_PLANNED) return;
    for (size_t i = 0; i < sizeof intentions / sizeof *intentions; i++)
        if (strncmp(e->cameo, intentions[i].root, 2) == 0) {
            e->cameo = intentions[i].code;
            e->plover = "AGREE";
            e->mode = NULL;
            return;
        }
}

/* PLOVER knows one kind of request, CAMEO two with the same parts: appeals (02) and demands (10).
 * Which it is says more of the tone than of the relation, so all are told by the demand. */
static void tell_request(const struct know *know, struct event *e)
{
    char code[8];
    if (strncmp(e->cameo, "02", 2) != 0 || strlen(e->cameo) >= sizeof code) return;
    (void)snprintf(code, sizeof code, "10%s", e->cameo + 2);
    const struct ontology_code *found = ontology_find(know, str_c(code));
    if (found != NULL) e->cameo = know_z(know, found->code);
}

static uint32_t find_event(const struct dt_doc *doc)
{
    uint32_t best = NONE;
    float best_score = 0;
    if (doc->what.answered) return doc->what.n_events - 1;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        float score = score_event(doc, &doc->what.events[i]);
        if (score <= best_score) continue;
        best_score = score;
        best = i;
    }
    return best;
}

uint32_t relation_find(struct dt_doc *doc)
{
    uint32_t found = find_event(doc);
    if (found != NONE) {
        tell_intention(&doc->what.events[found]);
        tell_request(doc->know, &doc->what.events[found]);
    }
    return found;
}
