/* what_test.c - from trees to events: roles, operators, status, time and attribution, on trees and
 * frames made by hand, so that neither the model nor the knowledge base has a say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "what/frames_compile.h"
#include "what/operators.h"

#define PROVENANCE "provenance  made for this test\n\n"
static const char what_frames[] = PROVENANCE "frame test/sue  The source sues the target.\n"
                                             "  cameo 115\n"
                                             "  verb sue; source subj; target obj\n"
                                             "frame test/meet  They meet.\n"
                                             "  cameo 040\n"
                                             "  reciprocal yes\n"
                                             "  verb meet; source subj; target obj|with\n"
                                             "frame test/aid  The source gives aid.\n"
                                             "  cameo 070\n"
                                             "  verb send; obj {aid}; source subj; target to\n"
                                             "  noun {aid}; source poss|compound; target to\n";
static const char what_operators[] = PROVENANCE "operator refuse  The source does not do it.\n"
                                                "  verb refuse; event xcomp\n"
                                                "  map 04 -> 125\n"
                                                "operator threaten  It is not done yet.\n"
                                                "  verb threaten; event xcomp\n"
                                                "  status threatened\n";
static const char what_classes[] = PROVENANCE "class aid\n  words aid, help\n";
static const char what_words[] = PROVENANCE "words not\n  list not, n't\n"
                                            "words to\n  list to\n"
                                            "words by\n  list by\n"
                                            "words of\n  list of\n"
                                            "words and\n  list and\n"
                                            "words have\n  list have\n"
                                            "words report\n  list say\n";

enum { WORDS_MOST = 200 };

/* One word of a sentence; an actor where `code` stands. */
struct given {
    const char *form, *lemma;
    uint8_t upos, dep, head; /* head: its number from 1, or 0 for the root */
    uint8_t verb;
    const char *code;
};

struct bench {
    void *bytes;
    struct know know;
    struct frames frames;
    struct arena arena;
    char text[2048];
    struct token tokens[WORDS_MOST];
    struct word words[WORDS_MOST];
    struct actor actors[WORDS_MOST];
    uint32_t actor_at[WORDS_MOST];
    struct sentence sentence;
    struct text_layer text_layer;
    struct lang_layer lang;
    struct tree tree;
    struct who_layer who;
    struct when_layer when;
    struct where_layer where;
    struct said_layer said;
    struct what_layer what;
};

static int compile_bench(void **state)
{
    static struct bench b;
    static const char *const files[][2] = {{"frames/f.txt", what_frames},
                                           {"operators.txt", what_operators},
                                           {"classes.txt", what_classes},
                                           {"words/w.txt", what_words}};
    struct compile *c = NULL;
    dt_error err = {0};
    size_t len = 0;
    dt_status st = compile_new(&c, &err);
    for (size_t i = 0; st == DT_OK && i < 4; i++)
        st = compile_add_text(c, files[i][0], str_c(files[i][0]), str_c(files[i][1]), &err);
    if (st == DT_OK) st = compile_know(c, &err);
    if (st == DT_OK) st = frames_compile(c, &err);
    if (st == DT_OK) st = compile_bytes(c, &b.bytes, &len, &err);
    if (st == DT_OK) st = know_attach(b.bytes, len, "test", &b.know, &err);
    if (st == DT_OK) st = frames_open(&b.know, &b.frames, &err);
    compile_free(c);
    if (st != DT_OK) (void)fprintf(stderr, "%s\n", err.text);
    *state = &b;
    return st != DT_OK;
}

static int free_bench(void **state)
{
    struct bench *b = *state;
    arena_free(&b->arena);
    know_close(&b->know);
    free(b->bytes);
    return 0;
}

static void put_actor(struct bench *b, uint32_t token, const char *code)
{
    uint32_t n = b->who.n_actors++;
    b->actors[n] = (struct actor){.begin = b->tokens[token].begin,
                                  .end = b->tokens[token].end,
                                  .token_begin = token,
                                  .token_end = token + 1,
                                  .head = token,
                                  .code = code,
                                  .country = code,
                                  .name = code,
                                  .entity_id = NONE,
                                  .chain = n + 1,
                                  .kind = ACTOR_NAMED};
    b->actor_at[token] = n;
}

/* Lays the sentence out and codes it. The list ends with a NULL form. */
static void code_words(struct bench *b, const struct given *given)
{
    uint32_t n = 0, len = 0;
    arena_reset(&b->arena);
    b->who = (struct who_layer){.actors = b->actors, .actor_at = b->actor_at};
    memset(b->words, 0, sizeof b->words);
    memset(b->actor_at, 0xFF, sizeof b->actor_at);
    for (; given[n].form != NULL; n++) {
        const struct given *g = &given[n];
        uint32_t size = (uint32_t)strlen(g->form);
        memcpy(b->text + len, g->form, size);
        b->tokens[n] = (struct token){.begin = len,
                                      .end = len + size,
                                      .form = str_of(b->text + len, size),
                                      .flags = TOKEN_SPACE_AFTER};
        b->words[n] = (struct word){.head = g->head == 0 ? NONE : g->head - 1u,
                                    .upos = g->upos,
                                    .dep = g->dep,
                                    .verb = g->verb,
                                    .score = 1,
                                    .lemma = str_c(g->lemma)};
        if (g->code != NULL) put_actor(b, n, g->code);
        b->text[len + size] = ' ';
        len += size + 1;
    }
    b->who.n_chains = b->who.n_actors;
    b->sentence = (struct sentence){0, len, 0, n, 0};
    b->text_layer = (struct text_layer){.text = str_of(b->text, len),
                                        .tokens = b->tokens,
                                        .n_tokens = n,
                                        .sentences = &b->sentence,
                                        .n_sentences = 1};
    b->lang = (struct lang_layer){.words = b->words};
    const struct what_input in = {.frames = &b->frames,
                                  .text = &b->text_layer,
                                  .lang = &b->lang,
                                  .tree = &b->tree,
                                  .who = &b->who,
                                  .when = &b->when,
                                  .where = &b->where,
                                  .said = &b->said,
                                  .day = 20000};
    assert_true(tree_build(&b->know, &b->arena, &b->text_layer, &b->lang, &b->tree));
    assert_true(what_find(&in, &b->arena, NULL, &b->what));
}

/* "RUS>USA 115 actual", actors joined by '+'. */
static void assert_event(const struct bench *b, uint32_t i, const char *wanted)
{
    char text[128];
    int len = 0;
    assert_true(i < b->what.n_events);
    const struct event *e = &b->what.events[i];
    for (uint32_t k = e->source.begin; k < e->source.end; k++)
        len += snprintf(text + len, 40, "%s%s", k > e->source.begin ? "+" : "",
                        b->what.parties[k].code);
    len += snprintf(text + len, 4, "%s", e->reciprocal ? "=" : ">");
    for (uint32_t k = e->target.begin; k < e->target.end; k++)
        len += snprintf(text + len, 40, "%s%s", k > e->target.begin ? "+" : "",
                        b->what.parties[k].code);
    (void)snprintf(text + len, 40, " %s %s", e->cameo, event_status_name[e->status]);
    assert_string_equal(text, wanted);
}

#define END                                                                                        \
    {                                                                                              \
        NULL, NULL, 0, 0, 0, 0, NULL                                                               \
    }

static void the_active_and_the_passive(void **state)
{
    struct bench *b = *state;
    static const struct given active[] = {{"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"},
                                          {"sued", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
                                          {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 2, 0, "MLI"},
                                          END};
    static const struct given passive[] = {
        {"Mali", "Mali", UPOS_PROPN, DEP_NSUBJ_PASS, 3, 0, "MLI"},
        {"was", "be", UPOS_AUX, DEP_AUX_PASS, 3, VERB_PAST, NULL},
        {"sued", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_PARTICIPLE, NULL},
        {"by", "by", UPOS_ADP, DEP_CASE, 5, 0, NULL},
        {"Chad", "Chad", UPOS_PROPN, DEP_OBL_AGENT, 3, 0, "TCD"},
        END};
    code_words(b, active);
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 115 actual");
    assert_true(b->what.events[0].begin == 5 && b->what.events[0].end == 9);
    assert_int_equal(b->what.events[0].from, 20000);
    assert_int_equal(b->what.events[0].date_basis, BASIS_STORY);
    code_words(b, passive);
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 115 actual");
}

static void coordinated_actors(void **state)
{
    struct bench *b = *state;
    static const struct given sued[] = {{"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 4, 0, "TCD"},
                                        {"and", "and", UPOS_CCONJ, DEP_CC, 3, 0, NULL},
                                        {"Niger", "Niger", UPOS_PROPN, DEP_CONJ, 1, 0, "NER"},
                                        {"sued", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
                                        {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 4, 0, "MLI"},
                                        END};
    static const struct given met[] = {{"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 4, 0, "TCD"},
                                       {"and", "and", UPOS_CCONJ, DEP_CC, 3, 0, NULL},
                                       {"Niger", "Niger", UPOS_PROPN, DEP_CONJ, 1, 0, "NER"},
                                       {"met", "meet", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
                                       END};
    static const struct given three[] = {{"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"},
                                         {"sued", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
                                         {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 2, 0, "MLI"},
                                         {",", ",", UPOS_PUNCT, DEP_PUNCT, 5, 0, NULL},
                                         {"Niger", "Niger", UPOS_PROPN, DEP_CONJ, 3, 0, "NER"},
                                         {"and", "and", UPOS_CCONJ, DEP_CC, 7, 0, NULL},
                                         {"Togo", "Togo", UPOS_PROPN, DEP_CONJ, 5, 0, "TGO"},
                                         END};
    code_words(b, sued);
    assert_event(b, 0, "TCD+NER>MLI 115 actual");
    code_words(b, three); /* the last hangs on the last but one */
    assert_event(b, 0, "TCD>MLI+NER+TGO 115 actual");
    code_words(b, met);
    assert_event(b, 0, "TCD=NER 040 actual");
}

static void operators_work_on_events(void **state)
{
    struct bench *b = *state;
    static const struct given refused[] = {
        {"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"},
        {"refused", "refuse", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
        {"to", "to", UPOS_PART, DEP_MARK, 4, 0, NULL},
        {"meet", "meet", UPOS_VERB, DEP_XCOMP, 2, VERB_INFINITIVE, NULL},
        {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 4, 0, "MLI"},
        END};
    static const struct given threatened[] = {
        {"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"},
        {"threatened", "threaten", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
        {"to", "to", UPOS_PART, DEP_MARK, 4, 0, NULL},
        {"sue", "sue", UPOS_VERB, DEP_XCOMP, 2, VERB_INFINITIVE, NULL},
        {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 4, 0, "MLI"},
        END};
    code_words(b, refused);
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 125 actual");
    assert_int_equal(range_count(b->what.events[0].operators), 1);
    code_words(b, threatened);
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 115 threatened");
}

/* "C00, C01, ... and C19": n actors from word `at` on, the first of which hangs on `head` as `dep`;
 * codes are kept in `names`. Returns the word behind them. */
static uint32_t put_list(struct given *words, uint32_t at, uint32_t n, char letter, uint8_t dep,
                         uint8_t head, char names[][4])
{
    uint8_t first = (uint8_t)(at + 1);
    for (uint32_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        if (i != 0)
            words[at++] = (struct given){last ? "and" : ",",
                                         last ? "and" : ",",
                                         last ? UPOS_CCONJ : UPOS_PUNCT,
                                         last ? DEP_CC : DEP_PUNCT,
                                         first,
                                         0,
                                         NULL};
        (void)snprintf(names[i], 4, "%c%02u", letter, i % 100);
        words[at++] = (struct given){
            names[i], names[i], UPOS_PROPN, i == 0 ? dep : (uint8_t)DEP_CONJ, i == 0 ? head : first,
            0,        names[i]};
    }
    return at;
}

/* "S00, ... and S19 sued T00, ... and T19". */
static void code_lists(struct bench *b, uint32_t n_source, uint32_t n_target)
{
    static char sources[WORDS_MOST][4], targets[WORDS_MOST][4];
    static struct given words[WORDS_MOST + 1];
    uint8_t verb = (uint8_t)(2 * n_source);
    uint32_t n = put_list(words, 0, n_source, 'S', DEP_NSUBJ, verb, sources);
    words[n++] = (struct given){"sued", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL};
    n = put_list(words, n, n_target, 'T', DEP_OBJ, verb, targets);
    words[n] = (struct given)END;
    code_words(b, words);
    assert_int_equal(b->what.n_events, 1);
}

static void long_lists_of_actors_are_whole(void **state)
{
    struct bench *b = *state;
    code_lists(b, 9, 1);
    assert_int_equal(range_count(b->what.events[0].source), 9);
    code_lists(b, 20, 20);
    const struct event *e = &b->what.events[0];
    assert_int_equal(range_count(e->source), 20);
    assert_int_equal(range_count(e->target), 20);
    assert_string_equal(b->what.parties[e->source.begin + 19].code, "S19");
    assert_string_equal(b->what.parties[e->target.begin + 19].code, "T19");
    assert_false(e->truncated);
}

static void a_list_that_was_cut_says_so(void **state)
{
    struct bench *b = *state;
    code_lists(b, MOST_ACTORS, 2);
    assert_int_equal(range_count(b->what.events[0].source), MOST_ACTORS);
    assert_false(b->what.events[0].truncated);
    code_lists(b, MOST_ACTORS + 6, 2);
    assert_int_equal(range_count(b->what.events[0].source), MOST_ACTORS);
    assert_true(b->what.events[0].truncated);
    code_lists(b, 2, MOST_ACTORS + 6);
    assert_int_equal(range_count(b->what.events[0].target), MOST_ACTORS);
    assert_true(b->what.events[0].truncated);
}

/* "Chad threatened to threaten to ... sue Mali", n operators deep. */
static void code_threats(struct bench *b, uint32_t n)
{
    static struct given words[WORDS_MOST + 1];
    uint32_t at = 0;
    words[at++] = (struct given){"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"};
    for (uint32_t i = 0; i < n; i++, at += 2) {
        words[at] = (struct given){"threaten",
                                   "threaten",
                                   UPOS_VERB,
                                   i == 0 ? DEP_ROOT : DEP_XCOMP,
                                   (uint8_t)(i == 0 ? 0 : at - 1),
                                   VERB_INFINITIVE,
                                   NULL};
        words[at + 1] = (struct given){"to", "to", UPOS_PART, DEP_MARK, (uint8_t)(at + 3), 0, NULL};
    }
    words[at] = (struct given){"sue",           "sue", UPOS_VERB, DEP_XCOMP, (uint8_t)(at - 1),
                               VERB_INFINITIVE, NULL};
    words[at + 1] =
        (struct given){"Mali", "Mali", UPOS_PROPN, DEP_OBJ, (uint8_t)(at + 1), 0, "MLI"};
    words[at + 2] = (struct given)END;
    code_words(b, words);
    assert_int_equal(b->what.n_events, 1);
}

static void all_operators_are_recorded(void **state)
{
    struct bench *b = *state;
    code_threats(b, 9);
    struct range operators = b->what.events[0].operators;
    assert_int_equal(range_count(operators), 9);
    assert_int_equal(b->what.operators[operators.begin].token, 17); /* the innermost first */
    assert_int_equal(b->what.operators[operators.end - 1].token, 1);
    assert_false(b->what.events[0].truncated);
    code_threats(b, MOST_OPERATORS + 6);
    assert_int_equal(range_count(b->what.events[0].operators), MOST_OPERATORS);
    assert_true(b->what.events[0].truncated);
}

static void a_denied_event_did_not_happen(void **state)
{
    struct bench *b = *state;
    static const struct given words[] = {
        {"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 4, 0, "TCD"},
        {"did", "do", UPOS_AUX, DEP_AUX, 4, VERB_PAST, NULL},
        {"not", "not", UPOS_PART, DEP_ADVMOD, 4, 0, NULL},
        {"sue", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_INFINITIVE, NULL},
        {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 4, 0, "MLI"},
        END};
    code_words(b, words);
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 115 negated");
}

static void a_word_is_told_once(void **state)
{
    struct bench *b = *state;
    static const struct given words[] = {{"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"},
                                         {"sent", "send", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
                                         {"aid", "aid", UPOS_NOUN, DEP_OBJ, 2, 0, NULL},
                                         {"to", "to", UPOS_ADP, DEP_CASE, 5, 0, NULL},
                                         {"Mali", "Mali", UPOS_PROPN, DEP_OBL, 2, 0, "MLI"},
                                         END};
    code_words(b, words); /* "aid" names an event, too, but the verb took it */
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 070 actual");
    assert_true(b->what.events[0].begin == 5 && b->what.events[0].end == 13);
}

static void time_and_speaker_are_attached(void **state)
{
    struct bench *b = *state;
    static const struct given words[] = {
        {"Chad", "Chad", UPOS_PROPN, DEP_NSUBJ, 2, 0, "TCD"},
        {"sued", "sue", UPOS_VERB, DEP_CCOMP, 6, VERB_PAST, NULL},
        {"Mali", "Mali", UPOS_PROPN, DEP_OBJ, 2, 0, "MLI"},
        {"yesterday", "yesterday", UPOS_NOUN, DEP_OBL_UNMARKED, 2, 0, NULL},
        {"Peru", "Peru", UPOS_PROPN, DEP_NSUBJ, 6, 0, "PER"},
        {"said", "say", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
        END};
    static struct timex times[] = {{.token_begin = 3,
                                    .token_end = 4,
                                    .type = TIMEX_DATE,
                                    .from = 19999,
                                    .to = 20000,
                                    .day = DAY_MIN}};
    static struct saying sayings[] = {
        {.content_begin = 0, .content_end = 6, .source_head = NONE, .cue_token = NONE},
        {.content_begin = 0, .content_end = 4, .source_head = 4, .cue_token = 5},
        {.content_begin = 0, .content_end = 5, .source_head = 0, .cue_token = 5}};
    b->when = (struct when_layer){.times = times, .n_times = 1};
    b->said = (struct said_layer){.sayings = sayings, .n_sayings = 3};
    code_words(b, words);
    b->when = (struct when_layer){.n_times = 0};
    b->said = (struct said_layer){.n_sayings = 0};
    assert_int_equal(b->what.n_events, 1);
    assert_event(b, 0, "TCD>MLI 115 actual");
    assert_true(b->what.events[0].time == 0 && b->what.events[0].from == 19999);
    assert_int_equal(b->what.events[0].date_basis, BASIS_STATED);
    assert_int_equal(b->what.events[0].saying, 1); /* the innermost that has a source */
    assert_string_equal(b->actors[b->what.events[0].attribution].code, "PER");
}

static void broken_trees_are_no_trouble(void **state)
{
    struct bench *b = *state;
    static const struct given lost[] = {{"sued", "sue", UPOS_VERB, DEP_ROOT, 0, VERB_PAST, NULL},
                                        {"meet", "meet", UPOS_VERB, DEP_XCOMP, 3, VERB_PAST, NULL},
                                        {"send", "send", UPOS_VERB, DEP_CONJ, 2, VERB_PAST, NULL},
                                        {"aid", "aid", UPOS_NOUN, DEP_CONJ, 4, 0, "TCD"},
                                        END};
    static const struct given none[] = {END};
    code_words(b, lost); /* two words that hang on each other, one on itself */
    code_words(b, none);
    assert_int_equal(b->what.n_events, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_active_and_the_passive),
        cmocka_unit_test(coordinated_actors),
        cmocka_unit_test(operators_work_on_events),
        cmocka_unit_test(long_lists_of_actors_are_whole),
        cmocka_unit_test(a_list_that_was_cut_says_so),
        cmocka_unit_test(all_operators_are_recorded),
        cmocka_unit_test(a_denied_event_did_not_happen),
        cmocka_unit_test(a_word_is_told_once),
        cmocka_unit_test(time_and_speaker_are_attached),
        cmocka_unit_test(broken_trees_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, compile_bench, free_bench);
}
