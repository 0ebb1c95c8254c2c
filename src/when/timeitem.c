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
    if (s.len >= 3 && a == 0xE2 && (unsigned char)s.at[1] == 0x82 &&
        (unsigned char)s.at[2] == 0xAC) {
        *len = 3;
        return 'E'; /* the euro sign */
    }
    if (s.len >= 2 && a == 0xC2 && (unsigned char)s.at[1] == 0xA3) {
        *len = 2;
        return 'L'; /* the pound sign */
    }
    while (*len < s.len && ((unsigned char)s.at[*len] & 0xC0) == 0x80)
        (*len)++;
    return 0;
}

/* A run of letters and inner full stops: looks its class up. */
static size_t cut_word(struct str s, struct time_item *item)
{
    char key[16];
    size_t n = 0, i = 0;
    while (i < s.len && (ascii_letter(s.at[i]) || s.at[i] == '.' || (s.at[i] & 0x80) != 0)) {
        if ((s.at[i] & 0x80) != 0 && mark_of(str_cut(s, i, s.len), &(size_t){0}) != 0) break;
        if (s.at[i] == '.')
            item->dotted = 1;
        else if (n < sizeof key)
            key[n++] = (char)(ascii_letter(s.at[i]) ? s.at[i] | 0x20 : 'Z');
        i++;
    }
    item->kind = ITEM_WORD;
    item->capital = s.at[0] >= 'A' && s.at[0] <= 'Z';
    const struct time_word *w = n < sizeof key ? timeword_find(str_of(key, n)) : NULL;
    if (w != NULL) {
        item->class = w->class;
        item->value = w->value;
    }
    return i;
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

/* The piece of a token that begins at `s`. Returns its length. */
static size_t cut_piece(struct str s, struct time_item *item)
{
    size_t len;
    if (ascii_letter(s.at[0])) return cut_word(s, item);
    if (ascii_digit(s.at[0])) return cut_number(s, item);
    char mark = mark_of(s, &len);
    if (mark == 0 && (s.at[0] & 0x80) != 0) return cut_word(s, item);
    item->kind = ITEM_MARK;
    item->mark = mark;
    return len;
}

/* A token of letters and full stops gives one item, others several. */
static bool cut_token(struct arena *arena, const struct text_layer *text, uint32_t t,
                      struct item_list *out)
{
    struct str s = str_cut(text->text, text->tokens[t].begin, text->tokens[t].end);
    bool glued = t > 0 && text->tokens[t - 1].end == text->tokens[t].begin;
    size_t at = 0;
    while (at < s.len) {
        struct time_item *grown =
            arena_grow(arena, out->at, out->n, (size_t)out->n + 2, &out->cap, sizeof *grown);
        if (grown == NULL) return false;
        out->at = grown;
        struct time_item *item = &grown[out->n];
        *item = (struct time_item){.begin = (uint32_t)(text->tokens[t].begin + at), .token = t};
        item->glued = glued;
        at += cut_piece(str_cut(s, at, s.len), item);
        item->end = (uint32_t)(text->tokens[t].begin + at);
        out->n++;
        glued = true;
    }
    return true;
}

bool timeitem_cut(struct arena *arena, const struct text_layer *text, uint32_t begin, uint32_t end,
                  struct item_list *out)
{
    out->n = 0;
    struct time_item *grown = arena_grow(arena, out->at, 0, 2, &out->cap, sizeof *grown);
    if (grown == NULL) return false;
    out->at = grown;
    for (uint32_t t = begin; t < end; t++)
        if (!cut_token(arena, text, t, out)) return false;
    out->at[out->n] = (struct time_item){.kind = ITEM_MARK};
    return true;
}
