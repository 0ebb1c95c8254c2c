/* conllu_write.c - printing CoNLL-U; see conllu.h. */
#include "base/utf8.h"
#include "lang/conllu.h"

struct conllu_writer {
    struct buf *out;
    const struct lang_model *model;
    const struct text_layer *text;
    const struct lang_layer *lang;
    const struct sentence *sentence;
};

/* Text that may hold anything: one line of valid UTF-8, control characters as blanks. */
static void put_clean(struct buf *out, struct str s)
{
    for (size_t i = 0; i < s.len;) {
        char bytes[4];
        uint32_t cp;
        i += utf8_decode(s, i, &cp);
        if (cp < 0x20 || cp == 0x7F) cp = ' ';
        buf_put(out, str_of(bytes, utf8_encode(cp, bytes)));
    }
}

/* A column; one that would be empty reads "_". */
static void put_column(struct buf *out, struct str s)
{
    buf_c(out, '\t');
    if (s.len == 0)
        buf_c(out, '_');
    else
        put_clean(out, s);
}

static void put_entity(struct conllu_writer *w, const struct word *word)
{
    if (word->name == NAME_NONE) {
        buf_z(w->out, "Entity=O");
        return;
    }
    buf_z(w->out, word->name_begin ? "Entity=B-" : "Entity=I-");
    buf_z(w->out, name_type_name[word->name]);
}

/* In bytes of the story as it was given. */
static void put_range(struct conllu_writer *w, uint32_t begin, uint32_t end)
{
    buf_z(w->out, "TokenRange=");
    buf_u(w->out, clean_given_begin(&w->text->map, begin));
    buf_c(w->out, ':');
    buf_u(w->out, clean_given_end(&w->text->map, end));
}

/* Number of a token in its sentence, from 1; 0 for NONE. */
static uint32_t number_of(const struct conllu_writer *w, uint32_t token)
{
    return token == NONE ? 0 : token - w->sentence->token_begin + 1;
}

/* The columns ID to DEPS. */
static void put_word(struct conllu_writer *w, uint32_t token)
{
    const struct word *word = &w->lang->words[token];
    buf_u(w->out, number_of(w, token));
    put_column(w->out, w->text->tokens[token].form);
    put_column(w->out, word->lemma);
    put_column(w->out, str_c(upos_name[word->upos]));
    put_column(w->out, lang_xpos(w->model, word->xpos));
    put_column(w->out, lang_feats(w->model, word->feats));
    buf_c(w->out, '\t');
    buf_u(w->out, number_of(w, word->head));
    put_column(w->out, lang_deprel(w->model, word->deprel));
    buf_z(w->out, "\t_\t");
}

/* The number of tokens that make one orthographic token with `first`. */
static uint32_t glued_after(const struct conllu_writer *w, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < w->sentence->token_end && (w->text->tokens[end].flags & TOKEN_GLUED))
        end++;
    return end - first;
}

/* "3-4  don't": the line before the words of a multi-word token. */
static void put_multiword(struct conllu_writer *w, uint32_t first, uint32_t n)
{
    const struct token *tokens = w->text->tokens + first;
    buf_u(w->out, number_of(w, first));
    buf_c(w->out, '-');
    buf_u(w->out, number_of(w, first) + n - 1);
    buf_c(w->out, '\t');
    for (uint32_t i = 0; i < n; i++)
        put_clean(w->out, tokens[i].form);
    buf_z(w->out, "\t_\t_\t_\t_\t_\t_\t_\t");
    if (!(tokens[n - 1].flags & TOKEN_SPACE_AFTER)) buf_z(w->out, "SpaceAfter=No|");
    put_range(w, tokens[0].begin, tokens[n - 1].end);
    buf_c(w->out, '\n');
}

static void put_misc(struct conllu_writer *w, uint32_t token, bool inside)
{
    const struct token *t = &w->text->tokens[token];
    put_entity(w, &w->lang->words[token]);
    if (!inside && !(t->flags & TOKEN_SPACE_AFTER)) buf_z(w->out, "|SpaceAfter=No");
    buf_c(w->out, '|');
    put_range(w, t->begin, t->end);
    buf_c(w->out, '\n');
}

static void put_sentence(struct conllu_writer *w, uint32_t number)
{
    const struct sentence *s = w->sentence;
    if (w->text->paragraphs[s->paragraph].sentence_begin == number) buf_z(w->out, "# newpar\n");
    buf_z(w->out, "# sent_id = ");
    buf_u(w->out, number + 1 - w->text->n_title_sentences);
    buf_z(w->out, "\n# text = ");
    put_clean(w->out, str_cut(w->text->text, s->begin, s->end));
    buf_c(w->out, '\n');
    for (uint32_t t = s->token_begin; t < s->token_end;) {
        uint32_t n = glued_after(w, t);
        if (n > 1) put_multiword(w, t, n);
        for (uint32_t end = t + n; t < end; t++) {
            put_word(w, t);
            put_misc(w, t, n > 1);
        }
    }
    buf_c(w->out, '\n');
}

/* The MISC column of an input line, its Entity and TokenRange replaced by ours. */
static void put_kept_misc(struct conllu_writer *w, uint32_t token, struct str line)
{
    struct str one;
    size_t begin = 0;
    put_entity(w, &w->lang->words[token]);
    for (int column = 0; column < 9 && begin <= line.len; column++)
        begin = str_find(line, '\t', begin) + 1;
    struct str misc = begin <= line.len ? str_cut(line, begin, line.len) : str_of(line.at, 0);
    while (misc.len > 0 && str_next(&misc, '|', &one)) {
        if (str_eq(one, STR("_")) || str_starts(one, STR("Entity=")) ||
            str_starts(one, STR("TokenRange=")))
            continue;
        buf_c(w->out, '|');
        buf_put(w->out, one);
    }
    buf_c(w->out, '|');
    put_range(w, w->text->tokens[token].begin, w->text->tokens[token].end);
    buf_c(w->out, '\n');
}

static void put_rows(struct conllu_writer *w, const struct conllu_layer *rows, uint32_t number)
{
    for (uint32_t i = rows->sentence_row[number]; i < rows->sentence_row[number + 1]; i++) {
        const struct conllu_row *row = &rows->rows[i];
        struct str line = str_cut(w->text->text, row->begin, row->end);
        if (row->kind == CONLLU_WORD) {
            put_word(w, row->token);
            put_kept_misc(w, row->token, line);
        } else {
            buf_put(w->out, line);
            buf_c(w->out, '\n');
        }
    }
    buf_c(w->out, '\n');
}

void conllu_write(struct buf *out, const struct lang_model *model, const struct text_layer *text,
                  const struct lang_layer *lang, const struct conllu_layer *rows)
{
    struct conllu_writer w = {out, model, text, lang, NULL};
    for (uint32_t i = text->n_title_sentences; i < text->n_sentences; i++) {
        w.sentence = &text->sentences[i];
        if (w.sentence->token_begin == w.sentence->token_end) continue;
        if (rows != NULL)
            put_rows(&w, rows, i);
        else
            put_sentence(&w, i);
    }
}
