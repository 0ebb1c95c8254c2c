/* said_spec_test.c - the examples of test/spec/said.txt with the real language model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "said/said.h"

#include "spec_fixture.h"

/* The pieces as text, " ... " between them; "-" for none. */
static void put_pieces(const struct spec_example *e, const struct span *pieces, uint8_t n,
                       char *out, size_t room)
{
    size_t used = (size_t)snprintf(out, room, "%s", n == 0 ? "-" : "");
    for (uint8_t k = 0; k < n && used < room; k++)
        used +=
            (size_t)snprintf(out + used, room - used, "%s%.*s", k > 0 ? " ... " : "",
                             (int)(pieces[k].end - pieces[k].begin), e->story + pieces[k].begin);
}

/* "source | cue | content", with "| direct" after it where it is. */
static void describe(const struct spec_example *e, const struct saying *q, char *out, size_t room)
{
    char source[300], cue[100], content[1000];
    put_pieces(e, q->source, q->n_source, source, sizeof source);
    put_pieces(e, q->cue, q->n_cue, cue, sizeof cue);
    put_pieces(e, q->content, q->n_content, content, sizeof content);
    (void)snprintf(out, room, "%s | %s | %s%s", source, cue, content, q->direct ? " | direct" : "");
}

static int judge_said(const struct dt_doc *doc, const struct spec_example *e, struct str line,
                      unsigned at)
{
    const struct said_layer *said = &doc->said;
    char found[1500];
    if (str_eq(line, STR("(none)"))) {
        if (said->n_sayings == 0) return 0;
        describe(e, &said->sayings[0], found, sizeof found);
        print_error("said.txt:%u: %s: found %s\n", at, e->title, found);
        return 1;
    }
    for (uint32_t i = 0; i < said->n_sayings; i++) {
        describe(e, &said->sayings[i], found, sizeof found);
        if (str_eq(line, str_c(found))) return 0;
    }
    print_error("said.txt:%u: %s: not found. Found were:\n", at, e->title);
    for (uint32_t i = 0; i < said->n_sayings; i++) {
        describe(e, &said->sayings[i], found, sizeof found);
        print_error("    %s\n", found);
    }
    return 1;
}

static void test_examples(void **state)
{
    (void)state;
    spec_run(DT_SOURCE_DIR "/test/spec/said.txt", judge_said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
