/* timeword.c - see timeword.h. */
#include "when/timeword.h"

#define TIME_WORD_ROW(word, class, value) {word, sizeof(word) - 1, TW_##class, value},
static const struct time_word time_words[] = {TIME_WORDS(TIME_WORD_ROW)};
enum { TIME_WORD_COUNT = sizeof time_words / sizeof time_words[0] };

/* For each first letter the lengths of its words, as bits: most words of a text end here. A test
 * checks it against the table. */
static const uint16_t lengths_by_letter[26] = {
    0x276E, 0x03EC, 0x0BDC, 0x01F8, 0x05FC, 0x07F8, 0x0008, 0x01FC, 0x0004,
    0x0098, 0x0000, 0x0070, 0x01FA, 0x05FC, 0x029C, 0x039C, 0x0382, 0x01C4,
    0x0FFE, 0x17FC, 0x012C, 0x0000, 0x07F8, 0x0000, 0x027C, 0x0010,
};

const struct time_word *timeword_find(struct str key)
{
    if (key.len == 0 || key.len > 15 || key.at[0] < 'a' || key.at[0] > 'z') return NULL;
    if ((lengths_by_letter[key.at[0] - 'a'] >> key.len & 1) == 0) return NULL;
    uint32_t low = 0, high = TIME_WORD_COUNT;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        const struct time_word *w = &time_words[mid];
        int order = str_cmp(key, str_of(w->word, w->len));
        if (order == 0) return w;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

const struct time_word *timeword_all(uint32_t *n)
{
    *n = TIME_WORD_COUNT;
    return time_words;
}
