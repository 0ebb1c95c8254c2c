/* pagejudge.c - see pagejudge.h. Linear in blocks times the depth of the tree, which is bounded. */
#include "page/pagejudge.h"

#include <math.h>

#include "page/pageweights.h"

enum { MASS_WORDS = 8 };

/* Names that speak against an element being the article's. */
static const uint32_t against = HINT_COMMENT | HINT_ASIDE | HINT_RELATED | HINT_TEASER |
                                HINT_ADVERT | HINT_SHARE | HINT_LETTER | HINT_NAV | HINT_FOOT |
                                HINT_POPUP | HINT_CAPTION | HINT_MEDIA | HINT_AUTHOR | HINT_META |
                                HINT_QUOTE | HINT_EMBED | HINT_HIDDEN | HINT_TITLE | HINT_LEAD;

/* Those that leave little doubt. */
static const uint32_t strongly = HINT_COMMENT | HINT_ASIDE | HINT_RELATED | HINT_ADVERT |
                                 HINT_SHARE | HINT_LETTER | HINT_NAV | HINT_FOOT | HINT_POPUP |
                                 HINT_CAPTION | HINT_AUTHOR | HINT_HIDDEN;

/* Words of the block that read as running text. */
static float plain_words(const struct page_block *b)
{
    if (b->words < MASS_WORDS || b->link_words * 2 > b->words || b->stops + b->commas == 0)
        return 0;
    return (float)(b->words - b->link_words);
}

/* Adds up along the tree; children stand behind their parents. */
static void add_up(struct page_layout *layout, bool weighed)
{
    for (size_t i = 0; i < layout->n_blocks; i++) {
        struct page_element *e = &layout->elements[layout->blocks[i].element];
        float words = plain_words(&layout->blocks[i]);
        if (!weighed)
            e->plain += words;
        else if ((e->hints & against & ~(uint32_t)HINT_TITLE) == 0)
            e->mass += words;
        else
            e->mass += (e->hints & (HINT_COMMENT | HINT_HIDDEN)) != 0 ? words / 64 : words / 8;
    }
    for (size_t i = layout->n_elements; i-- > 1;) {
        struct page_element *e = &layout->elements[i], *parent = &layout->elements[e->parent];
        if (!weighed)
            parent->plain += e->plain;
        else
            parent->mass += e->mass;
    }
}

static bool holds_block(const struct page_element *e, uint32_t block)
{
    return block >= e->blocks.begin && block < e->blocks.end;
}

/* What names say of an element holds for all in it, but not where the title or most of the page is
 * in it: a page "with-sidebar" is no sidebar. Of comments there may be more than of the article. */
static void inherit_hints(struct page_layout *layout, uint32_t titled)
{
    float all = layout->elements[0].plain;
    for (size_t i = 0; i < layout->n_elements; i++) {
        struct page_element *e = &layout->elements[i];
        uint32_t own = e->own;
        bool with_title = holds_block(e, titled) && e->plain > 0.1F * all;
        if (i == 0 || with_title || e->plain > 0.9F * all)
            own &= ~against;
        else if (e->plain > 0.4F * all)
            own &= ~(against & ~(uint32_t)HINT_COMMENT);
        else if (e->plain > 0.15F * all)
            own &= ~(against & ~strongly);
        e->hints = own | (i > 0 ? layout->elements[e->parent].hints : 0);
    }
}

/* How well the block would do as the article's title. */
static int title_fit(const struct page_judge *judge, const struct page_block *b)
{
    const struct page_element *e = &judge->layout->elements[b->element];
    struct str text = block_text(judge->layout, b);
    bool heading = e->kind == KIND_HEADING, same = str_eq_nocase(text, judge->title);
    bool begins = b->words > 3 && text.len < judge->title.len &&
                  str_eq_nocase(text, str_cut(judge->title, 0, text.len));
    if (same || begins) return heading ? 4 : same ? 2 : 1;
    return heading && e->first_rank && b->words > 2 ? 3 : 0;
}

/* The block that is the article's title: the best, and the first of equals. */
static uint32_t find_title(const struct page_judge *judge)
{
    uint32_t found = NONE;
    int best = 0;
    for (uint32_t i = 0; i < judge->layout->n_blocks; i++) {
        int fit = title_fit(judge, &judge->layout->blocks[i]);
        if (fit <= best) continue;
        best = fit;
        found = i;
    }
    return found;
}

/* Goes down as long as one child holds nearly all that counts. */
static uint32_t find_root(const struct page_layout *layout)
{
    uint32_t root = 0;
    for (uint32_t i = 1; i < layout->n_elements; i++) {
        const struct page_element *e = &layout->elements[i];
        if (e->parent == root && e->mass > 0 && e->mass > 0.9F * layout->elements[root].mass)
            root = i;
    }
    return root;
}

/* For each element: whether the article stands in it or around it, and how many steps up there is
 * one that holds a good part of the text. Parents stand before their children. */
static void place_elements(struct page_layout *layout, uint32_t root)
{
    float enough = 0.12F * layout->elements[0].mass;
    for (uint32_t i = 0; i < layout->n_elements; i++) {
        struct page_element *e = &layout->elements[i];
        e->in_root = i == root || (i > 0 && layout->elements[e->parent].in_root);
        e->steps = i == 0 || e->mass > enough ? 0 : layout->elements[e->parent].steps + 1;
    }
}

static uint32_t up(const struct page_layout *layout, uint32_t element)
{
    uint32_t parent = layout->elements[element].parent;
    return parent != NONE ? parent : element;
}

static float share(uint32_t part, uint32_t whole)
{
    return whole > 0 ? (float)part / (float)whole : 0;
}

static float rises(float x, float full)
{
    return x < full ? x / full : 1;
}

/* ---- features of a block alone ---- */

static void judge_text(const struct page_judge *judge, const struct page_block *b, float *f)
{
    uint8_t kind = judge->layout->elements[b->element].kind;
    f[FEATURE_ONE] = 1;
    f[FEATURE_LENGTH] = rises(log2f(1 + (float)b->words), 6);
    f[FEATURE_SHORT] = b->words <= 3;
    f[FEATURE_LINKED] = share(b->link_words, b->words);
    f[FEATURE_ALL_LINK] = b->links > 0 && b->link_words + 1 >= b->words;
    f[FEATURE_UPPER] = b->upper * 2 > b->len;
    f[FEATURE_UPPER_LINK] = f[FEATURE_UPPER] * f[FEATURE_ALL_LINK];
    f[FEATURE_LONE_LINK] = f[FEATURE_ALL_LINK] * (b->words > 3 && b->words < 25);
    f[FEATURE_ENDS] = b->last == '.' || b->last == '!' || b->last == '?' || b->last == '"';
    f[FEATURE_COLON] = b->last == ':';
    f[FEATURE_STOPS] = rises(share(b->stops, b->words), 0.2F);
    f[FEATURE_COMMAS] = rises((float)b->commas, 3);
    f[FEATURE_CAPITALS] = share(b->capitals, b->words);
    f[FEATURE_DIGITS] = rises(share(b->digits, (uint32_t)b->len), 0.5F);
    f[FEATURE_BOLD] = share(b->bold_words, b->words);
    f[FEATURE_PARAGRAPH] = kind == KIND_PARAGRAPH;
    f[FEATURE_HEADING] = kind == KIND_HEADING;
    f[FEATURE_ITEM] = kind == KIND_ITEM || kind == KIND_LIST;
    f[FEATURE_LOOSE] = kind == KIND_BOX;
    f[FEATURE_QUOTED] = kind == KIND_QUOTE || kind == KIND_PRE;
    f[FEATURE_SOFT] = b->soft;
    uint32_t hints = judge->layout->elements[b->element].hints | b->hints;
    for (int i = 0; i < HINT_COUNT; i++)
        f[FEATURE_HINTS + i] = (float)(hints >> i & 1);
}

/* ---- where it stands ---- */

static float parent_linked(const struct page_layout *layout, uint32_t element)
{
    struct range in = layout->elements[element].blocks;
    uint32_t words = 0, linked = 0;
    for (uint32_t i = in.begin; i < in.end && i < in.begin + 200; i++) {
        words += layout->blocks[i].words;
        linked += layout->blocks[i].link_words;
    }
    return share(linked, words);
}

static void judge_place(const struct page_judge *judge, const struct page_block *b, float *f)
{
    const struct page_layout *layout = judge->layout;
    uint32_t parent = b->element;
    if (layout->elements[parent].kind == KIND_PARAGRAPH ||
        layout->elements[parent].kind == KIND_HEADING)
        parent = up(layout, parent);
    uint32_t steps = layout->elements[parent].steps;
    f[FEATURE_IN_ROOT] = layout->elements[b->element].in_root;
    f[FEATURE_SAME_PARENT] = steps == 0;
    f[FEATURE_SAME_GRAND] = steps <= 2;
    f[FEATURE_FAR] = rises((float)steps, 6);
    f[FEATURE_PARENT_LINKED] = parent_linked(layout, up(layout, parent));
    f[FEATURE_SHARE_PARENT] = layout->elements[parent].mass / (1 + layout->elements[0].mass);
}

/* A paragraph that stands where the article does, and nothing speaks against it. */
static bool is_main(const struct page_judge *judge, size_t i)
{
    const struct page_block *b = &judge->layout->blocks[i];
    uint32_t hints = judge->layout->elements[b->element].hints | b->hints;
    return plain_words(b) > 0 && (hints & strongly) == 0 &&
           judge->verdicts[i].features[FEATURE_IN_ROOT] > 0;
}

/* The smallest element that holds the title and some text. */
static uint32_t titled_element(const struct page_judge *judge)
{
    const struct page_layout *layout = judge->layout;
    if (judge->titled == NONE) return NONE;
    uint32_t at = layout->blocks[judge->titled].element;
    while (layout->elements[at].parent != NONE &&
           (layout->elements[at].mass < 25 ||
            layout->elements[at].mass < 0.1F * layout->elements[0].mass))
        at = layout->elements[at].parent;
    return at;
}

static void judge_title(const struct page_judge *judge)
{
    uint32_t top = titled_element(judge);
    for (size_t i = 0; i < judge->layout->n_blocks; i++) {
        float *f = judge->verdicts[i].features;
        f[FEATURE_NEAR_TITLE] =
            top == NONE || holds_block(&judge->layout->elements[top], (uint32_t)i);
        f[FEATURE_BEHIND_TITLE] = top == NONE || i > judge->titled;
    }
}

/* Distances to paragraphs of the article before and behind. */
static void judge_order(const struct page_judge *judge)
{
    const struct page_layout *layout = judge->layout;
    size_t n = layout->n_blocks, first = n, last = 0, since = n;
    for (size_t i = 0; i < n; i++) {
        bool main = is_main(judge, i);
        judge->verdicts[i].features[FEATURE_GAP_BEFORE] = main ? 0 : rises((float)since, 8);
        since = main ? 0 : since + 1;
        if (main && first == n) first = i;
        if (main) last = i;
    }
    since = n;
    for (size_t i = n; i-- > 0;) {
        const struct page_block *b = &layout->blocks[i];
        float *f = judge->verdicts[i].features;
        bool main = is_main(judge, i);
        f[FEATURE_GAP_AFTER] = main ? 0 : rises((float)since, 8);
        f[FEATURE_PLAIN] = plain_words(b) > 0;
        f[FEATURE_MAIN] = main;
        f[FEATURE_BEFORE] = i < first;
        f[FEATURE_AFTER] = i > last;
        f[FEATURE_TAIL] = i > last ? rises((float)(i - last), 10) : 0;
        f[FEATURE_LEADS] = f[FEATURE_HEADING] > 0 && since < 2;
        since = main ? 0 : since + 1;
    }
}

/* ---- what the page says itself ---- */

enum { RUN = 4 };

static bool next_word(struct str text, size_t *at, uint64_t *hash)
{
    size_t i = *at;
    while (i < text.len && (unsigned char)text.at[i] < 0x80 &&
           (unsigned)(text.at[i] | 0x20) - 'a' >= 26 && (unsigned)text.at[i] - '0' >= 10)
        i++;
    size_t begin = i;
    while (i < text.len &&
           ((unsigned char)text.at[i] >= 0x80 || (unsigned)(text.at[i] | 0x20) - 'a' < 26 ||
            (unsigned)text.at[i] - '0' < 10))
        i++;
    *at = i;
    *hash = str_hash(str_cut(text, begin, i));
    return i > begin;
}

struct run_set {
    uint64_t *slots;
    size_t mask;
};

/* Calls for each run of RUN words. Adds them, or counts how many are there. */
static void go_through_runs(struct run_set *set, struct str text, bool add, uint32_t *all,
                            uint32_t *there)
{
    uint64_t last[RUN] = {0}, word;
    size_t n = 0;
    for (size_t at = 0; next_word(text, &at, &word);) {
        last[n++ % RUN] = word;
        if (n < RUN) continue;
        uint64_t run = 0;
        for (size_t k = 0; k < RUN; k++)
            run = run * 0x9E3779B97F4A7C15U + last[(n + k) % RUN];
        run |= 1;
        size_t slot = (size_t)(run >> 20) & set->mask;
        while (set->slots[slot] != 0 && set->slots[slot] != run)
            slot = (slot + 1) & set->mask;
        *there += set->slots[slot] == run;
        ++*all;
        if (add) set->slots[slot] = run;
    }
}

static bool run_set_of(struct run_set *set, struct arena *arena, size_t bytes)
{
    size_t slots = 64;
    while (slots < bytes)
        slots *= 2;
    set->slots = ARENA_NEW(arena, slots, uint64_t);
    set->mask = slots - 1;
    return set->slots != NULL;
}

static bool judge_stated(const struct page_judge *judge, struct arena *arena)
{
    const struct page_layout *layout = judge->layout;
    uint32_t all = 0, there = 0;
    struct run_set set;
    if (judge->stated.len < 400) return true;
    if (!run_set_of(&set, arena, judge->stated.len)) return false;
    go_through_runs(&set, judge->stated, true, &all, &there);
    for (size_t i = 0; i < layout->n_blocks; i++) {
        const struct page_block *b = &layout->blocks[i];
        if (b->words < RUN) continue;
        all = there = 0;
        go_through_runs(&set, block_text(layout, b), false, &all, &there);
        if (all == 0) continue;
        judge->verdicts[i].features[FEATURE_STATED] = share(there, all);
        judge->verdicts[i].features[FEATURE_UNSTATED] = 1 - share(there, all);
    }
    return true;
}

/* Blocks that stand there twice: the text of the first is marked in the second. */
static bool judge_again(const struct page_judge *judge, struct arena *arena)
{
    const struct page_layout *layout = judge->layout;
    struct run_set set;
    if (!run_set_of(&set, arena, layout->n_blocks * 2)) return false;
    for (size_t i = 0; i < layout->n_blocks; i++) {
        struct str text = block_text(layout, &layout->blocks[i]);
        uint64_t hash = str_hash(text) | 1;
        size_t slot = (size_t)(hash >> 20) & set.mask;
        while (set.slots[slot] != 0 && set.slots[slot] != hash)
            slot = (slot + 1) & set.mask;
        judge->verdicts[i].features[FEATURE_AGAIN] = set.slots[slot] == hash;
        judge->verdicts[i].features[FEATURE_TITLE] =
            judge->title.len > 0 && str_eq_nocase(text, judge->title);
        set.slots[slot] = hash;
    }
    return true;
}

/* ---- weighing ---- */

static float weigh(const float *weights, const float *features, size_t n)
{
    float sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i] * features[i];
    return sum;
}

static float likely(float odds)
{
    return 1 / (1 + expf(-odds));
}

/* How likely the words of an element are, all together; `sums` are those before each block. */
static float likely_in(const struct page_layout *layout, const float *sums, uint32_t element)
{
    struct range in = layout->elements[element].blocks;
    float words = sums[2 * in.end] - sums[2 * in.begin];
    return words > 0 ? (sums[2 * in.end + 1] - sums[2 * in.begin + 1]) / words : 0;
}

/* The same for the element that holds the block's, and the next above. */
static void judge_around(const struct page_judge *judge, float *sums)
{
    const struct page_layout *layout = judge->layout;
    size_t n = layout->n_blocks;
    for (size_t i = 0; i < n; i++) {
        float words = (float)(1 + layout->blocks[i].words);
        sums[2 * i + 2] = sums[2 * i] + words;
        sums[2 * i + 3] = sums[2 * i + 1] + words * likely(judge->verdicts[i].first);
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t at = layout->blocks[i].element;
        for (size_t k = 0; k < 3; k++) {
            judge->verdicts[i].second[8 + k] = likely_in(layout, sums, at);
            at = up(layout, at);
        }
    }
}

static void judge_second(const struct page_judge *judge)
{
    size_t n = judge->layout->n_blocks;
    struct page_verdict *v = judge->verdicts;
    float before = 0, behind = 0; /* how likely blocks are, the nearer the more */
    for (size_t i = 0; i < n; i++) {
        v[i].second[0] = 1;
        v[i].second[1] = v[i].first / 4;
        v[i].second[2] = i > 0 ? likely(v[i - 1].first) : 0;
        v[i].second[3] = i + 1 < n ? likely(v[i + 1].first) : 0;
        v[i].second[4] = before;
        before = 0.7F * before + 0.3F * likely(v[i].first);
    }
    for (size_t i = n; i-- > 0;) {
        v[i].second[5] = behind;
        v[i].second[11] = v[i].features[FEATURE_HINTS + HINT_BIT_CAPTION];
        v[i].second[12] = v[i].features[FEATURE_LINKED];
        v[i].second[13] = v[i].features[FEATURE_LONE_LINK];
        v[i].second[6] = v[i].features[FEATURE_HEADING] * v[i].second[3];
        v[i].second[7] = v[i].features[FEATURE_SHORT] * (v[i].second[2] + v[i].second[3]) / 2;
        behind = 0.7F * behind + 0.3F * likely(v[i].first);
        v[i].odds = weigh(second_weights, v[i].second, SECOND_COUNT);
    }
}

/* A page with paragraphs is not left without text: then the likeliest of them is taken, and what
 * is nearly as likely. */
static float find_cut(const struct page_judge *judge)
{
    float best = -20;
    for (size_t i = 0; i < judge->layout->n_blocks; i++) {
        float odds = judge->verdicts[i].odds;
        if (plain_words(&judge->layout->blocks[i]) > 0 && odds > best) best = odds;
    }
    return best > 0 || best <= -4 ? 0 : best - 1;
}

bool page_judge(struct page_judge *judge, struct arena *arena)
{
    struct page_layout *layout = (struct page_layout *)judge->layout;
    judge->root = NONE;
    judge->verdicts = ARENA_NEW(arena, layout->n_blocks, struct page_verdict);
    if (judge->verdicts == NULL) return false;
    if (layout->n_blocks == 0) return true;
    add_up(layout, false);
    judge->titled = find_title(judge);
    inherit_hints(layout, judge->titled);
    add_up(layout, true);
    judge->root = find_root(layout);
    place_elements(layout, judge->root);
    for (size_t i = 0; i < layout->n_blocks; i++) {
        judge_text(judge, &layout->blocks[i], judge->verdicts[i].features);
        judge_place(judge, &layout->blocks[i], judge->verdicts[i].features);
    }
    judge_order(judge);
    judge_title(judge);
    if (!judge_stated(judge, arena) || !judge_again(judge, arena)) return false;
    for (size_t i = 0; i < layout->n_blocks; i++)
        judge->verdicts[i].first = weigh(first_weights, judge->verdicts[i].features, FEATURE_COUNT);
    float *sums = ARENA_NEW(arena, 2 * layout->n_blocks + 2, float);
    if (sums == NULL) return false;
    judge_around(judge, sums);
    judge_second(judge);
    judge->cut = find_cut(judge);
    return true;
}
