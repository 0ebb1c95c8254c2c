/* labels.h - what the numbers that the network chooses mean.
 *
 * In: the sections lab.tag, lab.name, lab.dep of the model file, text with one label a line. Out:
 * tables from label number to the enums of lang.h. Everything is checked here, once. */
#ifndef DETENTE_LABELS_H
#define DETENTE_LABELS_H

#include "lang/lang.h"
#include "lang/lemma.h"
#include "lang/net.h"

struct tag_label {
    uint16_t xpos, feats; /* numbers in labels.xpos and labels.feats */
    uint16_t lemma;       /* the tag's number for lemma_of() */
    uint8_t upos, verb, plural;
};

struct name_label {
    uint8_t type;  /* enum name_type; NAME_NONE for "O" */
    uint8_t begin; /* "B-" */
};

struct labels {
    struct tag_label *tags;               /* by label number; those of one UPOS stand together */
    uint32_t class_begin[UPOS_COUNT + 1]; /* of each such class its first tag; then the end */
    struct str *xpos, *feats;             /* distinct ones */
    struct str *deprel;                   /* by label number */
    uint8_t *dep;                         /* enum dep, by label number */
    struct name_label name[NET_MAX_NAMES];
    uint32_t n_tags, n_xpos, n_feats, n_deprel, n_names;
    uint32_t root, parataxis; /* label numbers; parataxis == root where there is none */
    void *block;
};

/* The bundle must outlive the labels. */
dt_status labels_open(const struct bundle *b, const struct net_dim *dim,
                      const struct lemma_table *lemma, struct labels *out, dt_error *err);
void labels_close(struct labels *labels);

/* The relation of a deprel such as "nmod:poss"; an unknown subtype counts as its universal
 * relation. DEP_COUNT when that is unknown, too. */
enum dep dep_of(struct str deprel);
/* UPOS_COUNT when unknown. */
enum upos upos_of(struct str tag);

#endif
