/* frames_test.c - frames, operators and classes: from their text to the tables, and every mistake
 * in the text named with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "what/frames.h"
#include "what/frames_compile.h"

struct built {
    void *bytes;
    struct know know;
    struct frames frames;
    dt_error err;
};

/* Compiles pairs of relative path and text; the list ends with NULL. */
static dt_status build_tables(struct built *b, const char *const *files)
{
    struct compile *c = NULL;
    size_t len = 0;
    *b = (struct built){.bytes = NULL};
    dt_status st = compile_new(&c, &b->err);
    for (size_t i = 0; st == DT_OK && files[i] != NULL; i += 2)
        st = compile_add_text(c, files[i], str_c(files[i]), str_c(files[i + 1]), &b->err);
    if (st == DT_OK) st = compile_know(c, &b->err);
    if (st == DT_OK) st = frames_compile(c, &b->err);
    if (st == DT_OK) st = compile_bytes(c, &b->bytes, &len, &b->err);
    if (st == DT_OK) st = know_attach(b->bytes, len, "built", &b->know, &b->err);
    if (st == DT_OK) st = frames_open(&b->know, &b->frames, &b->err);
    compile_free(c);
    return st;
}

static void free_tables(struct built *b)
{
    know_close(&b->know);
    free(b->bytes);
}

#define PROVENANCE "provenance  made for this test\n\n"
static const char classes_text[] = PROVENANCE "class song\n  words song, love song, hymn\n";
static const char frames_text[] =
    PROVENANCE "frame art/sing  The source sings for the target.\n"
               "  cameo 017\n"
               "  context legal,economic\n"
               "  reciprocal yes\n"
               "  verb sing, strike up; obj {song}; source subj; target for|to\n"
               "  noun {song}; source poss|by; target for\n"
               "frame art/hum  The source hums.\n"
               "  cameo 017\n"
               "  needs source\n"
               "  priority 12\n"
               "  verb hum; passive; not obj = tune\n";
static const char operators_text[] = PROVENANCE "operator refuse  The source does not.\n"
                                                "  verb refuse; event xcomp|obj\n"
                                                "  map 01 02 -> 12\n"
                                                "  map 017 -> 128\n"
                                                "  status negated\n";

static const struct frame_record *record_named(const struct built *b, const char *id)
{
    for (uint32_t i = 0; i < b->frames.n_records; i++)
        if (strcmp(know_z(&b->know, b->frames.records[i].id), id) == 0)
            return &b->frames.records[i];
    fail_msg("there is no %s", id);
    return NULL;
}

static void text_becomes_tables(void **state)
{
    (void)state;
    struct built b;
    const char *files[] = {
        "frames/f.txt", frames_text, "operators.txt", operators_text, "classes.txt",
        classes_text,   NULL};
    if (build_tables(&b, files) != DT_OK) fail_msg("%s", b.err.text);
    assert_int_equal(b.frames.n_records, 3);
    const struct frame_record *sing = record_named(&b, "art/sing"),
                              *hum = record_named(&b, "art/hum");
    const struct frame_record *refuse = record_named(&b, "operator/refuse");
    assert_string_equal(know_z(&b.know, sing->definition), "The source sings for the target.");
    assert_string_equal(know_z(&b.know, sing->cameo), "017");
    assert_string_equal(know_z(&b.know, sing->contexts), "legal,economic");
    assert_true((sing->flags & FRAME_RECIPROCAL) && (sing->flags & FRAME_NEEDS_SOURCE) &&
                (sing->flags & FRAME_NEEDS_TARGET) && !(sing->flags & FRAME_OPERATOR));
    assert_true((hum->flags & FRAME_NEEDS_SOURCE) && !(hum->flags & FRAME_NEEDS_TARGET));
    assert_true(hum->priority == 12 && sing->priority == 10);
    assert_true((refuse->flags & FRAME_OPERATOR) && refuse->status == STATUS_NEGATED);
    assert_int_equal(refuse->map_end - refuse->map_begin, 3);
    assert_string_equal(b.frames.maps[refuse->map_begin].from, "017"); /* the longest first */
    assert_string_equal(b.frames.maps[refuse->map_begin].to, "128");
    free_tables(&b);
}

static void words_are_found(void **state)
{
    (void)state;
    struct built b;
    const char *files[] = {"frames/f.txt", frames_text, "classes.txt", classes_text, NULL};
    if (build_tables(&b, files) != DT_OK) fail_msg("%s", b.err.text);
    uint32_t strike = frames_symbol(&b.frames, STR("Strike")),
             song = frames_symbol(&b.frames, STR("song"));
    assert_true(strike != 0 && song != 0 && strike != song);
    assert_int_equal(frames_symbol(&b.frames, STR("STRIKE")), strike);
    assert_int_equal(frames_symbol(&b.frames, STR("nothing")), 0);
    assert_int_equal(frames_symbol(&b.frames, STR("")), 0);
    const struct frame_symbol *s = &b.frames.symbols[strike];
    assert_int_equal(s->trigger_end - s->trigger_begin, 1);
    const struct frame_trigger *t = &b.frames.triggers[s->trigger_begin];
    assert_int_equal(t->words[0], strike);
    assert_int_equal(t->words[1], frames_symbol(&b.frames, STR("up")));
    assert_int_equal(t->words[2], 0);
    assert_int_equal(t->slot_end - t->slot_begin, 3);
    /* "song" heads two members of the class: alone, and with "love" before it */
    s = &b.frames.symbols[song];
    assert_int_equal(s->member_end - s->member_begin, 2);
    bool with_love = false;
    for (uint32_t i = s->member_begin; i < s->member_end; i++)
        with_love |= b.frames.members[i].modifier == frames_symbol(&b.frames, STR("love"));
    assert_true(with_love);
    s = &b.frames.symbols[frames_symbol(&b.frames, STR("hum"))];
    assert_int_equal(b.frames.triggers[s->trigger_begin].passive, 1);
    free_tables(&b);
}

static void mistakes_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text, *place;
    } wrong[] = {
        {"frames/f.txt", "frame\n  cameo 017\n  verb sing\n", "frames/f.txt:3: "},
        {"frames/f.txt", "frame a/b  B.\n  verb sing\n", "frames/f.txt:3: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n", "frames/f.txt:3: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  verb\n", "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  verb one two three four\n",
         "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  verb sing; obj {tune}\n",
         "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  verb {tune}\n", "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  verb sing; source\n", "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  verb sing; source subj||obj\n",
         "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  needs nobody\n  verb sing\n",
         "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  reciprocal no\n  verb sing\n",
         "frames/f.txt:5: "},
        {"frames/f.txt", "frame a/b  B.\n  cameo 017\n  colour red\n  verb sing\n",
         "frames/f.txt:5: "},
        {"frames/f.txt",
         "frame a/b  B.\n  cameo 017\n  verb sing\nframe a/b  B.\n  cameo 017\n  verb hum\n",
         "frames/f.txt:6: "},
        {"operators.txt", "operator refuse  R.\n  verb refuse; event obj\n  map 01 12\n",
         "operators.txt:5: "},
        {"operators.txt", "operator refuse  R.\n  verb refuse; event obj\n  map 01 -> \n",
         "operators.txt:5: "},
        {"operators.txt", "operator refuse  R.\n  verb refuse; event obj\n  status gone\n",
         "operators.txt:5: "},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct built b;
        char text[512];
        (void)snprintf(text, sizeof text, PROVENANCE "%s", wrong[i].text);
        const char *files[] = {wrong[i].file, text, NULL};
        dt_status st = build_tables(&b, files);
        if (st != DT_E_KNOWLEDGE) fail_msg("%s gave status %d", wrong[i].text, (int)st);
        if (strstr(b.err.text, wrong[i].place) == NULL)
            fail_msg("%s gave: %s, where %s was expected", wrong[i].text, b.err.text,
                     wrong[i].place);
        free_tables(&b);
    }
}

static void nothing_is_something(void **state)
{
    (void)state;
    struct built b;
    const char *files[] = {NULL};
    if (build_tables(&b, files) != DT_OK) fail_msg("%s", b.err.text);
    assert_int_equal(b.frames.n_records, 0);
    assert_int_equal(frames_symbol(&b.frames, STR("sing")), 0);
    free_tables(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_becomes_tables),
        cmocka_unit_test(words_are_found),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(nothing_is_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
