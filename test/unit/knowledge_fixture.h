/* knowledge_fixture.h - small folders of knowledge, written and compiled by a test. */
#ifndef DETENTE_KNOWLEDGE_FIXTURE_H
#define DETENTE_KNOWLEDGE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "know/compile.h"

struct fixture {
    char dir[64];
    void *bytes;
    size_t len;
    struct know know;
    dt_error err;
};

static const char *const fixture_files[] = {
    "actors/a.txt",          "actors/b.txt",       "roles.txt",
    "places/p.tsv",          "ontology/cameo.tsv", "ontology/plover.tsv",
    "ontology/contexts.tsv", "frames/f.txt",       "words/w.txt",
    "boilerplate.txt",       "words/lang.txt",     "words/what.txt",
    "words/who.txt",         "words/sectors.txt",  "codes/fips.tsv",
    "codes/parts.tsv"};
static const char *const fixture_folders[] = {"actors", "places", "ontology",
                                              "frames", "words",  "codes"};

static inline void fixture_begin(struct fixture *f)
{
    *f = (struct fixture){0};
    (void)snprintf(f->dir, sizeof f->dir, "/tmp/detente-test-XXXXXX");
    assert_non_null(mkdtemp(f->dir));
    for (size_t i = 0; i < sizeof fixture_folders / sizeof fixture_folders[0]; i++) {
        char path[256];
        (void)snprintf(path, sizeof path, "%s/%s", f->dir, fixture_folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
}

/* Writes one of fixture_files[]; actors and roles get their provenance line here. */
static inline void fixture_file(const struct fixture *f, const char *relative, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", f->dir, relative);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    if (strstr(relative, ".txt") != NULL) (void)fputs("provenance  made for this test\n", file);
    (void)fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Copies one of fixture_files[] from our own knowledge. */
static inline void fixture_copy(const struct fixture *f, const char *relative)
{
    char path[256], bytes[4096];
    size_t n;
    (void)snprintf(path, sizeof path, DT_SOURCE_DIR "/knowledge/%s", relative);
    FILE *from = fopen(path, "rb");
    assert_non_null(from);
    (void)snprintf(path, sizeof path, "%s/%s", f->dir, relative);
    FILE *to = fopen(path, "wb");
    assert_non_null(to);
    while ((n = fread(bytes, 1, sizeof bytes, from)) != 0)
        assert_int_equal(fwrite(bytes, 1, n, to), n);
    assert_int_equal(fclose(from), 0);
    assert_int_equal(fclose(to), 0);
}

static inline dt_status fixture_bytes(struct fixture *f, struct compile *c)
{
    dt_status st = compile_know(c, &f->err);
    if (st == DT_OK) st = compile_bytes(c, &f->bytes, &f->len, &f->err);
    if (st == DT_OK) st = know_attach(f->bytes, f->len, "fixture", &f->know, &f->err);
    return st;
}

static inline dt_status fixture_compile(struct fixture *f)
{
    struct compile *c = NULL;
    assert_int_equal(compile_new(&c, &f->err), DT_OK);
    dt_status st = compile_add_folder(c, f->dir, &f->err);
    if (st == DT_OK) st = fixture_bytes(f, c);
    compile_free(c);
    return st;
}

static inline void fixture_end(struct fixture *f)
{
    char path[256];
    for (size_t i = 0; i < sizeof fixture_files / sizeof fixture_files[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", f->dir, fixture_files[i]);
        (void)remove(path);
    }
    for (size_t i = 0; i < sizeof fixture_folders / sizeof fixture_folders[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", f->dir, fixture_folders[i]);
        (void)remove(path);
    }
    (void)remove(f->dir);
    know_close(&f->know);
    free(f->bytes);
}

static inline const struct know_entity *fixture_entity(const struct fixture *f, const char *key)
{
    uint32_t i = know_entity_by_key(&f->know, str_c(key));
    assert_true(i < f->know.n_entities);
    return &f->know.entities[i];
}

#endif
