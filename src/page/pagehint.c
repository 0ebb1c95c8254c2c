/* pagehint.c - see pagehint.h. Cost: one look-up per word of a name; names are read up to 1 KB. */
#include "page/pagehint.h"

#include <string.h>

#include "page/pagewords.h"

enum { NAME_MOST = 1024, WORD_MOST = 24 };

static const struct {
    const char *words;
    uint32_t hint;
} vocabulary[] = {
#define X(name, words) {words, HINT_##name},
    PAGE_WORDS(X)
#undef X
};

static uint32_t hint_slot(const char *word, size_t len)
{
    uint32_t hash = 2166136261U;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)word[i]) * 16777619U;
    return (hash ^ hash >> 13) % HINT_SLOTS;
}

/* The slot of the word, or the free one where it belongs. The table is never full. */
static uint32_t hint_find(const struct hint_table *table, const char *word, size_t len)
{
    uint32_t at = hint_slot(word, len);
    while (table->slots[at].word != NULL) {
        const char *there = table->slots[at].word;
        if (strncmp(there, word, len) == 0 && (there[len] == ' ' || there[len] == '\0')) break;
        at = (at + 1) % HINT_SLOTS;
    }
    return at;
}

void hint_table_fill(struct hint_table *table)
{
    memset(table, 0, sizeof *table);
    for (size_t i = 0; i < sizeof vocabulary / sizeof *vocabulary; i++) {
        for (const char *word = vocabulary[i].words; *word != '\0';) {
            size_t len = strcspn(word, " ");
            uint32_t at = hint_find(table, word, len);
            table->slots[at].word = word;
            table->slots[at].hint |= vocabulary[i].hint;
            word += len + (word[len] == ' ');
        }
    }
}

static bool is_low(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_high(char c)
{
    return c >= 'A' && c <= 'Z';
}

uint32_t hints_of(const struct hint_table *table, struct str names)
{
    uint32_t found = 0;
    size_t most = names.len < NAME_MOST ? names.len : NAME_MOST;
    for (size_t i = 0; i < most;) {
        char word[WORD_MOST];
        size_t len = 0, from = i;
        while (i < most && (is_low(names.at[i]) || is_high(names.at[i]))) {
            if (i > from && is_high(names.at[i]) && is_low(names.at[i - 1])) break;
            if (len < WORD_MOST) word[len] = (char)(names.at[i] | 0x20);
            len++;
            i++;
        }
        if (len == 0)
            i++;
        else if (len < WORD_MOST)
            found |= table->slots[hint_find(table, word, len)].hint;
    }
    return found;
}
