/* words.c - looking words up in the compiled base; see words.h. */
#include "know/words.h"

#include "base/port.h"

_Static_assert(CLASS_COUNT <= WORD_BITS * 64, "know_word has a bit for each class");

#define WORD_CLASS_TEXT(name, text, meaning) text,
const char *const word_class_name[CLASS_COUNT] = {WORD_CLASSES(WORD_CLASS_TEXT)};

uint32_t words_find(const struct know *know, struct str word)
{
    char lower[WORD_MOST];
    struct str folded = words_lower(word, lower);
    if (folded.len == 0) return 0;
    uint64_t key = words_key(folded);
    return know->word_table[words_slot(know->word_table, know->word_mask, key)].word;
}
