/* options.h - the tables of options and of commands, from which arguments are read and help, manual
 * pages and shell completion are made. */
#ifndef DETENTE_OPTIONS_H
#define DETENTE_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cli.h"

enum option_id {
    OPTION_NONE, /* ends a command's list */
    OPTION_CODE_FORMAT,
    OPTION_PARSE_FORMAT,
    OPTION_CODEBOOK_FORMAT,
    OPTION_TWINS_FORMAT,
    OPTION_DB,
    OPTION_NO_TEXT,
    OPTION_OUTPUT,
    OPTION_RESUME,
    OPTION_REPORT,
    OPTION_SINCE,
    OPTION_UNTIL,
    OPTION_WHERE,
    OPTION_SAMPLE,
    OPTION_SHARD,
    OPTION_TWINS,
    OPTION_STATUS,
    OPTION_DYADS,
    OPTION_PER_SENTENCE,
    OPTION_ANY_LANGUAGE,
    OPTION_HEADER,
    OPTION_TOKENIZED,
    OPTION_TEXT,
    OPTION_JSON,
    OPTION_AGAINST,
    OPTION_KIND,
    OPTION_LIMIT,
    OPTION_DATE,
    OPTION_DATE_ORDER,
    OPTION_TEXT_COLUMN,
    OPTION_TITLE_COLUMN,
    OPTION_DATE_COLUMN,
    OPTION_ID_COLUMN,
    OPTION_PUBLISHER_COLUMN,
    OPTION_URL_COLUMN,
    OPTION_LANG_COLUMN,
    OPTION_MAX_RECORD,
    OPTION_THREADS,
    OPTION_KNOWLEDGE,
    OPTION_PETRARCH,
    OPTION_MODEL,
    OPTION_EVENTS,
    OPTION_MIN_CONFIDENCE,
    OPTION_ARTICLES,
    OPTION_ARCHIVE,
    OPTION_STATE,
    OPTION_DELAY,
    OPTION_TIMEOUT,
    OPTION_INDEX,
    OPTION_ALL,
    OPTION_WHY,
    OPTION_WITH,
    OPTION_HAPPENINGS_DB,
    OPTION_UNDO,
    OPTION_ONE_A_DAY,
    OPTION_EXPLAIN,
    OPTION_QUIET,
    OPTION_HELP,
    OPTION_VERSION,
    N_OPTIONS
};

/* What a value may be, and the type of its place in struct options. */
enum value_kind {
    VALUE_SWITCH,  /* none: bool */
    VALUE_CHOICE,  /* one of the choices: int, the choice's value */
    VALUE_LIST,    /* some of the choices, with commas: const char * */
    VALUE_NUMBER,  /* 1 to NUMBER_MOST: int */
    VALUE_SHARE,   /* above 0, below 1: double */
    VALUE_SECONDS, /* above 0, at most 86400: double */
    VALUE_DAY,     /* this and the next ones: const char *, not empty */
    VALUE_FILE,
    VALUE_FOLDER,
    VALUE_TEXT,
    VALUE_COMMAND,
    VALUE_NAME,
    VALUE_ID
};

enum { NUMBER_MOST = 1024 };

/* Values of `codebook --format`. */
enum codebook_format { FORMAT_BOOK = 1, FORMAT_BOOK_JSONL = 2 };

/* Values of `twins --format`. */
enum twins_format { FORMAT_TWINS_JSONL = 1, FORMAT_TWINS = 2 };

struct choice {
    const char *name; /* NULL ends the list */
    const char *note; /* when it is the default, or NULL */
    int value;
};

struct option {
    const char *name;  /* without the dashes */
    char letter;       /* its short form, or 0 */
    const char *value; /* what help calls the value; NULL for a switch */
    enum value_kind kind;
    const struct choice *choices;
    size_t place;     /* where in struct options it is stored */
    const char *help; /* one sentence; the choices follow it */
};

enum argument_kind {
    ARGUMENT_NONE,
    ARGUMENT_FILE,
    ARGUMENT_TEXT,
    ARGUMENT_COMMAND,
    ARGUMENT_SHELL
};

struct command {
    const char *name;
    const char *arguments; /* as help writes them */
    enum argument_kind argument;
    int least, most;     /* how many */
    const char *wants;   /* the sentence that refuses another number */
    const char *summary; /* one line */
    const char *text;    /* paragraphs of help, with empty lines between, or NULL */
    enum option_id options[N_OPTIONS];
    enum exit_status (*run)(const struct options *options);
};

/* Two options of a command that cannot go together. */
struct conflict {
    enum option_id one, other;
    int format; /* only where the other's value is this one; 0: always */
    const char *reason;
};

/* A term and what it means. */
struct note {
    const char *term, *text;
};

extern const struct option option_table[N_OPTIONS];
extern const struct command command_table[]; /* a name of NULL ends it and the ones below */
extern const struct conflict conflict_table[];
extern const struct choice shell_table[];
extern const struct note exit_table[], environment_table[];
extern const char program_summary[], program_usage[], program_text[];

const struct command *find_command(const char *name); /* NULL: there is none */
/* The command's option of that long name, or of that letter where name is NULL; OPTION_NONE. */
enum option_id find_option(const struct command *command, const char *name, size_t len,
                           char letter);
/* "actual, planned or all": the names of the choices. */
void list_choices(const struct choice *choices, const char *last_join, char *out, size_t cap);
/* The option's sentence of help with its choices and their notes. */
void option_sentence(const struct option *option, char *out, size_t cap);

#endif
