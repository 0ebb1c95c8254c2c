/* arguments.c - reads a command's options and arguments by the tables of options.c.
 *
 * As usual: --name VALUE, --name=VALUE, -f VALUE, -fVALUE, -f=VALUE, switches of one letter
 * together (-qj4), '-' for standard input, '--' before what is no option. What a command does not
 * use is refused with the commands that do. */
#include <stdlib.h>
#include <string.h>

#include "options.h"

enum { SENTENCE_CAP = 400, NAME_MOST = 24 };

/* Words of the call that are still to be read. */
struct call {
    struct options *options;
    char **words;
    int left;
};

/* ---- the nearest spelling ---- */

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Letters to change, put in, leave out or exchange with the next one (Damerau's distance without
 * overlaps). NAME_MOST for names that are longer than that. */
static size_t spelling_distance(const char *a, const char *b)
{
    size_t d[NAME_MOST][NAME_MOST], n = strlen(a), m = strlen(b);
    if (n >= NAME_MOST || m >= NAME_MOST) return NAME_MOST;
    for (size_t i = 0; i <= n; i++)
        d[i][0] = i;
    for (size_t k = 0; k <= m; k++)
        d[0][k] = k;
    for (size_t i = 1; i <= n; i++)
        for (size_t k = 1; k <= m; k++) {
            size_t change = d[i - 1][k - 1] + (a[i - 1] != b[k - 1]);
            d[i][k] = smallest(d[i - 1][k] + 1, d[i][k - 1] + 1, change);
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
                d[i][k] = smallest(d[i][k], d[i - 2][k - 2] + 1, d[i][k]);
        }
    return d[n][m];
}

/* How far a word is from a name that it may stand for; NAME_MOST when it hardly does. */
static size_t likeness(const char *word, const char *name)
{
    size_t len = strlen(word), far = spelling_distance(word, name);
    if (len >= 3 && strncmp(word, name, len) == 0) return 1; /* its beginning */
    return far <= 1 + len / 4 && far < len ? far : NAME_MOST;
}

void refuse_command(const char *name)
{
    const struct command *nearest = NULL;
    size_t least = NAME_MOST;
    for (const struct command *c = command_table; c->name != NULL; c++) {
        size_t far = likeness(name, c->name);
        if (far >= least) continue;
        least = far;
        nearest = c;
    }
    if (nearest != NULL)
        complain("there is no command '%s'; did you mean %s?", name, nearest->name);
    else
        complain("there is no command '%s'; 'detente help' lists them", name);
}

/* ---- options that the command does not have ---- */

/* "code, parse and bench have": the commands with an option like this one; "" where there is none.
 */
static void list_owners(const char *name, size_t len, char letter, char *out, size_t cap)
{
    struct choice owners[N_OPTIONS] = {{NULL, NULL, 0}};
    size_t n = 0;
    for (const struct command *c = command_table; c->name != NULL && n + 1 < N_OPTIONS; c++)
        if (find_option(c, name, len, letter) != OPTION_NONE) owners[n++].name = c->name;
    list_choices(owners, " and ", out, cap);
    size_t at = strlen(out);
    if (n != 0) (void)snprintf(out + at, cap - at, n == 1 ? " has" : " have");
}

static const char *nearest_option(const struct command *command, const char *name)
{
    const char *nearest = NULL;
    size_t least = NAME_MOST;
    for (const enum option_id *id = command->options; *id != OPTION_NONE; id++) {
        size_t far = likeness(name, option_table[*id].name);
        if (far >= least) continue;
        least = far;
        nearest = option_table[*id].name;
    }
    return nearest;
}

/* Says why "--NAME" or "-LETTER" (name NULL) cannot be used. */
static bool refuse_option(const struct command *command, const char *name, char letter)
{
    char owners[SENTENCE_CAP], spelled[SENTENCE_CAP];
    list_owners(name, name != NULL ? strlen(name) : 0, letter, owners, sizeof owners);
    if (name != NULL)
        (void)snprintf(spelled, sizeof spelled, "--%s", name);
    else
        (void)snprintf(spelled, sizeof spelled, "-%c", letter);
    const char *nearest = name != NULL ? nearest_option(command, name) : NULL;
    if (owners[0] != '\0')
        complain("%s has no option %s; %s", command->name, spelled, owners);
    else if (nearest != NULL)
        complain("there is no option %s; did you mean --%s?", spelled, nearest);
    else
        complain("there is no option %s; 'detente help %s' lists them", spelled, command->name);
    return false;
}

/* ---- values ---- */

/* "wants jsonl, table or csv": what the option takes. */
static void describe_value(const struct option *o, char *out, size_t cap)
{
    char names[SENTENCE_CAP] = "";
    if (o->choices != NULL) list_choices(o->choices, " or ", names, sizeof names);
    switch (o->kind) {
    case VALUE_SWITCH: (void)snprintf(out, cap, "takes no value"); break;
    case VALUE_CHOICE: (void)snprintf(out, cap, "wants %s", names); break;
    case VALUE_LIST: (void)snprintf(out, cap, "wants %s, several with commas", names); break;
    case VALUE_NUMBER: (void)snprintf(out, cap, "wants a number from 1 to %d", NUMBER_MOST); break;
    case VALUE_SHARE: (void)snprintf(out, cap, "wants a number above 0 and below 1"); break;
    case VALUE_SECONDS: (void)snprintf(out, cap, "wants a number of seconds above 0"); break;
    case VALUE_DAY: (void)snprintf(out, cap, "wants a day, %s", o->value); break;
    case VALUE_FILE: (void)snprintf(out, cap, "wants a file"); break;
    case VALUE_FOLDER: (void)snprintf(out, cap, "wants a folder"); break;
    case VALUE_TEXT: (void)snprintf(out, cap, "wants %s", o->value); break;
    case VALUE_COMMAND: (void)snprintf(out, cap, "wants a command"); break;
    case VALUE_NAME: (void)snprintf(out, cap, "wants a name"); break;
    case VALUE_ID: (void)snprintf(out, cap, "wants an id"); break;
    }
}

/* `value` is the first `len` bytes; NULL where there is none. */
static bool refuse_value(const struct option *o, const char *value, size_t len)
{
    char wanted[SENTENCE_CAP];
    describe_value(o, wanted, sizeof wanted);
    if (value != NULL && o->kind != VALUE_SWITCH)
        complain("--%s %s, not '%.*s'", o->name, wanted, (int)len, value);
    else
        complain("--%s %s", o->name, wanted);
    return false;
}

static const struct choice *find_choice(const struct option *o, const char *name, size_t len)
{
    for (const struct choice *c = o->choices; c->name != NULL; c++)
        if (strlen(c->name) == len && memcmp(c->name, name, len) == 0) return c;
    return NULL;
}

static bool check_list(const struct option *o, const char *value)
{
    for (;; value++) {
        size_t len = strcspn(value, ",");
        if (find_choice(o, value, len) == NULL) return refuse_value(o, value, len);
        value += len;
        if (*value == '\0') return true;
    }
}

/* Checks a value and stores it where the table says; NULL for a switch. */
static bool store_value(const struct option *o, const char *value, struct options *options)
{
    void *place = (char *)options + o->place;
    const struct choice *choice;
    char *end = NULL;
    long number;
    double share;
    switch (o->kind) {
    case VALUE_SWITCH: *(bool *)place = true; return true;
    case VALUE_CHOICE:
        choice = find_choice(o, value, strlen(value));
        if (choice == NULL) return refuse_value(o, value, strlen(value));
        *(int *)place = choice->value;
        return true;
    case VALUE_NUMBER:
        number = strtol(value, &end, 10);
        if (*value == '\0' || *end != '\0' || number < 1 || number > NUMBER_MOST)
            return refuse_value(o, value, strlen(value));
        *(int *)place = (int)number;
        return true;
    case VALUE_SHARE:
        share = strtod(value, &end);
        if (*value == '\0' || *end != '\0' || !(share > 0) || !(share < 1))
            return refuse_value(o, value, strlen(value));
        *(double *)place = share;
        return true;
    case VALUE_SECONDS:
        share = strtod(value, &end);
        if (*value == '\0' || *end != '\0' || !(share > 0) || !(share <= 86400))
            return refuse_value(o, value, strlen(value));
        *(double *)place = share;
        return true;
    case VALUE_LIST:
        if (!check_list(o, value)) return false;
        break;
    case VALUE_DAY: /* whether it is in the calendar is the library's to say, as of a story's */
    case VALUE_FILE:
    case VALUE_FOLDER:
    case VALUE_TEXT:
    case VALUE_COMMAND:
    case VALUE_NAME:
    case VALUE_ID:
        if (*value == '\0') return refuse_value(o, value, 0);
        break;
    }
    *(const char **)place = value;
    return true;
}

/* ---- words ---- */

/* Takes an option whose value, if it stands in the same word, is `joined`. */
static bool take_option(struct call *call, enum option_id id, const char *joined)
{
    const struct option *o = &option_table[id];
    const char *value = joined;
    if (o->kind == VALUE_SWITCH && joined != NULL) return refuse_value(o, joined, strlen(joined));
    if (o->kind != VALUE_SWITCH && joined == NULL) {
        if (call->left == 0) return refuse_value(o, NULL, 0);
        value = *call->words++;
        call->left--;
    }
    call->options->given |= UINT64_C(1) << id;
    return store_value(o, value, call->options);
}

/* "--name" or "--name=value"; `word` is what follows the dashes. */
static bool read_long(struct call *call, const char *word)
{
    const struct command *command = call->options->command;
    size_t len = strcspn(word, "=");
    enum option_id id = find_option(command, word, len, 0);
    if (id != OPTION_NONE) return take_option(call, id, word[len] == '=' ? word + len + 1 : NULL);
    char name[SENTENCE_CAP];
    (void)snprintf(name, sizeof name, "%.*s", (int)len, word);
    return refuse_option(command, name, 0);
}

/* "-f value", "-fvalue", "-qj4"; `word` is what follows the dash. */
static bool read_letters(struct call *call, const char *word)
{
    const struct command *command = call->options->command;
    for (; *word != '\0'; word++) {
        enum option_id id = find_option(command, NULL, 0, *word);
        if (id == OPTION_NONE) return refuse_option(command, NULL, *word);
        const char *rest = word[1] == '=' ? word + 2 : word + 1;
        bool valued = option_table[id].kind != VALUE_SWITCH;
        if (!take_option(call, id, valued && word[1] != '\0' ? rest : NULL)) return false;
        if (valued) break;
    }
    return true;
}

static bool read_words(struct call *call)
{
    struct options *o = call->options;
    bool options_end = false;
    while (call->left > 0) {
        const char *word = *call->words++;
        call->left--;
        if (options_end || word[0] != '-' || word[1] == '\0')
            o->files[o->n_files++] = word;
        else if (strcmp(word, "--") == 0)
            options_end = true;
        else if (word[1] == '-' ? !read_long(call, word + 2) : !read_letters(call, word + 1))
            return false;
    }
    return true;
}

/* ---- the whole ---- */

static bool check_conflicts(const struct options *o)
{
    for (const struct conflict *c = conflict_table; c->reason != NULL; c++) {
        uint64_t both = UINT64_C(1) << c->one | UINT64_C(1) << c->other;
        if ((o->given & both) != both || (c->format != 0 && c->format != o->format)) continue;
        complain("%s", c->reason);
        return false;
    }
    return true;
}

static bool check_arguments(const struct options *o)
{
    const struct command *c = o->command;
    char shells[SENTENCE_CAP];
    bool enough = o->n_files >= c->least && o->n_files <= c->most;
    if (c->argument != ARGUMENT_SHELL) {
        if (!enough) complain("%s", c->wants);
        return enough;
    }
    for (const struct choice *shell = shell_table; enough && shell->name != NULL; shell++)
        if (strcmp(o->files[0], shell->name) == 0) return true;
    list_choices(shell_table, " or ", shells, sizeof shells);
    complain("%s: %s", c->wants, shells);
    return false;
}

bool read_arguments(struct options *options, int argc, char **argv)
{
    struct call call = {options, argv, argc};
    if (!read_words(&call)) return false;
    if (options->help || options->version) return true;
    return check_conflicts(options) && check_arguments(options);
}
