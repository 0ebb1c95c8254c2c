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

/* ---- reading records ---- */

static const char page[] =
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tanks for Gondor</title>"
    "<meta property=\"article:published_time\" content=\"2024-06-13T08:00:00Z\"><script "
    "type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Tanks for Gondor\","
    "\"datePublished\":\"2024-06-13\"}</script></head><body><nav><a href=\"/\">Home</a></nav>"
    "<article><h1>Tanks for Gondor</h1><p>Arnor sent forty tanks to Gondor on Monday, the "
    "ministry of defence said in a statement.</p><p>The tanks will stay there until the end of "
    "the year &amp; will then be brought home, it added.</p></article></body></html>";

static const struct {
    const char *name, *bytes; /* NULL: the page in a web archive */
} inputs[] = {
    {"a.jsonl",
     "{\"id\":\"1\",\"date\":\"2024-06-13\",\"title\":\"Tanks\",\"text\":\"Arnor sent "
     "\\u00e9 tanks.\"}\n{\"id\":\"2\",\"date\":\"13/06/2024\",\"text\":\"It rained.\"}\n"},
    {"a.json", "[{\"id\":\"1\",\"text\":\"Arnor sent tanks.\"},\n{\"text\":\"It rained.\"}]\n"},
    {"a.csv", "id,date,title,text\n1,2024-06-13,Tanks,\"Arnor sent, on \"\"Monday\"\",\ntanks.\"\n"
              "2,14/06/2024,,It rained.\n"},
    {"a.txt", "Arnor sent tanks to Gondor on Monday.\n\nCaf\xE9s stayed open, and na\xEFve "
              "guests drank caf\xE9 au lait.\n"},
    {"a.html", page},
    {"a.xml", "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><item>"
              "<title>Tanks</title><guid>1</guid><pubDate>Thu, 13 Jun 2024 08:00:00 GMT</pubDate>"
              "<description>&lt;p&gt;Arnor sent tanks to Gondor on Monday.&lt;/p&gt;</description>"
              "</item><item><title>Rain</title><guid>2</guid><description>It rained all day."
              "</description></item></channel></rss>"},
    {"a.mbox", "From a@example.org Thu Jun 13 08:00:00 2024\nFrom: A <a@example.org>\n"
               "Subject: =?utf-8?Q?Tanks_=C3=A9?=\nDate: Thu, 13 Jun 2024 08:00:00 +0000\n"
               "Message-ID: <1@example.org>\nContent-Type: multipart/alternative; boundary=b\n\n"
               "--b\nContent-Type: text/plain; charset=iso-8859-1\n"
               "Content-Transfer-Encoding: quoted-printable\n\nArnor sent caf=E9s to Gondor.\n"
               "--b--\n\nFrom b@example.org Fri Jun 14 08:00:00 2024\nSubject: Rain\n\n"
               "It rained.\n"},
    {"a.warc", NULL},
};

static void write_input(const char *path, const char *bytes)
{
    static const char http[] = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    if (bytes == NULL) {
        assert_true(fprintf(file,
                            "WARC/1.0\r\nWARC-Type: response\r\n"
                            "WARC-Target-URI: http://news.example.org/1\r\n"
                            "WARC-Date: 2024-06-13T08:00:00Z\r\n"
                            "Content-Type: application/http; msgtype=response\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            strlen(http) + strlen(page), http) > 0);
        bytes = page;
    }
    assert_true(fputs(bytes, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Adds what was read of a story to a text that two runs can be compared by. */
static void note_story(char *seen, size_t room, const dt_story *story)
{
    const size_t len = strlen(seen);
    assert_true(len < room);
    const int n =
        snprintf(seen + len, room - len, "%s|%s|%s|%.*s\n", story->id,
                 story->date != NULL ? story->date : "", story->title != NULL ? story->title : "",
                 (int)story->text_len, story->text);
    assert_true(n > 0 && (size_t)n < room - len);
}

static dt_status read_records(dt_coder *coder, dt_reader *reader, char *seen, size_t room,
                              dt_error *err)
{
    for (;;) {
        const char *record;
        size_t len, line;
        dt_story story = {.size = sizeof story};
        dt_status st = dt_reader_next(reader, &record, &len, &line, err);
        if (st != DT_OK || record == NULL) return st;
        st = dt_record_story(coder, reader, record, len, line, &story, err);
        if (st != DT_OK) return st;
        note_story(seen, room, &story);
    }
}

/* A new coder each time: its memory is asked for, too. */
static dt_status read_with_failure(dt_model *model, const char *path, size_t failing, char *seen,
                                   size_t room, dt_error *err)
{
    dt_coder *coder = whole_coder(model, NULL);
    dt_reader *reader = NULL;
    seen[0] = '\0';
    n_calls = 0;
    failing_call = failing;
    dt_status st = dt_reader_open(path, NULL, &reader, err);
    assert_true((st == DT_OK) == (reader != NULL));
    if (st == DT_OK) st = read_records(coder, reader, seen, room, err);
    dt_reader_close(reader);
    failing_call = SIZE_MAX;
    dt_coder_free(coder);
    return st;
}

/* What is read is the whole or DT_E_NOMEM: no record is lost, cut or taken for something else. */
static void try_input(dt_model *model, const char *path)
{
    static char wanted[4096], got[4096];
    dt_error err = {0};
    size_t n_failed = 0;
    if (read_with_failure(model, path, SIZE_MAX, wanted, sizeof wanted, &err) != DT_OK)
        fail_msg("%s", err.text);
    assert_true(strstr(wanted, "Arnor sent") != NULL);
    const size_t calls = n_calls;
    for (size_t k = 0; k < calls; k++) {
        const dt_status st = read_with_failure(model, path, k, got, sizeof got, &err);
        n_failed += st != DT_OK;
        if (st != DT_OK && st != DT_E_NOMEM)
            fail_msg("%s, allocation %zu: status %d, %s", path, k, (int)st, err.text);
        if (st == DT_OK && strcmp(got, wanted) != 0)
            fail_msg("%s, allocation %zu: read\n%s\nand not\n%s", path, k, got, wanted);
    }
    print_message("%s: %zu allocations, %zu failures\n", path, calls, n_failed);
    assert_true(n_failed > 0);
}

static void reading_survives_each_failure(void **state)
{
    (void)state;
    char dir[] = "/tmp/detente-test-XXXXXX", path[64];
    dt_model *model = whole_model();
    assert_non_null(mkdtemp(dir));
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", dir, inputs[i].name);
        write_input(path, inputs[i].bytes);
        try_input(model, path);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(dir), 0);
    dt_model_close(model);
}

/* ---- twins ---- */

enum { N_TWINS = 300 }; /* more than the first tables have room for */

static dt_status twins_with_failure(size_t failing, size_t *n_twins)
{
    uint64_t sign[DT_TWINS_SIGN_SIZE / sizeof(uint64_t)];
    char text[16384], id[16];
    dt_twins *twins = NULL;
    dt_error err = {0};
    *n_twins = 0;
    n_calls = 0;
    failing_call = failing;
    dt_status st = dt_twins_open(NULL, NULL, &twins, &err);
    assert_true((st == DT_OK) == (twins != NULL));
    for (unsigned i = 0; st == DT_OK && i < N_TWINS; i++) {
        dt_twin twin = {.size = sizeof twin};
        (void)snprintf(id, sizeof id, "%u", i);
        dt_story story = whole_story(id, text, whole_write(i / 2, text, sizeof text));
        st = dt_twins_sign(&story, sign, &err);
        if (st == DT_OK) st = dt_twins_add(twins, id, sign, &twin, &err);
        if (st == DT_OK && twin.kind != DT_TWIN_NONE) (*n_twins)++;
    }
    const dt_status closed = dt_twins_close(twins, NULL);
    failing_call = SIZE_MAX;
    return st == DT_OK ? closed : st;
}

static void twins_survive_each_failure(void **state)
{
    (void)state;
    size_t wanted, got, n_failed = 0;
    assert_int_equal(twins_with_failure(SIZE_MAX, &wanted), DT_OK);
    assert_true(wanted >= N_TWINS / 2);
    const size_t calls = n_calls, step = calls > 500 ? calls / 251 : 1;
    for (size_t k = 0; k < calls; k += k < 100 ? 1 : step) {
        const dt_status st = twins_with_failure(k, &got);
        assert_true(st == DT_E_NOMEM || (st == DT_OK && got == wanted));
        n_failed += st != DT_OK;
    }
    print_message("%zu allocations, %zu failures\n", calls, n_failed);
    assert_true(n_failed > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steady_state_allocates_nothing),
        cmocka_unit_test(reading_survives_each_failure),
        cmocka_unit_test(twins_survive_each_failure),
        cmocka_unit_test(opening_survives_each_failure),
        cmocka_unit_test(opening_with_a_folder_survives_failures),
        cmocka_unit_test(storing_survives_each_failure),
        cmocka_unit_test(the_codebook_survives_failures),
        cmocka_unit_test(coding_survives_each_failure),
        cmocka_unit_test(a_coder_recovers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
