/* http_message.h - an HTTP response as a web archive keeps it: its header, and its body unpacked.
 */
#ifndef DETENTE_HTTP_MESSAGE_H
#define DETENTE_HTTP_MESSAGE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

struct http_message {
    int status;          /* 200 ... */
    struct str type;     /* "text/html", without parameters; empty: it does not say */
    struct str charset;  /* of that type; `at` NULL: it does not say */
    struct str transfer; /* "chunked" */
    struct str coding;   /* "gzip" */
    struct str body;     /* as it stands; http_unpack() unpacks it */
};

/* The next line of header fields, without its end; false at an empty line, which is taken, and
 * where the bytes end. */
bool header_line(struct str *rest, struct str *line);
/* Splits "Name: value"; false where there is no colon behind a name without blanks. */
bool header_split(struct str line, struct str *name, struct str *value);
/* "text/html; charset=utf-8": the type and its charset, `at` NULL where there is none. */
void media_type(struct str value, struct str *type, struct str *charset);
/* The parameter of that name in "a; name=value; other=\"...\"", without quotes; `at` NULL: none. */
struct str header_parameter(struct str value, const char *name);

/* Reads a message from its status line on; all points into `bytes`. False: it is none. */
bool http_read(struct str bytes, struct http_message *out);
/* Undoes chunks and compression of the body into one of the two buffers. A body that is not what
 * the header says (many archives keep it unpacked, and the header as it was) stays as it is; *known
 * is false where it is packed in a way that is not known here. Of more than `most` bytes, the first
 * are kept. DT_E_NOMEM only. */
dt_status http_unpack(struct http_message *message, size_t most, struct buf room[2], bool *known,
                      dt_error *err);
/* Inflates gzip, zlib or bare deflate behind what `out` holds, `most` bytes at most. False: the
 * bytes are none of these. What comes before a fault is kept. */
bool inflate_into(struct str bytes, size_t most, struct buf *out);

#endif
