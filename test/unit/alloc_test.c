/* alloc_test.c - memory: nothing is allocated for a story once a coder is warm; whichever
 * allocation fails, the call fails cleanly or works as if nothing had happened.
 *
 * The program is linked with --wrap for malloc and its like (cmake/tests.cmake). */
#include <sys/stat.h>
#include <unistd.h>

#include "whole.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *at, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);

static size_t n_calls;                 /* allocations since the counter was set to 0 */
static size_t failing_call = SIZE_MAX; /* the number of the one that fails */

static int call_fails(void)
{
    return n_calls++ == failing_call;
}

void *__wrap_malloc(size_t size)
{
    return call_fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return call_fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *at, size_t size)
{
    return call_fails() ? NULL : __real_realloc(at, size);
}

void *__wrap_aligned_alloc(size_t align, size_t size)
{
    return call_fails() ? NULL : __real_aligned_alloc(align, size);
}

/* ---- the steady state ---- */

enum { N_STORIES = 200 };

static void code_and_render(dt_coder *coder, unsigned number)
{
    char text[16384];
    const dt_doc *doc = NULL;
    const char *out;
    size_t len;
    dt_story story = whole_story("story", text, whole_write(number, text, sizeof text));
    assert_int_equal(dt_code(coder, &story, &doc, NULL), DT_OK);
    for (int format = DT_FORMAT_EVENTS; format <= DT_FORMAT_EXPLAIN_JSON; format++)
        assert_int_equal(
            dt_render(coder, doc, (dt_format)format, (int)number & 1, &out, &len, NULL), DT_OK);
    for (int format = DT_FORMAT_PETRARCH; format <= DT_FORMAT_GEOJSONL; format++)
        assert_int_equal(dt_render(coder, doc, (dt_format)format, 0, &out, &len, NULL), DT_OK);
}

static void steady_state_allocates_nothing(void **state)
{
    (void)state;
#ifdef DT_DEBUG_ARENA
    skip(); /* every arena allocation is a malloc there */
#endif
    dt_options options = {.size = sizeof options, .status = "all", .trace = 1};
    dt_model *model = whole_model();
    dt_coder *coder = whole_coder(model, &options);
    for (unsigned i = 0; i < N_STORIES; i++)
        code_and_render(coder, i);
    code_and_render(coder, 0); /* the reset after the largest story joins its chunks */
    for (unsigned i = 0; i < N_STORIES; i++) {
        n_calls = 0;
        code_and_render(coder, i);
        if (n_calls != 0) fail_msg("story %u made %zu allocations in the second pass", i, n_calls);
    }
    dt_coder_free(coder);
    dt_model_close(model);
}

/* ---- the k-th allocation fails ---- */

struct result {
    char text[2][65536];
    size_t len[2];
};

/* Numbers of the two stories that are coded with failing allocations. */
static const unsigned tried_stories[2] = {3, 9};

static dt_status code_two(dt_coder *coder, struct result *result)
{
    char text[16384];
    dt_status st = DT_OK;
    for (int i = 0; st == DT_OK && i < 2; i++) {
        const dt_doc *doc = NULL;
        const char *out = "";
        size_t len = 0;
        dt_story story =
            whole_story("story", text, whole_write(tried_stories[i], text, sizeof text));
        st = dt_code(coder, &story, &doc, NULL);
        if (st == DT_OK) st = dt_render(coder, doc, DT_FORMAT_STORY, 0, &out, &len, NULL);
        if (st != DT_OK) break;
        assert_true(len <= sizeof result->text[i]);
        memcpy(result->text[i], out, len);
        result->len[i] = len;
    }
    return st;
}

static dt_status run_with_failure(dt_model *model, size_t failing, struct result *result)
{
    dt_coder *coder = NULL;
    dt_error err = {0};
    n_calls = 0;
    failing_call = failing;
    dt_status st = dt_coder_new(model, NULL, &coder, &err);
    if (st == DT_OK) st = code_two(coder, result);
    failing_call = SIZE_MAX;
    dt_coder_free(coder);
    return st;
}

static void coding_survives_each_failure(void **state)
{
    (void)state;
    static struct result wanted, got;
    dt_model *model = whole_model();
    assert_int_equal(run_with_failure(model, SIZE_MAX, &wanted), DT_OK);
    size_t calls = n_calls, n_failed = 0;
    /* with one malloc for each arena allocation there are thousands: then not all of them */
    size_t step = calls > 500 ? calls / 251 : 1;
    for (size_t k = 0; k < calls; k += k < 100 ? 1 : step) {
        dt_status st = run_with_failure(model, k, &got);
        if (st != DT_OK) {
            assert_int_equal(st, DT_E_NOMEM);
            n_failed++;
            continue;
        }
        for (int i = 0; i < 2; i++) {
            assert_int_equal(got.len[i], wanted.len[i]);
            assert_memory_equal(got.text[i], wanted.text[i], wanted.len[i]);
        }
    }
    print_message("%zu allocations, %zu failures\n", calls, n_failed);
    assert_true(n_failed > 0);
    dt_model_close(model);
}

/* Writes a user's folder of one actor. */
static void write_folder(const char *dir)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/actors", dir);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/actors/a.txt", dir);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs("provenance  A test.\n\ncountry ARN  Arnor\n  people Arnorian\n", file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void remove_folder(const char *dir)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/actors/a.txt", dir);
    assert_int_equal(unlink(path), 0);
    (void)snprintf(path, sizeof path, "%s/actors", dir);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(rmdir(dir), 0);
}

/* Some that have everything that dictionaries can have. */
static const char dictionaries[] = DT_SOURCE_DIR "/test/fuzz/corpus/fuzz_petrarch";

/* A user's folder comes together with dictionaries. */
static dt_status open_with_failure(size_t failing, const char *knowledge_dir)
{
    dt_model *model = NULL;
    dt_error err = {0};
    const dt_model_options files = {.size = sizeof files,
                                    .model = DT_SOURCE_DIR "/model/english.dtm",
                                    .knowledge = DT_BINARY_DIR "/detente.dtk",
                                    .knowledge_dir = knowledge_dir,
                                    .petrarch_dir = knowledge_dir != NULL ? dictionaries : NULL};
    n_calls = 0;
    failing_call = failing;
    dt_status st = dt_model_open(&files, &model, &err);
    failing_call = SIZE_MAX;
    assert_true((st == DT_OK) == (model != NULL));
    if (st != DT_OK) assert_int_equal(err.code, st);
    dt_model_close(model);
    return st;
}

static void opening_survives_each_failure(void **state)
{
    (void)state;
    assert_int_equal(open_with_failure(SIZE_MAX, NULL), DT_OK);
    size_t calls = n_calls;
    for (size_t k = 0; k < calls; k++)
        assert_int_equal(open_with_failure(k, NULL), DT_E_NOMEM);
    print_message("%zu allocations\n", calls);
}

/* With a user's folder there are more, and each opening compiles it: some of them are tried. */
static void opening_with_a_folder_survives_failures(void **state)
{
    (void)state;
    char dir[] = "/tmp/detente-test-XXXXXX";
    assert_non_null(mkdtemp(dir));
    write_folder(dir);
    assert_int_equal(open_with_failure(SIZE_MAX, dir), DT_OK);
    size_t calls = n_calls, step = calls / 40 + 1;
    for (size_t k = 0; k < calls; k += step)
        assert_int_equal(open_with_failure(k, dir), DT_E_NOMEM);
    assert_int_equal(open_with_failure(calls - 1, dir), DT_E_NOMEM);
    remove_folder(dir);
}

/* ---- the codebook ---- */

static dt_status book_with_failure(dt_model *model, size_t failing)
{
    dt_codebook *book = NULL;
    dt_error err = {0};
    n_calls = 0;
    failing_call = failing;
    dt_status st = dt_codebook_new(model, &book, &err);
    failing_call = SIZE_MAX;
    assert_true((st == DT_OK) == (book != NULL));
    if (st != DT_OK) assert_int_equal(err.code, st);
    dt_codebook_free(book);
    return st;
}

static void the_codebook_survives_failures(void **state)
{
    (void)state;
    dt_model *model = whole_model();
    assert_int_equal(book_with_failure(model, SIZE_MAX), DT_OK);
    size_t calls = n_calls, step = calls / 100 + 1;
    for (size_t k = 0; k < calls; k += step)
        assert_int_equal(book_with_failure(model, k), DT_E_NOMEM);
    assert_int_equal(book_with_failure(model, calls - 1), DT_E_NOMEM);
    dt_model_close(model);
}

/* ---- reading a record ---- */


/* After memory ran out a coder goes on with the next story. */
static void a_coder_recovers(void **state)
{
    (void)state;
    static struct result wanted, got;
    dt_model *model = whole_model();
    assert_int_equal(run_with_failure(model, SIZE_MAX, &wanted), DT_OK);
    dt_coder *coder = whole_coder(model, NULL);
    n_calls = 0;
    failing_call = 0;
    dt_status st = code_two(coder, &got);
    failing_call = SIZE_MAX;
    assert_int_equal(st, DT_E_NOMEM);
    assert_int_equal(code_two(coder, &got), DT_OK);
    assert_memory_equal(got.text[1], wanted.text[1], wanted.len[1]);
    dt_coder_free(coder);
    dt_model_close(model);
}

/* ---- a database ---- */

static dt_status store_with_failure(const char *path, const dt_doc *doc, size_t failing)
{
    dt_db *db = NULL;
    dt_rows *rows = NULL;
    dt_error err = {0};
    n_calls = 0;
    failing_call = failing;
    dt_status st = dt_db_open(path, &db, &err);
    if (st == DT_OK) st = dt_rows_new(&rows, &err);
    if (st == DT_OK) st = dt_rows_pack(rows, doc, &err);
    if (st == DT_OK) st = dt_db_put_rows(db, rows, &err);
    if (st == DT_OK) st = dt_db_put(db, doc, &err);
    if (st == DT_OK) st = dt_db_note_progress(db, "input", 1, &err);
    dt_rows_free(rows);
    const dt_status closed = dt_db_close(db, st == DT_OK ? &err : NULL);
    failing_call = SIZE_MAX;
    return st == DT_OK ? closed : st;
}

static void storing_survives_each_failure(void **state)
{
    (void)state;
    char dir[] = "/tmp/detente-test-XXXXXX", path[64], text[16384];
    dt_model *model = whole_model();
    dt_coder *coder = whole_coder(model, NULL);
    const dt_doc *doc = NULL;
    assert_non_null(mkdtemp(dir));
    (void)snprintf(path, sizeof path, "%s/events.db", dir);
    dt_story story = whole_story("story", text, whole_write(7, text, sizeof text));
    assert_int_equal(dt_code(coder, &story, &doc, NULL), DT_OK);
    assert_int_equal(store_with_failure(path, doc, SIZE_MAX), DT_OK);
    const size_t calls = n_calls;
    for (size_t k = 0; k < calls; k++) {
        if (k % 2 == 0) assert_int_equal(unlink(path), 0); /* a new file, and one that is there */
        const dt_status st = store_with_failure(path, doc, k);
        assert_true(st == DT_E_NOMEM || st == DT_OK);
        assert_int_equal(store_with_failure(path, doc, SIZE_MAX), DT_OK);
    }
    assert_true(calls > 5);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(dir), 0);
    dt_coder_free(coder);
    dt_model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steady_state_allocates_nothing),
        cmocka_unit_test(opening_survives_each_failure),
        cmocka_unit_test(opening_with_a_folder_survives_failures),
        cmocka_unit_test(storing_survives_each_failure),
        cmocka_unit_test(the_codebook_survives_failures),
        cmocka_unit_test(coding_survives_each_failure),
        cmocka_unit_test(a_coder_recovers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
