/* twins_bench.c - speed and size of the index of twins on many stories.
 *
 *     twins_bench STORIES.jsonl N [INDEX]
 *
 * Adds N stories, made from those of the file: one in ten is a copy of an earlier one with a few
 * words changed, the others are mixtures: each word is, with a chance of one in three, taken from
 * another story. One thread; signing and adding are timed apart from the making of the texts. */
#define _POSIX_C_SOURCE 200809L
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "detente.h"

enum { TEXTS_MOST = 20000, WORDS_MOST = 4000, WORD_CAP = 64 };

static char *texts[TEXTS_MOST];
static size_t n_texts;
static uint64_t state = 88172645463325252u;

static uint64_t next_random(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static double seconds(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void read_texts(const char *path)
{
    char *line = NULL;
    size_t cap = 0;
    FILE *in = fopen(path, "r");
    while (in != NULL && n_texts < TEXTS_MOST && getline(&line, &cap, in) > 0) {
        json_t *story = json_loads(line, 0, NULL);
        const char *text = json_string_value(json_object_get(story, "text"));
        if (text != NULL && strlen(text) > 300) texts[n_texts++] = strdup(text);
        json_decref(story);
    }
    if (in != NULL) (void)fclose(in);
    free(line);
}

/* A word of another story at a place. */
static size_t put_foreign_word(char *out, uint64_t *random)
{
    *random = next_random();
    const char *other = texts[*random % n_texts];
    size_t at = (size_t)(*random >> 32) % strlen(other);
    while (at > 0 && other[at - 1] != ' ')
        at--;
    size_t n = strcspn(other + at, " \n");
    if (n >= WORD_CAP) n = WORD_CAP - 1;
    memcpy(out, other + at, n);
    return n;
}

/* The seed decides the story, so that a copy can be made again. */
static size_t make_text(uint64_t seed, unsigned changed_in_64, char *out, size_t room)
{
    uint64_t random = 0;
    size_t n = 0, words = 0;
    state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
    const char *base = texts[next_random() % n_texts];
    uint64_t kept = state;
    uint64_t changes = seed ^ changed_in_64;
    while (*base != '\0' && words++ < WORDS_MOST && n + 2 * WORD_CAP < room) {
        size_t len = strcspn(base, " \n");
        if (next_random() % 3 == 0) {
            n += put_foreign_word(out + n, &random);
        } else {
            memcpy(out + n, base, len < WORD_CAP ? len : WORD_CAP);
            n += len < WORD_CAP ? len : WORD_CAP;
        }
        kept = state;
        state = changes * 3 + 1;
        changes = next_random() | 1;
        if (changed_in_64 != 0 && changes >> 58 < changed_in_64)
            n += put_foreign_word(out + n, &random);
        state = kept;
        out[n++] = ' ';
        base += len;
        base += strspn(base, " \n");
    }
    return n;
}

int main(int argc, char **argv)
{
    static char text[1 << 17];
    static uint64_t sign[DT_TWINS_SIGN_SIZE / 8];
    dt_twins *twins = NULL;
    dt_error err;
    struct rusage usage;
    double signing = 0, adding = 0;
    size_t copies = 0, found = 0, wrong = 0, bytes = 0;
    if (argc < 3) return 2;
    read_texts(argv[1]);
    size_t wanted = (size_t)strtoull(argv[2], NULL, 10);
    if (n_texts == 0 || dt_twins_open(argc > 3 ? argv[3] : NULL, NULL, &twins, &err) != DT_OK)
        return 3;
    for (size_t i = 0; i < wanted; i++) {
        char id[32];
        dt_twin twin = {.size = sizeof twin};
        bool copy = i % 10 == 9;
        state = i + 77;
        uint64_t of = copy ? next_random() % (i - 4) : i;
        if (of % 10 == 9) of--;
        dt_story story = {.size = sizeof story, .text = text};
        story.text_len = make_text(of + 1, copy ? 4 : 0, text, sizeof text);
        bytes += story.text_len;
        (void)snprintf(id, sizeof id, "%zu", i);
        double begin = seconds();
        if (dt_twins_sign(&story, sign, &err) != DT_OK) return 3;
        double middle = seconds();
        if (dt_twins_add(twins, id, sign, &twin, &err) != DT_OK) {
            (void)fprintf(stderr, "%s\n", err.text);
            return 3;
        }
        signing += middle - begin;
        adding += seconds() - middle;
        copies += copy;
        found += copy && twin.of != NULL && strtoull(twin.first, NULL, 10) == of;
        wrong += twin.of != NULL && (!copy || strtoull(twin.first, NULL, 10) != of);
    }
    const char *value, *key;
    (void)printf(
        "{\"stories\":%zu,\"bytes a story\":%zu,\"copies\":%zu,\"found\":%zu,\"wrong\":%zu,"
        "\"signed/s\":%.0f,\"added/s\":%.0f,\"both/s\":%.0f",
        wanted, bytes / wanted, copies, found, wrong, (double)wanted / signing,
        (double)wanted / adding, (double)wanted / (signing + adding));
    for (size_t i = 0; (key = dt_twins_fact(twins, i, &value)) != NULL; i++)
        (void)printf(",\"%s\":%s", key, value);
    (void)getrusage(RUSAGE_SELF, &usage);
    (void)printf(",\"peak MB\":%ld}\n", usage.ru_maxrss / 1024);
    return dt_twins_close(twins, &err) == DT_OK ? 0 : 3;
}
