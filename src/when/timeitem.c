/* timeitem.c - see timeitem.h. */
#include "when/timeitem.h"

static bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The bytes of a dash of any kind at s[0], or 0: ASCII, U+2010 to U+2015, U+2212. */
static size_t dash_len(struct str s)
{
    if (s.len >= 1 && s.at[0] == '-') return 1;
    if (s.len < 3 || (unsigned char)s.at[0] != 0xE2) return 0;
    unsigned char b = (unsigned char)s.at[1], c = (unsigned char)s.at[2];
    if (b == 0x80 && c >= 0x90 && c <= 0x95) return 3;
    return b == 0x88 && c == 0x92 ? 3 : 0;
}

/* The mark for the character at s[0]; *len gets its bytes. */
static char mark_of(struct str s, size_t *len)
{
    unsigned char a = (unsigned char)s.at[0];
    *len = dash_len(s);
    if (*len != 0) return '-';
    *len = 1;
    if (a < 0x80) return s.at[0];
    if (s.len >= 3 && a == 0xE2 && (unsigned char)s.at[1] == 0x80 &&
        ((unsigned char)s.at[2] == 0x99 || (unsigned char)s.at[2] == 0x98)) {
        *len = 3;
        return '\'';
    }
    while (*len < s.len && ((unsigned char)s.at[*len] & 0xC0) == 0x80)
        (*len)++;
    return 0;
}

/* The word of the sign of money at s[0], which is no letter, or 0; *len gets its bytes. */
static uint32_t sign_of_money(const struct know *know, struct str s, size_t *len)
{
    (void)mark_of(s, len);
    uint32_t word = words_find(know, str_cut(s, 0, *len));
    return know->words[word].sign ? word : 0;
}

/* The bytes of the run of letters and inner full stops at s[0]. */
static size_t letters_len(const struct know *know, struct str s, struct time_item *item)
{
    size_t i = 0, len;
    while (i < s.len && (ascii_letter(s.at[i]) || s.at[i] == '.' || (s.at[i] & 0x80) != 0)) {
        struct str rest = str_cut(s, i, s.len);
        bool other = (s.at[i] & 0x80) != 0;
        if (other && (mark_of(rest, &len) != 0 || sign_of_money(know, rest, &len) != 0)) break;
        if (s.at[i] == '.') item->dotted = 1;
        i++;
    }
    return i;
}

/* "p.m." is the word "pm". */
static uint32_t find_without_stops(const struct know *know, struct str s)
{
    char plain[WORD_MOST];
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] == '.') continue;
        if (n == sizeof plain) return 0;
        plain[n++] = s.at[i];
    }
    return words_find(know, str_of(plain, n));
}

/* The class and value of the word that the piece of token t at s is. */
static void look_up(const struct tree *tree, uint32_t t, struct str s, struct time_item *item)
{
    const struct token *token = &tree->tokens[t];
    if (item->dotted)
        item->word = find_without_stops(tree->know, s);
    else
        item->word =
            s.len == token->end - token->begin ? tree->form_word[t] : words_find(tree->know, s);
    const struct know_word *w = &tree->know->words[item->word];
    item->class = w->time_class;
    item->number = (double)w->time_value;
    item->value = w->time_value < INT32_MAX ? (int32_t)w->time_value : INT32_MAX;
}

/* Digits with commas between groups of three and at most one full stop before more digits. */
static size_t cut_number(struct str s, struct time_item *item)
{
    double value = 0, scale = 1;
    uint32_t digits = 0;
    bool comma = false, point = false;
    size_t i = 0;
    for (; i < s.len; i++) {
        char c = s.at[i];
        if (ascii_digit(c)) {
            if (point)
                scale /= 10;
            else
                digits++;
            value = value * 10 + (c - '0');
        } else if (c == ',' && !point && i + 3 < s.len && ascii_digit(s.at[i + 1]) &&
                   ascii_digit(s.at[i + 2]) && ascii_digit(s.at[i + 3])) {
            comma = true;
        } else if (c == '.' && !point && i + 1 < s.len && ascii_digit(s.at[i + 1])) {
            point = true;
        } else {
            break;
        }
    }
    item->kind = ITEM_NUMBER;
    item->digits = (uint8_t)(comma ? 255 : digits > 200 ? 200 : digits);
    /* One division by a power of ten keeps 1.5 exact. */
    item->number = point ? value / (1 / scale) : value;
    item->value = item->number < 2e9 ? (int32_t)item->number : INT32_MAX;
    return i;
}

/* The piece of token t that begins at `s`. Returns its length. */
static size_t cut_piece(const struct tree *tree, uint32_t t, struct str s, struct time_item *item)
{
    size_t len;
    if (ascii_digit(s.at[0])) return cut_number(s, item);
    bool letter = ascii_letter(s.at[0]);
    char mark = mark_of(s, &len);
    if (!letter) item->word = sign_of_money(tree->know, s, &len);
    if (letter || (item->word == 0 && mark == 0 && (s.at[0] & 0x80) != 0)) {
        item->kind = ITEM_WORD;
        item->capital = s.at[0] >= 'A' && s.at[0] <= 'Z';
        len = letters_len(tree->know, s, item);
        look_up(tree, t, str_cut(s, 0, len), item);
        return len;
    }
    item->kind = ITEM_MARK;
    item->mark = mark;
    return len;
}

/* A token of letters and full stops gives one item, others several. */
static bool cut_token(struct arena *arena, const struct tree *tree, uint32_t t,
                      struct item_list *out)
{
    const struct token *token = &tree->tokens[t];
    struct str s = str_cut(tree->text->text, token->begin, token->end);
    bool glued = t > 0 && tree->tokens[t - 1].end == token->begin;
    size_t at = 0;
    while (at < s.len) {
        struct time_item *grown =
            arena_grow(arena, out->at, out->n, (size_t)out->n + 2, &out->cap, sizeof *grown);
        if (grown == NULL) return false;
        out->at = grown;
        struct time_item *item = &grown[out->n];
        *item = (struct time_item){.begin = (uint32_t)(token->begin + at), .token = t};
        item->glued = glued;
        at += cut_piece(tree, t, str_cut(s, at, s.len), item);
        item->end = (uint32_t)(token->begin + at);
        out->n++;
        glued = true;
    }
    return true;
}

bool timeitem_cut(struct arena *arena, const struct tree *tree, uint32_t begin, uint32_t end,
                  struct item_list *out)
{
    out->n = 0;
    struct time_item *grown = arena_grow(arena, out->at, 0, 2, &out->cap, sizeof *grown);
    if (grown == NULL) return false;
    out->at = grown;
    for (uint32_t t = begin; t < end; t++)
        if (!cut_token(arena, tree, t, out)) return false;
    out->at[out->n] = (struct time_item){.kind = ITEM_MARK};
    return true;
}
