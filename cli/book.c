/* book.c - the codebook for people, as a book or as the answer to a question; a JSON object a
 * frame for programs. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

enum { FIELD_INDENT = 4, TEXT_INDENT = 16, CLASS_INDENT = 24 };

/* What is printed, and how. */
struct book {
    const dt_codebook *codebook;
    bool *wanted; /* for each frame */
    bool colour;
};

/* ---- for people ---- */

static void paint(const struct book *b, const char *code)
{
    if (b->colour) (void)fputs(code, stdout);
}

static void put_bold(const struct book *b, const char *text)
{
    paint(b, "\x1b[1m");
    (void)fputs(text, stdout);
    paint(b, "\x1b[0m");
}

/* A label in dim letters; what follows stands at `column`. */
static void put_label(const struct book *b, const char *label, int column)
{
    paint(b, "\x1b[2m");
    (void)printf("%*s%-*s", FIELD_INDENT, "", column - FIELD_INDENT - 2, label);
    paint(b, "\x1b[0m");
    (void)fputs("  ", stdout);
}

static void put_field(const struct book *b, const char *label, const char *text)
{
    put_label(b, label, TEXT_INDENT);
    put_wrapped(stdout, text, TEXT_INDENT, TEXT_INDENT);
}

/* Joins pieces into `out`. */
struct joined {
    char text[1024];
    size_t len;
};

static void join(struct joined *j, const char *before, const char *piece)
{
    int n = snprintf(j->text + j->len, sizeof j->text - j->len, "%s%s", j->len != 0 ? before : "",
                     piece);
    if (n > 0 && (size_t)n < sizeof j->text - j->len) j->len += (size_t)n;
}

static void put_type(const struct book *b, size_t i)
{
    const dt_codebook *c = b->codebook;
    struct joined line = {0};
    const char *mode = dt_frame_mode(c, i), *contexts = "; ";
    if (dt_frame_plover(c, i) == NULL) return;
    join(&line, "", dt_frame_plover(c, i));
    if (mode != NULL) join(&line, "/", mode);
    for (size_t k = 0; k < dt_frame_context_count(c, i); k++, contexts = ", ")
        join(&line, contexts, dt_frame_context_name(c, i, k));
    put_field(b, "PLOVER", line.text);
}

static void put_code(const struct book *b, size_t i)
{
    struct joined line = {0};
    const char *name = dt_frame_cameo_name(b->codebook, i);
    if (dt_frame_cameo(b->codebook, i) == NULL) return;
    join(&line, "", dt_frame_cameo(b->codebook, i));
    join(&line, " ", name != NULL ? name : "");
    put_field(b, "CAMEO", line.text);
}

static void put_sides(const struct book *b, size_t i)
{
    const char *needs = dt_frame_needs(b->codebook, i);
    struct joined line = {0};
    if (needs == NULL) return;
    join(&line, "",
         strcmp(needs, "source target") == 0 ? "source and target"
         : strcmp(needs, "any") == 0         ? "one side at least"
                                             : needs);
    if (dt_frame_reciprocal(b->codebook, i)) join(&line, "; ", "both sides do it");
    put_field(b, "needs", line.text);
}

/* The smallest code behind `last` that the operator makes or, where `to` is given, makes that code
 * of; NULL behind the last one. */
static const char *next_code(const dt_codebook *c, size_t i, const char *to, const char *last)
{
    const char *best = NULL;
    for (size_t k = 0; k < dt_frame_map_count(c, i); k++) {
        const char *made = dt_frame_map_to(c, i, k);
        const char *code = to != NULL ? dt_frame_map_from(c, i, k) : made;
        if (to != NULL && strcmp(made, to) != 0) continue;
        if (strcmp(code, last) > 0 && (best == NULL || strcmp(code, best) < 0)) best = code;
    }
    return best;
}

/* What an operator makes of codes: "18|19->138". */
static void put_maps(const struct book *b, size_t i)
{
    const dt_codebook *c = b->codebook;
    struct joined line = {0};
    for (const char *to = next_code(c, i, NULL, ""); to != NULL; to = next_code(c, i, NULL, to)) {
        const char *before = ", ", *from = "";
        while ((from = next_code(c, i, to, from)) != NULL) {
            join(&line, before, strcmp(from, "*") == 0 ? "others" : from);
            before = "|";
        }
        join(&line, "->", to);
    }
    if (line.len != 0) put_field(b, "codes", line.text);
}

static void put_triggers(const struct book *b, size_t i)
{
    const dt_codebook *c = b->codebook;
    for (size_t k = 0; k < dt_frame_trigger_count(c, i); k++) {
        const char *where = dt_frame_trigger_where(c, i, k);
        put_label(b, dt_frame_trigger_kind(c, i, k), TEXT_INDENT);
        paint(b, "\x1b[36m");
        put_wrapped(stdout, dt_frame_trigger_words(c, i, k), TEXT_INDENT, TEXT_INDENT);
        paint(b, "\x1b[0m");
        if (where == NULL) continue;
        (void)printf("%*s", TEXT_INDENT + 2, "");
        paint(b, "\x1b[2m");
        put_wrapped(stdout, where, TEXT_INDENT + 2, TEXT_INDENT + 2);
        paint(b, "\x1b[0m");
    }
}

static void put_examples(const struct book *b, size_t i)
{
    const dt_codebook *c = b->codebook;
    for (size_t k = 0; k < dt_frame_example_count(c, i); k++) {
        const char *record, *kind = dt_frame_example_kind(c, i, k);
        put_field(b, strcmp(kind, "miss") == 0 ? "not yet" : kind, dt_frame_example_text(c, i, k));
        for (size_t n = 0; (record = dt_frame_example_record(c, i, k, n)) != NULL; n++)
            (void)printf("%*s%s\n", TEXT_INDENT + 2, "", record);
    }
}

static void put_frame(const struct book *b, size_t i)
{
    const char *status = dt_frame_status(b->codebook, i);
    (void)fputs("\n", stdout);
    put_bold(b, dt_frame_name(b->codebook, i));
    (void)printf("\n%*s", FIELD_INDENT, "");
    put_wrapped(stdout, dt_frame_definition(b->codebook, i), FIELD_INDENT, FIELD_INDENT);
    put_code(b, i);
    put_type(b, i);
    put_sides(b, i);
    if (status != NULL) put_field(b, "status", status);
    put_maps(b, i);
    put_triggers(b, i);
    put_examples(b, i);
}

/* The heading of frame i's group: its root, or that of the operators. Empty: no group. */
static void heading_of(const dt_codebook *c, size_t i, char out[200])
{
    const char *root = dt_frame_root(c, i), *name = dt_frame_root_name(c, i);
    if (dt_frame_is_operator(c, i))
        (void)snprintf(out, 200, "OPERATORS: words that take a whole event and give another");
    else
        (void)snprintf(out, 200, "%s  %s", root != NULL ? root : "--", name != NULL ? name : "");
}

static bool names_class(const struct book *b, size_t class)
{
    const dt_codebook *c = b->codebook;
    char braced[100];
    (void)snprintf(braced, sizeof braced, "{%s}", dt_word_class_name(c, class));
    for (size_t i = 0; i < dt_frame_count(c); i++)
        for (size_t k = 0; b->wanted[i] && k < dt_frame_trigger_count(c, i); k++) {
            const char *where = dt_frame_trigger_where(c, i, k);
            if (strstr(dt_frame_trigger_words(c, i, k), braced) != NULL) return true;
            if (where != NULL && strstr(where, braced) != NULL) return true;
        }
    return false;
}

/* The classes that the printed triggers name. */
static void put_classes(const struct book *b)
{
    const dt_codebook *c = b->codebook;
    bool first = true;
    for (size_t i = 0; i < dt_word_class_count(c); i++) {
        if (!names_class(b, i)) continue;
        if (first) put_bold(b, "\nWORDS in braces\n");
        first = false;
        put_label(b, dt_word_class_name(c, i), CLASS_INDENT);
        put_wrapped(stdout, dt_word_class_words(c, i), CLASS_INDENT, CLASS_INDENT);
    }
}

static void print_book(const struct book *b)
{
    char group[200] = "", heading[200];
    for (size_t i = 0; i < dt_frame_count(b->codebook); i++) {
        if (!b->wanted[i]) continue;
        heading_of(b->codebook, i, heading);
        if (strcmp(heading, group) != 0) {
            if (group[0] != '\0') (void)putchar('\n');
            put_bold(b, heading);
            (void)putchar('\n');
        }
        memcpy(group, heading, sizeof group);
        put_frame(b, i);
    }
    put_classes(b);
}

/* ---- for programs ---- */

static void put_json_member(const char *before, const char *name, const char *text)
{
    (void)printf("%s\"%s\":", before, name);
    if (text != NULL)
        put_json_text(text, strlen(text));
    else
        (void)fputs("null", stdout);
}

static void put_json_triggers(const dt_codebook *c, size_t i)
{
    (void)fputs(",\"triggers\":[", stdout);
    for (size_t k = 0; k < dt_frame_trigger_count(c, i); k++) {
        put_json_member(k == 0 ? "{" : ",{", "kind", dt_frame_trigger_kind(c, i, k));
        put_json_member(",", "words", dt_frame_trigger_words(c, i, k));
        put_json_member(",", "where", dt_frame_trigger_where(c, i, k));
        (void)putchar('}');
    }
    (void)putchar(']');
}

static void put_json_examples(const dt_codebook *c, size_t i)
{
    (void)fputs(",\"examples\":[", stdout);
    for (size_t k = 0; k < dt_frame_example_count(c, i); k++) {
        const char *record;
        put_json_member(k == 0 ? "{" : ",{", "kind", dt_frame_example_kind(c, i, k));
        put_json_member(",", "date", dt_frame_example_date(c, i, k));
        put_json_member(",", "text", dt_frame_example_text(c, i, k));
        (void)fputs(",\"records\":[", stdout);
        for (size_t n = 0; (record = dt_frame_example_record(c, i, k, n)) != NULL; n++) {
            if (n != 0) (void)putchar(',');
            put_json_text(record, strlen(record));
        }
        (void)fputs("]}", stdout);
    }
    (void)putchar(']');
}

static void put_json_codes(const dt_codebook *c, size_t i)
{
    put_json_member(",", "cameo", dt_frame_cameo(c, i));
    put_json_member(",", "cameo_name", dt_frame_cameo_name(c, i));
    put_json_member(",", "root", dt_frame_root(c, i));
    if (dt_frame_quad(c, i) != DT_NONE)
        (void)printf(",\"quad\":%zu", dt_frame_quad(c, i));
    else
        (void)fputs(",\"quad\":null", stdout);
    if (!isnan(dt_frame_goldstein(c, i)))
        (void)printf(",\"goldstein\":%.3g", dt_frame_goldstein(c, i));
    else
        (void)fputs(",\"goldstein\":null", stdout);
    put_json_member(",", "plover", dt_frame_plover(c, i));
    put_json_member(",", "mode", dt_frame_mode(c, i));
    (void)fputs(",\"contexts\":[", stdout);
    for (size_t k = 0; k < dt_frame_context_count(c, i); k++) {
        if (k != 0) (void)putchar(',');
        put_json_text(dt_frame_context_name(c, i, k), strlen(dt_frame_context_name(c, i, k)));
    }
    (void)putchar(']');
}

static void put_json_frame(const dt_codebook *c, size_t i)
{
    put_json_member("{", "name", dt_frame_name(c, i));
    put_json_member(",", "kind", dt_frame_is_operator(c, i) ? "operator" : "frame");
    put_json_member(",", "definition", dt_frame_definition(c, i));
    put_json_codes(c, i);
    put_json_member(",", "needs", dt_frame_needs(c, i));
    (void)printf(",\"reciprocal\":%s", dt_frame_reciprocal(c, i) ? "true" : "false");
    put_json_member(",", "status", dt_frame_status(c, i));
    (void)fputs(",\"maps\":[", stdout);
    for (size_t k = 0; k < dt_frame_map_count(c, i); k++) {
        put_json_member(k == 0 ? "{" : ",{", "from", dt_frame_map_from(c, i, k));
        put_json_member(",", "to", dt_frame_map_to(c, i, k));
        (void)putchar('}');
    }
    (void)putchar(']');
    put_json_triggers(c, i);
    put_json_examples(c, i);
    (void)fputs("}\n", stdout);
}

/* ---- the command ---- */

/* Marks what answers to the arguments; all of it where there are none. */
static enum exit_status mark_wanted(const struct options *o, const struct book *b)
{
    enum exit_status status = EXIT_DONE;
    for (size_t i = 0; o->n_files == 0 && i < dt_frame_count(b->codebook); i++)
        b->wanted[i] = true;
    for (int k = 0; k < o->n_files; k++) {
        size_t i = dt_codebook_find(b->codebook, o->files[k], 0);
        if (i == DT_NONE) {
            complain("nothing in the codebook answers to '%s'; ask for a word (arrested), a CAMEO "
                     "code (173), a PLOVER type (COERCE, COERCE/arrest) or a name (coerce/arrest)",
                     o->files[k]);
            status = EXIT_SOME_UNUSED;
        }
        for (; i != DT_NONE; i = dt_codebook_find(b->codebook, o->files[k], i + 1))
            b->wanted[i] = true;
    }
    return status;
}

static enum exit_status show_codebook(const struct options *options, const dt_codebook *codebook)
{
    struct book b = {.codebook = codebook, .colour = wants_colour()};
    b.wanted = calloc(dt_frame_count(codebook) + 1, sizeof *b.wanted);
    if (b.wanted == NULL) {
        complain("memory ran out");
        return EXIT_IMPOSSIBLE;
    }
    enum exit_status status = mark_wanted(options, &b);
    if (options->format == FORMAT_BOOK || options->format == 0)
        print_book(&b);
    else
        for (size_t i = 0; i < dt_frame_count(codebook); i++)
            if (b.wanted[i]) put_json_frame(codebook, i);
    free(b.wanted);
    return finish_output(status);
}

enum exit_status command_codebook(const struct options *options)
{
    dt_model *model = NULL;
    dt_codebook *codebook = NULL;
    dt_error err;
    enum exit_status status = open_model(options, &model);
    if (status != EXIT_DONE) return status;
    status = dt_codebook_new(model, &codebook, &err) == DT_OK ? show_codebook(options, codebook)
                                                              : give_up(&err);
    dt_codebook_free(codebook);
    dt_model_close(model);
    return status;
}
