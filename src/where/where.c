/* where.c - places: from spots to the layer; see where.h, spots.h, resolve.c. */
#include "where/spots.h"

/* The Y of "X, Y", where X is a place, too. */
static bool is_outer(const struct where_work *w, uint32_t i)
{
    return (w->spots[i].flags & SPOT_OUTER) != 0 && i > 0 && w->spots[i - 1].outer == i &&
           w->spots[i - 1].place != NONE;
}

static bool put_layer(const struct where_work *w, struct where_layer *out)
{
    out->places = ARENA_NEW(w->arena, w->n_spots, struct place);
    bool dateline = false; /* the last place belongs to one: "NAIROBI, Kenya (AP)" */
    if (out->places == NULL) return false;
    for (uint32_t i = 0; i < w->n_spots; i++) {
        const struct spot *s = &w->spots[i];
        bool adjective = (s->flags & SPOT_ADJECTIVE) != 0;
        if (!adjective && s->place == NONE) continue;
        dateline = (s->flags & SPOT_DATELINE) != 0 || (dateline && is_outer(w, i));
        out->places[out->n_places++] =
            (struct place){.begin = s->begin,
                           .end = s->end,
                           .token_begin = s->token_begin,
                           .token_end = s->token_end,
                           .head = tree_span_head(w->tree, s->token_begin, s->token_end),
                           .id = adjective ? s->country : s->place,
                           .adjective = adjective,
                           .dateline = dateline,
                           .outer = is_outer(w, i)};
    }
    return true;
}

bool where_find(struct arena *arena, const struct tree *tree, const struct lang_layer *lang,
                const struct match_layer *matches, struct where_layer *out)
{
    struct where_work w = {.know = tree->know,
                           .arena = arena,
                           .tree = tree,
                           .text = tree->text,
                           .words = tree->words,
                           .lang = lang,
                           .matches = matches};
    *out = (struct where_layer){0};
    return spots_collect(&w) && spots_resolve(&w) && put_layer(&w, out);
}
