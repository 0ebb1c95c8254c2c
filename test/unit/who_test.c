/* who_test.c - actors from small knowledge and trees written by hand. */
#include "knowledge_fixture.h"

#include "base/calendar.h"
#include "who/who.h"

static const char actors_text[] = "country RUS  Russia\n"
                                  "  people  Russian, Russians\n"
                                  "  capital Moscow\n"
                                  "  seat    GOV Kremlin\n"
                                  "country USA  United States\n"
                                  "  name    US\n"
                                  "  people  American, Americans\n"
                                  "org fsb  FSB\n"
                                  "  code    RUSSPY\n"
                                  "  country RUS\n"
                                  "person ivan-petrov  Ivan Petrov\n"
                                  "  gender  m\n"
                                  "  role    RUS GOV  2010-01-01..2020-01-01  president\n"
                                  "person ann-lee  Ann Lee\n"
                                  "  gender  f\n"
                                  "  role    USA GOV  2000-01-01..2005-01-01  president\n"
                                  "  role    USA MIL  1990-01-01..1995-01-01  general\n";

static const char roles_text[] = "role GOV\n"
                                 "  person  president, spokeswoman, official\n"
                                 "  body    foreign ministry, government, team\n"
                                 "  needs-country  team\n"
                                 "role MIL\n"
                                 "  group   troops\n"
                                 "role REB\n"
                                 "  group   rebels\n";

static const char *const our_words[] = {"words/lang.txt", "words/what.txt", "words/who.txt",
                                        "words/sectors.txt"};

/* One word of a tree: the tokens come from the text. */
struct leaf {
    uint8_t upos, dep;
    uint32_t head; /* from 0; NO_TOKEN for the root */
};

struct scene {
    struct fixture fixture;
    struct arena arena;
    struct text_layer text;
    struct lang_layer lang;
    struct tree tree;
    struct who_layer who;
};

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    fixture_begin(&s->fixture);
    fixture_file(&s->fixture, "actors/a.txt", actors_text);
    fixture_file(&s->fixture, "roles.txt", roles_text);
    for (size_t i = 0; i < sizeof our_words / sizeof our_words[0]; i++)
        fixture_copy(&s->fixture, our_words[i]);
    if (fixture_compile(&s->fixture) != DT_OK) fail_msg("%s", s->fixture.err.text);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    fixture_end(&s->fixture);
    arena_free(&s->arena);
    free(s);
    return 0;
}

static void begin_text(struct scene *s, const char *text)
{
    arena_reset(&s->arena);
    s->lang = (struct lang_layer){0};
    assert_true(text_analyse(NULL, &s->arena, str_c(text), &s->text));
    s->lang.words = ARENA_NEW(&s->arena, s->text.n_tokens + 1, struct word);
    assert_non_null(s->lang.words);
    for (uint32_t t = 0; t < s->text.n_tokens; t++) {
        s->lang.words[t].head = NO_TOKEN;
        s->lang.words[t].lemma = s->text.tokens[t].form;
    }
}

static void find_actors(struct scene *s, int32_t day)
{
    struct match_layer matches;
    assert_true(lexicon_scan(&s->fixture.know, &s->arena, &s->text, &matches));
    assert_true(tree_build(&s->fixture.know, &s->arena, &s->text, &s->lang, &s->tree));
    assert_true(who_find(&s->tree, &s->arena, &s->lang, &matches, day, &s->who));
}

static void read_tree(struct scene *s, const char *text, const struct leaf *leaves, size_t n,
                      int32_t day)
{
    begin_text(s, text);
    assert_int_equal(s->text.n_tokens, n);
    for (size_t t = 0; t < n; t++) {
        s->lang.words[t].upos = leaves[t].upos;
        s->lang.words[t].dep = leaves[t].dep;
        s->lang.words[t].head = leaves[t].head;
    }
    find_actors(s, day);
}

static int32_t day_at(int32_t year)
{
    return day_of((struct date){year, 6, 1});
}

/* The i-th actor with that text, or NULL. */
static const struct actor *actor_with(const struct scene *s, const char *text, int i)
{
    for (uint32_t k = 0; k < s->who.n_actors; k++) {
        const struct actor *a = &s->who.actors[k];
        struct str span = str_cut(s->text.text, a->begin, a->end);
        if (str_eq(span, str_c(text)) && i-- == 0) return a;
    }
    return NULL;
}

static void assert_code(const struct scene *s, const char *text, const char *code)
{
    const struct actor *a = actor_with(s, text, 0);
    if (a == NULL)
        fail_msg("no actor '%s'", text);
    else
        assert_string_equal(a->code, code);
}

#define READ(s, text, leaves, day)                                                                 \
    read_tree(s, text, leaves, sizeof(leaves) / sizeof(leaves)[0], day)

static void test_nothing(void **state)
{
    struct scene *s = *state;
    begin_text(s, "");
    find_actors(s, DAY_MIN);
    assert_int_equal(s->who.n_actors, 0);
}

static void test_composition(void **state)
{
    struct scene *s = *state;
    static const struct leaf tree[] = {{UPOS_ADJ, DEP_AMOD, 2},         {UPOS_ADJ, DEP_AMOD, 2},
                                       {UPOS_NOUN, DEP_COMPOUND, 3},    {UPOS_NOUN, DEP_NSUBJ, 4},
                                       {UPOS_VERB, DEP_ROOT, NO_TOKEN}, {UPOS_PUNCT, DEP_PUNCT, 4}};
    READ(s, "Russian foreign ministry spokeswoman resigned.", tree, day_at(2015));
    assert_code(s, "Russian foreign ministry spokeswoman", "RUSGOV");
    const struct actor *a = actor_with(s, "Russian foreign ministry spokeswoman", 0);
    assert_int_equal(a->head, 3);
    assert_ptr_equal(&s->who.actors[s->who.at_token[3] - 1], a);
    assert_true(actor_with(s, "Russian", 0)->flags & ACTOR_MODIFIER);
}

static void test_coordinated_modifiers(void **state)
{
    struct scene *s = *state;
    static const struct leaf tree[] = {{UPOS_ADJ, DEP_AMOD, 3},         {UPOS_CCONJ, DEP_CC, 2},
                                       {UPOS_ADJ, DEP_CONJ, 0},         {UPOS_NOUN, DEP_NSUBJ, 4},
                                       {UPOS_VERB, DEP_ROOT, NO_TOKEN}, {UPOS_PUNCT, DEP_PUNCT, 4}};
    READ(s, "Russian and American troops withdrew.", tree, DAY_MIN);
    const struct actor *first = actor_with(s, "Russian and American troops", 0);
    const struct actor *second = actor_with(s, "Russian and American troops", 1);
    assert_non_null(first);
    assert_non_null(second);
    assert_string_equal(first->code, "RUSMIL");
    assert_string_equal(second->code, "USAMIL");
    assert_ptr_equal(first + 1, second); /* further actors of a head follow the first */
}

static void test_office_by_date(void **state)
{
    struct scene *s = *state;
    static const struct leaf tree[] = {{UPOS_PROPN, DEP_NSUBJ, 2},
                                       {UPOS_PROPN, DEP_FLAT, 0},
                                       {UPOS_VERB, DEP_ROOT, NO_TOKEN},
                                       {UPOS_PUNCT, DEP_PUNCT, 2}};
    READ(s, "Ivan Petrov spoke.", tree, day_at(2015));
    assert_code(s, "Ivan Petrov", "RUSGOV");
    READ(s, "Ivan Petrov spoke.", tree, day_at(2022));
    assert_code(s, "Ivan Petrov", "RUSELI");
    const char *code = NULL, *sector = NULL;
    who_code_on(&s->fixture.know, &s->who.actors[0], day_at(2015), &code, &sector);
    assert_string_equal(code, "RUSGOV");
    assert_string_equal(sector, "GOV");
    READ(s, "Ann Lee spoke.", tree, day_at(1993));
    assert_code(s, "Ann Lee", "USAMIL");
}

static void test_capital(void **state)
{
    struct scene *s = *state;
    static const struct leaf acts[] = {
        {UPOS_PROPN, DEP_NSUBJ, 1}, {UPOS_VERB, DEP_ROOT, NO_TOKEN}, {UPOS_PUNCT, DEP_PUNCT, 1}};
    static const struct leaf is_place[] = {{UPOS_PRON, DEP_NSUBJ, 1},
                                           {UPOS_VERB, DEP_ROOT, NO_TOKEN},
                                           {UPOS_ADP, DEP_CASE, 3},
                                           {UPOS_PROPN, DEP_OBL, 1},
                                           {UPOS_PUNCT, DEP_PUNCT, 1}};
    READ(s, "Moscow agreed.", acts, DAY_MIN);
    assert_code(s, "Moscow", "RUS");
    READ(s, "Everybody met in Moscow.", is_place, DAY_MIN);
    assert_null(actor_with(s, "Moscow", 0));
}

static void test_needs_country(void **state)
{
    struct scene *s = *state;
    static const struct leaf tree[] = {{UPOS_DET, DEP_DET, 1},
                                       {UPOS_NOUN, DEP_NSUBJ, 2},
                                       {UPOS_VERB, DEP_ROOT, NO_TOKEN},
                                       {UPOS_PUNCT, DEP_PUNCT, 2}};
    READ(s, "The team arrived.", tree, DAY_MIN);
    assert_int_equal(s->who.n_actors, 0);
    READ(s, "The rebels arrived.", tree, DAY_MIN);
    assert_code(s, "rebels", "REB");
}

static void test_pronoun(void **state)
{
    struct scene *s = *state;
    static const struct leaf tree[] = {{UPOS_PROPN, DEP_NSUBJ, 1},
                                       {UPOS_VERB, DEP_ROOT, NO_TOKEN},
                                       {UPOS_PRON, DEP_NMOD_POSS, 3},
                                       {UPOS_NOUN, DEP_OBJ, 1},
                                       {UPOS_PUNCT, DEP_PUNCT, 1}};
    READ(s, "Russia recalled its troops.", tree, DAY_MIN);
    assert_code(s, "its", "RUS");
    assert_code(s, "troops", "RUSMIL");
    assert_int_equal(actor_with(s, "its", 0)->chain, actor_with(s, "Russia", 0)->chain);
}

/* Whatever the parser says, the result is well formed. */
static void test_any_tree(void **state)
{
    struct scene *s = *state;
    static const char text[] =
        "The Kremlin and the Russian president, Ivan Petrov, met FSB troops of the US government. "
        "He said both sides, each other and their American rebels' team left Moscow, its ally. "
        "The two presidents told the country's former foreign ministry spokeswoman Ann Lee so.";
    uint32_t random = 1;
    for (int round = 0; round < 300; round++) {
        begin_text(s, text);
        for (uint32_t t = 0; t < s->text.n_tokens; t++) {
            struct word *w = &s->lang.words[t];
            random = random * 1664525u + 1013904223u;
            w->upos = (uint8_t)(random >> 8) % UPOS_COUNT;
            w->dep = (uint8_t)(random >> 16) % DEP_COUNT;
            w->plural = (uint8_t)(random >> 31);
            w->head = (random >> 20) % (s->text.n_tokens + 1);
            if (w->head == s->text.n_tokens) w->head = NO_TOKEN;
        }
        find_actors(s, round % 2 ? DAY_MIN : day_at(2015));
        for (uint32_t i = 0; i < s->who.n_actors; i++) {
            const struct actor *a = &s->who.actors[i];
            assert_true(a->begin < a->end && a->end <= sizeof text - 1);
            assert_true(a->head >= a->token_begin && a->head < a->token_end);
            assert_true(a->chain >= 1 && a->chain <= s->who.n_chains);
            assert_non_null(a->code);
            assert_non_null(a->country);
            assert_non_null(a->name);
            assert_int_not_equal(s->who.at_token[a->head], 0);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing),
                                       cmocka_unit_test(test_composition),
                                       cmocka_unit_test(test_coordinated_modifiers),
                                       cmocka_unit_test(test_office_by_date),
                                       cmocka_unit_test(test_capital),
                                       cmocka_unit_test(test_needs_country),
                                       cmocka_unit_test(test_pronoun),
                                       cmocka_unit_test(test_any_tree)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
