/* sayquote.c - see sayquote.h. */
#include "said/sayquote.h"

/* ---- free quotations ---- */

bool sayquote_begin(struct arena *arena, const struct tree *tree, struct free_quotes *out)
{
    *out = (struct free_quotes){tree, ARENA_NEW(arena, (size_t)tree->quotes.n + 1, uint32_t)};
    if (out->next == NULL) return false;
    for (uint32_t k = 0; k <= tree->quotes.n; k++)
        out->next[k] = k;
    return true;
}

bool sayquote_is_free(const struct free_quotes *quotes, const struct quote_region *r)
{
    if (r == NULL) return false;
    uint32_t k = (uint32_t)(r - quotes->tree->quotes.regions);
    return quotes->next[k] == k;
}

/* The first free region from k on. Paths are halved on the way, so that taking all regions many
 * times over costs little more than taking them once (Tarjan & van Leeuwen 1984). */
static uint32_t next_free(struct free_quotes *quotes, uint32_t k)
{
    uint32_t *next = quotes->next;
    while (next[k] != k) {
        next[k] = next[next[k]];
        k = next[k];
    }
    return k;
}

void sayquote_take(struct free_quotes *quotes, uint32_t begin, uint32_t end)
{
    const struct quote_layer *all = &quotes->tree->quotes;
    uint32_t low = 0, high = all->n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (all->regions[mid].end <= begin)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t k = next_free(quotes, low); k < all->n && all->regions[k].begin < end;
         k = next_free(quotes, k))
        quotes->next[k] = k + 1;
}

/* ---- around a cue ---- */

bool sayquote_only_marks(const struct tree *tree, uint32_t begin, uint32_t end)
{
    if (end > begin && end - begin > NEAR_WORDS) return false;
    for (uint32_t t = begin; t < end; t++)
        if (!is_punct(tree, t)) return false;
    return true;
}

const struct quote_region *sayquote_at(const struct tree *tree, uint32_t t)
{
    if (t >= tree->n || tree->quote[t] == NONE) return NULL;
    return &tree->quotes.regions[tree->quote[t]];
}

void sayquote_widen(const struct tree *tree, struct heard *h)
{
    uint32_t begin = h->begin, end = h->end;
    while (begin < end && is_final(tree, begin))
        begin++;
    while (end > begin && is_final(tree, end - 1))
        end--;
    if (begin == end) return;
    const struct quote_region *first = sayquote_at(tree, begin), *last = sayquote_at(tree, end - 1);
    const struct quote_region *cue = sayquote_at(tree, h->cue);
    if (first != NULL && first != cue && (first == last || begin == first->begin)) {
        h->begin = first->open;
        h->direct = true;
    }
    if (last != NULL && last != cue && last->end > h->end) h->end = last->end;
    if (first == NULL || last == NULL || first == cue) h->direct = false;
    if (h->end < tree->n && last != NULL && last != cue && h->end == last->close &&
        is_punct(tree, h->end))
        h->end++;
}

const struct quote_region *sayquote_after(const struct tree *tree, uint32_t t, uint32_t limit)
{
    for (uint32_t k = t; k < limit && k < t + NEAR_WORDS; k++) {
        const struct quote_region *r = sayquote_at(tree, k);
        if (r != NULL) return r;
    }
    return NULL;
}

/* A quotation that ends just before the cue's clause. */
static const struct quote_region *region_before(const struct tree *tree, uint32_t t, uint32_t limit)
{
    for (uint32_t k = t; k > limit && k + NEAR_WORDS > t; k--) {
        const struct quote_region *r = sayquote_at(tree, k - 1);
        if (r != NULL) return r;
    }
    return NULL;
}

/* A comma or full stop closes the quotation, inside or outside its mark. */
static bool closed_by_mark(const struct tree *tree, const struct quote_region *r)
{
    if (r->end > r->begin && is_final(tree, r->end - 1)) return true;
    return r->close + 1 < tree->n && is_final(tree, r->close + 1);
}

bool sayquote_near(const struct free_quotes *quotes, struct heard *h, const struct sentence *s)
{
    const struct tree *tree = quotes->tree;
    const struct quote_region *r = region_before(tree, h->cue, s->token_begin);
    bool before = sayquote_is_free(quotes, r);
    if (!before) r = sayquote_after(tree, h->cue_end, s->token_end);
    if (!sayquote_is_free(quotes, r) || (before && !closed_by_mark(tree, r))) return false;
    h->begin = r->open;
    h->end = r->end;
    h->direct = true;
    return true;
}

/* "“Can we win?” she asked.": the mark inside the quotation ended the sentence before its cue.
 * Returns the region that ends right before the sentence, or NULL. */
static const struct quote_region *region_cut_off(const struct tree *tree, const struct heard *h,
                                                 uint32_t end, const struct sentence *s)
{
    if (s->token_begin == 0 || end >= tree->n || !is_punct(tree, end)) return NULL;
    uint32_t t = s->token_begin - 1;
    if (tree->text->sentences[tree->sentence[t]].paragraph != s->paragraph) return NULL;
    const struct quote_region *r = t > 0 ? sayquote_at(tree, t - 1) : NULL;
    if (r == NULL || r->close != t || h->source == NONE) return NULL;
    return r->end > r->begin && is_final(tree, r->end - 1) ? r : NULL;
}

bool sayquote_beside(const struct free_quotes *quotes, struct heard *h, const struct sentence *s)
{
    const struct tree *tree = quotes->tree;
    uint32_t begin = h->cue_begin, end = h->cue_end;
    if (h->source != NONE && h->source_end <= begin && begin - h->source_end < 3)
        begin = h->source_begin;
    if (h->source != NONE && h->source_begin >= end && h->source_begin - end < 3)
        end = h->source_end;
    const struct quote_region *r = NULL;
    if (begin > s->token_begin)
        r = region_before(tree, begin, s->token_begin);
    else
        r = region_cut_off(tree, h, end, s);
    bool before = sayquote_is_free(quotes, r) && closed_by_mark(tree, r) &&
                  sayquote_only_marks(tree, r->end, begin);
    if (!before) {
        r = sayquote_after(tree, end, s->token_end);
        bool after = sayquote_is_free(quotes, r) && closed_by_mark(tree, r) &&
                     sayquote_only_marks(tree, end, r->begin);
        if (!after || r->end - r->begin < 3) return false;
    }
    h->begin = r->open;
    h->end = r->end;
    h->direct = true;
    return true;
}
