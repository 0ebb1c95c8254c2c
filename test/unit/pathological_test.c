/* pathological_test.c - texts that no newspaper prints, each within a bound of time: what is
 * quadratic would need minutes here. */
#include <time.h>

#include "whole.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || defined(DT_DEBUG_ARENA)
enum { SCALE = 10, SECONDS = 60 }; /* instrumented code is slow, and here only the bounds matter */
#else
enum { SCALE = 1, SECONDS = 10 };
#endif

struct fixture {
    dt_model *model;
    dt_coder *coder;
};

static int open_all(void **state)
{
    static struct fixture f;
    dt_options options = {.size = sizeof options, .status = "all", .any_language = 1};
    f.model = whole_model();
    f.coder = whole_coder(f.model, &options);
    *state = &f;
    return 0;
}

static int close_all(void **state)
{
    struct fixture *f = *state;
    dt_coder_free(f->coder);
    dt_model_close(f->model);
    return 0;
}

static double processor_seconds(void)
{
    struct timespec t;
    assert_int_equal(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t), 0);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Codes the text, renders it in the largest format, and looks at the clock. */
static void code_in_time(void **state, const char *text, size_t len)
{
    struct fixture *f = *state;
    const dt_doc *doc = NULL;
    const char *out;
    size_t out_len;
    dt_story story = whole_story("story", text, len);
    double begin = processor_seconds();
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    double coded = processor_seconds();
    assert_int_equal(dt_render(f->coder, doc, DT_FORMAT_STORY, 0, &out, &out_len, NULL), DT_OK);
    double end = processor_seconds();
    print_message(
        "%zu bytes, %zu sentences, %zu tokens, %zu events: %.2f s, and %.2f s to render\n", len,
        dt_sentence_count(doc), dt_token_count(doc), dt_event_count(doc), coded - begin,
        end - coded);
    for (size_t i = 0; i < dt_token_count(doc); i++)
        assert_true(dt_token_begin(doc, i) < dt_token_end(doc, i) && dt_token_end(doc, i) <= len);
    assert_true(end - begin < SECONDS);
}

/* `unit` repeated until it fills `bytes` (scaled). */
static void code_repeated(void **state, const char *before, const char *unit, const char *after,
                          size_t bytes)
{
    size_t size = strlen(unit), n = bytes / SCALE / size, len = strlen(before);
    char *text = malloc(len + n * size + strlen(after) + 1);
    assert_non_null(text);
    memcpy(text, before, len);
    for (size_t i = 0; i < n; i++, len += size)
        memcpy(text + len, unit, size);
    memcpy(text + len, after, strlen(after));
    len += strlen(after);
    code_in_time(state, text, len);
    free(text);
}

/* Each unit alone, over and over: what is bounded in one stage may not be so in another. */
static void all_kinds(void **state)
{
    static const char *const units[] = {"1 ",
                                        "1",
                                        "A ",
                                        "Mr. ",
                                        "Iran attacked Iraq. ",
                                        "June 13, 2024 ",
                                        "Monday, ",
                                        "(",
                                        "[{(",
                                        "Iran attacked Iraq and ",
                                        "IRAN ATTACKED IRAQ ",
                                        "1.2.",
                                        "and Iran and Iraq ",
                                        "\n",
                                        "he she it they ",
                                        "he said that ",
                                        "Iran\xE2\x80\x94once\xE2\x80\x94",
                                        "a-",
                                        ", ",
                                        "<b ",
                                        "<script>",
                                        "&amp",
                                        "<!-- ",
                                        "<a href=\"",
                                        "&amp;",
                                        "<p>",
                                        "\xC2\xAD",
                                        "12 killed, ",
                                        "5 percent ",
                                        "$5 million ",
                                        "'s ",
                                        "don't ",
                                        "in London in ",
                                        "between 5 and ",
                                        "President of the ",
                                        "\x01",
                                        "\xFF"};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        code_repeated(state, "", units[i], "", 150000);
}

static void no_space(void **state)
{
    code_repeated(state, "", "abcdefghij", "", 10000000);
}

static void no_space_in_other_scripts(void **state)
{
    code_repeated(state, "", "\xE5\x9B\xBD", "", 3000000);
}

static void quotes_alone(void **state)
{
    code_repeated(state, "", "\"", "", 300000); /* a token a byte */
}

static void curly_quotes_that_never_close(void **state)
{
    code_repeated(state, "", "\xE2\x80\x9C", "", 300000);
}

static void nested_quotes(void **state)
{
    code_repeated(state, "He said, ", "\"he said, '", "no.", 10 * 50000);
}

static void one_quotation_over_all(void **state)
{
    code_repeated(state, "\"", "We talked, he said. ", "\"", 1000000);
}

static void short_lines(void **state)
{
    code_repeated(state, "", "Iran shelled Iraq.\n", "", 19 * 100000);
}

static void short_lines_of_other_actors(void **state)
{
    code_repeated(state, "",
                  "Iran shelled Iraq.\nKenya met Chad.\nPoland, he said, sued Peru.\nFiji left "
                  "Mali on Friday.\n",
                  "", 1000000);
}

static void empty_lines(void **state)
{
    code_repeated(state, "a", "\n", "b", 5000000);
}

static void one_long_sentence(void **state)
{
    code_repeated(state, "Iran", " and then the army of Iraq fired rockets", ".", 40 * 2500);
}

static void one_long_list_of_actors(void **state)
{
    code_repeated(state, "Iran", ", Iraq, Kenya, Peru, Chad", " and Poland held talks.", 24 * 5000);
}

static void deep_coordination(void **state)
{
    code_repeated(state, "Iran said ", "that Iraq said ", "that Chad attacked Mali.", 15 * 7000);
}

static void deep_possessives(void **state)
{
    code_repeated(state, "The ", "president's brother's ", "army attacked.", 21 * 7000);
}

static void digits_alone(void **state)
{
    code_repeated(state, "", "1234567890", "", 5000000);
}

static void numbers(void **state)
{
    code_repeated(state, "", "12 1,000 2.5 million 1987 ", "", 500000);
}

static void times_and_places(void **state)
{
    code_repeated(state, "", "on Monday in Paris, at noon in Springfield last week; ", "", 500000);
}

static void pronouns(void **state)
{
    code_repeated(state, "Iran met Iraq. ", "They said it. He left her. ", "", 700000);
}

static void names_of_persons(void **state)
{
    code_repeated(state, "", "Ann Lee met Bob Ray. Mr. Lee told Ms. Ray so. ", "", 700000);
}

static void invalid_bytes(void **state)
{
    code_repeated(state, "", "\xFF\xFE\xC3 \xE2\x80", "", 300000);
}

static void abbreviations(void **state)
{
    code_repeated(state, "", "U.S. Mr. A. B. ", "", 700000);
}

/* Seconds that the unit takes, filled to `bytes`. */
static double time_of(struct fixture *f, const char *unit, size_t bytes)
{
    const size_t size = strlen(unit), len = bytes / size * size;
    const dt_doc *doc = NULL;
    char *text = malloc(len + 1);
    assert_non_null(text);
    for (size_t i = 0; i < len; i += size)
        memcpy(text + i, unit, size);
    const dt_story story = whole_story("story", text, len);
    const double begin = processor_seconds();
    assert_int_equal(dt_code(f->coder, &story, &doc, NULL), DT_OK);
    const double took = processor_seconds() - begin;
    free(text);
    return took;
}

/* Twice the text takes about twice as long: the best of up to three tries at each size, since
 * other programs disturb the clock. The slack is for kinds that take next to no time. */
static void grows_with_the_text(void **state)
{
    static const char *const units[] = {"1 ",
                                        "A ",
                                        "Mr. ",
                                        "\"",
                                        "[{(",
                                        "\xE2\x80\x9C",
                                        "IRAN ATTACKED IRAQ ",
                                        "Iran attacked Iraq. ",
                                        "Iran and Iraq and ",
                                        "June 13, 2024 ",
                                        "he ",
                                        "x.y.",
                                        "one hundred ",
                                        "Monday ",
                                        "said ",
                                        "\xE2\x80\x9CYes,\xE2\x80\x9D he said. ",
                                        "soldiers ",
                                        ", ",
                                        "12 killed, ",
                                        "in London in ",
                                        "U.S. ",
                                        "a ",
                                        "(",
                                        "\n",
                                        "president's brother's ",
                                        "President of the ",
                                        "he said that "};
    enum { BYTES = 60000 / SCALE, TRIES = 3 };
    const double slack = 0.1;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        double once = 1e9, twice = 1e9;
        for (int n = 0; n < TRIES && (n == 0 || twice > 2.6 * once + slack); n++) {
            const double a = time_of(*state, units[i], BYTES);
            const double b = time_of(*state, units[i], 2 * (size_t)BYTES);
            once = a < once ? a : once;
            twice = b < twice ? b : twice;
        }
        print_message("%s: %.3f s, twice the text %.3f s\n", units[i], once, twice);
        assert_true(twice <= 2.6 * once + slack);
    }
}

/* Many stories as one. */
static void many_events(void **state)
{
    size_t cap = 1000000 / SCALE, len = 0;
    char *text = malloc(cap);
    assert_non_null(text);
    for (unsigned i = 0; cap - len > 16384; i++)
        len += whole_write(i, text + len, 16384);
    code_in_time(state, text, len);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_kinds),
        cmocka_unit_test(grows_with_the_text),
        cmocka_unit_test(no_space),
        cmocka_unit_test(no_space_in_other_scripts),
        cmocka_unit_test(quotes_alone),
        cmocka_unit_test(curly_quotes_that_never_close),
        cmocka_unit_test(nested_quotes),
        cmocka_unit_test(one_quotation_over_all),
        cmocka_unit_test(short_lines),
        cmocka_unit_test(short_lines_of_other_actors),
        cmocka_unit_test(empty_lines),
        cmocka_unit_test(one_long_sentence),
        cmocka_unit_test(one_long_list_of_actors),
        cmocka_unit_test(deep_coordination),
        cmocka_unit_test(deep_possessives),
        cmocka_unit_test(digits_alone),
        cmocka_unit_test(numbers),
        cmocka_unit_test(times_and_places),
        cmocka_unit_test(pronouns),
        cmocka_unit_test(names_of_persons),
        cmocka_unit_test(invalid_bytes),
        cmocka_unit_test(abbreviations),
        cmocka_unit_test(many_events),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
