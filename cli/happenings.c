/* happenings.c - `detente happenings`: one record for each happening that several stories tell. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

static enum exit_status print_list(dt_happenings *h, dt_happenings_kind kind, long long id,
                                   size_t *n)
{
    const char *line = NULL;
    dt_error err;
    if (dt_happenings_list(h, kind, id, &err) != DT_OK) return give_up(&err);
    for (*n = 0;; ++*n) {
        if (dt_happenings_next(h, &line, &err) != DT_OK) return give_up(&err);
        if (line == NULL) return EXIT_DONE;
        (void)printf("%s\n", line);
    }
}

/* The number that --explain names; false where it is none. */
static bool read_happening(const char *text, long long *id)
{
    char *end = NULL;
    *id = strtoll(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0';
}

static enum exit_status explain_happening(dt_happenings *h, const char *text)
{
    long long id = 0;
    size_t n = 0;
    if (!read_happening(text, &id)) {
        complain("--explain wants the number of a happening");
        return EXIT_WRONG_CALL;
    }
    enum exit_status status = print_list(h, DT_HAPPENINGS_EXPLAIN, id, &n);
    if (status == EXIT_DONE && n == 0) {
        complain("there is no happening %s; 'detente happenings --db FILE' makes them", text);
        return EXIT_SOME_UNUSED;
    }
    return status;
}

static enum exit_status run_happenings(const struct options *options, dt_happenings *h)
{
    dt_error err;
    size_t n = 0;
    if (options->undo) return dt_happenings_undo(h, &err) == DT_OK ? EXIT_DONE : give_up(&err);
    if (options->one_a_day) return print_list(h, DT_HAPPENINGS_ONE_A_DAY, 0, &n);
    if (options->happening != NULL) return explain_happening(h, options->happening);
    if (dt_happenings_make(h, NULL, &err) != DT_OK) return give_up(&err);
    return print_list(h, options->all ? DT_HAPPENINGS_ALL : DT_HAPPENINGS_MANY, 0, &n);
}

enum exit_status command_happenings(const struct options *options)
{
    dt_happenings *h = NULL;
    dt_error err;
    if (options->db == NULL) {
        complain("happenings wants --db FILE, a database that 'detente code --db' wrote");
        return EXIT_WRONG_CALL;
    }
    if (dt_happenings_open(options->db, &h, &err) != DT_OK) return give_up(&err);
    enum exit_status status = run_happenings(options, h);
    dt_happenings_close(h);
    return finish_output(status);
}
