/* form_json.c - JSON Lines, and whole documents of JSON: objects one behind the other, a list, or
 * objects that hold their stories in a list, as answers of web services do.
 *
 * The head tells which: where its first object goes on behind the end of a line, or stands in a
 * list, or holds one of stories, the file is a document. Of lines, nothing but their ends is looked
 * for; of a document, the brackets outside strings. What an object holds is read later
 * (parcel_story.c). */
#include <stdlib.h>

#include "base/err.h"
#include "input/intake.h"
#include "input/kinds.h"
#include "input/members.h"

enum { JSON_HEAD = 1 << 16 };

struct json_form {
    struct intake in;
    const struct input *input;
    size_t most;
    size_t line; /* lines: of the last one; documents: that at the place that was read */
    size_t n;    /* documents: objects that were given out */
    bool lines, known;
    bool wrapped;  /* the stories lie in lists in objects; */
    size_t within; /* in so many; 0: not now */
};

static struct str skip_json_blanks(struct str s)
{
    size_t i = 0;
    while (i < s.len && (s.at[i] == ' ' || s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r'))
        i++;
    return str_cut(s, i, s.len);
}

/* An object of named members, or a list of something: no text begins like that. */
static bool begins_json(struct str s)
{
    if (s.len < 2 || (s.at[0] != '{' && s.at[0] != '[')) return false;
    struct str next = skip_json_blanks(str_cut(s, 1, s.len));
    if (next.len == 0) return false;
    return next.at[0] == '"' || (s.at[0] == '{' ? next.at[0] == '}' : next.at[0] == '{');
}

/* Whether most lines of the head begin like an object: one that is broken may be the first. */
static bool lines_are_json(struct str head)
{
    size_t n = 0, json = 0;
    for (size_t i = 0; i < head.len; n++) {
        size_t end = str_find(head, '\n', i);
        json += begins_json(skip_json_blanks(str_cut(head, i, end)));
        i = end + 1;
    }
    return 2 * json > n;
}

static enum likeness like_json(struct str name, struct str head)
{
    static const char *const endings[] = {".jsonl", ".json", ".ndjson", ".jsonlines"};
    if (kind_has_ending(name, "txt")) return LIKE_NOT; /* it is one story, whatever it says */
    if (begins_json(skip_json_blanks(head))) return LIKE_SURELY;
    if (lines_are_json(head)) return LIKE_NAME;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t len = strlen(endings[i]);
        if (name.len > len && str_is(str_cut(name, name.len - len, name.len), endings[i]))
            return LIKE_NAME;
    }
    return LIKE_NOT;
}

static dt_status open_json(const struct input *input, void **state, dt_error *err)
{
    struct json_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->in.from = input->bytes;
    f->input = input;
    f->most = input->options->record_most;
    return DT_OK;
}

static void close_json(void *state)
{
    struct json_form *f = state;
    if (f == NULL) return;
    intake_free(&f->in);
    free(f);
}

/* ---- where an object ends ---- */

/* A place in a document: the scan goes on where it stopped when more bytes are there. */
struct json_place {
    size_t at, lines, depth;
    bool in_string;
};

/* Goes on to behind the bracket that closes the first one; false where the bytes end before. */
static bool find_end(struct str s, struct json_place *p)
{
    for (; p->at < s.len; p->at++) {
        char c = s.at[p->at];
        p->lines += c == '\n';
        if (p->in_string) {
            if (c == '\\' && p->at + 1 == s.len) return false;
            if (c == '\\') p->at++;
            p->in_string = c != '"';
        } else if (c == '"') {
            p->in_string = true;
        } else if (c == '{' || c == '[') {
            p->depth++;
        } else if ((c == '}' || c == ']') && --p->depth == 0) {
            p->at++;
            return true;
        }
    }
    return false;
}

static dt_status fill_head(struct json_form *f, dt_error *err)
{
    dt_status st = DT_OK;
    while (st == DT_OK && !f->in.ended && intake_have(&f->in).len < JSON_HEAD)
        st = intake_more(&f->in, err);
    return st;
}

/* The first object, also that of a list. */
static struct str first_object(struct str head)
{
    struct str first = head;
    while (first.len != 0 && first.at[0] == '[')
        first = skip_json_blanks(str_cut(first, 1, first.len));
    return first;
}

/* The file is lines, or a document? */
static dt_status settle_form(struct json_form *f, dt_error *err)
{
    struct members_list list;
    dt_status st = fill_head(f, err);
    if (st != DT_OK) return st;
    f->known = f->lines = true;
    struct str head = skip_json_blanks(intake_have(&f->in));
    struct json_place p = {0};
    if (!begins_json(head)) return DT_OK;
    f->wrapped = members_find_list(first_object(head), f->input->options, &list);
    if (f->wrapped)
        input_note(f->input->notes, "%s: the stories are those of the list \"%.*s\"",
                   f->input->origin, (int)(list.name.len < 60 ? list.name.len : 60), list.name.at);
    if (f->wrapped || head.at[0] == '[') {
        f->lines = false;
        return DT_OK;
    }
    struct str first = str_cut(head, 0, str_find(head, '\n', 0));
    if (first.len == head.len || find_end(first, &p) || p.in_string) return DT_OK;
    struct str next = skip_json_blanks(str_cut(head, first.len, head.len));
    f->lines = next.len == 0 || (next.at[0] == '{' && first.len > 1);
    return DT_OK;
}

/* ---- records ---- */

static void give_json(struct json_form *f, size_t len, size_t line, struct parcel *out, bool *more)
{
    out->pieces[PIECE_JSON] = str_cut(intake_have(&f->in), 0, len);
    out->number = line;
    intake_take(&f->in, len);
    *more = true;
}

static dt_status too_long(const struct json_form *f, size_t line, const char *what, dt_error *err)
{
    return err_set(err, DT_E_STORY, 0,
                   "%s:%zu: the %s has more than %zu MB and was left out; --max-record allows more",
                   f->input->origin, line, what, f->most >> 20);
}

/* Drops the rest of a line without keeping it. */
static dt_status skip_line(struct json_form *f, dt_error *err)
{
    dt_status st = DT_OK;
    for (;;) {
        struct str have = intake_have(&f->in);
        size_t end = str_find(have, '\n', 0);
        intake_take(&f->in, end < have.len ? end + 1 : have.len);
        if (end < have.len || f->in.ended) break;
        st = intake_more(&f->in, err);
        if (st != DT_OK) return st;
    }
    return too_long(f, f->line, "line", err);
}

static dt_status next_line(struct json_form *f, struct parcel *out, bool *more, dt_error *err)
{
    size_t seen = 0;
    for (;;) {
        struct str have = intake_have(&f->in);
        size_t end = str_find(have, '\n', seen);
        if (end < have.len || (f->in.ended && have.len != 0)) {
            f->line++;
            if (end > f->most) return skip_line(f, err);
            bool blank = skip_json_blanks(str_cut(have, 0, end)).len == 0;
            if (!blank) give_json(f, end, f->line, out, more);
            intake_take(&f->in, (blank ? end : 0) + (end < have.len));
            if (!blank) return DT_OK;
            seen = 0;
            continue;
        }
        if (f->in.ended) return DT_OK;
        seen = have.len;
        if (seen > f->most) {
            f->line++;
            return skip_line(f, err);
        }
        dt_status st = intake_more(&f->in, err);
        if (st != DT_OK) return st;
    }
}

/* Skips what stands between objects: blanks, commas, the brackets of a list. */
static dt_status skip_between(struct json_form *f, const char *skipped, dt_error *err)
{
    for (;;) {
        struct str have = intake_have(&f->in);
        size_t i = 0;
        for (; i < have.len && have.at[i] != '{'; i++) {
            if (have.at[i] == '\0' || strchr(skipped, have.at[i]) == NULL) break;
            f->line += have.at[i] == '\n';
        }
        intake_take(&f->in, i);
        if (i < have.len || f->in.ended) return DT_OK;
        dt_status st = intake_more(&f->in, err);
        if (st != DT_OK) return st;
    }
}

/* Ends the file: what follows a fault of a document cannot be cut into objects. */
static dt_status give_up_document(struct json_form *f, const char *why, dt_error *err)
{
    size_t line = f->line + 1;
    f->in.ended = true;
    f->in.begin = f->in.end;
    f->within = 0;
    return err_set(err, DT_E_STORY, 0, "%s:%zu: %s; the file is read no further", f->input->origin,
                   line, why);
}

static dt_status next_object(struct json_form *f, struct parcel *out, bool *more, dt_error *err)
{
    struct json_place p = {0};
    dt_status st = skip_between(f, " \t\r\n,[]", err);
    struct str have = intake_have(&f->in);
    if (st != DT_OK || have.len == 0) return st;
    if (have.at[0] != '{') return give_up_document(f, "an object was expected", err);
    while (!find_end(have, &p)) {
        if (f->in.ended)
            return give_up_document(f, "the object that begins here does not end", err);
        if (have.len > f->most)
            return give_up_document(f, "the object that begins here is too long, or does not end",
                                    err);
        st = intake_more(&f->in, err);
        if (st != DT_OK) return st;
        have = intake_have(&f->in);
    }
    give_json(f, p.at, ++f->n, out, more); /* its place, for many may stand on one line */
    f->line += p.lines;
    return DT_OK;
}

/* ---- lists of stories in objects ---- */

/* Takes the front of an object up to into its list, if it has one. */
static dt_status enter_list(struct json_form *f, dt_error *err)
{
    struct members_list list;
    dt_status st = fill_head(f, err);
    struct str have = intake_have(&f->in);
    if (st != DT_OK || !members_find_list(have, f->input->options, &list)) return st;
    for (size_t i = 0; i <= list.at; i++)
        f->line += have.at[i] == '\n';
    intake_take(&f->in, list.at + 1);
    f->within = list.depth;
    return DT_OK;
}

/* Takes the rest of the objects in which the list lay. */
static dt_status leave_list(struct json_form *f, dt_error *err)
{
    struct json_place p = {.depth = f->within};
    dt_status st = DT_OK;
    f->within = 0;
    for (bool ended = false; st == DT_OK && !ended;) {
        ended = find_end(intake_have(&f->in), &p);
        intake_take(&f->in, p.at);
        p.at = 0;
        if (!ended && f->in.ended) { /* it does not end; its stories are whole */
            intake_take(&f->in, intake_have(&f->in).len);
            break;
        }
        if (!ended) st = intake_more(&f->in, err);
    }
    f->line += p.lines;
    return st;
}

static dt_status next_of_list(struct json_form *f, struct parcel *out, bool *more, dt_error *err)
{
    dt_status st = DT_OK;
    while (st == DT_OK) {
        bool outside = f->within == 0;
        st = skip_between(f, outside ? " \t\r\n,[]" : " \t\r\n,", err);
        struct str have = intake_have(&f->in);
        if (st != DT_OK || (outside && have.len == 0)) return st;
        if (have.len == 0) return give_up_document(f, "the list of stories does not end", err);
        if (outside && have.at[0] == '{') {
            st = enter_list(f, err);
            if (st == DT_OK && f->within == 0) return next_object(f, out, more, err);
        } else if (!outside && have.at[0] == ']') {
            intake_take(&f->in, 1);
            st = leave_list(f, err);
        } else {
            return next_object(f, out, more, err); /* or the fault */
        }
    }
    return st;
}

static dt_status next_json(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct json_form *f = state;
    *more = false;
    if (!f->known) {
        dt_status st = settle_form(f, err);
        if (st != DT_OK) return st;
    }
    if (f->wrapped) return next_of_list(f, out, more, err);
    return f->lines ? next_line(f, out, more, err) : next_object(f, out, more, err);
}

const struct form form_json = {
    .name = "JSON", .like = like_json, .open = open_json, .next = next_json, .close = close_json};
