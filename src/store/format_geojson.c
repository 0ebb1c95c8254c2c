/* format_geojson.c - events as points on a map (RFC 7946): a collection, or a feature a line.
 *
 * Only events that have a place; who writes a run counts the others. All that one needs to judge a
 * point travels with it: type, place and its basis, evidence, confidence. */
#include "store/format.h"

/* Properties of the event, in order. */
#define EVENT_PROPERTIES(X)                                                                        \
    X(id, id)                                                                                      \
    X(date, date) X(date_end, date_end) X(date_basis, date_basis) X(type, plover) X(mode, mode)    \
        X(cameo, cameo) X(name, cameo_name) X(quad, quad) X(goldstein, goldstein)                  \
            X(status, status) X(confidence, confidence) X(frame, frame)

static const struct {
    const char *key;
    uint8_t field;
} event_properties[] = {
#define EVENT_PROPERTY(key, name) {#key, FIELD_event_##name},
    EVENT_PROPERTIES(EVENT_PROPERTY)};

static void put_property(struct buf *out, const char *key, const struct record *r,
                         const struct field *field)
{
    struct value v = field->read(r);
    buf_f(out, ",\"%s\":", key);
    if (!record_has(field, &v))
        buf_put(out, STR("null"));
    else if (field->type == TYPE_TEXT)
        buf_json(out, v.text);
    else
        record_put(field, &v, out);
}

static void put_story_text(struct buf *out, const char *key, const char *text)
{
    buf_f(out, ",\"%s\":", key);
    if (text != NULL)
        buf_json(out, str_c(text));
    else
        buf_put(out, STR("null"));
}

/* Codes or names of one side as a list. */
static void put_side(struct buf *out, const char *key, const struct record *r, enum kind kind,
                     int field)
{
    struct record row = *r;
    size_t n = record_kinds[kind].count(r);
    buf_f(out, ",\"%s\":[", key);
    for (row.k = 0; row.k < n; row.k++) {
        struct value v = record_kinds[kind].fields[field].read(&row);
        if (row.k != 0) buf_c(out, ',');
        buf_json(out, v.text);
    }
    buf_c(out, ']');
}

static void put_quantities(struct buf *out, const struct record *r)
{
    struct record row = *r;
    size_t n = record_kinds[KIND_event_quantity].count(r);
    buf_z(out, ",\"quantities\":[");
    for (row.k = 0; row.k < n; row.k++) {
        if (row.k != 0) buf_c(out, ',');
        write_row(&row, KIND_event_quantity, out);
    }
    buf_c(out, ']');
}

static void put_evidence(struct buf *out, const struct record *r)
{
    const dt_story *story = &r->doc->story;
    put_property(out, "text", r, RECORD_FIELD(event, text));
    put_story_text(out, "story", story->id);
    put_story_text(out, "url", story->url);
    put_story_text(out, "publisher", story->publisher);
    put_property(out, "sentence", r, RECORD_FIELD(event, sentence));
    put_property(out, "begin", r, RECORD_FIELD(event, begin));
    put_property(out, "end", r, RECORD_FIELD(event, end));
}

static void put_feature(struct buf *out, const struct record *r)
{
    buf_z(out, "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
    record_put_field(r, RECORD_FIELD(event_place, lon), out);
    buf_c(out, ',');
    record_put_field(r, RECORD_FIELD(event_place, lat), out);
    buf_z(out, "]},\"properties\":{");
    size_t begin = out->len;
    for (size_t i = 0; i < sizeof event_properties / sizeof event_properties[0]; i++)
        put_property(out, event_properties[i].key, r,
                     &record_kinds[KIND_event].fields[event_properties[i].field]);
    put_side(out, "source", r, KIND_event_source, FIELD_event_source_code);
    put_side(out, "source_name", r, KIND_event_source, FIELD_event_source_name);
    put_side(out, "target", r, KIND_event_target, FIELD_event_target_code);
    put_side(out, "target_name", r, KIND_event_target, FIELD_event_target_name);
    put_property(out, "place", r, RECORD_FIELD(event_place, name));
    put_property(out, "country", r, RECORD_FIELD(event_place, country));
    put_property(out, "geonameid", r, RECORD_FIELD(event_place, geonameid));
    put_property(out, "place_basis", r, RECORD_FIELD(event_place, basis));
    put_quantities(out, r);
    put_evidence(out, r);
    buf_z(out, "}}");
    if (!out->failed && begin < out->len && out->at[begin] == ',') { /* no comma before the first */
        memmove(out->at + begin, out->at + begin + 1, out->len - begin - 1);
        out->len--;
    }
}

void write_geojson(const struct dt_doc *doc, bool lines, struct buf *out)
{
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct record r = {.doc = doc, .i = i};
        if (doc->what.events[i].place_id == NONE) continue;
        if (!lines) buf_z(out, ",\n");
        put_feature(out, &r);
        if (lines) buf_c(out, '\n');
    }
}
