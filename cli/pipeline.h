/* pipeline.h - what the parts of a run over many stories share: which stories are taken
 * (selection.c), where the records go (outlet.c), what stops it (interrupt.c), what is said at its
 * end (report.c). */
#ifndef DETENTE_PIPELINE_H
#define DETENTE_PIPELINE_H

#include "cli.h"

/* What became of a record of the input. */
enum fate {
    FATE_CODED,
    FATE_UNUSED,   /* no story could be made of it; said with its place */
    FATE_FOREIGN,  /* it is not in English */
    FATE_TWIN,     /* it was told before, and --twins leaves such out */
    FATE_UNDATED,  /* no day is known, and --since or --until asks for one */
    FATE_UNWANTED, /* left out by --since, --until, --where or --sample */
    FATE_COUNT
};

/* ---- which stories are taken (selection.c) ---- */

struct condition {
    char key[16];
    char relation; /* '=', '!' or '~' */
    const char *value;
};

struct selection {
    size_t shard, shards; /* of every `shards` records the `shard`-th, from 0 */
    double sample;        /* share of the stories, by the hash of the id; 0: all */
    const char *since, *until;
    struct condition where;
    bool any; /* some story may be left out */
};

/* Complains and says false where an option is no condition. */
bool selection_read(const struct options *options, struct selection *out);
/* FATE_CODED where the story is taken. Any thread. */
enum fate selection_judge(const struct selection *selection, const dt_story *story);

/* ---- stories that were told before (retold.c) ---- */

struct retold;

/* *out is NULL where --twins was not given. Complains. */
enum exit_status retold_open(const struct options *options, struct retold **out);
/* Whether the story is a twin of one that was asked of before. Called once for each number from 0
 * on, from any thread, and waits for the ones before it; `story` is NULL where there is none. */
dt_status retold_ask(struct retold *retold, size_t number, const dt_story *story, bool *told,
                     dt_error *err);
enum exit_status retold_close(struct retold *retold, enum exit_status so_far); /* complains */

/* ---- where the records go (outlet.c) ---- */

struct outlet;

/* Opens what the options name: standard output, --output or --db. `key` tells runs apart: only one
 * of the same key is resumed. *done is the number of records of the input that an interrupted run
 * has dealt with, 0 unless --resume was given; *complete where nothing is left to do. Complains. */
enum exit_status outlet_open(const struct options *options, const char *key, struct outlet **out,
                             size_t *done, bool *complete);
/* What is given to it, in input order, one thread at a time: rows, packed in any thread
 * (outlet_put); else text, or what outlet_columns() packed in any thread (outlet_write). */
bool outlet_takes_rows(const struct outlet *outlet);
const dt_columns *outlet_columns(const struct outlet *outlet);          /* or NULL: text */
bool outlet_put(struct outlet *outlet, const dt_rows *rows);            /* complains */
bool outlet_write(struct outlet *outlet, const char *text, size_t len); /* complains */
/* Bytes that a file holds so far; 0 of anything else. */
size_t outlet_size(const struct outlet *outlet);
/* Tells that so many records are dealt with and that all that was written is of them. */
bool outlet_note(struct outlet *outlet, size_t records); /* complains */
/* Closes it; `whole`: the input came to its end. Complains. NULL is allowed. */
enum exit_status outlet_close(struct outlet *outlet, bool whole, enum exit_status so_far);

enum { RUN_KEY_CAP = 24, HEADER_CAP = 512 };

/* 16 hexadecimal digits that differ where inputs, options or knowledge do (runkey.c). */
void describe_run(const struct options *options, const dt_model *model, char key[RUN_KEY_CAP]);

/* ---- INT and TERM (interrupt.c) ---- */

/* From now on the first of the two signals only says so; the second one ends the program. */
void interrupt_catch(void);
bool interrupted(void);
/* Ends the program by the signal that came, as its caller expects; returns where none did. */
void interrupt_obey(void);

/* ---- the end (report.c) ---- */

struct report {
    size_t fates[FATE_COUNT], events, resumed; /* records that an earlier run dealt with */
    double seconds;
};

/* Says it on standard error, or writes it as JSON into --report. Complains. */
enum exit_status report_print(const struct report *report, const struct options *options,
                              enum exit_status so_far);

#endif
