/* model_damage.c - model files that were cut off or changed: each must give an error that names the
 * file, or a model that works; never a crash, never a hang.
 *
 *     model_damage [--flips N] [--small-flips N] [--cuts N] [--near N] [--seed S]
 *                  [--only TRIAL] [MODEL KNOWLEDGE]
 *
 * Two files are damaged: MODEL, and a small one of random numbers that has all its sections, so
 * that every length can be tried. The kinds of damage:
 *     cut       the first n bytes, as they are: the length in the header must refuse them
 *     sealed    the same, with length and hash of the header made right: the section table must
 *     fitted    the same, with the table made right, too: what reads the sections must
 *     short     the whole file, but the table says that one section is shorter
 *     flip      one to eight bits, bytes or numbers changed: the hash must refuse it
 *     changed   the same, with the hash made right: what reads the sections decides
 * `cut` and `sealed` go through every length of the small file, `fitted` and `short` through every
 * length but those inside its embedding table, where a sample is taken. Of MODEL all lengths of
 * header and table, 64 bytes (--near) around each border and N (--cuts) others are tried. Half
 * of the changes are spread over the file, half over its sections, whatever their size, so that the
 * small ones get their share.
 * Whatever opens codes a few sentences twice. It works when the trees are trees, both runs give the
 * same bytes, and these are valid JSON.
 * The trials run in a child process, so that a crash costs one trial and is reported with its
 * number. Exit status: 0 if there was no trouble. Cost: a trial reads the whole file, to hash it.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "lang/lemma.h"
#include "story/model.h"
#include "text/split.h"
#include "unit/random_model.h"

static const char damaged_name[] = "damaged.dtm";
static const char damaged_text[] =
    "ANKARA, March 3 (Reuters) - Iran released two French hostages on Friday. \"It isn't over,\" "
    "President Macron said; he cannot say more.\n\nTROOPS ENTER THE CITY\n\nRussian and U.S. "
    "officials held six hours of talks in Istanbul last week, and Moscow threatened to recall its "
    "ambassador. São Paulo's police didn't fire. Why?";

enum {
    HEAD_BYTES = 64,
    ENTRY_BYTES = 32,
    MOST_CHANGES = 8,
    LONG_CUT = 1 << 18,
    TRIAL_SECONDS = 60
};

/* clang-format off */
#define DAMAGE_LIST(X)                                                                             \
    X(CUT, "cut") X(SEALED, "sealed") X(FITTED, "fitted") X(SHORT, "short") X(FLIP, "flip")        \
    X(CHANGED, "changed")
/* clang-format on */
#define DAMAGE_ENUM(name, text) DAMAGE_##name,
#define DAMAGE_NAME(name, text) text,
enum damage { DAMAGE_LIST(DAMAGE_ENUM) DAMAGE_COUNT };
static const char *const damage_name[] = {DAMAGE_LIST(DAMAGE_NAME)};

struct damage_count {
    uint64_t refused, worked;
};

struct progress { /* shared by both processes */
    uint64_t trial, troubles;
    struct damage_count count[2][DAMAGE_COUNT]; /* of MODEL, of the small file */
    bool finished;
};

struct damage_options {
    uint64_t flips, small_flips, cuts, near, seed, only;
    const char *model, *knowledge;
};

struct table_entry {
    char tag[8];
    uint64_t offset, len, size;
};

struct damage_run {
    const struct damage_options *options;
    struct progress *progress;
    struct dt_model model; /* the knowledge, and the damaged model of the moment */
    unsigned char *bytes;  /* the file of the moment, whole and sound between two trials */
    size_t len;
    uint32_t n_sections;
    struct table_entry table[BUNDLE_MAX_SECTIONS]; /* of the sound file */
    int which;                                     /* 0: MODEL, 1: the small file */
    uint64_t first, trial;
    uint64_t random;
};

static double clock_seconds(clockid_t clock)
{
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static volatile double trial_began; /* processor time */

/* A hang ends the process; a machine that stood still does not. */
static void on_alarm(int number)
{
    if (clock_seconds(CLOCK_PROCESS_CPUTIME_ID) - trial_began < TRIAL_SECONDS) {
        (void)alarm(TRIAL_SECONDS);
        return;
    }
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

/* ---- the file ---- */

static struct table_entry entry_of(const unsigned char *bytes, uint32_t i)
{
    struct table_entry e;
    memcpy(&e, bytes + HEAD_BYTES + (size_t)i * ENTRY_BYTES, sizeof e);
    return e;
}

static void put_entry(unsigned char *bytes, uint32_t i, const struct table_entry *e)
{
    memcpy(bytes + HEAD_BYTES + (size_t)i * ENTRY_BYTES, e, sizeof *e);
}

static void remember_table(struct damage_run *run)
{
    for (uint32_t i = 0; i < run->n_sections; i++)
        run->table[i] = entry_of(run->bytes, i);
}

/* Makes length and hash right, as doc/model-format.md defines them. */
static void seal(unsigned char *bytes, size_t len)
{
    uint64_t length = len, hash = 0;
    memcpy(bytes + 24, &length, 8);
    memcpy(bytes + 32, &hash, 8);
    hash = XXH3_64bits(bytes, HEAD_BYTES);
    hash = XXH3_64bits_withSeed(bytes + HEAD_BYTES, len - HEAD_BYTES, hash);
    memcpy(bytes + 32, &hash, 8);
}

static void add_sections(struct bundle_writer *w)
{
    static const struct lemma_edit edits[] = {{.letter_case = LEMMA_LOWER},
                                              {.letter_case = LEMMA_LOWER, .cut = 1},
                                              {.letter_case = LEMMA_CAPITAL, .cut = 2},
                                              {LEMMA_KEEP, 3, 2, 0}};
    static struct lemma_rule rules[16];
    static int16_t weights[SPLIT_LABELS << 6];
    static const uint32_t dim[] = {SPLIT_VERSION, 6, SPLIT_LABELS};
    static const char card[] = "a model of random numbers\n", cuts[] = "cannot\t3\ndont\t2\n";
    static const char words[] = "title mr\nstarter the\n";
    static const char lemma_text[] = "ey", lemma_tags[] = "NN\nNNS\nVBD\n";
    for (size_t i = 0; i < 16; i += 2)
        rules[i] = (struct lemma_rule){random_u32() | 1u, random_u32() % 4};
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        weights[i] = (int16_t)(random_u32() % 2001 - 1000);
    bundle_add(w, "lem.tag", lemma_tags, sizeof lemma_tags - 1, 1);
    bundle_add(w, "lem.key", rules, 32, 4);
    bundle_add(w, "lem.edit", edits, 8, 4);
    bundle_add(w, "lem.str", lemma_text, sizeof lemma_text - 1, 1);
    bundle_add(w, "spl.dim", dim, 3, 4);
    bundle_add(w, "spl.w", weights, sizeof weights / sizeof *weights, 2);
    bundle_add(w, "spl.cut", cuts, sizeof cuts - 1, 1);
    bundle_add(w, "spl.word", words, sizeof words - 1, 1);
    bundle_add(w, "card", card, sizeof card - 1, 1);
}

/* The sections of the random model: the embedding table, or all others. */
static void add_random(struct bundle_writer *w, const struct bundle *from, bool table)
{
    static char tags[BUNDLE_MAX_SECTIONS][9];
    for (uint32_t i = 0; i < from->n_sections; i++) {
        struct bundle_section s;
        struct str tag = bundle_tag(from, i);
        if (str_starts(tag, STR("net.emb")) != table) continue;
        (void)snprintf(tags[i], sizeof tags[i], "%.*s", (int)tag.len, tag.at);
        if (bundle_find(from, tags[i], 0, &s, NULL) != DT_OK || s.count == 0) abort();
        bundle_add(w, tags[i], s.at, s.count, s.len / s.count);
    }
}

/* The table comes last: cuts before it leave little to hash. */
static void make_small(struct damage_run *run)
{
    static struct random_model random;
    static struct bundle_writer w;
    struct bundle from;
    void *bytes = NULL;
    random_model_make(&random, 7);
    if (random_model_bundle(&random, &from) != DT_OK) abort();
    bundle_begin(&w, "MODL", MODEL_VERSION_MAX);
    add_random(&w, &from, false);
    add_sections(&w);
    add_random(&w, &from, true);
    if (bundle_finish(&w, &bytes, &run->len, NULL) != DT_OK) abort();
    bundle_close(&from);
    random_model_free(&random);
    run->bytes = bytes;
    run->n_sections = w.n;
    run->which = 1;
    remember_table(run);
}

static bool read_whole(struct damage_run *run)
{
    struct bundle b;
    dt_error err;
    void *bytes;
    if (bundle_open(run->options->model, "MODL", 1, 99, &b, &err) != DT_OK) {
        (void)fprintf(stderr, "model_damage: %s\n", err.text);
        return false;
    }
    if (posix_memalign(&bytes, 64, b.len) != 0) abort();
    memcpy(bytes, b.at, b.len);
    run->bytes = bytes;
    run->len = b.len;
    run->n_sections = b.n_sections;
    run->which = 0;
    remember_table(run);
    bundle_close(&b);
    return true;
}

/* ---- does it work? ---- */

/* What is wrong with the trees, or NULL. */
static const char *bad_words(const struct dt_doc *doc)
{
    for (uint32_t s = 0; s < doc->text.n_sentences; s++) {
        const struct sentence *sent = &doc->text.sentences[s];
        for (uint32_t t = sent->token_begin; t < sent->token_end; t++) {
            const struct word *word = &doc->lang.words[t];
            uint32_t at = t, steps = 0;
            for (; at != NONE && steps <= sent->token_end - sent->token_begin; steps++) {
                if (at < sent->token_begin || at >= sent->token_end)
                    return "a head outside of its sentence";
                at = doc->lang.words[at].head;
            }
            if (at != NONE) return "a cycle";
            if (word->upos >= UPOS_COUNT || word->dep >= DEP_COUNT) return "an unknown label";
            if (!(word->score >= 0.0f && word->score <= 1.0f)) return "a score out of range";
            if (word->lemma.len == 0) return "an empty lemma";
        }
    }
    return NULL;
}

/* Codes the text; *digest tells results apart. Returns what is wrong, or NULL. */
static const char *code_once(dt_coder *coder, uint64_t *digest)
{
    static const dt_format formats[] = {DT_FORMAT_CONLLU, DT_FORMAT_STORY, DT_FORMAT_EVENTS};
    const dt_doc *doc = NULL;
    const char *text;
    size_t len;
    dt_story story = {.size = sizeof story,
                      .text = damaged_text,
                      .text_len = sizeof damaged_text - 1,
                      .id = "damage",
                      .date = "2025-03-04"};
    if (dt_code(coder, &story, &doc, NULL) != DT_OK) return "the story was refused";
    const char *what = bad_words(doc);
    *digest = 0;
    for (size_t i = 0; what == NULL && i < sizeof formats / sizeof *formats; i++) {
        if (dt_render(coder, doc, formats[i], 0, &text, &len, NULL) != DT_OK)
            return "the result was not printed";
        if (utf8_valid_len(str_of(text, len)) != len) what = "bytes that are not UTF-8";
        if (formats[i] == DT_FORMAT_STORY) {
            json_t *json = json_loadb(text, len, 0, NULL);
            if (json == NULL) what = "what is not JSON";
            json_decref(json);
        }
        *digest = XXH3_64bits_withSeed(text, len, *digest);
    }
    return what;
}

static const char *use_opened(struct damage_run *run)
{
    dt_options options = {.size = sizeof options, .status = "all"};
    dt_coder *coder;
    uint64_t once = 0, again = 0;
    if (dt_coder_new(&run->model, &options, &coder, NULL) != DT_OK) return "no coder";
    const char *what = code_once(coder, &once);
    if (what == NULL) what = code_once(coder, &again);
    if (what == NULL && once != again) what = "another result the second time";
    dt_coder_free(coder);
    return what;
}

/* The parts in the order in which dt_model_open() opens them. */
static dt_status open_damaged(struct damage_run *run, const unsigned char *bytes, size_t len,
                              dt_error *err)
{
    struct dt_model *m = &run->model;
    dt_status st = bundle_attach(bytes, len, damaged_name, "MODL", MODEL_VERSION_MIN,
                                 MODEL_VERSION_MAX, &m->bundle, err);
    if (st == DT_OK) st = splitter_new(&m->bundle, &m->splitter, err);
    if (st == DT_OK) st = lang_model_new(&m->bundle, &m->lang, err);
    return st;
}

/* What is wrong with the message, or NULL. */
static const char *bad_message(dt_status st, const dt_error *err)
{
    if (st < DT_E_MODEL_MAGIC || st > DT_E_MODEL_CORRUPT) return "an error of another kind";
    if (err->code != st || strstr(err->text, damaged_name) == NULL)
        return "an error that does not name the file";
    const struct str text = str_c(err->text);
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < 0x20 || text.at[i] == 0x7F)
            return "an error with control characters";
    }
    return utf8_valid_len(text) == text.len ? NULL : "an error that is not UTF-8";
}

static void tell_trouble(struct damage_run *run, enum damage kind, size_t len, const char *what,
                         const char *message)
{
    if (run->progress->troubles++ >= 20) return;
    (void)printf("trial %" PRIu64 ", %s, %s, %zu bytes: %s%s%s\n", run->trial,
                 run->which ? "small file" : "MODEL", damage_name[kind], len, what,
                 message[0] != '\0' ? ": " : "", message);
    (void)fflush(stdout);
}

static void try_damaged(struct damage_run *run, enum damage kind, const unsigned char *bytes,
                        size_t len)
{
    struct dt_model *m = &run->model;
    struct damage_count *count = &run->progress->count[run->which][kind];
    dt_error err = {0};
    trial_began = clock_seconds(CLOCK_PROCESS_CPUTIME_ID);
    (void)alarm(TRIAL_SECONDS);
    dt_status st = open_damaged(run, bytes, len, &err);
    const char *what = st == DT_OK ? NULL : bad_message(st, &err);
    if (st != DT_OK) {
        count->refused++;
    } else {
        count->worked++;
        if (kind <= DAMAGE_SEALED || kind == DAMAGE_FLIP) what = "it was accepted";
        if (what == NULL) what = use_opened(run);
    }
    if (what != NULL) tell_trouble(run, kind, len, what, err.text);
    if (run->options->only != UINT64_MAX)
        (void)printf("trial %" PRIu64 ": %s %s\n", run->trial, damage_name[kind],
                     st == DT_OK ? "opened" : err.text);
    lang_model_free(m->lang);
    splitter_free(m->splitter);
    bundle_close(&m->bundle);
    m->lang = NULL;
    m->splitter = NULL;
}

/* ---- the trials ---- */

/* Counts the trials; false for those that were done before, or are not asked for. */
static bool trial_due(struct damage_run *run)
{
    const uint64_t number = ++run->trial, only = run->options->only;
    if (number < run->first || (only != UINT64_MAX && number != only)) return false;
    run->progress->trial = number;
    run->random = (number ^ run->options->seed << 40) * 0x9E3779B97F4A7C15u + 1;
    return true;
}

static uint32_t draw(struct damage_run *run, uint32_t below)
{
    run->random = run->random * 6364136223846793005u + 1442695040888963407u;
    uint64_t mixed = (run->random >> 22 ^ run->random) >> 24;
    return (uint32_t)(((mixed & 0xFFFFFFFFu) * below) >> 32);
}

/* Makes the table agree with the length. */
static void fit_table(const struct damage_run *run, unsigned char *bytes, size_t len)
{
    for (uint32_t i = 0; i < run->n_sections; i++) {
        if (HEAD_BYTES + (size_t)(i + 1) * ENTRY_BYTES > len) {
            memcpy(bytes + 20, &i, 4);
            return;
        }
        struct table_entry e = entry_of(bytes, i);
        if (e.offset > len) e.offset = len / 64 * 64;
        if (e.len > len - e.offset) e.len = (len - e.offset) / e.size * e.size;
        put_entry(bytes, i, &e);
    }
}

/* A copy has exactly `len` bytes, so that AddressSanitizer sees what reads beyond. */
static void try_cut(struct damage_run *run, enum damage kind, size_t len)
{
    void *copy;
    if (!trial_due(run)) return;
    if (posix_memalign(&copy, 64, len) != 0) abort();
    memcpy(copy, run->bytes, len);
    if (len >= HEAD_BYTES && kind == DAMAGE_FITTED) fit_table(run, copy, len);
    if (len >= HEAD_BYTES && kind != DAMAGE_CUT) seal(copy, len);
    try_damaged(run, kind, copy, len);
    free(copy);
}

/* The same in place: only header and table are looked at. The hash is left as it was, as the table
 * refuses what is cut before the last section's end. */
static void try_long_cut(struct damage_run *run, enum damage kind, size_t len)
{
    uint64_t length = kind == DAMAGE_CUT ? run->len : len;
    if (!trial_due(run)) return;
    memcpy(run->bytes + 24, &length, 8);
    try_damaged(run, kind, run->bytes, len);
    length = run->len;
    memcpy(run->bytes + 24, &length, 8);
}

/* True within `near` bytes of a border of a section, and in header and table. */
static bool near_border(const struct damage_run *run, size_t at)
{
    const size_t near = run->options->near;
    if (at <= HEAD_BYTES + (size_t)run->n_sections * ENTRY_BYTES + near || at + near >= run->len)
        return true;
    for (uint32_t i = 0; i < run->n_sections; i++) {
        struct table_entry e = run->table[i];
        if ((at + near >= e.offset && at <= e.offset + near) ||
            (at + near >= e.offset + e.len && at <= e.offset + e.len + near))
            return true;
    }
    return false;
}

/* Every length of the small file; of MODEL those near borders, and a sample. */
static void try_cuts(struct damage_run *run)
{
    const uint64_t others = run->options->cuts;
    const size_t step = others != 0 ? run->len / others + 1 : SIZE_MAX;
    const struct table_entry last = run->table[run->n_sections - 1];
    const size_t large = run->which ? run->table[run->n_sections - 2].offset : 0;
    const size_t ends = last.offset + last.len;
    for (size_t len = 0; len < run->len; len++) {
        bool all =
            len < large || (step != SIZE_MAX && len % step == step / 2) || near_border(run, len);
        for (enum damage kind = DAMAGE_CUT; kind <= DAMAGE_FITTED; kind++) {
            if (!all && (run->which == 0 || others == 0 || kind == DAMAGE_FITTED)) continue;
            if (len > LONG_CUT && len < ends && kind != DAMAGE_FITTED)
                try_long_cut(run, kind, len);
            else
                try_cut(run, kind, len);
        }
    }
}

/* Each section shorter than it is, byte by byte where it is small. */
static void try_short(struct damage_run *run)
{
    const uint64_t others = run->options->cuts / 8, near = run->options->near;
    for (uint32_t i = 0; i < run->n_sections; i++) {
        const struct table_entry whole = run->table[i];
        struct table_entry e = whole;
        const bool small = run->which == 1 && whole.len < 200000 && others != 0;
        const size_t step = others != 0 ? (whole.len / others + 1) | 1 : SIZE_MAX;
        for (e.len = 0; e.len < whole.len; e.len++) {
            if (!small && e.len > near && e.len + near < whole.len && e.len % step != 0) continue;
            if (!trial_due(run)) continue;
            put_entry(run->bytes, i, &e);
            seal(run->bytes, run->len);
            try_damaged(run, DAMAGE_SHORT, run->bytes, run->len);
            put_entry(run->bytes, i, &whole);
            seal(run->bytes, run->len);
        }
    }
}

/* Where the next changes go: [*begin, *end). */
static void draw_region(struct damage_run *run, size_t *begin, size_t *end)
{
    *begin = 0;
    *end = run->len;
    if (draw(run, 2) == 0) return;
    const uint32_t i = draw(run, run->n_sections + 2);
    if (i == run->n_sections) {
        *end = HEAD_BYTES;
    } else if (i > run->n_sections) {
        *begin = HEAD_BYTES;
        *end = HEAD_BYTES + (size_t)run->n_sections * ENTRY_BYTES;
    } else {
        struct table_entry e = run->table[i];
        *begin = e.offset;
        *end = e.offset + e.len;
    }
}

/* Changes one bit, one byte or one number of four bytes at `at`. */
static void change_one(struct damage_run *run, size_t at)
{
    static const uint32_t numbers[] = {0,          1,          0x7F7FFFFF, 0xFF7FFFFF, 0x7FC00000,
                                       0x7F800000, 0x00000001, 0x80000000, 0xFFFFFFFF, 0x7FFFFFFF,
                                       0x01010101, 0x20202020, 0x0A0A0A0A, 0x09090909, 0x60000000};
    unsigned char *byte = run->bytes + at;
    uint32_t number = 0;
    switch (draw(run, 4)) {
    case 0: *byte = (unsigned char)draw(run, 256); return;
    case 1: break;
    default: *byte ^= (unsigned char)(1u << draw(run, 8)); return;
    }
    byte = run->bytes + at / 4 * 4;
    memcpy(&number, byte, 4);
    if (draw(run, 4) == 0)
        number += draw(run, 2) == 0 ? 1u : UINT32_MAX;
    else
        number = numbers[draw(run, sizeof numbers / sizeof *numbers)];
    memcpy(byte, &number, 4);
}

/* True when the changes undid each other, or changed nothing. */
static bool same_words(const struct damage_run *run, const size_t *at, unsigned char (*old)[4],
                       uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t first = 0; /* what was there before is what the first change of the word found */
        while (at[first] / 4 != at[i] / 4)
            first++;
        if (memcmp(old[first], run->bytes + at[i] / 4 * 4, 4) != 0) return false;
    }
    return true;
}

static void try_flip(struct damage_run *run)
{
    unsigned char old[MOST_CHANGES][4], head[HEAD_BYTES];
    size_t at[MOST_CHANGES], begin, end;
    if (!trial_due(run)) return;
    const enum damage kind = draw(run, 4) == 0 ? DAMAGE_FLIP : DAMAGE_CHANGED;
    const uint32_t n = draw(run, 2) == 0 ? 1 : 1 + draw(run, MOST_CHANGES);
    memcpy(head, run->bytes, HEAD_BYTES);
    draw_region(run, &begin, &end);
    for (uint32_t i = 0; i < n; i++) {
        if (begin == end || draw(run, 4) == 0) draw_region(run, &begin, &end);
        at[i] = begin == end ? 0 : begin + draw(run, (uint32_t)(end - begin));
        memcpy(old[i], run->bytes + at[i] / 4 * 4, 4);
        change_one(run, at[i]);
    }
    const bool same = same_words(run, at, old, n);
    if (kind == DAMAGE_CHANGED) {
        uint64_t length;
        memcpy(&length, run->bytes + 24, 8); /* a changed length stays wrong */
        if (length == run->len) seal(run->bytes, run->len);
    }
    if (!same || kind == DAMAGE_CHANGED) try_damaged(run, kind, run->bytes, run->len);
    for (uint32_t i = n; i-- > 0;)
        memcpy(run->bytes + at[i] / 4 * 4, old[i], 4);
    memcpy(run->bytes, head, HEAD_BYTES);
}

static void try_file(struct damage_run *run, uint64_t flips)
{
    try_cuts(run);
    try_short(run);
    for (uint64_t i = 0; i < flips; i++)
        try_flip(run);
}

/* The child: all trials from number `first` on. */
static int run_trials(const struct damage_options *options, struct progress *progress,
                      uint64_t first)
{
    static struct damage_run run;
    dt_error err;
    run = (struct damage_run){.options = options, .progress = progress, .first = first};
    run.model.references = 1;
    (void)sigaction(SIGALRM, &(struct sigaction){.sa_handler = on_alarm}, NULL);
    if (know_open(options->knowledge, &run.model.know, &err) != DT_OK ||
        frames_open(&run.model.know, &run.model.frames, &err) != DT_OK) {
        (void)fprintf(stderr, "model_damage: %s\n", err.text);
        return 3;
    }
    if (!read_whole(&run)) return 3;
    try_file(&run, options->flips);
    free(run.bytes);
    make_small(&run);
    try_file(&run, options->small_flips);
    free(run.bytes);
    know_close(&run.model.know);
    progress->finished = true;
    return 0;
}

/* ---- the parent ---- */

static struct progress *share_progress(void)
{
    FILE *file = tmpfile();
    if (file == NULL || ftruncate(fileno(file), sizeof(struct progress)) != 0) return NULL;
    void *at =
        mmap(NULL, sizeof(struct progress), PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    (void)fclose(file);
    return at == MAP_FAILED ? NULL : at;
}

/* Runs the trials to their end, in as many processes as that takes. */
static int run_all(const struct damage_options *options, struct progress *progress)
{
    uint64_t first = 1;
    while (!progress->finished) {
        int status = 0;
        (void)fflush(stdout);
        pid_t child = fork();
        if (child < 0) return 3;
        if (child == 0) {
            exit(run_trials(options, progress, first));
        }
        (void)waitpid(child, &status, 0);
        if (progress->finished) break;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 3) return 3;
        progress->troubles++;
        (void)printf("trial %" PRIu64 ": %s %d\n", progress->trial,
                     WIFSIGNALED(status) ? "signal" : "exit status",
                     WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        if (progress->trial < first || progress->troubles > 50) return 1;
        first = progress->trial + 1;
    }
    return progress->troubles != 0;
}

static void print_counts(const struct progress *progress, double seconds)
{
    uint64_t refused = 0, worked = 0;
    for (int which = 0; which < 2; which++) {
        for (int kind = 0; kind < DAMAGE_COUNT; kind++) {
            const struct damage_count *c = &progress->count[which][kind];
            refused += c->refused;
            worked += c->worked;
            if (c->refused + c->worked == 0) continue;
            (void)printf("%-10s %-8s %9" PRIu64 " refused, %7" PRIu64 " worked\n",
                         which ? "small file" : "MODEL", damage_name[kind], c->refused, c->worked);
        }
    }
    (void)printf("model_damage: %" PRIu64 " damaged files: %" PRIu64
                 " refused with an error, %" PRIu64 " worked, %" PRIu64 " troubles, %.0f s\n",
                 refused + worked, refused, worked, progress->troubles, seconds);
}

static int wrong_damage_call(void)
{
    (void)fputs(
        "usage: model_damage [--flips N] [--small-flips N] [--cuts N] [--near N] [--seed S]\n"
        "                    [--only TRIAL] [MODEL KNOWLEDGE]\n",
        stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct damage_options options = {.flips = 100000,
                                     .small_flips = 100000,
                                     .cuts = 3000,
                                     .near = 64,
                                     .seed = 1,
                                     .only = UINT64_MAX,
                                     .model = getenv("DETENTE_MODEL"),
                                     .knowledge = getenv("DETENTE_KNOWLEDGE")};
    const struct {
        const char *name;
        uint64_t *value;
    } numbers[] = {{"--flips", &options.flips}, {"--small-flips", &options.small_flips},
                   {"--cuts", &options.cuts},   {"--near", &options.near},
                   {"--seed", &options.seed},   {"--only", &options.only}};
    int i = 1;
    for (; i + 1 < argc && argv[i][0] == '-'; i += 2) {
        size_t k = 0;
        while (k < sizeof numbers / sizeof *numbers && strcmp(argv[i], numbers[k].name) != 0)
            k++;
        if (k == sizeof numbers / sizeof *numbers) return wrong_damage_call();
        *numbers[k].value = strtoull(argv[i + 1], NULL, 10);
    }
    if (i != argc && i + 2 != argc) return wrong_damage_call();
    if (options.model == NULL) options.model = DT_DAMAGE_MODEL;
    if (options.knowledge == NULL) options.knowledge = DT_DAMAGE_KNOWLEDGE;
    if (i + 2 == argc) {
        options.model = argv[i];
        options.knowledge = argv[i + 1];
    }
    struct progress *progress = share_progress();
    if (progress == NULL) {
        (void)fputs("model_damage: no memory could be shared\n", stderr);
        return 3;
    }
    const double begin = clock_seconds(CLOCK_MONOTONIC);
    int result = run_all(&options, progress);
    print_counts(progress, clock_seconds(CLOCK_MONOTONIC) - begin);
    return result;
}
