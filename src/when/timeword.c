/* timeword.c - see timeword.h. */
#include "when/timeword.h"

#define TIME_WORD_ROW(word, class, value) {word, sizeof(word) - 1, TW_##class, value},
static const struct time_word time_words[] = {TIME_WORDS(TIME_WORD_ROW)};
enum { TIME_WORD_COUNT = sizeof time_words / sizeof time_words[0] };

const struct time_word *timeword_find(struct str key)
{
    uint32_t low = 0, high = TIME_WORD_COUNT;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        const struct time_word *w = &time_words[mid];
        int order = str_cmp(key, str_of(w->word, w->len));
        if (order == 0) return w;
        if (order < 0) high = mid;
        else low = mid + 1;
    }
    return NULL;
}

const struct time_word *timeword_all(uint32_t *n)
{
    *n = TIME_WORD_COUNT;
    return time_words;
}
