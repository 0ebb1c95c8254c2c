/* reader_test.c - stories from files: records, lines, what is wrong with them. */
#include <unistd.h>

#include "whole.h"

struct fixture {
    dt_model *model;
    dt_coder *coder;
    char dir[32];
};

static int begin_reading(void **state)
{
    static struct fixture f = {.dir = "/tmp/detente-test-XXXXXX"};
    f.model = whole_model();
    f.coder = whole_coder(f.model, NULL);
    *state = &f;
    return mkdtemp(f.dir) == NULL;
}

static int end_reading(void **state)
{
    struct fixture *f = *state;
    dt_coder_free(f->coder);
    dt_model_close(f->model);
    return rmdir(f->dir);
}

static dt_reader *open_written(struct fixture *f, const char *name, const char *bytes, size_t len)
{
    char path[128];
    dt_reader *reader = NULL;
    (void)snprintf(path, sizeof path, "%s/%s", f->dir, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(dt_reader_open(path, "2024-06-13", &reader, NULL), DT_OK);
    assert_int_equal(unlink(path), 0);
    return reader;
}

/* Reads the next record as a story; the status, and DT_OK with story->text NULL at the end. */
static dt_status next_story(struct fixture *f, dt_reader *reader, dt_story *story, size_t *line,
                            dt_error *err)
{
    const char *record;
    size_t len;
    *story = (dt_story){.size = sizeof *story};
    assert_int_equal(dt_reader_next(reader, &record, &len, line, err), DT_OK);
    return record != NULL ? dt_record_story(f->coder, reader, record, len, *line, story, err)
                          : DT_OK;
}

/* The story's id was made of the path. */
static void assert_id(const struct fixture *f, const dt_story *s, const char *rest)
{
    char wanted[128];
    (void)snprintf(wanted, sizeof wanted, "%s/%s", f->dir, rest);
    assert_string_equal(s->id, wanted);
}

static void lines_are_records(void **state)
{
    struct fixture *f = *state;
    static const char bytes[] =
        "\xEF\xBB\xBF{\"text\":\"one\"}\n\n  "
        "\r\n{\"text\":\"four\",\"id\":7,\"date\":\"2020-01-31\"}\r\n"
        "{\"id\":\"x\",\"text\":\"five\",\"date\":null,\"title\":\"T\",\"url\":\"U\"}";
    dt_reader *reader = open_written(f, "in.jsonl", bytes, sizeof bytes - 1);
    dt_story s;
    size_t line;
    assert_int_equal(dt_reader_size(reader), sizeof bytes - 1);
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_int_equal(line, 1);
    assert_id(f, &s, "in.jsonl:1");
    assert_string_equal(s.date, "2024-06-13");
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_int_equal(line, 4);
    assert_string_equal(s.id, "7");
    assert_string_equal(s.date, "2020-01-31");
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_int_equal(line, 5);
    assert_true(s.text_len == 4 && memcmp(s.text, "five", 4) == 0);
    assert_string_equal(s.date, "2024-06-13");
    assert_string_equal(s.title, "T");
    assert_string_equal(s.url, "U");
    assert_null(s.publisher);
    assert_int_equal(dt_reader_position(reader), sizeof bytes - 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
        assert_null(s.text);
    }
    dt_reader_close(reader);
}

static void what_is_wrong_is_named(void **state)
{
    struct fixture *f = *state;
    static const char *const lines[][2] = {
        {"{\"text\":\"cut", "not JSON"},
        {"[]", "not an object"},
        {"{}", "no \"text\""},
        {"{\"text\":null}", "not a string"},
        {"{\"text\":[\"a\"]}", "not a string"},
        {"{\"text\":\"a\",\"id\":[]}", "\"id\""},
        {"{\"text\":\"a\",\"id\":\"1\\u00002\"}", "NUL"},
        {"{\"text\":\"a\"} {\"text\":\"b\"}", "not JSON"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        dt_error err = {0};
        dt_story s;
        size_t line;
        char bytes[128];
        int n = snprintf(bytes, sizeof bytes, "\n%s\n{\"text\":\"good\"}\n", lines[i][0]);
        dt_reader *reader = open_written(f, "bad.jsonl", bytes, (size_t)n);
        assert_int_equal(next_story(f, reader, &s, &line, &err), DT_E_STORY);
        if (strstr(err.text, lines[i][1]) == NULL) fail_msg("%s gave: %s", lines[i][0], err.text);
        assert_non_null(strstr(err.text, "bad.jsonl:2: "));
        assert_int_equal(next_story(f, reader, &s, &line, &err), DT_OK); /* the next one is read */
        assert_non_null(s.text);
        dt_reader_close(reader);
    }
}

/* Nothing of what is odd about a story, but for its text, drops it. */
static void what_is_odd_is_kept(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *line, *text, *date;
    } lines[] = {
        {"{\"text\":\"a\",\"date\":20240613}", "a", "2024-06-13"},
        {"{\"text\":\"a\",\"date\":1718236800000}", "a", "2024-06-13"},
        {"{\"text\":\"a\",\"date\":{\"$date\":\"2024-01-03T10:00:00Z\"}}", "a",
         "2024-01-03"},
        {"{\"text\":\"a\",\"date\":\"13.06.2024\"}", "a", "2024-06-13"},
        {"{\"text\":\"a\",\"date\":\"\"}", "a", "2024-06-13"},
        {"{\"text\":\"a\",\"date\":null}", "a", "2024-06-13"},
        {"{\"text\":\"a\",\"date\":\"some day\"}", "a", NULL},
        {"{\"text\":\"a\",\"date\":\"2024-01-03\\u0000xx\"}", "a", NULL},
        {"{\"text\":\"a\",\"date\":[1,{\"b\":2}]}", "a", NULL},
        {"{\"text\":\"\xFF\"}", "\xC3\xBF", "2024-06-13"},
        {"{\"text\":\"\\ud800\"}", "\xEF\xBF\xBD", "2024-06-13"},
        {"{\"text\":\"\\ud83d\\ude00\\n\\\"\"}", "\xF0\x9F\x98\x80\n\"", "2024-06-13"},
        {"{\"n\":123456789012345678901234567890,\"text\":\"a\"}", "a", "2024-06-13"},
        {"{\"x\":[{\"text\":\"b\"},[[[]]],\"\\udc00\",NaN],\"text\":\"a\",\"title\":7}", "a",
         "2024-06-13"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        dt_story s;
        size_t line;
        dt_error err = {0};
        dt_reader *reader = open_written(f, "odd.jsonl", lines[i].line, strlen(lines[i].line));
        if (next_story(f, reader, &s, &line, &err) != DT_OK) fail_msg("%s", err.text);
        assert_int_equal(s.text_len, strlen(lines[i].text));
        assert_memory_equal(s.text, lines[i].text, s.text_len);
        if (lines[i].date == NULL)
            assert_null(s.date);
        else
            assert_string_equal(s.date, lines[i].date);
        dt_reader_close(reader);
    }
}

static void a_line_longer_than_every_buffer(void **state)
{
    struct fixture *f = *state;
    size_t len = 3 << 20;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    memset(bytes, 'x', len);
    memcpy(bytes, "{\"text\":\"", 9);
    memcpy(bytes + len - 19, "\"}\n{\"text\":\"next\"}\n", 19);
    dt_reader *reader = open_written(f, "long.jsonl", bytes, len);
    dt_story s;
    size_t line;
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_int_equal(s.text_len, len - 28);
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_true(s.text_len == 4 && line == 2);
    dt_reader_close(reader);
    free(bytes);
}

static void a_text_file_is_one_story(void **state)
{
    struct fixture *f = *state;
    static const char bytes[] = "Iran met Iraq.\n\n{\"text\":1}\n\x00\xFF";
    static const char *const names[] = {"a.txt", "a.conllu", "a.any"};
    for (int i = 0; i < 3; i++) {
        dt_reader *reader = open_written(f, names[i], bytes, sizeof bytes - 1);
        dt_story s;
        size_t line;
        if (i == 2) dt_reader_whole(reader);
        assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
        assert_int_equal(s.text_len, sizeof bytes); /* U+00FF is longer than in Windows-1252 */
        assert_memory_equal(s.text, bytes, sizeof bytes - 2);
        assert_id(f, &s, names[i]);
        assert_string_equal(s.date, "2024-06-13");
        assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
        assert_null(s.text);
        dt_reader_close(reader);
    }
}

static void files_that_cannot_be_read(void **state)
{
    struct fixture *f = *state;
    dt_reader *reader = (dt_reader *)f;
    dt_error err = {0};
    assert_int_equal(dt_reader_open("/nowhere/at.all", NULL, &reader, &err), DT_E_OPEN);
    assert_non_null(strstr(err.text, "/nowhere/at.all"));
    assert_null(reader);
    assert_int_equal(dt_reader_open("/dev/null", "2024-02-30", &reader, &err), DT_E_ARG);
    assert_int_equal(dt_reader_open("/dev/null", NULL, &reader, NULL), DT_OK);
    dt_story s;
    size_t line;
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_null(s.text);
    dt_reader_close(reader);
}

/* Reads one record from what is no regular file; the id that was made for it. */
static void id_from_pipe(struct fixture *f, const char *bytes, bool whole, char id[128])
{
    char path[128];
    int ends[2];
    size_t line;
    dt_reader *reader = NULL;
    dt_story s;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, strlen(bytes)), strlen(bytes));
    assert_int_equal(close(ends[1]), 0);
    (void)snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(dt_reader_open(path, NULL, &reader, NULL), DT_OK);
    if (whole) dt_reader_whole(reader);
    assert_int_equal(next_story(f, reader, &s, &line, NULL), DT_OK);
    assert_non_null(s.id);
    (void)snprintf(id, 128, "%s", s.id);
    dt_reader_close(reader);
    assert_int_equal(close(ends[0]), 0);
}

static void two_runs_of_a_pipe_differ(void **state)
{
    struct fixture *f = *state;
    char first[128], second[128], again[128];
    for (int whole = 0; whole < 2; whole++) {
        id_from_pipe(f, "{\"text\":\"one\"}\n", whole, first);
        id_from_pipe(f, "{\"text\":\"two\"}\n", whole, second);
        id_from_pipe(f, "{\"text\":\"one\"}\n", whole, again);
        assert_string_not_equal(first, second);
        assert_string_equal(first, again); /* the same input, the same ids */
    }
}

/* A structure as an older header had it, and what lies behind it. */
static void an_older_structure_is_not_overrun(void **state)
{
    struct fixture *f = *state;
    static const char line[] = "{\"id\":\"x\",\"text\":\"Iran met Iraq\",\"date\":\"2024-06-13\","
                               "\"title\":\"T\",\"source\":\"Iran\",\"target\":\"Iraq\"}";
    const size_t sizes[] = {offsetof(dt_story, id), offsetof(dt_story, date),
                            offsetof(dt_story, title), offsetof(dt_story, lang), sizeof(dt_story)};
    dt_reader *reader = NULL;
    assert_int_equal(dt_reader_open("/dev/null", NULL, &reader, NULL), DT_OK);
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof sizes[0]; i++) {
        size_t size = sizes[i / 2], source[2], target[2], n = sizeof line - 1;
        union {
            dt_story story;
            unsigned char bytes[2 * sizeof(dt_story)];
        } room;
        memset(&room, 0xC5, sizeof room);
        room.story.size = size;
        dt_status st =
            i % 2 != 0
                ? dt_record_pair(f->coder, reader, line, n, 1, &room.story, source, target, NULL)
                : dt_record_story(f->coder, reader, line, n, 1, &room.story, NULL);
        assert_int_equal(st, DT_OK);
        assert_int_equal(room.story.size, size);
        assert_int_equal(room.story.text_len, 13);
        if (size > offsetof(dt_story, date)) assert_string_equal(room.story.date, "2024-06-13");
        if (size > offsetof(dt_story, title)) assert_string_equal(room.story.title, "T");
        for (size_t k = size; k < sizeof room; k++)
            assert_int_equal(room.bytes[k], 0xC5);
    }
    dt_reader_close(reader);
}

static void a_size_too_small_is_refused(void **state)
{
    struct fixture *f = *state;
    const size_t sizes[] = {0, sizeof(size_t), offsetof(dt_story, text_len)};
    dt_reader *reader = NULL;
    assert_int_equal(dt_reader_open("/dev/null", NULL, &reader, NULL), DT_OK);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        dt_story story, before;
        dt_error err = {0};
        size_t span[2];
        memset(&story, 0xC5, sizeof story);
        story.size = sizes[i];
        before = story;
        assert_int_equal(dt_record_story(f->coder, reader, "{\"text\":\"a\"}", 12, 1, &story, &err),
                         DT_E_ARG);
        assert_non_null(strstr(err.text, "sizeof(dt_story)"));
        assert_int_equal(
            dt_record_pair(f->coder, reader, "{\"text\":\"a\"}", 12, 1, &story, span, span, NULL),
            DT_E_ARG);
        assert_memory_equal(&story, &before, sizeof story);
    }
    dt_reader_close(reader);
}

/* What a newer header has and we do not know is none. */
static void a_newer_structure_is_zero_behind(void **state)
{
    struct fixture *f = *state;
    union {
        dt_story story;
        unsigned char bytes[2 * sizeof(dt_story)];
    } room;
    dt_reader *reader = NULL;
    assert_int_equal(dt_reader_open("/dev/null", NULL, &reader, NULL), DT_OK);
    memset(&room, 0xC5, sizeof room);
    room.story.size = sizeof room;
    assert_int_equal(
        dt_record_story(f->coder, reader, "{\"text\":\"a\"}", 12, 1, &room.story, NULL), DT_OK);
    for (size_t k = sizeof(dt_story); k < sizeof room; k++)
        assert_int_equal(room.bytes[k], 0);
    dt_reader_close(reader);
}

static void pairs_are_found_in_the_text(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *line;
        dt_status status;
        size_t source[2], target[2];
    } cases[] = {
        {"{\"text\":\"Iran met Iraq\",\"source\":\"Iran\",\"target\":\"Iraq\"}",
         DT_OK,
         {0, 4},
         {9, 13}},
        {"{\"text\":\"A B A\",\"source\":\"A\",\"target\":\"A\",\"target_begin\":2}",
         DT_OK,
         {0, 1},
         {4, 5}},
        {"{\"text\":\"A B\",\"source\":\"A\",\"target\":\"B\",\"target_begin\":99}",
         DT_OK,
         {0, 1},
         {2, 3}},
        {"{\"text\":\"A B\",\"source\":\"A\",\"target\":\"C\"}", DT_OK, {0, 1}, {0, 0}},
        {"{\"text\":\"A B\",\"source\":\"\",\"target\":\"C\"}", DT_OK, {0, 0}, {0, 0}},
        {"{\"text\":\"A B\",\"source\":\"A\"}", DT_E_STORY, {0, 0}, {0, 0}},
        {"{\"text\":\"A B\",\"source\":1,\"target\":\"B\"}", DT_E_STORY, {0, 0}, {0, 0}},
        {"{\"source\":\"A\",\"target\":\"B\"}", DT_E_STORY, {0, 0}, {0, 0}},
        {"nothing", DT_E_STORY, {0, 0}, {0, 0}},
    };
    dt_reader *reader = NULL;
    assert_int_equal(dt_reader_open("/dev/null", NULL, &reader, NULL), DT_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dt_story s = {.size = sizeof s};
        size_t source[2], target[2];
        dt_error err = {0};
        dt_status st = dt_record_pair(f->coder, reader, cases[i].line, strlen(cases[i].line), i + 1,
                                      &s, source, target, &err);
        assert_int_equal(st, cases[i].status);
        if (st != DT_OK) continue;
        assert_true(source[0] == cases[i].source[0] && source[1] == cases[i].source[1]);
        assert_true(target[0] == cases[i].target[0] && target[1] == cases[i].target[1]);
    }
    dt_reader_close(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_records),
        cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(what_is_odd_is_kept),
        cmocka_unit_test(a_line_longer_than_every_buffer),
        cmocka_unit_test(a_text_file_is_one_story),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(pairs_are_found_in_the_text),
        cmocka_unit_test(two_runs_of_a_pipe_differ),
        cmocka_unit_test(an_older_structure_is_not_overrun),
        cmocka_unit_test(a_size_too_small_is_refused),
        cmocka_unit_test(a_newer_structure_is_zero_behind),
    };
    return cmocka_run_group_tests(tests, begin_reading, end_reading);
}
