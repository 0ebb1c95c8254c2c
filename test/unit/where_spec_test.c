/* where_spec_test.c - the examples of test/spec/where.txt with the real model and knowledge. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "spec_fixture.h"

static bool is_where_mention(const struct spec_example *e, const struct place *p, struct str text,
                             bool people)
{
    return (p->adjective != 0) == people &&
           str_eq(str_of(e->story + p->begin, p->end - p->begin), text);
}

/* Prints what is wrong with one mention and returns 1, or returns 0. */
static int check_place(const struct dt_doc *doc, const struct spec_example *e,
                       const struct place *p, struct str country, struct str adm1, unsigned at)
{
    const struct know_place *x = &doc->know->places[p->id];
    struct str found = know_str(doc->know, x->country), division = know_str(doc->know, x->adm1);
    if (str_eq(country, STR("-"))) country = STR("");
    if (str_eq(found, country) && (adm1.len == 0 || str_eq(adm1, division))) return 0;
    print_error("where.txt:%u: %s: '%.*s' = %s %s\n", at, e->title, (int)(p->end - p->begin),
                e->story + p->begin, found.at, division.at);
    return 1;
}

/* "[people ]text = COUNTRY [DIVISION]" or "not text"; returns the number of failures. */
static int check_where_line(const struct dt_doc *doc, const struct spec_example *e, struct str line,
                            unsigned at)
{
    bool none = str_starts(line, STR("not ")), people = str_starts(line, STR("people "));
    line = str_cut(line, none ? 4 : people ? 7 : 0, line.len);
    size_t equals = str_find(line, '=', 0);
    struct str text = str_trim(str_cut(line, 0, equals)), country = STR(""), adm1 = STR("");
    struct str rest = equals < line.len ? str_trim(str_cut(line, equals + 1, line.len)) : STR("");
    int failures = 0, found = 0;
    (void)str_next(&rest, ' ', &country);
    (void)str_next(&rest, ' ', &adm1);
    for (uint32_t i = 0; i < doc->where.n_places; i++) {
        const struct place *p = &doc->where.places[i];
        if (!is_where_mention(e, p, text, people)) continue;
        found++;
        if (!none) failures += check_place(doc, e, p, country, adm1, at);
    }
    if (none != (found == 0)) {
        print_error("where.txt:%u: %s: '%.*s' was %s\n", at, e->title, (int)text.len, text.at,
                    none ? "taken for a place" : "not found");
        failures++;
    }
    return failures;
}

static void test_where_examples(void **state)
{
    (void)state;
    spec_run(DT_SOURCE_DIR "/test/spec/where.txt", check_where_line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_where_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
