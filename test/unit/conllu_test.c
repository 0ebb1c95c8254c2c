/* conllu_test.c - CoNLL-U goes in and comes out with everything that was around the words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lang/conllu.h"
#include "random_model.h"

static const char *const sample = "# sent_id = a\r\n"
                                  "# text = They didn't.\r\n"
                                  "1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\r\n"
                                  "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\r\n"
                                  "2\tdid\t_\t_\t_\t_\t_\t_\t_\tNote=x|Entity=(1\r\n"
                                  "3\tn't\t_\t_\t_\t_\t_\t_\t_\t_\r\n"
                                  "3.1\tgo\tgo\tVERB\t_\t_\t_\t_\t0:root\t_\r\n"
                                  "4\t.\t_\t_\t_\t_\t_\t_\t_\tTokenRange=0:1\r\n"
                                  "\r\n"
                                  "\n"
                                  "1\tTALKS\tO\n"
                                  "2\tIN\tO\n"
                                  "3\t#1\tO\n";

struct result {
    struct arena arena;
    struct text_layer text;
    struct conllu_layer rows;
    dt_error err;
};

static dt_status read_text(struct result *r, const char *input)
{
    *r = (struct result){0};
    return conllu_read(&r->arena, str_c(input), "sample", &r->text, &r->rows, &r->err);
}

static void tokens_and_sentences_are_the_given_ones(void **state)
{
    struct result r;
    (void)state;
    assert_int_equal(read_text(&r, sample), DT_OK);
    assert_int_equal(r.text.n_sentences, 2);
    assert_int_equal(r.text.n_tokens, 7);
    assert_int_equal(r.text.sentences[0].token_end, 4);
    const struct token *t = r.text.tokens;
    assert_true(str_eq(t[2].form, STR("n't")));
    assert_memory_equal(sample + t[2].begin, "n't\t", 4);
    assert_int_equal(t[0].flags, TOKEN_SPACE_AFTER);
    assert_int_equal(t[1].flags, 0);
    assert_int_equal(t[2].flags, TOKEN_GLUED);
    assert_int_equal(t[3].flags, TOKEN_SPACE_AFTER);
    for (size_t i = 4; i < 7; i++)
        assert_int_equal(t[i].flags, TOKEN_SPACE_AFTER | TOKEN_CAPS_LINE);
    arena_free(&r.arena);
}

static void expect_bad(const char *input, const char *message)
{
    struct result r;
    assert_int_equal(read_text(&r, input), DT_E_STORY);
    assert_string_equal(r.err.text, message);
    arena_free(&r.arena);
}

static void what_is_not_conllu_is_refused_with_its_line(void **state)
{
    (void)state;
    expect_bad("1\ta\n\n2\tb\n", "sample:3: the word's ID was not the number that comes next");
    expect_bad("# x\nhello\n", "sample:2: the word's ID was not the number that comes next");
    expect_bad("They met on June 4 - at last.\n",
               "sample:1: the word's ID was not the number that comes next");
    expect_bad("1\n", "sample:1: the word had no FORM");
    expect_bad("1\ta\n1-2\tb\n", "sample:2: the range of words did not start at the next one");
    expect_bad("2-1\tb\n", "sample:1: the range of words did not start at the next one");
}

static void nothing_gives_nothing(void **state)
{
    struct result r;
    (void)state;
    assert_int_equal(read_text(&r, ""), DT_OK);
    assert_int_equal(r.text.n_sentences, 0);
    arena_free(&r.arena);
    assert_int_equal(read_text(&r, "# only a comment\n\n"), DT_OK);
    assert_int_equal(r.text.n_tokens, 0);
    arena_free(&r.arena);
}

static void invalid_bytes_read_as_replacement(void **state)
{
    struct result r;
    (void)state;
    assert_int_equal(read_text(&r, "1\ta\xFFz\n"), DT_OK);
    assert_true(str_eq(r.text.tokens[0].form, STR("a\xEF\xBF\xBDz")));
    assert_int_equal(r.text.tokens[0].end - r.text.tokens[0].begin, 3);
    arena_free(&r.arena);
}

/* With a model of random numbers; its labels are those of random_model.h. */
struct engine {
    struct random_model random;
    struct bundle bundle;
    struct lang_model *model;
    struct lang_scratch *scratch;
};

static void engine_open(struct engine *e)
{
    random_model_make(&e->random, 3);
    assert_int_equal(random_model_bundle(&e->random, &e->bundle), DT_OK);
    assert_int_equal(lang_model_new(&e->bundle, &e->model, NULL), DT_OK);
    assert_int_equal(lang_scratch_new(e->model, &e->scratch, NULL), DT_OK);
}

static void engine_close(struct engine *e)
{
    lang_scratch_free(e->scratch);
    lang_model_free(e->model);
    bundle_close(&e->bundle);
    random_model_free(&e->random);
}

/* The lines of `out`; returns their number. */
static size_t lines_of(const struct buf *out, struct str *lines, size_t most)
{
    struct str rest = str_of(out->at, out->len);
    size_t n = 0;
    for (size_t begin = 0; begin < rest.len && n < most; n++) {
        size_t end = str_find(rest, '\n', begin);
        lines[n] = str_cut(rest, begin, end);
        begin = end + 1;
    }
    return n;
}

static bool holds(struct str s, const char *part)
{
    size_t len = strlen(part);
    for (size_t i = 0; i + len <= s.len; i++) {
        if (memcmp(s.at + i, part, len) == 0) return true;
    }
    return false;
}

static void what_is_around_the_words_is_kept(void **state)
{
    struct result r;
    struct engine e = {0};
    struct buf out = {0};
    struct lang_layer lang;
    struct str lines[20];
    (void)state;
    engine_open(&e);
    assert_int_equal(read_text(&r, sample), DT_OK);
    assert_true(lang_analyse(e.model, e.scratch, &r.arena, &r.text, &lang));
    conllu_write(&out, e.model, &r.text, &lang, &r.rows);
    assert_int_equal(lines_of(&out, lines, 20), 13);
    assert_true(str_eq(lines[1], STR("# text = They didn't.")));
    assert_true(str_eq(lines[3], STR("2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No")));
    assert_true(str_eq(lines[6], STR("3.1\tgo\tgo\tVERB\t_\t_\t_\t_\t0:root\t_")));
    assert_true(holds(lines[4], "|Note=x|TokenRange=") && !holds(lines[4], "(1"));
    assert_true(!holds(lines[7], "=0:1") && holds(lines[7], "\tEntity="));
    assert_int_equal(lines[8].len, 0);
    assert_true(str_starts(lines[11], STR("3\t#1\t")));
    buf_free(&out);
    arena_free(&r.arena);
    engine_close(&e);
}

static void raw_text_gets_comments_and_ranges(void **state)
{
    struct engine e = {0};
    struct buf out = {0};
    struct arena arena = {0};
    struct lang_layer lang;
    struct str lines[20];
    const char *raw = "They\ndidn't.";
    struct token tokens[] = {{.begin = 0, .end = 4, .flags = TOKEN_SPACE_AFTER},
                             {.begin = 5, .end = 8},
                             {.begin = 8, .end = 11, .flags = TOKEN_GLUED},
                             {.begin = 11, .end = 12}};
    struct sentence sentence = {.end = 12, .token_end = 4};
    struct paragraph paragraph = {.end = 12, .sentence_end = 1};
    struct text_layer text = {.text = str_c(raw),
                              .tokens = tokens,
                              .sentences = &sentence,
                              .paragraphs = &paragraph,
                              .n_tokens = 4,
                              .n_sentences = 1,
                              .n_paragraphs = 1};
    (void)state;
    for (size_t i = 0; i < 4; i++)
        tokens[i].form = str_cut(text.text, tokens[i].begin, tokens[i].end);
    engine_open(&e);
    assert_true(lang_analyse(e.model, e.scratch, &arena, &text, &lang));
    conllu_write(&out, e.model, &text, &lang, NULL);
    assert_int_equal(lines_of(&out, lines, 20), 9);
    assert_true(str_eq(lines[0], STR("# newpar")));
    assert_true(str_eq(lines[1], STR("# sent_id = 1")));
    assert_true(str_eq(lines[2], STR("# text = They didn't.")));
    assert_true(
        str_eq(lines[4], STR("2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|TokenRange=5:11")));
    assert_true(holds(lines[6], "TokenRange=8:11") && !holds(lines[6], "SpaceAfter"));
    assert_true(holds(lines[7], "|SpaceAfter=No|TokenRange=11:12"));
    buf_free(&out);
    arena_free(&arena);
    engine_close(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_and_sentences_are_the_given_ones),
        cmocka_unit_test(what_is_not_conllu_is_refused_with_its_line),
        cmocka_unit_test(nothing_gives_nothing),
        cmocka_unit_test(invalid_bytes_read_as_replacement),
        cmocka_unit_test(what_is_around_the_words_is_kept),
        cmocka_unit_test(raw_text_gets_comments_and_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
