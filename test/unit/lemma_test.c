/* lemma_test.c - the decision list of lemmas, on a table made by hand. The accuracy on a treebank
 * is printed by train/lemma_train. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "lang/lemma.h"

enum { SLOTS = 64, VBD = 0, NNS = 1, NNP = 2 };

static struct lemma_rule rules[SLOTS];
static const struct lemma_edit edits[] = {
    {LEMMA_LOWER, 2, 0, 0},   /* talked */
    {LEMMA_LOWER, 3, 1, 0},   /* denied */
    {LEMMA_LOWER, 4, 2, 1},   /* went */
    {LEMMA_LOWER, 1, 0, 0},   /* talks */
    {LEMMA_KEEP, 0, 0, 0},    /* Geneva */
    {LEMMA_CAPITAL, 0, 0, 0}, /* GENEVA */
};
static struct lemma_table table = {.rules = rules,
                                   .mask = SLOTS - 1,
                                   .edits = edits,
                                   .n_edits = 6,
                                   .text = {"ygo", 3},
                                   .tags = {"VBD\nNNS\nNNP\n", 12}};

static void learn(uint32_t tag, const char *like, size_t ending, uint32_t edit)
{
    struct lemma_word word;
    assert_true(lemma_prepare(&word, tag, str_c(like)));
    uint64_t key = ending == SIZE_MAX ? word.word_key : word.keys[ending];
    uint32_t i = lemma_slot_of(key) & table.mask;
    while (rules[i].check != 0)
        i = (i + 1) & table.mask;
    rules[i] = (struct lemma_rule){lemma_check_of(key), edit};
}

static int teach(void **state)
{
    (void)state;
    learn(VBD, "talked", 2, 0);
    learn(VBD, "denied", 3, 1);
    learn(VBD, "went", SIZE_MAX, 2);
    learn(NNS, "talks", 0, 3);
    learn(NNP, "Geneva", 0, 4);
    learn(NNP, "GENEVA", 0, 5);
    learn(VBD, "Talked", 2, 0);
    return 0;
}

static void check(const char *tag, const char *form, const char *want)
{
    struct arena arena = {0};
    struct lemma_room room = {.arena = &arena};
    struct str got = lemma_of(&table, lemma_tag(&table, str_c(tag)), str_c(form), &room);
    assert_int_equal(got.len, strlen(want));
    assert_memory_equal(got.at, want, got.len);
    arena_free(&arena);
}

static void the_longest_ending_decides(void **state)
{
    (void)state;
    check("VBD", "walked", "walk");
    check("VBD", "Walked", "walk");
    check("VBD", "carried", "carry");
    check("VBD", "went", "go");
    check("NNS", "walked", "walke");
}

static void case_follows_the_rule(void **state)
{
    (void)state;
    check("NNP", "Istanbul", "Istanbul");
    check("NNP", "ISTANBUL", "Istanbul");
    check("NNP", "\xC3\x89VRY", "\xC3\x89vry"); /* É stays one */
}

static void unknown_words_are_put_into_lower_case(void **state)
{
    (void)state;
    check("JJ", "Red", "red");
    check("JJ",
          "\xC3\x89"
          "BLOUI",
          "\xC3\xA9"
          "bloui");
    check("VBD", "sang", "sang");
    check("NNS", "X", "x");
}

static void odd_forms_are_left_alone(void **state)
{
    char long_form[200];
    (void)state;
    memset(long_form, 'A', sizeof long_form);
    long_form[sizeof long_form - 1] = '\0';
    check("NNS", long_form, long_form);
    check("VBD", "", "");
    check("VBD", "ed", "ed"); /* nothing would be left of it */
    check("JJ", "\xFF", "\xEF\xBF\xBD");
}

static void an_empty_table_lower_cases(void **state)
{
    struct arena arena = {0};
    struct lemma_room room = {.arena = &arena};
    struct lemma_table none = {0};
    (void)state;
    struct str got = lemma_of(&none, LEMMA_NO_TAG, STR("Talks"), &room);
    assert_true(str_eq(got, STR("talks")));
    arena_free(&arena);
}

static dt_status open_with(const struct lemma_rule *r, size_t n, const struct lemma_edit *e,
                           const char *text)
{
    struct bundle_writer w;
    struct bundle b;
    struct lemma_table t;
    void *bytes;
    size_t len;
    bundle_begin(&w, "MODL", 1);
    bundle_add(&w, "lem.key", r, n * 2, 4);
    bundle_add(&w, "lem.edit", e, 2, 4);
    bundle_add(&w, "lem.str", text, strlen(text), 1);
    bundle_add(&w, "lem.tag", "VBD\n", 4, 1);
    assert_int_equal(bundle_finish(&w, &bytes, &len, NULL), DT_OK);
    assert_int_equal(bundle_attach(bytes, len, "lemmas", "MODL", 1, 1, &b, NULL), DT_OK);
    dt_status st = lemma_open(&b, &t, NULL);
    bundle_close(&b);
    free(bytes);
    return st;
}

static void damaged_tables_are_refused(void **state)
{
    struct lemma_rule r[4] = {{0}};
    struct lemma_edit e = {.append_len = 2};
    (void)state;
    assert_int_equal(open_with(r, 4, &e, "ab"), DT_OK);
    assert_int_equal(open_with(r, 3, &e, "ab"), DT_E_MODEL_CORRUPT);
    assert_int_equal(open_with(r, 4, &e, "a"), DT_E_MODEL_CORRUPT);
    assert_int_equal(open_with(r, 4, &e, "a\xFF"), DT_E_MODEL_CORRUPT);
    e.letter_case = 3;
    assert_int_equal(open_with(r, 4, &e, "ab"), DT_E_MODEL_CORRUPT);
    e.letter_case = 0;
    r[1] = (struct lemma_rule){1, 1};
    assert_int_equal(open_with(r, 4, &e, "ab"), DT_E_MODEL_CORRUPT);
    for (size_t i = 0; i < 4; i++)
        r[i] = (struct lemma_rule){1, 0};
    assert_int_equal(open_with(r, 4, &e, "ab"), DT_E_MODEL_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_ending_decides),
        cmocka_unit_test(case_follows_the_rule),
        cmocka_unit_test(unknown_words_are_put_into_lower_case),
        cmocka_unit_test(odd_forms_are_left_alone),
        cmocka_unit_test(an_empty_table_lower_cases),
        cmocka_unit_test(damaged_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, teach, NULL);
}
