/* threads_test.c - one model shared by eight threads: each gets what one thread alone gets. Run it
 * under ThreadSanitizer, too: cmake -DDT_SANITIZE=thread. */
#include <pthread.h>

#include "whole.h"

enum { N_THREADS = 8, N_STORIES = 40 };

struct output {
    char *text[N_STORIES];
    size_t len[N_STORIES];
};

struct runner {
    dt_model *model;
    struct output output;
    bool failed;
};

/* Codes all stories; runs in threads, so that it may assert nothing. */
static bool code_all(dt_model *model, struct output *output)
{
    dt_coder *coder = NULL;
    dt_options options = {.size = sizeof options, .status = "all"};
    bool ok = dt_coder_new(model, &options, &coder, NULL) == DT_OK;
    for (unsigned i = 0; ok && i < N_STORIES; i++) {
        char text[16384];
        const dt_doc *doc = NULL;
        const char *out = "";
        dt_story story = whole_story("story", text, whole_write(i, text, sizeof text));
        ok = dt_code(coder, &story, &doc, NULL) == DT_OK &&
             dt_render(coder, doc, DT_FORMAT_STORY, 0, &out, &output->len[i], NULL) == DT_OK;
        output->text[i] = ok ? malloc(output->len[i] + 1) : NULL;
        ok = output->text[i] != NULL;
        if (ok) memcpy(output->text[i], out, output->len[i]);
    }
    dt_coder_free(coder);
    return ok;
}

static void *run_thread(void *argument)
{
    struct runner *r = argument;
    r->failed = !code_all(r->model, &r->output);
    return NULL;
}

static void free_output(struct output *output)
{
    for (int i = 0; i < N_STORIES; i++)
        free(output->text[i]);
}

static void threads_agree_with_one(void **state)
{
    (void)state;
    static struct runner runners[N_THREADS];
    static struct output alone;
    pthread_t threads[N_THREADS];
    dt_model *model = whole_model();
    assert_true(code_all(model, &alone));
    for (int i = 0; i < N_THREADS; i++) {
        runners[i].model = model;
        assert_int_equal(pthread_create(&threads[i], NULL, run_thread, &runners[i]), 0);
    }
    for (int i = 0; i < N_THREADS; i++)
        assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < N_THREADS; i++) {
        assert_false(runners[i].failed);
        for (int k = 0; k < N_STORIES; k++) {
            assert_int_equal(runners[i].output.len[k], alone.len[k]);
            assert_memory_equal(runners[i].output.text[k], alone.text[k], alone.len[k]);
        }
        free_output(&runners[i].output);
    }
    free_output(&alone);
    dt_model_close(model);
}

/* The last of many owners, in whichever thread, closes the model. */
static void *make_and_free(void *argument)
{
    for (int i = 0; i < 20; i++) {
        dt_coder *coder = NULL;
        if (dt_coder_new(argument, NULL, &coder, NULL) != DT_OK) return argument;
        dt_coder_free(coder);
    }
    return NULL;
}

static void coders_come_and_go(void **state)
{
    (void)state;
    pthread_t threads[N_THREADS];
    dt_model *model = whole_model();
    dt_coder *last = whole_coder(model, NULL);
    for (int i = 0; i < N_THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, make_and_free, model), 0);
    dt_model_close(model); /* `last` holds it */
    for (int i = 0; i < N_THREADS; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    dt_coder_free(last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(threads_agree_with_one),
                                       cmocka_unit_test(coders_come_and_go)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
