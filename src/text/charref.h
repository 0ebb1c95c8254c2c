/* charref.h - character references of HTML: "&amp;", "&#39;", "&#x2019;". */
#ifndef DETENTE_CHARREF_H
#define DETENTE_CHARREF_H

#include "base/str.h"

/* The bytes of the reference that begins with the '&' at `off`, its ';' included, and its code
 * point in *cp; 0 when none begins there. One that was escaped twice ("&amp;quot;") is one. Code
 * points that are none read U+FFFD, those of Windows-1252 (128 to 159) what is meant by them. */
size_t charref_read(struct str s, size_t off, uint32_t *cp);

#endif
