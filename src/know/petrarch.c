/* petrarch.c - see petrarch.h. One pass tells the kind of a file by its brackets, a second reads
 * its lines. */
#include "know/petrarch.h"

#include <stdio.h>

#include "base/utf8.h"

#define TEXT(s) (int)(s).len, (s).at

enum { MACROS_MOST = 64 };

/* "!PERSON! = MAN, MEN" */
struct macro {
    struct str name; /* with its marks */
    struct str values;
};

struct petrarch_reader {
    struct compile *c;
    const struct compile_file *file;
    struct petrarch_file *out;
    size_t entries_cap;
    struct petrarch_entry *entry; /* that names and codes belong to, or NULL */
    struct macro macros[MACROS_MOST];
    uint32_t n_macros;
    uint32_t line;
    bool in_block;   /* <NOUN> ... </NOUN> of TABARI: words that are no actors */
    bool in_comment; /* <!-- ... --> over several lines */
    bool ended;      /* ~~FINISH of TABARI */
};

/* ---- text ---- */

/* The text as UTF-8: what is not is taken for Latin-1, byte by byte. */
static struct str as_utf8(struct compile *c, struct str text)
{
    if (utf8_valid_len(text) == text.len) return text;
    char *out = ARENA_NEW(&c->arena, text.len * 2 + 1, char);
    size_t n = 0;
    if (out == NULL) return STR("");
    for (size_t at = 0; at < text.len;) {
        struct str rest = str_cut(text, at, text.len);
        size_t valid = utf8_valid_len(rest);
        if (valid != 0) {
            memcpy(out + n, rest.at, valid);
            n += valid;
            at += valid;
            continue;
        }
        n += utf8_encode((unsigned char)text.at[at], out + n);
        at++;
    }
    return str_of(out, n);
}

/* Where the comment begins: '#' or ';' outside brackets, "<!" anywhere. */
static size_t comment_at(struct str s)
{
    bool inside = false;
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.at[i];
        if (ch == '[' || ch == ']') inside = ch == '[';
        if ((ch == '#' || ch == ';') && !inside) return i;
        if (ch == '<' && i + 1 < s.len && s.at[i + 1] == '!') return i;
    }
    return s.len;
}

static bool is_code_char(char ch)
{
    return (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '/' || ch == '~';
}

/* "---", "###", "+++": nobody. */
static bool is_null_code(struct str s)
{
    if (s.len < 2) return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] != s.at[0]) return false;
    return s.at[0] == '-' || s.at[0] == '#' || s.at[0] == '+';
}

/* Letters or a mark of place, and no more than a code has: what an actor or an agent may have. */
static bool is_actor_code(struct str s)
{
    bool letters = false;
    if (s.len < 2 || s.len > 24) return false;
    for (size_t i = 0; i < s.len; i++) {
        if (!is_code_char(s.at[i])) return false;
        letters = letters || (s.at[i] >= 'A' && s.at[i] <= 'Z');
    }
    return letters && !(s.at[0] >= '0' && s.at[0] <= '9');
}

static struct str code_word(struct str content)
{
    struct str s = str_trim(content);
    size_t n = 0;
    while (n < s.len && s.at[n] != ' ' && s.at[n] != '\t' && s.at[n] != '<' && s.at[n] != '>')
        n++;
    return str_cut(s, 0, n);
}

/* ---- the kind ---- */

struct kind_counts {
    size_t actors, agents, events, others, plain, sets;
};

static void count_line(struct str line, struct kind_counts *n)
{
    struct str s = str_trim(str_cut(line, 0, comment_at(line)));
    if (s.len == 0) return;
    if (s.at[0] == '&') n->sets++;
    size_t open = str_find(s, '[', 0), close = str_find(s, ']', open);
    if (open == s.len || close == s.len) {
        n->plain++;
        return;
    }
    struct str code = code_word(str_cut(s, open + 1, close));
    bool pattern = s.at[0] == '-' || str_starts(s, STR("- "));
    if (pattern || code.len == 0 || (code.at[0] >= '0' && code.at[0] <= '9') || code.at[0] == ':')
        n->events++;
    else if (is_actor_code(code) && str_find(code, '~', 0) != code.len)
        n->agents++;
    else if (is_actor_code(code) && s.at[0] != '<' && !(s.at[0] >= 'a' && s.at[0] <= 'z'))
        n->actors++;
    else if (!is_null_code(code))
        n->others++;
}

static bool name_has(struct str path, const char *word)
{
    size_t len = strlen(word);
    for (size_t i = 0; i + len <= path.len; i++)
        if (str_eq_nocase(str_cut(path, i, i + len), str_of(word, len))) return true;
    return false;
}

static enum petrarch_kind kind_of(const struct compile_file *file, struct str text)
{
    struct kind_counts n = {0};
    struct str rest = text, line;
    if (text.len >= 2 && text.at[0] == '\x1f' && (unsigned char)text.at[1] == 0x8B)
        return PETRARCH_PACKED;
    for (size_t at = 0; at < text.len; at += line.len + 1) {
        line = str_cut(rest, at, str_find(text, '\n', at));
        count_line(line, &n);
    }
    size_t ours = n.actors + n.agents;
    bool many = n.events > n.plain / 4; /* files of options have brackets, too, here and there */
    if ((n.events > ours && many) || (n.sets != 0 && n.events != 0)) return PETRARCH_VERBS;
    if (ours > n.others && ours != 0)
        return n.agents > n.actors ? PETRARCH_AGENTS : PETRARCH_ACTORS;
    if (n.plain == 0 && name_has(file->relative, "actors")) return PETRARCH_ACTORS;
    if (n.plain == 0 && name_has(file->relative, "agents")) return PETRARCH_AGENTS;
    if (n.sets != 0 || name_has(file->relative, "verbs")) return PETRARCH_VERBS;
    return name_has(file->relative, "discards") ? PETRARCH_DISCARDS : PETRARCH_OTHER;
}

static const char *const kind_notes[PETRARCH_KIND_COUNT] = {
    NULL,
    NULL,
    "left out: a dictionary of verbs; what happens is found by frames, of which a folder of your "
    "own may hold more",
    "left out: a dictionary of discards; choose stories before they are coded",
    "left out: it is compressed; unpack it first",
    "left out: neither a dictionary of actors nor one of agents",
};

/* ---- codes ---- */

#define NOTE(r, ...) compile_note((r)->c, (r)->file->path, (r)->line, __VA_ARGS__)

static bool all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9') return false;
    return s.len != 0;
}

/* "970101" or "19970101". The last day of a month may be given as its 31st. Two digits of a year
 * are of 1931 to 2030. */
static bool read_date(struct str s, struct date *out)
{
    long year, month, day;
    if (!all_digits(s) || (s.len != 6 && s.len != 8)) return false;
    if (!str_int(str_cut(s, 0, s.len - 4), &year)) return false;
    if (!str_int(str_cut(s, s.len - 4, s.len - 2), &month)) return false;
    if (!str_int(str_cut(s, s.len - 2, s.len), &day)) return false;
    if (s.len == 6) year += year > 30 ? 1900 : 2000;
    *out = (struct date){(int32_t)year, (int32_t)month, (int32_t)day};
    if (day > 31) return false;
    while (out->day > 28 && !date_valid(*out))
        out->day--;
    return date_valid(*out);
}

/* "<970101", ">970101" or "970101-981231" -> code->from, code->to. */
static bool read_period(struct str s, struct petrarch_code *code)
{
    struct date from, to;
    size_t dash = str_find(s, '-', 0);
    code->dated = true;
    if (s.at[0] == '<' || s.at[0] == '>') {
        if (!read_date(str_trim(str_cut(s, 1, s.len)), &from)) return false;
        if (s.at[0] == '<')
            code->to = day_of(from);
        else
            code->from = day_of(from);
        return true;
    }
    struct str first = str_trim(str_cut(s, 0, dash));
    if (dash == s.len || !read_date(first, &from)) return false;
    if (!read_date(str_trim(str_cut(s, dash + 1, s.len)), &to)) return false;
    if (first.len == 6 && day_of(from) > day_of(to)) from.year -= 100;
    code->from = day_of(from);
    code->to = day_of(to);
    if (code->from == code->to) code->to++;
    return code->from < code->to;
}

static dt_status add_code(struct petrarch_reader *r, struct petrarch_code code, dt_error *err)
{
    struct petrarch_entry *e = r->entry;
    struct petrarch_code *grown = arena_grow(&r->c->arena, e->codes, e->n_codes, e->n_codes + 1,
                                             &e->codes_cap, sizeof *grown);
    if (grown == NULL) return err_nomem(err);
    e->codes = grown;
    e->codes[e->n_codes++] = code;
    return DT_OK;
}

static dt_status read_code(struct petrarch_reader *r, struct str content, dt_error *err)
{
    struct petrarch_code code = {.from = DAY_MIN, .to = DAY_MAX};
    struct str s = str_trim(content), word = code_word(s);
    struct str period = str_trim(str_cut(s, word.len, s.len));
    /* "[NGM ~]" is the code of an agent, too */
    if (str_eq(period, STR("~")) || (word.len == 1 && word.at[0] == '~')) {
        char *joined = ARENA_NEW(&r->c->arena, s.len + 1, char);
        size_t n = 0;
        if (joined == NULL) return err_nomem(err);
        for (size_t i = 0; i < s.len; i++)
            if (s.at[i] != ' ' && s.at[i] != '\t') joined[n++] = s.at[i];
        word = str_of(joined, n);
        period = STR("");
    }
    if (is_null_code(word))
        word = STR("");
    else if (!is_actor_code(word)) {
        NOTE(r, "found [%.*s] where a code in capitals was expected: [USAGOV], [USAGOV >010120]",
             TEXT(s));
        return DT_OK;
    }
    code.code = word;
    if (period.len != 0 && !read_period(period, &code)) {
        NOTE(r,
             "found '%.*s' where a period was expected: <YYMMDD, >YYMMDD or YYMMDD-YYMMDD, years "
             "of two or four digits",
             TEXT(period));
        return DT_OK;
    }
    return r->entry == NULL ? DT_OK : add_code(r, code, err);
}

static dt_status read_codes(struct petrarch_reader *r, struct str s, dt_error *err)
{
    dt_status st = DT_OK;
    if (r->entry == NULL) {
        NOTE(r, "found a code above which no name stands");
        return DT_OK;
    }
    r->entry->coded = true;
    for (size_t at = 0; at < s.len && st == DT_OK;) {
        size_t open = str_find(s, '[', at), close = str_find(s, ']', open);
        struct str between = str_trim(str_cut(s, at, open));
        if (between.len != 0 && at != 0) {
            NOTE(r, "found '%.*s' behind a code", TEXT(between));
            return DT_OK;
        }
        if (open == s.len) return DT_OK;
        if (close == s.len) {
            NOTE(r, "found '[' without ']'");
            return DT_OK;
        }
        st = read_code(r, str_cut(s, open + 1, close), err);
        at = close + 1;
    }
    return st;
}

/* ---- names ---- */

static dt_status add_name(struct petrarch_reader *r, struct petrarch_name name, dt_error *err)
{
    struct petrarch_entry *e = r->entry;
    struct petrarch_name *grown = arena_grow(&r->c->arena, e->names, e->n_names, e->n_names + 1,
                                             &e->names_cap, sizeof *grown);
    if (grown == NULL) return err_nomem(err);
    e->names = grown;
    e->names[e->n_names++] = name;
    return DT_OK;
}

/* Blanks for underscores and '=' (TABARI's mark of a word that is both noun and verb), one between
 * two words. */
static struct str name_text(struct petrarch_reader *r, struct str s)
{
    char *out = ARENA_NEW(&r->c->arena, s.len + 1, char);
    size_t n = 0;
    if (out == NULL) return STR("");
    for (size_t i = 0; i < s.len; i++) {
        bool blank = s.at[i] == '_' || s.at[i] == ' ' || s.at[i] == '\t' || s.at[i] == '=' ||
                     s.at[i] == '\r';
        if (!blank)
            out[n++] = s.at[i];
        else if (n != 0 && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    while (n != 0 && out[n - 1] == ' ')
        n--;
    return str_of(out, n);
}

static bool has_letter(struct str s)
{
    uint32_t cp;
    for (size_t at = 0; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        if (utf8_class_of(cp) == UTF8_LETTER) return true;
    }
    return false;
}

/* One name without marks of macros. */
static dt_status read_plain_name(struct petrarch_reader *r, struct str s,
                                 const struct petrarch_name *like, dt_error *err)
{
    struct petrarch_name name = *like;
    name.text = name_text(r, s);
    name.stem = s.len != 0 && s.at[s.len - 1] != '_';
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)s.at[i] < ' ' && s.at[i] != '\t') {
            NOTE(r, "found a control character in a name");
            return DT_OK;
        }
        bool joined = s.at[i] == '+' && i + 1 < s.len && s.at[i + 1] == '_'; /* two lines in one */
        if (!joined && strchr("{}<>\\|", s.at[i]) == NULL) continue;
        NOTE(r, "found '%c' in the name '%.*s'", s.at[i], TEXT(s));
        return DT_OK;
    }
    if (!has_letter(name.text)) {
        NOTE(r, "found '%.*s' where a name was expected", TEXT(s));
        return DT_OK;
    }
    return add_name(r, name, err);
}

static const struct macro *find_macro(const struct petrarch_reader *r, struct str name)
{
    for (uint32_t i = 0; i < r->n_macros; i++)
        if (str_eq(r->macros[i].name, name)) return &r->macros[i];
    return NULL;
}

/* Puts each value of the first macro into the name; its plurals stand among the values. */
static dt_status read_name(struct petrarch_reader *r, struct str s,
                           const struct petrarch_name *like, dt_error *err)
{
    size_t open = str_find(s, '!', 0), close = open < s.len ? str_find(s, '!', open + 1) : s.len;
    struct petrarch_name each = *like;
    if (close == s.len) return read_plain_name(r, s, like, err);
    const struct macro *macro = find_macro(r, str_cut(s, open, close + 1));
    if (macro == NULL) {
        NOTE(r, "found %.*s, which stands for nothing here", TEXT(str_cut(s, open, close + 1)));
        return DT_OK;
    }
    struct str values = macro->values, value;
    each.no_plural = true;
    while (str_next(&values, ',', &value)) {
        size_t room = s.len + value.len + 1;
        char *text = ARENA_NEW(&r->c->arena, room, char);
        if (text == NULL) return err_nomem(err);
        (void)snprintf(text, room, "%.*s%.*s%.*s", (int)open, s.at, TEXT(value),
                       (int)(s.len - close - 1), s.at + close + 1);
        if (str_find(str_c(text), '!', 0) != strlen(text)) {
            NOTE(r, "found more than one macro in '%.*s'", TEXT(s));
            return DT_OK;
        }
        dt_status st = read_plain_name(r, str_c(text), &each, err);
        if (st != DT_OK) return st;
    }
    return DT_OK;
}

/* "NAME {PLURAL}" */
static dt_status read_name_part(struct petrarch_reader *r, struct str s, dt_error *err)
{
    struct petrarch_name like = {.stem = false};
    size_t open = str_find(s, '{', 0), close = str_find(s, '}', open);
    if (close < s.len) {
        like.plural = name_text(r, str_trim(str_cut(s, open + 1, close)));
        like.no_plural = like.plural.len == 0;
        s = str_trim(str_cut(s, 0, open));
    }
    return read_name(r, s, &like, err);
}

static dt_status begin_entry(struct petrarch_reader *r, dt_error *err)
{
    struct petrarch_file *f = r->out;
    struct petrarch_entry *grown = arena_grow(&r->c->arena, f->entries, f->n_entries,
                                              f->n_entries + 1, &r->entries_cap, sizeof *grown);
    if (grown == NULL) return err_nomem(err);
    f->entries = grown;
    r->entry = &f->entries[f->n_entries++];
    *r->entry = (struct petrarch_entry){.line = r->line};
    return DT_OK;
}

/* ---- lines ---- */

static void read_macro(struct petrarch_reader *r, struct str s, size_t equals)
{
    if (r->n_macros == MACROS_MOST)
        NOTE(r, "found more than %d macros", MACROS_MOST);
    else
        r->macros[r->n_macros++] = (struct macro){str_trim(str_cut(s, 0, equals)),
                                                  str_trim(str_cut(s, equals + 1, s.len))};
}

/* Marks that stand around entries: <NOUN>, </NOUN>, ~~FINISH, <!-- ... -->. True when the line is
 * none of an entry. */
static bool is_frame_line(struct petrarch_reader *r, struct str s)
{
    if (r->in_comment) {
        r->in_comment = s.len < 3 || !str_ends(s, STR("-->"));
        return true;
    }
    if (str_starts(s, STR("<!"))) {
        bool closed = str_ends(s, STR(">"));
        r->in_comment = !closed;
        return true;
    }
    if (str_starts(s, STR("~~"))) {
        r->ended = true;
        return true;
    }
    bool tag = s.len > 2 && s.at[0] == '<' && s.at[s.len - 1] == '>';
    if (tag) {
        r->in_block = s.at[1] != '/';
        r->entry = NULL;
        if (r->in_block) NOTE(r, "left out: %.*s lists words that are no actors", TEXT(s));
    }
    return tag || r->in_block;
}

/* A synonym, or a name that stands right below one that has no code yet, belongs to its entry. */
static bool joins_entry(const struct petrarch_reader *r, bool synonym)
{
    return r->entry != NULL && (synonym || !r->entry->coded);
}

static dt_status read_line(struct petrarch_reader *r, struct str line, dt_error *err)
{
    struct str s = str_trim(str_cut(line, 0, comment_at(line)));
    if (is_frame_line(r, str_trim(line))) return DT_OK;
    if (s.len == 0) {
        /* an empty line, not one with a comment alone, ends what has no code */
        bool empty = str_trim(line).len == 0;
        if (empty && r->entry != NULL && !r->entry->coded) r->entry = NULL;
        return DT_OK;
    }
    size_t equals = str_find(s, '=', 0), open = str_find(s, '[', 0);
    if (s.at[0] == '!' && equals < s.len && open == s.len) {
        read_macro(r, s, equals);
        return DT_OK;
    }
    struct str name = str_trim(str_cut(s, 0, open));
    dt_status st = DT_OK;
    if (name.len != 0) {
        bool synonym = name.at[0] == '+';
        if (synonym) name = str_trim(str_cut(name, 1, name.len));
        if (synonym && r->entry == NULL) {
            NOTE(r, "found the synonym '%.*s' below no name", TEXT(name));
            return DT_OK;
        }
        if (!joins_entry(r, synonym)) st = begin_entry(r, err);
        if (st == DT_OK) st = read_name_part(r, name, err);
    }
    if (st != DT_OK || open == s.len) return st;
    return read_codes(r, str_cut(s, open, s.len), err);
}

static void note_without_code(struct petrarch_reader *r)
{
    for (uint32_t i = 0; i < r->out->n_entries; i++) {
        const struct petrarch_entry *e = &r->out->entries[i];
        if (e->n_codes != 0 || e->n_names == 0) continue;
        r->line = e->line;
        NOTE(r, "'%.*s' has no code that could be read", TEXT(e->names[0].text));
    }
}

dt_status petrarch_parse(struct compile *c, const struct compile_file *file,
                         struct petrarch_file *out, dt_error *err)
{
    struct petrarch_reader r = {.c = c, .file = file, .out = out};
    dt_status st = DT_OK;
    *out = (struct petrarch_file){.kind = kind_of(file, file->text)};
    if (kind_notes[out->kind] != NULL) {
        compile_note(c, file->path, 0, "%s", kind_notes[out->kind]);
        return DT_OK;
    }
    struct str text = as_utf8(c, file->text);
    for (size_t at = 0; at < text.len && st == DT_OK && !r.ended;) {
        size_t end = str_find(text, '\n', at);
        r.line++;
        st = read_line(&r, str_cut(text, at, end), err);
        at = end + 1;
    }
    note_without_code(&r);
    return st == DT_OK && c->arena.failed ? err_nomem(err) : st;
}
