/* write.c - writing one actor, and the chains that join its mentions; see write.h.
 *
 * Chains are found through an open-addressed table from a hash of what makes mentions one actor
 * (its entity, its code, its surname) to the chain's number. */
#include "who/write.h"

struct chain_slot *write_chain(struct who_work *w, uint64_t kind, struct str text)
{
    uint64_t key = str_hash_seed(text, kind);
    if (key == 0) key = 1;
    uint32_t at = (uint32_t)key & w->chain_mask;
    while (w->chains[at].key != key && w->chains[at].key != 0)
        at = (at + 1) & w->chain_mask;
    if (w->chains[at].key == 0) w->chains[at] = (struct chain_slot){key, ++w->n_chains, NONE};
    return &w->chains[at];
}

const char *write_text(struct who_work *w, uint32_t begin, uint32_t end)
{
    uint32_t from = w->text->tokens[begin].begin, to = w->text->tokens[end - 1].end;
    char *text = ARENA_NEW(w->arena, to - from + 1, char);
    size_t n = 0;
    if (text == NULL) {
        w->failed = true;
        return "";
    }
    for (uint32_t i = from; i < to;
         i++) { /* a line end inside a name is a blank, and one is enough */
        char c = w->text->text.at[i];
        bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
        if (!blank)
            text[n++] = c;
        else if (n > 0 && text[n - 1] != ' ')
            text[n++] = ' ';
    }
    return text;
}

const char *write_code(struct who_work *w, const char *country, const char *sector)
{
    if (sector == NULL || sector[0] == '\0') return country;
    if (country[0] == '\0') return sector;
    size_t a = strlen(country), b = strlen(sector);
    char *code = ARENA_NEW(w->arena, a + b + 1, char);
    if (code == NULL) {
        w->failed = true;
        return "";
    }
    memcpy(code, country, a);
    memcpy(code + a, sector, b + 1);
    return code;
}

static uint8_t modifier_flag(const struct who_work *w, const struct mention *m)
{
    uint8_t dep = w->lang->words[m->head].dep;
    bool inside = dep == DEP_AMOD || dep == DEP_COMPOUND || dep == DEP_NMOD_POSS ||
                  phrase_possessive(w, m->end);
    return inside ? ACTOR_MODIFIER : 0;
}

static uint32_t sentence_of(const struct who_work *w, uint32_t token)
{
    uint32_t low = 0, high = w->text->n_sentences;
    while (high - low > 1) {
        uint32_t mid = low + (high - low) / 2;
        if (w->text->sentences[mid].token_begin <= token)
            low = mid;
        else
            high = mid;
    }
    return low;
}

static void write_trace(struct who_work *w, const struct actor *a, const struct mention *m)
{
    struct trace *t = &w->traces[w->n_actors];
    *t = (struct trace){.noun = m->noun, .gender = m->gender};
    t->sentence = sentence_of(w, a->head);
    t->subject = phrase_is_subject(w, a->head);
    t->placelike = (m->flags & ACTOR_PERSON) == 0 && metonym_is_place(w, a->head);
}

uint32_t write_actor(struct who_work *w, const struct mention *m, bool further)
{
    if (w->at_token[m->head] != 0 && !further) return NONE;
    struct actor *actors = arena_grow(w->arena, w->actors, w->n_actors, w->n_actors + 1,
                                      &w->actors_cap, sizeof *actors);
    if (actors != NULL) w->actors = actors;
    struct trace *traces = arena_grow(w->arena, w->traces, w->n_actors, w->n_actors + 1,
                                      &w->traces_cap, sizeof *traces);
    if (traces != NULL) w->traces = traces;
    if (actors == NULL || traces == NULL) {
        w->failed = true;
        return NONE;
    }
    struct actor *a = &actors[w->n_actors];
    *a = (struct actor){.begin = w->text->tokens[m->begin].begin,
                        .end = w->text->tokens[m->end - 1].end,
                        .token_begin = m->begin,
                        .token_end = m->end,
                        .head = m->head,
                        .code = m->code,
                        .country = m->country,
                        .sector = m->sector,
                        .name = m->name,
                        .entity_id = m->entity,
                        .chain = m->chain,
                        .kind = m->kind,
                        .flags = m->flags | modifier_flag(w, m)};
    if (a->sector != NULL && a->sector[0] == '\0') a->sector = NULL;
    if (m->entity != NONE) a->entity = know_z(w->know, w->know->entities[m->entity].key);
    if (a->chain == 0) a->chain = ++w->n_chains;
    write_trace(w, a, m);
    w->n_actors++;
    if (w->at_token[m->head] == 0) w->at_token[m->head] = (uint32_t)w->n_actors;
    return (uint32_t)w->n_actors - 1;
}
