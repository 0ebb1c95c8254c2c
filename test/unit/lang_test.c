/* lang_test.c - the analysis of documents with a model of random numbers: always a tree, the same
 * on every kernel; damaged models are refused with a message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "lang/decode.h"
#include "lang/labels.h"
#include "random_model.h"

struct fixture {
    struct random_model random;
    struct bundle bundle;
    struct lang_model *model;
    struct lang_scratch *scratch;
    struct arena arena;
};

static int open_model(void **state)
{
    static struct fixture f;
    random_model_make(&f.random, 11);
    assert_int_equal(random_model_bundle(&f.random, &f.bundle), DT_OK);
    assert_int_equal(lang_model_new(&f.bundle, &f.model, NULL), DT_OK);
    assert_int_equal(lang_scratch_new(f.model, &f.scratch, NULL), DT_OK);
    *state = &f;
    return 0;
}

static int close_model(void **state)
{
    struct fixture *f = *state;
    lang_scratch_free(f->scratch);
    lang_model_free(f->model);
    arena_free(&f->arena);
    bundle_close(&f->bundle);
    random_model_free(&f->random);
    return 0;
}

/* A text of random words; lens[i] tokens in sentence i. */
static struct text_layer random_text(struct arena *arena, const uint32_t *lens, uint32_t n)
{
    struct text_layer text = {.n_sentences = n, .sentences = ARENA_NEW(arena, n, struct sentence)};
    for (uint32_t i = 0; i < n; i++) {
        text.sentences[i].token_begin = text.n_tokens;
        text.n_tokens += lens[i];
        text.sentences[i].token_end = text.n_tokens;
    }
    text.tokens = ARENA_NEW(arena, text.n_tokens, struct token);
    for (uint32_t i = 0; i < text.n_tokens; i++) {
        size_t len = 1 + random_u32() % 9;
        char *at = arena_array(arena, len, 1);
        for (size_t k = 0; k < len; k++)
            at[k] = (char)('a' + random_u32() % 26);
        if (random_u32() % 4 == 0) at[0] = (char)(at[0] - 32);
        text.tokens[i].form = str_of(at, len);
    }
    return text;
}

static void check_sentence(const struct lang_layer *lang, const struct sentence *s)
{
    const uint32_t n = s->token_end - s->token_begin;
    uint32_t heads[4000], seen[4000];
    assert_true(n <= 4000);
    for (uint32_t i = 0; i < n; i++) {
        const struct word *word = &lang->words[s->token_begin + i];
        if (word->head == NONE) {
            heads[i] = NONE;
            assert_int_equal(word->dep, DEP_ROOT);
        } else {
            assert_in_range(word->head, s->token_begin, s->token_end - 1);
            assert_int_not_equal(word->dep, DEP_ROOT);
            heads[i] = word->head - s->token_begin;
        }
        assert_true(word->score >= 0.0f && word->score <= 1.0f);
        assert_true(word->lemma.len > 0);
    }
    if (n > 0) assert_true(decode_is_tree(heads, n, seen));
}

static void every_sentence_gets_a_tree(void **state)
{
    struct fixture *f = *state;
    uint32_t lens[60];
    struct lang_layer lang;
    arena_reset(&f->arena);
    for (uint32_t i = 0; i < 60; i++)
        lens[i] = i % 10 == 3 ? 0 : random_u32() % 45;
    struct text_layer text = random_text(&f->arena, lens, 60);
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &lang));
    for (uint32_t i = 0; i < 60; i++)
        check_sentence(&lang, &text.sentences[i]);
}

static void very_long_sentences_have_one_root_too(void **state)
{
    struct fixture *f = *state;
    const uint32_t lens[] = {5, 2345, 1000, 1001, 1, 190};
    struct lang_layer lang;
    arena_reset(&f->arena);
    struct text_layer text = random_text(&f->arena, lens, 6);
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &lang));
    for (uint32_t i = 0; i < 6; i++)
        check_sentence(&lang, &text.sentences[i]);
}

static void an_empty_text_has_no_words(void **state)
{
    struct fixture *f = *state;
    struct text_layer text = {0};
    struct lang_layer lang;
    arena_reset(&f->arena);
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &lang));
    assert_int_equal(lang.n_entities, 0);
}

static void odd_forms_are_words(void **state)
{
    struct fixture *f = *state;
    static char huge[100000];
    memset(huge, 'x', sizeof huge);
    const struct str forms[] = {STR("\xFF\xFE"),
                                STR(""),
                                str_of(huge, sizeof huge),
                                STR("\xC3"),
                                STR("\xEF\xBF\xBD"),
                                STR("\xE2\x80\x99"),
                                STR("\0\0")};
    struct token tokens[7] = {{0}};
    struct sentence sentence = {.token_end = 7};
    for (size_t i = 0; i < 7; i++)
        tokens[i].form = forms[i];
    struct text_layer text = {
        .tokens = tokens, .sentences = &sentence, .n_tokens = 7, .n_sentences = 1};
    struct lang_layer lang;
    arena_reset(&f->arena);
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &lang));
    assert_true(str_eq(lang.words[2].lemma, forms[2]));
}

static void names_are_whole_and_in_order(void **state)
{
    struct fixture *f = *state;
    uint32_t lens[200], covered = 0, last = 0;
    struct lang_layer lang;
    arena_reset(&f->arena);
    for (uint32_t i = 0; i < 200; i++)
        lens[i] = random_u32() % 12;
    struct text_layer text = random_text(&f->arena, lens, 200);
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &lang));
    for (uint32_t e = 0; e < lang.n_entities; e++) {
        const struct lang_entity *entity = &lang.entities[e];
        assert_true(entity->token_begin >= last && entity->token_end > entity->token_begin);
        last = entity->token_end;
        for (uint32_t t = entity->token_begin; t < entity->token_end; t++) {
            assert_int_equal(lang.words[t].name, entity->type);
            assert_int_equal(lang.words[t].name_begin, t == entity->token_begin);
        }
        covered += entity->token_end - entity->token_begin;
    }
    for (uint32_t t = 0; t < text.n_tokens; t++)
        covered -= lang.words[t].name != NAME_NONE;
    assert_int_equal(covered, 0);
    assert_true(lang.n_entities > 0);
}

static void tags_agree_with_their_labels(void **state)
{
    struct fixture *f = *state;
    const uint32_t lens[] = {400};
    struct lang_layer lang;
    arena_reset(&f->arena);
    struct text_layer text = random_text(&f->arena, lens, 1);
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &lang));
    for (uint32_t t = 0; t < 400; t++) {
        const struct word *word = &lang.words[t];
        struct str xpos = lang_xpos(f->model, word->xpos),
                   feats = lang_feats(f->model, word->feats);
        assert_int_equal(word->upos == UPOS_VERB, xpos.at[0] == 'V');
        assert_int_equal(word->plural, str_eq(feats, STR("Number=Plur")));
        assert_int_equal(word->verb, str_eq(xpos, STR("VBD"))   ? VERB_PAST
                                     : str_eq(xpos, STR("VBG")) ? VERB_ING
                                                                : VERB_NONE);
        assert_int_equal(dep_of(lang_deprel(f->model, word->deprel)), word->dep);
    }
    assert_true(str_eq(lang_xpos(f->model, 60000), STR("_")));
}

static void kernels_agree_on_everything(void **state)
{
    struct fixture *f = *state;
    const char *const kernels[] = {"avx2", "avx512", "amx", "neon"};
    uint32_t lens[30];
    struct lang_layer want, got;
    char best[16];
    arena_reset(&f->arena);
    for (uint32_t i = 0; i < 30; i++)
        lens[i] = random_u32() % 50;
    struct text_layer text = random_text(&f->arena, lens, 30);
    strcpy(best, lang_kernel_name(f->model));
    assert_true(lang_use_kernel(f->model, "plain"));
    assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &want));
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++) {
        if (!lang_use_kernel(f->model, kernels[k])) continue;
        assert_true(lang_analyse(f->model, f->scratch, &f->arena, &text, &got));
        for (uint32_t t = 0; t < text.n_tokens; t++) {
            const struct word *a = &want.words[t], *b = &got.words[t];
            assert_true(a->head == b->head && a->deprel == b->deprel && a->xpos == b->xpos &&
                        a->feats == b->feats && a->name == b->name && a->score == b->score);
        }
    }
    assert_true(lang_use_kernel(f->model, best));
    assert_false(lang_use_kernel(f->model, "abacus"));
}

static void expect_damage(struct random_model *m, dt_status want)
{
    struct bundle bundle;
    struct lang_model *model;
    dt_error err = {0};
    assert_int_equal(random_model_bundle(m, &bundle), DT_OK);
    assert_int_equal(lang_model_new(&bundle, &model, &err), want);
    assert_true(err.code == want && strlen(err.text) > 10);
    assert_null(model);
    bundle_close(&bundle);
}

static void numbers_out_of_range_are_refused(void **state)
{
    struct random_model m;
    (void)state;
    random_model_make(&m, 5);
    uint32_t *dims[] = {&m.dim.width,      &m.dim.half,        &m.dim.layers,       &m.dim.arc,
                        &m.dim.tag_hidden, &m.dim.name_hidden, &m.dim.label_hidden, &m.dim.tags,
                        &m.dim.names,      &m.dim.deprels,     &m.dim.classes,      &m.dim.window};
    for (size_t i = 0; i < sizeof dims / sizeof *dims; i++) {
        uint32_t was = *dims[i];
        *dims[i] = 0;
        expect_damage(&m, DT_E_MODEL_CORRUPT);
        *dims[i] = was;
    }
    m.dim.feature_version++;
    expect_damage(&m, DT_E_MODEL_VERSION);
    m.dim.feature_version--;
    m.w[77] = -WEIGHT_MAX - 1;
    expect_damage(&m, DT_E_MODEL_CORRUPT);
    m.w[77] = 0;
    float *floats[] = {m.embs, m.b0, m.ws, m.wb, m.in, m.v, m.root, m.tr};
    const uint32_t nan_bits = 0x7FC00000;
    for (size_t i = 0; i < sizeof floats / sizeof *floats; i++) {
        float was = floats[i][3];
        memcpy(&floats[i][3], &nan_bits, sizeof nan_bits);
        expect_damage(&m, DT_E_MODEL_CORRUPT);
        floats[i][3] = was;
    }
    m.in[2] = 0.0f;
    expect_damage(&m, DT_E_MODEL_CORRUPT);
    random_model_free(&m);
}

static void labels_that_are_not_known_are_refused(void **state)
{
    struct random_model m;
    (void)state;
    random_model_make(&m, 6);
    const char *tags = m.tags, *names = m.names, *deprels = m.deprels;
    const char *const bad_tags[] = {"",
                                    "NOUN\tNN\t_\n",
                                    "X\tX\t_\nNOUN\tN\t_\nX\tX\t_\nVERB\tV\t_\nX\tX\t_\n",
                                    "NOUN\tNN\nA\nB\nC\nD\n",
                                    "NOON\tNN\t_\nX\tX\t_\nX\tX\t_\nX\tX\t_\nX\tX\t_\n",
                                    "X\tX\t_\n\nX\tX\t_\nX\tX\t_\nX\tX\t_\n",
                                    "X\tX\t_\nX\t\xFF\t_\nX\tX\t_\nX\tX\t_\nX\tX\t_\n",
                                    "X\tX\t_\nX\tX\t_\nX\tX\t_\nX\tX\t_\nX\tX\t_\nX\tX\t_\n"};
    for (size_t i = 0; i < sizeof bad_tags / sizeof *bad_tags; i++) {
        m.tags = bad_tags[i];
        expect_damage(&m, DT_E_MODEL_CORRUPT);
    }
    m.tags = tags;
    m.names = "O\nB-PER\nI-PER\nB-DOG\nI-LOC\n";
    expect_damage(&m, DT_E_MODEL_CORRUPT);
    m.names = names;
    m.deprels = "nsubj\nroot\nbiting\nparataxis\n";
    expect_damage(&m, DT_E_MODEL_CORRUPT);
    m.deprels = "nsubj\nobj\nnmod:poss\nparataxis\n";
    expect_damage(&m, DT_E_MODEL_CORRUPT);
    m.deprels = deprels;
    random_model_free(&m);
}

static void sections_that_are_absent_or_short_are_refused(void **state)
{
    struct random_model m;
    (void)state;
    random_model_make(&m, 8);
    struct bundle_writer whole, less;
    random_model_add(&m, &whole);
    for (uint32_t i = 0; i < 2 * whole.n; i++) {
        struct bundle bundle;
        struct lang_model *model;
        dt_error err = {0};
        void *bytes = NULL;
        size_t len;
        less = whole;
        if (i < whole.n)
            less.section[i].len -= less.section[i].size;
        else
            memcpy(less.section[i - whole.n].tag, "no.such", 8);
        assert_int_equal(bundle_finish(&less, &bytes, &len, NULL), DT_OK);
        assert_int_equal(bundle_attach(bytes, len, "short", "MODL", 1, 1, &bundle, NULL), DT_OK);
        dt_status st = lang_model_new(&bundle, &model, &err);
        /* a text section may do without its last line end */
        bool fine = i < whole.n && memcmp(whole.section[i].tag, "lab.", 4) == 0;
        assert_int_equal(st == DT_OK, fine);
        if (!fine) assert_int_equal(st, DT_E_MODEL_CORRUPT);
        lang_model_free(model);
        bundle_close(&bundle);
        free(bytes);
    }
    random_model_free(&m);
}

static void relations_without_a_known_subtype_keep_their_kind(void **state)
{
    (void)state;
    assert_int_equal(dep_of(STR("nsubj:pass")), DEP_NSUBJ_PASS);
    assert_int_equal(dep_of(STR("obl:something")), DEP_OBL);
    assert_int_equal(dep_of(STR("something:obl")), DEP_COUNT);
    assert_int_equal(upos_of(STR("PROPN")), UPOS_PROPN);
    assert_int_equal(upos_of(STR("X")), UPOS_X);
    assert_int_equal(upos_of(STR("")), UPOS_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sentence_gets_a_tree),
        cmocka_unit_test(very_long_sentences_have_one_root_too),
        cmocka_unit_test(an_empty_text_has_no_words),
        cmocka_unit_test(odd_forms_are_words),
        cmocka_unit_test(names_are_whole_and_in_order),
        cmocka_unit_test(tags_agree_with_their_labels),
        cmocka_unit_test(kernels_agree_on_everything),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(labels_that_are_not_known_are_refused),
        cmocka_unit_test(sections_that_are_absent_or_short_are_refused),
        cmocka_unit_test(relations_without_a_known_subtype_keep_their_kind),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
