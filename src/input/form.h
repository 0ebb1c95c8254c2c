/* form.h - the forms in which stories come: what each has to know to be read.
 *
 * A form takes the bytes of one file, or of one member of an archive, and splits them into parcels.
 * Containers (gz, zst, xz, bz2, zip, tar), folders and the encoding of text are dealt with before
 * it (source.h). A form keeps no more than one record in memory, and never reads ahead further than
 * it must. */
#ifndef DETENTE_FORM_H
#define DETENTE_FORM_H

#include <detente.h>

#include "input/parcel.h"

/* Bytes of one file or member, in order. */
struct byte_stream {
    /* Stores up to `cap` bytes; *got is 0 at the end only. DT_E_READ names the file. */
    dt_status (*read)(struct byte_stream *stream, char *into, size_t cap, size_t *got,
                      dt_error *err);
    void (*close)(struct byte_stream *stream); /* frees the stream, too */
};

/* Of the call that reads (dt_reader_options); texts may be NULL. */
struct input_options {
    const char *date; /* of stories that carry none */
    const char *text_column, *title_column, *date_column, *id_column, *publisher_column,
        *url_column, *lang_column; /* of tables: CSV, Parquet */
    size_t record_most;            /* a record of more bytes is left out, and said */
};

/* Sentences that the user is to be told once, "news.csv: text is column \"body\"". */
struct input_notes {
    struct buf text; /* each ended by '\0' */
};
void input_note(struct input_notes *notes, const char *format, ...);

struct input {
    const char *origin;        /* "news.zip/2024/a.csv": for ids and messages */
    struct byte_stream *bytes; /* owned by the reader; UTF-8 unless the form is `raw` */
    const struct input_options *options;
    struct input_notes *notes;
};

/* How sure a form is that a file is its own: the surest one gets it. */
enum likeness {
    LIKE_NOT,
    LIKE_PERHAPS,
    LIKE_NAME /* by its name */,
    LIKE_SURELY /* by its bytes */
};

struct form {
    const char *name; /* "CSV", for messages */
    bool raw; /* wants the bytes as they are, not as UTF-8: the encoding is its own matter */
    /* `name`: the file's or member's; `head`: its first bytes, up to 64 KB, as UTF-8 unless raw. */
    enum likeness (*like)(struct str name, struct str head);
    dt_status (*open)(const struct input *input, void **state, dt_error *err);
    /* The next parcel: pieces point into the state and are valid until the next call. *more is
     * false at the end. DT_E_STORY: this record cannot be used ("news.csv:7: ..."); the next call
     * goes on behind it. Anything else ends the file. */
    dt_status (*next)(void *state, struct parcel *out, bool *more, dt_error *err);
    void (*close)(void *state); /* NULL is allowed */
};

/* One file each: form_NAME.c. */
extern const struct form form_json;    /* JSON Lines; a whole document of objects or one array */
extern const struct form form_text;    /* one story of plain text */
extern const struct form form_page;    /* one HTML page */
extern const struct form form_table;   /* CSV, TSV */
extern const struct form form_warc;    /* web archives */
extern const struct form form_xml;     /* RSS, Atom, PETRARCH's XML, NewsML-G2, NITF */
extern const struct form form_export;  /* mbox, and what Nexis and Factiva export */
extern const struct form form_parquet; /* Parquet with a column of text */

#endif
