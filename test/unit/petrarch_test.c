/* petrarch_test.c - dictionaries of PETRARCH and TABARI: kinds of files, lines, periods, notes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "know/petrarch.h"

#define assert_str(s, z) assert_true(str_eq((s), str_c(z)))

struct parsed {
    struct compile *c;
    struct petrarch_file file;
};

static struct parsed parse(const char *relative, const char *text)
{
    struct parsed p = {0};
    assert_int_equal(compile_new(&p.c, NULL), DT_OK);
    const struct compile_file file = {relative, str_c(relative), str_c(text), 1};
    assert_int_equal(petrarch_parse(p.c, &file, &p.file, NULL), DT_OK);
    return p;
}

static void assert_note(const struct parsed *p, uint32_t i, const char *note)
{
    uint32_t n = 0;
    const struct str *notes = compile_notes(p->c, &n);
    assert_true(i < n);
    assert_string_equal(notes[i].at, note);
}

static uint32_t note_count(const struct parsed *p)
{
    uint32_t n = 0;
    (void)compile_notes(p->c, &n);
    return n;
}

static int32_t day(int year, int month, int day_of_month)
{
    return day_of((struct date){year, month, day_of_month});
}

static void tells_kinds_by_content(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text;
        enum petrarch_kind kind;
    } cases[] = {
        {"petrarch/x", "FOO_ [ARN]\n", PETRARCH_ACTORS},
        {"petrarch/agents", "FOO_\n\t[ARN <010101]\nBAR_ [~ARN]\nBAZ [BAZ]\n", PETRARCH_ACTORS},
        {"petrarch/actors", "FOO [~MAG]\n", PETRARCH_AGENTS},
        {"petrarch/actors", "--- PRAISE [051] ---\nPRAISE\n- * [050]\n", PETRARCH_VERBS},
        {"petrarch/x", "&WIZARDS\n+MAGE\n--- WAND [---] ---\n- + [010]\n", PETRARCH_VERBS},
        {"petrarch/x.discards.txt", "SNOOKER\n+POLO\n", PETRARCH_DISCARDS},
        {"petrarch/x", "aboard\nabout\n", PETRARCH_OTHER},
        {"petrarch/actors.gz", "\x1f\x8b\x08", PETRARCH_PACKED},
        {"petrarch/x.actors.txt", "# nothing yet\n", PETRARCH_ACTORS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct parsed p = parse(cases[i].name, cases[i].text);
        assert_int_equal(p.file.kind, cases[i].kind);
        compile_free(p.c);
    }
}

static void reads_actors(void **state)
{
    (void)state;
    struct parsed p =
        parse("petrarch/a", "# ours\r\nFOO_BAR_ ; the first\r\n+BAR_FOO\r\n"
                            "\t[ARNGOV 970101-20011231] [---]  # note\r\n"
                            "BAZ  [BAZ < 310101]\r\nU.N.\r\nUN_\r\n\t[IGO >300101]\r\n");
    assert_int_equal(p.file.n_entries, 3);
    const struct petrarch_entry *e = &p.file.entries[0];
    assert_int_equal(e->n_names, 2);
    assert_str(e->names[0].text, "FOO BAR");
    assert_false(e->names[0].stem);
    assert_true(e->names[1].stem);
    assert_int_equal(e->n_codes, 2);
    assert_str(e->codes[0].code, "ARNGOV");
    assert_int_equal(e->codes[0].from, day(1997, 1, 1));
    assert_int_equal(e->codes[0].to, day(2001, 12, 31));
    assert_int_equal(e->codes[1].code.len, 0);
    assert_false(e->codes[1].dated);
    assert_int_equal(p.file.entries[1].codes[0].from, DAY_MIN);
    assert_int_equal(p.file.entries[1].codes[0].to, day(1931, 1, 1));
    e = &p.file.entries[2]; /* names one below the other share what follows */
    assert_int_equal(e->n_names, 2);
    assert_str(e->names[1].text, "UN");
    assert_int_equal(e->codes[0].from, day(2030, 1, 1));
    assert_int_equal(e->codes[0].to, DAY_MAX);
    assert_int_equal(note_count(&p), 0);
    compile_free(p.c);
}

static void reads_periods_as_they_are_meant(void **state)
{
    (void)state;
    struct parsed p = parse("petrarch/a", "FOO_ [ARN 190101-500101] [ARN 20010231-20010301]\n"
                                          "\t[ARN 990101-990101] [ARN]\n");
    const struct petrarch_code *codes = p.file.entries[0].codes;
    assert_int_equal(p.file.entries[0].n_codes, 4);
    assert_int_equal(codes[0].from, day(1919, 1, 1)); /* not 2019: it ends in 1950 */
    assert_int_equal(codes[1].from, day(2001, 2, 28));
    assert_int_equal(codes[2].to, codes[2].from + 1);
    assert_true(codes[0].dated);
    assert_false(codes[3].dated);
    compile_free(p.c);
}

static void reads_agents(void **state)
{
    (void)state;
    struct parsed p =
        parse("petrarch/a", "!MAN! = MAN, MEN\nFERRY!MAN! [~BUS]\nORACLE {ORACLES_OF_OLD} [ ~SEE]\n"
                            "STAFF {} [NGO ~]\nX!Y!_Z [~A]\n");
    assert_int_equal(p.file.kind, PETRARCH_AGENTS);
    const struct petrarch_entry *e = p.file.entries;
    assert_str(e[0].names[0].text, "FERRYMAN");
    assert_str(e[0].names[1].text, "FERRYMEN");
    assert_true(e[0].names[0].no_plural);
    assert_str(e[1].names[0].plural, "ORACLES OF OLD");
    assert_str(e[1].codes[0].code, "~SEE");
    assert_true(e[2].names[0].no_plural);
    assert_str(e[2].codes[0].code, "NGO~");
    assert_int_equal(note_count(&p), 1);
    assert_note(&p, 0, "petrarch/a:5: found !Y!, which stands for nothing here");
    compile_free(p.c);
}

static void leaves_out_what_cannot_be_read(void **state)
{
    (void)state;
    struct parsed p =
        parse("petrarch/a", "\t[ARN]\nFOO_ [ARN\nBAR_ [arn]\nBAZ_ [ARN 2001-2002] [ARNMIL]\n"
                            "A+_B_ [ARN]\n<NOUN>\nBEES\n</NOUN>\nGOOD_ [ARN] rest\n~~END\nBAD [\n");
    assert_note(&p, 0, "petrarch/a:1: found a code above which no name stands");
    assert_note(&p, 1, "petrarch/a:2: found '[' without ']'");
    assert_note(&p, 2,
                "petrarch/a:3: found [arn] where a code in capitals was expected: [USAGOV], "
                "[USAGOV >010120]");
    assert_note(&p, 3,
                "petrarch/a:4: found '2001-2002' where a period was expected: <YYMMDD, >YYMMDD or "
                "YYMMDD-YYMMDD, years of two or four digits");
    assert_note(&p, 4, "petrarch/a:5: found '+' in the name 'A+_B_'");
    assert_note(&p, 5, "petrarch/a:6: left out: <NOUN> lists words that are no actors");
    assert_note(&p, 6, "petrarch/a:9: found 'rest' behind a code");
    const struct petrarch_entry *last = &p.file.entries[p.file.n_entries - 1];
    assert_str(last->names[0].text, "GOOD");
    assert_int_equal(last->n_codes, 1);
    assert_int_equal(p.file.entries[2].n_codes, 1); /* BAZ keeps the code that could be read */
    compile_free(p.c);
}

static void takes_other_bytes_for_latin1(void **state)
{
    (void)state;
    struct parsed p = parse("petrarch/a", "CAF\xC9_ [ARN]\nÉTOILE_ [ARN]\n");
    assert_str(p.file.entries[0].names[0].text, "CAFÉ");
    assert_str(p.file.entries[1].names[0].text, "ÉTOILE");
    compile_free(p.c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_kinds_by_content),
        cmocka_unit_test(reads_actors),
        cmocka_unit_test(reads_periods_as_they_are_meant),
        cmocka_unit_test(reads_agents),
        cmocka_unit_test(leaves_out_what_cannot_be_read),
        cmocka_unit_test(takes_other_bytes_for_latin1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
