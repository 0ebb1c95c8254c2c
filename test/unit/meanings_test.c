/* meanings_test.c - classes of lemmas: found by their keys, 0 for others; a damaged table is
 * refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "what/meanings.h"

enum { SLOTS = 4 };

struct small {
    uint32_t keys[SLOTS];
    uint16_t classes[SLOTS * MEANING_GRAINS];
    size_t n_keys, n_classes;
    bool has[2];
    void *bytes;
    struct bundle bundle;
    struct meanings meanings;
};

/* Keys 5 and 9 both want slot 1. Classes of slot s in grain g are 10 * s + g. */
static void make_small(struct small *m)
{
    *m = (struct small){.keys = {0, 5, 9, 0},
                        .n_keys = SLOTS,
                        .n_classes = SLOTS * MEANING_GRAINS,
                        .has = {true, true}};
    for (int i = 0; i < SLOTS * MEANING_GRAINS; i++)
        m->classes[i] = (uint16_t)(i / MEANING_GRAINS * 10 + i % MEANING_GRAINS);
}

static dt_status open_small(struct small *m, dt_error *err)
{
    static struct bundle_writer w;
    size_t len;
    bundle_begin(&w, "EVNT", 1);
    if (m->has[0]) bundle_add(&w, "mng.key", m->keys, m->n_keys, sizeof *m->keys);
    if (m->has[1]) bundle_add(&w, "mng.cls", m->classes, m->n_classes, sizeof *m->classes);
    assert_int_equal(bundle_finish(&w, &m->bytes, &len, err), DT_OK);
    assert_int_equal(bundle_attach(m->bytes, len, "small", "EVNT", 1, 1, &m->bundle, err), DT_OK);
    return meanings_open(&m->bundle, &m->meanings, err);
}

static void close_small(struct small *m)
{
    bundle_close(&m->bundle);
    free(m->bytes);
}

static void lemmas_have_their_classes(void **state)
{
    (void)state;
    struct small m;
    dt_error err;
    make_small(&m);
    assert_int_equal(open_small(&m, &err), DT_OK);
    for (int g = 0; g < MEANING_GRAINS; g++) {
        assert_int_equal(meanings_of(&m.meanings, 5)[g], 10 + g);
        assert_int_equal(meanings_of(&m.meanings, 9)[g], 20 + g);
        assert_int_equal(meanings_of(&m.meanings, 13)[g], 0); /* of the same slot, but not there */
        assert_int_equal(meanings_of(&m.meanings, 0)[g], 0);
        assert_int_equal(meanings_of(NULL, 5)[g], 0);
    }
    close_small(&m);
}

static void assert_refused(struct small *m, const char *section)
{
    dt_error err = {0};
    assert_int_equal(open_small(m, &err), DT_E_MODEL_CORRUPT);
    assert_non_null(strstr(err.text, "small"));
    assert_non_null(strstr(err.text, section));
    close_small(m);
}

static void a_damaged_table_is_refused(void **state)
{
    (void)state;
    struct small m;
    make_small(&m);
    m.has[0] = false;
    assert_refused(&m, "mng.key");
    make_small(&m);
    m.has[1] = false;
    assert_refused(&m, "mng.cls");
    make_small(&m);
    m.n_classes--;
    assert_refused(&m, "mng.cls");
    make_small(&m);
    m.n_keys = SLOTS - 1; /* no power of two */
    m.n_classes = m.n_keys * MEANING_GRAINS;
    assert_refused(&m, "mng.cls");
    make_small(&m);
    m.n_keys = m.n_classes = 0;
    assert_refused(&m, "mng.cls");
    make_small(&m);
    m.keys[0] = 4;
    m.keys[3] = 3; /* a search would not end */
    assert_refused(&m, "mng.cls");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lemmas_have_their_classes),
        cmocka_unit_test(a_damaged_table_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
