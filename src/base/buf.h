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
void buf_put(struct buf *b, struct str s);
void buf_c(struct buf *b, char c);
void buf_z(struct buf *b, const char *z); /* NULL adds nothing */
void buf_u(struct buf *b, uint64_t n);
void buf_f(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);
/* A number as JSON writes it: as short as keeps `digits` significant digits, no exponent. */
void buf_number(struct buf *b, double x, int digits);
/* A JSON string with its quotes; invalid UTF-8 becomes U+FFFD. NULL z gives null. */
void buf_json(struct buf *b, struct str s);
void buf_json_z(struct buf *b, const char *z);
/* A CSV field (RFC 4180): in quotes where needed. */
void buf_csv(struct buf *b, struct str s);

#endif
