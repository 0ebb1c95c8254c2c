/* store_test.c - stories and events in a database: replaced, kept whole, refused. */
#include <sqlite3.h>
#include <unistd.h>

#include "whole.h"

struct fixture {
    dt_model *model;
    dt_coder *coder;
    char dir[32], path[64];
};

static int begin_storing(void **state)
{
    static struct fixture f = {.dir = "/tmp/detente-test-XXXXXX"};
    f.model = whole_model();
    f.coder = whole_coder(f.model, NULL);
    *state = &f;
    if (mkdtemp(f.dir) == NULL) return 1;
    (void)snprintf(f.path, sizeof f.path, "%s/events.db", f.dir);
    return 0;
}

static int end_storing(void **state)
{
    struct fixture *f = *state;
    dt_coder_free(f->coder);
    dt_model_close(f->model);
    return rmdir(f->dir);
}

static int drop_file(void **state)
{
    struct fixture *f = *state;
    return unlink(f->path);
}

static long ask(const struct fixture *f, const char *sql)
{
    sqlite3 *handle = NULL;
    sqlite3_stmt *s = NULL;
    assert_int_equal(sqlite3_open_v2(f->path, &handle, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &s, NULL), SQLITE_OK);
    long answer = sqlite3_step(s) == SQLITE_ROW ? (long)sqlite3_column_int64(s, 0) : -1;
    (void)sqlite3_finalize(s);
    assert_int_equal(sqlite3_close(handle), SQLITE_OK);
    return answer;
}

static void put(struct fixture *f, dt_db *db, const char *id, const char *text)
{
    const dt_doc *doc = NULL;
    dt_error err = {0};
    dt_story story = whole_story(id, text, strlen(text));
    assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_OK);
    if (dt_db_put(db, doc, &err) != DT_OK) fail_msg("%s", err.text);
}

static void a_story_is_replaced(void **state)
{
    struct fixture *f = *state;
    dt_db *db = NULL;
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    put(f, db, "a", "Poland sent tanks to Ukraine. Armenia and Azerbaijan held talks in Tbilisi.");
    put(f, db, "b", "Poland sent tanks to Ukraine.");
    put(f, db, "a", "Sudan refused to hold talks with Ethiopia.");
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 2);
    assert_int_equal(ask(f, "SELECT count(*) FROM event"), 2);
    assert_int_equal(
        ask(f, "SELECT count(*) FROM event_actor WHERE event NOT IN (SELECT key FROM event)"), 0);
    assert_int_equal(ask(f, "SELECT count(*) FROM event_actor"), 4);
    assert_int_equal(ask(f, "SELECT count(*) FROM mention"), 2);
    assert_int_equal(ask(f, "PRAGMA user_version"), 4);
    assert_int_equal(ask(f, "PRAGMA application_id"), 0x44544E45);
    assert_int_equal(ask(f, "SELECT count(*) FROM run"), 1);
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK); /* again, on what is there */
    put(f, db, "c", "Poland sent tanks to Ukraine.");
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 3);
}

static void texts_are_bound_not_pasted(void **state)
{
    struct fixture *f = *state;
    dt_db *db = NULL;
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    put(f, db, "x'); DROP TABLE story; --",
        "Poland condemned Ukraine on 'Monday'); DROP TABLE event; --.");
    put(f, db, "empty", "");
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 2);
    assert_true(ask(f, "SELECT count(*) FROM event") > 0);
}

static void many_stories_make_several_transactions(void **state)
{
    struct fixture *f = *state;
    dt_db *db = NULL;
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    for (int i = 0; i < 2500; i++) {
        char id[16];
        (void)snprintf(id, sizeof id, "%d", i);
        put(f, db, id, i % 10 == 0 ? "Poland sent tanks to Ukraine." : "It rained.");
    }
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 2000); /* what is committed so far */
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 2500);
    assert_int_equal(ask(f, "SELECT count(*) FROM event"), 250);
}

static void a_refused_story_leaves_nothing_behind(void **state)
{
    struct fixture *f = *state;
    const dt_doc *doc = NULL;
    dt_db *db = NULL;
    dt_error err = {0};
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    (void)ask(f, "CREATE TRIGGER no_mention BEFORE INSERT ON mention BEGIN SELECT RAISE(FAIL, 'not "
                 "today'); END");
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    put(f, db, "no event", "It rained.");
    static const char text[] = "Poland sent tanks to Ukraine.";
    dt_story story = whole_story("refused", text, sizeof text - 1);
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    assert_int_equal(dt_db_put(db, doc, &err), DT_E_STORE);
    assert_non_null(strstr(err.text, "not today"));
    story.id = NULL;
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    assert_int_equal(dt_db_put(db, doc, &err), DT_E_ARG);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 1);
    assert_int_equal(ask(f, "SELECT count(*) FROM event"), 0);
}

/* All that an event has is there, and what made it. */
static void lists_and_their_origin_are_kept(void **state)
{
    struct fixture *f = *state;
    dt_db *db = NULL;
    dt_options options = {.size = sizeof options, .status = "all"};
    struct fixture all = *f;
    all.coder = whole_coder(f->model, &options);
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    put(&all, db, "a",
        "Turkish police arrested three Syrian journalists in Ankara, the Interior Ministry said.");
    put(f, db, "b", "Sudan refused to hold talks with Ethiopia.");
    put(&all, db, "c", "Poland sent tanks to Ukraine.");
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    dt_coder_free(all.coder);
    assert_int_equal(ask(f, "SELECT count(*) FROM run"), 2);
    assert_int_equal(ask(f, "SELECT count(*) FROM story JOIN run ON run = run.id WHERE "
                            "options LIKE 'status=actual per_sentence=0%'"),
                     1);
    assert_int_equal(ask(f, "SELECT count(*) FROM run WHERE length(model_hash) = 16 AND "
                            "length(knowledge_hash) = 16 AND version = '" DT_VERSION "'"),
                     2);
    assert_int_equal(ask(f, "SELECT value FROM event_quantity WHERE unit = 'journalist'"), 3);
    assert_int_equal(ask(f, "SELECT count(*) FROM event WHERE attribution_code = 'TURGOV' AND "
                            "lat > 39.9 AND lat < 40 AND truncated = 0"),
                     1);
    assert_int_equal(
        ask(f,
            "SELECT count(*) FROM event_operator o JOIN event ON event = event.key "
            "JOIN story ON story = story.key WHERE story.id = 'b' AND name LIKE 'operator/%'") > 0,
        1);
}

static void two_events_never_share_an_id(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "Poland sent tanks to Ukraine.";
    const dt_doc *doc = NULL;
    dt_db *db = NULL;
    dt_error err = {0};
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    put(f, db, "a", text);
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    /* as if the event's id were that of one of another story */
    (void)ask(f, "UPDATE story SET id = 'other'");
    assert_int_equal(dt_db_open(f->path, &db, NULL), DT_OK);
    dt_story story = whole_story("a", text, sizeof text - 1);
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    assert_int_equal(dt_db_put(db, doc, &err), DT_E_STORE);
    assert_non_null(strstr(err.text, dt_event_id(doc, 0)));
    assert_non_null(strstr(err.text, "another story"));
    assert_int_equal(dt_db_close(db, NULL), DT_OK);
    assert_int_equal(ask(f, "SELECT count(*) FROM story"), 1);
    assert_int_equal(ask(f, "SELECT count(*) FROM event_actor"), 2);
}

static void refuse(struct fixture *f, const char *why)
{
    dt_db *db = NULL;
    dt_error err = {0};
    assert_int_equal(dt_db_open(f->path, &db, &err), DT_E_STORE);
    assert_null(db);
    assert_non_null(strstr(err.text, f->path));
    if (strstr(err.text, why) == NULL) fail_msg("'%s' does not say '%s'", err.text, why);
    assert_int_equal(ask(f, "SELECT count(*) FROM sqlite_master"), 1); /* as it was */
}

static void databases_of_others_are_refused(void **state)
{
    struct fixture *f = *state;
    FILE *file = fopen(f->path, "wb");
    assert_true(file != NULL && fclose(file) == 0);
    (void)ask(f, "CREATE TABLE story(id TEXT PRIMARY KEY, date TEXT) WITHOUT ROWID");
    refuse(f, "holds other tables");
    (void)ask(f, "PRAGMA user_version = 1");
    refuse(f, "earlier version");
    (void)ask(f, "PRAGMA user_version = 4");
    refuse(f, "holds other tables");
    (void)ask(f, "PRAGMA application_id = 1146375749"); /* ours, of the schema before this one */
    (void)ask(f, "PRAGMA user_version = 2");
    refuse(f, "earlier version (schema 2)");
    (void)ask(f, "PRAGMA user_version = 5");
    refuse(f, "has schema 5");
}

static void what_is_no_database(void **state)
{
    struct fixture *f = *state;
    dt_db *db = (dt_db *)f;
    dt_error err = {0};
    assert_int_equal(dt_db_open("/nowhere/at/all.db", &db, &err), DT_E_STORE);
    assert_null(db);
    assert_non_null(strstr(err.text, "/nowhere/at/all.db"));
    assert_int_equal(dt_db_open(f->dir, &db, NULL), DT_E_STORE);
    assert_int_equal(dt_db_open(DT_SOURCE_DIR "/include/detente.h", &db, &err), DT_E_STORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_story_is_replaced, drop_file),
        cmocka_unit_test_teardown(lists_and_their_origin_are_kept, drop_file),
        cmocka_unit_test_teardown(two_events_never_share_an_id, drop_file),
        cmocka_unit_test_teardown(databases_of_others_are_refused, drop_file),
        cmocka_unit_test_teardown(texts_are_bound_not_pasted, drop_file),
        cmocka_unit_test_teardown(many_stories_make_several_transactions, drop_file),
        cmocka_unit_test_teardown(a_refused_story_leaves_nothing_behind, drop_file),
        cmocka_unit_test(what_is_no_database),
    };
    return cmocka_run_group_tests(tests, begin_storing, end_storing);
}
