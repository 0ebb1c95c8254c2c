/* table.c - events for people: one line an event, its evidence below, the words that fired marked.
 */
#include "base/utf8.h"
#include "know/ontology.h"
#include "store/paint.h"
#include "store/record.h"

static void put_codes(const struct event *e, bool target, struct buf *line)
{
    uint32_t n = target ? e->n_target : e->n_source;
    for (uint32_t i = 0; i < n; i++) {
        if (i != 0) buf_c(line, '+');
        buf_z(line, target ? e->target_code[i] : e->source_code[i]);
    }
    if (n == 0) buf_z(line, "---");
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
    put_codes(e, false, out);
    buf_z(out, e->reciprocal ? " <-> " : " -> ");
    put_codes(e, true, out);
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

static void put_side_names(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    for (uint32_t i = 0; i < e->n_source; i++)
        buf_f(out, "%s%s", i != 0 ? ", " : "", record_actor_name(doc, e->source[i]));
    buf_z(out, e->reciprocal ? " with " : " to ");
    for (uint32_t i = 0; i < e->n_target; i++)
        buf_f(out, "%s%s", i != 0 ? ", " : "", record_actor_name(doc, e->target[i]));
    if (e->n_target == 0) buf_z(out, "nobody named");
}

static void put_details(const struct dt_doc *doc, const struct event *e, struct buf *out)
{
    const struct know_place *place = record_place(doc, e);
    buf_z(out, "            ");
    put_side_names(doc, e, out);
    if (place != NULL)
        buf_f(out, "; in %s, %s", know_z(doc->know, place->name),
              know_z(doc->know, place->country));
    for (int i = 0; i < e->n_quantities; i++) {
        const struct quantity *q = &doc->when.quantities[e->quantities[i]];
        buf_z(out, "; ");
        buf_number(out, q->value, 9);
        buf_f(out, " %s", q->unit != NULL ? q->unit : "");
    }
    if (e->attribution != NONE) buf_f(out, "; says %s", doc->who.actors[e->attribution].name);
    buf_f(out, "; %s", know_z(doc->know, doc->frames->records[e->frame].id));
    for (int i = 0; i < e->n_operators; i++)
        buf_f(out, " < %s", know_z(doc->know, doc->frames->records[e->operators[i]].id));
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
        for (int m = 0; m < e->n_mentions; m++)
            put_evidence(doc, &e->mentions[m], colour, out);
    }
    buf_c(out, '\n');
}
