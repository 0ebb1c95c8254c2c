/* check.c - what holds of every layer, as assertions; see check.h. */
#include "story/check.h"

#include <assert.h>

static void check_bytes(const struct dt_doc *doc, uint32_t begin, uint32_t end)
{
    assert(begin <= end && end <= doc->text.text.len);
    (void)doc, (void)begin, (void)end;
}

static void check_tokens(const struct dt_doc *doc, uint32_t begin, uint32_t end)
{
    assert(begin < end && end <= doc->text.n_tokens);
    (void)doc, (void)begin, (void)end;
}

static void check_index(uint32_t index, uint32_t n)
{
    assert(index == NONE || index < n);
    (void)index, (void)n;
}

/* ---- text ---- */

static void check_paragraphs(const struct text_layer *text)
{
    uint32_t sentence = 0;
    for (uint32_t i = 0; i < text->n_paragraphs; i++) {
        const struct paragraph *p = &text->paragraphs[i];
        assert(p->begin <= p->end && p->end <= text->text.len);
        assert(p->sentence_begin == sentence && p->sentence_end >= sentence);
        sentence = p->sentence_end;
    }
    assert(sentence == text->n_sentences);
}

static void check_sentences(const struct text_layer *text)
{
    uint32_t token = 0, byte = 0;
    for (uint32_t i = 0; i < text->n_sentences; i++) {
        const struct sentence *s = &text->sentences[i];
        assert(s->begin >= byte && s->begin <= s->end && s->end <= text->text.len);
        assert(s->token_begin == token && s->token_end >= token);
        assert(s->paragraph < text->n_paragraphs);
        token = s->token_end;
        byte = s->end;
    }
    assert(token == text->n_tokens);
    (void)byte;
}

static void check_text(const struct text_layer *text)
{
    uint32_t begin = 0;
    check_paragraphs(text);
    check_sentences(text);
    for (uint32_t i = 0; i < text->n_tokens; i++) {
        const struct token *t = &text->tokens[i];
        assert(t->begin >= begin && t->begin <= t->end && t->end <= text->text.len);
        assert(t->atom < text->n_atoms);
        begin = t->begin;
    }
    (void)begin;
}

/* ---- words and names ---- */

static void check_lang(const struct dt_doc *doc)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < doc->text.n_sentences; i++) {
        const struct sentence *s = &doc->text.sentences[i];
        for (uint32_t t = s->token_begin; t < s->token_end; t++) {
            const struct word *w = &doc->lang.words[t];
            assert(w->head == NONE || (w->head >= s->token_begin && w->head < s->token_end));
            assert(w->head != t && w->upos < UPOS_COUNT && w->dep < DEP_COUNT);
            (void)w;
        }
    }
    for (uint32_t i = 0; i < doc->lang.n_entities; i++) {
        const struct lang_entity *e = &doc->lang.entities[i];
        check_tokens(doc, e->token_begin, e->token_end);
        assert(e->token_begin >= end && e->type != NAME_NONE);
        end = e->token_end;
    }
    (void)end;
}

static void check_matches(const struct dt_doc *doc)
{
    uint32_t begin = 0;
    for (uint32_t i = 0; i < doc->matches.n_matches; i++) {
        const struct name_match *m = &doc->matches.matches[i];
        check_bytes(doc, m->begin, m->end);
        check_tokens(doc, m->token_begin, m->token_end);
        assert(m->begin >= begin);
        assert(m->sense_begin < m->sense_end && m->sense_end <= doc->know->n_senses);
        begin = m->begin;
    }
    (void)begin;
}

/* ---- what was found ---- */

static void check_who(const struct dt_doc *doc, bool in_order)
{
    const struct who_layer *who = &doc->who;
    uint32_t begin = 0;
    for (uint32_t i = 0; i < who->n_actors; i++) {
        const struct actor *a = &who->actors[i];
        check_bytes(doc, a->begin, a->end);
        check_tokens(doc, a->token_begin, a->token_end);
        assert(!in_order || a->begin >= begin);
        assert(a->head < doc->text.n_tokens && a->chain >= 1 && a->chain <= who->n_chains);
        assert(a->code != NULL && a->country != NULL && a->name != NULL);
        check_index(a->entity_id, doc->know->n_entities);
        begin = a->begin;
    }
    for (uint32_t t = 0; t < doc->text.n_tokens; t++)
        assert(who->actor_at[t] == NONE || who->actors[who->actor_at[t]].head == t);
    (void)in_order, (void)begin;
}

static void check_when(const struct dt_doc *doc)
{
    uint32_t begin = 0;
    for (uint32_t i = 0; i < doc->when.n_times; i++) {
        const struct timex *t = &doc->when.times[i];
        check_bytes(doc, t->begin, t->end);
        check_tokens(doc, t->token_begin, t->token_end);
        assert(t->begin >= begin && t->value != NULL && t->from <= t->to);
        begin = t->begin;
    }
    begin = 0;
    for (uint32_t i = 0; i < doc->when.n_quantities; i++) {
        const struct quantity *q = &doc->when.quantities[i];
        check_bytes(doc, q->begin, q->end);
        check_tokens(doc, q->token_begin, q->token_end);
        assert(q->begin >= begin);
        begin = q->begin;
    }
}

static void check_where(const struct dt_doc *doc)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *p = &doc->where.places[i];
        check_bytes(doc, p->begin, p->end);
        check_tokens(doc, p->token_begin, p->token_end);
        assert(p->token_begin >= end && p->head < doc->text.n_tokens);
        assert(p->id < doc->know->n_places);
        end = p->token_end;
    }
    (void)end;
}

static void check_range(struct range r, uint32_t n)
{
    assert(r.begin <= r.end && r.end <= n);
    (void)r, (void)n;
}

static void check_pieces(const struct dt_doc *doc, struct range r)
{
    check_range(r, doc->said.n_pieces);
    for (uint32_t i = r.begin; i < r.end; i++)
        check_bytes(doc, doc->said.pieces[i].begin, doc->said.pieces[i].end);
}

static void check_said(const struct dt_doc *doc)
{
    for (uint32_t i = 0; i < doc->said.n_sayings; i++) {
        const struct saying *s = &doc->said.sayings[i];
        check_pieces(doc, s->content);
        check_pieces(doc, s->cue);
        check_pieces(doc, s->source);
        check_index(s->source_head, doc->text.n_tokens);
        check_index(s->cue_token, doc->text.n_tokens);
        assert(s->content_begin <= s->content_end && s->content_end <= doc->text.n_tokens);
    }
}

/* ---- events ---- */

static void check_event(const struct dt_doc *doc, const struct event *e)
{
    const struct what_layer *what = &doc->what;
    check_bytes(doc, e->begin, e->end);
    check_range(e->source, what->n_parties);
    check_range(e->target, what->n_parties);
    check_range(e->operators, what->n_operators);
    check_range(e->quantities, what->n_quantities);
    check_range(e->mentions, what->n_mentions);
    check_index(e->time, doc->when.n_times);
    check_index(e->place, doc->where.n_places);
    check_index(e->saying, doc->said.n_sayings);
    check_index(e->attribution, doc->who.n_actors);
    assert(e->sentence < doc->text.n_sentences && e->token < doc->text.n_tokens);
    assert((e->frame == NONE && e->trigger == NONE) ||
           (e->frame < doc->frames->n_records && e->trigger < doc->frames->n_triggers));
    assert(e->cameo != NULL && e->status < STATUS_COUNT && range_count(e->mentions) >= 1);
    assert(e->from <= e->to && e->confidence >= 0 && e->confidence <= 1);
}

/* The arrays that events share. */
static void check_shared(const struct dt_doc *doc)
{
    const struct what_layer *what = &doc->what;
    for (uint32_t i = 0; i < what->n_parties; i++)
        assert(what->parties[i].actor < doc->who.n_actors);
    for (uint32_t i = 0; i < what->n_quantities; i++)
        assert(what->quantities[i] < doc->when.n_quantities);
    for (uint32_t i = 0; i < what->n_operators; i++)
        assert(what->operators[i].record < doc->frames->n_records);
    (void)doc, (void)what;
}

static void check_what(const struct dt_doc *doc)
{
    uint32_t sentence = 0;
    check_shared(doc);
    for (uint32_t i = 0; i < doc->what.n_events; i++) {
        check_event(doc, &doc->what.events[i]);
        bool answer = doc->what.answered && i + 1 == doc->what.n_events; /* it stands behind all */
        assert(answer || doc->what.events[i].sentence >= sentence);
        (void)answer;
        sentence = doc->what.events[i].sentence;
    }
    (void)sentence;
}

void check_layers(const struct dt_doc *doc, unsigned written, unsigned changed)
{
    const unsigned both = written | changed;
    if (both & LAYER_TEXT) check_text(&doc->text);
    if (both & LAYER_LANG) check_lang(doc);
    if (both & LAYER_MATCHES) check_matches(doc);
    if (both & LAYER_WHO) check_who(doc, (written & LAYER_WHO) != 0);
    if (both & LAYER_WHEN) check_when(doc);
    if (both & LAYER_WHERE) check_where(doc);
    if (both & LAYER_SAID) check_said(doc);
    if (both & LAYER_WHAT) check_what(doc);
    if (both & LAYER_RELATION) check_index(doc->relation, doc->what.n_events);
}
