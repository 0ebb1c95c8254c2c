/* notes.c - sentences that the user is to be told once. */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "input/form.h"

void input_note(struct input_notes *notes, const char *format, ...)
{
    char text[500];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || notes == NULL) return;
    struct str all = str_c(text);
    for (size_t i = 0; i < all.len; i++) /* one line of plain text, whatever a file's name holds */
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) text[i] = '?';
    for (size_t at = 0; (at = utf8_valid_len(all)) < all.len;)
        text[at] = '?';
    buf_put(&notes->text, str_of(text, all.len + 1));
}
