/* output.c - how the program prints: complaints, wrapped text, JSON strings, and whether standard
 * output took it all. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { LINE_COLUMNS = 80 };

void complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)fputs("detente: ", stderr);
    (void)vfprintf(stderr, format, args);
    (void)fputc('\n', stderr);
    va_end(args);
}

enum exit_status give_up(const dt_error *err)
{
    complain("%s", err->text);
    return err->code == DT_E_ARG ? EXIT_WRONG_CALL : EXIT_IMPOSSIBLE;
}

bool wants_colour(void)
{
    const char *term = getenv("TERM"), *none = getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) && (none == NULL || none[0] == '\0') && term != NULL &&
           strcmp(term, "dumb") != 0;
}

void put_json_text(const char *text, size_t len)
{
    (void)putchar('"');
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            (void)printf("\\%c", c);
        else if (c == '\n')
            (void)fputs("\\n", stdout);
        else if (c < 0x20)
            (void)printf("\\u%04x", c);
        else
            (void)putchar(c);
    }
    (void)putchar('"');
}

void put_wrapped(FILE *to, const char *text, int indent, int at)
{
    bool first = true;
    while (*text != '\0') {
        int len = (int)strcspn(text, " ");
        if (!first && at + 1 + len > LINE_COLUMNS) {
            (void)fprintf(to, "\n%*s", indent, "");
            at = indent;
        } else if (!first) {
            (void)fputc(' ', to);
            at++;
        }
        (void)fprintf(to, "%.*s", len, text);
        at += len;
        text += len;
        text += strspn(text, " ");
        first = false;
    }
    (void)fputc('\n', to);
}

enum exit_status finish_output(enum exit_status so_far)
{
    if (fflush(stdout) == 0 && !ferror(stdout)) return so_far;
    if (so_far != EXIT_IMPOSSIBLE && errno != EPIPE) /* said already; who closes a pipe knows it */
        complain("standard output could not be written: %s", strerror(errno));
    return EXIT_IMPOSSIBLE;
}
