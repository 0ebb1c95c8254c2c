/* db_test.c - databases that last: killed and taken up again, in use, full, damaged, foreign; what
 * they hold is readable. */
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "whole.h"

enum { STORIES = 300, TEXT_BYTES = 12000 };

struct place {
    dt_model *model;
    dt_coder *coder;
    char dir[40], path[80], other[80];
    dt_rows *rows[STORIES];
};

static void pack_all(struct place *p)
{
    static char text[TEXT_BYTES];
    for (unsigned i = 0; i < STORIES; i++) {
        char id[24];
        const dt_doc *doc = NULL;
        (void)snprintf(id, sizeof id, "story-%u", i % 7 == 6 ? i - 5 : i); /* some come again */
        dt_story story = whole_story(id, text, whole_write(i, text, sizeof text));
        story.title = i % 3 == 0 ? "Poland sends tanks" : NULL;
        assert_int_equal(dt_code(p->coder, &story, &doc, NULL), DT_OK);
        assert_int_equal(dt_rows_new(&p->rows[i], NULL), DT_OK);
        assert_int_equal(dt_rows_pack(p->rows[i], doc, NULL), DT_OK);
    }
}

static int begin_place(void **state)
{
    static struct place p = {.dir = "/tmp/detente-test-XXXXXX"};
    *state = &p;
    if (mkdtemp(p.dir) == NULL) return 1;
    (void)snprintf(p.path, sizeof p.path, "%s/events.db", p.dir);
    (void)snprintf(p.other, sizeof p.other, "%s/other.db", p.dir);
    p.model = whole_model();
    p.coder = whole_coder(p.model, NULL);
    pack_all(&p);
    return 0;
}

static int end_place(void **state)
{
    struct place *p = *state;
    for (int i = 0; i < STORIES; i++)
        dt_rows_free(p->rows[i]);
    dt_coder_free(p->coder);
    dt_model_close(p->model);
    return rmdir(p->dir);
}

static int remove_files(void **state)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    struct place *p = *state;
    for (size_t i = 0; i < 4; i++) {
        char name[100];
        (void)snprintf(name, sizeof name, "%s%s", p->path, endings[i]);
        (void)unlink(name);
        (void)snprintf(name, sizeof name, "%s%s", p->other, endings[i]);
        (void)unlink(name);
    }
    return 0;
}

static sqlite3 *open_lite(const char *path)
{
    sqlite3 *handle = NULL;
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    return handle;
}

static void lite_run(sqlite3 *handle, const char *sql)
{
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
}

static void change(const char *path, const char *sql)
{
    sqlite3 *handle = open_lite(path);
    lite_run(handle, sql);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

/* The first cell of the answer, into memory of ours. */
static const char *ask_text(const char *path, const char *sql)
{
    static char out[200];
    sqlite3 *handle = open_lite(path);
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(handle, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(handle));
    const char *cell =
        sqlite3_step(s) == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
    (void)snprintf(out, sizeof out, "%s", cell != NULL ? cell : "(none)");
    (void)sqlite3_finalize(s);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
    return out;
}

/* Puts what the database has not, and tells it. */
static dt_status put_rest(struct place *p, const char *path, int batch, dt_error *err)
{
    dt_db *db = NULL;
    size_t done = 0;
    const dt_db_options options = {.size = sizeof options, .batch = batch};
    dt_status st = dt_db_open_with(path, &options, &db, err);
    if (st == DT_OK) st = dt_db_progress(db, "input", &done, err);
    for (; st == DT_OK && done < STORIES; done++) {
        st = dt_db_put_rows(db, p->rows[done], err);
        if (st == DT_OK) st = dt_db_note_progress(db, "input", done + 1, err);
    }
    const dt_status closed = dt_db_close(db, st == DT_OK ? err : NULL);
    return st == DT_OK ? closed : st;
}

/* ---- killed ---- */

/* Rows of any table that one has and the other has not. */
static void assert_same_rows(const char *path, const char *other)
{
    char sql[400];
    sqlite3 *handle = open_lite(path);
    sqlite3_stmt *tables = NULL;
    (void)snprintf(sql, sizeof sql, "ATTACH '%s' AS b", other);
    lite_run(handle, sql);
    assert_int_equal(sqlite3_prepare_v2(handle,
                                        "SELECT name FROM main.sqlite_master WHERE type = 'table' "
                                        "AND name NOT LIKE 'story_search%' AND name <> 'progress'",
                                        -1, &tables, NULL),
                     SQLITE_OK);
    int n = 0;
    for (; sqlite3_step(tables) == SQLITE_ROW; n++) {
        const char *t = (const char *)sqlite3_column_text(tables, 0);
        sqlite3_stmt *s = NULL;
        (void)snprintf(sql, sizeof sql,
                       "SELECT (SELECT count(*) FROM (SELECT * FROM main.%s EXCEPT SELECT * FROM "
                       "b.%s)) + (SELECT count(*) FROM (SELECT * FROM b.%s EXCEPT SELECT * FROM "
                       "main.%s))",
                       t, t, t, t);
        assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &s, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_step(s), SQLITE_ROW);
        if (sqlite3_column_int(s, 0) != 0)
            fail_msg("%s: %d rows are not in both", t, sqlite3_column_int(s, 0));
        (void)sqlite3_finalize(s);
    }
    assert_true(n > 15);
    (void)sqlite3_finalize(tables);
    /* the search agrees with the sentences */
    lite_run(handle, "INSERT INTO story_search(story_search, rank) VALUES('integrity-check', 1)");
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
}

/* One attempt, killed after a while; true when it was quicker. */
static bool attempt(struct place *p, long microseconds)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) _exit(put_rest(p, p->path, 20, NULL) == DT_OK ? 0 : 1);
    const struct timespec pause = {0, microseconds * 1000};
    int status = 0;
    (void)nanosleep(&pause, NULL);
    (void)kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status)) assert_int_equal(WEXITSTATUS(status), 0);
    return WIFEXITED(status);
}

static void killed_at_any_moment(void **state)
{
    struct place *p = *state;
    dt_error err = {0};
    unsigned seed = 1;
    if (put_rest(p, p->other, 1000, &err) != DT_OK) fail_msg("%s", err.text);
    int killed = 0;
    for (int round = 0; round < 3; round++) {
        while (killed < 60 * (round + 1)) {
            seed = seed * 1103515245u + 12345u;
            if (attempt(p, 200 + (long)(seed >> 16) % (4000L << round))) break;
            killed++;
        }
        if (put_rest(p, p->path, 20, &err) != DT_OK) fail_msg("%s", err.text);
        assert_same_rows(p->path, p->other);
        assert_string_equal(ask_text(p->path, "SELECT records_done FROM progress"), "300");
        if (round < 2) assert_int_equal(unlink(p->path), 0);
    }
    assert_true(killed > 10);
}

static void progress_is_that_of_the_input(void **state)
{
    struct place *p = *state;
    dt_db *db = NULL;
    size_t n = 7;
    assert_int_equal(dt_db_open(p->path, &db, NULL), DT_OK);
    assert_int_equal(dt_db_progress(db, "a", &n, NULL), DT_OK);
    assert_int_equal(n, 0);
    assert_int_equal(dt_db_note_progress(db, "a", 5, NULL), DT_OK);
    assert_int_equal(dt_db_note_progress(db, "b", 9, NULL), DT_OK);
    assert_int_equal(dt_db_note_progress(db, "a", 6, NULL), DT_OK);
    assert_int_equal(dt_db_progress(db, "a", &n, NULL), DT_OK);
    assert_int_equal(n, 6);
    assert_int_equal(dt_db_commit(db, NULL), DT_OK);
    assert_string_equal(ask_text(p->path, "SELECT records_done FROM progress WHERE input = 'b'"),
                        "9");
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(dt_db_open(p->path, &db, NULL), DT_OK);
    assert_int_equal(dt_db_progress(db, "b", &n, NULL), DT_OK);
    assert_int_equal(n, 9);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
}

/* ---- what is refused ---- */

static void refuse_name(const char *name, const char *why)
{
    int other = 0;
    dt_db *db = (dt_db *)&other;
    dt_error err = {0};
    assert_int_equal(dt_db_open(name, &db, &err), DT_E_ARG);
    assert_null(db);
    if (strstr(err.text, why) == NULL) fail_msg("'%s' does not say '%s'", err.text, why);
}

static void names_of_nothing(void **state)
{
    dt_db *db = NULL;
    (void)state;
    refuse_name("", "needs a name");
    refuse_name(NULL, "needs a name");
    refuse_name(":memory:", "would be gone");
    assert_int_equal(dt_db_open("x.db", NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_db_put(NULL, NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_db_put_rows(NULL, NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_rows_new(NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_rows_pack(NULL, NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_db_progress(NULL, NULL, NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_db_note_progress(NULL, NULL, 0, NULL), DT_E_ARG);
    assert_int_equal(dt_db_commit(NULL, NULL), DT_E_ARG);
    assert_int_equal(dt_db_open("/nowhere/at/all.db", &db, NULL), DT_E_STORE);
}

static size_t read_bytes(const char *path, char *out, size_t cap)
{
    FILE *from = fopen(path, "rb");
    assert_non_null(from);
    const size_t n = fread(out, 1, cap, from);
    (void)fclose(from);
    return n;
}

static void assert_left_alone(const char *path)
{
    static char before[100000], after[100000];
    dt_db *db = NULL;
    dt_error err = {0};
    struct stat info;
    char journal[100];
    const size_t n = read_bytes(path, before, sizeof before);
    assert_int_equal(dt_db_open(path, &db, &err), DT_E_STORE);
    assert_non_null(strstr(err.text, path));
    assert_int_equal(read_bytes(path, after, sizeof after), n);
    assert_memory_equal(before, after, n);
    (void)snprintf(journal, sizeof journal, "%s-journal", path);
    assert_int_not_equal(stat(journal, &info), 0);
}

static void what_is_of_others_stays_as_it_is(void **state)
{
    struct place *p = *state;
    change(p->path, "CREATE TABLE story(id); INSERT INTO story VALUES('theirs')");
    assert_left_alone(p->path);
    change(p->path, "PRAGMA journal_mode = WAL; INSERT INTO story VALUES('more')");
    assert_left_alone(p->path);
    FILE *to = fopen(p->path, "wb");
    assert_true(to != NULL && fputs("a text, no database\n", to) >= 0 && fclose(to) == 0);
    assert_left_alone(p->path);
}

static void in_use(void **state)
{
    struct place *p = *state;
    const dt_db_options options = {.size = sizeof options, .wait_seconds = 1};
    dt_db *db = NULL;
    dt_error err = {0};
    assert_int_equal(dt_db_open_with(p->path, &options, &db, NULL), DT_OK);
    sqlite3 *other = open_lite(p->path);
    lite_run(other, "BEGIN IMMEDIATE");
    assert_int_equal(dt_db_put_rows(db, p->rows[0], &err), DT_E_STORE);
    assert_non_null(strstr(err.text, "in use by another program; after 1 seconds"));
    lite_run(other, "ROLLBACK");
    assert_int_equal(dt_db_put_rows(db, p->rows[0], NULL), DT_OK);
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
}

/* As a disk that fills. What was committed before stays good. */
static void no_room(void **state)
{
    struct place *p = *state;
    dt_error err = {0};
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit most = {400000, 400000};
        (void)signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &most) != 0) _exit(2);
        const dt_status st = put_rest(p, p->path, 10, &err);
        _exit(st == DT_E_STORE && strstr(err.text, p->path) != NULL ? 0 : 1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_string_equal(ask_text(p->path, "PRAGMA integrity_check"), "ok");
    assert_int_equal(put_rest(p, p->path, 10, &err), DT_OK); /* there is room again */
    if (put_rest(p, p->other, 1000, &err) != DT_OK) fail_msg("%s", err.text);
    assert_same_rows(p->path, p->other);
}

static void damaged(void **state)
{
    struct place *p = *state;
    dt_error err = {0};
    assert_int_equal(put_rest(p, p->path, 1000, &err), DT_OK);
    FILE *file = fopen(p->path, "r+b");
    assert_non_null(file);
    for (long at = 8192; fseek(file, at, SEEK_SET) == 0 && at < 400000; at += 1000)
        (void)fputs("damage damage damage damage", file);
    assert_int_equal(fclose(file), 0);
    change(p->other, "SELECT 1");
    dt_db *db = NULL;
    dt_status st = dt_db_open(p->path, &db, &err);
    for (int i = 0; st == DT_OK && i < STORIES; i++)
        st = dt_db_put_rows(db, p->rows[i], &err);
    const dt_status closed = dt_db_close(db, st == DT_OK ? &err : NULL);
    assert_int_equal(st == DT_OK ? closed : st, DT_E_STORE);
    assert_non_null(strstr(err.text, p->path));
}

/* ---- what is in it ---- */

static void all_text_is_utf8(void **state)
{
    struct place *p = *state;
    static const char text[] = "Poland sent tanks to Ukraine\xE9 on Monday. It \xFF rained.";
    const dt_doc *doc = NULL;
    dt_db *db = NULL;
    dt_story story = whole_story("caf\xE9", text, sizeof text - 1);
    story.title = "Tanks \xFF sent";
    assert_int_equal(dt_code(p->coder, &story, &doc, NULL), DT_OK);
    assert_int_equal(dt_db_open(p->path, &db, NULL), DT_OK);
    assert_int_equal(dt_db_put(db, doc, NULL), DT_OK);
    assert_int_equal(dt_db_put(db, doc, NULL), DT_OK); /* the same story */
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_string_equal(ask_text(p->path, "SELECT count(*) || hex(id) FROM story"),
                        "1636166EFBFBD");
    assert_string_equal(ask_text(p->path, "SELECT title FROM story"), "Tanks \xEF\xBF\xBD sent");
    assert_string_equal(
        ask_text(p->path, "SELECT count(*) FROM story_search WHERE story_search MATCH 'rained'"),
        "1");
}

static void no_text_is_kept_where_none_is_wanted(void **state)
{
    struct place *p = *state;
    const dt_db_options options = {.size = sizeof options, .no_text = 1};
    dt_db *db = NULL;
    assert_int_equal(dt_db_open_with(p->path, &options, &db, NULL), DT_OK);
    assert_int_equal(dt_db_put_rows(db, p->rows[1], NULL), DT_OK);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(dt_db_open(p->path, &db, NULL), DT_OK); /* it stays so */
    assert_int_equal(dt_db_put_rows(db, p->rows[2], NULL), DT_OK);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_string_equal(ask_text(p->path, "SELECT count(text) FROM sentence"), "0");
    assert_string_equal(ask_text(p->path, "SELECT count(*) > 2 FROM sentence"), "1");
    assert_string_equal(
        ask_text(p->path, "SELECT count(*) FROM sqlite_master WHERE name LIKE 'story_search%'"),
        "0");
}

static void days_compare_whatever_their_precision(void **state)
{
    struct place *p = *state;
    const dt_options options = {.size = sizeof options, .status = "all"};
    dt_coder *coder = whole_coder(p->model, &options);
    const dt_doc *doc = whole_code(
        coder, "Poland sent tanks to Ukraine in March 2023. Brazil imposed sanctions on Peru in "
               "2021. Kenya arrested a journalist from Sudan on Monday.");
    for (size_t i = 0; i < dt_event_count(doc); i++) {
        const char *begin = dt_event_day_begin(doc, i), *end = dt_event_day_end(doc, i);
        assert_int_equal(strlen(begin), 10);
        assert_true(strcmp(begin, end) <= 0);
        const char *wanted = strcmp(dt_event_date_precision(doc, i), "month") == 0  ? "2023-03-31"
                             : strcmp(dt_event_date_precision(doc, i), "year") == 0 ? "2021-12-31"
                                                                                    : "2024-06-10";
        assert_string_equal(end, wanted);
    }
    assert_true(dt_event_count(doc) >= 2);
    dt_coder_free(coder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(killed_at_any_moment, remove_files),
        cmocka_unit_test_teardown(progress_is_that_of_the_input, remove_files),
        cmocka_unit_test(names_of_nothing),
        cmocka_unit_test_teardown(what_is_of_others_stays_as_it_is, remove_files),
        cmocka_unit_test_teardown(in_use, remove_files),
        cmocka_unit_test_teardown(no_room, remove_files),
        cmocka_unit_test_teardown(damaged, remove_files),
        cmocka_unit_test_teardown(all_text_is_utf8, remove_files),
        cmocka_unit_test_teardown(no_text_is_kept_where_none_is_wanted, remove_files),
        cmocka_unit_test(days_compare_whatever_their_precision),
    };
    return cmocka_run_group_tests(tests, begin_place, end_place);
}
