/* inflow.c - all stories behind a path, one parcel after the other; see inflow.h.
 *
 * A file is given to the form that is surest of it. The order of dates such as "05/06/2024" is
 * settled by others that leave no choice, "13/06/2024": the first one that does not tell makes its
 * parcel wait until a later one tells, or ORDER_RECORDS have come, or ORDER_BYTES; then the month
 * is taken to come first, and said. All of that happens here, in one thread, so that it does not
 * hang on the number of those that code. */
#include "input/inflow.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "input/encoding.h"
#include "input/forms.h"
#include "input/intake.h"
#include "input/kinds.h"
#include "input/members.h"
#include "input/parcel_story.h"
#include "input/source.h"

enum { ORDER_RECORDS = 1000, ORDER_BYTES = 1 << 22, EXAMPLE_CAP = 64 };

/* Something that is counted, with the first of it. */
struct tally {
    size_t n;
    char first[EXAMPLE_CAP];
};

struct inflow {
    struct source *source;
    struct inflow_options options;
    struct input_notes notes;
    bool as_text, ended, told;
    /* the file that is open */
    const struct form *form;
    void *state;
    struct source_file file;
    struct input input;
    bool any; /* a file was found */
    bool told_members;
    struct buf members; /* what was said last of the members of JSON */
    /* parcels that wait for the order of dates; [at_waiting, n_waiting) are to be given out */
    struct buf waiting[ORDER_RECORDS];
    size_t n_waiting, at_waiting, bytes_waiting;
    bool assumed; /* the month comes first, as far as is known */
    struct tally unread_dates, passed_over;
    char refusal[400], path[200];
};

/* ---- opening ---- */

dt_status inflow_open(const char *path, const struct inflow_options *options, struct inflow **out,
                      dt_error *err)
{
    struct inflow *f = calloc(1, sizeof *f);
    *out = NULL;
    if (f == NULL) return err_nomem(err);
    f->options = *options;
    (void)snprintf(f->path, sizeof f->path, "%s", path);
    dt_status st = source_open(path, &f->source, err);
    if (st != DT_OK) {
        free(f);
        return st;
    }
    *out = f;
    return DT_OK;
}

static void close_file(struct inflow *f)
{
    if (f->form != NULL) f->form->close(f->state);
    stream_close(f->file.bytes);
    f->form = NULL;
    f->state = NULL;
    f->file.bytes = NULL;
}

void inflow_close(struct inflow *f)
{
    if (f == NULL) return;
    close_file(f);
    source_close(f->source);
    for (size_t i = 0; i < ORDER_RECORDS; i++)
        buf_free(&f->waiting[i]);
    buf_free(&f->notes.text);
    buf_free(&f->members);
    free(f);
}

void inflow_whole(struct inflow *f)
{
    f->as_text = true;
}

static void count_one(struct tally *t, struct str what)
{
    if (t->n++ != 0) return;
    size_t len = what.len < EXAMPLE_CAP - 1 ? what.len : EXAMPLE_CAP - 1;
    memcpy(t->first, what.at, len);
    t->first[len] = '\0';
    for (size_t i = 0; i < len; i++)
        if (t->first[i] == '\0') t->first[i] = '?';
}

/* ---- files ---- */

/* The parcel says why something cannot be used. */
static void refuse(struct inflow *f, const char *why, struct parcel *out)
{
    *out = (struct parcel){0};
    (void)snprintf(f->refusal, sizeof f->refusal, "%s", why);
    out->pieces[PIECE_REFUSED] = str_c(f->refusal);
}

static dt_status decode_head(struct str head, const struct encoding *e, struct buf *out,
                             dt_error *err)
{
    struct byte_stream *bytes = stream_of_memory(head);
    struct intake in = {0};
    bool over;
    if (bytes == NULL) return err_nomem(err);
    dt_status st = encoding_decode(&bytes, e, "", NULL, err);
    in.from = bytes;
    if (st == DT_OK) st = intake_all(&in, 8 * head.len + 64, &over, err);
    if (st == DT_OK) buf_put(out, intake_have(&in));
    intake_free(&in);
    stream_close(bytes);
    return st == DT_OK && out->failed ? err_nomem(err) : st;
}

/* Why the file is not read: a sentence behind its name; NULL: f->form is set, or it is passed over
 * without a word. */
static const char *choose_form(struct inflow *f, struct str head)
{
    enum likeness likeness = LIKE_NOT;
    const struct source_file *file = &f->file;
    if (f->as_text) {
        f->form = &form_text;
        return NULL;
    }
    const char *why = kind_refusal(file->name, file->head);
    if (why != NULL) return why;
    f->form = form_find(file->name, file->head, head, &likeness);
    if (file->head.len == 0 && likeness < LIKE_NAME) {
        f->form = NULL; /* empty: it holds nothing, and nothing is wrong */
        return NULL;
    }
    if (f->form == NULL)
        return "is neither text nor of a kind that is known; 'detente help code' tells what is "
               "read";
    if (file->among_others && likeness == LIKE_PERHAPS &&
        kind_is_furniture(file->name, file->head)) {
        f->form = NULL;
        return "is no story";
    }
    return NULL;
}

static dt_status begin_form(struct inflow *f, const struct encoding *e, dt_error *err)
{
    const char *origin = f->file.origin;
    dt_status st = DT_OK;
    if (strcmp(origin, "stdin") == 0) origin = "standard input"; /* ids have the short name */
    if (!f->form->raw) {
        if (!encoding_is_utf8(e)) input_note(&f->notes, "%s: read as %s", origin, e->name);
        st = encoding_decode(&f->file.bytes, e, origin, &f->notes, err);
    }
    f->input = (struct input){.origin = origin,
                              .bytes = f->file.bytes,
                              .path = f->file.path,
                              .options = &f->options.input,
                              .notes = &f->notes};
    return st == DT_OK ? f->form->open(&f->input, &f->state, err) : st;
}

/* Opens the file that the source gave. *refused: it is no story, and `out` says why. */
static dt_status begin_file(struct inflow *f, struct parcel *out, bool *refused, dt_error *err)
{
    struct encoding e;
    struct buf head = {0};
    encoding_guess(f->file.head, &e);
    dt_status st = decode_head(f->file.head, &e, &head, err);
    f->any = true;
    f->told_members = false;
    const char *why =
        st == DT_OK ? choose_form(f, str_of(head.at != NULL ? head.at : "", head.len)) : NULL;
    buf_free(&head);
    if (st == DT_OK && f->form != NULL) st = begin_form(f, &e, err);
    if (st != DT_OK || f->form != NULL) return st;
    if (why != NULL && f->file.among_others) {
        count_one(&f->passed_over, str_c(f->file.origin));
    } else if (why != NULL) {
        char sentence[400];
        bool standard = strcmp(f->file.origin, "stdin") == 0;
        (void)snprintf(sentence, sizeof sentence, "%s %s",
                       standard ? "standard input" : f->file.origin, why);
        refuse(f, sentence, out);
        *refused = true;
    }
    close_file(f);
    return DT_OK;
}

/* ---- parcels ---- */

/* Says which members of JSON were taken for what: of the first story of a file, unless the file
 * before had the same. */
static dt_status tell_members(struct inflow *f, const struct parcel *p, dt_error *err)
{
    struct members m;
    struct jscan scan;
    struct buf said = {0};
    if (f->told_members || p->pieces[PIECE_JSON].at == NULL ||
        !members_find(p->pieces[PIECE_JSON], &f->options.input, &m, &scan) ||
        m.of[PIECE_TEXT].kind != JSCAN_STRING)
        return DT_OK;
    f->told_members = true;
    members_say(&m, &said);
    if (said.failed) return err_nomem(err);
    bool news =
        said.len != 0 && !str_eq(str_of(said.at, said.len), str_of(f->members.at, f->members.len));
    if (news) input_note(&f->notes, "%s: %.*s", f->input.origin, (int)said.len, said.at);
    buf_free(&f->members);
    f->members = said;
    return DT_OK;
}

/* An error of one file is a parcel that says so. */
static dt_status take_error(struct inflow *f, dt_status st, const dt_error *why, struct parcel *out,
                            bool *given, dt_error *err)
{
    if (st == DT_E_NOMEM) {
        if (err != NULL) *err = *why;
        return st;
    }
    if (st != DT_E_STORY) close_file(f);
    refuse(f, why->text, out);
    *given = true;
    return DT_OK;
}

static dt_status next_of_form(struct inflow *f, struct parcel *out, bool *given, dt_error *err)
{
    dt_error why = {0};
    bool more = false;
    *out = (struct parcel){0};
    dt_status st = f->form->next(f->state, out, &more, &why);
    if (st != DT_OK) return take_error(f, st, &why, out, given, err);
    *given = more;
    if (!more) {
        close_file(f);
        return DT_OK;
    }
    if (out->pieces[PIECE_ORIGIN].at == NULL) out->pieces[PIECE_ORIGIN] = str_c(f->file.origin);
    out->passing = source_is_stream(f->source);
    return tell_members(f, out, err);
}

static dt_status next_parcel(struct inflow *f, struct parcel *out, bool *given, dt_error *err)
{
    dt_status st = DT_OK;
    *given = false;
    while (st == DT_OK && !*given && !f->ended) {
        dt_error why = {0};
        bool more = false;
        if (f->form != NULL) {
            st = next_of_form(f, out, given, err);
            continue;
        }
        st = source_next(f->source, &f->file, &more, &why);
        if (st != DT_OK) {
            f->file.bytes = NULL;
            f->any = true;
            st = take_error(f, st, &why, out, given, err);
            continue;
        }
        f->ended = !more;
        if (f->ended && !f->any) {
            char sentence[300];
            (void)snprintf(sentence, sizeof sentence, "%s holds no file", f->path);
            refuse(f, sentence, out);
            *given = true;
        }
        if (more) {
            st = begin_file(f, out, given, &why);
            if (st != DT_OK) st = take_error(f, st, &why, out, given, err);
        }
    }
    return st;
}

/* ---- the order of dates ---- */

static bool order_is_known(const struct inflow *f)
{
    return f->options.order != ORDER_UNKNOWN;
}

/* Looks at a parcel's date; true where it hangs on an order that is not known yet. */
static bool look_at_date(struct inflow *f, const struct parcel *p)
{
    char room[160];
    int32_t day;
    struct str words = str_trim(parcel_date(p, &f->options.input, room));
    if (words.len == 0) return false;
    if (anydate_read(words, f->options.order, &day)) {
        if (!order_is_known(f)) f->options.order = anydate_order(words);
        return false;
    }
    if (anydate_read(words, ORDER_MONTH_FIRST, &day)) return true;
    count_one(&f->unread_dates, words);
    return false;
}

static dt_status pack_waiting(struct inflow *f, const struct parcel *p, dt_error *err)
{
    struct buf *b = &f->waiting[f->n_waiting];
    if (!parcel_pack(p, b)) return err_nomem(err);
    f->bytes_waiting += b->len;
    f->n_waiting++;
    return DT_OK;
}

/* The order that the parcels that wait, and those to come, are read by. */
static enum date_order settle_order(struct inflow *f, bool wanted)
{
    if (order_is_known(f)) return f->options.order;
    if (wanted && !f->assumed)
        input_note(&f->notes, "of dates such as 05/06/2024 the month was taken to come first, for "
                              "none tells; --date-order settles it");
    if (wanted) f->assumed = true;
    return ORDER_MONTH_FIRST;
}

/* Fills the parcels that wait: one, or as many as it takes to know the order. */
static dt_status fill_waiting(struct inflow *f, dt_error *err)
{
    struct parcel p;
    bool given = false, open = false;
    dt_status st;
    f->n_waiting = f->at_waiting = f->bytes_waiting = 0;
    do {
        st = next_parcel(f, &p, &given, err);
        if (st != DT_OK || !given) break;
        open |= look_at_date(f, &p);
        st = pack_waiting(f, &p, err);
    } while (st == DT_OK && open && !order_is_known(f) && !f->assumed &&
             f->n_waiting < ORDER_RECORDS && f->bytes_waiting < ORDER_BYTES);
    if (st != DT_OK) return st;
    enum date_order order = settle_order(f, open);
    for (size_t i = 0; i < f->n_waiting; i++)
        parcel_stamp(&f->waiting[i], order);
    return DT_OK;
}

/* ---- giving out ---- */

static void say_at_end(struct inflow *f)
{
    if (f->told) return;
    f->told = true;
    size_t left_out = f->notes.left_out;
    f->notes.n = 0; /* what follows is of all files */
    if (left_out != 0)
        input_note(&f->notes, "%zu more notes on single files are not shown", left_out);
    if (f->unread_dates.n != 0)
        input_note(&f->notes,
                   "%zu date%s could not be read, such as \"%s\": the stories are without",
                   f->unread_dates.n, f->unread_dates.n == 1 ? "" : "s", f->unread_dates.first);
    if (f->passed_over.n != 0)
        input_note(&f->notes, "%zu file%s passed over as no stories, such as %s", f->passed_over.n,
                   f->passed_over.n == 1 ? " was" : "s were", f->passed_over.first);
}

dt_status inflow_next(struct inflow *f, struct str *packed, size_t *number, dt_error *err)
{
    struct parcel p;
    *packed = str_of(NULL, 0);
    if (f->at_waiting == f->n_waiting) {
        dt_status st = fill_waiting(f, err);
        if (st != DT_OK) return st;
    }
    if (f->at_waiting == f->n_waiting) {
        say_at_end(f);
        return DT_OK;
    }
    const struct buf *b = &f->waiting[f->at_waiting++];
    *packed = str_of(b->at, b->len);
    *number = parcel_unpack(*packed, &p) ? p.number : 0;
    return DT_OK;
}

bool inflow_is_stream(const struct inflow *f)
{
    return source_is_stream(f->source);
}

size_t inflow_position(const struct inflow *f)
{
    return source_position(f->source);
}

size_t inflow_size(const struct inflow *f)
{
    return source_size(f->source);
}

enum date_order inflow_order(const struct inflow *f)
{
    return f->options.order;
}

const struct input_notes *inflow_notes(const struct inflow *f)
{
    return &f->notes;
}
