/* file_test.c - mapping files and walking folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

static char folder[64];

static const char *inside(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(inside(name), "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/file_test.%ld", (long)getpid());
    if (mkdir(folder, 0700) != 0 || mkdir(inside("b"), 0700) != 0) return -1;
    put_file("c.txt", "third");
    put_file("a.txt", "first");
    put_file("b/z.txt", "second");
    put_file("empty", "");
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"c.txt", "a.txt", "b/z.txt", "empty", "b", "."};
    (void)state;
    for (size_t i = 0; i + 1 < sizeof names / sizeof names[0]; i++)
        remove(inside(names[i]));
    return remove(folder);
}

static void test_map(void **state)
{
    (void)state;
    struct file_map map;
    assert_int_equal(file_map_open(inside("a.txt"), &map, NULL), DT_OK);
    assert_true(str_eq(str_of((const char *)map.at, map.len), STR("first")));
    file_map_close(&map);
    assert_int_equal(file_map_open(inside("empty"), &map, NULL), DT_OK);
    assert_int_equal(map.len, 0);
    file_map_close(&map);
}

static void test_map_fails(void **state)
{
    (void)state;
    struct file_map map;
    dt_error err;
    assert_int_equal(file_map_open(inside("absent"), &map, &err), DT_E_OPEN);
    assert_non_null(strstr(err.text, "absent"));
    assert_null(map.at);
    assert_int_not_equal(file_map_open(folder, &map, &err), DT_OK);
}

struct visits {
    char names[256];
    int left;
};

static dt_status visit(void *context, const char *path, dt_error *err)
{
    struct visits *v = context;
    strcat(v->names, strrchr(path, '/'));
    return --v->left == 0 ? err_set(err, DT_E_READ, 0, "%s: was the last one", path) : DT_OK;
}

static void test_walk(void **state)
{
    (void)state;
    struct visits v = {{0}, 100};
    assert_int_equal(file_walk(folder, ".txt", visit, &v, NULL), DT_OK);
    assert_string_equal(v.names, "/a.txt/z.txt/c.txt");
    v = (struct visits){{0}, 2};
    assert_int_equal(file_walk(folder, ".txt", visit, &v, NULL), DT_E_READ);
    assert_string_equal(v.names, "/a.txt/z.txt");
    dt_error err;
    assert_int_not_equal(file_walk(inside("absent"), ".txt", visit, &v, &err), DT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_map), cmocka_unit_test(test_map_fails),
                                       cmocka_unit_test(test_walk)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
