/* spec_fixture.h - for tests that read examples from test/spec: each story goes the whole road with
 * the real model and knowledge, as a user's would; then each line of expectations is judged. */
#ifndef DETENTE_SPEC_FIXTURE_H
#define DETENTE_SPEC_FIXTURE_H

#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "story/story.h"

struct spec_example {
    char title[200], story[2000], date[16];
    bool read; /* the story was coded */
};

/* Judges one line of expectations; returns the number of failures, which it has printed. */
typedef int spec_judge(const struct dt_doc *doc, const struct spec_example *e, struct str line,
                       unsigned at);

/* True when the line belonged to the head of an example: its title, date or story. */
static inline bool spec_head(struct spec_example *e, struct str line)
{
    size_t used = strlen(e->story);
    if (str_starts(line, STR("### "))) {
        *e = (struct spec_example){.read = false};
        (void)snprintf(e->title, sizeof e->title, "%.*s", (int)line.len - 4, line.at + 4);
    } else if (str_starts(line, STR("story-date "))) {
        (void)snprintf(e->date, sizeof e->date, "%.*s", (int)line.len - 11, line.at + 11);
    } else if (str_starts(line, STR("> "))) {
        (void)snprintf(e->story + used, sizeof e->story - used, "%s%.*s", used != 0 ? "\n" : "",
                       (int)line.len - 2, line.at + 2);
    } else {
        return line.len == 0 || line.at[0] == '#';
    }
    return true;
}

static inline int spec_line(dt_coder *coder, struct spec_example *e, spec_judge *judge,
                            struct str line, unsigned at)
{
    static const dt_doc *doc;
    dt_error err;
    if (spec_head(e, line)) return 0;
    if (!e->read) {
        dt_story story = {.size = sizeof story, .text = e->story, .text_len = strlen(e->story)};
        if (e->date[0] != '\0') story.date = e->date;
        if (dt_code(coder, &story, &doc, &err) != DT_OK) fail_msg("%s", err.text);
        e->read = true;
    }
    return judge(doc, e, line, at);
}

static inline dt_coder *spec_coder(void)
{
    dt_model *model = NULL;
    dt_coder *coder = NULL;
    dt_error err;
    const dt_model_options files = {.size = sizeof files,
                                    .model = DT_SOURCE_DIR "/model/english.dtm",
                                    .knowledge = DT_BINARY_DIR "/detente.dtk"};
    if (access(DT_SOURCE_DIR "/model/english.dtm", R_OK) != 0 ||
        access(DT_BINARY_DIR "/detente.dtk", R_OK) != 0) {
        print_message("no model/english.dtm or no compiled knowledge: skipped\n");
        skip();
    }
    if (dt_model_open(&files, &model, &err) != DT_OK ||
        dt_coder_new(model, NULL, &coder, &err) != DT_OK)
        fail_msg("%s", err.text);
    dt_model_close(model); /* the coder keeps it */
    return coder;
}

/* All examples of the file; fails when a line is not met. Skips without model or knowledge. */
static inline void spec_run(const char *path, spec_judge *judge)
{
    static struct spec_example e;
    struct file_map file;
    dt_error err;
    dt_coder *coder = spec_coder();
    int failures = 0;
    unsigned at = 0;
    if (file_map_open(path, &file, &err) != DT_OK) fail_msg("%s", err.text);
    struct str text = str_of((const char *)file.at, file.len);
    for (size_t begin = 0; begin < text.len;) {
        size_t end = str_find(text, '\n', begin);
        failures += spec_line(coder, &e, judge, str_cut(text, begin, end), ++at);
        begin = end + 1;
    }
    file_map_close(&file);
    dt_coder_free(coder);
    assert_int_equal(failures, 0);
}

#endif
