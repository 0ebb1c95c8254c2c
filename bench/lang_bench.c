/* lang_bench.c - how fast the language engine alone is, on one thread.
 *
 *     lang_bench MODEL [KERNEL [REPEATS]] < TEXT
 *
 * In: plain text. It is cut by white space, sentence marks and commas, a sentence ends at a mark;
 * that is crude, but gives sentences of natural length. Documents of about 30 sentences are
 * analysed one after another with one scratch and one arena, as a coder does. Out: words and
 * sentences a second of processor time, best of REPEATS (3) passes, and a hash of all that was
 * found, margins included: the same from all kernels on all machines. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "lang/lang.h"
#include "story/model.h"

enum { DOCUMENT_SENTENCES = 30, LONGEST = 120 };

struct corpus {
    struct str text;
    struct token *tokens;
    struct sentence *sentences;
    size_t n_tokens, n_sentences, n_blank_words;
};

static double seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct str read_input(void)
{
    size_t len = 0, cap = 1 << 20;
    char *at = malloc(cap);
    while (at != NULL) {
        size_t n = fread(at + len, 1, cap - len, stdin);
        if (n == 0) break;
        len += n;
        if (len == cap) at = realloc(at, cap *= 2);
    }
    return str_of(at, at != NULL ? len : 0);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_mark(char c)
{
    return c == '.' || c == '!' || c == '?';
}

static void add_token(struct corpus *c, size_t begin, size_t end, bool space)
{
    if (begin == end) return;
    c->tokens[c->n_tokens++] = (struct token){.begin = (uint32_t)begin,
                                              .end = (uint32_t)end,
                                              .form = str_cut(c->text, begin, end),
                                              .flags = space ? TOKEN_SPACE_AFTER : 0};
}

static void end_sentence(struct corpus *c)
{
    uint32_t first = c->n_sentences > 0 ? c->sentences[c->n_sentences - 1].token_end : 0;
    if (c->n_tokens > first)
        c->sentences[c->n_sentences++] =
            (struct sentence){.token_begin = first, .token_end = (uint32_t)c->n_tokens};
}

static bool cut(struct corpus *c)
{
    c->tokens = malloc((c->text.len + 1) * sizeof *c->tokens);
    c->sentences = malloc((c->text.len + 1) * sizeof *c->sentences);
    if (c->tokens == NULL || c->sentences == NULL) return false;
    for (size_t i = 0; i < c->text.len;) {
        while (i < c->text.len && is_blank(c->text.at[i]))
            i++;
        size_t begin = i;
        while (i < c->text.len && !is_blank(c->text.at[i]))
            i++;
        if (i == begin) break;
        c->n_blank_words++;
        size_t end = i;
        bool mark = is_mark(c->text.at[end - 1]) && end - begin > 3;
        if (mark || c->text.at[end - 1] == ',') end--;
        add_token(c, begin, end, end == i);
        add_token(c, end, i, true);
        size_t first = c->n_sentences > 0 ? c->sentences[c->n_sentences - 1].token_end : 0;
        if (mark || c->n_tokens - first >= LONGEST) end_sentence(c);
    }
    end_sentence(c);
    return true;
}

/* The hash of what came before goes in as `seed`. */
static uint64_t hash_words(const struct word *words, size_t n, uint64_t seed)
{
    for (size_t i = 0; i < n; i++) {
        const struct word *w = &words[i];
        const uint32_t numbers[] = {w->head, w->xpos, w->feats, w->deprel, w->name, w->name_begin};
        seed = str_hash_seed(str_of((const char *)numbers, sizeof numbers), seed);
        seed = str_hash_seed(str_of((const char *)&w->score, sizeof w->score), seed);
        seed = str_hash_seed(w->lemma, seed);
    }
    return seed;
}

/* Analyses all of it once; returns the seconds, or a negative number when memory ran out. */
static double pass(const struct lang_model *model, struct lang_scratch *scratch,
                   struct arena *arena, const struct corpus *c, uint64_t *hash)
{
    double begin = seconds();
    *hash = 0;
    struct sentence local[DOCUMENT_SENTENCES];
    for (size_t s = 0; s < c->n_sentences; s += DOCUMENT_SENTENCES) {
        size_t n =
            c->n_sentences - s < DOCUMENT_SENTENCES ? c->n_sentences - s : DOCUMENT_SENTENCES;
        const uint32_t first = c->sentences[s].token_begin;
        for (size_t i = 0; i < n; i++) {
            local[i] = c->sentences[s + i];
            local[i].token_begin -= first;
            local[i].token_end -= first;
        }
        struct text_layer text = {.text = c->text,
                                  .tokens = c->tokens + first,
                                  .sentences = local,
                                  .n_sentences = (uint32_t)n,
                                  .n_tokens = local[n - 1].token_end};
        struct lang_layer out;
        arena_reset(arena);
        if (!lang_analyse(model, scratch, arena, &text, &out)) return -1.0;
        *hash = hash_words(out.words, text.n_tokens, *hash);
    }
    return seconds() - begin;
}

int main(int argc, char **argv)
{
    struct bundle bundle = {0};
    struct lang_model *model = NULL;
    struct lang_scratch *scratch = NULL;
    struct arena arena = {0};
    struct corpus corpus = {.text = read_input()};
    dt_error err = {0};
    if (argc < 2) {
        fprintf(stderr, "usage: lang_bench MODEL [KERNEL [REPEATS]] < TEXT\n");
        return 2;
    }
    double begin = seconds(), opened, best = 0.0;
    uint64_t hash = 0;
    dt_status st =
        bundle_open(argv[1], "MODL", MODEL_VERSION_MIN, MODEL_VERSION_MAX, &bundle, &err);
    double mapped = seconds();
    if (st == DT_OK) st = lang_model_new(&bundle, &model, &err);
    opened = seconds();
    if (st == DT_OK && argc > 2 && !lang_use_kernel(model, argv[2]))
        st = err_set(&err, DT_E_ARG, 0, "this CPU has no kernel %s", argv[2]);
    if (st == DT_OK) st = lang_scratch_new(model, &scratch, &err);
    if (st == DT_OK && !cut(&corpus)) st = err_nomem(&err);
    for (int i = argc > 3 ? atoi(argv[3]) : 3; st == DT_OK && i > 0; i--) {
        double s = pass(model, scratch, &arena, &corpus, &hash);
        if (s < 0.0) st = err_nomem(&err);
        if (best == 0.0 || s < best) best = s;
    }
    if (st == DT_OK)
        printf("kernel %s: open %.1f ms + %.1f ms, %zu sentences, %zu tokens, %zu words, %.3f s, "
               "%.0f words/s, %.0f tokens/s, %.0f sentences/s, output %016llx\n",
               lang_kernel_name(model), 1e3 * (mapped - begin), 1e3 * (opened - mapped),
               corpus.n_sentences, corpus.n_tokens, corpus.n_blank_words, best,
               (double)corpus.n_blank_words / best, (double)corpus.n_tokens / best,
               (double)corpus.n_sentences / best, (unsigned long long)hash);
    else
        fprintf(stderr, "lang_bench: %s\n", err.text);
    lang_scratch_free(scratch);
    lang_model_free(model);
    bundle_close(&bundle);
    arena_free(&arena);
    free(corpus.tokens);
    free(corpus.sentences);
    free((void *)(size_t)corpus.text.at);
    return st == DT_OK ? 0 : 1;
}
