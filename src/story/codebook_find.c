/* codebook_find.c - looking a frame up by what somebody knows of it: a word, a code, a type, a
 * name.
 *
 * What a query is follows from its look. A word is first sought among the words of triggers; where
 * none has it, among the words that triggers ask for beside them; where none does either, it may be
 * a type in small letters. Each is a pass over a few thousand triggers. */
#include <ctype.h>

#include "story/codebook.h"

enum { QUERY_WORDS = 4 };

enum query_kind { QUERY_CODE, QUERY_NAME, QUERY_TYPE, QUERY_TRIGGER, QUERY_NEEDED, QUERY_NOTHING };

struct query {
    enum query_kind kind;
    struct str text;
    uint32_t symbols[QUERY_WORDS];
    uint32_t n_symbols;
};

/* ---- words ---- */

/* "shot" is a noun of its own and a form of "shoot". */
static bool is_word(const struct frames *t, uint32_t word, uint32_t symbol)
{
    return word != 0 && (word == symbol || word == t->symbols[symbol].verb);
}

static bool trigger_says(const struct frames *t, const struct frame_trigger *trigger,
                         uint32_t symbol)
{
    for (int i = 0; i < TRIGGER_WORDS; i++)
        if (is_word(t, trigger->words[i], symbol)) return true;
    return false;
}

static bool in_word_class(const struct frames *t, uint32_t word_class, uint32_t symbol)
{
    const struct frame_symbol *s = &t->symbols[symbol];
    for (uint32_t i = s->member_begin; i < s->member_end; i++)
        if (t->members[i].word_class + 1 == word_class) return true;
    return false;
}

static bool trigger_needs(const struct frames *t, const struct frame_trigger *trigger,
                          uint32_t symbol)
{
    for (uint32_t i = trigger->slot_begin; i < trigger->slot_end; i++) {
        const struct frame_slot *s = &t->slots[i];
        if (s->role != SLOT_NEEDS) continue;
        if (is_word(t, s->word, symbol)) return true;
        if (s->word_class != 0 && in_word_class(t, s->word_class, symbol)) return true;
    }
    return false;
}

static bool has_words(const struct dt_codebook *b, const struct book_frame *f,
                      const struct query *q)
{
    const struct frames *t = &b->model->frames;
    for (uint32_t i = f->fires_begin; i < f->fires_end; i++) {
        const struct frame_trigger *trigger = &t->triggers[b->fires[i]];
        bool all = true;
        for (uint32_t k = 0; k < q->n_symbols && all; k++)
            all = trigger_says(t, trigger, q->symbols[k]) ||
                  (q->kind == QUERY_NEEDED && trigger_needs(t, trigger, q->symbols[k]));
        if (all) return true;
    }
    return false;
}

/* ---- codes, types, names ---- */

/* "COERCE" or "COERCE/arrest" of a type and mode. */
static bool is_type(struct str text, struct str plover, struct str mode)
{
    size_t slash = str_find(text, '/', 0);
    if (slash == 0) return false;
    if (!str_eq_nocase(str_cut(text, 0, slash), plover)) return false;
    return slash == text.len || str_eq_nocase(str_cut(text, slash + 1, text.len), mode);
}

static bool has_code(const struct dt_codebook *b, const struct book_frame *f, struct str text)
{
    if (str_starts(know_str(&b->model->know, f->record->cameo), text)) return true;
    for (uint32_t i = f->record->map_begin; i < f->record->map_end; i++)
        if (str_starts(str_c(b->model->frames.maps[i].to), text)) return true;
    return false;
}

static bool has_type(const struct dt_codebook *b, const struct book_frame *f, struct str text)
{
    const struct know *know = &b->model->know;
    if (is_type(text, str_c(f->plover), str_c(f->mode))) return true;
    for (uint32_t i = f->record->map_begin; i < f->record->map_end; i++) {
        const struct ontology_code *code = ontology_find(know, str_c(b->model->frames.maps[i].to));
        if (code != NULL && is_type(text, know_str(know, code->plover), know_str(know, code->mode)))
            return true;
    }
    return false;
}

static bool answers(const struct dt_codebook *b, const struct book_frame *f, const struct query *q)
{
    switch (q->kind) {
    case QUERY_CODE: return has_code(b, f, q->text);
    case QUERY_NAME: return str_eq(know_str(&b->model->know, f->record->id), q->text);
    case QUERY_TYPE: return has_type(b, f, q->text);
    case QUERY_TRIGGER:
    case QUERY_NEEDED: return q->n_symbols != 0 && has_words(b, f, q);
    case QUERY_NOTHING: break;
    }
    return false;
}

/* ---- the query ---- */

static bool has_answer(const struct dt_codebook *b, const struct query *q)
{
    for (uint32_t i = 0; i < b->n_frames; i++)
        if (answers(b, &b->frames[i], q)) return true;
    return false;
}

static bool any_char(struct str text, int (*is)(int c))
{
    for (size_t i = 0; i < text.len; i++)
        if (is((unsigned char)text.at[i])) return true;
    return false;
}

/* The frames' symbol of a word in any form: that of its lemma as some verb's or noun's form where
 * the rules of frames_inflect.c do not give it ("embargoes"). */
static uint32_t symbol_of_word(const struct dt_codebook *b, struct str word)
{
    static const char *const tags[] = {"VBD", "VBN", "VBG", "VBZ", "NNS"};
    struct arena arena = {0};
    struct lemma_room room = {.arena = &arena};
    uint32_t symbol = frames_symbol(&b->model->frames, word);
    for (size_t i = 0; symbol == 0 && i < sizeof tags / sizeof tags[0]; i++)
        symbol =
            frames_symbol(&b->model->frames,
                          lemma_of(&b->lemmas, lemma_tag(&b->lemmas, str_c(tags[i])), word, &room));
    arena_free(&arena);
    return symbol;
}

/* A word that no trigger knows leaves no symbol, and then there is no answer. The "of" between two
 * nouns is not kept in triggers, either. */
static void read_query_words(const struct dt_codebook *b, struct query *q)
{
    struct str rest = q->text, word;
    while (str_next(&rest, ' ', &word)) {
        if (word.len == 0 || words_has(&b->model->know, word, CLASS_OF)) continue;
        uint32_t symbol = symbol_of_word(b, word);
        if (symbol == 0 || q->n_symbols == QUERY_WORDS) {
            q->n_symbols = 0;
            return;
        }
        q->symbols[q->n_symbols++] = symbol;
    }
}

/* What a query of that look may be, the likeliest first. */
static const enum query_kind *kinds_of(struct str text)
{
    static const enum query_kind code[] = {QUERY_CODE, QUERY_NOTHING},
                                 name[] = {QUERY_NAME, QUERY_TYPE, QUERY_NOTHING},
                                 type[] = {QUERY_TYPE, QUERY_TRIGGER, QUERY_NEEDED, QUERY_NOTHING},
                                 word[] = {QUERY_TRIGGER, QUERY_NEEDED, QUERY_TYPE, QUERY_NOTHING};
    if (text.len != 0 && isdigit((unsigned char)text.at[0])) return code;
    if (str_find(text, '/', 0) < text.len) return name;
    return any_char(text, islower) ? word : type;
}

size_t dt_codebook_find(const dt_codebook *b, const char *query, size_t from)
{
    if (b == NULL || query == NULL) return DT_NONE;
    struct query q = {.text = str_trim(str_c(query))};
    read_query_words(b, &q);
    for (const enum query_kind *kind = kinds_of(q.text); *kind != QUERY_NOTHING; kind++) {
        q.kind = *kind;
        if (!has_answer(b, &q)) continue;
        for (size_t i = from; i < b->n_frames; i++)
            if (answers(b, &b->frames[i], &q)) return i;
        return DT_NONE;
    }
    return DT_NONE;
}
