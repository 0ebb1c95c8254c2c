/* splitword.h - the words that the splitter knows by class: abbreviations, words that often begin a
 * sentence, clitics, ends of web addresses.
 *
 * They are part of what the splitter was trained with, and stand in the model file as text, section
 * spl.word: lines of a class and its words, with blanks between them; empty lines and lines that
 * begin with '#' say nothing (train/abbreviations.txt). At most SPLIT_WORDS_MOST words of seven
 * letters. A word has at most one of the classes up to SPLIT_STARTER, any of the others. */
#ifndef DETENTE_SPLITWORD_H
#define DETENTE_SPLITWORD_H

#include "base/str.h"

/* The numbers of the classes up to STARTER are features of the classifier: they stay. */
#define SPLIT_CLASSES(X)                                                                           \
    X(OTHER, 0, "")                                                                                \
    X(TITLE, 1, "title")     /* with a stop, before a name */                                      \
    X(TAIL, 2, "tail")       /* with a stop, which may also end the sentence */                    \
    X(MONTH, 3, "month")     /* with a stop */                                                     \
    X(PLAIN, 4, "plain")     /* with a stop, seldom at the end of a sentence */                    \
    X(NUMBER, 5, "number")   /* with a stop, before digits */                                      \
    X(STARTER, 6, "starter") /* often begins a sentence; has no stop */                            \
    X(CLITIC, 7, "clitic")   /* after an apostrophe a word of its own */                           \
    X(DOMAIN, 8, "domain")   /* the end of a web address */                                        \
    X(HOST, 9, "host")       /* the beginning of a web address */
#define SPLIT_CLASS_ENUM(name, number, text) SPLIT_##name = (number),
enum split_class { SPLIT_CLASSES(SPLIT_CLASS_ENUM) SPLIT_CLASS_COUNT };

enum { SPLIT_WORDS_MOST = 512, SPLIT_WORD_SLOTS = 2 * SPLIT_WORDS_MOST };

struct split_word {
    uint64_t text;    /* its letters, then zero bytes; 0: an empty slot */
    uint8_t class;    /* enum split_class up to SPLIT_STARTER */
    uint16_t classes; /* bit c: it has the class c */
};

struct split_words {
    struct split_word slots[SPLIT_WORD_SLOTS]; /* open addressing */
    uint32_t n;
};

/* Reads lines as above into `words`, which is zeroed; 0, or the number of the first line that could
 * not be read. */
unsigned split_words_read(struct split_words *words, struct str text);
/* The word, whatever its case; one without a class when it is not known or `words` is NULL. */
const struct split_word *split_words_find(const struct split_words *words, struct str form);

static inline bool split_word_is(const struct split_words *words, struct str form,
                                 enum split_class class)
{
    return split_words_find(words, form)->classes >> class & 1;
}

#endif
