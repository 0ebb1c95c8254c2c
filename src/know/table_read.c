/* table_read.c - tab-separated tables with a header line; see table_read.h. */
#include <stdarg.h>
#include <stdio.h>

#include "base/utf8.h"
#include "know/table_read.h"

dt_status table_error(const struct table_reader *t, dt_error *err, const char *format, ...)
{
    char text[300];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return err_set(err, DT_E_KNOWLEDGE, t->line, "%s:%u: %s", t->file->path, t->line, text);
}

/* The next line that is no comment and not empty, without its line end; false at the end. */
static bool next_line(struct table_reader *t, struct str *line)
{
    while (t->rest.len != 0) {
        size_t end = str_find(t->rest, '\n', 0);
        *line = str_cut(t->rest, 0, end);
        t->rest = end < t->rest.len ? str_cut(t->rest, end + 1, t->rest.len) : STR("");
        t->line++;
        if (line->len != 0 && line->at[line->len - 1] == '\r') line->len--;
        if (line->len != 0 && line->at[0] != '#') return true;
    }
    return false;
}

static uint32_t cut_cells(struct str line, struct str cells[TABLE_COLUMNS_MOST])
{
    uint32_t n = 0;
    for (size_t at = 0; n < TABLE_COLUMNS_MOST && at <= line.len;) {
        size_t end = str_find(line, '\t', at);
        cells[n++] = str_trim(str_cut(line, at, end));
        at = end + 1;
    }
    return n;
}

dt_status table_open(struct table_reader *t, const struct compile_file *file,
                     const char *const *columns, size_t n, size_t n_needed, dt_error *err)
{
    struct str line;
    *t = (struct table_reader){.file = file, .rest = file->text, .line = 1};
    if (str_starts(file->text, STR("\xEF\xBB\xBF")))
        return table_error(t, err, "found a byte order mark; save the file as UTF-8 without one");
    if (!str_starts(file->text, STR("# provenance")))
        return table_error(t, err,
                           "found no provenance; the first line must begin with '# provenance'");
    size_t valid = utf8_valid_len(file->text);
    if (valid != file->text.len)
        return table_error(t, err, "found a byte that is not UTF-8 at byte %zu of the file", valid);
    t->line = 0;
    if (!next_line(t, &line)) return table_error(t, err, "found no header line");
    t->n_columns = cut_cells(line, t->cells);
    for (size_t i = 0; i < n; i++) {
        for (uint32_t k = 0; k < t->n_columns; k++)
            if (str_eq(t->cells[k], str_c(columns[i]))) t->place[i] = k + 1;
        if (i < n_needed && t->place[i] == 0)
            return table_error(t, err, "found no column '%s' in the header line", columns[i]);
    }
    return DT_OK;
}

dt_status table_next(struct table_reader *t, bool *more, dt_error *err)
{
    struct str line;
    *more = next_line(t, &line);
    if (!*more) return DT_OK;
    uint32_t n = cut_cells(line, t->cells);
    if (n > t->n_columns)
        return table_error(t, err, "found %u cells or more where %u were expected", n,
                           t->n_columns);
    for (; n < TABLE_COLUMNS_MOST; n++)
        t->cells[n] = STR("");
    return DT_OK;
}

struct str table_cell(const struct table_reader *t, size_t i)
{
    return t->place[i] != 0 ? t->cells[t->place[i] - 1] : STR("");
}

bool table_number(struct str s, double *out)
{
    bool minus = s.len > 1 && s.at[0] == '-';
    double whole = 0, scale = 1;
    bool fraction = false;
    *out = 0;
    for (size_t i = minus ? 1 : 0; i < s.len; i++) {
        if (s.at[i] == '.' && !fraction && s.len > 1) {
            fraction = true;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9' || i > 18) return false;
        whole = whole * 10 + (s.at[i] - '0');
        if (fraction) scale *= 10;
    }
    *out = (minus ? -whole : whole) / scale;
    return true;
}
