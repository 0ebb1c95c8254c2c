/* said_test.c - quotation marks, the cues of the base, quotations by the marks alone, hostile
 * input. The cases that need the language model are in test/spec/said.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <time.h>

#include "know/compile.h"
#include "said/said.h"

static struct know know; /* the base that is built here: words */

struct told {
    struct arena arena;
    struct text_layer text;
    struct lang_layer lang;
    struct tree tree;
    struct said_layer said;
};

/* Tags by a few words and letters, no tree: every word hangs from the first of its sentence. */
static void tag(struct told *h)
{
    for (uint32_t s = 0; s < h->text.n_sentences; s++) {
        const struct sentence *sentence = &h->text.sentences[s];
        for (uint32_t t = sentence->token_begin; t < sentence->token_end; t++) {
            struct word *w = &h->lang.words[t];
            struct str form = h->text.tokens[t].form;
            bool letter = (form.at[0] | 0x20) >= 'a' && (form.at[0] | 0x20) <= 'z';
            *w = (struct word){.head = sentence->token_begin, .upos = UPOS_NOUN, .dep = DEP_DEP};
            if (t == sentence->token_begin) w->head = NONE;
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

static void hear_with(struct told *h, const struct know *base, struct str text)
{
    arena_reset(&h->arena);
    assert_true(text_analyse(NULL, &h->arena, text, &h->text));
    h->lang = (struct lang_layer){0};
    h->lang.words = ARENA_NEW(&h->arena, h->text.n_tokens + 1, struct word);
    assert_non_null(h->lang.words);
    tag(h);
    assert_true(tree_build(base, &h->arena, &h->text, &h->lang, &h->tree));
    assert_true(said_find(&h->arena, &h->tree, &h->said));
}

static void hear(struct told *h, struct str text)
{
    hear_with(h, &know, text);
}

static struct str quoted(const struct told *h, uint32_t i)
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
    static struct told h;
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

/* Piece i of a range is these words. */
static bool piece_is(const struct told *h, struct range pieces, uint32_t i, const char *words)
{
    assert_true(i < range_count(pieces));
    struct span s = h->said.pieces[pieces.begin + i];
    return str_eq(str_cut(h->text.text, s.begin, s.end), str_c(words));
}

static void test_direct_without_tree(void **state)
{
    static struct told h;
    (void)state;
    hear(&h, STR("\"We will go home,\" Anna said. \"The war is over.\""));
    assert_int_equal(h.said.n_sayings, 1);
    const struct saying *q = &h.said.sayings[0];
    assert_true(q->direct);
    assert_true(piece_is(&h, q->source, 0, "Anna"));
    assert_true(piece_is(&h, q->cue, 0, "said"));
    assert_int_equal(range_count(q->content), 2);
    assert_true(piece_is(&h, q->content, 1, "\"The war is over.\""));
    hear(&h, STR("\"We will go home,\" Anna said.\n\"The war is over now.\""));
    assert_int_equal(h.said.n_sayings, 2);
    assert_true(h.said.sayings[1].continued);
    assert_true(piece_is(&h, h.said.sayings[1].source, 0, "Anna"));
    arena_free(&h.arena);
}

/* One speaker, twenty quotations in a paragraph: no piece is lost, and the next saying has its own.
 */
static void test_many_pieces(void **state)
{
    static struct told h;
    char text[1000] = "\"We will go home,\" Anna said.";
    (void)state;
    for (int i = 0; i < 19; i++)
        (void)strcat(text, " \"Nobody stays behind now.\"");
    (void)strcat(text, "\n\"We stay at home,\" Berta said.");
    hear(&h, str_c(text));
    assert_int_equal(h.said.n_sayings, 2);
    const struct saying *q = h.said.sayings;
    assert_int_equal(range_count(q[0].content), 20);
    assert_true(piece_is(&h, q[0].content, 0, "\"We will go home,\""));
    assert_true(piece_is(&h, q[0].content, 19, "\"Nobody stays behind now.\""));
    assert_int_equal(range_count(q[0].source), 1);
    assert_true(piece_is(&h, q[0].source, 0, "Anna"));
    assert_int_equal(range_count(q[1].content), 1);
    assert_true(piece_is(&h, q[1].source, 0, "Berta"));
    arena_free(&h.arena);
}

static const struct know_word *word(const char *text)
{
    return &know.words[words_find(&know, str_c(text))];
}

static void test_cues(void **state)
{
    (void)state;
    assert_true(words_bit(word("say"), CLASS_CUE_CLAUSE));
    assert_true(words_bit(word("say"), CLASS_CUE_QUOTE));
    assert_false(words_bit(word("say"), CLASS_CUE_OBJECT));
    assert_true(words_bit(word("urge"), CLASS_CUE_TO));
    assert_true(words_bit(word("promise"), CLASS_CUE_NOUN));
    assert_true(words_bit(word("confident"), CLASS_CUE_ADJ));
    assert_true(words_bit(word("about"), CLASS_SPEECH_PREP));
    assert_false(words_bit(word("walk"), CLASS_CUE_CLAUSE));
}

/* In a folder of one's own "say" is no cue any more. */
static void test_own_cues(void **state)
{
    static struct told h;
    struct compile *c = NULL;
    struct know own;
    dt_error err;
    void *bytes;
    size_t len;
    (void)state;
    assert_int_equal(compile_new(&c, &err), DT_OK);
    assert_int_equal(compile_add_base(c, &know, &err), DT_OK);
    assert_int_equal(compile_add_text(c, "own/words/w.txt", STR("words/w.txt"),
                                      STR("provenance  A test.\nwords cue-quote\n  drop  say\n"
                                          "words cue-clause\n  drop  say\n"),
                                      &err),
                     DT_OK);
    assert_int_equal(compile_know(c, &err), DT_OK);
    assert_int_equal(compile_bytes(c, &bytes, &len, &err), DT_OK);
    compile_free(c);
    assert_int_equal(know_attach(bytes, len, "own", &own, &err), DT_OK);
    hear_with(&h, &own, STR("\"We will go home,\" Anna said."));
    assert_int_equal(h.said.n_sayings, 0);
    arena_free(&h.arena);
    know_close(&own);
    free(bytes);
}

static double seconds_for(struct told *h, const char *unit, size_t times)
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
    static struct told h;
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
        cmocka_unit_test(test_marks),       cmocka_unit_test(test_direct_without_tree),
        cmocka_unit_test(test_many_pieces), cmocka_unit_test(test_cues),
        cmocka_unit_test(test_own_cues),    cmocka_unit_test(test_hostile),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
