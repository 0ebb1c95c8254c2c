/* who.c - actors: the passes in order; see who.h and who_work.h. */
#include "who/who.h"

#include "who/who_work.h"

static uint32_t power_above(size_t n)
{
    uint32_t size = 16;
    while (size < n)
        size *= 2;
    return size;
}

/* “...” and "..." by turns; a paragraph ends a quotation, for a new one opens it again. */
static void mark_quotations(struct who_work *w)
{
    const struct text_layer *text = w->text;
    for (uint32_t p = 0; p < text->n_paragraphs; p++) {
        const struct paragraph *par = &text->paragraphs[p];
        if (par->sentence_begin >= par->sentence_end) continue;
        bool inside = false;
        uint32_t t = text->sentences[par->sentence_begin].token_begin;
        uint32_t end = text->sentences[par->sentence_end - 1].token_end;
        for (; t < end; t++) {
            struct str form = text->tokens[t].form;
            if (str_eq(form, STR("\"")) || str_eq(form, STR("''")) || str_eq(form, STR("``")))
                inside = !inside;
            else if (str_eq(form, STR("\xE2\x80\x9C")))
                inside = true;
            else if (str_eq(form, STR("\xE2\x80\x9D")))
                inside = false;
            w->quoted[t] = inside;
        }
    }
}

static bool work_new(struct who_work *w)
{
    uint32_t n = w->text->n_tokens;
    w->find_at = ARENA_NEW(w->arena, n + 1, uint32_t);
    w->name_at = ARENA_NEW(w->arena, n + 1, uint32_t);
    w->place_at = ARENA_NEW(w->arena, n + 1, uint32_t);
    w->unit_at = ARENA_NEW(w->arena, n + 1, uint32_t);
    w->at_token = ARENA_NEW(w->arena, n + 1, uint32_t);
    w->quoted = ARENA_NEW(w->arena, n + 1, uint8_t);
    size_t senses = 0;
    for (uint32_t i = 0; i < w->matches->n_matches; i++)
        senses += w->matches->matches[i].sense_end - w->matches->matches[i].sense_begin;
    w->seen_mask = power_above(2 * senses + 8) - 1;
    w->seen = ARENA_NEW(w->arena, (size_t)w->seen_mask + 1, uint32_t);
    w->surnames_mask = power_above(2 * (size_t)w->lang->n_entities + 8) - 1;
    w->surnames = ARENA_NEW(w->arena, (size_t)w->surnames_mask + 1, uint64_t);
    return w->surnames != NULL && w->find_at != NULL && w->name_at != NULL && w->place_at != NULL &&
           w->unit_at != NULL && w->at_token != NULL && w->quoted != NULL && w->seen != NULL;
}

static bool chains_new(struct who_work *w)
{
    w->chain_mask = power_above(4 * (w->n_finds + w->n_units + 8)) - 1;
    w->chains = ARENA_NEW(w->arena, (size_t)w->chain_mask + 1, struct chain_slot);
    return w->chains != NULL;
}

bool who_find(const struct know *know, struct arena *arena, const struct text_layer *text,
              const struct lang_layer *lang, const struct match_layer *matches, int32_t day,
              struct who_layer *out)
{
    struct who_work w = {
        .know = know, .arena = arena, .text = text, .lang = lang, .matches = matches, .day = day};
    *out = (struct who_layer){0};
    if (!work_new(&w)) return false;
    mark_quotations(&w);
    if (!sense_find_all(&w) || !compose_units(&w) || !chains_new(&w) || !refer_all(&w))
        return false;
    *out = (struct who_layer){.actors = w.actors,
                              .n_actors = (uint32_t)w.n_actors,
                              .at_token = w.at_token,
                              .n_chains = w.n_chains};
    return !w.failed && who_at_home(know, arena, out);
}

void who_code_on(const struct know *know, const struct actor *actor, int32_t day, const char **code,
                 const char **sector)
{
    *code = actor->code;
    *sector = actor->sector;
    if (actor->entity_id == UINT32_MAX || day == DAY_MIN) return;
    const struct know_entity *e = &know->entities[actor->entity_id];
    const char *country = "";
    if (e->kind != ENTITY_PERSON || know_role_on(know, e, day) == NULL) return;
    *code = code_of_entity(know, e, day, 0, &country, sector);
}
