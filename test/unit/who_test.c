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
                                 "  person  president, spokeswoman, official, leader\n"
                                 "  body    foreign ministry, government, team\n"
                                 "  needs-country  team\n"
                                 "role MIL\n"
                                 "  group   troops\n"
                                 "role REB\n"
                                 "  group   rebels\n";

static const char *const our_words[] = {"words/lang.txt", "words/what.txt", "words/who.txt",
                                        "words/sectors.txt"};

enum { MANY = 70, MANY_NOUNS = 30 }; /* countries and role nouns that are made for long lists */

/* One word of a tree: the tokens come from the text. */
struct leaf {
    uint8_t upos, dep;
    uint32_t head; /* from 0; NONE for the root */
};

struct scene {
    struct fixture fixture;
    struct arena arena;
    struct text_layer text;
    struct lang_layer lang;
    struct tree tree;
    struct where_layer where;
    struct who_layer who;
};

/* Qaaland with the code QAA and so on; aaenvoy and so on. */
static void write_many(const struct fixture *f)
{
    static char countries[MANY * 32], roles[sizeof roles_text + MANY_NOUNS * 16];
    size_t n = 0, r = (size_t)snprintf(roles, sizeof roles, "%srole SPY\n  person ", roles_text);
    for (int i = 0; i < MANY; i++)
        n += (size_t)snprintf(countries + n, sizeof countries - n, "country Q%c%c  Q%c%cland\n",
                              'A' + i / 10, 'A' + i % 10, 'a' + i / 10, 'a' + i % 10);
    for (int i = 0; i < MANY_NOUNS; i++)
        r += (size_t)snprintf(roles + r, sizeof roles - r, "%s%c%cenvoy", i == 0 ? "" : ", ",
                              'a' + i / 10, 'a' + i % 10);
    (void)snprintf(roles + r, sizeof roles - r, "\n");
    fixture_file(f, "actors/b.txt", countries);
    fixture_file(f, "roles.txt", roles);
}

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    fixture_begin(&s->fixture);
    fixture_file(&s->fixture, "actors/a.txt", actors_text);
    write_many(&s->fixture);
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
        s->lang.words[t].head = NONE;
        s->lang.words[t].lemma = s->text.tokens[t].form;
    }
}

static void find_actors(struct scene *s, int32_t day)
{
    struct match_layer matches;
    assert_true(lexicon_scan(&s->fixture.know, &s->arena, &s->text, &matches));
    assert_true(tree_build(&s->fixture.know, &s->arena, &s->text, &s->lang, &s->tree));
    assert_true(where_find(&s->arena, &s->tree, &s->lang, &matches, &s->where));
    assert_true(who_find(&s->tree, &s->arena, &s->lang, &matches, &s->where, day, &s->who));
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
    static const struct leaf tree[] = {{UPOS_ADJ, DEP_AMOD, 2},      {UPOS_ADJ, DEP_AMOD, 2},
                                       {UPOS_NOUN, DEP_COMPOUND, 3}, {UPOS_NOUN, DEP_NSUBJ, 4},
                                       {UPOS_VERB, DEP_ROOT, NONE},  {UPOS_PUNCT, DEP_PUNCT, 4}};
    READ(s, "Russian foreign ministry spokeswoman resigned.", tree, day_at(2015));
    assert_code(s, "Russian foreign ministry spokeswoman", "RUSGOV");
    const struct actor *a = actor_with(s, "Russian foreign ministry spokeswoman", 0);
    assert_int_equal(a->head, 3);
    assert_ptr_equal(&s->who.actors[s->who.actor_at[3]], a);
    assert_true(actor_with(s, "Russian", 0)->flags & ACTOR_MODIFIER);
}

static void test_coordinated_modifiers(void **state)
{
    struct scene *s = *state;
    static const struct leaf tree[] = {{UPOS_ADJ, DEP_AMOD, 3},     {UPOS_CCONJ, DEP_CC, 2},
                                       {UPOS_ADJ, DEP_CONJ, 0},     {UPOS_NOUN, DEP_NSUBJ, 4},
                                       {UPOS_VERB, DEP_ROOT, NONE}, {UPOS_PUNCT, DEP_PUNCT, 4}};
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
                                       {UPOS_VERB, DEP_ROOT, NONE},
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
        {UPOS_PROPN, DEP_NSUBJ, 1}, {UPOS_VERB, DEP_ROOT, NONE}, {UPOS_PUNCT, DEP_PUNCT, 1}};
    static const struct leaf is_place[] = {{UPOS_PRON, DEP_NSUBJ, 1},
                                           {UPOS_VERB, DEP_ROOT, NONE},
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
                                       {UPOS_VERB, DEP_ROOT, NONE},
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
                                       {UPOS_VERB, DEP_ROOT, NONE},
                                       {UPOS_PRON, DEP_NMOD_POSS, 3},
                                       {UPOS_NOUN, DEP_OBJ, 1},
                                       {UPOS_PUNCT, DEP_PUNCT, 1}};
    READ(s, "Russia recalled its troops.", tree, DAY_MIN);
    assert_code(s, "its", "RUS");
    assert_code(s, "troops", "RUSMIL");
    assert_int_equal(actor_with(s, "its", 0)->chain, actor_with(s, "Russia", 0)->chain);
}

/* "Qaaland, Qabland and Qacland" */
static size_t list_countries(char *out, size_t cap, int n)
{
    size_t len = 0;
    for (int i = 0; i < n; i++)
        len += (size_t)snprintf(out + len, cap - len, "%sQ%c%cland",
                                i == 0       ? ""
                                : i == n - 1 ? " and "
                                             : ", ",
                                'a' + i / 10, 'a' + i % 10);
    return len;
}

/* Tags a sentence whose first noun is the subject of `verb`; names are coordinated with the first
 * one, "their" belongs to the word behind it. */
static void tag_list(struct scene *s, const char *verb)
{
    struct word *words = s->lang.words;
    uint32_t root = 0, first = NONE;
    while (!str_eq(s->text.tokens[root].form, str_c(verb)))
        root++;
    for (uint32_t t = 0; t < s->text.n_tokens; t++) {
        struct str form = s->text.tokens[t].form;
        bool name = str_ends(form, STR("land")), their = str_eq(form, STR("their"));
        words[t] = (struct word){.head = root, .upos = UPOS_PUNCT, .dep = DEP_PUNCT, .lemma = form};
        if (name) {
            words[t].upos = UPOS_PROPN;
            words[t].dep = first == NONE ? (t == 0 ? DEP_NSUBJ : DEP_NMOD) : DEP_CONJ;
            words[t].head = first == NONE ? (t == 0 ? root : 0) : first;
            if (first == NONE) first = t;
        } else if (their || str_eq(form, STR("They"))) {
            words[t].upos = UPOS_PRON;
            words[t].dep = their ? DEP_NMOD_POSS : DEP_NSUBJ;
            words[t].head = t + 1;
        } else if (str_ends(form, STR("envoy")) || str_eq(form, STR("Leaders"))) {
            words[t].upos = UPOS_NOUN;
            words[t].dep = t == 0 ? DEP_NSUBJ : DEP_OBJ;
            words[t].plural = t == 0;
        } else if (str_eq(form, STR("of"))) {
            words[t] =
                (struct word){.head = t + 1, .upos = UPOS_ADP, .dep = DEP_CASE, .lemma = form};
        }
    }
    words[root] =
        (struct word){.head = NONE, .upos = UPOS_VERB, .dep = DEP_ROOT, .lemma = str_c(verb)};
}

static uint32_t count_with(const struct scene *s, const char *text)
{
    uint32_t n = 0;
    while (actor_with(s, text, (int)n) != NULL)
        n++;
    return n;
}

static void test_lists_of_any_length(void **state)
{
    struct scene *s = *state;
    char list[MANY * 16], text[sizeof list + 64], phrase[sizeof list + 16];
    for (int n = 2; n <= MANY; n += n < 6 ? 1 : 16) {
        list_countries(list, sizeof list, n);
        (void)snprintf(phrase, sizeof phrase, "Leaders of %s", list);
        (void)snprintf(text, sizeof text, "%s met.", phrase);
        begin_text(s, text);
        tag_list(s, "met");
        find_actors(s, DAY_MIN);
        assert_int_equal(count_with(s, phrase), n);
        assert_string_equal(actor_with(s, phrase, 0)->code, "QAAGOV");
        assert_string_equal(actor_with(s, phrase, 1)->code, "QABGOV");
    }
}

/* A group that is too large for a pronoun is not cut: it has no mention. */
static void test_groups_of_pronouns(void **state)
{
    static const struct {
        int countries;
        uint32_t mentions;
    } cases[] = {{2, 2}, {20, 20}, {64, 64}, {65, 0}};
    struct scene *s = *state;
    char text[MANY * 16 + 64];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t len = list_countries(text, sizeof text, cases[i].countries);
        (void)snprintf(text + len, sizeof text - len, " met their aaenvoy.");
        begin_text(s, text);
        tag_list(s, "met");
        find_actors(s, DAY_MIN);
        assert_int_equal(count_with(s, "their"), cases[i].mentions);
    }
}

/* 64 countries with 30 envoys each make more chains than there are names and nouns. */
static void test_many_chains(void **state)
{
    struct scene *s = *state;
    char text[MANY * 16 + MANY_NOUNS * 24];
    size_t len = list_countries(text, sizeof text, 64);
    len += (size_t)snprintf(text + len, sizeof text - len, " met");
    for (int i = 0; i < MANY_NOUNS; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "%s their %c%cenvoy",
                                i == 0 ? "" : ",", 'a' + i / 10, 'a' + i % 10);
    (void)snprintf(text + len, sizeof text - len, ".");
    begin_text(s, text);
    tag_list(s, "met");
    find_actors(s, DAY_MIN);
    assert_int_equal(count_with(s, "aaenvoy"), 64);
    assert_int_equal(count_with(s, "cjenvoy"), 64);
    assert_string_equal(actor_with(s, "cjenvoy", 63)->code, "QGDSPY");
    assert_true(s->who.n_chains >= 64 * MANY_NOUNS);
    assert_int_not_equal(actor_with(s, "aaenvoy", 0)->chain, actor_with(s, "abenvoy", 0)->chain);
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
            if (w->head == s->text.n_tokens) w->head = NONE;
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
            assert_int_not_equal(s->who.actor_at[a->head], NONE);
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
                                       cmocka_unit_test(test_lists_of_any_length),
                                       cmocka_unit_test(test_groups_of_pronouns),
                                       cmocka_unit_test(test_many_chains),
                                       cmocka_unit_test(test_any_tree)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
