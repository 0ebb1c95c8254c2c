/* who.c - actors: the passes in order; see who.h and who_work.h. */
#include "who/who.h"

#include "who/chain.h"
#include "who/compose.h"
#include "who/home.h"
#include "who/locate.h"
#include "who/name_sense.h"
#include "who/office.h"
#include "who/refer.h"

static uint32_t power_above(size_t n)
{
    uint32_t size = 16;
    while (size < n)
        size *= 2;
    return size;
}

/* For each token, and one more for the end, NONE. NULL when memory ran out. */
static uint32_t *new_index(const struct who_work *w)
{
    size_t n = (size_t)w->text->n_tokens + 1;
    uint32_t *at = ARENA_NEW(w->arena, n, uint32_t);
    for (size_t t = 0; at != NULL && t < n; t++)
        at[t] = NONE;
    return at;
}

/* Tables at half load: a match may show each of its senses, a name its last word. */
static bool new_tables(struct who_work *w)
{
    size_t senses = 0;
    for (uint32_t i = 0; i < w->matches->n_matches; i++)
        senses += w->matches->matches[i].sense_end - w->matches->matches[i].sense_begin;
    w->seen_mask = power_above(2 * senses + 8) - 1;
    w->seen = ARENA_NEW(w->arena, (size_t)w->seen_mask + 1, uint32_t);
    w->surnames_mask = power_above(2 * (size_t)w->lang->n_entities + 8) - 1;
    w->surnames = ARENA_NEW(w->arena, (size_t)w->surnames_mask + 1, uint64_t);
    return w->seen != NULL && w->surnames != NULL;
}

static bool work_new(struct who_work *w)
{
    w->find_at = new_index(w);
    w->name_at = new_index(w);
    w->place_at = new_index(w);
    w->unit_at = new_index(w);
    w->actor_at = new_index(w);
    return w->find_at != NULL && w->name_at != NULL && w->place_at != NULL && w->unit_at != NULL &&
           w->actor_at != NULL && new_tables(w);
}

bool who_find(const struct tree *tree, struct arena *arena, const struct lang_layer *lang,
              const struct match_layer *matches, const struct where_layer *where, int32_t day,
              struct who_layer *out)
{
    struct who_work w = {.tree = tree,
                         .know = tree->know,
                         .text = tree->text,
                         .words = tree->words,
                         .lang = lang,
                         .matches = matches,
                         .where = where,
                         .arena = arena,
                         .day = day};
    *out = (struct who_layer){0};
    if (!work_new(&w)) return false;
    locate_places(&w);
    if (!name_sense_find_all(&w) || !compose_units(&w) || !chains_new(&w) || !refer_all(&w))
        return false;
    *out = (struct who_layer){.actors = w.actors,
                              .n_actors = (uint32_t)w.n_actors,
                              .actor_at = w.actor_at,
                              .n_chains = w.n_chains};
    return who_at_home(tree->know, arena, w.dateline, out);
}

void who_code_on(const struct know *know, const struct actor *actor, int32_t day, const char **code,
                 const char **sector)
{
    *code = actor->code;
    *sector = actor->sector;
    if (actor->entity_id == NONE || day == DAY_MIN) return;
    const struct know_entity *e = &know->entities[actor->entity_id];
    const char *country = "";
    if (e->kind != ENTITY_PERSON || know_role_on(know, e, day) == NULL) return;
    *code = office_code(know, e, day, 0, &country, sector);
}
