/* cueword.c - see cueword.h. */
#include "said/cueword.h"

#define CUE_WORD_ROW(word, flags) {word, sizeof(word) - 1, flags},
static const struct cue_word cue_words[] = {CUE_WORDS(CUE_WORD_ROW)};
enum { CUE_WORD_COUNT = sizeof cue_words / sizeof cue_words[0] };

uint32_t cueword_flags(struct str lemma)
{
    uint32_t low = 0, high = CUE_WORD_COUNT;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int order = str_cmp(lemma, str_of(cue_words[mid].word, cue_words[mid].len));
        if (order == 0) return cue_words[mid].flags;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return 0;
}

const struct cue_word *cueword_all(uint32_t *n)
{
    *n = CUE_WORD_COUNT;
    return cue_words;
}
