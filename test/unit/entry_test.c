/* entry_test.c - the common text syntax of knowledge/: what is read, and what is said of mistakes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "know/entry.h"

#define assert_str(s, z) assert_true(str_eq((s), str_c(z)))

static void reads_entries_and_fields(void **state)
{
    (void)state;
    static const char text[] = "# a comment\nprovenance  made up, for tests\n\n"
                               "country RUS  Russia\n  name   Russian Federation  # note\n"
                               "  people Russian, Russians\n         # indented comment\n"
                               "  seat   GOV  Kremlin\n    Old Square\n"
                               "role GOV\n\tperson\tpresident\n";
    struct arena a = {0};
    struct entry_file f;
    dt_error err;
    assert_int_equal(entry_parse(&a, "t.txt", str_c(text), &f, &err), DT_OK);
    assert_int_equal(f.n_entries, 3);
    assert_str(f.entries[0].name, "made up, for tests");
    const struct entry *e = &f.entries[1];
    assert_str(e->kind, "country");
    assert_str(e->key, "RUS");
    assert_str(e->name, "Russia");
    assert_int_equal(e->line, 4);
    assert_int_equal(e->n_fields, 3);
    assert_str(e->fields[0].value, "Russian Federation");
    assert_int_equal(e->fields[2].line, 8);
    assert_int_equal(e->fields[2].n_more, 1);
    assert_str(e->fields[2].more[0].text, "Old Square");
    assert_int_equal(e->fields[2].more[0].line, 9);
    assert_str(entry_field(&f.entries[2], "person")->value, "president");
    assert_null(entry_field(&f.entries[2], "name"));
    arena_free(&a);
}

static void reads_lists(void **state)
{
    (void)state;
    struct str rest = str_c("one, \"two, three\", four five,, six"), item;
    static const char *const items[] = {"one", "two, three", "four five", "", "six"};
    for (int i = 0; i < 5; i++) {
        assert_true(entry_next_item(&rest, &item));
        assert_str(item, items[i]);
    }
    assert_false(entry_next_item(&rest, &item));
    rest = str_c("\"never closed");
    assert_true(entry_next_item(&rest, &item));
    assert_str(item, "never closed");
    assert_false(entry_next_item(&rest, &item));
}

static void expect_error(const char *text, const char *message)
{
    struct arena a = {0};
    struct entry_file f;
    dt_error err = {0};
    assert_int_equal(entry_parse(&a, "t.txt", str_c(text), &f, &err), DT_E_KNOWLEDGE);
    assert_int_equal(strncmp(err.text, message, strlen(message)), 0);
    arena_free(&a);
}

static void names_the_line_of_a_mistake(void **state)
{
    (void)state;
    expect_error("", "t.txt:1: found no provenance");
    expect_error("\ncountry RUS  Russia\n", "t.txt:2: found no provenance");
    expect_error("  name Russia\n", "t.txt:1: found an indented line");
    expect_error("provenance  x\nrole \xff\n",
                 "t.txt:2: found a byte that is not UTF-8 in column 6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_entries_and_fields),
        cmocka_unit_test(reads_lists),
        cmocka_unit_test(names_the_line_of_a_mistake),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
