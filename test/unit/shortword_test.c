/* shortword_test.c - every word of a table is found, and no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/shortword.h"

struct row {
    char word[SHORTWORD_BYTES];
    int value;
};

static const struct row rows[] = {
    {"a", 1},          {"ab", 2}, {"afternoo", 3},         {"afternoon", 4},
    {"afternoons", 5}, {"b", 6},  {"exactly16letters", 7}, {"\xC3\xA9t\xC3\xA9", 8}};
enum { N = sizeof rows / sizeof rows[0] };

static const struct row *look_up(struct str key, size_t n)
{
    return shortword_find(key, rows, n, sizeof rows[0]);
}

static void words_are_found_in_tables_of_every_size(void **state)
{
    (void)state;
    for (size_t n = 0; n <= N; n++)
        for (size_t i = 0; i < N; i++) {
            size_t len = 0;
            while (len < SHORTWORD_BYTES && rows[i].word[len] != '\0')
                len++;
            const struct row *found = look_up(str_of(rows[i].word, len), n);
            assert_ptr_equal(found, i < n ? &rows[i] : NULL);
        }
}

static void others_are_not_found(void **state)
{
    (void)state;
    static const char *const others[] = {
        "", "A", "aa", "afterno", "afternoonx", "z", "exactly16letter", "exactly16letterss"};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_null(look_up(str_c(others[i]), N));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_are_found_in_tables_of_every_size),
                                       cmocka_unit_test(others_are_not_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
