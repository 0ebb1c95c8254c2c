/* split.h - the trained splitter: what happens between two neighbouring atoms.
 *
 * In: the atoms of one paragraph, left to right. Out: one label for each boundary. A linear
 * classifier over hashed features of up to three atoms on each side, their gaps, the state of
 * quotes and brackets, and the labels so far. The trainer (train/split_train.c) uses the functions
 * below, so that training and run time cannot differ. Without a model, rules decide. */
#ifndef DETENTE_SPLIT_H
#define DETENTE_SPLIT_H

#include "base/bundle.h"
#include "text/splitword.h"
#include "text/text.h"

enum split_label { SPLIT_JOIN, SPLIT_WORD, SPLIT_GLUED, SPLIT_SENTENCE, SPLIT_LABELS };

enum {
    SPLIT_VERSION = 1,   /* of the features */
    SPLIT_FEATURES = 32, /* at most, for one boundary */
    SPLIT_RING = 8       /* atoms described at a time */
};

/* An atom as the features see it. */
struct split_peek {
    uint32_t index; /* of the atom + 1; 0: nothing here yet */
    uint32_t
        form; /* hash of the lower-case form; curly quotes as straight ones; digits as a shape */
    uint8_t shape;
    uint8_t chunk; /* kind of the blank-free run that it stands in: link, address ... */
    uint8_t word;  /* enum split_class: title, month ... */
};

/* A walk over the atoms [begin, end) of one paragraph. */
struct split_walk {
    const struct split_words *words; /* NULL: no word has a class */
    struct str text;
    const struct atom *atoms;
    uint32_t begin, end;
    uint32_t chunk_end; /* end of the blank-free run whose kind is known */
    uint8_t chunk;
    uint8_t last;           /* label before the present boundary */
    uint8_t quote, bracket; /* open in this paragraph */
    uint8_t run;            /* equal characters in a row up to the left atom */
    uint32_t since;         /* atoms since the sentence began */
    struct split_peek ring[SPLIT_RING];
};

void split_begin(struct split_walk *walk, const struct split_words *words, struct str text,
                 const struct atom *atoms, uint32_t begin, uint32_t end);
/* True when the label of the boundary after atom i is plain to see; it goes to *label. */
bool split_trivial(const struct split_walk *walk, uint32_t i, uint8_t *label);
/* Fills `features` with hashes for the boundary after atom i and returns their number. */
uint32_t split_features(struct split_walk *walk, uint32_t i, uint32_t features[SPLIT_FEATURES]);
/* After split_features(): true where a rule knows better than the classifier, as it does of links,
 * titles and hyphens. The label goes to *label. */
bool split_known(struct split_walk *walk, uint32_t i, uint8_t *label);
/* The label that rules give to the boundary after atom i, for want of a model. */
uint8_t split_rule(struct split_walk *walk, uint32_t i);
/* Tells the walk the label of the boundary after atom i; call it for each in order. */
void split_step(struct split_walk *walk, uint32_t i, uint8_t label);

/* Reads and checks the sections spl.*; the bundle must outlive the splitter. Where it has only the
 * words (spl.word), rules decide; where it has no section of these, *out is NULL. */
dt_status splitter_new(const struct bundle *bundle, struct splitter **out, dt_error *err);
void splitter_free(struct splitter *splitter);

/* Labels the boundary after each atom of [begin, end); the last one is a sentence's end. */
void split_paragraph(const struct splitter *splitter, struct str text, const struct atom *atoms,
                     uint32_t begin, uint32_t end, uint8_t *labels);
/* Bytes of the first of two words that stand in one atom ("can|not"), or 0. */
uint32_t split_inside(const struct splitter *splitter, struct str atom);

#endif
