/* where_test.c - resolution of places over a small base and language layers made by hand. */
#include <string.h>

#include "knowledge_fixture.h"
#include "where/where.h"

struct where_case {
    struct fixture base;
    struct arena arena;
    struct text_layer text;
    struct lang_layer lang;
    struct tree tree;
    struct match_layer matches;
    struct where_layer where;
};

static const char places[] =
    "# provenance  made for this test\n"
    "geonameid\tname\tcountry\tadm1\tlat\tlon\tpopulation\tkind\tnames\tweak\n"
    "1\tFrance\tFRA\t\t46\t2\t68000000\tC\t\t\n"
    "2\tUnited States\tUSA\t\t39.8\t-98.5\t330000000\tC\t\t\n"
    "3\tParis\tFRA\t11\t48.85\t2.35\t2138551\tP\t\t\n"
    "4\tParis\tUSA\tTX\t33.66\t-95.56\t24782\tT\t\t\n"
    "5\tTexas\tUSA\tTX\t31.25\t-99.25\t29000000\tA\tTX\tTX\n"
    "6\tLamar County\tUSA\tTX\t33.67\t-95.57\t0\tA\t\t\n"
    "7\tLamar County\tUSA\tGA\t33.08\t-84.14\t0\tA\t\t\n"
    "8\tBlossom\tUSA\tTX\t33.66\t-95.38\t1500\tT\t\t\n"
    "9\tReading\tGBR\tENG\t51.46\t-0.97\t318014\tT\t\tReading\n"
    "10\tBlossom\tUSA\tOH\t40.0\t-83.0\t9000\tT\t\t\n";

static const char actors[] = "country FRA  France\n"
                             "  people   French\n"
                             "  people   Frenchman, Frenchmen\n"
                             "  capital  Paris\n"
                             "country USA  United States\n"
                             "  name     \"U.S.\", US\n"
                             "  people   American, Americans\n"
                             "org paris-club  Paris Club\n"
                             "  code     IGOPRC\n";

static const char words[] = "words locative\n  list  in, near\n"
                            "words in\n  list  in\n"
                            "words disease\n  list  fever\n"
                            "words joint\n  list  and\n";

static void add_part(struct where_case *c, struct compile *compile, const char *relative,
                     const char *part)
{
    char text[2000];
    bool table = strstr(relative, ".tsv") != NULL;
    (void)snprintf(text, sizeof text, "%s%s", table ? "" : "provenance  made for this test\n",
                   part);
    assert_int_equal(
        compile_add_text(compile, relative, str_c(relative), str_c(text), &c->base.err), DT_OK);
}

static int where_setup(void **state)
{
    static struct where_case c;
    struct compile *compile = NULL;
    c = (struct where_case){0};
    fixture_begin(&c.base);
    assert_int_equal(compile_new(&compile, &c.base.err), DT_OK);
    add_part(&c, compile, "places/p.tsv", places);
    add_part(&c, compile, "actors/a.txt", actors);
    add_part(&c, compile, "words/where.txt", words);
    if (fixture_bytes(&c.base, compile) != DT_OK) fail_msg("%s", c.base.err.text);
    compile_free(compile);
    *state = &c;
    return 0;
}

static int where_teardown(void **state)
{
    struct where_case *c = *state;
    arena_free(&c->arena);
    fixture_end(&c->base);
    return 0;
}

/* Cuts the text and makes a language layer without a model: each word hangs on the one before it.
 */
static void cut_text(struct where_case *c, const char *text)
{
    arena_reset(&c->arena);
    assert_true(text_analyse(NULL, &c->arena, str_c(text), &c->text));
    c->lang = (struct lang_layer){.words = ARENA_NEW(&c->arena, c->text.n_tokens, struct word)};
    assert_non_null(c->lang.words);
    for (uint32_t t = 0; t < c->text.n_tokens; t++)
        c->lang.words[t].head = t == 0 ? NONE : t - 1;
}

static void tag_words(struct where_case *c, uint32_t begin, uint32_t end, enum name_type type)
{
    static struct lang_entity entity;
    entity = (struct lang_entity){begin, end, (uint8_t)type};
    c->lang.entities = &entity;
    c->lang.n_entities = 1;
    for (uint32_t t = begin; t < end; t++)
        c->lang.words[t].name = (uint8_t)type;
    c->lang.words[begin].name_begin = 1;
}

static void find_places(struct where_case *c)
{
    assert_true(lexicon_scan(&c->base.know, &c->arena, &c->text, &c->matches));
    assert_true(tree_build(&c->base.know, &c->arena, &c->text, &c->lang, &c->tree));
    assert_true(where_find(&c->arena, &c->tree, &c->lang, &c->matches, &c->where));
}

/* The geonameid of the i-th place. */
static uint32_t place_number(const struct where_case *c, uint32_t i)
{
    assert_true(i < c->where.n_places);
    return c->base.know.places[c->where.places[i].id].geonameid;
}

static void test_population(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "They met in Paris on Monday.");
    find_places(c);
    assert_int_equal(c->where.n_places, 1);
    assert_int_equal(place_number(c, 0), 3);
    assert_int_equal(c->where.places[0].begin, 12);
    assert_int_equal(c->where.places[0].end, 17);
    assert_int_equal(c->where.places[0].head, c->where.places[0].token_begin);
}

static void test_town_and_state(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "A fire broke out in Paris, Texas. Paris has one engine.");
    find_places(c);
    assert_int_equal(c->where.n_places, 3);
    assert_int_equal(place_number(c, 0), 4);
    assert_int_equal(place_number(c, 1), 5);
    assert_int_equal(place_number(c, 2), 4);
}

static void test_short_state(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "He lives in Paris, TX. The TX line is old.");
    find_places(c);
    assert_int_equal(c->where.n_places, 2);
    assert_int_equal(place_number(c, 1), 5);
}

static void test_common_division(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "Roads in Lamar County are closed. A bridge near Blossom fell.");
    find_places(c);
    assert_int_equal(c->where.n_places, 2);
    assert_int_equal(place_number(c, 0), 6);
    assert_int_equal(place_number(c, 1), 8);
}

static void test_longer_name(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "The Paris Club met in France.");
    find_places(c);
    assert_int_equal(c->where.n_places, 1);
    assert_int_equal(place_number(c, 0), 1);
}

static void test_person(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "Then Blossom Smith spoke.");
    tag_words(c, 1, 3, NAME_PER);
    find_places(c);
    assert_int_equal(c->where.n_places, 0);
}

static void test_weak_name(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "Reading helps.");
    find_places(c);
    assert_int_equal(c->where.n_places, 0);
    cut_text(c, "He was born in Reading in 1961.");
    tag_words(c, 4, 5, NAME_LOC);
    find_places(c);
    assert_int_equal(c->where.n_places, 1);
    assert_int_equal(place_number(c, 0), 9);
}

static void test_people(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "French troops left.");
    find_places(c);
    assert_int_equal(c->where.n_places, 1);
    assert_int_equal(c->where.places[0].adjective, 1);
    assert_int_equal(place_number(c, 0), 1);
}

static void test_other_name_of_country(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "The U.S. agreed. It paid US$5 million.");
    find_places(c);
    assert_int_equal(c->where.n_places, 1);
    assert_int_equal(place_number(c, 0), 2);
}

static void test_odd_text(void **state)
{
    static const char *const odd[] = {"",         " ",
                                      "Paris",    "Paris,",
                                      ", Texas",  "Paris, Paris, Paris, TX",
                                      "\xFF\xFE", "PARIS (PARIS) -- TEXAS"};
    struct where_case *c = *state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        cut_text(c, odd[i]);
        find_places(c);
        for (uint32_t k = 1; k < c->where.n_places; k++)
            assert_true(c->where.places[k - 1].end <= c->where.places[k].begin);
    }
}

/* Which words say that a name is no place is for the base to tell: "flu" is no such word here. */
static void test_words_of_base(void **state)
{
    struct where_case *c = *state;
    cut_text(c, "A Texas fever spread.");
    find_places(c);
    assert_int_equal(c->where.n_places, 0);
    cut_text(c, "A Texas flu spread.");
    find_places(c);
    assert_int_equal(c->where.n_places, 1);
}

/* Lists have no end: each of forty names is a neighbour of the next. */
static void test_list_of_forty(void **state)
{
    enum { NAMES = 40 };
    char text[NAMES * 10 + 20] = "They met in";
    struct where_case *c = *state;
    for (int i = 0; i < NAMES; i++)
        strcat(text, i == 0 ? " Paris" : i + 1 < NAMES ? ", Blossom" : " and Texas.");
    cut_text(c, text);
    find_places(c);
    assert_int_equal(c->where.n_places, NAMES);
}

/* Many mentions of many names: time must stay in proportion. */
static void test_long_list(void **state)
{
    enum { REPEATS = 20000 };
    static char text[REPEATS * 40];
    struct where_case *c = *state;
    size_t n = 0;
    for (int i = 0; i < REPEATS; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "Paris, Texas, Blossom and France. ");
    cut_text(c, text);
    find_places(c);
    assert_true(c->where.n_places >= 4 * REPEATS - 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_population),
                                       cmocka_unit_test(test_town_and_state),
                                       cmocka_unit_test(test_short_state),
                                       cmocka_unit_test(test_common_division),
                                       cmocka_unit_test(test_longer_name),
                                       cmocka_unit_test(test_person),
                                       cmocka_unit_test(test_weak_name),
                                       cmocka_unit_test(test_people),
                                       cmocka_unit_test(test_other_name_of_country),
                                       cmocka_unit_test(test_odd_text),
                                       cmocka_unit_test(test_words_of_base),
                                       cmocka_unit_test(test_list_of_forty),
                                       cmocka_unit_test(test_long_list)};
    return cmocka_run_group_tests(tests, where_setup, where_teardown);
}
