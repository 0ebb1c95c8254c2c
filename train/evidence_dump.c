/* evidence_dump.c - gives the trainer of the reader what the run time sees (src/what/evidence.h).
 *
 *     evidence_dump MEANINGS.dtm STORIES.jsonl [QUESTIONS [STATES]] > OUT
 *
 * MEANINGS.dtm is a file of the reader's weights whose table of meanings is used, or "none".
 * QUESTIONS has a line for each story: its id, and words separated by blanks: BYTE asks for the
 * parties of the word that begins there; BYTE,ACTOR,SIDE,TYPE,OTHER for the homes and the sector of
 * an actor (its number, 0 source or 1 target, the type's number, an actor of the other side or -1).
 * Out: for each story, numbers of 32 bits in the byte order of the machine:
 *   bytes of its id; the id, padded to whole numbers
 *   number of tokens; for each: begin, end (bytes), sentence, head or ~0, upos
 *   number of actors; for each: begin, end, head, kind, flags (bit 16: its country is to be
 *   found), country (1 number), code (3)
 *   number of homes; for each its country
 *   number of events of the frames; for each: token, status, type (3 numbers), mode (4), code (2),
 *   number of sources, the actors; number of targets, the actors
 *   number of sentences; for each: rows; the rows
 *   number of candidates; for each: token, hash of its lemma, rows; the rows, first those in which
 *   the lemma has no part; the number of those
 *   number of pairs; for each: token, actor (last of each token: ~0, nobody), rows; the rows,
 *   without those that have the type
 *   number of guesses; for each: token, actor, home (behind the homes: none of them; the sector),
 *   rows; the rows
 * STATES gets the states of the language model: for each token of each story its numbers, a byte
 * each. Linear time. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "story/story.h"
#include "what/evidence.h"
#include "what/reader_file.h"

struct dump {
    struct buf words, pairs, guesses, homes, events, sentences;
    uint32_t n_sentences, n_words, n_pairs, n_guesses, n_homes, n_events,
        seen; /* seen: events of the layer */
    FILE *questions, *states;
    char *line; /* the story's */
    size_t cap;
};

static void put(struct buf *b, uint32_t number)
{
    buf_put(b, str_of((const char *)&number, sizeof number));
}

static void put_padded(struct buf *b, const char *text, size_t len)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < len; i += 4) {
        uint32_t number = 0;
        if (i < n) memcpy(&number, text + i, n - i < 4 ? n - i : 4);
        put(b, number);
    }
}

static void put_rows(struct buf *b, const struct evidence *e, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        put(b, e->at[i]);
}

static void take_word(struct dump *d, const struct evidence_view *v, uint32_t token)
{
    struct evidence e, other;
    uint32_t *key = (uint32_t *)v->in->key + token, lemma = *key; /* the input is our own */
    evidence_of_word(v, token, &e);
    *key = ~lemma;
    evidence_of_word(v, token, &other);
    *key = lemma;
    put(&d->words, token);
    put(&d->words, lemma);
    put(&d->words, e.n);
    for (uint32_t i = 0; i < e.n; i++) /* those that any lemma would have come first */
        if (e.at[i] == other.at[i]) put(&d->words, e.at[i]);
    for (uint32_t i = 0; i < e.n; i++)
        if (e.at[i] != other.at[i]) put(&d->words, e.at[i]);
    uint32_t shared = 0;
    for (uint32_t i = 0; i < e.n; i++)
        shared += e.at[i] == other.at[i];
    put(&d->words, shared);
    d->n_words++;
}

static void put_pair(struct dump *d, uint32_t token, uint32_t actor, const struct evidence *e)
{
    uint32_t own = e->n / 2;
    put(&d->pairs, token);
    put(&d->pairs, actor);
    put(&d->pairs, own);
    put_rows(&d->pairs, e, own);
    d->n_pairs++;
}

static void take_parties(struct dump *d, const struct evidence_view *v, uint32_t token)
{
    struct evidence e;
    for (uint32_t k = 0; k < v->n_all; k++) {
        if (!evidence_fits(v, k, token)) continue;
        evidence_of_party(v, token, v->parties[k], 0, &e);
        put_pair(d, token, v->parties[k], &e);
    }
    evidence_of_nobody(v, token, 0, &e);
    put_pair(d, token, NONE, &e);
}

static void put_guess(struct dump *d, uint32_t token, uint32_t actor, uint32_t which,
                      const struct evidence *e)
{
    put(&d->guesses, token);
    put(&d->guesses, actor);
    put(&d->guesses, which);
    put(&d->guesses, e->n);
    put_rows(&d->guesses, e, e->n);
    d->n_guesses++;
}

static void take_homes(struct dump *d, const struct evidence_view *v, uint32_t token,
                       uint32_t actor, uint32_t side, uint32_t type, uint32_t other)
{
    struct evidence e;
    for (uint32_t h = 0; h <= v->homes->n; h++) {
        evidence_of_home(v, token, actor, side, type, h < v->homes->n ? h : HOMES_MOST, other, &e);
        put_guess(d, token, actor, h, &e);
    }
    evidence_of_sector(v, token, actor, side, type, other, &e);
    put_guess(d, token, actor, v->homes->n + 1, &e);
}

static void take_side(struct dump *d, const struct evidence_view *v, struct range side)
{
    put(&d->events, range_count(side));
    for (uint32_t i = side.begin; i < side.end; i++)
        put(&d->events, v->what->parties[i].actor);
}

static void take_events(struct dump *d, const struct evidence_view *v)
{
    for (; d->seen < v->what->n_events; d->seen++) {
        const struct event *e = &v->what->events[d->seen];
        if (e->incomplete || e->plover == NULL) continue;
        /* the corpus marks whole phrases: "held talks", "threatened to attack" */
        put(&d->events, range_count(e->operators) != 0
                            ? v->what->operators[e->operators.end - 1].token
                            : e->token);
        put(&d->events, e->status);
        put_padded(&d->events, e->plover, 12);
        put_padded(&d->events, e->mode != NULL ? e->mode : "", 16);
        put_padded(&d->events, e->cameo, 8);
        take_side(d, v, e->source);
        take_side(d, v, e->target);
        d->n_events++;
    }
}

static void take(void *context, const struct evidence_view *v)
{
    struct dump *d = context;
    if (d->n_homes == 0) {
        d->n_homes = v->homes->n;
        for (uint32_t i = 0; i < v->homes->n; i++)
            put_padded(&d->homes, v->homes->country[i], 4);
    }
    struct evidence e;
    evidence_of_sentence(v, &e);
    put(&d->sentences, e.n);
    put_rows(&d->sentences, &e, e.n);
    d->n_sentences++;
    take_events(d, v);
    for (uint32_t t = v->begin; t < v->end; t++)
        if (evidence_is_candidate(v, t)) take_word(d, v, t);
    for (const char *q = d->line; q != NULL; q = strchr(q, ' ')) {
        unsigned byte, actor, side, type;
        int other;
        while (*q == ' ')
            q++;
        int n = sscanf(q, "%u,%u,%u,%u,%d", &byte, &actor, &side, &type, &other);
        for (uint32_t t = v->begin; n >= 1 && t < v->end; t++) {
            if (v->in->text->tokens[t].begin != byte) continue;
            if (n == 1) take_parties(d, v, t);
            if (n == 5 && actor < v->in->who->n_actors)
                take_homes(d, v, t, actor, side, type, other < 0 ? NONE : (uint32_t)other);
        }
    }
}

static void put_story(const struct dt_doc *doc, struct buf *b)
{
    size_t len = strlen(doc->story.id);
    put(b, (uint32_t)len);
    put_padded(b, doc->story.id, (len + 3) / 4 * 4);
    put(b, doc->text.n_tokens);
    for (uint32_t i = 0; i < doc->text.n_tokens; i++) {
        put(b, doc->text.tokens[i].begin);
        put(b, doc->text.tokens[i].end);
        put(b, doc->tree.sentence[i]);
        put(b, doc->lang.words[i].head);
        put(b, doc->lang.words[i].upos);
    }
    put(b, doc->who.n_actors);
    for (uint32_t i = 0; i < doc->who.n_actors; i++) {
        const struct actor *a = &doc->who.actors[i];
        put(b, a->begin);
        put(b, a->end);
        put(b, a->head);
        put(b, a->kind);
        put(b, a->flags | (uint32_t)evidence_is_homeless(a) << 16);
        put_padded(b, a->country, 4);
        put_padded(b, a->code, 12);
    }
}

static void put_list(struct buf *b, uint32_t n, const struct buf *list)
{
    put(b, n);
    if (list->len != 0) buf_put(b, str_of(list->at, list->len));
}

static int give_up(const char *what)
{
    fprintf(stderr, "evidence_dump: %s\n", what);
    return 1;
}

/* The line of questions for the story, which begins with its id. */
static bool read_questions(struct dump *d, const char *id)
{
    free(d->line);
    d->line = NULL;
    if (d->questions == NULL) return true;
    if (getline(&d->line, &d->cap, d->questions) < 0) return false;
    size_t n = strlen(id);
    if (strncmp(d->line, id, n) != 0) return false;
    memmove(d->line, d->line + n, strlen(d->line + n) + 1);
    return true;
}

static int code_one(dt_coder *coder, const dt_story *story, struct dump *d)
{
    static struct buf out;
    dt_error err;
    const struct dt_doc *doc = NULL;
    out.len = d->words.len = d->pairs.len = d->guesses.len = d->homes.len = d->events.len = 0;
    d->sentences.len = d->n_sentences = 0;
    d->n_words = d->n_pairs = d->n_guesses = d->n_homes = d->n_events = d->seen = 0;
    if (!read_questions(d, story->id)) return give_up("the questions are not those of the stories");
    dt_status st = dt_code(coder, story, &doc, &err);
    if (st == DT_E_LANGUAGE) { /* as `code` does */
        fprintf(stderr, "evidence_dump: %s: %s; it is left out\n", story->id, err.text);
        return 0;
    }
    if (st != DT_OK) return give_up(err.text);
    size_t n = (size_t)doc->text.n_tokens * doc->lang.width;
    if (d->states != NULL && fwrite(doc->lang.states, 1, n, d->states) != n)
        return give_up("the states could not be written");
    put_story(doc, &out);
    put_list(&out, d->n_homes, &d->homes);
    put_list(&out, d->n_events, &d->events);
    put_list(&out, d->n_sentences, &d->sentences);
    put_list(&out, d->n_words, &d->words);
    put_list(&out, d->n_pairs, &d->pairs);
    put_list(&out, d->n_guesses, &d->guesses);
    if (fwrite(out.at, 1, out.len, stdout) != out.len)
        return give_up("the output could not be written");
    return 0;
}

static int read_file(dt_coder *coder, const char *path, struct dump *d)
{
    dt_error err;
    dt_reader *reader = NULL;
    dt_story story = {.size = sizeof story};
    const char *record;
    size_t len, line;
    if (dt_reader_open(path, NULL, &reader, &err) != DT_OK) return give_up(err.text);
    while (dt_reader_next(reader, &record, &len, &line, &err) == DT_OK && record != NULL) {
        if (dt_record_story(coder, reader, record, len, line, &story, &err) != DT_OK)
            return give_up(err.text);
        if (code_one(coder, &story, d) != 0) return 1;
    }
    dt_reader_close(reader);
    return 0;
}

int main(int argc, char **argv)
{
    dt_error err;
    dt_model *model = NULL;
    dt_coder *coder = NULL;
    struct dump dump = {0};
    struct meanings meanings;
    struct bundle bundle = {0};
    struct evidence_sink sink = {take, &dump, NULL};
    if (argc < 3 || argc > 5)
        return give_up("usage: evidence_dump MEANINGS.dtm STORIES.jsonl [QUESTIONS [STATES]]");
    if (argc >= 4 && (dump.questions = fopen(argv[3], "r")) == NULL)
        return give_up("the questions could not be read");
    if (argc == 5 && (dump.states = fopen(argv[4], "wb")) == NULL)
        return give_up("the states could not be written");
    if (strcmp(argv[1], "none") != 0) {
        if (bundle_open(argv[1], "EVNT", READER_VERSION, READER_VERSION, &bundle, &err) != DT_OK ||
            meanings_open(&bundle, &meanings, &err) != DT_OK)
            return give_up(err.text);
        sink.meanings = &meanings;
    }
    if (dt_model_open(NULL, &model, &err) != DT_OK) return give_up(err.text);
    if (dt_coder_new(model, NULL, &coder, &err) != DT_OK) return give_up(err.text);
    coder->sink = &sink;
    int status = read_file(coder, argv[2], &dump);
    if (dump.states != NULL && fclose(dump.states) != 0 && status == 0)
        return give_up("the states could not be written");
    return status;
}
