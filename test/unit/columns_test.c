/* columns_test.c - files of columns through the library: written, read back by our own reader of
 * Parquet, refused; files of others' making in many settings; damage; memory that runs out.
 *
 * The program is linked with --wrap for malloc and its like (cmake/tests.cmake). */
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "input/form.h"
#include "store/column_out.h"
#include "whole.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *at, size_t size);
void *__real_aligned_alloc(size_t align, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *at, size_t size);
void *__wrap_aligned_alloc(size_t align, size_t size);

static size_t n_asked, asked_in_vain = SIZE_MAX; /* allocations; the number of the one that fails */

static int asks_in_vain(void)
{
    return n_asked++ == asked_in_vain;
}

void *__wrap_malloc(size_t size)
{
    return asks_in_vain() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return asks_in_vain() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *at, size_t size)
{
    return asks_in_vain() ? NULL : __real_realloc(at, size);
}

void *__wrap_aligned_alloc(size_t align, size_t size)
{
    return asks_in_vain() ? NULL : __real_aligned_alloc(align, size);
}

struct columns_fixture {
    dt_model *model;
    dt_coder *coder;
    char dir[40], path[64];
};

static int begin_columns_tests(void **state)
{
    static struct columns_fixture f = {.dir = "/tmp/detente-columns-XXXXXX"};
    f.model = whole_model();
    f.coder = whole_coder(f.model, NULL);
    *state = &f;
    if (mkdtemp(f.dir) == NULL) return 1;
    (void)snprintf(f.path, sizeof f.path, "%s/events.parquet", f.dir);
    return 0;
}

static int end_columns_tests(void **state)
{
    struct columns_fixture *f = *state;
    dt_coder_free(f->coder);
    dt_model_close(f->model);
    return rmdir(f->dir);
}

static const dt_doc *code_story(struct columns_fixture *f, const char *id)
{
    static const char text[] = "France and Germany condemned Iran on Monday. Poland sent 40 tanks "
                               "to Ukraine.";
    const dt_doc *doc = NULL;
    dt_story story = whole_story(id, text, sizeof text - 1);
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    return doc;
}

/* ---- reading a file by its path, or by its bytes ---- */

struct test_stream {
    struct byte_stream stream;
    FILE *file;
};

static dt_status read_test_stream(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                                  dt_error *err)
{
    (void)err;
    *got = fread(into, 1, cap, ((struct test_stream *)(void *)stream)->file);
    return DT_OK;
}

/* Calls `visit` for each row; the status that ends the file. Rows that cannot be used are counted.
 */
static dt_status read_parquet(const char *path, bool by_path, const struct input_options *options,
                              void (*visit)(const struct parcel *), size_t *unused, dt_error *err)
{
    struct test_stream bytes = {{read_test_stream, NULL}, fopen(path, "rb")};
    struct input_notes notes = {.n = 0};
    struct input input = {.origin = "x.parquet",
                          .bytes = &bytes.stream,
                          .path = by_path ? path : NULL,
                          .options = options,
                          .notes = &notes};
    void *state = NULL;
    bool more = true;
    *unused = 0;
    assert_non_null(bytes.file);
    dt_status st = form_parquet.open(&input, &state, err);
    while (st == DT_OK && more) {
        struct parcel parcel;
        st = form_parquet.next(state, &parcel, &more, err);
        *unused += st == DT_E_STORY;
        if (st == DT_OK && more && visit != NULL) visit(&parcel);
        if (st == DT_E_STORY) st = DT_OK;
    }
    form_parquet.close(state);
    buf_free(&notes.text);
    (void)fclose(bytes.file);
    return st;
}

/* ---- our own files ---- */

static size_t n_rows_seen;

static void see_row(const struct parcel *p)
{
    char id[32];
    (void)snprintf(id, sizeof id, "story %zu", n_rows_seen / 3); /* three events each */
    assert_true(str_eq(p->pieces[PIECE_ID], str_c(id)));
    assert_true(str_eq(p->pieces[PIECE_DATE], STR("2024-06-10")) ||
                str_eq(p->pieces[PIECE_DATE], STR("2024-06-13")));
    bool first = str_eq(p->pieces[PIECE_TEXT], STR("France and Germany condemned Iran on Monday."));
    assert_true(first || str_eq(p->pieces[PIECE_TEXT], STR("Poland sent 40 tanks to Ukraine.")));
    assert_int_equal(p->number, ++n_rows_seen);
}

/* Of each story three dyads; so many that the batch is written, and begun anew. */
static void batches_follow_each_other(void **state)
{
    struct columns_fixture *f = *state;
    dt_columns *columns = NULL;
    size_t unused, n = BATCH_ROWS / 3 + 100;
    const struct input_options options = {.id_column = "story", .date_column = "date_begin"};
    dt_error err = {0};
    assert_int_equal(dt_columns_open(f->path, DT_FORMAT_PARQUET, DT_RENDER_DYADS, &columns, &err),
                     DT_OK);
    dt_doc *doc = (dt_doc *)(uintptr_t)code_story(f, "story");
    assert_int_equal(dt_event_count(doc), 2);
    for (size_t i = 0; i < n; i++) { /* the same document under other names: coding takes longer */
        char id[32];
        (void)snprintf(id, sizeof id, "story %zu", i);
        doc->story.id = id;
        if (dt_columns_put(columns, doc, &err) != DT_OK) fail_msg("%s", err.text);
    }
    if (dt_columns_close(columns, &err) != DT_OK) fail_msg("%s", err.text);
    n_rows_seen = 0;
    dt_status st = read_parquet(f->path, true, &options, see_row, &unused, &err);
    if (st != DT_OK) fail_msg("%s", err.text);
    assert_int_equal(n_rows_seen, 3 * n);
    assert_int_equal(unused, 0);
    assert_int_equal(unlink(f->path), 0);
}

static void wrong_calls_are_refused(void **state)
{
    struct columns_fixture *f = *state;
    dt_columns *columns = NULL;
    dt_error err;
    assert_int_equal(dt_columns_open(NULL, DT_FORMAT_ARROW, 0, &columns, &err), DT_E_ARG);
    assert_int_equal(dt_columns_open("", DT_FORMAT_ARROW, 0, &columns, &err), DT_E_ARG);
    assert_int_equal(dt_columns_open(f->path, DT_FORMAT_ARROW, 0, NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_columns_open(f->path, DT_FORMAT_EVENTS, 0, &columns, &err), DT_E_ARG);
    assert_int_equal(dt_columns_open(f->dir, DT_FORMAT_ARROW, 0, &columns, &err), DT_E_OPEN);
    assert_null(columns);
    assert_int_equal(dt_columns_put(NULL, NULL, &err), DT_E_ARG);
    assert_int_equal(dt_columns_close(NULL, &err), DT_OK);
}

/* A document that was not coded, or by another coder, leaves the file as it was. */
static void other_documents_are_refused(void **state)
{
    struct columns_fixture *f = *state;
    const dt_options all = {.size = sizeof all, .status = "all"};
    dt_coder *other = whole_coder(f->model, &all);
    dt_columns *columns = NULL;
    const dt_doc *doc = NULL;
    dt_error err;
    dt_story story = whole_story("a", "France condemned Iran.", 22);
    assert_int_equal(dt_columns_open(f->path, DT_FORMAT_ARROW, 0, &columns, &err), DT_OK);
    assert_int_equal(dt_columns_put(columns, code_story(f, "a"), &err), DT_OK);
    assert_int_equal(dt_code(other, &story, &doc, &err), DT_OK);
    assert_int_equal(dt_columns_put(columns, doc, &err), DT_E_ARG);
    assert_int_equal(dt_parse(other, &story, 0, &doc, &err), DT_OK);
    assert_int_equal(dt_columns_put(columns, doc, &err), DT_E_ARG);
    assert_int_equal(dt_columns_put(columns, code_story(f, "b"), &err), DT_OK);
    assert_int_equal(dt_columns_close(columns, &err), DT_OK);
    dt_coder_free(other);
    assert_int_equal(unlink(f->path), 0);
}

static void full_disks_are_told(void **state)
{
    struct columns_fixture *f = *state;
    for (int format = DT_FORMAT_PARQUET; format <= DT_FORMAT_ARROW_STREAM; format++) {
        dt_columns *columns = NULL;
        dt_error err = {0};
        if (dt_columns_open("/dev/full", (dt_format)format, 0, &columns, &err) != DT_OK) skip();
        assert_int_equal(dt_columns_put(columns, code_story(f, "a"), &err), DT_OK);
        assert_int_equal(dt_columns_close(columns, &err), DT_E_WRITE);
        assert_non_null(strstr(err.text, "/dev/full could not be written"));
    }
}

static dt_status write_once(struct columns_fixture *f, dt_format format, const dt_doc *doc,
                            dt_error *err)
{
    dt_columns *columns = NULL;
    dt_status st = dt_columns_open(f->path, format, 0, &columns, err);
    if (st == DT_OK) st = dt_columns_put(columns, doc, err);
    dt_status closed = dt_columns_close(columns, err);
    return st == DT_OK ? closed : st;
}

static void memory_may_run_out_while_writing(void **state)
{
    struct columns_fixture *f = *state;
    const dt_doc *doc = code_story(f, "a");
    for (int format = DT_FORMAT_PARQUET; format <= DT_FORMAT_ARROW_STREAM; format++) {
        dt_status st = DT_E_NOMEM;
        size_t k = 0;
        for (; st != DT_OK && k < 5000; k++) {
            n_asked = 0;
            asked_in_vain = k;
            st = write_once(f, (dt_format)format, doc, NULL);
            asked_in_vain = SIZE_MAX;
            assert_true(st == DT_OK || st == DT_E_NOMEM);
        }
        assert_int_equal(st, DT_OK);
        assert_true(k > 100);
    }
    assert_int_equal(unlink(f->path), 0);
}

/* ---- files of others ---- */

static const char seeds[] = DT_SOURCE_DIR "/test/fuzz/corpus/fuzz_parquet";

/* What pyarrow was given: row i, from 0, of each seed. */
static void see_seed(const struct parcel *p)
{
    char text[400], title[32], id[32];
    size_t i = p->number - 1;
    assert_true(i < 40 && i != 3 && i != 4);
    (void)snprintf(text, sizeof text, "Armenia and Azerbaijan held talks in Tbilisi on day %zu.",
                   i);
    (void)snprintf(title, sizeof title, "Talks %zu", i % 4);
    (void)snprintf(id, sizeof id, "%zu", i);
    if (i != 5) assert_true(str_eq(p->pieces[PIECE_TEXT], str_c(text)));
    if (i == 5) assert_true(str_starts(p->pieces[PIECE_TEXT], STR("M\xC3\xBCller met xxxx")));
    assert_true(str_eq(p->pieces[PIECE_ID], str_c(id)));
    if (i % 5 == 0)
        assert_null(p->pieces[PIECE_TITLE].at);
    else
        assert_true(str_eq(p->pieces[PIECE_TITLE], str_c(title)));
    (void)snprintf(text, sizeof text, "2024-%02zu-%02zu", i < 31 ? (size_t)1 : 2,
                   i < 31 ? i + 1 : i - 30);
    if (i == 7)
        assert_null(p->pieces[PIECE_DATE].at);
    else
        assert_true(str_eq(p->pieces[PIECE_DATE], str_c(text)));
    n_rows_seen++;
}

static dt_status read_seed(void *context, const char *path, dt_error *err)
{
    size_t unused;
    for (int by_path = 0; by_path < 2; by_path++) {
        n_rows_seen = 0;
        dt_status st = read_parquet(path, by_path != 0, NULL, see_seed, &unused, err);
        if (st != DT_OK) fail_msg("%s: %s", path, err->text);
        bool empty = strstr(path, "empty") != NULL;
        assert_int_equal(n_rows_seen, empty ? 0 : 38);
        assert_int_equal(unused, empty ? 0 : 2);
    }
    ++*(int *)context;
    return DT_OK;
}

static void files_of_many_settings_are_read(void **state)
{
    int n = 0;
    dt_error err = {0};
    (void)state;
    assert_int_equal(file_walk(seeds, ".parquet", read_seed, &n, &err), DT_OK);
    assert_int_equal(n, 11);
}

static void columns_are_asked_for(void **state)
{
    char path[300];
    size_t unused;
    struct input_options options = {.text_column = "title"};
    dt_error err = {0};
    (void)state;
    (void)snprintf(path, sizeof path, "%s/plain-v1.parquet", seeds);
    assert_int_equal(read_parquet(path, true, &options, NULL, &unused, &err), DT_OK);
    assert_int_equal(unused, 8); /* without a title */
    options.text_column = "lede";
    assert_int_equal(read_parquet(path, true, &options, NULL, &unused, &err), DT_E_READ);
    assert_string_equal(err.text, "x.parquet has no column \"lede\" that could be its text; its "
                                  "columns: flag, id, date, text, title");
    options.text_column = NULL;
    options.record_most = 100;
    assert_int_equal(read_parquet(path, true, &options, NULL, &unused, &err), DT_OK);
    assert_int_equal(unused, 3); /* the long one, too */
}

static void read_changed(struct columns_fixture *f, const struct file_map *file, size_t at,
                         size_t len)
{
    size_t unused;
    FILE *to = fopen(f->path, "wb");
    assert_non_null(to);
    (void)fwrite(file->at, 1, len, to);
    if (at < len) {
        (void)fseek(to, (long)at, SEEK_SET);
        (void)fputc(file->at[at] ^ 0x55, to);
    }
    assert_int_equal(fclose(to), 0);
    (void)read_parquet(f->path, true, NULL, NULL, &unused, NULL);
}

/* Cut off anywhere, changed anywhere: an error or other rows, nothing worse. */
static void damage_is_survived(void **state)
{
    struct columns_fixture *f = *state;
    static const char *const names[] = {"zstd-small-pages", "delta-bytes-v2"};
    for (int i = 0; i < 2; i++) {
        char path[300];
        struct file_map file;
        (void)snprintf(path, sizeof path, "%s/%s.parquet", seeds, names[i]);
        assert_int_equal(file_map_open(path, &file, NULL), DT_OK);
        for (size_t k = 0; k < file.len; k++) {
            if (k % 7 == 0) read_changed(f, &file, SIZE_MAX, k);
            read_changed(f, &file, k, file.len);
        }
        file_map_close(&file);
    }
    assert_int_equal(unlink(f->path), 0);
}

static void memory_may_run_out_while_reading(void **state)
{
    char path[300];
    dt_status st = DT_E_NOMEM;
    size_t unused, k = 0;
    (void)state;
    (void)snprintf(path, sizeof path, "%s/delta-bytes-v2.parquet", seeds);
    for (n_asked = 1; n_asked >= k; k++) { /* until there were fewer allocations */
        n_asked = 0;
        asked_in_vain = k;
        st = read_parquet(path, true, NULL, NULL, &unused, NULL);
        asked_in_vain = SIZE_MAX;
        assert_true(st == DT_OK || st == DT_E_NOMEM); /* OK where only a note was lost */
    }
    assert_int_equal(st, DT_OK);
    assert_true(k > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_follow_each_other),
        cmocka_unit_test(wrong_calls_are_refused),
        cmocka_unit_test(other_documents_are_refused),
        cmocka_unit_test(full_disks_are_told),
        cmocka_unit_test(memory_may_run_out_while_writing),
        cmocka_unit_test(files_of_many_settings_are_read),
        cmocka_unit_test(columns_are_asked_for),
        cmocka_unit_test(damage_is_survived),
        cmocka_unit_test(memory_may_run_out_while_reading),
    };
    return cmocka_run_group_tests(tests, begin_columns_tests, end_columns_tests);
}
