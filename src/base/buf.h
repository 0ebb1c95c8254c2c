/* buf.h - text that grows at its end; the memory is kept between uses. */
#ifndef DETENTE_BUF_H
#define DETENTE_BUF_H

#include <stdbool.h>

#include "base/port.h"
#include "base/str.h"

/* All zero bytes are a valid, empty buffer. After memory ran out `failed` is set and nothing more
 * is added. */
struct buf {
    char *at;
    size_t len, cap;
    bool failed;
};

void buf_free(struct buf *b);
static inline void buf_clear(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}
/* Makes room for `more` bytes behind the end, so that they can be written there. */
void buf_reserve(struct buf *b, size_t more);
void buf_put(struct buf *b, struct str s);
void buf_c(struct buf *b, char c);
void buf_z(struct buf *b, const char *z); /* NULL adds nothing */
void buf_u(struct buf *b, uint64_t n);
void buf_f(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
/* The shortest decimal that reads back as x; null when x is not finite. */
void buf_real(struct buf *b, double x);
/* A JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void buf_json(struct buf *b, struct str s);
/* Makes what stands behind `begin` a CSV field (RFC 4180): in quotes where needed. */
void buf_csv_field(struct buf *b, size_t begin);

#endif
