/* cli.h - what the commands of the program share. The program is a client of detente.h only. */
#ifndef DETENTE_CLI_H
#define DETENTE_CLI_H

#include <detente.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum exit_status { EXIT_DONE = 0, EXIT_SOME_UNUSED = 1, EXIT_WRONG_CALL = 2, EXIT_IMPOSSIBLE = 3 };

/* What the command line said; options.c tells where each option is stored. Strings are those of
 * argv. */
struct options {
    const char *program; /* as it was called */
    const struct command *command;
    const char **files; /* n_files arguments; none means standard input where files are meant */
    int n_files;
    uint64_t given; /* bit i: the option of id i stood there */
    int format;     /* a dt_format; 0: none was asked for */
    int threads;    /* 0: all cores */
    int limit;      /* 0: not given */
    const char *date, *db, *output, *status, *model, *knowledge, *petrarch, *events, *against,
        *kinds;
    const char *since, *until, *where, *shard, *report;
    const char *text_column, *title_column, *date_column, *id_column, *publisher_column,
        *url_column, *lang_column;
    int date_order;              /* DT_ORDER_UNKNOWN: not given */
    int max_record;              /* MB; 0: not given */
    const char *state, *archive; /* of fetch */
    const char *twins, *index, *why, *with, *happening;
    double delay, timeout;         /* seconds; 0: not given */
    double min_confidence, sample; /* 0: not given */
    bool all, undo, one_a_day;
    bool articles, dyads, per_sentence, any_language, header, tokenized, plain_text, json, resume,
        no_text, quiet, help, version;
};

enum exit_status command_code(const struct options *options);
enum exit_status command_annotate(const struct options *options);
enum exit_status command_parse(const struct options *options);
enum exit_status command_explain(const struct options *options);
enum exit_status command_classify(const struct options *options);
enum exit_status command_extract(const struct options *options);
enum exit_status command_missing(const struct options *options);
enum exit_status command_codebook(const struct options *options);
enum exit_status command_twins(const struct options *options);
enum exit_status command_happenings(const struct options *options);
enum exit_status command_bench(const struct options *options);
enum exit_status command_info(const struct options *options);
enum exit_status command_completion(const struct options *options);
enum exit_status command_fetch(const struct options *options);
enum exit_status command_help(const struct options *options);

/* ---- the call (arguments.c, help.c) ---- */

/* Reads options and files behind the command's name; complains and says false when they are wrong.
 * `files` has room for all of them. */
bool read_arguments(struct options *options, int argc, char **argv);
/* Complains that there is no such command, with the one that may have been meant. */
void refuse_command(const char *name);
void print_overview(FILE *to);
void print_command_help(const struct command *command);

/* ---- printing (output.c) ---- */

/* Prints "detente: MESSAGE" on standard error. */
void complain(const char *format, ...);
/* Complains, and tells the exit status of a failure that ends the work. */
enum exit_status give_up(const dt_error *err);
/* True when standard output is a terminal that shows colours. */
bool wants_colour(void);
/* Prints text as a JSON string. */
void put_json_text(const char *text, size_t len);
/* Prints words, broken into lines of at most 80 columns that begin at `indent`; the first word
 * comes where the line stands, at column `at`. */
void put_wrapped(FILE *to, const char *text, int indent, int at);
/* Flushes standard output; complains and says EXIT_IMPOSSIBLE when it could not all be written. */
enum exit_status finish_output(enum exit_status so_far);

/* ---- what the library opens (handles.c) ---- */

/* Open model, knowledge and coder as the options say; where they cannot, they complain and tell
 * the exit status. */
enum exit_status open_model(const struct options *options, dt_model **out);
enum exit_status open_coder(const struct options *options, dt_model *model, bool trace,
                            dt_coder **out);
/* Prints the facts about a model. */
void print_info(const dt_model *model, bool json);
/* The line of `code --header`. */
void describe_header(const dt_model *model, char *out, size_t cap);

/* Runs this program and options->against in turns and prints who took how long (against.c). */
enum exit_status run_against(const struct options *options);

/* ---- many stories (pipeline.c) ---- */

enum record_kind { RECORD_CODE, RECORD_PARSE, RECORD_CONLLU, RECORD_PAIR, RECORD_STORY };

/* What becomes of stories instead of records: a worker notes bytes about each, and the reader's
 * thread takes them in input order. Both say false when memory ran out. */
struct pipeline_sink {
    bool (*note)(const dt_doc *doc, const char *text, char **at, size_t *len, size_t *cap);
    bool (*take)(void *context, const char *at, size_t len);
    void *context;
};

struct pipeline {
    const struct options *options;
    dt_model *model;
    enum record_kind kind;
    dt_format format;
    int flags;
    const struct pipeline_sink *sink; /* or NULL: records are written where the options say */
    bool silent;                      /* bench: throw the output away; missing: there is none */
    /* filled by pipeline_run() */
    size_t stories, unused, sentences, words; /* words are counted for bench only */
    double seconds;
    double *stage_seconds; /* room for dt_stage_count() of them, or NULL: not measured */
};

/* Reads all files, works on `options->threads` threads, writes in input order. */
enum exit_status pipeline_run(struct pipeline *pipeline);
int core_count(void);
double now_seconds(void);

#endif
