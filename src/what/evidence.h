/* evidence.h - what speaks for an event at a word, and for an actor as its source or target.
 *
 * Each piece of evidence is a row of a table of learned numbers: "the lemma is bomb", "the object's
 * lemma is embassy", "the frame assault/bomb fired here", "the actor is its subject". Rows are
 * found by hash, so the number of different pieces is not limited. The same code gives the trainer
 * its input (train/evidence_dump.c) and the run time its scores (scorer.h). Method: sparse features
 * with embeddings, as in Chen & Manning, "A Fast and Accurate Dependency Parser using Neural
 * Networks", EMNLP 2014, over the tree instead of a parser's stack. */
#ifndef DETENTE_EVIDENCE_H
#define DETENTE_EVIDENCE_H

#include "what/what.h"

enum { EVIDENCE_VERSION = 4, EVIDENCE_MOST = 256 };

/* What the frames say of a word. */
struct frame_word {
    uint32_t frame;   /* the record that fired at it, or NONE */
    uint32_t event;   /* the event of the layer whose trigger or operator it is, or NONE */
    uint8_t result;   /* enum attempt_result, where a frame fired */
    uint8_t operator; /* 1: it is an operator of that event */
};

/* Of what kind the rows of a word are, in their order; for `explain`. */
#define EVIDENCE_GROUPS(X)                                                                         \
    X(WORD, "the word")                                                                            \
    X(FRAMES, "the codebook")                                                                      \
    X(NEAR, "the words beside it")                                                                 \
    X(ABOVE, "the words above it")                                                                 \
    X(ARGUMENTS, "subject and object")                                                             \
    X(MODALITY, "its form")                                                                        \
    X(SETTING, "the setting")                                                                      \
    X(BELOW, "the words below it")                                                                 \
    X(MEANING, "words that mean like things")
#define EVIDENCE_GROUP_ENUM(name, text) EVIDENCE_##name,
enum evidence_group { EVIDENCE_GROUPS(EVIDENCE_GROUP_ENUM) EVIDENCE_GROUP_COUNT };
extern const char *const evidence_group_text[EVIDENCE_GROUP_COUNT];

struct evidence {
    uint32_t n;
    uint32_t end[EVIDENCE_GROUP_COUNT]; /* of a word's evidence: where each group ends */
    uint32_t at[EVIDENCE_MOST];         /* hashes of 32 bits */
};

/* The countries that a story names, in order of their first mention: those from which people whose
 * country is left out may be. */
enum { HOMES_MOST = 16 };
struct evidence_homes {
    uint32_t n;
    const char *country[HOMES_MOST];
    uint32_t count[HOMES_MOST];
};

/* The sentence that is being read. */
struct evidence_view {
    const struct what_input *in;
    const struct what_layer *what;   /* events of the frames so far */
    const struct frame_word *spoken; /* for each token of the document */
    const uint32_t *saying_at;       /* for each token, or NONE */
    uint32_t sentence, begin, end;   /* tokens */
    const uint32_t *parties; /* actors that may be source or target: of the sentence before, */
    uint32_t n_earlier;      /* so many of them, of this one, */
    uint32_t n_parties;      /* so many with these, and of the sentence behind it */
    uint32_t n_all;          /* so many with those, too */
    const struct evidence_homes *homes;
};

/* For trainers: shows each sentence after the frames have read it. */
struct evidence_sink {
    void (*take)(void *context, const struct evidence_view *view);
    void *context;
    const struct meanings *meanings; /* NULL: none */
};

/* Whether an event may be named by the token: verbs, nouns, adjectives, words of the codebook. */
bool evidence_is_candidate(const struct evidence_view *v, uint32_t token);
/* Whether an actor may be source or target: it has a code or is a person or of a sector, and is no
 * part of a larger mention. */
bool evidence_is_party(const struct what_input *in, uint32_t actor);
/* What the sentence is about: its content words, as many as there is room for. */
void evidence_of_sentence(const struct evidence_view *v, struct evidence *out);
void evidence_of_word(const struct evidence_view *v, uint32_t token, struct evidence *out);
/* Whether the party may play a part in an event that the token names: those of the sentences before
 * and behind it by name only. */
bool evidence_fits(const struct evidence_view *v, uint32_t place, uint32_t token);
/* Whether an actor's country is to be found: its words do not say it, or it is a group that fights
 * in many (code IMG). */
bool evidence_is_homeless(const struct actor *a);
void evidence_list_homes(const struct what_input *in, struct evidence_homes *out);
/* For the country `home` (an index, or HOMES_MOST: none of them) as that of an actor whose country
 * is left out, on that side (0 source, 1 target) of an event of that type. `other`: an actor of the
 * other side, or NONE. */
void evidence_of_home(const struct evidence_view *v, uint32_t token, uint32_t actor, uint32_t side,
                      uint32_t type, uint32_t home, uint32_t other, struct evidence *out);
/* For the sector of an actor on that side. */
void evidence_of_sector(const struct evidence_view *v, uint32_t token, uint32_t actor,
                        uint32_t side, uint32_t type, uint32_t other, struct evidence *out);
/* For the actor as source or target of an event of type `type` (a number of the model) that the
 * token names. */
void evidence_of_party(const struct evidence_view *v, uint32_t token, uint32_t actor, uint32_t type,
                       struct evidence *out);
/* For nobody in the text as source or target of it. */
void evidence_of_nobody(const struct evidence_view *v, uint32_t token, uint32_t type,
                        struct evidence *out);

#endif
