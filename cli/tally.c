/* tally.c - counts of what is missing, over all stories of a corpus.
 *
 * An open-addressed table of entries. When it is full, the entries met least often go (as in lossy
 * counting; Manku and Motwani 2002), so that memory stays bounded however large the corpus is: what
 * is common stays, and its count is short by a few at most. Stories come in the order of the input,
 * so that the result is the same for every number of threads. */
#include <stdlib.h>
#include <string.h>

#include "missing.h"

enum { TALLY_MOST = 1 << 15, SLOT_COUNT = 1 << 17 };

struct tally {
    struct tally_entry **slots; /* SLOT_COUNT, NULL where free */
    struct tally_entry **entries;
    size_t n;
};

struct tally *tally_new(void)
{
    struct tally *t = calloc(1, sizeof *t);
    if (t == NULL) return NULL;
    t->slots = calloc(SLOT_COUNT, sizeof *t->slots);
    t->entries = calloc(TALLY_MOST, sizeof *t->entries);
    if (t->slots != NULL && t->entries != NULL) return t;
    tally_free(t);
    return NULL;
}

static void free_entry(struct tally_entry *e)
{
    for (size_t i = 0; i < TALLY_EXAMPLES; i++) {
        free(e->examples[i].id);
        free(e->examples[i].text);
    }
    free(e->text);
    free(e);
}

void tally_free(struct tally *t)
{
    if (t == NULL) return;
    for (size_t i = 0; i < t->n; i++)
        free_entry(t->entries[i]);
    free(t->entries);
    free(t->slots);
    free(t);
}

/* ---- the table ---- */

/* FNV-1a. */
static size_t hash_of(enum missing_kind kind, const char *text, size_t len)
{
    uint64_t h = UINT64_C(14695981039346656037) + (uint64_t)kind;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 32);
}

static struct tally_entry **slot_of(const struct tally *t, enum missing_kind kind, const char *text,
                                    size_t len)
{
    size_t at = hash_of(kind, text, len) & (SLOT_COUNT - 1);
    for (; t->slots[at] != NULL; at = (at + 1) & (SLOT_COUNT - 1)) {
        const struct tally_entry *e = t->slots[at];
        if (e->kind == kind && strlen(e->text) == len && memcmp(e->text, text, len) == 0) break;
    }
    return &t->slots[at];
}

/* Drops the least common until a half of the table is free. */
static void drop_rare(struct tally *t)
{
    size_t kept = t->n;
    for (size_t least = 2; kept > TALLY_MOST / 2; least *= 2) {
        size_t n = 0;
        for (size_t i = 0; i < kept; i++) {
            if (t->entries[i]->count < least)
                free_entry(t->entries[i]);
            else
                t->entries[n++] = t->entries[i];
        }
        kept = n;
    }
    t->n = kept;
    memset(t->slots, 0, SLOT_COUNT * sizeof *t->slots);
    for (size_t i = 0; i < t->n; i++) {
        struct tally_entry *e = t->entries[i];
        *slot_of(t, e->kind, e->text, strlen(e->text)) = e;
    }
}

static char *copy_of(struct text_piece piece)
{
    char *copy = malloc(piece.len + 1);
    if (copy == NULL) return NULL;
    if (piece.len != 0) memcpy(copy, piece.at, piece.len);
    copy[piece.len] = '\0';
    return copy;
}

static struct tally_entry *entry_for(struct tally *t, const struct missing_item *item)
{
    struct tally_entry **slot = slot_of(t, item->kind, item->text.at, item->text.len);
    if (*slot != NULL) return *slot;
    if (t->n == TALLY_MOST) {
        drop_rare(t);
        slot = slot_of(t, item->kind, item->text.at, item->text.len);
    }
    struct tally_entry *e = calloc(1, sizeof *e);
    if (e == NULL) return NULL;
    e->kind = item->kind;
    e->text = copy_of(item->text);
    if (e->text == NULL) {
        free(e);
        return NULL;
    }
    t->entries[t->n++] = e;
    *slot = e;
    return e;
}

/* ---- counting ---- */

/* Counts a hint; where there is no room, all others lose one (Misra and Gries 1982). */
static void add_hint(struct tally_entry *e, struct text_piece hint)
{
    size_t room = TALLY_HINTS;
    if (hint.len == 0 || hint.len >= sizeof e->hints[0].text) return;
    for (size_t i = 0; i < TALLY_HINTS; i++) {
        bool same = strlen(e->hints[i].text) == hint.len &&
                    memcmp(e->hints[i].text, hint.at, hint.len) == 0;
        if (same && e->hints[i].count != 0) {
            e->hints[i].count++;
            return;
        }
        if (e->hints[i].count == 0 && room == TALLY_HINTS) room = i;
    }
    for (size_t i = 0; i < TALLY_HINTS && room == TALLY_HINTS; i++)
        e->hints[i].count--;
    if (room == TALLY_HINTS) return;
    memcpy(e->hints[room].text, hint.at, hint.len);
    e->hints[room].text[hint.len] = '\0';
    e->hints[room].count = 1;
}

const char *tally_hint(const struct tally_entry *e)
{
    size_t best = 0;
    for (size_t i = 1; i < TALLY_HINTS; i++)
        if (e->hints[i].count > e->hints[best].count) best = i;
    return e->hints[best].count != 0 ? e->hints[best].text : "";
}

static bool same_text(const char *z, struct text_piece piece)
{
    return strlen(z) == piece.len && memcmp(z, piece.at, piece.len) == 0;
}

/* One of a story. False: memory ran out. */
static bool add_example(struct tally_entry *e, struct text_piece id, struct text_piece sentence)
{
    for (size_t i = 0; i < TALLY_EXAMPLES; i++) {
        if (e->examples[i].id == NULL) {
            e->examples[i].id = copy_of(id);
            e->examples[i].text = copy_of(sentence);
            return e->examples[i].id != NULL && e->examples[i].text != NULL;
        }
        if (same_text(e->examples[i].id, id) || same_text(e->examples[i].text, sentence)) break;
    }
    return true;
}

/* The item before it in the story is of the same thing: then the story was counted. */
static bool met_before(const char *from, const char *to, const struct missing_item *item)
{
    struct missing_item other;
    while (from < to && missing_next(&from, to, &other))
        if (other.kind == item->kind && other.text.len == item->text.len &&
            memcmp(other.text.at, item->text.at, item->text.len) == 0)
            return true;
    return false;
}

bool tally_story(struct tally *t, const char *items, size_t len)
{
    const char *at = items, *end = items + len;
    struct text_piece id;
    struct missing_item item;
    if (!missing_story(&at, end, &id)) return true;
    const char *first = at;
    for (const char *here = at; missing_next(&at, end, &item); here = at) {
        struct tally_entry *e = entry_for(t, &item);
        if (e == NULL) return false;
        e->count += item.count;
        if (!met_before(first, here, &item)) {
            e->stories++;
            e->party += item.party;
        }
        add_hint(e, item.hint);
        if (!add_example(e, id, item.sentence)) return false;
    }
    return true;
}

/* ---- ranking ---- */

/* By kind; then those that take part in events, those of many stories, those named often. */
static int by_rank(const void *a, const void *b)
{
    const struct tally_entry *x = *(const struct tally_entry *const *)a,
                             *y = *(const struct tally_entry *const *)b;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->party != y->party) return x->party > y->party ? -1 : 1;
    if (x->stories != y->stories) return x->stories > y->stories ? -1 : 1;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return strcmp(x->text, y->text);
}

const struct tally_entry *const *tally_rank(struct tally *t, size_t *n)
{
    *n = t->n;
    if (t->n != 0) qsort(t->entries, t->n, sizeof(struct tally_entry *), by_rank);
    return (const struct tally_entry *const *)t->entries;
}
