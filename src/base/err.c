/* err.c - filling a dt_error. */
#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

dt_status err_set(dt_error *err, dt_status code, size_t offset, const char *format, ...)
{
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        err->code = code;
        err->offset = offset;
        (void)vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
    }
    return code;
}

dt_status err_nomem(dt_error *err)
{
    return err_set(err, DT_E_NOMEM, 0, "memory ran out");
}
