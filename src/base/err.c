/* err.c - filling a dt_error; names of statuses. */
#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "base/utf8.h"

/* Messages quote damaged files, but they are one line of plain text whatever those hold. */
static void clean_message(char *text)
{
    const struct str all = str_c(text);
    for (size_t i = 0; i < all.len; i++) {
        if ((unsigned char)text[i] < 0x20 || text[i] == 0x7F) text[i] = '?';
    }
    for (size_t at = 0; (at = utf8_valid_len(all)) < all.len;)
        text[at] = '?';
}

dt_status err_set(dt_error *err, dt_status code, size_t offset, const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        err->code = code;
        err->offset = offset;
        (void)vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        clean_message(err->text);
    }
    return code;
}

dt_status err_null(dt_error *err, const char *what)
{
    return err_set(err, DT_E_ARG, 0, "the call gave %s", what);
}

dt_status err_nomem(dt_error *err)
{
    return err_set(err, DT_E_NOMEM, 0, "memory ran out");
}

const char *dt_status_name(dt_status status)
{
    switch (status) {
    case DT_OK: return "DT_OK";
    case DT_E_NOMEM: return "DT_E_NOMEM";
    case DT_E_ARG: return "DT_E_ARG";
    case DT_E_OPEN: return "DT_E_OPEN";
    case DT_E_READ: return "DT_E_READ";
    case DT_E_WRITE: return "DT_E_WRITE";
    case DT_E_MODEL_MAGIC: return "DT_E_MODEL_MAGIC";
    case DT_E_MODEL_VERSION: return "DT_E_MODEL_VERSION";
    case DT_E_MODEL_CORRUPT: return "DT_E_MODEL_CORRUPT";
    case DT_E_LANGUAGE: return "DT_E_LANGUAGE";
    case DT_E_KNOWLEDGE: return "DT_E_KNOWLEDGE";
    case DT_E_STORY: return "DT_E_STORY";
    case DT_E_STORE: return "DT_E_STORE";
    }
    return NULL;
}
