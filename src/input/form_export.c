/* form_export.c - files of many documents as programs and services export them: mail folders
 * (mbox), Nexis, Factiva.
 *
 * A line tells where a document begins or ends; mail.c and export_text.c read one. A document is
 * kept in memory, and no more. */
#include <stdlib.h>

#include "base/err.h"
#include "input/export_text.h"
#include "input/http_message.h"
#include "input/intake.h"
#include "input/kinds.h"
#include "input/mail.h"

enum export_kind { EXPORT_NONE, EXPORT_MBOX, EXPORT_MESSAGE, EXPORT_NEXIS, EXPORT_FACTIVA };

struct export_form {
    struct input input;
    struct intake in;
    enum export_kind kind;
    size_t taken, line, lines; /* bytes given out; the line they begin at, and how many */
    size_t number;
    bool ended_by_line;
    struct mail mail;
    struct buf body, title, author;
};

/* ---- which kind ---- */

/* "From someone Thu Jun 13 ..." with a header field on the next line. */
static bool is_mbox_line(struct str at)
{
    struct str rest = at, line, name, value;
    return str_starts(at, STR("From ")) && next_line(&rest, &line) && next_line(&rest, &line) &&
           header_split(line, &name, &value);
}

static bool begins_message(struct str head)
{
    struct str rest = head, line, name, value;
    size_t fields = 0;
    bool from = false;
    while (next_line(&rest, &line) && line.len != 0) {
        if (line.at[0] == ' ' || line.at[0] == '\t') continue;
        if (!header_split(line, &name, &value)) return false;
        from |= str_is(name, "from");
        fields++;
    }
    return from && fields >= 3;
}

static enum export_kind kind_of_head(struct str head)
{
    struct str rest = head, line;
    if (str_starts(rest, STR("\xEF\xBB\xBF"))) rest = str_cut(rest, 3, rest.len);
    if (is_mbox_line(rest)) return EXPORT_MBOX;
    if (begins_message(rest)) return EXPORT_MESSAGE;
    bool body = false;
    while (next_line(&rest, &line)) {
        if (is_nexis_begin(line)) return EXPORT_NEXIS;
        if (is_factiva_end(line)) return EXPORT_FACTIVA;
        body |= str_is(str_trim(line), "body");
        if (body && is_nexis_end(line)) return EXPORT_NEXIS;
    }
    return EXPORT_NONE;
}

static enum likeness like_export(struct str name, struct str head)
{
    enum export_kind kind = kind_of_head(head);
    if (kind == EXPORT_NONE) return LIKE_NOT;
    if (kind == EXPORT_MESSAGE)
        return kind_has_ending(name, "eml mail msg") ? LIKE_SURELY : LIKE_PERHAPS;
    return LIKE_SURELY;
}

/* ---- documents ---- */

/* Whether a document begins with the line at `at`, or ends with it (*after). */
static bool is_border(const struct export_form *f, struct str at, bool *after)
{
    struct str rest = at, line;
    *after = false;
    if (f->kind == EXPORT_MBOX) return is_mbox_line(at);
    if (f->kind == EXPORT_MESSAGE || !next_line(&rest, &line)) return false;
    if (f->kind == EXPORT_NEXIS && is_nexis_begin(line)) return true;
    *after = f->kind == EXPORT_NEXIS ? is_nexis_end(line) : is_factiva_end(line);
    return *after;
}

/* Looks on from *seen, which begins a line; true: a document ends at *seen. Lines that are not
 * wholly there, with the one behind them, wait. */
static bool find_border(struct export_form *f, struct str have, size_t *seen)
{
    bool after;
    while (*seen < have.len) {
        size_t end = str_find(have, '\n', *seen);
        size_t next = end < have.len ? str_find(have, '\n', end + 1) : have.len;
        if (next == have.len && !f->in.ended && have.len - *seen < (1U << 16)) return false;
        bool first = *seen == 0;
        bool border = is_border(f, str_cut(have, *seen, next), &after);
        if (border && !after && !first) return true;
        f->lines++;
        *seen = end < have.len ? end + 1 : have.len;
        if (border && after) {
            f->ended_by_line = true;
            return true;
        }
    }
    return false;
}

static dt_status skip_rest(struct export_form *f, size_t *seen, dt_error *err)
{
    size_t whole = *seen, begin = f->line;
    dt_status st = DT_OK;
    for (bool found = false; !found && st == DT_OK && !(f->in.ended && f->in.begin == f->in.end);) {
        intake_take(&f->in, *seen);
        *seen = 0;
        st = intake_more(&f->in, err);
        struct str have = intake_have(&f->in);
        if (st == DT_OK) found = find_border(f, have, seen);
        if (!found && f->in.ended) *seen = have.len;
        whole += *seen;
    }
    f->taken = *seen;
    if (st != DT_OK) return st;
    return err_set(
        err, DT_E_STORY, 0,
        "%s:%zu: one document of %zu MB was left out; --max-record allows more than %zu MB",
        f->input.origin, begin, whole >> 20, f->input.options->record_most >> 20);
}

/* The next document lies at the front of the buffer; empty at the end. */
static dt_status next_document(struct export_form *f, struct str *document, dt_error *err)
{
    size_t seen = 0;
    intake_take(&f->in, f->taken);
    f->line += f->lines;
    f->taken = f->lines = 0;
    f->ended_by_line = false;
    for (;;) {
        struct str have = intake_have(&f->in);
        if (find_border(f, have, &seen)) break;
        if (seen > f->input.options->record_most) return skip_rest(f, &seen, err);
        if (f->in.ended) {
            seen = have.len;
            break;
        }
        dt_status st = intake_more(&f->in, err);
        if (st != DT_OK) return st;
    }
    f->taken = seen;
    *document = str_cut(intake_have(&f->in), 0, seen);
    return DT_OK;
}

/* ---- stories ---- */

static struct str text_of(const struct buf *b)
{
    return b->len != 0 ? str_of(b->at, b->len) : STR("");
}

static dt_status no_text(const struct export_form *f, dt_error *err)
{
    return err_set(err, DT_E_STORY, 0, "%s:%zu: the document has no text", f->input.origin,
                   f->line);
}

/* ">From" begins a line where "From" would have ended the message. */
static void put_unquoted(struct buf *out, struct str text)
{
    struct str rest = text, line;
    while (next_line(&rest, &line)) {
        bool quoted = str_starts(line, STR(">From "));
        buf_put(out, quoted ? str_cut(line, 1, line.len) : line);
        buf_c(out, '\n');
    }
}

/* The address is left out where there is a name: "Jane Doe <jane@example.org>". */
static struct str name_of(struct str from)
{
    size_t cut = str_find(from, '<', 0);
    struct str name = str_trim(str_cut(from, 0, cut));
    if (name.len > 2 && name.at[0] == '"' && name.at[name.len - 1] == '"')
        name = str_cut(name, 1, name.len - 1);
    return name.len != 0 ? name : from;
}

static dt_status give_mail(struct export_form *f, struct str document, struct parcel *out,
                           dt_error *err)
{
    struct str line, message = document;
    if (f->kind == EXPORT_MBOX) (void)next_line(&message, &line);
    bool any = mail_read(message, &f->mail);
    buf_clear(&f->body);
    put_unquoted(&f->body, text_of(&f->mail.body));
    if (f->mail.body.failed || f->mail.subject.failed || f->mail.from.failed || f->body.failed)
        return err_nomem(err);
    if (!any || str_trim(text_of(&f->body)).len == 0) return no_text(f, err);
    out->pieces[f->mail.page ? PIECE_PAGE : PIECE_TEXT] = text_of(&f->body);
    out->pieces[PIECE_CHARSET] = STR("utf-8");
    if (f->mail.subject.len != 0) out->pieces[PIECE_TITLE] = text_of(&f->mail.subject);
    if (f->mail.from.len != 0) out->pieces[PIECE_AUTHOR] = name_of(text_of(&f->mail.from));
    out->pieces[PIECE_DATE] = mail_field(message, "date");
    struct str id = mail_field(message, "message-id");
    if (id.len > 2 && id.at[0] == '<') id = str_cut(id, 1, str_find(id, '>', 0));
    out->pieces[PIECE_ID] = id;
    return DT_OK;
}

/* Lines of a field as one. */
static struct str joined(struct buf *room, struct str text)
{
    struct str line;
    buf_clear(room);
    while (next_line(&text, &line)) {
        if (room->len != 0) buf_c(room, ' ');
        buf_put(room, str_trim(line));
    }
    return text_of(room);
}

/* A code that stands alone between the lead and the rest ends a paragraph. */
static void put_text(struct export_form *f, const struct exported *x)
{
    struct str rest = x->body, line;
    buf_clear(&f->body);
    if (x->dateline.len != 0 && !str_starts(x->body, x->dateline)) {
        buf_put(&f->body, x->dateline);
        buf_z(&f->body, " - ");
    }
    while (next_line(&rest, &line)) {
        if (f->kind == EXPORT_FACTIVA && str_starts(line, STR("TD")) &&
            (line.len == 2 || line.at[2] == ' ' || line.at[2] == '\t'))
            line = str_cut(line, 2, line.len);
        buf_put(&f->body, line);
        buf_c(&f->body, '\n');
    }
}

static dt_status give_exported(struct export_form *f, struct str document, struct parcel *out,
                               bool *more, dt_error *err)
{
    struct exported x;
    if (f->kind == EXPORT_NEXIS)
        nexis_read(document, &x);
    else
        factiva_read(document, &x);
    *more = x.body.len != 0;
    if (!*more) return x.title.len != 0 ? no_text(f, err) : DT_OK;
    put_text(f, &x);
    out->pieces[PIECE_TEXT] = text_of(&f->body);
    if (x.title.at != NULL) out->pieces[PIECE_TITLE] = joined(&f->title, x.title);
    if (x.author.at != NULL) out->pieces[PIECE_AUTHOR] = joined(&f->author, x.author);
    out->pieces[PIECE_PUBLISHER] = x.publisher;
    out->pieces[PIECE_DATE] = x.date;
    out->pieces[PIECE_ID] = x.id;
    out->pieces[PIECE_LANG] = x.lang;
    return f->body.failed || f->title.failed || f->author.failed ? err_nomem(err) : DT_OK;
}

/* Where the part behind the last document, or the cover before the first, is none. */
static struct str without_cover(const struct export_form *f, struct str document)
{
    struct str rest = document, line;
    if (f->kind != EXPORT_NEXIS || !next_line(&rest, &line)) return document;
    return is_nexis_begin(line) ? rest : document;
}

static bool is_cover(const struct export_form *f, struct str document)
{
    struct str rest = document, line;
    if (f->kind == EXPORT_MBOX) return !is_mbox_line(document);
    if (f->kind == EXPORT_MESSAGE || f->ended_by_line) return false;
    return f->kind == EXPORT_FACTIVA || !next_line(&rest, &line) || !is_nexis_begin(line);
}

/* ---- the form ---- */

static dt_status open_export(const struct input *input, void **state, dt_error *err)
{
    struct export_form *f = calloc(1, sizeof *f);
    *state = f;
    if (f == NULL) return err_nomem(err);
    f->input = *input;
    f->in.from = input->bytes;
    f->line = 1;
    return DT_OK;
}

static dt_status see_kind(struct export_form *f, dt_error *err)
{
    dt_status st = DT_OK;
    while (st == DT_OK && !f->in.ended && f->in.end - f->in.begin < (1U << 16))
        st = intake_more(&f->in, err);
    struct str have = intake_have(&f->in);
    if (str_starts(have, STR("\xEF\xBB\xBF"))) intake_take(&f->in, 3);
    f->kind = kind_of_head(intake_have(&f->in));
    return st;
}

static dt_status next_export(void *state, struct parcel *out, bool *more, dt_error *err)
{
    struct export_form *f = state;
    dt_status st = f->kind == EXPORT_NONE ? see_kind(f, err) : DT_OK;
    *more = false;
    while (st == DT_OK && !*more) {
        struct str document = STR("");
        st = next_document(f, &document, err);
        if (st != DT_OK || document.len == 0) return st;
        if (str_trim(document).len == 0 || is_cover(f, document)) continue;
        *out = (struct parcel){.number = ++f->number, .whole = f->kind == EXPORT_MESSAGE};
        bool mail = f->kind == EXPORT_MBOX || f->kind == EXPORT_MESSAGE;
        st = mail ? give_mail(f, document, out, err)
                  : give_exported(f, without_cover(f, document), out, more, err);
        if (mail) *more = st == DT_OK;
        if (st != DT_OK) *more = false;
    }
    return st;
}

static void close_export(void *state)
{
    struct export_form *f = state;
    if (f == NULL) return;
    intake_free(&f->in);
    mail_free(&f->mail);
    buf_free(&f->body);
    buf_free(&f->title);
    buf_free(&f->author);
    free(f);
}

const struct form form_export = {.name = "mail or an export of Nexis or Factiva",
                                 .like = like_export,
                                 .open = open_export,
                                 .next = next_export,
                                 .close = close_export};
