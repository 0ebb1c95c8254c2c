/* copies.c - NUL-terminated copies of pieces of text; see copies.h. */
#include "base/copies.h"

#include "base/utf8.h"

enum { FIRST_CAP = 64 };

void copies_begin(struct copies *c, struct arena *arena)
{
    *c = (struct copies){.arena = arena};
}

static struct copy_slot *find_slot(struct copy_slot *slots, size_t cap, struct str piece)
{
    size_t at = ((uintptr_t)piece.at * 31 + piece.len) * 0x9E3779B97F4A7C15u >> 20 & (cap - 1);
    while (slots[at].copy != NULL &&
           (slots[at].from.at != piece.at || slots[at].from.len != piece.len))
        at = (at + 1) & (cap - 1);
    return &slots[at];
}

static bool make_room(struct copies *c)
{
    if (c->n + 1 <= c->cap / 2) return true;
    size_t cap = c->cap != 0 ? c->cap * 2 : FIRST_CAP;
    struct copy_slot *slots = ARENA_NEW(c->arena, cap, struct copy_slot);
    if (slots == NULL) return false;
    for (size_t i = 0; i < c->cap; i++)
        if (c->slots[i].copy != NULL) *find_slot(slots, cap, c->slots[i].from) = c->slots[i];
    c->slots = slots;
    c->cap = cap;
    return true;
}

bool copies_is_clean(struct str text)
{
    for (size_t i = 0; i < text.len;) {
        uint32_t cp = (unsigned char)text.at[i];
        i += cp < 0x80 ? 1 : utf8_decode(text, i, &cp);
        if (cp == UTF8_REPLACEMENT) return false;
    }
    return true;
}

/* U+FFFD is at most three times as long as what it stands for. */
static char *clean_copy(struct arena *arena, struct str piece)
{
    char *out = ARENA_NEW(arena, 3 * piece.len + 1, char);
    if (out == NULL) return NULL;
    size_t len = 0;
    for (size_t i = 0; i < piece.len;) {
        uint32_t cp;
        size_t n = utf8_decode(piece, i, &cp);
        bool odd = cp == UTF8_REPLACEMENT || cp == 0;
        memcpy(out + len, odd ? "\xEF\xBF\xBD" : piece.at + i, odd ? 3 : n);
        len += odd ? 3 : n;
        i += n;
    }
    return out;
}

const char *copies_get(struct copies *c, struct str piece)
{
    if (!make_room(c)) return NULL;
    struct copy_slot *slot = find_slot(c->slots, c->cap, piece);
    if (slot->copy != NULL) return slot->copy;
    const char *copy = clean_copy(c->arena, piece);
    if (copy == NULL) return NULL;
    *slot = (struct copy_slot){piece, copy};
    c->n++;
    return copy;
}
