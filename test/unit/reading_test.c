/* reading_test.c - the reader of events, with a file of weights that is made here: what it says is
 * what the program finds, and a file that does not fit is refused with a sentence. */
#include "whole.h"

#include <math.h>
#include <unistd.h>

#include "story/story.h"
#include "what/reading.h"

enum { ROWS = 8, SLOTS = 16, DIM = 8, LEMMA_BYTES = 1 << 14 };

/* Where the numbers of the sections `settings` and `wrd.dim` stand. */
enum { MEANING_SLOTS = 4 };
enum { SET_VERSION, SET_EVENT, SET_BESIDE, SET_FIRST, SET_FURTHER, SET_A, SET_B, SET_LEAST, SETTINGS };
enum { DIM_ROWS, DIM_DIM, DIM_STATES, DIM_WIDTH, DIM_PRODUCT, DIM_OTHERS, DIM_HEADS, DIM_OUTS };

/* A network without hidden weights: out = bias + the rows' sum in the first place, times a weight.
 */
struct made_scorer {
    uint32_t dim[DIM_OUTS + SCORER_HEADS];
    uint32_t n_heads, n_numbers, n_used;
    uint32_t slots[SLOTS];
    int8_t rows[ROWS * DIM];
    float numbers[2048];
    float *weight[SCORER_HEADS], *bias[SCORER_HEADS]; /* weights of the first place */
};

struct made_file {
    struct made_scorer word, party, home, sector;
    const char *labels;
    float settings[SETTINGS + 1];
    size_t n_settings, lemma_bytes, n_classes;
    uint16_t classes[MEANING_SLOTS * MEANING_GRAINS];
    uint32_t version;
    const char *left_out; /* a section */
    uint8_t lemmas[LEMMA_BYTES];
    char path[64];
};

static struct made_file made;

static const char made_labels[] = "type none - -\n"
                                  "type PAINTING - -\n"
                                  "type TALKING - -\n"
                                  "mode - PAINTING -\n"
                                  "mode oil PAINTING -\n"
                                  "code 190 PAINTING -\n"
                                  "code 040 TALKING r\n"
                                  "sector CVL - -\nsector - - -\n";
enum { OUT_TYPES = 3, OUT_MODES = 2, OUT_CODES = 2, OUT_SECTORS = 2 };

static void make_scorer(struct made_scorer *s, uint32_t n_heads, const uint32_t *n_out)
{
    memset(s, 0, sizeof *s);
    s->n_heads = n_heads;
    for (int i = 0; i < SLOTS; i++)
        s->slots[i] = NONE;
    s->dim[DIM_ROWS] = ROWS;
    s->dim[DIM_DIM] = DIM;
    s->dim[DIM_HEADS] = n_heads;
    s->numbers[0] = 1 / 127.0f;
    uint32_t at = 1 + DIM * (DIM + 2);
    for (uint32_t h = 0; h < n_heads; h++) {
        s->dim[DIM_OUTS + h] = n_out[h];
        s->weight[h] = s->numbers + at;
        s->bias[h] = s->numbers + at + DIM * n_out[h];
        at += (DIM + 1) * n_out[h];
    }
    assert_true(at <= sizeof s->numbers / sizeof *s->numbers);
    s->n_numbers = at;
}

/* The row of a piece of evidence, which is made. */
static int8_t *row_for(struct made_scorer *s, uint32_t hash)
{
    uint32_t at = hash % SLOTS;
    assert_true(s->n_used < ROWS);
    while (s->slots[at] != NONE)
        at = (at + 1) % SLOTS;
    s->slots[at] = scorer_slot(hash, s->n_used);
    return s->rows + DIM * s->n_used++;
}

/* The evidence for two parties and for nobody, from which the weights are chosen. */
struct pair_of_parties {
    struct evidence first, second, nobody;
};

static void take_pair(void *context, const struct evidence_view *v)
{
    struct pair_of_parties *p = context;
    assert_int_equal(v->n_all, 2);
    evidence_of_party(v, 1, v->parties[0], 1, &p->first);
    evidence_of_party(v, 1, v->parties[1], 1, &p->second);
    evidence_of_nobody(v, 1, 1, &p->nobody);
}

static const char paint_text[] = "Poland painted Brazil.";
static const size_t paint_source[2] = {0, 6}, paint_target[2] = {15, 21};

static bool has_row(const struct evidence *e, uint32_t row)
{
    for (uint32_t k = 0; k < e->n; k++)
        if (e->at[k] == row) return true;
    return false;
}

static struct pair_of_parties paint_evidence(void)
{
    struct pair_of_parties p;
    const struct evidence_sink sink = {take_pair, &p, NULL};
    dt_model *model = whole_model_of(NULL, "none");
    dt_coder *coder = whole_coder(model, NULL);
    coder->sink = &sink;
    (void)whole_code(coder, paint_text);
    dt_coder_free(coder);
    dt_model_close(model);
    return p;
}

/* A row of `e` that neither of the others has. */
static uint32_t row_of(const struct evidence *e, const struct evidence *a, const struct evidence *b)
{
    for (uint32_t i = 0; i < e->n; i++) {
        uint32_t row = e->at[i];
        if (!has_row(a, row) && !has_row(b, row)) return row;
    }
    fail_msg("all of its rows are others' rows, too");
    return 0;
}

static uint32_t subject_row(void)
{
    const struct pair_of_parties p = paint_evidence();
    return row_of(&p.first, &p.second, &p.nobody);
}

static uint32_t nobody_row(void)
{
    const struct pair_of_parties p = paint_evidence();
    return row_of(&p.nobody, &p.first, &p.second);
}

static void take_word(void *context, const struct evidence_view *v)
{
    evidence_of_word(v, 1, context);
}

static struct evidence polish_evidence(void)
{
    struct evidence e;
    const struct evidence_sink sink = {take_word, &e, NULL};
    dt_model *model = whole_model_of(NULL, "none");
    dt_coder *coder = whole_coder(model, NULL);
    coder->sink = &sink;
    (void)whole_code(coder, "Poland polished Brazil.");
    dt_coder_free(coder);
    dt_model_close(model);
    return e;
}

static void know_lemma(const char *lemma)
{
    uint32_t key = (uint32_t)str_hash(str_c(lemma)) & (LEMMA_BYTES * 8 - 1);
    made.lemmas[key >> 3] |= (uint8_t)(1u << (key & 7));
}

/* Whatever the word is, it names an event of type PAINTING with eight chances of ten; whoever has
 * the row is its source, all others are targets. Of all lemmas only "paint" is asked. */
static void make_file(void)
{
    static const uint32_t word[] = {OUT_TYPES, STATUS_COUNT, OUT_MODES, OUT_CODES};
    static const uint32_t party[] = {2}, home[] = {1}, sector[] = {OUT_SECTORS};
    static uint32_t row = NONE;
    if (row == NONE) row = subject_row();
    make_scorer(&made.word, 4, word);
    make_scorer(&made.party, 1, party);
    make_scorer(&made.home, 1, home);
    make_scorer(&made.sector, 1, sector);
    made.word.bias[0][0] = logf(0.1f);
    made.word.bias[0][1] = logf(0.8f);
    made.word.bias[0][2] = logf(0.1f);
    made.word.bias[1][STATUS_ACTUAL] = 9;
    made.word.bias[2][1] = 1;
    *row_for(&made.party, row) = 127;
    made.party.weight[0][0] = 4;
    made.party.weight[0][1] = -4;
    made.party.bias[0][0] = -2;
    made.party.bias[0][1] = 2;
    made.labels = made_labels;
    const float settings[SETTINGS + 1] = {[SET_VERSION] = EVIDENCE_VERSION,
                                          [SET_EVENT] = 0.5f,
                                          [SET_BESIDE] = 0.5f,
                                          [SET_FIRST] = -1.5f,
                                          [SET_B] = 1};
    memcpy(made.settings, settings, sizeof settings);
    made.n_settings = SETTINGS;
    memset(made.lemmas, 0, sizeof made.lemmas);
    know_lemma("paint");
    made.n_classes = MEANING_SLOTS * MEANING_GRAINS;
    made.lemma_bytes = LEMMA_BYTES;
    made.version = READER_VERSION;
    made.left_out = "";
}

static void add_section(struct bundle_writer *w, const char *tag, const void *at, size_t count,
                        size_t size)
{
    if (strcmp(tag, made.left_out) != 0) bundle_add(w, tag, at, count, size);
}

static void add_scorer(struct bundle_writer *w, const char *const tag[4],
                       const struct made_scorer *s)
{
    add_section(w, tag[0], s->dim, DIM_OUTS + s->n_heads, sizeof *s->dim);
    add_section(w, tag[1], s->rows, sizeof s->rows, 1);
    add_section(w, tag[2], s->numbers, s->n_numbers, sizeof *s->numbers);
    add_section(w, tag[3], s->slots, SLOTS, sizeof *s->slots);
}

static void save_file(void)
{
    static struct bundle_writer w;
    static const char *const tags[4][4] = {{"wrd.dim", "wrd.row", "wrd.num", "wrd.idx"},
                                           {"pty.dim", "pty.row", "pty.num", "pty.idx"},
                                           {"hom.dim", "hom.row", "hom.num", "hom.idx"},
                                           {"sct.dim", "sct.row", "sct.num", "sct.idx"}};
    static const uint32_t keys[MEANING_SLOTS]; /* no word has a class */
    dt_error err;
    bundle_begin(&w, "EVNT", made.version);
    add_scorer(&w, tags[0], &made.word);
    add_scorer(&w, tags[1], &made.party);
    add_scorer(&w, tags[2], &made.home);
    add_scorer(&w, tags[3], &made.sector);
    add_section(&w, "labels", made.labels, strlen(made.labels), 1);
    add_section(&w, "settings", made.settings, made.n_settings, sizeof *made.settings);
    add_section(&w, "mng.key", keys, MEANING_SLOTS, sizeof *keys);
    add_section(&w, "mng.cls", made.classes, made.n_classes, sizeof *made.classes);
    add_section(&w, "lemmas", made.lemmas, made.lemma_bytes, 1);
    (void)snprintf(made.path, sizeof made.path, "/tmp/reading_test.%ld", (long)getpid());
    if (bundle_save(&w, made.path, &err) != DT_OK) fail_msg("%s", err.text);
}

/* ---- what the program finds with it ---- */

struct run {
    dt_model *model;
    dt_coder *coder;
    const dt_doc *doc;
};

static struct run code_with(const char *events, double min_confidence, const char *text)
{
    struct run run = {.model = whole_model_of(NULL, events)};
    const dt_options options = {
        .size = sizeof options, .status = "all", .min_confidence = min_confidence};
    run.coder = whole_coder(run.model, &options);
    run.doc = whole_code(run.coder, text);
    return run;
}

static struct run classify_with(const char *events, const char *text, const size_t source[2],
                                const size_t target[2])
{
    struct run run = {.model = whole_model_of(NULL, events)};
    dt_error err = {0};
    dt_story story = whole_story("story", text, strlen(text));
    run.coder = whole_coder(run.model, NULL);
    if (dt_classify(run.coder, &story, source, target, &run.doc, &err) != DT_OK)
        fail_msg("%s", err.text);
    return run;
}

static void end_run(struct run *run)
{
    dt_coder_free(run->coder);
    dt_model_close(run->model);
    (void)remove(made.path);
}

static void the_weights_decide(void **state)
{
    (void)state;
    make_file();
    save_file();
    struct run run = code_with(made.path, 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 1);
    assert_string_equal(dt_event_plover(run.doc, 0), "PAINTING"); /* a type of the file's own */
    assert_string_equal(dt_event_mode(run.doc, 0), "oil");
    assert_string_equal(dt_event_cameo(run.doc, 0), "190");
    assert_string_equal(dt_event_status(run.doc, 0), "actual");
    assert_int_equal(dt_event_source_count(run.doc, 0), 1);
    assert_int_equal(dt_event_target_count(run.doc, 0), 1);
    assert_string_equal(dt_event_source_code(run.doc, 0, 0), "POL");
    assert_string_equal(dt_event_target_code(run.doc, 0, 0), "BRA");
    assert_true(dt_event_begin(run.doc, 0) == 7 && dt_event_end(run.doc, 0) == 14);
    assert_null(dt_event_frame(run.doc, 0));
    assert_true(isnan(dt_event_plover_score(run.doc, 0)));
    double side = 1 / (1 + exp(-2.0)), likely = 0.8 * side * side; /* 0.8: of its type */
    assert_true(fabs(dt_event_confidence(run.doc, 0) - likely) <= 0.0051);
    for (int format = DT_FORMAT_EVENTS; format <= DT_FORMAT_EXPLAIN_JSON; format++) {
        const char *text;
        size_t len;
        dt_error err;
        assert_int_equal(dt_render(run.coder, run.doc, format, 0, &text, &len, &err), DT_OK);
    }
    end_run(&run);
}

static void the_scale_makes_the_confidence(void **state)
{
    (void)state;
    make_file();
    made.settings[SET_A] = 0.5f;
    made.settings[SET_B] = 0.25f;
    save_file();
    struct run run = code_with(made.path, 0, paint_text);
    double side = 1 / (1 + exp(-2.0)), p = 0.8 * side * side;
    double wanted = 1 / (1 + exp(-0.5 - 0.25 * log(p / (1 - p))));
    assert_true(fabs(dt_event_confidence(run.doc, 0) - wanted) <= 0.0051);
    end_run(&run);
}

static void status_is_read_too(void **state)
{
    (void)state;
    make_file();
    made.word.bias[1][STATUS_PLANNED] = 20;
    made.word.bias[0][2] = 9; /* and another type, of which there is no mode */
    save_file();
    struct run run = code_with(made.path, 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 1);
    assert_string_equal(dt_event_status(run.doc, 0), "planned");
    assert_string_equal(dt_event_plover(run.doc, 0), "TALKING");
    assert_null(dt_event_mode(run.doc, 0));
    assert_true(dt_event_reciprocal(run.doc, 0));
    end_run(&run);
}

/* "polish" was never the name of an event, and no frame knows it. */
static void lemmas_are_asked_by_the_table(void **state)
{
    (void)state;
    make_file();
    save_file();
    struct run run = code_with(made.path, 0, "Poland polished Brazil.");
    assert_int_equal(dt_event_count(run.doc), 0);
    end_run(&run);
}

/* The first one may score as much as -1.5 less than nobody. */
static void sides_that_are_likelier_nobody_stay_empty(void **state)
{
    (void)state;
    for (int likelier = 0; likelier < 2; likelier++) {
        make_file();
        made.party.bias[0][1] = -2;
        row_for(&made.party, nobody_row())[1] = 127;
        made.party.weight[0][2 * 1 + 1] = likelier ? 3 : 1;
        save_file();
        struct run run = code_with(made.path, 0, paint_text);
        assert_int_equal(dt_event_count(run.doc), 1);
        assert_int_equal(dt_event_source_count(run.doc, 0), 1);
        assert_int_equal(dt_event_target_count(run.doc, 0), likelier ? 0 : 1);
        end_run(&run);
    }
}

static void only_likely_events_are_kept(void **state)
{
    (void)state;
    make_file();
    made.settings[SET_EVENT] = made.settings[SET_BESIDE] = 0.95f;
    save_file();
    struct run run = code_with(made.path, 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 0);
    end_run(&run);
    save_file();
    run = code_with(made.path, 0.3, paint_text); /* a confidence that is asked for decides alone */
    assert_int_equal(dt_event_count(run.doc), 1);
    assert_true(dt_event_confidence(run.doc, 0) >= 0.3);
    end_run(&run);
    save_file();
    run = code_with(made.path, 0.9, paint_text);
    assert_int_equal(dt_event_count(run.doc), 0);
    end_run(&run);
}

/* An event that is likely, with sides that are not, is left out, unless a confidence is asked for. */
static void unsure_events_are_left_out(void **state)
{
    (void)state;
    make_file();
    save_file();
    struct run run = code_with(made.path, 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 1);
    const double sure = dt_event_confidence(run.doc, 0);
    end_run(&run);
    made.settings[SET_LEAST] = (float)sure - 0.01f;
    save_file();
    run = code_with(made.path, 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 1);
    end_run(&run);
    made.settings[SET_LEAST] = (float)sure + 0.01f;
    save_file();
    run = code_with(made.path, 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 0);
    end_run(&run);
    save_file();
    run = code_with(made.path, 0.1, paint_text);
    assert_int_equal(dt_event_count(run.doc), 1);
    end_run(&run);
}

/* What is too unlikely to stand alone stands beside a likelier event: of the word "paint" it is
 * 0.8, of "polish", for which a row speaks against it, 0.4. */
static void weak_events_need_company(void **state)
{
    (void)state;
    static const char alone[] = "Poland polished Brazil.";
    static const char beside[] = "Poland painted Brazil. Chile polished Peru.";
    static const char far_off[] =
        "Poland painted Brazil. The sky was very blue. It was late. Chile polished Peru.";
    const struct evidence lemma = polish_evidence();
    const char *const texts[] = {alone, beside, far_off};
    static const size_t wanted[] = {0, 2, 1};
    for (size_t i = 0; i < 3; i++) {
        make_file();
        made.settings[SET_EVENT] = 0.7f;
        made.settings[SET_BESIDE] = 0.3f;
        *row_for(&made.word, lemma.at[0]) = 127;
        made.word.weight[0][0] = logf(9);
        know_lemma("polish");
        save_file();
        struct run run = code_with(made.path, 0, texts[i]);
        if (dt_event_count(run.doc) != wanted[i])
            fail_msg("%s: %zu events", texts[i], dt_event_count(run.doc));
        end_run(&run);
    }
}

static const char frame_text[] = "Poland imposed sanctions on Brazil.";

/* What a frame finds is evidence: the reader may find nothing there, "none" asks the frames alone.
 */
static void none_asks_the_frames_alone(void **state)
{
    (void)state;
    make_file();
    made.word.bias[0][0] = 9;
    save_file();
    struct run run = code_with(made.path, 0, frame_text);
    assert_int_equal(dt_event_count(run.doc), 0);
    end_run(&run);
    run = code_with("none", 0, frame_text);
    assert_int_equal(dt_event_count(run.doc), 1);
    assert_string_equal(dt_event_frame(run.doc, 0), "sanction/impose");
    const char *value = NULL;
    size_t i = 0;
    for (const char *key; (key = dt_model_fact(run.model, i, &value)) != NULL; i++)
        if (strcmp(key, "events") == 0) break;
    assert_string_equal(value, "none");
    end_run(&run);
    run = code_with("none", 0, paint_text);
    assert_int_equal(dt_event_count(run.doc), 0);
    end_run(&run);
}

/* A frame of the type that was read gives the event its code. */
static void frames_give_the_code(void **state)
{
    (void)state;
    make_file();
    made.labels =
        "type none - -\ntype SANCTION - -\ntype TALKING - -\nmode - SANCTION -\n"
        "mode - TALKING -\ncode 190 SANCTION -\ncode 040 TALKING r\nsector CVL - -\nsector - - -\n";
    save_file();
    struct run run = code_with(made.path, 0, frame_text);
    bool found = false;
    for (size_t i = 0; i < dt_event_count(run.doc); i++) {
        const char *frame = dt_event_frame(run.doc, i);
        if (frame == NULL || strcmp(frame, "sanction/impose") != 0) continue;
        found = true;
        assert_string_equal(dt_event_cameo(run.doc, i), "163");
    }
    assert_true(found);
    end_run(&run);
}

static void classify_always_answers(void **state)
{
    (void)state;
    static const char calm[] = "The weather was fine in Poland and in Brazil.";
    static const size_t source[2] = {24, 30}, target[2] = {38, 44};
    make_file();
    made.settings[SET_EVENT] = made.settings[SET_BESIDE] = 2; /* no word names an event */
    save_file();
    struct run run = classify_with(made.path, paint_text, paint_source, paint_target);
    assert_string_equal(dt_relation_cameo(run.doc), "190");
    assert_string_equal(dt_relation_plover(run.doc), "PAINTING");
    assert_true(dt_relation_confidence(run.doc) > 0);
    size_t event = dt_relation_event(run.doc);
    assert_string_equal(dt_event_source_code(run.doc, event, 0), "POL");
    assert_string_equal(dt_event_target_code(run.doc, event, 0), "BRA");
    end_run(&run);
    save_file();
    run = classify_with(made.path, calm, source, target);
    assert_non_null(dt_relation_cameo(run.doc));
    end_run(&run);
    run = classify_with("none", calm, source, target);
    assert_null(dt_relation_cameo(run.doc));
    end_run(&run);
}

/* ---- files ---- */

static void our_file_opens(void **state)
{
    (void)state;
    struct reader r;
    dt_error err = {0};
    if (reader_open(DT_SOURCE_DIR "/model/events.dtm", &r, &err) != DT_OK) fail_msg("%s", err.text);
    assert_string_equal(r.types[0].name, "none");
    reader_close(&r);
}

/* Saves the file and asks for that error, with a sentence that has `words` and the file's name. */
static void assert_refused(dt_status status, const char *words)
{
    struct reader r;
    dt_error err = {0};
    save_file();
    dt_status st = reader_open(made.path, &r, &err);
    reader_close(&r);
    (void)remove(made.path);
    if (st != status) fail_msg("status %d for a file of which \"%s\" was expected", (int)st, words);
    if (strstr(err.text, words) == NULL || strstr(err.text, made.path) == NULL)
        fail_msg("\"%s\" lacks \"%s\"", err.text, words);
}

static void damaged_labels_are_refused(void **state)
{
    (void)state;
    static const char *const labels[] = {
        "",
        "\n",
        "type none - -",               /* no end of line */
        "type none -\n",               /* a field too few */
        "kind none - -\n",             /* no such kind */
        "type none - -\ntype A - -\n", /* fewer than the network has outputs */
        "type none - -\ntype A - -\ntype B - -\ntype C - -\nmode - A -\nmode x A -\ncode 1 A -\n"
        "code 2 A -\nsector CVL - -\nsector - - -\n", /* one more */
        "type none - -\ntype A - -\ntype B - -\nmode - A -\nmode x A -\ncode 1 A -\n"
        "code 2 A -\nsector CVL - -\nsector MIL - -\nsector GOV - -\n"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        make_file();
        made.labels = labels[i];
        assert_refused(DT_E_MODEL_CORRUPT, "section labels");
    }
    static char many[READER_TYPES * 16 + 64];
    size_t len = 0;
    for (int i = 0; i <= READER_TYPES; i++)
        len += (size_t)snprintf(many + len, sizeof many - len, "type T%d - -\n", i);
    make_file();
    made.labels = many;
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
}

static void every_section_is_needed(void **state)
{
    (void)state;
    static const char *const tags[] = {"wrd.dim", "wrd.num", "pty.row", "hom.num",
                                       "sct.num", "labels",  "lemmas",  "settings",
                                       "pty.idx", "mng.key", "mng.cls"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        make_file();
        made.left_out = tags[i];
        assert_refused(DT_E_MODEL_CORRUPT, tags[i]);
    }
}

static void other_versions_are_refused(void **state)
{
    (void)state;
    make_file();
    made.version = READER_VERSION + 1;
    assert_refused(DT_E_MODEL_VERSION, "version");
    make_file();
    made.settings[SET_VERSION] = EVIDENCE_VERSION + 1;
    assert_refused(DT_E_MODEL_VERSION, "evidence of another version");
    make_file();
    made.n_settings = SETTINGS + 1;
    assert_refused(DT_E_MODEL_VERSION, "evidence of another version");
}

static void settings_must_be_finite(void **state)
{
    (void)state;
    for (int i = 1; i < SETTINGS; i++) {
        make_file();
        made.settings[i] = i % 2 ? NAN : INFINITY;
        assert_refused(DT_E_MODEL_CORRUPT, "section settings");
    }
}

static void the_table_of_lemmas_is_a_power_of_two(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 3, LEMMA_BYTES - 1};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        make_file();
        made.lemma_bytes = sizes[i];
        assert_refused(DT_E_MODEL_CORRUPT, "section lemmas");
    }
}

static void heads_must_be_those_of_the_labels(void **state)
{
    (void)state;
    static const uint32_t three[] = {OUT_TYPES, STATUS_COUNT, OUT_MODES};
    static const uint32_t status[] = {OUT_TYPES, STATUS_COUNT - 1, OUT_MODES, OUT_CODES};
    static const uint32_t side[] = {3}, homes[] = {2}, sectors[] = {OUT_SECTORS + 1};
    make_file();
    make_scorer(&made.word, 3, three);
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
    make_file();
    make_scorer(&made.word, 4, status);
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
    make_file();
    make_scorer(&made.party, 1, side);
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
    make_file();
    make_scorer(&made.home, 1, homes);
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
    make_file();
    make_scorer(&made.sector, 1, sectors);
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
}

/* States are those of the language model that the weights were learned with. */
static void states_must_be_those_of_the_language_model(void **state)
{
    (void)state;
    enum { STATE = 8 };
    struct reader r;
    dt_error err = {0};
    make_file();
    made.party.dim[DIM_STATES] = 1;
    made.party.dim[DIM_WIDTH] = STATE;
    made.party.n_numbers += STATE * DIM;
    save_file();
    if (reader_open(made.path, &r, &err) != DT_OK) fail_msg("%s", err.text);
    assert_true(reader_fits(&r, STATE));
    assert_false(reader_fits(&r, 2 * STATE));
    reader_close(&r);
    dt_model *model = NULL;
    const dt_model_options files = {.size = sizeof files,
                                    .model = DT_SOURCE_DIR "/model/english.dtm",
                                    .knowledge = DT_BINARY_DIR "/detente.dtk",
                                    .events = made.path};
    assert_int_equal(dt_model_open(&files, &model, &err), DT_E_MODEL_VERSION);
    assert_non_null(strstr(err.text, "another language model"));
    make_file();
    made.home.dim[DIM_STATES] = 1; /* homes have no word */
    made.home.dim[DIM_WIDTH] = STATE;
    made.home.n_numbers += STATE * DIM;
    assert_refused(DT_E_MODEL_CORRUPT, "section labels");
}

/* The error of the reader is that of the model. */
static void a_model_without_its_weights_does_not_open(void **state)
{
    (void)state;
    dt_model *model = NULL;
    dt_error err = {0};
    const dt_model_options files = {.size = sizeof files,
                                    .model = DT_SOURCE_DIR "/model/english.dtm",
                                    .knowledge = DT_BINARY_DIR "/detente.dtk",
                                    .events = "/nowhere/events.dtm"};
    assert_int_equal(dt_model_open(&files, &model, &err), DT_E_OPEN);
    assert_null(model);
    assert_non_null(strstr(err.text, "/nowhere/events.dtm"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_weights_decide),
        cmocka_unit_test(the_scale_makes_the_confidence),
        cmocka_unit_test(status_is_read_too),
        cmocka_unit_test(lemmas_are_asked_by_the_table),
        cmocka_unit_test(sides_that_are_likelier_nobody_stay_empty),
        cmocka_unit_test(only_likely_events_are_kept),
        cmocka_unit_test(unsure_events_are_left_out),
        cmocka_unit_test(weak_events_need_company),
        cmocka_unit_test(none_asks_the_frames_alone),
        cmocka_unit_test(frames_give_the_code),
        cmocka_unit_test(classify_always_answers),
        cmocka_unit_test(our_file_opens),
        cmocka_unit_test(damaged_labels_are_refused),
        cmocka_unit_test(every_section_is_needed),
        cmocka_unit_test(other_versions_are_refused),
        cmocka_unit_test(settings_must_be_finite),
        cmocka_unit_test(the_table_of_lemmas_is_a_power_of_two),
        cmocka_unit_test(heads_must_be_those_of_the_labels),
        cmocka_unit_test(states_must_be_those_of_the_language_model),
        cmocka_unit_test(a_model_without_its_weights_does_not_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
