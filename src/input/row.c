/* row.c - rows of a table of text; see row.h.
 *
 * A quoted field must be followed by a mark or a line end, a row must have as many fields as the
 * first one. Where it has not and a quote is in play, its line is read alone. A quote that is never
 * closed is looked after for ROW_QUOTE bytes, and for less when that was in vain too often: so a
 * file of nothing but open quotes is read in linear time, too. */
#include "input/row.h"

#include "base/err.h"

enum { ROW_QUOTE = 1 << 20, ROW_QUOTE_LEAST = 1 << 12, ROW_WASTE = 1 << 24 };

char row_guess_mark(struct str head)
{
    static const char marks[] = ",\t;|";
    size_t counts[4] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < head.len && (quoted || head.at[i] != '\n' || i == 0); i++) {
        if (head.at[i] == '"') quoted = !quoted;
        for (size_t k = 0; !quoted && k < 4; k++)
            counts[k] += head.at[i] == marks[k];
    }
    for (size_t k = 1; k < 4; k++)
        if (counts[k] > counts[best]) best = k;
    return marks[best];
}

/* ---- fields ---- */

/* The end of a quoted field whose text begins at `i`: the place of its closing quote, s.len where
 * there is none. *odd: it holds quotes that are doubled or escaped. */
static size_t end_of_quoted(struct str s, size_t i, char mark, bool *odd)
{
    for (;; i++) {
        i = str_find(s, '"', i);
        if (i == s.len) return i;
        bool doubled = i + 1 < s.len && s.at[i + 1] == '"';
        bool ends =
            i + 1 == s.len || s.at[i + 1] == mark || s.at[i + 1] == '\n' || s.at[i + 1] == '\r';
        bool escaped = s.at[i - 1] == '\\' && !ends;
        if (!doubled && !escaped) return i;
        *odd = true;
        i += doubled;
    }
}

/* Undoes doubled and escaped quotes. The buffer may move: fields are set right in the end. */
static struct str undo_quotes(struct buf *plain, struct str s)
{
    size_t begin = plain->len;
    for (size_t i = 0; i < s.len; i++) {
        bool next = i + 1 < s.len && s.at[i + 1] == '"';
        if (next && (s.at[i] == '"' || s.at[i] == '\\')) i++;
        buf_c(plain, s.at[i]);
    }
    return str_of(NULL, plain->len - begin);
}

static struct str cut_carriage(struct str s)
{
    return s.len != 0 && s.at[s.len - 1] == '\r' ? str_cut(s, 0, s.len - 1) : s;
}

static size_t end_of_plain(struct str s, size_t i, char mark)
{
    while (i < s.len && s.at[i] != mark && s.at[i] != '\n')
        i++;
    return i;
}

static void put_field(struct row *row, struct str field)
{
    if (row->n < ROW_FIELDS_MOST) row->fields[row->n] = field;
    row->n++;
}

/* Fields that were undone lie in `plain`, one behind the other. */
static void point_into(struct row *row, const struct buf *plain)
{
    size_t at = 0;
    for (size_t i = 0; i < row->n && i < ROW_FIELDS_MOST; i++) {
        if (row->fields[i].at != NULL) continue;
        row->fields[i].at = plain->at != NULL ? plain->at + at : "";
        at += row->fields[i].len;
    }
}

size_t row_cut(struct str s, char mark, bool ended, struct buf *plain, struct row *row)
{
    row->n = 0;
    row->fault = ROW_GOOD;
    row->loose = false;
    buf_clear(plain);
    for (size_t i = 0;;) {
        bool odd = false, quoted = i < s.len && s.at[i] == '"';
        size_t begin = i + quoted, end = quoted ? end_of_quoted(s, begin, mark, &odd) : 0;
        if (quoted && end + 1 >= s.len && !(ended && end < s.len)) {
            row->fault = ROW_BROKEN; /* as far as can be seen */
            return 0;
        }
        size_t behind = end_of_plain(s, quoted ? end + 1 : i, mark);
        if (behind == s.len && !ended) return 0;
        struct str rest = quoted ? cut_carriage(str_cut(s, end + 1, behind)) : STR("");
        if (str_trim(rest).len != 0) row->fault = ROW_BROKEN;
        struct str field = quoted ? str_cut(s, begin, end) : str_cut(s, i, behind);
        bool last = behind == s.len || s.at[behind] == '\n';
        if (last && !quoted) field = cut_carriage(field);
        put_field(row, odd ? undo_quotes(plain, field) : field);
        i = behind + 1;
        if (last || row->fault == ROW_BROKEN) {
            point_into(row, plain);
            return behind < s.len ? behind + 1 : behind;
        }
    }
}

/* One line with quotes taken loosely: a field ends at a quote before a mark, else, and without
 * `quotes` always, at a mark. */
static void cut_loosely(struct str line, char mark, bool quotes, struct row *row)
{
    row->n = 0;
    line = cut_carriage(line);
    for (size_t i = 0; i <= line.len;) {
        bool quoted = quotes && i < line.len && line.at[i] == '"';
        size_t end;
        for (end = i + quoted; end < line.len; end++) {
            if (line.at[end] != mark) continue;
            if (!quoted || (end > i + 1 && line.at[end - 1] == '"')) break;
        }
        if (end == line.len && quoted && line.at[end - 1] != '"') { /* never closed */
            quoted = false;
            end = end_of_plain(line, i, mark);
        }
        struct str field = str_cut(line, i, end);
        if (field.len != 0 && field.at[0] == '"') field = str_cut(field, 1, field.len);
        if (field.len != 0 && field.at[field.len - 1] == '"')
            field = str_cut(field, 0, field.len - 1);
        put_field(row, field);
        i = end + 1;
    }
}

/* ---- rows ---- */

static size_t count_lines(struct str s)
{
    size_t n = 0;
    for (size_t i = str_find(s, '\n', 0); i < s.len; i = str_find(s, '\n', i + 1))
        n++;
    return n;
}

static void take_row(struct row_reader *r, size_t n)
{
    struct str have = intake_have(r->in);
    bool unended = n != 0 && have.at[n - 1] != '\n';
    r->line = r->lines + 1;
    r->lines += count_lines(str_cut(have, 0, n)) + unended;
    r->taken += n;
    intake_take(r->in, n);
}

/* How far an open quote is looked after. */
static size_t quote_most(const struct row_reader *r)
{
    size_t most = r->most < ROW_QUOTE ? r->most : ROW_QUOTE;
    return r->wasted > ROW_WASTE + 4 * r->taken ? ROW_QUOTE_LEAST : most;
}

/* Reads the line at the front alone. */
static void take_line(struct row_reader *r, size_t seen, struct row *row)
{
    struct str have = intake_have(r->in);
    size_t end = str_find(have, '\n', 0);
    row->fault = ROW_GOOD;
    cut_loosely(str_cut(have, 0, end), r->mark, true, row);
    if (row->n != r->n_wanted) cut_loosely(str_cut(have, 0, end), r->mark, false, row);
    row->loose = true;
    if (row->n != r->n_wanted) row->fault = ROW_BROKEN;
    if (row->fault == ROW_BROKEN) row->loose = false;
    r->wasted += seen;
    take_row(r, end < have.len ? end + 1 : end);
}

/* A line without end is dropped without keeping it. */
static dt_status drop_line(struct row_reader *r, struct row *row, dt_error *err)
{
    dt_status st = DT_OK;
    size_t begin = r->lines;
    row->fault = ROW_TOO_LONG;
    row->n = 0;
    for (bool ended = false; st == DT_OK && !ended;) {
        struct str have = intake_have(r->in);
        size_t end = str_find(have, '\n', 0);
        ended = end < have.len || r->in->ended;
        intake_take(r->in, end < have.len ? end + 1 : have.len);
        if (!ended) st = intake_more(r->in, err);
    }
    r->lines = begin + 1;
    r->line = r->lines;
    return st;
}

/* One row, which may be empty. */
static dt_status read_row(struct row_reader *r, struct row *row, dt_error *err)
{
    for (size_t tried = 0;;) {
        struct str have = intake_have(r->in), front = have;
        if (front.len > quote_most(r)) front.len = quote_most(r);
        bool whole = r->in->ended && front.len == have.len;
        size_t n = have.len >= tried ? row_cut(front, r->mark, whole, &r->plain, row) : 0;
        if (n == 0 && row->fault == ROW_GOOD && front.len < have.len) /* long, but no open quote */
            n = row_cut(have, r->mark, r->in->ended, &r->plain, row);
        if (r->plain.failed) return err_nomem(err);
        bool count_wrong = r->n_wanted != 0 && row->n != r->n_wanted &&
                           str_find(have, '\n', 0) + 1 < n; /* quotes swallowed line ends */
        bool broken = row->fault == ROW_BROKEN;
        if (n != 0 && !broken && !count_wrong) {
            take_row(r, n);
            return DT_OK;
        }
        bool line_there = str_find(have, '\n', 0) < have.len || r->in->ended;
        bool hopeless = n != 0 || r->in->ended || front.len < have.len;
        if (hopeless && line_there && (broken || count_wrong)) {
            take_line(r, n != 0 ? n : front.len, row);
            return DT_OK;
        }
        if (have.len > r->most) return drop_line(r, row, err);
        tried = have.len < ROW_QUOTE ? have.len + 1 : have.len + have.len / 2;
        dt_status st = intake_more(r->in, err);
        if (st != DT_OK) return st;
        if (r->in->ended) tried = 0;
    }
}

dt_status row_next(struct row_reader *r, struct row *row, bool *any, dt_error *err)
{
    *any = false;
    for (;;) {
        while (intake_have(r->in).len == 0 && !r->in->ended) {
            dt_status st = intake_more(r->in, err);
            if (st != DT_OK) return st;
        }
        if (intake_have(r->in).len == 0) return DT_OK;
        dt_status st = read_row(r, row, err);
        if (st != DT_OK) return st;
        if (row->fault == ROW_GOOD && row->n == 1 && str_trim(row->fields[0]).len == 0) continue;
        *any = true;
        return DT_OK;
    }
}

void row_reader_free(struct row_reader *r)
{
    buf_free(&r->plain);
}
