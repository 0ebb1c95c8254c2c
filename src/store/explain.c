/* explain.c - how the records of a text came about: tokens and tree, actors, times, what was tried.
 */
#include "store/paint.h"
#include "store/record.h"

static void put_heading(struct buf *out, bool colour, const char *text)
{
    paint_on(out, colour, PAINT_BOLD);
    buf_z(out, text);
    paint_off(out, colour);
    buf_c(out, '\n');
}

static void put_column(struct buf *out, struct str s, int width)
{
    size_t before = out->len;
    paint_text(out, s);
    for (size_t n = out->len - before; n < (size_t)width; n++)
        buf_c(out, ' ');
    buf_c(out, ' ');
}

static uint32_t depth_of(const struct dt_doc *doc, uint32_t token)
{
    uint32_t depth = 0;
    for (uint32_t up = doc->lang.words[token].head; up != NONE && depth < 40; depth++)
        up = doc->lang.words[up].head;
    return depth;
}

static void put_tokens(const struct dt_doc *doc, const struct sentence *s, bool colour,
                       struct buf *out)
{
    for (uint32_t i = s->token_begin; i < s->token_end; i++) {
        const struct word *w = &doc->lang.words[i];
        buf_f(out, "  %3u ", i - s->token_begin + 1);
        put_column(out, doc->text.tokens[i].form, 16);
        put_column(out, w->lemma, 16);
        put_column(out, str_c(upos_name[w->upos]), 5);
        if (w->head == NONE)
            buf_z(out, "  - ");
        else
            buf_f(out, "%3u ", w->head - s->token_begin + 1);
        paint_on(out, colour, PAINT_CYAN);
        for (uint32_t d = depth_of(doc, i); d > 0; d--)
            buf_z(out, "  ");
        buf_z(out, dep_name[w->dep]);
        paint_off(out, colour);
        if (w->name != NAME_NONE) buf_f(out, "  [%s]", name_type_name[w->name]);
        buf_c(out, '\n');
    }
}

static void put_quoted(const struct dt_doc *doc, uint32_t begin, uint32_t end, struct buf *out)
{
    buf_z(out, "  \"");
    paint_text(out, str_cut(doc->text.text, begin, end));
    buf_c(out, '"');
}

static void put_actors(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->n_shown_actors; i++) {
        const struct actor *a = &doc->who.actors[doc->shown_actors[i]];
        put_quoted(doc, a->begin, a->end, out);
        buf_f(out, "  %s  ", a->code[0] != '\0' ? a->code : "---");
        record_put_field(&(struct record){.doc = doc, .i = i}, RECORD_FIELD(actor, kind), out);
        if (a->entity != NULL) buf_f(out, "  %s", a->entity);
        buf_f(out, "  chain %u%s\n", a->chain, (a->flags & ACTOR_MODIFIER) ? "  modifier" : "");
    }
}

static void put_times(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->when.n_times; i++) {
        const struct timex *x = &doc->when.times[i];
        put_quoted(doc, x->begin, x->end, out);
        buf_f(out, "  %s %s%s%s\n", timex_type_name[x->type], x->value != NULL ? x->value : "?",
              x->mod != NULL ? " " : "", x->mod != NULL ? x->mod : "");
    }
}

/* Adjectives ("Russian"), too: they are hints of where things happen. */
static void put_places(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *x = &doc->where.places[i];
        const struct know_place *p = &doc->know->places[x->id];
        put_quoted(doc, x->begin, x->end, out);
        buf_f(out, "  %s, %s%s\n", know_z(doc->know, p->name), know_z(doc->know, p->country),
              x->adjective ? "  (adjective)" : "");
    }
}

static void put_sayings(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t i = 0; i < doc->said.n_sayings; i++) {
        const struct saying *s = &doc->said.sayings[i];
        const struct span *pieces = doc->said.pieces;
        for (uint32_t k = s->source.begin; k < s->source.end; k++)
            put_quoted(doc, pieces[k].begin, pieces[k].end, out);
        buf_z(out, s->direct ? "  directly:" : "  indirectly:");
        for (uint32_t k = s->content.begin; k < s->content.end; k++)
            put_quoted(doc, pieces[k].begin, pieces[k].end, out);
        buf_c(out, '\n');
    }
}

static void put_findings(const struct dt_doc *doc, bool colour, struct buf *out)
{
    put_heading(out, colour, "actors");
    put_actors(doc, out);
    put_heading(out, colour, "times");
    put_times(doc, out);
    put_heading(out, colour, "places");
    put_places(doc, out);
    put_heading(out, colour, "who says what");
    put_sayings(doc, out);
}

static void put_trigger(const struct dt_doc *doc, uint32_t index, struct buf *out)
{
    const struct frame_trigger *t = &doc->frames->triggers[index];
    static const char *const kinds[] = {"verb", "noun", "adj"};
    buf_f(out, "%s, %s", know_z(doc->know, doc->frames->records[t->frame].id), kinds[t->kind]);
    for (int i = 0; i < TRIGGER_WORDS && t->words[i] != 0; i++)
        buf_f(out, " %s", know_z(doc->know, doc->frames->symbols[t->words[i]].text));
}

static void put_attempts(const struct dt_doc *doc, bool colour, struct buf *out)
{
    put_heading(out, colour, "frames and operators tried");
    for (uint32_t i = 0; i < doc->attempts.n; i++) {
        const struct attempt *a = &doc->attempts.attempts[i];
        const struct token *tok = &doc->text.tokens[a->token];
        put_quoted(doc, tok->begin, tok->end, out);
        buf_z(out, "  ");
        put_trigger(doc, a->trigger, out);
        buf_f(out, ": %s\n", attempt_result_text[a->result]);
    }
}

static void put_readings(const struct dt_doc *doc, bool colour, struct buf *out)
{
    static const char *const result_text[] = {", too unlikely", "", ", told by another word",
                                              ", with sides too unlikely"};
    put_heading(out, colour, "read");
    for (uint32_t i = 0; i < doc->attempts.n_notes; i++) {
        const struct reading_note *n = &doc->attempts.notes[i];
        const struct token *tok = &doc->text.tokens[n->token];
        put_quoted(doc, tok->begin, tok->end, out);
        buf_f(out, "  %s %.2f%s: %s\n", n->plover, (double)n->likelihood, result_text[n->result],
              n->reasons);
        if (n->sides[0] == '\0') continue;
        buf_z(out, "      source, target: ");
        paint_text(out, str_c(n->sides));
        buf_c(out, '\n');
    }
}

void write_explain(const struct dt_doc *doc, bool colour, struct buf *out)
{
    for (uint32_t i = 0; i < doc->text.n_sentences; i++) {
        const struct sentence *s = &doc->text.sentences[i];
        paint_text(out, str_cut(doc->text.text, s->begin, s->end));
        buf_c(out, '\n');
        put_tokens(doc, s, colour, out);
    }
    put_findings(doc, colour, out);
    put_attempts(doc, colour, out);
    if (doc->model->reader != NULL) put_readings(doc, colour, out);
    put_heading(out, colour, doc->what.n_events != 0 ? "events" : "no event");
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        write_row(&(struct record){.doc = doc, .i = i}, KIND_event, out);
        buf_c(out, '\n');
    }
}
