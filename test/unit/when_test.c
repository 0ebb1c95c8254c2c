/* when_test.c - time expressions and quantities from tokens alone, without tags or tree, so that
 * the grammar stands on its own; hostile input; the table of words. The cases that need the
 * language model are in test/spec/when.txt. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "know/compile.h"
#include "text_rules.h"
#include "when/when.h"

static struct know know; /* the base that is built here: words of time, currencies */

struct read {
    struct arena arena;
    struct text_layer text;
    struct lang_layer lang;
    struct tree tree;
    struct when_layer when;
};

static void read_with(struct read *r, const struct know *base, struct str text, const char *date)
{
    int32_t day = DAY_MIN;
    if (date != NULL) assert_true(date_read(str_c(date), &day));
    arena_reset(&r->arena);
    assert_true(text_analyse(rules_with_words(), &r->arena, text, &r->text));
    r->lang = (struct lang_layer){0};
    r->lang.words = ARENA_NEW(&r->arena, r->text.n_tokens + 1, struct word);
    assert_non_null(r->lang.words);
    for (uint32_t t = 0; t < r->text.n_tokens; t++) {
        r->lang.words[t] = (struct word){.head = NONE, .upos = UPOS_X, .dep = DEP_DEP};
        r->lang.words[t].lemma = r->text.tokens[t].form;
    }
    assert_true(tree_build(base, &r->arena, &r->text, &r->lang, &r->tree));
    assert_true(when_find(&r->arena, &r->tree, day, YEAR_UNSET, &r->when));
}

static void read_text(struct read *r, struct str text, const char *date)
{
    read_with(r, &know, text, date);
}

struct time_case {
    const char *date, *text, *words, *type, *value, *mod;
};

#define STORY "2025-02-27" /* a Thursday */

static const struct time_case time_cases[] = {
    {STORY, "It began on February 12, 2025, in Rome.", "February 12, 2025", "DATE", "2025-02-12",
     NULL},
    {STORY, "It began on 12 February 2025 in Rome.", "12 February 2025", "DATE", "2025-02-12",
     NULL},
    {STORY, "It began on Feb. 12 in Rome.", "Feb. 12", "DATE", "2025-02-12", NULL},
    {STORY, "It began on 2024-11-03 in Rome.", "2024-11-03", "DATE", "2024-11-03", NULL},
    {STORY, "It began on 11/3/2024 in Rome.", "11/3/2024", "DATE", "2024-11-03", NULL},
    {STORY, "It began on 23/11/2024 in Rome.", "23/11/2024", "DATE", "2024-11-23", NULL},
    {STORY, "It began on the 12th of January, 2021.", "the 12th of January, 2021", "DATE",
     "2021-01-12", NULL},
    {STORY, "It began in March 2014.", "March 2014", "DATE", "2014-03", NULL},
    {STORY, "It began in October.", "October", "DATE", "2024-10", NULL},
    {STORY, "It began in 1998.", "1998", "DATE", "1998", NULL},
    {STORY, "It began in the 1990s.", "1990s", "DATE", "199X", NULL},
    {STORY, "It began in the early 1990s.", "early 1990s", "DATE", "199X", "START"},
    {STORY, "It began in mid-2014.", "mid-2014", "DATE", "2014", "MID"},
    {STORY, "It began in early 2022.", "early 2022", "DATE", "2022", "START"},
    {STORY, "It began in late November.", "late November", "DATE", "2024-11", "END"},
    {STORY, "It began in spring 2022.", "spring 2022", "DATE", "2022-SP", NULL},
    {STORY, "It began in the summer of 2014.", "the summer of 2014", "DATE", "2014-SU", NULL},
    {STORY, "It began in Q3 2023.", "Q3 2023", "DATE", "2023-Q3", NULL},
    {STORY, "It began in the third quarter of 2023.", "the third quarter of 2023", "DATE",
     "2023-Q3", NULL},
    {STORY, "It began in the first half of 2024.", "the first half of 2024", "DATE", "2024-H1",
     NULL},
    {STORY, "It began in the 19th century.", "the 19th century", "DATE", "18", NULL},
    {STORY, "It began at the end of 2019.", "the end of 2019", "DATE", "2019", "END"},
    {STORY, "It began on Monday.", "Monday", "DATE", "2025-02-24", NULL},
    {STORY, "It began on Thursday.", "Thursday", "DATE", "2025-02-27", NULL},
    {STORY, "It began last Thursday.", "last Thursday", "DATE", "2025-02-20", NULL},
    {STORY, "It ends next Friday.", "next Friday", "DATE", "2025-02-28", NULL},
    {STORY, "It began last week.", "last week", "DATE", "2025-W08", NULL},
    {STORY, "It began this month.", "this month", "DATE", "2025-02", NULL},
    {STORY, "It ends next year.", "next year", "DATE", "2026", NULL},
    {STORY, "It began last November.", "last November", "DATE", "2024-11", NULL},
    {STORY, "It began last summer.", "last summer", "DATE", "2024-SU", NULL},
    {STORY, "It began earlier this year.", "earlier this year", "DATE", "2025", "START"},
    {STORY, "It began yesterday.", "yesterday", "DATE", "2025-02-26", NULL},
    {STORY, "It ends tomorrow.", "tomorrow", "DATE", "2025-02-28", NULL},
    {STORY, "It ends the day after tomorrow.", "the day after tomorrow", "DATE", "2025-03-01",
     NULL},
    {STORY, "It began three days ago.", "three days ago", "DATE", "2025-02-24", NULL},
    {STORY, "It began two weeks ago.", "two weeks ago", "DATE", "2025-W07", NULL},
    {STORY, "It began six months ago.", "six months ago", "DATE", "2024-08", NULL},
    {STORY, "It began a decade ago.", "a decade ago", "DATE", "2015", NULL},
    {STORY, "They spoke on February 12 and met six days later.", "six days later", "DATE",
     "2025-02-18", NULL},
    {STORY, "They met on March 3, 2021. The next day the army left.", "The next day", "DATE",
     "2021-03-04", NULL},
    {STORY, "They met on April 24 and 25 in Bonn.", "25", "DATE", "2025-04-25", NULL},
    {STORY, "They fought in January and February 1937.", "January", "DATE", "1937-01", NULL},
    {STORY, "They fought from 1994-97.", "97", "DATE", "1997", NULL},
    {STORY, "It began at 15:00 on Tuesday.", "15:00 on Tuesday", "TIME", "2025-02-25T15:00", NULL},
    {STORY, "It began at 9:30 today.", "9:30 today", "TIME", "2025-02-27T09:30", NULL},
    {STORY, "It began on Thursday morning.", "Thursday morning", "TIME", "2025-02-27TMO", NULL},
    {STORY, "It began last night.", "last night", "TIME", "2025-02-26TNI", NULL},
    {STORY, "It ended at 1430 GMT.", "1430 GMT", "TIME", "2025-02-27T14:30", NULL},
    {STORY, "It took six hours.", "six hours", "DURATION", "PT6H", NULL},
    {STORY, "It was a three-day visit.", "three-day", "DURATION", "P3D", NULL},
    {STORY, "It went on for months.", "months", "DURATION", "PXM", NULL},
    {STORY, "It took more than two years.", "more than two years", "DURATION", "P2Y", "MORE_THAN"},
    {STORY, "It took at least 72 hours.", "at least 72 hours", "DURATION", "PT72H",
     "EQUAL_OR_MORE"},
    {STORY, "It took about five hours.", "five hours", "DURATION", "PT5H", "APPROX"},
    {STORY, "It took half an hour.", "half an hour", "DURATION", "PT30M", NULL},
    {STORY, "It took 5 1/2 hours.", "5 1/2 hours", "DURATION", "PT5H30M", NULL},
    {STORY, "It took a year and nobody won.", "a year", "DURATION", "P1Y", NULL},
    {STORY, "It held over the past two months.", "the past two months", "DURATION", "P2M", NULL},
    {STORY, "It will hold for the next twenty-five years.", "the next twenty-five years",
     "DURATION", "P25Y", NULL},
    {STORY, "They pray every Friday.", "every Friday", "SET", "XXXX-WXX-5", NULL},
    {STORY, "They meet every two years.", "every two years", "SET", "P2Y", NULL},
    {STORY, "They meet daily.", "daily", "SET", "P1D", NULL},
    {STORY, "They are gone now.", "now", "DATE", "PRESENT_REF", NULL},
    {STORY, "It fell in 264 BC to Rome.", "264 BC", "DATE", "BC0264", NULL},
    {STORY, "On Christmas Day the guns fell silent.", "Christmas Day", "DATE", "2024-12-25", NULL},
    {STORY, "The guns fell silent on Easter Sunday, 2024.", "Easter Sunday, 2024", "DATE",
     "2024-03-31", NULL},
    {STORY, "They met at Easter 2008.", "Easter 2008", "DATE", "2008-03-23", NULL},
    {STORY, "They met on Good Friday 2025.", "Good Friday 2025", "DATE", "2025-04-18", NULL},
    {STORY, "They met on Easter Monday 2025.", "Easter Monday 2025", "DATE", "2025-04-21", NULL},
    {STORY, "They met on Easter morning 2025.", "Easter morning", "TIME", "2025-04-20TMO", NULL},
    {STORY, "They met on Orthodox Easter 2024.", "Orthodox Easter 2024", "DATE", "2024-05-05",
     NULL},
    {STORY, "They met on Thanksgiving 2023.", "Thanksgiving 2023", "DATE", "2023-11-23", NULL},
    {STORY, "They met on New Year\xE2\x80\x99s Eve.", "New Year\xE2\x80\x99s Eve", "DATE",
     "2024-12-31", NULL},
    {STORY, "They meet every Thanksgiving.", "every Thanksgiving", "SET", "XXXX-11-XX", NULL},
    {STORY, "The week-long visit ended.", "week-long", "DURATION", "P1W", NULL},
    {STORY, "It fell in the eighties.", "eighties", "DATE", "198X", NULL},
    {NULL, "They met at Easter.", "Easter", "DATE", "XXXX-XX-XX", NULL},
    {NULL, "They met on Thanksgiving.", "Thanksgiving", "DATE", "XXXX-11-XX", NULL},
    {NULL, "They spoke on February 12.", "February 12", "DATE", "XXXX-02-12", NULL},
    {NULL, "They spoke on February 12 and met six days later.", "six days later", "DATE",
     "XXXX-02-18", NULL},
    {NULL, "They met on Thursday.", "Thursday", "DATE", "XXXX-WXX-4", NULL},
    {NULL, "They met last week.", "last week", "DATE", "XXXX-WXX", NULL},
    {NULL, "They met last year.", "last year", "DATE", "XXXX", NULL},
    {NULL, "They met yesterday.", "yesterday", "DATE", "XXXX-XX-XX", NULL},
};

static const struct timex *find_time(const struct read *r, const char *words)
{
    for (uint32_t i = 0; i < r->when.n_times; i++) {
        const struct timex *x = &r->when.times[i];
        if (str_eq(str_cut(r->text.text, x->begin, x->end), str_c(words))) return x;
    }
    return NULL;
}

static void test_times(void **state)
{
    static struct read r;
    (void)state;
    for (size_t i = 0; i < sizeof time_cases / sizeof time_cases[0]; i++) {
        const struct time_case *c = &time_cases[i];
        read_text(&r, str_c(c->text), c->date);
        const struct timex *x = find_time(&r, c->words);
        if (x == NULL) fail_msg("'%s' was not found in '%s'", c->words, c->text);
        if (strcmp(x->value, c->value) != 0 || strcmp(timex_type_name[x->type], c->type) != 0 ||
            (x->mod == NULL) != (c->mod == NULL) || (x->mod != NULL && strcmp(x->mod, c->mod) != 0))
            fail_msg("'%s' in '%s' became %s %s %s", c->words, c->text, timex_type_name[x->type],
                     x->value, x->mod != NULL ? x->mod : "");
    }
    arena_free(&r.arena);
}

static void test_no_times(void **state)
{
    static const char *const texts[] = {
        "They may march on Rome.",    "The 44-year-old left.",
        "He sat down in the sun.",    "It cost $2000.",
        "They killed 1914 people.",   "The second man fell.",
        "She reads USA Today.",       "The army took three quarters of the town.",
        "They sold easter eggs.",     "The new year's even better.",
        "The week-full visit ended.",
    };
    static struct read r;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        read_text(&r, str_c(texts[i]), STORY);
        for (uint32_t k = 0; k < r.when.n_times; k++)
            if (i != 4) fail_msg("'%s': found %s", texts[i], r.when.times[k].value);
    }
    arena_free(&r.arena);
}

static void test_days_covered(void **state)
{
    static struct read r;
    int32_t from, to;
    (void)state;
    assert_true(date_read(STR("2024-07-01"), &from));
    assert_true(date_read(STR("2024-10-01"), &to));
    read_text(&r, STR("It began in the third quarter of 2024."), STORY);
    assert_int_equal(r.when.n_times, 1);
    assert_int_equal(r.when.times[0].from, from);
    assert_int_equal(r.when.times[0].to, to);
    read_text(&r, STR("It began last Monday."), NULL);
    assert_int_equal(r.when.times[0].from, DAY_MIN);
    /* a day that no calendar has: its month stays */
    assert_true(date_read(STR("2025-02-01"), &from));
    read_text(&r, STR("It began on February 30."), STORY);
    assert_int_equal(r.when.times[0].from, from);
    assert_int_equal(r.when.times[0].to, from + 28);
    arena_free(&r.arena);
}

struct quantity_case {
    const char *text, *kind;
    double value;
    const char *unit;
};

static void test_quantities(void **state)
{
    static const struct quantity_case cases[] = {
        {"It cost $1.5 million to build.", "money", 1500000, "USD"},
        {"It cost 2 billion euro to build.", "money", 2e9, "EUR"},
        {"It cost $517.19 billion to build.", "money", 517190000000, "USD"},
        {"It cost $135.8 trillion to build.", "money", 135800000000000, "USD"},
        {"It cost €40 to build.", "money", 40, "EUR"},
        {"It cost £40m to build.", "money", 40e6, "GBP"},
        {"It cost ¥500 to build.", "money", 500, "JPY"},
        {"It cost A$700 million to build.", "money", 700e6, "AUD"},
        {"It cost US$ 20 to build.", "money", 20, "USD"},
        {"It cost Rs 500 to build.", "money", 500, "INR"},
        {"It cost 20 EUR to build.", "money", 20, "EUR"},
        {"It cost 3 billion Swiss franc to build.", "money", 3e9, "CHF"},
        {"It cost 3 billion West African CFA franc to build.", "money", 3e9, "XOF"},
        {"It cost 40 Hong Kong dollar to build.", "money", 40, "HKD"},
        {"It cost a dollar to build.", "money", 1, "USD"},
        {"It fell by 12.5% in all.", "percent", 12.5, "percent"},
        {"It fell by ten percent in all.", "percent", 10, "percent"},
        {"It fell by 8 per cent in all.", "percent", 8, "percent"},
        {"They talked for six hours.", "duration", 6, "hour"},
    };
    static struct read r;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        read_text(&r, str_c(cases[i].text), STORY);
        if (r.when.n_quantities != 1)
            fail_msg("'%s': %u found", cases[i].text, r.when.n_quantities);
        const struct quantity *q = &r.when.quantities[0];
        assert_string_equal(quantity_kind_name[q->kind], cases[i].kind);
        assert_true(q->value - cases[i].value < 1e-6 && cases[i].value - q->value < 1e-6);
        assert_string_equal(q->unit, cases[i].unit);
    }
    arena_free(&r.arena);
}

struct extent_case {
    const char *text;
    double value, least, most; /* 0: no bound */
    int approx;
};

/* What stands around a number bounds it. */
static void test_extents(void **state)
{
    static const struct extent_case cases[] = {
        {"It cost $40 to build.", 40, 0, 0, 0},
        {"It cost more than $40 million to build.", 40e6, 40e6, 0, 0},
        {"It cost up to 50 million euro to build.", 50e6, 0, 50e6, 0},
        {"It cost nearly €5 to build.", 5, 0, 5, 1},
        {"It cost at least some €5 to build.", 5, 5, 0, 1},
        {"It cost no more than €5 to build.", 5, 0, 5, 0},
        {"It cost $10-15 million to build.", 10e6, 10e6, 15e6, 0},
        {"It cost between $2 billion and $3 billion to build.", 2e9, 2e9, 3e9, 0},
        {"It cost 10 to 15 million euro to build.", 10e6, 10e6, 15e6, 0},
        {"It cost several hundred euro to build.", 300, 300, 999, 1},
        {"It cost dozens of euro to build.", 24, 24, 99, 1},
        {"It cost tens of thousands of euro to build.", 20000, 20000, 99999, 1},
        {"It cost half a million euro to build.", 500000, 0, 0, 0},
        {"It cost Rs 500 crore to build.", 5e9, 0, 0, 0},
        {"It fell by 15 or so percent.", 15, 0, 0, 1},
        {"It fell by 15 or more percent.", 15, 15, 0, 0},
        {"They talked for more than six hours.", 6, 6, 0, 0},
        {"They talked for about six hours.", 6, 0, 0, 1},
    };
    static struct read r;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        read_text(&r, str_c(cases[i].text), STORY);
        if (r.when.n_quantities != 1)
            fail_msg("'%s': %u found", cases[i].text, r.when.n_quantities);
        const struct quantity *q = &r.when.quantities[0];
        double least = isnan(q->at_least) ? 0 : q->at_least;
        double most = isnan(q->at_most) ? 0 : q->at_most;
        if (q->value != cases[i].value || least != cases[i].least || most != cases[i].most ||
            q->approx != cases[i].approx)
            fail_msg("'%s': %g, %g to %g, %d", cases[i].text, q->value, least, most, q->approx);
    }
    arena_free(&r.arena);
}

static void test_no_money(void **state)
{
    static const char *const texts[] = {"It cost a US$ fortune.", "It cost ten cent.",
                                        "They saw ten A$ men."};
    static struct read r;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        read_text(&r, str_c(texts[i]), STORY);
        for (uint32_t k = 0; k < r.when.n_quantities; k++)
            if (r.when.quantities[k].kind == QUANTITY_MONEY) fail_msg("'%s' is money", texts[i]);
    }
    arena_free(&r.arena);
}

static const char own_words[] = "provenance  A test.\n"
                                "time weekday\n  1  Montag\n"
                                "time unit\n  drop  week\n"
                                "time holiday\n  second-sunday-of-may  Mothering Sunday\n"
                                "currency ECU  ecu\n  sign  \xE2\x82\xA0\n";

/* A folder of one's own adds words, takes some away and names a holiday. */
static void test_own_words(void **state)
{
    static struct read r;
    struct compile *c = NULL;
    struct know own;
    dt_error err;
    void *bytes;
    size_t len;
    (void)state;
    assert_int_equal(compile_new(&c, &err), DT_OK);
    assert_int_equal(compile_add_base(c, &know, &err), DT_OK);
    assert_int_equal(
        compile_add_text(c, "own/words/w.txt", STR("words/w.txt"), str_c(own_words), &err), DT_OK);
    assert_int_equal(compile_know(c, &err), DT_OK);
    assert_int_equal(compile_bytes(c, &bytes, &len, &err), DT_OK);
    compile_free(c);
    assert_int_equal(know_attach(bytes, len, "own", &own, &err), DT_OK);
    read_with(&r, &own, STR("They met on Montag."), STORY);
    assert_string_equal(find_time(&r, "Montag")->value, "2025-02-24");
    read_with(&r, &own, STR("They met last week."), STORY);
    assert_int_equal(r.when.n_times, 0);
    read_with(&r, &own, STR("They met on Mothering Sunday 2024."), STORY);
    assert_string_equal(find_time(&r, "Mothering Sunday 2024")->value, "2024-05-12");
    read_with(&r, &own,
              STR("It cost \xE2\x82\xA0"
                  "7 and 8 ecu."),
              STORY);
    assert_int_equal(r.when.n_quantities, 2);
    assert_string_equal(r.when.quantities[0].unit, "ECU");
    assert_string_equal(r.when.quantities[1].unit, "ECU");
    arena_free(&r.arena);
    know_close(&own);
    free(bytes);
}

/* Twice the text may not take much more than twice the time: no quadratic traps. */
static double seconds_for(struct read *r, const char *unit, size_t times)
{
    size_t len = strlen(unit);
    char *text = malloc(len * times);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, unit, len);
    clock_t start = clock();
    read_text(r, str_of(text, len * times), STORY);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    free(text);
    return seconds;
}

static void test_hostile(void **state)
{
    static const char *const units[] = {"the ",
                                        "in ",
                                        "1-",
                                        "12:",
                                        "a ",
                                        "May ",
                                        "last ",
                                        "2025",
                                        "'",
                                        "of the ",
                                        "half a ",
                                        "1,000",
                                        "million ",
                                        "and ",
                                        "\xE2\x80",
                                        "Feb. 12, ",
                                        "six days later "};
    static struct read r;
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        assert_true(seconds_for(&r, units[i], 20000) < 2.0);
    read_text(&r, STR(""), STORY);
    assert_int_equal(r.when.n_times, 0);
    read_text(&r, STR("In 999999999999999999999 years or 99999999999 centuries ago."), STORY);
    read_text(&r, STR("9999999 years later, 31/31/9999, 0000-00-00, 24:60, February 31."), STORY);
    arena_free(&r.arena);
}

static int open_words(void **state)
{
    dt_error err;
    (void)state;
    return know_open(DT_BINARY_DIR "/detente.dtk", &know, &err) == DT_OK ? 0 : -1;
}

static int close_words(void **state)
{
    (void)state;
    know_close(&know);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_times),        cmocka_unit_test(test_no_times),
        cmocka_unit_test(test_days_covered), cmocka_unit_test(test_quantities),
        cmocka_unit_test(test_extents),      cmocka_unit_test(test_no_money),
        cmocka_unit_test(test_own_words),    cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
