/* fuzz_text.c - any bytes as news text: all stages, all formats; spans must lie inside the text. */
#include <stdlib.h>

#include "story/story.h"

static dt_model *fuzzed_model;
static dt_coder *fuzzed_coder;

static void start(void)
{
    dt_options options = {.size = sizeof options, .status = "all", .trace = 1, .any_language = 1};
    if (dt_model_open(NULL, &fuzzed_model, NULL) != DT_OK) abort();
    if (dt_coder_new(fuzzed_model, &options, &fuzzed_coder, NULL) != DT_OK) abort();
}

static void check_spans(const dt_doc *doc, size_t size)
{
    for (size_t i = 0; i < dt_sentence_count(doc); i++)
        if (dt_sentence_begin(doc, i) > dt_sentence_end(doc, i) || dt_sentence_end(doc, i) > size)
            abort();
    for (size_t i = 0; i < dt_token_count(doc); i++) {
        if (dt_token_begin(doc, i) >= dt_token_end(doc, i) || dt_token_end(doc, i) > size) abort();
        if (i > 0 && dt_token_begin(doc, i) < dt_token_end(doc, i - 1)) abort();
        if (dt_token_head(doc, i) > dt_token_count(doc)) abort(); /* from 1; 0: the root */
    }
    for (size_t i = 0; i < dt_actor_count(doc); i++)
        if (dt_actor_begin(doc, i) >= dt_actor_end(doc, i) || dt_actor_end(doc, i) > size) abort();
    for (size_t i = 0; i < dt_event_count(doc); i++)
        if (dt_event_begin(doc, i) >= dt_event_end(doc, i) || dt_event_end(doc, i) > size) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const dt_doc *doc = NULL;
    dt_story story = {
        .size = sizeof story, .text = (const char *)data, .text_len = size, .id = "fuzz"};
    if (fuzzed_coder == NULL) start();
    if (size % 2 == 0) story.date = "2024-06-13";
    if (dt_code(fuzzed_coder, &story, &doc, NULL) != DT_OK) abort();
    check_spans(doc, size);
    for (int format = DT_FORMAT_EVENTS; format <= DT_FORMAT_EXPLAIN_JSON; format++) {
        const char *text;
        size_t len;
        if (dt_render(fuzzed_coder, doc, (dt_format)format, format & 1, &text, &len, NULL) != DT_OK)
            abort();
    }
    return 0;
}
