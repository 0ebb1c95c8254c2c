/* words.c - looking words up in the compiled base; see words.h. */
#include "know/words.h"

#include "base/port.h"

_Static_assert(CLASS_COUNT <= WORD_BITS * 64, "know_word has a bit for each class");

#define WORD_CLASS_TEXT(name, text, meaning)    text,
#define WORD_CLASS_MEANING(name, text, meaning) meaning,
const char *const word_class_name[CLASS_COUNT] = {WORD_CLASSES(WORD_CLASS_TEXT)};
const char *const word_class_meaning[CLASS_COUNT] = {WORD_CLASSES(WORD_CLASS_MEANING)};

uint32_t words_find(const struct know *know, struct str word)
{
    char lower[WORD_MOST];
    if (word.len == 0 || word.len > sizeof lower) return 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    uint64_t key = words_key(str_of(lower, word.len));
    return know->word_table[words_slot(know->word_table, know->word_mask, key)].word;
}
