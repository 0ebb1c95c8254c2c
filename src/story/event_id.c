/* finish.c - dates and ids of events as text. */
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

void story_event_id(const struct dt_doc *doc, const struct event *e, char out[64])
{
    char date[16];
    uint64_t hash = str_hash(str_c(doc->story.id != NULL ? doc->story.id : ""));
    story_event_date(e, date);
    hash = str_hash_seed(str_of(doc->text.text.at + e->begin, e->end - e->begin), hash + e->begin);
    (void)snprintf(out, 64, "%s-%s-%s-%08x", date[0] != '\0' ? date : "undated",
                   range_count(e->source) != 0 ? doc->what.parties[e->source.begin].code : "---",
                   e->cameo, (unsigned)(hash & 0xFFFFFFFFu));
}

bool story_finish(struct dt_doc *doc, struct arena *arena)
{
    doc->event_texts = ARENA_NEW(arena, doc->what.n_events + 1, struct event_text);
    if (doc->event_texts == NULL) return false;
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        story_event_id(doc, &doc->what.events[i], doc->event_texts[i].id);
        story_event_date(&doc->what.events[i], doc->event_texts[i].date);
    }
    return true;
}
