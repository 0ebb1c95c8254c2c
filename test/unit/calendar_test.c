/* calendar_test.c - days, dates, weekdays and ISO weeks against known ones and each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/calendar.h"

static int32_t day(int32_t year, int32_t month, int32_t d)
{
    return day_of((struct date){year, month, d});
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(day(1970, 1, 1), 0);
    assert_int_equal(day(2000, 3, 1), 11017);
    assert_int_equal(day(1969, 12, 31), -1);
    assert_int_equal(day(0, 3, 1), -719468);
    assert_int_equal(weekday_of(0), 4); /* a Thursday */
    assert_int_equal(weekday_of(day(2025, 2, 27)), 4);
    assert_int_equal(weekday_of(day(1900, 1, 1)), 1);
    assert_int_equal(weekday_of(day(1600, 2, 29)), 2);
}

static void test_round_trip(void **state)
{
    (void)state;
    int32_t weekday = weekday_of(-719528);
    for (int32_t n = -719528; n < 800000; n++) { /* from the year 0 */
        struct date d = date_of(n);
        assert_true(date_valid(d));
        assert_int_equal(day_of(d), n);
        assert_int_equal(weekday_of(n), weekday);
        weekday = weekday % 7 + 1;
    }
}

static void test_easter(void **state)
{
    static const struct date western[] = {{1818, 3, 22}, {1943, 4, 25}, {1954, 4, 18},
                                          {1981, 4, 19}, {2000, 4, 23}, {2008, 3, 23},
                                          {2024, 3, 31}, {2025, 4, 20}, {2038, 4, 25}};
    static const struct date orthodox[] = {{1983, 5, 8}, {2000, 4, 30}, {2008, 4, 27},
                                           {2024, 5, 5}, {2025, 4, 20}, {2026, 4, 12}};
    (void)state;
    for (size_t i = 0; i < sizeof western / sizeof western[0]; i++)
        assert_int_equal(easter_sunday(western[i].year), day_of(western[i]));
    for (size_t i = 0; i < sizeof orthodox / sizeof orthodox[0]; i++)
        assert_int_equal(orthodox_easter_sunday(orthodox[i].year), day_of(orthodox[i]));
    for (int32_t year = 1583; year < 3000; year++) {
        assert_int_equal(weekday_of(easter_sunday(year)), 7);
        assert_int_equal(weekday_of(orthodox_easter_sunday(year)), 7);
        assert_true(easter_sunday(year) >= day(year, 3, 22));
        assert_true(easter_sunday(year) <= day(year, 4, 25));
    }
}

static void test_weeks(void **state)
{
    static const struct {
        int32_t year, month, day, week_year, week;
    } known[] = {
        {2025, 2, 27, 2025, 9},   {2021, 1, 3, 2020, 53},   {2021, 1, 4, 2021, 1},
        {2018, 12, 31, 2019, 1},  {2016, 1, 1, 2015, 53},   {2000, 2, 29, 2000, 9},
        {1998, 12, 31, 1998, 53}, {2008, 12, 28, 2008, 52}, {2008, 12, 29, 2009, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        int32_t year, week;
        iso_week_of(day(known[i].year, known[i].month, known[i].day), &year, &week);
        assert_int_equal(year, known[i].week_year);
        assert_int_equal(week, known[i].week);
    }
}

static void test_validity(void **state)
{
    (void)state;
    assert_int_equal(days_in_month(2024, 2), 29);
    assert_int_equal(days_in_month(1900, 2), 28);
    assert_int_equal(days_in_month(2000, 2), 29);
    assert_true(date_valid((struct date){2024, 2, 29}));
    assert_false(date_valid((struct date){2023, 2, 29}));
    assert_false(date_valid((struct date){2023, 13, 1}));
    assert_false(date_valid((struct date){2023, 0, 1}));
    assert_false(date_valid((struct date){2023, 4, 31}));
    assert_false(date_valid((struct date){2023, 4, 0}));
}

static void test_reading(void **state)
{
    (void)state;
    int32_t n = 0;
    assert_true(date_read(STR("2025-02-27"), &n));
    assert_int_equal(n, day(2025, 2, 27));
    assert_true(date_read(STR("1999-12-31T10:00:00Z"), &n));
    assert_int_equal(n, day(1999, 12, 31));
    assert_false(date_read(STR("2025-02-30"), &n));
    assert_false(date_read(STR("2025-2-3"), &n));
    assert_false(date_read(STR("27 February"), &n));
    assert_false(date_read(STR(""), &n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_days), cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_easter),     cmocka_unit_test(test_weeks),
        cmocka_unit_test(test_validity),   cmocka_unit_test(test_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
