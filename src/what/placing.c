/* placing.c - see placing.h.
 *
 * In: an event, the places of the story and who acts in it. Out: the event's place and its basis,
 * the nearest that there is: the phrase of the event, its sentence, its paragraph, the dateline,
 * the country of a side. A name stands for a place, and not for who acts there, behind a locative
 * preposition ("in", "near", "the town of"), or where no actor is read from it. Places are sorted:
 * those of a sentence are found by a binary search, and an event looks at its paragraph once. After
 * the reporting of places in Lee, Liu and Ward (2019), "Lost in space: geolocation in event data",
 * who found the place of the verb's own phrase right far more often than the nearest one. */
#include "what/placing.h"

#include "what/attach.h"
#include "who/home.h"

#define PLACE_BASIS_NAME(name, text) text,
const char *const place_basis_name[PLACE_BASIS_COUNT] = {PLACE_BASES(PLACE_BASIS_NAME)};

/* How a mention of a place stands in its sentence; more is better. */
enum standing {
    STAND_ACTOR,   /* a state or its capital acts, or is acted upon */
    STAND_NAMED,   /* a town or region, named for some reason */
    STAND_LOCATIVE /* what the sentence speaks of is there */
};

/* "the oil town OF Brega", "the capital Bangui", "south OF Rio": the words that carry the name. */
static uint32_t carrier_of(const struct tree *t, uint32_t head)
{
    enum { CLIMB = 4 }; /* "the capital of the northern province of ..." */
    for (int i = 0; i < CLIMB; i++) {
        const struct word *w = &t->words[head];
        const uint32_t marker = tree_marker(t, head);
        if (w->head == NONE) break;
        const bool beside = marker == NONE && (w->dep == DEP_APPOS || w->dep == DEP_FLAT ||
                                               w->dep == DEP_COMPOUND || w->dep == DEP_NMOD_POSS);
        const bool named = form_has(t, marker, CLASS_OF) || beside;
        if (!named) break;
        if (!word_has(t, w->head, CLASS_PLACE_NOUN) && !form_has(t, w->head, CLASS_SIDE)) break;
        head = w->head;
    }
    return head;
}

static bool is_locative(const struct tree *t, uint32_t head)
{
    const uint32_t marker = tree_preposition(t, head);
    if (marker != NONE) return lemma_has(t, marker, CLASS_LOCATIVE);
    return form_has(t, head, CLASS_SIDE) && t->words[head].dep == DEP_ADVMOD;
}

/* "Rome, Italy": the second place only says where the first one is. */
static bool says_where_another_is(const struct tree *t, uint32_t head)
{
    const uint32_t outer = t->words[head].head;
    const uint8_t dep = t->words[head].dep;
    if (outer == NONE || outer > head) return false;
    return dep == DEP_APPOS || dep == DEP_NMOD_DESC || dep == DEP_FLAT || dep == DEP_OBL_UNMARKED ||
           dep == DEP_NMOD_UNMARKED;
}

static bool is_country(const struct what_input *in, const struct place *p)
{
    return in->frames->know->places[p->id].kind == 'C';
}

/* Whether an actor is read from the name: "Moscow said". */
static bool acts(const struct what_input *in, const struct place *p)
{
    const uint32_t actor = in->who->actor_at[p->head];
    return actor != NONE && !(in->who->actors[actor].flags & ACTOR_PLACE) &&
           in->who->actors[actor].code[0] != '\0';
}

static enum standing standing_of(const struct what_input *in, const struct place *p)
{
    const struct tree *t = in->tree;
    const uint32_t head = carrier_of(t, p->head);
    const uint8_t dep = t->words[head].dep;
    const bool qualifies = dep == DEP_COMPOUND || dep == DEP_NMOD_POSS || dep == DEP_AMOD;
    if (qualifies && is_country(in, p)) return STAND_ACTOR; /* "at a U.S. base" */
    if (is_locative(t, head)) return STAND_LOCATIVE;
    if (says_where_another_is(t, head) && is_locative(t, t->words[head].head))
        return STAND_LOCATIVE;
    if (is_country(in, p) || acts(in, p) || dep == DEP_NMOD_POSS) return STAND_ACTOR;
    return STAND_NAMED;
}

static void set_place(const struct what_input *in, struct event *e, uint32_t place,
                      enum place_basis basis)
{
    e->place = place;
    e->place_id = in->where->places[place].id;
    e->place_basis = (uint8_t)basis;
}

static uint32_t first_place(const struct what_input *in, uint32_t token)
{
    return ATTACH_FIRST(in->where->places, in->where->n_places, struct place, token);
}

/* The X of "X, Y" for Y, whichever of them the parser hung where: the finest place that is named.
 */
static uint32_t inner_of(const struct what_input *in, uint32_t place)
{
    while (place > 0 && in->where->places[place].outer)
        place--;
    return place;
}

/* ---- the words of the event ---- */

/* How well a place fits the event: 0 not at all. What stands behind a locative preposition is where
 * it happened, then what the deed is done to; "the Istanbul talks" have it before the noun. */
static uint32_t fitness_of(const struct what_input *in, const struct draft *d,
                           const struct place *p)
{
    enum { LOCATIVE_MORE = 1000, NAMED_MORE = 500 };
    const struct tree *t = in->tree;
    const uint32_t head = carrier_of(t, p->head);
    const enum standing standing = standing_of(in, p);
    const uint32_t fit = attach_fitness(t, d, (struct attach_item){head, p->token_begin});
    if (fit == 0) return 0;
    if (standing == STAND_LOCATIVE) return fit + LOCATIVE_MORE;
    const struct word *w = &t->words[p->head];
    if (w->head == d->firing.token && p->head < d->firing.token && w->dep == DEP_COMPOUND)
        return fit;
    if (standing == STAND_ACTOR) return 0;
    const uint8_t dep = t->words[head].dep;
    return dep == DEP_OBJ || dep == DEP_OBL || dep == DEP_NMOD ? fit + NAMED_MORE : 0;
}

void placing_phrase(const struct what_input *in, struct draft *d)
{
    const struct sentence *s = &in->text->sentences[d->event.sentence];
    uint32_t best = 0;
    for (uint32_t i = first_place(in, s->token_begin); i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (p->token_begin >= s->token_end) break;
        if (p->adjective || p->dateline) continue;
        uint32_t fit = fitness_of(in, d, p);
        if (fit <= best) continue;
        best = fit;
        set_place(in, &d->event, inner_of(in, i), PLACE_BY_PHRASE);
    }
}

/* ---- what stands around it ---- */

/* The place of the sentence, its dateline apart, that stands best, of several the one nearest to
 * `token`; or NONE. */
static uint32_t place_of_sentence(const struct what_input *in, uint32_t sentence, uint32_t token)
{
    const struct sentence *s = &in->text->sentences[sentence];
    enum standing best = STAND_ACTOR;
    uint32_t found = NONE, near = 0;
    for (uint32_t i = first_place(in, s->token_begin); i < in->where->n_places; i++) {
        const struct place *p = &in->where->places[i];
        if (p->token_begin >= s->token_end) break;
        if (p->adjective || p->dateline) continue;
        const enum standing standing = standing_of(in, p);
        const uint32_t far = p->head > token ? p->head - token : token - p->head;
        if (standing < best || standing == STAND_ACTOR) continue;
        if (standing == best && far >= near) continue;
        best = standing;
        near = far;
        found = inner_of(in, i);
    }
    return found;
}

/* The sentences of the paragraph before the event's, nearest first, then those behind it; of an
 * endless paragraph the nearest ones. */
static uint32_t place_of_paragraph(const struct what_input *in, const struct event *e)
{
    const struct sentence *s = in->text->sentences;
    const uint32_t paragraph = s[e->sentence].paragraph;
    enum { SENTENCES_MOST = 100, TOKENS_MOST = 1000 };
    uint32_t found = NONE, first = 0, end = in->text->n_sentences;
    if (e->sentence > SENTENCES_MOST) first = e->sentence - SENTENCES_MOST;
    if (end - e->sentence > SENTENCES_MOST) end = e->sentence + SENTENCES_MOST;
    while (s[first].token_end + TOKENS_MOST < e->token)
        first++;
    while (s[end - 1].token_begin > e->token + TOKENS_MOST)
        end--;
    for (uint32_t i = e->sentence; i-- > first && s[i].paragraph == paragraph && found == NONE;)
        found = place_of_sentence(in, i, e->token);
    for (uint32_t i = e->sentence + 1; i < end && s[i].paragraph == paragraph && found == NONE; i++)
        found = place_of_sentence(in, i, e->token);
    return found;
}

static uint32_t place_of_dateline(const struct what_input *in)
{
    for (uint32_t i = 0; i < in->where->n_places; i++)
        if (in->where->places[i].dateline) return i;
    return NONE;
}

uint32_t placing_around(const struct what_input *in, const struct event *e)
{
    const uint32_t place = place_of_paragraph(in, e);
    return place != NONE ? place : place_of_dateline(in);
}

/* The place of the one state that the side is of, or NONE. */
static uint32_t state_of_side(const struct what_input *in, const struct what_layer *out,
                              struct range side)
{
    const struct know *know = in->frames->know;
    const char *country = "";
    for (uint32_t i = side.begin; i < side.end; i++) {
        const char *other = out->parties[i].country;
        if (other[0] == '\0') continue;
        if (country[0] != '\0' && strcmp(country, other) != 0) return NONE;
        country = other;
    }
    if (!home_is_state(know, country)) return NONE;
    const struct know_entity *e = &know->entities[know_country(know, str_c(country))];
    return e->place != 0 ? e->place - 1 : NONE;
}

/* Violence is where its victims are, and a visit where the host is; all else is rather with who
 * acts. What two do together may be anywhere. */
static void place_by_party(const struct what_input *in, const struct what_layer *out,
                           struct event *e)
{
    const uint32_t source = state_of_side(in, out, e->source);
    const uint32_t target = state_of_side(in, out, e->target);
    const bool there = (e->kind & FRAME_VIOLENCE) || strcmp(e->cameo, "042") == 0;
    uint32_t place = there ? target : source;
    if (e->reciprocal && source != target) return;
    if (place == NONE) place = there ? source : target;
    if (place == NONE) return;
    e->place_id = place;
    e->place_basis = PLACE_BY_PARTY;
}

void placing_rest(const struct what_input *in, struct what_layer *out)
{
    const uint32_t dateline = place_of_dateline(in);
    for (uint32_t i = 0; i < out->n_events; i++) {
        struct event *e = &out->events[i];
        uint32_t place = NONE;
        if (e->place_id != NONE) continue;
        if ((place = place_of_sentence(in, e->sentence, e->token)) != NONE)
            set_place(in, e, place, PLACE_BY_SENTENCE);
        else if ((place = place_of_paragraph(in, e)) != NONE)
            set_place(in, e, place, PLACE_BY_PARAGRAPH);
        else if (dateline != NONE)
            set_place(in, e, dateline, PLACE_BY_DATELINE);
        else
            place_by_party(in, out, e);
    }
}
