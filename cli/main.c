/* main.c - the program: finds the command and runs it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "options.h"

static enum exit_status print_version(void)
{
    (void)printf("detente %s\n", dt_version());
    return finish_output(EXIT_DONE);
}

static enum exit_status run_command(const struct command *command, int argc, char **argv,
                                    const char *program)
{
    struct options options = {.command = command, .program = program};
    enum exit_status status = EXIT_WRONG_CALL;
    options.files = calloc((size_t)argc + 1, sizeof *options.files);
    if (options.files == NULL) {
        complain("memory ran out");
        return EXIT_IMPOSSIBLE;
    }
    if (read_arguments(&options, argc, argv)) {
        if (options.help) {
            print_command_help(command);
            status = finish_output(EXIT_DONE);
        } else {
            status = options.version ? print_version() : command->run(&options);
        }
    }
    free(options.files);
    return status;
}

int main(int argc, char **argv)
{
    (void)signal(SIGPIPE, SIG_IGN); /* a closed pipe is then an ordinary write error */
    if (argc < 2) {
        print_overview(stderr);
        return EXIT_WRONG_CALL;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) return (int)print_version();
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    const struct command *command = find_command(name);
    if (command != NULL) return (int)run_command(command, argc - 2, argv + 2, argv[0]);
    if (name[0] == '-')
        complain("the command comes first: %s", program_usage);
    else
        refuse_command(name);
    return EXIT_WRONG_CALL;
}
