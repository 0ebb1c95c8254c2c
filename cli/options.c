/* options.c - every option and every command of the program, in two tables. Nothing about them is
 * said elsewhere: arguments.c reads by these tables, help.c, completion.c and tools/make_man.py
 * print them. A new option is an id in options.h, a row here, and its id in the commands that use
 * it. */
#include "options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct choice code_formats[] = {
    {"jsonl", "default on a pipe, and with --dyads or --header", DT_FORMAT_EVENTS},
    {"table", "default on a terminal", DT_FORMAT_TABLE},
    {"csv", NULL, DT_FORMAT_EVENTS_CSV},
    {"petrarch", NULL, DT_FORMAT_PETRARCH},
    {"phoenix", NULL, DT_FORMAT_PHOENIX},
    {"icews", NULL, DT_FORMAT_ICEWS},
    {"gdelt1", NULL, DT_FORMAT_GDELT1},
    {"gdelt2", NULL, DT_FORMAT_GDELT2},
    {"gdelt2-mentions", NULL, DT_FORMAT_GDELT2_MENTIONS},
    {"polecat", NULL, DT_FORMAT_POLECAT},
    {"ngec", NULL, DT_FORMAT_NGEC},
    {"plover", NULL, DT_FORMAT_PLOVER},
    {"tabari", NULL, DT_FORMAT_TABARI},
    {"geojson", NULL, DT_FORMAT_GEOJSON},
    {"geojsonl", NULL, DT_FORMAT_GEOJSONL},
    {NULL, NULL, 0}};

static const struct choice parse_formats[] = {
    {"conllu", "default", DT_FORMAT_CONLLU}, {"json", NULL, DT_FORMAT_PARSE_JSON}, {NULL, NULL, 0}};

static const struct choice codebook_formats[] = {
    {"text", "default", FORMAT_BOOK}, {"jsonl", NULL, FORMAT_BOOK_JSONL}, {NULL, NULL, 0}};

static const struct choice statuses[] = {{"actual", "default of code", 0},
                                         {"planned", NULL, 0},
                                         {"threatened", NULL, 0},
                                         {"hypothetical", NULL, 0},
                                         {"negated", NULL, 0},
                                         {"historical", NULL, 0},
                                         {"all", "default of annotate and explain", 0},
                                         {NULL, NULL, 0}};

static const struct choice kinds[] = {{"person", NULL, 0}, {"org", NULL, 0},  {"title", NULL, 0},
                                      {"verb", NULL, 0},   {"noun", NULL, 0}, {NULL, NULL, 0}};

const struct choice shell_table[] = {
    {"bash", NULL, 0}, {"zsh", NULL, 0}, {"fish", NULL, 0}, {NULL, NULL, 0}};

#define AT(member) offsetof(struct options, member)
#define SWITCH     NULL, VALUE_SWITCH, NULL

const struct option option_table[N_OPTIONS] = {
    [OPTION_CODE_FORMAT] = {"format", 'f', "FORMAT", VALUE_CHOICE, code_formats, AT(format),
                            "how events are written"},
    [OPTION_PARSE_FORMAT] = {"format", 'f', "FORMAT", VALUE_CHOICE, parse_formats, AT(format),
                             "how sentences are written"},
    [OPTION_CODEBOOK_FORMAT] = {"format", 'f', "FORMAT", VALUE_CHOICE, codebook_formats, AT(format),
                                "how frames are written"},
    [OPTION_DB] = {"db", 0, "FILE", VALUE_FILE, NULL, AT(db),
                   "write into a SQLite database instead, or a PostgreSQL one: postgresql://..."},
    [OPTION_NO_TEXT] = {"no-text", 0, SWITCH, AT(no_text),
                        "a new database keeps no text of sentences and no search over it"},
    [OPTION_OUTPUT] = {"output", 'o', "FILE", VALUE_FILE, NULL, AT(output),
                       "write there instead of standard output; the file gets its name when it is "
                       "whole"},
    [OPTION_RESUME] = {"resume", 0, SWITCH, AT(resume),
                       "go on where a run of the same call was broken off, whatever ended it; goes "
                       "with --db and --output"},
    [OPTION_REPORT] = {"report", 0, "FILE", VALUE_FILE, NULL, AT(report),
                       "write at the end, as JSON, how many stories became what; '-': on standard "
                       "error"},
    [OPTION_SINCE] = {"since", 0, "YYYY-MM-DD", VALUE_DAY, NULL, AT(since),
                      "only stories of that day or later"},
    [OPTION_UNTIL] = {"until", 0, "YYYY-MM-DD", VALUE_DAY, NULL, AT(until),
                      "only stories of that day or earlier"},
    [OPTION_WHERE] = {"where", 0, "CONDITION", VALUE_TEXT, NULL, AT(where),
                      "only stories that fulfil it: id, date, title, publisher, url or lang, then "
                      "=, != or ~ (holds), then a text: publisher=AFP"},
    [OPTION_SAMPLE] =
        {"sample", 0, "P", VALUE_SHARE, NULL, AT(sample),
         "only this share of the stories, above 0 and below 1; the same ones on every "
         "run"},
    [OPTION_SHARD] = {"shard", 0, "i/n", VALUE_TEXT, NULL, AT(shard),
                      "only the i-th of n parts of the input, for many machines; together they are "
                      "the whole"},
    [OPTION_STATUS] = {"status", 0, "LIST", VALUE_LIST, statuses, AT(status),
                       "which events are kept, several with commas"},
    [OPTION_DYADS] = {"dyads", 0, SWITCH, AT(dyads),
                      "one record for each source-target pair, both ways if reciprocal"},
    [OPTION_PER_SENTENCE] = {"per-sentence", 0, SWITCH, AT(per_sentence),
                             "do not join mentions of one happening"},
    [OPTION_HEADER] = {"header", 0, SWITCH, AT(header),
                       "first a line with the version and the hashes of model and knowledge, so "
                       "that results can be traced"},
    [OPTION_TOKENIZED] = {"tokenized", 0, SWITCH, AT(tokenized),
                          "the input is CoNLL-U; its FORM column gives tokens and sentences"},
    [OPTION_TEXT] = {"text", 0, SWITCH, AT(plain_text),
                     "the input is plain text, one document a file"},
    [OPTION_JSON] = {"json", 0, SWITCH, AT(json), "for programs"},
    [OPTION_AGAINST] = {"against", 0, "COMMAND", VALUE_COMMAND, NULL, AT(against),
                        "run COMMAND, with the files behind it, in turns with this program, and "
                        "compare their processor time"},
    [OPTION_KIND] = {"kind", 0, "LIST", VALUE_LIST, kinds, AT(kinds),
                     "what is looked for, several with commas; default: all"},
    [OPTION_LIMIT] = {"limit", 0, "N", VALUE_NUMBER, NULL, AT(limit),
                      "how many of each kind are shown; default: 20"},
    [OPTION_DATE] = {"date", 0, "YYYY-MM-DD", VALUE_DAY, NULL, AT(date),
                     "the date of stories that carry none"},
    [OPTION_THREADS] = {"threads", 'j', "N", VALUE_NUMBER, NULL, AT(threads),
                        "default: all cores; the output is the same for every N"},
    [OPTION_KNOWLEDGE] = {"knowledge", 0, "DIR", VALUE_FOLDER, NULL, AT(knowledge),
                          "your own actors, frames ...; they win over the built-in ones"},
    [OPTION_PETRARCH] = {"petrarch", 0, "DIR", VALUE_FOLDER, NULL, AT(petrarch),
                         "your dictionaries of actors and agents, in the formats of PETRARCH and "
                         "TABARI; their names win over the built-in ones"},
    [OPTION_MODEL] = {"model", 0, "FILE", VALUE_FILE, NULL, AT(model), "another model file"},
    [OPTION_EVENTS] = {"events", 0, "FILE", VALUE_FILE, NULL, AT(events),
                       "other weights for the reader of events; 'none': the frames alone"},
    [OPTION_MIN_CONFIDENCE] = {"min-confidence", 0, "P", VALUE_SHARE, NULL, AT(min_confidence),
                               "keep events of this confidence or more, above 0 and below 1; "
                               "fewer and surer ones, or more"},
    [OPTION_QUIET] = {"quiet", 'q', SWITCH, AT(quiet), "no progress line, no warnings"},
    [OPTION_HELP] = {"help", 'h', SWITCH, AT(help), "print this help"},
    [OPTION_VERSION] = {"version", 'V', SWITCH, AT(version), "print the version"},
};

#define MANY INT32_MAX
#define STORY_INPUT                                                                                \
    "Input: JSON Lines, one story a line: {\"id\", \"date\", \"text\", \"title\", \"publisher\", " \
    "\"url\"}; only \"text\" is required. A file whose name ends in .txt is one story. No file, "  \
    "or '-': standard input."
#define ANY_COMMAND   OPTION_HELP, OPTION_VERSION
#define MODEL_OPTIONS OPTION_KNOWLEDGE, OPTION_PETRARCH, OPTION_MODEL, OPTION_EVENTS
#define MANY_STORIES  OPTION_DATE, OPTION_THREADS, MODEL_OPTIONS, OPTION_QUIET
#define BIG_RUNS                                                                                   \
    OPTION_OUTPUT, OPTION_RESUME, OPTION_REPORT, OPTION_SINCE, OPTION_UNTIL, OPTION_WHERE,         \
        OPTION_SAMPLE, OPTION_SHARD

const struct command command_table[] = {
    {.name = "code",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "event records: who did what to whom, when, where",
     .text = STORY_INPUT,
     .options = {OPTION_CODE_FORMAT, OPTION_DB, OPTION_NO_TEXT, OPTION_STATUS, OPTION_DYADS,
                 OPTION_PER_SENTENCE, OPTION_MIN_CONFIDENCE, OPTION_HEADER, BIG_RUNS, MANY_STORIES,
                 ANY_COMMAND},
     .run = command_code},
    {.name = "annotate",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "everything found in a story, one JSON object each",
     .text = STORY_INPUT,
     .options = {OPTION_STATUS, OPTION_PER_SENTENCE, OPTION_MIN_CONFIDENCE, BIG_RUNS, MANY_STORIES,
                 ANY_COMMAND},
     .run = command_annotate},
    {.name = "parse",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "tokens, tags, lemmas, tree and names as CoNLL-U",
     .text = STORY_INPUT,
     .options = {OPTION_PARSE_FORMAT, OPTION_TOKENIZED, OPTION_TEXT, OPTION_THREADS, MODEL_OPTIONS,
                 OPTION_QUIET, ANY_COMMAND},
     .run = command_parse},
    {.name = "explain",
     .arguments = "\"A sentence.\"",
     .argument = ARGUMENT_TEXT,
     .least = 1,
     .most = 1,
     .wants = "explain wants one sentence in quotes: detente explain \"Moscow recalled its "
              "ambassador.\"",
     .summary = "how the records of a sentence came about",
     .options = {OPTION_STATUS, OPTION_PER_SENTENCE, OPTION_MIN_CONFIDENCE, OPTION_JSON,
                 OPTION_DATE, MODEL_OPTIONS, ANY_COMMAND},
     .run = command_explain},
    {.name = "classify",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "the relation between two given actors",
     .text = "Input: JSON Lines {\"id\", \"text\", \"source\", \"target\"}; \"source_begin\" and "
             "\"target_begin\" (bytes) may say which occurrence is meant. No file, or '-': "
             "standard input.\n\n"
             "Output: {\"id\", \"cameo\", \"plover\", \"quad\", \"frame\", \"confidence\"}, null "
             "where no word may name an event.",
     .options = {MANY_STORIES, ANY_COMMAND},
     .run = command_classify},
    {.name = "codebook",
     .arguments = "[WORD|CODE|TYPE|NAME...]",
     .argument = ARGUMENT_TEXT,
     .most = MANY,
     .summary = "which events there are, and by which words they are found",
     .text = "Without an argument: all frames, grouped by CAMEO root, and all operators, with "
             "definition, code, type, triggers and examples; doc/frames.md tells how triggers are "
             "read.\n\n"
             "An argument is a word of a trigger in any form (arrested), several of one trigger "
             "('broke off'), a CAMEO code or its beginning (17, 173), a PLOVER type (COERCE, "
             "COERCE/arrest) or a name (coerce/arrest). What answers to one of them is shown. "
             "Where nothing answers to an argument, the exit status is 1.",
     .options = {OPTION_CODEBOOK_FORMAT, OPTION_KNOWLEDGE, OPTION_MODEL, OPTION_EVENTS,
                 ANY_COMMAND},
     .run = command_codebook},
    {.name = "missing",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "what your stories name and the knowledge lacks, with the entry to add",
     .text = STORY_INPUT
     "\n\n"
     "Names of persons and organisations that nobody knows, nouns beside the names of unknown "
     "persons (title), and verbs and nouns that stand between two actors and are in no "
     "frame. First come those that stand beside events in the most stories. Each has its "
     "number of mentions, up to three examples with the story's id, and an entry for your "
     "own knowledge; what is printed for persons and organisations, for titles, or for "
     "verbs and nouns, is a file that --knowledge reads: 'detente missing --kind "
     "person,org news.jsonl > mine/actors/missing.txt'. Of a very large corpus, what is "
     "met hardly ever is forgotten.",
     .options = {OPTION_KIND, OPTION_LIMIT, OPTION_JSON, MANY_STORIES, ANY_COMMAND},
     .run = command_missing},
    {.name = "bench",
     .arguments = "FILE...",
     .argument = ARGUMENT_FILE,
     .least = 1,
     .most = MANY,
     .wants = "bench wants a file of stories (JSON Lines)",
     .summary = "throughput of the whole chain",
     .text = "Codes all stories on one thread and again on all, and throws the records away.",
     .options = {OPTION_JSON, OPTION_AGAINST, MANY_STORIES, ANY_COMMAND},
     .run = command_bench},
    {.name = "info",
     .arguments = "",
     .argument = ARGUMENT_NONE,
     .wants = "info takes no file",
     .summary = "version, model card, knowledge, kernels",
     .options = {OPTION_JSON, MODEL_OPTIONS, ANY_COMMAND},
     .run = command_info},
    {.name = "completion",
     .arguments = "SHELL",
     .argument = ARGUMENT_SHELL,
     .least = 1,
     .most = 1,
     .wants = "completion wants the name of a shell",
     .summary = "a script by which your shell completes calls",
     .text = "An installation puts the scripts where the shells look for them. Elsewhere: "
             "'source <(detente completion bash)' for bash, 'detente completion zsh' into a file "
             "_detente on zsh's fpath, 'detente completion fish | source' for fish.",
     .options = {ANY_COMMAND},
     .run = command_completion},
    {.name = "help",
     .arguments = "[COMMAND]",
     .argument = ARGUMENT_COMMAND,
     .most = 1,
     .wants = "help wants one command at most",
     .summary = "what a command does, and its options",
     .options = {OPTION_JSON, ANY_COMMAND},
     .run = command_help},
    {.name = NULL}};

/* Formats that a line of JSON would spoil; formats that have no pairs. */
#define NO_HEADER(format)                                                                          \
    {                                                                                              \
        OPTION_HEADER, OPTION_CODE_FORMAT, format,                                                 \
            "--header writes a line of JSON; it goes with -f jsonl only"                           \
    }
#define WHOLE_EVENTS(format)                                                                       \
    {                                                                                              \
        OPTION_DYADS, OPTION_CODE_FORMAT, format,                                                  \
            "this format holds whole events; --dyads goes with -f jsonl and -f csv"                \
    }

const struct conflict conflict_table[] = {
    {OPTION_DB, OPTION_CODE_FORMAT, 0, "--db writes a database; -f is for standard output"},
    {OPTION_DB, OPTION_DYADS, 0,
     "--db writes whole events with all their actors, and its view events_dyadic has the pairs; "
     "--dyads is for standard output"},
    {OPTION_DB, OPTION_HEADER, 0, "--db writes a database; --header is for standard output"},
    {OPTION_DB, OPTION_OUTPUT, 0, "--db writes a database, --output a file; give one of them"},
    {OPTION_HEADER, OPTION_CODE_FORMAT, DT_FORMAT_EVENTS_CSV,
     "--header writes a line of JSON; it goes with -f jsonl only"},
    {OPTION_HEADER, OPTION_CODE_FORMAT, DT_FORMAT_TABLE,
     "--header writes a line of JSON; it goes with -f jsonl only"},
    {OPTION_DYADS, OPTION_CODE_FORMAT, DT_FORMAT_TABLE,
     "-f table shows whole events; --dyads goes with -f jsonl and -f csv"},
    NO_HEADER(DT_FORMAT_PETRARCH),
    NO_HEADER(DT_FORMAT_PHOENIX),
    NO_HEADER(DT_FORMAT_ICEWS),
    NO_HEADER(DT_FORMAT_GDELT1),
    NO_HEADER(DT_FORMAT_GDELT2),
    NO_HEADER(DT_FORMAT_GDELT2_MENTIONS),
    NO_HEADER(DT_FORMAT_POLECAT),
    NO_HEADER(DT_FORMAT_TABARI),
    NO_HEADER(DT_FORMAT_GEOJSON),
    WHOLE_EVENTS(DT_FORMAT_NGEC),
    WHOLE_EVENTS(DT_FORMAT_PLOVER),
    WHOLE_EVENTS(DT_FORMAT_GEOJSON),
    WHOLE_EVENTS(DT_FORMAT_GEOJSONL),
    {OPTION_TOKENIZED, OPTION_TEXT, 0,
     "--tokenized says that the input is CoNLL-U, --text that it is plain text; give one of them"},
    {OPTION_NONE, OPTION_NONE, 0, NULL}};

const struct note exit_table[] = {{"0", "all done"},
                                  {"1", "some inputs could not be used"},
                                  {"2", "the call is wrong"},
                                  {"3", "the work could not be done"},
                                  {NULL, NULL}};

const struct note environment_table[] = {
    {"DETENTE_MODEL", "path of the model file, where no --model is given"},
    {"DETENTE_KNOWLEDGE", "path of the compiled knowledge"},
    {"DETENTE_EVENTS", "path of the weights of events, or none"},
    {"DETENTE_KERNEL", "the arithmetic to use instead of the best for this CPU: plain, avx2, vnni, "
                       "avx512, amx, neon or dotprod; the output is the same"},
    {"NO_COLOR", "where set, nothing is printed in colours"},
    {NULL, NULL}};

const char program_summary[] =
    "detente codes political events in news text: who did what to whom, when, where.";
const char program_usage[] = "detente COMMAND [OPTIONS] [FILE...]";
const char program_text[] =
    "'detente help COMMAND' tells more; 'detente --version' prints the version. Options may stand "
    "before or after files; of an option that is given twice the last one counts; what follows "
    "'--' is no option.";

const struct command *find_command(const char *name)
{
    for (const struct command *c = command_table; c->name != NULL; c++)
        if (strcmp(c->name, name) == 0) return c;
    return NULL;
}

enum option_id find_option(const struct command *command, const char *name, size_t len, char letter)
{
    for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
        const struct option *o = &option_table[*id];
        if (name != NULL ? strlen(o->name) == len && memcmp(o->name, name, len) == 0
                         : o->letter == letter)
            return *id;
    }
    return OPTION_NONE;
}

/* Appends to a text that is long enough for all that the tables say; cut off where it is not. */
static void append_text(char *out, size_t cap, const char *format, ...)
{
    size_t len = strlen(out);
    va_list args;
    va_start(args, format);
    (void)vsnprintf(out + len, cap - len, format, args);
    va_end(args);
}

void list_choices(const struct choice *choices, const char *last_join, char *out, size_t cap)
{
    out[0] = '\0';
    for (const struct choice *c = choices; c->name != NULL; c++) {
        const char *join = c == choices ? "" : c[1].name == NULL ? last_join : ", ";
        append_text(out, cap, "%s%s", join, c->name);
    }
}

void option_sentence(const struct option *option, char *out, size_t cap)
{
    out[0] = '\0';
    append_text(out, cap, "%s", option->help);
    for (const struct choice *c = option->choices; c != NULL && c->name != NULL; c++) {
        append_text(out, cap, "%s%s", c == option->choices ? ": " : ", ", c->name);
        if (c->note != NULL) append_text(out, cap, " (%s)", c->note);
    }
}
