/* explain.c - how the records of a text came about: tokens and tree, actors, times, what was tried.
 */
#include "know/ontology.h"
#include "store/paint.h"
#include "store/record.h"

static const char *const actor_kind_text[] = {"by name",     "composed", "metonym",
                                              "description", "pronoun",  "unknown"};

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
    for (uint32_t up = doc->lang.words[token].head; up != NO_TOKEN && depth < 40; depth++)
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
        if (w->head == NO_TOKEN)
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

static void put_findings(const struct dt_doc *doc, bool colour, struct buf *out)
{
    put_heading(out, colour, "actors");
    for (uint32_t i = 0; i < doc->who.n_actors; i++) {
        const struct actor *a = &doc->who.actors[i];
        if (a->flags & ACTOR_PLACE) continue;
        put_quoted(doc, a->begin, a->end, out);
        buf_f(out, "  %s  %s", a->code[0] != '\0' ? a->code : "---", actor_kind_text[a->kind]);
        if (a->entity != NULL) buf_f(out, "  %s", a->entity);
        buf_f(out, "  chain %u%s\n", a->chain, (a->flags & ACTOR_MODIFIER) ? "  modifier" : "");
    }
    put_heading(out, colour, "times");
    for (uint32_t i = 0; i < doc->when.n_times; i++) {
        const struct timex *x = &doc->when.times[i];
        put_quoted(doc, x->begin, x->end, out);
        buf_f(out, "  %s %s%s%s\n", timex_type_name[x->type], x->value != NULL ? x->value : "?",
              x->mod != NULL ? " " : "", x->mod != NULL ? x->mod : "");
    }
    put_heading(out, colour, "places");
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *x = &doc->where.places[i];
        const struct know_place *p = &doc->know->places[x->id];
        put_quoted(doc, x->begin, x->end, out);
        buf_f(out, "  %s, %s%s\n", know_z(doc->know, p->name), know_z(doc->know, p->country),
              x->adjective ? "  (adjective)" : "");
    }
    put_heading(out, colour, "who says what");
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
    put_heading(out, colour, doc->what.n_events != 0 ? "events" : "no event");
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        write_event(doc, &doc->what.events[i], NULL, out);
        buf_c(out, '\n');
    }
}

/* ---- for programs
 * -------------------------------------------------------------------------------- */

static void put_tokens_json(const struct dt_doc *doc, struct buf *out)
{
    for (uint32_t s = 0; s < doc->text.n_sentences; s++) {
        const struct sentence *sent = &doc->text.sentences[s];
        buf_z(out, s != 0 ? ",[" : "[");
        for (uint32_t i = sent->token_begin; i < sent->token_end; i++) {
            const struct word *w = &doc->lang.words[i];
            const struct token *tok = &doc->text.tokens[i];
            buf_f(out, "%s{\"begin\":%u,\"end\":%u,\"form\":", i != sent->token_begin ? "," : "",
                  tok->begin, tok->end);
            buf_json(out, tok->form);
            buf_z(out, ",\"lemma\":");
            buf_json(out, w->lemma);
            buf_f(out, ",\"upos\":\"%s\",\"xpos\":", upos_name[w->upos]);
            buf_json(out, lang_xpos(doc->model->lang, w->xpos));
            buf_z(out, ",\"feats\":");
            buf_json(out, lang_feats(doc->model->lang, w->feats));
            buf_f(out, ",\"head\":%u,\"deprel\":",
                  w->head == NO_TOKEN ? 0 : w->head - sent->token_begin + 1);
            buf_json(out, lang_deprel(doc->model->lang, w->deprel));
            buf_z(out, ",\"entity\":");
            buf_json_z(out, w->name != NAME_NONE ? name_type_name[w->name] : NULL);
            buf_c(out, '}');
        }
        buf_c(out, ']');
    }
}

void write_parse_json(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, "{\"id\":");
    buf_json_z(out, doc->story.id);
    buf_z(out, ",\"sentences\":[");
    put_tokens_json(doc, out);
    buf_z(out, "]}\n");
}

void write_explain_json(const struct dt_doc *doc, struct buf *out)
{
    buf_z(out, "{\"tokens\":[");
    put_tokens_json(doc, out);
    buf_z(out, "],\"tried\":[");
    for (uint32_t i = 0; i < doc->attempts.n; i++) {
        const struct attempt *a = &doc->attempts.attempts[i];
        const struct frame_trigger *t = &doc->frames->triggers[a->trigger];
        buf_f(out, "%s{\"token\":%u,\"frame\":", i != 0 ? "," : "", a->token);
        buf_json_z(out, know_z(doc->know, doc->frames->records[t->frame].id));
        buf_f(out, ",\"result\":\"%s\"}", attempt_result_text[a->result]);
    }
    buf_z(out, "],\"story\":");
    write_story(doc, out);
    if (out->len != 0) out->len--; /* write_story() ends its line */
    buf_z(out, "}\n");
}
