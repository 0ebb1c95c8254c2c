/* expect.c - see expect.h. Most kinds are lists of things with their words: `layers` says in which
 * list and how a thing of it reads. Quotations, people and relations have a form of their own. */
#include "expect.h"

#include "attribute.h"

#include <stdlib.h>

static const char *text_of(const json_t *thing, const char *key)
{
    return json_string_value(json_object_get(thing, key));
}

struct expectation expectation_of(const struct spec_line *line)
{
    struct expectation e = {.line = line, .body = line->text, .kind = view_of("")};
    (void)view_next(&e.body, " ", &e.kind);
    e.miss = view_is(e.kind, "miss");
    if (e.miss) (void)view_next(&e.body, " ", &e.kind);
    e.no = view_is(e.kind, "no");
    if (e.no) (void)view_next(&e.body, " ", &e.kind);
    e.body = view_trim(e.body);
    return e;
}

/* ---- how things read ---- */

static void put_field(const json_t *thing, const char *key, FILE *out)
{
    const char *text = text_of(thing, key);
    if (text != NULL) (void)fprintf(out, " %s", text);
}

static void put_actor(const json_t *actor, const struct answer *a, FILE *out)
{
    (void)a;
    put_field(actor, "code", out);
}

static void put_time(const json_t *time, const struct answer *a, FILE *out)
{
    (void)a;
    put_field(time, "type", out);
    put_field(time, "value", out);
    put_field(time, "mod", out);
}

static void put_place(const json_t *place, const struct answer *a, FILE *out)
{
    (void)a;
    if (text_of(place, "country") == NULL) (void)fprintf(out, " none");
    put_field(place, "country", out);
    put_field(place, "adm1", out);
}

static void put_quantity(const json_t *quantity, const struct answer *a, FILE *out)
{
    (void)a;
    put_field(quantity, "kind", out);
    (void)fprintf(out, " %.15g", json_number_value(json_object_get(quantity, "value")));
    put_field(quantity, "unit", out);
}

static void put_entity(const json_t *entity, const struct answer *a, FILE *out)
{
    (void)a;
    put_field(entity, "type", out);
}

/* "arrest VERB root", "police NOUN nsubj of arrested": heads are counted within the sentence. */
static void put_token(const json_t *token, const struct answer *a, FILE *out)
{
    const json_t *sentences = answer_list(a, "tokens");
    put_field(token, "lemma", out);
    put_field(token, "upos", out);
    put_field(token, "deprel", out);
    json_int_t head = json_integer_value(json_object_get(token, "head"));
    for (size_t s = 0; s < json_array_size(sentences) && head > 0; s++) {
        const json_t *tokens = json_array_get(sentences, s);
        for (size_t i = 0; i < json_array_size(tokens); i++)
            if (json_array_get(tokens, i) == token)
                (void)fprintf(out, " of %s",
                              text_of(json_array_get(tokens, (size_t)head - 1), "form"));
    }
}

struct layer {
    const char *kind, *list, *words; /* the expectation's name, the list, the field of the words */
    void (*put)(const json_t *, const struct answer *, FILE *);
    bool whole; /* the value must be all that the thing says, not only its beginning */
    bool every; /* of each mention with these words */
    bool codes; /* several values: a mention for each */
};

static const struct layer layers[] = {
    {"actor", "actors", "text", put_actor, true, false, true},
    {"time", "times", "text", put_time, true, false, false},
    {"place", "places", "text", put_place, false, true, false},
    {"quantity", "quantities", "text", put_quantity, true, false, false},
    {"entity", "entities", "text", put_entity, true, false, false},
    {"token", "tokens", "form", put_token, false, false, false},
};

/* ---- lists of things ---- */

/* What one line of a layer wants. */
struct want {
    const struct layer *layer;
    const struct answer *answer;
    struct view words, value, attributes;
    size_t n, n_fit;   /* things with these words; those that also fit the value */
    const char *fault; /* what was expected of the line */
    FILE *out;
};

static bool value_fits(const struct want *w, const char *found)
{
    struct view have = view_trim(view_of(found));
    if (!view_starts(have, w->value)) return false;
    return have.len == w->value.len || (!w->layer->whole && have.at[w->value.len] == ' ');
}

static bool attributes_fit(struct want *w, const json_t *thing)
{
    struct view rest = w->attributes;
    struct attribute a;
    while (attribute_next(&rest, &a)) {
        if (w->fault == NULL) w->fault = attribute_fault_in(&a, thing);
        if (!attribute_holds(&a, thing, w->answer->example->text)) return false;
    }
    return true;
}

/* Counts the thing when it has the words, and tells of it. */
static void look_at(struct want *w, const json_t *thing)
{
    char *found = NULL;
    size_t len;
    const char *words = text_of(thing, w->layer->words);
    FILE *out = words != NULL ? open_memstream(&found, &len) : NULL;
    if (out == NULL) return;
    w->layer->put(thing, w->answer, out);
    (void)fclose(out);
    if (len != 0 && w->out != NULL) (void)fprintf(w->out, "    found     %s =%s\n", words, found);
    if (len != 0 && view_is(w->words, words)) {
        w->n++;
        if (value_fits(w, found) && attributes_fit(w, thing)) w->n_fit++;
    }
    free(found);
}

static void look_through(struct want *w, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *thing = json_array_get(list, i);
        if (json_is_array(thing))
            look_through(w, thing);
        else
            look_at(w, thing);
    }
}

static bool want_is_met(struct want *w)
{
    struct view values = w->value;
    if (!w->layer->codes) {
        look_through(w, answer_list(w->answer, w->layer->list));
        return w->n_fit != 0 && (!w->layer->every || w->n_fit == w->n);
    }
    while (view_next(&values, " ", &w->value)) {
        w->n_fit = 0;
        look_through(w, answer_list(w->answer, w->layer->list));
        w->out = NULL; /* all was told */
        if (w->n_fit == 0) return false;
    }
    return true;
}

static bool judge_layer(struct expectation *e, const struct layer *layer, struct answer *a,
                        FILE *out)
{
    struct want w = {.layer = layer, .answer = a, .out = out, .words = e->body};
    size_t equals = view_find(e->body, " = ");
    if (e->body.len == 0 || e->no != (equals == e->body.len)) {
        e->fault = e->no ? "the words that are none" : "WORDS = VALUE";
        return false;
    }
    if (e->no) {
        look_through(&w, answer_list(a, layer->list));
        return w.n == 0;
    }
    w.words = view_trim((struct view){e->body.at, equals});
    w.value = view_trim(view_from(e->body, equals + 3));
    w.attributes = attribute_begin(&w.value);
    bool meets = want_is_met(&w);
    e->fault = w.fault;
    return meets;
}

/* ---- people: adjectives of a country, which annotate does not print ---- */

static bool judge_people(struct expectation *e, struct answer *a, FILE *out)
{
    char line[400];
    size_t equals = view_find(e->body, " = ");
    struct view words = view_trim((struct view){e->body.at, equals}), one;
    struct view country = view_trim(view_from(e->body, equals < e->body.len ? equals + 3 : equals));
    struct view rest = view_of(a->explained);
    bool found = false, fits = true;
    if (e->no != (equals == e->body.len)) e->fault = "WORDS = COUNTRY";
    while (view_next(&rest, "\n", &one)) {
        if (view_find(one, "  (adjective)") == one.len) continue;
        (void)fprintf(out, "    found     %.*s\n", VIEW(one));
        (void)snprintf(line, sizeof line, "\"%.*s\"  ", VIEW(words));
        if (!view_begins(one, line)) continue;
        found = true;
        (void)snprintf(line, sizeof line, ", %.*s  (adjective)", VIEW(country));
        fits = fits && view_find(one, line) < one.len;
    }
    return e->no ? !found : found && fits;
}

/* ---- sentences ---- */

/* The words that one written word has, "2-3 didn't": numbers within the sentence. */
struct joined {
    unsigned from, to;
};

/* The word's column of a line of CoNLL-U, with what joins it to the one before: "_'s". */
static void put_word(struct view line, struct joined *joined, FILE *out)
{
    struct view number = {"", 0}, form = {"", 0};
    unsigned from = 0, to = 0;
    char text[24];
    (void)view_next(&line, "\t", &number);
    (void)view_next(&line, "\t", &form);
    int n = sscanf(view_copy(number, text, sizeof text), "%u-%u", &from, &to);
    if (n == 2) *joined = (struct joined){from, to};
    if (n != 1) return;
    bool second = from > joined->from && from <= joined->to;
    (void)fprintf(out, "%s%s%.*s", from > 1 ? " " : "", second ? "_" : "", VIEW(form));
}

/* The story's sentences, one a line, their tokens apart. */
static void put_sentences(const char *conllu, FILE *out)
{
    struct view rest = view_of(conllu);
    struct joined joined = {0, 0};
    bool inside = false;
    while (rest.len != 0) {
        size_t end = view_find(rest, "\n");
        struct view line = {rest.at, end};
        if (end == 0 && inside) (void)fprintf(out, "\n");
        if (end == 0) joined = (struct joined){0, 0};
        inside = end != 0;
        if (end != 0 && line.at[0] != '#') put_word(line, &joined, out);
        rest = view_from(rest, end < rest.len ? end + 1 : end);
    }
    if (inside) (void)fprintf(out, "\n");
}

/* The expectation's line is one of several: which one it is among them says which sentence it is;
 * behind the last one there must be none. */
static bool judge_sentence(const struct expectation *e, struct answer *a, FILE *out)
{
    const struct example *x = a->example;
    char *conllu = answer_conllu(a), *all = NULL;
    size_t len, own = 0, n = 0, i = 0;
    FILE *lines = conllu != NULL ? open_memstream(&all, &len) : NULL;
    bool holds = false;
    if (lines != NULL) {
        put_sentences(conllu, lines);
        (void)fclose(lines);
    }
    for (size_t k = x->begin; k < x->end; k++) {
        if (!view_is(expectation_of(&x->file->lines[k]).kind, "sentence")) continue;
        if (&x->file->lines[k] == e->line) own = n;
        n++;
    }
    struct view rest = view_of(all != NULL ? all : ""), one;
    for (; view_next(&rest, "\n", &one); i++) {
        (void)fprintf(out, "    found     %.*s\n", VIEW(one));
        if (i == own && view_same(one, e->body)) holds = true;
    }
    free(all);
    free(conllu);
    return holds && (own + 1 != n || i == n);
}

/* ---- quotations ---- */

/* The pieces as text, " ... " between them; "-" for none. */
static void put_pieces(const json_t *pieces, const char *text, FILE *out)
{
    for (size_t i = 0; i < json_array_size(pieces); i++) {
        const json_t *piece = json_array_get(pieces, i);
        json_int_t begin = json_integer_value(json_array_get(piece, 0));
        json_int_t end = json_integer_value(json_array_get(piece, 1));
        (void)fprintf(out, "%s%.*s", i != 0 ? " ... " : "", (int)(end - begin), text + begin);
    }
    if (json_array_size(pieces) == 0) (void)fprintf(out, "-");
}

/* "source | cue | content", " | direct" behind it where it is. */
static char *quote_text(const json_t *quote, const char *text)
{
    char *line = NULL;
    size_t len;
    FILE *out = open_memstream(&line, &len);
    if (out == NULL) return NULL;
    put_pieces(json_object_get(quote, "source"), text, out);
    (void)fprintf(out, " | ");
    put_pieces(json_object_get(quote, "cue"), text, out);
    (void)fprintf(out, " | ");
    put_pieces(json_object_get(quote, "content"), text, out);
    if (json_is_true(json_object_get(quote, "direct"))) (void)fprintf(out, " | direct");
    (void)fclose(out);
    return line;
}

/* Where the attributes begin: behind the last " | ", if they do. */
static struct view quote_attributes(struct view *body)
{
    struct view last = *body, attributes = {"", 0};
    for (size_t bar; (bar = view_find(last, " | ")) < last.len;)
        last = view_from(last, bar + 3);
    struct view head = last;
    struct view rest = attribute_begin(&head);
    if (head.len == 0 && rest.len != 0) {
        attributes = rest;
        *body = view_trim((struct view){body->at, body->len - last.len - 3});
    }
    return attributes;
}

static bool quote_fits(const json_t *quote, struct want *w, const char *line)
{
    return view_is(w->value, line) && attributes_fit(w, quote);
}

static bool judge_quote(struct expectation *e, struct answer *a, FILE *out)
{
    const json_t *quotes = answer_list(a, "quotes");
    struct want w = {.answer = a, .value = e->body};
    bool found = false;
    if (e->no != (e->body.len == 0)) e->fault = "SOURCE | CUE | CONTENT [| direct] [| NAME=VALUE]";
    w.attributes = quote_attributes(&w.value);
    for (size_t i = 0; i < json_array_size(quotes); i++) {
        char *line = quote_text(json_array_get(quotes, i), a->example->text);
        if (line == NULL) continue;
        (void)fprintf(out, "    found     %s\n", line);
        found = found || e->no || quote_fits(json_array_get(quotes, i), &w, line);
        free(line);
    }
    if (w.fault != NULL) e->fault = w.fault;
    return found != e->no;
}

/* ---- relations and kinds of events ---- */

/* "relation Iran -> Greek = 1711 frame=coerce/seize"; "= none" where nothing answers. */
static bool judge_relation(struct expectation *e, struct answer *a, FILE *out)
{
    size_t arrow = view_find(e->body, " -> "), equals = view_find(e->body, " = ");
    struct want w = {.answer = a};
    if (e->no || arrow >= equals || equals == e->body.len) {
        e->fault = "WORDS -> WORDS = CODE";
        return false;
    }
    struct view source = view_trim((struct view){e->body.at, arrow});
    struct view target = view_trim((struct view){e->body.at + arrow + 4, equals - arrow - 4});
    w.value = view_trim(view_from(e->body, equals + 3));
    w.attributes = attribute_begin(&w.value);
    json_t *relation = answer_relation(a, source, target);
    const char *code = text_of(relation, "cameo");
    bool fits = relation != NULL && view_is(w.value, code != NULL ? code : "none") &&
                attributes_fit(&w, relation);
    char *shown = json_dumps(relation, JSON_COMPACT);
    (void)fprintf(out, "    found     %s\n", shown != NULL ? shown : "these words are not there");
    free(shown);
    json_decref(relation);
    e->fault = w.fault;
    return fits;
}

/* "no event consult/meet": no actual event of this frame. */
static bool judge_no_event(struct expectation *e, struct answer *a, FILE *out)
{
    const json_t *events = answer_list(a, "events");
    bool holds = true;
    if (e->body.len == 0) e->fault = "the name of a frame";
    for (size_t i = 0; i < json_array_size(events); i++) {
        const json_t *event = json_array_get(events, i);
        const char *frame = text_of(event, "frame"), *status = text_of(event, "status");
        (void)fprintf(out, "    found     %s, %s\n", frame, status);
        if (view_is(e->body, frame) && strcmp(status, "actual") == 0) holds = false;
    }
    return holds;
}

bool expectation_judge(struct expectation *e, struct answer *a, FILE *out)
{
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (view_is(e->kind, layers[i].kind)) return judge_layer(e, &layers[i], a, out);
    if (view_is(e->kind, "people")) return judge_people(e, a, out);
    if (view_is(e->kind, "sentence") && !e->no) return judge_sentence(e, a, out);
    if (view_is(e->kind, "quote")) return judge_quote(e, a, out);
    if (view_is(e->kind, "relation")) return judge_relation(e, a, out);
    if (view_is(e->kind, "event") && e->no) return judge_no_event(e, a, out);
    e->fault = "event, actor, time, place, people, quantity, entity, token, sentence, quote, "
               "relation or (none)";
    return false;
}
