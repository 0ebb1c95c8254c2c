/* quotemark.c - see quotemark.h. */
#include "lang/quotemark.h"

enum mark_kind { MARK_NO, MARK_STRAIGHT, MARK_CURLY, MARK_DOUBLED, MARK_ANGLE, MARK_SINGLE };
enum mark_side { SIDE_EITHER, SIDE_OPEN, SIDE_CLOSE };

struct quote_mark {
    const char *form;
    uint8_t kind, side;
};

static const struct quote_mark quote_marks[] = {
    {"\"", MARK_STRAIGHT, SIDE_EITHER},
    {"\xE2\x80\x9C", MARK_CURLY, SIDE_OPEN},
    {"\xE2\x80\x9D", MARK_CURLY, SIDE_CLOSE},
    {"\xE2\x80\x9E", MARK_CURLY, SIDE_OPEN},
    {"``", MARK_DOUBLED, SIDE_OPEN},
    {"`", MARK_DOUBLED, SIDE_OPEN},    /* half of one, where it was cut in two */
    {"''", MARK_DOUBLED, SIDE_EITHER}, /* some agencies open with it, too */
    {"\xC2\xAB", MARK_ANGLE, SIDE_OPEN},
    {"\xC2\xBB", MARK_ANGLE, SIDE_CLOSE},
    {"\xE2\x80\x98", MARK_SINGLE, SIDE_OPEN},
    {"\xE2\x80\x99", MARK_SINGLE, SIDE_CLOSE},
};

struct quote_work {
    struct arena *arena;
    const struct text_layer *text;
    struct quote_layer *out;
    size_t cap;
    uint8_t open_kind;
    struct quote_region open;
};

static const struct quote_mark *quote_mark_of(struct str form)
{
    if (form.len == 0 || form.len > 3) return NULL;
    unsigned char c = (unsigned char)form.at[0];
    if (c != '"' && c != '`' && c != '\'' && c != 0xE2 && c != 0xC2) return NULL;
    for (size_t i = 0; i < sizeof quote_marks / sizeof quote_marks[0]; i++)
        if (str_eq(form, str_c(quote_marks[i].form))) return &quote_marks[i];
    return NULL;
}

static bool keep_region(struct quote_work *work, uint32_t end, bool closed)
{
    struct quote_region r = work->open;
    work->open_kind = MARK_NO;
    r.end = end;
    r.close = end;
    if (end <= r.begin || (!closed && r.open != work->text->sentences[r.sentence].token_begin))
        return true;
    struct quote_region *grown = arena_grow(work->arena, work->out->regions, work->out->n,
                                            (size_t)work->out->n + 1, &work->cap, sizeof *grown);
    if (grown == NULL) return false;
    work->out->regions = grown;
    grown[work->out->n++] = r;
    return true;
}

static bool take_mark(struct quote_work *work, const struct quote_mark *mark, uint32_t t,
                      uint32_t sentence, bool goes_on)
{
    if (work->open_kind != MARK_NO) {
        bool closes = mark->kind == work->open_kind && mark->side != SIDE_OPEN;
        return closes ? keep_region(work, t, true) : true;
    }
    if (mark->side == SIDE_CLOSE) return true;
    work->open_kind = mark->kind;
    work->open = (struct quote_region){t + 1, 0, t, 0, sentence, goes_on};
    bool halved = t + 1 < work->text->n_tokens && str_eq(work->text->tokens[t].form, STR("`")) &&
                  str_eq(work->text->tokens[t + 1].form, STR("`"));
    if (halved) work->open.begin++;
    return true;
}

static bool quotes_of_paragraph(struct quote_work *work, const struct paragraph *p, bool *unclosed)
{
    bool goes_on = *unclosed;
    uint32_t last = 0;
    for (uint32_t s = p->sentence_begin; s < p->sentence_end; s++) {
        const struct sentence *sentence = &work->text->sentences[s];
        for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
            const struct quote_mark *mark = quote_mark_of(work->text->tokens[t].form);
            bool first = t == work->text->sentences[p->sentence_begin].token_begin;
            if (mark != NULL && !take_mark(work, mark, t, s, goes_on && first)) return false;
        }
        last = sentence->token_end;
    }
    *unclosed = work->open_kind != MARK_NO;
    return *unclosed ? keep_region(work, last, false) : true;
}

bool quotemark_find(struct arena *arena, const struct text_layer *text, struct quote_layer *out)
{
    *out = (struct quote_layer){0};
    struct quote_work work = {.arena = arena, .text = text, .out = out};
    bool unclosed = false;
    for (uint32_t p = 0; p < text->n_paragraphs; p++) {
        const struct paragraph *here = &text->paragraphs[p];
        if (here->sentence_begin >= here->sentence_end) continue;
        if (!quotes_of_paragraph(&work, here, &unclosed)) return false;
    }
    return true;
}
