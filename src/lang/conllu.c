/* conllu.c - reading CoNLL-U; see conllu.h. */
#include "base/utf8.h"
#include "lang/conllu.h"

enum { MISC_COLUMN = 9 };

struct conllu_reader {
    struct arena *arena;
    struct str input;
    const char *name;
    dt_error *err;
    struct text_layer *text;
    struct conllu_layer *out;
    size_t line; /* number of the one being read */
    size_t cap_rows, cap_tokens, cap_sentences, cap_starts;
    uint32_t range_first, range_end; /* words of the multi-word token that is open, or 0 */
    bool range_space;                /* blanks follow it */
    uint32_t sentence_words;         /* words of the sentence so far */
};

static dt_status bad_line(const struct conllu_reader *r, const struct conllu_row *row,
                          const char *what)
{
    return err_set(r->err, DT_E_STORY, row->begin, "%s:%zu: %s", r->name, r->line, what);
}

static struct str column_at(struct str line, size_t wanted)
{
    size_t begin = 0;
    for (size_t i = 0; i < wanted; i++) {
        begin = str_find(line, '\t', begin);
        if (begin >= line.len) return str_of(line.at + line.len, 0);
        begin++;
    }
    return str_cut(line, begin, str_find(line, '\t', begin));
}

static bool misc_has(struct str line, struct str item)
{
    struct str misc = column_at(line, MISC_COLUMN), one;
    while (misc.len > 0 && str_next(&misc, '|', &one)) {
        if (str_eq(one, item)) return true;
    }
    return false;
}

/* The text with each invalid byte sequence as U+FFFD. */
static struct str valid_form(struct arena *arena, struct str form)
{
    if (utf8_valid_len(form) == form.len) return form;
    char *to = arena_array(arena, form.len * 3 + 1, 1);
    size_t n = 0;
    if (to == NULL) return form;
    for (size_t i = 0; i < form.len;) {
        uint32_t cp;
        i += utf8_decode(form, i, &cp);
        n += utf8_encode(cp, to + n);
    }
    return str_of(to, n);
}

/* Headlines: at least two words, and 7 letters of 10 are capitals. */
static void flag_capitals(struct text_layer *text, const struct sentence *sent)
{
    size_t upper = 0, letters = 0, words = 0;
    for (uint32_t t = sent->token_begin; t < sent->token_end; t++) {
        struct str form = text->tokens[t].form;
        size_t before = letters;
        for (size_t i = 0; i < form.len;) {
            uint32_t cp;
            i += utf8_decode(form, i, &cp);
            if (utf8_class_of(cp) != UTF8_LETTER) continue;
            letters++;
            upper += utf8_is_upper(cp);
        }
        words += letters > before;
    }
    if (words < 2 || upper * 10 < letters * 7) return;
    for (uint32_t t = sent->token_begin; t < sent->token_end; t++)
        text->tokens[t].flags |= TOKEN_CAPS_LINE;
}

static bool end_sentence(struct conllu_reader *r)
{
    struct text_layer *text = r->text;
    if (r->sentence_words == 0) return true;
    text->sentences = arena_grow(r->arena, text->sentences, text->n_sentences,
                                 text->n_sentences + 1, &r->cap_sentences, sizeof *text->sentences);
    if (text->sentences == NULL) return false;
    uint32_t first = text->n_tokens - r->sentence_words;
    struct sentence *sent = &text->sentences[text->n_sentences++];
    *sent = (struct sentence){.begin = text->tokens[first].begin,
                              .end = text->tokens[text->n_tokens - 1].end,
                              .token_begin = first,
                              .token_end = text->n_tokens};
    flag_capitals(text, sent);
    uint32_t *starts = arena_grow(r->arena, r->out->sentence_row, text->n_sentences,
                                  text->n_sentences + 1, &r->cap_starts, sizeof *starts);
    if (starts == NULL) return false;
    r->out->sentence_row = starts;
    r->out->sentence_row[text->n_sentences] = r->out->n_rows;
    r->sentence_words = r->range_first = r->range_end = 0;
    return true;
}

static dt_status add_word(struct conllu_reader *r, struct conllu_row *row, struct str line)
{
    struct text_layer *text = r->text;
    struct str form = column_at(line, 1);
    long id = 0;
    if (!str_int(column_at(line, 0), &id) || id != (long)r->sentence_words + 1)
        return bad_line(r, row, "the word's ID was not the number that comes next");
    if (form.len == 0) return bad_line(r, row, "the word had no FORM");
    text->tokens = arena_grow(r->arena, text->tokens, text->n_tokens, text->n_tokens + 1,
                              &r->cap_tokens, sizeof *text->tokens);
    if (text->tokens == NULL) return err_nomem(r->err);
    r->sentence_words++;
    struct token *token = &text->tokens[text->n_tokens];
    *token = (struct token){.begin = (uint32_t)(form.at - r->input.at),
                            .end = (uint32_t)(form.at - r->input.at + form.len),
                            .form = valid_form(r->arena, form)};
    const uint32_t number = r->sentence_words;
    bool space = !misc_has(line, STR("SpaceAfter=No"));
    if (number <= r->range_end) space = number == r->range_end && r->range_space;
    if (space) token->flags |= TOKEN_SPACE_AFTER;
    if (number > r->range_first && number <= r->range_end) token->flags |= TOKEN_GLUED;
    row->token = text->n_tokens++;
    return DT_OK;
}

/* "3-4": opens a multi-word token. */
static dt_status open_range(struct conllu_reader *r, const struct conllu_row *row, struct str line)
{
    struct str id = column_at(line, 0);
    size_t dash = str_find(id, '-', 0);
    long first, last;
    if (!str_int(str_cut(id, 0, dash), &first) || !str_int(str_cut(id, dash + 1, id.len), &last) ||
        first != (long)r->sentence_words + 1 || last < first || last > 1000000)
        return bad_line(r, row, "the range of words did not start at the next one");
    r->range_first = (uint32_t)first;
    r->range_end = (uint32_t)last;
    r->range_space = !misc_has(line, STR("SpaceAfter=No"));
    return DT_OK;
}

/* "8.1", an empty node, or "3-4", several words: a number and a mark. */
static bool is_id_with(struct str id, char mark)
{
    size_t at = str_find(id, mark, 0);
    long number;
    return at < id.len && str_int(str_cut(id, 0, at), &number);
}

static dt_status add_line(struct conllu_reader *r, struct conllu_row row)
{
    struct str line = str_cut(r->input, row.begin, row.end), id = column_at(line, 0);
    dt_status st = DT_OK;
    r->out->rows = arena_grow(r->arena, r->out->rows, r->out->n_rows, r->out->n_rows + 1,
                              &r->cap_rows, sizeof *r->out->rows);
    if (r->out->rows == NULL) return err_nomem(r->err);
    if (line.at[0] == '#') {
        row.kind = CONLLU_COMMENT;
    } else if (is_id_with(id, '.')) {
        row.kind = CONLLU_EMPTY;
    } else if (is_id_with(id, '-')) {
        row.kind = CONLLU_RANGE;
        st = open_range(r, &row, line);
    } else {
        row.kind = CONLLU_WORD;
        st = add_word(r, &row, line);
    }
    if (st == DT_OK) r->out->rows[r->out->n_rows++] = row;
    return st;
}

/* The whole input is one paragraph. */
static dt_status close_text(struct conllu_reader *r)
{
    struct text_layer *text = r->text;
    text->paragraphs = ARENA_NEW(r->arena, 1, struct paragraph);
    if (text->paragraphs == NULL) return err_nomem(r->err);
    text->paragraphs[0] =
        (struct paragraph){.end = (uint32_t)text->text.len, .sentence_end = text->n_sentences};
    text->n_paragraphs = 1;
    return DT_OK;
}

dt_status conllu_read(struct arena *arena, struct str input, const char *name,
                      struct text_layer *text, struct conllu_layer *rows, dt_error *err)
{
    if (input.len > INT32_MAX)
        return err_set(err, DT_E_STORY, 0, "%s: was longer than 2^31 bytes", name);
    *text = (struct text_layer){.text = input};
    *rows = (struct conllu_layer){0};
    struct conllu_reader r = {
        .arena = arena, .input = input, .name = name, .err = err, .text = text, .out = rows};
    dt_status st = DT_OK;
    rows->sentence_row = arena_grow(arena, NULL, 0, 1, &r.cap_starts, sizeof(uint32_t));
    if (rows->sentence_row == NULL) return err_nomem(err);
    for (size_t begin = 0; st == DT_OK && begin < input.len;) {
        size_t end = str_find(input, '\n', begin), cut = end;
        if (cut > begin && input.at[cut - 1] == '\r') cut--;
        r.line++;
        if (cut > begin)
            st = add_line(&r, (struct conllu_row){.begin = (uint32_t)begin, .end = (uint32_t)cut});
        else if (!end_sentence(&r))
            st = err_nomem(err);
        begin = end + 1;
    }
    if (st == DT_OK && !end_sentence(&r)) st = err_nomem(err);
    text_find_case(text);
    return st == DT_OK ? close_text(&r) : st;
}

bool conllu_atoms(struct arena *arena, struct text_layer *t)
{
    size_t cap = 0;
    t->atoms = NULL;
    t->n_atoms = 0;
    for (uint32_t i = 0; i < t->n_tokens; i++) {
        struct atom *own = NULL;
        struct str form = str_cut(t->text, t->tokens[i].begin, t->tokens[i].end);
        uint32_t n = text_atoms(arena, form, &own);
        t->atoms =
            arena_grow(arena, t->atoms, t->n_atoms, t->n_atoms + n + 1, &cap, sizeof *t->atoms);
        if (t->atoms == NULL || (n != 0 && own == NULL)) return false;
        t->tokens[i].atom = t->n_atoms;
        for (uint32_t k = 0; k < n; k++) {
            own[k].begin += t->tokens[i].begin;
            own[k].end += t->tokens[i].begin;
            if (k + 1 == n) own[k].gap = (t->tokens[i].flags & TOKEN_SPACE_AFTER) != 0;
            t->atoms[t->n_atoms++] = own[k];
        }
        if (n == 0) /* a token of control characters alone */
            t->atoms[t->n_atoms++] = (struct atom){t->tokens[i].begin, t->tokens[i].end, ATOM_OTHER,
                                                   (t->tokens[i].flags & TOKEN_SPACE_AFTER) != 0};
    }
    return true;
}
