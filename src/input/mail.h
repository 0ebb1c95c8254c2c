/* mail.h - one e-mail message (RFC 5322, MIME) as a story. */
#ifndef DETENTE_MAIL_H
#define DETENTE_MAIL_H

#include "input/parcel.h"

/* What a message is read into; the memory is kept for the next one. All zero is empty. */
struct mail {
    struct buf subject, from, body;
    bool page; /* the body is HTML */
};

/* The next line, empty or not, without its end; false at the end of the bytes. */
bool next_line(struct str *rest, struct str *line);
/* Adds text of that encoding as UTF-8; of an unknown one, and without `charset`, as it is. */
void put_converted(struct str s, struct str charset, struct buf *out);
/* The header field of that name in a message, folded lines and all; `at` NULL: there is none. */
struct str mail_field(struct str message, const char *name);
/* Reads subject, author and text; the first part of plain text, else the first of HTML. All as
 * UTF-8. False: there is no part of text. */
bool mail_read(struct str message, struct mail *out);
void mail_free(struct mail *m);

#endif
