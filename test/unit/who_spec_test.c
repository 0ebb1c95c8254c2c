/* who_spec_test.c - the examples of test/spec/who.txt with the real model and knowledge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "spec_fixture.h"

static bool mention_reads(const struct spec_example *e, const struct actor *a, struct str text)
{
    return str_eq(str_of(e->story + a->begin, a->end - a->begin), text) && a->code[0] != '\0' &&
           (a->flags & ACTOR_PLACE) == 0;
}

static bool has_mention(const struct spec_example *e, const struct who_layer *who, struct str text,
                        struct str code)
{
    for (uint32_t i = 0; i < who->n_actors; i++) {
        const struct actor *a = &who->actors[i];
        if (mention_reads(e, a, text) && (code.len == 0 || str_eq(str_c(a->code), code)))
            return true;
    }
    return false;
}

/* One expectation; prints what is wrong and returns the number of failures. */
static int check_line(const struct spec_example *e, const struct who_layer *who, struct str line,
                      unsigned at)
{
    int failures = 0;
    if (str_starts(line, STR("not "))) {
        struct str text = str_cut(line, 4, line.len);
        if (!has_mention(e, who, text, str_of("", 0))) return 0;
        print_error("who.txt:%u: %s: '%.*s' was coded\n", at, e->title, (int)text.len, text.at);
        return 1;
    }
    size_t equals = str_find(line, '=', 0);
    assert_true(equals < line.len);
    struct str text = str_trim(str_cut(line, 0, equals));
    struct str rest = str_trim(str_cut(line, equals + 1, line.len)), code;
    while (str_next(&rest, ' ', &code)) {
        if (code.len == 0 || has_mention(e, who, text, code)) continue;
        print_error("who.txt:%u: %s: no mention '%.*s' = %.*s\n", at, e->title, (int)text.len,
                    text.at, (int)code.len, code.at);
        failures++;
    }
    return failures;
}

static void show_mentions(const struct spec_example *e, const struct who_layer *who)
{
    for (uint32_t i = 0; i < who->n_actors; i++) {
        const struct actor *a = &who->actors[i];
        print_error("    found '%.*s' = %s\n", (int)(a->end - a->begin), e->story + a->begin,
                    a->code);
    }
}

static int judge_who(const struct dt_doc *doc, const struct spec_example *e, struct str line,
                     unsigned at)
{
    int wrong = check_line(e, &doc->who, line, at);
    if (wrong != 0) show_mentions(e, &doc->who);
    return wrong;
}

static void test_examples(void **state)
{
    (void)state;
    spec_run(DT_SOURCE_DIR "/test/spec/who.txt", judge_who);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
