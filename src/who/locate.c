/* locate.c - see locate.h.
 *
 * What `where` has settled counts: it has read the whole story, the state behind a town and the
 * dateline. Each question looks at a bounded number of tokens. */
#include "who/locate.h"

#include "who/name_sense.h"
#include "who/phrase.h"

static uint32_t country_of_place(const struct who_work *w, uint32_t place)
{
    const struct know_place *p = &w->know->places[w->where->places[place].id];
    return p->country == 0 ? NONE : know_country(w->know, know_str(w->know, p->country));
}

void locate_places(struct who_work *w)
{
    const struct where_layer *where = w->where;
    w->dateline = NONE;
    for (uint32_t i = 0; i < where->n_places; i++) {
        if (where->places[i].adjective) continue;
        w->place_at[where->places[i].token_begin] = i;
        if (where->places[i].dateline && w->dateline == NONE) w->dateline = country_of_place(w, i);
    }
}

bool locate_is_place(const struct who_work *w, uint32_t begin, uint32_t end)
{
    const uint32_t place = w->place_at[begin];
    return place != NONE && w->where->places[place].token_end == end;
}

bool locate_elsewhere(const struct who_work *w, uint32_t begin, uint32_t end, uint32_t country)
{
    if (!locate_is_place(w, begin, end)) return false;
    if (w->know->entities[country].place == 0) return false; /* Somaliland, a region of the map */
    const uint32_t there = country_of_place(w, w->place_at[begin]);
    return there != NONE && there != country;
}

uint32_t locate_at(const struct who_work *w, uint32_t token)
{
    return token < w->text->n_tokens && w->place_at[token] != NONE
               ? country_of_place(w, w->place_at[token])
               : NONE;
}

/* "the Nigerian city", "a southern Syrian town" */
static bool is_of_place(const struct who_work *w, uint32_t token)
{
    return word_has(w->tree, token, CLASS_PLACE_NOUN) ||
           (token + 1 < w->text->n_tokens && w->words[token].upos == UPOS_ADJ &&
            word_has(w->tree, token + 1, CLASS_PLACE_NOUN));
}

/* A find that is a country, or has the name of its capital, or of its people where that says of a
 * place whose it is; NONE else. */
static uint32_t country_found(const struct who_work *w, uint32_t token)
{
    const struct name_find *f = name_at_token(w, token);
    if (f == NULL) return NONE;
    const bool country = f->kind == FIND_COUNTRY || f->kind == FIND_CAPITAL ||
                         (f->kind == FIND_PEOPLE && is_of_place(w, f->end));
    return country ? f->of : NONE;
}

/* Words that may stand before the name of the place that they belong to. */
static bool leads_to_place(const struct who_work *w, uint32_t token)
{
    return w->words[token].upos == UPOS_ADJ || word_has(w->tree, token, CLASS_PLACE_NOUN) ||
           form_has(w->tree, token, CLASS_SIDE) || form_has(w->tree, token, CLASS_OF) ||
           form_has(w->tree, token, CLASS_THE) || form_has(w->tree, token, CLASS_NAME_BEGINNING);
}

uint32_t locate_phrase(const struct who_work *w, uint32_t from, uint32_t to)
{
    enum { MOST = 6 }; /* "the restive eastern city of" */
    for (uint32_t t = from; t < to && t < from + MOST; t++) {
        uint32_t country = locate_at(w, t);
        if (country == NONE) country = country_found(w, t);
        if (country != NONE || !leads_to_place(w, t)) return country;
    }
    return NONE;
}

/* The place whose last token is `last`, or NONE; names of places are short. */
static uint32_t place_ending(const struct who_work *w, uint32_t last)
{
    enum { MOST = 6 };
    for (uint32_t t = last + 1; t-- > 0 && t + MOST > last;)
        if (w->place_at[t] != NONE)
            return w->where->places[w->place_at[t]].token_end == last + 1 ? w->place_at[t] : NONE;
    return NONE;
}

static bool is_comma(const struct who_work *w, uint32_t token)
{
    return str_eq(w->text->tokens[token].form, STR(","));
}

uint32_t locate_before(const struct who_work *w, uint32_t token)
{
    if (token >= 2 && phrase_possessive(w, token - 1)) token--; /* "Catalonia's president" */
    if (token < 1) return NONE;
    uint32_t place = place_ending(w, token - 1);
    if (place == NONE && token >= 4 && is_comma(w, token - 1)) {
        /* of "X, Y, police" both must be there: else the comma parts them */
        place = place_ending(w, token - 2);
        if (place == NONE || w->where->places[place].token_begin < 2) return NONE;
        const uint32_t comma = w->where->places[place].token_begin - 1;
        if (!is_comma(w, comma) || place_ending(w, comma - 1) == NONE) return NONE;
    }
    return place == NONE ? NONE : country_of_place(w, place);
}
