/* language.c - guessing a text's language; see language.h. */
#include "text/language.h"

#include "base/utf8.h"

enum { WORD_BYTES = 48, ENDING_MOST = 6, LOOK_EVERY = 10 };

uint64_t language_key(struct str text, enum language_sign sign)
{
    return str_hash_seed(text, (uint64_t)sign + 1) | 1;
}

static uint64_t languages_with(const struct languages *l, struct str text, enum language_sign sign)
{
    const uint64_t key = language_key(text, sign);
    for (uint32_t i = (uint32_t)(key >> 32) & l->mask;; i = (i + 1) & l->mask) {
        if (l->slots[i].key == key) return l->slots[i].languages;
        if (l->slots[i].key == 0) return 0;
    }
}

/* ---- scripts ---- */

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_OTHER };

static const struct script_range {
    uint32_t first, last;
    const char *name;
} scripts[] = {
    {0x370, 0x3FF, "Greek"},
    {0x400, 0x52F, "Russian or a neighbour of it"},
    {0x530, 0x58F, "Armenian"},
    {0x590, 0x5FF, "Hebrew"},
    {0x600, 0x6FF, "Arabic or Persian"},
    {0x750, 0x77F, "Arabic or Persian"},
    {0x900, 0x97F, "Hindi or a neighbour of it"},
    {0x980, 0x9FF, "Bengali"},
    {0xA00, 0xA7F, "Punjabi"},
    {0xA80, 0xAFF, "Gujarati"},
    {0xB00, 0xB7F, "Odia"},
    {0xB80, 0xBFF, "Tamil"},
    {0xC00, 0xC7F, "Telugu"},
    {0xC80, 0xCFF, "Kannada"},
    {0xD00, 0xD7F, "Malayalam"},
    {0xD80, 0xDFF, "Sinhala"},
    {0xE00, 0xE7F, "Thai"},
    {0xE80, 0xEFF, "Lao"},
    {0x1000, 0x109F, "Burmese"},
    {0x10A0, 0x10FF, "Georgian"},
    {0x1200, 0x137F, "Amharic"},
    {0x1780, 0x17FF, "Khmer"},
    {0x1F00, 0x1FFF, "Greek"},
    {0x3040, 0x30FF, "Japanese"},
    {0x3400, 0x9FFF, "Chinese or Japanese"},
    {0xAC00, 0xD7AF, "Korean"},
};
enum { SCRIPT_RANGES = sizeof scripts / sizeof scripts[0] };

static size_t script_of(uint32_t cp)
{
    size_t i = 0;
    while (i < SCRIPT_RANGES && (cp < scripts[i].first || cp > scripts[i].last))
        i++;
    return i;
}

/* ---- words ---- */

struct guessing {
    const struct languages *l;
    float score[LANGUAGES_MOST];
    uint32_t n_seen[LANGUAGES_MOST]; /* its words, names apart */
    uint32_t n_other[SCRIPT_RANGES + 1]; /* letters of each script; Latin ones last */
    char word[WORD_BYTES];
    size_t len;
    bool capital, foreign; /* the word begins with a capital; has letters that are not ASCII */
    uint32_t n_words;
    uint32_t next_look; /* words after which the scores are looked at next */
};

static void add_score(struct guessing *g, uint64_t languages, float weight)
{
    float n = 0;
    for (uint64_t rest = languages; rest != 0; rest &= rest - 1)
        n++;
    weight /= n > 3 ? 1 + n / 6 : 1;
    for (uint32_t i = 0; i < g->l->n; i++)
        if (languages >> i & 1u) g->score[i] += weight;
}

static void weigh_letters(struct guessing *g, struct str word, float weight)
{
    uint64_t all = 0;
    for (size_t i = 0; i < word.len;) {
        uint32_t cp;
        const size_t len = utf8_decode(word, i, &cp);
        if (cp >= 0x80) all |= languages_with(g->l, str_cut(word, i, i + len), LANGUAGE_LETTER);
        i += len;
    }
    if (all != 0) add_score(g, all, weight);
}

/* The longest ending that some language has. */
static void weigh_ending(struct guessing *g, struct str word, float weight)
{
    for (size_t n = ENDING_MOST; n >= 2; n--) {
        if (word.len < n + 2) continue;
        const uint64_t with =
            languages_with(g->l, str_cut(word, word.len - n, word.len), LANGUAGE_ENDING);
        if (with == 0) continue;
        add_score(g, with, weight);
        return;
    }
}

static void end_word(struct guessing *g)
{
    const struct str word = str_of(g->word, g->len);
    if (g->len == 0) return;
    const uint64_t with = languages_with(g->l, word, LANGUAGE_WORD);
    g->n_words++;
    const bool name = g->capital && g->n_words > 1; /* in a sentence: of any language */
    for (uint32_t i = 0; i < g->l->n && with != 0 && !name; i++)
        g->n_seen[i] += with >> i & 1u;
    if (with != 0) {
        add_score(g, with, name ? 0.2f : word.len == 1 ? 0.5f : word.len == 2 ? 0.8f : 1.0f);
    } else if (!g->capital) {
        weigh_ending(g, word, 0.35f);
        if (g->foreign) weigh_letters(g, word, 0.5f);
    } else {
        const float weight = g->n_words == 1 ? 0.3f : 0.12f; /* it may be a name */
        weigh_ending(g, word, weight);
        if (g->foreign) weigh_letters(g, word, weight);
    }
    g->len = 0;
    g->foreign = false;
}

static void read_char(struct guessing *g, uint32_t cp)
{
    char bytes[4];
    if (utf8_class_of(cp) != UTF8_LETTER) {
        end_word(g);
        return;
    }
    const size_t script = cp < 0x370 ? SCRIPT_RANGES : script_of(cp);
    g->n_other[script]++;
    if (g->len == 0) g->capital = utf8_is_upper(cp);
    g->foreign = g->foreign || cp >= 0x80;
    const size_t n = utf8_encode(utf8_lower(cp), bytes);
    if (g->len + n > WORD_BYTES) return;
    memcpy(g->word + g->len, bytes, n);
    g->len += n;
}

static void read_ascii(struct guessing *g, char c)
{
    const bool capital = c >= 'A' && c <= 'Z';
    if (!capital && !(c >= 'a' && c <= 'z')) {
        end_word(g);
        return;
    }
    g->n_other[SCRIPT_RANGES]++;
    if (g->len == 0) g->capital = capital;
    if (g->len < WORD_BYTES) g->word[g->len++] = (char)(c | 32);
}

/* So many words speak for English that the rest needs no look. */
static bool is_surely_english(struct guessing *g)
{
    enum { SURE = 4 };
    g->next_look += LOOK_EVERY;
    if (g->score[0] < SURE) return false;
    for (uint32_t i = 1; i < g->l->n; i++)
        if (g->score[i] * 2 > g->score[0]) return false;
    return true;
}

/* The script that has most letters, if it is not Latin. */
static const char *other_script(const struct guessing *g)
{
    size_t best = SCRIPT_RANGES;
    uint32_t other = 0;
    for (size_t i = 0; i < SCRIPT_RANGES; i++) {
        other += g->n_other[i];
        if (best == SCRIPT_RANGES || g->n_other[i] > g->n_other[best]) best = i;
    }
    if (other <= g->n_other[SCRIPT_RANGES]) return NULL;
    for (size_t i = 0; i < SCRIPT_RANGES; i++) /* a few kana make it Japanese */
        if (g->n_other[i] != 0 && scripts[i].first == 0x3040 && scripts[best].first == 0x3400)
            best = i;
    return scripts[best].name;
}

/* Another language must be ahead, and by more the fewer of the words are known. */
static struct language_guess decide(const struct guessing *g)
{
    uint32_t best = 1;
    for (uint32_t i = 2; i < g->l->n; i++)
        if (g->score[i] > g->score[best]) best = i;
    const bool english = g->l->n < 2 || g->n_words < 2 || g->score[best] < 0.5f ||
                         g->score[best] < g->score[0] * 1.25f + 0.2f ||
                         (g->n_seen[best] == 0 && g->score[best] < 1.2f); /* endings alone */
    return (struct language_guess){english, english ? NULL : g->l->pool + g->l->names[best].name};
}

struct language_guess language_of(const struct languages *languages, struct str text)
{
    struct guessing g = {.l = languages, .next_look = LOOK_EVERY};
    if (text.len > LANGUAGE_BYTES) text.len = LANGUAGE_BYTES;
    if (languages->n == 0) return (struct language_guess){true, NULL};
    for (size_t i = 0; i < text.len;) {
        const unsigned char c = (unsigned char)text.at[i];
        uint32_t cp = c;
        i += c < 0x80 ? 1 : utf8_decode(text, i, &cp);
        if (c < 0x80)
            read_ascii(&g, (char)c);
        else if (cp != UTF8_REPLACEMENT)
            read_char(&g, cp);
        if (g.len == 0 && g.n_words == g.next_look && is_surely_english(&g))
            return (struct language_guess){true, NULL};
    }
    end_word(&g);
    const char *script = other_script(&g);
    return script != NULL ? (struct language_guess){false, script} : decide(&g);
}

bool language_given(const struct languages *languages, const char *given, const char **name,
                    bool *known)
{
    struct str code = str_trim(str_c(given));
    size_t n = 0;
    while (n < code.len && code.at[n] != '-' && code.at[n] != '_')
        n++;
    code.len = n;
    *known = code.len != 0 && !str_is(code, "und") && !str_is(code, "mul") && !str_is(code, "zxx");
    *name = given;
    if (!*known || str_is(code, "en") || str_is(code, "eng") || str_is(code, "english"))
        return false;
    for (uint32_t i = 0; i < languages->n; i++)
        if (str_is(code, languages->pool + languages->names[i].code))
            *name = languages->pool + languages->names[i].name;
    return true;
}
