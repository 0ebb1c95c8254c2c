/* codebook_test.c - the codebook through the public header: all of it can be read, and looked up by
 * word, code, type and name. */
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "whole.h"

static int open_book(void **state)
{
    dt_model *model = whole_model();
    dt_codebook *book = NULL;
    dt_error err = {0};
    if (dt_codebook_new(model, &book, &err) != DT_OK) fail_msg("%s", err.text);
    dt_model_close(model); /* the book keeps it alive */
    *state = book;
    return 0;
}

static int close_book(void **state)
{
    dt_codebook_free(*state);
    dt_codebook_free(NULL);
    return 0;
}

/* The index of a name, which must be there. */
static size_t named(const dt_codebook *book, const char *name)
{
    size_t i = dt_codebook_find(book, name, 0);
    if (i == DT_NONE) fail_msg("there is no %s", name);
    assert_string_equal(dt_frame_name(book, i), name);
    assert_int_equal(dt_codebook_find(book, name, i + 1), DT_NONE);
    return i;
}

static bool finds(const dt_codebook *book, const char *query, const char *name)
{
    size_t wanted = named(book, name);
    for (size_t i = dt_codebook_find(book, query, 0); i != DT_NONE;
         i = dt_codebook_find(book, query, i + 1))
        if (i == wanted) return true;
    return false;
}

static void a_frame_can_be_read(void **state)
{
    const dt_codebook *book = *state;
    size_t i = named(book, "sanction/impose");
    assert_int_equal(strncmp(dt_frame_definition(book, i), "A state or body", 15), 0);
    assert_false(dt_frame_is_operator(book, i));
    assert_string_equal(dt_frame_cameo(book, i), "163");
    assert_string_equal(dt_frame_cameo_name(book, i), "Impose embargo, boycott, or sanctions");
    assert_string_equal(dt_frame_root(book, i), "16");
    assert_string_equal(dt_frame_root_name(book, i), "REDUCE RELATIONS");
    assert_int_equal(dt_frame_quad(book, i), 3);
    assert_true(dt_frame_goldstein(book, i) < 0);
    assert_string_equal(dt_frame_plover(book, i), "SANCTION");
    assert_null(dt_frame_mode(book, i));
    assert_int_equal(dt_frame_context_count(book, i), 1);
    assert_string_equal(dt_frame_context_name(book, i, 0), "economic");
    assert_null(dt_frame_context_name(book, i, 1));
    assert_false(dt_frame_reciprocal(book, i));
    assert_null(dt_frame_status(book, i));
    assert_int_equal(dt_frame_map_count(book, i), 0);
    assert_string_equal(dt_frame_needs(book, named(book, "statement/optimistic")), "source target");
    assert_string_equal(dt_frame_needs(book, named(book, "reduce/relations")), "any");
}

static void triggers_and_examples_can_be_read(void **state)
{
    const dt_codebook *book = *state;
    size_t i = named(book, "sanction/impose");
    assert_true(dt_frame_trigger_count(book, i) >= 3);
    assert_string_equal(dt_frame_trigger_kind(book, i, 0), "verb");
    assert_int_equal(strncmp(dt_frame_trigger_words(book, i, 0), "impose, ", 8), 0);
    assert_non_null(strstr(dt_frame_trigger_where(book, i, 0), "{sanction}"));
    assert_true(dt_frame_example_count(book, i) >= 2);
    assert_string_equal(dt_frame_example_kind(book, i, 0), "yes");
    assert_int_equal(strlen(dt_frame_example_date(book, i, 0)), 10);
    assert_non_null(strstr(dt_frame_example_text(book, i, 0), "sanctions"));
    assert_non_null(strstr(dt_frame_example_record(book, i, 0, 0), " 163"));
    assert_null(dt_frame_example_record(book, i, 0, 99));
}

static void an_operator_can_be_read(void **state)
{
    const dt_codebook *book = *state;
    size_t i = named(book, "operator/threaten");
    bool attack = false;
    assert_true(dt_frame_is_operator(book, i));
    assert_null(dt_frame_cameo(book, i));
    assert_null(dt_frame_cameo_name(book, i));
    assert_null(dt_frame_root(book, i));
    assert_null(dt_frame_root_name(book, i));
    assert_int_equal(dt_frame_quad(book, i), DT_NONE);
    assert_true(isnan(dt_frame_goldstein(book, i)));
    assert_null(dt_frame_plover(book, i));
    assert_null(dt_frame_needs(book, i));
    assert_string_equal(dt_frame_status(book, i), "actual");
    assert_null(dt_frame_status(book, named(book, "operator/manage")));
    for (size_t k = 0; k < dt_frame_map_count(book, i); k++)
        attack = attack || (strcmp(dt_frame_map_from(book, i, k), "190") == 0 &&
                            strcmp(dt_frame_map_to(book, i, k), "1384") == 0);
    assert_true(attack);
}

/* Every row has what each needs, frames stand in the order of their codes, operators last. */
static void the_book_is_whole(void **state)
{
    const dt_codebook *book = *state;
    const char *before = "";
    bool operators = false;
    assert_true(dt_frame_count(book) > 150);
    for (size_t i = 0; i < dt_frame_count(book); i++) {
        assert_non_null(dt_frame_name(book, i));
        assert_true(strlen(dt_frame_definition(book, i)) > 10);
        assert_true(dt_frame_trigger_count(book, i) > 0);
        if (dt_frame_is_operator(book, i)) {
            operators = true;
            continue;
        }
        assert_false(operators);
        assert_true(strcmp(before, dt_frame_cameo(book, i)) <= 0);
        before = dt_frame_cameo(book, i);
        assert_non_null(dt_frame_cameo_name(book, i));
    }
    assert_true(operators);
    for (size_t i = 0; i < dt_word_class_count(book); i++)
        assert_true(dt_word_class_name(book, i)[0] != '\0' &&
                    dt_word_class_words(book, i)[0] != '\0');
}

static void past_the_end_is_none(void **state)
{
    const dt_codebook *book = *state;
    size_t end = dt_frame_count(book), no_class = dt_word_class_count(book);
    const char *(*const texts[])(const dt_codebook *, size_t) = {
        dt_frame_name,  dt_frame_definition, dt_frame_cameo,  dt_frame_cameo_name,
        dt_frame_root,  dt_frame_root_name,  dt_frame_plover, dt_frame_mode,
        dt_frame_needs, dt_frame_status};
    const char *(*const parts[])(const dt_codebook *, size_t, size_t) = {
        dt_frame_context_name, dt_frame_map_from,      dt_frame_map_to,
        dt_frame_trigger_kind, dt_frame_trigger_words, dt_frame_trigger_where,
        dt_frame_example_kind, dt_frame_example_date,  dt_frame_example_text};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_null(texts[i](book, end));
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        assert_null(parts[i](book, end, 0));
        assert_null(parts[i](book, 0, SIZE_MAX));
    }
    assert_null(dt_frame_example_record(book, end, 0, 0));
    assert_int_equal(dt_frame_is_operator(book, end), 0);
    assert_int_equal(dt_frame_reciprocal(book, end), 0);
    assert_int_equal(dt_frame_quad(book, end), DT_NONE);
    assert_true(isnan(dt_frame_goldstein(book, end)));
    assert_int_equal(dt_frame_context_count(book, end) + dt_frame_map_count(book, end) +
                         dt_frame_trigger_count(book, end) + dt_frame_example_count(book, end),
                     0);
    assert_null(dt_word_class_name(book, no_class));
    assert_null(dt_word_class_words(book, no_class));
    assert_int_equal(dt_codebook_find(book, "arrest", SIZE_MAX), DT_NONE);
}

static void words_are_found_in_any_form(void **state)
{
    const dt_codebook *book = *state;
    static const char *const arrests[] = {"arrest", "arrests", "arrested", "Arresting", "detained"};
    for (size_t i = 0; i < sizeof arrests / sizeof arrests[0]; i++)
        assert_true(finds(book, arrests[i], "coerce/arrest"));
    assert_true(finds(book, "broke off", "reduce/relations"));
    assert_true(finds(book, "shot", "fight/small-arms"));
    assert_true(finds(book, "state of emergency", "coerce/emergency"));
    assert_true(finds(book, "embargoes", "sanction/impose")); /* of a class in braces */
    assert_true(finds(book, "refused", "operator/refuse"));
    assert_false(finds(book, "refused", "coerce/arrest"));
    /* no trigger has it, some ask for it */
    assert_true(finds(book, "ambassador", "reduce/relations"));
}

static void codes_types_and_names_are_found(void **state)
{
    const dt_codebook *book = *state;
    assert_true(finds(book, "173", "coerce/arrest"));
    assert_true(finds(book, "17", "coerce/arrest"));
    assert_false(finds(book, "16", "coerce/arrest"));
    assert_true(finds(book, "1384", "operator/threaten"));
    assert_true(finds(book, "COERCE", "coerce/arrest"));
    assert_true(finds(book, "coerce", "coerce/arrest")); /* no trigger's word */
    assert_true(finds(book, "COERCE/arrest", "coerce/arrest"));
    assert_false(finds(book, "COERCE/arrest", "coerce/seize"));
    assert_true(finds(book, "THREATEN", "operator/threaten"));
    assert_true(finds(book, "operator/lift", "operator/lift"));
}

static void nothing_answers_to_nonsense(void **state)
{
    const dt_codebook *book = *state;
    static const char *const queries[] = {"",
                                          " ",
                                          "/",
                                          "/arrest",
                                          "of",
                                          "99",
                                          "xyzzy",
                                          "arrest xyzzy",
                                          "COERCE/x",
                                          "\xff\xfe",
                                          "a b c d e f g"};
    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++)
        if (dt_codebook_find(book, queries[i], 0) != DT_NONE)
            fail_msg("something answers to '%s'", queries[i]);
    assert_int_equal(dt_codebook_find(book, NULL, 0), DT_NONE);
}

static void a_folder_is_in_the_book(void **state)
{
    (void)state;
    char dir[] = "/tmp/detente-test-XXXXXX", frames[64], path[96];
    dt_codebook *book = NULL;
    assert_non_null(mkdtemp(dir));
    (void)snprintf(frames, sizeof frames, "%s/frames", dir);
    (void)snprintf(path, sizeof path, "%s/f.txt", frames);
    assert_int_equal(mkdir(frames, 0700), 0);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs("provenance  A test.\n\n"
                      "frame test/enchant  The source enchants the target.\n"
                      "  cameo 999\n  verb enchant\n"
                      "frame coerce/arrest  Another arrest.\n  cameo 173\n  verb handcuff\n",
                      file) >= 0 &&
                fclose(file) == 0);
    dt_model *model = whole_model_with(dir);
    assert_int_equal(dt_codebook_new(model, &book, NULL), DT_OK);
    assert_int_equal(unlink(path) + rmdir(frames) + rmdir(dir), 0);
    size_t i = named(book, "test/enchant");
    assert_true(finds(book, "enchanted", "test/enchant"));
    assert_null(dt_frame_cameo_name(book, i)); /* CAMEO has no such code */
    assert_null(dt_frame_root(book, i));
    i = named(book, "coerce/arrest");
    assert_string_equal(dt_frame_definition(book, i), "Another arrest.");
    assert_int_equal(dt_frame_trigger_count(book, i), 1);
    assert_null(dt_frame_trigger_where(book, i, 0));
    assert_int_equal(dt_frame_example_count(book, i), 0);
    dt_codebook_free(book);
    dt_model_close(model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_can_be_read),
        cmocka_unit_test(triggers_and_examples_can_be_read),
        cmocka_unit_test(an_operator_can_be_read),
        cmocka_unit_test(the_book_is_whole),
        cmocka_unit_test(past_the_end_is_none),
        cmocka_unit_test(words_are_found_in_any_form),
        cmocka_unit_test(codes_types_and_names_are_found),
        cmocka_unit_test(nothing_answers_to_nonsense),
        cmocka_unit_test(a_folder_is_in_the_book),
    };
    return cmocka_run_group_tests(tests, open_book, close_book);
}
