/* language_test.c - headlines of other languages (foreign_headlines.txt) are not English, ours are.
 */
#include <string.h>

#include "know/know.h"
#include "whole.h"

static int open_know(void **state)
{
    static struct know know;
    dt_error err;
    if (know_open(DT_BINARY_DIR "/detente.dtk", &know, &err) != DT_OK) fail_msg("%s", err.text);
    *state = &know;
    return 0;
}

static int close_know(void **state)
{
    know_close(*state);
    return 0;
}

static void tells_foreign_headlines(void **state)
{
    const struct know *know = *state;
    FILE *f = fopen(DT_SOURCE_DIR "/test/unit/foreign_headlines.txt", "r");
    char line[400];
    size_t n = 0, missed = 0;
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        const char *text = strchr(line, '|') + 1;
        n++;
        if (!language_of(&know->languages, str_c(text)).english) continue;
        print_message("taken for English: %s", line);
        missed++;
    }
    (void)fclose(f);
    assert_true(n >= 400);
    assert_true(missed * 100 <= n);
}

static void keeps_english_headlines(void **state)
{
    static const char *const headlines[] = {"Putin, Zelenskyy meet in Istanbul",
                                            "Bundestag backs Taurus delivery",
                                            "N. Korea fires missile",
                                            "Sarkozy, Müller visit Zürich",
                                            "Erdoğan slams Netanyahu",
                                            "Le Pen loses",
                                            "Lula da Silva wins Brazil vote",
                                            "Iran nuclear talks resume",
                                            "Macron",
                                            "",
                                            "2024"};
    const struct know *know = *state;
    for (size_t i = 0; i < sizeof headlines / sizeof headlines[0]; i++) {
        const struct language_guess g = language_of(&know->languages, str_c(headlines[i]));
        if (!g.english) fail_msg("'%s' was taken for %s", headlines[i], g.name);
    }
}

static void respects_what_is_given(void **state)
{
    const struct know *know = *state;
    const char *name;
    bool known;
    assert_false(language_given(&know->languages, "en-US", &name, &known));
    assert_true(known);
    assert_true(language_given(&know->languages, "de_AT", &name, &known));
    assert_string_equal(name, "German");
    assert_false(language_given(&know->languages, "und", &name, &known));
    assert_false(known);
    assert_false(language_given(&know->languages, NULL, &name, &known));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_foreign_headlines),
        cmocka_unit_test(keeps_english_headlines),
        cmocka_unit_test(respects_what_is_given),
    };
    return cmocka_run_group_tests(tests, open_know, close_know);
}
