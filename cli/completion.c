/* completion.c - scripts that complete calls in bash, zsh and fish, made from the tables of
 * options.c. CMake installs what they print. */
#include <string.h>

#include "options.h"

/* Prints text inside single quotes, which stay open; `special` gets a backslash. */
static void put_inside_quotes(const char *text, const char *special)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            (void)fputs("'\\''", stdout);
            continue;
        }
        if (strchr(special, *text) != NULL) (void)putchar('\\');
        (void)putchar(*text);
    }
}

static void put_choices(const struct choice *choices)
{
    for (const struct choice *c = choices; c->name != NULL; c++)
        (void)printf("%s%s", c == choices ? "" : " ", c->name);
}

static void put_commands(void)
{
    for (const struct command *c = command_table; c->name != NULL; c++)
        (void)printf("%s%s", c == command_table ? "" : " ", c->name);
}

/* The words that may stand as argument; nothing where they are files or free text. */
static void put_argument_words(const struct command *c)
{
    if (c->argument == ARGUMENT_SHELL) put_choices(shell_table);
    if (c->argument == ARGUMENT_COMMAND) put_commands();
}

/* ---- bash ---- */

static void put_bash_options(const struct command *c)
{
    (void)printf("    %s) options='", c->name);
    for (const enum option_id *id = c->options; *id != OPTION_NONE; id++) {
        const struct option *o = &option_table[*id];
        (void)printf("%s--%s", id == c->options ? "" : " ", o->name);
        if (o->letter != 0) (void)printf(" -%c", o->letter);
    }
    (void)fputs("' words='", stdout);
    put_argument_words(c);
    (void)printf("' kind=%s ;;\n", c->argument == ARGUMENT_FILE ? "file" : "words");
}

/* How the value of an option is completed: the shell variables `kind` and `words`. */
static void put_bash_value(const struct command *c, const struct option *o)
{
    static const char *const kinds[] = {
        [VALUE_CHOICE] = "words", [VALUE_LIST] = "list",     [VALUE_NUMBER] = "words",
        [VALUE_SHARE] = "words",  [VALUE_SECONDS] = "words", [VALUE_DAY] = "words",
        [VALUE_FILE] = "file",    [VALUE_FOLDER] = "folder", [VALUE_COMMAND] = "command",
        [VALUE_ID] = "words"};
    if (o->kind == VALUE_SWITCH) return;
    (void)printf("    %s/--%s", c->name, o->name);
    if (o->letter != 0) (void)printf(" | %s/-%c", c->name, o->letter);
    (void)printf(") options='' kind=%s words='", kinds[o->kind]);
    if (o->choices != NULL) put_choices(o->choices);
    (void)fputs("' ;;\n", stdout);
}

static void print_bash(void)
{
    (void)fputs("# Completes calls of detente in bash. Made by 'detente completion bash'.\n"
                "_detente() {\n"
                "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
                "    local options='' words='' kind=words begun=''\n"
                "    if [ \"$word\" = = ]; then word='' # '=' is a word of its own\n"
                "    elif [ \"$before\" = = ]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
                "    case ${COMP_WORDS[1]} in\n",
                stdout);
    for (const struct command *c = command_table; c->name != NULL; c++)
        put_bash_options(c);
    (void)fputs("    esac\n    case ${COMP_WORDS[1]}/$before in\n", stdout);
    for (const struct command *c = command_table; c->name != NULL; c++)
        for (const enum option_id *id = c->options; *id != OPTION_NONE; id++)
            put_bash_value(c, &option_table[*id]);
    (void)fputs("    esac\n    if [ \"$COMP_CWORD\" -eq 1 ]; then words='", stdout);
    put_commands();
    (void)fputs("' options='--help --version' kind=words; fi\n"
                "    case $word in -*) kind=words words=$options ;; esac\n"
                "    COMPREPLY=()\n"
                "    case $kind in\n"
                "    file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\") "
                ";;\n"
                "    folder) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "
                "\"$word\") ;;\n"
                "    command) mapfile -t COMPREPLY < <(compgen -c -- \"$word\") ;;\n"
                "    list) begun=${word%\"${word##*,}\"} ;&\n"
                "    words) mapfile -t COMPREPLY < <(compgen -P \"$begun\" -W \"$words\" -- "
                "\"${word#\"$begun\"}\") ;;\n"
                "    esac\n"
                "}\n"
                "complete -F _detente detente\n",
                stdout);
}

/* ---- zsh ---- */

/* The end of an _arguments specification: what is asked for, and how it is completed. */
static void put_zsh_value(const struct option *o)
{
    if (o->kind == VALUE_SWITCH) return;
    (void)printf(":%s:", o->value);
    switch (o->kind) {
    case VALUE_CHOICE:
        (void)putchar('(');
        put_choices(o->choices);
        (void)putchar(')');
        break;
    case VALUE_LIST:
        (void)fputs("_sequence compadd - ", stdout);
        put_choices(o->choices);
        break;
    case VALUE_FILE: (void)fputs("_files", stdout); break;
    case VALUE_FOLDER: (void)fputs("_files -/", stdout); break;
    case VALUE_COMMAND: (void)fputs("_command_names", stdout); break;
    default: (void)putchar(' ');
    }
}

static void put_zsh_option(const struct option *o)
{
    bool valued = o->kind != VALUE_SWITCH;
    for (int letter = o->letter != 0 ? 1 : 0; letter >= 0; letter--) {
        (void)fputs(" \\\n            '", stdout);
        if (letter != 0)
            (void)printf("-%c%s", o->letter, valued ? "+" : "");
        else
            (void)printf("--%s%s", o->name, valued ? "=" : "");
        (void)putchar('[');
        put_inside_quotes(o->help, "[]\\");
        (void)putchar(']');
        put_zsh_value(o);
        (void)putchar('\'');
    }
}

static void put_zsh_command(const struct command *c)
{
    (void)printf("    %s)\n        _arguments -s -S", c->name);
    for (const enum option_id *id = c->options; *id != OPTION_NONE; id++)
        put_zsh_option(&option_table[*id]);
    if (c->argument == ARGUMENT_FILE) {
        (void)fputs(" \\\n            '*:file:_files'", stdout);
    } else if (c->argument == ARGUMENT_SHELL || c->argument == ARGUMENT_COMMAND) {
        (void)fputs(" \\\n            '1:name:(", stdout);
        put_argument_words(c);
        (void)fputs(")'", stdout);
    }
    (void)fputs("\n        ;;\n", stdout);
}

static void print_zsh(void)
{
    (void)fputs("#compdef detente\n"
                "# Completes calls of detente in zsh. Made by 'detente completion zsh'.\n"
                "_detente() {\n"
                "    local -a commands=(\n",
                stdout);
    for (const struct command *c = command_table; c->name != NULL; c++) {
        (void)printf("        '%s:", c->name);
        put_inside_quotes(c->summary, "\\");
        (void)fputs("'\n", stdout);
    }
    (void)fputs("    )\n"
                "    if (( CURRENT == 2 )); then\n"
                "        _describe command commands\n"
                "        return\n"
                "    fi\n"
                "    local command=$words[2]\n"
                "    shift words\n"
                "    (( CURRENT-- ))\n"
                "    case $command in\n",
                stdout);
    for (const struct command *c = command_table; c->name != NULL; c++)
        put_zsh_command(c);
    (void)fputs("    esac\n"
                "}\n"
                "if [[ $funcstack[1] == _detente ]]; then _detente \"$@\"; else compdef _detente "
                "detente; fi\n",
                stdout);
}

/* ---- fish ---- */

static void put_fish_option(const struct command *c, const struct option *o)
{
    (void)printf("complete -c detente -n '__detente_runs %s' -l %s", c->name, o->name);
    if (o->letter != 0) (void)printf(" -s %c", o->letter);
    switch (o->kind) {
    case VALUE_SWITCH: break;
    case VALUE_CHOICE:
    case VALUE_LIST:
        (void)printf(" -x -a '%s", o->kind == VALUE_LIST ? "(__fish_append , " : "");
        put_choices(o->choices);
        (void)fputs(o->kind == VALUE_LIST ? ")'" : "'", stdout);
        break;
    case VALUE_FILE: (void)fputs(" -r -F", stdout); break;
    case VALUE_FOLDER: (void)fputs(" -x -a '(__fish_complete_directories)'", stdout); break;
    case VALUE_COMMAND: (void)fputs(" -x -a '(__fish_complete_command)'", stdout); break;
    default: (void)fputs(" -x", stdout);
    }
    (void)fputs(" -d '", stdout);
    put_inside_quotes(o->help, "\\");
    (void)fputs("'\n", stdout);
}

static void put_fish_command(const struct command *c)
{
    (void)printf("complete -c detente -n __fish_is_first_token -a %s -d '", c->name);
    put_inside_quotes(c->summary, "\\");
    (void)fputs("'\n", stdout);
    for (const enum option_id *id = c->options; *id != OPTION_NONE; id++)
        put_fish_option(c, &option_table[*id]);
    if (c->argument == ARGUMENT_FILE) {
        (void)printf("complete -c detente -n '__detente_runs %s' -F\n", c->name);
    } else if (c->argument == ARGUMENT_SHELL || c->argument == ARGUMENT_COMMAND) {
        (void)printf("complete -c detente -n '__detente_runs %s' -a '", c->name);
        put_argument_words(c);
        (void)fputs("'\n", stdout);
    }
}

static void print_fish(void)
{
    (void)fputs("# Completes calls of detente in fish. Made by 'detente completion fish'.\n"
                "function __detente_runs\n"
                "    set -l words (commandline -opc)\n"
                "    test (count $words) -ge 2; and test $words[2] = $argv[1]\n"
                "end\n"
                "complete -c detente -f\n",
                stdout);
    for (const struct command *c = command_table; c->name != NULL; c++)
        put_fish_command(c);
}

enum exit_status command_completion(const struct options *options)
{
    static void (*const printers[])(void) = {print_bash, print_zsh, print_fish};
    for (size_t i = 0; shell_table[i].name != NULL; i++)
        if (strcmp(options->files[0], shell_table[i].name) == 0) printers[i]();
    return finish_output(EXIT_DONE);
}
