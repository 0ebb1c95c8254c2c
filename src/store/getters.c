/* getters.c - reading a document through the public header; an index past the end gives NULL or 0.
 *
 * Ids and dates are made when a document is finished (finish.c). */
#include "know/ontology.h"
#include "store/record.h"

static const struct event *event_at(const dt_doc *doc, size_t i)
{
    return i < doc->what.n_events ? &doc->what.events[i] : NULL;
}

static const struct actor *actor_at(const dt_doc *doc, size_t i)
{
    return i < doc->who.n_actors ? &doc->who.actors[i] : NULL;
}

static const char *party_code(const dt_doc *doc, struct range side, size_t k)
{
    return k < range_count(side) ? doc->what.parties[side.begin + k].code : NULL;
}

static const char *or_null(const char *z)
{
    return z != NULL && z[0] != '\0' ? z : NULL;
}

const char *dt_story_id(const dt_doc *doc)
{
    return doc->story.id;
}

const char *dt_story_date(const dt_doc *doc)
{
    return or_null(doc->date);
}

size_t dt_sentence_count(const dt_doc *doc)
{
    return doc->text.n_sentences;
}

size_t dt_sentence_begin(const dt_doc *doc, size_t i)
{
    return i < doc->text.n_sentences ? doc->text.sentences[i].begin : 0;
}

size_t dt_sentence_end(const dt_doc *doc, size_t i)
{
    return i < doc->text.n_sentences ? doc->text.sentences[i].end : 0;
}

size_t dt_token_count(const dt_doc *doc)
{
    return doc->text.n_tokens;
}

size_t dt_token_begin(const dt_doc *doc, size_t i)
{
    return i < doc->text.n_tokens ? doc->text.tokens[i].begin : 0;
}

size_t dt_token_end(const dt_doc *doc, size_t i)
{
    return i < doc->text.n_tokens ? doc->text.tokens[i].end : 0;
}

const char *dt_token_lemma(const dt_doc *doc, size_t i, size_t *len)
{
    *len = 0;
    if (i >= doc->text.n_tokens) return NULL;
    *len = doc->lang.words[i].lemma.len;
    return doc->lang.words[i].lemma.at;
}

const char *dt_token_upos(const dt_doc *doc, size_t i)
{
    return i < doc->text.n_tokens ? upos_name[doc->lang.words[i].upos] : NULL;
}

const char *dt_token_deprel(const dt_doc *doc, size_t i)
{
    return i < doc->text.n_tokens ? dep_name[doc->lang.words[i].dep] : NULL;
}

size_t dt_token_head(const dt_doc *doc, size_t i)
{
    if (i >= doc->text.n_tokens) return 0;
    uint32_t head = doc->lang.words[i].head;
    return head == NO_TOKEN ? i : head;
}

size_t dt_actor_count(const dt_doc *doc)
{
    return doc->who.n_actors;
}

size_t dt_actor_begin(const dt_doc *doc, size_t i)
{
    const struct actor *a = actor_at(doc, i);
    return a != NULL ? a->begin : 0;
}

size_t dt_actor_end(const dt_doc *doc, size_t i)
{
    const struct actor *a = actor_at(doc, i);
    return a != NULL ? a->end : 0;
}

const char *dt_actor_code(const dt_doc *doc, size_t i)
{
    const struct actor *a = actor_at(doc, i);
    return a != NULL ? or_null(a->code) : NULL;
}

const char *dt_actor_entity(const dt_doc *doc, size_t i)
{
    const struct actor *a = actor_at(doc, i);
    return a != NULL ? a->entity : NULL;
}

size_t dt_event_count(const dt_doc *doc)
{
    return doc->what.n_events;
}

const char *dt_event_id(const dt_doc *doc, size_t i)
{
    return i < doc->what.n_events ? doc->event_texts[i].id : NULL;
}

const char *dt_event_date(const dt_doc *doc, size_t i)
{
    return i < doc->what.n_events ? or_null(doc->event_texts[i].date) : NULL;
}

const char *dt_event_cameo(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->cameo : NULL;
}

const char *dt_event_plover(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->plover : NULL;
}

const char *dt_event_mode(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->mode : NULL;
}

const char *dt_event_status(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? event_status_name[e->status] : NULL;
}

const char *dt_event_frame(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? know_z(doc->know, doc->frames->records[e->frame].id) : NULL;
}

double dt_event_goldstein(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    const struct ontology_code *code = e != NULL ? record_code(doc, e) : NULL;
    return code != NULL ? (double)code->goldstein : 0;
}

double dt_event_confidence(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? (double)e->confidence : 0;
}

int dt_event_reciprocal(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->reciprocal : 0;
}

size_t dt_event_sentence(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->sentence : 0;
}

size_t dt_event_begin(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->begin : 0;
}

size_t dt_event_end(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? e->end : 0;
}

size_t dt_event_source_count(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? range_count(e->source) : 0;
}

const char *dt_event_source_code(const dt_doc *doc, size_t i, size_t k)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? party_code(doc, e->source, k) : NULL;
}

size_t dt_event_target_count(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? range_count(e->target) : 0;
}

const char *dt_event_target_code(const dt_doc *doc, size_t i, size_t k)
{
    const struct event *e = event_at(doc, i);
    return e != NULL ? party_code(doc, e->target, k) : NULL;
}

const char *dt_event_place(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    const struct know_place *p = e != NULL ? record_place(doc, e) : NULL;
    return p != NULL ? know_z(doc->know, p->name) : NULL;
}

const char *dt_event_place_country(const dt_doc *doc, size_t i)
{
    const struct event *e = event_at(doc, i);
    const struct know_place *p = e != NULL ? record_place(doc, e) : NULL;
    return p != NULL ? or_null(know_z(doc->know, p->country)) : NULL;
}
