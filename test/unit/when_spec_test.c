/* when_spec_test.c - the examples of test/spec/when.txt with the real language model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "when/when.h"

#include "spec_fixture.h"

/* "TYPE VALUE MOD" or "kind value unit" of what stands at `words`, or "" when nothing does. */
static void describe(const struct when_layer *when, const struct spec_example *e, struct str words,
                     bool quantity, char *out, size_t room)
{
    *out = '\0';
    for (uint32_t i = 0; !quantity && i < when->n_times; i++) {
        const struct timex *x = &when->times[i];
        if (!str_eq(str_of(e->story + x->begin, x->end - x->begin), words)) continue;
        (void)snprintf(out, room, "%s %s%s%s", timex_type_name[x->type], x->value,
                       x->mod != NULL ? " " : "", x->mod != NULL ? x->mod : "");
    }
    for (uint32_t i = 0; quantity && i < when->n_quantities; i++) {
        const struct quantity *q = &when->quantities[i];
        if (!str_eq(str_of(e->story + q->begin, q->end - q->begin), words)) continue;
        (void)snprintf(out, room, "%s %.10g %s", quantity_kind_name[q->kind], q->value, q->unit);
    }
}

static int judge_when(const struct dt_doc *doc, const struct spec_example *e, struct str line,
                      unsigned at)
{
    char found[100];
    if (str_starts(line, STR("not "))) {
        describe(&doc->when, e, str_cut(line, 4, line.len), false, found, sizeof found);
        if (*found == '\0') return 0;
        print_error("when.txt:%u: %s: was found as %s\n", at, e->title, found);
        return 1;
    }
    size_t equals = str_find(line, '=', 0);
    assert_true(equals < line.len);
    struct str words = str_trim(str_cut(line, 0, equals));
    struct str want = str_trim(str_cut(line, equals + 1, line.len));
    bool quantity = want.at[0] >= 'a' && want.at[0] <= 'z';
    describe(&doc->when, e, words, quantity, found, sizeof found);
    if (str_eq(want, str_c(found))) return 0;
    print_error("when.txt:%u: %s: '%.*s' became '%s'\n", at, e->title, (int)words.len, words.at,
                found);
    return 1;
}

static void test_examples(void **state)
{
    (void)state;
    spec_run(DT_SOURCE_DIR "/test/spec/when.txt", judge_when);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
