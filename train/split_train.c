/* split_train.c - learns the splitter of split.h from treebanks.
 *
 *     split_train DIR WORDS TRAIN.conllu...   writes the sections spl.*, a file each
 *     split_train --raw GOLD.conllu           prints the raw text of a treebank, to test with
 *
 * WORDS is train/abbreviations.txt; without a treebank only its section, spl.word, is written.
 * The raw text of a paragraph is rebuilt from forms and SpaceAfter, its sentences joined by one
 * blank. Some paragraphs are learned once more in another guise: in small letters, in capitals,
 * without final stops, without the blank between sentences. Algorithm: multinomial logistic
 * regression by AdaGrad (Duchi et al., JMLR 2011) over the hashed features; words of two in one
 * atom ("cannot") are listed where most occurrences are cut. Seconds; linear in the words. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "text/split.h"

enum {
    TABLE_BITS = 17,
    EPOCHS = 10,
    MAX_WORDS = 4096, /* of a paragraph; longer ones are cut into several */
    LINE_BYTES = 1 << 20,
    FORM_BYTES = 1 << 18,
    TYPE_SLOTS = 1 << 18
};

enum guise { GUISE_PLAIN, GUISE_LOWER, GUISE_UPPER, GUISE_NO_STOP, GUISE_NO_BLANK, GUISE_COUNT };

struct train_word {
    uint32_t at, len;                      /* in para.forms */
    uint8_t space, glued, first, mwt_last; /* first: of a sentence */
};

/* The paragraph that is being read. */
static struct {
    struct train_word words[MAX_WORDS];
    uint32_t n;
    char forms[FORM_BYTES];
    uint32_t used;
} para;

/* Samples: features of all, one after another. */
static uint32_t *sample_features;
static size_t n_features, cap_features;
static struct sample_row {
    size_t at;
    uint8_t n, label, gap;
} * samples;
static size_t n_samples, cap_samples;

/* How often a word of one atom was cut, and where. */
static struct cut_count {
    char word[16];
    uint32_t seen, cut, at;
} * types;

static struct split_words words;

static float *weights, *gradients;
static uint64_t random_state = 88172645463325252u;

static uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (uint32_t)(random_state >> 33) % n;
}

static void *need(void *p)
{
    if (p == NULL) {
        fprintf(stderr, "split_train: memory ran out\n");
        exit(3);
    }
    return p;
}

/* ---- raw text ---- */

struct raw {
    char text[FORM_BYTES + 2 * MAX_WORDS];
    uint32_t len;
    uint8_t starts[FORM_BYTES + 2 * MAX_WORDS]; /* 1 + label before the word that starts here */
};

static bool is_final_stop(uint32_t k)
{
    const struct train_word *w = &para.words[k];
    return w->len == 1 && para.forms[w->at] == '.' && !w->first &&
           (k + 1 == para.n || para.words[k + 1].first);
}

static void build_raw(struct raw *raw, enum guise guise)
{
    memset(raw->starts, 0, sizeof raw->starts);
    raw->len = 0;
    for (uint32_t k = 0; k < para.n; k++) {
        const struct train_word *w = &para.words[k];
        const bool last = k + 1 < para.n && para.words[k + 1].first;
        const bool stop = is_final_stop(k);
        if (!(guise == GUISE_NO_STOP && stop)) {
            raw->starts[raw->len] = (uint8_t)(1 + (w->first   ? SPLIT_SENTENCE
                                                   : w->glued ? SPLIT_GLUED
                                                              : SPLIT_WORD));
            memcpy(raw->text + raw->len, para.forms + w->at, w->len);
            raw->len += w->len;
        }
        const bool space = last ? !(guise == GUISE_NO_BLANK && stop) : w->space;
        if (space || (last && guise == GUISE_NO_STOP)) raw->text[raw->len++] = ' ';
        if (guise == GUISE_NO_STOP && k + 1 < para.n && is_final_stop(k + 1) && para.n > k + 2 &&
            raw->text[raw->len - 1] == ' ')
            raw->len--; /* the blank before a stop that goes */
    }
    for (uint32_t i = 0; i < raw->len; i++) {
        char *c = &raw->text[i];
        if (guise == GUISE_LOWER && *c >= 'A' && *c <= 'Z') *c |= 32;
        if (guise == GUISE_UPPER && *c >= 'a' && *c <= 'z') *c = (char)(*c & ~32);
    }
}

/* ---- samples ---- */

static void add_sample(const uint32_t *features, uint32_t n, uint8_t label, uint8_t gap)
{
    if (n_samples == cap_samples) {
        cap_samples = cap_samples * 2 + 4096;
        samples = need(realloc(samples, cap_samples * sizeof *samples));
    }
    if (n_features + n > cap_features) {
        cap_features = cap_features * 2 + 65536;
        sample_features = need(realloc(sample_features, cap_features * sizeof *sample_features));
    }
    samples[n_samples++] = (struct sample_row){n_features, (uint8_t)n, label, gap};
    for (uint32_t i = 0; i < n; i++)
        sample_features[n_features++] = features[i] & ((1u << TABLE_BITS) - 1);
}

static struct cut_count *type_slot(const char *word)
{
    uint32_t slot = (uint32_t)str_hash(str_c(word)) & (TYPE_SLOTS - 1);
    while (types[slot].word[0] != '\0' && strcmp(types[slot].word, word) != 0)
        slot = (slot + 1) & (TYPE_SLOTS - 1);
    return &types[slot];
}

/* Counts a letters-atom: whether a word starts inside it. */
static void count_atom(const struct raw *raw, const struct atom *a)
{
    char low[16] = {0};
    if (a->kind != ATOM_LETTERS || a->end - a->begin >= sizeof low) return;
    for (uint32_t i = a->begin; i < a->end; i++) {
        const char c = raw->text[i];
        low[i - a->begin] = (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    struct cut_count *type = type_slot(low);
    memcpy(type->word, low, sizeof low);
    type->seen++;
    for (uint32_t i = a->begin + 1; i < a->end; i++)
        if (raw->starts[i] != 0) {
            type->cut++;
            type->at = i - a->begin;
        }
}

static void learn_paragraph(struct arena *arena, enum guise guise)
{
    static struct raw raw;
    build_raw(&raw, guise);
    arena_reset(arena);
    struct atom *atoms;
    const struct str text = str_of(raw.text, raw.len);
    const uint32_t n = text_atoms(arena, text, &atoms);
    if (n == 0) return;
    struct split_walk walk;
    split_begin(&walk, &words, text, atoms, 0, n);
    for (uint32_t i = 0; i + 1 < n; i++) {
        uint32_t features[SPLIT_FEATURES];
        const uint8_t gold = raw.starts[atoms[i + 1].begin];
        uint8_t label = gold != 0 ? (uint8_t)(gold - 1) : SPLIT_JOIN, easy;
        if (split_trivial(&walk, i, &easy))
            label = easy;
        else
            add_sample(features, split_features(&walk, i, features), label, atoms[i].gap != 0);
        split_step(&walk, i, label);
    }
    for (uint32_t i = 0; i < n && guise == GUISE_PLAIN; i++) {
        const bool not_after = i + 2 < n && atoms[i].gap == 0 && atoms[i + 1].kind == ATOM_OTHER &&
                               raw.text[atoms[i + 2].begin] == 't';
        if (!not_after) count_atom(&raw, &atoms[i]);
    }
}

/* ---- reading ---- */

static void end_paragraph(struct arena *arena, bool print)
{
    static struct raw raw;
    if (para.n != 0 && print) {
        build_raw(&raw, GUISE_PLAIN);
        printf("%.*s\n\n", (int)raw.len, raw.text);
    } else if (para.n != 0) {
        learn_paragraph(arena, GUISE_PLAIN);
        if (random_below(5) == 0)
            learn_paragraph(arena, (enum guise)(1 + random_below(GUISE_COUNT - 1)));
    }
    para.n = para.used = 0;
}

/* Takes a line of ten columns; `until` is the last word of the open multi-word token. */
static void read_word(struct str line, long *until, bool *space_after, bool *first)
{
    struct str column[10] = {{0}}, id;
    for (int i = 0; i < 10 && str_next(&line, '\t', &column[i]); i++)
        continue;
    id = column[0];
    long number, last;
    struct str part;
    const bool space = str_find(column[9], 'S', 0) == column[9].len ||
                       strstr(column[9].at, "SpaceAfter=No") == NULL;
    if (str_find(id, '-', 0) < id.len && str_next(&id, '-', &part) && str_int(part, &number) &&
        str_int(id, &last)) {
        *until = -number; /* the word with this number opens it */
        *space_after = space;
        para.words[para.n].mwt_last = (uint8_t)(last - number);
        return;
    }
    if (!str_int(id, &number) || para.used + column[1].len > FORM_BYTES) return;
    struct train_word *w = &para.words[para.n];
    const uint8_t more = *until == -number ? w->mwt_last : 0;
    w->glued = number <= *until;
    if (more != 0) *until = number + more;
    w->space = *until > 0 && number < *until ? 0 : *until == number ? *space_after : space;
    w->at = para.used;
    w->len = (uint32_t)column[1].len;
    w->first = *first;
    w->mwt_last = 0;
    *first = false;
    memcpy(para.forms + para.used, column[1].at, column[1].len);
    para.used += w->len;
    para.n++;
}

static void read_treebank(const char *path, struct arena *arena, bool print)
{
    static char line[LINE_BYTES];
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        fprintf(stderr, "split_train: %s could not be opened\n", path);
        exit(1);
    }
    long until = 0;
    bool first = true, space = true;
    while (fgets(line, sizeof line, file) != NULL) {
        struct str s = str_trim(str_c(line));
        if (str_starts(s, STR("# newpar")) || str_starts(s, STR("# newdoc"))) {
            if (!str_starts(s, STR("# newpar_block"))) end_paragraph(arena, print);
        } else if (s.len == 0) {
            first = true;
            until = 0;
            if (para.n > MAX_WORDS - 600) end_paragraph(arena, print);
        } else if (s.at[0] != '#') {
            read_word(str_c(line), &until, &space, &first);
        }
    }
    fclose(file);
    end_paragraph(arena, print);
}

/* ---- learning ---- */

static void step_sample(const struct sample_row *s, float rate)
{
    float score[SPLIT_LABELS] = {0}, total = 0, highest = -1e30f;
    const uint32_t *f = sample_features + s->at;
    for (uint32_t k = 0; k < s->n; k++)
        for (int c = 0; c < SPLIT_LABELS; c++)
            score[c] += weights[(size_t)f[k] * SPLIT_LABELS + c];
    if (s->gap) score[SPLIT_JOIN] = score[SPLIT_GLUED] = -1e9f;
    for (int c = 0; c < SPLIT_LABELS; c++)
        if (score[c] > highest) highest = score[c];
    for (int c = 0; c < SPLIT_LABELS; c++)
        total += score[c] = expf(score[c] - highest);
    for (int c = 0; c < SPLIT_LABELS; c++) {
        const float g = score[c] / total - (float)(c == s->label);
        if (fabsf(g) < 1e-4f) continue;
        for (uint32_t k = 0; k < s->n; k++) {
            const size_t at = (size_t)f[k] * SPLIT_LABELS + c;
            const float pull = g + 1e-5f * weights[at];
            gradients[at] += pull * pull;
            weights[at] -= rate * pull / (sqrtf(gradients[at]) + 0.1f);
        }
    }
}

static void train_weights(void)
{
    uint32_t *order = need(malloc(n_samples * sizeof *order));
    for (size_t i = 0; i < n_samples; i++)
        order[i] = (uint32_t)i;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (size_t i = n_samples - 1; i > 0; i--) {
            const uint32_t k = random_below((uint32_t)i + 1), keep = order[i];
            order[i] = order[k];
            order[k] = keep;
        }
        for (size_t i = 0; i < n_samples; i++)
            step_sample(&samples[order[i]], 0.1f / (1.0f + 0.3f * (float)epoch));
    }
    free(order);
}

/* ---- writing ---- */

static void write_part(const char *dir, const char *name, const void *at, size_t len)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(at, 1, len, file) != len || fclose(file) != 0) {
        fprintf(stderr, "split_train: %s could not be written\n", path);
        exit(1);
    }
}

static void write_weights(const char *dir)
{
    const size_t n = (size_t)SPLIT_LABELS << TABLE_BITS;
    int16_t *packed = need(malloc(n * sizeof *packed));
    for (size_t i = 0; i < n; i++) {
        const float w = weights[i] * 2048.0f;
        packed[i] = (int16_t)lrintf(w > 32767.0f ? 32767.0f : w < -32767.0f ? -32767.0f : w);
    }
    const uint32_t dim[3] = {SPLIT_VERSION, TABLE_BITS, SPLIT_LABELS};
    write_part(dir, "spl.w.2.bin", packed, n * sizeof *packed);
    write_part(dir, "spl.dim.4.bin", dim, sizeof dim);
    free(packed);
}

static int compare_words(const void *a, const void *b)
{
    return strcmp(((const struct cut_count *)a)->word, ((const struct cut_count *)b)->word);
}

/* Lists the words that are cut more often than not. A mere final "s" (a possessive without its
 * apostrophe) must be seen more often, since plurals look alike. */
static void write_cuts(const char *dir)
{
    static char text[1 << 16];
    size_t len = 0;
    qsort(types, TYPE_SLOTS, sizeof *types, compare_words);
    for (uint32_t i = 0; i < TYPE_SLOTS; i++) {
        const struct cut_count *t = &types[i];
        if (t->word[0] < 'a' || t->word[0] > 'z' || t->cut * 10 < t->seen * 6) continue;
        const bool possessive = strcmp(t->word + t->at, "s") == 0;
        if (t->cut < (strlen(t->word) < 4 ? 4u : possessive ? 3u : 2u)) continue;
        len += (size_t)snprintf(text + len, sizeof text - len, "%s\t%u\n", t->word, t->at);
    }
    write_part(dir, "spl.cut.1.bin", text, len);
}

/* The words by class, which become a section as they are. */
static void take_words(const char *path, const char *dir)
{
    dt_error err;
    struct file_map map;
    if (file_map_open(path, &map, &err) != DT_OK) {
        fprintf(stderr, "split_train: %s\n", err.text);
        exit(1);
    }
    const unsigned bad = split_words_read(&words, str_of((const char *)map.at, map.len));
    if (bad != 0) {
        fprintf(stderr, "split_train: %s:%u: this is not a class and its words\n", path, bad);
        exit(1);
    }
    write_part(dir, "spl.word.1.bin", map.at, map.len);
    file_map_close(&map);
}

int main(int argc, char **argv)
{
    struct arena arena = {0};
    if (argc < 3) {
        fprintf(stderr, "usage: split_train DIR WORDS TRAIN.conllu... | --raw GOLD.conllu\n");
        return 2;
    }
    const bool print = strcmp(argv[1], "--raw") == 0;
    types = need(calloc(TYPE_SLOTS, sizeof *types));
    if (!print) take_words(argv[2], argv[1]);
    for (int i = print ? 2 : 3; i < argc; i++)
        read_treebank(argv[i], &arena, print);
    if (!print && argc > 3) {
        weights = need(calloc((size_t)SPLIT_LABELS << TABLE_BITS, sizeof *weights));
        gradients = need(calloc((size_t)SPLIT_LABELS << TABLE_BITS, sizeof *gradients));
        train_weights();
        write_weights(argv[1]);
        write_cuts(argv[1]);
        fprintf(stderr, "%zu boundaries learned\n", n_samples);
    }
    arena_free(&arena);
    free(types);
    free(weights);
    free(gradients);
    free(samples);
    free(sample_features);
    return 0;
}
