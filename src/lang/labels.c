/* labels.c - reading the label lists; see labels.h. Distinct tags and features are found by
 * comparing all with all: a few hundred labels, once. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "lang/labels.h"

#define UPOS_NAME(name)      #name,
#define DEP_NAME(name, text) text,
const char *const upos_name[UPOS_COUNT] = {UPOS_LIST(UPOS_NAME)};
const char *const dep_name[DEP_COUNT] = {DEP_LIST(DEP_NAME)};
const char *const name_type_name[6] = {"", "PER", "ORG", "GPE", "LOC", "NORP"};

enum { LABEL_MAX_LEN = 400 };

struct label_reader {
    const struct bundle *bundle;
    dt_error *err;
};

enum upos upos_of(struct str tag)
{
    for (int i = 0; i < UPOS_COUNT; i++) {
        if (str_eq(tag, str_c(upos_name[i]))) return (enum upos)i;
    }
    return UPOS_COUNT;
}

enum dep dep_of(struct str deprel)
{
    for (int i = 0; i < DEP_COUNT; i++) {
        if (str_eq(deprel, str_c(dep_name[i]))) return (enum dep)i;
    }
    size_t colon = str_find(deprel, ':', 0);
    return colon < deprel.len ? dep_of(str_cut(deprel, 0, colon)) : DEP_COUNT;
}

static dt_status bad_label(const struct label_reader *r, const char *tag, struct str label)
{
    return err_set(r->err, DT_E_MODEL_CORRUPT, 0, "%s: section %s held the unknown label '%.*s'",
                   r->bundle->name, tag, (int)(label.len < 60 ? label.len : 60), label.at);
}

/* Splits a section into exactly `count` lines of plain text. */
static dt_status read_lines(const struct label_reader *r, const char *tag, uint32_t count,
                            struct str *out)
{
    struct bundle_section s;
    dt_status st = bundle_find(r->bundle, tag, 1, &s, r->err);
    if (st != DT_OK) return st;
    struct str text = str_of(s.at, s.len);
    if (text.len > 0 && text.at[text.len - 1] == '\n') text.len--;
    bool ok = utf8_valid_len(text) == text.len;
    size_t begin = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (begin > text.len) ok = false;
        if (!ok) break;
        size_t end = str_find(text, '\n', begin);
        out[i] = str_cut(text, begin, end);
        ok = out[i].len > 0 && out[i].len <= LABEL_MAX_LEN;
        begin = end + 1;
    }
    if (ok && begin == text.len + 1) return DT_OK;
    return err_set(r->err, DT_E_MODEL_CORRUPT, 0, "%s: section %s was not a list of %u labels",
                   r->bundle->name, tag, (unsigned)count);
}

/* Index of s in the list, to which it is added if new. */
static uint16_t intern(struct str *list, uint32_t *n, struct str s)
{
    uint32_t i = 0;
    while (i < *n && !str_eq(list[i], s))
        i++;
    if (i == *n) list[(*n)++] = s;
    return (uint16_t)i;
}

static bool has_feature(struct str feats, struct str feature)
{
    struct str one;
    while (feats.len > 0 && str_next(&feats, '|', &one)) {
        if (str_eq(one, feature)) return true;
    }
    return false;
}

/* By the features, or by the Penn tag where a treebank has none. */
static enum verb_form verb_form_of(enum upos upos, struct str xpos, struct str feats)
{
    static const struct {
        const char *tag;
        enum verb_form form;
    } penn[] = {{"VBD", VERB_PAST},      {"VBP", VERB_PRESENT}, {"VBZ", VERB_PRESENT},
                {"VB", VERB_INFINITIVE}, {"MD", VERB_PRESENT},  {"VBN", VERB_PARTICIPLE},
                {"VBG", VERB_ING}};
    if (upos != UPOS_VERB && upos != UPOS_AUX) return VERB_NONE;
    if (has_feature(feats, STR("VerbForm=Inf")) || has_feature(feats, STR("Mood=Imp")))
        return VERB_INFINITIVE;
    if (has_feature(feats, STR("VerbForm=Ger"))) return VERB_ING;
    if (has_feature(feats, STR("VerbForm=Part")))
        return has_feature(feats, STR("Tense=Pres")) ? VERB_ING : VERB_PARTICIPLE;
    if (has_feature(feats, STR("VerbForm=Fin")))
        return has_feature(feats, STR("Tense=Past")) ? VERB_PAST : VERB_PRESENT;
    for (size_t i = 0; i < sizeof penn / sizeof *penn; i++) {
        if (str_eq(xpos, str_c(penn[i].tag))) return penn[i].form;
    }
    return VERB_NONE;
}

static dt_status read_tags(const struct label_reader *r, const struct lemma_table *lemma,
                           struct labels *out, struct str *lines)
{
    dt_status st = read_lines(r, "lab.tag", out->n_tags, lines);
    for (uint32_t i = 0; st == DT_OK && i < out->n_tags; i++) {
        size_t one = str_find(lines[i], '\t', 0);
        size_t two = one < lines[i].len ? str_find(lines[i], '\t', one + 1) : lines[i].len;
        if (two >= lines[i].len) return bad_label(r, "lab.tag", lines[i]);
        enum upos upos = upos_of(str_cut(lines[i], 0, one));
        struct str xpos = str_cut(lines[i], one + 1, two);
        struct str feats = str_cut(lines[i], two + 1, lines[i].len);
        if (upos == UPOS_COUNT || xpos.len == 0 || feats.len == 0)
            return bad_label(r, "lab.tag", lines[i]);
        out->tags[i] = (struct tag_label){
            .xpos = intern(out->xpos, &out->n_xpos, xpos),
            .feats = intern(out->feats, &out->n_feats, feats),
            .lemma = (uint16_t)lemma_tag(lemma, xpos),
            .upos = (uint8_t)upos,
            .verb = (uint8_t)verb_form_of(upos, xpos, feats),
            .plural = has_feature(feats, STR("Number=Plur")),
        };
    }
    return st;
}

/* Where the tags of each UPOS begin. */
static dt_status find_classes(const struct label_reader *r, size_t classes, struct labels *out)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < out->n_tags; i++) {
        if (i > 0 && out->tags[i].upos == out->tags[i - 1].upos) continue;
        if (n < UPOS_COUNT) out->class_begin[n] = i;
        n++;
    }
    if (n != classes || n > UPOS_COUNT)
        return err_set(r->err, DT_E_MODEL_CORRUPT, 0,
                       "%s: section lab.tag had %u groups of tags instead of %zu", r->bundle->name,
                       (unsigned)n, classes);
    out->class_begin[n] = out->n_tags;
    return DT_OK;
}

static dt_status read_names(const struct label_reader *r, struct labels *out, struct str *lines)
{
    dt_status st = read_lines(r, "lab.name", out->n_names, lines);
    for (uint32_t i = 0; st == DT_OK && i < out->n_names; i++) {
        struct str s = lines[i];
        uint8_t type = NAME_NONE;
        bool begin = str_starts(s, STR("B-"));
        if (begin || str_starts(s, STR("I-"))) {
            for (uint8_t t = NAME_PER; t <= NAME_NORP; t++) {
                if (str_eq(str_cut(s, 2, s.len), str_c(name_type_name[t]))) type = t;
            }
        }
        if (type == NAME_NONE && !str_eq(s, STR("O"))) return bad_label(r, "lab.name", s);
        out->name[i] = (struct name_label){type, begin};
    }
    return st;
}

static dt_status read_deprels(const struct label_reader *r, struct labels *out)
{
    dt_status st = read_lines(r, "lab.dep", out->n_deprel, out->deprel);
    out->root = out->parataxis = NONE;
    for (uint32_t i = 0; st == DT_OK && i < out->n_deprel; i++) {
        enum dep dep = dep_of(out->deprel[i]);
        if (dep == DEP_COUNT) return bad_label(r, "lab.dep", out->deprel[i]);
        out->dep[i] = (uint8_t)dep;
        if (dep == DEP_ROOT) out->root = i;
        if (dep == DEP_PARATAXIS && out->parataxis == NONE) out->parataxis = i;
    }
    if (st == DT_OK && out->root == NONE)
        return err_set(r->err, DT_E_MODEL_CORRUPT, 0, "%s: section lab.dep lacked the label 'root'",
                       r->bundle->name);
    if (out->parataxis == NONE) out->parataxis = out->root;
    return st;
}

dt_status labels_open(const struct bundle *b, const struct net_dim *dim,
                      const struct lemma_table *lemma, struct labels *out, dt_error *err)
{
    const struct label_reader r = {b, err};
    const size_t tags = dim->tags, deprels = dim->deprels;
    const size_t lines = tags > dim->names ? tags : dim->names;
    *out = (struct labels){.n_tags = dim->tags, .n_deprel = dim->deprels, .n_names = dim->names};
    unsigned char *at = calloc(1, (lines + 2 * tags + deprels) * sizeof(struct str) +
                                      tags * sizeof(struct tag_label) + deprels);
    if (at == NULL) return err_nomem(err);
    out->block = at;
    struct str *scratch = (struct str *)(void *)at;
    out->xpos = scratch + lines;
    out->feats = out->xpos + tags;
    out->deprel = out->feats + tags;
    out->tags = (struct tag_label *)(void *)(out->deprel + deprels);
    out->dep = (uint8_t *)(out->tags + tags);
    dt_status st = read_tags(&r, lemma, out, scratch);
    if (st == DT_OK) st = find_classes(&r, dim->classes, out);
    if (st == DT_OK) st = read_names(&r, out, scratch);
    if (st == DT_OK) st = read_deprels(&r, out);
    if (st != DT_OK) labels_close(out);
    return st;
}

void labels_close(struct labels *labels)
{
    free(labels->block);
    *labels = (struct labels){0};
}
