/* table.c - events for people: one line an event, its evidence below, the words that fired marked.
 */
#include "base/utf8.h"
#include "know/ontology.h"
#include "store/paint.h"
#include "store/record.h"

static void put_codes(const struct dt_doc *doc, struct range side, struct buf *line)
{
    for (uint32_t i = side.begin; i < side.end; i++) {
        if (i != side.begin) buf_c(line, '+');
        buf_z(line, doc->what.parties[i].code);
    }
    if (range_count(side) == 0) buf_z(line, "---");
}

static void put_padded(struct buf *out, struct str s, size_t width)
{
    size_t n = utf8_count(s);
    buf_put(out, s);
    for (; n < width; n++)
        buf_c(out, ' ');
}

static void put_head_line(const struct dt_doc *doc, const struct event *e, bool colour,
                          struct buf *out)
{
    static const enum paint quad_paint[5] = {PAINT_NONE, PAINT_GREEN, PAINT_GREEN, PAINT_YELLOW,
                                             PAINT_RED};
    const struct ontology_code *code = record_code(doc, e);
    char date[16];
    story_event_date(e, date);
    paint_on(out, colour, PAINT_DIM);
    put_padded(out, str_c(date[0] != '\0' ? date : "-"), 10);
    paint_off(out, colour);
    buf_z(out, "  ");
    paint_on(out, colour, PAINT_BOLD);
    size_t visible = out->len;
    put_codes(doc, e->source, out);
    buf_z(out, e->reciprocal ? " <-> " : " -> ");
    put_codes(doc, e->target, out);
    size_t width = out->len - visible;
    paint_off(out, colour);
    for (; width < 24; width++)
        buf_c(out, ' ');
    buf_z(out, "  ");
    paint_on(out, colour, code != NULL && code->quad <= 4 ? quad_paint[code->quad] : PAINT_NONE);
    put_padded(out, str_c(e->cameo), 4);
    buf_c(out, ' ');
    buf_z(out, code != NULL ? know_z(doc->know, code->name) : "?");
    paint_off(out, colour);
    if (e->plover != NULL) {
        buf_z(out, "  ");
        buf_z(out, e->plover);
        if (e->mode != NULL) buf_f(out, "/%s", e->mode);
    }
    if (e->status != STATUS_ACTUAL) buf_f(out, "  (%s)", event_status_name[e->status]);
    buf_c(out, '\n');
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

static void put_side_names(const struct dt_doc *doc, struct range side, struct buf *out)
{
    for (uint32_t i = side.begin; i < side.end; i++)
        buf_f(out, "%s%s", i != side.begin ? ", " : "",
              record_actor_name(doc, doc->what.parties[i].actor));
}

static void put_details(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    const struct know_place *place = record_place(doc, e);
    buf_z(out, "            ");
    put_side_names(doc, e->source, out);
    buf_z(out, e->reciprocal ? " with " : " to ");
    put_side_names(doc, e->target, out);
    if (range_count(e->target) == 0) buf_z(out, "nobody named");
    if (place != NULL)
        buf_f(out, "; in %s, %s", know_z(doc->know, place->name),
              know_z(doc->know, place->country));
    for (uint32_t i = e->quantities.begin; i < e->quantities.end; i++) {
        const struct quantity *q = &doc->when.quantities[doc->what.quantities[i]];
        buf_z(out, "; ");
        buf_number(out, q->value, 9);
        buf_f(out, " %s", q->unit != NULL ? q->unit : "");
    }
    if (e->attribution != NONE) buf_f(out, "; says %s", doc->who.actors[e->attribution].name);
    buf_f(out, "; %s", know_z(doc->know, doc->frames->records[e->frame].id));
    for (uint32_t i = e->operators.begin; i < e->operators.end; i++) {
        const struct applied_operator *o = &doc->what.operators[i];
        buf_f(out, " < %s", know_z(doc->know, doc->frames->records[o->record].id));
    }
    buf_z(out, "; confidence ");
    buf_number(out, (double)e->confidence, 2);
    buf_c(out, '\n');
}

void write_table(const struct dt_doc *doc, int flags, bool colour, struct buf *out)
{
    (void)flags;
    if (doc->what.n_events == 0) return;
    paint_on(out, colour, PAINT_BOLD);
    buf_z(out, doc->story.id != NULL ? doc->story.id : "story");
    paint_off(out, colour);
    if (doc->story.title != NULL) buf_f(out, "  %s", doc->story.title);
    buf_c(out, '\n');
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        const struct event *e = &doc->what.events[i];
        put_head_line(doc, e, colour, out);
        put_details(doc, e, out);
        for (uint32_t m = e->mentions.begin; m < e->mentions.end; m++)
            put_evidence(doc, &doc->what.mentions[m], colour, out);
    }
    buf_c(out, '\n');
}
