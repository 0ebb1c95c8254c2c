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

uint32_t record_dyads(const struct event *e, struct dyad out[DYADS_MOST])
{
    uint32_t n = 0;
    uint32_t n_source = e->n_source != 0 ? e->n_source : 1,
             n_target = e->n_target != 0 ? e->n_target : 1;
    for (uint32_t s = 0; s < n_source; s++) {
        for (uint32_t t = 0; t < n_target; t++) {
            struct dyad d = {e->n_source != 0 ? s : NONE, e->n_target != 0 ? t : NONE, false};
            out[n++] = d;
            if (!e->reciprocal || d.source == NONE || d.target == NONE) continue;
            d.turned = true;
            out[n++] = d;
        }
    }
    return n;
}
