/* spec_fixture.h - for tests that read examples from test/spec: the text and language stages with
 * the real model, and the lines of a file of examples. */
#ifndef DETENTE_SPEC_FIXTURE_H
#define DETENTE_SPEC_FIXTURE_H

#include <stdio.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/file.h"
#include "text/split.h"
#include "lang/lang.h"

struct spec_chain {
    struct bundle bundle;
    struct splitter *splitter;
    struct lang_model *lang;
    struct lang_scratch *scratch;
    struct arena arena;
    struct text_layer text;
    struct lang_layer words;
};

struct spec_example {
    char title[200], story[2000];
    int32_t day;
    bool read; /* the story was analysed */
};

/* Judges one line of expectations; returns the number of failures, which it has printed. */
typedef int spec_judge(struct spec_chain *c, const struct spec_example *e, struct str line,
                       unsigned at);
/* Runs the stage under test over c->text and c->words. */
typedef void spec_stage(struct spec_chain *c, const struct spec_example *e);

/* False when no model is there. */
static inline bool spec_open(struct spec_chain *c)
{
    static const char model[] = DT_SOURCE_DIR "/model/english.dtm";
    dt_error err;
    if (access(model, R_OK) != 0) return false;
    if (bundle_open(model, "MODL", 1, 1, &c->bundle, &err) != DT_OK ||
        lang_model_new(&c->bundle, &c->lang, &err) != DT_OK ||
        lang_scratch_new(c->lang, &c->scratch, &err) != DT_OK ||
        (bundle_has(&c->bundle, "spl.dim") &&
         splitter_new(&c->bundle, &c->splitter, &err) != DT_OK))
        fail_msg("%s", err.text);
    return true;
}

static inline void spec_close(struct spec_chain *c)
{
    arena_free(&c->arena);
    lang_scratch_free(c->scratch);
    lang_model_free(c->lang);
    if (c->splitter != NULL) splitter_free(c->splitter);
    bundle_close(&c->bundle);
}

/* True when the line belonged to the head of an example: its title, date or story. */
static inline bool spec_head(struct spec_example *e, struct str line)
{
    size_t used = strlen(e->story);
    if (str_starts(line, STR("### "))) {
        *e = (struct spec_example){.day = DAY_MIN};
        (void)snprintf(e->title, sizeof e->title, "%.*s", (int)line.len - 4, line.at + 4);
    } else if (str_starts(line, STR("story-date "))) {
        assert_true(date_read(str_cut(line, 11, line.len), &e->day));
    } else if (str_starts(line, STR("> "))) {
        (void)snprintf(e->story + used, sizeof e->story - used, "%s%.*s", used != 0 ? "\n" : "",
                       (int)line.len - 2, line.at + 2);
    } else {
        return line.len == 0 || line.at[0] == '#';
    }
    return true;
}

static inline int spec_line(struct spec_chain *c, struct spec_example *e, spec_stage *stage,
                            spec_judge *judge, struct str line, unsigned at)
{
    if (spec_head(e, line)) return 0;
    if (!e->read) {
        arena_reset(&c->arena);
        assert_true(text_analyse(c->splitter, &c->arena, str_c(e->story), &c->text));
        assert_true(lang_analyse(c->lang, c->scratch, &c->arena, &c->text, &c->words));
        stage(c, e);
        e->read = true;
    }
    return judge(c, e, line, at);
}

/* All examples of test/spec/NAME; fails when a line is not met. Skips without a model. */
static inline void spec_run(const char *path, spec_stage *stage, spec_judge *judge)
{
    static struct spec_chain c;
    static struct spec_example e;
    struct file_map file;
    dt_error err;
    int failures = 0;
    unsigned at = 0;
    if (!spec_open(&c)) {
        print_message("skipped: there is no model/english.dtm\n");
        skip();
    }
    if (file_map_open(path, &file, &err) != DT_OK) fail_msg("%s", err.text);
    struct str text = str_of((const char *)file.at, file.len);
    for (size_t begin = 0; begin < text.len;) {
        size_t end = str_find(text, '\n', begin);
        failures += spec_line(&c, &e, stage, judge, str_cut(text, begin, end), ++at);
        begin = end + 1;
    }
    file_map_close(&file);
    spec_close(&c);
    assert_int_equal(failures, 0);
}

#endif
