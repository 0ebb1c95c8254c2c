/* cueword.h - the words that tell of saying and thinking, with what each may take.
 *
 * Lemmas, sorted by bytes (a test checks it). What a word takes decides where the content is looked
 * for: a clause ("said that ..."), an infinitive ("vowed to ..."), an object ("denied the charge"),
 * a quotation beside it, a preposition ("called for a truce"); nouns and adjectives take clauses.
 * Classes after Pareti (2015), whose cues include thought ("believes") beside speech. */
#ifndef DETENTE_CUEWORD_H
#define DETENTE_CUEWORD_H

#include "base/shortword.h"

enum cue_flag {
    CUE_CLAUSE = 1,
    CUE_TO = 2,
    CUE_OBJECT = 4,
    CUE_QUOTE = 8,
    CUE_PREP = 16,
    CUE_NOUN = 32,
    CUE_ADJ = 64
};

/* lemma, flags */
/* clang-format off */
#define CUE_WORDS(X)                                                                              \
    X("accusation", CUE_NOUN) X("accuse", CUE_OBJECT)                                             \
    X("acknowledge", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("adamant", CUE_ADJ)                   \
    X("add", CUE_CLAUSE | CUE_QUOTE) X("admission", CUE_NOUN)                                     \
    X("admit", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("admonish", CUE_OBJECT)                     \
    X("advise", CUE_CLAUSE | CUE_TO | CUE_QUOTE) X("affirm", CUE_CLAUSE | CUE_QUOTE)              \
    X("afraid", CUE_ADJ) X("agree", CUE_CLAUSE | CUE_TO) X("aim", CUE_TO)                         \
    X("allegation", CUE_NOUN) X("allege", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                    \
    X("allude", CUE_PREP) X("announce", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                      \
    X("announcement", CUE_NOUN) X("answer", CUE_CLAUSE | CUE_QUOTE) X("appeal", CUE_PREP)         \
    X("applaud", CUE_OBJECT) X("argue", CUE_CLAUSE | CUE_QUOTE | CUE_PREP)                        \
    X("argument", CUE_NOUN) X("ask", CUE_CLAUSE | CUE_TO | CUE_QUOTE)                             \
    X("assert", CUE_CLAUSE | CUE_QUOTE) X("assertion", CUE_NOUN) X("assessment", CUE_NOUN)        \
    X("assume", CUE_CLAUSE) X("attack", CUE_OBJECT) X("aware", CUE_ADJ)                           \
    X("beg", CUE_TO | CUE_QUOTE) X("belief", CUE_NOUN) X("believe", CUE_CLAUSE)                   \
    X("blame", CUE_OBJECT) X("blast", CUE_OBJECT) X("boast", CUE_CLAUSE | CUE_QUOTE | CUE_PREP)   \
    X("brag", CUE_PREP) X("brand", CUE_OBJECT) X("calculate", CUE_CLAUSE)                         \
    X("call", CUE_TO | CUE_OBJECT | CUE_PREP | CUE_NOUN) X("caution", CUE_CLAUSE | CUE_QUOTE)     \
    X("certain", CUE_ADJ) X("challenge", CUE_OBJECT) X("chant", CUE_QUOTE)                        \
    X("characterise", CUE_OBJECT) X("characterize", CUE_OBJECT) X("cite", CUE_OBJECT)             \
    X("claim", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE | CUE_NOUN) X("clear", CUE_ADJ)                \
    X("comment", CUE_CLAUSE | CUE_QUOTE | CUE_NOUN) X("compare", CUE_OBJECT)                      \
    X("complain", CUE_CLAUSE | CUE_QUOTE | CUE_PREP) X("complaint", CUE_NOUN)                     \
    X("concede", CUE_CLAUSE | CUE_QUOTE) X("concern", CUE_NOUN) X("concerned", CUE_ADJ)           \
    X("conclude", CUE_CLAUSE | CUE_QUOTE) X("conclusion", CUE_NOUN) X("condemn", CUE_OBJECT)      \
    X("confident", CUE_ADJ) X("confirm", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                     \
    X("consider", CUE_CLAUSE) X("contend", CUE_CLAUSE | CUE_QUOTE) X("contention", CUE_NOUN)      \
    X("continue", CUE_CLAUSE | CUE_QUOTE) X("convinced", CUE_ADJ)                                 \
    X("counter", CUE_CLAUSE | CUE_QUOTE) X("criticise", CUE_OBJECT) X("criticize", CUE_OBJECT)    \
    X("cry", CUE_QUOTE) X("decide", CUE_CLAUSE | CUE_TO) X("decision", CUE_NOUN)                  \
    X("declaration", CUE_NOUN) X("declare", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                  \
    X("decline", CUE_TO) X("decry", CUE_OBJECT) X("defend", CUE_OBJECT)                           \
    X("demand", CUE_CLAUSE | CUE_TO | CUE_OBJECT | CUE_QUOTE | CUE_NOUN)                          \
    X("demonstrate", CUE_CLAUSE) X("denial", CUE_NOUN) X("denounce", CUE_OBJECT)                  \
    X("deny", CUE_OBJECT) X("deplore", CUE_OBJECT) X("describe", CUE_OBJECT)                      \
    X("desire", CUE_NOUN) X("disclose", CUE_CLAUSE | CUE_QUOTE) X("discuss", CUE_OBJECT)          \
    X("dismiss", CUE_OBJECT) X("doubt", CUE_CLAUSE) X("doubtful", CUE_ADJ)                        \
    X("dream", CUE_CLAUSE) X("dub", CUE_OBJECT) X("echo", CUE_OBJECT)                             \
    X("emphasise", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                                           \
    X("emphasize", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("encourage", CUE_TO)                    \
    X("endorse", CUE_OBJECT) X("estimate", CUE_CLAUSE) X("exclaim", CUE_QUOTE)                    \
    X("expect", CUE_CLAUSE | CUE_TO | CUE_OBJECT)                                                 \
    X("explain", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("express", CUE_OBJECT)                    \
    X("favor", CUE_OBJECT) X("favour", CUE_OBJECT) X("fear", CUE_CLAUSE | CUE_NOUN)               \
    X("feel", CUE_CLAUSE) X("find", CUE_CLAUSE) X("forecast", CUE_CLAUSE)      \
    X("guarantee", CUE_CLAUSE) X("guess", CUE_CLAUSE) X("hail", CUE_OBJECT)                       \
    X("hear", CUE_CLAUSE) X("hint", CUE_CLAUSE | CUE_QUOTE)                                       \
    X("hope", CUE_CLAUSE | CUE_TO | CUE_NOUN) X("hopeful", CUE_ADJ) X("imagine", CUE_CLAUSE)      \
    X("imply", CUE_CLAUSE | CUE_QUOTE) X("indicate", CUE_CLAUSE | CUE_QUOTE)                      \
    X("inquire", CUE_CLAUSE | CUE_QUOTE) X("insist", CUE_CLAUSE | CUE_QUOTE | CUE_PREP)           \
    X("intend", CUE_TO) X("invite", CUE_TO) X("joke", CUE_CLAUSE | CUE_QUOTE)                     \
    X("know", CUE_CLAUSE) X("label", CUE_OBJECT) X("lament", CUE_QUOTE) X("lash", CUE_PREP)       \
    X("learn", CUE_CLAUSE) X("liken", CUE_OBJECT) X("maintain", CUE_CLAUSE | CUE_QUOTE)           \
    X("mention", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("mock", CUE_OBJECT) X("muse", CUE_QUOTE)  \
    X("mutter", CUE_QUOTE) X("note", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("notion", CUE_NOUN)   \
    X("object", CUE_PREP) X("observe", CUE_CLAUSE | CUE_QUOTE) X("offer", CUE_TO | CUE_NOUN)      \
    X("opine", CUE_QUOTE) X("opinion", CUE_NOUN) X("oppose", CUE_OBJECT)                          \
    X("optimistic", CUE_ADJ) X("order", CUE_TO | CUE_QUOTE) X("outline", CUE_OBJECT)              \
    X("plan", CUE_TO | CUE_NOUN) X("plead", CUE_TO | CUE_QUOTE)                                   \
    X("pledge", CUE_CLAUSE | CUE_TO | CUE_NOUN) X("point", CUE_PREP) X("portray", CUE_OBJECT)     \
    X("post", CUE_CLAUSE | CUE_QUOTE) X("praise", CUE_OBJECT) X("pray", CUE_CLAUSE)               \
    X("predict", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("prediction", CUE_NOUN)                   \
    X("press", CUE_PREP) X("proclaim", CUE_CLAUSE | CUE_QUOTE)                                    \
    X("promise", CUE_CLAUSE | CUE_TO | CUE_OBJECT | CUE_NOUN)                                     \
    X("pronounce", CUE_CLAUSE | CUE_QUOTE) X("proposal", CUE_NOUN)                                \
    X("propose", CUE_CLAUSE | CUE_TO | CUE_OBJECT) X("prove", CUE_CLAUSE) X("push", CUE_PREP)     \
    X("query", CUE_CLAUSE) X("question", CUE_CLAUSE | CUE_OBJECT)                                 \
    X("quip", CUE_CLAUSE | CUE_QUOTE) X("rail", CUE_PREP)                    \
    X("realise", CUE_CLAUSE) X("realize", CUE_CLAUSE) X("reason", CUE_CLAUSE | CUE_QUOTE)         \
    X("rebuke", CUE_OBJECT) X("recall", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                      \
    X("recommend", CUE_CLAUSE | CUE_OBJECT) X("recount", CUE_CLAUSE | CUE_QUOTE)                  \
    X("refer", CUE_PREP) X("refusal", CUE_NOUN) X("refuse", CUE_TO)                               \
    X("reiterate", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("reject", CUE_OBJECT)                   \
    X("relate", CUE_CLAUSE | CUE_QUOTE) X("remark", CUE_CLAUSE | CUE_QUOTE | CUE_NOUN)            \
    X("repeat", CUE_CLAUSE | CUE_QUOTE) X("reply", CUE_CLAUSE | CUE_QUOTE)                        \
    X("report", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE | CUE_NOUN)                                   \
    X("request", CUE_CLAUSE | CUE_TO | CUE_NOUN) X("respond", CUE_CLAUSE | CUE_QUOTE)             \
    X("retort", CUE_CLAUSE | CUE_QUOTE) X("reveal", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)          \
    X("ridicule", CUE_OBJECT) X("say", CUE_CLAUSE | CUE_QUOTE) X("scream", CUE_QUOTE)             \
    X("see", CUE_CLAUSE) X("seek", CUE_TO) X("shout", CUE_QUOTE) X("show", CUE_CLAUSE)            \
    X("signal", CUE_CLAUSE | CUE_QUOTE) X("skeptical", CUE_ADJ) X("slam", CUE_OBJECT)             \
    X("speak", CUE_PREP) X("speculate", CUE_CLAUSE) X("state", CUE_CLAUSE | CUE_QUOTE)            \
    X("statement", CUE_NOUN) X("stress", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE)                     \
    X("suggest", CUE_CLAUSE | CUE_OBJECT | CUE_QUOTE) X("suggestion", CUE_NOUN)                   \
    X("support", CUE_OBJECT) X("sure", CUE_ADJ) X("surmise", CUE_CLAUSE)                          \
    X("suspect", CUE_CLAUSE) X("swear", CUE_CLAUSE | CUE_TO | CUE_QUOTE) X("talk", CUE_PREP)      \
    X("tell", CUE_CLAUSE | CUE_TO | CUE_QUOTE) X("term", CUE_OBJECT)                              \
    X("testify", CUE_CLAUSE | CUE_QUOTE) X("theorize", CUE_CLAUSE) X("think", CUE_CLAUSE)         \
    X("threat", CUE_NOUN) X("threaten", CUE_TO | CUE_OBJECT) X("tout", CUE_OBJECT)                \
    X("tweet", CUE_CLAUSE | CUE_QUOTE) X("underline", CUE_CLAUSE | CUE_QUOTE)                     \
    X("underscore", CUE_CLAUSE | CUE_QUOTE) X("understand", CUE_CLAUSE)                           \
    X("urge", CUE_TO | CUE_OBJECT | CUE_QUOTE) X("view", CUE_NOUN) X("voice", CUE_OBJECT)         \
    X("volunteer", CUE_TO) X("vow", CUE_CLAUSE | CUE_TO | CUE_QUOTE | CUE_NOUN)                   \
    X("want", CUE_TO | CUE_OBJECT)                                                                \
    X("warn", CUE_CLAUSE | CUE_TO | CUE_OBJECT | CUE_QUOTE | CUE_PREP) X("warning", CUE_NOUN)     \
    X("welcome", CUE_OBJECT) X("whisper", CUE_QUOTE) X("wish", CUE_TO)                            \
    X("wonder", CUE_CLAUSE | CUE_QUOTE) X("worried", CUE_ADJ) X("worry", CUE_CLAUSE)              \
    X("write", CUE_CLAUSE | CUE_QUOTE) X("yell", CUE_QUOTE)
/* clang-format on */

struct cue_word {
    char word[SHORTWORD_BYTES];
    uint8_t flags; /* enum cue_flag */
};

/* The flags of a lemma; 0 when it is no cue. */
uint32_t cueword_flags(struct str lemma);
/* The whole table, in order. */
const struct cue_word *cueword_all(uint32_t *n);

#endif
