/* lexicon_test.c - which names are found in a text, written how, in which case. */
#include "know/fold.h"
#include "knowledge_fixture.h"
#include "text_rules.h"

static const char names[] =
    "country USA  United States\n  name US, United States of America, America\n"
    "  people American, Americans\n  capital Washington\n  seat GOV  White House\n"
    "country CIV  C\xc3\xb4te d'Ivoire\n  people Ivorian, Ivorians\n"
    "country TUR  T\xc3\xbcrkiye\n  name Turkey\n  weak Turkey\n"
    "country PRK  North Korea\n  people North Korean, North Koreans\n"
    "org who  World Health Organization\n  code IGOWHO\n  name WHO\n"
    "org state  US State Department\n  code USAGOV\n"
    "org afl  AFL-CIO\n  code USALAB\n"
    "person ann  Ann Jong-lee\n  role USA GOV .. president\n"
    "person may  Tess May\n  role USA GOV .. president\n  weak May\n"
    "person kim  Kim Dok Su\n  family Kim\n  role PRK GOV .. leader\n"
    "person kim2  Kim Ha Neul\n  family Kim\n  role PRK GOV .. minister\n";

static const char *const sense_names[] = {"name", "family", "people", "capital",
                                          "seat", "role",   "place"};

/* Appends "surface=kind:key," for every sense of every match. */
static void list_matches(const struct fixture *f, const char *text, bool caps_line, char out[2048])
{
    struct arena arena = {0};
    struct text_layer layer;
    struct match_layer found;
    size_t n = 0;
    assert_true(text_analyse(rules_with_words(), &arena, str_c(text), &layer));
    for (uint32_t i = 0; caps_line && i < layer.n_tokens; i++)
        layer.tokens[i].flags |= TOKEN_CAPS_LINE;
    assert_true(lexicon_scan(&f->know, &arena, &layer, &found));
    out[0] = '\0';
    for (uint32_t i = 0; i < found.n_matches; i++) {
        const struct name_match *m = &found.matches[i];
        for (uint32_t s = m->sense_begin; s < m->sense_end; s++) {
            const struct know_sense *sense = &f->know.senses[s];
            const char *key = sense->kind == SENSE_ROLE
                                  ? know_z(&f->know, f->know.role_nouns[sense->of].sector)
                                  : know_z(&f->know, f->know.entities[sense->of].key);
            n += (size_t)snprintf(out + n, 2048 - n, "%.*s=%s:%s%s%s,", (int)(m->end - m->begin),
                                  text + m->begin, sense_names[sense->kind], key,
                                  sense->weak ? "?" : "", sense->plural ? "+" : "");
        }
    }
    arena_free(&arena);
}

static struct fixture base;

static int compile_names(void **state)
{
    (void)state;
    fixture_begin(&base);
    fixture_copy(&base, "words/who.txt");
    fixture_file(&base, "actors/a.txt", names);
    fixture_file(&base, "roles.txt", "role GOV\n  person minister, prime minister\n");
    fixture_file(&base, "words/w.txt", "words short-word\n  list  us, who\n");
    if (fixture_compile(&base) != DT_OK) fail_msg("%s", base.err.text);
    return 0;
}

static int drop_names(void **state)
{
    (void)state;
    fixture_end(&base);
    return 0;
}

static void expect_names(const char *text, const char *expected)
{
    char found[2048];
    list_matches(&base, text, false, found);
    assert_string_equal(found, expected);
}

static void finds_longer_names_first(void **state)
{
    (void)state;
    expect_names("The United States of America spoke.",
                 "United States of America=name:country/USA,United States=name:country/USA,"
                 "America=name:country/USA,");
    expect_names("Two prime ministers met.", "prime ministers=role:GOV,ministers=role:GOV,");
}

static void writes_acronyms_both_ways(void **state)
{
    (void)state;
    expect_names("They say the US moved.", "US=name:country/USA,");
    expect_names("They say the U.S. moved.", "U.S.=name:country/USA,");
    expect_names("It told us, who knew.", "");
    expect_names("The U.S. State Department spoke.",
                 "U.S. State Department=name:org/state,U.S.=name:country/USA,");
    expect_names("It told Us so.", "");
}

static void heeds_the_case_of_names(void **state)
{
    (void)state;
    expect_names("We ate turkey and may go to washington.", "");
    expect_names("Turkey may vote.", "Turkey=name:country/TUR?,");
    expect_names("WASHINGTON talks.", "WASHINGTON=capital:country/USA,");
    expect_names("Prime Minister Tess May",
                 "Prime Minister=role:GOV,Minister=role:GOV,Tess May=name:person/may,"
                 "May=family:person/may?,");
}

static void reads_lines_in_capitals(void **state)
{
    (void)state;
    char found[2048];
    list_matches(&base, "WHO TOLD US ABOUT TURKEY AND U.S. TALKS", true, found);
    assert_string_equal(found, "TURKEY=name:country/TUR?,U.S.=name:country/USA,");
}

static void folds_diacritics_and_apostrophes(void **state)
{
    (void)state;
    expect_names("In Cote d'Ivoire.", "Cote d'Ivoire=name:country/CIV,");
    expect_names("In C\xc3\xb4te d\xe2\x80\x99Ivoire.",
                 "C\xc3\xb4te d\xe2\x80\x99Ivoire=name:country/CIV,");
    expect_names("In Turkiye.", "Turkiye=name:country/TUR,");
    assert_int_equal(fold_hash(STR("\xc5\x81\xc3\xb3"
                                   "d\xc5\xba")),
                     fold_hash(STR("lodz")));
    assert_int_equal(fold_hash(STR("STRASSE")), fold_hash(STR("Stra\xc3\x9f"
                                                              "e")));
    assert_int_not_equal(fold_hash(STR("ab")), fold_hash(STR("ba")));
    assert_int_not_equal(fold_hash(STR("abcdefgh1")), fold_hash(STR("abcdefgh2")));
}

static void knows_families_and_peoples(void **state)
{
    (void)state;
    expect_names("North Koreans met Kim.",
                 "North Koreans=people:country/PRK+,Kim=family:person/kim,"
                 "Kim=family:person/kim2,");
    expect_names("Ann Jong Lee met Americans.",
                 "Ann Jong Lee=name:person/ann,Jong Lee=family:person/ann,"
                 "Americans=people:country/USA+,");
    expect_names("The White House and AFL-CIO.",
                 "White House=seat:country/USA,AFL-CIO=name:org/afl,");
}

static void ends_at_token_borders(void **state)
{
    (void)state;
    expect_names("America's Turkeys, Americanism.", "America=name:country/USA,");
    expect_names("He left the United. States fell.", "");
    expect_names("", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_longer_names_first),
        cmocka_unit_test(writes_acronyms_both_ways),
        cmocka_unit_test(heeds_the_case_of_names),
        cmocka_unit_test(reads_lines_in_capitals),
        cmocka_unit_test(folds_diacritics_and_apostrophes),
        cmocka_unit_test(knows_families_and_peoples),
        cmocka_unit_test(ends_at_token_borders),
    };
    return cmocka_run_group_tests(tests, compile_names, drop_names);
}
