/* happening.c - one happening out of the events of many stories, in a SQLite database.
 *
 * In: the actual events of a database that dt_db_open() made, read in the order of type, sides and
 * day. An event joins the happening of its type and sides that was joined to last, where it is of
 * another story and days, places, modes and amounts agree; else it begins one. That type, sides and
 * day agree is not enough: in a war they do for a dozen happenings of a day. The sentences must say
 * the same, by their words, of which rare ones count more (inverse document frequency) and one at
 * least must be in both; less of it where place or amount agree, or several rare words. Over
 * midnight only takes of one text join. Out: the tables happening and happening_event, made again
 * at each call, in one transaction; and the table twin from the texts of the stories. The window of
 * days keeps memory small: happenings older than WINDOW days are done with. Method: clustering by
 * dyad, type, day and place, as in Cybulska & Vossen (2014), by rule; confidence by independent
 * sources as noisy-or (Pearl 1988). */
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/calendar.h"
#include "base/err.h"
#include "twin/happening_sql.h"
#include "twin/sketch.h"

enum {
    WINDOW = 2,
    WITNESSES_MOST = 64,
    WORDS_MOST = 48,
    WORD_LEAST = 3,
    COUNTS = 1 << 16,
    STORIES_MOST = 64,
    RARE_SHARE = 1000, /* a word is rare in one of so many sentences, */
    RARE_LEAST = 3,    /* or in so few */
    NAMES = 2,         /* rare words that both must have where they speak for a join */
    BUSY_MS = 60000,
    APPLICATION = 0x44544E45,
    SCHEMA = 4
};

/* Shares of words (said_alike) that a join needs, by what else agrees. */
static const double words_alone = 0.50, words_at_place = 0.40, words_beside = 0.30,
                    words_apart = 0.70, words_named = 0.40, words_one_side = 0.45,
                    words_next_day = 0.90;

/* The words of a sentence that tells it. */
struct word_set {
    uint32_t words[WORDS_MOST];
    size_t n;
};

struct witness {
    uint64_t publisher;  /* hash of its name; 0: unknown */
    sqlite3_int64 first; /* of the story's twins */
    double confidence;
};

struct happening {
    sqlite3_int64 id, event /* that stands for it */;
    int32_t day, last; /* DAY_MIN: the date is no day; then `date` must be the same */
    char date[32], mode[32], country[8], source[256], target[256], plover[32];
    char amounts[160], last_date[32];
    struct word_set said; /* in the event that began it */
    sqlite3_int64 place;  /* 0: none, or only a country */
    bool by_story;        /* only stories' days date it */
    sqlite3_int64 first;  /* of its story's twins */
    size_t events, n_stories, n_witnesses, n_publishers;
    sqlite3_int64 stories[STORIES_MOST];
    struct witness witnesses[WITNESSES_MOST];
    double best;
};

struct dt_happenings {
    sqlite3 *handle;
    sqlite3_stmt *list, *put, *put_member;
    struct happening *open; /* of the type and sides that are being read */
    size_t n_open, cap;
    sqlite3_int64 n;
    uint32_t *counts, n_texts; /* in how many events a word stands, by hash */
    char *path;
    struct buf line;
};

static dt_status happenings_refused(const dt_happenings *h, dt_error *err)
{
    return err_set(err, DT_E_STORE, 0, "the database %s refused: %s", h->path,
                   sqlite3_errmsg(h->handle));
}

static dt_status happenings_do(dt_happenings *h, const char *sql, dt_error *err)
{
    return sqlite3_exec(h->handle, sql, NULL, NULL, NULL) == SQLITE_OK ? DT_OK
                                                                       : happenings_refused(h, err);
}

/* ---- opening ---- */

static dt_status ask_pragma(dt_happenings *h, const char *sql, int *answer, dt_error *err)
{
    sqlite3_stmt *s = NULL;
    if (sqlite3_prepare_v2(h->handle, sql, -1, &s, NULL) != SQLITE_OK)
        return happenings_refused(h, err);
    int step = sqlite3_step(s);
    *answer = step == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    dt_status st = step == SQLITE_ROW ? DT_OK : happenings_refused(h, err);
    (void)sqlite3_finalize(s);
    return st;
}

static dt_status check_application(dt_happenings *h, dt_error *err)
{
    int application = 0, schema = 0;
    dt_status st = ask_pragma(h, "PRAGMA application_id", &application, err);
    if (st == DT_OK) st = ask_pragma(h, "PRAGMA user_version", &schema, err);
    if (st == DT_OK && application != APPLICATION)
        st = err_set(err, DT_E_STORE, 0, "%s is no database of detente's", h->path);
    if (st == DT_OK && schema != SCHEMA)
        st = err_set(err, DT_E_STORE, 0,
                     "the database %s has schema %d, not %d; 'detente code --db' takes one of "
                     "schema 3 over, others want their stories coded again",
                     h->path, schema, SCHEMA);
    return st;
}

dt_status dt_happenings_open(const char *path, dt_happenings **out, dt_error *err)
{
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "there was no place for the handle");
    *out = NULL;
    if (path == NULL || path[0] == '\0')
        return err_set(err, DT_E_ARG, 0, "the database had no name");
    if (strstr(path, "://") != NULL || str_starts(str_c(path), STR("host=")) ||
        str_starts(str_c(path), STR("dbname=")))
        return err_set(err, DT_E_ARG, 0,
                       "twins and happenings are found in SQLite files, not in PostgreSQL");
    dt_happenings *h = calloc(1, sizeof *h);
    if (h == NULL) return err_nomem(err);
    dt_status st = DT_OK;
    h->path = malloc(strlen(path) + 1);
    if (h->path == NULL) st = err_nomem(err);
    if (st == DT_OK) memcpy(h->path, path, strlen(path) + 1);
    if (st == DT_OK && sqlite3_open_v2(path, &h->handle, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        st = err_set(err, DT_E_OPEN, 0, "the database %s could not be opened: %s", path,
                     sqlite3_errmsg(h->handle));
    if (st == DT_OK) {
        (void)sqlite3_busy_timeout(h->handle, BUSY_MS);
        st = check_application(h, err);
    }
    if (st == DT_OK)
        *out = h;
    else
        dt_happenings_close(h);
    return st;
}

void dt_happenings_close(dt_happenings *h)
{
    if (h == NULL) return;
    (void)sqlite3_finalize(h->list);
    (void)sqlite3_finalize(h->put);
    (void)sqlite3_finalize(h->put_member);
    (void)sqlite3_close(h->handle);
    free(h->open);
    free(h->counts);
    free(h->path);
    buf_free(&h->line);
    free(h);
}

/* ---- do an event and a happening agree ---- */

struct told {
    struct str publisher, date, basis, plover, mode, country, source, target, amounts, date_end;
    sqlite3_int64 event, story, first /* of the story's twins */;
    int32_t day, last;
    sqlite3_int64 place;
    double confidence;
    struct word_set said;
};

/* The words of a text, each once; of a long one the first. */
static void list_said(struct str text, struct word_set *out)
{
    struct word_reader w = {.text = text};
    out->n = 0;
    while (out->n < WORDS_MOST && sketch_word(&w)) {
        uint32_t word = (uint32_t)w.hash;
        bool known = w.end - w.begin < WORD_LEAST && !w.number;
        for (size_t i = 0; i < out->n && !known; i++)
            known = out->words[i] == word;
        if (!known) out->words[out->n++] = word;
    }
}

static double word_weight(const dt_happenings *h, uint32_t word)
{
    return log(1 + (1.0 + h->n_texts) / (1.0 + h->counts[word % COUNTS]));
}

static bool is_rare(const dt_happenings *h, uint32_t word)
{
    const uint32_t most = h->n_texts / RARE_SHARE;
    return h->counts[word % COUNTS] <= (most > RARE_LEAST ? most : RARE_LEAST);
}

struct likeness {
    double share; /* of what the shorter says, that the other says as well; rare words count more */
    size_t rare;  /* rare words that both have */
};

static struct likeness said_alike(const dt_happenings *h, const struct word_set *a,
                                  const struct word_set *b)
{
    double shared = 0, in_a = 0, in_b = 0;
    struct likeness out = {0, 0};
    for (size_t i = 0; i < a->n; i++) {
        double weight = word_weight(h, a->words[i]);
        in_a += weight;
        for (size_t k = 0; k < b->n; k++) {
            if (a->words[i] != b->words[k]) continue;
            shared += weight;
            out.rare += is_rare(h, a->words[i]);
        }
    }
    for (size_t k = 0; k < b->n; k++)
        in_b += word_weight(h, b->words[k]);
    double smaller = in_a < in_b ? in_a : in_b;
    out.share = smaller > 0 ? shared / smaller : 0;
    return out;
}

static dt_status count_words_said(dt_happenings *h, dt_error *err)
{
    sqlite3_stmt *s = NULL;
    int step;
    if (h->counts == NULL) h->counts = malloc(COUNTS * sizeof *h->counts);
    if (h->counts == NULL) return err_nomem(err);
    memset(h->counts, 0, COUNTS * sizeof *h->counts);
    h->n_texts = 0;
    if (sqlite3_prepare_v2(h->handle, "SELECT text FROM event", -1, &s, NULL) != SQLITE_OK)
        return happenings_refused(h, err);
    while ((step = sqlite3_step(s)) == SQLITE_ROW) {
        struct word_set said;
        list_said(str_c((const char *)sqlite3_column_text(s, 0)), &said);
        for (size_t i = 0; i < said.n; i++)
            h->counts[said.words[i] % COUNTS]++;
        h->n_texts++;
    }
    dt_status st = step == SQLITE_DONE ? DT_OK : happenings_refused(h, err);
    (void)sqlite3_finalize(s);
    return st;
}

static struct str column_of(sqlite3_stmt *s, enum column column)
{
    const char *at = (const char *)sqlite3_column_text(s, (int)column);
    return str_c(at);
}

static void read_told(sqlite3_stmt *s, struct told *e)
{
    *e = (struct told){.publisher = column_of(s, COL_PUBLISHER)};
    e->event = sqlite3_column_int64(s, COL_EVENT);
    e->story = sqlite3_column_int64(s, COL_STORY);
    e->first = sqlite3_column_int64(s, COL_FIRST);
    e->date = column_of(s, COL_DATE);
    e->date_end = column_of(s, COL_DATE_END);
    e->basis = column_of(s, COL_BASIS);
    e->plover = column_of(s, COL_PLOVER);
    e->mode = column_of(s, COL_MODE);
    e->country = column_of(s, COL_COUNTRY);
    e->source = column_of(s, COL_SOURCE);
    e->target = column_of(s, COL_TARGET);
    e->amounts = column_of(s, COL_AMOUNTS);
    list_said(column_of(s, COL_TEXT), &e->said);
    e->confidence = sqlite3_column_double(s, COL_CONFIDENCE);
    e->place = sqlite3_column_int64(s, COL_PLACE);
    e->day = DAY_MIN;
    if (e->date.len != 10 || !date_read(e->date, &e->day)) e->day = DAY_MIN;
    e->last = e->day;
    if (e->date_end.len == 10 && e->day != DAY_MIN && !date_read(e->date_end, &e->last))
        e->last = e->day;
}

static bool same_or_none(struct str a, const char *b)
{
    return a.len == 0 || b[0] == '\0' || str_eq(a, str_c(b));
}

/* 1: both name an amount and it is the same; -1: of one kind they name different ones; else 0. */
static int amounts_agree(struct str a, const char *b)
{
    struct str rest = a, piece, other, others;
    int found = 0;
    while (a.len != 0 && b[0] != '\0' && str_next(&rest, ' ', &piece)) {
        size_t kind = str_find(piece, '=', 0);
        for (others = str_c(b); str_next(&others, ' ', &other);) {
            if (str_eq(piece, other)) return 1;
            if (other.len > kind && memcmp(piece.at, other.at, kind + 1) == 0) found = -1;
        }
    }
    return found;
}

static bool tells(const struct happening *h, sqlite3_int64 story)
{
    for (size_t i = 0; i < h->n_stories; i++)
        if (h->stories[i] == story) return true;
    return h->n_stories == STORIES_MOST;
}

/* What speaks for a join, and against. */
struct agreement {
    struct likeness said;
    int amounts;             /* as amounts_agree() */
    bool near, apart, modes; /* the same place, another; modes do not differ */
    bool both;               /* both sides are known */
};

/* On one day: why two events may be one, or NULL. */
static const char *reason_of_day(const struct agreement *a)
{
    const double alike = a->said.share;
    const bool named = a->said.rare >= NAMES;
    if (a->apart && alike < words_apart) return NULL;
    if (!a->modes && !(a->near && (named || a->amounts > 0))) return NULL;
    if (a->amounts < 0 && !(a->near && named && alike >= words_one_side)) return NULL;
    if (!a->both && (alike < words_one_side || !(a->near || named || a->amounts > 0))) return NULL;
    if (a->said.rare == 0) return NULL;
    if (alike >= words_alone) return "same day, told in the same words";
    if (a->amounts > 0 && alike >= words_beside) return "same day and amount, similar words";
    if (a->near && alike >= words_at_place) return "same day and place, similar words";
    return named && alike >= words_named ? "same day and rare words, similar words" : NULL;
}

/* On two days, one of them only a story's: takes of one text. */
static const char *reason_of_next_day(const struct agreement *a, bool twins)
{
    if (!a->modes || a->amounts < 0 || a->apart || a->said.share < words_next_day) return NULL;
    if (twins && a->both) return "the day after, of a twin story";
    return a->said.rare > NAMES ? "the day after, in the same rare words" : NULL;
}

/* Why the event may be the happening, or NULL. */
static const char *reason_to_join(const dt_happenings *all, const struct happening *h,
                                  const struct told *e)
{
    if (tells(h, e->story) || !same_or_none(e->country, h->country)) return NULL;
    struct agreement a = {.said = said_alike(all, &e->said, &h->said),
                          .amounts = amounts_agree(e->amounts, h->amounts),
                          .near = e->place != 0 && e->place == h->place,
                          .modes = same_or_none(e->mode, h->mode),
                          .both = e->source.len != 0 && e->target.len != 0};
    a.apart = e->place != 0 && h->place != 0 && !a.near;
    if (e->day == DAY_MIN || h->day == DAY_MIN)
        return a.near && a.both && a.modes && a.amounts >= 0 && a.said.share >= words_alone &&
                       str_eq(e->date, str_c(h->date))
                   ? "dates and places are the same"
                   : NULL;
    if (e->day <= h->last && h->day <= e->last) return reason_of_day(&a);
    bool beside = e->day - h->last == 1 && (h->by_story || str_eq(e->basis, STR("story")));
    return beside ? reason_of_next_day(&a, h->first == e->first) : NULL;
}

/* ---- making ---- */

static void copy_text(char *to, size_t cap, struct str s)
{
    size_t n = s.len < cap - 1 ? s.len : cap - 1;
    if (n != 0) memcpy(to, s.at, n);
    to[n] = '\0';
}

static dt_status happenings_step(dt_happenings *h, sqlite3_stmt *s, dt_error *err)
{
    int step = sqlite3_step(s);
    dt_status st = step == SQLITE_DONE ? DT_OK : happenings_refused(h, err);
    (void)sqlite3_reset(s);
    (void)sqlite3_clear_bindings(s);
    return st;
}

static dt_status put_member(dt_happenings *h, sqlite3_int64 id, const struct told *e,
                            const char *reason, dt_error *err)
{
    (void)sqlite3_bind_int64(h->put_member, 1, e->event);
    (void)sqlite3_bind_int64(h->put_member, 2, id);
    (void)sqlite3_bind_text(h->put_member, 3, reason, -1, SQLITE_STATIC);
    return happenings_step(h, h->put_member, err);
}

/* A publisher is one witness, however many stories it has; so are twins of one story. */
static void hear_witness(struct happening *p, const struct told *e)
{
    const uint64_t publisher = e->publisher.len != 0 ? str_hash(e->publisher) : 0;
    for (size_t i = 0; i < p->n_witnesses; i++) {
        struct witness *w = &p->witnesses[i];
        if (w->first != e->first && (publisher == 0 || w->publisher != publisher)) continue;
        if (e->confidence > w->confidence) w->confidence = e->confidence;
        return;
    }
    if (p->n_witnesses == WITNESSES_MOST) return;
    p->witnesses[p->n_witnesses++] = (struct witness){publisher, e->first, e->confidence};
    p->n_publishers += publisher != 0;
}

static void join_told(struct happening *p, const struct told *e)
{
    p->events++;
    if (p->n_stories < STORIES_MOST) p->stories[p->n_stories++] = e->story;
    hear_witness(p, e);
    if (p->place == 0) p->place = e->place;
    if (p->mode[0] == '\0') copy_text(p->mode, sizeof p->mode, e->mode);
    if (p->country[0] == '\0') copy_text(p->country, sizeof p->country, e->country);
    if (p->amounts[0] == '\0') copy_text(p->amounts, sizeof p->amounts, e->amounts);
    if (e->last > p->last) {
        p->last = e->last;
        copy_text(p->last_date, sizeof p->last_date, e->date_end.len != 0 ? e->date_end : e->date);
    }
    p->by_story = p->by_story && str_eq(e->basis, STR("story"));
    if (p->events == 1 || e->confidence > p->best) {
        p->best = e->confidence;
        p->event = e->event;
    }
}

static struct happening *begin_happening(dt_happenings *h, const struct told *e)
{
    if (h->n_open == h->cap) {
        size_t cap = h->cap == 0 ? 64 : h->cap * 2;
        struct happening *grown = realloc(h->open, cap * sizeof *grown);
        if (grown == NULL) return NULL;
        h->open = grown;
        h->cap = cap;
    }
    struct happening *p = &h->open[h->n_open++];
    memset(p, 0, sizeof *p);
    p->id = ++h->n;
    p->day = p->last = e->day;
    p->by_story = true;
    p->first = e->first;
    p->said = e->said;
    copy_text(p->date, sizeof p->date, e->date);
    copy_text(p->last_date, sizeof p->last_date, e->date);
    copy_text(p->source, sizeof p->source, e->source);
    copy_text(p->target, sizeof p->target, e->target);
    copy_text(p->plover, sizeof p->plover, e->plover);
    if (e->last > e->day) copy_text(p->last_date, sizeof p->last_date, e->date_end);
    return p;
}

static dt_status put_happening(dt_happenings *h, const struct happening *p, dt_error *err)
{
    sqlite3_stmt *s = h->put;
    const char *texts[] = {p->date, p->last_date, p->source, p->target, p->plover};
    double doubt = 1;
    for (size_t i = 0; i < p->n_witnesses; i++)
        doubt *= 1 - p->witnesses[i].confidence;
    (void)sqlite3_bind_int64(s, 1, p->id);
    for (int i = 0; i < 5; i++)
        if (texts[i][0] != '\0') (void)sqlite3_bind_text(s, 2 + i, texts[i], -1, SQLITE_STATIC);
    (void)sqlite3_bind_int64(s, 7, p->event);
    (void)sqlite3_bind_int64(s, 8, (sqlite3_int64)p->events);
    (void)sqlite3_bind_int64(s, 9, (sqlite3_int64)p->n_stories);
    (void)sqlite3_bind_int64(s, 10, (sqlite3_int64)p->n_publishers);
    (void)sqlite3_bind_double(s, 11, 1 - doubt);
    return happenings_step(h, s, err);
}

/* Writes happenings that nothing can join any more: of other sides, or too long ago. */
static dt_status put_done(dt_happenings *h, const struct told *next, dt_error *err)
{
    size_t n = 0;
    dt_status st = DT_OK;
    for (size_t i = 0; i < h->n_open && st == DT_OK; i++) {
        const struct happening *p = &h->open[i];
        bool same =
            next != NULL && str_eq(next->plover, str_c(p->plover)) &&
            str_eq(str_cut(next->source, 0, next->source.len < 255 ? next->source.len : 255),
                   str_c(p->source)) &&
            str_eq(str_cut(next->target, 0, next->target.len < 255 ? next->target.len : 255),
                   str_c(p->target));
        bool near =
            same && (next->day == DAY_MIN || p->day == DAY_MIN ? str_eq(next->date, str_c(p->date))
                                                               : next->day - p->last <= WINDOW);
        if (near)
            h->open[n++] = *p;
        else
            st = put_happening(h, p, err);
    }
    h->n_open = n;
    return st;
}

/* One side must be known, for else the type and the day are all that speaks for a join. */
static dt_status place_told(dt_happenings *h, const struct told *e, dt_error *err)
{
    const char *reason = NULL;
    struct happening *p = NULL;
    bool known = e->source.len != 0 || e->target.len != 0;
    dt_status st = put_done(h, e, err);
    for (size_t i = h->n_open; st == DT_OK && known && i > 0 && reason == NULL; i--) {
        p = &h->open[i - 1];
        reason = reason_to_join(h, p, e);
    }
    if (st != DT_OK) return st;
    if (reason == NULL) p = begin_happening(h, e);
    if (p == NULL) return err_nomem(err);
    join_told(p, e);
    return put_member(h, p->id, e, reason != NULL ? reason : "the first", err);
}

static dt_status place_all(dt_happenings *h, sqlite3_stmt *events, dt_error *err)
{
    dt_status st = DT_OK;
    int step = SQLITE_DONE;
    h->n = 0;
    h->n_open = 0;
    while (st == DT_OK && (step = sqlite3_step(events)) == SQLITE_ROW) {
        struct told e;
        read_told(events, &e);
        st = place_told(h, &e, err);
    }
    if (st == DT_OK && step != SQLITE_DONE) st = happenings_refused(h, err);
    return st == DT_OK ? put_done(h, NULL, err) : st;
}

static dt_status prepare_happenings(dt_happenings *h, sqlite3_stmt **events, dt_error *err)
{
    static const char put_sql[] = "INSERT INTO happening VALUES(?,?,?,?,?,?,?,?,?,?,?)",
                      member_sql[] = "INSERT INTO happening_event VALUES(?,?,?)";
    if (sqlite3_prepare_v2(h->handle, put_sql, -1, &h->put, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(h->handle, member_sql, -1, &h->put_member, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(h->handle, happening_events_sql, -1, events, NULL) != SQLITE_OK)
        return happenings_refused(h, err);
    return DT_OK;
}

dt_status dt_happenings_make(dt_happenings *h, size_t *count, dt_error *err)
{
    sqlite3_stmt *events = NULL;
    if (h == NULL) return err_set(err, DT_E_ARG, 0, "there was no database");
    dt_status st = happenings_do(h, "BEGIN IMMEDIATE", err);
    if (st != DT_OK) return st;
    st = happenings_do(h, happening_tables_sql, err);
    if (st == DT_OK) st = happenings_do(h, happening_clear_sql, err);
    if (st == DT_OK) st = count_words_said(h, err);
    if (st == DT_OK) st = prepare_happenings(h, &events, err);
    if (st == DT_OK) st = place_all(h, events, err);
    (void)sqlite3_finalize(events);
    (void)sqlite3_finalize(h->put);
    (void)sqlite3_finalize(h->put_member);
    h->put = h->put_member = NULL;
    if (st == DT_OK) st = happenings_do(h, "COMMIT", err);
    if (st != DT_OK) (void)happenings_do(h, "ROLLBACK", NULL);
    if (st == DT_OK && count != NULL) *count = (size_t)h->n;
    return st;
}

dt_status dt_happenings_undo(dt_happenings *h, dt_error *err)
{
    if (h == NULL) return err_set(err, DT_E_ARG, 0, "there was no database");
    dt_status st = happenings_do(h, "BEGIN IMMEDIATE", err);
    if (st != DT_OK) return st;
    st = happenings_do(h, happening_tables_sql, err);
    if (st == DT_OK) st = happenings_do(h, happening_clear_sql, err);
    if (st == DT_OK) st = happenings_do(h, "COMMIT", err);
    if (st != DT_OK) (void)happenings_do(h, "ROLLBACK", NULL);
    return st;
}

/* ---- reading ---- */

dt_status dt_happenings_list(dt_happenings *h, dt_happenings_kind kind, long long id, dt_error *err)
{
    if (h == NULL || kind < DT_HAPPENINGS_MANY || kind > DT_HAPPENINGS_TWINS)
        return err_set(err, DT_E_ARG, 0, "there was no database, or no such list");
    (void)sqlite3_finalize(h->list);
    h->list = NULL;
    if (sqlite3_prepare_v2(h->handle, happening_lists_sql[kind], -1, &h->list, NULL) != SQLITE_OK)
        return happenings_refused(h, err);
    if (kind == DT_HAPPENINGS_EXPLAIN) (void)sqlite3_bind_int64(h->list, 1, id);
    return DT_OK;
}

dt_status dt_happenings_next(dt_happenings *h, const char **line, dt_error *err)
{
    if (line != NULL) *line = NULL;
    if (h == NULL || h->list == NULL || line == NULL)
        return err_set(err, DT_E_ARG, 0, "no list was asked for");
    int step = sqlite3_step(h->list);
    if (step == SQLITE_ROW) *line = (const char *)sqlite3_column_text(h->list, 0);
    if (step == SQLITE_ROW && *line == NULL) return err_nomem(err);
    if (step == SQLITE_ROW || step == SQLITE_DONE) return DT_OK;
    return happenings_refused(h, err);
}

/* ---- twins ---- */

static dt_status bind_twin(dt_happenings *h, sqlite3_stmt *s, const dt_twin *twin, dt_error *err)
{
    (void)sqlite3_bind_text(s, 2, twin->of, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 3, twin->first, -1, SQLITE_STATIC);
    (void)sqlite3_bind_text(s, 4, dt_twin_kind_name(twin->kind), -1, SQLITE_STATIC);
    (void)sqlite3_bind_double(s, 5, twin->similarity);
    (void)sqlite3_bind_int64(s, 6, (sqlite3_int64)twin->shared);
    (void)sqlite3_bind_int64(s, 7, (sqlite3_int64)twin->compared);
    return happenings_step(h, s, err);
}

dt_status dt_happenings_put_twin(dt_happenings *h, const char *id, const dt_twin *twin,
                                 dt_error *err)
{
    sqlite3_stmt *s = NULL;
    if (h == NULL || id == NULL || twin == NULL || twin->of == NULL || twin->first == NULL)
        return err_set(err, DT_E_ARG, 0, "there was no database, or no twin");
    dt_status st = happenings_do(h, happening_tables_sql, err);
    if (st != DT_OK) return st;
    if (sqlite3_prepare_v2(h->handle, happening_put_twin_sql, -1, &s, NULL) != SQLITE_OK)
        return happenings_refused(h, err);
    (void)sqlite3_bind_text(s, 1, id, -1, SQLITE_STATIC);
    st = bind_twin(h, s, twin, err);
    (void)sqlite3_finalize(s);
    if (st == DT_OK && sqlite3_changes(h->handle) == 0)
        st = err_set(err, DT_E_STORE, 0, "the database %s lacks the story %s, or one of its twins",
                     h->path, id);
    return st;
}

/* A row of happening_stories_sql as a story, borrowed until the next step. */
static dt_story read_story(sqlite3_stmt *s)
{
    dt_story story = {.size = sizeof story};
    story.id = (const char *)sqlite3_column_text(s, 0);
    story.date = (const char *)sqlite3_column_text(s, 1);
    story.title = (const char *)sqlite3_column_text(s, 2);
    story.publisher = (const char *)sqlite3_column_text(s, 3);
    story.text = (const char *)sqlite3_column_text(s, 4);
    story.text_len = (size_t)sqlite3_column_bytes(s, 4);
    return story;
}

static dt_status put_twins_found(dt_happenings *h, dt_twins *twins, sqlite3_stmt *stories,
                                 size_t *count, dt_error *err)
{
    uint64_t sign[DT_TWINS_SIGN_SIZE / sizeof(uint64_t)];
    dt_status st = DT_OK;
    int step = SQLITE_DONE;
    while (st == DT_OK && (step = sqlite3_step(stories)) == SQLITE_ROW) {
        const dt_story story = read_story(stories);
        dt_twin twin = {.size = sizeof twin};
        if (story.id == NULL) continue;
        st = dt_twins_sign(&story, sign, err);
        if (st == DT_OK) st = dt_twins_add(twins, story.id, sign, &twin, err);
        if (st != DT_OK || twin.of == NULL) continue;
        st = dt_happenings_put_twin(h, story.id, &twin, err);
        ++*count;
    }
    return st == DT_OK && step != SQLITE_DONE ? happenings_refused(h, err) : st;
}

static dt_status find_twins_in(dt_happenings *h, size_t *count, dt_error *err)
{
    sqlite3_stmt *stories = NULL;
    dt_twins *twins = NULL;
    dt_status st = dt_twins_open(NULL, NULL, &twins, err);
    if (st != DT_OK) return st;
    if (sqlite3_prepare_v2(h->handle, happening_stories_sql, -1, &stories, NULL) != SQLITE_OK)
        st = happenings_refused(h, err);
    if (st == DT_OK) st = put_twins_found(h, twins, stories, count, err);
    (void)sqlite3_finalize(stories);
    const dt_status closed = dt_twins_close(twins, st == DT_OK ? err : NULL);
    return st == DT_OK ? closed : st;
}

dt_status dt_happenings_find_twins(dt_happenings *h, size_t *count, dt_error *err)
{
    int text = 0;
    size_t n = 0;
    if (h == NULL) return err_set(err, DT_E_ARG, 0, "there was no database");
    dt_status st = ask_pragma(h, "SELECT value FROM meta WHERE name = 'text'", &text, err);
    if (st == DT_OK && text == 0)
        return err_set(err, DT_E_STORE, 0,
                       "the database %s keeps no text (--no-text), by which twins are known",
                       h->path);
    if (st == DT_OK) st = happenings_do(h, "BEGIN IMMEDIATE", err);
    if (st != DT_OK) return st;
    st = happenings_do(h, happening_tables_sql, err);
    if (st == DT_OK) st = happenings_do(h, "DELETE FROM twin", err);
    if (st == DT_OK) st = find_twins_in(h, &n, err);
    if (st == DT_OK) st = happenings_do(h, "COMMIT", err);
    if (st != DT_OK) (void)happenings_do(h, "ROLLBACK", NULL);
    if (st == DT_OK && count != NULL) *count = n;
    return st;
}
