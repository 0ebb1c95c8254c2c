/* form_json_test.c - lines and documents of JSON, cut into stories whatever the steps in which they
 * come. */
#include <stdio.h>

#include "form_run.h"

#define TEXT "\"text\":\"x\""

static void lines_and_documents(void **state)
{
    (void)state;
    expect(&form_json, STR("{" TEXT "}\n\n{\"id\":1," TEXT "}"),
           "json=[{" TEXT "}] \njson=[{\"id\":1," TEXT "}] \n");
    expect(&form_json, STR("[{" TEXT "},\n {\"a\":[{}]," TEXT "}]\n"),
           "json=[{" TEXT "}] \njson=[{\"a\":[{}]," TEXT "}] \n");
    expect(&form_json, STR("{\n" TEXT "\n}{\n\"a\":\"}\"}"),
           "json=[{\n" TEXT "\n}] \njson=[{\n\"a\":\"}\"}] \n");
}

static void lists_in_objects(void **state)
{
    (void)state;
    expect(&form_json,
           STR("{\"n\":2,\"articles\":[{" TEXT "}, {\"id\":\"]\"}],\"next\":\"}\\\"\"}\n"),
           "json=[{" TEXT
           "}] \njson=[{\"id\":\"]\"}] \n# f: the stories are those of the list \"articles\"\n");
    expect(
        &form_json,
        STR("{\"hits\":{\"total\":{\"hits\":1},\"hits\":[{\"_source\":{" TEXT "}}]},\"x\":[{}]}"),
        "json=[{\"_source\":{" TEXT "}}] \n# f: the stories are those of the list \"hits\"\n");
    /* one that is found leads to the others: an answer of a web service a line */
    expect(&form_json,
           STR("{\"data\":{\"meta\":{}},\"docs\":[{\"id\":1}]}\n{\"docs\":[]}\n{\"docs\":[{\"id\":"
               "2}]}\n{\"id\":3}"),
           "json=[{\"id\":1}] \njson=[{\"id\":2}] \njson=[{\"id\":3}] \n# f: the stories are those "
           "of the list \"docs\"\n");
    expect(&form_json, STR("[{\"items\":[{\"id\":1}]},{\"items\":[{\"id\":2}]}]"),
           "json=[{\"id\":1}] \njson=[{\"id\":2}] \n# f: the stories are those of the list "
           "\"items\"\n");
}

static void stories_with_lists(void **state)
{
    static const char *const stories[] = {
        "{\"items\":[{\"a\":1}]," TEXT "}",
        "{\"_source\":{" TEXT "},\"hits\":[{}]}",
        "{\"data\":[1,2]}",
        "{\"data\":{\"data\":{\"data\":{\"data\":[{}]}}}}",
        "{\"other\":[{" TEXT "}]}",
        ("{\"results\":[{}],\"content\":\"A text of more than sixty bytes, so that it is one: "
         "words, words, words.\"}"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof stories / sizeof stories[0]; i++) {
        char wanted[200];
        (void)snprintf(wanted, sizeof wanted, "json=[%s] \n", stories[i]);
        expect(&form_json, str_c(stories[i]), wanted);
    }
}

static void faults_end_a_document(void **state)
{
    (void)state;
    expect(&form_json, STR("{\"docs\":[\n{\"id\":1},\n7]}"),
           "json=[{\"id\":1}] \n! f:3: an object was expected; the file is read no further\n"
           "# f: the stories are those of the list \"docs\"\n");
    expect(&form_json, STR("{\"docs\":[{\"id\":1},\n{\"id\":2"),
           "json=[{\"id\":1}] \n! f:2: the object that begins here does not end; the file is read "
           "no further\n"
           "# f: the stories are those of the list \"docs\"\n");
    expect(
        &form_json, STR("{\"docs\":[{\"id\":1}"),
        "json=[{\"id\":1}] \n! f:1: the list of stories does not end; the file is read no further\n"
        "# f: the stories are those of the list \"docs\"\n");
    expect(&form_json, STR("{\"docs\":[{\"id\":1}],\"x\":\"\\"),
           "json=[{\"id\":1}] \n# f: the stories are those of the list \"docs\"\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_and_documents),
        cmocka_unit_test(lists_in_objects),
        cmocka_unit_test(stories_with_lists),
        cmocka_unit_test(faults_end_a_document),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
