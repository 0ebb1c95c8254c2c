/* export_text.c - the lines of a document of Nexis or Factiva; see export_text.h.
 *
 * Nexis, old: a centred head (publication, date), the headline, fields "BYLINE: ...", the text,
 * fields again. Nexis, new: headline, publication, date, fields "Section: ...", a line "Body", the
 * text. Factiva: lines that begin with a code of two or three capitals (HD, BY, PD, LP, TD ...), or
 * none of these: headline, "312 words", date, publication, code, language, copyright, the text. A
 * field that is not met is left out; what no rule takes is text. */
#include "input/export_text.h"

#include "input/mail.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes a number off the front, and the blanks behind it. */
static bool take_number(struct str *s)
{
    size_t n = 0;
    while (n < s->len && n < 9 && is_digit(s->at[n]))
        n++;
    bool any = n != 0;
    while (n < s->len && s->at[n] == ' ')
        n++;
    *s = str_cut(*s, n, s->len);
    return any;
}

bool is_nexis_begin(struct str line)
{
    struct str s = str_trim(line);
    if (!take_number(&s) || !str_starts(s, STR("of "))) return false;
    s = str_cut(s, 3, s.len);
    return take_number(&s) && (str_is(s, "documents") || str_is(s, "document"));
}

bool is_nexis_end(struct str line)
{
    return str_is(str_trim(line), "end of document");
}

bool is_factiva_end(struct str line)
{
    struct str s = str_trim(line);
    size_t digits = 0;
    if (str_starts(s, STR("AN "))) s = str_trim(str_cut(s, 3, s.len));
    if (!str_starts(s, STR("Document ")) || s.len < 25 || s.len > 45) return false;
    for (size_t i = 9; i < s.len; i++) {
        char c = s.at[i];
        digits += is_digit(c);
        if (!is_digit(c) && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) return false;
    }
    return digits >= 10; /* a source, a day, a hash */
}

/* Where the year 19xx or 20xx ends in a line; 0: it has none. */
static size_t year_end(struct str s)
{
    for (size_t i = 0; i + 4 <= s.len; i++) {
        bool century = str_starts(str_cut(s, i, s.len), STR("19")) ||
                       str_starts(str_cut(s, i, s.len), STR("20"));
        if (century && is_digit(s.at[i + 2]) && is_digit(s.at[i + 3]) &&
            (i == 0 || !is_digit(s.at[i - 1])) && (i + 4 == s.len || !is_digit(s.at[i + 4])))
            return i + 4;
    }
    return 0;
}

/* A line that is a day: short, with a year and with a day's number before or behind it. */
static bool is_day_line(struct str s)
{
    size_t end = year_end(s), digits = 0;
    if (end == 0 || s.len > 60 || str_is(str_cut(s, 0, s.len < 9 ? s.len : 9), "copyright"))
        return false;
    for (size_t i = 0; i < s.len; i++)
        digits += is_digit(s.at[i]);
    return digits >= 5 && ((s.at[0] >= 'A' && s.at[0] <= 'Z') || is_digit(s.at[0]));
}

/* "June 13, 2024 Thursday 10:15 AM EST" up to its year. */
static struct str day_of(struct str s)
{
    return str_cut(s, 0, year_end(s) != 0 ? year_end(s) : s.len);
}

/* ---- Nexis ---- */

struct field_place {
    const char *name;
    size_t offset; /* in struct exported; SIZE_MAX: known, but not used */
    bool behind;   /* stands behind the text */
};

#define TO(member) offsetof(struct exported, member)

static const struct field_place nexis_fields[] = {{"headline", TO(title), false},
                                                  {"byline", TO(author), false},
                                                  {"dateline", TO(dateline), false},
                                                  {"section", SIZE_MAX, false},
                                                  {"length", SIZE_MAX, false},
                                                  {"highlight", SIZE_MAX, false},
                                                  {"series", SIZE_MAX, false},
                                                  {"source", SIZE_MAX, false},
                                                  {"load-date", TO(date), true},
                                                  {"language", TO(lang), true},
                                                  {"publication-type", SIZE_MAX, true},
                                                  {"journal-code", SIZE_MAX, true},
                                                  {"graphic", SIZE_MAX, true},
                                                  {"subject", SIZE_MAX, true},
                                                  {"organization", SIZE_MAX, true},
                                                  {"geographic", SIZE_MAX, true},
                                                  {"person", SIZE_MAX, true},
                                                  {"company", SIZE_MAX, true},
                                                  {"industry", SIZE_MAX, true},
                                                  {"country", SIZE_MAX, true},
                                                  {"state", SIZE_MAX, true},
                                                  {"city", SIZE_MAX, true},
                                                  {"ticker", SIZE_MAX, true},
                                                  {"notes", SIZE_MAX, true},
                                                  {"correction-date", SIZE_MAX, true},
                                                  {"dist", SIZE_MAX, true}};

static const struct field_place *nexis_field(struct str line, struct str *value)
{
    size_t colon = str_find(str_cut(line, 0, line.len < 24 ? line.len : 24), ':', 0);
    if (colon == line.len || colon == 24) return NULL;
    for (size_t i = 0; i < sizeof nexis_fields / sizeof nexis_fields[0]; i++)
        if (str_is(str_cut(line, 0, colon), nexis_fields[i].name)) {
            *value = str_trim(str_cut(line, colon + 1, line.len));
            return &nexis_fields[i];
        }
    return NULL;
}

static void set_field(struct exported *out, const struct field_place *place, struct str value)
{
    if (place->offset == SIZE_MAX || value.len == 0) return;
    struct str *at = (struct str *)(void *)((char *)out + place->offset);
    if (at->at == NULL) *at = value;
}

/* What a line of the head is: title, publication or day, by its place. */
static void nexis_head(struct exported *out, struct str line, bool *pause)
{
    bool centred = line.at[0] == ' ' || line.at[0] == '\t';
    struct str s = str_trim(line);
    if (str_is(str_cut(s, 0, s.len < 9 ? s.len : 9), "copyright")) return;
    if (out->date.at == NULL && is_day_line(s)) {
        out->date = day_of(s);
    } else if (centred) {
        if (out->publisher.at == NULL) out->publisher = s;
    } else if (out->title.at == NULL) {
        out->title = s;
    } else if (!*pause && out->date.at != NULL && out->publisher.at != NULL) {
        out->title.len = (size_t)(s.at + s.len - out->title.at); /* a headline of two lines */
    } else if (out->publisher.at == NULL && out->date.at == NULL) {
        out->publisher = s;
    }
    *pause = false;
}

static bool is_line(struct str line, const char *words)
{
    struct str s = str_trim(line);
    if (s.len != 0 && s.at[s.len - 1] == ':') s.len--;
    return str_is(s, words);
}

/* Reads the head; `rest` is then what stands behind its last field, or behind "Body". False where
 * there is neither. */
static bool read_nexis_head(struct str *rest, struct exported *out)
{
    struct str line, value, at = *rest;
    bool pause = true, fields = false;
    const struct field_place *open = NULL;
    while (next_line(&at, &line)) {
        const struct field_place *field = nexis_field(line, &value);
        struct str s = str_trim(line);
        if (is_line(line, "body")) {
            *rest = at;
            return true;
        }
        if (s.len == 0) {
            pause = true;
            open = NULL;
        } else if (field != NULL && !field->behind) {
            set_field(out, field, value);
            open = field;
            fields = true;
            *rest = at;
        } else if (open != NULL) {
            *rest = at; /* a field goes on */
        } else if (!fields) {
            nexis_head(out, line, &pause);
        } else {
            bool body_follows = false; /* the new form says where the text begins */
            for (struct str look = at, next; next_line(&look, &next) && str_trim(next).len != 0;)
                body_follows |= is_line(next, "body");
            if (!body_follows) return true;
        }
    }
    return fields;
}

static bool ends_nexis_text(struct str line)
{
    struct str value;
    const struct field_place *field = nexis_field(line, &value);
    return (field != NULL && field->behind) || is_nexis_end(line) ||
           is_line(line, "classification") || is_line(line, "graphic") ||
           (line.len > 20 && line.at[0] == ' ' && str_starts(str_trim(line), STR("Copyright ")));
}

static void read_nexis_tail(struct str tail, struct exported *out)
{
    struct str line, value;
    while (next_line(&tail, &line)) {
        const struct field_place *field = nexis_field(line, &value);
        if (field == NULL) continue;
        if (field->offset == TO(date)) value = day_of(value);
        set_field(out, field, value);
    }
}

void nexis_read(struct str document, struct exported *out)
{
    struct str rest = document, line, body;
    *out = (struct exported){.title = {NULL, 0}};
    if (!read_nexis_head(&rest, out)) rest.len = 0; /* each has its length */
    body = str_of(rest.at, 0);
    while (next_line(&rest, &line)) {
        if (ends_nexis_text(line)) {
            read_nexis_tail(str_of(line.at, (size_t)(rest.at + rest.len - line.at)), out);
            break;
        }
        body.len = (size_t)(line.at + line.len - body.at);
    }
    out->body = str_trim(body);
}

/* ---- Factiva ---- */

/* The codes of fields; text stands in LP and TD. */
enum factiva_code {
    CODE_NONE,
    CODE_HEADLINE,
    CODE_AUTHOR,
    CODE_DAY,
    CODE_SOURCE,
    CODE_LANG,
    CODE_LEAD,
    CODE_TEXT,
    CODE_NUMBER,
    CODE_OTHER
};

static enum factiva_code factiva_code(struct str line, size_t *behind)
{
    static const struct {
        const char *name;
        enum factiva_code code;
    } codes[] = {
        {"SE", CODE_OTHER},  {"HD", CODE_HEADLINE}, {"CR", CODE_OTHER},  {"BY", CODE_AUTHOR},
        {"WC", CODE_OTHER},  {"PD", CODE_DAY},      {"ET", CODE_OTHER},  {"SN", CODE_SOURCE},
        {"SC", CODE_OTHER},  {"LA", CODE_LANG},     {"CY", CODE_OTHER},  {"LP", CODE_LEAD},
        {"TD", CODE_TEXT},   {"CO", CODE_OTHER},    {"IN", CODE_OTHER},  {"NS", CODE_OTHER},
        {"RE", CODE_OTHER},  {"PG", CODE_OTHER},    {"ED", CODE_OTHER},  {"VOL", CODE_OTHER},
        {"IPD", CODE_OTHER}, {"IPC", CODE_OTHER},   {"PUB", CODE_OTHER}, {"AN", CODE_NUMBER},
        {"CT", CODE_OTHER},  {"RF", CODE_OTHER},    {"ART", CODE_OTHER}, {"CLM", CODE_OTHER},
        {"NGC", CODE_OTHER}, {"GC", CODE_OTHER}};
    size_t n = 0;
    while (n < line.len && line.at[n] >= 'A' && line.at[n] <= 'Z')
        n++;
    *behind = n;
    /* "US troops": a code stands alone, or has several blanks or a tab behind it */
    bool alone = str_trim(str_cut(line, n, line.len)).len == 0;
    bool apart =
        n + 1 < line.len && (line.at[n] == '\t' || (line.at[n] == ' ' && line.at[n + 1] == ' '));
    if (n < 2 || n > 3 || (!alone && !apart)) return CODE_NONE;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_eq(str_cut(line, 0, n), str_c(codes[i].name))) return codes[i].code;
    return CODE_NONE;
}

static struct str *factiva_place(struct exported *out, enum factiva_code code)
{
    switch (code) {
    case CODE_HEADLINE: return &out->title;
    case CODE_AUTHOR: return &out->author;
    case CODE_DAY: return &out->date;
    case CODE_SOURCE: return &out->publisher;
    case CODE_LANG: return &out->lang;
    case CODE_LEAD:
    case CODE_TEXT: return &out->body;
    default: return NULL;
    }
}

/* Text with codes. LP and TD stand together, and the code between them is taken out later. */
static bool read_coded(struct str document, struct exported *out)
{
    struct str rest = document, line;
    struct str *place = NULL;
    bool coded = false;
    while (next_line(&rest, &line)) {
        size_t behind;
        enum factiva_code code = is_factiva_end(line) ? CODE_NONE : factiva_code(line, &behind);
        if (is_factiva_end(line)) break;
        if (code != CODE_NONE) {
            place = factiva_place(out, code);
            line = str_cut(line, behind, line.len);
            coded |= code == CODE_HEADLINE || code == CODE_LEAD || code == CODE_TEXT;
        }
        struct str s = str_trim(line);
        if (place == NULL || s.len == 0) continue;
        if (place->at == NULL) *place = s;
        place->len = (size_t)(s.at + s.len - place->at);
    }
    return coded && out->body.at != NULL;
}

/* "1,312 words" */
static bool is_word_count(struct str s)
{
    size_t n = 0;
    while (n < s.len && (is_digit(s.at[n]) || s.at[n] == ',' || s.at[n] == '.'))
        n++;
    return n != 0 && n < s.len && str_is(str_cut(s, n + (s.at[n] == ' '), s.len), "words");
}

/* A line without codes behind the count of words; false: the text begins. */
static bool read_bare_line(struct exported *out, struct str s, size_t *n)
{
    ++*n;
    if (out->date.at == NULL && is_day_line(s)) {
        out->date = day_of(s);
        *n = 0;
        return true;
    }
    if (out->date.at == NULL) return true;
    bool time = s.len < 9 && s.len > 3 && (s.at[2] == ':' || s.at[1] == ':');
    if (time) {
        *n = 0;
        return true;
    }
    if (*n == 1) out->publisher = s;
    if (out->lang.at == NULL && *n > 2 && s.len < 20 && str_find(s, ' ', 0) == s.len) out->lang = s;
    return !(str_starts(s, STR("Copyright")) || str_starts(s, STR("(c)")) ||
             str_starts(s, STR("\xC2\xA9")));
}

static void read_bare(struct str document, struct exported *out)
{
    struct str rest = document, line;
    size_t n = 0;
    bool counted = false, begun = false;
    while (next_line(&rest, &line) && !is_factiva_end(line)) {
        struct str s = str_trim(line);
        if (s.len == 0) continue;
        if (begun) {
            if (out->body.at == NULL) out->body = s;
            out->body.len = (size_t)(s.at + s.len - out->body.at);
        } else if (is_word_count(s)) {
            counted = true;
        } else if (counted) {
            begun = !read_bare_line(out, s, &n);
        } else if (out->title.at == NULL) {
            out->title = s;
        } else if (str_starts(s, STR("By ")) || out->author.at == NULL) {
            out->author = s;
        }
    }
}

void factiva_read(struct str document, struct exported *out)
{
    struct str rest = document, line;
    *out = (struct exported){.title = {NULL, 0}};
    if (!read_coded(document, out)) {
        *out = (struct exported){.title = {NULL, 0}};
        read_bare(document, out);
    }
    while (next_line(&rest, &line)) {
        size_t at = str_find(line, 'D', 0);
        if (is_factiva_end(line) && at + 9 < line.len)
            out->id = str_trim(str_cut(line, at + 9, line.len));
    }
}
