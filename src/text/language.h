/* language.h - which language a text is in, as far as it takes to leave out what is not English.
 *
 * In: a headline or a story. Out: a language, or none where the text does not tell. The script
 * decides first. Of texts in Latin letters each word speaks for the languages that have it, one of
 * unknown words by its ending and its letters; another language than English must be ahead by more
 * than a name or two can bring. The words are data (knowledge/words/languages.txt). At most
 * LANGUAGE_BYTES are looked at; each word is looked up once. Method: function words, as in Ingle
 * (1976), "A language identification table". */
#ifndef DETENTE_LANGUAGE_H
#define DETENTE_LANGUAGE_H

#include "base/str.h"

enum { LANGUAGE_BYTES = 2048, LANGUAGES_MOST = 64 };

enum language_sign { LANGUAGE_WORD, LANGUAGE_ENDING, LANGUAGE_LETTER };

struct language_name {
    uint32_t code, name; /* offsets into the pool */
};

struct language_slot {
    uint64_t key; /* language_key(), 0: empty */
    uint64_t languages;
};

/* Of a base (know.h); none where n is 0. English is the first. */
struct languages {
    const struct language_name *names;
    const struct language_slot *slots;
    const char *pool;
    uint32_t n, mask;
};

/* What a table finds a word, an ending or a letter by; `text` is in lower case. Never 0. */
uint64_t language_key(struct str text, enum language_sign sign);

struct language_guess {
    bool english;     /* or nothing speaks against it */
    const char *name; /* "German"; NULL where it is English */
};

struct language_guess language_of(const struct languages *languages, struct str text);

/* What a `lang` given with a story says: true when it names a language other than English, *name
 * gets its name, or itself. "und" and "" name none. `given` may be NULL. */
bool language_given(const struct languages *languages, const char *given, const char **name,
                    bool *known);

#endif
