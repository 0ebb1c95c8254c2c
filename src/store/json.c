/* json.c - events and stories as JSON; the fields are those of the command-line contract. */
#include "know/ontology.h"
#include "store/record.h"

void write_party(const struct dt_doc *doc, const struct party *party, struct buf *out)
{
    const struct actor *a = &doc->who.actors[party->actor];
    buf_z(out, "{\"code\":");
    buf_json_z(out, party->code);
    buf_z(out, ",\"country\":");
    buf_json_z(out, a->country[0] != '\0' ? a->country : NULL);
    buf_z(out, ",\"sector\":");
    buf_json_z(out, party->sector);
    buf_z(out, ",\"name\":");
    buf_json_z(out, a->name);
    buf_z(out, ",\"entity\":");
    buf_json_z(out, a->entity);
    buf_f(out, ",\"begin\":%u,\"end\":%u}", a->begin, a->end);
}

static void put_side(const struct dt_doc *doc, const struct event *e, bool target, uint32_t only,
                     struct buf *out)
{
    struct range side = target ? e->target : e->source;
    bool first = true;
    buf_c(out, '[');
    for (uint32_t i = side.begin; i < side.end; i++) {
        if (only != NONE && i != only) continue;
        if (!first) buf_c(out, ',');
        first = false;
        write_party(doc, &doc->what.parties[i], out);
    }
    buf_c(out, ']');
}

static void put_actors(const struct dt_doc *doc, const struct event *e, const struct dyad *dyad,
                       struct buf *out)
{
    bool turned = dyad != NULL && dyad->turned;
    uint32_t source = dyad != NULL ? dyad->source : NONE,
             target = dyad != NULL ? dyad->target : NONE;
    buf_z(out, ",\"source\":");
    put_side(doc, e, turned, turned ? target : source, out);
    buf_z(out, ",\"target\":");
    put_side(doc, e, !turned, turned ? source : target, out);
    buf_f(out, ",\"reciprocal\":%s", e->reciprocal ? "true" : "false");
}

static void put_codes(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    const struct ontology_code *code = record_code(doc, e);
    double score;
    buf_f(out, ",\"cameo\":\"%s\",\"cameo_name\":", e->cameo);
    buf_json_z(out, code != NULL ? know_z(doc->know, code->name) : NULL);
    buf_f(out, ",\"root\":\"%.2s\"", e->cameo);
    if (code != NULL) {
        buf_f(out, ",\"quad\":%d,\"goldstein\":", code->quad);
        buf_number(out, (double)code->goldstein, 4);
    } else {
        buf_z(out, ",\"quad\":null,\"goldstein\":null");
    }
    buf_z(out, ",\"plover\":");
    buf_json_z(out, e->plover);
    buf_z(out, ",\"mode\":");
    buf_json_z(out, e->mode);
    buf_z(out, ",\"contexts\":[");
    struct str rest = str_c(e->contexts), one;
    bool first = true;
    while (rest.len != 0 && str_next(&rest, ',', &one)) {
        if (!first) buf_c(out, ',');
        first = false;
        buf_json(out, one);
    }
    buf_z(out, "],\"plover_score\":");
    if (record_plover_score(doc, e, &score))
        buf_number(out, score, 4);
    else
        buf_z(out, "null");
}

static void put_attribution(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    buf_z(out, ",\"attribution\":");
    if (e->saying == NONE) {
        buf_z(out, "null");
    } else if (e->attribution != NONE) {
        const struct actor *a = &doc->who.actors[e->attribution];
        buf_z(out, "{\"code\":");
        buf_json_z(out, a->code[0] != '\0' ? a->code : NULL);
        buf_z(out, ",\"name\":");
        buf_json_z(out, a->name);
        buf_f(out, ",\"begin\":%u,\"end\":%u}", a->begin, a->end);
    } else {
        const struct saying *s = &doc->said.sayings[e->saying];
        struct span span = {0, 0};
        if (range_count(s->source) != 0) span = doc->said.pieces[s->source.begin];
        buf_z(out, "{\"code\":null,\"name\":");
        buf_json(out, str_cut(doc->text.text, span.begin, span.end));
        buf_f(out, ",\"begin\":%u,\"end\":%u}", span.begin, span.end);
    }
}

/* What tells where a place is, and closes its object. */
static void put_position(const struct know_place *p, struct buf *out)
{
    buf_z(out, ",\"lat\":");
    buf_number(out, (double)p->lat, 7);
    buf_z(out, ",\"lon\":");
    buf_number(out, (double)p->lon, 7);
    buf_z(out, ",\"geonameid\":");
    if (p->geonameid != 0)
        buf_u(out, p->geonameid);
    else
        buf_z(out, "null");
    buf_c(out, '}');
}

static void put_place(const struct dt_doc *doc, const struct know_place *p, struct buf *out)
{
    buf_z(out, "{\"name\":");
    buf_json_z(out, know_z(doc->know, p->name));
    buf_z(out, ",\"country\":");
    buf_json_z(out, p->country != 0 ? know_z(doc->know, p->country) : NULL);
    put_position(p, out);
}

static void put_quantity(const struct quantity *q, bool span, struct str text, struct buf *out)
{
    buf_c(out, '{');
    if (span) buf_f(out, "\"begin\":%u,\"end\":%u,", q->begin, q->end);
    buf_f(out, "\"kind\":\"%s\",\"value\":", quantity_kind_name[q->kind]);
    buf_number(out, q->value, 12);
    buf_z(out, ",\"unit\":");
    buf_json_z(out, q->unit);
    if (span) {
        buf_z(out, ",\"text\":");
        buf_json(out, str_cut(text, q->begin, q->end));
    }
    buf_c(out, '}');
}

static void put_circumstances(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    const struct know_place *place = record_place(doc, e);
    buf_f(out, ",\"status\":\"%s\"", event_status_name[e->status]);
    put_attribution(doc, e, out);
    buf_z(out, ",\"place\":");
    if (place != NULL)
        put_place(doc, place, out);
    else
        buf_z(out, "null");
    buf_z(out, ",\"quantities\":[");
    for (uint32_t i = e->quantities.begin; i < e->quantities.end; i++) {
        if (i != e->quantities.begin) buf_c(out, ',');
        put_quantity(&doc->when.quantities[doc->what.quantities[i]], false, doc->text.text, out);
    }
    buf_z(out, "],\"mentions\":[");
    for (uint32_t i = e->mentions.begin; i < e->mentions.end; i++) {
        const struct event_span *m = &doc->what.mentions[i];
        buf_f(out, "%s[%u,%u,%u]", i != e->mentions.begin ? "," : "", m->sentence, m->begin,
              m->end);
    }
    buf_c(out, ']');
}

static void put_dates(const struct event *e, struct buf *out)
{
    char date[16];
    story_event_date(e, date);
    buf_z(out, ",\"date\":");
    buf_json_z(out, date[0] != '\0' ? date : NULL);
    story_event_date_end(e, date);
    buf_z(out, ",\"date_end\":");
    buf_json_z(out, date[0] != '\0' ? date : NULL);
    buf_z(out, ",\"date_precision\":");
    buf_json_z(out, record_precision(e->precision));
}

void write_event(const struct dt_doc *doc, const struct event *e, const struct dyad *dyad,
                 struct buf *out)
{
    char id[64];
    story_event_id(doc, e, id);
    buf_z(out, "{\"id\":");
    buf_json_z(out, id);
    buf_z(out, ",\"story\":");
    buf_json_z(out, doc->story.id);
    buf_f(out, ",\"sentence\":%u,\"begin\":%u,\"end\":%u", e->sentence, e->begin, e->end);
    put_dates(e, out);
    put_actors(doc, e, dyad, out);
    put_codes(doc, e, out);
    put_circumstances(doc, e, out);
    buf_z(out, ",\"frame\":");
    buf_json_z(out, know_z(doc->know, doc->frames->records[e->frame].id));
    if (range_count(e->operators) != 0) {
        buf_z(out, ",\"operators\":[");
        for (uint32_t i = e->operators.begin; i < e->operators.end; i++) {
            const struct applied_operator *o = &doc->what.operators[i];
            if (i != e->operators.begin) buf_c(out, ',');
            buf_json_z(out, know_z(doc->know, doc->frames->records[o->record].id));
        }
        buf_c(out, ']');
    }
    buf_z(out, ",\"confidence\":");
    buf_number(out, (double)e->confidence, 2);
    buf_z(out, ",\"text\":");
    buf_json(out, record_sentence(doc, e->sentence));
    if (e->truncated) buf_z(out, ",\"truncated\":true");
    buf_c(out, '}');
}

void write_events_jsonl(const struct dt_doc *doc, int flags, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        uint32_t n = (flags & DT_RENDER_DYADS) ? record_dyad_count(e) : 1;
        for (uint32_t k = 0; k < n; k++) {
            struct dyad dyad = record_dyad(e, k);
            write_event(doc, e, (flags & DT_RENDER_DYADS) ? &dyad : NULL, out);
            buf_c(out, '\n');
        }
    }
}

/* ---- a whole story -----------------------------------------------------------------------------
 */

static void put_sentences(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, ",\"sentences\":[");
    for (uint32_t i = 0; i < doc->text.n_sentences; i++) {
        const struct sentence *s = &doc->text.sentences[i];
        buf_f(out, "%s{\"begin\":%u,\"end\":%u,\"paragraph\":%u}", i != 0 ? "," : "", s->begin,
              s->end, s->paragraph);
    }
    buf_c(out, ']');
}

static void put_entities(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, ",\"entities\":[");
    for (uint32_t i = 0; i < doc->lang.n_entities; i++) {
        const struct lang_entity *x = &doc->lang.entities[i];
        uint32_t begin = doc->text.tokens[x->token_begin].begin;
        uint32_t end = doc->text.tokens[x->token_end - 1].end;
        buf_f(out, "%s{\"begin\":%u,\"end\":%u,\"type\":\"%s\",\"text\":", i != 0 ? "," : "", begin,
              end, name_type_name[x->type]);
        buf_json(out, str_cut(doc->text.text, begin, end));
        buf_c(out, '}');
    }
    buf_c(out, ']');
}

static void put_all_actors(const struct dt_doc *doc, struct buf *out)
{
    bool first = true;
    buf_z(out, ",\"actors\":[");
    for (uint32_t i = 0; i < doc->who.n_actors; i++) {
        const struct actor *a = &doc->who.actors[i];
        if (a->flags & ACTOR_PLACE) continue;
        if (!first) buf_c(out, ',');
        first = false;
        buf_f(out, "{\"begin\":%u,\"end\":%u,\"text\":", a->begin, a->end);
        buf_json(out, str_cut(doc->text.text, a->begin, a->end));
        buf_z(out, ",\"code\":");
        buf_json_z(out, a->code[0] != '\0' ? a->code : NULL);
        buf_z(out, ",\"country\":");
        buf_json_z(out, a->country[0] != '\0' ? a->country : NULL);
        buf_z(out, ",\"sector\":");
        buf_json_z(out, a->sector);
        buf_z(out, ",\"name\":");
        buf_json_z(out, a->name);
        buf_z(out, ",\"entity\":");
        buf_json_z(out, a->entity);
        buf_f(out, ",\"chain\":%u}", a->chain);
    }
    buf_c(out, ']');
}

static void put_times(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, ",\"times\":[");
    for (uint32_t i = 0; i < doc->when.n_times; i++) {
        const struct timex *x = &doc->when.times[i];
        buf_f(out, "%s{\"begin\":%u,\"end\":%u,\"type\":\"%s\",\"value\":", i != 0 ? "," : "",
              x->begin, x->end, timex_type_name[x->type]);
        buf_json_z(out, x->value);
        buf_z(out, ",\"mod\":");
        buf_json_z(out, x->mod);
        buf_z(out, ",\"text\":");
        buf_json(out, str_cut(doc->text.text, x->begin, x->end));
        buf_c(out, '}');
    }
    buf_c(out, ']');
}

static void put_places(const struct dt_doc *doc, struct buf *out)
{
    bool first = true;
    buf_z(out, ",\"places\":[");
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *x = &doc->where.places[i];
        const struct know_place *p = &doc->know->places[x->id];
        if (x->adjective) continue;
        if (!first) buf_c(out, ',');
        first = false;
        buf_f(out, "{\"begin\":%u,\"end\":%u,\"text\":", x->begin, x->end);
        buf_json(out, str_cut(doc->text.text, x->begin, x->end));
        buf_z(out, ",\"name\":");
        buf_json_z(out, know_z(doc->know, p->name));
        buf_z(out, ",\"country\":");
        buf_json_z(out, p->country != 0 ? know_z(doc->know, p->country) : NULL);
        buf_z(out, ",\"adm1\":");
        buf_json_z(out, p->adm1 != 0 ? know_z(doc->know, p->adm1) : NULL);
        put_position(p, out);
    }
    buf_c(out, ']');
}

static void put_pieces(const struct dt_doc *doc, struct range pieces, struct buf *out)
{
    buf_c(out, '[');
    for (uint32_t i = pieces.begin; i < pieces.end; i++)
        buf_f(out, "%s[%u,%u]", i != pieces.begin ? "," : "", doc->said.pieces[i].begin,
              doc->said.pieces[i].end);
    buf_c(out, ']');
}

/* The actor whose words the saying reports, or NULL. */
static const struct actor *speaker_of(const struct dt_doc *doc, const struct saying *s)
{
    if (s->source_head == NO_TOKEN) return NULL;
    uint32_t i = doc->who.at_token[s->source_head];
    if (i != 0) return &doc->who.actors[i - 1];
    if (range_count(s->source) == 0) return NULL;
    const struct span source = doc->said.pieces[s->source.begin];
    const struct actor *inner = NULL;
    uint32_t k = s->source_head;
    while (k > 0 && doc->text.tokens[k - 1].begin >= source.begin)
        k--;
    for (; k < doc->text.n_tokens && doc->text.tokens[k].end <= source.end; k++) {
        if (doc->who.at_token[k] == 0) continue;
        const struct actor *a = &doc->who.actors[doc->who.at_token[k] - 1];
        if (a->begin >= source.begin && a->end <= source.end &&
            (inner == NULL || a->end - a->begin > inner->end - inner->begin))
            inner = a;
    }
    return inner;
}

static void put_quotes(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, ",\"quotes\":[");
    for (uint32_t i = 0; i < doc->said.n_sayings; i++) {
        const struct saying *s = &doc->said.sayings[i];
        const struct actor *a = speaker_of(doc, s);
        buf_z(out, i != 0 ? ",{\"content\":" : "{\"content\":");
        put_pieces(doc, s->content, out);
        buf_z(out, ",\"cue\":");
        put_pieces(doc, s->cue, out);
        buf_z(out, ",\"source\":");
        put_pieces(doc, s->source, out);
        buf_f(out, ",\"direct\":%s,\"speaker\":", s->direct ? "true" : "false");
        if (a != NULL)
            buf_json_z(out, a->name);
        else if (range_count(s->source) != 0)
            buf_json(out, str_cut(doc->text.text, doc->said.pieces[s->source.begin].begin,
                                  doc->said.pieces[s->source.begin].end));
        else
            buf_z(out, "null");
        buf_z(out, ",\"code\":");
        buf_json_z(out, a != NULL && a->code[0] != '\0' ? a->code : NULL);
        buf_z(out, ",\"entity\":");
        buf_json_z(out, a != NULL ? a->entity : NULL);
        buf_c(out, '}');
    }
    buf_c(out, ']');
}

void write_story(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, "{\"id\":");
    buf_json_z(out, doc->story.id);
    buf_z(out, ",\"date\":");
    buf_json_z(out, doc->date[0] != '\0' ? doc->date : NULL);
    buf_z(out, ",\"date_inferred\":false");
    put_sentences(doc, out);
    put_entities(doc, out);
    put_all_actors(doc, out);
    put_times(doc, out);
    put_places(doc, out);
    buf_z(out, ",\"quantities\":[");
    for (uint32_t i = 0; i < doc->when.n_quantities; i++) {
        if (i != 0) buf_c(out, ',');
        put_quantity(&doc->when.quantities[i], true, doc->text.text, out);
    }
    buf_c(out, ']');
    put_quotes(doc, out);
    buf_z(out, ",\"events\":[");
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        if (i != 0) buf_c(out, ',');
        write_event(doc, &doc->what.events[i], NULL, out);
    }
    buf_z(out, "]}\n");
}
