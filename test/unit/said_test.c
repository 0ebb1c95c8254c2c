/* said_test.c - quotation marks, the table of cues, quotations by the marks alone, hostile input.
 * The cases that need the language model are in test/spec/said.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "said/cueword.h"
#include "said/said.h"

static struct know know; /* the base that is built here: words */

struct heard {
    struct arena arena;
    struct text_layer text;
    struct lang_layer lang;
    struct tree tree;
    struct said_layer said;
};

/* Tags by a few words and letters, no tree: every word hangs from the first of its sentence. */
static void tag(struct heard *h)
{
    for (uint32_t s = 0; s < h->text.n_sentences; s++) {
        const struct sentence *sentence = &h->text.sentences[s];
        for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
            struct word *w = &h->lang.words[t];
            struct str form = h->text.tokens[t].form;
            bool letter = (form.at[0] | 0x20) >= 'a' && (form.at[0] | 0x20) <= 'z';
            *w = (struct word){.head = sentence->token_begin, .upos = UPOS_NOUN, .dep = DEP_DEP};
            if (t == sentence->token_begin) w->head = NO_TOKEN;
            if (!letter) w->upos = UPOS_PUNCT;
            w->lemma = form;
            if (str_eq(form, STR("said"))) {
                w->upos = UPOS_VERB;
                w->verb = VERB_PAST;
                w->lemma = STR("say");
            }
        }
    }
}

static void hear(struct heard *h, struct str text)
{
    arena_reset(&h->arena);
    assert_true(text_analyse(NULL, &h->arena, text, &h->text));
    h->lang = (struct lang_layer){0};
    h->lang.words = ARENA_NEW(&h->arena, h->text.n_tokens + 1, struct word);
    assert_non_null(h->lang.words);
    tag(h);
    assert_true(tree_build(&know, &h->arena, &h->text, &h->lang, &h->tree));
    assert_true(said_find(&h->arena, &h->tree, &h->said));
}

static struct str quoted(const struct heard *h, uint32_t i)
{
    const struct quote_region *r = &h->tree.quotes.regions[i];
    return str_cut(h->text.text, h->text.tokens[r->begin].begin, h->text.tokens[r->end - 1].end);
}

static void test_marks(void **state)
{
    static const struct {
        const char *text, *first, *second;
    } cases[] = {
        {"He said \"we go\" to her.", "we go", NULL},
        {"He said \xE2\x80\x9Cwe go\xE2\x80\x9D to her.", "we go", NULL},
        {"He said `` we go '' to her.", "we go", NULL},
        {"He said \xC2\xABwe go\xC2\xBB to her.", "we go", NULL},
        {"He said \xE2\x80\x98we go\xE2\x80\x99 to her.", "we go", NULL},
        {"\"We go,\" he said, \"and stay.\"", "We go,", "and stay."},
        {"It isn't the allies' plan.", NULL, NULL},
        {"\xE2\x80\x9CWe go.\n\xE2\x80\x9CWe stay.\xE2\x80\x9D", "We go.", "We stay."},
        {"A stray \" mark here.\nThen \"a quote\" there.", "a quote", NULL},
        {"\xE2\x80\x9CShe called it \xE2\x80\x98odd\xE2\x80\x99 twice,\xE2\x80\x9D he said.",
         "She called it \xE2\x80\x98odd\xE2\x80\x99 twice,", NULL},
    };
    static struct heard h;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        hear(&h, str_c(cases[i].text));
        uint32_t n = cases[i].first == NULL ? 0 : cases[i].second == NULL ? 1 : 2;
        if (h.tree.quotes.n != n) fail_msg("'%s': %u quotations", cases[i].text, h.tree.quotes.n);
        if (n > 0) assert_true(str_eq(quoted(&h, 0), str_c(cases[i].first)));
        if (n > 1) assert_true(str_eq(quoted(&h, 1), str_c(cases[i].second)));
    }
    hear(&h, STR("\xE2\x80\x9CWe go.\n\xE2\x80\x9CWe stay.\xE2\x80\x9D"));
    assert_false(h.tree.quotes.regions[0].continued);
    assert_true(h.tree.quotes.regions[1].continued);
    arena_free(&h.arena);
}

static bool piece_is(const struct heard *h, struct span s, const char *words)
{
    return str_eq(str_cut(h->text.text, s.begin, s.end), str_c(words));
}

static void test_direct_without_tree(void **state)
{
    static struct heard h;
    (void)state;
    hear(&h, STR("\"We will go home,\" Anna said. \"The war is over.\""));
    assert_int_equal(h.said.n_sayings, 1);
    const struct saying *q = &h.said.sayings[0];
    assert_true(q->direct);
    assert_true(piece_is(&h, q->source[0], "Anna"));
    assert_true(piece_is(&h, q->cue[0], "said"));
    assert_int_equal(q->n_content, 2);
    assert_true(piece_is(&h, q->content[1], "\"The war is over.\""));
    hear(&h, STR("\"We will go home,\" Anna said.\n\"The war is over now.\""));
    assert_int_equal(h.said.n_sayings, 2);
    assert_true(h.said.sayings[1].continued);
    assert_true(piece_is(&h, h.said.sayings[1].source[0], "Anna"));
    arena_free(&h.arena);
}

static void test_cue_table(void **state)
{
    uint32_t n;
    (void)state;
    const struct cue_word *words = cueword_all(&n);
    assert_true(n > 150);
    for (uint32_t i = 0; i < n; i++) {
        if (i > 0) assert_true(str_cmp(str_c(words[i - 1].word), str_c(words[i].word)) < 0);
        assert_int_equal(cueword_flags(str_c(words[i].word)), words[i].flags);
    }
    assert_int_equal(cueword_flags(STR("walk")), 0);
}

static double seconds_for(struct heard *h, const char *unit, size_t times)
{
    size_t len = strlen(unit);
    char *text = malloc(len * times);
    assert_non_null(text);
    for (size_t i = 0; i < times; i++)
        memcpy(text + i * len, unit, len);
    clock_t start = clock();
    hear(h, str_of(text, len * times));
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    free(text);
    return seconds;
}

static void test_hostile(void **state)
{
    static const char *const units[] = {
        "\" ",           "\xE2\x80\x9C", "\xE2\x80\x9D ",     "\xE2\x80\x98\xE2\x80\x9C",
        "he said ",      "said, ",       "\"no,\" he said, ", "`` '' ",
        "according to ", "he said: \n",  "\"a b c.\" ",       "\"go\"\n",
        "said said \" ",
    };
    static struct heard h;
    (void)state;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        double seconds = seconds_for(&h, units[i], 50000);
        if (seconds > 2.0) fail_msg("'%s' took %.1f s", units[i], seconds);
    }
    hear(&h, STR(""));
    assert_int_equal(h.said.n_sayings, 0);
    arena_free(&h.arena);
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
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_direct_without_tree),
        cmocka_unit_test(test_cue_table),
        cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
