/* standin.c - places that stand for their states where something is done to them, and bare nouns.
 *
 * In: the actors and places of a story. Out: the actors, and behind them one for each place whose
 * head is no actor's, with its country's code and the flag ACTOR_PLACE: "captured the town of
 * Izium" is done to Ukraine. Frames use them for targets only, and nobody prints them as actors. It
 * is a stage of its own because it needs what `who` and `where` found, who do not know each other,
 * and because an event names its actors by their index in the layer of `who`. */
#include "story/story.h"

/* Of "Paris, Texas" the town alone. */
static bool may_stand_in(const struct dt_doc *doc, const struct place *p)
{
    return !p->adjective && !p->outer && doc->who.actor_at[p->head] == NONE;
}

static uint32_t count_places(const struct dt_doc *doc)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < doc->where.n_places; i++)
        n += may_stand_in(doc, &doc->where.places[i]);
    return n;
}

static struct actor stand_in_of(struct dt_doc *doc, const struct place *p)
{
    const struct know_place *kp = &doc->know->places[p->id];
    uint32_t country = know_country(doc->know, know_str(doc->know, kp->country));
    struct actor a = {.begin = p->begin,
                      .end = p->end,
                      .token_begin = p->token_begin,
                      .token_end = p->token_end,
                      .head = p->head,
                      .entity_id = NONE,
                      .chain = ++doc->who.n_chains,
                      .kind = ACTOR_METONYM,
                      .flags = ACTOR_PLACE};
    a.code = a.country = know_z(doc->know, kp->country);
    a.name = know_z(doc->know, kp->name);
    if (country == NONE) return a;
    const struct know_entity *entity = &doc->know->entities[country];
    a.entity_id = country;
    a.entity = know_z(doc->know, entity->key);
    a.name = know_z(doc->know, entity->name);
    return a;
}

/* ---- nouns that are nobody of the base ---- */

static bool mark_mentions(const struct dt_doc *doc, struct arena *arena, uint8_t **out)
{
    uint8_t *taken = ARENA_NEW(arena, (size_t)doc->text.n_tokens + 1, uint8_t);
    *out = taken;
    if (taken == NULL) return false;
    memset(taken, 0, doc->text.n_tokens);
    for (uint32_t i = 0; i < doc->who.n_actors; i++) {
        const struct actor *a = &doc->who.actors[i];
        if (!(a->flags & ACTOR_MODIFIER))
            memset(taken + a->token_begin, 1, a->token_end - a->token_begin);
        taken[a->head] = 1;
    }
    for (uint32_t i = 0; i < doc->when.n_times; i++)
        for (uint32_t k = doc->when.times[i].token_begin; k < doc->when.times[i].token_end; k++)
            taken[k] = 1;
    for (uint32_t i = 0; i < doc->where.n_places; i++)
        taken[doc->where.places[i].head] = 1;
    return true;
}

/* "the MILITANT attacks", "a POLICE raid": what qualifies a word that may name an event. */
static bool qualifies_deed(const struct dt_doc *doc, uint32_t token)
{
    const struct word *w = &doc->lang.words[token];
    if (w->dep != DEP_COMPOUND && w->dep != DEP_AMOD) return false;
    if ((w->upos != UPOS_NOUN && w->upos != UPOS_ADJ) || w->head == NONE || w->head < token)
        return false;
    uint32_t symbol = frames_symbol(doc->frames, doc->lang.words[w->head].lemma);
    const struct frame_symbol *s = &doc->frames->symbols[symbol];
    return doc->lang.words[w->head].upos == UPOS_NOUN && s->trigger_begin != s->trigger_end;
}

static bool is_bare_noun(const struct dt_doc *doc, const uint8_t *taken, uint32_t token)
{
    const struct word *w = &doc->lang.words[token];
    if (taken[token] || doc->who.actor_at[token] != NONE) return false;
    if (qualifies_deed(doc, token)) return true;
    if (w->upos != UPOS_NOUN && w->upos != UPOS_PROPN && w->upos != UPOS_NUM) return false;
    return w->dep != DEP_COMPOUND && w->dep != DEP_FLAT && w->dep != DEP_FIXED &&
           w->dep != DEP_NUMMOD && w->dep != DEP_AMOD && w->dep != DEP_GOESWITH &&
           w->dep != DEP_NMOD_DESC && w->dep != DEP_NMOD_UNMARKED && w->dep != DEP_OBL_UNMARKED;
}

/* "fifteen critics of the government": from the first word that qualifies the noun to the noun. */
static struct actor bare_actor(struct dt_doc *doc, uint32_t token)
{
    const struct tree *t = &doc->tree;
    uint32_t begin = token;
    EACH_CHILD(t, child, token) {
        uint8_t dep = t->words[child].dep;
        bool qualifies = dep == DEP_AMOD || dep == DEP_COMPOUND || dep == DEP_NUMMOD ||
                         dep == DEP_NMOD_POSS || dep == DEP_NMOD_DESC;
        if (qualifies && child < begin && t->left[child] < begin) begin = t->left[child];
    }
    return (struct actor){.begin = doc->text.tokens[begin].begin,
                          .end = doc->text.tokens[token].end,
                          .token_begin = begin,
                          .token_end = token + 1,
                          .head = token,
                          .code = "",
                          .country = "",
                          .name = "",
                          .entity_id = NONE,
                          .chain = ++doc->who.n_chains,
                          .kind = ACTOR_UNKNOWN,
                          .flags = ACTOR_BARE};
}

bool story_stand_ins(struct dt_doc *doc, struct arena *arena)
{
    uint8_t *taken;
    uint32_t n = doc->who.n_actors, more = count_places(doc);
    if (!mark_mentions(doc, arena, &taken)) return false;
    for (uint32_t i = 0; i < doc->text.n_tokens; i++)
        more += is_bare_noun(doc, taken, i);
    if (more == 0) return true;
    struct actor *actors = ARENA_NEW(arena, n + more, struct actor);
    if (actors == NULL) return false;
    if (n != 0) memcpy(actors, doc->who.actors, n * sizeof *actors);
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *p = &doc->where.places[i];
        if (!may_stand_in(doc, p)) continue;
        doc->who.actor_at[p->head] = n;
        actors[n++] = stand_in_of(doc, p);
    }
    for (uint32_t i = 0; i < doc->text.n_tokens; i++) {
        if (!is_bare_noun(doc, taken, i)) continue;
        actors[n] = bare_actor(doc, i);
        actors[n].name =
            arena_str(arena, str_cut(doc->text.text, actors[n].begin, actors[n].end)).at;
        doc->who.actor_at[i] = n++;
    }
    doc->who.actors = actors;
    doc->who.n_actors = n;
    return !arena->failed;
}
