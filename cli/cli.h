/* cli.h - what the commands of the program share. The program is a client of detente.h only. */
#ifndef DETENTE_CLI_H
#define DETENTE_CLI_H

#include <detente.h>
#include <stdbool.h>
#include <stdio.h>

enum exit_status { EXIT_DONE = 0, EXIT_SOME_UNUSED = 1, EXIT_WRONG_CALL = 2, EXIT_IMPOSSIBLE = 3 };

/* What the command line said. Strings are those of argv. */
struct options {
    const char *command;
    const char **files; /* n_files of them; none means standard input */
    int n_files;
    const char *format;    /* -f, --format */
    const char *date;      /* --date */
    const char *db;        /* --db */
    const char *status;    /* --status */
    const char *model;     /* --model */
    const char *knowledge; /* --knowledge DIR */
    const char *text;      /* explain: the sentence */
    int threads;           /* --threads; 0: all cores */
    bool dyads, per_sentence, tokenized, strict, json, quiet, help, plain_text;
};

typedef enum exit_status (*command_function)(const struct options *options);

enum exit_status command_code(const struct options *options);
enum exit_status command_annotate(const struct options *options);
enum exit_status command_parse(const struct options *options);
enum exit_status command_explain(const struct options *options);
enum exit_status command_classify(const struct options *options);
enum exit_status command_bench(const struct options *options);
enum exit_status command_info(const struct options *options);

/* Prints "detente: MESSAGE" on standard error. */
void complain(const char *format, ...);
/* Opens model and knowledge as the options say. When it cannot, complains and stores why in
 * *status: EXIT_WRONG_CALL where the user's own folder or an option is at fault, else
 * EXIT_IMPOSSIBLE. */
dt_model *open_model(const struct options *options, enum exit_status *status);
dt_coder *open_coder(const struct options *options, dt_model *model, bool trace,
                     enum exit_status *status);
/* True when standard output is a terminal that shows colours. */
bool wants_colour(void);
/* Flushes standard output; complains and says EXIT_IMPOSSIBLE when it could not all be written. */
enum exit_status finish_output(enum exit_status so_far);

/* ---- many stories (pipeline.c) ---- */

enum record_kind { RECORD_CODE, RECORD_PARSE, RECORD_CONLLU, RECORD_PAIR };

enum { STAGES_MOST = 32 }; /* more than dt_stage_count() */

struct pipeline {
    const struct options *options;
    dt_model *model;
    enum record_kind kind;
    dt_format format;
    int flags;
    dt_db *db;   /* write there instead of standard output, or NULL */
    bool silent; /* bench: throw the output away */
    /* filled by pipeline_run() */
    size_t stories, unused, sentences, bytes, words;
    double seconds, stage_seconds[STAGES_MOST];
};

/* Reads all files, works on `options->threads` threads, writes in input order. */
enum exit_status pipeline_run(struct pipeline *pipeline);
int core_count(void);

#endif
