/* splitter.c - the trained splitter's parameters and decisions; see split.h.
 *
 * Sections: spl.dim (version, table bits, labels), spl.w (int16 weights, one row of four for each
 * slot of the table), spl.cut (lines "cannot<TAB>3": words of two that are written as one),
 * spl.word (words by class: splitword.h). */
#include <stdlib.h>

#include "base/port.h"
#include "text/split.h"

enum { CUT_SLOTS = 1024, CUT_MAX_BYTES = 16 };

struct cut {
    struct str word;
    uint32_t at;
};

struct splitter {
    const int16_t *weights; /* NULL: rules decide */
    uint32_t mask;
    uint32_t n_cuts;
    struct cut cuts[CUT_SLOTS]; /* open addressing by str_hash() */
    uint32_t last_letter[26];   /* by first letter: a bit for each last one */
    struct split_words words;
};

/* The slot of `word`, or the free one where it belongs. */
static uint32_t cut_slot(const struct splitter *splitter, struct str word)
{
    uint32_t slot = (uint32_t)str_hash(word) & (CUT_SLOTS - 1);
    while (splitter->cuts[slot].word.len != 0 && !str_eq(splitter->cuts[slot].word, word))
        slot = (slot + 1) & (CUT_SLOTS - 1);
    return slot;
}

static bool add_cut(struct splitter *splitter, struct str line)
{
    struct str word;
    long at;
    if (!str_next(&line, '\t', &word) || !str_int(line, &at)) return false;
    if (word.len < 2 || word.len >= CUT_MAX_BYTES || at < 1 || at >= (long)word.len) return false;
    if (splitter->n_cuts >= CUT_SLOTS / 2) return false;
    const char first = word.at[0], last = word.at[word.len - 1];
    if (first < 'a' || first > 'z' || last < 'a' || last > 'z') return false;
    splitter->n_cuts++;
    splitter->cuts[cut_slot(splitter, word)] = (struct cut){word, (uint32_t)at};
    splitter->last_letter[first - 'a'] |= 1u << (last - 'a');
    return true;
}

static dt_status read_cuts(struct splitter *splitter, const struct bundle *bundle, dt_error *err)
{
    struct bundle_section section;
    dt_status st = bundle_find(bundle, "spl.cut", 1, &section, err);
    if (st != DT_OK) return st;
    struct str rest = str_of(section.at, section.len), line;
    for (unsigned n = 1; str_next(&rest, '\n', &line); n++)
        if (line.len != 0 && !add_cut(splitter, line))
            return err_set(err, DT_E_MODEL_CORRUPT, 0,
                           "%s: line %u of section spl.cut was not a word and a number",
                           bundle->name, n);
    return DT_OK;
}

static dt_status read_weights(struct splitter *splitter, const struct bundle *bundle, dt_error *err)
{
    struct bundle_section dim, weights;
    dt_status st = bundle_find(bundle, "spl.dim", 4, &dim, err);
    if (st == DT_OK) st = bundle_find(bundle, "spl.w", 2, &weights, err);
    if (st != DT_OK) return st;
    const uint32_t *d = dim.at;
    if (dim.count < 3 || d[0] != SPLIT_VERSION || d[2] != SPLIT_LABELS)
        return err_set(err, DT_E_MODEL_VERSION, 0,
                       "%s: section spl.dim was made for another splitter", bundle->name);
    if (d[1] < 1 || d[1] > 24 || weights.count != (size_t)SPLIT_LABELS << d[1])
        return err_set(err, DT_E_MODEL_CORRUPT, 0, "%s: section spl.w had %zu weights",
                       bundle->name, weights.count);
    splitter->mask = (1u << d[1]) - 1;
    splitter->weights = weights.at;
    return DT_OK;
}

static dt_status read_words(struct splitter *splitter, const struct bundle *bundle, dt_error *err)
{
    struct bundle_section section;
    if (!bundle_has(bundle, "spl.word"))
        return err_set(err, DT_E_MODEL_CORRUPT, 0,
                       "%s has no section spl.word, the words that its splitter was trained with; "
                       "it was made before the model file held them",
                       bundle->name);
    dt_status st = bundle_find(bundle, "spl.word", 1, &section, err);
    if (st != DT_OK) return st;
    const unsigned bad = split_words_read(&splitter->words, str_of(section.at, section.len));
    if (bad == 0) return DT_OK;
    return err_set(err, DT_E_MODEL_CORRUPT, 0,
                   "%s: line %u of section spl.word was not a class and its words", bundle->name,
                   bad);
}

dt_status splitter_new(const struct bundle *bundle, struct splitter **out, dt_error *err)
{
    *out = NULL;
    const bool trained = bundle_has(bundle, "spl.dim");
    if (!trained && !bundle_has(bundle, "spl.word")) return DT_OK;
    struct splitter *splitter = calloc(1, sizeof *splitter);
    if (splitter == NULL) return err_nomem(err);
    dt_status st = read_words(splitter, bundle, err);
    if (st == DT_OK && trained) st = read_weights(splitter, bundle, err);
    if (st == DT_OK && trained) st = read_cuts(splitter, bundle, err);
    if (st == DT_OK)
        *out = splitter;
    else
        splitter_free(splitter);
    return st;
}

void splitter_free(struct splitter *splitter)
{
    free(splitter);
}

/* The best label; a boundary with blanks can only part words or sentences. */
static uint8_t decide(const struct splitter *splitter, struct split_walk *walk, uint32_t i)
{
    uint32_t features[SPLIT_FEATURES];
    int32_t sum[SPLIT_LABELS] = {0};
    const uint32_t n = split_features(walk, i, features);
    uint8_t known;
    if (split_known(walk, i, &known)) return known;
    for (uint32_t k = 0; k < n; k++) {
        const int16_t *row =
            splitter->weights + (size_t)(features[k] & splitter->mask) * SPLIT_LABELS;
        for (int label = 0; label < SPLIT_LABELS; label++)
            sum[label] += row[label];
    }
    if (walk->atoms[i].gap != 0)
        return sum[SPLIT_SENTENCE] > sum[SPLIT_WORD] ? SPLIT_SENTENCE : SPLIT_WORD;
    uint8_t best = 0;
    for (uint8_t label = 1; label < SPLIT_LABELS; label++)
        if (sum[label] > sum[best]) best = label;
    return best;
}

void split_paragraph(const struct splitter *splitter, struct str text, const struct atom *atoms,
                     uint32_t begin, uint32_t end, uint8_t *labels)
{
    struct split_walk walk;
    split_begin(&walk, splitter != NULL ? &splitter->words : NULL, text, atoms, begin, end);
    const bool trained = splitter != NULL && splitter->weights != NULL;
    for (uint32_t i = begin; i + 1 < end; i++) {
        uint8_t label;
        if (!split_trivial(&walk, i, &label))
            label = trained ? decide(splitter, &walk, i) : split_rule(&walk, i);
        labels[i] = label;
        split_step(&walk, i, label);
    }
    if (begin < end) labels[end - 1] = SPLIT_SENTENCE;
}

uint32_t split_inside(const struct splitter *splitter, struct str atom)
{
    if (splitter == NULL || atom.len < 2 || atom.len >= CUT_MAX_BYTES) return 0;
    const unsigned first = (unsigned)(atom.at[0] | 32) - 'a';
    const unsigned last = (unsigned)(atom.at[atom.len - 1] | 32) - 'a';
    if (first >= 26 || last >= 26 || (splitter->last_letter[first] >> last & 1) == 0) return 0;
    char low[CUT_MAX_BYTES];
    for (size_t i = 0; i < atom.len; i++)
        low[i] = (char)(atom.at[i] >= 'A' && atom.at[i] <= 'Z' ? atom.at[i] | 32 : atom.at[i]);
    const struct cut *cut = &splitter->cuts[cut_slot(splitter, str_of(low, atom.len))];
    return cut->word.len != 0 ? cut->at : 0;
}
