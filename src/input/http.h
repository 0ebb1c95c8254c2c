/* http.h - the answer of a web server as it went over the wire (RFC 9112): head and body. */
#ifndef DETENTE_HTTP_H
#define DETENTE_HTTP_H

#include "base/buf.h"

struct http_answer {
    int status;          /* 200 */
    struct str type;     /* "text/html", without parameters */
    struct str charset;  /* "utf-8", or `at` NULL */
    struct str encoding; /* Content-Encoding, or `at` NULL */
    bool chunked;
    struct str body; /* as it was sent */
};

/* Reads the head. False where the bytes are no answer. Texts point into `bytes`. */
bool http_read(struct str bytes, struct http_answer *out);
/* The body with chunks joined and gzip or deflate undone, `most` bytes at most (a bomb is cut off);
 * it lies in the answer's own bytes or in `scratch` and `spare`. What is damaged is kept as far as
 * it can be read. False only when memory ran out. */
bool http_body(const struct http_answer *answer, size_t most, struct buf *scratch,
               struct buf *spare, struct str *body);
/* The value of a header line of that name, trimmed; false where the line is another. */
bool http_header(struct str line, struct str name, struct str *value);

#endif
