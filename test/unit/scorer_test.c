/* scorer_test.c - the small network over evidence: its scores are those that one gets by hand, and
 * a file whose sections do not fit each other is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>

#include "what/scorer.h"

enum { ROWS = 4, SLOTS = 8, DIM = 8, HEADS = 2, WIDTH = 5, PRODUCT = 3 };

/* Where the parts of `numbers` begin: those of every network, then those of the states. */
enum {
    AT_SCALE = 0,
    AT_BIAS = 1,
    AT_HIDDEN = AT_BIAS + DIM,
    AT_HIDDEN_BIAS = AT_HIDDEN + DIM * DIM,
    AT_OUT_0 = AT_HIDDEN_BIAS + DIM,
    AT_OUT_BIAS_0 = AT_OUT_0 + DIM * 3,
    AT_OUT_1 = AT_OUT_BIAS_0 + 3,
    AT_OUT_BIAS_1 = AT_OUT_1 + DIM * 2,
    AT_STATES = AT_OUT_BIAS_1 + 2,
    MOST_NUMBERS = AT_STATES + 2 * (WIDTH * (DIM + PRODUCT) + PRODUCT) + PRODUCT * DIM,
    AT_SECOND = AT_STATES, /* where there are no states */
    AT_SECOND_BIAS = AT_SECOND + DIM * DIM,
    AT_OTHERS = AT_SECOND_BIAS + DIM,
    AMONG_NUMBERS = AT_OTHERS + 3 * DIM * DIM
};

/* The places in the section of sizes. */
enum { DIM_ROWS, DIM_DIM, DIM_STATES, DIM_WIDTH, DIM_PRODUCT, DIM_OTHERS, DIM_HEADS, DIM_OUTS };

/* The sections of a network with two heads, of three outputs and of two. */
struct small {
    uint32_t dim[DIM_OUTS + SCORER_HEADS + 1];
    size_t n_dim, n_rows, n_numbers;
    int8_t rows[2 * ROWS * DIM];
    float numbers[AMONG_NUMBERS + 1];
    uint32_t slots[SLOTS];
    size_t n_slots, dim_size, number_size; /* sizes: bytes of an element */
    bool has[4];
    void *bytes;
    struct bundle bundle;
    struct scorer scorer;
};

/* The hashes that have rows. The last stands in the slot of the first but one, or one behind it. */
static const uint32_t hashes[ROWS] = {0, 1, 0xFFFFFFF9u, 0xFFFFFFFFu};

static void make_slots(struct small *m)
{
    for (int i = 0; i < SLOTS; i++)
        m->slots[i] = NONE;
    for (uint32_t i = 0; i < ROWS; i++) {
        uint32_t at = hashes[i] % SLOTS;
        while (m->slots[at] != NONE)
            at = (at + 1) % SLOTS;
        m->slots[at] = scorer_slot(hashes[i], i);
    }
    m->n_slots = SLOTS;
}

/* Small numbers of both signs, all different enough to tell a wrong index. Two states are
 * multiplied, too. */
static void make_with(struct small *m, uint32_t states)
{
    const uint32_t product = states == 2 ? PRODUCT : 0;
    *m = (struct small){.dim = {ROWS, DIM, states, WIDTH, product, 0, HEADS, 3, 2},
                        .n_dim = DIM_OUTS + HEADS,
                        .n_rows = ROWS * DIM,
                        .n_numbers = AT_STATES + states * (WIDTH * (DIM + product) + product) +
                                     product * DIM,
                        .dim_size = sizeof(uint32_t),
                        .number_size = sizeof(float),
                        .has = {true, true, true, true}};
    make_slots(m);
    for (int i = 0; i < ROWS * DIM; i++)
        m->rows[i] = (int8_t)(i * 29 % 255 - 127);
    for (int i = 0; i < AMONG_NUMBERS; i++)
        m->numbers[i] = (float)(i * 37 % 101 - 50) / 64;
    m->numbers[AT_SCALE] = 0.0625f;
}

static void make_small(struct small *m)
{
    make_with(m, 0);
}

static dt_status open_small(struct small *m, dt_error *err)
{
    static struct bundle_writer w;
    size_t len;
    bundle_begin(&w, "EVNT", 1);
    if (m->has[0]) bundle_add(&w, "wrd.dim", m->dim, m->n_dim, m->dim_size);
    if (m->has[1]) bundle_add(&w, "wrd.row", m->rows, m->n_rows, 1);
    if (m->has[2]) bundle_add(&w, "wrd.num", m->numbers, m->n_numbers, m->number_size);
    if (m->has[3]) bundle_add(&w, "wrd.idx", m->slots, m->n_slots, sizeof *m->slots);
    assert_int_equal(bundle_finish(&w, &m->bytes, &len, err), DT_OK);
    assert_int_equal(bundle_attach(m->bytes, len, "small", "EVNT", 1, 1, &m->bundle, err), DT_OK);
    return scorer_open(&m->bundle, "wrd", &m->scorer, err);
}

static void close_small(struct small *m)
{
    bundle_close(&m->bundle);
    free(m->bytes);
    m->bytes = NULL;
}

static struct evidence evidence_list(uint32_t n, const uint32_t *at)
{
    struct evidence e = {.n = n};
    memcpy(e.at, at, n * sizeof *at);
    return e;
}

/* ---- the same by hand, in double precision ---- */

static double by_hand_sum(const struct small *m, const struct evidence *e, int k)
{
    double sum = 0;
    for (uint32_t i = 0; i < e->n; i++)
        for (int r = 0; r < ROWS; r++)
            if (hashes[r] == e->at[i]) sum += m->rows[r * DIM + k];
    return sum * (double)m->numbers[AT_SCALE];
}

static const uint8_t state_bytes[2][WIDTH] = {
    {LANG_STATE_ZERO, LANG_STATE_ZERO + 31, LANG_STATE_ZERO - 31, LANG_STATE_ZERO + 2,
     LANG_STATE_ZERO - 1},
    {LANG_STATE_ZERO - 7, LANG_STATE_ZERO, LANG_STATE_ZERO + 4, LANG_STATE_ZERO + 1,
     LANG_STATE_ZERO - 3}};

/* A unit of a state is an eighth. */
static double by_hand_layer(const float *weights, int n_out, int which, int o)
{
    double x = 0;
    for (int i = 0; i < WIDTH; i++)
        x += (state_bytes[which][i] - LANG_STATE_ZERO) / 8.0 * (double)weights[i * n_out + o];
    return x;
}

/* What the states add to number k. */
static double by_hand_states(const struct small *m, int k)
{
    const int n = (int)m->dim[DIM_STATES], product = (int)m->dim[DIM_PRODUCT];
    const float *at = m->numbers + AT_STATES;
    double sum = 0, joined[PRODUCT] = {1, 1, 1};
    for (int s = 0; s < n; s++) {
        sum += by_hand_layer(at, DIM, s, k);
        at += WIDTH * DIM;
        for (int p = 0; p < product; p++)
            joined[p] *= tanh(by_hand_layer(at, product, s, p) + (double)at[WIDTH * product + p]);
        at += WIDTH * product + product;
    }
    for (int p = 0; p < product; p++)
        sum += joined[p] * (double)at[p * DIM + k];
    return sum;
}

static void by_hand_hidden(const struct small *m, const struct evidence *e,
                           const struct evidence *words, double out[DIM])
{
    double first[DIM];
    for (int k = 0; k < DIM; k++) {
        double x = (double)m->numbers[AT_BIAS + k] + by_hand_sum(m, e, k) + by_hand_states(m, k);
        if (words != NULL) x += 2 * by_hand_sum(m, words, k) / 3; /* of its rows */
        first[k] = x > 0 ? x : 0;
    }
    for (int k = 0; k < DIM; k++) {
        double x = (double)m->numbers[AT_HIDDEN_BIAS + k];
        for (int i = 0; i < DIM; i++)
            x += first[i] * (double)m->numbers[AT_HIDDEN + i * DIM + k];
        out[k] = first[k] + (x > 0 ? x : 0);
    }
}

static double by_hand_score(const struct small *m, const double *hidden, int at, int bias, int n,
                            int o)
{
    double x = (double)m->numbers[bias + o];
    for (int i = 0; i < DIM; i++)
        x += hidden[i] * (double)m->numbers[at + i * n + o];
    return x;
}

static void assert_near(double a, double b)
{
    if (fabs(a - b) > 1e-4 * (1 + fabs(b))) fail_msg("%g instead of %g", a, b);
}

/* ---- scores ---- */

/* The last has no row. */
static const uint32_t own_rows[] = {1, 0xFFFFFFF9u, 0xFFFFFFF9u, 0xFFFFFFFFu, 0x80000001u};
static const uint32_t sentence_rows[] = {0, 3, 1, 0xFFFFFFFFu}; /* the second has none */

static void scores_by_hand(uint32_t states)
{
    struct small m;
    dt_error err;
    struct scorer_part part[2];
    const struct evidence own = evidence_list(5, own_rows), words = evidence_list(4, sentence_rows);
    float mean[SCORER_DIM_MOST], hidden[SCORER_DIM_MOST], score[SCORER_OUT_MOST];
    double wanted[DIM];
    make_with(&m, states);
    assert_int_equal(open_small(&m, &err), DT_OK);
    for (uint32_t s = 0; s < states; s++)
        scorer_part(&m.scorer, s, state_bytes[s], &part[s]);
    assert_true(m.scorer.n_heads == 2 && m.scorer.n_out[0] == 3 && m.scorer.n_out[1] == 2);
    for (int with = 0; with < 2; with++) {
        scorer_mean(&m.scorer, &words, mean);
        scorer_hidden(&m.scorer, &own, with ? mean : NULL, states > 0 ? &part[0] : NULL,
                      states > 1 ? &part[1] : NULL, hidden);
        by_hand_hidden(&m, &own, with ? &words : NULL, wanted);
        for (int k = 0; k < DIM; k++)
            assert_near((double)hidden[k], wanted[k]);
        scorer_scores(&m.scorer, 0, hidden, score);
        for (int o = 0; o < 3; o++)
            assert_near((double)score[o], by_hand_score(&m, wanted, AT_OUT_0, AT_OUT_BIAS_0, 3, o));
        scorer_scores(&m.scorer, 1, hidden, score);
        for (int o = 0; o < 2; o++)
            assert_near((double)score[o], by_hand_score(&m, wanted, AT_OUT_1, AT_OUT_BIAS_1, 2, o));
    }
    close_small(&m);
}

static void scores_are_those_by_hand(void **state)
{
    (void)state;
    scores_by_hand(0);
}

static void states_of_one_word_and_of_two(void **state)
{
    (void)state;
    scores_by_hand(1);
    scores_by_hand(2);
}

enum { AMONG = 3 };

/* The shares of the outputs among the three: exp(score) over their sum. */
static void by_hand_shares(const struct small *m, double hidden[AMONG][DIM], double share[AMONG][3])
{
    for (int o = 0; o < 3; o++) {
        double sum = 0;
        for (int i = 0; i < AMONG; i++) {
            double x = by_hand_score(m, hidden[i], AT_OUT_0, AT_OUT_BIAS_0, 3, o);
            share[i][o] = exp(x < 15 ? x : 15);
            sum += share[i][o];
        }
        for (int i = 0; i < AMONG; i++)
            share[i][o] /= sum;
    }
}

static void by_hand_second(const struct small *m, double hidden[AMONG][DIM], double share[AMONG][3],
                           int i, double out[DIM])
{
    for (int d = 0; d < DIM; d++) {
        double x = (double)m->numbers[AT_SECOND_BIAS + d];
        for (int k = 0; k < DIM; k++) {
            x += hidden[i][k] * (double)m->numbers[AT_SECOND + k * DIM + d];
            for (int o = 0; o < 3; o++)
                for (int j = 0; j < AMONG; j++)
                    if (j != i)
                        x += share[j][o] * hidden[j][k] *
                             (double)m->numbers[AT_OTHERS + (o * DIM + k) * DIM + d];
        }
        out[d] = hidden[i][d] + (x > 0 ? x : 0);
    }
}

static void among_others_there_is_a_second_look(void **state)
{
    (void)state;
    struct small m;
    dt_error err;
    double hand[AMONG][DIM], share[AMONG][3], second[DIM];
    float hidden[AMONG * DIM], score[AMONG * 3], alone[3];
    make_with(&m, 0);
    m.dim[DIM_OTHERS] = 3;
    m.n_numbers = AMONG_NUMBERS;
    assert_int_equal(open_small(&m, &err), DT_OK);
    for (uint32_t i = 0; i < AMONG; i++) {
        const struct evidence own = evidence_list(i + 1, own_rows);
        scorer_hidden(&m.scorer, &own, NULL, NULL, NULL, hidden + (size_t)i * DIM);
        by_hand_hidden(&m, &own, NULL, hand[i]);
    }
    scorer_scores(&m.scorer, 0, hidden, alone);
    by_hand_shares(&m, hand, share);
    scorer_among(&m.scorer, AMONG, hidden, score);
    assert_true(fabsf(score[0] - alone[0]) > 1e-3f);
    for (int i = 0; i < AMONG; i++) {
        by_hand_second(&m, hand, share, i, second);
        for (int o = 0; o < 3; o++)
            assert_near((double)score[i * 3 + o],
                        by_hand_score(&m, second, AT_OUT_0, AT_OUT_BIAS_0, 3, o));
    }
    scorer_among(&m.scorer, 0, hidden, score);
    close_small(&m);
}

static void without_it_they_are_as_if_alone(void **state)
{
    (void)state;
    struct small m;
    dt_error err;
    float hidden[2 * DIM], score[2 * 3], alone[3];
    make_small(&m);
    assert_int_equal(open_small(&m, &err), DT_OK);
    for (uint32_t i = 0; i < 2; i++) {
        const struct evidence own = evidence_list(i + 1, own_rows);
        scorer_hidden(&m.scorer, &own, NULL, NULL, NULL, hidden + (size_t)i * DIM);
    }
    scorer_among(&m.scorer, 2, hidden, score);
    for (int i = 0; i < 2; i++) {
        scorer_scores(&m.scorer, 0, hidden + (size_t)i * DIM, alone);
        assert_memory_equal(alone, score + (size_t)i * 3, sizeof alone);
    }
    close_small(&m);
}

static void the_mean_counts_twice(void **state)
{
    (void)state;
    struct small m;
    dt_error err;
    float mean[SCORER_DIM_MOST];
    const struct evidence words = evidence_list(4, sentence_rows), none = {.n = 0};
    make_small(&m);
    assert_int_equal(open_small(&m, &err), DT_OK);
    scorer_mean(&m.scorer, &words, mean);
    for (int k = 0; k < DIM; k++)
        assert_near((double)mean[k], 2 * by_hand_sum(&m, &words, k) / 3);
    scorer_mean(&m.scorer, &none, mean);
    for (int k = 0; k < DIM; k++)
        assert_true(mean[k] == 0);
    close_small(&m);
}

/* No sum of as many rows as evidence holds leaves 16 bits. */
static void full_evidence_does_not_overflow(void **state)
{
    (void)state;
    struct small m;
    dt_error err;
    struct evidence e = {.n = EVIDENCE_MOST};
    float hidden[SCORER_DIM_MOST];
    double wanted[DIM];
    make_small(&m);
    for (int k = 0; k < DIM; k++)
        m.rows[k] = k % 2 ? -127 : 127;
    assert_int_equal(open_small(&m, &err), DT_OK);
    scorer_hidden(&m.scorer, &e, NULL, NULL, NULL, hidden);
    by_hand_hidden(&m, &e, NULL, wanted);
    for (int k = 0; k < DIM; k++)
        assert_near((double)hidden[k], wanted[k]);
    close_small(&m);
}

static void shares_add_up_to_one(void **state)
{
    (void)state;
    struct small m;
    dt_error err;
    const struct evidence own = evidence_list(5, own_rows);
    float hidden[SCORER_DIM_MOST], score[SCORER_OUT_MOST], share[SCORER_OUT_MOST];
    make_small(&m);
    m.numbers[AT_OUT_BIAS_0] = 2000; /* far apart: no share overflows */
    assert_int_equal(open_small(&m, &err), DT_OK);
    scorer_hidden(&m.scorer, &own, NULL, NULL, NULL, hidden);
    scorer_shares(&m.scorer, 0, hidden, share);
    assert_near((double)share[0], 1);
    assert_true(share[1] >= 0 && share[2] >= 0);
    scorer_scores(&m.scorer, 1, hidden, score);
    scorer_shares(&m.scorer, 1, hidden, share);
    assert_near((double)share[0] + (double)share[1], 1);
    assert_near(log((double)share[0] / (double)share[1]), (double)score[0] - (double)score[1]);
    close_small(&m);
}

/* ---- damage ---- */

/* Opens the network and asks for an error that names the file and the section. */
static void assert_refused(struct small *m, const char *section)
{
    dt_error err = {0};
    dt_status st = open_small(m, &err);
    if (st != DT_E_MODEL_CORRUPT) fail_msg("section %s: status %d", section, (int)st);
    if (strstr(err.text, "small") == NULL || strstr(err.text, section) == NULL)
        fail_msg("section %s: %s", section, err.text);
    close_small(m);
}

static void a_section_must_be_there(void **state)
{
    (void)state;
    static const char *const tags[] = {"wrd.dim", "wrd.row", "wrd.num", "wrd.idx"};
    struct small m;
    for (int i = 0; i < 4; i++) {
        make_small(&m);
        m.has[i] = false;
        assert_refused(&m, tags[i]);
    }
    make_small(&m);
    m.dim_size = 1;
    m.n_dim *= 4;
    assert_refused(&m, "wrd.dim");
    make_small(&m);
    m.number_size = 8;
    m.n_numbers /= 2;
    assert_refused(&m, "wrd.num");
}

static void sizes_must_be_possible(void **state)
{
    (void)state;
    static const struct {
        int at;
        uint32_t value;
    } wrong[] = {{DIM_ROWS, 0},
                 {DIM_ROWS, 1u << 31},
                 {DIM_DIM, 0},
                 {DIM_DIM, 4},
                 {DIM_DIM, 12}, /* eights only */
                 {DIM_DIM, SCORER_DIM_MOST + 8},
                 {DIM_STATES, SCORER_STATES + 1},
                 {DIM_WIDTH, SCORER_WIDTH_MOST + 1},
                 {DIM_PRODUCT, 1}, /* of fewer states than two */
                 {DIM_OTHERS, 1},  /* not the outputs of the first head */
                 {DIM_OTHERS, SCORER_OTHERS + 1},
                 {DIM_HEADS, 0},
                 {DIM_HEADS, 1},
                 {DIM_HEADS, SCORER_HEADS + 1},
                 {DIM_HEADS, UINT32_MAX},
                 {DIM_OUTS, 0},
                 {DIM_OUTS + 1, SCORER_OUT_MOST + 1}};
    struct small m;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        make_small(&m);
        m.dim[wrong[i].at] = wrong[i].value;
        assert_refused(&m, "wrd.dim");
    }
    for (size_t n = 0; n <= DIM_OUTS + HEADS + 1; n++) {
        if (n == DIM_OUTS + HEADS) continue;
        make_small(&m);
        m.n_dim = n;
        assert_refused(&m, "wrd.dim");
    }
}

static void sections_must_fit_each_other(void **state)
{
    (void)state;
    struct small m;
    make_small(&m);
    m.n_rows--;
    assert_refused(&m, "wrd.row");
    make_small(&m);
    m.n_rows *= 2;
    assert_refused(&m, "wrd.row");
    make_small(&m);
    m.dim[0] = 1u << 19;
    assert_refused(&m, "wrd.row");
    make_small(&m);
    m.dim[0] = ROWS - 1; /* a slot names the last one */
    assert_refused(&m, "wrd.idx");
    make_small(&m);
    m.n_numbers--;
    assert_refused(&m, "wrd.num");
    make_small(&m);
    m.n_numbers++;
    assert_refused(&m, "wrd.num");
    make_small(&m);
    m.dim[DIM_OUTS + 1] = 3;
    assert_refused(&m, "wrd.num");
    for (uint32_t states = 0; states <= 2; states++) {
        make_with(&m, states);
        m.dim[DIM_STATES] = (states + 1) % 3;
        m.dim[DIM_PRODUCT] = 0;
        assert_refused(&m, "wrd.num");
        make_with(&m, states);
        m.n_numbers--;
        assert_refused(&m, "wrd.num");
    }
    make_with(&m, 2);
    m.dim[DIM_WIDTH] = WIDTH + 1;
    assert_refused(&m, "wrd.num");
    make_with(&m, 2);
    m.dim[DIM_PRODUCT] = PRODUCT - 1;
    assert_refused(&m, "wrd.num");
}

static void the_index_must_end_a_search(void **state)
{
    (void)state;
    struct small m;
    static const size_t wrong[] = {0, SLOTS - 1, SLOTS - 2};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) { /* no power of two of slots */
        make_small(&m);
        m.n_slots = wrong[i];
        assert_refused(&m, "wrd.idx");
    }
    make_small(&m);
    for (int i = 0; i < SLOTS; i++)
        m.slots[i] = 0; /* none is free */
    assert_refused(&m, "wrd.idx");
}

static void numbers_must_be_finite(void **state)
{
    (void)state;
    static const float wrong[] = {NAN, INFINITY, -INFINITY};
    static const int places[] = {AT_SCALE, AT_BIAS, AT_HIDDEN + 9, AT_OUT_1, MOST_NUMBERS - 1};
    struct small m;
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
            make_with(&m, 2);
            m.numbers[places[k]] = wrong[i];
            assert_refused(&m, "wrd.num");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_by_hand),
        cmocka_unit_test(among_others_there_is_a_second_look),
        cmocka_unit_test(without_it_they_are_as_if_alone),
        cmocka_unit_test(states_of_one_word_and_of_two),
        cmocka_unit_test(the_mean_counts_twice),
        cmocka_unit_test(full_evidence_does_not_overflow),
        cmocka_unit_test(shares_add_up_to_one),
        cmocka_unit_test(a_section_must_be_there),
        cmocka_unit_test(sizes_must_be_possible),
        cmocka_unit_test(sections_must_fit_each_other),
        cmocka_unit_test(the_index_must_end_a_search),
        cmocka_unit_test(numbers_must_be_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
