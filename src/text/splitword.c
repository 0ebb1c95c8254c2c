/* splitword.c - the words that the splitter knows by class; see splitword.h. */
#include "text/splitword.h"

#define SPLIT_CLASS_TEXT(name, number, text) text,
static const char *const class_text[SPLIT_CLASS_COUNT] = {SPLIT_CLASSES(SPLIT_CLASS_TEXT)};

/* The letters as one number, or 0 where there are too many. The case of ASCII letters is lost. */
static uint64_t pack_word(struct str form)
{
    char low[sizeof(uint64_t)] = {0};
    uint64_t text;
    if (form.len >= sizeof low) return 0;
    for (size_t i = 0; i < form.len; i++)
        low[i] = (char)(form.at[i] | 32);
    memcpy(&text, low, sizeof text);
    return text;
}

/* The slot of the word, or the free one where it belongs. */
static uint32_t word_slot(const struct split_words *words, uint64_t text)
{
    uint32_t at = (uint32_t)(text * UINT64_C(0x9E3779B97F4A7C15) >> 32) % SPLIT_WORD_SLOTS;
    while (words->slots[at].text != 0 && words->slots[at].text != text)
        at = (at + 1) % SPLIT_WORD_SLOTS;
    return at;
}

const struct split_word *split_words_find(const struct split_words *words, struct str form)
{
    static const struct split_word unknown;
    const uint64_t text = pack_word(form);
    return words != NULL && text != 0 ? &words->slots[word_slot(words, text)] : &unknown;
}

static bool is_lower_word(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 'a' || s.at[i] > 'z') return false;
    return s.len != 0;
}

static bool add_word(struct split_words *words, struct str word, unsigned class)
{
    const uint64_t text = pack_word(word);
    if (!is_lower_word(word) || text == 0) return false;
    struct split_word *at = &words->slots[word_slot(words, text)];
    if (at->text == 0 && words->n++ == SPLIT_WORDS_MOST) return false;
    if (class <= SPLIT_STARTER && at->class != SPLIT_OTHER) return false;
    at->text = text;
    at->classes |= (uint16_t)(1u << class);
    if (class <= SPLIT_STARTER) at->class = (uint8_t) class;
    return true;
}

static bool read_class_line(struct split_words *words, struct str line)
{
    struct str word;
    unsigned class = SPLIT_TITLE;
    if (line.len == 0 || line.at[0] == '#') return true;
    if (!str_next(&line, ' ', &word)) return false;
    while (class < SPLIT_CLASS_COUNT && !str_eq(word, str_c(class_text[class])))
        class ++;
    if (class == SPLIT_CLASS_COUNT) return false;
    while (str_next(&line, ' ', &word))
        if (word.len != 0 && !add_word(words, word, class)) return false;
    return true;
}

unsigned split_words_read(struct split_words *words, struct str text)
{
    struct str line;
    for (unsigned n = 1; str_next(&text, '\n', &line); n++)
        if (!read_class_line(words, line)) return n;
    return 0;
}
