/* main.c - the program: options, help, dispatch. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

struct command {
    const char *name, *arguments, *summary, *help;
    command_function run;
};

#define INPUT_HELP                                                                                 \
    "Input: JSON Lines, one story a line: {\"id\", \"date\", \"text\", \"title\", \"publisher\", " \
    "\"url\"}; only\n"                                                                             \
    "\"text\" is required. A file whose name ends in .txt is one story. No file, or '-': "         \
    "standard input.\n"

#define COMMON_HELP                                                                                \
    "  --date YYYY-MM-DD   the date of stories that carry none\n"                                  \
    "  --threads N         default: all cores; the output is the same for every N\n"               \
    "  --knowledge DIR     your own actors, frames ...; they win over the built-in ones\n"         \
    "  --model FILE        another model file\n"                                                   \
    "  --quiet             no progress line\n"

static const struct command commands[] = {
    {"code", "[OPTIONS] [FILE...]", "event records: who did what to whom, when, where",
     INPUT_HELP
     "\n"
     "  -f, --format F      jsonl (default on a pipe), table (default on a terminal), csv\n"
     "  --db FILE           write into a SQLite database instead\n"
     "  --status LIST       actual (default), planned, threatened, hypothetical, negated,\n"
     "                      historical, all; several with commas\n"
     "  --dyads             one record for each source-target pair, both ways if reciprocal\n"
     "  --per-sentence      do not join mentions of one happening\n" COMMON_HELP,
     command_code},
    {"annotate", "[OPTIONS] [FILE...]", "everything found in a story, one JSON object each",
     INPUT_HELP "\n" COMMON_HELP, command_annotate},
    {"parse", "[OPTIONS] [FILE...]", "tokens, tags, lemmas, tree and names as CoNLL-U",
     INPUT_HELP
     "\n"
     "  --format F          conllu (default) or json\n"
     "  --tokenized         the input is CoNLL-U; its FORM column gives tokens and sentences\n"
     "  --text              the input is plain text, one document a file\n" COMMON_HELP,
     command_parse},
    {"explain", "[OPTIONS] \"A sentence.\"", "how the records of a sentence came about",
     "  --json              for programs\n" COMMON_HELP, command_explain},
    {"classify", "[OPTIONS] [FILE...]", "the relation between two given actors",
     "Input: JSON Lines {\"id\", \"text\", \"source\", \"target\"}; \"source_begin\" and "
     "\"target_begin\" (bytes) may\n"
     "say which occurrence is meant. Output: {\"id\", \"cameo\", \"plover\", \"quad\", \"frame\", "
     "\"confidence\"},\n"
     "null where no frame fires.\n\n"
     "  --strict            answer null rather than guess\n" COMMON_HELP,
     command_classify},
    {"bench", "[OPTIONS] FILE", "throughput of the whole chain",
     "  --json              for programs\n" COMMON_HELP, command_bench},
    {"info", "[OPTIONS]", "version, model card, knowledge, kernels",
     "  --json              for programs\n"
     "  --model FILE        another model file\n",
     command_info},
};

enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

void complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fputs("detente: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
}

static void print_help(FILE *to)
{
    (void)fputs(
        "detente codes political events in news text: who did what to whom, when, where.\n\n"
        "usage: detente COMMAND [OPTIONS] [FILE...]\n\n",
        to);
    for (int i = 0; i < N_COMMANDS; i++)
        (void)fprintf(to, "  %-10s %s\n", commands[i].name, commands[i].summary);
    (void)fputs("\n'detente COMMAND --help' tells more; 'detente --version' prints the version.\n"
                "Exit status: 0 all done, 1 some inputs could not be used, 2 the call is wrong, 3 "
                "the work could\n"
                "not be done.\n",
                to);
}

static void print_command_help(const struct command *c)
{
    (void)printf("usage: detente %s %s\n%s\n\n%s", c->name, c->arguments, c->summary, c->help);
}

/* ---- options
 * ------------------------------------------------------------------------------------- */

struct text_option {
    const char *name, *alias;
    const char **place;
};

struct flag_option {
    const char *name;
    bool *place;
};

/* Matches "--name value" and "--name=value"; returns the arguments used, 0 no match, -1 no value.
 */
static int match_text(const struct text_option *o, int left, char **argv)
{
    size_t n = strlen(o->name);
    if (strncmp(argv[0], o->name, n) == 0 && argv[0][n] == '=') {
        *o->place = argv[0] + n + 1;
        return 1;
    }
    if (strcmp(argv[0], o->name) != 0 && (o->alias == NULL || strcmp(argv[0], o->alias) != 0))
        return 0;
    if (left < 2) return -1;
    *o->place = argv[1];
    return 2;
}

static int read_option(struct options *o, int left, char **argv)
{
    const char *threads = NULL;
    const struct text_option texts[] = {
        {"--format", "-f", &o->format}, {"--date", NULL, &o->date},
        {"--db", NULL, &o->db},         {"--status", NULL, &o->status},
        {"--model", NULL, &o->model},   {"--knowledge", NULL, &o->knowledge},
        {"--threads", "-j", &threads}};
    const struct flag_option flags[] = {
        {"--dyads", &o->dyads},         {"--per-sentence", &o->per_sentence},
        {"--tokenized", &o->tokenized}, {"--strict", &o->strict},
        {"--json", &o->json},           {"--quiet", &o->quiet},
        {"--help", &o->help},           {"-h", &o->help},
        {"--text", &o->plain_text}};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        if (strcmp(argv[0], flags[i].name) != 0) continue;
        *flags[i].place = true;
        return 1;
    }
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        int used = match_text(&texts[i], left, argv);
        if (used < 0) complain("the option %s wants a value", argv[0]);
        if (used == 0) continue;
        if (threads != NULL) {
            char *end = NULL;
            long n = strtol(threads, &end, 10);
            if (*threads == '\0' || *end != '\0' || n < 1 || n > 1024) {
                complain("--threads wants a number from 1 to 1024, not '%s'", threads);
                return -1;
            }
            o->threads = (int)n;
        }
        return used;
    }
    complain("there is no option %s; see 'detente %s --help'", argv[0], o->command);
    return -1;
}

static bool read_arguments(struct options *o, int argc, char **argv)
{
    bool options_end = false;
    for (int i = 0; i < argc;) {
        if (!options_end && strcmp(argv[i], "--") == 0) {
            options_end = true;
            i++;
        } else if (options_end || argv[i][0] != '-' || argv[i][1] == '\0') {
            o->files[o->n_files++] = argv[i++];
        } else {
            int used = read_option(o, argc - i, argv + i);
            if (used < 0) return false;
            i += used;
        }
    }
    return true;
}

/* ---- shared by the commands
 * ---------------------------------------------------------------------- */

/* A folder of the user's own that is not there or not understood is a wrong call. */
static enum exit_status exit_of(dt_status st, const struct options *options)
{
    bool own = options->knowledge != NULL && st == DT_E_OPEN;
    return st == DT_E_ARG || st == DT_E_KNOWLEDGE || own ? EXIT_WRONG_CALL : EXIT_IMPOSSIBLE;
}

dt_model *open_model(const struct options *options, enum exit_status *status)
{
    dt_model *model = NULL;
    dt_error err;
    dt_model_options o = {.size = sizeof o};
    o.model = options->model;
    o.knowledge_dir = options->knowledge;
    dt_status st = dt_model_open(&o, &model, &err);
    if (st == DT_OK) return model;
    complain("%s", err.text);
    *status = exit_of(st, options);
    return NULL;
}

dt_coder *open_coder(const struct options *options, dt_model *model, bool trace,
                     enum exit_status *status)
{
    dt_coder *coder = NULL;
    dt_error err;
    dt_options o = {.size = sizeof o};
    o.per_sentence = options->per_sentence;
    o.status = options->status;
    o.trace = trace;
    dt_status st = dt_coder_new(model, &o, &coder, &err);
    if (st == DT_OK) return coder;
    complain("%s", err.text);
    *status = exit_of(st, options);
    return NULL;
}

bool wants_colour(void)
{
    const char *term = getenv("TERM"), *none = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (none == NULL || none[0] == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

enum exit_status finish_output(enum exit_status so_far)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return so_far;
    if (so_far != EXIT_IMPOSSIBLE && errno != EPIPE) /* said already; who closes a pipe knows it */
        complain("standard output could not be written: %s", strerror(errno));
    return EXIT_IMPOSSIBLE;
}

static const struct command *find_command(const char *name)
{
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    struct options options = {0};
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is then an ordinary write error */
    if (argc < 2) {
        print_help(stderr);
        return EXIT_WRONG_CALL;
    }
    if (strcmp(argv[1], "--version") == 0) {
        (void)printf("detente %s\n", dt_version());
        return finish_output(EXIT_DONE);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return finish_output(EXIT_DONE);
    }
    const struct command *command = find_command(argv[1]);
    if (command == NULL) {
        complain("there is no command '%s'; 'detente --help' lists them", argv[1]);
        return EXIT_WRONG_CALL;
    }
    options.command = command->name;
    options.files = calloc((size_t)argc, sizeof *options.files);
    if (options.files == NULL) return EXIT_IMPOSSIBLE;
    enum exit_status status = EXIT_WRONG_CALL;
    if (read_arguments(&options, argc - 2, argv + 2)) {
        if (options.help) {
            print_command_help(command);
            status = finish_output(EXIT_DONE);
        } else {
            status = command->run(&options);
        }
    }
    free(options.files);
    return (int)status;
}
