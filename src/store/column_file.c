/* column_file.c - dt_columns: documents into a file of columns, Parquet or Arrow.
 *
 * The threads that code pack rows, one thread takes them. Rows are gathered in one batch
 * (column_batch.h); a full one is written and dropped, so that memory stays the same however many
 * documents come. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/column_out.h"

struct dt_columns {
    struct column_batch *rows;
    const struct column_format *format;
    void *state;
    struct column_out out;
    struct buf packed;    /* of dt_columns_put() */
    struct coder_run run; /* of the first document */
    bool has_run, begun, broken;
};

/* ---- bytes ---- */

dt_status column_out_put(struct column_out *out, struct str bytes, dt_error *err)
{
    size_t done = 0;
    while (done < bytes.len) {
        ssize_t n = write(out->descriptor, bytes.at + done, bytes.len - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return err_set(err, DT_E_WRITE, (size_t)out->at, "%s could not be written: %s",
                           out->path, strerror(errno));
        done += (size_t)n;
        out->at += (uint64_t)n;
    }
    return DT_OK;
}

static dt_status open_out(struct column_out *out, const char *path, dt_error *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard output" : path;
    out->path = malloc(strlen(name) + 1);
    if (out->path == NULL) return err_nomem(err);
    memcpy(out->path, name, strlen(name) + 1);
    out->descriptor = standard ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (out->descriptor >= 0) return DT_OK;
    return err_set(err, DT_E_OPEN, 0, "%s could not be opened for writing: %s", path,
                   strerror(errno));
}

/* A disk that fills may say so only here. */
static dt_status close_out(struct column_out *out, dt_error *err)
{
    int descriptor = out->descriptor;
    out->descriptor = -1;
    if (descriptor < 0 || descriptor == STDOUT_FILENO || close(descriptor) == 0) return DT_OK;
    return err_set(err, DT_E_WRITE, 0, "%s could not be written: %s", out->path, strerror(errno));
}

/* ---- opening ---- */

static const struct column_format *find_format(dt_format format)
{
    switch (format) {
    case DT_FORMAT_PARQUET: return &column_parquet;
    case DT_FORMAT_ARROW: return &column_arrow_file;
    case DT_FORMAT_ARROW_STREAM: return &column_arrow_stream;
    default: return NULL;
    }
}

static void free_columns(dt_columns *c)
{
    (void)close_out(&c->out, NULL);
    if (c->state != NULL) c->format->free(c->state);
    columns_free(c->rows);
    buf_free(&c->packed);
    free(c->out.path);
    free(c);
}

dt_status dt_columns_open(const char *path, dt_format format, int flags, dt_columns **out,
                          dt_error *err)
{
    if (out == NULL) return err_set(err, DT_E_ARG, 0, "there was no place for the handle");
    *out = NULL;
    if (path == NULL || path[0] == '\0')
        return err_set(err, DT_E_ARG, 0, "the file of columns has no name");
    if (find_format(format) == NULL)
        return err_set(err, DT_E_ARG, 0, "format %d is none of columns", (int)format);
    dt_columns *c = calloc(1, sizeof *c);
    if (c == NULL) return err_nomem(err);
    c->format = find_format(format);
    c->out.descriptor = -1;
    c->rows = columns_new((flags & DT_RENDER_DYADS) != 0);
    c->state = c->format->make();
    dt_status st = c->rows != NULL && c->state != NULL && !c->rows->failed ? DT_OK : err_nomem(err);
    if (st == DT_OK) st = open_out(&c->out, path, err);
    if (st == DT_OK)
        *out = c;
    else
        free_columns(c);
    return st;
}

/* ---- writing ---- */

static void fill_notes(const dt_columns *c, struct column_notes *notes)
{
    notes->n = 0;
    notes->at[notes->n++] = (struct column_note){"detente.version", dt_version()};
    notes->at[notes->n++] = (struct column_note){"detente.dyads", c->rows->dyads ? "1" : "0"};
    if (!c->has_run) return;
    notes->at[notes->n++] = (struct column_note){"detente.model_hash", c->run.model_hash};
    notes->at[notes->n++] = (struct column_note){"detente.knowledge_hash", c->run.knowledge_hash};
    notes->at[notes->n++] = (struct column_note){"detente.options", c->run.options};
}

static dt_status begin_columns(dt_columns *c, dt_error *err)
{
    struct column_notes notes;
    if (c->begun) return DT_OK;
    c->begun = true;
    fill_notes(c, &notes);
    return c->format->begin(c->state, c->rows, &notes, &c->out, err);
}

static dt_status put_rows(dt_columns *c, dt_error *err)
{
    if (c->rows->failed)
        return err_set(err, DT_E_NOMEM, 0, "memory ran out for the rows of %s", c->out.path);
    if (c->rows->n_rows == 0) return DT_OK;
    dt_status st = begin_columns(c, err);
    if (st == DT_OK) st = c->format->batch(c->state, c->rows, &c->out, err);
    columns_clear(c->rows);
    return st;
}

/* ---- rows on their way from the thread that codes: the run, then row for row ---- */

static void pack_event(const dt_columns *c, const dt_doc *doc, uint32_t i, struct buf *out)
{
    const struct event *e = &doc->what.events[i];
    uint32_t n = c->rows->dyads ? record_dyad_count(e) : 1;
    for (uint32_t k = 0; k < n; k++) {
        struct dyad dyad = record_dyad(e, k);
        struct record r = {doc, c->rows->dyads ? &dyad : NULL, i, 0};
        columns_pack(c->rows, &r, out);
    }
}

static dt_status pack_document(const dt_columns *c, const dt_doc *doc, struct buf *out,
                               dt_error *err)
{
    if (!road_has_run(doc, STAGE_WHAT))
        return err_set(err, DT_E_ARG, 0, "the document was only parsed, not coded");
    buf_clear(out);
    buf_put(out, str_of((const char *)doc->run, sizeof *doc->run));
    for (uint32_t i = 0; i < doc->what.n_events; i++)
        pack_event(c, doc, i, out);
    return out->failed ? err_nomem(err) : DT_OK;
}

dt_status dt_columns_pack(const dt_columns *columns, dt_coder *coder, const dt_doc *doc,
                          const char **rows, size_t *len, dt_error *err)
{
    if (columns == NULL || coder == NULL || doc == NULL || rows == NULL || len == NULL)
        return err_set(err, DT_E_ARG, 0, "a NULL was given");
    double begin = stage_begin(coder);
    dt_status st = pack_document(columns, doc, &coder->out, err);
    stage_end(coder, STAGE_WRITE, begin);
    *rows = st == DT_OK ? coder->out.at : "";
    *len = st == DT_OK ? coder->out.len : 0;
    return st;
}

/* The first document says which run it is. */
static dt_status check_run(dt_columns *c, struct thrift_in *in, dt_error *err)
{
    struct coder_run run;
    if ((size_t)(in->end - in->at) < sizeof run)
        return err_set(err, DT_E_ARG, 0, "what %s was given are no rows", c->out.path);
    memcpy(&run, in->at, sizeof run);
    in->at += sizeof run;
    if (!c->has_run) c->run = run;
    c->has_run = true;
    if (memcmp(&c->run, &run, sizeof run) == 0) return DT_OK;
    return err_set(err, DT_E_ARG, 0, "%s is of another model or other options than this document",
                   c->out.path);
}

dt_status dt_columns_take(dt_columns *c, const char *rows, size_t len, dt_error *err)
{
    if (c == NULL || rows == NULL) return err_set(err, DT_E_ARG, 0, "a NULL was given");
    if (c->broken)
        return err_set(err, DT_E_WRITE, 0, "%s could not be written before", c->out.path);
    struct thrift_in in = {.at = rows, .end = rows + len};
    dt_status st = check_run(c, &in, err);
    if (st != DT_OK) return st;
    while (st == DT_OK && in.at < in.end) {
        if (!columns_add(c->rows, &in))
            st = err_set(err, DT_E_ARG, 0, "what %s was given are no rows", c->out.path);
        else if (c->rows->failed || columns_full(c->rows))
            st = put_rows(c, err);
    }
    if (st != DT_OK) c->broken = true;
    return st;
}

dt_status dt_columns_put(dt_columns *c, const dt_doc *doc, dt_error *err)
{
    if (c == NULL || doc == NULL) return err_set(err, DT_E_ARG, 0, "a NULL was given");
    dt_status st = pack_document(c, doc, &c->packed, err);
    return st == DT_OK ? dt_columns_take(c, c->packed.at, c->packed.len, err) : st;
}

dt_status dt_columns_close(dt_columns *c, dt_error *err)
{
    struct column_notes notes;
    dt_status st = DT_OK;
    if (c == NULL) return DT_OK;
    if (!c->broken) {
        st = put_rows(c, err);
        if (st == DT_OK) st = begin_columns(c, err);
        fill_notes(c, &notes);
        if (st == DT_OK) st = c->format->end(c->state, c->rows, &notes, &c->out, err);
        dt_status closed = close_out(&c->out, st == DT_OK ? err : NULL);
        if (st == DT_OK) st = closed;
    }
    free_columns(c);
    return st;
}
