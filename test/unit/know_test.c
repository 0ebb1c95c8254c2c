/* know_test.c - the compiled base: lookups, and that no damage passes the checks unseen. */
#include "know/codes.h"
#include "know/ontology.h"
#include "knowledge_fixture.h"

static void make_base(struct fixture *f)
{
    fixture_begin(f);
    fixture_file(f, "actors/a.txt",
                 "country RUS  Russia\n  people Russian, Russians\n  capital Moscow\n"
                 "person ann-lee  Ann Lee\n  role RUS GOV 2000..2010 president\n"
                 "  role RUS GOV 2005..2007 chair\n");
    fixture_file(f, "roles.txt", "role GOV\n  person envoy\n");
    fixture_file(f, "places/p.tsv",
                 "# provenance made for this test\n"
                 "geonameid\tname\tcountry\tadm1\tlat\tlon\tpopulation\tkind\tnames\n"
                 "5\tMoscow\tRUS\t48\t55.75\t37.62\t10381222\tP\tMoskva\n"
                 "0\tMoscow City\tRUS\t48\t55.7\t37.6\t0\tA\t\n");
    fixture_file(f, "codes/fips.tsv",
                 "# provenance made for this test\ncode\tvalue\nRUS\tRS\nPSE.GZ\tGZ\n");
    fixture_file(f, "codes/parts.tsv",
                 "# provenance made for this test\ncode\tvalue\nGOV\trole\nNAT\tgroup\n");
    fixture_file(f, "ontology/cameo.tsv",
                 "# provenance made for this test\n"
                 "code\tname\troot\tquad\tgoldstein\tplover\tmode\tcontexts\n"
                 "046\tEngage in negotiation\t04\t1\t7\tCONSULT\t\tdiplomatic\n"
                 "012\tMake pessimistic comment\t01\t1\t-0.4\t\t\t\n");
    fixture_file(f, "ontology/plover.tsv",
                 "# provenance made for this test\ntype\tmode\tscore\tquad\n"
                 "CONSULT\t\t2.5\t1\nCONSULT\tvisit\t4\t1\n");
    fixture_file(f, "ontology/contexts.tsv",
                 "# provenance made for this test\ncontext\tmeaning\nmilitary\tarmed forces\n");
    fixture_file(f, "boilerplate.txt", "boilerplate brief\n  list  watch:\n");
    fixture_file(f, "words/sectors.txt", "sector GOV  government\n  class state\n");
    if (fixture_compile(f) != DT_OK) fail_msg("%s", f->err.text);
}

static void finds_entities(void **state)
{
    (void)state;
    struct fixture f;
    make_base(&f);
    assert_int_equal(know_country(&f.know, STR("RUS")),
                     know_entity_by_key(&f.know, STR("country/RUS")));
    assert_int_equal(know_country(&f.know, STR("FRA")), NONE);
    assert_int_equal(know_country(&f.know, STR("RU")), NONE);
    assert_int_equal(know_entity_by_key(&f.know, STR("")), NONE);
    fixture_end(&f);
}

static const char *title_on(const struct fixture *f, int32_t year)
{
    const struct know_role *r =
        know_role_on(&f->know, fixture_entity(f, "person/ann-lee"),
                     year == 0 ? DAY_MIN : day_of((struct date){year, 6, 1}));
    return r != NULL ? know_z(&f->know, r->title) : "none";
}

static void finds_the_office_of_a_day(void **state)
{
    (void)state;
    struct fixture f;
    make_base(&f);
    assert_string_equal(title_on(&f, 1999), "none");
    assert_string_equal(title_on(&f, 2001), "president");
    assert_string_equal(title_on(&f, 2005), "chair");
    assert_string_equal(title_on(&f, 2008), "president");
    assert_string_equal(title_on(&f, 2010), "president"); /* "..2010": to the end of that year */
    assert_string_equal(title_on(&f, 2011), "none");
    assert_string_equal(title_on(&f, 0), "chair");
    fixture_end(&f);
}

static void finds_codes_of_other_systems(void **state)
{
    (void)state;
    struct fixture f;
    make_base(&f);
    assert_string_equal(know_code(&f.know, CODES_FIPS, STR("RUS")), "RS");
    assert_string_equal(know_code(&f.know, CODES_FIPS, STR("PSE.GZ")), "GZ");
    assert_string_equal(know_code(&f.know, CODES_PARTS, STR("NAT")), "group");
    assert_null(know_code(&f.know, CODES_FIPS, STR("NAT")));
    assert_null(know_code(&f.know, CODES_COW, STR("RUS")));
    assert_string_equal(know_z(&f.know, know_division(&f.know, "RUS", "48")->name), "Moscow City");
    assert_null(know_division(&f.know, "RUS", "49"));
    assert_null(know_division(&f.know, "", ""));
    fixture_end(&f);
}

static void finds_codes(void **state)
{
    (void)state;
    struct fixture f;
    double score = 0;
    make_base(&f);
    const struct ontology_code *code = ontology_find(&f.know, STR("046"));
    assert_non_null(code);
    assert_string_equal(know_z(&f.know, code->plover), "CONSULT");
    assert_true(code->goldstein == 7.0f && code->quad == 1);
    assert_true(ontology_find(&f.know, STR("012"))->goldstein == -0.4f);
    assert_null(ontology_find(&f.know, STR("04")));
    assert_true(ontology_score(&f.know, STR("CONSULT"), STR("visit"), &score) && score == 4);
    assert_true(ontology_score(&f.know, STR("CONSULT"), STR("other"), &score) && score == 2.5);
    assert_false(ontology_score(&f.know, STR("NONE"), STR(""), &score));
    fixture_end(&f);
}

/* With a wrong bit anywhere the hash does not fit; with every length a prefix is refused. */
static void refuses_damaged_files(void **state)
{
    (void)state;
    struct fixture f;
    struct know k;
    dt_error err;
    make_base(&f);
    unsigned char *copy = aligned_alloc(64, f.len);
    assert_non_null(copy);
    for (size_t i = 0; i < f.len; i += 7) {
        memcpy(copy, f.bytes, f.len);
        copy[i] ^= 0x10;
        assert_int_not_equal(know_attach(copy, f.len, "copy", &k, &err), DT_OK);
    }
    memcpy(copy, f.bytes, f.len);
    for (size_t len = 0; len < f.len; len += 13)
        assert_int_not_equal(know_attach(copy, len, "copy", &k, &err), DT_OK);
    free(copy);
    fixture_end(&f);
}

/* A file that was put together wrongly, its hash correct: every index is checked. Each section in
 * turn has its bytes set, once to 0xFF and once in part. */
static void refuses_wrong_indices(void **state)
{
    (void)state;
    static const char *const tags[] = {"pool",   "entity", "role",     "noun",     "place",
                                       "sense",  "name",   "ont.code", "ont.type", "ont.ctx",
                                       "boiler", "sector", "division", "code",     "classes"};
    struct fixture f;
    dt_error err;
    make_base(&f);
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++) {
        struct bundle_writer w;
        struct know k;
        void *wrong = NULL, *bytes = NULL;
        size_t len = 0;
        bundle_begin(&w, "KNOW", KNOW_VERSION);
        for (uint32_t s = 0; s < f.know.bundle.n_sections; s++) {
            char tag[9] = {0};
            struct bundle_section section;
            struct str name = bundle_tag(&f.know.bundle, s);
            memcpy(tag, name.at, name.len);
            assert_int_equal(bundle_find(&f.know.bundle, tag, 0, &section, &err), DT_OK);
            const void *at = section.at;
            if (strcmp(tag, tags[i]) == 0) {
                wrong = malloc(section.len);
                assert_non_null(wrong);
                memset(wrong, 0xFF, section.len);
                at = wrong;
            }
            bundle_add(&w, tag, at, section.count,
                       section.count != 0 ? section.len / section.count : 1);
        }
        assert_non_null(wrong);
        assert_int_equal(bundle_finish(&w, &bytes, &len, &err), DT_OK);
        assert_int_equal(know_attach(bytes, len, "wrong", &k, &err),
                         strcmp(tags[i], "classes") == 0 ? DT_E_MODEL_VERSION : DT_E_MODEL_CORRUPT);
        free(bytes);
        free(wrong);
    }
    fixture_end(&f);
}

static void says_what_is_wrong_with_a_path(void **state)
{
    (void)state;
    struct know k;
    dt_error err;
    assert_int_equal(know_open("/nowhere/x.dtk", &k, &err), DT_E_OPEN);
    assert_non_null(strstr(err.text, "/nowhere/x.dtk"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_entities),
        cmocka_unit_test(finds_the_office_of_a_day),
        cmocka_unit_test(finds_codes),
        cmocka_unit_test(finds_codes_of_other_systems),
        cmocka_unit_test(refuses_damaged_files),
        cmocka_unit_test(refuses_wrong_indices),
        cmocka_unit_test(says_what_is_wrong_with_a_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
