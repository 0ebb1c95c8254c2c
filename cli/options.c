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
    {"parquet", NULL, DT_FORMAT_PARQUET},
    {"arrow", NULL, DT_FORMAT_ARROW},
    {"arrow-stream", NULL, DT_FORMAT_ARROW_STREAM},
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

static const struct choice twins_formats[] = {{"jsonl", "default on a pipe", FORMAT_TWINS_JSONL},
                                              {"table", "default on a terminal", FORMAT_TWINS},
                                              {NULL, NULL, 0}};

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

static const struct choice date_orders[] = {{"day", NULL, DT_ORDER_DAY_FIRST},
                                            {"month", NULL, DT_ORDER_MONTH_FIRST},
                                            {"dmy", NULL, DT_ORDER_DAY_FIRST},
                                            {"mdy", NULL, DT_ORDER_MONTH_FIRST},
                                            {NULL, NULL, 0}};

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
    [OPTION_TWINS_FORMAT] = {"format", 'f', "FORMAT", VALUE_CHOICE, twins_formats, AT(format),
                             "how twins are written"},
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
    [OPTION_TWINS] = {"twins", 0, "FILE", VALUE_FILE, NULL, AT(twins),
                      "leave out stories that were told before, in this run or an earlier one with "
                      "this FILE, which keeps what they are known by; '-': in this run"},
    [OPTION_STATUS] = {"status", 0, "LIST", VALUE_LIST, statuses, AT(status),
                       "which events are kept, several with commas"},
    [OPTION_DYADS] = {"dyads", 0, SWITCH, AT(dyads),
                      "one record for each source-target pair, both ways if reciprocal"},
    [OPTION_PER_SENTENCE] = {"per-sentence", 0, SWITCH, AT(per_sentence),
                             "do not join mentions of one happening"},
    [OPTION_ANY_LANGUAGE] = {"any-language", 0, SWITCH, AT(any_language),
                             "code stories that are not in English, too; else they are counted "
                             "and left out"},
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
    [OPTION_DATE_ORDER] = {"date-order", 0, "ORDER", VALUE_CHOICE, date_orders, AT(date_order),
                           "which comes first in dates such as 05/06/2024, where the others do not "
                           "tell"},
    [OPTION_TEXT_COLUMN] =
        {"text-column", 0, "NAME", VALUE_NAME, NULL, AT(text_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "the text of stories"},
    [OPTION_TITLE_COLUMN] =
        {"title-column", 0, "NAME", VALUE_NAME, NULL, AT(title_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "their title"},
    [OPTION_DATE_COLUMN] =
        {"date-column", 0, "NAME", VALUE_NAME, NULL, AT(date_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "their date"},
    [OPTION_ID_COLUMN] =
        {"id-column", 0, "NAME", VALUE_NAME, NULL, AT(id_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "their id"},
    [OPTION_PUBLISHER_COLUMN] =
        {"publisher-column", 0, "NAME", VALUE_NAME, NULL, AT(publisher_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "their publisher"},
    [OPTION_URL_COLUMN] =
        {"url-column", 0, "NAME", VALUE_NAME, NULL, AT(url_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "their address"},
    [OPTION_LANG_COLUMN] =
        {"lang-column", 0, "NAME", VALUE_NAME, NULL, AT(lang_column),
         "the column of a table, by name or number, or the member of JSON that holds "
         "their language"},
    [OPTION_MAX_RECORD] = {"max-record", 0, "MB", VALUE_NUMBER, NULL, AT(max_record),
                           "a story of more is left out, and named; default: 16"},
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
    [OPTION_ARTICLES] = {"articles", 0, SWITCH, AT(articles),
                         "fetch the page that each entry of a feed leads to, for its whole text"},
    [OPTION_ARCHIVE] = {"archive", 'o', "FILE", VALUE_FILE, NULL, AT(archive),
                        "add the pages, as they came, to a web archive (WARC), which the other "
                        "commands read"},
    [OPTION_STATE] = {"state", 0, "FILE", VALUE_FILE, NULL, AT(state),
                      "keep there what servers said of their pages, and fetch only what is new "
                      "since the last time"},
    [OPTION_DELAY] = {"delay", 0, "SECONDS", VALUE_SECONDS, NULL, AT(delay),
                      "between two requests to one host; default: 1"},
    [OPTION_TIMEOUT] = {"timeout", 0, "SECONDS", VALUE_SECONDS, NULL, AT(timeout),
                        "how long one request may take; default: 30"},
    [OPTION_INDEX] =
        {"index", 0, "FILE", VALUE_FILE, NULL, AT(index),
         "keep the stories there, beside it FILE.table, so that later calls know them"},
    [OPTION_ALL] = {"all", 0, SWITCH, AT(all), "every story, with the first of its group"},
    [OPTION_WHY] = {"why", 0, "ID", VALUE_ID, NULL, AT(why),
                    "show the longest runs of words that this story shares with its twin"},
    [OPTION_WITH] = {"with", 0, "ID", VALUE_ID, NULL, AT(with), "for --why: the other story"},
    [OPTION_HAPPENINGS_DB] = {"db", 0, "FILE", VALUE_FILE, NULL, AT(db),
                              "the SQLite database that 'detente code --db' wrote"},
    [OPTION_UNDO] = {"undo", 0, SWITCH, AT(undo), "empty the tables of happenings"},
    [OPTION_ONE_A_DAY] = {"one-a-day", 0, SWITCH, AT(one_a_day),
                          "one event for each source, target, code and day, as the field's filter "
                          "has it"},
    [OPTION_EXPLAIN] = {"explain", 0, "N", VALUE_ID, NULL, AT(happening),
                        "show the events of the happening of that number, and why each was joined"},
    [OPTION_QUIET] = {"quiet", 'q', SWITCH, AT(quiet), "no progress line, no warnings"},
    [OPTION_HELP] = {"help", 'h', SWITCH, AT(help), "print this help"},
    [OPTION_VERSION] = {"version", 'V', SWITCH, AT(version), "print the version"},
};

#define MANY INT32_MAX
#define STORY_INPUT                                                                                \
    "Input: plain text, one story a file; JSON Lines, one story a line: {\"id\", \"date\", "       \
    "\"text\", \"title\", \"author\", \"publisher\", \"url\", \"lang\"}, of which only \"text\" "  \
    "is "                                                                                          \
    "required; other JSON; tables (CSV, TSV); pages of HTML; in any encoding. Folders, archives "  \
    "(zip, tar) and "                                                                              \
    "compressed files (gz, zst, xz, bz2) of such files. No file, or '-': standard input."
#define ANY_COMMAND   OPTION_HELP, OPTION_VERSION
#define MODEL_OPTIONS OPTION_KNOWLEDGE, OPTION_PETRARCH, OPTION_MODEL, OPTION_EVENTS
#define INPUT_OPTIONS                                                                              \
    OPTION_DATE, OPTION_DATE_ORDER, OPTION_TEXT_COLUMN, OPTION_TITLE_COLUMN, OPTION_DATE_COLUMN,   \
        OPTION_ID_COLUMN, OPTION_PUBLISHER_COLUMN, OPTION_URL_COLUMN, OPTION_LANG_COLUMN,          \
        OPTION_MAX_RECORD
#define MANY_STORIES INPUT_OPTIONS, OPTION_THREADS, MODEL_OPTIONS, OPTION_QUIET
#define BIG_RUNS                                                                                   \
    OPTION_OUTPUT, OPTION_RESUME, OPTION_REPORT, OPTION_SINCE, OPTION_UNTIL, OPTION_WHERE,         \
        OPTION_SAMPLE, OPTION_SHARD, OPTION_TWINS

const struct command command_table[] = {
    {.name = "code",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "event records: who did what to whom, when, where",
     .text = STORY_INPUT,
     .options = {OPTION_CODE_FORMAT, OPTION_DB, OPTION_NO_TEXT, OPTION_STATUS, OPTION_DYADS,
                 OPTION_PER_SENTENCE, OPTION_ANY_LANGUAGE, OPTION_MIN_CONFIDENCE, OPTION_HEADER,
                 BIG_RUNS, MANY_STORIES, ANY_COMMAND},
     .run = command_code},
    {.name = "annotate",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "everything found in a story, one JSON object each",
     .text = STORY_INPUT,
     .options = {OPTION_STATUS, OPTION_PER_SENTENCE, OPTION_ANY_LANGUAGE, OPTION_MIN_CONFIDENCE,
                 BIG_RUNS, MANY_STORIES, ANY_COMMAND},
     .run = command_annotate},
    {.name = "parse",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "tokens, tags, lemmas, tree and names as CoNLL-U",
     .text = STORY_INPUT,
     .options = {OPTION_PARSE_FORMAT, OPTION_TOKENIZED, OPTION_TEXT, OPTION_TEXT_COLUMN,
                 OPTION_ID_COLUMN, OPTION_MAX_RECORD, OPTION_THREADS, MODEL_OPTIONS, OPTION_QUIET,
                 ANY_COMMAND},
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
    {.name = "extract",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "the articles of web pages, one JSON object each",
     .text = STORY_INPUT
     "\n\n"
     "Output: {\"id\", \"url\", \"title\", \"date\", \"author\", \"publisher\", "
     "\"lang\", \"text\"}, null where the page does not say. The text is without menus, "
     "teasers, captions, comments and notices; '\\n' ends a paragraph.",
     .options = {BIG_RUNS, INPUT_OPTIONS, OPTION_THREADS, OPTION_QUIET, ANY_COMMAND},
     .run = command_extract},
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
    {.name = "fetch",
     .arguments = "URL...",
     .argument = ARGUMENT_TEXT,
     .least = 1,
     .most = MANY,
     .wants = "fetch wants the address of a feed or of a page: detente fetch "
              "https://example.org/news.rss",
     .summary = "stories of feeds and pages on the web, as JSON Lines",
     .text = "Prints what the other commands read: detente fetch https://example.org/news.rss | "
             "detente code. Of a feed (RSS, Atom) each entry is a story, of a page its article. "
             "Only http and https; robots.txt is obeyed; at most one request a second goes to a "
             "host; after five redirects, and at a page of more than 32 MB, it stops.",
     .options = {OPTION_ARTICLES, OPTION_STATE, OPTION_DELAY, OPTION_TIMEOUT, OPTION_ARCHIVE,
                 OPTION_QUIET, ANY_COMMAND},
     .run = command_fetch},
    {.name = "twins",
     .arguments = "[FILE...]",
     .argument = ARGUMENT_FILE,
     .most = MANY,
     .summary = "stories that were told before: copies, revised takes, parts",
     .text = STORY_INPUT
     "\n\n"
     "Output: a line for each story that is a twin of an earlier one: {\"id\", \"twin_of\", "
     "\"group\" (the first story of all twins), \"kind\" (same, revised, part-of), "
     "\"similarity\" (the share of the smaller story in the other; rare words count more), "
     "\"shared\", \"of\" (runs of words that both samples have, of so many)}. The order of the "
     "stories decides which is the first. With --db the stories are those in a database, whose "
     "table twin is filled: twins are one witness to 'detente happenings'.",
     .options = {OPTION_TWINS_FORMAT, OPTION_INDEX, OPTION_ALL, OPTION_WHY, OPTION_WITH,
                 OPTION_HAPPENINGS_DB, OPTION_DATE, MODEL_OPTIONS, OPTION_QUIET, ANY_COMMAND},
     .run = command_twins},
    {.name = "happenings",
     .arguments = "",
     .argument = ARGUMENT_NONE,
     .wants = "happenings takes no file; --db names the database",
     .summary = "one record for each happening that several stories tell, out of a database",
     .text =
         "Joins the events of a database: those of one type, between the same sides, at days and "
         "places that agree, told in different stories. Writes the tables happening and "
         "happening_event, and the reason of each join; made again at each call.\n\n"
         "Output: {\"id\", \"date\", \"date_end\", \"source\", \"target\", \"plover\", "
         "\"cameo\", \"events\", \"stories\", \"publishers\", \"confidence\", "
         "\"event\" (the one that stands for it)}.",
     .options = {OPTION_HAPPENINGS_DB, OPTION_UNDO, OPTION_ONE_A_DAY, OPTION_EXPLAIN, OPTION_ALL,
                 ANY_COMMAND},
     .run = command_happenings},
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
    {OPTION_HEADER, OPTION_CODE_FORMAT, DT_FORMAT_PARQUET,
     "a Parquet file tells model and knowledge of itself; --header goes with -f jsonl only"},
    {OPTION_HEADER, OPTION_CODE_FORMAT, DT_FORMAT_ARROW,
     "an Arrow file tells model and knowledge of itself; --header goes with -f jsonl only"},
    {OPTION_HEADER, OPTION_CODE_FORMAT, DT_FORMAT_ARROW_STREAM,
     "an Arrow stream tells model and knowledge of itself; --header goes with -f jsonl only"},
    {OPTION_RESUME, OPTION_CODE_FORMAT, DT_FORMAT_PARQUET,
     "a Parquet file cannot be gone on with; --resume goes with --db and formats of text"},
    {OPTION_RESUME, OPTION_CODE_FORMAT, DT_FORMAT_ARROW,
     "an Arrow file cannot be gone on with; --resume goes with --db and formats of text"},
    {OPTION_RESUME, OPTION_CODE_FORMAT, DT_FORMAT_ARROW_STREAM,
     "an Arrow stream cannot be gone on with; --resume goes with --db and formats of text"},
    {OPTION_DYADS, OPTION_CODE_FORMAT, DT_FORMAT_TABLE,
     "-f table shows whole events; --dyads goes with all other formats"},
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
    {OPTION_HAPPENINGS_DB, OPTION_INDEX, 0,
     "--db reads the stories of a database; --index keeps those of files"},
    {OPTION_HAPPENINGS_DB, OPTION_WHY, 0, "--why reads files; give them instead of --db"},
    {OPTION_HAPPENINGS_DB, OPTION_TWINS_FORMAT, FORMAT_TWINS,
     "--db writes a table; its lines are JSON"},
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
