/* lang.h - from tokens to tags, lemmas, features, a dependency tree and names.
 *
 * In: a text_layer. Out: a lang_layer, one word a token, in the document's arena. The engine is
 * net.h (the network), decode.h (trees, names), labels.h, lemma.h; its parameters are sections of
 * the model file (doc/model-format.md). Thread: one lang_scratch per thread, the model shared. */
#ifndef DETENTE_LANG_H
#define DETENTE_LANG_H

#include "base/bundle.h"
#include "base/index.h"
#include "text/text.h"

/* The universal tags and relations of UD v2; the values are used by all later stages. */
/* clang-format off */
#define UPOS_LIST(T)                                                                              \
    T(ADJ) T(ADP) T(ADV) T(AUX) T(CCONJ) T(DET) T(INTJ) T(NOUN) T(NUM) T(PART) T(PRON) T(PROPN)    \
    T(PUNCT) T(SCONJ) T(SYM) T(VERB) T(X)

#define DEP_LIST(X)                                                                               \
    X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl")        \
    X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass")    \
    X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp") X(CLF, "clf")        \
    X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj") X(COP, "cop")          \
    X(CSUBJ, "csubj") X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DET, "det")                      \
    X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated")              \
    X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj")      \
    X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod") X(NMOD_POSS, "nmod:poss")                      \
    X(NMOD_UNMARKED, "nmod:unmarked") X(NMOD_DESC, "nmod:desc") X(NSUBJ, "nsubj")                  \
    X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj")    \
    X(OBL, "obl") X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")    \
    X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(ROOT, "root")        \
    X(VOCATIVE, "vocative") X(XCOMP, "xcomp")
/* clang-format on */

#define UPOS_ENUM(name)      UPOS_##name,
#define DEP_ENUM(name, text) DEP_##name,
enum upos { UPOS_LIST(UPOS_ENUM) UPOS_COUNT };
enum dep { DEP_LIST(DEP_ENUM) DEP_COUNT }; /* an unknown subtype counts as its universal relation */

extern const char *const upos_name[UPOS_COUNT];
extern const char *const dep_name[DEP_COUNT];

enum name_type { NAME_NONE, NAME_PER, NAME_ORG, NAME_GPE, NAME_LOC, NAME_NORP };
extern const char *const name_type_name[6];

enum verb_form { VERB_NONE, VERB_PAST, VERB_PRESENT, VERB_INFINITIVE, VERB_PARTICIPLE, VERB_ING };

struct word {
    uint32_t head;      /* token index in the document; NONE for the root of a sentence */
    uint8_t upos, dep;  /* enum upos, enum dep */
    uint8_t name;       /* enum name_type of the entity that it is part of, or NAME_NONE */
    uint8_t name_begin; /* 1 on the first word of a name */
    uint16_t xpos, feats, deprel; /* label numbers of the model: lang_xpos(), lang_feats() ... */
    uint8_t verb;   /* enum verb_form, from VerbForm, Tense and Voice of the features */
    uint8_t plural; /* 1: Number=Plur */
    float score;    /* the parser's margin for `head`, 0..1 */
    struct str lemma;
};

struct lang_entity { /* a name */
    uint32_t token_begin, token_end;
    uint8_t type; /* enum name_type */
};

enum { LANG_STATE_ZERO = 32 };

struct lang_layer {
    struct word *words;           /* one for each token of the text layer */
    struct lang_entity *entities; /* in order, not overlapping */
    uint32_t n_entities;
    const uint8_t *states; /* the network's last layer, as its heads read it: for each token `width`
                              numbers from LANG_STATE_ZERO - 31 to + 31 */
    uint32_t width;
};

struct lang_model;   /* immutable, shared by threads */
struct lang_scratch; /* one per thread */

/* Reads and checks the lang sections of `bundle`, which must outlive the model. */
dt_status lang_model_new(const struct bundle *bundle, struct lang_model **out, dt_error *err);
void lang_model_free(struct lang_model *model);

dt_status lang_scratch_new(const struct lang_model *model, struct lang_scratch **out,
                           dt_error *err);
void lang_scratch_free(struct lang_scratch *scratch);

/* Analyses the whole document. False only when memory ran out. */
bool lang_analyse(const struct lang_model *model, struct lang_scratch *scratch, struct arena *arena,
                  const struct text_layer *text, struct lang_layer *out);

/* The model's own labels, borrowed from the model: "VBD", "Number=Sing" ("_" if empty), "nsubj". */
struct str lang_xpos(const struct lang_model *model, uint16_t id);
struct str lang_feats(const struct lang_model *model, uint16_t id);
struct str lang_deprel(const struct lang_model *model, uint16_t id);
/* How many numbers a word's state has. */
uint32_t lang_state_width(const struct lang_model *model);
/* The name of the kernel in use: "plain", "avx2", "avx512", "amx", "neon". */
const char *lang_kernel_name(const struct lang_model *model);
/* Takes another kernel than the best one; false if this CPU lacks it. For tests and measurements,
 * before the model is shared. The results are the same, bit by bit. */
bool lang_use_kernel(struct lang_model *model, const char *name);

#endif
