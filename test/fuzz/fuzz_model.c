/* fuzz_model.c - damaged model and knowledge files, and damaged weights of the reader of events.
 *
 * The first byte says which file and how: cut off, or bytes changed. A change is five bytes:
 * section (1), place (3), new value (1); the file is sealed again after it, so that the hash does
 * not hide the checks behind it. Whatever opens must also work: a story is coded with it and
 * rendered. */
#include <stdio.h>
#include <stdlib.h>

#include "story/model.h"
#include "text/split.h"
#include "what/reader_file.h"

enum { LANGUAGE, KNOWLEDGE, EVENTS, FILES };

static struct bundle whole[FILES];
static struct dt_model patched; /* the language model as it is, with what is tried */
static dt_coder *patched_coder;
static const char model_text[] =
    "ANKARA, March 3 (Reuters) - Iran released two French hostages on Friday. \"It isn't over,\" "
    "President "
    "Macron said. Russian and U.S. officials held six hours of talks in Istanbul last week, and "
    "Moscow "
    "threatened to recall its ambassador. They refused to lift sanctions on the Taliban.";

static const char kinds[FILES][4] = {
    {'M', 'O', 'D', 'L'}, {'K', 'N', 'O', 'W'}, {'E', 'V', 'N', 'T'}};

static void load_whole(void)
{
    static const char *const variables[FILES] = {"DETENTE_MODEL", "DETENTE_KNOWLEDGE",
                                                 "DETENTE_EVENTS"};
    static const char *const built[FILES] = {DT_FUZZ_MODEL, DT_FUZZ_KNOWLEDGE, DT_FUZZ_EVENTS};
    for (int i = 0; i < FILES; i++) {
        const char *path = getenv(variables[i]);
        if (path == NULL) path = built[i];
        if (bundle_open(path, kinds[i], 1, 99, &whole[i], NULL) != DT_OK) abort();
    }
}

static void code_patched(void)
{
    const dt_doc *doc = NULL;
    dt_story story = {.size = sizeof story,
                      .text = model_text,
                      .text_len = sizeof model_text - 1,
                      .id = "fuzz",
                      .date = "2025-02-28"};
    const dt_format formats[] = {DT_FORMAT_STORY, DT_FORMAT_EVENTS_CSV, DT_FORMAT_TABLE,
                                 DT_FORMAT_EXPLAIN};
    if (dt_code(patched_coder, &story, &doc, NULL) != DT_OK) return;
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const char *text;
        size_t len;
        (void)dt_render(patched_coder, doc, formats[i], 0, &text, &len, NULL);
    }
}

static void begin_patching(void)
{
    dt_options options = {.size = sizeof options, .status = "all", .trace = 1};
    load_whole();
    if (splitter_new(&whole[LANGUAGE], &patched.splitter, NULL) != DT_OK) abort();
    if (lang_model_new(&whole[LANGUAGE], &patched.lang, NULL) != DT_OK) abort();
    patched.references = 1;
    if (dt_coder_new(&patched, &options, &patched_coder, NULL) != DT_OK) abort();
}

static void use_model(const struct bundle *b)
{
    struct lang_model *lang = NULL;
    struct lang_scratch *scratch = NULL;
    struct splitter *splitter = NULL;
    struct arena arena = {0};
    struct text_layer layer;
    struct lang_layer words;
    if (splitter_new(b, &splitter, NULL) == DT_OK && lang_model_new(b, &lang, NULL) == DT_OK &&
        lang_scratch_new(lang, &scratch, NULL) == DT_OK &&
        text_analyse(&(struct text_rules){splitter, NULL}, &arena, str_c(model_text), &layer))
        (void)lang_analyse(lang, scratch, &arena, &layer, &words);
    lang_scratch_free(scratch);
    lang_model_free(lang);
    splitter_free(splitter);
    arena_free(&arena);
}

static void use_knowledge(const void *bytes, size_t len)
{
    if (know_attach(bytes, len, "fuzz", &patched.know, NULL) != DT_OK) return;
    if (frames_open(&patched.know, &patched.frames, NULL) == DT_OK) code_patched();
    know_close(&patched.know);
}

/* The frames of our knowledge find evidence for the weights that are tried. */
static void use_events(const void *bytes, size_t len)
{
    static struct reader reader;
    const struct bundle *know = &whole[KNOWLEDGE];
    if (reader_attach(bytes, len, "fuzz", &reader, NULL) == DT_OK &&
        reader_fits(&reader, lang_state_width(patched.lang))) {
        if (know_attach(know->at, know->len, "fuzz", &patched.know, NULL) != DT_OK) abort();
        if (frames_open(&patched.know, &patched.frames, NULL) != DT_OK) abort();
        patched.reader = &reader;
        code_patched();
        patched.reader = NULL;
        know_close(&patched.know);
    }
    reader_close(&reader);
}

static void try_file(int which, const void *bytes, size_t len)
{
    struct bundle b;
    if (which == KNOWLEDGE) {
        use_knowledge(bytes, len);
    } else if (which == EVENTS) {
        use_events(bytes, len);
    } else if (bundle_attach(bytes, len, "fuzz", kinds[LANGUAGE], MODEL_VERSION_MIN,
                             MODEL_VERSION_MAX, &b, NULL) == DT_OK) {
        use_model(&b);
        bundle_close(&b);
    }
}

static void try_cut(int which, const uint8_t *data, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < size && i < 4; i++)
        at = at << 8 | data[i];
    size_t len = at % (whole[which].len + 1);
    void *bytes = aligned_alloc(64, (len + 63) / 64 * 64 + 64);
    if (bytes == NULL) return;
    memcpy(bytes, whole[which].at, len);
    try_file(which, bytes, len);
    free(bytes);
}

/* Copies of the sections that are changed; the others are borrowed. */
static void try_changes(int which, const uint8_t *data, size_t size)
{
    static struct bundle_writer w;
    unsigned char *copies[BUNDLE_MAX_SECTIONS] = {0};
    char tags[BUNDLE_MAX_SECTIONS][9];
    uint32_t n = whole[which].n_sections;
    bundle_begin(&w, kinds[which], whole[which].version);
    for (uint32_t i = 0; i < n; i++) {
        struct bundle_section s;
        struct str tag = bundle_tag(&whole[which], i);
        (void)snprintf(tags[i], sizeof tags[i], "%.*s", (int)tag.len, tag.at);
        if (bundle_find(&whole[which], tags[i], 0, &s, NULL) != DT_OK) abort();
        size_t element = s.count != 0 ? s.len / s.count : 1;
        bundle_add(&w, tags[i], s.at, s.count, element);
    }
    for (size_t k = 0; k + 5 <= size; k += 5) {
        uint32_t i = data[k] % n;
        if (w.section[i].len == 0) continue;
        if (copies[i] == NULL) {
            copies[i] = malloc(w.section[i].len);
            if (copies[i] == NULL) continue;
            memcpy(copies[i], w.section[i].at, w.section[i].len);
            w.section[i].at = copies[i];
        }
        size_t place = (size_t)data[k + 1] << 16 | (size_t)data[k + 2] << 8 | data[k + 3];
        copies[i][place % w.section[i].len] = data[k + 4];
    }
    void *bytes = NULL;
    size_t len = 0;
    if (bundle_finish(&w, &bytes, &len, NULL) == DT_OK) try_file(which, bytes, len);
    free(bytes);
    for (uint32_t i = 0; i < n; i++)
        free(copies[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (whole[LANGUAGE].at == NULL) begin_patching();
    if (size < 2) return 0;
    int which = data[0] & 4 ? EVENTS : data[0] & 1 ? KNOWLEDGE : LANGUAGE;
    if (data[0] & 2)
        try_cut(which, data + 1, size - 1);
    else
        try_changes(which, data + 1, size - 1);
    return 0;
}
