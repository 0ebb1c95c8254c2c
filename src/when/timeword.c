/* timeword.c - see timeword.h. */
#include "when/timeword.h"

#define TIME_WORD_ROW(word, class, value) {word, TW_##class, value},
static const struct time_word time_words[] = {TIME_WORDS(TIME_WORD_ROW)};
enum { TIME_WORD_COUNT = sizeof time_words / sizeof time_words[0] };

const struct time_word *timeword_find(struct str key)
{
    return shortword_find(key, time_words, TIME_WORD_COUNT, sizeof time_words[0]);
}

const struct time_word *timeword_all(uint32_t *n)
{
    *n = TIME_WORD_COUNT;
    return time_words;
}
