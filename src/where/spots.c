/* spots.c - finds the spans that may name a place; see spots.h.
 *
 * In: the names found. Out: spots, leftmost and longest first, that do not overlap; a longer name
 * of an organisation or a person ("Washington Post") takes its words away from places. Names that
 * are the same share one group with one list of candidates. Cost: linear in the matches and their
 * senses. */
#include "base/utf8.h"
#include "where/spots.h"

/* Open-addressed sets of numbers, for names and persons. */
struct number_set {
    uint64_t *slots; /* number + 1, value in `values` */
    uint32_t *values;
    uint32_t mask;
};

static bool number_set_new(struct arena *arena, uint32_t n, struct number_set *set)
{
    uint32_t size = 16;
    while (size < n * 2u)
        size *= 2;
    set->slots = ARENA_NEW(arena, size, uint64_t);
    set->values = ARENA_NEW(arena, size, uint32_t);
    set->mask = size - 1;
    return set->slots != NULL && set->values != NULL;
}

/* The slot of `number`; it is new where slots[at] is 0. */
static uint32_t number_slot(const struct number_set *set, uint64_t number)
{
    uint64_t key = number | UINT64_C(1) << 63;
    uint32_t at = (uint32_t)((number * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & set->mask;
    while (set->slots[at] != 0 && set->slots[at] != key)
        at = (at + 1) & set->mask;
    return at;
}

/* ---- senses ---- */

static uint32_t place_of_entity(const struct know *know, const struct know_sense *s)
{
    const struct know_entity *e = &know->entities[s->of];
    return e->kind == ENTITY_COUNTRY && e->place != 0 ? e->place - 1 : NONE;
}

static bool is_body_sense(const struct know *know, const struct know_sense *s)
{
    if (s->kind == SENSE_SEAT) return true;
    return s->kind == SENSE_NAME && know->entities[s->of].kind != ENTITY_COUNTRY && !s->weak;
}

struct span_senses { /* what the matches of one span mean together */
    bool place, country_name, people, body, all_weak;
    uint32_t country, first;
};

static void look_at_sense(const struct know *know, const struct know_sense *s,
                          struct span_senses *x)
{
    bool place =
        s->kind == SENSE_PLACE || (s->kind == SENSE_NAME && place_of_entity(know, s) != NONE);
    if (place) {
        x->place = true;
        x->country_name = x->country_name || s->kind == SENSE_NAME;
        x->all_weak = x->all_weak && s->weak;
    }
    if (s->kind == SENSE_PEOPLE && place_of_entity(know, s) != NONE && !s->weak) {
        x->people = true;
        x->country = place_of_entity(know, s);
    }
    x->body = x->body || is_body_sense(know, s);
}

/* The matches [i, result) have one span. */
static uint32_t read_span(const struct where_work *w, uint32_t i, struct span_senses *x)
{
    const struct name_match *m = &w->matches->matches[i];
    *x = (struct span_senses){.all_weak = true, .first = m->sense_begin};
    for (; i < w->matches->n_matches; i++) {
        const struct name_match *k = &w->matches->matches[i];
        if (k->token_begin != m->token_begin || k->token_end != m->token_end) break;
        for (uint32_t s = k->sense_begin; s < k->sense_end; s++)
            look_at_sense(w->know, &w->know->senses[s], x);
    }
    if (x->people && !x->country_name) x->place = false; /* "Somali" is a region, but rarely */
    return i;
}

/* ---- candidates ---- */

/* Decimal logarithm, roughly, from exact operations alone, so that every machine agrees. */
static double rough_log10(uint32_t n)
{
    uint32_t bits = 0;
    while (n >> (bits + 1) != 0 && bits < 31)
        bits++;
    double fraction = (double)n / (double)(UINT32_C(1) << bits) - 1.0;
    return n == 0 ? 0.0 : 0.30103 * ((double)bits + fraction);
}

/* How well known a place is before the story is read: for towns the logarithm of their population;
 * where that says too little, or nothing is known, as much as a town of that size has. */
static const struct {
    double country, weak_country, of_capital, of_division, empty_division, region;
} prior_for = {.country = 10.0,
               .weak_country = 8.3, /* "Georgia", "Jordan" */
               .of_capital = 1.0,   /* more than its population gives */
               .of_division = -0.5,
               .empty_division = 5.2,
               .region = 8.0};

static double prior_of(const struct know_place *p, bool weak)
{
    double size = rough_log10(p->population);
    switch (p->kind) {
    case 'C': return weak ? prior_for.weak_country : prior_for.country;
    case 'P': return size + prior_for.of_capital;
    case 'A': return p->population != 0 ? size + prior_for.of_division : prior_for.empty_division;
    case 'R':
    case 'W': return prior_for.region;
    default: return size;
    }
}

static bool add_candidate(struct where_work *w, uint32_t first, uint32_t place, bool weak)
{
    for (uint32_t i = first; i < w->n_candidates; i++)
        if (w->candidates[i].place == place) {
            struct candidate *c = &w->candidates[i];
            const struct know_place *p = &w->know->places[place];
            c->weak = c->weak && weak;
            if (p->kind == 'C' && weak) c->prior = prior_of(p, weak); /* as its actor's name is */
            return true;
        }
    struct candidate *grown = arena_grow(w->arena, w->candidates, w->n_candidates,
                                         w->n_candidates + 1u, &w->cap_candidates, sizeof *grown);
    if (grown == NULL) return false;
    w->candidates = grown;
    w->candidates[w->n_candidates++] = (struct candidate){
        .place = place, .weak = weak, .prior = prior_of(&w->know->places[place], weak)};
    return true;
}

/* "England" is a name of Britain for actors; as a place it is itself. */
static bool place_of_its_own(const struct where_work *w, uint32_t first, const struct know_sense *s)
{
    const struct know_entity *e = &w->know->entities[s->of];
    if (str_eq(know_str(w->know, s->name), know_str(w->know, e->name))) return false;
    for (uint32_t i = first; i < w->n_candidates; i++)
        if (w->know->places[w->candidates[i].place].country == e->country) return true;
    return false;
}

/* Candidates for the matches [from, to) of one span: places first, then countries. */
static bool collect_candidates(struct where_work *w, uint32_t from, uint32_t to)
{
    uint32_t first = w->n_candidates;
    for (int countries = 0; countries < 2; countries++)
        for (uint32_t i = from; i < to; i++)
            for (uint32_t k = w->matches->matches[i].sense_begin;
                 k < w->matches->matches[i].sense_end; k++) {
                const struct know_sense *s = &w->know->senses[k];
                bool country = s->kind == SENSE_NAME;
                uint32_t place = country ? place_of_entity(w->know, s) : s->of;
                if (country != (countries == 1) || place == NONE) continue;
                if (!country && s->kind != SENSE_PLACE) continue;
                if (country && place_of_its_own(w, first, s)) continue;
                if (!add_candidate(w, first, place, s->weak != 0)) return false;
            }
    return true;
}

/* ---- spots ---- */

static uint8_t tag_of_span(const struct where_work *w, const struct spot *s)
{
    for (uint32_t t = s->token_begin; t < s->token_end; t++)
        if (w->words[t].name != NAME_NONE) return w->words[t].name;
    return NAME_NONE;
}

/* Whether the words beside the span belong to the same name as its own. */
static bool is_inner(const struct where_work *w, const struct spot *s)
{
    const struct word *words = w->words;
    uint32_t end = s->token_end;
    if (s->tag != NAME_PER && s->tag != NAME_ORG) return false;
    if (words[s->token_begin].name == s->tag && !words[s->token_begin].name_begin) return true;
    return end < w->text->n_tokens && words[end].name == s->tag && !words[end].name_begin;
}

/* The token is a word of the same name as the one next to it, by the engine. */
static bool is_part_of_name(const struct where_work *w, uint32_t token)
{
    uint32_t cp;
    (void)utf8_decode(w->text->tokens[token].form, 0, &cp);
    return (utf8_is_upper(cp) || utf8_is_lower(cp)) && !form_has(w->tree, token, CLASS_SIDE) &&
           !form_has(w->tree, token, CLASS_PLACE_NOUN) &&
           !form_has(w->tree, token, CLASS_TOWN_WORD) && !form_has(w->tree, token, CLASS_THE) &&
           !form_has(w->tree, token, CLASS_IN);
}

/* "Ceamurlia de Jos", "Abu Shok": the engine saw a longer name of a place, which the base lacks. */
static bool is_part(const struct where_work *w, const struct spot *s)
{
    const struct word *words = w->words;
    const uint32_t begin = s->token_begin, end = s->token_end;
    if (s->tag != NAME_GPE && s->tag != NAME_LOC) return false;
    if (words[begin].name == s->tag && !words[begin].name_begin && begin > 0 &&
        is_part_of_name(w, begin - 1))
        return true;
    return end < w->text->n_tokens && words[end].name == s->tag && !words[end].name_begin &&
           is_part_of_name(w, end);
}

static bool is_landform(const struct where_work *w, const struct spot *s)
{
    return token_is_capital(w, s->token_end) && form_has(w->tree, s->token_end, CLASS_LANDFORM);
}

static bool is_short_form(const struct where_work *w, const struct spot *s, bool weak)
{
    return weak && s->end - s->begin <= 5 && w->text->text.at[s->begin] != 'D' &&
           (w->text->text.at[s->end - 1] == '.' || s->end - s->begin == 2);
}

static bool is_all_capitals(struct str form)
{
    for (size_t i = 0; i < form.len; i++)
        if (form.at[i] < 'A' || form.at[i] > 'Z') return false;
    return form.len > 3;
}

/* At the start of a paragraph: "LAGOS, March 3 -", "Lagos (Agency)"; in capitals, of a sentence. */
static bool is_dateline(const struct where_work *w, const struct spot *s)
{
    static const char *const marks[] = {",", "(", "-", "--", ":", "\xE2\x80\x93", "\xE2\x80\x94"};
    const struct text_layer *x = w->text;
    if (!token_starts_sentence(w, s->token_begin)) return false;
    uint32_t sentence = w->tree->sentence[s->token_begin];
    const struct paragraph *paragraph = &x->paragraphs[x->sentences[sentence].paragraph];
    bool capitals = (x->tokens[s->token_begin].flags & TOKEN_CAPS_LINE) == 0 &&
                    is_all_capitals(x->tokens[s->token_begin].form);
    if (!capitals && paragraph->sentence_begin != sentence) return false;
    return token_is_mark(w, s->token_end, marks, sizeof marks / sizeof marks[0]);
}

static bool add_spot(struct where_work *w, const struct name_match *m, const struct span_senses *x)
{
    struct spot *grown =
        arena_grow(w->arena, w->spots, w->n_spots, w->n_spots + 1u, &w->cap_spots, sizeof *grown);
    if (grown == NULL) return false;
    w->spots = grown;
    struct spot s = {.begin = m->begin,
                     .end = m->end,
                     .token_begin = m->token_begin,
                     .token_end = m->token_end,
                     .name = x->first,
                     .outer = NONE,
                     .aside = NONE,
                     .country = x->country,
                     .place = NONE};
    s.tag = tag_of_span(w, &s);
    if (is_inner(w, &s)) s.flags |= SPOT_INNER;
    if (is_part(w, &s)) s.flags |= SPOT_PART;
    if (is_landform(w, &s)) s.flags |= SPOT_LANDFORM;
    if (!x->place) s.flags |= SPOT_ADJECTIVE;
    if (x->place && x->all_weak) s.flags |= SPOT_WEAK;
    if (x->place && is_short_form(w, &s, x->all_weak)) s.flags |= SPOT_SHORT;
    if (x->body) s.flags |= SPOT_BODY;
    if (is_dateline(w, &s)) s.flags |= SPOT_DATELINE;
    w->spots[w->n_spots++] = s;
    return true;
}

/* Puts the newest spot into the group of its name; the first one brings the candidates. */
static bool join_group(struct where_work *w, struct number_set *names, uint32_t from, uint32_t to)
{
    struct spot *s = &w->spots[w->n_spots - 1];
    bool adjective = (s->flags & SPOT_ADJECTIVE) != 0;
    uint64_t number = (uint64_t)s->name << 1 | adjective;
    uint32_t at = number_slot(names, number);
    if (names->slots[at] == 0) {
        struct spot_group *grown = arena_grow(w->arena, w->groups, w->n_groups, w->n_groups + 1u,
                                              &w->cap_groups, sizeof *grown);
        if (grown == NULL) return false;
        w->groups = grown;
        struct spot_group g = {.name = s->name, .candidate_begin = w->n_candidates};
        if (!adjective && !collect_candidates(w, from, to)) return false;
        g.candidate_end = w->n_candidates;
        g.best = g.candidate_begin;
        names->slots[at] = number | UINT64_C(1) << 63;
        names->values[at] = w->n_groups;
        w->groups[w->n_groups++] = g;
    }
    s->group = names->values[at];
    return true;
}

/* ---- persons of the story ---- */

static uint64_t form_number(const struct where_work *w, uint32_t t)
{
    return str_hash(w->text->tokens[t].form) >> 1;
}

/* Marks spots of one word that end the name of a person elsewhere: "Bob Lincoln ... Lincoln said".
 */
static bool mark_persons(struct where_work *w)
{
    struct number_set persons;
    if (!number_set_new(w->arena, w->lang->n_entities, &persons)) return false;
    for (uint32_t i = 0; i < w->lang->n_entities; i++) {
        const struct lang_entity *e = &w->lang->entities[i];
        if (e->type != NAME_PER || e->token_end - e->token_begin < 2) continue;
        uint64_t number = form_number(w, e->token_end - 1);
        persons.slots[number_slot(&persons, number)] = number | UINT64_C(1) << 63;
    }
    for (uint32_t i = 0; i < w->n_spots; i++) {
        struct spot *s = &w->spots[i];
        if (s->token_end - s->token_begin != 1) continue;
        if (persons.slots[number_slot(&persons, form_number(w, s->token_begin))] != 0)
            s->flags |= SPOT_PERSON;
    }
    return true;
}

bool spots_collect(struct where_work *w)
{
    struct number_set names;
    uint32_t n = w->matches->n_matches, past = 0, next;
    if (!number_set_new(w->arena, n, &names)) return false;
    for (uint32_t i = 0; i < n; i = next) {
        const struct name_match *m = &w->matches->matches[i];
        struct span_senses x;
        next = read_span(w, i, &x);
        if (m->token_begin < past || !(x.place || x.people || x.body)) continue;
        past = m->token_end;
        if (!x.place && !x.people) continue;
        if (!add_spot(w, m, &x) || !join_group(w, &names, i, next)) return false;
    }
    return mark_persons(w);
}
