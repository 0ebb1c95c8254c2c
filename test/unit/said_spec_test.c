/* said_spec_test.c - the examples of test/spec/said.txt with the real language model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "said/said.h"

#include "spec_fixture.h"

/* The pieces as text, " ... " between them; "-" for none. */
static void put_pieces(const struct spec_example *e, const struct said_layer *said,
                       struct range pieces, char *out, size_t room)
{
    size_t used = (size_t)snprintf(out, room, "%s", range_count(pieces) == 0 ? "-" : "");
    for (uint32_t k = pieces.begin; k < pieces.end && used < room; k++) {
        struct span s = said->pieces[k];
        used += (size_t)snprintf(out + used, room - used, "%s%.*s", k > pieces.begin ? " ... " : "",
                                 (int)(s.end - s.begin), e->story + s.begin);
    }
}

/* "source | cue | content", with "| direct" after it where it is. */
static void describe(const struct spec_example *e, const struct said_layer *said, uint32_t i,
                     char *out, size_t room)
{
    const struct saying *q = &said->sayings[i];
    char source[300], cue[100], content[1000];
    put_pieces(e, said, q->source, source, sizeof source);
    put_pieces(e, said, q->cue, cue, sizeof cue);
    put_pieces(e, said, q->content, content, sizeof content);
    (void)snprintf(out, room, "%s | %s | %s%s", source, cue, content, q->direct ? " | direct" : "");
}

static int judge_said(const struct dt_doc *doc, const struct spec_example *e, struct str line,
                      unsigned at)
{
    const struct said_layer *said = &doc->said;
    char found[1500];
    if (str_eq(line, STR("(none)"))) {
        if (said->n_sayings == 0) return 0;
        describe(e, said, 0, found, sizeof found);
        print_error("said.txt:%u: %s: found %s\n", at, e->title, found);
        return 1;
    }
    for (uint32_t i = 0; i < said->n_sayings; i++) {
        describe(e, said, i, found, sizeof found);
        if (str_eq(line, str_c(found))) return 0;
    }
    print_error("said.txt:%u: %s: not found. Found were:\n", at, e->title);
    for (uint32_t i = 0; i < said->n_sayings; i++) {
        describe(e, said, i, found, sizeof found);
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
