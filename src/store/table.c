/* table.c - events for people: one line an event, its evidence below, the words that fired marked.
 */
#include "base/utf8.h"
#include "store/paint.h"
#include "store/record.h"

/* The field of each party of one side, joined. */
static void put_side(const struct record *r, enum kind side, const struct field *field,
                     const char *between, struct buf *out)
{
    size_t n = record_kinds[side].count(r);
    for (size_t k = 0; k < n; k++) {
        if (k != 0) buf_z(out, between);
        record_put_field(&(struct record){r->doc, NULL, r->i, (uint32_t)k}, field, out);
    }
}

static void put_code_of_side(const struct record *r, enum kind side, const struct field *field,
                             struct buf *out)
{
    size_t before = out->len;
    put_side(r, side, field, "+", out);
    if (out->len == before) buf_z(out, "---");
}

/* Blanks until what stands behind `begin` is `width` characters wide. */
static void pad(struct buf *out, size_t begin, size_t width)
{
    if (out->failed) return;
    for (size_t n = utf8_count(str_of(out->at + begin, out->len - begin)); n < width; n++)
        buf_c(out, ' ');
}

static void put_who(const struct record *r, const struct event *e, bool colour, struct buf *out)
{
    paint_on(out, colour, PAINT_BOLD);
    size_t begin = out->len;
    put_code_of_side(r, KIND_event_source, RECORD_FIELD(event_source, code), out);
    buf_z(out, e->reciprocal ? " <-> " : " -> ");
    put_code_of_side(r, KIND_event_target, RECORD_FIELD(event_target, code), out);
    size_t width = out->len - begin;
    paint_off(out, colour);
    for (; width < 24; width++)
        buf_c(out, ' ');
    buf_z(out, "  ");
}

static void put_what(const struct record *r, const struct event *e, bool colour, struct buf *out)
{
    static const enum paint quad_paint[5] = {PAINT_NONE, PAINT_GREEN, PAINT_GREEN, PAINT_YELLOW,
                                             PAINT_RED};
    struct value quad = RECORD_FIELD(event, quad)->read(r);
    paint_on(out, colour, quad.index <= 4 ? quad_paint[quad.index] : PAINT_NONE);
    size_t begin = out->len;
    record_put_field(r, RECORD_FIELD(event, cameo), out);
    pad(out, begin, 4);
    buf_c(out, ' ');
    begin = out->len;
    record_put_field(r, RECORD_FIELD(event, cameo_name), out);
    if (out->len == begin) buf_c(out, '?');
    paint_off(out, colour);
    if (e->plover != NULL) buf_f(out, "  %s", e->plover);
    if (e->plover != NULL && e->mode != NULL) buf_f(out, "/%s", e->mode);
    if (e->status != STATUS_ACTUAL) buf_f(out, "  (%s)", event_status_name[e->status]);
    buf_c(out, '\n');
}

static void put_head_line(const struct record *r, const struct event *e, bool colour,
                          struct buf *out)
{
    paint_on(out, colour, PAINT_DIM);
    size_t begin = out->len;
    record_put_field(r, RECORD_FIELD(event, date), out);
    if (out->len == begin) buf_c(out, '-');
    pad(out, begin, 10);
    paint_off(out, colour);
    buf_z(out, "  ");
    put_who(r, e, colour, out);
    put_what(r, e, colour, out);
}

/* The sentence, the words that name the event underlined. */
static void put_evidence(const struct dt_doc *doc, const struct event_span *m, bool colour,
                         struct buf *out)
{
    const struct sentence *s = &doc->text.sentences[m->sentence];
    buf_z(out, "            ");
    paint_on(out, colour, PAINT_DIM);
    paint_text(out, str_cut(doc->text.text, s->begin, m->begin));
    paint_off(out, colour);
    paint_on(out, colour, PAINT_UNDERLINE);
    if (!colour) buf_c(out, '[');
    paint_text(out, str_cut(doc->text.text, m->begin, m->end));
    if (!colour) buf_c(out, ']');
    paint_off(out, colour);
    paint_on(out, colour, PAINT_DIM);
    paint_text(out, str_cut(doc->text.text, m->end, s->end));
    paint_off(out, colour);
    buf_c(out, '\n');
}

/* A date that the text does not state is no more than it rests on. */
static void put_basis(const struct event *e, struct buf *out)
{
    if (e->date_basis == BASIS_STORY) buf_z(out, "; date of the story");
    if (e->date_basis == BASIS_INFERRED) buf_z(out, "; date inferred");
}

/* Whether the k-th amount of the event counts people by what befell them or what they are. */
static bool tells_fate(const struct record *r, uint32_t k)
{
    const struct what_layer *what = &r->doc->what;
    uint32_t amount = what->quantities[what->events[r->i].quantities.begin + k];
    return r->doc->when.quantities[amount].kind > QUANTITY_PERCENT;
}

static void put_place_and_amounts(const struct record *r, struct buf *out)
{
    const struct event *e = &r->doc->what.events[r->i];
    if (e->place_id != NONE && e->place_basis <= PLACE_BY_SENTENCE) {
        buf_z(out, "; in ");
        record_put_field(r, RECORD_FIELD(event_place, name), out);
        buf_z(out, ", ");
        record_put_field(r, RECORD_FIELD(event_place, country), out);
    }
    size_t n = record_kinds[KIND_event_quantity].count(r);
    for (size_t k = 0; k < n; k++) {
        const struct record row = {r->doc, NULL, r->i, (uint32_t)k};
        buf_z(out, "; ");
        if (tells_fate(r, (uint32_t)k)) {
            record_put_field(&row, RECORD_FIELD(event_quantity, kind), out);
            buf_c(out, ' ');
        }
        record_put_field(&row, RECORD_FIELD(event_quantity, value), out);
        buf_c(out, ' ');
        record_put_field(&row, RECORD_FIELD(event_quantity, unit), out);
    }
}

static void put_trace(const struct record *r, const struct event *e, struct buf *out)
{
    if (e->attribution != NONE) {
        buf_z(out, "; says ");
        record_put_field(r, RECORD_FIELD(event_attribution, name), out);
    }
    buf_z(out, "; ");
    if (e->frame != NONE)
        record_put_field(r, RECORD_FIELD(event, frame), out);
    else
        buf_z(out, "read");
    size_t n = record_kinds[KIND_event_operator].count(r);
    for (size_t k = 0; k < n; k++) {
        buf_z(out, " < ");
        record_put_field(&(struct record){r->doc, NULL, r->i, (uint32_t)k},
                         RECORD_FIELD(event_operator, name), out);
    }
    buf_z(out, "; confidence ");
    record_put_field(r, RECORD_FIELD(event, confidence), out);
    buf_c(out, '\n');
}

static void put_details(const struct record *r, const struct event *e, struct buf *out)
{
    buf_z(out, "            ");
    put_side(r, KIND_event_source, RECORD_FIELD(event_source, name), ", ", out);
    buf_z(out, e->reciprocal ? " with " : " to ");
    put_side(r, KIND_event_target, RECORD_FIELD(event_target, name), ", ", out);
    if (range_count(e->target) == 0) buf_z(out, "nobody named");
    put_basis(e, out);
    put_place_and_amounts(r, out);
    put_trace(r, e, out);
}

void write_table(const struct dt_doc *doc, bool colour, struct buf *out)
{
    if (doc->what.n_events == 0) return;
    paint_on(out, colour, PAINT_BOLD);
    paint_name(out, str_c(doc->story.id != NULL ? doc->story.id : "story"));
    paint_off(out, colour);
    if (doc->story.title != NULL) {
        buf_z(out, "  ");
        paint_name(out, str_c(doc->story.title));
    }
    buf_c(out, '\n');
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        const struct record r = {.doc = doc, .i = i};
        put_head_line(&r, e, colour, out);
        put_details(&r, e, out);
        for (uint32_t m = e->mentions.begin; m < e->mentions.end; m++)
            put_evidence(doc, &doc->what.mentions[m], colour, out);
    }
    buf_c(out, '\n');
}
