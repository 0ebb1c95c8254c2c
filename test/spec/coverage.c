/* coverage.c - see coverage.h. A trigger of a frame is known by the token at which `explain` says
 * that the frame fired, one of an operator by its words in the event's sentence. */
#include "coverage.h"

#include <stdlib.h>

/* ---- reading ------------------------------------------------------------------------------ */

static bool is_same(struct view a, struct view b)
{
    return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static void add_trigger(struct coverage *c, const struct trigger *t)
{
    for (size_t i = 0; i < c->n; i++)
        if (is_same(c->triggers[i].entry, t->entry) && is_same(c->triggers[i].kind, t->kind) &&
            is_same(c->triggers[i].word, t->word))
            return;
    struct trigger *more = realloc(c->triggers, (c->n + 1) * sizeof *more);
    if (more == NULL) return;
    c->triggers = more;
    c->triggers[c->n++] = *t;
}

/* The words of "class NAME" in the file, or an empty piece. */
static struct view class_words(const struct spec_file *file, struct view name)
{
    struct view kind, key;
    bool inside = false;
    for (size_t i = 0; i < file->n_lines; i++) {
        if (entry_head(&file->lines[i], &kind, &key))
            inside = view_is(kind, "class") && is_same(key, name);
        else if (inside && view_begins(file->lines[i].text, "words "))
            return view_from(file->lines[i].text, 6);
    }
    return view_of("");
}

static void add_class(struct coverage *c, struct trigger *t, const struct spec_file *files,
                      size_t n_files)
{
    struct view name = {t->word.at + 1, t->word.len - 2}, words = view_of("");
    for (size_t i = 0; i < n_files && words.len == 0; i++)
        words = class_words(&files[i], name);
    if (words.len == 0) {
        (void)printf("%s:%u: the class {%.*s} is in none of the files\n", t->file->path, t->line,
                     VIEW(name));
        c->wrong = true;
    }
    while (view_next(&words, ",", &t->word))
        add_trigger(c, t);
}

static void add_line(struct coverage *c, struct trigger *t, struct view value,
                     const struct spec_file *files, size_t n_files)
{
    struct view words;
    if (!view_next(&value, ";", &words)) return;
    while (view_next(&words, ",", &t->word)) {
        if (t->word.at[0] == '{')
            add_class(c, t, files, n_files);
        else
            add_trigger(c, t);
    }
}

void coverage_read(struct coverage *c, const struct spec_file *files, size_t n_files)
{
    *c = (struct coverage){.n = 0};
    for (size_t f = 0; f < n_files; f++) {
        struct view entry_kind = view_of(""), key;
        struct trigger t = {.file = &files[f]};
        for (size_t i = 0; files[f].is_knowledge && i < files[f].n_lines; i++) {
            const struct spec_line *line = &files[f].lines[i];
            struct view value = line->text;
            t.line = line->number;
            if (entry_head(line, &entry_kind, &key)) {
                t.entry = key;
                continue;
            }
            if (!view_is(entry_kind, "frame") && !view_is(entry_kind, "operator")) continue;
            if (!view_next(&value, " ", &t.kind)) continue;
            if (view_is(t.kind, "verb") || view_is(t.kind, "noun") || view_is(t.kind, "adj"))
                add_line(c, &t, value, files, n_files);
        }
    }
}

void coverage_free(struct coverage *c)
{
    free(c->triggers);
}

/* ---- marking ------------------------------------------------------------------------------ */

static struct view text_of(const json_t *thing, const char *key)
{
    const char *text = json_string_value(json_object_get(thing, key));
    return view_of(text != NULL ? text : "");
}

/* True when a token may be a trigger of that kind: participles are tagged as adjectives, too. */
static bool is_kind(const json_t *token, struct view kind)
{
    struct view upos = text_of(token, "upos");
    bool is_noun = view_is(upos, "NOUN") || view_is(upos, "PROPN");
    if (view_is(kind, "noun")) return is_noun;
    if (view_is(kind, "adj")) return view_is(upos, "ADJ");
    return view_is(upos, "VERB") || view_is(upos, "ADJ");
}

/* The token of the sentence with that lemma and kind (any, when kind is empty), or NULL. */
static const json_t *find_lemma(const json_t *sentence, struct view lemma, struct view kind)
{
    for (size_t i = 0; i < json_array_size(sentence); i++) {
        const json_t *token = json_array_get(sentence, i);
        if (is_same(text_of(token, "lemma"), lemma) && (kind.len == 0 || is_kind(token, kind)))
            return token;
    }
    return NULL;
}

/* The next word of a trigger: "cease-fire" is two. */
static bool next_part(struct view *rest, struct view *part)
{
    if (view_find(*rest, "-") < view_find(*rest, " ")) return view_next(rest, "-", part);
    return view_next(rest, " ", part);
}

/* How many words the trigger has when all stand in the sentence, `at` (if any) among them and one
 * of the kind; else 0. */
static size_t words_there(const struct trigger *t, const json_t *sentence, const json_t *at)
{
    struct view rest = t->word, part;
    size_t n = 0;
    bool has_kind = false, has_token = at == NULL;
    for (; next_part(&rest, &part); n++) {
        if (find_lemma(sentence, part, view_of("")) == NULL) return 0;
        if (at == NULL)
            has_kind = has_kind || find_lemma(sentence, part, t->kind) != NULL;
        else if (is_same(text_of(at, "lemma"), part))
            has_token = has_kind = is_kind(at, t->kind);
    }
    return has_kind && has_token ? n : 0;
}

/* Marks the longest trigger of the frame that has the token. */
static void mark_frame(struct coverage *c, struct view frame, const json_t *sentence,
                       const json_t *token)
{
    struct trigger *best = NULL;
    size_t most = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (!is_same(c->triggers[i].entry, frame)) continue;
        size_t n = words_there(&c->triggers[i], sentence, token);
        if (n > most) best = &c->triggers[i];
        if (n > most) most = n;
    }
    if (best != NULL) best->covered = true;
}

static void mark_operator(struct coverage *c, struct view name, const json_t *sentence)
{
    if (!view_begins(name, "operator/")) return;
    for (size_t i = 0; i < c->n; i++)
        if (is_same(c->triggers[i].entry, view_from(name, strlen("operator/"))) &&
            words_there(&c->triggers[i], sentence, NULL) != 0)
            c->triggers[i].covered = true;
}

/* The story's token of that number and its sentence. */
static const json_t *token_at(const struct answer *a, size_t number, const json_t **sentence)
{
    const json_t *sentences = answer_list(a, "tokens");
    for (size_t s = 0; s < json_array_size(sentences); s++) {
        *sentence = json_array_get(sentences, s);
        if (number < json_array_size(*sentence)) return json_array_get(*sentence, number);
        number -= json_array_size(*sentence);
    }
    return NULL;
}

static bool is_inside(const json_t *token, const json_t *event)
{
    json_int_t begin = json_integer_value(json_object_get(token, "begin"));
    return begin >= json_integer_value(json_object_get(event, "begin")) &&
           begin < json_integer_value(json_object_get(event, "end"));
}

void coverage_mark(struct coverage *c, const struct answer *a, const json_t *event)
{
    const json_t *tried = answer_list(a, "tried"), *sentence = NULL;
    struct view frame = text_of(event, "frame");
    for (size_t i = 0; i < json_array_size(tried); i++) {
        const json_t *attempt = json_array_get(tried, i);
        if (!view_is(text_of(attempt, "result"), "fired")) continue;
        size_t number = (size_t)json_integer_value(json_object_get(attempt, "token"));
        const json_t *token = token_at(a, number, &sentence);
        if (token != NULL && is_same(text_of(attempt, "frame"), frame) && is_inside(token, event))
            mark_frame(c, frame, sentence, token);
    }
    const json_t *operators = json_object_get(event, "operators");
    size_t own = (size_t)json_integer_value(json_object_get(event, "sentence"));
    for (size_t i = 0; i < json_array_size(operators); i++)
        mark_operator(c, view_of(json_string_value(json_array_get(operators, i))),
                      json_array_get(answer_list(a, "tokens"), own));
}

/* ---- telling ------------------------------------------------------------------------------ */

static double percent(size_t part, size_t whole)
{
    return whole != 0 ? 100.0 * (double)part / (double)whole : 100.0;
}

static size_t n_covered(const struct coverage *c, const struct spec_file *file, size_t *n)
{
    size_t covered = *n = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (file != NULL && c->triggers[i].file != file) continue;
        (*n)++;
        covered += c->triggers[i].covered;
    }
    return covered;
}

double coverage_share(const struct coverage *c)
{
    size_t n, covered = n_covered(c, NULL, &n);
    return percent(covered, n);
}

static void table_row(const struct coverage *c, const struct spec_file *file, const char *name)
{
    size_t n, covered = n_covered(c, file, &n);
    (void)printf("  %-28s %5zu of %5zu  %3.0f %%\n", name, covered, n, percent(covered, n));
}

void coverage_table(const struct coverage *c)
{
    (void)printf("triggers that fire in a positive example\n");
    for (size_t i = 0; i < c->n; i++) {
        const struct spec_file *file = c->triggers[i].file;
        const char *slash = strrchr(file->path, '/');
        if (i == 0 || c->triggers[i - 1].file != file)
            table_row(c, file, slash != NULL ? slash + 1 : file->path);
    }
    table_row(c, NULL, "all");
}

void coverage_list_uncovered(const struct coverage *c)
{
    for (size_t i = 0; i < c->n; i++) {
        const struct trigger *t = &c->triggers[i];
        if (!t->covered)
            (void)printf("%s:%u: %.*s, %.*s %.*s\n", t->file->path, t->line, VIEW(t->entry),
                         VIEW(t->kind), VIEW(t->word));
    }
}
