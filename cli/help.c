/* help.c - the tables of options.c as help for people, and as JSON for tools/make_man.py and tests.
 */
#include <string.h>

#include "options.h"

enum { HELP_COLUMN = 25, TEXT_CAP = 600 };

/* ---- for people ---- */

/* A term and its text, the text in a column of its own. */
static void put_entry(FILE *to, const char *term, const char *text, int column)
{
    int at = fprintf(to, "  %s", term);
    if (at + 2 > column)
        at = fprintf(to, "\n%*s", column, "") - 1;
    else
        at += fprintf(to, "%*s", column - at, "");
    put_wrapped(to, text, column, at);
}

static void put_notes(const char *title, const struct note *note, int column, FILE *to)
{
    (void)fprintf(to, "\n%s\n", title);
    for (; note->term != NULL; note++)
        put_entry(to, note->term, note->text, column);
}

void print_overview(FILE *to)
{
    (void)fprintf(to, "%s\n\nusage: %s\n\n", program_summary, program_usage);
    for (const struct command *c = command_table; c->name != NULL; c++)
        put_entry(to, c->name, c->summary, 14);
    (void)fputc('\n', to);
    put_wrapped(to, program_text, 0, 0);
    put_notes("Exit status:", exit_table, 5, to);
    put_notes("Environment:", environment_table, HELP_COLUMN, to);
}

/* Paragraphs are parted by empty lines. */
static void put_paragraphs(const char *text)
{
    char paragraph[TEXT_CAP];
    while (*text != '\0') {
        const char *end = strstr(text, "\n\n");
        size_t len = end != NULL ? (size_t)(end - text) : strlen(text);
        (void)snprintf(paragraph, sizeof paragraph, "%.*s", (int)len, text);
        (void)putchar('\n');
        put_wrapped(stdout, paragraph, 0, 0);
        text += len;
        text += strspn(text, "\n");
    }
}

static void put_option(const struct option *o)
{
    char term[TEXT_CAP], letter[8] = "    ", text[TEXT_CAP];
    if (o->letter != 0) (void)snprintf(letter, sizeof letter, "-%c, ", o->letter);
    (void)snprintf(term, sizeof term, "%s--%s%s%s", letter, o->name, o->value != NULL ? " " : "",
                   o->value != NULL ? o->value : "");
    option_sentence(o, text, sizeof text);
    put_entry(stdout, term, text, HELP_COLUMN);
}

static void put_usage(const struct command *c, FILE *to)
{
    (void)fprintf(to, "detente %s [OPTIONS]%s%s", c->name, c->arguments[0] != '\0' ? " " : "",
                  c->arguments);
}

void print_command_help(const struct command *c)
{
    (void)fputs("usage: ", stdout);
    put_usage(c, stdout);
    (void)printf("\n%s\n", c->summary);
    if (c->text != NULL) put_paragraphs(c->text);
    (void)putchar('\n');
    for (const enum option_id *id = c->options; *id != OPTION_NONE; id++)
        put_option(&option_table[*id]);
}

/* ---- for programs ---- */

static void put_member(const char *join, const char *name, const char *text)
{
    (void)printf("%s\"%s\":", join, name);
    if (text != NULL)
        put_json_text(text, strlen(text));
    else
        (void)fputs("null", stdout);
}

static void put_json_option(const struct option *o)
{
    char letter[2] = {o->letter, '\0'}, text[TEXT_CAP];
    option_sentence(o, text, sizeof text);
    put_member("{", "name", o->name);
    put_member(",", "letter", o->letter != 0 ? letter : NULL);
    put_member(",", "value", o->value);
    put_member(",", "help", text);
    (void)fputs(",\"choices\":[", stdout);
    for (const struct choice *c = o->choices; c != NULL && c->name != NULL; c++) {
        if (c != o->choices) (void)putchar(',');
        put_json_text(c->name, strlen(c->name));
    }
    (void)fputs("]}", stdout);
}

static void put_json_command(const struct command *c)
{
    put_member("{", "name", c->name);
    put_member(",", "arguments", c->arguments);
    put_member(",", "summary", c->summary);
    put_member(",", "text", c->text);
    (void)fputs(",\"options\":[", stdout);
    for (const enum option_id *id = c->options; *id != OPTION_NONE; id++) {
        if (id != c->options) (void)putchar(',');
        put_json_option(&option_table[*id]);
    }
    (void)fputs("]}", stdout);
}

static void put_json_notes(const char *name, const struct note *note)
{
    (void)printf(",\"%s\":[", name);
    for (const char *join = "{"; note->term != NULL; note++, join = ",{") {
        put_member(join, "term", note->term);
        put_member(",", "text", note->text);
        (void)putchar('}');
    }
    (void)putchar(']');
}

static void print_json_help(const struct command *only)
{
    put_member("{", "summary", program_summary);
    put_member(",", "usage", program_usage);
    put_member(",", "text", program_text);
    put_json_notes("exit", exit_table);
    put_json_notes("environment", environment_table);
    (void)fputs(",\"commands\":[", stdout);
    bool first = true;
    for (const struct command *c = command_table; c->name != NULL; c++) {
        if (only != NULL && c != only) continue;
        if (!first) (void)putchar(',');
        put_json_command(c);
        first = false;
    }
    (void)fputs("]}\n", stdout);
}

enum exit_status command_help(const struct options *options)
{
    const struct command *command = NULL;
    if (options->n_files != 0) {
        command = find_command(options->files[0]);
        if (command == NULL) {
            refuse_command(options->files[0]);
            return EXIT_WRONG_CALL;
        }
    }
    if (options->json)
        print_json_help(command);
    else if (command != NULL)
        print_command_help(command);
    else
        print_overview(stdout);
    return finish_output(EXIT_DONE);
}
