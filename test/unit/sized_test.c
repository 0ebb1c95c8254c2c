/* sized_test.c - structures of older and newer headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/sized.h"

struct thing {
    size_t size;
    int first, second;
};

static const struct sized thing_kind = {"dt_thing", offsetof(struct thing, second),
                                        sizeof(struct thing)};

static void a_shorter_one_lacks_the_rest(void **state)
{
    (void)state;
    struct thing given = {offsetof(struct thing, second), 1, 2}, ours = {9, 9, 9};
    assert_int_equal(sized_read(&thing_kind, &given, &ours, NULL), DT_OK);
    assert_int_equal(ours.size, sizeof ours);
    assert_int_equal(ours.first, 1);
    assert_int_equal(ours.second, 0);
    ours = (struct thing){sizeof ours, 5, 6};
    sized_write(&thing_kind, &ours, &given);
    assert_int_equal(given.size, offsetof(struct thing, second));
    assert_int_equal(given.first, 5);
    assert_int_equal(given.second, 2);
}

static void too_short_is_an_error(void **state)
{
    (void)state;
    struct thing given = {offsetof(struct thing, second) - 1, 1, 2}, ours = {9, 9, 9};
    dt_error err = {0};
    assert_int_equal(sized_check(&thing_kind, &given, &err), DT_E_ARG);
    assert_int_equal(sized_read(&thing_kind, &given, &ours, &err), DT_E_ARG);
    assert_int_equal(ours.first, 9);
    assert_string_equal(err.text, "the size of a dt_thing was given as 11 bytes, and its first "
                                  "version had 12: set .size = sizeof(dt_thing)");
}

static void a_longer_one_may_ask_for_nothing_new(void **state)
{
    (void)state;
    struct {
        struct thing thing;
        unsigned char more[8];
    } given = {{sizeof given, 1, 2}, {0}};
    struct thing ours;
    dt_error err = {0};
    assert_int_equal(sized_read(&thing_kind, &given, &ours, &err), DT_OK);
    assert_int_equal(ours.second, 2);
    given.more[7] = 1;
    assert_int_equal(sized_read(&thing_kind, &given, &ours, &err), DT_E_ARG);
    assert_non_null(strstr(err.text, "dt_thing"));
    sized_write(&thing_kind, &ours, &given);
    assert_int_equal(given.more[7], 0);
    assert_int_equal(given.thing.size, sizeof given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shorter_one_lacks_the_rest),
        cmocka_unit_test(too_short_is_an_error),
        cmocka_unit_test(a_longer_one_may_ask_for_nothing_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
