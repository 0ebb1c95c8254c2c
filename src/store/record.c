/* record.c - what every writer shares; see record.h. */
#include "know/ontology.h"
#include "store/record.h"

const struct know_place *record_place(const struct dt_doc *doc, const struct event *e)
{
    if (e->place == NONE) return NULL;
    return &doc->know->places[doc->where.places[e->place].id];
}

const char *record_actor_name(const struct dt_doc *doc, uint32_t actor)
{
    return doc->who.actors[actor].name;
}

struct str record_sentence(const struct dt_doc *doc, uint32_t sentence)
{
    const struct sentence *s = &doc->text.sentences[sentence];
    return str_cut(doc->text.text, s->begin, s->end);
}

const char *record_precision(uint8_t precision)
{
    switch (precision) {
    case 'd': return "day";
    case 'w': return "week";
    case 'm': return "month";
    case 'y': return "year";
    default: return NULL;
    }
}

const struct ontology_code *record_code(const struct dt_doc *doc, const struct event *e)
{
    return ontology_find(doc->know, str_c(e->cameo));
}

bool record_plover_score(const struct dt_doc *doc, const struct event *e, double *score)
{
    if (e->plover == NULL) return false;
    return ontology_score(doc->know, str_c(e->plover), str_c(e->mode), score);
}

static bool goes_both_ways(const struct event *e)
{
    return e->reciprocal && range_count(e->source) != 0 && range_count(e->target) != 0;
}

uint32_t record_dyad_count(const struct event *e)
{
    uint32_t n_source = range_count(e->source), n_target = range_count(e->target);
    return (n_source != 0 ? n_source : 1) * (n_target != 0 ? n_target : 1) *
           (goes_both_ways(e) ? 2 : 1);
}

struct dyad record_dyad(const struct event *e, uint32_t i)
{
    uint32_t n_target = range_count(e->target), ways = goes_both_ways(e) ? 2 : 1;
    uint32_t pair = i / ways, width = n_target != 0 ? n_target : 1;
    return (struct dyad){.source =
                             range_count(e->source) != 0 ? e->source.begin + pair / width : NONE,
                         .target = n_target != 0 ? e->target.begin + pair % width : NONE,
                         .turned = i % ways == 1};
}
