/* shown.c - what is made of a story's events at the end: dates and ids as text, and which actors
 * and places are shown. */
#include <stdio.h>

#include "base/calendar.h"
#include "story/story.h"

static void put_day(int32_t day, char out[16])
{
    struct date d = date_of(day);
    (void)snprintf(out, 16, "%04d-%02d-%02d", (int)d.year % 10000, (int)d.month % 100,
                   (int)d.day % 100);
}

void story_event_date(const struct event *e, char out[16])
{
    int32_t year, week;
    out[0] = '\0';
    if (e->from == DAY_MIN) return;
    put_day(e->from, out);
    if (e->precision == 'y') out[4] = '\0';
    if (e->precision == 'm') out[7] = '\0';
    if (e->precision == 'w') {
        iso_week_of(e->from, &year, &week);
        (void)snprintf(out, 16, "%04d-W%02d", (int)year % 10000, (int)week % 100);
    }
}

void story_event_date_end(const struct event *e, char out[16])
{
    out[0] = '\0';
    if (e->from != DAY_MIN && e->to > e->from + 1) put_day(e->to - 1, out);
}

/* Where the event is told: the same number whether the story came with a title or not. */
static uint64_t place_of_event(const struct dt_doc *doc, const struct event *e)
{
    const struct text_layer *text = &doc->text;
    if (clean_in_title(&text->map, e->begin)) return ~(e->begin + ((uint64_t)e->token << 32));
    const uint32_t first =
        text->n_title_sentences != 0 ? text->sentences[text->n_title_sentences - 1].token_end : 0;
    return e->begin - text->map.body + ((uint64_t)(e->token - first) << 32);
}

static void put_days(const struct event *e, struct event_text *out)
{
    out->day_begin[0] = out->day_end[0] = '\0';
    if (e->from == DAY_MIN) return;
    put_day(e->from, out->day_begin);
    if (e->to != DAY_MAX) put_day(e->to > e->from ? e->to - 1 : e->from, out->day_end);
}

void story_event_id(const struct dt_doc *doc, const struct event *e, uint64_t nth,
                    char out[EVENT_ID_SIZE])
{
    char date[16];
    uint64_t hash = str_hash(str_c(doc->story.id != NULL ? doc->story.id : ""));
    hash += nth * UINT64_C(0x9e3779b97f4a7c15);
    story_event_date(e, date);
    hash = str_hash_seed(str_of(doc->text.text.at + e->begin, e->end - e->begin),
                         hash + place_of_event(doc, e));
    const char *source =
        range_count(e->source) != 0 ? doc->what.parties[e->source.begin].code : "---";
    (void)snprintf(out, EVENT_ID_SIZE, "%s-%.20s-%.8s-%016llx", date[0] != '\0' ? date : "undated",
                   source, e->cameo, (unsigned long long)hash);
}

/* Places that stand for their states are parties of events, but nobody's mention of an actor; nor
 * are adjectives mentions of places. */
static bool list_shown(struct dt_doc *doc, struct arena *arena)
{
    doc->shown_actors = ARENA_NEW(arena, doc->who.n_actors + 1, uint32_t);
    doc->shown_places = ARENA_NEW(arena, doc->where.n_places + 1, uint32_t);
    if (doc->shown_actors == NULL || doc->shown_places == NULL) return false;
    for (uint32_t i = 0; i < doc->who.n_actors; i++)
        if (!(doc->who.actors[i].flags & (ACTOR_PLACE | ACTOR_BARE)))
            doc->shown_actors[doc->n_shown_actors++] = i;
    for (uint32_t i = 0; i < doc->where.n_places; i++)
        if (!doc->where.places[i].adjective) doc->shown_places[doc->n_shown_places++] = i;
    return true;
}

bool story_show(struct dt_doc *doc, struct arena *arena)
{
    /* a word may name several events: how many of them came first */
    uint32_t *named = ARENA_NEW(arena, doc->text.n_tokens + 1, uint32_t);
    doc->event_texts = ARENA_NEW(arena, doc->what.n_events + 1, struct event_text);
    if (named == NULL || doc->event_texts == NULL || !list_shown(doc, arena)) return false;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        story_event_id(doc, e, named[e->token]++, doc->event_texts[i].id);
        story_event_date(e, doc->event_texts[i].date);
        story_event_date_end(e, doc->event_texts[i].date_end);
        put_days(e, &doc->event_texts[i]);
    }
    return true;
}
