/* coverage.c - see coverage.h. `explain` says by which words a frame fired; an operator is known by
 * its words in the event's sentence. */
#include "coverage.h"

#include <stdlib.h>

/* ---- reading ---- */

static void add_trigger(struct coverage *c, const struct trigger *t)
{
    for (size_t i = 0; i < c->n; i++)
        if (view_same(c->triggers[i].entry, t->entry) && view_same(c->triggers[i].kind, t->kind) &&
            view_same(c->triggers[i].word, t->word))
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
            inside = view_is(kind, "class") && view_same(key, name);
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

/* ---- marking ---- */

static struct view text_of(const json_t *thing, const char *key)
{
    const char *text = json_string_value(json_object_get(thing, key));
    return view_of(text != NULL ? text : "");
}

/* The next word of a trigger: "cease-fire" is two. */
static bool next_part(struct view *rest, struct view *part)
{
    if (view_find(*rest, "-") < view_find(*rest, " ")) return view_next(rest, "-", part);
    return view_next(rest, " ", part);
}

static bool has_part(struct view words, struct view wanted)
{
    struct view part;
    while (next_part(&words, &part))
        if (view_same(part, wanted)) return true;
    return false;
}

/* True for the same words: "peace talk" is told with its head first, "talk peace". */
static bool has_parts_of(struct view words, struct view other)
{
    struct view part;
    while (next_part(&other, &part))
        if (!has_part(words, part)) return false;
    return true;
}

/* Takes a line of `explain` apart: "shelled"  fight/artillery, verb shell: fired */
static bool read_fired(struct view line, struct view *form, struct view *frame, struct view *kind,
                       struct view *words)
{
    size_t end = view_find(line, ": fired");
    if (!view_begins(line, "\"") || end + strlen(": fired") != line.len) return false;
    line = (struct view){line.at + 1, end - 1};
    return view_next(&line, "\"", form) && view_next(&line, ", ", frame) &&
           view_next(&line, " ", kind) && view_next(&line, "\n", words);
}

/* The words of the story that name the event. */
static struct view trigger_words(const struct answer *a, const json_t *event)
{
    size_t begin = (size_t)json_integer_value(json_object_get(event, "begin"));
    size_t end = (size_t)json_integer_value(json_object_get(event, "end"));
    return (struct view){a->example->text + begin, end - begin};
}

static bool form_is_in(struct view form, struct view text)
{
    for (size_t i = 0; i + form.len <= text.len; i++)
        if (view_same(form, (struct view){text.at + i, form.len})) return true;
    return false;
}

static void mark_frame(struct coverage *c, struct view frame, struct view kind, struct view words)
{
    for (size_t i = 0; i < c->n; i++) {
        struct trigger *t = &c->triggers[i];
        if (view_same(t->entry, frame) && view_same(t->kind, kind) &&
            has_parts_of(t->word, words) && has_parts_of(words, t->word))
            t->covered = true;
    }
}

/* True when a token may be a word of that kind: participles are tagged as adjectives, too. */
static bool is_kind(const json_t *token, struct view kind)
{
    struct view upos = text_of(token, "upos");
    if (view_is(kind, "noun")) return view_is(upos, "NOUN");
    if (view_is(kind, "adj")) return view_is(upos, "ADJ");
    return view_is(upos, "VERB") || view_is(upos, "ADJ");
}

/* The token of the sentence with that lemma, or NULL. */
static const json_t *find_lemma(const json_t *sentence, struct view lemma)
{
    for (size_t i = 0; i < json_array_size(sentence); i++)
        if (view_same(text_of(json_array_get(sentence, i), "lemma"), lemma))
            return json_array_get(sentence, i);
    return NULL;
}

/* True when all words of the trigger stand in the sentence, the first as a word of its kind. */
static bool stands_in(const struct trigger *t, const json_t *sentence)
{
    struct view rest = t->word, part;
    for (bool first = true; next_part(&rest, &part); first = false) {
        const json_t *token = find_lemma(sentence, part);
        if (token == NULL || (first && !view_is(part, "be") && !is_kind(token, t->kind)))
            return false;
    }
    return true;
}

static void mark_operator(struct coverage *c, struct view name, const json_t *sentence)
{
    if (!view_begins(name, "operator/")) return;
    for (size_t i = 0; i < c->n; i++)
        if (view_same(c->triggers[i].entry, view_from(name, strlen("operator/"))) &&
            stands_in(&c->triggers[i], sentence))
            c->triggers[i].covered = true;
}

void coverage_mark(struct coverage *c, const struct answer *a, const json_t *event)
{
    struct view rest = view_of(a->explained), line, form, frame, kind, words;
    while (view_next(&rest, "\n", &line))
        if (read_fired(line, &form, &frame, &kind, &words) &&
            view_same(frame, text_of(event, "frame")) && form_is_in(form, trigger_words(a, event)))
            mark_frame(c, frame, kind, words);
    const json_t *operators = json_object_get(event, "operators");
    size_t own = (size_t)json_integer_value(json_object_get(event, "sentence"));
    for (size_t i = 0; i < json_array_size(operators); i++)
        mark_operator(c, view_of(json_string_value(json_array_get(operators, i))),
                      json_array_get(answer_list(a, "tokens"), own));
}

/* ---- telling ---- */

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
