/* pagecode.h - the bytes of a page as UTF-8. */
#ifndef DETENTE_PAGECODE_H
#define DETENTE_PAGECODE_H

#include "base/buf.h"

/* The page as valid UTF-8: `bytes` themselves, or a copy in `room`. `charset`: what HTTP says, or
 * empty. False when memory ran out. */
bool page_decode(struct str bytes, struct str charset, struct buf *room, struct str *out);

#endif
