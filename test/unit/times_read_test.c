/* times_read_test.c - words of time and currencies: what the files say, what a later folder
 * changes, and what is refused, with file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "know/compile.h"
#include "know/words.h"

struct base {
    struct know know;
    void *bytes;
    dt_error err;
};

/* Compiles one file words/w.txt of the folder `path` is in, on top of `under` unless it is NULL. */
static dt_status compile_entries(struct base *b, const char *path, const char *entries,
                                 const struct know *under)
{
    char text[600];
    size_t len = 0;
    struct compile *c = NULL;
    *b = (struct base){0};
    (void)snprintf(text, sizeof text, "provenance  A test.\n%s", entries);
    dt_status st = compile_new(&c, &b->err);
    if (st == DT_OK && under != NULL) st = compile_add_base(c, under, &b->err);
    if (st == DT_OK) st = compile_add_text(c, path, STR("words/w.txt"), str_c(text), &b->err);
    if (st == DT_OK) st = compile_know(c, &b->err);
    if (st == DT_OK) st = compile_bytes(c, &b->bytes, &len, &b->err);
    if (st == DT_OK) st = know_attach(b->bytes, len, "a test", &b->know, &b->err);
    compile_free(c);
    return st;
}

static void end(struct base *b)
{
    know_close(&b->know);
    free(b->bytes);
}

static const struct know_word *word(const struct base *b, const char *text)
{
    return &b->know.words[words_find(&b->know, str_c(text))];
}

static void assert_time(const struct base *b, const char *text, enum time_class class,
                        int64_t value)
{
    if (word(b, text)->time_class != class || word(b, text)->time_value != value)
        fail_msg("'%s' has the class %s and value %lld", text,
                 timeword_class_name(word(b, text)->time_class),
                 (long long)word(b, text)->time_value);
}

static void reads_values(void **state)
{
    static struct base b;
    (void)state;
    assert_int_equal(compile_entries(&b, "ours/words/w.txt",
                                     "time weekday\n  1  Monday\n  7  Sunday\n"
                                     "time unit\n  week  week,\n          sennight\n"
                                     "time scale\n  1000  thousand\n  10^12  trillion\n"
                                     "time day-word\n  -1  yesterday\n"
                                     "time phase\n  start  early\n"
                                     "time ago\n  -  ago\n",
                                     NULL),
                     DT_OK);
    assert_time(&b, "MONDAY", TW_WEEKDAY, 1);
    assert_time(&b, "sennight", TW_UNIT, UNIT_WEEK);
    assert_time(&b, "thousand", TW_SCALE, 1000);
    assert_time(&b, "trillion", TW_SCALE, 1000000000000);
    assert_time(&b, "yesterday", TW_DAYWORD, -1);
    assert_time(&b, "early", TW_PHASE, MOD_START);
    assert_time(&b, "ago", TW_AGO, 0);
    assert_time(&b, "tomorrow", TW_NONE, 0);
    end(&b);
}

static void reads_holidays(void **state)
{
    static struct base b;
    (void)state;
    assert_int_equal(compile_entries(&b, "ours/words/w.txt",
                                     "time holiday\n  12-25  Christmas\n  easter-2  Good Friday\n"
                                     "  orthodox-easter+1  Bright Monday\n"
                                     "  last-monday-of-may  Memorial Day\n",
                                     NULL),
                     DT_OK);
    struct holiday h = timeword_holiday(word(&b, "christmas")->time_value);
    assert_int_equal(h.rule, HOLIDAY_FIXED);
    assert_int_equal(h.month * 100 + h.day, 1225);
    h = timeword_holiday(word(&b, "good friday")->time_value);
    assert_int_equal(h.rule, HOLIDAY_EASTER);
    assert_int_equal(h.offset, -2);
    h = timeword_holiday(word(&b, "bright monday")->time_value);
    assert_int_equal(h.rule, HOLIDAY_ORTHODOX_EASTER);
    assert_int_equal(h.offset, 1);
    h = timeword_holiday(word(&b, "memorial day")->time_value);
    assert_int_equal(h.rule, HOLIDAY_WEEKDAY);
    assert_int_equal(h.nth, NTH_LAST);
    assert_int_equal(h.weekday * 100 + h.month, 105);
    assert_true(word(&b, "good")->begins_time);
    assert_int_equal(word(&b, "good")->time_class, TW_NONE);
    assert_false(word(&b, "christmas")->begins_time);
    end(&b);
}

static void later_folders_change_ours(void **state)
{
    static struct base ours, b;
    (void)state;
    assert_int_equal(compile_entries(&ours, "ours/words/w.txt",
                                     "time season\n  autumn  autumn, fall\n  spring  spring\n"
                                     "time month\n  5  May\n"
                                     "currency USD  US dollar\n  word  dollar\n  sign  $\n",
                                     NULL),
                     DT_OK);
    assert_int_equal(compile_entries(&b, "theirs/words/w.txt",
                                     "time season\n  drop  fall\n  autumn  backend\n"
                                     "time month-short\n  5  May\n"
                                     "currency AUD  Australian dollar\n  word  dollar\n"
                                     "currency USD\n  drop  $\n",
                                     &ours.know),
                     DT_OK);
    assert_time(&b, "autumn", TW_SEASON, SEASON_AUTUMN);
    assert_time(&b, "backend", TW_SEASON, SEASON_AUTUMN);
    assert_time(&b, "fall", TW_NONE, 0);
    assert_time(&b, "may", TW_MONTH_SHORT, 5);
    assert_string_equal(know_z(&b.know, word(&b, "dollar")->currency), "AUD");
    assert_string_equal(know_z(&b.know, word(&b, "us dollar")->currency), "USD");
    assert_int_equal(word(&b, "$")->currency, 0);
    assert_false(word(&b, "$")->sign);
    end(&b);
    end(&ours);
}

static void reads_currencies(void **state)
{
    static struct base b;
    (void)state;
    assert_int_equal(
        compile_entries(&b, "ours/words/w.txt",
                        "currency EUR  euro\n  sign  \xE2\x82\xAC\n  word  single currency\n",
                        NULL),
        DT_OK);
    assert_string_equal(know_z(&b.know, word(&b, "euro")->currency), "EUR");
    assert_string_equal(know_z(&b.know, word(&b, "single currency")->currency), "EUR");
    assert_false(word(&b, "euro")->sign);
    assert_true(word(&b, "\xE2\x82\xAC")->sign);
    end(&b);
}

static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"time wekday\n  1  Monday\n", "ours/words/w.txt:2: there is no class of time 'wekday'"},
        {"time weekday\n  8  Octoday\n", ":3: found '8' where a day of the week from 1, Monday"},
        {"time unit\n  fortnight  fortnight\n", ":3: found 'fortnight' where one of second minute"},
        {"time ago\n  1  ago\n", ":3: found '1' where '-', because the class has no values,"},
        {"time scale\n  10^16  heap\n", ":3: found '10^16' where a number from 1 to 10^15"},
        {"time decade\n  85  mid-eighties\n", ":3: found '85' where the first year of a decade"},
        {"time holiday\n  easter+x  Easterly\n", ":3: found 'easter+x' where a rule such as"},
        {"time holiday\n  sixth-monday-of-may  Never\n", ":3: found 'sixth-monday-of-may'"},
        {"time holiday\n  13-01  Never\n", ":3: found '13-01' where a rule such as"},
        {"time zone\n  -  G.M.T.\n", ":3: 'G.M.T.' has a full stop"},
        {"time unit\n  day  working day\n", ":3: 'working day' has several words"},
        {"time month\n  5  May\n  6  June, May\n", ":4: 'May' is a word of the class month"},
        {"time month\n  drop  May\n", ":3: 'May' cannot be dropped: it is no word of the class"},
        {"currency euro  euro\n", ":2: found 'euro' where a currency's code of three capitals"},
        {"currency EUR  euro\n  mark  e\n", ":3: found 'mark' where word, sign or drop"},
        {"currency EUR  euro\ncurrency ECU  euro\n", ":3: 'euro' names the currency EUR already"},
        {"currency EUR  euro\n  drop  ecu\n", ":3: 'ecu' cannot be dropped: it does not name EUR"},
        {"thyme weekday\n", ":2: found 'thyme' where 'words CLASS', 'time CLASS', 'currency CODE'"},
    };
    static struct base b;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(compile_entries(&b, "ours/words/w.txt", cases[i].text, NULL),
                         DT_E_KNOWLEDGE);
        if (strstr(b.err.text, cases[i].message) == NULL)
            fail_msg("'%s' gave: %s", cases[i].text, b.err.text);
        end(&b);
    }
}

static void values_of_a_damaged_base_do_not_fit(void **state)
{
    (void)state;
    assert_true(timeword_fits(TW_NONE, 0));
    assert_false(timeword_fits(TW_NONE, 1));
    assert_false(timeword_fits(TW_COUNT, 0));
    assert_false(timeword_fits(TW_UNIT, UNIT_COUNT));
    assert_false(timeword_fits(TW_DAYPART, PART_NONE));
    assert_false(timeword_fits(TW_MONTH, 13));
    assert_false(timeword_fits(TW_HOLIDAY, 0));
    assert_false(timeword_fits(TW_HOLIDAY, INT64_MAX));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values),
        cmocka_unit_test(reads_holidays),
        cmocka_unit_test(later_folders_change_ours),
        cmocka_unit_test(reads_currencies),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(values_of_a_damaged_base_do_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
