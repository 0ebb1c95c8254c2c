/* lemma_train.c - learns the lemma rules of lemma.h from a treebank.
 *
 *     lemma_train DIR [TEST.conllu] < TRAIN.conllu
 *
 * In: CoNLL-U on standard input. Out: the sections lem.key, lem.edit, lem.str and lem.tag, a file
 * each, in DIR; with TEST, the share of its words that get their lemma, by their gold tags.
 * Algorithm: every (tag, form) votes once, with its commonest edit, for each of its endings; an
 * ending becomes a rule when most of its votes, of at least two words, agree and shorter endings
 * do not say the same already; words that the rules get wrong are listed whole. n log n. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/lemma.h"

enum {
    MAX_TAGS = 1000,
    MAX_EDITS = 1 << 16,
    NO_EDIT = MAX_EDITS,
    MAX_RULES = 1 << 20, /* slots of the table while learning */
    LINE_MAX_BYTES = 1 << 16
};

struct sample { /* one word of the treebank, later one type */
    uint64_t key;
    uint32_t edit;
    uint32_t tag;
    char *form;
};

struct vote {
    uint64_t key;
    uint32_t edit; /* NO_EDIT when the ending is too short for it */
    uint32_t sample;
};

static struct sample *samples;
static size_t n_samples, cap_samples;
static struct lemma_edit edits[MAX_EDITS];
static uint32_t n_edits;
static char text[1 << 20];
static size_t text_len;
static char tags[MAX_TAGS * 16];
static size_t tags_len;
static struct lemma_rule *rules;
static uint64_t *rule_keys; /* in the order of learning */
static size_t n_rules;
static struct lemma_table table;

static void fail(const char *what)
{
    fprintf(stderr, "lemma_train: %s\n", what);
    exit(1);
}

static void *more(void *at, size_t bytes)
{
    void *bigger = realloc(at, bytes);
    if (bigger == NULL) fail("memory ran out");
    return bigger;
}

static uint32_t tag_number(struct str tag)
{
    table.tags = str_of(tags, tags_len);
    uint32_t found = lemma_tag(&table, tag);
    if (found != LEMMA_NO_TAG) return found;
    if (tags_len + tag.len + 1 > sizeof tags) fail("too many tags");
    memcpy(tags + tags_len, tag.at, tag.len);
    tags_len += tag.len;
    tags[tags_len++] = '\n';
    table.tags = str_of(tags, tags_len);
    return lemma_tag(&table, tag);
}

static uint32_t append_offset(struct str s)
{
    for (size_t i = 0; i + s.len <= text_len; i++) {
        if (memcmp(text + i, s.at, s.len) == 0) return (uint32_t)i;
    }
    if (text_len + s.len > sizeof text) fail("too much text to append");
    memcpy(text + text_len, s.at, s.len);
    text_len += s.len;
    table.text = str_of(text, text_len);
    return (uint32_t)(text_len - s.len);
}

static uint32_t edit_number(struct lemma_edit e)
{
    for (uint32_t i = 0; i < n_edits; i++) {
        if (memcmp(&edits[i], &e, sizeof e) == 0) return i;
    }
    if (n_edits == MAX_EDITS) fail("too many edits");
    edits[n_edits] = e;
    return n_edits++;
}

/* The cheapest edit from the form to the lemma: fewest bytes cut and appended. */
static uint32_t edit_between(const struct lemma_word *word, struct str lemma)
{
    struct lemma_edit best = {0};
    size_t best_cost = SIZE_MAX, best_common = 0;
    for (int c = LEMMA_KEEP; c <= LEMMA_CAPITAL; c++) {
        char base[8 * LEMMA_WORD_MAX + 8];
        struct lemma_edit e = {.letter_case = (uint8_t)c};
        size_t len = lemma_apply(&table, &e, word, base), common = 0;
        while (common < len && common < lemma.len && base[common] == lemma.at[common])
            common++;
        while (common > 0 && ((unsigned char)lemma.at[common] & 0xC0) == 0x80 && common < lemma.len)
            common--; /* not inside a character */
        size_t cost = len - common + lemma.len - common;
        if (cost < best_cost && len - common < 256) {
            best_cost = cost;
            best_common = common;
            e.cut = (uint8_t)(len - common);
            best = e;
        }
    }
    struct str appended = str_cut(lemma, best_common, lemma.len);
    best.append_len = (uint16_t)appended.len;
    best.append = append_offset(appended);
    return edit_number(best);
}

struct columns {
    struct str form, lemma, xpos;
};

/* Reads the next word line; false at the end. */
static bool next_word(FILE *file, char *line, struct columns *c)
{
    while (fgets(line, LINE_MAX_BYTES, file) != NULL) {
        struct str rest = str_trim(str_c(line)), column[10];
        size_t n = 0, begin = 0;
        if (rest.len == 0 || rest.at[0] == '#') continue;
        for (; n < 10 && begin <= rest.len; n++) {
            size_t end = str_find(rest, '\t', begin);
            column[n] = str_cut(rest, begin, end);
            begin = end + 1;
        }
        long id;
        if (n < 10 || !str_int(column[0], &id)) continue;
        if (str_eq(column[2], STR("_")) && !str_eq(column[1], STR("_"))) continue; /* not given */
        *c = (struct columns){column[1], column[2], column[4]};
        return true;
    }
    return false;
}

static char *copy_of(struct str s)
{
    char *copy = more(NULL, s.len + 1);
    memcpy(copy, s.at, s.len);
    copy[s.len] = '\0';
    return copy;
}

static void read_samples(FILE *file)
{
    static char line[LINE_MAX_BYTES];
    struct columns c;
    while (next_word(file, line, &c)) {
        struct lemma_word word;
        uint32_t tag = tag_number(c.xpos);
        if (!lemma_prepare(&word, tag, c.form) || c.lemma.len > LEMMA_WORD_MAX) continue;
        if (n_samples == cap_samples) {
            cap_samples = cap_samples == 0 ? 1024 : 2 * cap_samples;
            samples = more(samples, cap_samples * sizeof *samples);
        }
        samples[n_samples++] =
            (struct sample){word.word_key, edit_between(&word, c.lemma), tag, copy_of(c.form)};
    }
}

static int by_key_and_edit(const void *a, const void *b)
{
    const struct sample *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->edit != y->edit) return x->edit < y->edit ? -1 : 1;
    return strcmp(x->form, y->form);
}

/* Keeps one sample of each (tag, form) with its commonest edit. */
static void keep_types(void)
{
    size_t n = 0;
    qsort(samples, n_samples, sizeof *samples, by_key_and_edit);
    for (size_t i = 0; i < n_samples;) {
        size_t best = i, best_count = 0, key_end = i;
        while (key_end < n_samples && samples[key_end].key == samples[i].key) {
            size_t end = key_end;
            while (end < n_samples && samples[end].key == samples[i].key &&
                   samples[end].edit == samples[key_end].edit)
                end++;
            if (end - key_end > best_count) {
                best_count = end - key_end;
                best = key_end;
            }
            key_end = end;
        }
        samples[n++] = samples[best];
        i = key_end;
    }
    n_samples = n;
}

static void insert_rule(struct lemma_rule *into, uint32_t mask, uint64_t key, uint32_t edit)
{
    uint32_t i = lemma_slot_of(key) & mask;
    while (into[i].check != 0)
        i = (i + 1) & mask;
    into[i] = (struct lemma_rule){lemma_check_of(key), edit};
}

static void add_rule(uint64_t key, uint32_t edit)
{
    if (n_rules >= MAX_RULES / 2) fail("too many rules for the table");
    insert_rule(rules, table.mask, key, edit);
    rule_keys[n_rules++] = key;
}

/* The table as small as keeps it half empty. */
static void shrink_table(void)
{
    uint32_t size = 16;
    while (size < 2 * n_rules)
        size *= 2;
    struct lemma_rule *small = calloc(size, sizeof *small);
    if (small == NULL) fail("memory ran out");
    for (size_t i = 0; i < n_rules; i++)
        insert_rule(small, size - 1, rule_keys[i], lemma_probe(&table, rule_keys[i]));
    free(rules);
    rules = small;
    table.rules = small;
    table.mask = size - 1;
}

/* What the endings of up to `longest` bytes say so far. */
static uint32_t rule_for(const struct lemma_word *word, size_t longest)
{
    for (size_t m = longest + 1; m-- > 0;) {
        uint32_t found = m <= word->endings ? lemma_probe(&table, word->keys[m]) : UINT32_MAX;
        if (found != UINT32_MAX) return found;
    }
    return UINT32_MAX;
}

static void prepare_sample(const struct sample *s, struct lemma_word *word)
{
    if (!lemma_prepare(word, s->tag, str_c(s->form))) fail("a word grew");
}

static int vote_order(const void *a, const void *b)
{
    const struct vote *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->edit != y->edit) return x->edit < y->edit ? -1 : 1;
    return x->sample < y->sample ? -1 : x->sample > y->sample;
}

/* Decides on one ending: votes [begin, end). */
static void count_votes(const struct vote *votes, size_t begin, size_t end, size_t m)
{
    size_t best = begin, best_count = 0;
    for (size_t i = begin; i < end;) {
        size_t j = i;
        while (j < end && votes[j].edit == votes[i].edit)
            j++;
        if (votes[i].edit != NO_EDIT && j - i > best_count) {
            best = i;
            best_count = j - i;
        }
        i = j;
    }
    struct lemma_word word;
    if (best_count < 2 || 2 * best_count <= end - begin) return;
    prepare_sample(&samples[votes[best].sample], &word);
    if (m > 0 && rule_for(&word, m - 1) == votes[best].edit) return;
    add_rule(votes[best].key, votes[best].edit);
}

static void learn_endings(size_t m)
{
    struct vote *votes = more(NULL, n_samples * sizeof *votes);
    size_t n = 0;
    for (size_t i = 0; i < n_samples; i++) {
        struct lemma_word word;
        prepare_sample(&samples[i], &word);
        if (m > word.endings) continue;
        bool usable = edits[samples[i].edit].cut <= m;
        votes[n++] = (struct vote){word.keys[m], usable ? samples[i].edit : NO_EDIT, (uint32_t)i};
    }
    qsort(votes, n, sizeof *votes, vote_order);
    for (size_t i = 0; i < n;) {
        size_t j = i;
        while (j < n && votes[j].key == votes[i].key)
            j++;
        count_votes(votes, i, j, m);
        i = j;
    }
    free(votes);
}

static void learn_words(void)
{
    for (size_t i = 0; i < n_samples; i++) {
        struct lemma_word word;
        prepare_sample(&samples[i], &word);
        if (rule_for(&word, LEMMA_ENDING) != samples[i].edit)
            add_rule(word.word_key, samples[i].edit);
    }
}

static void write_section(const char *dir, const char *name, const void *at, size_t bytes)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s.bin", dir, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(at, 1, bytes, file) != bytes || fclose(file) != 0) {
        perror(path);
        exit(1);
    }
}

static void measure(const char *path)
{
    static char line[LINE_MAX_BYTES];
    FILE *file = fopen(path, "r");
    struct arena arena = {0};
    struct lemma_room room = {.arena = &arena};
    struct columns c;
    size_t right = 0, n = 0;
    if (file == NULL) fail("the test file could not be opened");
    while (next_word(file, line, &c)) {
        right += str_eq(lemma_of(&table, lemma_tag(&table, c.xpos), c.form, &room), c.lemma);
        n++;
    }
    printf("%s: %zu of %zu lemmas right, %.2f %%\n", path, right, n,
           n > 0 ? 100.0 * (double)right / (double)n : 0.0);
    (void)fclose(file);
    arena_free(&arena);
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: lemma_train DIR [TEST.conllu] < TRAIN.conllu\n");
        return 2;
    }
    rules = calloc(MAX_RULES, sizeof *rules);
    rule_keys = calloc(MAX_RULES / 2, sizeof *rule_keys);
    if (rules == NULL || rule_keys == NULL) fail("memory ran out");
    table = (struct lemma_table){.rules = rules, .mask = MAX_RULES - 1, .edits = edits};
    read_samples(stdin);
    keep_types();
    for (size_t m = 0; m <= LEMMA_ENDING; m++)
        learn_endings(m);
    learn_words();
    table.n_edits = n_edits;
    shrink_table();
    write_section(argv[1], "lem.key.4", rules, ((size_t)table.mask + 1) * sizeof *rules);
    write_section(argv[1], "lem.edit.4", edits, n_edits * sizeof *edits);
    write_section(argv[1], "lem.str.1", text, text_len);
    write_section(argv[1], "lem.tag.1", tags, tags_len);
    fprintf(stderr, "lemma_train: %zu types, %zu rules and words, %u edits\n", n_samples, n_rules,
            n_edits);
    if (argc == 3) measure(argv[2]);
    return 0;
}
