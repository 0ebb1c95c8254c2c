/* example.c - see example.h. Lines are cut once for each file; an example is a range of them. */
#include "example.h"

#include <errno.h>
#include <stdlib.h>

/* ---- files ---- */

static char *content_of(const char *path)
{
    char *content = NULL, block[4096];
    size_t len = 0, n;
    FILE *in = fopen(path, "r"), *out = in != NULL ? open_memstream(&content, &len) : NULL;
    if (out != NULL) {
        while ((n = fread(block, 1, sizeof block, in)) != 0)
            (void)fwrite(block, 1, n, out);
        (void)fclose(out);
    }
    if (in != NULL) (void)fclose(in);
    return content;
}

/* Keeps the line unless it is empty or a comment. */
static void add_line(struct spec_file *file, struct view text, unsigned number)
{
    size_t indent = 0;
    while (indent < text.len && text.at[indent] == ' ')
        indent++;
    struct view rest = view_trim(text);
    bool is_title = view_begins(text, "### ");
    if (is_title) file->is_knowledge = false;
    if (rest.len == 0 || (rest.at[0] == '#' && !is_title)) return;
    file->lines[file->n_lines++] =
        (struct spec_line){.text = rest, .number = number, .indent = (unsigned)indent};
}

bool spec_file_read(const char *path, struct spec_file *out)
{
    *out = (struct spec_file){.is_knowledge = true};
    out->content = content_of(path);
    out->path = strdup(path);
    struct view rest = view_of(out->content != NULL ? out->content : "");
    size_t most = 1;
    for (size_t i = 0; i < rest.len; i++)
        most += rest.at[i] == '\n';
    out->lines = calloc(most, sizeof *out->lines);
    if (out->content == NULL || out->path == NULL || out->lines == NULL) {
        (void)printf("%s: could not be read: %s\n", path, strerror(errno));
        return false;
    }
    for (unsigned number = 1; number <= most; number++) {
        size_t end = view_find(rest, "\n");
        add_line(out, (struct view){rest.at, end}, number);
        rest = view_from(rest, end < rest.len ? end + 1 : end);
    }
    return true;
}

void spec_file_free(struct spec_file *file)
{
    free(file->lines);
    free(file->content);
    free(file->path);
}

/* ---- examples ---- */

void example_start(struct example *x, const struct spec_file *file)
{
    *x = (struct example){.file = file};
}

void example_end(struct example *x)
{
    free(x->text);
    x->text = NULL;
}

static bool complain(struct example *x, const struct spec_line *line, const char *expected)
{
    (void)printf("%s:%u: expected %s, found: %.*s\n", x->file->path, line->number, expected,
                 VIEW(line->text));
    x->wrong = true;
    return false;
}

/* Takes a date as 2024-06-13; false when it is none. */
static bool read_date(struct view text, char date[12])
{
    const char *model = "dddd-dd-dd";
    if (text.len != strlen(model)) return false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = text.at[i] >= '0' && text.at[i] <= '9';
        if (model[i] == 'd' ? !digit : text.at[i] != model[i]) return false;
    }
    (void)view_copy(text, date, 12);
    return true;
}

bool entry_head(const struct spec_line *line, struct view *kind, struct view *key)
{
    struct view rest = line->text;
    if (line->indent != 0 || !view_next(&rest, " ", kind)) return false;
    if (!view_next(&rest, " ", key)) *key = (struct view){"", 0};
    return true;
}

/* The value of the entry's field `cameo`, looked for from the entry's first line on. */
static struct view entry_cameo(const struct spec_file *file, size_t head)
{
    for (size_t i = head + 1; i < file->n_lines && file->lines[i].indent != 0; i++)
        if (view_begins(file->lines[i].text, "cameo "))
            return view_trim(view_from(file->lines[i].text, 6));
    return (struct view){"", 0};
}

static bool example_field(struct view name, enum example_kind *kind)
{
    *kind = view_is(name, "yes") ? EXAMPLE_YES : view_is(name, "no") ? EXAMPLE_NO : EXAMPLE_MISS;
    return *kind != EXAMPLE_MISS || view_is(name, "miss");
}

/* "yes 2024-06-13  A sentence.", and its records below. */
static bool take_field(struct example *x, size_t at)
{
    const struct spec_file *file = x->file;
    struct view rest = file->lines[at].text, word = {"", 0};
    enum example_kind kind;
    if (!view_next(&rest, " ", &word) || !example_field(word, &kind)) return false;
    for (x->begin = x->end = at + 1; x->end < file->n_lines; x->end++)
        if (file->lines[x->end].indent <= file->lines[at].indent) break;
    x->next = x->end;
    x->kind = kind;
    x->line = file->lines[at].number;
    if (!view_next(&rest, " ", &word) || !read_date(word, x->date) || view_trim(rest).len == 0)
        return complain(x, &file->lines[at], "a date and a sentence");
    if (kind == EXAMPLE_NO && x->end != x->begin)
        return complain(x, &file->lines[x->begin], "no record below a counter-example");
    rest = view_trim(rest);
    x->text = strndup(rest.at, rest.len);
    return x->text != NULL;
}

static bool next_in_knowledge(struct example *x)
{
    while (x->next < x->file->n_lines) {
        size_t at = x->next++;
        if (entry_head(&x->file->lines[at], &x->entry_kind, &x->key))
            x->cameo = entry_cameo(x->file, at);
        else if (take_field(x, at))
            return true;
    }
    return false;
}

/* Title and date above a story. False where the story or something else begins. */
static bool take_heading(struct example *x, const struct spec_line *line)
{
    if (view_begins(line->text, "### ")) {
        x->title = view_from(line->text, 4);
        memcpy(x->date, x->file_date, sizeof x->date);
    } else if (view_begins(line->text, "story-date ")) {
        struct view date = view_trim(view_from(line->text, 11));
        if (view_is(date, "none"))
            x->date[0] = '\0';
        else if (!read_date(date, x->date))
            (void)complain(x, line, "story-date YYYY-MM-DD or none");
        if (x->title.len == 0) memcpy(x->file_date, x->date, sizeof x->date);
    } else {
        return false;
    }
    return true;
}

/* The lines "> ..." that follow, one paragraph each. */
static void take_story(struct example *x)
{
    size_t len;
    FILE *out = open_memstream(&x->text, &len);
    if (out == NULL) return;
    x->line = x->file->lines[x->next].number;
    for (const char *between = ""; x->next < x->file->n_lines; x->next++, between = "\n") {
        struct view line = x->file->lines[x->next].text;
        if (!view_begins(line, "> ")) break;
        (void)fprintf(out, "%s%.*s", between, VIEW(view_from(line, 2)));
    }
    (void)fclose(out);
}

static bool is_heading(struct view line)
{
    return view_begins(line, "### ") || view_begins(line, "> ") || view_begins(line, "story-date ");
}

static bool next_in_spec(struct example *x)
{
    const struct spec_file *file = x->file;
    while (x->next < file->n_lines && take_heading(x, &file->lines[x->next]))
        x->next++;
    if (x->next == file->n_lines) return false;
    if (!view_begins(file->lines[x->next].text, "> ")) {
        (void)complain(x, &file->lines[x->next++], "a title, a story-date or a story (> ...)");
        return next_in_spec(x);
    }
    take_story(x);
    for (x->begin = x->end = x->next; x->end < file->n_lines; x->end++)
        if (is_heading(file->lines[x->end].text)) break;
    x->next = x->end;
    if (x->begin == x->end) (void)complain(x, &file->lines[x->begin - 1], "expectations below");
    return x->text != NULL;
}

bool example_next(struct example *x)
{
    example_end(x);
    return x->file->is_knowledge ? next_in_knowledge(x) : next_in_spec(x);
}
