/* sketch.c - a story's text as a sample of its shingles.
 *
 * In: any bytes. Out: the shingles (runs of three words) whose hashes are the smallest, a sample
 * that is the same wherever the shingle stands, so that two samples can be compared: Broder (1997),
 * bottom-k sketches. Below the smaller of both limits each sample is complete, and the share of one
 * story's shingles in the other is the share in the samples; so a story that was cut is known by
 * what is left of it. Long stories keep more, up to SKETCH_MOST. Numbers are sampled likewise:
 * reports made from one template differ in little else. Words are runs of letters and digits in
 * small letters, marks and line ends do not count. Linear in bytes. */
#include "twin/sketch.h"

#include "base/calendar.h"

enum { LEAST_KEPT = 24, KEPT_SHARE = 10, GATHERED = 4 * SKETCH_MOST, MARK_WITHIN = 600 };

/* ---- words ---- */

static uint64_t mixed(uint64_t x)
{
    x ^= x >> 32;
    x *= UINT64_C(0xD6E8FEB86659FD93);
    x ^= x >> 32;
    x *= UINT64_C(0xD6E8FEB86659FD93);
    return x ^ x >> 32;
}

/* Bytes of a blank or mark outside ASCII: no-break space, general punctuation, CJK punctuation. */
static size_t mark_length(struct str s, size_t at)
{
    unsigned char a = (unsigned char)s.at[at];
    unsigned char b = at + 1 < s.len ? (unsigned char)s.at[at + 1] : 0;
    if (a == 0xC2 && b < 0xC0) return 2;
    if (a == 0xE2 && (b == 0x80 || b == 0x81) && at + 2 < s.len) return 3;
    if (a == 0xE3 && b == 0x80 && at + 2 < s.len) return 3;
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word_byte(unsigned char c)
{
    return c >= 0x80 || is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Marks that do not end a word: an apostrophe before a letter, a comma or point between digits. */
static size_t joined_mark(struct str s, size_t at)
{
    char before = s.at[at - 1], c = s.at[at];
    size_t n = c == '\'' ? 1 : 0;
    if (c == '\xE2' && at + 2 < s.len && s.at[at + 1] == '\x80' && s.at[at + 2] == '\x99') n = 3;
    if (n != 0 && at + n < s.len && ((unsigned char)s.at[at + n] | 0x20) >= 'a' &&
        ((unsigned char)s.at[at + n] | 0x20) <= 'z')
        return n;
    if ((c == ',' || c == '.') && is_digit(before) && at + 1 < s.len && is_digit(s.at[at + 1]))
        return 1;
    return 0;
}

bool sketch_word(struct word_reader *w)
{
    const struct str s = w->text;
    uint64_t hash = UINT64_C(14695981039346656037);
    size_t at = w->at, mark;
    while (at < s.len) {
        if (!is_word_byte((unsigned char)s.at[at]))
            at++;
        else if ((unsigned char)s.at[at] >= 0x80 && (mark = mark_length(s, at)) != 0)
            at += mark;
        else
            break;
    }
    w->begin = at;
    w->number = false;
    while (at < s.len) {
        unsigned char c = (unsigned char)s.at[at];
        if (at > w->begin && (mark = joined_mark(s, at)) != 0) {
            if (c == '.') hash = (hash ^ c) * UINT64_C(1099511628211);
            at += mark;
            continue;
        }
        if (!is_word_byte(c) || (c >= 0x80 && mark_length(s, at) != 0)) break;
        if (c >= 0xE3 && c <= 0xE9 && at > w->begin) break; /* scripts without blanks */
        if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
        w->number = w->number || is_digit((char)c);
        hash = (hash ^ c) * UINT64_C(1099511628211);
        at++;
    }
    w->end = at;
    w->at = at;
    w->hash = mixed(hash);
    return w->end > w->begin;
}

/* ---- samples ---- */

/* The smallest `most` of many numbers: gathered until the array is full, then sorted and cut. */
struct sample {
    uint64_t at[GATHERED];
    size_t n, most;
    uint64_t limit; /* what is above it is no longer wanted */
};

/* Quicksort down to short pieces, which the caller sorts by insertion. The numbers are hashes, and
 * GATHERED at most. */
static void sort_roughly(uint64_t *at, size_t n)
{
    while (n > 12) {
        uint64_t a = at[0], b = at[n / 2], c = at[n - 1];
        uint64_t pivot = a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
        size_t low = 0, high = n - 1;
        for (;;) {
            while (at[low] < pivot)
                low++;
            while (at[high] > pivot)
                high--;
            if (low >= high) break;
            uint64_t swap = at[low];
            at[low++] = at[high];
            at[high--] = swap;
        }
        sort_roughly(at + high + 1, n - high - 1);
        n = high + 1;
    }
}

static void sort_numbers(uint64_t *at, size_t n)
{
    sort_roughly(at, n);
    for (size_t i = 1; i < n; i++) {
        uint64_t x = at[i];
        size_t k = i;
        for (; k > 0 && at[k - 1] > x; k--)
            at[k] = at[k - 1];
        at[k] = x;
    }
}

/* Sorts, drops repeats; cuts to the smallest `most`. */
static void settle_sample(struct sample *s, size_t most)
{
    size_t n = 0;
    sort_numbers(s->at, s->n);
    for (size_t i = 0; i < s->n; i++)
        if (n == 0 || s->at[n - 1] != s->at[i]) s->at[n++] = s->at[i];
    if (n > most) {
        n = most;
        s->limit = s->at[n - 1];
    }
    s->n = n;
}

static void gather(struct sample *s, uint64_t hash)
{
    if (hash > s->limit) return;
    if (s->n == GATHERED) settle_sample(s, s->most);
    if (hash <= s->limit) s->at[s->n++] = hash;
}

/* ---- what the text says of itself ---- */

/* How agencies head and mark later takes of a story. */
static const char *const revision_marks[] = {"UPDATE ",  "WRAPUP ", "REFILE-",   "CORRECTED-",
                                             "REFILES ", "(Adds ",  "(Updates ", "(Corrects "};

static bool has_revision_mark(struct str text)
{
    size_t most = text.len < MARK_WITHIN ? text.len : MARK_WITHIN;
    bool open = true; /* at the beginning of a line, or behind a blank */
    for (size_t i = 0; i < most; i++) {
        char c = text.at[i];
        struct str rest = str_cut(text, i, text.len);
        for (size_t k = 0; open && k < sizeof revision_marks / sizeof *revision_marks; k++) {
            if (c == '(' ? false : i != 0 && text.at[i - 1] != '\n') break;
            if (str_starts(rest, str_c(revision_marks[k]))) return true;
        }
        open = c == '\n' || c == ' ' || (i + 1 < most && text.at[i + 1] == '(');
    }
    return false;
}

static void put_facts(const dt_story *story, struct sketch *out)
{
    struct str date = str_c(story->date), publisher = str_trim(str_c(story->publisher));
    int32_t day = DAY_MIN;
    if (date.len >= 10 && date_read(date, &day)) out->day = day;
    if (publisher.len != 0) out->publisher = (uint32_t)str_hash(publisher) | 1;
    if (has_revision_mark(str_c(story->title)) ||
        has_revision_mark(str_of(story->text, story->text_len)))
        out->flags |= SKETCH_REVISED;
}

/* ---- all ---- */

struct sketching {
    struct sample shingles, numbers;
    uint64_t before[SKETCH_WORDS - 1]; /* the words before */
    size_t n_words;
};

static void take_word(struct sketching *k, const struct word_reader *w, struct sketch *out)
{
    out->whole = mixed(out->whole ^ w->hash);
    if (w->number) gather(&k->numbers, mixed(w->hash + 7) >> 48);
    k->n_words++;
    if (k->n_words >= SKETCH_WORDS) {
        uint64_t h = mixed(k->before[0] * 3 + mixed(k->before[1] * 5 + w->hash));
        gather(&k->shingles, h >> (64 - SKETCH_BITS));
        out->n_shingles++;
    }
    k->before[0] = k->before[1];
    k->before[1] = w->hash;
}

static size_t wanted_shingles(uint32_t n)
{
    size_t wanted = n <= LEAST_KEPT ? n : LEAST_KEPT + (n - LEAST_KEPT) / KEPT_SHARE;
    return wanted > SKETCH_MOST ? SKETCH_MOST : wanted;
}

static void keep_samples(struct sketching *k, struct sketch *out)
{
    settle_sample(&k->shingles, wanted_shingles(out->n_shingles));
    settle_sample(&k->numbers, SKETCH_NUMBERS);
    out->n_kept = (uint16_t)k->shingles.n;
    for (size_t i = 0; i < k->shingles.n; i++)
        out->kept[i] = k->shingles.at[i];
    out->n_numbers = (uint16_t)k->numbers.n;
    for (size_t i = 0; i < k->numbers.n; i++)
        out->numbers[i] = (uint16_t)k->numbers.at[i];
    if (k->shingles.limit != UINT64_MAX) out->flags |= SKETCH_CUT;
    if (k->numbers.limit != UINT64_MAX) out->flags |= SKETCH_NUMBERS_CUT;
}

void sketch_make(const dt_story *story, struct sketch *out)
{
    struct sketching k = {0};
    struct word_reader w = {.text = str_of(story->text, story->text_len)};
    memset(out, 0, sizeof *out);
    out->day = DAY_MIN;
    k.shingles.most = SKETCH_MOST;
    k.numbers.most = SKETCH_NUMBERS;
    k.shingles.limit = k.numbers.limit = UINT64_MAX;
    if (str_trim(w.text).len == 0) w.text = str_c(story->title);
    while (sketch_word(&w))
        take_word(&k, &w, out);
    if (k.n_words != 0 && out->n_shingles == 0) {
        gather(&k.shingles, out->whole >> (64 - SKETCH_BITS));
        out->n_shingles = 1;
    }
    keep_samples(&k, out);
    put_facts(story, out);
}
