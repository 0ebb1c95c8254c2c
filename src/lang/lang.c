/* lang.c - the language analysis of a document: sentences go through the network in batches, are
 * decoded, and their words filled in; see lang.h. */
#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "lang/dateline.h"
#include "lang/decode.h"
#include "lang/feature.h"
#include "lang/labels.h"

enum {
    BATCH_ROWS = 96, /* enough to keep the kernels busy, few enough to stay in the cache */
    PIECE_MAX = 1000 /* a longer sentence is parsed in pieces: arcs take n^2 */
};

struct lang_model {
    struct net net;
    struct labels labels;
    struct lemma_table lemma;
};

struct piece { /* a sentence, or part of a very long one */
    uint32_t token_begin;
    uint32_t joins; /* token to which the root of this piece is attached, or NONE */
    bool first;     /* of its sentence */
    bool dateline;  /* "LONDON, March 3 -": parsed by itself */
};

struct lang_scratch {
    struct net_run run;
    struct decode_room room;
    struct piece pieces[BATCH_ROWS];
    uint32_t start[BATCH_ROWS + 1]; /* rows of the pieces; start[n_pieces] is the number of rows */
    uint32_t n_pieces, longest;
    uint8_t names[PIECE_MAX];
    float margins[BATCH_ROWS + PIECE_MAX];
};

struct analysis { /* one call of lang_analyse */
    uint8_t *states;
    const struct lang_model *model;
    struct lang_scratch *scratch;
    const struct text_layer *text;
    struct lang_layer *out;
    struct lemma_room lemmas;
    uint32_t sentence, token; /* where the next batch begins */
    uint32_t sentence_root;   /* token; of the sentence that is being parsed in pieces */
    uint32_t dateline_root;   /* waits for the sentence that it opens, or NONE */
    bool after_dateline;      /* the next piece begins its sentence */
};

dt_status lang_model_new(const struct bundle *bundle, struct lang_model **out, dt_error *err)
{
    struct lang_model *model = calloc(1, sizeof *model);
    *out = NULL;
    if (model == NULL) return err_nomem(err);
    dt_status st = net_open(bundle, &model->net, err);
    if (st == DT_OK) st = lemma_open(bundle, &model->lemma, err);
    if (st == DT_OK) st = labels_open(bundle, &model->net.dim, &model->lemma, &model->labels, err);
    if (st == DT_OK)
        *out = model;
    else
        lang_model_free(model);
    return st;
}

void lang_model_free(struct lang_model *model)
{
    if (model == NULL) return;
    labels_close(&model->labels);
    net_close(&model->net);
    free(model);
}

dt_status lang_scratch_new(const struct lang_model *model, struct lang_scratch **out, dt_error *err)
{
    struct lang_scratch *scratch = calloc(1, sizeof *scratch);
    *out = scratch;
    if (scratch == NULL) return err_nomem(err);
    if (net_reserve(&model->net, &scratch->run, 2 * BATCH_ROWS, BATCH_ROWS)) return DT_OK;
    lang_scratch_free(scratch);
    *out = NULL;
    return err_nomem(err);
}

void lang_scratch_free(struct lang_scratch *scratch)
{
    if (scratch == NULL) return;
    net_run_free(&scratch->run);
    decode_room_free(&scratch->room);
    free(scratch);
}

/* Takes the next sentences, as many as make a batch. False when there are no more. */
static bool take_batch(struct analysis *a)
{
    struct lang_scratch *s = a->scratch;
    uint32_t rows = 0;
    s->n_pieces = s->longest = 0;
    while (a->sentence < a->text->n_sentences && rows < BATCH_ROWS) {
        const struct sentence *sent = &a->text->sentences[a->sentence];
        if (a->token < sent->token_begin) a->token = sent->token_begin;
        uint32_t left = sent->token_end > a->token ? sent->token_end - a->token : 0;
        uint32_t n = left < PIECE_MAX ? left : PIECE_MAX;
        bool begins = a->token == sent->token_begin;
        uint32_t dateline = begins && left > 0 ? dateline_length(a->text, sent) : 0;
        if (dateline != 0) n = dateline;
        if (n > 0 && rows > 0 && rows + n > 2 * BATCH_ROWS) break;
        if (n > 0) {
            s->pieces[s->n_pieces] =
                (struct piece){.token_begin = a->token,
                               .first = (begins && dateline == 0) || a->after_dateline,
                               .dateline = dateline != 0};
            a->after_dateline = dateline != 0;
            s->start[s->n_pieces++] = rows;
            rows += n;
            a->token += n;
            if (n > s->longest) s->longest = n;
        }
        if (n == left) {
            a->sentence++;
            a->token = 0;
        }
    }
    s->start[s->n_pieces] = rows;
    return rows > 0;
}

/* The form that the network sees: an en dash between blanks is how many print the em dash, and
 * read as the hyphen that it is elsewhere it would join what it parts. */
static struct str seen_form(const struct token *tokens, uint32_t i)
{
    const struct str form = tokens[i].form;
    if (!str_eq(form, STR("\xE2\x80\x93")) || (tokens[i].flags & TOKEN_SPACE_AFTER) == 0)
        return form;
    return i > 0 && (tokens[i - 1].flags & TOKEN_SPACE_AFTER) != 0 ? STR("\xE2\x80\x94") : form;
}

/* The features of a batch. */
static void look_up(struct analysis *a)
{
    struct lang_scratch *s = a->scratch;
    uint32_t *ids = s->run.ids;
    for (uint32_t p = 0; p < s->n_pieces; p++) {
        const struct token *tokens = a->text->tokens + s->pieces[p].token_begin;
        for (uint32_t i = 0; i < s->start[p + 1] - s->start[p]; i++, ids += FEATURE_COUNT) {
            unsigned flags = i == 0 && s->pieces[p].first ? FEATURE_FIRST : 0;
            if (tokens[i].flags & TOKEN_CAPS_LINE) flags |= FEATURE_CAPS;
            feature_ids(seen_form(tokens, i), flags, ids);
        }
    }
}

static bool parse_piece(struct analysis *a, uint32_t p)
{
    const struct net *net = &a->model->net;
    struct lang_scratch *s = a->scratch;
    const uint32_t first = s->start[p], n = s->start[p + 1] - first;
    uint32_t *heads = s->run.heads + first;
    size_t stride;
    float *arcs = net_arcs(net, &s->run, first, n, &stride);
    if (!decode_tree(net->kernel, &s->room, arcs, n, stride, heads, s->margins + first))
        return false;
    for (uint32_t i = 0; i < n; i++)
        if (heads[i] != NONE) heads[i] += first;
    return true;
}

static bool name_piece(struct analysis *a, uint32_t p)
{
    const struct net *net = &a->model->net;
    struct lang_scratch *s = a->scratch;
    const uint32_t first = s->start[p], n = s->start[p + 1] - first;
    const size_t stride = net->head[NET_NAME2].out_stride;
    struct word *words = a->out->words + s->pieces[p].token_begin;
    if (!decode_labels(&s->room, s->run.names + first * stride, n, stride, net->dim.names,
                       net->transitions, net->start, s->names))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct name_label label = a->model->labels.name[s->names[i]];
        words[i].name = label.type;
        words[i].name_begin =
            label.type != NAME_NONE && (label.begin || i == 0 || words[i - 1].name != label.type);
        a->out->n_entities += words[i].name_begin;
    }
    return true;
}

/* Tag, features, lemma of the word in `row`. */
static void tag_word(struct analysis *a, uint32_t row, struct str form, struct word *word)
{
    const struct tag_label *tag = &a->model->labels.tags[a->scratch->run.tags[row]];
    word->upos = tag->upos;
    word->xpos = tag->xpos;
    word->feats = tag->feats;
    word->verb = tag->verb;
    word->plural = tag->plural;
    word->lemma = lemma_of(&a->model->lemma, tag->lemma, form, &a->lemmas);
}

/* Head and relation of the word in `row` of piece p; only a root gets the relation root. */
static void attach_word(struct analysis *a, uint32_t p, uint32_t row, struct word *word)
{
    const struct net *net = &a->model->net;
    const struct labels *labels = &a->model->labels;
    struct lang_scratch *s = a->scratch;
    float *scores = s->run.labels + row * net->head[NET_LABEL].out_stride;
    float margin = s->margins[row] * net->arc_scale;
    word->score = margin > 0.0f ? margin / (1.0f + margin) : 0.0f;
    if (s->run.heads[row] != NONE) {
        scores[labels->root] = -FLT_MAX;
        word->head = s->pieces[p].token_begin + s->run.heads[row] - s->start[p];
        word->deprel = (uint16_t)net->kernel->argmax(scores, net->dim.deprels);
    } else if (s->pieces[p].dateline) { /* hangs on the root of the piece behind it */
        a->dateline_root = s->pieces[p].token_begin + row - s->start[p];
        word->deprel = (uint16_t)labels->parataxis;
    } else if (s->pieces[p].first) {
        word->head = NONE;
        word->deprel = (uint16_t)labels->root;
        a->sentence_root = s->pieces[p].token_begin + row - s->start[p];
        if (a->dateline_root != NONE) a->out->words[a->dateline_root].head = a->sentence_root;
        a->dateline_root = NONE;
    } else {
        word->head = a->sentence_root;
        word->deprel = (uint16_t)labels->parataxis;
    }
    word->dep = labels->dep[word->deprel];
}

static void attach_words(struct analysis *a)
{
    const struct lang_scratch *s = a->scratch;
    for (uint32_t p = 0; p < s->n_pieces; p++)
        for (uint32_t row = s->start[p]; row < s->start[p + 1]; row++)
            attach_word(a, p, row, &a->out->words[s->pieces[p].token_begin + row - s->start[p]]);
}

/* "of intelligence sharing" */
static bool is_nominal(enum dep dep)
{
    return dep == DEP_CASE || dep == DEP_DET || dep == DEP_NMOD_POSS;
}

/* "Police in Malawi arrest 140 people": what has an object, and neither article nor preposition, is
 * no noun. The tree, which looks at whole sentences, is right more often than the tag. */
static void mend_classes(struct analysis *a)
{
    enum { OBJECT = 1, NOMINAL = 2 };
    struct lang_scratch *s = a->scratch;
    for (uint32_t p = 0; p < s->n_pieces; p++) {
        const uint32_t first = s->start[p], n = s->start[p + 1] - first;
        const struct word *words = a->out->words + s->pieces[p].token_begin;
        uint8_t *has = s->names; /* as long as the longest piece */
        memset(has, 0, n);
        for (uint32_t i = 0; i < n; i++) {
            if (s->run.heads[first + i] == NONE) continue;
            if (words[i].dep == DEP_OBJ) has[s->run.heads[first + i] - first] |= OBJECT;
            if (is_nominal(words[i].dep)) has[s->run.heads[first + i] - first] |= NOMINAL;
        }
        for (uint32_t i = 0; i < n; i++)
            if (has[i] == OBJECT && s->run.tags[first + i] == UPOS_NOUN)
                s->run.tags[first + i] = UPOS_VERB;
    }
}

static void tag_words(struct analysis *a)
{
    const struct lang_scratch *s = a->scratch;
    for (uint32_t p = 0; p < s->n_pieces; p++)
        for (uint32_t row = s->start[p]; row < s->start[p + 1]; row++) {
            uint32_t token = s->pieces[p].token_begin + row - s->start[p];
            tag_word(a, row, a->text->tokens[token].form, &a->out->words[token]);
        }
}

_Static_assert((int)LANG_STATE_ZERO == (int)QUANT_ZERO, "states are what the heads read");

/* The states of a batch's words, which net_forward() has left as the heads read them. */
static void keep_states(struct analysis *a)
{
    const struct lang_scratch *s = a->scratch;
    const size_t width = a->model->net.dim.width;
    for (uint32_t p = 0; p < s->n_pieces; p++)
        memcpy(a->states + s->pieces[p].token_begin * width, s->run.x_q + s->start[p] * width,
               (s->start[p + 1] - s->start[p]) * width);
}

static bool analyse_batch(struct analysis *a)
{
    const struct net *net = &a->model->net;
    struct lang_scratch *s = a->scratch;
    const uint32_t rows = s->start[s->n_pieces];
    if (!net_reserve(net, &s->run, rows, s->longest)) return false;
    look_up(a);
    net_forward(net, &s->run, s->start, s->n_pieces);
    keep_states(a);
    for (uint32_t p = 0; p < s->n_pieces; p++) {
        if (!parse_piece(a, p) || !name_piece(a, p)) return false;
    }
    net_labels(net, &s->run, rows);
    attach_words(a);
    net_classes(net, &s->run, rows);
    mend_classes(a);
    net_tags(net, &s->run, a->model->labels.class_begin, rows);
    tag_words(a);
    return true;
}

static bool gather_entities(struct arena *arena, const struct text_layer *text,
                            struct lang_layer *out)
{
    uint32_t n = 0;
    out->entities = ARENA_NEW(arena, out->n_entities, struct lang_entity);
    if (out->entities == NULL) return false;
    for (uint32_t i = 0; i < text->n_tokens; i++) {
        if (out->words[i].name_begin)
            out->entities[n++] = (struct lang_entity){i, i + 1, out->words[i].name};
        else if (out->words[i].name != NAME_NONE)
            out->entities[n - 1].token_end = i + 1;
    }
    return true;
}

/* What a word is that no sentence holds. */
static void clear_words(const struct text_layer *text, struct word *words)
{
    for (uint32_t i = 0; i < text->n_tokens; i++) {
        words[i].head = NONE;
        words[i].upos = UPOS_X;
        words[i].dep = DEP_DEP;
        words[i].xpos = words[i].feats = words[i].deprel = UINT16_MAX;
        words[i].lemma = text->tokens[i].form;
    }
}

bool lang_analyse(const struct lang_model *model, struct lang_scratch *scratch, struct arena *arena,
                  const struct text_layer *text, struct lang_layer *out)
{
    *out = (struct lang_layer){.words = ARENA_NEW(arena, text->n_tokens, struct word)};
    struct analysis a = {.model = model,
                         .scratch = scratch,
                         .text = text,
                         .out = out,
                         .lemmas = {.arena = arena},
                         .sentence_root = NONE,
                         .dateline_root = NONE};
    const size_t width = model->net.dim.width;
    a.states = ARENA_NEW(arena, text->n_tokens * width, uint8_t);
    out->states = a.states;
    out->width = (uint32_t)width;
    if (out->words == NULL || a.states == NULL) return false;
    memset(a.states, LANG_STATE_ZERO, text->n_tokens * width);
    clear_words(text, out->words);
    while (take_batch(&a)) {
        if (!analyse_batch(&a)) return false;
    }
    return gather_entities(arena, text, out);
}

struct str lang_xpos(const struct lang_model *model, uint16_t id)
{
    return id < model->labels.n_xpos ? model->labels.xpos[id] : STR("_");
}

struct str lang_feats(const struct lang_model *model, uint16_t id)
{
    return id < model->labels.n_feats ? model->labels.feats[id] : STR("_");
}

struct str lang_deprel(const struct lang_model *model, uint16_t id)
{
    return id < model->labels.n_deprel ? model->labels.deprel[id] : STR("_");
}

uint32_t lang_state_width(const struct lang_model *model)
{
    return model->net.dim.width;
}

const char *lang_kernel_name(const struct lang_model *model)
{
    return model->net.kernel->name;
}

bool lang_use_kernel(struct lang_model *model, const char *name)
{
    const struct kernel *kernel = kernel_named(name);
    if (kernel != NULL) model->net.kernel = kernel;
    return kernel != NULL;
}
