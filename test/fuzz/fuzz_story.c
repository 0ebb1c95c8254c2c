/* fuzz_story.c - any bytes as an input record: a story, a pair of actors, a CoNLL-U document. */
#include <stdlib.h>

#include "story/story.h"

static dt_model *story_model;
static dt_coder *story_coder;
static dt_reader *story_reader;

static void begin_fuzzing(void)
{
    if (dt_model_open(NULL, &story_model, NULL) != DT_OK) abort();
    if (dt_coder_new(story_model, NULL, &story_coder, NULL) != DT_OK) abort();
    if (dt_reader_open("/dev/null", NULL, &story_reader, NULL) != DT_OK) abort();
}

static void try_conllu(const uint8_t *data, size_t size)
{
    const dt_doc *doc = NULL;
    const char *text;
    size_t len;
    dt_story story = {
        .size = sizeof story, .text = (const char *)data, .text_len = size, .id = "fuzz"};
    if (dt_parse(story_coder, &story, 1, &doc, NULL) == DT_OK)
        (void)dt_render(story_coder, doc, DT_FORMAT_CONLLU, 0, &text, &len, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const dt_doc *doc = NULL;
    dt_story story = {.size = sizeof story};
    dt_error err;
    size_t source[2], target[2];
    if (story_coder == NULL) begin_fuzzing();
    if (dt_record_story(story_coder, story_reader, (const char *)data, size, 1, &story, &err) ==
        DT_OK)
        (void)dt_code(story_coder, &story, &doc, NULL);
    if (dt_record_pair(story_coder, story_reader, (const char *)data, size, 1, &story, source,
                       target, &err) == DT_OK)
        (void)dt_classify(story_coder, &story, source, target, &doc, NULL);
    try_conllu(data, size);
    return 0;
}
