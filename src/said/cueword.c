/* cueword.c - see cueword.h. */
#include "said/cueword.h"

#define CUE_WORD_ROW(word, flags) {word, flags},
static const struct cue_word cue_words[] = {CUE_WORDS(CUE_WORD_ROW)};
enum { CUE_WORD_COUNT = sizeof cue_words / sizeof cue_words[0] };

uint32_t cueword_flags(struct str lemma)
{
    const struct cue_word *found =
        shortword_find(lemma, cue_words, CUE_WORD_COUNT, sizeof cue_words[0]);
    return found != NULL ? found->flags : 0;
}

const struct cue_word *cueword_all(uint32_t *n)
{
    *n = CUE_WORD_COUNT;
    return cue_words;
}
