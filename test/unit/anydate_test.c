/* anydate_test.c - days in the spellings that corpora have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/anydate.h"
#include "base/calendar.h"

static void check_day(const char *text, enum date_order order, const char *wanted)
{
    int32_t day = 0, right = 0;
    bool found = anydate_read(str_c(text), order, &day);
    if (wanted == NULL) {
        if (found) fail_msg("\"%s\" was taken for a day", text);
        return;
    }
    assert_true(date_read(str_c(wanted), &right));
    if (!found) fail_msg("\"%s\" was not read", text);
    if (day != right) {
        struct date d = date_of(day);
        fail_msg("\"%s\" gave %d-%d-%d", text, (int)d.year, (int)d.month, (int)d.day);
    }
}

static void one_day_in_many_spellings(void **state)
{
    static const char *const spellings[] = {
        "2024-06-13",
        "2024-06-13T23:30:00-05:00",
        "2024-06-13T10:00:00Z",
        "2024-06-13 10:00",
        "2024-06-13T10:00:00.123+02:00",
        "20240613",
        "20240613T140500Z",
        "20240613140500",
        "202406131405",
        "20240613 14:05",
        "2024/06/13",
        "2024/6/13",
        "2024.06.13",
        "2024-6-13",
        "2024 06 13",
        "2024年6月13日",
        "2024-06-13-14.05.00",
        "June 13, 2024",
        "June 13 2024",
        "Jun 13, 2024",
        "Jun. 13, 2024",
        "JUNE 13, 2024",
        "june 13, 2024",
        "June 13th, 2024",
        "13 June 2024",
        "13 Jun 2024",
        "13 Jun. 2024",
        "13th June 2024",
        "13th of June, 2024",
        "13 June, 2024",
        "13-Jun-2024",
        "13-Jun-24",
        "13/Jun/2024:14:05:00 +0200",
        "2024-Jun-13",
        "2024 June 13",
        "Thursday, June 13, 2024",
        "Thursday, 13 June 2024 14:05 GMT",
        "Thu, 13 Jun 2024 14:05:00 +0200",
        "Thu, 13 Jun 24 14:05:00 GMT",
        "Thu Jun 13 14:05:00 2024",
        "Thu Jun 13 14:05:00 EDT 2024",
        "Thu Jun 13 14:05:00 +0200 2024",
        "Thu Jun 13 14:05:00 -0200 2024",
        "Thursday, June 13, 2024 2:05 PM EDT",
        "June 13, 2024 Thursday 10:15 AM GMT",
        "June 13, 2024, 2 p.m.",
        "2:05 PM June 13, 2024",
        "14:05, 13 June 2024",
        "14:05 GMT, 13 June 2024",
        "1405 GMT June 13, 2024",
        "2 pm 13/06/2024",
        "Published: June 13, 2024",
        "13/06/2024",
        "13-06-2024",
        "13.06.2024",
        "13. 6. 2024",
        "13/6/24",
        "6/13/24",
        "06/13/2024",
        "6/13/2024 14:05",
        "06-13-2024",
        "13.6.24",
        "14:05 13/06/2024",
        "1718236800",
        "1718236800.5",
        "1718236800000",
        "1718236800000000",
        "1718236800000000000",
        "  2024-06-13\n",
        "\xC2\xA0"
        "13\xC2\xA0June\xC2\xA0"
        "2024",
    };
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        check_day(spellings[i], ORDER_UNKNOWN, "2024-06-13");
        check_day(spellings[i], ORDER_DAY_FIRST, "2024-06-13");
        check_day(spellings[i], ORDER_MONTH_FIRST, "2024-06-13");
    }
}

static void every_month_by_name(void **state)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    char text[64], wanted[32];
    (void)state;
    for (int i = 0; i < 12; i++) {
        (void)snprintf(wanted, sizeof wanted, "1999-%02d-09", i + 1);
        (void)snprintf(text, sizeof text, "%s 9, 1999", months[i]);
        check_day(text, ORDER_UNKNOWN, wanted);
        (void)snprintf(text, sizeof text, "9 %.3s 1999", months[i]);
        check_day(text, ORDER_UNKNOWN, wanted);
    }
    check_day("Sept. 9, 1999", ORDER_UNKNOWN, "1999-09-09");
}

static void the_order_decides(void **state)
{
    (void)state;
    check_day("05/06/2024", ORDER_UNKNOWN, NULL);
    check_day("05/06/2024", ORDER_DAY_FIRST, "2024-06-05");
    check_day("05/06/2024", ORDER_MONTH_FIRST, "2024-05-06");
    check_day("5-6-24", ORDER_DAY_FIRST, "2024-06-05");
    check_day("05.01.2024", ORDER_MONTH_FIRST, "2024-01-05"); /* dots: the day first */
    check_day("05.01.2024", ORDER_UNKNOWN, "2024-01-05");
    check_day("06/06/2024", ORDER_UNKNOWN, "2024-06-06");
    check_day("2024/01/05", ORDER_DAY_FIRST, "2024-01-05");
    check_day("20240105", ORDER_DAY_FIRST, "2024-01-05");
    check_day("1/2/99", ORDER_MONTH_FIRST, "1999-01-02");
    check_day("99-01-02", ORDER_UNKNOWN, "1999-01-02");
}

static void what_is_no_day(void **state)
{
    static const char *const texts[] = {
        "",
        " ",
        "2024",
        "2024-06",
        "June 2024",
        "13 June",
        "Monday",
        "yesterday",
        "2024-02-30",
        "20240230",
        "30 February 2024",
        "32/01/2024",
        "13/13/2024",
        "2024-06-131",
        "2024-13-01",
        "10.12.20.4",
        "14:05",
        "240613",
        "45456",
        "12345678901",
        "99999999999999999999",
        "null",
        "0000-00-00",
        "00000000",
        "00000000000000",
        "2024-00-10",
        "-1",
        "June 31, 2024",
        "1/2",
        "///",
    };
    char longer[400] = {0};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        check_day(texts[i], ORDER_DAY_FIRST, NULL);
    memset(longer, '1', sizeof longer - 1);
    check_day(longer, ORDER_DAY_FIRST, NULL);
    int32_t day;
    assert_false(anydate_read(str_of("2024-01-03\0xx", 13), ORDER_UNKNOWN, &day));
    assert_false(anydate_read(str_of("2024-01-03\0", 11), ORDER_UNKNOWN, &day));
    assert_false(anydate_read(STR("2024-01-03\x1b[2J"), ORDER_UNKNOWN, &day));
}

static void what_tells_of_the_order(void **state)
{
    (void)state;
    assert_int_equal(anydate_order(STR("13/06/2024")), ORDER_DAY_FIRST);
    assert_int_equal(anydate_order(STR("13-06-2024 10:00")), ORDER_DAY_FIRST);
    assert_int_equal(anydate_order(STR("6/13/24")), ORDER_MONTH_FIRST);
    assert_int_equal(anydate_order(STR("05/06/2024")), ORDER_UNKNOWN);
    assert_int_equal(anydate_order(STR("13.06.2024")), ORDER_UNKNOWN);
    assert_int_equal(anydate_order(STR("2024-06-13")), ORDER_UNKNOWN);
    assert_int_equal(anydate_order(STR("24-06-13")), ORDER_UNKNOWN);
    assert_int_equal(anydate_order(STR("June 13, 2024")), ORDER_UNKNOWN);
    assert_int_equal(anydate_order(STR("32/06/2024")), ORDER_UNKNOWN);
    assert_int_equal(anydate_order(STR("")), ORDER_UNKNOWN);
}

/* No bytes are too odd, and no text is read past its end. */
static void any_bytes(void **state)
{
    static const char alphabet[] = "0123456789 -/.:,TZ+JunMay\xC3\xA9pm'";
    uint32_t seed = 1;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[24];
        int32_t day;
        size_t len = (seed >> 8) % sizeof text;
        for (size_t k = 0; k < len; k++) {
            seed = seed * 1664525u + 1013904223u;
            text[k] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        seed = seed * 1664525u + 1013904223u;
        (void)anydate_read(str_of(text, len), ORDER_DAY_FIRST, &day);
        (void)anydate_order(str_of(text, len));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_day_in_many_spellings), cmocka_unit_test(every_month_by_name),
        cmocka_unit_test(the_order_decides),         cmocka_unit_test(what_is_no_day),
        cmocka_unit_test(what_tells_of_the_order),   cmocka_unit_test(any_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
