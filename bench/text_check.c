/* text_check.c - sentences and tokens of raw text, to be scored or timed.
 *
 *     text_check MODEL.dtm < RAW.txt > OUT.conllu    CoNLL-U with empty analysis columns
 *     text_check --time MODEL.dtm FILE               words (white-space ones) a second
 *
 * MODEL.dtm may be "-": rules alone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "story/model.h"
#include "text/split.h"

/* Words [first, last) of a sentence, numbered from 1 in it. */
static void print_word(const struct text_layer *t, uint32_t i, uint32_t number, bool space)
{
    printf("%u\t%.*s\t_\t_\t_\t_\t%u\t%s\t_\t%s\n", number, (int)t->tokens[i].form.len,
           t->tokens[i].form.at, number == 1 ? 0 : 1, number == 1 ? "root" : "dep",
           space ? "_" : "SpaceAfter=No");
}

static void print_sentence(const struct text_layer *t, const struct sentence *s)
{
    for (uint32_t i = s->token_begin; i < s->token_end;) {
        uint32_t end = i + 1;
        while (end < s->token_end && (t->tokens[end].flags & TOKEN_GLUED) != 0)
            end++;
        const bool space = (t->tokens[end - 1].flags & TOKEN_SPACE_AFTER) != 0;
        const uint32_t number = i - s->token_begin + 1;
        if (end - i > 1) {
            printf("%u-%u\t", number, number + end - i - 1);
            for (uint32_t k = i; k < end; k++)
                printf("%.*s", (int)t->tokens[k].form.len, t->tokens[k].form.at);
            printf("\t_\t_\t_\t_\t_\t_\t_\t%s\n", space ? "_" : "SpaceAfter=No");
        }
        for (uint32_t k = i; k < end; k++)
            print_word(t, k, k - s->token_begin + 1, end - i > 1 || space);
        i = end;
    }
    printf("\n");
}

static char *read_all(FILE *file, size_t *len)
{
    size_t cap = 1 << 20;
    char *text = malloc(cap);
    *len = 0;
    while (text != NULL) {
        *len += fread(text + *len, 1, cap - *len, file);
        if (*len < cap) break;
        cap *= 2;
        text = realloc(text, cap);
    }
    return text;
}

static size_t count_words(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.at[i] > ' ' && (i == 0 || s.at[i - 1] <= ' ');
    return n;
}

/* Pieces of about 2 KB, the size of a story. */
static void time_pieces(const struct splitter *splitter, struct arena *arena, struct str text)
{
    struct text_layer layer;
    double best = 1e9;
    for (int round = 0; round < 3; round++) {
        const clock_t start = clock();
        for (size_t at = 0; at < text.len;) {
            size_t end = str_find(text, '\n', at + 2000 < text.len ? at + 2000 : text.len);
            arena_reset(arena);
            text_analyse(&(struct text_rules){splitter, NULL}, arena, str_cut(text, at, end),
                         &layer);
            at = end;
        }
        const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (seconds < best) best = seconds;
    }
    const double words = (double)count_words(text);
    printf("%.0f words in %.3f s: %.2f million words/s\n", words, best, words / best / 1e6);
}

int main(int argc, char **argv)
{
    const bool timing = argc == 4 && strcmp(argv[1], "--time") == 0;
    if (argc != 2 && !timing) {
        fprintf(stderr, "usage: text_check MODEL.dtm < RAW.txt | --time MODEL.dtm FILE\n");
        return 2;
    }
    const char *model = argv[timing ? 2 : 1];
    struct bundle bundle = {0};
    struct splitter *splitter = NULL;
    struct arena arena = {0};
    dt_error err;
    if (strcmp(model, "-") != 0 && (bundle_open(model, "MODL", MODEL_VERSION_MIN, MODEL_VERSION_MAX, &bundle, &err) != DT_OK ||
                                    splitter_new(&bundle, &splitter, &err) != DT_OK)) {
        fprintf(stderr, "%s\n", err.text);
        return 3;
    }
    FILE *file = timing ? fopen(argv[3], "rb") : stdin;
    size_t len = 0;
    char *text = file != NULL ? read_all(file, &len) : NULL;
    struct text_layer layer;
    if (text == NULL) {
        fprintf(stderr, "the text could not be read\n");
    } else if (timing) {
        time_pieces(splitter, &arena, str_of(text, len));
    } else if (text_analyse(&(struct text_rules){splitter, NULL}, &arena, str_of(text, len),
                            &layer)) {
        for (uint32_t i = 0; i < layer.n_sentences; i++)
            print_sentence(&layer, &layer.sentences[i]);
    }
    free(text);
    arena_free(&arena);
    splitter_free(splitter);
    bundle_close(&bundle);
    return 0;
}
