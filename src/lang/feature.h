/* feature.h - what the network sees of a word: rows of one embedding table.
 *
 * In: the form of a token and two facts about its place. Out: one row number for each kind of
 * feature. Each kind owns a range of the table, in which a hash of its text chooses the row: the
 * hashing trick (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML
 * 2009). Trainer and run time share this file, so that they cannot differ. Cost: linear in the
 * length of the form, one short hash a kind. */
#ifndef DETENTE_FEATURE_H
#define DETENTE_FEATURE_H

#include "base/str.h"

/* kind, rows. The kind's number is also the seed of its hash. After any change that gives a word
 * other rows, FEATURE_VERSION must change, too. */
#define FEATURE_LIST(X)                                                                            \
    X(FORM, 131072)  /* in lower case */                                                           \
    X(EXACT, 32768)  /* with its capitals */                                                       \
    X(PREFIX3, 4096) /* first three letters, in lower case */                                      \
    X(SUFFIX2, 1024) /* last two */                                                                \
    X(SUFFIX3, 4096)                                                                               \
    X(SUFFIX4, 8192)                                                                               \
    X(SHAPE, 512) /* Xxx, dd-dd, with the flags below */

#define FEATURE_ENUM(kind, rows) FEATURE_##kind,
#define FEATURE_SUM(kind, rows)  +(rows)
enum feature_kind { FEATURE_LIST(FEATURE_ENUM) FEATURE_COUNT };
enum { FEATURE_ROWS = 0 FEATURE_LIST(FEATURE_SUM), FEATURE_VERSION = 3 };

enum feature_flag {
    FEATURE_FIRST = 1, /* first token of its sentence */
    FEATURE_CAPS = 2   /* in a sentence written in capitals, where case says nothing */
};

/* Stores a row number of each kind in `ids`. Any bytes are a form. Digits count as 0; curly quotes,
 * dashes and the ellipsis character as their ASCII forms. */
void feature_ids(struct str form, unsigned flags, uint32_t ids[FEATURE_COUNT]);

#endif
