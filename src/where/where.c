/* where.c - places: from spots to the layer; see where.h, spots.h, resolve.c. */
#include "where/spots.h"

/* The token of the span that carries it: its head stands outside. */
static uint32_t head_of_place(const struct lang_layer *lang, uint32_t begin, uint32_t end)
{
    for (uint32_t t = end; t-- > begin;) {
        uint32_t head = lang->words[t].head;
        if (head == NO_TOKEN || head < begin || head >= end) return t;
    }
    return end - 1;
}

static bool put_layer(const struct where_work *w, struct where_layer *out)
{
    out->places = ARENA_NEW(w->arena, w->n_spots, struct place);
    if (out->places == NULL) return false;
    for (uint32_t i = 0; i < w->n_spots; i++) {
        const struct spot *s = &w->spots[i];
        bool adjective = (s->flags & SPOT_ADJECTIVE) != 0;
        if (!adjective && s->place == UINT32_MAX) continue;
        out->places[out->n_places++] =
            (struct place){.begin = s->begin,
                           .end = s->end,
                           .token_begin = s->token_begin,
                           .token_end = s->token_end,
                           .head = head_of_place(w->lang, s->token_begin, s->token_end),
                           .id = adjective ? s->country : s->place,
                           .adjective = adjective};
    }
    return true;
}

bool where_find(const struct know *know, struct arena *arena, const struct text_layer *text,
                const struct lang_layer *lang, const struct match_layer *matches,
                struct where_layer *out)
{
    struct where_work w = {
        .know = know, .arena = arena, .text = text, .lang = lang, .matches = matches};
    *out = (struct where_layer){0};
    return spots_collect(&w) && spots_resolve(&w) && put_layer(&w, out);
}
