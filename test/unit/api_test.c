/* api_test.c - the public interface: what a client can do with detente.h and nothing else. */
#include <jansson.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whole.h"

static const char story_text[] = "The United States imposed sanctions on Belarus on Thursday. "
                                 "Armenia and Azerbaijan held talks in "
                                 "Tbilisi last week.\nPoland threatened to close its border with "
                                 "Belarus, officials said. \"We will not "
                                 "wait,\" Polish Prime Minister Donald Tusk said. Talks between "
                                 "Armenia and Azerbaijan, \"the best, ever\", "
                                 "lasted six hours.";

struct fixture {
    dt_model *model;
    dt_coder *coder; /* keeps every status, and a trace */
};

static int open_both(void **state)
{
    static struct fixture f;
    dt_options options = {.size = sizeof options, .status = "all", .trace = 1};
    f.model = whole_model();
    f.coder = whole_coder(f.model, &options);
    *state = &f;
    return 0;
}

static int close_both(void **state)
{
    struct fixture *f = *state;
    dt_model_close(f->model); /* the coder keeps it alive */
    (void)whole_code(f->coder, story_text);
    dt_coder_free(f->coder);
    dt_coder_free(NULL);
    dt_model_close(NULL);
    dt_reader_close(NULL);
    assert_int_equal(dt_db_close(NULL, NULL), DT_OK);
    return 0;
}

static void the_version_is_the_header_s(void **state)
{
    (void)state;
    assert_string_equal(dt_version(), DT_VERSION);
}

static void stages_have_names(void **state)
{
    struct fixture *f = *state;
    size_t n = 0;
    while (dt_stage_name(n) != NULL)
        n++;
    assert_true(n > 3 && n == dt_stage_count());
    assert_null(dt_stage_name(SIZE_MAX));
    dt_coder_time(f->coder, 1);
    (void)whole_code(f->coder, story_text);
    dt_coder_time(f->coder, 0);
    double all = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(dt_stage_seconds(f->coder, i) >= 0);
        all += dt_stage_seconds(f->coder, i);
    }
    assert_true(all > 0);
    assert_true(dt_stage_seconds(f->coder, n) == 0);
}

/* The value of the fact of that key, or NULL. */
static const char *fact(const dt_model *model, const char *wanted)
{
    const char *key, *value;
    for (size_t i = 0; (key = dt_model_fact(model, i, &value)) != NULL; i++)
        if (strcmp(key, wanted) == 0) return value;
    return NULL;
}

static void info_tells_what_is_open(void **state)
{
    struct fixture *f = *state;
    size_t n = 0;
    const char *key, *value = NULL;
    for (; (key = dt_model_fact(f->model, n, &value)) != NULL; n++) {
        assert_true(key[0] != '\0' && value != NULL && value[0] != '\0');
        assert_string_equal(fact(f->model, key), value); /* no key twice */
        if (strcmp(key, "card") != 0) assert_null(strchr(value, '\n'));
    }
    assert_null(value);
    assert_null(dt_model_fact(f->model, n, NULL));
    assert_null(dt_model_fact(f->model, SIZE_MAX, &value));
    assert_string_equal(dt_model_fact(f->model, n - 1, NULL), "card");
    assert_string_equal(fact(f->model, "version"), DT_VERSION);
    assert_string_equal(fact(f->model, "model"), DT_SOURCE_DIR "/model/english.dtm");
    assert_non_null(strstr(fact(f->model, "model versions"), ".."));
    assert_non_null(fact(f->model, "kernel"));
    assert_int_equal(strlen(fact(f->model, "model hash")), 16);
    assert_int_equal(strlen(fact(f->model, "knowledge hash")), 16);
    assert_null(fact(f->model, "own knowledge"));
}

static void statuses_have_names(void **state)
{
    (void)state;
    assert_string_equal(dt_status_name(DT_OK), "DT_OK");
    assert_string_equal(dt_status_name(DT_E_MODEL_CORRUPT), "DT_E_MODEL_CORRUPT");
    assert_null(dt_status_name((dt_status)3));
}

/* ---- a user's folder ---- */

struct folder {
    char dir[32], actors[64], file[96];
};

static void folder_new(struct folder *folder, const char *text)
{
    (void)strcpy(folder->dir, "/tmp/detente-test-XXXXXX");
    assert_non_null(mkdtemp(folder->dir));
    (void)snprintf(folder->actors, sizeof folder->actors, "%s/actors", folder->dir);
    (void)snprintf(folder->file, sizeof folder->file, "%s/a.txt", folder->actors);
    assert_int_equal(mkdir(folder->actors, 0700), 0);
    FILE *file = fopen(folder->file, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0 && fclose(file) == 0);
}

static void folder_free(const struct folder *folder)
{
    assert_int_equal(unlink(folder->file), 0);
    assert_int_equal(rmdir(folder->actors), 0);
    assert_int_equal(rmdir(folder->dir), 0);
}

static void a_folder_belongs_to_the_model(void **state)
{
    struct fixture *f = *state;
    struct folder folder;
    static const char text[] = "Arnor imposed sanctions on Belarus on Thursday.";
    folder_new(&folder, "provenance  A test.\n\ncountry ARN  Arnor\n  people Arnorian\n");
    dt_model *model = whole_model_with(folder.dir);
    folder_free(&folder); /* it was read once, for all coders */
    assert_string_equal(fact(model, "own knowledge"), folder.dir);
    assert_string_equal(fact(model, "knowledge"), fact(f->model, "knowledge"));
    assert_string_not_equal(fact(model, "knowledge hash"), fact(f->model, "knowledge hash"));
    dt_coder *a = whole_coder(model, NULL), *b = whole_coder(model, NULL);
    dt_model_close(model);
    const dt_doc *docs[2] = {whole_code(a, text), whole_code(b, text)};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(dt_event_count(docs[i]), 1);
        assert_string_equal(dt_event_source_code(docs[i], 0, 0), "ARN");
    }
    dt_coder_free(a);
    dt_coder_free(b);
}

/* What the hash says is what stands in the files, not where they lie. */
static void knowledge_is_known_by_its_text(void **state)
{
    (void)state;
    static const char *const texts[3] = {"provenance  A test.\n\ncountry ARN  Arnor\n",
                                         "provenance  A test.\n\ncountry ARN  Arnor\n",
                                         "provenance  A test.\n\ncountry ARN  Arnor!\n"};
    char hashes[3][32];
    for (int i = 0; i < 3; i++) {
        struct folder folder;
        folder_new(&folder, texts[i]);
        dt_model *model = whole_model_with(folder.dir);
        (void)snprintf(hashes[i], sizeof hashes[i], "%s", fact(model, "knowledge hash"));
        dt_model_close(model);
        folder_free(&folder);
    }
    assert_string_equal(hashes[0], hashes[1]);
    assert_string_not_equal(hashes[0], hashes[2]);
}

static void a_folder_that_is_wrong_is_refused(void **state)
{
    (void)state;
    struct folder folder;
    dt_model *model = (dt_model *)&folder;
    dt_error err = {0};
    dt_model_options options = {.size = sizeof options, .knowledge_dir = "/nowhere/at/all"};
    assert_int_equal(dt_model_open(&options, &model, &err), DT_E_OPEN);
    assert_non_null(strstr(err.text, "/nowhere/at/all"));
    assert_null(model);
    folder_new(&folder, "provenance  A test.\n\nkingdom ARN  Arnor\n");
    options.knowledge_dir = folder.dir;
    assert_int_equal(dt_model_open(&options, &model, &err), DT_E_KNOWLEDGE);
    assert_non_null(strstr(err.text, "a.txt:3"));
    assert_null(model);
    folder_free(&folder);
}

/* ---- structures that begin with their size ---- */

/* Room for a structure from a newer header. */
union longer {
    dt_options options;
    dt_model_options model;
    dt_story story;
    unsigned char bytes[256];
};

static void a_size_that_is_none_is_refused(void **state)
{
    struct fixture *f = *state;
    const size_t wrong[] = {0, 1, sizeof(size_t)};
    const size_t span[2] = {0, 0};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        dt_options options = {.size = wrong[i]};
        dt_model_options files = {.size = wrong[i]};
        dt_story story = {.size = wrong[i], .text = "It rained.", .text_len = 10};
        dt_coder *coder = NULL;
        dt_model *model = NULL;
        const dt_doc *doc = NULL;
        dt_error err = {0};
        assert_int_equal(dt_coder_new(f->model, &options, &coder, &err), DT_E_ARG);
        assert_non_null(strstr(err.text, ".size = sizeof(dt_options)"));
        assert_int_equal(dt_model_open(&files, &model, &err), DT_E_ARG);
        assert_non_null(strstr(err.text, ".size = sizeof(dt_model_options)"));
        assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_E_ARG);
        assert_non_null(strstr(err.text, ".size = sizeof(dt_story)"));
        assert_int_equal(dt_parse(f->coder, &story, 0, &doc, NULL), DT_E_ARG);
        assert_int_equal(dt_classify(f->coder, &story, span, span, &doc, NULL), DT_E_ARG);
        assert_true(coder == NULL && model == NULL && doc == NULL);
    }
}

static void a_newer_structure_is_taken_if_its_rest_is_zero(void **state)
{
    struct fixture *f = *state;
    union longer options = {.bytes = {0}}, story = {.bytes = {0}}, files = {.bytes = {0}};
    dt_coder *coder = NULL;
    dt_model *model = NULL;
    const dt_doc *doc = NULL;
    dt_error err = {0};
    options.options.size = story.story.size = files.model.size = sizeof(union longer);
    story.story.text = "It rained.";
    story.story.text_len = 10;
    for (int newer = 0; newer < 2; newer++) {
        dt_status wanted = newer ? DT_E_ARG : DT_OK;
        options.bytes[200] = story.bytes[200] = files.bytes[200] = (unsigned char)newer;
        assert_int_equal(dt_coder_new(f->model, &options.options, &coder, &err), wanted);
        dt_coder_free(coder);
        assert_int_equal(dt_model_open(&files.model, &model, &err), wanted);
        dt_model_close(model);
        assert_int_equal(dt_code(f->coder, &story.story, &doc, &err), wanted);
        if (newer) assert_non_null(strstr(err.text, "dt_story"));
    }
}

/* ---- opening ---- */

static dt_status open_files(const char *model_path, const char *knowledge_path, dt_model **out,
                            dt_error *err)
{
    const dt_model_options options = {
        .size = sizeof options, .model = model_path, .knowledge = knowledge_path};
    return dt_model_open(&options, out, err);
}

static void opening_fails_with_a_reason(void **state)
{
    (void)state;
    dt_model *model = (dt_model *)&model;
    dt_error err = {0};
    assert_int_equal(open_files("/nowhere/at.all", NULL, &model, &err), DT_E_OPEN);
    assert_null(model);
    assert_int_equal(err.code, DT_E_OPEN);
    assert_non_null(strstr(err.text, "/nowhere/at.all"));
    assert_int_equal(open_files(DT_BINARY_DIR "/detente.dtk", NULL, &model, NULL),
                     DT_E_MODEL_MAGIC);
    assert_int_equal(open_files(NULL, DT_SOURCE_DIR "/model/english.dtm", &model, &err),
                     DT_E_MODEL_MAGIC);
    assert_int_equal(open_files(DT_SOURCE_DIR "/README.md", NULL, &model, &err) != DT_OK, 1);
    assert_int_equal(open_files(DT_SOURCE_DIR, NULL, &model, &err), DT_E_OPEN);
    assert_null(model);
}

/* Copies the first `len` bytes of a file to another. */
static void copy_front(const char *from, const char *to, size_t len)
{
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    char *bytes = malloc(len + 1);
    assert_true(in != NULL && out != NULL && bytes != NULL);
    assert_int_equal(fread(bytes, 1, len, in), len);
    assert_int_equal(fwrite(bytes, 1, len, out), len);
    assert_true(fclose(in) == 0 && fclose(out) == 0);
    free(bytes);
}

static size_t size_of_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_int_equal(fclose(file), 0);
    return (size_t)size;
}

static void a_file_that_was_cut_is_refused(void **state)
{
    (void)state;
    static const char *const files[2] = {DT_SOURCE_DIR "/model/english.dtm",
                                         DT_BINARY_DIR "/detente.dtk"};
    char path[] = "/tmp/detente-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0 && close(fd) == 0);
    for (int which = 0; which < 2; which++) {
        size_t whole = size_of_file(files[which]);
        const size_t lengths[] = {0,    1,    7,         63,         64,       65,
                                  1000, 4096, whole / 2, whole - 64, whole - 1};
        for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
            dt_model *model = NULL;
            dt_error err = {0};
            copy_front(files[which], path, lengths[i]);
            dt_status st = open_files(which == 0 ? path : files[0], which == 1 ? path : files[1],
                                      &model, &err);
            assert_true(st == DT_E_MODEL_MAGIC || st == DT_E_MODEL_CORRUPT);
            assert_null(model);
            assert_non_null(strstr(err.text, path));
        }
    }
    assert_int_equal(remove(path), 0);
}

static void a_wrong_option_is_refused(void **state)
{
    struct fixture *f = *state;
    static const char *const wrong[] = {"",  "nonsense", "actual,", "actual,nonsense",
                                        ",", "ACTUAL"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        dt_options options = {.size = sizeof options, .status = wrong[i]};
        dt_coder *coder = (dt_coder *)&options;
        dt_error err = {0};
        dt_status st = dt_coder_new(f->model, &options, &coder, &err);
        if (st == DT_OK) fail_msg("the status list '%s' was taken", wrong[i]);
        assert_int_equal(st, DT_E_ARG);
        assert_null(coder);
        assert_int_equal(dt_coder_new(f->model, &options, &coder, NULL), DT_E_ARG);
    }
}

static void options_of_an_older_size_do(void **state)
{
    struct fixture *f = *state;
    dt_options options = {.size = offsetof(dt_options, status), .status = "nonsense"};
    dt_coder_free(whole_coder(f->model, &options)); /* what lies past its size is not looked at */
    dt_coder_free(whole_coder(f->model, NULL));
}

static void statuses_are_kept_as_asked(void **state)
{
    struct fixture *f = *state;
    dt_options options = {.size = sizeof options, .status = "threatened, negated"};
    dt_coder *some = whole_coder(f->model, &options), *plain = whole_coder(f->model, NULL);
    const dt_doc *doc = whole_code(some, story_text);
    for (size_t i = 0; i < dt_event_count(doc); i++)
        assert_true(strcmp(dt_event_status(doc, i), "threatened") == 0 ||
                    strcmp(dt_event_status(doc, i), "negated") == 0);
    doc = whole_code(plain, story_text);
    assert_true(dt_event_count(doc) > 0);
    for (size_t i = 0; i < dt_event_count(doc); i++)
        assert_string_equal(dt_event_status(doc, i), "actual");
    dt_coder_free(some);
    dt_coder_free(plain);
}

static void handles_are_released_in_any_order(void **state)
{
    (void)state;
    dt_model *model = whole_model();
    dt_coder *a = whole_coder(model, NULL), *b = whole_coder(model, NULL);
    dt_model_close(model);
    dt_coder_free(a);
    assert_true(dt_event_count(whole_code(b, story_text)) > 0);
    dt_coder_free(b);
}

static void sentences_apart_give_no_fewer_events(void **state)
{
    struct fixture *f = *state;
    static const char text[] =
        "Armenia and Azerbaijan held talks in Tbilisi on Monday. Armenia and Azerbaijan "
        "held talks on Monday.";
    dt_options options = {.size = sizeof options, .per_sentence = 1};
    dt_coder *apart = whole_coder(f->model, &options), *joined = whole_coder(f->model, NULL);
    assert_int_equal(dt_event_count(whole_code(apart, text)), 2);
    assert_int_equal(dt_event_count(whole_code(joined, text)), 1);
    dt_coder_free(apart);
    dt_coder_free(joined);
}

/* ---- stories ---- */

static void odd_stories(void **state)
{
    struct fixture *f = *state;
    const dt_doc *doc = (const dt_doc *)f;
    dt_error err = {0};
    dt_story story = {.size = sizeof story};
    assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_E_ARG); /* no text */
    assert_null(doc);
    story.text = "Iran met Iraq.";
    assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_OK); /* no length: nothing to read */
    assert_int_equal(dt_token_count(doc), 0);
    assert_null(dt_story_id(doc));
    assert_null(dt_story_date(doc));
    story.text_len = strlen(story.text);
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    static const char *const wrong[] = {"2024-02-30", "yesterday",  "2024",
                                        "2024-13-01", "0000-00-00", "-1-01-01"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        story.date = wrong[i];
        assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_E_STORY);
        assert_non_null(strstr(err.text, wrong[i]));
        assert_int_equal(dt_parse(f->coder, &story, 0, &doc, NULL), DT_E_STORY);
    }
    story.date = "2024-02-29T10:00:00Z";
    assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_OK);
    assert_string_equal(dt_story_date(doc), "2024-02-29");
    story.size = offsetof(dt_story, date);
    assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_OK);
    assert_null(dt_story_date(doc));
}

static void a_story_without_a_day_gets_what_its_text_tells(void **state)
{
    static const struct {
        const char *text, *date, *from, *to, *evidence;
    } cases[] = {{"LAGOS, Oct 14, 2009 (Agency) - Chad sued Mali on Monday.", "2009-10-14",
                  "2009-10-14", "2009-10-14", "Oct 14, 2009"},
                 {"Chad sued Mali on 5 May 2021. Peru will sue Chile on 20 May 2021.", NULL,
                  "2021-05-05", "2021-05-20", "5 May 2021"},
                 {"Chad sued Mali on 5 May 2021.", NULL, "2021-05-05", NULL, "5 May 2021"},
                 {"Chad sued Mali on Monday.", NULL, NULL, NULL, NULL}};
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        dt_story story = {.size = sizeof story, .text = cases[i].text};
        const dt_doc *doc = NULL;
        story.text_len = strlen(story.text);
        assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
        const char *const got[] = {dt_story_date(doc), dt_story_date_from(doc),
                                   dt_story_date_to(doc), dt_story_date_evidence(doc)};
        const char *const wanted[] = {cases[i].date, cases[i].from, cases[i].to, cases[i].evidence};
        for (size_t k = 0; k < 4; k++) {
            if (wanted[k] == NULL)
                assert_null(got[k]);
            else
                assert_string_equal(got[k], wanted[k]);
        }
        assert_int_equal(dt_story_date_inferred(doc), cases[i].from != NULL);
    }
}

static void past_the_end_there_is_nothing(void **state)
{
    struct fixture *f = *state;
    const dt_doc *doc = whole_code(f->coder, story_text);
    const size_t many[] = {dt_token_count(doc), SIZE_MAX};
    assert_true(dt_token_count(doc) >= dt_event_count(doc) &&
                dt_token_count(doc) >= dt_actor_count(doc));
    for (int k = 0; k < 2; k++) {
        size_t i = many[k];
        assert_true(dt_sentence_begin(doc, i) == DT_NONE && dt_sentence_end(doc, i) == DT_NONE);
        assert_true(dt_token_begin(doc, i) == DT_NONE && dt_token_end(doc, i) == DT_NONE &&
                    dt_token_head(doc, i) == DT_NONE);
        assert_null(dt_token_lemma(doc, i));
        assert_true(dt_token_upos(doc, i) == NULL && dt_token_deprel(doc, i) == NULL);
        assert_true(dt_actor_begin(doc, i) == DT_NONE && dt_actor_end(doc, i) == DT_NONE);
        assert_true(dt_actor_code(doc, i) == NULL && dt_actor_entity(doc, i) == NULL);
        assert_true(dt_event_id(doc, i) == NULL && dt_event_date(doc, i) == NULL &&
                    dt_event_cameo(doc, i) == NULL);
        assert_true(dt_event_plover(doc, i) == NULL && dt_event_mode(doc, i) == NULL);
        assert_true(dt_event_status(doc, i) == NULL && dt_event_frame(doc, i) == NULL);
        assert_true(isnan(dt_event_goldstein(doc, i)) && isnan(dt_event_confidence(doc, i)));
        assert_true(dt_event_reciprocal(doc, i) == 0 && dt_event_sentence(doc, i) == DT_NONE);
        assert_true(dt_event_begin(doc, i) == DT_NONE && dt_event_end(doc, i) == DT_NONE);
        assert_true(dt_event_source_count(doc, i) == 0 && dt_event_source_code(doc, i, 0) == NULL);
        assert_true(dt_event_target_count(doc, i) == 0 && dt_event_target_code(doc, i, 0) == NULL);
        assert_true(dt_event_place_name(doc, i) == NULL && dt_event_place_country(doc, i) == NULL);
        assert_true(dt_event_attribution_begin(doc, i) == DT_NONE);
        assert_int_equal(dt_event_mention_count(doc, i), 0);
        assert_true(dt_event_mention_begin(doc, i, 0) == DT_NONE);
        assert_true(dt_event_mention_begin(doc, 0, i) == DT_NONE);
        assert_null(dt_quote_speaker(doc, i));
        assert_true(dt_quote_content_begin(doc, i, 0) == DT_NONE);
        assert_null(dt_event_source_code(doc, 0, i));
        assert_null(dt_event_target_code(doc, 0, i));
    }
}

static void spans_lie_inside(void **state)
{
    struct fixture *f = *state;
    const dt_doc *doc = whole_code(f->coder, story_text);
    size_t size = sizeof story_text - 1;
    assert_true(dt_event_count(doc) > 1 && dt_actor_count(doc) > 3 && dt_sentence_count(doc) > 3);
    for (size_t i = 0; i < dt_sentence_count(doc); i++)
        assert_true(dt_sentence_begin(doc, i) < dt_sentence_end(doc, i) &&
                    dt_sentence_end(doc, i) <= size);
    for (size_t i = 0; i < dt_token_count(doc); i++) {
        assert_true(dt_token_begin(doc, i) < dt_token_end(doc, i) && dt_token_end(doc, i) <= size);
        assert_true(dt_token_parent(doc, i) < dt_token_count(doc) ||
                    dt_token_parent(doc, i) == DT_NONE);
        assert_true(dt_token_upos(doc, i) != NULL && dt_token_deprel(doc, i) != NULL);
    }
    for (size_t i = 0; i < dt_actor_count(doc); i++)
        assert_true(dt_actor_begin(doc, i) < dt_actor_end(doc, i) && dt_actor_end(doc, i) <= size);
    for (size_t i = 0; i < dt_event_count(doc); i++) {
        assert_true(dt_event_begin(doc, i) < dt_event_end(doc, i) && dt_event_end(doc, i) <= size);
        assert_true(dt_event_sentence(doc, i) < dt_sentence_count(doc));
        assert_true(dt_event_confidence(doc, i) > 0 && dt_event_confidence(doc, i) <= 1);
        assert_true(dt_event_goldstein(doc, i) >= -10 && dt_event_goldstein(doc, i) <= 10);
        assert_true(dt_event_source_count(doc, i) + dt_event_target_count(doc, i) > 0);
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(dt_event_id(doc, i), dt_event_id(doc, k));
    }
}

/* ---- rendering ---- */

/* Calls `check` for each line; returns their number. */
static size_t each_line(const char *text, size_t len, void (*check)(const char *line, size_t len))
{
    size_t n = 0;
    assert_true(len == 0 || text[len - 1] == '\n');
    for (size_t begin = 0; begin < len; n++) {
        const char *end = memchr(text + begin, '\n', len - begin);
        check(text + begin, (size_t)(end - text) - begin);
        begin = (size_t)(end - text) + 1;
    }
    return n;
}

static void check_json(const char *line, size_t len)
{
    json_error_t why;
    json_t *value = json_loadb(line, len, JSON_REJECT_DUPLICATES, &why);
    if (value == NULL) fail_msg("%s at %d of %.*s", why.text, why.position, (int)len, line);
    assert_true(json_is_object(value));
    json_decref(value);
}

static size_t count_columns(const char *line, size_t len)
{
    size_t n = 1;
    bool quoted = false;
    for (size_t i = 0; i < len; i++) {
        if (line[i] == '"') quoted = !quoted;
        n += line[i] == ',' && !quoted;
    }
    assert_false(quoted);
    return n;
}

static void check_csv(const char *line, size_t len)
{
    const char *header = dt_format_header(DT_FORMAT_EVENTS_CSV);
    assert_true(len > 0 && line[len - 1] == '\r');
    assert_int_equal(count_columns(line, len), count_columns(header, strlen(header)));
}

static size_t render(void **state, const dt_doc *doc, dt_format format, int flags,
                     const char **text)
{
    struct fixture *f = *state;
    size_t len = 0;
    dt_error err = {0};
    if (dt_render(f->coder, doc, format, flags, text, &len, &err) != DT_OK)
        fail_msg("%s", err.text);
    return len;
}

static void every_format_is_well_formed(void **state)
{
    struct fixture *f = *state;
    const char *out;
    size_t len;
    for (unsigned i = 0; i < 60; i++) {
        char text[16384];
        const dt_doc *doc = NULL;
        dt_story story = whole_story("a \"quoted\"\n id, with \x01 and \xFF", text,
                                     whole_write(i, text, sizeof text));
        assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
        for (int flags = 0; flags <= DT_RENDER_DYADS; flags++) {
            len = render(state, doc, DT_FORMAT_EVENTS, flags, &out);
            size_t records = each_line(out, len, check_json);
            assert_true(flags != 0 ? records >= dt_event_count(doc)
                                   : records == dt_event_count(doc));
        }
        len = render(state, doc, DT_FORMAT_STORY, 0, &out);
        assert_int_equal(each_line(out, len, check_json), 1);
        len = render(state, doc, DT_FORMAT_PARSE_JSON, 0, &out);
        assert_int_equal(each_line(out, len, check_json), 1);
        len = render(state, doc, DT_FORMAT_EXPLAIN_JSON, 0, &out);
        assert_int_equal(each_line(out, len, check_json), 1);
    }
}

static void csv_has_its_columns(void **state)
{
    struct fixture *f = *state;
    const char *out;
    const dt_doc *doc = whole_code(f->coder, story_text);
    for (int flags = 0; flags <= DT_RENDER_DYADS; flags++) {
        size_t len = render(state, doc, DT_FORMAT_EVENTS_CSV, flags, &out);
        size_t rows = 0;
        for (const char *at = out; at < out + len; rows++) { /* a sentence may hold a line end */
            bool quoted = false;
            const char *end = at;
            for (; end < out + len && (quoted || *end != '\n'); end++)
                quoted ^= *end == '"';
            check_csv(at, (size_t)(end - at));
            at = end + 1;
        }
        assert_true(rows >= dt_event_count(doc));
    }
    assert_string_equal(dt_format_header(DT_FORMAT_EVENTS), "");
    assert_string_equal(dt_format_header((dt_format)0), "");
}

static void csv_cuts_no_names(void **state)
{
    (void)state;
    struct fixture frames = {.model = whole_model_of(NULL, "none")}; /* whose lists are whole */
    frames.coder = whole_coder(frames.model, NULL);
    void *alone = &frames;
    const char *out;
    const dt_doc *doc = whole_code(frames.coder, whole_many_actors);
    assert_int_equal(dt_event_count(doc), 1);
    size_t n = dt_event_source_count(doc, 0);
    char last[80];
    assert_true(n == 64 && dt_event_truncated(doc, 0));
    size_t len = render(&alone, doc, DT_FORMAT_EVENTS_CSV, 0, &out);
    assert_true(len > 0);
    (void)snprintf(last, sizeof last, ";%s,Russia,", dt_event_source_name(doc, 0, n - 1));
    assert_non_null(strstr(out, last));
    len = render(&alone, doc, DT_FORMAT_EVENTS, DT_RENDER_DYADS, &out);
    assert_int_equal(each_line(out, len, check_json), n);
    dt_coder_free(frames.coder);
    dt_model_close(frames.model);
}

static void dyads_go_both_ways(void **state)
{
    struct fixture *f = *state;
    const char *out;
    const dt_doc *doc = whole_code(f->coder, "Armenia and Azerbaijan held talks on Monday.");
    assert_int_equal(dt_event_count(doc), 1);
    assert_int_equal(dt_event_reciprocal(doc, 0), 1);
    size_t len = render(state, doc, DT_FORMAT_EVENTS, 0, &out);
    assert_int_equal(each_line(out, len, check_json), 1);
    len = render(state, doc, DT_FORMAT_EVENTS, DT_RENDER_DYADS, &out);
    assert_int_equal(each_line(out, len, check_json), 2);
}

static void rendering_refuses_what_is_not_there(void **state)
{
    struct fixture *f = *state;
    const char *out = NULL;
    size_t len = 1;
    const dt_doc *doc = NULL;
    dt_error err = {0};
    dt_story story = whole_story("id", story_text, sizeof story_text - 1);
    assert_int_equal(dt_parse(f->coder, &story, 0, &doc, &err), DT_OK);
    assert_int_equal(dt_event_count(doc) + dt_actor_count(doc), 0);
    assert_true(render(state, doc, DT_FORMAT_CONLLU, 0, &out) > 0);
    assert_int_equal(dt_render(f->coder, doc, DT_FORMAT_STORY, 0, &out, &len, &err), DT_E_ARG);
    assert_int_equal(len, 0);
    assert_int_equal(dt_code(f->coder, &story, &doc, &err), DT_OK);
    assert_int_equal(dt_render(f->coder, doc, (dt_format)0, 0, &out, &len, NULL), DT_E_ARG);
    assert_int_equal(dt_render(f->coder, doc, (dt_format)99, 0, &out, &len, &err), DT_E_ARG);
    /* no two actors were given, so there is no relation */
    assert_true(render(state, doc, DT_FORMAT_RELATION, 0, &out) > 0);
    assert_non_null(strstr(out, "\"cameo\":null"));
}

static void conllu_comes_back(void **state)
{
    struct fixture *f = *state;
    const char *out;
    const dt_doc *doc = NULL;
    dt_error err = {0};
    static const char text[] =
        "# sent_id = mine\n1\tIran\t_\t_\t_\t_\t_\t_\t_\t_\n2\twaited\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    dt_story story = whole_story("file.conllu", text, sizeof text - 1);
    assert_int_equal(dt_parse(f->coder, &story, 1, &doc, &err), DT_OK);
    assert_int_equal(dt_token_count(doc), 2);
    size_t len = render(state, doc, DT_FORMAT_CONLLU, 0, &out);
    assert_true(len > 17 && memcmp(out, "# sent_id = mine\n", 17) == 0);
    story.text = "one\tIran\t_\t_\t_\t_\t_\t_\t_\t_\n";
    story.text_len = strlen(story.text);
    assert_int_equal(dt_parse(f->coder, &story, 1, &doc, &err), DT_E_STORY);
    assert_null(doc);
    assert_non_null(strstr(err.text, "file.conllu"));
}

static void pairs_are_classified(void **state)
{
    struct fixture *f = *state;
    const char *out;
    const dt_doc *doc = NULL;
    static const char text[] = "Iran seized a Greek tanker on Sunday.";
    dt_story story = whole_story("id", text, sizeof text - 1);
    const size_t spans[][2] = {
        {0, 4}, {14, 19}, {0, 0}, {5, 2}, {0, sizeof text - 1}, {30, 1000}, {SIZE_MAX, SIZE_MAX}};
    size_t n = sizeof spans / sizeof spans[0];
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(dt_classify(f->coder, &story, spans[i], spans[k], &doc, NULL), DT_OK);
            size_t len = render(state, doc, DT_FORMAT_RELATION, 0, &out);
            assert_int_equal(each_line(out, len, check_json), 1);
        }
    assert_int_equal(dt_classify(f->coder, &story, spans[0], spans[1], &doc, NULL), DT_OK);
    size_t len = render(state, doc, DT_FORMAT_RELATION, 0, &out);
    assert_true(len > 0 && strstr(out, "\"quad\":4") != NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_version_is_the_header_s),
        cmocka_unit_test(stages_have_names),
        cmocka_unit_test(info_tells_what_is_open),
        cmocka_unit_test(statuses_have_names),
        cmocka_unit_test(a_folder_belongs_to_the_model),
        cmocka_unit_test(knowledge_is_known_by_its_text),
        cmocka_unit_test(a_folder_that_is_wrong_is_refused),
        cmocka_unit_test(a_size_that_is_none_is_refused),
        cmocka_unit_test(a_newer_structure_is_taken_if_its_rest_is_zero),
        cmocka_unit_test(opening_fails_with_a_reason),
        cmocka_unit_test(a_file_that_was_cut_is_refused),
        cmocka_unit_test(a_wrong_option_is_refused),
        cmocka_unit_test(options_of_an_older_size_do),
        cmocka_unit_test(statuses_are_kept_as_asked),
        cmocka_unit_test(handles_are_released_in_any_order),
        cmocka_unit_test(sentences_apart_give_no_fewer_events),
        cmocka_unit_test(odd_stories),
        cmocka_unit_test(a_story_without_a_day_gets_what_its_text_tells),
        cmocka_unit_test(past_the_end_there_is_nothing),
        cmocka_unit_test(spans_lie_inside),
        cmocka_unit_test(every_format_is_well_formed),
        cmocka_unit_test(csv_has_its_columns),
        cmocka_unit_test(csv_cuts_no_names),
        cmocka_unit_test(dyads_go_both_ways),
        cmocka_unit_test(rendering_refuses_what_is_not_there),
        cmocka_unit_test(conllu_comes_back),
        cmocka_unit_test(pairs_are_classified),
    };
    return cmocka_run_group_tests(tests, open_both, close_both);
}
