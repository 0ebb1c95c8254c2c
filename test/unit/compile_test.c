/* compile_test.c - from folders of text to the base: what entries become, and which one wins. */
#include "know/sectors.h"
#include "knowledge_fixture.h"

#define assert_pool(f, offset, z) assert_string_equal(know_z(&(f)->know, offset), z)

static const char actors[] =
    "org nato  North Atlantic Treaty Organization\n  code IGONAT\n  country NATO\n  name NATO\n"
    "group front  Plain Front\n  country ABW\n  sector REB\n"
    "person ann-lee  Ann Lee\n  gender f\n"
    "  role RUS GOV 2012-05-07..2018 president\n  role RUS LEG 2008..2012-05-07 member\n"
    "person bo  Bo Dahl\n  role org/nato GOV 2001-02..2003-02 secretary general\n"
    "person cy  Cy Reed\n  role group/front REB 2005.. leader\n"
    "person di  Di Moss\n  country USA\n  sector BUS\n"
    "country RUS  Russia\n  until 2030\n";

static void compiles_actors(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_file(&f, "actors/a.txt", actors);
    fixture_file(&f, "words/sectors.txt", "sector ELI  elite\n  class former\n");
    assert_int_equal(fixture_compile(&f), DT_OK);
    assert_int_equal(f.know.n_entities, 7);
    assert_pool(&f, fixture_entity(&f, "country/RUS")->code, "RUS");
    assert_int_equal(fixture_entity(&f, "country/RUS")->until, 21915);
    assert_pool(&f, fixture_entity(&f, "org/nato")->country, "NATO");
    assert_pool(&f, fixture_entity(&f, "group/front")->code, "ABWREB");
    const struct know_entity *ann = fixture_entity(&f, "person/ann-lee");
    assert_pool(&f, ann->code, "RUSELI");
    assert_int_equal(ann->gender, 'f');
    assert_int_equal(ann->role_end - ann->role_begin, 2);
    assert_pool(&f, f.know.roles[ann->role_begin].code, "RUSLEG");
    const struct know_entity *bo = fixture_entity(&f, "person/bo");
    assert_pool(&f, bo->code, "IGOELI");
    assert_pool(&f, f.know.roles[bo->role_begin].code, "IGONAT");
    assert_pool(&f, f.know.roles[bo->role_begin].title, "secretary general");
    const struct know_entity *cy = fixture_entity(&f, "person/cy");
    assert_pool(&f, f.know.roles[cy->role_begin].code, "ABWREB");
    assert_int_equal(f.know.roles[cy->role_begin].to, DAY_MAX);
    assert_pool(&f, fixture_entity(&f, "person/di")->code, "USABUS");
    fixture_end(&f);
}

static bool has_name(const struct fixture *f, const char *key, const char *name)
{
    uint32_t id = (uint32_t)(fixture_entity(f, key) - f->know.entities);
    for (uint32_t i = 0; i < f->know.n_senses; i++)
        if (f->know.senses[i].of == id && f->know.senses[i].kind == SENSE_NAME &&
            strcmp(know_z(&f->know, f->know.senses[i].name), name) == 0)
            return true;
    return false;
}

/* In any file, before the entry or behind it, and several of one actor. */
static void aliases_add_names(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_file(&f, "actors/0.txt",
                 "alias person/di  Di Moss-Reed, D. Moss\nalias org/nato  The Pact\n");
    fixture_file(&f, "actors/a.txt", actors);
    fixture_file(&f, "actors/b.txt", "alias person/di  Diana Moss\n");
    assert_int_equal(fixture_compile(&f), DT_OK);
    assert_int_equal(f.know.n_entities, 7);
    assert_true(has_name(&f, "person/di", "Di Moss-Reed"));
    assert_true(has_name(&f, "person/di", "D. Moss"));
    assert_true(has_name(&f, "person/di", "Diana Moss"));
    assert_true(has_name(&f, "org/nato", "The Pact"));
    assert_false(has_name(&f, "person/bo", "Diana Moss"));
    fixture_end(&f);
}

static const struct know_role_noun *noun(const struct fixture *f, const char *text)
{
    for (uint32_t i = 0; i < f->know.n_role_nouns; i++)
        if (strcmp(know_z(&f->know, f->know.role_nouns[i].noun), text) == 0)
            return &f->know.role_nouns[i];
    return NULL;
}

static void makes_plurals(void **state)
{
    (void)state;
    static const char *const plurals[] = {"prime ministers",  "secretaries of state",
                                          "spokesmen",        "ministries",
                                          "editors-in-chief", "coaches",
                                          "thieves",          "schoolchildren",
                                          "embassies",        "housewives",
                                          "shamans"};
    struct fixture f;
    fixture_begin(&f);
    fixture_file(&f, "words/w.txt",
                 "words noun-link\n  list  of, in\n"
                 "inflection noun\n  man men\n  shaman shamans\n  child children\n  wife wives\n"
                 "  thief thieves\n");
    fixture_file(
        &f, "roles.txt",
        "role GOV\n  person prime minister, secretary of state, spokesman, coach, thief\n"
        "  person housewife, schoolchild, editor-in-chief, shaman\n  body ministry, embassy, team\n"
        "  group police\n  needs-country team\nrole IMG\n  code IMG\n  group jihadists\n");
    assert_int_equal(fixture_compile(&f), DT_OK);
    for (size_t i = 0; i < sizeof plurals / sizeof plurals[0]; i++) {
        assert_non_null(noun(&f, plurals[i]));
        assert_true((noun(&f, plurals[i])->flags & ROLE_PLURAL) != 0);
    }
    assert_int_equal(noun(&f, "team")->flags, ROLE_BODY | ROLE_NEEDS_COUNTRY);
    assert_int_equal(noun(&f, "teams")->flags, ROLE_BODY | ROLE_NEEDS_COUNTRY | ROLE_PLURAL);
    assert_null(noun(&f, "polices"));
    assert_pool(&f, noun(&f, "jihadists")->code, "IMG");
    fixture_end(&f);
}

/* Without a list only the rules of endings are left. */
static void makes_plurals_by_rule(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_file(&f, "roles.txt", "role GOV\n  person spokesman, secretary of state\n");
    assert_int_equal(fixture_compile(&f), DT_OK);
    assert_non_null(noun(&f, "spokesmans"));
    assert_non_null(noun(&f, "secretary of states"));
    fixture_end(&f);
}

static bool has_boilerplate(const struct fixture *f, const char *text)
{
    return boiler_match(&f->know.boiler, str_c(text));
}

static void compiles_boilerplate(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_file(&f, "boilerplate.txt",
                 "boilerplate beginning\n  list  Tap here, \"sign up \"\n  add  Read on\n"
                 "boilerplate brief\n  list  watch:\n"
                 "boilerplate anywhere\n  list  \"may not be copied, sold\"\n        your browser\n"
                 "  drop  your browser\n");
    assert_int_equal(fixture_compile(&f), DT_OK);
    assert_true(has_boilerplate(&f, "TAP HERE to see more"));
    assert_true(has_boilerplate(&f, "Sign up today"));
    assert_false(has_boilerplate(&f, "Signup is closed"));
    assert_true(has_boilerplate(&f, "Read on"));
    assert_true(has_boilerplate(&f, "This may not be copied, sold or kept."));
    assert_false(has_boilerplate(&f, "Your browser is old"));
    fixture_end(&f);
}

static void expect_mistake(const char *relative, const char *text, const char *message)
{
    struct fixture f;
    char expected[256];
    fixture_begin(&f);
    fixture_file(&f, relative, text);
    assert_int_equal(fixture_compile(&f), DT_E_KNOWLEDGE);
    (void)snprintf(expected, sizeof expected, "%s/%s", f.dir, message);
    assert_int_equal(strncmp(f.err.text, expected, strlen(expected)), 0);
    fixture_end(&f);
}

static void names_the_line_of_a_mistake(void **state)
{
    (void)state;
    expect_mistake("actors/a.txt", "land RUS Russia\n",
                   "actors/a.txt:2: found 'land' where country");
    expect_mistake("actors/a.txt", "country RUS\n", "actors/a.txt:2: found 'country RUS' where");
    expect_mistake("actors/a.txt", "country RUS  Russia\n  gender m\n",
                   "actors/a.txt:3: 'gender' is no field of a country");
    expect_mistake("actors/a.txt", "country RUS  Russia\n  since 1991-13-01\n",
                   "actors/a.txt:3: found '1991-13-01' after since; expected a date");
    expect_mistake("actors/a.txt", "country RUS  Russia\ncountry RUS  Russia\n",
                   "actors/a.txt:3: country/RUS stands in ");
    expect_mistake("actors/a.txt", "person x  Xu Yi\n  role org/none GOV .. head\n",
                   "actors/a.txt:3: found 'org/none' where a country code");
    expect_mistake("actors/a.txt", "person x  Xu Yi\n  role RUS GOV 2012 head\n",
                   "actors/a.txt:3: found 'RUS GOV 2012 head' after role; expected a period");
    expect_mistake("actors/a.txt", "person x  Xu Yi\n", "actors/a.txt:2: person/x has neither");
    expect_mistake("actors/a.txt", "alias person/x  Xu\n",
                   "actors/a.txt:2: found 'person/x' where the key of an actor");
    expect_mistake("actors/a.txt", "country RUS  Russia\nalias country/RUS  Rus\n  until 2030\n",
                   "actors/a.txt:4: 'until' is no field of an alias");
    expect_mistake("roles.txt", "role GOV\n  person envoy\nrole MIL\n  person envoy\n",
                   "roles.txt:5: 'envoy' is MIL here and GOV in ");
    expect_mistake("roles.txt", "role GOV\n  needs-country envoy\n",
                   "roles.txt:3: found 'envoy' after needs-country");
    expect_mistake("boilerplate.txt", "boilerplate end\n",
                   "boilerplate.txt:2: found 'boilerplate end' where boilerplate beginning");
    expect_mistake("boilerplate.txt", "boilerplate brief\n  lists a\n",
                   "boilerplate.txt:3: found 'lists' where list, add or drop");
    expect_mistake("words/w.txt", "words be\n  drop is, are\n",
                   "words/w.txt:3: 'is' cannot be dropped: it is no word of be");
    expect_mistake("boilerplate.txt", "boilerplate brief\n  drop watch:\n",
                   "boilerplate.txt:3: found 'watch:' after drop; boilerplate brief has no such");
    expect_mistake("words/w.txt", "inflection adverb\n",
                   "words/w.txt:2: found 'inflection adverb' where inflection noun or verb");
    expect_mistake("words/w.txt", "inflection verb\n  go went\n",
                   "words/w.txt:3: found 'went' after 'go' where past form and participle");
    expect_mistake("words/w.txt", "inflection noun\n  man\n",
                   "words/w.txt:3: found '' after 'man' where one plural");
    expect_mistake("words/sectors.txt", "words GOV  x\n",
                   "words/sectors.txt:2: found 'words GOV' where");
    expect_mistake("words/sectors.txt", "sector GOVERNMENTSECTOR  x\n",
                   "words/sectors.txt:2: found 'sector GOVERNMENTSECTOR'");
    expect_mistake("words/sectors.txt", "sector GOV  x\n  kind state\n",
                   "words/sectors.txt:3: 'kind' is no field of a sector");
    expect_mistake("words/sectors.txt", "sector GOV  x\n  class state\n    stately\n",
                   "words/sectors.txt:4: there is no class of sectors 'stately'");
    expect_mistake("words/sectors.txt", "sector GOV  x\nsector GOV  y\n",
                   "words/sectors.txt:3: sector GOV stands here twice");
    expect_mistake("words/sectors.txt",
                   "sector GOV  x\n  class former\nsector ELI  y\n  class former\n",
                   "words/sectors.txt:5: 'former' is the class of GOV already");
    expect_mistake("places/p.tsv", "geonameid\tname\n", "places/p.tsv:1: found no provenance");
    expect_mistake("places/p.tsv", "# provenance x\ngeonameid\tname\n",
                   "places/p.tsv:2: found no column 'country'");
}

static const char place_head[] =
    "# provenance  made for this test\n"
    "geonameid\tname\tcountry\tadm1\tlat\tlon\tpopulation\tkind\tnames\tweak\n";

static void compiles_places(void **state)
{
    (void)state;
    struct fixture f;
    char text[512];
    fixture_begin(&f);
    (void)snprintf(
        text, sizeof text, "%s%s", place_head,
        "7\tRussia\tRUS\t\t60.5\t-100\t146000000\tC\t\n3\tNice\tFRA\t93\t43.7\t7.27\t340000"
        "\tT\tNizza|Nissa\tNice\n");
    fixture_file(&f, "places/p.tsv", text);
    fixture_file(&f, "actors/a.txt", actors);
    assert_int_equal(fixture_compile(&f), DT_OK);
    assert_int_equal(f.know.n_places, 2);
    assert_pool(&f, f.know.places[0].name, "Nice");
    assert_true(f.know.places[1].lon == -100.0f && f.know.places[1].lat == 60.5f);
    assert_int_equal(fixture_entity(&f, "country/RUS")->place, 2);
    fixture_end(&f);
}

/* Compiles `theirs` on top of the compiled base of `ours`. */
static void compile_over(const struct fixture *ours, struct fixture *theirs)
{
    struct compile *c = NULL;
    assert_int_equal(compile_new(&c, &theirs->err), DT_OK);
    assert_int_equal(compile_add_base(c, &ours->know, &theirs->err), DT_OK);
    assert_int_equal(compile_add_folder(c, theirs->dir, &theirs->err), DT_OK);
    assert_int_equal(fixture_bytes(theirs, c), DT_OK);
    compile_free(c);
}

static void a_later_folder_changes_words(void **state)
{
    (void)state;
    struct fixture ours, theirs;
    fixture_begin(&ours);
    fixture_begin(&theirs);
    fixture_file(&ours, "roles.txt", "role GOV\n  person mongoose, man\n");
    fixture_file(&ours, "words/w.txt", "inflection noun\n  man men\n  goose geese\n");
    fixture_file(&ours, "boilerplate.txt",
                 "boilerplate beginning\n  list  tap here, see also:\n"
                 "boilerplate brief\n  list  watch:, related:\n");
    assert_int_equal(fixture_compile(&ours), DT_OK);
    assert_non_null(noun(&ours, "mongeese"));
    fixture_file(&theirs, "words/w.txt", "inflection noun\n  mongoose mongooses\n");
    fixture_file(&theirs, "boilerplate.txt",
                 "boilerplate beginning\n  drop  See also:\n  add  our partners\n"
                 "boilerplate brief\n  list  listen:\n");
    compile_over(&ours, &theirs);
    assert_non_null(noun(&theirs, "mongooses"));
    assert_null(noun(&theirs, "mongeese"));
    assert_non_null(noun(&theirs, "men"));
    assert_true(has_boilerplate(&theirs, "Tap here"));
    assert_true(has_boilerplate(&theirs, "Our partners"));
    assert_false(has_boilerplate(&theirs, "See also: the harbour"));
    assert_true(has_boilerplate(&theirs, "Listen: the harbour"));
    assert_false(has_boilerplate(&theirs, "Watch: the harbour"));
    fixture_end(&theirs);
    fixture_end(&ours);
}

/* The same into a fixture of its own, which ends both together with `ours`. */
static struct fixture over(const struct fixture *ours, const struct fixture *theirs)
{
    struct fixture both = *theirs;
    compile_over(ours, &both);
    return both;
}

/* A user's folder over a compiled base gives what compiling both folders gives. */
static void a_later_folder_wins(void **state)
{
    (void)state;
    struct fixture ours, both;
    fixture_begin(&ours);
    fixture_begin(&both);
    fixture_file(&ours, "actors/a.txt", actors);
    fixture_file(&ours, "roles.txt", "role GOV\n  person envoy, monitor\n");
    fixture_file(&both, "actors/b.txt",
                 "country RUS  Rus\n  people Russian\ngroup own  Ann Lee\n  code XXX\n"
                 "  country ABW\n");
    fixture_file(&both, "roles.txt", "role NGO\n  person monitor\n");
    assert_int_equal(fixture_compile(&ours), DT_OK);
    compile_over(&ours, &both);
    assert_int_equal(both.know.n_entities, 8);
    assert_pool(&both, fixture_entity(&both, "country/RUS")->name, "Rus");
    assert_int_equal(fixture_entity(&both, "country/RUS")->until, DAY_MAX);
    assert_pool(&both, noun(&both, "monitors")->sector, "NGO");
    assert_pool(&both, noun(&both, "envoy")->sector, "GOV");
    for (uint32_t i = 0; i < both.know.n_senses; i++)
        if (strcmp(know_z(&both.know, both.know.senses[i].name), "Ann Lee") == 0)
            assert_pool(&both, both.know.entities[both.know.senses[i].of].key, "group/own");
    fixture_end(&both);
    fixture_end(&ours);
}

/* A user's folder adds a sector, changes one as a whole, and takes a class that one alone has. */
static void a_later_folder_changes_sectors(void **state)
{
    (void)state;
    struct fixture ours, theirs;
    fixture_begin(&ours);
    fixture_begin(&theirs);
    fixture_file(&ours, "actors/a.txt", actors);
    fixture_file(&ours, "words/sectors.txt",
                 "sector GOV  government\n  class state party\n  class government\n"
                 "sector REB  rebels\n  class party local\nsector ELI  elite\n  class former\n");
    fixture_file(&theirs, "words/sectors.txt",
                 "sector REB  rebels\n  class home\nsector OLD  veterans\n  class former local\n");
    assert_int_equal(fixture_compile(&ours), DT_OK);
    assert_true(sector_has(&ours.know, "GOV", SECTOR_STATE));
    assert_true(sector_has(&ours.know, "REB", SECTOR_LOCAL));
    assert_false(sector_has(&ours.know, "REB", SECTOR_STATE));
    assert_false(sector_has(&ours.know, "RE", SECTOR_PARTY));
    assert_false(sector_has(&ours.know, "", SECTOR_PARTY));
    assert_false(sector_has(&ours.know, NULL, SECTOR_PARTY));
    assert_string_equal(sector_with(&ours.know, SECTOR_FORMER), "ELI");
    assert_null(sector_with(&ours.know, SECTOR_COUNTERPART));
    struct fixture both = over(&ours, &theirs);
    assert_true(sector_has(&both.know, "GOV", SECTOR_STATE));
    assert_true(sector_has(&both.know, "REB", SECTOR_HOME));
    assert_false(sector_has(&both.know, "REB", SECTOR_LOCAL));
    assert_true(sector_has(&both.know, "OLD", SECTOR_LOCAL));
    assert_false(sector_has(&both.know, "ELI", SECTOR_FORMER));
    assert_string_equal(sector_with(&both.know, SECTOR_FORMER), "OLD");
    assert_pool(&both, fixture_entity(&both, "person/ann-lee")->code, "RUSOLD");
    fixture_end(&both);
    fixture_end(&ours);
}

/* Every sector of our actors and role nouns is described. */
static void our_sectors_are_described(void **state)
{
    (void)state;
    struct know know;
    dt_error err;
    assert_int_equal(know_open(DT_BINARY_DIR "/detente.dtk", &know, &err), DT_OK);
    for (uint32_t i = 0; i < know.n_entities + know.n_role_nouns; i++) {
        bool noun = i >= know.n_entities;
        if (noun && know.role_nouns[i - know.n_entities].code != 0) continue; /* no sector's */
        struct str code = know_str(&know, noun ? know.role_nouns[i - know.n_entities].sector
                                               : know.entities[i].sector);
        if (code.len != 0 && sector_find(&know, code.at) == NULL)
            fail_msg("knowledge/words/sectors.txt has no sector %s", code.at);
    }
    for (int c = 0; c < SECTOR_CLASS_COUNT; c++)
        if (sector_class_sole[c]) assert_non_null(sector_with(&know, (enum sector_class)c));
    know_close(&know);
}

static void is_the_same_every_time(void **state)
{
    (void)state;
    struct fixture f;
    fixture_begin(&f);
    fixture_file(&f, "actors/a.txt", actors);
    assert_int_equal(fixture_compile(&f), DT_OK);
    void *first = f.bytes;
    size_t len = f.len;
    know_close(&f.know);
    assert_int_equal(fixture_compile(&f), DT_OK);
    assert_int_equal(f.len, len);
    assert_memory_equal(f.bytes, first, len);
    free(first);
    fixture_end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compiles_actors),
        cmocka_unit_test(aliases_add_names),
        cmocka_unit_test(makes_plurals),
        cmocka_unit_test(compiles_places),
        cmocka_unit_test(names_the_line_of_a_mistake),
        cmocka_unit_test(a_later_folder_wins),
        cmocka_unit_test(is_the_same_every_time),
        cmocka_unit_test(makes_plurals_by_rule),
        cmocka_unit_test(compiles_boilerplate),
        cmocka_unit_test(a_later_folder_changes_words),
        cmocka_unit_test(a_later_folder_changes_sectors),
        cmocka_unit_test(our_sectors_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
