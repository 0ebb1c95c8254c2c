/* road_test.c - the table of stages: every row reads what an earlier one wrote, the rows that ran
 * are those of the road, and what check.h asserts of the layers holds on stories of all kinds. */
#include "whole.h"

#include "story/check.h"

struct fixture {
    dt_model *model;
    dt_coder *coder;
};

static int open_coder(void **state)
{
    static struct fixture f;
    dt_options options = {.size = sizeof options, .status = "all"};
    f.model = whole_model();
    f.coder = whole_coder(f.model, &options);
    *state = &f;
    return 0;
}

static int close_coder(void **state)
{
    struct fixture *f = *state;
    dt_coder_free(f->coder);
    dt_model_close(f->model);
    return 0;
}

static void each_row_reads_what_was_written(void **state)
{
    (void)state;
    const enum road roads[] = {ROAD_CODE, ROAD_PARSE, ROAD_TOKENS, ROAD_RELATION};
    for (size_t r = 0; r < sizeof roads / sizeof roads[0]; r++) {
        unsigned there = LAYER_INPUT | LAYER_MODEL | LAYER_KNOW;
        for (int i = 0; i < STAGE_COUNT; i++) {
            const struct stage_row *row = &stage_rows[i];
            if (!(row->roads & roads[r])) continue;
            unsigned needs = row->changes | (row->reads == LAYERS_ALL ? 0 : row->reads);
            if ((needs & ~there) != 0) fail_msg("%s reads what is not there yet", row->name);
            if ((row->writes & there) != 0) fail_msg("%s writes what is there", row->name);
            there |= row->writes;
        }
    }
}

static void names_are_told_apart(void **state)
{
    (void)state;
    for (int i = 0; i < STAGE_COUNT; i++) {
        assert_string_equal(stage_rows[i].name, dt_stage_name((size_t)i));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(stage_rows[i].name, stage_rows[k].name);
    }
    assert_int_equal(dt_stage_count(), STAGE_COUNT);
}

static void assert_ran(const dt_doc *doc, enum road road)
{
    for (int i = 0; i < STAGE_COUNT; i++)
        assert_int_equal(road_has_run(doc, (enum stage)i),
                         stage_rows[i].run != NULL && (stage_rows[i].roads & road) != 0);
}

static void the_rows_of_a_road_run(void **state)
{
    struct fixture *f = *state;
    static const char text[] = "Iran seized a Greek tanker on Sunday.";
    static const char rows[] =
        "1\tIran\t_\t_\t_\t_\t_\t_\t_\t_\n2\twaited\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    const size_t source[2] = {0, 4}, target[2] = {14, 19};
    const dt_doc *doc = NULL;
    dt_story story = whole_story("id", text, sizeof text - 1);
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    assert_ran(doc, ROAD_CODE);
    assert_int_equal(dt_parse(f->coder, &story, 0, &doc, NULL), DT_OK);
    assert_ran(doc, ROAD_PARSE);
    assert_int_equal(dt_classify(f->coder, &story, source, target, &doc, NULL), DT_OK);
    assert_ran(doc, ROAD_RELATION);
    assert_int_not_equal(doc->relation, NONE);
    story = whole_story("id", rows, sizeof rows - 1);
    assert_int_equal(dt_parse(f->coder, &story, 1, &doc, NULL), DT_OK);
    assert_ran(doc, ROAD_TOKENS);
    assert_true(doc->text.n_atoms > 0 && doc->conllu.n_rows > 0);
}

static void what_is_asserted_holds(void **state)
{
    struct fixture *f = *state;
    static const char *const odd[] = {
        "",
        " ",
        "\n\n",
        "\xFF\xFE",
        "(",
        "\"He said \"no\" and \"yes.",
        "UKRAINE: RUSSIA SHELLS KHARKIV. In Syria the town of Izium was captured by Russia."};
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        check_layers(whole_code(f->coder, odd[i]), LAYERS_ALL & ~LAYER_WHO, LAYER_WHO);
    for (unsigned i = 0; i < 60; i++) {
        char text[16384];
        const dt_doc *doc = NULL;
        dt_story story = whole_story("id", text, whole_write(i, text, sizeof text));
        assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
        check_layers(doc, LAYERS_ALL & ~LAYER_WHO, LAYER_WHO);
    }
}

/* Time is booked for the stages that ran, and for no others. */
static void time_is_booked_by_stage(void **state)
{
    struct fixture *f = *state;
    dt_coder *coder = whole_coder(f->model, NULL);
    dt_story story = whole_story("id", "Iran met Iraq.", 14);
    const dt_doc *doc = NULL;
    dt_coder_time(coder, 1);
    assert_int_equal(dt_parse(coder, &story, 0, &doc, NULL), DT_OK);
    assert_true(dt_stage_seconds(coder, STAGE_LANG) > 0);
    assert_true(dt_stage_seconds(coder, STAGE_WHO) == 0);
    assert_true(dt_stage_seconds(coder, STAGE_TOKENS) == 0);
    dt_coder_free(coder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_reads_what_was_written), cmocka_unit_test(names_are_told_apart),
        cmocka_unit_test(the_rows_of_a_road_run),          cmocka_unit_test(what_is_asserted_holds),
        cmocka_unit_test(time_is_booked_by_stage),
    };
    return cmocka_run_group_tests(tests, open_coder, close_coder);
}
