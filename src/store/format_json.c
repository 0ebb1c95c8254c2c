/* format_json.c - NGEC's lines and PLOVER's records, an event a line; see format.h.
 *
 * Keys stand in the order of these formats; what is not known is null, "" or [] as they have it. */
#include <math.h>

#include "base/utf8.h"
#include "know/codes.h"
#include "store/format.h"

/* ---- keys and values ---- */

static void put_key(struct buf *out, const char *key)
{
    char last = out->len != 0 ? out->at[out->len - 1] : '{';
    if (last != '{' && last != '[') buf_c(out, ',');
    buf_f(out, "\"%s\":", key);
}

static void put_json_z(struct buf *out, const char *key, const char *z)
{
    put_key(out, key);
    if (z != NULL)
        buf_json(out, str_c(z));
    else
        buf_put(out, STR("null"));
}

static void put_json_str(struct buf *out, const char *key, struct str text)
{
    put_key(out, key);
    buf_json(out, text);
}

static void put_nulls(struct buf *out, const char *const *keys)
{
    for (; *keys != NULL; keys++)
        put_json_z(out, *keys, NULL);
}

static void put_json_field(struct buf *out, const char *key, const struct record *r,
                           const struct field *field)
{
    struct value v = field->read(r);
    put_key(out, key);
    if (!record_has(field, &v))
        buf_put(out, STR("null"));
    else if (field->type == TYPE_TEXT)
        buf_json(out, v.text);
    else
        record_put(field, &v, out);
}

/* "economic,legal" as a list. */
static void put_list(struct buf *out, const char *key, const char *list)
{
    struct str rest = str_c(list), piece;
    put_key(out, key);
    buf_c(out, '[');
    for (bool first = true; rest.len != 0 && str_next(&rest, ',', &piece); first = false) {
        if (!first) buf_c(out, ',');
        buf_json(out, piece);
    }
    buf_c(out, ']');
}

static void put_names_of(struct buf *out, const char *key, const struct dt_doc *d, unsigned kinds)
{
    put_key(out, key);
    buf_c(out, '[');
    bool first = true;
    for (uint32_t i = 0; i < d->lang.n_entities; i++) {
        const struct lang_entity *e = &d->lang.entities[i];
        if ((kinds >> e->type & 1) == 0) continue;
        if (!first) buf_c(out, ',');
        first = false;
        buf_json(out, str_cut(d->text.text, d->text.tokens[e->token_begin].begin,
                              d->text.tokens[e->token_end - 1].end));
    }
    buf_c(out, ']');
}

static struct str sentence_text(const struct dt_doc *d, const struct event *e)
{
    const struct sentence *s = &d->text.sentences[e->sentence];
    return str_cut(d->text.text, s->begin, s->end);
}

/* ---- NGEC ---- */

/* Characters of the sentence; null where the mention stands in another. */
static void put_characters(struct buf *out, const char *key, const struct dt_doc *d,
                           const struct event *e, uint32_t at)
{
    const struct sentence *s = &d->text.sentences[e->sentence];
    put_key(out, key);
    if (at < s->begin || at > s->end)
        buf_put(out, STR("null"));
    else
        buf_u(out, utf8_count(str_cut(d->text.text, s->begin, at)));
}

static void put_ngec_party(struct buf *out, const struct dt_doc *d, const struct event *e,
                           const struct party *p)
{
    const struct actor *a = &d->who.actors[p->actor];
    const char *country = format_country_name(d, p->country);
    buf_c(out, '{');
    put_json_str(out, "text", str_cut(d->text.text, a->begin, a->end));
    put_json_z(out, "qa_score", NULL);
    put_characters(out, "qa_start_char", d, e, a->begin);
    put_characters(out, "qa_end_char", d, e, a->end);
    put_json_z(out, "score", NULL);
    put_json_z(out, "wiki", NULL);
    put_json_z(out, "country", country != NULL ? p->country : NULL);
    put_json_z(out, "country_name", country);
    put_json_z(out, "code_1", p->sector);
    put_json_z(out, "code_2", NULL);
    buf_c(out, '}');
}

static void put_ngec_side(struct buf *out, const char *key, const struct dt_doc *d,
                          const struct event *e, struct range side)
{
    put_key(out, key);
    buf_c(out, '[');
    for (uint32_t i = side.begin; i < side.end; i++) {
        if (i != side.begin) buf_c(out, ',');
        put_ngec_party(out, d, e, &d->what.parties[i]);
    }
    buf_c(out, ']');
}

static void put_ngec_place(struct buf *out, const struct record *r, const struct event *e)
{
    static const char *const unknown[] = {"event_location_overlap_score", "feature_class",
                                          "feature_code", NULL};
    const struct dt_doc *d = r->doc;
    const struct know_place *p = &d->know->places[e->place_id];
    const struct place *found = e->place != NONE ? &d->where.places[e->place] : NULL;
    const struct know_place *division =
        know_division(d->know, know_z(d->know, p->country), know_z(d->know, p->adm1));
    buf_c(out, '{');
    put_json_z(out, "admin1_code", know_z(d->know, p->adm1));
    put_json_z(out, "admin1_name", division != NULL ? know_z(d->know, division->name) : "");
    put_json_z(out, "admin2_code", "");
    put_json_z(out, "admin2_name", "");
    put_json_z(out, "country_code3", know_z(d->know, p->country));
    put_characters(out, "start_char", d, e, found != NULL ? found->begin : NONE);
    put_characters(out, "end_char", d, e, found != NULL ? found->end : NONE);
    put_nulls(out, unknown);
    put_json_field(out, "geonameid", r, RECORD_FIELD(event_place, geonameid));
    put_json_field(out, "lat", r, RECORD_FIELD(event_place, lat));
    put_json_field(out, "lon", r, RECORD_FIELD(event_place, lon));
    put_json_z(out, "resolved_placename", know_z(d->know, p->name));
    put_json_str(out, "search_placename",
                 found != NULL ? str_cut(d->text.text, found->begin, found->end) : STR(""));
    put_json_z(out, "score", NULL);
    buf_c(out, '}');
}

static void put_ngec_geolocation(struct buf *out, const struct record *r, const struct event *e)
{
    put_key(out, "event_geolocation");
    buf_c(out, '{');
    put_json_z(out, "reason", place_basis_name[e->place_basis]);
    put_key(out, "geo");
    if (e->place_id != NONE)
        put_ngec_place(out, r, e);
    else
        buf_put(out, STR("null"));
    buf_c(out, '}');
}

static void put_ngec_story(struct buf *out, const struct dt_doc *d, const struct event *e)
{
    put_json_str(out, "event_text", sentence_text(d, e));
    put_json_z(out, "story_id", d->story.id);
    put_json_z(out, "publisher", d->story.publisher);
    put_json_z(out, "headline", d->story.title);
    put_json_z(out, "pub_date", d->date[0] != '\0' ? d->date : NULL);
    put_json_z(out, "version", dt_version());
    put_names_of(out, "story_people", d, 1U << NAME_PER);
    put_names_of(out, "story_orgs", d, 1U << NAME_ORG);
    put_names_of(out, "story_locs", d, 1U << NAME_GPE | 1U << NAME_LOC);
}

static void put_date_words(struct buf *out, const struct dt_doc *d, const struct event *e)
{
    if (e->time == NONE) {
        put_json_z(out, "date_raw", NULL);
        return;
    }
    const struct timex *t = &d->when.times[e->time];
    put_json_str(out, "date_raw", str_cut(d->text.text, t->begin, t->end));
}

static void put_ngec_event(struct buf *out, const struct record *r)
{
    const struct dt_doc *d = r->doc;
    const struct event *e = &d->what.events[r->i];
    buf_c(out, '{');
    put_json_field(out, "id", r, RECORD_FIELD(event, id));
    put_json_z(out, "date", d->date[0] != '\0' ? d->date : NULL);
    put_json_z(out, "event_type", e->plover);
    put_list(out, "event_mode", e->mode != NULL ? e->mode : "");
    put_list(out, "contexts", e->contexts);
    put_ngec_story(out, d, e);
    put_list(out, "geolocated_ents", "");
    put_ngec_geolocation(out, r, e);
    put_key(out, "attributes");
    buf_c(out, '{');
    put_ngec_side(out, "ACTOR", d, e, e->source);
    put_ngec_side(out, "RECIP", d, e, e->target);
    put_list(out, "LOC", "");
    put_list(out, "DATE", "");
    buf_c(out, '}');
    put_json_field(out, "date_resolved", r, RECORD_FIELD(event, day_begin));
    put_date_words(out, d, e);
    buf_z(out, "}\n");
}

void write_ngec(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct record r = {.doc = doc, .i = i};
        put_ngec_event(out, &r);
    }
}

/* ---- PLOVER ---- */

static void put_plover_side(struct buf *out, const char *key, const struct dt_doc *d,
                            struct range side)
{
    put_key(out, key);
    buf_c(out, '[');
    for (uint32_t i = side.begin; i < side.end; i++) {
        const struct party *p = &d->what.parties[i];
        const struct actor *a = &d->who.actors[p->actor];
        if (i != side.begin) buf_c(out, ',');
        buf_c(out, '{');
        put_json_str(out, "actorText", str_cut(d->text.text, a->begin, a->end));
        put_json_z(out, "code", p->country);
        put_json_z(out, "sector", p->sector != NULL ? p->sector : "");
        buf_c(out, '}');
    }
    buf_c(out, ']');
}

/* The first amount of one of two kinds, or null. */
static void put_amount(struct buf *out, const char *key, const struct dt_doc *d,
                       const struct event *e, const char *one, const char *other)
{
    put_key(out, key);
    for (uint32_t i = e->quantities.begin; i < e->quantities.end; i++) {
        const struct quantity *q = &d->when.quantities[d->what.quantities[i]];
        const char *kind = quantity_kind_name[q->kind];
        if (isnan(q->value) || (strcmp(kind, one) != 0 && strcmp(kind, other) != 0)) continue;
        buf_real(out, q->value);
        return;
    }
    buf_put(out, STR("null"));
}

static void put_plover_event(struct buf *out, const struct record *r)
{
    static const char *const unknown[] = {"dateCoded", "license", "copyright", "comment", NULL};
    const struct dt_doc *d = r->doc;
    const struct event *e = &d->what.events[r->i];
    buf_c(out, '{');
    put_json_field(out, "id", r, RECORD_FIELD(event, id));
    put_json_field(out, "date", r, RECORD_FIELD(event, day_begin));
    put_plover_side(out, "source", d, e->source);
    put_plover_side(out, "target", d, e->target);
    put_json_z(out, "event", e->plover);
    put_json_z(out, "mode", e->mode);
    put_list(out, "context", e->contexts);
    put_json_str(out, "eventText", str_cut(d->text.text, e->begin, e->end));
    put_json_z(out, "eventLoc",
               e->place_id != NONE ? know_z(d->know, d->know->places[e->place_id].name) : NULL);
    put_json_str(out, "text", sentence_text(d, e));
    put_key(out, "textInfo");
    buf_z(out, "{\"markup\":null}");
    put_amount(out, "dead", d, e, "killed", "killed");
    put_amount(out, "injured", d, e, "wounded", "wounded");
    put_amount(out, "size", d, e, "protesters", "troops");
    put_json_z(out, "language", d->story.lang);
    put_json_z(out, "publication", d->story.publisher);
    put_json_z(out, "coder", "Detente");
    put_json_z(out, "version", dt_version());
    put_nulls(out, unknown);
    buf_z(out, "}\n");
}

void write_plover(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct record r = {.doc = doc, .i = i};
        put_plover_event(out, &r);
    }
}
